//! `ideni customer`.

use std::collections::BTreeMap;

use receivables::customer::duplicate::Likeness;
use serde_json::json;

use super::output::{Sheet, amount, amount_opt};
use super::{App, Done, bank, contact_person};
use crate::actions::gap::{self, Gap};
use crate::actions::{customer, duplicate, history, merge};

#[derive(clap::Subcommand, Debug)]
pub enum Customer {
    /// Add a customer, or change what is given of one
    Save {
        code: String,
        #[arg(long)]
        name: Option<String>,
        #[arg(long)]
        tin: Option<String>,
        #[arg(long)]
        phone: Option<String>,
        #[arg(long)]
        email: Option<String>,
        /// The language of messages to the customer: en, fr, rw or sw
        #[arg(long, value_name = "CODE")]
        message_language: Option<String>,
        #[arg(long)]
        terms_days: Option<i32>,
        /// Terms of payment in place of the days: 30 eom, "30% 0; rest 30", "2/10; 30"; empty for none
        #[arg(long)]
        terms: Option<String>,
        #[arg(long)]
        segment: Option<String>,
        #[arg(long)]
        district: Option<String>,
        /// Only if nobody saved it since this version
        #[arg(long, value_name = "N")]
        if_version: Option<i64>,
    },
    /// The people at a customer
    #[command(subcommand)]
    Contact(contact_person::Contact),
    /// Where money goes when it goes back to a customer
    #[command(subcommand)]
    Bank(bank::Bank),
    /// Every change of a customer, the latest first
    History { code: String },
    /// Customers that may be the same, the likeliest first
    Duplicates {
        /// Only those that this one may be
        code: Option<String>,
        #[arg(long, default_value_t = 1000)]
        limit: usize,
    },
    /// Say that a customer is another one: both are looked at as one account, nothing posted changes
    Merge {
        code: String,
        /// The customer that stands for both
        #[arg(long, value_name = "CODE")]
        into: String,
        #[arg(long)]
        reason: String,
    },
    /// Take a merge back
    Unmerge {
        code: String,
        #[arg(long)]
        reason: String,
    },
    /// Who was merged into whom, the latest first
    Merges,
    /// What is missing of customers: counted, and listed with the most open first
    Gaps {
        /// Only customers without this: tin, phone, email, language, terms, limit or collector
        #[arg(long, value_name = "GAP")]
        only: Option<String>,
        #[arg(long, default_value_t = 1000)]
        limit: usize,
    },
    /// Give accounts to a collector
    Assign {
        #[arg(required = true)]
        codes: Vec<String>,
        /// The user who works them
        #[arg(long, value_name = "USER", conflicts_with = "none", required_unless_present = "none")]
        collector: Option<String>,
        /// Give them to nobody
        #[arg(long)]
        none: bool,
    },
    /// One account: what is open and what happened
    Show { code: String },
    /// The customers
    List,
}

