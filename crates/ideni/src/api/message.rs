//! Messages drafted by the day turn. Nothing is sent from here: a person sends, and says so.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::notice::Listed;
use store::{Error, Tx};

use super::ask::Ask;
use super::cursor::{AnyPage, Page};
use super::endpoint::endpoints;
use super::shape::{CurrencyCode, Day, Line, Sum, Uuid};
use crate::actions::outbox;

endpoints! { "messages"
    /// Drafts that wait for a person, the oldest first.
    read Get "/messages" Read list(query AnyPage) -> Page<Message>;
    /// One message, drafted or decided.
    read Get "/messages/{id}" Read show() -> Message;
    /// Puts a paper that is to be sent beside the reminders, as a draft.
    write Post "/messages" OutboxAdd add(body NewMessage) -> Message;
    /// Marks a draft as sent by a person, or as ignored: then the level of a reminder is proposed again.
    write Post "/messages/{id}/decision" OutboxAdd decide(body NewDecision) -> Message;
}

#[derive(Serialize, JsonSchema)]
struct Message {
    id: Uuid,
    on: Day,
    customer: String,
    name: String,
    step: String,
    language: String,
    amount: Sum,
    currency: CurrencyCode,
    #[schemars(extend("enum" = ["draft", "sent", "ignored"]))]
    state: String,
    /// The number, reference or customer of the paper that goes with it.
    paper: Option<String>,
    subject: String,
    body: String,
}

impl From<Listed> for Message {
    fn from(m: Listed) -> Message {
        Message {
            id: m.id.into(),
            on: Day(m.on),
            customer: m.customer,
            name: m.name,
            step: m.step,
            language: m.language,
            amount: Sum::of(m.amount, m.currency),
            currency: CurrencyCode(m.currency),
            state: m.state,
            paper: m.paper.map(|paper| paper.name),
            subject: m.subject,
            body: m.body,
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(inline)]
enum Decision {
    Sent,
    Ignored,
}

#[derive(Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(inline)]
enum PaperKind {
    Document,
    Receipt,
    Statement,
    Quote,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewMessage {
    paper: PaperKind,
    /// Its number or reference; of a statement the customer.
    name: Line<1, 200>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewDecision {
    decision: Decision,
}

fn list(tx: &mut Tx<'_>, ask: &Ask, asked: &AnyPage) -> Result<Page<Message>, Error> {
    let span = asked.span("messages");
    let rows = outbox::waiting_after(tx, ask.actor(), span.after()?, span.limit())?;
    Ok(span.by_id(rows, |m| m.id, Message::from))
}

fn show(tx: &mut Tx<'_>, ask: &Ask) -> Result<Message, Error> {
    Ok(outbox::get(tx, ask.actor(), ask.path("id"))?.into())
}

fn add(tx: &mut Tx<'_>, ask: &Ask, new: &NewMessage) -> Result<Message, Error> {
    let kind = match new.paper {
        PaperKind::Document => "document",
        PaperKind::Receipt => "receipt",
        PaperKind::Statement => "statement",
        PaperKind::Quote => "quote",
    };
    let id = outbox::add(tx, ask.actor(), ask.today(), kind, &new.name.text(), None)?;
    Ok(outbox::get(tx, ask.actor(), &id)?.into())
}

fn decide(tx: &mut Tx<'_>, ask: &Ask, new: &NewDecision) -> Result<Message, Error> {
    let name = ask.path("id");
    outbox::decide(tx, ask.actor(), name, new.decision == Decision::Sent)?;
    Ok(outbox::get(tx, ask.actor(), name)?.into())
}
