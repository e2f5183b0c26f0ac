//! What needs a second person: bank details, large write-offs, refunds; on both engines.

use ideni::actions::approval::{self, Asked, What};
use ideni::actions::{Actor, Role, allocation, bank, refund, setting};
use receivables::Date;
use store::{Error, Tx};

use crate::support::{Book, code, each_engine, told};

const HOUR: i64 = 3_600_000_000;

/// Somebody of a role; the clock goes on a second.
fn by<T: Send + 'static>(
    book: &Book,
    user: &str,
    role: Role,
    f: impl Fn(&mut Tx<'_>, &Actor, Date) -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    book.tick(1_000_000);
    let (actor, today) = (Actor { user: user.into(), roles: role.into(), ..book.actor.clone() }, book.today());
    book.db.write(move |tx| f(tx, &actor, today))
}

/// What the company decided.
fn decided(book: &Book, name: &str, value: &'static str) {
    let given =
        setting::Given { name: name.into(), value: value.into(), reason: "agreed".into(), ..Default::default() };
    assert!(book.act(move |tx, actor, today| setting::set(tx, actor, today, &given, None)).expect("a setting"));
}

fn approve(book: &Book, user: &str, id: &str, reason: &'static str) -> String {
    let id = id.to_owned();
    told(by(book, user, Role::Manager, move |tx, actor, today| approval::approve(tx, actor, today, &id, reason, None)))
}

fn reject(book: &Book, user: &str, id: &str, reason: &'static str) -> String {
    let id = id.to_owned();
    told(by(book, user, Role::Manager, move |tx, actor, _| approval::reject(tx, actor, &id, reason, None)))
}

fn bank_details(number: &str) -> bank::Typed {
    bank::Typed {
        kind: "bank".into(),
        holder: "Ineza Ltd".into(),
        institution: "Bank of Kigali".into(),
        number: number.into(),
    }
}

fn ask_bank(book: &Book, user: &str, number: &str) -> Result<String, Error> {
    let typed = bank_details(number);
    by(book, user, Role::Cashier, move |tx, actor, _| bank::ask(tx, actor, "C1", &typed, "letter of 3 June", None))
}

fn waiting(book: &Book) -> usize {
    book.read(approval::waiting).len()
}

#[test]
fn bank_details_count_once_another_person_approved_them() {
    each_engine(|book| {
        book.customer("C1", "Ineza Shop");
        let id = ask_bank(book, "keza", "0040-0123 456").expect("asked");
        assert_eq!(book.read(|tx, actor| bank::list(tx, actor, "C1")).len(), 0);
        assert_eq!(approve(book, "keza", &id, "it is right"), "own-request");
        assert_eq!(approve(book, "mutesi", &id, ""), "done");
        assert_eq!(approve(book, "mutesi", &id, ""), "request-decided");
        assert_eq!(reject(book, "mutesi", &id, "too late"), "request-decided");
        let listed = book.read(|tx, actor| bank::list(tx, actor, "C1"));
        let one = &listed[0];
        let shown = (one.details.number.as_str(), one.asked_by.as_str(), one.approved_by.as_str());
        assert_eq!((listed.len(), shown), (1, ("•••• 3456", "keza", "mutesi")));
        let full = by(book, "keza", Role::Cashier, |tx, actor, _| bank::full(tx, actor, "C1")).expect("read");
        assert_eq!(full.expect("details").details.number, "00400123456");
        let pryer = by(book, "eric", Role::Collector, |tx, actor, _| bank::full(tx, actor, "C1"));
        assert_eq!(code(&pryer.expect_err("refused")), "not-allowed");
        // The newest counts; the old ones stay.
        let id = ask_bank(book, "mutesi", "9998887776").expect("asked");
        assert_eq!(approve(book, "keza", &id, ""), "done");
        let numbers: Vec<_> =
            book.read(|tx, actor| bank::list(tx, actor, "C1")).into_iter().map(|b| b.details.number).collect();
        assert_eq!(numbers, ["•••• 7776", "•••• 3456"]);
    });
}

