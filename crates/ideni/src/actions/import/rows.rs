//! Reads rows into units: a customer, a receipt, a rate, or a document with all its lines.

use std::collections::{BTreeMap, VecDeque};

use formats::table::{Reader, Row};
use receivables::billing::line::Discount;
use receivables::ledger::Rate;
use receivables::money::MoneyError;
use receivables::{Currency, Date, Money};
use rust_decimal::Decimal;
use store::customer::CreditLimit;
use store::document::Kind;
use store::rate::RateRow;

use super::What;
use crate::actions::invoice::GivenLine;
use crate::actions::note::Note;
use crate::actions::receipt::{self, Natural};
use crate::actions::{customer, invoice};

/// One thing to be saved, read from one or more rows.
#[derive(Clone, Debug)]
pub struct Unit {
    pub line: u64,
    /// The number of the document the row belongs to, even where the rest cannot be read.
    number: Option<String>,
    /// Whether a word in the file says invoice or credit note; the sign of the sum says it otherwise.
    kind_given: bool,
    pub(super) read: Result<Read, Note>,
}

#[derive(Clone, Debug)]
pub(super) enum Read {
    Customer(Box<customer::Given>),
    Invoice(Box<invoice::Given>),
    Receipt(Box<ReceiptRow>),
    Rate(RateRow),
}

#[derive(Clone, Debug)]
pub(super) struct ReceiptRow {
    pub(super) given: receipt::Given,
    /// Makes the customer under this name if there is none of that code.
    pub(super) customer_name: Option<String>,
    pub(super) invoice: Option<String>,
    pub(super) natural: Natural,
}

/// How to read the rows of one file.
#[derive(Clone, Debug)]
pub struct Reading {
    pub what: What,
    /// What people call the file.
    pub file: String,
    /// Where a row names no currency.
    pub currency: Currency,
    /// The cut-over day of an opening load.
    pub opening_on: Option<Date>,
    /// The account of receipts that name none.
    pub account: String,
}

/// Documents kept back until this many others have begun after them: rows of one document need not lie quite together.
const KEPT_BACK: usize = 64;

/// Groups the rows of a file into units: lines that repeat an invoice's number belong together.
pub struct Units {
    reader: Reader,
    reading: Reading,
    has_lines: bool,
    kept: VecDeque<Unit>,
    /// How often each natural key of a receipt came in this file.
    seen: BTreeMap<[u8; 16], i32>,
}

impl Units {
    pub fn new(reader: Reader, reading: Reading) -> Units {
        let mapped = |name: &str| reader.layout().columns.iter().any(|(field, _)| field == name);
        let has_lines = mapped("quantity") || mapped("unit_price") || mapped("description");
        let has_lines = reading.what == What::Invoices && has_lines;
        Units { reader, reading, has_lines, kept: VecDeque::new(), seen: BTreeMap::new() }
    }

    fn unit(&mut self) -> Option<Unit> {
        let row = match self.reader.next_row()? {
            Ok(row) => row,
            Err(error) => return Some(Unit::refused(error.line, error.fault.into())),
        };
        let line = row.line;
        let invoices = self.reading.what == What::Invoices;
        let number = if invoices { row.text(0).map(str::to_owned) } else { None };
        let kind_given = invoices && row.text(3).is_some();
        let read = match self.reading.what {
            What::Customers => read_customer(&row).map(|c| Read::Customer(Box::new(c))),
            What::Invoices => read_invoice(&row, &self.reading, self.has_lines).map(|g| Read::Invoice(Box::new(g))),
            What::Receipts => self.read_receipt(&row).map(|r| Read::Receipt(Box::new(r))),
            What::Rates => read_rate(&row).map(Read::Rate),
        };
        Some(Unit { line, number, kind_given, read })
    }

