//! Lists as commands print them, files hold them and pages show them: columns, rows, totals. Every door gets the same rows.

mod billing;
mod books;
mod invoice_file;
mod journal_out;
mod reports;
mod revenue;
mod time_to_invoice;
mod unbilled;
mod vat_return;

use receivables::billing::vat_return::Period;
use receivables::insight::provision::Matrix;
use receivables::{Currency, Date, Instant, Money};
use serde_json::{Value, json};
use store::{Error, Tx};

use super::Actor;
use super::opening::Told;
use super::report::Asked;
use super::revenue::By;
use crate::words::Language;
pub use books::reasons;
pub use vat_return::Told as OfPeriod;

/// What is listed, as it was asked for.
#[derive(Clone, Debug)]
pub enum Listing {
    Ageing(Asked),
    Kpi {
        as_of: Date,
        known_at: Option<Instant>,
        days: u32,
    },
    Provision {
        as_of: Date,
        known_at: Option<Instant>,
        matrix: Matrix,
    },
    Revaluation {
        as_of: Date,
        known_at: Option<Instant>,
    },
    /// Beside a list where one is given.
    OpeningProof {
        against: Option<Vec<Told>>,
    },
    Journal {
        from: Option<Date>,
        until: Option<Date>,
    },
    /// What was billed, by how it is taxed.
    Sales {
        from: Option<Date>,
        until: Option<Date>,
    },
    /// A row per account and currency.
    Worklist {
        on: Date,
        collector: Option<String>,
        limit: usize,
    },
    Invoices {
        customer: Option<String>,
        limit: i64,
    },
    Receipts {
        limit: i64,
    },
    /// Of tax that customers withheld, with how long they are awaited.
    Certificates {
        on: Date,
        customer: Option<String>,
        limit: i64,
    },
    /// Of papers that buyers want with an invoice.
    InvoiceFiles {
        on: Date,
        asked: super::invoice_file::Asked,
    },
    /// What is not billed yet, and since when it could be.
    Unbilled {
        on: Date,
        customer: Option<String>,
    },
    /// What was sold, beside the year before.
    Revenue {
        by: By,
        from: Date,
        until: Date,
    },
    /// How often our invoices had to be put right.
    InvoiceAccuracy {
        from: Date,
        until: Date,
    },
    /// Our own number series.
    NumberGaps,
    /// How long work waited for its invoice.
    TimeToInvoice {
        from: Date,
        until: Date,
    },
    /// A month handed over to the main books.
    JournalOut {
        period: Period,
        detail: bool,
    },
    /// What was collected for the state beside the tax.
    Levies {
        from: Option<Date>,
        until: Option<Date>,
    },
    /// Money that came before its invoice: a document for the tax is due.
    Advances,
    /// The return of the tax on what was sold, or what belongs to it.
    Vat {
        told: OfPeriod,
        period: Period,
    },
}

/// Takes the rows one by one.
pub type Take<'t> = &'t mut dyn FnMut(Vec<Value>) -> Result<(), Error>;

