//! Returns of the tax on what was sold: the documents that belong to one, those of the filed ones as they stood, the certificates
//! of tax withheld, and what the ledger's account of output tax holds beside them.

use std::collections::BTreeMap;

use receivables::billing::certificate::State;
use receivables::billing::tax::Treatment;
use receivables::billing::vat_return::{Amounts, Figure, Period};
use receivables::ids::{self, Id};
use receivables::{Currency, Date, Instant};

use crate::reports::sales::{self, Sold};
use crate::table;
use crate::tx::{Row, statements};
use crate::{Engine, Error, Tx, Value, params};

statements! {
    ALONE postgres = "SELECT 1 FROM (SELECT pg_advisory_xact_lock(74612, CAST($1 AS INTEGER))) AS held";
    FILED = "SELECT r.id, r.action, r.from_on, r.until_on, r.reference, a.at, a.actor FROM vat_return r JOIN action a ON a.company = r.company AND a.id = r.action WHERE r.company = $1 ORDER BY r.from_on";
    FIGURES = "SELECT figure, amount FROM vat_return_box WHERE company = $1 AND vat_return = $2";
    DOCUMENTS = "SELECT document, number, issued_on, tin, name, nature, taxable, zero_rated, exempt, outside, unclassed, tax, late, public_body FROM vat_return_document WHERE company = $1 AND vat_return = $2 ORDER BY issued_on, number";
    PARTS = "SELECT document, treatment, net FROM vat_return_part WHERE company = $1 AND vat_return = $2";
    UNFILED = "SELECT d.number, d.kind, d.issued_on, d.posted_on, c.code, c.name, c.tin, d.currency, d.net, d.tax, d.total, d.total_base, t.class, t.rate_ppm, t.net, t.tax, d.id, (SELECT l.description FROM document_line l WHERE l.company = d.company AND l.document = d.id AND l.no = 1), (SELECT COUNT(*) FROM document_line l WHERE l.company = d.company AND l.document = d.id), f.sdc, f.of_label, f.signed_at, s.state, o.state, x.vat_return FROM document d JOIN customer c ON c.company = d.company AND c.id = d.bill_to LEFT JOIN document_tax t ON t.company = d.company AND t.document = d.id LEFT JOIN fiscal_receipt f ON f.company = d.company AND f.submission = d.id LEFT JOIN submission s ON s.company = d.company AND s.document = d.id LEFT JOIN submission o ON o.company = d.company AND o.document = d.credits LEFT JOIN vat_return_document x ON x.company = d.company AND x.document = d.id WHERE d.company = $1 AND d.opening = 0 AND d.issued_on >= $2 AND d.issued_on <= $3 AND x.vat_return IS NULL ORDER BY d.issued_on, d.number, d.id, t.class";
    TOUCHED = "SELECT d.number, d.kind, d.issued_on, d.posted_on, c.code, c.name, c.tin, d.currency, d.net, d.tax, d.total, d.total_base, t.class, t.rate_ppm, t.net, t.tax, d.id, (SELECT l.description FROM document_line l WHERE l.company = d.company AND l.document = d.id AND l.no = 1), (SELECT COUNT(*) FROM document_line l WHERE l.company = d.company AND l.document = d.id), f.sdc, f.of_label, f.signed_at, s.state, o.state, x.vat_return FROM document d JOIN customer c ON c.company = d.company AND c.id = d.bill_to LEFT JOIN document_tax t ON t.company = d.company AND t.document = d.id LEFT JOIN fiscal_receipt f ON f.company = d.company AND f.submission = d.id LEFT JOIN submission s ON s.company = d.company AND s.document = d.id LEFT JOIN submission o ON o.company = d.company AND o.document = d.credits LEFT JOIN vat_return_document x ON x.company = d.company AND x.document = d.id WHERE d.company = $1 AND d.opening = 0 AND (d.issued_on >= $2 AND d.issued_on <= $3 OR d.posted_on >= $4 AND d.posted_on <= $3 OR f.signed_at >= $5 AND f.signed_at < $6) ORDER BY d.issued_on, d.number, d.id, t.class";
    POSTED = "SELECT e.id, d.id, CASE WHEN d.id IS NULL THEN (SELECT MIN(i.number) FROM movement m JOIN document i ON i.company = m.company AND i.id = m.document WHERE m.company = e.company AND m.cause = e.id) END, e.posted_on, CAST(SUM(-l.base) AS BIGINT) FROM entry e JOIN entry_line l ON l.company = e.company AND l.entry = e.id LEFT JOIN document d ON d.company = e.company AND d.id = e.id WHERE e.company = $1 AND e.posted_on >= $2 AND e.posted_on <= $3 AND l.account = 3 GROUP BY e.company, e.id, d.id, e.posted_on ORDER BY e.id";
    CERTIFICATES = "SELECT f.kind, f.state, f.amount, f.awaited_on, f.document, d.number, d.issued_on, d.currency, d.net, d.tax, d.total, d.total_base, c.tin, c.name, (SELECT l.description FROM document_line l WHERE l.company = d.company AND l.document = d.id AND l.no = 1), (SELECT COUNT(*) FROM document_line l WHERE l.company = d.company AND l.document = d.id), r.sdc, r.of_label, o.on_day, k.said, x.action, v.said FROM certificate f JOIN document d ON d.company = f.company AND d.id = f.document JOIN customer c ON c.company = f.company AND c.id = f.customer LEFT JOIN fiscal_receipt r ON r.company = d.company AND r.submission = d.id LEFT JOIN document_reference v ON v.company = d.company AND v.document = d.id AND v.kind = 'delivered' LEFT JOIN certificate_event o ON o.company = f.company AND o.certificate = f.id AND o.state = 'on-file' LEFT JOIN certificate_event k ON k.company = f.company AND k.certificate = f.id AND k.state = 'claimed' LEFT JOIN certificate_event x ON x.company = f.company AND x.certificate = f.id AND x.state = 'refused' WHERE f.company = $1 AND f.state <> 'settled' ORDER BY d.issued_on, d.number, f.id";
}

