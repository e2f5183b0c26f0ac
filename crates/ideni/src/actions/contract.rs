//! Recurring contracts: agreed, changed, ended; and the run that bills what is due of them, each period once.

mod due;

use std::collections::BTreeMap;

use receivables::billing::contract::{Anchor, MONTHS, Raise, Rhythm, Span, When};
use receivables::billing::line::Prices;
use receivables::billing::terms::Terms;
use receivables::ids::{self, Id};
use receivables::ledger::Rate;
use receivables::{Currency, Date, Money, Refusal, Unusable};
use rust_decimal::Decimal;
use store::contract::{self, Contract, Line, LineItem, NewContract, Payable};
use store::{Error, Tx, charge, customer, meter};

use self::due::{Due, due};
use super::invoice::{GivenLine, Outcome, Poster};
use super::{Actor, Once, Right, Subject, act, item, needs, needs_reason, once, tax, text};

/// Invoices in one transaction of a run.
const AT_ONCE: usize = 400;
/// The longest code and name, in characters.
const CODE_MAX: usize = 40;
const NAME_MAX: usize = 200;

/// A contract as it was agreed.
#[derive(Clone, Debug)]
pub struct Given {
    pub code: String,
    pub name: String,
    pub customer: String,
    pub currency: Currency,
    pub starts_on: Date,
    /// One of [`MONTHS`].
    pub months: i32,
    pub anchor: Anchor,
    pub when: When,
    pub prices: Prices,
    pub terms: Option<Terms>,
    /// Priced in a foreign currency, and billed in the company's.
    pub payable: Option<Payable>,
    pub lines: Vec<GivenLine>,
}

/// How a contract in a foreign currency is billed in the company's: at the rate that was agreed, or at that of the `day`.
pub fn payable(text: &str) -> Result<Payable, Refusal> {
    if text.trim() == "day" {
        return Ok(Payable::AtDay);
    }
    let rate = Decimal::from_str_exact(text.trim()).ok().and_then(Rate::from_decimal);
    let unusable = || Refusal::Invalid { field: "payable".into(), value: text.into(), reason: Unusable::NoPayableRate };
    Ok(Payable::At(rate.ok_or_else(unusable)?))
}

/// Writes a contract down.
pub fn add(tx: &mut Tx<'_>, actor: &Actor, given: &Given, key: Option<&Once>) -> Result<(), Error> {
    needs("code", &given.code)?;
    let (code, name) = (text("code", &given.code, CODE_MAX)?, text("name", &given.name, NAME_MAX)?);
    if !MONTHS.contains(&given.months) {
        let known = MONTHS.map(|months| months.to_string()).join(", ");
        let (field, value) = ("months".into(), given.months.to_string());
        return Err(Refusal::Invalid { field, value, reason: Unusable::NotAmong { known } }.into());
    }
    if given.lines.is_empty() {
        return Err(Refusal::Missing { field: "lines".into() }.into());
    }
    let taxes = tax::of_country(&actor.company.country)?;
    for (no, line) in given.lines.iter().enumerate() {
        if line.item.is_none() {
            needs("description", &line.description).map_err(|refusal| refusal.in_line(no))?;
        }
        let is_of_item = line.item.is_some() && line.tax_class.is_empty();
        if !taxes.is_empty() && !is_of_item {
            taxes.class(&line.tax_class, given.starts_on).map_err(|refusal| refusal.in_line(no))?;
        }
    }
    if let Some(terms) = &given.terms {
        taxes.discount(terms.treatment())?;
    }
    if given.payable.is_some() && given.currency == actor.company.currency {
        let (field, value) = ("payable".into(), given.currency.to_string());
        return Err(Refusal::Invalid { field, value, reason: Unusable::OwnCurrency }.into());
    }
    once(tx, actor, key, |tx| {
        act(tx, actor, Right::ContractSave, Subject { name: code, cause: None }, |tx| {
            let company = actor.company.id;
            for item in given.lines.iter().filter_map(|line| line.item.as_ref()) {
                item::offered(tx, actor, &item.code)?;
            }
            if contract::get(tx, company, code).is_ok() {
                return Err(Refusal::Exists { kind: "contract".into(), name: code.into() }.into());
            }
            let new = NewContract {
                code: code.to_owned(),
                name: name.to_owned(),
                customer: customer::get(tx, company, &given.customer)?.id,
                currency: given.currency,
                starts_on: given.starts_on,
                months: given.months,
                anchor: given.anchor.code(),
                bills: given.when.code(),
                gross: given.prices == Prices::Gross,
                terms: given.terms.as_ref().map(Terms::to_string),
                payable: given.payable,
            };
            let id = contract::save(tx, company, &new)?;
            let lines: Vec<Line> = (1..).zip(&given.lines).map(|(no, line)| kept(no, line, given.starts_on)).collect();
            contract::save_lines(tx, company, id, &lines)
        })
    })
}

