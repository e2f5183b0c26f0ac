//! What the tax device is told of stock: each move once it is sold or written down, and then what is left of each item. A move has
//! one number in every attempt, and the device keeps a number once: silence is answered by telling it again.

use formats::vsdc::{MoveLine, Purpose, SaveBalance, SaveMove};
use receivables::billing::fiscal::Advice;
use receivables::billing::stock::{MoveKind, quantity};
use receivables::ids::{self, Id};
use receivables::{Date, Money, Refusal};
use rust_decimal::Decimal;
use store::fiscal::Device;
use store::item::Known;
use store::stock::{self, Move};
use store::{Error, Tx, item};

use super::sale::{Goods, USER_MAX, cut, rounded};
use super::{Came, Next, call, item_saved, pack, said_by};
use crate::actions::{Actor, tax};

/// Automatic and by hand.
const OF_A_DOCUMENT: &str = "A";
const BY_HAND: &str = "M";
/// Characters of a remark.
const REMARK_MAX: usize = 400;
/// A user as the device takes them.
const BY: &str = "ideni";

/// What of the stock the device is to be told next.
pub(super) fn next(tx: &mut Tx<'_>, actor: &Actor, device: &Device) -> Result<Option<Next>, Error> {
    let company = actor.company.id;
    let Some((number, state)) = stock::untold(tx, company)? else { return Ok(None) };
    let moves = stock::of_number(tx, company, number)?;
    let mut goods = Vec::with_capacity(moves.len());
    for one in &moves {
        let known = item::by_id(tx, company, one.item)?;
        let (no, told) = store::fiscal::device_item(tx, company, known.id)?;
        if told != known.version {
            let message = saved(actor, device, &known, no, one.on)?;
            let (item, version) = (known.id, known.version);
            let call = call(actor, device, Purpose::SaveItem, message)?.0;
            return Ok(Some(Next::SaveGoods { number, item, version, call }));
        }
        goods.push((Goods::of(&known.item, no, &device.item_class), known));
    }
    if state == "waiting" {
        let message = moved(tx, actor, number, &moves, &goods)?;
        let call = call(actor, device, Purpose::SaveMove, message)?.0;
        return Ok(Some(Next::TellMove { number, calls: vec![call] }));
    }
    let mut calls = Vec::with_capacity(goods.len());
    for (goods, known) in goods {
        let balance = SaveBalance {
            item: goods.code,
            quantity: rounded(quantity(stock::left(tx, company, known.id)?), super::sale::DECIMALS),
            registered_by: BY.into(),
            registered_by_name: BY.into(),
            changed_by: BY.into(),
            changed_by_name: BY.into(),
        };
        calls.push(call(actor, device, Purpose::SaveBalance, balance)?.0);
    }
    Ok(Some(Next::TellMove { number, calls }))
}

fn saved(actor: &Actor, device: &Device, known: &Known, no: i64, on: Date) -> Result<formats::vsdc::SaveItem, Error> {
    let letter = tax::letter(&actor.company.country, &known.item.tax_class, on)?;
    Ok(Goods::of(&known.item, no, &device.item_class).message(&known.item, letter, &actor.user))
}

fn moved(
    tx: &mut Tx<'_>,
    actor: &Actor,
    number: i64,
    moves: &[Move],
    goods: &[(Goods, Known)],
) -> Result<SaveMove, Error> {
    let first = moves.first().ok_or_else(|| Error::Failed("a number without moves".into()))?;
    let original = match (first.kind, &first.document) {
        (MoveKind::Return, Some(note)) => {
            let credited = store::document::credited(tx, actor.company.id, note)?;
            credited.map(|of| stock::of_document(tx, actor.company.id, of)).transpose()?.flatten().unwrap_or(0)
        }
        _ => 0,
    };
    let mut lines = Vec::with_capacity(moves.len());
    for (no, (one, (goods, known))) in (1..).zip(moves.iter().zip(goods)) {
        lines.push(line(actor, no, one, goods, known)?);
    }
    let sum = |of: fn(&MoveLine) -> Decimal| lines.iter().map(of).sum();
    let by_hand = first.document.is_none();
    Ok(SaveMove {
        number: number.unsigned_abs(),
        original: original.unsigned_abs(),
        registration: if by_hand { BY_HAND } else { OF_A_DOCUMENT }.into(),
        customer_tin: None,
        customer: None,
        customer_branch: None,
        move_type: format!("{:02}", first.kind.number()),
        moved_on: first.on,
        item_count: u64::try_from(lines.len()).unwrap_or(0),
        taxable: sum(|line| line.taxable),
        tax: sum(|line| line.tax),
        total: sum(|line| line.total),
        remark: Some(cut(&first.remark, REMARK_MAX)).filter(|remark| !remark.is_empty()),
        registered_by: cut(BY, USER_MAX),
        registered_by_name: BY.into(),
        changed_by: BY.into(),
        changed_by_name: BY.into(),
        lines,
    })
}

