//! What waits for a second person: for the one who looks, asked by them, and decided.

use askama::Template;
use axum::response::Response;
use receivables::customer::bank::masked;
use store::Error;

use super::ask::Ask;
use super::page::{Desk, Page, in_path, render};
use super::route::Route;
use crate::actions::approval::{self, Listed, What};
use crate::actions::{Right, bank};
use crate::words;

pub const ROUTES: &[Route] = &[
    Route::get("/approvals", Right::Read, list),
    Route::post("/approvals/{id}/approve", Right::ApprovalDecide, approve).again(list),
    Route::post("/approvals/{id}/reject", Right::ApprovalAsk, reject).again(list),
];

/// Decided requests a page shows.
const DECIDED: i64 = 30;

struct Shown {
    id: String,
    kind: String,
    subject: String,
    amount: Option<String>,
    /// What is asked for, and beside it what counts now.
    details: Vec<(String, String)>,
    customer: Option<(String, String)>,
    reason: String,
    asked_by: String,
    asked_at: String,
    own: bool,
    may_decide: bool,
    decision: Option<Decision>,
}

struct Decision {
    /// Code of how it ended.
    outcome: String,
    words: String,
    user: String,
    at: String,
    reason: String,
    alone: bool,
}

#[derive(Template)]
#[template(path = "approvals.html")]
struct Approvals<'a> {
    p: &'a Page,
    /// Heading, sentence where there is nothing, and the requests.
    waiting: Vec<(String, String, Vec<Shown>)>,
    decided: Vec<Shown>,
    alone: Vec<Shown>,
}

fn list(desk: &Desk, _: &Ask) -> Result<Response, Error> {
    let p = &desk.page;
    let view = desk.read(|tx, actor| {
        let mut mine = Vec::new();
        let mut for_me = Vec::new();
        let mut others = Vec::new();
        for listed in approval::waiting(tx, actor)? {
            let own = listed.request.asked_by == actor.user;
            let shown = shown(tx, desk, listed)?;
            match (own, shown.may_decide) {
                (true, _) => mine.push(shown),
                (false, true) => for_me.push(shown),
                (false, false) => others.push(shown),
            }
        }
        let mut decided = Vec::new();
        for listed in approval::list(tx, actor, DECIDED)?.into_iter().filter(|l| l.request.decision.is_some()) {
            decided.push(shown(tx, desk, listed)?);
        }
        let mut alone = Vec::new();
        for listed in approval::alone(tx, actor, DECIDED)? {
            alone.push(shown(tx, desk, listed)?);
        }
        let mut waiting = vec![
            (p.t("approvals-for-me"), p.t("approvals-none-for-me"), for_me),
            (p.t("approvals-mine"), p.t("approvals-none-mine"), mine),
        ];
        if !others.is_empty() {
            waiting.push((p.t("approvals-others"), String::new(), others));
        }
        Ok(Approvals { p, waiting, decided, alone })
    })?;
    render(&view)
}

fn shown(tx: &mut store::Tx<'_>, desk: &Desk, listed: Listed) -> Result<Shown, Error> {
    let p = &desk.page;
    let Listed { request, what, may_decide } = listed;
    let waits = request.decision.is_none();
    let mut details = Vec::new();
    if let What::BankDetails(asked) = &what {
        // Who decides compares the whole number with the customer's paper; everybody else sees its end.
        let number = if may_decide && waits { asked.number.clone() } else { masked(&asked.number) };
        details.push((p.t("approvals-new"), format!("{}, {}, {number}", asked.holder, asked.institution)));
        let now = match request.customer.as_deref().filter(|_| waits) {
            Some(code) => bank::list(tx, &desk.actor, code)?.into_iter().next(),
            None => None,
        };
        if let Some(now) = now {
            let now = now.details;
            details.push((p.t("approvals-now"), format!("{}, {}, {}", now.holder, now.institution, now.number)));
        }
    }
    if let What::Refund(asked) = &what
        && let Some(account) = &asked.account
    {
        details.push((p.label("field-account"), account.clone()));
    }
    Ok(Shown {
        id: request.id.to_string(),
        kind: p.t(&format!("request-{}", request.kind.code())),
        amount: what.amount().map(|money| p.money(money.minor, money.currency)),
        details,
        customer: request.customer.map(|code| (in_path(&code), code)),
        subject: request.subject,
        reason: request.reason,
        own: request.asked_by == desk.actor.user,
        asked_by: request.asked_by,
        asked_at: p.instant(request.asked_at),
        may_decide,
        decision: request.decision.map(|d| Decision {
            words: words::say(p.language, &format!("decision-{}", d.outcome), &[]),
            outcome: d.outcome,
            user: d.user,
            at: p.instant(d.at),
            reason: d.reason,
            alone: d.alone,
        }),
    })
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct ReasonForm {
    reason: String,
}

fn approve(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let id = ask.path("id").to_owned();
    let form: ReasonForm = ask.form()?;
    let once = ask.once();
    desk.write(move |tx, actor, today| approval::approve(tx, actor, today, &id, &form.reason, Some(&once)))?;
    desk.to("/approvals", "approved")
}

fn reject(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let id = ask.path("id").to_owned();
    let form: ReasonForm = ask.form()?;
    let once = ask.once();
    desk.write(move |tx, actor, _| approval::reject(tx, actor, &id, &form.reason, Some(&once)))?;
    desk.to("/approvals", "rejected")
}
