//! Calls, callbacks, notes, papers, the worklist at the desk and the history of an account, on both engines.

use ideni::actions::attempt::{self, CallBack, Contested, Given, Promised};
use ideni::actions::history::{self, Topic};
use ideni::actions::today::{self, Promises, Scope};
use ideni::actions::worklist::{self, Asked, Filter, Whose};
use ideni::actions::{Actor, Role, audit, callback, company, customer, day, hold, paper, record, user, view};
use receivables::Date;
use store::Error;

use crate::support::{Book, Place, code, each_engine, told};

fn day_of(text: &str) -> Date {
    text.parse().expect("a day")
}

/// A call to C1 in which somebody who may speak for it said so.
fn call(outcomes: &[&str]) -> Given {
    Given {
        customer: "C1".into(),
        channel: "call".into(),
        right_party: true,
        outcomes: outcomes.iter().map(|code| (*code).to_owned()).collect(),
        ..Given::default()
    }
}

fn record(book: &Book, given: Given) -> Result<attempt::Made, Error> {
    book.act(move |tx, actor, today| attempt::add(tx, actor, today, &given, None))
}

fn as_role(book: &Book, user: &str, role: Role, given: Given) -> String {
    let user = user.to_owned();
    told(book.act(move |tx, actor, today| {
        let actor = Actor { user: user.clone(), roles: role.into(), ..actor.clone() };
        attempt::add(tx, &actor, today, &given, None)
    }))
}

/// The accounts to work now, in their order.
fn to_work(book: &Book) -> Vec<String> {
    listed(book, &Asked::default())
}

fn listed(book: &Book, asked: &Asked) -> Vec<String> {
    let rows = book.read(|tx, actor| {
        let filter = asked.understood(tx, actor)?;
        Ok(worklist::list(tx, actor, book.today(), &filter, 0, 100)?.0)
    });
    rows.into_iter().map(|row| row.code).collect()
}

/// Three accounts, the most pressing first: C1, C2, C3. It is nine in the morning of 5 July 2026 in Kigali.
fn overdue(book: &Book) {
    book.clock.set("2026-07-05T07:00:00Z".parse().expect("an instant"));
    for (n, amount) in [(1, "3000000"), (2, "600000"), (3, "150000")] {
        book.on("2026-06-01");
        book.issue(&format!("A-{n}"), &format!("C{n}"), amount, "2026-06-01", "2026-06-30");
    }
    book.on("2026-07-05");
    book.act(worklist::order).expect("a list");
    assert_eq!(to_work(book), ["C1", "C2", "C3"]);
}

fn topics(book: &Book, topic: Option<Topic>) -> Vec<String> {
    let page = book.read(|tx, actor| history::page(tx, actor, "C1", topic, None, 100));
    page.events.iter().map(|e| format!("{} {} {}", e.on, e.what.name(), e.name)).collect()
}

#[test]
fn one_call_has_several_outcomes_and_makes_what_they_stand_for() {
    each_engine(|book| {
        overdue(book);
        let given = Given {
            answered: " Aline Uwase ".into(),
            note: "pays half, the rest was wet".into(),
            promise: Some(Promised { amount: book.money("1000000"), on: day_of("2026-07-10") }),
            dispute: Some(Contested { invoice: "A-1".into(), amount: Some(200_000), reason: "quality".into() }),
            callback: Some(CallBack { on: day_of("2026-07-08"), minute: 16 * 60 + 30, who: "Aline".into() }),
            ..call(&["inquiry"])
        };
        let made = record(book, given).expect("recorded");
        assert_eq!(made.rests_until, "2026-07-08", "the first thing agreed");
        assert!(made.promise.is_some() && made.callback.is_some() && made.disputes.len() == 1);
        let all = book.read(|tx, actor| attempt::list(tx, actor, Some("C1"), 10));
        assert_eq!(all[0].outcomes, ["inquiry", "promised", "disputed", "call-back"]);
        assert_eq!((all[0].answered.as_str(), all[0].right_party), ("Aline Uwase", true));
        let said = topics(book, Some(Topic::Said));
        assert_eq!(said, ["2026-07-05 attempt call"]);
        let all = topics(book, None);
        for event in ["2026-07-05 promise open", "2026-07-05 dispute A-1 quality", "2026-06-01 invoice A-1"] {
            assert!(all.contains(&event.to_owned()), "{event}: {all:?}");
        }
        // One action, one row of the audit log.
        let log = book.read(|tx, actor| audit::list(tx, actor, &audit::Asked::default(), 1)).rows;
        assert_eq!((log[0].verb.as_str(), log[0].subject.as_str()), ("attempt add", "C1"));
        assert_eq!(log[0].cause.as_deref(), Some("inquiry, promised, disputed, call-back"));
    });
}

