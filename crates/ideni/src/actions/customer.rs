//! Customers.

use receivables::billing::terms::Terms;
use receivables::customer::edit::{self, Difference, Fields};
use receivables::customer::{NAME_MAX, email, needed, text, tin};
use receivables::ids::{self, Id};
use receivables::{Currency, Date, Refusal, Unusable};
use store::customer::{CreditLimit, Customer};
use store::customer_change::{self, Change};
use store::customer_list::{self, Filter};
use store::{Error, Tx, customer};

use super::duplicate::{self, Sought};
use super::gap::Gap;
use super::setting::Setting;
use super::{Actor, Once, Right, Subject, act, once, telephone};
use crate::words::Language;

/// What is known of a customer, from a form or a file; `None` leaves what is there, an empty text takes it away.
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
    /// Terms of payment in place of the days, as [`Terms::read`] reads them.
    pub terms: Option<String>,
    pub credit_limit: Option<CreditLimit>,
    pub currency: Option<Currency>,
    pub segment: Option<String>,
    pub district: Option<String>,
    /// A user of the company.
    pub collector: Option<String>,
}

/// What saving a customer did.
#[derive(Clone, Copy, PartialEq, Eq, Debug, serde::Serialize, serde::Deserialize)]
pub enum Saved {
    Created,
    Updated,
    Unchanged,
}

/// Whether a new customer may look like one there is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Alike {
    Refuse,
    /// Somebody looked, and it is another one.
    Accept,
}

/// What a customer is.
pub const KINDS: [&str; 2] = ["business", "person"];
const CODE_MAX: usize = 40;
/// Days from issue to due, at most.
pub const TERMS_MAX: i32 = 3650;
const WORD_MAX: usize = 60;

/// Saves one customer given by hand.
pub fn save(tx: &mut Tx<'_>, actor: &Actor, today: Date, given: &Given) -> Result<Saved, Error> {
    let plan = telephone::plan(&actor.company)?;
    // A number that can be read is kept as all others are; scripts may bring what only their program understands.
    let phone = given.phone.as_ref().map(|phone| plan.e164(phone).unwrap_or_else(|_| phone.clone()));
    let given = Given { phone, ..given.clone() };
    act(tx, actor, Right::CustomerSave, Subject { name: &given.code, cause: None }, |tx| {
        save_given(tx, actor, today, &given)
    })
}

/// Makes a new customer from a form. One that looks like a customer there is needs somebody's word that it is another.
pub fn add(
    tx: &mut Tx<'_>,
    actor: &Actor,
    today: Date,
    given: &Given,
    alike: Alike,
    key: Option<&Once>,
) -> Result<(), Error> {
    once(tx, actor, key, |tx| {
        act(tx, actor, Right::CustomerSave, Subject { name: &given.code, cause: None }, |tx| {
            let code = needed("code", &given.code, CODE_MAX)?;
            let name = needed("name", given.name.as_deref().unwrap_or_default(), NAME_MAX)?;
            let given = checked(actor, &Given { code, name: Some(name), ..given.clone() }, None)?;
            if customer::find(tx, actor.company.id, &given.code)?.is_some() {
                return Err(Refusal::Exists { kind: "customer".into(), name: given.code }.into());
            }
            if alike == Alike::Refuse {
                refuse_likely(tx, actor, &given)?;
            }
            save_given(tx, actor, today, &given).map(|_| ())
        })
    })
}

fn refuse_likely(tx: &mut Tx<'_>, actor: &Actor, given: &Given) -> Result<(), Error> {
    let name = given.name.clone().unwrap_or_default();
    let sought = Sought { code: "", name: &name, tin: given.tin.as_deref(), phone: given.phone.as_deref() };
    let found = duplicate::of(tx, actor, sought)?;
    if found.is_empty() {
        return Ok(());
    }
    let codes: Vec<&str> = found.iter().map(|found| found.code.as_str()).collect();
    Err(Refusal::LikelyDuplicate { name, codes: codes.join(", ") }.into())
}

/// Saves what somebody made of a customer read at a version. Where another saved it since, nothing is written; [`conflict`]
/// shows what each wanted.
pub fn edit(tx: &mut Tx<'_>, actor: &Actor, given: &Given, version: i64, key: Option<&Once>) -> Result<Saved, Error> {
    once(tx, actor, key, |tx| {
        act(tx, actor, Right::CustomerSave, Subject { name: &given.code, cause: None }, |tx| {
            let known = customer::get(tx, actor.company.id, &given.code)?;
            if known.version != version {
                return Err(stale(tx, actor, &known)?);
            }
            let given = checked(actor, given, Some(&known))?;
            let collector = given.collector.as_deref().unwrap_or_default();
            if given.collector.is_some() && known.collector.as_deref().unwrap_or_default() != collector {
                actor.may(Right::CustomerAssign)?;
            }
            save_known(tx, actor, &known, &given)
        })
    })
}

