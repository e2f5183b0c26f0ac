//! Settings: what a company decides counts from its day, within its range, and says who decided it; on both engines.

use ideni::actions::access::Right;
use ideni::actions::setting::{self, Given, Group, Setting};
use ideni::actions::{Actor, Role, customer, day, invoice, outbox};
use ideni::words::{self, Language};
use store::Error;

use crate::support::{Book, code, each_engine, told};

fn given(name: &str, value: &str) -> Given {
    Given { name: name.into(), value: value.into(), reason: "agreed".into(), ..Given::default() }
}

fn decide(book: &Book, given: Given) -> Result<bool, Error> {
    book.act(move |tx, actor, today| setting::set(tx, actor, today, &given, None))
}

fn set(book: &Book, name: &str, value: &str) -> String {
    told(decide(book, given(name, value)))
}

fn as_role(book: &Book, role: Role, given: Given) -> String {
    told(book.act(move |tx, actor, today| {
        let other = Actor { roles: role.into(), ..actor.clone() };
        setting::set(tx, &other, today, &given, None)
    }))
}

fn value(book: &Book, name: &str, on: &str) -> String {
    let on = on.parse().expect("a date");
    let all = book.read(|tx, actor| setting::list(tx, actor, on));
    all.into_iter().find(|shown| shown.row.name == name).expect("a setting").value
}

#[test]
fn a_setting_counts_from_its_day() {
    each_engine(|book| {
        book.on("2026-06-30");
        assert_eq!(value(book, "terms-days", "2026-06-30"), "30");
        assert_eq!(set(book, "terms-days", "14"), "done");
        let later = Given { from: Some("2026-09-01".parse().expect("a date")), ..given("terms-days", "21") };
        assert!(decide(book, later).expect("decided"));
        let days = ["2026-06-29", "2026-06-30", "2026-08-31", "2026-09-01"];
        assert_eq!(days.map(|on| value(book, "terms-days", on)), ["30", "14", "14", "21"]);
        // A word for the same day counts over the one before it.
        let again = Given { from: Some("2026-09-01".parse().expect("a date")), ..given("terms-days", "45") };
        assert!(decide(book, again).expect("decided"));
        let shown = book.read(|tx, actor| setting::list(tx, actor, "2026-07-01".parse().expect("a date")));
        let terms = shown.iter().find(|s| s.row.setting == Setting::TermsDays).expect("terms");
        assert_eq!(terms.coming, Some(("45".to_owned(), "2026-09-01".parse().expect("a date"))));
        let said = book.read(|tx, actor| setting::history(tx, actor, "terms-days"));
        let said: Vec<_> = said.iter().map(|s| (s.value.as_str(), s.actor.as_str())).collect();
        assert_eq!(said, [("45", "admin"), ("21", "admin"), ("14", "admin")]);
    });
}

#[test]
fn saying_what_is_so_changes_nothing() {
    each_engine(|book| {
        assert!(!decide(book, given("terms-days", "30")).expect("the default"));
        assert!(decide(book, given("terms-days", "14")).expect("decided"));
        assert!(!decide(book, given("terms-days", " 014")).expect("the same"));
        assert_eq!(book.number("SELECT COUNT(*) FROM setting_change WHERE company = $1"), 1);
    });
}

#[test]
fn what_cannot_be_decided_is_refused() {
    each_engine(|book| {
        book.on("2026-06-30");
        for (name, value, refusal) in [
            ("no-such", "1", "not-found"),
            ("terms-days", "366", "invalid"),
            ("terms-days", "-1", "invalid"),
            ("terms-days", "", "invalid"),
            ("idle-minutes", "4", "invalid"),
            ("message-language", "de", "invalid"),
            ("ageing-buckets", "60,30", "buckets"),
            ("ageing-buckets", "30,60,9999", "buckets"),
            ("write-off-limit", "lots", "invalid-empty"),
            ("write-off-limit", "-5", "invalid-empty"),
            ("invoice-prefix", "external", "invalid"),
            ("invoice-prefix", "CN", "invalid"),
            ("name-shown", "Umurava 株式会社", "invalid"),
            ("phone", "by pigeon", "invalid"),
            ("how-to-pay", "x\u{7}y", "invalid-empty"),
        ] {
            assert_eq!(set(book, name, value), refusal, "{name} {value}");
        }
        let long = "a".repeat(201);
        assert_eq!(set(book, "address", &long), "invalid-empty");
        let past = Given { from: Some("2026-06-29".parse().expect("a date")), ..given("terms-days", "14") };
        assert_eq!(told(decide(book, past)), "invalid");
        let unsaid = Given { reason: "  ".into(), ..given("people", "one") };
        assert_eq!(told(decide(book, unsaid)), "missing");
        assert_eq!(book.number("SELECT COUNT(*) FROM setting_change WHERE company = $1"), 0);
    });
}

