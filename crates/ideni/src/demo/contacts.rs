//! The people at the customers: whom the collectors ask for.

use receivables::customer::contact::Typed;

use super::customers::Party;
use super::names;
use super::rng::Rng;

/// How many people of a firm are known, with weights.
const KNOWN: &[(u32, usize)] = &[(1, 0), (6, 1), (3, 2)];
/// When people want to be called: days, from and up to an hour.
const HOURS: &[(&str, &str, &str)] = &[
    ("mon-fri", "08:30", "12:00"),
    ("mon-sat", "14:00", "17:30"),
    ("tue thu", "09:00", "11:30"),
    ("mon wed fri", "10:00", "16:00"),
];
const WITH_HOURS_BPS: u32 = 4_000;
const WITH_LANGUAGE_BPS: u32 = 6_000;
const WITH_EMAIL_BPS: u32 = 5_000;

/// The people at the n-th customer, whom to ask first at the head.
pub fn of(rng: &mut Rng, n: usize, party: &Party) -> Vec<Typed> {
    (0..*rng.weighted(KNOWN)).map(|at| person(rng, n, at, party)).collect()
}

fn person(rng: &mut Rng, n: usize, at: usize, party: &Party) -> Typed {
    let role = *rng.pick(if at == 0 {
        &["accounts-payable", "accounts-payable", "owner"]
    } else {
        &["manager", "other", "legal"]
    });
    let named = format!("{} {}", rng.pick(names::FIRST_NAMES), rng.pick(names::SECOND_NAMES));
    let name = if role == "owner" { party.owner.clone() } else { named };
    let mailbox = name.split(' ').next().unwrap_or_default().to_ascii_lowercase();
    let (days, from, to) = if rng.chance(WITH_HOURS_BPS) { *rng.pick(HOURS) } else { ("", "", "") };
    let email = if rng.chance(WITH_EMAIL_BPS) { format!("{mailbox}{n}@example.com") } else { String::new() };
    Typed {
        name,
        role: role.to_owned(),
        phone: phone(2 * n + at),
        language: if rng.chance(WITH_LANGUAGE_BPS) { party.language.clone() } else { String::new() },
        days: days.to_owned(),
        from: from.to_owned(),
        to: to.to_owned(),
        channel: if !email.is_empty() && at > 0 { "email" } else { "call" }.to_owned(),
        email,
        primary: at == 0,
    }
}

/// A number in the form of a fixed line, in the range 020 in which no town has one.
fn phone(n: usize) -> String {
    format!("+25020{:07}", (2_345_678 + n * 6_151) % 10_000_000)
}
