//! Invoices that work out their own tax, on both engines and on their page.

use ideni::actions::approval::{self, Asked};
use ideni::actions::credit_note::{self, How};
use ideni::actions::invoice::{self, Given, GivenLine, OfItem, Posted, References};
use ideni::actions::item::{self, Change, GivenPrice};
use ideni::actions::{Actor, Role, contract, quote, sales, setting};
use ideni::words::{self, Language};
use receivables::billing::item::Typed;
use receivables::billing::line::{Discount, Prices};
use receivables::billing::vat_return::Amounts;
use receivables::{Currency, Date};
use store::document::DocumentTax;
use store::{Error, Tx};

use crate::support::{Book, Browser, code, each_engine, each_engine_really, json, small_book, told};

/// `what;quantity;price;class`, with `;discount` where there is one.
pub fn line(text: &str) -> GivenLine {
    let parts: Vec<&str> = text.split(';').collect();
    GivenLine {
        description: parts[0].to_owned(),
        quantity: parts[1].parse().expect("a quantity"),
        unit: None,
        unit_price: parts[2].parse().expect("a price"),
        discount: Discount::read(parts.get(4).copied().unwrap_or_default()).expect("a discount"),
        tax_class: parts[3].to_owned(),
        item: None,
    }
}

/// An invoice of ours with these lines.
pub fn ours(book: &Book, lines: &[&str]) -> Given {
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
        let note = shown(book, &note(credit(book, &number, How::Lines(vec![(1, None)]))));
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
        assert_eq!(refused(ours(book, &["Rice;1;1000;B", "Back;-2;1000;B"])), at("below-zero", ""));
        let many = vec!["Rice;1;1;B"; invoice::LINES_MAX + 1];
        assert_eq!(refused(ours(book, &many)), at("too-many-lines", ""));
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

fn credit(book: &Book, number: &str, how: How) -> Result<Asked<Posted>, Error> {
    let given = credit_note::Given {
        invoice: number.to_owned(),
        reason: "damaged".into(),
        explanation: "three bags were wet, delivery note 17".into(),
        how,
    };
    book.act(move |tx, actor, today| credit_note::post_or_ask(tx, actor, today, &given, None))
}

/// The number of the note, or the id of the request that waits; or the code of the refusal.
pub fn credited(book: &Book, number: &str, how: How) -> Result<String, String> {
    match credit(book, number, how).map_err(|error| code(&error))? {
        Asked::Done(posted) => Ok(posted.number),
        Asked::Waits { id } => Ok(id),
    }
}

/// The number of the note that was posted.
fn note(made: Result<Asked<Posted>, Error>) -> String {
    match made {
        Ok(Asked::Done(posted)) => posted.number,
        other => panic!("{other:?}"),
    }
}

fn refused(made: Result<Asked<Posted>, Error>) -> &'static str {
    match made {
        Err(Error::Refused(refusal)) => refusal.code(),
        other => panic!("{other:?}"),
    }
}

const THREE_LINES: [&str; 3] = ["Rice 25 kg;10;30000;B", "Delivery;1;5000;B;10%", "School books;3;4000;A"];

