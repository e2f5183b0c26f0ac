//! Who a key acts for.

use schemars::JsonSchema;
use serde::Serialize;
use store::{Error, Tx};

use super::ask::Ask;
use super::endpoint::endpoints;
use super::shape::{CurrencyCode, Day};

/// Every key may ask who it is, whatever its scopes.
pub const NOUN: &str = "me";

endpoints! { "me"
    /// Who the key acts for, in which company, on which day, and how far it reaches.
    read Get "/me" Read show() -> Me;
}

#[derive(Serialize, JsonSchema)]
struct Me {
    user: String,
    roles: Vec<&'static str>,
    company: Company,
    /// Today in the company's time zone.
    today: Day,
    key: Key,
}

#[derive(Serialize, JsonSchema)]
struct Company {
    code: String,
    name: String,
    currency: CurrencyCode,
    time_zone: String,
}

#[derive(Serialize, JsonSchema)]
struct Key {
    name: String,
    scopes: Vec<String>,
    /// The last day on which it works.
    expires_on: Option<Day>,
}

fn show(_: &mut Tx<'_>, ask: &Ask) -> Result<Me, Error> {
    let (actor, bearer) = (ask.actor(), ask.bearer());
    let company = &actor.company;
    Ok(Me {
        user: actor.user.clone(),
        roles: actor.roles.iter().map(|role| role.name()).collect(),
        company: Company {
            code: company.code.clone(),
            name: company.name.clone(),
            currency: CurrencyCode(company.currency),
            time_zone: company.time_zone.clone(),
        },
        today: Day(ask.today()),
        key: Key { name: bearer.name.clone(), scopes: bearer.scopes.names(), expires_on: bearer.expires_on.map(Day) },
    })
}
