//! The people at a customer.

use askama::Template;
use axum::response::Response;
use receivables::customer::contact::{Channel, Days, Role, Typed, clock};
use store::Error;
use store::contact_person::Person;

use super::ask::Ask;
use super::customer::{Options, languages};
use super::page::{Desk, Page, in_path, render};
use super::route::Route;
use crate::actions::{Right, contact_person};
use crate::words;

pub const ROUTES: &[Route] = &[
    Route::get("/customers/{code}/contacts/new", Right::ContactSave, new),
    Route::post("/customers/{code}/contacts/new", Right::ContactSave, add).again(new),
    Route::get("/customers/{code}/contacts/{id}", Right::Read, one),
    Route::post("/customers/{code}/contacts/{id}", Right::ContactSave, change).again(one),
    Route::post("/customers/{code}/contacts/{id}/end", Right::ContactSave, end).again(one),
];

/// The people at a customer as a page shows them; `parts/contacts.html` draws them.
pub struct Contacts {
    /// The path of the customer.
    pub at: String,
    pub people: Vec<Shown>,
}

pub struct Shown {
    /// The path of the person.
    pub at: String,
    pub name: String,
    pub role: String,
    /// As it is dialled, and as it is read.
    pub phone: Option<(String, String)>,
    pub email: Option<String>,
    pub language: Option<String>,
    /// Days and hours, in words.
    pub hours: Option<String>,
    pub channel: Option<String>,
    pub primary: bool,
    /// The merged customer it belongs to.
    pub of: Option<String>,
}

impl Contacts {
    /// Those who are still there, for a page about the customer of that code.
    pub fn load(p: &Page, code: &str, all: Vec<(String, Person)>) -> Contacts {
        let people = all.into_iter().filter(|(_, person)| person.contact.active).map(|(of, person)| Shown {
            at: format!("/customers/{}/contacts/{}", in_path(&of), person.id),
            role: p.t(&format!("position-{}", person.contact.role.code())),
            language: person.contact.language.as_ref().map(|code| p.t(&format!("language-{code}"))),
            hours: hours(p, &person),
            channel: person.contact.channel.map(|channel| p.t(&format!("channel-{}", channel.code()))),
            phone: person.contact.phone.map(|phone| (phone.clone(), words::phone(&phone))),
            email: person.contact.email,
            name: person.contact.name,
            primary: person.contact.primary,
            of: Some(of).filter(|of| of != code),
        });
        Contacts { at: format!("/customers/{}", in_path(code)), people: people.collect() }
    }
}

/// `Monday, Tuesday · 08:00–17:00`; only the part that says something.
fn hours(p: &Page, person: &Person) -> Option<String> {
    let hours = person.contact.hours?;
    let days: Vec<String> = chosen(hours.days).into_iter().map(|day| p.t(&format!("weekday-{day}"))).collect();
    let mut parts = Vec::new();
    if days.len() < Days::CODES.len() {
        parts.push(days.join(", "));
    }
    if hours.to - hours.from < 24 * 60 {
        parts.push(format!("{}–{}", clock(hours.from), clock(hours.to)));
    }
    Some(parts.join(" · ")).filter(|text| !text.is_empty())
}

/// The numbers of the days, 1 for Monday.
fn chosen(days: Days) -> Vec<usize> {
    (1..=Days::CODES.len()).filter(|day| days.0 & 1 << (day - 1) != 0).collect()
}

/// What the form shows of a person.
#[derive(Default)]
struct Values {
    name: String,
    role: String,
    phone: String,
    email: String,
    language: String,
    from: String,
    to: String,
    channel: String,
}

struct Version {
    at: String,
    user: String,
    name: String,
    phone: String,
    email: String,
    active: bool,
}

#[derive(Template)]
#[template(path = "contact_person.html")]
struct One<'a> {
    p: &'a Page,
    /// Where the form is sent.
    at: String,
    /// The path of the customer.
    customer: String,
    code: String,
    version: i64,
    active: bool,
    values: Values,
    /// Code, word, and whether it is chosen.
    days: Vec<(&'static str, String, bool)>,
    primary: bool,
    roles: Options,
    channels: Options,
    languages: Options,
    versions: Vec<Version>,
}

