//! Work that was done and is not billed yet: deliveries, hours, jobs, each with what proves it; and the invoice that bills it.

use receivables::billing::item::priced;
use receivables::ids::{self, Id};
use receivables::{Currency, Date, Refusal, Unusable};
use rust_decimal::Decimal;
use store::unbilled::{self, NewUnbilled, Unbilled};
use store::{Error, Tx, customer};

use super::invoice::{self, GivenLine, OfItem, Outcome, Posted, Poster, References};
use super::{Actor, Once, Right, Subject, act, item, needs, needs_reason, once, tax, text};
use crate::words::{self, Language};

/// The longest description, unit and proof, in characters.
const DESCRIPTION_MAX: usize = 500;
const UNIT_MAX: usize = 20;
const PROOF_MAX: usize = 200;

/// Work as it is written down.
#[derive(Clone, Debug)]
pub struct Given {
    pub customer: String,
    pub currency: Currency,
    pub description: String,
    pub quantity: Decimal,
    pub unit: Option<String>,
    /// In major units; the catalogue's on the day of the work where it sells an item and is left out.
    pub unit_price: Option<Decimal>,
    pub tax_class: String,
    /// The code of an item of the catalogue.
    pub item: Option<String>,
    pub done_on: Date,
    /// What proves it: a delivery note, a time sheet, a signed job card.
    pub proof: String,
}

/// Writes work down; it comes back as an id.
pub fn add(tx: &mut Tx<'_>, actor: &Actor, today: Date, given: &Given, key: Option<&Once>) -> Result<String, Error> {
    needs("proof", &given.proof)?;
    let proof = text("proof", &given.proof, PROOF_MAX)?;
    let unit = given.unit.as_deref().map(|unit| text("unit", unit, UNIT_MAX)).transpose()?;
    priced("quantity", given.quantity)?;
    if given.done_on > today {
        let (field, value) = ("done_on".into(), given.done_on.to_string());
        return Err(Refusal::Invalid { field, value, reason: Unusable::DoneAfterToday { today } }.into());
    }
    once(tx, actor, key, |tx| {
        act(tx, actor, Right::UnbilledSave, Subject { name: &given.customer, cause: None }, |tx| {
            let company = actor.company.id;
            let whom = customer::get(tx, company, &given.customer)?.id;
            if let Some(code) = &given.item {
                item::offered(tx, actor, code)?;
            }
            let line = written_out(tx, actor, given)?;
            needs("description", &line.description)?;
            let description = text("description", &line.description, DESCRIPTION_MAX)?;
            let taxes = tax::of_country(&actor.company.country)?;
            if !taxes.is_empty() {
                taxes.class(&line.tax_class, given.done_on)?;
            }
            let (quantity, unit_price) = (given.quantity.normalize(), priced("unit_price", line.unit_price)?);
            let new = NewUnbilled {
                customer: whom,
                currency: given.currency,
                description,
                quantity: &quantity.to_string(),
                unit: unit.filter(|unit| !unit.is_empty()).or(line.unit.as_deref()),
                unit_price: &unit_price.to_string(),
                tax_class: &line.tax_class,
                item: given.item.as_deref(),
                done_on: given.done_on,
                proof,
            };
            Ok(unbilled::save(tx, company, &new)?.to_string())
        })
    })
}

/// The line of work; what it leaves out is the catalogue's on the day of the work.
fn written_out(tx: &mut Tx<'_>, actor: &Actor, given: &Given) -> Result<GivenLine, Error> {
    let is_priced = given.unit_price.is_some();
    if !is_priced && given.item.is_none() {
        return Err(Refusal::Missing { field: "unit_price".into() }.into());
    }
    let line = GivenLine {
        description: given.description.clone(),
        quantity: given.quantity,
        unit: None,
        unit_price: given.unit_price.unwrap_or_default(),
        discount: receivables::billing::line::Discount::NONE,
        tax_class: given.tax_class.clone(),
        item: given.item.as_ref().map(|code| OfItem { code: code.clone(), is_priced }),
    };
    let on_its_day = invoice::Given {
        lines: vec![line],
        ..invoice::Given::to(given.customer.clone(), given.done_on, given.currency)
    };
    let found = invoice::written_out(tx, actor, &on_its_day)?.lines.pop();
    found.ok_or_else(|| Error::Failed("a line was written out as none".into()))
}

/// All that waits to be billed, of a customer or of all, the oldest first.
pub fn list(tx: &mut Tx<'_>, actor: &Actor, code: Option<&str>) -> Result<Vec<Unbilled>, Error> {
    actor.may(Right::Read)?;
    let company = actor.company.id;
    match code {
        None => unbilled::waiting(tx, company),
        Some(code) => {
            let whom = customer::get(tx, company, code)?.id;
            unbilled::of(tx, company, whom)
        }
    }
}

