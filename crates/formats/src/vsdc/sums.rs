//! What a line comes to and what the lines of each tax letter add up to (§3.6). Everything is with tax; the tax within is
//! worked out per line, rounded half up, and then added, so that a total can differ by a cent from the tax of the total.

use rust_decimal::{Decimal, RoundingStrategy};

use super::Fault;
use super::pack::Letter;
use super::wire::{Field, Fields, Object, Part, n};

/// How many decimals amounts are rounded to: certified receipts show two, the sample of the specification none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scale(u32);

impl Scale {
    /// Hundredths of a franc.
    pub const HUNDREDTHS: Scale = Scale(2);
    /// Whole francs.
    pub const FRANCS: Scale = Scale(0);

    /// Up to two decimals, which is what the fields hold.
    pub fn new(decimals: u32) -> Option<Scale> {
        (decimals <= 2).then_some(Scale(decimals))
    }

    /// How many decimals.
    pub fn decimals(self) -> u32 {
        self.0
    }

    fn rounded(self, amount: Decimal) -> Decimal {
        amount.round_dp_with_strategy(self.0, RoundingStrategy::MidpointAwayFromZero)
    }
}

/// Off a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Discount {
    None,
    /// In per cent, with up to two decimals.
    Rate(Decimal),
    /// With tax; its rate is worked out, and must not round to zero.
    Amount(Decimal),
}

/// A line before it is worked out.
#[derive(Debug, Clone, Copy)]
pub struct Priced<'a> {
    /// Of one, with tax.
    pub price: Decimal,
    pub quantity: Decimal,
    pub discount: Discount,
    pub letter: &'a Letter,
}

/// What a line comes to: `splyAmt`, `dcRt`, `dcAmt`, `taxblAmt` (also `totAmt`) and `taxAmt`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LineSums {
    pub supply: Decimal,
    pub discount_rate: Decimal,
    pub discount: Decimal,
    /// With tax.
    pub taxable: Decimal,
    pub tax: Decimal,
}

impl Priced<'_> {
    /// Works the line out. Refused where an amount is below zero, or a discount above its line or without a rate.
    pub fn worked_out(&self, scale: Scale) -> Result<LineSums, Fault> {
        let above_zero = |field: &str, value: Decimal| match value < Decimal::ZERO {
            true => Err(Fault::BelowZero { field: field.into(), value }),
            false => Ok(value),
        };
        let (price, quantity) = (above_zero("prc", self.price)?, above_zero("qty", self.quantity)?);
        let supply = scale.rounded(price.checked_mul(quantity).ok_or_else(|| beyond("splyAmt"))?);
        let (discount_rate, discount) = match self.discount {
            Discount::None => (Decimal::ZERO, Decimal::ZERO),
            Discount::Rate(rate) => {
                let rate = above_zero("dcRt", rate)?;
                let off = supply.checked_mul(rate).ok_or_else(|| beyond("dcAmt"))? / Decimal::ONE_HUNDRED;
                (rate, scale.rounded(off))
            }
            Discount::Amount(amount) => rate_of(above_zero("dcAmt", scale.rounded(amount))?, supply)?,
        };
        if discount > supply {
            return Err(Fault::DiscountAboveLine { amount: discount, line: supply });
        }
        let taxable = supply - discount;
        let tax = scale.rounded(within(taxable, self.letter.rate)?);
        Ok(LineSums { supply, discount_rate, discount, taxable, tax })
    }
}

/// The rate, in per cent, that an amount off a line is, beside the amount.
fn rate_of(amount: Decimal, line: Decimal) -> Result<(Decimal, Decimal), Fault> {
    if amount.is_zero() {
        return Ok((Decimal::ZERO, Decimal::ZERO));
    }
    if amount > line {
        return Err(Fault::DiscountAboveLine { amount, line });
    }
    let exact = amount.checked_mul(Decimal::ONE_HUNDRED).ok_or_else(|| beyond("dcAmt"))? / line;
    let rate = Scale::HUNDREDTHS.rounded(exact);
    if rate.is_zero() { Err(Fault::DiscountWithoutRate { amount }) } else { Ok((rate, amount)) }
}

/// The tax at a rate in per cent within an amount that has it.
fn within(amount: Decimal, rate: Decimal) -> Result<Decimal, Fault> {
    let taxed = amount.checked_mul(rate).ok_or_else(|| beyond("taxAmt"))?;
    let whole = Decimal::ONE_HUNDRED.checked_add(rate).ok_or_else(|| beyond("taxAmt"))?;
    taxed.checked_div(whole).ok_or_else(|| beyond("taxAmt"))
}

fn beyond(field: &str) -> Fault {
    Fault::OutOfRange { field: field.into() }
}

/// What a line adds to the totals of its document.
#[derive(Debug, Clone, Copy)]
pub struct LineAmounts<'a> {
    pub letter: &'a str,
    pub taxable: Decimal,
    pub tax: Decimal,
    pub total: Decimal,
}

