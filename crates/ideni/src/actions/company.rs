//! A new company, and who acts in one.

use receivables::{Currency, Refusal, Unusable};
use store::company::{self, Company};
use store::{Db, Error, Tx, user};

use super::setting::Setting;
use super::sign_in::{Entered, Origin};
use super::user::Person;
use super::{Actor, Reach, Right, Roles, Subject, act, link, password, session};

/// Whoever can open the book by command, and is trusted with all of it.
pub const OPERATOR: &str = "admin";

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
        super::user::add(tx, &actor, &person.user, &person.full_name, role)?;
    }
    Ok(actor)
}

/// A first run that is over.
#[derive(Clone, Debug)]
pub struct Begun {
    /// The founder's session.
    pub entered: Entered,
    /// How the second person, if one was named, gets in.
    pub second: Option<link::Made>,
}

/// The first run: as [`first`], with the password that the founder chose; the founder is signed in.
pub fn begin(
    db: &Db,
    origin: &Origin,
    new: &NewCompany,
    founder: &Person,
    chosen: &str,
    second: Option<&(Person, String)>,
) -> Result<Begun, Error> {
    founder.check()?;
    let code = new.code.clone().unwrap_or_else(|| code_from(&new.name));
    password::check(chosen, &password::Names::of(&founder.user, &founder.full_name, &new.name, &code))?;
    let kept = password::hash(chosen)?;
    let (origin, new, founder, second) = (origin.clone(), new.clone(), founder.clone(), second.cloned());
    db.write(move |tx| {
        let actor = first(tx, &new, &founder, second.as_ref())?;
        password::set(tx, &actor, &kept, None)?;
        let entered = session::open(tx, actor.company.id, &actor.user, &origin)?;
        let second = second.as_ref().map(|(person, _)| link::make(tx, &actor, &person.user)).transpose()?;
        Ok(Begun { entered, second })
    })
}

/// Makes a company with its accounts and its founder, who is also the actor.
pub fn init(tx: &mut Tx<'_>, user: &str, new: &NewCompany) -> Result<Actor, Error> {
    init_for(tx, &Person { user: user.to_owned(), full_name: user.to_owned() }, new)
}

fn init_for(tx: &mut Tx<'_>, administrator: &Person, new: &NewCompany) -> Result<Actor, Error> {
    if new.name.trim().is_empty() {
        return Err(Refusal::Missing { field: "name".into() }.into());
    }
    administrator.check()?;
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
    // Nobody else is there yet: the founder holds every role, and hands them on.
    let actor = Actor { company, user: administrator.user.clone(), roles: Roles::all() };
    let name = actor.company.code.clone();
    act(tx, &actor, Right::CompanyInit, Subject { name: &name, cause: None }, |tx| {
        for (code, title) in MONEY_ACCOUNTS {
            company::add_money_account(tx, actor.company.id, code, title)?;
        }
        let Person { user, full_name } = administrator;
        user::add(tx, actor.company.id, user, full_name, &actor.roles.to_string())
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
        return Ok(Actor { company, user: OPERATOR.into(), roles: Roles::all() });
    };
    let not_found = || Refusal::NotFound { kind: "user".into(), name: user.into() };
    Ok(actor_in(tx, company.id, user)?.ok_or_else(not_found)?)
}

/// Somebody who works in a company, with the roles of this moment; `None` where nobody of that name does.
pub fn actor_in(tx: &mut Tx<'_>, company: i64, name: &str) -> Result<Option<Actor>, Error> {
    match user::find(tx, company, name)? {
        Some(known) => actor_of(tx, company, &known),
        None => Ok(None),
    }
}

/// The same for somebody who was found already.
pub(super) fn actor_of(tx: &mut Tx<'_>, company: i64, known: &user::User) -> Result<Option<Actor>, Error> {
    if !known.active() {
        return Ok(None);
    }
    let company = company::list(tx)?.into_iter().find(|c| c.id == company);
    let roles = Roles::from_text(&known.roles).ok();
    Ok(company.zip(roles).map(|(company, roles)| Actor { company, user: known.name.clone(), roles }))
}

/// Whether duties that belong in two hands may be held together, and are listed.
pub(super) fn lists_duties(tx: &mut Tx<'_>, company: i64) -> Result<bool, Error> {
    Ok(Setting::Duties.now(tx, company)? == "listed")
}

/// Whether everybody must use a second factor.
pub(super) fn asks_second_factor(tx: &mut Tx<'_>, company: i64) -> Result<bool, Error> {
    Ok(Setting::SecondFactor.now(tx, company)? == "required")
}

/// Whether the company has declared itself one person's, and nobody else works there who could be the second: then the actor
/// may approve what the actor asked for, with a reason and after a delay.
pub fn one_person(tx: &mut Tx<'_>, actor: &Actor) -> Result<bool, Error> {
    if Setting::People.now(tx, actor.company.id)? != "one" {
        return Ok(false);
    }
    let all = user::list(tx, actor.company.id)?;
    let decides = |roles: Roles| roles.reach(Right::ApprovalDecide) > Reach::Nothing;
    let second = |u: &user::User| u.active() && u.name != actor.user && Roles::from_text(&u.roles).is_ok_and(decides);
    Ok(!all.iter().any(second))
}
