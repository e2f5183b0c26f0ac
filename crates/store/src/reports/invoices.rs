//! The list of invoices and credit notes, the newest first.

use std::collections::BTreeMap;

use receivables::ids::{self, Id};
use receivables::{Currency, Date};

use super::page::{Page, walk};
use crate::document::Kind;
use crate::tx::{Row, statements};
use crate::{Error, Tx, Value, params, search};

statements! {
    ALL = "SELECT issued_on, number, id FROM document WHERE company = $1 AND issued_on >= $2 AND (issued_on, number) < ($3, $4) ORDER BY issued_on DESC, number DESC LIMIT $5";
    CREDIT_NOTES = "SELECT issued_on, number, id FROM document WHERE company = $1 AND issued_on >= $2 AND (issued_on, number) < ($3, $4) AND kind = 2 ORDER BY issued_on DESC, number DESC LIMIT $5";
    OF_CUSTOMER = "SELECT issued_on, number, id FROM document WHERE company = $1 AND payer = $2 AND issued_on >= $3 AND (issued_on, number) < ($4, $5) ORDER BY issued_on DESC, number DESC LIMIT $6";
    OPEN = "SELECT i.issued_on, d.number, i.document FROM open_item i JOIN document d ON d.company = i.company AND d.id = i.document WHERE i.company = $1 AND i.open <> 0 AND i.issued_on >= $2 AND i.issued_on <= $3 AND (i.issued_on, d.number) < ($3, $4) AND i.due_on < $5 ORDER BY i.issued_on DESC, d.number DESC LIMIT $6";
    DISPUTED = "SELECT DISTINCT d.issued_on, d.number, d.id FROM dispute p CROSS JOIN document d WHERE d.company = p.company AND d.id = p.document AND p.company = $1 AND p.state = 'open' AND d.issued_on >= $2 AND (d.issued_on, d.number) < ($3, $4) ORDER BY d.issued_on DESC, d.number DESC LIMIT $5";
    AWAITED = "SELECT DISTINCT d.issued_on, d.number, d.id FROM certificate f CROSS JOIN document d WHERE d.company = f.company AND d.id = f.document AND f.company = $1 AND f.state = 'awaited' AND d.issued_on >= $2 AND (d.issued_on, d.number) < ($3, $4) ORDER BY d.issued_on DESC, d.number DESC LIMIT $5";
    ROWS each = ("SELECT d.id, d.number, d.kind, d.series, d.payer, c.code, c.name, d.issued_on, d.due_on, d.currency, d.net, d.tax, d.total, COALESCE((SELECT CAST(SUM(i.open) AS BIGINT) FROM open_item i WHERE i.company = d.company AND i.document = d.id), 0), COALESCE((SELECT CAST(SUM(i.disputed) AS BIGINT) FROM open_item i WHERE i.company = d.company AND i.document = d.id), 0), (SELECT MIN(i.due_on) FROM open_item i WHERE i.company = d.company AND i.document = d.id AND i.open <> 0 AND i.open <> i.awaited) + CASE WHEN f.invoice IS NULL THEN 0 ELSE f.moved_days END, COALESCE((SELECT CAST(SUM(i.awaited) AS BIGINT) FROM open_item i WHERE i.company = d.company AND i.document = d.id), 0) FROM document d JOIN customer c ON c.company = d.company AND c.id = d.payer LEFT JOIN invoice_file f ON f.company = d.company AND f.invoice = d.id WHERE d.id = $1 AND d.company = $2", "SELECT d.id, d.number, d.kind, d.series, d.payer, c.code, c.name, d.issued_on, d.due_on, d.currency, d.net, d.tax, d.total, COALESCE((SELECT CAST(SUM(i.open) AS BIGINT) FROM open_item i WHERE i.company = d.company AND i.document = d.id), 0), COALESCE((SELECT CAST(SUM(i.disputed) AS BIGINT) FROM open_item i WHERE i.company = d.company AND i.document = d.id), 0), (SELECT MIN(i.due_on) FROM open_item i WHERE i.company = d.company AND i.document = d.id AND i.open <> 0 AND i.open <> i.awaited) + CASE WHEN f.invoice IS NULL THEN 0 ELSE f.moved_days END, COALESCE((SELECT CAST(SUM(i.awaited) AS BIGINT) FROM open_item i WHERE i.company = d.company AND i.document = d.id), 0) FROM document d JOIN customer c ON c.company = d.company AND c.id = d.payer LEFT JOIN invoice_file f ON f.company = d.company AND f.invoice = d.id WHERE d.id = ANY($1) AND d.company = $2");
}

