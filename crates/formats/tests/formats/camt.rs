//! camt files of other projects' test suites, read with an independent reading beside them.

use std::fs;

use formats::statement::{self, Direction, LineStatus};
use receivables::{Currency, Money};

use crate::balance::{self, statements};
use crate::reference;

#[test]
fn balances_are_those_of_an_independent_reading() {
    // One entry of this dollar account is in euros; the independent reading adds it up, we do not.
    let Some(seen) = balance::check("camt", &[], &["newinnovations-camt053__example-camt053-b.xml"]) else { return };
    assert_eq!(seen, 29);
}

/// What the file says of itself is told beside what is in it; test files cut down from real ones differ.
#[test]
fn the_number_of_entries_is_compared_with_what_the_file_says() {
    for (name, declared, found) in [
        ("newinnovations-camt053__error-camt053.xml", Some(2), 2),
        ("newinnovations-camt053__example-camt053-b.xml", Some(16), 19),
        ("viafintech-camt_parser__053_valid_example_with_batch.xml", Some(35), 3),
        // Money in is counted, money out is not.
        ("viafintech-camt_parser__053_valid_example_with_instdamt.xml", None, 1),
    ] {
        let Some(path) = reference(&format!("bank-statements/camt/{name}")) else { return };
        let statements = statements(&fs::read(path).unwrap());
        let counts = (statements[0].lines_declared, statements[0].lines_found());
        assert_eq!(counts, (declared, found), "{name}");
    }
}

/// genkgo's own reading, written by its tests: amount, direction, status, references, dates, remittance.
#[test]
fn entries_are_those_of_genkgo() {
    let Some(folder) = reference("bank-statements/camt") else { return };
    let mut seen = 0;
    for file in fs::read_dir(folder).unwrap().map(|f| f.unwrap().path()) {
        let Some(source) = file.to_str().and_then(|f| f.strip_suffix(".expected.json")) else { continue };
        let expected: serde_json::Value = serde_json::from_slice(&fs::read(&file).unwrap()).unwrap();
        let found = statements(&fs::read(source).unwrap());
        let lines: Vec<_> = found.iter().flat_map(|s| &s.lines).collect();
        let entries = expected["getEntries"].as_array().unwrap();
        for (number, entry) in (1u64..).zip(entries) {
            let line = lines.iter().find(|l| l.line == number).unwrap_or_else(|| panic!("{source}: no entry {number}"));
            let whole: i64 = entry["getAmount"]["getAmount"].as_str().unwrap().parse().unwrap();
            let sum: i64 = lines.iter().filter(|l| l.line == number).filter_map(|l| l.amount).map(|m| m.minor).sum();
            let code = entry["getAmount"]["getCurrency"]["getCode"].as_str().unwrap();
            assert_eq!((sum, line.amount.unwrap().currency.code()), (whole.abs(), code), "{source} {number}");
            let way = if line.direction == Direction::In { "CRDT" } else { "DBIT" };
            assert_eq!(Some(way), entry["getCreditDebitIndicator"].as_str(), "{source} {number}");
            if let Some(status) = entry["getStatus"].as_str() {
                assert_eq!(line.status == LineStatus::Booked, status == "BOOK", "{source} {number}");
            }
            assert_eq!(line.reference.as_deref(), entry["getAccountServicerReference"].as_str(), "{source} {number}");
            let detail = &entry["getTransactionDetail"];
            let end_to_end = detail["getReference"]["getEndToEndId"].as_str().filter(|id| *id != "NOTPROVIDED");
            if end_to_end.is_some() && entry["getTransactionDetails"].as_array().is_some_and(|d| d.len() == 1) {
                assert_eq!(line.external_reference.as_deref(), end_to_end, "{source} {number}");
            }
            let value_on = entry["getValueDate"]["0"].as_str().map(|d| d[..10].to_owned());
            assert_eq!(line.value_on.map(|d| d.to_string()), value_on, "{source} {number}");
            seen += 1;
        }
    }
    assert!(seen >= 12, "{seen}");
}

#[test]
fn no_file_of_any_format_makes_the_reader_fall() {
    let Some(folder) = reference("bank-statements/camt") else { return };
    let root = folder.parent().unwrap().to_owned();
    let mut seen = 0;
    for file in fs::read_dir(root).unwrap().flat_map(|f| fs::read_dir(f.unwrap().path()).into_iter().flatten()) {
        let path = file.unwrap().path();
        match statement::read(&fs::read(&path).unwrap(), Currency::USD, None) {
            Ok(file) => {
                assert!(!file.statements.is_empty() || path.to_string_lossy().contains("camt"), "{}", path.display())
            }
            Err(error) => assert!(error.to_string().starts_with("file-"), "{}", path.display()),
        }
        seen += 1;
    }
    assert!(seen > 150, "{seen}");
}

