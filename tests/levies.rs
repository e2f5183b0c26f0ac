//! Further taxes, exports and sellers who are not registered, on both engines: what is sold, what is collected for the state, and
//! what the return, the register and the papers say of each.

use ideni::actions::credit_note::How;
use ideni::actions::listing::{Listing, OfPeriod, plain};
use ideni::actions::reissue::{self, Given};
use ideni::actions::{einvoice, invoice, revenue, setting};
use ideni::words::Language;
use receivables::billing::line::Prices;
use receivables::billing::vat_return::Period;
use receivables::ledger::Account;

use crate::billing::{credited, line, ours};
use crate::support::{Book, code, each_engine, ideni, json, small_book};

fn rows(book: &Book, listing: &Listing) -> Vec<String> {
    let mut rows = Vec::new();
    let all = book.db.read(|tx| {
        listing.each(tx, &book.actor, Language::En, &mut |row| {
            assert_eq!(row.len(), listing.columns().len());
            rows.push(row.iter().map(plain).collect::<Vec<_>>().join(" | "));
            Ok(())
        })
    });
    all.expect("a report");
    rows
}

fn levied(book: &Book) -> Vec<String> {
    rows(book, &Listing::Levies { from: None, until: None })
}

/// What stands on accounts, in the company's currency, credits above zero.
fn stands(book: &Book) -> [i64; 3] {
    [Account::REVENUE, Account::VAT_OUTPUT, Account::LEVIES].map(|account| -book.base_of(account))
}

#[test]
fn a_night_carries_vat_and_the_levy_each_on_the_price_alone() {
    each_engine(|book| {
        book.on("2026-06-01");
        // Two nights of 50,000 and a breakfast that carries no levy: 118,000 + 5,900, and 3 % of 100,000.
        let number = book.post(ours(book, &["Night;2;50000;B+TT", "Breakfast;1;5000;B"])).expect("posted");
        assert_eq!(book.open(&number), "126900");
        assert_eq!(stands(book), [105_000, 18_900, 3_000]);
        assert_eq!(levied(book), ["TT | Tourism tax 3 % | 3 | RWF | 1 | 100000 | 3000"]);
        let shown = book.read(|tx, actor| invoice::show(tx, actor, &number, None)).invoice;
        let lines: Vec<_> = shown.lines.iter().map(|line| (line.description.as_str(), line.net, line.tax)).collect();
        assert_eq!(lines, [("Night", 100_000, 18_000), ("Breakfast", 5_000, 900), ("Tourism tax 3 %", 3_000, 0)]);
        // It is no sale: neither in the return nor in the revenue.
        let period = Period::read("2026-06").expect("a period");
        let boxes = rows(book, &Listing::Vat { told: OfPeriod::Return, period });
        let of = |figure: &str| {
            let row = boxes.iter().find(|row| row.split(" | ").nth(2) == Some(figure)).expect("a figure");
            row.split(" | ").nth(5).unwrap_or_default().to_owned()
        };
        assert_eq!((of("sales"), of("taxable"), of("outside")), ("105000".into(), "105000".into(), "0".into()));
        let span = ("2026-06-01".parse().unwrap(), "2026-06-30".parse().unwrap());
        for by in [revenue::By::Item, revenue::By::Customer, revenue::By::Month] {
            let sold: i64 = book.read(|tx, actor| revenue::by(tx, actor, by, span)).iter().map(|row| row.net).sum();
            assert_eq!(sold, 105_000, "{by:?}");
        }
        // Half of what it carries goes back with half of the amount, to the franc.
        credited(book, &number, How::Amount { minor: 63_450, gross: true }).expect("credited");
        assert_eq!(stands(book), [52_500, 9_450, 1_500]);
        credited(book, &number, How::Whole).expect("credited");
        assert_eq!((stands(book), book.open(&number)), ([0, 0, 0], "0".into()));
        assert_eq!(levied(book), ["TT | Tourism tax 3 % | 3 | RWF | 3 | 0 | 0"]);
        book.verify();
    });
}

