//! The tax classes of the company's country.

use std::sync::OnceLock;

use receivables::Date;
use receivables::billing::tax::{Class, Taxes};
use store::Error;

/// The tax classes of each country there is a pack for.
const PACKS: &[(&str, &str)] = &[("rw", include_str!("../../../../country/rw/tax.txt"))];

/// The classes of a country; none where there is no pack, and then taxes are taken as they are given.
pub fn of_country(country: &str) -> Result<&'static Taxes, Error> {
    static READ: OnceLock<Vec<(&str, Result<Taxes, String>)>> = OnceLock::new();
    static NONE: OnceLock<Taxes> = OnceLock::new();
    let read = READ.get_or_init(|| PACKS.iter().map(|(code, text)| (*code, Taxes::from_table(text))).collect());
    match read.iter().find(|(code, _)| *code == country) {
        Some((_, Ok(taxes))) => Ok(taxes),
        Some((_, Err(why))) => Err(Error::failed("reading the tax classes", why)),
        None => Ok(NONE.get_or_init(Taxes::default)),
    }
}

/// The classes that a company may choose from on a day.
pub fn classes(country: &str, on: Date) -> Result<Vec<&'static Class>, Error> {
    Ok(of_country(country)?.on(on).collect())
}
