//! Correct and re-issue in one act, and debit notes: on both engines, with payments, disputes and the tax device.

use ideni::actions::invoice::{self, References};
use ideni::actions::reissue::{self, Given, Reissued};
use ideni::actions::{debit_note, dispute, setting};
use receivables::billing::line::Prices;

use crate::billing::{line, ours};
use crate::support::{Book, Browser, code, each_engine, each_engine_really, ideni, json, small_book, told};

fn given(invoice: &str) -> Given {
    Given {
        invoice: invoice.to_owned(),
        reason: "wrong-price".into(),
        explanation: "the agreed price is another".into(),
        customer: None,
        lines: None,
        references: References::default(),
        due_on: None,
        settles_disputes: false,
    }
}

fn lines(texts: &[&str]) -> Option<(Vec<invoice::GivenLine>, Prices)> {
    Some((texts.iter().map(|text| line(text)).collect(), Prices::Net))
}

fn reissue(book: &Book, given: Given) -> Result<Reissued, String> {
    let done = book.act(move |tx, actor, today| reissue::reissue(tx, actor, today, &given, None));
    done.map_err(|error| code(&error))
}

fn shown(book: &Book, number: &str) -> invoice::Shown {
    let number = number.to_owned();
    book.read(move |tx, actor| invoice::show(tx, actor, &number, None))
}

#[test]
fn the_right_invoice_takes_the_place_of_the_wrong_one_with_all_that_hangs_on_it() {
    each_engine(|book| {
        book.on("2026-06-01");
        let mut wrong = ours(book, &["Rice;10;30000;B", "Delivery;1;5000;B;10%"]);
        wrong.references.order = Some("PO-7".into());
        let old = book.post(wrong).expect("posted");
        assert_eq!(book.open(&old), "359310");
        book.on("2026-06-02");
        book.receipt("R1", Some("C1"), "200000", "2026-06-02");
        book.receipt("R2", Some("C1"), "100000", "2026-06-02");
        assert_eq!((book.apply("R1", &old, None), book.apply("R2", &old, None)), ("done".into(), "done".into()));
        let contested = dispute::Given {
            invoice: old.clone(),
            amount: Some(30_000),
            reason: "price".into(),
            note: "too dear".into(),
        };
        book.act(move |tx, actor, today| dispute::add(tx, actor, today, &contested, None)).expect("raised");
        book.on("2026-07-15");
        let done = reissue(book, Given { lines: lines(&["Rice;10;20000;B"]), ..given(&old) }).expect("re-issued");
        // 236,000 in place of 359,310: 200,000 and 36,000 of what was paid, the rest on account.
        assert_eq!(done.carried, [("R1".into(), "200000".into()), ("R2".into(), "36000".into())]);
        assert_eq!((book.open(&old), book.open(&done.number)), ("0".into(), "0".into()));
        assert_eq!(book.left("R2"), "64000");
        let new = shown(book, &done.number);
        assert_eq!(new.invoice.due_on.to_string(), "2026-06-30", "the due day is kept, though it is past");
        assert!(new.references.contains(&("order".into(), "PO-7".into())), "{:?}", new.references);
        assert!(new.references.contains(&("replaces".into(), old.clone())), "{:?}", new.references);
        assert_eq!(shown(book, &old).invoice.credited_by[0].number, done.taken_back_by);
        assert_eq!(new.invoice.disputes.len(), 0, "nothing is open to contest");
        // Once.
        assert_eq!(reissue(book, given(&old)), Err("not-untouched".into()));
        // Again, of what is unpaid: the dispute goes along.
        let second = book.post(ours(book, &["Sugar;1;100000;B"])).expect("posted");
        let contested =
            dispute::Given { invoice: second.clone(), amount: None, reason: "price".into(), note: String::new() };
        book.act(move |tx, actor, today| dispute::add(tx, actor, today, &contested, None)).expect("raised");
        let done = reissue(book, Given { lines: lines(&["Sugar;1;50000;B"]), ..given(&second) }).expect("re-issued");
        let disputes = shown(book, &done.number).invoice.disputes;
        assert_eq!(disputes.iter().map(|d| d.amount).collect::<Vec<_>>(), [59_000]);
        let settled = Given { settles_disputes: true, ..given(&done.number) };
        let last = reissue(book, settled).expect("re-issued as it was");
        assert_eq!((book.open(&last.number), shown(book, &last.number).invoice.disputes.len()), ("59000".into(), 0));
    });
}

