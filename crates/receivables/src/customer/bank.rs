//! Where money goes when it goes back to a customer: a bank account or a wallet. Whoever can change it can steal with it,
//! so it changes by two people.

use super::phone::Plan;
use super::{NAME_MAX, code_of, invalid, needed, of_code};
use crate::{Refusal, Unusable};

/// What holds the money.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Bank,
    /// Mobile money: the number is a telephone number.
    Wallet,
}

impl Kind {
    pub const ALL: [(Kind, &'static str); 2] = [(Kind::Bank, "bank"), (Kind::Wallet, "wallet")];

    pub fn code(self) -> &'static str {
        code_of(&Kind::ALL, self)
    }

    pub fn from_code(code: &str) -> Result<Kind, Refusal> {
        of_code(&Kind::ALL, "kind", code)
    }
}

/// Bank details of a customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Details {
    pub holder: String,
    pub kind: Kind,
    /// The bank's name, or the wallet's.
    pub institution: String,
    pub number: String,
}

/// Reads bank details as somebody typed them; a wallet's number is kept in E.164, a bank's without spaces.
pub fn read(kind: &str, holder: &str, institution: &str, number: &str, plan: &Plan) -> Result<Details, Refusal> {
    let kind = Kind::from_code(kind)?;
    let holder = needed("holder", holder, NAME_MAX)?;
    let institution = needed("institution", institution, NAME_MAX)?;
    let typed = needed("number", number, 60)?;
    let number = match kind {
        Kind::Wallet => plan.e164(&typed).map_err(|reason| invalid("number", &masked(&typed), reason))?,
        Kind::Bank => account_number(&typed)?,
    };
    Ok(Details { holder, kind, institution, number })
}

/// An account number: 5 to 34 letters and digits (the length of an IBAN), whatever stands between them.
fn account_number(typed: &str) -> Result<String, Refusal> {
    let number: String = typed.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '/' | '.')).collect();
    let good = (5..=34).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_alphanumeric());
    if good {
        Ok(number.to_ascii_uppercase())
    } else {
        Err(invalid("number", &masked(typed), Unusable::NoAccountNumber))
    }
}

/// A number as lists show it: its last four signs.
pub fn masked(number: &str) -> String {
    let signs: Vec<char> = number.chars().filter(|c| !c.is_whitespace()).collect();
    let shown = signs.len().saturating_sub(4);
    // Of a short number not even the most part is shown.
    let tail: String = if signs.len() < 6 { String::new() } else { signs[shown..].iter().collect() };
    format!("•••• {tail}").trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::customer::phone::plan_from_table;

    #[track_caller]
    fn check(kind: &str, number: &str, expected: &str) {
        let plan = plan_from_table(include_str!("../../../../country/rw/telephone.txt")).unwrap();
        let told = match read(kind, "Ineza Ltd", "Bank of Kigali", number, &plan) {
            Ok(details) => details.number,
            Err(refusal) => refusal.to_string(),
        };
        assert_eq!(told, expected, "{kind} {number}");
    }

    #[test]
    fn a_number_is_kept_in_one_way() {
        check("bank", "0040-0123 4567.89", "00400123456789");
        check("bank", "gb82 west 1234 5698 7654 32", "GB82WEST12345698765432");
        check("wallet", "0788 123 456", "+250788123456");
    }

    #[test]
    fn a_wrong_number_is_refused_and_not_repeated_in_full() {
        check("bank", "12", "refusal-invalid(number, ••••, unusable-no-account-number)");
        check("bank", "00400123456789é", "refusal-invalid(number, •••• 789é, unusable-no-account-number)");
        check("bank", &"1".repeat(35), "refusal-invalid(number, •••• 1111, unusable-no-account-number)");
        check("wallet", "0400123456", "refusal-invalid(number, •••• 3456, unusable-no-phone)");
        check("bank", " ", "refusal-missing(number)");
        check("cash", "1234567", "refusal-invalid(kind, cash, unusable-not-among(bank, wallet))");
    }

    #[test]
    fn lists_show_four_signs() {
        for (number, shown) in
            [("0040012345", "•••• 2345"), ("12345", "••••"), ("", "••••"), ("+250788123456", "•••• 3456")]
        {
            assert_eq!(masked(number), shown);
        }
    }
}
