//! What was sold, by item, customer or month, beside the year before; how often our invoices had to be put right; and the proof
//! that our number series have no gap.

use std::collections::{BTreeMap, BTreeSet};

use receivables::billing::credit_note::Reason as Credited;
use receivables::billing::vat_return::Period;
use receivables::collections::dispute::Reason as Disputed;
use receivables::ids::{self, Id};
use receivables::money::share_minor;
use receivables::{Date, Refusal, Unusable};
use store::reports::revenue::{self, Corrected, Line, Series};
use store::reports::sales as register;
use store::{Error, Tx};

use super::{Actor, Right, sales};

/// What a row stands for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum By {
    Item,
    Customer,
    Month,
}

impl By {
    pub const ALL: [(By, &'static str); 3] = [(By::Item, "item"), (By::Customer, "customer"), (By::Month, "month")];

    pub fn from_code(code: &str) -> Result<By, Refusal> {
        By::ALL.iter().find(|(_, known)| *known == code).map(|(by, _)| *by).ok_or_else(|| {
            let known = By::ALL.map(|(_, known)| known).join(", ");
            Refusal::Invalid { field: "by".into(), value: code.into(), reason: Unusable::NotAmong { known } }
        })
    }
}

/// Days from the first to the last.
pub type Span = (Date, Date);

/// The days asked for: until today, from the year's first day on, where they are left out.
pub fn span_or_year(from: Option<Date>, until: Option<Date>, today: Date) -> Span {
    let until = until.unwrap_or(today);
    let january = until.plus_months(1 - i32::from(until.month())).first_of_month();
    (from.unwrap_or(january), until)
}

/// What was sold of one thing, without tax, in the company's currency.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// Code of the item or customer, or the month; `–` of lines that name no item.
    pub key: String,
    pub name: String,
    pub net: i64,
    pub year_before: i64,
}

/// What was posted in a span and in the same span a year before. Credit notes reduce.
pub fn by(tx: &mut Tx<'_>, actor: &Actor, by: By, span: Span) -> Result<Vec<Row>, Error> {
    actor.may(Right::Read)?;
    in_order(span)?;
    let mut rows: BTreeMap<String, Row> = BTreeMap::new();
    for (key, name, net) in sums(tx, actor, by, span)? {
        rows.insert(key.clone(), Row { key, name, net, year_before: 0 });
    }
    for (key, name, net) in sums(tx, actor, by, (year_before(span.0), year_before(span.1)))? {
        let key = if by == By::Month { year_after(&key) } else { key };
        rows.entry(key.clone()).or_insert_with(|| Row { key, name, ..Row::default() }).year_before = net;
    }
    Ok(rows.into_values().collect())
}

pub(super) fn in_order((from, until): Span) -> Result<(), Refusal> {
    if from <= until {
        return Ok(());
    }
    let reason = Unusable::OutOfRange { from: from.to_string(), to: "9999-12-31".into() };
    Err(Refusal::Invalid { field: "until".into(), value: until.to_string(), reason })
}

/// The same day a year before; the last of a month stays the last.
fn year_before(on: Date) -> Date {
    let before = on.plus_months(-12);
    if on == on.last_of_month() { before.last_of_month() } else { before }
}

fn year_after(month: &str) -> String {
    Period::known(month).map_or_else(|| month.to_owned(), |of| Period::month_of(of.from.plus_months(12)).to_string())
}

/// Key, name and amount of each.
type Sums = Vec<(String, String, i64)>;

fn sums(tx: &mut Tx<'_>, actor: &Actor, by: By, span: Span) -> Result<Sums, Error> {
    if by == By::Item {
        return by_item(tx, actor, span);
    }
    let mut sums: BTreeMap<String, (String, i64)> = BTreeMap::new();
    register::documents(tx, actor.company.id, Some(span.0), Some(span.1), |sold| {
        let net = sales::amounts(&actor.company.country, &sold)?.net();
        let month = Period::month_of(sold.posted_on).to_string();
        let (key, name) = if by == By::Month { (month, String::new()) } else { (sold.customer, sold.name) };
        sums.entry(key).or_insert((name, 0)).1 += net;
        Ok(())
    })?;
    Ok(sums.into_iter().map(|(key, (name, net))| (key, name, net)).collect())
}

/// Of a document in the company's currency: its net, how much of the lines' net was given out, and of it.
#[derive(Default)]
struct Parting {
    document: Option<Id<ids::Document>>,
    so_far: i64,
    given: i64,
}

impl Parting {
    /// The part of a line: parts of one document add up to it.
    fn part(&mut self, line: &Line) -> Result<i64, Error> {
        if self.document != Some(line.document) {
            *self = Parting { document: Some(line.document), ..Parting::default() };
        }
        let tax = if line.total == 0 { 0 } else { share_minor(line.total_base, line.tax, line.total)? };
        let net = line.total_base - tax;
        let Some(of_line) = line.of_line else { return Ok(net) };
        self.so_far += of_line;
        let until_here = if line.net == 0 { 0 } else { share_minor(net, self.so_far, line.net)? };
        let part = until_here - self.given;
        self.given = until_here;
        Ok(part)
    }
}

fn by_item(tx: &mut Tx<'_>, actor: &Actor, span: Span) -> Result<Sums, Error> {
    let names = revenue::items(tx, actor.company.id)?;
    let mut sums: BTreeMap<Option<Id<ids::CatalogueItem>>, i64> = BTreeMap::new();
    let mut parting = Parting::default();
    revenue::lines(tx, actor.company.id, span, |line| {
        let part = parting.part(&line)?;
        if !line.is_levy {
            *sums.entry(line.item).or_default() += part;
        }
        Ok(())
    })?;
    let named = |item: Option<Id<ids::CatalogueItem>>| item.and_then(|id| names.get(&id).cloned());
    let of = |(item, net)| {
        let (code, name) = named(item).unwrap_or_else(|| ("–".into(), String::new()));
        (code, name, net)
    };
    Ok(sums.into_iter().map(of).collect())
}

/// Invoices of one person that were wrong for one reason; of those credited by line, for one item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// `credited` or `disputed`.
    pub found: &'static str,
    pub reason: String,
    pub actor: String,
    /// The code of the item, where a line that sells one was credited.
    pub item: Option<String>,
    pub invoices: i64,
    /// Of all that this person issued, in hundredths of a per cent.
    pub share_bps: i64,
}

