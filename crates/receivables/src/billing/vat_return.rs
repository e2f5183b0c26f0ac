//! The return of the tax on what was sold: its periods, which of them a document falls into, what its boxes come to, and why
//! the ledger, the receipts of the tax device and the lines of the return differ.

use std::fmt;

use super::tax::Treatment;
use crate::{Date, Refusal, Unusable, sayings};

/// A month or a quarter of the calendar.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Period {
    pub from: Date,
    pub until: Date,
}

impl Period {
    /// `2026-09` or `2026-Q3`.
    pub fn read(text: &str) -> Result<Period, Refusal> {
        let text = text.trim();
        let refused = || {
            let reason = Unusable::NoVatPeriod;
            match text {
                "" => Refusal::InvalidEmpty { field: "period".into(), reason },
                _ => Refusal::Invalid { field: "period".into(), value: text.into(), reason },
            }
        };
        Period::known(text).ok_or_else(refused)
    }

    /// The same where a text may say something else.
    pub fn known(text: &str) -> Option<Period> {
        let (year, part) = text.trim().split_once('-')?;
        let digits = |text: &str, count: usize| text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
        let (number, months) = part.strip_prefix(['Q', 'q']).map_or((part, 1), |quarter| (quarter, 3));
        if !digits(year, 4) || !digits(number, if months == 3 { 1 } else { 2 }) {
            return None;
        }
        let month = number.parse::<i8>().ok().filter(|number| (1..=12 / months).contains(number))?;
        let from = Date::new(year.parse().ok()?, (month - 1) * months + 1, 1)?;
        Some(Period { from, until: from.plus_months(i32::from(months) - 1).last_of_month() })
    }

    /// The month of a day.
    pub fn month_of(on: Date) -> Period {
        Period { from: on.first_of_month(), until: on.last_of_month() }
    }

    pub fn holds(&self, on: Date) -> bool {
        self.from <= on && on <= self.until
    }

    /// Whether a day belongs to both.
    pub fn meets(&self, other: &Period) -> bool {
        self.from <= other.until && other.from <= self.until
    }

    /// Whether every day of it belongs to the other.
    pub fn is_within(&self, other: &Period) -> bool {
        other.from <= self.from && self.until <= other.until
    }

    pub fn is_over(&self, today: Date) -> bool {
        self.until < today
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month) = (self.from.year(), self.from.month());
        if self.until.month() == month {
            write!(f, "{year:04}-{month:02}")
        } else {
            write!(f, "{year:04}-Q{}", (month + 2) / 3)
        }
    }
}

/// The day whose return takes a document in: its own, or the first after the returns that were filed without it.
pub fn falls_on(issued_on: Date, filed: &[Period]) -> Date {
    let mut on = issued_on;
    while let Some(period) = filed.iter().find(|period| period.holds(on)) {
        on = period.until.plus_days(1);
    }
    on
}

/// Net amounts by how they are taxed, and the tax, in minor units of the company's currency; below zero for a credit note.
#[derive(Clone, Copy, Default, Debug, PartialEq, Eq)]
pub struct Amounts {
    pub taxable: i64,
    pub zero_rated: i64,
    pub exports: i64,
    pub exempt: i64,
    pub outside: i64,
    /// Of which the buyer accounts for the tax.
    pub reverse_charge: i64,
    /// Of documents that say no classes.
    pub unclassed: i64,
    pub tax: i64,
    /// Collected for the state, no sale.
    pub levies: i64,
}

impl Amounts {
    pub fn net(&self) -> i64 {
        let untaxed = self.zero_rated + self.exports + self.exempt + self.outside + self.reverse_charge;
        self.taxable + untaxed + self.unclassed
    }

    pub fn add(&mut self, other: &Amounts) {
        self.taxable += other.taxable;
        self.zero_rated += other.zero_rated;
        self.exports += other.exports;
        self.exempt += other.exempt;
        self.outside += other.outside;
        self.reverse_charge += other.reverse_charge;
        self.unclassed += other.unclassed;
        self.tax += other.tax;
        self.levies += other.levies;
    }

    pub fn of(&mut self, treatment: Option<Treatment>) -> &mut i64 {
        match treatment {
            Some(Treatment::Taxable) => &mut self.taxable,
            Some(Treatment::ZeroRated) => &mut self.zero_rated,
            Some(Treatment::Export) => &mut self.exports,
            Some(Treatment::Exempt) => &mut self.exempt,
            Some(Treatment::Outside) => &mut self.outside,
            Some(Treatment::ReverseCharge) => &mut self.reverse_charge,
            Some(Treatment::Levy) => &mut self.levies,
            None => &mut self.unclassed,
        }
    }
}

