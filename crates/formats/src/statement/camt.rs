//! camt.052, 053 and 054 (ISO 20022) as banks really send them: any version, any or no namespace, missing parts.
//! One line per entry; a batch that lists its transactions with amounts that add up becomes one line each.

use quick_xml::events::Event;
use receivables::money::MoneyError;
use receivables::{Currency, Date, Instant, Money};
use rust_decimal::Decimal;

use super::{Direction, Line, LineStatus, Statement, StatementFile};
use crate::fault::Fault;
use crate::remittance::Row;
use crate::table::shown;
use crate::xml::{self, Node};

/// What the standard writes where an id is required and there is none.
const NO_IDS: &[&str] = &["NOTPROVIDED", "NOT PROVIDED", "NONREF", "N/A", "-"];

/// Balance types, best first (ISO 20022 external code list): the booked ones only.
const OPENING: &[&str] = &["OPBD", "PRCD"];
const CLOSING: &[&str] = &["CLBD"];

/// Reads the repaired text of a camt message, whose root element says which it is.
pub(super) fn read(text: &str, root: &str) -> StatementFile {
    let format = match root {
        "BkToCstmrAcctRpt" => "camt.052",
        "BkToCstmrDbtCdtNtfctn" => "camt.054",
        _ => "camt.053",
    };
    let mut reader = xml::reader(text);
    let mut statements: Vec<Draft> = Vec::new();
    let mut count = 0;
    let mut created_on = None;
    loop {
        let event = reader.read_event();
        let start = match &event {
            Ok(Event::Start(start)) => start,
            Ok(Event::Eof) => break,
            Ok(_) => continue,
            Err(error) => {
                current(&mut statements).broken(count + 1, error);
                break;
            }
        };
        let name = start.local_name().as_ref().to_owned();
        match name.as_str() {
            "Stmt" | "Rpt" | "Ntfctn" => statements.push(Draft { created_on, ..Draft::default() }),
            "CreDtTm" => {
                let written = xml::subtree(&mut reader, start).ok().and_then(|node| moment(Some(&node)).0);
                match statements.last_mut() {
                    Some(draft) => draft.created_on = written.or(draft.created_on),
                    None => created_on = written,
                }
            }
            "Acct" | "Bal" | "TxsSummry" | "Ntry" => {
                count += u64::from(name == "Ntry");
                match xml::subtree(&mut reader, start) {
                    Ok(node) => current(&mut statements).take(&node, count),
                    Err(error) => {
                        current(&mut statements).broken(count.max(1), error);
                        break;
                    }
                }
            }
            _ => {}
        }
    }
    StatementFile { format, statements: statements.into_iter().map(Draft::finish).collect() }
}

fn current(statements: &mut Vec<Draft>) -> &mut Draft {
    if statements.is_empty() {
        statements.push(Draft::default());
    }
    statements.last_mut().expect("one was just pushed")
}

/// A statement being read.
#[derive(Default)]
struct Draft {
    statement: Statement,
    balances: Vec<(String, Money)>,
    closed_on: Option<Date>,
    created_on: Option<Date>,
}

impl Draft {
    fn take(&mut self, node: &Node, number: u64) {
        match node.name.as_str() {
            "Acct" => {
                let id = node.text_at("Id/IBAN").or_else(|| node.text_at("Id/Othr/Id"));
                self.statement.account = self.statement.account.take().or(id.map(str::to_owned));
                let currency = node.text_at("Ccy").and_then(|c| c.parse().ok());
                self.statement.currency = self.statement.currency.or(currency);
            }
            "Bal" => {
                let found = balance(node);
                if found.as_ref().is_some_and(|(code, _)| CLOSING.contains(&code.as_str())) {
                    self.closed_on = moment(node.at("Dt")).0;
                }
                self.balances.extend(found);
            }
            "TxsSummry" => self.statement.lines_declared = self.statement.lines_declared.or(declared(node)),
            _ => self.statement.lines.extend(lines(node, number, self.statement.currency)),
        }
    }

