//! What was agreed on an account: callbacks, promises, disputes and holds.

use axum::response::Response;
use receivables::collections::attempt::hour_text;
use receivables::collections::dispute::Reason;
use store::{Error, Tx};

use super::Place;
use super::money::minor_of;
use crate::actions::merge::Group;
use crate::actions::{callback, dispute, hold, promise};
use crate::web::ask::{Ask, day};
use crate::web::page::{Desk, Page};

/// Promises that are shown; the history tells of all.
const PROMISES_SHOWN: usize = 6;

pub(super) struct Call {
    pub id: String,
    pub when: String,
    pub who: String,
    pub note: String,
}

pub(super) struct Promised {
    pub id: String,
    pub amount: String,
    pub promised_on: String,
    /// Where it is another: grace, or no work on the promised day.
    pub last_day: Option<String>,
    pub state: String,
    pub look: &'static str,
    pub note: String,
    pub open: bool,
}

pub(super) struct Contested {
    pub id: String,
    pub invoice: String,
    pub amount: String,
    pub reason: String,
    pub note: String,
    pub raised_on: String,
}

pub(super) struct Held {
    pub id: String,
    pub until: String,
    pub reason: String,
}

pub(super) fn calls(tx: &mut Tx<'_>, desk: &Desk, group: &Group) -> Result<Vec<Call>, Error> {
    let all = callback::of_group(tx, &desk.actor, group)?;
    let call = |b: store::callback::Callback| Call {
        id: b.id.to_string(),
        when: if b.on == desk.today { hour_text(b.minute) } else { super::moment(desk, b.on, b.minute) },
        who: b.who,
        note: b.note,
    };
    Ok(all.into_iter().map(call).collect())
}

/// The newest first.
pub(super) fn promises(tx: &mut Tx<'_>, desk: &Desk, group: &Group) -> Result<Vec<Promised>, Error> {
    let p = &desk.page;
    let all = promise::of_group(tx, &desk.actor, group)?;
    let promised = |(made, last_day): (store::promise::Promise, receivables::Date)| Promised {
        id: made.id.to_string(),
        amount: p.money(made.amount, made.currency),
        promised_on: p.day(made.promised_on),
        last_day: (last_day != made.promised_on).then(|| p.day(last_day)),
        state: p.t(&format!("judged-{}", made.state)),
        look: match made.state.as_str() {
            "kept" => "good",
            "broken" => "bad",
            "withdrawn" => "off",
            _ => "wait",
        },
        note: made.note,
        open: made.state == "open",
    };
    Ok(all.into_iter().rev().take(PROMISES_SHOWN).map(promised).collect())
}

/// Those that are open.
pub(super) fn disputes(tx: &mut Tx<'_>, desk: &Desk, group: &Group) -> Result<Vec<Contested>, Error> {
    let p = &desk.page;
    let all = dispute::of_group(tx, &desk.actor, group)?;
    let contested = |d: store::dispute::Dispute| Contested {
        id: d.id.to_string(),
        invoice: d.number,
        amount: p.money(d.amount, d.currency),
        reason: p.t(&format!("dispute-{}", d.reason)),
        note: d.note,
        raised_on: p.day(d.raised_on),
    };
    Ok(all.into_iter().filter(|d| d.ended.is_none()).map(contested).collect())
}

/// What a paper may belong to: the account itself, or what was agreed and contested on it.
pub(super) fn records(p: &Page, promises: &[Promised], disputes: &[Contested]) -> Vec<(String, String)> {
    let promised = promises.iter().map(|made| {
        (format!("promise {}", made.id), format!("{} {} · {}", p.t("kind-promise"), made.promised_on, made.amount))
    });
    let contested = disputes
        .iter()
        .map(|d| (format!("dispute {}", d.id), format!("{} {} · {}", p.t("kind-dispute"), d.invoice, d.amount)));
    let of: Vec<_> = promised.chain(contested).collect();
    if of.is_empty() { of } else { std::iter::once((String::new(), p.t("paper-of-account"))).chain(of).collect() }
}

pub(super) fn held(p: &Page, h: store::hold::Held) -> Held {
    Held { id: h.id.to_string(), until: p.day(h.hold.until), reason: h.hold.reason }
}

/// Why a customer contests, by code.
pub(super) fn reasons(p: &Page) -> Vec<(String, String)> {
    Reason::ALL.iter().map(|(_, code)| ((*code).to_owned(), p.t(&format!("dispute-{code}")))).collect()
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct IdForm {
    id: String,
}

pub(super) fn call_done(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let (place, form): (_, IdForm) = (Place::of(ask)?, ask.form()?);
    desk.write(move |tx, actor, today| callback::done(tx, actor, today, &form.id))?;
    place.to(desk, "callback-done")
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct PromiseForm {
    amount: String,
    currency: String,
    on: String,
    note: String,
}

pub(super) fn promise(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let (place, form): (_, PromiseForm) = (Place::of(ask)?, ask.form()?);
    let given = promise::Given {
        customer: place.code.clone(),
        amount: formats::parse_money(&form.amount, form.currency.parse()?)?,
        promised_on: day(&form.on, "on")?,
        grace_days: 0,
        note: form.note.clone(),
    };
    let once = ask.once();
    desk.write(move |tx, actor, today| promise::add(tx, actor, today, &given, Some(&once)))?;
    place.to(desk, "promise-added")
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct WithdrawalForm {
    id: String,
    reason: String,
}

pub(super) fn withdraw(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let (place, form): (_, WithdrawalForm) = (Place::of(ask)?, ask.form()?);
    desk.write(move |tx, actor, today| promise::withdraw(tx, actor, today, &form.id, &form.reason))?;
    place.to(desk, "promise-withdrawn")
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct HoldForm {
    until: String,
    reason: String,
}

pub(super) fn hold(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let (place, form): (_, HoldForm) = (Place::of(ask)?, ask.form()?);
    let until = day(&form.until, "until")?;
    let code = place.code.clone();
    desk.write(move |tx, actor, today| hold::add(tx, actor, today, &code, until, &form.reason))?;
    place.to(desk, "hold-added")
}

pub(super) fn lift(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let (place, form): (_, IdForm) = (Place::of(ask)?, ask.form()?);
    desk.write(move |tx, actor, today| hold::lift(tx, actor, today, &form.id))?;
    place.to(desk, "hold-lifted")
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct DisputeForm {
    invoice: String,
    amount: String,
    reason: String,
    note: String,
}

pub(super) fn dispute(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let (place, form): (_, DisputeForm) = (Place::of(ask)?, ask.form()?);
    let once = ask.once();
    desk.write(move |tx, actor, today| {
        let amount = minor_of(tx, actor, &form.invoice, &form.amount)?;
        let (invoice, reason, note) = (form.invoice.clone(), form.reason.clone(), form.note.clone());
        dispute::add(tx, actor, today, &dispute::Given { invoice, amount, reason, note }, Some(&once))
    })?;
    place.to(desk, "dispute-added")
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct DisputeEndForm {
    id: String,
    outcome: String,
    note: String,
}

pub(super) fn end_dispute(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let (place, form): (_, DisputeEndForm) = (Place::of(ask)?, ask.form()?);
    desk.write(move |tx, actor, today| dispute::end(tx, actor, today, &form.id, &form.outcome, &form.note))?;
    place.to(desk, "dispute-ended")
}