/// How a document stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum State {
    /// Something is open of it, due or not.
    Open,
    /// Something that is open is past its day.
    Overdue,
    Settled,
    /// Some of what is open is in dispute.
    Disputed,
    /// All that is open of it is tax withheld, whose certificate is awaited.
    Awaited,
}

impl State {
    pub const ALL: [(State, &'static str); 5] = [
        (State::Open, "open"),
        (State::Overdue, "overdue"),
        (State::Settled, "settled"),
        (State::Disputed, "disputed"),
        (State::Awaited, "awaited"),
    ];

    pub fn code(self) -> &'static str {
        State::ALL.iter().find(|(state, _)| *state == self).map_or("", |(_, code)| code)
    }
}

/// Which documents are asked for; all of them where nothing is said.
#[derive(Clone, Copy, Debug)]
pub struct Filter<'a> {
    /// Those of these customers only, unless empty: of one and those merged into it.
    pub customers: &'a [Id<ids::Customer>],
    pub state: Option<State>,
    pub kind: Option<Kind>,
    pub currency: Option<Currency>,
    /// Issued on or after.
    pub from: Option<Date>,
    /// Issued on or before.
    pub until: Option<Date>,
    /// What the number begins with, folded.
    pub number: Option<&'a str>,
    /// The day that says what is overdue.
    pub today: Date,
}

/// One row.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Listed {
    pub id: Id<ids::Document>,
    pub number: String,
    pub kind: Kind,
    pub series: String,
    pub payer: Id<ids::Customer>,
    pub customer: String,
    pub name: String,
    pub issued_on: Date,
    pub due_on: Date,
    pub currency: Currency,
    pub net: i64,
    pub tax: i64,
    pub total: i64,
    pub open: i64,
    pub disputed: i64,
    /// Tax withheld, whose certificates are awaited.
    pub awaited: i64,
    /// The first day on which something that is open, and not awaited, falls due; none while a file of papers holds it up.
    pub next_due_on: Option<Date>,
}

/// Where a page begins: after the document of this day and number.
pub type After = (Date, String);
type Key = (Date, String, Id<ids::Document>);

impl Listed {
    /// Whether something that is open was due before the day.
    pub fn is_overdue(&self, today: Date) -> bool {
        self.open > 0 && self.next_due_on.is_some_and(|due_on| due_on < today)
    }

    /// How it stands before all else.
    pub fn state(&self, today: Date) -> State {
        if self.open == 0 {
            State::Settled
        } else if self.disputed != 0 {
            State::Disputed
        } else if self.open == self.awaited {
            State::Awaited
        } else if self.is_overdue(today) {
            State::Overdue
        } else {
            State::Open
        }
    }

    fn key(&self) -> Key {
        (self.issued_on, self.number.clone(), self.id)
    }
}

impl Filter<'_> {
    fn fits(&self, row: &Listed) -> bool {
        let state = match self.state {
            None => true,
            Some(State::Open) => row.open != 0,
            Some(State::Overdue) => row.is_overdue(self.today),
            Some(State::Settled) => row.open == 0,
            Some(State::Disputed) => row.disputed != 0,
            Some(State::Awaited) => row.awaited != 0,
        };
        state
            && (self.customers.is_empty() || self.customers.contains(&row.payer))
            && self.kind.is_none_or(|kind| row.kind == kind)
            && self.currency.is_none_or(|currency| row.currency == currency)
            && self.from.is_none_or(|from| row.issued_on >= from)
            && self.until.is_none_or(|until| row.issued_on <= until)
            && self.number.is_none_or(|number| receivables::search::number(&row.number).starts_with(number))
    }

    fn first_day(&self) -> Date {
        self.from.unwrap_or(Date::from_day_number(i32::MIN))
    }

    /// The key before the first page.
    fn start(&self, after: Option<After>) -> Key {
        let end = self.until.map_or(Date::from_day_number(i32::MAX), |until| until.plus_days(1));
        let (on, number) = match after {
            Some((on, number)) if on < end => (on, number),
            _ => (end, String::new()),
        };
        (on, number, Id::from_bytes([0; 16]))
    }
}

/// More documents of one beginning than this are looked for along the days.
const FEW_NUMBERS: usize = 1_000;

