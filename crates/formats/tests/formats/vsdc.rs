//! Messages of the tax device: arithmetic, exact writing and its faults, the printed receipt, the packs of two countries.
//! What others published is in `samples`.

use std::collections::BTreeSet;
use std::fs;

use formats::vsdc::*;
use receivables::billing::fiscal::{Advice, Event, State, Submission};
use receivables::billing::tax::Taxes;
use receivables::{Date, Instant};
use rust_decimal::Decimal;

use crate::{own, reference};

mod samples;

fn country(path: &str) -> Pack {
    Pack::read(&fs::read_to_string(own(path)).unwrap()).unwrap()
}

fn rwanda() -> Pack {
    country("country/rw/vsdc.toml")
}

fn number(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

#[test]
fn taxes_are_rounded_per_line_and_then_added() {
    let pack = rwanda();
    let letter = pack.letter("B").unwrap();
    let line = |price: &str, discount: Discount| {
        let priced = Priced { price: number(price), quantity: Decimal::ONE, discount, letter };
        priced.worked_out(Scale::HUNDREDTHS)
    };
    let taxes = ["7000", "3500"].map(|price| line(price, Discount::None).unwrap().tax);
    assert_eq!(taxes.map(|t| t.to_string()), ["1067.80", "533.90"]);
    assert_eq!(taxes[0] + taxes[1], number("1601.70"));
    assert_eq!(line("10500", Discount::None).unwrap().tax, number("1601.69"));

    let tenth = line("7000", Discount::Rate(number("10"))).unwrap();
    assert_eq!((tenth.discount, tenth.taxable, tenth.tax), (number("700"), number("6300"), number("961.02")));
    let same = line("7000", Discount::Amount(number("700"))).unwrap();
    assert_eq!((same.discount_rate, same), (number("10"), tenth));
    // Half a hundredth goes up.
    assert_eq!(line("0.0295", Discount::None).unwrap().supply, number("0.03"));
    assert_eq!(line("0.025", Discount::None).unwrap().supply, number("0.03"));

    let refused = |price: &str, discount: Discount| line(price, discount).unwrap_err();
    let amount = number("0.01");
    assert_eq!(refused("1000000", Discount::Amount(amount)), Fault::DiscountWithoutRate { amount });
    let above = Fault::DiscountAboveLine { amount: number("8000"), line: number("7000") };
    assert_eq!(refused("7000", Discount::Amount(number("8000"))), above);
    assert_eq!(refused("-1", Discount::None).field(), Some("prc"));
    assert_eq!(refused("79228162514264337593543950335", Discount::Rate(number("10"))).field(), Some("dcAmt"));
}

/// A small sale of our own, changed by one replacement.
fn sale_with(from: &str, to: &str) -> Result<SaveSale, Fault> {
    const SALE: &str = r#"{"tin":"123456789","bhfId":"00","invcNo":41,"orgInvcNo":0,"custTin":"987654321",
        "prcOrdCd":"AB12CD","custNm":"Inzira Ltd","salesTyCd":"N","rcptTyCd":"S","pmtTyCd":"02","salesSttsCd":"02",
        "cfmDt":"20261128101500","salesDt":"20261128","totItemCnt":"1","taxblAmtA":0,"taxRtA":0,"taxAmtA":0,
        "taxblAmtB":118.00,"taxRtB":18,"taxAmtB":18,"totTaxblAmt":118,"totTaxAmt":18,"totAmt":118,"prchrAcptcYn":"N",
        "regrId":"a","regrNm":"b","modrId":"c","modrNm":"d","unheard":[1,{"of":"it"}],
        "receipt":{"rptNo":1,"prchrAcptcYn":"N"},"itemList":[{"itemSeq":1,"itemCd":"RW3NTXU0000001",
        "itemNm":"Gukora \"neza\"","pkgUnitCd":"NT","pkg":1,"qtyUnitCd":"U","qty":2,"prc":59,"splyAmt":118,
        "taxTyCd":"B","taxblAmt":118,"taxAmt":"18.00","totAmt":118}]}"#;
    assert!(SALE.contains(from), "{from}");
    Ok(read_request::<SaveSale>(SALE.replacen(from, to, 1).as_bytes())?.message)
}

fn written(sale: &SaveSale) -> Result<String, Fault> {
    write_request(&Request { seller: None, message: sale.clone() })
}

