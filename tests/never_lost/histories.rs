//! Random histories: whatever is done in whatever order, every identity holds after it.

use std::collections::BTreeMap;

use ideni::actions::refund;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};
use receivables::ledger::Account;
use receivables::{Currency, Date, Instant, Money};
use store::{Engine, Sql, params};

use super::two_times::{answer, sealed_to};
use crate::support::{Book, Place, currency, scaled, seed, told};

/// One thing a desk may do. Numbers choose among what is there, modulo how much there is.
#[derive(Clone, Debug)]
enum Step {
    Issue { customer: u8, currency: u8, minor: i64, days_ago: u8, parts: u8 },
    Receive { customer: Option<u8>, currency: u8, minor: i64, days_ago: u8 },
    Identify { receipt: u8, customer: u8 },
    Allocate { receipt: u8, invoice: u8, minor: Option<i64>, paid: Option<i64> },
    Credit { customer: u8, currency: u8, minor: i64, invoice: Option<u8> },
    ApplyNote { note: u8, invoice: u8, minor: Option<i64> },
    WriteOff { invoice: u8, minor: Option<i64> },
    Dispute { invoice: u8, minor: Option<i64> },
    EndDispute { dispute: u8 },
    Reverse { movement: u8 },
    Refund { receipt: u8, minor: Option<i64>, days_ago: Option<u8> },
    Return { receipt: u8, charges: u8, days_ago: Option<u8> },
    GiveUp { receipt: u8, minor: Option<i64> },
    TakeBack { refund: u8 },
    Close { days_ago: u8 },
    Reopen { days: u8 },
    Sleep { days: u8 },
    Remember { days_ago: u8 },
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let minor = || prop_oneof![1i64..1_000, 1_000i64..5_000_000];
    let some_minor = || prop::option::of(minor());
    let step = prop_oneof![
        6 => (any::<u8>(), any::<u8>(), minor(), 0u8..60, 0u8..4)
            .prop_map(|(customer, currency, minor, days_ago, parts)| Step::Issue { customer, currency, minor, days_ago, parts }),
        5 => (prop::option::of(any::<u8>()), any::<u8>(), minor(), 0u8..60)
            .prop_map(|(customer, currency, minor, days_ago)| Step::Receive { customer, currency, minor, days_ago }),
        2 => (any::<u8>(), any::<u8>()).prop_map(|(receipt, customer)| Step::Identify { receipt, customer }),
        8 => (any::<u8>(), any::<u8>(), some_minor(), some_minor())
            .prop_map(|(receipt, invoice, minor, paid)| Step::Allocate { receipt, invoice, minor, paid }),
        2 => (any::<u8>(), any::<u8>(), minor(), prop::option::of(any::<u8>()))
            .prop_map(|(customer, currency, minor, invoice)| Step::Credit { customer, currency, minor, invoice }),
        2 => (any::<u8>(), any::<u8>(), some_minor()).prop_map(|(note, invoice, minor)| Step::ApplyNote { note, invoice, minor }),
        1 => (any::<u8>(), some_minor()).prop_map(|(invoice, minor)| Step::WriteOff { invoice, minor }),
        3 => (any::<u8>(), some_minor()).prop_map(|(invoice, minor)| Step::Dispute { invoice, minor }),
        1 => any::<u8>().prop_map(|dispute| Step::EndDispute { dispute }),
        3 => any::<u8>().prop_map(|movement| Step::Reverse { movement }),
        3 => (any::<u8>(), some_minor(), prop::option::of(0u8..60))
            .prop_map(|(receipt, minor, days_ago)| Step::Refund { receipt, minor, days_ago }),
        2 => (any::<u8>(), 0u8..3, prop::option::of(0u8..60))
            .prop_map(|(receipt, charges, days_ago)| Step::Return { receipt, charges, days_ago }),
        1 => (any::<u8>(), some_minor()).prop_map(|(receipt, minor)| Step::GiveUp { receipt, minor }),
        2 => any::<u8>().prop_map(|refund| Step::TakeBack { refund }),
        1 => (0u8..40).prop_map(|days_ago| Step::Close { days_ago }),
        1 => (0u8..40).prop_map(|days| Step::Reopen { days }),
        2 => (1u8..20).prop_map(|days| Step::Sleep { days }),
        2 => (0u8..60).prop_map(|days_ago| Step::Remember { days_ago }),
    ];
    prop::collection::vec(step, 5..60)
}