fn kept(no: i32, line: &GivenLine, from_on: Date) -> Line {
    Line {
        no,
        description: line.description.clone(),
        quantity: line.quantity.normalize().to_string(),
        unit: line.unit.clone(),
        unit_price: line.unit_price.normalize().to_string(),
        discount: line.discount.to_string(),
        tax_class: line.tax_class.clone(),
        from_on,
        last_on: None,
        item: line.item.as_ref().map(|of| LineItem { code: of.code.clone(), is_priced: of.is_priced }),
    }
}

/// A new price, quantity or both of a line, from a day on.
#[derive(Clone, Debug)]
pub struct Change {
    pub contract: String,
    pub no: i32,
    pub unit_price: Option<Decimal>,
    pub quantity: Option<Decimal>,
    pub from_on: Date,
    pub reason: String,
}

/// Changes a line from a day on; what was billed already stays.
pub fn change(tx: &mut Tx<'_>, actor: &Actor, change: &Change, key: Option<&Once>) -> Result<(), Error> {
    needs_reason(&change.reason)?;
    if change.unit_price.is_none() && change.quantity.is_none() {
        return Err(Refusal::Missing { field: "unit_price".into() }.into());
    }
    once(tx, actor, key, |tx| {
        let subject = Subject { name: &change.contract, cause: Some(&change.reason) };
        act(tx, actor, Right::ContractSave, subject, |tx| {
            let company = actor.company.id;
            let known = contract::get(tx, company, &change.contract)?;
            contract::lock(tx, company, known.id)?;
            let missing = || Refusal::NotFound { kind: "line".into(), name: change.no.to_string() };
            let line = known.lines.iter().find(|line| line.no == change.no && line.last_on.is_none());
            let line = line.ok_or_else(missing)?;
            not_billed(&known, change.from_on)?;
            if change.from_on < line.from_on {
                let (field, value) = ("from_on".into(), change.from_on.to_string());
                let reason = Unusable::BeforeLine { from: line.from_on };
                return Err(Refusal::Invalid { field, value, reason }.into());
            }
            let or = |new: Option<Decimal>, old: &str| new.map_or(old.to_owned(), |new| new.normalize().to_string());
            let mut next = Line {
                unit_price: or(change.unit_price, &line.unit_price),
                quantity: or(change.quantity, &line.quantity),
                ..line.clone()
            };
            if let Some(item) = &mut next.item {
                item.is_priced |= change.unit_price.is_some();
            }
            replace(tx, actor, &known, vec![next], (change.from_on, &change.reason))
        })
    })
}

/// Ends lines of a contract, and lets others with the same words go on from a day on.
fn replace(
    tx: &mut Tx<'_>,
    actor: &Actor,
    known: &Contract,
    mut next: Vec<Line>,
    (from_on, reason): (Date, &str),
) -> Result<(), Error> {
    let last = known.lines.iter().map(|line| line.no).max().unwrap_or(0);
    for (no, line) in (last + 1..).zip(&mut next) {
        contract::end_line(tx, actor.company.id, known.id, line.no, from_on.plus_days(-1), reason)?;
        (line.no, line.from_on, line.last_on) = (no, from_on, None);
    }
    contract::save_lines(tx, actor.company.id, known.id, &next)
}

/// New prices for all lines of a contract from a day on.
#[derive(Clone, Debug)]
pub struct Indexed {
    pub contract: String,
    pub raise: Raise,
    pub from_on: Date,
    pub reason: String,
}

/// What a line costs after it, and before.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct NewPrice {
    pub line: i32,
    pub description: String,
    pub currency: String,
    pub was: String,
    pub becomes: String,
}

/// Raises what all lines cost that hold on a day, from then on, each rounded half up to the currency's smallest unit; what was
/// billed already stays. Lines that cost what the catalogue says are raised there, and tariffs of meters by themselves.
pub fn index(tx: &mut Tx<'_>, actor: &Actor, indexed: &Indexed, key: Option<&Once>) -> Result<Vec<NewPrice>, Error> {
    needs_reason(&indexed.reason)?;
    once(tx, actor, key, |tx| {
        let subject = Subject { name: &indexed.contract, cause: Some(&indexed.reason) };
        act(tx, actor, Right::ContractSave, subject, |tx| {
            let known = contract::get(tx, actor.company.id, &indexed.contract)?;
            contract::lock(tx, actor.company.id, known.id)?;
            let (next, prices) = raised(&known, indexed)?;
            replace(tx, actor, &known, next, (indexed.from_on, &indexed.reason))?;
            Ok(prices)
        })
    })
}

