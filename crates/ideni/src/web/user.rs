//! People: who works here, with which roles, how they get in, and what should be in two hands.

use askama::Template;
use axum::response::Response;
use store::Error;
use store::user::User;

use super::ask::Ask;
use super::page::{Desk, Page, render};
use super::route::Route;
use crate::actions::duty::Holder;
use crate::actions::session::Shown;
use crate::actions::{Right, Role, Roles, duty, link, session, user};

pub const ROUTES: &[Route] = &[
    Route::get("/users", Right::UserList, list),
    Route::post("/users/add", Right::UserAdd, add).again(list),
    Route::get("/users/{name}", Right::UserList, show),
    Route::post("/users/{name}/roles", Right::UserRole, set_roles).again(show),
    Route::post("/users/{name}/rename", Right::UserChange, rename).again(show),
    Route::post("/users/{name}/link", Right::UserLink, make_link).again(show),
    Route::post("/users/{name}/end-sessions", Right::UserSessions, end_sessions).again(show),
    Route::post("/users/{name}/forget-second-factor", Right::UserForget, forget_factor).again(show),
    Route::post("/users/{name}/deactivate", Right::UserDeactivate, deactivate).again(show),
    Route::post("/users/{name}/reactivate", Right::UserReactivate, reactivate).again(show),
];

/// The page of somebody.
fn place_of(name: &str) -> String {
    format!("/users/{}", form_urlencoded::byte_serialize(name.as_bytes()).collect::<String>())
}

/// A role as a box to tick.
struct Tick {
    code: &'static str,
    word: String,
    ticked: bool,
}

fn ticks(page: &Page, chosen: Roles) -> Vec<Tick> {
    let tick = |(role, code): &(Role, &'static str)| {
        let word = page.t(&format!("role-{code}"));
        Tick { code, word, ticked: chosen.has(*role) }
    };
    Role::ALL.iter().map(tick).collect()
}

/// The roles of somebody in words.
fn role_words(page: &Page, roles: &str) -> String {
    Roles::from_text(roles).map_or_else(|_| roles.to_owned(), |roles| page.roles_of(roles))
}

/// Somebody who holds what should be in two hands, in words.
struct Held {
    user: String,
    /// The first of the person's pairs: later ones need no name.
    begins: bool,
    first: String,
    second: String,
}

fn held(page: &Page, holder: Holder) -> Held {
    let word = |right: Right| page.t(&format!("action-{}", right.name().replace(' ', "-")));
    Held { user: holder.user, begins: true, first: word(holder.first), second: word(holder.second) }
}

/// Somebody, the person's page, and the roles in words.
struct Listed {
    u: User,
    at: String,
    roles: String,
}

#[derive(Template)]
#[template(path = "users.html")]
struct People<'a> {
    p: &'a Page,
    people: Vec<Listed>,
    duties: Vec<Held>,
    may_add: bool,
    ticks: Vec<Tick>,
}

fn list(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let (people, duties) = desk.read(|tx, actor| Ok((user::list(tx, actor)?, duty::list(tx, actor)?)))?;
    let page = &desk.page;
    let mut duties: Vec<Held> = duties.into_iter().map(|holder| held(page, holder)).collect();
    for n in 1..duties.len() {
        duties[n].begins = duties[n].user != duties[n - 1].user;
    }
    render(&People {
        p: page,
        people: people
            .into_iter()
            .map(|u| Listed { at: place_of(&u.name), roles: role_words(page, &u.roles), u })
            .collect(),
        duties,
        may_add: desk.actor.can(Right::UserAdd),
        ticks: ticks(page, Roles::from_text(&ask.all("role").join(" ")).unwrap_or_default()),
    })
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct NewForm {
    full_name: String,
    /// Made of the full name where it is empty.
    name: String,
}

fn add(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let form: NewForm = ask.form_beside(&["role"])?;
    let roles = ask.all("role").join(" ");
    let name = match form.name.trim() {
        "" => user::Person::named(&form.full_name)?.user,
        name => name.to_owned(),
    };
    let to = place_of(&name);
    desk.write(move |tx, actor, _| user::add(tx, actor, &name, &form.full_name, &roles))?;
    desk.to(&to, "person-added")
}

#[derive(Template)]
#[template(path = "user.html")]
struct Person<'a> {
    p: &'a Page,
    u: User,
    roles: String,
    at: String,
    ticks: Vec<Tick>,
    sessions: Vec<Shown>,
    may_role: bool,
    may_change: bool,
    may_link: bool,
    may_sessions: bool,
    may_leave: bool,
    /// A link that was just made; it is shown this once.
    link: Option<Invitation>,
}

