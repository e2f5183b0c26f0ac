//! What happened on one account, from each table that tells of it: the newest first, a page at a time. A page goes on after
//! the place where the last one ended, so that it costs the same wherever it is.

use receivables::ids::{self, Id};
use receivables::{Currency, Date, Instant};

use crate::tx::{Row, Sql, statements};
use crate::{Error, Tx, params};

/// Columns: day, id, code, name, text, currency, amount, flag, another day, who, when. `$3` and `$4` are the place.
macro_rules! page {
    ($columns:literal, $day:literal, $id:literal, $from:literal) => {
        concat!(
            "SELECT ",
            $day,
            ", ",
            $id,
            ", ",
            $columns,
            ", a.actor, a.at FROM ",
            $from,
            " AND (",
            $day,
            ", ",
            $id,
            ") < ($3, $4) ORDER BY ",
            $day,
            " DESC, ",
            $id,
            " DESC LIMIT $5"
        )
    };
}

statements! {
    DOCUMENTS = page!("CASE WHEN d.kind = 2 THEN 'credit note' ELSE 'invoice' END, d.number, '', d.currency, d.total, 0, d.due_on", "d.issued_on", "d.id", "document d JOIN action a ON a.company = d.company AND a.id = d.action WHERE d.company = $1 AND d.payer = $2");
    RECEIPTS = page!("'receipt', COALESCE(r.reference, ''), COALESCE(r.payer, ''), r.currency, r.gross, 0, r.received_on", "r.received_on", "r.id", "receipt r JOIN action a ON a.company = r.company AND a.id = r.action WHERE r.company = $1 AND r.customer = $2");
    MOVEMENTS = page!("CAST(m.kind AS TEXT), d.number, COALESCE(m.reason, ''), d.currency, m.amount, CASE WHEN m.kind = 5 OR EXISTS (SELECT 1 FROM movement x WHERE x.company = m.company AND x.reverses = m.id) THEN 1 ELSE 0 END, m.posted_on", "m.posted_on", "m.id", "document d JOIN movement m ON m.company = d.company AND m.document = d.id JOIN action a ON a.company = m.company AND a.id = m.action WHERE d.company = $1 AND d.payer = $2");
    REFUNDS = page!("CAST(f.kind AS TEXT), COALESCE(r.reference, ''), f.reason, r.currency, f.amount, CASE WHEN f.kind = 3 OR EXISTS (SELECT 1 FROM refund x WHERE x.company = f.company AND x.reverses = f.id) THEN 1 ELSE 0 END, f.posted_on", "f.posted_on", "f.id", "refund f JOIN receipt r ON r.company = f.company AND r.id = f.receipt JOIN action a ON a.company = f.company AND a.id = f.action WHERE f.company = $1 AND f.customer = $2");
    MESSAGES = page!("o.state || ' ' || o.step, o.subject, o.body, o.currency, o.amount, 0, o.on_day", "o.on_day", "o.id", "outbox o JOIN action a ON a.company = o.company AND a.id = o.action WHERE o.company = $1 AND o.customer = $2");
    PROMISES = page!("p.state, '', p.note, p.currency, p.amount, 0, p.promised_on", "p.made_on", "p.id", "promise p JOIN action a ON a.company = p.company AND a.id = p.action WHERE p.company = $1 AND p.customer = $2");
    DISPUTES = page!("p.reason, d.number, p.note, p.currency, p.amount, 0, p.raised_on", "p.raised_on", "p.id", "dispute p JOIN document d ON d.company = p.company AND d.id = p.document JOIN action a ON a.company = p.company AND a.id = p.action WHERE p.company = $1 AND p.customer = $2");
    DISPUTE_ENDS = page!("e.outcome, d.number, e.note, p.currency, p.amount, 0, e.ended_on", "e.ended_on", "p.id", "dispute p JOIN dispute_end e ON e.company = p.company AND e.dispute = p.id JOIN document d ON d.company = p.company AND d.id = p.document JOIN action a ON a.company = e.company AND a.id = e.action WHERE p.company = $1 AND p.customer = $2");
    HOLDS = page!("CASE WHEN h.ended_on IS NULL THEN 'placed' ELSE 'lifted' END, '', h.reason, NULL, NULL, 0, COALESCE(h.ended_on, h.until_on)", "h.from_on", "h.id", "hold h JOIN action a ON a.company = h.company AND a.id = h.action WHERE h.company = $1 AND h.customer = $2");
    ATTEMPTS = page!("t.channel, t.answered, t.note, NULL, NULL, t.right_party, t.next_on", "t.on_day", "t.id", "attempt t JOIN action a ON a.company = t.company AND a.id = t.action WHERE t.company = $1 AND t.customer = $2");
    NOTES = page!("n.record_kind, '', n.text, NULL, NULL, CASE WHEN EXISTS (SELECT 1 FROM note x WHERE x.company = n.company AND x.corrects = n.id) THEN 1 ELSE 0 END, NULL", "n.on_day", "n.id", "note n JOIN action a ON a.company = n.company AND a.id = n.action WHERE n.company = $1 AND n.customer = $2");
    PAPERS = page!("p.kind, p.name, p.record_kind, NULL, NULL, 0, NULL", "p.on_day", "p.id", "paper p JOIN action a ON a.company = p.company AND a.id = p.action WHERE p.company = $1 AND p.customer = $2");
}

