//! Every table: its columns in key order, and which of them are facts (insert-only, digested, guarded).
//!
//! Guards, digests, bulk inserts, backup and restore all read this list.

use std::sync::OnceLock;

use crate::Sql;

/// One table. The first `facts` columns are never updated; 0 means the rows are not facts.
#[derive(Debug)]
pub struct Table {
    pub name: &'static str,
    pub columns: &'static [&'static str],
    pub facts: usize,
    /// How many columns, from the first, make the key.
    pub key: usize,
    /// Where the action that wrote the row stands, for digested facts.
    pub action: Option<usize>,
    insert: OnceLock<String>,
    select: OnceLock<String>,
    copy: OnceLock<String>,
    facts_of: OnceLock<String>,
    facts_of_action: OnceLock<String>,
}

impl Table {
    const fn new(name: &'static str, key: usize, facts: usize, columns: &'static [&'static str]) -> Table {
        let mut action = None;
        let mut i = 0;
        while i < facts {
            if is_action(columns[i]) {
                action = Some(i);
            }
            i += 1;
        }
        Table {
            name,
            columns,
            facts,
            key,
            action,
            insert: OnceLock::new(),
            select: OnceLock::new(),
            copy: OnceLock::new(),
            facts_of: OnceLock::new(),
            facts_of_action: OnceLock::new(),
        }
    }

    pub(crate) fn insert_text(&self) -> &str {
        self.insert.get_or_init(|| {
            let places: Vec<String> = (1..=self.columns.len()).map(|n| format!("${n}")).collect();
            format!("INSERT INTO {} ({}) VALUES ({})", self.name, self.columns.join(", "), places.join(", "))
        })
    }

    /// All rows in key order.
    pub(crate) fn select_text(&self) -> &str {
        self.select.get_or_init(|| {
            let key = self.columns[..self.key].join(", ");
            format!("SELECT {} FROM {} ORDER BY {key}", self.columns.join(", "), self.name)
        })
    }

    pub(crate) fn select_sql(&'static self) -> Sql {
        Sql { lite: self.select_text(), pg: self.select_text() }
    }

    /// The facts of one company in key order.
    pub(crate) fn facts_sql(&'static self) -> Sql {
        let text = self.facts_of.get_or_init(|| {
            let (facts, key) = (self.columns[..self.facts].join(", "), self.columns[..self.key].join(", "));
            format!("SELECT {facts} FROM {} WHERE company = $1 ORDER BY {key}", self.name)
        });
        Sql { lite: text, pg: text }
    }

    /// Whether the ids in its key are made by the action that writes the row, and so lie together with the action's own.
    pub fn made_with_its_action(&self) -> bool {
        matches!(self.columns[1], "id" | "document" | "entry" | "attempt")
    }

    /// The facts that one action wrote: company, then either the action, or the span of its ids and the action.
    pub(crate) fn facts_of_action_sql(&'static self) -> Sql {
        let text = self.facts_of_action.get_or_init(|| {
            let (facts, key) = (self.columns[..self.facts].join(", "), self.columns[..self.key].join(", "));
            let head = format!("SELECT {facts} FROM {} WHERE company = $1", self.name);
            if self.made_with_its_action() {
                let id = self.columns[1];
                format!("{head} AND {id} >= $2 AND {id} < $3 AND action = $4 ORDER BY {key}")
            } else {
                format!("{head} AND action = $2 ORDER BY {key}")
            }
        });
        Sql { lite: text, pg: text }
    }

    pub(crate) fn copy_text(&self) -> &str {
        self.copy.get_or_init(|| format!("COPY {} ({}) FROM STDIN (FORMAT binary)", self.name, self.columns.join(", ")))
    }
}

const fn is_action(column: &str) -> bool {
    matches!(column.as_bytes(), b"action")
}

macro_rules! tables {
    ($($(#[$doc:meta])* $table:ident $name:literal key $key:literal facts $facts:literal [$($column:literal)*];)*) => {
        $($(#[$doc])* pub static $table: Table = Table::new($name, $key, $facts, &[$($column),*]);)*
        /// Every table, in the order a restore fills them.
        pub static ALL: &[&Table] = &[$(&$table),*];
    };
}

tables! {
    COMPANY "company" key 1 facts 0 ["id" "code" "name" "tin" "currency" "country" "time_zone" "simulated" "created_at"];
    APP_USER "app_user" key 1 facts 0 ["name" "full_name" "created_at" "language"];
    SETTING "setting" key 1 facts 0 ["name" "value"];
    MEMBERSHIP "membership" key 2 facts 0 ["company" "app_user" "role" "ended_at"];
    CREDENTIAL "credential" key 1 facts 0 ["app_user" "password" "changed_at" "totp" "totp_since" "totp_step"];
    RECOVERY_CODE "recovery_code" key 2 facts 0 ["app_user" "digest" "used_at"];
    SESSION "session" key 1 facts 0 ["digest" "app_user" "company" "started_at" "seen_at" "address" "agent" "ended_at" "why"];
    LINK "link" key 1 facts 0 ["digest" "app_user" "company" "made_by" "made_at" "expires_at" "used_at"];
    SIGN_IN "sign_in" key 1 facts 0 ["id" "name" "address" "at" "ok"];
    READ_LOG "read_log" key 4 facts 0 ["company" "at" "app_user" "customer" "reads"];
    ACTION "action" key 2 facts 9 ["company" "id" "at" "actor" "verb" "subject" "cause" "row_count" "digest"];
    SEAL "seal" key 2 facts 0 ["company" "no" "action" "sealed_at" "chain"];
    UNSEALED "unsealed" key 2 facts 0 ["company" "action"];
    IDEMPOTENCY "idempotency" key 3 facts 0 ["company" "actor" "idem_key" "body" "answer" "at"];
    ACCOUNT "account" key 2 facts 0 ["company" "no" "code" "name" "kind"];
    NUMBER_SERIES "number_series" key 2 facts 0 ["company" "series" "last"];
    RATE "rate" key 3 facts 6 ["company" "currency" "on_day" "rate_nano" "source" "action"];
    RATE_CORRECTION "rate_correction" key 2 facts 7 ["company" "id" "action" "currency" "on_day" "rate_nano" "reason"];
    CUSTOMER "customer" key 2 facts 0 ["company" "id" "code" "name" "kind" "tin" "phone" "email" "language" "terms_days"
        "credit_limit" "limit_kind" "currency" "segment" "district" "created_at" "action" "collector"
        "version" "merged_into" "language_assumed" "terms_assumed" "terms"];
    PAYMENT_CODE "payment_code" key 2 facts 0 ["company" "customer" "no"];
    TEMPLATE "template" key 2 facts 5 ["company" "id" "action" "name" "content"];
    DOCUMENT "document" key 2 facts 20 ["company" "id" "action" "kind" "series" "number" "bill_to" "payer" "beneficiary"
        "issued_on" "due_on" "posted_on" "currency" "net" "tax" "total" "total_base" "credits" "opening" "content"];
    DOCUMENT_LINE "document_line" key 3 facts 10 ["company" "document" "no" "action" "description" "quantity" "unit_price"
        "tax_class" "net" "tax"];
    DOCUMENT_TAX "document_tax" key 3 facts 7 ["company" "document" "class" "action" "rate_ppm" "net" "tax"];
    LINE_TERM "line_term" key 3 facts 7 ["company" "document" "no" "action" "unit" "gross" "discount"];
    PAYMENT_TERMS "payment_terms" key 2 facts 4 ["company" "document" "action" "terms"];
    LEVY_LINE "levy_line" key 3 facts 8 ["company" "document" "no" "action" "levy" "rate_ppm" "base" "levied"];
    DEPOSIT "deposit" key 2 facts 3 ["company" "document" "action"];
    DEDUCTION "deduction" key 3 facts 8 ["company" "document" "no" "action" "deposit" "tax_class" "net" "base"];
    CREDIT_NOTE "credit_note" key 2 facts 6 ["company" "document" "action" "invoice" "reason" "explanation"];
    CREDIT_LINE "credit_line" key 3 facts 5 ["company" "document" "no" "action" "credited"];
    OPEN_ITEM "open_item" key 3 facts 11 ["company" "document" "instalment" "action" "customer" "currency" "issued_on"
        "due_on" "posted_on" "total" "total_base" "open" "open_base" "disputed" "awaited"];
    ENTRY "entry" key 2 facts 6 ["company" "id" "action" "cause" "posted_on" "recorded_at"];
    ENTRY_LINE "entry_line" key 3 facts 9 ["company" "entry" "no" "action" "account" "customer" "currency" "amount" "base"];
    HORIZON "horizon" key 1 facts 0 ["company" "posted_on"];
    RECEIPT "receipt" key 2 facts 18 ["company" "id" "action" "account" "fingerprint" "occurrence" "received_on" "posted_on"
        "received_at" "currency" "gross" "charges" "gross_base" "payer" "payer_ref" "reference" "text" "opening"
        "customer" "unidentified" "unapplied" "allocated" "refunded" "unapplied_base"];
    IDENTIFICATION "identification" key 2 facts 8 ["company" "id" "action" "receipt" "customer" "posted_on" "amount" "amount_base"];
    MOVEMENT "movement" key 2 facts 15 ["company" "id" "action" "cause" "kind" "document" "instalment" "posted_on" "amount"
        "amount_base" "receipt" "receipt_amount" "receipt_base" "reverses" "reason"];
    REFUND "refund" key 2 facts 13 ["company" "id" "action" "kind" "receipt" "customer" "account" "posted_on" "amount"
        "amount_base" "charges" "reverses" "reason"];
    REVALUATION "revaluation" key 2 facts 11 ["company" "id" "action" "as_of" "currency" "rate_nano" "open" "booked" "difference"
        "posted_on" "reverses"];
    ACCOUNT_CODE "account_code" key 2 facts 5 ["company" "id" "action" "account" "code"];
    JOURNAL_OUT "journal_out" key 2 facts 10 ["company" "id" "action" "period" "from_on" "until_on" "opening" "moved" "closing"
        "open"];
    JOURNAL_OUT_ENTRY "journal_out_entry" key 3 facts 5 ["company" "journal_out" "entry" "action" "part"];
    JOURNAL_OUT_ACCOUNT "journal_out_account" key 3 facts 7 ["company" "journal_out" "account" "action" "code" "debit" "credit"];
    PERIOD_EVENT "period_event" key 2 facts 5 ["company" "id" "action" "closed_to" "at"];
    STATEMENT_FILE "statement_file" key 2 facts 13 ["company" "id" "action" "account" "digest" "name" "format" "currency"
        "opening" "closing" "difference" "line_count" "at"];
    STATEMENT_LINE "statement_line" key 4 facts 20 ["company" "account" "fingerprint" "occurrence" "action" "file" "line"
        "on_day" "at" "kind" "direction" "currency" "amount" "fee" "balance_after" "reference" "counterparty"
        "counterparty_ref" "text" "receipt" "review"];
    LINE_TWIN "line_twin" key 4 facts 9 ["company" "account" "fingerprint" "occurrence" "action" "first_fingerprint"
        "first_occurrence" "format" "said"];
    ACCOUNT_PROFILE "account_profile" key 2 facts 5 ["company" "id" "action" "account" "profile"];
    PAYER "payer" key 2 facts 8 ["company" "id" "action" "customer" "kind" "mark" "said" "receipt"];
    PAYER_END "payer_end" key 2 facts 5 ["company" "payer" "action" "reason" "ended_on"];
    ACCOUNT_NUMBER "account_number" key 2 facts 5 ["company" "id" "action" "account" "numbers"];
    LINE_ANNOUNCED "line_announced" key 4 facts 5 ["company" "account" "fingerprint" "occurrence" "action"];
    TRANSFER_SIDE "transfer_side" key 2 facts 14 ["company" "id" "action" "account" "way" "other" "moved_on" "posted_on" "currency"
        "amount" "amount_base" "fingerprint" "occurrence" "receipt"];
    TRANSFER_PAIR "transfer_pair" key 2 facts 8 ["company" "id" "action" "went" "came" "said" "difference" "posted_on"];
    TRANSFER_END "transfer_end" key 2 facts 6 ["company" "id" "action" "side" "reason" "posted_on"];
    LINE_DECISION "line_decision" key 4 facts 8 ["company" "account" "fingerprint" "occurrence" "action" "reason" "receipt"
        "decided_on"];
    PROMISE "promise" key 2 facts 10 ["company" "id" "action" "customer" "currency" "amount" "promised_on" "made_on"
        "grace_days" "note" "state" "kept" "judged_on"];
    HOLD "hold" key 2 facts 7 ["company" "id" "action" "customer" "reason" "from_on" "until_on" "ended_on"];
    NOTICE "notice" key 8 facts 13 ["company" "customer" "currency" "document" "instalment" "level" "cycle" "attempt"
        "action" "on_day" "step" "amount" "message" "state"];
    OUTBOX "outbox" key 2 facts 11 ["company" "id" "action" "customer" "step" "language" "subject" "body" "currency"
        "amount" "on_day" "state"];
    STOCK_MOVE "stock_move" key 2 facts 11 ["company" "id" "action" "number" "item" "kind" "moved_on" "micros" "unit_price" "document"
        "remark"];
    STOCK_REPORT "stock_report" key 2 facts 0 ["company" "number" "state" "said" "at"];
    OUTBOX_PAPER "outbox_paper" key 2 facts 6 ["company" "message" "action" "kind" "paper" "name"];
    CERTIFICATE "certificate" key 2 facts 10 ["company" "id" "action" "customer" "document" "instalment" "currency" "kind"
        "amount" "awaited_on" "state"];
    CERTIFICATE_EVENT "certificate_event" key 3 facts 8 ["company" "certificate" "no" "action" "state" "on_day" "said"
        "movement"];
    CONTRACT "contract" key 2 facts 13 ["company" "id" "action" "code" "customer" "currency" "name" "starts_on" "months"
        "anchor" "bills" "gross" "terms"];
    CONTRACT_LINE "contract_line" key 3 facts 11 ["company" "contract" "no" "action" "description" "quantity" "unit"
        "unit_price" "discount" "tax_class" "from_on"];
    CONTRACT_LINE_END "contract_line_end" key 3 facts 6 ["company" "contract" "no" "action" "last_on" "reason"];
    CONTRACT_END "contract_end" key 2 facts 5 ["company" "contract" "action" "last_on" "reason"];
    CONTRACT_BILL "contract_bill" key 3 facts 6 ["company" "contract" "from_on" "action" "until_on" "document"];
    METER "meter" key 2 facts 8 ["company" "id" "action" "contract" "code" "description" "unit" "tax_class"];
    METER_TARIFF "meter_tariff" key 3 facts 6 ["company" "meter" "from_on" "action" "blocks" "reason"];
    METER_READING "meter_reading" key 4 facts 8 ["company" "meter" "on_day" "version" "action" "value" "replaced_at" "reason"];
    USAGE_BILL "usage_bill" key 4 facts 11 ["company" "meter" "from_on" "correction" "action" "until_on" "tariff_on" "old_value"
        "new_value" "used" "document"];
    USAGE_LINE "usage_line" key 3 facts 8 ["company" "document" "no" "action" "meter" "from_on" "block" "quantity"];
    CHARGE "charge" key 2 facts 10 ["company" "id" "action" "contract" "description" "quantity" "unit" "unit_price" "tax_class"
        "on_day"];
    CHARGE_END "charge_end" key 2 facts 5 ["company" "charge" "action" "reason" "ended_on"];
    CHARGE_BILL "charge_bill" key 2 facts 5 ["company" "charge" "action" "document" "no"];
    CONTRACT_LINE_ITEM "contract_line_item" key 3 facts 6 ["company" "contract" "no" "action" "item" "priced"];
    UNBILLED "unbilled" key 2 facts 13 ["company" "id" "action" "customer" "currency" "description" "quantity" "unit" "unit_price"
        "tax_class" "item" "done_on" "proof"];
    UNBILLED_END "unbilled_end" key 2 facts 7 ["company" "unbilled" "action" "document" "no" "reason" "ended_on"];
    ITEM "item" key 3 facts 14 ["company" "item" "version" "action" "code" "name" "unit" "tax_class" "kind" "class_code"
        "packaging" "quantity_unit" "origin" "active"];
    ITEM_PRICE "item_price" key 2 facts 11 ["company" "id" "action" "item" "customer" "price_list" "currency" "from_on"
        "from_quantity" "unit_price" "gross"];
    PRICE_LIST_OF "price_list_of" key 4 facts 5 ["company" "customer" "from_on" "action" "price_list"];
    LINE_ITEM "line_item" key 3 facts 5 ["company" "document" "no" "action" "item"];
    LATE_CHARGE "late_charge" key 4 facts 9 ["company" "charged" "instalment" "until_on" "action" "document" "from_on"
        "interest" "fee"];
    DEVICE "device" key 1 facts 0 ["company" "way" "address" "branch" "serial" "item_class" "from_on" "paths" "info" "secret"
        "reached_at" "failed_at" "offline_at"];
    DEVICE_ITEM "device_item" key 2 facts 0 ["company" "item" "no" "version"];
    DEVICE_CODE "device_code" key 3 facts 0 ["company" "class" "code" "name" "used"];
    DEVICE_ASKED "device_asked" key 2 facts 0 ["company" "tables" "at"];
    DEVICE_CUSTOMER "device_customer" key 2 facts 0 ["company" "customer" "told" "state" "said" "at"];
    SUBMISSION "submission" key 2 facts 6 ["company" "document" "action" "branch" "number" "original" "state" "at" "detail"
        "code" "counters_cannot_tell" "attempts" "failures" "open" "purchase_code"];
    SUBMISSION_EVENT "submission_event" key 3 facts 9 ["company" "submission" "no" "action" "at" "event" "attempt" "became"
        "said"];
    FISCAL_RECEIPT "fiscal_receipt" key 2 facts 11 ["company" "submission" "action" "label" "sdc" "mrc" "of_label" "of_all"
        "internal_data" "signature" "signed_at"];
    DOCUMENT_REFERENCE "document_reference" key 3 facts 5 ["company" "document" "kind" "action" "said"];
    CONTRACT_PAYABLE "contract_payable" key 2 facts 4 ["company" "contract" "action" "rate_nano"];
    FISCAL_DAY "fiscal_day" key 2 facts 4 ["company" "on_day" "action" "body"];
    INVOICE_FILE_NEED "invoice_file_need" key 2 facts 7 ["company" "id" "action" "customer" "from_on" "papers" "term"];
    INVOICE_FILE "invoice_file" key 2 facts 3 ["company" "invoice" "action" "papers" "term" "state" "since_on" "moved_days"
        "changed"];
    INVOICE_FILE_EVENT "invoice_file_event" key 3 facts 9 ["company" "invoice" "no" "action" "state" "on_day" "reference"
        "reason" "missing"];
    PRINTED "printed" key 3 facts 6 ["company" "document" "no" "action" "at" "by_user"];
    BRANCH "branch" key 2 facts 4 ["company" "code" "action" "name"];
    DRAFT "draft" key 2 facts 0 ["company" "id" "customer" "body" "version" "by_user" "at"];
    QUOTE "quote" key 2 facts 13 ["company" "id" "action" "kind" "number" "customer" "currency" "issued_on" "valid_until" "gross"
        "terms" "buyer_order" "total"];
    QUOTE_LINE "quote_line" key 3 facts 11 ["company" "quote" "no" "action" "description" "quantity" "unit" "unit_price"
        "discount" "tax_class" "item"];
    QUOTE_END "quote_end" key 2 facts 6 ["company" "quote" "action" "document" "reason" "ended_on"];
    VAT_RETURN "vat_return" key 2 facts 7 ["company" "id" "action" "period" "from_on" "until_on" "reference"];
    VAT_RETURN_BOX "vat_return_box" key 3 facts 5 ["company" "vat_return" "figure" "action" "amount"];
    VAT_RETURN_DOCUMENT "vat_return_document" key 3 facts 17 ["company" "vat_return" "document" "action" "number" "issued_on" "tin"
        "name" "nature" "taxable" "zero_rated" "exempt" "outside" "unclassed" "tax" "late" "public_body"];
    VAT_RETURN_PART "vat_return_part" key 4 facts 6 ["company" "vat_return" "document" "treatment" "action" "net"];
    DISPUTE "dispute" key 2 facts 11 ["company" "id" "action" "customer" "document" "instalment" "currency" "amount" "reason"
        "note" "raised_on" "state"];
    DISPUTE_END "dispute_end" key 2 facts 6 ["company" "dispute" "action" "outcome" "note" "ended_on"];
    HOLIDAY "holiday" key 2 facts 6 ["company" "id" "action" "on_day" "free" "name"];
    SETTING_CHANGE "setting_change" key 2 facts 7 ["company" "id" "action" "name" "value" "from_on" "reason"];
    CUSTOMER_CHANGE "customer_change" key 4 facts 7 ["company" "customer" "version" "field" "action" "was" "became"];
    CONTACT_PERSON "contact_person" key 3 facts 16 ["company" "contact" "version" "action" "customer" "name" "role" "phone"
        "email" "language" "call_days" "call_from" "call_to" "channel" "is_primary" "active"];
    CUSTOMER_MERGE "customer_merge" key 2 facts 6 ["company" "id" "action" "merged" "into_customer" "reason"];
    CUSTOMER_UNMERGE "customer_unmerge" key 2 facts 4 ["company" "merge_id" "action" "reason"];
    BANK_DETAIL "bank_detail" key 2 facts 9 ["company" "id" "action" "customer" "approval" "kind" "holder" "institution"
        "number"];
    APPROVAL "approval" key 2 facts 8 ["company" "id" "action" "kind" "subject" "payload" "reason" "customer" "state"];
    APPROVAL_DECISION "approval_decision" key 2 facts 6 ["company" "approval" "action" "outcome" "reason" "alone"];
    CONTACT "contact" key 2 facts 0 ["company" "customer" "last_on"];
    DAY_TURN "day_turn" key 2 facts 4 ["company" "on_day" "action" "at"];
    PLAN "plan" key 2 facts 6 ["company" "id" "kind" "on_day" "body" "at" "done_at"];
    SEARCH_WORD "search_word" key 4 facts 0 ["company" "kind" "word" "id"];
    PRIORITY "priority" key 2 facts 0 ["company" "customer" "on_day" "rank" "points" "body" "step" "overdue" "reasons"
        "currencies"];
    ATTEMPT "attempt" key 2 facts 12 ["company" "id" "action" "customer" "on_day" "at" "channel" "answered" "right_party"
        "note" "next_on" "by_user"];
    ATTEMPT_OUTCOME "attempt_outcome" key 3 facts 6 ["company" "attempt" "no" "action" "outcome" "refers"];
    REST "rest" key 2 facts 0 ["company" "customer" "until_minute" "next_on"];
    CALLBACK "callback" key 2 facts 9 ["company" "id" "action" "customer" "on_day" "minute" "who" "note" "by_user"
        "done_on" "done_by"];
    NOTE "note" key 2 facts 11 ["company" "id" "action" "record_kind" "record" "customer" "on_day" "at" "text" "corrects"
        "by_user"];
    PAPER_CONTENT "paper_content" key 2 facts 6 ["company" "digest" "action" "media" "size" "content"];
    PAPER "paper" key 2 facts 12 ["company" "id" "action" "record_kind" "record" "customer" "on_day" "at" "digest" "name"
        "kind" "by_user"];
    PAPER_VALIDITY "paper_validity" key 3 facts 5 ["company" "paper" "no" "action" "until_on"];
    SAVED_VIEW "saved_view" key 3 facts 0 ["company" "app_user" "name" "filter"];
    API_KEY "api_key" key 1 facts 9 ["id" "company" "action" "app_user" "name" "digest" "scopes" "expires_on" "created_at"
        "last_used_at" "ended_at" "ended_by"];
}

/// The tables whose key does not begin with the company.
pub const OF_THE_INSTALLATION: &[&str] = &[
    "company",
    "app_user",
    "setting",
    "migration",
    "credential",
    "recovery_code",
    "session",
    "link",
    "sign_in",
    "api_key",
];
