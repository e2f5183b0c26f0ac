//! Invoices and credit notes as posted, their lines, and their open items.

use std::collections::{BTreeMap, BTreeSet};

use receivables::ids::{self, Id};
use receivables::ledger::Item;
use receivables::{Currency, Date, Refusal};

use crate::table;
use crate::tx::{Row, statements};
use crate::{Error, Tx, Value, certificate, dispute, params};

statements! {
    BY_NUMBER = "SELECT id, series, number, kind, content, currency, total, payer, issued_on FROM document WHERE company = $1 AND number = $2 ORDER BY series";
    BY_NUMBERS each = ("SELECT id, series, number, kind, content, currency, total, payer, issued_on FROM document WHERE number = $1 AND company = $2 ORDER BY series", "SELECT id, series, number, kind, content, currency, total, payer, issued_on FROM document WHERE number = ANY($1) AND company = $2 ORDER BY number, series");
    ITEMS_OF locked_item = "SELECT i.document, i.instalment, d.number, i.customer, i.currency, i.posted_on, i.due_on, i.total, i.total_base, i.open, i.open_base, i.disputed, i.awaited FROM open_item i JOIN document d ON d.company = i.company AND d.id = i.document WHERE i.company = $1 AND i.document = $2 ORDER BY i.instalment";
    ITEM locked_item = "SELECT i.document, i.instalment, d.number, i.customer, i.currency, i.posted_on, i.due_on, i.total, i.total_base, i.open, i.open_base, i.disputed, i.awaited FROM open_item i JOIN document d ON d.company = i.company AND d.id = i.document WHERE i.company = $1 AND i.document = $2 AND i.instalment = $3";
    OPEN_OF_CUSTOMER = "SELECT i.document, i.instalment, d.number, i.customer, i.currency, i.posted_on, i.due_on, i.total, i.total_base, i.open, i.open_base, i.disputed, i.awaited FROM open_item i JOIN document d ON d.company = i.company AND d.id = i.document WHERE i.company = $1 AND i.customer = $2 AND i.open <> 0 ORDER BY i.due_on, i.document, i.instalment";
    OPEN_ALL = "SELECT document, instalment, customer, currency, due_on, open FROM open_item WHERE company = $1 AND open > 0 ORDER BY document, instalment";
    OPEN_AMOUNTS = "SELECT document, instalment, customer, currency, due_on, open FROM open_item WHERE company = $1 AND customer = $2 AND open <> 0 AND open > 0";
    OPEN_OF_DOCUMENTS each = ("SELECT document, instalment, customer, currency, due_on, open FROM open_item WHERE document = $1 AND company = $2 AND open > 0", "SELECT document, instalment, customer, currency, due_on, open FROM open_item WHERE document = ANY($1) AND company = $2 AND open > 0");
    NUMBERS_OF each = ("SELECT id, number FROM document WHERE id = $1 AND company = $2", "SELECT id, number FROM document WHERE id = ANY($1) AND company = $2");
    NUMBERS = "SELECT id, number FROM document WHERE company = $1 AND kind = 1 ORDER BY id";
    CHANGE each = ("UPDATE open_item SET open = open + $1, open_base = open_base + $2 WHERE document = $3 AND instalment = $4 AND company = $5 RETURNING document, instalment, open, disputed, awaited", "UPDATE open_item i SET open = i.open + v.open, open_base = i.open_base + v.open_base FROM unnest($1::bigint[], $2::bigint[], $3::uuid[], $4::int[]) AS v(open, open_base, document, instalment) WHERE i.document = v.document AND i.instalment = v.instalment AND i.company = $5 RETURNING i.document, i.instalment, i.open, i.disputed, i.awaited");
    ITEMS each = ("SELECT i.document, i.instalment, d.number, i.customer, i.currency, i.posted_on, i.due_on, i.total, i.total_base, i.open, i.open_base, i.disputed, i.awaited FROM open_item i JOIN document d ON d.company = i.company AND d.id = i.document WHERE i.document = $1 AND i.instalment = $2 AND i.company = $3", "SELECT i.document, i.instalment, d.number, i.customer, i.currency, i.posted_on, i.due_on, i.total, i.total_base, i.open, i.open_base, i.disputed, i.awaited FROM unnest($1::uuid[], $2::int[]) AS v(document, instalment) JOIN open_item i ON i.document = v.document AND i.instalment = v.instalment JOIN document d ON d.company = i.company AND d.id = i.document WHERE i.company = $3 ORDER BY i.document, i.instalment FOR UPDATE OF i");
    LIST = "SELECT d.number, d.kind, d.series, c.code, c.name, d.issued_on, d.due_on, d.currency, d.net, d.tax, d.total, COALESCE((SELECT CAST(SUM(i.open) AS BIGINT) FROM open_item i WHERE i.company = d.company AND i.document = d.id), 0) FROM document d JOIN customer c ON c.company = d.company AND c.id = d.payer WHERE d.company = $1 ORDER BY d.id LIMIT $2";
    LIST_OF_CUSTOMER = "SELECT d.number, d.kind, d.series, c.code, c.name, d.issued_on, d.due_on, d.currency, d.net, d.tax, d.total, COALESCE((SELECT CAST(SUM(i.open) AS BIGINT) FROM open_item i WHERE i.company = d.company AND i.document = d.id), 0) FROM document d JOIN customer c ON c.company = d.company AND c.id = d.payer WHERE d.company = $1 AND c.code = $2 ORDER BY d.id LIMIT $3";
    AGREED = "SELECT t.terms, d.issued_on, d.net, d.total FROM payment_terms t JOIN document d ON d.company = t.company AND d.id = t.document WHERE t.company = $1 AND t.document = $2";
    AGREED_OPEN = "SELECT t.terms, d.issued_on, d.net, d.total, d.id FROM payment_terms t JOIN document d ON d.company = t.company AND d.id = t.document WHERE t.company = $1 AND EXISTS (SELECT 1 FROM open_item i WHERE i.company = t.company AND i.document = t.document AND i.open > 0)";
    AGREED_OF each = ("SELECT t.terms, d.issued_on, d.net, d.total, d.id FROM payment_terms t JOIN document d ON d.company = t.company AND d.id = t.document WHERE t.document = $1 AND t.company = $2", "SELECT t.terms, d.issued_on, d.net, d.total, d.id FROM payment_terms t JOIN document d ON d.company = t.company AND d.id = t.document WHERE t.document = ANY($1) AND t.company = $2");
    CREDITED = "SELECT credits FROM document WHERE company = $1 AND number = $2 AND kind = 2 ORDER BY id DESC LIMIT 1";
    ANY = "SELECT 1 FROM document WHERE company = $1 LIMIT 1";
    TWINS each = ("SELECT payer, issued_on, due_on, currency, total, number FROM document WHERE payer = $1 AND issued_on = $2 AND due_on = $3 AND currency = $4 AND total = $5 AND company = $6 ORDER BY id LIMIT 1", "SELECT DISTINCT ON (d.payer, d.issued_on, d.due_on, d.currency, d.total) d.payer, d.issued_on, d.due_on, d.currency, d.total, d.number FROM unnest($1::uuid[], $2::int[], $3::int[], $4::text[], $5::bigint[]) AS v(payer, issued_on, due_on, currency, total) JOIN document d ON d.payer = v.payer AND d.issued_on = v.issued_on AND d.due_on = v.due_on AND d.currency = v.currency AND d.total = v.total WHERE d.company = $6 ORDER BY d.payer, d.issued_on, d.due_on, d.currency, d.total, d.id");
    LAST_NUMBER = "SELECT last FROM number_series WHERE company = $1 AND series = $2";
    NEXT_NUMBER = "INSERT INTO number_series (company, series, last) VALUES ($1, $2, 1) ON CONFLICT (company, series) DO UPDATE SET last = number_series.last + 1 RETURNING last";
}

