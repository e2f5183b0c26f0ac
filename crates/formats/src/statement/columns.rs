//! Statements as tables: a bank's CSV or XLSX export, with a profile or with headers we know.

use receivables::{Currency, Money};
use rust_decimal::Decimal;

use super::chain::{balance_before, gaps_in_order};
use super::{Direction, Line, LineStatus, Statement, StatementFile};
use crate::fault::Fault;
use crate::profile::Profile;
use crate::table::{self, Field, FieldKind, FileError, Row, shown};

pub(super) static FIELDS: [Field; 13] = [
    field(
        "on",
        FieldKind::Date,
        &[
            "bookingdate",
            "transactiondate",
            "postingdate",
            "posteddate",
            "date",
            "trandate",
            "txndate",
            "transdate",
            "dateoperation",
            "datedoperation",
            "datecomptable",
            "buchungstag",
            "fecha",
            "entrydate",
            "effectivedate",
            "postdate",
            "vrdate",
            "dateecriture",
            "datetransaction",
            "datum",
        ],
    ),
    field("value_on", FieldKind::Date, &["valuedate", "valuedt", "datevaleur", "datedevaleur", "valutadatum"]),
    field(
        "text",
        FieldKind::Text,
        &[
            "description",
            "narration",
            "narrative",
            "details",
            "particulars",
            "transactiondetails",
            "transactiondescription",
            "remarks",
            "memo",
            "label",
            "libelle",
            "motif",
            "verwendungszweck",
            "concepto",
        ],
    ),
    field(
        "reference",
        FieldKind::Text,
        &[
            "reference",
            "ref",
            "referenceno",
            "referencenumber",
            "transactionreference",
            "transactionid",
            "txnid",
            "chequeno",
            "chequenumber",
            "numerodereference",
            "referencia",
        ],
    ),
    field(
        "debit",
        FieldKind::Amount,
        &[
            "debit",
            "debits",
            "debitamount",
            "withdrawal",
            "withdrawals",
            "withdrawalamount",
            "moneyout",
            "paidout",
            "dr",
            "dramt",
            "debitamt",
            "montantdebit",
            "debito",
            "cargo",
        ],
    ),
    field(
        "credit",
        FieldKind::Amount,
        &[
            "credit",
            "credits",
            "creditamount",
            "deposit",
            "deposits",
            "depositamount",
            "moneyin",
            "paidin",
            "cr",
            "cramt",
            "creditamt",
            "montantcredit",
            "credito",
            "abono",
        ],
    ),
    field("amount", FieldKind::Amount, &["amount", "transactionamount", "montant", "betrag", "importe", "value"]),
    field("side", FieldKind::Text, &["dc", "drcr", "crdr", "debitcredit", "creditdebit", "sens"]),
    field(
        "balance",
        FieldKind::Amount,
        &[
            "balance",
            "runningbalance",
            "balanceafter",
            "closingbalance",
            "availablebalance",
            "solde",
            "soldeapres",
            "saldo",
        ],
    ),
    field("currency", FieldKind::Text, &["currency", "ccy", "devise", "moneda", "wahrung"]),
    field(
        "counterparty",
        FieldKind::Text,
        &["counterparty", "partnername", "payer", "payername", "sender", "beneficiary", "name", "tiers", "nom"],
    ),
    field(
        "counterparty_ref",
        FieldKind::Text,
        &["counterpartyaccount", "bankaccount", "payeraccount", "partneraccount", "phone", "msisdn"],
    ),
    field(
        "account",
        FieldKind::Text,
        &["account", "accountnumber", "accountno", "iban", "compte", "numerodecompte", "cuenta"],
    ),
];
pub(super) const ON: usize = 0;
pub(super) const VALUE_ON: usize = 1;
pub(super) const TEXT: usize = 2;
pub(super) const REFERENCE: usize = 3;
pub(super) const DEBIT: usize = 4;
pub(super) const CREDIT: usize = 5;
pub(super) const AMOUNT: usize = 6;
pub(super) const SIDE: usize = 7;
pub(super) const BALANCE: usize = 8;
pub(super) const CURRENCY: usize = 9;
const COUNTERPARTY: usize = 10;
pub(super) const COUNTERPARTY_REF: usize = 11;
const ACCOUNT: usize = 12;

