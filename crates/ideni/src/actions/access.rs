//! The one table of rights: who may do what.

macro_rules! rights {
    ($($right:ident $name:literal [$($role:ident)*];)*) => {
        /// What an action needs; its name is the verb in the audit log.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub enum Right { $(#[doc = $name] $right),* }

        impl Right {
            pub fn name(self) -> &'static str {
                match self { $(Right::$right => $name),* }
            }

            /// Every right with the roles that have it besides the administrator.
            pub const TABLE: &'static [(Right, &'static [Role])] = &[$((Right::$right, &[$(Role::$role),*])),*];
        }
    };
}

/// What a person is hired for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Role {
    Admin,
    Manager,
    Billing,
    Cash,
    Collector,
    /// Reads everything, changes nothing.
    Auditor,
}

impl Role {
    pub const ALL: [(Role, &'static str); 6] = [
        (Role::Admin, "admin"),
        (Role::Manager, "manager"),
        (Role::Billing, "billing"),
        (Role::Cash, "cash"),
        (Role::Collector, "collector"),
        (Role::Auditor, "auditor"),
    ];

    pub fn name(self) -> &'static str {
        Role::ALL.iter().find(|(role, _)| *role == self).map_or("", |(_, name)| name)
    }

    pub fn from_name(name: &str) -> Option<Role> {
        Role::ALL.iter().find(|(_, known)| *known == name).map(|(role, _)| *role)
    }
}

rights! {
    Read "read" [Manager Billing Cash Collector Auditor];
    CompanyInit "company init" [];
    UserAdd "user add" [];
    AccountAdd "account add" [Manager];
    CustomerSave "customer save" [Manager Billing];
    CustomerAssign "customer assign" [Manager];
    ImportCustomers "import customers" [Manager Billing];
    ImportInvoices "import invoices" [Manager Billing];
    ImportReceipts "import receipts" [Manager Cash];
    ImportRates "import rates" [Manager Billing Cash];
    InvoiceIssue "invoice issue" [Manager Billing];
    ReceiptRecord "receipt record" [Manager Cash];
    ReceiptIdentify "receipt identify" [Manager Cash];
    ReceiptReturn "receipt return" [Manager Cash];
    RefundAdd "receipt refund" [Manager];
    RefundReverse "receipt refund-reverse" [Manager];
    StatementImport "statement import" [Manager Cash];
    StatementClear "statement clear" [Manager Cash];
    StatementRecord "statement record" [Manager Cash];
    CashApply "cash apply" [Manager Cash];
    AllocationAdd "allocation add" [Manager Cash];
    AllocationReverse "allocation reverse" [Manager Cash];
    WriteOff "write-off" [Manager];
    PeriodClose "period close" [Manager];
    PeriodReopen "period reopen" [];
    PromiseAdd "promise add" [Manager Collector];
    DisputeAdd "dispute add" [Manager Billing Collector];
    DisputeEnd "dispute end" [Manager Billing Collector];
    HoldAdd "hold add" [Manager Collector];
    HolidayAdd "holiday add" [Manager];
    HolidayRemove "holiday remove" [Manager];
    DayTurn "day turn" [Manager Collector];
    Backup "backup" [Manager];
    QuarantineLift "quarantine lift" [];
}

/// Whether the role has the right.
pub fn allows(role: Role, right: Right) -> bool {
    role == Role::Admin || Right::TABLE.iter().any(|(r, roles)| *r == right && roles.contains(&role))
}