/// Invoice or credit note; the number is the one in the database.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    Invoice = 1,
    CreditNote = 2,
}

impl Kind {
    pub fn name(self) -> &'static str {
        match self {
            Kind::Invoice => "invoice",
            Kind::CreditNote => "credit_note",
        }
    }

    pub(crate) fn from_number(number: i64) -> Kind {
        if number == 2 { Kind::CreditNote } else { Kind::Invoice }
    }
}

/// A document to be saved. Amounts carry the document's sign: negative for a credit note.
#[derive(Clone, Debug)]
pub struct Document {
    pub id: Id<ids::Document>,
    pub kind: Kind,
    pub series: String,
    pub number: String,
    pub bill_to: Id<ids::Customer>,
    pub payer: Id<ids::Customer>,
    pub beneficiary: Id<ids::Customer>,
    pub issued_on: Date,
    pub due_on: Date,
    pub posted_on: Date,
    pub currency: Currency,
    pub net: i64,
    pub tax: i64,
    pub total: i64,
    pub total_base: i64,
    pub credits: Option<Id<ids::Document>>,
    pub opening: bool,
    /// Digest of what the document says, to tell a duplicate from another document of the same number.
    pub content: [u8; 16],
    pub lines: Vec<DocumentLine>,
    /// By class, where the lines say of which they are.
    pub taxes: Vec<DocumentTax>,
    pub items: Vec<NewItem>,
    /// Terms of payment as they were agreed, where they say more than a day.
    pub terms: Option<String>,
}

