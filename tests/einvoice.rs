//! E-invoices at the command line: the agreed row, sentences about what cannot be read, no book needed.

use formats::einvoice::{rules, totals};
use ideni::actions::approval::Asked;
use ideni::actions::credit_note::{self, How};
use ideni::actions::{einvoice, invoice};
use receivables::Money;
use receivables::billing::line::Prices;
use serde_json::Value;

use crate::billing::ours;
use crate::support::{Browser, currency, each_engine, ideni, json, small_book, told};

/// A file of the samples of `formats`.
fn sample(name: &str) -> String {
    format!("{}/../formats/samples/{name}", env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn an_e_invoice_is_added_up_from_its_lines() {
    let folder = tempfile::tempdir().expect("a folder");
    let wrong = folder.path().join("wrong.xml");
    let text = std::fs::read_to_string(sample("einvoice_cii.xml")).expect("the sample");
    std::fs::write(&wrong, text.replace("<ram:GrandTotalAmount>345.56<", "<ram:GrandTotalAmount>354.56<"))
        .expect("written");
    let files = [sample("einvoice_ubl.xml"), sample("bank.csv"), "nothing.xml".to_owned(), wrong.display().to_string()];
    let arguments = ["--format", "json", "einvoice", "read"].into_iter().chain(files.iter().map(String::as_str));
    let out = ideni(folder.path(), &arguments.collect::<Vec<_>>());
    assert_eq!(out.status.code(), Some(1));
    let said = String::from_utf8_lossy(&out.stderr);
    let sentences: Vec<&str> = said.lines().collect();
    assert_eq!(sentences.len(), 2, "{said}");
    assert!(sentences[0].contains("bank.csv") && sentences[0].contains("is not XML"), "{said}");
    assert!(sentences[1].contains("nothing.xml"), "{said}");
    let answer: Value = serde_json::from_slice(&out.stdout).expect("json");
    let cells = |row: &Value| -> Vec<String> {
        row.as_object().expect("a row").iter().skip(1).map(|(name, value)| format!("{name} {value}")).collect()
    };
    let ours = cells(&answer["rows"][0]).join(", ").replace('"', "");
    let expected = "syntax UBL Invoice, id KT-2026-0311, currency EUR, lines 3, line_total 300.05, allowances 10.00, \
                    charges 15.00, tax_exclusive 305.05, tax_total 40.51, tax_inclusive 345.56, prepaid 100.00, \
                    rounding 0.04, payable 245.60, broken []";
    assert_eq!(ours, expected);
    let row = &answer["rows"][1];
    assert_eq!((row["syntax"].as_str(), row["tax_inclusive"].as_str()), (Some("CII"), Some("345.56")), "{row}");
    assert_eq!(row["broken"], serde_json::json!(["BR-CO-15", "BR-CO-16"]));
    assert_eq!(answer["totals"], serde_json::json!({ "read": 2, "breaking_rules": 1, "unread": 2 }));
    assert_eq!(std::fs::read_dir(folder.path()).expect("the folder").count(), 1, "no book was made");
}

/// The published `saveSales` sample adds up; the one with another total does not, and is told by the field.
#[test]
fn a_sale_for_the_tax_device_is_added_up() {
    let Some(samples) = crate::support::reference("data/rra-ebm-vsdc/samples") else { return };
    let sale = std::fs::read_dir(&samples).expect("samples").flatten().map(|entry| entry.path()).find(|path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
        name.contains("save-sales") && name.contains("request")
    });
    let sale = std::fs::read_to_string(sale.expect("a sale")).expect("read");
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("sale.json"), &sale).expect("written");
    let read = crate::support::json(folder.path(), &["ebm", "read", "sale.json"]);
    assert_eq!((&read["rows"][0]["total"], &read["rows"][0]["tax"]), (&"10500".into(), &"1602".into()));
    assert!(read["rows"][0]["wrong"].is_null() && read["totals"]["wrong"] == 0, "{read}");
    let other = sale.replace("\"totAmt\":10500", "\"totAmt\":10501").replace("\"totAmt\": 10500", "\"totAmt\": 10501");
    std::fs::write(folder.path().join("sale.json"), other).expect("written");
    let read = crate::support::json(folder.path(), &["ebm", "read", "sale.json"]);
    assert_eq!(read["rows"][0]["wrong"], "totAmt");
    std::fs::write(folder.path().join("sale.json"), "{}").expect("written");
    assert!(!crate::support::ideni(folder.path(), &["ebm", "read", "sale.json"]).status.success());
}

