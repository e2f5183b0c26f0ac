//! Section E through the door of the cash desk: look, then carry out.

use ideni::actions::import::What;
use receivables::Currency;
use receivables::cash::matching::Evidence;

use crate::support::{Book, each_engine_in};

const USD: Currency = Currency::USD;

/// P1 has 100, 200 and 300 open.
fn setup(book: &Book) {
    book.customer("P1", "Deco Addict Ltd");
    book.customer("P2", "Azure Interior Ltd");
    for (number, total) in [("INV-2019-0100", "100"), ("INV-2019-0200", "200"), ("INV-2019-0300", "300")] {
        book.issue(number, "P1", total, "2026-02-01", "2026-03-01");
    }
}

/// A line of the bank, as the file of receipts tells it.
fn line(book: &Book, reference: &str, amount: &str, payer: &str, text: &str) {
    let row = format!("reference,on,amount,currency,payer,text\n{reference},2026-02-20,{amount},USD,{payer},{text}\n");
    book.load(What::Receipts, &row);
}

#[test]
fn case_e1_the_text_holds_the_number() {
    each_engine_in(USD, |book| {
        setup(book);
        line(book, "b1", "100", "Deco Addict", "invoice INV-2019-0100");
        assert_eq!(book.match_of("b1"), "applied inv-2019-0100 100.00");
        assert_eq!(book.apply_all(), 1);
        let open: Vec<String> = ["0100", "0200", "0300"].iter().map(|n| book.open(&format!("INV-2019-{n}"))).collect();
        assert_eq!(open, ["0.00", "200.00", "300.00"]);
        assert_eq!(book.match_of("b1"), "not waiting");
    });
}

#[test]
fn case_e2_the_whole_account_in_one_payment() {
    each_engine_in(USD, |book| {
        setup(book);
        line(book, "b2", "600", "DECO ADDICT LTD", "xxxxx");
        assert_eq!(book.match_of("b2"), "applied inv-2019-0100 100.00, inv-2019-0200 200.00, inv-2019-0300 300.00");
        assert_eq!(book.apply_all(), 1);
        assert_eq!(book.net(USD), 0);
    });
}

/// The payer pays an invoice again that is paid already, and something else happens to be open in this amount.
#[test]
fn a_number_that_is_paid_already_holds_back_in_any_spelling() {
    each_engine_in(USD, |book| {
        setup(book);
        line(book, "b1", "100", "Deco Addict Ltd", "INV-2019-0100");
        assert_eq!(book.apply_all(), 1);
        book.issue("INV-2019-0400", "P1", "100", "2026-02-01", "2026-03-01");
        for (reference, text, expected) in [
            ("again", "inv 2019/100", "proposed inv-2019-0400 100.00"),
            ("other", "for goods", "applied inv-2019-0400 100.00"),
            ("named", "INV-2019-0400 not INV-2019-0100", "applied inv-2019-0400 100.00"),
        ] {
            line(book, reference, "100", "Deco Addict Ltd", text);
            assert_eq!(book.match_of(reference), expected, "{text}");
        }
        let all = book.look();
        let again = all.iter().find(|m| m.receipt.reference.as_deref() == Some("again")).expect("it waits");
        let not_open = Evidence::NotOpen { number: "INV-2019-0100".into() };
        assert!(again.evidence.contains(&not_open), "{:?}", again.evidence);
    });
}

#[test]
fn case_e4_the_exact_item_wins() {
    each_engine_in(USD, |book| {
        setup(book);
        line(book, "b2", "300", "Deco Addict Ltd", "xxxxx");
        assert_eq!(book.match_of("b2"), "applied inv-2019-0300 300.00");
    });
}

/// The peer lets a company configure rules: match up to an amount (E5: b1 only), money in or out (E7: b1 and b2, or
/// cash), a label (E8: cash by "yyyyy", b1 and cash without "xxxxx", b2 and cash by either). Ours has none: each line is
/// matched by what it says of itself, its numbers, its payer and its amount, because a rule posts wrongly in silence once
/// the customer pays otherwise. So b1 and b2 both explain themselves, whatever their size or label, and money out is
/// recorded and never matched.
#[test]
fn case_e5_e7_e8_one_statement_matched_by_evidence() {
    each_engine_in(USD, |book| {
        setup(book);
        let file = "date,reference,description,amount,counterparty\n2026-02-20,b1,invoice INV-2019-0100,100,Deco Addict Ltd\n2026-02-20,b2,xxxxx,600,Deco Addict Ltd\n2026-02-20,cash,yyyyy,-1000,Azure Interior Ltd\n";
        let imported = book.statement("bank", "lines.csv", file.as_bytes()).expect("a statement");
        let statuses: Vec<&str> = imported.lines.iter().map(|l| l.status).collect();
        assert_eq!(statuses, ["receipt", "receipt", "recorded"]);
        let names = || -> Vec<String> { book.look().iter().map(|m| m.receipt.name()).collect() };
        assert_eq!(names(), ["b1", "b2"], "money out is nothing to match");
        assert_eq!(book.match_of("b1"), "applied inv-2019-0100 100.00");
        assert_eq!(book.match_of("b2"), "applied inv-2019-0100 100.00, inv-2019-0200 200.00, inv-2019-0300 300.00");
        // Both want the first invoice: the second to come finds its facts changed, and nothing of it is done.
        let steps: Vec<_> = book.look().iter().map(|m| m.step()).collect();
        let done = book
            .act(move |tx, actor, today| ideni::actions::cash::carry_out(tx, actor, today, &steps))
            .expect("carried out");
        let dropped: Vec<_> = done.iter().map(|d| (d.name.as_str(), d.dropped.as_ref().map(|r| r.code()))).collect();
        assert_eq!(dropped, [("b1", None), ("b2", Some("already-settled"))]);
        assert_eq!((book.left("b1").as_str(), book.left("b2").as_str()), ("0.00", "600.00"));
        assert_eq!(names(), ["b2"]);
        // Looked at again it pays all that is left, and what is over stays the customer's.
        assert_eq!(book.match_of("b2"), "applied inv-2019-0200 200.00, inv-2019-0300 300.00");
        assert_eq!(book.apply_all(), 1);
        assert_eq!(book.left("b2"), "100.00");
        assert_eq!(names(), ["b2"], "its rest waits; cash is still nothing to match");
        assert_eq!(book.net(USD), -10_000);
    });
}

