//! Money between the company's own accounts, and a wallet swept to the bank: known from statements or a person's word, in
//! transit until both sides are seen, and never a payment.

use std::collections::{BTreeMap, HashMap};

use formats::statement::{Direction, Line};
use receivables::cash::payer::{NameWords, number_mark};
use receivables::cash::refund;
use receivables::cash::transfer::{DAYS_BEFORE_MAX, DAYS_MAX, Found, Said, Side, may_be_one, other_side};
use receivables::ids::{self, Id};
use receivables::ledger::{Account, posting};
use receivables::{Currency, Date, Money, Refusal, Unusable};
use store::company::AccountRow;
use store::entry::{self, NewEntry};
use store::transfer::{self, LineKey, NewSide, Unknown, Way, WentOut};
use store::{Error, Tx, company, period, rate, receipt};

use super::receipt::{Given, Natural};
use super::refund::all_left;
use super::review::{ID_DIGITS_MIN, line_name};
use super::{Actor, Once, Right, Subject, account, act, needs_reason, once};

/// References that are shorter tell no movement from another.
const REFERENCE_MIN: usize = 6;
/// What is looked at for a person: older sides that nobody knows are left alone.
const DAYS_LOOKED_AT: i32 = 90;

/// What the company is called, by name and by number.
struct Own {
    name: NameWords,
    numbers: Vec<(Account, String)>,
}

impl Own {
    fn load(tx: &mut Tx<'_>, actor: &Actor) -> Result<Own, Error> {
        let said = transfer::numbers(tx, actor.company.id)?;
        let marked = |(account, numbers): (&Account, &Vec<String>)| {
            let marks: Vec<_> = numbers.iter().filter_map(|number| number_mark(number)).collect();
            marks.into_iter().map(|mark| (*account, mark)).collect::<Vec<_>>()
        };
        Ok(Own { name: NameWords::new(&actor.company.name), numbers: said.iter().flat_map(marked).collect() })
    }

    /// The other own account of that number.
    fn account(&self, of: Account, number: Option<&str>) -> Option<Account> {
        let mark = number_mark(number?)?;
        let found = self.numbers.iter().find(|(account, own)| *account != of && *own == mark);
        found.map(|(account, _)| *account)
    }

    /// What a movement of `of` says of itself, as a side of a transfer. What a payer writes may name any account: only of
    /// money that went out is the text believed.
    fn side(&self, of: Account, amount: Money, on: Date, said: &Words<'_>) -> Side {
        let in_text = || said.text.split_whitespace().find_map(|word| self.account(of, Some(word)));
        let other = self.account(of, said.number).or_else(in_text);
        let known = other.is_some() || said.name.is_some_and(|name| NameWords::new(name).same_as(&self.name));
        let reference = said.reference.filter(|reference| reference.len() >= REFERENCE_MIN).map(str::to_owned);
        Side { account: of, amount, on, reference, other, known }
    }
}

/// The first and the last day of a span.
type Days = (Date, Date);

/// What a line or a receipt says of the other side.
struct Words<'a> {
    name: Option<&'a str>,
    number: Option<&'a str>,
    reference: Option<&'a str>,
    text: &'a str,
}

/// Where a side stands in the book.
#[derive(Clone, Debug)]
enum Stands {
    /// A side that was seen, and waits for its other one.
    Seen(Id<ids::Transfer>),
    /// A line that money went out by.
    Line(LineKey),
    /// A receipt of nobody.
    Receipt(Id<ids::Receipt>),
}

#[derive(Clone, Debug)]
struct Candidate {
    side: Side,
    stands: Stands,
    /// What it is or will be booked at, if that is known.
    base: Option<i64>,
    /// How people call it: the id, the short name of a line, the reference of a receipt.
    name: String,
    says: Option<String>,
}

