//! Money accounts: bank, wallets, cash.

use formats::Profile;
use receivables::{Refusal, Unusable};
use store::{Error, Tx, company, statement};

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

/// How the files of a money account are read, as the text of a profile; `None` if nobody said.
pub fn profile(tx: &mut Tx<'_>, actor: &Actor, code: &str) -> Result<Option<String>, Error> {
    actor.may(Right::Read)?;
    let account = money(tx, actor, code)?;
    statement::profile(tx, actor.company.id, account.account)
}

/// Says how the files of a money account are read from now on; an empty profile takes the last word back.
pub fn set_profile(tx: &mut Tx<'_>, actor: &Actor, code: &str, text: &str) -> Result<(), Error> {
    act(tx, actor, Right::AccountProfile, Subject { name: code, cause: None }, |tx| {
        let account = money(tx, actor, code)?;
        let text = text.trim();
        if Profile::read(text).is_err() {
            let reason = Unusable::NoProfile;
            return Err(Refusal::Invalid { field: "profile".into(), value: text.into(), reason }.into());
        }
        statement::save_profile(tx, actor.company.id, account.account, text)
    })
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
