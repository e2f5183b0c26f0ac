//! Money between the company's own accounts.

use receivables::Refusal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::{Error, Tx};

use super::ask::Ask;
use super::endpoint::endpoints;
use super::refund::NewReversal;
use super::shape::{Code, CurrencyCode, Day, Sum};
use crate::actions::transfer::{self, Listed, Marked, Shown};

endpoints! { "transfers"
    /// Transfers between the company's own accounts, each side a row, the latest first.
    read Get "/transfers" Read list(query OfTransfers) -> Transfers;
    /// What may be one movement between own accounts: of one amount in two accounts, about one day.
    read Get "/transfers/proposed" Read proposed() -> ProposedTransfers;
    /// Says that money that went out, a receipt, or both as one, is between own accounts, and no payment.
    write Post "/transfers" TransferSave mark(body NewTransfer) -> MarkedTransfer;
    /// Takes one back: it was no transfer. Money that came in is a receipt then.
    write Post "/transfers/{id}/undo" TransferSave undo(body NewReversal) -> UndoneTransfer;
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
struct OfTransfers {
    /// Only what is in transit, the oldest first.
    open: Option<bool>,
}

#[derive(Serialize, JsonSchema)]
struct Transfers {
    rows: Vec<TransferSide>,
}

#[derive(Serialize, JsonSchema)]
struct TransferSide {
    id: String,
    account: String,
    #[schemars(extend("enum" = ["out", "in"]))]
    way: &'static str,
    on: Day,
    amount: Sum,
    currency: CurrencyCode,
    reference: Option<String>,
    /// The account it names, or where its other side was seen.
    other: Option<String>,
    /// What says that both sides are one movement: `reference`, `account`, `amount` or `person`.
    said: Option<String>,
    /// Days in transit, while its other side was not seen.
    days: Option<i32>,
}

fn shown(side: Listed) -> TransferSide {
    TransferSide {
        id: side.id,
        account: side.account,
        way: if side.out { "out" } else { "in" },
        on: Day(side.on),
        amount: side.amount.into(),
        currency: CurrencyCode(side.amount.currency),
        reference: side.reference,
        other: side.other,
        said: side.said,
        days: side.days,
    }
}

#[derive(Serialize, JsonSchema)]
struct ProposedTransfers {
    rows: Vec<ProposedTransfer>,
}

#[derive(Serialize, JsonSchema)]
struct ProposedTransfer {
    amount: Sum,
    currency: CurrencyCode,
    went: TransferCandidate,
    came: TransferCandidate,
    /// Whether both bear the same reference, or one is known to be the company's own money.
    likely: bool,
}

/// A side by the name that `POST /transfers` takes.
#[derive(Serialize, JsonSchema)]
struct TransferCandidate {
    name: String,
    account: String,
    on: Day,
    says: Option<String>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewTransfer {
    /// What went out: a line as `/transfers/proposed` names it, or a transfer in transit.
    went: Option<Code>,
    /// What came in: a receipt of nobody, or a transfer in transit.
    came: Option<Code>,
}

#[derive(Serialize, JsonSchema)]
struct MarkedTransfer {
    went: Option<String>,
    came: Option<String>,
}

#[derive(Serialize, JsonSchema)]
struct UndoneTransfer {
    id: String,
}

fn list(tx: &mut Tx<'_>, ask: &Ask, asked: &OfTransfers) -> Result<Transfers, Error> {
    let rows = transfer::list(tx, ask.actor(), ask.today(), asked.open.unwrap_or(false))?;
    Ok(Transfers { rows: rows.into_iter().map(shown).collect() })
}

fn proposed(tx: &mut Tx<'_>, ask: &Ask) -> Result<ProposedTransfers, Error> {
    let side =
        |side: Shown| TransferCandidate { name: side.name, account: side.account, on: Day(side.on), says: side.says };
    let rows = transfer::proposed(tx, ask.actor(), ask.today())?.into_iter().map(|one| ProposedTransfer {
        amount: one.amount.into(),
        currency: CurrencyCode(one.amount.currency),
        went: side(one.went),
        came: side(one.came),
        likely: one.likely,
    });
    Ok(ProposedTransfers { rows: rows.collect() })
}

fn mark(tx: &mut Tx<'_>, ask: &Ask, new: &NewTransfer) -> Result<MarkedTransfer, Error> {
    let (went, came) = (new.went.as_ref().map(Code::as_str), new.came.as_ref().map(Code::as_str));
    if went.is_none() && came.is_none() {
        return Err(Refusal::Missing { field: "transfer".into() }.into());
    }
    let Marked { went, came } = transfer::mark(tx, ask.actor(), ask.today(), went, came, None)?;
    Ok(MarkedTransfer { went, came })
}

fn undo(tx: &mut Tx<'_>, ask: &Ask, asked: &NewReversal) -> Result<UndoneTransfer, Error> {
    let id = ask.path("id").to_owned();
    transfer::undo(tx, ask.actor(), ask.today(), &id, asked.reason.as_str(), None)?;
    Ok(UndoneTransfer { id })
}
