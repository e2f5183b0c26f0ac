//! Recurring contracts: agreed, changed, ended; and the run that bills what is due of them, each period once.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use receivables::billing::contract::{Anchor, MONTHS, Rhythm, Span, When, covered};
use receivables::billing::line::{Discount, Prices};
use receivables::billing::terms::Terms;
use receivables::ids::{self, Id};
use receivables::{Currency, Date, Money, Refusal, Unusable};
use rust_decimal::Decimal;
use store::contract::{self, Contract, Line, NewContract};
use store::{Error, Tx, customer};

use super::invoice::{self, Amounts, GivenLine, LINES_MAX, Outcome, Poster};
use super::setting::Setting;
use super::{Actor, Once, Right, Subject, act, needs, needs_reason, once, tax, text};
use crate::words::{self, Language};

/// Periods of one contract that a run bills at once, at most: a contract that starts far back is billed bit by bit.
const PERIODS_AT_ONCE: usize = 36;
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
    pub lines: Vec<GivenLine>,
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
        if let Some(item) = &line.item {
            let (field, value, reason) = ("item".into(), item.code.clone(), Unusable::NoItemInContract);
            return Err(Refusal::Invalid { field, value, reason }.in_line(no).into());
        }
        needs("description", &line.description).map_err(|refusal| refusal.in_line(no))?;
        if !taxes.is_empty() {
            taxes.class(&line.tax_class, given.starts_on).map_err(|refusal| refusal.in_line(no))?;
        }
    }
    if let Some(terms) = &given.terms {
        taxes.discount(terms.treatment())?;
    }
    once(tx, actor, key, |tx| {
        act(tx, actor, Right::ContractSave, Subject { name: code, cause: None }, |tx| {
            let company = actor.company.id;
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
            contract::end_line(tx, company, known.id, line.no, change.from_on.plus_days(-1), &change.reason)?;
            let or = |new: Option<Decimal>, old: &str| new.map_or(old.to_owned(), |new| new.normalize().to_string());
            let next = Line {
                no: known.lines.iter().map(|line| line.no).max().unwrap_or(0) + 1,
                unit_price: or(change.unit_price, &line.unit_price),
                quantity: or(change.quantity, &line.quantity),
                from_on: change.from_on,
                last_on: None,
                ..line.clone()
            };
            contract::save_lines(tx, company, known.id, &[next])
        })
    })
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
fn not_billed(known: &Contract, from_on: Date) -> Result<(), Refusal> {
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
    pub net: Money,
    pub total: Money,
    /// Net of the invoice of the period before it, where there was one.
    pub before: Option<i64>,
    /// More documents for the customer on this day than the company lets a run make: a person decides.
    pub is_parked: bool,
}

/// What is due of contracts on a day: of one, or of all.
pub fn plan(tx: &mut Tx<'_>, actor: &Actor, today: Date, code: Option<&str>) -> Result<Vec<Planned>, Error> {
    actor.may(Right::Read)?;
    let which = Which { contract: code.map(str::to_owned), parked: false };
    let due = due(tx, actor, today, &which, usize::MAX)?;
    let taxes = tax::of_country(&actor.company.country)?;
    let mut before: BTreeMap<String, i64> = BTreeMap::new();
    let mut planned = Vec::with_capacity(due.len());
    for one in due {
        let amounts = Amounts::of(&one.given, taxes)?;
        let last = one.contract.billed.iter().rfind(|billed| billed.from_on < one.period.from).map(|b| b.net);
        let last = before.insert(one.contract.code.clone(), amounts.net.minor).or(last);
        planned.push(Planned {
            contract: one.contract.code.clone(),
            customer: one.contract.customer_code.clone(),
            name: one.contract.customer_name.clone(),
            period: one.period,
            net: amounts.net,
            total: amounts.total,
            before: last,
            is_parked: one.is_parked,
        });
    }
    Ok(planned)
}

/// One period that is due, as the invoice it becomes.
struct Due {
    contract: Rc<Contract>,
    period: Span,
    given: invoice::Given,
    is_parked: bool,
}

