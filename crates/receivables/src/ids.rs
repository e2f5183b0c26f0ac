//! Ids: UUID version 7 (RFC 9562) in 16 bytes, one type per entity so that a receipt never passes for an invoice.

use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;

/// The id of one `K`; ids of one generator rise, so key order is the order of making.
pub struct Id<K>([u8; 16], PhantomData<fn() -> K>);

macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident,)*) => { $($(#[$doc])* pub enum $kind {})* };
}

kinds! {
    /// One action: a row of the audit log.
    Action,
    /// A customer in any role.
    Customer,
    /// An invoice or credit note.
    Document,
    /// One instalment of a document.
    Item,
    /// One double entry.
    Entry,
    /// Money that came in.
    Receipt,
    /// What moves an open item.
    Movement,
    /// Money that left a receipt again.
    Refund,
    /// A promise to pay.
    Promise,
    /// An amount a customer contests.
    Dispute,
    /// A word of the company on a holiday.
    Holiday,
    /// A hold on an account.
    Hold,
    /// A name or a number that pays for a customer.
    Payer,
    /// One side of a transfer between own accounts, two of them as one, or what takes one back.
    Transfer,
    /// One line or message of a statement file.
    StatementLine,
    /// A dunning step taken.
    Notice,
    /// A key of the API.
    ApiKey,
    /// A word of the company on one of its settings.
    Setting,
    /// One try to sign in.
    SignIn,
    /// A person at a customer, in all versions.
    Contact,
    /// A word that two customers are one.
    Merge,
    /// Bank details of a customer.
    BankDetail,
    /// A request that a second person decides.
    Approval,
    /// One try to reach a customer.
    Attempt,
    /// An hour at which somebody asked to be called.
    Callback,
    /// What somebody wrote down about a record.
    Note,
    /// A paper filed with a record.
    Paper,
    /// A template of a company's papers.
    Template,
    /// A recurring contract.
    Contract,
    /// What measures what a contract bills by usage.
    Meter,
    /// What a contract bills once.
    Charge,
    /// Work that was done and is not billed yet.
    Unbilled,
    /// What is sold again and again, in all versions.
    CatalogueItem,
    /// What came in or went out of such an item.
    StockMove,
    /// A price of such an item.
    Price,
    /// A quote or proforma invoice.
    Quote,
    Draft,
    /// A certificate of tax that a customer withheld.
    Certificate,
    /// A word on what papers a customer wants with its invoices.
    InvoiceFileNeed,
    /// A filed return of the tax on what was sold.
    VatReturn,
    /// A month of the journal handed over to the main books.
    JournalOut,
    /// A word of the company on where one of its accounts goes in the main books.
    AccountCode,
}

impl<K> Id<K> {
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Id(bytes, PhantomData)
    }

    pub const fn bytes(&self) -> &[u8; 16] {
        &self.0
    }
}

impl<K> Clone for Id<K> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<K> Copy for Id<K> {}
impl<K> PartialEq for Id<K> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}
impl<K> Eq for Id<K> {}
impl<K> PartialOrd for Id<K> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl<K> Ord for Id<K> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.cmp(&other.0)
    }
}
impl<K> std::hash::Hash for Id<K> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

impl<K> fmt::Display for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, byte) in self.0.iter().enumerate() {
            if matches!(i, 4 | 6 | 8 | 10) {
                f.write_str("-")?;
            }
            write!(f, "{byte:02x}")?;
        }
        Ok(())
    }
}

impl<K> fmt::Debug for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A text that is no id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotAnId(pub String);

impl<K> FromStr for Id<K> {
    type Err = NotAnId;

    fn from_str(text: &str) -> Result<Self, NotAnId> {
        let hex: Vec<u8> = text.bytes().filter(|b| *b != b'-').collect();
        let mut bytes = [0u8; 16];
        if hex.len() != 32 {
            return Err(NotAnId(text.to_owned()));
        }
        for (byte, pair) in bytes.iter_mut().zip(hex.chunks(2)) {
            let pair = std::str::from_utf8(pair).map_err(|_| NotAnId(text.to_owned()))?;
            *byte = u8::from_str_radix(pair, 16).map_err(|_| NotAnId(text.to_owned()))?;
        }
        Ok(Id::from_bytes(bytes))
    }
}

/// Makes version 7 ids that strictly rise, from the instants and the random number it is given.
#[derive(Debug, Clone)]
pub struct IdMaker {
    last_ms: u64,
    count: u32,
    random: u64,
}

impl IdMaker {
    /// `random` keeps two makers of the same millisecond apart: 62 bits of it are used.
    pub fn new(random: u64) -> IdMaker {
        IdMaker { last_ms: 0, count: 0, random }
    }

    /// The next id at `now`. Time that stands still or goes back counts on from the last millisecond.
    pub fn next<K>(&mut self, now: crate::Instant) -> Id<K> {
        let ms = u64::try_from(now.micros() / 1000).unwrap_or(0);
        if ms > self.last_ms {
            self.last_ms = ms;
            self.count = 0;
        } else {
            self.count += 1;
            if self.count >= 1 << 26 {
                self.last_ms += 1;
                self.count = 0;
            }
        }
        let mut bytes = [0u8; 16];
        bytes[..6].copy_from_slice(&self.last_ms.to_be_bytes()[2..]);
        // 26 bits of count: 12 in rand_a, 14 at the head of rand_b; 48 random bits follow.
        let high = (self.count >> 14) as u16;
        bytes[6..8].copy_from_slice(&(0x7000 | high).to_be_bytes());
        let low = (self.count & 0x3fff) as u16;
        bytes[8..10].copy_from_slice(&(0x8000 | low).to_be_bytes());
        bytes[10..].copy_from_slice(&self.random.to_be_bytes()[2..]);
        Id::from_bytes(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Instant;

    #[test]
    fn ids_rise_even_when_time_does_not() {
        let mut maker = IdMaker::new(0xABCD_EF01_2345_6789);
        let mut last: Id<Receipt> = maker.next(Instant::from_micros(1_000_000));
        for micros in [1_000_000, 1_000_000, 999_000, 2_000_000, 1_500_000] {
            let next = maker.next(Instant::from_micros(micros));
            assert!(next > last, "{next} after {last}");
            last = next;
        }
        assert_eq!(last.to_string().parse::<Id<Receipt>>().unwrap(), last);
        assert_eq!(last.bytes()[6] >> 4, 7);
        assert_eq!(last.bytes()[8] >> 6, 0b10);
    }
}
