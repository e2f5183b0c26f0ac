//! Papers that are to be sent: invoices, receipts, statements and quotes, put into the outbox with what is written to whom.

use std::collections::BTreeMap;

use receivables::ids::{self, Id};
use receivables::{Currency, Date, Money, Refusal};
use store::customer::Customer;
use store::document::{Document, Kind};
use store::notice::{Message, NewPaper};
use store::{Error, Tx, customer, document, notice, quote, receipt};

use super::Sender;
use crate::actions::setting::Setting;
use crate::actions::{Actor, Once, Right, Subject, act, once, print};
use crate::words::{self, Language};

/// What may be sent, by code: an invoice or note, money received, an account, an offer.
pub const PAPERS: [&str; 4] = ["document", "receipt", "statement", "quote"];

/// A paper, who gets it, and what is said of it.
struct Going {
    kind: &'static str,
    id: [u8; 16],
    name: String,
    customer: Id<ids::Customer>,
    /// The key of its words.
    step: &'static str,
    amount: Money,
    on: Date,
    due_on: Option<Date>,
}

/// Puts a paper into the outbox as a draft; refused while one of the same paper waits there.
pub fn add(
    tx: &mut Tx<'_>,
    actor: &Actor,
    today: Date,
    kind: &str,
    name: &str,
    key: Option<&Once>,
) -> Result<String, Error> {
    once(tx, actor, key, |tx| {
        act(tx, actor, Right::OutboxAdd, Subject { name, cause: Some(kind) }, |tx| {
            let going = find(tx, actor, today, kind, name)?;
            if notice::waits(tx, actor.company.id, going.id)? {
                return Err(Refusal::Exists { kind: "message".into(), name: going.name }.into());
            }
            let ids = save(tx, actor, today, &[going])?;
            Ok(ids.into_iter().map(|id| id.to_string()).collect())
        })
    })
}

/// Puts documents that were just issued into the outbox, where the company wishes it.
pub(in crate::actions) fn of_issued(tx: &mut Tx<'_>, actor: &Actor, issued: &[&Document]) -> Result<(), Error> {
    let Some(on) = issued.first().map(|document| document.posted_on) else { return Ok(()) };
    if Setting::SendDocuments.value(tx, actor.company.id, on)? == "by-hand" {
        return Ok(());
    }
    let going: Vec<Going> = issued
        .iter()
        .map(|d| {
            let due_on = d.items.first().map(|item| item.due_on);
            of_document(d.id, d.kind, &d.number, (d.payer, d.issued_on, due_on), Money::new(d.total, d.currency))
        })
        .collect();
    save(tx, actor, on, &going).map(drop)
}

fn of_document(
    id: Id<ids::Document>,
    kind: Kind,
    number: &str,
    (customer, on, due_on): (Id<ids::Customer>, Date, Option<Date>),
    total: Money,
) -> Going {
    let (step, amount) = match kind {
        Kind::Invoice => ("invoice", total.minor),
        Kind::CreditNote => ("credit-note", -total.minor),
    };
    Going {
        kind: "document",
        id: *id.bytes(),
        name: number.to_owned(),
        customer,
        step,
        amount: Money::new(amount, total.currency),
        on,
        due_on,
    }
}

