//! Signing in. Whatever is wrong, the answer is the same and takes as long. Tries that fail make the next one wait, by
//! person and by address; they are kept in the book, so that a restart or a second instance forgets nothing.

use std::net::IpAddr;

use receivables::ids::{self, Id};
use receivables::{Instant, Refusal};
use store::sign_in::Failed;
use store::{Db, Error, Tx, credential, user};

use super::{Actor, Right, digest16, password, second_factor, session};

/// Tries that may fail before the next one waits.
const FREE: i64 = 5;
/// The same for an address, behind which a whole office may sit.
const FREE_OF_ADDRESS: i64 = 20;
/// The longest wait.
const WAIT_MAX_S: i64 = 900;
const SECOND: i64 = 1_000_000;
const HOUR: i64 = 3600 * SECOND;
const DAY: i64 = 24 * HOUR;
/// An address from which a person signed in is known this long: what others try elsewhere does not hold the person up.
const KNOWN: i64 = 30 * DAY;
/// Tries are kept this long.
const KEPT: i64 = 90 * DAY;

/// Where a request comes from.
#[derive(Clone, Debug)]
pub struct Origin {
    pub address: IpAddr,
    /// What the browser says it is.
    pub agent: String,
}

/// What somebody typed.
#[derive(Clone, Copy, Debug)]
pub struct Given<'a> {
    pub name: &'a str,
    pub password: &'a str,
    /// Of the telephone, or a recovery code; empty where none is used.
    pub code: &'a str,
    /// The code of a company; the one worked in last where `None`.
    pub company: Option<&'a str>,
    /// The token of the session that the browser has.
    pub session: Option<&'a str>,
}

/// A session that was opened.
#[derive(Clone, Debug)]
pub struct Entered {
    /// What the browser keeps, and nobody else.
    pub token: String,
    pub user: String,
}

/// Opens a session for whoever knows name, password and, where one is used, the code.
pub fn enter(db: &Db, origin: &Origin, given: &Given<'_>) -> Result<Entered, Error> {
    let user = given.name.trim().to_owned();
    let tried = begin(db, &user, origin.address)?;
    let known = db.read(|tx| credential::find(tx, &user))?.map(|known| known.password);
    let fits = password::fits(given.password, known.as_deref());
    let (code, chosen) = (given.code.to_owned(), given.company.map(str::to_owned));
    let (origin, old) = (origin.clone(), given.session.map(session::digest));
    // Whatever is wrong is found in the same transaction, so that all takes as long. It reads the password again: one that
    // was changed meanwhile opens nothing.
    db.write(move |tx| {
        let now = credential::find(tx, &user)?.filter(|now| fits && Some(&now.password) == known.as_ref());
        let now = now.ok_or(Refusal::WrongSignIn)?;
        if now.since.is_some() && !second_factor::take(tx, &user, &now, &code)? {
            return Err(Refusal::WrongSignIn.into());
        }
        let company = workplace(tx, &user, chosen.as_deref())?.ok_or(Refusal::WrongSignIn)?;
        store::sign_in::good(tx, tried)?;
        if let Some(old) = old {
            store::session::end(tx, old, "replaced")?;
        }
        session::open(tx, company, &user, &origin)
    })
}

/// The company a person starts in: the one named, or the one worked in last, or the first; of those where the person works.
fn workplace(tx: &mut Tx<'_>, name: &str, chosen: Option<&str>) -> Result<Option<i64>, Error> {
    let works_in: Vec<i64> = user::companies(tx, name)?.into_iter().map(|(company, _)| company).collect();
    if let Some(code) = chosen {
        let named = store::company::list(tx)?.into_iter().find(|c| c.code == code).map(|c| c.id);
        return Ok(named.filter(|id| works_in.contains(id)));
    }
    let last = store::session::last_company(tx, name)?.filter(|id| works_in.contains(id));
    Ok(last.or_else(|| works_in.first().copied()))
}

/// What asks for the present password again.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    pub actor: &'a Actor,
    pub password: &'a str,
    pub address: IpAddr,
    /// The session that asks, which goes on when others end.
    pub session: Option<[u8; 32]>,
}

/// Refuses what does not know the actor's present password; such tries make the next one wait too.
pub fn prove(db: &Db, asked: &Asked<'_>) -> Result<(), Error> {
    asked.actor.may(Right::OwnAccount)?;
    let tried = begin(db, &asked.actor.user, asked.address)?;
    let known = db.read(|tx| credential::find(tx, &asked.actor.user))?;
    if !password::fits(asked.password, known.map(|known| known.password).as_deref()) {
        return Err(Refusal::WrongPassword.into());
    }
    db.write(move |tx| store::sign_in::good(tx, tried))
}

