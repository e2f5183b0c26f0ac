//! The opening load from an ageing export of another program, and its proof by customer.

use std::collections::{BTreeMap, BTreeSet};

use formats::ageing_export::{AgeingExport, OpenKind, OpenRow};
use formats::table::{Reader, Row};
use formats::{Field, FieldKind};
use receivables::money::MoneyError;
use receivables::{Currency, Date, Money, Refusal};
use store::document::Kind;
use store::reports::opening::{self, Loaded};
use store::{Error, Tx};

use super::import::{Reading, Unit};
use super::note::Note;
use super::receipt::{self, Natural};
use super::{Actor, Right, invoice};

/// The rows of an export as units of an import: documents in series `external`, payments as unapplied receipts.
pub fn units(tx: &mut Tx<'_>, actor: &Actor, reading: &Reading, export: AgeingExport) -> Result<Vec<Unit>, Error> {
    let Some(on) = reading.opening_on else {
        return Err(Refusal::Missing { field: "opening_on".into() }.into());
    };
    if export.rows.iter().flatten().any(|row| row.kind == OpenKind::Payment) {
        actor.may(Right::ImportReceipts)?;
    }
    let mut load = Load { reading, on, coded: export.coded, codes: Codes::of(tx, actor)?, parts: Vec::new() };
    let mut numbers: BTreeMap<(String, String), usize> = BTreeMap::new();
    for row in export.rows {
        let (line, part) = match row {
            Ok(row) => (row.line, load.part(&row).unwrap_or_else(Part::Refused)),
            Err(error) => (error.line, Part::Refused(error.fault.into())),
        };
        if let Part::Document(next) = &part {
            let key = (next.customer.clone(), next.number.clone().unwrap_or_default());
            if let Some(at) = numbers.get(&key)
                && let (_, Part::Document(first)) = &mut load.parts[*at]
                && join(first, next)
            {
                continue;
            }
            numbers.entry(key).or_insert(load.parts.len());
        }
        load.parts.push((line, part));
    }
    Ok(load.into_units())
}

/// One row, read.
enum Part {
    Document(Box<invoice::Given>),
    Payment { given: Box<receipt::Given>, customer_name: String },
    Refused(Note),
}

struct Load<'r> {
    reading: &'r Reading,
    /// The cut-over day.
    on: Date,
    /// Whether the file names customers by code.
    coded: bool,
    codes: Codes,
    /// In the order of the file, with their lines.
    parts: Vec<(u64, Part)>,
}

impl Load<'_> {
    fn part(&mut self, row: &OpenRow) -> Result<Part, Note> {
        let currency = row.currency.unwrap_or(self.reading.currency);
        let open =
            Money::from_major(row.open, currency).map_err(|why| Note::Money { field: "open".to_owned(), why })?;
        let customer_name = row.customer_name.clone().unwrap_or_else(|| row.customer.clone());
        let kind = match row.kind {
            OpenKind::Invoice => Kind::Invoice,
            OpenKind::CreditNote => Kind::CreditNote,
            OpenKind::Payment => {
                let given = Box::new(self.payment(row, &customer_name, open)?);
                return Ok(Part::Payment { given, customer_name });
            }
        };
        let number = row.number.clone().ok_or(Note::NoOpenNumber)?;
        let issued_on = row.issued_on.or_else(|| row.due_on.map(|due| due.min(self.on)));
        let issued_on = issued_on.ok_or(Note::NoDate)?;
        Ok(Part::Document(Box::new(invoice::Given {
            kind,
            number: Some(number),
            customer_name: Some(customer_name),
            due_on: row.due_on,
            total: Some(open),
            opening_on: Some(self.on),
            ..invoice::Given::to(self.customer(row)?, issued_on, currency)
        })))
    }

    fn payment(&mut self, row: &OpenRow, customer_name: &str, open: Money) -> Result<receipt::Given, Note> {
        Ok(receipt::Given {
            account: self.reading.account.clone(),
            received_on: row.issued_on.or(row.due_on).unwrap_or(self.on),
            received_at: None,
            gross: open,
            charges: Money::zero(open.currency),
            payer: Some(customer_name.to_owned()),
            payer_ref: None,
            reference: Some(row.number.clone().unwrap_or_else(|| format!("opening/{}", row.line))),
            text: None,
            customer: Some(self.customer(row)?),
            opening_on: Some(self.on),
        })
    }

    fn customer(&mut self, row: &OpenRow) -> Result<String, Note> {
        if self.coded && row.customer_name.is_some() {
            return Ok(row.customer.clone());
        }
        self.codes.code(&row.customer, self.coded)
    }

    fn into_units(self) -> Vec<Unit> {
        let mut seen: BTreeMap<[u8; 16], i32> = BTreeMap::new();
        let unit = |(line, part): (u64, Part)| match part {
            Part::Document(given) => Unit::document(line, *given),
            Part::Refused(why) => Unit::refused(line, why),
            Part::Payment { given, customer_name } => {
                let print = receipt::fingerprint(&given);
                // Two customers may pay the same on one day under the word "transfer": the n-th is the n-th.
                let occurrence = seen.entry(print).and_modify(|n| *n += 1).or_insert(1);
                let natural = Natural { print, occurrence: *occurrence };
                Unit::payment(line, *given, customer_name, natural)
            }
        };
        self.parts.into_iter().map(unit).collect()
    }
}

