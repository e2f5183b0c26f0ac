//! Applying money and credits to open items, giving up what will not come, and taking either back.

use receivables::approval::Kind;
use receivables::billing::early::{Early, Of, Taken, Wish};
use receivables::ids::{self, Id};
use receivables::ledger::{Account, Item, MovementKind, settlement};
use receivables::{Currency, Date, Money, Refusal, Unusable};
use store::document::{self, Document};
use store::{Error, Tx, entry, merge, movement, period, receipt};

use super::approval::{self, Asked, New};
use super::{Actor, Once, Right, Subject, act, once, setting};

/// Which receipt or credit note pays which invoice, and how much of it.
#[derive(Clone, Debug)]
pub struct Given {
    /// A receipt's reference or id, or a credit note's number.
    pub source: String,
    pub invoice: String,
    /// Minor units of the invoice's currency; as much as both sides allow when `None`.
    pub amount: Option<i64>,
    /// What leaves the receipt, where its currency is another; minor units.
    pub paid: Option<i64>,
    pub on: Option<Date>,
    /// Whether it takes the discount that the terms of the invoice offer; what counts is the day the money came.
    pub discount: Wish,
}

#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Allocated {
    pub allocations: Vec<Made>,
}

/// One allocation made: its id, and how much of which invoice.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Made {
    pub id: String,
    pub invoice: String,
    pub amount: String,
    pub currency: String,
    /// Taken off for paying early, its tax included; empty where nothing was.
    #[serde(default)]
    pub discount: String,
}

/// Applies a receipt or credit note to an invoice, its oldest instalment first.
pub fn add(tx: &mut Tx<'_>, actor: &Actor, today: Date, given: &Given, key: Option<&Once>) -> Result<Allocated, Error> {
    once(tx, actor, key, |tx| {
        let name = format!("{} to {}", given.source, given.invoice);
        act(tx, actor, Right::AllocationAdd, Subject { name: &name, cause: None }, |tx| {
            let company = actor.company.id;
            let invoice = document::get(tx, company, &given.invoice)?;
            let note = document::by_number(tx, company, &given.source)?;
            if let Some(note) = note.filter(|d| d.kind == document::Kind::CreditNote) {
                let made = apply_credit(tx, actor, today, given, note.id, invoice.id)?;
                return Ok(Allocated { allocations: made });
            }
            let id = receipt::find(tx, company, &given.source)?;
            Ok(Allocated { allocations: apply_receipt(tx, actor, today, given, id, invoice.id)? })
        })
    })
}

/// Applies a receipt inside a running action.
pub(crate) fn apply_receipt(
    tx: &mut Tx<'_>,
    actor: &Actor,
    today: Date,
    given: &Given,
    id: Id<ids::Receipt>,
    invoice: Id<ids::Document>,
) -> Result<Vec<Made>, Error> {
    // Locks in one order: the receipt, then the document.
    let company = actor.company.id;
    let mut funds = receipt::funds(tx, company, id)?;
    let items = document::items_of(tx, company, invoice)?;
    if funds.customer.is_none()
        && let Some(item) = items.first()
    {
        let waiting = receipt::get(tx, company, id)?;
        super::receipt::identify_one(tx, actor, today, &waiting, item.customer)?;
        super::payer::learn_from(tx, actor, &waiting, item.customer)?;
        funds = receipt::funds(tx, company, id)?;
    }
    let same_currency = items.first().is_none_or(|item| item.currency == funds.currency);
    if !same_currency && (given.amount.is_none() || given.paid.is_none()) {
        return Err(Refusal::InvalidEmpty { field: "amount".into(), reason: Unusable::OtherCurrency }.into());
    }
    let early = if same_currency { early_of(tx, actor, id, invoice, given.discount)? } else { None };
    let mut rest = match given.amount {
        Some(amount) => amount,
        None => funds.unapplied.min(items.iter().map(|i| i.open.max(0)).sum()),
    };
    if rest <= 0 {
        return Err(nothing(&items, &funds.name, Money::new(rest, funds.currency)));
    }
    let mut made = Vec::new();
    let open: Vec<&Item> = items.iter().filter(|item| item.open != 0).collect();
    for (i, item) in open.iter().enumerate() {
        if let Some(taken) = early.as_ref().map(|early| early.taken(item, rest)).transpose()?.flatten() {
            made.push(allocate_early(tx, actor, today, &funds, item, (taken, given.on))?);
            rest -= taken.paid;
            if rest == 0 {
                break;
            }
            funds = receipt::funds(tx, company, id)?;
            continue;
        }
        // The last instalment takes what is left, and refuses it if it is too much.
        let amount = if i + 1 == open.len() { rest } else { rest.min(item.open) };
        let paid = if same_currency { amount } else { given.paid.unwrap_or(amount) };
        made.push(allocate_one(tx, actor, today, &funds, item, Part { amount, paid, on: given.on })?);
        rest -= amount;
        if rest == 0 {
            break;
        }
        funds = receipt::funds(tx, company, id)?;
    }
    if made.is_empty() {
        return Err(nothing(&items, &funds.name, Money::new(rest, funds.currency)));
    }
    Ok(made)
}

