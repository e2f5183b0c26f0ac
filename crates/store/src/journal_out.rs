//! The journal handed over to the main books: a batch per month, made once, and under which of their accounts ours go.

use receivables::billing::vat_return::Period;
use receivables::ids::{self, Id};
use receivables::ledger::{Account, Cause};
use receivables::{Currency, Date, Instant};

use crate::table;
use crate::tx::statements;
use crate::{Engine, Error, Tx, Value, params};

statements! {
    ALONE postgres = "SELECT 1 FROM (SELECT pg_advisory_xact_lock(74614, CAST($1 AS INTEGER))) AS held";
    CODES = "SELECT a.no, a.code, a.name, k.code FROM account a LEFT JOIN account_code k ON k.company = a.company AND k.account = a.no AND NOT EXISTS (SELECT 1 FROM account_code n WHERE n.company = k.company AND n.account = k.account AND n.id > k.id) WHERE a.company = $1 ORDER BY a.no";
    MADE = "SELECT o.id, o.from_on, o.until_on, o.opening, o.moved, o.closing, o.open, a.at, a.actor FROM journal_out o JOIN action a ON a.company = o.company AND a.id = o.action WHERE o.company = $1 ORDER BY o.from_on";
    WAITING = "SELECT e.id, e.posted_on, CAST(0 AS BIGINT) FROM entry e LEFT JOIN journal_out_entry x ON x.company = e.company AND x.entry = e.id WHERE e.company = $1 AND e.posted_on <= $2 AND x.entry IS NULL UNION ALL SELECT CAST(NULL AS UUID), CAST(NULL AS INTEGER), COALESCE((SELECT CAST(SUM(i.total_base) AS BIGINT) FROM open_item i WHERE i.company = $1 AND i.posted_on <= $2), 0) + COALESCE((SELECT CAST(SUM(m.amount_base) AS BIGINT) FROM movement m WHERE m.company = $1 AND m.posted_on <= $2), 0)";
    USED = "SELECT DISTINCT l.account FROM entry e JOIN entry_line l ON l.company = e.company AND l.entry = e.id LEFT JOIN journal_out_entry x ON x.company = e.company AND x.entry = e.id WHERE e.company = $1 AND e.posted_on >= $2 AND e.posted_on <= $3 AND x.entry IS NULL ORDER BY l.account";
    SUMS = "SELECT x.part, l.account, CAST(SUM(CASE WHEN l.base > 0 THEN l.base ELSE 0 END) AS BIGINT), CAST(SUM(CASE WHEN l.base < 0 THEN -l.base ELSE 0 END) AS BIGINT) FROM journal_out_entry x JOIN entry_line l ON l.company = x.company AND l.entry = x.entry WHERE x.company = $1 AND x.journal_out = $2 GROUP BY x.part, l.account ORDER BY l.account, x.part";
    ACCOUNTS = "SELECT k.account, a.code, a.name, k.code, k.debit, k.credit FROM journal_out_account k JOIN account a ON a.company = k.company AND a.no = k.account WHERE k.company = $1 AND k.journal_out = $2 ORDER BY k.account";
    SUMMED = "SELECT on_day, late, code, account, name, currency, CAST(SUM(CASE WHEN side = 1 THEN base ELSE 0 END) AS BIGINT), CAST(SUM(CASE WHEN side = 0 THEN -base ELSE 0 END) AS BIGINT), CAST(SUM(CASE WHEN side = 1 THEN amount ELSE -amount END) AS BIGINT), CAST(NULL AS INTEGER), CAST(NULL AS TEXT) FROM (SELECT e.posted_on AS on_day, CASE WHEN x.part = 'late' THEN 1 ELSE 0 END AS late, k.code AS code, a.no AS account, a.name AS name, l.currency AS currency, l.base AS base, l.amount AS amount, CASE WHEN l.base > 0 OR (l.base = 0 AND l.amount > 0) THEN 1 ELSE 0 END AS side FROM journal_out_entry x JOIN entry e ON e.company = x.company AND e.id = x.entry JOIN entry_line l ON l.company = x.company AND l.entry = x.entry JOIN account a ON a.company = l.company AND a.no = l.account JOIN journal_out_account k ON k.company = x.company AND k.journal_out = x.journal_out AND k.account = l.account WHERE x.company = $1 AND x.journal_out = $2 AND x.part <> 'before') y GROUP BY on_day, late, code, account, name, currency, side ORDER BY late DESC, on_day, account, currency, side DESC";
    DETAILED = "SELECT e.posted_on, CASE WHEN x.part = 'late' THEN 1 ELSE 0 END, k.code, a.no, a.name, l.currency, CASE WHEN l.base > 0 THEN l.base ELSE 0 END, CASE WHEN l.base < 0 THEN -l.base ELSE 0 END, CASE WHEN l.base > 0 OR (l.base = 0 AND l.amount > 0) THEN l.amount ELSE -l.amount END, e.cause, COALESCE(d.number, (SELECT MIN(i.number) FROM movement m JOIN document i ON i.company = m.company AND i.id = m.document WHERE m.company = e.company AND m.cause = e.id), r.reference) FROM journal_out_entry x JOIN entry e ON e.company = x.company AND e.id = x.entry JOIN entry_line l ON l.company = x.company AND l.entry = x.entry JOIN account a ON a.company = l.company AND a.no = l.account JOIN journal_out_account k ON k.company = x.company AND k.journal_out = x.journal_out AND k.account = l.account LEFT JOIN document d ON d.company = e.company AND d.id = e.id LEFT JOIN receipt r ON r.company = e.company AND r.id = e.id WHERE x.company = $1 AND x.journal_out = $2 AND x.part <> 'before' ORDER BY CASE WHEN x.part = 'late' THEN 0 ELSE 1 END, e.posted_on, e.id, l.no";
}

