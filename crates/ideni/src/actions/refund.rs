//! Money that leaves a receipt again: refunds, payments the bank returned, credits nobody claims; and taking each back.

use receivables::approval::Kind;
use receivables::cash::refund::{self, Out, RefundKind, Refunded};
use receivables::ids::{self, Id};
use receivables::ledger::settlement::{self, Funds};
use receivables::{Date, Money, Refusal};
use store::movement::{self, Batch};
use store::{Error, Tx, document, entry, period, rate, receipt};

use super::approval::{self, Asked, New};
use super::{Actor, Once, Right, Subject, account, act, needs_reason, once, promise};

/// Unapplied money that goes back to the customer.
#[derive(Clone, Debug)]
pub struct Given {
    /// The receipt's reference or id.
    pub receipt: String,
    /// Minor units of the receipt's currency; all that is unapplied when `None`.
    pub amount: Option<i64>,
    /// The money account it goes out of; the one it came to when `None`.
    pub account: Option<String>,
    pub on: Option<Date>,
    pub reason: String,
}

/// A payment the bank did not honour in the end: a cheque or a transfer taken back.
#[derive(Clone, Debug)]
pub struct ReturnedPayment {
    pub receipt: String,
    /// What the bank took for it, in minor units of the receipt's currency.
    pub charges: i64,
    pub on: Option<Date>,
    pub reason: String,
}

/// Unapplied money that nobody claims.
#[derive(Clone, Debug)]
pub struct GivenUp {
    pub receipt: String,
    /// Minor units of the receipt's currency; all that is unapplied when `None`.
    pub amount: Option<i64>,
    pub on: Option<Date>,
    pub reason: String,
}

/// What left a receipt, or came back to it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Made {
    pub id: String,
    pub receipt: String,
    pub amount: String,
    pub currency: String,
}

/// Sends unapplied money back to the customer; refused where the company wants a second person.
pub fn add(tx: &mut Tx<'_>, actor: &Actor, today: Date, given: &Given, key: Option<&Once>) -> Result<Made, Error> {
    needs_reason(&given.reason)?;
    once(tx, actor, key, |tx| {
        actor.may(Right::RefundAdd)?;
        if approval::refund_needs_approval(tx, actor)? {
            return Err(approval::refuse(Right::RefundAdd));
        }
        sent(tx, actor, today, given)
    })
}

/// Sends money back, or asks a second person where the company or the actor's rights want one.
pub fn add_or_ask(
    tx: &mut Tx<'_>,
    actor: &Actor,
    today: Date,
    given: &Given,
    key: Option<&Once>,
) -> Result<Asked<Made>, Error> {
    needs_reason(&given.reason)?;
    once(tx, actor, key, |tx| {
        if actor.can(Right::RefundAdd) && !approval::refund_needs_approval(tx, actor)? {
            return sent(tx, actor, today, given).map(Asked::Done);
        }
        let (refunded, _, funds) = decide(tx, actor, today, given)?;
        let payload = approval::Refund {
            receipt: given.receipt.clone(),
            amount: refunded.amount,
            currency: funds.currency.to_string(),
            account: given.account.clone(),
            on: given.on.map(|on| on.to_string()),
        };
        let (subject, reason, customer) = (given.receipt.as_str(), given.reason.as_str(), funds.customer);
        let new = New { kind: Kind::Refund, subject, payload: &payload, reason, customer };
        Ok(Asked::Waits { id: approval::ask(tx, actor, &new)? })
    })
}

/// What a refund would move, its day and what there is to refund; nothing is written.
fn decide(tx: &mut Tx<'_>, actor: &Actor, today: Date, given: &Given) -> Result<(Refunded, Date, Funds), Error> {
    let company = actor.company.id;
    let id = receipt::find(tx, company, &given.receipt)?;
    let funds = receipt::funds(tx, company, id)?;
    let account = match &given.account {
        Some(code) => account::money(tx, actor, code)?.account,
        None => receipt::get(tx, company, id)?.account,
    };
    let day = day(given.on, today.max(funds.posted_on), today)?;
    let rate = rate::on(tx, company, actor.company.currency, funds.currency, day)?;
    let on = period::posting_day(tx, company, day)?;
    let out = Out { account, rate, charges: 0 };
    let amount = given.amount.unwrap_or(funds.unapplied);
    let refunded = refund::send_back(&funds, RefundKind::Refund, amount, &out, on, actor.company.currency)?;
    Ok((refunded, on, funds))
}

