//! An invoice run that is killed: it goes on where it stopped, and no period is billed twice.

use std::process::{Command, Stdio};
use std::time::Duration;

use ideni::actions::{Actor, charge, contract, meter};
use receivables::billing::meter::{Reading, Tariff};
use store::{Error, Sql, Tx};

use crate::contracts::rent;
use crate::support::{Book, currency, draw, places, seed};

/// More than two steps of a run.
const CONTRACTS: i64 = 850;
/// After so many kills it may end in peace.
const KILLS: u32 = 12;

/// What a meter of a contract counted, and a charge.
fn owes_more(tx: &mut Tx<'_>, actor: &Actor, n: i64) -> Result<(), Error> {
    let (code, on) = (format!("K-{n}"), "2026-06-15".parse().expect("a day"));
    let given = meter::Given {
        code: code.clone(),
        contract: code.clone(),
        description: "Water".into(),
        unit: "m³".into(),
        tax_class: "B".into(),
        tariff: Tariff::read("5:340,*:720")?,
        from_on: None,
        begins_at: "0".parse().expect("a number"),
    };
    meter::add(tx, actor, &given, None)?;
    let reading = Reading { on, value: "7.5".parse().expect("a number"), replaced_at: None };
    meter::read(tx, actor, on, &meter::Shown { meter: code.clone(), reading }, None)?;
    let given = charge::Given {
        contract: code,
        description: "Connection".into(),
        quantity: "1".parse().expect("a number"),
        unit: None,
        unit_price: "2500".parse().expect("a number"),
        tax_class: "B".into(),
        on,
    };
    charge::add(tx, actor, &given, None).map(drop)
}

#[test]
fn a_run_that_is_killed_goes_on_and_bills_each_period_once() {
    let mut dice = seed("kills of a run") | 1;
    for place in places() {
        let book = Book::real(&place, currency("RWF"));
        book.customer("C1", "Customer One");
        let step = |first: i64| {
            book.act(move |tx, actor, _| {
                for n in first..(first + 50).min(CONTRACTS) {
                    contract::add(tx, actor, &rent(&format!("K-{n}"), "C1", "2026-06-01"), None)?;
                    owes_more(tx, actor, n)?;
                }
                Ok(())
            })
            .expect("agreed");
        };
        (0..CONTRACTS).step_by(50).for_each(step);
        let set = ideni::actions::setting::Given {
            name: "documents-a-day".into(),
            value: "1000".into(),
            from: None,
            reason: "a landlord of many shops".into(),
            was: None,
        };
        book.act(move |tx, actor, today| ideni::actions::setting::set(tx, actor, today, &set, None)).expect("decided");
        let mut killed = 0;
        loop {
            let mut run = Command::new(env!("CARGO_BIN_EXE_ideni"))
                .args(["--database", &place.url, "--today", "2026-06-30", "contract", "run"])
                .stdout(Stdio::null())
                .spawn()
                .expect("it starts");
            if killed == KILLS {
                assert!(run.wait().expect("it ends").success());
                break;
            }
            draw(&mut dice);
            std::thread::sleep(Duration::from_millis(20 + (dice >> 40) % 280));
            if run.try_wait().expect("asked").is_none() {
                run.kill().expect("SIGKILL");
                killed += 1;
            } else {
                break;
            }
            run.wait().expect("gone");
        }
        let count = |text: &'static str| {
            let company = book.actor.company.id;
            let read = |tx: &mut store::Tx<'_>| {
                tx.first(Sql { lite: text, pg: text }, store::params![company], |row| row.int(0))
            };
            book.db.read(read).expect("a read").expect("a row")
        };
        assert_eq!(count("SELECT COUNT(*) FROM contract_bill WHERE company = $1"), CONTRACTS, "{killed} kills");
        assert_eq!(count("SELECT COUNT(*) FROM usage_bill WHERE company = $1"), CONTRACTS, "{killed} kills");
        assert_eq!(count("SELECT COUNT(*) FROM charge_bill WHERE company = $1"), CONTRACTS, "{killed} kills");
        assert_eq!(count("SELECT COUNT(*) FROM document WHERE company = $1"), CONTRACTS, "{killed} kills");
        assert_eq!(count("SELECT last FROM number_series WHERE company = $1 AND series = 'INV'"), CONTRACTS);
        book.verify();
        assert!(killed > 0, "it was never caught at work");
    }
}
