//! What every answer tells the browser, and that `docs/security.md` answers every requirement it says it answers.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;

use regex::Regex;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};

use crate::support::{Answer, Browser, OURS, ideni, small_book};

/// A page, a way in, a refusal, what is not there, what is not allowed, a file of ours: all say the same.
#[test]
fn every_answer_tells_the_browser_what_not_to_do() {
    let folder = small_book();
    let mut browser = Browser::signed_in(folder.path(), "sqlite:ideni.db");
    let page = browser.get("/");
    let asset = page.text.split("href=\"/assets/").nth(1).and_then(|rest| rest.split('"').next()).expect("an asset");
    let mut answers = vec![browser.get(&format!("/assets/{asset}")), page];
    answers.push(browser.get("/accounts/NOBODY"));
    answers.push(browser.get("/nothing/here"));
    answers.push(browser.post("/accounts/C1/holds", "", "until=2026-11-20"));
    answers.push(browser.post("/accounts/C1/holds", OURS, "key=x"));
    answers.push(browser.ask("PUT", "/", "", b""));
    browser.cookie.clear();
    answers.push(browser.get("/worklist"));
    answers.push(browser.get("/enter/guess"));
    answers.push(browser.get("/setup/guess"));
    for answer in &answers {
        let said = |name: &str| answer.header(name).unwrap_or_else(|| panic!("no {name}: {}", answer.head)).to_owned();
        let policy = said("content-security-policy");
        for part in [
            "default-src 'none'",
            "script-src 'self'",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
            "require-trusted-types-for 'script'",
        ] {
            assert!(policy.split("; ").any(|known| known == part), "{part}: {policy}");
        }
        assert!(!policy.contains("unsafe") && !policy.contains('*') && !policy.contains("data:"), "{policy}");
        assert_eq!(said("x-content-type-options"), "nosniff");
        assert_eq!(said("referrer-policy"), "same-origin");
        assert_eq!(said("cross-origin-opener-policy"), "same-origin");
        assert_eq!(said("cross-origin-resource-policy"), "same-origin");
        assert!(said("permissions-policy").contains("camera=()"));
        assert_eq!(answer.header("access-control-allow-origin"), None);
        assert_eq!(answer.header("strict-transport-security"), None, "over plain loopback it would mean nothing");
    }
    let kept = answers.iter().filter(|answer| answer.header("cache-control") != Some("no-store")).count();
    assert_eq!(kept, 1, "the file of ours alone may be kept");
    assert!(answers.iter().all(plain_of_scripts), "nothing runs that is written into a page");
}

