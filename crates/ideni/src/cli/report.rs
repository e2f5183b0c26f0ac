//! `ideni ageing`, `ideni report`, `ideni verify`.

use std::path::{Path, PathBuf};

use formats::{ageing_export, table};
use receivables::billing::vat_return::Period;
use receivables::insight::provision::{LossRate, Matrix, loss_rates};
use receivables::{Currency, Date, Instant, Money, Refusal};
use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::import::in_file;
use super::output::{Sheet, Target};
use super::said::Said;
use super::{App, Done, Failure, said};
use crate::actions::listing::{Listing, OfPeriod};
use crate::actions::opening::{self, Told};
use crate::actions::report::{Asked, By};
use crate::actions::{revenue, verify};
use crate::words;

#[derive(clap::Args, Debug)]
#[group(skip)]
pub struct Ageing {
    /// Facts posted on or before this day; today if left out
    #[arg(long, value_name = "DATE")]
    as_of: Option<Date>,
    /// Only what was sealed at or before this instant (RFC 3339)
    #[arg(long, value_name = "INSTANT")]
    known_at: Option<Instant>,
    /// One row per what
    #[arg(long, value_enum, default_value_t = ByArg::Customer)]
    by: ByArg,
    /// Upper limits of the buckets in days late; the company's if left out
    #[arg(long, value_delimiter = ',')]
    buckets: Vec<i32>,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum ByArg {
    Customer,
    Invoice,
    Currency,
    Segment,
}

impl Ageing {
    pub fn run(&self, app: &App<'_>) -> Done {
        self.write(app, &Target::Print(app.global.format))
    }

