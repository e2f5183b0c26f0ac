//! Invoices that work out their own tax, on both engines and on their page.

use ideni::actions::invoice::{self, Given, GivenLine};
use receivables::billing::line::{Discount, Prices};
use store::Error;
use store::document::DocumentTax;

use crate::support::{Book, Browser, each_engine, json, small_book};

/// `what;quantity;price;class`, with `;discount` where there is one.
fn line(text: &str) -> GivenLine {
    let parts: Vec<&str> = text.split(';').collect();
    GivenLine {
        description: parts[0].to_owned(),
        quantity: parts[1].parse().expect("a quantity"),
        unit: None,
        unit_price: parts[2].parse().expect("a price"),
        discount: Discount::read(parts.get(4).copied().unwrap_or_default()).expect("a discount"),
        tax_class: parts[3].to_owned(),
    }
}

/// An invoice of ours with these lines.
fn ours(book: &Book, lines: &[&str]) -> Given {
    let mut given = book.given("", "C1", "0", "2026-06-01", "2026-06-30");
    (given.number, given.total) = (None, None);
    given.lines = lines.iter().map(|text| line(text)).collect();
    given
}

fn shown(book: &Book, number: &str) -> store::reports::invoice::Invoice {
    let number = number.to_owned();
    book.read(move |tx, actor| invoice::show(tx, actor, &number, None)).invoice
}

fn by_class(taxes: &[DocumentTax]) -> Vec<(&str, i64, i64, i64)> {
    taxes.iter().map(|of| (of.class.as_str(), of.rate_ppm, of.net, of.tax)).collect()
}

#[test]
fn an_invoice_works_its_tax_out_by_the_class_of_each_line() {
    each_engine(|book| {
        book.on("2026-06-01");
        let lines =
            ["Rice 25 kg;10;30000;B", "Delivery;1;5000;B;10%", "School books;3;4000;A", "Coffee for export;2.5;1000;C"];
        let number = book.post(ours(book, &lines)).expect("posted");
        let posted = shown(book, &number);
        // 304,500 × 18 % = 54,810.
        assert_eq!((posted.net, posted.tax, posted.total), (319_000, 54_810, 373_810));
        let expected = [("A", 0, 12_000, 0), ("B", 180_000, 304_500, 54_810), ("C", 0, 2_500, 0)];
        assert_eq!(by_class(&posted.taxes), expected);
        let lines: Vec<_> = posted.lines.iter().map(|l| (l.net, l.tax, l.term.discount.as_deref())).collect();
        assert_eq!(lines, [(300_000, 54_000, None), (4_500, 810, Some("10%")), (12_000, 0, None), (2_500, 0, None)]);
        let vat = "SELECT CAST(-SUM(base) AS BIGINT) FROM entry_line WHERE company = $1 AND account = 3";
        assert_eq!(book.number(vat), 54_810);
        // The same prices with the tax in them.
        let mut given = ours(book, &["Soap;1;7000;B", "Candles;1;3500;B"]);
        given.prices = Prices::Gross;
        let number = book.post(given).expect("posted");
        let posted = shown(book, &number);
        assert_eq!((posted.net, posted.tax, posted.total), (8_898, 1_602, 10_500));
        assert!(posted.lines.iter().all(|line| line.term.gross));
        // A credit note turns the signs.
        let mut given = ours(book, &["Soap;1;7000;B"]);
        (given.kind, given.prices, given.credits) = (store::document::Kind::CreditNote, Prices::Gross, Some(number));
        let note = shown(book, &book.post(given).expect("posted"));
        assert_eq!((note.net, note.tax, note.total), (-5_932, -1_068, -7_000));
        assert_eq!(by_class(&note.taxes), [("B", 180_000, -5_932, -1_068)]);
    });
}

