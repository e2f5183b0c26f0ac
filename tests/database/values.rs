//! What is written is what is read, at the edges too, by single inserts and in bulk.

use receivables::ids::{Customer, Id};
use receivables::ledger::Account;
use receivables::{Currency, Date, Instant};
use store::audit::Deed;
use store::receipt::{self, Receipt};
use store::{Error, Sql, Value, params};

use crate::support::each_engine;

fn receipts() -> Vec<Receipt> {
    let texts =
        ["", "Umwishyu wa Gakuru — 50%", "'; DROP TABLE receipt; --", "🧾 12 500 Frw\n\t\\N", "e\u{301}\u{200b}"];
    let gross = [i64::MAX, i64::MIN, 0, -1, 1];
    let days = [i32::MIN, i32::MAX, 0, -719_162, 20_454];
    let instants = [None, Some(i64::MIN), Some(i64::MAX), Some(0), Some(1_767_254_400_123_456)];
    (0..5)
        .map(|i| Receipt {
            id: Id::from_bytes([u8::try_from(i).expect("small") * 60; 16]),
            account: Account(1000),
            fingerprint: [0xff - u8::try_from(i).expect("small"); 16],
            occurrence: i32::MAX - i32::try_from(i).expect("small"),
            received_on: Date::from_day_number(days[i]),
            posted_on: Date::from_day_number(days[i]),
            received_at: instants[i].map(Instant::from_micros),
            currency: Currency::USD,
            gross: gross[i],
            charges: 0,
            gross_base: gross[i],
            payer: (i % 2 == 0).then(|| texts[i].to_owned()),
            payer_ref: None,
            reference: Some(format!("{i}")),
            text: Some(texts[i].to_owned()),
            opening: i == 2,
            customer: (i == 1).then(|| Id::<Customer>::from_bytes([0; 16])),
        })
        .collect()
}

/// Singly written rows go through INSERT on PostgreSQL, four and more through COPY.
#[test]
fn rows_come_back_as_they_went_in() {
    for chunk in [1, 5] {
        each_engine(|book| {
            let company = book.actor.company.id;
            let told = book.db.write(move |tx| {
                tx.begin_action(company)?;
                let written = receipts();
                for part in written.chunks(chunk) {
                    receipt::save(tx, company, part)?;
                }
                tx.end_action(&Deed { actor: "t", verb: "t", subject: "🧾", cause: None })?;
                for w in written {
                    let r = receipt::get(tx, company, w.id)?;
                    assert_eq!((r.received_on, r.posted_on), (w.received_on, w.posted_on));
                    assert_eq!((r.gross, r.gross_base, r.currency), (w.gross, w.gross_base, w.currency));
                    assert_eq!((r.payer, r.payer_ref, r.text), (w.payer, w.payer_ref, w.text));
                    assert_eq!((r.account, r.customer, r.reference), (w.account, w.customer, w.reference));
                    let at = "SELECT received_at, opening FROM receipt WHERE company = $1 AND id = $2";
                    let read = tx.first(Sql { lite: at, pg: at }, params![company, w.id], |row| {
                        Ok((row.int_opt(0)?.map(Instant::from_micros), row.flag(1)?))
                    })?;
                    assert_eq!(read, Some((w.received_at, w.opening)));
                }
                // What was read back has the digest of what was written.
                let broken = store::verify::all(tx, company)?;
                let sealed =
                    broken.iter().find(|c| c.identity == "facts equal what was sealed").expect("that identity");
                assert_eq!(sealed.broken, Vec::<String>::new());
                Err::<(), _>(Error::RolledBack)
            });
            assert!(matches!(told, Err(Error::RolledBack)), "{:?}: {told:?}", book.engine);
        });
    }
}

#[test]
fn a_text_never_passes_for_a_number() {
    each_engine(|book| {
        let sql = Sql { lite: "SELECT code FROM company", pg: "SELECT code FROM company" };
        book.read(|tx, _| {
            let told = tx.first(sql, &[], |row| row.int(0));
            assert!(told.is_err());
            tx.first(sql, &[], |row| row.date(0)).expect_err("no date");
            tx.first(sql, &[], |row| row.id::<Customer>(0)).expect_err("no id");
            Ok(())
        });
    });
}

#[test]
fn values_are_compared_whole() {
    // Two texts that differ only in what a careless store would cut or fold.
    each_engine(|book| {
        for code in ["kigali", "Kigali", "kigali ", "kıgali", "kigali\u{301}"] {
            book.act({
                let code = code.to_owned();
                move |tx, actor, today| {
                    let given = ideni::actions::customer::Given { code: code.clone(), ..Default::default() };
                    ideni::actions::customer::save(tx, actor, today, &given)
                }
            })
            .expect("a customer of its own");
        }
        assert_eq!(book.number("SELECT COUNT(*) FROM customer WHERE company = $1"), 5);
        let _ = Value::Null;
    });
}