    fn broken(&mut self, number: u64, cause: impl ToString) {
        let fault = Fault::BreaksOffAtEntry { entry: number.to_string(), cause: cause.to_string() };
        self.statement.lines.push(Line::unread(number, fault));
    }

    fn finish(mut self) -> Statement {
        // An entry without a day of its own was booked by the day of the closing balance, at the
        // latest by that of the message.
        for line in self.statement.lines.iter_mut().filter(|l| l.status == LineStatus::Booked && l.on.is_none()) {
            line.on = self.closed_on.or(self.created_on);
            if line.on.is_none() {
                line.status = LineStatus::Review(Fault::EntryWithoutDate);
            }
        }
        let of = |types: &[&str]| {
            types.iter().find_map(|t| self.balances.iter().find(|(code, _)| code == t).map(|(_, money)| *money))
        };
        let (opening, closing) = (of(OPENING), of(CLOSING));
        let first_amount = self.statement.lines.iter().find_map(|l| l.amount);
        let seen = opening.or(closing).or(first_amount).map(|m| m.currency);
        Statement { opening, closing, currency: self.statement.currency.or(seen), ..self.statement }
    }
}

/// How many entries a summary counts: in all, or else money in and money out, when it counts both.
fn declared(summary: &Node) -> Option<u64> {
    let count = |of: &str| summary.text_at(&format!("{of}/NbOfNtries"))?.parse::<u64>().ok();
    count("TtlNtries").or_else(|| count("TtlCdtNtries")?.checked_add(count("TtlDbtNtries")?))
}

fn balance(node: &Node) -> Option<(String, Money)> {
    let code = node.text_at("Tp/CdOrPrtry/Cd").or_else(|| node.text_at("Tp/CdOrPrtry/Prtry"))?;
    let money = money(node.at("Amt")?, None).ok()?;
    let signed = if direction(node) == Some(Direction::Out) { money.negated().ok()? } else { money };
    Some((code.to_owned(), signed))
}

/// The line of an entry, or the lines of its transactions.
fn lines(entry: &Node, number: u64, account: Option<Currency>) -> Vec<Line> {
    let details: Vec<&Node> = entry.all("NtryDtls").flat_map(|d| d.all("TxDtls")).collect();
    let whole = line(entry, &details, number, account);
    let Some(parts) = parts(&whole, &details, account) else { return vec![whole] };
    let share = |(index, (detail, direction, amount)): (usize, (&Node, Direction, Money))| {
        let mut part = line(entry, &[detail], number, account);
        part.direction = direction;
        (part.amount, part.fee) = (Some(amount), None);
        let own = detail.text_at("Refs/AcctSvcrRef").and_then(id);
        part.identity = identity(&part);
        part.identity.push(own.clone().unwrap_or_else(|| format!("part {}", index + 1)));
        part.reference = own.or(part.reference);
        part
    };
    parts.into_iter().enumerate().map(share).collect()
}

/// The transactions of a batch, when each has an amount and they add up to the entry.
fn parts<'n>(
    whole: &Line,
    details: &[&'n Node],
    account: Option<Currency>,
) -> Option<Vec<(&'n Node, Direction, Money)>> {
    if details.len() < 2 || matches!(whole.status, LineStatus::Review(_)) {
        return None;
    }
    let total = whole.movement()?;
    let mut sum = Money::zero(total.currency);
    let mut parts = Vec::new();
    for detail in details {
        let written = detail.at("Amt").or_else(|| detail.at("AmtDtls/TxAmt/Amt"))?;
        let amount = money(written, account).ok()?;
        let way = direction(detail).unwrap_or(whole.direction);
        sum = if way == Direction::Out { sum.minus(amount).ok()? } else { sum.plus(amount).ok()? };
        parts.push((*detail, way, amount));
    }
    (sum == total).then_some(parts)
}

