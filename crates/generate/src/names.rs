//! Invented names of people and businesses, and the ways in which others write them.

use crate::rng::Rng;

/// Kinyarwanda names.
const NAMES: &[&str] = &[
    "Uwase",
    "Mutoni",
    "Habimana",
    "Niyonzima",
    "Uwimana",
    "Mukamana",
    "Nshimiyimana",
    "Ndayisenga",
    "Hakizimana",
    "Iradukunda",
    "Ishimwe",
    "Umutoni",
    "Uwamahoro",
    "Mugisha",
    "Nsengiyumva",
    "Bizimana",
    "Nkurunziza",
    "Mukeshimana",
    "Twagirayezu",
    "Ntawukuriryayo",
    "Umuhoza",
    "Kayitesi",
    "Gasana",
    "Kamanzi",
    "Rukundo",
    "Munyaneza",
    "Ndahiro",
    "Ingabire",
    "Nyirahabimana",
    "Mukandayisenga",
    "Murekatete",
    "Tuyishime",
    "Manirakiza",
    "Byiringiro",
    "Kwizera",
    "Musabyimana",
    "Nyiransabimana",
    "Uwineza",
    "Ntaganda",
    "Rwigema",
    "Karangwa",
    "Mbabazi",
    "Umurerwa",
    "Nizeyimana",
];

/// Names given at baptism.
const GIVEN: &[&str] = &[
    "Marie",
    "Claire",
    "Jean",
    "Paul",
    "Eric",
    "Alice",
    "Aline",
    "Claudine",
    "Patrick",
    "Emmanuel",
    "Olivier",
    "Diane",
    "Jeanne",
    "Josiane",
    "Innocent",
    "Vestine",
    "Francois",
    "Theogene",
    "Beatrice",
    "Chantal",
    "Fidele",
    "Yvonne",
    "Bosco",
    "Damascene",
    "Celestin",
    "Solange",
    "Esperance",
    "Thierry",
    "Pacifique",
    "Gloria",
    "Samuel",
    "Immaculee",
    "Jeannette",
    "Bernadette",
    "Vincent",
    "Delphine",
    "Egide",
    "Leonard",
    "Faustin",
    "Consolee",
];

/// First words of businesses.
const SIGNS: &[&str] = &[
    "Keza",
    "Amahoro",
    "Ineza",
    "Ikaze",
    "Imena",
    "Umucyo",
    "Icyerekezo",
    "Inkingi",
    "Urumuri",
    "Isaro",
    "Imanzi",
    "Akagera",
    "Virunga",
    "Muhazi",
    "Kivu",
    "Nyungwe",
    "Gisozi",
    "Remera",
    "Kimironko",
    "Rusizi",
    "Bugesera",
    "Karongi",
    "Sunrise",
    "Blue Sky",
    "Golden",
    "Horizon",
    "New Vision",
    "Good Hope",
    "Bright",
    "Unity",
    "Green Hills",
    "Star",
    "Ubumwe",
    "Agaciro",
    "Intego",
    "Iwacu",
    "Umurava",
    "Ishema",
    "Ganza",
    "Inzozi",
];

/// What businesses do.
const TRADES: &[&str] = &[
    "Hotel",
    "Trading",
    "Hardware",
    "Pharmacy",
    "Logistics",
    "Construction",
    "Supermarket",
    "Motors",
    "Bakery",
    "Clinic",
    "Printing",
    "Electronics",
    "Farm",
    "Coffee",
    "Lodge",
    "Academy",
    "Garage",
    "Transport",
    "Stationery",
    "Textiles",
    "Services",
    "Consult",
    "Foods",
    "Wholesale",
];

/// Legal forms.
const FORMS: &[&str] = &["Ltd", "Ltd", "Ltd", "Co. Ltd", "Cooperative", ""];

/// Places of public bodies.
const PLACES: &[&str] = &[
    "Huye",
    "Musanze",
    "Rubavu",
    "Gicumbi",
    "Nyagatare",
    "Rwamagana",
    "Muhanga",
    "Karongi",
    "Rusizi",
    "Kayonza",
    "Ngoma",
    "Nyanza",
    "Bugesera",
    "Gasabo",
    "Kicukiro",
    "Nyarugenge",
    "Gakenke",
    "Rulindo",
    "Burera",
    "Ruhango",
];

/// Kinds of public bodies.
const BODIES: &[&str] = &["District", "District Hospital", "TVET School", "Water Board", "Teachers College"];

/// A person, family name first or last.
pub fn person(rng: &mut Rng) -> String {
    let (name, given) = (*rng.pick(NAMES), *rng.pick(GIVEN));
    match rng.below(10) {
        0..=4 => format!("{given} {name}"),
        5..=7 => format!("{name} {given}"),
        _ => format!("{name} {given} {}", rng.pick(GIVEN)),
    }
}

