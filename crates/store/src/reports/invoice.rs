//! One invoice or credit note with all that hangs on it: lines, instalments, what moved them, disputes, notices.

use receivables::ids::{self, Id};
use receivables::ledger::MovementKind;
use receivables::{Currency, Date, Instant};

use super::ageing::View;
use crate::credit_note::{self, Why};
use crate::document::{self, DocumentTax, Kind, LineTerm};
use crate::tx::{Row, statements};
use crate::{Error, Tx, deposit, levy, params};

statements! {
    HEAD = "SELECT d.id, d.number, d.kind, d.series, b.id, b.code, b.name, p.id, p.code, p.name, f.id, f.code, f.name, d.issued_on, d.due_on, d.posted_on, d.currency, d.net, d.tax, d.total, d.total_base, k.number, d.opening, a.actor, a.verb, a.at, (SELECT MIN(s.sealed_at) FROM seal s WHERE s.company = d.company AND s.action = d.action) FROM document d JOIN customer b ON b.company = d.company AND b.id = d.bill_to JOIN customer p ON p.company = d.company AND p.id = d.payer JOIN customer f ON f.company = d.company AND f.id = d.beneficiary LEFT JOIN document k ON k.company = d.company AND k.id = d.credits LEFT JOIN action a ON a.company = d.company AND a.id = d.action WHERE d.company = $1 AND d.number = $2 ORDER BY d.series";
    LINES = "SELECT l.no, l.description, l.quantity, l.unit_price, l.tax_class, l.net, l.tax, t.unit, t.gross, t.discount, i.code FROM document_line l LEFT JOIN line_term t ON t.company = l.company AND t.document = l.document AND t.no = l.no LEFT JOIN line_item s ON s.company = l.company AND s.document = l.document AND s.no = l.no LEFT JOIN item i ON i.company = s.company AND i.item = s.item AND i.version = 1 WHERE l.company = $1 AND l.document = $2 ORDER BY l.no";
    TAXES = "SELECT class, rate_ppm, net, tax FROM document_tax WHERE company = $1 AND document = $2 ORDER BY class";
    ITEMS = "SELECT i.instalment, i.due_on, i.total, i.open, i.disputed, i.awaited, i.due_on + CASE WHEN f.invoice IS NULL THEN 0 ELSE f.moved_days END FROM open_item i LEFT JOIN invoice_file f ON f.company = i.company AND f.invoice = i.document WHERE i.company = $1 AND i.document = $2 ORDER BY i.instalment";
    MOVEMENTS = "SELECT m.id, m.cause, m.kind, m.instalment, m.posted_on, m.amount, m.receipt, r.reference, (SELECT MIN(o.number) FROM movement n JOIN document o ON o.company = n.company AND o.id = n.document WHERE n.company = m.company AND n.cause = m.cause AND n.document <> m.document), m.reason, (SELECT x.id FROM movement x WHERE x.company = m.company AND x.reverses = m.id), a.actor, a.verb, a.at, (SELECT MIN(s.sealed_at) FROM seal s WHERE s.company = m.company AND s.action = m.action) FROM movement m LEFT JOIN receipt r ON r.company = m.company AND r.id = m.receipt LEFT JOIN action a ON a.company = m.company AND a.id = m.action WHERE m.company = $1 AND m.document = $2 ORDER BY m.posted_on, m.id";
    CREDITS = "SELECT number, issued_on, total FROM document WHERE company = $1 AND credits = $2 AND credits IS NOT NULL ORDER BY issued_on, number";
    DISPUTES = "SELECT p.id, p.instalment, p.amount, p.reason, p.note, p.raised_on, e.outcome, e.note, e.ended_on FROM dispute p LEFT JOIN dispute_end e ON e.company = p.company AND e.dispute = p.id WHERE p.company = $1 AND p.document = $2 ORDER BY p.id";
    NOTICES = "SELECT n.on_day, n.instalment, n.step, n.amount, n.state, o.subject FROM notice n LEFT JOIN outbox o ON o.company = n.company AND o.id = n.message WHERE n.company = $1 AND n.customer = $2 AND n.currency = $3 AND n.document = $4 ORDER BY n.on_day, n.level, n.attempt";
}