/// One page of the list.
pub fn page(
    tx: &mut Tx<'_>,
    company: i64,
    filter: &Filter<'_>,
    after: Option<After>,
    limit: usize,
) -> Result<Page<Listed, After>, Error> {
    let start = filter.start(after);
    if let Some(page) = of_few_numbers(tx, company, filter, &start, limit)? {
        return Ok(page);
    }
    let fitting = |tx: &mut Tx<'_>, keys: &[Key]| {
        let ids: Vec<_> = keys.iter().map(|(.., id)| *id).collect();
        let mut rows = rows(tx, company, &ids)?;
        let of_key = |key: &Key| rows.remove(&key.2).filter(|row| filter.fits(row)).map(|row| (key.clone(), row));
        Ok(keys.iter().filter_map(of_key).collect())
    };
    let page = walk(tx, start, limit, |tx, at, most| keys(tx, company, filter, at, most), fitting)?;
    Ok(Page { rows: page.rows, next: page.next.map(|(on, number, _)| (on, number)) })
}

/// The page where only a few documents have numbers that begin as asked for: all of them, sorted.
fn of_few_numbers(
    tx: &mut Tx<'_>,
    company: i64,
    filter: &Filter<'_>,
    start: &Key,
    limit: usize,
) -> Result<Option<Page<Listed, After>>, Error> {
    let Some(number) = filter.number else { return Ok(None) };
    let numbered = search::of_beginning(tx, company, number, FEW_NUMBERS as i64 + 1)?;
    if numbered.len() > FEW_NUMBERS {
        return Ok(None);
    }
    let ids: Vec<_> = numbered.into_iter().map(|(id, _)| id).collect();
    let mut found: Vec<Listed> = rows(tx, company, &ids)?.into_values().filter(|row| filter.fits(row)).collect();
    found.retain(|row| (row.issued_on, &row.number) < (start.0, &start.1));
    found.sort_by_key(|row| std::cmp::Reverse(row.key()));
    let more = found.len() > limit;
    found.truncate(limit);
    let next = found.last().filter(|_| more).map(|row| (row.issued_on, row.number.clone()));
    Ok(Some(Page { rows: found, next }))
}

/// Keys after one, along the index that serves the filter best.
fn keys(tx: &mut Tx<'_>, company: i64, filter: &Filter<'_>, at: &Key, most: i64) -> Result<Vec<Key>, Error> {
    let (from, (on, number, _)) = (filter.first_day(), at);
    let read = |row: &Row<'_>| Ok((row.date(0)?, row.string(1)?, row.id(2)?));
    if !filter.customers.is_empty() {
        let mut keys = Vec::new();
        for customer in filter.customers {
            keys.extend(tx.all(OF_CUSTOMER, params![company, *customer, from, *on, number, most], read)?);
        }
        keys.sort_unstable_by(|a, b| b.cmp(a));
        keys.truncate(usize::try_from(most).unwrap_or(usize::MAX));
        return Ok(keys);
    }
    match (filter.state, filter.kind) {
        (Some(State::Disputed), _) => tx.all(DISPUTED, params![company, from, *on, number, most], read),
        (Some(State::Awaited), _) => tx.all(AWAITED, params![company, from, *on, number, most], read),
        (Some(State::Open), _) => {
            let ever = Date::from_day_number(i32::MAX);
            tx.all(OPEN, params![company, from, *on, number, ever, most], read)
        }
        (Some(State::Overdue), _) => tx.all(OPEN, params![company, from, *on, number, filter.today, most], read),
        (_, Some(Kind::CreditNote)) => tx.all(CREDIT_NOTES, params![company, from, *on, number, most], read),
        _ => tx.all(ALL, params![company, from, *on, number, most], read),
    }
}

/// Documents by id.
pub fn rows(
    tx: &mut Tx<'_>,
    company: i64,
    documents: &[Id<ids::Document>],
) -> Result<BTreeMap<Id<ids::Document>, Listed>, Error> {
    let keys: Vec<Value<'_>> = documents.iter().map(|id| Value::from(*id)).collect();
    let mut found = BTreeMap::new();
    tx.each_of(ROWS, &keys, 1, company, |row| {
        let listed = read(row)?;
        found.insert(listed.id, listed);
        Ok(())
    })?;
    Ok(found)
}

fn read(row: &Row<'_>) -> Result<Listed, Error> {
    Ok(Listed {
        id: row.id(0)?,
        number: row.string(1)?,
        kind: Kind::from_number(row.int(2)?),
        series: row.string(3)?,
        payer: row.id(4)?,
        customer: row.string(5)?,
        name: row.string(6)?,
        issued_on: row.date(7)?,
        due_on: row.date(8)?,
        currency: row.currency(9)?,
        net: row.int(10)?,
        tax: row.int(11)?,
        total: row.int(12)?,
        open: row.int(13)?,
        disputed: row.int(14)?,
        next_due_on: row.date_opt(15)?,
        awaited: row.int(16)?,
    })
}