#[test]
fn what_cannot_be_asked_or_decided_is_refused() {
    each_engine(|book| {
        book.customer("C1", "Ineza Shop");
        assert_eq!(code(&ask_bank(book, "keza", "12").expect_err("refused")), "invalid");
        assert_eq!(code(&ask_bank(book, "keza", " ").expect_err("refused")), "missing");
        let silent = by(book, "keza", Role::Cashier, |tx, actor, _| {
            bank::ask(tx, actor, "C1", &bank_details("123456"), " ", None)
        });
        assert_eq!(code(&silent.expect_err("refused")), "missing");
        let nobody = by(book, "keza", Role::Cashier, |tx, actor, _| {
            bank::ask(tx, actor, "C9", &bank_details("123456"), "x", None)
        });
        assert_eq!(code(&nobody.expect_err("refused")), "not-found");
        let auditor = by(book, "eve", Role::Auditor, |tx, actor, _| {
            bank::ask(tx, actor, "C1", &bank_details("123456"), "x", None)
        });
        assert_eq!(code(&auditor.expect_err("refused")), "not-allowed");
        assert_eq!(waiting(book), 0);
        let id = ask_bank(book, "keza", "123456").expect("asked");
        for role in [Role::Cashier, Role::Biller, Role::Collector, Role::Auditor] {
            let id = id.clone();
            let told =
                by(book, "eric", role, move |tx, actor, today| approval::approve(tx, actor, today, &id, "", None));
            assert_eq!(code(&told.expect_err("refused")), "not-allowed", "{role:?}");
        }
        assert_eq!(approve(book, "mutesi", "nothing", ""), "not-found");
        assert_eq!(approve(book, "mutesi", "00000000-0000-7000-8000-000000000000", ""), "not-found");
        assert_eq!(reject(book, "mutesi", &id, " "), "missing");
        assert_eq!(reject(book, "mutesi", &id, "no letter on file"), "done");
        assert_eq!((waiting(book), approve(book, "mutesi", &id, "")), (0, "request-decided".to_owned()));
        let taken_back = ask_bank(book, "keza", "123456").expect("asked");
        assert_eq!(reject(book, "keza", &taken_back, "typed wrongly"), "done");
        let outcomes: Vec<String> = book
            .read(|tx, actor| approval::list(tx, actor, 10))
            .into_iter()
            .filter_map(|listed| listed.request.decision.map(|d| d.outcome))
            .collect();
        assert_eq!(outcomes, ["withdrawn", "rejected"]);
        assert_eq!(book.read(|tx, actor| bank::list(tx, actor, "C1")).len(), 0);
    });
}

fn write_off(book: &Book, user: &str, role: Role, amount: Option<i64>) -> Result<Asked<allocation::Allocated>, Error> {
    let given = allocation::GivenUp { invoice: "F-1".into(), amount, reason: "moved away".into() };
    by(book, user, role, move |tx, actor, today| allocation::write_off_or_ask(tx, actor, today, &given, None))
}

fn id_of<T: std::fmt::Debug>(asked: Result<Asked<T>, Error>) -> String {
    match asked {
        Ok(Asked::Waits { id }) => id,
        other => panic!("it waits: {other:?}"),
    }
}

#[test]
fn a_write_off_above_the_limit_waits_for_a_second_person() {
    each_engine(|book| {
        book.issue("F-1", "C1", "100000", "2026-02-01", "2026-03-01");
        assert!(
            matches!(write_off(book, "keza", Role::Manager, Some(10_000)), Ok(Asked::Done(_))),
            "no limit: at once"
        );
        decided(book, "write-off-limit", "50000");
        assert!(
            matches!(write_off(book, "keza", Role::Manager, Some(40_000)), Ok(Asked::Done(_))),
            "up to the limit in all"
        );
        assert_eq!(book.open("F-1"), "50000");
        decided(book, "write-off-limit", "30000");
        assert_eq!(told(book.write_off("F-1", None)), "needs-approval", "no way round");
        let id = id_of(write_off(book, "keza", Role::Manager, None));
        assert_eq!(book.open("F-1"), "50000", "nothing is posted yet");
        let listed = book.read(approval::waiting);
        assert_eq!(listed[0].request.customer.as_deref(), Some("C1"));
        assert!(matches!(&listed[0].what, What::WriteOff(w) if (w.invoice.as_str(), w.amount) == ("F-1", 50_000)));
        assert_eq!(approve(book, "keza", &id, "sure"), "own-request");
        assert_eq!(approve(book, "mutesi", &id, ""), "done");
        assert_eq!((book.open("F-1").as_str(), waiting(book)), ("0", 0));
        // It is the approver's deed, and bears the reason of whoever asked.
        let moved = book.read(|tx, actor| allocation::list(tx, actor, 10));
        assert_eq!(moved.last().and_then(|m| m.reason.as_deref()), Some("moved away"));
    });
}

#[test]
fn a_limit_is_in_the_companys_currency() {
    each_engine(|book| {
        book.rate("2026-01-01", "USD", "1450");
        book.issue("F-1", "C1", "100 USD", "2026-02-01", "2026-03-01");
        decided(book, "write-off-limit", "50000");
        // 34 dollars are 49,300 francs, 35 are 50,750.
        assert!(matches!(write_off(book, "keza", Role::Manager, Some(3_400)), Ok(Asked::Done(_))));
        id_of(write_off(book, "keza", Role::Manager, Some(3_500)));
    });
}