/// Sides that wait for their other one, or may: those that went out or came in from the first to the last day.
fn went(tx: &mut Tx<'_>, actor: &Actor, own: &Own, days: Days) -> Result<Vec<Candidate>, Error> {
    let codes = codes(tx, actor)?;
    let mut all = seen(tx, actor, Way::Out, days)?;
    for line in transfer::went_out(tx, actor.company.id, days.0, days.1)? {
        all.push(of_line(own, &codes, line));
    }
    Ok(all)
}

fn of_line(own: &Own, codes: &BTreeMap<Account, String>, line: WentOut) -> Candidate {
    let words = Words {
        name: line.counterparty.as_deref(),
        number: line.counterparty_ref.as_deref(),
        reference: line.reference.as_deref(),
        text: line.text.as_deref().unwrap_or_default(),
    };
    let WentOut { key, amount, on, .. } = line;
    let code = codes.get(&key.account).map(String::as_str).unwrap_or_default();
    Candidate {
        side: own.side(key.account, amount, on, &words),
        stands: Stands::Line(key),
        base: None,
        name: line_name(code, &key.fingerprint, key.occurrence),
        says: line.text.or(line.counterparty),
    }
}

fn came(tx: &mut Tx<'_>, actor: &Actor, own: &Own, days: Days) -> Result<Vec<Candidate>, Error> {
    let mut all = seen(tx, actor, Way::In, days)?;
    all.extend(transfer::unknown(tx, actor.company.id, days.0, days.1)?.into_iter().map(|one| of_receipt(own, one)));
    Ok(all)
}

fn of_receipt(own: &Own, receipt: Unknown) -> Candidate {
    let words = Words {
        name: receipt.payer.as_deref(),
        number: receipt.payer_ref.as_deref(),
        reference: receipt.reference.as_deref(),
        text: "",
    };
    Candidate {
        side: own.side(receipt.key.account, receipt.amount, receipt.on, &words),
        stands: Stands::Receipt(receipt.receipt),
        base: Some(receipt.base),
        name: receipt.reference.unwrap_or_else(|| receipt.receipt.to_string()),
        says: receipt.text.or(receipt.payer),
    }
}

fn seen(tx: &mut Tx<'_>, actor: &Actor, way: Way, (from, until): Days) -> Result<Vec<Candidate>, Error> {
    let mut sides = transfer::sides(tx, actor.company.id)?;
    sides.retain(|s| s.way == way && s.paired.is_none() && (from..=until).contains(&s.moved_on));
    Ok(sides.into_iter().map(of_seen).collect())
}

fn of_seen(seen: transfer::Side) -> Candidate {
    let reference = seen.reference.clone().filter(|reference| reference.len() >= REFERENCE_MIN);
    let (amount, on, other) = (seen.amount, seen.moved_on, seen.other);
    Candidate {
        side: Side { account: seen.line.account, amount, on, reference, other, known: true },
        stands: Stands::Seen(seen.id),
        base: Some(seen.base),
        name: seen.id.to_string(),
        says: seen.reference,
    }
}

fn codes(tx: &mut Tx<'_>, actor: &Actor) -> Result<BTreeMap<Account, String>, Error> {
    let accounts = company::accounts(tx, actor.company.id)?;
    Ok(accounts.into_iter().map(|row| (row.account, row.code)).collect())
}

/// What a statement's lines are compared with, and what they turned out to be.
pub(super) struct Looking {
    own: Own,
    codes: BTreeMap<Account, String>,
    /// By currency and minor units.
    went: HashMap<(Currency, i64), Vec<Candidate>>,
    came: HashMap<(Currency, i64), Vec<Candidate>>,
    sides: Vec<NewSide>,
    entries: Vec<NewEntry>,
    pairs: Vec<(Id<ids::Transfer>, Id<ids::Transfer>, Said)>,
}

/// A line that was money of the company's own, and the code of the account where its other side was seen.
pub(super) struct OwnMoney {
    pub other: Option<String>,
}

