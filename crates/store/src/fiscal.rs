//! Documents on their way to the tax device, what happened to them there, and the receipts it signed.

use std::collections::BTreeSet;

use receivables::billing::fiscal::{Ask, Doubt, Event, Receipt, State, Submission};
use receivables::ids::{self, Id};
use receivables::{Date, Instant, Refusal};

use crate::table;
use crate::tx::{Row, statements};
use crate::{Error, Tx, Value, params};

statements! {
    DEVICE = "SELECT way, address, branch, serial, item_class, from_on, paths, info, secret, reached_at, failed_at, offline_at FROM device WHERE company = $1";
    DEVICE_LOCKED locked = "SELECT way, address, branch, serial, item_class, from_on, paths, info, secret, reached_at, failed_at, offline_at FROM device WHERE company = $1";
    SAVE_DEVICE = "INSERT INTO device (company, way, address, branch, serial, item_class, from_on, paths, info, secret, reached_at, failed_at, offline_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) ON CONFLICT (company) DO UPDATE SET way = excluded.way, address = excluded.address, branch = excluded.branch, serial = excluded.serial, item_class = excluded.item_class, from_on = excluded.from_on, paths = excluded.paths, info = excluded.info, secret = excluded.secret, reached_at = excluded.reached_at, failed_at = excluded.failed_at, offline_at = excluded.offline_at";
    NEXT_NUMBER = "INSERT INTO number_series (company, series, last) VALUES ($1, $2, $3) ON CONFLICT (company, series) DO UPDATE SET last = number_series.last + $3 RETURNING last";
    RAISE_NUMBER = "INSERT INTO number_series (company, series, last) VALUES ($1, $2, $3) ON CONFLICT (company, series) DO UPDATE SET last = CASE WHEN number_series.last > $3 THEN number_series.last ELSE $3 END RETURNING last";
    BUYER = "SELECT bill_to FROM document WHERE company = $1 AND id = $2";
    DEVICE_ITEM = "SELECT no, version FROM device_item WHERE company = $1 AND item = $2";
    SET_DEVICE_ITEM = "UPDATE device_item SET version = $1 WHERE company = $2 AND item = $3";
    OF = "SELECT document, branch, number, original, state, at, detail, code, counters_cannot_tell, attempts, failures, open, purchase_code FROM submission WHERE company = $1 AND document = $2";
    PENDING = "SELECT document, branch, number, original, state, at, detail, code, counters_cannot_tell, attempts, failures, open, purchase_code FROM submission WHERE company = $1 AND state <> 'fiscalised' AND state <> 'void' ORDER BY number";
    PENDING_IDS = "SELECT document FROM submission WHERE company = $1 AND state <> 'fiscalised' AND state <> 'void'";
    SET_STATE = "UPDATE submission SET state = $1, at = $2, detail = $3, code = $4, counters_cannot_tell = $5, attempts = $6, failures = $7, open = $8 WHERE company = $9 AND document = $10";
    SET_CODE = "UPDATE submission SET purchase_code = $1 WHERE company = $2 AND document = $3";
    LAST_NO = "SELECT no FROM submission_event WHERE company = $1 AND submission = $2 ORDER BY no DESC LIMIT 1";
    EVENTS = "SELECT at, event, attempt, became, said FROM submission_event WHERE company = $1 AND submission = $2 ORDER BY no";
    RECEIPT = "SELECT label, sdc, mrc, of_label, of_all, internal_data, signature, signed_at FROM fiscal_receipt WHERE company = $1 AND submission = $2";
    BETWEEN = "SELECT (SELECT MAX(f.of_all) FROM fiscal_receipt f JOIN submission s ON s.company = f.company AND s.document = f.submission WHERE f.company = $1 AND s.number < $2), (SELECT MIN(f.of_all) FROM fiscal_receipt f JOIN submission s ON s.company = f.company AND s.document = f.submission WHERE f.company = $1 AND s.number > $2)";
    QUEUE = "SELECT d.number, d.kind, c.code, c.name, d.issued_on, d.currency, d.total, s.document, s.branch, s.number, s.original, s.state, s.at, s.detail, s.code, s.counters_cannot_tell, s.attempts, s.failures, s.open, s.purchase_code, c.tin FROM submission s JOIN document d ON d.company = s.company AND d.id = s.document JOIN customer c ON c.company = d.company AND c.id = d.bill_to WHERE s.company = $1 AND s.state <> 'fiscalised' AND s.state <> 'void' ORDER BY s.number LIMIT $2";
    COUNTS = "SELECT state, counters_cannot_tell, COUNT(*) FROM submission WHERE company = $1 AND state <> 'fiscalised' AND state <> 'void' GROUP BY state, counters_cannot_tell";
    SIGNED = "SELECT f.label, d.id, t.class, d.issued_on, t.net + t.tax, t.tax, d.total, d.total_base FROM fiscal_receipt f JOIN document d ON d.company = f.company AND d.id = f.submission JOIN document_tax t ON t.company = d.company AND t.document = d.id WHERE f.company = $1 AND f.signed_at >= $2 AND f.signed_at < $3 ORDER BY f.label, d.id, t.class";
    SIGNED_AT = "SELECT DISTINCT signed_at FROM fiscal_receipt WHERE company = $1";
    CLOSED_DAY = "SELECT body FROM fiscal_day WHERE company = $1 AND on_day = $2";
    LAST_PRINT = "SELECT no, at, by_user FROM printed WHERE company = $1 AND document = $2 ORDER BY no DESC LIMIT 1";
    SIGNED_RANGE = "SELECT f.label, COUNT(*), MIN(f.of_all), MAX(f.of_all) FROM fiscal_receipt f WHERE f.company = $1 AND f.signed_at >= $2 AND f.signed_at < $3 GROUP BY f.label ORDER BY f.label DESC";
    REFERENCES = "SELECT kind, said FROM document_reference WHERE company = $1 AND document = $2 ORDER BY kind";
}

