//! The audit log: who did what to which thing; one action with what it wrote; the proof of everything.

use askama::Template;
use axum::response::Response;
use receivables::{Refusal, Unusable};
use store::Error;
use store::reports::audit::{Logged, SHOWN_MAX};
use store::verify::Checked;

use super::ask::{Ask, text_or_none};
use super::page::{Desk, Page, render};
use super::route::Route;
use super::work::{self, Cell, Head, Shown};
use super::worklist::account;
use crate::actions::audit::{self, Asked, Moment, hex};
use crate::actions::{Right, reads, verify};
use crate::jobs::work::{Kind, Outcome};

pub const ROUTES: &[Route] = &[
    Route::get("/audit", Right::Read, list),
    Route::get("/audit/reads", Right::UserReads, read_by),
    Route::get("/audit/{id}", Right::Read, one),
    Route::post("/audit/verify", Right::Read, prove),
];

/// Actions of one page.
const SHOWN: i64 = 50;

#[derive(Default, serde::Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Typed {
    actor: String,
    verb: String,
    subject: String,
    customer: String,
    from: String,
    until: String,
    after: String,
}

/// One line of the log.
struct Line {
    id: String,
    seal: String,
    at: String,
    actor: String,
    verb: String,
    subject: String,
    cause: String,
}

#[derive(Template)]
#[template(path = "audit.html")]
struct Log<'a> {
    p: &'a Page,
    typed: Typed,
    verbs: Vec<(String, String)>,
    lines: Vec<Line>,
    /// The question of the next page.
    next: Option<String>,
    last: Option<(String, bool, String)>,
}

fn list(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let typed: Typed = ask.query()?;
    let asked = Asked {
        actor: text_or_none(&typed.actor),
        verb: text_or_none(&typed.verb),
        subject: text_or_none(&typed.subject),
        customer: text_or_none(&typed.customer),
        from: moment(&typed.from, "from")?,
        until: moment(&typed.until, "until")?,
        after: text_or_none(&typed.after),
    };
    desk.db.seal()?;
    let (page, last) = desk.read(|tx, actor| Ok((audit::list(tx, actor, &asked, SHOWN)?, verify::last(tx, actor)?)))?;
    let p = &desk.page;
    let any = (String::new(), p.t("audit-any"));
    let verb = |(right, _): &(Right, _)| (right.name().to_owned(), verb(p, right.name()));
    render(&Log {
        p,
        verbs: [any].into_iter().chain(Right::TABLE.iter().map(verb)).collect(),
        lines: page.rows.iter().map(|row| line(p, row)).collect(),
        next: page.after.map(|after| next(&typed, &after)),
        last: last.map(|last| (p.instant(last.at()), last.broken == 0, last.by)),
        typed,
    })
}

fn moment(text: &str, field: &str) -> Result<Option<Moment>, Error> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let reason = Unusable::NotADate;
    text.parse().map(Some).map_err(|_| Refusal::Invalid { field: field.into(), value: text.into(), reason }.into())
}

/// The same question, for what comes after an action.
fn next(typed: &Typed, after: &str) -> String {
    let asked = [
        ("actor", typed.actor.as_str()),
        ("verb", &typed.verb),
        ("subject", &typed.subject),
        ("customer", &typed.customer),
        ("from", &typed.from),
        ("until", &typed.until),
        ("after", after),
    ];
    let asked = asked.into_iter().filter(|(_, text)| !text.is_empty());
    form_urlencoded::Serializer::new(String::new()).extend_pairs(asked).finish()
}

/// What an action is called; the name itself where there is no word.
fn verb(p: &Page, name: &str) -> String {
    crate::words::known(p.language, &format!("action-{}", name.replace(' ', "-"))).unwrap_or_else(|| name.to_owned())
}

fn line(p: &Page, row: &Logged) -> Line {
    Line {
        id: row.id.to_string(),
        seal: row.seal.map(|no| no.to_string()).unwrap_or_default(),
        at: p.instant(row.at),
        actor: row.actor.clone(),
        verb: verb(p, &row.verb),
        subject: row.subject.clone(),
        cause: row.cause.clone().unwrap_or_default(),
    }
}

/// Reads of one page.
const READS_SHOWN: i64 = 500;

#[derive(Default, serde::Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Whose {
    customer: String,
}

/// That a person looked at a customer's file.
struct Read {
    at: String,
    user: String,
    customer: String,
    link: String,
    count: i64,
}

