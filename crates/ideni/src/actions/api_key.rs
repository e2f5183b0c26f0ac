//! Keys with which a program acts for a user: it may do what the user may, within the key's scopes. The text of a key is
//! shown once; of its secret only a digest is kept.

use std::fmt;

use receivables::ids::{self, Id};
use receivables::{Date, Refusal, Unusable};
use sha2::{Digest, Sha256};
use store::api_key::{ApiKey, NewApiKey};
use store::{Error, Tx, api_key};

use super::{Actor, Right, Roles, Subject, act, company, needs, user};

/// What the API is about; the first half of a scope.
pub const NOUNS: &[&str] = &[
    "customers",
    "invoices",
    "receipts",
    "allocations",
    "refunds",
    "promises",
    "disputes",
    "certificates",
    "invoice-files",
    "contracts",
    "meters",
    "stock",
    "unbilled",
    "items",
    "late-charges",
    "vat-returns",
    "journal-out",
    "ebm",
    "quotes",
    "drafts",
    "holds",
    "contacts",
    "attempts",
    "notes",
    "papers",
    "approvals",
    "statements",
    "payers",
    "transfers",
    "cash",
    "worklist",
    "days",
    "messages",
    "reports",
    "search",
    "settings",
    "audit",
    "company",
];
/// Every noun.
const ALL: &str = "all";
/// Ten years: what is to work longer has no last day.
const EXPIRES_MAX_DAYS: i32 = 3_653;
/// What a key begins with, so that people and programs that look for lost secrets know one.
const PREFIX: &str = "ideni_";

/// What a key may touch: nouns to read, or to read and write. Written `invoices:read customers:write`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Scopes(Vec<Scope>);

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
struct Scope {
    noun: &'static str,
    write: bool,
}

impl Scopes {
    /// Refused where a scope is unknown, or none is named: a key that may do everything says `all:write`.
    pub fn from_text(text: &str) -> Result<Scopes, Refusal> {
        let mut scopes = Vec::new();
        for name in text.split([' ', ',']).filter(|name| !name.is_empty()) {
            scopes.push(Scope::from_name(name).ok_or_else(|| {
                let reason = Unusable::NotAmong { known: known() };
                Refusal::Invalid { field: "scope".into(), value: name.to_owned(), reason }
            })?);
        }
        if scopes.is_empty() {
            return Err(Refusal::Missing { field: "scope".into() });
        }
        scopes.sort_unstable();
        scopes.dedup();
        Ok(Scopes(scopes))
    }

    /// Whether they reach a noun.
    pub fn allow(&self, noun: &str, write: bool) -> bool {
        self.0.iter().any(|scope| [noun, ALL].contains(&scope.noun) && (scope.write || !write))
    }

    pub fn names(&self) -> Vec<String> {
        self.0.iter().map(|scope| scope_name(scope.noun, scope.write)).collect()
    }
}

impl Scope {
    fn from_name(name: &str) -> Option<Scope> {
        let (noun, verb) = name.split_once(':')?;
        let noun = NOUNS.iter().chain([&ALL]).find(|known| **known == noun)?;
        match verb {
            "read" => Some(Scope { noun, write: false }),
            "write" => Some(Scope { noun, write: true }),
            _ => None,
        }
    }
}

impl fmt::Display for Scopes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.names().join(" "))
    }
}

/// The name of a scope: `customers:write`.
pub fn scope_name(noun: &str, write: bool) -> String {
    format!("{noun}:{}", if write { "write" } else { "read" })
}

fn known() -> String {
    let nouns: Vec<&str> = NOUNS.iter().copied().chain([ALL]).collect();
    format!("NOUN:read, NOUN:write; NOUN = {}", nouns.join(", "))
}

/// A key to be made.
#[derive(Clone, Debug)]
pub struct Given {
    /// What it is for.
    pub name: String,
    /// The user it acts for.
    pub user: String,
    pub scopes: Scopes,
    /// The last day on which it works.
    pub expires_on: Option<Date>,
}

