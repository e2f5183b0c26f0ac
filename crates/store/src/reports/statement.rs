//! What happened on a customer's account, out of the ledger: every entry that changes what the customer owes, net of money on
//! account. The last balance is the ledger's by construction.

use receivables::ids::{self, Id};
use receivables::ledger::{Cause, MovementKind};
use receivables::{Currency, Date};

use crate::tx::statements;
use crate::{Error, Tx, params};

statements! {
    ACTIVITY = "SELECT x.posted_on, x.cause, x.currency, x.amount, d.number, COALESCE(r.reference, n.reference), m.kind, m.number FROM (SELECT e.id, e.posted_on, e.cause, l.currency, CAST(SUM(l.amount) AS BIGINT) AS amount FROM entry_line l JOIN entry e ON e.company = l.company AND e.id = l.entry WHERE l.company = $1 AND l.customer = $2 AND l.account IN (1, 5) AND e.posted_on <= $3 GROUP BY e.id, e.posted_on, e.cause, l.currency HAVING SUM(l.amount) <> 0) x LEFT JOIN document d ON d.company = $1 AND d.id = x.id LEFT JOIN receipt r ON r.company = $1 AND r.id = x.id LEFT JOIN (SELECT i.company, i.id, t.reference FROM identification i JOIN receipt t ON t.company = i.company AND t.id = i.receipt) n ON n.company = $1 AND n.id = x.id LEFT JOIN (SELECT v.company, v.cause, MAX(v.kind) AS kind, MIN(o.number) AS number FROM movement v JOIN document o ON o.company = v.company AND o.id = v.document WHERE v.company = $1 GROUP BY v.company, v.cause) m ON m.cause = x.id ORDER BY x.posted_on, x.id";
}

/// One entry that changed what the customer owes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Activity {
    pub on: Date,
    pub cause: Cause,
    pub currency: Currency,
    /// Above zero where more is owed, in minor units.
    pub amount: i64,
    /// The document it is of, or that it settled.
    pub number: Option<String>,
    /// How the payer called the payment.
    pub reference: Option<String>,
    /// What settled it, where no money did.
    pub kind: Option<MovementKind>,
}

/// Everything up to a day, in order.
pub fn activity(
    tx: &mut Tx<'_>,
    company: i64,
    customer: Id<ids::Customer>,
    until: Date,
) -> Result<Vec<Activity>, Error> {
    tx.all(ACTIVITY, params![company, customer, until], |row| {
        let unknown = || Error::Failed("an entry of no cause there is".into());
        let settled = row.string_opt(7)?;
        Ok(Activity {
            on: row.date(0)?,
            cause: Cause::from_number(row.int(1)?).ok_or_else(unknown)?,
            currency: row.currency(2)?,
            amount: row.int(3)?,
            number: row.string_opt(4)?.or(settled),
            reference: row.string_opt(5)?,
            kind: row.int_opt(6)?.and_then(MovementKind::from_number),
        })
    })
}
