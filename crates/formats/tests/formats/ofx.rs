//! OFX of other projects' test suites, and of banks as they deviate.

use receivables::Currency;

use crate::{balances_agree, told};

#[test]
fn a_statement_without_closing_tags() {
    assert_eq!(
        told(include_bytes!("../../samples/bank.ofx"), Currency::USD),
        "ofx 4003-211845: - → RWF 3,135,000\n\
         1 2026-08-03/2026-08-04 CREDIT in RWF 1,180,000 booked id 0803-1 ext - from Keza Hotel & Spa 88-1 | INV-2026-0017 A < B\n\
         2 2026-08-05/- CHECK out RWF 42,500 booked id 0805-1 ext 000319 from Papeterie du Lac - | Papeterie du Lac\n\
         3 2026-08-31/- FEE out RWF 2,500 booked id 0805-1 ext - from Account fee - | Account fee"
    );
}

#[test]
fn a_card_in_xml_with_other_currencies_a_correction_and_what_is_pending() {
    assert_eq!(
        told(include_bytes!("../../samples/card.ofx"), Currency::RWF),
        "ofx xxxx-0042: - → USD -412.30\n\
         1 2026-08-12/- DEBIT out USD 59.90 booked id C1 ext - from Hosting - | plan <S> & domain\n\
         2 2026-08-14/- CREDIT in GBP 10.00 booked id C2 ext - from Refund - | Refund\n\
         3 2026-08-15/- DEBIT out USD 58.00 review: file-corrects(C1) id C3 ext - from Hosting - | Hosting\n\
         4 2026-08-30/- DEBIT out USD 7.25 pending id - ext - from Taxi - | Taxi"
    );
}

/// What one transaction of a dollar account comes to.
fn check(elements: &str, expected: &str) {
    let file =
        format!("<OFX><STMTRS><CURDEF>USD<BANKTRANLIST><STMTTRN>{elements}</STMTTRN></BANKTRANLIST></STMTRS></OFX>");
    let found = told(file.as_bytes(), Currency::USD);
    let line = found.lines().last().unwrap_or_default();
    let whole = line == expected || line.starts_with(&format!("{expected} id "));
    assert!(whole, "{elements}\n{line}\n{expected}");
}

#[test]
fn amounts_that_are_clear_and_amounts_that_are_not() {
    for (written, expected) in [
        ("+1 006,60", "in USD 1,006.60 booked"),
        ("-1,234.56", "out USD 1,234.56 booked"),
        ("-1.234,56", "out USD 1,234.56 booked"),
        ("12.5", "in USD 12.50 booked"),
        ("0", "in USD 0.00 booked"),
        ("1000.000", "in USD 1,000.00 booked"),
        // A thousand, or one with three decimals.
        ("1,000", "none - review: file-two-readings(1,000)"),
        ("$120", "none - review: file-not-an-amount($120, .)"),
        ("120 EUR", "none - review: file-not-an-amount(120 EUR, .)"),
        ("1e3", "none - review: file-not-an-amount(1e3, .)"),
        ("1.005,5", "in USD 1,005.50 booked"),
        ("10.005", "none - review: file-two-readings(10.005)"),
        ("", "none - review: file-entry-without-amount"),
    ] {
        check(&format!("<TRNTYPE>X<DTPOSTED>20260831<TRNAMT>{written}"), &format!("1 2026-08-31/- X {expected}"));
    }
    check("<TRNTYPE>X<DTPOSTED>20260831<TRNAMT>5<TRNAMT>6", "1 2026-08-31/- X none - review: file-two-readings(5 / 6)");
    check(
        "<TRNTYPE>X<DTPOSTED>20260831<TRNAMT>5<CURRENCY><CURSYM>XQZ</CURRENCY>",
        "1 2026-08-31/- X none - review: file-money(money-unknown-currency(XQZ))",
    );
    // Three decimals are a dinar's own.
    check(
        "<TRNTYPE>X<DTPOSTED>20260831<TRNAMT>1.234<CURRENCY><CURSYM>KWD</CURRENCY>",
        "1 2026-08-31/- X in KWD 1.234 booked",
    );
}