macro_rules! boxes {
    ($($(#[$doc:meta])* $name:ident $code:literal $number:literal;)*) => {
        /// What a return says of what was sold.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub enum Figure { $($(#[$doc])* $name),* }

        impl Figure {
            /// With its code and the number of its box; empty where the form's number is not known here.
            pub const ALL: &'static [(Figure, &'static str, &'static str)] = &[$((Figure::$name, $code, $number)),*];
        }
    };
}

// RRA-VAT-DF1, by the tax handbook of the Rwanda Revenue Authority (2025).
boxes! {
    /// All that was sold, without tax.
    Sales "sales" "5";
    Exempt "exempt" "10";
    ZeroRated "zero-rated" "15";
    Exports "exports" "20";
    Taxable "taxable" "";
    Outside "outside" "";
    /// Of which the buyer accounts for the tax.
    ReverseCharge "reverse-charge" "";
    Unclassed "unclassed" "";
    OutputTax "output-tax" "";
    /// Invoices of which tax was withheld, without tax.
    PublicBodies "public-bodies" "76";
    /// Set off against the tax of the period.
    Withheld "vat-withheld" "80";
}

impl Figure {
    pub fn code(self) -> &'static str {
        Figure::ALL.iter().find(|(figure, ..)| *figure == self).map_or("", |(_, code, _)| code)
    }

    /// The number of its box; empty where the form's number is not known here.
    pub fn number(self) -> &'static str {
        Figure::ALL.iter().find(|(figure, ..)| *figure == self).map_or("", |(.., number)| number)
    }

    pub fn from_code(code: &str) -> Option<Figure> {
        Figure::ALL.iter().find(|(_, known, _)| *known == code).map(|(figure, ..)| *figure)
    }
}

/// The figures of a return, in the order of the form.
pub fn figures(sold: &Amounts, public_bodies: i64, withheld: i64) -> Vec<(Figure, i64)> {
    let of = |figure: Figure| match figure {
        Figure::Sales => sold.net(),
        Figure::Exempt => sold.exempt,
        Figure::ZeroRated => sold.zero_rated,
        Figure::Exports => sold.exports,
        Figure::Taxable => sold.taxable,
        Figure::Outside => sold.outside,
        Figure::ReverseCharge => sold.reverse_charge,
        Figure::Unclassed => sold.unclassed,
        Figure::OutputTax => sold.tax,
        Figure::PublicBodies => public_bodies,
        Figure::Withheld => withheld,
    };
    Figure::ALL.iter().map(|(figure, ..)| (*figure, of(*figure))).collect()
}

/// What is known of a document's receipt.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Signed {
    /// The company has no tax device.
    NoDevice,
    On(Date),
    /// On its way.
    Waiting,
    /// Taken back before it had one.
    Void,
    /// It does not go to the device.
    NotSent,
}

/// A document as the three see it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Seen {
    pub issued_on: Date,
    pub posted_on: Date,
    pub signed: Signed,
    /// The filed return that has it.
    pub filed_in: Option<Period>,
    /// Where no filed return has it, the day whose return takes it in.
    pub falls_on: Date,
    /// It says no classes.
    pub is_unclassed: bool,
}

impl Seen {
    /// Whether the return of a period has it, or takes it in.
    pub fn is_in(&self, period: &Period) -> bool {
        self.filed_in.map_or(period.holds(self.falls_on), |filed| filed == *period)
    }
}

sayings! {
    /// Why ledger, receipts and return say different things of a document, or what should be known of it.
    pub enum Why in "tie" {
        Late "late" { on: Date },
        PostedOn "posted-on" { on: Date },
        FiledIn "filed-in" { period },
        FallsOn "falls-on" { on: Date },
        SignedOn "signed-on" { on: Date },
        NoReceipt "no-receipt",
        Void "void",
        NotSent "not-sent",
        Unclassed "unclassed",
        /// Of the ledger alone: an entry of no document.
        Discount "discount" { number },
        OtherEntry "other-entry",
    }
}

