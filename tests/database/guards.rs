//! Facts are inserted and never changed: the engines themselves refuse.

use ideni::actions::{dispute, holiday, review};
use store::{Engine, Error, Sql, table};

use crate::support::{Book, each_engine};

/// A book in which every kind of fact that the actions make so far has a row.
fn fill(book: &Book) {
    book.rate("2026-01-01", "USD", "1450");
    book.issue("F-1", "C1", "100 USD", "2026-02-01", "2026-03-01");
    book.credit("N-1", "C1", "20 USD", "2026-02-10", Some("F-1"));
    book.receipt("R-1", None, "50 USD", "2026-02-20");
    book.identify("R-1", "C1");
    assert_eq!(book.apply("R-1", "F-1", Some("30")), "done");
    book.refund("R-1", "5 USD").expect("refunded");
    let given =
        dispute::Given { invoice: "F-1".into(), amount: Some(1000), reason: "price".into(), note: "too dear".into() };
    let made = book.act(move |tx, actor, today| dispute::add(tx, actor, today, &given, None)).expect("a dispute");
    let id = made[0].id.clone();
    book.act(move |tx, actor, today| dispute::end(tx, actor, today, &id, "rejected", "")).expect("it ends");
    book.act(|tx, actor, today| holiday::add(tx, actor, today, "inventory")).expect("a holiday");
    book.close_to("2026-01-31");
    let line =
        "number,customer,issued_on,due_on,description,quantity,unit_price\nF-2,C2,2026-02-01,2026-03-01,Rice,2,500\n";
    book.load(ideni::actions::import::What::Invoices, line);
    let statement = b"date,description,credit,balance\n2026-03-01,FROM C2 F-2,400,1400\n2026-03-02,SOMEBODY,100,1500\n";
    book.statement("momo", "march.csv", statement).expect("a statement");
    let greeting = b"<smses count=\"1\"><sms protocol=\"0\" address=\"M-Money\" date=\"1772366405000\" type=\"1\" body=\"Murakaza neza\" /></smses>";
    book.statement("momo", "march.xml", greeting).expect("a statement");
    let line = book.read(review::list)[0].id.clone();
    book.act(move |tx, actor, today| review::clear(tx, actor, today, &line, "a greeting", None)).expect("cleared");
}

fn attempt(book: &Book, text: String) -> Result<u64, Error> {
    let text: &'static str = Box::leak(text.into_boxed_str());
    book.db.write(move |tx| {
        tx.execute(Sql { lite: text, pg: text }, &[])?;
        Err(Error::RolledBack)
    })
}

#[test]
fn a_fact_is_never_updated_or_deleted() {
    each_engine(|book| {
        fill(book);
        let mut with_rows = 0;
        for table in table::ALL.iter().filter(|t| t.facts > 0) {
            let count: &'static str =
                Box::leak(format!("SELECT COUNT(*) FROM {} WHERE company = $1", table.name).into());
            if book.number(count) == 0 {
                continue;
            }
            with_rows += 1;
            let mut texts: Vec<String> = table.columns[..table.facts]
                .iter()
                .map(|column| format!("UPDATE {} SET {column} = {column}", table.name))
                .collect();
            texts.push(format!("DELETE FROM {}", table.name));
            if book.engine == Engine::Postgres {
                texts.push(format!("TRUNCATE {}", table.name));
            }
            for text in texts {
                let told = attempt(book, text.clone()).expect_err("refused").to_string();
                assert!(told.contains("is insert-only"), "{:?}: {text}: {told}", book.engine);
            }
        }
        assert!(with_rows >= 17, "only {with_rows} tables of facts had a row to protect");
    });
}

#[test]
fn what_follows_the_facts_may_be_updated() {
    each_engine(|book| {
        fill(book);
        for table in table::ALL.iter().filter(|t| t.facts > 0 && t.facts < t.columns.len()) {
            for column in &table.columns[table.facts..] {
                let told = attempt(book, format!("UPDATE {} SET {column} = {column}", table.name));
                assert!(matches!(told, Err(Error::RolledBack)), "{:?}: {}.{column}: {told:?}", book.engine, table.name);
            }
        }
    });
}

#[test]
fn a_fact_changed_behind_the_guards_is_found() {
    each_engine(|book| {
        fill(book);
        let before = book.broken();
        assert!(before.is_empty(), "{before:?}");
        // Somebody with the database in their hands takes the guard away and a franc with it.
        let drop = if book.engine == Engine::Sqlite {
            "DROP TRIGGER receipt_update"
        } else {
            "DROP TRIGGER receipt_update ON receipt"
        };
        let found = book
            .db
            .write(move |tx| {
                for text in [drop, "UPDATE receipt SET reference = 'changed'"] {
                    tx.execute(Sql { lite: text, pg: text }, &[])?;
                }
                let company = store::company::list(tx)?[0].id;
                let broken: Vec<&str> = store::verify::all(tx, company)?
                    .iter()
                    .filter(|c| !c.broken.is_empty())
                    .map(|c| c.identity)
                    .collect();
                Err::<(), _>(Error::Failed(broken.join(", ")))
            })
            .expect_err("rolled back")
            .to_string();
        assert_eq!(found, "facts equal what was sealed", "{:?}", book.engine);
    });
}
