//! The stock of goods, for companies whose tax device wants to know it (setting `stock`): what a person writes down, and what
//! documents sell. What is not there is not sold.

use std::collections::BTreeMap;

use receivables::billing::item::{Kind, priced};
use receivables::billing::stock::{MoveKind, micros, quantity};
use receivables::ids::{self, Id};
use receivables::{Date, Money, Refusal, Unusable};
use rust_decimal::Decimal;
use store::item::Known;
use store::reports::invoice::Invoice;
use store::stock::{Move, NewMove};
use store::{Error, Tx, item, stock};

use super::setting::Setting;
use super::{Actor, Once, Right, Subject, act, once, text};

/// The longest remark, in characters.
const REMARK_MAX: usize = 200;
/// Items of a list.
const LISTED: i64 = 10_000;

/// A move as a person writes it down.
#[derive(Clone, Debug)]
pub struct Given {
    pub item: String,
    pub kind: String,
    pub quantity: Decimal,
    /// What one is worth with tax, in major units of the company's currency.
    pub unit_price: Decimal,
    pub on: Option<Date>,
    pub remark: String,
}

/// Whether the company keeps the stock of its goods.
pub fn is_kept(tx: &mut Tx<'_>, actor: &Actor) -> Result<bool, Error> {
    Ok(Setting::Stock.now(tx, actor.company.id)? == "yes")
}

/// Writes a move down; its number comes back. What goes out must be there.
pub fn add(tx: &mut Tx<'_>, actor: &Actor, today: Date, given: &Given, key: Option<&Once>) -> Result<i64, Error> {
    let invalid = |field: &str, value: &str, reason| -> Error {
        Refusal::Invalid { field: field.into(), value: value.into(), reason }.into()
    };
    let kind = MoveKind::from_code(&given.kind)?;
    if !kind.is_by_hand() {
        return Err(invalid("kind", &given.kind, Unusable::ByDocument));
    }
    let (moved, unit_price) = (kind.micros(given.quantity)?, priced("unit_price", given.unit_price)?.to_string());
    let remark = text("remark", &given.remark, REMARK_MAX)?;
    let on = given.on.unwrap_or(today);
    if on > today {
        return Err(invalid("on", &on.to_string(), Unusable::DoneAfterToday { today }));
    }
    once(tx, actor, key, |tx| {
        act(tx, actor, Right::StockMove, Subject { name: &given.item, cause: Some(kind.code()) }, |tx| {
            let company = actor.company.id;
            let device = store::fiscal::device_locked(tx, company)?;
            let known = item::get(tx, company, &given.item)?;
            if known.item.kind == Kind::Service {
                return Err(invalid("item", &given.item, Unusable::NoStock));
            }
            let promised = promised(tx, company)?.get(&known.id).copied().unwrap_or(0);
            let left = stock::left(tx, company, known.id)? - promised;
            if moved < 0 && left + moved < 0 {
                return Err(not_there(&known, left, -moved));
            }
            let (document, unit_price) = (None, unit_price.as_str());
            let new = NewMove { item: known.id, kind, on, micros: moved, unit_price, document, remark };
            stock::save(tx, company, &[new], device.is_some())
        })
    })
}

fn not_there(known: &Known, left: i64, asked: i64) -> Error {
    let (left, asked) = (quantity(left.max(0)).to_string(), quantity(asked).to_string());
    Refusal::NotInStock { item: known.item.code.clone(), left, asked }.into()
}

/// Refuses to sell more than is there: of these items these quantities, beside what is sold and has no receipt yet. Whoever else
/// sells waits. What stands in the place of another invoice may sell what is on its way back, too.
pub(super) fn check<'g>(
    tx: &mut Tx<'_>,
    actor: &Actor,
    sold: impl Iterator<Item = &'g (Id<ids::CatalogueItem>, Decimal)>,
    replaces: bool,
) -> Result<(), Error> {
    let company = actor.company.id;
    if store::fiscal::device_locked(tx, company)?.is_none() {
        return Ok(());
    }
    let mut asked: BTreeMap<Id<ids::CatalogueItem>, i64> = BTreeMap::new();
    for (item, quantity) in sold {
        *asked.entry(*item).or_default() += micros(quantity.abs())?;
    }
    let mut promised = promised(tx, company)?;
    if replaces {
        for (item, back) in by_item(stock::returning(tx, company)?)? {
            *promised.entry(item).or_default() -= back;
        }
    }
    for (id, asked) in asked {
        let known = item::by_id(tx, company, id)?;
        let left = stock::left(tx, company, id)? - promised.get(&id).copied().unwrap_or(0);
        if known.item.kind != Kind::Service && left < asked {
            return Err(not_there(&known, left, asked));
        }
    }
    Ok(())
}

