//! The rows of a batch for the main books, with the tie-out of receivables as its totals.

use receivables::billing::vat_return::Period;
use serde_json::{Value, json};
use store::{Error, Tx};

use super::{Take, amount};
use crate::actions::{Actor, journal_out};
use crate::words::{self, Language};

pub const JOURNAL_OUT: &[&str] =
    &["on", "account", "account_name", "debit", "credit", "currency", "amount", "text", "late"];

pub fn journal_out(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (period, detail): (&Period, bool),
    language: Language,
    take: Take<'_>,
) -> Result<Value, Error> {
    let own = actor.company.currency;
    let side = |minor: i64| if minor == 0 { Value::Null } else { amount(minor, own) };
    let (mut debit, mut credit) = (0, 0);
    let made = journal_out::lines(tx, actor, period, detail, |line| {
        debit += line.debit;
        credit += line.credit;
        let text = match line.cause {
            None => line.name.clone(),
            Some(cause) => {
                let cause = words::say(language, &format!("cause-{cause}"), &[]);
                [cause, line.number.unwrap_or_default()].join(" ").trim_end().to_owned()
            }
        };
        let late = if line.late { words::say(language, "journal-out-late", &[]) } else { String::new() };
        let foreign = line.currency != own;
        take(vec![
            json!(line.on.to_string()),
            json!(line.code),
            json!(line.name),
            side(line.debit),
            side(line.credit),
            json!(line.currency.to_string()),
            if foreign { amount(line.amount, line.currency) } else { Value::Null },
            json!(text),
            json!(late),
        ])
    })?;
    Ok(json!({ own.to_string(): {
        "debit": amount(debit, own),
        "credit": amount(credit, own),
        "opening": amount(made.opening, own),
        "moved": amount(made.moved, own),
        "closing": amount(made.closing, own),
        "open": amount(made.open, own),
        "difference": amount(made.closing - made.open, own),
    } }))
}
