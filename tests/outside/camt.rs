//! `bank-statements/camt`: statements of other projects' test suites, good and malformed.

use crate::support::{each_engine, reference, rows_of_csv, unpack};
use rust_decimal::Decimal;

#[test]
fn every_file_is_taken_in_or_refused_and_its_balances_are_told() {
    let (Some(folder), Some(checks)) =
        (reference("data/bank-statements/camt"), reference("data/bank-statements/balance_check.csv"))
    else {
        return;
    };
    let checks: Vec<_> = rows_of_csv(&unpack(&checks)).into_iter().filter(|r| r["format"] == "camt").collect();
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .expect("the folder")
        .map(|e| e.expect("a file").path())
        .filter(|p| !p.display().to_string().contains(".expected."))
        .collect();
    files.sort();
    assert!(files.len() >= 28, "only {} files", files.len());
    each_engine(|book| {
        for code in ["EUR", "CHF", "SEK", "JPY", "RON", "USD", "GBP"] {
            book.rate("1990-01-01", code, "1000");
        }
        for path in &files {
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            let account = format!("acc-{name}");
            let code = account.clone();
            book.act(move |tx, actor, _| ideni::actions::account::add(tx, actor, &code, &code)).expect("an account");
            let bytes = std::fs::read(path).expect("a file");
            let told = match book.statement(&account, &name, &bytes) {
                Ok(imported) => imported,
                Err(reason) => {
                    // Nobody else found a statement in it either.
                    assert!(!checks.iter().any(|c| c["file"] == name), "{name} is refused: {reason}");
                    continue;
                }
            };
            for line in &told.lines {
                assert!(["receipt", "recorded", "review", "dropped", "duplicate"].contains(&line.status), "{line:?}");
                assert!(line.status != "review" || line.message.is_some(), "{name}: a review without a reason");
            }
            for (no, balance) in told.balances.iter().enumerate() {
                let known = checks.iter().find(|c| c["file"] == name && c["statement_no"] == (no + 1).to_string());
                let Some(known) = known else { continue };
                let ours = balance.difference.map(|d| d.to_major().normalize());
                let theirs = match known["result"].as_str() {
                    "ok" => Some(Decimal::ZERO),
                    "no opening/closing pair" => None,
                    // Theirs is closing less what it should be; ours the other way round.
                    other => {
                        Some(-other.trim_start_matches("differs by ").parse::<Decimal>().expect("a sum").normalize())
                    }
                };
                // Some test files open in euros and close in crowns, or have a euro among dollars: there is nothing to
                // add up, and ours says so where an independent reading added figures.
                let lines = told.lines.iter().filter(|_| told.balances.len() == 1).map(|l| l.amount);
                let mut currencies: Vec<_> =
                    lines.chain([balance.opening, balance.closing]).flatten().map(|m| m.currency).collect();
                currencies.dedup();
                if currencies.len() > 1 {
                    assert_eq!(ours, None, "{name}");
                    continue;
                }
                assert_eq!(ours, theirs, "{name} statement {}: {}", no + 1, known["result"]);
            }
            // The file again is nothing new.
            let before = book.number("SELECT COUNT(*) FROM receipt WHERE company = $1");
            book.statement(&account, "again.xml", &bytes).expect("taken in a moment ago");
            assert_eq!(book.number("SELECT COUNT(*) FROM receipt WHERE company = $1"), before, "{name}");
        }
    });
}
