//! Money that leaves a receipt again: a refund to the customer, a payment the bank returned, a credit nobody claims; and
//! taking each back. May it be, and what does it post?

use crate::ids::{self, Id};
use crate::ledger::posting::{self, Side};
use crate::ledger::settlement::Funds;
use crate::ledger::{Account, Line, Rate};
use crate::{Currency, Date, Money, Refusal};

/// Why money left a receipt; the number is the one in the database.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum RefundKind {
    /// Sent back to the customer.
    Refund = 1,
    /// Taken back by the bank: a cheque or transfer that was not honoured.
    Returned = 2,
    /// Takes back one of the others.
    Reversal = 3,
    /// A credit nobody claims, given up to income.
    WriteOff = 4,
    /// It was no payment: it came from another account of the company.
    Transfer = 5,
}

impl RefundKind {
    /// Every kind: the roll-forward must name each of them.
    pub const ALL: [RefundKind; 5] =
        [RefundKind::Refund, RefundKind::Returned, RefundKind::Reversal, RefundKind::WriteOff, RefundKind::Transfer];

    pub fn from_number(number: i64) -> Option<RefundKind> {
        RefundKind::ALL.into_iter().find(|kind| *kind as i64 == number)
    }

    pub fn name(self) -> &'static str {
        match self {
            RefundKind::Refund => "refund",
            RefundKind::Returned => "returned payment",
            RefundKind::Reversal => "refund reversal",
            RefundKind::WriteOff => "credit written off",
            RefundKind::Transfer => "transfer between own accounts",
        }
    }
}

/// Where money goes out, and what that costs.
#[derive(Clone, Copy, Debug)]
pub struct Out {
    /// Bank, wallet or till.
    pub account: Account,
    /// The rate of the day for the receipt's currency.
    pub rate: Rate,
    /// What the bank took beside the amount, in the receipt's currency.
    pub charges: i64,
}

/// What leaves a receipt (comes back when below zero), with the entry that records it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Refunded {
    pub kind: RefundKind,
    pub receipt: Id<ids::Receipt>,
    /// Whose money it was; nobody's where a payment came back before its payer was known.
    pub customer: Option<Id<ids::Customer>>,
    /// Where it went.
    pub account: Account,
    pub amount: i64,
    /// What that amount was booked at, in the company's currency.
    pub base: i64,
    pub charges: i64,
    pub lines: Vec<Line>,
}

/// Sends `amount` (above zero) of a receipt out of a money account: a refund, or a payment the bank returned. What the
/// rate of the day makes more or less of it than it was booked at is an exchange loss or gain.
pub fn send_back(
    funds: &Funds,
    kind: RefundKind,
    amount: i64,
    out: &Out,
    on: Date,
    company: Currency,
) -> Result<Refunded, Refusal> {
    if out.charges < 0 {
        return Err(Refusal::NotPositive { amount: Money::new(out.charges, funds.currency) });
    }
    let gives = gives(funds, kind, amount, on)?;
    let base = out.rate.to_base(gives.amount, company)?;
    let bank = Side { account: out.account, customer: None, amount: gives.amount, base };
    let mut lines = posting::settlement(gives, bank, company)?;
    if out.charges > 0 {
        let charges = Money::new(out.charges, funds.currency);
        lines.extend(posting::charges(out.account, charges, out.rate.to_base(charges, company)?)?);
    }
    Ok(refunded(funds, kind, gives, bank.account, out.charges, lines))
}

/// Gives `amount` (above zero) of a receipt up to income, at what it is booked at: the customer does not claim it.
pub fn give_up(funds: &Funds, amount: i64, on: Date, company: Currency) -> Result<Refunded, Refusal> {
    let gives = gives(funds, RefundKind::WriteOff, amount, on)?;
    let income = Side { account: Account::UNCLAIMED, customer: None, ..gives };
    let lines = posting::settlement(gives, income, company)?;
    Ok(refunded(funds, RefundKind::WriteOff, gives, income.account, 0, lines))
}

/// All of a receipt that nobody is known to have paid becomes money in transit, at what it is booked at: it came from another
/// account of the company.
pub fn own_money(funds: &Funds, on: Date, company: Currency) -> Result<Refunded, Refusal> {
    if funds.customer.is_some() {
        return Err(Refusal::Exists { kind: "identified receipt".into(), name: funds.name.clone() });
    }
    let gives = gives(funds, RefundKind::Transfer, funds.unapplied, on)?;
    let transit = Side { account: Account::TRANSIT, customer: None, ..gives };
    let lines = posting::settlement(gives, transit, company)?;
    Ok(refunded(funds, RefundKind::Transfer, gives, transit.account, 0, lines))
}

