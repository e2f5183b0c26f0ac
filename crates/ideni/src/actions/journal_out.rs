//! The journal for the main books: under which of their accounts ours go, and a batch per month, made once and read again as it was.

use receivables::billing::vat_return::Period;
use receivables::{Date, Refusal, Unusable};
use store::journal_out::{self, Line, Made, Mapped, OfAccount};
use store::{Error, Tx, company};

use super::{Actor, Once, Right, Subject, act, needs, once, text};

/// The longest code of an account of the main books, in characters.
const CODE_MAX: usize = 40;

/// The accounts of the company, each with its code in the main books.
pub fn codes(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<Mapped>, Error> {
    actor.may(Right::Read)?;
    journal_out::codes(tx, actor.company.id)
}

/// Says where an account goes from the next batch on.
pub fn map(tx: &mut Tx<'_>, actor: &Actor, account: &str, code: &str, key: Option<&Once>) -> Result<(), Error> {
    needs("account_code", code)?;
    let code = text("account_code", code, CODE_MAX)?.to_owned();
    once(tx, actor, key, |tx| {
        act(tx, actor, Right::JournalOutMap, Subject { name: account, cause: Some(&code) }, |tx| {
            let account = company::account(tx, actor.company.id, account)?.account;
            journal_out::map(tx, actor.company.id, account, &code)
        })
    })
}

/// What was handed over, the earliest month first.
pub fn made(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<Made>, Error> {
    actor.may(Right::Read)?;
    journal_out::made(tx, actor.company.id)
}

/// The batch of a month, with its accounts.
pub fn get(tx: &mut Tx<'_>, actor: &Actor, period: &Period) -> Result<(Made, Vec<OfAccount>), Error> {
    let found = made(tx, actor)?.into_iter().find(|one| one.period == *period);
    let none = || Refusal::NotFound { kind: "journal-out".into(), name: period.to_string() };
    let found = found.ok_or_else(none)?;
    let accounts = journal_out::accounts(tx, actor.company.id, found.id)?;
    Ok((found, accounts))
}

/// Hands each row of a month's batch to `f`: a sum per day, account and currency, or each line of each entry.
pub fn lines(
    tx: &mut Tx<'_>,
    actor: &Actor,
    period: &Period,
    detail: bool,
    f: impl FnMut(Line) -> Result<(), Error>,
) -> Result<Made, Error> {
    let (found, _) = get(tx, actor, period)?;
    journal_out::lines(tx, actor.company.id, found.id, detail, f)?;
    Ok(found)
}

/// Hands over a month that is over, and what was posted since into months that were handed over before.
pub fn make(tx: &mut Tx<'_>, actor: &Actor, today: Date, period: &Period, key: Option<&Once>) -> Result<(), Error> {
    let name = period.to_string();
    let unusable = |reason| Refusal::Invalid { field: "period".into(), value: name.clone(), reason };
    if *period != Period::month_of(period.from) {
        return Err(unusable(Unusable::NoMonth).into());
    }
    once(tx, actor, key, |tx| {
        act(tx, actor, Right::JournalOutMake, Subject { name: &name, cause: None }, |tx| {
            if !period.is_over(today) {
                return Err(unusable(Unusable::NotOver { today }).into());
            }
            let company = actor.company.id;
            journal_out::lock(tx, company)?;
            let made = journal_out::made(tx, company)?;
            if made.iter().any(|one| one.period == *period) {
                return Err(Refusal::Exists { kind: "journal-out".into(), name: name.clone() }.into());
            }
            let last = made.last();
            let next = last.map(|last| Period::month_of(last.period.until.plus_days(1)));
            if let Some(next) = next.filter(|next| next != period) {
                let (period, next) = (name.clone(), next.to_string());
                return Err(Refusal::JournalOutOfTurn { period, next }.into());
            }
            refuse_unmapped(tx, company, period, last.is_none())?;
            journal_out::save(tx, company, period, last)
        })
    })
}

fn refuse_unmapped(tx: &mut Tx<'_>, company: i64, period: &Period, is_first: bool) -> Result<(), Error> {
    let used = journal_out::used(tx, company, period, is_first)?;
    let unmapped = journal_out::codes(tx, company)?
        .into_iter()
        .filter(|one| one.code.is_none() && used.contains(&one.account))
        .map(|one| one.own)
        .collect::<Vec<String>>();
    if unmapped.is_empty() {
        return Ok(());
    }
    Err(Refusal::AccountsUnmapped { accounts: unmapped.join(", ") }.into())
}
