//! Customers that may be one, one beside the other, and what is missing of customers.

use askama::Template;
use axum::response::Response;
use receivables::Money;
use store::customer::Customer;
use store::{Error, Tx};

use super::ask::Ask;
use super::customer::{percent, reasons};
use super::page::{Desk, Page, in_path, render};
use super::route::Route;
use crate::actions::gap::{self, Gap};
use crate::actions::{Actor, Right, customer, duplicate, merge};
use crate::words;

pub const ROUTES: &[Route] = &[
    Route::get("/customers/duplicates", Right::Read, duplicates),
    Route::get("/customers/gaps", Right::Read, gaps),
    Route::get("/customers/{code}/merge", Right::CustomerMerge, look),
    Route::post("/customers/{code}/merge", Right::CustomerMerge, carry_out).again(look),
    Route::post("/customers/{code}/unmerge", Right::CustomerMerge, take_back),
];

/// Pairs, merges and customers a page shows.
const SHOWN: usize = 100;

struct Pair {
    one: (String, String, String),
    other: (String, String, String),
    percent: String,
    reasons: Vec<String>,
    /// Where the two are looked at side by side.
    merge: String,
}

struct Merged {
    code: String,
    at: String,
    name: String,
    into: String,
    into_at: String,
    reason: String,
    who: String,
    undone: Option<String>,
}

#[derive(Template)]
#[template(path = "duplicates.html")]
struct Duplicates<'a> {
    p: &'a Page,
    count: usize,
    pairs: Vec<Pair>,
    merges: Vec<Merged>,
}

fn duplicates(desk: &Desk, _: &Ask) -> Result<Response, Error> {
    let p = &desk.page;
    desk.db.seal()?;
    let (found, merges) = desk.read(|tx, actor| {
        let found = duplicate::list_in_memory(tx, desk.db.snapshots(), actor, SHOWN)?;
        Ok((found, merge::list(tx, actor)?))
    })?;
    let (count, pairs) = &*found;
    let count = *count;
    let named = |(code, name): &(String, String)| (in_path(code), code.clone(), name.clone());
    let pairs = pairs.iter().map(|pair| Pair {
        merge: merge_path(&pair.one.0, &pair.other.0),
        percent: percent(p, &pair.likeness),
        reasons: reasons(p, &pair.likeness),
        one: named(&pair.one),
        other: named(&pair.other),
    });
    let merges = merges.into_iter().take(SHOWN).map(|m| Merged {
        at: in_path(&m.merged),
        code: m.merged,
        name: m.merged_name,
        into_at: in_path(&m.into),
        into: m.into,
        reason: m.reason,
        who: format!("{}, {}", m.actor, p.instant(m.at)),
        undone: m.undone.map(|(reason, at, user)| format!("{user}, {}: {reason}", p.instant(at))),
    });
    render(&Duplicates { p, count, pairs: pairs.collect(), merges: merges.collect() })
}

fn merge_path(from: &str, into: &str) -> String {
    let mut question = form_urlencoded::Serializer::new(String::new());
    format!("/customers/{}/merge?{}", in_path(from), question.append_pair("into", into).finish())
}

/// A customer beside another.
struct Side {
    code: String,
    at: String,
    name: String,
    facts: Vec<(String, String)>,
    open: Vec<String>,
}

#[derive(Template)]
#[template(path = "merge.html")]
struct Look<'a> {
    p: &'a Page,
    at: String,
    from: Side,
    into: Option<Side>,
    /// The other way round.
    turned: Option<String>,
    typed_into: String,
}

#[derive(serde::Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct Into {
    into: String,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct MergeForm {
    into: String,
    reason: String,
}

fn look(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let code = ask.path("code").to_owned();
    let typed = ask.form::<MergeForm>().map(|form| form.into).ok();
    let into = match typed {
        Some(into) => into,
        None => ask.query::<Into>()?.into,
    };
    let into = into.trim().to_owned();
    let (from, other) = desk.read(|tx, actor| {
        let from = customer::get(tx, actor, &code)?;
        let from = side(tx, desk, actor, from)?;
        // A code that does not exist is said when the form is sent.
        let other = customer::get(tx, actor, &into).ok().filter(|_| into != code);
        Ok((from, other.map(|other| side(tx, desk, actor, other)).transpose()?))
    })?;
    render(&Look {
        p: &desk.page,
        at: format!("/customers/{}/merge", in_path(&code)),
        turned: other.as_ref().map(|_| merge_path(&into, &code)),
        from,
        into: other,
        typed_into: into,
    })
}

