//! The lists people open: invoices, receipts, what waits, and from a figure of the ageing to the ledger; on both engines.

use std::collections::BTreeSet;

use ideni::actions::cash::Planned;
use ideni::actions::drill::{self, Figure};
use ideni::actions::report::{Asked, By};
use ideni::actions::{dispute, exception, invoice, receipt};
use receivables::insight::ageing::Buckets;
use receivables::{Date, Instant, Money};
use store::document::Kind;
use store::reports::ageing::View;
use store::reports::receipts::{State as Money_, Wait};
use store::reports::{invoices, receipts};

use crate::support::{Book, code, each_engine, told};

fn day(text: &str) -> Date {
    text.parse().expect("a date")
}

/// The numbers on each page, one after the other.
fn pages(book: &Book, asked: &invoice::Asked, limit: usize) -> Vec<Vec<String>> {
    let mut all = Vec::new();
    let mut after: Option<String> = None;
    loop {
        let page = book.read(|tx, actor| invoice::page(tx, actor, book.today(), asked, after.as_deref(), limit));
        all.push(page.rows.into_iter().map(|row| row.number).collect());
        after = page.next;
        if after.is_none() {
            return all;
        }
    }
}

fn numbers(book: &Book, asked: invoice::Asked) -> String {
    pages(book, &asked, 2).concat().join(" ")
}

/// A desk on 30 June: open, overdue, settled, disputed, credited, in dollars.
fn desk(book: &Book) {
    book.rate("2026-01-01", "USD", "1450");
    book.issue("A-1", "C1", "1000", "2026-02-01", "2026-03-01");
    book.issue("A-2", "C1", "2000", "2026-05-01", "2026-06-30");
    book.issue("A-3", "C2", "3000", "2026-05-01", "2026-06-15");
    book.issue("B-4", "C2", "40 USD", "2026-06-01", "2026-07-15");
    book.issue_in_parts("B-5", "C3", "5000", "2026-06-02", &[("2026-06-10", 1), ("2026-09-10", 1)]);
    book.credit("N-6", "C1", "500", "2026-06-03", Some("A-2"));
    book.receipt("P-1", Some("C1"), "1000", "2026-04-01");
    book.apply("P-1", "A-1", None);
    book.receipt("P-2", Some("C3"), "700", "2026-06-05");
    book.receipt("P-3", None, "3000", "2026-06-06");
    book.receipt("P-4", Some("C2"), "900", "2026-06-06");
    book.refund("P-4", "900").expect("refunded");
    let given =
        dispute::Given { invoice: "A-3".into(), amount: Some(100), reason: "price".into(), note: String::new() };
    book.act(move |tx, actor, today| dispute::add(tx, actor, today, &given, None)).expect("a dispute");
}

#[test]
fn invoices_come_in_pages_the_newest_first_and_filtered() {
    each_engine(|book| {
        desk(book);
        let of = |asked: invoice::Asked| numbers(book, asked);
        let asked = invoice::Asked::default;
        assert_eq!(
            pages(book, &asked(), 4),
            [["N-6", "B-5", "B-4", "A-3"].map(String::from).to_vec(), vec!["A-2".into(), "A-1".into()]]
        );
        let state = |state| invoice::Asked { state: Some(state), ..asked() };
        assert_eq!(of(state(invoices::State::Open)), "B-5 B-4 A-3 A-2");
        assert_eq!(of(state(invoices::State::Overdue)), "B-5 A-3", "A-2 is due today");
        assert_eq!(of(state(invoices::State::Settled)), "N-6 A-1");
        assert_eq!(of(state(invoices::State::Disputed)), "A-3");
        assert_eq!(of(invoice::Asked { kind: Some(Kind::CreditNote), ..asked() }), "N-6");
        assert_eq!(of(invoice::Asked { currency: Some(receivables::Currency::USD), ..asked() }), "B-4");
        assert_eq!(of(invoice::Asked { customer: Some("C1".into()), ..asked() }), "N-6 A-2 A-1");
        assert_eq!(of(invoice::Asked { number: Some("a".into()), ..asked() }), "A-3 A-2 A-1");
        assert_eq!(of(invoice::Asked { number: Some("%".into()), ..asked() }), "");
        let span = invoice::Asked { from: Some(day("2026-05-01")), until: Some(day("2026-06-01")), ..asked() };
        assert_eq!(of(span.clone()), "B-4 A-3 A-2");
        let open_of_c2 = invoice::Asked { customer: Some("C2".into()), state: Some(invoices::State::Overdue), ..span };
        assert_eq!(of(open_of_c2), "A-3");
        assert_eq!(of(invoice::Asked { until: Some(day("2026-01-01")), ..asked() }), "");
    });
}