/// Who did it, as which action, and when.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Deed {
    pub actor: String,
    pub verb: String,
    pub at: Instant,
}

/// A customer by name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Party {
    pub id: Id<ids::Customer>,
    pub code: String,
    pub name: String,
}

/// One document.
#[derive(Clone, Debug)]
pub struct Invoice {
    pub id: Id<ids::Document>,
    pub number: String,
    pub kind: Kind,
    pub series: String,
    pub bill_to: Party,
    pub payer: Party,
    pub beneficiary: Party,
    pub issued_on: Date,
    pub due_on: Date,
    pub posted_on: Date,
    pub currency: Currency,
    pub net: i64,
    pub tax: i64,
    pub total: i64,
    pub total_base: i64,
    /// The invoice that a credit note credits.
    pub credits: Option<String>,
    pub opening: bool,
    pub deed: Option<Deed>,
    /// Whether the view sees it at all.
    pub seen: bool,
    pub lines: Vec<Line>,
    /// Why a credit note of ours was written.
    pub why: Option<Why>,
    /// By class, where the lines say of which they are.
    pub taxes: Vec<DocumentTax>,
    pub items: Vec<Instalment>,
    /// Terms of payment, where more than a day was agreed.
    pub terms: Option<String>,
    pub movements: Vec<Movement>,
    pub credited_by: Vec<CreditNote>,
    pub disputes: Vec<Dispute>,
    pub notices: Vec<Notice>,
}

#[derive(Clone, Debug)]
pub struct Line {
    pub no: i64,
    pub description: String,
    pub quantity: String,
    pub unit_price: String,
    pub tax_class: String,
    pub net: i64,
    pub tax: i64,
    pub term: LineTerm,
    /// The item of the catalogue it sold, by code.
    pub item: Option<String>,
    /// Of its levies, each on a line of its own.
    pub levies: Vec<String>,
    /// Whether it came by itself behind the others: a levy of theirs, or a deposit that is settled.
    pub follows: bool,
}

impl Line {
    /// Its class with its levies, as it was written.
    pub fn said_class(&self) -> String {
        std::iter::once(&self.tax_class).chain(&self.levies).cloned().collect::<Vec<_>>().join("+")
    }
}

#[derive(Clone, Debug)]
pub struct Instalment {
    pub instalment: i32,
    pub due_on: Date,
    pub total: i64,
    /// In the view.
    pub open: i64,
    /// Today.
    pub disputed: i64,
    /// Today.
    pub awaited: i64,
    /// From when its term runs, it is due on this day; `None` while a file of papers holds it up.
    pub falls_due_on: Option<Date>,
}

/// What moved an instalment.
#[derive(Clone, Debug)]
pub struct Movement {
    pub id: Id<ids::Movement>,
    /// Its settlement, which is also its entry.
    pub cause: Id<ids::Movement>,
    pub kind: MovementKind,
    pub instalment: i32,
    pub posted_on: Date,
    pub amount: i64,
    pub receipt: Option<Id<ids::Receipt>>,
    /// How people call the receipt.
    pub receipt_name: Option<String>,
    /// The document on the other side of a credit.
    pub other: Option<String>,
    pub reason: Option<String>,
    pub reversed: bool,
    pub deed: Option<Deed>,
    /// Whether the view sees it.
    pub seen: bool,
}

#[derive(Clone, Debug)]
pub struct CreditNote {
    pub number: String,
    pub issued_on: Date,
    pub total: i64,
}

#[derive(Clone, Debug)]
pub struct Dispute {
    pub id: Id<ids::Dispute>,
    pub instalment: i32,
    pub amount: i64,
    pub reason: String,
    pub note: String,
    pub raised_on: Date,
    /// Outcome, note and day.
    pub ended: Option<(String, String, Date)>,
}