fn stale(tx: &mut Tx<'_>, actor: &Actor, known: &Customer) -> Result<Error, Error> {
    let last = customer_change::last(tx, actor.company.id, known.id)?;
    let (user, at) = last.map(|(user, at)| (user, at.local_text(&actor.company.time_zone))).unwrap_or_default();
    Ok(Refusal::StaleVersion { name: known.code.clone(), user, at }.into())
}

/// Two people changed one customer: each field that one of them changed, as both began, as it is now, and as this one wants.
#[derive(Clone, Debug)]
pub struct Conflict {
    /// The version now.
    pub version: i64,
    /// Who saved it last, and when.
    pub last: Option<(String, receivables::Instant)>,
    pub fields: Vec<Difference>,
}

/// What somebody wanted of a customer read at a version, beside what became of it since.
pub fn conflict(tx: &mut Tx<'_>, actor: &Actor, given: &Given, version: i64) -> Result<Conflict, Error> {
    actor.may(Right::Read)?;
    let company = actor.company.id;
    let known = customer::get(tx, company, &given.code)?;
    let common = customer_change::at_version(tx, company, &known, version)?;
    let mine = given.over(&common);
    let fields = edit::differences(&common, &known.fields(), &mine);
    Ok(Conflict { version: known.version, last: customer_change::last(tx, company, known.id)?, fields })
}

/// A form's values in the way they are kept; what is as it was is not looked at.
fn checked(actor: &Actor, given: &Given, old: Option<&Customer>) -> Result<Given, Error> {
    let plan = telephone::plan(&actor.company)?;
    let was = |value: Option<&String>| value.map_or("", String::as_str).to_owned();
    let changed = |new: &Option<String>, old: Option<&String>| new.clone().filter(|new| *new != was(old));
    let empty = Option::<String>::unwrap_or_default;
    let mut new = Given { code: given.code.clone(), ..given.clone() };
    new.name = changed(&given.name, old.map(|c| &c.name)).map(|name| needed("name", &name, NAME_MAX)).transpose()?;
    new.kind = match changed(&given.kind, old.map(|c| &c.kind)) {
        Some(kind) if KINDS.contains(&kind.as_str()) => Some(kind),
        Some(kind) => return Err(not_among("kind", kind, &KINDS)),
        None => None,
    };
    new.tin = changed(&given.tin, old.and_then(|c| c.tin.as_ref())).map(|value| tin(&value).map(empty)).transpose()?;
    new.phone = match changed(&given.phone, old.and_then(|c| c.phone.as_ref())) {
        Some(phone) if !phone.trim().is_empty() => Some(plan.e164(&phone).map_err(|reason| Refusal::Invalid {
            field: "phone".into(),
            value: phone,
            reason,
        })?),
        other => other.map(|_| String::new()),
    };
    new.email =
        changed(&given.email, old.and_then(|c| c.email.as_ref())).map(|value| email(&value).map(empty)).transpose()?;
    if let Some(days) = given.terms_days.filter(|days| !(0..=TERMS_MAX).contains(days)) {
        let reason = Unusable::WholeNumber { from: "0".into(), to: TERMS_MAX.to_string() };
        return Err(Refusal::Invalid { field: "terms_days".into(), value: days.to_string(), reason }.into());
    }
    if let Some(CreditLimit::Amount(minor)) = given.credit_limit.filter(|l| matches!(l, CreditLimit::Amount(..0))) {
        let currency = old.map_or(actor.company.currency, |c| c.currency);
        return Err(Refusal::NotPositive { amount: receivables::Money::new(minor, currency) }.into());
    }
    let word = |field, value: &Option<String>| -> Result<Option<String>, Refusal> {
        value.as_deref().map(|value| text(field, value, WORD_MAX).map(empty)).transpose()
    };
    new.segment = word("segment", &given.segment)?;
    new.district = word("district", &given.district)?;
    Ok(new)
}

fn not_among(field: &str, value: String, known: &[&str]) -> Error {
    let reason = Unusable::NotAmong { known: known.join(", ") };
    Refusal::Invalid { field: field.into(), value, reason }.into()
}