impl Listing {
    /// What commands, files and addresses of pages call it.
    pub fn name(&self) -> &'static str {
        match self {
            Listing::Ageing(_) => "ageing",
            Listing::Kpi { .. } => "kpi",
            Listing::Provision { .. } => "provision",
            Listing::Revaluation { .. } => "revaluation",
            Listing::OpeningProof { .. } => "opening-proof",
            Listing::Journal { .. } => "journal",
            Listing::Sales { .. } => "sales",
            Listing::Worklist { .. } => "worklist",
            Listing::Invoices { .. } => "invoices",
            Listing::Receipts { .. } => "receipts",
            Listing::Certificates { .. } => "certificates",
            Listing::InvoiceFiles { .. } => "invoice-files",
            Listing::Unbilled { .. } => "unbilled",
            Listing::Vat { told, .. } => told.name(),
            Listing::Revenue { .. } => "revenue",
            Listing::InvoiceAccuracy { .. } => "invoice-accuracy",
            Listing::NumberGaps => "number-gaps",
            Listing::TimeToInvoice { .. } => "time-to-invoice",
            Listing::JournalOut { .. } => "journal-out",
            Listing::Levies { .. } => "levies",
            Listing::Advances => "advances",
        }
    }

    pub fn columns(&self) -> Vec<String> {
        let fixed: &[&str] = match self {
            Listing::Ageing(asked) => return reports::ageing_columns(asked),
            Listing::Kpi { .. } => reports::KPI,
            Listing::Provision { .. } => reports::PROVISION,
            Listing::Revaluation { .. } => reports::REVALUATION,
            Listing::OpeningProof { .. } => reports::OPENING_PROOF,
            Listing::Journal { .. } => books::JOURNAL,
            Listing::Sales { .. } => billing::SALES,
            Listing::Worklist { .. } => books::WORKLIST,
            Listing::Invoices { .. } => books::INVOICES,
            Listing::Receipts { .. } => books::RECEIPTS,
            Listing::Certificates { .. } => billing::CERTIFICATES,
            Listing::InvoiceFiles { .. } => invoice_file::INVOICE_FILES,
            Listing::Unbilled { .. } => unbilled::UNBILLED,
            Listing::Vat { told, .. } => told.columns(),
            Listing::Revenue { by, .. } => revenue::columns(*by),
            Listing::InvoiceAccuracy { .. } => revenue::ACCURACY,
            Listing::NumberGaps => revenue::NUMBERS,
            Listing::TimeToInvoice { .. } => time_to_invoice::TIME_TO_INVOICE,
            Listing::JournalOut { .. } => journal_out::JOURNAL_OUT,
            Listing::Levies { .. } => billing::LEVIES,
            Listing::Advances => billing::ADVANCES,
        };
        fixed.iter().map(|column| (*column).to_owned()).collect()
    }

    /// Hands each row to `take`, a value per column; the totals come back. Sentences are in `language`.
    pub fn each(&self, tx: &mut Tx<'_>, actor: &Actor, language: Language, take: Take<'_>) -> Result<Value, Error> {
        match self {
            Listing::Ageing(asked) => reports::ageing(tx, actor, asked, take),
            Listing::Kpi { as_of, known_at, days } => {
                reports::kpi(tx, actor, (*as_of, *known_at, *days), language, take)
            }
            Listing::Provision { as_of, known_at, matrix } => {
                reports::provision(tx, actor, (*as_of, *known_at), matrix, take)
            }
            Listing::Revaluation { as_of, known_at } => reports::revaluation(tx, actor, (*as_of, *known_at), take),
            Listing::OpeningProof { against } => reports::opening_proof(tx, actor, against.as_deref(), take),
            Listing::Journal { from, until } => books::journal(tx, actor, *from, *until, take),
            Listing::Sales { from, until } => billing::sales(tx, actor, *from, *until, take),
            Listing::Worklist { on, collector, limit } => {
                books::worklist(tx, actor, (*on, collector.as_deref(), *limit), language, take)
            }
            Listing::Invoices { customer, limit } => books::invoices(tx, actor, customer.as_deref(), *limit, take),
            Listing::Receipts { limit } => books::receipts(tx, actor, *limit, take),
            Listing::Certificates { on, customer, limit } => {
                billing::certificates(tx, actor, *on, (customer.as_deref(), *limit), take)
            }
            Listing::InvoiceFiles { on, asked } => invoice_file::invoice_files(tx, actor, *on, asked, take),
            Listing::Unbilled { on, customer } => unbilled::unbilled(tx, actor, (*on, customer.as_deref()), take),
            Listing::Vat { told, period } => told.each(tx, actor, period, language, take),
            Listing::Revenue { by, from, until } => revenue::revenue(tx, actor, (*by, *from, *until), take),
            Listing::InvoiceAccuracy { from, until } => revenue::accuracy(tx, actor, (*from, *until), language, take),
            Listing::NumberGaps => revenue::numbers(tx, actor, take),
            Listing::TimeToInvoice { from, until } => {
                time_to_invoice::time_to_invoice(tx, actor, (*from, *until), language, take)
            }
            Listing::JournalOut { period, detail } => {
                journal_out::journal_out(tx, actor, (period, *detail), language, take)
            }
            Listing::Advances => billing::advances(tx, actor, take),
            Listing::Levies { from, until } => billing::levies(tx, actor, (*from, *until), language, take),
        }
    }
}

/// The first rows of a list, and its totals.
#[derive(Clone, Debug)]
pub struct First {
    pub columns: Vec<String>,
    pub rows: Vec<Vec<Value>>,
    /// How many there are; `None` where nobody counted to the end.
    pub count: Option<usize>,
    pub totals: Value,
}

impl Listing {
    /// The first `most` rows. What stands in the books row by row is not read to its end.
    pub fn first(&self, tx: &mut Tx<'_>, actor: &Actor, language: Language, most: usize) -> Result<First, Error> {
        let is_long = matches!(self, Listing::Journal { .. } | Listing::Invoices { .. } | Listing::Receipts { .. });
        let (mut rows, mut count) = (Vec::new(), 0);
        let read = self.each(tx, actor, language, &mut |row| {
            count += 1;
            if rows.len() < most {
                rows.push(row);
                return Ok(());
            }
            if is_long { Err(Error::RolledBack) } else { Ok(()) }
        });
        let stopped = is_long && count > most;
        let totals = match read {
            Err(Error::RolledBack) if stopped => json!({}),
            read => read?,
        };
        Ok(First { columns: self.columns(), rows, count: (!stopped).then_some(count), totals })
    }
}

/// A value as a person or a cell reads it.
pub fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(parts) => parts.iter().map(plain).collect::<Vec<_>>().join("; "),
        Value::Object(fields) => fields.values().map(plain).collect::<Vec<_>>().join(" "),
        other => other.to_string(),
    }
}

/// An amount as a decimal string in major units.
pub fn amount(minor: i64, currency: Currency) -> Value {
    json!(Money::new(minor, currency).major_text())
}

/// An amount that may be missing.
pub fn amount_opt(money: Option<Money>) -> Value {
    money.map_or(Value::Null, |m| json!(m.major_text()))
}