/// What is to be said of a document in a period; nothing where the three agree.
pub fn why(seen: &Seen, period: &Period) -> Vec<Why> {
    let here = seen.is_in(period);
    let signed_here = matches!(seen.signed, Signed::On(on) if period.holds(on));
    let posted_here = period.holds(seen.posted_on);
    if !here && !posted_here && !signed_here {
        return Vec::new();
    }
    let mut why = Vec::new();
    if here && !period.holds(seen.issued_on) {
        why.push(Why::Late { on: seen.issued_on });
    }
    if seen.posted_on != seen.issued_on && posted_here != here {
        why.push(Why::PostedOn { on: seen.posted_on });
    }
    match seen.filed_in {
        _ if here => {}
        Some(filed) => why.push(Why::FiledIn { period: filed.to_string() }),
        None => why.push(Why::FallsOn { on: seen.falls_on }),
    }
    match seen.signed {
        Signed::On(on) if signed_here != here => why.push(Why::SignedOn { on }),
        Signed::Waiting if here => why.push(Why::NoReceipt),
        Signed::Void if here => why.push(Why::Void),
        Signed::NotSent if here => why.push(Why::NotSent),
        _ => {}
    }
    if here && seen.is_unclassed {
        why.push(Why::Unclassed);
    }
    why
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn period(text: &str) -> Period {
        Period::read(text).unwrap()
    }

    #[test]
    fn a_period_is_a_month_or_a_quarter() {
        for (text, from, until) in [
            ("2026-09", "2026-09-01", "2026-09-30"),
            ("2026-12", "2026-12-01", "2026-12-31"),
            ("2024-02", "2024-02-01", "2024-02-29"),
            ("2026-Q1", "2026-01-01", "2026-03-31"),
            ("2026-Q4", "2026-10-01", "2026-12-31"),
        ] {
            let read = period(text);
            assert_eq!((read.from, read.until, read.to_string().as_str()), (day(from), day(until), text));
        }
        assert_eq!(period(" 2026-q3 ").to_string(), "2026-Q3");
        for wrong in
            ["", "2026", "2026-9", "2026-13", "2026-00", "2026-Q0", "2026-Q5", "2026-09-01", "26-09", "2026-+9"]
        {
            assert!(Period::read(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_period_knows_its_days_and_its_neighbours() {
        let september = period("2026-09");
        for (on, holds) in [("2026-08-31", false), ("2026-09-01", true), ("2026-09-30", true), ("2026-10-01", false)] {
            assert_eq!(september.holds(day(on)), holds, "{on}");
        }
        assert!(!september.is_over(day("2026-09-30")) && september.is_over(day("2026-10-01")));
        assert!(september.meets(&period("2026-Q3")) && september.is_within(&period("2026-Q3")));
        assert!(!period("2026-Q3").is_within(&september) && !september.meets(&period("2026-10")));
        assert_eq!(Period::month_of(day("2026-09-15")), september);
    }

    #[test]
    fn what_comes_after_its_return_falls_into_the_first_that_is_not_filed() {
        let filed = [period("2026-08"), period("2026-09"), period("2026-11")];
        for (issued_on, falls) in [
            ("2026-07-31", "2026-07-31"),
            ("2026-08-01", "2026-10-01"),
            ("2026-09-30", "2026-10-01"),
            ("2026-10-15", "2026-10-15"),
            ("2026-11-30", "2026-12-01"),
        ] {
            assert_eq!(falls_on(day(issued_on), &filed), day(falls), "{issued_on}");
        }
    }

    #[test]
    fn sales_are_the_sum_of_their_parts() {
        let sold = Amounts {
            taxable: 1_000,
            zero_rated: 200,
            exports: 50_000,
            exempt: 30,
            outside: 4,
            reverse_charge: 7_000,
            unclassed: 5,
            tax: 180,
            levies: 600_000,
        };
        let said: Vec<(&str, i64)> =
            figures(&sold, 700, 126).into_iter().map(|(figure, minor)| (figure.code(), minor)).collect();
        assert_eq!(
            said,
            [
                ("sales", 58_239),
                ("exempt", 30),
                ("zero-rated", 200),
                ("exports", 50_000),
                ("taxable", 1_000),
                ("outside", 4),
                ("reverse-charge", 7_000),
                ("unclassed", 5),
                ("output-tax", 180),
                ("public-bodies", 700),
                ("vat-withheld", 126)
            ]
        );
    }

    fn said(seen: Seen) -> String {
        why(&seen, &period("2026-09")).iter().map(Why::to_string).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn each_difference_has_its_reason() {
        let on = day("2026-09-10");
        let agreed = Seen {
            issued_on: on,
            posted_on: on,
            signed: Signed::On(on),
            filed_in: None,
            falls_on: on,
            is_unclassed: false,
        };
        let october = day("2026-10-02");
        assert_eq!(said(agreed), "");
        assert_eq!(said(Seen { signed: Signed::NoDevice, ..agreed }), "");
        assert_eq!(said(Seen { signed: Signed::On(october), ..agreed }), "tie-signed-on(2026-10-02)");
        assert_eq!(said(Seen { signed: Signed::Waiting, ..agreed }), "tie-no-receipt");
        assert_eq!(said(Seen { signed: Signed::NotSent, is_unclassed: true, ..agreed }), "tie-not-sent tie-unclassed");
        assert_eq!(said(Seen { posted_on: october, ..agreed }), "tie-posted-on(2026-10-02)");
        let august = day("2026-08-31");
        let late = Seen { issued_on: august, posted_on: august, falls_on: day("2026-09-01"), ..agreed };
        assert_eq!(said(late), "tie-late(2026-08-31)");
        let filed = Seen { issued_on: august, filed_in: Some(period("2026-08")), ..agreed };
        assert_eq!(said(filed), "tie-posted-on(2026-09-10) tie-filed-in(2026-08) tie-signed-on(2026-09-10)");
        let next = Seen { falls_on: october, ..agreed };
        assert_eq!(said(next), "tie-falls-on(2026-10-02) tie-signed-on(2026-09-10)");
        let elsewhere =
            Seen { issued_on: october, posted_on: october, signed: Signed::On(october), falls_on: october, ..agreed };
        assert_eq!(said(elsewhere), "");
    }
}
