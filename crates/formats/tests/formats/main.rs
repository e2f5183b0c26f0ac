//! Reads real and invented files through the public doors of `formats`.
//!
//! Cases on the shared reference data look for it under `IDENI_REFERENCE` and say so when it is absent.

use std::path::PathBuf;

use formats::statement::{Direction, Line, LineStatus, Statement};
use receivables::{Currency, Money};
use rust_decimal::Decimal;

mod ageing_export;
mod bai2;
mod balance;
mod camt;
mod coda;
mod einvoice;
mod hostile;
mod look;
mod message;
mod mt940;
mod ofx;
mod old_workbook;
mod printed;
mod qif;
mod remittance;
mod statement;
mod table;
mod vsdc;
mod workbook;

/// A file of the reference data; `None`, with a line on stderr, when the data is not on this machine.
fn reference(path: &str) -> Option<PathBuf> {
    let fallback = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared").to_owned();
    let root = std::env::var("IDENI_REFERENCE").unwrap_or(fallback);
    let file = PathBuf::from(root).join("data").join(path);
    if file.exists() {
        return Some(file);
    }
    eprintln!("skipped: {} is absent", file.display());
    None
}

/// A file of this repository, from the workspace's root.
fn own(path: &str) -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../..")).join(path)
}

/// What a file of statements says: each statement, what is wrong with it, its lines.
fn told(bytes: &[u8], currency: Currency) -> String {
    let file = match formats::statement::read(bytes, currency, None) {
        Ok(file) => file,
        Err(error) => return format!("refused: {error}"),
    };
    let mut out = Vec::new();
    for statement in &file.statements {
        let account = statement.account.as_deref().unwrap_or("-");
        let balance = |money: Option<Money>| money.map_or("-".to_owned(), |m| m.to_string());
        out.push(format!("{} {account}: {} → {}", file.format, balance(statement.opening), balance(statement.closing)));
        out.extend(statement.faults.iter().map(|fault| format!("! {fault}")));
        out.extend(statement.lines.iter().map(told_line));
    }
    out.join("\n")
}

fn told_line(line: &Line) -> String {
    let day = |day: Option<receivables::Date>| day.map_or("-".to_owned(), |d| d.to_string());
    let way = match line.direction {
        Direction::In => "in",
        Direction::Out => "out",
        Direction::None => "none",
    };
    let status = match &line.status {
        LineStatus::Booked => "booked".to_owned(),
        LineStatus::Pending => "pending".to_owned(),
        LineStatus::Review(why) => format!("review: {why}"),
        LineStatus::Dropped(why) => format!("dropped: {why}"),
    };
    let text = |text: &Option<String>| text.clone().unwrap_or_else(|| "-".to_owned());
    let amount = line.amount.map_or("-".to_owned(), |m| m.to_string());
    let reversal = if line.reversal { " reversal" } else { "" };
    format!(
        "{} {}/{} {} {way} {amount} {status}{reversal} id {} ext {} from {} {} | {}",
        line.line,
        day(line.on),
        day(line.value_on),
        line.kind,
        text(&line.reference),
        text(&line.external_reference),
        text(&line.counterparty),
        text(&line.counterparty_ref),
        line.text
    )
}

/// A row of balances worked out by hand or by an independent reading: file, number of the statement, opening, entries,
/// sum of what is booked, closing.
type Balanced = (&'static str, usize, &'static str, u64, &'static str, &'static str);

/// Compares each file of a format with what was worked out, and with the rows that the reference data has of it.
fn balances_agree(format: &str, worked_out: &[Balanced]) {
    let Some(checks) = reference("bank-statements/balance_check.csv") else { return };
    let mut rows = csv::Reader::from_path(checks).unwrap();
    let own = worked_out.iter().map(|(file, number, opening, entries, sum, closing)| {
        [file, number.to_string().as_str(), opening, entries.to_string().as_str(), sum, closing].map(str::to_owned)
    });
    let given = rows.records().map(Result::unwrap).filter(|row| &row[0] == format);
    let given = given.map(|row| [&row[1], &row[2], &row[4], &row[5], &row[6], &row[7]].map(str::to_owned));
    for [file, number, opening, entries, sum, closing] in own.chain(given) {
        let path = reference(&format!("bank-statements/{format}/{file}")).unwrap();
        let read = formats::statement::read(&std::fs::read(path).unwrap(), Currency::USD, None).unwrap();
        let statement: &Statement = &read.statements[number.parse::<usize>().unwrap() - 1];
        let booked = statement.lines.iter().filter(|l| l.status == LineStatus::Booked).filter_map(Line::movement);
        let found: Decimal = booked.map(|m| m.to_major()).sum();
        let major = |money: Option<Money>| money.map(|m| m.to_major().normalize());
        let expected = |text: &str| text.parse::<Decimal>().ok().map(|d| d.normalize());
        assert_eq!(
            (major(statement.opening), statement.lines_found(), Some(found.normalize()), major(statement.closing)),
            (expected(&opening), entries.parse().unwrap(), expected(&sum), expected(&closing)),
            "{file} {number}"
        );
    }
}
