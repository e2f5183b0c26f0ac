//! What each event debits and credits: the table of DESIGN §3 as functions from facts to lines.

use crate::ids::{self, Id};
use crate::ledger::{Account, Line};
use crate::money::{MoneyError, share_minor};
use crate::{Currency, Money};

type Customer = Id<ids::Customer>;

/// The amounts of a document with their worth in the company's currency.
#[derive(Clone, Copy, Debug)]
pub struct DocumentAmounts {
    pub total: Money,
    pub tax: Money,
    /// Of the total, what is collected for the state beside the tax.
    pub levies: Money,
    /// What it takes off deposits, below zero, or puts back, without tax; and that as the deposits were booked.
    pub deposits: Money,
    pub deposits_base: i64,
    pub total_base: i64,
}

/// Invoice: receivables / revenue or other income, VAT output, levies, deposits. A credit note passes negative amounts and so turns the sides.
pub fn document(payer: Customer, amounts: DocumentAmounts, income: Account) -> Result<Vec<Line>, MoneyError> {
    let DocumentAmounts { total, tax, levies, deposits, deposits_base, total_base } = amounts;
    let of_total = |part: Money| if total.is_zero() { Ok(0) } else { share_minor(total_base, part.minor, total.minor) };
    let (tax_base, levies_base) = (of_total(tax)?, of_total(levies)?);
    let mut lines = vec![
        Line::debit(Account::RECEIVABLES, total, total_base).of(payer),
        Line::credit(
            income,
            total.minus(tax)?.minus(levies)?.minus(deposits)?,
            total_base - tax_base - levies_base - deposits_base,
        )?,
    ];
    for (account, amount, base) in [
        (Account::VAT_OUTPUT, tax, tax_base),
        (Account::LEVIES, levies, levies_base),
        (Account::DEPOSITS, deposits, deposits_base),
    ] {
        if !amount.is_zero() {
            lines.push(Line::credit(account, amount, base)?);
        }
    }
    Ok(lines)
}

/// Opening load of a document: receivables / opening balance; never revenue or tax.
pub fn opening_document(payer: Customer, total: Money, total_base: i64) -> Result<Vec<Line>, MoneyError> {
    Ok(vec![
        Line::debit(Account::RECEIVABLES, total, total_base).of(payer),
        Line::credit(Account::OPENING, total, total_base)?,
    ])
}

/// Money that came in, before anything is applied.
#[derive(Clone, Copy, Debug)]
pub struct ReceiptAmounts {
    pub account: Account,
    pub gross: Money,
    /// What the bank or wallet kept; gross = banked + charges.
    pub charges: Money,
    pub gross_base: i64,
    /// Whose money it is, once known.
    pub customer: Option<Customer>,
}

/// Receipt: bank or wallet, charges / unidentified receipts, or unapplied receipts of the customer.
pub fn receipt(amounts: ReceiptAmounts) -> Result<Vec<Line>, MoneyError> {
    let ReceiptAmounts { account, gross, charges, gross_base, customer } = amounts;
    let charges_base = share_minor(gross_base, charges.minor, gross.minor)?;
    let mut lines = vec![Line::debit(account, gross.minus(charges)?, gross_base - charges_base)];
    if !charges.is_zero() {
        lines.push(Line::debit(Account::CHARGES, charges, charges_base));
    }
    lines.push(match customer {
        Some(customer) => Line::credit(Account::UNAPPLIED, gross, gross_base)?.of(customer),
        None => Line::credit(Account::UNIDENTIFIED, gross, gross_base)?,
    });
    Ok(lines)
}

/// Receipt identified: unidentified / unapplied.
pub fn identification(customer: Customer, amount: Money, base: i64) -> Result<Vec<Line>, MoneyError> {
    Ok(vec![
        Line::debit(Account::UNIDENTIFIED, amount, base),
        Line::credit(Account::UNAPPLIED, amount, base)?.of(customer),
    ])
}

/// One side of a settlement: how much leaves it, and that amount's worth in the company's currency.
#[derive(Clone, Copy, Debug)]
pub struct Side {
    pub account: Account,
    pub customer: Option<Customer>,
    pub amount: Money,
    pub base: i64,
}

impl Side {
    fn debit(self) -> Line {
        Line { account: self.account, customer: self.customer, amount: self.amount, base: self.base }
    }
}

/// What a bank or wallet took for sending money back: charges / bank or wallet.
pub fn charges(account: Account, amount: Money, base: i64) -> Result<Vec<Line>, MoneyError> {
    Ok(vec![Line::debit(Account::CHARGES, amount, base), Line::credit(account, amount, base)?])
}

