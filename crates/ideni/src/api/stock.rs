//! The stock of goods: what is left, what moved, and moves written down.

use receivables::billing::stock::{MoveKind, quantity};
use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::{Error, Tx};

use super::ask::Ask;
use super::endpoint::endpoints;
use super::shape::{Day, Line, Number};
use crate::actions::stock::{self, Given};

/// Moves of an item that are shown.
const SHOWN: i64 = 200;

endpoints! { "stock"
    /// What is left of each item that ever moved.
    read Get "/stock" Read list() -> Stock;
    /// What is left of an item, and its latest moves.
    read Get "/stock/{item}" Read of() -> StockOfItem;
    /// Writes down what came in or went out of an item, beside what documents sell.
    write Post "/stock/{item}/moves" StockMove add(body NewMove) -> StockOfItem;
}

#[derive(Serialize, JsonSchema)]
struct Stock {
    items: Vec<ItemLeft>,
}

#[derive(Serialize, JsonSchema)]
struct ItemLeft {
    item: String,
    name: String,
    unit: Option<String>,
    left: String,
}

#[derive(Serialize, JsonSchema)]
struct StockOfItem {
    item: String,
    left: String,
    moves: Vec<Move>,
}

#[derive(Serialize, JsonSchema)]
struct Move {
    /// With the tax device, which the moves of one document share.
    number: i64,
    on: Day,
    kind: String,
    /// Above zero where it came in.
    quantity: String,
    /// Major units of the company's currency, with tax.
    unit_price: String,
    document: Option<String>,
    remark: String,
    /// What the tax device was told.
    #[schemars(extend("enum" = ["waiting", "moved", "told", "refused", null]))]
    told: Option<String>,
}

/// What comes from documents is not written down.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewMove {
    kind: Line<1, 20>,
    quantity: Number,
    /// What one is worth with tax, in major units; nothing if left out.
    unit_price: Option<Number>,
    /// Today if left out.
    on: Option<Day>,
    remark: Option<Line<1, 200>>,
}

fn list(tx: &mut Tx<'_>, ask: &Ask) -> Result<Stock, Error> {
    let of = |(known, left): (store::item::Known, Decimal)| ItemLeft {
        item: known.item.code,
        name: known.item.name,
        unit: known.item.unit,
        left: left.to_string(),
    };
    Ok(Stock { items: stock::list(tx, ask.actor())?.into_iter().map(of).collect() })
}

fn of(tx: &mut Tx<'_>, ask: &Ask) -> Result<StockOfItem, Error> {
    let item = ask.path("item");
    let (left, moves) = stock::of(tx, ask.actor(), item, SHOWN)?;
    let moved = |one: store::stock::Move| Move {
        number: one.number,
        on: Day(one.on),
        kind: MoveKind::code(one.kind).to_owned(),
        quantity: quantity(one.micros).to_string(),
        unit_price: one.unit_price,
        document: one.document,
        remark: one.remark,
        told: one.told.map(|(told, _)| told),
    };
    Ok(StockOfItem { item: item.to_owned(), left: left.to_string(), moves: moves.into_iter().map(moved).collect() })
}

fn add(tx: &mut Tx<'_>, ask: &Ask, new: &NewMove) -> Result<StockOfItem, Error> {
    let given = Given {
        item: ask.path("item").to_owned(),
        kind: new.kind.text(),
        quantity: new.quantity.0,
        unit_price: new.unit_price.as_ref().map_or(Decimal::ZERO, |price| price.0),
        on: new.on.map(|Day(on)| on),
        remark: new.remark.as_ref().map(Line::text).unwrap_or_default(),
    };
    stock::add(tx, ask.actor(), ask.today(), &given, None)?;
    of(tx, ask)
}