impl Looking {
    /// Reads what the booked lines of a file may be the other sides of.
    pub fn load<'l>(
        tx: &mut Tx<'_>,
        actor: &Actor,
        of: Account,
        lines: impl Iterator<Item = &'l Line>,
    ) -> Result<Looking, Error> {
        let (mut outs, mut ins): (Option<Days>, Option<Days>) = (None, None);
        for line in lines {
            let days = match line.direction {
                Direction::Out => &mut outs,
                Direction::In => &mut ins,
                Direction::None => continue,
            };
            if let Some(on) = line.on {
                let (from, until) = days.unwrap_or((on, on));
                *days = Some((from.min(on), until.max(on)));
            }
        }
        let own = Own::load(tx, actor)?;
        let by_amount = |candidates: Vec<Candidate>| {
            let mut by: HashMap<(Currency, i64), Vec<Candidate>> = HashMap::new();
            for one in candidates.into_iter().filter(|one| one.side.account != of) {
                by.entry((one.side.amount.currency, one.side.amount.minor)).or_default().push(one);
            }
            by
        };
        let went = match ins {
            Some((from, until)) => {
                went(tx, actor, &own, (from.plus_days(-DAYS_MAX), until.plus_days(DAYS_BEFORE_MAX)))?
            }
            None => Vec::new(),
        };
        let came = match outs {
            Some((from, until)) => {
                came(tx, actor, &own, (from.plus_days(-DAYS_BEFORE_MAX), until.plus_days(DAYS_MAX)))?
            }
            None => Vec::new(),
        };
        Ok(Looking {
            codes: codes(tx, actor)?,
            own,
            went: by_amount(went),
            came: by_amount(came),
            sides: Vec::new(),
            entries: Vec::new(),
            pairs: Vec::new(),
        })
    }

    /// Takes a booked line as a side of a transfer if it is one: where it names an own account, or its other side is sure.
    pub fn take(
        &mut self,
        tx: &mut Tx<'_>,
        actor: &Actor,
        today: Date,
        of: &AccountRow,
        line: &Line,
        natural: Natural,
    ) -> Result<Option<OwnMoney>, Error> {
        let (Some(amount), Some(on)) = (line.amount.filter(|amount| amount.minor > 0), line.on) else {
            return Ok(None);
        };
        let out = match line.direction {
            Direction::Out => true,
            Direction::In => false,
            Direction::None => return Ok(None),
        };
        let words = Words {
            name: line.counterparty.as_deref(),
            number: line.counterparty_ref.as_deref(),
            reference: line.reference.as_deref(),
            text: if out { &line.text } else { "" },
        };
        let side = self.own.side(of.account, amount, on, &words);
        let pool = if out { &mut self.came } else { &mut self.went };
        let key = (amount.currency, amount.minor);
        let others = pool.get_mut(&key);
        let found = match &others {
            Some(others) => other_side(&side, out, &others.iter().map(|other| other.side.clone()).collect::<Vec<_>>()),
            None => Found::Nothing,
        };
        let other = match (found, others) {
            (Found::Sure(at, said), Some(others)) => Some((others.remove(at), said)),
            _ if side.other.is_none() => return Ok(None),
            _ => None,
        };
        let line_key = LineKey { account: of.account, fingerprint: natural.print, occurrence: natural.occurrence };
        let fee = line.fee.unwrap_or(Money::zero(amount.currency));
        let base = other.as_ref().and_then(|(other, _)| other.base);
        let new = New { key: line_key, out, side: &side, fee, base };
        let (made, entry) = decide(tx, actor, &new)?;
        let id = Id::from_bytes(made.id);
        let base = made.base;
        self.sides.push(made);
        self.entries.push(entry);
        let Some((other, said)) = other else { return Ok(Some(OwnMoney { other: None })) };
        let account = other.side.account;
        let other = match self.other(tx, actor, today, other, base)? {
            Some(other) => other,
            // Somebody took it meanwhile: the line waits for its other side.
            None => return Ok(Some(OwnMoney { other: None })),
        };
        self.pairs.push(if out { (id, other, said) } else { (other, id, said) });
        Ok(Some(OwnMoney { other: self.codes.get(&account).cloned() }))
    }

    /// The other side as it stands from now on.
    fn other(
        &mut self,
        tx: &mut Tx<'_>,
        actor: &Actor,
        today: Date,
        other: Candidate,
        base: i64,
    ) -> Result<Option<Id<ids::Transfer>>, Error> {
        match other.stands {
            Stands::Seen(id) => Ok(Some(id)),
            Stands::Receipt(receipt) => of_nobody(tx, actor, today, receipt, other.side.other),
            Stands::Line(key) => {
                if let Some(known) = transfer::hold_line(tx, actor.company.id, &key)? {
                    return Ok(Some(known));
                }
                let fee = Money::zero(other.side.amount.currency);
                let new = New { key, out: true, side: &other.side, fee, base: Some(base) };
                let (made, entry) = decide(tx, actor, &new)?;
                let id = Id::from_bytes(made.id);
                self.sides.push(made);
                self.entries.push(entry);
                Ok(Some(id))
            }
        }
    }

    /// Writes what was found.
    pub fn save(self, tx: &mut Tx<'_>, actor: &Actor, today: Date) -> Result<(), Error> {
        entry::save(tx, actor.company.id, &self.entries)?;
        transfer::save_sides(tx, actor.company.id, &self.sides)?;
        if self.pairs.is_empty() {
            return Ok(());
        }
        let sides = transfer::sides(tx, actor.company.id)?;
        for (went, came, said) in self.pairs {
            if let (Some(went), Some(came)) = (of_id(&sides, went), of_id(&sides, came)) {
                pair_up(tx, actor, today, went, came, said)?;
            }
        }
        Ok(())
    }
}