/// Money that leaves an own account for another, or comes from one (`out` says which): money in transit / bank or wallet, or
/// the other way. What the provider keeps (`fee`) comes on top of what goes out, and off what comes in.
pub fn transfer(account: Account, out: bool, amount: Money, base: i64, fee: Money) -> Result<Vec<Line>, MoneyError> {
    let transit = Line::debit(Account::TRANSIT, amount, base);
    let fee_base = share_minor(base, fee.minor, amount.minor)?;
    let of_account = |amount, base| Line::debit(account, amount, base);
    let mut lines = if out {
        let all = base.checked_add(fee_base).ok_or(MoneyError::Overflow)?;
        vec![transit, of_account(amount.plus(fee)?, all).reversed()?]
    } else {
        vec![transit.reversed()?, of_account(amount.minus(fee)?, base - fee_base)]
    };
    if !fee.is_zero() {
        lines.push(Line::debit(Account::CHARGES, fee, fee_base));
    }
    Ok(lines)
}

/// What gives (unapplied cash, a credit note, bad debts) against the receivable it settles, or the account that
/// unapplied cash leaves to. A difference in the company's currency is an exchange gain or loss; two currencies meet through the conversion account.
pub fn settlement(gives: Side, settles: Side, company: Currency) -> Result<Vec<Line>, MoneyError> {
    let mut lines = vec![gives.debit()];
    if gives.amount.currency != settles.amount.currency {
        lines.push(Line::credit(Account::CONVERSION, gives.amount, gives.base)?);
        lines.push(Line::debit(Account::CONVERSION, settles.amount, gives.base));
    }
    lines.push(settles.debit().reversed()?);
    let difference = settles.base.checked_sub(gives.base).ok_or(MoneyError::Overflow)?;
    if difference != 0 {
        lines.push(Line::debit(Account::EXCHANGE, Money::zero(company), difference));
    }
    Ok(lines)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::entry::balances;

    const PAYER: Customer = Id::from_bytes([7; 16]);

    fn rwf(minor: i64) -> Money {
        Money::new(minor, Currency::RWF)
    }

    fn usd(minor: i64) -> Money {
        Money::new(minor, Currency::USD)
    }

    #[test]
    fn every_event_balances() {
        let parted = |total: Money, tax, levies, total_base, (deposits, deposits_base)| {
            let amounts = DocumentAmounts { total, tax, levies, deposits, deposits_base, total_base };
            document(PAYER, amounts, Account::REVENUE).unwrap()
        };
        let none = |total: Money| (Money::zero(total.currency), 0);
        let levied = |total: Money, tax, levies, total_base| parted(total, tax, levies, total_base, none(total));
        let doc = |total: Money, tax, total_base| levied(total, tax, Money::zero(total.currency), total_base);
        let side = |account, amount, base| Side { account, customer: None, amount, base };
        let cases = [
            ("case_h1 invoice 220 + 20", doc(usd(24_000), usd(2_000), 348_060)),
            ("a night with its levy", levied(usd(12_100), usd(1_800), usd(300), 175_451)),
            ("what is left after a deposit", parted(usd(5_900), usd(900), usd(0), 85_550, (usd(-5_000), -70_000))),
            ("credit note", doc(rwf(-118), rwf(-18), -118)),
            ("opening", opening_document(PAYER, rwf(500), 500).unwrap()),
            (
                "receipt with charges",
                receipt(ReceiptAmounts {
                    account: Account(1000),
                    gross: usd(10_000),
                    charges: usd(333),
                    gross_base: 145_001,
                    customer: None,
                })
                .unwrap(),
            ),
            ("a wallet swept", transfer(Account(1001), true, usd(10_000), 145_001, usd(250)).unwrap()),
            ("come in short of a fee", transfer(Account(1000), false, usd(10_000), 145_001, usd(333)).unwrap()),
            ("identified", identification(PAYER, rwf(9), 9).unwrap()),
            (
                "case_n7 100 EUR at 85 paid at 80: 500 to exchange",
                settlement(
                    side(Account::UNAPPLIED, usd(100), 80),
                    side(Account::RECEIVABLES, usd(100), 85),
                    Currency::RWF,
                )
                .unwrap(),
            ),
            (
                "across currencies",
                settlement(
                    side(Account::UNAPPLIED, usd(100), 1450),
                    side(Account::RECEIVABLES, rwf(1500), 1500),
                    Currency::RWF,
                )
                .unwrap(),
            ),
        ];
        for (name, lines) in cases {
            assert!(balances(&lines), "{name}: {lines:?}");
        }
        assert!(!balances(&[Line::debit(Account::REVENUE, rwf(1), 1)]), "one line is no entry");
        assert!(!balances(&[
            Line::debit(Account::REVENUE, rwf(1), 1),
            Line::credit(Account::REVENUE, usd(1), 1).unwrap()
        ]));
    }
}