impl Person<'_> {
    /// Where a form about this person is sent.
    fn to(&self, verb: &str) -> String {
        format!("{}/{verb}", self.at)
    }
}

struct Invitation {
    url: String,
    until: String,
}

fn show(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    page_of(desk, ask.path("name"), None)
}

fn page_of(desk: &Desk, name: &str, link: Option<Invitation>) -> Result<Response, Error> {
    let may_sessions = desk.actor.can(Right::UserSessions);
    let (u, sessions) = desk.read(|tx, actor| {
        let known = user::known(tx, actor, name)?;
        let sessions = if may_sessions { session::of_user(tx, actor, name)? } else { Vec::new() };
        Ok((known, sessions))
    })?;
    let can = |right| desk.actor.can(right);
    render(&Person {
        p: &desk.page,
        roles: role_words(&desk.page, &u.roles),
        at: place_of(&u.name),
        ticks: ticks(&desk.page, Roles::from_text(&u.roles).unwrap_or_default()),
        sessions,
        may_role: can(Right::UserRole),
        may_change: can(Right::UserChange),
        may_link: can(Right::UserLink) && u.active(),
        may_sessions,
        may_leave: can(Right::UserDeactivate),
        link,
        u,
    })
}

fn set_roles(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let (name, roles) = (ask.path("name").to_owned(), ask.all("role").join(" "));
    let to = place_of(&name);
    desk.write(move |tx, actor, _| user::set_roles(tx, actor, &name, &roles))?;
    desk.to(&to, "person-roles")
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct NameForm {
    full_name: String,
}

fn rename(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let form: NameForm = ask.form()?;
    let name = ask.path("name").to_owned();
    let to = place_of(&name);
    desk.write(move |tx, actor, _| user::set_full_name(tx, actor, &name, &form.full_name))?;
    desk.to(&to, "person-renamed")
}

fn make_link(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let name = ask.path("name").to_owned();
    let made = desk.write(move |tx, actor, _| link::make(tx, actor, &name))?;
    let url = format!("{}/link/{}", desk.web.origin(), made.token);
    page_of(desk, ask.path("name"), Some(Invitation { url, until: desk.page.instant(made.expires_at) }))
}

fn end_sessions(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let name = ask.path("name").to_owned();
    let to = place_of(&name);
    desk.write(move |tx, actor, _| session::end_of_user(tx, actor, &name))?;
    desk.to(&to, "person-sessions-ended")
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct ReasonForm {
    reason: String,
}

fn forget_factor(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let form: ReasonForm = ask.form()?;
    let name = ask.path("name").to_owned();
    let to = place_of(&name);
    desk.write(move |tx, actor, _| user::forget_second_factor(tx, actor, &name, &form.reason))?;
    desk.to(&to, "person-second-factor-off")
}

fn deactivate(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let form: ReasonForm = ask.form()?;
    let name = ask.path("name").to_owned();
    let to = place_of(&name);
    desk.write(move |tx, actor, _| user::deactivate(tx, actor, &name, &form.reason))?;
    desk.to(&to, "person-deactivated")
}

fn reactivate(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let form: ReasonForm = ask.form()?;
    let name = ask.path("name").to_owned();
    let to = place_of(&name);
    desk.write(move |tx, actor, _| user::reactivate(tx, actor, &name, &form.reason))?;
    desk.to(&to, "person-reactivated")
}