/// The series of the numbers of items.
const DEVICE_ITEMS: &str = "tax device items";
/// The first numbers are those of what is in no catalogue, one per tax letter.
const OF_LETTERS: i64 = 100;

/// The tax device of a company.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Device {
    /// A way in of the country's pack: `vsdc`, `osdc`.
    pub way: String,
    /// Below which its paths lie.
    pub address: String,
    /// Two digits; `00` is the head office.
    pub branch: String,
    pub serial: String,
    /// The class of what is no item of the catalogue; empty where none was said.
    pub item_class: String,
    /// Documents issued from this day on go to it.
    pub from_on: Date,
    /// Paths of this installation that differ, `purpose=/path` with a space between.
    pub paths: String,
    /// What it said of itself at initialisation, without keys; empty before.
    pub info: String,
    /// The key it gave.
    pub secret: String,
    pub reached_at: Option<Instant>,
    /// Since when it does not answer.
    pub failed_at: Option<Instant>,
    /// Since when it does not reach the authority.
    pub offline_at: Option<Instant>,
}

fn read_device(row: &Row<'_>) -> Result<Device, Error> {
    let at = |i| row.int_opt(i).map(|at| at.map(Instant::from_micros));
    Ok(Device {
        way: row.string(0)?,
        address: row.string(1)?,
        branch: row.string(2)?,
        serial: row.string(3)?,
        item_class: row.string(4)?,
        from_on: row.date(5)?,
        paths: row.string(6)?,
        info: row.string(7)?,
        secret: row.string(8)?,
        reached_at: at(9)?,
        failed_at: at(10)?,
        offline_at: at(11)?,
    })
}

/// The device of a company; most have none.
pub fn device(tx: &mut Tx<'_>, company: i64) -> Result<Option<Device>, Error> {
    tx.first(DEVICE, params![company], read_device)
}

/// The same, so that one program after the other decides what goes to it.
pub fn device_locked(tx: &mut Tx<'_>, company: i64) -> Result<Option<Device>, Error> {
    tx.first(DEVICE_LOCKED, params![company], read_device)
}

pub fn save_device(tx: &mut Tx<'_>, company: i64, d: &Device) -> Result<(), Error> {
    let row = params![
        company,
        &d.way,
        &d.address,
        &d.branch,
        &d.serial,
        &d.item_class,
        d.from_on,
        &d.paths,
        &d.info,
        &d.secret,
        d.reached_at,
        d.failed_at,
        d.offline_at
    ];
    tx.touch();
    tx.execute(SAVE_DEVICE, row).map(|_| ())
}

