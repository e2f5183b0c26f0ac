//! BAI2 of banks: texts over several records, funds by day, sums that are checked.

use receivables::Currency;

use crate::{balances_agree, told};

const SAMPLE: &str = include_str!("../../samples/bank.bai2");

#[test]
fn entries_with_their_funds_and_texts() {
    let expected = "bai2 4003211845: USD 2,000.00 → USD 2,794.50\n\
         1 2026-08-31/2026-09-01 142 in USD 1,180.00 booked id REF1 ext INV17 from - - | KEZA HOTEL, KIGALI INV-2026-0017, 50% OF A/B\n\
         2 2026-08-31/- 475 out USD 360.50 booked id REF2 ext 319 from - - | PAPETERIE\n\
         3 2026-08-31/- 698 out USD 25.00 booked id - ext - from - - | FEE";
    assert_eq!(told(SAMPLE.as_bytes(), Currency::RWF), expected);
    assert_eq!(told(SAMPLE.replace('\n', "  \r\n").as_bytes(), Currency::RWF), expected);
    assert_eq!(told(SAMPLE.replace('\n', "\r").trim_end().as_bytes(), Currency::RWF), expected);
}

/// The sample with one text replaced; what is told beside its lines.
fn check(old: &str, new: &str, expected: &[&str]) {
    assert!(SAMPLE.contains(old), "{old}");
    let found = told(SAMPLE.replacen(old, new, 1).as_bytes(), Currency::RWF);
    let found: Vec<&str> = found.lines().filter(|line| line.starts_with('!') || line.contains(" review")).collect();
    let short: Vec<&str> = found.iter().map(|line| line.split(" id ").next().unwrap_or_default()).collect();
    assert_eq!(short, expected, "{old} → {new}");
}

#[test]
fn what_does_not_add_up_is_told() {
    check(
        "49,792550,8/",
        "49,792551,8/",
        &["! file-control-differs(sum, 792551, 792550)", "! file-control-differs(sum, 792550, 792551)"],
    );
    check("49,792550,8/", "49,792550,9/", &["! file-control-differs(records, 9, 8)"]);
    check("98,792550,1,10/", "98,792550,2,10/", &["! file-control-differs(accounts, 2, 1)"]);
    check(
        "99,792550,1,12/",
        "99,792551,2,13",
        &[
            "! file-control-differs(sum, 792551, 792550)",
            "! file-control-differs(groups, 2, 1)",
            "! file-control-differs(records, 13, 12)",
        ],
    );
    check("99,792550,1,12/", "", &["! file-cut-off(99)"]);
    check(
        "49,792550,8/\n98,792550,1,10/\n99,792550,1,12/",
        "",
        &["! file-cut-off(49)", "! file-cut-off(98)", "! file-cut-off(99)"],
    );
    check("49,792550,8/", "49,792550,8/\n17,X/", &["! file-unknown-records(1, 17,X/)"]);
    check(
        "88,PAPETERIE",
        "PAPETERIE",
        &[
            "! file-control-differs(records, 8, 7)",
            "! file-control-differs(records, 10, 9)",
            "! file-control-differs(records, 12, 11)",
            "! file-unknown-records(1, PAPETERIE)",
        ],
    );
}

