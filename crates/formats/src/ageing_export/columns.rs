//! Where an ageing export keeps what: the columns of its header, and which of its rows are documents.

use rust_decimal::Decimal;

use super::words;
use crate::day::{DateOrder, parse_date};
use crate::fault::Fault;
use crate::headers::{folded, normalised};
use crate::parse_amount;
use crate::table::{CellKind, Field, FieldKind, Record, Votes, by_synonym, date_of, decimal_of};

const fn field(name: &'static str, kind: FieldKind, synonyms: &'static [&'static str]) -> Field {
    Field { name, kind, required: false, synonyms }
}

/// What a header may name; the constants below are the places.
pub(super) static FIELDS: [Field; 10] = [
    field(
        "customer_code",
        FieldKind::Text,
        &[
            "customerid",
            "customerno",
            "customernumber",
            "codeclient",
            "clientcode",
            "clientid",
            "numeroclient",
            "accountref",
            "accountno",
            "codepartenaire",
            "ac",
        ],
    ),
    field(
        "customer_name",
        FieldKind::Text,
        &[
            "customerfullname",
            "clientname",
            "nomduclient",
            "nomclient",
            "nomcompletduclient",
            "customer",
            "client",
            "partner",
            "partenaire",
            "debtor",
            "debiteur",
            "name",
            "nom",
        ],
    ),
    field(
        "kind",
        FieldKind::Text,
        &[
            "transactiontype",
            "documenttype",
            "doctype",
            "typedetransaction",
            "typedeloperation",
            "typededocument",
            "typedocument",
            "type",
        ],
    ),
    field(
        "number",
        FieldKind::Text,
        &[
            "num",
            "invoicenumber",
            "invoiceno",
            "invoicecm",
            "invoicecmno",
            "invoice",
            "documentnumber",
            "documentno",
            "docno",
            "transactionno",
            "numerodefacture",
            "nfacture",
            "ndefacture",
            "facture",
            "numerodepiece",
            "ndepiece",
            "npiece",
            "piece",
            "numero",
            "nº",
            "n",
            "no",
            "reference",
            "ref",
            "invoicereference",
        ],
    ),
    field(
        "issued_on",
        FieldKind::Date,
        &[
            "invoicedate",
            "transactiondate",
            "documentdate",
            "docdate",
            "issuedate",
            "datedefacture",
            "datefacture",
            "datedefacturation",
            "datedetransaction",
            "datedeloperation",
            "date",
        ],
    ),
    field(
        "due_on",
        FieldKind::Date,
        &["duedate", "datedue", "datedecheance", "dateecheance", "echeance", "paymentdue", "due"],
    ),
    field("currency", FieldKind::Text, &["devise", "monnaie", "ccy", "curr"]),
    field(
        "open",
        FieldKind::Amount,
        &[
            "openbalance",
            "openamount",
            "amountopen",
            "amountdue",
            "balancedue",
            "outstanding",
            "outstandingamount",
            "remaining",
            "unpaid",
            "balance",
            "soldeouvert",
            "soldedu",
            "solde",
            "montantdu",
            "montantouvert",
            "restantdu",
            "resteapayer",
            "encours",
        ],
    ),
    field("total", FieldKind::Amount, &["totaldue", "totaldu", "montanttotal"]),
    field(
        "amount_currency",
        FieldKind::Amount,
        &["amountincurrency", "foreignamount", "montantendevise", "montantendevises", "montantdevise"],
    ),
];
const CODE: usize = 0;
const NAME: usize = 1;
const KIND: usize = 2;
const NUMBER: usize = 3;
const ISSUED: usize = 4;
const DUE: usize = 5;
const CURRENCY: usize = 6;
const OPEN: usize = 7;
const TOTAL: usize = 8;
const FOREIGN: usize = 9;

/// So many buckets make a table an ageing.
const BUCKETS_MIN: usize = 3;

/// The column of each thing.
#[derive(Debug)]
pub(super) struct Columns {
    pub(super) code: Option<usize>,
    pub(super) name: Option<usize>,
    pub(super) kind: Option<usize>,
    pub(super) number: Option<usize>,
    pub(super) issued: Option<usize>,
    pub(super) due: Option<usize>,
    pub(super) currency: Option<usize>,
    /// A column that says it holds what is open.
    pub(super) open: Option<usize>,
    /// A column that says no more than "total".
    pub(super) total: Option<usize>,
    /// What is open in the document's own currency, where the buckets are in the company's.
    pub(super) foreign: Option<usize>,
    pub(super) buckets: Vec<usize>,
    /// Documents stand in the first column, under the row that names their customer.
    pub(super) indented: bool,
    /// Other cells that a document has and a heading has not: account, journal, terms.
    facts: Vec<usize>,
    /// No bucket columns: headings or totals must prove that this is a report.
    pub(super) needs_headings: bool,
    /// Field and header.
    named: Vec<(String, String)>,
}

impl Columns {
    /// `None` if this is not the header of an ageing in detail: a date, a number or an indented first column, and
    /// either buckets or an open balance beside a column for headings.
    pub(super) fn of(headers: &[String]) -> Option<Columns> {
        let found = by_synonym(headers, &FIELDS);
        let buckets: Vec<usize> =
            (0..headers.len()).filter(|i| !found.contains(&Some(*i)) && words::is_bucket(&headers[*i])).collect();
        let (mut code, mut name) = (found[CODE], found[NAME]);
        if let (None, Some(at)) = (code, name)
            && matches!(normalised(&headers[at]).as_str(), "customer" | "client")
            && let Some(beside) = headers.iter().position(|h| matches!(normalised(h).as_str(), "name" | "nom"))
        {
            (code, name) = (Some(at), Some(beside));
        }
        let indented = found[NUMBER].is_none();
        if indented {
            // The first column holds customers and documents alike, whatever it is called.
            (code, name) = (code.filter(|c| *c > 0), name.filter(|c| *c > 0));
        }
        let dated = found[ISSUED].is_some() || found[DUE].is_some();
        let first_is_free = headers.first().is_some_and(String::is_empty);
        let aged = buckets.len() >= BUCKETS_MIN;
        if !dated || !(aged || (found[OPEN].is_some() && first_is_free)) {
            return None;
        }
        if indented && [found[ISSUED], found[DUE]].contains(&Some(0)) {
            return None;
        }
        let money = |i: &usize| buckets.contains(i) || [OPEN, TOTAL, FOREIGN].iter().any(|f| found[*f] == Some(*i));
        let facts = (1..headers.len())
            .filter(|i| !money(i) && found[CURRENCY] != Some(*i) && code != Some(*i) && name != Some(*i))
            .filter(|i| !headers[*i].is_empty() && !is_money_word(&headers[*i]))
            .collect();
        let mut named: Vec<(String, String)> = FIELDS
            .iter()
            .zip(&found)
            .filter_map(|(field, at)| Some((field.name.to_owned(), headers[(*at)?].clone())))
            .collect();
        named.extend(buckets.iter().map(|i| ("bucket".to_owned(), headers[*i].clone())));
        Some(Columns {
            code,
            name,
            kind: found[KIND],
            number: found[NUMBER],
            issued: found[ISSUED],
            due: found[DUE],
            currency: found[CURRENCY],
            open: found[OPEN],
            total: found[TOTAL],
            foreign: found[FOREIGN],
            buckets,
            indented,
            facts,
            needs_headings: !aged,
            named,
        })
    }

    /// Field and header; what stands in the first column, without a header of its own, is in `A`.
    pub(super) fn named(&self) -> Vec<(String, String)> {
        let unnamed = [("number", self.indented), ("customer", !self.names_customers())];
        let unnamed = unnamed.into_iter().filter(|(_, is)| *is).map(|(field, _)| (field.to_owned(), "A".to_owned()));
        self.named.iter().cloned().chain(unnamed).collect()
    }

    /// Whether each document names its customer, or its heading does.
    pub(super) fn names_customers(&self) -> bool {
        self.code.is_some() || self.name.is_some()
    }

    /// What the cells say about the decimal sign and the order of dates.
    pub(super) fn count(&self, votes: &mut Votes, record: &Record) {
        let single = [
            (ISSUED, self.issued),
            (DUE, self.due),
            (CURRENCY, self.currency),
            (OPEN, self.open),
            (TOTAL, self.total),
            (FOREIGN, self.foreign),
        ];
        let pairs = single.into_iter().filter_map(|(field, column)| Some((field, column?)));
        for (field, column) in pairs.chain(self.buckets.iter().map(|column| (OPEN, *column))) {
            votes.count(&FIELDS[field], record, column);
        }
    }

    /// A row with a text in front and nothing that only a document has.
    pub(super) fn is_heading(&self, record: &Record) -> bool {
        let only = [self.kind, self.number, self.issued, self.due].into_iter().flatten().filter(|c| *c > 0);
        cell(record, Some(0)).is_some_and(|text| text.chars().any(char::is_alphabetic))
            && only.chain(self.facts.iter().copied()).all(|column| cell(record, Some(column)).is_none())
    }

    /// Whether the row is one open document.
    pub(super) fn is_document(&self, record: &Record, order: DateOrder) -> bool {
        let dates = [self.issued, self.due].into_iter().flatten();
        // In a first column of dates (Xero) a text that is no date is a heading.
        let dated = dates
            .filter_map(|column| Some((column, cell(record, Some(column))?)))
            .any(|(column, text)| column > 0 || record.kind(0) != CellKind::Text || parse_date(text, order).is_some());
        if dated || cell(record, self.kind).is_some() {
            return true;
        }
        if self.indented {
            return self.facts.iter().any(|column| cell(record, Some(*column)).is_some());
        }
        cell(record, self.number).is_some_and(|text| words::total_of(text).is_none())
    }

    /// The text that a row which is no document stands under: its first cell that is no amount.
    pub(super) fn label<'r>(&self, record: &'r Record) -> Option<(usize, &'r str)> {
        let money = |column: usize| {
            self.buckets.contains(&column)
                || [self.open, self.total, self.foreign, self.currency].contains(&Some(column))
        };
        (0..record.len())
            .filter(|column| !money(*column))
            .filter_map(|column| Some((column, cell(record, Some(column))?)))
            .find(|(column, text)| *column == 0 || !is_amount(text))
    }

    /// The column a customer's own cells begin in.
    pub(super) fn customer_column(&self) -> Option<usize> {
        self.code.into_iter().chain(self.name).min()
    }

    pub(super) fn date(
        &self,
        record: &Record,
        column: Option<usize>,
        order: DateOrder,
    ) -> Result<Option<receivables::Date>, Fault> {
        let Some((column, text)) = column.and_then(|c| Some((c, cell(record, Some(c))?))) else { return Ok(None) };
        date_of(text, record.kind(column), order).map(Some)
    }

    fn decimal(&self, record: &Record, column: Option<usize>, sign: char) -> Result<Option<Decimal>, Fault> {
        let Some((column, text)) = column.and_then(|c| Some((c, cell(record, Some(c))?))) else { return Ok(None) };
        // A dash stands for nothing.
        if matches!(text, "-" | "–" | "—") {
            return Ok(None);
        }
        decimal_of(text, record.kind(column), sign).map(Some)
    }

    /// What is open in the document's own currency.
    pub(super) fn foreign_amount(&self, record: &Record, sign: char) -> Result<Option<Decimal>, Fault> {
        self.decimal(record, self.foreign, sign)
    }

    /// The amounts of a row.
    pub(super) fn amounts(&self, record: &Record, sign: char) -> Result<Amounts, Fault> {
        let mut aged: Option<Decimal> = None;
        for column in &self.buckets {
            if let Some(part) = self.decimal(record, Some(*column), sign)? {
                let sum = aged.unwrap_or_default().checked_add(part);
                aged = Some(sum.ok_or(Fault::TooLargeToAdd)?);
            }
        }
        let open = self.decimal(record, self.open, sign)?;
        let total = self.decimal(record, self.total, sign)?;
        Ok(Amounts { open: open.or(aged).or(total), aged, said_open: open, said_total: total })
    }
}

/// What a row says is open, and what else it says.
#[derive(Debug, Clone, Copy)]
pub(super) struct Amounts {
    /// The open balance, else the sum of the buckets, else the total.
    pub(super) open: Option<Decimal>,
    pub(super) aged: Option<Decimal>,
    pub(super) said_open: Option<Decimal>,
    pub(super) said_total: Option<Decimal>,
}

/// The trimmed text of a cell that is not blank.
pub(super) fn cell(record: &Record, column: Option<usize>) -> Option<&str> {
    Some(record.get(column?)?.trim()).filter(|text| !text.is_empty())
}

fn is_amount(text: &str) -> bool {
    ['.', ','].iter().any(|sign| parse_amount(text, *sign).is_some())
}

fn is_money_word(header: &str) -> bool {
    let plain = folded(header);
    ["amount", "montant", "balance", "solde", "debit", "credit", "total", "net", "unapplied"]
        .iter()
        .any(|word| plain.contains(word))
}
