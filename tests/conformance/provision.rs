//! Section O: what is expected to be lost, from the ageing of a book.

use ideni::actions::report::{self, Provision};
use receivables::insight::ageing::Buckets;
use receivables::insight::provision::{LossRate, Matrix, loss_rates};
use receivables::{Currency, Date};

use crate::support::{Book, each_engine, each_engine_in};

const NOW: &str = "2026-06-30";

fn provision(book: &Book, as_of: &str, rates: Vec<LossRate>) -> Vec<Provision> {
    let matrix = Matrix::new(Buckets::default(), rates).expect("a rate per bucket");
    let as_of: Date = as_of.parse().expect("a date");
    book.read(|tx, actor| report::provision(tx, actor, as_of, None, &matrix))
}

fn percent(rates: [&str; 5]) -> Vec<LossRate> {
    rates.iter().map(|rate| LossRate::from_percent(rate.parse().expect("a number")).expect("a rate")).collect()
}

/// One invoice in each bucket on 30 June: not due, 15, 45, 75 and 105 days late.
fn one_in_each_bucket(book: &Book, totals: [&str; 5]) {
    let due = ["2026-07-30", "2026-06-15", "2026-05-16", "2026-04-16", "2026-03-17"];
    for (no, (total, due)) in totals.into_iter().zip(due).enumerate() {
        book.issue(&format!("O-{no}"), &format!("C{no}"), total, "2026-02-01", due);
    }
}

#[test]
fn case_o10_the_allowance_of_a_book() {
    each_engine(|book| {
        one_in_each_bucket(book, ["15000000", "7500000", "4000000", "2500000", "1000000"]);
        let rates = || percent(["0.3", "1.6", "3.6", "6.6", "10.6"]);
        let entries = || book.number("SELECT COUNT(*) FROM entry WHERE company = $1");
        let before = entries();
        let told = provision(book, NOW, rates());
        assert_eq!(entries(), before, "a report posts nothing");
        let [francs] = told.as_slice() else { panic!("{told:?}") };
        assert_eq!(francs.currency, Currency::RWF);
        assert_eq!(francs.aged.open, [15_000_000, 7_500_000, 4_000_000, 2_500_000, 1_000_000]);
        assert_eq!(francs.allowance.buckets, [45_000, 120_000, 144_000, 165_000, 106_000]);
        assert_eq!(francs.allowance.total, 580_000);
        // What is paid is nothing to lose, and as of the day before it still was.
        book.receipt("R1", Some("C4"), "1000000", NOW);
        assert_eq!(book.apply("R1", "O-4", None), "done");
        assert_eq!(provision(book, NOW, rates())[0].allowance.total, 474_000);
        assert_eq!(provision(book, "2026-06-29", rates())[0].allowance.total, 580_000);
    });
}

/// The rates of O8 on the balances of TEST 8, in dollars: 27,567.39, which rates rounded to 8.7 % would make 27,570.00.
#[test]
fn case_o8_rates_from_past_sales_on_a_book() {
    each_engine_in(Currency::USD, |book| {
        one_in_each_bucket(book, ["300000", "140000", "60000", "23000", "5000"]);
        let rates = loss_rates(&[5_000_000, 2_700_000, 1_500_000, 600_000, 200_000]).expect("rates");
        let shown: Vec<String> = rates.iter().map(|r| r.percent().expect("a rate").to_string()).collect();
        assert_eq!(shown, ["2", "4", "8.6957", "25", "100"]);
        let told = provision(book, NOW, rates);
        assert_eq!(told[0].allowance.buckets, [600_000, 560_000, 521_739, 575_000, 500_000]);
        assert_eq!(told[0].allowance.total, 2_756_739);
    });
}
