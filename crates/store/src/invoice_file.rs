//! Files of papers that buyers want with an invoice: what each customer wants, the way of each file, and from when its invoice is
//! due, which is a projection of both.

use receivables::billing::invoice_file::{Need, Papers, State, TermFrom, There};
use receivables::ids::{self, Id};
use receivables::{Currency, Date, Instant};

use crate::table;
use crate::tx::{Row, statements};
use crate::{Error, Tx, Value, params};

/// Files with what is there of each: `$where` follows the tables.
macro_rules! files {
    ($where:literal) => {
        concat!(
            "SELECT d.id, d.number, d.issued_on, d.due_on, d.currency, d.total, c.code, c.name, c.collector, f.papers, f.term, f.state, f.since_on, f.moved_days, ",
            "COALESCE((SELECT CAST(SUM(i.open) AS BIGINT) FROM open_item i WHERE i.company = d.company AND i.document = d.id), 0), ",
            "(SELECT a.actor FROM invoice_file_event e JOIN action a ON a.company = e.company AND a.id = e.action WHERE e.company = f.company AND e.invoice = f.invoice ORDER BY e.no DESC LIMIT 1), ",
            "CASE WHEN EXISTS (SELECT 1 FROM paper p WHERE p.company = d.company AND p.kind = 'contract' AND (p.record = d.id OR p.record = d.payer OR p.record = c.merged_into)) THEN 1 ELSE 0 END, ",
            "CASE WHEN EXISTS (SELECT 1 FROM paper p WHERE p.company = d.company AND p.kind = 'order' AND p.record = d.id) OR EXISTS (SELECT 1 FROM document_reference r WHERE r.company = d.company AND r.document = d.id AND r.kind = 'order') THEN 1 ELSE 0 END, ",
            "CASE WHEN EXISTS (SELECT 1 FROM paper p WHERE p.company = d.company AND p.kind = 'acceptance' AND p.record = d.id) THEN 1 ELSE 0 END, ",
            "(SELECT MAX(v.until_on) FROM paper p JOIN paper_validity v ON v.company = p.company AND v.paper = p.id AND v.no = (SELECT MAX(n.no) FROM paper_validity n WHERE n.company = p.company AND n.paper = p.id) WHERE p.company = d.company AND p.kind = 'tax-clearance' AND (p.record = d.id OR p.record = d.payer OR p.record = c.merged_into)), ",
            "(SELECT s.state FROM submission s WHERE s.company = d.company AND s.document = d.id) ",
            "FROM invoice_file f JOIN document d ON d.company = f.company AND d.id = f.invoice JOIN customer c ON c.company = d.company AND c.id = d.payer WHERE f.company = $1 AND ",
            $where
        )
    };
}