#[test]
fn who_may_not_do_it_may_ask_and_what_changed_since_is_told_to_the_approver() {
    each_engine(|book| {
        book.issue("F-1", "C1", "1000", "2026-02-01", "2026-03-01");
        let id = id_of(write_off(book, "eric", Role::Collector, None));
        assert_eq!(code(&write_off(book, "eric", Role::Collector, Some(1_001)).expect_err("refused")), "exceeds-open");
        assert_eq!(code(&write_off(book, "eve", Role::Auditor, None).expect_err("refused")), "not-allowed");
        book.receipt("R1", Some("C1"), "400", "2026-06-01");
        book.apply("R1", "F-1", None);
        assert_eq!(approve(book, "mutesi", &id, ""), "exceeds-open", "600 are open by now");
        assert_eq!((waiting(book), book.open("F-1").as_str()), (1, "600"), "and it still waits");
        assert_eq!(reject(book, "mutesi", &id, "part of it was paid"), "done");
    });
}

#[test]
fn a_refund_waits_where_the_company_says_so() {
    each_engine(|book| {
        book.customer("C1", "Ineza Shop");
        book.receipt("R1", Some("C1"), "1000", "2026-02-10");
        let ask = |user: &str, role: Role, amount: Option<i64>| {
            let given = refund::Given {
                receipt: "R1".into(),
                amount,
                account: Some("momo".into()),
                on: None,
                reason: "paid twice".into(),
            };
            by(book, user, role, move |tx, actor, today| refund::add_or_ask(tx, actor, today, &given, None))
        };
        assert!(matches!(ask("keza", Role::Manager, Some(100)), Ok(Asked::Done(_))));
        decided(book, "refund-approval", "yes");
        assert_eq!(told(book.refund("R1", "10")), "needs-approval");
        assert_eq!(code(&ask("keza", Role::Cashier, Some(901)).expect_err("refused")), "exceeds-refundable");
        let id = id_of(ask("keza", Role::Cashier, None));
        assert_eq!(book.left("R1"), "900");
        assert_eq!(approve(book, "mutesi", &id, ""), "done");
        assert_eq!(book.left("R1"), "0");
        let sent = book.read(|tx, actor| refund::list(tx, actor, 10));
        assert_eq!(sent.last().map(|f| (f.amount, f.account.as_str())), Some((900, "momo")));
    });
}

#[test]
fn one_person_decides_alone_a_day_later_and_it_shows() {
    each_engine(|book| {
        book.customer("C1", "Ineza Shop");
        let me = book.actor.user.as_str();
        decided(book, "people", "one");
        let id = ask_bank(book, me, "123456789").expect("asked");
        assert_eq!(approve(book, me, &id, "I am alone"), "own-request-waits");
        book.tick(23 * HOUR);
        assert_eq!(approve(book, me, &id, "I am alone"), "own-request-waits");
        book.tick(HOUR);
        assert_eq!(approve(book, me, &id, ""), "missing");
        assert_eq!(approve(book, me, &id, "called the customer"), "done");
        let other = ask_bank(book, me, "987654321").expect("asked");
        assert_eq!(approve(book, "mutesi", &other, ""), "done", "a second person need not wait");
        let alone = book.read(|tx, actor| approval::alone(tx, actor, 10));
        let told: Vec<_> = alone.iter().map(|l| l.request.id.to_string()).collect();
        assert_eq!(told, [id]);
    });
}

#[test]
fn a_request_is_made_and_carried_out_once_however_often_it_is_sent() {
    each_engine(|book| {
        book.issue("F-1", "C1", "1000", "2026-02-01", "2026-03-01");
        let once = |key: &str, body: &str| Some(ideni::actions::Once::new(key, body));
        let mut ids = Vec::new();
        for _ in 0..2 {
            let (typed, key) = (bank_details("123456789"), once("k1", "bank"));
            let id = by(book, "keza", Role::Cashier, move |tx, actor, _| {
                bank::ask(tx, actor, "C1", &typed, "a letter", key.as_ref())
            });
            ids.push(id.expect("asked"));
        }
        assert_eq!((ids[0] == ids[1], waiting(book)), (true, 1));
        for _ in 0..2 {
            let (id, key) = (ids[0].clone(), once("k2", "approve"));
            let done = by(book, "mutesi", Role::Manager, move |tx, actor, today| {
                approval::approve(tx, actor, today, &id, "", key.as_ref())
            });
            assert_eq!(told(done), "done");
        }
        assert_eq!(book.read(|tx, actor| bank::list(tx, actor, "C1")).len(), 1);
    });
}
