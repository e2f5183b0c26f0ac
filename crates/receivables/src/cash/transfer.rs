//! Money that moves between the company's own accounts, and a wallet swept to the bank: which line that went out and which
//! that came in are one movement. Until both are seen it is money in transit, and never anybody's payment.

use std::collections::BTreeSet;

use crate::ledger::Account;
use crate::{Date, Money};

/// Days that a transfer may take until it comes in; weekends and holidays are in it.
pub const DAYS_MAX: i32 = 7;
/// Days that it may be dated earlier where it came in than where it went out: banks date by their own clocks.
pub const DAYS_BEFORE_MAX: i32 = 1;

/// One side of what may be a transfer.
#[derive(Clone, Debug)]
pub struct Side {
    pub account: Account,
    pub amount: Money,
    pub on: Date,
    /// What the bank or wallet calls the movement, if it is long enough to be no other's.
    pub reference: Option<String>,
    /// The own account it says that it comes from or goes to.
    pub other: Option<Account>,
    /// Whether it is known to be the company's own money: by a number or the name of its own, or by a person's word.
    pub known: bool,
}

/// What says that two sides are one movement.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Said {
    /// The same reference on both.
    Reference,
    /// Both are the company's own money, one names the other's account, amount and days agree, and no other does.
    Account,
    /// Both are the company's own money, of the same amount about the same day, and no others are.
    Amount,
    /// A person.
    Person,
}

impl Said {
    pub const ALL: [Said; 4] = [Said::Reference, Said::Account, Said::Amount, Said::Person];

    pub fn name(self) -> &'static str {
        match self {
            Said::Reference => "reference",
            Said::Account => "account",
            Said::Amount => "amount",
            Said::Person => "person",
        }
    }
}

/// What came of looking for the other side.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Found {
    /// The one at this place.
    Sure(usize, Said),
    /// Some agree in amount and days; a person may know.
    Maybe,
    Nothing,
}

/// Whether amount, days and accounts allow that what went out is what came in.
pub fn may_be_one(out: &Side, came: &Side) -> bool {
    let days = came.on.days_since(out.on);
    let names = |side: &Side, other: &Side| side.other.is_none_or(|account| account == other.account);
    out.account != came.account
        && out.amount == came.amount
        && (-DAYS_BEFORE_MAX..=DAYS_MAX).contains(&days)
        && names(out, came)
        && names(came, out)
}

/// The other side of `side` among `others`, which went the other way; `out` says whether `side` went out.
///
/// The same reference is enough. Without it both must be known to be the company's own money, and of those exactly one may fit:
/// of two equal ones nobody knows which, and what only has the amount may be a customer's payment.
pub fn other_side(side: &Side, out: bool, others: &[Side]) -> Found {
    let fits = |other: &Side| if out { may_be_one(side, other) } else { may_be_one(other, side) };
    let fitting: Vec<(usize, &Side)> = others.iter().enumerate().filter(|(_, other)| fits(other)).collect();
    let same = |other: &Side| side.reference.is_some() && side.reference == other.reference;
    let named: BTreeSet<usize> = fitting.iter().filter(|(_, other)| same(other)).map(|(at, _)| *at).collect();
    if let (Some(at), 1) = (named.first(), named.len()) {
        return Found::Sure(*at, Said::Reference);
    }
    let own: Vec<_> = fitting.iter().filter(|(_, other)| side.known && other.known).collect();
    match own.as_slice() {
        [(at, other)] => {
            let names = side.other == Some(other.account) || other.other == Some(side.account);
            Found::Sure(*at, if names { Said::Account } else { Said::Amount })
        }
        _ if fitting.is_empty() => Found::Nothing,
        _ => Found::Maybe,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Currency;

    const BANK: Account = Account(1000);
    const WALLET: Account = Account(1001);
    const TILL: Account = Account(1003);

    fn side(account: Account, minor: i64, day: i32) -> Side {
        let on = Date::from_day_number(20_000 + day);
        Side { account, amount: Money::new(minor, Currency::RWF), on, reference: None, other: None, known: false }
    }

    fn called(reference: &str, side: Side) -> Side {
        Side { reference: Some(reference.into()), ..side }
    }

    fn known(other: Option<Account>, side: Side) -> Side {
        Side { known: true, other, ..side }
    }

    #[test]
    fn the_same_reference_is_one_movement() {
        let out = called("FT26330A", side(WALLET, 500_000, 0));
        let others = [
            side(BANK, 500_000, 1),
            called("FT26330A", side(BANK, 500_000, 1)),
            called("FT26330B", side(BANK, 500_000, 1)),
        ];
        assert_eq!(other_side(&out, true, &others), Found::Sure(1, Said::Reference));
        assert_eq!(other_side(&others[1], false, &[out]), Found::Sure(0, Said::Reference));
    }

    #[test]
    fn own_money_finds_the_only_one_that_fits() {
        let out = known(Some(BANK), side(WALLET, 500_000, 0));
        let (came, later) = (known(None, side(BANK, 500_000, 2)), known(None, side(BANK, 500_000, 3)));
        assert_eq!(other_side(&out, true, std::slice::from_ref(&came)), Found::Sure(0, Said::Account));
        assert_eq!(other_side(&out, true, &[came.clone(), later]), Found::Maybe, "of two nobody knows which");
        assert_eq!(
            other_side(&known(None, side(WALLET, 500_000, 0)), true, std::slice::from_ref(&came)),
            Found::Sure(0, Said::Amount)
        );
        let customers = side(BANK, 500_000, 2);
        assert_eq!(other_side(&out, true, std::slice::from_ref(&customers)), Found::Maybe, "perhaps a customer's");
        assert_eq!(
            other_side(&known(None, side(WALLET, 500_000, 0)), true, &[customers, came.clone()]),
            Found::Sure(1, Said::Amount)
        );
    }

    #[test]
    fn equal_amounts_alone_are_a_question() {
        let found = other_side(&side(WALLET, 500_000, 0), true, &[side(BANK, 500_000, 0)]);
        assert_eq!(found, Found::Maybe, "neither is known to be a transfer");
    }

    #[test]
    fn what_does_not_fit_is_no_other_side() {
        let out = known(Some(BANK), called("FT26330A", side(WALLET, 500_000, 0)));
        for (why, other) in [
            ("another amount", called("FT26330A", side(BANK, 499_999, 0))),
            ("the same account", called("FT26330A", side(WALLET, 500_000, 0))),
            ("another account than it names", called("FT26330A", side(TILL, 500_000, 0))),
            ("too late", called("FT26330A", side(BANK, 500_000, DAYS_MAX + 1))),
            ("too early", called("FT26330A", side(BANK, 500_000, -DAYS_BEFORE_MAX - 1))),
            ("it names another account", known(Some(TILL), called("FT26330A", side(BANK, 500_000, 0)))),
        ] {
            assert_eq!(other_side(&out, true, &[other]), Found::Nothing, "{why}");
        }
        let last = called("FT26330A", side(BANK, 500_000, DAYS_MAX));
        assert_eq!(other_side(&out, true, &[last]), Found::Sure(0, Said::Reference));
    }
}
