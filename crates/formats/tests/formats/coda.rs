//! CODA of Belgian banks: totals and their parts counted once, faulty ones told.

use receivables::Currency;

use crate::{balances_agree, reference, told};

const SAMPLE: &str = include_str!("../../samples/bank.cod");

const READ: &str = "coda BE05735012345675: EUR 1,000.00 → EUR 2,377.50\n\
     1 2026-09-01/2026-09-01 00150000 in EUR 1,180.00 booked id LAKE0000000000000001A ext - from HOTEL KEZA SA BE71096123456769 | +++202/6001/78234+++\n\
     2 2026-09-01/2026-09-01 60550000 in EUR 100.50 booked id LAKE0000000000000003C ext E2E-18 from GARAGE NYANZA BE43068999999501 | INV-2026-0018 PART OF A LONG MESSAGE THAT GOES ON IN THE NEXT RECORD\n\
     2 2026-09-01/2026-09-01 60550000 in EUR 200.00 booked id LAKE0000000000000004D ext - from - - | INV-2026-0019\n\
     3 2026-09-01/- 00135000 out EUR 2.50 booked id LAKE0000000000000005E ext - from - - | ACCOUNT FEE\n\
     4 2026-09-01/2026-09-01 00502000 out EUR 100.50 booked reversal id LAKE0000000000000006F ext E2E-18 from - - | ";

#[test]
fn movements_with_their_parts() {
    assert_eq!(told(SAMPLE.as_bytes(), Currency::RWF), READ);
    // Other ends of lines, none at all, blanks at the end lost.
    for dress in ["\n", "\r", " \r\n", ""] {
        assert_eq!(told(SAMPLE.replace("\r\n", dress).trim_end().as_bytes(), Currency::RWF), READ, "{dress:?}");
    }
}

/// The sample with one text replaced by another of its length; what differs from the sample's own reading.
fn check(old: &str, new: &str, expected: &[&str]) {
    assert!(SAMPLE.contains(old), "{old}");
    let found = told(SAMPLE.replacen(old, new, 1).as_bytes(), Currency::RWF);
    let known: Vec<&str> = READ.lines().collect();
    let short = |line: &str| line.split(" id ").next().unwrap_or_default().to_owned();
    let found: Vec<String> = found.lines().filter(|line| !known.contains(line)).map(short).collect();
    assert_eq!(found, expected, "{old} → {new}");
}

#[test]
fn parts_that_do_not_add_up_leave_the_total_and_are_told() {
    check(
        "0000000000200000010926605",
        "0000000000200010010926605",
        &["! file-parts-differ(2, EUR 300.50, EUR 300.51)", "2 2026-09-01/2026-09-01 20550000 in EUR 300.50 booked"],
    );
    check(
        "0000000000200000010926605",
        "00000000002000X0010926605",
        &["! file-parts-unread(2)", "2 2026-09-01/2026-09-01 20550000 in EUR 300.50 booked"],
    );
    // A part that went out.
    check(
        "4D0000000000200000",
        "4D1000000000200000",
        &["! file-parts-differ(2, EUR 300.50, EUR -99.50)", "2 2026-09-01/2026-09-01 20550000 in EUR 300.50 booked"],
    );
    // What one amount is made of explains it, and no more.
    check("01092620550000", "01092630550000", &["2 2026-09-01/2026-09-01 30550000 in EUR 300.50 booked"]);
}

#[test]
fn parts_without_their_total_and_totals_without_their_parts() {
    let lines: Vec<&str> = SAMPLE.lines().collect();
    let without = |from: usize, to: usize| {
        let kept = lines.iter().enumerate().filter(|(at, _)| !(from..to).contains(at)).map(|(_, line)| *line);
        let found = told(kept.collect::<Vec<_>>().join("\n").as_bytes(), Currency::RWF);
        found.lines().map(|line| line.split(" id ").next().unwrap_or_default().to_owned()).collect::<Vec<_>>()
    };
    let found = without(7, 8);
    assert!(
        found.contains(&"2 2026-09-01/2026-09-01 60550000 in EUR 100.50 review: file-part-without-whole".to_owned()),
        "{found:#?}"
    );
    assert!(found.contains(&"! file-control-differs(credits, 1480.5, 1180)".to_owned()), "{found:#?}");
    let found = without(8, 12);
    assert!(found.contains(&"! file-parts-missing(2)".to_owned()), "{found:#?}");
    assert!(found.contains(&"2 2026-09-01/2026-09-01 20550000 in EUR 300.50 booked".to_owned()), "{found:#?}");
}