/// Creates or updates, inside a running action.
pub(crate) fn save_given(tx: &mut Tx<'_>, actor: &Actor, today: Date, given: &Given) -> Result<Saved, Error> {
    super::needs("code", &given.code)?;
    if let Some(known) = customer::find(tx, actor.company.id, &given.code)? {
        return save_known(tx, actor, &known, given);
    }
    let given = &sound(tx, actor, given)?;
    let new = given.apply(blank(tx, actor, today, &given.code, given.name.as_deref().unwrap_or(&given.code))?);
    customer::save(tx, actor.company.id, &[new])?;
    Ok(Saved::Created)
}

fn save_known(tx: &mut Tx<'_>, actor: &Actor, old: &Customer, given: &Given) -> Result<Saved, Error> {
    let new = sound(tx, actor, given)?.apply(old.clone());
    if new == *old {
        return Ok(Saved::Unchanged);
    }
    customer::update(tx, actor.company.id, old, &new)?;
    Ok(Saved::Updated)
}

/// Refuses a language that is none of ours, a collector who does not work here and terms that are none; these are written one way.
fn sound(tx: &mut Tx<'_>, actor: &Actor, given: &Given) -> Result<Given, Error> {
    let known = Language::ALL.map(Language::code);
    if let Some(language) = given.language.as_ref().filter(|l| !l.is_empty() && !known.contains(&l.as_str())) {
        return Err(not_among("language", language.clone(), &known));
    }
    if let Some(user) = given.collector.as_ref().filter(|user| !user.is_empty()) {
        super::user::working(tx, actor, user)?;
    }
    let terms = given.terms.as_deref().map(|terms| match terms.trim() {
        "" => Ok(String::new()),
        terms => read_terms(actor, terms).map(|terms| terms.to_string()),
    });
    Ok(Given { terms: terms.transpose()?, ..given.clone() })
}

/// Terms of payment that the company's country allows.
fn read_terms(actor: &Actor, text: &str) -> Result<Terms, Error> {
    let terms = Terms::read(text)?;
    super::tax::of_country(&actor.company.country)?.discount(terms.treatment())?;
    Ok(terms)
}

/// Gives accounts to a collector, or to nobody; all of them or none.
pub fn assign(tx: &mut Tx<'_>, actor: &Actor, codes: &[String], collector: Option<&str>) -> Result<usize, Error> {
    let name = codes.join(", ");
    act(tx, actor, Right::CustomerAssign, Subject { name: &name, cause: collector }, |tx| {
        if let Some(user) = collector {
            super::user::working(tx, actor, user)?;
        }
        let mut changed = 0;
        for code in codes {
            let known = customer::get(tx, actor.company.id, code)?;
            if known.collector.as_deref() != collector {
                let new = Customer { collector: collector.map(str::to_owned), ..known.clone() };
                customer::update(tx, actor.company.id, &known, &new)?;
                changed += 1;
            }
        }
        Ok(changed)
    })
}

/// A customer of whom only code and name are known; the rest is the company's usual, assumed until somebody says it.
pub(crate) fn blank(tx: &mut Tx<'_>, actor: &Actor, today: Date, code: &str, name: &str) -> Result<Customer, Error> {
    let company = &actor.company;
    Ok(Customer {
        id: tx.new_id(),
        code: code.to_owned(),
        name: name.to_owned(),
        kind: "business".into(),
        tin: None,
        phone: None,
        email: None,
        language: Setting::MessageLanguage.value(tx, company.id, today)?,
        terms_days: Setting::TermsDays.whole(tx, company.id, today)?,
        terms: None,
        credit_limit: CreditLimit::Unset,
        currency: company.currency,
        segment: None,
        district: None,
        collector: None,
        version: 1,
        merged_into: None,
        language_assumed: true,
        terms_assumed: true,
    })
}

