//! Bank and wallet statements, whatever the file: camt XML, SWIFT messages, OFX, QIF, BAI2, CODA, texts to a telephone, a
//! CSV or XLSX table. The format is found by content, never by name, and every line of the file comes back: what cannot be read
//! comes back for review.

mod bai2;
mod camt;
mod chain;
mod coda;
mod columns;
mod decimals;
mod look;
pub(crate) mod message;
mod mt940;
mod ofx;
mod qif;

use std::io::Read;

use receivables::{Currency, Date, Instant, Money};

use crate::fault::Fault;
use crate::profile::Profile;
use crate::remittance::Row;
use crate::table::{self, FileError};
use crate::xml;

use chain::gaps_in_order;
pub use look::{Look, Seen, Why, fields, look};

/// The format is told by this much of a file.
const LOOKED_AT: usize = 4096;

/// A packed statement may unpack to this much.
const UNPACKED_MAX: u64 = 512 << 20;

/// All statements of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatementFile {
    /// `camt.052`, `camt.053`, `camt.054`, `mt940`, `ofx`, `qif`, `bai2`, `coda`, `sms`, `pasted`, `csv` or `xlsx`.
    pub format: &'static str,
    pub statements: Vec<Statement>,
}

/// One account's lines, with the balances around them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Statement {
    pub account: Option<String>,
    pub currency: Option<Currency>,
    pub opening: Option<Money>,
    pub closing: Option<Money>,
    /// How many entries the file says there are.
    pub lines_declared: Option<u64>,
    pub lines: Vec<Line>,
    /// Where the balances written after each line do not follow from each other.
    pub gaps: Vec<Gap>,
    /// What the file says of itself and is not so, and what of it could not be taken.
    pub faults: Vec<Fault>,
}

/// A break in the chain of balances: something is missing after a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gap {
    pub after_line: u64,
    /// The next balance less what it should be; negative if money went out unseen.
    pub missing: Money,
}

/// Which way money moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    In,
    Out,
    /// No money moved.
    None,
}

/// What may be done with a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LineStatus {
    /// Money moved: post it.
    Booked,
    /// Recorded, not money (yet): announced, failed, or a notice.
    Pending,
    /// A person must look: why.
    Review(Fault),
    /// Left out on purpose: why. One-time passwords and other people's messages keep no text.
    Dropped(Fault),
}

/// One entry or message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The number of the entry or message in the file, or the line of a table.
    pub line: u64,
    pub on: Option<Date>,
    pub value_on: Option<Date>,
    pub at: Option<Instant>,
    /// The time as the provider wrote it, in its own zone.
    pub local_time: Option<String>,
    /// The provider's kind of movement: a MoMo message kind, a bank transaction code.
    pub kind: String,
    pub direction: Direction,
    /// Never negative; `direction` says the sign.
    pub amount: Option<Money>,
    pub fee: Option<Money>,
    pub balance_after: Option<Money>,
    /// The provider's own id.
    pub reference: Option<String>,
    /// The other side's id: end-to-end id, external transaction id.
    pub external_reference: Option<String>,
    pub counterparty: Option<String>,
    /// Account, telephone number or merchant code of the other side.
    pub counterparty_ref: Option<String>,
    /// What the payer wrote: remittance text or message.
    pub text: String,
    /// The whole message as it came, for a person to read; empty for what is not kept.
    pub body: String,
    pub reversal: bool,
    pub status: LineStatus,
    /// The documents the payment is for, where the file says so in a form of its own and not only in `text`.
    pub remittance: Vec<Row>,
    /// What makes the line itself: the provider's id if there is one, else instant, amount, balance after and text.
    pub identity: Vec<String>,
}

impl Line {
    pub(crate) fn new(line: u64, kind: &str) -> Line {
        Line {
            line,
            on: None,
            value_on: None,
            at: None,
            local_time: None,
            kind: kind.to_owned(),
            direction: Direction::None,
            amount: None,
            fee: None,
            balance_after: None,
            reference: None,
            external_reference: None,
            counterparty: None,
            counterparty_ref: None,
            text: String::new(),
            body: String::new(),
            reversal: false,
            status: LineStatus::Booked,
            remittance: Vec::new(),
            identity: Vec::new(),
        }
    }

    /// A line that could not be read.
    pub(crate) fn unread(line: u64, fault: Fault) -> Line {
        Line { status: LineStatus::Review(fault), ..Line::new(line, "unreadable") }
    }

    /// Why the line waits for a person or was left out.
    pub fn reason(&self) -> Option<&Fault> {
        match &self.status {
            LineStatus::Review(fault) | LineStatus::Dropped(fault) => Some(fault),
            LineStatus::Booked | LineStatus::Pending => None,
        }
    }

    /// Which way and how much, for [`identity`](Line::identity): banks reuse one reference for a payment and its fee.
    fn way_and_amount(&self) -> String {
        format!("{:?} {}", self.direction, self.amount.map(|m| format!("{m:?}")).unwrap_or_default())
    }