statements! {
    NEEDS = "SELECT customer, from_on, papers, term FROM invoice_file_need WHERE company = $1 ORDER BY customer, from_on, id";
    NEEDS_OF = "SELECT customer, from_on, papers, term FROM invoice_file_need WHERE company = $1 AND customer = $2 ORDER BY from_on, id";
    SAID = "SELECT n.from_on, n.papers, n.term, a.actor, a.at FROM invoice_file_need n JOIN action a ON a.company = n.company AND a.id = n.action WHERE n.company = $1 AND n.customer = $2 ORDER BY n.id DESC";
    INVOICES_FROM = "SELECT d.id, d.issued_on, f.papers, f.term, f.state, f.since_on, f.moved_days, (SELECT e.on_day FROM invoice_file_event e WHERE e.company = d.company AND e.invoice = d.id AND e.state = 'approved' ORDER BY e.no DESC LIMIT 1) FROM document d LEFT JOIN invoice_file f ON f.company = d.company AND f.invoice = d.id WHERE d.company = $1 AND d.payer = $2 AND d.kind = 1 AND d.issued_on >= $3 ORDER BY d.id";
    FIND = "SELECT papers, term, state, since_on, moved_days FROM invoice_file WHERE company = $1 AND invoice = $2";
    OURS = "SELECT COUNT(*) FROM (SELECT 1 FROM invoice_file f WHERE f.company = $1 AND f.state IN ('not-handed-in', 'returned') AND f.papers <> '' AND EXISTS (SELECT 1 FROM open_item i WHERE i.company = f.company AND i.document = f.invoice AND i.open <> 0) LIMIT $2) x";
    SET = "UPDATE invoice_file SET papers = $1, term = $2, state = $3, since_on = $4, moved_days = $5, changed = $6 WHERE company = $7 AND invoice = $8";
    LAST_NO = "SELECT COALESCE(MAX(no), 0) FROM invoice_file_event WHERE company = $1 AND invoice = $2";
    EVENTS = "SELECT e.state, e.on_day, e.reference, e.reason, e.missing, a.actor, a.at FROM invoice_file_event e JOIN action a ON a.company = e.company AND a.id = e.action WHERE e.company = $1 AND e.invoice = $2 ORDER BY e.no";
    OF_INVOICE = files!("f.invoice = $2");
    OPEN = files!("(f.papers <> '' OR f.term = 'acceptance' OR f.state <> 'not-handed-in') AND EXISTS (SELECT 1 FROM open_item i WHERE i.company = d.company AND i.document = d.id AND i.open <> 0) ORDER BY f.since_on, d.number");
    SETTLED = files!("(f.papers <> '' OR f.term = 'acceptance' OR f.state <> 'not-handed-in') AND NOT EXISTS (SELECT 1 FROM open_item i WHERE i.company = d.company AND i.document = d.id AND i.open <> 0) ORDER BY d.issued_on DESC, d.number DESC LIMIT $2");
    MOVED = "SELECT f.invoice, f.moved_days FROM invoice_file f WHERE f.company = $1 AND (f.moved_days IS NULL OR f.moved_days <> 0) AND EXISTS (SELECT 1 FROM open_item i WHERE i.company = f.company AND i.document = f.invoice AND i.open <> 0)";
}

/// A word of a customer on what it wants, and the day from which it counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    pub customer: Id<ids::Customer>,
    pub from_on: Date,
    pub need: Need,
}

fn read_need(papers: &str, term: &str) -> Result<Need, Error> {
    Ok(Need { papers: Papers::from_kept(papers)?, term: TermFrom::from_code(term)? })
}

fn read_wanted(row: &Row<'_>) -> Result<Wanted, Error> {
    Ok(Wanted { customer: row.id(0)?, from_on: row.date(1)?, need: read_need(row.text(2)?, row.text(3)?)? })
}

/// What every customer wants, by customer and day.
pub fn needs(tx: &mut Tx<'_>, company: i64) -> Result<Vec<Wanted>, Error> {
    tx.all(NEEDS, params![company], read_wanted)
}

/// What one customer wants, by day.
pub fn needs_of(tx: &mut Tx<'_>, company: i64, customer: Id<ids::Customer>) -> Result<Vec<Wanted>, Error> {
    tx.all(NEEDS_OF, params![company, customer], read_wanted)
}

/// What is wanted with an invoice of a day, among the words of its customer.
pub fn in_force(wanted: &[Wanted], customer: Id<ids::Customer>, on: Date) -> Need {
    let counts = wanted.iter().rfind(|one| one.customer == customer && one.from_on <= on);
    counts.map(|one| one.need.clone()).unwrap_or_default()
}

/// A word of a customer with who wrote it down, and when.
#[derive(Clone, Debug)]
pub struct Said {
    pub from_on: Date,
    pub need: Need,
    pub by: String,
    pub at: Instant,
}

/// Every word of a customer, the latest first.
pub fn said(tx: &mut Tx<'_>, company: i64, customer: Id<ids::Customer>) -> Result<Vec<Said>, Error> {
    tx.all(SAID, params![company, customer], |row| {
        Ok(Said {
            from_on: row.date(0)?,
            need: read_need(row.text(1)?, row.text(2)?)?,
            by: row.string(3)?,
            at: row.instant(4)?,
        })
    })
}

