//! The second factor: six digits from a person's telephone (TOTP, RFC 6238), each once; and recovery codes for the day the
//! telephone is lost. Putting it on or off asks for the password, and ends the person's other sessions.

use receivables::{Instant, Refusal};
use sha2::{Digest, Sha256};
use store::credential::{self, Credential};
use store::{Db, Error, Tx, clock, session};
use totp_rs::{Builder, Secret, Totp};

use super::sign_in::{self, Asked};
use super::{Actor, Right, Subject, act};

/// Seconds a code is good for. The step before and the one after count too, for clocks that differ.
pub const STEP_S: i64 = 30;
/// Recovery codes a person gets.
pub const RECOVERY_CODES: usize = 8;
/// Letters of a group of a recovery code.
const GROUP: usize = 4;

/// What a person's telephone is told.
#[derive(Clone, Debug)]
pub struct Setup {
    /// Base32, to be typed.
    pub secret: String,
    /// The same as a link, to be scanned.
    pub uri: String,
}

/// Makes the secret of a new second factor. It is not asked for before [`confirm`].
pub fn begin(db: &Db, asked: &Asked<'_>) -> Result<Setup, Error> {
    sign_in::prove(db, asked)?;
    let secret = Secret::from(clock::secret::<20>()).to_base32();
    let (user, kept) = (asked.actor.user.clone(), secret.clone());
    db.write(move |tx| {
        if is_on(tx, &user)? {
            return Err(Refusal::Exists { kind: "second factor".into(), name: user.clone() }.into());
        }
        credential::set_secret(tx, &user, Some(&kept))
    })?;
    let uri = uri(&asked.actor.user, &secret);
    Ok(Setup { secret, uri })
}

/// The factor that was begun and not confirmed yet, to be shown again.
pub fn begun(tx: &mut Tx<'_>, actor: &Actor) -> Result<Option<Setup>, Error> {
    actor.may(Right::OwnAccount)?;
    let known = credential::find(tx, &actor.user)?.filter(|known| known.since.is_none());
    let secret = known.and_then(|known| known.secret);
    Ok(secret.map(|secret| Setup { uri: uri(&actor.user, &secret), secret }))
}

/// Puts the second factor on, with a code that shows that the telephone knows it. The recovery codes come back, this once.
pub fn confirm(tx: &mut Tx<'_>, actor: &Actor, code: &str, session: Option<[u8; 32]>) -> Result<Vec<String>, Error> {
    act(tx, actor, Right::OwnAccount, Subject { name: &actor.user, cause: Some("second-factor") }, |tx| {
        let known = credential::find(tx, &actor.user)?;
        let Some(known) = known.filter(|known| known.secret.is_some() && known.since.is_none()) else {
            return Err(Refusal::WrongCode.into());
        };
        if !take_step(tx, &actor.user, &known, code)? {
            return Err(Refusal::WrongCode.into());
        }
        let codes: Vec<String> = (0..RECOVERY_CODES).map(|_| recovery_code()).collect();
        let digests: Vec<[u8; 32]> = codes.iter().map(|code| digest(code)).collect();
        credential::confirm(tx, &actor.user, &digests)?;
        session::end_others(tx, &actor.user, session, "second-factor")?;
        Ok(codes)
    })
}

/// Takes the second factor off.
pub fn end(db: &Db, asked: &Asked<'_>) -> Result<(), Error> {
    sign_in::prove(db, asked)?;
    let (actor, mine) = (asked.actor.clone(), asked.session);
    db.write(move |tx| {
        act(tx, &actor, Right::OwnAccount, Subject { name: &actor.user, cause: Some("second-factor-off") }, |tx| {
            credential::set_secret(tx, &actor.user, None)?;
            session::end_others(tx, &actor.user, mine, "second-factor").map(|_| ())
        })
    })
}

/// Whether a code is asked for.
pub fn is_on(tx: &mut Tx<'_>, user: &str) -> Result<bool, Error> {
    Ok(credential::find(tx, user)?.is_some_and(|known| known.since.is_some()))
}