/// A filed return.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filed {
    pub id: Id<ids::VatReturn>,
    pub action: Id<ids::Action>,
    pub period: Period,
    pub reference: String,
    pub at: Instant,
    pub actor: String,
}

/// A document in a return, in the company's currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub document: Id<ids::Document>,
    /// As the return names it.
    pub number: String,
    pub issued_on: Date,
    pub tin: Option<String>,
    pub name: String,
    pub nature: String,
    pub amounts: Amounts,
    /// Dated in an earlier return that was filed without it.
    pub late: bool,
    /// Tax was withheld of it.
    pub public_body: bool,
}

/// Filed returns, the earliest period first.
pub fn filed(tx: &mut Tx<'_>, company: i64) -> Result<Vec<Filed>, Error> {
    tx.all(FILED, params![company], |row| {
        Ok(Filed {
            id: row.id(0)?,
            action: row.id(1)?,
            period: Period { from: row.date(2)?, until: row.date(3)? },
            reference: row.string(4)?,
            at: row.instant(5)?,
            actor: row.string(6)?,
        })
    })
}

/// Makes whoever else files a return of the company wait.
pub fn lock(tx: &mut Tx<'_>, company: i64) -> Result<(), Error> {
    if tx.engine() == Engine::Postgres {
        tx.execute(ALONE, params![company])?;
    }
    Ok(())
}

