//! Made-up papers of a made-up company: for the tests, the benchmark and whoever wants to look at them.
#![allow(dead_code, reason = "each of those uses some of them")]

use documents::{
    Activity, Applied, Body, Document, Fact, Fiscal, Instalment, Invoice, Labels, Letter, Line, OpenItem, Party,
    Payment, QrCode, Receipt, Section, Statement, TaxClass, Total,
};

/// What the QR code of the payment holds.
pub const PAYMENT_QR: &str = "tel:*182*8*1*402155*1854300%23";
/// What the QR code of the fiscal device holds, as long as those of the administration.
pub const FISCAL_QR: &str =
    "28112026#101502#SDC010012345#123/4567NS#TE68-SLA2-34J5-EAV3-N569-88LJ-Q7#V249-J39C-FJ48-HE2W";

pub fn invoice(lines: usize) -> Document {
    let body = Invoice {
        heading: "Invoice".into(),
        number: "INV-2026-0042".into(),
        issued: "28 November 2026".into(),
        due: "28 December 2026".into(),
        references: vec![Fact::new("Purchase order", "PO-77120"), Fact::new("Purchase code", "X7K2QP")],
        buyer: buyer(),
        lines: (1..=lines).map(line).collect(),
        totals: vec![
            total("Net", "1,571,440", false),
            total("VAT 18%", "282,860", false),
            total("To pay, RWF", "1,854,300", true),
        ],
        taxes: vec![tax_class("A", "0%", "0", "0"), tax_class("B", "18%", "1,571,440", "282,860")],
        instalments: vec![
            Instalment { name: "1 of 2".into(), due: "28 December 2026".into(), amount: "927,150".into() },
            Instalment { name: "2 of 2".into(), due: "28 January 2027".into(), amount: "927,150".into() },
        ],
        notes: vec!["Goods stay ours until they are paid. Returns within seven days, in their boxes.".into()],
        payment: Some(payment()),
        fiscal: Some(fiscal()),
        ..Invoice::default()
    };
    document("Invoice INV-2026-0042", Body::Invoice(body))
}

/// As an invoice of a shop: no fiscal device, no instalments, no order.
pub fn plain_invoice(lines: usize) -> Document {
    let mut document = invoice(lines);
    if let Body::Invoice(body) = &mut document.body {
        (body.fiscal, body.instalments, body.references, body.notes) = (None, vec![], vec![], vec![]);
    }
    document
}

pub fn credit_note() -> Document {
    let mut document = invoice(2);
    document.title = "Inyandiko y'inguzanyo CN-2026-0007".into();
    document.language = "rw".into();
    document.banner = "KOPI — iyi si fagitire y'umwimerere".into();
    if let Body::Invoice(body) = &mut document.body {
        body.heading = "Inyandiko y'inguzanyo".into();
        body.number = "CN-2026-0007".into();
        body.references = vec![Fact::new("Fagitire y'umwimerere", "INV-2026-0042")];
        (body.payment, body.instalments, body.due) = (None, vec![], String::new());
    }
    document
}

pub fn receipt() -> Document {
    let body = Receipt {
        heading: "Receipt".into(),
        number: "RCT-2026-0311".into(),
        received_on: "30 November 2026".into(),
        from: buyer(),
        amount: "RWF 2,000,000".into(),
        amount_in_words: "Two million Rwandan francs".into(),
        references: vec![Fact::new("Paid by", "MTN MoMo"), Fact::new("Reference", "12345678901")],
        applied: vec![
            Applied {
                document: "INV-2026-0042".into(),
                issued: "28 November 2026".into(),
                open: "0".into(),
                amount: "1,854,300".into(),
            },
            Applied {
                document: "INV-2026-0051".into(),
                issued: "29 November 2026".into(),
                open: "81,300".into(),
                amount: "145,700".into(),
            },
        ],
        totals: vec![total("Applied", "2,000,000", false), total("Left on account", "0", true)],
        notes: vec!["Murakoze! Thank you.".into()],
    };
    document("Receipt RCT-2026-0311", Body::Receipt(body))
}

