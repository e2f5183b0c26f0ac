//! `ideni item`.

use std::path::PathBuf;

use formats::table;
use receivables::Date;
use receivables::billing::item::{Typed, Whom};
use receivables::billing::line::Prices;
use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::import::{Printer, in_file, profile};
use super::output::Sheet;
use super::{App, Done, currency_or};
use crate::actions::item::{self, Asked, Change, GivenPrice, Row};

/// Items that a list reads at once, and rows of a file in one transaction.
const AT_ONCE: usize = 2_000;

#[derive(clap::Subcommand, Debug)]
#[allow(clippy::large_enum_variant, reason = "parsed once per process")]
pub enum Item {
    /// Write down what the company sells
    Add {
        code: String,
        #[arg(long)]
        name: String,
        #[arg(long)]
        tax_class: String,
        #[command(flatten)]
        more: More,
        /// What one costs everybody, in major units
        #[arg(long)]
        price: Option<Decimal>,
        #[arg(long, requires = "price")]
        currency: Option<String>,
        /// net or gross: whether the price holds the tax
        #[arg(long, default_value = "net")]
        prices: String,
        /// The day from which the price counts; today if left out
        #[arg(long, requires = "price")]
        from: Option<Date>,
    },
    /// Say something else of an item from now on; an empty text takes away
    Change {
        code: String,
        #[arg(long)]
        name: Option<String>,
        #[arg(long)]
        tax_class: Option<String>,
        #[command(flatten)]
        more: More,
    },
    /// Offer an item no more
    Retire {
        code: String,
        #[arg(long)]
        reason: String,
        /// Offer it again
        #[arg(long)]
        back: bool,
    },
    /// Write down what an item costs from a day and a quantity on
    Price {
        code: String,
        /// What one costs, in major units
        #[arg(long, required_unless_present = "ends")]
        price: Option<Decimal>,
        /// There is no such price from the day on
        #[arg(long, conflicts_with = "price")]
        ends: bool,
        #[arg(long)]
        currency: Option<String>,
        /// net or gross: whether the price holds the tax
        #[arg(long, default_value = "net")]
        prices: String,
        /// Today if left out
        #[arg(long)]
        from: Option<Date>,
        /// From how many on
        #[arg(long, default_value_t = Decimal::ZERO)]
        from_quantity: Decimal,
        /// For this customer only
        #[arg(long, conflicts_with = "price_list")]
        customer: Option<String>,
        /// For the customers of this price list only
        #[arg(long)]
        price_list: Option<String>,
    },
    /// What an item costs, and whose price it is
    PriceOf {
        code: String,
        #[arg(long)]
        customer: Option<String>,
        #[arg(long, default_value_t = Decimal::ONE)]
        quantity: Decimal,
        #[arg(long)]
        currency: Option<String>,
        /// Today if left out
        #[arg(long)]
        on: Option<Date>,
    },
    /// The price list of a customer; puts them on one, or takes them off
    ListOf {
        customer: String,
        #[arg(long)]
        price_list: Option<String>,
        /// On no price list any more
        #[arg(long, conflicts_with = "price_list")]
        none: bool,
        /// Today if left out
        #[arg(long)]
        from: Option<Date>,
    },
    /// Items by code, with what one costs everybody today
    List {
        /// A part of the name or code
        #[arg(long, default_value = "")]
        search: String,
        /// Those, too, that are not offered any more
        #[arg(long)]
        retired: bool,
    },
    /// Everything that was said of an item, the latest first
    Show {
        code: String,
        /// Its prices instead, in the order they were recorded
        #[arg(long)]
        prices: bool,
    },
    /// Take items in from CSV or XLSX
    Import {
        file: PathBuf,
        /// A saved mapping for files with other headers (TOML)
        #[arg(long, value_name = "PROFILE")]
        map: Option<PathBuf>,
    },
}

/// What may be said of an item beside its name and class.
#[derive(clap::Args, Debug)]
pub struct More {
    /// What is counted: hours, bags
    #[arg(long)]
    unit: Option<String>,
    /// raw-material, finished or service
    #[arg(long)]
    kind: Option<String>,
    /// Up to ten digits, as the tax device classes it
    #[arg(long)]
    class_code: Option<String>,
    /// As the tax device lists it
    #[arg(long)]
    packaging: Option<String>,
    /// As the tax device lists it
    #[arg(long)]
    quantity_unit: Option<String>,
    /// The country it comes from, two letters; the company's if left out
    #[arg(long)]
    origin: Option<String>,
}

