//! Money accounts: bank, wallets, cash.

use receivables::{Refusal, Unusable};
use store::{Error, Tx, company};

use super::{Actor, Right, Subject, act};

/// Adds a money account; it may hold several currencies.
pub fn add(tx: &mut Tx<'_>, actor: &Actor, code: &str, name: &str) -> Result<(), Error> {
    act(tx, actor, Right::AccountAdd, Subject { name: code, cause: None }, |tx| {
        company::add_money_account(tx, actor.company.id, code, name).map(|_| ())
    })
}

/// The accounts of the company.
pub fn list(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<company::AccountRow>, Error> {
    actor.may(Right::Read)?;
    company::accounts(tx, actor.company.id)
}

/// A money account by its code; refuses a ledger account.
pub(crate) fn money(tx: &mut Tx<'_>, actor: &Actor, code: &str) -> Result<company::AccountRow, Error> {
    let row = company::account(tx, actor.company.id, code)?;
    if row.account.is_money() {
        return Ok(row);
    }
    let reason = Unusable::NoMoneyAccount;
    Err(Refusal::Invalid { field: "account".into(), value: code.into(), reason }.into())
}