#[test]
fn a_page_goes_on_where_the_last_ended_whatever_was_posted_meanwhile() {
    each_engine(|book| {
        desk(book);
        let first = book.read(|tx, actor| invoice::page(tx, actor, book.today(), &Default::default(), None, 2));
        book.issue("Z-9", "C1", "1", "2026-06-30", "2026-07-30");
        let after = first.next.expect("more");
        let next = book.read(|tx, actor| invoice::page(tx, actor, book.today(), &Default::default(), Some(&after), 2));
        let of = |rows: &[invoices::Listed]| rows.iter().map(|r| r.number.clone()).collect::<Vec<_>>().join(" ");
        assert_eq!((of(&first.rows), of(&next.rows)), ("N-6 B-5".into(), "B-4 A-3".into()));
        for after in ["", "x", "2026-02-30~A", "2026-02-28"] {
            let refused =
                book.db.read(|tx| invoice::page(tx, &book.actor, book.today(), &Default::default(), Some(after), 2));
            assert_eq!(code(&refused.expect_err("refused")), "invalid", "{after}");
        }
        let nobody = invoice::Asked { customer: Some("NOBODY".into()), ..Default::default() };
        let refused = book.db.read(|tx| invoice::page(tx, &book.actor, book.today(), &nobody, None, 2));
        assert_eq!(code(&refused.expect_err("refused")), "not-found");
    });
}

/// Thousands of open invoices stand between the newest and the only settled one.
#[test]
fn a_long_way_is_walked_in_stages_and_nothing_is_lost() {
    each_engine(|book| {
        let rows: String = (0..6_000).map(|n| format!("M{n:05},C1,2026-03-01,2026-04-01,1\n")).collect();
        book.load(ideni::actions::import::What::Invoices, &format!("number,customer,issued_on,due_on,total\n{rows}"));
        book.issue("OLD", "C2", "10", "2026-01-05", "2026-02-05");
        book.receipt("P", Some("C2"), "10", "2026-02-01");
        book.apply("P", "OLD", None);
        let settled = invoice::Asked { state: Some(invoices::State::Settled), ..Default::default() };
        let found = pages(book, &settled, 10);
        assert!(found.len() > 1, "the walk is long enough to be interrupted");
        assert_eq!(found.concat(), ["OLD"]);
    });
}

