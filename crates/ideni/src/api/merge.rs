//! Customers that are one, that may be one, and what is missing of them.

use receivables::customer::duplicate::Likeness;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::{Error, Tx, merge as saved};

use super::ask::Ask;
use super::cursor::{AnyPage, Limit, Page};
use super::endpoint::endpoints;
use super::refund::NewReversal;
use super::shape::{Code, Moment, Reason, Uuid, Whole};
use crate::actions::{duplicate, merge};
use crate::words;

endpoints! { "customers"
    /// Merges of customers in the order they were made, also those taken back.
    read Get "/merges" Read merges(query AnyPage) -> Page<Merge>;
    /// Says that a customer is another one, whose account takes it in. Nothing posted changes.
    write Post "/merges" CustomerMerge add(body NewMerge) -> Merged;
    /// Takes the merge of a customer back: it has its own account again.
    write Post "/customers/{code}/unmerge" CustomerMerge undo(body NewReversal) -> Merged;
    /// Customers that may be the same and are not merged yet, the likeliest first.
    read Get "/duplicates" Read duplicates(query HowMany) -> Duplicates;
}

#[derive(Serialize, JsonSchema)]
struct Merge {
    id: Uuid,
    customer: String,
    name: String,
    into: String,
    into_name: String,
    reason: String,
    at: Moment,
    by: String,
    /// When it was taken back, and by whom.
    undone_at: Option<Moment>,
    undone_by: Option<String>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewMerge {
    /// The customer that is another.
    customer: Code,
    /// The one whose account takes it in.
    into: Code,
    reason: Reason,
}

#[derive(Serialize, JsonSchema)]
struct Merged {
    /// The code whose account stands for all of them.
    customer: String,
    /// The codes of those merged into it.
    merged: Vec<String>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
struct HowMany {
    limit: Option<Limit>,
}

#[derive(Serialize, JsonSchema)]
struct Duplicates {
    rows: Vec<Duplicate>,
    /// How many pairs there are in all.
    count: usize,
}

#[derive(Serialize, JsonSchema)]
struct Duplicate {
    customer: String,
    name: String,
    other: String,
    other_name: String,
    /// 10000 is certain.
    #[schemars(range(min = 0, max = 10_000))]
    likeness_bps: u32,
    /// Sentences in the language of `Accept-Language`.
    reasons: Vec<String>,
}

fn merges(tx: &mut Tx<'_>, ask: &Ask, asked: &AnyPage) -> Result<Page<Merge>, Error> {
    let mut all = merge::list(tx, ask.actor())?;
    all.sort_by_key(|m| m.id);
    asked.span("merges").cut(
        all,
        |m| m.id.bytes().to_vec(),
        |m: saved::Listed| Merge {
            id: m.id.into(),
            customer: m.merged,
            name: m.merged_name,
            into: m.into,
            into_name: m.into_name,
            reason: m.reason,
            at: Moment(m.at),
            by: m.actor,
            undone_at: m.undone.as_ref().map(|(_, at, _)| Moment(*at)),
            undone_by: m.undone.map(|(by, ..)| by),
        },
    )
}

fn group(tx: &mut Tx<'_>, ask: &Ask, code: &str) -> Result<Merged, Error> {
    let group = merge::group(tx, ask.actor(), code)?;
    let merged = group.merged.into_iter().map(|member| member.code).collect();
    Ok(Merged { customer: group.survivor.code, merged })
}

fn add(tx: &mut Tx<'_>, ask: &Ask, new: &NewMerge) -> Result<Merged, Error> {
    let (from, into) = (new.customer.as_str(), new.into.as_str());
    merge::merge(tx, ask.actor(), from, into, new.reason.as_str(), None)?;
    group(tx, ask, into)
}

fn undo(tx: &mut Tx<'_>, ask: &Ask, new: &NewReversal) -> Result<Merged, Error> {
    let code = ask.path("code");
    merge::unmerge(tx, ask.actor(), code, new.reason.as_str(), None)?;
    group(tx, ask, code)
}

fn duplicates(tx: &mut Tx<'_>, ask: &Ask, asked: &HowMany) -> Result<Duplicates, Error> {
    let limit = usize::try_from(asked.limit.map_or(50, Whole::get)).unwrap_or_default();
    let (count, pairs) = duplicate::list(tx, ask.actor(), limit)?;
    let why = |likeness: &Likeness| likeness.reasons.iter().map(|r| words::saying(ask.language(), r)).collect();
    let rows = pairs.into_iter().map(|pair| Duplicate {
        customer: pair.one.0,
        name: pair.one.1,
        other: pair.other.0,
        other_name: pair.other.1,
        likeness_bps: pair.likeness.score_bps,
        reasons: why(&pair.likeness),
    });
    Ok(Duplicates { rows: rows.collect(), count })
}