#[test]
fn another_customer_gets_the_invoice_and_not_the_money() {
    each_engine(|book| {
        book.issue("X-1", "C2", "1", "2026-01-01", "2026-01-01");
        book.on("2026-06-01");
        let old = book.post(ours(book, &["Rice;1;10000;B"])).expect("posted");
        book.receipt("R1", Some("C1"), "5000", "2026-06-01");
        assert_eq!(book.apply("R1", &old, None), "done");
        let because = Given { customer: Some("C2".into()), reason: "wrong-name".into(), ..given(&old) };
        let done = reissue(book, because).expect("re-issued");
        assert_eq!(
            (done.carried.len(), book.open(&done.number).as_str(), book.left("R1")),
            (0, "11800", "5000".into())
        );
        assert_eq!(shown(book, &done.number).invoice.payer.code, "C2");
    });
}

#[test]
fn what_cannot_be_taken_back_whole_is_not_reissued() {
    each_engine(|book| {
        book.issue("X-1", "C1", "11800", "2026-06-01", "2026-06-30");
        book.on("2026-06-01");
        assert_eq!(reissue(book, given("X-1")), Err("not-untouched".into()), "made elsewhere");
        assert_eq!(reissue(book, given("NONE")), Err("not-found".into()));
        let debit = ideni::actions::debit_note::Given {
            invoice: "X-1".into(),
            explanation: "one bag more".into(),
            lines: ours(book, &["Sugar;1;10000;B"]).lines,
            prices: Default::default(),
            references: Default::default(),
            due_on: None,
        };
        let debit = book.act(move |tx, actor, today| ideni::actions::debit_note::post(tx, actor, today, &debit, None));
        assert_eq!(reissue(book, given(&debit.expect("posted").number)), Err("no-plain-invoice".into()));
        let number = book.post(ours(book, &["Rice;1;10000;B"])).expect("posted");
        let with = |change: fn(&mut Given)| {
            let mut asked = given(&number);
            change(&mut asked);
            reissue(book, asked).expect_err("refused")
        };
        assert_eq!(with(|asked| asked.reason = "because".into()), "invalid");
        assert_eq!(with(|asked| asked.explanation = " ".into()), "missing");
        assert_eq!(with(|asked| asked.due_on = Some(("2026-08-01".parse().unwrap(), " ".into()))), "missing");
        assert_eq!(with(|asked| asked.customer = Some("NOBODY".into())), "not-found");
        assert_eq!(book.documents().len(), 3, "nothing is half done");
        let decide = setting::Given {
            name: "credit-note-limit".into(),
            value: "1000".into(),
            from: None,
            reason: "two people".into(),
            was: None,
        };
        book.act(move |tx, actor, today| setting::set(tx, actor, today, &decide, None)).expect("decided");
        assert_eq!(reissue(book, given(&number)), Err("needs-approval".into()));
        let mut later = given(&number);
        later.due_on = Some(("2026-08-01".parse().unwrap(), "agreed".into()));
        let decide = setting::Given {
            name: "credit-note-limit".into(),
            value: "none".into(),
            from: None,
            reason: "one is enough".into(),
            was: None,
        };
        book.act(move |tx, actor, today| setting::set(tx, actor, today, &decide, None)).expect("decided");
        let done = reissue(book, later).expect("re-issued");
        assert_eq!(shown(book, &done.number).invoice.due_on.to_string(), "2026-08-01");
    });
}

#[test]
fn two_at_once_reissue_once() {
    each_engine_really(|book, place| {
        book.on("2026-06-01");
        let number = book.post(ours(book, &["Rice;1;10000;B"])).expect("posted");
        let books: Vec<Book> = (0..4).map(|_| Book::reopen_real(place)).collect();
        let done: Vec<_> = std::thread::scope(|scope| {
            let threads: Vec<_> =
                books.iter().map(|book| scope.spawn(|| reissue(book.on("2026-06-01"), given(&number)))).collect();
            threads.into_iter().map(|thread| thread.join().expect("no panic")).collect()
        });
        assert_eq!(done.iter().filter(|done| done.is_ok()).count(), 1, "{done:?}");
        assert_eq!(book.documents().len(), 3);
    });
}