/// An account of ours and where it goes in the main books.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mapped {
    pub account: Account,
    pub own: String,
    pub name: String,
    /// None until somebody said so.
    pub code: Option<String>,
}

/// Every account of the company with its code in the main books.
pub fn codes(tx: &mut Tx<'_>, company: i64) -> Result<Vec<Mapped>, Error> {
    tx.all(CODES, params![company], |row| {
        let account = Account(row.small(0)?);
        Ok(Mapped { account, own: row.string(1)?, name: row.string(2)?, code: row.string_opt(3)? })
    })
}

/// Keeps where an account goes from now on.
pub fn map(tx: &mut Tx<'_>, company: i64, account: Account, code: &str) -> Result<(), Error> {
    let (id, action): (Id<ids::AccountCode>, _) = (tx.new_id(), tx.action_id()?);
    tx.insert_facts(&table::ACCOUNT_CODE, params![company, id, action, account.0, code])
}

/// A month that was handed over. Its sums are of the account of receivables, in the company's currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    pub id: Id<ids::JournalOut>,
    pub period: Period,
    pub opening: i64,
    pub moved: i64,
    pub closing: i64,
    /// What was open at the end of the month.
    pub open: i64,
    pub at: Instant,
    pub actor: String,
}

/// What was handed over, the earliest month first.
pub fn made(tx: &mut Tx<'_>, company: i64) -> Result<Vec<Made>, Error> {
    tx.all(MADE, params![company], |row| {
        Ok(Made {
            id: row.id(0)?,
            period: Period { from: row.date(1)?, until: row.date(2)? },
            opening: row.int(3)?,
            moved: row.int(4)?,
            closing: row.int(5)?,
            open: row.int(6)?,
            at: row.instant(7)?,
            actor: row.string(8)?,
        })
    })
}

/// Makes whoever else hands over the journal of the company wait.
pub fn lock(tx: &mut Tx<'_>, company: i64) -> Result<(), Error> {
    if tx.engine() == Engine::Postgres {
        tx.execute(ALONE, params![company])?;
    }
    Ok(())
}

/// Why an entry is in a batch.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Part {
    /// Posted before the first batch: its opening, and not handed over.
    Before,
    In,
    /// Posted into a month that was handed over without it.
    Late,
}

impl Part {
    fn code(self) -> &'static str {
        match self {
            Part::Before => "before",
            Part::In => "in",
            Part::Late => "late",
        }
    }
}

