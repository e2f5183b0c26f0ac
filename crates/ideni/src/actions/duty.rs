//! Duties that belong in two hands. Roles that would put both into one are refused, unless the company has said that it
//! lists them instead.

use receivables::Refusal;
use store::{Error, Tx, user};

use super::{Actor, Reach, Right, Roles, company};

/// Pairs of rights that one person should not hold together.
pub const CONFLICTS: &[(Right, Right)] = &[
    // Money that came in can be kept, and the debt made to vanish.
    (Right::ReceiptRecord, Right::WriteOff),
    (Right::ImportReceipts, Right::WriteOff),
    (Right::StatementRecord, Right::WriteOff),
    // Money that never came in can be sent out.
    (Right::ReceiptRecord, Right::RefundAdd),
    (Right::ImportReceipts, Right::RefundAdd),
    (Right::StatementRecord, Right::RefundAdd),
    // Sales that never were can be made up and given up again.
    (Right::InvoiceIssue, Right::WriteOff),
    (Right::ImportInvoices, Right::WriteOff),
    // Money can be sent to an account of one's own.
    (Right::BankAsk, Right::RefundAdd),
    // Whoever gives rights can make up the second person.
    (Right::UserRole, Right::WriteOff),
    (Right::UserRole, Right::RefundAdd),
    (Right::UserRole, Right::ApprovalDecide),
];

/// The pairs that these roles hold.
pub fn held(roles: Roles) -> impl Iterator<Item = (Right, Right)> {
    let holds = move |right| roles.reach(right) > Reach::Nothing;
    CONFLICTS.iter().copied().filter(move |(first, second)| holds(*first) && holds(*second))
}

/// Refuses roles that hold a pair which the person did not hold before, unless the company lists such pairs.
pub(super) fn check(tx: &mut Tx<'_>, actor: &Actor, name: &str, before: Roles, roles: Roles) -> Result<(), Error> {
    let Some((first, second)) = held(roles).find(|pair| !held(before).any(|old| old == *pair)) else { return Ok(()) };
    if company::lists_duties(tx, actor.company.id)? {
        return Ok(());
    }
    let (action, against) = (first.name().into(), second.name().into());
    Err(Refusal::ConflictingDuties { user: name.into(), action, against }.into())
}

/// Somebody who holds both sides of a pair.
#[derive(Clone, Debug)]
pub struct Holder {
    pub user: String,
    pub full_name: String,
    pub roles: Roles,
    pub first: Right,
    pub second: Right,
}

/// Who holds what should be in two hands, of those who work in the company.
pub fn list(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<Holder>, Error> {
    actor.may(Right::UserList)?;
    let mut holders = Vec::new();
    for known in user::list(tx, actor.company.id)?.into_iter().filter(user::User::active) {
        let roles = Roles::from_text(&known.roles).unwrap_or_default();
        holders.extend(held(roles).map(|(first, second)| Holder {
            user: known.name.clone(),
            full_name: known.full_name.clone(),
            roles,
            first,
            second,
        }));
    }
    Ok(holders)
}
