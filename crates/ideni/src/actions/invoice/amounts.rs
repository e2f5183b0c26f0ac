//! The amounts of a document: worked out from its lines and their tax classes, or taken as they are given.

use receivables::billing::early;
use receivables::billing::line::{self, ClassTotal, Discount, Line, Prices};
use receivables::billing::tax::{Class, Taxes};
use receivables::billing::terms::Terms;
use receivables::{Money, Refusal};
use rust_decimal::Decimal;
use store::Error;
use store::document::{DocumentLine, DocumentTax, Kind, LineTerm};

use super::{Given, GivenLine, called};

/// As the tax device numbers lines, with three digits.
pub const LINES_MAX: usize = 999;

/// What a document comes to; amounts are above zero for both kinds.
pub(in crate::actions) struct Amounts {
    pub net: Money,
    pub tax: Money,
    pub total: Money,
    pub lines: Vec<DocumentLine>,
    /// By class; none where the amounts are taken as they are given.
    pub taxes: Vec<DocumentTax>,
}

impl Amounts {
    /// Our own documents work their tax out wherever they have lines and their country has classes. What was made elsewhere
    /// keeps the amounts it has.
    pub fn of(given: &Given, taxes: &Taxes) -> Result<Amounts, Error> {
        let amounts = Amounts::of_either_sign(given, taxes)?;
        if amounts.total.is_negative() {
            return Err(Refusal::BelowZero { total: amounts.total }.into());
        }
        Ok(amounts)
    }

    /// The same where more is taken back than billed, which no document posts.
    pub fn of_either_sign(given: &Given, taxes: &Taxes) -> Result<Amounts, Error> {
        let amounts = match given.number {
            None if !given.lines.is_empty() && !taxes.is_empty() => Amounts::of_own(given, taxes)?,
            None => Amounts::as_given(given)?,
            Some(_) => match Amounts::confirmed(given, taxes)? {
                Some(amounts) => amounts,
                None => Amounts::as_given(given)?,
            },
        };
        let currency = given.currency;
        let lines = amounts.lines.iter().map(|line| Money::new(line.net, currency));
        if ![amounts.net, amounts.tax, amounts.total].into_iter().chain(lines).all(Money::fits) {
            return Err(Refusal::TooLarge { what: "total".into() }.into());
        }
        Ok(amounts)
    }

    fn of_own(given: &Given, taxes: &Taxes) -> Result<Amounts, Error> {
        if given.lines.len() > LINES_MAX {
            return Err(Refusal::TooManyLines { most: LINES_MAX.to_string() }.into());
        }
        let class = |(no, line): (usize, &GivenLine)| {
            taxes.class(&line.tax_class, given.issued_on).map_err(|refusal| refusal.in_line(no))
        };
        let classes = given.lines.iter().enumerate().map(class).collect::<Result<Vec<_>, _>>()?;
        let amounts = Amounts::worked_out(given, &classes, given.prices)?;
        for (said, found) in [(given.net, amounts.net), (given.tax, amounts.tax), (given.total, amounts.total)] {
            if let Some(said) = said.filter(|said| *said != found) {
                return Err(Refusal::TotalsDiffer { number: called(given), total: said, sum: found }.into());
            }
        }
        Ok(amounts)
    }

    /// The amounts by class of a document made elsewhere, where its lines and classes come to just what it says.
    fn confirmed(given: &Given, taxes: &Taxes) -> Result<Option<Amounts>, Error> {
        let class = |line: &GivenLine| taxes.find(&line.tax_class, given.issued_on);
        let Some(classes) = given.lines.iter().map(class).collect::<Option<Vec<_>>>().filter(|all| !all.is_empty())
        else {
            return Ok(None);
        };
        let fits = |said: Option<Money>, found: Money| said.is_none_or(|said| said == found);
        for prices in [Prices::Net, Prices::Gross] {
            let amounts = Amounts::worked_out(given, &classes, prices)?;
            if fits(given.net, amounts.net) && fits(given.tax, amounts.tax) && fits(given.total, amounts.total) {
                return Ok(Some(amounts));
            }
        }
        Ok(None)
    }

