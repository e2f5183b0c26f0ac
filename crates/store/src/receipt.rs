//! Receipts: money that came in, whose it is, and what is left of it.

use std::collections::{BTreeMap, BTreeSet};

use receivables::cash::refund::Refunded;
use receivables::ids::{self, Id};
use receivables::ledger::Account;
use receivables::ledger::settlement::Funds;
use receivables::{Currency, Date, Instant, Refusal, Unusable};

use crate::table;
use crate::tx::{Row, statements};
use crate::{Error, Tx, Value, params, search};

statements! {
    FUNDS locked = "SELECT id, reference, customer, posted_on, currency, unapplied, unapplied_base FROM receipt WHERE company = $1 AND id = $2";
    KNOWN = "SELECT id FROM receipt WHERE company = $1 AND account = $2 AND fingerprint = $3 AND occurrence = $4";
    KNOWN_OF each = ("SELECT account, fingerprint, occurrence FROM receipt WHERE account = $1 AND fingerprint = $2 AND company = $3", "SELECT r.account, r.fingerprint, r.occurrence FROM unnest($1::int[], $2::bytea[]) AS v(account, fingerprint) JOIN receipt r ON r.account = v.account AND r.fingerprint = v.fingerprint WHERE r.company = $3");
    BY_REFERENCE = "SELECT id FROM receipt WHERE company = $1 AND reference = $2 AND reference IS NOT NULL ORDER BY id";
    CHANGE each = ("UPDATE receipt SET customer = COALESCE($1, customer), unidentified = unidentified + $2, unapplied = unapplied + $3, unapplied_base = unapplied_base + $4, allocated = allocated + $5, refunded = refunded + $6 WHERE id = $7 AND company = $8", "UPDATE receipt r SET customer = COALESCE(v.customer, r.customer), unidentified = r.unidentified + v.unidentified, unapplied = r.unapplied + v.unapplied, unapplied_base = r.unapplied_base + v.unapplied_base, allocated = r.allocated + v.allocated, refunded = r.refunded + v.refunded FROM unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::uuid[]) AS v(customer, unidentified, unapplied, unapplied_base, allocated, refunded, id) WHERE r.id = v.id AND r.company = $8");
    WAITING_OF each = ("SELECT id, account, received_on, posted_on, currency, gross, gross_base, payer, payer_ref, reference, text, customer, unidentified, unapplied, unapplied_base FROM receipt WHERE id = $1 AND company = $2", "SELECT id, account, received_on, posted_on, currency, gross, gross_base, payer, payer_ref, reference, text, customer, unidentified, unapplied, unapplied_base FROM receipt WHERE id = ANY($1) AND company = $2 ORDER BY id FOR UPDATE");
    WAITING = "SELECT id, account, received_on, posted_on, currency, gross, gross_base, payer, payer_ref, reference, text, customer, unidentified, unapplied, unapplied_base FROM receipt WHERE company = $1 AND unidentified <> 0 UNION ALL SELECT id, account, received_on, posted_on, currency, gross, gross_base, payer, payer_ref, reference, text, customer, unidentified, unapplied, unapplied_base FROM receipt WHERE company = $1 AND unapplied <> 0 AND unidentified = 0";
    GET = "SELECT id, account, received_on, posted_on, currency, gross, gross_base, payer, payer_ref, reference, text, customer, unidentified, unapplied, unapplied_base FROM receipt WHERE company = $1 AND id = $2";
    LIST = "SELECT r.id, a.code, r.received_on, r.currency, r.gross, r.charges, r.payer, r.reference, r.text, c.code, r.unidentified, r.unapplied, r.allocated, r.refunded FROM receipt r JOIN account a ON a.company = r.company AND a.no = r.account LEFT JOIN customer c ON c.company = r.company AND c.id = r.customer WHERE r.company = $1 ORDER BY r.id LIMIT $2";
    UNAPPLIED_OF = "SELECT id, reference, customer, posted_on, currency, unapplied, unapplied_base FROM receipt WHERE company = $1 AND customer = $2 AND unapplied <> 0 ORDER BY received_on, id";
}