impl Customer {
    pub fn run(&self, app: &App<'_>) -> Done {
        match self {
            Customer::Save {
                if_version,
                code,
                name,
                tin,
                phone,
                email,
                message_language,
                terms_days,
                terms,
                segment,
                district,
            } => {
                let given = customer::Given {
                    code: code.clone(),
                    name: name.clone(),
                    tin: tin.clone(),
                    phone: phone.clone(),
                    email: email.clone(),
                    language: message_language.clone(),
                    terms_days: *terms_days,
                    terms: terms.clone(),
                    segment: segment.clone(),
                    district: district.clone(),
                    ..customer::Given::default()
                };
                let (version, once) = (*if_version, app.once(self));
                app.write(move |tx, actor, today| match version {
                    None => customer::save(tx, actor, today, &given),
                    Some(version) => customer::edit(tx, actor, &given, version, once.as_ref()),
                })
                .map(|_| ())
            }
            Customer::Contact(c) => c.run(app),
            Customer::Bank(c) => c.run(app),
            Customer::History { code } => print_history(app, code),
            Customer::Duplicates { code, limit } => duplicates(app, code.as_deref(), *limit),
            Customer::Merge { code, into, reason } => {
                let (code, into, reason, once) = (code.clone(), into.clone(), reason.clone(), app.once(self));
                app.write(move |tx, actor, _| merge::merge(tx, actor, &code, &into, &reason, once.as_ref()))
            }
            Customer::Unmerge { code, reason } => {
                let (code, reason, once) = (code.clone(), reason.clone(), app.once(self));
                app.write(move |tx, actor, _| merge::unmerge(tx, actor, &code, &reason, once.as_ref()))
            }
            Customer::Merges => merges(app),
            Customer::Gaps { only, limit } => gaps(app, only.as_deref(), *limit),
            Customer::Assign { codes, collector, none: _ } => {
                let (codes, collector) = (codes.clone(), collector.clone());
                let changed =
                    app.write(move |tx, actor, _| customer::assign(tx, actor, &codes, collector.as_deref()))?;
                let mut sheet = Sheet::new(app.global.format, ["changed"])?;
                sheet.row(vec![json!(changed)])?;
                Ok(sheet.finish(json!({}))?)
            }
            Customer::Show { code } => show(app, code),
            Customer::List => {
                let rows = app.read(|tx, actor, _| customer::list(tx, actor))?;
                let columns = [
                    "code",
                    "name",
                    "kind",
                    "tin",
                    "phone",
                    "email",
                    "language",
                    "terms_days",
                    "terms",
                    "currency",
                    "segment",
                    "district",
                    "collector",
                    "version",
                    "merged_into",
                ];
                let codes: BTreeMap<_, _> = rows.iter().map(|c| (c.id, c.code.clone())).collect();
                let mut sheet = Sheet::new(app.global.format, columns)?;
                for c in rows {
                    sheet.row(vec![
                        json!(c.code),
                        json!(c.name),
                        json!(c.kind),
                        json!(c.tin),
                        json!(c.phone),
                        json!(c.email),
                        json!(c.language),
                        json!(c.terms_days),
                        json!(c.terms),
                        json!(c.currency.to_string()),
                        json!(c.segment),
                        json!(c.district),
                        json!(c.collector),
                        json!(c.version),
                        json!(c.merged_into.and_then(|into| codes.get(&into))),
                    ])?;
                }
                Ok(sheet.finish(json!({}))?)
            }
        }
    }
}

/// What is open of an account, oldest due first, then what happened on it.
fn show(app: &App<'_>, code: &str) -> Done {
    let (open, events) = app.read(|tx, actor, _| {
        let mut open = Vec::new();
        for member in merge::group(tx, actor, code)?.members() {
            open.extend(store::document::open_of(tx, actor.company.id, member.id)?);
        }
        open.sort_by_key(|item| item.due_on);
        Ok((open, history::of_customer(tx, actor, code)?))
    })?;
    let mut sheet =
        Sheet::new(app.global.format, ["on", "what", "name", "due_on", "currency", "amount", "open", "disputed"])?;
    for i in open {
        sheet.row(vec![
            json!(i.posted_on.to_string()),
            json!("open item"),
            json!(i.number),
            json!(i.due_on.to_string()),
            json!(i.currency.to_string()),
            amount(i.total, i.currency),
            amount(i.open, i.currency),
            amount(i.disputed, i.currency),
        ])?;
    }
    for e in events {
        let money = amount_opt(e.amount);
        let currency = json!(e.amount.map(|m| m.currency.to_string()));
        let empty = serde_json::Value::Null;
        sheet.row(vec![
            json!(e.on.to_string()),
            json!(e.what.name()),
            json!(e.name),
            empty.clone(),
            currency,
            money,
            empty.clone(),
            empty,
        ])?;
    }
    Ok(sheet.finish(json!({}))?)
}

