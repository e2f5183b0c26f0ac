//! The kept worklist as it stands now: filtered, in the order of the day turn, without what was paid, put on hold or worked
//! since. What merged customers owe and whether they are on hold is that of the one that stands for them.

use receivables::collections::attempt::wall_minute;
use receivables::ids::{self, Id};
use receivables::{Currency, Date};

use crate::tx::{Row, statements};
use crate::{Error, Tx, Value, params};

macro_rules! columns {
    () => {
        "SELECT p.customer, c.code, c.name, p.points, p.body, p.step, p.rank, c.collector, (SELECT k.last_on FROM contact k WHERE k.company = p.company AND k.customer = p.customer)"
    };
}

/// From the list in its order: ends at the limit.
macro_rules! by_rank {
    () => {
        " FROM priority p JOIN customer c ON c.company = p.company AND c.id = p.customer WHERE p.company = $1 AND (CAST($2 AS TEXT) IS NULL OR c.collector IS NULL)"
    };
}

/// From the customers: for filters that few of them pass. CROSS JOIN keeps SQLite to this order.
macro_rules! by_customer {
    () => {
        " FROM customer c CROSS JOIN priority p WHERE c.company = $1 AND p.company = c.company AND p.customer = c.id AND (CAST($2 AS TEXT) IS NULL OR c.collector IS NULL)"
    };
}

macro_rules! by_collector {
    () => {
        " FROM customer c CROSS JOIN priority p WHERE c.company = $1 AND p.company = c.company AND p.customer = c.id AND c.collector = $2"
    };
}

/// What is overdue or on hold of an account is that of all customers merged into it, too.
macro_rules! filter {
    () => {
        " AND (CAST($4 AS TEXT) IS NULL OR c.segment = $4) AND (CAST($5 AS TEXT) IS NULL OR p.step = $5) AND (CAST($6 AS TEXT) IS NULL OR p.reasons LIKE $6) AND (CAST($7 AS TEXT) IS NULL OR LOWER(c.name) LIKE $7 ESCAPE '\\' OR LOWER(c.code) LIKE $7 ESCAPE '\\') AND ((CAST($8 AS TEXT) IS NULL AND p.overdue >= $9) OR ($8 IS NOT NULL AND p.currencies LIKE '% ' || $8 || ' %' AND (SELECT CAST(SUM(i.open) AS BIGINT) FROM open_item i WHERE i.company = c.company AND i.customer IN (SELECT m.id FROM customer m WHERE m.company = c.company AND (m.id = c.id OR m.merged_into = c.id)) AND i.currency = $8 AND i.open <> 0 AND i.open > 0 AND i.due_on < $10) >= $9)) AND (EXISTS (SELECT 1 FROM open_item i WHERE i.company = c.company AND i.customer = c.id AND i.open <> 0 AND i.open > 0 AND i.due_on < $10) OR EXISTS (SELECT 1 FROM customer m JOIN open_item i ON i.company = m.company AND i.customer = m.id WHERE m.company = c.company AND m.merged_into = c.id AND i.open <> 0 AND i.open > 0 AND i.due_on < $10)) AND NOT EXISTS (SELECT 1 FROM hold h WHERE h.company = c.company AND h.customer = c.id AND h.until_on >= $10 AND h.from_on <= $10 AND (h.ended_on IS NULL OR h.ended_on > $10)) AND NOT EXISTS (SELECT 1 FROM customer m JOIN hold h ON h.company = m.company AND h.customer = m.id WHERE m.company = c.company AND m.merged_into = c.id AND h.until_on >= $10 AND h.from_on <= $10 AND (h.ended_on IS NULL OR h.ended_on > $10)) AND (CASE WHEN EXISTS (SELECT 1 FROM rest r WHERE r.company = c.company AND r.customer = c.id AND r.until_minute > $11) THEN 1 ELSE 0 END) = $12"
    };
}

macro_rules! onward {
    ($from:ident) => {
        concat!(columns!(), $from!(), " AND p.rank > $3", filter!(), " ORDER BY p.rank LIMIT $13")
    };
}

macro_rules! back {
    ($from:ident) => {
        concat!(columns!(), $from!(), " AND p.rank < $3", filter!(), " ORDER BY p.rank DESC LIMIT $13")
    };
}

macro_rules! counted {
    ($from:ident) => {
        concat!("SELECT COUNT(*) FROM (SELECT 1", $from!(), " AND p.rank > $3", filter!(), " LIMIT $13) x")
    };
}

/// From the accounts that rest; `$3` is the minute and not a rank.
macro_rules! by_rest {
    () => {
        " FROM rest a CROSS JOIN customer c CROSS JOIN priority p WHERE a.company = $1 AND c.company = a.company AND c.id = a.customer AND p.company = c.company AND p.customer = c.id AND (CAST($2 AS TEXT) IS NULL OR ($2 = '' AND c.collector IS NULL) OR c.collector = $2) AND a.until_minute > $3"
    };
}

statements! {
    ORDERED = "SELECT on_day FROM priority WHERE company = $1 AND rank = 1";
    NEXT = onward!(by_rank);
    NEXT_NAMED = onward!(by_customer);
    NEXT_OF = onward!(by_collector);
    RESTING = concat!(columns!(), by_rest!(), filter!(), " ORDER BY a.until_minute, p.rank LIMIT $13");
    COUNT_RESTING = concat!("SELECT COUNT(*) FROM (SELECT 1", by_rest!(), filter!(), " LIMIT $13) x");
    BEFORE = back!(by_rank);
    BEFORE_OF = back!(by_collector);
    COUNT = counted!(by_rank);
    COUNT_NAMED = counted!(by_customer);
    COUNT_OF = counted!(by_collector);
    STANDS = concat!(columns!(), " FROM priority p JOIN customer c ON c.company = p.company AND c.id = p.customer WHERE p.company = $1 AND p.customer = $2");
    TEAM = "SELECT c.collector, COUNT(*), CAST(SUM(p.overdue) AS BIGINT) FROM priority p JOIN customer c ON c.company = p.company AND c.id = p.customer WHERE p.company = $1 GROUP BY c.collector";
}