pub fn save_need(tx: &mut Tx<'_>, company: i64, wanted: &Wanted) -> Result<(), Error> {
    let (id, action): (Id<ids::InvoiceFileNeed>, _) = (tx.new_id(), tx.action_id()?);
    let Wanted { customer, from_on, need } = wanted;
    let row = params![company, id, action, *customer, *from_on, need.papers.text(), need.term.code()];
    tx.insert_facts(&table::INVOICE_FILE_NEED, row)
}

/// How the file of an invoice stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    pub need: Need,
    pub state: State,
    pub since_on: Date,
    /// By how many days its due days are later than the invoice says; `None` while it is not due.
    pub moved_days: Option<i32>,
}

/// Five columns from `at` on.
fn read_file(row: &Row<'_>, at: usize) -> Result<File, Error> {
    Ok(File {
        need: read_need(row.text(at)?, row.text(at + 1)?)?,
        state: State::from_code(row.text(at + 2)?)?,
        since_on: row.date(at + 3)?,
        moved_days: days(row, at + 4)?,
    })
}

fn days(row: &Row<'_>, at: usize) -> Result<Option<i32>, Error> {
    row.int_opt(at)?.map(|days| i32::try_from(days).map_err(|e| Error::failed("reading days", e))).transpose()
}

/// How many files of open invoices wait for us: not handed in, or returned; counting ends at a limit.
pub fn ours(tx: &mut Tx<'_>, company: i64, limit: i64) -> Result<i64, Error> {
    Ok(tx.first(OURS, params![company, limit], |row| row.int(0))?.unwrap_or(0))
}

/// The file of an invoice whose instalments have been read with their lock.
pub fn find(tx: &mut Tx<'_>, company: i64, invoice: Id<ids::Document>) -> Result<Option<File>, Error> {
    tx.first(FIND, params![company, invoice], |row| read_file(row, 0))
}

/// Begins the files of invoices.
pub fn save(tx: &mut Tx<'_>, company: i64, files: &[(Id<ids::Document>, File)]) -> Result<(), Error> {
    let action = tx.action_id()?;
    let mut rows: Vec<Value<'_>> = Vec::with_capacity(files.len() * table::INVOICE_FILE.columns.len());
    for (invoice, file) in files {
        rows.extend([company.into(), (*invoice).into(), action.into(), file.need.papers.text().into()]);
        rows.extend([Value::Text(file.need.term.code()), Value::Text(file.state.code()), file.since_on.into()]);
        rows.extend([file.moved_days.into(), action.into()]);
    }
    tx.insert_facts(&table::INVOICE_FILE, &rows)
}

/// Writes how a file stands now.
pub fn set(tx: &mut Tx<'_>, company: i64, invoice: Id<ids::Document>, file: &File) -> Result<(), Error> {
    let action = tx.action_id()?;
    let File { need, state, since_on, moved_days } = file;
    let row =
        params![need.papers.text(), need.term.code(), state.code(), *since_on, *moved_days, action, company, invoice];
    tx.execute(SET, row).map(|_| ())
}

/// An invoice of a customer, with its file where it has one and the day of the last approval.
#[derive(Clone, Debug)]
pub struct Filed {
    pub invoice: Id<ids::Document>,
    pub issued_on: Date,
    pub file: Option<File>,
    pub approved_on: Option<Date>,
}

/// The invoices of a customer from a day on.
pub fn invoices_from(
    tx: &mut Tx<'_>,
    company: i64,
    customer: Id<ids::Customer>,
    from_on: Date,
) -> Result<Vec<Filed>, Error> {
    tx.all(INVOICES_FROM, params![company, customer, from_on], |row| {
        Ok(Filed {
            invoice: row.id(0)?,
            issued_on: row.date(1)?,
            file: if row.text_opt(2)?.is_some() { Some(read_file(row, 2)?) } else { None },
            approved_on: row.date_opt(7)?,
        })
    })
}