fn series(branch: &str) -> String {
    format!("tax device {branch}")
}

/// Numbers go on after the last that the device knows.
pub fn number_from(tx: &mut Tx<'_>, company: i64, branch: &str, last: u64) -> Result<(), Error> {
    let last = i64::try_from(last).unwrap_or(i64::MAX);
    tx.first(RAISE_NUMBER, params![company, series(branch), last], |_| Ok(())).map(|_| ())
}

/// The number of an item of the catalogue with the device, given at the first asking, and the version it was told last; 0 where
/// it was told none.
pub fn device_item(tx: &mut Tx<'_>, company: i64, item: Id<ids::CatalogueItem>) -> Result<(i64, i64), Error> {
    let known = tx.first(DEVICE_ITEM, params![company, item], |row| Ok((row.int(0)?, row.int(1)?)))?;
    if let Some(known) = known {
        return Ok(known);
    }
    let no = tx.first(NEXT_NUMBER, params![company, DEVICE_ITEMS, 1i64], |row| row.int(0))?;
    let no = no.ok_or_else(|| Error::Failed("a series that was just raised has no number".into()))? + OF_LETTERS;
    tx.insert_rows(&table::DEVICE_ITEM, params![company, item, no, 0i64])?;
    Ok((no, 0))
}

/// Who is billed by a document.
pub fn buyer(tx: &mut Tx<'_>, company: i64, document: Id<ids::Document>) -> Result<Option<Id<ids::Customer>>, Error> {
    tx.first(BUYER, params![company, document], |row| row.id(0))
}

/// The device was told this version of an item.
pub fn told_item(tx: &mut Tx<'_>, company: i64, item: Id<ids::CatalogueItem>, version: i64) -> Result<(), Error> {
    tx.execute(SET_DEVICE_ITEM, params![version, company, item]).map(|_| ())
}

/// A document that begins its way.
#[derive(Clone, Debug)]
pub struct New {
    pub document: Id<ids::Document>,
    /// The number of the sale that a refund takes back; 0 of a sale.
    pub original: u64,
    pub purchase_code: Option<String>,
    /// What a person must do before it can be sent.
    pub held: Option<Ask>,
}

/// Begins the way of documents: each gets the next number of the branch.
pub fn begin(tx: &mut Tx<'_>, company: i64, branch: &str, new: &[New]) -> Result<(), Error> {
    let count = i64::try_from(new.len()).unwrap_or(i64::MAX);
    if count == 0 {
        return Ok(());
    }
    let (action, now) = (tx.action_id()?, tx.now());
    let last = tx.first(NEXT_NUMBER, params![company, series(branch), count], |row| row.int(0))?;
    let last = last.ok_or_else(|| Error::Failed("a series that was just raised has no number".into()))?;
    let mut rows: Vec<Value<'_>> = Vec::with_capacity(new.len() * table::SUBMISSION.columns.len());
    for (number, one) in (last - count + 1..).zip(new) {
        let no = u64::try_from(number).unwrap_or(0);
        let begun = one.held.map_or_else(|| Submission::new(no, now), |ask| Submission::held(no, ask, now));
        rows.extend([company.into(), one.document.into(), action.into(), Value::Text(branch)]);
        rows.extend([number.into(), i64::try_from(one.original).unwrap_or(0).into()]);
        rows.extend(stands(&begun));
        rows.push(one.purchase_code.clone().into());
    }
    tx.insert_facts(&table::SUBMISSION, &rows)
}

/// The columns of a submission that follow its events.
fn stands(one: &Submission) -> [Value<'static>; 8] {
    let mut tell = false;
    let (at, detail, code) = match &one.state {
        State::Waiting { not_before } => (*not_before, String::new(), None),
        State::Sent { at } | State::Void { at } | State::Fiscalised { at, .. } => (*at, String::new(), None),
        State::Unknown { since, doubt, counters_cannot_tell } => {
            tell = *counters_cannot_tell;
            (*since, doubt.code().to_owned(), None)
        }
        State::Refused { at, code, ask, .. } => (*at, ask.code().to_owned(), Some(code.clone())),
        State::Parked { at, code } => (*at, String::new(), code.clone()),
    };
    [
        Value::Text(one.state.code()),
        at.into(),
        detail.into(),
        code.unwrap_or_default().into(),
        tell.into(),
        one.attempts.into(),
        one.failures.into(),
        one.open.into(),
    ]
}

