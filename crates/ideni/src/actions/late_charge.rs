//! Late fees and interest: looked at, raised as documents of their own, and waived. Off until the company says what it charges.

use std::collections::BTreeMap;

use receivables::billing::late_charge::{self, Charge, Fee, Tariff};
use receivables::billing::line::Discount;
use receivables::ids::{self, Id};
use receivables::ledger::{Account, MovementKind, settlement};
use receivables::{Currency, Date, Money, Refusal, Unusable};
use rust_decimal::Decimal;
use store::document::{self};
use store::late_charge::LateItem;
use store::{Error, Tx, movement, period, rate};

use super::invoice::{Given, GivenLine, Outcome, Poster, Purpose};
use super::setting::Setting;
use super::{Actor, Once, Right, Subject, act, needs_reason, once, tax};
use crate::words::{self, Language};

/// Customers charged in one transaction: a run that is cut short goes on where it stopped.
const AT_ONCE: usize = 500;

/// What would be charged of one instalment.
#[derive(Clone, Debug)]
pub struct Planned {
    pub item: LateItem,
    pub charge: Charge,
}

/// What the company charges on a day.
pub fn tariff(tx: &mut Tx<'_>, actor: &Actor, on: Date) -> Result<Tariff, Error> {
    let company = actor.company.id;
    Ok(Tariff {
        yearly: yearly(&Setting::LateInterest.value(tx, company, on)?)?,
        fee: Fee::read(&Setting::LateFee.value(tx, company, on)?)?,
        grace_days: Setting::LateGraceDays.whole(tx, company, on)?,
    })
}

/// A percentage a year, or `none`.
pub(crate) fn yearly(text: &str) -> Result<Decimal, Refusal> {
    if text == "none" {
        return Ok(Decimal::ZERO);
    }
    let refused =
        || Refusal::Invalid { field: "late-interest".into(), value: text.into(), reason: Unusable::NoYearlyRate };
    let rate = Decimal::from_str_exact(text).map_err(|_| refused())?;
    if rate > Decimal::ZERO && rate <= Decimal::ONE_HUNDRED { Ok(rate) } else { Err(refused()) }
}

/// What is to be charged up to a day, that day included.
pub fn plan(tx: &mut Tx<'_>, actor: &Actor, on: Date) -> Result<Vec<Planned>, Error> {
    actor.may(Right::Read)?;
    let (company, own) = (actor.company.id, actor.company.currency);
    let tariff = tariff(tx, actor, on)?;
    if tariff.is_none() {
        return Ok(Vec::new());
    }
    let mut planned = Vec::new();
    let mut rates = BTreeMap::new();
    for item in store::late_charge::late(tx, company, on)? {
        let currency = item.late.currency;
        let known = match rates.get(&currency) {
            Some(known) => *known,
            None => *rates.entry(currency).or_insert(rate::on(tx, company, own, currency, on)?),
        };
        if let Some(charge) = late_charge::charge(&tariff, &item.late, on, &known, own)? {
            planned.push(Planned { item, charge });
        }
    }
    Ok(planned)
}

/// One charge raised.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Raised {
    pub number: String,
    pub customer: String,
    pub currency: String,
    pub total: String,
}

