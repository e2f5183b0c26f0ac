//! Customers.

use receivables::{Currency, Refusal};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Deserializer, Serialize};
use store::customer::CreditLimit;
use store::{Error, Tx};

use super::ask::Ask;
use super::cursor::{AnyPage, Limit, Page, Span};
use super::endpoint::endpoints;
use super::shape::{Amount, Code, CurrencyCode, Cursor, Day, Line, List, Maybe, Name, OrNothing, Sum, Whole, one_of};
use crate::actions::customer::{self, Alike};
use crate::actions::gap::Gap;

endpoints! { "customers"
    /// Customers in the order of their codes.
    read Get "/customers" Read list(query WhichCustomers) -> Page<Customer>;
    /// A new customer.
    /// What is left out is the company's usual. One that looks like a customer there is refused, unless it is said to be another.
    write Post "/customers" CustomerSave add(body NewCustomer) -> Customer;
    /// One customer.
    read Get "/customers/{code}" Read show() -> Customer;
    /// Changes what is given of a customer, and nothing else.
    /// `null` takes a value away.
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
    /// Terms of payment in place of the days, such as `30 eom` or `2/10; 30`.
    terms: Option<String>,
    /// Major units of the customer's currency, `none` for expressly no limit, `null` while nobody has decided.
    credit_limit: Option<String>,
    currency: CurrencyCode,
    segment: Option<String>,
    district: Option<String>,
    /// The user who works the account.
    collector: Option<String>,
    /// The customer that this one was merged into.
    merged_into: Option<String>,
    /// One more with every change.
    version: i64,
}

fn shown(tx: &mut Tx<'_>, ask: &Ask, c: store::customer::Customer) -> Result<Customer, Error> {
    let credit_limit = match c.credit_limit {
        CreditLimit::Unset => None,
        CreditLimit::NoLimit => Some("none".to_owned()),
        CreditLimit::Amount(minor) => Some(receivables::Money::new(minor, c.currency).major_text()),
    };
    let merged_into = match c.merged_into {
        None => None,
        Some(id) => Some(customer::by_id(tx, ask.actor(), id)?.code),
    };
    Ok(Customer {
        code: c.code,
        name: c.name,
        kind: c.kind,
        tin: c.tin,
        phone: c.phone,
        email: c.email,
        language: c.language,
        terms_days: c.terms_days,
        terms: c.terms,
        credit_limit,
        currency: CurrencyCode(c.currency),
        segment: c.segment,
        district: c.district,
        collector: c.collector,
        merged_into,
        version: c.version,
    })
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
struct WhichCustomers {
    /// A part of the name or code, a tax number or a telephone number.
    text: Option<Code>,
    /// Only those that this user works; `-` for those nobody works.
    collector: Option<Code>,
    segment: Option<Code>,
    /// Only those that lack this.
    #[serde(default)]
    #[schemars(schema_with = "gaps")]
    gap: Option<Code>,
    limit: Option<Limit>,
    after: Option<Cursor>,
}

fn gaps(_: &mut SchemaGenerator) -> Schema {
    one_of(Gap::ALL.iter().map(|(_, code)| *code))
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
enum Credit {
    None,
    Amount(Amount),
}

impl<'de> Deserialize<'de> for Credit {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        use serde::de::IntoDeserializer;
        let text = String::deserialize(from)?;
        if text == "none" {
            return Ok(Credit::None);
        }
        Amount::deserialize(text.into_deserializer()).map(Credit::Amount)
    }
}

impl Credit {
    fn read(&self, currency: Currency) -> Result<CreditLimit, Refusal> {
        Ok(match self {
            Credit::None => CreditLimit::NoLimit,
            Credit::Amount(amount) => CreditLimit::Amount(amount.in_currency(currency, "credit_limit")?.minor),
        })
    }
}

type Tin = Line<1, 30>;
type Phone = Line<1, 40>;
type Email = Line<1, 254>;
type Days = Whole<0, 3650>;
type TermsText = Line<1, 200>;

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
    terms_days: Option<Days>,
    /// Terms of payment in place of the days, such as `30 eom` or `2/10; 30`.
    terms: Option<TermsText>,
    credit_limit: Option<Credit>,
    currency: Option<CurrencyCode>,
    segment: Option<Code>,
    district: Option<Code>,
    /// A user of the company.
    collector: Option<Code>,
    /// Somebody looked, and it is not one of the customers it looks like.
    is_another: Option<bool>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct CustomerChange {
    #[serde(default)]
    name: Maybe<Name>,
    #[serde(default)]
    kind: Maybe<Kind>,
    #[serde(default)]
    tin: OrNothing<Tin>,
    #[serde(default)]
    phone: OrNothing<Phone>,
    #[serde(default)]
    email: OrNothing<Email>,
    #[serde(default)]
    language: Maybe<MessageLanguage>,
    #[serde(default)]
    terms_days: Maybe<Days>,
    /// Terms of payment in place of the days, such as `30 eom` or `2/10; 30`.
    #[serde(default)]
    terms: OrNothing<TermsText>,
    #[serde(default)]
    credit_limit: OrNothing<Credit>,
    #[serde(default)]
    currency: Maybe<CurrencyCode>,
    #[serde(default)]
    segment: OrNothing<Code>,
    #[serde(default)]
    district: OrNothing<Code>,
    /// A user of the company.
    #[serde(default)]
    collector: OrNothing<Code>,
}

fn list(tx: &mut Tx<'_>, ask: &Ask, asked: &WhichCustomers) -> Result<Page<Customer>, Error> {
    let span = Span::new("customers", asked.limit, asked.after.as_ref());
    let text = |value: &Option<Code>| value.as_ref().map(Line::text).unwrap_or_default();
    let which = customer::Asked {
        text: text(&asked.text),
        collector: text(&asked.collector),
        segment: text(&asked.segment),
        gap: asked.gap.as_ref().map(|code| Gap::from_code(code.as_str())).transpose()?,
        after: span.place()?.unwrap_or_default(),
        limit: span.rows(),
    };
    let (found, more) = customer::page(tx, ask.actor(), &which)?;
    let next = found.last().filter(|_| more).map(|last| last.code.clone());
    let rows = found.into_iter().map(|c| shown(tx, ask, c)).collect::<Result<Vec<_>, _>>()?;
    Ok(span.of_place(store::reports::page::Page { rows, next }, |row| row))
}

fn of_code(tx: &mut Tx<'_>, ask: &Ask, code: &str) -> Result<Customer, Error> {
    let known = customer::get(tx, ask.actor(), code)?;
    shown(tx, ask, known)
}

fn show(tx: &mut Tx<'_>, ask: &Ask) -> Result<Customer, Error> {
    of_code(tx, ask, ask.path("code"))
}

fn add(tx: &mut Tx<'_>, ask: &Ask, new: &NewCustomer) -> Result<Customer, Error> {
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
        terms: new.terms.as_ref().map(Line::text),
        credit_limit: new.credit_limit.as_ref().map(|l| l.read(currency.unwrap_or(ask.own()))).transpose()?,
        currency,
        segment: new.segment.as_ref().map(Line::text),
        district: new.district.as_ref().map(Line::text),
        collector: new.collector.as_ref().map(Line::text),
    };
    let alike = if new.is_another == Some(true) { Alike::Accept } else { Alike::Refuse };
    customer::add(tx, ask.actor(), ask.today(), &given, alike, None)?;
    of_code(tx, ask, new.code.as_str().trim())
}

