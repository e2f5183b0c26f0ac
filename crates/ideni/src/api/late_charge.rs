//! Late fees and interest: looked at, raised, waived.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::{Error, Tx};

use super::ask::Ask;
use super::endpoint::endpoints;
use super::shape::{CurrencyCode, Day, Reason, Sum};
use crate::actions::late_charge;

endpoints! { "late-charges"
    /// What would be charged of each late invoice today.
    read Get "/late-charges/due" Read due() -> LateChargesDue;
    /// Raises it: one document per customer and currency, up to 500; no day is charged twice. Nothing comes back where nothing is left.
    write Post "/late-charges" LateChargeRaise raise(body NewLateCharges) -> LateChargesRaised;
    /// Waives what is open of a late charge; reversing the waiver brings it back.
    write Post "/late-charges/{number}/waiver" LateChargeWaive waive(body NewWaiver) -> Waived;
}

#[derive(Serialize, JsonSchema)]
struct LateChargesDue {
    due: Vec<LateChargeDue>,
}

#[derive(Serialize, JsonSchema)]
struct LateChargeDue {
    customer: String,
    name: String,
    invoice: String,
    instalment: i32,
    currency: CurrencyCode,
    due_on: Day,
    /// Interest is for the days after this one.
    from_on: Day,
    days: i32,
    interest: Sum,
    fee: Sum,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewLateCharges {
    /// The last day of interest, not after today; today if left out.
    on: Option<Day>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewWaiver {
    reason: Reason,
}

#[derive(Serialize, JsonSchema)]
struct LateChargesRaised {
    charges: Vec<LateCharge>,
}

#[derive(Serialize, JsonSchema)]
struct LateCharge {
    number: String,
    customer: String,
    currency: String,
    total: Sum,
}

#[derive(Serialize, JsonSchema)]
struct Waived {
    number: String,
}

fn due(tx: &mut Tx<'_>, ask: &Ask) -> Result<LateChargesDue, Error> {
    let of = |late_charge::Planned { item, charge }: late_charge::Planned| {
        let currency = item.late.currency;
        LateChargeDue {
            customer: item.code,
            name: item.name,
            invoice: item.number,
            instalment: item.instalment,
            currency: CurrencyCode(currency),
            due_on: Day(item.late.due_on),
            from_on: Day(charge.from_on),
            days: charge.days,
            interest: Sum::of(charge.interest, currency),
            fee: Sum::of(charge.fee, currency),
        }
    };
    Ok(LateChargesDue { due: late_charge::plan(tx, ask.actor(), ask.today())?.into_iter().map(of).collect() })
}

fn raise(tx: &mut Tx<'_>, ask: &Ask, new: &NewLateCharges) -> Result<LateChargesRaised, Error> {
    let on = new.on.map_or(ask.today(), |Day(on)| on);
    let of = |one: late_charge::Raised| LateCharge {
        number: one.number,
        customer: one.customer,
        currency: one.currency,
        total: Sum::written(one.total),
    };
    let raised = late_charge::raise(tx, ask.actor(), ask.today(), on, None)?;
    Ok(LateChargesRaised { charges: raised.into_iter().map(of).collect() })
}

fn waive(tx: &mut Tx<'_>, ask: &Ask, new: &NewWaiver) -> Result<Waived, Error> {
    let number = ask.path("number");
    late_charge::waive(tx, ask.actor(), ask.today(), number, new.reason.as_str(), None)?;
    Ok(Waived { number: number.to_owned() })
}
