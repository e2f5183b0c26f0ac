//! Words the demo is made of: names of firms, places and people, and what people say.

/// Words of firms' names, of no family.
#[rustfmt::skip]
pub const WORDS: &[&str] = &[
    "Ineza", "Umucyo", "Keza", "Isano", "Amahoro", "Urumuri", "Nyungwe", "Akagera", "Virunga", "Kivu", "Muhazi",
    "Rusizi", "Icyizere", "Inzira", "Imena", "Ishema", "Urukundo", "Umurava", "Ubumwe", "Intego", "Inkingi", "Igisubizo",
    "Isoko", "Umurage", "Imbere", "Ijabo", "Ituze", "Umutuzo", "Icyerekezo", "Umwezi", "Izuba", "Inyenyeri", "Umuyaga",
    "Ikirere", "Isimbi", "Umusambi", "Inuma", "Inganzo", "Urugwiro", "Urugendo", "Umuganda", "Igihango", "Indatwa",
    "Umuhigo", "Agaseke", "Imigongo", "Ikaramu", "Urwunge", "Ruhondo", "Burera", "Sabyinyo", "Gahinga", "Karisimbi",
    "Mukungwa", "Nyabugogo", "Mugera", "Cyohoha", "Rweru", "Ihema", "Mashya",
];

/// Quarters and towns that tell two firms of one name apart.
#[rustfmt::skip]
pub const PLACES: &[&str] = &[
    "Remera", "Kimironko", "Gisozi", "Kacyiru", "Kanombe", "Nyamirambo", "Gikondo", "Kagugu", "Batsinda", "Zindiro",
    "Kabeza", "Rwezamenyo", "Nyamata", "Kayonza", "Musanze", "Huye", "Rubavu", "Karongi", "Muhanga", "Rwamagana",
];

/// Districts of Rwanda; Kigali's three weigh more.
#[rustfmt::skip]
pub const DISTRICTS: &[(u32, &str)] = &[
    (22, "Gasabo"), (16, "Kicukiro"), (18, "Nyarugenge"), (3, "Bugesera"), (2, "Gatsibo"), (2, "Kayonza"),
    (2, "Kirehe"), (2, "Ngoma"), (2, "Nyagatare"), (4, "Rwamagana"), (1, "Burera"), (1, "Gakenke"), (2, "Gicumbi"),
    (5, "Musanze"), (1, "Rulindo"), (1, "Gisagara"), (5, "Huye"), (2, "Kamonyi"), (4, "Muhanga"), (1, "Nyamagabe"),
    (2, "Nyanza"), (1, "Nyaruguru"), (2, "Ruhango"), (3, "Karongi"), (1, "Ngororero"), (1, "Nyabihu"),
    (1, "Nyamasheke"), (5, "Rubavu"), (3, "Rusizi"), (1, "Rutsiro"),
];

/// Languages of the customers.
pub const LANGUAGES: &[(u32, &str)] = &[(55, "rw"), (20, "en"), (18, "fr"), (7, "sw")];

/// First names of made-up people.
#[rustfmt::skip]
pub const FIRST_NAMES: &[&str] = &[
    "Aline", "Bosco", "Chantal", "Didier", "Esperance", "Fabrice", "Gloriose", "Herve", "Immaculee", "Josiane", "Kevin",
    "Liliane", "Moise", "Nadine", "Olivier", "Pacifique", "Regine", "Samuel", "Theogene", "Yvette",
];
/// Second names of made-up people.
#[rustfmt::skip]
pub const SECOND_NAMES: &[&str] = &[
    "Ganza", "Shema", "Hirwa", "Mutoni", "Keza", "Uwera", "Iribagiza", "Mugisha", "Gasana", "Ishimwe", "Iradukunda",
    "Niyonzima", "Umutesi", "Kamanzi", "Rukundo", "Manzi",
];

/// Why an account is left alone for a time.
pub const HOLD_REASONS: &[&str] = &[
    "the owner is in hospital; the family asked for a few weeks",
    "the shop was flooded; stock is being counted",
    "their bank is changing the signatories",
    "waiting for the statement they asked for",
    "new management; we agreed to wait for the handover",
];
/// Why somebody contests an invoice: the code of the reason, and what they say.
pub const DISPUTE_REASONS: &[(&str, &str)] = &[
    ("quality", "part of the delivery came damaged"),
    ("price", "the price differs from the order"),
    ("quantity", "a carton is missing from the delivery"),
    ("not-delivered", "they say nothing was delivered that day"),
    ("other", "they say the goods were returned"),
];

/// What people say when they promise.
pub const PROMISE_NOTES: &[&str] = &[
    "waits for a transfer from the head office",
    "pays after the market day",
    "asked for a few days, spoke with the accountant",
    "pays when the school fees come in",
    "the owner is travelling and pays on return",
    "",
];
