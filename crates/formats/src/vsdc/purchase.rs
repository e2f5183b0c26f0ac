//! Purchases: what sellers reported about us, and what we confirm of it (§3.7).

use jiff::civil::DateTime;
use receivables::Date;
use rust_decimal::Decimal;

use super::sums::{LineAmounts, Sums};
use super::wire::{c, inner, messages, n};

messages! {
    /// Sales that others reported to us.
    pub struct ReportedSales {
        sales: Vec<Reported> = "saleList", inner();
    }

    /// A sale to us. Its moments have another format than everywhere else: `yyyy-MM-dd HH:mm:ss`.
    pub struct Reported {
        supplier_tin: String = "spplrTin", c(9);
        supplier: Option<String> = "spplrNm", c(60);
        supplier_branch: Option<String> = "spplrBhfId", c(2);
        supplier_number: u64 = "spplrInvcNo", n(38, 0);
        supplier_sdc: Option<String> = "spplrSdcId", c(12).or_out();
        supplier_mrc: Option<String> = "spplrMrcNo", c(11).or_out();
        purchase_code: Option<String> = "prcOrdCd", c(6).or_out();
        /// S sale, R refund.
        receipt_type: String = "rcptTyCd", c(5);
        payment: Option<String> = "pmtTyCd", c(5);
        confirmed_at: Option<DateTime> = "cfmDt", c(19);
        sold_on: Date = "salesDt", c(8);
        stock_released_at: Option<DateTime> = "stockRlsDt", c(19);
        item_count: u64 = "totItemCnt", n(10, 0);
        sums: Sums = "taxblAmt", inner();
        remark: Option<String> = "remark", c(400);
        lines: Vec<ReportedLine> = "itemList", inner();
    }

    /// A line of a reported sale.
    pub struct ReportedLine {
        no: u64 = "itemSeq", n(3, 0);
        item: Option<String> = "itemCd", c(20);
        class: Option<String> = "itemClsCd", c(10);
        name: Option<String> = "itemNm", c(200);
        barcode: Option<String> = "bcd", c(20);
        packaging: Option<String> = "pkgUnitCd", c(5);
        packages: Decimal = "pkg", n(13, 2).or_zero();
        unit: Option<String> = "qtyUnitCd", c(5);
        quantity: Decimal = "qty", n(13, 2);
        price: Decimal = "prc", n(18, 2);
        supply: Decimal = "splyAmt", n(18, 2);
        discount_rate: Decimal = "dcRt", n(5, 2).or_zero();
        discount: Decimal = "dcAmt", n(18, 2).or_zero();
        tax_letter: String = "taxTyCd", c(5);
        taxable: Decimal = "taxblAmt", n(18, 2);
        tax: Decimal = "taxAmt", n(18, 2);
        total: Decimal = "totAmt", n(18, 2);
    }

    /// Confirms a reported purchase, or enters one by hand.
    pub struct SavePurchase {
        number: u64 = "invcNo", n(38, 0);
        original: u64 = "orgInvcNo", n(38, 0);
        supplier_tin: Option<String> = "spplrTin", c(9);
        supplier_branch: Option<String> = "spplrBhfId", c(2);
        supplier: Option<String> = "spplrNm", c(60);
        supplier_number: Option<u64> = "spplrInvcNo", n(38, 0);
        supplier_sdc: Option<String> = "spplrSdcId", c(12);
        /// A automatic, M manual.
        registration: String = "regTyCd", c(5);
        /// N normal.
        purchase_type: String = "pchsTyCd", c(5);
        /// P purchase, R refund.
        receipt_type: String = "rcptTyCd", c(5);
        payment: Option<String> = "pmtTyCd", c(5);
        status: String = "pchsSttsCd", c(5);
        confirmed_at: Option<DateTime> = "cfmDt", c(14);
        bought_on: Date = "pchsDt", c(8);
        warehoused_at: Option<DateTime> = "wrhsDt", c(14).or_blank();
        cancel_asked_at: Option<DateTime> = "cnclReqDt", c(14).or_blank();
        cancelled_at: Option<DateTime> = "cnclDt", c(14).or_blank();
        refunded_at: Option<DateTime> = "rfdDt", c(14).or_blank();
        item_count: u64 = "totItemCnt", n(10, 0);
        sums: Sums = "taxblAmt", inner();
        remark: Option<String> = "remark", c(400);
        registered_by: String = "regrId", c(20);
        registered_by_name: String = "regrNm", c(60);
        changed_by: String = "modrId", c(20);
        changed_by_name: String = "modrNm", c(60);
        lines: Vec<PurchaseLine> = "itemList", inner();
    }

    /// A line of a purchase, under our code and the supplier's.
    pub struct PurchaseLine {
        no: u64 = "itemSeq", n(3, 0);
        item: Option<String> = "itemCd", c(20);
        class: Option<String> = "itemClsCd", c(10);
        name: String = "itemNm", c(200);
        barcode: Option<String> = "bcd", c(20).or_blank();
        supplier_class: Option<String> = "spplrItemClsCd", c(10);
        supplier_item: Option<String> = "spplrItemCd", c(20);
        supplier_name: Option<String> = "spplrItemNm", c(200);
        packaging: Option<String> = "pkgUnitCd", c(5);
        packages: Decimal = "pkg", n(13, 2);
        unit: Option<String> = "qtyUnitCd", c(5);
        quantity: Decimal = "qty", n(13, 2);
        price: Decimal = "prc", n(18, 2);
        supply: Decimal = "splyAmt", n(18, 2);
        discount_rate: Decimal = "dcRt", n(5, 2).or_zero();
        discount: Decimal = "dcAmt", n(18, 2).or_zero();
        taxable: Decimal = "taxblAmt", n(18, 2);
        tax_letter: String = "taxTyCd", c(5);
        tax: Decimal = "taxAmt", n(18, 2);
        total: Decimal = "totAmt", n(18, 2);
        expires_on: Option<Date> = "itemExprDt", c(8);
    }
}

impl ReportedLine {
    /// What it adds to the totals.
    pub fn amounts(&self) -> LineAmounts<'_> {
        LineAmounts { letter: &self.tax_letter, taxable: self.taxable, tax: self.tax, total: self.total }
    }
}

impl PurchaseLine {
    /// What it adds to the totals.
    pub fn amounts(&self) -> LineAmounts<'_> {
        LineAmounts { letter: &self.tax_letter, taxable: self.taxable, tax: self.tax, total: self.total }
    }
}
