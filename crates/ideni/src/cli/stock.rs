//! `ideni stock`.

use receivables::Date;
use receivables::billing::stock::quantity;
use rust_decimal::Decimal;
use serde_json::json;

use super::output::Sheet;
use super::{App, Done};
use crate::actions::stock;

/// Moves that a list shows.
const SHOWN: i64 = 1_000;

#[derive(clap::Subcommand, Debug)]
pub enum Stock {
    /// Write down what came in or went out of an item, beside what documents sell
    Move {
        item: String,
        quantity: Decimal,
        /// import, purchase, movement-in, processing-in, adjustment-in; purchase-return, movement-out, processing-out, discarding or adjustment-out
        #[arg(long)]
        kind: String,
        /// What one is worth with tax
        #[arg(long, default_value_t = Decimal::ZERO)]
        unit_price: Decimal,
        /// Today if left out
        #[arg(long)]
        on: Option<Date>,
        #[arg(long, default_value = "")]
        remark: String,
    },
    /// What is left of each item that ever moved
    List,
    /// The moves of an item, the latest first, and what the tax device was told of them
    Moves { item: String },
    /// Tell the tax device once more what it refused, by the number of the move
    Again { number: i64 },
}

impl Stock {
    pub fn run(&self, app: &App<'_>) -> Done {
        match self {
            Stock::Move { item, quantity, kind, unit_price, on, remark } => {
                let given = stock::Given {
                    item: item.clone(),
                    kind: kind.clone(),
                    quantity: *quantity,
                    unit_price: *unit_price,
                    on: *on,
                    remark: remark.clone(),
                };
                let once = app.once(self);
                let number = app.write(move |tx, actor, today| stock::add(tx, actor, today, &given, once.as_ref()))?;
                let mut sheet = Sheet::new(app.global.format, ["number"])?;
                sheet.row(vec![json!(number)])?;
                Ok(sheet.finish(json!({}))?)
            }
            Stock::List => {
                let all = app.read(|tx, actor, _| stock::list(tx, actor))?;
                let mut sheet = Sheet::new(app.global.format, ["item", "name", "unit", "left"])?;
                for (known, left) in all {
                    sheet.row(vec![
                        json!(known.item.code),
                        json!(known.item.name),
                        json!(known.item.unit),
                        json!(left.to_string()),
                    ])?;
                }
                Ok(sheet.finish(json!({}))?)
            }
            Stock::Moves { item } => {
                let (_, moves) = app.read(|tx, actor, _| stock::of(tx, actor, item, SHOWN))?;
                let columns = ["number", "on", "kind", "quantity", "unit_price", "document", "remark", "told", "said"];
                let mut sheet = Sheet::new(app.global.format, columns)?;
                for one in moves {
                    let (told, said) = one.told.unzip();
                    sheet.row(vec![
                        json!(one.number),
                        json!(one.on.to_string()),
                        json!(one.kind.code()),
                        json!(quantity(one.micros).to_string()),
                        json!(one.unit_price),
                        json!(one.document),
                        json!(one.remark),
                        json!(told),
                        json!(said),
                    ])?;
                }
                Ok(sheet.finish(json!({}))?)
            }
            Stock::Again { number } => {
                let number = *number;
                app.write(move |tx, actor, _| stock::tell_again(tx, actor, number))
            }
        }
    }
}
