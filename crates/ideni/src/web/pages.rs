//! Today, worklist, ageing, outbox.

use askama::Template;
use axum::response::Response;
use receivables::insight::ageing::Aged;
use receivables::{Currency, Money};
use store::{Error, Tx};

use super::ask::{Ask, day_or_none};
use super::page::{Desk, Page, render};
use super::route::Route;
use crate::actions::report::{self, Asked, By};
use crate::actions::{Right, backup, day, promise, quarantine, review, setting};
use crate::words;

pub const ROUTES: &[Route] = &[
    Route::get("/", Right::Read, today),
    Route::get("/worklist", Right::Read, worklist),
    Route::get("/ageing", Right::Read, ageing),
    Route::get("/outbox", Right::Read, outbox),
    Route::post("/outbox/{id}", Right::DayTurn, decide),
];

/// Accounts a page shows.
const SHOWN: usize = 50;
/// Rows of the ageing a page shows.
const ROWS: usize = 500;
/// A backup older than this is a warning.
const BACKUP_DAYS: i32 = 2;

/// One account as the list shows it.
struct Shown {
    code: String,
    name: String,
    amounts: Vec<String>,
    points: i32,
    reasons: Vec<(String, i32)>,
    step: String,
}

#[derive(Template)]
#[template(path = "today.html")]
struct Today<'a> {
    p: &'a Page,
    quarantine: bool,
    backup_old: bool,
    accounts: usize,
    waiting: usize,
    review: usize,
    drafts: usize,
    promises_due: usize,
    list: Vec<Shown>,
}

#[derive(Template)]
#[template(path = "worklist.html")]
struct Worklist<'a> {
    p: &'a Page,
    /// Only the accounts of whoever looks.
    mine: bool,
    list: Vec<Shown>,
}