#[test]
fn what_contradicts_itself_or_lacks_what_it_stands_for_is_refused_and_nothing_is_written() {
    each_engine(|book| {
        overdue(book);
        let refused = |given: Given| code(&record(book, given).expect_err("refused"));
        assert_eq!(refused(call(&[])), "missing");
        assert_eq!(refused(call(&["promised"])), "missing");
        assert_eq!(refused(call(&["disputed"])), "missing");
        assert_eq!(refused(call(&["call-back"])), "missing");
        assert_eq!(refused(call(&["busy", "says-paid"])), "outcome-alone");
        assert_eq!(refused(call(&["weather"])), "invalid");
        assert_eq!(refused(Given { channel: "pigeon".into(), ..call(&["busy"]) }), "invalid");
        assert_eq!(refused(Given { channel: "incoming".into(), ..call(&["busy"]) }), "outcome-alone");
        assert_eq!(refused(Given { customer: "C9".into(), ..call(&["busy"]) }), "not-found");
        assert_eq!(refused(Given { next_on: Some(day_of("2026-07-04")), ..call(&["busy"]) }), "invalid");
        assert_eq!(refused(Given { next_on: Some(day_of("2028-01-01")), ..call(&["busy"]) }), "invalid");
        assert_eq!(refused(Given { note: "x".repeat(4_001), ..call(&["busy"]) }), "invalid-empty");
        assert_eq!(refused(Given { answered: "x".repeat(201), ..call(&["inquiry"]) }), "invalid-empty");
        assert_eq!(refused(Given { note: "a\u{0}b".into(), ..call(&["busy"]) }), "invalid-empty");
        let promise = |amount: &str, on: &str| Some(Promised { amount: book.money(amount), on: day_of(on) });
        assert_eq!(refused(Given { promise: promise("0", "2026-07-10"), ..call(&[]) }), "not-positive");
        assert_eq!(refused(Given { promise: promise("5", "2026-07-04"), ..call(&[]) }), "promise-day");
        // The promise is good, the dispute is not: neither is made.
        let dispute = |invoice: &str| Some(Contested { invoice: invoice.into(), amount: None, reason: "price".into() });
        let both = |invoice| Given { promise: promise("5", "2026-07-10"), dispute: dispute(invoice), ..call(&[]) };
        assert_eq!(refused(both("A-2")), "other-customer");
        assert_eq!(refused(both("NONE")), "not-found");
        for table in ["attempt", "promise", "dispute", "callback", "rest"] {
            let count: &'static str = Box::leak(format!("SELECT COUNT(*) FROM {table} WHERE company = $1").into());
            assert_eq!(book.number(count), 0, "{table}");
        }
    });
}

#[test]
fn who_may_record_a_call_stops_at_the_own_portfolio() {
    each_engine(|book| {
        overdue(book);
        for user in ["aline", "bosco"] {
            let add = move |tx: &mut store::Tx<'_>, actor: &Actor, _| user::add(tx, actor, user, user, "collector");
            book.act(add).expect("a user");
        }
        let codes = ["C1".to_owned()];
        book.act(move |tx, actor, _| customer::assign(tx, actor, &codes, Some("aline"))).expect("assigned");
        assert_eq!(as_role(book, "bosco", Role::Collector, call(&["busy"])), "other-portfolio");
        assert_eq!(as_role(book, "aline", Role::Collector, call(&["busy"])), "done");
        let nobodys = Given { customer: "C2".into(), ..call(&["busy"]) };
        assert_eq!(as_role(book, "bosco", Role::Collector, nobodys), "done", "nobody's account is everybody's");
        assert_eq!(as_role(book, "diane", Role::Credit, call(&["inquiry"])), "done");
        for role in [Role::Biller, Role::Cashier, Role::Auditor] {
            assert_eq!(as_role(book, "eric", role, call(&["busy"])), "not-allowed", "{role:?}");
        }
        // A promise in the call takes the right to promises.
        let promise = Some(Promised { amount: book.money("5"), on: day_of("2026-07-10") });
        assert_eq!(as_role(book, "diane", Role::Credit, Given { promise, ..call(&[]) }), "not-allowed");
    });
}

