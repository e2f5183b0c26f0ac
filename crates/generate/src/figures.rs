//! Compares what the program did with the truth, and counts.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::truth::{Accepts, KINDS, Kind, Knowable, Row, word};

/// Numbers of invoices, with amounts.
pub type Allocations = Vec<(String, i64)>;

/// What the program made of a receipt.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// What it applied by itself, in all weeks.
    pub applied: Allocations,
    /// What it proposed last, the best first.
    pub proposed: Vec<Allocations>,
    /// Its reasons: of what it applied, or else of what it said last.
    pub evidence: Vec<String>,
    /// The customer whose money it says the receipt is.
    pub customer: Option<String>,
    /// Whether its line became a receipt.
    pub receipt: bool,
    /// The customer for whom a person has applied it since.
    pub settled: Option<String>,
}

/// Whether what the program did by itself is right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Applied as it truly was.
    Right,
    /// Applied otherwise.
    Wrong,
    /// Left to a person.
    Left,
}

/// Who is billed by each invoice.
pub type Owners = BTreeMap<String, String>;

/// Whether these allocations are what truly was paid. More than that is right only where the payer paid too much, and on
/// invoices of the same customer.
pub fn right(row: &Row, allocations: &[(String, i64)], owners: &Owners) -> bool {
    let whose = |number: &String| owners.get(number).is_some_and(|owner| *owner == row.customer);
    if allocations.is_empty() || row.allocations.is_empty() || row.kind == Kind::Ambiguous {
        return false;
    }
    if row.accepts == Accepts::AnyOfTheCustomer {
        let sum = |all: &[(String, i64)]| all.iter().map(|(_, amount)| amount).sum::<i64>();
        return allocations.iter().all(|(number, _)| whose(number)) && sum(allocations) == sum(&row.allocations);
    }
    let wanted = row.allocations.iter().all(|one| allocations.contains(one));
    let mut more = allocations.iter().filter(|one| !row.allocations.contains(one));
    wanted && more.all(|(number, _)| row.kind == Kind::Overpaid && whose(number))
}

/// Judges one receipt.
pub fn judge(row: &Row, found: &Found, owners: &Owners) -> Verdict {
    match () {
        () if found.applied.is_empty() => Verdict::Left,
        () if right(row, &found.applied, owners) => Verdict::Right,
        () => Verdict::Wrong,
    }
}

/// Whether a wrong answer holds nothing false: all of it is true, and some of the truth was left to a person.
pub fn incomplete(row: &Row, found: &Found) -> bool {
    row.kind != Kind::Ambiguous && found.applied.iter().all(|one| row.allocations.contains(one))
}

/// Counts of some receipts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// Receipts.
    pub receipts: u64,
    /// Of them, those whose allocation an honest clerk can know.
    pub knowable: u64,
    /// Applied by the program itself.
    pub applied: u64,
    /// Of the applied, the wrong ones.
    pub wrong: u64,
    /// Of the wrong, those that hold nothing false and left some of the truth to a person.
    pub incomplete: u64,
    /// Lines that became no receipt: taken for a duplicate, or waiting.
    pub lost: u64,
    /// Of the knowable, those that were applied and rightly.
    pub recalled: u64,
    /// Of the receipts with a customer that can be known, those with that customer at the end.
    pub identified: u64,
    /// Receipts with a customer that can be known.
    pub identifiable: u64,
    /// Proposed and not applied, of payments of customers.
    pub proposed: u64,
    /// Of the proposed, those with the truth among the first three.
    pub hit: u64,
}

