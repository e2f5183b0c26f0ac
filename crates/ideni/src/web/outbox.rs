//! The outbox: drafts with whom they go to, sent by the reader's own telephone or mail program.

use askama::Template;
use axum::response::Response;
use receivables::ids::{self, Id};
use receivables::{Refusal, Unusable};
use store::Error;
use store::notice::{Listed, Paper};

use super::ask::{Ask, text_or_none};
use super::page::{Desk, Page, in_path, render};
use super::route::Route;
use super::worklist::account;
use crate::actions::outbox::{self, Recipient};
use crate::actions::{Right, print};
use crate::words;

pub const ROUTES: &[Route] = &[
    Route::get("/outbox", Right::Read, show),
    Route::post("/outbox", Right::OutboxAdd, add).again(show),
    // Who may decide on a reminder is known to the action alone: a message with a paper is for more people.
    Route::post("/outbox/{id}", Right::OutboxAdd, decide).again(show),
    Route::get("/outbox/{id}/pdf", Right::Read, letter).a_file(),
];

/// Drafts a page shows.
const SHOWN: usize = 20;

/// A draft, and the addresses under which a program of the reader's opens it ready to be sent.
struct Draft {
    id: String,
    link: String,
    name: String,
    about: String,
    subject: String,
    lines: Vec<String>,
    /// Where it goes, and as it is read.
    by_text: Option<(String, String)>,
    by_mail: Option<(String, String)>,
    /// Where an address can be added.
    edit: String,
    /// The paper that goes with it, or the letter it may be printed as, and what that is called.
    pdf: String,
    pdf_name: String,
    /// Who may say what became of it.
    right: Right,
}

#[derive(Template)]
#[template(path = "outbox.html")]
struct Outbox<'a> {
    p: &'a Page,
    messages: Vec<Draft>,
    /// Only drafts with nobody to send them to.
    nowhere: bool,
    first: bool,
    next: Option<String>,
}

#[derive(serde::Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct Question {
    /// `nowhere`, or nothing for all.
    only: String,
    after: String,
}

fn show(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let Question { only, after } = ask.query()?;
    let nowhere = match only.as_str() {
        "" => false,
        "nowhere" => true,
        _ => {
            let reason = Unusable::NotAmong { known: "nowhere".into() };
            return Err(Refusal::Invalid { field: "only".into(), value: only, reason }.into());
        }
    };
    let most = i64::try_from(SHOWN + 1).unwrap_or(i64::MAX);
    let (messages, more) = desk.read(|tx, actor| {
        let last = text_or_none(&after).map(|id| outbox::get(tx, actor, &id)).transpose()?.map(|message| message.id);
        let mut listed = match last {
            _ if nowhere => outbox::nowhere(tx, actor, last, most)?,
            None => outbox::waiting(tx, actor, most)?,
            Some(after) => outbox::waiting_after(tx, actor, after, most)?,
        };
        let more = listed.len() > SHOWN;
        listed.truncate(SHOWN);
        let mut messages = Vec::with_capacity(listed.len());
        for message in listed {
            let to = outbox::recipient(tx, actor, &message.customer)?;
            messages.push(draft(desk, message, to));
        }
        Ok((messages, more))
    })?;
    let next = messages.last().filter(|_| more).map(|last| ask.query_with(&[("after", &last.id)]));
    render(&Outbox { p: &desk.page, messages, nowhere, first: after.is_empty(), next })
}

fn draft(desk: &Desk, m: Listed, to: Recipient) -> Draft {
    let p = &desk.page;
    let language = p.t(&format!("language-{}", m.language));
    let part = |text: &str| in_path(text);
    let (pdf, pdf_name) = match &m.paper {
        None => (format!("/outbox/{}/pdf", m.id), p.t("do-print-letter")),
        Some(paper) => (paper_at(paper), format!("{} {}", p.t("do-print"), paper.name)),
    };
    Draft {
        pdf,
        pdf_name,
        right: if m.paper.is_some() { Right::OutboxAdd } else { Right::DayTurn },
        about: [p.step(&m.step), language, p.day(m.on)].join(" · "),
        by_text: to.phone.map(|number| (format!("sms:{number}?body={}", part(&m.body)), words::phone(&number))),
        by_mail: to
            .email
            .map(|to| (format!("mailto:{}?subject={}&body={}", part(&to), part(&m.subject), part(&m.body)), to)),
        edit: format!("/customers/{}/edit", in_path(&m.customer)),
        link: account(&m.customer, ""),
        lines: m.body.lines().map(str::to_owned).collect(),
        id: m.id.to_string(),
        name: m.name,
        subject: m.subject,
    }
}

/// Where a paper is printed.
fn paper_at(paper: &Paper) -> String {
    let name = in_path(&paper.name);
    match paper.kind.as_str() {
        "receipt" => format!("/receipts/{}/pdf", Id::<ids::Receipt>::from_bytes(paper.id)),
        "statement" => format!("/accounts/{name}/statement"),
        "quote" => format!("/quotes/{name}/pdf"),
        _ => format!("/invoices/{name}/pdf"),
    }
}

fn letter(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let ready = desk.read(|tx, actor| print::letter(tx, actor, desk.today, ask.path("id")))?;
    super::print::shown(&ready, "")
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct New {
    kind: String,
    name: String,
}

fn add(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let New { kind, name } = ask.form()?;
    let once = ask.once();
    desk.write(move |tx, actor, today| outbox::add(tx, actor, today, &kind, &name, Some(&once)))?;
    desk.to("/outbox", "message-drafted")
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
    desk.write(move |tx, actor, _| outbox::decide(tx, actor, &id, sent))?;
    desk.to("/outbox", if sent { "message-sent" } else { "message-ignored" })
}
