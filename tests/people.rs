//! People: how they get in, how long they stay, and who may let them in or send them away; on both engines.

use std::net::IpAddr;

use ideni::actions::sign_in::{self, Asked, Entered, Given, Origin};
use ideni::actions::{
    Actor, Right, Role, company, customer, history, link, password, reads, second_factor, session, setting, user,
};
use receivables::{Instant, Refusal};
use store::{Error, backup};

use crate::support::{Book, Browser, code, each_engine, ideni, places, small_book, told};

const GOOD: &str = "inyoni itatu ku giti";
const NEW: &str = "amazi ashyushye cyane";
const OFFICE: &str = "10.0.0.7";
const ELSEWHERE: &str = "203.0.113.9";
const MINUTE: i64 = 60_000_000;
const HOUR: i64 = 60 * MINUTE;

fn origin(address: &str) -> Origin {
    Origin { address: address.parse().expect("an address"), agent: "a browser".into() }
}

fn office() -> IpAddr {
    OFFICE.parse().expect("an address")
}

/// Adds a person; nobody can sign in as that person yet.
fn add(book: &Book, name: &'static str, roles: &'static str) {
    book.act(move |tx, actor, _| user::add(tx, actor, name, name, roles)).expect("a person");
}

fn make_link(book: &Book, name: &str) -> Result<link::Made, Error> {
    let name = name.to_owned();
    book.act(move |tx, actor, _| link::make(tx, actor, &name))
}

fn follow(book: &Book, token: &str, chosen: &str) -> Result<Entered, Error> {
    book.tick(1_000_000);
    link::follow(&book.db, &origin(OFFICE), token, chosen, "")
}

/// Adds a person who chose [`GOOD`] by a link; the token of the session comes back.
fn newcomer(book: &Book, name: &'static str, roles: &'static str) -> String {
    add(book, name, roles);
    let made = make_link(book, name).expect("a link");
    follow(book, &made.token, GOOD).expect("a password").token
}

fn enter_from(book: &Book, address: &str, name: &str, password: &str, code: &str) -> Result<Entered, Error> {
    book.tick(1000);
    let given = Given { name, password, code, company: None, session: None };
    sign_in::enter(&book.db, &origin(address), &given)
}

fn enter(book: &Book, name: &str, password: &str) -> Result<Entered, Error> {
    enter_from(book, OFFICE, name, password, "")
}

fn found(book: &Book, token: &str) -> Option<session::Found> {
    book.db.read(|tx| session::find(tx, token)).expect("a read")
}

fn goes_on(book: &Book, token: &str) -> bool {
    found(book, token).is_some()
}

fn actor(book: &Book, token: &str) -> Actor {
    found(book, token).expect("signed in").actor
}

/// What asks for the password again, in the session of a token.
fn asked<'a>(found: &'a session::Found, password: &'a str) -> Asked<'a> {
    Asked { actor: &found.actor, password, address: office(), session: Some(found.digest) }
}

/// The sentence of a refusal with its values.
fn said<T>(result: Result<T, Error>) -> String {
    match result {
        Err(Error::Refused(refusal)) => refusal.to_string(),
        Err(other) => format!("failed: {other}"),
        Ok(_) => "done".into(),
    }
}

// ---- links and passwords

