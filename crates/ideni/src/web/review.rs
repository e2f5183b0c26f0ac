//! Statement lines that wait for a person.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Form, Path, State};
use axum::http::{HeaderMap, Method};
use axum::response::{IntoResponse, Redirect, Response};
use receivables::{Money, Refusal, Unusable};
use store::Error;

use super::Web;
use super::account::day;
use super::page::{Page, at_desk, render};
use crate::actions::review::{self, Said, Waiting};
use crate::actions::{Once, Right};

struct Line {
    id: String,
    file: String,
    account: String,
    on: String,
    kind: String,
    text: String,
    amount: String,
    currency: String,
    reference: String,
    payer: String,
}

#[derive(Template)]
#[template(path = "review.html")]
struct Review<'a> {
    p: &'a Page,
    lines: Vec<Line>,
    may_decide: bool,
}

pub async fn list(State(web): State<Arc<Web>>, method: Method, headers: HeaderMap) -> Response {
    at_desk(web, method, headers, |desk| {
        let own = desk.actor.company.currency;
        let lines = desk.db.read(|tx| review::list(tx, &desk.actor))?;
        let shown = lines.into_iter().map(|Waiting { id, line }| Line {
            id,
            file: line.file,
            account: line.account,
            on: line.on.map(|on| on.to_string()).unwrap_or_default(),
            kind: line.kind,
            amount: line.amount.map(|a| Money::new(a, line.currency.unwrap_or(own)).major_text()).unwrap_or_default(),
            currency: line.currency.unwrap_or(own).to_string(),
            text: line.text.unwrap_or_default(),
            reference: line.reference.unwrap_or_default(),
            payer: line.counterparty.unwrap_or_default(),
        });
        let may_decide = desk.actor.can(Right::StatementClear);
        render(&Review { p: &desk.page, lines: shown.collect(), may_decide })
    })
    .await
}

#[derive(serde::Deserialize, Debug)]
pub struct ClearForm {
    key: String,
    reason: String,
}

pub async fn clear(
    State(web): State<Arc<Web>>,
    method: Method,
    headers: HeaderMap,
    Path(id): Path<String>,
    Form(form): Form<ClearForm>,
) -> Response {
    at_desk(web, method, headers, move |desk| {
        let (actor, today) = (desk.actor.clone(), desk.today);
        let once = Once::new(&form.key, &format!("{id} {form:?}"));
        desk.db.write(move |tx| review::clear(tx, &actor, today, &id, &form.reason, Some(&once)))?;
        Ok(back())
    })
    .await
}

#[derive(serde::Deserialize, Debug)]
pub struct RecordForm {
    key: String,
    amount: String,
    currency: String,
    on: String,
    reference: String,
    payer: String,
}

pub async fn record(
    State(web): State<Arc<Web>>,
    method: Method,
    headers: HeaderMap,
    Path(id): Path<String>,
    Form(form): Form<RecordForm>,
) -> Response {
    at_desk(web, method, headers, move |desk| {
        let (actor, today) = (desk.actor.clone(), desk.today);
        let once = Once::new(&form.key, &format!("{id} {form:?}"));
        let said = form.said()?;
        desk.db.write(move |tx| review::record(tx, &actor, today, &id, &said, Some(&once)))?;
        Ok(back())
    })
    .await
}

impl RecordForm {
    fn said(&self) -> Result<Said, Error> {
        let given = |text: &str| (!text.trim().is_empty()).then(|| text.trim().to_owned());
        let amount = formats::parse_amount(&self.amount, '.').ok_or_else(|| Refusal::Invalid {
            field: "amount".into(),
            value: self.amount.clone(),
            reason: Unusable::NotAnAmount,
        })?;
        Ok(Said {
            amount,
            currency: Some(self.currency.trim().parse()?),
            on: given(&self.on).map(|on| day(&on, "on")).transpose()?,
            reference: given(&self.reference),
            payer: given(&self.payer),
        })
    }
}

fn back() -> Response {
    Redirect::to("/statements/review").into_response()
}
