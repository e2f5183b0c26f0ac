//! The one table of rights: which role may do what, and with whose accounts. Every door asks here, through the action.

use std::fmt;

/// How far a right goes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Reach {
    Nothing,
    /// Accounts that the person works, and those that nobody works.
    Own,
    /// Every account of the company.
    Company,
}

macro_rules! rights {
    (@reach) => { Reach::Company };
    (@reach own) => { Reach::Own };
    ($($right:ident $name:literal [$($role:ident $($reach:ident)?),*];)*) => {
        /// What an action needs; its name is the verb in the audit log.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub enum Right { $(#[doc = $name] $right),* }

        impl Right {
            pub fn name(self) -> &'static str {
                match self { $(Right::$right => $name),* }
            }

            /// Every right with the roles that have it, and how far it goes for each. A right without a role is the
            /// administrator's.
            pub const TABLE: &'static [(Right, &'static [(Role, Reach)])] =
                &[$((Right::$right, &[$((Role::$role, rights!(@reach $($reach)?))),*])),*];
        }
    };
}

/// What a person is hired for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Role {
    Admin,
    Manager,
    Biller,
    Cashier,
    Collector,
    Credit,
    Legal,
    /// Reads everything, changes nothing.
    Auditor,
}

impl Role {
    pub const ALL: [(Role, &'static str); 8] = [
        (Role::Admin, "admin"),
        (Role::Manager, "manager"),
        (Role::Biller, "biller"),
        (Role::Cashier, "cashier"),
        (Role::Collector, "collector"),
        (Role::Credit, "credit"),
        (Role::Legal, "legal"),
        (Role::Auditor, "auditor"),
    ];

    pub fn name(self) -> &'static str {
        Role::ALL.iter().find(|(role, _)| *role == self).map_or("", |(_, name)| name)
    }

    pub fn from_name(name: &str) -> Option<Role> {
        Role::ALL.iter().find(|(_, known)| *known == name).map(|(role, _)| *role)
    }
}

/// The roles of one person. Written as their names with a space between.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub struct Roles(u16);

impl Roles {
    pub fn with(self, role: Role) -> Roles {
        Roles(self.0 | 1 << role as u16)
    }

    pub fn has(self, role: Role) -> bool {
        self.0 & 1 << role as u16 != 0
    }

    pub fn iter(self) -> impl Iterator<Item = Role> {
        Role::ALL.into_iter().map(|(role, _)| role).filter(move |role| self.has(*role))
    }

    /// What whoever opens the book by command holds, and the founder of a company: everything.
    pub fn all() -> Roles {
        Role::ALL.into_iter().fold(Roles::default(), |roles, (role, _)| roles.with(role))
    }

    /// The names in a text; `Err` is the first that is none, or the whole text where it names nobody.
    pub fn from_text(text: &str) -> Result<Roles, String> {
        let mut roles = Roles::default();
        for name in text.split([' ', ',']).filter(|name| !name.is_empty()) {
            roles = roles.with(Role::from_name(name).ok_or_else(|| name.to_owned())?);
        }
        if roles == Roles::default() { Err(text.to_owned()) } else { Ok(roles) }
    }

    /// How far the right goes: as far as for the role that has most of it.
    pub fn reach(self, right: Right) -> Reach {
        let Some((_, roles)) = Right::TABLE.iter().find(|(known, _)| *known == right) else { return Reach::Nothing };
        if roles.is_empty() && self.has(Role::Admin) {
            return Reach::Company;
        }
        roles.iter().filter(|(role, _)| self.has(*role)).map(|(_, reach)| *reach).max().unwrap_or(Reach::Nothing)
    }
}

impl From<Role> for Roles {
    fn from(role: Role) -> Roles {
        Roles::default().with(role)
    }
}

impl fmt::Display for Roles {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.iter().map(Role::name).collect();
        f.write_str(&names.join(" "))
    }
}

impl fmt::Debug for Roles {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Roles({self})")
    }
}