#[derive(Clone, Debug)]
pub struct DocumentLine {
    pub description: String,
    pub quantity: String,
    pub unit_price: String,
    pub tax_class: String,
    pub net: i64,
    pub tax: i64,
    pub term: LineTerm,
}

/// What was agreed on a line beyond quantity and price.
#[derive(Clone, Default, Debug, PartialEq, Eq)]
pub struct LineTerm {
    pub unit: Option<String>,
    /// Whether the price was written with tax.
    pub gross: bool,
    /// `5%`, or an amount in major units.
    pub discount: Option<String>,
}

/// What a tax class of a document comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentTax {
    pub class: String,
    /// In parts of a million: 18 % is 180,000.
    pub rate_ppm: i64,
    pub net: i64,
    pub tax: i64,
}

/// An instalment to be opened.
#[derive(Clone, Copy, Debug)]
pub struct NewItem {
    pub due_on: Date,
    pub total: i64,
    pub total_base: i64,
}

/// Saves documents with their lines and open items. Instalments are numbered from 1.
pub fn save(tx: &mut Tx<'_>, company: i64, documents: &[Document]) -> Result<(), Error> {
    let action = tx.action_id()?;
    let mut rows: Vec<Value<'_>> = Vec::with_capacity(documents.len() * table::DOCUMENT.columns.len());
    let mut lines: Vec<Value<'_>> = Vec::new();
    let (mut terms, mut taxes): (Vec<Value<'_>>, Vec<Value<'_>>) = Default::default();
    let mut items: Vec<Value<'_>> = Vec::with_capacity(documents.len() * table::OPEN_ITEM.columns.len());
    let mut agreed: Vec<Value<'_>> = Vec::new();
    for d in documents {
        rows.extend([
            company.into(),
            d.id.into(),
            action.into(),
            Value::Int(d.kind as i64),
            (&d.series).into(),
            (&d.number).into(),
            d.bill_to.into(),
            d.payer.into(),
            d.beneficiary.into(),
            d.issued_on.into(),
            d.due_on.into(),
            d.posted_on.into(),
            d.currency.into(),
            d.net.into(),
            d.tax.into(),
            d.total.into(),
            d.total_base.into(),
            d.credits.into(),
            d.opening.into(),
            d.content.into(),
        ]);
        for (no, line) in (1i32..).zip(&d.lines) {
            lines.extend([
                company.into(),
                d.id.into(),
                no.into(),
                action.into(),
                (&line.description).into(),
                (&line.quantity).into(),
                (&line.unit_price).into(),
                (&line.tax_class).into(),
                line.net.into(),
                line.tax.into(),
            ]);
            if line.term == LineTerm::default() {
                continue;
            }
            let LineTerm { unit, gross, discount } = &line.term;
            let term = [(*gross).into(), discount.as_deref().into()];
            terms.extend([company.into(), d.id.into(), no.into(), action.into(), unit.as_deref().into()]);
            terms.extend(term);
        }
        for of in &d.taxes {
            taxes.extend([company.into(), d.id.into(), (&of.class).into(), action.into()]);
            taxes.extend([of.rate_ppm.into(), of.net.into(), of.tax.into()]);
        }
        if let Some(text) = &d.terms {
            agreed.extend([company.into(), d.id.into(), action.into(), text.into()]);
        }
        for (instalment, item) in (1i32..).zip(&d.items) {
            items.extend([
                company.into(),
                d.id.into(),
                instalment.into(),
                action.into(),
                d.payer.into(),
                d.currency.into(),
                d.issued_on.into(),
                item.due_on.into(),
                d.posted_on.into(),
                item.total.into(),
                item.total_base.into(),
                item.total.into(),
                item.total_base.into(),
                Value::Int(0),
                Value::Int(0),
            ]);
        }
    }
    tx.insert_facts(&table::DOCUMENT, &rows)?;
    tx.insert_facts(&table::DOCUMENT_LINE, &lines)?;
    tx.insert_facts(&table::DOCUMENT_TAX, &taxes)?;
    tx.insert_facts(&table::LINE_TERM, &terms)?;
    tx.insert_facts(&table::PAYMENT_TERMS, &agreed)?;
    tx.insert_facts(&table::OPEN_ITEM, &items)
}