/// Sends back what nobody needs to approve any more.
pub(crate) fn sent(tx: &mut Tx<'_>, actor: &Actor, today: Date, given: &Given) -> Result<Made, Error> {
    let subject = Subject { name: &given.receipt, cause: Some(&given.reason) };
    act(tx, actor, Right::RefundAdd, subject, |tx| {
        let (refunded, on, funds) = decide(tx, actor, today, given)?;
        let id = store::refund::save(tx, actor.company.id, &refunded, on, None, &given.reason)?;
        Ok(made(id, &funds, refunded.amount))
    })
}

/// The bank took a payment back: all allocations of the receipt are taken back, so that its invoices are open again, and
/// the whole of it leaves the account it came to.
pub fn return_payment(
    tx: &mut Tx<'_>,
    actor: &Actor,
    today: Date,
    given: &ReturnedPayment,
    key: Option<&Once>,
) -> Result<Made, Error> {
    needs_reason(&given.reason)?;
    once(tx, actor, key, |tx| {
        let subject = Subject { name: &given.receipt, cause: Some(&given.reason) };
        act(tx, actor, Right::ReceiptReturn, subject, |tx| {
            let company = actor.company.id;
            let id = receipt::find(tx, company, &given.receipt)?;
            // Locks in one order: the receipt, then the documents it paid.
            receipt::funds(tx, company, id)?;
            let came = receipt::get(tx, company, id)?;
            if store::refund::is_returned(tx, company, id)? {
                return Err(Refusal::AlreadyReversed { what: came.name() }.into());
            }
            let last = store::refund::last_used_on(tx, company, id)?;
            let day = day(given.on, today.max(came.posted_on).max(last.unwrap_or(came.posted_on)), today)?;
            if let Some(moved_on) = last.filter(|last| day < *last) {
                return Err(Refusal::BeforeMovement { on: day, item: came.name(), moved_on }.into());
            }
            let rate = rate::on(tx, company, actor.company.currency, came.currency, day)?;
            let on = period::posting_day(tx, company, day)?;
            take_back_allocations(tx, company, id, on, &given.reason)?;
            let funds = all_left(tx, company, id)?;
            let out = Out { account: came.account, rate, charges: given.charges };
            let returned =
                refund::send_back(&funds, RefundKind::Returned, came.gross, &out, on, actor.company.currency)?;
            let id = store::refund::save(tx, company, &returned, on, None, &given.reason)?;
            if let Some(customer) = came.customer {
                promise::judge_again(tx, actor, customer, (came.currency, came.received_on), today)?;
            }
            Ok(made(id, &funds, came.gross))
        })
    })
}

/// Takes back every allocation of a receipt that stands. The receipt must have been read with its lock.
fn take_back_allocations(
    tx: &mut Tx<'_>,
    company: i64,
    receipt: Id<ids::Receipt>,
    on: Date,
    reason: &str,
) -> Result<(), Error> {
    let mut standing = Vec::new();
    for id in movement::standing(tx, company, receipt)? {
        standing.push(movement::settlement(tx, company, id)?);
    }
    let moved = standing.iter().flat_map(|saved| &saved.moved);
    document::items(tx, company, &moved.map(|(_, m)| (m.document, m.instalment)).collect())?;
    let mut batch = Batch::default();
    for saved in standing {
        let lines = entry::lines(tx, company, saved.cause.bytes())?;
        let (ids, moved): (Vec<_>, Vec<_>) = saved.moved.into_iter().unzip();
        let settled = settlement::reverse(&moved, &lines)?;
        batch.settle(tx, company, &settled, on, &ids, Some(reason))?;
    }
    batch.save(tx, company)
}

/// What is left of a receipt, also while nobody knows whose it is.
pub(super) fn all_left(tx: &mut Tx<'_>, company: i64, id: Id<ids::Receipt>) -> Result<Funds, Error> {
    let left = receipt::get(tx, company, id)?;
    let funds = left.funds();
    if left.customer.is_some() {
        return Ok(funds);
    }
    Ok(Funds { unapplied: left.unidentified, unapplied_base: left.gross_base, ..funds })
}

