//! The customer master: whom to speak to (`contact`, `phone`), where to send money back to (`bank`), who may be the same
//! (`duplicate`) and who was said to be (`merge`), what two people changed at once (`edit`).

pub mod bank;
pub mod contact;
pub mod duplicate;
pub mod edit;
pub mod merge;
pub mod payment_code;
pub mod phone;

use crate::{Refusal, Unusable};

/// Letters a name of a customer, a person or a bank may have.
pub const NAME_MAX: usize = 120;

/// The value of a code, or a refusal that lists the codes there are.
pub(crate) fn of_code<T: Copy>(all: &[(T, &str)], field: &str, code: &str) -> Result<T, Refusal> {
    all.iter().find(|(_, known)| *known == code).map(|(value, _)| *value).ok_or_else(|| {
        let known: Vec<&str> = all.iter().map(|(_, code)| *code).collect();
        invalid(field, code, Unusable::NotAmong { known: known.join(", ") })
    })
}

/// The code of a value.
pub(crate) fn code_of<T: Copy + PartialEq>(all: &[(T, &'static str)], value: T) -> &'static str {
    all.iter().find(|(known, _)| *known == value).map_or("", |(_, code)| code)
}

pub(crate) fn invalid(field: &str, value: &str, reason: Unusable) -> Refusal {
    Refusal::Invalid { field: field.to_owned(), value: value.to_owned(), reason }
}

/// A text without space around it, or nothing; refuses one longer than `max` letters.
pub fn text(field: &str, value: &str, max: usize) -> Result<Option<String>, Refusal> {
    let value = value.trim();
    if value.chars().count() > max {
        let head: String = value.chars().take(20).collect();
        return Err(invalid(field, &format!("{head}…"), Unusable::TooLong { most: max.to_string() }));
    }
    Ok((!value.is_empty()).then(|| value.to_owned()))
}

/// As [`text`], where it may not be empty.
pub fn needed(field: &str, value: &str, max: usize) -> Result<String, Refusal> {
    text(field, value, max)?.ok_or_else(|| Refusal::Missing { field: field.to_owned() })
}

/// An address as mail programs take it: one @ between a name and a domain with a dot.
pub fn email(value: &str) -> Result<Option<String>, Refusal> {
    let Some(address) = text("email", value, 254)? else { return Ok(None) };
    let good = address.split_once('@').is_some_and(|(name, domain)| {
        let labels = domain.split('.').collect::<Vec<_>>();
        !name.is_empty() && !domain.contains('@') && labels.len() > 1 && labels.iter().all(|label| !label.is_empty())
    });
    if good && !address.contains(char::is_whitespace) {
        Ok(Some(address))
    } else {
        Err(invalid("email", &address, Unusable::NoEmail))
    }
}

/// A tax number: nine digits in Rwanda, a foreign one with letters.
pub fn tin(value: &str) -> Result<Option<String>, Refusal> {
    let compact: String = value.chars().filter(|c| !c.is_whitespace()).collect();
    let Some(number) = text("tin", &compact, 20)? else { return Ok(None) };
    let digits = number.chars().all(|c| c.is_ascii_digit());
    let good = if digits { number.len() == 9 } else { number.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') };
    if good { Ok(Some(number)) } else { Err(invalid("tin", &number, Unusable::NoTin)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(told: Result<Option<String>, Refusal>, expected: &str) {
        let told = match told {
            Ok(value) => value.unwrap_or_else(|| "nothing".to_owned()),
            Err(refusal) => refusal.to_string(),
        };
        assert_eq!(told, expected);
    }

    #[test]
    fn an_address_has_a_name_and_a_domain() {
        check(email(" keza@umurava.rw "), "keza@umurava.rw");
        check(email("  "), "nothing");
        for bad in ["keza", "keza@", "@umurava.rw", "keza@umurava", "keza@umurava.", "ke za@umurava.rw", "a@b@c.rw"] {
            check(email(bad), &format!("refusal-invalid(email, {bad}, unusable-no-email)"));
        }
    }

    #[test]
    fn a_tin_of_digits_has_nine() {
        check(tin("100 000 001"), "100000001");
        check(tin("P051234567X"), "P051234567X");
        check(tin(""), "nothing");
        check(tin("10000001"), "refusal-invalid(tin, 10000001, unusable-no-tin)");
        check(tin("1000000012"), "refusal-invalid(tin, 1000000012, unusable-no-tin)");
        check(tin("100/000001"), "refusal-invalid(tin, 100/000001, unusable-no-tin)");
    }

    #[test]
    fn a_text_has_an_end() {
        check(text("name", &"é".repeat(120), NAME_MAX), &"é".repeat(120));
        let told = text("name", &"é".repeat(121), NAME_MAX).unwrap_err().to_string();
        assert!(told.ends_with("unusable-too-long(120))"), "{told}");
    }
}