/// One side to be booked.
struct New<'a> {
    key: LineKey,
    out: bool,
    side: &'a Side,
    fee: Money,
    /// What its other side is booked at, which is carried on.
    base: Option<i64>,
}

fn decide(tx: &mut Tx<'_>, actor: &Actor, new: &New<'_>) -> Result<(NewSide, NewEntry), Error> {
    let (company, own) = (actor.company.id, actor.company.currency);
    let Side { amount, on, other, .. } = *new.side;
    let base = match new.base {
        Some(base) => base,
        None => rate::on(tx, company, own, amount.currency, on)?.to_base(amount, own)?,
    };
    if ![amount, Money::new(base, own)].into_iter().all(Money::fits) {
        return Err(Refusal::TooLarge { what: "amount".into() }.into());
    }
    let made = NewSide {
        id: *tx.new_id::<ids::Transfer>().bytes(),
        line: new.key,
        way: if new.out { Way::Out } else { Way::In },
        other,
        moved_on: on,
        posted_on: period::posting_day(tx, company, on)?,
        amount,
        base,
        receipt: None,
    };
    let lines = posting::transfer(new.key.account, new.out, amount, base, new.fee)?;
    let entry = transfer::entry_of(&made, lines);
    Ok((made, entry))
}

/// Makes a receipt of nobody a side; `None` if somebody's it has become, or it left already.
fn of_nobody(
    tx: &mut Tx<'_>,
    actor: &Actor,
    today: Date,
    id: Id<ids::Receipt>,
    other: Option<Account>,
) -> Result<Option<Id<ids::Transfer>>, Error> {
    let company = actor.company.id;
    receipt::funds(tx, company, id)?;
    let funds = all_left(tx, company, id)?;
    let Some(unknown) = transfer::unknown_one(tx, company, id)? else { return Ok(None) };
    let on = period::posting_day(tx, company, today.max(funds.posted_on))?;
    let moved = refund::own_money(&funds, on, actor.company.currency)?;
    let refund = store::refund::save(tx, company, &moved, on, None, "own transfer")?;
    let made = NewSide {
        id: *refund.bytes(),
        line: unknown.key,
        way: Way::In,
        other,
        moved_on: unknown.on,
        posted_on: on,
        amount: unknown.amount,
        base: unknown.base,
        receipt: Some(id),
    };
    transfer::save_sides(tx, company, std::slice::from_ref(&made))?;
    Ok(Some(Id::from_bytes(made.id)))
}

