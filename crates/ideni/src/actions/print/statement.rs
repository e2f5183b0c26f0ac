//! The statement of a customer's account: what happened in a span, and what is open at its end. Its closing balance is the
//! ledger's.

use std::collections::BTreeMap;

use documents::{Activity, Body, Document, Fact, OpenItem, Party, Section, Statement, Total};
use receivables::ledger::{Cause, Item};
use receivables::{Currency, Date, Money, Refusal, Unusable};
use store::customer::Customer;
use store::reports::statement as book;
use store::{Error, Tx, customer, document, merge};

use super::super::{Actor, Right, reads, setting};
use super::{Pen, Ready, party, payment, sender, set_out};
use crate::words::{self, Language};

/// The statement of a customer, with those merged into it. What is open is shown where the span ends today.
pub fn statement(
    tx: &mut Tx<'_>,
    actor: &Actor,
    today: Date,
    code: &str,
    span: (Option<Date>, Option<Date>),
    language: Option<Language>,
) -> Result<Ready, Error> {
    actor.may(Right::Read)?;
    let company = actor.company.id;
    let known = customer::get(tx, company, code)?;
    reads::note(tx, actor, known.id);
    let pen = Pen::of(Some(&known), language);
    let until = span.1.unwrap_or(today);
    let from = span.0.unwrap_or_else(|| until.first_of_month());
    if from > until {
        let (field, value) = ("until".into(), until.to_string());
        let reason = Unusable::EndsBeforeBegin { begin: from.to_string() };
        return Err(Refusal::Invalid { field, value, reason }.into());
    }
    let activity = activity(tx, actor, &known, until)?;
    let mut open: Vec<Item> = Vec::new();
    if until == today {
        for member in merge::groups(tx, company)?.members(known.id) {
            open.extend(document::open_of(tx, company, member)?);
        }
    }
    let mut currencies: BTreeMap<Currency, (Vec<book::Activity>, Vec<Item>)> = BTreeMap::new();
    for one in activity {
        currencies.entry(one.currency).or_default().0.push(one);
    }
    for item in open {
        currencies.entry(item.currency).or_default().1.push(item);
    }
    let several = currencies.len() > 1;
    let buckets = setting::buckets(tx, company, today)?;
    let names = words::buckets(pen.language, &buckets);
    let mut sections = Vec::with_capacity(currencies.len());
    let mut owed = None;
    for (currency, (activity, open)) in currencies {
        let balance: i64 = activity.iter().map(|a| a.amount).sum();
        if currency == actor.company.currency {
            owed = Some(Money::new(balance, currency));
        }
        let mut aged = vec![0i64; buckets.count()];
        for item in &open {
            aged[buckets.index(item.due_on, until)] += item.open;
        }
        let ageing = names.iter().zip(&aged).filter(|_| !open.is_empty());
        let label = pen.say("print-balance-owed", &[("currency", currency.to_string().as_str())]);
        let mut issued = Vec::with_capacity(open.len());
        for item in &open {
            issued.push(document::get(tx, company, &item.number)?.issued_on);
        }
        sections.push(Section {
            title: if several { currency.to_string() } else { String::new() },
            activity: rows(pen, &activity, from, currency),
            open_items: open.iter().zip(issued).map(|(item, on)| open_item(pen, item, on, until)).collect(),
            ageing: ageing.map(|(name, minor)| Fact::new(name, pen.amount(*minor, currency))).collect(),
            totals: vec![Total { label, value: pen.amount(balance, currency), emphasised: true }],
        });
    }
    let heading = pen.t("print-statement");
    let body = Statement {
        heading: heading.clone(),
        period: format!("{} – {}", pen.day(from), pen.day(until)),
        references: vec![Fact::new(pen.t("print-account"), &known.code)],
        customer: party(pen, &known),
        sections,
        notes: Vec::new(),
        payment: Some(payment(tx, actor, pen, (&known, today), owed)?),
    };
    let sender = sender(tx, actor, pen, today)?;
    let document = set_out(pen, format!("{heading} {}", known.name), until, sender, Body::Statement(body));
    Ready::of(tx, actor, &format!("{}-{until}", known.code), (pen, document))
}

/// What happened to a customer and those merged into it until a day, in order.
fn activity(tx: &mut Tx<'_>, actor: &Actor, customer: &Customer, until: Date) -> Result<Vec<book::Activity>, Error> {
    let company = actor.company.id;
    let mut activity = Vec::new();
    for member in merge::groups(tx, company)?.members(customer.id) {
        activity.extend(book::activity(tx, company, member, until)?);
    }
    activity.sort_by_key(|a| a.on);
    Ok(activity)
}

/// What a statement of that day comes to, by currency.
pub fn balances(
    tx: &mut Tx<'_>,
    actor: &Actor,
    customer: &Customer,
    until: Date,
) -> Result<BTreeMap<Currency, i64>, Error> {
    let mut owed: BTreeMap<Currency, i64> = BTreeMap::new();
    for one in activity(tx, actor, customer, until)? {
        *owed.entry(one.currency).or_default() += one.amount;
    }
    Ok(owed)
}

/// The balance before the span, each row of it, and the balance after each.
fn rows(pen: Pen, activity: &[book::Activity], from: Date, currency: Currency) -> Vec<Activity> {
    let before: i64 = activity.iter().filter(|a| a.on < from).map(|a| a.amount).sum();
    let mut rows = vec![Activity {
        day: pen.day(from),
        text: pen.t("print-opening-balance"),
        balance: pen.amount(before, currency),
        emphasised: true,
        ..Activity::default()
    }];
    let mut balance = before;
    for one in activity.iter().filter(|a| a.on >= from) {
        balance += one.amount;
        let key = match one.kind {
            Some(kind) => format!("movement-{}", kind.name().replace(' ', "-")),
            None if one.cause == Cause::Identification => "cause-receipt".to_owned(),
            None => format!("cause-{}", one.cause.name().replace(' ', "-")),
        };
        rows.push(Activity {
            day: pen.day(one.on),
            document: one.number.clone().or_else(|| one.reference.clone()).unwrap_or_default(),
            text: pen.t(&key),
            debit: pen.amount_or_nothing(one.amount.max(0), currency),
            credit: pen.amount_or_nothing((-one.amount).max(0), currency),
            balance: pen.amount(balance, currency),
            emphasised: false,
        });
    }
    rows
}

pub(super) fn open_item(pen: Pen, item: &Item, issued_on: Date, until: Date) -> OpenItem {
    let late = until.days_since(item.due_on);
    OpenItem {
        number: item.number.clone(),
        issued: pen.day(issued_on),
        due: pen.day(item.due_on),
        days_late: if late > 0 && item.open > 0 { pen.number(&late.to_string()) } else { String::new() },
        amount: pen.amount(item.total, item.currency),
        open: pen.amount(item.open, item.currency),
    }
}

/// A statement of nobody, for trying a template.
pub fn sample(actor: &Actor, on: Date) -> Document {
    let pen = Pen::of(None, None);
    let name = actor.company.name.clone();
    let open = OpenItem {
        number: "INV-000001".into(),
        open: pen.amount(1_180, actor.company.currency),
        ..OpenItem::default()
    };
    let section = Section { open_items: vec![open], ..Section::default() };
    let body = Statement {
        heading: pen.t("print-statement"),
        period: pen.day(on),
        customer: Party { name: name.clone(), ..Party::default() },
        sections: vec![section],
        ..Statement::default()
    };
    super::sample(actor, on, Body::Statement(body))
}
