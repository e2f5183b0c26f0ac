//! Money between the company's own accounts is in transit until both sides are seen, and nobody's payment; on both engines.

use ideni::actions::note::Note;
use ideni::actions::statement::Imported;
use ideni::actions::{Actor, Role, transfer};
use receivables::ledger::Account;
use store::Sql;

use crate::support::{Book, each_engine, told};

/// A table of a bank: day, amount, reference, the number of the other side, text.
fn table(rows: &[[&str; 5]]) -> String {
    let row =
        |[on, amount, reference, number, text]: &[&str; 5]| format!("{on};{amount};{reference};{number};{text}\n");
    let rows: String = rows.iter().map(row).collect();
    format!("Date;Amount;Reference;Payer account;Description\n{rows}")
}

fn numbers(book: &Book, account: &'static str, numbers: &[&str]) -> String {
    let numbers: Vec<String> = numbers.iter().map(|&number| number.to_owned()).collect();
    told(book.act(move |tx, actor, _| transfer::set_numbers(tx, actor, account, &numbers)))
}

/// What became of each line.
fn lines(imported: &Imported) -> Vec<String> {
    let line = |line: &ideni::actions::statement::LineReport| match &line.message {
        Some(Note::OwnTransfer { account }) => format!("{} {account}", line.status),
        _ => line.status.to_owned(),
    };
    imported.lines.iter().map(line).collect()
}

fn statement(book: &Book, account: &str, rows: &[[&str; 5]]) -> Vec<String> {
    lines(&book.statement(account, "statement.csv", table(rows).as_bytes()).expect("a statement"))
}

/// Way, account, minor units, and the days in transit or what says that both sides were seen.
fn list(book: &Book, open: bool) -> Vec<String> {
    let today = book.today();
    let rows = book.read(|tx, actor| transfer::list(tx, actor, today, open));
    let row = |side: transfer::Listed| {
        let way = if side.out { "out" } else { "in" };
        let state = side.said.unwrap_or_else(|| format!("{} days", side.days.unwrap_or_default()));
        format!("{way} {} {} {state}", side.account, side.amount.minor)
    };
    rows.into_iter().map(row).collect()
}

fn proposed(book: &Book) -> Vec<transfer::Proposed> {
    let today = book.today();
    book.read(|tx, actor| transfer::proposed(tx, actor, today))
}

fn mark(book: &Book, went: Option<&str>, came: Option<&str>) -> String {
    let (went, came) = (went.map(str::to_owned), came.map(str::to_owned));
    told(book.act(move |tx, actor, today| transfer::mark(tx, actor, today, went.as_deref(), came.as_deref(), None)))
}

fn undo(book: &Book, id: &str) -> String {
    let id = id.to_owned();
    told(book.act(move |tx, actor, today| transfer::undo(tx, actor, today, &id, "no transfer", None)))
}

fn ids(book: &Book) -> Vec<String> {
    let today = book.today();
    book.read(|tx, actor| transfer::list(tx, actor, today, false)).into_iter().map(|side| side.id).collect()
}

fn receipts(book: &Book) -> i64 {
    book.number("SELECT COUNT(*) FROM receipt WHERE company = $1")
}

#[test]
fn a_wallet_swept_to_the_bank_is_in_transit_until_the_bank_shows_it() {
    each_engine(|book| {
        book.on("2026-09-15");
        assert_eq!(numbers(book, "bank", &["00040-0123456-78"]), "done");
        assert_eq!(numbers(book, "momo", &["0788 300 100"]), "done");
        let out = [
            ["2026-09-10", "-500000", "MP100001", "0004-0012345678", "SWEEP"],
            ["2026-09-10", "-500000", "MP100002", "0788999888", "SUPPLIER"],
        ];
        assert_eq!(statement(book, "momo", &out), ["transfer", "recorded"]);
        assert_eq!(list(book, true), ["out momo 500000 5 days"]);
        assert_eq!(book.base_of(Account::TRANSIT), 500_000);
        book.verify();

        let came = [
            // A customer pays the same amount on the same day; then the money of the wallet, from its own number.
            ["2026-09-11", "500000", "FT000001", "0788111222", "INVOICE"],
            ["2026-09-11", "500000", "FT000002", "250788300100", "SWEEP"],
        ];
        assert_eq!(statement(book, "bank", &came), ["receipt", "transfer momo"]);
        assert_eq!(receipts(book), 1);
        assert!(list(book, true).is_empty());
        assert_eq!(list(book, false), ["in bank 500000 account", "out momo 500000 account"]);
        assert_eq!(book.base_of(Account::TRANSIT), 0);
        // Taken in again, nothing is new.
        assert_eq!(statement(book, "bank", &came), ["duplicate", "duplicate"]);
        assert_eq!(statement(book, "momo", &out), ["duplicate", "duplicate"]);
        assert_eq!(ids(book).len(), 2);
        book.verify();
    });
}

