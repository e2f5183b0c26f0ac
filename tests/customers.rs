//! The customer master: who, how to reach them, what changed and who may be the same; on both engines.

use ideni::actions::customer::{self, Alike, Given};
use ideni::actions::gap::{self, Gap};
use ideni::actions::import::What;
use ideni::actions::report::By;
use ideni::actions::{Actor, Role, contact_person, day, duplicate, hold, merge, outbox, promise, worklist};
use receivables::customer::contact::Typed;
use receivables::{Currency, Date, Money};
use store::customer::CreditLimit;
use store::{Error, Tx};

use crate::support::{Book, code, each_engine, told};

/// A customer by name, and nothing else known of it.
fn given(code: &str, name: &str) -> Given {
    Given { code: code.into(), name: Some(name.into()), ..Given::default() }
}

fn save(book: &Book, given: Given) -> String {
    told(book.act(move |tx, actor, today| customer::save(tx, actor, today, &given)))
}

fn edit(book: &Book, given: Given, version: i64) -> String {
    told(book.act(move |tx, actor, _| customer::edit(tx, actor, &given, version, None)))
}

fn add(book: &Book, given: Given, alike: Alike) -> String {
    told(book.act(move |tx, actor, today| customer::add(tx, actor, today, &given, alike, None)))
}

fn get(book: &Book, code: &str) -> store::customer::Customer {
    book.read(|tx, actor| customer::get(tx, actor, code))
}

fn merged(book: &Book, from: &str, into: &str) -> String {
    let (from, into) = (from.to_owned(), into.to_owned());
    told(book.act(move |tx, actor, _| merge::merge(tx, actor, &from, &into, "one shop", None)))
}

fn unmerged(book: &Book, code: &str) -> String {
    let code = code.to_owned();
    told(book.act(move |tx, actor, _| merge::unmerge(tx, actor, &code, "two shops after all", None)))
}

/// What somebody of a role is told.
fn told_as<T: Send + 'static>(
    book: &Book,
    role: Role,
    f: impl Fn(&mut Tx<'_>, &Actor, Date) -> Result<T, Error> + Send + 'static,
) -> String {
    let (actor, today) = (Actor { user: "somebody".into(), roles: role.into(), ..book.actor.clone() }, book.today());
    told(book.db.write(move |tx| f(tx, &actor, today)))
}

// ---- edit

#[test]
fn every_change_of_a_customer_is_kept_with_who_and_when() {
    each_engine(|book| {
        book.customer("C1", "Ineza Shop");
        assert_eq!(edit(book, Given { tin: Some("100000001".into()), ..given("C1", "Ineza Ltd") }, 1), "done");
        assert_eq!(
            edit(book, Given { tin: Some(String::new()), ..Given { code: "C1".into(), ..Given::default() } }, 2),
            "done"
        );
        assert_eq!(edit(book, given("C1", "Ineza Ltd"), 3), "done", "nothing changed: no new version");
        book.load_changed(What::Customers, "code,name,segment\nC1,Ineza Ltd,retail\n");
        let changes = book.read(|tx, actor| customer::history(tx, actor, "C1"));
        let told: Vec<_> =
            changes.iter().map(|c| format!("{} {} {}: {} → {}", c.version, c.verb, c.field, c.was, c.became)).collect();
        assert_eq!(
            told,
            [
                "4 import customers segment:  → retail",
                "3 customer save tin: 100000001 → ",
                "2 customer save name: Ineza Shop → Ineza Ltd",
                "2 customer save tin:  → 100000001",
            ]
        );
        assert!(changes.iter().all(|c| c.actor == "admin") && changes[0].at > changes[3].at);
        assert_eq!((get(book, "C1").version, get(book, "C1").tin), (4, None));
    });
}