/// A receipt to be saved: identified when `customer` is known, unidentified otherwise.
#[derive(Clone, Debug)]
pub struct Receipt {
    pub id: Id<ids::Receipt>,
    pub account: Account,
    /// Digest of the natural key: the provider's id, else instant, amount, balance after and text.
    pub fingerprint: [u8; 16],
    /// The n-th equal line of one file is occurrence n.
    pub occurrence: i32,
    pub received_on: Date,
    pub posted_on: Date,
    pub received_at: Option<Instant>,
    pub currency: Currency,
    pub gross: i64,
    pub charges: i64,
    pub gross_base: i64,
    pub payer: Option<String>,
    pub payer_ref: Option<String>,
    pub reference: Option<String>,
    pub text: Option<String>,
    pub opening: bool,
    pub customer: Option<Id<ids::Customer>>,
}

pub fn save(tx: &mut Tx<'_>, company: i64, receipts: &[Receipt]) -> Result<(), Error> {
    let action = tx.action_id()?;
    let mut rows: Vec<Value<'_>> = Vec::with_capacity(receipts.len() * table::RECEIPT.columns.len());
    let mut known: Vec<Value<'_>> = Vec::new();
    for r in receipts {
        let identified = r.customer.is_some();
        rows.extend([
            company.into(),
            r.id.into(),
            action.into(),
            r.account.0.into(),
            r.fingerprint.into(),
            r.occurrence.into(),
            r.received_on.into(),
            r.posted_on.into(),
            r.received_at.into(),
            r.currency.into(),
            r.gross.into(),
            r.charges.into(),
            r.gross_base.into(),
            r.payer.as_deref().into(),
            r.payer_ref.as_deref().into(),
            r.reference.as_deref().into(),
            r.text.as_deref().into(),
            r.opening.into(),
            r.customer.into(),
            Value::Int(if identified { 0 } else { r.gross }),
            Value::Int(if identified { r.gross } else { 0 }),
            Value::Int(0),
            Value::Int(0),
            Value::Int(if identified { r.gross_base } else { 0 }),
        ]);
        if let Some(customer) = r.customer {
            let id: Id<ids::Entry> = tx.new_id();
            known.extend([
                company.into(),
                id.into(),
                action.into(),
                r.id.into(),
                customer.into(),
                r.posted_on.into(),
                r.gross.into(),
                r.gross_base.into(),
            ]);
        }
    }
    tx.insert_facts(&table::RECEIPT, &rows)?;
    tx.insert_facts(&table::IDENTIFICATION, &known)?;
    search::add_receipts(tx, company, receipts)
}

/// Whether the same money was recorded before.
pub fn is_known(
    tx: &mut Tx<'_>,
    company: i64,
    account: Account,
    fingerprint: [u8; 16],
    occurrence: i32,
) -> Result<Option<Id<ids::Receipt>>, Error> {
    tx.first(KNOWN, params![company, account.0, fingerprint, occurrence], |row| row.id(0))
}

/// Account, fingerprint and occurrence of the receipts with these natural keys that were recorded before.
pub fn known(
    tx: &mut Tx<'_>,
    company: i64,
    keys: &BTreeSet<(Account, [u8; 16])>,
) -> Result<BTreeSet<(Account, [u8; 16], i32)>, Error> {
    let keys: Vec<Value<'_>> = keys.iter().flat_map(|(account, print)| [account.0.into(), (*print).into()]).collect();
    let mut found = BTreeSet::new();
    tx.each_of(KNOWN_OF, &keys, 2, company, |row| {
        let print = row.bytes(1)?.try_into().map_err(|e| Error::failed("reading a receipt", e))?;
        found.insert((Account(row.small(0)?), print, row.small(2)?));
        Ok(())
    })?;
    Ok(found)
}

