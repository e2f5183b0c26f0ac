//! Ageing: into which bucket an open item falls on a day, and the sums of a row of the ageing report.
//!
//! An item is current up to and including its due day; the day after it is one day late. Credits (open amounts
//! below zero) stand in the bucket of their own due date, so that a row adds up to the receivables account.

use crate::{Date, Refusal};

/// The limits of an ageing report in days late: 30, 60, 90 unless the reader asks otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Buckets(Vec<i32>);

/// One row of an ageing report: amounts of one currency in minor units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Aged {
    /// Open amounts by bucket, in the order of [`Buckets::names`]; a credit is below zero.
    pub open: Vec<i64>,
    /// Money received from the customer that settles no item yet.
    pub unapplied: i64,
    /// Of the open amounts, those for which a certificate of tax withheld is awaited.
    pub awaited: i64,
}

impl Default for Buckets {
    fn default() -> Self {
        Buckets(vec![30, 60, 90])
    }
}

impl Buckets {
    /// Upper limits in days late. Refused unless there is at least one, each is above zero, and they rise.
    pub fn new(limits: &[i32]) -> Result<Buckets, Refusal> {
        let positive = limits.first().is_some_and(|first| *first > 0);
        let rising = limits.windows(2).all(|pair| pair[0] < pair[1]);
        if positive && rising {
            return Ok(Buckets(limits.to_vec()));
        }
        let texts: Vec<String> = limits.iter().map(i32::to_string).collect();
        Err(Refusal::Buckets { buckets: texts.join(",") })
    }

    /// The upper limits in days late.
    pub fn limits(&self) -> &[i32] {
        &self.0
    }

    /// How many buckets: one per limit, the current one, and the open-ended one.
    pub fn count(&self) -> usize {
        self.0.len() + 2
    }

    /// Column names: `current`, `d1_30`, `d31_60`, `d61_90`, `d91_plus`.
    pub fn names(&self) -> Vec<String> {
        let mut names = vec!["current".to_owned()];
        let mut from: i64 = 1;
        for limit in &self.0 {
            names.push(format!("d{from}_{limit}"));
            from = i64::from(*limit) + 1;
        }
        names.push(format!("d{from}_plus"));
        names
    }

    /// The bucket of an item due on `due_on`, seen on `as_of`: 0 is current.
    pub fn index(&self, due_on: Date, as_of: Date) -> usize {
        let days_late = as_of.days_since(due_on);
        if days_late <= 0 {
            return 0;
        }
        1 + self.0.partition_point(|limit| *limit < days_late)
    }
}

impl Aged {
    /// An empty row.
    pub fn new(buckets: &Buckets) -> Aged {
        Aged { open: vec![0; buckets.count()], unapplied: 0, awaited: 0 }
    }

    /// Adds an open amount (minor units) to a bucket of [`Buckets::index`].
    pub fn add(&mut self, bucket: usize, open: i64) -> Result<(), Refusal> {
        self.open[bucket] = sum(self.open[bucket], open)?;
        Ok(())
    }

    /// Adds money that is not applied yet (minor units, above zero).
    pub fn add_unapplied(&mut self, amount: i64) -> Result<(), Refusal> {
        self.unapplied = sum(self.unapplied, amount)?;
        Ok(())
    }

    /// Adds what is open while its certificate is awaited (minor units, above zero).
    pub fn add_awaited(&mut self, amount: i64) -> Result<(), Refusal> {
        self.awaited = sum(self.awaited, amount)?;
        Ok(())
    }

    /// Adds another row of the same buckets, as the totals line does.
    pub fn add_row(&mut self, row: &Aged) -> Result<(), Refusal> {
        for (bucket, open) in row.open.iter().enumerate() {
            self.add(bucket, *open)?;
        }
        self.add_awaited(row.awaited)?;
        self.add_unapplied(row.unapplied)
    }

    /// The sum of the buckets.
    pub fn total(&self) -> Result<i64, Refusal> {
        self.open.iter().try_fold(0, |total, open| sum(total, *open))
    }

    /// What is past due: the sum of all buckets but the current one.
    pub fn overdue(&self) -> Result<i64, Refusal> {
        self.open.iter().skip(1).try_fold(0, |total, open| sum(total, *open))
    }

    /// The total less what is unapplied.
    pub fn net(&self) -> Result<i64, Refusal> {
        self.total()?.checked_sub(self.unapplied).ok_or_else(too_large)
    }
}

fn sum(a: i64, b: i64) -> Result<i64, Refusal> {
    a.checked_add(b).ok_or_else(too_large)
}

fn too_large() -> Refusal {
    Refusal::TooLarge { what: "ageing".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn names_follow_the_limits() {
        assert_eq!(Buckets::default().names(), ["current", "d1_30", "d31_60", "d61_90", "d91_plus"]);
        assert_eq!(Buckets::new(&[7]).unwrap().names(), ["current", "d1_7", "d8_plus"]);
        assert_eq!(Buckets::new(&[15, 45]).unwrap().names(), ["current", "d1_15", "d16_45", "d46_plus"]);
    }

    #[test]
    fn case_j14_limits_rise_and_are_above_zero() {
        for limits in [&[30, 30][..], &[60, 30], &[0, 30], &[-1], &[]] {
            assert!(matches!(Buckets::new(limits), Err(Refusal::Buckets { .. })), "{limits:?}");
        }
    }

    #[test]
    fn the_day_after_the_due_day_is_one_day_late() {
        let as_of = day("2026-06-30");
        let cases = [
            ("2026-07-01", 0),
            ("2026-06-30", 0),
            ("2026-06-29", 1),
            ("2026-05-31", 1),
            ("2026-05-30", 2),
            ("2026-05-01", 2),
            ("2026-04-30", 3),
            ("2026-04-01", 3),
            ("2026-03-31", 4),
            ("2019-01-01", 4),
        ];
        for (due_on, bucket) in cases {
            assert_eq!(Buckets::default().index(day(due_on), as_of), bucket, "due {due_on}");
        }
    }

    #[test]
    fn case_j13_overdue_is_what_is_not_current() {
        let buckets = Buckets::default();
        let mut row = Aged::new(&buckets);
        row.add(buckets.index(day("2026-06-01"), day("2026-06-10")), 500).unwrap();
        row.add(buckets.index(day("2026-07-01"), day("2026-06-10")), 1000).unwrap();
        assert_eq!((row.overdue().unwrap(), row.total().unwrap()), (500, 1500));
    }

    #[test]
    fn a_row_adds_up_with_its_credits_and_never_wraps() {
        let buckets = Buckets::default();
        let mut row = Aged::new(&buckets);
        row.add(1, 1000).unwrap();
        row.add(3, -200).unwrap();
        row.add_unapplied(300).unwrap();
        assert_eq!(row, Aged { open: vec![0, 1000, 0, -200, 0], unapplied: 300, awaited: 0 });
        assert_eq!((row.total().unwrap(), row.net().unwrap()), (800, 500));
        let mut totals = Aged::new(&buckets);
        totals.add_row(&row).unwrap();
        totals.add_row(&row).unwrap();
        assert_eq!(totals.net().unwrap(), 1000);
        assert!(matches!(row.add(1, i64::MAX), Err(Refusal::TooLarge { .. })));
    }
}