#[test]
fn an_invoice_is_credited_by_line_by_amount_and_whole_until_nothing_is_left() {
    each_engine(|book| {
        book.on("2026-06-05");
        let number = book.post(ours(book, &THREE_LINES)).expect("posted");
        // 304,500 + 54,810 in class B, 12,000 in class A.
        assert_eq!(book.open(&number), "371310");
        let lines = note(credit(book, &number, How::Lines(vec![(1, Some(3.into())), (3, None)])));
        let of_lines = shown(book, &lines);
        assert_eq!(
            (of_lines.net, of_lines.tax, of_lines.credits.as_deref()),
            (-102_000, -16_200, Some(number.as_str()))
        );
        let kept: Vec<_> = of_lines.lines.iter().map(|l| (l.quantity.as_str(), l.net, l.tax)).collect();
        assert_eq!(kept, [("3", -90_000, -16_200), ("3", -12_000, 0)]);
        assert_eq!(of_lines.why.map(|why| why.reason).as_deref(), Some("damaged"));
        assert_eq!(book.open(&number), "253110");
        for (how, code) in [
            (How::Lines(vec![(1, Some(8.into()))]), "invalid"),
            (How::Lines(vec![(3, None)]), "invalid"),
            (How::Lines(vec![(9, None)]), "not-found"),
            (How::Amount { minor: 253_111, gross: true }, "exceeds-creditable"),
            (How::Amount { minor: 0, gross: true }, "not-positive"),
        ] {
            assert_eq!(refused(credit(book, &number, how.clone())), code, "{how:?}");
        }
        let amount = note(credit(book, &number, How::Amount { minor: 118_000, gross: true }));
        let of_amount = shown(book, &amount);
        assert_eq!((of_amount.net, of_amount.tax), (-100_000, -18_000));
        assert_eq!(of_amount.lines[0].description, "three bags were wet, delivery note 17");
        let rest = shown(book, &note(credit(book, &number, How::Whole)));
        assert_eq!((rest.net, rest.tax, rest.total), (-114_500, -20_610, -135_110));
        assert_eq!(book.open(&number), "0");
        assert_eq!(refused(credit(book, &number, How::Whole)), "all-credited");
        // Nor by a note that is typed like an invoice: ours have a reason, and a second person where the company wants one.
        let mut more = ours(book, &["Rice;1;1000;B"]);
        (more.kind, more.credits) = (store::document::Kind::CreditNote, Some(number.clone()));
        assert_eq!(crate::support::told(book.post(more)), "credit-by-invoice");
        // The tax that was charged is given back to the franc.
        let vat = "SELECT CAST(SUM(base) AS BIGINT) FROM entry_line WHERE company = $1 AND account = 3";
        assert_eq!(book.number(vat), 0);
        assert_eq!(refused(credit(book, &rest.number, How::Whole)), "sign-mismatch");
    });
}

#[test]
fn a_whole_credit_names_every_line_and_what_was_paid_becomes_the_customers() {
    each_engine(|book| {
        book.on("2026-06-05");
        let number = book.post(ours(book, &THREE_LINES)).expect("posted");
        book.receipt("R1", Some("C1"), "371310", "2026-06-05");
        book.apply("R1", &number, None);
        let whole = shown(book, &note(credit(book, &number, How::Whole)));
        assert_eq!((whole.lines.len(), whole.total, whole.taxes.len()), (3, -371_310, 2));
        assert_eq!((book.open(&number), book.open(&whole.number)), ("0".into(), "-371310".into()));
    });
}

/// An invoice made elsewhere says no classes; a note made elsewhere takes of those there are.
#[test]
fn what_was_made_elsewhere_is_credited_too() {
    each_engine(|book| {
        book.on("2026-06-05");
        book.issue("E-1", "C1", "1180", "2026-06-01", "2026-06-30");
        let of_elsewhere = shown(book, &note(credit(book, "E-1", How::Amount { minor: 590, gross: true })));
        assert_eq!((of_elsewhere.total, of_elsewhere.taxes.len()), (-590, 0));
        let number = book.post(ours(book, &["Rice;1;1000;B"])).expect("posted");
        assert_eq!(book.credit("E-2", "C1", "180", "2026-06-05", Some(&number)), "done");
        let rest = shown(book, &note(credit(book, &number, How::Whole)));
        assert_eq!((rest.net, rest.tax), (-847, -153));
        assert_eq!(book.open(&number), "0");
    });
}

