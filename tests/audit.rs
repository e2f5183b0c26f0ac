//! The audit log: found by what people ask, page by page; an action with every fact it wrote; on both engines.

use ideni::actions::audit::{self, Asked, Page};
use ideni::actions::{Actor, Role, bank, holiday, verify};
use store::{Engine, Error, Sql};

use crate::support::{Book, code, each_engine};

fn list(book: &Book, asked: &Asked, limit: i64) -> Result<Page, Error> {
    book.db.seal()?;
    book.db.read(|tx| audit::list(tx, &book.actor, asked, limit))
}

/// Verb and subject of each action, the newest first.
fn found(book: &Book, asked: &Asked) -> Vec<String> {
    let page = list(book, asked, 100).expect("a page");
    page.rows.iter().map(|row| format!("{} {}", row.verb, row.subject)).collect()
}

/// A book with two customers who are billed and pay.
fn fill(book: &Book) {
    book.customer("C1", "Ineza Shop");
    book.customer("C2", "Kigali Fresh");
    book.issue("A", "C1", "1000", "2026-06-01", "2026-06-30");
    book.issue("B", "C2", "500", "2026-06-01", "2026-06-30");
    book.receipt("P1", Some("C1"), "400", "2026-06-10");
    book.receipt("P2", None, "500", "2026-06-11");
    book.identify("P2", "C2");
    book.apply("P1", "A", None);
    book.apply("P2", "B", None);
}

#[test]
fn the_log_is_found_by_actor_verb_subject_customer_and_time() {
    each_engine(|book| {
        fill(book);
        let asked = |f: &dyn Fn(&mut Asked)| {
            let mut asked = Asked::default();
            f(&mut asked);
            asked
        };
        let some = |text: &str| Some(text.to_owned());
        let all = found(book, &Asked::default());
        assert_eq!(all.last().map(String::as_str), Some("company init kigali"));
        let by_verb = found(book, &asked(&|a| a.verb = some("receipt record")));
        assert_eq!(by_verb, ["receipt record P2", "receipt record P1"]);
        assert_eq!(found(book, &asked(&|a| a.actor = some("admin"))).len(), all.len());
        assert_eq!(found(book, &asked(&|a| a.actor = some("nobody"))), Vec::<String>::new());
        let both = asked(&|a| (a.actor, a.verb) = (some("admin"), some("receipt identify")));
        assert_eq!(found(book, &both), ["receipt identify P2"]);
        let subject = asked(&|a| a.subject = some("P2"));
        assert_eq!(found(book, &subject), ["allocation add P2 to B", "receipt identify P2", "receipt record P2"]);
        let invoice = asked(&|a| a.subject = some("A"));
        assert_eq!(found(book, &invoice), ["allocation add P1 to A", "invoice issue A"]);
        assert_eq!(found(book, &asked(&|a| (a.subject, a.customer) = (some("A"), some("C1")))).len(), 2);
        assert_eq!(found(book, &asked(&|a| (a.subject, a.customer) = (some("A"), some("C2")))), Vec::<String>::new());
        // Whatever touched the customer's money, whichever thing it was done to.
        let of_c2 = found(book, &asked(&|a| a.customer = some("C2")));
        let has = |text: &str| of_c2.iter().any(|line| line.starts_with(text));
        assert!(has("allocation add P2") && has("receipt identify P2"), "{of_c2:?}");
        assert!(!has("receipt record P1") && !has("allocation add P1"), "{of_c2:?}");
        let narrow = asked(&|a| (a.customer, a.verb) = (some("C2"), some("receipt identify")));
        assert_eq!(found(book, &narrow), ["receipt identify P2"]);
        // The clock of the story stands in January.
        let on = |from: &str, until: &str| {
            found(book, &asked(&|a| (a.from, a.until) = (Some(from.parse().unwrap()), Some(until.parse().unwrap()))))
        };
        assert_eq!(on("2026-01-01", "2026-01-01").len(), all.len());
        assert_eq!(on("2026-01-02", "2026-06-30"), Vec::<String>::new());
        assert_eq!(on("2026-01-01T08:00:00Z", "2026-01-01T08:00:00Z"), ["company init kigali"]);
    });
}

#[test]
fn pages_follow_each_other_without_gap_or_repetition() {
    each_engine(|book| {
        fill(book);
        let whole: Vec<_> = list(book, &Asked::default(), 100).expect("a page").rows.iter().map(|r| r.id).collect();
        for filter in [Asked::default(), Asked { actor: Some("admin".into()), ..Asked::default() }] {
            let (mut seen, mut after) = (Vec::new(), None);
            loop {
                let asked = Asked { after: after.clone(), ..filter.clone() };
                let page = list(book, &asked, 3).expect("a page");
                assert!(page.rows.len() <= 3);
                seen.extend(page.rows.iter().map(|row| row.id));
                after = page.after;
                if after.is_none() {
                    break;
                }
            }
            assert_eq!(seen, whole);
        }
        let seals: Vec<_> = list(book, &Asked::default(), 100).expect("a page").rows;
        let numbers: Vec<i64> = seals.iter().rev().map(|row| row.seal.expect("sealed")).collect();
        assert_eq!(numbers, (1..=numbers.len() as i64).collect::<Vec<_>>());
    });
}