    pub fn write(&self, app: &App<'_>, target: &Target) -> Done {
        let by = match self.by {
            ByArg::Customer => By::Customer,
            ByArg::Invoice => By::Invoice,
            ByArg::Currency => By::Currency,
            ByArg::Segment => By::Segment,
        };
        let (_, today) = app.actor()?;
        let buckets = app.buckets(&self.buckets)?;
        let asked = Asked { as_of: self.as_of.unwrap_or(today), known_at: self.known_at, by, buckets };
        app.list(&Listing::Ageing(asked), target)
    }
}

#[derive(clap::Subcommand, Debug)]
pub enum Report {
    /// DSO, best possible DSO, ADD, count-back DSO, CEI and the straight-through rate, each with its formula
    Kpi {
        /// The last day of the span; today if left out
        #[arg(long, value_name = "DATE")]
        as_of: Option<Date>,
        /// Only what was sealed at or before this instant (RFC 3339)
        #[arg(long, value_name = "INSTANT")]
        known_at: Option<Instant>,
        /// Length of the span in days
        #[arg(long, default_value_t = 90)]
        days: u32,
    },
    /// What is expected to be lost of what is open, by a rate per bucket; nothing is posted
    Provision {
        /// Expected loss of each bucket in per cent, current first: 0.3,1.6,3.6,6.6,10.6
        #[arg(long, value_name = "PERCENT", value_delimiter = ',', required_unless_present = "history")]
        rates: Vec<Decimal>,
        /// Rates from past sales instead: what was paid in each bucket, and last what was never paid
        #[arg(long, value_name = "AMOUNTS", value_delimiter = ',', conflicts_with = "rates")]
        history: Vec<Decimal>,
        /// Facts posted on or before this day; today if left out
        #[arg(long, value_name = "DATE")]
        as_of: Option<Date>,
        /// Only what was sealed at or before this instant (RFC 3339)
        #[arg(long, value_name = "INSTANT")]
        known_at: Option<Instant>,
        /// Upper limits of the buckets in days late; the company's if left out
        #[arg(long, value_delimiter = ',')]
        buckets: Vec<i32>,
    },
    /// What is open in foreign currencies, as booked and at the rate of a day; nothing is posted
    Revaluation {
        /// Facts posted on or before this day, at its rates; today if left out
        #[arg(long, value_name = "DATE")]
        as_of: Option<Date>,
        /// Only what was sealed at or before this instant (RFC 3339)
        #[arg(long, value_name = "INSTANT")]
        known_at: Option<Instant>,
    },
    /// What the opening load posted, by customer, beside the list it came from; exit 1 where they differ
    OpeningProof {
        /// The ageing export that was loaded, or a table with customer and total
        #[arg(long, value_name = "FILE")]
        against: Option<PathBuf>,
    },
    /// Every line of every entry, in the order of the days
    Journal(Span),
    /// What was billed, by how it is taxed, beside the ledger's output tax
    Sales(Span),
    /// Money that came before its invoice, and by when a document for its tax is due
    Advances,
    /// What was collected for the state beside the tax, by levy and rate
    Levies(Span),
    /// What was sold by item, customer or month, without tax, beside the same span a year before
    Revenue(Revenue),
    /// Our invoices that had to be put right for what we wrote, by reason and by who issued them
    InvoiceAccuracy(Days),
    /// Work that was done and periods of contracts that are due, and not billed yet, with their age
    Unbilled(Unbilled),
    /// The files of papers that buyers want with an invoice: how each stands, since when, and what is missing
    InvoiceFiles(super::invoice_file::Files),
    /// Our own number series: first, last, how many, and what is missing
    NumberGaps,
    /// The return of the VAT on what was sold, box by box
    VatReturn(OfVat),
    /// Its annex of sales: the documents behind the boxes
    VatSales(OfVat),
    /// Its annex of VAT withheld: the certificates claimed for the period
    VatWithheld(OfVat),
    /// The annex of income tax withheld: the certificates whose paper bears a day of the period
    TaxWithheld(OfVat),
    /// The VAT of the ledger, of the tax device's receipts and of the return, and each document in which they differ
    VatTieOut(OfVat),
    /// Days from the work to its invoice, per invoice, and what half and nine tenths of each kind of work stay within
    TimeToInvoice(Days),
    /// A month that was handed over to the main books, as it was made
    JournalOut(OfMonth),
    /// The reports there are
    List,
}

/// Reports that are commands of their own.
const BESIDE: [&str; 2] = ["ageing", "worklist"];

#[derive(clap::Args, Debug)]
#[group(skip)]
pub struct Span {
    /// Posted on or after this day
    #[arg(long, value_name = "DATE")]
    from: Option<Date>,
    /// Posted on or before this day
    #[arg(long, value_name = "DATE")]
    until: Option<Date>,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
pub enum ByThing {
    Item,
    Customer,
    Month,
}

#[derive(clap::Args, Debug)]
#[group(skip)]
pub struct Days {
    /// The first day; 1 January of the last day's year if left out
    #[arg(long, value_name = "DATE")]
    from: Option<Date>,
    /// The last day; today if left out
    #[arg(long, value_name = "DATE")]
    until: Option<Date>,
}

impl Days {
    fn span(&self, today: Date) -> (Date, Date) {
        revenue::span_or_year(self.from, self.until, today)
    }

    pub fn accuracy(&self, app: &App<'_>, target: &Target) -> Done {
        let (from, until) = self.span(app.actor()?.1);
        app.list(&Listing::InvoiceAccuracy { from, until }, target)
    }