#[test]
fn the_second_of_two_people_sees_both_versions() {
    each_engine(|book| {
        book.customer("C1", "Ineza Shop");
        let theirs =
            Given { email: Some("a@ineza.rw".into()), phone: Some("0788123456".into()), ..given("C1", "Ineza Ltd") };
        let mine = Given { tin: Some("100000001".into()), ..given("C1", "Ineza Stores") };
        assert_eq!(edit(book, theirs, 1), "done");
        assert_eq!(edit(book, mine.clone(), 1), "stale-version");
        assert_eq!(get(book, "C1").name, "Ineza Ltd", "nothing of it is written");
        let wanted = mine.clone();
        let conflict = book.read(|tx, actor| customer::conflict(tx, actor, &wanted, 1));
        let told: Vec<_> = conflict
            .fields
            .iter()
            .map(|d| (d.field.as_str(), d.common.as_str(), d.theirs.as_str(), d.mine.as_str(), d.clashes()))
            .collect();
        assert_eq!(
            told,
            [
                ("name", "Ineza Shop", "Ineza Ltd", "Ineza Stores", true),
                ("tin", "", "", "100000001", false),
                ("phone", "", "+250788123456", "", false),
                ("email", "", "a@ineza.rw", "", false),
            ]
        );
        assert_eq!((conflict.version, conflict.last.map(|(user, _)| user)), (2, Some("admin".into())));
        assert_eq!(edit(book, mine, 2), "done");
        let now = get(book, "C1");
        let kept = (now.name.as_str(), now.tin.as_deref(), now.email.as_deref());
        assert_eq!(kept, ("Ineza Stores", Some("100000001"), Some("a@ineza.rw")));
    });
}

#[test]
fn what_cannot_be_of_a_customer_is_refused() {
    each_engine(|book| {
        book.customer("C1", "Ineza Shop");
        let with = |change: &dyn Fn(&mut Given)| {
            let mut given = Given { code: "C1".into(), ..Given::default() };
            change(&mut given);
            edit(book, given, 1)
        };
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(with(&|g| g.name = some(" ")), "missing");
        assert_eq!(with(&|g| g.name = Some("x".repeat(121))), "invalid");
        assert_eq!(with(&|g| g.kind = some("ghost")), "invalid");
        assert_eq!(with(&|g| g.tin = some("12345678")), "invalid");
        assert_eq!(with(&|g| g.phone = some("12")), "invalid");
        assert_eq!(with(&|g| g.email = some("ineza")), "invalid");
        assert_eq!(with(&|g| g.language = some("de")), "invalid");
        assert_eq!(with(&|g| g.terms_days = Some(-1)), "invalid");
        assert_eq!(with(&|g| g.credit_limit = Some(CreditLimit::Amount(-1))), "not-positive");
        assert_eq!(with(&|g| g.segment = Some("s".repeat(61))), "invalid");
        assert_eq!(with(&|g| g.collector = some("nobody")), "not-found");
        assert_eq!(with(&|g| g.code = "C9".into()), "not-found");
        assert_eq!(get(book, "C1").version, 1);
        // What is as it was is not looked at again: an import may have brought it.
        book.load_changed(What::Customers, "code,name,tin,phone\nC1,Ineza Shop,12-34/5,070 nobody\n");
        let same = Given { tin: some("12-34/5"), phone: some("070 nobody"), ..given("C1", "Ineza Stores") };
        assert_eq!(edit(book, same, 2), "done");
        let biller =
            |given: Given| told_as(book, Role::Biller, move |tx, actor, _| customer::edit(tx, actor, &given, 3, None));
        let assigned = Given { collector: some("admin"), code: "C1".into(), ..Given::default() };
        assert_eq!(biller(assigned), "not-allowed", "who works an account is the manager's to say");
        assert_eq!(biller(Given { district: some("Huye"), code: "C1".into(), ..Given::default() }), "done");
        let collector = given("C1", "X");
        assert_eq!(
            told_as(book, Role::Collector, move |tx, actor, _| customer::edit(tx, actor, &collector, 4, None)),
            "not-allowed"
        );
    });
}

