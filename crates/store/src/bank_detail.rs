//! Where money goes when it goes back to a customer. The latest word counts; each was approved.

use receivables::Instant;
use receivables::customer::bank::{Details, Kind};
use receivables::ids::{self, Id};

use crate::table;
use crate::tx::statements;
use crate::{Error, Tx, params};

statements! {
    OF_CUSTOMER = "SELECT b.id, b.kind, b.holder, b.institution, b.number, b.approval, a.at, a.actor, q.actor FROM bank_detail b JOIN action a ON a.company = b.company AND a.id = b.action JOIN approval p ON p.company = b.company AND p.id = b.approval JOIN action q ON q.company = p.company AND q.id = p.action WHERE b.company = $1 AND b.customer = $2 ORDER BY b.id DESC";
}

/// Bank details with who asked for them and who approved.
#[derive(Clone, Debug)]
pub struct Saved {
    pub id: Id<ids::BankDetail>,
    pub details: Details,
    pub approval: Id<ids::Approval>,
    pub at: Instant,
    pub asked_by: String,
    pub approved_by: String,
}

/// A customer's bank details, those that count first.
pub fn of_customer(tx: &mut Tx<'_>, company: i64, customer: Id<ids::Customer>) -> Result<Vec<Saved>, Error> {
    tx.all(OF_CUSTOMER, params![company, customer], |row| {
        let details = Details {
            kind: Kind::from_code(row.text(1)?)?,
            holder: row.string(2)?,
            institution: row.string(3)?,
            number: row.string(4)?,
        };
        Ok(Saved {
            id: row.id(0)?,
            details,
            approval: row.id(5)?,
            at: row.instant(6)?,
            approved_by: row.string(7)?,
            asked_by: row.string(8)?,
        })
    })
}

pub fn save(
    tx: &mut Tx<'_>,
    company: i64,
    customer: Id<ids::Customer>,
    approval: Id<ids::Approval>,
    details: &Details,
) -> Result<(), Error> {
    let (id, action): (Id<ids::BankDetail>, _) = (tx.new_id(), tx.action_id()?);
    let Details { holder, kind, institution, number } = details;
    let kind = kind.code();
    tx.insert_facts(
        &table::BANK_DETAIL,
        params![company, id, action, customer, approval, kind, holder, institution, number],
    )
}
