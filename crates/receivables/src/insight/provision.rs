//! Provision: what of the open items is expected never to come, by a matrix of one loss rate per ageing bucket
//! (IFRS 9, simplified approach: 5.5.15, B5.5.35). The rates are given in per cent or come from how past sales were
//! paid; they are kept as fractions, so that rounding comes once and last.

use rust_decimal::{Decimal, RoundingStrategy};

use super::ageing::{Aged, Buckets};
use crate::{Refusal, Unusable};

/// The share of a bucket that is expected to be lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LossRate {
    lost: Decimal,
    of: Decimal,
}

impl LossRate {
    /// From per cent, 0 to 100.
    pub fn from_percent(percent: Decimal) -> Result<LossRate, Refusal> {
        if percent < Decimal::ZERO || percent > Decimal::ONE_HUNDRED {
            let (value, reason) = (percent.to_string(), Unusable::NoLossRate);
            return Err(Refusal::Invalid { field: "rates".into(), value, reason });
        }
        Ok(LossRate { lost: percent, of: Decimal::ONE_HUNDRED })
    }

    /// In per cent as shown: four decimals, half away from zero.
    pub fn percent(self) -> Result<Decimal, Refusal> {
        let percent = self.share_of(Decimal::ONE_HUNDRED)?;
        Ok(percent.round_dp_with_strategy(4, RoundingStrategy::MidpointAwayFromZero).normalize())
    }

    /// The division last, so that it alone is not exact.
    fn share_of(self, amount: Decimal) -> Result<Decimal, Refusal> {
        amount.checked_mul(self.lost).and_then(|product| product.checked_div(self.of)).ok_or_else(too_large)
    }
}

/// Loss rates from the sales of a past span (minor units) by the bucket in which they were paid; in the last bucket
/// stands what was never paid. The rate of a bucket is what was never paid over all that came to be that late.
pub fn loss_rates(sales: &[i64]) -> Result<Vec<LossRate>, Refusal> {
    let unusable = |reason| Refusal::InvalidEmpty { field: "history".into(), reason };
    if sales.iter().any(|paid| *paid < 0) {
        return Err(unusable(Unusable::PaidBelowZero));
    }
    let Some(never @ 1..) = sales.last().copied() else {
        return Err(unusable(Unusable::NothingLost));
    };
    let mut reached = 0i64;
    let mut rates = Vec::with_capacity(sales.len());
    for paid in sales.iter().rev() {
        reached = reached.checked_add(*paid).ok_or_else(too_large)?;
        rates.push(LossRate { lost: Decimal::from(never), of: Decimal::from(reached) });
    }
    rates.reverse();
    Ok(rates)
}

/// One loss rate per bucket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matrix {
    buckets: Buckets,
    rates: Vec<LossRate>,
}

/// What is expected to be lost of one currency, in minor units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allowance {
    /// By bucket, each rounded half up for the reader.
    pub buckets: Vec<i64>,
    /// Rounded half up once, from the exact products: it may differ by a few units from the sum of the buckets.
    pub total: i64,
}

impl Matrix {
    /// Refused unless there is one rate for each bucket.
    pub fn new(buckets: Buckets, rates: Vec<LossRate>) -> Result<Matrix, Refusal> {
        if rates.len() == buckets.count() {
            return Ok(Matrix { buckets, rates });
        }
        let reason = Unusable::OnePerBucket { count: rates.len().to_string(), buckets: buckets.names().join(", ") };
        Err(Refusal::InvalidEmpty { field: "rates".into(), reason })
    }

    pub fn buckets(&self) -> &Buckets {
        &self.buckets
    }

    pub fn rates(&self) -> &[LossRate] {
        &self.rates
    }

    /// The allowance of what is open. A bucket whose credits outweigh its debts is nothing to lose.
    pub fn allowance(&self, aged: &Aged) -> Result<Allowance, Refusal> {
        let mut exact = Decimal::ZERO;
        let mut buckets = Vec::with_capacity(self.rates.len());
        for (open, rate) in aged.open.iter().zip(&self.rates) {
            let lost = rate.share_of(Decimal::from((*open).max(0)))?;
            exact = exact.checked_add(lost).ok_or_else(too_large)?;
            buckets.push(rounded(lost)?);
        }
        Ok(Allowance { buckets, total: rounded(exact)? })
    }
}