/// A step on the way of a file.
#[derive(Clone, Debug)]
pub struct Event {
    pub state: State,
    pub on: Date,
    pub reference: String,
    pub reason: String,
    /// What was missing when it was handed in.
    pub missing: Papers,
}

/// An event with who wrote it down, and when.
#[derive(Clone, Debug)]
pub struct Happened {
    pub event: Event,
    pub by: String,
    pub at: Instant,
}

pub fn save_event(tx: &mut Tx<'_>, company: i64, invoice: Id<ids::Document>, event: &Event) -> Result<(), Error> {
    let action = tx.action_id()?;
    let no = tx.first(LAST_NO, params![company, invoice], |row| row.int(0))?.unwrap_or(0) + 1;
    let row = params![
        company,
        invoice,
        no,
        action,
        event.state.code(),
        event.on,
        &event.reference,
        &event.reason,
        event.missing.text()
    ];
    tx.insert_facts(&table::INVOICE_FILE_EVENT, row)
}

/// The way of a file so far, in order.
pub fn events(tx: &mut Tx<'_>, company: i64, invoice: Id<ids::Document>) -> Result<Vec<Happened>, Error> {
    tx.all(EVENTS, params![company, invoice], |row| {
        let event = Event {
            state: State::from_code(row.text(0)?)?,
            on: row.date(1)?,
            reference: row.string(2)?,
            reason: row.string(3)?,
            missing: Papers::from_kept(row.text(4)?)?,
        };
        Ok(Happened { event, by: row.string(5)?, at: row.instant(6)? })
    })
}

/// A file as people see it.
#[derive(Clone, Debug)]
pub struct Listed {
    pub invoice: Id<ids::Document>,
    pub number: String,
    pub issued_on: Date,
    /// As the invoice says.
    pub due_on: Date,
    pub currency: Currency,
    pub total: i64,
    pub open: i64,
    pub code: String,
    pub name: String,
    pub collector: Option<String>,
    pub file: File,
    /// Who wrote the last step down.
    pub by: Option<String>,
    pub there: There,
}

fn read_listed(row: &Row<'_>) -> Result<Listed, Error> {
    Ok(Listed {
        invoice: row.id(0)?,
        number: row.string(1)?,
        issued_on: row.date(2)?,
        due_on: row.date(3)?,
        currency: row.currency(4)?,
        total: row.int(5)?,
        code: row.string(6)?,
        name: row.string(7)?,
        collector: row.string_opt(8)?,
        file: read_file(row, 9)?,
        open: row.int(14)?,
        by: row.string_opt(15)?,
        there: There {
            contract: row.flag(16)?,
            order: row.flag(17)?,
            acceptance: row.flag(18)?,
            clearance_until: row.date_opt(19)?,
            ebm: row.text_opt(20)?.map(|state| state == "fiscalised"),
        },
    })
}

/// The file of one invoice.
pub fn of_invoice(tx: &mut Tx<'_>, company: i64, invoice: Id<ids::Document>) -> Result<Option<Listed>, Error> {
    tx.first(OF_INVOICE, params![company, invoice], read_listed)
}

/// Files of invoices of which something is open, the longest in its state first.
pub fn open(tx: &mut Tx<'_>, company: i64) -> Result<Vec<Listed>, Error> {
    tx.all(OPEN, params![company], read_listed)
}

/// Files of invoices that are settled, the newest first.
pub fn settled(tx: &mut Tx<'_>, company: i64, limit: i64) -> Result<Vec<Listed>, Error> {
    tx.all(SETTLED, params![company, limit], read_listed)
}

/// An invoice, and by how many days its due days are later than it says.
pub type Moved = (Id<ids::Document>, Option<i32>);

/// Open invoices whose due days are not as they say: by how many days they are later, `None` while they are not due.
pub fn moved(tx: &mut Tx<'_>, company: i64) -> Result<Vec<Moved>, Error> {
    tx.all(MOVED, params![company], |row| Ok((row.id(0)?, days(row, 1)?)))
}
