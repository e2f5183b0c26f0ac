//! Customers, users and insurers of a branch, as the device keeps them (§3.3).

use super::wire::{c, messages, n};

messages! {
    /// Saves a customer of the branch.
    pub struct Customer {
        number: String = "custNo", c(9);
        tin: String = "custTin", c(9);
        name: String = "custNm", c(60);
        address: Option<String> = "adrs", c(300);
        telephone: Option<String> = "telNo", c(20);
        email: Option<String> = "email", c(50);
        fax: Option<String> = "faxNo", c(20);
        in_use: bool = "useYn", c(1);
        remark: Option<String> = "remark", c(1000);
        registered_by: String = "regrId", c(20);
        registered_by_name: String = "regrNm", c(60);
        changed_by: String = "modrId", c(20);
        changed_by_name: String = "modrNm", c(60);
    }

    /// Saves a user of the branch.
    pub struct User {
        user: String = "userId", c(20);
        name: String = "userNm", c(60);
        /// A secret.
        password: String = "pwd", c(255);
        address: Option<String> = "adrs", c(200);
        contact: Option<String> = "cntc", c(20);
        rights: Option<String> = "authCd", c(100);
        remark: Option<String> = "remark", c(2000);
        in_use: bool = "useYn", c(1);
        registered_by: String = "regrId", c(20);
        registered_by_name: String = "regrNm", c(60);
        changed_by: String = "modrId", c(20);
        changed_by_name: String = "modrNm", c(60);
    }

    /// Saves an insurer of the branch.
    pub struct Insurer {
        code: String = "isrccCd", c(10);
        name: String = "isrccNm", c(100);
        /// In per cent.
        rate: u64 = "isrcRt", n(3, 0);
        in_use: bool = "useYn", c(1);
        registered_by: String = "regrId", c(20);
        registered_by_name: String = "regrNm", c(60);
        changed_by: String = "modrId", c(20);
        changed_by_name: String = "modrNm", c(60);
    }
}