fn line(actor: &Actor, no: u64, one: &Move, goods: &Goods, known: &Known) -> Result<MoveLine, Error> {
    let pack = pack(actor)?;
    let letter = tax::letter(&actor.company.country, &known.item.tax_class, one.on)?;
    let rate = pack.letter(&letter).map(|letter| letter.rate).unwrap_or_default();
    let count = rounded(quantity(one.micros.abs()), super::sale::DECIMALS);
    let price = Decimal::from_str_exact(&one.unit_price).map_err(|e| Error::failed("reading a move of stock", e))?;
    let own = actor.company.currency;
    let worth = Money::from_major(rounded(price * count, own.exponent()), own).map_err(Refusal::from)?;
    let total = worth.to_major();
    Ok(MoveLine {
        no,
        item: goods.code.clone(),
        class: Some(goods.class.clone()).filter(|class| !class.is_empty()),
        name: cut(&known.item.name, super::sale::NAME_MAX),
        barcode: None,
        packaging: goods.packaging.clone(),
        packages: Decimal::ONE,
        unit: goods.unit.clone(),
        quantity: count,
        expires_on: None,
        price: rounded(price, super::sale::DECIMALS),
        supply: total,
        discount: Decimal::ZERO,
        taxable: total,
        tax_letter: letter,
        tax: rounded(total * rate / (Decimal::ONE_HUNDRED + rate), pack.scale.decimals()),
        total,
    })
}

/// Takes what came of telling it; whether to go on comes back. A number that the device has already is told.
pub fn stock_came(tx: &mut Tx<'_>, actor: &Actor, number: i64, came: &[Came]) -> Result<bool, Error> {
    let company = actor.company.id;
    let device = store::fiscal::device_locked(tx, company)?.ok_or(Refusal::NoDevice)?;
    let Some((first, state)) = stock::untold(tx, company)?.filter(|(first, _)| *first == number) else {
        return Ok(true);
    };
    for one in came {
        if item_saved(&device, one).is_ok() {
            continue;
        }
        let Came::Answer(bytes) = one else { return Ok(false) };
        let said = said_by::<formats::vsdc::Nothing>(&device, one).map(|said| said.code).unwrap_or_default();
        // A device that does not reach the authority, or is busy, is asked again later.
        if pack(actor)?.advice(&said) == Advice::BackOff {
            return Ok(false);
        }
        let said: String = String::from_utf8_lossy(bytes).chars().take(super::SAID_MAX).collect();
        stock::set_report(tx, company, first, "refused", &said)?;
        return Ok(true);
    }
    stock::set_report(tx, company, first, if state == "waiting" { "moved" } else { "told" }, "")?;
    Ok(true)
}

/// Takes what came of saving goods; whether to go on comes back.
pub fn goods_came(
    tx: &mut Tx<'_>,
    actor: &Actor,
    number: i64,
    (item, version): (Id<ids::CatalogueItem>, i64),
    came: &Came,
) -> Result<bool, Error> {
    let company = actor.company.id;
    let device = store::fiscal::device_locked(tx, company)?.ok_or(Refusal::NoDevice)?;
    match (came, item_saved(&device, came)) {
        (_, Ok(())) => store::fiscal::told_item(tx, company, item, version).map(|()| true),
        (Came::Answer(said), Err(_)) => {
            let said: String = String::from_utf8_lossy(said).chars().take(super::SAID_MAX).collect();
            stock::set_report(tx, company, number, "refused", &said).map(|()| true)
        }
        _ => Ok(false),
    }
}