/// Another row of the same invoice with another due date is its next instalment.
fn join(first: &mut invoice::Given, next: &invoice::Given) -> bool {
    let (Some(total), Some(part), Some(due)) = (first.total, next.total, next.due_on) else { return false };
    let known = first.due_on.into_iter().chain(first.instalments.iter().map(|(due, _)| *due));
    let is_new_day = first.due_on.is_some() && !known.into_iter().any(|day| day == due);
    if first.kind != Kind::Invoice || next.kind != Kind::Invoice || !is_new_day {
        return false;
    }
    let (Ok(sum), Ok(weight)) = (total.plus(part), u32::try_from(part.minor)) else { return false };
    if first.instalments.is_empty() {
        let (Ok(weight), Some(due)) = (u32::try_from(total.minor), first.due_on) else { return false };
        first.instalments.push((due, weight));
    }
    first.instalments.push((due, weight));
    first.total = Some(sum);
    true
}

/// The longest code made of a name.
const CODE_MAX: usize = 40;

/// The codes of the customers there are, by name, and of those the file makes.
struct Codes {
    codes: BTreeSet<String>,
    /// `None` where several customers have one name.
    by_name: BTreeMap<String, Option<String>>,
}

impl Codes {
    fn of(tx: &mut Tx<'_>, actor: &Actor) -> Result<Codes, Error> {
        let mut codes = Codes { codes: BTreeSet::new(), by_name: BTreeMap::new() };
        for customer in store::customer::list(tx, actor.company.id)? {
            codes.by_name.entry(customer.name).and_modify(|code| *code = None).or_insert(Some(customer.code.clone()));
            codes.codes.insert(customer.code);
        }
        Ok(codes)
    }

    /// The customer a text means: by code first in a file of codes, by exact name first in any other.
    fn find(&self, text: &str, coded: bool) -> Option<String> {
        let by_code = self.codes.get(text).cloned();
        let by_name = self.by_name.get(text).cloned().flatten();
        if coded { by_code.or(by_name) } else { by_name.or(by_code) }
    }

    /// The code of a customer who is there, or a new one; the same name gets the same code.
    fn code(&mut self, text: &str, coded: bool) -> Result<String, Note> {
        if let Some(code) = self.find(text, coded) {
            return Ok(code);
        }
        if self.by_name.contains_key(text) {
            return Err(Note::SharedName { name: text.to_owned() });
        }
        let code = if coded { text.to_owned() } else { self.new_code(text) };
        self.codes.insert(code.clone());
        self.by_name.insert(text.to_owned(), Some(code.clone()));
        Ok(code)
    }

    /// `Amy's Bird Sanctuary` becomes `Amys-Bird-Sanctuary`; a number is added when another customer has that.
    fn new_code(&self, name: &str) -> String {
        let plain: String = name.chars().filter(|c| !matches!(c, '\'' | '’' | '.')).collect();
        let words: Vec<&str> = plain.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
        let mut slug: String = words.join("-").chars().take(CODE_MAX).collect();
        if slug.is_empty() {
            slug = "customer".to_owned();
        }
        let numbered = (2u32..).map(|n| format!("{slug}-{n}"));
        let free = std::iter::once(slug.clone()).chain(numbered).find(|code| !self.codes.contains(code));
        free.unwrap_or(slug)
    }
}

// ---- the proof

/// What a list says one customer owes, net of credits.
#[derive(Clone, Debug)]
pub struct Told {
    /// Code or name.
    pub customer: String,
    pub coded: bool,
    pub net: Money,
}

/// The columns of a list of totals; `net` wins over `total`.
pub static TOTALS: &[Field] = &[
    Field {
        name: "customer",
        kind: FieldKind::Text,
        required: true,
        synonyms: &["customercode", "code", "customername", "name", "client", "nom", "partner"],
    },
    Field { name: "currency", kind: FieldKind::Text, required: false, synonyms: &["devise", "monnaie"] },
    Field {
        name: "total",
        kind: FieldKind::Amount,
        required: true,
        synonyms: &["balance", "openbalance", "open", "amountdue", "amount", "solde", "montant"],
    },
    Field { name: "net", kind: FieldKind::Amount, required: false, synonyms: &[] },
];

/// What an ageing export says, row by row; what cannot be read is left to show as a difference.
pub fn told_by_export(export: &AgeingExport, own: Currency) -> Result<Vec<Told>, Note> {
    let told = |row: &OpenRow| match net_of(row, own) {
        Ok(net) => Ok(Told { customer: row.customer.clone(), coded: export.coded, net }),
        Err(why) => Err(Note::Money { field: "open".to_owned(), why }.at_line(row.line)),
    };
    export.rows.iter().flatten().map(told).collect()
}