/// Takes one back exactly.
pub fn reverse(original: &Refunded) -> Result<Refunded, Refusal> {
    let lines = original.lines.iter().map(|l| l.reversed()).collect::<Result<_, _>>()?;
    Ok(Refunded {
        kind: RefundKind::Reversal,
        amount: -original.amount,
        base: -original.base,
        charges: -original.charges,
        lines,
        ..original.clone()
    })
}

/// What leaves the receipt. Only a payment that the bank returned, or that was none, may leave while nobody knows whose it was.
fn gives(funds: &Funds, kind: RefundKind, amount: i64, on: Date) -> Result<Side, Refusal> {
    if funds.customer.is_none() && !matches!(kind, RefundKind::Returned | RefundKind::Transfer) {
        return Err(Refusal::Unidentified { source: funds.name.clone() });
    }
    let money = Money::new(amount, funds.currency);
    if amount <= 0 {
        return Err(Refusal::NotPositive { amount: money });
    }
    if amount > funds.unapplied {
        return Err(Refusal::ExceedsRefundable {
            receipt: funds.name.clone(),
            unapplied: Money::new(funds.unapplied, funds.currency),
            amount: money,
        });
    }
    if on < funds.posted_on {
        return Err(Refusal::BeforeDocument { on, document_on: funds.posted_on, document: funds.name.clone() });
    }
    let account = if funds.customer.is_some() { Account::UNAPPLIED } else { Account::UNIDENTIFIED };
    Ok(Side { account, customer: funds.customer, amount: money, base: funds.base_of(amount)? })
}