#[test]
fn a_link_lets_a_person_choose_a_password_once_and_in_time() {
    each_engine(|book| {
        assert_eq!(told(make_link(book, "nobody")), "not-found");
        add(book, "aline", "collector");
        assert_eq!(told(enter(book, "aline", GOOD)), "wrong-sign-in", "no password yet");
        let first = make_link(book, "aline").expect("a link");
        let second = make_link(book, "aline").expect("a link");
        assert_ne!(first.token, second.token);
        assert_eq!(told(follow(book, &first.token, GOOD)), "link-gone", "a newer one was made");
        assert_eq!(told(follow(book, "0000", GOOD)), "link-gone");
        for (weak, reason) in [
            ("seven 7", "unusable-password-short(8)"),
            ("password1", "unusable-password-common"),
            ("Aline eats three mangoes", "unusable-password-names(aline)"),
            ("kigali foods are fresh", "unusable-password-names(kigali)"),
        ] {
            let refused = said(follow(book, &second.token, weak));
            assert_eq!(refused, format!("refusal-invalid-empty(password, {reason})"), "{weak}");
        }
        let entered = follow(book, &second.token, GOOD).expect("a password");
        assert_eq!(actor(book, &entered.token).user, "aline");
        assert_eq!(told(follow(book, &second.token, NEW)), "link-gone", "used");
        assert_eq!(told(enter(book, "aline", GOOD)), "done");
        assert_eq!(told(enter(book, " aline ", GOOD)), "done", "spaces around a name are a slip");
        let late = make_link(book, "aline").expect("a link");
        book.tick(24 * HOUR);
        assert_eq!(told(follow(book, &late.token, NEW)), "link-gone", "a day is over");
        // Nobody learns what was chosen: what is kept is no password and no token.
        let kept = book.db.read(|tx| store::credential::find(tx, "aline")).expect("a read").expect("a password");
        assert!(kept.password.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{}", kept.password);
    });
}

#[test]
fn links_for_newcomers_leave_other_links_alone() {
    each_engine(|book| {
        add(book, "aline", "collector");
        newcomer(book, "bosco", "biller");
        let by_hand = make_link(book, "aline").expect("a link");
        let printed = book.act(|tx, actor, _| link::for_newcomers(tx, actor)).expect("links");
        let users: Vec<&str> = printed.iter().map(|made| made.user.as_str()).collect();
        assert_eq!(users, ["admin", "aline"], "those without a password");
        assert_eq!(told(follow(book, &by_hand.token, GOOD)), "done");
        let of_aline = printed.iter().find(|made| made.user == "aline").expect("a link");
        assert_eq!(told(follow(book, &of_aline.token, NEW)), "link-gone", "a password was chosen meanwhile");
    });
}

#[test]
fn a_new_password_needs_the_present_one_and_ends_the_other_sessions() {
    each_engine(|book| {
        let first = newcomer(book, "aline", "collector");
        let second = enter(book, "aline", GOOD).expect("signed in").token;
        let other = newcomer(book, "bosco", "collector");
        let pending = make_link(book, "aline").expect("a link");
        let here = found(book, &second).expect("signed in");
        let change = |old: &str, new: &str| password::change(&book.db, &asked(&here, old), new);
        assert_eq!(told(change("wrong", NEW)), "wrong-password");
        assert_eq!(told(change(GOOD, "aaaaaaaa")), "invalid-empty");
        assert_eq!(said(change(GOOD, GOOD)), "refusal-invalid-empty(password, unusable-password-same)");
        assert_eq!(told(change(GOOD, NEW)), "done");
        assert_eq!((goes_on(book, &first), goes_on(book, &second), goes_on(book, &other)), (false, true, true));
        assert_eq!(
            (told(enter(book, "aline", GOOD)), told(enter(book, "aline", NEW))),
            ("wrong-sign-in".into(), "done".into())
        );
        assert_eq!(told(follow(book, &pending.token, GOOD)), "link-gone", "links made before are void");
        let log =
            book.read(|tx, actor| store::reports::audit::list(tx, actor.company.id, &Default::default(), None, 3));
        assert!(
            log.iter().any(|l| (l.verb.as_str(), l.cause.as_deref()) == ("own account", Some("password"))),
            "{log:?}"
        );
    });
}

// ---- signing in

#[test]
fn whatever_is_wrong_the_answer_is_the_same() {
    each_engine(|book| {
        let token = newcomer(book, "aline", "collector");
        add(book, "bosco", "biller");
        newcomer(book, "keza", "cashier");
        book.act(|tx, actor, _| user::deactivate(tx, actor, "keza", "left")).expect("left");
        turn_on(book, &token);
        let long = "x".repeat(100_000);
        for (name, password, code) in [
            ("nobody", GOOD, ""),
            ("", "", ""),
            ("aline", "wrong", "123456"),
            ("aline", GOOD, ""),
            ("aline", GOOD, "12 34"),
            ("Aline", GOOD, ""),
            ("bosco", GOOD, ""),
            ("bosco", "", ""),
            ("keza", GOOD, ""),
            ("'; DROP TABLE session; --", GOOD, ""),
            ("nobody", &long, &long),
        ] {
            book.tick(HOUR);
            assert_eq!(said(enter_from(book, OFFICE, name, password, code)), "refusal-wrong-sign-in", "{name} {code}");
        }
        // What was typed into the field of the name is not kept: it may have been a password.
        assert_eq!(count(book, "SELECT COUNT(*) FROM sign_in WHERE name = 'nobody'"), 0);
        assert!(count(book, "SELECT COUNT(*) FROM sign_in WHERE name LIKE '?%'") >= 3);
        assert!(count(book, "SELECT COUNT(*) FROM sign_in WHERE name = 'aline' AND ok = 0") >= 3);
    });
}

/// The number of a query over the whole installation.
fn count(book: &Book, text: &'static str) -> i64 {
    book.read(|tx, _| tx.first(store::Sql { lite: text, pg: text }, &[], |row| row.int(0))).unwrap_or_default()
}

/// Puts the second factor on; its secret and the recovery codes.
fn turn_on(book: &Book, token: &str) -> (String, Vec<String>) {
    let here = found(book, token).expect("signed in");
    let setup = second_factor::begin(&book.db, &asked(&here, GOOD)).expect("a secret");
    assert!(setup.uri.starts_with("otpauth://totp/Ideni:") && setup.uri.contains(&setup.secret), "{}", setup.uri);
    let code = shown(book, &setup.secret);
    let (actor, session) = (here.actor, here.digest);
    let codes = book.db.write(move |tx| second_factor::confirm(tx, &actor, &code, Some(session))).expect("on");
    (setup.secret, codes)
}

/// The code that the telephone shows now.
fn shown(book: &Book, secret: &str) -> String {
    let secret = totp_rs::Secret::try_from_base32(secret).expect("Base32");
    let totp = totp_rs::Builder::new().with_secret(secret).build().expect("a second factor");
    totp.generate(u64::try_from(book.clock.now().micros() / 1_000_000).expect("a time")).to_string()
}

#[test]
fn failures_make_the_next_try_wait_and_a_restart_forgets_nothing() {
    for place in places() {
        let book = Book::new(&place, receivables::Currency::RWF);
        newcomer(&book, "aline", "collector");
        newcomer(&book, "bosco", "collector");
        for _ in 0..5 {
            assert_eq!(told(enter_from(&book, ELSEWHERE, "aline", "guess", "")), "wrong-sign-in");
        }
        assert_eq!(
            said(enter_from(&book, ELSEWHERE, "aline", GOOD, "")),
            "refusal-too-many-tries(1 s)",
            "the right one too"
        );
        book.tick(1_000_000);
        assert_eq!(told(enter_from(&book, ELSEWHERE, "aline", "guess", "")), "wrong-sign-in");
        assert_eq!(said(enter_from(&book, ELSEWHERE, "aline", GOOD, "")), "refusal-too-many-tries(2 s)");
        // Somebody else signing in well from there resets nothing.
        assert_eq!(told(enter_from(&book, ELSEWHERE, "bosco", GOOD, "")), "done");
        assert_eq!(told(enter_from(&book, ELSEWHERE, "aline", GOOD, "")), "too-many-tries");
        // From the office, where she is known, she is not held up by what strangers try.
        assert_eq!(told(enter(&book, "aline", GOOD)), "done");
        assert_eq!(told(enter_from(&book, ELSEWHERE, "aline", GOOD, "")), "too-many-tries");
        let at = book.clock.now();
        drop(book);
        let again = Book::reopen(&place, at, 9);
        assert_eq!(told(enter_from(&again, ELSEWHERE, "aline", GOOD, "")), "too-many-tries", "after a restart");
        again.tick(2_000_000);
        assert_eq!(told(enter_from(&again, ELSEWHERE, "aline", GOOD, "")), "done");
        for _ in 0..5 {
            assert_eq!(told(enter_from(&again, ELSEWHERE, "aline", "guess", "")), "wrong-sign-in");
        }
        assert_eq!(
            told(enter_from(&again, ELSEWHERE, "aline", "guess", "")),
            "too-many-tries",
            "a good one begins anew"
        );
    }
}

#[test]
fn an_address_that_tries_many_names_waits_too() {
    each_engine(|book| {
        newcomer(book, "aline", "collector");
        let names: Vec<String> = (0..20).map(|n| format!("guess{n}")).collect();
        for name in &names {
            assert_eq!(told(enter_from(book, "2c0f:1:2:3::7", name, GOOD, "")), "wrong-sign-in");
        }
        assert_eq!(told(enter_from(book, "2c0f:1:2:3::8", "aline", GOOD, "")), "too-many-tries", "the same network");
        assert_eq!(told(enter_from(book, "2c0f:1:2:4::8", "aline", GOOD, "")), "done", "another");
        book.tick(HOUR);
        assert_eq!(told(enter_from(book, "2c0f:1:2:3::8", "aline", GOOD, "")), "done");
    });
}

/// Twenty guesses in one moment are twenty guesses.
#[test]
fn tries_at_the_same_time_are_counted_one_by_one() {
    each_engine(|book| {
        newcomer(book, "aline", "collector");
        let told: Vec<String> = std::thread::scope(|scope| {
            let tries: Vec<_> =
                (0..20).map(|_| scope.spawn(|| told(enter_from(book, ELSEWHERE, "aline", "guess", "")))).collect();
            tries.into_iter().map(|t| t.join().expect("an answer")).collect()
        });
        let heard = told.iter().filter(|t| *t == "wrong-sign-in").count();
        assert_eq!((heard, told.iter().filter(|t| *t == "too-many-tries").count()), (5, 15), "{told:?}");
    });
}

// ---- the second factor

#[test]
fn a_code_works_once_and_a_recovery_code_too() {
    each_engine(|book| {
        let token = newcomer(book, "aline", "collector");
        let elsewhere = enter(book, "aline", GOOD).expect("signed in").token;
        let here = found(book, &token).expect("signed in");
        assert_eq!(told(second_factor::begin(&book.db, &asked(&here, "wrong"))), "wrong-password");
        let begun = second_factor::begin(&book.db, &asked(&here, GOOD)).expect("a secret");
        assert_eq!(told(enter(book, "aline", GOOD)), "done", "not asked for before it is confirmed");
        let confirm = |code: &str| {
            let (actor, code, mine) = (here.actor.clone(), code.to_owned(), here.digest);
            book.db.write(move |tx| second_factor::confirm(tx, &actor, &code, Some(mine)))
        };
        assert_eq!(told(confirm("000000")), "wrong-code");
        let codes = confirm(&shown(book, &begun.secret)).expect("on");
        assert_eq!(codes.len(), second_factor::RECOVERY_CODES);
        assert!(!goes_on(book, &elsewhere) && goes_on(book, &token), "other sessions end");
        assert_eq!(told(second_factor::begin(&book.db, &asked(&here, GOOD))), "exists");
        let enter = |code: &str| told(enter_from(book, OFFICE, "aline", GOOD, code));
        assert_eq!(enter(&shown(book, &begun.secret)), "wrong-sign-in", "used when it was confirmed");
        book.tick(60_000_000);
        let code = shown(book, &begun.secret);
        assert_eq!((enter(&code), enter(&code)), ("done".into(), "wrong-sign-in".into()), "once");
        book.tick(30_000_000);
        assert_eq!(enter(&code), "wrong-sign-in", "once, though its time is not over");
        let next = shown(book, &begun.secret);
        assert_eq!(enter(&format!("{} {}", &next[..3], &next[3..])), "done", "as telephones show it");
        assert_eq!((enter(&codes[0]), enter(&codes[0])), ("done".into(), "wrong-sign-in".into()));
        assert_eq!(enter(&codes[1].replace('-', "").to_uppercase()), "done");
        let left = book.db.read(|tx| second_factor::codes_left(tx, &here.actor)).expect("a read");
        assert_eq!(left, 6);
    });
}

#[test]
fn a_link_does_not_go_round_the_second_factor() {
    each_engine(|book| {
        let token = newcomer(book, "aline", "collector");
        let (secret, _) = turn_on(book, &token);
        book.tick(60_000_000);
        let made = make_link(book, "aline").expect("a link");
        assert!(book.db.read(|tx| link::look(tx, &made.token)).expect("a link").asks_code);
        assert_eq!(told(follow(book, &made.token, NEW)), "wrong-code");
        assert!(goes_on(book, &token), "nothing was changed");
        let with_code = link::follow(&book.db, &origin(OFFICE), &made.token, NEW, &shown(book, &secret));
        assert_eq!(told(with_code), "done");
        // The telephone is lost: an administrator, who has seen her, takes the factor off; the password stays.
        let forget =
            |reason: &'static str| book.act(move |tx, actor, _| user::forget_second_factor(tx, actor, "aline", reason));
        assert_eq!((told(forget(" ")), told(forget("she came by"))), ("missing".into(), "done".into()));
        assert_eq!(told(enter(book, "aline", NEW)), "done");
    });
}

#[test]
fn the_second_factor_is_taken_off_with_the_password() {
    each_engine(|book| {
        let token = newcomer(book, "aline", "collector");
        turn_on(book, &token);
        let here = found(book, &token).expect("signed in");
        assert_eq!(told(second_factor::end(&book.db, &asked(&here, "wrong"))), "wrong-password");
        assert_eq!(told(second_factor::end(&book.db, &asked(&here, GOOD))), "done");
        assert_eq!(told(enter(book, "aline", GOOD)), "done");
        // Where the company asks for it, a session says that it is due.
        assert!(!found(book, &token).expect("signed in").needs_second_factor);
        book.act(|tx, actor, today| {
            let given = setting::Given {
                name: "second-factor".into(),
                value: "required".into(),
                reason: "the bank asks".into(),
                ..Default::default()
            };
            setting::set(tx, actor, today, &given, None)
        })
        .expect("set");
        assert!(found(book, &token).expect("signed in").needs_second_factor);
        turn_on(book, &token);
        assert!(!found(book, &token).expect("signed in").needs_second_factor);
    });
}

// ---- sessions

#[test]
fn a_session_that_nobody_uses_ends_as_soon_as_the_company_says() {
    each_engine(|book| {
        let token = newcomer(book, "aline", "collector");
        book.tick(6 * 60_000_000);
        assert!(goes_on(book, &token), "half an hour unless the company says less");
        book.act(|tx, actor, today| {
            let given = setting::Given { name: "idle-minutes".into(), value: "5".into(), ..Default::default() };
            setting::set(tx, actor, today, &given, None)
        })
        .expect("set");
        assert!(goes_on(book, &token));
        book.tick(4 * 60_000_000);
        assert!(goes_on(book, &token));
        book.tick(5 * 60_000_000);
        assert!(!goes_on(book, &token));
    });
}

#[test]
fn a_session_ends_without_use_and_after_a_working_day() {
    each_engine(|book| {
        let token = newcomer(book, "aline", "collector");
        let seen = || {
            let all = book
                .db
                .read(|tx| store::session::of_user(tx, "aline", Instant::from_micros(0), Instant::from_micros(0)));
            all.expect("a read")[0].seen_at
        };
        let begun = seen();
        book.tick(29 * MINUTE);
        assert!(goes_on(book, &token));
        assert_eq!(seen(), begun, "noted, and written later");
        book.tick(29 * MINUTE);
        assert!(goes_on(book, &token), "what is noted counts");
        book.db.write_noted().expect("written");
        let written = seen();
        assert_eq!(written.micros() - begun.micros(), 58 * MINUTE);
        book.tick(MINUTE / 2);
        assert!(goes_on(book, &token));
        book.db.write_noted().expect("written");
        assert_eq!(seen(), written, "once a minute is enough");
        book.tick(30 * MINUTE);
        assert!(!goes_on(book, &token), "half an hour without use");
        book.tick(-10 * MINUTE);
        assert!(goes_on(book, &token), "it had not been ended by asking");
        // Twelve hours are the end, however busy.
        let token = enter(book, "aline", GOOD).expect("signed in").token;
        for _ in 0..35 {
            book.tick(20 * MINUTE);
            assert!(goes_on(book, &token));
        }
        book.tick(20 * MINUTE);
        assert!(!goes_on(book, &token), "twelve hours");
        book.db.write(session::sweep).expect("swept");
        assert_eq!(count(book, "SELECT COUNT(*) FROM session WHERE why = 'expired'"), 2);
    });
}

#[test]
fn a_person_sees_and_ends_the_own_sessions_and_no_others() {
    each_engine(|book| {
        let first = newcomer(book, "aline", "collector");
        let second = enter_from(book, ELSEWHERE, "aline", GOOD, "").expect("signed in").token;
        let other = newcomer(book, "bosco", "collector");
        let here = found(book, &first).expect("signed in");
        let list = || book.db.read(|tx| session::own(tx, &here.actor, Some(here.digest))).expect("a list");
        let shown: Vec<(String, bool)> = list().into_iter().map(|s| (s.address, s.here)).collect();
        assert_eq!(shown, [(ELSEWHERE.into(), false), (OFFICE.into(), true)], "the newest first");
        let bosco = found(book, &other).expect("signed in");
        let of_bosco = book.db.read(|tx| session::own(tx, &bosco.actor, None)).expect("a list")[0].id.clone();
        let end = |password: &str, id: &str| session::end(&book.db, &asked(&here, password), id);
        assert_eq!(told(end(GOOD, &of_bosco)), "not-found");
        assert_eq!(told(end("wrong", &list()[0].id)), "wrong-password");
        assert_eq!(told(end(GOOD, &list()[0].id)), "done");
        assert_eq!((goes_on(book, &first), goes_on(book, &second), goes_on(book, &other)), (true, false, true));
        let third = enter(book, "aline", GOOD).expect("signed in").token;
        assert_eq!(session::end_others(&book.db, &asked(&here, GOOD)).expect("ended"), 1);
        assert_eq!((goes_on(book, &first), goes_on(book, &third), goes_on(book, &other)), (true, false, true));
        let token = first.clone();
        book.db.write(move |tx| session::sign_out(tx, &token)).expect("signed out");
        assert!(!goes_on(book, &first));
    });
}

#[test]
fn signing_in_again_ends_the_session_before_and_ten_are_enough() {
    each_engine(|book| {
        let first = newcomer(book, "aline", "collector");
        let given = Given { name: "aline", password: GOOD, code: "", company: None, session: Some(&first) };
        let second = sign_in::enter(&book.db, &origin(OFFICE), &given).expect("signed in").token;
        assert_ne!(first, second);
        assert_eq!((goes_on(book, &first), goes_on(book, &second)), (false, true));
        let mut tokens = vec![second];
        for _ in 0..session::AT_A_TIME {
            book.tick(1_000_000);
            tokens.push(enter(book, "aline", GOOD).expect("signed in").token);
        }
        let alive: Vec<bool> = tokens.iter().map(|token| goes_on(book, token)).collect();
        assert!(!alive[0], "the oldest gave way");
        assert!(alive[1..].iter().all(|on| *on), "{alive:?}");
    });
}

#[test]
fn an_administrator_ends_sessions_and_whoever_leaves_is_out_at_once() {
    each_engine(|book| {
        let token = newcomer(book, "aline", "collector");
        let watched = book.read(|tx, actor| session::of_user(tx, actor, "aline"));
        assert_eq!(watched.len(), 1);
        let ended = book.act(|tx, actor, _| session::end_of_user(tx, actor, "aline")).expect("ended");
        assert_eq!((ended, goes_on(book, &token)), (1, false));
        let token = enter(book, "aline", GOOD).expect("signed in").token;
        assert!(actor(book, &token).can(Right::PromiseAdd));
        book.act(|tx, actor, _| user::set_roles(tx, actor, "aline", "auditor")).expect("given");
        assert!(!actor(book, &token).can(Right::PromiseAdd), "a role counts from the next request on");
        let pending = make_link(book, "aline").expect("a link");
        let leave = |reason: &'static str| book.act(move |tx, actor, _| user::deactivate(tx, actor, "aline", reason));
        assert_eq!((told(leave("")), told(leave("moved to Huye"))), ("missing".into(), "done".into()));
        assert!(!goes_on(book, &token));
        assert_eq!(told(enter(book, "aline", GOOD)), "wrong-sign-in");
        assert_eq!(
            (told(follow(book, &pending.token, NEW)), told(make_link(book, "aline"))),
            ("link-gone".into(), "not-found".into())
        );
        let as_aline = book.db.read(|tx| company::actor(tx, None, Some("aline")));
        assert_eq!(told(as_aline), "not-found", "by command neither");
        book.customer("C1", "Ineza Shop");
        let assigned = book.act(|tx, actor, _| customer::assign(tx, actor, &["C1".into()], Some("aline")));
        assert_eq!(told(assigned), "not-found");
        assert_eq!(told(leave("again")), "done", "said twice");
        let known = book.read(user::list).into_iter().find(|u| u.name == "aline").expect("never deleted");
        assert!(!known.active());
        book.act(|tx, actor, _| user::reactivate(tx, actor, "aline", "back")).expect("back");
        assert_eq!(told(enter(book, "aline", GOOD)), "done");
        assert!(!goes_on(book, &token), "old sessions stay ended");
    });
}

#[test]
fn the_last_administrator_stays() {
    each_engine(|book| {
        let roles = |name: &'static str, roles: &'static str| {
            told(book.act(move |tx, actor, _| user::set_roles(tx, actor, name, roles)))
        };
        let leave = |name: &'static str| told(book.act(move |tx, actor, _| user::deactivate(tx, actor, name, "left")));
        assert_eq!(
            (roles("admin", "manager"), leave("admin")),
            ("last-administrator".into(), "last-administrator".into())
        );
        add(book, "keza", "admin");
        assert_eq!(roles("admin", "collector"), "done");
        assert_eq!(
            (roles("keza", "auditor"), leave("keza")),
            ("last-administrator".into(), "last-administrator".into())
        );
        assert_eq!((roles("admin", "admin"), leave("admin")), ("done".into(), "done".into()));
        assert_eq!(leave("keza"), "last-administrator", "whoever left does not count");
    });
}

#[test]
fn names_are_short_plain_and_not_the_operators() {
    each_engine(|book| {
        let named = |by: &'static str, name: &'static str, full_name: &'static str| {
            told(book.act(move |tx, actor, _| {
                let actor = Actor { user: by.into(), ..actor.clone() };
                user::add(tx, &actor, name, full_name, "collector")
            }))
        };
        assert_eq!(named("admin", "zoé_2", "Zoé Umutoni"), "done");
        assert_eq!(named("admin", "zoé_2", "Zoé"), "exists");
        for (name, full_name, refused) in [
            ("", "Zoé", "missing"),
            ("a b", "Zoé", "invalid"),
            ("a<b>", "Zoé", "invalid"),
            ("zoe", " ", "missing"),
            ("zoe", "Z\u{7}", "invalid"),
        ] {
            assert_eq!(named("admin", name, full_name), refused, "{name} {full_name}");
        }
        let long = book.act(|tx, actor, _| user::add(tx, actor, &"x".repeat(65), "X", "collector"));
        assert_eq!(told(long), "invalid");
        add(book, "chief", "admin");
        assert_eq!(named("chief", "admin", "Me"), "invalid");
    });
}