#[test]
fn each_setting_takes_its_right() {
    each_engine(|book| {
        assert_eq!(as_role(book, Role::Manager, given("terms-days", "14")), "done");
        assert_eq!(as_role(book, Role::Manager, given("duties", "listed")), "not-allowed");
        assert_eq!(as_role(book, Role::Auditor, given("terms-days", "7")), "not-allowed");
        assert_eq!(as_role(book, Role::Admin, given("duties", "listed")), "done");
        let reasons = book.read(|tx, actor| setting::history(tx, actor, "duties"));
        assert_eq!(reasons[0].reason, "agreed");
    });
}

#[test]
fn the_second_of_two_sees_what_the_first_decided() {
    each_engine(|book| {
        let seen = |value: &str| Given { was: Some("30".into()), ..given("terms-days", value) };
        assert_eq!(told(decide(book, seen("14"))), "done");
        let Err(Error::Refused(refusal)) = decide(book, seen("21")) else { panic!("it moved") };
        let sentence = words::saying(Language::En, &refusal);
        assert!(sentence.contains("admin") && sentence.contains("\"14\""), "{sentence}");
        assert_eq!(value(book, "terms-days", "2026-06-30"), "14");
    });
}

#[test]
fn new_customers_get_the_companys_terms_and_language() {
    each_engine(|book| {
        assert_eq!(set(book, "terms-days", "14"), "done");
        assert_eq!(set(book, "message-language", "rw"), "done");
        let new = customer::Given { code: "C9".into(), name: Some("Nine Ltd".into()), ..customer::Given::default() };
        book.act(move |tx, actor, today| customer::save(tx, actor, today, &new)).expect("saved");
        let saved = book.read(|tx, actor| customer::get(tx, actor, "C9"));
        assert_eq!((saved.terms_days, saved.language.as_str()), (14, "rw"));
    });
}

#[test]
fn another_prefix_begins_another_series_and_renumbers_nothing() {
    each_engine(|book| {
        book.customer("C1", "Ineza Shop");
        let issue = |net: &str| {
            let given = invoice::Given {
                total: Some(book.money(net)),
                ..invoice::Given::to("C1".into(), book.today(), book.actor.company.currency)
            };
            let posted = book.act(move |tx, actor, today| invoice::issue(tx, actor, today, &given, None));
            posted.expect("posted").number
        };
        assert_eq!((issue("100"), issue("200")), ("INV-000001".into(), "INV-000002".into()));
        assert_eq!(set(book, "invoice-prefix", "KF-2027"), "done");
        let next = book.read(|tx, actor| setting::next_numbers(tx, actor, book.today()));
        assert_eq!(next[0].1, "KF-2027-000001");
        assert_eq!(issue("300"), "KF-2027-000001");
        // Back again, the first series goes on where it was.
        assert_eq!(set(book, "invoice-prefix", "INV"), "done");
        assert_eq!(issue("400"), "INV-000003");
        // A credit note never takes a number of an invoice's series, today's or an earlier one.
        assert_eq!(set(book, "credit-note-prefix", "KF-2027"), "invalid");
    });
}

#[test]
fn an_ageing_has_the_companys_columns_unless_it_is_asked_otherwise() {
    each_engine(|book| {
        assert_eq!(set(book, "ageing-buckets", "15, 45"), "done");
        let own = book.read(|tx, actor| setting::buckets(tx, actor.company.id, book.today()));
        assert_eq!(own.names(), ["current", "d1_15", "d16_45", "d46_plus"]);
    });
}

#[test]
fn messages_carry_the_name_the_telephone_and_how_to_pay() {
    each_engine(|book| {
        book.customer("C1", "Ineza Shop");
        book.on("2026-06-01").issue("A", "C1", "1000", "2026-06-01", "2026-06-10");
        for (name, value) in
            [("name-shown", "Umurava"), ("phone", "0788 123 456"), ("how-to-pay", "MoMo *182*8*1*123456#")]
        {
            assert_eq!(set(book, name, value), "done");
        }
        book.on("2026-06-20").act(day::turn).expect("a day");
        let body = book.read(|tx, actor| outbox::waiting(tx, actor, 1)).remove(0).body;
        for part in ["MoMo *182*8*1*123456#, reference 0000013", "admin 0788 123 456, Umurava"] {
            assert!(body.contains(part), "{part}: {body}");
        }
        assert!(!body.contains("Kigali Foods"), "{body}");
    });
}

