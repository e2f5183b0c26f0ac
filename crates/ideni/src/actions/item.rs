//! The catalogue: what the company sells, in versions that stay, and at which prices.

mod import;

use receivables::billing::item::{self, Item, Price, Sale, Typed, Usual, Whom};
use receivables::billing::line::Prices;
use receivables::{Currency, Date, Refusal};
use rust_decimal::Decimal;
use store::item::{Known, Recorded, Version};
use store::{Error, Tx, customer};

use super::country::Packs;
use super::{Actor, Once, Right, Subject, act, fiscal, needs_reason, once, tax};

pub use import::{FIELDS, Row, import, rows};

static USUAL: Packs<Usual> =
    Packs::new(&[("rw", include_str!("../../../../country/rw/item.txt"))], Usual::from_table, Usual::default);

/// A price as it is given.
#[derive(Clone, Debug)]
pub struct GivenPrice {
    /// For this customer, by code.
    pub customer: Option<String>,
    /// For the customers of this price list; without either for everybody.
    pub list: Option<String>,
    pub currency: Currency,
    pub from_on: Date,
    pub from_quantity: Decimal,
    /// In major units; `None` ends the price.
    pub unit_price: Option<Decimal>,
    pub prices: Prices,
}

/// Adds an item, and where one is given its first price.
pub fn add(
    tx: &mut Tx<'_>,
    actor: &Actor,
    today: Date,
    typed: &Typed,
    price: Option<&GivenPrice>,
    key: Option<&Once>,
) -> Result<(), Error> {
    once(tx, actor, key, |tx| {
        let item = checked(tx, actor, today, typed, None)?;
        act(tx, actor, Right::ItemSave, Subject { name: &item.code, cause: None }, |tx| {
            let price = price.map(|given| read_price(tx, actor, given)).transpose()?;
            add_checked(tx, actor, &item, price.as_ref())
        })
    })
}

fn add_checked(tx: &mut Tx<'_>, actor: &Actor, item: &Item, price: Option<&Price>) -> Result<(), Error> {
    let company = actor.company.id;
    if store::item::find(tx, company, &item.code)?.is_some() {
        return Err(Refusal::Exists { kind: "item".into(), name: item.code.clone() }.into());
    }
    let known = Known { id: tx.new_id(), version: 1, item: item.clone(), active: true };
    store::item::save(tx, company, &known)?;
    price.map_or(Ok(()), |price| store::item::save_price(tx, company, known.id, price))
}

/// What of an item is to be another; `None` leaves it.
#[derive(Clone, Debug, Default)]
pub struct Change {
    pub code: String,
    /// As it was read; refused where somebody changed it since.
    pub version: Option<i64>,
    pub name: Option<String>,
    pub unit: Option<String>,
    pub tax_class: Option<String>,
    pub kind: Option<String>,
    pub class_code: Option<String>,
    pub packaging: Option<String>,
    pub quantity_unit: Option<String>,
    pub origin: Option<String>,
}

impl Change {
    fn over(&self, before: Typed) -> Typed {
        let or = |new: &Option<String>, old: String| new.clone().unwrap_or(old);
        Typed {
            code: before.code,
            name: or(&self.name, before.name),
            unit: or(&self.unit, before.unit),
            tax_class: or(&self.tax_class, before.tax_class),
            kind: or(&self.kind, before.kind),
            class_code: or(&self.class_code, before.class_code),
            packaging: or(&self.packaging, before.packaging),
            quantity_unit: or(&self.quantity_unit, before.quantity_unit),
            origin: or(&self.origin, before.origin),
        }
    }
}

/// Changes an item from now on; what was posted stays as it is.
pub fn change(tx: &mut Tx<'_>, actor: &Actor, today: Date, change: &Change, key: Option<&Once>) -> Result<(), Error> {
    once(tx, actor, key, |tx| {
        act(tx, actor, Right::ItemSave, Subject { name: &change.code, cause: None }, |tx| {
            let known = offered(tx, actor, &change.code)?;
            if change.version.is_some_and(|version| version != known.version) {
                return Err(stale(tx, actor, &known)?);
            }
            let item = checked(tx, actor, today, &change.over(Typed::of(&known.item)), Some(&known.item))?;
            save_version(tx, actor, &known, item)
        })
    })
}

