//! Statement lines that wait for a person: cleared with a reason, or made a receipt by a person's word.

use receivables::{Currency, Date, Money, Refusal, Unusable};
use rust_decimal::Decimal;
use store::statement::{self, Decision, ToReview};
use store::{Error, Tx, entry, receipt};

use super::receipt::{Given, Natural, Recorded};
use super::{Actor, Once, Right, Subject, account, act, digest16, once};

/// A line that waits, under a short name.
#[derive(Clone, Debug)]
pub struct Waiting {
    pub id: String,
    pub line: ToReview,
}

/// What a person says that a line was; what is left out is what the line says.
#[derive(Clone, Debug)]
pub struct Said {
    /// Major units.
    pub amount: Decimal,
    /// The line's, else the company's, when `None`.
    pub currency: Option<Currency>,
    pub on: Option<Date>,
    pub reference: Option<String>,
    pub payer: Option<String>,
}

/// Digits of the short name of a line, and the fewest a person may type.
const ID_DIGITS: usize = 10;
pub(super) const ID_DIGITS_MIN: usize = 6;

fn short_id(line: &ToReview) -> String {
    line_name(&line.account, &line.fingerprint, line.occurrence)
}

/// The short name of a line, by the code of its account and its natural key.
pub(super) fn line_name(account: &str, fingerprint: &[u8; 16], occurrence: i32) -> String {
    let print: String = fingerprint.iter().map(|byte| format!("{byte:02x}")).collect();
    let named = digest16([account, print.as_str(), occurrence.to_string().as_str()]);
    let digits: String = named.iter().map(|byte| format!("{byte:02x}")).collect();
    digits[..ID_DIGITS].to_owned()
}

/// Lines that wait, in the order they came.
pub fn list(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<Waiting>, Error> {
    actor.may(Right::Read)?;
    let lines = statement::to_review(tx, actor.company.id)?;
    Ok(lines.into_iter().map(|line| Waiting { id: short_id(&line), line }).collect())
}

/// How many lines wait.
pub fn count(tx: &mut Tx<'_>, actor: &Actor) -> Result<usize, Error> {
    actor.may(Right::Read)?;
    statement::review_count(tx, actor.company.id)
}

/// The waiting line of that short name, or of its first digits, locked for what follows.
fn find(tx: &mut Tx<'_>, actor: &Actor, name: &str) -> Result<ToReview, Error> {
    let fits = |line: &ToReview| name.len() >= ID_DIGITS_MIN && short_id(line).starts_with(name);
    let mut waiting = statement::to_review(tx, actor.company.id)?;
    waiting.retain(fits);
    if waiting.len() > 1 {
        let (field, value) = ("line".into(), name.into());
        return Err(Refusal::Invalid { field, value, reason: Unusable::TooShort }.into());
    }
    if let Some(line) = waiting.pop()
        && statement::still_waits(tx, actor.company.id, &line)?
    {
        return Ok(line);
    }
    let decided = statement::decided(tx, actor.company.id)?;
    Err(match decided.into_iter().find(|(line, _)| fits(line)) {
        Some((_, Decision { receipt: Some(_), on, .. })) => Refusal::LineRecorded { line: name.into(), on },
        Some((_, Decision { reason, on, .. })) => Refusal::LineDecided { line: name.into(), on, reason },
        None => Refusal::NotFound { kind: "statement line".into(), name: name.into() },
    }
    .into())
}

/// Decides that a line is no receipt: nothing is posted, and it waits no longer.
pub fn clear(
    tx: &mut Tx<'_>,
    actor: &Actor,
    today: Date,
    name: &str,
    reason: &str,
    key: Option<&Once>,
) -> Result<(), Error> {
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Refusal::Missing { field: "reason".into() }.into());
    }
    once(tx, actor, key, |tx| {
        act(tx, actor, Right::StatementClear, Subject { name, cause: Some(reason) }, |tx| {
            let line = find(tx, actor, name)?;
            let decision = Decision { reason: reason.into(), receipt: None, on: today };
            statement::decide(tx, actor.company.id, &line, &decision)
        })
    })
}

/// Makes a line a receipt by a person's word, as if the program had read it so.
pub fn record(
    tx: &mut Tx<'_>,
    actor: &Actor,
    today: Date,
    name: &str,
    said: &Said,
    key: Option<&Once>,
) -> Result<Recorded, Error> {
    once(tx, actor, key, |tx| {
        let amount = said.amount.to_string();
        act(tx, actor, Right::StatementRecord, Subject { name, cause: Some(&amount) }, |tx| {
            let line = find(tx, actor, name)?;
            let currency = said.currency.or(line.currency).unwrap_or(actor.company.currency);
            let gross = Money::from_major(said.amount, currency)?;
            let account = account::money(tx, actor, &line.account)?;
            let received_on = said.on.or(line.on).ok_or_else(|| Refusal::Missing { field: "on".into() })?;
            let given = Given {
                account: account.code.clone(),
                received_on,
                received_at: line.at.filter(|_| line.on == Some(received_on)),
                gross,
                charges: Money::zero(currency),
                payer: said.payer.clone().or_else(|| line.counterparty.clone()),
                payer_ref: line.counterparty_ref.clone(),
                reference: said.reference.clone().or_else(|| line.reference.clone()),
                text: line.text.clone(),
                customer: None,
                opening_on: None,
            };
            let natural = Natural { print: line.fingerprint, occurrence: line.occurrence };
            if receipt::is_known(tx, actor.company.id, account.account, natural.print, natural.occurrence)?.is_some() {
                return Err(Refusal::Exists { kind: "receipt".into(), name: name.into() }.into());
            }
            let (receipt, entry) = super::receipt::prepare(tx, actor, today, &given, &account, natural)?;
            receipt::save(tx, actor.company.id, std::slice::from_ref(&receipt))?;
            entry::save(tx, actor.company.id, &[entry])?;
            let decision = Decision { reason: "recorded".into(), receipt: Some(receipt.id), on: today };
            statement::decide(tx, actor.company.id, &line, &decision)?;
            Ok(Recorded { id: receipt.id.to_string() })
        })
    })
}