#[test]
fn an_invoice_that_cannot_be_taxed_is_refused_with_its_line() {
    each_engine(|book| {
        book.on("2026-06-01");
        let refused = |given: Given| match book.post(given) {
            Err(Error::Refused(refusal)) => (refusal.code(), refusal.field().unwrap_or_default().to_owned()),
            other => panic!("{other:?}"),
        };
        let at = |code: &'static str, field: &str| (code, field.to_owned());
        assert_eq!(refused(ours(book, &["Rice;1;1000;B", "Beans;1;1000;Z"])), at("invalid", "lines[1].tax_class"));
        assert_eq!(refused(ours(book, &["Rice;1;1000;B", "Beans;1;1000;"])), at("invalid-empty", "lines[1].tax_class"));
        assert_eq!(refused(ours(book, &["Rice;1;1000;B;1001"])), at("invalid", "lines[0].discount"));
        assert_eq!(refused(ours(book, &["Rice;1;100000000000001;B"])), at("invalid-empty", "lines[0].unit_price"));
        assert_eq!(refused(ours(book, &["Rice;1;1000;B", "Back;-2;1000;B"])), at("sign-mismatch", ""));
        let many = vec!["Rice;1;1;B"; invoice::LINES_MAX + 1];
        assert_eq!(refused(ours(book, &many)), at("invalid-empty", "lines"));
        let mut differs = ours(book, &["Rice;1;1000;B"]);
        differs.total = Some(book.money("1181"));
        assert_eq!(refused(differs), at("totals-differ", ""));
        assert!(book.documents().is_empty());
    });
}

#[test]
fn what_was_made_elsewhere_keeps_its_amounts_and_tells_its_classes_where_they_fit() {
    each_engine(|book| {
        book.on("2026-06-01");
        let posted = |number: &str, total: &str| {
            let mut given = ours(book, &["Rice;3;333;B"]);
            (given.number, given.total) = (Some(number.to_owned()), Some(book.money(total)));
            given.net = Some(book.money("999"));
            shown(book, &book.post(given).expect("posted"))
        };
        let fits = posted("E-1", "1179");
        assert_eq!((fits.tax, by_class(&fits.taxes)), (180, vec![("B", 180_000, 999, 180)]));
        // Whoever made it rounded down.
        let other = posted("E-2", "1178");
        assert_eq!((other.tax, other.taxes.len()), (179, 0));
    });
}

#[test]
fn an_invoice_of_five_lines_is_written_worked_out_and_posted() {
    let folder = small_book();
    let browser = Browser::signed_in(folder.path(), "sqlite:ideni.db");
    let page = "/invoices/new";
    let mut form = browser.form(page, page);
    let set = |form: &mut crate::support::Form, name: &str, text: &str| {
        form.fields.retain(|(known, _)| known != name);
        form.fields.push((name.to_owned(), text.to_owned()));
    };
    set(&mut form, "customer", "Kigali Foods");
    for no in 0..5 {
        set(&mut form, &format!("lines[{no}].description"), &format!("Sack {no}"));
        set(&mut form, &format!("lines[{no}].quantity"), "2,5");
        set(&mut form, &format!("lines[{no}].unit_price"), "1,000");
    }
    let looked = browser.send(&form);
    assert_eq!(looked.status, 200, "{}", looked.text);
    for text in ["Kigali Foods Ltd · C1", "RWF 12,500", "RWF 2,250", "RWF 14,750", "value=\"post\""] {
        assert!(looked.text.contains(text), "{text}: {}", looked.text);
    }
    set(&mut form, "lines[3].discount", "150%");
    let refused = browser.send(&form);
    assert_eq!(refused.status, 422);
    assert!(refused.text.contains("line 4, discount") && refused.text.contains("Sack 4"));
    set(&mut form, "lines[3].discount", "50%");
    set(&mut form, "do", "more");
    assert!(browser.send(&form).text.contains("lines[9].description"));
    set(&mut form, "do", "post");
    let posted = browser.send(&form);
    assert_eq!(posted.header("location"), Some("/invoices/INV-000001?done=invoice-posted"), "{}", posted.text);
    assert_eq!(browser.send(&form).header("location"), posted.header("location"), "sent twice, posted once");
    let listed = json(folder.path(), &["invoice", "list"]);
    let ours: Vec<_> =
        listed["rows"].as_array().expect("rows").iter().filter(|row| row["number"] == "INV-000001").collect();
    assert_eq!((ours.len(), &ours[0]["total"]), (1, &serde_json::json!("13275")));
    let text = browser.get("/invoices/INV-000001").text;
    assert!(text.contains("B · 18 %") && text.contains("50%"), "{text}");
}