#[test]
fn above_the_limit_a_second_person_credits() {
    each_engine(|book| {
        book.on("2026-06-05");
        let number = book.post(ours(book, &THREE_LINES)).expect("posted");
        let given = setting::Given {
            name: "credit-note-limit".into(),
            value: "100000".into(),
            reason: "the board said so".into(),
            ..setting::Given::default()
        };
        book.act(move |tx, actor, today| setting::set(tx, actor, today, &given, None)).expect("set");
        note(credit(book, &number, How::Amount { minor: 90_000, gross: true }));
        let Ok(Asked::Waits { id }) = credit(book, &number, How::Amount { minor: 20_000, gross: true }) else {
            panic!("it is above the limit with what was credited before");
        };
        assert_eq!(book.open(&number), "281310");
        let waiting = book.read(approval::waiting);
        assert_eq!(waiting[0].what.amount(), Some(book.money("20000")));
        let own = id.clone();
        let alone = book.act(move |tx, actor, today| approval::approve(tx, actor, today, &own, "", None));
        assert_eq!(crate::support::told(alone), "own-request");
        let (second, today) =
            (Actor { user: "keza".into(), roles: Role::Manager.into(), ..book.actor.clone() }, book.today());
        book.db.write(move |tx| approval::approve(tx, &second, today, &id, "seen", None)).expect("approved");
        assert_eq!(book.open(&number), "261310");
    });
}

/// Whoever may not credit asks, and whoever may only read is refused.
#[test]
fn who_may_not_credit_asks_a_second_person() {
    each_engine(|book| {
        book.on("2026-06-05");
        let number = book.post(ours(book, &["Rice;1;1000;B"])).expect("posted");
        let by = |role: Role| {
            let (actor, today) =
                (Actor { user: "keza".into(), roles: role.into(), ..book.actor.clone() }, book.today());
            let (invoice, reason, explanation) = (number.clone(), "other".into(), "they say so".into());
            let given = credit_note::Given { invoice, reason, explanation, how: How::Whole };
            book.db.write(move |tx| credit_note::post_or_ask(tx, &actor, today, &given, None))
        };
        assert!(matches!(by(Role::Collector), Ok(Asked::Waits { .. })));
        assert_eq!(refused(by(Role::Auditor)), "not-allowed");
        assert_eq!(book.open(&number), "1180");
        assert!(matches!(by(Role::Biller), Ok(Asked::Done(_))));
    });
}

#[test]
fn two_people_crediting_at_once_take_no_more_than_there_is() {
    each_engine_really(|book, _| {
        book.customer("C1", "Ineza Shop");
        for no in 0..5 {
            let number = book.post(ours(book, &[&format!("Rice {no};1;1000;B")])).expect("posted");
            let begin = std::sync::Barrier::new(8);
            let one = || {
                begin.wait();
                credit(book, &number, How::Amount { minor: 700, gross: true }).is_ok()
            };
            let done = std::thread::scope(|scope| {
                let all: Vec<_> = (0..8).map(|_| scope.spawn(one)).collect();
                all.into_iter().map(|one| one.join().expect("it ran")).filter(|done| *done).count()
            });
            assert_eq!((done, book.open(&number).as_str()), (1, "480"));
        }
    });
}