/// A key just made. Its text is not kept: whoever loses it makes another.
#[derive(Clone, Debug)]
pub struct Made {
    pub id: String,
    pub key: String,
}

/// Refuses a key that could do what whoever makes it may not: duties in two hands stay in two hands.
fn reaches(actor: &Actor, user: &store::user::User) -> Result<(), Error> {
    let theirs = Roles::from_text(&user.roles).unwrap_or_default();
    let further = |(right, _): &&(Right, _)| theirs.reach(*right) > actor.roles.reach(*right);
    match Right::TABLE.iter().find(further) {
        Some((right, _)) if user.name != actor.user => {
            let (user, action) = (user.name.clone(), right.name().into());
            Err(Refusal::KeyReachesFurther { user, action }.into())
        }
        _ => Ok(()),
    }
}

/// Makes a key out of a secret, for oneself or for somebody who may do no more.
pub fn add(tx: &mut Tx<'_>, actor: &Actor, today: Date, given: &Given, secret: [u8; 32]) -> Result<Made, Error> {
    let name = given.name.trim();
    needs("name", name)?;
    let last = today.plus_days(EXPIRES_MAX_DAYS);
    if let Some(on) = given.expires_on.filter(|on| !(today..=last).contains(on)) {
        let reason = Unusable::OutsideDays { from: today, to: last };
        return Err(Refusal::Invalid { field: "expires_on".into(), value: on.to_string(), reason }.into());
    }
    let scopes = given.scopes.to_string();
    act(tx, actor, Right::ApiKeyAdd, Subject { name, cause: Some(&scopes) }, |tx| {
        let user = user::working(tx, actor, &given.user)?;
        reaches(actor, &user)?;
        let id = tx.new_id();
        let digest = Sha256::digest(secret).into();
        let new = NewApiKey { user: &given.user, name, digest, scopes: &scopes, expires_on: given.expires_on };
        api_key::save(tx, actor.company.id, id, &new)?;
        Ok(Made { id: id.to_string(), key: format!("{PREFIX}{}_{}", hex(id.bytes()), hex(&secret)) })
    })
}

/// Ends a key for good; one that has ended stays so.
pub fn end(tx: &mut Tx<'_>, actor: &Actor, name: &str) -> Result<(), Error> {
    act(tx, actor, Right::ApiKeyEnd, Subject { name, cause: None }, |tx| {
        let not_found = || Refusal::NotFound { kind: "api-key".into(), name: name.into() };
        let id: Id<ids::ApiKey> = name.parse().map_err(|_| not_found())?;
        api_key::find(tx, id)?.filter(|known| known.company == actor.company.id).ok_or_else(not_found)?;
        api_key::end(tx, actor.company.id, id, &actor.user).map(|_| ())
    })
}

/// The keys of the company, the oldest first.
pub fn list(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<ApiKey>, Error> {
    actor.may(Right::ApiKeyAdd)?;
    api_key::list(tx, actor.company.id)
}

/// Who a key acts for, and how far.
#[derive(Clone, Debug)]
pub struct Bearer {
    pub id: Id<ids::ApiKey>,
    pub name: String,
    pub actor: Actor,
    pub today: Date,
    pub scopes: Scopes,
    pub expires_on: Option<Date>,
    /// Not told for a while that it is in use.
    pub stale: bool,
}

/// Why a key opens nothing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Unfit {
    /// Nobody made it, or not with this secret.
    Unknown,
    Ended {
        on: String,
    },
    Expired {
        on: String,
    },
    /// Its user works here no longer.
    Nobody {
        user: String,
    },
}

/// How often the last use of a key is written down, in microseconds.
const TOLD_EVERY: i64 = 60_000_000;