/// How many recovery codes the actor has left.
pub fn codes_left(tx: &mut Tx<'_>, actor: &Actor) -> Result<i64, Error> {
    actor.may(Right::OwnAccount)?;
    credential::codes_left(tx, &actor.user)
}

/// Uses up a code of the telephone, or a recovery code; false where it is wrong or was used.
pub(super) fn take(tx: &mut Tx<'_>, user: &str, known: &Credential, code: &str) -> Result<bool, Error> {
    let digits: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    if digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_digit()) {
        return take_step(tx, user, known, &digits);
    }
    credential::take_code(tx, user, digest(code))
}

fn take_step(tx: &mut Tx<'_>, user: &str, known: &Credential, code: &str) -> Result<bool, Error> {
    let Some(secret) = &known.secret else { return Ok(false) };
    match step(secret, code.trim(), tx.now())? {
        Some(step) => credential::take_step(tx, user, step),
        None => Ok(false),
    }
}

/// The time step of a code, if it is one of now.
fn step(secret: &str, code: &str, now: Instant) -> Result<Option<i64>, Error> {
    let seconds = u64::try_from(now.micros() / 1_000_000).unwrap_or(0);
    Ok(totp(secret)?.check(code, seconds).and_then(|step| i64::try_from(step).ok()))
}

fn totp(secret: &str) -> Result<Totp, Error> {
    let failed = |cause: &dyn std::fmt::Display| Error::failed("the secret of a second factor", cause);
    let secret = Secret::try_from_base32(secret).map_err(|e| failed(&e))?;
    Builder::new().with_secret(secret).build().map_err(|e| failed(&e))
}

fn uri(user: &str, secret: &str) -> String {
    let label: String = user
        .bytes()
        .map(|b| {
            if b.is_ascii_alphanumeric() || b"-._~".contains(&b) {
                char::from(b).to_string()
            } else {
                format!("%{b:02X}")
            }
        })
        .collect();
    format!("otpauth://totp/Ideni:{label}?secret={secret}&issuer=Ideni")
}

/// 120 random bits in groups that a person can copy.
fn recovery_code() -> String {
    let text = Secret::new(Box::new(clock::secret::<15>())).to_base32().to_lowercase();
    text.as_bytes().chunks(GROUP).map(String::from_utf8_lossy).collect::<Vec<_>>().join("-")
}

/// However it is typed: with or without hyphens, in whatever case.
fn digest(code: &str) -> [u8; 32] {
    let plain: String = code.chars().filter(char::is_ascii_alphanumeric).collect();
    Sha256::digest(plain.to_lowercase().as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238, appendix B: the last six of the eight digits.
    #[test]
    fn codes_are_those_of_the_standard() {
        let secret = Secret::from(*b"12345678901234567890").to_base32();
        for (second, code) in [(1_111_111_109, "081804"), (1_234_567_890, "005924"), (2_000_000_000, "279037")] {
            let at = Instant::from_micros(second * 1_000_000);
            for (late_s, good) in [(-61, false), (0, true), (30, true), (90, false)] {
                let step = step(&secret, code, at.plus_micros(late_s * 1_000_000)).unwrap();
                let expected = good.then_some(second / STEP_S);
                assert_eq!(step, expected, "{code} {late_s} s later");
            }
        }
    }

    #[test]
    fn a_recovery_code_is_long_and_read_as_it_is_typed() {
        let code = recovery_code();
        assert_eq!((code.len(), code.split('-').count()), (29, 6), "{code}");
        assert_eq!(digest(&code), digest(&format!(" {} ", code.replace('-', "").to_uppercase())));
        assert_ne!(digest(&code), digest(&recovery_code()));
    }

    #[test]
    fn the_link_carries_any_name() {
        assert_eq!(uri("aline.uwase", "ABC"), "otpauth://totp/Ideni:aline.uwase?secret=ABC&issuer=Ideni");
        assert_eq!(uri("zoé", "ABC"), "otpauth://totp/Ideni:zo%C3%A9?secret=ABC&issuer=Ideni");
    }
}