impl Given {
    fn apply(&self, old: Customer) -> Customer {
        let keep = |new: &Option<String>, old: Option<String>| match new.as_deref() {
            None => old,
            Some("") => None,
            Some(new) => Some(new.to_owned()),
        };
        let language = self.language.clone().filter(|language| !language.is_empty());
        Customer {
            id: old.id,
            code: old.code,
            name: self.name.clone().unwrap_or(old.name),
            kind: self.kind.clone().unwrap_or(old.kind),
            tin: keep(&self.tin, old.tin),
            phone: keep(&self.phone, old.phone),
            email: keep(&self.email, old.email),
            language_assumed: old.language_assumed && language.is_none(),
            language: language.unwrap_or(old.language),
            terms_assumed: old.terms_assumed
                && self.terms_days.is_none()
                && self.terms.as_deref().unwrap_or_default().is_empty(),
            terms_days: self.terms_days.unwrap_or(old.terms_days),
            terms: keep(&self.terms, old.terms),
            credit_limit: self.credit_limit.unwrap_or(old.credit_limit),
            currency: self.currency.unwrap_or(old.currency),
            segment: keep(&self.segment, old.segment),
            district: keep(&self.district, old.district),
            collector: keep(&self.collector, old.collector),
            version: old.version,
            merged_into: old.merged_into,
        }
    }

    /// The fields with what is given laid over them.
    fn over(&self, fields: &Fields) -> Fields {
        let given = |field: &str| match field {
            "name" => self.name.clone(),
            "kind" => self.kind.clone(),
            "tin" => self.tin.clone(),
            "phone" => self.phone.clone(),
            "email" => self.email.clone(),
            "language" => self.language.clone(),
            "terms_days" => self.terms_days.map(|days| days.to_string()),
            "terms" => self.terms.clone(),
            "credit_limit" => self.credit_limit.map(|limit| limit.to_string()),
            "currency" => self.currency.map(|currency| currency.to_string()),
            "segment" => self.segment.clone(),
            "district" => self.district.clone(),
            "collector" => self.collector.clone(),
            _ => None,
        };
        fields.iter().map(|(field, value)| (*field, given(field).unwrap_or_else(|| value.clone()))).collect()
    }
}

/// Refuses what the actor may not do with the account of this customer.
pub(crate) fn may_for(tx: &mut Tx<'_>, actor: &Actor, right: Right, id: Id<ids::Customer>) -> Result<(), Error> {
    let collector = customer::by_id(tx, actor.company.id, id)?.collector;
    actor.may_for(right, collector.as_deref())
}

pub fn list(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<Customer>, Error> {
    actor.may(Right::Read)?;
    customer::list(tx, actor.company.id)
}

pub fn get(tx: &mut Tx<'_>, actor: &Actor, code: &str) -> Result<Customer, Error> {
    actor.may(Right::Read)?;
    customer::get(tx, actor.company.id, code)
}

pub(crate) fn by_id(tx: &mut Tx<'_>, actor: &Actor, id: Id<ids::Customer>) -> Result<Customer, Error> {
    actor.may(Right::Read)?;
    customer::by_id(tx, actor.company.id, id)
}

/// The id of the customer of that code, where one is named.
pub(crate) fn id_of(tx: &mut Tx<'_>, actor: &Actor, code: Option<&str>) -> Result<Option<Id<ids::Customer>>, Error> {
    code.map(|code| Ok(customer::get(tx, actor.company.id, code)?.id)).transpose()
}

/// Every change of a customer, the latest first.
pub fn history(tx: &mut Tx<'_>, actor: &Actor, code: &str) -> Result<Vec<Change>, Error> {
    let known = get(tx, actor, code)?;
    customer_change::of_customer(tx, actor.company.id, known.id)
}

/// Which customers a list shows.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// A part of the name or code, a tax number or a telephone number.
    pub text: String,
    /// A user, or `-` for the accounts nobody works; all when empty.
    pub collector: String,
    pub segment: String,
    pub gap: Option<Gap>,
    /// The last code of the page before.
    pub after: String,
    pub limit: usize,
}

/// A page of customers in the order of codes, and whether more follow.
pub fn page(tx: &mut Tx<'_>, actor: &Actor, asked: &Asked) -> Result<(Vec<Customer>, bool), Error> {
    actor.may(Right::Read)?;
    let phone = telephone::plan(&actor.company)?.e164(&asked.text).unwrap_or_default();
    let filter = Filter {
        text: asked.text.trim(),
        tin: asked.text.trim(),
        phone: &phone,
        collector: &asked.collector,
        segment: &asked.segment,
        gap: asked.gap.map_or("", Gap::code),
    };
    let limit = i64::try_from(asked.limit).unwrap_or(i64::MAX - 1);
    let mut found = customer_list::page(tx, actor.company.id, &filter, &asked.after, limit + 1)?;
    let more = found.len() > asked.limit;
    found.truncate(asked.limit);
    Ok((found, more))
}

/// The segments there are.
pub fn segments(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<String>, Error> {
    actor.may(Right::Read)?;
    customer_list::segments(tx, actor.company.id)
}
