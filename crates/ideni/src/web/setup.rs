//! The first run: company, people, and then the page that takes a file in. Only whoever has the link that `serve`
//! printed gets here, and only until the book has a company.

use askama::Template;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use receivables::Currency;
use store::{Db, Error};

use super::ask::Ask;
use super::page::{Page, refused, render, told};
use super::route::Entrance;
use super::sign_in::signed_in;
use super::{Web, link, session};
use crate::actions::Role;
use crate::actions::company::{self, Begun, NewCompany};
use crate::actions::user::Person;

pub const ENTRANCES: &[Entrance] = &[
    Entrance::get("/setup/{link}", begin),
    Entrance::post("/setup/{link}/company", company),
    Entrance::post("/setup/{link}/people", people),
];

/// Where whoever made a company goes on.
const THEN: &str = "/import?first=1";

/// What both steps ask for, as typed; the second carries the first along.
#[derive(serde::Deserialize, Clone, Debug, Default)]
#[serde(default, deny_unknown_fields)]
struct Answers {
    name: String,
    tin: String,
    currency: String,
    you: String,
    password: String,
    again: String,
    second: String,
    role: String,
}

impl Answers {
    fn company(&self) -> Result<NewCompany, Error> {
        let tin = self.tin.trim();
        Ok(NewCompany {
            name: self.name.clone(),
            code: None,
            tin: (!tin.is_empty()).then(|| tin.to_owned()),
            currency: self.currency.trim().parse::<Currency>()?,
            country: "rw".into(),
            simulated: false,
        })
    }

    fn second(&self) -> Result<Option<(Person, String)>, Error> {
        if self.second.trim().is_empty() {
            return Ok(None);
        }
        Ok(Some((Person::named(&self.second)?, self.role.clone())))
    }
}

#[derive(Template)]
#[template(path = "setup_company.html")]
struct CompanyStep<'a> {
    p: &'a Page,
    action: String,
    given: &'a Answers,
}

#[derive(Template)]
#[template(path = "setup_people.html")]
struct PeopleStep<'a> {
    p: &'a Page,
    link: &'a str,
    action: String,
    given: &'a Answers,
    /// Code and words.
    roles: Vec<(&'static str, String)>,
}

#[derive(Template)]
#[template(path = "setup_done.html")]
struct Done<'a> {
    p: &'a Page,
    name: &'a str,
    link: String,
    then: &'static str,
}

/// Whoever has not the link of the first run gets no further.
fn closed(web: &Web, page: &Page, ask: &Ask) -> Result<Option<Response>, Error> {
    if web.sessions.may_set_up(ask.path("link")) {
        return Ok(None);
    }
    told(page, StatusCode::FORBIDDEN, page.t("setup-over"), "/".into()).map(Some)
}

fn company_step(page: &Page, link: &str, given: &Answers) -> Result<Response, Error> {
    render(&CompanyStep { p: page, action: format!("/setup/{link}/company"), given })
}

fn people_step(page: &Page, link: &str, given: &Answers) -> Result<Response, Error> {
    let roles = Role::ALL.iter().map(|(_, name)| (*name, page.t(&format!("role-{name}")))).collect();
    render(&PeopleStep { p: page, link, action: format!("/setup/{link}/people"), given, roles })
}

/// The first step.
fn begin(web: &Web, page: &Page, ask: &Ask) -> Result<Response, Error> {
    if let Some(closed) = closed(web, page, ask)? {
        return Ok(closed);
    }
    let given = Answers { currency: Currency::RWF.to_string(), ..Answers::default() };
    company_step(page, ask.path("link"), &given)
}

/// Looks at the company that is named, and asks who works there.
fn company(web: &Web, page: &Page, ask: &Ask) -> Result<Response, Error> {
    if let Some(closed) = closed(web, page, ask)? {
        return Ok(closed);
    }
    let given: Answers = ask.form()?;
    match tried(&web.db, &given) {
        Ok(()) => people_step(page, ask.path("link"), &Answers { role: Role::Collector.name().into(), ..given }),
        Err(Error::Refused(refusal)) => {
            let page = page.with_refusal(ask, &refusal);
            refused(&refusal, company_step(&page, ask.path("link"), &given))
        }
        Err(failure) => Err(failure),
    }
}

/// Makes the company and undoes it: what would be refused is told at the step that asks for it.
fn tried(db: &Db, given: &Answers) -> Result<(), Error> {
    let (new, nobody) = (given.company()?, Person { user: "nobody".into(), full_name: "nobody".into() });
    match db.write(move |tx| company::first(tx, &new, &nobody, None).and(Err::<(), _>(Error::RolledBack))) {
        Ok(()) | Err(Error::RolledBack) => Ok(()),
        Err(error) => Err(error),
    }
}

/// Makes the company with its people, signs in, and asks for a file.
fn people(web: &Web, page: &Page, ask: &Ask) -> Result<Response, Error> {
    if let Some(closed) = closed(web, page, ask)? {
        return Ok(closed);
    }
    let given: Answers = ask.form()?;
    match made(web, ask, &given) {
        Ok(begun) => {
            web.sessions.set_up();
            web.tell()?;
            shown(web, page, &begun)
        }
        Err(Error::Refused(refusal)) => {
            let page = page.with_refusal(ask, &refusal);
            refused(&refusal, people_step(&page, ask.path("link"), &given))
        }
        Err(failure) => Err(failure),
    }
}

fn made(web: &Web, ask: &Ask, given: &Answers) -> Result<Begun, Error> {
    let (new, you, second) = (given.company()?, Person::named(&given.you)?, given.second()?);
    link::same(&given.password, &given.again)?;
    company::begin(&web.db, &ask.origin(), &new, &you, &given.password, second.as_ref())
}

/// The link of the second person, once; straight on where there is none.
fn shown(web: &Web, page: &Page, begun: &Begun) -> Result<Response, Error> {
    let token = &begun.entered.token;
    let Some(second) = &begun.second else { return Ok(signed_in(web, token, THEN)) };
    let link = format!("{}/link/{}", web.origin(), second.token);
    let done = render(&Done { p: page, name: &second.user, link, then: THEN })?;
    Ok(([(header::SET_COOKIE, session::cookie(web, token))], done).into_response())
}
