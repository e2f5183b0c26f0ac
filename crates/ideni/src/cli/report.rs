//! `ideni ageing`, `ideni report`, `ideni verify`.

use std::path::{Path, PathBuf};

use formats::{ageing_export, table};
use receivables::insight::ageing::{Aged, Buckets};
use receivables::insight::provision::{LossRate, Matrix, loss_rates};
use receivables::{Currency, Date, Instant, Money, Refusal};
use rust_decimal::Decimal;
use serde_json::{Map, Value, json};

use super::import::in_file;
use super::output::{Sheet, Target, amount, amount_opt};
use super::said::Said;
use super::{App, Done, Failure, said};
use crate::actions::opening::{self, Proven, Told};
use crate::actions::report::{self, Asked, By, Row};
use crate::actions::verify;
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
    /// Upper limits of the buckets in days late
    #[arg(long, value_delimiter = ',', default_value = "30,60,90")]
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
        let buckets = Buckets::new(&self.buckets)?;
        let by = match self.by {
            ByArg::Customer => By::Customer,
            ByArg::Invoice => By::Invoice,
            ByArg::Currency => By::Currency,
            ByArg::Segment => By::Segment,
        };
        let (as_of, known_at, asked_buckets) = (self.as_of, self.known_at, buckets.clone());
        let ageing = app.read(|tx, actor, today| {
            let as_of = as_of.unwrap_or(today);
            report::age(tx, actor, &Asked { as_of, known_at, by, buckets: asked_buckets })
        })?;
        let names = buckets.names();
        let mut columns: Vec<String> = match by {
            By::Invoice => {
                ["invoice", "instalment", "customer", "name", "issued_on", "due_on"].map(String::from).into()
            }
            By::Segment => vec!["segment".into()],
            By::Currency => Vec::new(),
            By::Customer => vec!["customer".into(), "name".into()],
        };
        columns.push("currency".into());
        columns.extend(names.iter().cloned());
        columns.extend(["total", "unapplied", "net"].map(String::from));
        let mut sheet = Sheet::to(target, columns)?;
        for row in &ageing.rows {
            let mut cells = heads(by, row);
            cells.push(json!(row.currency.to_string()));
            cells.extend(amounts(&row.aged, row.currency)?);
            sheet.row(cells)?;
        }
        let mut totals = Map::new();
        for (currency, aged) in &ageing.totals {
            let keys = names.iter().cloned().chain(["total", "unapplied", "net"].map(String::from));
            let mut object: Map<String, Value> = keys.zip(amounts(aged, *currency)?).collect();
            let unidentified = ageing.unidentified.iter().find(|(c, _)| c == currency).map_or(0, |(_, a)| *a);
            object.insert("unidentified".into(), amount(unidentified, *currency));
            totals.insert(currency.to_string(), Value::Object(object));
        }
        for (currency, left) in &ageing.unidentified {
            let entry = totals.entry(currency.to_string()).or_insert_with(|| json!({}));
            entry["unidentified"] = amount(*left, *currency);
        }
        Ok(sheet.finish(Value::Object(totals))?)
    }
}

fn heads(by: By, row: &Row) -> Vec<Value> {
    match (by, &row.invoice) {
        (By::Invoice, Some(facts)) => vec![
            json!(row.key),
            json!(facts.instalment),
            json!(facts.customer),
            json!(row.name),
            json!(facts.issued_on.to_string()),
            json!(facts.due_on.to_string()),
        ],
        (By::Currency, _) => Vec::new(),
        (By::Segment, _) => vec![json!(row.key)],
        _ => vec![json!(row.key), json!(row.name)],
    }
}

/// Each bucket, then total, unapplied and net.
fn amounts(aged: &Aged, currency: Currency) -> Result<Vec<Value>, Failure> {
    let mut cells: Vec<Value> = aged.open.iter().map(|minor| amount(*minor, currency)).collect();
    for minor in [aged.total()?, aged.unapplied, aged.net()?] {
        cells.push(amount(minor, currency));
    }
    Ok(cells)
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
        /// Upper limits of the buckets in days late
        #[arg(long, value_delimiter = ',', default_value = "30,60,90")]
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
    Journal(Journal),
    /// The reports there are
    List,
}

/// Reports that are commands of their own.
const BESIDE: [&str; 2] = ["ageing", "worklist"];

#[derive(clap::Args, Debug)]
#[group(skip)]
pub struct Journal {
    /// Entries posted on or after this day
    #[arg(long, value_name = "DATE")]
    from: Option<Date>,
    /// Entries posted on or before this day
    #[arg(long, value_name = "DATE")]
    until: Option<Date>,
}

impl Journal {
    pub fn write(&self, app: &App<'_>, target: &Target) -> Done {
        let columns =
            ["on", "entry", "cause", "line", "account", "account_name", "customer", "currency", "amount", "base"];
        let mut sheet = Sheet::to(target, columns)?;
        let (actor, _) = app.actor()?;
        let own = actor.company.currency;
        app.read(|tx, actor, _| {
            report::journal(tx, actor, self.from, self.until, |l| {
                let row = vec![
                    json!(l.on.to_string()),
                    json!(l.entry.to_string()),
                    json!(l.cause),
                    json!(l.no),
                    json!(l.account),
                    json!(l.account_name),
                    json!(l.customer),
                    json!(l.currency.to_string()),
                    amount(l.amount, l.currency),
                    amount(l.base, own),
                ];
                sheet.row(row).map_err(|e| store::Error::failed("the journal", e))
            })
        })?;
        Ok(sheet.finish(json!({}))?)
    }
}

