//! Customers: whoever is billed, pays or benefits. The one kind of record that an import may update.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use receivables::customer::edit::Fields;
use receivables::ids::{self, Id};
use receivables::{Currency, Refusal};

use crate::table;
use crate::tx::{Row, statements};
use crate::{Error, Tx, Value, customer_change, params, payment_code, search};

statements! {
    BY_CODE = "SELECT id, code, name, kind, tin, phone, email, language, terms_days, credit_limit, limit_kind, currency, segment, district, collector, version, merged_into, language_assumed, terms_assumed, terms FROM customer WHERE company = $1 AND code = $2";
    IDS_OF each = ("SELECT code, id FROM customer WHERE code = $1 AND company = $2", "SELECT code, id FROM customer WHERE code = ANY($1) AND company = $2");
    BY_ID = "SELECT id, code, name, kind, tin, phone, email, language, terms_days, credit_limit, limit_kind, currency, segment, district, collector, version, merged_into, language_assumed, terms_assumed, terms FROM customer WHERE company = $1 AND id = $2";
    BY_IDS each = ("SELECT id, code, name, kind, tin, phone, email, language, terms_days, credit_limit, limit_kind, currency, segment, district, collector, version, merged_into, language_assumed, terms_assumed, terms FROM customer WHERE id = $1 AND company = $2", "SELECT id, code, name, kind, tin, phone, email, language, terms_days, credit_limit, limit_kind, currency, segment, district, collector, version, merged_into, language_assumed, terms_assumed, terms FROM customer WHERE id = ANY($1) AND company = $2");
    TERMS_OF = "SELECT terms FROM customer WHERE company = $1 AND code = $2";
    LIST = "SELECT id, code, name, kind, tin, phone, email, language, terms_days, credit_limit, limit_kind, currency, segment, district, collector, version, merged_into, language_assumed, terms_assumed, terms FROM customer WHERE company = $1 ORDER BY code";
    UPDATE = "UPDATE customer SET name = $1, kind = $2, tin = $3, phone = $4, email = $5, language = $6, terms_days = $7, credit_limit = $8, limit_kind = $9, currency = $10, segment = $11, district = $12, collector = $13, language_assumed = $14, terms_assumed = $15, terms = $16, version = $17, action = $18 WHERE company = $19 AND id = $20 AND version = $21";
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
    /// Terms of payment in place of the days.
    pub terms: Option<String>,
    pub credit_limit: CreditLimit,
    pub currency: Currency,
    pub segment: Option<String>,
    pub district: Option<String>,
    /// The user who works the account.
    pub collector: Option<String>,
    /// How many times it was saved.
    pub version: i64,
    /// The customer it is looked at under.
    pub merged_into: Option<Id<ids::Customer>>,
    /// Nobody said the language, or the terms: they are what the program assumes.
    pub language_assumed: bool,
    pub terms_assumed: bool,
}

impl Customer {
    /// What people change, as texts by name; an empty text is nothing.
    pub fn fields(&self) -> Fields {
        let or_empty = |value: &Option<String>| value.clone().unwrap_or_default();
        vec![
            ("name", self.name.clone()),
            ("kind", self.kind.clone()),
            ("tin", or_empty(&self.tin)),
            ("phone", or_empty(&self.phone)),
            ("email", or_empty(&self.email)),
            ("language", if self.language_assumed { String::new() } else { self.language.clone() }),
            ("terms_days", if self.terms_assumed { String::new() } else { self.terms_days.to_string() }),
            ("terms", or_empty(&self.terms)),
            ("credit_limit", self.credit_limit.to_string()),
            ("currency", self.currency.to_string()),
            ("segment", or_empty(&self.segment)),
            ("district", or_empty(&self.district)),
            ("collector", or_empty(&self.collector)),
        ]
    }
}

pub(crate) fn read(row: &Row<'_>) -> Result<Customer, Error> {
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
        version: row.int(15)?,
        merged_into: row.id_opt(16)?,
        language_assumed: row.flag(17)?,
        terms_assumed: row.flag(18)?,
        terms: row.string_opt(19)?,
    })
}

/// Minor units, `none`, or nothing where it is not decided.
impl fmt::Display for CreditLimit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CreditLimit::Unset => Ok(()),
            CreditLimit::NoLimit => f.write_str("none"),
            CreditLimit::Amount(minor) => write!(f, "{minor}"),
        }
    }
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

/// The terms of payment of the customer of that code, where it has any.
pub fn terms_of(tx: &mut Tx<'_>, company: i64, code: &str) -> Result<Option<String>, Error> {
    Ok(tx.first(TERMS_OF, params![company, code], |row| row.string_opt(0))?.flatten())
}

pub fn by_id(tx: &mut Tx<'_>, company: i64, id: Id<ids::Customer>) -> Result<Customer, Error> {
    tx.first(BY_ID, params![company, id], read)?
        .ok_or_else(|| Refusal::NotFound { kind: "customer".into(), name: id.to_string() }.into())
}

/// The customers of these ids.
pub fn by_ids(
    tx: &mut Tx<'_>,
    company: i64,
    customers: &BTreeSet<Id<ids::Customer>>,
) -> Result<BTreeMap<Id<ids::Customer>, Customer>, Error> {
    let keys: Vec<Value<'_>> = customers.iter().map(|id| Value::from(*id)).collect();
    let mut found = BTreeMap::new();
    tx.each_of(BY_IDS, &keys, 1, company, |row| {
        let customer = read(row)?;
        found.insert(customer.id, customer);
        Ok(())
    })?;
    Ok(found)
}

pub fn list(tx: &mut Tx<'_>, company: i64) -> Result<Vec<Customer>, Error> {
    tx.all(LIST, params![company], read)
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
            c.version,
            c.merged_into,
            c.language_assumed,
            c.terms_assumed,
            c.terms.as_deref(),
        ]);
    }
    tx.insert_rows(&table::CUSTOMER, &rows)?;
    search::add_customers(tx, company, customers)?;
    payment_code::give(tx, company, customers.iter().map(|c| c.id))?;
    for _ in customers {
        tx.touch();
    }
    Ok(())
}

/// Saves a change of a customer as it was read: its fields, and a fact for each that changed. Where somebody was quicker the
/// transaction is tried again.
pub fn update(tx: &mut Tx<'_>, company: i64, old: &Customer, new: &Customer) -> Result<(), Error> {
    let action = tx.action_id()?;
    let (limit, limit_kind) = new.credit_limit.columns();
    let changed = tx.execute(
        UPDATE,
        params![
            &new.name,
            &new.kind,
            new.tin.as_deref(),
            new.phone.as_deref(),
            new.email.as_deref(),
            &new.language,
            new.terms_days,
            limit,
            limit_kind,
            new.currency,
            new.segment.as_deref(),
            new.district.as_deref(),
            new.collector.as_deref(),
            new.language_assumed,
            new.terms_assumed,
            new.terms.as_deref(),
            old.version + 1,
            action,
            company,
            old.id,
            old.version
        ],
    )?;
    if changed == 0 {
        return Err(Error::Again(format!("customer {} was saved meanwhile", old.code)));
    }
    tx.touch();
    search::change_customer(tx, company, old, new)?;
    customer_change::save(tx, company, old, new)
}