/// What documents sell of each item that the device has not signed for yet, in millionths.
fn promised(tx: &mut Tx<'_>, company: i64) -> Result<BTreeMap<Id<ids::CatalogueItem>, i64>, Error> {
    by_item(stock::unsold(tx, company)?)
}

/// Quantities of lines by their item, in millionths.
fn by_item(lines: Vec<(Id<ids::CatalogueItem>, String)>) -> Result<BTreeMap<Id<ids::CatalogueItem>, i64>, Error> {
    let mut all: BTreeMap<Id<ids::CatalogueItem>, i64> = BTreeMap::new();
    for (item, quantity) in lines {
        let quantity = Decimal::from_str_exact(&quantity).map_err(|e| Error::failed("reading a line", e))?;
        *all.entry(item).or_default() += micros(quantity.abs())?;
    }
    Ok(all)
}

/// Moves the goods of a document that the tax device has just signed: out where it sells, in where it takes back.
pub(super) fn of_document(tx: &mut Tx<'_>, actor: &Actor, found: &Invoice, takes_back: bool) -> Result<(), Error> {
    let company = actor.company.id;
    if !is_kept(tx, actor)? || stock::of_document(tx, company, found.id)?.is_some() {
        return Ok(());
    }
    let kind = if takes_back { MoveKind::Return } else { MoveKind::Sale };
    let mut sold: BTreeMap<Id<ids::CatalogueItem>, (Decimal, Decimal)> = BTreeMap::new();
    for (no, known) in item::of_lines(tx, company, found.id)? {
        let line =
            found.lines.iter().find(|line| line.no == i64::from(no)).filter(|_| known.item.kind != Kind::Service);
        if let Some(line) = line {
            let quantity = Decimal::from_str_exact(&line.quantity).map_err(|e| Error::failed("reading a line", e))?;
            let worth = Money::new(found.total_base, actor.company.currency).share(line.net + line.tax, found.total)?;
            let (count, amount) = sold.entry(known.id).or_default();
            (*count, *amount) = (*count + quantity.abs(), *amount + worth.to_major().abs());
        }
    }
    sold.retain(|_, (count, _)| !count.is_zero());
    let prices: Vec<String> =
        sold.values().map(|(count, amount)| (amount / count).round_dp(2).normalize().to_string()).collect();
    let each = sold.into_iter().zip(&prices);
    let moves: Vec<NewMove<'_>> = each
        .map(|((item, (count, _)), unit_price)| {
            let micros = kind.micros(count)?;
            Ok(NewMove { item, kind, on: found.issued_on, micros, unit_price, document: Some(found.id), remark: "" })
        })
        .collect::<Result<_, Refusal>>()?;
    if moves.is_empty() {
        return Ok(());
    }
    stock::save(tx, company, &moves, true).map(drop)
}

/// Goods with what is left of each; those only that ever moved.
pub fn list(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<(Known, Decimal)>, Error> {
    actor.may(Right::Read)?;
    let company = actor.company.id;
    let balances = stock::balances(tx, company)?;
    let known = item::page(tx, company, "", true, "", LISTED)?;
    let left = |known: Known| balances.get(&known.id).map(|micros| (known, quantity(*micros)));
    Ok(known.into_iter().filter_map(left).collect())
}

/// What is left of an item, and its latest moves.
pub fn of(tx: &mut Tx<'_>, actor: &Actor, code: &str, limit: i64) -> Result<(Decimal, Vec<Move>), Error> {
    actor.may(Right::Read)?;
    let company = actor.company.id;
    let known = item::get(tx, company, code)?;
    Ok((quantity(stock::left(tx, company, known.id)?), stock::moves(tx, company, known.id, limit)?))
}

/// Has the tax device told once more what it refused.
pub fn tell_again(tx: &mut Tx<'_>, actor: &Actor, number: i64) -> Result<(), Error> {
    let name = number.to_string();
    act(tx, actor, Right::StockMove, Subject { name: &name, cause: Some("again") }, |tx| {
        if stock::again(tx, actor.company.id, number)? {
            return Ok(());
        }
        Err(Refusal::NotFound { kind: "stock move".into(), name: name.clone() }.into())
    })
}