    /// What the line does to the balance, fee included; `None` if it moves nothing.
    pub fn movement(&self) -> Option<Money> {
        let amount = self.amount?;
        let signed = match self.direction {
            Direction::In => amount,
            Direction::Out => amount.negated().ok()?,
            Direction::None => return None,
        };
        match self.fee {
            Some(fee) => signed.minus(fee).ok(),
            None => Some(signed),
        }
    }
}

impl Statement {
    /// Opening plus booked lines less closing; `None` if the file does not give both balances in one currency.
    pub fn difference(&self) -> Option<Money> {
        let (mut sum, closing) = (self.opening?, self.closing?);
        for line in self.lines.iter().filter(|l| l.status == LineStatus::Booked) {
            sum = sum.plus(line.movement()?).ok()?;
        }
        sum.minus(closing).ok()
    }
}

impl Statement {
    /// How many entries of the file the lines come from: the parts of one batch are one entry.
    pub fn lines_found(&self) -> u64 {
        let mut numbers: Vec<u64> = self.lines.iter().map(|line| line.line).collect();
        numbers.dedup();
        numbers.len() as u64
    }
}

/// A format that is plain text: whether the beginning of a file is of it, and its reader. An account's own currency is
/// for formats that do not say theirs.
type TextFormat = (fn(&str) -> bool, fn(&str, Currency) -> Result<StatementFile, FileError>);

/// The first that fits is taken.
const TEXTS: &[TextFormat] = &[
    (mt940::fits, mt940::read),
    (ofx::fits, ofx::read),
    (qif::fits, qif::read),
    (bai2::fits, bai2::read),
    (coda::fits, coda::read),
];

/// Reads a statement of an account held in `currency`; the format is found by content.
pub fn read(bytes: &[u8], currency: Currency, profile: Option<&Profile>) -> Result<StatementFile, FileError> {
    if bytes.starts_with(&[0x1f, 0x8b]) {
        return read(&unpacked(bytes)?, currency, profile);
    }
    if table::is_no_text(bytes) {
        return columns::read(bytes, currency, profile);
    }
    let start = xml::decoded(&bytes[..bytes.len().min(LOOKED_AT)]);
    let start = start.trim_start_matches(['\u{feff}', '\u{1}']).trim_start();
    if let Some((_, read)) = TEXTS.iter().find(|(fits, _)| fits(start)) {
        return read(&xml::decoded(bytes), currency);
    }
    if message::fits(start, profile) {
        return message::read_pasted(&xml::decoded(bytes), profile);
    }
    if start.starts_with('<') {
        let text = xml::repaired(&xml::decoded(bytes));
        return match root_of(&text) {
            Some("sms") => message::read_backup(&text, profile),
            Some(root) => Ok(camt::read(&text, root)),
            None => Err(Fault::UnknownXml.into()),
        };
    }
    columns::read(bytes, currency, profile)
}

/// A text with every run of white space as one space, and none around it.
fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The parts that say something, as one text.
fn joined<'t>(parts: impl IntoIterator<Item = &'t str>, between: &str) -> String {
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(between)
}

/// An id that tells one entry from another: not empty, not only zeros, not what a standard writes where there is none.
fn told_apart(id: &str) -> Option<String> {
    const NO_IDS: &[&str] = &["NOTPROVIDED", "NOT PROVIDED", "NONREF", "NONE", "N/A", "-"];
    let id = spaced(id);
    let says_nothing = id.chars().all(|c| c == '0') || NO_IDS.iter().any(|none| id.eq_ignore_ascii_case(none));
    (!says_nothing).then_some(id)
}

fn unpacked(bytes: &[u8]) -> Result<Vec<u8>, FileError> {
    let mut out = Vec::new();
    let unpacking = flate2::read::MultiGzDecoder::new(bytes).take(UNPACKED_MAX + 1).read_to_end(&mut out);
    unpacking.map_err(|e| Fault::Unreadable { cause: e.to_string() })?;
    if out.len() as u64 > UNPACKED_MAX || out.starts_with(&[0x1f, 0x8b]) {
        return Err(Fault::PackedTooLarge.into());
    }
    Ok(out)
}

/// The first element that tells the format, wherever envelopes put it.
fn root_of(text: &str) -> Option<&'static str> {
    // The first versions of camt write their version into the name (`BkToCstmrAcctRptV01`).
    const ROOTS: [&str; 4] = ["sms", "BkToCstmrStmt", "BkToCstmrAcctRpt", "BkToCstmrDbtCdtNtfctn"];
    const ELEMENTS_LOOKED_AT: usize = 200;
    let mut reader = xml::reader(text);
    let mut looked = 0;
    while looked < ELEMENTS_LOOKED_AT {
        use quick_xml::events::Event;
        match reader.read_event() {
            Ok(Event::Start(start) | Event::Empty(start)) => {
                let name = start.local_name();
                if let Some(root) = ROOTS.iter().find(|r| name.as_ref().starts_with(**r)) {
                    return Some(root);
                }
                looked += 1;
            }
            Ok(Event::Eof) | Err(_) => return None,
            Ok(_) => {}
        }
    }
    None
}