/// The line of an entry and those of its transactions it stands for.
fn line(entry: &Node, details: &[&Node], number: u64, account: Option<Currency>) -> Line {
    let mut line = Line::new(number, &kind(entry));
    line.reversal = entry.text_at("RvslInd") == Some("true") || details.iter().any(|d| d.at("RtrInf").is_some());
    line.reference = entry.text_at("AcctSvcrRef").and_then(id);
    describe(&mut line, entry, details);
    let structured = details.iter().flat_map(|d| d.all("RmtInf")).flat_map(|r| r.all("Strd"));
    line.remittance = structured.flat_map(|strd| referred(strd, number, account)).collect();
    line.status = fill(&mut line, entry, account).unwrap_or_else(LineStatus::Review);
    if line.direction == Direction::In
        && let Some(booked) = line.amount
        && let Some(charges) = charges_kept(entry, details, booked.currency).filter(|kept| !kept.is_zero())
    {
        // The payer paid what was booked and what the bank kept of it.
        (line.amount, line.fee) = (booked.plus(charges).ok(), Some(charges));
    }
    if let [detail] = details {
        parties(&mut line, detail);
    }
    line.identity = identity(&line);
    line
}

fn fill(line: &mut Line, entry: &Node, account: Option<Currency>) -> Result<LineStatus, Fault> {
    let (on, at, local) = moment(entry.at("BookgDt"));
    let (value_on, _, _) = moment(entry.at("ValDt"));
    (line.on, line.value_on, line.at, line.local_time) = (on.or(value_on), value_on, at, local);
    let written = entry.at("Amt").ok_or(Fault::EntryWithoutAmount)?;
    let amount = money(written, account)?;
    let way = direction(entry).ok_or(Fault::EntryWithoutSide)?;
    // A negative amount is against the standard; taken at its word it would turn the direction round unseen.
    if amount.is_negative() {
        return Err(Fault::EntryNegative { amount: amount.to_string() });
    }
    (line.amount, line.direction) = (Some(amount), way);
    match entry.text_at("Sts/Cd").or_else(|| entry.text_at("Sts/Prtry")).or_else(|| entry.text_at("Sts")) {
        Some("BOOK") if line.on.is_none() && entry.at("BookgDt").is_some_and(|d| !d.children.is_empty()) => {
            Err(Fault::EntryBadDate)
        }
        Some("BOOK") => Ok(LineStatus::Booked),
        Some("PDNG" | "INFO" | "FUTR") => Ok(LineStatus::Pending),
        Some(other) => Err(Fault::EntryStatus { status: other.chars().take(20).collect() }),
        None => Err(Fault::EntryWithoutStatus),
    }
}

/// What the bank kept of money that came in: charges that its records say are included in the amount, of the entry or
/// else of its one transaction. What it charges apart is an entry of its own.
fn charges_kept(entry: &Node, details: &[&Node], currency: Currency) -> Option<Money> {
    let charges = entry.at("Chrgs").or_else(|| if let [detail] = details { detail.at("Chrgs") } else { None })?;
    let included = charges.all("Rcrd").filter(|record| record.text_at("ChrgInclInd") == Some("true"));
    let kept = included.map(|record| {
        let amount = money(record.at("Amt")?, None).ok().filter(|amount| amount.currency == currency)?;
        if direction(record) == Some(Direction::In) { amount.negated().ok() } else { Some(amount) }
    });
    let sum = kept.collect::<Option<Vec<Money>>>()?.into_iter().try_fold(Money::zero(currency), Money::plus).ok()?;
    (!sum.is_negative()).then_some(sum)
}

fn describe(line: &mut Line, entry: &Node, details: &[&Node]) {
    let mut said: Vec<&str> = Vec::new();
    for remittance in details.iter().flat_map(|d| d.all("RmtInf")) {
        said.extend(remittance.all("Ustrd").map(|u| u.text.trim()));
        for structured in remittance.all("Strd") {
            said.extend(structured.text_at("CdtrRefInf/Ref").or_else(|| structured.text_at("CdtrRefInf/CdtrRef")));
            said.extend(structured.all("RfrdDocInf").filter_map(|d| d.text_at("Nb")));
            said.extend(structured.all("AddtlRmtInf").map(|a| a.text.trim()));
        }
    }
    said.retain(|s| !s.is_empty());
    line.text = said.join(" ");
    let notes = details.iter().filter_map(|d| d.text_at("AddtlTxInf")).chain(entry.text_at("AddtlNtryInf"));
    let notes: Vec<&str> = notes.collect();
    if line.text.is_empty() {
        line.text = notes.first().map(|n| (*n).to_owned()).unwrap_or_default();
    }
    said.extend(notes);
    line.body = said.join(" · ");
    let refs = ["Refs/EndToEndId", "Refs/TxId", "Refs/UETR", "Refs/InstrId", "Refs/MndtId"];
    if let [detail] = details {
        line.external_reference = refs.iter().find_map(|path| detail.text_at(path).and_then(id));
    }
}

