//! Days of the tax device: what was signed, as an X report says it during the day and a Z report once the day is closed; and how often
//! a signed paper was printed.

use std::collections::{BTreeMap, BTreeSet};

use receivables::money::share_minor;
use receivables::{Date, Instant, Refusal, Unusable};
use serde::{Deserialize, Serialize};
use store::fiscal::{self, Signed};
use store::{Error, Tx, document};

use crate::actions::{Actor, Right, Subject, act, tax};

/// What was signed under a label.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfLabel {
    pub label: String,
    pub count: i64,
    /// Its first and last number of all receipts.
    pub first: i64,
    pub last: i64,
    pub letters: Vec<OfLetter>,
}

/// What was signed under a tax letter, in minor units of the company's currency.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfLetter {
    pub letter: String,
    pub count: i64,
    pub with_tax: i64,
    pub tax: i64,
}

/// A day's report.
#[derive(Clone, Debug)]
pub struct Report {
    pub labels: Vec<OfLabel>,
    /// Whether the day is closed; it is read as it was closed then.
    pub closed: bool,
}

/// What was signed on a day: as it was closed, or as it stands.
pub fn day(tx: &mut Tx<'_>, actor: &Actor, on: Date) -> Result<Report, Error> {
    actor.may(Right::Read)?;
    if let Some(body) = fiscal::closed_day(tx, actor.company.id, on)? {
        let labels = serde_json::from_str(&body).map_err(|e| Error::failed("reading a day", e))?;
        return Ok(Report { labels, closed: true });
    }
    Ok(Report { labels: stands(tx, actor, on)?, closed: false })
}

fn stands(tx: &mut Tx<'_>, actor: &Actor, on: Date) -> Result<Vec<OfLabel>, Error> {
    let outside = || Error::Failed("a moment outside the calendar".into());
    let zone = &actor.company.time_zone;
    let begins = |on: Date| Instant::from_local(on, 0, 0, 0, zone).ok_or_else(outside);
    let (ranges, signed) = fiscal::signed(tx, actor.company.id, begins(on)?, begins(on.plus_days(1))?)?;
    let mut letters: BTreeMap<(String, String), (BTreeSet<_>, OfLetter)> = BTreeMap::new();
    for one in signed {
        let Signed { label, document, class, issued_on, gross, tax, total, total_base } = one;
        let base = |minor: i64| if total == 0 { Ok(0) } else { share_minor(total_base, minor, total) };
        let letter = tax::letter(&actor.company.country, &class, issued_on)?;
        let (documents, of) = letters.entry((label, letter)).or_default();
        documents.insert(document);
        of.with_tax += base(gross)?;
        of.tax += base(tax)?;
    }
    let labels = ranges.into_iter().map(|(label, count, first, last)| {
        let mine = letters.iter().filter(|((of, _), _)| *of == label).map(|((_, letter), (documents, of))| OfLetter {
            letter: letter.clone(),
            count: i64::try_from(documents.len()).unwrap_or(i64::MAX),
            ..of.clone()
        });
        OfLabel { letters: mine.collect(), label, count, first, last }
    });
    Ok(labels.collect())
}

/// Closes a day that is over: its report stays as it is now.
pub fn close(tx: &mut Tx<'_>, actor: &Actor, today: Date, on: Date) -> Result<(), Error> {
    let name = on.to_string();
    act(tx, actor, Right::FiscalSend, Subject { name: &name, cause: None }, |tx| {
        if on >= today {
            let reason = Unusable::NotOver { today };
            return Err(Refusal::Invalid { field: "on".into(), value: name.clone(), reason }.into());
        }
        if fiscal::closed_day(tx, actor.company.id, on)?.is_some() {
            return Err(Refusal::Exists { kind: "fiscal-day".into(), name: name.clone() }.into());
        }
        let body = serde_json::to_string(&stands(tx, actor, on)?);
        fiscal::close_day(tx, actor.company.id, on, &body.map_err(|e| Error::failed("keeping a day", e))?)
    })
}

/// Days with receipts that are over and not closed, the latest first.
pub fn not_closed(tx: &mut Tx<'_>, actor: &Actor, today: Date, most: usize) -> Result<Vec<Date>, Error> {
    actor.may(Right::Read)?;
    let days = fiscal::signed_at(tx, actor.company.id)?.into_iter();
    let days: BTreeSet<Date> = days.filter_map(|at| at.date_in(&actor.company.time_zone)).collect();
    let mut open = Vec::new();
    for on in days.into_iter().rev().filter(|on| *on < today) {
        if open.len() < most && fiscal::closed_day(tx, actor.company.id, on)?.is_none() {
            open.push(on);
        }
    }
    Ok(open)
}

/// One person who prints a paper again so soon looks at the same print.
const SAME_PRINT_US: i64 = 60_000_000;

/// Counts a print of a paper that the device signed, and says how many came before it; `None` of any other paper.
pub fn print(tx: &mut Tx<'_>, actor: &Actor, number: &str) -> Result<Option<i32>, Error> {
    actor.may(Right::Read)?;
    let company = actor.company.id;
    let document = document::get(tx, company, number)?.id;
    if super::standing(tx, actor, document)?.and_then(|standing| standing.receipt).is_none() {
        return Ok(None);
    }
    let last = fiscal::last_print(tx, company, document)?;
    if let Some((no, at, by)) = &last
        && *by == actor.user
        && tx.now().micros() - at.micros() < SAME_PRINT_US
    {
        return Ok(Some(no - 1));
    }
    let before = last.map_or(0, |(no, ..)| no);
    act(tx, actor, Right::Read, Subject { name: number, cause: None }, |tx| {
        fiscal::save_print(tx, company, document, before + 1, &actor.user)
    })?;
    Ok(Some(before))
}