// ---- contacts

fn person(name: &str) -> Typed {
    Typed { name: name.into(), role: "accounts-payable".into(), phone: "0788 123 456".into(), ..Typed::default() }
}

fn add_contact(book: &Book, code: &str, typed: Typed) -> Result<contact_person::Made, Error> {
    let code = code.to_owned();
    book.act(move |tx, actor, _| contact_person::add(tx, actor, &code, &typed, None))
}

fn people(book: &Book, code: &str) -> Vec<String> {
    let all = book.read(|tx, actor| contact_person::list(tx, actor, code));
    let told = |(of, p): &(String, store::contact_person::Person)| {
        let c = &p.contact;
        let marks = format!("{}{}", if c.primary { "*" } else { "" }, if c.active { "" } else { "†" });
        format!("{of} {}{marks} {} v{}", c.name, c.phone.as_deref().unwrap_or("–"), p.version)
    };
    all.iter().map(told).collect()
}

#[test]
fn the_people_at_a_customer_are_kept_in_versions() {
    each_engine(|book| {
        book.customer("C1", "Ineza Shop");
        let keza = add_contact(book, "C1", Typed { primary: true, ..person("Keza") }).expect("saved");
        let eric = Typed { primary: true, phone: "+256772123456".into(), days: "mon-fri".into(), ..person("Eric") };
        add_contact(book, "C1", eric).expect("saved");
        assert_eq!(people(book, "C1"), ["C1 Eric* +256772123456 v1", "C1 Keza +250788123456 v2"]);
        let change = |version: i64, typed: Typed| {
            let id = keza.id.clone();
            told(book.act(move |tx, actor, _| contact_person::change(tx, actor, &id, version, &typed, None)))
        };
        assert_eq!(change(1, person("Keza Aline")), "stale-version", "somebody made another the first to ask");
        assert_eq!(change(2, person("Keza Aline")), "done");
        assert_eq!(change(3, person("Keza Aline")), "done", "nothing new");
        let id = keza.id.clone();
        assert_eq!(told(book.act(move |tx, actor, _| contact_person::end(tx, actor, &id, "left"))), "done");
        let id = keza.id.clone();
        assert_eq!(told(book.act(move |tx, actor, _| contact_person::end(tx, actor, &id, "left"))), "invalid");
        assert_eq!(change(4, person("Keza")), "invalid", "an ended contact is not changed");
        let versions = book.read(|tx, actor| contact_person::history(tx, actor, &keza.id));
        let told: Vec<_> = versions
            .iter()
            .map(|v| (v.person.version, v.person.contact.name.as_str(), v.person.contact.active))
            .collect();
        assert_eq!(told, [(4, "Keza Aline", false), (3, "Keza Aline", true), (2, "Keza", true), (1, "Keza", true)]);
    });
}

#[test]
fn a_contact_is_somebody_who_can_be_reached_and_whom_one_may_change() {
    each_engine(|book| {
        book.customer("C1", "Ineza Shop");
        let refused = |typed: Typed| code(&add_contact(book, "C1", typed).expect_err("refused"));
        assert_eq!(refused(Typed { phone: String::new(), ..person("Keza") }), "missing");
        assert_eq!(refused(Typed { phone: "call me".into(), ..person("Keza") }), "invalid");
        assert_eq!(refused(Typed { name: "k".repeat(121), ..person("") }), "invalid");
        assert_eq!(refused(Typed { days: "someday".into(), ..person("Keza") }), "invalid");
        assert_eq!(code(&add_contact(book, "C9", person("Keza")).expect_err("refused")), "not-found");
        let get = |id: &'static str| told(book.act(move |tx, actor, _| contact_person::end(tx, actor, id, "")));
        assert_eq!(
            (get("nothing"), get("00000000-0000-7000-8000-000000000000")),
            ("not-found".into(), "not-found".into())
        );
        let by = |role: Role| {
            told_as(book, role, |tx, actor, _| contact_person::add(tx, actor, "C1", &person("Keza"), None))
        };
        assert_eq!([Role::Collector, Role::Auditor, Role::Cashier].map(by), ["done", "not-allowed", "not-allowed"]);
        book.act(|tx, actor, _| customer::assign(tx, actor, &["C1".into()], Some("admin"))).expect("assigned");
        assert_eq!(by(Role::Collector), "other-portfolio");
    });
}

