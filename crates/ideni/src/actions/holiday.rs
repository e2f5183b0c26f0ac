//! The company's calendar: its country's holidays, with the days it added and those it struck off.

use receivables::calendar::{self, Calendar, Holiday, HolidayRules};
use receivables::{Date, Refusal};
use store::company::Company;
use store::{Error, Tx};

use super::country::Packs;
use super::{Actor, Right, Subject, act};

static PACKS: Packs<Calendar> = Packs::new(
    &[("rw", include_str!("../../../../country/rw/holidays.txt"))],
    |text| calendar::rules_from_table(text).map(Calendar::new),
    || Calendar::new(HolidayRules::none()),
);

/// The country's holidays without anybody's own days.
pub fn of_country(country: &str) -> Result<Calendar, Error> {
    PACKS.of(country).cloned()
}

/// The days on which the company works.
pub fn calendar(tx: &mut Tx<'_>, company: &Company) -> Result<Calendar, Error> {
    Ok(of_country(&company.country)?.with_own(store::holiday::own(tx, company.id)?))
}

/// Adds a holiday: a feast that was announced, or moved.
pub fn add(tx: &mut Tx<'_>, actor: &Actor, on: Date, name: &str) -> Result<(), Error> {
    let (day, name) = (on.to_string(), name.trim());
    if name.is_empty() {
        return Err(Refusal::Missing { field: "name".into() }.into());
    }
    act(tx, actor, Right::HolidayAdd, Subject { name: &day, cause: Some(name) }, |tx| {
        if calendar(tx, &actor.company)?.is_holiday(on) {
            return Err(Refusal::Exists { kind: "holiday".into(), name: day.clone() }.into());
        }
        store::holiday::save(tx, actor.company.id, on, Some(name))
    })
}

/// Makes a holiday a day of work: one of our own, or one that was forecast wrongly.
pub fn remove(tx: &mut Tx<'_>, actor: &Actor, on: Date) -> Result<(), Error> {
    let day = on.to_string();
    act(tx, actor, Right::HolidayRemove, Subject { name: &day, cause: None }, |tx| {
        if !calendar(tx, &actor.company)?.is_holiday(on) {
            return Err(Refusal::NotFound { kind: "holiday".into(), name: day.clone() }.into());
        }
        store::holiday::save(tx, actor.company.id, on, None)
    })
}

/// The holidays of a year in order.
pub fn list(tx: &mut Tx<'_>, actor: &Actor, year: i16) -> Result<Vec<(Date, Holiday)>, Error> {
    actor.may(Right::Read)?;
    let days = calendar(tx, &actor.company)?.holidays_in(year);
    Ok(days.into_iter().flat_map(|(on, all)| all.into_iter().map(move |holiday| (on, holiday))).collect())
}
