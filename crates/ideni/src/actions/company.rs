//! A new company, and who acts in one.

use receivables::{Currency, Refusal, Unusable};
use store::company::{self, Company};
use store::{Error, Tx};

use super::{Actor, Right, Role, Roles, Subject, act};

/// The money accounts every company starts with.
pub const MONEY_ACCOUNTS: &[(&str, &str)] =
    &[("bank", "Bank"), ("momo", "MTN MoMo"), ("airtel", "Airtel Money"), ("cash", "Cash")];

/// Countries there is a pack for, with their time zone and language.
pub const COUNTRIES: &[(&str, &str, &str)] = &[("rw", "Africa/Kigali", "en")];

#[derive(Clone, Debug)]
pub struct NewCompany {
    pub name: String,
    pub code: Option<String>,
    pub tin: Option<String>,
    pub currency: Currency,
    pub country: String,
    pub simulated: bool,
}

/// Somebody who will work in a company.
#[derive(Clone, Debug)]
pub struct Person {
    pub user: String,
    pub full_name: String,
}

impl Person {
    /// From a name as people write it: `Aline Uwase` signs in as `aline.uwase`.
    pub fn named(full_name: &str) -> Result<Person, Refusal> {
        let full_name = full_name.trim();
        let words = full_name
            .split_whitespace()
            .map(|word| word.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase());
        let user = words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(".");
        if user.is_empty() {
            return Err(Refusal::Missing { field: "name".into() });
        }
        Ok(Person { user, full_name: full_name.to_owned() })
    }
}

/// Makes the first company of a book, its administrator, and a second person with a role where one is named. Refused
/// where the book has a company.
pub fn first(
    tx: &mut Tx<'_>,
    new: &NewCompany,
    administrator: &Person,
    second: Option<&(Person, String)>,
) -> Result<Actor, Error> {
    if let Some(known) = company::list(tx)?.first() {
        return Err(Refusal::Exists { kind: "company".into(), name: known.name.clone() }.into());
    }
    let actor = init_for(tx, administrator, new)?;
    if let Some((person, role)) = second {
        add_user(tx, &actor, &person.user, &person.full_name, role)?;
    }
    Ok(actor)
}

/// Makes a company with its accounts and its first administrator, who is also the actor.
pub fn init(tx: &mut Tx<'_>, user: &str, new: &NewCompany) -> Result<Actor, Error> {
    init_for(tx, &Person { user: user.to_owned(), full_name: user.to_owned() }, new)
}

fn init_for(tx: &mut Tx<'_>, administrator: &Person, new: &NewCompany) -> Result<Actor, Error> {
    if new.name.trim().is_empty() {
        return Err(Refusal::Missing { field: "name".into() }.into());
    }
    let Some((_, time_zone, _)) = COUNTRIES.iter().find(|(code, ..)| *code == new.country) else {
        let known: Vec<&str> = COUNTRIES.iter().map(|(code, ..)| *code).collect();
        return Err(Refusal::Invalid {
            field: "country".into(),
            value: new.country.clone(),
            reason: Unusable::NotAmong { known: known.join(", ") },
        }
        .into());
    };
    if let Some(tin) = &new.tin
        && !(tin.len() == 9 && tin.bytes().all(|b| b.is_ascii_digit()))
    {
        let (field, value) = ("tin".into(), tin.clone());
        return Err(Refusal::Invalid { field, value, reason: Unusable::NoTin }.into());
    }
    let mut company = Company {
        id: 0,
        code: new.code.clone().unwrap_or_else(|| code_from(&new.name)),
        name: new.name.trim().to_owned(),
        tin: new.tin.clone(),
        currency: new.currency,
        country: new.country.clone(),
        time_zone: (*time_zone).to_owned(),
        simulated: new.simulated,
    };
    let now = tx.now();
    company.id = company::save(tx, &company, now)?;
    let actor = Actor { company, user: administrator.user.clone(), roles: Role::Admin.into() };
    let name = actor.company.code.clone();
    act(tx, &actor, Right::CompanyInit, Subject { name: &name, cause: None }, |tx| {
        for (code, title) in MONEY_ACCOUNTS {
            company::add_money_account(tx, actor.company.id, code, title)?;
        }
        let Person { user, full_name } = administrator;
        company::add_user(tx, actor.company.id, user, full_name, Role::Admin.name())
    })?;
    Ok(actor)
}

/// A short code from the first word of a name: `Kigali Foods Ltd` becomes `kigali`.
fn code_from(name: &str) -> String {
    let word: String = name
        .split_whitespace()
        .next()
        .unwrap_or("main")
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .collect::<String>()
        .to_ascii_lowercase();
    if word.is_empty() { "main".into() } else { word }
}

/// The actor of a command: the company named, or the only one; as `user`, or as the trusted administrator who
/// can open the database.
pub fn actor(tx: &mut Tx<'_>, code: Option<&str>, user: Option<&str>) -> Result<Actor, Error> {
    let companies = company::list(tx)?;
    let company = match (code, companies.as_slice()) {
        (None, [one]) => one.clone(),
        (Some(code), all) => {
            all.iter().find(|c| c.code == code).cloned().ok_or_else(|| Refusal::NoCompany { name: code.into() })?
        }
        (None, all) => {
            let codes: Vec<&str> = all.iter().map(|c| c.code.as_str()).collect();
            let count = all.len().to_string();
            return Err(Refusal::WhichCompany { count, codes: codes.join(", ") }.into());
        }
    };
    let Some(user) = user else {
        return Ok(Actor { company, user: "admin".into(), roles: Role::Admin.into() });
    };
    let roles = company::role(tx, company.id, user)?
        .and_then(|text| Roles::from_text(&text).ok())
        .ok_or_else(|| Refusal::NotFound { kind: "user".into(), name: user.into() })?;
    Ok(Actor { company, user: user.into(), roles })
}

/// Adds a person with a role.
pub fn add_user(tx: &mut Tx<'_>, actor: &Actor, name: &str, full_name: &str, role: &str) -> Result<(), Error> {
    let roles = roles(role)?;
    super::needs("name", name)?;
    act(tx, actor, Right::UserAdd, Subject { name, cause: None }, |tx| {
        company::add_user(tx, actor.company.id, name, full_name, &roles.to_string())
    })
}

/// One role, or several with a space or comma between.
fn roles(text: &str) -> Result<Roles, Error> {
    Roles::from_text(text).map_err(|unknown| {
        let known: Vec<&str> = Role::ALL.iter().map(|(_, name)| *name).collect();
        let reason = Unusable::NotAmong { known: known.join(", ") };
        Refusal::Invalid { field: "role".into(), value: unknown, reason }.into()
    })
}

/// Refuses a name that nobody in the company bears.
pub fn user(tx: &mut Tx<'_>, actor: &Actor, name: &str) -> Result<(), Error> {
    actor.may(Right::Read)?;
    if company::role(tx, actor.company.id, name)?.is_none() {
        return Err(Refusal::NotFound { kind: "user".into(), name: name.into() }.into());
    }
    Ok(())
}