/// An empty element is an absent one, however it is written, and takes nothing with it.
#[test]
fn empty_elements_and_aggregates() {
    for empty in [
        "<PAYEE/>",
        "<BANKACCTTO></BANKACCTTO>",
        "<CURRENCY>\n",
        "<NAME></NAME>",
        "<NAME />",
        "<name>",
        "<CURRENCY/><PAYEE>",
    ] {
        check(
            &format!("<TRNTYPE>X<DTPOSTED>20260831{empty}<TRNAMT>5<FITID>A<MEMO>text"),
            "1 2026-08-31/- X in USD 5.00 booked id A ext - from - - | text",
        );
    }
}

#[test]
fn end_tags_that_were_forgotten() {
    let file = "<OFX><STMTRS><CURDEF>USD<BANKACCTFROM><ACCTID>1<BANKTRANLIST>\
                <STMTTRN><TRNTYPE>X<DTPOSTED>20260831<TRNAMT>5<PAYEE><NAME>A<STMTTRN><TRNTYPE>Y<DTPOSTED>20260831<TRNAMT>-6\
                <LEDGERBAL><BALAMT>7<CCSTMTRS><CURDEF>EUR<CCACCTFROM><ACCTID>2<LEDGERBAL><BALAMT>8</OFX>";
    assert_eq!(
        told(file.as_bytes(), Currency::USD),
        "ofx 1: - → USD 7.00\n\
         1 2026-08-31/- X in USD 5.00 booked id - ext - from A - | \n\
         2 2026-08-31/- Y out USD 6.00 booked id - ext - from - - | \n\
         ofx 2: - → EUR 8.00"
    );
}

#[test]
fn a_transaction_outside_of_an_account_is_not_booked() {
    for file in [
        "<OFX><STMTTRN><DTPOSTED>20260831<TRNAMT>5</STMTTRN></OFX>",
        "<OFX><STMTRS></STMTRS><STMTTRN><DTPOSTED>20260831<TRNAMT>5</STMTTRN></OFX>",
    ] {
        let found = told(file.as_bytes(), Currency::USD);
        assert!(found.contains("1 -/- entry none - review: file-entry-without-account"), "{found}");
    }
}

/// Signs of markup that begin none are what somebody wrote.
#[test]
fn texts_with_signs_of_markup() {
    for (written, expected) in [
        ("a < b <! c <? d & e &co; <> f", "a < b <! c <? d & e &co; <> f"),
        ("1 &lt; 2 &amp;amp; &#233;&#xE9;&nbsp;&quot;x&apos;", "1 < 2 &amp; éé \"x'"),
        ("two\n   lines", "two lines"),
        ("<![CDATA[a <b> & c]]> d &amp; e", "a <b> & c d & e"),
        ("kept<!-- not kept -->", "kept"),
    ] {
        check(
            &format!("<TRNTYPE>X<DTPOSTED>20260831<TRNAMT>5<MEMO>{written}\n<FITID>A"),
            &format!("1 2026-08-31/- X in USD 5.00 booked id A ext - from - - | {expected}"),
        );
    }
}