/// The documents that one structured remittance names. Its amounts are those of its document; of several, nobody knows whose.
fn referred(structured: &Node, number: u64, account: Option<Currency>) -> Vec<Row> {
    let reference = structured.text_at("CdtrRefInf/Ref").or_else(|| structured.text_at("CdtrRefInf/CdtrRef"));
    let reference = reference.map(str::to_owned);
    let documents: Vec<&Node> = structured.all("RfrdDocInf").collect();
    let row = |document: Option<&Node>| {
        let on = document.and_then(|d| moment(d.at("RltdDt")).0);
        let number_of = document.and_then(|d| d.text_at("Nb").or_else(|| d.text_at("RfrdDocNb")));
        let document = number_of.map(str::to_owned).or_else(|| reference.clone()).unwrap_or_default();
        Row { line: number, document, reference: reference.clone(), on, ..Row::default() }
    };
    match documents.as_slice() {
        [] if reference.is_none() => Vec::new(),
        [] => vec![with_amounts(row(None), structured, account, false)],
        [one] => {
            let code = one.text_at("Tp/CdOrPrtry/Cd").or_else(|| one.text_at("RfrdDocTp/Cd"));
            vec![with_amounts(row(Some(one)), structured, account, code == Some("CREN"))]
        }
        several => several.iter().map(|one| row(Some(one))).collect(),
    }
}

/// Takes the amounts of a structured remittance; those of a credit note are below zero.
fn with_amounts(mut row: Row, structured: &Node, account: Option<Currency>, credit_note: bool) -> Row {
    let amounts: Vec<&Node> = structured.all("RfrdDocAmt").collect();
    let mut fault = None;
    let mut sum = |nodes: Vec<&Node>| -> Option<Money> {
        let mut sum: Option<Money> = None;
        for node in nodes {
            // Later versions put the amount within, beside its type.
            let written = node.at("Amt").unwrap_or(node);
            let read = money(written, account).and_then(|amount| match sum {
                Some(sum) => Ok(sum.plus(amount)?),
                None => Ok(amount),
            });
            match read {
                Ok(amount) => sum = Some(amount),
                Err(why) => fault = Some(why),
            }
        }
        sum.and_then(|sum| if credit_note { sum.negated().ok() } else { Some(sum) })
    };
    let all = |name: &'static str| amounts.iter().flat_map(|amount| amount.all(name)).collect::<Vec<&Node>>();
    row.gross = sum(if credit_note { all("CdtNoteAmt") } else { all("DuePyblAmt") });
    if row.gross.is_none() {
        row.gross = sum(all("DuePyblAmt"));
    }
    row.discount = sum(all("DscntApldAmt"));
    row.paid = sum(all("RmtdAmt"));
    let adjusted = all("AdjstmntAmtAndRsn");
    row.deduction = sum(adjusted.clone());
    let reasons = adjusted.iter().flat_map(|a| [a.text_at("Rsn"), a.text_at("AddtlInf")]).flatten();
    row.reason = reasons.collect::<Vec<_>>().join(" · ");
    let tax = sum(all("TaxAmt"));
    row.fault = fault;
    // A tax that was kept back, unless it is only said what the document holds of it.
    let mut withheld = Row { withheld: tax, ..row.clone() };
    withheld.check();
    row.check();
    if row.fault.is_some() && withheld.fault.is_none() { withheld } else { row }
}