fn of_id(sides: &[transfer::Side], id: Id<ids::Transfer>) -> Option<&transfer::Side> {
    sides.iter().find(|side| side.id == id)
}

/// Makes two sides one movement; not so, and `false`, where one of them has its other side already.
fn pair_up(
    tx: &mut Tx<'_>,
    actor: &Actor,
    today: Date,
    went: &transfer::Side,
    came: &transfer::Side,
    said: Said,
) -> Result<bool, Error> {
    let company = actor.company.id;
    for side in [went, came] {
        hold(tx, actor, side)?;
        if transfer::is_paired(tx, company, side.id)? {
            return Ok(false);
        }
    }
    let posted_on = period::posting_day(tx, company, today.max(went.posted_on).max(came.posted_on))?;
    let pair = transfer::Pair { went: went.id, came: came.id, said, difference: came.base - went.base };
    transfer::pair(tx, company, actor.company.currency, &pair, posted_on)?;
    Ok(true)
}

/// Locks what a side was made of.
fn hold(tx: &mut Tx<'_>, actor: &Actor, side: &transfer::Side) -> Result<(), Error> {
    match side.receipt {
        Some(receipt) => receipt::funds(tx, actor.company.id, receipt).map(drop),
        None => transfer::hold_line(tx, actor.company.id, &side.line).map(drop),
    }
}

/// The numbers by which banks and wallets call an account.
pub fn numbers(tx: &mut Tx<'_>, actor: &Actor, code: &str) -> Result<Vec<String>, Error> {
    actor.may(Right::Read)?;
    let account = account::money(tx, actor, code)?.account;
    Ok(transfer::numbers(tx, actor.company.id)?.remove(&account).unwrap_or_default())
}

/// Says all numbers of an account, which are no other account's.
pub fn set_numbers(tx: &mut Tx<'_>, actor: &Actor, code: &str, numbers: &[String]) -> Result<(), Error> {
    act(tx, actor, Right::AccountNumber, Subject { name: code, cause: None }, |tx| {
        let account = account::money(tx, actor, code)?.account;
        let own = Own::load(tx, actor)?;
        for number in numbers {
            let invalid = |reason| Refusal::Invalid { field: "number".into(), value: number.clone(), reason };
            if number_mark(number).is_none() {
                return Err(invalid(Unusable::TooShort).into());
            }
            if own.account(account, Some(number)).is_some() {
                return Err(Refusal::Exists { kind: "number of an account".into(), name: number.clone() }.into());
            }
        }
        let numbers: Vec<String> = numbers.iter().map(|number| number.trim().to_owned()).collect();
        transfer::save_numbers(tx, actor.company.id, account, &numbers)
    })
}

/// A side that stands, for people.
#[derive(Clone, Debug)]
pub struct Listed {
    pub id: String,
    pub account: String,
    pub out: bool,
    pub on: Date,
    pub amount: Money,
    pub reference: Option<String>,
    /// The account it names, or where its other side was seen.
    pub other: Option<String>,
    /// What says that both are one movement: a code of [`Said`], or `person`.
    pub said: Option<String>,
    /// Days in transit, while its other side was not seen.
    pub days: Option<i32>,
}

/// Transfers, the latest first; `open`: only those in transit, the oldest first.
pub fn list(tx: &mut Tx<'_>, actor: &Actor, today: Date, open: bool) -> Result<Vec<Listed>, Error> {
    actor.may(Right::Read)?;
    let codes = codes(tx, actor)?;
    let sides = transfer::sides(tx, actor.company.id)?;
    let of: BTreeMap<_, _> = sides.iter().map(|side| (side.id, side.line.account)).collect();
    let mut all: Vec<Listed> = sides
        .iter()
        .filter(|side| !open || side.paired.is_none())
        .map(|side| {
            let seen = side.paired.as_ref().and_then(|paired| of.get(&paired.with).copied());
            Listed {
                id: side.id.to_string(),
                account: side.code.clone(),
                out: side.way == Way::Out,
                on: side.moved_on,
                amount: side.amount,
                reference: side.reference.clone(),
                other: seen.or(side.other).and_then(|account| codes.get(&account).cloned()),
                said: side.paired.as_ref().map(|paired| paired.said.clone()),
                days: side.paired.is_none().then(|| today.days_since(side.moved_on)),
            }
        })
        .collect();
    all.sort_by_key(|side| side.on);
    if !open {
        all.reverse();
    }
    Ok(all)
}

