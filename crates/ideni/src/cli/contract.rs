//! `ideni contract`.

use receivables::Date;
use receivables::billing::contract::{Anchor, Raise, When};
use receivables::billing::line::Prices;
use receivables::billing::terms::Terms;
use rust_decimal::Decimal;
use serde_json::json;

use super::invoice::read_line;
use super::output::{Sheet, amount};
use super::{App, Done, currency_or};
use crate::actions::charge;
use crate::actions::contract::{self, Change, Given, Indexed, Which};
use crate::words;

#[derive(clap::Subcommand, Debug)]
#[allow(clippy::large_enum_variant, reason = "parsed once per process")]
pub enum Contract {
    /// Write down what a customer is billed again and again
    Add {
        code: String,
        #[arg(long)]
        customer: String,
        #[arg(long, default_value = "")]
        name: String,
        /// Its first day; today if left out
        #[arg(long)]
        starts_on: Option<Date>,
        /// Months of a period: 1, 2, 3, 4, 6 or 12
        #[arg(long, default_value_t = 1)]
        months: i32,
        /// calendar or anniversary: where periods begin
        #[arg(long, default_value = "calendar")]
        anchor: String,
        /// advance or arrears
        #[arg(long, default_value = "advance")]
        bills: String,
        #[arg(long)]
        currency: Option<String>,
        /// DESCRIPTION;QUANTITY;PRICE;CLASS or @ITEM;QUANTITY, or with ;DISCOUNT at the end (5% or an amount), once per line
        #[arg(long, required = true)]
        line: Vec<String>,
        /// net or gross: whether the prices of the lines hold the tax
        #[arg(long, default_value = "net")]
        prices: String,
        /// Terms of payment of its invoices; the customer's days if left out
        #[arg(long)]
        terms: Option<String>,
        /// Priced in a foreign currency and billed in the company's: the rate that was agreed, or day for that of the day of issue
        #[arg(long, value_name = "RATE")]
        payable: Option<String>,
    },
    /// Give a line another price or quantity from a day on
    Change {
        code: String,
        /// The number of the line
        #[arg(long)]
        line: i32,
        /// In major units
        #[arg(long, required_unless_present = "quantity")]
        price: Option<Decimal>,
        #[arg(long)]
        quantity: Option<Decimal>,
        #[arg(long)]
        from: Date,
        #[arg(long)]
        reason: String,
    },
    /// Give a contract its last day
    End {
        code: String,
        #[arg(long)]
        on: Date,
        #[arg(long)]
        reason: String,
    },
    /// Raise what all lines cost from a day on, by a percentage or an index, half up to the smallest unit
    Index {
        code: String,
        #[arg(long)]
        from: Date,
        /// Below zero to lower them
        #[arg(long, allow_hyphen_values = true, required_unless_present = "new_index", conflicts_with = "new_index")]
        percent: Option<Decimal>,
        /// What the index was when the prices were agreed
        #[arg(long, requires = "new_index")]
        old_index: Option<Decimal>,
        /// What it is now
        #[arg(long, requires = "old_index")]
        new_index: Option<Decimal>,
        #[arg(long)]
        reason: String,
        /// Show the new prices and change nothing
        #[arg(long)]
        dry_run: bool,
    },
    /// Bill something once, with the first invoice of the contract from a day on
    Charge {
        code: String,
        #[arg(long)]
        description: String,
        /// What it costs, in major units; or say a quantity and a price
        #[arg(long, required_unless_present = "price", conflicts_with_all = ["price", "quantity"])]
        amount: Option<Decimal>,
        #[arg(long, requires = "price")]
        quantity: Option<Decimal>,
        #[arg(long)]
        unit: Option<String>,
        /// What one costs, in major units
        #[arg(long)]
        price: Option<Decimal>,
        #[arg(long)]
        tax_class: String,
        /// Today if left out
        #[arg(long)]
        on: Option<Date>,
    },
    /// Take a charge back that is not billed yet
    ChargeWithdraw {
        id: String,
        #[arg(long)]
        reason: String,
    },
    /// What contracts bill once, and the invoices that did
    Charges {
        /// Of this contract only
        #[arg(long)]
        contract: Option<String>,
    },
    /// Contracts with what they bill
    List,
    /// What a run would bill today, beside the period before
    Plan {
        /// Only this contract
        #[arg(long)]
        contract: Option<String>,
    },
    /// Bill it: each period once, however often it runs
    Run {
        /// Only this contract
        #[arg(long)]
        contract: Option<String>,
        /// Those, too, that wait for a person because a customer would get too many documents in a day
        #[arg(long)]
        parked: bool,
    },
}

