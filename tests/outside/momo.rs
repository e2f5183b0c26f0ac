//! `momo-sms`: 846 messages of one wallet, taken in as its statement.

use std::collections::BTreeMap;

use ideni::actions::statement::Imported;
use receivables::Money;

use crate::support::{Book, each_engine, reference, rows_of_csv, unpack};

const FILE: &str = "data/momo-sms/momo_sms_part_a.xml";
const LABELS: &str = "data/momo-sms/labels_part_a.csv";

fn statuses(imported: &Imported) -> BTreeMap<&'static str, usize> {
    let mut counts = BTreeMap::new();
    for line in &imported.lines {
        *counts.entry(line.status).or_default() += 1;
    }
    counts
}

fn take(book: &Book, name: &str, bytes: &[u8]) -> Imported {
    book.statement("momo", name, bytes).expect("a statement")
}

/// What the wallet's account and its lines came to.
fn sums(book: &Book) -> [i64; 4] {
    [
        book.number("SELECT COUNT(*) FROM statement_line WHERE company = $1"),
        book.number("SELECT COUNT(*) FROM receipt WHERE company = $1"),
        book.number("SELECT CAST(SUM(gross) AS BIGINT) FROM receipt WHERE company = $1"),
        book.number("SELECT CAST(SUM(amount * direction - fee) AS BIGINT) FROM statement_line WHERE company = $1 AND direction <> 0"),
    ]
}

#[test]
fn every_message_becomes_what_its_label_says() {
    let (Some(file), Some(labels)) = (reference(FILE), reference(LABELS)) else { return };
    let labels = rows_of_csv(&unpack(&labels));
    each_engine(|book| {
        let imported = take(book, "sms.xml", &unpack(&file));
        assert_eq!((imported.lines.len(), labels.len()), (846, 846));
        let text = |money: Option<Money>| money.map(Money::major_text).unwrap_or_default();
        for (line, label) in imported.lines.iter().zip(&labels) {
            assert_eq!(line.kind, label["kind"], "{line:?}");
            if line.status == "dropped" {
                assert_eq!(label["kind"], "otp");
                continue;
            }
            let status = match (label["kind"].as_str(), label["sign"].as_str()) {
                (_, "in") => "receipt",
                ("reversal_initiated" | "ministatement_line", _) => "review",
                _ => "recorded",
            };
            assert_eq!(line.status, status, "{line:?}");
            let direction = if label["sign"].is_empty() { "none" } else { label["sign"].as_str() };
            assert_eq!(line.direction, direction);
            if direction != "none" {
                let ours = [text(line.amount), text(line.fee), text(line.balance_after)];
                let fee = if label["fee"].is_empty() { ours[1].as_str() } else { label["fee"].as_str() };
                assert_eq!(ours, [label["amount"].as_str(), fee, label["balance_after"].as_str()], "{line:?}");
            }
        }
        assert_eq!(statuses(&imported), [("dropped", 8), ("receipt", 156), ("recorded", 680), ("review", 2)].into());
        let balance = &imported.balances[0];
        assert_eq!(balance.gaps.len(), 3);
        let missing: i64 = balance.gaps.iter().map(|(_, missing)| missing.minor).sum();
        // Opening plus lines misses the closing by exactly what the three gaps say.
        assert_eq!(balance.difference.expect("both balances").minor, -missing);
        let label_in: i64 =
            labels.iter().filter(|l| l["sign"] == "in").map(|l| l["amount"].parse::<i64>().expect("francs")).sum();
        assert_eq!(sums(book)[2], label_in);
        let kept =
            "SELECT COUNT(*) FROM statement_line WHERE company = $1 AND (kind = 'otp' OR text LIKE '%one-time%')";
        assert_eq!(book.number(kept), 0, "a one-time password was stored");
    });
}

#[test]
fn the_file_again_adds_nothing() {
    let Some(file) = reference(FILE) else { return };
    let bytes = unpack(&file);
    each_engine(|book| {
        take(book, "sms.xml", &bytes);
        let before = sums(book);
        let again = take(book, "other name.xml", &bytes);
        assert_eq!(statuses(&again), [("dropped", 8), ("duplicate", 838)].into());
        assert_eq!(sums(book), before);
    });
}

#[test]
fn overlapping_halves_are_the_whole() {
    let Some(file) = reference(FILE) else { return };
    let bytes = unpack(&file);
    let text = std::str::from_utf8(&bytes).expect("text");
    let messages: Vec<&str> = text.split("<sms ").skip(1).map(|m| m.split("/>").next().expect("one message")).collect();
    assert_eq!(messages.len(), 846);
    let file_of = |part: &[&str]| {
        let body: String = part.iter().map(|m| format!("<sms {m}/>\n")).collect();
        format!("<?xml version='1.0' encoding='utf-8'?>\n<smses count=\"{}\">\n{body}</smses>", part.len())
    };
    each_engine(|book| {
        let first = take(book, "to-july.xml", file_of(&messages[..500]).as_bytes());
        let second = take(book, "from-june.xml", file_of(&messages[350..]).as_bytes());
        assert_eq!((first.lines.len(), second.lines.len()), (500, 496));
        let whole = {
            let halves = sums(book);
            let again = take(book, "sms.xml", &bytes);
            assert!(again.lines.iter().all(|l| matches!(l.status, "duplicate" | "dropped")), "{:?}", statuses(&again));
            assert_eq!(sums(book), halves);
            halves
        };
        assert_eq!((whole[0], whole[1]), (838, 156));
    });
}