fn net_of(row: &OpenRow, own: Currency) -> Result<Money, MoneyError> {
    let open = Money::from_major(row.open, row.currency.unwrap_or(own))?;
    if row.kind == OpenKind::Invoice { Ok(open) } else { open.negated() }
}

/// What a table of [`TOTALS`] says.
pub fn told_by_totals(mut reader: Reader, own: Currency) -> Result<Vec<Told>, Note> {
    let mut out = Vec::new();
    while let Some(row) = reader.next_row() {
        let row = row.map_err(|e| Note::from(e.fault).at_line(e.line))?;
        out.push(told_by_row(&row, own).map_err(|note| note.at_line(row.line))?);
    }
    Ok(out)
}

fn told_by_row(row: &Row, own: Currency) -> Result<Told, Note> {
    let customer = row.text(0).ok_or_else(|| Note::Needs { field: row.name(0).to_owned() })?.to_owned();
    let in_field = |index: usize| move |why| Note::Money { field: row.name(index).to_owned(), why };
    let currency = row.text(1).map_or(Ok(own), str::parse).map_err(in_field(1))?;
    let net = row.decimal(3)?.or(row.decimal(2)?).unwrap_or_default();
    let net = Money::from_major(net, currency).map_err(in_field(2))?;
    Ok(Told { customer, coded: true, net })
}

/// One customer and currency: what was loaded, and what the list says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proven {
    pub customer: String,
    pub name: String,
    pub currency: Currency,
    /// Documents and receipts loaded.
    pub items: i64,
    pub invoices: Money,
    /// Below zero.
    pub credits: Money,
    pub unapplied: Money,
    pub net: Money,
    /// What the list says; `None` without a list.
    pub told: Option<Money>,
    /// Loaded less told.
    pub difference: Option<Money>,
}

/// What the opening load posted, by customer and currency, beside what a list says; then the sum of each currency.
pub fn prove(tx: &mut Tx<'_>, actor: &Actor, told: Option<&[Told]>) -> Result<(Vec<Proven>, Vec<Proven>), Error> {
    actor.may(Right::Read)?;
    let names: BTreeMap<String, String> =
        store::customer::list(tx, actor.company.id)?.into_iter().map(|c| (c.code, c.name)).collect();
    let mut rows: BTreeMap<(String, Currency), Proven> = BTreeMap::new();
    for loaded in opening::loaded(tx, actor.company.id)? {
        let row = Proven::of(loaded, told.is_some())?;
        rows.insert((row.customer.clone(), row.currency), row);
    }
    if let Some(told) = told {
        let codes = Codes::of(tx, actor)?;
        for told in told {
            let code = codes.find(&told.customer, told.coded).unwrap_or_else(|| told.customer.clone());
            let currency = told.net.currency;
            let row = rows.entry((code.clone(), currency)).or_insert_with(|| Proven {
                name: names.get(&code).cloned().unwrap_or_default(),
                customer: code,
                ..Proven::nothing(currency, true)
            });
            row.told = Some(row.told.unwrap_or(Money::zero(currency)).plus(told.net)?);
        }
    }
    let mut totals: BTreeMap<Currency, Proven> = BTreeMap::new();
    for row in rows.values_mut() {
        row.difference = row.told.map(|told| row.net.minus(told)).transpose()?;
        let sum = totals.entry(row.currency).or_insert_with(|| Proven::nothing(row.currency, told.is_some()));
        sum.add(row)?;
    }
    Ok((rows.into_values().collect(), totals.into_values().collect()))
}

impl Proven {
    fn nothing(currency: Currency, listed: bool) -> Proven {
        let zero = Money::zero(currency);
        Proven {
            customer: String::new(),
            name: String::new(),
            currency,
            items: 0,
            invoices: zero,
            credits: zero,
            unapplied: zero,
            net: zero,
            told: listed.then_some(zero),
            difference: listed.then_some(zero),
        }
    }

    fn of(loaded: Loaded, listed: bool) -> Result<Proven, Error> {
        let money = |minor: i64| Money::new(minor, loaded.currency);
        let (invoices, credits, unapplied) = (money(loaded.invoices), money(loaded.credits), money(loaded.unapplied));
        let (customer, name) = loaded.customer.unwrap_or_default();
        Ok(Proven {
            customer,
            name,
            items: loaded.rows,
            invoices,
            credits,
            unapplied,
            net: invoices.plus(credits)?.minus(unapplied)?,
            ..Proven::nothing(loaded.currency, listed)
        })
    }

    fn add(&mut self, row: &Proven) -> Result<(), Error> {
        self.items += row.items;
        self.invoices = self.invoices.plus(row.invoices)?;
        self.credits = self.credits.plus(row.credits)?;
        self.unapplied = self.unapplied.plus(row.unapplied)?;
        self.net = self.net.plus(row.net)?;
        self.told = sum(self.told, row.told)?;
        self.difference = sum(self.difference, row.difference)?;
        Ok(())
    }
}

fn sum(a: Option<Money>, b: Option<Money>) -> Result<Option<Money>, Error> {
    Ok(match (a, b) {
        (Some(a), Some(b)) => Some(a.plus(b)?),
        (one, other) => one.or(other),
    })
}
