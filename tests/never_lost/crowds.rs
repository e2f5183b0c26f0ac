//! Many at once: nothing is allocated twice, no number is given twice, nothing waits for ever.

use std::sync::Barrier;

use crate::support::{Book, each_engine_really, told};

const CROWD: usize = 64;

/// Runs `f` in 64 threads that begin together; what each was told.
fn crowd(f: impl Fn(usize) -> String + Sync) -> Vec<String> {
    let barrier = Barrier::new(CROWD);
    std::thread::scope(|scope| {
        let (barrier, f) = (&barrier, &f);
        let begin = |i| {
            scope.spawn(move || {
                barrier.wait();
                f(i)
            })
        };
        let threads: Vec<_> = (0..CROWD).map(begin).collect();
        threads.into_iter().map(|t| t.join().expect("no panic")).collect()
    })
}

fn count(told: &[String], what: &str) -> usize {
    told.iter().filter(|t| *t == what).count()
}

fn setup(book: &Book) {
    let rows: String = (0..CROWD).map(|i| format!("F-{i},C1,2026-02-01,2026-03-01,100\n")).collect();
    book.load(ideni::actions::import::What::Invoices, &format!("number,customer,issued_on,due_on,total\n{rows}"));
}

#[test]
fn sixty_four_clients_allocate_one_receipt() {
    each_engine_really(|book, _| {
        setup(book);
        // Enough for ten and a half of them.
        book.receipt("R1", Some("C1"), "1050", "2026-02-10");
        let told = crowd(|i| book.apply("R1", &format!("F-{i}"), Some("100")));
        assert_eq!((count(&told, "done"), count(&told, "exceeds-unapplied")), (10, CROWD - 10), "{told:?}");
        assert_eq!(book.left("R1"), "50");
        assert_eq!(book.number("SELECT CAST(SUM(open) AS BIGINT) FROM open_item WHERE company = $1"), 5_400);
    });
}

#[test]
fn sixty_four_receipts_pay_one_invoice() {
    each_engine_really(|book, _| {
        book.issue("F-1", "C1", "1050", "2026-02-01", "2026-03-01");
        let rows: String = (0..CROWD).map(|i| format!("R-{i},C1,2026-02-10,100\n")).collect();
        book.load(ideni::actions::import::What::Receipts, &format!("reference,customer,on,amount\n{rows}"));
        let told = crowd(|i| book.apply(&format!("R-{i}"), "F-1", Some("100")));
        assert_eq!((count(&told, "done"), count(&told, "exceeds-open")), (10, CROWD - 10), "{told:?}");
        assert_eq!(book.open("F-1"), "50");
    });
}

#[test]
fn an_unidentified_receipt_becomes_one_customers() {
    each_engine_really(|book, _| {
        for i in 0..CROWD {
            book.issue(&format!("F-{i}"), &format!("C{i}"), "100", "2026-02-01", "2026-03-01");
        }
        book.receipt("R1", None, "100", "2026-02-10");
        let told = crowd(|i| {
            if i % 2 == 0 { book.apply("R1", &format!("F-{i}"), None) } else { book.identify("R1", &format!("C{i}")) }
        });
        let identified = book.number("SELECT COUNT(*) FROM identification WHERE company = $1");
        assert_eq!(identified, 1, "{told:?}");
        assert!(
            told.iter().all(|t| ["done", "exists", "other-customer", "exceeds-unapplied"].contains(&t.as_str())),
            "{told:?}"
        );
    });
}

#[test]
fn one_allocation_is_taken_back_once() {
    each_engine_really(|book, _| {
        book.issue("F-1", "C1", "100", "2026-02-01", "2026-03-01");
        book.receipt("R1", Some("C1"), "100", "2026-02-10");
        let id = book.allocate("R1", "F-1", None).expect("applied").allocations[0].id.clone();
        let told = crowd(|_| book.reverse(&id));
        assert_eq!((count(&told, "done"), count(&told, "already-reversed")), (1, CROWD - 1), "{told:?}");
        assert_eq!(book.open("F-1"), "100");
    });
}

#[test]
fn sixty_four_clients_refund_one_receipt() {
    each_engine_really(|book, _| {
        book.customer("C1", "Customer One");
        // Enough for ten and a half of them.
        book.receipt("R1", Some("C1"), "1050", "2026-02-10");
        let told = crowd(|_| told(book.refund("R1", "100")));
        assert_eq!((count(&told, "done"), count(&told, "exceeds-refundable")), (10, CROWD - 10), "{told:?}");
        assert_eq!(book.left("R1"), "50");
        assert_eq!(book.number("SELECT CAST(SUM(amount) AS BIGINT) FROM refund WHERE company = $1"), 1_000);
    });
}