impl Figures {
    /// Counts one receipt.
    pub fn add(&mut self, row: &Row, found: &Found, owners: &Owners) {
        let verdict = judge(row, found, owners);
        let can = row.knowable == Knowable::Allocation;
        self.receipts += 1;
        self.knowable += u64::from(can);
        self.applied += u64::from(verdict != Verdict::Left);
        self.wrong += u64::from(verdict == Verdict::Wrong);
        self.incomplete += u64::from(verdict == Verdict::Wrong && incomplete(row, found));
        self.lost += u64::from(!found.receipt);
        self.recalled += u64::from(can && verdict == Verdict::Right);
        if row.knowable != Knowable::Nothing {
            self.identifiable += 1;
            self.identified += u64::from(found.customer.as_ref() == Some(&row.customer));
        }
        if verdict == Verdict::Left && !found.proposed.is_empty() && !row.customer.is_empty() {
            // A proposal is shown to a person, so that one of two equal answers may well be the right one.
            let shown =
                Row { kind: if row.kind == Kind::Ambiguous { Kind::FreeText } else { row.kind }, ..row.clone() };
            self.proposed += 1;
            self.hit += u64::from(found.proposed.iter().take(3).any(|one| right(&shown, one, owners)));
        }
    }

    fn plus(&mut self, other: &Figures) {
        self.receipts += other.receipts;
        self.knowable += other.knowable;
        self.applied += other.applied;
        self.wrong += other.wrong;
        self.incomplete += other.incomplete;
        self.lost += other.lost;
        self.recalled += other.recalled;
        self.identified += other.identified;
        self.identifiable += other.identifiable;
        self.proposed += other.proposed;
        self.hit += other.hit;
    }
}

/// The lower bound of the 95 % interval of Wilson for a share, in millionths, rounded down.
///
/// (r + z²/2 − z √(r (n − r)/n + z²/4)) / (n + z²) with z = 1.959964, two-sided, in whole numbers.
pub fn wilson(right: u64, of: u64) -> u64 {
    // In thousand-millionths.
    const ONE: u128 = 1_000_000_000;
    const Z: u128 = 1_959_964_000;
    const Z_SQUARED: u128 = 3_841_458_881;
    if of == 0 {
        return 0;
    }
    let (r, n) = (u128::from(right.min(of)), u128::from(of));
    let root = ((r * (n - r) * ONE * ONE).div_ceil(n) + Z_SQUARED * ONE / 4).isqrt() + 1;
    let above = (r * ONE + Z_SQUARED / 2).saturating_sub((Z * root).div_ceil(ONE));
    u64::try_from(above * 1_000_000 / (n * ONE + Z_SQUARED)).unwrap_or(0)
}

/// Figures by difficulty and kind; the kind "all" is the sum.
#[derive(Clone, Debug, Default)]
pub struct Report {
    by: BTreeMap<(usize, usize), (String, &'static str, Figures)>,
}

/// Kinds whose recall has a goal together: a usable reference, a known payer or an exact amount.
const USABLE: &[Kind] = &[Kind::Reference, Kind::KnownPayer, Kind::ExactAmount];

impl Report {
    /// Counts one receipt of a difficulty.
    pub fn add(&mut self, difficulty: &str, row: &Row, found: &Found, owners: &Owners) {
        let order = crate::difficulty::ALL.iter().position(|one| one.name == difficulty).unwrap_or(9);
        let kind = KINDS.iter().position(|(kind, _)| *kind == row.kind).unwrap_or(0);
        let usable = USABLE.contains(&row.kind).then_some((20, "usable evidence"));
        for (place, name) in [Some((kind, word(KINDS, row.kind))), usable, Some((30, "all"))].into_iter().flatten() {
            let entry =
                self.by.entry((order, place)).or_insert_with(|| (difficulty.to_owned(), name, Figures::default()));
            entry.2.add(row, found, owners);
        }
    }

