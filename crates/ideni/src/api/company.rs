//! What belongs to the company as a whole: people, money accounts, rates, holidays, closing the books.

use receivables::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::{Error, Tx};

use super::ask::Ask;
use super::cursor::{AnyPage, Page};
use super::endpoint::endpoints;
use super::shape::{CurrencyCode, Day, Name, Reason, Sum, Whole};
use crate::actions::{account, branch, holiday, period, rate, revaluation, user};
use crate::words;

endpoints! { "company"
    /// The people of the company and their roles.
    read Get "/users" UserList users() -> People;
    /// The accounts of the ledger; money comes to those of kind `money`.
    read Get "/accounts" Read accounts() -> Accounts;
    /// Exchange rates by currency and day.
    read Get "/rates" Read rates(query AnyPage) -> Page<Rate>;
    /// The days of a year on which nobody works.
    read Get "/holidays" Read holidays(query OfYear) -> Holidays;
    /// Adds a holiday: a feast that was announced, or moved.
    write Post "/holidays" HolidayAdd add_holiday(body NewHoliday) -> Holidays;
    /// Makes a holiday a day of work.
    write Delete "/holidays/{on}" HolidayRemove remove_holiday() -> Holidays;
    /// The branches whose documents have series of their own.
    read Get "/branches" Read branches() -> Branches;
    /// Adds a branch.
    write Post "/branches" SettingControl add_branch(body NewBranch) -> Branches;
    /// Up to which day the books are closed.
    read Get "/period" Read closed() -> Period;
    /// Closes every day up to one: nothing recorded from now on bears a date in it.
    write Post "/period-closings" PeriodClose close(body NewClosing) -> Period;
    /// What foreign receivables were worth at the end of days, as it was booked.
    read Get "/revaluations" Read revaluations() -> Revaluations;
    /// Books what is open in foreign currencies at the rates of a day that is over, and takes it back the day after.
    write Post "/revaluations" RevaluationPost revalue(body NewRevaluation) -> Revaluations;
    /// Reopens the days after one.
    write Post "/period-reopenings" PeriodReopen reopen(body NewReopening) -> Period;
}

#[derive(Serialize, JsonSchema)]
struct People {
    rows: Vec<User>,
}

#[derive(Serialize, JsonSchema)]
struct User {
    user: String,
    full_name: String,
    roles: Vec<String>,
    /// Whether the person works here now.
    active: bool,
}

fn users(tx: &mut Tx<'_>, ask: &Ask) -> Result<People, Error> {
    let rows = user::list(tx, ask.actor())?.into_iter().map(|u| User {
        active: u.active(),
        user: u.name,
        full_name: u.full_name,
        roles: u.roles.split(' ').map(str::to_owned).collect(),
    });
    Ok(People { rows: rows.collect() })
}

#[derive(Serialize, JsonSchema)]
struct Accounts {
    rows: Vec<Account>,
}

#[derive(Serialize, JsonSchema)]
struct Account {
    code: String,
    name: String,
    kind: String,
}

fn accounts(tx: &mut Tx<'_>, ask: &Ask) -> Result<Accounts, Error> {
    let all = account::list(tx, ask.actor())?;
    let rows = all.into_iter().map(|a| Account { code: a.code, name: a.name, kind: a.kind });
    Ok(Accounts { rows: rows.collect() })
}

#[derive(Serialize, JsonSchema)]
struct Rate {
    currency: CurrencyCode,
    on: Day,
    /// What one unit is worth in the company's currency.
    rate: String,
    source: String,
}

