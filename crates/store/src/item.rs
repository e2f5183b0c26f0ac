//! Items in versions, their prices, the price lists of customers, and which item a line sold.

use std::collections::BTreeMap;

use receivables::billing::item::{self, Item, Kind, Price, Whom};
use receivables::billing::line::Prices;
use receivables::ids::{self, Id};
use receivables::{Currency, Date, Instant, Refusal};

use crate::table;
use crate::tx::{Row, statements};
use crate::{Error, Tx, Value, params};

statements! {
    PAGE = "SELECT i.item, i.version, i.code, i.name, i.unit, i.tax_class, i.kind, i.class_code, i.packaging, i.quantity_unit, i.origin, i.active FROM item i WHERE i.company = $1 AND i.code > $2 AND ($3 = '' OR LOWER(i.name) LIKE $3 ESCAPE '!' OR LOWER(i.code) LIKE $3 ESCAPE '!') AND (i.active = 1 OR $4 = 1) AND NOT EXISTS (SELECT 1 FROM item n WHERE n.company = i.company AND n.item = i.item AND n.version > i.version) ORDER BY i.code LIMIT $5";
    GET = "SELECT i.item, i.version, i.code, i.name, i.unit, i.tax_class, i.kind, i.class_code, i.packaging, i.quantity_unit, i.origin, i.active FROM item i WHERE i.company = $1 AND i.code = $2 ORDER BY i.version DESC LIMIT 1";
    BY_ID = "SELECT i.item, i.version, i.code, i.name, i.unit, i.tax_class, i.kind, i.class_code, i.packaging, i.quantity_unit, i.origin, i.active FROM item i WHERE i.company = $1 AND i.item = $2 ORDER BY i.version DESC LIMIT 1";
    VERSIONS = "SELECT i.item, i.version, i.code, i.name, i.unit, i.tax_class, i.kind, i.class_code, i.packaging, i.quantity_unit, i.origin, i.active, a.at, a.actor FROM item i JOIN action a ON a.company = i.company AND a.id = i.action WHERE i.company = $1 AND i.item = $2 ORDER BY i.version DESC";
    PRICES = "SELECT customer, price_list, currency, from_on, from_quantity, unit_price, gross FROM item_price WHERE company = $1 AND item = $2 ORDER BY id";
    RECORDED = "SELECT p.customer, p.price_list, p.currency, p.from_on, p.from_quantity, p.unit_price, p.gross, c.code, a.at, a.actor FROM item_price p JOIN action a ON a.company = p.company AND a.id = p.action LEFT JOIN customer c ON c.company = p.company AND c.id = p.customer WHERE p.company = $1 AND p.item = $2 ORDER BY p.id";
    EVERYBODYS = "SELECT item, from_on, from_quantity, unit_price, gross FROM item_price WHERE company = $1 AND currency = $2 AND customer IS NULL AND price_list IS NULL ORDER BY id";
    LIST_OF = "SELECT price_list FROM price_list_of WHERE company = $1 AND customer = $2 AND from_on <= $3 ORDER BY from_on DESC, action DESC LIMIT 1";
    LISTS = "SELECT DISTINCT price_list FROM item_price WHERE company = $1 AND price_list IS NOT NULL ORDER BY price_list";
    OF_LINES = "SELECT l.no, i.item, i.version, i.code, i.name, i.unit, i.tax_class, i.kind, i.class_code, i.packaging, i.quantity_unit, i.origin, i.active FROM line_item l JOIN item i ON i.company = l.company AND i.item = l.item WHERE l.company = $1 AND l.document = $2 AND NOT EXISTS (SELECT 1 FROM item n WHERE n.company = i.company AND n.item = i.item AND n.version > i.version) UNION ALL SELECT c.no, i.item, i.version, i.code, i.name, i.unit, i.tax_class, i.kind, i.class_code, i.packaging, i.quantity_unit, i.origin, i.active FROM credit_note d JOIN credit_line c ON c.company = d.company AND c.document = d.document JOIN line_item l ON l.company = d.company AND l.document = d.invoice AND l.no = c.credited JOIN item i ON i.company = l.company AND i.item = l.item WHERE d.company = $1 AND d.document = $2 AND NOT EXISTS (SELECT 1 FROM item n WHERE n.company = i.company AND n.item = i.item AND n.version > i.version)";
}

/// An item as its latest version says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    pub id: Id<ids::CatalogueItem>,
    pub version: i64,
    pub item: Item,
    /// Whether it is offered.
    pub active: bool,
}

