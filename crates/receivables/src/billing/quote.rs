//! Quotes and proforma invoices: what kinds there are, and how one stands on a day.

use crate::{Date, Refusal};

/// What is offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Quote,
    /// Looks like an invoice, for a buyer who must show one before paying.
    Proforma,
}

impl Kind {
    pub const ALL: [(Kind, &'static str); 2] = [(Kind::Quote, "quote"), (Kind::Proforma, "proforma")];

    pub fn from_code(code: &str) -> Result<Kind, Refusal> {
        crate::customer::of_code(&Kind::ALL, "kind", code)
    }

    pub fn code(self) -> &'static str {
        crate::customer::code_of(&Kind::ALL, self)
    }
}

/// How an offer stands on a day: one that nobody decided about stands up to its last day.
pub fn state(is_invoiced: bool, ended_on: Option<Date>, valid_until: Date, on: Date) -> &'static str {
    match (is_invoiced, ended_on) {
        (true, _) => "accepted",
        (false, Some(_)) => "declined",
        (false, None) if valid_until < on => "expired",
        (false, None) => "open",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_offer_stands_up_to_its_last_day() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        let at = |on: &str| state(false, None, day("2026-06-30"), day(on));
        assert_eq!([at("2026-06-30"), at("2026-07-01")], ["open", "expired"]);
        assert_eq!(state(false, Some(day("2026-06-01")), day("2026-06-30"), day("2026-06-02")), "declined");
        assert_eq!(state(true, Some(day("2026-06-01")), day("2026-05-30"), day("2026-06-02")), "accepted");
    }
}
