//! Receivables ageing in detail as a person exports it from QuickBooks, Sage, Odoo or Xero: titles, headings, rows and
//! totals in one table. Read by general rules, not by the program it came from:
//!
//! - The header is the row that names most of what we know; it has dates, a number or an indented first column, and
//!   buckets or an open balance.
//! - A row with a date, a kind or a number is an open document. Any other row with a text in front is a heading (a
//!   customer where no column names customers, else a bucket) or a total.
//! - Totals are not loaded but checked: each is compared with the rows above it.
//!
//! What stands below zero is a credit: a credit note, or a payment not yet applied.

mod columns;
mod words;

use std::path::Path;

use receivables::{Currency, Date, sayings};
use rust_decimal::Decimal;

use crate::day::DateOrder;
use crate::fault::Fault;
use crate::headers::normalised;
use crate::table::{FileError, Input, Layout, Record, RecordsBelow, RowError, Votes};

use columns::{Amounts, Columns, FIELDS, cell};
use words::TotalOf;

/// What was open in the other program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OpenKind {
    Invoice,
    CreditNote,
    /// Money of the customer that was not applied.
    Payment,
}

/// One open document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenRow {
    pub line: u64,
    /// The customer's code where the file has one, else the name.
    pub customer: String,
    /// The name beside a code.
    pub customer_name: Option<String>,
    pub kind: OpenKind,
    pub number: Option<String>,
    pub issued_on: Option<Date>,
    pub due_on: Option<Date>,
    /// `None` for the company's own.
    pub currency: Option<Currency>,
    /// Above zero, whatever the kind.
    pub open: Decimal,
}

sayings! {
    /// A total that is not the sum of its rows.
    pub enum Difference in "difference" {
        /// The buckets of one row, which are taken.
        Row "row" { line, told, sum },
        Heading "heading" { line, label, told, sum },
        /// A heading with no rows below it.
        Folded "folded" { line, label, told },
        RowsAbove "rows-above" { line, told, sum },
        File "file" { line, told, sum },
    }
}

/// What a total adds up.
#[derive(Clone, Copy)]
enum Sum<'l> {
    Row,
    Heading(&'l str),
    RowsAbove,
    File,
}

/// What a file says is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgeingExport {
    /// Open documents in the order of the file; rows with nothing open are left out.
    pub rows: Vec<Result<OpenRow, RowError>>,
    /// The grand total the file tells.
    pub total: Option<Decimal>,
    pub differences: Vec<Difference>,
    /// How the file is written.
    pub layout: Layout,
    /// Whether the customers are named by code.
    pub coded: bool,
}

/// Reads an export in memory; `None` if it is a table of another kind.
///
/// ```
/// let text = "Customer,No,Date,Due,Current,30,60,Total\nKeza Ltd,F-1,2026-05-01,2026-05-31,0,500,0,500\n";
/// let export = formats::ageing_export::read(text.as_bytes())?.expect("an ageing");
/// assert_eq!(export.rows[0].as_ref().unwrap().customer, "Keza Ltd");
/// # Ok::<(), formats::FileError>(())
/// ```
pub fn read(bytes: &[u8]) -> Result<Option<AgeingExport>, FileError> {
    read_input(Input::Bytes(bytes.into()))
}

/// As [`read`], from a file. A table of another kind is not kept in memory to find that out.
pub fn open(path: &Path) -> Result<Option<AgeingExport>, FileError> {
    read_input(Input::File(path.to_owned()))
}

fn read_input(input: Input) -> Result<Option<AgeingExport>, FileError> {
    let table = RecordsBelow::open(input, &FIELDS)?;
    let Some(columns) = Columns::of(&table.headers) else { return Ok(None) };
    let mut votes = Votes::default();
    let mut has_headings = false;
    let mut rows = table.start()?;
    while let Some(record) = rows.next()? {
        columns.count(&mut votes, &record);
        has_headings |= columns.is_heading(&record);
    }
    if columns.needs_headings && !has_headings {
        return Ok(None);
    }
    let mut records = Vec::new();
    let mut rows = table.start()?;
    while let Some(record) = rows.next()? {
        if !record.is_blank() {
            records.push(record);
        }
    }
    let layout = table.layout(&votes, columns.named());
    let (decimal, dates) = (votes.decimal().0, votes.dates().0);
    let documents: Vec<bool> = records.iter().map(|r| columns.is_document(r, dates)).collect();
    let last_document = documents.iter().rposition(|is| *is);
    let mut walk = Walk::new(&columns, decimal, dates);
    for (at, record) in records.iter().enumerate() {
        walk.more_follow = last_document.is_some_and(|last| at < last);
        if documents[at] {
            walk.document(record);
        } else {
            walk.other(record);
        }
    }
    Ok(Some(walk.end(layout)))
}

