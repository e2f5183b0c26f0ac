//! Customs declarations that wait for our items (§3.8).

use rust_decimal::Decimal;

use super::wire::{c, inner, messages, n};

messages! {
    /// Imported items.
    pub struct Imports {
        items: Vec<Import> = "itemList", inner();
    }

    /// An imported item.
    pub struct Import {
        task: String = "taskCd", c(50);
        /// `yyyyMMdd` or, in one sample, `-1`: as written.
        declared_on: Option<String> = "dclDe", c(8);
        no: u64 = "itemSeq", n(10, 0);
        declaration: Option<String> = "dclNo", c(50);
        tariff: Option<String> = "hsCd", c(17);
        name: Option<String> = "itemNm", c(500);
        /// 1 unsent, 2 waiting, 3 approved, 4 cancelled. Kenya spells its field in another case.
        status: Option<String> = "imptItemSttsCd" | "imptItemsttsCd", c(5);
        origin: Option<String> = "orgnNatCd", c(5);
        exported_from: Option<String> = "exptNatCd", c(5);
        packages: Option<Decimal> = "pkg", n(13, 2);
        packaging: Option<String> = "pkgUnitCd", c(5);
        quantity: Option<Decimal> = "qty", n(13, 2);
        unit: Option<String> = "qtyUnitCd", c(5);
        /// In kilograms.
        gross_weight: Option<Decimal> = "totWt", n(13, 2);
        /// In kilograms.
        net_weight: Option<Decimal> = "netWt", n(13, 2);
        supplier: Option<String> = "spplrNm", c(500);
        agent: Option<String> = "agntNm", c(500);
        /// In the currency of the invoice.
        amount: Option<Decimal> = "invcFcurAmt", n(18, 2);
        currency: Option<String> = "invcFcurCd", c(5);
        rate: Option<Decimal> = "invcFcurExcrt", n(18, 2);
    }

    /// Says which item an imported one is, and whether it is ours.
    pub struct UpdateImport {
        task: String = "taskCd", c(50);
        declared_on: String = "dclDe", c(8);
        no: u64 = "itemSeq", n(10, 0);
        tariff: String = "hsCd", c(17);
        class: String = "itemClsCd", c(10);
        item: String = "itemCd", c(20);
        status: String = "imptItemSttsCd" | "imptItemsttsCd", c(5);
        remark: Option<String> = "remark", c(400);
        changed_by: String = "modrId", c(20);
        changed_by_name: String = "modrNm", c(60);
    }
}