#[test]
fn a_credit_note_is_written_on_the_page_of_its_invoice() {
    let folder = small_book();
    let at = folder.path();
    let made = json(
        at,
        &[
            "--today",
            "2026-10-20",
            "invoice",
            "issue",
            "--customer",
            "C1",
            "--line",
            "Rice;10;1000;B",
            "--line",
            "Beans;2;500;B;10%",
        ],
    );
    let number = made["rows"][0]["number"].as_str().expect("a number").to_owned();
    let browser = Browser::signed_in(at, "sqlite:ideni.db");
    let page = format!("/invoices/{number}/credit");
    assert!(browser.get(&format!("/invoices/{number}")).text.contains(&page));
    let form = browser.form(&page, &page).with(&[("reason", "damaged"), ("explanation", "wet"), ("quantity-1", "2,5")]);
    let press = |form: &crate::support::Form, more: &[(&str, &str)]| {
        let mut form = form.clone();
        form.fields.retain(|(known, _)| more.iter().all(|(name, _)| name != known));
        form.fields.extend(more.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())));
        browser.send(&form)
    };
    let looked = browser.send(&form);
    assert!(looked.status == 200 && looked.text.contains("RWF 2,950"), "{}", looked.text);
    let both = press(&form, &[("amount", "100")]);
    assert!(both.status == 422 && both.text.contains("only one of these may be given"), "{}", both.text);
    let unexplained = press(&form, &[("explanation", ""), ("do", "post")]);
    assert_eq!(unexplained.status, 422, "{}", unexplained.text);
    let posted = press(&form, &[("do", "post")]);
    assert_eq!(posted.header("location"), Some("/invoices/CN-000001?done=credit-note-posted"), "{}", posted.text);
    let text = browser.get("/invoices/CN-000001").text;
    assert!(text.contains("damaged") && text.contains("wet") && text.contains("RWF −2,950"), "{text}");
    let rest = json(
        at,
        &[
            "--today",
            "2026-10-20",
            "invoice",
            "credit",
            &number,
            "--reason",
            "returned",
            "--explanation",
            "all back",
            "--dry-run",
        ],
    );
    assert_eq!(rest["rows"][0]["total"], "9912");
    let rest = json(
        at,
        &["--today", "2026-10-20", "invoice", "credit", &number, "--reason", "returned", "--explanation", "all back"],
    );
    assert_eq!((&rest["rows"][0]["number"], &rest["rows"][0]["tax"]), (&"CN-000002".into(), &"1512".into()));
}

#[test]
fn the_sales_register_is_parted_by_class_and_tied_to_the_ledger() {
    each_engine(|book| {
        book.rate("2026-01-01", "USD", "1450.5");
        book.on("2026-06-05");
        let number = book.post(ours(book, &THREE_LINES)).expect("posted");
        note(credit(book, &number, How::Lines(vec![(1, Some(1.into()))])));
        book.issue("E-1", "C1", "1180", "2026-06-02", "2026-06-30");
        let mut dollars = ours(book, &["Hosting;1;99.99;B", "Export;1;0.37;C", "Book;1;10.01;A"]);
        dollars.currency = receivables::Currency::USD;
        book.post(dollars).expect("posted");
        let mut opening = book.given("OLD", "C1", "5000", "2025-12-01", "2025-12-31");
        opening.opening_on = Some("2026-01-01".parse().expect("a day"));
        book.post(opening).expect("posted");
        let register = |from: &str, until: &str| {
            let (from, until) = (Some(from.parse().expect("a day")), Some(until.parse().expect("a day")));
            let mut rows = Vec::new();
            let totals = book.read(|tx, actor| {
                sales::register(tx, actor, from, until, |row| {
                    rows.push((row.sold.number, row.amounts, row.sold.total_base));
                    Ok(())
                })
            });
            (rows, totals)
        };
        let (rows, totals) = register("2026-06-01", "2026-06-30");
        assert_eq!(rows.len(), 4);
        for (number, amounts, base) in &rows {
            assert_eq!(amounts.net() + amounts.tax, *base, "{number}");
        }
        let of = |number: &str| {
            rows.iter().find(|(known, ..)| known == number).map(|(_, amounts, _)| *amounts).expect(number)
        };
        let ours = of(&number);
        assert_eq!((ours.taxable, ours.exempt, ours.tax), (304_500, 12_000, 54_810));
        assert_eq!(of("E-1"), Amounts { unclassed: 1_180, ..Amounts::default() });
        assert_eq!((of("CN-000001").taxable, of("CN-000001").tax), (-30_000, -5_400));
        assert_eq!(totals.amounts.tax, totals.ledger_tax);
        assert_eq!(totals.ledger_tax, 54_810 - 5_400 + of("INV-000002").tax);
        assert_eq!(register("2026-07-01", "2026-07-31").1, sales::Totals::default());
    });
}

/// `done`, or the check that stopped it, with what else was told.
fn looked_at(book: &Book, given: Given) -> String {
    match book.act(move |tx, actor, today| invoice::issue(tx, actor, today, &given, None)) {
        Ok(posted) => format!("done {}", posted.told.join(" ")).trim().to_owned(),
        Err(Error::Refused(receivables::Refusal::NeedsLook { code, .. })) => code,
        Err(error) => panic!("{error}"),
    }
}