/// The discount an invoice offers for the day a receipt came.
pub(super) struct Offered {
    early: Early,
    of: Of,
    on: Date,
    wish: Wish,
}

/// What the terms of an invoice offer to a receipt; `None` where they offer nothing on its day, or it is not wished.
fn early_of(
    tx: &mut Tx<'_>,
    actor: &Actor,
    receipt: Id<ids::Receipt>,
    invoice: Id<ids::Document>,
    wish: Wish,
) -> Result<Option<Offered>, Error> {
    if wish == Wish::Leave {
        return Ok(None);
    }
    let Some(agreed) = document::agreed(tx, actor.company.id, invoice)? else { return Ok(None) };
    let receipt = receipt::get(tx, actor.company.id, receipt)?;
    let offered = Offered::of(actor, &agreed, receipt.currency, receipt.received_on, wish)?;
    Ok(offered.filter(|offered| offered.early.on(offered.on).is_some()))
}

impl Offered {
    /// What the terms of an invoice in this currency offer to money that came on a day.
    pub(super) fn of(
        actor: &Actor,
        agreed: &document::Agreed,
        currency: Currency,
        on: Date,
        wish: Wish,
    ) -> Result<Option<Offered>, Error> {
        let of = Of { net: agreed.net, total: agreed.total, exponent: currency.exponent() };
        Ok(super::invoice::early(actor, agreed)?.map(|early| Offered { early, of, on, wish }))
    }

    /// What is taken of an instalment with `rest` of the money; `None` where no discount goes with it. What is more than settles
    /// it stays on the receipt.
    pub(super) fn taken(&self, item: &Item, rest: i64) -> Result<Option<Taken>, Error> {
        if item.open <= 0 || rest <= 0 {
            return Ok(None);
        }
        let whole = self.early.settles(self.of, item.open, self.on)?;
        let taken = match self.wish {
            Wish::Leave => None,
            Wish::WhereExact => Some(whole).filter(|whole| whole.paid == rest),
            Wish::Take if rest >= whole.paid => Some(whole),
            Wish::Take => Some(self.early.by(self.of, rest, self.on)?),
        };
        Ok(taken.filter(|taken| taken.paid > 0 && taken.settled() > taken.paid && taken.settled() <= item.open))
    }
}

fn allocate_early(
    tx: &mut Tx<'_>,
    actor: &Actor,
    today: Date,
    funds: &settlement::Funds,
    item: &Item,
    (taken, on): (Taken, Option<Date>),
) -> Result<Made, Error> {
    let on = settlement_day(tx, actor, on.unwrap_or_else(|| today.max(funds.posted_on).max(item.posted_on)))?;
    let groups = merge::groups(tx, actor.company.id)?;
    let settled = settlement::allocate_early(funds, item, taken, on, actor.company.currency, &groups)?;
    let id = movement::save(tx, actor.company.id, &settled, on, &[], None)?;
    let discount = Money::new(taken.discount + taken.tax, item.currency).major_text();
    Ok(Made { discount, ..made(id, item, taken.paid) })
}

fn nothing(items: &[Item], source: &str, amount: Money) -> Error {
    match items.first() {
        Some(item) if items.iter().all(|i| i.open == 0) => Refusal::AlreadySettled { item: item.number.clone() },
        _ => Refusal::ExceedsUnapplied { source: source.into(), unapplied: Money::zero(amount.currency), amount },
    }
    .into()
}