/// Raises what is to be charged up to a day: one document per customer and currency. The first customers only; nothing comes
/// back where nothing is left to charge.
pub fn raise(tx: &mut Tx<'_>, actor: &Actor, today: Date, on: Date, key: Option<&Once>) -> Result<Vec<Raised>, Error> {
    if on > today {
        return Err(Refusal::AfterToday { on, today }.into());
    }
    once(tx, actor, key, |tx| {
        let name = on.to_string();
        act(tx, actor, Right::LateChargeRaise, Subject { name: &name, cause: None }, |tx| {
            let mut groups: BTreeMap<(String, Currency), Vec<Planned>> = BTreeMap::new();
            for planned in plan(tx, actor, on)? {
                let of = (planned.item.code.clone(), planned.item.late.currency);
                if groups.len() < AT_ONCE || groups.contains_key(&of) {
                    groups.entry(of).or_default().push(planned);
                }
            }
            let tariff = tariff(tx, actor, on)?;
            let mut raised = Vec::with_capacity(groups.len());
            let mut poster = Poster::default();
            let mut kept: Vec<(Id<ids::Document>, Vec<Planned>)> = Vec::with_capacity(groups.len());
            for ((customer, currency), planned) in groups {
                let given = given(actor, today, &customer, currency, (&tariff, &planned))?;
                let total: i64 = planned.iter().map(|p| p.charge.interest + p.charge.fee).sum();
                let Outcome::Created(posted) = poster.add(tx, actor, today, &given)? else { continue };
                let id = posted.id.parse().map_err(|_| Error::Failed("an id that was just given is none".into()))?;
                kept.push((id, planned));
                let total = Money::new(total, currency).major_text();
                raised.push(Raised { number: posted.number, customer, currency: currency.to_string(), total });
            }
            poster.save(tx, actor)?;
            for (document, planned) in &kept {
                for Planned { item, charge } in planned {
                    let of = (item.document, item.instalment);
                    store::late_charge::save(tx, actor.company.id, *document, of, charge, on)?;
                }
            }
            Ok(raised)
        })
    })
}

/// The document that charges a customer, its lines in the customer's language.
fn given(
    actor: &Actor,
    today: Date,
    customer: &str,
    currency: Currency,
    (tariff, planned): (&Tariff, &[Planned]),
) -> Result<Given, Error> {
    // Interest for late payment is no supply: it lies outside the tax where the country has such a class.
    let outside = tax::of_country(&actor.company.country)?.on(today).find(|class| class.is_outside());
    let mut lines = Vec::new();
    for Planned { item, charge } in planned {
        let language = Language::from_code(&item.language);
        let (days, rate) = (charge.days.to_string(), tariff.yearly.normalize().to_string());
        let interest = [("invoice", item.number.as_str()), ("days", &days), ("rate", &rate)];
        let fee = [("invoice", item.number.as_str())];
        for (minor, key, args) in
            [(charge.interest, "late-interest-line", &interest[..]), (charge.fee, "late-fee-line", &fee[..])]
        {
            if minor > 0 {
                lines.push(GivenLine {
                    description: words::say(language, key, args),
                    quantity: Decimal::ONE,
                    unit: None,
                    unit_price: Money::new(minor, currency).to_major(),
                    discount: Discount::NONE,
                    tax_class: outside.map(|class| class.code.clone()).unwrap_or_default(),
                    item: None,
                });
            }
        }
    }
    Ok(Given { lines, purpose: Purpose::LateCharge, ..Given::to(customer.to_owned(), today, currency) })
}

/// Waives what is open of a late charge. `allocation reverse` brings it back.
pub fn waive(
    tx: &mut Tx<'_>,
    actor: &Actor,
    today: Date,
    number: &str,
    reason: &str,
    key: Option<&Once>,
) -> Result<(), Error> {
    needs_reason(reason)?;
    once(tx, actor, key, |tx| {
        act(tx, actor, Right::LateChargeWaive, Subject { name: number, cause: Some(reason) }, |tx| {
            let company = actor.company.id;
            let charge = document::get(tx, company, number)?;
            if !store::late_charge::is_charge(tx, company, charge.id)? {
                return Err(Refusal::NotFound { kind: "late charge".into(), name: number.into() }.into());
            }
            let items = document::items_of(tx, company, charge.id)?;
            let Some(item) = items.iter().find(|item| item.open > 0) else {
                return Err(Refusal::AlreadySettled { item: number.into() }.into());
            };
            let on = period::posting_day(tx, company, today.max(item.posted_on))?;
            let parts = [(Account::LATE_CHARGES, item.open)];
            let settled = settlement::give_up(MovementKind::Waiver, item, &parts, on)?;
            movement::save(tx, company, &settled, on, &[], Some(reason)).map(|_| ())
        })
    })
}
