//! Section I: credit notes, refunds, and the identity account balance = Σ invoice balances − unused credit; and of section H
//! invoices that were paid and are taken back.
//!
//! Kill Bill refunds a payment that stays on its invoice. Ours refunds only what is unapplied: the allocation is taken back
//! first, what stays is applied again, and a credit note takes the place of the money that leaves ("adjusted").

use ideni::actions::approval::Asked;
use ideni::actions::credit_note::{self, How};
use receivables::Currency;
use receivables::billing::line::Prices;
use receivables::ledger::Account;
use store::Error;

use crate::billing::ours;
use crate::support::{Book, each_engine_in, told};

const USD: Currency = Currency::USD;
/// The day a book's story is told on, unless it says another.
const TODAY: &str = "2026-06-30";

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
fn case_i4_a_paid_item_refunded_without_and_with_adjustment() {
    // Without: what goes back is owed again.
    each_engine_in(USD, |book| {
        invoice(book, "I-1", "20");
        let allocation = paid(book, "R1", "20", "I-1");
        assert_eq!(balance(book), "0.00");
        assert_eq!(told(book.refund("R1", "7")), "exceeds-refundable", "it is applied");
        assert_eq!(book.reverse(&allocation), "done");
        assert_eq!(book.apply("R1", "I-1", Some("13")), "done");
        assert_eq!(told(book.refund("R1", "7")), "done");
        assert_eq!((book.open("I-1").as_str(), book.left("R1").as_str()), ("7.00", "0.00"));
        assert_eq!(balance(book), "7.00");
    });
    // With: a credit note takes its place.
    each_engine_in(USD, |book| {
        invoice(book, "I-1", "20");
        let allocation = paid(book, "R1", "20", "I-1");
        assert_eq!(book.reverse(&allocation), "done");
        assert_eq!(book.credit("N-1", "C1", "7", TODAY, Some("I-1")), "done");
        assert_eq!(book.apply("R1", "I-1", Some("13")), "done");
        assert_eq!(balance(book), "-7.00");
        assert_eq!(told(book.refund("R1", "7")), "done");
        assert_eq!((book.open("I-1").as_str(), book.left("R1").as_str()), ("0.00", "0.00"));
        assert_eq!(balance(book), "0.00");
    });
}