/// Where an event was written down. The order is that of events of one day and id, the latest last.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Source {
    Documents,
    Receipts,
    Movements,
    Refunds,
    Messages,
    Promises,
    Disputes,
    DisputeEnds,
    Holds,
    Attempts,
    Notes,
    Papers,
}

impl Source {
    pub const ALL: [Source; 12] = [
        Source::Documents,
        Source::Receipts,
        Source::Movements,
        Source::Refunds,
        Source::Messages,
        Source::Promises,
        Source::Disputes,
        Source::DisputeEnds,
        Source::Holds,
        Source::Attempts,
        Source::Notes,
        Source::Papers,
    ];

    fn sql(self) -> Sql {
        match self {
            Source::Documents => DOCUMENTS,
            Source::Receipts => RECEIPTS,
            Source::Movements => MOVEMENTS,
            Source::Refunds => REFUNDS,
            Source::Messages => MESSAGES,
            Source::Promises => PROMISES,
            Source::Disputes => DISPUTES,
            Source::DisputeEnds => DISPUTE_ENDS,
            Source::Holds => HOLDS,
            Source::Attempts => ATTEMPTS,
            Source::Notes => NOTES,
            Source::Papers => PAPERS,
        }
    }
}

/// The place of an event among all of its account.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Place {
    pub on: Date,
    pub id: [u8; 16],
    pub source: Source,
}

/// One event as its table tells it.
#[derive(Clone, Debug)]
pub struct Event {
    pub place: Place,
    pub code: String,
    pub name: String,
    pub text: String,
    pub money: Option<(Currency, i64)>,
    /// Taken back, corrected, or an attempt that reached a right party.
    pub flag: bool,
    /// Until when, or by when.
    pub until: Option<Date>,
    pub by: String,
    pub at: Instant,
}

/// The events before a place, or the newest: at most `limit`.
pub fn page(
    tx: &mut Tx<'_>,
    company: i64,
    customer: Id<ids::Customer>,
    sources: &[Source],
    before: Option<Place>,
    limit: usize,
) -> Result<Vec<Event>, Error> {
    let most = i64::try_from(limit).unwrap_or(i64::MAX);
    let mut all = Vec::new();
    for source in sources {
        let (on, id) = before.map_or((Date::from_day_number(i32::MAX), [0xff; 16]), |place| place.bound(*source));
        all.extend(tx.all(source.sql(), params![company, customer, on, id, most], |row| read(*source, row))?);
    }
    all.sort_by_key(|event| std::cmp::Reverse(event.place));
    all.truncate(limit);
    Ok(all)
}

fn read(source: Source, row: &Row<'_>) -> Result<Event, Error> {
    let id = row.bytes(1)?.try_into().map_err(|e| Error::failed("reading an event", e))?;
    let currency = row.text_opt(5)?.map(|code| code.parse()).transpose();
    let currency: Option<Currency> = currency.map_err(|e| Error::failed("reading an event", e))?;
    Ok(Event {
        place: Place { on: row.date(0)?, id, source },
        code: row.string(2)?,
        name: row.string(3)?,
        text: row.string(4)?,
        money: currency.zip(row.int_opt(6)?),
        flag: row.flag(7)?,
        until: row.date_opt(8)?,
        by: row.string(9)?,
        at: row.instant(10)?,
    })
}

impl Place {
    /// The day and id below which the events of a source come after this place: its own id too where the source comes first
    /// among those of one id.
    fn bound(self, source: Source) -> (Date, [u8; 16]) {
        if source >= self.source {
            return (self.on, self.id);
        }
        (self.on, (u128::from_be_bytes(self.id)).saturating_add(1).to_be_bytes())
    }
}
