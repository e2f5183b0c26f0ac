//! Items from a file. A row is whole, a file is not: one that cannot be taken is named with its line and reason, the others are in.

use formats::table::Reader;
use formats::{Field, FieldKind};
use receivables::billing::item::{Price, Sale, Typed, Whom, price_of};
use receivables::billing::line::Prices;
use receivables::{Currency, Date, Refusal, Unusable};
use rust_decimal::Decimal;
use store::{Error, Tx};

use super::{Change, add_checked, checked, offered, save_version};
use crate::actions::import::{RowReport, Status};
use crate::actions::note::Note;
use crate::actions::{Actor, Right, Subject, act};

const fn text(name: &'static str, required: bool, synonyms: &'static [&'static str]) -> Field {
    Field { name, kind: FieldKind::Text, required, synonyms }
}

/// The columns of a file of items, and the headers under which others keep them.
pub static FIELDS: &[Field] = &[
    text("code", true, &["code", "itemcode", "sku", "article", "reference", "ref", "codearticle", "productcode"]),
    text("name", true, &["name", "itemname", "description", "designation", "libelle", "product", "nom"]),
    text("unit", false, &["unit", "unite", "uom", "unitofmeasure"]),
    text("tax_class", true, &["taxclass", "taxcode", "vatcode", "codetva", "taxtype", "tva"]),
    Field {
        name: "price",
        kind: FieldKind::Amount,
        required: false,
        synonyms: &["price", "unitprice", "prix", "prixunitaire", "pu", "salesprice", "rate"],
    },
    text("currency", false, &["currency", "devise", "monnaie", "curr", "ccy"]),
    text("gross", false, &["gross", "taxincluded", "ttc", "vatincluded"]),
    text("kind", false, &["kind", "type", "producttype", "itemtype"]),
    text("class_code", false, &["classcode", "unspsc", "itemclass", "classification"]),
    text("packaging", false, &["packaging", "packagingunit", "emballage"]),
    text("quantity_unit", false, &["quantityunit", "qtyunit"]),
    text("origin", false, &["origin", "origincountry", "countryoforigin", "origine"]),
];

/// A row with its line, as it was read or why it was not.
#[derive(Clone, Debug)]
pub struct Row {
    line: u64,
    read: Result<Given, Note>,
}

#[derive(Clone, Debug)]
struct Given {
    change: Change,
    price: Option<(Decimal, Currency, Prices)>,
}

/// The rows of a file; a price without a currency is in the company's own.
pub fn rows(mut reader: Reader, own: Currency) -> impl Iterator<Item = Row> {
    std::iter::from_fn(move || {
        let row = match reader.next_row()? {
            Ok(row) => row,
            Err(error) => return Some(Row { line: error.line, read: Err(error.fault.into()) }),
        };
        Some(Row { line: row.line, read: read(&row, own) })
    })
}

fn read(row: &formats::Row, own: Currency) -> Result<Given, Note> {
    let text = |index: usize| row.text(index).map(str::to_owned);
    let needed = |index: usize| text(index).ok_or_else(|| Note::Needs { field: row.name(index).to_owned() });
    let currency = row.text(5).map_or(Ok(own), str::parse);
    let currency = currency.map_err(|why| Note::Money { field: "currency".into(), why })?;
    let prices = prices(row.text(6))?;
    Ok(Given {
        price: row.decimal(4)?.map(|price| (price, currency, prices)),
        change: Change {
            code: needed(0)?,
            version: None,
            name: Some(needed(1)?),
            unit: text(2),
            tax_class: Some(needed(3)?),
            kind: text(7),
            class_code: text(8),
            packaging: text(9),
            quantity_unit: text(10),
            origin: text(11),
        },
    })
}

/// Whether prices hold the tax, in a few words that others use.
fn prices(text: Option<&str>) -> Result<Prices, Refusal> {
    let Some(text) = text else { return Ok(Prices::Net) };
    match text.to_lowercase().as_str() {
        "gross" | "yes" | "true" | "1" | "ttc" | "oui" | "yego" | "ndiyo" => Ok(Prices::Gross),
        "net" | "no" | "false" | "0" | "ht" | "non" | "oya" | "hapana" => Ok(Prices::Net),
        _ => {
            let reason = Unusable::NotAmong { known: "gross, net".into() };
            Err(Refusal::Invalid { field: "gross".into(), value: text.to_owned(), reason })
        }
    }
}

/// Takes rows in: each is created, updated, known already, or refused with its reason. A price counts for everybody from today on.
pub fn import(tx: &mut Tx<'_>, actor: &Actor, today: Date, file: &str, rows: &[Row]) -> Result<Vec<RowReport>, Error> {
    act(tx, actor, Right::ItemSave, Subject { name: file, cause: None }, |tx| {
        let mut reports = Vec::with_capacity(rows.len());
        for row in rows {
            let outcome = match &row.read {
                Ok(given) => save(tx, actor, today, given),
                Err(note) => Ok((Status::Refused, Some(note.clone()))),
            };
            let (status, message) = match outcome {
                Ok(done) => done,
                Err(Error::Refused(refusal)) => (Status::Refused, Some(refusal.into())),
                Err(failure) => return Err(failure),
            };
            let id = row.read.as_ref().map(|given| given.change.code.trim().to_owned()).unwrap_or_default();
            reports.push(RowReport { line: row.line, status, id, message });
        }
        Ok(reports)
    })
}

/// Everything of a row is checked before anything of it is written.
fn save(tx: &mut Tx<'_>, actor: &Actor, today: Date, given: &Given) -> Result<(Status, Option<Note>), Error> {
    let price = given.price.map(|(unit_price, currency, prices)| Price {
        whom: Whom::Everybody,
        currency,
        from_on: today,
        from_quantity: Decimal::ZERO,
        unit_price: Some(unit_price),
        prices,
    });
    if let Some(price) = &price {
        actor.may(Right::ItemPrice)?;
        price.check()?;
    }
    let company = actor.company.id;
    let code = given.change.code.trim();
    if store::item::find(tx, company, code)?.is_none() {
        let typed = given.change.over(Typed { code: code.to_owned(), ..Typed::default() });
        let item = checked(tx, actor, today, &typed, None)?;
        add_checked(tx, actor, &item, price.as_ref())?;
        return Ok((Status::Created, None));
    }
    let known = offered(tx, actor, code)?;
    let item = checked(tx, actor, today, &given.change.over(Typed::of(&known.item)), Some(&known.item))?;
    let price = match price {
        Some(price) if costs(tx, company, &known, &price)? => None,
        price => price,
    };
    if item == known.item && price.is_none() {
        return Ok((Status::Duplicate, Some(Note::SameItem)));
    }
    save_version(tx, actor, &known, item)?;
    if let Some(price) = &price {
        store::item::save_price(tx, company, known.id, price)?;
    }
    Ok((Status::Updated, None))
}

/// Whether one costs everybody just that already.
fn costs(tx: &mut Tx<'_>, company: i64, known: &store::item::Known, price: &Price) -> Result<bool, Error> {
    let prices = store::item::prices(tx, company, known.id)?;
    let (quantity, on) = (Decimal::ZERO, price.from_on);
    let sale = Sale { customer: None, list: None, currency: price.currency, quantity, on };
    let now = price_of(&prices, &sale);
    Ok(now.is_some_and(|now| now.unit_price == price.unit_price && now.prices == price.prices))
}
