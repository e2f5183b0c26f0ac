//! Import: a document is whole or refused, whatever the file does to its rows.

use ideni::actions::import::{RowReport, Status, What};

use crate::support::{Book, each_engine, message};

const HEAD: &str = "number,customer,issued_on,due_on,description,quantity,unit_price\n";

fn told(book: &Book, text: &str) -> Vec<String> {
    book.import(What::Invoices, text).iter().map(|r| format!("{} {} {}", r.line, r.status.name(), r.id)).collect()
}

fn row(number: &str, quantity: &str, price: &str) -> String {
    format!("{number},C1,2026-02-01,2026-03-01,Rice,{quantity},{price}\n")
}

#[test]
fn rows_of_one_document_need_not_lie_together() {
    each_engine(|book| {
        let text = [HEAD, &row("A", "1", "100"), &row("B", "1", "10"), &row("A", "2", "100")].concat();
        assert_eq!(told(book, &text), ["2 created A", "3 created B"]);
        assert_eq!((book.open("A").as_str(), book.open("B").as_str()), ("300", "10"));
        assert_eq!(told(book, &text), ["2 duplicate A", "3 duplicate B"]);
    });
}

#[test]
fn one_bad_row_refuses_its_whole_document_and_no_other() {
    for bad in [row("A", "two", "100"), row("A", "", "100"), row("A", "2", "")] {
        each_engine(|book| {
            let text = [HEAD, &row("A", "1", "100"), &bad, &row("B", "1", "10")].concat();
            assert_eq!(told(book, &text), ["2 refused ", "4 created B"], "{bad}");
            let first = [HEAD, &bad, &row("A", "1", "100"), &row("B", "1", "10")].concat();
            let again = told(book, &first);
            assert_eq!((again.len(), again[1].as_str()), (2, "4 duplicate B"), "{bad}");
            assert!(again[0].starts_with("2 refused"), "{bad}: {again:?}");
            assert_eq!(book.documents().len(), 1);
        });
    }
}

/// Peer case H5: 5 × 10 and −2 × 5 are one invoice of 40, with or without a column that says what it is.
#[test]
fn case_h5_a_line_below_zero() {
    each_engine(|book| {
        book.load(What::Invoices, &[HEAD, &row("H-5", "5", "10"), &row("H-5", "-2", "5")].concat());
        assert_eq!(book.open("H-5"), "40");
        // The other way round it is a credit note.
        book.load(What::Invoices, &[HEAD, &row("H-6", "-5", "10"), &row("H-6", "2", "5")].concat());
        assert_eq!(book.open("H-6"), "-40");
        let nets = "SELECT COUNT(*) FROM document d WHERE d.company = $1 AND d.net <> (SELECT SUM(l.net) FROM document_line l WHERE l.company = d.company AND l.document = d.id)";
        assert_eq!(book.number(nets), 0, "lines have the sign of their document");
    });
}

#[test]
fn an_invoice_below_zero_is_refused_when_the_file_says_invoice() {
    each_engine(|book| {
        let head = "number,kind,customer,issued_on,due_on,description,quantity,unit_price\n";
        let text = format!(
            "{head}A,invoice,C1,2026-02-01,2026-03-01,Rice,-1,100\nB,credit_note,C1,2026-02-01,2026-03-01,Rice,-1,100\nC,credit_note,C1,2026-02-01,2026-03-01,Rice,1,70\n"
        );
        assert_eq!(told(book, &text), ["2 refused A", "3 created B", "4 created C"]);
        assert_eq!((book.open("B").as_str(), book.open("C").as_str()), ("-100", "-70"));
    });
}

#[test]
fn the_same_number_with_other_content_is_refused() {
    each_engine(|book| {
        let file =
            |total: &str| format!("number,customer,issued_on,due_on,total\nA,C1,2026-02-01,2026-03-01,{total}\n");
        assert_eq!(told(book, &file("100")), ["2 created A"]);
        assert_eq!(told(book, &file("100")), ["2 duplicate A"]);
        assert_eq!(told(book, &file("101")), ["2 refused A"]);
        assert_eq!(book.open("A"), "100");
    });
}