/// Whose a row is.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Customer {
    code: Option<String>,
    name: Option<String>,
}

impl Customer {
    fn label(&self) -> &str {
        self.code.as_deref().or(self.name.as_deref()).unwrap_or_default()
    }
}

/// A heading with the rows below it, or a run of rows of one customer.
#[derive(Debug)]
struct Group {
    label: String,
    /// Where the heading stands: one further right is inside this one.
    column: usize,
    /// `None` for a bucket.
    customer: Option<Customer>,
    sum: Decimal,
    /// The total that stands on the heading itself, with its line.
    told: Option<(u64, Decimal)>,
}

impl Group {
    /// Whether a total or subtotal means this group; `name` in the spelling of [`normalised`].
    fn is_called(&self, name: &str) -> bool {
        let customer = self.customer.iter().flat_map(|c| [c.code.as_deref(), c.name.as_deref()]).flatten();
        customer.chain([self.label.as_str()]).any(|own| normalised(own) == name)
    }
}

/// The rows, from top to bottom.
struct Walk<'t> {
    columns: &'t Columns,
    decimal: char,
    dates: DateOrder,
    /// Whether another document comes further down.
    more_follow: bool,
    groups: Vec<Group>,
    documents: u64,
    sum: Decimal,
    total: Option<(u64, Decimal)>,
    rows: Vec<Result<OpenRow, RowError>>,
    differences: Vec<Difference>,
}

