//! QIF as Quicken, Money and banks write it.

use receivables::Currency;

use crate::{balances_agree, told};

#[test]
fn a_list_with_its_account_its_opening_balance_and_parts() {
    assert_eq!(
        told(include_bytes!("../../samples/bank.qif"), Currency::USD),
        "qif Bank of the Lake: USD 2,000.00 → -\n\
         1 2026-08-03/- Sales in USD 1,180.00 booked id - ext 1201 from Keza Hotel - | INV-2026-0017\n\
         2 2026-08-14/- Office out USD 425.50 booked id - ext - from Papeterie du Lac - | Papeterie du Lac\n\
         3 2026-08-31/- [Savings] out USD 25.00 booked id - ext - from To savings Savings | To savings"
    );
}

/// The days and amounts of a list of records `day;amount`, and what the file is told to lack.
fn check(records: &[(&str, &str)], currency: Currency, expected: &[&str]) {
    let records: String = records.iter().map(|(day, amount)| format!("D{day}\nT{amount}\n^\n")).collect();
    for file in [format!("!Type:Bank\n{records}"), format!("!type:CCard \r\n{}", records.replace('\n', "\r\n"))] {
        let found = told(file.as_bytes(), currency);
        let short = |line: &str| {
            let line = line.split(" id -").next().unwrap_or_default();
            line.replace(" entry", "").replace("/-", "").replace(" booked", "")
        };
        let found: Vec<String> = found.lines().skip(1).map(short).collect();
        assert_eq!(found, expected, "{file}");
    }
}

#[test]
fn the_whole_file_tells_the_order_of_its_dates() {
    check(
        &[("3/4/26", "1"), ("13/4/26", "2")],
        Currency::USD,
        &["1 2026-04-03 in USD 1.00", "2 2026-04-13 in USD 2.00"],
    );
    check(
        &[("3/4'26", "1"), ("4/13'2026", "2")],
        Currency::USD,
        &["1 2026-03-04 in USD 1.00", "2 2026-04-13 in USD 2.00"],
    );
    check(
        &[("2026-04-03", "1"), ("12/31/99", "2"), (" 1/ 1' 8", "3"), ("14 Jan 2026", "4")],
        Currency::USD,
        &[
            "1 2026-04-03 in USD 1.00",
            "2 1999-12-31 in USD 2.00",
            "3 2008-01-01 in USD 3.00",
            "4 2026-01-14 in USD 4.00",
        ],
    );
    // Days run one way only where the month comes first.
    check(
        &[("1/5/26", "1"), ("1/12/26", "2"), ("2/3/26", "3")],
        Currency::USD,
        &[
            "! file-dates-guessed(mdy)",
            "1 2026-01-05 in USD 1.00",
            "2 2026-01-12 in USD 2.00",
            "3 2026-02-03 in USD 3.00",
        ],
    );
    check(
        &[("1/5/26", "1"), ("1/5/26", "2")],
        Currency::USD,
        &["! file-dates-guessed(dmy)", "1 2026-05-01 in USD 1.00", "2 2026-05-01 in USD 2.00"],
    );
    // Either order is the same day.
    check(&[("5/5/26", "1")], Currency::USD, &["1 2026-05-05 in USD 1.00"]);
    check(
        &[("13/4/26", "1"), ("14/4/26", "1"), ("4/15/26", "1"), ("31/2/26", "1")],
        Currency::USD,
        &[
            "! file-dates-guessed(dmy)",
            "1 2026-04-13 in USD 1.00",
            "2 2026-04-14 in USD 1.00",
            "3 - none - review: file-other-date-order(4/15/26, dmy)",
            "4 - none - review: file-not-a-date(31/2/26)",
        ],
    );
}