/// Keeps a return as it is filed.
pub fn save(
    tx: &mut Tx<'_>,
    company: i64,
    period: &Period,
    reference: &str,
    figures: &[(Figure, i64)],
    lines: &[Line],
) -> Result<(), Error> {
    let (id, action): (Id<ids::VatReturn>, _) = (tx.new_id(), tx.action_id()?);
    let row = params![company, id, action, period.to_string(), period.from, period.until, reference];
    tx.insert_facts(&table::VAT_RETURN, row)?;
    let mut rows: Vec<Value<'_>> = Vec::with_capacity(figures.len() * table::VAT_RETURN_BOX.columns.len());
    for (figure, amount) in figures {
        rows.extend([company.into(), id.into(), Value::Text(figure.code()), action.into(), (*amount).into()]);
    }
    tx.insert_facts(&table::VAT_RETURN_BOX, &rows)?;
    let mut rows: Vec<Value<'_>> = Vec::with_capacity(lines.len() * table::VAT_RETURN_DOCUMENT.columns.len());
    for line in lines {
        let of = &line.amounts;
        rows.extend([company.into(), id.into(), line.document.into(), action.into()]);
        rows.extend([Value::Text(&line.number), line.issued_on.into(), line.tin.as_deref().into()]);
        rows.extend([Value::Text(&line.name), Value::Text(&line.nature)]);
        rows.extend([of.taxable, of.zero_rated, of.exempt, of.outside, of.unclassed, of.tax].map(Value::from));
        rows.extend([line.late.into(), line.public_body.into()]);
    }
    tx.insert_facts(&table::VAT_RETURN_DOCUMENT, &rows)?;
    let mut rows: Vec<Value<'_>> = Vec::new();
    for line in lines {
        for treatment in BESIDE {
            let net = *line.amounts.clone().of(Some(treatment));
            if net != 0 {
                rows.extend([company.into(), id.into(), line.document.into(), Value::Text(treatment.code())]);
                rows.extend([action.into(), net.into()]);
            }
        }
    }
    tx.insert_facts(&table::VAT_RETURN_PART, &rows)
}

/// Treatments whose sales a document of a return has beside the columns of its row.
const BESIDE: [Treatment; 2] = [Treatment::Export, Treatment::ReverseCharge];

/// The figures of a filed return.
pub fn figures(tx: &mut Tx<'_>, company: i64, id: Id<ids::VatReturn>) -> Result<BTreeMap<String, i64>, Error> {
    Ok(tx.all(FIGURES, params![company, id], |row| Ok((row.string(0)?, row.int(1)?)))?.into_iter().collect())
}

/// The documents of a filed return as they stood, in the order of their days.
pub fn documents(tx: &mut Tx<'_>, company: i64, id: Id<ids::VatReturn>) -> Result<Vec<Line>, Error> {
    let mut lines = tx.all(DOCUMENTS, params![company, id], |row| {
        Ok(Line {
            document: row.id(0)?,
            number: row.string(1)?,
            issued_on: row.date(2)?,
            tin: row.string_opt(3)?,
            name: row.string(4)?,
            nature: row.string(5)?,
            amounts: Amounts {
                taxable: row.int(6)?,
                zero_rated: row.int(7)?,
                exempt: row.int(8)?,
                outside: row.int(9)?,
                unclassed: row.int(10)?,
                tax: row.int(11)?,
                ..Amounts::default()
            },
            late: row.flag(12)?,
            public_body: row.flag(13)?,
        })
    })?;
    let parts = tx.all(PARTS, params![company, id], |row| {
        Ok((row.id::<ids::Document>(0)?, Treatment::from_code(row.text(1)?), row.int(2)?))
    })?;
    for (document, treatment, net) in parts {
        if let Some(line) = lines.iter_mut().find(|line| line.document == document) {
            *line.amounts.of(treatment) += net;
        }
    }
    Ok(lines)
}

/// What the lines of a document say it sold, and how a tax device numbered it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Named {
    /// The first line's text; none where it has no lines.
    pub first: Option<String>,
    pub lines: i64,
    /// The device and the number of its label.
    pub receipt: Option<(String, i64)>,
}

/// A document with all that a return asks of it.
#[derive(Clone, Debug)]
pub struct Sale {
    pub sold: Sold,
    pub named: Named,
    pub signed_at: Option<Instant>,
    /// Where it stands with the tax device; none where it does not go there.
    pub way: Option<String>,
    /// The same of what it credits.
    pub way_of_credited: Option<String>,
    /// The filed return that has it.
    pub filed_in: Option<Id<ids::VatReturn>>,
}

fn read_named(row: &Row<'_>, first: usize) -> Result<Named, Error> {
    let receipt = row.string_opt(first + 2)?.map(|sdc| Ok::<_, Error>((sdc, row.int(first + 3)?))).transpose()?;
    Ok(Named { first: row.string_opt(first)?, lines: row.int(first + 1)?, receipt })
}

fn read_sale(row: &Row<'_>) -> Result<Sale, Error> {
    Ok(Sale {
        sold: sales::read(row)?,
        named: read_named(row, 17)?,
        signed_at: row.int_opt(21)?.map(Instant::from_micros),
        way: row.string_opt(22)?,
        way_of_credited: row.string_opt(23)?,
        filed_in: row.id_opt(24)?,
    })
}