#[derive(Template)]
#[template(path = "reads.html")]
struct ReadLog<'a> {
    p: &'a Page,
    customer: String,
    reads: Vec<Read>,
    /// Whether there were more than a page shows.
    is_cut: bool,
}

fn read_by(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let Whose { customer } = ask.query()?;
    let code = text_or_none(&customer);
    let mut found = desk.read(|tx, actor| reads::list(tx, actor, code.as_deref(), READS_SHOWN + 1))?;
    let most = usize::try_from(READS_SHOWN).unwrap_or(usize::MAX);
    let is_cut = found.len() > most;
    found.truncate(most);
    let p = &desk.page;
    let read = |r: store::read_log::Reads| Read {
        at: p.instant(r.at),
        user: r.user,
        link: account(&r.customer, ""),
        customer: r.customer,
        count: r.count,
    };
    render(&ReadLog { p, customer, reads: found.into_iter().map(read).collect(), is_cut })
}

/// What an action wrote into one table.
struct Written {
    table: &'static str,
    count: u64,
    columns: Vec<&'static str>,
    rows: Vec<Vec<String>>,
    is_whole: bool,
}

struct Sealed {
    no: i64,
    at: String,
    chain: String,
    follows: bool,
}

#[derive(Template)]
#[template(path = "action.html")]
struct Action<'a> {
    p: &'a Page,
    line: Line,
    digest: String,
    whole: bool,
    seal: Option<Sealed>,
    written: Vec<Written>,
}

fn one(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let p = &desk.page;
    desk.db.seal()?;
    let found = desk.read(|tx, actor| audit::one(tx, actor, ask.path("id")))?;
    let seal = found.seal.as_ref().map(|seal| Sealed {
        no: seal.no,
        at: p.instant(seal.at),
        chain: in_groups(&seal.chain),
        follows: seal.follows,
    });
    render(&Action {
        p,
        line: line(p, &found.logged),
        digest: in_groups(&found.digest),
        whole: found.whole,
        seal,
        written: found.written.iter().map(written).collect(),
    })
}

/// Bytes in groups that a line may break between.
fn in_groups(bytes: &[u8]) -> String {
    bytes.chunks(4).map(hex).collect::<Vec<_>>().join(" ")
}

/// Without the columns that are the same in every row.
fn written(of: &store::reports::audit::Written) -> Written {
    let shown: Vec<usize> = (0..of.columns.len()).filter(|i| !matches!(of.columns[*i], "company" | "action")).collect();
    let cells = |row: &Vec<_>| shown.iter().map(|i| audit::plain(of.columns[*i], &row[*i])).collect();
    Written {
        table: of.table,
        count: of.count,
        columns: shown.iter().map(|i| of.columns[*i]).collect(),
        rows: of.rows.iter().map(cells).collect(),
        is_whole: of.count <= SHOWN_MAX as u64,
    }
}

fn prove(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let (db, actor) = (desk.db.clone(), desk.actor.clone());
    work::begin(desk, ask.key(), Kind::Verify, String::new(), move |progress| {
        Ok(Outcome::Verify(verify::run(&db, &actor, |done, total| progress.at(done, total))?))
    })
}

/// What the proof found.
pub fn verified(p: &Page, checked: &[Checked]) -> Shown {
    let broken: usize = checked.iter().map(|c| c.broken.len()).sum();
    let row = |c: &Checked| {
        let (class, word) = if c.broken.is_empty() { ("good", "proof-holds") } else { ("bad", "proof-broken") };
        vec![
            Cell::text(c.identity),
            Cell::text(p.number(c.checked)),
            Cell::chip(class, p.t(word)),
            Cell::text(c.broken.join("; ")),
        ]
    };
    let (mark, word, sentence) = if broken == 0 {
        ("good", p.t("proof-holds"), p.t1("proof-all", "count", checked.len()))
    } else {
        ("bad", p.t("proof-broken"), p.t1("proof-rows", "count", broken))
    };
    Shown {
        mark,
        word,
        sentence,
        heads: vec![
            Head::text(p, "proof-identity"),
            Head::number(p, "proof-checked"),
            Head::text(p, "word-state"),
            Head::text(p, "proof-offending"),
        ],
        rows: checked.iter().map(row).collect(),
        about: p.t("proof-what"),
        links: vec![("/audit", p.t("page-audit"))],
        ..Shown::default()
    }
}
