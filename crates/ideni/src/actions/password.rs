//! Passwords: which are good enough, and how they are kept. Argon2id with the parameters OWASP recommends; the work is
//! done outside transactions, where it holds nobody up.

use std::sync::{Condvar, Mutex, PoisonError};

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use receivables::{Refusal, Unusable};
use store::clock;
use store::{Db, Error, Tx, credential, session, user};
use zxcvbn::Score;

use super::sign_in::{self, Asked};
use super::{Actor, Right, Subject, act};

/// Characters a password may have, of whatever kind.
pub const LENGTH_MIN: usize = 8;
pub const LENGTH_MAX: usize = 128;
/// Shorter words of a name come up in good passwords by chance.
const WORD_MIN: usize = 4;
/// What a password is compared with where there is none, so that the answer takes as long.
const NOBODYS: &str = "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5J3Mgc2FsdA$0000000000000000000000000000000000000000000";

/// Refuses a password that is too short or long, easily guessed, or holds a name that anybody would try.
pub fn check(password: &str, names: &Names) -> Result<(), Refusal> {
    let length = password.chars().count();
    if length < LENGTH_MIN {
        return Err(unusable(Unusable::PasswordShort { min: LENGTH_MIN.to_string() }));
    }
    if length > LENGTH_MAX {
        return Err(unusable(Unusable::PasswordLong { max: LENGTH_MAX.to_string() }));
    }
    let plain = letters(password);
    if let Some(word) = names.forbidden.iter().find(|word| plain.contains(word.as_str())) {
        return Err(unusable(Unusable::PasswordNames { word: word.clone() }));
    }
    let words: Vec<&str> = names.hints.iter().map(String::as_str).collect();
    if zxcvbn::zxcvbn(password, &words).score() < Score::Three {
        return Err(unusable(Unusable::PasswordCommon));
    }
    Ok(())
}

fn unusable(reason: Unusable) -> Refusal {
    Refusal::InvalidEmpty { field: "password".into(), reason }
}

/// The names that make a password of this person in this company easy to guess.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// Never in a password: the person's names, the company's name and code, the program's.
    forbidden: Vec<String>,
    /// Count as guessed at once: the words of the company's name.
    hints: Vec<String>,
}

impl Names {
    pub fn of(name: &str, full_name: &str, company: &str, code: &str) -> Names {
        let words = |text: &str| text.split(|c: char| !c.is_alphanumeric()).map(letters).collect::<Vec<_>>();
        let company_words = words(company);
        let mut forbidden = [words(name), words(full_name)].concat();
        forbidden.extend([letters(name), letters(code), company_words.concat(), "ideni".to_owned()]);
        forbidden.retain(|word| word.chars().count() >= WORD_MIN);
        Names { forbidden, hints: company_words }
    }
}

/// Letters and digits alone, in lower case.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Passwords worked on at a time: each takes 19 MB of memory.
const AT_A_TIME: usize = 4;
static WORKED_ON: Mutex<usize> = Mutex::new(0);
static DONE: Condvar = Condvar::new();

/// A place among those that are worked on, given back when it is dropped.
struct Place;

impl Place {
    fn take() -> Place {
        let lock = WORKED_ON.lock().unwrap_or_else(PoisonError::into_inner);
        let mut taken = DONE.wait_while(lock, |taken| *taken >= AT_A_TIME).unwrap_or_else(PoisonError::into_inner);
        *taken += 1;
        Place
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        *WORKED_ON.lock().unwrap_or_else(PoisonError::into_inner) -= 1;
        DONE.notify_one();
    }
}

/// The string under which a password is kept.
pub fn hash(password: &str) -> Result<String, Error> {
    let _place = Place::take();
    let kept: PasswordHash = Argon2::default()
        .hash_password_with_salt(password.as_bytes(), &clock::secret::<16>())
        .map_err(|e| Error::failed("keeping a password", e))?;
    Ok(kept.to_string())
}