/// A document on its way.
#[derive(Clone, Debug)]
pub struct OnItsWay {
    pub document: Id<ids::Document>,
    pub branch: String,
    pub original: u64,
    pub purchase_code: Option<String>,
    pub submission: Submission,
}

/// Thirteen columns from `at` on. Its receipt is read by [`receipt`].
fn read_way(row: &Row<'_>, at: usize) -> Result<OnItsWay, Error> {
    let count = |i: usize| row.int(at + i).map(|n| u32::try_from(n).unwrap_or(0));
    let number = |i: usize| row.int(at + i).map(|n| u64::try_from(n).unwrap_or(0));
    let (when, detail, code) = (row.instant(at + 5)?, row.string(at + 6)?, row.string(at + 7)?);
    let unknown = |what: &str| Error::Failed(format!("a submission that is {what}"));
    let state = match row.text(at + 4)? {
        "waiting" => State::Waiting { not_before: when },
        "sent" => State::Sent { at: when },
        "unknown" => State::Unknown {
            since: when,
            doubt: Doubt::from_code(&detail).ok_or_else(|| unknown(&detail))?,
            counters_cannot_tell: row.flag(at + 8)?,
        },
        "fiscalised" => State::Fiscalised { at: when, receipt: None },
        "refused" => State::Refused {
            at: when,
            code,
            ask: Ask::from_code(&detail).ok_or_else(|| unknown(&detail))?,
            field: None,
        },
        "parked" => State::Parked { at: when, code: Some(code).filter(|code| !code.is_empty()) },
        "void" => State::Void { at: when },
        other => return Err(unknown(other)),
    };
    Ok(OnItsWay {
        document: row.id(at)?,
        branch: row.string(at + 1)?,
        original: number(3)?,
        purchase_code: row.string_opt(at + 12)?,
        submission: Submission {
            number: number(2)?,
            state,
            attempts: count(9)?,
            failures: count(10)?,
            open: count(11)?,
        },
    })
}

/// How a document stands with the device; who changes it holds the lock of the device. `None` where it does not go there.
pub fn of(tx: &mut Tx<'_>, company: i64, document: Id<ids::Document>) -> Result<Option<OnItsWay>, Error> {
    let Some(mut found) = tx.first(OF, params![company, document], |row| read_way(row, 0))? else { return Ok(None) };
    if let State::Fiscalised { receipt: kept, .. } = &mut found.submission.state {
        *kept = receipt(tx, company, document)?.map(|(_, receipt)| receipt);
    }
    Ok(Some(found))
}

/// Everything without a receipt that may still get one, the lowest number first.
pub fn pending(tx: &mut Tx<'_>, company: i64) -> Result<Vec<OnItsWay>, Error> {
    tx.all(PENDING, params![company], |row| read_way(row, 0))
}

/// The same, by document alone.
pub fn pending_ids(tx: &mut Tx<'_>, company: i64) -> Result<BTreeSet<Id<ids::Document>>, Error> {
    Ok(tx.all(PENDING_IDS, params![company], |row| row.id(0))?.into_iter().collect())
}

/// Writes what became of a document that was read under the lock of its device, by which event; `said` is what was sent or answered, and
/// `label` that of a receipt.
pub fn follow_up(
    tx: &mut Tx<'_>,
    company: i64,
    way: &OnItsWay,
    after: &Submission,
    event: (&Event, &str),
    label: &str,
) -> Result<(), Error> {
    let (action, now) = (tx.action_id()?, tx.now());
    let no = tx.first(LAST_NO, params![company, way.document], |row| row.int(0))?.unwrap_or(0) + 1;
    let (event, said) = event;
    let row = params![company, way.document, no, action, now, event.code(), after.attempts, after.state.code(), said];
    tx.insert_facts(&table::SUBMISSION_EVENT, row)?;
    let kept = matches!(way.submission.state, State::Fiscalised { receipt: Some(_), .. });
    if let (State::Fiscalised { receipt: Some(r), .. }, false) = (&after.state, kept) {
        let count = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
        let row = params![
            company,
            way.document,
            action,
            label,
            &r.sdc,
            &r.mrc,
            count(r.of_label),
            count(r.of_all),
            &r.internal_data,
            &r.signature,
            r.signed_at
        ];
        tx.insert_facts(&table::FISCAL_RECEIPT, row)?;
    }
    let mut row: Vec<Value<'_>> = stands(after).into();
    row.extend([company.into(), way.document.into()]);
    tx.execute(SET_STATE, &row).map(|_| ())
}

