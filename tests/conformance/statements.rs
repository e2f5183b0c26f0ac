//! Section O: statements of the bank.

use receivables::{Currency, Money};

use crate::support::{Book, each_engine_in};

const USD: Currency = Currency::USD;

fn file(book: &Book, name: &str, text: &str) -> Vec<&'static str> {
    let imported = book.statement("bank", name, text.as_bytes()).expect("a statement");
    imported.lines.iter().map(|l| l.status).collect()
}

/// Tryton refuses a statement until it is whole. Ours takes every line that is there once, says what is missing, and
/// takes the rest when it comes: money in the bank is never kept out of the books.
#[test]
fn case_o4_a_statement_that_lacks_a_line() {
    each_engine_in(USD, |book| {
        let head = "date,reference,description,amount,balance\n";
        let (first, second, third) =
            ("2026-02-01,a,one,50,50\n", "2026-02-02,b,two,30,80\n", "2026-02-03,c,three,10,90\n");
        let lacking = format!("{head}{first}{third}");
        let imported = book.statement("bank", "lacking.csv", lacking.as_bytes()).expect("a statement");
        let balance = &imported.balances[0];
        assert_eq!(balance.difference, Some(Money::new(-3_000, USD)));
        assert_eq!(balance.gaps.iter().map(|(_, missing)| missing.minor).collect::<Vec<_>>(), [3_000]);
        let whole = format!("{head}{first}{second}{third}");
        let imported = book.statement("bank", "whole.csv", whole.as_bytes()).expect("a statement");
        assert_eq!(imported.balances[0].difference, Some(Money::zero(USD)));
        let statuses: Vec<&str> = imported.lines.iter().map(|l| l.status).collect();
        assert_eq!(statuses, ["duplicate", "receipt", "duplicate"]);
        assert_eq!(book.number("SELECT CAST(SUM(gross) AS BIGINT) FROM receipt WHERE company = $1"), 9_000);
    });
}

/// The same as the peer has it: a total of 80 with one line of 50, two lines said and one there. Tryton refuses the
/// statement until both are right; ours tells both differences and posts the 50 the bank surely has.
#[test]
fn case_o4_a_total_of_eighty_and_two_lines_said() {
    let entry = |reference: &str, amount: &str| {
        format!(
            "<Ntry><Amt Ccy=\"USD\">{amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>\
             <BookgDt><Dt>2026-02-01</Dt></BookgDt><AcctSvcrRef>{reference}</AcctSvcrRef></Ntry>"
        )
    };
    let balance = |code: &str, amount: &str| {
        format!(
            "<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp><Amt Ccy=\"USD\">{amount}</Amt>\
             <CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-02-01</Dt></Dt></Bal>"
        )
    };
    let statement = |entries: &str| {
        let (opening, closing) = (balance("OPBD", "0.00"), balance("CLBD", "80.00"));
        format!(
            "<Document><BkToCstmrStmt><Stmt><Acct><Id><Othr><Id>1</Id></Othr></Id><Ccy>USD</Ccy></Acct>{opening}{closing}\
             <TxsSummry><TtlNtries><NbOfNtries>2</NbOfNtries></TtlNtries></TxsSummry>{entries}\
             </Stmt></BkToCstmrStmt></Document>"
        )
    };
    each_engine_in(USD, |book| {
        let (fifty, thirty) = (entry("FT-a", "50.00"), entry("FT-b", "30.00"));
        let imported = book.statement("bank", "part.xml", statement(&fifty).as_bytes()).expect("a statement");
        let told = &imported.balances[0];
        assert_eq!(told.difference, Some(Money::new(-3_000, USD)));
        assert_eq!((told.lines_declared, told.lines_found), (Some(2), 1));
        assert_eq!(book.number("SELECT CAST(SUM(gross) AS BIGINT) FROM receipt WHERE company = $1"), 5_000);
        let whole = statement(&format!("{fifty}{thirty}"));
        let imported = book.statement("bank", "whole.xml", whole.as_bytes()).expect("a statement");
        let told = &imported.balances[0];
        assert_eq!(told.difference, Some(Money::zero(USD)));
        assert_eq!((told.lines_declared, told.lines_found), (Some(2), 2));
        let statuses: Vec<&str> = imported.lines.iter().map(|l| l.status).collect();
        assert_eq!(statuses, ["duplicate", "receipt"]);
        assert_eq!(book.number("SELECT CAST(SUM(gross) AS BIGINT) FROM receipt WHERE company = $1"), 8_000);
    });
}