/// Whatever is billed and credited is written in both syntaxes, keeps every rule, and comes back as it was.
#[test]
fn our_own_documents_are_written_by_the_standard() {
    each_engine(|book| {
        book.rate("2026-01-01", "USD", "1450");
        book.on("2026-06-01");
        let mut numbers = Vec::new();
        for lines in [
            &[
                "Rice 25 kg;10;30000;B",
                "Delivery;1;5000;B;10%",
                "School books;3;4000;A",
                "Coffee for export;2.5;1000;C",
            ][..],
            &["Soap;3;333.33;B;100", "Rent;1;1000;D"],
            &["مرحبا <b>& =HYPERLINK(1);0.333;99.999;B;33.33%"],
        ] {
            numbers.push(book.post(ours(book, lines)).expect("posted"));
        }
        let mut gross = ours(book, &["Bread;7;1180;B;5%"]);
        gross.prices = Prices::Gross;
        numbers.push(book.post(gross).expect("posted"));
        let mut dollars = ours(book, &["Consulting;1.5;99.99;B"]);
        dollars.currency = currency("USD");
        numbers.push(book.post(dollars).expect("posted"));
        let note = credit_note::Given {
            invoice: numbers[0].clone(),
            reason: "damaged".into(),
            explanation: "two bags were wet".into(),
            how: How::Lines(vec![(1, Some("2".parse().expect("two")))]),
        };
        let note = book.act(move |tx, actor, today| credit_note::post_or_ask(tx, actor, today, &note, None));
        let Asked::Done(posted) = note.expect("credited") else { panic!("nobody else is asked") };
        numbers.push(posted.number);
        // What is taken off: a deposit that was billed, a line below zero.
        let deposit = invoice::Given { deposit: true, ..ours(book, &["Ahead;1;100000;B"]) };
        let settles = vec![book.post(deposit).expect("a deposit")];
        let lines = &["Roof;1;500000;B"];
        numbers.push(book.post(invoice::Given { settles, ..ours(book, lines) }).expect("posted"));
        numbers.push(book.post(ours(book, &["Roof;1;400000;B", "Old tiles taken back;1;-3000;B"])).expect("posted"));
        for number in &numbers {
            let shown = {
                let number = number.clone();
                book.read(move |tx, actor| invoice::show(tx, actor, &number, None)).invoice
            };
            for syntax in ["ubl", "cii"] {
                let wanted = number.clone();
                let written = book.read(move |tx, actor| einvoice::write(tx, actor, &wanted, syntax));
                let read = formats::einvoice::read(written.xml.as_bytes()).expect("an e-invoice");
                // Whole francs of tax are not exact to a hundredth.
                let francs = ["BR-CO-17", "BR-S-09"];
                let in_francs = shown.currency == receivables::Currency::RWF;
                let mut broken = rules::broken(&read);
                broken.retain(|rule| !(in_francs && francs.contains(rule)));
                assert_eq!(broken, Vec::<&str>::new(), "{number} {syntax}: {}", written.xml);
                let sum = totals::recomputed(&read);
                let total = Money::new(shown.total.abs(), shown.currency).to_major();
                assert_eq!(read.totals.payable, Some(total), "{number} {syntax}");
                assert_eq!(
                    (Some(sum.tax_exclusive), read.number.as_deref()),
                    (read.totals.tax_exclusive, Some(number.as_str()))
                );
                assert_eq!(read.lines.len(), shown.lines.len());
                assert_eq!(read.lines[0].item.name.as_deref(), Some(shown.lines[0].description.as_str()));
            }
        }
        book.issue("X-1", "C1", "11800", "2026-06-01", "2026-06-30");
        let bare = book.act(|tx, actor, _| einvoice::write(tx, actor, "X-1", "ubl"));
        assert_eq!(told(bare), "not-standard", "it says no lines");
        assert_eq!(told(book.act(|tx, actor, _| einvoice::write(tx, actor, "X-1", "edifact"))), "invalid");
    });
}

#[cfg(feature = "pdf")]
#[test]
fn an_e_invoice_goes_along_in_the_paper() {
    let folder = small_book();
    let issue = ["invoice", "issue", "--customer", "C1", "--line", "Rice;1;10000;B", "--today", "2026-10-10"];
    let number = json(folder.path(), &issue)["rows"][0]["number"].as_str().expect("a number").to_owned();
    let print = ["print", "invoice", &number, "--einvoice", "--to", "a.pdf"];
    assert!(ideni(folder.path(), &print).status.success());
    let bytes = std::fs::read(folder.path().join("a.pdf")).expect("a PDF");
    let holds = |word: &[u8]| bytes.windows(word.len()).any(|at| at == word);
    assert!(holds(b"factur-x.xml") && holds(b"/AFRelationship"));
    let write = ["einvoice", "write", &number, "--to", "a.xml"];
    assert!(ideni(folder.path(), &write).status.success());
    assert!(!ideni(folder.path(), &write).status.success(), "it is there already");
    let read = json(folder.path(), &["einvoice", "read", "a.xml"]);
    assert_eq!((&read["rows"][0]["payable"], &read["rows"][0]["broken"]), (&"11800".into(), &serde_json::json!([])));
    let browser = Browser::signed_in(folder.path(), "sqlite:ideni.db");
    assert!(browser.get(&format!("/invoices/{number}/xml")).text.contains("<cbc:ID>INV-000001</cbc:ID>"));
}
