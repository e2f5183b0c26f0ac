//! E-invoices at the command line: the agreed row, sentences about what cannot be read, no book needed.

use serde_json::Value;

use crate::support::ideni;

/// A file of the samples of `formats`.
fn sample(name: &str) -> String {
    format!("{}/../formats/samples/{name}", env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn an_e_invoice_is_added_up_from_its_lines() {
    let folder = tempfile::tempdir().expect("a folder");
    let wrong = folder.path().join("wrong.xml");
    let text = std::fs::read_to_string(sample("einvoice_cii.xml")).expect("the sample");
    std::fs::write(&wrong, text.replace("<ram:GrandTotalAmount>345.56<", "<ram:GrandTotalAmount>354.56<"))
        .expect("written");
    let files = [sample("einvoice_ubl.xml"), sample("bank.csv"), "nothing.xml".to_owned(), wrong.display().to_string()];
    let arguments = ["--format", "json", "einvoice", "read"].into_iter().chain(files.iter().map(String::as_str));
    let out = ideni(folder.path(), &arguments.collect::<Vec<_>>());
    assert_eq!(out.status.code(), Some(1));
    let said = String::from_utf8_lossy(&out.stderr);
    let sentences: Vec<&str> = said.lines().collect();
    assert_eq!(sentences.len(), 2, "{said}");
    assert!(sentences[0].contains("bank.csv") && sentences[0].contains("is not XML"), "{said}");
    assert!(sentences[1].contains("nothing.xml"), "{said}");
    let answer: Value = serde_json::from_slice(&out.stdout).expect("json");
    let cells = |row: &Value| -> Vec<String> {
        row.as_object().expect("a row").iter().skip(1).map(|(name, value)| format!("{name} {value}")).collect()
    };
    let ours = cells(&answer["rows"][0]).join(", ").replace('"', "");
    let expected = "syntax UBL Invoice, id KT-2026-0311, currency EUR, lines 3, line_total 300.05, allowances 10.00, \
                    charges 15.00, tax_exclusive 305.05, tax_total 40.51, tax_inclusive 345.56, prepaid 100.00, \
                    rounding 0.04, payable 245.60, broken []";
    assert_eq!(ours, expected);
    let row = &answer["rows"][1];
    assert_eq!((row["syntax"].as_str(), row["tax_inclusive"].as_str()), (Some("CII"), Some("345.56")), "{row}");
    assert_eq!(row["broken"], serde_json::json!(["BR-CO-15", "BR-CO-16"]));
    assert_eq!(answer["totals"], serde_json::json!({ "read": 2, "breaking_rules": 1, "unread": 2 }));
    assert_eq!(std::fs::read_dir(folder.path()).expect("the folder").count(), 1, "no book was made");
}

/// The published `saveSales` sample adds up; the one with another total does not, and is told by the field.
#[test]
fn a_sale_for_the_tax_device_is_added_up() {
    let Some(samples) = crate::support::reference("data/rra-ebm-vsdc/samples") else { return };
    let sale = std::fs::read_dir(&samples).expect("samples").flatten().map(|entry| entry.path()).find(|path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
        name.contains("save-sales") && name.contains("request")
    });
    let sale = std::fs::read_to_string(sale.expect("a sale")).expect("read");
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("sale.json"), &sale).expect("written");
    let read = crate::support::json(folder.path(), &["ebm", "read", "sale.json"]);
    assert_eq!((&read["rows"][0]["total"], &read["rows"][0]["tax"]), (&"10500".into(), &"1602".into()));
    assert!(read["rows"][0]["wrong"].is_null() && read["totals"]["wrong"] == 0, "{read}");
    let other = sale.replace("\"totAmt\":10500", "\"totAmt\":10501").replace("\"totAmt\": 10500", "\"totAmt\": 10501");
    std::fs::write(folder.path().join("sale.json"), other).expect("written");
    let read = crate::support::json(folder.path(), &["ebm", "read", "sale.json"]);
    assert_eq!(read["rows"][0]["wrong"], "totAmt");
    std::fs::write(folder.path().join("sale.json"), "{}").expect("written");
    assert!(!crate::support::ideni(folder.path(), &["ebm", "read", "sale.json"]).status.success());
}