#[test]
fn case_o5_european_figures() {
    for minus in ["-20", "\u{2212}20", "-20,00"] {
        each_engine_in(USD, |book| {
            let text =
                format!("Date;Description;Amount\n2026-02-01;first;\"1.000,50\"\n2026-02-02;second;\"{minus}\"\n");
            assert_eq!(file(book, "o5.csv", &text), ["receipt", "recorded"], "{minus}");
            let net = "SELECT CAST(SUM(amount * direction) AS BIGINT) FROM statement_line WHERE company = $1";
            assert_eq!(book.number(net), 98_050, "{minus}");
        });
    }
}

#[test]
fn case_o7_part_of_an_entry_waits() {
    each_engine_in(USD, |book| {
        book.issue("O-1", "C1", "100", "2026-01-10", "2026-02-10");
        book.issue("O-2", "C1", "300", "2026-01-11", "2026-02-11");
        assert_eq!(file(book, "o7.csv", "date,reference,description,amount\n2026-02-01,FT1,part,180\n"), ["receipt"]);
        assert_eq!(book.apply("FT1", "O-1", Some("100")), "done");
        assert_eq!((book.left("FT1").as_str(), book.open("O-1").as_str()), ("80.00", "0.00"));
        book.on("2026-07-15");
        assert_eq!(book.apply("FT1", "O-2", Some("80")), "done");
        assert_eq!((book.left("FT1").as_str(), book.open("O-2").as_str()), ("0.00", "220.00"));
    });
}

/// O11 end to end: opening 200, sales 300, closing 250 of which 180 are not due.
#[test]
fn case_o11_collection_effectiveness_of_a_book() {
    each_engine_in(USD, |book| {
        book.issue("OLD", "C1", "200", "2026-05-01", "2026-05-31");
        book.issue("NEW", "C1", "120", "2026-06-05", "2026-06-20");
        book.issue("NOT-DUE", "C1", "180", "2026-06-10", "2026-07-31");
        book.receipt("R1", Some("C1"), "250", "2026-06-15");
        assert_eq!(book.on("2026-06-15").apply("R1", "OLD", None), "done");
        assert_eq!(book.apply("R1", "NEW", Some("50")), "done");
        let kpis = book
            .read(|tx, actor| ideni::actions::report::kpis(tx, actor, "2026-06-30".parse().expect("a date"), 30, None));
        let of = |name: &str| {
            let found = kpis.iter().find(|(c, k)| *c == USD && k.kpi == name).expect("that ratio");
            found.1.rounded().expect("a value").normalize().to_string()
        };
        assert_eq!(of("cei_period"), "78.125");
        assert_eq!(of("dso"), "25");
        assert_eq!(of("bpdso"), "18");
    });
}

// ---- the same line never becomes two receipts

const HEAD: &str = "date,reference,description,amount\n";

#[test]
fn the_same_file_again_under_another_name_adds_nothing() {
    each_engine_in(USD, |book| {
        let text = format!("{HEAD}2026-02-01,,cash sale,10\n2026-02-01,,cash sale,10\n2026-02-02,FT9,order 7,30\n");
        assert_eq!(file(book, "a.csv", &text), ["receipt"; 3], "two true equal payments stay two");
        assert_eq!(file(book, "b.csv", &text), ["duplicate"; 3]);
        assert_eq!(book.number("SELECT COUNT(*) FROM receipt WHERE company = $1"), 3);
    });
}

#[test]
fn overlapping_files_add_what_is_new() {
    each_engine_in(USD, |book| {
        let lines: Vec<String> = (1..=9).map(|day| format!("2026-02-0{day},FT{day},order,{day}\n")).collect();
        assert_eq!(file(book, "first.csv", &format!("{HEAD}{}", lines[..6].concat())), ["receipt"; 6]);
        let statuses = file(book, "second.csv", &format!("{HEAD}{}", lines[3..].concat()));
        assert_eq!(statuses, ["duplicate", "duplicate", "duplicate", "receipt", "receipt", "receipt"]);
        assert_eq!(book.number("SELECT CAST(SUM(gross) AS BIGINT) FROM receipt WHERE company = $1"), 4_500);
    });
}

#[test]
fn the_same_line_on_another_account_is_other_money() {
    each_engine_in(USD, |book| {
        let text = format!("{HEAD}2026-02-01,FT1,order,10\n");
        book.statement("bank", "a.csv", text.as_bytes()).expect("a statement");
        let other = book.statement("momo", "a.csv", text.as_bytes()).expect("a statement");
        assert_eq!(other.lines[0].status, "receipt");
    });
}
