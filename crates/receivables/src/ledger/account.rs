//! The accounts every company has. Money accounts (bank, wallets, cash) are the company's own, from 1000 up.

/// A ledger account by its number in the database. Numbers are never reused.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Account(pub i32);

macro_rules! accounts {
    ($($name:ident $number:literal $code:literal $title:literal $kind:literal;)*) => {
        impl Account {
            $(#[doc = $title] pub const $name: Account = Account($number);)*
            /// Number, code, English title and kind of each standard account.
            pub const STANDARD: &'static [(Account, &'static str, &'static str, &'static str)] =
                &[$((Account($number), $code, $title, $kind)),*];
        }
    };
}

accounts! {
    RECEIVABLES 1 "receivables" "Receivables" "asset";
    REVENUE 2 "revenue" "Revenue" "income";
    VAT_OUTPUT 3 "vat_output" "VAT output" "liability";
    UNIDENTIFIED 4 "unidentified" "Unidentified receipts" "liability";
    UNAPPLIED 5 "unapplied" "Unapplied receipts" "liability";
    CHARGES 6 "charges" "Bank and wallet charges" "expense";
    BAD_DEBTS 7 "bad_debts" "Bad debts" "expense";
    DIFFERENCES 8 "differences" "Differences within tolerance" "expense";
    EXCHANGE 9 "exchange" "Exchange gains and losses" "income";
    CONVERSION 10 "conversion" "Currency conversion" "clearing";
    OPENING 11 "opening" "Opening balance" "equity";
    RECOVERIES 12 "recoveries" "Recoveries after write-off" "income";
    UNCLAIMED 13 "unclaimed" "Unclaimed credits" "income";
    DISCOUNTS 14 "discounts" "Discounts allowed" "expense";
    VAT_WITHHELD 15 "vat_withheld" "VAT withheld by customers" "asset";
    TAX_WITHHELD 16 "tax_withheld" "Income tax withheld by customers" "asset";
    LATE_CHARGES 17 "late_charges" "Late fees and interest" "income";
    LEVIES 18 "levies" "Levies collected for the state" "liability";
    DEPOSITS 19 "deposits" "Deposits of customers" "liability";
    REVALUATION 20 "revaluation" "Revaluation of receivables" "asset";
    TRANSIT 21 "transit" "Money in transit between own accounts" "asset";
}

impl Account {
    /// The first number of a company's own money accounts.
    pub const FIRST_MONEY: i32 = 1000;

    /// Bank, wallet or cash.
    pub fn is_money(self) -> bool {
        self.0 >= Account::FIRST_MONEY
    }

    /// Receivables and unapplied receipts are kept per customer.
    pub fn is_by_customer(self) -> bool {
        matches!(self, Account::RECEIVABLES | Account::UNAPPLIED)
    }
}