/// What is left of a receipt, locked for what follows.
pub fn funds(tx: &mut Tx<'_>, company: i64, id: Id<ids::Receipt>) -> Result<Funds, Error> {
    tx.first(FUNDS, params![company, id], read_funds)?
        .ok_or_else(|| Refusal::NotFound { kind: "receipt".into(), name: id.to_string() }.into())
}

fn read_funds(row: &Row<'_>) -> Result<Funds, Error> {
    let receipt: Id<ids::Receipt> = row.id(0)?;
    Ok(Funds {
        receipt,
        name: row.string_opt(1)?.unwrap_or_else(|| receipt.to_string()),
        customer: row.id_opt(2)?,
        posted_on: row.date(3)?,
        currency: row.currency(4)?,
        unapplied: row.int(5)?,
        unapplied_base: row.int(6)?,
    })
}

/// A customer's receipts that have something left, the oldest first.
pub fn unapplied_of(tx: &mut Tx<'_>, company: i64, customer: Id<ids::Customer>) -> Result<Vec<Funds>, Error> {
    tx.all(UNAPPLIED_OF, params![company, customer], read_funds)
}

/// The receipt called by its id or by a reference that only it bears.
pub fn find(tx: &mut Tx<'_>, company: i64, name: &str) -> Result<Id<ids::Receipt>, Error> {
    let named: Vec<Id<ids::Receipt>> = tx.all(BY_REFERENCE, params![company, name], |row| row.id(0))?;
    match named.as_slice() {
        [one] => Ok(*one),
        [] => name.parse().map_err(|_| Refusal::NotFound { kind: "receipt".into(), name: name.into() }.into()),
        many => Err(Refusal::Invalid {
            field: "receipt".into(),
            value: name.into(),
            reason: Unusable::SharedReference { count: many.len().to_string() },
        }
        .into()),
    }
}

/// What settlements, identifications and refunds change of a receipt: its projection.
#[derive(Clone, Copy, Default, Debug)]
pub(crate) struct Change {
    customer: Option<Id<ids::Customer>>,
    unidentified: i64,
    unapplied: i64,
    unapplied_base: i64,
    allocated: i64,
    refunded: i64,
}

impl Change {
    /// Takes from what is unapplied (gives back when negative).
    pub(crate) fn take(&mut self, amount: i64, base: i64) {
        self.unapplied -= amount;
        self.unapplied_base -= base;
        self.allocated += amount;
    }

    pub(crate) fn identify(&mut self, customer: Id<ids::Customer>, amount: i64, base: i64) {
        self.customer = Some(customer);
        self.unidentified -= amount;
        self.unapplied += amount;
        self.unapplied_base += base;
    }

    /// Lets money leave again (come back when negative).
    pub(crate) fn refund(&mut self, refunded: &Refunded) {
        if refunded.customer.is_some() {
            self.unapplied -= refunded.amount;
            self.unapplied_base -= refunded.base;
        } else {
            self.unidentified -= refunded.amount;
        }
        self.refunded += refunded.amount;
    }
}

/// Moves the projections of receipts.
pub(crate) fn change(tx: &mut Tx<'_>, company: i64, changes: &BTreeMap<Id<ids::Receipt>, Change>) -> Result<(), Error> {
    let rows: Vec<Value<'_>> = changes
        .iter()
        .flat_map(|(id, c)| {
            [
                c.customer.into(),
                c.unidentified.into(),
                c.unapplied.into(),
                c.unapplied_base.into(),
                c.allocated.into(),
                c.refunded.into(),
                (*id).into(),
            ]
        })
        .collect();
    tx.execute_each(CHANGE, &rows, 7, company)
}

/// A receipt that is not applied in full yet, or any receipt read in full.
#[derive(Clone, Debug)]
pub struct Waiting {
    pub id: Id<ids::Receipt>,
    pub account: Account,
    pub received_on: Date,
    pub posted_on: Date,
    pub currency: Currency,
    pub gross: i64,
    pub gross_base: i64,
    pub payer: Option<String>,
    pub payer_ref: Option<String>,
    pub reference: Option<String>,
    pub text: Option<String>,
    pub customer: Option<Id<ids::Customer>>,
    pub unidentified: i64,
    pub unapplied: i64,
    pub unapplied_base: i64,
}