/// One side, by the name that a person gives it.
#[derive(Clone, Debug)]
pub struct Shown {
    pub name: String,
    pub account: String,
    pub on: Date,
    pub says: Option<String>,
}

/// Two sides of one amount about one day that may be one movement.
#[derive(Clone, Debug)]
pub struct Proposed {
    pub amount: Money,
    pub went: Shown,
    pub came: Shown,
    /// Whether both bear the same reference, or are known to be the company's own money.
    pub likely: bool,
}

/// What may be one movement and was not found to be: of the same amount, in two accounts, about the same day. The likely
/// ones first, then the latest.
pub fn proposed(tx: &mut Tx<'_>, actor: &Actor, today: Date) -> Result<Vec<Proposed>, Error> {
    actor.may(Right::Read)?;
    let own = Own::load(tx, actor)?;
    let codes = codes(tx, actor)?;
    let days = (today.plus_days(-DAYS_LOOKED_AT), today);
    let mut by: HashMap<(Currency, i64), Vec<Candidate>> = HashMap::new();
    for one in came(tx, actor, &own, days)? {
        by.entry((one.side.amount.currency, one.side.amount.minor)).or_default().push(one);
    }
    let shown = |one: &Candidate| Shown {
        name: one.name.clone(),
        account: codes.get(&one.side.account).cloned().unwrap_or_default(),
        on: one.side.on,
        says: one.says.clone(),
    };
    let mut all = Vec::new();
    for out in went(tx, actor, &own, days)? {
        let key = (out.side.amount.currency, out.side.amount.minor);
        for came in by.get(&key).into_iter().flatten().filter(|came| may_be_one(&out.side, &came.side)) {
            let same = out.side.reference.is_some() && out.side.reference == came.side.reference;
            let likely = same || out.side.known || came.side.known;
            all.push(Proposed { amount: out.side.amount, went: shown(&out), came: shown(came), likely });
        }
    }
    all.sort_by_key(|one| (!one.likely, std::cmp::Reverse(one.went.on), one.went.name.clone(), one.came.name.clone()));
    Ok(all)
}

/// What became of a person's word.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct Marked {
    /// The side that went out, and the one that came in, as far as they were seen.
    pub went: Option<String>,
    pub came: Option<String>,
}

/// A person says that money which went out, and money which came in, is one movement between own accounts; or of one of
/// both, that it is one whose other side was not seen yet.
pub fn mark(
    tx: &mut Tx<'_>,
    actor: &Actor,
    today: Date,
    went_out: Option<&str>,
    came_in: Option<&str>,
    key: Option<&Once>,
) -> Result<Marked, Error> {
    let Some(name) = went_out.or(came_in) else { return Err(Refusal::Missing { field: "transfer".into() }.into()) };
    once(tx, actor, key, |tx| {
        act(tx, actor, Right::TransferSave, Subject { name, cause: None }, |tx| {
            let own = Own::load(tx, actor)?;
            let went = went_out.map(|name| find_went(tx, actor, &own, today, name)).transpose()?;
            let came = came_in.map(|name| find_came(tx, actor, &own, name)).transpose()?;
            if let (Some(went), Some(came)) = (&went, &came)
                && (went.side.amount != came.side.amount || went.side.account == came.side.account)
            {
                return Err(Refusal::NoTransfer { went: went.name.clone(), came: came.name.clone() }.into());
            }
            let came_base = came.as_ref().and_then(|came| came.base);
            let came = came.map(|came| stand(tx, actor, today, came, None)).transpose()?;
            let went = went.map(|went| stand(tx, actor, today, went, came_base)).transpose()?;
            if let (Some(went), Some(came)) = (went, came) {
                let sides = transfer::sides(tx, actor.company.id)?;
                let both = of_id(&sides, went).zip(of_id(&sides, came));
                let (went, came) =
                    both.ok_or_else(|| Error::Failed("a side that was just saved is not there".into()))?;
                if !pair_up(tx, actor, today, went, came, Said::Person)? {
                    return Err(Refusal::Exists { kind: "transfer".into(), name: name.into() }.into());
                }
            }
            Ok(Marked { went: went.map(|id| id.to_string()), came: came.map(|id| id.to_string()) })
        })
    })
}

