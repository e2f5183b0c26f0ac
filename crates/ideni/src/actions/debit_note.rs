//! Debit notes: more is charged for what an invoice charged too little. To the tax device it is a sale of its own.

use receivables::Date;
use receivables::billing::line::Prices;
use store::document::Kind;
use store::{Error, Tx};

use super::credit_note::EXPLANATION_MAX;
use super::invoice::{self, GivenLine, Outcome, Posted, Poster, Purpose, References};
use super::{Actor, Once, Right, Subject, act, needs, once, text};

/// What is charged in addition.
#[derive(Clone, Debug)]
pub struct Given {
    pub invoice: String,
    /// Why, and what proves it.
    pub explanation: String,
    pub lines: Vec<GivenLine>,
    pub prices: Prices,
    pub references: References,
    /// By the customer's terms if left out.
    pub due_on: Option<Date>,
}

/// Posts a debit note for an invoice, to the same people and in the same currency.
pub fn post(tx: &mut Tx<'_>, actor: &Actor, today: Date, given: &Given, key: Option<&Once>) -> Result<Posted, Error> {
    needs("explanation", &given.explanation)?;
    let explanation = text("explanation", &given.explanation, EXPLANATION_MAX)?.to_owned();
    if given.lines.is_empty() {
        return Err(receivables::Refusal::Missing { field: "lines".into() }.into());
    }
    once(tx, actor, key, |tx| {
        let subject = Subject { name: &given.invoice, cause: Some(&explanation) };
        act(tx, actor, Right::InvoiceDebit, subject, |tx| {
            let not_found = || receivables::Refusal::NotFound { kind: "invoice".into(), name: given.invoice.clone() };
            let found = store::reports::invoice::find(tx, actor.company.id, &given.invoice, None)?;
            let old = found.ok_or_else(not_found)?;
            if old.kind == Kind::CreditNote {
                return Err(receivables::Refusal::SignMismatch { number: old.number }.into());
            }
            let other =
                |party: &store::reports::invoice::Party| (party.id != old.bill_to.id).then(|| party.code.clone());
            let new = invoice::Given {
                payer: other(&old.payer),
                beneficiary: other(&old.beneficiary),
                due_on: given.due_on,
                lines: given.lines.clone(),
                prices: given.prices,
                purpose: Purpose::Debit,
                references: References { branch: invoice::branch_of(tx, actor, old.id)?, ..given.references.clone() },
                about: vec![(invoice::DEBITS, old.number.clone()), (invoice::WHY, explanation.clone())],
                ..invoice::Given::to(old.bill_to.code.clone(), today.max(old.issued_on), old.currency)
            };
            let mut poster = Poster::default();
            let outcome = poster.add(tx, actor, today, &new)?;
            poster.save(tx, actor)?;
            match outcome {
                Outcome::Created(posted) => Ok(posted),
                Outcome::Duplicate(number) => Err(invoice::exists(number)),
            }
        })
    })
}
