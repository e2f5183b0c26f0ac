//! MT940 and MT942 files of other projects' test suites, beside an independent reading and those projects' own.

use std::fs;
use std::path::PathBuf;

use formats::statement::{Direction, Line, LineStatus};
use regex::Regex;

use crate::balance::{self, statements};
use crate::{own, reference};

#[test]
fn balances_are_those_of_an_independent_reading() {
    // The currency of this one, the German mark, is no more: `money_of_a_currency_that_is_no_more_waits`.
    let ours = ["wolph-mt940__self-provided_raphaelm.sta"];
    let Some(seen) = balance::check("mt940", &ours, &[]) else { return };
    assert_eq!(seen, 136);
}

#[test]
fn money_of_a_currency_that_is_no_more_waits() {
    let Some(path) = reference("bank-statements/mt940/wolph-mt940__self-provided_raphaelm.sta") else { return };
    let found = statements(&fs::read(path).unwrap());
    let lines: Vec<&Line> = found.iter().flat_map(|s| &s.lines).collect();
    assert!(lines.len() >= 6, "{lines:#?}");
    for line in lines {
        assert!(matches!(&line.status, LineStatus::Review(why) if why.to_string().contains("DEM")), "{line:#?}");
    }
}

fn told(line: &Line) -> String {
    let text = |t: &Option<String>| t.clone().unwrap_or("-".to_owned());
    let status = match &line.status {
        LineStatus::Review(why) => format!("review {why}"),
        other => format!("{other:?}"),
    };
    format!(
        "{} {} {:?} {} {status}{} | {} | {} | {} | {} | {}",
        line.on.map_or("-".to_owned(), |d| d.to_string()),
        line.value_on.map_or("-".to_owned(), |d| d.to_string()),
        line.direction,
        line.amount.map_or("-".to_owned(), |a| a.to_string()),
        if line.reversal { " reversal" } else { "" },
        text(&line.reference),
        text(&line.external_reference),
        text(&line.counterparty),
        text(&line.counterparty_ref),
        line.text
    )
}

/// The lines of one message in francs that has these fields.
fn check(fields: &str, expected: &[&str]) {
    let text = format!(":20:X\n:25:1\n:60F:C260801RWF0,\n{fields}\n:62F:C260831RWF0,\n-\n");
    let found: Vec<String> = statements(text.as_bytes())[0].lines.iter().map(told).collect();
    assert_eq!(found, expected, "{fields}");
    // However lines end.
    let found: Vec<String> = statements(text.replace('\n', "\r\n").as_bytes())[0].lines.iter().map(told).collect();
    assert_eq!(found, expected, "{fields}");
}

#[test]
fn the_sample_is_told_as_it_was_made() {
    let found = statements(&fs::read(own("crates/formats/samples/mt940.sta")).unwrap());
    assert_eq!(found[0].account.as_deref(), Some("000400012345"));
    assert_eq!(
        found[0].lines.iter().map(told).collect::<Vec<_>>(),
        [
            "2026-08-03 2026-08-03 In RWF 118,000 Booked | FT2621512345 | - | - | - | MOMO TRANSFER UWASE MARIE INV-2026-0007",
            "2026-08-04 2026-08-04 In RWF 59,000 Booked | FT2621612346 | E2E-8 | KEZA HOTEL LTD | - | INV-2026-0008 LESS TRANSPORT",
            "2026-08-31 2026-08-31 Out RWF 2,500 Booked | FT2624312347 | - | - | - | MONTHLY FEE AUGUST",
            "2026-08-31 2026-08-31 Out RWF 118,000 Booked reversal | FT2624312348 | - | - | - | RETURNED INV-2026-0007",
            "2026-08-31 2026-08-31 In RWF 5,000 Pending | - | - | - | - | ANNOUNCED",
        ]
    );
    assert!(found[0].difference().unwrap().is_zero());
}

