//! Stories in a real browser: the first day, by keyboard, on a telephone, in Kinyarwanda, without script, in the dark.

mod billing;
mod first_day;
mod invoice;
mod items;
mod lost_nothing;
mod papers;
mod script;
mod tab;
mod worklist;

use std::path::Path;

use ideni::demo;
use ideni::web::{ROOMS, Verb};
use serde_json::Value;
use tab::{DESK, Look, TELEPHONE, Tab};

use crate::support::{Browser, ideni, json, small_book};

/// A distributor's book of a few months, ending the day before the browser's today.
fn lived_in() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let url = format!("sqlite:{}", folder.path().join("ideni.db").display());
    let settings =
        demo::Settings { customers: 24, days: 150, ..demo::Settings::demo("2026-10-19".parse().expect("a day")) };
    demo::build(&url, &settings, &mut |_, _| {}).expect("a book");
    folder
}

/// Six accounts to work, all with a telephone, and a collector; the administrator sits at the desk.
fn desk(look: Look) -> Option<(tempfile::TempDir, Browser, Tab)> {
    let folder = small_book();
    let at = folder.path();
    let names =
        ["Kigali Foods Ltd", "Musanze Shop", "Huye Bakery", "Rubavu Lodge", "Nyanza Traders", "Muhanga Hardware"];
    let (mut customers, mut invoices) =
        (String::from("code,name,phone\n"), String::from("number,customer,issued_on,due_on,total\n"));
    for (n, name) in (1..).zip(names) {
        customers.push_str(&format!("C{n},{name},078812345{n}\n"));
        invoices.push_str(&format!("B-{n},C{n},2026-08-0{n},2026-09-0{n},{n}00000\n"));
    }
    for (what, text) in [("customers", customers), ("invoices", invoices)] {
        std::fs::write(at.join("more.csv"), text).expect("written");
        json(at, &["import", what, "more.csv"]);
    }
    assert!(ideni(at, &["user", "add", "aline", "--role", "collector"]).status.success());
    let browser = Browser::signed_in(at, "sqlite:ideni.db");
    let tab = Tab::open(&browser.host, look)?;
    tab.sign_in("admin");
    Some((folder, browser, tab))
}

/// The rows that a command answers with.
fn rows(at: &Path, args: &[&str]) -> Vec<Value> {
    json(at, args)["rows"].as_array().expect("rows").clone()
}

/// The address of every page, with things of this book in place of the names in its path; `None` where the book has none.
fn address(at: &Path, path: &str) -> Option<String> {
    let first = |args: &[&str], column: &str| -> Option<String> {
        let listed = json(at, &[&["--today", "2026-10-20"], args].concat());
        let row = listed["rows"].as_array()?.first().cloned().unwrap_or(Value::Null);
        row[column].as_str().map(str::to_owned)
    };
    let address = match path {
        p if p.contains("{code}/contacts/{id}") || p.contains("/approvals/{") => return None,
        p if p.starts_with("/accounts/{code}") || p.starts_with("/customers/{code}") => {
            p.replace("{code}", &first(&["worklist", "--limit", "1"], "customer")?)
        }
        p if p.starts_with("/invoices/{") => p.replace("{number}", &first(&["invoice", "list"], "number")?),
        p if p.starts_with("/settings/{") => p.replace("{name}", "terms-days"),
        p if p.starts_with("/reports/{") => p.replace("{name}", "kpi"),
        p if p.starts_with("/audit/{") => p.replace("{id}", "7"),
        p if p.starts_with("/users/{") => p.replace("{name}", "umutesi"),
        p if p.starts_with("/receipts/{") => p.replace("{id}", &first(&["receipt", "list"], "id")?),
        p => p.to_owned(),
    };
    (!address.contains('{')).then_some(address)
}

/// Screens that a route has several of.
const MORE: [&str; 6] = [
    "/reports/ageing",
    "/reports/journal",
    "/reports/provision?rates=0.3,1.6,3.6,6.6,10.6",
    "/reports/worklist",
    "/settings/people",
    "/settings/address",
];

/// Screens of long work, which must have been done first.
fn work(browser: &Browser) -> Vec<String> {
    let done = [("/cash", "/cash/look"), ("/day", "/day/look"), ("/audit", "/audit/verify")];
    let begun = done.map(|(page, action)| browser.submit(page, action, &[]));
    begun.iter().filter_map(|answer| answer.header("location").map(str::to_owned)).collect()
}

/// Every screen is readable by everybody, fits its width, and is left as a picture to look at.
#[test]
fn every_screen_fits_and_is_accessible() {
    let folder = lived_in();
    let at = folder.path();
    let browser = Browser::signed_in_as(at, "sqlite:ideni.db", "ganza");
    let looks = [
        ("desk", DESK),
        ("dark", Look { dark: true, ..DESK }),
        ("telephone", TELEPHONE),
        ("kinyarwanda", Look { language: "rw", ..TELEPHONE }),
    ];
    let routes = ROOMS.iter().flat_map(|room| room.iter()).filter(|route| route.verb == Verb::Get && !route.is_file);
    let mut screens: Vec<String> = routes.filter_map(|route| address(at, route.path)).collect();
    screens.extend(MORE.map(str::to_owned));
    screens.extend(work(&browser));
    assert!(screens.len() > 15, "{screens:?}");
    let mut faults = Vec::new();
    for (name, look) in looks {
        let Some(tab) = Tab::open(&browser.host, look) else { return };
        for path in ["/sign-in"].into_iter().chain(screens.iter().map(String::as_str)) {
            if path != "/sign-in" && tab.count("#main") == 0 {
                tab.sign_in("ganza");
            }
            tab.go(path);
            let screen = path.trim_matches('/').replace('/', "-");
            tab.picture(&format!("{}-{name}", if screen.is_empty() { "today" } else { &screen }));
            if tab.sideways() > 0 {
                faults.push(format!("{path} {name} is {} pixels wider than the screen", tab.sideways()));
            }
            faults.extend(tab.inaccessible().unwrap_or_default().iter().map(|fault| format!("{path} {name}: {fault}")));
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}
