//! Taking a file in: upload, look at what it would do, then do it. Tables of our records, and statements of banks and wallets.

use askama::Template;
use axum::response::Response;
use receivables::{Refusal, Unusable};
use store::Error;

use super::ask::{Ask, File, day_or_none, text_or_none};
use super::cash::about;
use super::page::{Desk, Page, render};
use super::route::Route;
use super::work::{self, Cell, Head, Shown, Step};
use crate::actions::import::{RowReport, What};
use crate::actions::statement::{self, Balance, LineReport, Taken};
use crate::actions::upload::{self, Failure, Outcome as Rows, Upload};
use crate::actions::{Actor, Right, account};
use crate::cli::said::Said;
use crate::jobs::work::{Kind, Outcome, State};
use crate::words;

pub const ROUTES: &[Route] = &[
    Route::get("/import", Right::Read, choose),
    Route::post("/import", Right::Read, look).files(BYTES_MAX).again(choose),
    Route::post("/import/{id}", Right::Read, take_in),
];

/// The largest file a page takes; larger ones go through the command line.
pub const BYTES_MAX: usize = 16 << 20;

/// What a page can take in, by the name in its form, with the right it takes.
const KINDS: &[(&str, What, Right)] = &[
    ("invoices", What::Invoices, Right::ImportInvoices),
    ("customers", What::Customers, Right::ImportCustomers),
    ("receipts", What::Receipts, Right::ImportReceipts),
    ("rates", What::Rates, Right::ImportRates),
];
const STATEMENT: &str = "statement";

#[derive(Template)]
#[template(path = "import.html")]
struct Import<'a> {
    p: &'a Page,
    /// The last step of the first run: it may be skipped.
    first: bool,
    what: String,
    /// Code and words of what this person may take in.
    kinds: Vec<(&'static str, String)>,
    /// Code and name of the accounts that money comes into.
    accounts: Vec<(String, String)>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    first: Option<u8>,
    what: Option<String>,
}

fn choose(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let asked: Asked = ask.query()?;
    let known = KINDS.iter().map(|(name, _, right)| (*name, *right)).chain([(STATEMENT, Right::StatementImport)]);
    let kinds: Vec<(&str, String)> = known
        .filter(|(_, right)| desk.actor.can(*right))
        .map(|(name, _)| (name, desk.page.t(&format!("import-{name}"))))
        .collect();
    let accounts = desk.read(account::list)?.into_iter().filter(|a| a.kind == "money").map(|a| (a.code, a.name));
    let what = asked.what.filter(|what| kinds.iter().any(|(name, _)| name == what)).unwrap_or_default();
    render(&Import { p: &desk.page, first: asked.first.is_some(), what, kinds, accounts: accounts.collect() })
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    what: String,
    #[serde(default)]
    opening_on: String,
    #[serde(default)]
    account: String,
    #[serde(default)]
    sender: String,
    #[serde(default)]
    pasted: String,
}

/// Reads the upload and shows what it would do; the file is kept until it is taken in, put away or followed by another.
fn look(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let form: Form = ask.form()?;
    let missing = |field: &str| Error::from(Refusal::Missing { field: field.into() });
    let pasted = File {
        field: "file".to_owned(),
        name: desk.page.t("import-pasted"),
        bytes: form.pasted.trim().as_bytes().to_vec(),
    };
    let given = ask.file("file").filter(|file| !file.bytes.is_empty());
    let file = given.or((!pasted.bytes.is_empty()).then_some(&pasted)).ok_or_else(|| missing("file"))?;
    if form.what == STATEMENT {
        desk.actor.may(Right::StatementImport)?;
        if form.account.is_empty() {
            return Err(missing("account"));
        }
        return look_at_statement(desk, ask, file, form.account, text_or_none(&form.sender));
    }
    let (_, what, right) = KINDS.iter().find(|(name, ..)| *name == form.what).ok_or_else(|| missing("what"))?;
    desk.actor.may(*right)?;
    let opening_on = day_or_none(&form.opening_on, "opening_on")?;
    if let Some(on) = opening_on.filter(|on| *on > desk.today) {
        let reason = Unusable::IssuedAfterToday { today: desk.today };
        return Err(Refusal::Invalid { field: "opening_on".into(), value: on.to_string(), reason }.into());
    }
    let account = if form.account.is_empty() { "bank".to_owned() } else { form.account };
    let bytes = file.bytes.clone().into();
    let upload = Upload { name: file.name.clone(), bytes, what: *what, opening_on, account };
    let (db, actor, today) = (desk.db.clone(), desk.actor.clone(), desk.today);
    work::look(desk, ask.key(), Kind::ImportLook, file.name.clone(), move |progress| {
        let outcome = upload::look(&db, &actor, today, &upload, progress)?;
        Ok(Outcome::ImportLook(upload, outcome))
    })
}