#[test]
fn one_invoice_shows_all_that_hangs_on_it() {
    each_engine(|book| {
        desk(book);
        let shown = book.read(|tx, actor| invoice::show(tx, actor, "A-2", None));
        let i = &shown.invoice;
        assert_eq!((i.payer.code.as_str(), i.total, i.items[0].open), ("C1", 2000, 1500));
        assert_eq!(i.credited_by.iter().map(|c| c.number.as_str()).collect::<Vec<_>>(), ["N-6"]);
        assert_eq!((i.movements.len(), i.movements[0].amount, i.movements[0].other.as_deref()), (1, -500, Some("N-6")));
        assert_eq!(i.deed.as_ref().map(|d| (d.actor.as_str(), d.verb.as_str())), Some(("admin", "invoice issue")));
        let ledger: Vec<(&str, i64)> = shown.entries.iter().map(|l| (l.account.as_str(), l.amount)).collect();
        assert!(ledger.contains(&("receivables", 2000)) && ledger.contains(&("receivables", -500)), "{ledger:?}");
        assert_eq!(ledger.iter().map(|(_, amount)| amount).sum::<i64>(), 0);
        let disputed = book.read(|tx, actor| invoice::show(tx, actor, "A-3", None)).invoice;
        assert_eq!((disputed.disputes.len(), disputed.items[0].disputed), (1, 100));
        let note = book.read(|tx, actor| invoice::show(tx, actor, "N-6", None)).invoice;
        assert_eq!((note.kind, note.credits.as_deref()), (Kind::CreditNote, Some("A-2")));
        let missing = book.db.read(|tx| invoice::show(tx, &book.actor, "A-2 ", None));
        assert_eq!(code(&missing.expect_err("refused")), "not-found");
    });
}

#[test]
fn an_invoice_as_of_a_day_and_as_known_at_an_instant() {
    each_engine(|book| {
        book.issue("A", "C1", "1000", "2026-02-01", "2026-03-01");
        book.db.seal().expect("sealed");
        let before = book.clock.now();
        book.tick(1_000_000);
        book.on("2026-04-01");
        book.receipt("P", Some("C1"), "400", "2026-04-01");
        book.apply("P", "A", None);
        book.on("2026-05-01");
        book.receipt("Q", Some("C1"), "100", "2026-05-01");
        book.apply("Q", "A", None);
        book.db.seal().expect("sealed");
        let open = |as_of: &str, known_at: Option<Instant>| {
            let view = View { as_of: day(as_of), known_at };
            let shown = book.read(|tx, actor| invoice::show(tx, actor, "A", Some(view)));
            let of_ledger: i64 = shown.entries.iter().filter(|l| l.account == "receivables").map(|l| l.amount).sum();
            assert_eq!(shown.invoice.items[0].open, of_ledger, "the ledger says the same");
            (of_ledger, shown.invoice.movements.iter().filter(|m| m.seen).count(), shown.invoice.seen)
        };
        assert_eq!(open("2026-05-01", None), (500, 2, true));
        assert_eq!(open("2026-04-15", None), (600, 1, true));
        assert_eq!(open("2026-03-15", None), (1000, 0, true));
        assert_eq!(open("2026-01-31", None), (0, 0, false));
        assert_eq!(open("2026-05-01", Some(before)), (1000, 0, true));
        let view = View { as_of: day("2026-05-01"), known_at: Some(book.clock.now().plus_micros(1_000_000_000)) };
        let refused = book.db.read(|tx| invoice::show(tx, &book.actor, "A", Some(view)));
        assert_eq!(code(&refused.expect_err("refused")), "not-sealed-yet");
    });
}