#[test]
fn what_the_file_says_of_itself_is_checked() {
    check("9               000015", "9               000016", &["! file-control-differs(records, 16, 15)"]);
    check("000000000103000", "000000000103010", &["! file-control-differs(debits, 103.01, 103)"]);
    check("000000001480500 ", "000000001480501 ", &["! file-control-differs(credits, 1480.501, 1480.5)"]);
    check(
        "\r\n9 ",
        "\r\n5 ",
        &["! file-cut-off(9)", "! file-unknown-records(1, 5 000015000000000103000000000001480500 2)"],
    );
    check(
        "\r\n8171",
        "\r\n5171",
        &[
            "coda BE05735012345675: EUR 1,000.00 → -",
            "! file-cut-off(8)",
            "! file-control-differs(records, 15, 14)",
            "! file-unknown-records(1, 5171BE05735012345675 EUR0000000002377500010926 1)",
        ],
    );
    check(
        "EUR0000000001000000",
        "EUR2000000001000000",
        &["coda BE05735012345675: - → EUR 2,377.50", "! file-in-field(opening, file-entry-without-side)"],
    );
}

#[test]
fn movements_that_are_not_clear() {
    check(
        "5E1000000000002500000000",
        "5E2000000000002500000000",
        &[
            "! file-control-differs(debits, 103, 100.5)",
            "! file-control-differs(credits, 1480.5, 1483)",
            "3 2026-09-01/- 00135000 none - review: file-entry-without-side",
        ],
    );
    check(
        "ACCOUNT FEE                                          010926",
        "ACCOUNT FEE                                          310226",
        &["3 -/- 00135000 out EUR 2.50 review: file-entry-bad-date"],
    );
    check(
        "ACCOUNT FEE                                          010926",
        "ACCOUNT FEE                                          000000",
        &["3 -/- 00135000 out EUR 2.50 review: file-entry-without-date"],
    );
    check(
        "5E1000000000002500000000",
        "5E1000000000002505000000",
        &[
            "! file-control-differs(debits, 103, 103.005)",
            "3 2026-09-01/- 00135000 none - review: file-money(money-too-precise(2.505, EUR))",
        ],
    );
    // Corrections of an earlier movement.
    check("00135000", "00149000", &["3 2026-09-01/- 00149000 out EUR 2.50 booked reversal"]);
    let damaged = SAMPLE.replacen("\r\n12171", "\r\n?2171", 1);
    let found = told(damaged.as_bytes(), Currency::RWF);
    assert_eq!(found.matches("review: file-entry-without-account").count(), 4, "{found}");
    let cut = SAMPLE.split("ACCOUNT FEE").next().unwrap_or_default();
    let found = told(cut.as_bytes(), Currency::RWF);
    assert!(found.contains("3 -/- 00135000 none - review: file-breaks-off-at-entry(0003, 62 < 128)"), "{found}");
    assert!(found.contains("! file-cut-off(8)\n! file-cut-off(9)"), "{found}");
}