/// The terms of payment of a document, with what they are about.
#[derive(Clone, Debug)]
pub struct Agreed {
    pub terms: String,
    pub issued_on: Date,
    pub net: i64,
    pub total: i64,
}

/// The invoice that a credit note names, by the number of the note.
pub fn credited(tx: &mut Tx<'_>, company: i64, note: &str) -> Result<Option<Id<ids::Document>>, Error> {
    Ok(tx.first(CREDITED, params![company, note], |row| row.id_opt(0))?.flatten())
}

/// The terms of a document that were agreed with it.
pub fn agreed(tx: &mut Tx<'_>, company: i64, document: Id<ids::Document>) -> Result<Option<Agreed>, Error> {
    tx.first(AGREED, params![company, document], read_agreed)
}

fn read_agreed(row: &Row<'_>) -> Result<Agreed, Error> {
    Ok(Agreed { terms: row.string(0)?, issued_on: row.date(1)?, net: row.int(2)?, total: row.int(3)? })
}

/// The terms of every document of which something is open.
pub fn agreed_open(tx: &mut Tx<'_>, company: i64) -> Result<Vec<(Id<ids::Document>, Agreed)>, Error> {
    tx.all(AGREED_OPEN, params![company], |row| Ok((row.id(4)?, read_agreed(row)?)))
}

/// The terms of these documents, of those that have any.
pub fn agreed_of(
    tx: &mut Tx<'_>,
    company: i64,
    documents: &BTreeSet<Id<ids::Document>>,
) -> Result<Vec<(Id<ids::Document>, Agreed)>, Error> {
    let keys: Vec<Value<'_>> = documents.iter().map(|id| Value::from(*id)).collect();
    let mut found = Vec::new();
    tx.each_of(AGREED_OF, &keys, 1, company, |row| {
        found.push((row.id(4)?, read_agreed(row)?));
        Ok(())
    })?;
    Ok(found)
}

