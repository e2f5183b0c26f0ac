//! Ratios of a receivables desk: DSO, best possible DSO, average days delinquent, collection effectiveness,
//! count-back DSO and the straight-through rate of cash application. Every result has the name of its formula, because
//! the same inputs have two published answers.
//!
//! Formulas: Credit Research Foundation with V. Srinivasan (CEI), as collected in `conformance/science-tests.md` §G.
//! Values are exact to the last of 28 digits; [`Kpi::rounded`] rounds once, at display.

use rust_decimal::{Decimal, RoundingStrategy};

/// The balances and sales of one currency over one period, in minor units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Figures {
    /// Receivables at the start of the period.
    pub begin: i64,
    /// Credit sales in the period.
    pub sales: i64,
    /// Receivables at the end of the period.
    pub end: i64,
    /// The part of `end` that is not past due.
    pub end_current: i64,
    /// Days in the period.
    pub days: u32,
    /// Months in the period; 1 if the sales are one month's.
    pub months: u32,
}

/// The credit sales of one calendar month, in minor units, and its days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MonthSales {
    pub sales: i64,
    pub days: u32,
}

/// The receipts of one currency in one period, by count.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Payments {
    pub received: i64,
    /// Those that cash application applied in full, without a person at any step.
    pub untouched: i64,
}

/// One ratio and its unit; its formula in words is in the locales under its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kpi {
    /// Stable name: `dso`, `bpdso`, `add`, `cei_monthly`, `cei_period`, `dso_countback`, `straight_through`,
    /// `for_people`.
    pub kpi: &'static str,
    /// `None` when the formula divides by zero, nothing was received, or the sales history is too short to count back.
    pub value: Option<Decimal>,
    /// `days`, `percent` or `receipts`.
    pub unit: &'static str,
}

impl Kpi {
    /// The value as shown: four decimals, half away from zero.
    pub fn rounded(&self) -> Option<Decimal> {
        self.value.map(|value| value.round_dp_with_strategy(4, RoundingStrategy::MidpointAwayFromZero))
    }
}

/// Days sales outstanding.
pub fn dso(f: &Figures) -> Kpi {
    days("dso", sales_days(f.end, f))
}

/// Best possible DSO: as if nothing were past due.
pub fn bpdso(f: &Figures) -> Kpi {
    days("bpdso", sales_days(f.end_current, f))
}

/// Average days delinquent: DSO less best possible DSO.
pub fn add(f: &Figures) -> Kpi {
    let late = f.end.checked_sub(f.end_current);
    days("add", late.and_then(|late| sales_days(late, f)))
}

/// Collection effectiveness index with the average month's sales.
pub fn cei_monthly(f: &Figures) -> Kpi {
    Kpi { kpi: "cei_monthly", value: cei(f, f.months), unit: "percent" }
}

/// Collection effectiveness index with the sales of the whole period.
pub fn cei_period(f: &Figures) -> Kpi {
    Kpi { kpi: "cei_period", value: cei(f, 1), unit: "percent" }
}

/// Count-back DSO: takes whole months of sales off the receivables, latest month first; what is left is a share of
/// the next month's days. `months` run from the latest back.
pub fn dso_countback(receivables: i64, months: &[MonthSales]) -> Kpi {
    days("dso_countback", count_back(receivables, months))
}

/// Straight-through rate: receipts posted and applied with no person, by count.
pub fn straight_through(p: &Payments) -> Kpi {
    let value = Decimal::from(p.untouched).checked_mul(Decimal::ONE_HUNDRED);
    let value = value.and_then(|untouched| untouched.checked_div(Decimal::from(p.received)));
    Kpi { kpi: "straight_through", value, unit: "percent" }
}

/// The receipts that took a person, or still wait for one.
pub fn for_people(p: &Payments) -> Kpi {
    let value = Decimal::from(p.received).checked_sub(Decimal::from(p.untouched));
    Kpi { kpi: "for_people", value: value.filter(|_| p.received > 0), unit: "receipts" }
}

/// Every ratio of one period, in the order of the report.
pub fn all(f: &Figures, months: &[MonthSales], p: &Payments) -> Vec<Kpi> {
    vec![
        dso(f),
        bpdso(f),
        add(f),
        dso_countback(f.end, months),
        cei_monthly(f),
        cei_period(f),
        straight_through(p),
        for_people(p),
    ]
}

fn days(kpi: &'static str, value: Option<Decimal>) -> Kpi {
    Kpi { kpi, value, unit: "days" }
}

/// `amount ÷ sales × days`, the division last.
fn sales_days(amount: i64, f: &Figures) -> Option<Decimal> {
    Decimal::from(amount).checked_mul(Decimal::from(f.days))?.checked_div(Decimal::from(f.sales))
}

/// Both sides multiplied by the months, so that one division is the only rounding.
fn cei(f: &Figures, months: u32) -> Option<Decimal> {
    let n = Decimal::from(months);
    let collectable = n.checked_mul(Decimal::from(f.begin))?.checked_add(Decimal::from(f.sales))?;
    let collected = collectable.checked_sub(n.checked_mul(Decimal::from(f.end))?)?;
    let possible = collectable.checked_sub(n.checked_mul(Decimal::from(f.end_current))?)?;
    collected.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(possible)
}