#[test]
fn receipts_come_in_pages_and_one_shows_what_became_of_it() {
    each_engine(|book| {
        desk(book);
        let names = |asked: receipt::Asked| {
            let mut all: Vec<String> = Vec::new();
            let mut after: Option<String> = None;
            loop {
                let page = book.read(|tx, actor| receipt::page(tx, actor, &asked, after.as_deref(), 2));
                all.extend(page.rows.iter().map(receipts::Listed::called));
                after = page.next;
                if after.is_none() {
                    return all.join(" ");
                }
            }
        };
        let asked = receipt::Asked::default;
        assert_eq!(names(asked()), "P-4 P-3 P-2 P-1");
        let state = |state| receipt::Asked { state: Some(state), ..asked() };
        assert_eq!(names(state(Money_::Unidentified)), "P-3");
        assert_eq!(names(state(Money_::Unapplied)), "P-2");
        assert_eq!(names(state(Money_::Applied)), "P-4 P-1");
        assert_eq!(names(state(Money_::Refunded)), "P-4");
        assert_eq!(names(receipt::Asked { account: Some("bank".into()), ..asked() }), "P-4 P-3 P-2 P-1");
        assert_eq!(names(receipt::Asked { account: Some("momo".into()), ..asked() }), "");
        assert_eq!(names(receipt::Asked { customer: Some("C2".into()), ..asked() }), "P-4");
        let june = receipt::Asked { from: Some(day("2026-06-05")), until: Some(day("2026-06-05")), ..asked() };
        assert_eq!(names(june), "P-2");
        let shown = book.read(|tx, actor| receipt::show(tx, actor, "P-1"));
        let r = &shown.receipt;
        assert_eq!((r.identified.len(), r.allocations.len(), r.allocations[0].number.as_str()), (1, 1, "A-1"));
        assert_eq!(shown.entries.iter().map(|l| l.amount).sum::<i64>(), 0);
        assert_eq!(book.read(|tx, actor| receipt::show(tx, actor, "P-4")).receipt.refunds.len(), 1);
        let line = b"date,description,credit,balance\n2026-03-01,FROM C2 A-3,400,1400\n";
        book.statement("momo", "march.csv", line).expect("a statement");
        let of_file = receipt::Asked { account: Some("momo".into()), ..asked() };
        let id = book.read(|tx, actor| receipt::page(tx, actor, &of_file, None, 2)).rows[0].id.to_string();
        let with_line = book.read(|tx, actor| receipt::show(tx, actor, &id)).receipt;
        assert_eq!(with_line.line.map(|line| line.file).as_deref(), Some("march.csv"));
        let missing = book.db.read(|tx| receipt::show(tx, &book.actor, "nothing"));
        assert_eq!(code(&missing.expect_err("refused")), "not-found");
    });
}

fn waiting(book: &Book, wait: Wait) -> Vec<exception::Exception> {
    book.db.seal().expect("sealed");
    book.read(|tx, actor| exception::page(tx, book.db.snapshots(), actor, wait, None, 20)).rows
}

#[test]
fn what_waits_stands_beside_what_may_be_done_with_it() {
    each_engine(|book| {
        book.customer("C1", "Ineza Shop");
        book.customer("C2", "Kivu Traders");
        book.issue("F-1", "C1", "1000", "2026-02-01", "2026-03-01");
        book.issue("F-2", "C2", "1000", "2026-02-01", "2026-03-01");
        book.issue("F-3", "C2", "300", "2026-02-01", "2026-03-01");
        book.receipt("NAMED F-3", None, "300", "2026-03-02");
        book.receipt("WHOSE", None, "1000", "2026-03-01");
        book.receipt("OWN", Some("C2"), "300", "2026-03-03");
        let nobodys = waiting(book, Wait::Nobodys);
        let called: Vec<String> = nobodys.iter().map(|e| e.receipt.called()).collect();
        assert_eq!(called, ["WHOSE", "NAMED F-3"], "the oldest first");
        let others: BTreeSet<&str> = nobodys[0].others.iter().map(|i| i.number.as_str()).collect();
        assert_eq!((nobodys[0].matched.allocations.len(), others), (0, BTreeSet::from(["F-1", "F-2"])));
        assert_eq!(nobodys[1].matched.allocations[0].invoice, "F-3");
        let step = nobodys[1].matched.step();
        let apply = |step: &Planned| {
            let step = step.clone();
            told(book.act(move |tx, actor, today| exception::apply(tx, actor, today, &step, None)))
        };
        // Somebody else pays it meanwhile: what was seen is no longer so, and nothing is written.
        assert_eq!(book.apply("OWN", "F-3", None), "done");
        assert_eq!(apply(&step), "already-settled");
        assert_eq!(book.left("NAMED F-3"), "300");
        assert_eq!(waiting(book, Wait::OnAccount).len(), 0);
        // A person says whose it is; then it stands on that account, with the invoice beside it.
        assert_eq!(book.identify("WHOSE", "C1"), "done");
        let own = waiting(book, Wait::OnAccount);
        assert_eq!(own[0].matched.allocations[0].invoice, "F-1");
        assert_eq!((apply(&own[0].matched.step()), book.open("F-1")), ("done".into(), "0".into()));
        assert_eq!(waiting(book, Wait::OnAccount).len(), 0);
        book.verify();
    });
}