#[test]
fn movements_as_banks_write_them() {
    // Around the new year; the day of entry is left out, or blank; a fraction of a franc; a point for the comma.
    check(":61:2512310102C10,NTRFA//B", &["2026-01-02 2025-12-31 In RWF 10 Booked | B | A | - | - | "]);
    check(":61:2601011231D10,00NTRFNONREF", &["2025-12-31 2026-01-01 Out RWF 10 Booked | - | - | - | - | "]);
    check(":61:260805    D10.00 NTRF", &["2026-08-05 2026-08-05 Out RWF 10 Booked | - | - | - | - | "]);
    check(
        ":61:260805C10,5NTRFNONREF",
        &["2026-08-05 2026-08-05 None - review file-money(money-too-precise(10.5, RWF)) | - | - | - | - | "],
    );
    // Thirty days to every month.
    check(":61:2602300301C10,NTRF", &["2026-03-01 2026-02-28 In RWF 10 Booked | - | - | - | - | "]);
    // Reversals and what is only announced; the bank's reference alone; a returned item.
    check(":61:260805RDF10,N068", &["2026-08-05 2026-08-05 In RWF 10 Booked reversal | - | - | - | - | "]);
    check(":61:260805ED10,NTRF", &["2026-08-05 2026-08-05 Out RWF 10 Pending | - | - | - | - | "]);
    check(":61:260805CF10,//77", &["2026-08-05 2026-08-05 In RWF 10 Booked | 77 | - | - | - | "]);
    check(":61:260805D10,NRTIKREF+//7", &["2026-08-05 2026-08-05 Out RWF 10 Booked reversal | 7 | KREF+ | - | - | "]);
    // The other side's account as the reference, on a line of its own, and its name behind the reference.
    let iban = "NL47INGB9999999999";
    check(
        &format!(":61:260805C10,NOVB{iban}\nA Baker"),
        &[&format!("2026-08-05 2026-08-05 In RWF 10 Booked | - | - | - | {iban} | A Baker")],
    );
    check(
        &format!(":61:260805C10,NTRFNONREF\n{iban}"),
        &[&format!("2026-08-05 2026-08-05 In RWF 10 Booked | - | - | - | {iban} | ")],
    );
    check(
        ":61:260805C10,N0600733959555      T-MOBILE BV",
        &["2026-08-05 2026-08-05 In RWF 10 Booked | - | 0733959555 | T-MOBILE BV | - | "],
    );
    // What cannot be read is not lost, and what it says is kept.
    for broken in ["2608X5C10,NTRF", "260805Q10,NTRF", "260805C,NTRF", "260805C1.000,00NTRF", ""] {
        check(&format!(":61:{broken}"), &[&format!("- - None - review file-movement({broken}) | - | - | - | - | ")]);
    }
    check(":61:261305C10,NTRF", &["- - None RWF 10 review file-not-a-date(261305) | - | - | - | - | "]);
    check(":86:INV 7", &["- - None - review file-details-of-nothing | - | - | - | - | INV 7"]);
}

#[test]
fn details_as_banks_write_them() {
    let said = |details: &str, expected: &str| {
        check(
            &format!(":61:260805C10,NTRF\n:86:{details}"),
            &[&format!("2026-08-05 2026-08-05 In RWF 10 Booked | - | {expected}")],
        );
    };
    // Numbered parts, any sign between them, broken in the middle of a word or of a sign.
    said(
        "166?00GUTSCHRIFT?20EREF+E-1?21SVWZ+Rechnung 2026-0?227 danke?30BIC?31RW44?32UWASE\n MARIE?33 CLAIRE",
        "E-1 | UWASE MARIE CLAIRE | RW44 | Rechnung 2026-0 7 danke",
    );
    said(
        "051<00X<20QQW53T2245ZGY46J ABBUCHUNG1<21VOM KONTO<32PAYPAL",
        "- | PAYPAL | - | QQW53T2245ZGY46J ABBUCHUNG1VOM KONTO",
    );
    said("166?20a ? b?32N", "- | N | - | a b");
    said("091", "- | - | - | 091");
    // Codes between slashes.
    said(
        "/TRTP/SEPA/IBAN/NL83ABNA0437015300/BIC/X /NAME/ACHMEA N.V./EREF/5002 /REMI/FACTUUR 12/13",
        "5002 | ACHMEA N.V. | NL83ABNA0437015300 | FACTUUR 12/13",
    );
    said(
        "/CNTP/NL32INGB0000012345/INGBNL2A/ING BANK///REMI/USTD//EINDAFREKENING/",
        "- | ING BANK | NL32INGB0000012345 | EINDAFREKENING",
    );
    said(
        "/ORDP/300000000460495\n/IVOTEHNA DOOEL\n/747//747\n/Uplata po faktura 747",
        "- | IVOTEHNA DOOEL | 300000000460495 | 747//747 Uplata po faktura 747",
    );
    // Plain text: a full line goes on in the next, a shorter one ends.
    let full = "A".repeat(60) + " INV-";
    said(&format!("{full}\n77 PAID\nTHANKS"), &format!("- | - | - | {full}77 PAID THANKS"));
    said("ONE\n:86:TWO", "- | - | - | ONE TWO");
    // No tag of ours begins these lines.
    said("AT 16\n:26:37 O'CLOCK\n: X", "- | - | - | AT 16 :26:37 O'CLOCK : X");
}