impl Item {
    pub fn run(&self, app: &App<'_>) -> Done {
        match self {
            Item::Add { .. } => self.add(app),
            Item::Change { code, name, tax_class, more } => {
                let change = Change {
                    code: code.clone(),
                    version: None,
                    name: name.clone(),
                    unit: more.unit.clone(),
                    tax_class: tax_class.clone(),
                    kind: more.kind.clone(),
                    class_code: more.class_code.clone(),
                    packaging: more.packaging.clone(),
                    quantity_unit: more.quantity_unit.clone(),
                    origin: more.origin.clone(),
                };
                let once = app.once(self);
                app.write(move |tx, actor, today| item::change(tx, actor, today, &change, once.as_ref()))
            }
            Item::Retire { code, reason, back } => {
                let (code, reason, back, once) = (code.clone(), reason.clone(), *back, app.once(self));
                app.write(move |tx, actor, _| item::retire(tx, actor, &code, back, &reason, once.as_ref()))
            }
            Item::Price { .. } => self.price(app),
            Item::PriceOf { .. } => self.price_of(app),
            Item::ListOf { customer, price_list: None, none: false, .. } => {
                let list = app.read(|tx, actor, today| item::list_of(tx, actor, customer, today))?;
                let mut sheet = Sheet::new(app.global.format, ["customer", "price_list"])?;
                sheet.row(vec![json!(customer), json!(list)])?;
                Ok(sheet.finish(json!({}))?)
            }
            Item::ListOf { customer, price_list, from, .. } => {
                let (customer, list, from, once) = (customer.clone(), price_list.clone(), *from, app.once(self));
                app.write(move |tx, actor, today| {
                    let from = from.unwrap_or(today);
                    item::put_on_list(tx, actor, &customer, list.as_deref(), from, once.as_ref())
                })
            }
            Item::List { search, retired } => list(app, search, *retired),
            Item::Show { code, prices: false } => show(app, code),
            Item::Show { code, prices: true } => prices(app, code),
            Item::Import { file, map } => import(app, file, map.as_ref()),
        }
    }

    fn add(&self, app: &App<'_>) -> Done {
        let Item::Add { code, name, tax_class, more, price, currency, prices, from } = self else { return Ok(()) };
        let (actor, today) = app.actor()?;
        let or_empty = |text: &Option<String>| text.clone().unwrap_or_default();
        let typed = Typed {
            code: code.clone(),
            name: name.clone(),
            unit: or_empty(&more.unit),
            tax_class: tax_class.clone(),
            kind: or_empty(&more.kind),
            class_code: or_empty(&more.class_code),
            packaging: or_empty(&more.packaging),
            quantity_unit: or_empty(&more.quantity_unit),
            origin: or_empty(&more.origin),
        };
        let price = match price {
            None => None,
            Some(price) => Some(GivenPrice {
                customer: None,
                list: None,
                currency: currency_or(currency.as_ref(), actor.company.currency)?,
                from_on: from.unwrap_or(today),
                from_quantity: Decimal::ZERO,
                unit_price: Some(*price),
                prices: Prices::from_code(prices)?,
            }),
        };
        let once = app.once(self);
        app.write(move |tx, actor, today| item::add(tx, actor, today, &typed, price.as_ref(), once.as_ref()))
    }

    fn price(&self, app: &App<'_>) -> Done {
        let Item::Price { code, price, currency, prices, from, from_quantity, customer, price_list, .. } = self else {
            return Ok(());
        };
        let (actor, today) = app.actor()?;
        let given = GivenPrice {
            customer: customer.clone(),
            list: price_list.clone(),
            currency: currency_or(currency.as_ref(), actor.company.currency)?,
            from_on: from.unwrap_or(today),
            from_quantity: *from_quantity,
            unit_price: *price,
            prices: Prices::from_code(prices)?,
        };
        let (code, once) = (code.clone(), app.once(self));
        app.write(move |tx, actor, _| item::price(tx, actor, &code, &given, once.as_ref()))
    }

    fn price_of(&self, app: &App<'_>) -> Done {
        let Item::PriceOf { code, customer, quantity, currency, on } = self else { return Ok(()) };
        let (actor, today) = app.actor()?;
        let currency = currency_or(currency.as_ref(), actor.company.currency)?;
        let sale = (*quantity, currency, on.unwrap_or(today));
        let price = app.read(|tx, actor, _| item::price_of(tx, actor, code, customer.as_deref(), sale))?;
        let columns = ["item", "quantity", "currency", "unit_price", "prices", "whose", "from_on", "from_quantity"];
        let mut sheet = Sheet::new(app.global.format, columns)?;
        sheet.row(vec![
            json!(code),
            json!(quantity.normalize().to_string()),
            json!(currency.to_string()),
            number(price.unit_price),
            json!(price.prices.code()),
            json!(whose(&price.whom)),
            json!(price.from_on.to_string()),
            number(Some(price.from_quantity)),
        ])?;
        Ok(sheet.finish(json!({}))?)
    }
}