#[test]
fn an_account_rests_after_a_call_and_comes_back_when_it_is_worth_another_try() {
    each_engine(|book| {
        overdue(book);
        assert_eq!(record(book, call(&["busy"])).expect("recorded").rests_until, "2026-07-05 09:30");
        assert_eq!(to_work(book), ["C2", "C3"]);
        let resting = Asked { list: "resting".into(), ..Asked::default() };
        assert_eq!(listed(book, &resting), ["C1"]);
        book.tick(29 * 60 * 1_000_000);
        assert_eq!(to_work(book), ["C2", "C3"]);
        book.tick(60 * 1_000_000);
        assert_eq!(to_work(book), ["C1", "C2", "C3"], "half an hour later");
        record(book, Given { customer: "C2".into(), ..call(&["refused"]) }).expect("recorded");
        assert_eq!(to_work(book), ["C1", "C3"]);
        book.on("2026-07-06");
        book.act(worklist::order).expect("a list");
        assert_eq!(to_work(book), ["C1", "C3"], "called yesterday: left in peace");
        // A next date is waited for, and on it the account is there however fresh the contact.
        let next_on = Some(day_of("2026-07-08"));
        let again = Given { customer: "C3".into(), next_on, ..call(&["says-paid"]) };
        record(book, again).expect("recorded");
        for (on, there) in [("2026-07-07", false), ("2026-07-08", true), ("2026-07-09", true)] {
            book.on(on);
            book.act(worklist::order).expect("a list");
            assert_eq!(to_work(book).contains(&"C3".to_owned()), there, "{on}");
        }
        assert_eq!(listed(book, &Asked { reason: "look-again".into(), ..Asked::default() }), ["C3"]);
        record(book, Given { customer: "C3".into(), ..call(&["refused"]) }).expect("recorded");
        book.on("2026-07-10");
        book.act(worklist::order).expect("a list");
        assert!(!to_work(book).contains(&"C3".to_owned()), "it was looked at");
    });
}

#[test]
fn what_changes_during_the_day_changes_the_list() {
    each_engine(|book| {
        overdue(book);
        book.receipt("P", Some("C2"), "600000", "2026-07-05");
        book.apply("P", "A-2", None);
        assert_eq!(to_work(book), ["C1", "C3"], "paid since the morning");
        let until = day_of("2026-07-20");
        let held = book.act(move |tx, actor, today| hold::add(tx, actor, today, "C1", until, "funeral")).expect("held");
        assert_eq!(to_work(book), ["C3"]);
        book.act(move |tx, actor, today| hold::lift(tx, actor, today, &held)).expect("lifted");
        assert_eq!(to_work(book), ["C1", "C3"]);
    });
}

#[test]
fn a_broken_promise_brings_the_account_back_first_whatever_was_agreed() {
    each_engine(|book| {
        overdue(book);
        let promise = Some(Promised { amount: book.money("150000"), on: day_of("2026-07-07") });
        let given = Given { customer: "C3".into(), promise, next_on: Some(day_of("2026-08-01")), ..call(&[]) };
        record(book, given).expect("recorded");
        for on in ["2026-07-05", "2026-07-06", "2026-07-07", "2026-07-08"] {
            book.on(on);
            book.act(day::turn).expect("a day");
        }
        assert!(to_work(book).contains(&"C3".to_owned()), "it does not rest until August");
        let broken = |scope| {
            let found = book.read(|tx, actor| today::promises(tx, actor, book.today(), scope, Promises::Broken));
            found.into_iter().map(|(p, name)| format!("{} {name} {}", p.code, p.state)).collect::<Vec<_>>()
        };
        assert_eq!((broken(Scope::All), broken(Scope::Mine)), (vec!["C3 C3 broken".to_owned()], vec![]));
        let waits = book.read(|tx, actor| today::of(tx, book.db.snapshots(), actor, book.today(), Scope::All));
        assert_eq!((waits.promises_due, waits.promises_broken), (0, 1));
    });
}

