//! What is missing of customers: counted, and listed with whoever has most open first.

use std::collections::BTreeMap;
use std::sync::Arc;

use receivables::insight::ageing::Buckets;
use receivables::{Currency, Date, Money, Refusal, Unusable};
use store::customer_list::{self, Missing};
use store::reports::snapshot::Snapshots;
use store::{Error, Tx, rate};

use super::Actor;
use super::report::{self, Ageing, Asked, By};

/// Something missing of a customer.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Gap {
    /// The tax number of a business.
    Tin,
    /// Neither the customer nor a contact has one.
    Phone,
    Email,
    /// Nobody said in which language to write.
    Language,
    /// Nobody said when to pay.
    Terms,
    /// Neither an amount nor expressly none.
    Limit,
    /// Nobody works the account.
    Collector,
}

impl Gap {
    pub const ALL: [(Gap, &'static str); 7] = [
        (Gap::Tin, "tin"),
        (Gap::Phone, "phone"),
        (Gap::Email, "email"),
        (Gap::Language, "language"),
        (Gap::Terms, "terms"),
        (Gap::Limit, "limit"),
        (Gap::Collector, "collector"),
    ];

    pub fn code(self) -> &'static str {
        Gap::ALL.iter().find(|(gap, _)| *gap == self).map_or("", |(_, code)| code)
    }

    pub fn from_code(code: &str) -> Result<Gap, Refusal> {
        Gap::ALL.iter().find(|(_, known)| *known == code).map(|(gap, _)| *gap).ok_or_else(|| {
            let known: Vec<&str> = Gap::ALL.iter().map(|(_, code)| *code).collect();
            let reason = Unusable::NotAmong { known: known.join(", ") };
            Refusal::Invalid { field: "gap".into(), value: code.into(), reason }
        })
    }

    fn of(m: &Missing) -> Vec<Gap> {
        let all = [
            (Gap::Tin, m.business && m.tin),
            (Gap::Phone, m.phone),
            (Gap::Email, m.email),
            (Gap::Language, m.language),
            (Gap::Terms, m.terms),
            (Gap::Limit, m.limit),
            (Gap::Collector, m.collector.is_none()),
        ];
        all.into_iter().filter(|(_, missing)| *missing).map(|(gap, _)| gap).collect()
    }
}

/// A customer with what is missing of it, and what is open.
#[derive(Clone, Debug)]
pub struct Row {
    pub code: String,
    pub name: String,
    pub gaps: Vec<Gap>,
    pub open: Vec<Money>,
}

/// How many customers lack what, how many customers there are, and the customers with the most open first.
#[derive(Clone, Debug)]
pub struct Gaps {
    pub counts: Vec<(Gap, usize)>,
    pub customers: usize,
    pub rows: Vec<Row>,
}

/// What is missing, of everything or of one kind.
pub fn list(tx: &mut Tx<'_>, actor: &Actor, today: Date, only: Option<Gap>) -> Result<Gaps, Error> {
    let ageing = report::age(tx, actor, &asked(today))?;
    gaps(tx, actor, today, only, &ageing)
}

/// As `list`, with what is open from the snapshot in memory, worked out once until something new is sealed.
pub fn list_in_memory(
    tx: &mut Tx<'_>,
    snapshots: &Snapshots,
    actor: &Actor,
    today: Date,
    only: Option<Gap>,
) -> Result<Arc<Gaps>, Error> {
    let ageing = report::age_in_memory(tx, snapshots, actor, &asked(today))?;
    snapshots.of(tx, actor.company.id, |snapshot, tx| {
        snapshot.remember(tx, format!("gaps {today} {only:?}"), |tx| gaps(tx, actor, today, only, &ageing))
    })
}

fn asked(today: Date) -> Asked {
    Asked { as_of: today, known_at: None, by: By::Customer, buckets: Buckets::default() }
}

fn gaps(tx: &mut Tx<'_>, actor: &Actor, today: Date, only: Option<Gap>, ageing: &Ageing) -> Result<Gaps, Error> {
    let own = actor.company.currency;
    let mut open: BTreeMap<&str, Vec<Money>> = BTreeMap::new();
    for row in &ageing.rows {
        open.entry(&row.key).or_default().push(Money::new(row.aged.total()?, row.currency));
    }
    let mut rates: BTreeMap<Currency, Option<receivables::ledger::Rate>> = BTreeMap::new();
    for (currency, _) in &ageing.totals {
        // Without a rate of today's an amount counts for nothing in the order, and is shown all the same.
        rates.insert(*currency, rate::on(tx, actor.company.id, own, *currency, today).ok());
    }
    let worth = |amounts: &[Money]| -> i64 {
        let base = |money: &Money| rates.get(&money.currency).and_then(Option::as_ref)?.to_base(*money, own).ok();
        amounts.iter().filter_map(base).fold(0, i64::saturating_add)
    };
    let all = customer_list::missing(tx, actor.company.id)?;
    let customers = all.len();
    let mut counts: Vec<(Gap, usize)> = Gap::ALL.iter().map(|(gap, _)| (*gap, 0)).collect();
    let mut rows = Vec::new();
    for missing in all {
        let gaps = Gap::of(&missing);
        for gap in &gaps {
            counts[*gap as usize].1 += 1;
        }
        if only.map_or(!gaps.is_empty(), |only| gaps.contains(&only)) {
            let open = open.remove(missing.code.as_str()).unwrap_or_default();
            rows.push((worth(&open), Row { code: missing.code, name: missing.name, gaps, open }));
        }
    }
    rows.sort_by(|(a, one), (b, other)| (b, &one.code).cmp(&(a, &other.code)));
    Ok(Gaps { counts, customers, rows: rows.into_iter().map(|(_, row)| row).collect() })
}