/// Whether the password is the one that is kept; takes as long where none is.
pub fn fits(password: &str, kept: Option<&str>) -> bool {
    let _place = Place::take();
    let fits = Argon2::default().verify_password(password.as_bytes(), kept.unwrap_or(NOBODYS)).is_ok();
    fits && kept.is_some()
}

/// A person's own new password: asks for the present one, and ends the person's other sessions.
pub fn change(db: &Db, asked: &Asked<'_>, new: &str) -> Result<(), Error> {
    let names = db.read(|tx| names(tx, asked.actor))?;
    check(new, &names)?;
    sign_in::prove(db, asked)?;
    if new == asked.password {
        return Err(unusable(Unusable::PasswordSame).into());
    }
    let (kept, actor, mine) = (hash(new)?, asked.actor.clone(), asked.session);
    db.write(move |tx| set(tx, &actor, &kept, mine))
}

/// Keeps a new password of the actor's own; the person's other sessions end, and links made before work no longer.
pub(super) fn set(tx: &mut Tx<'_>, actor: &Actor, kept: &str, but: Option<[u8; 32]>) -> Result<(), Error> {
    act(tx, actor, Right::OwnAccount, Subject { name: &actor.user, cause: Some("password") }, |tx| {
        credential::set_password(tx, &actor.user, kept)?;
        session::end_others(tx, &actor.user, but, "password")?;
        store::link::use_up(tx, &actor.user)
    })
}

pub(super) fn names(tx: &mut Tx<'_>, actor: &Actor) -> Result<Names, Error> {
    let known = user::get(tx, actor.company.id, &actor.user)?;
    Ok(Names::of(&known.name, &known.full_name, &actor.company.name, &actor.company.code))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(password: &str) -> String {
        match check(password, &Names::of("aline.uwase", "Aline Uwase", "Kigali Foods Ltd", "kigali")) {
            Ok(()) => "good".into(),
            Err(Refusal::InvalidEmpty { reason, .. }) => reason.to_string(),
            Err(other) => other.to_string(),
        }
    }

    #[test]
    fn length_is_the_only_rule_of_form() {
        assert_eq!(told("short 7"), "unusable-password-short(8)");
        assert_eq!(told(&"réveil bleu ".repeat(11)), "unusable-password-long(128)");
        for good in
            ["correct horse battery", "inyoni itatu ku giti", "🐘🐘 zinywa amazi 7", &"tuyubahe ijoro ".repeat(8)]
        {
            assert_eq!(told(good), "good", "{good}");
        }
    }

    #[test]
    fn what_everybody_tries_is_refused() {
        for common in [
            "password",
            "password1",
            "12345678",
            "qwertyuiop",
            "iloveyou2",
            "aaaaaaaaaa",
            "P@ssw0rd",
            "football1",
            "20262026",
            "foods2026",
        ] {
            assert_eq!(told(common), "unusable-password-common", "{common}");
        }
        for (named, word) in [
            ("Aline-2026-blue-river", "aline"),
            ("the UWASE family of five", "uwase"),
            ("kigali foods are the best", "kigali"),
            ("i.d.e.n.i and rain", "ideni"),
        ] {
            assert_eq!(told(named), format!("unusable-password-names({word})"), "{named}");
        }
    }

    #[test]
    fn a_password_fits_its_own_string_and_no_other() {
        let kept = hash("correct horse battery").unwrap();
        assert!(kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{kept}");
        assert_ne!(kept, hash("correct horse battery").unwrap(), "salted");
        assert!(fits("correct horse battery", Some(&kept)));
        for wrong in ["correct horse battery ", "Correct horse battery", "correct horse batter", ""] {
            assert!(!fits(wrong, Some(&kept)), "{wrong}");
        }
        assert!(!fits("correct horse battery", None) && !fits("", None));
        assert!(PasswordHash::new(NOBODYS).is_ok_and(|p| p.hash.is_some() && p.salt.is_some()), "it takes as long");
    }
}