/// How much of an item, for how much of the receipt, on which day if not today.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Part {
    pub amount: i64,
    pub paid: i64,
    pub on: Option<Date>,
}

/// Applies part of a receipt to one item, inside a running action. Both must have been read with their locks.
pub(crate) fn allocate_one(
    tx: &mut Tx<'_>,
    actor: &Actor,
    today: Date,
    funds: &settlement::Funds,
    item: &Item,
    part: Part,
) -> Result<Made, Error> {
    let on = settlement_day(tx, actor, part.on.unwrap_or_else(|| today.max(funds.posted_on).max(item.posted_on)))?;
    let groups = merge::groups(tx, actor.company.id)?;
    let settled = settlement::allocate(funds, item, part.amount, part.paid, on, actor.company.currency, &groups)?;
    let id = movement::save(tx, actor.company.id, &settled, on, &[], None)?;
    Ok(made(id, item, part.amount))
}

fn made(id: Id<ids::Movement>, item: &Item, amount: i64) -> Made {
    Made {
        id: id.to_string(),
        invoice: item.number.clone(),
        amount: Money::new(amount, item.currency).major_text(),
        currency: item.currency.to_string(),
        discount: String::new(),
    }
}

fn settlement_day(tx: &mut Tx<'_>, actor: &Actor, on: Date) -> Result<Date, Error> {
    period::posting_day(tx, actor.company.id, on)
}

fn apply_credit(
    tx: &mut Tx<'_>,
    actor: &Actor,
    today: Date,
    given: &Given,
    note: Id<ids::Document>,
    invoice: Id<ids::Document>,
) -> Result<Vec<Made>, Error> {
    let company = actor.company.id;
    let mut made = Vec::new();
    let mut rest = given.amount;
    let groups = merge::groups(tx, company)?;
    let invoice_items = document::items_of(tx, company, invoice)?;
    let note_items = document::items_of(tx, company, note)?;
    let (Some(credit), Some(first)) = (note_items.first(), invoice_items.first()) else {
        return Err(Refusal::NotFound { kind: "open item".into(), name: given.invoice.clone() }.into());
    };
    if rest.is_none() && (credit.open == 0 || invoice_items.iter().all(|i| i.open == 0)) {
        let amount = Money::new(-credit.open, credit.currency);
        return Err(nothing(&invoice_items, &credit.number, amount));
    }
    let wanted = given.amount.unwrap_or(i64::MAX);
    if rest.is_some() && invoice_items.iter().all(|i| i.open == 0) {
        return Err(nothing(std::slice::from_ref(first), &credit.number, Money::new(wanted, first.currency)));
    }
    for item in &invoice_items {
        let credit = document::item(tx, company, note, credit.instalment)?;
        let amount = match rest {
            Some(amount) => amount,
            None => item.open.min(-credit.open),
        };
        if amount == 0 || (rest.is_none() && item.open == 0) {
            continue;
        }
        let on =
            settlement_day(tx, actor, given.on.unwrap_or_else(|| today.max(credit.posted_on).max(item.posted_on)))?;
        let settled = settlement::apply_credit(&credit, item, amount, on, actor.company.currency, &groups)?;
        let id = movement::save(tx, company, &settled, on, &[], None)?;
        made.push(self::made(id, item, amount));
        if rest.take().is_some() {
            break;
        }
    }
    Ok(made)
}

/// A credit note that names an invoice is applied to what is open of it; the rest stays the customer's credit.
pub(crate) fn apply_note(tx: &mut Tx<'_>, actor: &Actor, note: &Document) -> Result<(), Error> {
    let Some(invoice) = note.credits else { return Ok(()) };
    let groups = merge::groups(tx, actor.company.id)?;
    for item in document::items_of(tx, actor.company.id, invoice)? {
        let credit = document::item(tx, actor.company.id, note.id, 1)?;
        let amount = item.open.min(-credit.open);
        if amount <= 0 {
            continue;
        }
        let on = settlement_day(tx, actor, credit.posted_on.max(item.posted_on))?;
        let settled = settlement::apply_credit(&credit, &item, amount, on, actor.company.currency, &groups)?;
        movement::save(tx, actor.company.id, &settled, on, &[], None)?;
    }
    Ok(())
}