#[test]
fn writing_keeps_the_documented_order_and_every_digit() {
    let sale = sale_with("118.00", "9007199254740993.07").unwrap();
    let text = written(&sale).unwrap();
    assert!(
        text.starts_with(r#"{"invcNo":41,"orgInvcNo":0,"custTin":"987654321","prcOrdCd":"AB12CD","custNm":"#),
        "{text}"
    );
    // A float would have made 9007199254740992 of it.
    assert!(
        text.contains(r#""taxblAmtA":0,"taxblAmtB":9007199254740993.07,"taxRtA":0,"taxRtB":18,"taxAmtA":0"#),
        "{text}"
    );
    assert!(
        text.contains(r#""itemNm":"Gukora \"neza\"""#) && text.contains(r#""taxAmt":18,"totAmt":118}]}"#),
        "{text}"
    );
    assert_eq!(read_request::<SaveSale>(text.as_bytes()).unwrap().message, sale);
    assert_eq!(sale.adds_up().unwrap_err().field(), Some("taxblAmtB"));
    assert_eq!(sale_with("AB12CD", "AB12CD").unwrap().adds_up(), Ok(()));
    let discounted = sale_with(r#""taxTyCd""#, r#""dcAmt":5,"dcRt":0,"taxTyCd""#).unwrap();
    assert_eq!(discounted.adds_up(), Err(Fault::DiscountWithoutRate { amount: number("5") }));
    assert_eq!(
        sale_with(r#""taxTyCd":"B""#, r#""taxTyCd":"E""#).unwrap().adds_up().unwrap_err().field(),
        Some("taxTyCd")
    );
}

#[test]
fn a_fault_names_the_field() {
    let check = |from: &str, to: &str, fault: Fault| {
        let found = sale_with(from, to).and_then(|sale| written(&sale)).unwrap_err();
        assert_eq!(found, fault, "{from} → {to}");
        assert!(found.field().is_some() || matches!(found, Fault::NotAnObject { .. }));
    };
    let field = |name: &str| name.to_owned();
    let long = |name: &str, most: usize, length: usize| Fault::TooLong { field: field(name), most, length };
    check("987654321", "9876543210", long("custTin", 9, 10));
    check("AB12CD", "AB12CDE", long("prcOrdCd", 6, 7));
    check("RW3NTXU0000001", "RW3NTXU00000010000001", long("itemList[1].itemCd", 20, 21));
    // Characters are counted, not bytes.
    assert!(sale_with("Inzira Ltd", &"é".repeat(60)).and_then(|sale| written(&sale)).is_ok());
    check("Inzira Ltd", &"é".repeat(61), long("custNm", 60, 61));
    let digits = |name: &str, digits: u32, decimals: u32, value: &str| Fault::TooManyDigits {
        field: field(name),
        digits,
        decimals,
        value: number(value),
    };
    check("\"qty\":2", "\"qty\":2.125", digits("itemList[1].qty", 13, 2, "2.125"));
    check("\"qty\":2", "\"qty\":123456789012", digits("itemList[1].qty", 13, 2, "123456789012"));
    check("\"prc\":59", "\"prc\":\"a\"", Fault::NotANumber { field: field("itemList[1].prc"), value: "a".into() });
    check("\"prc\":59", "\"prc\":null", Fault::Missing { field: field("itemList[1].prc") });
    check("20261128101500", "2026112810150", Fault::NotATime { field: field("cfmDt"), value: "2026112810150".into() });
    check("\"20261128\"", "\"20260230\"", Fault::NotADay { field: field("salesDt"), value: "20260230".into() });
    check(
        "\"prchrAcptcYn\":\"N\",\n",
        "\"prchrAcptcYn\":\"?\",\n",
        Fault::NotYesOrNo { field: field("prchrAcptcYn"), value: "?".into() },
    );
    check("\"invcNo\":41", "\"invcNo\":-1", Fault::NotANumber { field: field("invcNo"), value: "-1".into() });
    check(
        "\"custNm\":\"Inzira Ltd\"",
        "\"custNm\":true",
        Fault::NotAText { field: field("custNm"), value: "true".into() },
    );
    check("{\"rptNo\":1,\"prchrAcptcYn\":\"N\"}", "7", Fault::NotAList { field: field("receipt") });
    for broken in ["", "[]", "{", "{\"invcNo\":1", "null", "\u{0}"] {
        let fault = read_request::<SaveSale>(broken.as_bytes()).unwrap_err();
        assert!(matches!(fault, Fault::NotAnObject { .. }), "{broken}: {fault:?}");
    }
    let part = br#"{"itemCd":"A","cpstItemCd":"B","cpstQty":"1.50","regrId":"a","regrNm":"b"}"#;
    let part = write_request(&read_request::<Composition>(part).unwrap()).unwrap();
    assert_eq!(part, r#"{"itemCd":"A","cpstItemCd":"B","cpstQty":1.5,"regrId":"a","regrNm":"b"}"#);
    let seller = Seller { tin: "1234567890".into(), branch: "00".into(), key: None };
    let request = Request { seller: Some(seller), message: LookUpTaxpayer { tin: "123456789".into() } };
    assert_eq!(write_request(&request), Err(long("tin", 9, 10)));
}

#[test]
fn any_number_of_zeros_is_success_and_an_error_has_no_data() {
    for code in ["0", "00", "000", "0000"] {
        let text = format!(r#"{{"resultCd":"{code}","resultMsg":null,"resultDt":"?","data":{{"custList":[]}}}}"#);
        let answer = read_answer::<Taxpayers>(text.as_bytes()).unwrap();
        assert_eq!(answer.data, Some(Taxpayers { taxpayers: vec![] }));
        assert_eq!(rwanda().advice(&answer.code), Advice::Store);
    }
    let answer = read_answer::<Signed>(br#"{"resultCd":994,"data":"duplicate"}"#).unwrap();
    assert_eq!((answer.code.as_str(), answer.data), ("994", None));
    assert!(read_answer::<Signed>(br#"{"resultMsg":"?"}"#).is_err());
    let cut = br#"{"resultCd":"000","data":{"rcptNo":1,"totRcptNo":2,"intrlData":"A"}}"#;
    assert_eq!(read_answer::<Signed>(cut), Err(Fault::Missing { field: "data.rcptSign".into() }));
    assert!(!is_success("") && !is_success("001"));
}

#[test]
fn every_documented_code_has_its_advice() {
    let pack = rwanda();
    let cases = [
        ("000", Advice::Store),
        ("001", Advice::EmptyList),
        ("883", Advice::AskPurchaseCode),
        ("894", Advice::BackOff),
        ("902", Advice::Operator),
        ("910", Advice::Correct),
        ("921", Advice::Accountant),
        ("922", Advice::Reorder),
        ("924", Advice::Reconcile),
        ("994", Advice::Reconcile),
        ("999", Advice::FewTimes),
        ("777", Advice::Park),
        ("", Advice::Park),
    ];
    for (code, advice) in cases {
        assert_eq!(pack.advice(code), advice, "{code}");
    }
    for (file, table) in [("country/rw/vsdc.toml", ""), ("country/ke/etims.toml", "kenya-etims-oscu/")] {
        let Some(path) = reference(&format!("rra-ebm-vsdc/{table}codes/api-response-code.csv")) else { return };
        let pack = country(file);
        let rows: Vec<_> = csv::Reader::from_path(path).unwrap().into_records().map(Result::unwrap).collect();
        let unknown: Vec<_> = rows.iter().filter(|row| pack.advice(&row[0]) == Advice::Park).collect();
        eprintln!("{file}: {} published codes, without advice: {unknown:?}", rows.len());
        assert!(unknown.is_empty() && rows.len() == 25);
        let path = reference(&format!("rra-ebm-vsdc/{table}codes/tax-type.csv")).unwrap();
        let letters: Vec<_> =
            csv::Reader::from_path(path).unwrap().into_records().map(|r| r.unwrap()[0].to_owned()).collect();
        assert_eq!(pack.letters.iter().map(|l| l.letter.clone()).collect::<Vec<_>>(), letters);
    }
}

#[test]
fn the_letters_have_the_rates_of_the_tax_classes() {
    let taxes = Taxes::from_table(&fs::read_to_string(own("country/rw/tax.txt")).unwrap()).unwrap();
    // Classes that the device does not tell apart share a letter.
    let known: BTreeSet<(String, Decimal)> =
        taxes.on(day("2026-11-28")).map(|class| (class.letter.clone(), class.rate)).collect();
    let letters: BTreeSet<(String, Decimal)> = rwanda().letters.into_iter().map(|l| (l.letter, l.rate)).collect();
    assert_eq!(letters, known);
}

#[test]
fn a_broken_pack_is_refused_with_its_line() {
    let text = fs::read_to_string(own("country/rw/vsdc.toml")).unwrap();
    let check = |from: &str, to: &str, cause: &str| {
        let at = text.find(from).unwrap_or_else(|| panic!("{from}"));
        let line = text[..at].matches('\n').count() + 1;
        let fault = Pack::read(&text.replacen(from, to, 1)).unwrap_err();
        assert_eq!(fault.line, line, "{from} → {to}: {fault:?}");
        assert!(fault.cause.contains(cause), "{fault:?}");
    };
    check("894 = \"back-off\"", "894 = \"back off\"", "“back off”");
    check("894 = \"back-off\"", "8940 = \"back-off\"", "8940");
    check("B = \"18\"", "B = \"18 %\"", "“18 %”");
    check("B = \"18\"", "b = \"18\"", "rate");
    check("scale = 2", "scale = 3", "3");
    check("utc_offset_h = 2", "utc_offset_h = 99", "");
    check("offline_h = 24", "offline = 24", "offline");
    check("identity = \"body\"", "identity = \"mouth\"", "mouth");
    check("save-sale = \"/trnsSales/saveSales\"", "save-sales = \"/trnsSales/saveSales\"", "save-sales");
    check("save-sale = \"/trnsSales/saveSales\"", "save-sale = \"trnsSales/saveSales\"", "path");
    check("\"/selectInitOsdcInfo\"", "7", "");
    let lacking = text.replacen("moves = \"/stock/selectStockItems\"\n", "", 1);
    let fault = Pack::read(&lacking).unwrap_err();
    assert!(fault.cause.contains("vsdc: Moves"), "{fault:?}");
    assert!(text.lines().nth(fault.line - 1).unwrap().contains("[paths.vsdc]"), "{fault:?}");

    let pack = rwanda();
    assert_eq!(pack.ways().collect::<Vec<_>>(), ["osdc", "vsdc"]);
    assert_eq!(pack.path("vsdc", Purpose::SaveSale), Some("/trnsSales/saveSales"));
    assert_eq!(pack.path("osdc", Purpose::SaveSale), Some("/saveTrnsSalesOsdc"));
    assert_eq!(pack.path("oscu", Purpose::SaveSale), None);
    let other = pack.with_path("vsdc", Purpose::SaveMove, "/saveStockItems/saveStockItems");
    assert_eq!(other.path("vsdc", Purpose::SaveMove), Some("/saveStockItems/saveStockItems"));
}

#[test]
fn the_block_of_the_device_is_printed_in_its_form() {
    let answer =
        br#"{"resultCd":"000","data":{"curRcptNo":"27","totRcptNo":"32","intrlData":"ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        "rcptSign":"0123456789ABCDEF","sdcDateTime":"20261128091005"}}"#;
    let signed = read_answer::<Signed>(answer).unwrap().data.unwrap();
    let device = br#"{"resultCd":"000","data":{"info":{"tin":"123456789","bhfId":"00","sdicId":"SDC001000000",
        "mrcNo":"IDE00000001","lastSaleInvcNo":41,"lastInvcNo":"44"}}}"#;
    let device = read_answer::<Initialised>(device).unwrap().data.unwrap().info;
    assert_eq!((device.last_sale_invoice, device.last_invoice), (Some(41), Some(44)));
    let pack = rwanda();
    let receipt = signed.receipt(&device, &pack).unwrap();
    // 09:10:05 in Kigali.
    assert_eq!(receipt.signed_at, Instant::from_micros(1_795_849_805_000_000));
    let printed = Printed::of(&receipt, Label::of("N", "R").unwrap(), &pack).unwrap();
    let shown = [
        &printed.day,
        &printed.time,
        &printed.sdc,
        &printed.mrc,
        &printed.count.to_string(),
        &printed.internal_data,
        &printed.signature,
        &printed.invoice_number,
        &printed.qr.to_string(),
    ];
    let expected = [
        "28/11/2026",
        "09:10:05",
        "SDC001000000",
        "IDE00000001",
        "27/32 NR",
        "ABCD-EFGH-IJKL-MNOP-QRST-UVWX-YZ",
        "0123-4567-89AB-CDEF",
        "SDC001000000/27",
        "28112026#091005#SDC001000000#27#ABCDEFGHIJKLMNOPQRSTUVWXYZ#0123456789ABCDEF",
    ];
    assert_eq!(shown, expected);

    assert_eq!(Qr::read(&printed.qr.to_string()), Some(printed.qr.clone()));
    let grouped = "28112026#091005#SDC001000000#27#ABCD-EFGH-IJKL-MNOP-QRST-UVWX-YZ#0123-4567-89AB-CDEF\n";
    assert_eq!(Qr::read(grouped), Some(printed.qr));
    for odd in [
        "",
        "#####",
        "28112026#091005#S#27#A",
        "28132026#091005#S#27#A#B",
        "2811202é#091005#S#27#A#B",
        "28112026#0910#S#27#A#B",
    ] {
        assert_eq!(Qr::read(odd), None, "{odd}");
    }
    let labels =
        [("N", "S"), ("N", "R"), ("C", "S"), ("C", "R"), ("T", "S"), ("T", "R"), ("P", "S"), ("P", "R"), ("X", "")];
    let codes = labels.map(|(sale, receipt)| Label::of(sale, receipt).map(Label::code));
    let expected = ["NS", "NR", "CS", "CR", "TS", "TR", "PS"].map(Some);
    assert_eq!((&codes[..7], &codes[7..]), (&expected[..], &[None, None][..]));
    assert_eq!(Label::NormalRefund.copy(), Some(Label::CopyRefund));
    assert!(Label::Proforma.is_unofficial() && !Label::NormalSale.is_unofficial());
}

#[test]
fn a_number_is_read_exactly_or_refused() {
    let check = |written: &str, read: Option<&str>| {
        let text =
            format!(r#"{{"itemCd":"A","rsdQty":{written},"regrId":"a","regrNm":"a","modrId":"a","modrNm":"a"}}"#);
        let found = read_request::<SaveBalance>(text.as_bytes()).map(|r| r.message.quantity.normalize().to_string());
        assert_eq!(found.ok().as_deref(), read, "{written}");
    };
    check("274576.27", Some("274576.27"));
    check("\"12.50\"", Some("12.5"));
    check("1E2", Some("100"));
    check("15e-1", Some("1.5"));
    check("79228162514264337593543950335", Some("79228162514264337593543950335"));
    check("79228162514264337593543950336", None);
    check("0.12345678901234567890123456789012", None);
    check("1.2345678901234567890123456789e-9", None);
    check("1e9999", None);
    check("1e-9999", None);
    check("\"1,000\"", None);
    check("true", None);
}

#[test]
fn an_answer_moves_its_submission() {
    let pack = rwanda();
    let device = br#"{"resultCd":"000","data":{"info":{"tin":"123456789","bhfId":"00","sdcId":"SDC001000000",
        "mrcNo":"IDE00000001","lastSaleInvcNo":41,"lastInvcNo":40}}}"#;
    let device = read_answer::<Initialised>(device).unwrap().data.unwrap().info;
    assert_eq!(device.last_number(), Some(41));
    let now = Instant::from_micros(0);
    let sent = Submission::new(41, now).after(Event::Send, now, &pack.limits).unwrap();
    let signed = r#"{"resultCd":"000","data":{"rcptNo":1,"totRcptNo":1,"intrlData":"A","rcptSign":"B",
        "vsdcRcptPbctDate":"20261128091005"}}"#;
    let check = |answer: &str, told: &str| {
        let event = outcome(answer.as_bytes(), 1, &device, &pack);
        let after = sent.after(event, now, &pack.limits).unwrap();
        let state = match after.state {
            State::Fiscalised { receipt, .. } => format!("fiscalised {}", receipt.unwrap().sdc),
            State::Unknown { doubt, .. } => format!("unknown {doubt:?}"),
            State::Refused { code, ask, .. } => format!("refused {code} {ask:?}"),
            State::Waiting { not_before } => format!("waiting {} s", not_before.micros() / 1_000_000),
            state => format!("{state:?}"),
        };
        assert_eq!(state, told, "{answer}");
    };
    check(signed, "fiscalised SDC001000000");
    check(&signed.replace(r#""000""#, r#""0""#), "fiscalised SDC001000000");
    check(&signed.replace("rcptSign", "sign"), "unknown NoReceipt");
    check(r#"{"resultCd":"000","data":null}"#, "unknown NoReceipt");
    check("<html>502 Bad Gateway</html>", "unknown NoReceipt");
    check(r#"{"resultCd":"994","resultMsg":"Duplicate","data":null}"#, "unknown Duplicate");
    check(r#"{"resultCd":"894"}"#, "waiting 30 s");
    check(r#"{"resultCd":"882"}"#, "refused 882 NewPurchaseCode");
}
