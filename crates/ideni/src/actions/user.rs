//! People: who works in a company, with which roles. Nobody is deleted; whoever leaves is deactivated.

use receivables::{Refusal, Unusable};
use store::user::User;
use store::{Error, Tx, credential, session, user};

use super::{Actor, Right, Role, Roles, Subject, act, company, duty, needs, needs_reason};
use crate::words::Language;

/// Characters a name may have.
const NAME_MAX: usize = 64;
const FULL_NAME_MAX: usize = 120;

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

    /// Refuses names that are empty, too long, or of other signs than names are made of.
    pub(super) fn check(&self) -> Result<(), Refusal> {
        check_name(&self.user)?;
        check_full_name(&self.full_name)
    }
}

/// Adds a person with roles. Somebody who works in another company of the installation is added by who administers that
/// one too: another person of that name needs another name.
pub fn add(tx: &mut Tx<'_>, actor: &Actor, name: &str, full_name: &str, roles: &str) -> Result<(), Error> {
    let (name, full_name, roles) = (name.trim(), full_name.trim(), roles_of(roles)?);
    Person { user: name.to_owned(), full_name: full_name.to_owned() }.check()?;
    act(tx, actor, Right::UserAdd, Subject { name, cause: Some(&roles.to_string()) }, |tx| {
        if name == company::OPERATOR && actor.user != company::OPERATOR {
            return Err(unusable("name", name, Unusable::UserNameReserved).into());
        }
        if user::is_known(tx, name)? && !knows(tx, actor, name)? {
            return Err(Refusal::Exists { kind: "user".into(), name: name.into() }.into());
        }
        duty::check(tx, actor, name, Roles::default(), roles)?;
        user::add(tx, actor.company.id, name, full_name, &roles.to_string())
    })
}

/// Gives a person these roles and no others.
pub fn set_roles(tx: &mut Tx<'_>, actor: &Actor, name: &str, roles: &str) -> Result<(), Error> {
    let roles = roles_of(roles)?;
    act(tx, actor, Right::UserRole, Subject { name, cause: Some(&roles.to_string()) }, |tx| {
        let all = user::list_locked(tx, actor.company.id)?;
        let before = Roles::from_text(&user::get(tx, actor.company.id, name)?.roles).unwrap_or_default();
        if before == roles {
            return Ok(());
        }
        if !roles.has(Role::Admin) {
            another_administrator(&all, name)?;
        }
        duty::check(tx, actor, name, before, roles)?;
        user::set_roles(tx, actor.company.id, name, &roles.to_string())
    })
}

/// Changes how a person is called; the name to sign in with stays.
pub fn set_full_name(tx: &mut Tx<'_>, actor: &Actor, name: &str, full_name: &str) -> Result<(), Error> {
    let full_name = full_name.trim();
    check_full_name(full_name)?;
    act(tx, actor, Right::UserChange, Subject { name, cause: Some(full_name) }, |tx| {
        user::get(tx, actor.company.id, name)?;
        agreed(tx, actor, name)?;
        user::set_full_name(tx, name, full_name)
    })
}

/// The language the actor reads; the browser's where `None`.
pub fn set_own_language(tx: &mut Tx<'_>, actor: &Actor, language: Option<Language>) -> Result<(), Error> {
    act(tx, actor, Right::OwnAccount, Subject { name: &actor.user, cause: Some("language") }, |tx| {
        user::set_language(tx, &actor.user, language.map(Language::code))
    })
}

/// The person works here no longer: sessions end, links and passwords open nothing here any more. What the person did stays.
pub fn deactivate(tx: &mut Tx<'_>, actor: &Actor, name: &str, reason: &str) -> Result<(), Error> {
    needs_reason(reason)?;
    act(tx, actor, Right::UserDeactivate, Subject { name, cause: Some(reason.trim()) }, |tx| {
        let all = user::list_locked(tx, actor.company.id)?;
        if !user::get(tx, actor.company.id, name)?.active() {
            return Ok(());
        }
        another_administrator(&all, name)?;
        let now = tx.now();
        user::set_end(tx, actor.company.id, name, Some(now))?;
        session::end_in(tx, actor.company.id, name, "deactivated").map(|_| ())
    })
}

/// The person works here again, with the roles of before, as far as they may still be held together.
pub fn reactivate(tx: &mut Tx<'_>, actor: &Actor, name: &str, reason: &str) -> Result<(), Error> {
    needs_reason(reason)?;
    act(tx, actor, Right::UserReactivate, Subject { name, cause: Some(reason.trim()) }, |tx| {
        let known = user::get(tx, actor.company.id, name)?;
        if known.active() {
            return Ok(());
        }
        let roles = Roles::from_text(&known.roles).unwrap_or_default();
        duty::check(tx, actor, name, Roles::default(), roles)?;
        user::set_end(tx, actor.company.id, name, None)
    })
}