    fn worked_out(given: &Given, classes: &[&Class], prices: Prices) -> Result<Amounts, Error> {
        let classed = given.lines.iter().zip(classes.iter().copied());
        let lines: Vec<Line<'_>> = classed
            .map(|(line, class)| Line {
                quantity: line.quantity,
                unit_price: line.unit_price,
                discount: line.discount,
                class,
            })
            .collect();
        let reduced = given.terms.as_ref().filter(|terms| terms.treatment() == Some(early::Treatment::Mixed));
        let totals = match reduced.and_then(Terms::first_percent) {
            Some(percent) => line::total_reduced(&lines, prices, given.currency, percent)?,
            None => line::total(&lines, prices, given.currency)?,
        };
        let total = totals.net.plus(totals.tax)?;
        // A credit note is written with either sign; here its amounts and lines are above zero alike.
        let sign = if given.kind == Kind::CreditNote && total.is_negative() { -1 } else { 1 };
        let times = |money: Money| Money::new(money.minor * sign, money.currency);
        let written = |(line, of): (&GivenLine, &line::LineTotal)| DocumentLine {
            net: of.net * sign,
            tax: of.tax * sign,
            ..written(line, prices == Prices::Gross)
        };
        let by_class = |of: &ClassTotal| {
            let of = of_class(of)?;
            Ok(DocumentTax { net: of.net * sign, tax: of.tax * sign, ..of })
        };
        Ok(Amounts {
            net: times(totals.net),
            tax: times(totals.tax),
            total: times(total),
            lines: given.lines.iter().zip(&totals.lines).map(written).collect(),
            taxes: totals.classes.iter().map(by_class).collect::<Result<_, Error>>()?,
        })
    }

    /// As given, or summed from the lines; what is missing follows from the rest.
    fn as_given(given: &Given) -> Result<Amounts, Error> {
        let currency = given.currency;
        let mut exact = Decimal::ZERO;
        let mut lines = Vec::with_capacity(given.lines.len());
        for line in &given.lines {
            let amount = line.exact().ok_or(Refusal::TooLarge { what: line.description.clone() })?;
            exact = exact.checked_add(amount).ok_or(Refusal::TooLarge { what: line.description.clone() })?;
            let net = Money::from_major_rounded(amount, currency)?.minor;
            lines.push(DocumentLine { net, ..written(line, false) });
        }
        if given.kind == Kind::CreditNote && exact.is_sign_negative() {
            exact = -exact;
            lines.iter_mut().for_each(|line| line.net = -line.net);
        }
        // Rounded once per document, not per line.
        let from_lines = if given.lines.is_empty() { None } else { Some(Money::from_major_rounded(exact, currency)?) };
        let (net, tax, total) = match (given.net.or(from_lines), given.tax, given.total) {
            (Some(net), Some(tax), Some(total)) => (net, tax, total),
            (Some(net), Some(tax), None) => (net, tax, net.plus(tax)?),
            (Some(net), None, Some(total)) if given.net.is_some() => (net, total.minus(net)?, total),
            (None, Some(tax), Some(total)) => (total.minus(tax)?, tax, total),
            (Some(net), None, None) => (net, Money::zero(currency), net),
            (_, None, Some(total)) => (total, Money::zero(currency), total),
            (None, _, None) => return Err(Refusal::Missing { field: "total".into() }.into()),
        };
        if net.plus(tax)? != total {
            return Err(Refusal::TotalsDiffer { number: called(given), total, sum: net.plus(tax)? }.into());
        }
        if let Some(sum) = from_lines
            && sum != net
            && sum != total
        {
            let number = called(given);
            return Err(Refusal::TotalsDiffer { number, total, sum }.into());
        }
        Ok(Amounts { net, tax, total, lines, taxes: Vec::new() })
    }
}

/// A class total as it is kept.
pub(in crate::actions) fn of_class(of: &ClassTotal) -> Result<DocumentTax, Error> {
    let rate_ppm = i64::try_from(of.rate * Decimal::from(10_000));
    let rate_ppm = rate_ppm.map_err(|e| Error::failed("reading a tax rate", e))?;
    Ok(DocumentTax { class: of.class.clone(), rate_ppm, net: of.net, tax: of.tax })
}

/// A line as it is kept, before anything is worked out.
fn written(line: &GivenLine, gross: bool) -> DocumentLine {
    DocumentLine {
        description: line.description.clone(),
        quantity: line.quantity.normalize().to_string(),
        unit_price: line.unit_price.normalize().to_string(),
        tax_class: line.tax_class.clone(),
        net: 0,
        tax: 0,
        term: LineTerm {
            unit: line.unit.clone(),
            gross,
            discount: (line.discount != Discount::NONE).then(|| line.discount.to_string()),
        },
    }
}
