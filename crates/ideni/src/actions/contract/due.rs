//! What contracts bill: the invoice of each period that is due, of the lines that hold in it, what was used, and what is charged
//! once.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use receivables::billing::contract::{Span, When, covered};
use receivables::billing::line::{Discount, Prices};
use receivables::billing::meter::Bill;
use receivables::billing::terms::Terms;
use receivables::ids::{self, Id};
use receivables::ledger::Rate;
use receivables::{Currency, Date, Money, Refusal};
use rust_decimal::{Decimal, RoundingStrategy};
use store::charge::{self, Charge};
use store::contract::{self, Contract, Line, Payable};
use store::meter::{self, Meter};
use store::{Error, Tx};

use super::{Which, rhythm};
use crate::actions::invoice::{self, Amounts, GivenLine, OfItem};
use crate::actions::setting::Setting;
use crate::actions::{Actor, tax};
use crate::words::{self, Language};

/// Periods of one contract that a run bills at once, at most: a contract that starts far back is billed bit by bit.
const PERIODS_AT_ONCE: usize = 36;

/// One period that is due, as the invoice it becomes.
pub(super) struct Due {
    pub contract: Rc<Contract>,
    pub period: Span,
    pub written: Written,
    pub net: Money,
    pub total: Money,
    pub is_parked: bool,
    /// Why no run posts it as it is.
    pub held: Option<Refusal>,
}

/// What is due; the search ends where so many wait that a run bills.
pub(super) fn due(
    tx: &mut Tx<'_>,
    actor: &Actor,
    today: Date,
    which: &Which,
    most_due: usize,
) -> Result<Vec<Due>, Error> {
    let company = actor.company.id;
    let (all, mut owed) = match which.contract.as_deref() {
        Some(code) => {
            let known = contract::get(tx, company, code)?;
            let owed = Owed::of(tx, company, known.id)?;
            (vec![known], owed)
        }
        None => (contract::all(tx, company)?, Owed::all(tx, company)?),
    };
    let most = i64::from(Setting::DocumentsADay.whole(tx, company, today)?);
    let mut made = contract::issued_on(tx, company, today)?;
    let (mut due, mut wanted) = (Vec::new(), 0);
    for known in all {
        let billed: BTreeSet<Date> = known.billed.iter().map(|billed| billed.from_on).collect();
        let periods = rhythm(&known)?.due(today, |from| billed.contains(&from), usize::MAX);
        let known = Rc::new(known);
        let mut found = 0;
        for (period, whole) in periods {
            let Some((written, held)) = written(tx, actor, today, (&known, &mut owed), period, whole)? else {
                continue;
            };
            let (net, total, held) = match held {
                Some(refusal) => (Money::zero(known.currency), Money::zero(known.currency), Some(refusal)),
                None => comes_to(tx, actor, &written)?,
            };
            let is_held = held.is_some();
            let count = made.entry(known.customer).or_default();
            *count += i64::from(!is_held);
            let is_parked = *count > most;
            due.push(Due { contract: known.clone(), period, written, net, total, is_parked, held });
            wanted += usize::from(!is_held && (which.parked || !is_parked));
            if wanted == most_due {
                return Ok(due);
            }
            found += 1;
            // What follows would bill what is held here, too.
            if is_held || found == PERIODS_AT_ONCE {
                break;
            }
        }
    }
    Ok(due)
}

/// Net and total of an invoice, and why it cannot be posted, where it cannot.
fn comes_to(tx: &mut Tx<'_>, actor: &Actor, written: &Written) -> Result<(Money, Money, Option<Refusal>), Error> {
    let taxes = tax::of_country(&actor.company.country)?;
    let given = &written.given;
    let amounts = invoice::written_out(tx, actor, given).and_then(|given| Amounts::of_either_sign(&given, taxes));
    let (net, total) = match amounts {
        Ok(amounts) => (amounts.net, amounts.total),
        Err(Error::Refused(refusal)) => {
            return Ok((Money::zero(given.currency), Money::zero(given.currency), Some(refusal)));
        }
        Err(failure) => return Err(failure),
    };
    let takes_back = written.usage.iter().any(|of| of.bill.parts.iter().any(|part| part.quantity.is_sign_negative()));
    let no_line_below_zero = takes_back && store::fiscal::device(tx, actor.company.id)?.is_some();
    let held = if takes_back && (total.is_negative() || no_line_below_zero) {
        Some(credit_first(tx, actor, written)?)
    } else if total.is_negative() {
        Some(Refusal::BelowZero { total })
    } else {
        None
    };
    Ok((net, total, held))
}