#[test]
fn the_list_is_filtered_counted_and_walked_without_going_back() {
    each_engine(|book| {
        overdue(book);
        book.rate("2026-01-01", "USD", "1450");
        book.on("2026-06-01");
        book.issue("A-4", "C4", "50.00 USD", "2026-06-01", "2026-06-30");
        book.customer("C5", "100% Fresh_Market");
        book.issue("A-5", "C5", "90000", "2026-06-01", "2026-06-30");
        book.on("2026-07-05");
        let given = customer::Given { code: "C2".into(), segment: Some("hotel".into()), ..Default::default() };
        book.act(move |tx, actor, today| customer::save(tx, actor, today, &given)).expect("saved");
        book.act(worklist::order).expect("a list");
        let asked = |change: &dyn Fn(&mut Asked)| {
            let mut asked = Asked::default();
            change(&mut asked);
            listed(book, &asked)
        };
        let all = to_work(book);
        assert_eq!(all.len(), 5);
        assert_eq!(asked(&|a| a.segment = "hotel".into()), ["C2"]);
        assert_eq!(asked(&|a| a.currency = "usd".into()), ["C4"]);
        assert_eq!(asked(&|a| (a.currency, a.min) = ("USD".into(), "50.01".into())), Vec::<String>::new());
        assert_eq!(asked(&|a| a.min = "600,000".into()), ["C1", "C2"]);
        assert_eq!(asked(&|a| a.text = "fresh_m".into()), ["C5"]);
        assert_eq!(asked(&|a| a.text = "100%".into()), ["C5"]);
        assert_eq!(asked(&|a| a.text = "c%".into()), Vec::<String>::new(), "a sign is itself");
        assert_eq!(asked(&|a| a.step = "call".into()).len() + asked(&|a| a.step = "reminder-1".into()).len(), 5);
        assert_eq!(asked(&|a| a.reason = "never-contacted".into()).len(), 5);
        assert_eq!(asked(&|a| a.reason = "disputed".into()), Vec::<String>::new());
        assert_eq!(asked(&|a| a.of = "nobody".into()).len(), 5);
        assert_eq!(asked(&|a| a.of = "mine".into()), Vec::<String>::new());
        for (field, value) in [
            ("of", "stranger"),
            ("currency", "XXX9"),
            ("min", "many"),
            ("min", "-5"),
            ("step", "dance"),
            ("reason", "weather"),
            ("list", "all"),
        ] {
            let asked: Asked = serde_json::from_value(serde_json::json!({ field: value })).expect("a filter");
            let refused = book.db.read(|tx| asked.understood(tx, &book.actor)).expect_err("refused");
            assert!(matches!(code(&refused).as_str(), "invalid" | "not-found"), "{field}={value}: {refused}");
        }
        // Page by page, and from account to account.
        let filter = Filter::of(Whose::All);
        let page = |after| book.read(|tx, actor| worklist::list(tx, actor, book.today(), &filter, after, 2));
        let (first, more) = page(0);
        let (second, _) = page(first[1].rank);
        assert!(more && second.len() == 2 && second[0].code == all[2]);
        let around = |code: &str| {
            let found = book.read(|tx, actor| {
                let customer = customer::get(tx, actor, code)?;
                worklist::neighbours(tx, actor, book.today(), &filter, customer.id)
            });
            (found.0.map(|(code, _)| code), found.1.map(|(code, _)| code))
        };
        assert_eq!(around(&all[0]), (None, Some(all[1].clone())));
        assert_eq!(around(&all[2]), (Some(all[1].clone()), Some(all[3].clone())));
        assert_eq!(around(&all[4]), (Some(all[3].clone()), None));
        // One that was just worked still knows what comes after it.
        record(book, Given { customer: all[1].clone(), ..call(&["busy"]) }).expect("recorded");
        assert_eq!(around(&all[1]), (Some(all[0].clone()), Some(all[2].clone())));
        assert_eq!(around(&all[0]).1, Some(all[2].clone()));
        assert_eq!(book.read(|tx, actor| worklist::count(tx, actor, book.today(), &filter)), 4);
    });
}