#[test]
fn structures_of_accounts_and_of_direct_debits() {
    for (structure, account, expected) in [
        ("0", "735012345675 EUR0BE", "coda 735012345675: EUR 1,000.00"),
        ("1", "FR76-1-2-3                        USD", "coda FR76-1-2-3: USD 1,000.00"),
        ("3", "FR7630006000011234567890189       EUR", "coda FR7630006000011234567890189: EUR 1,000.00"),
        ("7", "", "coda -: RWF 1,000"),
    ] {
        let file =
            SAMPLE.replacen("12171BE05735012345675                  EUR", &format!("1{structure}171{account:<37}"), 1);
        let found = told(file.as_bytes(), Currency::RWF);
        assert!(found.starts_with(expected), "{structure} {found}");
    }
    // Words behind a reference.
    let words = SAMPLE.replacen("2200010000           ", "2200010000AND A WORD ", 1);
    assert!(told(words.as_bytes(), Currency::RWF).contains("| +++202/6001/78234+++ AND A WORD\n"), "{words}");
    // A Belgian account of the other side, with its currency behind a blank.
    let belgian = SAMPLE.replacen("BE71096123456769                  EUR", &format!("{:<37}", "310180203454 EUR"), 1);
    assert!(told(belgian.as_bytes(), Currency::RWF).contains("from HOTEL KEZA SA 310180203454 |"), "{belgian}");
    let Some(path) = reference("bank-statements/coda/JeffreyDevloo-coda-parser__sample10.cod") else { return };
    let found = told(&std::fs::read(path).unwrap(), Currency::USD);
    assert!(found.contains("| 243690000141 SEPA-000000001 BBE2ZZZ3215646432\n1 "), "{found}");
}

/// Version 1 knows Belgian accounts only, and has an address where version 2 goes on with the message.
#[test]
fn versions_of_the_format() {
    let mut lines: Vec<String> = SAMPLE.lines().map(str::to_owned).collect();
    let put = |line: &mut String, at: usize, text: &str| line.replace_range(at..at + text.len(), text);
    put(&mut lines[0], 127, "1");
    put(&mut lines[1], 1, "0171735012345675 EUR                     ");
    put(
        &mut lines[4],
        10,
        &format!("{:<63}{:<52}", "310180203454                         HOTEL KEZA SA", "RUE DU LAC 7"),
    );
    put(&mut lines[3], 63, &format!("{:<50}", "OTHER THINGS                                     2"));
    let found = told(lines.join("\n").as_bytes(), Currency::RWF);
    assert!(found.contains("1,180.00 booked id LAKE0000000000000001A ext - from"), "{found}");
    assert!(found.starts_with("coda 735012345675: EUR 1,000.00 → EUR 2,377.50\n1 "), "{found}");
    assert!(found.contains("from HOTEL KEZA SA 310180203454 | +++202/6001/78234+++\n"), "{found}");
    put(&mut lines[0], 127, "3");
    assert_eq!(told(lines.join("\n").as_bytes(), Currency::RWF), "refused: file-coda-version(3)");
}

/// Worked out record by record with a reading of its own.
#[test]
fn balances_are_those_worked_out() {
    balances_agree(
        "coda",
        &[
            ("JeffreyDevloo-coda-parser__sample1.cod", 1, "17752.12", 4, "80.00", "17832.12"),
            ("JeffreyDevloo-coda-parser__sample10.cod", 1, "100.00", 1, "1000.00", "1100.00"),
            ("JeffreyDevloo-coda-parser__sample4.cod", 1, "99999.99", 1, "17233.54", "99999.99"),
            ("JeffreyDevloo-coda-parser__sample5.cod", 1, "4004.10", 3, "6303.46", "-500012.10"),
            ("JeffreyDevloo-coda-parser__sample7.cod", 1, "17752.12", 1, "-75.00", "17832.12"),
            ("JeffreyDevloo-coda-parser__sample8.cod", 1, "1293.45", 2, "-644.89", "648.56"),
            ("acsone-pycoda__Coda_foreign_account.txt", 1, "443390.70", 2, "-44.40", "443346.30"),
            ("acsone-pycoda__Coda_v2_3_faulty_globalisation_2.txt", 1, "104014.76", 2, "-13934.63", "90080.13"),
            ("acsone-pycoda__Coda_v2_3_globalisation_2.txt", 1, "-455.17", 4, "275725.70", "275270.53"),
            ("acsone-pycoda__Coda_v2_3_multi_statements.txt", 1, "0", 17, "0", "0"),
            ("acsone-pycoda__Coda_v2_3_multi_statements.txt", 2, "19338.09", 11, "-8530.28", "10807.81"),
            ("tryton-account_statement_coda__CODA.txt", 1, "0", 1, "100.00", "100.00"),
        ],
    );
}