/// What is billed of a customer's work.
#[derive(Clone, Debug)]
pub struct Which {
    pub customer: String,
    /// These only; all that waits in the currency where there are none.
    pub only: Vec<String>,
    pub currency: Currency,
    pub references: References,
}

/// One invoice for what waits of a customer; each piece of work is billed once.
pub fn bill(tx: &mut Tx<'_>, actor: &Actor, today: Date, which: &Which, key: Option<&Once>) -> Result<Posted, Error> {
    once(tx, actor, key, |tx| {
        act(tx, actor, Right::InvoiceIssue, Subject { name: &which.customer, cause: None }, |tx| {
            let company = actor.company.id;
            let whom = customer::get(tx, company, &which.customer)?;
            let waiting = unbilled::of(tx, company, whom.id)?;
            let work = chosen(tx, actor, which, waiting)?;
            if work.is_empty() {
                return Err(Refusal::NothingUnbilled { customer: whom.code }.into());
            }
            let language = Language::from_code(&whom.language);
            let given = invoice::Given {
                lines: work.iter().map(|one| line(language, one)).collect::<Result<_, _>>()?,
                references: which.references.clone(),
                ..invoice::Given::to(whom.code.clone(), today, which.currency)
            };
            let mut poster = Poster::default();
            let Outcome::Created(posted) = poster.add(tx, actor, today, &given)? else {
                return Err(invoice::exists(whom.code));
            };
            poster.save(tx, actor)?;
            let document = posted.id.parse().map_err(|_| Error::Failed("an id that was just given is none".into()))?;
            for (no, one) in (1..).zip(&work) {
                unbilled::save_bill(tx, company, one.id, (document, no), today)?;
            }
            Ok(posted)
        })
    })
}

/// The work that was asked for, each locked; refused where one was billed before or is another customer's.
fn chosen(tx: &mut Tx<'_>, actor: &Actor, which: &Which, waiting: Vec<Unbilled>) -> Result<Vec<Unbilled>, Error> {
    let company = actor.company.id;
    for id in &which.only {
        let id = waits(tx, actor, id)?;
        let missing = || Refusal::NotFound { kind: "unbilled work".into(), name: id.to_string() };
        waiting.iter().find(|one| one.id == id && one.currency == which.currency).ok_or_else(missing)?;
    }
    let asked = |one: &Unbilled| which.only.is_empty() || which.only.iter().any(|id| id.parse() == Ok(one.id));
    let mut work: Vec<Unbilled> =
        waiting.into_iter().filter(|one| one.currency == which.currency && asked(one)).collect();
    work.truncate(invoice::LINES_MAX);
    for one in &work {
        unbilled::lock(tx, company, one.id)?;
        // Another may have billed it while this one waited for the lock.
        waits(tx, actor, &one.id.to_string())?;
    }
    Ok(work)
}

/// The id of work that waits; refused where there is none, or where it was billed or given up.
fn waits(tx: &mut Tx<'_>, actor: &Actor, id: &str) -> Result<Id<ids::Unbilled>, Error> {
    let missing = || Refusal::NotFound { kind: "unbilled work".into(), name: id.into() };
    let known: Id<ids::Unbilled> = id.trim().parse().map_err(|_| missing())?;
    let end = unbilled::end(tx, actor.company.id, known)?.ok_or_else(missing)?;
    match end.on {
        None => Ok(known),
        Some(on) => {
            let became = end.invoice.or(end.reason).unwrap_or_default();
            Err(Refusal::UnbilledEnded { on, became }.into())
        }
    }
}

/// The line of work on an invoice: what, when it was done, and what proves it.
fn line(language: Language, one: &Unbilled) -> Result<GivenLine, Error> {
    let told = [("what", one.description.as_str()), ("day", &words::day(language, one.done_on)), ("proof", &one.proof)];
    let number = |text: &str| Decimal::from_str_exact(text).map_err(|e| Error::failed("reading unbilled work", e));
    Ok(GivenLine {
        description: words::say(language, "unbilled-line", &told),
        quantity: number(&one.quantity)?,
        unit: one.unit.clone(),
        unit_price: number(&one.unit_price)?,
        discount: receivables::billing::line::Discount::NONE,
        tax_class: one.tax_class.clone(),
        item: one.item.as_ref().map(|code| OfItem { code: code.clone(), is_priced: true }),
    })
}

/// Gives work up: it is not billed, and the reason stays.
pub fn give_up(
    tx: &mut Tx<'_>,
    actor: &Actor,
    today: Date,
    id: &str,
    reason: &str,
    key: Option<&Once>,
) -> Result<(), Error> {
    needs_reason(reason)?;
    once(tx, actor, key, |tx| {
        act(tx, actor, Right::UnbilledSave, Subject { name: id, cause: Some(reason) }, |tx| {
            let known = waits(tx, actor, id)?;
            unbilled::lock(tx, actor.company.id, known)?;
            waits(tx, actor, id)?;
            unbilled::give_up(tx, actor.company.id, known, reason, today)
        })
    })
}