/// How often our own invoices of a span had to be put right for what we did.
#[derive(Clone, Debug, Default)]
pub struct Accuracy {
    pub rows: Vec<Wrong>,
    pub issued: i64,
    /// Each invoice once, whatever its reasons.
    pub wrong: i64,
    pub share_bps: i64,
}

/// By reason and by who issued them: invoices that were taken back or credited for what we wrote, and those whose dispute of
/// price, quantity or tax was accepted.
pub fn accuracy(tx: &mut Tx<'_>, actor: &Actor, span: Span) -> Result<Accuracy, Error> {
    actor.may(Right::Read)?;
    in_order(span)?;
    let company = actor.company.id;
    let issued = revenue::issued(tx, company, span)?;
    let (mut counts, mut wrong) = (BTreeMap::<(&str, String, String, Option<String>), i64>::new(), BTreeSet::new());
    let credited = revenue::credited(tx, company, span)?.into_iter().filter(|one| is_ours(&one.reason));
    let disputed = revenue::disputed(tx, company, span)?.into_iter().filter(|one| is_ours_in_dispute(&one.reason));
    let found = credited.map(|one| ("credited", one)).chain(disputed.map(|one| ("disputed", one)));
    for (found, Corrected { invoice, reason, actor, item }) in found {
        wrong.insert(invoice);
        *counts.entry((found, reason, actor, item)).or_default() += 1;
    }
    let share = |part: i64, whole: i64| if whole == 0 { Ok(0) } else { share_minor(10_000, part, whole) };
    let mut rows = Vec::with_capacity(counts.len());
    for ((found, reason, actor, item), invoices) in counts {
        let share_bps = share(invoices, issued.get(&actor).copied().unwrap_or(0))?;
        rows.push(Wrong { found, reason, actor, item, invoices, share_bps });
    }
    let (all, wrong) = (issued.values().sum(), i64::try_from(wrong.len()).unwrap_or(i64::MAX));
    Ok(Accuracy { rows, issued: all, wrong, share_bps: share(wrong, all)? })
}

fn is_ours(reason: &str) -> bool {
    use Credited::{WrongItem, WrongName, WrongPrice, WrongQuantity, WrongTax, WrongTin};
    let ours = [WrongTin, WrongName, WrongPrice, WrongQuantity, WrongItem, WrongTax].map(Credited::code);
    reason == super::credit_note::VOID || ours.contains(&reason)
}

fn is_ours_in_dispute(reason: &str) -> bool {
    [Disputed::Price, Disputed::Quantity, Disputed::Tax].map(Disputed::code).contains(&reason)
}

/// Our own number series, each with its gaps.
pub fn series(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<Series>, Error> {
    actor.may(Right::Read)?;
    revenue::series(tx, actor.company.id)
}