fn parties(line: &mut Line, detail: &Node) {
    let debtor = ("RltdPties/Dbtr", "RltdPties/DbtrAcct", "RltdPties/UltmtDbtr");
    let creditor = ("RltdPties/Cdtr", "RltdPties/CdtrAcct", "RltdPties/UltmtCdtr");
    // In a reversal the parties keep the roles of the first payment.
    let from_debtor = (line.direction == Direction::In) != line.reversal;
    let (first, second) = if from_debtor { (debtor, creditor) } else { (creditor, debtor) };
    let name = |(party, _, ultimate): (&str, &str, &str)| {
        let at = |p: &str| detail.at(p).and_then(|n| n.text_at("Nm").or_else(|| n.text_at("Pty/Nm")));
        at(party).or_else(|| at(ultimate)).map(str::to_owned)
    };
    let account = |(_, account, _): (&str, &str, &str)| {
        let node = detail.at(account)?;
        node.text_at("Id/IBAN").or_else(|| node.text_at("Id/Othr/Id")).map(str::to_owned)
    };
    let side = if line.reversal && name(first).is_none() { second } else { first };
    line.counterparty = name(side);
    line.counterparty_ref = account(side);
}

/// The bank's code for the kind of entry: `PMNT/RCDT/ESCT`, else its own code.
fn kind(entry: &Node) -> String {
    let domain = ["BkTxCd/Domn/Cd", "BkTxCd/Domn/Fmly/Cd", "BkTxCd/Domn/Fmly/SubFmlyCd"];
    let codes: Vec<&str> = domain.iter().filter_map(|path| entry.text_at(path)).collect();
    match (codes.is_empty(), entry.text_at("BkTxCd/Prtry/Cd")) {
        (false, _) => codes.join("/"),
        (true, Some(own)) => own.to_owned(),
        (true, None) => "entry".to_owned(),
    }
}

/// Banks reuse one reference for a payment and its fee, so the amount and its direction belong to the identity.
fn identity(line: &Line) -> Vec<String> {
    let amount = format!("{:?} {}", line.direction, line.amount.map(|m| format!("{m:?}")).unwrap_or_default());
    if let Some(reference) = &line.reference {
        return vec![reference.clone(), amount];
    }
    let day = line.on.map(|d| d.to_string()).unwrap_or_default();
    let text = |t: &Option<String>| t.clone().unwrap_or_default();
    vec![day, amount, text(&line.external_reference), text(&line.counterparty), line.text.clone()]
}

fn id(text: &str) -> Option<String> {
    (!NO_IDS.contains(&text.to_uppercase().as_str())).then(|| text.to_owned())
}

fn direction(node: &Node) -> Option<Direction> {
    match node.text_at("CdtDbtInd")? {
        "CRDT" => Some(Direction::In),
        "DBIT" => Some(Direction::Out),
        _ => None,
    }
}

/// An amount with its currency; zeros behind the minor unit are dropped, anything else there is refused.
fn money(node: &Node, account: Option<Currency>) -> Result<Money, Fault> {
    let text = node.text.trim();
    let currency = match node.attribute("Ccy") {
        Some(code) => code.parse::<Currency>()?,
        None => account.ok_or_else(|| Fault::EntryWithoutCurrency { amount: shown(text) })?,
    };
    let major = Decimal::from_str_exact(text).map_err(|_| MoneyError::NotAnAmount { text: shown(text) })?;
    Ok(Money::from_major(major, currency)?)
}

/// `Dt` or `DtTm`: the day as the bank wrote it, the instant if it gave an offset, the written time.
fn moment(node: Option<&Node>) -> (Option<Date>, Option<Instant>, Option<String>) {
    let Some(node) = node else { return (None, None, None) };
    let written = node.text_at("Dt").or_else(|| node.text_at("DtTm")).unwrap_or(node.text.trim());
    let day = written.get(..10).and_then(|d| d.parse().ok());
    if written.len() <= 10 || !written.contains('T') {
        return (day, None, None);
    }
    (day, written.parse().ok(), Some(written.to_owned()))
}