// ---- walls

type Request = fn(&mut store::Tx<'_>, &Actor) -> Result<(), Error>;

#[test]
fn what_one_company_decides_about_a_person_stops_at_its_wall() {
    each_engine(|book| {
        newcomer(book, "aline", "collector");
        add(book, "chief", "admin");
        let new = company::NewCompany {
            name: "Musanze Shops Ltd".into(),
            code: None,
            tin: None,
            currency: book.actor.company.currency,
            country: "rw".into(),
            simulated: true,
        };
        let boss = book.act(move |tx, _, _| company::init(tx, "boss", &new)).expect("a second company");
        let as_ = |who: &Actor| {
            let who = who.clone();
            move |f: Request| {
                let who = who.clone();
                told(book.act(move |tx, _, _| f(tx, &who)))
            }
        };
        let by_boss = as_(&boss);
        let by_operator = as_(&Actor { user: "admin".into(), ..boss.clone() });
        let by_chief = as_(&Actor { user: "chief".into(), roles: Role::Admin.into(), ..book.actor.clone() });
        // Another person of that name, perhaps: only who knows both may say that it is the same.
        assert_eq!(by_boss(|tx, a| user::add(tx, a, "aline", "Aline", "biller")), "exists");
        for f in [
            (|tx, a| link::make(tx, a, "aline").map(drop)) as Request,
            |tx, a| session::end_of_user(tx, a, "aline").map(drop),
            |tx, a| user::deactivate(tx, a, "aline", "x"),
            |tx, a| user::set_roles(tx, a, "aline", "biller"),
            |tx, a| user::set_full_name(tx, a, "aline", "Aline"),
            |tx, a| user::forget_second_factor(tx, a, "aline", "x"),
        ] {
            assert_eq!(by_boss(f), "not-found");
        }
        assert_eq!(by_operator(|tx, a| user::add(tx, a, "aline", "Aline", "biller")), "done");
        // Now neither company's administrator alone may take her password or name over.
        for by in [&by_boss as &dyn Fn(Request) -> String, &by_chief] {
            assert_eq!(by(|tx, a| link::make(tx, a, "aline").map(drop)), "other-companies");
            assert_eq!(by(|tx, a| user::set_full_name(tx, a, "aline", "Alina")), "other-companies");
            assert_eq!(by(|tx, a| user::forget_second_factor(tx, a, "aline", "x")), "other-companies");
        }
        assert_eq!(by_operator(|tx, a| link::make(tx, a, "aline").map(drop)), "done");
        // She works in the one she worked in last, and changes to the other.
        let token = enter(book, "aline", GOOD).expect("signed in").token;
        let here = found(book, &token).expect("signed in");
        assert_eq!((here.actor.company.code.as_str(), here.actor.roles.to_string()), ("kigali", "collector".into()));
        let all = book.db.read(|tx| session::companies(tx, &here.actor)).expect("a list");
        assert_eq!(all.iter().map(|(code, _)| code.as_str()).collect::<Vec<_>>(), ["kigali", "musanze"]);
        let switched = here.clone();
        book.db.write(move |tx| session::switch(tx, &switched, "musanze")).expect("switched");
        let there = found(book, &token).expect("signed in");
        assert_eq!((there.actor.company.code.as_str(), there.actor.roles.to_string()), ("musanze", "biller".into()));
        let nowhere = book.db.write(move |tx| session::switch(tx, &there, "nowhere"));
        assert_eq!(told(nowhere), "no-company");
        // Each administrator sees and ends what is in the own company only.
        let seen = |by: &Actor| book.db.read(|tx| session::of_user(tx, by, "aline")).expect("a list").len();
        assert_eq!((seen(&book.actor), seen(&boss)), (1, 1));
        assert_eq!(by_chief(|tx, a| user::deactivate(tx, a, "aline", "left")), "done");
        assert!(goes_on(book, &token), "she works on in the other one");
        assert_eq!(by_boss(|tx, a| user::deactivate(tx, a, "aline", "left")), "done");
        assert!(!goes_on(book, &token));
        let chosen = Given { name: "aline", password: GOOD, code: "", company: Some("kigali"), session: None };
        assert_eq!(told(sign_in::enter(&book.db, &origin(OFFICE), &chosen)), "wrong-sign-in");
    });
}

#[test]
fn a_restored_book_knows_no_sessions_and_no_links() {
    for place in places() {
        let book = Book::new(&place, receivables::Currency::RWF);
        let token = newcomer(&book, "aline", "collector");
        add(&book, "bosco", "biller");
        let pending = make_link(&book, "bosco").expect("a link");
        let file = place.folder().join("b.db");
        backup::write(&book.db, &file).expect("a backup");
        let target = place.another();
        let at = book.clock.now();
        let db = target.open(store::Clock::set_at(at), 3);
        backup::restore(&file, &db).expect("restored");
        assert!(db.read(|tx| session::find(tx, &token)).expect("a read").is_none());
        let gone = db.read(|tx| link::look(tx, &pending.token));
        assert!(matches!(gone, Err(Error::Refused(Refusal::LinkGone))), "{gone:?}");
        let given = Given { name: "aline", password: GOOD, code: "", company: None, session: None };
        assert_eq!(told(sign_in::enter(&db, &origin(OFFICE), &given)), "done", "passwords are kept");
    }
}

// ---- who read what

#[test]
fn reads_of_a_file_are_written_in_batches_off_the_way() {
    each_engine(|book| {
        book.customer("C1", "Ineza Shop");
        book.customer("C2", "Keza Shop");
        let look = |code: &str| book.read(|tx, actor| history::of_customer(tx, actor, code)).len();
        for code in ["C1", "C2", "C1", "C1"] {
            assert_eq!(look(code), 0);
        }
        let log = |customer: Option<&str>| -> Vec<(String, i64)> {
            let all = book.read(|tx, actor| reads::list(tx, actor, customer, 100));
            all.into_iter().map(|r| (r.customer, r.count)).collect()
        };
        assert!(log(None).is_empty(), "noted only");
        book.db.write_noted().expect("written");
        book.db.write_noted().expect("nothing more to write");
        assert_eq!(log(None), [("C1".into(), 3), ("C2".into(), 1)]);
        book.tick(MINUTE);
        look("C1");
        book.db.write_noted().expect("written");
        assert_eq!(log(Some("C1")), [("C1".into(), 1), ("C1".into(), 3)], "the newest first");
        let unknown = book.db.read(|tx| reads::list(tx, &book.actor, Some("C9"), 100));
        assert_eq!(code(&unknown.expect_err("refused")), "not-found");
    });
}

#[test]
fn the_log_of_who_read_a_file_is_a_page_for_whoever_may_see_it() {
    let folder = small_book();
    assert!(ideni(folder.path(), &["customer", "show", "C1"]).status.success());
    let browser = Browser::signed_in(folder.path(), "sqlite:ideni.db");
    assert!(browser.get("/audit/reads?customer=C1").text.contains("/accounts/C1"));
    assert!(browser.get("/audit").text.contains("/audit/reads"));
    assert!(browser.get("/audit/reads?customer=C2").text.contains("fits this question"));
    assert_eq!(browser.get("/audit/reads?customer=C9").status, 404);
}