#[test]
fn what_is_odd_is_looked_at_before_it_is_posted() {
    each_engine(|book| {
        book.on("2026-06-01");
        let with = |line: &str, order: Option<&str>, right: &[&str]| {
            let mut given = ours(book, &[line]);
            given.references.order = order.map(str::to_owned);
            given.right = right.iter().map(|code| (*code).to_owned()).collect();
            given
        };
        let post = |line: &str, order: Option<&str>, right: &[&str]| looked_at(book, with(line, order, right));
        // A new customer has no past, and one that was made on the way is a business without a number.
        assert_eq!(post("Rice;9000000;1;B", Some("PO-1"), &[]), "done");
        assert_eq!(post("Rice;1;1000000;B", Some("PO-2"), &[]), "done no-tin");
        assert_eq!(post("Rice;1;1000000;B", Some("PO-2"), &[]), "same-order");
        assert_eq!(post("Rice;1;1000000;B", Some("PO-2"), &["same-order"]), "done no-tin same-order");
        assert_eq!(post("Rent May 2026;1;1000000;B", Some("PO-3"), &[]), "done no-tin");
        assert_eq!(post("Rent May 2026;1;1000000;B", Some("PO-4"), &[]), "same-line");
        assert_eq!(post("Rent June 2026;1;1000000;B", Some("PO-4"), &[]), "done no-tin");
        assert_eq!(post("Rice;1;1000000;B", None, &[]), "no-order", "five in a row named one");
        assert_eq!(post("Rice;1;99999999;B", Some("PO-5"), &[]), "unusual");
        assert_eq!(post("Rice;1;99999;B", Some("PO-5"), &[]), "small");
        assert_eq!(post("Rice;1;99999;B", None, &["small"]), "no-order", "each is said to be right");
        assert_eq!(post("Soap;1;1000000;B", None, &["no-order"]), "done no-tin no-order");
        assert_eq!(post("Soap;1;1000000;B", None, &["no-order"]), "same-invoice");
        assert_eq!(post("Soap;2;500000;B", None, &[]), "done no-tin", "other lines");
        assert_eq!(post("Soap;1;1000000;B", Some("PO-9"), &[]), "done no-tin", "an order of its own");
        // What is credited may be billed again.
        let given = credit_note::Given {
            invoice: "INV-000004".into(),
            reason: "wrong-price".into(),
            explanation: "agreed".into(),
            how: How::Whole,
        };
        book.act(move |tx, actor, today| credit_note::post_or_ask(tx, actor, today, &given, None)).expect("credited");
        assert_eq!(post("Rent May 2026;1;1000000;B", Some("PO-6"), &[]), "done no-tin");
        // Another customer's past is another's.
        let mut other = with("Rent June 2026;1;5;B", Some("PO-4"), &[]);
        other.customer = "C2".into();
        assert_eq!(looked_at(book, other), "done");
        // What was made elsewhere is taken as it is.
        let mut elsewhere = with("Rent June 2026;1;1000000;B", Some("PO-4"), &[]);
        elsewhere.number = Some("X-1".into());
        assert_eq!(looked_at(book, elsewhere), "done");
    });
}

/// One action from before class E ended. Classes are a country's data by the day; Kenya's pack has an E at 8 % and Rwanda's,
/// which is the book's, has none, so that what is written with the one and billed with the other is written with a class that
/// is gone.
fn while_e_counted<T: Send + 'static>(
    book: &Book,
    f: impl Fn(&mut Tx<'_>, &Actor, Date) -> Result<T, Error> + Send + 'static,
) -> T {
    let (mut actor, today) = (book.actor.clone(), book.today());
    actor.company.country = "ke".into();
    book.tick(1_000_000);
    book.db.write(move |tx| f(tx, &actor, today)).expect("it counts still")
}

/// What people read of a refusal.
pub fn sentence<T: std::fmt::Debug>(refused: Result<T, Error>) -> String {
    match refused {
        Err(Error::Refused(refusal)) => words::saying(Language::En, &refusal),
        other => panic!("{other:?}"),
    }
}

