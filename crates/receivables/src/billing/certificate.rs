//! Tax that a customer withholds from what it pays and hands to the tax authority: which kinds there are, and what becomes of
//! the certificate that proves it. Until the certificate is on file, the amount is awaited: it stays open and is not overdue.
//! The kinds are a country pack's data (`country/rw/withholding.txt`); this file knows no country.

use rust_decimal::Decimal;

use super::tax::{counts, span_from};
use crate::ledger::{Account, Item};
use crate::{Currency, Date, Money, Refusal, Unusable};

/// What a kind is worked out on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Base {
    /// The amount without tax.
    Net,
    /// The tax itself.
    Tax,
}

/// A kind of withholding as it counts for some time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kind {
    pub code: String,
    /// In per cent of the base.
    pub rate: Decimal,
    pub base: Base,
    /// Where it stands until it is claimed.
    pub account: Account,
    /// First and last day it counts; `None` without end.
    pub from: Option<Date>,
    pub to: Option<Date>,
    /// English, French, Kinyarwanda, Swahili.
    pub names: [String; 4],
}

impl Kind {
    /// What is withheld of a document, in minor units, rounded half up.
    pub fn amount(&self, net: i64, tax: i64, currency: Currency) -> Result<i64, Refusal> {
        let base = Money::new(if self.base == Base::Net { net } else { tax }, currency).to_major();
        let exact = base.checked_mul(self.rate).ok_or(Refusal::TooLarge { what: "total".into() })?;
        Ok(Money::from_major_rounded(exact / Decimal::ONE_HUNDRED, currency)?.minor)
    }
}

/// The kinds of a country; none where there is no pack.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Kinds(Vec<Kind>);

impl Kinds {
    /// Reads `withholding CODE RATE net|tax vat|income [from DATE] [to DATE] | English | French | Kinyarwanda | Swahili`, one a
    /// line; `#` begins a comment. Refused with the line where it says something else.
    pub fn from_table(text: &str) -> Result<Kinds, String> {
        let lines = (1..).zip(text.lines().map(str::trim));
        let lines = lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
        let kinds = lines.map(|(no, line)| kind_from(line).ok_or_else(|| format!("line {no}: {line}")));
        kinds.collect::<Result<_, _>>().map(Kinds)
    }

    /// The kinds that count on a day.
    pub fn on(&self, on: Date) -> impl Iterator<Item = &Kind> {
        self.0.iter().filter(move |kind| counts((kind.from, kind.to), on))
    }

    /// A kind by its code, where it counts on the day; refused with the codes there are.
    pub fn kind(&self, code: &str, on: Date) -> Result<&Kind, Refusal> {
        self.on(on).find(|kind| kind.code == code).ok_or_else(|| {
            let known = self.on(on).map(|kind| kind.code.as_str()).collect::<Vec<_>>().join(", ");
            Refusal::Invalid { field: "kind".into(), value: code.into(), reason: Unusable::NotAmong { known } }
        })
    }
}

fn kind_from(line: &str) -> Option<Kind> {
    let mut parts = line.split('|').map(str::trim);
    let mut words = parts.next()?.split_whitespace();
    let names = [parts.next()?, parts.next()?, parts.next()?, parts.next()?].map(str::to_owned);
    if words.next()? != "withholding" || parts.next().is_some() {
        return None;
    }
    let code = words.next()?.to_owned();
    let rate = Decimal::from_str_exact(words.next()?).ok()?;
    let base = match words.next()? {
        "net" => Base::Net,
        "tax" => Base::Tax,
        _ => return None,
    };
    let account = match words.next()? {
        "vat" => Account::VAT_WITHHELD,
        "income" => Account::TAX_WITHHELD,
        _ => return None,
    };
    let (from, to) = span_from(words)?;
    let fits = rate > Decimal::ZERO && rate <= Decimal::ONE_HUNDRED;
    fits.then_some(Kind { code, rate, base, account, from, to, names })
}

/// How a certificate stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// The customer withheld it and owes the paper.
    Awaited,
    /// The paper is here: the invoice is settled by it.
    OnFile,
    /// Set off in a tax return.
    Claimed,
    /// There is none, or the authority does not accept it: the customer owes the amount again.
    Refused,
    /// Nothing is open of the instalment any more: it was paid another way. No person says this.
    Settled,
}

impl State {
    pub const ALL: [(State, &'static str); 5] = [
        (State::Awaited, "awaited"),
        (State::OnFile, "on-file"),
        (State::Claimed, "claimed"),
        (State::Refused, "refused"),
        (State::Settled, "settled"),
    ];

    pub fn code(self) -> &'static str {
        crate::customer::code_of(&State::ALL, self)
    }

    pub fn from_code(code: &str) -> Result<State, Refusal> {
        crate::customer::of_code(&State::ALL, "state", code)
    }

