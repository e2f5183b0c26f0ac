//! A one-time link: its person chooses a password and is in.

use askama::Template;
use axum::response::Response;
use receivables::{Refusal, Unusable};
use store::Error;

use super::Web;
use super::ask::Ask;
use super::page::{Page, refused, render};
use super::route::Entrance;
use super::sign_in::signed_in;
use crate::actions::link::{self, ForWhom};

pub const ENTRANCES: &[Entrance] = &[Entrance::get("/link/{token}", ask), Entrance::post("/link/{token}", choose)];

#[derive(Template)]
#[template(path = "link.html")]
struct Link<'a> {
    p: &'a Page,
    action: &'a str,
    whom: ForWhom,
}

fn ask(web: &Web, page: &Page, ask: &Ask) -> Result<Response, Error> {
    let token = ask.path("token");
    let whom = web.db.read(|tx| link::look(tx, token))?;
    render(&Link { p: page, action: ask.at(), whom })
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct PasswordForm {
    password: String,
    again: String,
    #[serde(default)]
    code: String,
}

fn choose(web: &Web, page: &Page, ask: &Ask) -> Result<Response, Error> {
    let form: PasswordForm = ask.form()?;
    let token = ask.path("token");
    let whom = web.db.read(|tx| link::look(tx, token))?;
    let done = same(&form.password, &form.again)
        .and_then(|()| link::follow(&web.db, &ask.origin(), token, &form.password, &form.code));
    match done {
        Ok(entered) => Ok(signed_in(web, &entered.token, "/")),
        Err(Error::Refused(refusal)) if refusal != Refusal::LinkGone => {
            let page = page.with_refusal(ask, &refusal);
            refused(&refusal, render(&Link { p: &page, action: ask.at(), whom }))
        }
        Err(error) => Err(error),
    }
}

/// Refuses a password that was not repeated as it was typed first.
pub fn same(password: &str, again: &str) -> Result<(), Error> {
    if password == again {
        return Ok(());
    }
    Err(Refusal::InvalidEmpty { field: "password".into(), reason: Unusable::PasswordsDiffer }.into())
}
