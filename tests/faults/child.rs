//! The program under fault: this test binary once more, posting in several threads and saying so on a pipe.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};

use ideni::actions::{Once, invoice};
use receivables::billing::line::{Discount, Prices};
use store::{Db, Error, Source};

use crate::support::{Book, Place, currency};

const URL: &str = "IDENI_TEST_CHILD_URL";
const FROM: &str = "IDENI_TEST_CHILD_FROM";
/// Threads of the child; each posts its own keys in order.
pub const THREADS: usize = 4;

/// What each thread posts next: the first key that was not acknowledged.
pub type Next = [u64; THREADS];

/// Does nothing unless it is the child.
#[test]
fn poster() {
    let Ok(url) = std::env::var(URL) else { return };
    let from: Vec<u64> =
        std::env::var(FROM).expect("where to begin").split(',').map(|n| n.parse().expect("a number")).collect();
    let db = Db::open(&url, Source::system()).expect("the book opens");
    std::thread::scope(|scope| {
        for (thread, first) in from.iter().copied().enumerate() {
            let db = db.clone();
            scope.spawn(move || {
                for n in first.. {
                    let key = format!("k-{thread}-{n}");
                    // A refusal for want of disk is told; the same key is asked for again until there is room.
                    loop {
                        match post(&db, &key) {
                            Ok(number) => break say(&format!("ACK {key} {number}")),
                            Err(error) => {
                                say(&format!("NO {key} {error}"));
                                std::thread::sleep(std::time::Duration::from_millis(20));
                            }
                        }
                    }
                }
            });
        }
    });
}

/// One line on the pipe, which is the acknowledgement. A parent that has gone needs none.
fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    if writeln!(out, "{line}").and_then(|()| out.flush()).is_err() {
        std::process::exit(0);
    }
}

/// Posts one invoice of ours under its key; its number comes back.
pub fn post(db: &Db, key: &str) -> Result<String, Error> {
    let actor = db.read(|tx| ideni::actions::company::actor(tx, None, None))?;
    let given = invoice::Given {
        lines: vec![invoice::GivenLine {
            description: key.into(),
            quantity: 1.into(),
            unit: None,
            unit_price: 1_000.into(),
            discount: Discount::NONE,
            tax_class: "B".into(),
            item: None,
        }],
        prices: Prices::Gross,
        ..invoice::Given::to("C1".into(), "2026-02-01".parse().expect("a date"), currency("RWF"))
    };
    let once = Once::new(key, key);
    let today = "2026-02-01".parse().expect("a date");
    db.write(move |tx| invoice::issue(tx, &actor, today, &given, Some(&once))).map(|posted| posted.number)
}

/// A new company with the one customer the child bills.
pub fn prepare(place: &Place) {
    let book = Book::real(place, currency("RWF"));
    book.customer("C1", "Customer One");
    book.verify();
}

/// A running child and the lines it says.
pub struct Running {
    child: Child,
    pub lines: Receiver<String>,
}

/// Starts the child on a book, with more environment if asked.
pub fn start(url: &str, next: &Next, environment: &[(&str, String)]) -> Running {
    let from = next.map(|n| n.to_string()).join(",");
    let mut child = Command::new(std::env::current_exe().expect("this test binary"))
        .args(["--exact", "faults::child::poster", "--nocapture", "--test-threads=1"])
        .env(URL, url)
        .env(FROM, from)
        .envs(environment.iter().map(|(name, value)| (*name, value.as_str())))
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .spawn()
        .expect("the child starts");
    let out = child.stdout.take().expect("its pipe");
    let (send, lines) = channel();
    // The far side of the pipe: what arrived here before the kill was acknowledged.
    std::thread::spawn(move || {
        for line in BufReader::new(out).lines().map_while(Result::ok) {
            if send.send(line).is_err() {
                return;
            }
        }
    });
    Running { child, lines }
}

impl Running {
    /// SIGKILL, from outside, now. Every line that had been written is then read.
    pub fn kill(mut self) -> Vec<String> {
        self.child.kill().expect("it was running");
        self.child.wait().expect("it is gone");
        self.lines.iter().collect()
    }
}

/// Everything ever acknowledged: key and number.
#[derive(Default)]
pub struct Log {
    pub acknowledged: BTreeMap<String, String>,
    pub next: Next,
}

impl Log {
    /// Takes the acknowledgements among lines; a key has one number for ever.
    pub fn take<'a>(&mut self, lines: impl IntoIterator<Item = &'a String>) {
        for line in lines {
            // A line cut by the kill is no acknowledgement.
            let Some((key, number)) = line.split_once("ACK ").and_then(|(_, said)| said.split_once(' ')) else {
                continue;
            };
            if number.len() != "INV-000001".len() {
                continue;
            }
            let before = self.acknowledged.insert(key.to_owned(), number.to_owned());
            assert!(before.as_deref().is_none_or(|before| before == number), "{key}: {before:?}, now {number}");
            let mut parts = key.split('-').skip(1).map(|n| n.parse::<u64>().expect("a key"));
            let (thread, n) = (parts.next().expect("a thread"), parts.next().expect("a count"));
            let next = &mut self.next[usize::try_from(thread).expect("small")];
            *next = (*next).max(n + 1);
        }
    }

    /// Nothing acknowledged is lost, nothing is there twice, and asking again is safe.
    pub fn check(&self, place: &Place) {
        let book = Book::reopen_real(place);
        let text = "SELECT l.description, d.number FROM document_line l JOIN document d ON d.company = l.company AND d.id = l.document WHERE l.company = $1";
        let rows: Vec<(String, String)> = book.read(|tx, actor| {
            tx.all(store::Sql { lite: text, pg: text }, store::params![actor.company.id], |row| {
                Ok((row.string(0)?, row.string(1)?))
            })
        });
        let there: BTreeMap<String, String> = rows.iter().cloned().collect();
        assert_eq!(there.len(), rows.len(), "a key was carried out twice");
        let lost: Vec<_> = self.acknowledged.iter().filter(|(key, number)| there.get(*key) != Some(number)).collect();
        assert!(lost.is_empty(), "acknowledged and not there: {lost:?}");
        // Beyond what was acknowledged there may be one request of each thread for each kill, answered into the void.
        let some: BTreeSet<&String> = there.keys().step_by(1 + there.len() / 50).collect();
        for key in some {
            assert_eq!(&post(&book.db, key).expect("the same answer"), &there[key], "asked again");
        }
        assert_eq!(book.documents().len(), there.len());
        book.verify();
    }
}