/// Gives unapplied money that nobody claims up to income.
pub fn write_off(
    tx: &mut Tx<'_>,
    actor: &Actor,
    today: Date,
    given: &GivenUp,
    key: Option<&Once>,
) -> Result<Made, Error> {
    needs_reason(&given.reason)?;
    once(tx, actor, key, |tx| {
        let subject = Subject { name: &given.receipt, cause: Some(&given.reason) };
        act(tx, actor, Right::WriteOff, subject, |tx| {
            let company = actor.company.id;
            let id = receipt::find(tx, company, &given.receipt)?;
            let funds = receipt::funds(tx, company, id)?;
            let on = period::posting_day(tx, company, day(given.on, today.max(funds.posted_on), today)?)?;
            let amount = given.amount.unwrap_or(funds.unapplied);
            let given_up = refund::give_up(&funds, amount, on, actor.company.currency)?;
            let id = store::refund::save(tx, company, &given_up, on, None, &given.reason)?;
            Ok(made(id, &funds, amount))
        })
    })
}

/// Takes a refund, a return or a credit given up back, once, on a day not before it. What comes back is unapplied.
pub fn reverse(
    tx: &mut Tx<'_>,
    actor: &Actor,
    today: Date,
    id: &str,
    reason: &str,
    key: Option<&Once>,
) -> Result<Made, Error> {
    needs_reason(reason)?;
    once(tx, actor, key, |tx| {
        act(tx, actor, Right::RefundReverse, Subject { name: id, cause: Some(reason) }, |tx| {
            let company = actor.company.id;
            let id: Id<ids::Refund> =
                id.parse().map_err(|_| Refusal::NotFound { kind: "refund".into(), name: id.into() })?;
            let receipt_id = store::refund::get(tx, company, id)?.refunded.receipt;
            let funds = receipt::funds(tx, company, receipt_id)?;
            // Read again under the lock: another may have taken it back meanwhile.
            let saved = store::refund::get(tx, company, id)?;
            if saved.refunded.kind == RefundKind::Transfer {
                return Err(Refusal::UndoTransfer { receipt: funds.name }.into());
            }
            let on = period::posting_day(tx, company, today.max(saved.posted_on))?;
            let back = refund::reverse(&saved.refunded)?;
            let done = store::refund::save(tx, company, &back, on, Some(id), reason)?;
            if let (RefundKind::Returned, Some(customer)) = (saved.refunded.kind, back.customer) {
                let came = receipt::get(tx, company, receipt_id)?;
                promise::judge_again(tx, actor, customer, (came.currency, came.received_on), today)?;
            }
            Ok(made(done, &funds, back.amount))
        })
    })
}

/// The day money left: as given, which is not after today, or else the other.
fn day(given: Option<Date>, otherwise: Date, today: Date) -> Result<Date, Refusal> {
    match given {
        Some(on) if on > today => Err(Refusal::AfterToday { on, today }),
        Some(on) => Ok(on),
        None => Ok(otherwise),
    }
}

fn made(id: Id<ids::Refund>, funds: &Funds, amount: i64) -> Made {
    Made {
        id: id.to_string(),
        receipt: funds.name.clone(),
        amount: Money::new(amount, funds.currency).major_text(),
        currency: funds.currency.to_string(),
    }
}

pub fn list(tx: &mut Tx<'_>, actor: &Actor, limit: i64) -> Result<Vec<store::refund::Listed>, Error> {
    actor.may(Right::Read)?;
    store::refund::list(tx, actor.company.id, limit)
}

/// What left receipts of one customer or of all, those after one of them.
pub fn page(
    tx: &mut Tx<'_>,
    actor: &Actor,
    customer: Option<&str>,
    after: Id<ids::Refund>,
    limit: i64,
) -> Result<Vec<store::refund::Listed>, Error> {
    actor.may(Right::Read)?;
    let customer = super::customer::id_of(tx, actor, customer)?;
    store::refund::page(tx, actor.company.id, customer, after, limit)
}