#[test]
fn case_i5_a_credited_item_refunded_in_part_and_in_full() {
    for (refunds, owed, unused) in
        [(&["7"][..], "-13.00", "13.00"), (&["7", "13"][..], "0.00", "0.00"), (&["20"][..], "0.00", "0.00")]
    {
        each_engine_in(USD, |book| {
            invoice(book, "I-1", "20");
            let allocation = paid(book, "R1", "20", "I-1");
            assert_eq!(book.credit("N-1", "C1", "20", "2026-02-12", Some("I-1")), "done");
            assert_eq!((book.open("N-1").as_str(), balance(book).as_str()), ("-20.00", "-20.00"));
            assert_eq!(book.reverse(&allocation), "done");
            assert_eq!(book.apply("N-1", "I-1", None), "done");
            assert_eq!((book.open("I-1").as_str(), book.open("N-1").as_str()), ("0.00", "0.00"));
            assert_eq!((book.left("R1").as_str(), balance(book).as_str()), ("20.00", "-20.00"));
            for amount in refunds {
                assert_eq!(told(book.refund("R1", amount)), "done");
            }
            assert_eq!((balance(book).as_str(), book.left("R1").as_str()), (owed, unused), "refunds {refunds:?}");
        });
    }
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

#[test]
fn case_i9_a_credit_partly_used_by_a_later_invoice() {
    each_engine_in(USD, |book| {
        invoice(book, "I-1", "10");
        let allocation = paid(book, "R1", "10", "I-1");
        book.credit("N-1", "C1", "10", "2026-02-12", Some("I-1"));
        assert_eq!((book.open("I-1").as_str(), book.open("N-1").as_str()), ("0.00", "-10.00"));
        assert_eq!(balance(book), "-10.00");
        invoice(book, "I-2", "5");
        assert_eq!(book.apply("N-1", "I-2", None), "done");
        assert_eq!((book.open("I-2").as_str(), book.open("N-1").as_str()), ("0.00", "-5.00"));
        assert_eq!(balance(book), "-5.00");
        // The payment goes back: what is left of the credit is used, the first invoice owes the rest.
        assert_eq!(book.reverse(&allocation), "done");
        assert_eq!(book.apply("N-1", "I-1", None), "done");
        assert_eq!((book.left("R1").as_str(), balance(book).as_str()), ("10.00", "-5.00"));
        assert_eq!(told(book.refund("R1", "10")), "done");
        assert_eq!((book.open("I-1").as_str(), book.open("N-1").as_str()), ("5.00", "0.00"));
        assert_eq!((book.left("R1").as_str(), balance(book).as_str()), ("0.00", "5.00"));
    });
}

#[test]
fn case_i10_a_credit_used_up_by_later_invoices() {
    each_engine_in(USD, |book| {
        invoice(book, "I-1", "10");
        let allocation = paid(book, "R1", "10", "I-1");
        book.credit("N-1", "C1", "10", "2026-02-12", Some("I-1"));
        for number in ["I-2", "I-3"] {
            invoice(book, number, "5");
            assert_eq!(book.apply("N-1", number, None), "done");
        }
        assert_eq!(book.open("N-1"), "0.00");
        assert_eq!(balance(book), "0.00");
        assert_eq!(book.apply("N-1", "I-3", Some("1")), "already-settled");
        // The payment goes back: no credit is left, the first invoice owes all of it.
        assert_eq!(book.reverse(&allocation), "done");
        assert_eq!(book.apply("N-1", "I-1", None), "exceeds-unapplied");
        assert_eq!(told(book.refund("R1", "10")), "done");
        assert_eq!((book.open("I-1").as_str(), book.left("R1").as_str()), ("10.00", "0.00"));
        assert_eq!(balance(book), "10.00");
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

#[test]
fn case_i13_charged_back_by_the_bank_and_good_after_all() {
    each_engine_in(USD, |book| {
        let bank = Account(Account::FIRST_MONEY);
        invoice(book, "I-1", "249.95");
        paid(book, "R1", "10", "I-1");
        assert_eq!((balance(book).as_str(), book.base_of(bank)), ("239.95", 1_000));
        let returned = book.return_payment("R1").expect("returned");
        assert_eq!((book.open("I-1").as_str(), book.left("R1").as_str()), ("249.95", "0.00"));
        assert_eq!((balance(book).as_str(), book.base_of(bank)), ("249.95", 0));
        assert_eq!(told(book.return_payment("R1")), "already-reversed");
        assert_eq!(book.reverse_refund(&returned.id), "done");
        assert_eq!(book.reverse_refund(&returned.id), "already-reversed");
        assert_eq!((book.open("I-1").as_str(), book.left("R1").as_str()), ("249.95", "10.00"));
        assert_eq!((balance(book).as_str(), book.base_of(bank)), ("239.95", 1_000));
        assert_eq!(book.apply("R1", "I-1", None), "done");
        assert_eq!((book.open("I-1").as_str(), balance(book).as_str()), ("239.95", "239.95"));
    });
}

#[test]
fn case_i14_three_refunds_of_a_paid_invoice_two_of_them_adjusted() {
    each_engine_in(USD, |book| {
        invoice(book, "I-1", "249.95");
        let allocation = paid(book, "R1", "249.95", "I-1");
        assert_eq!(book.reverse(&allocation), "done");
        for (note, amount) in [("N-1", "1"), ("N-2", "10")] {
            assert_eq!(book.credit(note, "C1", amount, TODAY, Some("I-1")), "done");
        }
        assert_eq!(book.open("I-1"), "238.95");
        assert_eq!(book.apply("R1", "I-1", Some("228.95")), "done");
        for amount in ["10", "1", "10"] {
            assert_eq!(told(book.refund("R1", amount)), "done");
        }
        assert_eq!(told(book.refund("R1", "0.01")), "exceeds-refundable");
        let refunded = book.number("SELECT CAST(SUM(refunded) AS BIGINT) FROM receipt WHERE company = $1");
        assert_eq!((refunded, book.open("I-1").as_str(), balance(book).as_str()), (2_100, "10.00", "10.00"));
    });
}

#[test]
fn case_i16_what_is_over_is_given_up() {
    each_engine_in(USD, |book| {
        invoice(book, "I-1", "100");
        paid(book, "R1", "110", "I-1");
        let given_up = book.give_up("R1").expect("given up");
        assert_eq!((book.open("I-1").as_str(), book.left("R1").as_str()), ("0.00", "0.00"));
        assert_eq!((balance(book).as_str(), book.base_of(Account::UNCLAIMED)), ("0.00", -1_000));
        assert_eq!(told(book.give_up("R1")), "not-positive", "nothing is left");
        // Claimed after all.
        assert_eq!(book.reverse_refund(&given_up.id), "done");
        assert_eq!((balance(book).as_str(), book.base_of(Account::UNCLAIMED)), ("-10.00", 0));
    });
}

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

/// An invoice of ours over 12.00 with its tax in it, as Lago's plan of 10.00 and 20 %.
fn of_twelve(book: &Book) -> String {
    let mut given = ours(book, &["Plan;1;12;B"]);
    given.prices = Prices::Gross;
    given.issued_on = "2026-02-01".parse().expect("a date");
    given.due_on = Some("2026-03-01".parse().expect("a date"));
    book.post(given).expect("an invoice is posted")
}

/// Credits an invoice of ours; the number of the note.
fn take_back(book: &Book, invoice: &str, how: How) -> Result<String, Error> {
    let given = credit_note::Given {
        invoice: invoice.to_owned(),
        reason: "other".into(),
        explanation: "the subscription is cancelled".into(),
        how,
    };
    match book.act(move |tx, actor, today| credit_note::post_or_ask(tx, actor, today, &given, None))? {
        Asked::Done(posted) => Ok(posted.number),
        Asked::Waits { id } => panic!("{id} waits for a second person"),
    }
}

fn void(book: &Book, invoice: &str) -> String {
    let number = invoice.to_owned();
    told(book.act(move |tx, actor, today| credit_note::void(tx, actor, today, &number, "cancelled", None)))
}

/// What was sent back to customers, in cents.
fn refunded(book: &Book) -> i64 {
    book.number("SELECT CAST(SUM(refunded) AS BIGINT) FROM receipt WHERE company = $1")
}

/// Lago voids the invoice and refunds by the credit note. Ours voids only what nothing happened to; what was paid is taken back
/// by a credit note, the invoice stays paid, and the note is the customer's until the money is sent back.
#[test]
fn case_h16_a_paid_invoice_taken_back_and_refunded() {
    each_engine_in(USD, |book| {
        let number = of_twelve(book);
        assert_eq!(book.open(&number), "12.00");
        let allocation = paid(book, "R1", "12", &number);
        assert_eq!(void(book, &number), "not-untouched");
        let note = take_back(book, &number, How::Whole).expect("credited");
        assert_eq!((book.document(&note).total, book.open(&note).as_str()), (-1_200, "-12.00"));
        assert_eq!((book.open(&number).as_str(), book.left("R1").as_str()), ("0.00", "0.00"), "it is still paid");
        assert_eq!(balance(book), "-12.00");
        assert_eq!(told(book.refund("R1", "12")), "exceeds-refundable", "it is applied");
        assert_eq!(book.reverse(&allocation), "done");
        assert_eq!(book.apply(&note, &number, None), "done");
        assert_eq!(told(book.refund("R1", "12")), "done");
        assert_eq!((book.open(&number).as_str(), book.open(&note).as_str()), ("0.00", "0.00"));
        assert_eq!((refunded(book), book.left("R1").as_str(), balance(book).as_str()), (1_200, "0.00", "0.00"));
        assert_eq!([Account::REVENUE, Account::VAT_OUTPUT].map(|account| book.base_of(account)), [0, 0]);
    });
}

/// Of 12.00 the customer paid 3.00. Lago's first note is half, 3.00 of it refunded and 3.00 a credit to use; its second is
/// the other half and voided at once, so that the customer has 6.00 for the 3.00 that were paid. Ours applies a note to what
/// is open first (DESIGN §5.6): the halves take back the 9.00 that are owed, what is left of them is the 3.00 that were
/// paid, and when these are sent back nothing is available.
#[test]
fn case_h17_a_part_paid_invoice_taken_back_in_two_halves() {
    each_engine_in(USD, |book| {
        let number = of_twelve(book);
        let allocation = paid(book, "R1", "3", &number);
        assert_eq!(void(book, &number), "not-untouched");
        let first = take_back(book, &number, How::Amount { minor: 600, gross: true }).expect("credited");
        assert_eq!((book.document(&first).total, book.open(&first).as_str()), (-600, "0.00"));
        assert_eq!((book.open(&number).as_str(), balance(book).as_str()), ("3.00", "3.00"));
        let second = take_back(book, &number, How::Whole).expect("credited");
        assert_eq!((book.document(&second).total, book.open(&second).as_str()), (-600, "-3.00"));
        assert_eq!((book.open(&number).as_str(), balance(book).as_str()), ("0.00", "-3.00"));
        let more = take_back(book, &number, How::Amount { minor: 1, gross: true });
        assert_eq!(told(more), "all-credited", "the halves add up to the invoice");
        assert_eq!(told(book.refund("R1", "3")), "exceeds-refundable", "it is applied");
        assert_eq!(book.reverse(&allocation), "done");
        assert_eq!(book.apply(&second, &number, None), "done");
        assert_eq!(told(book.refund("R1", "3")), "done");
        assert_eq!((book.open(&number).as_str(), book.open(&second).as_str()), ("0.00", "0.00"));
        assert_eq!((refunded(book), book.left("R1").as_str(), balance(book).as_str()), (300, "0.00", "0.00"));
        assert_eq!([Account::REVENUE, Account::VAT_OUTPUT].map(|account| book.base_of(account)), [0, 0]);
    });
}