/// Which lines of an earlier invoice are credited so that what is due can be posted.
fn credit_first(tx: &mut Tx<'_>, actor: &Actor, written: &Written) -> Result<Refusal, Error> {
    let mut credit: BTreeMap<String, BTreeMap<i32, Decimal>> = BTreeMap::new();
    for of in &written.usage {
        let lines = meter::lines(tx, actor.company.id, of.meter, of.bill.from.on)?;
        for part in of.bill.parts.iter().filter(|part| part.quantity.is_sign_negative()) {
            let mut left = -part.quantity;
            for line in lines.iter().rev().filter(|line| line.block == part.block) {
                let take = decimal(&line.quantity)?.min(left);
                if take > Decimal::ZERO {
                    left -= take;
                    *credit.entry(line.invoice.clone()).or_default().entry(line.no).or_default() += take;
                }
            }
        }
    }
    let (invoice, lines) = credit.pop_first().unwrap_or_default();
    let lines: Vec<String> = lines.iter().map(|(no, quantity)| format!("{no}:{}", quantity.normalize())).collect();
    Ok(Refusal::CreditFirst { invoice, lines: lines.join(",") })
}

/// What contracts are owed beside their lines: what was used, and what is charged once.
struct Owed {
    meters: BTreeMap<Id<ids::Contract>, Vec<Meter>>,
    charges: BTreeMap<Id<ids::Contract>, Vec<Charge>>,
}

impl Owed {
    fn all(tx: &mut Tx<'_>, company: i64) -> Result<Owed, Error> {
        Ok(Owed::sorted(meter::all(tx, company)?, charge::all(tx, company)?))
    }

    fn of(tx: &mut Tx<'_>, company: i64, contract: Id<ids::Contract>) -> Result<Owed, Error> {
        Ok(Owed::sorted(meter::of(tx, company, contract)?, charge::of(tx, company, contract)?))
    }

    fn sorted(meters: Vec<Meter>, charges: Vec<Charge>) -> Owed {
        let mut owed = Owed { meters: BTreeMap::new(), charges: BTreeMap::new() };
        for meter in meters {
            owed.meters.entry(meter.contract).or_default().push(meter);
        }
        for charge in charges.into_iter().filter(|charge| charge.invoice.is_none() && charge.withdrawn.is_none()) {
            owed.charges.entry(charge.contract).or_default().push(charge);
        }
        owed
    }

    /// The charges of a contract that an invoice of a day takes; no other takes them again.
    fn charged(&mut self, contract: Id<ids::Contract>, today: Date) -> Vec<Charge> {
        let Some(charges) = self.charges.get_mut(&contract) else { return Vec::new() };
        let (now, later) = std::mem::take(charges).into_iter().partition(|charge| charge.on <= today);
        *charges = later;
        now
    }
}

/// An invoice of a period with what its lines bill.
pub(super) struct Written {
    pub given: invoice::Given,
    pub usage: Vec<OfMeter>,
    /// Each with the number of its line.
    pub charges: Vec<(Id<ids::Charge>, i32)>,
    /// Meters without a reading in the period.
    pub unread: Vec<String>,
}

/// What an invoice bills of a meter; the numbers of its lines are those of the parts.
pub(super) struct OfMeter {
    pub meter: Id<ids::Meter>,
    pub bill: Bill,
    pub lines: Vec<i32>,
}

fn decimal(text: &str) -> Result<Decimal, Error> {
    Decimal::from_str_exact(text).map_err(|e| Error::failed("reading a contract", e))
}