const OUT_WORDS: &[&str] = &[
    "d",
    "dr",
    "db",
    "dbit",
    "debit",
    "debito",
    "debet",
    "out",
    "withdrawal",
    "paid out",
    "s",
    "soll",
    "af",
    "cargo",
    "sortie",
    "-",
];
const IN_WORDS: &[&str] =
    &["c", "cr", "crdt", "credit", "credito", "in", "deposit", "paid in", "h", "haben", "bij", "abono", "entree", "+"];

/// Words that follow in such rows.
const OF_SUMS: &[&str] = &[
    "debit",
    "debits",
    "credit",
    "credits",
    "movements",
    "movement",
    "mouvements",
    "mouvement",
    "des",
    "du",
    "au",
    "de",
    "for",
    "of",
    "page",
    "amount",
    "amounts",
    "withdrawals",
    "deposits",
    "transactions",
    "operations",
    "general",
    "balance",
    "forward",
    "from",
    "to",
    "on",
    "as",
    "at",
    "initial",
    "final",
    "precedent",
    "anterieur",
    "reporte",
    "a",
    "en",
    "in",
    "out",
    "rwf",
    "usd",
    "eur",
];

/// How rows of sums and of balances carried over begin.
const TOTALS: &[&str] = &[
    "total",
    "sub total",
    "subtotal",
    "sub-total",
    "grand total",
    "sous-total",
    "totaux",
    "closing balance",
    "opening balance",
    "balance brought",
    "balance carried",
    "brought forward",
    "carried forward",
    "balance b/f",
    "balance c/f",
    "solde",
    "nouveau solde",
    "ancien solde",
    "report",
    "a reporter",
    "saldo",
    "igiteranyo",
    "jumla",
];