/// The bank's file may be taken in before the wallet's; what came in was taken for somebody's payment.
#[test]
fn the_same_reference_finds_the_other_side_whichever_file_is_first() {
    each_engine(|book| {
        book.on("2026-09-15");
        let came = [["2026-09-11", "300000", "TRF778899", "", "TRANSFER"]];
        assert_eq!(statement(book, "bank", &came), ["receipt"]);
        let out = [["2026-09-10", "-300000", "TRF778899", "", "TRANSFER"]];
        assert_eq!(statement(book, "momo", &out), ["transfer bank"]);
        assert_eq!(list(book, false), ["in bank 300000 reference", "out momo 300000 reference"]);
        assert_eq!((book.base_of(Account::TRANSIT), book.base_of(Account::UNIDENTIFIED)), (0, 0));
        book.verify();

        // The other way round, no receipt is made at all.
        let out = [["2026-09-12", "-200000", "TRF778800", "", "TRANSFER"]];
        assert_eq!(statement(book, "momo", &out), ["recorded"], "nothing says yet that it is no supplier's");
        let came = [["2026-09-12", "200000", "TRF778800", "", "TRANSFER"]];
        assert_eq!(statement(book, "bank", &came), ["transfer momo"]);
        assert_eq!(receipts(book), 1);
        assert!(list(book, true).is_empty());
        // What a person identified is a payment, whatever went out elsewhere.
        book.customer("C1", "Kigali Foods");
        statement(book, "bank", &[["2026-09-13", "90000", "TRF778811", "", "TRANSFER"]]);
        assert_eq!(book.identify("TRF778811", "C1"), "done");
        let out = [["2026-09-13", "-90000", "TRF778811", "", "TRANSFER"]];
        assert_eq!(statement(book, "momo", &out), ["recorded"]);
        book.verify();
    });
}

#[test]
fn equal_amounts_are_proposed_and_a_person_decides() {
    each_engine(|book| {
        book.on("2026-09-15");
        statement(book, "momo", &[["2026-09-10", "-400000", "MP200001", "", "TO BANK"]]);
        let came =
            [["2026-09-11", "400000", "FT200001", "", "DEPOSIT"], ["2026-09-11", "400001", "FT200002", "", "DEPOSIT"]];
        assert_eq!(statement(book, "bank", &came), ["receipt", "receipt"]);
        let [one] = proposed(book).try_into().expect("one proposal");
        assert_eq!((one.went.account.as_str(), one.came.name.as_str(), one.likely), ("momo", "FT200001", false));
        let other = mark(book, Some(&one.went.name), Some("FT200002"));
        assert_eq!(other, "no-transfer");
        assert_eq!(mark(book, Some(&one.went.name), Some("FT200001")), "done");
        assert_eq!(list(book, false), ["in bank 400000 person", "out momo 400000 person"]);
        assert!(proposed(book).is_empty());
        book.verify();
        // Twice is once.
        assert_eq!(mark(book, Some(&one.went.name), Some("FT200001")), "not-found");
        assert_eq!(book.base_of(Account::TRANSIT), 0);
    });
}

#[test]
fn what_was_no_transfer_is_taken_back_and_a_payment_is_nobodys_again() {
    each_engine(|book| {
        book.on("2026-09-15");
        assert_eq!(numbers(book, "momo", &["0788300100"]), "done");
        // In transit by its number, without a receipt; then with one, by a person.
        assert_eq!(
            statement(book, "bank", &[["2026-09-11", "500000", "FT300001", "0788300100", "SWEEP"]]),
            ["transfer"]
        );
        statement(book, "bank", &[["2026-09-12", "70000", "FT300002", "", "DEPOSIT"]]);
        assert_eq!(mark(book, None, Some("FT300002")), "done");
        assert_eq!(list(book, true), ["in bank 500000 4 days", "in bank 70000 3 days"]);
        assert_eq!(book.base_of(Account::TRANSIT), -570_000);
        for id in ids(book) {
            assert_eq!(undo(book, &id), "done");
            assert_eq!(undo(book, &id), "not-found", "taken back once");
        }
        assert_eq!((book.base_of(Account::TRANSIT), book.base_of(Account::UNIDENTIFIED)), (0, -570_000));
        assert_eq!(receipts(book), 2);
        book.customer("C1", "Kigali Foods");
        assert_eq!(book.identify("FT300001", "C1"), "done");
        book.verify();

        // Of two sides that were one, the other is in transit again.
        assert_eq!(mark(book, None, Some("FT300002")), "done");
        let out = [["2026-09-12", "-70000", "FT300002", "", "TO BANK"]];
        assert_eq!(statement(book, "momo", &out), ["transfer bank"]);
        let refund = book.read(|tx, actor| ideni::actions::refund::list(tx, actor, 10)).pop().expect("what left it");
        assert_eq!(book.reverse_refund(&refund.id.to_string()), "undo-transfer");
        let today = book.today();
        let sides = book.read(|tx, actor| transfer::list(tx, actor, today, false));
        let came = sides.into_iter().find(|side| !side.out).expect("a side").id;
        assert_eq!(undo(book, &came), "done");
        assert_eq!(list(book, true), ["out momo 70000 3 days"]);
        book.verify();
    });
}