impl Waiting {
    /// What is left of it to apply.
    pub fn funds(&self) -> Funds {
        Funds {
            receipt: self.id,
            name: self.name(),
            customer: self.customer,
            posted_on: self.posted_on,
            currency: self.currency,
            unapplied: self.unapplied,
            unapplied_base: self.unapplied_base,
        }
    }

    /// How people call it: the provider's reference, else its id.
    pub fn name(&self) -> String {
        self.reference.clone().unwrap_or_else(|| self.id.to_string())
    }
}

fn read_waiting(row: &Row<'_>) -> Result<Waiting, Error> {
    Ok(Waiting {
        id: row.id(0)?,
        account: Account(row.small(1)?),
        received_on: row.date(2)?,
        posted_on: row.date(3)?,
        currency: row.currency(4)?,
        gross: row.int(5)?,
        gross_base: row.int(6)?,
        payer: row.string_opt(7)?,
        payer_ref: row.string_opt(8)?,
        reference: row.string_opt(9)?,
        text: row.string_opt(10)?,
        customer: row.id_opt(11)?,
        unidentified: row.int(12)?,
        unapplied: row.int(13)?,
        unapplied_base: row.int(14)?,
    })
}

/// Receipts by id, locked for what follows.
pub fn waiting_of(
    tx: &mut Tx<'_>,
    company: i64,
    receipts: &BTreeSet<Id<ids::Receipt>>,
) -> Result<BTreeMap<Id<ids::Receipt>, Waiting>, Error> {
    let keys: Vec<Value<'_>> = receipts.iter().map(|id| Value::from(*id)).collect();
    let mut found = BTreeMap::new();
    tx.each_of(WAITING_OF, &keys, 1, company, |row| {
        let waiting = read_waiting(row)?;
        found.insert(waiting.id, waiting);
        Ok(())
    })?;
    Ok(found)
}

/// Receipts with something left to identify or apply, in the order they came.
pub fn waiting(tx: &mut Tx<'_>, company: i64) -> Result<Vec<Waiting>, Error> {
    let mut all = tx.all(WAITING, params![company], read_waiting)?;
    all.sort_by_key(|receipt| receipt.id);
    Ok(all)
}

pub fn get(tx: &mut Tx<'_>, company: i64, id: Id<ids::Receipt>) -> Result<Waiting, Error> {
    tx.first(GET, params![company, id], read_waiting)?
        .ok_or_else(|| Refusal::NotFound { kind: "receipt".into(), name: id.to_string() }.into())
}

/// One row of the list of receipts.
#[derive(Clone, Debug)]
pub struct Listed {
    pub id: Id<ids::Receipt>,
    pub account: String,
    pub received_on: Date,
    pub currency: Currency,
    pub gross: i64,
    pub charges: i64,
    pub payer: Option<String>,
    pub reference: Option<String>,
    pub text: Option<String>,
    pub customer: Option<String>,
    pub unidentified: i64,
    pub unapplied: i64,
    pub allocated: i64,
    pub refunded: i64,
}

fn read_listed(row: &Row<'_>) -> Result<Listed, Error> {
    Ok(Listed {
        id: row.id(0)?,
        account: row.string(1)?,
        received_on: row.date(2)?,
        currency: row.currency(3)?,
        gross: row.int(4)?,
        charges: row.int(5)?,
        payer: row.string_opt(6)?,
        reference: row.string_opt(7)?,
        text: row.string_opt(8)?,
        customer: row.string_opt(9)?,
        unidentified: row.int(10)?,
        unapplied: row.int(11)?,
        allocated: row.int(12)?,
        refunded: row.int(13)?,
    })
}

pub fn list(tx: &mut Tx<'_>, company: i64, limit: i64) -> Result<Vec<Listed>, Error> {
    tx.all(LIST, params![company, limit], read_listed)
}
