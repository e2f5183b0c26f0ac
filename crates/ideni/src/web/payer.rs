//! Who pays for a customer, on the customer's page: said, and forgotten with a reason.

use axum::response::Response;
use store::{Error, Tx};

use super::ask::{Ask, text_or_none};
use super::page::{Desk, in_path};
use super::route::Route;
use crate::actions::payer::{self, Given};
use crate::actions::{Actor, Right};

pub const ROUTES: &[Route] = &[
    Route::post("/customers/{code}/payers", Right::PayerSave, add).again(super::customer::edit),
    Route::post("/customers/{code}/payers/{payer}/forget", Right::PayerSave, forget).again(super::customer::edit),
];

/// Those of a customer, and where one is said.
pub struct Payers {
    pub(super) here: String,
    pub(super) known: Vec<Known>,
}

/// One, as it was written, and the receipt that it was learned from.
pub struct Known {
    pub(super) said: String,
    /// The path and the name of the receipt.
    pub(super) receipt: Option<(String, String)>,
    pub(super) forget_at: String,
}

impl Payers {
    pub(super) fn load(tx: &mut Tx<'_>, actor: &Actor, code: &str) -> Result<Payers, Error> {
        let here = format!("/customers/{}/payers", in_path(code));
        let known = payer::list(tx, actor, Some(code))?.into_iter().map(|payer| Known {
            said: payer.said,
            receipt: payer
                .receipt
                .map(|(id, reference)| (format!("/receipts/{id}"), reference.unwrap_or_else(|| id.to_string()))),
            forget_at: format!("{here}/{}/forget", payer.id),
        });
        Ok(Payers { known: known.collect(), here })
    }
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct AddForm {
    payer_name: String,
    payer_number: String,
}

fn add(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let form: AddForm = ask.form()?;
    let customer = ask.path("code").to_owned();
    let at = format!("/customers/{}/edit#payers", in_path(&customer));
    let (name, number) = (text_or_none(&form.payer_name), text_or_none(&form.payer_number));
    let (given, once) = (Given { customer, name, number }, ask.once());
    desk.write(move |tx, actor, _| payer::add(tx, actor, &given, Some(&once)))?;
    desk.to(&at, "payer-added")
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct ForgetForm {
    reason: String,
}

fn forget(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let form: ForgetForm = ask.form()?;
    let (id, once) = (ask.path("payer").to_owned(), ask.once());
    let at = format!("/customers/{}/edit#payers", in_path(ask.path("code")));
    desk.write(move |tx, actor, today| payer::forget(tx, actor, today, &id, &form.reason, Some(&once)))?;
    desk.to(&at, "payer-forgotten")
}