/// The totals of a document: by tax letter, and together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sums {
    pub letters: Vec<LetterSum>,
    pub taxable: Decimal,
    pub tax: Decimal,
    pub total: Decimal,
}

/// What one tax letter comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterSum {
    pub letter: String,
    /// With tax.
    pub taxable: Decimal,
    /// In per cent.
    pub rate: Decimal,
    pub tax: Decimal,
}

impl Sums {
    /// Adds lines up under the letters of a country; every letter is there, at zero where no line has it.
    pub fn of<'a>(lines: impl Iterator<Item = LineAmounts<'a>>, letters: &[Letter]) -> Result<Sums, Fault> {
        let zero = |letter: &Letter| LetterSum {
            letter: letter.letter.clone(),
            taxable: Decimal::ZERO,
            rate: letter.rate,
            tax: Decimal::ZERO,
        };
        let mut sums = Sums { letters: letters.iter().map(zero).collect(), ..Sums::default() };
        for line in lines {
            let known = sums.letters.iter_mut().find(|sum| sum.letter == line.letter);
            let of = known.ok_or_else(|| Fault::UnknownLetter { letter: line.letter.to_owned() })?;
            let add = |to: &mut Decimal, amount: Decimal, field: &str| {
                *to = to.checked_add(amount).ok_or_else(|| beyond(field))?;
                Ok(())
            };
            add(&mut of.taxable, line.taxable, "taxblAmt")?;
            add(&mut of.tax, line.tax, "taxAmt")?;
            add(&mut sums.taxable, line.taxable, "totTaxblAmt")?;
            add(&mut sums.tax, line.tax, "totTaxAmt")?;
            add(&mut sums.total, line.total, "totAmt")?;
        }
        Ok(sums)
    }

    /// Refused with the first total that is not the sum of the lines.
    pub fn add_up<'a>(&self, lines: impl Iterator<Item = LineAmounts<'a>>) -> Result<(), Fault> {
        let letter = |sum: &LetterSum| Letter { letter: sum.letter.clone(), rate: sum.rate };
        let letters: Vec<Letter> = self.letters.iter().map(letter).collect();
        let sums = Sums::of(lines, &letters)?;
        let mut totals = vec![];
        for (stated, sum) in self.letters.iter().zip(&sums.letters) {
            totals.push((format!("taxblAmt{}", sum.letter), stated.taxable, sum.taxable));
            totals.push((format!("taxAmt{}", sum.letter), stated.tax, sum.tax));
        }
        totals.push(("totTaxblAmt".into(), self.taxable, sums.taxable));
        totals.push(("totTaxAmt".into(), self.tax, sums.tax));
        totals.push(("totAmt".into(), self.total, sums.total));
        match totals.into_iter().find(|(_, stated, sum)| stated != sum) {
            Some((field, stated, sum)) => Err(Fault::DoesNotAddUp { field, stated, sum }),
            None => Ok(()),
        }
    }
}

/// `taxblAmt`, `taxRt` and `taxAmt` with each letter behind them, then the three totals. Which letters there are is the
/// country's matter; one that a sister protocol leaves out is zero.
impl Part for Sums {
    fn read(object: &Object, _: &Field) -> Result<Sums, Fault> {
        let of = |name: &str| {
            let letter = ["taxblAmt", "taxRt", "taxAmt"].iter().find_map(|stem| name.strip_prefix(stem))?;
            (!letter.is_empty() && letter.bytes().all(|b| b.is_ascii_uppercase())).then(|| letter.to_owned())
        };
        let mut letters: Vec<String> = object.names().filter_map(of).collect();
        letters.sort();
        letters.dedup();
        let amount = |name: &str| <Decimal as Part>::read(object, &Field { names: &[name], ..n(18, 2).or_zero() });
        let sum = |letter: String| {
            let [taxable, rate, tax] = ["taxblAmt", "taxRt", "taxAmt"].map(|stem| amount(&format!("{stem}{letter}")));
            Ok(LetterSum { letter, taxable: taxable?, rate: rate?, tax: tax? })
        };
        Ok(Sums {
            letters: letters.into_iter().map(sum).collect::<Result<_, Fault>>()?,
            taxable: amount("totTaxblAmt")?,
            tax: amount("totTaxAmt")?,
            total: amount("totAmt")?,
        })
    }

    fn write(&self, out: &mut Fields, _: &Field) -> Result<(), Fault> {
        let mut push = |name: &str, amount: Decimal, digits: u32| {
            Part::write(&amount, out, &Field { names: &[name], ..n(digits, 2) })
        };
        for sum in &self.letters {
            push(&format!("taxblAmt{}", sum.letter), sum.taxable, 18)?;
        }
        for sum in &self.letters {
            push(&format!("taxRt{}", sum.letter), sum.rate, 7)?;
        }
        for sum in &self.letters {
            push(&format!("taxAmt{}", sum.letter), sum.tax, 18)?;
        }
        push("totTaxblAmt", self.taxable, 18)?;
        push("totTaxAmt", self.tax, 18)?;
        push("totAmt", self.total, 18)
    }
}
