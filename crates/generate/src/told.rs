//! How a channel tells of a payment: whose name it shows, how much of a number, and what became of what the payer wrote.

use crate::clerk::{Said, Shown};
use crate::company::{Company, Kind, bare, telephone};
use crate::names;
use crate::rng::Rng;

/// The way money came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Channel {
    /// The bank, with statements in camt.053.
    Bank,
    /// A second bank, with tables and MT940.
    Second,
    /// The wallet, with messages.
    Wallet,
}

/// Who truly pays, and what for.
#[derive(Clone, Debug)]
pub struct Order {
    /// The customer it is for.
    pub customer: usize,
    /// The invoices the payer has in mind.
    pub items: Vec<usize>,
    /// Invoices whose numbers are said instead, by mistake.
    pub instead: Option<usize>,
    /// Who pays, where it is not the customer: name, telephone and account.
    pub payer: Option<(String, String, String)>,
}

const WORDS: &[&str] =
    &["Invoice ", "INV ", "inv. ", "Facture ", "fact ", "Fagitire ", "PAYMENT OF INVOICE ", "pymt ", "", "", "no "];

const SAYINGS: &[&str] = &[
    "",
    "",
    "",
    "payment",
    "kwishyura",
    "Murakoze",
    "loyer",
    "rent",
    "for goods",
    "amafaranga y'ubukode",
    "deposit",
    "kwishyura ibicuruzwa",
    "solde",
    "balance",
    "July",
    "as agreed",
    "paiement facture",
    "invoice",
    "ideni",
];

/// Tells of an order by a channel. Told plainly, everything is said as it is on file.
pub fn tell(rng: &mut Rng, company: &Company, order: &Order, channel: Channel, plainly: bool) -> Shown {
    let habits = company.difficulty;
    let customer = &company.customers[order.customer];
    let mut shown = Shown::default();
    match &order.payer {
        Some((name, telephone, account)) => {
            shown.name = name.to_uppercase();
            shown.number = Some(if channel == Channel::Bank { account.clone() } else { telephone.clone() });
        }
        None => {
            shown.name = own_name(rng, company, order.customer, channel, plainly);
            shown.number =
                Some(if channel == Channel::Bank { customer.account.clone() } else { customer.telephone.clone() });
        }
    }
    match channel {
        Channel::Wallet if !plainly && rng.chance(habits.masked) => {
            shown.ending = shown.number.take().map(|number| number.chars().skip(9).collect());
        }
        Channel::Second if !rng.chance(1_500) => shown.number = None,
        _ => {}
    }
    let said = if channel == Channel::Wallet { habits.number_by_wallet } else { habits.number_by_bank };
    let said = if order.payer.is_some() { said.max(6_500) } else { said };
    let mut text = String::new();
    if plainly || order.instead.is_some() || rng.chance(said) {
        text = numbers(rng, company, order, plainly, &mut shown.said);
    } else {
        text.push_str(SAYINGS[rng.place(SAYINGS.len())]);
    }
    if order.payer.is_some() && shown.said.is_empty() && rng.chance(6_000) {
        let name = if rng.chance(habits.variant) {
            names::variant(rng, &customer.name, customer.kind != Kind::Person)
        } else {
            customer.name.clone()
        };
        text = format!("{}{name}", rng.pick(&["for ", "kwishyurira ", "pour ", "o/b ", ""]));
        shown.named = Some(name);
    }
    if !plainly && rng.chance(habits.decoy) {
        text = decoyed(rng, &text);
    }
    if !plainly && rng.chance(habits.cut) {
        let length = 12 + rng.place(20);
        text = text.chars().take(length).collect();
        still_said(company, &text, &mut shown);
    }
    shown.text = text.trim().to_owned();
    shown
}

fn own_name(rng: &mut Rng, company: &Company, customer: usize, channel: Channel, plainly: bool) -> String {
    let habits = company.difficulty;
    let whom = &company.customers[customer];
    let business = whom.kind != Kind::Person;
    // A business pays by wallet from the telephone of a person who works there.
    if channel == Channel::Wallet && business && !plainly && rng.chance(habits.variant) {
        return names::person(rng).to_uppercase();
    }
    let mut name = whom.name.clone();
    if !plainly && rng.chance(habits.variant) {
        name = names::variant(rng, &name, business);
    }
    if !plainly && rng.chance(habits.typo) {
        name = names::typo(rng, &name);
    }
    if plainly || rng.chance(8_000) { name.to_uppercase() } else { name }
}

