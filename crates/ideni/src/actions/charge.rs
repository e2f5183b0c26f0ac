//! What a contract bills once: with the first invoice that is made of it from a day on.

use receivables::billing::item::priced;
use receivables::ids::{self, Id};
use receivables::{Date, Refusal};
use rust_decimal::Decimal;
use store::charge::{self, Charge, NewCharge};
use store::{Error, Tx, contract};

use super::{Actor, Once, Right, Subject, act, needs, needs_reason, once, tax, text};

/// The longest description and unit, in characters.
const DESCRIPTION_MAX: usize = 500;
const UNIT_MAX: usize = 20;

/// A charge as it is written down.
#[derive(Clone, Debug)]
pub struct Given {
    pub contract: String,
    pub description: String,
    pub quantity: Decimal,
    pub unit: Option<String>,
    /// In major units.
    pub unit_price: Decimal,
    pub tax_class: String,
    /// The first day on which it may be billed.
    pub on: Date,
}

/// Writes a charge down; it comes back as an id.
pub fn add(tx: &mut Tx<'_>, actor: &Actor, given: &Given, key: Option<&Once>) -> Result<String, Error> {
    needs("description", &given.description)?;
    let description = text("description", &given.description, DESCRIPTION_MAX)?;
    let unit = given.unit.as_deref().map(|unit| text("unit", unit, UNIT_MAX)).transpose()?;
    let quantity = priced("quantity", given.quantity)?.to_string();
    let unit_price = priced("unit_price", given.unit_price)?.to_string();
    let taxes = tax::of_country(&actor.company.country)?;
    if !taxes.is_empty() {
        taxes.class(&given.tax_class, given.on)?;
    }
    once(tx, actor, key, |tx| {
        act(tx, actor, Right::ContractSave, Subject { name: &given.contract, cause: None }, |tx| {
            let company = actor.company.id;
            let known = contract::get(tx, company, &given.contract)?;
            contract::lock(tx, company, known.id)?;
            let new = NewCharge {
                contract: known.id,
                description,
                quantity: &quantity,
                unit,
                unit_price: &unit_price,
                tax_class: &given.tax_class,
                on: given.on,
            };
            Ok(charge::save(tx, company, &new)?.to_string())
        })
    })
}

/// Takes a charge back that is not billed yet. Billed, it is credited with its invoice.
pub fn withdraw(
    tx: &mut Tx<'_>,
    actor: &Actor,
    today: Date,
    id: &str,
    reason: &str,
    key: Option<&Once>,
) -> Result<(), Error> {
    needs_reason(reason)?;
    let reason = text("reason", reason, DESCRIPTION_MAX)?;
    once(tx, actor, key, |tx| {
        act(tx, actor, Right::ContractSave, Subject { name: id, cause: Some(reason) }, |tx| {
            let company = actor.company.id;
            let of = waits(tx, company, id)?.contract;
            contract::lock(tx, company, of)?;
            // A run may have billed it, or another taken it back, while this one waited for the lock.
            let known = waits(tx, company, id)?;
            charge::withdraw(tx, company, known.id, reason, today)
        })
    })
}

/// A charge that waits to be billed; refused where there is none, or where it was billed or taken back.
fn waits(tx: &mut Tx<'_>, company: i64, id: &str) -> Result<Charge, Error> {
    let missing = || Refusal::NotFound { kind: "charge".into(), name: id.into() };
    let known: Id<ids::Charge> = id.trim().parse().map_err(|_| missing())?;
    let found = charge::find(tx, company, known)?.ok_or_else(missing)?;
    match (&found.invoice, &found.withdrawn) {
        (Some(invoice), _) => Err(Refusal::ChargeBilled { charge: found.description, invoice: invoice.clone() }.into()),
        (None, Some(reason)) => {
            Err(Refusal::ChargeWithdrawn { charge: found.description, reason: reason.clone() }.into())
        }
        (None, None) => Ok(found),
    }
}

/// The charges of every contract, in the order they were written down.
pub fn list(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<Charge>, Error> {
    actor.may(Right::Read)?;
    charge::all(tx, actor.company.id)
}

/// The charges of a contract.
pub fn of(tx: &mut Tx<'_>, actor: &Actor, contract: &contract::Contract) -> Result<Vec<Charge>, Error> {
    actor.may(Right::Read)?;
    charge::of(tx, actor.company.id, contract.id)
}