fn rounded(exact: Decimal) -> Result<i64, Refusal> {
    let whole = exact.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero);
    i64::try_from(whole).map_err(|_| too_large())
}

fn too_large() -> Refusal {
    Refusal::TooLarge { what: "provision".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn percents(rates: &[LossRate]) -> Vec<String> {
        rates.iter().map(|rate| rate.percent().unwrap().to_string()).collect()
    }

    fn given(percents: &[&str]) -> Vec<LossRate> {
        percents.iter().map(|percent| LossRate::from_percent(percent.parse().unwrap()).unwrap()).collect()
    }

    fn allowance(open: &[i64], rates: Vec<LossRate>) -> Allowance {
        let aged = Aged { open: open.to_vec(), unapplied: 0, awaited: 0 };
        Matrix::new(Buckets::default(), rates).unwrap().allowance(&aged).unwrap()
    }

    /// Of 100,000 sold, 50,000 were paid on time, 27,000 in 1–30, 15,000 in 31–60, 6,000 in 61–90, 2,000 never.
    const SOLD: [i64; 5] = [50_000, 27_000, 15_000, 6_000, 2_000];

    #[test]
    fn case_o8_loss_rates_from_how_past_sales_were_paid() {
        let rates = loss_rates(&SOLD).unwrap();
        assert_eq!(percents(&rates), ["2", "4", "8.6957", "25", "100"]);
        assert_eq!(rates[2].percent().unwrap().round_dp(1).to_string(), "8.7", "2,000 of 23,000");
    }

    #[test]
    fn case_o10_a_matrix_of_five_rates() {
        let open = [15_000_000, 7_500_000, 4_000_000, 2_500_000, 1_000_000];
        let expected = Allowance { buckets: vec![45_000, 120_000, 144_000, 165_000, 106_000], total: 580_000 };
        assert_eq!(allowance(&open, given(&["0.3", "1.6", "3.6", "6.6", "10.6"])), expected);
    }

    /// With the rate shown as 8.7 % the total would be 27,570.00.
    #[test]
    fn test_8_rounding_comes_last() {
        let open = [30_000_000, 14_000_000, 6_000_000, 2_300_000, 500_000];
        let expected = Allowance { buckets: vec![600_000, 560_000, 521_739, 575_000, 500_000], total: 2_756_739 };
        assert_eq!(allowance(&open, loss_rates(&SOLD).unwrap()), expected);
    }

    #[test]
    fn the_total_is_rounded_once() {
        // Five times 0.5: each bucket shows 1, together they are 2.5, shown as 3 and not as 5.
        let halves = allowance(&[1, 1, 1, 1, 1], given(&["50"; 5]));
        assert_eq!(halves, Allowance { buckets: vec![1; 5], total: 3 });
    }

    #[test]
    fn credits_are_nothing_to_lose_and_nothing_to_gain() {
        let told = allowance(&[-1_000, 500, 0, 0, -1], given(&["10"; 5]));
        assert_eq!(told, Allowance { buckets: vec![0, 50, 0, 0, 0], total: 50 });
    }

    #[test]
    fn a_matrix_has_one_rate_per_bucket_and_a_rate_is_a_share() {
        assert!(matches!(Matrix::new(Buckets::default(), given(&["1"; 4])), Err(Refusal::InvalidEmpty { .. })));
        for percent in ["-0.1", "100.01"] {
            assert!(matches!(LossRate::from_percent(percent.parse().unwrap()), Err(Refusal::Invalid { .. })));
        }
        for sales in [&[50, 20, 0][..], &[50, -1, 2], &[]] {
            assert!(matches!(loss_rates(sales), Err(Refusal::InvalidEmpty { .. })), "{sales:?}");
        }
        assert!(matches!(loss_rates(&[i64::MAX, 1]), Err(Refusal::TooLarge { .. })));
        let all = given(&["100"; 5]);
        let whole = Aged { open: vec![i64::MAX, 1, 0, 0, 0], unapplied: 0, awaited: 0 };
        let told = Matrix::new(Buckets::default(), all).unwrap().allowance(&whole);
        assert!(matches!(told, Err(Refusal::TooLarge { .. })));
    }
}