#[derive(Clone, Debug)]
pub struct Notice {
    pub on: Date,
    pub instalment: i32,
    pub step: String,
    pub amount: i64,
    pub state: String,
    pub subject: Option<String>,
}

/// The document of that number as a view sees it; everything where there is none.
pub fn find(tx: &mut Tx<'_>, company: i64, number: &str, view: Option<View>) -> Result<Option<Invoice>, Error> {
    if let Some(view) = view {
        super::ageing::check(tx, company, view)?;
    }
    let head = tx.first(HEAD, params![company, number], |row| read_head(row, view))?;
    let Some(mut invoice) = head else { return Ok(None) };
    let of = params![company, invoice.id];
    invoice.lines = tx.all(LINES, of, read_line)?;
    for levy in levy::of_document(tx, company, invoice.id)? {
        for line in &mut invoice.lines {
            if levy.levied.iter().any(|no| i64::from(*no) == line.no) {
                line.levies.push(levy.levy.clone());
            }
            line.follows |= line.no == i64::from(levy.no) && !levy.levied.is_empty();
        }
    }
    for (of, _) in deposit::of_document(tx, company, invoice.id)? {
        invoice.lines.iter_mut().filter(|line| line.no == i64::from(of.no)).for_each(|line| line.follows = true);
    }
    invoice.taxes = tx.all(TAXES, of, read_tax)?;
    if invoice.kind == Kind::CreditNote {
        invoice.why = credit_note::why(tx, company, invoice.id)?;
    }
    invoice.movements = tx.all(MOVEMENTS, of, |row| read_movement(row, view))?;
    invoice.items = tx.all(ITEMS, of, read_item)?;
    invoice.terms = document::agreed(tx, company, invoice.id)?.map(|agreed| agreed.terms);
    if let Some(view) = view {
        for item in &mut invoice.items {
            if view.known_at.is_some() {
                item.falls_due_on = Some(item.due_on);
            }
            let moved = invoice.movements.iter().filter(|m| m.seen && m.instalment == item.instalment);
            let total = if invoice.seen { item.total } else { 0 };
            item.open = total + moved.map(|m| m.amount).sum::<i64>();
        }
    }
    invoice.credited_by = tx.all(CREDITS, of, |row| {
        Ok(CreditNote { number: row.string(0)?, issued_on: row.date(1)?, total: row.int(2)? })
    })?;
    invoice.disputes = tx.all(DISPUTES, of, read_dispute)?;
    invoice.notices = tx.all(NOTICES, params![company, invoice.payer.id, invoice.currency, invoice.id], read_notice)?;
    Ok(Some(invoice))
}

/// Whether a view sees what was posted on a day and sealed at an instant, if it was sealed.
pub(super) fn sees(view: Option<View>, posted_on: Date, sealed_at: Option<Instant>) -> bool {
    view.is_none_or(|view| {
        let known = view.known_at.is_none_or(|limit| sealed_at.is_some_and(|at| at <= limit));
        posted_on <= view.as_of && known
    })
}

/// Who did it: three columns from `at` on.
pub(super) fn read_deed(row: &Row<'_>, at: usize) -> Result<Option<Deed>, Error> {
    let Some(actor) = row.string_opt(at)? else { return Ok(None) };
    Ok(Some(Deed { actor, verb: row.string(at + 1)?, at: row.instant(at + 2)? }))
}

pub(super) fn sealed_at(row: &Row<'_>, at: usize) -> Result<Option<Instant>, Error> {
    Ok(row.int_opt(at)?.map(Instant::from_micros))
}

/// A customer: three columns from `at` on.
pub(super) fn read_party(row: &Row<'_>, at: usize) -> Result<Party, Error> {
    Ok(Party { id: row.id(at)?, code: row.string(at + 1)?, name: row.string(at + 2)? })
}