fn refunded(
    funds: &Funds,
    kind: RefundKind,
    gives: Side,
    account: Account,
    charges: i64,
    lines: Vec<Line>,
) -> Refunded {
    Refunded {
        kind,
        receipt: funds.receipt,
        customer: funds.customer,
        account,
        amount: gives.amount.minor,
        base: gives.base,
        charges,
        lines,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::entry::balances;
    use proptest::prelude::*;

    const BANK: Account = Account(1000);
    const CUSTOMER: Id<ids::Customer> = Id::from_bytes([2; 16]);

    fn day(n: i32) -> Date {
        Date::from_day_number(n)
    }

    /// Dollars of a customer, in books kept in francs.
    fn funds(unapplied: i64, unapplied_base: i64) -> Funds {
        Funds {
            receipt: Id::from_bytes([3; 16]),
            name: "FT1".into(),
            customer: Some(CUSTOMER),
            posted_on: day(20),
            currency: Currency::USD,
            unapplied,
            unapplied_base,
        }
    }

    fn out(rate: &str, charges: i64) -> Out {
        Out { account: BANK, rate: Rate::from_decimal(rate.parse().unwrap()).unwrap(), charges }
    }

    fn base_on(refunded: &Refunded, account: Account) -> i64 {
        refunded.lines.iter().filter(|l| l.account == account).map(|l| l.base).sum()
    }

    #[test]
    fn a_refund_stops_at_what_is_unapplied() {
        let check = |customer: Option<Id<ids::Customer>>, kind, amount, on, expected: &str| {
            let funds = Funds { customer, ..funds(10_000, 145_000) };
            let told = match send_back(&funds, kind, amount, &out("1450", 0), day(on), Currency::RWF) {
                Ok(_) => "sent",
                Err(refusal) => refusal.code(),
            };
            assert_eq!(told, expected, "{customer:?} {kind:?} {amount} on day {on}");
        };
        let known = Some(CUSTOMER);
        check(known, RefundKind::Refund, 10_000, 20, "sent");
        check(known, RefundKind::Refund, 10_001, 20, "exceeds-refundable");
        check(known, RefundKind::Refund, 0, 20, "not-positive");
        check(known, RefundKind::Refund, -1, 20, "not-positive");
        check(known, RefundKind::Refund, 1, 19, "before-document");
        check(known, RefundKind::Returned, 10_001, 20, "exceeds-refundable");
        check(None, RefundKind::Refund, 1, 20, "unidentified");
        check(None, RefundKind::Returned, 10_000, 20, "sent");
        let told = give_up(&Funds { customer: None, ..funds(5, 5) }, 5, day(20), Currency::RWF);
        assert_eq!(told.unwrap_err().code(), "unidentified");
        let told = send_back(&funds(5, 5), RefundKind::Returned, 5, &out("1", -1), day(20), Currency::RWF);
        assert_eq!(told.unwrap_err().code(), "not-positive");
    }

    /// 100.00 USD came in at 1,450. 30.00 go back at 1,500 and cost 1,500 francs more than they were booked at.
    #[test]
    fn a_dearer_day_is_an_exchange_loss_and_the_last_part_takes_the_rest() {
        let mut left = funds(10_000, 145_001);
        let first = send_back(&left, RefundKind::Refund, 3_000, &out("1500", 0), day(30), Currency::RWF).unwrap();
        assert!(balances(&first.lines), "{:?}", first.lines);
        assert_eq!((first.base, base_on(&first, BANK), base_on(&first, Account::EXCHANGE)), (43_500, -45_000, 1_500));
        (left.unapplied, left.unapplied_base) = (7_000, 145_001 - first.base);
        let last = send_back(&left, RefundKind::Refund, 7_000, &out("1400", 0), day(30), Currency::RWF).unwrap();
        assert_eq!((last.base, base_on(&last, BANK), base_on(&last, Account::EXCHANGE)), (101_501, -98_000, -3_501));
    }

    #[test]
    fn a_returned_payment_leaves_the_account_it_is_kept_on_and_costs_its_charges() {
        let all = funds(10_000, 145_000);
        let known = send_back(&all, RefundKind::Returned, 10_000, &out("1450", 500), day(30), Currency::RWF).unwrap();
        assert!(balances(&known.lines), "{:?}", known.lines);
        assert_eq!((base_on(&known, BANK), base_on(&known, Account::CHARGES)), (-152_250, 7_250));
        assert_eq!((base_on(&known, Account::UNAPPLIED), base_on(&known, Account::UNIDENTIFIED)), (145_000, 0));
        let nobodys = Funds { customer: None, ..all };
        let unknown =
            send_back(&nobodys, RefundKind::Returned, 10_000, &out("1450", 0), day(30), Currency::RWF).unwrap();
        assert_eq!((base_on(&unknown, Account::UNAPPLIED), base_on(&unknown, Account::UNIDENTIFIED)), (0, 145_000));
    }

    #[test]
    fn own_money_goes_into_transit_as_long_as_it_is_nobodys() {
        let nobodys = Funds { customer: None, ..funds(10_000, 145_000) };
        let moved = own_money(&nobodys, day(30), Currency::RWF).unwrap();
        assert!(balances(&moved.lines), "{:?}", moved.lines);
        assert_eq!((base_on(&moved, Account::TRANSIT), base_on(&moved, Account::UNIDENTIFIED)), (-145_000, 145_000));
        assert_eq!(own_money(&funds(10_000, 145_000), day(30), Currency::RWF).unwrap_err().code(), "exists");
    }

    #[test]
    fn a_credit_nobody_claims_is_income_at_what_it_is_booked_at() {
        let given = give_up(&funds(10_000, 145_000), 10_000, day(30), Currency::RWF).unwrap();
        assert!(balances(&given.lines), "{:?}", given.lines);
        assert_eq!((base_on(&given, Account::UNCLAIMED), base_on(&given, Account::EXCHANGE)), (-145_000, 0));
    }

    proptest! {
        #[test]
        fn parts_sent_back_end_at_zero_in_both_currencies(
            amount in 1i64..1_000_000, base in 1i64..1_500_000_000, cuts in prop::collection::vec(1i64..400_000, 1..12)
        ) {
            let mut left = funds(amount, base);
            for cut in cuts.iter().copied().chain([i64::MAX]) {
                if left.unapplied == 0 { break; }
                let part = cut.min(left.unapplied);
                let sent = send_back(&left, RefundKind::Refund, part, &out("1391.33", 7), day(30), Currency::RWF).unwrap();
                prop_assert!(balances(&sent.lines));
                let back = reverse(&sent).unwrap();
                prop_assert!(balances(&back.lines));
                prop_assert_eq!((back.amount, back.base, back.charges), (-sent.amount, -sent.base, -7));
                left.unapplied -= sent.amount;
                left.unapplied_base -= sent.base;
            }
            prop_assert_eq!((left.unapplied, left.unapplied_base), (0, 0));
        }
    }
}
