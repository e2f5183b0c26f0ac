//! The code a customer quotes with every payment: seven digits, the last of them a check digit, the same on every paper and
//! short enough to say on the telephone.

/// The quasigroup of Damm (2004): its check digit tells every wrong digit and every two digits in the wrong order.
const DAMM: [[u8; 10]; 10] = [
    [0, 3, 1, 7, 5, 9, 8, 6, 4, 2],
    [7, 0, 9, 2, 1, 5, 4, 8, 6, 3],
    [4, 2, 0, 6, 8, 7, 1, 3, 5, 9],
    [1, 7, 5, 0, 9, 8, 3, 4, 2, 6],
    [6, 1, 2, 3, 0, 4, 5, 9, 7, 8],
    [3, 6, 7, 4, 2, 0, 9, 5, 8, 1],
    [5, 8, 6, 9, 7, 2, 0, 1, 3, 4],
    [8, 9, 4, 5, 3, 6, 2, 0, 1, 7],
    [9, 4, 3, 8, 6, 1, 7, 2, 0, 5],
    [2, 5, 8, 1, 4, 3, 6, 7, 9, 0],
];

fn check(digits: &str) -> Option<u8> {
    digits.bytes().try_fold(0u8, |at, digit| {
        let digit = digit.checked_sub(b'0').filter(|digit| *digit < 10)?;
        Some(DAMM[usize::from(at)][usize::from(digit)])
    })
}

/// The code of a customer's number, from 1.
pub fn of(no: i64) -> String {
    let digits = format!("{no:06}");
    let check = check(&digits).unwrap_or_default();
    format!("{digits}{check}")
}

/// The customer's number of a code as it is typed, with spaces and dashes or without; `None` where the check digit does not fit.
pub fn read(text: &str) -> Option<i64> {
    let digits: String = text.chars().filter(|c| !matches!(c, ' ' | '-' | '.')).collect();
    if digits.len() < 7 || check(&digits)? != 0 {
        return None;
    }
    digits[..digits.len() - 1].parse().ok().filter(|no| *no > 0)
}

/// The customer's number of the one code that a text has as a run of digits; `None` where it has none, or several.
pub fn named(text: &str) -> Option<i64> {
    let runs = text.split(|c: char| !c.is_ascii_digit()).filter(|run| (7..=9).contains(&run.len()));
    let mut found = runs.filter_map(read);
    let first = found.next()?;
    found.all(|other| other == first).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_names_one_code_or_none() {
        let text = |codes: &[i64]| codes.iter().map(|no| format!("ref {} ", of(*no))).collect::<String>();
        assert_eq!(named(&text(&[27])), Some(27));
        assert_eq!(named(&format!("{}+{}", of(27), of(27))), Some(27));
        assert_eq!(named(&text(&[27, 28])), None);
        // A slip, a longer number, a part of a word's digits.
        for none in ["0000014", "00000130000000", "rent 2026", "0788123456"] {
            assert_eq!(named(none), None, "{none}");
        }
    }

    #[test]
    fn the_check_digit_is_that_of_damm() {
        assert_eq!(check("572"), Some(4)); // his own example
        assert_eq!(check("5724"), Some(0));
        assert_eq!((of(1).as_str(), of(999_999).len(), of(1_000_000).len()), ("0000013", 7, 8));
    }

    #[test]
    fn every_slip_of_one_digit_and_of_two_neighbours_is_told() {
        for no in [1, 27, 5_724, 99_999, 123_456] {
            let code = of(no);
            assert_eq!(read(&code), Some(no));
            for at in 0..code.len() {
                for digit in b'0'..=b'9' {
                    let mut slip = code.clone().into_bytes();
                    slip[at] = digit;
                    let slip = String::from_utf8(slip).unwrap();
                    assert_eq!(read(&slip).is_some(), slip == code, "{slip}");
                }
            }
            for at in 0..code.len() - 1 {
                let mut slip = code.clone().into_bytes();
                slip.swap(at, at + 1);
                let slip = String::from_utf8(slip).unwrap();
                assert_eq!(read(&slip).is_some(), slip == code, "{slip}");
            }
        }
        for text in ["", "000001", "0000000", "00a0013", "１２３４５６７"] {
            assert_eq!(read(text), None, "{text}");
        }
        assert_eq!(read("000 001-3"), Some(1));
    }
}