const fn field(name: &'static str, kind: FieldKind, synonyms: &'static [&'static str]) -> Field {
    Field { name, kind, required: false, synonyms }
}

/// Reads a table of movements.
pub(crate) fn read(bytes: &[u8], currency: Currency, profile: Option<&Profile>) -> Result<StatementFile, FileError> {
    let francs = currency.exponent() == 0;
    let reader = match francs {
        true => table::open_francs(bytes, &FIELDS, profile)?,
        false => table::open_bytes(bytes, &FIELDS, profile)?,
    };
    let layout = reader.layout();
    let has = |index: usize| layout.columns.iter().any(|(field, _)| field == FIELDS[index].name);
    if !(has(ON) || has(VALUE_ON)) || !(has(AMOUNT) || has(DEBIT) || has(CREDIT)) {
        return Err(Fault::NoStatement { layout: Box::new(layout.clone()) }.into());
    }
    let format = layout.kind;
    let mut statement = Statement { currency: Some(currency), ..Statement::default() };
    let mut accounts: Vec<String> = Vec::new();
    for row in reader {
        match row {
            Ok(row) => {
                if let Some(account) = row.text(ACCOUNT).filter(|a| !accounts.iter().any(|known| known == a)) {
                    accounts.push(account.to_owned());
                }
                statement.lines.push(line(&row, currency));
            }
            Err(error) if error.left_out() => statement
                .lines
                .push(Line { status: LineStatus::Dropped(error.fault), ..Line::new(error.line, "skipped") }),
            Err(error) => statement.lines.push(Line::unread(error.line, error.fault)),
        }
    }
    // A table of several accounts says so line by line, not as a whole.
    statement.account = accounts.pop().filter(|_| accounts.is_empty());
    let mut amounts = statement.lines.iter().filter_map(|l| l.amount.map(|m| m.currency));
    if let Some(first) = amounts.next().filter(|first| amounts.all(|other| other == *first)) {
        // The file's own word; the caller compares it with the account.
        statement.currency = Some(first);
    }
    balances(&mut statement);
    Ok(StatementFile { format, statements: vec![statement] })
}

fn line(row: &Row, currency: Currency) -> Line {
    let mut line = Line::new(row.line, "row");
    let text = |index: usize| row.text(index).map(str::to_owned);
    line.text = text(TEXT).unwrap_or_default();
    line.body = row.raw().filter(|c| !c.trim().is_empty()).collect::<Vec<_>>().join(" · ");
    line.reference = text(REFERENCE);
    line.counterparty = text(COUNTERPARTY);
    line.counterparty_ref = text(COUNTERPARTY_REF);
    line.status = fill(row, currency, &mut line).unwrap_or_else(LineStatus::Review);
    if line.status != LineStatus::Booked {
        line.direction = Direction::None;
    }
    let shown = |money: Option<Money>| money.map(|m| format!("{m:?}")).unwrap_or_default();
    line.identity = vec![
        line.reference.clone().unwrap_or_default(),
        line.on.map(|d| d.to_string()).unwrap_or_default(),
        format!("{:?} {}", line.direction, shown(line.amount)),
        shown(line.balance_after),
        line.text.clone(),
    ];
    line
}

fn fill(row: &Row, account_currency: Currency, line: &mut Line) -> Result<LineStatus, Fault> {
    let currency = row.text(CURRENCY).map_or(Ok(account_currency), str::parse)?;
    line.value_on = row.date(VALUE_ON)?;
    line.on = row.date(ON)?.or(line.value_on);
    if let Some(balance) = row.decimal(BALANCE)? {
        line.balance_after = Some(Money::from_major(balance, currency)?);
    }
    if line.on.is_none() && is_total(row) {
        return Ok(LineStatus::Dropped(Fault::RowOfTotals));
    }
    let Some((direction, major)) = movement(row)? else {
        return Ok(LineStatus::Dropped(Fault::RowWithoutAmount));
    };
    line.amount = Some(Money::from_major(major, currency)?);
    if line.on.is_none() {
        return Err(Fault::RowWithoutDate);
    }
    line.direction = direction;
    Ok(LineStatus::Booked)
}

/// Whether a row without a date says that it is a sum, or a balance brought from one page to the next.
fn is_total(row: &Row) -> bool {
    let first = row.raw().map(str::trim).find(|cell| cell.chars().any(char::is_alphabetic));
    let words = crate::headers::folded(first.unwrap_or_default());
    // A payer may be called so too: what follows must be of sums.
    let rest = TOTALS.iter().find_map(|total| words.strip_prefix(total));
    rest.is_some_and(|rest| {
        let next = rest.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
        let word = rest.split(|c: char| !c.is_alphabetic()).find(|word| !word.is_empty()).unwrap_or_default();
        next.is_empty() && (word.is_empty() || OF_SUMS.contains(&word))
    })
}

/// Which way and how much; `None` if the row has no amount.
fn movement(row: &Row) -> Result<Option<(Direction, Decimal)>, Fault> {
    let read = |index: usize| Ok::<_, Fault>(row.decimal(index)?.filter(|a| !a.is_zero()));
    let by_sign = |amount: Decimal| if amount.is_sign_negative() { Direction::Out } else { Direction::In };
    Ok(match (read(DEBIT)?, read(CREDIT)?, read(AMOUNT)?) {
        (Some(_), Some(_), _) => return Err(Fault::DebitAndCredit),
        // Some banks write debits with their minus, some without: the column says it already.
        (Some(debit), None, _) => Some((Direction::Out, debit.abs())),
        (None, Some(credit), _) => Some((by_sign(credit), credit.abs())),
        (None, None, Some(amount)) => {
            let way = match row.text(SIDE) {
                None => by_sign(amount),
                Some(word) => side(word).ok_or_else(|| Fault::NeitherSide { value: shown(word) })?,
            };
            Some((way, amount.abs()))
        }
        (None, None, None) => None,
    })
}

/// Which way a mark says that money moved.
pub(super) fn side(word: &str) -> Option<Direction> {
    let word = crate::headers::folded(word);
    if OUT_WORDS.contains(&word.as_str()) {
        return Some(Direction::Out);
    }
    IN_WORDS.contains(&word.as_str()).then_some(Direction::In)
}

/// Opening, closing and gaps from the balances after each line; exports run oldest first or newest first.
fn balances(statement: &mut Statement) {
    let booked: Vec<&Line> = statement.lines.iter().filter(|l| l.status == LineStatus::Booked).collect();
    if booked.iter().any(|l| l.balance_after.is_none()) {
        return;
    }
    let forward = gaps_in_order(booked.iter().copied());
    let backward = gaps_in_order(booked.iter().rev().copied());
    let dates_fall = booked.first().map(|l| l.on) > booked.last().map(|l| l.on);
    let newest_first = backward.len() < forward.len() || (backward.len() == forward.len() && dates_fall);
    let (first, last) = match newest_first {
        true => (booked.last(), booked.first()),
        false => (booked.first(), booked.last()),
    };
    let opening = first.and_then(|l| balance_before(l));
    let closing = last.and_then(|l| l.balance_after);
    (statement.opening, statement.closing) = (opening, closing);
    statement.gaps = if newest_first { backward } else { forward };
}
