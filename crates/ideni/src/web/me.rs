//! What a person decides for the own account: language, password, second factor, sessions, and the company to work in.

use askama::Template;
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use fast_qr::QRBuilder;
use store::Error;

use super::ask::Ask;
use super::link::same;
use super::page::{Desk, Page, render};
use super::route::Route;
use super::session;
use crate::actions::session::Shown;
use crate::actions::sign_in::Asked;
use crate::actions::{Right, password, second_factor, session as sessions, user};
use crate::words::Language;

pub const ROUTES: &[Route] = &[
    Route::get("/me", Right::OwnAccount, show),
    Route::post("/me/language", Right::OwnAccount, language).again(show),
    Route::post("/me/password", Right::OwnAccount, change_password).again(show),
    Route::post("/me/second-factor", Right::OwnAccount, begin_factor).again(show),
    Route::post("/me/second-factor/confirm", Right::OwnAccount, confirm_factor).again(show),
    Route::post("/me/second-factor/end", Right::OwnAccount, end_factor).again(show),
    Route::post("/me/sessions/end", Right::OwnAccount, end_session).again(show),
    Route::post("/me/company", Right::OwnAccount, switch).again(show),
    Route::post("/sign-out", Right::OwnAccount, sign_out),
];

/// A second factor that waits for its first code.
struct Begun {
    secret: String,
    uri: String,
    /// The link drawn as dark and light squares.
    qr: String,
    side: usize,
}

#[derive(Template)]
#[template(path = "me.html")]
struct Me<'a> {
    p: &'a Page,
    full_name: &'a str,
    /// Code and name of each language.
    languages: Vec<(&'static str, String)>,
    language: &'static str,
    /// Whether a second factor is asked for, and how many recovery codes are left.
    factor_on: bool,
    codes_left: i64,
    begun: Option<Begun>,
    due: bool,
    sessions: Vec<Shown>,
    companies: Vec<(String, String)>,
    company: &'a str,
}

fn show(desk: &Desk, _: &Ask) -> Result<Response, Error> {
    let found = &desk.session.found;
    let (factor_on, codes_left, begun, sessions, companies) = desk.read(|tx, actor| {
        Ok((
            second_factor::is_on(tx, &actor.user)?,
            second_factor::codes_left(tx, actor)?,
            second_factor::begun(tx, actor)?,
            sessions::own(tx, actor, Some(found.digest))?,
            sessions::companies(tx, actor)?,
        ))
    })?;
    let names = |l: &Language| (l.code(), crate::words::say(*l, "language-own-name", &[]));
    render(&Me {
        p: &desk.page,
        full_name: &found.full_name,
        languages: [("", desk.page.t("me-language-browser"))]
            .into_iter()
            .chain(Language::ALL.iter().map(names))
            .collect(),
        language: found.language.map_or("", Language::code),
        factor_on,
        codes_left,
        begun: begun.map(drawn).transpose()?,
        due: found.needs_second_factor,
        sessions,
        companies,
        company: &desk.actor.company.code,
    })
}

/// The link as squares: one path, a run of dark ones at a time.
fn drawn(setup: second_factor::Setup) -> Result<Begun, Error> {
    let squares =
        QRBuilder::new(setup.uri.as_str()).build().map_err(|e| Error::Failed(format!("drawing a code: {e}")))?;
    let (mut qr, side) = (String::new(), squares.size);
    for y in 0..side {
        let dark = |x: usize| squares[y][x].value();
        for x in (0..side).filter(|x| dark(*x) && (*x == 0 || !dark(x - 1))) {
            let run = (x..side).take_while(|x| dark(*x)).count();
            qr.push_str(&format!("M{x} {y}h{run}v1h-{run}z"));
        }
    }
    Ok(Begun { secret: setup.secret, uri: setup.uri, qr, side })
}

/// What asks for the password again, from this session.
fn asked<'a>(desk: &'a Desk, ask: &Ask, present: &'a str) -> Asked<'a> {
    Asked { actor: &desk.actor, password: present, address: ask.address, session: Some(desk.session.found.digest) }
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct LanguageForm {
    language: String,
}

fn language(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let form: LanguageForm = ask.form()?;
    let chosen = Language::ALL.into_iter().find(|l| l.code() == form.language);
    desk.write(move |tx, actor, _| user::set_own_language(tx, actor, chosen))?;
    desk.to("/me", "me-language")
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct PasswordForm {
    present: String,
    password: String,
    again: String,
}

fn change_password(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let form: PasswordForm = ask.form()?;
    same(&form.password, &form.again)?;
    password::change(&desk.db, &asked(desk, ask, &form.present), &form.password)?;
    desk.to("/me", "me-password")
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct PresentForm {
    present: String,
}

fn begin_factor(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let form: PresentForm = ask.form()?;
    second_factor::begin(&desk.db, &asked(desk, ask, &form.present))?;
    Ok(Redirect::to("/me#second-factor").into_response())
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct CodeForm {
    code: String,
}

#[derive(Template)]
#[template(path = "me_codes.html")]
struct Codes<'a> {
    p: &'a Page,
    codes: Vec<String>,
}

fn confirm_factor(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let form: CodeForm = ask.form()?;
    let here = desk.session.found.digest;
    let codes = desk.write(move |tx, actor, _| second_factor::confirm(tx, actor, &form.code, Some(here)))?;
    render(&Codes { p: &desk.page, codes })
}

fn end_factor(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let form: PresentForm = ask.form()?;
    second_factor::end(&desk.db, &asked(desk, ask, &form.present))?;
    desk.to("/me", "me-second-factor-off")
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct EndForm {
    present: String,
    /// Of one session; `others` for all but this one.
    id: String,
}

fn end_session(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let form: EndForm = ask.form()?;
    let asked = asked(desk, ask, &form.present);
    match form.id.as_str() {
        "others" => sessions::end_others(&desk.db, &asked).map(drop)?,
        id => sessions::end(&desk.db, &asked, id)?,
    }
    desk.to("/me", "me-session-ended")
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct CompanyForm {
    company: String,
}

fn switch(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let form: CompanyForm = ask.form()?;
    let found = desk.session.found.clone();
    desk.db.write(move |tx| sessions::switch(tx, &found, &form.company))?;
    Ok(Redirect::to("/").into_response())
}

fn sign_out(desk: &Desk, _: &Ask) -> Result<Response, Error> {
    let token = desk.session.token.clone();
    desk.db.write(move |tx| sessions::sign_out(tx, &token))?;
    Ok(([(header::SET_COOKIE, session::no_cookie(&desk.web))], Redirect::to("/sign-in")).into_response())
}
