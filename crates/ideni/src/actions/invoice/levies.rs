//! Levies that lines carry: each comes as a line of its own behind the others, on what the levied lines come to without tax.

use receivables::billing::line::{Discount, tax_on};
use receivables::billing::tax::{Levy, Taxes};
use receivables::billing::{line::Prices, tax::Treatment};
use receivables::{Date, Money, Refusal};
use rust_decimal::Decimal;
use store::document::{Document, Kind};
use store::levy::LevyLine;
use store::{Error, Tx, customer};

use super::{Amounts, Given, GivenLine};
use crate::actions::setting::Setting;
use crate::actions::{Actor, tax};
use crate::words::Language;

/// Whether a line says a levy beside its class.
pub(super) fn are_named(given: &Given) -> bool {
    given.lines.iter().any(|line| line.tax_class.contains('+'))
}

/// Writes the levies out: the lines keep their class alone, and a line for each levy comes behind them.
pub(super) fn written_out(tx: &mut Tx<'_>, actor: &Actor, given: &mut Given) -> Result<Vec<LevyLine>, Error> {
    let taxes = tax::of_country(&actor.company.country)?;
    let is_deposit = given.deposit;
    let mut levied: Vec<(&Levy, Vec<i32>)> = Vec::new();
    for (at, line) in given.lines.iter_mut().enumerate() {
        let class = taxes.class(&line.tax_class, given.issued_on).map_err(|refusal| refusal.in_line(at))?;
        let no = i32::try_from(at).unwrap_or(i32::MAX - 1) + 1;
        // Of a deposit the levy comes with the invoice that settles it.
        for levy in taxes.levies(&line.tax_class, given.issued_on).filter(|_| !is_deposit) {
            match levied.iter_mut().find(|(known, _)| known.code == levy.code) {
                Some((_, lines)) => lines.push(no),
                None => levied.push((levy, vec![no])),
            }
        }
        line.tax_class = class.code.clone();
    }
    let amounts = Amounts::of(&Given { net: None, tax: None, total: None, ..given.clone() }, taxes)?;
    let language = customer::find(tx, actor.company.id, &given.customer)?
        .map_or_else(Language::default, |known| Language::from_code(&known.language));
    let mut lines = Vec::with_capacity(levied.len());
    for (levy, of) in levied {
        let nets = (1..).zip(&amounts.lines).filter(|(no, _)| of.contains(no)).map(|(_, line)| line.net);
        let base: i64 = nets.sum();
        given.lines.push(GivenLine {
            description: language.of(&levy.names).to_owned(),
            quantity: Decimal::ONE,
            unit: None,
            unit_price: Money::new(tax_on(base, levy.rate, Prices::Net)?, given.currency).to_major(),
            discount: Discount::NONE,
            tax_class: levy.code.clone(),
            item: None,
        });
        let no = i32::try_from(given.lines.len()).unwrap_or(i32::MAX);
        lines.push(LevyLine { no, levy: levy.code.clone(), rate_ppm: ppm(levy.rate), base, levied: of });
    }
    Ok(lines)
}

fn ppm(rate: Decimal) -> i64 {
    (rate * Decimal::from(10_000)).try_into().unwrap_or_default()
}

/// What of a document is collected for the state beside the tax.
pub(super) fn sum(taxes: &Taxes, given: &Given, amounts: &Amounts) -> Money {
    let is_levy =
        |class: &str| taxes.find(class, given.issued_on).is_some_and(|class| class.treatment == Treatment::Levy);
    let nets = amounts.taxes.iter().filter(|of| is_levy(&of.class)).map(|of| of.net);
    Money::new(nets.sum(), given.currency)
}

/// The lines of a document that carry levies, with what they are of worked back from what they come to.
pub(super) fn of_document(taxes: &Taxes, document: &Document) -> Vec<LevyLine> {
    let mut found = Vec::new();
    for (no, line) in (1..).zip(&document.lines) {
        if let Some(levy) = taxes.levy(&line.tax_class, document.issued_on) {
            let base = Decimal::from(line.net) * Decimal::ONE_HUNDRED / levy.rate;
            let base = base.round().try_into().unwrap_or_default();
            let rate_ppm = ppm(levy.rate);
            found.push(LevyLine { no, levy: levy.code.clone(), rate_ppm, base, levied: Vec::new() });
        }
    }
    found
}

/// Refuses a class that a company may not bill while it is not registered for the tax; `registered` keeps the answer of a day.
pub(super) fn may_bill(
    tx: &mut Tx<'_>,
    actor: &Actor,
    given: &Given,
    registered: &mut Option<(Date, bool)>,
) -> Result<(), Error> {
    let taxes = tax::of_country(&actor.company.country)?;
    if given.deposit {
        let levy = |line: &&GivenLine| taxes.levy(&line.tax_class, given.issued_on).is_some();
        if let Some(line) = given.lines.iter().find(levy) {
            return Err(taxes.refused(&line.tax_class, given.issued_on).into());
        }
    }
    let is_own = given.number.is_none() && given.opening_on.is_none() && given.kind == Kind::Invoice;
    let class = |line: &GivenLine| taxes.find(&line.tax_class, given.issued_on).filter(|class| !class.is_free_to_all());
    let Some((no, class)) = given.lines.iter().enumerate().find_map(|(no, line)| Some((no, class(line)?))) else {
        return Ok(());
    };
    if !is_own {
        return Ok(());
    }
    let known = registered.filter(|(on, _)| *on == given.issued_on);
    let (_, is_registered) = match known {
        Some(known) => known,
        None => {
            let value = Setting::VatRegistered.value(tx, actor.company.id, given.issued_on)?;
            *registered.insert((given.issued_on, value == "yes"))
        }
    };
    if is_registered {
        return Ok(());
    }
    let free = taxes.on(given.issued_on).filter(|class| class.is_outside()).map(|class| class.code.as_str());
    let free = free.collect::<Vec<_>>().join(", ");
    Err(Refusal::NotVatRegistered { class: class.code.clone(), free }.in_line(no).into())
}
