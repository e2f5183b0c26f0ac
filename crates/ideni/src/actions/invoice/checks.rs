//! What is odd about an invoice before it is posted.

use receivables::billing::check::{self, Check};
use receivables::{Money, Refusal};
use rust_decimal::Decimal;
use store::check::Words;
use store::document::Kind;
use store::{Error, Tx, customer, period};

use super::super::{Actor, fiscal};
use super::{Given, GivenLine};

/// What a person should look at; nothing of a document made elsewhere.
pub(super) fn of(tx: &mut Tx<'_>, actor: &Actor, given: &Given, total: Money) -> Result<Vec<Check>, Error> {
    if given.kind != Kind::Invoice || given.number.is_some() {
        return Ok(Vec::new());
    }
    let company = actor.company.id;
    // A customer who is made on the way has no past.
    let payer = given.payer.as_deref().unwrap_or(&given.customer);
    let Some(billed) = customer::find(tx, company, &given.customer)? else { return Ok(Vec::new()) };
    let payer = customer::get(tx, company, payer)?.id;
    let mut checks = Vec::new();
    let name = || billed.name.clone();
    let has_tin = billed.tin.is_some();
    if actor.company.country == "rw" && billed.kind == "business" && !has_tin {
        checks.push(Check::NoTin { customer: name() });
    }
    if has_tin && given.references.purchase_code.is_none() && fiscal::wants_purchase_code(tx, actor, given.issued_on)? {
        checks.push(Check::NoPurchaseCode { customer: name() });
    }
    let before = store::check::before(tx, company, payer, given.currency)?;
    match &given.references.order {
        None if check::names_orders(&before) => checks.push(Check::NoOrder { customer: name() }),
        None => {}
        Some(order) => {
            if let Some(number) = store::check::same_order(tx, company, payer, order)? {
                checks.push(Check::SameOrder { order: order.clone(), number });
            }
        }
    }
    if let Some(paper) = &given.references.hand_written
        && let Some(number) = store::check::same_hand_written(tx, company, paper)?
    {
        checks.push(Check::SameHandWritten { paper: paper.clone(), number });
    }
    // An order of its own tells it from another, and so does the number of a paper.
    if given.references.order.is_none() && given.references.hand_written.is_none() {
        let lines: Vec<Words> = given.lines.iter().map(words).collect();
        let of_day = store::check::of_day(tx, company, payer, given.issued_on, total)?;
        if let Some((number, _)) = of_day.into_iter().find(|(_, posted)| *posted == lines) {
            checks.push(Check::SameInvoice { number });
        }
    }
    for line in given.lines.iter().filter(|line| check::names_a_year(&line.description)) {
        if let Some(number) = store::check::same_line(tx, company, payer, &line.description)? {
            checks.push(Check::SameLine { line: line.description.clone(), number });
            break;
        }
    }
    // What deposits take off is no habit.
    if given.settles.is_empty() {
        checks.extend(check::amount(&before, total.minor, given.currency));
    }
    let posted_on = period::posting_day(tx, company, given.issued_on)?;
    if posted_on != given.issued_on {
        checks.push(Check::ClosedPeriod { issued_on: given.issued_on, posted_on });
    }
    Ok(checks)
}

/// A line as it is kept.
fn words(line: &GivenLine) -> Words {
    let number = |number: Decimal| number.normalize().to_string();
    [line.description.clone(), number(line.quantity), number(line.unit_price), line.tax_class.clone()]
}

/// Refuses what nobody said is right.
pub(super) fn passed(checks: &[Check], right: &[String]) -> Result<(), Refusal> {
    let open = |check: &&Check| check.stops() && !right.iter().any(|code| code == check.code());
    match checks.iter().find(open) {
        Some(check) => Err(Refusal::NeedsLook { check: Box::new(check.clone()), code: check.code().into() }),
        None => Ok(()),
    }
}
