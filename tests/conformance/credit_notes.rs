//! Section I: credit notes and the identity account balance = Σ invoice balances − unused credit.

use receivables::Currency;

use crate::support::{Book, each_engine_in};

const USD: Currency = Currency::USD;

/// What the customers owe, and the identity that must hold after every step.
fn balance(book: &Book) -> String {
    let items: i64 = book.documents().iter().map(|d| d.open).sum();
    let unapplied = book.number("SELECT CAST(COALESCE(SUM(unapplied), 0) AS BIGINT) FROM receipt WHERE company = $1");
    assert_eq!(book.net(USD), items - unapplied, "account balance = invoice balances − unused credit");
    receivables::Money::new(book.net(USD), USD).major_text()
}

fn invoice(book: &Book, number: &str, total: &str) {
    book.issue(number, "C1", total, "2026-02-01", "2026-03-01");
}

fn paid(book: &Book, reference: &str, amount: &str, invoice: &str) -> String {
    assert_eq!(book.receipt(reference, Some("C1"), amount, "2026-02-10"), "done");
    let made = book.allocate(reference, invoice, None).expect("applied");
    made.allocations[0].id.clone()
}

#[test]
fn case_i1_two_items_partly_paid() {
    each_engine_in(USD, |book| {
        book.load(
            ideni::actions::import::What::Invoices,
            "number,customer,issued_on,due_on,description,quantity,unit_price\n\
             I-1,C1,2026-02-01,2026-03-01,first,1,17\nI-1,C1,2026-02-01,2026-03-01,second,1,42\n",
        );
        assert_eq!(balance(book), "59.00");
        paid(book, "R1", "48", "I-1");
        assert_eq!((book.open("I-1").as_str(), balance(book).as_str()), ("11.00", "11.00"));
    });
}

#[test]
fn case_i2_a_credit_of_the_whole() {
    each_engine_in(USD, |book| {
        invoice(book, "I-1", "17");
        assert_eq!(book.credit("N-1", "C1", "17", "2026-02-05", Some("I-1")), "done");
        assert_eq!((book.open("I-1").as_str(), book.open("N-1").as_str()), ("0.00", "0.00"));
        assert_eq!(balance(book), "0.00");
    });
}

#[test]
fn case_i7_a_credit_below_at_and_above_the_invoice() {
    for (credit, open, unused, owed) in
        [("2", "3.00", "0.00", "3.00"), ("5", "0.00", "0.00", "0.00"), ("7", "0.00", "-2.00", "-2.00")]
    {
        each_engine_in(USD, |book| {
            invoice(book, "I-1", "5");
            book.credit("N-1", "C1", credit, "2026-02-05", Some("I-1"));
            assert_eq!((book.open("I-1").as_str(), book.open("N-1").as_str()), (open, unused), "credit {credit}");
            // Ours tells the net: what is unused counts as owed to the customer, where Kill Bill shows it apart.
            assert_eq!(balance(book), owed);
        });
    }
}

/// Kill Bill credits a draft and shows the credit once the draft is committed. Ours has no drafts: what is not posted is
/// not in the ledger, so a credit for it is refused, and a credit for the account alone counts at once.
#[test]
fn case_i8_a_credit_before_its_invoice() {
    each_engine_in(USD, |book| {
        assert_eq!(book.credit("N-1", "C1", "5", "2026-02-05", Some("I-1")), "not-found");
        assert_eq!((balance(book).as_str(), book.documents().len()), ("0.00", 0), "nothing of it is kept");
        assert_eq!(book.credit("N-1", "C1", "5", "2026-02-05", None), "done");
        assert_eq!((book.open("N-1").as_str(), balance(book).as_str()), ("-5.00", "-5.00"));
        // The invoice comes, and the credit is still there to be used.
        invoice(book, "I-1", "10");
        assert_eq!(balance(book), "5.00");
        assert_eq!(book.apply("N-1", "I-1", None), "done");
        assert_eq!((book.open("I-1").as_str(), book.open("N-1").as_str()), ("5.00", "0.00"));
        assert_eq!(balance(book), "5.00");
    });
}

