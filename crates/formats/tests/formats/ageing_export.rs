//! Ageing exports of other programs: what they say is open, what does not add up, and tables that are none.
//! The samples are invented after the layouts of QuickBooks Online and Desktop, Sage 50, Sage Business Cloud and Odoo.

use formats::ageing_export::{self, AgeingExport};
use formats::workbook::{Cell, write_xlsx};

use crate::own;

/// A row per document `line kind customer (name) number issued → due open currency`, then total and differences.
fn told(export: &AgeingExport) -> String {
    let mut out: Vec<String> = Vec::new();
    for row in &export.rows {
        out.push(match row {
            Err(error) => error.to_string(),
            Ok(row) => {
                let name = row.customer_name.as_ref().map(|n| format!(" ({n})")).unwrap_or_default();
                let date = |date: Option<receivables::Date>| date.map_or("-".to_owned(), |d| d.to_string());
                let currency = row.currency.map(|c| format!(" {c}")).unwrap_or_default();
                format!(
                    "{} {} {}{name} {} {} → {} {}{currency}",
                    row.line,
                    row.kind.name(),
                    row.customer,
                    row.number.as_deref().unwrap_or("-"),
                    date(row.issued_on),
                    date(row.due_on),
                    row.open.normalize(),
                )
            }
        });
    }
    out.push(export.total.map_or("no total".to_owned(), |total| format!("total {}", total.normalize())));
    out.extend(export.differences.iter().map(ToString::to_string));
    out.join("\n")
}

fn check(bytes: &[u8], layout: &str, expected: &str) {
    let export = ageing_export::read(bytes).unwrap().expect("an ageing export");
    assert!(export.layout.to_string().starts_with(layout), "{}\nshould start with\n{layout}", export.layout);
    assert_eq!(told(&export), expected);
}

fn check_sample(name: &str, layout: &str, expected: &str) {
    let path = own("crates/formats/samples").join(name);
    check(&std::fs::read(&path).unwrap(), layout, expected);
    let opened = ageing_export::open(&path).unwrap().expect("an ageing export");
    assert_eq!(told(&opened), expected);
}

#[test]
fn quickbooks_online() {
    check_sample(
        "ageing_quickbooks_online.csv",
        "file-layout(csv, UTF-8, ,, , 5, ., yes, mdy, yes, customer_name ← Customer full name, kind ← Transaction type, number ← Num, issued_on ← Date, due_on ← Due date, open ← Open balance",
        "7 invoice Keza Ltd 1001 2026-01-15 → 2026-02-14 1200\n\
         8 invoice Mugisha & Sons 1004 2026-02-02 → 2026-03-04 480.5\n\
         11 invoice Mugisha & Sons 1019 2026-05-20 → 2026-06-19 310\n\
         12 credit note Keza Ltd 1021 2026-05-28 → 2026-05-28 150\n\
         13 payment Keza Ltd - 2026-06-01 → 2026-06-01 75.25\n\
         16 invoice Uwase, Claire JE-7 2026-06-22 → 2026-06-22 42\n\
         total 1807.25",
    );
}

#[test]
fn quickbooks_desktop() {
    check_sample(
        "ageing_quickbooks_desktop.csv",
        "file-layout(csv, UTF-8, ,, , 1, ., yes, dmy, yes, ",
        "3 invoice Keza Ltd:Remera shop 71121 2026-06-12 → 2026-07-12 2320\n\
         4 credit note Mugisha, Jean 71122 2026-06-15 → 2026-06-15 120\n\
         7 invoice Mugisha, Jean 71101 2026-05-10 → 2026-06-09 640\n\
         8 payment Keza Ltd:Remera shop TRF 9 2026-06-02 → 2026-06-02 300\n\
         total 2540",
    );
}

/// The customer stands on the first row of the group and on its subtotal.
#[test]
fn sage_50() {
    check_sample(
        "ageing_sage50.csv",
        "file-layout(csv, UTF-8, ,, , 4, ., yes, dmy, yes, customer_code ← Customer ID, customer_name ← Customer, number ← Invoice/CM #",
        "5 invoice KEZA (Keza Ltd) 10311 2026-06-05 → 2026-07-05 1500\n\
         6 invoice KEZA (Keza Ltd) 10290 2026-04-28 → 2026-05-28 820.4\n\
         7 credit note KEZA (Keza Ltd) CM-88 2026-04-29 → 2026-04-29 20.4\n\
         10 invoice MUGI (Mugisha & Sons) 10177 2026-02-12 → 2026-03-13 250\n\
         total 2550",
    );
}