fn find(tx: &mut Tx<'_>, actor: &Actor, today: Date, kind: &str, name: &str) -> Result<Going, Error> {
    let company = actor.company.id;
    match kind {
        "document" => {
            let known = document::get(tx, company, name)?;
            let items = document::items_of(tx, company, known.id)?;
            let due_on = items.iter().find(|item| item.open != 0).or(items.first()).map(|item| item.due_on);
            let whose = (known.payer, known.issued_on, due_on);
            Ok(of_document(known.id, known.kind, &known.number, whose, Money::new(known.total, known.currency)))
        }
        "receipt" => {
            let id = receipt::find(tx, company, name)?;
            let known = receipt::get(tx, company, id)?;
            let unidentified = || Refusal::Unidentified { source: name.to_owned() };
            Ok(Going {
                kind: "receipt",
                id: *id.bytes(),
                name: name.to_owned(),
                customer: known.customer.ok_or_else(unidentified)?,
                step: "receipt",
                amount: Money::new(known.gross, known.currency),
                on: known.received_on,
                due_on: None,
            })
        }
        "statement" => {
            let known = customer::get(tx, company, name)?;
            let owed = print::balances(tx, actor, &known, today)?;
            Ok(Going {
                kind: "statement",
                id: *known.id.bytes(),
                name: known.code,
                customer: known.id,
                step: "statement",
                amount: told_first(&owed, actor.company.currency),
                on: today,
                due_on: None,
            })
        }
        "quote" => {
            let (known, _) = quote::get(tx, company, name)?;
            Ok(Going {
                kind: "quote",
                id: *known.id.bytes(),
                name: known.number,
                customer: customer::get(tx, company, &known.customer)?.id,
                step: "quote",
                amount: Money::new(known.total, known.currency),
                on: known.issued_on,
                due_on: Some(known.valid_until),
            })
        }
        _ => {
            let reason = receivables::Unusable::NotAmong { known: PAPERS.join(", ") };
            Err(Refusal::Invalid { field: "kind".into(), value: kind.into(), reason }.into())
        }
    }
}

/// The balance in the company's currency, or in the first there is where nothing is owed in that.
fn told_first(owed: &BTreeMap<Currency, i64>, own: Currency) -> Money {
    let other = || owed.iter().find(|(_, minor)| **minor != 0).map(|(currency, minor)| Money::new(*minor, *currency));
    match owed.get(&own).filter(|minor| **minor != 0) {
        Some(minor) => Money::new(*minor, own),
        None => other().unwrap_or(Money::zero(own)),
    }
}

fn save(tx: &mut Tx<'_>, actor: &Actor, today: Date, going: &[Going]) -> Result<Vec<Id<ids::Notice>>, Error> {
    let company = actor.company.id;
    let sender = Sender::load(tx, actor, today)?;
    let customers = customer::by_ids(tx, company, &going.iter().map(|one| one.customer).collect())?;
    let (mut messages, mut papers) = (Vec::with_capacity(going.len()), Vec::with_capacity(going.len()));
    for one in going {
        let whose = customers.get(&one.customer).ok_or_else(|| Error::Failed("a paper of no customer".into()))?;
        let (id, code) = (tx.new_id(), store::payment_code::of(tx, company, whose.id)?);
        messages.push(written(&sender, today, one, (whose, &code), id));
        papers.push(NewPaper { message: id, kind: one.kind, paper: one.id, name: &one.name });
    }
    notice::save_papers(tx, company, &messages, &papers)?;
    Ok(messages.into_iter().map(|message| message.id).collect())
}

/// What is written of a paper, in the customer's language.
fn written(
    sender: &Sender,
    today: Date,
    going: &Going,
    (customer, payment_code): (&Customer, &str),
    id: Id<ids::Notice>,
) -> Message {
    let language = Language::from_code(&customer.language);
    let amount = words::for_sms(&words::money(language, going.amount));
    let (on, due_on) = (words::day_short(going.on), going.due_on.map(words::day_short).unwrap_or_default());
    let how_to_pay = sender.how_to_pay(language, payment_code);
    let args = [
        ("customer", customer.name.as_str()),
        ("company", sender.company.as_str()),
        ("number", going.name.as_str()),
        ("amount", amount.as_str()),
        ("on", on.as_str()),
        ("due_on", due_on.as_str()),
        ("how_to_pay", how_to_pay.as_str()),
        ("collector", sender.signed.as_str()),
    ];
    let text = |part: &str| words::say(language, &format!("message-{}-{part}", going.step), &args);
    Message {
        id,
        customer: going.customer,
        step: going.step.to_owned(),
        language: customer.language.clone(),
        subject: text("subject"),
        body: text("body"),
        currency: going.amount.currency,
        amount: going.amount.minor,
        on: today,
    }
}
