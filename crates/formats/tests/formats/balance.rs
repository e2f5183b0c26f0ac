//! Statements against a reading made independently of every parser: openings, sums of entries, closings, differences.

use std::fs;

use formats::statement::{self, LineStatus, Statement};
use receivables::{Currency, Money};
use rust_decimal::Decimal;

use crate::reference;

fn major(money: Option<Money>) -> Option<Decimal> {
    money.map(|m| m.to_major().normalize())
}

/// The statements of a file of bytes; none if it is refused.
pub(crate) fn statements(bytes: &[u8]) -> Vec<Statement> {
    statement::read(bytes, Currency::USD, None).map(|f| f.statements).unwrap_or_default()
}

/// Compares every statement of a format, but those of `ours`, where we choose another answer and its own test says
/// why; returns how many there were. `summed` are files whose amounts we do not add up, though the reading does.
pub(crate) fn check(format: &str, ours: &[&str], not_summed: &[&str]) -> Option<usize> {
    let mut rows = csv::Reader::from_path(reference("bank-statements/balance_check.csv")?).unwrap();
    let mut seen = 0;
    for row in rows.records().map(Result::unwrap).filter(|r| &r[0] == format && !ours.contains(&&r[1])) {
        let path = reference(&format!("bank-statements/{format}/{}", &row[1]))?;
        let statements = statements(&fs::read(path).unwrap());
        let number: usize = row[2].parse().unwrap();
        let name = format!("{} {number}", &row[1]);
        let statement = statements.get(number - 1).unwrap_or_else(|| panic!("{name}: {} statements", statements.len()));
        let expected = |index: usize| -> Option<Decimal> { row[index].parse::<Decimal>().ok().map(|d| d.normalize()) };
        let sum = statement.lines.iter().filter(|l| l.status == LineStatus::Booked).filter_map(|l| l.movement());
        let sum: Decimal = sum.map(|m| m.to_major()).sum();
        let count = statement.lines_found().to_string();
        let found = (major(statement.opening), major(statement.closing), count, sum.normalize());
        let wanted = (expected(4), expected(7), row[5].to_owned(), expected(6).unwrap());
        assert_eq!(found, wanted, "{name}: {:#?}", statement.lines);
        let difference = major(statement.difference());
        match row[8].strip_prefix("differs by ") {
            // Amounts of several currencies are never added up.
            Some(_) if difference.is_none() => {}
            Some(by) => assert_eq!(difference.map(|d| -d), Some(by.parse::<Decimal>().unwrap().normalize()), "{name}"),
            None if &row[8] == "ok" && !not_summed.contains(&&row[1]) => {
                assert_eq!(difference, Some(Decimal::ZERO), "{name}")
            }
            None => assert_eq!(difference, None, "{name}"),
        }
        seen += 1;
    }
    Some(seen)
}
