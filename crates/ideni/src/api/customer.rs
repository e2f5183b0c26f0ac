//! Customers.

use receivables::{Currency, Refusal};
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};
use store::customer::CreditLimit;
use store::{Error, Tx};

use super::ask::Ask;
use super::cursor::{AnyPage, Page};
use super::endpoint::endpoints;
use super::shape::{Amount, Code, CurrencyCode, Day, Line, List, Maybe, Name, Sum, Whole};
use crate::actions::customer;

endpoints! { "customers"
    /// Customers in the order they were made.
    read Get "/customers" Read list(query AnyPage) -> Page<Customer>;
    /// A new customer.
    /// What is left out is as for every new customer: English, 30 days, the company's currency.
    write Post "/customers" CustomerSave add(body NewCustomer) -> Customer;
    /// One customer.
    read Get "/customers/{code}" Read show() -> Customer;
    /// Changes what is given of a customer, and nothing else.
    write Patch "/customers/{code}" CustomerSave change(guarded CustomerChange) -> Customer;
    /// What a customer has open, the oldest due first.
    read Get "/customers/{code}/open-items" Read open(query AnyPage) -> Page<OpenItem>;
    /// Gives accounts to a collector, or to nobody: all of them or none.
    write Post "/assignments" CustomerAssign assign(body NewAssignment) -> Assigned;
}

#[derive(Serialize, JsonSchema)]
struct Customer {
    code: String,
    name: String,
    #[schemars(extend("enum" = ["business", "person"]))]
    kind: String,
    tin: Option<String>,
    phone: Option<String>,
    email: Option<String>,
    /// The language of messages to the customer.
    language: String,
    terms_days: i32,
    /// Major units of the customer's currency, `none` for expressly no limit, `null` while nobody has decided.
    credit_limit: Option<String>,
    currency: CurrencyCode,
    segment: Option<String>,
    district: Option<String>,
    /// The user who works the account.
    collector: Option<String>,
}

impl From<store::customer::Customer> for Customer {
    fn from(c: store::customer::Customer) -> Customer {
        let credit_limit = match c.credit_limit {
            CreditLimit::Unset => None,
            CreditLimit::NoLimit => Some("none".to_owned()),
            CreditLimit::Amount(minor) => Some(receivables::Money::new(minor, c.currency).major_text()),
        };
        Customer {
            code: c.code,
            name: c.name,
            kind: c.kind,
            tin: c.tin,
            phone: c.phone,
            email: c.email,
            language: c.language,
            terms_days: c.terms_days,
            credit_limit,
            currency: CurrencyCode(c.currency),
            segment: c.segment,
            district: c.district,
            collector: c.collector,
        }
    }
}

#[derive(Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(inline)]
enum Kind {
    Business,
    Person,
}

impl Kind {
    fn code(self) -> &'static str {
        match self {
            Kind::Business => "business",
            Kind::Person => "person",
        }
    }
}

#[derive(Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(inline)]
enum MessageLanguage {
    En,
    Fr,
    Rw,
    Sw,
}

impl MessageLanguage {
    fn code(self) -> &'static str {
        match self {
            MessageLanguage::En => "en",
            MessageLanguage::Fr => "fr",
            MessageLanguage::Rw => "rw",
            MessageLanguage::Sw => "sw",
        }
    }
}

/// An amount, or `none` for expressly no limit.
#[derive(Clone, Debug, JsonSchema)]
#[schemars(inline, with = "String", extend("pattern" = r"^(none|[0-9]{1,12}(\.[0-9]{1,4})?)$"))]
enum Limit {
    None,
    Amount(Amount),
}

impl<'de> Deserialize<'de> for Limit {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        use serde::de::IntoDeserializer;
        let text = String::deserialize(from)?;
        if text == "none" {
            return Ok(Limit::None);
        }
        Amount::deserialize(text.into_deserializer()).map(Limit::Amount)
    }
}

impl Limit {
    fn read(&self, currency: Currency) -> Result<CreditLimit, Refusal> {
        Ok(match self {
            Limit::None => CreditLimit::NoLimit,
            Limit::Amount(amount) => CreditLimit::Amount(amount.in_currency(currency, "credit_limit")?.minor),
        })
    }
}