fn rates(tx: &mut Tx<'_>, ask: &Ask, asked: &AnyPage) -> Result<Page<Rate>, Error> {
    let mut all = rate::list(tx, ask.actor())?;
    let key = |r: &store::rate::RateRow| format!("{}{}", r.currency, r.on).into_bytes();
    all.sort_by_key(key);
    asked.span("rates").cut(all, key, |r| Rate {
        currency: CurrencyCode(r.currency),
        on: Day(r.on),
        rate: r.rate.to_decimal().to_string(),
        source: r.source,
    })
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
struct OfYear {
    /// This year if left out.
    year: Option<Whole<1970, 2199>>,
}

#[derive(Serialize, JsonSchema)]
struct Holidays {
    rows: Vec<Holiday>,
}

#[derive(Serialize, JsonSchema)]
struct Holiday {
    on: Day,
    name: String,
    /// Added by the company.
    own: bool,
    /// Forecast: the moon decides.
    estimated: bool,
}

fn holidays_of(tx: &mut Tx<'_>, ask: &Ask, year: i16) -> Result<Holidays, Error> {
    let rows = holiday::list(tx, ask.actor(), year)?.into_iter().map(|(on, day)| Holiday {
        on: Day(on),
        name: words::holiday(ask.language(), &day),
        own: day.own,
        estimated: day.estimated,
    });
    Ok(Holidays { rows: rows.collect() })
}

fn holidays(tx: &mut Tx<'_>, ask: &Ask, asked: &OfYear) -> Result<Holidays, Error> {
    let year = asked.year.and_then(|year| i16::try_from(year.get()).ok()).unwrap_or(ask.today().year());
    holidays_of(tx, ask, year)
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewHoliday {
    on: Day,
    name: Name,
}

fn add_holiday(tx: &mut Tx<'_>, ask: &Ask, new: &NewHoliday) -> Result<Holidays, Error> {
    holiday::add(tx, ask.actor(), new.on.0, new.name.as_str())?;
    holidays_of(tx, ask, new.on.0.year())
}

fn remove_holiday(tx: &mut Tx<'_>, ask: &Ask) -> Result<Holidays, Error> {
    let on = ask.day("on")?;
    holiday::remove(tx, ask.actor(), on)?;
    holidays_of(tx, ask, on.year())
}

#[derive(Serialize, JsonSchema)]
struct Period {
    /// The last closed day.
    closed_to: Option<Day>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewClosing {
    /// The last day to close.
    to: Day,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewReopening {
    /// The last day that stays closed.
    to: Day,
    reason: Reason,
}

fn period_of(closed_to: Option<Date>) -> Period {
    Period { closed_to: closed_to.map(Day) }
}

fn closed(tx: &mut Tx<'_>, ask: &Ask) -> Result<Period, Error> {
    Ok(period_of(period::closed_to(tx, ask.actor())?))
}

fn close(tx: &mut Tx<'_>, ask: &Ask, new: &NewClosing) -> Result<Period, Error> {
    period::close(tx, ask.actor(), ask.today(), new.to.0)?;
    closed(tx, ask)
}

fn reopen(tx: &mut Tx<'_>, ask: &Ask, new: &NewReopening) -> Result<Period, Error> {
    period::reopen(tx, ask.actor(), new.to.0, new.reason.as_str())?;
    closed(tx, ask)
}

#[derive(Serialize, JsonSchema)]
struct Revaluations {
    rows: Vec<Revaluation>,
}

#[derive(Serialize, JsonSchema)]
struct Revaluation {
    as_of: Day,
    currency: CurrencyCode,
    /// Units of the company's currency for one of the other.
    rate: String,
    /// In the other currency.
    open: Sum,
    /// In the company's currency.
    booked: Sum,
    /// What it was worth more than that.
    difference: Sum,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewRevaluation {
    /// A day before today, in no closed period.
    as_of: Day,
}

fn revaluations(tx: &mut Tx<'_>, ask: &Ask) -> Result<Revaluations, Error> {
    let own = ask.own();
    let rows = revaluation::list(tx, ask.actor())?.into_iter().map(|one| Revaluation {
        as_of: Day(one.as_of),
        currency: CurrencyCode(one.currency),
        rate: one.rate.to_decimal().to_string(),
        open: Sum::of(one.open, one.currency),
        booked: Sum::of(one.booked, own),
        difference: Sum::of(one.difference, own),
    });
    Ok(Revaluations { rows: rows.collect() })
}

fn revalue(tx: &mut Tx<'_>, ask: &Ask, new: &NewRevaluation) -> Result<Revaluations, Error> {
    revaluation::post(tx, ask.actor(), ask.today(), new.as_of.0, None)?;
    revaluations(tx, ask)
}

#[derive(Serialize, JsonSchema)]
struct Branches {
    rows: Vec<Branch>,
}

#[derive(Serialize, JsonSchema)]
struct Branch {
    branch: String,
    name: String,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewBranch {
    /// Up to eight letters and digits; part of the numbers.
    branch: Name,
    name: Name,
}

fn branches(tx: &mut Tx<'_>, ask: &Ask) -> Result<Branches, Error> {
    let rows = branch::list(tx, ask.actor())?.into_iter().map(|(branch, name)| Branch { branch, name });
    Ok(Branches { rows: rows.collect() })
}

fn add_branch(tx: &mut Tx<'_>, ask: &Ask, new: &NewBranch) -> Result<Branches, Error> {
    branch::add(tx, ask.actor(), new.branch.as_str(), new.name.as_str())?;
    branches(tx, ask)
}
