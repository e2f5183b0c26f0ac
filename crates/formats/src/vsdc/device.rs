//! What is asked of the device and the authority: initialisation, codes, item classes, taxpayers, branches, notices (§3.1–3.2).

use jiff::civil::DateTime;

use super::wire::{c, inner, messages, n};

messages! {
    /// Asks the device for its identity, once: a second time answers 902.
    pub struct Initialise {
        serial: String = "dvcSrlNo", c(100);
    }

    /// What an initialised device says.
    pub struct Initialised {
        info: Device = "info", inner();
    }

    /// The device, its taxpayer and branch, and its counters.
    pub struct Device {
        tin: String = "tin", c(9);
        taxpayer: Option<String> = "taxprNm", c(60);
        activity: Option<String> = "bsnsActv", c(100);
        branch: String = "bhfId", c(2);
        branch_name: Option<String> = "bhfNm", c(60);
        /// `yyyyMMdd`, as written.
        opened_on: Option<String> = "bhfOpenDt", c(8);
        province: Option<String> = "prvncNm", c(100);
        district: Option<String> = "dstrtNm", c(100);
        sector: Option<String> = "sctrNm", c(100);
        location: Option<String> = "locDesc", c(100);
        head_office: Option<bool> = "hqYn", c(1);
        manager: Option<String> = "mgrNm", c(60);
        manager_telephone: Option<String> = "mgrTelNo", c(20);
        manager_email: Option<String> = "mgrEmail", c(50);
        device: Option<String> = "dvcId", c(20);
        /// Printed on every receipt; the specification also spells its field `sdicId`.
        sdc: Option<String> = "sdcId" | "sdicId", c(12);
        /// Printed on every receipt: three letters and eight digits.
        mrc: Option<String> = "mrcNo", c(11);
        /// A secret: sent with every request to the OSDC.
        key: Option<String> = "cmcKey", c(255);
        internal_key: Option<String> = "intrlKey", c(255).or_out();
        sign_key: Option<String> = "signKey", c(255).or_out();
        last_sale_invoice: Option<u64> = "lastSaleInvcNo", n(38, 0).or_out();
        last_purchase_invoice: Option<u64> = "lastPchsInvcNo", n(38, 0).or_out();
        last_sale_receipt: Option<u64> = "lastSaleRcptNo", n(38, 0).or_out();
        last_invoice: Option<u64> = "lastInvcNo", n(38, 0).or_out();
        last_training_invoice: Option<u64> = "lastTrainInvcNo", n(38, 0).or_out();
        last_proforma_invoice: Option<u64> = "lastProfrmInvcNo", n(38, 0).or_out();
        last_copy_invoice: Option<u64> = "lastCopyInvcNo", n(38, 0).or_out();
    }

    /// Asks for what changed since a moment (local time): codes, classes, branches, notices, items, imports, purchases,
    /// moves of stock.
    pub struct Since {
        since: DateTime = "lastReqDt", c(14);
    }

    /// Code tables.
    pub struct Codes {
        classes: Vec<CodeClass> = "clsList", inner();
    }

    /// One code table.
    pub struct CodeClass {
        class: String = "cdCls", c(2);
        name: Option<String> = "cdClsNm", c(60);
        about: Option<String> = "cdClsDesc", c(500);
        in_use: Option<bool> = "useYn", c(1);
        user_name_1: Option<String> = "userDfnNm1", c(60);
        user_name_2: Option<String> = "userDfnNm2", c(60);
        user_name_3: Option<String> = "userDfnNm3", c(60);
        codes: Vec<Code> = "dtlList", inner();
    }

    /// One code.
    pub struct Code {
        code: String = "cd", c(5);
        name: Option<String> = "cdNm", c(60);
        about: Option<String> = "cdDesc", c(500);
        in_use: Option<bool> = "useYn", c(1);
        order: Option<u64> = "srtOrd", n(5, 0);
        /// In table 04, the rate of the tax letter in per cent.
        user_1: Option<String> = "userDfnCd1", c(20);
        user_2: Option<String> = "userDfnCd2", c(20);
        user_3: Option<String> = "userDfnCd3", c(20);
    }

    /// Classes of goods and services.
    pub struct Classes {
        classes: Vec<Class> = "itemClsList", inner();
    }

    /// A class after UNSPSC.
    pub struct Class {
        code: String = "itemClsCd", c(10);
        name: Option<String> = "itemClsNm", c(200);
        level: Option<u64> = "itemClsLvl", n(5, 0);
        tax_letter: Option<String> = "taxTyCd", c(5);
        major_target: Option<bool> = "mjrTgYn", c(1);
        in_use: Option<bool> = "useYn", c(1);
    }

    /// Asks who holds a TIN.
    pub struct LookUpTaxpayer {
        tin: String = "custmTin", c(9);
    }

    /// Who holds it: one, or none.
    pub struct Taxpayers {
        taxpayers: Vec<Taxpayer> = "custList", inner();
    }

    /// A taxpayer; status `A` is active, `D` is not.
    pub struct Taxpayer {
        tin: String = "tin", c(9);
        name: Option<String> = "taxprNm", c(60);
        status: Option<String> = "taxprSttsCd", c(5);
        province: Option<String> = "prvncNm", c(100);
        district: Option<String> = "dstrtNm", c(100);
        sector: Option<String> = "sctrNm", c(100);
        location: Option<String> = "locDesc", c(100);
    }

    /// Branches of the seller.
    pub struct Branches {
        branches: Vec<Branch> = "bhfList", inner();
    }

    /// A branch.
    pub struct Branch {
        tin: String = "tin", c(9);
        branch: String = "bhfId", c(2);
        name: Option<String> = "bhfNm", c(60);
        status: Option<String> = "bhfSttsCd", c(5);
        province: Option<String> = "prvncNm", c(100);
        district: Option<String> = "dstrtNm", c(100);
        sector: Option<String> = "sctrNm", c(100);
        location: Option<String> = "locDesc", c(100);
        manager: Option<String> = "mgrNm", c(60);
        manager_telephone: Option<String> = "mgrTelNo", c(20);
        manager_email: Option<String> = "mgrEmail", c(50);
        head_office: Option<bool> = "hqYn", c(1);
    }

    /// Notices of the authority.
    pub struct Notices {
        notices: Vec<Notice> = "noticeList", inner();
    }

    /// A notice.
    pub struct Notice {
        number: u64 = "noticeNo", n(38, 0);
        title: Option<String> = "title", c(1000);
        text: Option<String> = "cont", c(4000);
        url: Option<String> = "dtlUrl", c(200);
        author: Option<String> = "regrNm", c(60);
        at: Option<DateTime> = "regDt", c(14);
    }
}

impl Device {
    /// The last number the device knows of ours, for deciding about a sale of which nobody heard; `None` where it tells none.
    /// Of its two counters the higher: too high makes a person look, too low would send again.
    pub fn last_number(&self) -> Option<u64> {
        self.last_sale_invoice.max(self.last_invoice)
    }
}
