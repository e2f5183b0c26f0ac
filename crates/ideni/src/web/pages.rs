//! Today, worklist, ageing, outbox.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Form, Path, Query, State};
use axum::http::{HeaderMap, Method, header};
use axum::response::{IntoResponse, Redirect, Response};
use receivables::insight::ageing::{Aged, Buckets};
use receivables::{Currency, Date, Money};
use store::{Error, Tx};

use super::Web;
use super::page::{Desk, Page, at_desk, render};
use crate::actions::report::{self, Asked, By};
use crate::actions::{backup, day, promise, quarantine, review};
use crate::words;

/// Accounts a page shows.
const SHOWN: usize = 50;
/// Rows of the ageing a page shows.
const ROWS: usize = 500;
/// A backup older than this is a warning.
const BACKUP_DAYS: i32 = 2;

pub async fn style() -> Response {
    (
        [(header::CONTENT_TYPE, "text/css"), (header::CACHE_CONTROL, "max-age=3600")],
        include_str!("../../assets/style.css"),
    )
        .into_response()
}

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

pub async fn today(State(web): State<Arc<Web>>, method: Method, headers: HeaderMap) -> Response {
    at_desk(web, method, headers, |desk| {
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
    })
    .await
}

#[derive(serde::Deserialize)]
pub struct Whose {
    of: Option<String>,
}

pub async fn worklist(
    State(web): State<Arc<Web>>,
    method: Method,
    headers: HeaderMap,
    Query(whose): Query<Whose>,
) -> Response {
    at_desk(web, method, headers, move |desk| {
        let mine = whose.of.as_deref() == Some("mine");
        let collector = mine.then_some(desk.actor.user.as_str());
        let (_, list) = desk.db.read(|tx| accounts(tx, desk, collector, SHOWN))?;
        render(&Worklist { p: &desk.page, mine, list })
    })
    .await
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
        let shown = all.into_iter().take(most).map(|(_, a)| Shown {
            code: a.code,
            name: a.name,
            amounts: a.amounts.iter().map(|(currency, overdue)| money_text(currency, overdue)).collect(),
            points: a.points,
            reasons: reasons(desk, &a.reasons),
            step: a.step,
        });
        return Ok((count, shown.collect()));
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
            amounts: overdue.iter().map(|(c, minor)| Money::new(*minor, *c).to_string()).collect(),
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

fn money_text(currency: &str, major: &str) -> String {
    format!("{currency} {}", receivables::money::grouped(major))
}

#[derive(serde::Deserialize)]
pub struct AsOf {
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

pub async fn ageing(
    State(web): State<Arc<Web>>,
    method: Method,
    headers: HeaderMap,
    Query(asked): Query<AsOf>,
) -> Response {
    at_desk(web, method, headers, move |desk| {
        let as_of: Date = asked.as_of.as_deref().and_then(|text| text.parse().ok()).unwrap_or(desk.today);
        let buckets = Buckets::default();
        let names = words::buckets(desk.page.language, &buckets);
        let asked = Asked { as_of, known_at: None, by: By::Customer, buckets };
        // What was posted a moment ago is in the snapshot once it is sealed.
        desk.db.seal()?;
        let ageing = desk.db.read(|tx| report::age_in_memory(tx, desk.db.snapshots(), &desk.actor, &asked))?;
        let totals = ageing
            .totals
            .iter()
            .map(|(currency, aged)| Ok(Total { currency: currency.to_string(), amounts: amounts(aged, *currency)? }));
        let rows = ageing.rows.iter().take(ROWS).map(|row| {
            Ok(Line {
                code: row.key.clone(),
                name: row.name.clone(),
                currency: row.currency.to_string(),
                amounts: amounts(&row.aged, row.currency)?,
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
    })
    .await
}

fn amounts(aged: &Aged, currency: Currency) -> Result<Vec<String>, Error> {
    let text = |minor: i64| receivables::money::grouped(&Money::new(minor, currency).major_text());
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

pub async fn outbox(State(web): State<Arc<Web>>, method: Method, headers: HeaderMap) -> Response {
    at_desk(web, method, headers, |desk| {
        let listed = desk.db.read(|tx| day::drafts(tx, &desk.actor, i64::try_from(SHOWN).unwrap_or(i64::MAX)))?;
        let messages = listed.into_iter().map(|m| Draft {
            id: m.id.to_string(),
            customer: m.customer,
            name: m.name,
            step: m.step,
            language: m.language,
            subject: m.subject,
            body: m.body,
            on: m.on.to_string(),
            state: m.state,
        });
        render(&Outbox { p: &desk.page, messages: messages.collect() })
    })
    .await
}

#[derive(serde::Deserialize)]
pub struct Decision {
    decision: String,
}

pub async fn decide(
    State(web): State<Arc<Web>>,
    method: Method,
    headers: HeaderMap,
    Path(id): Path<String>,
    Form(form): Form<Decision>,
) -> Response {
    at_desk(web, method, headers, move |desk| {
        let (actor, sent) = (desk.actor.clone(), form.decision == "sent");
        desk.db.write(move |tx| day::decide_message(tx, &actor, &id, sent))?;
        Ok(Redirect::to("/outbox").into_response())
    })
    .await
}
