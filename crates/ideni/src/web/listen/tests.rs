//! Slow, silent, plain and many: nobody holds up the others.

use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream as Plain;

use axum::routing::{get, post};
use tokio::runtime::Runtime;
use tokio_rustls::rustls::client::WebPkiServerVerifier;
use tokio_rustls::rustls::client::danger::ServerCertVerifier;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use tokio_rustls::rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};

use super::authority::Authority;
use super::*;
use receivables::Date;

const SHORT: Duration = Duration::from_millis(300);
const QUICK: Limits = Limits { connections: 64, per_address: 64, greeting: SHORT, head: SHORT, body: SHORT };

/// A door on a free port, open as long as this lives.
struct Opened {
    at: SocketAddr,
    _runtime: Runtime,
}

fn open(limits: Limits, tls: Option<Tls>) -> Opened {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
    let at = listener.local_addr().unwrap();
    let echo = |body: axum::body::Bytes| async move { body.len().to_string() };
    let router = Router::new().route("/", get(|| async { "here" })).route("/", post(echo));
    let door = Door { router, origin: origin(at, tls.is_some()), tls, limits };
    runtime.spawn(serve(listener, Arc::new(door), std::future::pending()));
    Opened { at, _runtime: runtime }
}

impl Opened {
    fn connect(&self) -> Plain {
        let stream = Plain::connect(self.at).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        stream
    }

    fn get(&self) -> String {
        asked(self.connect())
    }
}

fn asked(mut stream: impl Read + Write) -> String {
    stream.write_all(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").unwrap();
    rest(stream)
}

/// All that comes until the other side ends; waiting longer than the time-out is a failure.
fn rest(mut stream: impl Read) -> String {
    let mut bytes = Vec::new();
    if let Err(error) = stream.read_to_end(&mut bytes) {
        assert!(!matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut), "nobody ended it");
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

#[test]
fn a_head_that_never_ends_is_cut_off() {
    let opened = open(QUICK, None);
    let mut slow = opened.connect();
    slow.write_all(b"GET / HTTP/1.1\r\nHo").unwrap();
    assert!(opened.get().ends_with("here"), "others are answered meanwhile");
    assert!(!rest(slow).contains("200 OK"));
    assert!(!rest(opened.connect()).contains("200 OK"), "so is whoever says nothing");
}

#[test]
fn a_body_that_drips_is_cut_off_and_a_steady_one_is_not() {
    let opened = open(QUICK, None);
    let head = b"POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 4000\r\n\r\n";
    let mut dripping = opened.connect();
    dripping.write_all(head).unwrap();
    for _ in 0..20 {
        std::thread::sleep(SHORT / 5);
        if dripping.write_all(b"x").is_err() {
            break;
        }
    }
    assert!(!rest(dripping).contains("200 OK"));
    // Four parts, each worth half a second: in all longer than a silent body may take.
    let mut steady = opened.connect();
    steady.write_all(head).unwrap();
    for _ in 0..4 {
        steady.write_all(&[b'x'; 1_000]).unwrap();
        std::thread::sleep(SHORT / 2);
    }
    assert!(rest(steady).ends_with("4000"));
}

#[test]
fn who_comes_when_the_room_is_full_waits() {
    let opened = open(Limits { connections: 2, head: Duration::from_secs(60), ..QUICK }, None);
    let (first, _second) = (opened.connect(), opened.connect());
    std::thread::sleep(SHORT / 3);
    let mut third = opened.connect();
    third.write_all(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").unwrap();
    third.set_read_timeout(Some(SHORT)).unwrap();
    assert!(third.read(&mut [0; 9]).is_err(), "there is no place yet");
    drop(first);
    third.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    assert!(rest(third).ends_with("here"));
}

#[test]
fn one_address_takes_no_more_than_its_share_and_gives_it_back() {
    let crowd = Arc::new(Crowd::default());
    let stranger = IpAddr::from([192, 168, 1, 9]);
    let first = Seat::take(&crowd, stranger, 2).unwrap();
    let _second = Seat::take(&crowd, stranger, 2).unwrap();
    assert!(Seat::take(&crowd, stranger, 2).is_none());
    assert!(Seat::take(&crowd, IpAddr::from([192, 168, 1, 10]), 2).is_some(), "another has its own");
    drop(first);
    assert!(Seat::take(&crowd, stranger, 2).is_some());
    let proxy = IpAddr::from([127, 0, 0, 1]);
    let many: Vec<_> = (0..5).map(|_| Seat::take(&crowd, proxy, 2)).collect();
    assert!(many.iter().all(Option::is_some), "this computer may be a proxy for everybody");
}

/// A client that trusts one certificate.
fn client(trusted: &str) -> Arc<ClientConfig> {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(trusted.as_bytes()).unwrap()).unwrap();
    let builder = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()));
    Arc::new(builder.with_safe_default_protocol_versions().unwrap().with_root_certificates(roots).with_no_client_auth())
}