    fn read_receipt(&mut self, row: &Row) -> Result<ReceiptRow, Note> {
        let currency = currency_of(row, 4, self.reading.currency)?;
        let gross = money(row, 3, currency)?.ok_or_else(|| needs("amount"))?;
        let given = receipt::Given {
            account: row.text(5).map_or_else(|| self.reading.account.clone(), account_code),
            received_on: row.date(2)?.ok_or_else(|| needs("on"))?,
            received_at: None,
            gross,
            charges: money(row, 9, currency)?.unwrap_or(Money::zero(currency)),
            payer: row.text(6).map(str::to_owned),
            payer_ref: None,
            reference: row.text(0).map(str::to_owned),
            text: row.text(7).map(str::to_owned),
            customer: row.text(1).map(str::to_owned),
            opening_on: self.reading.opening_on,
        };
        let print = receipt::fingerprint(&given);
        let occurrence = self.seen.entry(print).or_insert(0);
        // A reference names one payment; without one, equal rows are that many payments.
        *occurrence = if given.reference.is_some() { 1 } else { *occurrence + 1 };
        let natural = Natural { print, occurrence: *occurrence };
        Ok(ReceiptRow { given, customer_name: None, invoice: row.text(8).map(str::to_owned), natural })
    }
}

impl Iterator for Units {
    type Item = Unit;

    fn next(&mut self) -> Option<Unit> {
        if !self.has_lines {
            return self.unit();
        }
        while self.kept.len() <= KEPT_BACK {
            let Some(next) = self.unit() else { break };
            match self.kept.iter_mut().rev().find(|kept| kept.is_continued_by(&next)) {
                Some(kept) => kept.join(next),
                None => self.kept.push_back(next),
            }
        }
        self.kept.pop_front().map(Unit::with_kind_by_sum)
    }
}

impl Unit {
    /// A document read from another kind of file.
    pub(crate) fn document(line: u64, given: invoice::Given) -> Unit {
        Unit { line, number: given.number.clone(), kind_given: true, read: Ok(Read::Invoice(Box::new(given))) }
    }

    /// A payment read from another kind of file; its customer is made under `customer_name`.
    pub(crate) fn payment(line: u64, given: receipt::Given, customer_name: String, natural: Natural) -> Unit {
        let row = ReceiptRow { given, customer_name: Some(customer_name), invoice: None, natural };
        Unit { line, number: None, kind_given: true, read: Ok(Read::Receipt(Box::new(row))) }
    }

    /// A row that cannot be read, and why.
    pub(crate) fn refused(line: u64, why: Note) -> Unit {
        Unit { line, number: None, kind_given: false, read: Err(why) }
    }

    /// Whether the next row is of the same document. A row that repeats a whole document is not: it is judged alone.
    fn is_continued_by(&self, next: &Unit) -> bool {
        if self.number.is_none() || self.number != next.number {
            return false;
        }
        match (&self.read, &next.read) {
            (Ok(Read::Invoice(a)), Ok(Read::Invoice(b))) => {
                let lines = !a.lines.is_empty() || !b.lines.is_empty();
                lines && a.customer == b.customer && (a.kind == b.kind || !(self.kind_given || next.kind_given))
            }
            _ => true,
        }
    }

    /// Adds a row. A document is posted whole or not at all: one row that cannot be read refuses it.
    fn join(&mut self, next: Unit) {
        let Ok(Read::Invoice(a)) = &mut self.read else { return };
        let (line, problem) = match next.read {
            // A first row may hold the totals alone; a row with neither totals nor a line is a mistake.
            Ok(Read::Invoice(_)) if a.lines.is_empty() && a.net.or(a.total).is_none() => (self.line, Note::NoLine),
            Ok(Read::Invoice(b)) if !b.lines.is_empty() => {
                a.lines.extend(b.lines);
                return;
            }
            Ok(_) => (next.line, Note::NoLine),
            Err(note) => (next.line, note),
        };
        self.read = Err(Note::LineOfDocument { line: line.to_string(), why: Box::new(problem) });
    }

