//! `ideni search`.

use receivables::search::Fit;
use serde_json::{Value, json};

use super::output::{Sheet, amount};
use super::{App, Done};
use crate::actions::search::{self, Hit};

#[derive(clap::Args, Debug)]
pub struct Search {
    /// Any of them, in any spelling: "inyange", 0788123456, inv 2026/17, 1,180,000
    #[arg(required = true)]
    text: Vec<String>,
}

/// A row: what it is, how it is called and whose it is, what is open of it, and what matched.
fn row<T>(hit: &Hit<T>, kind: &str, called: [&str; 2], figures: [Value; 3]) -> Vec<Value> {
    let fit = match hit.fit {
        Fit::Exact => "exact",
        Fit::Begins => "begins",
        Fit::Part => "part",
        Fit::Close => "close",
    };
    let [name, title] = called.map(|text| json!(text));
    let [currency, total, open] = figures;
    vec![json!(kind), name, title, currency, total, open, json!(hit.by.name()), json!(fit)]
}

impl Search {
    pub fn run(&self, app: &App<'_>) -> Done {
        let text = self.text.join(" ");
        let found = app.read(|tx, actor, _| search::find(tx, app.db.snapshots(), actor, &text))?;
        let columns = ["kind", "name", "title", "currency", "total", "open", "matched", "fit"];
        let mut sheet = Sheet::new(app.global.format, columns)?;
        for hit in &found.customers.hits {
            let c = &hit.thing.customer;
            // One row per currency, or one where nothing is open.
            let none = (hit.thing.open.is_empty()).then(|| [json!(c.currency.to_string()), Value::Null, Value::Null]);
            let open =
                hit.thing.open.iter().map(|m| [json!(m.currency.to_string()), Value::Null, json!(m.major_text())]);
            for figures in none.into_iter().chain(open) {
                sheet.row(row(hit, "customer", [&c.code, &c.name], figures))?;
            }
        }
        for hit in &found.documents.hits {
            let d = &hit.thing;
            let figures = [json!(d.currency.to_string()), amount(d.total, d.currency), amount(d.open, d.currency)];
            sheet.row(row(hit, d.kind.name(), [&d.number, &d.name], figures))?;
        }
        for hit in &found.receipts.hits {
            let r = &hit.thing;
            let open = amount(r.unidentified + r.unapplied, r.currency);
            let figures = [json!(r.currency.to_string()), amount(r.gross, r.currency), open];
            let title = r.customer_name.as_deref().or(r.payer.as_deref()).unwrap_or_default();
            sheet.row(row(hit, "receipt", [&r.called(), title], figures))?;
        }
        let more = found.customers.more || found.documents.more || found.receipts.more;
        Ok(sheet.finish(json!({ "more": more }))?)
    }
}