/// A customer whose name begins with Total is no total.
#[test]
fn sage_business_cloud() {
    check_sample(
        "ageing_sage_business.csv",
        "file-layout(csv, UTF-8, ;, , 1, ,, yes, dmy, yes, ",
        "2 invoice Keza Ltd SI-12 2026-06-03 → 2026-07-03 1500\n\
         3 credit note Keza Ltd SCN-3 2026-05-20 → 2026-05-20 99.5\n\
         5 invoice TotalEnergies Rwanda SI-4 2026-02-13 → 2026-03-15 700\n\
         6 payment TotalEnergies Rwanda - 2026-04-01 → 2026-04-01 50\n\
         total 2050.5",
    );
}

/// Documents are indented under their customer; another currency has its own column.
#[test]
fn odoo() {
    check_sample(
        "ageing_odoo.csv",
        "file-layout(csv, UTF-8, ,, , 1, ., yes, ymd, yes, ",
        "4 invoice Keza Ltd INV/2026/00041 2026-06-14 → 2026-07-14 1180000 RWF\n\
         5 invoice Keza Ltd INV/2026/00022 2026-05-03 → 2026-06-02 230000 RWF\n\
         6 payment Keza Ltd PBNK1/2026/00007 - → 2026-04-11 20000 RWF\n\
         8 invoice Total Energies Rwanda INV/2026/00011 2026-03-09 → 2026-04-08 120 USD\n\
         9 credit note Total Energies Rwanda RINV/2026/00002 2026-03-19 → 2026-04-20 25000 RWF\n\
         total 1539000",
    );
    check_sample(
        "ageing_odoo_fr.csv",
        "file-layout(csv, UTF-8, ;, , 1, ,, yes, dmy, yes, issued_on ← Date de facture, due_on ← Échéance, currency ← Devise, total ← Total, amount_currency ← Montant en devise, bucket ← Non échu",
        "4 invoice Société Ineza FAC/2026/0014 2026-06-18 → 2026-07-18 118000 RWF\n\
         5 invoice Société Ineza FAC/2025/0190 2025-12-02 → 2026-01-01 45500.5 RWF\n\
         total 163500.5",
    );
}

#[test]
fn odoo_as_a_workbook() {
    let text = |text: &str| Cell::Text(text.to_owned());
    let number = |text: &str| Cell::Number(text.to_owned());
    let day = |text: &str| Cell::Date(text.parse().unwrap());
    let headers = ["", "Invoice Date", "Due Date", "At Date", "1-30", "31-60", "Older", "Total"];
    let customer = |name: &str, sum: &str| {
        vec![text(name), Cell::Blank, Cell::Blank, Cell::Blank, number(sum), Cell::Blank, Cell::Blank, number(sum)]
    };
    let rows = vec![
        customer("Keza Ltd", "230"),
        vec![text("INV/1"), day("2026-05-03"), day("2026-06-02"), Cell::Blank, number("230")],
        // Folded: its documents are missing.
        customer("Uwase", "75.5"),
    ];
    let path = std::env::temp_dir().join(format!("ideni-ageing-{}.xlsx", std::process::id()));
    write_xlsx(&path, "Aged Receivable", &headers, rows).unwrap();
    let bytes = std::fs::read(&path).unwrap();
    std::fs::remove_file(&path).unwrap();
    check(
        &bytes,
        "file-layout(xlsx, UTF-8, ,, Aged Receivable, 1, ",
        "3 invoice Keza Ltd INV/1 2026-05-03 → 2026-06-02 230\n\
         no total\n\
         difference-folded(4, Uwase, 75.5)",
    );
}

