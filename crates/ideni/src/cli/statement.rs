//! `ideni statement`.

use std::path::{Path, PathBuf};

use receivables::{Currency, Date};
use rust_decimal::Decimal;
use serde_json::{Value, json};
use store::Error;

use super::import::{in_file, profile, unopened};
use super::output::{Sheet, amount_opt};
use super::said::Said;
use super::{App, Done, Failure, said};
use crate::actions::review;
use crate::actions::statement::{self, Balance, Imported};
use crate::actions::upload;
use crate::words;

/// Larger files are refused before they are read: no bank sends one.
const BYTES_MAX: u64 = 512 << 20;

#[derive(clap::Subcommand, Debug)]
pub enum Statement {
    /// Take in a bank or wallet file, detected by content
    Import {
        file: PathBuf,
        /// The money account the file belongs to
        #[arg(long)]
        account: String,
        /// A saved mapping for CSV or XLSX (TOML)
        #[arg(long, value_name = "PROFILE")]
        map: Option<PathBuf>,
        /// Whose messages are meant, in a backup with those of several banks and wallets
        #[arg(long, value_name = "SENDER")]
        from: Option<String>,
        /// Show what would happen and write nothing
        #[arg(long)]
        dry_run: bool,
    },
    /// What the columns of a bank's table seem to hold, and why; the profile that says so
    Columns {
        file: PathBuf,
        /// The money account the file belongs to
        #[arg(long)]
        account: String,
    },
    /// Lines that wait for a person
    Review,
    /// Decide that a waiting line is no receipt
    Clear {
        id: String,
        /// Why: the auditor will read it
        #[arg(long)]
        reason: String,
    },
    /// Make a waiting line a receipt by your word
    Record {
        id: String,
        /// Gross, in major units
        #[arg(long)]
        amount: Decimal,
        /// The line's, or the company's, if left out
        #[arg(long)]
        currency: Option<String>,
        /// When it came in; the line's day if left out
        #[arg(long)]
        on: Option<Date>,
        #[arg(long)]
        reference: Option<String>,
        #[arg(long)]
        payer: Option<String>,
    },
}

const COLUMNS: &[&str] = &[
    "line",
    "on",
    "at",
    "kind",
    "direction",
    "amount",
    "currency",
    "fee",
    "balance_after",
    "reference",
    "counterparty",
    "status",
    "message",
];

impl Statement {
    pub fn run(&self, app: &App<'_>) -> Done {
        match self {
            Statement::Import { file, account, map, from, dry_run } => {
                let bytes = bytes_of(file)?;
                let profile = map.as_deref().map(profile).transpose()?;
                let (actor, today) = app.actor()?;
                let name = file.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
                let given =
                    statement::Given { name, bytes: bytes.into(), account: account.clone(), sender: from.clone() };
                let run = if *dry_run { statement::look } else { statement::take_in };
                let taken = run(&app.db, &actor, today, &given, profile.as_ref()).map_err(|why| match why {
                    upload::Failure::Store(error) => error.into(),
                    upload::Failure::File(why) => in_file(file, why),
                })?;
                eprintln!("{}: {}", given.name, taken.format);
                print(app, &taken.imported, *dry_run)
            }
            Statement::Columns { file, account } => columns(app, file, account),
            Statement::Review => review_list(app),
            Statement::Clear { id, reason } => {
                let (id, reason, once) = (id.clone(), reason.clone(), app.once(self));
                app.write(move |tx, actor, today| review::clear(tx, actor, today, &id, &reason, once.as_ref()))
            }
            Statement::Record { id, amount, currency, on, reference, payer } => {
                let (id, once) = (id.clone(), app.once(self));
                let currency = currency.as_deref().map(str::parse::<Currency>).transpose().map_err(Error::from)?;
                let said = review::Said {
                    amount: *amount,
                    currency,
                    on: *on,
                    reference: reference.clone(),
                    payer: payer.clone(),
                };
                let done =
                    app.write(move |tx, actor, today| review::record(tx, actor, today, &id, &said, once.as_ref()))?;
                let mut sheet = Sheet::new(app.global.format, ["id"])?;
                sheet.row(vec![json!(done.id)])?;
                Ok(sheet.finish(json!({}))?)
            }
        }
    }
}

fn bytes_of(file: &Path) -> Result<Vec<u8>, Failure> {
    let size = std::fs::metadata(file).map_err(|e| unopened(file, e))?.len();
    if size > BYTES_MAX {
        let file = file.display().to_string();
        return Err(said(Said::StatementTooLarge { file, bytes: size.to_string() }));
    }
    std::fs::read(file).map_err(|e| unopened(file, e))
}

