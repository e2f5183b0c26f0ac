//! A sale or a refund, and the receipt that the device signs for it (§3.5).

use jiff::civil::DateTime;
use receivables::Date;
use receivables::billing::credit_note::Reason;
use rust_decimal::Decimal;

use super::Fault;
use super::sums::{LineAmounts, Sums};
use super::wire::{c, inner, messages, n};

messages! {
    /// Reports a sale, or its refund with amounts above zero.
    pub struct SaveSale {
        /// The seller's running number, once in a branch; every retry has the same.
        number: u64 = "invcNo", n(38, 0);
        /// The number of the sale that is refunded; 0 for a sale.
        original: u64 = "orgInvcNo", n(38, 0);
        /// Kenya: the seller's own number of the document.
        trader_number: Option<String> = "trdInvcNo", c(50).or_out();
        buyer_tin: Option<String> = "custTin", c(9);
        /// The buyer's six characters for this seller, needed where the buyer has a TIN.
        purchase_code: Option<String> = "prcOrdCd", c(6).or_out();
        buyer: Option<String> = "custNm", c(60);
        /// C copy, N normal, P proforma, T training.
        sale_type: String = "salesTyCd", c(5);
        /// S sale, R refund.
        receipt_type: String = "rcptTyCd", c(5);
        /// 01 cash, 02 credit, 03 both, 04 cheque, 05 card, 06 mobile money, 07 other.
        payment: Option<String> = "pmtTyCd", c(5);
        /// 02 approved; 05 refunded in one integration.
        status: String = "salesSttsCd", c(5);
        confirmed_at: DateTime = "cfmDt", c(14);
        sold_on: Date = "salesDt", c(8);
        stock_released_at: Option<DateTime> = "stockRlsDt", c(14);
        cancel_asked_at: Option<DateTime> = "cnclReqDt", c(14);
        cancelled_at: Option<DateTime> = "cnclDt", c(14);
        refunded_at: Option<DateTime> = "rfdDt", c(14);
        refund_reason: Option<String> = "rfdRsnCd", c(5);
        item_count: u64 = "totItemCnt", n(10, 0);
        sums: Sums = "taxblAmt", inner();
        buyer_accepted: bool = "prchrAcptcYn", c(1);
        remark: Option<String> = "remark", c(400);
        registered_by: String = "regrId", c(20);
        registered_by_name: String = "regrNm", c(60);
        changed_by: String = "modrId", c(20);
        changed_by_name: String = "modrNm", c(60);
        receipt: Receipt = "receipt", inner();
        lines: Vec<SaleLine> = "itemList", inner();
    }

    /// What the receipt says besides its lines.
    pub struct Receipt {
        buyer_tin: Option<String> = "custTin", c(9);
        buyer_mobile: Option<String> = "custMblNo", c(20);
        number: u64 = "rptNo", n(38, 0).or_zero();
        /// Kenya: when it was printed.
        printed_at: Option<DateTime> = "rcptPbctDt", c(14).or_out();
        trade_name: Option<String> = "trdeNm", c(20);
        address: Option<String> = "adrs", c(200);
        top_message: Option<String> = "topMsg", c(20);
        bottom_message: Option<String> = "btmMsg", c(20);
        buyer_accepted: bool = "prchrAcptcYn", c(1);
    }

    /// A line; prices and amounts with tax.
    pub struct SaleLine {
        no: u64 = "itemSeq", n(3, 0);
        item: String = "itemCd", c(20);
        class: Option<String> = "itemClsCd", c(10);
        name: String = "itemNm", c(200);
        barcode: Option<String> = "bcd", c(20);
        packaging: String = "pkgUnitCd", c(5);
        packages: Decimal = "pkg", n(13, 2);
        unit: String = "qtyUnitCd", c(5);
        quantity: Decimal = "qty", n(13, 2);
        price: Decimal = "prc", n(18, 2);
        supply: Decimal = "splyAmt", n(18, 2);
        /// In per cent.
        discount_rate: Decimal = "dcRt", n(5, 2).or_zero();
        discount: Decimal = "dcAmt", n(18, 2).or_zero();
        insurer: Option<String> = "isrccCd", c(10);
        insurer_name: Option<String> = "isrccNm", c(100);
        /// In per cent.
        insured_rate: Option<u64> = "isrcRt", n(3, 0);
        insured: Option<Decimal> = "isrcAmt", n(18, 2);
        tax_letter: String = "taxTyCd", c(5);
        /// With tax, despite its name.
        taxable: Decimal = "taxblAmt", n(18, 2);
        tax: Decimal = "taxAmt", n(18, 2);
        total: Decimal = "totAmt", n(18, 2);
    }

    /// The signed receipt. All of it is kept and printed.
    pub struct Signed {
        /// Counts the receipts of this label.
        receipt: u64 = "rcptNo" | "curRcptNo", n(38, 0);
        /// Counts all receipts.
        receipts: u64 = "totRcptNo", n(38, 0);
        internal_data: String = "intrlData", c(26);
        signature: String = "rcptSign", c(16);
        /// Local time of the device.
        signed_at: DateTime = "vsdcRcptPbctDate" | "sdcDateTime", c(14);
        /// Not told by the OSDC: then those of initialisation.
        sdc: Option<String> = "sdcId" | "sdicId", c(12).or_out();
        mrc: Option<String> = "mrcNo", c(11).or_out();
    }
}

/// `rfdRsnCd` of the reason for a credit note: table 32, whose order is that of the reasons.
pub fn refund_reason(reason: Reason) -> String {
    let place = Reason::ALL.iter().position(|(known, _)| *known == reason).unwrap_or(Reason::ALL.len() - 1);
    format!("{:02}", place + 1)
}

impl SaveSale {
    /// Refused where the device would refuse it: a total that is not the sum of its lines, a discount without a rate.
    pub fn adds_up(&self) -> Result<(), Fault> {
        let without_rate = |line: &&SaleLine| !line.discount.is_zero() && line.discount_rate.is_zero();
        if let Some(line) = self.lines.iter().find(without_rate) {
            return Err(Fault::DiscountWithoutRate { amount: line.discount });
        }
        self.sums.add_up(self.lines.iter().map(SaleLine::amounts))
    }
}

impl SaleLine {
    /// What it adds to the totals.
    pub fn amounts(&self) -> LineAmounts<'_> {
        LineAmounts { letter: &self.tax_letter, taxable: self.taxable, tax: self.tax, total: self.total }
    }
}
