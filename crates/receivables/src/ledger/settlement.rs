//! Allocation, credit application, write-off and reversal: may it be, and what does it move?

use crate::billing::early::Taken;
use crate::customer::merge::Groups;
use crate::ids::{self, Id};
use crate::ledger::posting::{self, Side};
use crate::ledger::{Account, Item, Line, MovementKind};
use crate::money::{MoneyError, share_minor};
use crate::{Currency, Date, Money, Refusal};

/// What is left of a receipt to apply.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Funds {
    pub receipt: Id<ids::Receipt>,
    /// How people call the receipt.
    pub name: String,
    pub customer: Option<Id<ids::Customer>>,
    pub posted_on: Date,
    pub currency: Currency,
    pub unapplied: i64,
    pub unapplied_base: i64,
}

impl Funds {
    /// The company amount that goes with `amount` of what is left: its share, or all of the rest with the last.
    pub fn base_of(&self, amount: i64) -> Result<i64, MoneyError> {
        if amount == self.unapplied {
            Ok(self.unapplied_base)
        } else {
            share_minor(self.unapplied_base, amount, self.unapplied)
        }
    }
}

/// What moves one item, with the sign of its effect on `open`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Moved {
    pub kind: MovementKind,
    pub document: Id<ids::Document>,
    pub instalment: i32,
    pub amount: i64,
    pub base: i64,
    pub receipt: Option<Id<ids::Receipt>>,
    /// Taken from the receipt, in its own currency and the company's.
    pub receipt_amount: i64,
    pub receipt_base: i64,
}

/// A settlement decided: its movements and the entry that records it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Settled {
    pub moved: Vec<Moved>,
    pub lines: Vec<Line>,
}

/// Applies `paid` of a receipt to `amount` of an invoice's instalment (equal unless currencies differ), on a
/// civil date. Both are above zero. Customers that were merged settle for each other.
pub fn allocate(
    funds: &Funds,
    item: &Item,
    amount: i64,
    paid: i64,
    on: Date,
    company: Currency,
    groups: &Groups,
) -> Result<Settled, Refusal> {
    item.may_give(amount, on)?;
    let Some(customer) = funds.customer else {
        return Err(Refusal::Unidentified { source: funds.name.clone() });
    };
    if item.total < 0 || paid <= 0 || (funds.currency == item.currency && paid != amount) {
        return Err(Refusal::SignMismatch { number: item.number.clone() });
    }
    if !groups.together(customer, item.customer) {
        return Err(Refusal::OtherCustomer { source: funds.name.clone(), item: item.number.clone() });
    }
    if paid > funds.unapplied {
        return Err(Refusal::ExceedsUnapplied {
            source: funds.name.clone(),
            unapplied: Money::new(funds.unapplied, funds.currency),
            amount: Money::new(paid, funds.currency),
        });
    }
    if on < funds.posted_on {
        return Err(Refusal::BeforeDocument { on, document_on: funds.posted_on, document: funds.name.clone() });
    }
    let base = item.base_of(amount)?;
    let paid_base = funds.base_of(paid)?;
    let gives = Side {
        account: Account::UNAPPLIED,
        customer: Some(customer),
        amount: Money::new(paid, funds.currency),
        base: paid_base,
    };
    let lines = posting::settlement(gives, receivable(item, amount, base), company)?;
    let moved = Moved {
        receipt: Some(funds.receipt),
        receipt_amount: paid,
        receipt_base: paid_base,
        ..moved(MovementKind::Allocation, item, -amount, -base)
    };
    Ok(Settled { moved: vec![moved], lines })
}

/// Applies `amount` (above zero) of a credit note to an invoice of the same payer and currency. Customers that were merged
/// are one payer.
pub fn apply_credit(
    note: &Item,
    invoice: &Item,
    amount: i64,
    on: Date,
    company: Currency,
    groups: &Groups,
) -> Result<Settled, Refusal> {
    if note.total >= 0 {
        return Err(Refusal::SignMismatch { number: note.number.clone() });
    }
    if invoice.total < 0 {
        return Err(Refusal::SignMismatch { number: invoice.number.clone() });
    }
    if !groups.together(note.customer, invoice.customer) || note.currency != invoice.currency {
        return Err(Refusal::OtherCustomer { source: note.number.clone(), item: invoice.number.clone() });
    }
    invoice.may_give(amount, on)?;
    note.may_give(-amount, on)?;
    let base = invoice.base_of(amount)?;
    let note_base = note.base_of(-amount)?;
    let gives = Side { base: -note_base, ..receivable(note, amount, 0) };
    Ok(Settled {
        moved: vec![
            moved(MovementKind::CreditApplied, invoice, -amount, -base),
            moved(MovementKind::CreditUsed, note, amount, -note_base),
        ],
        lines: posting::settlement(gives, receivable(invoice, amount, base), company)?,
    })
}