fn side(tx: &mut Tx<'_>, desk: &Desk, actor: &Actor, known: Customer) -> Result<Side, Error> {
    let p = &desk.page;
    let mut open: std::collections::BTreeMap<receivables::Currency, i64> = std::collections::BTreeMap::new();
    for item in store::document::open_of(tx, actor.company.id, known.id)? {
        *open.entry(item.currency).or_default() += item.open;
    }
    let word = |value: Option<String>| value.unwrap_or_else(|| "–".to_owned());
    let facts = vec![
        (p.label("field-tin"), word(known.tin)),
        (p.label("field-phone"), word(known.phone.as_deref().map(words::phone))),
        (p.label("field-email"), word(known.email)),
        (p.label("field-segment"), word(known.segment)),
        (p.label("field-district"), word(known.district)),
        (p.label("field-collector"), word(known.collector)),
    ];
    Ok(Side {
        at: in_path(&known.code),
        code: known.code,
        name: known.name,
        facts,
        open: open.into_iter().map(|(currency, minor)| p.money(minor, currency)).collect(),
    })
}

fn carry_out(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let code = ask.path("code").to_owned();
    let form: MergeForm = ask.form()?;
    let (once, into) = (ask.once(), form.into.trim().to_owned());
    let to = format!("/customers/{}/edit", in_path(&into));
    desk.write(move |tx, actor, _| merge::merge(tx, actor, &code, &into, &form.reason, Some(&once)))?;
    desk.to(&to, "customer-merged")
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct UnmergeForm {
    reason: String,
}

fn take_back(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let code = ask.path("code").to_owned();
    let form: UnmergeForm = ask.form()?;
    let to = format!("/customers/{}/edit", in_path(&code));
    let once = ask.once();
    desk.write(move |tx, actor, _| merge::unmerge(tx, actor, &code, &form.reason, Some(&once)))?;
    desk.to(&to, "customer-unmerged")
}

// ---- what is missing

struct Lacking {
    code: String,
    at: String,
    name: String,
    missing: Vec<String>,
    open: Vec<String>,
}

#[derive(Template)]
#[template(path = "gaps.html")]
struct Gaps<'a> {
    p: &'a Page,
    only: String,
    /// Code, words and count.
    counts: Vec<(String, String, String)>,
    customers: String,
    rows: Vec<Lacking>,
    more: usize,
}

#[derive(serde::Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct Only {
    only: String,
}

fn gaps(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let Only { only } = ask.query()?;
    let wanted = if only.is_empty() { None } else { Some(Gap::from_code(&only)?) };
    // What was posted a moment ago is in the snapshot once it is sealed.
    desk.db.seal()?;
    let (today, snapshots) = (desk.today, desk.db.snapshots());
    let found = desk.read(|tx, actor| gap::list_in_memory(tx, snapshots, actor, today, wanted))?;
    let p = &desk.page;
    let word = |gap: &Gap| p.t(&format!("gap-{}", gap.code()));
    let number = |count: usize| words::number(p.language, i64::try_from(count).unwrap_or(i64::MAX));
    let money = |m: &Money| p.money(m.minor, m.currency);
    let more = found.rows.len().saturating_sub(SHOWN);
    let rows = found.rows.iter().take(SHOWN).map(|row| Lacking {
        at: in_path(&row.code),
        code: row.code.clone(),
        name: row.name.clone(),
        missing: row.gaps.iter().map(word).collect(),
        open: row.open.iter().map(money).collect(),
    });
    render(&Gaps {
        p,
        only,
        counts: found.counts.iter().map(|(gap, n)| (gap.code().to_owned(), word(gap), number(*n))).collect(),
        customers: number(found.customers),
        rows: rows.collect(),
        more,
    })
}