    pub fn time_to_invoice(&self, app: &App<'_>, target: &Target) -> Done {
        let (from, until) = self.span(app.actor()?.1);
        app.list(&Listing::TimeToInvoice { from, until }, target)
    }
}

#[derive(clap::Args, Debug)]
#[group(skip)]
pub struct Revenue {
    /// One row per what
    #[arg(long, value_enum, default_value_t = ByThing::Customer)]
    by: ByThing,
    #[command(flatten)]
    days: Days,
}

impl Revenue {
    pub fn list(&self, app: &App<'_>, target: &Target) -> Done {
        let by = match self.by {
            ByThing::Item => revenue::By::Item,
            ByThing::Customer => revenue::By::Customer,
            ByThing::Month => revenue::By::Month,
        };
        let (from, until) = self.days.span(app.actor()?.1);
        app.list(&Listing::Revenue { by, from, until }, target)
    }
}

#[derive(clap::Args, Debug)]
#[group(skip)]
pub struct Unbilled {
    /// Of this customer only
    #[arg(long)]
    customer: Option<String>,
}

impl Unbilled {
    pub fn list(&self, app: &App<'_>, target: &Target) -> Done {
        let (_, on) = app.actor()?;
        app.list(&Listing::Unbilled { on, customer: self.customer.clone() }, target)
    }
}

#[derive(clap::Args, Debug)]
#[group(skip)]
pub struct OfMonth {
    /// A month that was handed over: 2026-09
    #[arg(long, value_name = "MONTH")]
    period: String,
    /// Each line of each entry instead of sums
    #[arg(long)]
    detail: bool,
}

impl OfMonth {
    pub fn list(&self, app: &App<'_>, target: &Target) -> Done {
        let period = Period::read(&self.period)?;
        app.list(&Listing::JournalOut { period, detail: self.detail }, target)
    }
}

#[derive(clap::Args, Debug)]
#[group(skip)]
pub struct OfVat {
    /// A month or a quarter: 2026-09, 2026-Q3
    #[arg(long, value_name = "PERIOD")]
    period: String,
}

impl OfVat {
    pub fn list(&self, app: &App<'_>, told: OfPeriod, target: &Target) -> Done {
        let period = Period::read(&self.period)?;
        app.list(&Listing::Vat { told, period }, target)
    }
}

impl Span {
    pub fn journal(&self, app: &App<'_>, target: &Target) -> Done {
        app.list(&Listing::Journal { from: self.from, until: self.until }, target)
    }

    pub fn levies(&self, app: &App<'_>, target: &Target) -> Done {
        app.list(&Listing::Levies { from: self.from, until: self.until }, target)
    }