const CURRENCIES: [&str; 3] = ["RWF", "USD", "KWD"];

/// What was done so far, by name.
#[derive(Default)]
struct Told {
    invoices: Vec<String>,
    notes: Vec<String>,
    receipts: Vec<String>,
    /// Day, instant, and the answer given then.
    answers: Vec<(String, Instant, String)>,
}

fn pick(names: &[String], which: u8) -> Option<String> {
    (!names.is_empty()).then(|| names[usize::from(which) % names.len()].clone())
}

fn money(minor: i64, which: u8) -> Money {
    Money::new(minor, currency(CURRENCIES[usize::from(which) % CURRENCIES.len()]))
}

impl Told {
    /// Does one step; a refusal is as good as doing it, a failure is not.
    fn step(&mut self, book: &Book, step: &Step) -> String {
        let today = book.today();
        let ago = |days: u8| today.plus_days(-i32::from(days)).to_string();
        let customer = |which: u8| format!("C{}", which % 3);
        let text = |m: Money| format!("{} {}", m.major_text(), m.currency);
        match step {
            Step::Issue { customer: c, currency, minor, days_ago, parts } => {
                let number = format!("F-{}", self.invoices.len());
                let on = ago(*days_ago);
                let total = text(money(*minor, *currency));
                let mut given = book.given(&number, &customer(*c), &total, &on, &on);
                let issued: Date = given.issued_on;
                given.due_on = Some(issued.plus_days(30));
                given.instalments =
                    (0..*parts).map(|n| (issued.plus_days(i32::from(n) * 15), u32::from(n) + 1)).collect();
                self.invoices.push(number);
                told(book.post(given))
            }
            Step::Receive { customer: c, currency, minor, days_ago } => {
                let reference = format!("R-{}", self.receipts.len());
                let told = book.receipt(
                    &reference,
                    c.map(customer).as_deref(),
                    &text(money(*minor, *currency)),
                    &ago(*days_ago),
                );
                if told == "done" {
                    self.receipts.push(reference);
                }
                told
            }
            Step::Identify { receipt, customer: c } => match pick(&self.receipts, *receipt) {
                Some(receipt) => book.identify(&receipt, &customer(*c)),
                None => "nothing".into(),
            },
            Step::Allocate { receipt, invoice, minor, paid } => {
                let (Some(source), Some(invoice)) = (pick(&self.receipts, *receipt), pick(&self.invoices, *invoice))
                else {
                    return "nothing".into();
                };
                let given = ideni::actions::allocation::Given {
                    source,
                    invoice,
                    amount: *minor,
                    paid: *paid,
                    on: None,
                    discount: Default::default(),
                };
                told(book.act(move |tx, actor, today| ideni::actions::allocation::add(tx, actor, today, &given, None)))
            }
            Step::Credit { customer: c, currency, minor, invoice } => {
                let number = format!("N-{}", self.notes.len());
                let credits = invoice.and_then(|i| pick(&self.invoices, i));
                let total = text(money(*minor, *currency));
                let told = book.credit(&number, &customer(*c), &total, &today.to_string(), credits.as_deref());
                if told == "done" {
                    self.notes.push(number);
                }
                told
            }
            Step::ApplyNote { note, invoice, minor } => {
                let (Some(source), Some(invoice)) = (pick(&self.notes, *note), pick(&self.invoices, *invoice)) else {
                    return "nothing".into();
                };
                let given = ideni::actions::allocation::Given {
                    source,
                    invoice,
                    amount: *minor,
                    paid: None,
                    on: None,
                    discount: Default::default(),
                };
                told(book.act(move |tx, actor, today| ideni::actions::allocation::add(tx, actor, today, &given, None)))
            }
            Step::WriteOff { invoice, minor } => {
                let Some(invoice) = pick(&self.invoices, *invoice) else { return "nothing".into() };
                let given = ideni::actions::allocation::GivenUp { invoice, amount: *minor, reason: "gone".into() };
                told(
                    book.act(move |tx, actor, today| {
                        ideni::actions::allocation::write_off(tx, actor, today, &given, None)
                    }),
                )
            }
            Step::Dispute { invoice, minor } => {
                let Some(invoice) = pick(&self.invoices, *invoice) else { return "nothing".into() };
                let (reason, note) = ("price".into(), String::new());
                let given = ideni::actions::dispute::Given { invoice, amount: *minor, reason, note };
                told(book.act(move |tx, actor, today| ideni::actions::dispute::add(tx, actor, today, &given, None)))
            }
            Step::EndDispute { dispute } => {
                let all = book.read(ideni::actions::dispute::list);
                let ids: Vec<String> = all.iter().map(|d| d.id.to_string()).collect();
                let Some(id) = pick(&ids, *dispute) else { return "nothing".into() };
                told(
                    book.act(move |tx, actor, today| {
                        ideni::actions::dispute::end(tx, actor, today, &id, "rejected", "")
                    }),
                )
            }
            Step::Reverse { movement } => {
                let all = book.read(|tx, actor| ideni::actions::allocation::list(tx, actor, i64::MAX));
                let ids: Vec<String> = all.iter().map(|m| m.id.to_string()).collect();
                pick(&ids, *movement).map_or_else(|| "nothing".into(), |id| book.reverse(&id))
            }
            Step::Refund { receipt, minor, days_ago } => {
                let Some(receipt) = pick(&self.receipts, *receipt) else { return "nothing".into() };
                let on = days_ago.map(|days| today.plus_days(-i32::from(days)));
                let given = refund::Given { receipt, amount: *minor, account: None, on, reason: "asked for it".into() };
                told(book.act(move |tx, actor, today| refund::add(tx, actor, today, &given, None)))
            }
            Step::Return { receipt, charges, days_ago } => {
                let Some(receipt) = pick(&self.receipts, *receipt) else { return "nothing".into() };
                let on = days_ago.map(|days| today.plus_days(-i32::from(days)));
                let charges = i64::from(*charges);
                let given = refund::ReturnedPayment { receipt, charges, on, reason: "bounced".into() };
                told(book.act(move |tx, actor, today| refund::return_payment(tx, actor, today, &given, None)))
            }
            Step::GiveUp { receipt, minor } => {
                let Some(receipt) = pick(&self.receipts, *receipt) else { return "nothing".into() };
                let given = refund::GivenUp { receipt, amount: *minor, on: None, reason: "nobody claims it".into() };
                told(book.act(move |tx, actor, today| refund::write_off(tx, actor, today, &given, None)))
            }
            Step::TakeBack { refund } => {
                let all = book.read(|tx, actor| refund::list(tx, actor, i64::MAX));
                let ids: Vec<String> = all.iter().map(|f| f.id.to_string()).collect();
                pick(&ids, *refund).map_or_else(|| "nothing".into(), |id| book.reverse_refund(&id))
            }
            Step::Close { days_ago } => book.close_to(&ago(*days_ago)),
            Step::Reopen { days } => book.reopen_to(&ago(*days)),
            Step::Sleep { days } => {
                book.on(&today.plus_days(i32::from(*days)).to_string());
                "done".into()
            }
            Step::Remember { days_ago } => {
                let (day, known_at) = (ago(*days_ago), sealed_to(book));
                let told = answer(book, &day, Some(known_at));
                self.answers.push((day, known_at, told));
                "done".into()
            }
        }
    }
}

