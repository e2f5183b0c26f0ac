//! Customers in lists: page by page with filters, what is missing of them, and what they are compared by.

use receivables::ids::{self, Id};

use crate::customer::{self, Customer};
use crate::tx::statements;
use crate::{Error, Tx, params};

statements! {
    PAGE = "SELECT id, code, name, kind, tin, phone, email, language, terms_days, credit_limit, limit_kind, currency, segment, district, collector, version, merged_into, language_assumed, terms_assumed, terms FROM customer c WHERE company = $1 AND code > $2 AND ($3 = '' OR LOWER(name) LIKE $3 ESCAPE '!' OR LOWER(code) LIKE $3 ESCAPE '!' OR tin = $4 OR phone = $5) AND ($6 = '' OR collector = $6 OR ($6 = '-' AND collector IS NULL)) AND ($7 = '' OR segment = $7) AND ($8 = '' OR (merged_into IS NULL AND (($8 = 'tin' AND kind = 'business' AND tin IS NULL) OR ($8 = 'phone' AND phone IS NULL AND NOT EXISTS (SELECT 1 FROM contact_person p WHERE p.company = c.company AND p.customer = c.id AND p.active = 1 AND p.phone IS NOT NULL AND NOT EXISTS (SELECT 1 FROM contact_person n WHERE n.company = p.company AND n.contact = p.contact AND n.version > p.version))) OR ($8 = 'email' AND email IS NULL AND NOT EXISTS (SELECT 1 FROM contact_person p WHERE p.company = c.company AND p.customer = c.id AND p.active = 1 AND p.email IS NOT NULL AND NOT EXISTS (SELECT 1 FROM contact_person n WHERE n.company = p.company AND n.contact = p.contact AND n.version > p.version))) OR ($8 = 'language' AND language_assumed = 1) OR ($8 = 'terms' AND terms_assumed = 1) OR ($8 = 'limit' AND limit_kind = 'unset') OR ($8 = 'collector' AND collector IS NULL)))) ORDER BY code LIMIT $9";
    GAPS = "SELECT code, name, collector, kind, tin IS NULL, phone IS NULL AND NOT EXISTS (SELECT 1 FROM contact_person p WHERE p.company = c.company AND p.customer = c.id AND p.active = 1 AND p.phone IS NOT NULL AND NOT EXISTS (SELECT 1 FROM contact_person n WHERE n.company = p.company AND n.contact = p.contact AND n.version > p.version)), email IS NULL AND NOT EXISTS (SELECT 1 FROM contact_person p WHERE p.company = c.company AND p.customer = c.id AND p.active = 1 AND p.email IS NOT NULL AND NOT EXISTS (SELECT 1 FROM contact_person n WHERE n.company = p.company AND n.contact = p.contact AND n.version > p.version)), language_assumed, terms_assumed, limit_kind FROM customer c WHERE company = $1 AND merged_into IS NULL ORDER BY code";
    SEGMENTS = "SELECT DISTINCT segment FROM customer WHERE company = $1 AND segment IS NOT NULL ORDER BY segment";
    COMPARED = "SELECT id, code, name, tin, phone, merged_into FROM customer WHERE company = $1 ORDER BY code";
}

/// Which customers a page shows; an empty text asks for all.
#[derive(Clone, Debug, Default)]
pub struct Filter<'a> {
    /// A part of the name or code.
    pub text: &'a str,
    /// A tax number.
    pub tin: &'a str,
    /// A telephone number as it is kept.
    pub phone: &'a str,
    /// A user, or `-` for the accounts nobody works.
    pub collector: &'a str,
    pub segment: &'a str,
    /// The code of something missing.
    pub gap: &'a str,
}

/// The customers after a code, in the order of codes.
pub fn page(
    tx: &mut Tx<'_>,
    company: i64,
    filter: &Filter<'_>,
    after: &str,
    limit: i64,
) -> Result<Vec<Customer>, Error> {
    let mut pattern = String::new();
    if !filter.text.is_empty() {
        let escaped = filter.text.to_lowercase().replace('!', "!!").replace('%', "!%").replace('_', "!_");
        pattern = format!("%{escaped}%");
    }
    let Filter { tin, phone, collector, segment, gap, .. } = *filter;
    tx.all(PAGE, params![company, after, pattern, tin, phone, collector, segment, gap, limit], customer::read)
}

/// The segments there are.
pub fn segments(tx: &mut Tx<'_>, company: i64) -> Result<Vec<String>, Error> {
    tx.all(SEGMENTS, params![company], |row| row.string(0))
}

/// What is missing of a customer.
#[derive(Clone, Debug)]
pub struct Missing {
    pub code: String,
    pub name: String,
    pub collector: Option<String>,
    pub business: bool,
    pub tin: bool,
    /// Neither the customer nor anybody there has one.
    pub phone: bool,
    pub email: bool,
    pub language: bool,
    pub terms: bool,
    /// The credit limit is not decided.
    pub limit: bool,
}

/// Every customer that is not merged, with what is missing of it.
pub fn missing(tx: &mut Tx<'_>, company: i64) -> Result<Vec<Missing>, Error> {
    tx.all(GAPS, params![company], |row| {
        Ok(Missing {
            code: row.string(0)?,
            name: row.string(1)?,
            collector: row.string_opt(2)?,
            business: row.text(3)? == "business",
            tin: row.flag(4)?,
            phone: row.flag(5)?,
            email: row.flag(6)?,
            language: row.flag(7)?,
            terms: row.flag(8)?,
            limit: row.text(9)? == "unset",
        })
    })
}

/// A customer as it is compared with others.
#[derive(Clone, Debug)]
pub struct Compared {
    pub id: Id<ids::Customer>,
    pub code: String,
    pub name: String,
    pub tin: Option<String>,
    pub phone: Option<String>,
    pub merged_into: Option<Id<ids::Customer>>,
}

pub fn compared(tx: &mut Tx<'_>, company: i64) -> Result<Vec<Compared>, Error> {
    tx.all(COMPARED, params![company], |row| {
        Ok(Compared {
            id: row.id(0)?,
            code: row.string(1)?,
            name: row.string(2)?,
            tin: row.string_opt(3)?,
            phone: row.string_opt(4)?,
            merged_into: row.id_opt(5)?,
        })
    })
}
