//! What happened on one account, newest first: documents, receipts, movements, refunds, messages, promises, disputes.

use receivables::cash::refund::RefundKind;
use receivables::ids::{self, Id};
use receivables::ledger::MovementKind;
use receivables::{Date, Money};
use store::customer::Customer;
use store::{Error, Tx};

use super::{Actor, allocation, merge, reads, refund};

/// Documents looked back at.
const DOCUMENTS: i64 = 500;

/// What an event is; `name` says of which thing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum What {
    Invoice,
    CreditNote,
    /// Money that came in.
    Receipt,
    Movement(MovementKind),
    Refund(RefundKind),
    Message,
    Promise,
    /// Raised for a reason; the name is the invoice and the code of the reason.
    Dispute,
    /// Ended; the name is the invoice and the code of the outcome.
    DisputeEnd,
}

impl What {
    pub fn name(self) -> &'static str {
        match self {
            What::Invoice => "invoice",
            What::CreditNote => "credit note",
            What::Receipt => "receipt",
            What::Movement(kind) => kind.name(),
            What::Refund(kind) => kind.name(),
            What::Message => "message",
            What::Promise => "promise",
            What::Dispute => "dispute",
            What::DisputeEnd => "dispute end",
        }
    }
}

/// One event of an account.
#[derive(Clone, Debug)]
pub struct Event {
    pub on: Date,
    pub what: What,
    /// A number, a subject, how a promise stands, or a number and a code.
    pub name: String,
    pub amount: Money,
    /// The id to reverse, where it can be taken back.
    pub undo: Option<String>,
}

/// The account's events, the newest first; those of customers merged into it are among them.
pub fn of_customer(tx: &mut Tx<'_>, actor: &Actor, code: &str) -> Result<Vec<Event>, Error> {
    let group = merge::group(tx, actor, code)?;
    let mut events = Vec::new();
    for member in group.members() {
        reads::note(tx, actor, member.id);
        add_events(tx, actor.company.id, member, &mut events)?;
    }
    events.sort_by_key(|e| std::cmp::Reverse(e.on));
    Ok(events)
}

fn add_events(tx: &mut Tx<'_>, company: i64, customer: &Customer, events: &mut Vec<Event>) -> Result<(), Error> {
    for d in store::document::list(tx, company, Some(&customer.code), DOCUMENTS)? {
        let what = match d.kind {
            store::document::Kind::Invoice => What::Invoice,
            store::document::Kind::CreditNote => What::CreditNote,
        };
        events.push(Event {
            on: d.issued_on,
            what,
            name: d.number,
            amount: Money::new(d.total, d.currency),
            undo: None,
        });
    }
    for r in store::receipt::of_customer(tx, company, customer.id)? {
        let amount = Money::new(r.gross, r.currency);
        events.push(Event { on: r.received_on, what: What::Receipt, name: r.name(), amount, undo: None });
    }
    for m in store::movement::of_customer(tx, company, customer.id)? {
        let may_undo = !m.reversed && m.kind != MovementKind::Reversal;
        events.push(Event {
            on: m.posted_on,
            what: What::Movement(m.kind),
            name: m.invoice,
            amount: Money::new(m.amount, m.currency),
            undo: may_undo.then(|| m.id.to_string()),
        });
    }
    for f in store::refund::of_customer(tx, company, customer.id)? {
        let may_undo = !f.reversed && f.kind != RefundKind::Reversal;
        events.push(Event {
            on: f.posted_on,
            what: What::Refund(f.kind),
            name: f.receipt,
            amount: Money::new(f.amount, f.currency),
            undo: may_undo.then(|| f.id.to_string()),
        });
    }
    for m in store::notice::of_customer(tx, company, customer.id)? {
        let amount = Money::new(m.amount, m.currency);
        events.push(Event { on: m.on, what: What::Message, name: m.subject, amount, undo: None });
    }
    for p in store::promise::of_customer(tx, company, customer.id)? {
        let amount = Money::new(p.amount, p.currency);
        events.push(Event { on: p.made_on, what: What::Promise, name: p.state, amount, undo: None });
    }
    for d in store::dispute::of_customer(tx, company, customer.id)? {
        let amount = Money::new(d.amount, d.currency);
        let name = format!("{} {}", d.number, d.reason);
        events.push(Event { on: d.raised_on, what: What::Dispute, name, amount, undo: None });
        if let Some((outcome, on)) = d.ended {
            let name = format!("{} {outcome}", d.number);
            events.push(Event { on, what: What::DisputeEnd, name, amount, undo: None });
        }
    }
    Ok(())
}

/// Takes an event back by its id: a movement, or what left a receipt.
pub fn undo(tx: &mut Tx<'_>, actor: &Actor, today: Date, id: &str, reason: &str) -> Result<(), Error> {
    let refunded = match id.parse::<Id<ids::Refund>>() {
        Ok(known) => store::refund::exists(tx, actor.company.id, known)?,
        Err(_) => false,
    };
    if refunded {
        return refund::reverse(tx, actor, today, id, reason, None).map(|_| ());
    }
    allocation::reverse(tx, actor, today, id, reason, None).map(|_| ())
}