impl Contract {
    pub fn run(&self, app: &App<'_>) -> Done {
        match self {
            Contract::Add { .. } => self.add(app),
            Contract::Change { code, line, price, quantity, from, reason } => {
                let change = Change {
                    contract: code.clone(),
                    no: *line,
                    unit_price: *price,
                    quantity: *quantity,
                    from_on: *from,
                    reason: reason.clone(),
                };
                let once = app.once(self);
                app.write(move |tx, actor, _| contract::change(tx, actor, &change, once.as_ref()))
            }
            Contract::End { code, on, reason } => {
                let (code, on, reason, once) = (code.clone(), *on, reason.clone(), app.once(self));
                app.write(move |tx, actor, _| contract::end(tx, actor, &code, on, &reason, once.as_ref()))
            }
            Contract::Index { .. } => self.index(app),
            Contract::Charge { code, description, amount, quantity, unit, price, tax_class, on } => {
                let (_, today) = app.actor()?;
                let given = charge::Given {
                    contract: code.clone(),
                    description: description.clone(),
                    quantity: quantity.unwrap_or(Decimal::ONE),
                    unit: unit.clone(),
                    unit_price: amount.or(*price).unwrap_or_default(),
                    tax_class: tax_class.clone(),
                    on: on.unwrap_or(today),
                };
                let once = app.once(self);
                let id = app.write(move |tx, actor, _| charge::add(tx, actor, &given, once.as_ref()))?;
                let mut sheet = Sheet::new(app.global.format, ["id"])?;
                sheet.row(vec![json!(id)])?;
                Ok(sheet.finish(json!({}))?)
            }
            Contract::ChargeWithdraw { id, reason } => {
                let (id, reason, once) = (id.clone(), reason.clone(), app.once(self));
                app.write(move |tx, actor, today| charge::withdraw(tx, actor, today, &id, &reason, once.as_ref()))
            }
            Contract::Charges { contract } => charges(app, contract.as_deref()),
            Contract::List => list(app),
            Contract::Plan { contract } => plan(app, contract.as_deref()),
            Contract::Run { contract, parked } => run(app, &Which { contract: contract.clone(), parked: *parked }),
        }
    }

    fn index(&self, app: &App<'_>) -> Done {
        let Contract::Index { code, from, percent, old_index, new_index, reason, dry_run } = self else {
            return Ok(());
        };
        let raise = match (old_index, new_index) {
            (Some(old), Some(new)) => Raise::Index { old: *old, new: *new },
            _ => Raise::Percent(percent.unwrap_or_default()),
        };
        let indexed = Indexed { contract: code.clone(), raise, from_on: *from, reason: reason.clone() };
        let once = app.once(self);
        let prices = if *dry_run {
            app.read(|tx, actor, _| contract::index_preview(tx, actor, &indexed))?
        } else {
            app.write(move |tx, actor, _| contract::index(tx, actor, &indexed, once.as_ref()))?
        };
        let columns = ["line", "description", "currency", "was", "becomes"];
        let mut sheet = Sheet::new(app.global.format, columns)?;
        for one in prices {
            sheet.row(vec![
                json!(one.line),
                json!(one.description),
                json!(one.currency),
                json!(one.was),
                json!(one.becomes),
            ])?;
        }
        Ok(sheet.finish(json!({}))?)
    }

    fn add(&self, app: &App<'_>) -> Done {
        let Contract::Add {
            code,
            customer,
            name,
            starts_on,
            months,
            anchor,
            bills,
            currency,
            line,
            prices,
            terms,
            payable,
        } = self
        else {
            return Ok(());
        };
        let (actor, today) = app.actor()?;
        let given = Given {
            code: code.clone(),
            name: name.clone(),
            customer: customer.clone(),
            currency: currency_or(currency.as_ref(), actor.company.currency)?,
            starts_on: starts_on.unwrap_or(today),
            months: *months,
            anchor: Anchor::from_code(anchor).map_err(store::Error::from)?,
            when: When::from_code(bills).map_err(store::Error::from)?,
            prices: Prices::from_code(prices).map_err(store::Error::from)?,
            terms: terms.as_deref().map(Terms::read).transpose().map_err(store::Error::from)?,
            payable: payable.as_deref().map(contract::payable).transpose().map_err(store::Error::from)?,
            lines: line.iter().map(|text| read_line(text)).collect::<Result<_, _>>()?,
        };
        let once = app.once(self);
        app.write(move |tx, actor, _| contract::add(tx, actor, &given, once.as_ref()))
    }
}

