//! Certificates of tax that customers withhold: awaited, on file, claimed, refused.

use receivables::billing::certificate::{self, Kind, Kinds, State};
use receivables::billing::vat_return::Period;
use receivables::ids::{self, Id};
use receivables::ledger::{Account, MovementKind, settlement};
use receivables::{Date, Money, Refusal};
use store::certificate::{Certificate, Event, NewCertificate};
use store::{Error, Tx, document, entry, movement, period};

use super::country::Packs;
use super::{Actor, Once, Right, Subject, act, needs, once, text};

static PACKS: Packs<Kinds> =
    Packs::new(&[("rw", include_str!("../../../../country/rw/withholding.txt"))], Kinds::from_table, Kinds::default);

/// The longest number, period or reason, in characters.
const SAID_MAX: usize = 200;

/// The kinds of a country; none where there is no pack.
pub fn of_country(country: &str) -> Result<&'static Kinds, Error> {
    PACKS.of(country)
}

/// What a customer withheld.
#[derive(Clone, Debug)]
pub struct Given {
    pub invoice: String,
    /// A code of the country's kinds.
    pub kind: String,
    /// Minor units; what the kind takes of the invoice when `None`.
    pub amount: Option<i64>,
}

/// One certificate awaited: its id, and how much of which instalment.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Made {
    pub id: String,
    pub invoice: String,
    pub instalment: i32,
    pub amount: String,
    pub currency: String,
}

/// Writes down that a certificate is awaited, one per instalment it reaches, the oldest first.
pub fn awaits(
    tx: &mut Tx<'_>,
    actor: &Actor,
    today: Date,
    given: &Given,
    key: Option<&Once>,
) -> Result<Vec<Made>, Error> {
    once(tx, actor, key, |tx| {
        let subject = Subject { name: &given.invoice, cause: Some(&given.kind) };
        act(tx, actor, Right::CertificateSave, subject, |tx| {
            let company = actor.company.id;
            let invoice = store::reports::invoice::find(tx, company, &given.invoice, None)?;
            let not_found = || Refusal::NotFound { kind: "invoice".into(), name: given.invoice.clone() };
            let invoice = invoice.ok_or_else(not_found)?;
            let kind = of_country(&actor.company.country)?.kind(&given.kind, invoice.issued_on)?;
            let amount = match given.amount {
                Some(amount) => amount,
                None => kind.amount(invoice.net, invoice.tax, invoice.currency)?,
            };
            let items = document::items_of(tx, company, invoice.id)?;
            let mut made = Vec::new();
            for (place, amount) in certificate::spread(&items, &given.invoice, amount)? {
                let item = &items[place];
                let new = NewCertificate {
                    customer: item.customer,
                    document: item.document,
                    instalment: item.instalment,
                    currency: item.currency,
                    kind: &kind.code,
                    amount,
                    awaited_on: today.max(item.posted_on),
                };
                let id = store::certificate::save(tx, company, &new, item.open)?;
                made.push(Made {
                    id: id.to_string(),
                    invoice: item.number.clone(),
                    instalment: item.instalment,
                    amount: Money::new(amount, item.currency).major_text(),
                    currency: item.currency.to_string(),
                });
            }
            Ok(made)
        })
    })
}

/// What is said of a certificate.
#[derive(Clone, Debug)]
pub enum Said {
    /// The paper is here, with its number and the day it bears.
    OnFile { number: String, on: Option<Date> },
    /// It was set off in the return of a period.
    Claimed { period: String },
    /// There is none, or it was not accepted.
    Refused { reason: String },
}

impl Said {
    fn state(&self) -> State {
        match self {
            Said::OnFile { .. } => State::OnFile,
            Said::Claimed { .. } => State::Claimed,
            Said::Refused { .. } => State::Refused,
        }
    }

    /// What is kept, with the field it is typed into.
    fn text(&self) -> (&'static str, &str) {
        match self {
            Said::OnFile { number, .. } => ("number", number),
            Said::Claimed { period } => ("period", period),
            Said::Refused { reason } => ("reason", reason),
        }
    }
}