/// Who a key acts for. `today` is the day to act on, where it is not the company's own.
pub fn bearer(tx: &mut Tx<'_>, text: &str, today: Option<Date>) -> Result<Result<Bearer, Unfit>, Error> {
    let Some((id, secret)) = read(text) else { return Ok(Err(Unfit::Unknown)) };
    let digest: [u8; 32] = Sha256::digest(secret).into();
    let Some(known) = api_key::find(tx, id)?.filter(|known| same(&known.digest, &digest)) else {
        return Ok(Err(Unfit::Unknown));
    };
    let companies = store::company::list(tx)?;
    let Some(company) = companies.into_iter().find(|c| c.id == known.company) else { return Ok(Err(Unfit::Unknown)) };
    let day = |at: receivables::Instant| at.date_in(&company.time_zone).map(|on| on.to_string()).unwrap_or_default();
    if let Some(at) = known.ended_at {
        return Ok(Err(Unfit::Ended { on: day(at) }));
    }
    let zone_unknown = || Error::Failed(format!("the time zone {} is unknown", company.time_zone));
    let today = today.or_else(|| tx.now().date_in(&company.time_zone)).ok_or_else(zone_unknown)?;
    if let Some(on) = known.expires_on.filter(|on| today > *on) {
        return Ok(Err(Unfit::Expired { on: on.to_string() }));
    }
    let Some(actor) = company::actor_in(tx, company.id, &known.user)? else {
        return Ok(Err(Unfit::Nobody { user: known.user }));
    };
    let stale = known.last_used_at.is_none_or(|at| tx.now().micros() - at.micros() > TOLD_EVERY);
    let (name, expires_on) = (known.name, known.expires_on);
    Ok(Ok(Bearer { id, name, actor, today, scopes: Scopes::from_text(&known.scopes)?, expires_on, stale }))
}

/// Writes down that a key is in use.
pub fn used(tx: &mut Tx<'_>, id: Id<ids::ApiKey>) -> Result<(), Error> {
    api_key::used(tx, id)
}

/// The id and the secret in a key's text.
fn read(text: &str) -> Option<(Id<ids::ApiKey>, [u8; 32])> {
    let (id, secret) = text.strip_prefix(PREFIX)?.split_once('_')?;
    Some((Id::from_bytes(unhex(id)?), unhex(secret)?))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex<const N: usize>(text: &str) -> Option<[u8; N]> {
    if text.len() != 2 * N || !text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')) {
        return None;
    }
    let mut bytes = [0u8; N];
    for (i, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(2 * i..2 * i + 2)?, 16).ok()?;
    }
    Some(bytes)
}

/// Compared to the last byte, however early two digests differ.
fn same(one: &[u8; 32], other: &[u8; 32]) -> bool {
    one.iter().zip(other).fold(0, |differing, (a, b)| differing | (a ^ b)) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scopes_are_read_as_they_are_written() {
        let scopes = |text: &str| Scopes::from_text(text).map(|s| s.to_string()).map_err(|refusal| refusal.code());
        assert_eq!(scopes("invoices:read customers:write"), Ok("customers:write invoices:read".into()));
        assert_eq!(scopes("all:read, all:read"), Ok("all:read".into()));
        for (text, code) in [("", "missing"), (" ,", "missing"), ("customers", "invalid"), ("cows:read", "invalid")] {
            assert_eq!(scopes(text), Err(code), "{text:?}");
        }
    }

    #[test]
    fn to_write_is_to_read_too_and_never_more_than_the_noun() {
        let may = |text: &str, noun: &str, write: bool| Scopes::from_text(text).is_ok_and(|s| s.allow(noun, write));
        assert!(may("customers:write", "customers", true) && may("customers:write", "customers", false));
        assert!(may("customers:read", "customers", false) && !may("customers:read", "customers", true));
        assert!(!may("customers:write", "invoices", false));
        assert!(may("all:read", "invoices", false) && !may("all:read", "invoices", true));
        assert!(may("all:read holds:write", "holds", true));
    }

    #[test]
    fn the_text_of_a_key_is_read_strictly() {
        let text = format!("ideni_{}_{}", "0a".repeat(16), "ff".repeat(32));
        assert_eq!(read(&text).map(|(id, secret)| (*id.bytes(), secret)), Some(([10; 16], [255; 32])));
        for bad in ["", "ideni_", "ideni_0a_ff", &text.to_uppercase(), &text.replace('f', "+"), &format!("{text}0")] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }
}