    pub fn sales(&self, app: &App<'_>, target: &Target) -> Done {
        app.list(&Listing::Sales { from: self.from, until: self.until }, target)
    }
}

impl Report {
    pub fn run(&self, app: &App<'_>) -> Done {
        let (actor, today) = app.actor()?;
        let printed = &Target::Print(app.global.format);
        match self {
            Report::Kpi { as_of, known_at, days } => {
                let as_of = as_of.unwrap_or(today);
                app.list(&Listing::Kpi { as_of, known_at: *known_at, days: *days }, printed)
            }
            Report::Provision { rates, history, as_of, known_at, buckets } => {
                let own = actor.company.currency;
                let matrix = Matrix::new(app.buckets(buckets)?, rates_of(rates, history, own)?)?;
                let as_of = as_of.unwrap_or(today);
                app.list(&Listing::Provision { as_of, known_at: *known_at, matrix }, printed)
            }
            Report::Revaluation { as_of, known_at } => {
                let as_of = as_of.unwrap_or(today);
                app.list(&Listing::Revaluation { as_of, known_at: *known_at }, printed)
            }
            Report::Journal(span) => span.journal(app, printed),
            Report::Sales(span) => span.sales(app, printed),
            Report::Advances => app.list(&Listing::Advances, printed),
            Report::Levies(span) => span.levies(app, printed),
            Report::Revenue(asked) => asked.list(app, printed),
            Report::InvoiceAccuracy(days) => days.accuracy(app, printed),
            Report::Unbilled(asked) => asked.list(app, printed),
            Report::InvoiceFiles(files) => files.list(app, printed),
            Report::TimeToInvoice(days) => days.time_to_invoice(app, printed),
            Report::JournalOut(asked) => asked.list(app, printed),
            Report::NumberGaps => app.list(&Listing::NumberGaps, printed),
            Report::VatReturn(of) => of.list(app, OfPeriod::Return, printed),
            Report::VatSales(of) => of.list(app, OfPeriod::Sales, printed),
            Report::VatWithheld(of) => of.list(app, OfPeriod::VatWithheld, printed),
            Report::TaxWithheld(of) => of.list(app, OfPeriod::TaxWithheld, printed),
            Report::VatTieOut(of) => of.list(app, OfPeriod::TieOut, printed),
            Report::OpeningProof { against } => opening_proof(app, against.as_deref()),
            Report::List => {
                let mut sheet = Sheet::new(app.global.format, ["report", "shows", "command"])?;
                let shows = |name: &str| words::say(app.global.language, &format!("report-{name}"), &[]);
                for name in BESIDE {
                    sheet.row(vec![json!(name), json!(shows(name)), json!(format!("ideni {name}"))])?;
                }
                let reports = <Report as clap::Subcommand>::augment_subcommands(clap::Command::new("report"));
                for name in reports.get_subcommands().map(clap::Command::get_name).filter(|name| *name != "list") {
                    sheet.row(vec![json!(name), json!(shows(name)), json!(format!("ideni report {name}"))])?;
                }
                Ok(sheet.finish(json!({}))?)
            }
        }
    }
}

/// The loss rates as given, or from how past sales were paid.
fn rates_of(rates: &[Decimal], history: &[Decimal], own: Currency) -> Result<Vec<LossRate>, Failure> {
    if history.is_empty() {
        return Ok(rates.iter().map(|p| LossRate::from_percent(*p)).collect::<Result<Vec<LossRate>, Refusal>>()?);
    }
    let minor = |major: &Decimal| Money::from_major(*major, own).map(|money| money.minor).map_err(Refusal::from);
    let sales = history.iter().map(minor).collect::<Result<Vec<i64>, Refusal>>()?;
    Ok(loss_rates(&sales)?)
}

fn opening_proof(app: &App<'_>, against: Option<&Path>) -> Done {
    let (actor, _) = app.actor()?;
    let told = against.map(|file| told_in(app, file, actor.company.currency)).transpose()?;
    let (rows, _) = app.read(|tx, actor, _| opening::prove(tx, actor, told.as_deref()))?;
    app.list(&Listing::OpeningProof { against: told }, &Target::Print(app.global.format))?;
    let differing = rows.iter().filter(|row| row.difference.is_some_and(|d| !d.is_zero())).count();
    match against {
        Some(file) if differing > 0 => {
            let file = file.display().to_string();
            Err(said(Said::OpeningDiffers { file, count: differing.to_string() }))
        }
        _ => Ok(()),
    }
}

/// What a list says each customer owes.
fn told_in(app: &App<'_>, file: &Path, own: Currency) -> Result<Vec<Told>, Failure> {
    let in_list = |why| said(Said::InList { file: file.display().to_string(), why });
    let Some(export) = ageing_export::open(file).map_err(|e| in_file(file, e))? else {
        let reader = table::open(file, opening::TOTALS, None).map_err(|e| in_file(file, e))?;
        return opening::told_by_totals(reader, own).map_err(in_list);
    };
    for error in export.rows.iter().filter_map(|row| row.as_ref().err()) {
        app.tell(error);
    }
    for difference in &export.differences {
        app.tell(difference);
    }
    opening::told_by_export(&export, own).map_err(in_list)
}

/// Checks everything; exit 1 with the offending rows if an identity does not hold.
pub fn verify(app: &App<'_>) -> Done {
    let (actor, _) = app.actor()?;
    let checked = verify::run(&app.db, &actor, |_, _| {})?;
    let mut sheet = Sheet::new(app.global.format, ["identity", "checked", "broken"])?;
    let mut broken = 0;
    for c in &checked {
        broken += c.broken.len();
        sheet.row(vec![json!(c.identity), json!(c.checked), json!(c.broken.len())])?;
    }
    let rows: Vec<Value> = checked
        .iter()
        .flat_map(|c| c.broken.iter().map(move |row| json!({ "identity": c.identity, "row": row })))
        .collect();
    sheet.finish(json!({ "identities": checked.len(), "broken": broken, "offending": rows }))?;
    if broken > 0 {
        return Err(said(Said::IdentitiesBroken { count: broken.to_string() }));
    }
    Ok(())
}