#[test]
fn a_payment_from_a_contacts_telephone_is_the_customers() {
    each_engine(|book| {
        book.issue("F-1", "C1", "1000", "2026-02-01", "2026-03-01");
        add_contact(book, "C1", person("Keza")).expect("saved");
        let statement =
            b"date,description,counterparty,counterparty_ref,credit,balance\n2026-03-01,PAYMENT,SOMEBODY,250788123456,1000,2000\n";
        book.statement("momo", "march.csv", statement).expect("a statement");
        let found = book.look();
        assert_eq!(found[0].allocations.iter().map(|s| s.invoice.as_str()).collect::<Vec<_>>(), ["F-1"]);
    });
}

// ---- duplicates

#[test]
fn a_new_customer_that_looks_like_one_there_is_needs_a_word() {
    each_engine(|book| {
        save(book, Given { tin: Some("100000001".into()), ..given("C1", "Société Kivu Café SARL") });
        add_contact(book, "C1", Typed { phone: "0788 000 111".into(), ..person("Keza") }).expect("saved");
        let alike = [
            given("N1", "KIVU CAFE"),
            Given { tin: Some("100 000 001".into()), ..given("N1", "Other name") },
            Given { phone: Some("+250788000111".into()), ..given("N1", "Other name") },
            given("N1", "Kivu Caffe"),
        ];
        for new in &alike {
            assert_eq!(add(book, new.clone(), Alike::Refuse), "likely-duplicate", "{new:?}");
        }
        let sought = duplicate::Sought { name: "Kivu Café", tin: Some("100000001"), ..Default::default() };
        let found = book.read(|tx, actor| duplicate::of(tx, actor, sought));
        let reasons: Vec<String> = found[0].likeness.reasons.iter().map(ToString::to_string).collect();
        assert_eq!((found.len(), found[0].code.as_str()), (1, "C1"));
        assert_eq!(reasons, ["alike-tin(100000001)", "alike-same-name"]);
        assert_eq!(add(book, given("N2", "Musanze Traders"), Alike::Refuse), "done");
        assert_eq!(add(book, alike[0].clone(), Alike::Accept), "done");
        assert_eq!(add(book, given("N1", "Yet another"), Alike::Accept), "exists");
        assert_eq!(add(book, given(" ", "Nobody"), Alike::Accept), "missing");
        assert_eq!(add(book, Given { code: "N3".into(), ..Given::default() }, Alike::Accept), "missing");
        assert_eq!(add(book, given(&"n".repeat(41), "Long"), Alike::Accept), "invalid");
        let pairs = |book: &Book| -> Vec<(String, String)> {
            let (_, pairs) = book.read(|tx, actor| duplicate::list(tx, actor, 10));
            pairs.into_iter().map(|pair| (pair.one.0, pair.other.0)).collect()
        };
        assert_eq!(pairs(book), [("C1".to_owned(), "N1".to_owned())]);
        assert_eq!(merged(book, "N1", "C1"), "done");
        assert_eq!(pairs(book), [], "what is one already is no duplicate");
    });
}

// ---- merge

/// Two codes of one shop, each with an invoice past due, and another customer.
fn two_of_one(book: &Book) {
    book.on("2026-06-01");
    book.issue("A-1", "A", "1000", "2026-05-01", "2026-05-31");
    book.issue("B-1", "B", "500", "2026-05-01", "2026-05-31");
    book.issue("X-1", "X", "700", "2026-05-01", "2026-05-31");
    book.on("2026-06-30");
}