/// A business.
pub fn business(rng: &mut Rng) -> String {
    format!("{} {} {}", rng.pick(SIGNS), rng.pick(TRADES), rng.pick(FORMS)).trim_end().to_owned()
}

/// A public body.
pub fn public_body(rng: &mut Rng) -> String {
    format!("{} {}", rng.pick(PLACES), rng.pick(BODIES))
}

/// A name that is nearly this one, and is somebody else.
pub fn near(rng: &mut Rng, name: &str) -> String {
    let words: Vec<&str> = name.split(' ').collect();
    let business = words.iter().any(|word| TRADES.contains(word));
    if business {
        return match rng.below(3) {
            0 => format!("{name} {}", rng.pick(PLACES)),
            1 => words
                .iter()
                .map(|w| if TRADES.contains(w) { format!("{w}s") } else { (*w).to_owned() })
                .collect::<Vec<_>>()
                .join(" "),
            _ => format!("New {name}"),
        };
    }
    match rng.below(3) {
        0 => format!("{name} {}", rng.pick(GIVEN)),
        1 => words.iter().map(|w| if GIVEN.contains(w) { *rng.pick(GIVEN) } else { w }).collect::<Vec<_>>().join(" "),
        _ => typo(rng, name),
    }
}

/// The other order of its words.
pub fn swapped(name: &str) -> String {
    let mut words: Vec<&str> = name.split(' ').collect();
    words.rotate_left(1);
    words.join(" ")
}

/// How somebody else spells it: abbreviated, a word left out, a form added or dropped, joined.
pub fn variant(rng: &mut Rng, name: &str, business: bool) -> String {
    let words: Vec<&str> = name.split(' ').filter(|word| !word.is_empty()).collect();
    let plain: Vec<&str> = words.iter().copied().filter(|word| !is_form(word)).collect();
    if business {
        return match rng.below(6) {
            0 => plain.join(" "),
            1 => format!("{} LIMITED", plain.join(" ")),
            2 => format!("STE {} SARL", plain.join(" ")),
            3 => format!("{} LTD", plain.join("")),
            4 => plain.iter().map(|word| short(word)).collect::<Vec<_>>().join(" "),
            _ => format!("{} CO LTD", plain.join(" ")),
        };
    }
    match rng.below(4) {
        0 if words.len() > 2 => words[..2].join(" "),
        1 => {
            let (first, rest) = (words[0], words[1..].join(" "));
            format!("{rest} {}.", first.chars().next().unwrap_or('X'))
        }
        2 => format!("{} {}", *rng.pick(&["MR", "MME", "Mrs"]), words.join(" ")),
        _ => swapped(name),
    }
}

fn short(word: &str) -> String {
    let known = [
        ("Hotel", "HTL"),
        ("Trading", "TRDG"),
        ("Construction", "CONSTR"),
        ("Supermarket", "SUPERMKT"),
        ("Transport", "TRANSP"),
        ("Services", "SERV"),
    ];
    known.iter().find(|(long, _)| *long == word).map_or_else(|| word.to_owned(), |(_, short)| (*short).to_owned())
}

/// A slip of the fingers: a letter doubled, dropped, or the l–r and i–y of the ear.
pub fn typo(rng: &mut Rng, name: &str) -> String {
    let mut letters: Vec<char> = name.chars().collect();
    let inner: Vec<usize> =
        (1..letters.len()).filter(|n| letters[*n].is_alphabetic() && letters[n - 1].is_alphabetic()).collect();
    if inner.is_empty() {
        return name.to_owned();
    }
    let at = *rng.pick(&inner);
    match rng.below(4) {
        0 => letters.insert(at, letters[at]),
        1 => drop(letters.remove(at)),
        2 => letters.swap(at - 1, at),
        _ => {
            let heard = [('l', 'r'), ('r', 'l'), ('i', 'y'), ('y', 'i'), ('u', 'o'), ('b', 'v'), ('s', 'z')];
            let found =
                inner.iter().find_map(|n| heard.iter().find(|(from, _)| *from == letters[*n]).map(|(_, to)| (*n, *to)));
            match found {
                Some((n, to)) => letters[n] = to,
                None => drop(letters.remove(at)),
            }
        }
    }
    letters.into_iter().collect()
}

/// A word that tells a legal form, not a name.
pub fn is_form(word: &str) -> bool {
    let word = word.trim_matches('.').to_ascii_uppercase();
    ["LTD", "LIMITED", "CO", "SARL", "STE", "COOPERATIVE", "MR", "MME", "MRS", "PLC"].contains(&word.as_str())
}
