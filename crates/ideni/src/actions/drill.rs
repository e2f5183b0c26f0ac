//! From a figure of the ageing to the invoices behind it: the same day, the same instant, the same buckets.

use receivables::customer::merge::Groups;
use receivables::ids::{self, Id};
use receivables::insight::ageing::Buckets;
use receivables::{Currency, Date, Refusal, Unusable};
use store::reports::ageing::View;
use store::reports::invoices;
use store::reports::snapshot::Snapshots;
use store::reports::snapshot::drill::{Drill, OpenItem};
use store::{Error, Tx, customer, merge};

use super::report::{Asked, Row};
use super::{Actor, Right, invoice};

/// Which figure; all that is open where nothing is said.
#[derive(Clone, Default, Debug)]
pub struct Figure {
    /// By code; with those merged with it.
    pub customer: Option<String>,
    pub currency: Option<Currency>,
    /// By its column name: `current`, `d1_30`, …
    pub bucket: Option<String>,
}

/// One open instalment.
#[derive(Clone, Debug)]
pub struct Open {
    pub number: String,
    pub instalment: i32,
    /// The customer it is looked at under.
    pub customer: String,
    pub name: String,
    pub issued_on: Date,
    pub due_on: Date,
    /// Days after its due day; below zero before it, zero while it does not age.
    pub days_late: i32,
    pub currency: Currency,
    pub total: i64,
    pub open: i64,
}

/// One page of instalments, the longest due first, and how many there are on all pages and what they come to.
#[derive(Clone, Debug)]
pub struct Drilled {
    pub rows: Vec<Open>,
    pub next: Option<String>,
    pub totals: Vec<(Currency, usize, i64)>,
}

/// The place of a bucket by its column name.
pub fn bucket(buckets: &Buckets, name: &str) -> Result<usize, Error> {
    let names = buckets.names();
    names.iter().position(|known| known == name).ok_or_else(|| {
        let reason = Unusable::NotAmong { known: names.join(", ") };
        Refusal::Invalid { field: "bucket".into(), value: name.to_owned(), reason }.into()
    })
}

/// The rows of an ageing that have something in a bucket, the largest first.
pub fn in_bucket(rows: Vec<&Row>, bucket: usize) -> Vec<&Row> {
    let mut rows: Vec<&Row> =
        rows.into_iter().filter(|row| row.aged.open.get(bucket).is_some_and(|o| *o != 0)).collect();
    rows.sort_by_key(|row| (row.currency, std::cmp::Reverse(row.aged.open[bucket])));
    rows
}

/// One page of the instalments behind a figure. `after` is where the page before said to go on.
pub fn invoices(
    tx: &mut Tx<'_>,
    snapshots: &Snapshots,
    actor: &Actor,
    asked: &Asked,
    figure: &Figure,
    after: Option<&str>,
    limit: usize,
) -> Result<Drilled, Error> {
    actor.may(Right::Read)?;
    let company = actor.company.id;
    let view = View { as_of: asked.as_of, known_at: asked.known_at };
    let groups = merge::groups_known(tx, company, asked.known_at)?;
    let customers = match &figure.customer {
        Some(code) => groups.members(customer::get(tx, company, code)?.id),
        None => Vec::new(),
    };
    let bucket = figure.bucket.as_deref().map(|name| bucket(&asked.buckets, name)).transpose()?;
    let drill = Drill { customers: &customers, currency: figure.currency, bucket };
    let after = after.map(|text| invoice::read_place(text, read_key)).transpose()?;
    let drilled =
        snapshots.of(tx, company, |snapshot, tx| snapshot.drill(tx, view, &asked.buckets, drill, after, limit))?;
    let next = drilled.page.next.map(|(on, (document, instalment))| format!("{on}~{document}/{instalment}"));
    let rows = named(tx, company, asked.as_of, &groups, &drilled.page.rows)?;
    let totals = drilled.totals.into_iter().map(|(currency, (count, sum))| (currency, count, sum)).collect();
    Ok(Drilled { rows, next, totals })
}

fn read_key(text: &str) -> Option<(Id<ids::Document>, i32)> {
    let (document, instalment) = text.split_once('/')?;
    Some((document.parse().ok()?, instalment.parse().ok()?))
}

/// With their numbers, and the customers they are looked at under.
fn named(tx: &mut Tx<'_>, company: i64, as_of: Date, groups: &Groups, items: &[OpenItem]) -> Result<Vec<Open>, Error> {
    let documents: Vec<_> = items.iter().map(|item| item.document).collect();
    let known = invoices::rows(tx, company, &documents)?;
    let survivors = items.iter().map(|item| groups.survivor(item.customer)).collect();
    let customers = customer::by_ids(tx, company, &survivors)?;
    let named = items.iter().filter_map(|item| {
        let document = known.get(&item.document)?;
        let customer = customers.get(&groups.survivor(item.customer))?;
        Some(Open {
            number: document.number.clone(),
            instalment: item.instalment,
            customer: customer.code.clone(),
            name: customer.name.clone(),
            issued_on: document.issued_on,
            due_on: item.due_on,
            days_late: if item.is_pending { 0 } else { as_of.days_since(item.due_on) },
            currency: item.currency,
            total: item.total,
            open: item.open,
        })
    });
    Ok(named.collect())
}