type Tin = Line<1, 30>;
type Phone = Line<1, 40>;
type Email = Line<1, 254>;
type Terms = Whole<0, 3650>;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewCustomer {
    code: Code,
    name: Name,
    kind: Option<Kind>,
    tin: Option<Tin>,
    phone: Option<Phone>,
    email: Option<Email>,
    language: Option<MessageLanguage>,
    terms_days: Option<Terms>,
    credit_limit: Option<Limit>,
    currency: Option<CurrencyCode>,
    segment: Option<Code>,
    district: Option<Code>,
    /// A user of the company.
    collector: Option<Code>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct CustomerChange {
    #[serde(default)]
    name: Maybe<Name>,
    #[serde(default)]
    kind: Maybe<Kind>,
    #[serde(default)]
    tin: Maybe<Tin>,
    #[serde(default)]
    phone: Maybe<Phone>,
    #[serde(default)]
    email: Maybe<Email>,
    #[serde(default)]
    language: Maybe<MessageLanguage>,
    #[serde(default)]
    terms_days: Maybe<Terms>,
    #[serde(default)]
    credit_limit: Maybe<Limit>,
    #[serde(default)]
    currency: Maybe<CurrencyCode>,
    #[serde(default)]
    segment: Maybe<Code>,
    #[serde(default)]
    district: Maybe<Code>,
    /// A user of the company.
    #[serde(default)]
    collector: Maybe<Code>,
}

fn list(tx: &mut Tx<'_>, ask: &Ask, asked: &AnyPage) -> Result<Page<Customer>, Error> {
    let span = asked.span("customers");
    let rows = customer::page(tx, ask.actor(), span.after()?, span.limit())?;
    Ok(span.by_id(rows, |c| c.id, Customer::from))
}

fn show(tx: &mut Tx<'_>, ask: &Ask) -> Result<Customer, Error> {
    Ok(customer::get(tx, ask.actor(), ask.path("code"))?.into())
}

fn add(tx: &mut Tx<'_>, ask: &Ask, new: &NewCustomer) -> Result<Customer, Error> {
    let code = new.code.as_str();
    match customer::locked(tx, ask.actor(), code) {
        Ok(_) => return Err(Refusal::Exists { kind: "customer".into(), name: code.into() }.into()),
        Err(Error::Refused(Refusal::NotFound { .. })) => {}
        Err(failure) => return Err(failure),
    }
    let currency = new.currency.map(|CurrencyCode(currency)| currency);
    let given = customer::Given {
        code: new.code.text(),
        name: Some(new.name.text()),
        kind: new.kind.map(|kind| kind.code().to_owned()),
        tin: new.tin.as_ref().map(Line::text),
        phone: new.phone.as_ref().map(Line::text),
        email: new.email.as_ref().map(Line::text),
        language: new.language.map(|language| language.code().to_owned()),
        terms_days: new.terms_days.map(Whole::get),
        credit_limit: new.credit_limit.as_ref().map(|l| l.read(currency.unwrap_or(ask.own()))).transpose()?,
        currency,
        segment: new.segment.as_ref().map(Line::text),
        district: new.district.as_ref().map(Line::text),
        collector: new.collector.as_ref().map(Line::text),
    };
    customer::save(tx, ask.actor(), &given)?;
    Ok(customer::get(tx, ask.actor(), code)?.into())
}

fn change(tx: &mut Tx<'_>, ask: &Ask, new: &CustomerChange) -> Result<Customer, Error> {
    let code = ask.path("code");
    let known = customer::locked(tx, ask.actor(), code)?;
    let currency = new.currency.0.map(|CurrencyCode(currency)| currency);
    let in_currency = currency.unwrap_or(known.currency);
    ask.unchanged("customer", code, &Customer::from(known))?;
    let given = customer::Given {
        code: code.to_owned(),
        name: new.name.0.as_ref().map(Line::text),
        kind: new.kind.0.map(|kind| kind.code().to_owned()),
        tin: new.tin.0.as_ref().map(Line::text),
        phone: new.phone.0.as_ref().map(Line::text),
        email: new.email.0.as_ref().map(Line::text),
        language: new.language.0.map(|language| language.code().to_owned()),
        terms_days: new.terms_days.0.map(Whole::get),
        credit_limit: new.credit_limit.0.as_ref().map(|l| l.read(in_currency)).transpose()?,
        currency,
        segment: new.segment.0.as_ref().map(Line::text),
        district: new.district.0.as_ref().map(Line::text),
        collector: new.collector.0.as_ref().map(Line::text),
    };
    customer::save(tx, ask.actor(), &given)?;
    Ok(customer::get(tx, ask.actor(), code)?.into())
}

#[derive(Serialize, JsonSchema)]
struct OpenItem {
    invoice: String,
    instalment: i32,
    due_on: Day,
    currency: CurrencyCode,
    total: Sum,
    /// Below zero for a credit.
    open: Sum,
    /// What of it the customer contests.
    disputed: Sum,
}

fn open(tx: &mut Tx<'_>, ask: &Ask, asked: &AnyPage) -> Result<Page<OpenItem>, Error> {
    let known = customer::get(tx, ask.actor(), ask.path("code"))?;
    let items = store::document::open_of(tx, ask.actor().company.id, known.id)?;
    let key = |i: &receivables::ledger::Item| {
        let due = i64::from(i.due_on.day_number()) - i64::from(i32::MIN);
        [&due.to_be_bytes()[..], i.document.bytes(), &i.instalment.to_be_bytes()].concat()
    };
    asked.span("open-items").cut(items, key, |i| OpenItem {
        invoice: i.number,
        instalment: i.instalment,
        due_on: Day(i.due_on),
        currency: CurrencyCode(i.currency),
        total: Sum::of(i.total, i.currency),
        open: Sum::of(i.open, i.currency),
        disputed: Sum::of(i.disputed, i.currency),
    })
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewAssignment {
    /// Codes of customers.
    customers: List<Code, 1, 200>,
    /// The user who will work them; nobody if left out.
    collector: Option<Code>,
}

#[derive(Serialize, JsonSchema)]
struct Assigned {
    /// How many accounts changed hands.
    changed: usize,
}

fn assign(tx: &mut Tx<'_>, ask: &Ask, new: &NewAssignment) -> Result<Assigned, Error> {
    let codes: Vec<String> = new.customers.0.iter().map(Line::text).collect();
    let collector = new.collector.as_ref().map(Code::as_str);
    Ok(Assigned { changed: customer::assign(tx, ask.actor(), &codes, collector)? })
}
