//! Check digits of registers of organisations.

/// Luhn's check over digits, as Sweden (0007) and Italy (0211) use it.
pub(super) fn luhn(digits: &str) -> bool {
    let Some(digits) = values(digits) else { return false };
    let sum: u32 =
        digits.iter().rev().enumerate().map(|(at, &d)| if at % 2 == 1 { d * 2 / 10 + d * 2 % 10 } else { d }).sum();
    sum.is_multiple_of(10)
}

/// A number of the Swedish register (0007): ten digits.
pub(super) fn swedish(number: &str) -> bool {
    number.len() == 10 && luhn(number)
}

/// A VAT number of Italy (0211): `IT` and eleven digits.
pub(super) fn italian(number: &str) -> bool {
    number.strip_prefix("IT").is_some_and(|digits| digits.len() == 11 && luhn(digits))
}

/// A business number of Australia (0151): eleven digits, the first less one, weighed, are a multiple of 89.
pub(super) fn australian(number: &str) -> bool {
    const WEIGHTS: [u32; 11] = [10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19];
    let Some(mut digits) = values(number).filter(|d| d.len() == WEIGHTS.len() && d[0] > 0) else { return false };
    digits[0] -= 1;
    digits.iter().zip(WEIGHTS).map(|(digit, weight)| digit * weight).sum::<u32>().is_multiple_of(89)
}

fn values(digits: &str) -> Option<Vec<u32>> {
    digits.chars().map(|c| c.to_digit(10)).collect()
}