#[test]
fn prices_with_tax_hold_the_vat_and_not_the_levy_and_a_correction_works_it_out_again() {
    each_engine(|book| {
        book.on("2026-06-01");
        let gross = ours(book, &["Night;1;118000;B+TT"]);
        let number = book.post(invoice::Given { prices: Prices::Gross, ..gross }).expect("posted");
        assert_eq!(book.open(&number), "121000");
        let again = |lines| Given {
            invoice: number.clone(),
            reason: "wrong-quantity".into(),
            explanation: "they left early".into(),
            customer: None,
            lines,
            references: invoice::References::default(),
            due_on: None,
            settles_disputes: false,
        };
        let as_it_was = again(None);
        let done = book.act(move |tx, actor, today| reissue::reissue(tx, actor, today, &as_it_was, None));
        let second = done.expect("re-issued").number;
        assert_eq!(book.open(&second), "121000", "the levy comes once");
        let half = Given { invoice: second, ..again(Some((vec![line("Night;1;59000;B+TT")], Prices::Gross))) };
        let done = book.act(move |tx, actor, today| reissue::reissue(tx, actor, today, &half, None));
        assert_eq!(book.open(&done.expect("re-issued").number), "60500");
        assert_eq!(stands(book), [50_000, 9_000, 1_500]);
        book.verify();
    });
}

#[test]
fn dollars_are_levied_in_dollars_and_the_ledger_adds_up_in_francs() {
    each_engine(|book| {
        book.rate("2026-06-01", "USD", "1450.5");
        book.on("2026-06-01");
        let given = ours(book, &["Night;3;33.33;B+TT"]);
        let number = book.post(invoice::Given { currency: receivables::Currency::USD, ..given }).expect("posted");
        // 99.99 + 18.00 + 3.00 (3 % is 2.9997).
        assert_eq!(book.open(&number), "120.99");
        assert_eq!(levied(book), ["TT | Tourism tax 3 % | 3 | USD | 1 | 99.99 | 3.00"]);
        assert_eq!(stands(book).iter().sum::<i64>(), book.base_of(Account::RECEIVABLES));
        book.verify();
    });
}

#[test]
fn exports_have_their_own_box_in_the_return_and_stay_there() {
    each_engine(|book| {
        book.on("2026-06-10");
        book.post(ours(book, &["Coffee;10;40000;X", "Seeds;1;7000;C"])).expect("posted");
        let period = Period::read("2026-06").expect("a period");
        let look = |book: &Book| {
            let rows = rows(book, &Listing::Vat { told: OfPeriod::Return, period });
            let cell = |row: &String, at: usize| row.split(" | ").nth(at).unwrap_or_default().to_owned();
            let some = rows.iter().filter(|row| cell(row, 5) != "0");
            some.map(|row| format!("{} {} {}", cell(row, 1), cell(row, 2), cell(row, 5))).collect::<Vec<_>>()
        };
        let boxes = ["5 sales 407000", "15 zero-rated 7000", "20 exports 400000"];
        assert_eq!(look(book), boxes);
        book.on("2026-07-02");
        let filed =
            book.act(move |tx, actor, today| ideni::actions::vat_return::file(tx, actor, today, &period, "D-1", None));
        filed.expect("filed");
        assert_eq!(look(book), boxes, "as it was filed");
        let annex = rows(book, &Listing::Vat { told: OfPeriod::Sales, period });
        assert!(annex[0].ends_with("| 407000 | 0 | 7000 | 400000 | 0 | 0"), "{annex:?}");
        book.verify();
    });
}

#[test]
fn who_is_not_registered_bills_outside_the_vat_only() {
    each_engine(|book| {
        book.on("2026-06-01");
        let known = book.post(ours(book, &["Rice;1;1000;B"])).expect("posted");
        let say = setting::Given {
            name: "vat-registered".into(),
            value: "no".into(),
            reason: "below the threshold".into(),
            ..setting::Given::default()
        };
        book.act(move |tx, actor, today| setting::set(tx, actor, today, &say, None)).expect("said");
        for class in ["A", "B", "C", "X", "B+TT"] {
            let refused = book.post(ours(book, &[&format!("Rice;1;1000;{class}")])).expect_err("refused");
            assert_eq!(code(&refused), "not-vat-registered", "{class}");
            assert_eq!(book.documents().len(), 1, "nothing is posted");
        }
        let number = book.post(ours(book, &["Night;1;1000;D+TT"])).expect("posted");
        assert_eq!(book.open(&number), "1030");
        // What was billed before is still taken back.
        credited(book, &known, How::Whole).expect("credited");
        assert_eq!(book.open(&known), "0");
    });
}