/// Writes a try down, as failed until it is known to be good; refuses one that comes too early.
pub(super) fn begin(db: &Db, name: &str, address: IpAddr) -> Result<Id<ids::SignIn>, Error> {
    let (typed, address) = (name.to_owned(), network(address));
    db.write(move |tx| {
        // What nobody is called may be a password in the wrong field: it is not kept as it was typed.
        let name = if user::is_known(tx, &typed)? { typed.clone() } else { nobody(&typed) };
        store::sign_in::queue(tx, &name, &address)?;
        let (of_name, of_address) = failures(tx, &name, &address)?;
        let now = tx.now();
        let wait = wait(of_name, FREE, now).max(wait(of_address, FREE_OF_ADDRESS, now));
        if wait > 0 {
            return Err(Refusal::TooManyTries { wait: readable(wait) }.into());
        }
        store::sign_in::save(tx, &name, &address)
    })
}

fn nobody(typed: &str) -> String {
    let digest = digest16([typed]);
    format!("?{}", digest.iter().map(|b| format!("{b:02x}")).collect::<String>())
}

/// What failed for the person, and what failed from the address. From an address where the person is known only what
/// failed there since counts, so that nobody elsewhere can lock the person out.
fn failures(tx: &mut Tx<'_>, name: &str, address: &str) -> Result<(Failed, Failed), Error> {
    let now = tx.now();
    let day_ago = now.plus_micros(-DAY);
    let of_name = match store::sign_in::last_good(tx, name, address, now.plus_micros(-KNOWN))? {
        Some(good) => store::sign_in::failed_here(tx, name, address, good.max(day_ago))?,
        None => store::sign_in::failed_name(tx, name, day_ago)?,
    };
    Ok((of_name, store::sign_in::failed_address(tx, address, now.plus_micros(-HOUR))?))
}

/// Seconds to wait: none after the first failures, then 1, 2, 4 … up to a quarter of an hour after the last.
fn wait(failed: Failed, free: i64, now: Instant) -> i64 {
    let Some(last) = failed.last_at.filter(|_| failed.count >= free) else { return 0 };
    let pause = (1_i64 << (failed.count - free).min(10)).min(WAIT_MAX_S);
    let passed = (now.micros() - last.micros()).max(0);
    rounded_up(pause * SECOND - passed, SECOND).max(0)
}

fn readable(seconds: i64) -> String {
    if seconds < 120 { format!("{seconds} s") } else { format!("{} min", rounded_up(seconds, 60)) }
}

fn rounded_up(value: i64, unit: i64) -> i64 {
    (value + unit - 1) / unit
}

/// What counts as one address: of IPv6 the network, since its owner has all of it.
fn network(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(v4) => v4.to_string(),
        IpAddr::V6(v6) => {
            let [a, b, c, d, ..] = v6.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}

/// Drops tries that nobody waits for any more.
pub fn forget(tx: &mut Tx<'_>) -> Result<(), Error> {
    let before = tx.now().plus_micros(-KEPT);
    store::sign_in::forget(tx, before).map(|_| ())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_failure_doubles_the_wait_up_to_a_quarter_of_an_hour() {
        let now = Instant::from_micros(1_000_000_000_000);
        let after = |count, passed_s: i64| {
            let last_at = Some(now.plus_micros(-passed_s * SECOND));
            wait(Failed { count, last_at }, FREE, now)
        };
        let waits: Vec<i64> = (0..=16).map(|count| after(count, 0)).collect();
        assert_eq!(waits, [0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900]);
        assert_eq!((after(9, 15), after(9, 16), after(9, 1000), after(9, -50)), (1, 0, 0, 16));
        for many in [66, 67, 68, 69, 70, 1000, i64::MAX] {
            assert_eq!(after(many, 0), WAIT_MAX_S, "{many}");
        }
        assert_eq!(wait(Failed { count: 0, last_at: None }, FREE, now), 0);
    }

    #[test]
    fn an_address_is_a_machine_or_an_ipv6_network() {
        for (given, expected) in [
            ("10.0.0.7", "10.0.0.7"),
            ("::ffff:10.0.0.7", "10.0.0.7"),
            ("2c0f:1:2:3:4:5:6:7", "2c0f:1:2:3::/64"),
            ("::1", "0:0:0:0::/64"),
        ] {
            assert_eq!(network(given.parse().unwrap()), expected);
        }
    }
}
