//! Customers.

use receivables::ids::{self, Id};
use receivables::{Currency, Refusal, Unusable};
use store::customer::{CreditLimit, Customer};
use store::{Error, Tx, customer};

use super::{Actor, Right, Subject, act};
use crate::words::Language;

/// What is known of a customer, from a form or a file; `None` leaves what is there.
#[derive(Clone, Debug, Default)]
pub struct Given {
    pub code: String,
    pub name: Option<String>,
    pub kind: Option<String>,
    pub tin: Option<String>,
    pub phone: Option<String>,
    pub email: Option<String>,
    pub language: Option<String>,
    pub terms_days: Option<i32>,
    pub credit_limit: Option<CreditLimit>,
    pub currency: Option<Currency>,
    pub segment: Option<String>,
    pub district: Option<String>,
    /// A user of the company.
    pub collector: Option<String>,
}

/// What saving a customer did.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Saved {
    Created,
    Updated,
    Unchanged,
}

/// Saves one customer given by hand.
pub fn save(tx: &mut Tx<'_>, actor: &Actor, given: &Given) -> Result<Saved, Error> {
    act(tx, actor, Right::CustomerSave, Subject { name: &given.code, cause: None }, |tx| save_given(tx, actor, given))
}

/// Creates or updates, inside a running action.
pub(crate) fn save_given(tx: &mut Tx<'_>, actor: &Actor, given: &Given) -> Result<Saved, Error> {
    super::needs("code", &given.code)?;
    let company = actor.company.id;
    let known = Language::ALL.map(Language::code);
    if let Some(language) = given.language.as_ref().filter(|l| !known.contains(&l.as_str())) {
        let reason = Unusable::NotAmong { known: known.join(", ") };
        return Err(Refusal::Invalid { field: "language".into(), value: language.clone(), reason }.into());
    }
    if let Some(user) = &given.collector {
        super::company::user(tx, actor, user)?;
    }
    match customer::find(tx, company, &given.code)? {
        None => {
            let new = given.apply(blank(tx, actor, &given.code, given.name.as_deref().unwrap_or(&given.code)));
            customer::save(tx, company, &[new])?;
            Ok(Saved::Created)
        }
        Some(old) => {
            let new = given.apply(old.clone());
            if new == old {
                return Ok(Saved::Unchanged);
            }
            customer::update(tx, company, &new)?;
            Ok(Saved::Updated)
        }
    }
}

/// Gives accounts to a collector, or to nobody; all of them or none.
pub fn assign(tx: &mut Tx<'_>, actor: &Actor, codes: &[String], collector: Option<&str>) -> Result<usize, Error> {
    let name = codes.join(", ");
    act(tx, actor, Right::CustomerAssign, Subject { name: &name, cause: collector }, |tx| {
        if let Some(user) = collector {
            super::company::user(tx, actor, user)?;
        }
        let mut changed = 0;
        for code in codes {
            let known = customer::get(tx, actor.company.id, code)?;
            if known.collector.as_deref() != collector {
                customer::update(tx, actor.company.id, &Customer { collector: collector.map(str::to_owned), ..known })?;
                changed += 1;
            }
        }
        Ok(changed)
    })
}

/// A customer of whom only code and name are known.
pub(crate) fn blank(tx: &mut Tx<'_>, actor: &Actor, code: &str, name: &str) -> Customer {
    Customer {
        id: tx.new_id(),
        code: code.to_owned(),
        name: name.to_owned(),
        kind: "business".into(),
        tin: None,
        phone: None,
        email: None,
        language: "en".into(),
        terms_days: 30,
        credit_limit: CreditLimit::Unset,
        currency: actor.company.currency,
        segment: None,
        district: None,
        collector: None,
    }
}

impl Given {
    fn apply(&self, old: Customer) -> Customer {
        let keep = |new: &Option<String>, old: Option<String>| new.clone().or(old);
        Customer {
            id: old.id,
            code: old.code,
            name: self.name.clone().unwrap_or(old.name),
            kind: self.kind.clone().unwrap_or(old.kind),
            tin: keep(&self.tin, old.tin),
            phone: keep(&self.phone, old.phone),
            email: keep(&self.email, old.email),
            language: self.language.clone().unwrap_or(old.language),
            terms_days: self.terms_days.unwrap_or(old.terms_days),
            credit_limit: self.credit_limit.unwrap_or(old.credit_limit),
            currency: self.currency.unwrap_or(old.currency),
            segment: keep(&self.segment, old.segment),
            district: keep(&self.district, old.district),
            collector: keep(&self.collector, old.collector),
        }
    }
}

/// Customers in the order they were made, those after one of them.
pub fn page(tx: &mut Tx<'_>, actor: &Actor, after: Id<ids::Customer>, limit: i64) -> Result<Vec<Customer>, Error> {
    actor.may(Right::Read)?;
    customer::page(tx, actor.company.id, after, limit)
}

/// The customer of that code, whom nobody else changes until the transaction ends.
pub fn locked(tx: &mut Tx<'_>, actor: &Actor, code: &str) -> Result<Customer, Error> {
    actor.may(Right::Read)?;
    customer::locked(tx, actor.company.id, code)
}

/// The id of the customer of that code, where one is named.
pub(crate) fn id_of(tx: &mut Tx<'_>, actor: &Actor, code: Option<&str>) -> Result<Option<Id<ids::Customer>>, Error> {
    code.map(|code| Ok(customer::get(tx, actor.company.id, code)?.id)).transpose()
}

pub fn list(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<Customer>, Error> {
    actor.may(Right::Read)?;
    customer::list(tx, actor.company.id)
}

pub fn get(tx: &mut Tx<'_>, actor: &Actor, code: &str) -> Result<Customer, Error> {
    actor.may(Right::Read)?;
    customer::get(tx, actor.company.id, code)
}