/// One version with when and by whom.
#[derive(Clone, Debug)]
pub struct Version {
    pub known: Known,
    pub at: Instant,
    pub actor: String,
}

/// A price with the customer's code, where it is one customer's, and when and by whom it was recorded.
#[derive(Clone, Debug)]
pub struct Recorded {
    pub price: Price,
    pub customer: Option<String>,
    pub at: Instant,
    pub actor: String,
}

/// A line of a document that sold an item, counted from 1.
#[derive(Clone, Copy, Debug)]
pub struct Sold {
    pub document: Id<ids::Document>,
    pub no: i32,
    pub item: Id<ids::CatalogueItem>,
}

fn read(row: &Row<'_>, first: usize) -> Result<Known, Error> {
    let item = Item {
        code: row.string(first + 2)?,
        name: row.string(first + 3)?,
        unit: row.string_opt(first + 4)?,
        tax_class: row.string(first + 5)?,
        kind: Kind::from_code(row.text(first + 6)?)?,
        class_code: row.string_opt(first + 7)?,
        packaging: row.string_opt(first + 8)?,
        quantity_unit: row.string_opt(first + 9)?,
        origin: row.string(first + 10)?,
    };
    Ok(Known { id: row.id(first)?, version: row.int(first + 1)?, item, active: row.flag(first + 11)? })
}

/// Items after a code, in the order of codes, whose name or code holds a text in lower case; retired ones where they are asked for.
pub fn page(
    tx: &mut Tx<'_>,
    company: i64,
    text: &str,
    retired: bool,
    after: &str,
    limit: i64,
) -> Result<Vec<Known>, Error> {
    let mut pattern = String::new();
    if !text.is_empty() {
        pattern = format!("%{}%", text.replace('!', "!!").replace('%', "!%").replace('_', "!_"));
    }
    tx.all(PAGE, params![company, after, pattern, retired, limit], |row| read(row, 0))
}

/// The item of a code; `None` where there never was one.
pub fn find(tx: &mut Tx<'_>, company: i64, code: &str) -> Result<Option<Known>, Error> {
    tx.first(GET, params![company, code], |row| read(row, 0))
}

/// The item of a code, or a refusal that names it.
pub fn get(tx: &mut Tx<'_>, company: i64, code: &str) -> Result<Known, Error> {
    find(tx, company, code)?.ok_or_else(|| Refusal::NotFound { kind: "item".into(), name: code.into() }.into())
}

/// The latest version of an item.
pub fn by_id(tx: &mut Tx<'_>, company: i64, id: Id<ids::CatalogueItem>) -> Result<Known, Error> {
    let missing = || Refusal::NotFound { kind: "item".into(), name: id.to_string() }.into();
    tx.first(BY_ID, params![company, id], |row| read(row, 0))?.ok_or_else(missing)
}

/// Every version of an item, the latest first.
pub fn versions(tx: &mut Tx<'_>, company: i64, id: Id<ids::CatalogueItem>) -> Result<Vec<Version>, Error> {
    tx.all(VERSIONS, params![company, id], |row| {
        Ok(Version { known: read(row, 0)?, at: row.instant(12)?, actor: row.string(13)? })
    })
}

/// Saves a version of an item; the key keeps two people from saving the same one, or two items of one code.
pub fn save(tx: &mut Tx<'_>, company: i64, known: &Known) -> Result<(), Error> {
    let (action, item) = (tx.action_id()?, &known.item);
    tx.insert_facts(
        &table::ITEM,
        params![
            company,
            known.id,
            known.version,
            action,
            &item.code,
            &item.name,
            item.unit.as_deref(),
            &item.tax_class,
            item.kind.code(),
            item.class_code.as_deref(),
            item.packaging.as_deref(),
            item.quantity_unit.as_deref(),
            &item.origin,
            known.active
        ],
    )
}

/// The prices of an item in the order they were recorded.
pub fn prices(tx: &mut Tx<'_>, company: i64, id: Id<ids::CatalogueItem>) -> Result<Vec<Price>, Error> {
    tx.all(PRICES, params![company, id], read_any_price)
}

/// The same with when and by whom.
pub fn recorded(tx: &mut Tx<'_>, company: i64, id: Id<ids::CatalogueItem>) -> Result<Vec<Recorded>, Error> {
    tx.all(RECORDED, params![company, id], |row| {
        Ok(Recorded {
            price: read_any_price(row)?,
            customer: row.string_opt(7)?,
            at: row.instant(8)?,
            actor: row.string(9)?,
        })
    })
}