fn columns(app: &App<'_>, file: &Path, account: &str) -> Done {
    let bytes = bytes_of(file)?;
    let currency = app.actor()?.0.company.currency;
    let way = app.read(|tx, actor, _| statement::way(tx, actor, account))?;
    let look = formats::statement::look(&bytes, currency, way.as_ref()).map_err(|why| in_file(file, why))?;
    let mut sheet = Sheet::new(app.global.format, ["column", "header", "field", "why"])?;
    for (no, seen) in (1..).zip(&look.columns) {
        let why = seen.field.map(|(_, why)| words::say(app.global.language, why.key(), &[]));
        sheet.row(vec![json!(no), json!(seen.header), json!(seen.field.map(|(field, _)| field)), json!(why)])?;
    }
    let profile = look.profile.text().map_err(|why| in_file(file, why.into()))?;
    Ok(sheet.finish(json!({ "missing": look.missing, "profile": profile }))?)
}

fn review_list(app: &App<'_>) -> Done {
    let lines = app.read(|tx, actor, _| review::list(tx, actor))?;
    let mut sheet = Sheet::new(app.global.format, ["id", "file", "account", "line", "on", "kind", "text"])?;
    let count = lines.len();
    for review::Waiting { id, line: l } in lines {
        let on = l.on.map(|d| d.to_string());
        sheet.row(vec![
            json!(id),
            json!(l.file),
            json!(l.account),
            json!(l.line),
            json!(on),
            json!(l.kind),
            json!(l.text),
        ])?;
    }
    Ok(sheet.finish(json!({ "waiting": count }))?)
}

fn print(app: &App<'_>, imported: &Imported, dry_run: bool) -> Done {
    let mut sheet = Sheet::new(app.global.format, COLUMNS.iter().copied())?;
    let mut counts: std::collections::BTreeMap<&str, u64> = std::collections::BTreeMap::new();
    for l in &imported.lines {
        *counts.entry(l.status).or_default() += 1;
        sheet.row(vec![
            json!(l.line),
            json!(l.on.map(|d| d.to_string())),
            json!(l.at),
            json!(l.kind),
            json!(l.direction),
            amount_opt(l.amount),
            json!(l.amount.map(|m| m.currency.to_string())),
            amount_opt(l.fee),
            amount_opt(l.balance_after),
            json!(l.reference),
            json!(l.counterparty),
            json!(l.status),
            json!(app.note(l.message.as_ref())),
        ])?;
    }
    let statements: Vec<Value> = imported.balances.iter().map(balance).collect();
    let mut totals = serde_json::Map::new();
    if let Some(Value::Object(first)) = statements.first() {
        totals.extend(first.clone());
    }
    // A file may hold several statements; gaps of all of them are told together.
    let gaps: Vec<Value> = imported.balances.iter().flat_map(gaps).collect();
    totals.insert("gaps".into(), json!(gaps));
    if statements.len() > 1 {
        totals.insert("statements".into(), json!(statements));
    }
    totals.insert("lines".into(), json!(counts));
    totals.insert("dry_run".into(), json!(dry_run));
    sheet.finish(Value::Object(totals))?;
    for b in &imported.balances {
        if let Some(difference) = b.difference.filter(|d| !d.is_zero()) {
            app.tell(&Said::DoesNotAddUp { difference: difference.to_string() });
        }
        if let Some(declared) = b.lines_declared.filter(|declared| *declared != b.lines_found) {
            let (declared, found) = (declared.to_string(), b.lines_found.to_string());
            app.tell(&Said::LinesDeclared { declared, found });
        }
        if !b.gaps.is_empty() {
            app.tell(&Said::MessagesMissing { count: b.gaps.len().to_string() });
        }
        for fault in &b.faults {
            app.tell(fault);
        }
    }
    Ok(())
}

fn gaps(b: &Balance) -> Vec<Value> {
    b.gaps.iter().map(|(line, missing)| json!({ "after_line": line, "missing": missing.major_text() })).collect()
}

fn balance(b: &Balance) -> Value {
    let currency = b.opening.or(b.closing).map(|m| m.currency.to_string());
    json!({
        "account": b.account, "currency": currency, "opening": amount_opt(b.opening),
        "closing": amount_opt(b.closing), "difference": amount_opt(b.difference),
        "lines_declared": b.lines_declared, "lines_found": b.lines_found, "gaps": gaps(b),
    })
}