/// Customer and what it owes, from SQL and from memory alike.
fn owes(book: &Book) -> Vec<(String, i64, i64)> {
    let ageing = book.ageing(By::Customer, "2026-06-30");
    ageing.rows.iter().map(|r| (r.key.clone(), r.aged.total().expect("a total"), r.aged.unapplied)).collect()
}

#[test]
fn merged_customers_are_looked_at_as_one_and_nothing_posted_changes() {
    each_engine(|book| {
        two_of_one(book);
        let posted = "SELECT CAST(COALESCE(SUM(row_count), 0) AS BIGINT) FROM action WHERE company = $1 AND verb NOT LIKE 'customer%'";
        let before = book.number(posted);
        assert_eq!(merged(book, "B", "A"), "done");
        assert_eq!(owes(book), [("A".into(), 1500, 0), ("X".into(), 700, 0)]);
        let by_invoice = book.ageing(By::Invoice, "2026-06-30");
        let of: Vec<_> = by_invoice
            .rows
            .iter()
            .map(|r| (r.key.as_str(), r.invoice.as_ref().expect("facts").customer.as_str()))
            .collect();
        assert_eq!(of, [("A-1", "A"), ("B-1", "A"), ("X-1", "X")]);
        let list = book.act(day::worklist).expect("a list");
        let shown: Vec<_> = list.iter().map(|(_, a)| (a.code.as_str(), a.amounts[0].1.as_str())).collect();
        assert_eq!(shown, [("A", "1500"), ("X", "700")]);
        // The old code still answers, with the account of both.
        let group = book.read(|tx, actor| merge::group(tx, actor, "B"));
        assert_eq!(group.members().map(|c| c.code.as_str()).collect::<Vec<_>>(), ["A", "B"]);
        assert_eq!(book.document("B-1").customer, "B");
        assert_eq!(book.number(posted), before);
        assert_eq!(unmerged(book, "B"), "done");
        assert_eq!(owes(book), [("A".into(), 1000, 0), ("B".into(), 500, 0), ("X".into(), 700, 0)]);
    });
}

#[test]
fn the_kept_list_is_ordered_anew_and_counts_what_the_merged_one_owes() {
    each_engine(|book| {
        two_of_one(book);
        book.act(worklist::order).expect("a list");
        assert_eq!(merged(book, "B", "A"), "done");
        assert!(!book.read(|tx, actor| worklist::is_ordered(tx, actor, book.today())), "the order of before is gone");
        book.receipt("R1", Some("A"), "1000", "2026-06-10");
        book.apply("R1", "A-1", None);
        book.act(worklist::order).expect("a list");
        let list = |asked: worklist::Asked| -> Vec<String> {
            let rows = book.read(|tx, actor| {
                let filter = asked.understood(tx, actor)?;
                Ok(worklist::list(tx, actor, book.today(), &filter, 0, 10)?.0)
            });
            rows.iter().map(|r| format!("{} {}", r.code, r.overdue[0])).collect()
        };
        let (x, a) = ("X RWF 700".to_owned(), "A RWF 500".to_owned());
        assert_eq!(list(worklist::Asked::default()), [x, a.clone()], "A itself owes nothing any more");
        let dear =
            worklist::Asked { currency: "RWF".into(), min: "500".into(), text: "a".into(), ..Default::default() };
        assert_eq!(list(dear), [a]);
        let until = book.today().plus_days(5);
        book.act(move |tx, actor, today| hold::add(tx, actor, today, "B", until, "funeral")).expect("a hold");
        assert_eq!(list(worklist::Asked::default()).len(), 1, "a hold of either holds both");
    });
}

