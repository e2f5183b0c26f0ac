//! The outbox: drafts with whom they go to, sent by the reader's own telephone or mail program.

use askama::Template;
use axum::response::Response;
use receivables::{Refusal, Unusable};
use store::Error;
use store::notice::Listed;

use super::ask::{Ask, text_or_none};
use super::page::{Desk, Page, in_path, render};
use super::route::Route;
use super::worklist::account;
use crate::actions::Right;
use crate::actions::outbox::{self, Recipient};
use crate::words;

pub const ROUTES: &[Route] =
    &[Route::get("/outbox", Right::Read, show), Route::post("/outbox/{id}", Right::DayTurn, decide).again(show)];

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
    Draft {
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