/// The same with the discount for paying early that goes with it.
pub fn allocate_early(
    funds: &Funds,
    item: &Item,
    taken: Taken,
    on: Date,
    company: Currency,
    groups: &Groups,
) -> Result<Settled, Refusal> {
    item.may_give(taken.settled(), on)?;
    let mut settled = allocate(funds, item, taken.paid, taken.paid, on, company, groups)?;
    let paid = &settled.moved[0];
    let rest = Item { open: item.open + paid.amount, open_base: item.open_base + paid.base, ..item.clone() };
    let parts = [(Account::DISCOUNTS, taken.discount), (Account::VAT_OUTPUT, taken.tax)];
    let given = give_up(MovementKind::Discount, &rest, &parts, on)?;
    settled.moved.extend(given.moved);
    settled.lines.extend(given.lines);
    Ok(settled)
}

/// Settles an invoice without money: a write-off to bad debts, a discount, tax withheld. `parts` are the accounts that bear
/// it, with amounts of zero or more in the invoice's currency.
pub fn give_up(kind: MovementKind, item: &Item, parts: &[(Account, i64)], on: Date) -> Result<Settled, Refusal> {
    let amount = parts.iter().try_fold(0i64, |sum, (_, part)| sum.checked_add(*part)).ok_or(MoneyError::Overflow)?;
    item.may_give(amount, on)?;
    let base = item.base_of(amount)?;
    let (mut so_far, mut given) = (0, 0);
    let mut lines = Vec::with_capacity(parts.len() + 1);
    for (account, part) in parts.iter().filter(|(_, part)| *part != 0) {
        so_far += part;
        let until_here = share_minor(base, so_far, amount)?;
        lines.push(Line::debit(*account, Money::new(*part, item.currency), until_here - given));
        given = until_here;
    }
    let settles = receivable(item, amount, base);
    lines.push(Line::credit(settles.account, settles.amount, settles.base)?.of(item.customer));
    Ok(Settled { moved: vec![moved(kind, item, -amount, -base)], lines })
}

/// Takes back movements and their entry exactly.
pub fn reverse(originals: &[Moved], lines: &[Line]) -> Result<Settled, Refusal> {
    let moved = originals
        .iter()
        .map(|m| Moved {
            kind: MovementKind::Reversal,
            amount: -m.amount,
            base: -m.base,
            receipt_amount: -m.receipt_amount,
            receipt_base: -m.receipt_base,
            ..m.clone()
        })
        .collect();
    let lines = lines.iter().map(|l| l.reversed()).collect::<Result<_, _>>()?;
    Ok(Settled { moved, lines })
}

fn receivable(item: &Item, amount: i64, base: i64) -> Side {
    Side {
        account: Account::RECEIVABLES,
        customer: Some(item.customer),
        amount: Money::new(amount, item.currency),
        base,
    }
}

