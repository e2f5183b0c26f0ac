//! What happened on one account, the newest first, a page at a time: what was said, sent, paid, invoiced, promised, contested,
//! put on hold and filed.

use receivables::cash::refund::RefundKind;
use receivables::ids::{self, Id};
use receivables::ledger::MovementKind;
use receivables::{Date, Instant, Money, Refusal, Unusable};
use store::history::{self, Place, Source};
use store::{Error, Tx};

use super::{Actor, allocation, merge, reads, refund};

/// Events that a history without pages shows.
const EVENTS_MAX: usize = 10_000;

/// What part of the history somebody looks at.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Topic {
    Said,
    Sent,
    Paid,
    Invoiced,
    Promised,
    Disputed,
    Held,
    Filed,
}

impl Topic {
    pub const ALL: [(Topic, &'static str); 8] = [
        (Topic::Said, "said"),
        (Topic::Sent, "sent"),
        (Topic::Paid, "paid"),
        (Topic::Invoiced, "invoiced"),
        (Topic::Promised, "promised"),
        (Topic::Disputed, "disputed"),
        (Topic::Held, "held"),
        (Topic::Filed, "filed"),
    ];

    /// Refused with the codes there are.
    pub fn from_code(code: &str) -> Result<Topic, Refusal> {
        Topic::ALL.iter().find(|(_, known)| *known == code).map(|(topic, _)| *topic).ok_or_else(|| {
            let known: Vec<&str> = Topic::ALL.iter().map(|(_, code)| *code).collect();
            let reason = Unusable::NotAmong { known: known.join(", ") };
            Refusal::Invalid { field: "topic".into(), value: code.into(), reason }
        })
    }

    fn sources(self) -> &'static [Source] {
        match self {
            Topic::Said => &[Source::Attempts, Source::Notes],
            Topic::Sent => &[Source::Messages],
            Topic::Paid => &[Source::Receipts, Source::Movements, Source::Refunds],
            Topic::Invoiced => &[Source::Documents],
            Topic::Promised => &[Source::Promises],
            Topic::Disputed => &[Source::Disputes, Source::DisputeEnds],
            Topic::Held => &[Source::Holds],
            Topic::Filed => &[Source::Papers],
        }
    }
}

/// What an event is; `name` says of which thing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum What {
    Invoice,
    CreditNote,
    /// Money that came in.
    Receipt,
    Movement(MovementKind),
    Refund(RefundKind),
    /// Drafted, sent or ignored.
    Message,
    /// The name is how it stands.
    Promise,
    /// Raised for a reason; the name is the invoice and the code of the reason.
    Dispute,
    /// Ended; the name is the invoice and the code of the outcome.
    DisputeEnd,
    /// The name is its reason.
    Hold,
    /// The name is the code of the channel.
    Attempt,
    /// The name is the kind of record it is about.
    Note,
    Paper,
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
            What::Hold => "hold",
            What::Attempt => "attempt",
            What::Note => "note",
            What::Paper => "paper",
        }
    }
}

/// One event of an account.
#[derive(Clone, Debug)]
pub struct Event {
    /// Of the document, the receipt, the message and so on.
    pub id: String,
    pub on: Date,
    /// When it was written down, and by whom.
    pub at: Instant,
    pub by: String,
    pub what: What,
    /// A number, a subject, how a promise stands, or a number and a code.
    pub name: String,
    /// What was said or written with it.
    pub text: String,
    /// How a message stands, and the step it took.
    pub message: Option<(String, String)>,
    pub amount: Option<Money>,
    /// Until when a hold lasts, by when was promised, the next date of an attempt.
    pub until: Option<Date>,
    /// The codes of the outcomes of an attempt.
    pub outcomes: Vec<String>,
    /// Who answered an attempt, and whether they may speak for the account.
    pub answered: String,
    pub right_party: bool,
    /// A newer note corrects it.
    pub corrected: bool,
    /// The id to reverse, where it can be taken back.
    pub undo: Option<String>,
}

/// A part of the history, and where it goes on.
#[derive(Clone, Debug)]
pub struct Page {
    pub events: Vec<Event>,
    /// What to ask for next; `None` at the end.
    pub older: Option<String>,
}

