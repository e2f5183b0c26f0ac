//! Remittance advices: which documents a payer says a payment is for. A table (whatever a table may be in), or the text of an
//! e-mail; what a bank statement itself carries is in [`Line::remittance`](crate::statement::Line::remittance). What is said is
//! checked by arithmetic and never repaired.

mod columns;
mod mail;

use receivables::{Currency, Date, Money};

use crate::fault::Fault;
use crate::profile::Profile;
use crate::table::{self, FileError};
use crate::xml;

/// What one advice says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Advice {
    /// The kind of table (`csv`, `xlsx`, `xls`, `html`, `pdf`), or `mail`.
    pub format: &'static str,
    pub payer: Option<String>,
    /// The payer's reference of the payment.
    pub reference: Option<String>,
    pub rows: Vec<Row>,
    /// What the advice says all its rows come to.
    pub total: Option<Money>,
    /// What it says and is not so.
    pub faults: Vec<Fault>,
}

/// One document paid. Amounts of a credit note are below zero; what was kept back is above zero where the document is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// The line of the file, or the number of the entry of a statement.
    pub line: u64,
    /// Its number as the payer wrote it; blank for a deduction that names none.
    pub document: String,
    /// The creditor's reference, where a bank carries one beside the number.
    pub reference: Option<String>,
    pub on: Option<Date>,
    pub gross: Option<Money>,
    pub discount: Option<Money>,
    /// Tax the payer kept back.
    pub withheld: Option<Money>,
    pub deduction: Option<Money>,
    /// Why there is a deduction, in the payer's words.
    pub reason: String,
    /// What was paid; `None` if the payer did not say it by document.
    pub paid: Option<Money>,
    /// Why a person must look.
    pub fault: Option<Fault>,
}

/// Reads an advice in a company's `currency`, where it names no other.
pub fn read(bytes: &[u8], currency: Currency, profile: Option<&Profile>) -> Result<Advice, FileError> {
    let table = columns::read(bytes, currency, profile);
    let mut advice = match table {
        Ok(advice) => advice,
        Err(error) if table::is_no_text(bytes) || profile.is_some_and(|p| !p.columns.is_empty()) => return Err(error),
        Err(_) => mail::read(&xml::decoded(bytes), currency).ok_or(Fault::NoRemittance)?,
    };
    advice.check();
    Ok(advice)
}

impl Advice {
    /// What the rows come to; `None` if a row does not say what was paid, or they are of several currencies.
    pub fn sum(&self) -> Option<Money> {
        paid(&self.rows)
    }

    /// The rows less the total that is stated; `None` if either is not known.
    pub fn difference(&self) -> Option<Money> {
        self.sum()?.minus(self.total?).ok()
    }

    fn check(&mut self) {
        for row in &mut self.rows {
            row.check();
        }
        if let (Some(sum), Some(total), Some(difference)) = (self.sum(), self.total, self.difference())
            && !difference.is_zero()
        {
            self.faults.push(Fault::RemittanceDiffers { total, sum });
        }
    }
}

/// What some rows come to; `None` if one does not say what was paid, or there is none.
pub fn paid(rows: &[Row]) -> Option<Money> {
    let mut paid = rows.iter().map(|row| row.paid);
    let first = paid.next()??;
    paid.try_fold(first, |sum, paid| sum.plus(paid?).ok())
}

impl Row {
    /// What was kept back of the gross amount.
    fn kept_back(&self) -> Option<Money> {
        let kept = [self.discount, self.withheld, self.deduction];
        kept.into_iter().flatten().try_fold(Money::zero(self.gross?.currency), Money::plus).ok()
    }

    /// Whether the gross amount less what was kept back is what was paid. Some write what they keep below zero: where only that
    /// adds up, it is turned to what the field means.
    pub(crate) fn check(&mut self) {
        let (Some(gross), Some(paid)) = (self.gross, self.paid) else { return };
        if self.adds_up() {
            return;
        }
        let turned = |money: Option<Money>| money.and_then(|money| money.negated().ok());
        let mut other = self.clone();
        (other.discount, other.withheld, other.deduction) =
            (turned(self.discount), turned(self.withheld), turned(self.deduction));
        if other.adds_up() {
            *self = other;
        } else if self.fault.is_none() {
            let less = self.kept_back().unwrap_or(Money::zero(gross.currency));
            self.fault = Some(Fault::RemittanceRow { gross, less, paid });
        }
    }

    fn adds_up(&self) -> bool {
        let rest = self.gross.zip(self.kept_back()).and_then(|(gross, kept)| gross.minus(kept).ok());
        rest.is_some() && rest == self.paid
    }

    /// What would be paid, where the payer gives the gross amount and what is kept back alone.
    fn rest(&self) -> Option<Money> {
        self.gross?.minus(self.kept_back()?).ok()
    }
}
