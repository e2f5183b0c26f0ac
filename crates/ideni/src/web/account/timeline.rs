//! Everything that happened on an account, in words: by topic, the newest first, a page at a time.

use store::{Error, Tx};

use super::{Question, address, moment};
use crate::actions::Right;
use crate::actions::history::{self, Event, Topic, What};
use crate::web::ask::question;
use crate::web::page::{Desk, Page, in_path};
use crate::words;

/// Events of one page.
const SHOWN: usize = 20;

pub(super) struct Timeline {
    /// Words, link and whether it is this one.
    pub tabs: Vec<(String, String, bool)>,
    pub events: Vec<Shown>,
    pub older: Option<String>,
    pub is_first: bool,
    pub newest: String,
}

pub(super) struct Shown {
    pub on: String,
    pub look: &'static str,
    pub what: String,
    /// What was said or written with it, line by line.
    pub lines: Vec<String>,
    /// What a message says, line by line.
    pub body: Vec<String>,
    /// Where it opens to; a paper is a file.
    pub link: Option<String>,
    pub is_file: bool,
    pub amount: Option<String>,
    pub by: String,
    pub undo: Option<String>,
}

pub(super) fn timeline(tx: &mut Tx<'_>, desk: &Desk, code: &str, asked: &Question, q: &str) -> Result<Timeline, Error> {
    let topic = (!asked.topic.is_empty()).then(|| Topic::from_code(&asked.topic)).transpose()?;
    let before = (!asked.before.is_empty()).then_some(asked.before.as_str());
    let page = history::page(tx, &desk.actor, code, topic, before, SHOWN)?;
    let filter = asked.asked();
    let link = |more: &[(&'static str, &str)]| {
        let parts = filter.parts().into_iter().chain(more.iter().copied().filter(|(_, value)| !value.is_empty()));
        address(code, &question(parts))
    };
    let p = &desk.page;
    let tab = |(of, code): &(Topic, &'static str)| {
        (p.t(&format!("topic-{code}")), link(&[("topic", code)]), topic == Some(*of))
    };
    let all = (p.t("topic-all"), address(code, q), topic.is_none());
    Ok(Timeline {
        tabs: [all].into_iter().chain(Topic::ALL.iter().map(tab)).collect(),
        events: page.events.into_iter().map(|event| shown(desk, event)).collect(),
        older: page.older.map(|place| link(&[("topic", asked.topic.as_str()), ("before", place.as_str())])),
        is_first: before.is_none(),
        newest: link(&[("topic", asked.topic.as_str())]),
    })
}

fn shown(desk: &Desk, event: Event) -> Shown {
    let p = &desk.page;
    let text = match event.what {
        What::Attempt if !event.answered.is_empty() => join([event.answered.as_str(), event.text.as_str()]),
        What::Message => {
            let words = event.message.as_ref().map(|(state, step)| format!("{} · {}", p.step(step), p.state(state)));
            words.unwrap_or_default()
        }
        What::Paper => p.t(&format!("paper-{}", event.text)),
        _ => event.text.clone(),
    };
    let until = event.until.filter(|_| matches!(event.what, What::Promise | What::Hold | What::Attempt));
    let until = until.map(|on| p.t1(until_key(event.what), "on", moment(desk, on, 0)));
    Shown {
        on: p.day(event.on),
        look: look(&event),
        what: what(p, &event),
        lines: text.lines().map(str::to_owned).chain(until).collect(),
        body: if event.what == What::Message { event.text.lines().map(str::to_owned).collect() } else { Vec::new() },
        link: link(&event),
        is_file: event.what == What::Paper,
        amount: event.amount.map(|m| p.money(m.minor, m.currency)),
        by: event.by,
        undo: event.undo.filter(|_| p.can(Right::AllocationReverse)),
    }
}

/// The page, or the file, of what an event is about.
fn link(event: &Event) -> Option<String> {
    let invoice = |number: &str| Some(format!("/invoices/{}", in_path(number)));
    match event.what {
        What::Invoice | What::CreditNote | What::Movement(_) => invoice(&event.name),
        What::Dispute | What::DisputeEnd => invoice(event.name.rsplit_once(' ')?.0),
        What::Receipt => Some(format!("/receipts/{}", event.id)),
        What::Paper => Some(format!("/papers/{}", event.id)),
        _ => None,
    }
}

fn until_key(what: What) -> &'static str {
    match what {
        What::Promise => "history-by",
        What::Hold => "history-until",
        _ => "history-next",
    }
}

fn join<const N: usize>(parts: [&str; N]) -> String {
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(": ")
}

/// The colour of the mark beside it; the words say the same.
fn look(event: &Event) -> &'static str {
    match event.what {
        What::Receipt => "good",
        What::Attempt if event.right_party => "good",
        What::Promise if event.name == "kept" => "good",
        What::Promise if event.name == "broken" => "bad",
        What::Dispute => "bad",
        What::Promise | What::Hold => "wait",
        _ => "",
    }
}

fn what(p: &Page, event: &Event) -> String {
    let say = |key: &str, args: &[(&str, &str)]| words::say(p.language, key, args);
    let name = event.name.as_str();
    match event.what {
        What::Invoice => say("history-invoice", &[("number", name)]),
        What::CreditNote => say("history-credit-note", &[("number", name)]),
        What::Receipt => say("history-receipt", &[("name", name)]),
        What::Movement(kind) => {
            let kind = p.t(&format!("movement-{}", kind.name().replace(' ', "-")));
            say("history-movement", &[("kind", &kind), ("number", name)])
        }
        What::Refund(kind) => {
            let kind = p.t(&format!("refund-{}", kind.name().replace(' ', "-")));
            say("history-refund", &[("kind", &kind), ("receipt", name)])
        }
        What::Message => say("history-message", &[("subject", name)]),
        What::Dispute => {
            let (number, code) = name.rsplit_once(' ').unwrap_or((name, "other"));
            say("history-dispute", &[("number", number), ("reason", &p.t(&format!("dispute-{code}")))])
        }
        What::DisputeEnd => {
            let (number, code) = name.rsplit_once(' ').unwrap_or((name, "settled"));
            say("history-dispute-end", &[("number", number), ("outcome", &p.t(&format!("outcome-{code}")))])
        }
        What::Promise => say("history-promise", &[("state", &p.t(&format!("judged-{name}")))]),
        What::Hold => say("history-hold", &[("reason", name)]),
        What::Attempt => {
            let outcomes: Vec<String> = event.outcomes.iter().map(|code| p.t(&format!("attempt-{code}"))).collect();
            join([p.t(&format!("channel-{name}")).as_str(), outcomes.join(", ").as_str()])
        }
        What::Note if event.corrected => p.t("history-note-corrected"),
        What::Note => p.t("history-note"),
        What::Paper => say("history-paper", &[("name", name)]),
    }
}