fn encrypted(opened: &Opened, trusted: &str) -> String {
    let name = ServerName::try_from("127.0.0.1").unwrap();
    let connection = ClientConnection::new(client(trusted), name).unwrap();
    asked(StreamOwned::new(connection, opened.connect()))
}

#[test]
fn the_programs_own_certificate_is_trusted_by_whoever_trusts_its_authority() {
    let folder = tempfile::tempdir().unwrap();
    let own = || Certificate::Own { folder: folder.path().join("book.tls") };
    let listen = SocketAddr::from(([0, 0, 0, 0], 0));
    let tls = Tls::new(own(), listen).unwrap();
    let trust = tls.trust().unwrap().unwrap();
    let trusted = std::fs::read_to_string(&trust.file).unwrap();
    assert!(!trusted.contains("PRIVATE KEY") && trust.fingerprint.len() == 95, "{}", trust.fingerprint);
    tls.renew().unwrap();
    let opened = open(QUICK, Some(tls));

    // Many who say nothing do not keep the next one waiting.
    let silent: Vec<Plain> = (0..20).map(|_| opened.connect()).collect();
    let answer = encrypted(&opened, &trusted);
    assert!(answer.ends_with("here"), "{answer}");
    assert!(!answer.to_lowercase().contains("strict-transport"), "a warning must leave a way past it: {answer}");
    for stream in silent {
        assert_eq!(rest(stream), "");
    }
    let plain = opened.get();
    let there = format!("Location: https://{}/", opened.at);
    assert!(plain.starts_with("HTTP/1.1 303") && plain.contains(&there) && !plain.contains("here"), "{plain}");

    let again = Tls::new(own(), listen).unwrap().trust().unwrap().unwrap();
    assert_eq!(again.fingerprint, trust.fingerprint, "the next start is trusted, too");
    let refused = Tls::new(own(), SocketAddr::from(([203, 0, 113, 5], 443))).err().map(|refusal| refusal.code());
    assert_eq!(refused, Some("public-address"));
    std::fs::write(folder.path().join("book.tls/authority.json"), "{").unwrap();
    let refused = Tls::new(own(), listen).err().map(|refusal| refusal.code());
    assert_eq!(refused, Some("no-certificate"));
}

#[test]
fn a_given_certificate_is_used_and_makes_browsers_stay_encrypted() {
    let folder = tempfile::tempdir().unwrap();
    let made = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).unwrap();
    let (chain, key) = (folder.path().join("chain.pem"), folder.path().join("key.pem"));
    std::fs::write(&chain, made.cert.pem()).unwrap();
    std::fs::write(&key, made.signing_key.serialize_pem()).unwrap();
    let given = |chain: &std::path::Path, key: &std::path::Path| {
        Tls::new(Certificate::Given { chain: chain.into(), key: key.into() }, SocketAddr::from(([203, 0, 113, 5], 443)))
    };
    let opened = open(QUICK, given(&chain, &key).ok());
    let answer = encrypted(&opened, &made.cert.pem()).to_lowercase();
    assert!(answer.contains("strict-transport-security: max-age=31536000; includesubdomains"), "{answer}");
    for (chain, key) in [(&key, &key), (&chain, &chain), (&folder.path().join("none.pem"), &key)] {
        let refused = given(chain, key).err().map(|refusal| refusal.code());
        assert_eq!(refused, Some("no-certificate"), "{chain:?} {key:?}");
    }
}

