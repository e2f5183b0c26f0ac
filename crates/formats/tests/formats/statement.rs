//! Statements as tables, and files that are no statement.

use formats::Profile;
use formats::statement::{self, Direction, LineStatus};
use receivables::Currency;

use crate::reference;

fn check(bytes: &[u8], currency: Currency, profile: &str, expected: &str) {
    let profile = Profile::read(profile).unwrap();
    let found = match statement::read(bytes, currency, Some(&profile)) {
        Err(error) => format!("refused: {error}"),
        Ok(file) => {
            let statement = &file.statements[0];
            let mut out = format!("{} {:?} → {:?}", file.format, statement.opening, statement.closing);
            for line in &statement.lines {
                let way = match line.direction {
                    Direction::In => "in",
                    Direction::Out => "out",
                    Direction::None => "none",
                };
                let status = match &line.status {
                    LineStatus::Booked => String::new(),
                    LineStatus::Review(why) => format!(" review: {why}"),
                    other => format!(" {other:?}"),
                };
                let on = line.on.map_or("-".to_owned(), |d| d.to_string());
                out.push_str(&format!("\n{} {on} {way} {:?} {}{status}", line.line, line.amount, line.text));
            }
            for gap in &statement.gaps {
                out.push_str(&format!("\ngap after {}: {:?}", gap.after_line, gap.missing));
            }
            out
        }
    };
    let starts = expected.strip_suffix('…');
    assert!(found == expected || starts.is_some_and(|s| found.starts_with(s)), "found\n{found}\nexpected\n{expected}");
}

#[test]
fn tables_of_rwandan_banks() {
    check(
        b"BANK OF X;;;;;\nTransaction Date;Value Date;Narration;Money out;Money in;Balance\n\
          01/08/2026;01/08/2026;BALANCE BROUGHT FORWARD;;;100.000\n\
          02/08/2026;02/08/2026;MOMO UWASE INV-7;;12.500;112.500\n\
          31/08/2026;31/08/2026;CHARGES;-500;;112.000\n\
          31/08/2026;31/08/2026;CHQ;2.000;;100.000\n",
        Currency::RWF,
        "",
        "csv Some(RWF 100000) → Some(RWF 100000)\n\
         3 2026-08-01 none None BALANCE BROUGHT FORWARD Dropped(RowWithoutAmount)\n\
         4 2026-08-02 in Some(RWF 12500) MOMO UWASE INV-7\n\
         5 2026-08-31 out Some(RWF 500) CHARGES\n\
         6 2026-08-31 out Some(RWF 2000) CHQ\n\
         gap after 5: RWF -10000",
    );
    // Newest first, signed amounts, French.
    check(
        "Date,Libellé,Montant,Solde\n03/08/2026,Frais,\"-1,50\",\"108,50\"\n02/08/2026,Virement,\"10,00\",\"110,00\"\n13/07/2026,x,abc,1\n".as_bytes(),
        Currency::USD,
        "",
        "csv Some(USD 100.00) → Some(USD 108.50)\n\
         2 2026-08-03 out Some(USD 1.50) Frais\n\
         3 2026-08-02 in Some(USD 10.00) Virement\n\
         4 2026-07-13 none None x review: file-in-field(amount, file-not-an-amount(abc, ,))",
    );
    check(
        b"When;What;Sum;Way\n2026-08-01;a;5;D\n2026-08-01;b;6;Credit\n2026-08-01;c;7;?\n;d;8;D\n2026-08-02;e;8.5;D\n",
        Currency::RWF,
        "[columns]\non = \"When\"\ntext = \"What\"\namount = \"Sum\"\nside = \"Way\"",
        "csv None → None\n2 2026-08-01 out Some(RWF 5) a\n3 2026-08-01 in Some(RWF 6) b\n\
         4 2026-08-01 none None c review: file-neither-side(?)\n\
         5 - none Some(RWF 8) d review: file-row-without-date\n\
         6 2026-08-02 none None e review: file-money(money-too-precise(8.5, RWF))",
    );
}

/// Sums are no movements; a payer who is called so is one that a person must look at.
#[test]
fn sums_of_a_table_are_told_from_movements() {
    check(
        b"Date,Details,Debit,Credit\n31/08/2026,Rent,5,\n,Total Rwanda Ltd,,7\n,Reporting fee,1,\n,Total debits: 5,5,\n,TOTAL,5,7\n",
        Currency::RWF,
        "",
        "csv None → None\n2 2026-08-31 out Some(RWF 5) Rent\n\
         3 - none Some(RWF 7) Total Rwanda Ltd review: file-row-without-date\n\
         4 - none Some(RWF 1) Reporting fee review: file-row-without-date\n\
         5 - none None Total debits: 5 Dropped(RowOfTotals)\n6 - none None TOTAL Dropped(RowOfTotals)",
    );
}

#[test]
fn what_is_no_statement_is_told_what_it_is() {
    for (bytes, expected) in [
        (b"<html><body>hello</body></html>".as_slice(), "refused: file-page-without-table"),
        (b"<note><to>the bank</to></note>", "refused: file-unknown-xml"),
        (b"number,customer\n1,2\n", "refused: file-no-statement(file-layout(csv, …"),
        (b"", "refused: file-empty"),
        (b"%PDF-1.4", "refused: file-pdf-damaged(/Pages)"),
        (b"<smses count='0'></smses>", "refused: file-no-messages"),
        (b"\x1f\x8b\x08\x00", "refused: file-unreadable(…"),
    ] {
        check(bytes, Currency::RWF, "", expected);
    }
}

#[test]
fn tables_of_other_projects() {
    for (file, expected) in [
        (
            "OCA-bank-statement-import__debit_credit.csv",
            "csv Some(USD 10.00) → Some(USD 1510.00)\n2 2018-12-15 out Some(USD 33.50) Your best supplier\n3 2018-12-15 in Some(USD 1533.50) Your payment",
        ),
        (
            "sebastienrousseau-bankstatementparser__golden_csv_european_decimals.csv",
            "csv None → None\n2 2026-04-02 out Some(EUR 1234.56) Miete April\n3 2026-04-05 in Some(EUR 3500.00) Gehalt\n4 2026-04-09 out Some(EUR 4.50) Kaffee",
        ),
        ("sebastienrousseau-bankstatementparser__sample_statement.csv", "csv Some(EUR 2500.00) → Some(EUR 3800.00)…"),
    ] {
        let Some(path) = reference(&format!("bank-statements/csv/{file}")) else { return };
        check(&std::fs::read(path).unwrap(), Currency::USD, "", expected);
    }
}