/// Takes an allocation, a credit applied or a write-off back, on a day not before it.
pub fn reverse(
    tx: &mut Tx<'_>,
    actor: &Actor,
    today: Date,
    id: &str,
    reason: &str,
    key: Option<&Once>,
) -> Result<Made, Error> {
    super::needs_reason(reason)?;
    once(tx, actor, key, |tx| {
        act(tx, actor, Right::AllocationReverse, Subject { name: id, cause: Some(reason) }, |tx| {
            let id: Id<ids::Movement> =
                id.parse().map_err(|_| Refusal::NotFound { kind: "allocation".into(), name: id.into() })?;
            take_back(tx, actor, today, id, reason)
        })
    })
}

/// The same inside a running action.
pub(crate) fn take_back(
    tx: &mut Tx<'_>,
    actor: &Actor,
    today: Date,
    id: Id<ids::Movement>,
    reason: &str,
) -> Result<Made, Error> {
    let company = actor.company.id;
    let saved = movement::settlement(tx, company, id)?;
    for (_, m) in &saved.moved {
        if let Some(receipt) = m.receipt {
            receipt::funds(tx, company, receipt)?;
        }
        document::item(tx, company, m.document, m.instalment)?;
    }
    for (id, m) in &saved.moved {
        if m.kind == MovementKind::Withholding
            && let Some(certificate) = store::certificate::of_movement(tx, company, *id)?
        {
            return Err(Refusal::OfCertificate { id: certificate.to_string() }.into());
        }
    }
    // Read again under the locks: another may have taken it back meanwhile.
    let saved = movement::settlement(tx, company, saved.cause)?;
    let on = settlement_day(tx, actor, today.max(saved.posted_on))?;
    let (ids, moved): (Vec<_>, Vec<_>) = saved.moved.into_iter().unzip();
    let lines = entry::lines(tx, company, saved.cause.bytes())?;
    let settled = settlement::reverse(&moved, &lines)?;
    let done = movement::save(tx, company, &settled, on, &ids, Some(reason))?;
    let first = &settled.moved[0];
    let item = document::item(tx, company, first.document, first.instalment)?;
    Ok(made(done, &item, first.amount))
}

/// Gives up what is open of an invoice, or part of it, with the reason the auditor will read.
#[derive(Clone, Debug)]
pub struct GivenUp {
    pub invoice: String,
    /// Minor units; all that is open when `None`.
    pub amount: Option<i64>,
    pub reason: String,
}

/// Writes off to bad debts; refused above what the company lets one person.
pub fn write_off(
    tx: &mut Tx<'_>,
    actor: &Actor,
    today: Date,
    given: &GivenUp,
    key: Option<&Once>,
) -> Result<Allocated, Error> {
    super::needs_reason(&given.reason)?;
    once(tx, actor, key, |tx| {
        actor.may(Right::WriteOff)?;
        if above_limit(tx, actor, today, given)? {
            return Err(approval::refuse(Right::WriteOff));
        }
        written_off(tx, actor, today, given)
    })
}

/// Writes off, or asks a second person where the company or the actor's rights want one.
pub fn write_off_or_ask(
    tx: &mut Tx<'_>,
    actor: &Actor,
    today: Date,
    given: &GivenUp,
    key: Option<&Once>,
) -> Result<Asked<Allocated>, Error> {
    super::needs_reason(&given.reason)?;
    once(tx, actor, key, |tx| {
        if actor.can(Right::WriteOff) && !above_limit(tx, actor, today, given)? {
            return written_off(tx, actor, today, given).map(Asked::Done);
        }
        let decided = decide_write_off(tx, actor, today, given)?;
        let invoice = document::get(tx, actor.company.id, &given.invoice)?;
        let payload = approval::WriteOff {
            invoice: given.invoice.clone(),
            amount: decided.iter().map(|d| d.amount).sum(),
            currency: invoice.currency.to_string(),
        };
        let id = approval::ask(
            tx,
            actor,
            &New {
                kind: Kind::WriteOff,
                subject: &given.invoice,
                payload: &payload,
                reason: &given.reason,
                customer: Some(invoice.payer),
            },
        )?;
        Ok(Asked::Waits { id })
    })
}

