//! The first run: company, people, and then the page that takes a file in. Only whoever has the link that `serve`
//! printed gets here, and only until the book has a company.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Form, Path, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use receivables::Currency;
use store::{Db, Error};

use super::page::{Page, language, render};
use super::{Web, session};
use crate::actions::company::{self, NewCompany};
use crate::actions::user::Person;
use crate::actions::{Actor, Role};
use crate::words;

/// What both steps ask for, as typed; the second carries the first along.
#[derive(serde::Deserialize, Clone, Debug, Default)]
#[serde(default)]
pub struct Answers {
    name: String,
    tin: String,
    currency: String,
    you: String,
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
    link: &'a str,
    said: String,
    given: &'a Answers,
}

#[derive(Template)]
#[template(path = "setup_people.html")]
struct PeopleStep<'a> {
    p: &'a Page,
    link: &'a str,
    said: String,
    given: &'a Answers,
    /// Code, words, and whether it is the one chosen.
    roles: Vec<(&'static str, String, bool)>,
}

fn company_step(p: &Page, link: &str, given: &Answers, said: String) -> Result<Response, Error> {
    render(&CompanyStep { p, link, said, given })
}

fn people_step(p: &Page, link: &str, given: &Answers, said: String) -> Result<Response, Error> {
    let word = |role: &str| words::say(p.language, &format!("role-{role}"), &[]);
    let chosen = if given.role.is_empty() { Role::Collector.name() } else { &given.role };
    let roles = Role::ALL.iter().map(|(_, name)| (*name, word(name), *name == chosen)).collect();
    render(&PeopleStep { p, link, said, given, roles })
}

/// Runs `f` for whoever has the link, off the async threads.
async fn at_setup(
    web: Arc<Web>,
    method: Method,
    headers: HeaderMap,
    link: String,
    f: impl FnOnce(&Web, &Page, &str) -> Result<Response, Error> + Send + 'static,
) -> Response {
    let language = language(&headers);
    if method != Method::GET && !session::from_our_pages(&headers) {
        return StatusCode::FORBIDDEN.into_response();
    }
    if !web.sessions.may_set_up(&link) {
        return (StatusCode::FORBIDDEN, words::say(language, "enter-again", &[])).into_response();
    }
    match tokio::task::spawn_blocking(move || f(&web, &Page::outside(language), &link)).await {
        Ok(Ok(response)) => response,
        Ok(Err(error)) => (StatusCode::INTERNAL_SERVER_ERROR, words::failure(language, &error)).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// The first step.
pub async fn begin(
    State(web): State<Arc<Web>>,
    method: Method,
    headers: HeaderMap,
    Path(link): Path<String>,
) -> Response {
    at_setup(web, method, headers, link, |_, page, link| {
        let given = Answers { currency: Currency::RWF.to_string(), ..Answers::default() };
        company_step(page, link, &given, String::new())
    })
    .await
}

/// Looks at the company that is named, and asks who works there.
pub async fn company(
    State(web): State<Arc<Web>>,
    method: Method,
    headers: HeaderMap,
    Path(link): Path<String>,
    Form(given): Form<Answers>,
) -> Response {
    at_setup(web, method, headers, link, move |web, page, link| match tried(&web.db, &given) {
        Ok(()) => people_step(page, link, &given, String::new()),
        Err(Error::Refused(refusal)) => {
            company_step(page, link, &given, words::saying(page.language, &refusal)).map(refused)
        }
        Err(failure) => Err(failure),
    })
    .await
}

/// Makes the company and undoes it: what would be refused is told at the step that asks for it.
fn tried(db: &Db, given: &Answers) -> Result<(), Error> {
    let (new, nobody) = (given.company()?, Person { user: "admin".into(), full_name: "admin".into() });
    match db.write(move |tx| company::first(tx, &new, &nobody, None).and(Err::<(), _>(Error::RolledBack))) {
        Ok(()) | Err(Error::RolledBack) => Ok(()),
        Err(error) => Err(error),
    }
}

/// Makes the company with its people, signs in, and asks for a file.
pub async fn people(
    State(web): State<Arc<Web>>,
    method: Method,
    headers: HeaderMap,
    Path(link): Path<String>,
    Form(given): Form<Answers>,
) -> Response {
    at_setup(web, method, headers, link, move |web, page, link| match made(&web.db, &given) {
        Ok(actor) => {
            web.sessions.set_up();
            web.tell()?;
            let cookie = web.sessions.open(&actor.user);
            Ok(([(header::SET_COOKIE, cookie)], Redirect::to("/import?first=1")).into_response())
        }
        Err(Error::Refused(refusal)) => {
            people_step(page, link, &given, words::saying(page.language, &refusal)).map(refused)
        }
        Err(failure) => Err(failure),
    })
    .await
}

fn made(db: &Db, given: &Answers) -> Result<Actor, Error> {
    let (new, you, second) = (given.company()?, Person::named(&given.you)?, given.second()?);
    db.write(move |tx| company::first(tx, &new, &you, second.as_ref()))
}

fn refused(page: Response) -> Response {
    (StatusCode::UNPROCESSABLE_ENTITY, page).into_response()
}
