//! Items that are sold, and what they are made of (§3.4).

use rust_decimal::Decimal;

use super::wire::{c, inner, messages, n};

messages! {
    /// Saves an item. Its code is made once and never used again: origin, product type, packaging, unit, running number.
    pub struct SaveItem {
        code: String = "itemCd", c(20);
        class: String = "itemClsCd", c(10);
        /// 1 raw material, 2 finished product, 3 service without stock.
        product_type: String = "itemTyCd", c(5);
        name: String = "itemNm", c(200);
        standard_name: Option<String> = "itemStdNm", c(200);
        origin: String = "orgnNatCd", c(5);
        packaging: String = "pkgUnitCd", c(5);
        unit: String = "qtyUnitCd", c(5);
        tax_letter: String = "taxTyCd", c(5);
        batch: Option<String> = "btchNo", c(10);
        barcode: Option<String> = "bcd", c(20);
        /// With tax.
        price: Decimal = "dftPrc", n(18, 2);
        price_1: Option<Decimal> = "grpPrcL1", n(18, 2);
        price_2: Option<Decimal> = "grpPrcL2", n(18, 2);
        price_3: Option<Decimal> = "grpPrcL3", n(18, 2);
        price_4: Option<Decimal> = "grpPrcL4", n(18, 2);
        price_5: Option<Decimal> = "grpPrcL5", n(18, 2);
        additional: Option<String> = "addInfo", c(7);
        safety_quantity: Option<Decimal> = "sftyQty", n(13, 2);
        insured: bool = "isrcAplcbYn", c(1);
        in_use: bool = "useYn", c(1);
        registered_by: String = "regrId", c(20);
        registered_by_name: String = "regrNm", c(60);
        changed_by: String = "modrId", c(20);
        changed_by_name: String = "modrNm", c(60);
    }

    /// Items as the authority has them.
    pub struct Items {
        items: Vec<Item> = "itemList", inner();
    }

    /// An item as the authority has it.
    pub struct Item {
        tin: Option<String> = "tin", c(9);
        code: String = "itemCd", c(20);
        class: Option<String> = "itemClsCd", c(10);
        product_type: Option<String> = "itemTyCd", c(5);
        name: Option<String> = "itemNm", c(200);
        standard_name: Option<String> = "itemStdNm", c(200);
        origin: Option<String> = "orgnNatCd", c(5);
        packaging: Option<String> = "pkgUnitCd", c(5);
        unit: Option<String> = "qtyUnitCd", c(5);
        tax_letter: Option<String> = "taxTyCd", c(5);
        batch: Option<String> = "btchNo", c(10);
        registered_at: Option<String> = "regBhfId", c(2);
        barcode: Option<String> = "bcd", c(20);
        price: Option<Decimal> = "dftPrc", n(18, 2);
        price_1: Option<Decimal> = "grpPrcL1", n(18, 2);
        price_2: Option<Decimal> = "grpPrcL2", n(18, 2);
        price_3: Option<Decimal> = "grpPrcL3", n(18, 2);
        price_4: Option<Decimal> = "grpPrcL4", n(18, 2);
        price_5: Option<Decimal> = "grpPrcL5", n(18, 2);
        additional: Option<String> = "addInfo", c(7);
        safety_quantity: Option<Decimal> = "sftyQty", n(13, 2);
        insured: Option<bool> = "isrcAplcbYn", c(1);
        /// The authority changed its class.
        changed_by_authority: Option<bool> = "rraModYn", c(1);
        in_use: Option<bool> = "useYn", c(1);
    }

    /// Saves one part of a composed item.
    pub struct Composition {
        item: String = "itemCd", c(20);
        part: String = "cpstItemCd", c(20);
        quantity: Decimal = "cpstQty", n(13, 2);
        registered_by: String = "regrId", c(20);
        registered_by_name: String = "regrNm", c(60);
    }
}