fn look_at_statement(
    desk: &Desk,
    ask: &Ask,
    file: &File,
    account: String,
    sender: Option<String>,
) -> Result<Response, Error> {
    let given = statement::Given { name: file.name.clone(), bytes: file.bytes.clone().into(), account, sender };
    look_again(desk, ask, given)
}

/// Looks at a statement; at a table that does not say enough, to be told of its columns.
pub(super) fn look_again(desk: &Desk, ask: &Ask, given: statement::Given) -> Result<Response, Error> {
    let (db, actor, today) = (desk.db.clone(), desk.actor.clone(), desk.today);
    work::look(desk, ask.key(), Kind::StatementLook, given.name.clone(), move |_| {
        match statement::look(&db, &actor, today, &given, None) {
            Ok(taken) => Ok(Outcome::StatementLook(given, taken)),
            Err(Failure::File(_)) if is_table(&given, &actor) => Ok(Outcome::StatementColumns(given)),
            Err(failure) => Err(failure),
        }
    })
}

fn is_table(given: &statement::Given, actor: &Actor) -> bool {
    formats::statement::look(&given.bytes, actor.company.currency, None).is_ok()
}

/// Takes in the file that was looked at. What is in already is not taken twice, so that pressing again is safe.
fn take_in(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let looked = desk.web.works.one(&desk.actor, ask.path("id"))?;
    let gone = || Error::from(Refusal::NotFound { kind: "upload".into(), name: looked.name.clone() });
    let State::Done(outcome) = looked.state() else { return Err(gone()) };
    let (db, actor, today) = (desk.db.clone(), desk.actor.clone(), desk.today);
    match &*outcome {
        Outcome::ImportLook(upload, _) => {
            let upload = upload.clone();
            work::begin(desk, ask.key(), Kind::Import, looked.name.clone(), move |progress| {
                let rows = upload::take_in(&db, &actor, today, &upload, progress)?;
                Ok(Outcome::Import(upload.what, rows))
            })
        }
        Outcome::StatementLook(given, _) => {
            let given = given.clone();
            work::begin(desk, ask.key(), Kind::Statement, looked.name.clone(), move |_| {
                Ok(Outcome::Statement(statement::take_in(&db, &actor, today, &given, None)?))
            })
        }
        _ => Err(gone()),
    }
}

fn name_of(what: What) -> &'static str {
    KINDS.iter().find(|(_, known, _)| *known == what).map_or("invoices", |(name, ..)| name)
}

// ---- tables

/// What a table would do.
pub fn looked(p: &Page, id: &str, what: What, rows: &Rows) -> Shown {
    let mut shown = of_rows(p, what, rows);
    (shown.mark, shown.word) = ("wait", p.t("work-nothing-saved"));
    if rows.created + rows.updated > 0 {
        let step = Step { action: format!("/import/{id}"), label: p.t("do-import"), is_main: true };
        shown.steps.push(step);
    } else {
        shown.notes.push(p.t("import-nothing-new"));
    }
    shown.links.push(("/import", p.t("import-another")));
    shown
}

