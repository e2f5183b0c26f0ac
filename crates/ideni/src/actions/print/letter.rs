//! A reminder as a letter: what the outbox says, with the open items it stands for as they are today.

use documents::{Body, Document, Fact, Letter, OpenItem, Party, Total};
use receivables::ledger::Item;
use receivables::{Date, Money, Refusal};
use store::customer::Customer;
use store::notice::Listed;
use store::{Error, Tx, customer, day, document, merge, notice};

use super::super::{Actor, Right, reads};
use super::{Pen, Ready, party, payment, sender, set_out, statement};
use crate::words::Language;

/// The letter of a drafted or decided reminder, in the language it was written in. Refused once the account has moved, for its
/// sums would not be those of its words.
pub fn letter(tx: &mut Tx<'_>, actor: &Actor, today: Date, message: &str) -> Result<Ready, Error> {
    actor.may(Right::Read)?;
    let company = actor.company.id;
    let message = notice::get(tx, company, message)?;
    if let Some(paper) = &message.paper {
        return Err(Refusal::NotALetter { name: paper.name.clone() }.into());
    }
    let known = customer::get(tx, company, &message.customer)?;
    reads::note(tx, actor, known.id);
    let pen = Pen { language: Language::from_code(&message.language) };
    let asked = Asked::load(tx, actor, &known, &message)?;
    if asked.to_pay() != message.amount {
        return Err(Refusal::MessageOutdated { customer: known.code }.into());
    }
    let owed = Money::new(message.amount, message.currency);
    let mut open_items = Vec::with_capacity(asked.items.len());
    for item in &asked.items {
        let issued_on = document::get(tx, company, &item.number)?.issued_on;
        open_items.push(statement::open_item(pen, item, issued_on, today));
    }
    let body = Letter {
        addressee: party(pen, &known),
        place_and_day: pen.day(today),
        references: vec![Fact::new(pen.t("print-account"), &known.code)],
        subject: message.subject.clone(),
        opening: message.body.lines().map(str::to_owned).collect(),
        open_items,
        totals: asked.totals(pen, &message),
        paragraphs: Vec::new(),
        payment: Some(payment(tx, actor, pen, (&known, today), Some(owed))?),
        closing: Vec::new(),
    };
    let sender = sender(tx, actor, pen, today)?;
    let document = set_out(pen, message.subject.clone(), today, sender, Body::Letter(body));
    Ready::of(tx, actor, &format!("{}-{}-{}", known.code, message.step, message.on), (pen, document))
}

/// What a reminder asks for.
struct Asked {
    items: Vec<Item>,
    disputed: i64,
    /// Credit notes and money that are not applied yet.
    on_account: i64,
}

impl Asked {
    /// What was past due on the day of the message, or where nothing was, what it is a note of before its day.
    fn load(tx: &mut Tx<'_>, actor: &Actor, customer: &Customer, message: &Listed) -> Result<Asked, Error> {
        let company = actor.company.id;
        let (mut items, mut on_account) = (Vec::new(), 0);
        let members = merge::groups(tx, company)?.members(customer.id);
        for member in &members {
            let due = day::due_of(tx, company, *member)?;
            for item in document::open_of(tx, company, *member)? {
                let same = |d: &&day::Due| (d.document, d.instalment) == (item.document, item.instalment);
                let counts = due.iter().find(same).filter(|_| item.currency == message.currency);
                if let Some(due) = counts {
                    // Without what a certificate is awaited for, on the day from which its term runs.
                    items.push(Item { open: due.open, due_on: due.due_on, ..item });
                }
            }
        }
        for money in day::unapplied(tx, company)? {
            if money.currency == message.currency && members.contains(&money.customer) {
                on_account += money.amount;
            }
        }
        on_account -= items.iter().map(|item| item.open.min(0)).sum::<i64>();
        let noted = notice::steps(tx, company, message.id)?;
        let is_late = |item: &Item| item.due_on < message.on;
        let any_late = items.iter().any(|item| item.open > 0 && is_late(item));
        items.retain(|item| {
            let told = if any_late { is_late(item) } else { noted.contains(&(item.document, item.instalment)) };
            item.open > 0 && told
        });
        items.sort_by_key(|item| (item.due_on, item.document, item.instalment));
        let disputed = items.iter().map(|item| item.disputed.clamp(0, item.open)).sum();
        Ok(Asked { items, disputed, on_account })
    }

    fn open(&self) -> i64 {
        self.items.iter().map(|item| item.open).sum()
    }

    fn to_pay(&self) -> i64 {
        self.open() - self.disputed - self.on_account
    }

    fn totals(&self, pen: Pen, message: &Listed) -> Vec<Total> {
        let currency = message.currency;
        let row = |key: &str, minor: i64, emphasised: bool| Total {
            label: pen.say(key, &[("currency", currency.to_string().as_str())]),
            value: pen.amount(minor, currency),
            emphasised,
        };
        let less = [("print-disputed", self.disputed), ("print-on-account", self.on_account)];
        let less = less.into_iter().filter(|(_, minor)| *minor != 0).map(|(key, minor)| row(key, -minor, false));
        less.chain([row("print-to-pay", self.to_pay(), true)]).collect()
    }
}

/// A letter to nobody, for trying a template.
pub fn sample(actor: &Actor, on: Date) -> Document {
    let pen = Pen::of(None, None);
    let open = OpenItem {
        number: "INV-000001".into(),
        open: pen.amount(1_180, actor.company.currency),
        ..OpenItem::default()
    };
    let body = Letter {
        addressee: Party { name: actor.company.name.clone(), ..Party::default() },
        place_and_day: pen.day(on),
        subject: pen.t("print-document"),
        open_items: vec![open],
        ..Letter::default()
    };
    super::sample(actor, on, Body::Letter(body))
}
