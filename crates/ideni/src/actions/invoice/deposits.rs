//! Deposits: what an invoice takes off those that were billed before, each on a line of its own.

use receivables::billing::line::{Discount, Prices, tax_on};
use receivables::money::share_minor;
use receivables::{Money, Refusal};
use rust_decimal::Decimal;
use store::deposit::{self, Deduction};
use store::{Error, Tx, customer, document};

use super::{Amounts, Given, GivenLine};
use crate::actions::{Actor, tax};
use crate::words::{self, Language};

/// Puts a line behind the others for each deposit that is settled and each class of it, as far as the lines of that class go.
pub(super) fn written_out(tx: &mut Tx<'_>, actor: &Actor, given: &mut Given) -> Result<(), Error> {
    let company = actor.company.id;
    let taxes = tax::of_country(&actor.company.country)?;
    let whole = Amounts::of(&Given { net: None, tax: None, total: None, ..given.clone() }, taxes)?;
    let mut free: Vec<(String, i64)> = whole.taxes.iter().map(|of| (of.class.clone(), of.net)).collect();
    let billed = customer::get(tx, company, &given.customer)?;
    let language = Language::from_code(&billed.language);
    for number in given.settles.clone() {
        let found = document::get(tx, company, &number)?;
        if !deposit::is_deposit(tx, company, found.id)? {
            return Err(Refusal::NoDeposit { number }.into());
        }
        store::credit_note::lock(tx, company, found.id)?;
        let is_theirs = deposit::of_customer(tx, company, billed.id, given.currency)?;
        if !is_theirs.iter().any(|one| one.document == found.id) {
            return Err(Refusal::OtherCustomer { source: number, item: given.customer.clone() }.into());
        }
        let left = deposit::left(tx, company, found.id)?;
        let (mut rest, mut rest_base) = (left.net(), left.base);
        let mut took = false;
        for (class, net) in left.classes {
            let Some((_, room)) = free.iter_mut().find(|(known, _)| *known == class) else { continue };
            let taken = net.min(*room);
            if taken <= 0 {
                continue;
            }
            *room -= taken;
            took = true;
            let base = share_minor(rest_base, taken, rest)?;
            (rest, rest_base) = (rest - taken, rest_base - base);
            let rate = taxes.class(&class, given.issued_on)?.rate;
            let written = match given.prices {
                Prices::Net => taken,
                Prices::Gross => taken + tax_on(taken, rate, Prices::Net)?,
            };
            given.lines.push(GivenLine {
                description: words::say(language, "deposit-line", &[("number", &number)]),
                quantity: Decimal::ONE,
                unit: None,
                unit_price: -Money::new(written, given.currency).to_major(),
                discount: Discount::NONE,
                tax_class: class.clone(),
                item: None,
            });
            let no = i32::try_from(given.lines.len()).unwrap_or(i32::MAX);
            given.deductions.push(Deduction { no, deposit: found.id, class, net: -taken, base: -base });
        }
        if !took {
            return Err(Refusal::NothingToSettle { number }.into());
        }
    }
    Ok(())
}

/// Whether what a credit note takes back is a deposit; refused where it takes more than is left of it.
pub(super) fn credited(
    tx: &mut Tx<'_>,
    actor: &Actor,
    credited: receivables::Id<receivables::ids::Document>,
    number: &str,
    net: i64,
) -> Result<bool, Error> {
    let company = actor.company.id;
    if !deposit::is_deposit(tx, company, credited)? {
        return Ok(false);
    }
    store::credit_note::lock(tx, company, credited)?;
    if deposit::left(tx, company, credited)?.net() < net {
        return Err(Refusal::DepositSettled { number: number.to_owned() }.into());
    }
    Ok(true)
}