/// With no tolerance the peer matches nothing for 990. Ours neither: it proposes 990 for the only invoice there is, which
/// a person may accept as a part payment (10.00 stays open) or leave; nothing is applied by itself.
#[test]
fn case_e10_short_is_a_persons_decision_and_over_leaves_a_rest() {
    for (amount, expected, open, left) in [
        ("1000", "applied inv-1 1000.00", "0.00", "0.00"),
        ("990", "proposed inv-1 990.00", "1000.00", "990.00"),
        ("1010", "applied inv-1 1000.00", "0.00", "10.00"),
    ] {
        each_engine_in(USD, |book| {
            book.customer("P1", "Deco Addict Ltd");
            book.issue("INV-1", "P1", "1000", "2026-02-01", "2026-03-01");
            line(book, "b1", amount, "Deco Addict Ltd", "xxxxx");
            assert_eq!(book.match_of("b1"), expected);
            book.apply_all();
            assert_eq!((book.open("INV-1").as_str(), book.left("b1").as_str()), (open, left), "paid {amount}");
        });
    }
}

/// TEST 6 of the science tests, through the door: two combinations are a person's decision.
#[test]
fn test_6_combinations_that_add_up() {
    for (amount, expected) in [("50000", "proposed"), ("100000", "applied"), ("90000", "applied")] {
        each_engine_in(USD, |book| {
            book.customer("P1", "Deco Addict Ltd");
            for ten in ["10000", "20000", "30000", "40000"] {
                book.issue(&format!("S-{ten}"), "P1", ten, "2026-02-01", "2026-03-01");
            }
            line(book, "b1", amount, "Deco Addict Ltd", "");
            let told = book.match_of("b1");
            assert!(told.starts_with(expected), "{amount}: {told}");
            // Posted only where one combination adds up.
            let posted = usize::from(expected == "applied");
            assert_eq!(book.apply_all(), posted, "{amount}");
            let left = if posted == 1 { "0.00".to_owned() } else { format!("{amount}.00") };
            assert_eq!(book.left("b1"), left);
            let moved = i64::try_from(posted).expect("0 or 1");
            assert_eq!(book.number("SELECT COUNT(DISTINCT receipt) FROM movement WHERE company = $1"), moved);
        });
    }
}

/// A plan is carried out as it was looked at; a step whose facts have changed is dropped, and nothing of it is done.
#[test]
fn a_step_whose_facts_have_changed_is_dropped() {
    each_engine_in(USD, |book| {
        setup(book);
        line(book, "b1", "300", "Deco Addict Ltd", "INV-2019-0100 INV-2019-0200");
        line(book, "b2", "300", "Deco Addict Ltd", "INV-2019-0300");
        let steps: Vec<_> = book.look().iter().map(|m| m.step()).collect();
        assert_eq!(steps.len(), 2);
        book.receipt("by-hand", Some("P1"), "50", "2026-02-21");
        assert_eq!(book.apply("by-hand", "INV-2019-0200", None), "done");
        let done = book
            .act(move |tx, actor, today| ideni::actions::cash::carry_out(tx, actor, today, &steps))
            .expect("carried out");
        let dropped: Vec<_> = done.iter().map(|d| (d.name.as_str(), d.dropped.as_ref().map(|r| r.code()))).collect();
        assert_eq!(dropped, [("b1", Some("exceeds-open")), ("b2", None)]);
        assert_eq!(book.open("INV-2019-0100"), "100.00");
        assert_eq!(book.left("b1"), "300.00");
    });
}

#[test]
fn an_application_is_undone_and_done_again() {
    each_engine_in(USD, |book| {
        setup(book);
        line(book, "b1", "100", "Deco Addict Ltd", "INV-2019-0100");
        book.apply_all();
        let made = book.read(|tx, actor| ideni::actions::allocation::list(tx, actor, 10));
        assert_eq!(book.reverse(&made[0].id.to_string()), "done");
        assert_eq!(book.open("INV-2019-0100"), "100.00");
        // It is the customer's money now and explains itself as before.
        assert_eq!(book.match_of("b1"), "applied inv-2019-0100 100.00");
        assert_eq!(book.apply_all(), 1);
        assert_eq!(book.open("INV-2019-0100"), "0.00");
    });
}
