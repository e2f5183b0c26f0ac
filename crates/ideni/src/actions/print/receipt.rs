//! Money that came in, and what it settled.

use documents::{Applied, Body, Document, Fact, Party, Receipt, Total};
use receivables::Date;
use store::{Error, Tx, customer, document};

use super::super::{Actor, receipt as ours};
use super::{Pen, Ready, party, sender, set_out};
use crate::words::Language;

/// The receipt of a reference or id, in the customer's language unless another is asked for.
pub fn receipt(
    tx: &mut Tx<'_>,
    actor: &Actor,
    today: Date,
    name: &str,
    language: Option<Language>,
) -> Result<Ready, Error> {
    let found = ours::show(tx, actor, name)?.receipt;
    let listed = &found.listed;
    let whose = listed.customer.map(|id| customer::by_id(tx, actor.company.id, id)).transpose()?;
    let pen = Pen::of(whose.as_ref(), language);
    let currency = listed.currency;
    let number = listed.reference.clone().unwrap_or_else(|| listed.id.to_string());
    let mut applied = Vec::new();
    for part in found.allocations.iter().filter(|part| !part.reversed && part.receipt_amount > 0) {
        let known = document::get(tx, actor.company.id, &part.number)?;
        applied.push(Applied {
            document: part.number.clone(),
            issued: pen.day(known.issued_on),
            open: String::new(),
            amount: pen.amount(part.receipt_amount, currency),
        });
    }
    let left = listed.unapplied + listed.unidentified;
    let from = match &whose {
        Some(whose) => party(pen, whose),
        None => Party { name: listed.payer.clone().unwrap_or_default(), ..Party::default() },
    };
    let rest = (left > 0).then(|| Total {
        label: pen.t("print-on-account"),
        value: pen.amount(left, currency),
        emphasised: false,
    });
    let heading = pen.t("print-receipt");
    let body = Receipt {
        heading: heading.clone(),
        number: number.clone(),
        received_on: pen.day(listed.received_on),
        from,
        amount: pen.money(listed.gross, currency),
        amount_in_words: String::new(),
        references: vec![Fact::new(pen.t("print-paid-into"), &listed.account_code)],
        applied,
        totals: rest.into_iter().collect(),
        notes: Vec::new(),
    };
    let sender = sender(tx, actor, pen, today)?;
    let document = set_out(pen, format!("{heading} {number}"), listed.received_on, sender, Body::Receipt(body));
    Ready::of(tx, actor, &number, (pen, document))
}

/// A receipt of nobody, for trying a template.
pub fn sample(actor: &Actor, on: Date) -> Document {
    let pen = Pen::of(None, None);
    let name = actor.company.name.clone();
    let body = Receipt {
        heading: pen.t("print-receipt"),
        number: "1".into(),
        received_on: pen.day(on),
        from: Party { name: name.clone(), ..Party::default() },
        amount: pen.money(1_180, actor.company.currency),
        applied: vec![Applied { document: "INV-000001".into(), ..Applied::default() }],
        ..Receipt::default()
    };
    super::sample(actor, on, Body::Receipt(body))
}
