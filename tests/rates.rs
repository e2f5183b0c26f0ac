//! Exchange rates: dated facts, put right with a reason; on both engines.

use ideni::actions::import::What;
use ideni::actions::{Actor, Role, rate};
use receivables::Currency;
use store::rate::on;

use crate::support::{Book, each_engine, told};

fn correct(book: &Book, on: &str, value: &str, reason: &'static str) -> String {
    let (on, value) = (on.parse().expect("a day"), value.parse().expect("a number"));
    told(book.act(move |tx, actor, _| rate::correct(tx, actor, Currency::USD, on, value, reason, None)))
}

fn of(book: &Book, day: &str) -> String {
    let day = day.parse().expect("a day");
    book.read(|tx, actor| on(tx, actor.company.id, Currency::RWF, Currency::USD, day))
        .to_decimal()
        .normalize()
        .to_string()
}

#[test]
fn a_rate_is_put_right_and_what_was_posted_at_it_stays() {
    each_engine(|book| {
        book.on("2026-06-15");
        book.rate("2026-06-01", "USD", "14.50");
        book.rate("2026-06-10", "USD", "1460");
        let wrong = book.import(What::Rates, "currency,on,rate,source\nUSD,2026-06-01,1450,BNR\n");
        assert_eq!(wrong[0].status.name(), "refused", "a file does not change what is there");
        let mut given = crate::billing::ours(book, &["Consulting;1;100;B"]);
        given.currency = Currency::USD;
        given.issued_on = "2026-06-02".parse().expect("a day");
        book.post(given).expect("posted");
        let before = book.base_of(receivables::ledger::Account::RECEIVABLES);
        assert_eq!(correct(book, "2026-06-01", "1450", "a point too early"), "done");
        assert_eq!((of(book, "2026-06-05"), of(book, "2026-06-12")), ("1450".into(), "1460".into()));
        assert_eq!(book.base_of(receivables::ledger::Account::RECEIVABLES), before);
        assert_eq!(correct(book, "2026-06-01", "1451", "the bank's own"), "done");
        assert_eq!(of(book, "2026-06-05"), "1451", "the last one counts");
        assert_eq!(correct(book, "2026-06-02", "1451", "no rate of that day"), "not-found");
        assert_eq!(correct(book, "2026-06-01", "0", "nothing"), "invalid");
        assert_eq!(correct(book, "2026-06-01", "1450", " "), "missing");
        let biller = told(book.act(|tx, actor, today| {
            let biller = Actor { roles: Role::Biller.into(), ..actor.clone() };
            rate::correct(tx, &biller, Currency::USD, today, 1.into(), "a test", None)
        }));
        assert_eq!(biller, "not-allowed");
        book.verify();
    });
}