#[test]
fn a_view_is_kept_by_its_person_and_by_nobody_else() {
    each_engine(|book| {
        let hotels = Asked { segment: "hotel".into(), min: "100000".into(), ..Asked::default() };
        let save = |name: &'static str, asked: &Asked| {
            let asked = asked.clone();
            told(book.act(move |tx, actor, _| view::save(tx, actor, name, &asked)))
        };
        assert_eq!(save("Hotels", &hotels), "done");
        assert_eq!(save("Hotels", &Asked { min: "5".into(), ..hotels.clone() }), "done", "kept in its place");
        assert_eq!(save(" ", &hotels), "missing");
        assert_eq!(save("Bad", &Asked { step: "dance".into(), ..Asked::default() }), "invalid");
        let views = |user: &str| {
            let actor = Actor { user: user.into(), ..book.actor.clone() };
            let all = book.db.read(|tx| view::list(tx, &actor)).expect("views");
            all.into_iter().map(|v| format!("{} {}", v.name, v.asked.min)).collect::<Vec<_>>()
        };
        assert_eq!((views("admin"), views("aline")), (vec!["Hotels 5".to_owned()], vec![]));
        let forget = |name: &'static str| told(book.act(move |tx, actor, _| view::forget(tx, actor, name)));
        assert_eq!((forget("Hotels"), forget("Hotels")), ("done".to_owned(), "not-found".to_owned()));
    });
}

#[test]
fn a_callback_rings_from_its_hour_on_until_it_is_done() {
    each_engine(|book| {
        overdue(book);
        let add = |on: &str, minute| {
            let given = callback::Given {
                customer: "C1".into(),
                on: day_of(on),
                minute,
                who: "Keza".into(),
                note: "about the rest".into(),
            };
            book.act(move |tx, actor, today| callback::add(tx, actor, today, &given, None))
        };
        assert_eq!(code(&add("2026-07-04", 600).expect_err("refused")), "invalid");
        let first = add("2026-07-05", 9 * 60 + 15).expect("a callback").id;
        add("2026-07-05", 15 * 60).expect("a callback");
        add("2026-07-06", 8 * 60).expect("a callback");
        let ringing = |user: Option<&str>| {
            let all = book.read(|tx, actor| callback::ringing(tx, actor, book.today(), user));
            all.iter().map(|r| (r.callback.minute, r.due)).collect::<Vec<_>>()
        };
        assert_eq!(ringing(None), [(555, false), (900, false)]);
        book.tick(15 * 60 * 1_000_000);
        assert_eq!(ringing(None), [(555, true), (900, false)]);
        assert_eq!((ringing(Some("admin")).len(), ringing(Some("aline")).len()), (2, 0));
        let done = |id: &str| {
            let id = id.to_owned();
            told(book.act(move |tx, actor, today| callback::done(tx, actor, today, &id)))
        };
        assert_eq!(
            (done(&first), done(&first), done("nothing")),
            ("done".into(), "callback-done".into(), "not-found".into())
        );
        // An attempt that reaches nobody leaves it; one that reaches somebody has done what was due.
        book.on("2026-07-06");
        record(book, call(&["no-answer"])).expect("recorded");
        assert_eq!(ringing(None), [(900, true), (480, true)], "of yesterday first");
        record(book, call(&["inquiry"])).expect("recorded");
        assert_eq!(ringing(None), []);
        let done = book.read(callback::list);
        assert!(done.iter().all(|b| b.done.is_some()));
    });
}

fn note(book: &Book, record: &str, name: &str, text: &str, corrects: Option<&str>) -> Result<String, Error> {
    let given = record::Given {
        record: record.into(),
        name: name.into(),
        text: text.into(),
        corrects: corrects.map(str::to_owned),
    };
    book.act(move |tx, actor, today| record::add_note(tx, actor, today, &given, None)).map(|noted| noted.id)
}