fn moved(kind: MovementKind, item: &Item, amount: i64, base: i64) -> Moved {
    Moved {
        kind,
        document: item.document,
        instalment: item.instalment,
        amount,
        base,
        receipt: None,
        receipt_amount: 0,
        receipt_base: 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::entry::balances;
    use proptest::prelude::*;

    fn day(n: i32) -> Date {
        Date::from_day_number(n)
    }

    fn item(open: i64, open_base: i64) -> Item {
        Item {
            document: Id::from_bytes([1; 16]),
            instalment: 1,
            number: "INV-1".into(),
            customer: Id::from_bytes([2; 16]),
            currency: Currency::USD,
            posted_on: day(10),
            due_on: day(40),
            total: open,
            total_base: open_base,
            open,
            open_base,
            disputed: 0,
            awaited: 0,
        }
    }

    fn funds(unapplied: i64, unapplied_base: i64) -> Funds {
        Funds {
            receipt: Id::from_bytes([3; 16]),
            name: "receipt FT1".into(),
            customer: Some(Id::from_bytes([2; 16])),
            posted_on: day(20),
            currency: Currency::USD,
            unapplied,
            unapplied_base,
        }
    }

    fn within_one(funds: &Funds, item: &Item, amount: i64, on: i32) -> Result<Settled, Refusal> {
        allocate(funds, item, amount, amount, day(on), Currency::RWF, &Groups::default())
    }

    #[test]
    fn merged_customers_settle_for_each_other_each_on_its_own_line() {
        let other = Id::from_bytes([9; 16]);
        let funds = Funds { customer: Some(other), ..funds(100, 100) };
        let attempt = |groups: &Groups| allocate(&funds, &item(100, 100), 100, 100, day(20), Currency::RWF, groups);
        assert_eq!(attempt(&Groups::default()).unwrap_err().code(), "other-customer");
        let settled = attempt(&Groups::of(&[(other, item(1, 1).customer)])).unwrap();
        let of = |account| settled.lines.iter().find(|l| l.account == account).and_then(|l| l.customer);
        assert_eq!((of(Account::UNAPPLIED), of(Account::RECEIVABLES)), (Some(other), Some(item(1, 1).customer)));
    }

    #[test]
    fn an_allocation_stops_at_the_balance_and_at_the_money() {
        let check = |open, unapplied, amount, on, expected: &str| {
            let told = match within_one(&funds(unapplied, unapplied), &item(open, open), amount, on) {
                Ok(_) => "allocated".to_owned(),
                Err(refusal) => refusal.code().to_owned(),
            };
            assert_eq!(told, expected, "open {open}, unapplied {unapplied}, amount {amount}, day {on}");
        };
        check(100, 100, 100, 20, "allocated");
        check(100, 200, 101, 20, "exceeds-open");
        check(100, 50, 51, 20, "exceeds-unapplied");
        check(100, 100, 0, 20, "not-positive");
        check(100, 100, -5, 20, "sign-mismatch");
        check(100, 100, 100, 9, "before-document");
        check(100, 100, 100, 19, "before-document");
        check(-100, 100, 100, 20, "sign-mismatch");
    }

    #[test]
    fn case_n7_a_worse_rate_is_an_exchange_loss() {
        // 100 at 85 = 8,500 in the books; paid at 80 = 8,000: a loss of 500.
        let settled = within_one(&funds(100, 8_000), &item(100, 8_500), 100, 20).unwrap();
        let loss: i64 = settled.lines.iter().filter(|l| l.account == Account::EXCHANGE).map(|l| l.base).sum();
        assert_eq!(loss, 500);
    }

    #[test]
    fn case_f29_a_discount_in_another_currency_at_a_worse_rate() {
        // 100 USD at 50 = 5,000 in the books, ten per cent off; 90 USD come in at a rate that makes 4,200 of them.
        let taken = Taken { paid: 90, discount: 10, tax: 0 };
        let settled =
            allocate_early(&funds(90, 4_200), &item(100, 5_000), taken, day(20), Currency::RWF, &Groups::default())
                .unwrap();
        assert!(balances(&settled.lines));
        let base = |account| settled.lines.iter().filter(|l| l.account == account).map(|l| l.base).sum::<i64>();
        let found = [Account::UNAPPLIED, Account::DISCOUNTS, Account::EXCHANGE, Account::RECEIVABLES].map(base);
        assert_eq!(found, [4_200, 500, 300, -5_000]);
        let moved: (i64, i64) = settled.moved.iter().fold((0, 0), |sum, m| (sum.0 + m.amount, sum.1 + m.base));
        assert_eq!(moved, (-100, -5_000));
    }

    proptest! {
        #[test]
        fn what_is_given_up_in_parts_balances(
            open in 1i64..1_000_000, base in 1i64..1_500_000_000, discount in 0i64..500_000, tax in 0i64..90_000
        ) {
            let parts = [(Account::DISCOUNTS, discount), (Account::VAT_OUTPUT, tax)];
            match give_up(MovementKind::Discount, &item(open, base), &parts, day(20)) {
                Ok(settled) => {
                    prop_assert!(balances(&settled.lines));
                    prop_assert_eq!(settled.moved[0].amount, -discount - tax);
                }
                Err(_) => prop_assert!(discount + tax == 0 || discount + tax > open),
            }
        }

        #[test]
        fn parts_of_an_item_end_at_zero_in_both_currencies(
            open in 1i64..1_000_000, base in 1i64..1_500_000_000, cuts in prop::collection::vec(1i64..400_000, 1..12)
        ) {
            let mut item = item(open, base);
            let mut funds = funds(i64::from(i32::MAX), i64::from(i32::MAX) * 1450);
            for cut in cuts.iter().copied().chain([i64::MAX]) {
                if item.open == 0 { break; }
                let amount = cut.min(item.open);
                let settled = within_one(&funds, &item, amount, 30).unwrap();
                prop_assert!(balances(&settled.lines));
                let moved = &settled.moved[0];
                item.open += moved.amount;
                item.open_base += moved.base;
                funds.unapplied -= moved.receipt_amount;
                funds.unapplied_base -= moved.receipt_base;
                let back = reverse(&settled.moved, &settled.lines).unwrap();
                prop_assert!(balances(&back.lines));
                prop_assert_eq!(back.moved[0].amount, -moved.amount);
            }
            prop_assert_eq!((item.open, item.open_base), (0, 0));
        }
    }
}