/// What became of a table.
pub fn taken_in(p: &Page, what: What, rows: &Rows) -> Shown {
    let mut shown = of_rows(p, what, rows);
    (shown.mark, shown.word) = if rows.refused == 0 {
        ("good", p.t("work-is-done"))
    } else {
        shown.warnings.push(p.t1("import-refused-next", "count", rows.refused));
        ("bad", p.t("import-partly"))
    };
    shown.links = match what {
        What::Invoices => {
            vec![("/ageing", p.t("import-see-open")), ("/import?what=statement", p.t("import-statement-next"))]
        }
        What::Customers => vec![("/import?what=invoices", p.t("import-invoices-next"))],
        What::Receipts => vec![("/cash", p.t("page-cash"))],
        What::Rates => vec![("/import?what=invoices", p.t("import-invoices-next"))],
    };
    shown.links.push(("/import", p.t("import-another")));
    shown
}

fn of_rows(p: &Page, what: What, rows: &Rows) -> Shown {
    let kind = name_of(what);
    let word = |status: &str| p.t(&format!("import-{kind}-{status}"));
    let counts = [
        ("created", rows.created),
        ("updated", rows.updated),
        ("duplicate", rows.duplicate),
        ("refused", rows.refused),
    ];
    let written: Vec<(&str, String)> = counts.iter().map(|(status, count)| (*status, p.number(count))).collect();
    let args: Vec<(&str, &str)> = written.iter().map(|(status, count)| (*status, count.as_str())).collect();
    let row = |report: &RowReport| {
        let class = if report.status.name() == "refused" { "bad" } else { "off" };
        let message = report.message.as_ref().map(|note| words::saying(p.language, note)).unwrap_or_default();
        vec![
            Cell::text(p.number(report.line)),
            Cell::text(&report.id),
            Cell::chip(class, word(report.status.name())),
            Cell::text(message),
        ]
    };
    // What was refused is what somebody has to do something about.
    let (refused, told): (Vec<&RowReport>, Vec<&RowReport>) =
        rows.told.iter().partition(|report| report.status.name() == "refused");
    Shown {
        sentence: words::say(p.language, &format!("import-outcome-{kind}"), &args),
        notes: rows.layout.iter().map(|layout| words::saying(p.language, layout)).collect(),
        figures: counts.iter().map(|(status, count)| (word(status), p.number(count))).collect(),
        heads: vec![
            Head::number(p, "word-line"),
            Head::text(p, "word-number"),
            Head::text(p, "word-state"),
            Head::text(p, "word-note"),
        ],
        rows: refused.into_iter().chain(told).map(row).collect(),
        about: p.t("import-told"),
        ..Shown::default()
    }
}

// ---- statements

/// Lines a page tells about.
const LINES_MAX: usize = 300;
/// What may become of a line, as its report says, and the class of its chip.
const LINES: [(&str, &str); 6] = [
    ("receipt", "good"),
    ("recorded", "off"),
    ("transfer", "off"),
    ("review", "wait"),
    ("duplicate", "off"),
    ("dropped", "off"),
];

/// What a statement would do.
pub fn statement_looked(p: &Page, id: &str, taken: &Taken) -> Shown {
    let mut shown = of_lines(p, taken);
    (shown.mark, shown.word) = ("wait", p.t("work-nothing-saved"));
    if taken.imported.lines.iter().any(|line| !matches!(line.status, "duplicate" | "dropped")) {
        let step = Step { action: format!("/import/{id}"), label: p.t("do-import"), is_main: true };
        shown.steps.push(step);
    } else {
        shown.notes.push(p.t("import-nothing-new"));
    }
    shown.links.push(("/import?what=statement", p.t("import-another")));
    shown.columns = TABLES.contains(&taken.format).then(|| format!("/import/{id}/columns"));
    shown
}