/// The same, without changing anything.
pub fn index_preview(tx: &mut Tx<'_>, actor: &Actor, indexed: &Indexed) -> Result<Vec<NewPrice>, Error> {
    actor.may(Right::Read)?;
    let known = contract::get(tx, actor.company.id, &indexed.contract)?;
    Ok(raised(&known, indexed)?.1)
}

/// The lines as they go on, each with the number of the one that it follows.
fn raised(known: &Contract, indexed: &Indexed) -> Result<(Vec<Line>, Vec<NewPrice>), Error> {
    not_billed(known, indexed.from_on)?;
    let (mut next, mut prices) = (Vec::new(), Vec::new());
    for line in known.lines.iter().filter(|line| line.last_on.is_none()) {
        if line.item.as_ref().is_some_and(|item| !item.is_priced) {
            continue;
        }
        if indexed.from_on < line.from_on {
            let (field, value) = ("from_on".into(), indexed.from_on.to_string());
            return Err(Refusal::Invalid { field, value, reason: Unusable::BeforeLine { from: line.from_on } }.into());
        }
        let was = Decimal::from_str_exact(&line.unit_price).map_err(|e| Error::failed("reading a contract", e))?;
        let becomes = indexed.raise.price(was, known.currency)?.to_string();
        prices.push(NewPrice {
            line: line.no,
            description: line.description.clone(),
            currency: known.currency.to_string(),
            was: line.unit_price.clone(),
            becomes: becomes.clone(),
        });
        next.push(Line { unit_price: becomes, ..line.clone() });
    }
    if next.is_empty() {
        return Err(Refusal::NotFound { kind: "line".into(), name: indexed.contract.clone() }.into());
    }
    Ok((next, prices))
}

/// Ends a contract with its last day.
pub fn end(
    tx: &mut Tx<'_>,
    actor: &Actor,
    code: &str,
    last_on: Date,
    reason: &str,
    key: Option<&Once>,
) -> Result<(), Error> {
    needs_reason(reason)?;
    once(tx, actor, key, |tx| {
        act(tx, actor, Right::ContractSave, Subject { name: code, cause: Some(reason) }, |tx| {
            let company = actor.company.id;
            let known = contract::get(tx, company, code)?;
            contract::lock(tx, company, known.id)?;
            if known.ends_on.is_some() {
                return Err(Refusal::Exists { kind: "end".into(), name: code.into() }.into());
            }
            not_billed(&known, last_on.plus_days(1))?;
            if last_on < known.starts_on {
                let (field, value) = ("last_on".into(), last_on.to_string());
                let reason = Unusable::BeforeLine { from: known.starts_on };
                return Err(Refusal::Invalid { field, value, reason }.into());
            }
            contract::end(tx, company, known.id, last_on, reason)
        })
    })
}

/// Refuses a change within what was billed: that is credited, and the contract changed from a later day on.
pub(super) fn not_billed(known: &Contract, from_on: Date) -> Result<(), Refusal> {
    match known.billed.iter().find(|billed| billed.until_on >= from_on) {
        None => Ok(()),
        Some(billed) => Err(Refusal::PeriodBilled { number: billed.number.clone(), until: billed.until_on }),
    }
}

fn rhythm(known: &Contract) -> Result<Rhythm, Error> {
    Ok(Rhythm {
        months: known.months,
        anchor: Anchor::from_code(&known.anchor)?,
        when: When::from_code(&known.bills)?,
        starts_on: known.starts_on,
        ends_on: known.ends_on,
    })
}

/// An invoice that a run would post.
#[derive(Clone, Debug)]
pub struct Planned {
    pub contract: String,
    pub customer: String,
    pub name: String,
    pub period: Span,
    /// The day from which it could be billed.
    pub due_on: Date,
    pub net: Money,
    pub total: Money,
    /// Net of the invoice of the period before it, where there was one.
    pub before: Option<i64>,
    /// A person decides: more documents for the customer on this day than the company lets a run make, or [`Planned::held`].
    pub is_parked: bool,
    /// Why no run posts it as it is, and what to do.
    pub held: Option<Refusal>,
    /// Meters that were not read in the period: nothing of them is billed with it.
    pub unread: Vec<String>,
}