/// Takes a person's second factor off, whose telephone is lost and recovery codes too: the administrator has made sure, face
/// to face, who asks. The person's sessions end.
pub fn forget_second_factor(tx: &mut Tx<'_>, actor: &Actor, name: &str, reason: &str) -> Result<(), Error> {
    needs_reason(reason)?;
    act(tx, actor, Right::UserForget, Subject { name, cause: Some(reason.trim()) }, |tx| {
        user::get(tx, actor.company.id, name)?;
        agreed(tx, actor, name)?;
        credential::set_secret(tx, name, None)?;
        session::end_others(tx, name, None, "second-factor").map(|_| ())
    })
}

/// Everybody who works or worked in the company.
pub fn list(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<User>, Error> {
    actor.may(Right::Read)?;
    user::list(tx, actor.company.id)
}

/// Refuses a name that nobody in the company bears or bore.
pub fn known(tx: &mut Tx<'_>, actor: &Actor, name: &str) -> Result<User, Error> {
    actor.may(Right::Read)?;
    user::get(tx, actor.company.id, name)
}

/// Refuses a name that nobody bears who works in the company.
pub fn working(tx: &mut Tx<'_>, actor: &Actor, name: &str) -> Result<User, Error> {
    let found = known(tx, actor, name)?;
    if found.active() { Ok(found) } else { Err(Refusal::NotFound { kind: "user".into(), name: name.into() }.into()) }
}

/// Refuses what would leave the company without somebody who administers it.
fn another_administrator(all: &[User], but: &str) -> Result<(), Refusal> {
    let administers = |u: &&User| u.active() && Roles::from_text(&u.roles).is_ok_and(|roles| roles.has(Role::Admin));
    let is_one = all.iter().filter(administers).any(|u| u.name == but);
    if is_one && !all.iter().filter(administers).any(|u| u.name != but) {
        return Err(Refusal::LastAdministrator { user: but.into() });
    }
    Ok(())
}

/// Refuses what touches a person's name or way to sign in while the person works in a company that the actor does not
/// administer: it would reach over the wall between the companies.
pub(super) fn agreed(tx: &mut Tx<'_>, actor: &Actor, name: &str) -> Result<(), Error> {
    for (company, _) in user::companies(tx, name)? {
        if !administers(tx, actor, company)? {
            return Err(Refusal::OtherCompanies { user: name.into() }.into());
        }
    }
    Ok(())
}

/// Whether the actor administers a company in which the person works or worked.
fn knows(tx: &mut Tx<'_>, actor: &Actor, name: &str) -> Result<bool, Error> {
    for company in user::ever_in(tx, name)? {
        if administers(tx, actor, company)? {
            return Ok(true);
        }
    }
    Ok(false)
}

fn administers(tx: &mut Tx<'_>, actor: &Actor, company: i64) -> Result<bool, Error> {
    if company == actor.company.id || actor.user == company::OPERATOR {
        return Ok(true);
    }
    Ok(company::actor_in(tx, company, &actor.user)?.is_some_and(|there| there.roles.has(Role::Admin)))
}

/// One role, or several with a space or comma between.
fn roles_of(text: &str) -> Result<Roles, Refusal> {
    Roles::from_text(text).map_err(|unknown| {
        let known: Vec<&str> = Role::ALL.iter().map(|(_, name)| *name).collect();
        unusable("role", &unknown, Unusable::NotAmong { known: known.join(", ") })
    })
}

fn check_name(name: &str) -> Result<(), Refusal> {
    needs("name", name)?;
    let fits = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_');
    if name.chars().count() > NAME_MAX || !name.chars().all(fits) {
        return Err(unusable("name", name, Unusable::UserName { max: NAME_MAX.to_string() }));
    }
    Ok(())
}

fn check_full_name(full_name: &str) -> Result<(), Refusal> {
    needs("full name", full_name)?;
    if full_name.chars().count() > FULL_NAME_MAX {
        return Err(unusable("full name", full_name, Unusable::TooLong { most: FULL_NAME_MAX.to_string() }));
    }
    if full_name.chars().any(char::is_control) {
        return Err(unusable("full name", full_name, Unusable::ControlCharacter));
    }
    Ok(())
}

fn unusable(field: &str, value: &str, reason: Unusable) -> Refusal {
    Refusal::Invalid { field: field.into(), value: value.chars().take(FULL_NAME_MAX).collect(), reason }
}