#[test]
fn the_whole_file_tells_its_decimal_sign() {
    check(
        &[("13/4/26", "-1,000"), ("13/4/26", "5.50")],
        Currency::USD,
        &["1 2026-04-13 out USD 1,000.00", "2 2026-04-13 in USD 5.50"],
    );
    check(
        &[("13/4/26", "-1.000"), ("13/4/26", "5,50")],
        Currency::USD,
        &["1 2026-04-13 out USD 1,000.00", "2 2026-04-13 in USD 5.50"],
    );
    check(
        &[("13/4/26", "1,000"), ("13/4/26", "250")],
        Currency::USD,
        &["1 2026-04-13 none - review: file-two-readings(1,000)", "2 2026-04-13 in USD 250.00"],
    );
    check(
        &[("13/4/26", "5.50"), ("13/4/26", "1,2345")],
        Currency::USD,
        &["1 2026-04-13 in USD 5.50", "2 2026-04-13 none - review: file-money(money-too-precise(1.2345, USD))"],
    );
    check(
        &[("13/4/26", "-1,000"), ("13/4/26", "12,500")],
        Currency::RWF,
        &["1 2026-04-13 out RWF 1,000", "2 2026-04-13 in RWF 12,500"],
    );
    check(
        &[("13/4/26", "5.50"), ("13/4/26", "5,50"), ("13/4/26", "x"), ("13/4/26", "")],
        Currency::USD,
        &[
            "1 2026-04-13 in USD 5.50",
            "2 2026-04-13 in USD 5.50",
            "3 2026-04-13 none - review: file-not-an-amount(x, .)",
            "4 2026-04-13 none - review: file-entry-without-amount",
        ],
    );
}

#[test]
fn records_that_run_together_or_break_off_are_not_booked() {
    for (records, expected) in [
        ("D13/4/26\nT5\nD14/4/26\nT6\n^\n", "review: file-two-readings(5 / 6)"),
        ("D13/4/26\nT5\nU6\n^\n", "review: file-two-readings(5 / 6)"),
        ("T5\nPX\n^\n", "review: file-entry-without-date"),
        ("D13/4/26\nT5", "review: file-breaks-off-at-entry(1, ^)"),
        // Only the end mark is missing.
        ("D13/4/26\nT5\n", "in USD 5.00 booked"),
        ("D13/4/26\nT5\n^", "in USD 5.00 booked"),
        ("D13/4/26\nT5\n^\0\0", "in USD 5.00 booked"),
    ] {
        let found = told(format!("!Type:Bank\n{records}").as_bytes(), Currency::USD);
        assert!(found.contains(expected), "{records}\n{found}");
        assert_eq!(found.lines().count(), 2, "{records}");
    }
}

#[test]
fn what_is_no_list_of_movements_is_left_out() {
    assert_eq!(told(b"!Account\nNBank\nTBank\n^\n", Currency::USD), "refused: file-no-account(QIF)");
    assert!(told(b"!Type:Bank\nD13/4/26\nT5\nNATM\n^\n", Currency::USD).contains("id - ext - from"));
    assert_eq!(told(b"!Type:Cat\nNSales\nD13/4/26\nT5\n^\n", Currency::USD), "refused: file-no-account(QIF)");
    assert_eq!(
        told(b"# a remark\n!Type:Cash\n!Type:Invst\nD13/4/26\nNBuy\nT5\n^\n", Currency::USD),
        "qif -: - → -\n! file-securities(1)"
    );
    assert_eq!(
        told(
            b"!Account\nNA\n^\n!Type:Bank\nD13/4/26\nT5\n^\n!Account\nNB\n^\n!Type:Oth L\nD14/4/26\nT6\n^\n",
            Currency::USD
        ),
        "qif A: - → -\n1 2026-04-13/- entry in USD 5.00 booked id - ext - from - - | \n\
         qif B: - → -\n2 2026-04-14/- entry in USD 6.00 booked id - ext - from - - | "
    );
}

/// Worked out from the files' own figures.
#[test]
fn balances_are_those_worked_out() {
    balances_agree(
        "qif",
        &[
            ("OCA-bank-statement-import__test_qif.qif", 1, "", 5, "-1896.09", ""),
            ("isaacharrisholt-quiffen__test.qif", 1, "0", 5, "-35.50", ""),
            ("isaacharrisholt-quiffen__test_oth_a.qif", 1, "0", 5, "-35.50", ""),
            ("isaacharrisholt-quiffen__test_split.qif", 1, "", 1, "-10.00", ""),
            ("isaacharrisholt-quiffen__test_transaction_before_account_definition_1.qif", 1, "", 2, "-197.96", ""),
        ],
    );
}
