//! Remittance advices: tables under many headers, e-mails, and what a bank carries.

use formats::remittance::{self, Row};
use formats::statement;
use receivables::{Currency, Money};

fn told_row(row: &Row) -> String {
    let money = |money: Option<Money>| money.map_or("-".to_owned(), |m| m.to_string());
    let on = row.on.map_or(String::new(), |on| format!(" of {on}"));
    let reference = row.reference.as_deref().map_or(String::new(), |reference| format!(" ref {reference}"));
    let reason = if row.reason.is_empty() { String::new() } else { format!(" because {}", row.reason) };
    let fault = row.fault.as_ref().map_or(String::new(), |fault| format!(" ! {fault}"));
    format!(
        "{} {}{reference}{on}: {} discount {} withheld {} deduction {}{reason} paid {}{fault}",
        row.line,
        row.document,
        money(row.gross),
        money(row.discount),
        money(row.withheld),
        money(row.deduction),
        money(row.paid)
    )
}

fn told(bytes: &[u8], currency: Currency) -> String {
    let advice = match remittance::read(bytes, currency, None) {
        Ok(advice) => advice,
        Err(error) => return format!("refused: {error}"),
    };
    let text = |text: &Option<String>| text.clone().unwrap_or_else(|| "-".to_owned());
    let total = advice.total.map_or("-".to_owned(), |m| m.to_string());
    let mut out =
        vec![format!("{} from {} ref {} total {total}", advice.format, text(&advice.payer), text(&advice.reference))];
    out.extend(advice.rows.iter().map(told_row));
    out.extend(advice.faults.iter().map(|fault| format!("! {fault}")));
    out.join("\n")
}

fn check(text: &str, expected: &[&str]) {
    assert_eq!(told(text.as_bytes(), Currency::RWF), expected.join("\n"));
}

pub(crate) const TABLE: &str = "Payer:,Keza Hotel Ltd,,,,,\nPayment reference: FT26243XYZ,,,,,,\n\n\
    Invoice No.,Invoice date,Gross amount,Discount,WHT,Other deductions,Reason,Net paid\n\
    INV-7,31/07/2026,\"1,180,000\",\"20,000\",\"30,000\",,,\"1,130,000\"\n\
    INV-8,05/08/2026,\"500,000\",,,\"15,000\",3 bags torn,\"485,000\"\n\
    CN-2,06/08/2026,\"-50,000\",,,,,\"-50,000\"\n\
    INV-9,07/08/2026,\"100,000\",,,,,\"90,000\"\n\
    Total,,,,,,,\"1,655,000\"\n";

#[test]
fn a_table_says_what_was_paid_and_why_not_all() {
    check(
        TABLE,
        &[
            "csv from Keza Hotel Ltd ref FT26243XYZ total RWF 1,655,000",
            "5 INV-7 of 2026-07-31: RWF 1,180,000 discount RWF 20,000 withheld RWF 30,000 deduction - paid RWF 1,130,000",
            "6 INV-8 of 2026-08-05: RWF 500,000 discount - withheld - deduction RWF 15,000 because 3 bags torn paid RWF 485,000",
            "7 CN-2 of 2026-08-06: RWF -50,000 discount - withheld - deduction - paid RWF -50,000",
            "8 INV-9 of 2026-08-07: RWF 100,000 discount - withheld - deduction - paid RWF 90,000 \
             ! file-remittance-row(RWF 100,000, RWF 0, RWF 90,000)",
        ],
    );
}

#[test]
fn tables_under_other_headers_are_read() {
    // French, what is kept back below zero, two taxes, a sum that is wrong.
    check(
        "N° facture;Montant TTC;Retenue à la source;TVA retenue;Montant réglé;Motif\n\
         F2026/004;1.180.000;-30.000;-180.000;970.000;\nF2026/005;200.000;;;200.000;\nTotal;;;;1.200.000;\n",
        &[
            "csv from - ref - total RWF 1,200,000",
            "2 F2026/004: RWF 1,180,000 discount - withheld RWF 210,000 deduction - paid RWF 970,000",
            "3 F2026/005: RWF 200,000 discount - withheld - deduction - paid RWF 200,000",
            "! file-remittance-differs(RWF 1,200,000, RWF 1,170,000)",
        ],
    );
    // Gross and deductions alone; and a document with an amount and nothing else.
    check(
        "Bill No\tBill amount\tDeductions\tRemarks\n17\t50,000\t5,000\tlate\n",
        &[
            "csv from - ref - total -",
            "2 17: RWF 50,000 discount - withheld - deduction RWF 5,000 because late paid RWF 45,000",
        ],
    );
    check(
        "Customer,Reference,Currency,Amount\nUwase,INV-1,USD,10.50\nUwase,INV-2,USD,x\n",
        &[
            "csv from Uwase ref - total -",
            "2 INV-1: - discount - withheld - deduction - paid USD 10.50",
            "3 INV-2: - discount - withheld - deduction - paid - ! file-in-field(paid, file-not-an-amount(x, .))",
        ],
    );
    // A payer of that name, and a total beside the column of documents.
    check(
        "Customer,Invoice,Amount\nTotal Rwanda,INV-1,10\nTotal,,10\n",
        &["csv from Total Rwanda ref - total RWF 10", "2 INV-1: - discount - withheld - deduction - paid RWF 10"],
    );
    check("name,phone\nUwase,1\n", &["refused: file-no-remittance"]);
    check("", &["refused: file-no-remittance"]);
}