#[test]
fn a_note_is_corrected_by_a_new_one_and_never_changed() {
    each_engine(|book| {
        overdue(book);
        let first = note(book, "customer", "C1", "  pays on Mondys\n ", None).expect("noted");
        let second = note(book, "customer", "C1", "pays on Mondays", Some(&first)).expect("corrected");
        let refused = |record: &str, name: &str, text: &str, corrects: Option<&str>| {
            code(&note(book, record, name, text, corrects).expect_err("refused"))
        };
        assert_eq!(refused("customer", "C1", "once more", Some(&first)), "note-corrected");
        assert_eq!(refused("customer", "C2", "of another", Some(&second)), "not-found");
        assert_eq!(refused("customer", "C1", " \n ", None), "missing");
        assert_eq!(refused("customer", "C1", &"x".repeat(4_001), None), "invalid-empty");
        assert_eq!(refused("boat", "C1", "text", None), "invalid");
        assert_eq!(refused("invoice", "NONE", "text", None), "not-found");
        assert!(note(book, "customer", "C1", &"é".repeat(4_000), None).is_ok(), "characters, not bytes");
        note(book, "invoice", "A-1", "two bags were wet", None).expect("noted");
        book.receipt("P", None, "5", "2026-07-05");
        note(book, "receipt", "P", "somebody from Huye", None).expect("noted");
        let all = book.read(|tx, actor| record::notes(tx, actor, "customer", "C1"));
        assert_eq!(all.len(), 4, "its own and its invoice's");
        assert_eq!(all.iter().filter(|n| n.corrected_by.is_some()).count(), 1);
        assert_eq!(all[0].text, "two bags were wet");
        let of_receipt = book.read(|tx, actor| record::notes(tx, actor, "receipt", "P"));
        assert_eq!((of_receipt[0].text.as_str(), &of_receipt[0].code), ("somebody from Huye", &None));
        assert_eq!(topics(book, Some(Topic::Said)).len(), 4);
    });
}

fn file(book: &Book, of: &str, kind: &str, name: &str, content: &[u8]) -> Result<paper::Filed, Error> {
    let given = paper::Given {
        record: "customer".into(),
        of: of.into(),
        kind: kind.into(),
        name: name.into(),
        content: content.to_vec(),
        until: None,
    };
    book.act(move |tx, actor, today| paper::add(tx, actor, today, &given, None))
}

#[test]
fn a_paper_is_known_by_its_content_and_stored_once() {
    each_engine(|book| {
        overdue(book);
        let pdf = b"%PDF-1.7\nsigned on 5 July".as_slice();
        let filed = file(book, "C1", "signed-plan", "../plan.exe", pdf).expect("filed");
        assert_eq!(filed.name, "plan.exe.pdf");
        let twice = file(book, "C1", "signed-plan", "again.pdf", pdf).expect("filed");
        assert_eq!(twice.id, filed.id, "the same one");
        let other = file(book, "C2", "signed-plan", "plan.pdf", pdf).expect("filed");
        assert_eq!((other.digest == filed.digest, other.id == filed.id), (true, false));
        assert_eq!(book.number("SELECT COUNT(*) FROM paper_content WHERE company = $1"), 1);
        let (found, content) = book.read(|tx, actor| paper::get(tx, actor, &filed.id));
        assert_eq!((content.as_slice(), found.media.as_str(), found.size), (pdf, "application/pdf", 25));
        let refused =
            |kind: &str, content: &[u8]| code(&file(book, "C1", kind, "a.pdf", content).expect_err("refused"));
        assert_eq!(refused("order", b""), "missing");
        assert_eq!(refused("order", b"MZ\x90\0\x03"), "invalid-empty");
        assert_eq!(refused("poem", pdf), "invalid");
        let mut large = pdf.to_vec();
        large.resize(10 << 20, b' ');
        assert!(file(book, "C3", "order", "large.pdf", &large).is_ok(), "as large as may be");
        large.push(b' ');
        assert_eq!(refused("order", &large), "invalid-empty");
        assert_eq!(code(&file(book, "C9", "order", "a.pdf", pdf).expect_err("refused")), "not-found");
        assert_eq!(topics(book, Some(Topic::Filed)), ["2026-07-05 paper plan.exe.pdf"]);
    });
}

#[test]
fn papers_are_in_the_backup_and_come_back_from_it() {
    each_engine(|book| {
        overdue(book);
        let pdf = [b"%PDF-1.7\n".as_slice(), &[7; 100_000]].concat();
        let filed = file(book, "C1", "contract", "contract.pdf", &pdf).expect("filed");
        // As long as an id and as a digest: bytes are bytes.
        for text in ["sixteen letters!", "this text has thirty-two letters"] {
            file(book, "C1", "other", "note.txt", text.as_bytes()).expect("filed");
        }
        record(book, call(&["says-paid"])).expect("recorded");
        note(book, "customer", "C1", "says it is paid", None).expect("noted");
        let folder = tempfile::tempdir().expect("a folder");
        let backup = folder.path().join("one");
        ideni::actions::backup::write(&book.db, &backup).expect("a backup");
        for target in crate::support::places() {
            let db = target.open(book.clock.clone(), 9);
            ideni::actions::backup::restore(&backup, &db).expect("restored and verified");
            drop(db);
            let restored = Book::reopen(&target, book.clock.now().plus_micros(1_000_000), 10);
            let (_, content) = restored.read(|tx, actor| paper::get(tx, actor, &filed.id));
            assert!(content == pdf, "{:?}", target.engine);
            assert_eq!(restored.read(|tx, actor| paper::list(tx, actor, 10)).len(), 3);
            restored.verify();
        }
    });
}