/// One for the rows of each document: they differ by the tax class.
fn gather(all: &mut Vec<Sale>, next: Sale) {
    match all.last_mut() {
        Some(last) if last.sold.document == next.sold.document => last.sold.taxes.extend(next.sold.taxes),
        _ => all.push(next),
    }
}

/// Documents issued in a span that no filed return has, the opening load left out, in the order of their days.
pub fn unfiled(tx: &mut Tx<'_>, company: i64, from: Date, until: Date) -> Result<Vec<Sale>, Error> {
    let mut all = Vec::new();
    tx.each(UNFILED, params![company, from, until], |row| {
        gather(&mut all, read_sale(row)?);
        Ok(())
    })?;
    Ok(all)
}

/// Documents that were issued from a day on until the end of a period, or posted or signed in it.
pub fn touched(
    tx: &mut Tx<'_>,
    company: i64,
    issued_from: Date,
    period: &Period,
    (signed_from, signed_until): (Instant, Instant),
) -> Result<Vec<Sale>, Error> {
    let mut all = Vec::new();
    let asked = params![company, issued_from, period.until, period.from, signed_from, signed_until];
    tx.each(TOUCHED, asked, |row| {
        gather(&mut all, read_sale(row)?);
        Ok(())
    })?;
    Ok(all)
}

/// An entry on the account of output tax.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Posted {
    pub entry: Id<ids::Entry>,
    /// The document that caused it.
    pub document: Option<Id<ids::Document>>,
    /// Of no document: the number of the one it settles.
    pub settles: Option<String>,
    pub on: Date,
    pub tax: i64,
}

/// What was posted to the account of output tax in a period, by entry, in the company's currency.
pub fn posted(tx: &mut Tx<'_>, company: i64, period: &Period) -> Result<Vec<Posted>, Error> {
    tx.all(POSTED, params![company, period.from, period.until], |row| {
        Ok(Posted {
            entry: row.id(0)?,
            document: row.id_opt(1)?,
            settles: row.string_opt(2)?,
            on: row.date(3)?,
            tax: row.int(4)?,
        })
    })
}

/// A certificate of tax withheld with what a return asks of its document; `amount` is of the document's currency.
#[derive(Clone, Debug)]
pub struct Withheld {
    pub kind: String,
    pub state: State,
    pub amount: i64,
    pub awaited_on: Date,
    pub document: Id<ids::Document>,
    pub number: String,
    pub issued_on: Date,
    pub currency: Currency,
    pub net: i64,
    pub tax: i64,
    pub total: i64,
    /// In the company's currency.
    pub total_base: i64,
    pub tin: Option<String>,
    pub name: String,
    pub named: Named,
    /// The day of the paper.
    pub on_file_on: Option<Date>,
    /// The period it was claimed for, as it was said.
    pub claimed: Option<String>,
    /// The action that refused it.
    pub refused_by: Option<Id<ids::Action>>,
    /// The day on which what was sold was delivered, where the invoice says so.
    pub delivered_on: Option<Date>,
}

/// Every certificate that was not settled another way, in the order of the documents.
pub fn withheld(tx: &mut Tx<'_>, company: i64) -> Result<Vec<Withheld>, Error> {
    tx.all(CERTIFICATES, params![company], |row| {
        Ok(Withheld {
            kind: row.string(0)?,
            state: State::from_code(row.text(1)?)?,
            amount: row.int(2)?,
            awaited_on: row.date(3)?,
            document: row.id(4)?,
            number: row.string(5)?,
            issued_on: row.date(6)?,
            currency: row.currency(7)?,
            net: row.int(8)?,
            tax: row.int(9)?,
            total: row.int(10)?,
            total_base: row.int(11)?,
            tin: row.string_opt(12)?,
            name: row.string(13)?,
            named: read_named(row, 14)?,
            on_file_on: row.date_opt(18)?,
            claimed: row.string_opt(19)?,
            refused_by: row.id_opt(20)?,
            delivered_on: row.string_opt(21)?.and_then(|said| said.parse().ok()),
        })
    })
}
