//! The catalogue: what the company sells, and at which prices.

use receivables::billing::item::{Kind, Price, Typed, Whom};
use receivables::billing::line::Prices;
use receivables::{Refusal, Unusable};
use rust_decimal::Decimal;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Serialize};
use store::item::{Known, Recorded};
use store::{Error, Tx};

use super::ask::Ask;
use super::cursor::{Limit, Page, Span};
use super::endpoint::endpoints;
use super::invoice::PricesWritten;
use super::shape::{
    Code, CurrencyCode, Cursor, Day, Line, Maybe, Moment, Name, Number, Object, OrNothing, Reason, one_of,
};
use crate::actions::item::{self, Asked, Change, GivenPrice, Listed};

endpoints! { "items"
    /// Items in the order of their codes, with what one costs everybody today.
    read Get "/items" Read list(query WhichItems) -> Page<ListedItem>;
    /// Writes down what the company sells, with a first price where one is given.
    write Post "/items" ItemSave add(body NewItem) -> ItemInFull;
    /// One item with its prices, as they were recorded.
    read Get "/items/{code}" Read show() -> ItemInFull;
    /// Changes what is given of an item from now on, and nothing else; what was posted stays.
    /// `null` takes a value away.
    write Patch "/items/{code}" ItemSave change(guarded ItemChange) -> ItemInFull;
    /// Offers an item no more, or again.
    write Post "/items/{code}/retirement" ItemSave retire(body NewRetirement) -> ItemInFull;
    /// Records what an item costs from a day and a quantity on.
    write Post "/items/{code}/prices" ItemPrice price(body NewPrice) -> ItemInFull;
    /// What an item costs on a day, and whose price it is.
    read Get "/items/{code}/price" Read price_of(query WhichPrice) -> ItemCosts;
    /// Puts a customer on a price list from a day on, or on none.
    write Post "/customers/{code}/price-list" ItemPrice put_on_list(body NewPriceList) -> PriceListOf;
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
struct WhichItems {
    /// A part of the name or code.
    text: Option<Code>,
    /// Those, too, that are not offered any more.
    #[serde(default)]
    retired: bool,
    limit: Option<Limit>,
    after: Option<Cursor>,
}

#[derive(Serialize, JsonSchema)]
struct CatalogueItem {
    code: String,
    name: String,
    /// What is counted: hours, bags, m³.
    unit: Option<String>,
    tax_class: String,
    #[schemars(schema_with = "kinds")]
    kind: &'static str,
    /// Up to ten digits, as the tax device classes it.
    class_code: Option<String>,
    /// Packaging and unit as the tax device lists them.
    packaging: Option<String>,
    quantity_unit: Option<String>,
    /// The country it comes from.
    origin: String,
    /// Whether it may stand on new lines.
    offered: bool,
    /// One more with every change.
    version: i64,
}

fn kinds(_: &mut SchemaGenerator) -> Schema {
    one_of(Kind::ALL.iter().map(|(_, code)| *code))
}

fn whose_codes(_: &mut SchemaGenerator) -> Schema {
    one_of(["customer", "price-list", "everybody"])
}

impl From<Known> for CatalogueItem {
    fn from(Known { version, item, active, .. }: Known) -> CatalogueItem {
        CatalogueItem {
            code: item.code,
            name: item.name,
            unit: item.unit,
            tax_class: item.tax_class,
            kind: item.kind.code(),
            class_code: item.class_code,
            packaging: item.packaging,
            quantity_unit: item.quantity_unit,
            origin: item.origin,
            offered: active,
            version,
        }
    }
}

#[derive(Serialize, JsonSchema)]
struct ListedItem {
    #[serde(flatten)]
    item: CatalogueItem,
    /// What one costs everybody today in the company's currency.
    price: Option<ItemPrice>,
}

/// What one costs, in major units.
#[derive(Serialize, JsonSchema)]
struct ItemPrice {
    currency: CurrencyCode,
    /// `null` where the price ends.
    unit_price: Option<String>,
    /// Whether it holds the tax.
    #[schemars(extend("enum" = ["net", "gross"]))]
    prices: &'static str,
    from_on: Day,
    from_quantity: String,
}

impl From<&Price> for ItemPrice {
    fn from(price: &Price) -> ItemPrice {
        ItemPrice {
            currency: CurrencyCode(price.currency),
            unit_price: price.unit_price.map(|price| price.normalize().to_string()),
            prices: price.prices.code(),
            from_on: Day(price.from_on),
            from_quantity: price.from_quantity.normalize().to_string(),
        }
    }
}

/// A price as it was recorded.
#[derive(Serialize, JsonSchema)]
struct RecordedPrice {
    #[serde(flatten)]
    price: ItemPrice,
    /// The customer whose own it is, by code.
    customer: Option<String>,
    price_list: Option<String>,
    at: Moment,
    by: String,
}

impl From<Recorded> for RecordedPrice {
    fn from(Recorded { price, customer, at, actor }: Recorded) -> RecordedPrice {
        let written = ItemPrice::from(&price);
        let price_list = match price.whom {
            Whom::List(list) => Some(list),
            Whom::Everybody | Whom::Customer(_) => None,
        };
        RecordedPrice { price: written, customer, price_list, at: Moment(at), by: actor }
    }
}

#[derive(Serialize, JsonSchema)]
struct ItemInFull {
    #[serde(flatten)]
    item: CatalogueItem,
    recorded: Vec<RecordedPrice>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewItem {
    /// Letters, digits and . - _ /; never another item's and never changed.
    code: Line<1, 40>,
    name: Name,
    unit: Option<Line<1, 20>>,
    /// One of the country's classes.
    tax_class: Line<0, 20>,
    /// `service` if left out.
    #[serde(default)]
    #[schemars(schema_with = "kinds")]
    kind: Option<Line<1, 20>>,
    class_code: Option<Line<1, 10>>,
    /// What the country usually writes for the kind if left out.
    packaging: Option<Line<1, 5>>,
    quantity_unit: Option<Line<1, 5>>,
    /// The company's country if left out.
    origin: Option<Line<2, 2>>,
    /// What one costs everybody.
    price: Option<Object<FirstPrice>>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct FirstPrice {
    /// Major units.
    unit_price: Number,
    /// The company's if left out.
    currency: Option<CurrencyCode>,
    /// Whether it holds the tax; net if left out.
    prices: Option<PricesWritten>,
    /// Today if left out.
    from_on: Option<Day>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct ItemChange {
    #[serde(default)]
    name: Maybe<Name>,
    #[serde(default)]
    unit: OrNothing<Line<1, 20>>,
    #[serde(default)]
    tax_class: Maybe<Line<1, 20>>,
    #[serde(default)]
    kind: Maybe<Line<1, 20>>,
    #[serde(default)]
    class_code: OrNothing<Line<1, 10>>,
    #[serde(default)]
    packaging: OrNothing<Line<1, 5>>,
    #[serde(default)]
    quantity_unit: OrNothing<Line<1, 5>>,
    #[serde(default)]
    origin: OrNothing<Line<2, 2>>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewRetirement {
    reason: Reason,
    /// Whether it is offered again.
    #[serde(default)]
    back: bool,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewPrice {
    /// Major units; one of this and `ends` is needed.
    unit_price: Option<Number>,
    /// There is no such price from the day on.
    #[serde(default)]
    ends: bool,
    /// The company's if left out.
    currency: Option<CurrencyCode>,
    /// Whether it holds the tax; net if left out.
    prices: Option<PricesWritten>,
    /// Today if left out.
    from_on: Option<Day>,
    /// From how many on; any number if left out.
    from_quantity: Option<Number>,
    /// For this customer only, by code.
    customer: Option<Code>,
    /// For the customers of this price list only.
    price_list: Option<Line<1, 40>>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
struct WhichPrice {
    /// For this customer, by code; for anybody if left out.
    customer: Option<Code>,
    /// One if left out.
    quantity: Option<Number>,
    /// The company's if left out.
    currency: Option<CurrencyCode>,
    /// Today if left out.
    on: Option<Day>,
}

#[derive(Serialize, JsonSchema)]
struct ItemCosts {
    #[serde(flatten)]
    price: ItemPrice,
    #[schemars(schema_with = "whose_codes")]
    whose: &'static str,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewPriceList {
    /// A list for which there are prices; on none any more if left out.
    price_list: Option<Line<1, 40>>,
    /// Today if left out.
    from_on: Option<Day>,
}

/// The price list of a customer today.
#[derive(Serialize, JsonSchema)]
struct PriceListOf {
    customer: String,
    price_list: Option<String>,
}

fn list(tx: &mut Tx<'_>, ask: &Ask, which: &WhichItems) -> Result<Page<ListedItem>, Error> {
    let span = Span::new("items", which.limit, which.after.as_ref());
    let asked = Asked {
        text: which.text.as_ref().map(Line::text).unwrap_or_default(),
        retired: which.retired,
        after: span.place()?.unwrap_or_default(),
        limit: span.rows(),
    };
    let (rows, more) = item::list(tx, ask.actor(), ask.today(), &asked)?;
    let next = rows.last().filter(|_| more).map(|last| last.known.item.code.clone());
    let listed =
        |Listed { known, price }: Listed| ListedItem { item: known.into(), price: price.as_ref().map(ItemPrice::from) };
    Ok(span.of_place(store::reports::page::Page { rows, next }, listed))
}

fn one(tx: &mut Tx<'_>, ask: &Ask, code: &str) -> Result<ItemInFull, Error> {
    let shown = item::show(tx, ask.actor(), code.trim())?;
    let recorded = shown.prices.into_iter().map(RecordedPrice::from).collect();
    Ok(ItemInFull { item: shown.known.into(), recorded })
}

fn show(tx: &mut Tx<'_>, ask: &Ask) -> Result<ItemInFull, Error> {
    one(tx, ask, ask.path("code"))
}

fn text<const MIN: usize, const MAX: usize>(line: &Option<Line<MIN, MAX>>) -> String {
    line.as_ref().map(Line::text).unwrap_or_default()
}

fn add(tx: &mut Tx<'_>, ask: &Ask, new: &NewItem) -> Result<ItemInFull, Error> {
    let typed = Typed {
        code: new.code.text(),
        name: new.name.text(),
        unit: text(&new.unit),
        tax_class: new.tax_class.text(),
        kind: text(&new.kind),
        class_code: text(&new.class_code),
        packaging: text(&new.packaging),
        quantity_unit: text(&new.quantity_unit),
        origin: text(&new.origin),
    };
    let price = new.price.as_ref().map(|Object(first)| GivenPrice {
        customer: None,
        list: None,
        currency: first.currency.map_or(ask.own(), |CurrencyCode(currency)| currency),
        from_on: first.from_on.map_or(ask.today(), |Day(on)| on),
        from_quantity: Decimal::ZERO,
        unit_price: Some(first.unit_price.0),
        prices: first.prices.map_or(Prices::Net, PricesWritten::read),
    });
    item::add(tx, ask.actor(), ask.today(), &typed, price.as_ref(), None)?;
    one(tx, ask, new.code.as_str())
}

fn change(tx: &mut Tx<'_>, ask: &Ask, new: &ItemChange) -> Result<ItemInFull, Error> {
    let code = ask.path("code");
    let known = one(tx, ask, code)?;
    // No item has version 0: one that is not as it was read is refused with whoever saved it.
    let version = if ask.is_unchanged(&known)? { known.item.version } else { 0 };
    let maybe = |given: Option<Option<String>>| given.map(Option::unwrap_or_default);
    let change = Change {
        code: code.to_owned(),
        version: Some(version),
        name: new.name.0.as_ref().map(Line::text),
        unit: maybe(new.unit.given(Line::text)),
        tax_class: new.tax_class.0.as_ref().map(Line::text),
        kind: new.kind.0.as_ref().map(Line::text),
        class_code: maybe(new.class_code.given(Line::text)),
        packaging: maybe(new.packaging.given(Line::text)),
        quantity_unit: maybe(new.quantity_unit.given(Line::text)),
        origin: maybe(new.origin.given(Line::text)),
    };
    item::change(tx, ask.actor(), ask.today(), &change, None)?;
    one(tx, ask, code)
}

fn retire(tx: &mut Tx<'_>, ask: &Ask, new: &NewRetirement) -> Result<ItemInFull, Error> {
    item::retire(tx, ask.actor(), ask.path("code"), new.back, new.reason.as_str(), None)?;
    one(tx, ask, ask.path("code"))
}

fn price(tx: &mut Tx<'_>, ask: &Ask, new: &NewPrice) -> Result<ItemInFull, Error> {
    let unit_price = new.unit_price.as_ref().map(|price| price.0);
    match (unit_price, new.ends) {
        (None, false) => return Err(Refusal::Missing { field: "unit_price".into() }.into()),
        (Some(price), true) => {
            let reason = Unusable::OnlyOneOf { fields: "unit_price, ends".into() };
            return Err(Refusal::Invalid { field: "unit_price".into(), value: price.to_string(), reason }.into());
        }
        (Some(_), false) | (None, true) => {}
    }
    let given = GivenPrice {
        customer: new.customer.as_ref().map(Line::text),
        list: new.price_list.as_ref().map(Line::text),
        currency: new.currency.map_or(ask.own(), |CurrencyCode(currency)| currency),
        from_on: new.from_on.map_or(ask.today(), |Day(on)| on),
        from_quantity: new.from_quantity.as_ref().map_or(Decimal::ZERO, |number| number.0),
        unit_price,
        prices: new.prices.map_or(Prices::Net, PricesWritten::read),
    };
    item::price(tx, ask.actor(), ask.path("code"), &given, None)?;
    one(tx, ask, ask.path("code"))
}

fn price_of(tx: &mut Tx<'_>, ask: &Ask, which: &WhichPrice) -> Result<ItemCosts, Error> {
    let customer = which.customer.as_ref().map(Line::as_str);
    let quantity = which.quantity.as_ref().map_or(Decimal::ONE, |number| number.0);
    let currency = which.currency.map_or(ask.own(), |CurrencyCode(currency)| currency);
    let on = which.on.map_or(ask.today(), |Day(on)| on);
    let price = item::price_of(tx, ask.actor(), ask.path("code"), customer, (quantity, currency, on))?;
    let whose = match price.whom {
        Whom::Customer(_) => "customer",
        Whom::List(_) => "price-list",
        Whom::Everybody => "everybody",
    };
    Ok(ItemCosts { price: (&price).into(), whose })
}

fn put_on_list(tx: &mut Tx<'_>, ask: &Ask, new: &NewPriceList) -> Result<PriceListOf, Error> {
    let (code, from_on) = (ask.path("code"), new.from_on.map_or(ask.today(), |Day(on)| on));
    item::put_on_list(tx, ask.actor(), code, new.price_list.as_ref().map(Line::as_str), from_on, None)?;
    Ok(PriceListOf { customer: code.to_owned(), price_list: item::list_of(tx, ask.actor(), code, ask.today())? })
}
