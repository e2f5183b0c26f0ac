//! Telephone numbers as people write them, kept in one way: `0788 123 456` is `+250788123456` (E.164). How a country writes
//! its own is a country pack's data (`country/rw/telephone.txt`), read by [`plan_from_table`]; this file knows no country.

use crate::Unusable;

/// How a country writes its own numbers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Plan {
    code: String,
    /// What stands before a number within the country.
    trunk: String,
    /// Numbers without code and trunk prefix; `x` is any digit.
    national: Vec<String>,
}

/// Reads a country's plan: lines of `code`, `trunk` and `national`; `#` begins a remark.
pub fn plan_from_table(text: &str) -> Result<Plan, String> {
    let mut plan = Plan::default();
    for (index, line) in text.lines().enumerate() {
        let words: Vec<&str> = line.split_whitespace().collect();
        match words.as_slice() {
            [] => {}
            [first, ..] if first.starts_with('#') => {}
            ["code", code] => plan.code = (*code).to_owned(),
            ["trunk", trunk] => plan.trunk = (*trunk).to_owned(),
            ["national", shape] => plan.national.push((*shape).to_owned()),
            _ => return Err(format!("line {}: not a line of a telephone plan", index + 1)),
        }
    }
    Ok(plan)
}

/// Most letters that are read as a number.
const LETTERS_MAX: usize = 40;

impl Plan {
    /// A number in E.164: with the country's code where it was written as at home, else as it is with its `+` or `00`.
    pub fn e164(&self, text: &str) -> Result<String, Unusable> {
        let (plus, digits) = digits(text).ok_or(Unusable::NoPhone)?;
        if plus {
            return self.international(&digits);
        }
        let home = [self.trunk.as_str(), self.code.as_str(), ""];
        let national = home.iter().filter_map(|before| digits.strip_prefix(before)).find(|rest| self.is_national(rest));
        match (national, digits.strip_prefix("00")) {
            (Some(national), _) => Ok(format!("+{}{national}", self.code)),
            (None, Some(abroad)) => self.international(abroad),
            (None, None) => Err(Unusable::NoPhone),
        }
    }

    fn international(&self, digits: &str) -> Result<String, Unusable> {
        if let Some(rest) = digits.strip_prefix(&self.code).filter(|_| !self.code.is_empty()) {
            // Many write +250 (0)788 …
            let national = [rest, rest.strip_prefix(&self.trunk).unwrap_or(rest)];
            let national = national.into_iter().find(|rest| self.is_national(rest)).ok_or(Unusable::NoPhone)?;
            return Ok(format!("+{}{national}", self.code));
        }
        let good = (8..=15).contains(&digits.len()) && !digits.starts_with('0');
        if good { Ok(format!("+{digits}")) } else { Err(Unusable::NoPhone) }
    }

    fn is_national(&self, digits: &str) -> bool {
        self.national.iter().any(|shape| {
            shape.len() == digits.len() && shape.bytes().zip(digits.bytes()).all(|(s, d)| s == b'x' || s == d)
        })
    }
}

/// The digits, and whether a plus stands before them; `None` where there is anything else than what people put between.
fn digits(text: &str) -> Option<(bool, String)> {
    let text = text.trim();
    if text.chars().count() > LETTERS_MAX {
        return None;
    }
    let (plus, rest) = text.strip_prefix('+').map_or((false, text), |rest| (true, rest));
    let between = |c: char| c.is_whitespace() || matches!(c, '-' | '.' | '(' | ')' | '/' | '\u{2011}');
    let digits: String = rest.chars().filter(|c| !between(*c)).collect();
    (!digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())).then_some((plus, digits))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rwanda() -> Plan {
        plan_from_table(include_str!("../../../../country/rw/telephone.txt")).unwrap()
    }

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let told = rwanda().e164(text);
        assert_eq!(told.as_deref().unwrap_or("refused"), expected, "{text}");
    }

    #[test]
    fn one_number_however_it_is_written() {
        let ways = [
            "0788 123 456",
            "0788123456",
            "788123456",
            "250788123456",
            "+250788123456",
            "+250 (0)788-123-456",
            "00250 788 123 456",
            "0788.123.456",
            "\u{a0}0788\u{202f}123\u{202f}456 ",
        ];
        for text in ways {
            check(text, "+250788123456");
        }
        check("0252 500 100", "+250252500100");
        check("800123456", "+250800123456");
    }

    #[test]
    fn a_foreign_number_needs_its_plus() {
        check("+256 772 123456", "+256772123456");
        check("00256772123456", "+256772123456");
        check("+254-722-000-000", "+254722000000");
        check("256772123456", "refused");
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for text in ["", "+", "call me", "078812345", "07881234567", "0748123456", "+250748123456", "+1234567", "1234"]
        {
            check(text, "refused");
        }
        check("0788 123 456 ext 2", "refused");
        check(&"0".repeat(60), "refused");
        check("+0788123456", "refused");
        check("٠٧٨٨١٢٣٤٥٦", "refused");
    }

    #[test]
    fn a_country_without_a_plan_takes_international_numbers() {
        let none = Plan::default();
        assert_eq!(none.e164("+250788123456").unwrap(), "+250788123456");
        assert!(none.e164("0788123456").is_err());
    }

    #[test]
    fn a_plan_that_cannot_be_read_says_where() {
        assert_eq!(plan_from_table("code 250\nnational").unwrap_err(), "line 2: not a line of a telephone plan");
    }
}