/// Half of the rows are activity and half open items, in two currencies.
pub fn statement(rows: usize) -> Document {
    let section = |title: &str, rows: usize| Section {
        title: title.into(),
        activity: (0..rows / 2).map(|n| activity(n, rows / 2)).collect(),
        open_items: (0..rows - rows / 2).map(open_item).collect(),
        ageing: ["Not due", "1–30", "31–60", "61–90", "Over 90"]
            .iter()
            .zip(["1,200,000", "654,300", "0", "0", "18,750"])
            .map(|(label, value)| Fact::new(*label, value))
            .collect(),
        totals: vec![total("Balance", "1,873,050", true)],
    };
    let body = Statement {
        heading: "Statement of account".into(),
        period: "1 – 30 November 2026".into(),
        references: vec![Fact::new("Account", "C-0007"), Fact::new("As of", "30 November 2026")],
        customer: buyer(),
        sections: vec![section("RWF", rows - rows / 4), section("USD", rows / 4)],
        notes: vec![],
        payment: Some(payment()),
    };
    document("Statement of account C-0007", Body::Statement(body))
}

pub fn letter() -> Document {
    let body = Letter {
        addressee: buyer(),
        place_and_day: "Kigali, 12 January 2027".into(),
        references: vec![Fact::new("Account", "C-0007"), Fact::new("Your contact", "Aline Uwase, +250 788 300 200")],
        subject: "Second reminder: RWF 1,108,950 is overdue".into(),
        opening: vec![
            "Dear Mr Habimana,".into(),
            "we wrote to you on 2 January about the invoices below. We have not seen a payment since. If it is on its \
             way, please take no notice of this letter."
                .into(),
        ],
        open_items: (0..3).map(open_item).collect(),
        totals: vec![total("Late payment charge", "4,000", false), total("To pay, RWF", "1,108,950", true)],
        paragraphs: vec![
            "Please pay by 20 January 2027. If something is wrong with a delivery or an invoice, or if you need more \
             time, call us: we will find a way together."
                .into(),
        ],
        payment: Some(payment()),
        closing: vec!["Yours sincerely".into(), "Aline Uwase".into(), "Accounts receivable".into()],
    };
    document("Second reminder C-0007", Body::Letter(body))
}

pub fn document(title: &str, body: Body) -> Document {
    Document {
        title: title.into(),
        language: "en".into(),
        dated: "2026-11-28".into(),
        labels: labels(),
        sender: Party {
            name: "Inzozi Hardware & Building Ltd".into(),
            lines: vec!["KN 5 Road, Kacyiru".into(), "P.O. Box 1234, Kigali, Rwanda".into()],
            facts: vec![
                Fact::new("TIN", "101234567"),
                Fact::new("Tel.", "+250 788 300 100"),
                Fact::new("", "accounts@inzozi.example"),
            ],
        },
        banner: String::new(),
        footer: vec!["Inzozi Hardware & Building Ltd".into(), "Registered in Rwanda, 101234567".into()],
        body,
    }
}

fn buyer() -> Party {
    Party {
        name: "Habimana & Sons Construction Ltd".into(),
        lines: vec!["Attn. Jean-Bosco Habimana".into(), "KG 11 Avenue 24".into(), "Gasabo, Kigali".into()],
        facts: vec![Fact::new("TIN", "109876543"), Fact::new("Tel.", "+250 783 555 444")],
    }
}

fn line(n: usize) -> Line {
    const GOODS: [(&str, &str, &str); 5] = [
        ("Cement CEM II 32.5 N, bag of 50 kg", "", "bag"),
        ("Deformed steel bar 12 mm × 12 m", "Batch 4471-B, certificate enclosed", "pc"),
        ("Corrugated iron sheet, gauge 28, galvanised, 3 m", "", "sheet"),
        ("Delivery to the site in Gasabo", "", "trip"),
        ("River sand, washed", "", "m³"),
    ];
    let (description, details, unit) = GOODS[n % GOODS.len()];
    Line {
        description: description.into(),
        details: details.into(),
        quantity: format!("{}", 3 + n % 90),
        unit: unit.into(),
        unit_price: format!("{},{:03}", 4 + n % 37, n * 50 % 1000),
        discount: if n % 4 == 3 { "5%".into() } else { String::new() },
        tax: "B".into(),
        amount: format!("{},{:03}", 104 + n % 370, n * 150 % 1000),
    }
}