/// What is due of contracts on a day: of one, or of all.
pub fn plan(tx: &mut Tx<'_>, actor: &Actor, today: Date, code: Option<&str>) -> Result<Vec<Planned>, Error> {
    actor.may(Right::Read)?;
    let which = Which { contract: code.map(str::to_owned), parked: false };
    let due = due(tx, actor, today, &which, usize::MAX)?;
    let mut before: BTreeMap<String, i64> = BTreeMap::new();
    let mut planned = Vec::with_capacity(due.len());
    for one in due {
        let last = one.contract.billed.iter().rfind(|billed| billed.from_on < one.period.from).map(|b| b.net);
        let last = before.insert(one.contract.code.clone(), one.net.minor).or(last);
        planned.push(Planned {
            contract: one.contract.code.clone(),
            customer: one.contract.customer_code.clone(),
            name: one.contract.customer_name.clone(),
            period: one.period,
            due_on: match When::from_code(&one.contract.bills)? {
                When::Advance => one.period.from,
                When::Arrears => one.period.until.plus_days(1),
            },
            net: one.net,
            total: one.total,
            before: last,
            is_parked: one.is_parked || one.held.is_some(),
            held: one.held,
            unread: one.written.unread,
        });
    }
    Ok(planned)
}

/// One invoice of a run.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Billed {
    pub contract: String,
    pub number: String,
    pub from: String,
    pub until: String,
    pub total: String,
    pub currency: String,
}

/// Which periods a run bills.
#[derive(Clone, Debug, Default)]
pub struct Which {
    /// Of one contract only.
    pub contract: Option<String>,
    /// Those, too, that were parked for a person to decide.
    pub parked: bool,
}

/// Bills what is due, the first invoices of it; nothing comes back where nothing is left. Each period is billed once, however
/// often and by how many it runs.
pub fn run(
    tx: &mut Tx<'_>,
    actor: &Actor,
    today: Date,
    which: &Which,
    key: Option<&Once>,
) -> Result<Vec<Billed>, Error> {
    once(tx, actor, key, |tx| {
        let name = which.contract.clone().unwrap_or_else(|| today.to_string());
        act(tx, actor, Right::ContractRun, Subject { name: &name, cause: None }, |tx| {
            let company = actor.company.id;
            let mut due = due(tx, actor, today, which, AT_ONCE)?;
            due.retain(|one| one.held.is_none() && (which.parked || !one.is_parked));
            let mut poster = Poster::default();
            let mut billed = Vec::new();
            let mut kept: Vec<(Due, Id<ids::Document>)> = Vec::new();
            for one in due {
                contract::lock(tx, company, one.contract.id)?;
                // Another may have billed it while this one waited for the lock.
                if contract::is_billed(tx, company, one.contract.id, one.period.from)? {
                    continue;
                }
                for (id, _) in &one.written.charges {
                    if charge::find(tx, company, *id)?.is_none_or(|charge| charge.withdrawn.is_some()) {
                        return Err(Error::Again(format!(
                            "a charge of {} was taken back meanwhile",
                            one.contract.code
                        )));
                    }
                }
                let Outcome::Created(posted) = poster.add(tx, actor, today, &one.written.given)? else { continue };
                let id = posted.id.parse().map_err(|_| Error::Failed("an id that was just given is none".into()))?;
                billed.push(Billed {
                    contract: one.contract.code.clone(),
                    number: posted.number,
                    from: one.period.from.to_string(),
                    until: one.period.until.to_string(),
                    total: one.total.major_text(),
                    currency: one.total.currency.to_string(),
                });
                kept.push((one, id));
            }
            poster.save(tx, actor)?;
            for (one, document) in kept {
                let period = (one.period.from, one.period.until);
                contract::save_bill(tx, company, one.contract.id, period, document)?;
                for of in &one.written.usage {
                    meter::save_bill(tx, company, of.meter, &of.bill, document, &of.lines)?;
                }
                for (charge, no) in one.written.charges {
                    charge::save_bill(tx, company, charge, document, no)?;
                }
            }
            Ok(billed)
        })
    })
}

/// Every contract, by code.
pub fn list(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<Contract>, Error> {
    actor.may(Right::Read)?;
    contract::all(tx, actor.company.id)
}

/// The contract of a code.
pub fn get(tx: &mut Tx<'_>, actor: &Actor, code: &str) -> Result<Contract, Error> {
    actor.may(Right::Read)?;
    contract::get(tx, actor.company.id, code)
}