fn charges(app: &App<'_>, code: Option<&str>) -> Done {
    let all = app.read(|tx, actor, _| match code {
        Some(code) => {
            let known = contract::get(tx, actor, code)?;
            charge::of(tx, actor, &known)
        }
        None => charge::list(tx, actor),
    })?;
    let columns =
        ["id", "contract", "description", "quantity", "unit", "unit_price", "tax_class", "on", "invoice", "withdrawn"];
    let mut sheet = Sheet::new(app.global.format, columns)?;
    for one in all {
        sheet.row(vec![
            json!(one.id.to_string()),
            json!(one.contract_code),
            json!(one.description),
            json!(one.quantity),
            json!(one.unit),
            json!(one.unit_price),
            json!(one.tax_class),
            json!(one.on.to_string()),
            json!(one.invoice),
            json!(one.withdrawn),
        ])?;
    }
    Ok(sheet.finish(json!({}))?)
}

fn list(app: &App<'_>) -> Done {
    let all = app.read(|tx, actor, _| contract::list(tx, actor))?;
    let columns = [
        "contract",
        "name",
        "customer",
        "currency",
        "starts_on",
        "ends_on",
        "months",
        "anchor",
        "bills",
        "line",
        "description",
        "quantity",
        "unit_price",
        "discount",
        "tax_class",
        "from_on",
        "last_on",
        "billed_to",
        "item",
    ];
    let mut sheet = Sheet::new(app.global.format, columns)?;
    for c in &all {
        for line in &c.lines {
            sheet.row(vec![
                json!(c.code),
                json!(c.name),
                json!(c.customer_code),
                json!(c.currency.to_string()),
                json!(c.starts_on.to_string()),
                json!(c.ends_on.map(|on| on.to_string())),
                json!(c.months),
                json!(c.anchor),
                json!(c.bills),
                json!(line.no),
                json!(line.description),
                json!(line.quantity),
                json!(line.unit_price),
                json!(line.discount),
                json!(line.tax_class),
                json!(line.from_on.to_string()),
                json!(line.last_on.map(|on| on.to_string())),
                json!(c.billed.last().map(|billed| billed.until_on.to_string())),
                json!(line.item.as_ref().map(|item| &item.code)),
            ])?;
        }
    }
    Ok(sheet.finish(json!({}))?)
}

fn plan(app: &App<'_>, code: Option<&str>) -> Done {
    let planned = app.read(|tx, actor, today| contract::plan(tx, actor, today, code))?;
    let columns = [
        "contract",
        "customer",
        "name",
        "from",
        "until",
        "currency",
        "net",
        "total",
        "net_before",
        "difference",
        "parked",
        "held",
        "unread",
    ];
    let mut sheet = Sheet::new(app.global.format, columns)?;
    for one in planned {
        let currency = one.net.currency;
        sheet.row(vec![
            json!(one.contract),
            json!(one.customer),
            json!(one.name),
            json!(one.period.from.to_string()),
            json!(one.period.until.to_string()),
            json!(currency.to_string()),
            json!(one.net.major_text()),
            json!(one.total.major_text()),
            one.before.map_or(json!(null), |before| amount(before, currency)),
            one.before.map_or(json!(null), |before| amount(one.net.minor - before, currency)),
            json!(one.is_parked),
            json!(one.held.as_ref().map(|why| words::saying(app.global.language, why))),
            json!(one.unread.join(" ")),
        ])?;
    }
    Ok(sheet.finish(json!({}))?)
}

/// Goes on until nothing is left: each step is whole, and a run that was cut short goes on where it stopped.
fn run(app: &App<'_>, which: &Which) -> Done {
    let mut sheet = Sheet::new(app.global.format, ["contract", "number", "from", "until", "currency", "total"])?;
    loop {
        let which = which.clone();
        let billed = app.write(move |tx, actor, today| contract::run(tx, actor, today, &which, None))?;
        if billed.is_empty() {
            return Ok(sheet.finish(json!({}))?);
        }
        for one in billed {
            sheet.row(vec![
                json!(one.contract),
                json!(one.number),
                json!(one.from),
                json!(one.until),
                json!(one.currency),
                json!(one.total),
            ])?;
        }
    }
}