#[test]
fn an_answer_once_given_does_not_know_of_a_later_merge() {
    each_engine(|book| {
        two_of_one(book);
        book.db.seal().expect("sealed");
        let then = book.clock.now();
        book.tick(1_000_000);
        assert_eq!(merged(book, "B", "A"), "done");
        book.db.seal().expect("sealed");
        let codes = |known_at| -> Vec<String> {
            let ageing = book.ageing_known(By::Customer, "2026-06-30", known_at).expect("an ageing");
            ageing.rows.into_iter().map(|r| r.key).collect()
        };
        let last = book.read(|tx, actor| store::audit::last_seal(tx, actor.company.id)).expect("a seal").sealed_at;
        assert_eq!(codes(Some(then.min(last))), ["A", "B", "X"]);
        assert_eq!(codes(Some(last)), ["A", "X"]);
        assert_eq!(codes(None), ["A", "X"]);
    });
}

#[test]
fn money_of_one_settles_what_the_other_owes() {
    each_engine(|book| {
        two_of_one(book);
        book.receipt("R1", Some("A"), "1200", "2026-06-10");
        assert_eq!(book.apply("R1", "B-1", Some("200")), "other-customer");
        assert_eq!(merged(book, "B", "A"), "done");
        assert_eq!(book.apply("R1", "B-1", Some("200")), "done");
        assert_eq!((book.open("B-1").as_str(), book.left("R1").as_str()), ("300", "1000"));
        book.credit("N-1", "B", "50", "2026-06-10", None);
        assert_eq!(book.apply("N-1", "A-1", None), "done");
        assert_eq!(owes(book)[0], ("A".into(), 1250, 1000));
        // Cash application sees one payer of two names.
        book.receipt("R2", None, "1250", "2026-06-12");
        assert_eq!(book.match_of("R2"), "unexplained");
        book.load_changed(What::Customers, "code,name\nB,Ineza Wholesale Ltd\n");
        let text = b"date,description,counterparty,credit,balance\n2026-06-20,TRANSFER,INEZA WHOLESALE,1250,9000\n";
        book.statement("bank", "june.csv", text).expect("a statement");
        let waiting = book.look();
        let found = waiting.iter().find(|m| m.receipt.payer.as_deref() == Some("INEZA WHOLESALE")).expect("it waits");
        let invoices: Vec<&str> = found.allocations.iter().map(|s| s.invoice.as_str()).collect();
        assert_eq!(invoices, ["A-1", "B-1"], "{found:?}");
        // Taken apart again, each has its own; what was applied stays.
        assert_eq!(unmerged(book, "B"), "done");
        assert_eq!(owes(book), [("A".into(), 950, 1000), ("B".into(), 300, 0), ("X".into(), 700, 0)]);
        assert_eq!(book.ageing(By::Customer, "2026-06-01").rows.len(), 3, "and the past adds up too");
        assert_eq!(book.apply("R1", "B-1", Some("100")), "other-customer");
    });
}

#[test]
fn holds_promises_and_messages_are_of_both() {
    each_engine(|book| {
        two_of_one(book);
        assert_eq!(merged(book, "B", "A"), "done");
        let promised = promise::Given {
            customer: "B".into(),
            amount: Money::new(1500, Currency::RWF),
            promised_on: book.today(),
            grace_days: 0,
            note: String::new(),
        };
        book.act(move |tx, actor, today| promise::add(tx, actor, today, &promised, None)).expect("a promise");
        book.receipt("R1", Some("A"), "1000", "2026-06-30");
        book.receipt("R2", Some("B"), "500", "2026-06-30");
        book.on("2026-07-03").act(day::turn).expect("a day");
        let promises = book.read(promise::list);
        assert_eq!(promises[0].0.state, "kept", "what either paid keeps it");
        book.apply("R1", "A-1", None);
        book.on("2026-07-20").act(day::turn).expect("a day");
        let drafts = book.read(|tx, actor| outbox::waiting(tx, actor, 10));
        let told: Vec<_> = drafts.iter().map(|m| (m.customer.as_str(), m.amount)).collect();
        assert_eq!(told, [("X", 700)], "on account of the other is on account");
    });
}

