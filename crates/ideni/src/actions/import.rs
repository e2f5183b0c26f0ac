//! Customers, invoices, receipts and rates from files: a document is atomic, a file is not. Chunks commit; a
//! killed import starts again and finds what it posted as duplicates.

use std::collections::{BTreeMap, VecDeque};

use formats::table::{CellError, Reader, Row};
use formats::{Field, FieldKind};
use receivables::ids::{self, Id};
use receivables::ledger::Rate;
use receivables::{Currency, Date, Money, Refusal};
use rust_decimal::Decimal;
use store::customer::CreditLimit;
use store::document::Kind;
use store::entry::NewEntry;
use store::rate::RateRow;
use store::receipt::Receipt;
use store::{Error, Tx, entry, receipt};

use super::customer::Saved;
use super::invoice::{self, GivenLine, Outcome, Poster};
use super::receipt::Natural;
use crate::words::{self, Language};

use super::{Actor, Right, Subject, account, act, customer, rate};

/// What a file holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum What {
    Customers,
    Invoices,
    Receipts,
    Rates,
}

const fn text(name: &'static str, required: bool, synonyms: &'static [&'static str]) -> Field {
    Field { name, kind: FieldKind::Text, required, synonyms }
}

const fn date(name: &'static str, required: bool, synonyms: &'static [&'static str]) -> Field {
    Field { name, kind: FieldKind::Date, required, synonyms }
}

const fn amount(name: &'static str, required: bool, synonyms: &'static [&'static str]) -> Field {
    Field { name, kind: FieldKind::Amount, required, synonyms }
}

const CUSTOMER_CODES: &[&str] = &[
    "customer",
    "customercode",
    "customerid",
    "customerno",
    "customernumber",
    "custnumber",
    "custno",
    "client",
    "codeclient",
    "clientcode",
    "clientid",
    "numeroclient",
    "noclient",
    "accountcode",
    "accountno",
    "debtor",
    "debiteur",
];
const CUSTOMER_NAMES: &[&str] =
    &["customername", "clientname", "nomclient", "nomduclient", "namecustomer", "company", "raisonsociale", "partner"];
const CURRENCIES: &[&str] = &["currency", "devise", "monnaie", "curr", "ccy", "invoicecurrency", "currencycode"];

static CUSTOMERS: &[Field] = &[
    text(
        "code",
        true,
        &[
            "code",
            "customercode",
            "customerid",
            "customer",
            "custnumber",
            "customerno",
            "clientid",
            "codeclient",
            "client",
            "accountcode",
        ],
    ),
    text("name", true, &["name", "customername", "nom", "nomclient", "raisonsociale", "companyname", "displayname"]),
    text("kind", false, &["kind", "type", "customertype", "typeclient", "categorie"]),
    text("tin", false, &["tin", "taxid", "vatnumber", "nif", "tinnumber", "numerotva", "taxnumber"]),
    text("phone", false, &["phone", "telephone", "tel", "mobile", "phonenumber", "msisdn", "contact"]),
    text("email", false, &["email", "mail", "emailaddress", "courriel"]),
    text("language", false, &["language", "langue", "lang"]),
    text(
        "terms_days",
        false,
        &["termsdays", "terms", "paymentterms", "conditionsdepaiement", "creditdays", "delai", "delaipaiement"],
    ),
    text("credit_limit", false, &["creditlimit", "limit", "plafond", "plafondcredit", "limitecredit"]),
    text("currency", false, CURRENCIES),
    text("segment", false, &["segment", "group", "customergroup", "industry", "groupe", "secteur"]),
    text("district", false, &["district", "city", "region", "ville", "town"]),
    text("collector", false, &["collector", "recouvreur", "chargederecouvrement"]),
];

static INVOICES: &[Field] = &[
    text(
        "number",
        true,
        &[
            "number",
            "invoicenumber",
            "invoiceno",
            "invoiceid",
            "invoice",
            "numero",
            "numerofacture",
            "facture",
            "nofacture",
            "ndefacture",
            "numerodefacture",
            "ndocument",
            "docno",
            "documentnumber",
            "documentno",
            "num",
            "ref",
        ],
    ),
    text("customer", true, CUSTOMER_CODES),
    text("customer_name", false, CUSTOMER_NAMES),
    text("kind", false, &["kind", "type", "documenttype", "doctype", "typedocument", "transactiontype"]),
    date(
        "issued_on",
        true,
        &[
            "issuedon",
            "invoicedate",
            "date",
            "issuedate",
            "documentdate",
            "postingdate",
            "datefacture",
            "dateemission",
            "datedefacturation",
            "docdate",
        ],
    ),
    date(
        "due_on",
        false,
        &["dueon", "duedate", "due", "echeance", "dateecheance", "paymentdue", "dueindate", "datedecheance"],
    ),
    text("currency", false, CURRENCIES),
    amount(
        "net",
        false,
        &["net", "netamount", "subtotal", "montantht", "ht", "totalht", "amountexcltax", "untaxedamount"],
    ),
    amount("tax", false, &["tax", "vat", "tva", "taxamount", "vatamount", "montanttva"]),
    amount(
        "total",
        false,
        &[
            "total",
            "amount",
            "totalamount",
            "invoiceamount",
            "montant",
            "montantttc",
            "ttc",
            "totalttc",
            "grandtotal",
            "amountdue",
            "totalopenamount",
            "openamount",
            "openbalance",
            "balance",
        ],
    ),
    text("credits", false, &["credits", "creditof", "originalinvoice", "factureorigine", "reversalof"]),
    text("description", false, &["description", "item", "itemname", "designation", "libelle", "product", "article"]),
    amount("quantity", false, &["quantity", "qty", "quantite", "qte"]),
    amount("unit_price", false, &["unitprice", "price", "prixunitaire", "pu", "rate", "prix"]),
    text("tax_class", false, &["taxclass", "taxcode", "vatcode", "codetva"]),
    text("payer", false, &["payer", "payeur"]),
    text("beneficiary", false, &["beneficiary", "beneficiaire"]),
];

static RECEIPTS: &[Field] = &[
    text(
        "reference",
        false,
        &[
            "reference",
            "ref",
            "paymentid",
            "receiptno",
            "receiptnumber",
            "transactionid",
            "txnid",
            "numerorecu",
            "nopiece",
            "paymentref",
        ],
    ),
    text("customer", false, CUSTOMER_CODES),
    date(
        "on",
        true,
        &[
            "on",
            "date",
            "paymentdate",
            "receivedon",
            "datepaiement",
            "dateencaissement",
            "valuedate",
            "cleardate",
            "receiptdate",
        ],
    ),
    amount("amount", true, &["amount", "amountpaid", "montant", "montantpaye", "gross", "paid", "total", "payment"]),
    text("currency", false, CURRENCIES),
    text("account", false, &["account", "bankaccount", "compte", "caisse", "paymentmethod", "method"]),
    text("payer", false, &["payer", "payername", "paidby", "payeur", "sender", "from"]),
    text(
        "text",
        false,
        &["text", "description", "memo", "narration", "libelle", "details", "remittance", "communication"],
    ),
    text(
        "invoice",
        false,
        &["invoice", "invoiceid", "invoiceno", "invoicenumber", "facture", "numerofacture", "appliedto"],
    ),
    amount("charges", false, &["charges", "fee", "fees", "frais", "commission"]),
];

static RATES: &[Field] = &[
    date("on", true, &["on", "date", "day", "jour", "validfrom"]),
    text("currency", true, CURRENCIES),
    amount("rate", true, &["rate", "exchangerate", "taux", "cours", "average", "mid"]),
    text("source", false, &["source", "origine", "provider"]),
];

impl What {
    /// The fields we look for, in the order the readers below use them.
    pub fn fields(self) -> &'static [Field] {
        match self {
            What::Customers => CUSTOMERS,
            What::Invoices => INVOICES,
            What::Receipts => RECEIPTS,
            What::Rates => RATES,
        }
    }

    fn right(self) -> Right {
        match self {
            What::Customers => Right::ImportCustomers,
            What::Invoices => Right::ImportInvoices,
            What::Receipts => Right::ImportReceipts,
            What::Rates => Right::ImportRates,
        }
    }
}

/// What became of one row, or of one document that took several rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowReport {
    pub line: u64,
    pub status: Status,
    /// The number, code or id that people call it by.
    pub id: String,
    pub message: String,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Status {
    Created,
    Updated,
    Duplicate,
    Refused,
}

impl Status {
    pub fn name(self) -> &'static str {
        match self {
            Status::Created => "created",
            Status::Updated => "updated",
            Status::Duplicate => "duplicate",
            Status::Refused => "refused",
        }
    }
}

/// One thing to be saved, read from one or more rows.
#[derive(Clone, Debug)]
pub struct Unit {
    pub line: u64,
    /// The number of the document the row belongs to, even where the rest cannot be read.
    number: Option<String>,
    /// Whether a word in the file says invoice or credit note; the sign of the sum says it otherwise.
    kind_given: bool,
    read: Result<Read, String>,
}

#[derive(Clone, Debug)]
enum Read {
    Customer(Box<customer::Given>),
    Invoice(Box<invoice::Given>),
    Receipt(Box<ReceiptRow>),
    Rate(RateRow),
}

#[derive(Clone, Debug)]
struct ReceiptRow {
    given: super::receipt::Given,
    /// Makes the customer under this name if there is none of that code.
    customer_name: Option<String>,
    invoice: Option<String>,
    natural: Natural,
}

/// How to read the rows of one file.
#[derive(Clone, Debug)]
pub struct Reading {
    pub what: What,
    /// What people call the file.
    pub file: String,
    /// Where a row names no currency.
    pub currency: Currency,
    /// The cut-over day of an opening load.
    pub opening_on: Option<Date>,
    /// The account of receipts that name none.
    pub account: String,
}

/// Documents kept back until this many others have begun after them: rows of one document need not lie quite together.
const KEPT_BACK: usize = 64;

/// Groups the rows of a file into units: lines that repeat an invoice's number belong together.
pub struct Units {
    reader: Reader,
    reading: Reading,
    has_lines: bool,
    kept: VecDeque<Unit>,
    /// How often each natural key of a receipt came in this file.
    seen: BTreeMap<[u8; 16], i32>,
}

impl Units {
    pub fn new(reader: Reader, reading: Reading) -> Units {
        let mapped = |name: &str| reader.layout().columns.iter().any(|(field, _)| field == name);
        let has_lines = mapped("quantity") || mapped("unit_price") || mapped("description");
        let has_lines = reading.what == What::Invoices && has_lines;
        Units { reader, reading, has_lines, kept: VecDeque::new(), seen: BTreeMap::new() }
    }

    fn unit(&mut self) -> Option<Unit> {
        let row = match self.reader.next_row()? {
            Ok(row) => row,
            Err(error) => {
                let field = error.field.map(|f| format!("{f}: ")).unwrap_or_default();
                let read = Err(format!("{field}{}", error.message));
                return Some(Unit { line: error.line, number: None, kind_given: false, read });
            }
        };
        let line = row.line;
        let invoices = self.reading.what == What::Invoices;
        let number = if invoices { row.text(0).map(str::to_owned) } else { None };
        let kind_given = invoices && row.text(3).is_some();
        let read = match self.reading.what {
            What::Customers => read_customer(&row).map(|c| Read::Customer(Box::new(c))),
            What::Invoices => read_invoice(&row, &self.reading, self.has_lines).map(|g| Read::Invoice(Box::new(g))),
            What::Receipts => self.read_receipt(&row).map(|r| Read::Receipt(Box::new(r))),
            What::Rates => read_rate(&row).map(Read::Rate),
        };
        Some(Unit { line, number, kind_given, read })
    }

    fn read_receipt(&mut self, row: &Row) -> Result<ReceiptRow, String> {
        let currency = currency_of(row, 4, self.reading.currency)?;
        let gross = money(row, 3, currency)?.ok_or_else(|| needs("amount"))?;
        let given = super::receipt::Given {
            account: row.text(5).map_or_else(|| self.reading.account.clone(), account_code),
            received_on: row.date(2).map_err(told)?.ok_or_else(|| needs("on"))?,
            received_at: None,
            gross,
            charges: money(row, 9, currency)?.unwrap_or(Money::zero(currency)),
            payer: row.text(6).map(str::to_owned),
            payer_ref: None,
            reference: row.text(0).map(str::to_owned),
            text: row.text(7).map(str::to_owned),
            customer: row.text(1).map(str::to_owned),
            opening_on: self.reading.opening_on,
        };
        let print = super::receipt::fingerprint(&given);
        let occurrence = self.seen.entry(print).or_insert(0);
        // A reference names one payment; without one, equal rows are that many payments.
        *occurrence = if given.reference.is_some() { 1 } else { *occurrence + 1 };
        let natural = Natural { print, occurrence: *occurrence };
        Ok(ReceiptRow { given, customer_name: None, invoice: row.text(8).map(str::to_owned), natural })
    }
}

impl Iterator for Units {
    type Item = Unit;

    fn next(&mut self) -> Option<Unit> {
        if !self.has_lines {
            return self.unit();
        }
        while self.kept.len() <= KEPT_BACK {
            let Some(next) = self.unit() else { break };
            match self.kept.iter_mut().rev().find(|kept| kept.is_continued_by(&next)) {
                Some(kept) => kept.join(next),
                None => self.kept.push_back(next),
            }
        }
        self.kept.pop_front().map(Unit::with_kind_by_sum)
    }
}

const NO_LINE: &str = "the row has no quantity and price";

impl Unit {
    /// A document read from another kind of file.
    pub(super) fn document(line: u64, given: invoice::Given) -> Unit {
        Unit { line, number: given.number.clone(), kind_given: true, read: Ok(Read::Invoice(Box::new(given))) }
    }

    /// A payment read from another kind of file; its customer is made under `customer_name`.
    pub(super) fn payment(line: u64, given: super::receipt::Given, customer_name: String, natural: Natural) -> Unit {
        let row = ReceiptRow { given, customer_name: Some(customer_name), invoice: None, natural };
        Unit { line, number: None, kind_given: true, read: Ok(Read::Receipt(Box::new(row))) }
    }

    /// A row that cannot be read, and why.
    pub(super) fn refused(line: u64, why: String) -> Unit {
        Unit { line, number: None, kind_given: false, read: Err(why) }
    }

    /// Whether the next row is of the same document. A row that repeats a whole document is not: it is judged alone.
    fn is_continued_by(&self, next: &Unit) -> bool {
        if self.number.is_none() || self.number != next.number {
            return false;
        }
        match (&self.read, &next.read) {
            (Ok(Read::Invoice(a)), Ok(Read::Invoice(b))) => {
                let lines = !a.lines.is_empty() || !b.lines.is_empty();
                lines && a.customer == b.customer && (a.kind == b.kind || !(self.kind_given || next.kind_given))
            }
            _ => true,
        }
    }

    /// Adds a row. A document is posted whole or not at all: one row that cannot be read refuses it.
    fn join(&mut self, next: Unit) {
        let Ok(Read::Invoice(a)) = &mut self.read else { return };
        let (line, problem) = match next.read {
            // A first row may hold the totals alone; a row with neither totals nor a line is a mistake.
            Ok(Read::Invoice(_)) if a.lines.is_empty() && a.net.or(a.total).is_none() => {
                (self.line, NO_LINE.to_owned())
            }
            Ok(Read::Invoice(b)) if !b.lines.is_empty() => {
                a.lines.extend(b.lines);
                return;
            }
            Ok(_) => (next.line, NO_LINE.to_owned()),
            Err(message) => (next.line, message),
        };
        self.read = Err(format!("line {line}: {problem}; correct it and import the document again"));
    }

    /// Where no word says it, lines that come to less than zero are a credit note.
    fn with_kind_by_sum(mut self) -> Unit {
        if let Ok(Read::Invoice(given)) = &mut self.read
            && !self.kind_given
            && !given.lines.is_empty()
        {
            let sum: Option<Decimal> = given.lines.iter().map(GivenLine::exact).sum();
            let below = sum.is_some_and(|sum| sum.is_sign_negative() && !sum.is_zero());
            given.kind = if below { Kind::CreditNote } else { Kind::Invoice };
        }
        self
    }
}

fn told(error: CellError) -> String {
    format!("{}: {}", error.field, error.message)
}

fn needs(field: &str) -> String {
    format!("{field}: it is empty; every row needs it")
}

fn currency_of(row: &Row, index: usize, default: Currency) -> Result<Currency, String> {
    row.text(index).map_or(Ok(default), |text| text.parse().map_err(|e| format!("currency: {e}")))
}

fn money(row: &Row, index: usize, currency: Currency) -> Result<Option<Money>, String> {
    let Some(decimal) = row.decimal(index).map_err(told)? else { return Ok(None) };
    Money::from_major(decimal, currency).map(Some).map_err(|e| e.to_string())
}

/// `MoMo`, `Bank Transfer` or `CARD` as the code of one of our money accounts.
fn account_code(text: &str) -> String {
    let folded: String = text.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    let by_word = [
        ("momo", "momo"),
        ("mtn", "momo"),
        ("mobilemoney", "momo"),
        ("airtel", "airtel"),
        ("cash", "cash"),
        ("especes", "cash"),
        ("bank", "bank"),
        ("transfer", "bank"),
        ("virement", "bank"),
        ("card", "bank"),
        ("cheque", "bank"),
        ("check", "bank"),
    ];
    by_word
        .iter()
        .find(|(word, _)| folded.contains(word))
        .map_or_else(|| text.to_owned(), |(_, code)| (*code).to_owned())
}

fn read_customer(row: &Row) -> Result<customer::Given, String> {
    let own = |index: usize| row.text(index).map(str::to_owned);
    let currency = row.text(9).map(|t| t.parse::<Currency>().map_err(|e| format!("currency: {e}"))).transpose()?;
    let language = match row.text(6).map(str::to_lowercase) {
        None => None,
        Some(text) => Some(language_code(&text).ok_or_else(|| {
            format!("language: “{text}” is not one of en, fr, rw, sw; write one of these or leave it empty")
        })?),
    };
    Ok(customer::Given {
        code: own(0).ok_or_else(|| needs("code"))?,
        name: own(1),
        kind: own(2),
        tin: own(3),
        phone: own(4),
        email: own(5),
        language,
        terms_days: row.text(7).map(terms_days).transpose()?,
        credit_limit: row.text(8).map(|text| credit_limit(text, currency.unwrap_or(Currency::RWF))).transpose()?,
        currency,
        segment: own(10),
        district: own(11),
        collector: own(12),
    })
}

fn language_code(text: &str) -> Option<String> {
    let names = [
        ("en", &["en", "english", "anglais", "icyongereza"][..]),
        ("fr", &["fr", "french", "francais", "français", "igifaransa"]),
        ("rw", &["rw", "kin", "kinyarwanda", "ikinyarwanda"]),
        ("sw", &["sw", "swahili", "kiswahili", "igiswahili"]),
    ];
    names.iter().find(|(_, known)| known.contains(&text)).map(|(code, _)| (*code).to_owned())
}

/// `30`, `Net 30`, `30 jours`: the first number; `immediate` and `cash` are 0.
fn terms_days(text: &str) -> Result<i32, String> {
    let digits: String = text.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
    if digits.is_empty() {
        let folded = text.to_lowercase();
        let at_once = ["immediate", "cash", "cod", "comptant", "due on receipt"];
        if at_once.iter().any(|word| folded.contains(word)) {
            return Ok(0);
        }
    }
    digits
        .parse()
        .ok()
        .filter(|days| *days <= 3650)
        .ok_or_else(|| format!("terms_days: “{text}” is not a number of days; write 30"))
}

fn credit_limit(text: &str, currency: Currency) -> Result<CreditLimit, String> {
    let folded = text.to_lowercase();
    if ["none", "no limit", "unlimited", "aucune", "illimité", "illimite"].contains(&folded.as_str()) {
        return Ok(CreditLimit::NoLimit);
    }
    let decimal = formats::parse_amount(text, '.')
        .ok_or_else(|| format!("credit_limit: “{text}” is not an amount; write 500000, or none for no limit"))?;
    Money::from_major(decimal, currency).map(|m| CreditLimit::Amount(m.minor)).map_err(|e| format!("credit_limit: {e}"))
}

fn read_rate(row: &Row) -> Result<RateRow, String> {
    let decimal = row.decimal(2).map_err(told)?.ok_or_else(|| needs("rate"))?;
    Ok(RateRow {
        on: row.date(0).map_err(told)?.ok_or_else(|| needs("on"))?,
        currency: row
            .text(1)
            .ok_or_else(|| needs("currency"))?
            .parse()
            .map_err(|e: receivables::money::MoneyError| format!("currency: {e}"))?,
        rate: Rate::from_decimal(decimal)
            .ok_or_else(|| format!("rate: {decimal} must be above zero with at most nine decimals"))?,
        source: row.text(3).unwrap_or("import").to_owned(),
    })
}

/// The kind of a document from a word for it, or from the sign of its amount.
fn kind_of(text: Option<&str>, negative: bool) -> Result<Kind, String> {
    let Some(text) = text else {
        return Ok(if negative { Kind::CreditNote } else { Kind::Invoice });
    };
    let folded: String = text.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    let words = [
        ("creditnote", Kind::CreditNote),
        ("creditmemo", Kind::CreditNote),
        ("credit", Kind::CreditNote),
        ("avoir", Kind::CreditNote),
        ("notedecredit", Kind::CreditNote),
        ("invoice", Kind::Invoice),
        ("facture", Kind::Invoice),
        ("rv", Kind::Invoice),
        ("debitnote", Kind::Invoice),
    ];
    words
        .iter()
        .find(|(word, _)| folded == *word)
        .map(|(_, kind)| *kind)
        .ok_or_else(|| format!("kind: “{text}” is neither invoice nor credit_note; write one of these"))
}

fn read_invoice(row: &Row, reading: &Reading, has_lines: bool) -> Result<invoice::Given, String> {
    let currency = currency_of(row, 6, reading.currency)?;
    let own = |index: usize| row.text(index).map(str::to_owned);
    let number = own(0).ok_or_else(|| "number: it is empty; give the row its invoice number, or let a profile make one ([blank] number = \"{line}\")".to_owned())?;
    let decimal = |index: usize| row.decimal(index).map_err(told);
    let line = match (decimal(12)?, decimal(13)?) {
        (Some(quantity), Some(unit_price)) if has_lines => Some(GivenLine {
            description: own(11).unwrap_or_default(),
            quantity,
            unit_price,
            tax_class: own(14).unwrap_or_default(),
        }),
        _ => None,
    };
    let (net, tax, total) = (money(row, 7, currency)?, money(row, 8, currency)?, money(row, 9, currency)?);
    let by_sign = total.or(net).is_some_and(Money::is_negative)
        || (total.is_none()
            && net.is_none()
            && line.as_ref().and_then(GivenLine::exact).is_some_and(|v| v.is_sign_negative() && !v.is_zero()));
    let kind = kind_of(row.text(3), by_sign)?;
    let positive = |amount: Option<Money>| match amount {
        Some(m) if m.is_negative() && kind == Kind::CreditNote => m.negated().map(Some).map_err(|e| e.to_string()),
        other => Ok(other),
    };
    // Amounts on a row that is one of several lines belong to the line, not to the document.
    let (net, tax, total) =
        if line.is_some() { (None, positive(tax)?, None) } else { (positive(net)?, positive(tax)?, positive(total)?) };
    Ok(invoice::Given {
        kind,
        number: Some(number),
        customer: own(1).or_else(|| own(2)).ok_or_else(|| needs("customer"))?,
        customer_name: own(2).or_else(|| own(1)),
        payer: own(15),
        beneficiary: own(16),
        issued_on: row.date(4).map_err(told)?.ok_or_else(|| needs("issued_on"))?,
        due_on: row.date(5).map_err(told)?,
        currency,
        net,
        tax,
        total,
        credits: own(10),
        lines: line.into_iter().collect(),
        instalments: Vec::new(),
        opening_on: reading.opening_on,
    })
}

/// Customers met so far, carried from chunk to chunk once a chunk has committed.
pub type Known = BTreeMap<String, Id<ids::Customer>>;

/// What a chunk did.
pub struct ChunkDone {
    pub reports: Vec<RowReport>,
    pub known: Known,
}

/// Saves one chunk of units in one transaction: each is created, a duplicate, or refused with its reason.
pub fn chunk(
    tx: &mut Tx<'_>,
    actor: &Actor,
    today: Date,
    reading: &Reading,
    units: &[Unit],
    known: Known,
    explain: &dyn Fn(&Refusal) -> String,
) -> Result<ChunkDone, Error> {
    act(tx, actor, reading.what.right(), Subject { name: &reading.file, cause: None }, |tx| {
        let mut poster = Poster::knowing(known);
        let mut receipts = Receipts::default();
        let mut reports = Vec::with_capacity(units.len());
        for unit in units {
            let (id, outcome) = match &unit.read {
                Err(message) => (String::new(), Ok((Status::Refused, message.clone()))),
                Ok(Read::Customer(given)) => (given.code.clone(), save_customer(tx, actor, given)),
                Ok(Read::Rate(row)) => (format!("{} {}", row.currency, row.on), save_rate(tx, actor, row)),
                Ok(Read::Invoice(given)) => {
                    let id = given.number.clone().unwrap_or_default();
                    (id, save_invoice(tx, actor, today, &mut poster, given))
                }
                Ok(Read::Receipt(row)) => {
                    let id = row.given.reference.clone().unwrap_or_default();
                    let customer = match (&row.given.customer, &row.customer_name) {
                        (Some(code), Some(name)) => poster.customer(tx, actor, code, Some(name)).map(|_| ()),
                        _ => Ok(()),
                    };
                    (id, customer.and_then(|()| receipts.add(tx, actor, today, row, reports.len())))
                }
            };
            let (status, message) = match outcome {
                Ok(done) => done,
                Err(Error::Refused(refusal)) => (Status::Refused, explain(&refusal)),
                Err(failure) => return Err(failure),
            };
            reports.push(RowReport { line: unit.line, status, id, message });
        }
        poster.save(tx, actor)?;
        receipts.save(tx, actor, today, &mut reports, explain)?;
        Ok(ChunkDone { reports, known: poster.into_customers() })
    })
}

type Told = Result<(Status, String), Error>;

fn save_customer(tx: &mut Tx<'_>, actor: &Actor, given: &customer::Given) -> Told {
    Ok(match customer::save_given(tx, actor, given)? {
        Saved::Created => (Status::Created, String::new()),
        Saved::Updated => (Status::Updated, String::new()),
        Saved::Unchanged => (Status::Duplicate, "known already with the same data".into()),
    })
}

fn save_rate(tx: &mut Tx<'_>, actor: &Actor, row: &RateRow) -> Told {
    Ok(if rate::save(tx, actor, row)? {
        (Status::Created, String::new())
    } else {
        (Status::Duplicate, "this rate is there already".into())
    })
}

/// Equal content under another number is told, never refused: two true equal invoices exist.
fn twin_warning(twin: &str) -> String {
    words::say(Language::En, "import-twin", &[("number", twin)])
}

fn save_invoice(tx: &mut Tx<'_>, actor: &Actor, today: Date, poster: &mut Poster, given: &invoice::Given) -> Told {
    Ok(match poster.add(tx, actor, today, given)? {
        Outcome::Created(posted) => (Status::Created, posted.twin.map(|twin| twin_warning(&twin)).unwrap_or_default()),
        Outcome::Duplicate(number) => {
            (Status::Duplicate, format!("{number} is posted already with the same content; nothing was done"))
        }
    })
}

/// Collects receipts and writes them in bulk; then applies those that name their invoice.
#[derive(Default)]
struct Receipts {
    receipts: Vec<Receipt>,
    entries: Vec<NewEntry>,
    accounts: BTreeMap<String, store::company::AccountRow>,
    seen: std::collections::BTreeSet<([u8; 16], i32)>,
    /// Row of the report, receipt, and the invoice it names.
    apply: Vec<(usize, Id<ids::Receipt>, String)>,
}

impl Receipts {
    fn add(&mut self, tx: &mut Tx<'_>, actor: &Actor, today: Date, row: &ReceiptRow, at: usize) -> Told {
        let code = &row.given.account;
        let account = match self.accounts.get(code) {
            Some(account) => account.clone(),
            None => {
                let found = account::money(tx, actor, code)?;
                self.accounts.insert(code.clone(), found.clone());
                found
            }
        };
        let Natural { print, occurrence } = row.natural;
        let known = receipt::is_known(tx, actor.company.id, account.account, print, occurrence)?.is_some();
        if known || !self.seen.insert((print, occurrence)) {
            return Ok((Status::Duplicate, "this payment is recorded already; nothing was done".into()));
        }
        let mut given = row.given.clone();
        if let Some(number) = &row.invoice
            && given.customer.is_none()
        {
            // An invoice names whose money it is.
            let invoice = store::document::get(tx, actor.company.id, number)?;
            given.customer = Some(store::customer::by_id(tx, actor.company.id, invoice.payer)?.code);
        }
        let (receipt, entry) = super::receipt::prepare(tx, actor, today, &given, &account, row.natural)?;
        if let Some(number) = &row.invoice {
            store::document::get(tx, actor.company.id, number)?;
            self.apply.push((at, receipt.id, number.clone()));
        }
        self.receipts.push(receipt);
        self.entries.push(entry);
        Ok((Status::Created, String::new()))
    }

    fn save(
        self,
        tx: &mut Tx<'_>,
        actor: &Actor,
        today: Date,
        reports: &mut [RowReport],
        explain: &dyn Fn(&Refusal) -> String,
    ) -> Result<(), Error> {
        if self.receipts.is_empty() {
            return Ok(());
        }
        receipt::save(tx, actor.company.id, &self.receipts)?;
        entry::save(tx, actor.company.id, &self.entries)?;
        for (at, id, number) in self.apply {
            let told = apply_named(tx, actor, today, id, &number);
            let message = match told {
                Ok(message) => message,
                // The money is in; only its application waits for a person.
                Err(Error::Refused(refusal)) => format!("recorded and left unapplied: {}", explain(&refusal)),
                Err(failure) => return Err(failure),
            };
            reports[at].message = message;
        }
        Ok(())
    }
}

/// Applies a receipt to the invoice its row names, as far as both reach, on the day it came in.
fn apply_named(
    tx: &mut Tx<'_>,
    actor: &Actor,
    today: Date,
    id: Id<ids::Receipt>,
    number: &str,
) -> Result<String, Error> {
    let company = actor.company.id;
    let invoice = store::document::get(tx, company, number)?;
    let mut applied = 0;
    for item in store::document::items_of(tx, company, invoice.id)? {
        let funds = receipt::funds(tx, company, id)?;
        if funds.currency != item.currency || item.open <= 0 || funds.unapplied == 0 {
            continue;
        }
        let amount = item.open.min(funds.unapplied);
        let on = funds.posted_on.max(item.posted_on);
        let part = super::allocation::Part { amount, paid: amount, on: Some(on) };
        super::allocation::allocate_one(tx, actor, today, &funds, &item, part)?;
        applied += amount;
    }
    let money = Money::new(applied, invoice.currency);
    Ok(if applied == 0 {
        format!("recorded; nothing was applied to {number}, which has nothing open in this currency")
    } else {
        format!("{money} applied to {number}")
    })
}