#[test]
fn another_company_sees_nothing_of_it() {
    each_engine(|book| {
        overdue(book);
        let filed = file(book, "C1", "order", "order.pdf", b"%PDF-1.7\n").expect("filed");
        let noted = note(book, "customer", "C1", "ours", None).expect("noted");
        let rings = callback::Given {
            customer: "C1".into(),
            on: book.today(),
            minute: 0,
            who: String::new(),
            note: String::new(),
        };
        let rings =
            book.act(move |tx, actor, today| callback::add(tx, actor, today, &rings, None)).expect("a callback");
        let new = company::NewCompany {
            name: "Huye Traders Ltd".into(),
            code: None,
            tin: None,
            currency: book.actor.company.currency,
            country: "rw".into(),
            simulated: true,
        };
        let theirs = book.db.write(move |tx| company::init(tx, "admin", &new)).expect("another company");
        let (today, actor) = (book.today(), theirs.clone());
        let tried = book.db.write(move |tx| {
            let told = [
                told(paper::get(tx, &actor, &filed.id)),
                told(callback::done(tx, &actor, today, &rings.id)),
                told(record::notes(tx, &actor, "customer", "C1")),
                told(attempt::add(tx, &actor, today, &call(&["busy"]), None)),
                told(history::page(tx, &actor, "C1", None, None, 10)),
            ];
            Err::<(), _>(Error::Failed(told.join(" ")))
        });
        assert_eq!(tried.expect_err("told").to_string(), ["not-found"; 5].join(" "));
        let own =
            record::Given { record: "customer".into(), name: "T1".into(), text: "x".into(), corrects: Some(noted) };
        let actor = theirs.clone();
        let told = book.db.write(move |tx| {
            let new = customer::Given { code: "T1".into(), ..Default::default() };
            customer::save(tx, &actor, today, &new)?;
            record::add_note(tx, &actor, today, &own, None)
        });
        assert_eq!(code(&told.expect_err("refused")), "not-found", "no note of ours is corrected from there");
        let waits = book.db.read(|tx| today::of(tx, book.db.snapshots(), &theirs, today, Scope::All)).expect("today");
        assert_eq!((waits.accounts, waits.callbacks.len(), waits.receipts), (0, 0, 0));
    });
}

#[test]
fn the_history_goes_on_where_a_page_ended_and_tells_each_event_once() {
    each_engine(|book| {
        overdue(book);
        for n in 0..7 {
            note(book, "customer", "C1", &format!("note {n}"), None).expect("noted");
            record(book, call(&["inquiry"])).expect("recorded");
        }
        let given = Contested { invoice: "A-1".into(), amount: Some(5), reason: "price".into() };
        record(book, Given { dispute: Some(given), ..call(&[]) }).expect("recorded");
        let open = book.read(ideni::actions::dispute::list);
        let id = open[0].id.to_string();
        book.act(move |tx, actor, today| ideni::actions::dispute::end(tx, actor, today, &id, "rejected", ""))
            .expect("ended");
        let all = topics(book, None);
        assert_eq!(all.len(), 18, "{all:?}");
        for limit in [1, 2, 5] {
            let (mut seen, mut before) = (Vec::new(), None::<String>);
            loop {
                let page = book.read(|tx, actor| history::page(tx, actor, "C1", None, before.as_deref(), limit));
                seen.extend(page.events.iter().map(|e| format!("{} {} {}", e.on, e.what.name(), e.name)));
                before = page.older;
                if before.is_none() {
                    break;
                }
            }
            assert_eq!(seen, all, "{limit} at a time");
        }
        for bad in ["", "x", "2026-07-05", "2026-07-05.0.0", "2026-07-05.00000000-0000-0000-0000-000000000000.99"] {
            let refused = book.db.read(|tx| history::page(tx, &book.actor, "C1", None, Some(bad), 5));
            assert_eq!(code(&refused.expect_err("refused")), "invalid", "{bad:?}");
        }
        assert_eq!(Topic::from_code("gossip").expect_err("refused").code(), "invalid");
    });
}

