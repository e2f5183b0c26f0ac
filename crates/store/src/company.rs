//! Companies, their accounts, and the settings of the installation; what a company decides is in `setting`.

use receivables::ledger::Account;
use receivables::{Currency, Instant, Refusal};

use crate::table;
use crate::tx::{Row, statements};
use crate::{Error, Tx, params};

statements! {
    LIST = "SELECT id, code, name, tin, currency, country, time_zone, simulated FROM company ORDER BY id";
    NEXT_ID = "SELECT COALESCE(MAX(id), 0) + 1 FROM company";
    ACCOUNTS = "SELECT no, code, name, kind FROM account WHERE company = $1 ORDER BY no";
    ACCOUNT = "SELECT no, code, name, kind FROM account WHERE company = $1 AND code = $2";
    SETTING = "SELECT value FROM setting WHERE name = $1";
    SET = "INSERT INTO setting (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value";
}

#[derive(Clone, Debug)]
pub struct Company {
    pub id: i64,
    pub code: String,
    pub name: String,
    pub tin: Option<String>,
    pub currency: Currency,
    pub country: String,
    pub time_zone: String,
    /// Made by the demo or the simulation: clock and ids may be injected, and it stays marked for ever.
    pub simulated: bool,
}

fn read(row: &Row<'_>) -> Result<Company, Error> {
    Ok(Company {
        id: row.int(0)?,
        code: row.string(1)?,
        name: row.string(2)?,
        tin: row.string_opt(3)?,
        currency: row.currency(4)?,
        country: row.string(5)?,
        time_zone: row.string(6)?,
        simulated: row.flag(7)?,
    })
}

/// Every company of this database.
pub fn list(tx: &mut Tx<'_>) -> Result<Vec<Company>, Error> {
    tx.all(LIST, &[], read)
}

/// Saves a new company with the standard accounts; its id comes back.
pub fn save(tx: &mut Tx<'_>, company: &Company, created_at: Instant) -> Result<i64, Error> {
    if list(tx)?.iter().any(|c| c.code == company.code) {
        return Err(Refusal::Exists { kind: "company".into(), name: company.code.clone() }.into());
    }
    let id = tx.first(NEXT_ID, &[], |row| row.int(0))?.unwrap_or(1);
    tx.insert_rows(
        &table::COMPANY,
        params![
            id,
            &company.code,
            &company.name,
            company.tin.as_deref(),
            company.currency,
            &company.country,
            &company.time_zone,
            company.simulated,
            created_at
        ],
    )?;
    for (account, code, name, kind) in Account::STANDARD {
        tx.insert_rows(&table::ACCOUNT, params![id, account.0, *code, *name, *kind])?;
    }
    Ok(id)
}

#[derive(Clone, Debug)]
pub struct AccountRow {
    pub account: Account,
    pub code: String,
    pub name: String,
    pub kind: String,
}

fn read_account(row: &Row<'_>) -> Result<AccountRow, Error> {
    Ok(AccountRow { account: Account(row.small(0)?), code: row.string(1)?, name: row.string(2)?, kind: row.string(3)? })
}

pub fn accounts(tx: &mut Tx<'_>, company: i64) -> Result<Vec<AccountRow>, Error> {
    tx.all(ACCOUNTS, params![company], read_account)
}

/// The account of that code; refuses with the codes there are.
pub fn account(tx: &mut Tx<'_>, company: i64, code: &str) -> Result<AccountRow, Error> {
    tx.first(ACCOUNT, params![company, code], read_account)?
        .ok_or_else(|| Refusal::NotFound { kind: "account".into(), name: code.into() }.into())
}

/// Adds a money account (bank, wallet, cash); the next number from 1000.
pub fn add_money_account(tx: &mut Tx<'_>, company: i64, code: &str, name: &str) -> Result<Account, Error> {
    let rows = accounts(tx, company)?;
    if rows.iter().any(|a| a.code == code) {
        return Err(Refusal::Exists { kind: "account".into(), name: code.into() }.into());
    }
    let next = rows.iter().map(|a| a.account.0 + 1).max().unwrap_or(0).max(Account::FIRST_MONEY);
    tx.insert_rows(&table::ACCOUNT, params![company, next, code, name, "money"])?;
    tx.touch();
    Ok(Account(next))
}

/// A setting of the installation.
pub fn setting(tx: &mut Tx<'_>, name: &str) -> Result<Option<String>, Error> {
    tx.first(SETTING, params![name], |row| row.string(0))
}

pub fn set(tx: &mut Tx<'_>, name: &str, value: &str) -> Result<(), Error> {
    tx.execute(SET, params![name, value]).map(|_| ())
}