    /// The lines, sums of all difficulties last.
    pub fn lines(&self) -> Vec<(String, &'static str, Figures)> {
        let mut lines: Vec<(String, &'static str, Figures)> = self.by.values().cloned().collect();
        let mut sums: BTreeMap<usize, (String, &'static str, Figures)> = BTreeMap::new();
        for ((_, place), (_, name, figures)) in self.by.iter().filter(|((_, place), _)| *place >= 20) {
            sums.entry(*place).or_insert_with(|| ("all".to_owned(), name, Figures::default())).2.plus(figures);
        }
        lines.extend(sums.into_values());
        lines
    }

    /// As a table for people.
    pub fn table(&self) -> String {
        let head = [
            "difficulty",
            "kind",
            "payments",
            "lost",
            "knowable",
            "applied",
            "wrong",
            "incomplete",
            "precision",
            "bound 95%",
            "recall",
            "identified",
            "proposed",
            "top-3",
        ];
        let mut rows = vec![head.map(str::to_owned)];
        for (difficulty, kind, f) in self.lines() {
            rows.push([
                difficulty,
                kind.to_owned(),
                f.receipts.to_string(),
                f.lost.to_string(),
                f.knowable.to_string(),
                f.applied.to_string(),
                f.wrong.to_string(),
                f.incomplete.to_string(),
                percent(share(f.applied - f.wrong, f.applied)),
                percent((f.applied > 0).then(|| wilson(f.applied - f.wrong, f.applied))),
                percent(share(f.recalled, f.knowable)),
                percent(share(f.identified, f.identifiable)),
                f.proposed.to_string(),
                percent(share(f.hit, f.proposed)),
            ]);
        }
        let mut widths = [0; 14];
        for row in &rows {
            for (width, cell) in widths.iter_mut().zip(row) {
                *width = cell.len().max(*width);
            }
        }
        let mut out = String::new();
        for row in &rows {
            for (n, (cell, width)) in row.iter().zip(widths).enumerate() {
                out.push_str(&if n < 2 { format!("{cell:<width$}  ") } else { format!("{cell:>width$}  ") });
            }
            out = out.trim_end().to_owned() + "\n";
        }
        out
    }

    /// As JSON; shares are millionths.
    pub fn json(&self) -> Value {
        let rows: Vec<Value> = self
            .lines()
            .into_iter()
            .map(|(difficulty, kind, f)| {
                json!({
                    "difficulty": difficulty, "kind": kind, "receipts": f.receipts, "knowable": f.knowable,
                    "lost": f.lost, "applied": f.applied, "wrong": f.wrong, "incomplete": f.incomplete,
                    "precision_ppm": share(f.applied - f.wrong, f.applied),
                    "precision_bound_ppm": (f.applied > 0).then(|| wilson(f.applied - f.wrong, f.applied)),
                    "recalled": f.recalled, "recall_ppm": share(f.recalled, f.knowable),
                    "identified": f.identified, "identifiable": f.identifiable,
                    "proposed": f.proposed, "hit": f.hit, "top3_ppm": share(f.hit, f.proposed),
                })
            })
            .collect();
        json!({ "rows": rows })
    }
}

/// A share in millionths, rounded down.
fn share(part: u64, whole: u64) -> Option<u64> {
    (whole > 0).then(|| part * 1_000_000 / whole)
}

fn percent(millionths: Option<u64>) -> String {
    millionths.map_or_else(|| "-".to_owned(), |share| format!("{}.{:03}", share / 10_000, share % 10_000 / 10))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(kind: Kind, allocations: &[(&str, i64)]) -> Row {
        Row {
            week: 1,
            account: "bank".to_owned(),
            on: "2026-03-02".to_owned(),
            amount: 100,
            reference: "R1".to_owned(),
            kind,
            customer: "A".to_owned(),
            allocations: allocations.iter().map(|(number, amount)| ((*number).to_owned(), *amount)).collect(),
            knowable: Knowable::Allocation,
            accepts: Accepts::These,
            shown: String::new(),
        }
    }

    fn applied(allocations: &[(&str, i64)]) -> Found {
        let applied = allocations.iter().map(|(number, amount)| ((*number).to_owned(), *amount)).collect();
        Found { applied, ..Found::default() }
    }

    fn owners() -> Owners {
        [("I1", "A"), ("I2", "A"), ("I3", "B")].map(|(number, owner)| (number.to_owned(), owner.to_owned())).into()
    }

    /// A planted wrong answer is counted wrong.
    #[test]
    fn an_answer_is_right_to_the_franc_or_wrong() {
        let paid = row(Kind::Reference, &[("I1", 60), ("I2", 40)]);
        for (answer, verdict) in [
            (&[("I2", 40), ("I1", 60)][..], Verdict::Right),
            (&[("I1", 60)], Verdict::Wrong),
            (&[("I1", 61), ("I2", 39)], Verdict::Wrong),
            (&[("I1", 60), ("I3", 40)], Verdict::Wrong),
            (&[], Verdict::Left),
        ] {
            assert_eq!(judge(&paid, &applied(answer), &owners()), verdict, "{answer:?}");
        }
    }

    #[test]
    fn what_is_true_and_not_all_is_wrong_and_incomplete() {
        let paid = row(Kind::Reference, &[("I1", 60), ("I2", 40)]);
        assert!(incomplete(&paid, &applied(&[("I1", 60)])));
        assert!(!incomplete(&paid, &applied(&[("I1", 61)])));
        assert!(!incomplete(&row(Kind::Ambiguous, &[("I1", 60)]), &applied(&[("I1", 60)])));
    }

    #[test]
    fn the_rest_of_an_overpayment_may_go_to_the_same_customer() {
        let over = row(Kind::Overpaid, &[("I1", 60)]);
        assert_eq!(judge(&over, &applied(&[("I1", 60), ("I2", 40)]), &owners()), Verdict::Right);
        assert_eq!(judge(&over, &applied(&[("I1", 60), ("I3", 40)]), &owners()), Verdict::Wrong);
        assert_eq!(
            judge(&row(Kind::Reference, &[("I1", 60)]), &applied(&[("I1", 60), ("I2", 40)]), &owners()),
            Verdict::Wrong
        );
    }

    #[test]
    fn what_nobody_can_know_is_wrong_whichever_was_meant() {
        assert_eq!(judge(&row(Kind::Ambiguous, &[("I1", 60)]), &applied(&[("I1", 60)]), &owners()), Verdict::Wrong);
        assert_eq!(judge(&row(Kind::NotACustomer, &[]), &applied(&[("I1", 60)]), &owners()), Verdict::Wrong);
        let any = Row { accepts: Accepts::AnyOfTheCustomer, ..row(Kind::Part, &[("I1", 60)]) };
        assert_eq!(judge(&any, &applied(&[("I2", 60)]), &owners()), Verdict::Right);
        assert_eq!(judge(&any, &applied(&[("I3", 60)]), &owners()), Verdict::Wrong);
    }

    #[test]
    fn figures_count_and_sum_up() {
        let mut report = Report::default();
        let one = row(Kind::Reference, &[("I1", 100)]);
        report.add("easy", &one, &applied(&[("I1", 100)]), &owners());
        report.add("easy", &one, &applied(&[("I3", 100)]), &owners());
        let three = ["I2", "I3", "I1"].map(|number| vec![(number.to_owned(), 100)]).to_vec();
        report.add("hard", &one, &Found { proposed: three.clone(), ..Found::default() }, &owners());
        let four = [vec![vec![("I2".to_owned(), 1)]], three].concat();
        report.add("hard", &one, &Found { proposed: four, ..Found::default() }, &owners());
        let lines = report.lines();
        let (_, _, all) = lines.last().expect("a sum");
        assert_eq!((all.receipts, all.applied, all.wrong, all.recalled), (4, 2, 1, 1));
        assert_eq!((all.incomplete, all.lost), (0, 4));
        assert_eq!((all.proposed, all.hit), (2, 1));
        assert!(report.table().contains("usable evidence"));
    }

    /// Against values worked out by the formula with 30 decimals.
    #[test]
    fn the_bound_is_wilsons() {
        for (right, of, expected) in [
            (0, 0, 0),
            (10, 10, 722_467),
            (95, 100, 888_249),
            (30_000, 30_000, 999_871),
            (29_981, 30_000, 999_010),
            (29_970, 30_000, 998_572),
        ] {
            assert_eq!(wilson(right, of), expected, "{right} of {of}");
        }
    }
}