#[test]
fn the_team_is_counted_by_who_did_it() {
    each_engine(|book| {
        overdue(book);
        for user in ["aline", "bosco"] {
            let add = move |tx: &mut store::Tx<'_>, actor: &Actor, _| user::add(tx, actor, user, user, "collector");
            book.act(add).expect("a user");
        }
        let codes = ["C1".to_owned(), "C2".to_owned()];
        book.act(move |tx, actor, _| customer::assign(tx, actor, &codes, Some("aline"))).expect("assigned");
        let promise = Some(Promised { amount: book.money("5"), on: day_of("2026-07-10") });
        assert_eq!(as_role(book, "aline", Role::Collector, Given { promise, ..call(&[]) }), "done");
        book.on("2026-07-06");
        assert_eq!(as_role(book, "aline", Role::Collector, call(&["busy"])), "done");
        assert_eq!(as_role(book, "aline", Role::Collector, call(&["refused"])), "done");
        let team = book.read(|tx, actor| today::team(tx, book.db.snapshots(), actor, book.today()));
        let aline = &team["aline"];
        assert_eq!((aline.accounts, aline.overdue), (2, 3_600_000));
        // 5 July was a Sunday: another week.
        assert_eq!((aline.attempts_today, aline.talks_today, aline.attempts_week), (2, 1, 2));
        assert_eq!((aline.promises_made, aline.promises_kept), (1, 0));
        assert_eq!((team[""].accounts, team.contains_key("bosco")), (1, false));
        // It is remembered only until something new is sealed.
        assert_eq!(as_role(book, "aline", Role::Collector, call(&["busy"])), "done");
        book.db.seal().expect("sealed");
        let team = book.read(|tx, actor| today::team(tx, book.db.snapshots(), actor, book.today()));
        assert_eq!(team["aline"].attempts_today, 3);
        let collector = Actor { roles: Role::Collector.into(), ..book.actor.clone() };
        let refused = book.db.read(|tx| today::team(tx, book.db.snapshots(), &collector, book.today()));
        assert_eq!(code(&refused.expect_err("refused")), "not-allowed");
    });
}

#[test]
fn the_last_contact_is_a_projection_that_verify_rebuilds() {
    each_engine(|book| {
        overdue(book);
        record(book, call(&["no-answer"])).expect("recorded");
        assert_eq!(book.number("SELECT COUNT(*) FROM contact WHERE company = $1"), 0, "nobody was reached");
        record(book, Given { right_party: false, ..call(&["inquiry"]) }).expect("recorded");
        assert_eq!(book.number("SELECT COUNT(*) FROM contact WHERE company = $1"), 0, "a neighbour");
        record(book, call(&["inquiry"])).expect("recorded");
        assert_eq!(book.number("SELECT last_on FROM contact WHERE company = $1"), i64::from(book.today().day_number()));
        let text = "UPDATE contact SET last_on = last_on - 1";
        let found = book.db.write(move |tx| {
            tx.execute(store::Sql { lite: text, pg: text }, &[])?;
            let company = store::company::list(tx)?[0].id;
            let all = store::verify::all(tx, company)?;
            let broken: Vec<&str> = all.iter().filter(|c| !c.broken.is_empty()).map(|c| c.identity).collect();
            Err::<(), _>(Error::Failed(broken.join(", ")))
        });
        assert!(found.expect_err("rolled back").to_string().contains("last contacts equal their rebuilding"));
    });
}

/// Two people who file the same bytes at the same moment store them once.
#[test]
fn papers_filed_at_once_are_stored_once() {
    crate::support::each_engine_really(|book: &Book, _: &Place| {
        book.customer("C1", "Ineza Shop");
        book.customer("C2", "Keza Hotel");
        std::thread::scope(|scope| {
            for t in 0..4 {
                scope.spawn(move || {
                    for n in 0..10 {
                        let content = format!("%PDF-1.7\npaper {n}");
                        let of = if t % 2 == 0 { "C1" } else { "C2" };
                        file(book, of, "order", "a.pdf", content.as_bytes()).expect("filed");
                    }
                });
            }
        });
        assert_eq!(book.number("SELECT COUNT(*) FROM paper_content WHERE company = $1"), 10);
        assert_eq!(book.number("SELECT COUNT(*) FROM paper WHERE company = $1"), 20);
    });
}
