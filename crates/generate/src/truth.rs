//! What truly happened: one row per payment, in `truth.csv`, which only the score reads.

use std::path::Path;

use anyhow::{Context, Result, bail};

/// What a payment is, by how it may be understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// It says the numbers of its invoices, legibly.
    Reference,
    /// The telephone or account it comes from is on file for one customer.
    KnownPayer,
    /// The name is there, and the amount is just what is open.
    ExactAmount,
    /// Ends of numbers, slips, other names.
    FreeText,
    /// A round part of what is owed.
    Part,
    /// Somebody else pays.
    ThirdParty,
    /// The customer kept tax back.
    Withholding,
    /// The channel kept its charge.
    FeeNetted,
    /// More than was owed.
    Overpaid,
    /// A number of another invoice by mistake.
    WrongReference,
    /// Nobody can know whose it is.
    Ambiguous,
    /// No payment of a customer.
    NotACustomer,
}

/// Every kind with its word.
pub const KINDS: &[(Kind, &str)] = &[
    (Kind::Reference, "reference"),
    (Kind::KnownPayer, "known payer"),
    (Kind::ExactAmount, "exact amount"),
    (Kind::FreeText, "free text"),
    (Kind::Part, "part payment"),
    (Kind::ThirdParty, "third party"),
    (Kind::Withholding, "withholding"),
    (Kind::FeeNetted, "fee netted"),
    (Kind::Overpaid, "overpaid"),
    (Kind::WrongReference, "wrong reference"),
    (Kind::Ambiguous, "ambiguous"),
    (Kind::NotACustomer, "not a customer's"),
];

/// How much an honest clerk can know from the files alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Knowable {
    /// Customer, invoices and amounts.
    Allocation,
    /// The customer alone.
    Customer,
    /// Not even that.
    Nothing,
}

/// Every answer with its word.
pub const KNOWABLE: &[(Knowable, &str)] =
    &[(Knowable::Allocation, "allocation"), (Knowable::Customer, "customer"), (Knowable::Nothing, "nothing")];

/// What else counts as right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Accepts {
    /// Just these invoices with these amounts.
    These,
    /// Any invoices of the customer: the payer does not care which.
    AnyOfTheCustomer,
}

/// Every answer with its word.
pub const ACCEPTS: &[(Accepts, &str)] =
    &[(Accepts::These, "these"), (Accepts::AnyOfTheCustomer, "any of the customer")];

/// One payment as it truly is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The week whose files tell of it, from 1.
    pub week: usize,
    /// The money account.
    pub account: String,
    /// The day it came in.
    pub on: String,
    /// What arrived.
    pub amount: i64,
    /// The provider's reference, by which the receipt is found again.
    pub reference: String,
    /// What it is.
    pub kind: Kind,
    /// Code of the customer it is for; empty for nobody's.
    pub customer: String,
    /// Numbers of its invoices, with what it pays of each.
    pub allocations: Vec<(String, i64)>,
    /// How much an honest clerk can know.
    pub knowable: Knowable,
    /// What else counts as right.
    pub accepts: Accepts,
    /// What the files show of it, for a reader.
    pub shown: String,
}

const HEADER: &[&str] = &[
    "week",
    "account",
    "on",
    "amount",
    "reference",
    "kind",
    "customer",
    "allocations",
    "knowable",
    "accepts",
    "shown",
];

/// The word of a value in its table.
pub fn word<T: Copy + PartialEq>(table: &[(T, &'static str)], value: T) -> &'static str {
    table.iter().find(|(one, _)| *one == value).map_or("", |(_, word)| *word)
}

fn value<T: Copy>(table: &[(T, &'static str)], said: &str) -> Result<T> {
    match table.iter().find(|(_, word)| *word == said) {
        Some((value, _)) => Ok(*value),
        None => bail!("truth.csv has {said:?}, which is none of its words"),
    }
}

/// Writes `truth.csv`.
pub fn write(path: &Path, rows: &[Row]) -> Result<()> {
    let mut out = csv::Writer::from_path(path).with_context(|| format!("writing {}", path.display()))?;
    out.write_record(HEADER)?;
    for row in rows {
        let allocations: Vec<String> =
            row.allocations.iter().map(|(number, amount)| format!("{number} {amount}")).collect();
        out.write_record([
            row.week.to_string().as_str(),
            &row.account,
            &row.on,
            &row.amount.to_string(),
            &row.reference,
            word(KINDS, row.kind),
            &row.customer,
            &allocations.join("; "),
            word(KNOWABLE, row.knowable),
            word(ACCEPTS, row.accepts),
            &row.shown,
        ])?;
    }
    Ok(out.flush()?)
}

/// Reads `truth.csv`.
pub fn read(path: &Path) -> Result<Vec<Row>> {
    let mut file = csv::Reader::from_path(path).with_context(|| format!("reading {}", path.display()))?;
    let mut rows = Vec::new();
    for record in file.records() {
        let record = record?;
        let at = |n: usize| record.get(n).unwrap_or_default().to_owned();
        let mut allocations = Vec::new();
        for one in at(7).split("; ").filter(|one| !one.is_empty()) {
            let (number, amount) = one.rsplit_once(' ').context("an allocation is a number and an amount")?;
            allocations.push((number.to_owned(), amount.parse()?));
        }
        rows.push(Row {
            week: at(0).parse()?,
            account: at(1),
            on: at(2),
            amount: at(3).parse()?,
            reference: at(4),
            kind: value(KINDS, &at(5))?,
            customer: at(6),
            allocations,
            knowable: value(KNOWABLE, &at(8))?,
            accepts: value(ACCEPTS, &at(9))?,
            shown: at(10),
        });
    }
    Ok(rows)
}
