//! `ideni meter`, `ideni usage`.

use std::path::{Path, PathBuf};

use formats::table;
use receivables::Date;
use receivables::billing::meter::{Reading, Tariff};
use rust_decimal::Decimal;
use serde_json::json;

use super::import::{Printer, in_file, profile};
use super::output::Sheet;
use super::{App, Done};
use crate::actions::meter::{self, Change, Given, Shown, import};

/// Rows of a file in one transaction.
const AT_ONCE: usize = 2_000;

#[derive(clap::Subcommand, Debug)]
#[allow(clippy::large_enum_variant, reason = "parsed once per process")]
pub enum Meter {
    /// Bill what a meter counts with a contract
    Add {
        code: String,
        #[arg(long)]
        contract: String,
        /// What it counts: m³, kWh, copies
        #[arg(long)]
        unit: String,
        /// What its lines say; the code if left out
        #[arg(long, default_value = "")]
        description: String,
        #[arg(long)]
        tax_class: String,
        /// What a unit costs, in major units: 340, or by blocks 5:340,20:720,*:845 (up to 5, up to 20, all above)
        #[arg(long, allow_hyphen_values = true)]
        blocks: String,
        /// The day of its first reading; the contract's first day if left out
        #[arg(long)]
        from: Option<Date>,
        /// What it shows then
        #[arg(long, default_value_t = Decimal::ZERO, allow_hyphen_values = true)]
        begins_at: Decimal,
    },
    /// Give its units other prices from a day on
    Tariff {
        code: String,
        /// As with `meter add`
        #[arg(long, allow_hyphen_values = true)]
        blocks: String,
        #[arg(long)]
        from: Date,
        #[arg(long)]
        reason: String,
    },
    /// Record what a meter shows
    Read {
        code: String,
        /// Today if left out
        #[arg(long, visible_alias = "at")]
        on: Option<Date>,
        #[arg(long, allow_hyphen_values = true)]
        value: Decimal,
        /// The meter was replaced on this day: the value is the last of the old one, this the first of the new one
        #[arg(long, visible_alias = "replaced", allow_hyphen_values = true)]
        new_meter: Option<Decimal>,
    },
    /// Read a day's meter again; what was billed of it is made up for with the contract's next invoice
    Correct {
        code: String,
        /// The day of the reading
        #[arg(long, visible_alias = "at")]
        on: Date,
        #[arg(long, allow_hyphen_values = true)]
        value: Decimal,
        /// What the new meter showed, where it was replaced on that day
        #[arg(long, visible_alias = "replaced", allow_hyphen_values = true)]
        new_meter: Option<Decimal>,
        #[arg(long)]
        reason: String,
    },
    /// Meters with their tariff and last reading
    List,
    /// Every reading of a meter, by day; corrections after what they correct
    Show { code: String },
}

#[derive(clap::Subcommand, Debug)]
pub enum Usage {
    /// Take readings in from CSV or XLSX
    Import {
        file: PathBuf,
        /// A saved mapping for files with other headers (TOML)
        #[arg(long, value_name = "PROFILE")]
        map: Option<PathBuf>,
    },
}

impl Meter {
    pub fn run(&self, app: &App<'_>) -> Done {
        let once = app.once(self);
        let refused = store::Error::from;
        match self {
            Meter::Add { code, contract, unit, description, tax_class, blocks, from, begins_at } => {
                let given = Given {
                    code: code.clone(),
                    contract: contract.clone(),
                    description: description.clone(),
                    unit: unit.clone(),
                    tax_class: tax_class.clone(),
                    tariff: Tariff::read(blocks).map_err(refused)?,
                    from_on: *from,
                    begins_at: *begins_at,
                };
                app.write(move |tx, actor, _| meter::add(tx, actor, &given, once.as_ref()))
            }
            Meter::Tariff { code, blocks, from, reason } => {
                let tariff = Tariff::read(blocks).map_err(refused)?;
                let change = Change { meter: code.clone(), tariff, from_on: *from, reason: reason.clone() };
                app.write(move |tx, actor, _| meter::change(tx, actor, &change, once.as_ref()))
            }
            Meter::Read { code, on, value, new_meter } => {
                let on = on.map_or_else(|| app.actor().map(|(_, today)| today), Ok)?;
                let reading = Reading { on, value: *value, replaced_at: *new_meter };
                let shown = Shown { meter: code.clone(), reading };
                app.write(move |tx, actor, today| meter::read(tx, actor, today, &shown, once.as_ref()))?;
                Ok(())
            }
            Meter::Correct { code, on, value, new_meter, reason } => {
                let reading = Reading { on: *on, value: *value, replaced_at: *new_meter };
                let (shown, reason) = (Shown { meter: code.clone(), reading }, reason.clone());
                app.write(move |tx, actor, _| meter::correct(tx, actor, &shown, &reason, once.as_ref()))
            }
            Meter::List => list(app),
            Meter::Show { code } => show(app, code),
        }
    }
}

fn list(app: &App<'_>) -> Done {
    let all = app.read(|tx, actor, _| meter::list(tx, actor))?;
    let columns = [
        "meter",
        "contract",
        "description",
        "unit",
        "tax_class",
        "blocks",
        "read_on",
        "value",
        "new_meter",
        "billed_to",
    ];
    let mut sheet = Sheet::new(app.global.format, columns)?;
    for m in all {
        let last = m.history.readings.last();
        sheet.row(vec![
            json!(m.code),
            json!(m.contract_code),
            json!(m.description),
            json!(m.unit),
            json!(m.tax_class),
            json!(m.history.tariffs.last().map(|(_, tariff)| tariff.to_string())),
            json!(last.map(|reading| reading.on.to_string())),
            json!(last.map(|reading| reading.value.to_string())),
            json!(last.and_then(|reading| reading.replaced_at).map(|value| value.to_string())),
            json!(m.history.billed.last().map(|billed| billed.until.to_string())),
        ])?;
    }
    Ok(sheet.finish(json!({}))?)
}

fn show(app: &App<'_>, code: &str) -> Done {
    let (_, said) = app.read(|tx, actor, _| meter::show(tx, actor, code))?;
    let mut sheet =
        Sheet::new(app.global.format, ["on", "version", "value", "new_meter", "reason", "recorded_at", "recorded_by"])?;
    for one in said {
        sheet.row(vec![
            json!(one.reading.on.to_string()),
            json!(one.version),
            json!(one.reading.value.to_string()),
            json!(one.reading.replaced_at.map(|value| value.to_string())),
            json!(one.reason),
            json!(one.at.to_string()),
            json!(one.actor),
        ])?;
    }
    Ok(sheet.finish(json!({}))?)
}

impl Usage {
    pub fn run(&self, app: &App<'_>) -> Done {
        match self {
            Usage::Import { file, map } => take_in(app, file, map.as_deref()),
        }
    }
}

fn take_in(app: &App<'_>, file: &Path, map: Option<&Path>) -> Done {
    let profile = map.map(profile).transpose()?;
    let reader = table::open(file, import::FIELDS, profile.as_ref()).map_err(|why| in_file(file, why))?;
    app.tell(reader.layout());
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let mut rows = import::rows(reader);
    let mut printer = Printer::new(app)?;
    loop {
        let chunk: Vec<import::Row> = rows.by_ref().take(AT_ONCE).collect();
        if chunk.is_empty() {
            return printer.finish(false);
        }
        let name = name.clone();
        let reports = app.write(move |tx, actor, today| import::import(tx, actor, today, &name, &chunk))?;
        printer.print(app, &reports)?;
    }
}