/// What one amount leaves open, another of the file may tell.
#[test]
fn the_amounts_of_a_statement_tell_its_decimal_sign_together() {
    let amounts = |currency: &str, amounts: &[&str]| {
        let lines: String =
            amounts.iter().map(|a| format!("<STMTTRN><DTPOSTED>20260831<TRNAMT>{a}</STMTTRN>")).collect();
        let found = told(format!("<OFX><STMTRS><CURDEF>{currency}{lines}</STMTRS></OFX>").as_bytes(), Currency::USD);
        let short = |line: &str| line.split(" id ").next().unwrap_or_default().replacen(" 2026-08-31/- entry", "", 1);
        found.lines().skip(1).map(short).collect::<Vec<_>>()
    };
    assert_eq!(amounts("USD", &["1,000", "5.50"]), ["1 in USD 1,000.00 booked", "2 in USD 5.50 booked"]);
    assert_eq!(amounts("USD", &["1.000", "5,50"]), ["1 in USD 1,000.00 booked", "2 in USD 5.50 booked"]);
    assert_eq!(amounts("USD", &["-25.000", "0.500"]), ["1 out USD 25.00 booked", "2 in USD 0.50 booked"]);
    assert_eq!(
        amounts("RWF", &["1.000", "1,000"]),
        ["1 none - review: file-two-readings(1.000)", "2 none - review: file-two-readings(1,000)"]
    );
    assert_eq!(amounts("RWF", &["-25,000", "500"]), ["1 out RWF 25,000 booked", "2 in RWF 500 booked"]);
}

#[test]
fn the_day_is_as_the_bank_wrote_it() {
    for (written, expected) in [
        ("20260831235959.999[-8:PST]", "1 2026-08-31/- X in USD 5.00 booked"),
        ("20260831[0:GMT]", "1 2026-08-31/- X in USD 5.00 booked"),
        ("2026-08-31", "1 2026-08-31/- X in USD 5.00 booked"),
        ("00000000", "1 -/- X in USD 5.00 review: file-entry-bad-date"),
        ("20260231", "1 -/- X in USD 5.00 review: file-entry-bad-date"),
        ("31/08/2026", "1 -/- X in USD 5.00 review: file-entry-bad-date"),
        ("", "1 -/- X in USD 5.00 review: file-entry-without-date"),
    ] {
        check(&format!("<TRNTYPE>X<DTPOSTED>{written}<TRNAMT>5"), expected);
    }
    check("<TRNTYPE>HOLD<DTPOSTED>20260831<TRNAMT>5", "1 2026-08-31/- HOLD in USD 5.00 pending");
}

#[test]
fn files_that_hold_no_statement_or_break_off() {
    for (file, expected) in [
        ("OFXHEADER:100\r\rDATA:OFXSGML\r<OFX></OFX>", "refused: file-no-account(OFX)"),
        (
            "<OFX><STMTTRNRS><STATUS><CODE>2000<SEVERITY>ERROR<MESSAGE>Down</STATUS></STMTTRNRS></OFX>",
            "refused: file-bank-refused(2000, Down)",
        ),
        ("<?OFX?><!DOCTYPE OFX [<!ENTITY a \"b\">]><OFX><STMTRS></STMTRS></OFX>", "refused: file-definitions"),
        (
            "<OFX><STMTRS><STMTTRN><TRNTYPE>X<TRNAMT>-1",
            "ofx -: - → -\n! file-cut-off(</OFX>)\n1 -/- unreadable none - review: file-breaks-off-at-entry(1, <STMTTRN>) id - ext - from - - | ",
        ),
        (
            "OFXHEADER:100 DATA:OFXSGML <ofx><stmtrs><curdef>EUR<ledgerbal><balamt>-1,5</ledgerbal></stmtrs></ofx>",
            "ofx -: - → EUR -1.50",
        ),
        (
            "<OFX><STMTRS><CURDEF>USD<LEDGERBAL><BALAMT>n/a</LEDGERBAL></STMTRS></OFX>",
            "ofx -: - → -\n! file-in-field(closing, file-not-an-amount(n/a, .))",
        ),
        (
            "<OFX><INVSTMTRS><INVTRANLIST><BUYMF><INVTRAN><FITID>1</INVTRAN></BUYMF></INVTRANLIST></INVSTMTRS></OFX>",
            "ofx -: - → -\n! file-securities(1)",
        ),
    ] {
        assert_eq!(told(file.as_bytes(), Currency::USD), expected, "{file}");
        assert_eq!(told(format!("\n\n{file}\0\0").as_bytes(), Currency::USD), expected, "{file}");
    }
}

