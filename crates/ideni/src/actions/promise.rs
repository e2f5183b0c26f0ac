//! Promises to pay.

use receivables::collections::promise;
use receivables::ids::{self, Id};
use receivables::{Currency, Date, Money};
use store::promise::Promise;
use store::{Error, Tx, customer};

use super::{Actor, Once, Right, Subject, act, once};

/// What a customer promised.
#[derive(Clone, Debug)]
pub struct Given {
    pub customer: String,
    pub amount: Money,
    pub promised_on: Date,
    pub grace_days: i32,
    pub note: String,
}

#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct Made {
    pub id: String,
}

/// Writes a promise down; the ledger will judge it.
pub fn add(tx: &mut Tx<'_>, actor: &Actor, today: Date, given: &Given, key: Option<&Once>) -> Result<Made, Error> {
    once(tx, actor, key, |tx| {
        let note = given.note.trim();
        let cause = (!note.is_empty()).then_some(note);
        act(tx, actor, Right::PromiseAdd, Subject { name: &given.customer, cause }, |tx| {
            let customer = customer::get(tx, actor.company.id, &given.customer)?;
            let made = promise::Promise::make(given.amount.minor, given.promised_on, given.grace_days, today)?;
            let id = tx.new_id();
            store::promise::save(
                tx,
                actor.company.id,
                &Promise {
                    id,
                    customer: customer.id,
                    code: customer.code,
                    currency: given.amount.currency,
                    amount: made.amount,
                    promised_on: made.promised_on,
                    made_on: made.made_on,
                    grace_days: made.grace_days,
                    note: note.to_owned(),
                    state: "open".into(),
                    kept: 0,
                    judged_on: None,
                },
            )?;
            Ok(Made { id: id.to_string() })
        })
    })
}

/// Takes a promise back at the customer's word; the ledger no longer judges it.
pub fn withdraw(tx: &mut Tx<'_>, actor: &Actor, today: Date, name: &str, reason: &str) -> Result<(), Error> {
    act(tx, actor, Right::PromiseAdd, Subject { name, cause: Some(reason) }, |tx| {
        let known = store::promise::get(tx, actor.company.id, name)?;
        if known.state != "open" {
            let reason = format!("it is {} already", known.state);
            return Err(receivables::Refusal::Invalid { field: "promise".into(), value: name.into(), reason }.into());
        }
        store::promise::set_state(tx, actor.company.id, known.id, "withdrawn", known.kept, today)
    })
}

/// What a stored promise is judged to be on a day.
pub(crate) fn judge(tx: &mut Tx<'_>, company: i64, p: &Promise, today: Date) -> Result<(&'static str, i64), Error> {
    let paid = store::promise::paid_since(tx, company, p.customer, p.currency, p.made_on)?;
    let made =
        promise::Promise { amount: p.amount, made_on: p.made_on, promised_on: p.promised_on, grace_days: p.grace_days };
    let judged = promise::judge(&made, &paid, today);
    let kept = match judged {
        promise::Judged::Open { paid } | promise::Judged::PartlyKept { paid, .. } => paid,
        promise::Judged::Kept { .. } => p.amount,
        promise::Judged::Broken { .. } => 0,
    };
    Ok((judged.code(), kept))
}

/// Judges anew what was judged of a customer's promises, after a payment of that day came back or was good after all. An
/// open promise waits for its day.
pub(crate) fn judge_again(
    tx: &mut Tx<'_>,
    company: i64,
    customer: Id<ids::Customer>,
    paid: (Currency, Date),
    today: Date,
) -> Result<(), Error> {
    let (currency, paid_on) = paid;
    for p in store::promise::of_customer(tx, company, customer)? {
        let judged = p.state != "open" && p.state != "withdrawn";
        if !judged || p.currency != currency || p.made_on > paid_on {
            continue;
        }
        let (state, kept) = judge(tx, company, &p, today)?;
        if state != p.state || kept != p.kept {
            store::promise::set_state(tx, company, p.id, state, kept, today)?;
        }
    }
    Ok(())
}

pub fn list(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<Promise>, Error> {
    actor.may(Right::Read)?;
    store::promise::list(tx, actor.company.id)
}