/// Days, amounts and references that the project mt940 read out of each of its files, written down by it.
#[test]
fn movements_are_those_of_wolph() {
    let Some(folder) = reference("bank-statements/mt940") else { return };
    let block = Regex::new(r"(?ms)^- (?:&\w+ )?!!python/object:mt940\.models\.Transaction$(.*?)(?:^- |\z)").unwrap();
    let amount = Regex::new(r"(?s)\n    amount: .*?- '(-?[\d.]+)'\n").unwrap();
    let day = |field: &str| Regex::new(&format!(r"\n    {field}: [^\n]*\n    - !!binary \|\n      (\S+)\n")).unwrap();
    let (value_day, entry_day) = (day("date"), day("entry_date"));
    let mut seen = 0;
    for (source, expected) in beside(&folder, ".expected.yml") {
        // The currency there is no more, ours waits; see above.
        if source.to_string_lossy().contains("raphaelm") {
            continue;
        }
        let found = statements(&fs::read(&source).unwrap());
        let lines: Vec<&Line> = found.iter().flat_map(|s| &s.lines).collect();
        let mut rest = expected.as_str();
        let mut blocks = Vec::new();
        while let Some(captures) = block.captures(rest) {
            blocks.push(captures[1].to_owned());
            rest = &rest[captures.get(1).unwrap().end()..];
        }
        assert_eq!(lines.len(), blocks.len(), "{}", source.display());
        for (line, block) in lines.iter().zip(&blocks) {
            let signed = line.movement().unwrap().to_major().normalize().to_string();
            let wanted: rust_decimal::Decimal = amount.captures(block).unwrap()[1].parse().unwrap();
            assert_eq!(signed, wanted.normalize().to_string(), "{}", source.display());
            if let Some(wanted) = value_day.captures(block) {
                assert_eq!(line.value_on.unwrap().to_string(), of_pickle(&wanted[1]), "{}", source.display());
            }
            if let Some(wanted) = entry_day.captures(block) {
                assert_eq!(line.on.unwrap().to_string(), of_pickle(&wanted[1]), "{}", source.display());
            }
            seen += 1;
        }
    }
    assert!(seen >= 25, "{seen}");
}

/// A day as Python keeps it: four bytes in base 64, the year in two, the month, the day.
fn of_pickle(base64: &str) -> String {
    const ALPHABET: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let bits = base64.chars().filter_map(|c| ALPHABET.find(c)).fold(0u64, |bits, six| bits << 6 | six as u64) >> 4;
    format!("{:04}-{:02}-{:02}", bits >> 16, bits >> 8 & 0xff, bits & 0xff)
}

/// The same of the project my-flow, whose files name each field.
#[test]
fn movements_are_those_of_my_flow() {
    let Some(folder) = reference("bank-statements/mt940") else { return };
    let trailing = Regex::new(r",(\s*[}\]])").unwrap();
    let mut seen = 0;
    for (source, expected) in beside(&folder, ".expected.json") {
        let expected: serde_json::Value = serde_json::from_str(&trailing.replace_all(&expected, "$1")).unwrap();
        let found = statements(&fs::read(&source).unwrap());
        let lines: Vec<&Line> = found.iter().flat_map(|s| &s.lines).collect();
        let fields = expected.as_array().unwrap().iter().flat_map(|message| message.as_array().unwrap());
        let movements: Vec<_> = fields.clone().filter(|field| field.get("swift_code").is_some()).collect();
        assert_eq!(lines.len(), movements.len(), "{}", source.display());
        for (line, wanted) in lines.iter().zip(movements) {
            let amount: rust_decimal::Decimal = wanted["amount"].as_str().unwrap().parse().unwrap();
            assert_eq!(line.amount.unwrap().to_major().normalize(), amount.normalize(), "{}", source.display());
            let side = if line.direction == Direction::In { "credit" } else { "debit" };
            assert!(wanted["funds_code"].as_str().unwrap().ends_with(side), "{}", source.display());
            let day = |field: &str| wanted[field].as_str().map(|day| day[..10].to_owned());
            assert_eq!(line.value_on.map(|d| d.to_string()), day("value_date"), "{}", source.display());
            let entry = day("entry_date").or(day("value_date"));
            assert_eq!(line.on.map(|d| d.to_string()), entry, "{}", source.display());
            seen += 1;
        }
        if let Some(account) =
            fields.clone().find_map(|field| field["account_number"].as_str()).filter(|a| !a.is_empty())
            && let [one] = found.as_slice()
            && one.account.is_some()
        {
            assert_eq!(one.account.as_deref(), Some(account), "{}", source.display());
        }
    }
    assert!(seen >= 8, "{seen}");
}

/// The files of a folder that have another beside them, and its text.
fn beside(folder: &std::path::Path, ending: &str) -> Vec<(PathBuf, String)> {
    let files = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    let with = files.filter_map(|file| {
        let source = PathBuf::from(file.to_str()?.strip_suffix(ending)?);
        Some((source, fs::read_to_string(&file).unwrap()))
    });
    with.collect()
}