/// Writes down what became of a certificate. One that is on file settles its part of the invoice; one that is refused
/// afterwards opens it again.
pub fn say(
    tx: &mut Tx<'_>,
    actor: &Actor,
    today: Date,
    id: &str,
    said: &Said,
    key: Option<&Once>,
) -> Result<(), Error> {
    let (field, words) = said.text();
    needs(field, words)?;
    let words = text(field, words, SAID_MAX)?.to_owned();
    match said {
        Said::OnFile { on: Some(on), .. } if *on > today => {
            return Err(Refusal::AfterToday { on: *on, today }.into());
        }
        Said::Claimed { period } => {
            let period = Period::read(period)?;
            if period.from > today {
                return Err(Refusal::AfterToday { on: period.from, today }.into());
            }
        }
        Said::OnFile { .. } | Said::Refused { .. } => {}
    }
    once(tx, actor, key, |tx| {
        let cause = format!("{} {words}", said.state().code());
        act(tx, actor, Right::CertificateSave, Subject { name: id, cause: Some(&cause) }, |tx| {
            let company = actor.company.id;
            let known = store::certificate::get(tx, company, id)?;
            let item = document::item(tx, company, known.document, known.instalment)?;
            // Read again under the lock: another may have said something meanwhile.
            let known = store::certificate::get(tx, company, id)?;
            let state = known.state.to(said.state())?;
            if let Said::Claimed { period } = said
                && let Some(period) = Period::known(period)
                && of_country(&actor.company.country)?.kind(&known.kind, known.awaited_on)?.account
                    == Account::VAT_WITHHELD
            {
                super::vat_return::refuse_filed(tx, actor, &period)?;
            }
            let mut event = Event { state, on: today.max(known.awaited_on), said: words, movement: None };
            match said {
                Said::OnFile { on, .. } => {
                    let kind = of_country(&actor.company.country)?.kind(&known.kind, known.awaited_on)?;
                    event.on = on.unwrap_or(event.on);
                    event.movement = Some(settle(tx, actor, today, &known, kind)?);
                }
                Said::Refused { .. } => open_again(tx, actor, today, &known, &event.said)?,
                Said::Claimed { .. } => {}
            }
            let open = document::item(tx, company, item.document, item.instalment)?.open;
            store::certificate::follow_up(tx, company, &known, &event, open)
        })
    })
}

/// Settles the part of the invoice that a certificate proves.
fn settle(
    tx: &mut Tx<'_>,
    actor: &Actor,
    today: Date,
    known: &Certificate,
    kind: &Kind,
) -> Result<Id<ids::Movement>, Error> {
    let company = actor.company.id;
    let item = document::item(tx, company, known.document, known.instalment)?;
    let on = period::posting_day(tx, company, today.max(item.posted_on))?;
    let settled = settlement::give_up(MovementKind::Withholding, &item, &[(kind.account, known.amount)], on)?;
    movement::save(tx, company, &settled, on, &[], None)
}

/// Takes back what a certificate settled, where it settled anything.
fn open_again(tx: &mut Tx<'_>, actor: &Actor, today: Date, known: &Certificate, reason: &str) -> Result<(), Error> {
    let company = actor.company.id;
    let settled = store::certificate::events(tx, company, known.id)?.into_iter().find_map(|event| event.movement);
    let Some(settled) = settled else { return Ok(()) };
    let saved = movement::settlement(tx, company, settled)?;
    let on = period::posting_day(tx, company, today.max(saved.posted_on))?;
    let (ids, moved): (Vec<_>, Vec<_>) = saved.moved.into_iter().unzip();
    let lines = entry::lines(tx, company, saved.cause.bytes())?;
    let back = settlement::reverse(&moved, &lines)?;
    movement::save(tx, company, &back, on, &ids, Some(reason)).map(|_| ())
}

/// Certificates of one customer or of all, those after one of them.
pub fn page(
    tx: &mut Tx<'_>,
    actor: &Actor,
    customer: Option<&str>,
    after: Id<ids::Certificate>,
    limit: i64,
) -> Result<Vec<Certificate>, Error> {
    actor.may(Right::Read)?;
    let customer = super::customer::id_of(tx, actor, customer)?;
    store::certificate::page(tx, actor.company.id, customer, after, limit)
}

/// One certificate with what became of it.
pub fn get(tx: &mut Tx<'_>, actor: &Actor, id: &str) -> Result<(Certificate, Vec<Event>), Error> {
    actor.may(Right::Read)?;
    let certificate = store::certificate::get(tx, actor.company.id, id)?;
    let events = store::certificate::events(tx, actor.company.id, certificate.id)?;
    Ok((certificate, events))
}

/// The certificates of an invoice, each with what became of it.
pub fn of_invoice(
    tx: &mut Tx<'_>,
    actor: &Actor,
    invoice: Id<ids::Document>,
) -> Result<Vec<(Certificate, Vec<Event>)>, Error> {
    actor.may(Right::Read)?;
    let all = store::certificate::of_document(tx, actor.company.id, invoice)?;
    all.into_iter()
        .map(|certificate| {
            let events = store::certificate::events(tx, actor.company.id, certificate.id)?;
            Ok((certificate, events))
        })
        .collect()
}