/// Names and numbers that share words, endings and telephones, some invoices paid: one receipt looked at by itself is judged
/// as among all (`Book::look` compares).
#[test]
fn a_receipt_alone_is_judged_as_among_all() {
    each_engine(|book| {
        let first = ["Kigali", "Kivu", "Ineza", "Musanze", "Jean"];
        let second = ["Foods", "Traders", "Shop", "Bosco", "Aline"];
        let mut customers = String::from("code,name,phone\n");
        for n in 0..25 {
            let (a, b) = (first[n % 5], second[n / 5]);
            customers += &format!("C{n:02},{a} {b},+2507881234{:02}\n", n % 20);
        }
        book.load(ideni::actions::import::What::Customers, &customers);
        let mut rows = String::from("number,customer,issued_on,due_on,total\n");
        for n in 1..=120 {
            let number = match n % 4 {
                0 => format!("INV-2026-{n:04}"),
                1 => format!("FAC/{n}"),
                2 => format!("INV2026{n:04}"),
                _ => format!("K{}-{}", n % 7, n),
            };
            let total = 1_000 * (n % 11 + 1);
            rows += &format!("{number},C{:02},2026-02-{:02},2026-03-{:02},{total}\n", n % 25, n % 27 + 1, n % 27 + 1);
        }
        book.load(ideni::actions::import::What::Invoices, &rows);
        for n in [4, 8, 13, 21, 40] {
            let number = if n % 4 == 0 { format!("INV-2026-{n:04}") } else { format!("FAC/{n}") };
            book.write_off(&number, None).expect("given up");
        }
        let texts = [
            "",
            "INV-2026-00",
            "inv ",
            "FAC/",
            "facture no ",
            "payment for fac ",
            "INV2026",
            "K3-",
            "fagitire 2026/00",
        ];
        for n in 0..150usize {
            let gross = Money::new(i64::try_from(1_000 * (n % 11 + 1)).expect("small"), receivables::Currency::RWF);
            let payer = match n % 5 {
                0 => Some(format!("{} {}", first[n % 5], second[n % 4])),
                1 => Some(second[n % 5].to_owned()),
                2 => Some(format!("{} Ltd {}", second[n % 5].to_uppercase(), first[n % 3])),
                _ => None,
            };
            let text = format!("{}{} {}", texts[n % texts.len()], n % 70, if n % 6 == 0 { first[n % 5] } else { "" });
            let given = receipt::Given {
                account: "bank".into(),
                received_on: day("2026-03-10"),
                received_at: None,
                gross,
                charges: Money::zero(gross.currency),
                payer,
                payer_ref: (n % 3 == 0).then(|| format!("07881234{:02}", n % 25)),
                reference: Some(format!("R{n}")),
                text: Some(text),
                customer: (n % 13 == 0).then(|| format!("C{:02}", n % 25)),
                opening_on: None,
            };
            book.act(move |tx, actor, today| receipt::record(tx, actor, today, &given, None)).expect("recorded");
        }
        let all = book.look();
        let outcomes: BTreeSet<String> = all.iter().map(|m| format!("{:?}", m.outcome)).collect();
        assert_eq!((all.len(), outcomes.len()), (150, 3), "{outcomes:?}");
    });
}