/// The account's events of a topic, or all, before a place that an earlier page named: the newest first.
pub fn page(
    tx: &mut Tx<'_>,
    actor: &Actor,
    code: &str,
    topic: Option<Topic>,
    before: Option<&str>,
    limit: usize,
) -> Result<Page, Error> {
    let company = actor.company.id;
    let group = merge::group(tx, actor, code)?;
    let before = before.map(read_place).transpose()?;
    let sources = topic.map_or(&Source::ALL[..], Topic::sources);
    let mut found = Vec::new();
    for member in group.members() {
        reads::note(tx, actor, member.id);
        found.extend(history::page(tx, company, member.id, sources, before, limit.saturating_add(1))?);
    }
    found.sort_by_key(|event| std::cmp::Reverse(event.place));
    let more = found.len() > limit;
    found.truncate(limit);
    let older = found.last().filter(|_| more).map(|last| write_place(last.place));
    let attempts: Vec<Id<ids::Attempt>> =
        found.iter().filter(|e| e.place.source == Source::Attempts).map(|e| Id::from_bytes(e.place.id)).collect();
    let mut outcomes = store::attempt::outcomes(tx, company, &attempts)?;
    let events = found.into_iter().map(|e| {
        let outcomes = outcomes.remove(&Id::from_bytes(e.place.id)).unwrap_or_default();
        event(e, outcomes)
    });
    Ok(Page { events: events.collect::<Result<_, _>>()?, older })
}

/// The account's events without pages.
pub fn of_customer(tx: &mut Tx<'_>, actor: &Actor, code: &str) -> Result<Vec<Event>, Error> {
    Ok(page(tx, actor, code, None, None, EVENTS_MAX)?.events)
}

fn event(e: history::Event, outcomes: Vec<String>) -> Result<Event, Error> {
    let id = Id::<ids::Movement>::from_bytes(e.place.id).to_string();
    let what = what(e.place.source, &e.code)?;
    let message = e.code.split_once(' ').filter(|_| what == What::Message);
    let message = message.map(|(state, step)| (state.to_owned(), step.to_owned()));
    let (name, text, answered) = match what {
        What::Receipt if e.name.is_empty() => (id.clone(), e.text, String::new()),
        What::Promise | What::Note => (e.code, e.text, String::new()),
        What::Dispute | What::DisputeEnd => (format!("{} {}", e.name, e.code), e.text, String::new()),
        What::Hold => (e.text, String::new(), String::new()),
        What::Attempt => (e.code, e.text, e.name),
        What::Paper => (e.name, e.code, String::new()),
        _ => (e.name, e.text, String::new()),
    };
    let reversible = matches!(what, What::Movement(_) | What::Refund(_)) && !e.flag;
    Ok(Event {
        on: e.place.on,
        at: e.at,
        by: e.by,
        what,
        name,
        text,
        message,
        amount: e.money.map(|(currency, minor)| Money::new(minor, currency)),
        until: e.until,
        outcomes,
        answered,
        right_party: what == What::Attempt && e.flag,
        corrected: what == What::Note && e.flag,
        undo: reversible.then(|| id.clone()),
        id,
    })
}

fn what(source: Source, code: &str) -> Result<What, Error> {
    let unknown = || Error::Failed(format!("an event of unknown kind {code}"));
    let number = || code.parse::<i64>().map_err(|_| unknown());
    Ok(match source {
        Source::Documents if code == "invoice" => What::Invoice,
        Source::Documents => What::CreditNote,
        Source::Receipts => What::Receipt,
        Source::Movements => What::Movement(MovementKind::from_number(number()?).ok_or_else(unknown)?),
        Source::Refunds => What::Refund(RefundKind::from_number(number()?).ok_or_else(unknown)?),
        Source::Messages => What::Message,
        Source::Promises => What::Promise,
        Source::Disputes => What::Dispute,
        Source::DisputeEnds => What::DisputeEnd,
        Source::Holds => What::Hold,
        Source::Attempts => What::Attempt,
        Source::Notes => What::Note,
        Source::Papers => What::Paper,
    })
}

/// A place as the address of a page writes it.
fn write_place(place: Place) -> String {
    let source = Source::ALL.iter().position(|known| *known == place.source).unwrap_or_default();
    format!("{}.{}.{source}", place.on, Id::<ids::Action>::from_bytes(place.id))
}

fn read_place(text: &str) -> Result<Place, Refusal> {
    let read = || {
        let mut parts = text.splitn(3, '.');
        let on: Date = parts.next()?.parse().ok()?;
        let id: Id<ids::Action> = parts.next()?.parse().ok()?;
        let source = *Source::ALL.get(parts.next()?.parse::<usize>().ok()?)?;
        Some(Place { on, id: *id.bytes(), source })
    };
    let wrong = || Refusal::Invalid { field: "before".into(), value: text.into(), reason: Unusable::NoPlace };
    read().ok_or_else(wrong)
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
