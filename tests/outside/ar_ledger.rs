//! `ar-ledger-synthetic`: a deliberately dirty ledger whose payments name their invoice.

use std::collections::BTreeMap;

use ideni::actions::import::What;

use super::{counts, refused};
use crate::support::{Book, currency, each_engine_in, reference, rows_of_csv, unpack};

fn file(name: &str) -> Option<Vec<u8>> {
    reference(&format!("data/ar-ledger-synthetic/{name}")).map(|path| unpack(&path))
}

fn load(book: &Book, customers: &[u8], invoices: &[u8], payments: &[u8]) -> [BTreeMap<&'static str, usize>; 3] {
    book.act(|tx, actor, _| ideni::actions::account::add(tx, actor, "UPI", "UPI")).expect("an account");
    let customers = book.import_with(What::Customers, customers, None, None);
    let invoices = book.import_with(What::Invoices, invoices, None, None);
    for (line, message) in refused(&invoices) {
        assert!(message.contains("total"), "line {line}: {message}");
    }
    let payments = book.import_with(What::Receipts, payments, None, None);
    [counts(&customers), counts(&invoices), counts(&payments)]
}

#[test]
fn open_is_amount_less_payments_on_every_invoice() {
    let (Some(customers), Some(invoices), Some(payments)) =
        (file("customers.csv"), file("invoices.csv"), file("payments.csv"))
    else {
        return;
    };
    let mut amounts: BTreeMap<String, i64> = BTreeMap::new();
    for row in rows_of_csv(&invoices) {
        if let Some(whole) = row["Invoice_Amount"].strip_suffix(".0") {
            amounts.insert(row["Invoice_ID"].clone(), whole.parse::<i64>().expect("a whole number") * 100);
        }
    }
    let mut paid: BTreeMap<String, i64> = BTreeMap::new();
    for row in rows_of_csv(&payments) {
        *paid.entry(row["Invoice_ID"].clone()).or_default() +=
            row["Amount_Paid"].parse::<i64>().expect("a whole number") * 100;
    }
    each_engine_in(currency("INR"), |book| {
        book.on("2026-06-30");
        let [known, posted, received] = load(book, &customers, &invoices, &payments);
        assert_eq!(known, [("created", 262), ("duplicate", 3)].into());
        assert_eq!(posted, [("created", 4160), ("duplicate", 2), ("refused", 4)].into());
        // Payments of the four invoices without an amount have nothing to be applied to.
        let orphans = paid.keys().filter(|id| !amounts.contains_key(*id)).count();
        assert_eq!(received.get("refused").copied().unwrap_or(0), orphans, "{received:?}");
        let documents = book.documents();
        assert_eq!(documents.len(), amounts.len());
        for d in &documents {
            let amount = amounts[&d.number];
            // Two amounts are below zero and so credit notes; what "paid" them stays the customer's money.
            let expected =
                if amount < 0 { amount } else { (amount - paid.get(&d.number).copied().unwrap_or(0)).max(0) };
            assert_eq!(d.open, expected, "{}", d.number);
        }
        // What was paid beyond its invoice stays the customer's.
        let over: i64 =
            amounts.iter().map(|(id, amount)| (paid.get(id).copied().unwrap_or(0) - (*amount).max(0)).max(0)).sum();
        assert_eq!(book.number("SELECT CAST(SUM(unapplied) AS BIGINT) FROM receipt WHERE company = $1"), over);
        assert!(over > 0);
        // Without a due date the customer's own terms count.
        let blank = rows_of_csv(&invoices).into_iter().filter(|r| r["Due_Date"].is_empty()).count();
        assert_eq!(blank, 8);
    });
}