#[test]
fn more_than_the_limit_of_an_invoice_takes_a_second_person() {
    each_engine(|book| {
        book.customer("C1", "Ineza Shop");
        book.on("2026-06-01").issue("A", "C1", "1000", "2026-06-01", "2026-06-10");
        assert_eq!(set(book, "write-off-limit", "300"), "done");
        let give_up = |amount: &str| told(book.write_off("A", Some(amount)));
        assert_eq!(give_up("301"), "needs-approval");
        assert_eq!(give_up("200"), "done");
        assert_eq!(give_up("101"), "needs-approval", "what was given up before counts");
        assert_eq!(give_up("100"), "done");
        assert_eq!(set(book, "write-off-limit", "none"), "done");
        assert_eq!(give_up("700"), "done");
        assert_eq!(book.open("A"), "0");
    });
}

#[test]
fn a_control_counts_at_once_and_from_no_later_day() {
    each_engine(|book| {
        let later = Given { from: Some("2099-01-01".parse().expect("a date")), ..given("people", "one") };
        assert_eq!(told(decide(book, later)), "invalid");
        assert_eq!(set(book.on("2026-06-30"), "people", "one"), "done");
        // A command given under an earlier day says the last word all the same.
        assert_eq!(set(book.on("2026-06-01"), "people", "several"), "done");
        assert_eq!(value(book, "people", "2026-06-30"), "several");
        let now = book.read(|tx, actor| Setting::People.now(tx, actor.company.id));
        assert_eq!(now, "several");
    });
}

#[test]
fn a_company_decides_for_itself_alone() {
    each_engine(|book| {
        assert_eq!(set(book, "terms-days", "14"), "done");
        let new = ideni::actions::company::NewCompany {
            name: "Other Ltd".into(),
            code: Some("other".into()),
            tin: None,
            currency: book.actor.company.currency,
            country: "rw".into(),
            simulated: true,
        };
        let other = book.db.write(move |tx| ideni::actions::company::init(tx, "admin", &new)).expect("a company");
        let all = book.db.read(|tx| setting::list(tx, &other, book.today())).expect("settings");
        assert!(all.iter().all(|shown| shown.value == shown.row.default && shown.since.is_none()));
    });
}

/// The reference says what the table says, row by row.
#[test]
fn the_reference_is_the_table() {
    let page = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/reference/settings.md");
    let page = std::fs::read_to_string(page).expect("the page");
    let say = |key: &str| words::say(Language::En, key, &[]);
    for (group, name) in Group::ALL {
        assert!(page.contains(&format!("\n## {}\n", say(&format!("setting-group-{name}")))), "{group:?}");
    }
    for row in Setting::TABLE {
        let who = |right: Right| {
            let (_, roles) = Right::TABLE.iter().find(|(known, _)| *known == right).expect("a row of rights");
            // A right without a role is the administrator's.
            let admin = roles.is_empty().then(|| Role::Admin.name());
            roles.iter().map(|(role, _)| role.name()).chain(admin).collect::<Vec<_>>().join(", ")
        };
        let default = if row.default.is_empty() { "empty".to_owned() } else { format!("`{}`", row.default) };
        let line = format!(
            "\n| `{}`{} | {} | {} | {default} | {} |\n",
            row.name,
            if row.needs_reason { " *" } else { "" },
            say(&format!("setting-what-{}", row.name)),
            words::saying(Language::En, &row.kind.range()),
            who(row.right),
        );
        assert!(page.contains(&line), "docs/reference/settings.md lacks {line}");
    }
    let rows = page.lines().filter(|line| line.starts_with("| `")).count();
    assert_eq!(rows, Setting::TABLE.len(), "the page names a setting that is none");
}

#[test]
fn every_setting_has_its_words_and_its_default_is_in_range() {
    for row in Setting::TABLE {
        for language in Language::ALL {
            for key in [format!("setting-{}", row.name), format!("setting-what-{}", row.name)] {
                assert_ne!(words::say(language, &key, &[]), key, "{language:?}");
            }
        }
        let kept = row.kind.read(row.name, row.default, receivables::Currency::RWF);
        assert_eq!(kept.map_err(|refusal| code(&refusal.into())), Ok(row.default.to_owned()));
    }
}