fn activity(n: usize, of: usize) -> Activity {
    let day = format!("{:02} Nov 2026", n * 29 / of.max(1) + 1);
    let balance = format!("{},{:03},{:03}", 1 + n % 7, n * 37 % 1000, n * 250 % 1000);
    if n == 0 {
        return Activity { day, text: "Opening balance".into(), balance, emphasised: true, ..Activity::default() };
    }
    let amount = format!("{},{:03}", 100 + n % 800, n * 50 % 1000);
    let paid = n.is_multiple_of(3);
    Activity {
        day,
        document: if paid { format!("RCT-2026-{n:04}") } else { format!("INV-2026-{n:04}") },
        text: if paid { "MTN MoMo, thank you".into() } else { "Cement and steel, site Gasabo".into() },
        debit: if paid { String::new() } else { amount.clone() },
        credit: if paid { amount } else { String::new() },
        balance,
        emphasised: false,
    }
}

fn open_item(n: usize) -> OpenItem {
    OpenItem {
        number: format!("INV-2026-{:04}", 42 + n),
        issued: format!("{:02} Nov 2026", n % 30 + 1),
        due: format!("{:02} Dec 2026", n % 30 + 1),
        days_late: format!("{}", 43_usize.saturating_sub(n % 44)),
        amount: format!("{},{:03}", 300 + n % 600, n * 75 % 1000),
        open: format!("{},{:03}", 200 + n % 600, n * 75 % 1000),
    }
}

fn tax_class(class: &str, rate: &str, net: &str, tax: &str) -> TaxClass {
    TaxClass { class: class.into(), rate: rate.into(), net: net.into(), tax: tax.into(), gross: net.into() }
}

fn total(label: &str, value: &str, emphasised: bool) -> Total {
    Total { label: label.into(), value: value.into(), emphasised }
}

fn payment() -> Payment {
    Payment {
        instructions: vec!["MoMo: dial *182*8*1*402155# and give the payment code as reference.".into()],
        facts: vec![
            Fact::new("MoMoPay", "402155, Inzozi Hardware"),
            Fact::new("Bank", "Bank of Kigali"),
            Fact::new("Account", "00040-06912345-67"),
        ],
        code: "C0007-3".into(),
        qr: Some(QrCode { payload: PAYMENT_QR.into(), caption: "Scan to pay".into() }),
    }
}

fn fiscal() -> Fiscal {
    Fiscal {
        facts: vec![
            Fact::new("Date and time", "28/11/2026 10:15:02"),
            Fact::new("SDC ID", "SDC010012345"),
            Fact::new("Receipt number", "123/4567 NS"),
            Fact::new("Internal data", "TE68-SLA2-34J5-EAV3-N569-88LJ-Q7"),
            Fact::new("Receipt signature", "V249-J39C-FJ48-HE2W"),
            Fact::new("MRC", "IDE00000042"),
        ],
        qr: Some(QrCode { payload: FISCAL_QR.into(), caption: String::new() }),
    }
}

pub fn labels() -> Labels {
    Labels {
        page: "Page {page} of {pages}".into(),
        billed_to: "Billed to".into(),
        delivered_to: "Delivered to".into(),
        account_of: "Account of".into(),
        received_from: "Received from".into(),
        issued: "Issued".into(),
        due: "Due".into(),
        period: "Period".into(),
        received_on: "Received on".into(),
        description: "Description".into(),
        quantity: "Qty".into(),
        unit: "Unit".into(),
        unit_price: "Unit price".into(),
        discount: "Discount".into(),
        tax: "Tax".into(),
        amount: "Amount".into(),
        tax_class: "Class".into(),
        tax_rate: "Rate".into(),
        net: "Net".into(),
        tax_amount: "VAT".into(),
        gross: "Gross".into(),
        instalments: "Instalments".into(),
        notes: "Notes".into(),
        how_to_pay: "How to pay".into(),
        payment_code: "Payment code".into(),
        fiscal: "SDC information".into(),
        amount_received: "Amount received".into(),
        applied_to: "Applied to".into(),
        document: "Document".into(),
        day: "Day".into(),
        text: "Text".into(),
        debit: "Debit".into(),
        credit: "Credit".into(),
        balance: "Balance".into(),
        activity: "Activity".into(),
        open_items: "Open items".into(),
        days_late: "Days late".into(),
        open: "Open".into(),
        ageing: "By age".into(),
    }
}