rights! {
    Read "read" [Admin, Manager, Biller, Cashier, Collector, Credit, Legal, Auditor];
    OwnAccount "own account" [Admin, Manager, Biller, Cashier, Collector, Credit, Legal, Auditor];
    CompanyInit "company init" [];
    UserList "user list" [Admin, Manager, Auditor];
    UserAdd "user add" [];
    UserChange "user change" [];
    UserRole "user role" [];
    UserDeactivate "user deactivate" [];
    UserReactivate "user reactivate" [];
    UserLink "user link" [];
    UserForget "user forget-second-factor" [];
    UserSessions "user sessions" [];
    UserReads "user reads" [Admin, Auditor];
    AccountAdd "account add" [Admin, Manager];
    AccountProfile "account profile" [Admin, Manager, Cashier];
    AccountNumber "account number" [Admin, Manager];
    CustomerSave "customer save" [Manager, Biller];
    CustomerAssign "customer assign" [Manager];
    ImportCustomers "import customers" [Manager, Biller];
    ImportInvoices "import invoices" [Biller];
    ImportReceipts "import receipts" [Cashier];
    ImportRates "import rates" [Manager, Biller, Cashier];
    RateCorrect "rate correct" [Manager];
    InvoiceIssue "invoice issue" [Biller];
    InvoiceCredit "invoice credit" [Manager, Biller];
    ReceiptRecord "receipt record" [Cashier];
    ReceiptIdentify "receipt identify" [Manager, Cashier];
    ReceiptReturn "receipt return" [Manager, Cashier];
    RefundAdd "receipt refund" [Manager];
    RefundReverse "receipt refund-reverse" [Manager];
    StatementImport "statement import" [Manager, Cashier];
    PayerSave "payer save" [Manager, Cashier];
    TransferSave "transfer save" [Manager, Cashier];
    StatementClear "statement clear" [Manager, Cashier];
    StatementRecord "statement record" [Cashier];
    CashApply "cash apply" [Manager, Cashier];
    AllocationAdd "allocation add" [Manager, Cashier];
    AllocationReverse "allocation reverse" [Manager, Cashier];
    WriteOff "write-off" [Manager];
    PeriodClose "period close" [Manager];
    PeriodReopen "period reopen" [];
    RevaluationPost "revaluation post" [Manager];
    JournalOutMap "journal-out map" [Manager];
    JournalOutMake "journal-out make" [Manager];
    PromiseAdd "promise add" [Manager, Collector own, Legal];
    DisputeAdd "dispute add" [Manager, Biller, Collector own, Legal];
    DisputeEnd "dispute end" [Manager, Biller, Collector own, Legal];
    CertificateSave "certificate save" [Manager, Biller, Cashier, Collector];
    InvoiceFileNeed "invoice-file need" [Manager, Biller];
    InvoiceFileSay "invoice-file say" [Manager, Biller, Collector own];
    LateChargeRaise "late-charge raise" [Manager, Biller];
    LateChargeWaive "late-charge waive" [Manager];
    ContractSave "contract save" [Manager, Biller];
    ContractRun "contract run" [Manager, Biller];
    MeterRead "meter read" [Manager, Biller];
    UnbilledSave "unbilled save" [Manager, Biller];
    QuoteMake "quote make" [Manager, Biller];
    InvoiceVoid "invoice void" [Manager, Biller];
    InvoiceReissue "invoice reissue" [Manager, Biller];
    InvoiceDebit "invoice debit" [Manager, Biller];
    DeviceSave "ebm device" [];
    FiscalSend "ebm send" [Manager, Biller];
    FiscalRelease "ebm release" [Manager, Biller];
    FiscalFind "ebm found" [Manager];
    VatReturnFile "vat-return file" [Manager];
    ItemSave "item save" [Manager, Biller];
    StockMove "stock move" [Manager, Biller];
    ItemPrice "item price" [Manager];
    TemplateSave "template save" [Admin, Manager];
    HoldAdd "hold add" [Manager, Collector own, Credit, Legal];
    HolidayAdd "holiday add" [Admin, Manager];
    HolidayRemove "holiday remove" [Admin, Manager];
    AttemptAdd "attempt add" [Manager, Collector own, Legal, Credit];
    CallbackAdd "callback add" [Manager, Collector own, Legal, Credit];
    CallbackDone "callback done" [Manager, Collector own, Legal, Credit];
    NoteAdd "note add" [Manager, Biller, Cashier, Collector own, Credit, Legal];
    PaperAdd "paper add" [Manager, Biller, Cashier, Collector own, Credit, Legal];
    SettingSet "setting set" [Admin, Manager];
    SettingControl "setting control" [];
    DayTurn "day turn" [Manager, Collector];
    OutboxAdd "outbox add" [Manager, Biller, Cashier, Collector];
    Backup "backup" [Admin, Manager];
    QuarantineLift "quarantine lift" [];
    ApiKeyAdd "api-key add" [];
    ApiKeyEnd "api-key end" [];
    CustomerMerge "customer merge" [Manager];
    ContactSave "contact save" [Manager, Biller, Collector own, Credit, Legal];
    BankDetails "bank-details save" [Manager];
    BankRead "bank-details read" [Manager, Cashier];
    BankAsk "bank-details ask" [Biller, Cashier, Collector, Credit, Legal];
    ApprovalAsk "approval ask" [Manager, Biller, Cashier, Collector, Credit, Legal];
    ApprovalDecide "approval decide" [Manager];
}