#[test]
fn a_certificate_is_made_anew_when_it_must_be_and_an_authority_seldom() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path().join("book.tls");
    let made = |today: &str, address: [u8; 4]| {
        let authority = Authority::open(&at, "kigali-desk", day(today)).ok().unwrap();
        let kept = authority.certificate("kigali-desk", &[IpAddr::from(address)], day(today)).ok().unwrap();
        (authority.fingerprint().ok().unwrap(), kept.certificate)
    };
    let first = made("2026-07-05", [192, 168, 1, 7]);
    assert_eq!(made("2027-06-04", [192, 168, 1, 7]), first, "the next day, and eleven months later");
    let moved = made("2026-07-06", [192, 168, 1, 8]);
    assert!(moved.0 == first.0 && moved.1 != first.1, "another address");
    let later = made("2027-06-30", [192, 168, 1, 8]);
    assert!(later.0 == first.0 && later.1 != moved.1, "before its end");
    let new = made("2035-08-01", [192, 168, 1, 8]);
    assert!(new.0 != first.0 && new.1 != later.1, "an authority that ends within the year");
    #[cfg(unix)]
    for file in ["authority.json", "certificate.json"] {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(at.join(file)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{file}");
    }
}

#[test]
fn the_authority_can_speak_for_this_machine_alone() {
    let folder = tempfile::tempdir().unwrap();
    let today = day("2026-07-05");
    let authority = Authority::open(folder.path(), "kigali-desk", today).ok().unwrap();
    let kept = std::fs::read(folder.path().join("authority.json")).unwrap();
    let kept: serde_json::Value = serde_json::from_slice(&kept).unwrap();
    let text = |name: &str| kept[name].as_str().unwrap().to_owned();
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(text("certificate").as_bytes()).unwrap()).unwrap();
    let provider = Arc::new(ring::default_provider());
    let verifier = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider).build().unwrap();
    let now = UnixTime::since_unix_epoch(Duration::from_secs(u64::try_from(today.day_number()).unwrap() * 86_400));
    let believed = |pem: &str, name: &str| {
        let shown = CertificateDer::from_pem_slice(pem.as_bytes()).unwrap();
        verifier.verify_server_cert(&shown, &[], &ServerName::try_from(name).unwrap().to_owned(), &[], now).is_ok()
    };
    let addresses = [IpAddr::from([192, 168, 1, 7]), IpAddr::from([203, 0, 113, 5])];
    let ours = authority.certificate("kigali-desk", &addresses, today).ok().unwrap().certificate;
    for name in ["kigali-desk", "kigali-desk.local", "localhost", "192.168.1.7"] {
        assert!(believed(&ours, name), "{name}");
    }
    assert!(!believed(&ours, "203.0.113.5"), "an address of the internet is left out");

    // With the authority's key in other hands.
    let mut thief = rcgen::CertificateParams::default();
    thief.distinguished_name.push(rcgen::DnType::CommonName, text("called"));
    let signer = rcgen::Issuer::new(thief, rcgen::KeyPair::from_pem(&text("key")).unwrap());
    let forged = |name: &str| {
        let key = rcgen::KeyPair::generate().unwrap();
        let mut params = rcgen::CertificateParams::new([name.to_owned()]).unwrap();
        (params.not_before, params.not_after) = (rcgen::date_time_ymd(2026, 7, 1), rcgen::date_time_ymd(2026, 8, 1));
        params.signed_by(&key, &signer).unwrap().pem()
    };
    assert!(believed(&forged("printer.lan"), "printer.lan"));
    for name in ["www.bank.rw", "8.8.8.8"] {
        assert!(!believed(&forged(name), name), "{name}");
    }
}