/// The purchase code that the next attempt carries.
pub fn set_purchase_code(tx: &mut Tx<'_>, company: i64, document: Id<ids::Document>, code: &str) -> Result<(), Error> {
    tx.execute(SET_CODE, params![code, company, document]).map(|_| ())
}

/// What the device signed of a document, with the label of the receipt.
pub fn receipt(tx: &mut Tx<'_>, company: i64, document: Id<ids::Document>) -> Result<Option<(String, Receipt)>, Error> {
    tx.first(RECEIPT, params![company, document], |row| {
        let count = |i| row.int(i).map(|n| u64::try_from(n).unwrap_or(0));
        let receipt = Receipt {
            sdc: row.string(1)?,
            mrc: row.string(2)?,
            of_label: count(3)?,
            of_all: count(4)?,
            internal_data: row.string(5)?,
            signature: row.string(6)?,
            signed_at: row.instant(7)?,
        };
        Ok((row.string(0)?, receipt))
    })
}

/// One thing that happened to a document on its way.
#[derive(Clone, Debug)]
pub struct Happened {
    pub at: Instant,
    pub event: String,
    pub attempt: i32,
    /// Where it stood then.
    pub became: String,
    /// What was sent or answered.
    pub said: String,
}

/// What happened to a document, in order.
pub fn events(tx: &mut Tx<'_>, company: i64, document: Id<ids::Document>) -> Result<Vec<Happened>, Error> {
    tx.all(EVENTS, params![company, document], |row| {
        Ok(Happened {
            at: row.instant(0)?,
            event: row.string(1)?,
            attempt: row.small(2)?,
            became: row.string(3)?,
            said: row.string(4)?,
        })
    })
}

/// The receipts before and after a number, as the device counts all of them: where one is missing between, it signed
/// something of which nobody heard.
pub fn between(tx: &mut Tx<'_>, company: i64, number: u64) -> Result<(Option<i64>, Option<i64>), Error> {
    let number = i64::try_from(number).unwrap_or(i64::MAX);
    let found = tx.first(BETWEEN, params![company, number], |row| Ok((row.int_opt(0)?, row.int_opt(1)?)))?;
    Ok(found.unwrap_or_default())
}

/// A document without a receipt, as people see it.
#[derive(Clone, Debug)]
pub struct Queued {
    pub number: String,
    pub is_note: bool,
    pub code: String,
    pub name: String,
    pub tin: Option<String>,
    pub issued_on: Date,
    pub currency: receivables::Currency,
    pub total: i64,
    pub way: OnItsWay,
}

/// Documents without a receipt, the lowest number first.
pub fn queue(tx: &mut Tx<'_>, company: i64, limit: i64) -> Result<Vec<Queued>, Error> {
    tx.all(QUEUE, params![company, limit], |row| {
        Ok(Queued {
            number: row.string(0)?,
            is_note: row.int(1)? == 2,
            code: row.string(2)?,
            name: row.string(3)?,
            issued_on: row.date(4)?,
            currency: row.currency(5)?,
            total: row.int(6)?,
            way: read_way(row, 7)?,
            tin: row.string_opt(20)?,
        })
    })
}

/// How many documents wait, and how many of them for a person.
pub fn counts(tx: &mut Tx<'_>, company: i64) -> Result<(i64, i64), Error> {
    let (mut all, mut stuck) = (0, 0);
    tx.each(COUNTS, params![company], |row| {
        let count = row.int(2)?;
        all += count;
        if matches!(row.text(0)?, "refused" | "parked") || row.flag(1)? {
            stuck += count;
        }
        Ok(())
    })?;
    Ok((all, stuck))
}