pub(crate) const MAIL: &str = "From: Keza Hotel <accounts@keza.rw>\nTo: bills@ours.rw\nDate: 31 August 2026 10:00\nSubject: payment 99\n\n\
    Dear Aline,\n\nOn 31/08/2026 we transferred to your account:\n\n\
    - INV-7: 1,180,000 RWF less withholding tax 3% 30,000 = 1,150,000\n\
    - 485,000 Frw for invoice no. 2026-15\n\
    INV-9    RWF100,000\n\
    Less damage of 3 bags: 15,000\n\
    Total paid: RWF 1,720,000\n\
    Payment reference: FT26243XYZ\n\n\
    Kind regards,\nKeza, tel. 0788 000 136, BP 100\n\n\
    On Mon, 30 Aug 2026, Ours wrote:\n> INV-7 is 1,180,000\n";

#[test]
fn an_e_mail_is_read_line_by_line() {
    check(
        MAIL,
        &[
            "mail from Keza Hotel ref FT26243XYZ total RWF 1,720,000",
            "10 INV-7: RWF 1,180,000 discount - withheld RWF 30,000 deduction - paid RWF 1,150,000",
            "11 2026-15: - discount - withheld - deduction - paid RWF 485,000",
            "12 INV-9: - discount - withheld - deduction - paid RWF 100,000",
            "13 : - discount - withheld - deduction RWF 15,000 because Less damage of 3 bags: 15,000 paid RWF -15,000",
        ],
    );
}

#[test]
fn other_ways_to_write_an_e_mail() {
    // Several documents in a line, each with its amount; then one amount for all.
    check(
        "Bonjour, nous avons payé F-12 (500 000 Frw), F-13 (1 250 500 Frw). Total : 1 750 501 Frw\n-- \nF-99 1 000\n",
        &[
            "mail from - ref - total RWF 1,750,501",
            "1 F-12: - discount - withheld - deduction - paid RWF 500,000",
            "1 F-13: - discount - withheld - deduction - paid RWF 1,250,500",
            "! file-remittance-differs(RWF 1,750,501, RWF 1,750,500)",
        ],
    );
    check(
        "We paid INV-7, INV-8 and INV-9: 1,500,000\n",
        &[
            "mail from - ref - total RWF 1,500,000",
            "1 INV-7: - discount - withheld - deduction - paid -",
            "1 INV-8: - discount - withheld - deduction - paid -",
            "1 INV-9: - discount - withheld - deduction - paid -",
        ],
    );
    // One thing a line.
    check(
        "Facture : F2026/004\nMontant brut : 1.180.000\nRetenue : 30.000\nNet payé : 1.150.000\n\n\
         Facture : F2026/005\nMontant : 20.000\n\nSomme : 1.170.001\n\nDe : Nous <x@y.rw>\nF2026/006 5.000\n",
        &[
            "mail from - ref - total RWF 1,170,001",
            "1 F2026/004: RWF 1,180,000 discount - withheld RWF 30,000 deduction - paid RWF 1,150,000",
            "6 F2026/005: - discount - withheld - deduction - paid RWF 20,000",
            "! file-remittance-differs(RWF 1,170,001, RWF 1,170,000)",
        ],
    );
    // What names no document: of the only one; or left open, if nothing tells whether it is taken off.
    check(
        "We paid RWF 2,360,000 for invoice INV-44.\nWithholding tax 15% (354,000) was deducted.\n",
        &["mail from - ref - total -", "1 INV-44: - discount - withheld RWF 354,000 deduction - paid RWF 2,360,000"],
    );
    check(
        "Credit note CN-12 -15,000\nInvoice INV-77 115,000\nWHT 3,000\n",
        &[
            "mail from - ref - total -",
            "1 CN-12: - discount - withheld - deduction - paid RWF -15,000",
            "2 INV-77: - discount - withheld - deduction - paid RWF 115,000",
            "3 : - discount - withheld RWF 3,000 deduction - paid -",
        ],
    );
    check(
        "inv 123 paid 45,000\ninv 124 short paid 5,000 due to damage, paid 40,000\nINV-1\t100,000\t(3,000)\t97,000\n",
        &[
            "mail from - ref - total -",
            "1 123: - discount - withheld - deduction - paid RWF 45,000",
            "2 124: - discount - withheld - deduction RWF 5,000 because inv short paid paid RWF 40,000",
            "3 INV-1: RWF 100,000 discount - withheld - deduction RWF 3,000 paid RWF 97,000",
        ],
    );
    check("Hello, please call me on +250 788 000 136 in 2026.\n", &["refused: file-no-remittance"]);
}

