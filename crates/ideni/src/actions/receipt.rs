//! Receipts recorded by hand or from a file, and whose money they are.

mod shown;

use receivables::ids::{self, Id};
use receivables::ledger::posting::{self, ReceiptAmounts};
use receivables::ledger::{Cause, Line};
use receivables::{Date, Instant, Money, Refusal, Unusable};
use store::company::AccountRow;
use store::entry::NewEntry;
use store::movement::Batch;
use store::receipt::{self, Receipt, Waiting};
use store::{Error, Tx, customer, entry, period, rate};

use super::{Actor, Once, Right, Subject, account, act, digest16, once, payer};

pub use shown::{Asked, Shown, page, show};
pub(crate) use shown::{place, read_place};

/// Money that came in, from a form, a file or a statement line. `gross` is what the payer paid.
#[derive(Clone, Debug)]
pub struct Given {
    pub account: String,
    pub received_on: Date,
    pub received_at: Option<Instant>,
    pub gross: Money,
    /// What bank or wallet kept of it.
    pub charges: Money,
    pub payer: Option<String>,
    pub payer_ref: Option<String>,
    pub reference: Option<String>,
    pub text: Option<String>,
    /// Whose money it is, if known, by customer code.
    pub customer: Option<String>,
    /// Part of the opening load: posts on this day against the opening balance.
    pub opening_on: Option<Date>,
}

#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct Recorded {
    pub id: String,
}

/// The natural key of a receipt that no provider gave an id: what tells it from any other.
pub(crate) fn fingerprint(given: &Given) -> [u8; 16] {
    let date = given.received_on.to_string();
    let at = given.received_at.map(|at| at.to_string()).unwrap_or_default();
    let amount = format!("{:?}", given.gross);
    match given.reference.as_deref().filter(|r| !r.trim().is_empty()) {
        Some(reference) => digest16(["reference", reference.trim(), &date, &amount]),
        None => digest16([
            "line",
            &date,
            &at,
            &amount,
            given.payer.as_deref().unwrap_or(""),
            given.text.as_deref().unwrap_or(""),
            given.customer.as_deref().unwrap_or(""),
        ]),
    }
}

/// Records one receipt as an action of its own; the same natural key again is refused.
pub fn record(
    tx: &mut Tx<'_>,
    actor: &Actor,
    today: Date,
    given: &Given,
    key: Option<&Once>,
) -> Result<Recorded, Error> {
    once(tx, actor, key, |tx| {
        let name = given.reference.clone().unwrap_or_else(|| given.gross.to_string());
        act(tx, actor, Right::ReceiptRecord, Subject { name: &name, cause: None }, |tx| {
            let account = account::money(tx, actor, &given.account)?;
            let print = fingerprint(given);
            if receipt::is_known(tx, actor.company.id, account.account, print, 1)?.is_some() {
                return Err(Refusal::Exists { kind: "receipt".into(), name: name.clone() }.into());
            }
            let (receipt, entry) = prepare(tx, actor, today, given, &account, Natural { print, occurrence: 1 })?;
            receipt::save(tx, actor.company.id, std::slice::from_ref(&receipt))?;
            entry::save(tx, actor.company.id, &[entry])?;
            Ok(Recorded { id: receipt.id.to_string() })
        })
    })
}

/// Natural key and which of its equals in one file this is, from 1.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Natural {
    pub print: [u8; 16],
    pub occurrence: i32,
}