fn print_history(app: &App<'_>, code: &str) -> Done {
    let changes = app.read(|tx, actor, _| customer::history(tx, actor, code))?;
    let mut sheet = Sheet::new(app.global.format, ["version", "at", "user", "by", "field", "was", "became"])?;
    for c in changes {
        sheet.row(vec![
            json!(c.version),
            json!(c.at.to_string()),
            json!(c.actor),
            json!(c.verb),
            json!(c.field),
            json!(c.was),
            json!(c.became),
        ])?;
    }
    Ok(sheet.finish(json!({}))?)
}

fn duplicates(app: &App<'_>, code: Option<&str>, limit: usize) -> Done {
    let mut sheet = Sheet::new(app.global.format, ["customer", "name", "other", "other_name", "score", "reasons"])?;
    let reasons = |likeness: &Likeness| likeness.reasons.iter().map(|why| app.say(why)).collect::<Vec<_>>();
    let score = |likeness: &Likeness| json!(likeness.score_bps / 100);
    let Some(code) = code else {
        let (count, pairs) = app.read(|tx, actor, _| duplicate::list(tx, actor, limit))?;
        for pair in pairs {
            let ((one, name), (other, other_name)) = (pair.one, pair.other);
            let told = json!(reasons(&pair.likeness));
            sheet.row(vec![json!(one), json!(name), json!(other), json!(other_name), score(&pair.likeness), told])?;
        }
        return Ok(sheet.finish(json!({ "pairs": count }))?);
    };
    let (own, found) = app.read(|tx, actor, _| {
        let own = customer::get(tx, actor, code)?;
        let (tin, phone) = (own.tin.as_deref(), own.phone.as_deref());
        let found = duplicate::of(tx, actor, duplicate::Sought { code, name: &own.name, tin, phone })?;
        Ok((own, found))
    })?;
    for f in found {
        let told = json!(reasons(&f.likeness));
        sheet.row(vec![json!(code), json!(own.name), json!(f.code), json!(f.name), score(&f.likeness), told])?;
    }
    Ok(sheet.finish(json!({}))?)
}

fn merges(app: &App<'_>) -> Done {
    let all = app.read(|tx, actor, _| merge::list(tx, actor))?;
    let columns =
        ["customer", "name", "into", "into_name", "reason", "user", "at", "undone_by", "undone_at", "undone_reason"];
    let mut sheet = Sheet::new(app.global.format, columns)?;
    for m in all {
        let (why, at, user) = match m.undone {
            Some((why, at, user)) => (Some(why), Some(at.to_string()), Some(user)),
            None => (None, None, None),
        };
        sheet.row(vec![
            json!(m.merged),
            json!(m.merged_name),
            json!(m.into),
            json!(m.into_name),
            json!(m.reason),
            json!(m.actor),
            json!(m.at.to_string()),
            json!(user),
            json!(at),
            json!(why),
        ])?;
    }
    Ok(sheet.finish(json!({}))?)
}

fn gaps(app: &App<'_>, only: Option<&str>, limit: usize) -> Done {
    let only = only.map(Gap::from_code).transpose()?;
    let found = app.read(|tx, actor, today| gap::list(tx, actor, today, only))?;
    let mut sheet = Sheet::new(app.global.format, ["customer", "name", "missing", "open"])?;
    for row in found.rows.into_iter().take(limit) {
        let missing: Vec<&str> = row.gaps.iter().map(|gap| gap.code()).collect();
        let open: Vec<_> =
            row.open.iter().map(|m| json!({ "amount": m.major_text(), "currency": m.currency.to_string() })).collect();
        sheet.row(vec![json!(row.code), json!(row.name), json!(missing), json!(open)])?;
    }
    let mut totals: serde_json::Map<_, _> =
        found.counts.iter().map(|(gap, count)| (gap.code().to_owned(), json!(count))).collect();
    totals.insert("customers".into(), json!(found.customers));
    Ok(sheet.finish(totals.into())?)
}
