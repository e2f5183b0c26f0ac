//! Who is signed in. A session ends after half an hour without use, after twelve hours, at sign-out, when the password or the
//! second factor changes, and when somebody ends it.

use receivables::{Instant, Refusal};
use sha2::{Digest, Sha256};
use store::session::Session;
use store::{Db, Error, Tx, clock, company, user};

use super::setting::Setting;
use super::sign_in::{self, Asked, Entered, Origin};
use super::{Actor, Right, Subject, act, company as companies};
use crate::words::Language;

const MINUTE: i64 = 60_000_000;
/// Without use it ends after this long, or sooner where the company says so.
const IDLE: i64 = 30 * MINUTE;
/// It ends after this long, however much it is used.
const ABSOLUTE: i64 = 12 * 60 * MINUTE;
/// Sessions a person may have at a time; the oldest gives way.
pub const AT_A_TIME: usize = 10;
/// Ended sessions are kept this long.
const KEPT: i64 = 365 * 24 * 60 * MINUTE;
/// What a browser says of itself is kept up to this length.
const AGENT_MAX: usize = 200;

/// 256 random bits in hex.
pub fn token() -> String {
    hex(&clock::secret::<32>())
}

/// Under what a token is kept.
pub(super) fn digest(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Opens a session of a person in a company; the oldest gives way where there are too many.
pub(super) fn open(tx: &mut Tx<'_>, company: i64, name: &str, origin: &Origin) -> Result<Entered, Error> {
    let (now, token) = (tx.now(), token());
    for old in live(tx, name)?.iter().skip(AT_A_TIME - 1) {
        store::session::end(tx, old.digest, "replaced")?;
    }
    let new = Session {
        digest: digest(&token),
        user: name.to_owned(),
        company,
        started_at: now,
        seen_at: now,
        address: origin.address.to_string(),
        agent: origin.agent.chars().take(AGENT_MAX).collect(),
        ended_at: None,
        why: None,
    };
    store::session::save(tx, &new)?;
    Ok(Entered { token, user: name.to_owned() })
}

/// Opens a session in a simulated company, where whoever looks may be anybody. Refused in a real one.
pub fn simulated(tx: &mut Tx<'_>, code: &str, name: &str, origin: &Origin) -> Result<Entered, Error> {
    let company = company::list(tx)?.into_iter().find(|c| c.code == code && c.simulated).ok_or(Refusal::LinkGone)?;
    companies::actor_in(tx, company.id, name)?.ok_or(Refusal::LinkGone)?;
    open(tx, company.id, name, origin)
}

/// A person's sessions that go on, the newest first.
fn live(tx: &mut Tx<'_>, name: &str) -> Result<Vec<Session>, Error> {
    let now = tx.now();
    let mut all = store::session::of_user(tx, name, now.plus_micros(-ABSOLUTE), now.plus_micros(-ABSOLUTE))?;
    for session in &mut all {
        session.seen_at = last_seen(tx, session);
    }
    let mut live = Vec::with_capacity(all.len());
    for session in all {
        if goes_on(tx, &session, now)? {
            live.push(session);
        }
    }
    Ok(live)
}

/// When it was used last, written already or not.
fn last_seen(tx: &Tx<'_>, session: &Session) -> Instant {
    tx.noted().last_seen(session.digest).map_or(session.seen_at, |noted| noted.max(session.seen_at))
}

fn goes_on(tx: &mut Tx<'_>, session: &Session, now: Instant) -> Result<bool, Error> {
    let since = |then: Instant| now.micros() - then.micros();
    if session.ended_at.is_some() || since(session.seen_at) >= IDLE || since(session.started_at) >= ABSOLUTE {
        return Ok(false);
    }
    let idle: i64 = Setting::IdleMinutes.now(tx, session.company)?.parse().unwrap_or(IDLE / MINUTE);
    Ok(since(session.seen_at) < idle * MINUTE)
}

/// Whoever is behind a token, with the roles of this moment.
#[derive(Clone, Debug)]
pub struct Found {
    pub actor: Actor,
    pub digest: [u8; 32],
    pub full_name: String,
    /// The language the person chose.
    pub language: Option<Language>,
    /// The company asks for a second factor, and the person has none yet.
    pub needs_second_factor: bool,
}

/// Finds a session that goes on, and notes that it is used.
pub fn find(tx: &mut Tx<'_>, token: &str) -> Result<Option<Found>, Error> {
    let now = tx.now();
    let Some(mut session) = store::session::find(tx, digest(token))? else { return Ok(None) };
    session.seen_at = last_seen(tx, &session);
    if !goes_on(tx, &session, now)? {
        return Ok(None);
    }
    let Some(known) = user::find(tx, session.company, &session.user)? else { return Ok(None) };
    let Some(actor) = companies::actor_of(tx, session.company, &known)? else { return Ok(None) };
    if now.micros() - session.seen_at.micros() >= MINUTE {
        tx.noted().seen(session.digest, now);
    }
    let asked = companies::asks_second_factor(tx, session.company)?;
    Ok(Some(Found {
        needs_second_factor: asked && known.second_factor_since.is_none(),
        digest: session.digest,
        full_name: known.full_name,
        language: known.language.as_deref().map(Language::from_code),
        actor,
    }))
}

/// The session of a token ends: its person signs out.
pub fn sign_out(tx: &mut Tx<'_>, token: &str) -> Result<(), Error> {
    store::session::end(tx, digest(token), "signed-out").map(|_| ())
}

/// Goes on in another company where the person works.
pub fn switch(tx: &mut Tx<'_>, found: &Found, code: &str) -> Result<(), Error> {
    let works_in = user::companies(tx, &found.actor.user)?;
    let all = company::list(tx)?;
    let chosen = all.iter().find(|c| c.code == code && works_in.iter().any(|(id, _)| *id == c.id));
    let chosen = chosen.ok_or_else(|| Refusal::NoCompany { name: code.into() })?;
    store::session::set_company(tx, found.digest, chosen.id)
}

/// The companies where the actor works: code and name.
pub fn companies(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<(String, String)>, Error> {
    let works_in = user::companies(tx, &actor.user)?;
    let all = company::list(tx)?.into_iter();
    Ok(all.filter(|c| works_in.iter().any(|(id, _)| *id == c.id)).map(|c| (c.code, c.name)).collect())
}

/// A session as its person, or an administrator, sees it.
#[derive(Clone, Debug)]
pub struct Shown {
    pub id: String,
    pub started_at: Instant,
    pub seen_at: Instant,
    pub address: String,
    pub agent: String,
    /// The one that asks.
    pub here: bool,
}

/// Signs of browsers and of what they run on, the telling ones first.
const BROWSERS: &[(&str, &str)] =
    &[("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari")];
const SYSTEMS: &[(&str, &str)] = &[
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
];

impl Shown {
    /// Browser and system in two words, as far as the browser tells; what it said where that is neither.
    pub fn browser(&self) -> String {
        let told = |signs: &[(&'static str, &'static str)]| {
            signs.iter().find(|(sign, _)| self.agent.contains(sign)).map(|(_, name)| *name)
        };
        match (told(BROWSERS), told(SYSTEMS)) {
            (Some(browser), Some(system)) => format!("{browser} · {system}"),
            (Some(one), None) | (None, Some(one)) => one.to_owned(),
            (None, None) => self.agent.chars().take(40).collect(),
        }
    }
}

fn shown(session: Session, here: Option<[u8; 32]>) -> Shown {
    Shown {
        id: hex(&session.digest),
        started_at: session.started_at,
        seen_at: session.seen_at,
        address: session.address,
        agent: session.agent,
        here: here == Some(session.digest),
    }
}

/// The actor's sessions, in whatever company.
pub fn own(tx: &mut Tx<'_>, actor: &Actor, here: Option<[u8; 32]>) -> Result<Vec<Shown>, Error> {
    actor.may(Right::OwnAccount)?;
    Ok(live(tx, &actor.user)?.into_iter().map(|s| shown(s, here)).collect())
}

/// Ends one session of the actor's own.
pub fn end(db: &Db, asked: &Asked<'_>, id: &str) -> Result<(), Error> {
    sign_in::prove(db, asked)?;
    let (actor, id) = (asked.actor.clone(), id.to_owned());
    db.write(move |tx| {
        act(tx, &actor, Right::OwnAccount, Subject { name: &actor.user, cause: Some("session") }, |tx| {
            let known = live(tx, &actor.user)?.into_iter().find(|s| hex(&s.digest) == id);
            let known = known.ok_or_else(|| Refusal::NotFound { kind: "session".into(), name: id.clone() })?;
            store::session::end(tx, known.digest, "ended").map(|_| ())
        })
    })
}

/// Ends all sessions of the actor but the one that asks; how many.
pub fn end_others(db: &Db, asked: &Asked<'_>) -> Result<u64, Error> {
    sign_in::prove(db, asked)?;
    let (actor, here) = (asked.actor.clone(), asked.session);
    db.write(move |tx| {
        act(tx, &actor, Right::OwnAccount, Subject { name: &actor.user, cause: Some("session") }, |tx| {
            store::session::end_others(tx, &actor.user, here, "ended")
        })
    })
}

/// The sessions of a person in the actor's company.
pub fn of_user(tx: &mut Tx<'_>, actor: &Actor, name: &str) -> Result<Vec<Shown>, Error> {
    actor.may(Right::UserSessions)?;
    user::get(tx, actor.company.id, name)?;
    let all = live(tx, name)?.into_iter().filter(|s| s.company == actor.company.id);
    Ok(all.map(|s| shown(s, None)).collect())
}

/// Ends all sessions of a person in the actor's company; how many.
pub fn end_of_user(tx: &mut Tx<'_>, actor: &Actor, name: &str) -> Result<u64, Error> {
    act(tx, actor, Right::UserSessions, Subject { name, cause: None }, |tx| {
        user::get(tx, actor.company.id, name)?;
        store::session::end_in(tx, actor.company.id, name, "ended")
    })
}

/// Marks what ran out as ended, and drops what is older than anybody asks for: sessions, links, tries to sign in.
pub fn sweep(tx: &mut Tx<'_>) -> Result<(), Error> {
    let now = tx.now();
    store::session::end_old(tx, now.plus_micros(-IDLE), now.plus_micros(-ABSOLUTE))?;
    store::session::forget(tx, now.plus_micros(-KEPT))?;
    store::link::forget(tx, now.plus_micros(-KEPT))?;
    sign_in::forget(tx)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_is_told_in_two_words() {
        let told = |agent: &str| {
            let at = Instant::from_micros(0);
            let (id, address, agent) = (String::new(), String::new(), agent.to_owned());
            Shown { id, started_at: at, seen_at: at, address, agent, here: false }.browser()
        };
        let android = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36";
        let edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36 Edg/126.0";
        let mac = "Mozilla/5.0 (Macintosh; Intel Mac OS X 14_5) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15";
        assert_eq!([told(android), told(edge), told(mac)], ["Chrome · Android", "Edge · Windows", "Safari · Mac"]);
        assert_eq!([told(""), told("curl/8.5"), told("X11; Linux")], ["", "curl/8.5", "Linux"]);
    }
}