    /// Where no word says it, lines that come to less than zero are a credit note.
    fn with_kind_by_sum(mut self) -> Unit {
        if let Ok(Read::Invoice(given)) = &mut self.read
            && !self.kind_given
            && !given.lines.is_empty()
        {
            let sum: Option<Decimal> = given.lines.iter().map(GivenLine::exact).sum();
            let below = sum.is_some_and(|sum| sum.is_sign_negative() && !sum.is_zero());
            given.kind = if below { Kind::CreditNote } else { Kind::Invoice };
        }
        self
    }
}

fn needs(field: &str) -> Note {
    Note::Needs { field: field.to_owned() }
}

/// The note for money that cannot be, in a field.
fn in_field(field: &str) -> impl Fn(MoneyError) -> Note {
    move |why| Note::Money { field: field.to_owned(), why }
}

fn currency_of(row: &Row, index: usize, default: Currency) -> Result<Currency, Note> {
    row.text(index).map_or(Ok(default), |text| text.parse().map_err(in_field("currency")))
}

fn money(row: &Row, index: usize, currency: Currency) -> Result<Option<Money>, Note> {
    let Some(decimal) = row.decimal(index)? else { return Ok(None) };
    Money::from_major(decimal, currency).map(Some).map_err(in_field(row.name(index)))
}

/// `MoMo`, `Bank Transfer` or `CARD` as the code of one of our money accounts.
fn account_code(text: &str) -> String {
    let folded: String = text.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    let by_word = [
        ("momo", "momo"),
        ("mtn", "momo"),
        ("mobilemoney", "momo"),
        ("airtel", "airtel"),
        ("cash", "cash"),
        ("especes", "cash"),
        ("bank", "bank"),
        ("transfer", "bank"),
        ("virement", "bank"),
        ("card", "bank"),
        ("cheque", "bank"),
        ("check", "bank"),
    ];
    by_word
        .iter()
        .find(|(word, _)| folded.contains(word))
        .map_or_else(|| text.to_owned(), |(_, code)| (*code).to_owned())
}

fn read_customer(row: &Row) -> Result<customer::Given, Note> {
    let own = |index: usize| row.text(index).map(str::to_owned);
    let currency = row.text(9).map(str::parse::<Currency>).transpose().map_err(in_field("currency"))?;
    let language = match row.text(6).map(str::to_lowercase) {
        None => None,
        Some(value) => Some(language_code(&value).ok_or(Note::Language { value })?),
    };
    Ok(customer::Given {
        code: own(0).ok_or_else(|| needs("code"))?,
        name: own(1),
        kind: own(2),
        tin: own(3),
        phone: own(4),
        email: own(5),
        language,
        terms_days: row.text(7).map(terms_days).transpose()?,
        credit_limit: row.text(8).map(|text| credit_limit(text, currency.unwrap_or(Currency::RWF))).transpose()?,
        currency,
        segment: own(10),
        district: own(11),
        collector: own(12),
        terms: own(13),
    })
}

fn language_code(text: &str) -> Option<String> {
    let names = [
        ("en", &["en", "english", "anglais", "icyongereza"][..]),
        ("fr", &["fr", "french", "francais", "français", "igifaransa"]),
        ("rw", &["rw", "kin", "kinyarwanda", "ikinyarwanda"]),
        ("sw", &["sw", "swahili", "kiswahili", "igiswahili"]),
    ];
    names.iter().find(|(_, known)| known.contains(&text)).map(|(code, _)| (*code).to_owned())
}

/// `30`, `Net 30`, `30 jours`: the first number; `immediate` and `cash` are 0.
fn terms_days(text: &str) -> Result<i32, Note> {
    let digits: String = text.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
    if digits.is_empty() {
        let folded = text.to_lowercase();
        let at_once = ["immediate", "cash", "cod", "comptant", "due on receipt"];
        if at_once.iter().any(|word| folded.contains(word)) {
            return Ok(0);
        }
    }
    digits.parse().ok().filter(|days| *days <= 3650).ok_or_else(|| Note::TermsDays { value: text.to_owned() })
}