/// An invoice, an item of the catalogue, a quote and a contract whose tax class is gone when they are billed: refused with the
/// classes that count on the day, and nothing is posted.
#[test]
fn a_tax_class_that_ended_bills_nothing_and_the_refusal_names_those_that_count() {
    each_engine(|book| {
        book.customer("C1", "Kigali Foods");
        book.on("2026-06-01");
        let rice = Typed { code: "RICE".into(), name: "Rice".into(), tax_class: "E".into(), ..Typed::default() };
        let price = GivenPrice {
            customer: None,
            list: None,
            currency: Currency::RWF,
            from_on: "2026-01-01".parse().expect("a day"),
            from_quantity: 0.into(),
            unit_price: Some(1000.into()),
            prices: Prices::Net,
        };
        while_e_counted(book, move |tx, actor, today| item::add(tx, actor, today, &rice, Some(&price), None));
        let offered = ours(book, &["Rice;1;1000;E"]);
        let number = while_e_counted(book, move |tx, actor, today| {
            quote::make(tx, actor, today, (quote::Kind::Quote, &offered), None, None)
        });
        for (code, class) in [("R-1", "E"), ("R-2", "B")] {
            let mut rent = crate::contracts::rent(code, "C1", "2026-06-01");
            rent.lines[0].tax_class = class.into();
            while_e_counted(book, move |tx, actor, _| contract::add(tx, actor, &rent, None));
        }
        let sold = ours(book, &["Rice;10;1000;E"]);
        let old = while_e_counted(book, move |tx, actor, today| invoice::issue(tx, actor, today, &sold, None)).number;
        assert_eq!(book.open(&old), "10800");

        let of_catalogue = || {
            let mut given = ours(book, &[";2;0;"]);
            given.lines[0].item = Some(OfItem { code: "RICE".into(), is_priced: false });
            given
        };
        let written = book.post(ours(book, &["Rice;1;1000;E"]));
        let sold = book.post(of_catalogue());
        let accepted =
            book.act(move |tx, actor, today| quote::accept(tx, actor, today, &number, &References::default(), None));
        let plan = book.read(|tx, actor| contract::plan(tx, actor, book.today(), None));
        let held = plan.iter().filter_map(|one| Some(words::saying(Language::En, one.held.as_ref()?)));
        let mut refused = vec![sentence(written), sentence(sold), sentence(accepted)];
        refused.extend(held);
        let expected = "\"line 1, tax class\" cannot be \"E\": no tax class of this code counts on 1 June 2026; use one of A, B, C, D, X, B+TT, D+TT. Correct it and try again.";
        assert_eq!(refused, [expected; 4]);
        assert_eq!(book.documents().len(), 1, "nothing of them is posted");
        let offers = book.read(|tx, actor| quote::list(tx, actor, 10));
        assert_eq!(quote::state(&offers[0], book.today()), "open", "it may be declined and offered anew");

        // The item gets a class that counts, and is billed.
        let counts = Change { code: "RICE".into(), tax_class: Some("B".into()), ..Change::default() };
        assert_eq!(told(book.act(move |tx, actor, today| item::change(tx, actor, today, &counts, None))), "done");
        assert_eq!(book.open(&book.post(of_catalogue()).expect("posted")), "2360");
        // The contract holds itself back, and not the run.
        let all = contract::Which::default();
        let billed = book.act(move |tx, actor, today| contract::run(tx, actor, today, &all, None)).expect("a run");
        let billed: Vec<_> = billed.iter().map(|one| (one.contract.as_str(), one.total.as_str())).collect();
        assert_eq!(billed, [("R-2", "365800")]);
        // What was sold while it counted is taken back with the tax it had.
        let back = shown(book, &note(credit(book, &old, How::Whole)));
        assert_eq!((back.net, back.tax, by_class(&back.taxes)), (-10_000, -800, vec![("E", 80_000, -10_000, -800)]));
    });
}