/// Decides one receipt: what will be saved, with its entry.
pub(crate) fn prepare(
    tx: &mut Tx<'_>,
    actor: &Actor,
    today: Date,
    given: &Given,
    account: &AccountRow,
    natural: Natural,
) -> Result<(Receipt, NewEntry), Error> {
    let company = actor.company.id;
    if given.gross.minor <= 0 {
        return Err(Refusal::NotPositive { amount: given.gross }.into());
    }
    if given.charges.is_negative() || given.charges.minor > given.gross.minor {
        let (field, value) = ("charges".into(), given.charges.to_string());
        return Err(Refusal::Invalid { field, value, reason: Unusable::ChargesAboveGross }.into());
    }
    if given.received_on > today {
        let reason = Unusable::ReceivedAfterToday { today };
        return Err(Refusal::Invalid { field: "on".into(), value: given.received_on.to_string(), reason }.into());
    }
    let customer = match &given.customer {
        Some(code) => Some(customer::get(tx, company, code)?.id),
        None => None,
    };
    let posted_on = period::posting_day(tx, company, given.opening_on.unwrap_or(given.received_on))?;
    let rate_day = if given.opening_on.is_some() { posted_on } else { given.received_on };
    let rate = rate::on(tx, company, actor.company.currency, given.gross.currency, rate_day)?;
    let gross_base = rate.to_base(given.gross, actor.company.currency)?;
    if ![given.gross, Money::new(gross_base, actor.company.currency)].into_iter().all(Money::fits) {
        return Err(Refusal::TooLarge { what: "amount".into() }.into());
    }
    let id: Id<ids::Receipt> = tx.new_id();
    let receipt = Receipt {
        id,
        account: account.account,
        fingerprint: natural.print,
        occurrence: natural.occurrence,
        received_on: given.received_on,
        posted_on,
        received_at: given.received_at,
        currency: given.gross.currency,
        gross: given.gross.minor,
        charges: given.charges.minor,
        gross_base,
        payer: given.payer.clone(),
        payer_ref: given.payer_ref.clone(),
        reference: given.reference.clone(),
        text: given.text.clone(),
        opening: given.opening_on.is_some(),
        customer,
    };
    let debited = if given.opening_on.is_some() { receivables::ledger::Account::OPENING } else { account.account };
    let lines = posting::receipt(ReceiptAmounts {
        account: debited,
        gross: given.gross,
        charges: given.charges,
        gross_base,
        customer,
    })?;
    let cause = if given.opening_on.is_some() { Cause::Opening } else { Cause::Receipt };
    Ok((receipt, NewEntry { id: *id.bytes(), cause, posted_on, lines }))
}

/// Says whose money a receipt is.
pub fn identify(tx: &mut Tx<'_>, actor: &Actor, today: Date, name: &str, code: &str) -> Result<(), Error> {
    act(tx, actor, Right::ReceiptIdentify, Subject { name, cause: Some(code) }, |tx| {
        let id = receipt::find(tx, actor.company.id, name)?;
        receipt::funds(tx, actor.company.id, id)?;
        let waiting = receipt::get(tx, actor.company.id, id)?;
        let customer = customer::get(tx, actor.company.id, code)?.id;
        identify_one(tx, actor, today, &waiting, customer)?;
        payer::learn_from(tx, actor, &waiting, customer)
    })
}

/// Identifies inside a running action.
pub(crate) fn identify_one(
    tx: &mut Tx<'_>,
    actor: &Actor,
    today: Date,
    waiting: &Waiting,
    customer: Id<ids::Customer>,
) -> Result<(), Error> {
    if waiting.customer.is_none() && waiting.unidentified == 0 {
        // The bank took it back before anybody knew whose it was.
        let money = |minor| Money::new(minor, waiting.currency);
        let (unapplied, amount) = (money(0), money(waiting.gross));
        return Err(Refusal::ExceedsUnapplied { source: waiting.name(), unapplied, amount }.into());
    }
    if waiting.unidentified == 0 {
        return Err(Refusal::Exists { kind: "identified receipt".into(), name: waiting.name() }.into());
    }
    let company = actor.company.id;
    let posted_on = period::posting_day(tx, company, today.max(waiting.posted_on))?;
    let lines = identification(waiting, customer)?;
    let mut batch = Batch::default();
    batch.identify(tx, company, waiting, customer, posted_on, lines)?;
    batch.save(tx, company)
}

/// The entry lines that make all of a receipt the customer's.
pub(crate) fn identification(waiting: &Waiting, customer: Id<ids::Customer>) -> Result<Vec<Line>, Refusal> {
    Ok(posting::identification(customer, Money::new(waiting.unidentified, waiting.currency), waiting.gross_base)?)
}

pub fn list(tx: &mut Tx<'_>, actor: &Actor, limit: i64) -> Result<Vec<receipt::Listed>, Error> {
    actor.may(Right::Read)?;
    receipt::list(tx, actor.company.id, limit)
}
