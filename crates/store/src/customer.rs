//! Customers: whoever is billed, pays or benefits. The one kind of record that an import may update.

use std::collections::{BTreeMap, BTreeSet};

use receivables::ids::{self, Id};
use receivables::{Currency, Refusal};

use crate::table;
use crate::tx::{Row, statements};
use crate::{Error, Tx, Value, params};

statements! {
    BY_CODE = "SELECT id, code, name, kind, tin, phone, email, language, terms_days, credit_limit, limit_kind, currency, segment, district, collector FROM customer WHERE company = $1 AND code = $2";
    IDS_OF each = ("SELECT code, id FROM customer WHERE code = $1 AND company = $2", "SELECT code, id FROM customer WHERE code = ANY($1) AND company = $2");
    BY_ID = "SELECT id, code, name, kind, tin, phone, email, language, terms_days, credit_limit, limit_kind, currency, segment, district, collector FROM customer WHERE company = $1 AND id = $2";
    LIST = "SELECT id, code, name, kind, tin, phone, email, language, terms_days, credit_limit, limit_kind, currency, segment, district, collector FROM customer WHERE company = $1 ORDER BY code";
    PAGE = "SELECT id, code, name, kind, tin, phone, email, language, terms_days, credit_limit, limit_kind, currency, segment, district, collector FROM customer WHERE company = $1 AND id > $2 ORDER BY id LIMIT $3";
    LOCK locked = "SELECT id FROM customer WHERE company = $1 AND code = $2";
    UPDATE = "UPDATE customer SET name = $1, kind = $2, tin = $3, phone = $4, email = $5, language = $6, terms_days = $7, credit_limit = $8, limit_kind = $9, currency = $10, segment = $11, district = $12, collector = $13, action = $14 WHERE company = $15 AND id = $16";
}

/// How much may be owed: an amount, or expressly no limit. Not yet decided is neither.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CreditLimit {
    Unset,
    NoLimit,
    /// Minor units of the customer's currency; 0 means nothing on credit.
    Amount(i64),
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Customer {
    pub id: Id<ids::Customer>,
    pub code: String,
    pub name: String,
    /// `business` or `person`.
    pub kind: String,
    pub tin: Option<String>,
    pub phone: Option<String>,
    pub email: Option<String>,
    pub language: String,
    pub terms_days: i32,
    pub credit_limit: CreditLimit,
    pub currency: Currency,
    pub segment: Option<String>,
    pub district: Option<String>,
    /// The user who works the account.
    pub collector: Option<String>,
}

fn read(row: &Row<'_>) -> Result<Customer, Error> {
    let credit_limit = match (row.text(10)?, row.int_opt(9)?) {
        ("none", _) => CreditLimit::NoLimit,
        ("amount", Some(minor)) => CreditLimit::Amount(minor),
        _ => CreditLimit::Unset,
    };
    Ok(Customer {
        id: row.id(0)?,
        code: row.string(1)?,
        name: row.string(2)?,
        kind: row.string(3)?,
        tin: row.string_opt(4)?,
        phone: row.string_opt(5)?,
        email: row.string_opt(6)?,
        language: row.string(7)?,
        terms_days: row.small(8)?,
        credit_limit,
        currency: row.currency(11)?,
        segment: row.string_opt(12)?,
        district: row.string_opt(13)?,
        collector: row.string_opt(14)?,
    })
}

impl CreditLimit {
    fn columns(self) -> (Option<i64>, &'static str) {
        match self {
            CreditLimit::Unset => (None, "unset"),
            CreditLimit::NoLimit => (None, "none"),
            CreditLimit::Amount(minor) => (Some(minor), "amount"),
        }
    }
}

pub fn find(tx: &mut Tx<'_>, company: i64, code: &str) -> Result<Option<Customer>, Error> {
    tx.first(BY_CODE, params![company, code], read)
}

/// The ids of the customers that there are of these codes.
pub fn ids_of(
    tx: &mut Tx<'_>,
    company: i64,
    codes: &BTreeSet<&str>,
) -> Result<BTreeMap<String, Id<ids::Customer>>, Error> {
    let keys: Vec<Value<'_>> = codes.iter().map(|code| Value::from(*code)).collect();
    let mut found = BTreeMap::new();
    tx.each_of(IDS_OF, &keys, 1, company, |row| {
        found.insert(row.string(0)?, row.id(1)?);
        Ok(())
    })?;
    Ok(found)
}

/// The customer of that code, or a refusal that names it.
pub fn get(tx: &mut Tx<'_>, company: i64, code: &str) -> Result<Customer, Error> {
    find(tx, company, code)?.ok_or_else(|| Refusal::NotFound { kind: "customer".into(), name: code.into() }.into())
}

pub fn by_id(tx: &mut Tx<'_>, company: i64, id: Id<ids::Customer>) -> Result<Customer, Error> {
    tx.first(BY_ID, params![company, id], read)?
        .ok_or_else(|| Refusal::NotFound { kind: "customer".into(), name: id.to_string() }.into())
}

pub fn list(tx: &mut Tx<'_>, company: i64) -> Result<Vec<Customer>, Error> {
    tx.all(LIST, params![company], read)
}

/// Customers in the order they were made, those after one of them.
pub fn page(tx: &mut Tx<'_>, company: i64, after: Id<ids::Customer>, limit: i64) -> Result<Vec<Customer>, Error> {
    tx.all(PAGE, params![company, after, limit], read)
}

/// The customer of that code, whom nobody else changes until the transaction ends.
pub fn locked(tx: &mut Tx<'_>, company: i64, code: &str) -> Result<Customer, Error> {
    tx.first(LOCK, params![company, code], |row| row.id::<ids::Customer>(0))?;
    get(tx, company, code)
}

/// Saves new customers.
pub fn save(tx: &mut Tx<'_>, company: i64, customers: &[Customer]) -> Result<(), Error> {
    let (now, action) = (tx.now(), tx.action_id()?);
    let mut rows = Vec::with_capacity(customers.len() * table::CUSTOMER.columns.len());
    for c in customers {
        let (limit, limit_kind) = c.credit_limit.columns();
        rows.extend_from_slice(params![
            company,
            c.id,
            &c.code,
            &c.name,
            &c.kind,
            c.tin.as_deref(),
            c.phone.as_deref(),
            c.email.as_deref(),
            &c.language,
            c.terms_days,
            limit,
            limit_kind,
            c.currency,
            c.segment.as_deref(),
            c.district.as_deref(),
            now,
            action,
            c.collector.as_deref(),
        ]);
    }
    tx.insert_rows(&table::CUSTOMER, &rows)?;
    for _ in customers {
        tx.touch();
    }
    Ok(())
}

pub fn update(tx: &mut Tx<'_>, company: i64, c: &Customer) -> Result<(), Error> {
    let action = tx.action_id()?;
    let (limit, limit_kind) = c.credit_limit.columns();
    tx.execute(
        UPDATE,
        params![
            &c.name,
            &c.kind,
            c.tin.as_deref(),
            c.phone.as_deref(),
            c.email.as_deref(),
            &c.language,
            c.terms_days,
            limit,
            limit_kind,
            c.currency,
            c.segment.as_deref(),
            c.district.as_deref(),
            c.collector.as_deref(),
            action,
            company,
            c.id,
        ],
    )?;
    tx.touch();
    Ok(())
}