impl Report {
    pub fn run(&self, app: &App<'_>) -> Done {
        match self {
            Report::Kpi { as_of, known_at, days } => {
                let rows =
                    app.read(|tx, actor, today| report::kpis(tx, actor, as_of.unwrap_or(today), *days, *known_at))?;
                let mut sheet = Sheet::new(app.global.format, ["kpi", "currency", "value", "unit", "formula"])?;
                for (currency, kpi) in rows {
                    let value = kpi.rounded().map(|v| v.to_string());
                    sheet.row(vec![
                        json!(kpi.kpi),
                        json!(currency.to_string()),
                        json!(value),
                        json!(kpi.unit),
                        json!(words::say(app.global.language, &format!("formula-{}", kpi.kpi), &[])),
                    ])?;
                }
                Ok(sheet.finish(json!({}))?)
            }
            Report::Provision { rates, history, as_of, known_at, buckets } => {
                let own = app.actor()?.0.company.currency;
                let matrix = Matrix::new(Buckets::new(buckets)?, rates_of(rates, history, own)?)?;
                provision(app, *as_of, *known_at, &matrix)
            }
            Report::Revaluation { as_of, known_at } => revaluation(app, *as_of, *known_at),
            Report::Journal(journal) => journal.write(app, &Target::Print(app.global.format)),
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

fn provision(app: &App<'_>, as_of: Option<Date>, known_at: Option<Instant>, matrix: &Matrix) -> Done {
    let rows = app.read(|tx, actor, today| report::provision(tx, actor, as_of.unwrap_or(today), known_at, matrix))?;
    let names = matrix.buckets().names();
    let mut sheet = Sheet::new(app.global.format, ["currency", "bucket", "amount", "rate_percent", "allowance"])?;
    let mut totals = Map::new();
    for row in &rows {
        for (i, name) in names.iter().enumerate() {
            sheet.row(vec![
                json!(row.currency.to_string()),
                json!(name),
                amount(row.aged.open[i], row.currency),
                json!(matrix.rates()[i].percent()?.to_string()),
                amount(row.allowance.buckets[i], row.currency),
            ])?;
        }
        let sums = json!({
            "amount": amount(row.aged.total()?, row.currency),
            "allowance": amount(row.allowance.total, row.currency),
        });
        totals.insert(row.currency.to_string(), sums);
    }
    Ok(sheet.finish(Value::Object(totals))?)
}

fn revaluation(app: &App<'_>, as_of: Option<Date>, known_at: Option<Instant>) -> Done {
    let own = app.actor()?.0.company.currency;
    let rows = app.read(|tx, actor, today| report::revaluation(tx, actor, as_of.unwrap_or(today), known_at))?;
    let columns = ["currency", "open", "rate", "company_currency", "booked", "revalued", "difference"];
    let mut sheet = Sheet::new(app.global.format, columns)?;
    let mut sums = [Money::zero(own); 3];
    for row in &rows {
        let own_amounts = [row.booked, row.revalued, row.difference].map(|minor| Money::new(minor, own));
        let mut cells = vec![
            json!(row.currency.to_string()),
            amount(row.open, row.currency),
            json!(row.rate.to_decimal().to_string()),
            json!(own.to_string()),
        ];
        cells.extend(own_amounts.map(|money| json!(money.major_text())));
        sheet.row(cells)?;
        for (sum, money) in sums.iter_mut().zip(own_amounts) {
            *sum = sum.plus(money).map_err(Refusal::from)?;
        }
    }
    let [booked, revalued, difference] = sums.map(Money::major_text);
    let mut totals = Map::new();
    totals.insert(own.to_string(), json!({ "booked": booked, "revalued": revalued, "difference": difference }));
    Ok(sheet.finish(Value::Object(totals))?)
}

fn opening_proof(app: &App<'_>, against: Option<&Path>) -> Done {
    let (actor, _) = app.actor()?;
    let told = against.map(|file| told_in(app, file, actor.company.currency)).transpose()?;
    let (rows, totals) = app.read(|tx, actor, _| opening::prove(tx, actor, told.as_deref()))?;
    let columns =
        ["customer", "name", "currency", "items", "invoices", "credits", "unapplied", "net", "list", "difference"];
    let mut sheet = Sheet::new(app.global.format, columns)?;
    for row in &rows {
        let mut cells = vec![json!(row.customer), json!(row.name), json!(row.currency.to_string())];
        cells.extend(proven(row));
        sheet.row(cells)?;
    }
    let object = |total: &Proven| -> Value {
        let keys = columns[3..].iter().map(|key| (*key).to_owned());
        Value::Object(keys.zip(proven(total)).collect())
    };
    let totals: Map<String, Value> = totals.iter().map(|t| (t.currency.to_string(), object(t))).collect();
    sheet.finish(Value::Object(totals))?;
    let differing = rows.iter().filter(|row| row.difference.is_some_and(|d| !d.is_zero())).count();
    match against {
        Some(file) if differing > 0 => {
            let file = file.display().to_string();
            Err(said(Said::OpeningDiffers { file, count: differing.to_string() }))
        }
        _ => Ok(()),
    }
}

/// From `items` to `difference`.
fn proven(row: &Proven) -> Vec<Value> {
    let mut cells = vec![json!(row.items)];
    cells.extend([row.invoices, row.credits, row.unapplied, row.net].map(|money| json!(money.major_text())));
    cells.extend([row.told, row.difference].map(amount_opt));
    cells
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
    app.db.seal()?;
    let checked = app.read(|tx, actor, _| verify::all(tx, actor))?;
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