#[test]
fn entries_that_are_no_money_or_not_clear() {
    let sums = |sum: &str| {
        ["49", "98", "99"].map(|_| format!("! file-control-differs(sum, 792550, {sum})")).into_iter().next().unwrap()
    };
    check("16,475,36050", "16,955,36050", &["2 2026-08-31/- 955 none USD 360.50 review: file-entry-without-side"]);
    check(
        "16,475,36050",
        "16,475,",
        &[sums("756500").as_str(), "2 2026-08-31/- 475 none - review: file-entry-without-amount"],
    );
    check(
        "16,475,36050",
        "16,475,-36050",
        &[sums("720450").as_str(), "2 2026-08-31/- 475 none - review: file-entry-negative(USD -360.50)"],
    );
    check(
        "16,475,36050",
        "16,475,360.50",
        &[sums("756500").as_str(), "2 2026-08-31/- 475 none - review: file-not-an-amount(360.50, )"],
    );
    check("16,475,36050", "16,890,36050", &[]);
    let damaged = SAMPLE.replacen("03,4003211845", "3,4003211845", 1);
    let found = told(damaged.as_bytes(), Currency::RWF);
    assert_eq!(found.matches("review: file-entry-without-account").count(), 3, "{found}");
    check(
        ",1,260831,",
        ",3,260831,",
        &[
            "1 2026-08-31/2026-09-01 142 in USD 1,180.00 review: file-withdrawn",
            "2 2026-08-31/- 475 out USD 360.50 review: file-withdrawn",
            "3 2026-08-31/- 698 out USD 25.00 review: file-withdrawn",
        ],
    );
    check(",1,260831,", ",4,260831,", &[]);
    check(
        ",1,260831,",
        ",1,260231,",
        &[
            "1 -/2026-09-01 142 in USD 1,180.00 review: file-entry-bad-date",
            "2 -/- 475 out USD 360.50 review: file-entry-bad-date",
            "3 -/- 698 out USD 25.00 review: file-entry-bad-date",
        ],
    );
    check(
        "03,4003211845,USD,010,200000",
        "03,4003211845,USD,010,2x",
        &["! file-in-field(opening, file-not-an-amount(2x, ))", sums("592550").as_str()],
    );
}

#[test]
fn the_currency_is_the_accounts_else_the_groups_else_the_one_given() {
    let amount = |old: &str, new: &str, given: Currency| {
        let found = told(SAMPLE.replace(old, new).as_bytes(), given);
        found.lines().nth(1).unwrap_or_default().split(" booked").next().unwrap_or_default().to_owned()
    };
    assert_eq!(amount("4003211845,USD", "4003211845,KWD", Currency::RWF), "1 2026-08-31/2026-09-01 142 in KWD 118.000");
    assert_eq!(amount("4003211845,USD", "4003211845,", Currency::RWF), "1 2026-08-31/2026-09-01 142 in USD 1,180.00");
    assert_eq!(amount("USD", "", Currency::RWF), "1 2026-08-31/2026-09-01 142 in RWF 118,000");
    let unknown = told(SAMPLE.replace("USD", "XQZ").as_bytes(), Currency::RWF);
    assert_eq!(unknown.matches(" none - review: file-money(money-unknown-currency(XQZ))").count(), 3, "{unknown}");
}

#[test]
fn returns_and_reversals_are_marked() {
    let found = told(SAMPLE.replacen("16,142", "16,257", 1).as_bytes(), Currency::RWF);
    assert!(found.contains("257 in USD 1,180.00 booked reversal"), "{found}");
    assert_eq!(
        told(b"01,A,B,260901,0600,1,,,2/\n02,B,A,1,260831,,USD,2/\n98,0,0,2/\n99,0,1,4/", Currency::RWF),
        "refused: file-no-account(BAI2)"
    );
}

/// The files' own balances and entries, worked out by hand; the sums of the last are invented, and told.
#[test]
fn balances_are_those_worked_out() {
    balances_agree(
        "bai2",
        &[
            ("ministryofjustice-bai2__nwb_example.bai2", 1, "365.21", 5, "-26.76", "338.45"),
            ("ministryofjustice-bai2__svb_us_example.bai2", 1, "347269.79", 1, "4901.96", "352171.75"),
            ("ministryofjustice-bai2__svb_us_example.bai2", 2, "352171.75", 1, "9058.00", "361229.75"),
            ("moov-io-bai2__sample1.txt", 1, "", 11, "0", ""),
            ("moov-io-bai2__sample1.txt", 2, "", 6, "0", ""),
            ("moov-io-bai2__sample2.txt", 1, "43500.00", 1, "4500.00", ""),
            ("moov-io-bai2__sample2.txt", 2, "-5000.00", 1, "5000.00", ""),
            ("moov-io-bai2__sample2.txt", 3, "100000.00", 2, "300000.00", ""),
            ("moov-io-bai2__sample2.txt", 4, "5000.00", 0, "0", ""),
            ("moov-io-bai2__sample2.txt", 5, "8000.00", 0, "0", ""),
            ("moov-io-bai2__sample4-continuations-newline-delimited.txt", 2, "", 3, "-8451.50", ""),
            (
                "moov-io-bai2__sample4-continuations-newline-delimited.txt",
                3,
                "1595811.94",
                14,
                "-299031.74",
                "1593811.94",
            ),
        ],
    );
}