/// Up to the refund, which is not asked of us yet.
#[test]
fn case_i9_a_credit_partly_used_by_a_later_invoice() {
    each_engine_in(USD, |book| {
        invoice(book, "I-1", "10");
        paid(book, "R1", "10", "I-1");
        book.credit("N-1", "C1", "10", "2026-02-12", Some("I-1"));
        assert_eq!((book.open("I-1").as_str(), book.open("N-1").as_str()), ("0.00", "-10.00"));
        assert_eq!(balance(book), "-10.00");
        invoice(book, "I-2", "5");
        assert_eq!(book.apply("N-1", "I-2", None), "done");
        assert_eq!((book.open("I-2").as_str(), book.open("N-1").as_str()), ("0.00", "-5.00"));
        assert_eq!(balance(book), "-5.00");
    });
}

/// Up to the refund, which is not asked of us yet.
#[test]
fn case_i10_a_credit_used_up_by_later_invoices() {
    each_engine_in(USD, |book| {
        invoice(book, "I-1", "10");
        paid(book, "R1", "10", "I-1");
        book.credit("N-1", "C1", "10", "2026-02-12", Some("I-1"));
        for number in ["I-2", "I-3"] {
            invoice(book, number, "5");
            assert_eq!(book.apply("N-1", number, None), "done");
        }
        assert_eq!(book.open("N-1"), "0.00");
        assert_eq!(balance(book), "0.00");
        assert_eq!(book.apply("N-1", "I-3", Some("1")), "exceeds-open");
    });
}

/// Kill Bill refuses to delete the credit; ours has no deleting at all: the engine refuses it, whoever asks.
#[test]
fn case_i11_a_credit_is_never_deleted() {
    each_engine_in(USD, |book| {
        invoice(book, "I-1", "10");
        paid(book, "R1", "10", "I-1");
        book.credit("N-1", "C1", "10", "2026-02-12", Some("I-1"));
        let text = "DELETE FROM document WHERE number = 'N-1'";
        let told = book.db.write(move |tx| tx.execute(store::Sql { lite: text, pg: text }, &[]));
        assert!(told.expect_err("refused").to_string().contains("insert-only"));
        assert_eq!(book.open("N-1"), "-10.00");
        assert_eq!(balance(book), "-10.00");
    });
}

#[test]
fn case_i13_paid_taken_back_and_paid_again() {
    each_engine_in(USD, |book| {
        invoice(book, "I-1", "249.95");
        let allocation = paid(book, "R1", "10", "I-1");
        assert_eq!(book.open("I-1"), "239.95");
        assert_eq!(book.reverse(&allocation), "done");
        assert_eq!(book.open("I-1"), "249.95");
        assert_eq!(book.reverse(&allocation), "already-reversed");
        // The money itself never left: it waits unapplied, and what the customer owes in all is the same.
        assert_eq!((book.left("R1").as_str(), balance(book).as_str()), ("10.00", "239.95"));
        assert_eq!(book.apply("R1", "I-1", None), "done");
        assert_eq!((book.open("I-1").as_str(), balance(book).as_str()), ("239.95", "239.95"));
    });
}

/// The half that keeps the rest; writing it off is not asked of us yet.
#[test]
fn case_i16_what_is_over_stays_the_customers() {
    each_engine_in(USD, |book| {
        invoice(book, "I-1", "100");
        paid(book, "R1", "110", "I-1");
        assert_eq!((book.open("I-1").as_str(), book.left("R1").as_str()), ("0.00", "10.00"));
        assert_eq!(balance(book), "-10.00");
    });
}

/// A note on a part-paid invoice takes what is open; the rest is the customer's credit (DESIGN §5.6).
#[test]
fn case_p_a_full_note_on_a_part_paid_invoice() {
    each_engine_in(USD, |book| {
        invoice(book, "I-1", "100");
        paid(book, "R1", "30", "I-1");
        book.credit("N-1", "C1", "100", "2026-02-12", Some("I-1"));
        assert_eq!((book.open("I-1").as_str(), book.open("N-1").as_str()), ("0.00", "-30.00"));
        assert_eq!(balance(book), "-30.00");
    });
}
