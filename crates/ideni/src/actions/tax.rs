//! The tax classes of the company's country.

use receivables::Date;
use receivables::billing::tax::{Class, Taxes, Treatment};
use store::Error;

use super::country::Packs;

static PACKS: Packs<Taxes> = Packs::new(
    &[("rw", include_str!("../../../../country/rw/tax.txt")), ("ke", include_str!("../../../../country/ke/tax.txt"))],
    Taxes::from_table,
    Taxes::default,
);

/// The classes of a country; none where there is no pack, and then taxes are taken as they are given.
pub fn of_country(country: &str) -> Result<&'static Taxes, Error> {
    PACKS.of(country)
}

/// The classes that a company may choose from on a day.
pub fn classes(country: &str, on: Date) -> Result<Vec<&'static Class>, Error> {
    Ok(of_country(country)?.on(on).collect())
}

/// The class that most of what is sold has: the first that is taxed; none where there is no pack.
pub fn usual(country: &str, on: Date) -> Result<Option<&'static Class>, Error> {
    Ok(of_country(country)?.on(on).find(|class| class.treatment == Treatment::Taxable))
}