/// What is due; the search ends where so many wait that a run bills.
fn due(tx: &mut Tx<'_>, actor: &Actor, today: Date, which: &Which, most_due: usize) -> Result<Vec<Due>, Error> {
    let company = actor.company.id;
    let all = match which.contract.as_deref() {
        Some(code) => vec![contract::get(tx, company, code)?],
        None => contract::all(tx, company)?,
    };
    let most = i64::from(Setting::DocumentsADay.whole(tx, company, today)?);
    let mut made = contract::issued_on(tx, company, today)?;
    let (mut due, mut wanted) = (Vec::new(), 0);
    for known in all {
        let billed: BTreeSet<Date> = known.billed.iter().map(|billed| billed.from_on).collect();
        let periods = rhythm(&known)?.due(today, |from| billed.contains(&from), PERIODS_AT_ONCE);
        let language = Language::from_code(&known.language);
        let known = Rc::new(known);
        for (period, whole) in periods {
            let Some(given) = given(&known, language, today, period, whole)? else { continue };
            let count = made.entry(known.customer).or_default();
            *count += 1;
            let is_parked = *count > most;
            due.push(Due { contract: known.clone(), period, given, is_parked });
            wanted += usize::from(which.parked || !is_parked);
            if wanted == most_due {
                return Ok(due);
            }
        }
    }
    Ok(due)
}

/// The invoice of a period; `None` where no line holds in it.
fn given(
    known: &Contract,
    language: Language,
    today: Date,
    period: Span,
    whole: Span,
) -> Result<Option<invoice::Given>, Error> {
    let decimal = |text: &str| Decimal::from_str_exact(text).map_err(|e| Error::failed("reading a contract", e));
    let mut lines = Vec::new();
    for line in &known.lines {
        let holds = Span { from: line.from_on, until: line.last_on.unwrap_or(period.until) };
        let Some((quantity, days)) = covered(decimal(&line.quantity)?, holds, period, whole) else { continue };
        let (from, until) = (words::day(language, days.from), words::day(language, days.until));
        let told = [("what", line.description.as_str()), ("from", &from), ("until", &until)];
        lines.push(GivenLine {
            description: words::say(language, "contract-line", &told),
            quantity,
            unit: line.unit.clone(),
            unit_price: decimal(&line.unit_price)?,
            discount: Discount::read(&line.discount)?,
            tax_class: line.tax_class.clone(),
            item: None,
        });
    }
    if lines.is_empty() || lines.len() > LINES_MAX {
        return Ok(None);
    }
    Ok(Some(invoice::Given {
        lines,
        prices: if known.gross { Prices::Gross } else { Prices::Net },
        terms: known.terms.as_deref().map(Terms::read).transpose()?,
        ..invoice::Given::to(known.customer_code.clone(), today, known.currency)
    }))
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
            due.retain(|one| which.parked || !one.is_parked);
            let mut poster = Poster::default();
            let mut billed = Vec::new();
            let mut kept: Vec<(Id<ids::Contract>, Span, Id<ids::Document>)> = Vec::new();
            for one in due {
                contract::lock(tx, company, one.contract.id)?;
                // Another may have billed it while this one waited for the lock.
                if contract::is_billed(tx, company, one.contract.id, one.period.from)? {
                    continue;
                }
                let total = Amounts::of(&one.given, tax::of_country(&actor.company.country)?)?.total;
                let Outcome::Created(posted) = poster.add(tx, actor, today, &one.given)? else { continue };
                let id = posted.id.parse().map_err(|_| Error::Failed("an id that was just given is none".into()))?;
                kept.push((one.contract.id, one.period, id));
                billed.push(Billed {
                    contract: one.contract.code.clone(),
                    number: posted.number,
                    from: one.period.from.to_string(),
                    until: one.period.until.to_string(),
                    total: total.major_text(),
                    currency: total.currency.to_string(),
                });
            }
            poster.save(tx, actor)?;
            for (contract, period, document) in kept {
                contract::save_bill(tx, company, contract, (period.from, period.until), document)?;
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