#[test]
fn what_cannot_be_merged_is_said() {
    each_engine(|book| {
        two_of_one(book);
        book.customer("D", "D");
        assert_eq!(merged(book, "A", "A"), "merge-itself");
        assert_eq!(merged(book, "A", "NONE"), "not-found");
        assert_eq!(unmerged(book, "A"), "not-merged");
        assert_eq!(merged(book, "A", "B"), "done");
        assert_eq!(merged(book, "A", "X"), "merged");
        assert_eq!(merged(book, "X", "A"), "merged", "name the one that stands for it");
        assert_eq!(merged(book, "B", "D"), "done", "a whole group goes along");
        let codes = |code: &'static str| -> Vec<String> {
            let group = book.read(|tx, actor| merge::group(tx, actor, code));
            group.members().map(|c| c.code.clone()).collect()
        };
        assert_eq!(codes("A"), ["D", "A", "B"]);
        assert_eq!(merged(book, "D", "A"), "merged", "no ring");
        assert_eq!(unmerged(book, "B"), "done");
        assert_eq!((codes("A"), codes("D")), (vec!["B".to_owned(), "A".to_owned()], vec!["D".to_owned()]));
        let told = book.read(merge::list);
        assert_eq!(
            told.iter().map(|m| (m.merged.as_str(), m.undone.is_some())).collect::<Vec<_>>(),
            [("B", true), ("A", false)]
        );
        let as_biller = told_as(book, Role::Biller, |tx, actor, _| merge::merge(tx, actor, "X", "D", "a reason", None));
        assert_eq!(as_biller, "not-allowed");
        let silent = book.act(|tx, actor, _| merge::merge(tx, actor, "X", "D", "  ", None));
        assert_eq!(code(&silent.expect_err("refused")), "missing");
    });
}

#[test]
fn a_projection_of_merges_bent_by_hand_is_found() {
    each_engine(|book| {
        two_of_one(book);
        merged(book, "B", "A");
        for (text, identity) in [
            ("UPDATE customer SET merged_into = NULL", "merged customers equal their rebuilding"),
            ("UPDATE customer SET merged_into = id WHERE code = 'X'", "merged customers equal their rebuilding"),
            ("UPDATE customer SET version = 2 WHERE code = 'X'", "customers equal their last change"),
        ] {
            let found = book.db.write(move |tx| {
                tx.execute(store::Sql { lite: text, pg: text }, &[])?;
                let company = store::company::list(tx)?[0].id;
                let all = store::verify::all(tx, company)?;
                let broken: Vec<&str> = all.iter().filter(|c| !c.broken.is_empty()).map(|c| c.identity).collect();
                Err::<(), _>(Error::Failed(broken.join(", ")))
            });
            assert!(found.expect_err("rolled back").to_string().contains(identity), "{text}");
        }
    });
}

// ---- lists