fn change(tx: &mut Tx<'_>, ask: &Ask, new: &CustomerChange) -> Result<Customer, Error> {
    let code = ask.path("code");
    let known = customer::get(tx, ask.actor(), code)?;
    let (version, currency) = (known.version, new.currency.0.map(|CurrencyCode(currency)| currency));
    let in_currency = currency.unwrap_or(known.currency);
    // No customer has version 0: one that is not as it was read is refused with whoever saved it.
    let version = if ask.is_unchanged(&shown(tx, ask, known)?)? { version } else { 0 };
    // A value of `null` takes away what was there, as an empty text does.
    let text = |given: Option<Option<String>>| given.map(Option::unwrap_or_default);
    let given = customer::Given {
        code: code.to_owned(),
        name: new.name.0.as_ref().map(Line::text),
        kind: new.kind.0.map(|kind| kind.code().to_owned()),
        tin: text(new.tin.given(Line::text)),
        phone: text(new.phone.given(Line::text)),
        email: text(new.email.given(Line::text)),
        language: new.language.0.map(|language| language.code().to_owned()),
        terms_days: new.terms_days.0.map(Whole::get),
        terms: text(new.terms.given(Line::text)),
        credit_limit: match new.credit_limit.given(|limit| limit.read(in_currency)) {
            None => None,
            Some(None) => Some(CreditLimit::Unset),
            Some(Some(limit)) => Some(limit?),
        },
        currency,
        segment: text(new.segment.given(Line::text)),
        district: text(new.district.given(Line::text)),
        collector: text(new.collector.given(Line::text)),
    };
    customer::edit(tx, ask.actor(), &given, version, None)?;
    of_code(tx, ask, code)
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