#[test]
fn one_refund_is_taken_back_once() {
    each_engine_really(|book, _| {
        book.customer("C1", "Customer One");
        book.receipt("R1", Some("C1"), "100", "2026-02-10");
        let id = book.refund("R1", "100").expect("refunded").id;
        let told = crowd(|_| book.reverse_refund(&id));
        assert_eq!((count(&told, "done"), count(&told, "already-reversed")), (1, CROWD - 1), "{told:?}");
        assert_eq!(book.left("R1"), "100");
    });
}

/// The payment bounces while others apply it: nothing of it stays on an invoice.
#[test]
fn a_payment_is_returned_while_others_apply_it() {
    for _ in 0..4 {
        each_engine_really(|book, _| {
            setup(book);
            book.receipt("R1", Some("C1"), "1050", "2026-02-10");
            let told = crowd(|i| {
                if i == CROWD / 2 {
                    return told(book.return_payment("R1"));
                }
                book.apply("R1", &format!("F-{i}"), Some("10"))
            });
            assert_eq!(told[CROWD / 2], "done");
            assert!(told.iter().all(|t| ["done", "exceeds-unapplied"].contains(&t.as_str())), "{told:?}");
            assert_eq!(book.left("R1"), "0");
            assert_eq!(book.number("SELECT CAST(SUM(open) AS BIGINT) FROM open_item WHERE company = $1"), 6_400);
        });
    }
}

#[test]
fn legal_numbers_have_no_gap_and_no_twin_in_a_crowd() {
    each_engine_really(|book, _| {
        book.customer("C1", "Customer One");
        let told = crowd(|i| {
            let mut given = super::keys::ours(book, "rice");
            if i % 4 == 0 {
                // Refused after its number was taken: the number goes back.
                given.customer = "nobody".into();
                given.customer_name = None;
            }
            told(book.post(given))
        });
        assert_eq!((count(&told, "done"), count(&told, "not-found")), (48, 16), "{told:?}");
        let mut numbers: Vec<String> = book.documents().into_iter().map(|d| d.number).collect();
        numbers.sort();
        assert_eq!(numbers, (1..=48).map(|n| format!("INV-{n:06}")).collect::<Vec<_>>());
    });
}

/// The close and the postings in flight: none of them lands in the closed days after the close.
#[test]
fn a_period_closes_while_others_post() {
    for _ in 0..4 {
        each_engine_really(|book, _| {
            book.customer("C1", "Customer One");
            let told = crowd(|i| {
                if i == CROWD / 2 {
                    return book.close_to("2026-02-28");
                }
                told(book.post(book.given(&format!("F-{i}"), "C1", "100", "2026-02-01", "2026-03-01")))
            });
            assert_eq!(count(&told, "done"), CROWD, "{told:?}");
            let broken = book.broken();
            assert!(broken.is_empty(), "{:?}: {broken:#?}", book.engine);
        });
    }
}

/// The same statement file from two desks at once: each line once.
#[test]
fn one_statement_from_several_desks() {
    each_engine_really(|book, _| {
        let rows: String = (1..=40).map(|i| format!("2026-02-0{},FT{i},order,{i}\n", 1 + i % 9)).collect();
        let text = format!("date,reference,description,amount\n{rows}");
        let desks = std::thread::scope(|scope| {
            let import = || book.statement("bank", "a.csv", text.as_bytes()).map(|i| i.lines.len());
            let threads: Vec<_> = (0..8).map(|_| scope.spawn(import)).collect();
            threads.into_iter().map(|t| t.join().expect("no panic")).collect::<Vec<_>>()
        });
        assert!(desks.iter().any(Result::is_ok), "{desks:?}");
        // A desk that lost the race does it again and finds everything there.
        let again = book.statement("bank", "a.csv", text.as_bytes()).expect("a statement");
        assert!(again.lines.iter().all(|l| l.status == "duplicate"));
        assert_eq!(book.number("SELECT COUNT(*) FROM receipt WHERE company = $1"), 40);
        assert_eq!(book.number("SELECT CAST(SUM(gross) AS BIGINT) FROM receipt WHERE company = $1"), 820);
        assert!(desks.iter().all(Result::is_ok), "{:?}: {desks:?}", book.engine);
    });
}