/// What is known of a posted document by its number.
#[derive(Clone, Debug)]
pub struct Known {
    pub id: Id<ids::Document>,
    pub series: String,
    pub number: String,
    pub kind: Kind,
    pub content: [u8; 16],
    pub currency: Currency,
    pub total: i64,
    pub payer: Id<ids::Customer>,
    pub issued_on: Date,
}

/// The document of that number, in any series.
pub fn by_number(tx: &mut Tx<'_>, company: i64, number: &str) -> Result<Option<Known>, Error> {
    tx.first(BY_NUMBER, params![company, number], read_known)
}

fn read_known(row: &Row<'_>) -> Result<Known, Error> {
    Ok(Known {
        id: row.id(0)?,
        series: row.string(1)?,
        number: row.string(2)?,
        kind: Kind::from_number(row.int(3)?),
        content: row.bytes(4)?.try_into().map_err(|e| Error::failed("reading a document", e))?,
        currency: row.currency(5)?,
        total: row.int(6)?,
        payer: row.id(7)?,
        issued_on: row.date(8)?,
    })
}

/// The documents of many numbers, each as `by_number` finds it.
pub fn by_numbers(tx: &mut Tx<'_>, company: i64, numbers: &BTreeSet<&str>) -> Result<BTreeMap<String, Known>, Error> {
    let keys: Vec<Value<'_>> = numbers.iter().map(|number| Value::from(*number)).collect();
    let mut found: BTreeMap<String, Known> = BTreeMap::new();
    tx.each_of(BY_NUMBERS, &keys, 1, company, |row| {
        let known = read_known(row)?;
        found.entry(known.number.clone()).or_insert(known);
        Ok(())
    })?;
    Ok(found)
}

/// The document of that number, or a refusal that names it.
pub fn get(tx: &mut Tx<'_>, company: i64, number: &str) -> Result<Known, Error> {
    by_number(tx, company, number)?
        .ok_or_else(|| Refusal::NotFound { kind: "invoice".into(), name: number.into() }.into())
}

fn read_item(row: &Row<'_>) -> Result<Item, Error> {
    Ok(Item {
        document: row.id(0)?,
        instalment: row.small(1)?,
        number: row.string(2)?,
        customer: row.id(3)?,
        currency: row.currency(4)?,
        posted_on: row.date(5)?,
        due_on: row.date(6)?,
        total: row.int(7)?,
        total_base: row.int(8)?,
        open: row.int(9)?,
        open_base: row.int(10)?,
        disputed: row.int(11)?,
        awaited: row.int(12)?,
    })
}

/// The instalments of a document, locked for what follows.
pub fn items_of(tx: &mut Tx<'_>, company: i64, document: Id<ids::Document>) -> Result<Vec<Item>, Error> {
    tx.all(ITEMS_OF, params![company, document], read_item)
}

/// One instalment, locked for what follows.
pub fn item(tx: &mut Tx<'_>, company: i64, document: Id<ids::Document>, instalment: i32) -> Result<Item, Error> {
    tx.first(ITEM, params![company, document, instalment], read_item)?
        .ok_or_else(|| Refusal::NotFound { kind: "open item".into(), name: document.to_string() }.into())
}

/// Instalments by document and number, locked for what follows.
pub fn items(
    tx: &mut Tx<'_>,
    company: i64,
    keys: &BTreeSet<(Id<ids::Document>, i32)>,
) -> Result<BTreeMap<(Id<ids::Document>, i32), Item>, Error> {
    let keys: Vec<Value<'_>> = keys.iter().flat_map(|(d, i)| [Value::from(*d), Value::from(*i)]).collect();
    let mut found = BTreeMap::new();
    tx.each_of(ITEMS, &keys, 2, company, |row| {
        let item = read_item(row)?;
        found.insert((item.document, item.instalment), item);
        Ok(())
    })?;
    Ok(found)
}