#[test]
fn an_action_is_shown_with_every_fact_it_wrote() {
    each_engine(|book| {
        fill(book);
        book.act(|tx, actor, today| holiday::add(tx, actor, today, "inventory")).expect("a holiday");
        let rows = "number,customer,issued_on,due_on,total\nI-1,C1,2026-06-02,2026-07-02,10\nI-2,C2,2026-06-02,2026-07-02,20\n";
        book.load(ideni::actions::import::What::Invoices, rows);
        let statement = b"date,description,credit,balance\n2026-03-01,FROM C2,400,1400\n2026-03-02,SOMEBODY,100,1500\n";
        book.statement("momo", "march.csv", statement).expect("a statement");
        book.rate("2026-01-01", "USD", "1450");
        book.on("2026-07-10").act(ideni::actions::day::turn).expect("a day");
        let all = list(book, &Asked::default(), 1000).expect("a page").rows;
        assert!(all.len() > 12, "{}", all.len());
        for row in &all {
            let detail = book.read(|tx, actor| audit::one(tx, actor, &row.id.to_string()));
            assert!(detail.whole, "{:?} {} {}: {:?}", book.engine, row.verb, row.subject, detail.written);
            let seal = detail.seal.expect("sealed");
            assert!(seal.follows && Some(seal.no) == row.seal, "{}", row.verb);
            let by_seal = book.read(|tx, actor| audit::one(tx, actor, &seal.no.to_string()));
            assert_eq!(by_seal.logged.id, row.id);
        }
        let import = all.iter().find(|row| row.verb == "import invoices").expect("the import");
        let detail = book.read(|tx, actor| audit::one(tx, actor, &import.id.to_string()));
        let counts: Vec<_> = detail.written.iter().map(|w| (w.table, w.count)).collect();
        assert!(counts.contains(&("document", 2)) && counts.contains(&("entry", 2)), "{counts:?}");
        let document = detail.written.iter().find(|w| w.table == "document").expect("documents");
        let at = document.columns.iter().position(|c| *c == "issued_on").expect("a column");
        assert_eq!(audit::plain("issued_on", &document.rows[0][at]), "2026-06-02");
    });
}

#[test]
fn what_is_not_there_or_not_ours_is_refused() {
    each_engine(|book| {
        fill(book);
        let refused = |asked: Asked| code(&list(book, &asked, 10).expect_err("refused"));
        assert_eq!(refused(Asked { customer: Some("NONE".into()), ..Asked::default() }), "not-found");
        assert_eq!(refused(Asked { after: Some("nonsense".into()), ..Asked::default() }), "not-found");
        assert_eq!(refused(Asked { subject: Some("x".repeat(101)), ..Asked::default() }), "invalid");
        let one = |actor: &Actor, name: &str| {
            let told = book.db.read(|tx| audit::one(tx, actor, name));
            told.map_or_else(|error| code(&error), |_| "found".into())
        };
        assert_eq!((one(&book.actor, "1"), one(&book.actor, "999999")), ("found".into(), "not-found".into()));
        for name in ["", "-1", "x", "00000000-0000-7000-8000-000000000000"] {
            assert_eq!(one(&book.actor, name), "not-found", "{name:?}");
        }
        let new = ideni::actions::company::NewCompany {
            name: "Other Ltd".into(),
            code: Some("other".into()),
            tin: None,
            currency: book.actor.company.currency,
            country: "rw".into(),
            simulated: true,
        };
        let other = book.db.write(move |tx| ideni::actions::company::init(tx, "admin", &new)).expect("a company");
        let ours = list(book, &Asked::default(), 1).expect("a page").rows[0].id.to_string();
        assert_eq!(one(&other, &ours), "not-found", "behind the wall");
        let stranger = Actor { roles: ideni::actions::Roles::default(), ..book.actor.clone() };
        assert_eq!(one(&stranger, &ours), "not-allowed");
        let auditor = Actor { roles: Role::Auditor.into(), ..book.actor.clone() };
        assert_eq!(one(&auditor, &ours), "found");
    });
}

#[test]
fn a_fact_that_was_bent_shows_in_its_action() {
    each_engine(|book| {
        fill(book);
        let all = list(book, &Asked { verb: Some("receipt record".into()), ..Asked::default() }, 1).expect("a page");
        let id = all.rows[0].id.to_string();
        let actor = book.actor.clone();
        let told = book.db.write(move |tx| {
            let lite = "DROP TRIGGER receipt_update";
            let pg = "DROP TRIGGER receipt_update ON receipt";
            tx.execute(Sql { lite, pg }, &[])?;
            let text = "UPDATE receipt SET gross = gross + 1";
            tx.execute(Sql { lite: text, pg: text }, &[])?;
            Err::<(), _>(Error::Failed(audit::one(tx, &actor, &id)?.whole.to_string()))
        });
        assert_eq!(told.expect_err("rolled back").to_string(), "false");
    });
}