/// What ISO 20022 carries of documents: amounts, adjustments with their reason, credit notes, a creditor's reference alone.
#[test]
fn a_bank_carries_the_documents_of_a_payment() {
    let strd = |inner: &str| format!("<Strd>{inner}</Strd>");
    let document = |code: &str, number: &str| {
        format!(
            "<RfrdDocInf><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp><Nb>{number}</Nb><RltdDt>2026-07-31</RltdDt></RfrdDocInf>"
        )
    };
    let amount = |name: &str, text: &str| format!("<{name} Ccy=\"USD\">{text}</{name}>");
    let first = strd(&format!(
        "{}<RfrdDocAmt>{}{}{}<AdjstmntAmtAndRsn>{}<CdtDbtInd>DBIT</CdtDbtInd><Rsn>DMG</Rsn><AddtlInf>torn</AddtlInf></AdjstmntAmtAndRsn>{}</RfrdDocAmt>",
        document("CINV", "INV-7"),
        amount("DuePyblAmt", "100.00"),
        amount("DscntApldAmt", "2.00"),
        amount("TaxAmt", "3.00"),
        amount("Amt", "5.00"),
        amount("RmtdAmt", "90.00"),
    ));
    let informed = strd(&format!(
        "{}<RfrdDocAmt>{}{}{}</RfrdDocAmt>",
        document("CINV", "INV-8"),
        amount("DuePyblAmt", "118.00"),
        amount("TaxAmt", "18.00"),
        amount("RmtdAmt", "118.00"),
    ));
    let credit = strd(&format!(
        "{}<RfrdDocAmt>{}{}</RfrdDocAmt>",
        document("CREN", "CN-1"),
        amount("CdtNoteAmt", "8.00"),
        amount("RmtdAmt", "8.00")
    ));
    let several = strd(&format!(
        "{}{}<RfrdDocAmt>{}</RfrdDocAmt>",
        document("CINV", "A"),
        document("CINV", "B"),
        amount("RmtdAmt", "9.00")
    ));
    let alone = strd("<CdtrRefInf><Ref>RF18539007547034</Ref></CdtrRefInf>");
    let xml = format!(
        "<Document><BkToCstmrStmt><Stmt><Ntry><Amt Ccy=\"USD\">200.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts>\
         <BookgDt><Dt>2026-08-31</Dt></BookgDt><NtryDtls><TxDtls><RmtInf>{first}{informed}{credit}{several}{alone}</RmtInf></TxDtls></NtryDtls>\
         </Ntry></Stmt></BkToCstmrStmt></Document>"
    );
    let file = statement::read(xml.as_bytes(), Currency::USD, None).unwrap();
    let line = &file.statements[0].lines[0];
    let rows: Vec<String> = line.remittance.iter().map(told_row).collect();
    assert_eq!(
        rows,
        [
            "1 INV-7 of 2026-07-31: USD 100.00 discount USD 2.00 withheld USD 3.00 deduction USD 5.00 because DMG · torn paid USD 90.00",
            "1 INV-8 of 2026-07-31: USD 118.00 discount - withheld - deduction - paid USD 118.00",
            "1 CN-1 of 2026-07-31: USD -8.00 discount - withheld - deduction - paid USD -8.00",
            "1 A of 2026-07-31: - discount - withheld - deduction - paid -",
            "1 B of 2026-07-31: - discount - withheld - deduction - paid -",
            "1 RF18539007547034 ref RF18539007547034: - discount - withheld - deduction - paid -",
        ]
    );
    assert_eq!(remittance::paid(&line.remittance[..3]).unwrap().to_string(), "USD 200.00");
}