/// Whose accounts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Whose<'a> {
    All,
    Nobody,
    User(&'a str),
}

/// Which accounts of the list, on which day and at which minute of it.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    pub whose: Whose<'a>,
    pub segment: Option<&'a str>,
    pub step: Option<&'a str>,
    /// The code of a reason.
    pub reason: Option<&'a str>,
    /// Part of the name or the code.
    pub text: Option<&'a str>,
    pub currency: Option<Currency>,
    /// Overdue at least, in minor units of the currency, or of the company's where none is named.
    pub overdue_min: i64,
    /// Those that rest after an attempt, instead of those to work.
    pub resting: bool,
    pub today: Date,
    pub minute: i32,
}

/// Which way along the list.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Way {
    Onward,
    Back,
}

/// One account of the list.
#[derive(Clone, Debug)]
pub struct Listed {
    pub customer: Id<ids::Customer>,
    pub code: String,
    pub name: String,
    pub points: i32,
    /// Amounts and reasons, as the day turn kept them.
    pub body: String,
    pub step: String,
    pub rank: i32,
    pub collector: Option<String>,
    pub contacted_on: Option<Date>,
}

fn read(row: &Row<'_>) -> Result<Listed, Error> {
    Ok(Listed {
        customer: row.id(0)?,
        code: row.string(1)?,
        name: row.string(2)?,
        points: row.small(3)?,
        body: row.string(4)?,
        step: row.string(5)?,
        rank: row.small(6)?,
        collector: row.string_opt(7)?,
        contacted_on: row.date_opt(8)?,
    })
}

impl Wanted<'_> {
    fn now(&self) -> i64 {
        wall_minute(self.today, self.minute)
    }

    fn params(&self, company: i64, from: i64, limit: i64) -> Vec<Value<'_>> {
        let whose = match self.whose {
            Whose::All => None,
            Whose::Nobody => Some(""),
            Whose::User(user) => Some(user),
        };
        let reason = self.reason.map(|code| format!("% {code} %"));
        let text = self.text.map(|text| format!("%{}%", literally(&text.to_lowercase())));
        vec![
            company.into(),
            whose.into(),
            from.into(),
            self.segment.into(),
            self.step.into(),
            reason.into(),
            text.into(),
            self.currency.into(),
            self.overdue_min.max(1).into(),
            self.today.into(),
            self.now().into(),
            self.resting.into(),
            limit.into(),
        ]
    }
}

/// A text in which LIKE finds nothing but itself.
fn literally(text: &str) -> String {
    text.chars().flat_map(|c| matches!(c, '%' | '_' | '\\').then_some('\\').into_iter().chain([c])).collect()
}

/// The day whose turn the list is from; `None` where it is empty.
pub fn ordered_on(tx: &mut Tx<'_>, company: i64) -> Result<Option<Date>, Error> {
    tx.first(ORDERED, params![company], |row| row.date(0))
}

/// The accounts after (or before) a rank, the nearest first. Rank 0 is before the first.
pub fn from(
    tx: &mut Tx<'_>,
    company: i64,
    wanted: &Wanted<'_>,
    way: Way,
    rank: i32,
    limit: i64,
) -> Result<Vec<Listed>, Error> {
    let text = match (way, wanted.whose, wanted.text) {
        (Way::Onward, Whose::User(_), _) => NEXT_OF,
        (Way::Onward, _, Some(_)) => NEXT_NAMED,
        (Way::Onward, _, None) => NEXT,
        (Way::Back, Whose::User(_), _) => BEFORE_OF,
        (Way::Back, ..) => BEFORE,
    };
    tx.all(text, &wanted.params(company, rank.into(), limit), read)
}

/// The accounts that rest, those that come back first at the head.
pub fn resting(tx: &mut Tx<'_>, company: i64, wanted: &Wanted<'_>, limit: i64) -> Result<Vec<Listed>, Error> {
    tx.all(RESTING, &wanted.params(company, wanted.now(), limit), read)
}

/// How many accounts there are; counting ends at `most`.
pub fn count(tx: &mut Tx<'_>, company: i64, wanted: &Wanted<'_>, most: i64) -> Result<i64, Error> {
    let (text, from) = match (wanted.resting, wanted.whose, wanted.text) {
        (true, ..) => (COUNT_RESTING, wanted.now()),
        (_, Whose::User(_), _) => (COUNT_OF, 0),
        (_, _, Some(_)) => (COUNT_NAMED, 0),
        (_, _, None) => (COUNT, 0),
    };
    Ok(tx.first(text, &wanted.params(company, from, most), |row| row.int(0))?.unwrap_or(0))
}

/// The account as the list has it, whatever became of it since.
pub fn stands(tx: &mut Tx<'_>, company: i64, customer: Id<ids::Customer>) -> Result<Option<Listed>, Error> {
    tx.first(STANDS, params![company, customer], read)
}

/// How many accounts of the list each person works, and what was overdue on them in the company's currency.
pub fn team(tx: &mut Tx<'_>, company: i64) -> Result<Vec<(Option<String>, i64, i64)>, Error> {
    tx.all(TEAM, params![company], |row| Ok((row.string_opt(0)?, row.int(1)?, row.int(2)?)))
}