#[test]
fn a_proof_is_remembered() {
    each_engine(|book| {
        fill(book);
        assert_eq!(book.read(verify::last), None);
        let mut steps = Vec::new();
        let checked = verify::run(&book.db, &book.actor, |done, of| steps.push((done, of))).expect("a proof");
        assert_eq!((steps.first(), steps.last()), (Some(&(0, checked.len())), Some(&(checked.len(), checked.len()))));
        let last = book.read(verify::last).expect("a summary");
        assert_eq!((last.identities, last.broken, last.by.as_str()), (checked.len(), 0, "admin"));
    });
}

/// At millions of actions no list may walk the log. SQLite's plans do not depend on the data, so they are read here.
#[test]
fn every_list_of_the_log_finds_its_rows_by_an_index() {
    each_engine(|book| {
        if book.engine != Engine::Sqlite {
            return;
        }
        let (_, texts) = store::statements().into_iter().find(|(file, _)| *file == "reports/audit").expect("listed");
        for (name, index) in [("BY_TIME", "action_time"), ("BY_VERB", "action_verb"), ("BY_ACTOR", "action_actor")] {
            let plan = plan(book, texts, name);
            assert!(plan.iter().any(|step| step.contains(&format!("INDEX {index} "))), "{name}: {plan:#?}");
            assert!(!plan.iter().any(|step| step.contains("TEMP B-TREE")), "{name} sorts: {plan:#?}");
        }
        for name in ["BY_THING", "BY_CUSTOMER", "BY_BOTH"] {
            let plan = plan(book, texts, name);
            let of_the_log = ["SCAN t", "SCAN x", "SCAN y", "SCAN CONSTANT ROW"];
            let walks = |step: &&String| step.starts_with("SCAN") && !of_the_log.contains(&step.as_str());
            assert_eq!(plan.iter().find(walks), None, "{name}: {plan:#?}");
            let by_company = |step: &&String| step.ends_with("(company=?)");
            assert_eq!(plan.iter().find(by_company), None, "{name} walks a company: {plan:#?}");
        }
    });
}

/// The facts of an action are found by its ids, or by an index on the action.
#[test]
fn no_table_is_walked_for_what_an_action_wrote() {
    each_engine(|book| {
        if book.engine != Engine::Sqlite {
            return;
        }
        let by_action = "SELECT m.name FROM sqlite_schema m, pragma_index_list(m.name) l, pragma_index_info(l.name) i WHERE m.type = 'table' AND i.seqno = 1 AND i.name = 'action'";
        let indexed = book.read(|tx, _| tx.all(Sql { lite: by_action, pg: "" }, &[], |row| row.string(0)));
        let walked: Vec<&str> = store::table::ALL
            .iter()
            .filter(|t| t.facts > 0 && t.action.is_some() && !t.made_with_its_action())
            .map(|t| t.name)
            .filter(|name| !indexed.iter().any(|known| known == name))
            .collect();
        assert_eq!(walked, Vec::<&str>::new(), "an index on (company, action), please");
    });
}

#[test]
fn where_money_goes_back_to_is_not_for_everybody_who_reads_the_log() {
    use ideni::actions::audit::plain;
    each_engine(|book| {
        book.customer("C1", "Ineza Shop");
        book.act(|tx, actor, _| {
            let typed = bank::Typed {
                kind: "bank".into(),
                holder: "Ineza Shop Ltd".into(),
                institution: "Bank of Kigali".into(),
                number: "00040-0123456-78".into(),
            };
            bank::ask(tx, actor, "C1", &typed, "a letter", None)
        })
        .expect("a request");
        let all = list(book, &Asked { customer: Some("C1".into()), ..Asked::default() }, 10).expect("a page");
        let all: Vec<_> = all.rows.into_iter().filter(|row| row.verb == "approval ask").collect();
        assert_eq!(all.len(), 1);
        for row in &all {
            let auditor = Actor { roles: Role::Auditor.into(), ..book.actor.clone() };
            let shown = book.db.read(|tx| audit::one(tx, &auditor, &row.id.to_string())).expect("an action");
            let approval = shown.written.iter().find(|w| w.table == "approval").expect("a request");
            let payload = approval.columns.iter().position(|c| *c == "payload").expect("a column");
            assert_eq!(plain("payload", &approval.rows[0][payload]), "•••");
        }
    });
}

fn plan(book: &Book, texts: &[(&str, Sql)], name: &str) -> Vec<String> {
    let (_, sql) = texts.iter().find(|(known, _)| *known == name).expect("a text");
    let text: &'static str = Box::leak(format!("EXPLAIN QUERY PLAN {}", sql.lite).into_boxed_str());
    let count = (1..20).take_while(|n| sql.lite.contains(&format!("${n}"))).count();
    let values = vec![store::Value::Null; count];
    book.read(|tx, _| tx.all(Sql { lite: text, pg: text }, &values, |row| row.string(3)))
}