/// The numbers of the invoices, as this payer writes them.
fn numbers(rng: &mut Rng, company: &Company, order: &Order, plainly: bool, said: &mut Vec<Said>) -> String {
    let habits = company.difficulty;
    let items = match order.instead {
        Some(instead) => vec![instead],
        None => order.items.clone(),
    };
    let (tail, respelt) = (!plainly && rng.chance(habits.tail), !plainly && rng.chance(habits.respelt));
    let joint = *rng.pick(&[", ", " ", " + ", " & ", "/", " and "]);
    let mut written: Vec<String> = Vec::new();
    for (n, item) in items.iter().enumerate() {
        let invoice = &company.invoices[*item];
        let whole = &invoice.number;
        let (one, how) = if tail {
            let digits = invoice.serial.to_string();
            let end =
                if digits.len() > 3 && rng.chance(4_000) { digits[digits.len() - 3..].to_owned() } else { digits };
            (if rng.chance(2_500) { format!("0{end}") } else { end.clone() }, Said::Tail(end))
        } else if !plainly && rng.chance(habits.slip) {
            let slipped = slip(rng, whole);
            let how = company.by_number(&slipped).map_or_else(|| Said::Slip(slipped.clone()), Said::Whole);
            (slipped, how)
        } else if n > 0 && respelt {
            (padded(whole, invoice.serial), Said::Whole(*item))
        } else if respelt {
            (respell(rng, whole, invoice.serial), Said::Whole(*item))
        } else {
            (whole.clone(), Said::Whole(*item))
        };
        written.push(one);
        said.push(how);
    }
    let word = rng.pick(WORDS);
    let word = if tail && word.is_empty() { "inv " } else { word };
    format!("{word}{}", written.join(joint))
}

/// The digits of the series as the number has them, with their zeros.
fn padded(number: &str, serial: u64) -> String {
    let digits = serial.to_string();
    let runs = number.split(|c: char| !c.is_ascii_digit());
    runs.filter(|run| run.ends_with(&digits)).max_by_key(|run| run.len()).map_or(digits.clone(), str::to_owned)
}

fn respell(rng: &mut Rng, number: &str, serial: u64) -> String {
    match rng.below(5) {
        0 => number.to_lowercase(),
        1 => number.replace(['-', '/'], " "),
        2 => number.replace(['-', '/'], ""),
        3 => number.replace(['-', '/'], ".").to_lowercase(),
        // Zeros in front of the serial left out.
        _ => number.replacen(&padded(number, serial), &serial.to_string(), 1),
    }
}

/// A slip within the digits of a number.
fn slip(rng: &mut Rng, number: &str) -> String {
    let mut letters: Vec<char> = number.chars().collect();
    let digits: Vec<usize> = (1..letters.len()).filter(|n| letters[*n].is_ascii_digit()).collect();
    let last = digits.len().saturating_sub(4);
    let (Some(at), Some(before)) = (digits.get(last + rng.place(4.min(digits.len()))), digits.last()) else {
        return number.to_owned();
    };
    match rng.below(4) {
        0 if letters[at - 1].is_ascii_digit() && letters[at - 1] != letters[*at] => letters.swap(at - 1, *at),
        1 => drop(letters.remove(*at)),
        2 if letters.contains(&'0') => letters.iter_mut().filter(|c| **c == '0').for_each(|c| *c = 'O'),
        _ => {
            let at = if rng.chance(5_000) { *before } else { *at };
            let other = (letters[at] as u8 - b'0' + 1 + rng.below(9) as u8) % 10;
            letters[at] = char::from(b'0' + other);
        }
    }
    letters.into_iter().collect()
}

/// Other digits beside what is said.
fn decoyed(rng: &mut Rng, text: &str) -> String {
    let other = match rng.below(5) {
        0 => format!("PO {}", rng.digits(4)),
        1 => format!("plot {}", rng.digits(3)),
        2 => format!("tel 0{}", &telephone(rng)[3..]),
        3 => format!("{} 2026", rng.pick(&["March", "Avril", "06", "mois"])),
        _ => format!("{} pcs", rng.digits(2)),
    };
    if rng.chance(5_000) { format!("{text} {other}") } else { format!("{other} {text}") }
}

/// After a text was cut: which numbers still stand in it, and whether what is left of one is another's.
fn still_said(company: &Company, text: &str, shown: &mut Shown) {
    if let Some(named) = &shown.named
        && !text.contains(named.as_str())
    {
        shown.named = None;
    }
    let left = bare(text);
    shown.said.retain(|said| match said {
        Said::Whole(place) => {
            let invoice = &company.invoices[*place];
            left.contains(&bare(&invoice.number)) || text.contains(&padded(&invoice.number, invoice.serial))
        }
        Said::Tail(digits) => text.contains(digits.as_str()),
        Said::Slip(written) => text.contains(written.as_str()),
    });
    let last = text.rsplit([' ', ',', '+', '&']).next().unwrap_or_default();
    if shown.said.is_empty()
        && let Some(other) = company.by_number(last)
    {
        shown.said.push(Said::Whole(other));
    }
}