/// What a customer has open, the oldest due date first.
pub fn open_of(tx: &mut Tx<'_>, company: i64, customer: Id<ids::Customer>) -> Result<Vec<Item>, Error> {
    tx.all(OPEN_OF_CUSTOMER, params![company, customer], read_item)
}

/// What is open of one instalment.
#[derive(Clone, Copy, Debug)]
pub struct OpenAmount {
    pub document: Id<ids::Document>,
    pub instalment: i32,
    pub customer: Id<ids::Customer>,
    pub currency: Currency,
    pub due_on: Date,
    /// Minor units, above zero.
    pub open: i64,
}

/// Everything open of invoices, by document and instalment.
pub fn open_all(tx: &mut Tx<'_>, company: i64) -> Result<Vec<OpenAmount>, Error> {
    tx.all(OPEN_ALL, params![company], read_open_amount)
}

/// What is open of a customer's invoices.
pub fn open_amounts(tx: &mut Tx<'_>, company: i64, customer: Id<ids::Customer>) -> Result<Vec<OpenAmount>, Error> {
    tx.all(OPEN_AMOUNTS, params![company, customer], read_open_amount)
}

/// What is open of these invoices.
pub fn open_of_documents<'d>(
    tx: &mut Tx<'_>,
    company: i64,
    documents: impl IntoIterator<Item = &'d Id<ids::Document>>,
) -> Result<Vec<OpenAmount>, Error> {
    let keys: Vec<Value<'_>> = documents.into_iter().map(|id| Value::from(*id)).collect();
    let mut found = Vec::new();
    tx.each_of(OPEN_OF_DOCUMENTS, &keys, 1, company, |row| {
        found.push(read_open_amount(row)?);
        Ok(())
    })?;
    Ok(found)
}

/// The numbers of these documents.
pub fn numbers_of(
    tx: &mut Tx<'_>,
    company: i64,
    documents: &BTreeSet<Id<ids::Document>>,
) -> Result<BTreeMap<Id<ids::Document>, String>, Error> {
    let keys: Vec<Value<'_>> = documents.iter().map(|id| Value::from(*id)).collect();
    let mut found = BTreeMap::new();
    tx.each_of(NUMBERS_OF, &keys, 1, company, |row| {
        found.insert(row.id(0)?, row.string(1)?);
        Ok(())
    })?;
    Ok(found)
}

fn read_open_amount(row: &Row<'_>) -> Result<OpenAmount, Error> {
    Ok(OpenAmount {
        document: row.id(0)?,
        instalment: row.small(1)?,
        customer: row.id(2)?,
        currency: row.currency(3)?,
        due_on: row.date(4)?,
        open: row.int(5)?,
    })
}

/// Calls `f` with the id and number of every invoice, by id. Beside [`open_all`] this is one walk through each table,
/// where a join would look each invoice up.
pub fn numbers(
    tx: &mut Tx<'_>,
    company: i64,
    mut f: impl FnMut(Id<ids::Document>, &str) -> Result<(), Error>,
) -> Result<(), Error> {
    tx.each(NUMBERS, params![company], |row| f(row.id(0)?, row.text(1)?))
}

/// What settlements change of an item: its projection.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Change {
    pub open: i64,
    pub open_base: i64,
    /// The last day of what changes it.
    pub on: Date,
}