#[test]
fn an_e_invoice_has_one_group_for_classes_that_share_a_category() {
    each_engine(|book| {
        book.on("2026-06-01");
        let number =
            book.post(ours(book, &["Night;1;50000;B+TT", "Books;1;4000;A", "Deposit;1;900;D"])).expect("posted");
        let text = ["address", "phone"].map(|name| setting::Given {
            name: name.into(),
            value: if name == "phone" { "+250788123456".into() } else { "KN 5 Rd, Kigali".into() },
            ..setting::Given::default()
        });
        for say in text {
            book.act(move |tx, actor, today| setting::set(tx, actor, today, &say, None)).expect("said");
        }
        for syntax in ["ubl", "cii"] {
            let written = book.read(|tx, actor| einvoice::write(tx, actor, &number, syntax));
            let read = formats::einvoice::read(written.xml.as_bytes()).expect("read again");
            let groups = read.tax_totals[0].breakdown.iter();
            let of = |group: &formats::einvoice::TaxGroup| {
                let said = (group.tax.category.clone(), group.tax.exemption_reason.clone());
                (said.0.unwrap_or_default(), group.base.map_or(0, |base| base.normalize().mantissa()), said.1.is_some())
            };
            let mut groups: Vec<_> = groups.map(of).collect();
            groups.sort();
            // 4,000 exempt, 900 outside, 1,500 of levy.
            assert_eq!(groups, [("E".to_owned(), 6_400, true), ("S".to_owned(), 50_000, false)], "{syntax}");
        }
    });
}

#[test]
fn levies_by_command() {
    let folder = small_book();
    let on = ["--today", "2026-10-10"];
    let issue = ["invoice", "issue", "--customer", "C1", "--line", "Night;1;100000;B+TT"];
    let row = json(folder.path(), &[&issue[..], &on].concat())["rows"][0].clone();
    let levies = json(folder.path(), &[&["report", "levies"], &on[..]].concat());
    assert_eq!((&levies["rows"][0]["amount"], &levies["totals"]["RWF"]["amount"]), (&"3000".into(), &"3000".into()));
    let unknown = ideni(folder.path(), &[&issue[..4], &["--line", "Night;1;1;B+XX"], &on].concat());
    let said = String::from_utf8_lossy(&unknown.stderr).into_owned();
    assert!(!unknown.status.success() && said.contains("B+TT"), "{said}");
    assert!(row["number"].as_str().is_some(), "{row}");
    assert!(ideni(folder.path(), &["verify"]).status.success());
}

/// Of three nights one is taken back: a third of the levy goes with it, and the rest with the last.
#[test]
fn a_levy_goes_with_the_lines_it_is_of() {
    each_engine(|book| {
        book.on("2026-06-01");
        let number = book.post(ours(book, &["Night;3;80000;B+TT", "Breakfast;1;5000;B"])).expect("posted");
        assert_eq!(stands(book), [245_000, 44_100, 7_200]);
        let night = |nights: &str| How::Lines(vec![(1, nights.parse().ok())]);
        credited(book, &number, night("1")).expect("credited");
        assert_eq!(stands(book), [165_000, 29_700, 4_800]);
        credited(book, &number, How::Lines(vec![(2, None)])).expect("credited");
        assert_eq!(stands(book), [160_000, 28_800, 4_800], "breakfast carries none");
        credited(book, &number, night("2")).expect("credited");
        assert_eq!((stands(book), book.open(&number)), ([0, 0, 0], "0".into()));
        book.verify();
    });
}