/// A killed import starts again: what it posted is a duplicate, the rest is created, and nothing is twice.
#[test]
fn a_killed_import_resumes() {
    let rows: String = (0..500).map(|i| format!("K-{i},C{},2026-02-01,2026-03-01,{}\n", i % 17, 100 + i)).collect();
    let text = format!("number,customer,issued_on,due_on,total\n{rows}");
    each_engine(|book| {
        let mut chunks = 0;
        book.import_chunks(What::Invoices, text.as_bytes(), None, None, 64, |_| {
            chunks += 1;
            chunks < 3
        });
        assert_eq!(book.documents().len(), 192);
        let again = book.import(What::Invoices, &text);
        let created = again.iter().filter(|r| r.status == Status::Created).count();
        let duplicate = again.iter().filter(|r| r.status == Status::Duplicate).count();
        assert_eq!((created, duplicate), (308, 192));
        assert_eq!(book.number("SELECT CAST(SUM(total) AS BIGINT) FROM document WHERE company = $1"), 174_750);
    });
}

#[test]
fn equal_payments_without_a_reference_stay_as_many_as_the_file_has() {
    each_engine(|book| {
        let text = "on,amount,payer\n2026-02-01,500,Mutoni\n2026-02-01,500,Mutoni\n2026-02-01,500,Mutoni\n";
        let statuses =
            |text: &str| -> Vec<&str> { book.import(What::Receipts, text).iter().map(|r| r.status.name()).collect() };
        assert_eq!(statuses(text), ["created"; 3]);
        assert_eq!(statuses(text), ["duplicate"; 3]);
        assert_eq!(statuses("on,amount,payer\n2026-02-01,500,Mutoni\n"), ["duplicate"]);
        assert_eq!(book.number("SELECT CAST(SUM(gross) AS BIGINT) FROM receipt WHERE company = $1"), 1_500);
    });
}

/// The opening load posts against the opening balance, never to revenue or tax.
#[test]
fn an_opening_load_touches_neither_revenue_nor_tax() {
    use receivables::ledger::Account;
    each_engine(|book| {
        let text = "number,customer,issued_on,due_on,net,tax,total\nO-1,C1,2025-11-01,2025-12-01,100,18,118\nO-2,C1,2025-11-05,2025-12-05,-50,-9,-59\n";
        let reports = book.import_with(What::Invoices, text.as_bytes(), None, Some("2026-01-01".parse().unwrap()));
        assert!(reports.iter().all(|r| r.status == Status::Created), "{reports:?}");
        assert_eq!(
            [Account::REVENUE, Account::VAT_OUTPUT, Account::OPENING, Account::RECEIVABLES].map(|a| book.base_of(a)),
            [0, 0, -59, 59]
        );
    });
}

#[test]
fn equal_content_under_another_number_is_a_warning_never_a_duplicate() {
    each_engine(|book| {
        let head = "number,customer,issued_on,due_on,total\n";
        let row = |number: &str, total: &str| format!("{number},C1,2026-02-01,2026-03-01,{total}\n");
        let text = [head, &row("A", "100"), &row("B", "100"), &row("C", "101")].concat();
        let rows = book.import(What::Invoices, &text);
        let twin = |r: &RowReport| message(r.message.as_ref()).contains("A says");
        let told: Vec<(&str, bool)> = rows.iter().map(|r| (r.status.name(), twin(r))).collect();
        assert_eq!(told, [("created", false), ("created", true), ("created", false)]);
        let later = book.import(What::Invoices, &[head, &row("D", "101")].concat());
        assert_eq!(later[0].status.name(), "created");
        let said = message(later[0].message.as_ref());
        assert!(said.contains("C says the same"), "{said}");
    });
}
