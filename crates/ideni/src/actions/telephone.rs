//! How the company's country writes telephone numbers.

use std::sync::OnceLock;

use receivables::customer::phone::{self, Plan};
use store::Error;
use store::company::Company;

/// The plan of each country there is a pack for.
const PACKS: &[(&str, &str)] = &[("rw", include_str!("../../../../country/rw/telephone.txt"))];

/// The plan of the company's country; of a country without a pack, one that takes international numbers only.
pub fn plan(company: &Company) -> Result<&'static Plan, Error> {
    static READ: OnceLock<Vec<(&str, Result<Plan, String>)>> = OnceLock::new();
    static NONE: OnceLock<Plan> = OnceLock::new();
    let read = READ.get_or_init(|| PACKS.iter().map(|(code, text)| (*code, phone::plan_from_table(text))).collect());
    match read.iter().find(|(code, _)| *code == company.country) {
        Some((_, Ok(plan))) => Ok(plan),
        Some((_, Err(why))) => Err(Error::failed("reading the telephone plan", why)),
        None => Ok(NONE.get_or_init(Plan::default)),
    }
}