impl<'t> Walk<'t> {
    fn new(columns: &'t Columns, decimal: char, dates: DateOrder) -> Walk<'t> {
        Walk {
            columns,
            decimal,
            dates,
            more_follow: false,
            groups: Vec::new(),
            documents: 0,
            sum: Decimal::ZERO,
            total: None,
            rows: Vec::new(),
            differences: Vec::new(),
        }
    }

    fn document(&mut self, record: &Record) {
        let own = self.own_customer(record);
        if let Some(customer) = own.clone() {
            self.enter(customer);
        }
        match self.open_row(record, own) {
            Ok(Some(row)) => self.rows.push(Ok(row)),
            Ok(None) => {}
            Err(fault) => self.rows.push(Err(RowError { line: record.line, fault })),
        }
    }

    /// The document of a row; `None` if nothing is open.
    fn open_row(&mut self, record: &Record, own: Option<Customer>) -> Result<Option<OpenRow>, Fault> {
        let columns = self.columns;
        let amounts = columns.amounts(record, self.decimal).map_err(|e| e.in_field("open"))?;
        let Some(open) = amounts.open else {
            // Below the grand total stand notes.
            if self.total.is_some() && !self.more_follow {
                return Ok(None);
            }
            return Err(Fault::NoOpenAmount);
        };
        self.add(open)?;
        self.compare_within(record.line, amounts)?;
        if open.is_zero() {
            return Ok(None);
        }
        let below_zero = open.is_sign_negative();
        let number = self.number(record);
        let kind = words::kind_of(cell(record, columns.kind), number.as_deref(), below_zero)?;
        let (open, currency) = self.in_own_currency(record, open)?;
        let Some(customer) = own.or_else(|| self.customer_above()) else {
            return Err(Fault::NoCustomer);
        };
        Ok(Some(OpenRow {
            line: record.line,
            customer: customer.label().to_owned(),
            customer_name: customer.code.as_ref().and(customer.name.clone()),
            kind,
            number,
            issued_on: columns.date(record, columns.issued, self.dates).map_err(|e| e.in_field("issued_on"))?,
            due_on: columns.date(record, columns.due, self.dates).map_err(|e| e.in_field("due_on"))?,
            currency,
            open: open.abs(),
        }))
    }

    /// A row may tell its open amount twice: the two must agree. A column called no more than "total" may be the
    /// document's first amount: the buckets win, and the difference is told.
    fn compare_within(&mut self, line: u64, amounts: Amounts) -> Result<(), Fault> {
        let Some(aged) = amounts.aged else { return Ok(()) };
        if let Some(open) = amounts.said_open.filter(|open| *open != aged) {
            return Err(Fault::BucketsDiffer { aged: aged.to_string(), open: open.to_string() });
        }
        if let Some(told) = amounts.said_total.filter(|total| *total != aged) {
            self.compare(line, Sum::Row, told, aged);
        }
        Ok(())
    }

    /// The open amount in the currency the row names: the buckets of such a file are in the company's.
    fn in_own_currency(&self, record: &Record, open: Decimal) -> Result<(Decimal, Option<Currency>), Fault> {
        let Some(text) = cell(record, self.columns.currency) else { return Ok((open, None)) };
        let currency: Currency = text.parse()?;
        if self.columns.foreign.is_none() {
            return Ok((open, Some(currency)));
        }
        let own = self.columns.foreign_amount(record, self.decimal).map_err(|e| e.in_field("amount_currency"))?;
        match own {
            Some(own) if own.is_sign_negative() == open.is_sign_negative() && !own.is_zero() => {
                Ok((own, Some(currency)))
            }
            _ => Err(Fault::NoForeignAmount { currency: currency.to_string() }),
        }
    }

    /// `INV/2026/00012 (S00034)` in an indented first column is the number and its note.
    fn number(&self, record: &Record) -> Option<String> {
        if !self.columns.indented {
            return cell(record, self.columns.number).map(str::to_owned);
        }
        let text = cell(record, Some(0))?;
        let first = text.split_whitespace().next()?;
        let is_number = first.contains('/') && first.contains(|c: char| c.is_ascii_digit());
        Some(if is_number { first.to_owned() } else { text.to_owned() })
    }

    /// The customer in the row's own cells.
    fn own_customer(&self, record: &Record) -> Option<Customer> {
        let own = |column: Option<usize>| cell(record, column).map(str::to_owned);
        let customer = Customer { code: own(self.columns.code), name: own(self.columns.name) };
        (customer.code.is_some() || customer.name.is_some()).then_some(customer)
    }

    /// The customer of the row above or of the headings, for a row that names none.
    fn customer_above(&self) -> Option<Customer> {
        if self.columns.names_customers() {
            // In a bucket each row names its customer: one that does not is nobody's.
            let in_bucket = self.groups.iter().any(|g| g.customer.is_none());
            return self.groups.last().filter(|_| !in_bucket)?.customer.clone();
        }
        let names: Vec<&str> = self.groups.iter().filter_map(|g| g.customer.as_ref()).map(Customer::label).collect();
        (!names.is_empty()).then(|| Customer { code: None, name: Some(names.join(":")) })
    }

    /// Goes on with a customer's rows, or begins them.
    fn enter(&mut self, customer: Customer) {
        let Some(column) = self.columns.customer_column() else { return };
        if self.groups.last().is_some_and(|g| g.customer.as_ref() == Some(&customer)) {
            return;
        }
        let label = customer.label().to_owned();
        self.begin(Group { label, column, customer: Some(customer), sum: Decimal::ZERO, told: None });
    }

    fn begin(&mut self, group: Group) {
        if let Some(from) = self.groups.iter().position(|g| g.column >= group.column) {
            self.close(from);
        }
        self.groups.push(group);
    }

    fn add(&mut self, open: Decimal) -> Result<(), Fault> {
        self.sum = self.sum.checked_add(open).ok_or(Fault::TooLargeToAdd)?;
        for group in &mut self.groups {
            group.sum = group.sum.checked_add(open).ok_or(Fault::TooLargeToAdd)?;
        }
        self.documents += 1;
        Ok(())
    }

    /// A heading or a total.
    fn other(&mut self, record: &Record) {
        let money = self.columns.amounts(record, self.decimal).ok().and_then(|a| a.open);
        let Some((column, label)) = self.columns.label(record) else {
            if let Some(money) = money {
                self.unsaid_total(record.line, Sum::RowsAbove, money);
            }
            return;
        };
        let report = money.is_some() && words::names_the_report(label);
        let total = words::total_of(label).or(report.then_some(TotalOf::Whole));
        if let Some(total) = &total
            && self.is_total_row(record.line, label, total, money)
        {
            return;
        }
        if self.columns.names_customers()
            && let Some(told) = money
            && let Some(at) =
                self.groups.iter().rposition(|g| g.sum != Decimal::ZERO && g.is_called(&normalised(label)))
        {
            // Sage repeats the customer on the row of its subtotal.
            self.end_group(at, record.line, told);
            return;
        }
        let customer = match (words::is_bucket(label), self.columns.names_customers()) {
            (true, _) => None,
            (false, false) => Some(Customer { code: None, name: Some(label.to_owned()) }),
            (false, true) => self.own_customer(record),
        };
        let told = money.map(|money| (record.line, money));
        self.begin(Group { label: label.to_owned(), column, customer, sum: Decimal::ZERO, told });
    }

    /// Checks a total; false if nothing is called so: then it is a customer with "total" in the name.
    fn is_total_row(&mut self, line: u64, label: &str, total: &TotalOf, money: Option<Decimal>) -> bool {
        match total {
            TotalOf::Named(names) => {
                let Some(at) = self.groups.iter().rposition(|g| names.iter().any(|name| g.is_called(name))) else {
                    return false;
                };
                match money {
                    Some(told) => self.end_group(at, line, told),
                    None => self.close(at),
                }
            }
            TotalOf::Whole => self.total = money.map(|money| (line, money)).or(self.total),
            TotalOf::Unsaid => {
                if let Some(money) = money {
                    self.unsaid_total(line, Sum::Heading(label), money);
                }
            }
        }
        true
    }

    /// A total that does not say of what: the file's if it stands first or last, else that of the rows above it.
    fn unsaid_total(&mut self, line: u64, of: Sum<'_>, told: Decimal) {
        let group = self.groups.last().map(|g| g.sum);
        let of_group = match group {
            None => false,
            Some(_) if self.documents == 0 => false,
            Some(_) if self.more_follow => true,
            Some(sum) => sum == told && self.sum != told,
        };
        if of_group {
            self.end_group(self.groups.len() - 1, line, told);
        } else if self.documents == 0 || !self.more_follow {
            self.total = Some((line, told));
        } else {
            // No heading above: a running total is all it can be.
            self.compare(line, of, told, self.sum);
        }
    }

    fn end_group(&mut self, at: usize, line: u64, told: Decimal) {
        self.close(at + 1);
        if let Some(group) = self.groups.pop() {
            self.compare(line, Sum::Heading(&group.label), told, group.sum);
        }
    }

    /// Ends the groups from `from` on; totals on their headings are compared.
    fn close(&mut self, from: usize) {
        for group in self.groups.split_off(from) {
            if let Some((line, told)) = group.told {
                self.compare(line, Sum::Heading(&group.label), told, group.sum);
            }
        }
    }

    fn compare(&mut self, line: u64, of: Sum<'_>, told: Decimal, sum: Decimal) {
        if told == sum {
            return;
        }
        let folded = sum.is_zero();
        let (line, told, sum) = (line.to_string(), told.to_string(), sum.to_string());
        self.differences.push(match of {
            Sum::Row => Difference::Row { line, told, sum },
            Sum::Heading(label) if folded => Difference::Folded { line, label: label.to_owned(), told },
            Sum::Heading(label) => Difference::Heading { line, label: label.to_owned(), told, sum },
            Sum::RowsAbove => Difference::RowsAbove { line, told, sum },
            Sum::File => Difference::File { line, told, sum },
        });
    }

    fn end(mut self, layout: Layout) -> AgeingExport {
        self.close(0);
        if let Some((line, told)) = self.total {
            self.compare(line, Sum::File, told, self.sum);
        }
        let total = self.total.map(|(_, told)| told);
        AgeingExport {
            rows: self.rows,
            total,
            differences: self.differences,
            layout,
            coded: self.columns.code.is_some(),
        }
    }
}

impl OpenKind {
    pub fn name(self) -> &'static str {
        match self {
            OpenKind::Invoice => "invoice",
            OpenKind::CreditNote => "credit note",
            OpenKind::Payment => "payment",
        }
    }
}