/// Moves the open amounts of items. What is in dispute of them and what is awaited follow.
pub(crate) fn change(
    tx: &mut Tx<'_>,
    company: i64,
    changes: &BTreeMap<(Id<ids::Document>, i32), Change>,
) -> Result<(), Error> {
    let rows: Vec<Value<'_>> = changes
        .iter()
        .flat_map(|((document, instalment), c)| {
            [c.open.into(), c.open_base.into(), (*document).into(), (*instalment).into()]
        })
        .collect();
    let (mut in_dispute, mut awaited) = (Vec::new(), Vec::new());
    tx.each_of(CHANGE, &rows, 4, company, |row| {
        let (document, instalment) = (row.id(0)?, row.small(1)?);
        if row.int(3)? != 0 {
            in_dispute.push((document, instalment, row.int(2)?));
        }
        if row.int(4)? != 0 {
            awaited.push((document, instalment, row.int(2)?));
        }
        Ok(())
    })?;
    for (document, instalment, open) in in_dispute {
        let on = changes[&(document, instalment)].on;
        dispute::follow(tx, company, document, instalment, open, on)?;
    }
    for (document, instalment, open) in awaited {
        let on = changes[&(document, instalment)].on;
        certificate::follow(tx, company, document, instalment, open, on)?;
    }
    Ok(())
}

/// One row of the list of invoices.
#[derive(Clone, Debug)]
pub struct Listed {
    pub number: String,
    pub kind: Kind,
    pub series: String,
    pub customer: String,
    pub name: String,
    pub issued_on: Date,
    pub due_on: Date,
    pub currency: Currency,
    pub net: i64,
    pub tax: i64,
    pub total: i64,
    pub open: i64,
}

/// Documents in the order they were posted, of one customer or of all.
pub fn list(tx: &mut Tx<'_>, company: i64, customer: Option<&str>, limit: i64) -> Result<Vec<Listed>, Error> {
    let read = |row: &Row<'_>| {
        Ok(Listed {
            number: row.string(0)?,
            kind: Kind::from_number(row.int(1)?),
            series: row.string(2)?,
            customer: row.string(3)?,
            name: row.string(4)?,
            issued_on: row.date(5)?,
            due_on: row.date(6)?,
            currency: row.currency(7)?,
            net: row.int(8)?,
            tax: row.int(9)?,
            total: row.int(10)?,
            open: row.int(11)?,
        })
    };
    match customer {
        Some(code) => tx.all(LIST_OF_CUSTOMER, params![company, code, limit], read),
        None => tx.all(LIST, params![company, limit], read),
    }
}

/// The next number of one of our own series. It is taken in the transaction that posts the document, and a
/// transaction that fails gives it back: the series has no gap.
pub fn next_number(tx: &mut Tx<'_>, company: i64, series: &str) -> Result<i64, Error> {
    tx.first(NEXT_NUMBER, params![company, series], |row| row.int(0))?
        .ok_or_else(|| Error::Failed("the number series gave nothing".into()))
}

/// The last number given of a series; 0 where none was.
pub fn last_number(tx: &mut Tx<'_>, company: i64, series: &str) -> Result<i64, Error> {
    Ok(tx.first(LAST_NUMBER, params![company, series], |row| row.int(0))?.unwrap_or(0))
}

/// Whether the company has posted any document.
pub fn any(tx: &mut Tx<'_>, company: i64) -> Result<bool, Error> {
    Ok(tx.first(ANY, params![company], |row| row.int(0))?.is_some())
}

/// What makes two documents look alike but for their number.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Looks {
    pub payer: Id<ids::Customer>,
    pub issued_on: Date,
    pub due_on: Date,
    pub currency: Currency,
    pub total: i64,
}

/// The number of a posted document that looks just so, for each look that there is.
pub fn twins(tx: &mut Tx<'_>, company: i64, looks: &[Looks]) -> Result<BTreeMap<Looks, String>, Error> {
    let keys: Vec<Value<'_>> = looks
        .iter()
        .flat_map(|l| [l.payer.into(), l.issued_on.into(), l.due_on.into(), l.currency.into(), l.total.into()])
        .collect();
    let mut found = BTreeMap::new();
    tx.each_of(TWINS, &keys, 5, company, |row| {
        let looks = Looks {
            payer: row.id(0)?,
            issued_on: row.date(1)?,
            due_on: row.date(2)?,
            currency: row.currency(3)?,
            total: row.int(4)?,
        };
        found.insert(looks, row.string(5)?);
        Ok(())
    })?;
    Ok(found)
}