/// Both sides are carried at what the first was booked at; where both were booked before they were known to be one, the
/// difference of their rates is exchange.
#[test]
fn dollars_in_transit_come_to_zero_in_francs_too() {
    each_engine(|book| {
        book.on("2026-09-15");
        book.rate("2026-09-10", "USD", "1450");
        book.rate("2026-09-12", "USD", "1460");
        let dollars = |on: &str, amount: &str, reference: &str| {
            format!("Date;Amount;Currency;Reference;Description\n{on};{amount};USD;{reference};TRANSFER\n")
        };
        let take = |account: &str, text: String| {
            lines(&book.statement(account, "usd.csv", text.as_bytes()).expect("a statement"))
        };
        assert_eq!(take("bank", dollars("2026-09-10", "-100.00", "USD000001")), ["recorded"]);
        assert_eq!(take("momo", dollars("2026-09-12", "100.00", "USD000001")), ["transfer bank"]);
        assert_eq!((book.base_of(Account::TRANSIT), book.base_of(Account::EXCHANGE)), (0, 0));

        take("bank", dollars("2026-09-10", "-50.00", "USD000002"));
        take("momo", dollars("2026-09-12", "50.00", "USD000003"));
        let [one] = proposed(book).try_into().expect("one proposal");
        assert_eq!(mark(book, Some(&one.went.name), None), "done");
        assert_eq!(mark(book, None, Some("USD000003")), "done");
        assert_eq!(book.base_of(Account::TRANSIT), 50 * 1450 - 50 * 1460);
        let open = |way: bool| {
            let today = book.today();
            let rows = book.read(|tx, actor| transfer::list(tx, actor, today, true));
            rows.into_iter().find(|side| side.out == way).expect("a side").id
        };
        let (went, came) = (open(true), open(false));
        assert_eq!(mark(book, Some(&went), Some(&came)), "done");
        assert_eq!((book.base_of(Account::TRANSIT), book.base_of(Account::EXCHANGE)), (0, -500));
        book.verify();
        assert_eq!(undo(book, &went), "done");
        assert_eq!((book.base_of(Account::TRANSIT), book.base_of(Account::EXCHANGE)), (-50 * 1460, 0));
        book.verify();
    });
}

#[test]
fn a_number_is_one_accounts_and_a_cashier_does_not_say_it() {
    each_engine(|book| {
        assert_eq!(numbers(book, "bank", &["00040-0123456-78", "RW12 3456"]), "done");
        assert_eq!(numbers(book, "momo", &["040012345678", "0788300100"]), "exists", "the bank's number ends so");
        assert_eq!(numbers(book, "momo", &["12"]), "invalid");
        assert_eq!(numbers(book, "receivables", &["0788300100"]), "invalid");
        assert_eq!(numbers(book, "bank", &[]), "done");
        assert_eq!(numbers(book, "momo", &["00040-0123456-78"]), "done");
        let cashier = told(book.act(|tx, actor, _| {
            let cashier = Actor { roles: Role::Cashier.into(), ..actor.clone() };
            transfer::set_numbers(tx, &cashier, "bank", &["0788111222".into()])
        }));
        assert_eq!(cashier, "not-allowed");
    });
}

/// Bent by hand, each identity of transfers finds it.
#[test]
fn a_transfer_bent_by_hand_is_found() {
    each_engine(|book| {
        book.on("2026-09-15");
        statement(book, "bank", &[["2026-09-11", "300000", "TRF778899", "", "TRANSFER"]]);
        statement(book, "momo", &[["2026-09-10", "-300000", "TRF778899", "", "TRANSFER"]]);
        book.verify();
        for (text, identity) in [
            (
                "INSERT INTO transfer_side SELECT company, action, action, account, way, other, moved_on, posted_on, currency, amount, amount_base, fingerprint, occurrence, receipt FROM transfer_side WHERE way = 1",
                "money in transit = sides",
            ),
            (
                "INSERT INTO transfer_pair SELECT company, action, action, went, went, said, difference, posted_on FROM transfer_pair",
                "two sides of a transfer",
            ),
            (
                "INSERT INTO transfer_end SELECT company, action, action, id, 'a test', posted_on FROM transfer_side WHERE way = 1",
                "every fact has its entry",
            ),
            ("UPDATE receipt SET unidentified = gross", "no transfer is a payment, too"),
        ] {
            let found = book.db.write(move |tx| {
                tx.execute(Sql { lite: text, pg: text }, &[])?;
                let company = store::company::list(tx)?[0].id;
                let all = store::verify::all(tx, company)?;
                let broken: Vec<&str> = all.iter().filter(|c| !c.broken.is_empty()).map(|c| c.identity).collect();
                Err::<(), _>(store::Error::Failed(broken.join(", ")))
            });
            let found = found.expect_err("rolled back").to_string();
            assert!(found.contains(identity), "{text}: {found}");
        }
    });
}