/// Keeps a month with every entry that is posted until its end and was not handed over; `last` is the month before.
pub fn save(tx: &mut Tx<'_>, company: i64, period: &Period, last: Option<&Made>) -> Result<(), Error> {
    let (id, action): (Id<ids::JournalOut>, _) = (tx.new_id(), tx.action_id()?);
    // One statement: what is open is read of the very entries that are handed over.
    let (mut entries, mut open): (Vec<(Id<ids::Entry>, Date)>, i64) = (Vec::new(), 0);
    tx.each(WAITING, params![company, period.until], |row| {
        match row.id_opt(0)? {
            Some(entry) => entries.push((entry, row.date(1)?)),
            None => open = row.int(2)?,
        }
        Ok(())
    })?;
    let mut rows: Vec<Value<'_>> = Vec::with_capacity(entries.len() * table::JOURNAL_OUT_ENTRY.columns.len());
    for (entry, posted_on) in entries {
        let part = match last {
            _ if posted_on >= period.from => Part::In,
            None => Part::Before,
            Some(_) => Part::Late,
        };
        rows.extend([company.into(), id.into(), entry.into(), action.into(), Value::Text(part.code())]);
    }
    tx.insert_facts(&table::JOURNAL_OUT_ENTRY, &rows)?;
    let sums = tx.all(SUMS, params![company, id], |row| {
        Ok((row.text(0)? == Part::Before.code(), Account(row.small(1)?), row.int(2)?, row.int(3)?))
    })?;
    let (mut before, mut moved, mut rows): (i64, i64, Vec<Value<'_>>) = (0, 0, Vec::new());
    for one in codes(tx, company)? {
        let of_account = || sums.iter().filter(|(_, account, ..)| *account == one.account);
        if one.account == Account::RECEIVABLES {
            let balance = |is_before: bool| -> i64 {
                of_account().filter(|sum| sum.0 == is_before).map(|(.., debit, credit)| debit - credit).sum()
            };
            (before, moved) = (balance(true), balance(false));
        }
        let handed = of_account().filter(|sum| !sum.0);
        let (count, debit, credit) =
            handed.fold((0, 0, 0), |sum, (.., debit, credit)| (sum.0 + 1, sum.1 + debit, sum.2 + credit));
        if let Some(code) = one.code.filter(|_| count > 0) {
            rows.extend([company.into(), id.into(), one.account.0.into(), action.into(), code.into()]);
            rows.extend([Value::Int(debit), Value::Int(credit)]);
        }
    }
    let opening = last.map_or(before, |last| last.closing);
    let head = params![
        company,
        id,
        action,
        period.to_string(),
        period.from,
        period.until,
        opening,
        moved,
        opening + moved,
        open
    ];
    tx.insert_facts(&table::JOURNAL_OUT, head)?;
    tx.insert_facts(&table::JOURNAL_OUT_ACCOUNT, &rows)
}

/// The accounts that entries use which would be handed over.
pub fn used(tx: &mut Tx<'_>, company: i64, period: &Period, is_first: bool) -> Result<Vec<Account>, Error> {
    let from = if is_first { period.from } else { Date::from_day_number(i32::MIN) };
    tx.all(USED, params![company, from, period.until], |row| Ok(Account(row.small(0)?)))
}

/// An account of a batch: its code then and its sums, in the company's currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfAccount {
    pub account: Account,
    pub own: String,
    pub name: String,
    pub code: String,
    pub debit: i64,
    pub credit: i64,
}

pub fn accounts(tx: &mut Tx<'_>, company: i64, id: Id<ids::JournalOut>) -> Result<Vec<OfAccount>, Error> {
    tx.all(ACCOUNTS, params![company, id], |row| {
        Ok(OfAccount {
            account: Account(row.small(0)?),
            own: row.string(1)?,
            name: row.string(2)?,
            code: row.string(3)?,
            debit: row.int(4)?,
            credit: row.int(5)?,
        })
    })
}

/// A row for the main books; one of `debit` and `credit` is zero.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub on: Date,
    pub late: bool,
    /// Of the main books.
    pub code: String,
    pub name: String,
    pub currency: Currency,
    pub debit: i64,
    pub credit: i64,
    /// In `currency`, of the side of the row.
    pub amount: i64,
    /// Of a row of one entry: what caused it, and the number it bears.
    pub cause: Option<&'static str>,
    pub number: Option<String>,
}

/// The rows of a batch, late ones first: a sum per day, account and currency, or each line of each entry.
pub fn lines(
    tx: &mut Tx<'_>,
    company: i64,
    id: Id<ids::JournalOut>,
    detail: bool,
    mut f: impl FnMut(Line) -> Result<(), Error>,
) -> Result<(), Error> {
    let sql = if detail { DETAILED } else { SUMMED };
    tx.each(sql, params![company, id], |row| {
        f(Line {
            on: row.date(0)?,
            late: row.flag(1)?,
            code: row.string(2)?,
            name: row.string(4)?,
            currency: row.currency(5)?,
            debit: row.int(6)?,
            credit: row.int(7)?,
            amount: row.int(8)?,
            cause: row.int_opt(9)?.and_then(Cause::from_number).map(Cause::name),
            number: row.string_opt(10)?,
        })
    })
}
