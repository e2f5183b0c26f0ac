//! The people at a customer: who they are to us, how and when to reach them.

use std::fmt;

use super::phone::Plan;
use super::{NAME_MAX, code_of, email, invalid, needed, of_code};
use crate::{Refusal, Unusable};

/// What a person is at the customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Receives invoices and sets payments up.
    AccountsPayable,
    Manager,
    Owner,
    Legal,
    Other,
}

impl Role {
    pub const ALL: [(Role, &'static str); 5] = [
        (Role::AccountsPayable, "accounts-payable"),
        (Role::Manager, "manager"),
        (Role::Owner, "owner"),
        (Role::Legal, "legal"),
        (Role::Other, "other"),
    ];

    pub fn code(self) -> &'static str {
        code_of(&Role::ALL, self)
    }

    pub fn from_code(code: &str) -> Result<Role, Refusal> {
        of_code(&Role::ALL, "role", code)
    }
}

/// How to reach somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Channel {
    Call,
    Sms,
    Email,
    Letter,
    Visit,
}

impl Channel {
    pub const ALL: [(Channel, &'static str); 5] = [
        (Channel::Call, "call"),
        (Channel::Sms, "sms"),
        (Channel::Email, "email"),
        (Channel::Letter, "letter"),
        (Channel::Visit, "visit"),
    ];

    pub fn code(self) -> &'static str {
        code_of(&Channel::ALL, self)
    }

    pub fn from_code(code: &str) -> Result<Channel, Refusal> {
        of_code(&Channel::ALL, "channel", code)
    }
}

/// Days of the week, Monday in the lowest bit. Written `mon tue fri`; read with ranges too: `mon-fri`.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub struct Days(pub u8);

impl Days {
    pub const CODES: [&'static str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    const EVERY: u8 = 0b0111_1111;

    pub fn from_text(text: &str) -> Result<Days, Refusal> {
        let mut days = 0;
        for word in text.split([' ', ',']).filter(|word| !word.is_empty()) {
            let (first, last) = word.split_once('-').unwrap_or((word, word));
            let place = |code: &str| Days::CODES.iter().position(|known| known.eq_ignore_ascii_case(code));
            let (Some(first), Some(last)) = (place(first), place(last)) else {
                let known = Days::CODES.join(", ");
                return Err(invalid("days", word, Unusable::NotAmong { known }));
            };
            for step in 0..7 {
                let day = (first + step) % 7;
                days |= 1 << day;
                if day == last {
                    break;
                }
            }
        }
        Ok(Days(days))
    }
}

impl fmt::Display for Days {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let chosen = (0..7).filter(|day| self.0 & 1 << day != 0).map(|day| Days::CODES[day]);
        f.write_str(&chosen.collect::<Vec<_>>().join(" "))
    }
}

impl fmt::Debug for Days {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Days({self})")
    }
}

/// When to call: days, and minutes of the day from which and up to which.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hours {
    pub days: Days,
    pub from: u16,
    pub to: u16,
}

impl Hours {
    /// Nothing where nothing is said; without days every day, without hours the whole day.
    pub fn from_texts(days: &str, from: &str, to: &str) -> Result<Option<Hours>, Refusal> {
        if [days, from, to].iter().all(|text| text.trim().is_empty()) {
            return Ok(None);
        }
        let days = match Days::from_text(days)? {
            Days(0) => Days(Days::EVERY),
            some => some,
        };
        let minutes_or =
            |field, text: &str, otherwise| if text.trim().is_empty() { Ok(otherwise) } else { minutes(field, text) };
        let hours =
            Hours { days, from: minutes_or("call_from", from, 0)?, to: minutes_or("call_to", to, DAY_MINUTES)? };
        if hours.from >= hours.to {
            return Err(invalid("call_to", &clock(hours.to), Unusable::EndsBeforeBegin { begin: clock(hours.from) }));
        }
        Ok(Some(hours))
    }
}

const DAY_MINUTES: u16 = 24 * 60;

/// `08:30` as minutes of the day; up to `24:00`.
fn minutes(field: &str, text: &str) -> Result<u16, Refusal> {
    let text = text.trim();
    let number = |part: &str| {
        let digits = (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        digits.then(|| part.parse::<u16>().ok()).flatten()
    };
    let read = text.split_once(':').and_then(|(hour, minute)| Some((number(hour)?, number(minute)?)));
    read.filter(|(_, minute)| *minute < 60)
        .map(|(hour, minute)| hour * 60 + minute)
        .filter(|minutes| *minutes <= DAY_MINUTES)
        .ok_or_else(|| invalid(field, text, Unusable::NoTimeOfDay))
}

/// Minutes of the day as `08:30`.
pub fn clock(minutes: u16) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

/// What is known of a person at a customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    pub name: String,
    pub role: Role,
    /// E.164.
    pub phone: Option<String>,
    pub email: Option<String>,
    pub language: Option<String>,
    pub hours: Option<Hours>,
    /// How the person wants to be reached.
    pub channel: Option<Channel>,
    /// Whom to ask first.
    pub primary: bool,
    /// Not any more when false: the person left, or asked to be left alone.
    pub active: bool,
}