/// One entry with these children, in euros; told as `direction amount status reversal`.
fn check(children: &str, expected: &[&str]) {
    let text = format!(
        "<Document xmlns=\"urn:wrong\"><BkToCstmrStmt><Stmt><Acct><Id><IBAN>X1</IBAN></Id><Ccy>EUR</Ccy></Acct><Ntry>{children}</Ntry></Stmt></BkToCstmrStmt></Document>"
    );
    let found = statements(text.as_bytes());
    let told: Vec<String> = found[0]
        .lines
        .iter()
        .map(|l| {
            let status = match &l.status {
                LineStatus::Review(why) => format!("review: {why}"),
                other => format!("{other:?}"),
            };
            let amount = l.amount.map_or("-".to_owned(), |m| m.to_string());
            let reversal = if l.reversal { " reversal" } else { "" };
            format!(
                "{:?} {amount} {status}{reversal} {} {}",
                l.direction,
                l.counterparty.as_deref().unwrap_or("-"),
                l.text
            )
        })
        .collect();
    assert_eq!(told, expected, "{children}");
}

#[test]
fn entries_that_are_no_money_or_not_clear() {
    let date = "<BookgDt><Dt>2026-08-31</Dt></BookgDt>";
    check(
        &format!("<Amt Ccy=\"EUR\">10.50000</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts>{date}"),
        &["In EUR 10.50 Booked - "],
    );
    check(
        &format!("<Amt Ccy=\"EUR\">10.50001</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts>{date}"),
        &["None - review: file-money(money-too-precise(10.50001, EUR)) - "],
    );
    check(
        &format!("<Amt>5</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts><Cd>PDNG</Cd></Sts>{date}"),
        &["Out EUR 5.00 Pending - "],
    );
    check(
        &format!(
            "<Amt Ccy=\"EUR\">5</Amt><CdtDbtInd>CRDT</CdtDbtInd><RvslInd>true</RvslInd><Sts>BOOK</Sts>{date}<NtryDtls><TxDtls><RltdPties><Dbtr><Nm>We</Nm></Dbtr><Cdtr><Nm>They</Nm></Cdtr></RltdPties></TxDtls></NtryDtls>"
        ),
        &["In EUR 5.00 Booked reversal They "],
    );
    check(&format!("<Amt Ccy=\"EUR\">5</Amt><Sts>BOOK</Sts>{date}"), &["None - review: file-entry-without-side - "]);
    check(
        &format!("<Amt Ccy=\"EUR\">-5</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts>{date}"),
        &["None - review: file-entry-negative(EUR -5.00) - "],
    );
    check("<Amt Ccy=\"EUR\">5", &["None - review: file-breaks-off-at-entry(1, <Amt> … </Ntry>) - "]);
}

#[test]
fn a_batch_becomes_its_payments_only_if_they_add_up() {
    let batch = |second: &str| {
        format!(
            "<Amt Ccy=\"EUR\">30.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>2026-08-31</Dt></BookgDt><AcctSvcrRef>B1</AcctSvcrRef>\
             <NtryDtls><TxDtls><Amt Ccy=\"EUR\">10.00</Amt><RltdPties><Dbtr><Nm>A &amp; B & C</Nm></Dbtr></RltdPties><RmtInf><Ustrd>INV-1</Ustrd></RmtInf></TxDtls>\
             <TxDtls><AmtDtls><TxAmt><Amt Ccy=\"EUR\">{second}</Amt></TxAmt></AmtDtls><RltdPties><Dbtr><Pty><Nm>D</Nm></Pty></Dbtr></RltdPties><RmtInf><Strd><CdtrRefInf><Ref>RF18</Ref></CdtrRefInf></Strd></RmtInf></TxDtls></NtryDtls>"
        )
    };
    check(&batch("20.00"), &["In EUR 10.00 Booked A & B & C INV-1", "In EUR 20.00 Booked D RF18"]);
    check(&batch("21.00"), &["In EUR 30.00 Booked - INV-1 RF18"]);
}

/// A payer sent 1,000; the bank booked 990 and says that its 10 are included. What it says is charged apart, or taken
/// from another currency, changes nothing.
#[test]
fn charges_that_the_bank_kept_are_part_of_what_was_paid() {
    let check = |record: &str, amount: i64, fee: Option<i64>| {
        let file = format!(
            "<Document><BkToCstmrStmt><Stmt><Acct><Ccy>USD</Ccy></Acct><Ntry><Amt Ccy=\"USD\">990.00</Amt>\
             <CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>2026-09-10</Dt></BookgDt><Chrgs>{record}</Chrgs>\
             </Ntry></Stmt></BkToCstmrStmt></Document>"
        );
        let line = &statements(file.as_bytes())[0].lines[0];
        let minor = |money: Option<Money>| money.map(|m| m.minor);
        assert_eq!((minor(line.amount), minor(line.fee)), (Some(amount), fee), "{record}");
        assert_eq!(minor(line.movement()), Some(99_000), "{record}");
    };
    let record = |amount: &str, side: &str, included: &str| {
        format!("<Rcrd><Amt {amount}</Amt><CdtDbtInd>{side}</CdtDbtInd><ChrgInclInd>{included}</ChrgInclInd></Rcrd>")
    };
    let ten = record("Ccy=\"USD\">10.00", "DBIT", "true");
    check(&ten, 100_000, Some(1_000));
    check(&(ten.clone() + &record("Ccy=\"USD\">2.50", "CRDT", "true")), 99_750, Some(750));
    check(&record("Ccy=\"USD\">10.00", "DBIT", "false"), 99_000, None);
    check(&record("Ccy=\"EUR\">10.00", "DBIT", "true"), 99_000, None);
    check("<TtlChrgsAndTaxAmt Ccy=\"USD\">10.00</TtlChrgsAndTaxAmt>", 99_000, None);
}
