//! The way in: name, password and code; and the links of a simulated company.

use askama::Template;
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use receivables::Refusal;
use store::Error;

use super::Web;
use super::ask::Ask;
use super::page::{Page, refused, render};
use super::route::Entrance;
use super::session;
use crate::actions::sign_in::{self, Given};

pub const ENTRANCES: &[Entrance] =
    &[Entrance::get("/sign-in", ask), Entrance::post("/sign-in", enter), Entrance::get("/enter/{token}", by_link)];

#[derive(Template)]
#[template(path = "sign_in.html")]
struct SignIn<'a> {
    p: &'a Page,
    next: &'a str,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Where {
    #[serde(default)]
    next: String,
}

fn ask(_: &Web, page: &Page, ask: &Ask) -> Result<Response, Error> {
    let asked: Where = ask.query()?;
    render(&SignIn { p: page, next: of_ours(&asked.next) })
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct SignInForm {
    name: String,
    password: String,
    #[serde(default)]
    code: String,
    #[serde(default)]
    next: String,
}

fn enter(web: &Web, page: &Page, ask: &Ask) -> Result<Response, Error> {
    let form: SignInForm = ask.form()?;
    let next = of_ours(&form.next);
    let old = session::token_of(web, &ask.headers);
    let given = Given {
        name: &form.name,
        password: &form.password,
        code: &form.code,
        company: web.company.as_deref(),
        session: old.as_deref(),
    };
    match sign_in::enter(&web.db, &ask.origin(), &given) {
        Ok(entered) => Ok(signed_in(web, &entered.token, next)),
        Err(Error::Refused(refusal)) => {
            let page = page.with_refusal(ask, &refusal);
            refused(&refusal, render(&SignIn { p: &page, next }))
        }
        Err(failure) => Err(failure),
    }
}

/// To a page of ours, with the cookie of a session.
pub fn signed_in(web: &Web, token: &str, to: &str) -> Response {
    ([(header::SET_COOKIE, session::cookie(web, token))], Redirect::to(to)).into_response()
}

/// A path of our own pages; the first page for anything else.
fn of_ours(path: &str) -> &str {
    let ours = path.starts_with('/') && !path[1..].starts_with(['/', '\\']) && !path.starts_with("/sign-in");
    if ours { path } else { "/" }
}

fn by_link(web: &Web, _: &Page, ask: &Ask) -> Result<Response, Error> {
    let (company, user) = web.sessions.linked(ask.path("token")).ok_or(Refusal::LinkGone)?;
    let origin = ask.origin();
    let entered = web.db.write(move |tx| crate::actions::session::simulated(tx, &company, &user, &origin))?;
    Ok(signed_in(web, &entered.token, "/"))
}

#[cfg(test)]
mod tests {
    use super::of_ours;

    #[test]
    fn the_way_back_is_a_page_of_ours() {
        for path in ["/", "/accounts/C1?x=1", "/a//b"] {
            assert_eq!(of_ours(path), path);
        }
        for path in ["", "accounts", "//evil.example", "/\\evil.example", "https://evil.example/", "/sign-in?next=/"] {
            assert_eq!(of_ours(path), "/", "{path}");
        }
    }
}