fn drilled(book: &Book, asked: &Asked, figure: &Figure) -> Vec<drill::Open> {
    book.db.seal().expect("sealed");
    let mut all = Vec::new();
    let mut after: Option<String> = None;
    loop {
        let page =
            book.read(|tx, actor| drill::invoices(tx, book.db.snapshots(), actor, asked, figure, after.as_deref(), 3));
        all.extend(page.rows);
        after = page.next;
        if after.is_none() {
            let sums = page.totals.iter().map(|(c, count, sum)| (*c, (*count, *sum))).collect::<Vec<_>>();
            let mut own: std::collections::BTreeMap<_, (usize, i64)> = Default::default();
            for row in &all {
                let sum = own.entry(row.currency).or_default();
                (sum.0, sum.1) = (sum.0 + 1, sum.1 + row.open);
            }
            assert_eq!(sums, own.into_iter().collect::<Vec<_>>(), "the totals are those of all pages");
            return all;
        }
    }
}

#[test]
fn every_figure_of_the_ageing_opens_to_the_invoices_it_is_made_of() {
    each_engine(|book| {
        desk(book);
        book.db.seal().expect("sealed");
        let known_at = book.clock.now();
        book.tick(1_000_000);
        book.apply("P-2", "B-5", None);
        book.issue("L-1", "C2", "700", "2026-03-15", "2026-04-15");
        book.db.seal().expect("sealed");
        let limits = [None, Some(known_at)];
        for (as_of, known_at) in ["2026-04-10", "2026-06-12", "2026-06-30"].iter().flat_map(|d| limits.map(|k| (*d, k)))
        {
            let asked = Asked { as_of: day(as_of), known_at, by: By::Invoice, buckets: Buckets::default() };
            let by_invoice = book.ageing_known(By::Invoice, as_of, known_at).expect("an ageing");
            let mut expected: Vec<(String, i32, i64)> = by_invoice
                .rows
                .iter()
                .map(|r| (r.key.clone(), r.invoice.as_ref().expect("facts").instalment, r.aged.total().expect("fits")))
                .collect();
            let mut found: Vec<(String, i32, i64)> = drilled(book, &asked, &Figure::default())
                .into_iter()
                .map(|row| (row.number, row.instalment, row.open))
                .collect();
            expected.sort();
            found.sort();
            assert_eq!(found, expected, "{:?}: as of {as_of} known at {known_at:?}", book.engine);
            let by_customer = book.ageing_known(By::Customer, as_of, known_at).expect("an ageing");
            let names = Buckets::default().names();
            for (row, (bucket, name)) in
                by_customer.rows.iter().flat_map(|row| names.iter().enumerate().map(move |bucket| (row, bucket)))
            {
                let figure = Figure {
                    customer: Some(row.key.clone()),
                    currency: Some(row.currency),
                    bucket: Some(name.clone()),
                };
                let sum: i64 = drilled(book, &asked, &figure).iter().map(|open| open.open).sum();
                assert_eq!(sum, row.aged.open[bucket], "{:?}: {} {name} {as_of}", book.engine, row.key);
                for open in drilled(book, &asked, &figure) {
                    let view = View { as_of: day(as_of), known_at };
                    let shown = book.read(|tx, actor| invoice::show(tx, actor, &open.number, Some(view)));
                    let item = shown.invoice.items.iter().find(|i| i.instalment == open.instalment);
                    assert_eq!(item.map(|i| i.open), Some(open.open), "{}", open.number);
                }
            }
        }
        let asked = Asked { as_of: book.today(), known_at: None, by: By::Customer, buckets: Buckets::default() };
        let figure = Figure { bucket: Some("d5_9".into()), ..Figure::default() };
        let refused =
            book.db.read(|tx| drill::invoices(tx, book.db.snapshots(), &book.actor, &asked, &figure, None, 3));
        assert_eq!(code(&refused.expect_err("refused")), "invalid");
    });
}

#[test]
fn the_largest_of_a_bucket_comes_first() {
    each_engine(|book| {
        desk(book);
        let ageing = book.ageing(By::Customer, "2026-06-30");
        let rows = drill::in_bucket(ageing.rows.iter().collect(), 1);
        let told: Vec<(&str, i64)> = rows.iter().map(|r| (r.key.as_str(), r.aged.open[1])).collect();
        assert_eq!(told, [("C2", 3000), ("C3", 2500)]);
    });
}