fn number(number: Option<Decimal>) -> Value {
    json!(number.map(|number| number.normalize().to_string()))
}

/// The code of whose price it is; a price list is called by its name.
fn whose(whom: &Whom) -> &str {
    match whom {
        Whom::Everybody => "everybody",
        Whom::List(list) => list,
        Whom::Customer(_) => "customer",
    }
}

fn list(app: &App<'_>, search: &str, retired: bool) -> Done {
    let columns = ["item", "name", "unit", "tax_class", "kind", "offered", "currency", "price", "prices"];
    let mut sheet = Sheet::new(app.global.format, columns)?;
    let mut asked = Asked { text: search.to_owned(), retired, after: String::new(), limit: AT_ONCE };
    loop {
        let (found, more) = app.read(|tx, actor, today| item::list(tx, actor, today, &asked))?;
        for item::Listed { known, price } in &found {
            sheet.row(vec![
                json!(known.item.code),
                json!(known.item.name),
                json!(known.item.unit),
                json!(known.item.tax_class),
                json!(known.item.kind.code()),
                json!(known.active),
                json!(price.as_ref().map(|price| price.currency.to_string())),
                number(price.as_ref().and_then(|price| price.unit_price)),
                json!(price.as_ref().map(|price| price.prices.code())),
            ])?;
        }
        match found.last().filter(|_| more) {
            Some(last) => asked.after.clone_from(&last.known.item.code),
            None => return Ok(sheet.finish(json!({}))?),
        }
    }
}

fn show(app: &App<'_>, code: &str) -> Done {
    let shown = app.read(|tx, actor, _| item::show(tx, actor, code))?;
    let columns = [
        "item",
        "version",
        "name",
        "unit",
        "tax_class",
        "kind",
        "class_code",
        "packaging",
        "quantity_unit",
        "origin",
        "offered",
        "at",
        "by",
    ];
    let mut sheet = Sheet::new(app.global.format, columns)?;
    for version in shown.versions {
        let (known, item) = (&version.known, &version.known.item);
        sheet.row(vec![
            json!(item.code),
            json!(known.version),
            json!(item.name),
            json!(item.unit),
            json!(item.tax_class),
            json!(item.kind.code()),
            json!(item.class_code),
            json!(item.packaging),
            json!(item.quantity_unit),
            json!(item.origin),
            json!(known.active),
            json!(version.at.to_string()),
            json!(version.actor),
        ])?;
    }
    Ok(sheet.finish(json!({}))?)
}

fn prices(app: &App<'_>, code: &str) -> Done {
    let shown = app.read(|tx, actor, _| item::show(tx, actor, code))?;
    let columns =
        ["item", "customer", "price_list", "currency", "from_on", "from_quantity", "unit_price", "prices", "at", "by"];
    let mut sheet = Sheet::new(app.global.format, columns)?;
    for recorded in shown.prices {
        let list = match &recorded.price.whom {
            Whom::List(list) => Some(list),
            Whom::Everybody | Whom::Customer(_) => None,
        };
        sheet.row(vec![
            json!(code),
            json!(recorded.customer),
            json!(list),
            json!(recorded.price.currency.to_string()),
            json!(recorded.price.from_on.to_string()),
            number(Some(recorded.price.from_quantity)),
            number(recorded.price.unit_price),
            json!(recorded.price.prices.code()),
            json!(recorded.at.to_string()),
            json!(recorded.actor),
        ])?;
    }
    Ok(sheet.finish(json!({}))?)
}

fn import(app: &App<'_>, file: &std::path::Path, map: Option<&PathBuf>) -> Done {
    let profile = map.map(|path| profile(path)).transpose()?;
    let (actor, _) = app.actor()?;
    let reader = table::open(file, item::FIELDS, profile.as_ref()).map_err(|why| in_file(file, why))?;
    app.tell(reader.layout());
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let mut rows = item::rows(reader, actor.company.currency);
    let mut printer = Printer::new(app)?;
    loop {
        let chunk: Vec<Row> = rows.by_ref().take(AT_ONCE).collect();
        if chunk.is_empty() {
            return printer.finish(false);
        }
        let name = name.clone();
        let reports = app.write(move |tx, actor, today| item::import(tx, actor, today, &name, &chunk))?;
        printer.print(app, &reports)?;
    }
}