/// What of a document was signed under one tax class; amounts in minor units of its currency.
#[derive(Clone, Debug)]
pub struct Signed {
    pub label: String,
    pub document: Id<ids::Document>,
    pub class: String,
    pub issued_on: Date,
    pub gross: i64,
    pub tax: i64,
    pub total: i64,
    pub total_base: i64,
}

/// How many receipts of a label there are, and its first and last number of all.
pub type OfLabel = (String, i64, i64, i64);

/// The receipts of a span: by label, and of each document by tax class.
pub fn signed(
    tx: &mut Tx<'_>,
    company: i64,
    from: Instant,
    until: Instant,
) -> Result<(Vec<OfLabel>, Vec<Signed>), Error> {
    let labels = tx.all(SIGNED_RANGE, params![company, from, until], |row| {
        Ok((row.string(0)?, row.int(1)?, row.int(2)?, row.int(3)?))
    })?;
    let signed = tx.all(SIGNED, params![company, from, until], |row| {
        Ok(Signed {
            label: row.string(0)?,
            document: row.id(1)?,
            class: row.string(2)?,
            issued_on: row.date(3)?,
            gross: row.int(4)?,
            tax: row.int(5)?,
            total: row.int(6)?,
            total_base: row.int(7)?,
        })
    })?;
    Ok((labels, signed))
}

/// When receipts were signed.
pub fn signed_at(tx: &mut Tx<'_>, company: i64) -> Result<Vec<Instant>, Error> {
    tx.all(SIGNED_AT, params![company], |row| row.instant(0))
}

/// The report of a day as it was closed.
pub fn closed_day(tx: &mut Tx<'_>, company: i64, on: Date) -> Result<Option<String>, Error> {
    tx.first(CLOSED_DAY, params![company, on], |row| row.string(0))
}

/// Keeps the report of a day.
pub fn close_day(tx: &mut Tx<'_>, company: i64, on: Date, body: &str) -> Result<(), Error> {
    let action = tx.action_id()?;
    tx.insert_facts(&table::FISCAL_DAY, params![company, on, action, body])
}

/// The last print of a document: its number from 1, when, and by whom.
pub fn last_print(
    tx: &mut Tx<'_>,
    company: i64,
    document: Id<ids::Document>,
) -> Result<Option<(i32, Instant, String)>, Error> {
    tx.first(LAST_PRINT, params![company, document], |row| Ok((row.small(0)?, row.instant(1)?, row.string(2)?)))
}

/// Keeps a print.
pub fn save_print(tx: &mut Tx<'_>, company: i64, document: Id<ids::Document>, no: i32, by: &str) -> Result<(), Error> {
    let (action, at) = (tx.action_id()?, tx.now());
    tx.insert_facts(&table::PRINTED, params![company, document, no, action, at, by])
}

/// Keeps what buyers call documents by: kind and words.
pub fn save_references(
    tx: &mut Tx<'_>,
    company: i64,
    references: &[(Id<ids::Document>, &'static str, String)],
) -> Result<(), Error> {
    let action = tx.action_id()?;
    let rows: Vec<Value<'_>> = references
        .iter()
        .flat_map(|(document, kind, said)| {
            [company.into(), (*document).into(), Value::Text(kind), action.into(), Value::Text(said)]
        })
        .collect();
    tx.insert_facts(&table::DOCUMENT_REFERENCE, &rows)
}

/// What the buyer calls a document by: kind and words.
pub fn references(tx: &mut Tx<'_>, company: i64, document: Id<ids::Document>) -> Result<Vec<(String, String)>, Error> {
    tx.all(REFERENCES, params![company, document], |row| Ok((row.string(0)?, row.string(1)?)))
}

/// Refuses a document that does not go to the device.
pub fn get(tx: &mut Tx<'_>, company: i64, document: Id<ids::Document>, number: &str) -> Result<OnItsWay, Error> {
    let refused = || Refusal::NotFound { kind: "submission".into(), name: number.into() };
    Ok(of(tx, company, document)?.ok_or_else(refused)?)
}