fn read_head(row: &Row<'_>, view: Option<View>) -> Result<Invoice, Error> {
    let posted_on = row.date(15)?;
    Ok(Invoice {
        id: row.id(0)?,
        number: row.string(1)?,
        kind: Kind::from_number(row.int(2)?),
        series: row.string(3)?,
        bill_to: read_party(row, 4)?,
        payer: read_party(row, 7)?,
        beneficiary: read_party(row, 10)?,
        issued_on: row.date(13)?,
        due_on: row.date(14)?,
        posted_on,
        currency: row.currency(16)?,
        net: row.int(17)?,
        tax: row.int(18)?,
        total: row.int(19)?,
        total_base: row.int(20)?,
        credits: row.string_opt(21)?,
        opening: row.flag(22)?,
        deed: read_deed(row, 23)?,
        seen: sees(view, posted_on, sealed_at(row, 26)?),
        lines: Vec::new(),
        why: None,
        taxes: Vec::new(),
        items: Vec::new(),
        terms: None,
        movements: Vec::new(),
        credited_by: Vec::new(),
        disputes: Vec::new(),
        notices: Vec::new(),
    })
}

fn read_line(row: &Row<'_>) -> Result<Line, Error> {
    Ok(Line {
        no: row.int(0)?,
        description: row.string(1)?,
        quantity: row.string(2)?,
        unit_price: row.string(3)?,
        tax_class: row.string(4)?,
        net: row.int(5)?,
        tax: row.int(6)?,
        term: LineTerm {
            unit: row.string_opt(7)?,
            gross: row.int_opt(8)?.unwrap_or(0) != 0,
            discount: row.string_opt(9)?,
        },
        item: row.string_opt(10)?,
        levies: Vec::new(),
        follows: false,
    })
}

fn read_tax(row: &Row<'_>) -> Result<DocumentTax, Error> {
    Ok(DocumentTax { class: row.string(0)?, rate_ppm: row.int(1)?, net: row.int(2)?, tax: row.int(3)? })
}

fn read_item(row: &Row<'_>) -> Result<Instalment, Error> {
    Ok(Instalment {
        instalment: row.small(0)?,
        due_on: row.date(1)?,
        total: row.int(2)?,
        open: row.int(3)?,
        disputed: row.int(4)?,
        awaited: row.int(5)?,
        falls_due_on: row.date_opt(6)?,
    })
}

fn read_movement(row: &Row<'_>, view: Option<View>) -> Result<Movement, Error> {
    let posted_on = row.date(4)?;
    let receipt: Option<Id<ids::Receipt>> = row.id_opt(6)?;
    Ok(Movement {
        id: row.id(0)?,
        cause: row.id(1)?,
        kind: MovementKind::from_number(row.int(2)?).ok_or_else(|| Error::Failed("unknown movement kind".into()))?,
        instalment: row.small(3)?,
        posted_on,
        amount: row.int(5)?,
        receipt,
        receipt_name: row.string_opt(7)?.or_else(|| receipt.map(|id| id.to_string())),
        other: row.string_opt(8)?,
        reason: row.string_opt(9)?,
        reversed: row.id_opt::<ids::Movement>(10)?.is_some(),
        deed: read_deed(row, 11)?,
        seen: sees(view, posted_on, sealed_at(row, 14)?),
    })
}

fn read_dispute(row: &Row<'_>) -> Result<Dispute, Error> {
    let ended = match row.string_opt(6)? {
        Some(outcome) => Some((outcome, row.string(7)?, row.date(8)?)),
        None => None,
    };
    Ok(Dispute {
        id: row.id(0)?,
        instalment: row.small(1)?,
        amount: row.int(2)?,
        reason: row.string(3)?,
        note: row.string(4)?,
        raised_on: row.date(5)?,
        ended,
    })
}

fn read_notice(row: &Row<'_>) -> Result<Notice, Error> {
    Ok(Notice {
        on: row.date(0)?,
        instalment: row.small(1)?,
        step: row.string(2)?,
        amount: row.int(3)?,
        state: row.string(4)?,
        subject: row.string_opt(5)?,
    })
}