/// Whether it is more, with what was given up of the invoice before, than the company lets one person give up.
fn above_limit(tx: &mut Tx<'_>, actor: &Actor, today: Date, given: &GivenUp) -> Result<bool, Error> {
    let Some(limit) = setting::write_off_limit(tx, &actor.company)? else { return Ok(false) };
    let decided = decide_write_off(tx, actor, today, given)?;
    let base: i64 = decided.iter().flat_map(|d| &d.settled.moved).map(|moved| -moved.base).sum();
    let before = match decided.first() {
        Some(one) => movement::written_off(tx, actor.company.id, one.item.document)?,
        None => 0,
    };
    let all = Money::new(base, limit.currency).plus(Money::new(before, limit.currency))?;
    Ok(all.minor > limit.minor)
}

/// One instalment to be given up.
struct Decided {
    settled: settlement::Settled,
    on: Date,
    item: Item,
    amount: i64,
}

/// What giving up would move; nothing is written.
fn decide_write_off(tx: &mut Tx<'_>, actor: &Actor, today: Date, given: &GivenUp) -> Result<Vec<Decided>, Error> {
    let company = actor.company.id;
    let invoice = document::get(tx, company, &given.invoice)?;
    let items = document::items_of(tx, company, invoice.id)?;
    let open: Vec<&Item> = items.iter().filter(|i| i.open > 0).collect();
    let mut rest = given.amount.unwrap_or_else(|| open.iter().map(|i| i.open).sum());
    if open.is_empty() {
        return Err(nothing(&items, &given.invoice, Money::new(rest, invoice.currency)));
    }
    let mut decided = Vec::with_capacity(open.len());
    for (i, item) in open.iter().enumerate() {
        let amount = if i + 1 == open.len() { rest } else { rest.min(item.open) };
        let on = settlement_day(tx, actor, today.max(item.posted_on))?;
        not_before_last(tx, company, item, on)?;
        let settled = settlement::give_up(MovementKind::WriteOff, item, &[(Account::BAD_DEBTS, amount)], on)?;
        decided.push(Decided { settled, on, item: (*item).clone(), amount });
        rest -= amount;
        if rest == 0 {
            break;
        }
    }
    Ok(decided)
}

/// Writes off what nobody needs to approve any more.
pub(crate) fn written_off(tx: &mut Tx<'_>, actor: &Actor, today: Date, given: &GivenUp) -> Result<Allocated, Error> {
    let subject = Subject { name: &given.invoice, cause: Some(&given.reason) };
    act(tx, actor, Right::WriteOff, subject, |tx| {
        // All is decided before anything is written.
        let decided = decide_write_off(tx, actor, today, given)?;
        let mut allocations = Vec::with_capacity(decided.len());
        for Decided { settled, on, item, amount } in decided {
            let id = movement::save(tx, actor.company.id, &settled, on, &[], Some(&given.reason))?;
            allocations.push(made(id, &item, amount));
        }
        Ok(Allocated { allocations })
    })
}

/// What is given up is what is left after everything else: refuses a day before the item's latest movement.
fn not_before_last(tx: &mut Tx<'_>, company: i64, item: &Item, on: Date) -> Result<(), Error> {
    match movement::last_on(tx, company, item.document, item.instalment)?.filter(|last| on < *last) {
        None => Ok(()),
        Some(last) => Err(Refusal::BeforeMovement { on, item: item.number.clone(), moved_on: last }.into()),
    }
}

pub fn list(tx: &mut Tx<'_>, actor: &Actor, limit: i64) -> Result<Vec<movement::Listed>, Error> {
    actor.may(Right::Read)?;
    movement::list(tx, actor.company.id, limit)
}

/// What moved items of one customer or of all, those after one of them.
pub fn page(
    tx: &mut Tx<'_>,
    actor: &Actor,
    customer: Option<&str>,
    after: Id<ids::Movement>,
    limit: i64,
) -> Result<Vec<movement::Listed>, Error> {
    actor.may(Right::Read)?;
    let customer = super::customer::id_of(tx, actor, customer)?;
    movement::page(tx, actor.company.id, customer, after, limit)
}