fn plain_of_scripts(answer: &Answer) -> bool {
    let inline = Regex::new(r#"<script\s*>|\son[a-z]+="|\sstyle=""#).expect("a pattern");
    !inline.is_match(&answer.text)
}

/// Whoever trusts the authority that `serve` names is let in; whoever speaks plainly is not.
#[test]
fn on_the_office_network_everything_is_encrypted() {
    let folder = small_book();
    let mut server = Command::new(env!("CARGO_BIN_EXE_ideni"))
        .current_dir(folder.path())
        .env_remove("IDENI_DATABASE_URL")
        .env_remove("IDENI_LANGUAGE")
        .args(["serve", "--listen", "0.0.0.0:0"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("serves");
    let lines = BufReader::new(server.stdout.take().expect("its output")).lines();
    let mut said = String::new();
    for line in lines {
        said.push_str(&line.expect("a line"));
        said.push('\n');
        if said.contains("Ctrl+C") {
            break;
        }
    }
    let port = Regex::new("https://[0-9.]+:([0-9]+)").expect("a pattern");
    let port: u16 = port.captures(&said).and_then(|found| found[1].parse().ok()).expect("an address");
    let authority = folder.path().join("ideni.db.tls/authority.crt");
    assert!(
        said.contains("ideni.db.tls/authority.crt") && said.contains("SHA-256") && !said.contains("http://"),
        "{said}"
    );

    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_file(&authority).expect("a certificate")).expect("trusted");
    let trusting = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_root_certificates(roots)
        .with_no_client_auth();
    let at = ("127.0.0.1", port);
    let name = ServerName::try_from("127.0.0.1").expect("a name");
    let connection = ClientConnection::new(Arc::new(trusting), name).expect("a client");
    let there = asked(StreamOwned::new(connection, TcpStream::connect(at).expect("connects")));
    let plainly = asked(TcpStream::connect(at).expect("connects"));
    let _ = server.kill();
    let _ = server.wait();
    assert!(
        there.starts_with("HTTP/1.1 ") && there.contains("content-security-policy") && !there.contains("200 OK"),
        "{there}"
    );
    assert!(plainly.starts_with("HTTP/1.1 303") && plainly.contains("Location: https://"), "{plainly}");
    assert!(plainly.contains("This address is encrypted."), "{plainly}");
}

fn asked(mut stream: impl Read + Write) -> String {
    stream.write_all(b"GET /worklist HTTP/1.1\r\nHost: desk\r\nConnection: close\r\n\r\n").expect("asks");
    let mut bytes = Vec::new();
    let _ = stream.read_to_end(&mut bytes);
    String::from_utf8_lossy(&bytes).into_owned()
}

#[test]
fn a_certificate_that_cannot_be_used_is_refused_before_anything_is_served() {
    let folder = small_book();
    let at = folder.path();
    std::fs::write(at.join("none.pem"), "not a certificate").expect("written");
    let serve = |args: &[&str]| {
        let out = ideni(at, &[&["serve", "--listen", "127.0.0.1:0"], args].concat());
        (out.status.code(), String::from_utf8_lossy(&out.stderr).into_owned())
    };
    for chain in ["none.pem", "missing.pem"] {
        let (status, said) = serve(&["--cert", chain, "--cert-key", "none.pem"]);
        assert!(status == Some(1) && said.contains(chain) && said.contains("--cert-key"), "{said}");
    }
    assert_eq!(serve(&["--cert", "none.pem"]).0, Some(2), "a certificate without its key");
    let out = ideni(at, &["serve", "--listen", "203.0.113.5:443"]);
    let said = String::from_utf8_lossy(&out.stderr).into_owned();
    assert!(out.status.code() == Some(1) && said.contains("an address of the internet"), "{said}");
}

/// The requirements of OWASP ASVS 5.0.0, levels 1 and 2, in the chapters on web frontends, authentication, sessions and
/// authorization, with their level.
const IDS: &[(&str, u8)] = &[
    ("3.2.1", 1),
    ("3.2.2", 1),
    ("3.3.1", 1),
    ("3.3.2", 2),
    ("3.3.3", 2),
    ("3.3.4", 2),
    ("3.4.1", 1),
    ("3.4.2", 1),
    ("3.4.3", 2),
    ("3.4.4", 2),
    ("3.4.5", 2),
    ("3.4.6", 2),
    ("3.5.1", 1),
    ("3.5.2", 1),
    ("3.5.3", 1),
    ("3.5.4", 2),
    ("3.5.5", 2),
    ("3.7.1", 2),
    ("3.7.2", 2),
    ("6.1.1", 1),
    ("6.1.2", 2),
    ("6.1.3", 2),
    ("6.2.1", 1),
    ("6.2.2", 1),
    ("6.2.3", 1),
    ("6.2.4", 1),
    ("6.2.5", 1),
    ("6.2.6", 1),
    ("6.2.7", 1),
    ("6.2.8", 1),
    ("6.2.9", 2),
    ("6.2.10", 2),
    ("6.2.11", 2),
    ("6.2.12", 2),
    ("6.3.1", 1),
    ("6.3.2", 1),
    ("6.3.3", 2),
    ("6.3.4", 2),
    ("6.4.1", 1),
    ("6.4.2", 1),
    ("6.4.3", 2),
    ("6.4.4", 2),
    ("6.5.1", 2),
    ("6.5.2", 2),
    ("6.5.3", 2),
    ("6.5.4", 2),
    ("6.5.5", 2),
    ("6.6.1", 2),
    ("6.6.2", 2),
    ("6.6.3", 2),
    ("6.8.1", 2),
    ("6.8.2", 2),
    ("6.8.3", 2),
    ("6.8.4", 2),
    ("7.1.1", 2),
    ("7.1.2", 2),
    ("7.1.3", 2),
    ("7.2.1", 1),
    ("7.2.2", 1),
    ("7.2.3", 1),
    ("7.2.4", 1),
    ("7.3.1", 2),
    ("7.3.2", 2),
    ("7.4.1", 1),
    ("7.4.2", 1),
    ("7.4.3", 2),
    ("7.4.4", 2),
    ("7.4.5", 2),
    ("7.5.1", 2),
    ("7.5.2", 2),
    ("7.6.1", 2),
    ("7.6.2", 2),
    ("8.1.1", 1),
    ("8.1.2", 2),
    ("8.2.1", 1),
    ("8.2.2", 1),
    ("8.2.3", 2),
    ("8.3.1", 1),
    ("8.4.1", 2),
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The rows of the page: id, level, what is asked, how it stands, what holds it.
fn rows() -> Vec<[String; 5]> {
    let text = std::fs::read_to_string(root().join("docs/security.md")).expect("the page");
    let rows = text.lines().filter(|line| line.starts_with('|') && line.contains(".") && !line.contains("---"));
    let cells = |line: &str| line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect::<Vec<_>>();
    rows.filter_map(|line| cells(line).try_into().ok())
        .filter(|row: &[String; 5]| row[0].starts_with(|c: char| c.is_ascii_digit()))
        .collect()
}

#[test]
fn every_requirement_is_answered_once_with_its_level() {
    let listed: Vec<(String, u8)> =
        rows().into_iter().map(|[id, level, ..]| (id, level.parse().unwrap_or(0))).collect();
    let expected: Vec<(String, u8)> = IDS.iter().map(|(id, level)| ((*id).to_owned(), *level)).collect();
    assert_eq!(listed, expected);
}

/// A requirement that is met names the test or the code; one that is not says so, or why it does not apply.
#[test]
fn what_holds_a_requirement_is_there() {
    let named = Regex::new("`([a-z_/]+)::([a-z0-9_]+)`").expect("a pattern");
    let file = Regex::new(r"`([a-z0-9_/.-]+/[a-z0-9_.-]+\.(?:rs|js|html|md))`").expect("a pattern");
    let mut wrong = BTreeSet::new();
    for [id, _, asked, state, held] in rows() {
        let mut there = 0;
        for found in named.captures_iter(&held) {
            let (module, test) = (&found[1], format!("fn {}(", &found[2]));
            let places = ["tests/{}.rs", "tests/{}/mod.rs", "crates/ideni/src/{}.rs", "crates/ideni/src/{}/tests.rs"];
            let sources =
                places.iter().filter_map(|at| std::fs::read_to_string(root().join(at.replace("{}", module))).ok());
            if sources.into_iter().any(|text| text.contains(&test)) {
                there += 1;
            } else {
                wrong.insert(format!("{id}: there is no test {module}::{}", &found[2]));
            }
        }
        for found in file.captures_iter(&held) {
            if root().join(&found[1]).exists() {
                there += 1;
            } else {
                wrong.insert(format!("{id}: there is no {}", &found[1]));
            }
        }
        let answered = match state.as_str() {
            "met" => there > 0,
            "partly" | "not yet" | "does not apply" => held.len() > 20,
            _ => false,
        };
        if !answered || asked.len() < 8 {
            wrong.insert(format!("{id}: {state}: {held}"));
        }
    }
    assert_eq!(wrong, BTreeSet::new());
}
