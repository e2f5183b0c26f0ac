//! Stock that moves, and what is left of it (§3.8). A sale comes first (a move before it answers 922), then its move, then
//! the balance.

use receivables::Date;
use rust_decimal::Decimal;

use super::wire::{c, inner, messages, n};

messages! {
    /// Reports a move of stock.
    pub struct SaveMove {
        number: u64 = "sarNo", n(38, 0);
        original: u64 = "orgSarNo", n(38, 0);
        /// A automatic, M manual.
        registration: String = "regTyCd", c(5);
        customer_tin: Option<String> = "custTin", c(9);
        customer: Option<String> = "custNm", c(100);
        customer_branch: Option<String> = "custBhfId", c(2);
        /// In: 01 import, 02 purchase, 03 return, 04 movement, 05 processing, 06 adjustment. Out: 11 sale, 12 return,
        /// 13 movement, 14 processing, 15 discarding, 16 adjustment.
        move_type: String = "sarTyCd", c(5);
        moved_on: Date = "ocrnDt", c(8);
        item_count: u64 = "totItemCnt", n(10, 0);
        taxable: Decimal = "totTaxblAmt", n(18, 2);
        tax: Decimal = "totTaxAmt", n(18, 2);
        total: Decimal = "totAmt", n(18, 2);
        remark: Option<String> = "remark", c(400);
        registered_by: String = "regrId", c(20);
        registered_by_name: String = "regrNm", c(60);
        changed_by: String = "modrId", c(20);
        changed_by_name: String = "modrNm", c(60);
        lines: Vec<MoveLine> = "itemList", inner();
    }

    /// A line of a move.
    pub struct MoveLine {
        no: u64 = "itemSeq", n(3, 0);
        item: String = "itemCd", c(20);
        class: Option<String> = "itemClsCd", c(10);
        name: String = "itemNm", c(200);
        barcode: Option<String> = "bcd", c(20);
        packaging: String = "pkgUnitCd", c(5);
        packages: Decimal = "pkg", n(13, 2);
        unit: String = "qtyUnitCd", c(5);
        quantity: Decimal = "qty", n(13, 2);
        expires_on: Option<Date> = "itemExprDt", c(8);
        price: Decimal = "prc", n(18, 2);
        supply: Decimal = "splyAmt", n(18, 2);
        discount: Decimal = "totDcAmt", n(18, 2).or_zero();
        taxable: Decimal = "taxblAmt", n(18, 2);
        tax_letter: String = "taxTyCd", c(5);
        tax: Decimal = "taxAmt", n(18, 2);
        total: Decimal = "totAmt", n(18, 2);
    }

    /// Reports what is left of one item.
    pub struct SaveBalance {
        item: String = "itemCd", c(20);
        quantity: Decimal = "rsdQty", n(13, 2);
        registered_by: String = "regrId", c(20);
        registered_by_name: String = "regrNm", c(60);
        changed_by: String = "modrId", c(20);
        changed_by_name: String = "modrNm", c(60);
    }

    /// Moves that others addressed to us.
    pub struct StockMoves {
        moves: Vec<StockMove> = "stockList", inner();
    }

    /// A move addressed to us.
    pub struct StockMove {
        customer_tin: Option<String> = "custTin", c(9);
        customer_branch: Option<String> = "custBhfId", c(2);
        number: u64 = "sarNo", n(38, 0);
        moved_on: Date = "ocrnDt", c(8);
        item_count: u64 = "totItemCnt", n(10, 0);
        taxable: Decimal = "totTaxblAmt", n(18, 2);
        tax: Decimal = "totTaxAmt", n(18, 2);
        total: Decimal = "totAmt", n(18, 2);
        remark: Option<String> = "remark", c(400);
        lines: Vec<MoveLine> = "itemList", inner();
    }
}