fn save_version(tx: &mut Tx<'_>, actor: &Actor, known: &Known, item: Item) -> Result<(), Error> {
    if item == known.item {
        return Ok(());
    }
    store::item::save(tx, actor.company.id, &Known { version: known.version + 1, item, ..known.clone() })
}

/// Takes an item out of what is offered, or back into it. What was posted stays.
pub fn retire(
    tx: &mut Tx<'_>,
    actor: &Actor,
    code: &str,
    is_back: bool,
    reason: &str,
    key: Option<&Once>,
) -> Result<(), Error> {
    needs_reason(reason)?;
    once(tx, actor, key, |tx| {
        act(tx, actor, Right::ItemSave, Subject { name: code, cause: Some(reason) }, |tx| {
            let known = store::item::get(tx, actor.company.id, code)?;
            if known.active == is_back {
                return Ok(());
            }
            let next = Known { version: known.version + 1, active: is_back, ..known };
            store::item::save(tx, actor.company.id, &next)
        })
    })
}

/// Records what an item costs from a day on.
pub fn price(tx: &mut Tx<'_>, actor: &Actor, code: &str, given: &GivenPrice, key: Option<&Once>) -> Result<(), Error> {
    once(tx, actor, key, |tx| {
        act(tx, actor, Right::ItemPrice, Subject { name: code, cause: None }, |tx| {
            let known = offered(tx, actor, code)?;
            let price = read_price(tx, actor, given)?;
            store::item::save_price(tx, actor.company.id, known.id, &price)
        })
    })
}

fn read_price(tx: &mut Tx<'_>, actor: &Actor, given: &GivenPrice) -> Result<Price, Error> {
    actor.may(Right::ItemPrice)?;
    let whom = match (&given.customer, &given.list) {
        (Some(code), None) => Whom::Customer(customer::get(tx, actor.company.id, code)?.id),
        (None, Some(list)) => Whom::List(item::list_name(list)?),
        (None, None) => Whom::Everybody,
        (Some(_), Some(list)) => {
            let reason = receivables::Unusable::OnlyOneOf { fields: "customer, price_list".into() };
            return Err(Refusal::Invalid { field: "price_list".into(), value: list.clone(), reason }.into());
        }
    };
    let GivenPrice { currency, from_on, from_quantity, unit_price, prices, .. } = *given;
    let price = Price { whom, currency, from_on, from_quantity, unit_price, prices };
    price.check()?;
    Ok(price)
}

/// Puts a customer on a price list from a day on, or on none. The list is there once it has a price.
pub fn put_on_list(
    tx: &mut Tx<'_>,
    actor: &Actor,
    code: &str,
    list: Option<&str>,
    from_on: Date,
    key: Option<&Once>,
) -> Result<(), Error> {
    once(tx, actor, key, |tx| {
        act(tx, actor, Right::ItemPrice, Subject { name: code, cause: list }, |tx| {
            let company = actor.company.id;
            let customer = customer::get(tx, company, code)?;
            let list = list.map(item::list_name).transpose()?;
            if let Some(name) = &list
                && !store::item::lists(tx, company)?.contains(name)
            {
                return Err(Refusal::NotFound { kind: "price list".into(), name: name.clone() }.into());
            }
            store::item::save_list_of(tx, company, customer.id, from_on, list.as_deref())
        })
    })
}

/// The price lists for which there are prices.
pub fn lists(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<String>, Error> {
    actor.may(Right::Read)?;
    store::item::lists(tx, actor.company.id)
}

/// The price list that a customer is on.
pub fn list_of(tx: &mut Tx<'_>, actor: &Actor, code: &str, on: Date) -> Result<Option<String>, Error> {
    actor.may(Right::Read)?;
    let customer = customer::get(tx, actor.company.id, code)?;
    store::item::list_of(tx, actor.company.id, customer.id, on)
}

/// Which items a list shows.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// A part of the name or code; all where it is empty.
    pub text: String,
    /// Those, too, that are not offered any more.
    pub retired: bool,
    /// The code before the first one.
    pub after: String,
    pub limit: usize,
}

/// An item with what one of it costs everybody today in the company's currency.
#[derive(Clone, Debug)]
pub struct Listed {
    pub known: Known,
    pub price: Option<Price>,
}