/// What a whole history must leave behind.
fn check(place: &Place, steps: &[Step]) -> Result<(), TestCaseError> {
    let book = Book::new(place, Currency::RWF);
    for (currency, rates) in [("USD", ["1450.25", "1391.333333333"]), ("KWD", ["4711.125", "4802.77"])] {
        book.rate("2026-01-01", currency, rates[0]);
        book.rate("2026-06-20", currency, rates[1]);
    }
    for customer in ["C0", "C1", "C2"] {
        book.customer(customer, customer);
    }
    let mut done = Told::default();
    for step in steps {
        let told = done.step(&book, step);
        prop_assert!(!told.starts_with("failed"), "{:?}: {told}", step);
    }
    for (day, known_at, told) in &done.answers {
        prop_assert_eq!(&answer(&book, day, Some(*known_at)), told, "as of {} as known at {}", day, known_at);
    }
    // As of any day the ageing is the receivables account of that day, less the accounts of money not applied.
    let last = book.today();
    for back in [0, 7, 20, 45, 70] {
        let day = last.plus_days(-back);
        let sql = "SELECT l.currency, CAST(SUM(l.amount) AS BIGINT) FROM entry_line l JOIN entry e ON e.company = l.company AND e.id = l.entry WHERE l.company = $1 AND l.account = $2 AND e.posted_on <= $3 GROUP BY l.currency ORDER BY l.currency";
        let ledger = |account: Account| -> Vec<(Currency, i64)> {
            book.read(|tx, actor| {
                tx.all(Sql { lite: sql, pg: sql }, params![actor.company.id, account.0, day], |row| {
                    Ok((row.currency(0)?, row.int(1)?))
                })
            })
        };
        let ageing = book.ageing(ideni::actions::report::By::Customer, &day.to_string());
        let mut aged: Vec<(Currency, i64)> = Vec::new();
        for (currency, row) in &ageing.totals {
            aged.push((*currency, row.total().map_err(|r| TestCaseError::fail(format!("{r:?}")))?));
        }
        let unapplied: Vec<_> = ageing.totals.iter().map(|(currency, row)| (*currency, -row.unapplied)).collect();
        let unidentified: Vec<_> = ageing.unidentified.iter().map(|(currency, sum)| (*currency, -sum)).collect();
        let told =
            [(Account::RECEIVABLES, aged), (Account::UNAPPLIED, unapplied), (Account::UNIDENTIFIED, unidentified)];
        for (account, told) in told {
            let without_zero = |all: Vec<(Currency, i64)>| -> BTreeMap<Currency, i64> {
                all.into_iter().filter(|(_, sum)| *sum != 0).collect()
            };
            prop_assert_eq!(without_zero(told), without_zero(ledger(account)), "{:?} as of {}", account, day);
        }
        let beyond = "SELECT COUNT(*) FROM (SELECT i.total, i.total + COALESCE((SELECT CAST(SUM(m.amount) AS BIGINT) FROM movement m WHERE m.company = i.company AND m.document = i.document AND m.instalment = i.instalment AND m.posted_on <= $1), 0) AS open FROM open_item i WHERE i.company = $2) x WHERE (total >= 0 AND (open < 0 OR open > total)) OR (total < 0 AND (open > 0 OR open < total))";
        let beyond = book.read(|tx, actor| {
            tx.first(Sql { lite: beyond, pg: beyond }, params![day, actor.company.id], |row| row.int(0))
        });
        prop_assert_eq!(beyond, Some(0), "open is within total as of {}", day);
    }
    book.db.seal().map_err(|e| TestCaseError::fail(e.to_string()))?;
    book.tick(120_000_000);
    let broken = book.broken();
    prop_assert!(broken.is_empty(), "{:#?}", broken);
    Ok(())
}

fn histories(engine: Engine, full: u32) {
    let Some(probe) = (match engine {
        Engine::Sqlite => Some(Place::sqlite()),
        Engine::Postgres => Place::postgres(),
    }) else {
        return;
    };
    let mut bytes = [0u8; 32];
    bytes[..8].copy_from_slice(&seed("random histories").to_le_bytes());
    let config = Config { cases: scaled(full), failure_persistence: None, max_shrink_iters: 400, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &bytes));
    let result = runner.run(&steps(), |steps| check(&probe.another(), &steps));
    if let Err(TestError::Fail(reason, steps)) = result {
        panic!("{engine:?}: {reason}\nafter {steps:#?}");
    }
    result.expect("random histories");
}

#[test]
fn random_histories_keep_every_identity_on_sqlite() {
    histories(Engine::Sqlite, 2_000);
}

#[test]
fn random_histories_keep_every_identity_on_postgres() {
    histories(Engine::Postgres, 400);
}