fn read_any_price(row: &Row<'_>) -> Result<Price, Error> {
    let whom = match (row.id_opt(0)?, row.string_opt(1)?) {
        (Some(customer), _) => Whom::Customer(customer),
        (None, Some(list)) => Whom::List(list),
        (None, None) => Whom::Everybody,
    };
    read_price(row, 3, whom, row.currency(2)?)
}

/// What items cost everybody in a currency, in the order it was recorded.
pub fn everybodys(
    tx: &mut Tx<'_>,
    company: i64,
    currency: Currency,
) -> Result<BTreeMap<Id<ids::CatalogueItem>, Vec<Price>>, Error> {
    let mut prices: BTreeMap<_, Vec<Price>> = BTreeMap::new();
    tx.each(EVERYBODYS, params![company, currency], |row| {
        let price = read_price(row, 1, Whom::Everybody, currency)?;
        prices.entry(row.id(0)?).or_default().push(price);
        Ok(())
    })?;
    Ok(prices)
}

fn read_price(row: &Row<'_>, first: usize, whom: Whom, currency: Currency) -> Result<Price, Error> {
    Ok(Price {
        whom,
        currency,
        from_on: row.date(first)?,
        from_quantity: item::number("from_quantity", row.text(first + 1)?)?,
        unit_price: row.text_opt(first + 2)?.map(|text| item::number("unit_price", text)).transpose()?,
        prices: if row.flag(first + 3)? { Prices::Gross } else { Prices::Net },
    })
}

pub fn save_price(tx: &mut Tx<'_>, company: i64, item: Id<ids::CatalogueItem>, price: &Price) -> Result<(), Error> {
    let (id, action): (Id<ids::Price>, _) = (tx.new_id(), tx.action_id()?);
    let (customer, list) = match &price.whom {
        Whom::Everybody => (None, None),
        Whom::List(list) => (None, Some(list.as_str())),
        Whom::Customer(customer) => (Some(*customer), None),
    };
    tx.insert_facts(
        &table::ITEM_PRICE,
        params![
            company,
            id,
            action,
            item,
            customer,
            list,
            price.currency,
            price.from_on,
            price.from_quantity.normalize().to_string(),
            price.unit_price.map(|price| price.normalize().to_string()),
            price.prices == Prices::Gross
        ],
    )
}

/// The price list that a customer is on.
pub fn list_of(tx: &mut Tx<'_>, company: i64, customer: Id<ids::Customer>, on: Date) -> Result<Option<String>, Error> {
    Ok(tx.first(LIST_OF, params![company, customer, on], |row| row.string_opt(0))?.flatten())
}

/// Puts a customer on a price list from a day on, or on none.
pub fn save_list_of(
    tx: &mut Tx<'_>,
    company: i64,
    customer: Id<ids::Customer>,
    from_on: Date,
    list: Option<&str>,
) -> Result<(), Error> {
    let action = tx.action_id()?;
    tx.insert_facts(&table::PRICE_LIST_OF, params![company, customer, from_on, action, list])
}

/// The price lists for which there are prices.
pub fn lists(tx: &mut Tx<'_>, company: i64) -> Result<Vec<String>, Error> {
    tx.all(LISTS, params![company], |row| row.string(0))
}

/// Keeps which lines sold which items.
pub fn save_sold(tx: &mut Tx<'_>, company: i64, sold: &[Sold]) -> Result<(), Error> {
    let action = tx.action_id()?;
    let mut rows: Vec<Value<'_>> = Vec::with_capacity(sold.len() * table::LINE_ITEM.columns.len());
    for line in sold {
        rows.extend([company.into(), line.document.into(), line.no.into(), action.into(), line.item.into()]);
    }
    tx.insert_facts(&table::LINE_ITEM, &rows)
}

/// The items that the lines of a document sold, by the number of the line, as they are known now; of a credit note those of the lines
/// that it credits.
pub fn of_lines(tx: &mut Tx<'_>, company: i64, document: Id<ids::Document>) -> Result<BTreeMap<i32, Known>, Error> {
    let lines = tx.all(OF_LINES, params![company, document], |row| Ok((row.small(0)?, read(row, 1)?)))?;
    Ok(lines.into_iter().collect())
}
