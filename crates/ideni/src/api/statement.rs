//! Statements of banks and wallets, and their lines that wait for a person.

use std::sync::Arc;

use receivables::Money;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::{Error, Tx};

use super::ask::{Ask, Reply, Stop};
use super::cursor::{AnyPage, Page};
use super::endpoint::endpoints;
use super::problem::Problem;
use super::refund::NewReversal;
use super::shape::{Amount, Code, CurrencyCode, Day, Line, Name, Sum, Uuid};
use crate::actions::review;
use crate::actions::statement::{self, Balance, Imported, LineReport, Source};
use crate::words::{self, Language};

endpoints! { "statements"
    /// Takes a file of a bank or wallet into a money account; its format is found by content.
    /// Every line is taken once, however often its file comes: money in becomes a receipt, the rest is recorded, what is not
    /// understood waits for a person.
    write Post "/statements" StatementImport take_in(by query NewStatement, file) -> Statement;
    /// Lines that wait for a person.
    read Get "/statement-lines" Read waiting(query AnyPage) -> Page<WaitingLine>;
    /// Decides that a waiting line is no receipt.
    write Post "/statement-lines/{line}/clearance" StatementClear clear(body NewReversal) -> Cleared;
    /// Makes a waiting line a receipt by a person's word.
    write Post "/statement-lines/{line}/receipt" StatementRecord record(body NewReceiptOfLine) -> ReceiptOfLine;
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
struct NewStatement {
    /// The money account the file belongs to.
    account: Code,
    /// How the file is called.
    name: Option<Name>,
    /// Whose messages are meant, in a telephone's backup with those of several banks and wallets.
    sender: Option<Name>,
}

#[derive(Serialize, JsonSchema)]
struct Statement {
    format: String,
    /// One per line or message of the file.
    lines: Vec<StatementLine>,
    /// One per statement in the file: whether opening and lines make the closing.
    balances: Vec<StatementBalance>,
}

#[derive(Serialize, JsonSchema)]
struct StatementLine {
    line: u64,
    on: Option<Day>,
    at: Option<String>,
    kind: String,
    #[schemars(extend("enum" = ["in", "out", "none"]))]
    direction: &'static str,
    amount: Option<Sum>,
    currency: Option<CurrencyCode>,
    fee: Option<Sum>,
    balance_after: Option<Sum>,
    reference: Option<String>,
    counterparty: Option<String>,
    #[schemars(extend("enum" = ["receipt", "recorded", "transfer", "duplicate", "review", "dropped"]))]
    status: &'static str,
    /// Why, in the language of `Accept-Language`.
    message: Option<String>,
}

#[derive(Serialize, JsonSchema)]
struct StatementBalance {
    account: Option<String>,
    currency: Option<CurrencyCode>,
    opening: Option<Sum>,
    closing: Option<Sum>,
    /// What opening and lines do not explain of the closing.
    difference: Option<Sum>,
    lines_declared: Option<u64>,
    lines_found: u64,
    /// Where the balance jumps: a message may be missing.
    gaps: Vec<Gap>,
    /// What the file says of itself and is not so, in the language of `Accept-Language`.
    faults: Vec<String>,
}

#[derive(Serialize, JsonSchema)]
struct Gap {
    after_line: u64,
    missing: Sum,
}

fn take_in(ask: &Arc<Ask>) -> Result<Reply, Stop> {
    let asked: NewStatement = ask.query()?;
    let account = asked.account.as_str();
    let way = ask.db().read(|tx| statement::way(tx, ask.actor(), account))?;
    let way = statement::of_sender(way, asked.sender.as_ref().map(|sender| sender.as_str().to_owned()));
    let file = formats::statement::read(ask.file(), ask.own(), way.as_ref());
    let file = file.map_err(|why| Problem::FileUnreadable { why })?;
    let digest = Source::digest_of(ask.file());
    ask.write(move |tx, ask| {
        let name = asked.name.as_ref().map_or("statement", Line::as_str);
        let source = Source { name, digest, file: &file };
        let imported = statement::import(tx, ask.actor(), ask.today(), asked.account.as_str(), &source)?;
        Ok(told(imported, file.format.to_owned(), ask.language()))
    })
}

fn told(imported: Imported, format: String, language: Language) -> Statement {
    let line = |l: LineReport| StatementLine {
        line: l.line,
        on: l.on.map(Day),
        at: l.at,
        kind: l.kind,
        direction: l.direction,
        currency: l.amount.map(|money| CurrencyCode(money.currency)),
        amount: l.amount.map(Sum::from),
        fee: l.fee.map(Sum::from),
        balance_after: l.balance_after.map(Sum::from),
        reference: l.reference,
        counterparty: l.counterparty,
        status: l.status,
        message: l.message.map(|note| words::saying(language, &note)),
    };
    let balance = |b: Balance| StatementBalance {
        account: b.account,
        currency: b.opening.or(b.closing).map(|money| CurrencyCode(money.currency)),
        opening: b.opening.map(Sum::from),
        closing: b.closing.map(Sum::from),
        difference: b.difference.map(Sum::from),
        lines_declared: b.lines_declared,
        lines_found: b.lines_found,
        gaps: b.gaps.into_iter().map(gap).collect(),
        faults: b.faults.iter().map(|fault| words::saying(language, fault)).collect(),
    };
    let lines = imported.lines.into_iter().map(line).collect();
    Statement { format, lines, balances: imported.balances.into_iter().map(balance).collect() }
}

fn gap((after_line, missing): (u64, Money)) -> Gap {
    Gap { after_line, missing: missing.into() }
}

#[derive(Serialize, JsonSchema)]
struct WaitingLine {
    /// Names the line in what is decided about it.
    line: String,
    file: String,
    account: String,
    /// Which line of the file.
    place: i64,
    on: Option<Day>,
    kind: String,
    text: Option<String>,
}

fn waiting(tx: &mut Tx<'_>, ask: &Ask, asked: &AnyPage) -> Result<Page<WaitingLine>, Error> {
    let mut all = review::list(tx, ask.actor())?;
    let key = |w: &review::Waiting| w.id.clone().into_bytes();
    all.sort_by_key(key);
    asked.span("statement-lines").cut(all, key, |w| WaitingLine {
        line: w.id,
        file: w.line.file,
        account: w.line.account,
        place: w.line.line,
        on: w.line.on.map(Day),
        kind: w.line.kind,
        text: w.line.text,
    })
}

#[derive(Serialize, JsonSchema)]
struct Cleared {
    line: String,
}

fn clear(tx: &mut Tx<'_>, ask: &Ask, new: &NewReversal) -> Result<Cleared, Error> {
    let line = ask.path("line");
    review::clear(tx, ask.actor(), ask.today(), line, new.reason.as_str(), None)?;
    Ok(Cleared { line: line.to_owned() })
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewReceiptOfLine {
    /// Gross.
    amount: Amount,
    /// The line's, else the company's, if left out.
    currency: Option<CurrencyCode>,
    /// The line's day if left out.
    on: Option<Day>,
    reference: Option<Code>,
    payer: Option<Name>,
}

#[derive(Serialize, JsonSchema)]
struct ReceiptOfLine {
    /// The receipt's id.
    id: Uuid,
}

fn record(tx: &mut Tx<'_>, ask: &Ask, new: &NewReceiptOfLine) -> Result<ReceiptOfLine, Error> {
    let said = review::Said {
        amount: new.amount.major(),
        currency: new.currency.map(|CurrencyCode(currency)| currency),
        on: new.on.map(|Day(on)| on),
        reference: new.reference.as_ref().map(Line::text),
        payer: new.payer.as_ref().map(Line::text),
    };
    let made = review::record(tx, ask.actor(), ask.today(), ask.path("line"), &said, None)?;
    Ok(ReceiptOfLine { id: Uuid(made.id) })
}