/// Banks reuse ids, and leave them out; an id of zeros is none.
#[test]
fn a_line_is_itself_by_account_id_amount_and_side() {
    let identity = |elements: &str| {
        let file =
            format!("<OFX><STMTRS><BANKACCTFROM><ACCTID>1</BANKACCTFROM><STMTTRN>{elements}</STMTTRN></STMTRS></OFX>");
        let read = formats::statement::read(file.as_bytes(), Currency::USD, None).unwrap();
        read.statements[0].lines[0].identity.clone()
    };
    let first = "<DTPOSTED>20260831<TRNAMT>5<FITID>A";
    assert_eq!(identity(first), identity("<DTPOSTED>20260901<TRNAMT>5.00<FITID>A<MEMO>another text"));
    assert_ne!(identity(first), identity("<DTPOSTED>20260831<TRNAMT>-5<FITID>A"));
    let zeros = "<DTPOSTED>20260831<TRNAMT>5<FITID>0000";
    assert_ne!(identity(zeros), identity("<DTPOSTED>20260901<TRNAMT>5<FITID>0000"));
}

/// Worked out from the files' own figures; no file gives an opening balance.
#[test]
fn balances_are_those_worked_out() {
    balances_agree(
        "ofx",
        &[
            ("OCA-bank-statement-import__test_ofx_iban.ofx", 1, "", 4, "-360", "2156.56"),
            ("OCA-bank-statement-import__test_ofx_iban.ofx", 2, "", 0, "0", "-562.00"),
            // Of four, one has neither day nor amount.
            ("OCA-bank-statement-import__test_ofx_wrong.ofx", 1, "", 4, "-270", "2156.56"),
            ("bankfile-corpus__chase_blank-line-before-header-none-after.qfx", 1, "", 1, "-10.00", "90.00"),
            ("bankfile-corpus__chase_non-ascii-byte-declared-usascii.qfx", 1, "", 1, "-10.00", "90.00"),
            ("bankfile-corpus__lcl_check-without-payee.ofx", 1, "", 1, "-10.00", "90.00"),
            ("bankfile-corpus__unnamed-bank_amount-plus-sign-and-space.ofx", 1, "", 1, "1006.60", "90.00"),
            ("bankfile-corpus__unnamed-bank_chknum-instead-of-checknum.ofx", 1, "", 1, "-10.00", "90.00"),
            ("bankfile-corpus__unnamed-bank_empty-tags-curdef-fitid-name.ofx", 1, "", 1, "-10.00", "90.00"),
            ("bankfile-corpus__unnamed-bank_xml-declaration-ofx-2.ofx", 1, "", 1, "-10.00", "90.00"),
            ("bankfile-corpus__unnamed-bank_zero-date.ofx", 1, "", 1, "-10.00", "90.00"),
            ("csingley-ofxtools__br_nubank_cc.ofx", 1, "", 6, "-1280.91", "-1280.91"),
            ("csingley-ofxtools__stmtrs_euro.ofx", 1, "", 2, "-500.00", "200.29"),
            ("jseutter-ofxparse__checking.ofx", 1, "", 3, "-59.50", "100.99"),
            ("jseutter-ofxparse__fail_nice_date_missing.ofx", 1, "", 3, "0", "0"),
            ("jseutter-ofxparse__fail_nice_decimal_error.ofx", 1, "", 1, "0", "0"),
            ("jseutter-ofxparse__fail_nice_empty_balance.ofx", 1, "", 1, "120", ""),
            ("jseutter-ofxparse__investment_medium.ofx", 1, "", 3, "-3.95", ""),
            ("jseutter-ofxparse__multiple_accounts.ofx", 1, "", 0, "0", "111"),
            ("jseutter-ofxparse__multiple_accounts.ofx", 2, "", 0, "0", "222"),
            ("jseutter-ofxparse__tiaacref.ofx", 1, "", 0, "0", ""),
            ("jseutter-ofxparse__vanguard401k.ofx", 1, "", 0, "0", ""),
            ("sebastienrousseau-bankstatementparser__sample.qfx", 1, "", 1, "-15.00", ""),
        ],
    );
}