/// A contact as somebody typed it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Typed {
    pub name: String,
    pub role: String,
    pub phone: String,
    pub email: String,
    pub language: String,
    pub days: String,
    pub from: String,
    pub to: String,
    pub channel: String,
    pub primary: bool,
}

/// Reads a contact: somebody with a name who can be reached, by the channel they prefer.
pub fn read(typed: &Typed, plan: &Plan, languages: &[&str]) -> Result<Contact, Refusal> {
    let name = needed("name", &typed.name, NAME_MAX)?;
    let role = Role::from_code(&typed.role)?;
    let phone = match typed.phone.trim() {
        "" => None,
        text => Some(plan.e164(text).map_err(|reason| invalid("phone", text, reason))?),
    };
    let email = email(&typed.email)?;
    let language = match typed.language.as_str() {
        "" => None,
        code if languages.contains(&code) => Some(code.to_owned()),
        code => return Err(invalid("language", code, Unusable::NotAmong { known: languages.join(", ") })),
    };
    let hours = Hours::from_texts(&typed.days, &typed.from, &typed.to)?;
    let channel = if typed.channel.is_empty() { None } else { Some(Channel::from_code(&typed.channel)?) };
    if phone.is_none() && email.is_none() {
        return Err(Refusal::Missing { field: "phone".to_owned() });
    }
    match channel {
        Some(Channel::Call | Channel::Sms) if phone.is_none() => Err(Refusal::Missing { field: "phone".to_owned() }),
        Some(Channel::Email) if email.is_none() => Err(Refusal::Missing { field: "email".to_owned() }),
        _ => Ok(Contact { name, role, phone, email, language, hours, channel, primary: typed.primary, active: true }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::customer::phone::plan_from_table;

    fn typed(fields: &[(&str, &str)]) -> Typed {
        let mut typed =
            Typed { name: "Keza".into(), role: "owner".into(), phone: "0788123456".into(), ..Typed::default() };
        for (field, value) in fields {
            let into = match *field {
                "name" => &mut typed.name,
                "role" => &mut typed.role,
                "phone" => &mut typed.phone,
                "email" => &mut typed.email,
                "language" => &mut typed.language,
                "days" => &mut typed.days,
                "from" => &mut typed.from,
                "to" => &mut typed.to,
                "channel" => &mut typed.channel,
                other => panic!("no field {other}"),
            };
            *into = (*value).to_owned();
        }
        typed
    }

    #[track_caller]
    fn check(fields: &[(&str, &str)], expected: &str) {
        let plan = plan_from_table(include_str!("../../../../country/rw/telephone.txt")).unwrap();
        let told = match read(&typed(fields), &plan, &["en", "rw"]) {
            Ok(contact) => {
                let hours = contact.hours.map(|h| format!(" {} {}–{}", h.days, clock(h.from), clock(h.to)));
                let at = contact.phone.or(contact.email).unwrap_or_default();
                format!("{} {at}{}", contact.role.code(), hours.unwrap_or_default())
            }
            Err(refusal) => refusal.to_string(),
        };
        assert_eq!(told, expected, "{fields:?}");
    }

    #[test]
    fn a_contact_can_be_reached() {
        check(&[], "owner +250788123456");
        check(&[("phone", ""), ("email", "k@ineza.rw")], "owner k@ineza.rw");
        check(&[("phone", "")], "refusal-missing(phone)");
        check(&[("phone", ""), ("email", "k@ineza.rw"), ("channel", "call")], "refusal-missing(phone)");
        check(&[("channel", "email")], "refusal-missing(email)");
        check(&[("phone", "12")], "refusal-invalid(phone, 12, unusable-no-phone)");
        check(&[("name", " ")], "refusal-missing(name)");
        let known = "accounts-payable, manager, owner, legal, other";
        check(&[("role", "boss")], &format!("refusal-invalid(role, boss, unusable-not-among({known}))"));
        check(&[("language", "de")], "refusal-invalid(language, de, unusable-not-among(en, rw))");
        let known = "call, sms, email, letter, visit";
        check(&[("channel", "fax")], &format!("refusal-invalid(channel, fax, unusable-not-among({known}))"));
    }

    #[test]
    fn days_and_hours_are_read_as_people_say_them() {
        let to_be = |days: &str, from: &str, to: &str, expected: &str| {
            check(&[("days", days), ("from", from), ("to", to)], &format!("owner +250788123456{expected}"));
        };
        to_be("mon-fri", "8:30", "17:00", " mon tue wed thu fri 08:30–17:00");
        to_be("Mon, sat", "", "", " mon sat 00:00–24:00");
        to_be("", "14:00", "", " mon tue wed thu fri sat sun 14:00–24:00");
        to_be("fri-mon", "", "12:00", " mon fri sat sun 00:00–12:00");
        to_be("", "", "", "");
        let known = Days::CODES.join(", ");
        check(&[("days", "noon")], &format!("refusal-invalid(days, noon, unusable-not-among({known}))"));
        for wrong in ["8", "25:00", "08:60", "8h30", "+8:00", "24:01", "008:00"] {
            check(&[("from", wrong)], &format!("refusal-invalid(call_from, {wrong}, unusable-no-time-of-day)"));
        }
        check(
            &[("from", "17:00"), ("to", "08:00")],
            "refusal-invalid(call_to, 08:00, unusable-ends-before-begin(17:00))",
        );
    }
}