/// The invoice of a period, or why it cannot be written; `None` where there is nothing to bill in it.
fn written(
    tx: &mut Tx<'_>,
    actor: &Actor,
    today: Date,
    (known, owed): (&Contract, &mut Owed),
    period: Span,
    whole: Span,
) -> Result<Option<(Written, Option<Refusal>)>, Error> {
    let language = Language::from_code(&known.language);
    let mut held = None;
    let mut lines = Vec::new();
    for line in &known.lines {
        let holds = Span { from: line.from_on, until: line.last_on.unwrap_or(period.until) };
        let Some((quantity, days)) = covered(decimal(&line.quantity)?, holds, period, whole) else { continue };
        match of_line(tx, actor, (known, line), (quantity, days), period) {
            Ok(line) => lines.push(line),
            Err(Error::Refused(refusal)) => held = held.or(Some(refusal)),
            Err(failure) => return Err(failure),
        }
    }
    let (mut usage, mut unread) = (Vec::new(), Vec::new());
    let in_arrears = When::from_code(&known.bills)? == When::Arrears;
    for meter in owed.meters.get_mut(&known.id).into_iter().flatten() {
        if meter.history.is_missing(period) && (in_arrears || !meter.history.has_news(period)) {
            unread.push(meter.code.clone());
        }
        for bill in meter.history.bills(period) {
            let first = lines.len();
            lines.extend(of_usage(language, meter, &bill)?);
            meter.history.post(&bill);
            usage.push(OfMeter { meter: meter.id, bill, lines: (first..lines.len()).map(line_no).collect() });
        }
    }
    let mut charges = Vec::new();
    for charge in owed.charged(known.id, today) {
        charges.push((charge.id, line_no(lines.len())));
        lines.push(GivenLine {
            description: charge.description.clone(),
            quantity: decimal(&charge.quantity)?,
            unit: charge.unit.clone(),
            unit_price: decimal(&charge.unit_price)?,
            discount: Discount::NONE,
            tax_class: charge.tax_class,
            item: None,
        });
    }
    if lines.is_empty() && held.is_none() {
        return Ok(None);
    }
    let (own, mut currency) = (actor.company.currency, known.currency);
    let rate = match known.payable {
        Some(Payable::At(rate)) => Ok(rate),
        Some(Payable::AtDay) | None => store::rate::on(tx, actor.company.id, own, known.currency, today),
    };
    match rate {
        Ok(rate) if known.payable.is_some() => {
            for line in &mut lines {
                converted(line, (known.currency, own), rate, language)?;
            }
            currency = own;
        }
        Ok(_) => {}
        // Without a rate it holds itself back, and no other contract.
        Err(Error::Refused(refusal)) => held = held.or(Some(refusal)),
        Err(failure) => return Err(failure),
    }
    let given = invoice::Given {
        lines,
        prices: if known.gross { Prices::Gross } else { Prices::Net },
        terms: known.terms.as_deref().map(Terms::read).transpose()?,
        ..invoice::Given::to(known.customer_code.clone(), today, currency)
    };
    Ok(Some((Written { given, usage, charges, unread }, held)))
}

/// Prices have at most so many decimals.
const PRICE_DECIMALS: u32 = 6;

/// Writes a line in another currency at a rate, half up to six decimals, and says so.
fn converted(
    line: &mut GivenLine,
    (from, to): (Currency, Currency),
    rate: Rate,
    language: Language,
) -> Result<(), Error> {
    let too_large = || Refusal::TooLarge { what: line.description.clone() };
    let of = |amount: Decimal| {
        let worth = amount.checked_mul(rate.to_decimal()).ok_or_else(too_large)?;
        Ok::<_, Error>(worth.round_dp_with_strategy(PRICE_DECIMALS, RoundingStrategy::MidpointAwayFromZero).normalize())
    };
    let (unit_price, discount) = (
        of(line.unit_price)?,
        match line.discount {
            Discount::Amount(amount) => Discount::Amount(of(amount)?),
            percent => percent,
        },
    );
    let (price, rate) = (line.unit_price.normalize().to_string(), rate.to_decimal().to_string());
    let (from, to) = (from.to_string(), to.to_string());
    let told = [("what", line.description.as_str()), ("price", &price), ("from", &from), ("rate", &rate), ("to", &to)];
    line.description = words::say(language, "contract-line-at-rate", &told);
    (line.unit_price, line.discount) = (unit_price, discount);
    Ok(())
}

