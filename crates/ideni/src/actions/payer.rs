//! Who pays for whom: names and numbers that a person confirmed, or said; seen, and forgotten with a reason.

use receivables::cash::payer::{name_mark, number_mark};
use receivables::ids::{self, Id};
use receivables::{Date, Refusal, Unusable};
use store::payer::{Listed, Payer};
use store::receipt::Waiting;
use store::{Error, Tx, customer};

use super::{Actor, Once, Right, Subject, act, once};

/// What a person says pays for a customer: one of the two.
#[derive(Clone, Debug)]
pub struct Given {
    pub customer: String,
    pub name: Option<String>,
    pub number: Option<String>,
}

#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct Made {
    pub id: String,
}

/// Those that count: of one customer, or all.
pub fn list(tx: &mut Tx<'_>, actor: &Actor, customer: Option<&str>) -> Result<Vec<Listed>, Error> {
    actor.may(Right::Read)?;
    if let Some(code) = customer {
        customer::get(tx, actor.company.id, code)?;
    }
    let mut all = store::payer::list(tx, actor.company.id)?;
    all.retain(|payer| customer.is_none_or(|code| payer.code == code));
    Ok(all)
}

/// Says that a name or a number pays for a customer.
pub fn add(tx: &mut Tx<'_>, actor: &Actor, given: &Given, key: Option<&Once>) -> Result<Made, Error> {
    once(tx, actor, key, |tx| {
        act(tx, actor, Right::PayerSave, Subject { name: &given.customer, cause: None }, |tx| {
            let company = actor.company.id;
            let customer = customer::get(tx, company, &given.customer)?.id;
            let (kind, said, mark) = match (&given.number, &given.name) {
                (Some(number), _) => ("number", number, number_mark(number)),
                (None, Some(name)) => ("name", name, name_mark(name, None)),
                (None, None) => return Err(Refusal::Missing { field: "name".into() }.into()),
            };
            let invalid = || Refusal::Invalid { field: kind.into(), value: said.clone(), reason: Unusable::TooShort };
            let mark = mark.ok_or_else(invalid)?;
            let said = said.trim().to_owned();
            let payer = Payer { id: tx.new_id(), customer, kind, mark, said: said.clone(), receipt: None };
            let id = learn(tx, actor, payer)?;
            let id = id.ok_or_else(|| Refusal::Exists { kind: "payer".into(), name: said })?;
            Ok(Made { id: id.to_string() })
        })
    })
}

/// Forgets one: later payments are not this customer's for it.
pub fn forget(
    tx: &mut Tx<'_>,
    actor: &Actor,
    today: Date,
    name: &str,
    reason: &str,
    key: Option<&Once>,
) -> Result<(), Error> {
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Refusal::Missing { field: "reason".into() }.into());
    }
    once(tx, actor, key, |tx| {
        act(tx, actor, Right::PayerSave, Subject { name, cause: Some(reason) }, |tx| {
            let not_found = || Refusal::NotFound { kind: "payer".into(), name: name.into() };
            let id: Id<ids::Payer> = name.parse().map_err(|_| not_found())?;
            match store::payer::find(tx, actor.company.id, id)? {
                Some(None) => store::payer::end(tx, actor.company.id, id, reason, today),
                Some(Some(_)) | None => Err(not_found().into()),
            }
        })
    })
}

/// Learns from a receipt of which a person said whose it is: its payer's number, and the name beside it.
pub(super) fn learn_from(
    tx: &mut Tx<'_>,
    actor: &Actor,
    receipt: &Waiting,
    customer: Id<ids::Customer>,
) -> Result<(), Error> {
    let (name, number) = (receipt.payer.as_deref(), receipt.payer_ref.as_deref());
    let found = [
        number.and_then(|said| Some(("number", said, number_mark(said)?))),
        name.and_then(|said| Some(("name", said, name_mark(said, number)?))),
    ];
    for (kind, said, mark) in found.into_iter().flatten() {
        let payer = Payer { id: tx.new_id(), customer, kind, mark, said: said.to_owned(), receipt: Some(receipt.id) };
        learn(tx, actor, payer)?;
    }
    Ok(())
}

/// Keeps what is not known yet; its id comes back if it was not.
fn learn(tx: &mut Tx<'_>, actor: &Actor, payer: Payer) -> Result<Option<Id<ids::Payer>>, Error> {
    let known = store::payer::of_marks(tx, actor.company.id, &[payer.mark.clone()].into())?;
    if known.iter().any(|(customer, _)| *customer == payer.customer) {
        return Ok(None);
    }
    store::payer::save(tx, actor.company.id, &payer)?;
    Ok(Some(payer.id))
}
