//! The opening load from another program's ageing export, its proof, and the templates for those who have none.

use formats::ageing_export::{self, AgeingExport};
use ideni::actions::import::{self, Reading, Status, What};
use ideni::actions::opening::{self, Proven, Told};
use receivables::ledger::Account;

use crate::support::{Book, each_engine};

const EXPORT: &str = "\
,Date,Transaction type,Num,Customer full name,Due date,Amount,Open balance
1 - 30 days past due,,,,,,,
,13/05/2026,Invoice,1019,Keza Ltd,12/06/2026,310,310
,13/05/2026,Invoice,1019,Keza Ltd,19/06/2026,90,90
,28/05/2026,Credit Memo,1021,Keza Ltd,28/05/2026,-150,-50
,01/06/2026,Payment,TRF,Mugisha & Sons,01/06/2026,-200,-75
,01/06/2026,Payment,TRF,Keza Ltd,01/06/2026,-200,-75
,02/06/2026,Invoice,,Mugisha & Sons,12/06/2026,20,20
Total for 1 - 30 days past due,,,,,,,220
TOTAL,,,,,,,220
";

fn export(text: &str) -> AgeingExport {
    ageing_export::read(text.as_bytes()).expect("a table").expect("an ageing export")
}

/// `line status id` of each row.
fn load(book: &Book, text: &str) -> Vec<String> {
    let reading = Reading {
        what: What::Invoices,
        file: "ageing.csv".to_owned(),
        currency: book.actor.company.currency,
        opening_on: Some("2026-06-30".parse().expect("a date")),
        account: "bank".to_owned(),
    };
    let units = book.read(|tx, actor| opening::units(tx, actor, &reading, export(text)));
    let done =
        book.act(move |tx, actor, today| import::chunk(tx, actor, today, &reading, &units, import::Known::new()));
    let reports = done.expect("a chunk is posted").reports;
    reports.iter().map(|r| format!("{} {} {}", r.line, r.status.name(), r.id)).collect()
}

/// `customer items: invoices credits unapplied = net, list, difference`
fn proof(book: &Book, told: Option<&[Told]>) -> Vec<String> {
    let (rows, totals) = book.read(|tx, actor| opening::prove(tx, actor, told));
    let line = |row: &Proven| {
        let list = row.told.map_or("-".to_owned(), |m| m.major_text());
        let difference = row.difference.map_or("-".to_owned(), |m| m.major_text());
        let [invoices, credits, unapplied, net] =
            [row.invoices, row.credits, row.unapplied, row.net].map(|money| money.major_text());
        let (customer, items) = (&row.customer, row.items);
        format!("{customer} {items}: {invoices} {credits} {unapplied} = {net}, {list}, {difference}")
    };
    rows.iter().chain(&totals).map(line).collect()
}

#[test]
fn an_ageing_export_becomes_the_opening_load() {
    each_engine(|book| {
        book.customer("K1", "Keza Ltd");
        let created = ["3 created 1019", "5 created 1021", "6 created TRF", "7 created TRF", "8 refused "];
        assert_eq!(load(book, EXPORT), created);
        let again = ["3 duplicate 1019", "5 duplicate 1021", "6 duplicate TRF", "7 duplicate TRF", "8 refused "];
        assert_eq!(load(book, EXPORT), again);
        let accounts = [Account::REVENUE, Account::VAT_OUTPUT, Account::OPENING].map(|a| book.base_of(a));
        assert_eq!(accounts, [0, 0, -200]);
        let items = "SELECT COUNT(*) FROM open_item WHERE company = $1";
        assert_eq!(book.number(items), 3, "an invoice with two due dates has two instalments");
    });
}

#[test]
fn the_proof_compares_by_customer() {
    each_engine(|book| {
        book.customer("K1", "Keza Ltd");
        load(book, EXPORT);
        // What happens afterwards does not change the proof, nor does what is no opening load.
        book.issue("F-1", "K1", "1000", "2026-06-30", "2026-07-30");
        assert_eq!(
            proof(book, None),
            ["K1 3: 400 -50 75 = 275, -, -", "Mugisha-Sons 1: 0 0 75 = -75, -, -", " 4: 400 -50 150 = 200, -, -"]
        );
        let own = book.actor.company.currency;
        let told = opening::told_by_export(&export(EXPORT), own).expect("amounts");
        assert_eq!(
            proof(book, Some(&told)),
            [
                "K1 3: 400 -50 75 = 275, 275, 0",
                "Mugisha-Sons 1: 0 0 75 = -75, -55, -20",
                " 4: 400 -50 150 = 200, 220, -20",
            ]
        );
        let text = "customer,total\nKeza Ltd,275\nMugisha-Sons,-75\nUwase,10\n";
        let reader = formats::table::open_bytes(text.as_bytes(), opening::TOTALS, None).expect("a table");
        let told = opening::told_by_totals(reader, own).expect("amounts");
        assert_eq!(
            proof(book, Some(&told)),
            [
                "K1 3: 400 -50 75 = 275, 275, 0",
                "Mugisha-Sons 1: 0 0 75 = -75, -75, 0",
                "Uwase 0: 0 0 0 = 0, 10, -10",
                " 4: 400 -50 150 = 200, 210, -10",
            ]
        );
    });
}

#[test]
fn the_templates_import_as_they_are() {
    each_engine(|book| {
        for (what, text) in [
            (What::Customers, include_str!("../country/templates/customers.csv")),
            (What::Rates, include_str!("../country/templates/rates.csv")),
            (What::Invoices, include_str!("../country/templates/invoices.csv")),
            (What::Receipts, include_str!("../country/templates/receipts.csv")),
        ] {
            let reports = book.import(what, text);
            assert_eq!(reports.len(), 2, "{what:?}");
            assert!(reports.iter().all(|r| r.status == Status::Created), "{reports:?}");
        }
        // 118,000 less the credit note and what came in.
        assert_eq!(book.open("F-2026-0001"), "46200");
        assert!(ageing_export::read(include_bytes!("../country/templates/invoices.csv")).expect("a table").is_none());
    });
}