fn credit_limit(text: &str, currency: Currency) -> Result<CreditLimit, Note> {
    let folded = text.to_lowercase();
    if ["none", "no limit", "unlimited", "aucune", "illimité", "illimite"].contains(&folded.as_str()) {
        return Ok(CreditLimit::NoLimit);
    }
    let decimal = formats::parse_amount(text, '.').ok_or_else(|| Note::CreditLimit { value: text.to_owned() })?;
    Money::from_major(decimal, currency).map(|m| CreditLimit::Amount(m.minor)).map_err(in_field("credit_limit"))
}

fn read_rate(row: &Row) -> Result<RateRow, Note> {
    let decimal = row.decimal(2)?.ok_or_else(|| needs("rate"))?;
    Ok(RateRow {
        corrected: None,
        on: row.date(0)?.ok_or_else(|| needs("on"))?,
        currency: row.text(1).ok_or_else(|| needs("currency"))?.parse().map_err(in_field("currency"))?,
        rate: Rate::from_decimal(decimal).ok_or_else(|| Note::Rate { value: decimal.to_string() })?,
        source: row.text(3).unwrap_or("import").to_owned(),
    })
}

/// The kind of a document from a word for it, or from the sign of its amount.
fn kind_of(text: Option<&str>, negative: bool) -> Result<Kind, Note> {
    let Some(text) = text else {
        return Ok(if negative { Kind::CreditNote } else { Kind::Invoice });
    };
    let folded: String = text.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    let words = [
        ("creditnote", Kind::CreditNote),
        ("creditmemo", Kind::CreditNote),
        ("credit", Kind::CreditNote),
        ("avoir", Kind::CreditNote),
        ("notedecredit", Kind::CreditNote),
        ("invoice", Kind::Invoice),
        ("facture", Kind::Invoice),
        ("rv", Kind::Invoice),
        ("debitnote", Kind::Invoice),
    ];
    words
        .iter()
        .find(|(word, _)| folded == *word)
        .map(|(_, kind)| *kind)
        .ok_or_else(|| Note::Kind { value: text.to_owned() })
}

fn read_invoice(row: &Row, reading: &Reading, has_lines: bool) -> Result<invoice::Given, Note> {
    let currency = currency_of(row, 6, reading.currency)?;
    let own = |index: usize| row.text(index).map(str::to_owned);
    let number = own(0).ok_or(Note::NoNumber)?;
    let line = match (row.decimal(12)?, row.decimal(13)?) {
        (Some(quantity), Some(unit_price)) if has_lines => Some(GivenLine {
            description: own(11).unwrap_or_default(),
            quantity,
            unit: None,
            unit_price,
            discount: Discount::NONE,
            tax_class: own(14).unwrap_or_default(),
            item: None,
        }),
        _ => None,
    };
    let (net, tax, total) = (money(row, 7, currency)?, money(row, 8, currency)?, money(row, 9, currency)?);
    let by_sign = total.or(net).is_some_and(Money::is_negative)
        || (total.is_none()
            && net.is_none()
            && line.as_ref().and_then(GivenLine::exact).is_some_and(|v| v.is_sign_negative() && !v.is_zero()));
    let kind = kind_of(row.text(3), by_sign)?;
    let positive = |amount: Option<Money>| match amount {
        Some(m) if m.is_negative() && kind == Kind::CreditNote => m.negated().map(Some).map_err(in_field("total")),
        other => Ok(other),
    };
    // Amounts on a row that is one of several lines belong to the line, not to the document.
    let (net, tax, total) =
        if line.is_some() { (None, positive(tax)?, None) } else { (positive(net)?, positive(tax)?, positive(total)?) };
    let blank = invoice::Given::to(
        own(1).or_else(|| own(2)).ok_or_else(|| needs("customer"))?,
        row.date(4)?.ok_or_else(|| needs("issued_on"))?,
        currency,
    );
    Ok(invoice::Given {
        kind,
        number: Some(number),
        customer_name: own(2).or_else(|| own(1)),
        payer: own(15),
        beneficiary: own(16),
        due_on: row.date(5)?,
        net,
        tax,
        total,
        credits: own(10),
        lines: line.into_iter().collect(),
        opening_on: reading.opening_on,
        ..blank
    })
}