fn today(desk: &Desk, _: &Ask) -> Result<Response, Error> {
    let view = desk.db.read(|tx| {
        let (accounts, list) = accounts(tx, desk, None, 10)?;
        let good = backup::last_good(tx)?.and_then(|at| at.date_in(&desk.actor.company.time_zone));
        let promises = promise::list(tx, &desk.actor)?;
        let due = promises.iter().filter(|(p, _)| p.state == "open" && p.promised_on <= desk.today).count();
        Ok(Today {
            p: &desk.page,
            quarantine: quarantine::is_on(tx)?,
            backup_old: good.is_none_or(|on| desk.today.days_since(on) > BACKUP_DAYS),
            accounts,
            waiting: store::receipt::waiting(tx, desk.actor.company.id)?.len(),
            review: review::count(tx, &desk.actor)?,
            drafts: store::notice::drafts(tx, desk.actor.company.id)?,
            promises_due: due,
            list,
        })
    })?;
    render(&view)
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Whose {
    of: Option<String>,
}

fn worklist(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let whose: Whose = ask.query()?;
    let mine = whose.of.as_deref() == Some("mine");
    let collector = mine.then_some(desk.actor.user.as_str());
    let (_, list) = desk.db.read(|tx| accounts(tx, desk, collector, SHOWN))?;
    render(&Worklist { p: &desk.page, mine, list })
}

/// The worklist: the one the day turn left, or worked out now where the day was not turned. Amounts are read
/// from the ledger at this moment.
fn accounts(tx: &mut Tx<'_>, desk: &Desk, collector: Option<&str>, most: usize) -> Result<(usize, Vec<Shown>), Error> {
    let company = desk.actor.company.id;
    if store::day::last(tx, company)? != Some(desk.today) {
        let all = match collector {
            None => day::worklist(tx, &desk.actor, desk.today)?,
            Some(user) => day::worklist_of(tx, &desk.actor, desk.today, user)?,
        };
        let count = all.len();
        let shown = all.into_iter().take(most).map(|(_, a)| {
            Ok(Shown {
                amounts: a.amounts.iter().map(|(c, major)| major_text(desk, c, major)).collect::<Result<_, Error>>()?,
                code: a.code,
                name: a.name,
                points: a.points,
                reasons: reasons(desk, &a.reasons),
                step: a.step,
            })
        });
        return Ok((count, shown.collect::<Result<_, Error>>()?));
    }
    desk.actor.may(crate::actions::Right::Read)?;
    let limit = i64::try_from(most).unwrap_or(i64::MAX);
    let mut list = Vec::new();
    for r in store::day::worklist(tx, company, collector, limit)? {
        let kept: day::Account = serde_json::from_str(&r.body).map_err(|e| Error::failed("reading the worklist", e))?;
        let overdue = store::day::overdue(tx, company, r.customer, desk.today)?;
        if overdue.is_empty() {
            // Paid since the morning: nobody needs to call.
            continue;
        }
        list.push(Shown {
            code: r.code,
            name: r.name,
            amounts: overdue.iter().map(|(c, minor)| desk.page.money(minor, c)).collect(),
            points: r.points,
            reasons: reasons(desk, &kept.reasons),
            step: r.step,
        });
    }
    Ok((store::day::worklist_count(tx, company, collector)?, list))
}

/// Sentences with their points.
fn reasons(desk: &Desk, all: &[day::Why]) -> Vec<(String, i32)> {
    let say = |why: &day::Why| words::reason(desk.page.language, &why.code, &why.args, desk.actor.company.currency);
    all.iter().map(|why| (say(why), why.points)).collect()
}

fn major_text(desk: &Desk, currency: &str, major: &str) -> Result<String, Error> {
    Ok(words::money(desk.page.language, Money::parse_major(major, currency.parse()?)?))
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct AsOf {
    as_of: Option<String>,
}

struct Total {
    currency: String,
    amounts: Vec<String>,
}

struct Line {
    code: String,
    name: String,
    currency: String,
    amounts: Vec<String>,
}

#[derive(Template)]
#[template(path = "ageing.html")]
struct Ageing<'a> {
    p: &'a Page,
    as_of: String,
    buckets: Vec<String>,
    /// What the amounts of a row are, in their order.
    labels: Vec<String>,
    totals: Vec<Total>,
    rows: Vec<Line>,
    more: usize,
}

fn ageing(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let asked: AsOf = ask.query()?;
    let as_of = day_or_none(asked.as_of.as_deref().unwrap_or_default(), "as_of")?.unwrap_or(desk.today);
    let buckets = desk.read(|tx, actor| setting::buckets(tx, actor.company.id, desk.today))?;
    let names = words::buckets(desk.page.language, &buckets);
    let asked = Asked { as_of, known_at: None, by: By::Customer, buckets };
    // What was posted a moment ago is in the snapshot once it is sealed.
    desk.db.seal()?;
    let ageing = desk.db.read(|tx| report::age_in_memory(tx, desk.db.snapshots(), &desk.actor, &asked))?;
    let totals = ageing
        .totals
        .iter()
        .map(|(currency, aged)| Ok(Total { currency: currency.to_string(), amounts: amounts(desk, aged, *currency)? }));
    let rows = ageing.rows.iter().take(ROWS).map(|row| {
        Ok(Line {
            code: row.key.clone(),
            name: row.name.clone(),
            currency: row.currency.to_string(),
            amounts: amounts(desk, &row.aged, row.currency)?,
        })
    });
    let of_sum = |word: &str| desk.page.t(&format!("word-{word}"));
    let view = Ageing {
        p: &desk.page,
        as_of: as_of.to_string(),
        labels: names.iter().cloned().chain(["total", "unapplied", "net"].map(of_sum)).collect(),
        buckets: names,
        totals: totals.collect::<Result<_, Error>>()?,
        rows: rows.collect::<Result<_, Error>>()?,
        more: ageing.rows.len().saturating_sub(ROWS),
    };
    render(&view)
}

fn amounts(desk: &Desk, aged: &Aged, currency: Currency) -> Result<Vec<String>, Error> {
    let text = |minor: i64| desk.page.amount(minor, currency);
    let mut out: Vec<String> = aged.open.iter().map(|minor| text(*minor)).collect();
    out.extend([text(aged.total()?), text(aged.unapplied), text(aged.net()?)]);
    Ok(out)
}

struct Draft {
    id: String,
    customer: String,
    name: String,
    step: String,
    language: String,
    subject: String,
    body: String,
    on: String,
    state: String,
}

#[derive(Template)]
#[template(path = "outbox.html")]
struct Outbox<'a> {
    p: &'a Page,
    messages: Vec<Draft>,
}

fn outbox(desk: &Desk, _: &Ask) -> Result<Response, Error> {
    let listed = desk.db.read(|tx| day::drafts(tx, &desk.actor, i64::try_from(SHOWN).unwrap_or(i64::MAX)))?;
    let messages = listed.into_iter().map(|m| Draft {
        id: m.id.to_string(),
        customer: m.customer,
        name: m.name,
        step: m.step,
        language: m.language,
        subject: m.subject,
        body: m.body,
        on: desk.page.day(m.on),
        state: m.state,
    });
    render(&Outbox { p: &desk.page, messages: messages.collect() })
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Decision {
    decision: String,
}

fn decide(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let id = ask.path("id").to_owned();
    let form: Decision = ask.form()?;
    let sent = form.decision == "sent";
    desk.write(move |tx, actor, _| day::decide_message(tx, actor, &id, sent))?;
    desk.to("/outbox", if sent { "message-sent" } else { "message-ignored" })
}