fn count_back(receivables: i64, months: &[MonthSales]) -> Option<Decimal> {
    let mut rest = receivables;
    let mut whole_days = Decimal::ZERO;
    for month in months {
        if rest <= 0 {
            break;
        }
        let month_days = Decimal::from(month.days);
        if rest < month.sales {
            let part = Decimal::from(rest).checked_mul(month_days)?.checked_div(Decimal::from(month.sales))?;
            return whole_days.checked_add(part);
        }
        rest = rest.checked_sub(month.sales)?;
        whole_days = whole_days.checked_add(month_days)?;
    }
    (rest <= 0).then_some(whole_days)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(kpi: Kpi, decimals: u32, expected: &str) {
        let value = kpi.value.expect("a value");
        let shown = value.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero);
        assert_eq!(shown, expected.parse::<Decimal>().unwrap(), "{}", kpi.kpi);
    }

    #[test]
    fn test_16_two_published_answers_from_the_same_inputs() {
        let f = Figures { begin: 6200, sales: 10_890, end: 6340, end_current: 3590, days: 90, months: 3 };
        check(cei_monthly(&f), 2, "55.93");
        check(cei_period(&f), 2, "79.63");
        check(dso(&f), 2, "52.40");
        check(bpdso(&f), 2, "29.67");
        check(add(&f), 2, "22.73");
    }

    #[test]
    fn case_o11_collection_effectiveness() {
        let f = Figures { begin: 200, sales: 300, end: 250, end_current: 180, days: 30, months: 1 };
        check(cei_monthly(&f), 3, "78.125");
        check(cei_period(&f), 3, "78.125");
    }

    #[test]
    fn case_o13_days_outstanding() {
        let f = Figures { begin: 0, sales: 310, end: 250, end_current: 180, days: 91, months: 3 };
        check(dso(&f), 1, "73.4");
        check(bpdso(&f), 1, "52.8");
        check(add(&f), 1, "20.5");
    }

    #[test]
    fn test_5_payments_posted_untouched() {
        let p = Payments { received: 8_000, untouched: 5_600 };
        check(straight_through(&p), 1, "70.0");
        check(for_people(&p), 0, "2400");
        // At six minutes each: 240 hours.
        let hours = for_people(&p).value.unwrap() * Decimal::from(6) / Decimal::from(60);
        assert_eq!(hours, Decimal::from(240));
        let none = Payments::default();
        assert_eq!((straight_through(&none).value, for_people(&none).value), (None, None));
    }

    #[test]
    fn test_18_snapshots_of_the_ibm_set() {
        let rows = [
            (550_409, 459_436, 1_819_214, ["27.2298", "22.7292", "4.5006"]),
            (602_922, 541_655, 1_911_951, ["28.3809", "25.4970", "2.8840"]),
            (572_506, 493_632, 1_919_681, ["26.8407", "23.1428", "3.6978"]),
            (511_985, 428_429, 1_990_370, ["23.1508", "19.3726", "3.7782"]),
            (493_010, 442_279, 1_863_022, ["23.8166", "21.3659", "2.4507"]),
        ];
        for (end, end_current, sales, expected) in rows {
            let f = Figures { begin: 0, sales, end, end_current, days: 90, months: 3 };
            for (kpi, expected) in [dso(&f), bpdso(&f), add(&f)].into_iter().zip(expected) {
                check(kpi, 4, expected);
            }
        }
    }

    #[test]
    fn test_19_effectiveness_by_month() {
        let rows = [
            (546_528, 643_862, 590_374, 522_237, "89.8022"),
            (691_835, 584_959, 511_985, 428_429, "90.1509"),
            (492_557, 682_875, 502_922, 456_374, "93.5265"),
        ];
        for (begin, sales, end, end_current, expected) in rows {
            let f = Figures { begin, sales, end, end_current, days: 30, months: 1 };
            check(cei_monthly(&f), 4, expected);
        }
    }

    #[test]
    fn counting_back_takes_whole_months_and_a_part() {
        let months = [
            MonthSales { sales: 100, days: 30 },
            MonthSales { sales: 0, days: 31 },
            MonthSales { sales: 200, days: 28 },
        ];
        check(dso_countback(50, &months), 4, "15");
        check(dso_countback(100, &months), 4, "30");
        check(dso_countback(150, &months), 4, "68");
        check(dso_countback(300, &months), 4, "89");
        check(dso_countback(0, &months), 4, "0");
        assert_eq!(dso_countback(301, &months).value, None, "the history is too short");
    }

    #[test]
    fn nothing_sold_has_no_ratio() {
        let f = Figures { begin: 0, sales: 0, end: 100, end_current: 0, days: 90, months: 3 };
        assert_eq!((dso(&f).value, dso(&f).rounded()), (None, None));
        let idle = Figures { begin: 0, sales: 0, end: 0, end_current: 0, days: 90, months: 3 };
        assert_eq!(cei_monthly(&idle).value, None);
    }
}