#[test]
fn what_is_missing_is_counted_and_the_largest_debt_comes_first() {
    each_engine(|book| {
        book.rate("2026-01-01", "USD", "1450");
        let whole = Given {
            tin: Some("100000001".into()),
            phone: Some("0788123456".into()),
            email: Some("a@b.rw".into()),
            language: Some("rw".into()),
            terms_days: Some(30),
            credit_limit: Some(CreditLimit::NoLimit),
            collector: Some("admin".into()),
            ..given("WHOLE", "Nothing missing")
        };
        assert_eq!(save(book, whole), "done");
        book.issue("F-1", "SMALL", "1000", "2026-05-01", "2026-05-31");
        book.issue("F-2", "DOLLAR", "2 USD", "2026-05-01", "2026-05-31");
        assert_eq!(
            save(
                book,
                Given { kind: Some("person".into()), language: Some("fr".into()), ..given("PERSON", "Uwase Aline") }
            ),
            "done"
        );
        add_contact(book, "PERSON", person("Herself")).expect("saved");
        let (today, all) = (book.today(), |only| book.read(|tx, actor| gap::list(tx, actor, book.today(), only)));
        let found = all(None);
        let counts: Vec<_> = found.counts.iter().map(|(gap, n)| format!("{} {n}", gap.code())).collect();
        assert_eq!(counts, ["tin 2", "phone 2", "email 3", "language 2", "terms 3", "limit 3", "collector 3"]);
        let codes: Vec<_> = found.rows.iter().map(|r| r.code.as_str()).collect();
        assert_eq!((codes, found.customers), (vec!["DOLLAR", "SMALL", "PERSON"], 4));
        let gaps: Vec<_> = found.rows[2].gaps.iter().map(|gap| gap.code()).collect();
        assert_eq!(gaps, ["email", "terms", "limit", "collector"], "the contact's telephone counts");
        assert_eq!(all(Some(Gap::Tin)).rows.len(), 2);
        let memory = book
            .db
            .seal()
            .and_then(|_| book.db.read(|tx| gap::list_in_memory(tx, book.db.snapshots(), &book.actor, today, None)));
        let codes = |gaps: &gap::Gaps| gaps.rows.iter().map(|r| (r.code.clone(), r.open.clone())).collect::<Vec<_>>();
        assert_eq!(codes(&memory.expect("from memory")), codes(&found));
        // A merged customer is nobody to complete.
        assert_eq!(merged(book, "SMALL", "DOLLAR"), "done");
        assert_eq!(all(None).customers, 3);
        assert_eq!(Gap::from_code("shoe-size").expect_err("refused").code(), "invalid");
    });
}

#[test]
fn a_list_goes_page_by_page_with_its_filters() {
    each_engine(|book| {
        let rows: String =
            (0..25).map(|n| format!("C{n:02},Shop {n:02},{}\n", if n % 5 == 0 { "hotel" } else { "retail" })).collect();
        book.load(What::Customers, &format!("code,name,segment\n{rows}"));
        let page = |asked: customer::Asked| -> (Vec<String>, bool) {
            let (found, more) = book.read(|tx, actor| customer::page(tx, actor, &asked));
            (found.into_iter().map(|c| c.code).collect(), more)
        };
        let asked = || customer::Asked { limit: 10, ..Default::default() };
        let (first, more) = page(asked());
        assert_eq!((first.len(), more, first.last().map(String::as_str)), (10, true, Some("C09")));
        let (last, more) = page(customer::Asked { after: "C19".into(), ..asked() });
        assert_eq!((last.first().map(String::as_str), last.len(), more), (Some("C20"), 5, false));
        assert_eq!(page(customer::Asked { segment: "hotel".into(), ..asked() }).0, ["C00", "C05", "C10", "C15", "C20"]);
        assert_eq!(page(customer::Asked { text: "sHOP 1".into(), ..asked() }).0.len(), 10);
        assert_eq!(
            page(customer::Asked { text: "100%".into(), ..asked() }).0.len(),
            0,
            "a sign of the pattern is a sign"
        );
        assert_eq!(page(customer::Asked { collector: "-".into(), text: "c07".into(), ..asked() }).0, ["C07"]);
        assert_eq!(page(customer::Asked { collector: "admin".into(), ..asked() }).0.len(), 0);
        assert_eq!(page(customer::Asked { gap: Some(Gap::Email), limit: 100, ..Default::default() }).0.len(), 25);
        save(
            book,
            Given { phone: Some("0788 123 456".into()), tin: Some("100000001".into()), ..given("C03", "Shop 03") },
        );
        assert_eq!(page(customer::Asked { text: "0788123456".into(), ..asked() }).0, ["C03"]);
        assert_eq!(page(customer::Asked { text: "100000001".into(), ..asked() }).0, ["C03"]);
        assert_eq!(page(customer::Asked { gap: Some(Gap::Phone), limit: 100, ..Default::default() }).0.len(), 24);
    });
}
