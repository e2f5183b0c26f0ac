//! One-time links: whoever gets one chooses a password and is signed in. An administrator makes it and never knows the
//! password.

use receivables::{Instant, Refusal};
use store::link::Link;
use store::{Db, Error, Tx, credential, user};

use super::sign_in::{self, Entered, Origin};
use super::{Actor, Right, Subject, act, company, password, second_factor, session};

/// A link works this long.
const HOURS: i64 = 24;
const HOUR: i64 = 3_600_000_000;

/// A link that was made; its token is told this once.
#[derive(Clone, Debug)]
pub struct Made {
    pub user: String,
    pub roles: String,
    pub token: String,
    pub expires_at: Instant,
}

/// Makes a link for somebody who works in the company; links made before work no longer.
pub fn make(tx: &mut Tx<'_>, actor: &Actor, name: &str) -> Result<Made, Error> {
    act(tx, actor, Right::UserLink, Subject { name, cause: None }, |tx| {
        let known = super::user::working(tx, actor, name)?;
        super::user::agreed(tx, actor, name)?;
        store::link::use_up(tx, name)?;
        save(tx, actor, &known)
    })
}

/// Makes a link for everybody who works in the company and has no password yet. Links made before go on working.
pub fn for_newcomers(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<Made>, Error> {
    let mut made = Vec::new();
    for known in user::list(tx, actor.company.id)?.iter().filter(|u| u.active() && u.password_at.is_none()) {
        made.push(act(tx, actor, Right::UserLink, Subject { name: &known.name, cause: None }, |tx| {
            save(tx, actor, known)
        })?);
    }
    Ok(made)
}

fn save(tx: &mut Tx<'_>, actor: &Actor, known: &user::User) -> Result<Made, Error> {
    let (token, expires_at) = (session::token(), tx.now().plus_micros(HOURS * HOUR));
    let link = Link { user: known.name.clone(), company: actor.company.id, made_by: actor.user.clone(), expires_at };
    store::link::save(tx, session::digest(&token), &link)?;
    Ok(Made { user: link.user, roles: known.roles.clone(), token, expires_at })
}

/// Whom a link is for, and whether that person's second factor is asked for.
#[derive(Clone, Debug)]
pub struct ForWhom {
    pub actor: Actor,
    pub full_name: String,
    pub asks_code: bool,
}

/// Looks at a link without using it.
pub fn look(tx: &mut Tx<'_>, token: &str) -> Result<ForWhom, Error> {
    let link = store::link::find(tx, session::digest(token))?.ok_or(Refusal::LinkGone)?;
    let actor = company::actor_in(tx, link.company, &link.user)?.ok_or(Refusal::LinkGone)?;
    let known = user::get(tx, link.company, &link.user)?;
    Ok(ForWhom { actor, full_name: known.full_name, asks_code: second_factor::is_on(tx, &link.user)? })
}

/// Uses a link: keeps the password that was chosen, ends the person's sessions, and signs in. Where the person has a second
/// factor, a link does not go round it.
pub fn follow(db: &Db, origin: &Origin, token: &str, chosen: &str, code: &str) -> Result<Entered, Error> {
    let (whom, names) = db.read(|tx| {
        let whom = look(tx, token)?;
        let names = password::names(tx, &whom.actor)?;
        Ok((whom, names))
    })?;
    password::check(chosen, &names)?;
    let tried = sign_in::begin(db, &whom.actor.user, origin.address)?;
    let (kept, digest) = (password::hash(chosen)?, session::digest(token));
    let (actor, code, origin) = (whom.actor, code.to_owned(), origin.clone());
    db.write(move |tx| {
        if !store::link::take(tx, digest)? || company::actor_in(tx, actor.company.id, &actor.user)?.is_none() {
            return Err(Refusal::LinkGone.into());
        }
        let known = credential::find(tx, &actor.user)?.filter(|known| known.since.is_some());
        if let Some(known) = known
            && !second_factor::take(tx, &actor.user, &known, &code)?
        {
            return Err(Refusal::WrongCode.into());
        }
        store::sign_in::good(tx, tried)?;
        password::set(tx, &actor, &kept, None)?;
        session::open(tx, actor.company.id, &actor.user, &origin)
    })
}
