//! Schemathesis (PyPI) over the whole OpenAPI document, with a key of every role and with none: no failure of the server, no
//! answer that the document does not know. `IDENI_TEST_SCHEMATHESIS` names the program; without it this says "skipped".

use std::path::Path;
use std::process::Command;

use super::{Served, book, ideni, key};
use crate::support::{Place, scaled, seed};

/// Examples of each route that are asked in full with the administrator's key, who reaches everything, and with another's, who
/// is refused much; a short run asks a part of them.
const EXAMPLES: u32 = 200;
const OF_THE_OTHERS: u32 = 50;

#[test]
fn schemathesis_finds_nothing() {
    let Some(program) = std::env::var_os("IDENI_TEST_SCHEMATHESIS").filter(|program| !program.is_empty()) else {
        eprintln!("skipped: Schemathesis (IDENI_TEST_SCHEMATHESIS names no program)");
        return;
    };
    let place = Place::sqlite();
    book(&place);
    fill(&place);
    let roles = ["manager", "biller", "cashier", "collector", "credit", "legal", "auditor"];
    let keys: Vec<(&str, String)> = roles.iter().map(|role| (*role, key(&place, role, &["all:write"]))).collect();
    let served = Served::start(&place);
    let admin = key(&place, "admin", &["all:write"]);
    ask(&program, &served, "admin", &format!("Bearer {admin}"), &["-n", &scaled(EXAMPLES).to_string()]);
    let examples = scaled(OF_THE_OTHERS).to_string();
    for (role, key) in keys {
        ask(&program, &served, role, &format!("Bearer {key}"), &["-n", &examples, "--phases", "fuzzing"]);
    }
    // A reader of everything and a writer of one thing: the scopes refuse the rest.
    let narrow = key(&place, "admin", &["all:read", "promises:write"]);
    ask(&program, &served, "narrow", &format!("Bearer {narrow}"), &["-n", &examples, "--phases", "fuzzing"]);
    // Below what one address may ask a second, or some answers are that it was too much.
    ask(&program, &served, "nobody", "nobody", &["-n", "1", "--rate-limit", "150/s"]);
    drop(served);
    assert_eq!(ideni(&place, &["verify"])["totals"]["broken"], 0);
}

/// More for the made-up requests to meet: money of customers, a credit note, messages that nobody understands.
fn fill(place: &Place) {
    let write = |name: &str, text: &str| std::fs::write(place.folder().join(name), text).expect("written");
    ideni(place, &["receipt", "identify", "FT2", "C3"]);
    ideni(
        place,
        &["receipt", "record", "--amount", "30", "--currency", "USD", "--reference", "FT3", "--customer", "C2"],
    );
    write(
        "notes.csv",
        "number,customer,kind,issued_on,due_on,currency,total\nN-1,C3,credit_note,2026-09-01,2026-09-01,RWF,5000\n",
    );
    ideni(place, &["import", "invoices", "notes.csv"]);
    let message = |at: u64, text: &str| {
        format!("<sms protocol=\"0\" address=\"M-Money\" date=\"{at}\" type=\"1\" body=\"{text}\" />")
    };
    let messages = [message(1_772_366_405_000, "Wakiriye 4000"), message(1_772_366_505_000, "Wakiriye 5000")];
    write("sms.xml", &format!("<smses count=\"2\">{}</smses>", messages.concat()));
    ideni(place, &["statement", "import", "sms.xml", "--account", "momo"]);
}

fn ask(program: &std::ffi::OsStr, served: &Served, who: &str, authorization: &str, more: &[&str]) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/schemathesis");
    let url = format!("http://{}/api/v1", served.host);
    let mut command = Command::new(program);
    command.arg("--config-file").arg(folder.join("schemathesis.toml"));
    command.args(["run", &format!("{url}/openapi.json"), "--url", &url, "--seed", &seed("schemathesis").to_string()]);
    command.args(["--rate-limit", "auto", "--no-color", "--warnings", "off"]).args(more);
    command.env("PYTHONPATH", &folder).env("SCHEMATHESIS_HOOKS", "hooks").env("IDENI_AUTHORIZATION", authorization);
    let out = command.current_dir(std::env::temp_dir()).output().expect("Schemathesis runs");
    assert!(out.status.success(), "{who}: {}", String::from_utf8_lossy(&out.stdout));
}
