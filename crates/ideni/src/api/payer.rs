//! Names and numbers that pay for a customer.

use receivables::Refusal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::payer::Listed;
use store::{Error, Tx};

use super::ask::Ask;
use super::cursor::{Page, PageOf};
use super::endpoint::endpoints;
use super::refund::NewReversal;
use super::shape::{Code, Name, Uuid};
use crate::actions::payer::{self, Given};

endpoints! { "payers"
    /// Who pays for whom, as far as somebody confirmed or said it, in the order it was learned.
    read Get "/payers" Read list(query PageOf) -> Page<Payer>;
    /// Says that a name or a number pays for a customer.
    write Post "/payers" PayerSave add(body NewPayer) -> Payer;
    /// Forgets one: later payments are not the customer's for it.
    write Post "/payers/{id}/end" PayerSave end(body NewReversal) -> Forgotten;
}

#[derive(Serialize, JsonSchema)]
struct Payer {
    id: Uuid,
    customer: String,
    #[schemars(extend("enum" = ["name", "number"]))]
    kind: String,
    /// As it was written.
    said: String,
    /// The receipt it was learned from.
    receipt: Option<Uuid>,
}

fn shown(listed: Listed) -> Payer {
    Payer {
        id: listed.id.into(),
        customer: listed.code,
        kind: listed.kind,
        said: listed.said,
        receipt: listed.receipt.map(|(id, _)| id.into()),
    }
}

/// One of name and number.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewPayer {
    customer: Code,
    name: Option<Name>,
    number: Option<Name>,
}

#[derive(Serialize, JsonSchema)]
struct Forgotten {
    id: String,
}

fn list(tx: &mut Tx<'_>, ask: &Ask, asked: &PageOf) -> Result<Page<Payer>, Error> {
    let span = asked.span("payers");
    let (after, most) = (span.after()?, usize::try_from(span.limit()).unwrap_or(usize::MAX));
    let mut rows = payer::list(tx, ask.actor(), asked.customer())?;
    rows.retain(|payer| payer.id > after);
    rows.truncate(most);
    Ok(span.by_id(rows, |payer| payer.id, shown))
}

fn add(tx: &mut Tx<'_>, ask: &Ask, new: &NewPayer) -> Result<Payer, Error> {
    let text = |name: &Option<Name>| name.as_ref().map(|name| name.as_str().to_owned());
    let customer = new.customer.as_str().to_owned();
    let given = Given { customer: customer.clone(), name: text(&new.name), number: text(&new.number) };
    let made = payer::add(tx, ask.actor(), &given, None)?;
    let all = payer::list(tx, ask.actor(), Some(&customer))?;
    let found = all.into_iter().find(|payer| payer.id.to_string() == made.id);
    found.map(shown).ok_or_else(|| Refusal::NotFound { kind: "payer".into(), name: made.id }.into())
}

fn end(tx: &mut Tx<'_>, ask: &Ask, asked: &NewReversal) -> Result<Forgotten, Error> {
    let id = ask.path("id").to_owned();
    payer::forget(tx, ask.actor(), ask.today(), &id, asked.reason.as_str(), None)?;
    Ok(Forgotten { id })
}
