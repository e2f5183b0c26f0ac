//! The journal for the main books.

use receivables::billing::vat_return::Period;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::journal_out::Made;
use store::{Error, Tx};

use super::ask::Ask;
use super::endpoint::endpoints;
use super::shape::{CurrencyCode, Day, Line, Moment, Sum};
use crate::actions::journal_out;

endpoints! { "journal-out"
    /// The months that were handed over to the main books, the earliest first, each with its tie-out.
    read Get "/journal-out" Read made() -> HandedOver;
    /// A month that was handed over (`2026-09`), as it was made: a sum per day, account and currency, or each line of each entry.
    read Get "/journal-out/{period}" Read show(query OfMonth) -> Month;
    /// Hands over a month that is over, once, and what was posted since into months that were handed over before.
    write Post "/journal-out" JournalOutMake make(body NewMonth) -> Month;
    /// Our accounts, each with its code in the main books.
    read Get "/journal-out-accounts" Read accounts() -> MainAccounts;
    /// Says under which account of the main books one of ours goes from the next month on.
    write Post "/journal-out-accounts" JournalOutMap map(body NewMainAccount) -> MainAccounts;
}

#[derive(Serialize, JsonSchema)]
struct HandedOver {
    rows: Vec<TieOutOfMonth>,
}

#[derive(Serialize, JsonSchema)]
struct TieOutOfMonth {
    period: String,
    currency: CurrencyCode,
    /// Of receivables, as the next two.
    opening: Sum,
    moved: Sum,
    closing: Sum,
    /// The open items at the end of the month.
    open: Sum,
    /// The closing less what was open.
    difference: Sum,
    made_at: Moment,
    made_by: String,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
struct OfMonth {
    /// Each line of each entry instead of sums.
    detail: Option<bool>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewMonth {
    /// A month that is over.
    period: Line<1, 20>,
}

#[derive(Serialize, JsonSchema)]
struct Month {
    #[serde(flatten)]
    tie_out: TieOutOfMonth,
    /// Ours, each with its code then and its sums.
    accounts: Vec<AccountOfMonth>,
    rows: Vec<RowOfMonth>,
}

#[derive(Serialize, JsonSchema)]
struct AccountOfMonth {
    account: String,
    code: String,
    debit: Sum,
    credit: Sum,
}

#[derive(Serialize, JsonSchema)]
struct RowOfMonth {
    on: Day,
    /// The code in the main books.
    code: String,
    name: String,
    debit: Sum,
    credit: Sum,
    currency: CurrencyCode,
    /// In that currency, of the side of the row.
    amount: Sum,
    /// Of a line of an entry: what caused it.
    cause: Option<&'static str>,
    number: Option<String>,
    /// Posted into a month that was handed over without it.
    late: bool,
}

#[derive(Serialize, JsonSchema)]
struct MainAccounts {
    rows: Vec<MainAccount>,
}

#[derive(Serialize, JsonSchema)]
struct MainAccount {
    account: String,
    name: String,
    /// `null` until somebody said so.
    code: Option<String>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewMainAccount {
    /// One of ours.
    account: Line<1, 40>,
    /// Its code in the main books.
    code: Line<1, 40>,
}

fn tie_out(one: Made, ask: &Ask) -> TieOutOfMonth {
    let own = ask.own();
    TieOutOfMonth {
        period: one.period.to_string(),
        currency: CurrencyCode(own),
        opening: Sum::of(one.opening, own),
        moved: Sum::of(one.moved, own),
        closing: Sum::of(one.closing, own),
        open: Sum::of(one.open, own),
        difference: Sum::of(one.closing - one.open, own),
        made_at: Moment(one.at),
        made_by: one.actor,
    }
}

fn made(tx: &mut Tx<'_>, ask: &Ask) -> Result<HandedOver, Error> {
    let rows = journal_out::made(tx, ask.actor())?.into_iter().map(|one| tie_out(one, ask)).collect();
    Ok(HandedOver { rows })
}

fn show(tx: &mut Tx<'_>, ask: &Ask, asked: &OfMonth) -> Result<Month, Error> {
    shown(tx, ask, &Period::read(ask.path("period"))?, asked.detail.unwrap_or(false))
}

fn make(tx: &mut Tx<'_>, ask: &Ask, new: &NewMonth) -> Result<Month, Error> {
    let period = Period::read(new.period.as_str())?;
    journal_out::make(tx, ask.actor(), ask.today(), &period, None)?;
    shown(tx, ask, &period, false)
}

fn shown(tx: &mut Tx<'_>, ask: &Ask, period: &Period, detail: bool) -> Result<Month, Error> {
    let own = ask.own();
    let (found, accounts) = journal_out::get(tx, ask.actor(), period)?;
    let accounts = accounts.into_iter().map(|one| AccountOfMonth {
        account: one.own,
        code: one.code,
        debit: Sum::of(one.debit, own),
        credit: Sum::of(one.credit, own),
    });
    let mut rows = Vec::new();
    journal_out::lines(tx, ask.actor(), period, detail, |line| {
        rows.push(RowOfMonth {
            on: Day(line.on),
            code: line.code,
            name: line.name,
            debit: Sum::of(line.debit, own),
            credit: Sum::of(line.credit, own),
            currency: CurrencyCode(line.currency),
            amount: Sum::of(line.amount, line.currency),
            cause: line.cause,
            number: line.number,
            late: line.late,
        });
        Ok(())
    })?;
    Ok(Month { tie_out: tie_out(found, ask), accounts: accounts.collect(), rows })
}

fn accounts(tx: &mut Tx<'_>, ask: &Ask) -> Result<MainAccounts, Error> {
    let all = journal_out::codes(tx, ask.actor())?;
    let rows = all.into_iter().map(|one| MainAccount { account: one.own, name: one.name, code: one.code });
    Ok(MainAccounts { rows: rows.collect() })
}

fn map(tx: &mut Tx<'_>, ask: &Ask, new: &NewMainAccount) -> Result<MainAccounts, Error> {
    journal_out::map(tx, ask.actor(), new.account.as_str(), new.code.as_str(), None)?;
    accounts(tx, ask)
}