/// A table whose columns a person has to say.
pub fn statement_columns(p: &Page, id: &str) -> Shown {
    Shown {
        mark: "wait",
        word: p.t("work-nothing-saved"),
        sentence: p.t("columns-needed"),
        columns: Some(format!("/import/{id}/columns")),
        ..Shown::default()
    }
}

/// The formats whose columns may be said.
const TABLES: &[&str] = &["csv", "xlsx", "xls", "html", "pdf"];

/// What became of a statement.
pub fn statement_taken_in(p: &Page, taken: &Taken) -> Shown {
    let mut shown = of_lines(p, taken);
    (shown.mark, shown.word) = ("good", p.t("work-is-done"));
    shown.links.push(("/cash", p.t("page-cash")));
    if count(taken, "review") > 0 {
        shown.links.push(("/statements/review", p.t("page-review")));
    }
    shown.links.push(("/import?what=statement", p.t("import-another")));
    shown
}

fn count(taken: &Taken, status: &str) -> usize {
    taken.imported.lines.iter().filter(|line| line.status == status).count()
}

fn of_lines(p: &Page, taken: &Taken) -> Shown {
    let lines = &taken.imported.lines;
    let all = |(status, _): &(&str, &str)| (p.t(&format!("line-{status}")), p.number(count(taken, status)));
    let told = lines.iter().filter(|line| line.status == "review").chain(lines.iter().filter(|l| l.status != "review"));
    let rows: Vec<Vec<Cell>> = told.take(LINES_MAX).map(|line| of_line(p, line)).collect();
    Shown {
        sentence: p.t1("statement-outcome", "count", count(taken, "receipt")),
        notes: vec![taken.format.to_owned()],
        warnings: taken.imported.balances.iter().flat_map(|balance| doubts(p, balance)).collect(),
        figures: LINES.iter().map(all).collect(),
        heads: vec![
            Head::number(p, "word-line"),
            Head::text(p, "word-on"),
            Head::number(p, "word-amount"),
            Head::text(p, "word-payer"),
            Head::text(p, "word-reference"),
            Head::text(p, "word-state"),
            Head::text(p, "word-note"),
        ],
        about: about(p, "statement-lines", rows.len(), lines.len()),
        rows,
        ..Shown::default()
    }
}

fn of_line(p: &Page, line: &LineReport) -> Vec<Cell> {
    let class = LINES.iter().find(|(status, _)| *status == line.status).map_or("off", |(_, class)| class);
    let message = line.message.as_ref().map(|note| words::saying(p.language, note)).unwrap_or_default();
    vec![
        Cell::text(p.number(line.line)),
        Cell::text(line.on.map(|on| p.day(on)).unwrap_or_default()),
        Cell::text(line.amount.map(|money| words::money(p.language, money)).unwrap_or_default()),
        Cell::text(line.counterparty.clone().unwrap_or_default()),
        Cell::text(line.reference.clone().unwrap_or_default()),
        Cell::chip(class, p.t(&format!("line-{}", line.status))),
        Cell::text(message),
    ]
}

/// What speaks against a statement being whole.
fn doubts(p: &Page, balance: &Balance) -> Vec<String> {
    let mut doubts = Vec::new();
    if let Some(difference) = balance.difference.filter(|d| !d.is_zero()) {
        doubts.push(Said::DoesNotAddUp { difference: words::money(p.language, difference) });
    }
    if let Some(declared) = balance.lines_declared.filter(|declared| *declared != balance.lines_found) {
        let found = balance.lines_found.to_string();
        doubts.push(Said::LinesDeclared { declared: declared.to_string(), found });
    }
    if !balance.gaps.is_empty() {
        doubts.push(Said::MessagesMissing { count: balance.gaps.len().to_string() });
    }
    let faults = balance.faults.iter().map(|fault| words::saying(p.language, fault));
    doubts.iter().map(|said| words::saying(p.language, said)).chain(faults).collect()
}
