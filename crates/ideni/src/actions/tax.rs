//! The tax classes of the company's country.

use receivables::Date;
use receivables::billing::tax::{Choice, Class, Taxes, Treatment};
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

/// What a line may say on a day.
pub fn choices(country: &str, on: Date) -> Result<Vec<Choice>, Error> {
    Ok(of_country(country)?.choices(on))
}

/// What a class or levy is called, whenever it counted; empty where the country does not know it.
pub fn names_of(country: &str, code: &str) -> Result<[String; 4], Error> {
    Ok(of_country(country)?.names_of(code).cloned().unwrap_or_default())
}

/// Whether a class is that of a levy, which its line says already.
pub fn is_levy(country: &str, class: &str, on: Date) -> Result<bool, Error> {
    Ok(of_country(country)?.levy(class, on).is_some())
}

/// How the tax device calls the class in what a line says; the class itself where the country has none.
pub fn letter(country: &str, said: &str, on: Date) -> Result<String, Error> {
    let class = of_country(country)?.class(said, on);
    Ok(class.map_or_else(|_| said.to_owned(), |class| class.letter.clone()))
}

/// The class that most of what is sold has: the first that is taxed; none where there is no pack.
pub fn usual(country: &str, on: Date) -> Result<Option<&'static Class>, Error> {
    Ok(of_country(country)?.on(on).find(|class| class.treatment == Treatment::Taxable))
}