    /// Refuses a step that does not follow: a paper is filed while it is awaited, claimed while it is on file, and refused
    /// until it is.
    pub fn to(self, next: State) -> Result<State, Refusal> {
        use State::{Awaited, Claimed, OnFile, Refused, Settled};
        match (self, next) {
            (Awaited, OnFile | Refused | Settled) | (OnFile, Claimed | Refused) | (Claimed, Refused) => Ok(next),
            _ => Err(Refusal::CertificateIs { certificate: self.code().into() }),
        }
    }
}

/// Spreads an amount over the instalments of an invoice, the oldest first: by place in `items`, with its part in minor units.
/// What is in dispute or awaited already is not free.
pub fn spread(items: &[Item], number: &str, amount: i64) -> Result<Vec<(usize, i64)>, Refusal> {
    let Some(first) = items.first() else {
        return Err(Refusal::NotFound { kind: "open item".into(), name: number.into() });
    };
    let money = |minor: i64| Money::new(minor, first.currency);
    if first.total < 0 {
        return Err(Refusal::SignMismatch { number: number.into() });
    }
    if amount <= 0 {
        return Err(Refusal::NotPositive { amount: money(amount) });
    }
    let free_of = |item: &Item| (item.open - item.disputed - item.awaited).max(0);
    let mut free: Vec<(usize, &Item)> = items.iter().enumerate().filter(|(_, item)| free_of(item) > 0).collect();
    free.sort_by_key(|(_, item)| (item.due_on, item.instalment));
    let all: i64 = free.iter().map(|(_, item)| free_of(item)).sum();
    if amount > all {
        return Err(Refusal::ExceedsOpen { item: number.into(), open: money(all), amount: money(amount) });
    }
    let mut rest = amount;
    let shares = free.into_iter().map(|(place, item)| {
        let share = rest.min(free_of(item));
        rest -= share;
        (place, share)
    });
    Ok(shares.filter(|(_, share)| *share > 0).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Id;

    const RWANDA: &str = include_str!("../../../../country/rw/withholding.txt");

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    /// The example of `vat.md` §7: a tender of 1,000,000 and its tax of 180,000; 970,000 come in.
    #[test]
    fn a_public_body_withholds_the_tax_and_three_per_cent() {
        let kinds = Kinds::from_table(RWANDA).unwrap();
        let amount = |code: &str| {
            kinds.kind(code, day("2026-10-01")).unwrap().amount(1_000_000, 180_000, Currency::RWF).unwrap()
        };
        assert_eq!(["vat", "tender", "unregistered"].map(amount), [180_000, 30_000, 150_000]);
        assert_eq!(kinds.kind("none", day("2026-10-01")).unwrap_err().field(), Some("kind"));
    }

    #[test]
    fn a_table_that_says_something_else_is_refused_with_its_line() {
        for line in [
            "withholding vat 100 tax vat",
            "withholding vat 0 tax vat | a | b | c | d",
            "withholding vat 101 tax vat | a | b | c | d",
            "withholding vat 100 gross vat | a | b | c | d",
            "withholding vat 100 tax bank | a | b | c | d",
            "withholding vat 100 tax vat since 2020-01-01 | a | b | c | d",
        ] {
            assert!(Kinds::from_table(line).is_err_and(|why| why.starts_with("line 1")), "{line}");
        }
    }

    #[test]
    fn a_certificate_goes_its_way_and_no_other() {
        let way = |from: State, to: State| from.to(to).is_ok();
        let all = State::ALL.map(|(state, _)| state);
        let allowed: Vec<(State, State)> = all
            .iter()
            .flat_map(|from| all.iter().map(|to| (*from, *to)))
            .filter(|(from, to)| way(*from, *to))
            .collect();
        use State::{Awaited, Claimed, OnFile, Refused, Settled};
        let expected = [
            (Awaited, OnFile),
            (Awaited, Refused),
            (Awaited, Settled),
            (OnFile, Claimed),
            (OnFile, Refused),
            (Claimed, Refused),
        ];
        assert_eq!(allowed, expected);
    }

    #[test]
    fn what_is_awaited_goes_to_the_oldest_instalment_that_is_free() {
        let item = |instalment: i32, open: i64, disputed: i64, awaited: i64| Item {
            document: Id::from_bytes([1; 16]),
            instalment,
            number: "INV-1".into(),
            customer: Id::from_bytes([2; 16]),
            currency: Currency::RWF,
            posted_on: day("2026-01-01"),
            due_on: day("2026-01-01").plus_days(instalment * 30),
            total: 500,
            total_base: 500,
            open,
            open_base: open,
            disputed,
            awaited,
        };
        let items = [item(1, 100, 40, 10), item(2, 0, 0, 0), item(3, 500, 0, 0)];
        assert_eq!(spread(&items, "INV-1", 50), Ok(vec![(0, 50)]));
        assert_eq!(spread(&items, "INV-1", 80), Ok(vec![(0, 50), (2, 30)]));
        assert_eq!(spread(&items, "INV-1", 551).unwrap_err().code(), "exceeds-open");
        assert_eq!(spread(&items, "INV-1", 0).unwrap_err().code(), "not-positive");
    }
}