#[test]
fn a_debit_note_charges_more_and_names_its_invoice() {
    each_engine(|book| {
        book.on("2026-06-01");
        let number = book.post(ours(book, &["Rice;1;10000;B"])).expect("posted");
        let debit = |invoice: &str, explanation: &str, texts: &[&str]| {
            let given = debit_note::Given {
                invoice: invoice.to_owned(),
                explanation: explanation.to_owned(),
                lines: texts.iter().map(|text| line(text)).collect(),
                prices: Prices::Net,
                references: References::default(),
                due_on: None,
            };
            book.act(move |tx, actor, today| debit_note::post(tx, actor, today, &given, None))
                .map(|posted| posted.number)
        };
        assert_eq!(told(debit(&number, " ", &["Rice;1;1000;B"])), "missing");
        assert_eq!(told(debit(&number, "short", &[])), "missing");
        assert_eq!(told(debit("NONE", "short", &["Rice;1;1000;B"])), "not-found");
        let note = debit(&number, "two kilos were missing on the bill", &["Rice;2;1000;B"]).expect("posted");
        assert_eq!((note.as_str(), book.open(&note)), ("DN-000001", "2360".into()));
        let references = shown(book, &note).references;
        assert!(references.contains(&("debits".into(), number.clone())), "{references:?}");
    });
}

#[test]
fn a_biller_corrects_an_invoice_by_command_and_on_its_page() {
    let folder = small_book();
    let run = |args: &[&str]| json(folder.path(), args);
    let issue = |line: &str| {
        let issued = run(&["invoice", "issue", "--customer", "C1", "--line", line, "--today", "2026-10-10"]);
        issued["rows"][0]["number"].as_str().unwrap().to_owned()
    };
    let number = issue("Rice;1;10000;B");
    let because = ["--reason", "wrong-price", "--explanation", "agreed", "--today", "2026-10-11"];
    let done = run(&[&["invoice", "reissue", &number, "--line", "Rice;1;8000;B"], &because[..]].concat());
    assert_eq!(
        (&done["rows"][0]["number"], &done["rows"][0]["taken_back_by"]),
        (&"INV-000002".into(), &"CN-000001".into())
    );
    let more = [
        "invoice",
        "debit",
        "INV-000002",
        "--explanation",
        "delivery",
        "--line",
        "Delivery;1;500;B",
        "--today",
        "2026-10-11",
    ];
    assert_eq!(run(&more)["rows"][0]["number"], "DN-000001");
    let browser = Browser::signed_in(folder.path(), "sqlite:ideni.db");
    let page = "/invoices/INV-000002/reissue";
    let form = browser.get(page).text;
    assert!(form.contains("value=\"8000\"") && form.contains("value=\"Rice\""), "{form}");
    let sent = browser.submit(page, page, &[("reason", ""), ("explanation", "twice")]);
    assert_eq!(sent.status, 422, "{}", sent.text);
    let mut look = browser.form(page, page).with(&[("explanation", "two"), ("lines[0].quantity", "2")]);
    look.fields.push(("do".into(), "look".into()));
    let worked = browser.send(&look).text;
    for said in ["RWF 9,440", "RWF 18,880", "value=\"2\""] {
        assert!(worked.contains(said), "{said}: {worked}");
    }
    assert_eq!(browser.get("/invoices/INV-000003").status, 404, "nothing is posted yet");
    let sent =
        browser.submit(page, page, &[("reason", "wrong-quantity"), ("explanation", "two"), ("lines[0].quantity", "2")]);
    assert_eq!(sent.status, 303, "{}", sent.text);
    let new = browser.get("/invoices/INV-000003").text;
    assert!(new.contains("In place of") && new.contains("INV-000002") && new.contains("RWF 18,880"), "{new}");
    assert!(ideni(folder.path(), &["verify"]).status.success());
}