impl<'a> One<'a> {
    fn blank(p: &'a Page, code: &str, at: String) -> One<'a> {
        let worded = |before: &str, code: &str| (code.to_owned(), p.t(&format!("{before}-{code}")));
        let none = [(String::new(), "–".to_owned())];
        One {
            p,
            at,
            customer: format!("/customers/{}", in_path(code)),
            code: code.to_owned(),
            version: 0,
            active: true,
            values: Values { role: Role::AccountsPayable.code().into(), ..Values::default() },
            days: Vec::new(),
            primary: false,
            roles: Role::ALL.iter().map(|(_, code)| worded("position", code)).collect(),
            channels: none.into_iter().chain(Channel::ALL.iter().map(|(_, code)| worded("channel", code))).collect(),
            languages: languages(p),
            versions: Vec::new(),
        }
    }

    /// The days of the form: those that were typed, or else those that are known.
    fn with_days(mut self, ask: &Ask, known: Days) -> One<'a> {
        let typed = ask.all("days");
        let sent = !ask.all("name").is_empty();
        let is_chosen = |at: usize, code: &str| {
            if sent { typed.iter().any(|day| day == code) } else { known.0 & 1 << at != 0 }
        };
        let words = |at: usize| self.p.t(&format!("weekday-{}", at + 1));
        self.days = Days::CODES.iter().enumerate().map(|(at, code)| (*code, words(at), is_chosen(at, code))).collect();
        self.primary = if sent { !ask.all("primary").is_empty() } else { self.primary };
        self
    }
}

fn new(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let code = ask.path("code");
    desk.read(|tx, actor| crate::actions::customer::get(tx, actor, code))?;
    let page = One::blank(&desk.page, code, format!("/customers/{}/contacts/new", in_path(code)));
    render(&page.with_days(ask, Days::default()))
}

fn one(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let (code, id) = (ask.path("code"), ask.path("id"));
    let versions = desk.read(|tx, actor| contact_person::history(tx, actor, id))?;
    let p = &desk.page;
    let mut page = One::blank(p, code, format!("/customers/{}/contacts/{id}", in_path(code)));
    let mut days = Days::default();
    if let Some(latest) = versions.first() {
        let c = &latest.person.contact;
        let hours = |part: fn(&receivables::customer::contact::Hours) -> u16| c.hours.map(|h| clock(part(&h)));
        let or_empty = |value: &Option<String>| value.clone().unwrap_or_default();
        (page.version, page.active, page.primary) = (latest.person.version, c.active, c.primary);
        days = c.hours.map(|h| h.days).unwrap_or_default();
        page.values = Values {
            name: c.name.clone(),
            role: c.role.code().into(),
            phone: c.phone.as_deref().map(words::phone).unwrap_or_default(),
            email: or_empty(&c.email),
            language: or_empty(&c.language),
            from: hours(|h| h.from).unwrap_or_default(),
            to: hours(|h| h.to).unwrap_or_default(),
            channel: c.channel.map(Channel::code).unwrap_or_default().into(),
        };
    }
    page.versions = versions
        .into_iter()
        .map(|version| Version {
            at: p.instant(version.at),
            user: version.actor,
            name: version.person.contact.name,
            phone: version.person.contact.phone.as_deref().map(words::phone).unwrap_or_default(),
            email: version.person.contact.email.unwrap_or_default(),
            active: version.person.contact.active,
        })
        .collect();
    render(&page.with_days(ask, days))
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    name: String,
    role: String,
    phone: String,
    email: String,
    language: String,
    call_from: String,
    call_to: String,
    channel: String,
    #[serde(default)]
    primary: String,
    #[serde(default)]
    version: i64,
}

/// The form, and the version that was read.
fn typed(ask: &Ask) -> Result<(Typed, i64), Error> {
    let form: Form = ask.form_beside(&["days"])?;
    let typed = Typed {
        name: form.name,
        role: form.role,
        phone: form.phone,
        email: form.email,
        language: form.language,
        days: ask.all("days").join(" "),
        from: form.call_from,
        to: form.call_to,
        channel: form.channel,
        primary: form.primary == "yes",
    };
    Ok((typed, form.version))
}

fn add(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let code = ask.path("code").to_owned();
    let (typed, _) = typed(ask)?;
    let (once, name) = (ask.once(), code.clone());
    desk.write(move |tx, actor, _| contact_person::add(tx, actor, &name, &typed, Some(&once)))?;
    desk.to(&format!("/customers/{}/edit#contacts", in_path(&code)), "contact-saved")
}

fn change(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let (code, id) = (ask.path("code").to_owned(), ask.path("id").to_owned());
    let (typed, version) = typed(ask)?;
    let once = ask.once();
    desk.write(move |tx, actor, _| contact_person::change(tx, actor, &id, version, &typed, Some(&once)))?;
    desk.to(&format!("/customers/{}/edit#contacts", in_path(&code)), "contact-saved")
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct EndForm {
    reason: String,
}

fn end(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let (code, id) = (ask.path("code").to_owned(), ask.path("id").to_owned());
    let form: EndForm = ask.form()?;
    desk.write(move |tx, actor, _| contact_person::end(tx, actor, &id, &form.reason))?;
    desk.to(&format!("/customers/{}/edit#contacts", in_path(&code)), "contact-ended")
}