fn find_went(tx: &mut Tx<'_>, actor: &Actor, own: &Own, today: Date, name: &str) -> Result<Candidate, Error> {
    if let Some(seen) = find_seen(tx, actor, Way::Out, name)? {
        return Ok(seen);
    }
    let codes = codes(tx, actor)?;
    let lines = transfer::went_out(tx, actor.company.id, Date::from_day_number(0), today)?;
    let mut found: Vec<Candidate> = lines
        .into_iter()
        .map(|line| of_line(own, &codes, line))
        .filter(|line| name.len() >= ID_DIGITS_MIN && line.name.starts_with(name))
        .collect();
    match (found.pop(), found.pop()) {
        (Some(one), None) => Ok(one),
        (None, _) => Err(Refusal::NotFound { kind: "money that went out".into(), name: name.into() }.into()),
        _ => {
            let (field, value) = ("line".into(), name.into());
            Err(Refusal::Invalid { field, value, reason: Unusable::TooShort }.into())
        }
    }
}

fn find_came(tx: &mut Tx<'_>, actor: &Actor, own: &Own, name: &str) -> Result<Candidate, Error> {
    if let Some(seen) = find_seen(tx, actor, Way::In, name)? {
        return Ok(seen);
    }
    let id = receipt::find(tx, actor.company.id, name)?;
    receipt::funds(tx, actor.company.id, id)?;
    let found = transfer::unknown_one(tx, actor.company.id, id)?;
    let identified = || Refusal::Exists { kind: "identified receipt".into(), name: name.into() };
    Ok(of_receipt(own, found.ok_or_else(identified)?))
}

fn find_seen(tx: &mut Tx<'_>, actor: &Actor, way: Way, name: &str) -> Result<Option<Candidate>, Error> {
    let Ok(id) = name.parse::<Id<ids::Transfer>>() else { return Ok(None) };
    let sides = transfer::sides(tx, actor.company.id)?;
    Ok(sides.into_iter().find(|side| side.id == id && side.way == way).map(of_seen))
}

/// A candidate as a side that stands; `base` is what its other side is booked at.
fn stand(
    tx: &mut Tx<'_>,
    actor: &Actor,
    today: Date,
    one: Candidate,
    base: Option<i64>,
) -> Result<Id<ids::Transfer>, Error> {
    let taken = || Refusal::Exists { kind: "transfer".into(), name: one.name.clone() };
    match one.stands {
        Stands::Seen(id) => Ok(id),
        Stands::Receipt(receipt) => Ok(of_nobody(tx, actor, today, receipt, one.side.other)?.ok_or_else(taken)?),
        Stands::Line(key) => {
            if transfer::hold_line(tx, actor.company.id, &key)?.is_some() {
                return Err(taken().into());
            }
            let fee = transfer::line(tx, actor.company.id, &key)?.map_or(0, |line| line.fee);
            let fee = Money::new(fee, one.side.amount.currency);
            let new = New { key, out: true, side: &one.side, fee, base };
            let (made, entry) = decide(tx, actor, &new)?;
            entry::save(tx, actor.company.id, &[entry])?;
            transfer::save_sides(tx, actor.company.id, std::slice::from_ref(&made))?;
            Ok(Id::from_bytes(made.id))
        }
    }
}