/// Headings in the first column, which holds dates.
#[test]
fn xero() {
    check(
        b"Aged Receivables Detail\nInvoice Date,Due Date,Invoice Number,Invoice Reference,Current,< 1 Month,1 Month,2 Months,Older,Total\n\
          Keza Ltd,,,,,,,,,\n13 May 2026,12 Jun 2026,INV-7,PO 1,0,400,0,0,0,400\nTotal Keza Ltd,,,,0,400,0,0,0,400\n\
          Mugisha,,,,,,,,,\n1 Apr 2026,15 Apr 2026,INV-3,,0,0,0,60,0,60\nTotal Mugisha,,,,0,0,0,60,0,60\n\
          Total,,,,0,400,0,60,0,460\nPercentage of total,,,,0%,87%,0%,13%,0%,100%\n",
        "file-layout(csv, UTF-8, ,, , 2, ",
        "4 invoice Keza Ltd INV-7 2026-05-13 → 2026-06-12 400\n\
         7 invoice Mugisha INV-3 2026-04-01 → 2026-04-15 60\n\
         total 460",
    );
}

/// What `ideni ageing --by invoice --format csv` prints.
#[test]
fn our_own_ageing_by_invoice() {
    check(
        b"invoice,instalment,customer,name,issued_on,due_on,currency,current,d1_30,d31_60,d61_90,d91_plus,total,unapplied,net\n\
          F-1,1,K1,Keza Ltd,2026-05-01,2026-05-31,RWF,0,500,0,0,0,500,0,500\n",
        "file-layout(",
        "2 invoice K1 (Keza Ltd) F-1 2026-05-01 → 2026-05-31 500 RWF\nno total",
    );
}

#[test]
fn totals_that_do_not_add_up_are_told() {
    check_sample(
        "ageing_wrong_totals.csv",
        "file-layout(",
        "3 invoice Mugisha & Sons 1019 2026-05-20 → 2026-06-19 310\n\
         4 invoice Keza Ltd 1020 2026-05-21 → 2026-06-20 90\n\
         total 450\n\
         difference-heading(5, 1 - 30 days past due, 450, 400)\n\
         difference-file(6, 450, 400)",
    );
    // Two totals of one row: the buckets are what is open.
    check(
        b"Customer,No,Date,Due,Current,30,60,Total\nKeza,F-1,2026-05-01,2026-05-31,0,200,0,500\n",
        "file-layout(",
        "2 invoice Keza F-1 2026-05-01 → 2026-05-31 200\nno total\n\
         difference-row(2, 500, 200)",
    );
    check(
        b"Customer,No,Date,Due,Current,30,60,Amount due\nKeza,F-1,2026-05-01,2026-05-31,0,200,0,500\n",
        "file-layout(",
        "file-at-line(2, file-buckets-differ(200, 500))\nno total",
    );
}

#[test]
fn rows_that_cannot_be_loaded_say_why() {
    check_sample(
        "ageing_unknown_types.csv",
        "file-layout(",
        "3 invoice Mugisha & Sons 1019 2026-06-20 → 2026-07-19 310\n\
         file-at-line(4, file-unknown-kind(Barter))\n\
         file-at-line(5, file-above-zero(payment))\n\
         file-at-line(6, file-in-field(issued_on, file-not-a-date(31/13/2026)))\n\
         file-at-line(7, file-no-customer)\n\
         file-at-line(8, file-in-field(open, file-not-an-amount(ten, .)))\n\
         total 460",
    );
}

#[test]
fn tables_of_another_kind_are_none() {
    for text in [
        // Our template, a list of invoices, one with an open balance, one with a row number in front.
        "number,customer,customer_name,kind,issued_on,due_on,currency,net,tax,total,credits\nF-1,K1,Keza,invoice,2026-05-01,2026-05-31,RWF,100,18,118,\n",
        "Invoice No,Client,Date,Due date,Total\nF-1,Keza,2026-05-01,2026-05-31,118\nTotal,,,,118\n",
        "Invoice No,Client,Date,Due date,Open balance\nF-1,Keza,2026-05-01,2026-05-31,118\n",
        ",Invoice No,Client,Date,Due date,Open balance\n0,F-1,Keza,2026-05-01,2026-05-31,118\n",
        // An ageing in summary, receipts, rates.
        "customer,name,currency,current,d1_30,d31_60,d61_90,d91_plus,total,unapplied,net\nK1,Keza,RWF,0,500,0,0,0,500,0,500\n",
        "reference,customer,on,amount,currency\nTRF 1,K1,2026-05-01,500,RWF\n",
        "on,currency,rate,source\n2026-05-01,USD,1450,BNR\n",
        "just a line\n",
    ] {
        assert_eq!(ageing_export::read(text.as_bytes()).unwrap(), None, "{text}");
    }
    assert!(ageing_export::read(b"%PDF-1.7").is_err());
}