/// The number of the line at a place of a document.
fn line_no(at: usize) -> i32 {
    i32::try_from(at).unwrap_or(i32::MAX - 1) + 1
}

/// A line for the days of a period on which it holds. One that sells an item has the price of the period's first day.
fn of_line(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (known, line): (&Contract, &Line),
    (quantity, days): (Decimal, Span),
    period: Span,
) -> Result<GivenLine, Error> {
    let language = Language::from_code(&known.language);
    let mut billed = GivenLine {
        description: line.description.clone(),
        quantity,
        unit: line.unit.clone(),
        unit_price: decimal(&line.unit_price)?,
        discount: Discount::read(&line.discount)?,
        tax_class: line.tax_class.clone(),
        item: line.item.as_ref().map(|of| OfItem { code: of.code.clone(), is_priced: of.is_priced }),
    };
    if line.item.is_some() {
        let on_first_day = invoice::Given {
            lines: vec![GivenLine { quantity: decimal(&line.quantity)?, ..billed }],
            prices: if known.gross { Prices::Gross } else { Prices::Net },
            ..invoice::Given::to(known.customer_code.clone(), period.from, known.currency)
        };
        let found = invoice::catalogued(tx, actor, &on_first_day)?.lines.pop();
        billed = found.ok_or_else(|| Error::Failed("a line was written out as none".into()))?;
        billed.quantity = quantity;
        billed.item = billed.item.map(|of| OfItem { is_priced: true, ..of });
    }
    let (from, until) = (words::day(language, days.from), words::day(language, days.until));
    let told = [("what", billed.description.as_str()), ("from", &from), ("until", &until)];
    billed.description = words::say(language, "contract-line", &told);
    Ok(billed)
}

/// The lines of what was used between two readings, one a block.
fn of_usage(language: Language, meter: &Meter, bill: &Bill) -> Result<Vec<GivenLine>, Error> {
    let lost = || Error::Failed("a bill has a block that its tariff has not".into());
    let tariff = meter.history.tariffs.iter().find(|(from, _)| *from == bill.tariff_from);
    let (_, tariff) = tariff.ok_or_else(lost)?;
    let number = |value: Decimal| words::number(language, value.normalize());
    let (from, until) = (words::day(language, bill.from.on), words::day(language, bill.until.on));
    let (old, new) = (number(bill.from.replaced_at.unwrap_or(bill.from.value)), number(bill.until.value));
    let told = [("what", meter.description.as_str()), ("from", &from), ("old", &old), ("until", &until), ("new", &new)];
    let key = if bill.round == 0 { "usage-line" } else { "usage-line-corrected" };
    let mut what = words::say(language, key, &told);
    for (last, first) in &bill.replaced {
        let told = [("what", what.as_str()), ("last", &number(*last)), ("first", &number(*first))];
        what = words::say(language, "usage-line-replaced", &told);
    }
    let mut lines = Vec::with_capacity(bill.parts.len());
    for part in &bill.parts {
        let (above, block) = tariff.block(part.block).ok_or_else(lost)?;
        let (low, high) = (number(above), block.up_to.map(number).unwrap_or_default());
        let told = [("what", what.as_str()), ("low", &low), ("high", &high), ("unit", &meter.unit)];
        let description = match block.up_to {
            None if above.is_zero() => what.clone(),
            None => words::say(language, "usage-line-above", &told),
            Some(_) => words::say(language, "usage-line-block", &told),
        };
        lines.push(GivenLine {
            description,
            quantity: part.quantity,
            unit: Some(meter.unit.clone()),
            unit_price: block.unit_price,
            discount: Discount::NONE,
            tax_class: meter.tax_class.clone(),
            item: None,
        });
    }
    Ok(lines)
}
