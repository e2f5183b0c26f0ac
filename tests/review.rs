//! Statement lines of unknown kind: cleared with a reason, or a receipt by a person's word; on both engines.

use ideni::actions::review::{self, Said};
use ideni::actions::{Actor, Once, Role};
use store::{Error, Sql};

use crate::support::{Book, code, each_engine, told};

/// Three messages that no pattern fits, and one that is a payment.
const MESSAGES: &str = r#"<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>
<smses count="4" backup_set="00000000-0000-4000-8000-000000000001" type="full">
  <sms protocol="0" address="M-Money" date="1772352005000" type="1" body="You have received 25,000 RWF from UWASE Aline (*********013) on your mobile money account at 2026-03-01 10:00:00. Message from sender: INV-2026-007. Your new balance:26,000 RWF. Financial Transaction Id: 76662021700." />
  <sms protocol="0" address="M-Money" date="1772355605000" type="1" body="Wakiriye 4000 RWF kuri Momo, avuye kuri Keza Hotel" />
  <sms protocol="0" address="M-Money" date="1772359205000" type="1" body="Murakaza neza kuri MoMo" />
  <sms protocol="0" address="M-Money" date="1772362805000" type="1" body="Tombola! Gura inite utsinde" />
</smses>"#;

fn waiting(book: &Book) -> Vec<(String, String)> {
    let lines = book.read(review::list);
    assert_eq!(book.read(review::count), lines.len());
    lines.into_iter().map(|w| (w.id, w.line.text.unwrap_or_default())).collect()
}

fn id_of(book: &Book, words: &str) -> String {
    let found = waiting(book).into_iter().find(|(_, text)| text.contains(words));
    found.unwrap_or_else(|| panic!("no line with {words}")).0
}

fn clear(book: &Book, id: &str, reason: &'static str, key: Option<Once>) -> String {
    let id = id.to_owned();
    told(book.act(move |tx, actor, today| review::clear(tx, actor, today, &id, reason, key.as_ref())))
}

fn record(book: &Book, id: &str, amount: i64, on: Option<&str>, key: Option<Once>) -> Result<String, Error> {
    let id = id.to_owned();
    let said = Said {
        amount: amount.into(),
        currency: None,
        on: on.map(|on| on.parse().expect("a day")),
        reference: Some("M-4000".into()),
        payer: Some("Keza Hotel".into()),
    };
    book.act(move |tx, actor, today| review::record(tx, actor, today, &id, &said, key.as_ref())).map(|done| done.id)
}

#[test]
fn a_waiting_line_is_cleared_or_recorded_once() {
    each_engine(|book| {
        book.statement("momo", "march.xml", MESSAGES.as_bytes()).expect("a statement");
        assert_eq!(waiting(book).len(), 3);
        let (payment, welcome, advert) = (id_of(book, "4000"), id_of(book, "Murakaza"), id_of(book, "Tombola"));
        assert_eq!(clear(book, &welcome, " ", None), "missing");
        assert_eq!(clear(book, "0000000000", "x", None), "not-found");
        assert_eq!(clear(book, &welcome[..5], "x", None), "not-found", "too short to name a line");
        assert_eq!(clear(book, &welcome[..6], "a greeting", None), "done");
        assert_eq!(clear(book, &welcome, "a greeting", None), "line-decided");
        assert_eq!(code(&record(book, &welcome, 1, None, None).expect_err("refused")), "line-decided");

        assert_eq!(code(&record(book, &payment, 0, None, None).expect_err("refused")), "not-positive");
        assert_eq!(waiting(book).len(), 2, "a refusal decides nothing");
        let once = || Some(Once::new("k", "4000"));
        let receipt = record(book, &payment, 4000, None, once()).expect("recorded");
        assert_eq!(record(book, &payment, 4000, None, once()).expect("the same"), receipt);
        assert_eq!(code(&record(book, &payment, 4000, None, None).expect_err("refused")), "line-recorded");
        assert_eq!(clear(book, &payment, "x", None), "line-recorded");
        assert_eq!(book.left("M-4000"), "4000");
        let on = book.number("SELECT received_on FROM receipt WHERE company = $1 AND reference = 'M-4000'");
        assert_eq!(on, i64::from("2026-03-01".parse::<receivables::Date>().expect("a day").day_number()));

        // It is applied like any other receipt, and the file brings nothing new.
        book.issue("A", "C1", "4000", "2026-02-01", "2026-03-01");
        book.identify("M-4000", "C1");
        assert_eq!(book.apply("M-4000", "A", None), "done");
        let again = book.statement("momo", "again.xml", MESSAGES.as_bytes()).expect("a statement");
        assert!(again.lines.iter().all(|l| l.status == "duplicate"), "{:?}", again.lines);
        assert_eq!(waiting(book).len(), 1);

        let as_role = |role: Role| {
            let id = advert.clone();
            told(book.act(move |tx, actor, today| {
                review::clear(tx, &Actor { roles: role.into(), ..actor.clone() }, today, &id, "an advertisement", None)
            }))
        };
        assert_eq!((as_role(Role::Collector), as_role(Role::Cashier)), ("not-allowed".into(), "done".into()));
        assert!(waiting(book).is_empty());
    });
}

#[test]
fn a_line_put_back_into_review_by_hand_is_found() {
    each_engine(|book| {
        book.statement("momo", "march.xml", MESSAGES.as_bytes()).expect("a statement");
        let id = id_of(book, "Murakaza");
        assert_eq!(clear(book, &id, "a greeting", None), "done");
        let text = "UPDATE statement_line SET review = 1";
        let found = book.db.write(move |tx| {
            tx.execute(Sql { lite: text, pg: text }, &[])?;
            let company = store::company::list(tx)?[0].id;
            let all = store::verify::all(tx, company)?;
            let broken: Vec<&str> = all.iter().filter(|c| !c.broken.is_empty()).map(|c| c.identity).collect();
            Err::<(), _>(Error::Failed(broken.join(", ")))
        });
        let found = found.expect_err("rolled back").to_string();
        assert_eq!(found, "decided statement lines are out of review, with their receipt");
    });
}

/// Two people decide at once: one of them is told so.
#[test]
fn two_people_decide_about_one_line() {
    crate::support::each_engine_really(|book, _| {
        book.statement("momo", "march.xml", MESSAGES.as_bytes()).expect("a statement");
        let id = id_of(book, "4000");
        let told: Vec<String> = std::thread::scope(|scope| {
            let one = |amount: i64| {
                let id = id.clone();
                scope.spawn(move || match record(book, &id, amount, None, None) {
                    Ok(_) => "done".to_owned(),
                    Err(error) => code(&error),
                })
            };
            let both = [one(4000), one(4001)];
            both.into_iter().map(|t| t.join().expect("no panic")).collect()
        });
        assert!(told.contains(&"done".to_owned()) && told.contains(&"line-recorded".to_owned()), "{told:?}");
        assert_eq!(book.number("SELECT COUNT(*) FROM line_decision WHERE company = $1"), 1);
    });
}