/// A side was no transfer: it is taken back, and with it that it and another were one. Money that came in is a receipt of
/// nobody from then on.
pub fn undo(
    tx: &mut Tx<'_>,
    actor: &Actor,
    today: Date,
    name: &str,
    reason: &str,
    key: Option<&Once>,
) -> Result<(), Error> {
    needs_reason(reason)?;
    once(tx, actor, key, |tx| {
        act(tx, actor, Right::TransferSave, Subject { name, cause: Some(reason) }, |tx| {
            let company = actor.company.id;
            let not_found = || Refusal::NotFound { kind: "transfer".into(), name: name.into() };
            let id: Id<ids::Transfer> = name.parse().map_err(|_| not_found())?;
            let find = |tx: &mut Tx<'_>| transfer::sides(tx, company).map(|sides| of_id(&sides, id).cloned());
            let side = find(tx)?.ok_or_else(not_found)?;
            hold(tx, actor, &side)?;
            // Read again under the lock: another may have taken it back meanwhile.
            let side = find(tx)?.ok_or_else(not_found)?;
            let on = period::posting_day(tx, company, today.max(side.posted_on))?;
            match side.receipt {
                Some(_) => back_to_nobody(tx, actor, &side, reason, on),
                None => back_to_line(tx, actor, today, &side, reason, on),
            }
        })
    })
}

/// What brings back what a pair brought to exchange.
fn unpaired(actor: &Actor, side: &transfer::Side) -> Vec<receivables::ledger::Line> {
    match side.paired.as_ref().map(|paired| paired.difference) {
        None | Some(0) => Vec::new(),
        Some(difference) => transfer::exchanged(actor.company.currency, -difference),
    }
}

fn back_to_nobody(tx: &mut Tx<'_>, actor: &Actor, side: &transfer::Side, reason: &str, on: Date) -> Result<(), Error> {
    let company = actor.company.id;
    let refund = Id::from_bytes(*side.id.bytes());
    let saved = store::refund::get(tx, company, refund)?;
    let mut back = refund::reverse(&saved.refunded)?;
    back.lines.extend(unpaired(actor, side));
    let id = store::refund::save(tx, company, &back, on, Some(refund), reason)?;
    transfer::end(tx, company, *id.bytes(), side.id, reason, on)
}

fn back_to_line(
    tx: &mut Tx<'_>,
    actor: &Actor,
    today: Date,
    side: &transfer::Side,
    reason: &str,
    on: Date,
) -> Result<(), Error> {
    let company = actor.company.id;
    let lines = entry::lines(tx, company, side.id.bytes())?;
    let mut lines = lines.iter().map(|line| line.reversed()).collect::<Result<Vec<_>, _>>()?;
    lines.extend(unpaired(actor, side));
    let id = *tx.new_id::<ids::Transfer>().bytes();
    transfer::end(tx, company, id, side.id, reason, on)?;
    let back = NewEntry { id, cause: receivables::ledger::Cause::Transfer, posted_on: on, lines };
    if side.way == Way::Out {
        return entry::save(tx, company, &[back]);
    }
    let said = transfer::line(tx, company, &side.line)?;
    let said = said.ok_or_else(|| Error::Failed("a transfer without its statement line".into()))?;
    let account = account::money(tx, actor, &side.code)?;
    let given = Given {
        account: side.code.clone(),
        received_on: side.moved_on,
        received_at: said.at,
        gross: side.amount,
        charges: Money::new(said.fee, side.amount.currency),
        payer: said.counterparty,
        payer_ref: said.counterparty_ref,
        reference: said.reference,
        text: said.text,
        customer: None,
        opening_on: None,
    };
    let natural = Natural { print: side.line.fingerprint, occurrence: side.line.occurrence };
    let (receipt, entry) = super::receipt::prepare(tx, actor, today, &given, &account, natural)?;
    receipt::save(tx, company, std::slice::from_ref(&receipt))?;
    entry::save(tx, company, &[back, entry])
}