/// Items by code, and whether there are more.
pub fn list(tx: &mut Tx<'_>, actor: &Actor, today: Date, asked: &Asked) -> Result<(Vec<Listed>, bool), Error> {
    actor.may(Right::Read)?;
    let (company, text) = (&actor.company, asked.text.trim().to_lowercase());
    let rows = i64::try_from(asked.limit).unwrap_or(i64::MAX).saturating_add(1);
    let mut found = store::item::page(tx, company.id, &text, asked.retired, &asked.after, rows)?;
    let more = found.len() > asked.limit;
    found.truncate(asked.limit);
    let prices = store::item::everybodys(tx, company.id, company.currency)?;
    let sale = Sale { customer: None, list: None, currency: company.currency, quantity: Decimal::ONE, on: today };
    let listed = found.into_iter().map(|known| {
        let price = prices.get(&known.id).and_then(|of_item| item::price_of(of_item, &sale)).cloned();
        Listed { known, price }
    });
    Ok((listed.collect(), more))
}

/// An item with all that was ever said of it.
#[derive(Clone, Debug)]
pub struct Shown {
    pub known: Known,
    /// The latest first.
    pub versions: Vec<Version>,
    /// In the order they were recorded.
    pub prices: Vec<Recorded>,
}

/// The item of a code.
pub fn show(tx: &mut Tx<'_>, actor: &Actor, code: &str) -> Result<Shown, Error> {
    actor.may(Right::Read)?;
    let company = actor.company.id;
    let known = store::item::get(tx, company, code)?;
    let versions = store::item::versions(tx, company, known.id)?;
    let prices = store::item::recorded(tx, company, known.id)?;
    Ok(Shown { known, versions, prices })
}

/// What an item costs a customer, or anybody, on a day.
pub fn price_of(
    tx: &mut Tx<'_>,
    actor: &Actor,
    code: &str,
    customer: Option<&str>,
    (quantity, currency, on): (Decimal, Currency, Date),
) -> Result<Price, Error> {
    actor.may(Right::Read)?;
    let company = actor.company.id;
    let known = store::item::get(tx, company, code)?;
    let customer = customer.map(|code| customer::get(tx, company, code)).transpose()?.map(|known| known.id);
    let list = customer.map(|id| store::item::list_of(tx, company, id, on)).transpose()?.flatten();
    price_for(tx, actor, &known, &Sale { customer, list: list.as_deref(), currency, quantity, on })
}

/// The price that counts for a sale of an item, or a refusal that says what to do.
pub(super) fn price_for(tx: &mut Tx<'_>, actor: &Actor, known: &Known, sale: &Sale<'_>) -> Result<Price, Error> {
    let prices = store::item::prices(tx, actor.company.id, known.id)?;
    let missing = || Refusal::NoPrice {
        item: known.item.code.clone(),
        currency: sale.currency.to_string(),
        quantity: sale.quantity.normalize().to_string(),
        on: sale.on,
    };
    Ok(item::price_of(&prices, sale).cloned().ok_or_else(missing)?)
}

/// An item that may be kept, where it was as `before`.
fn checked(tx: &mut Tx<'_>, actor: &Actor, today: Date, typed: &Typed, before: Option<&Item>) -> Result<Item, Error> {
    let country = &actor.company.country;
    let item = item::read(typed, USUAL.of(country)?, country)?;
    let taxes = tax::of_country(country)?;
    if !taxes.is_empty() {
        taxes.class(&item.tax_class, today)?;
    }
    fiscal::check_item(tx, actor, &item, before)?;
    Ok(item)
}

/// An item that was not retired.
pub(super) fn offered(tx: &mut Tx<'_>, actor: &Actor, code: &str) -> Result<Known, Error> {
    let known = store::item::get(tx, actor.company.id, code)?;
    if known.active { Ok(known) } else { Err(Refusal::ItemRetired { item: code.to_owned() }.into()) }
}

fn stale(tx: &mut Tx<'_>, actor: &Actor, known: &Known) -> Result<Error, Error> {
    let last = store::item::versions(tx, actor.company.id, known.id)?.into_iter().next();
    let (user, at) = last.map(|last| (last.actor, last.at.local_text(&actor.company.time_zone))).unwrap_or_default();
    Ok(Refusal::StaleVersion { name: known.item.code.clone(), user, at }.into())
}
