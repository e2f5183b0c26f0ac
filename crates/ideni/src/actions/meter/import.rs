//! Readings from a file. A row is whole, a file is not: one that cannot be taken is named with its line and reason, the others are in.

use formats::table::Reader;
use formats::{Field, FieldKind};
use receivables::billing::meter::{Reading, quantity};
use receivables::{Date, Refusal};
use rust_decimal::Decimal;
use store::{Error, Tx, contract, meter};

use super::{Recorded, locked, record};
use crate::actions::import::{RowReport, Status};
use crate::actions::note::Note;
use crate::actions::{Actor, Right, Subject, act};

const fn text(name: &'static str, synonyms: &'static [&'static str]) -> Field {
    Field { name, kind: FieldKind::Text, required: false, synonyms }
}

const fn amount(name: &'static str, synonyms: &'static [&'static str]) -> Field {
    Field { name, kind: FieldKind::Amount, required: false, synonyms }
}

/// The columns of a file of readings, and the headers under which others keep them. A row names a meter, or the contract that has
/// just one; and what the meter shows, or how much was used since its last reading.
pub static FIELDS: &[Field] = &[
    text("meter", &["meter", "metercode", "meternumber", "meterno", "compteur"]),
    text("contract", &["contract", "contractcode", "contrat", "subscription", "abonnement"]),
    Field {
        name: "on",
        kind: FieldKind::Date,
        required: true,
        synonyms: &["on", "at", "date", "from", "readon", "readingdate", "until", "datereleve"],
    },
    amount("value", &["value", "reading", "index", "meterreading", "releve", "indexnouveau"]),
    amount("quantity", &["quantity", "used", "usage", "consumption", "quantite", "consommation", "qty"]),
];

/// A row with its line, as it was read or why it was not.
#[derive(Clone, Debug)]
pub struct Row {
    line: u64,
    read: Result<Given, Note>,
}

#[derive(Clone, Debug)]
struct Given {
    meter: Option<String>,
    contract: Option<String>,
    on: Date,
    shown: Shown,
}

#[derive(Clone, Copy, Debug)]
enum Shown {
    Value(Decimal),
    /// Since the reading before it.
    Used(Decimal),
}

/// The rows of a file.
pub fn rows(mut reader: Reader) -> impl Iterator<Item = Row> {
    std::iter::from_fn(move || {
        let row = match reader.next_row()? {
            Ok(row) => row,
            Err(error) => return Some(Row { line: error.line, read: Err(error.fault.into()) }),
        };
        Some(Row { line: row.line, read: read(&row) })
    })
}

fn read(row: &formats::Row) -> Result<Given, Note> {
    let needed = |index: usize| Note::Needs { field: row.name(index).to_owned() };
    let (meter, contract) = (row.text(0).map(str::to_owned), row.text(1).map(str::to_owned));
    if meter.is_none() && contract.is_none() {
        return Err(needed(0));
    }
    let shown = match (row.decimal(3)?, row.decimal(4)?) {
        (Some(value), _) => Shown::Value(value),
        (None, Some(used)) => Shown::Used(used),
        (None, None) => return Err(needed(3)),
    };
    Ok(Given { meter, contract, on: row.date(2)?.ok_or_else(|| needed(2))?, shown })
}

/// Takes readings in: each is recorded, known already, or refused with its reason.
pub fn import(tx: &mut Tx<'_>, actor: &Actor, today: Date, file: &str, rows: &[Row]) -> Result<Vec<RowReport>, Error> {
    act(tx, actor, Right::MeterRead, Subject { name: file, cause: None }, |tx| {
        let mut reports = Vec::with_capacity(rows.len());
        for row in rows {
            let outcome = match &row.read {
                Ok(given) => save(tx, actor, today, given),
                Err(note) => Ok((Status::Refused, Some(note.clone()))),
            };
            let (status, message) = match outcome {
                Ok(done) => done,
                Err(Error::Refused(refusal)) => (Status::Refused, Some(refusal.into())),
                Err(failure) => return Err(failure),
            };
            let named = row.read.as_ref().ok().and_then(|given| given.meter.clone().or(given.contract.clone()));
            reports.push(RowReport { line: row.line, status, id: named.unwrap_or_default(), message });
        }
        Ok(reports)
    })
}

fn save(tx: &mut Tx<'_>, actor: &Actor, today: Date, given: &Given) -> Result<(Status, Option<Note>), Error> {
    let company = actor.company.id;
    let code = match (&given.meter, &given.contract) {
        (Some(code), _) => code.clone(),
        (None, code) => {
            let code = code.as_deref().unwrap_or_default();
            let known = contract::get(tx, company, code)?;
            match &meter::of(tx, company, known.id)?[..] {
                [only] => only.code.clone(),
                all => {
                    let count = all.len().to_string();
                    return Ok((Status::Refused, Some(Note::WhichMeter { contract: code.to_owned(), count })));
                }
            }
        }
    };
    let known = locked(tx, actor, &code)?;
    if let Some(contract) = given.contract.as_ref().filter(|contract| **contract != known.contract_code) {
        let (meter, of) = (known.code, known.contract_code);
        return Ok((Status::Refused, Some(Note::OtherContract { meter, contract: contract.clone(), of })));
    }
    let value = match given.shown {
        Shown::Value(value) => value,
        Shown::Used(used) => {
            let missing = || Refusal::NotFound { kind: "reading".into(), name: given.on.to_string() };
            let before = known.history.readings.iter().rfind(|one| one.on < given.on).ok_or_else(missing)?;
            before.replaced_at.unwrap_or(before.value) + quantity("quantity", used)?
        }
    };
    let reading = Reading { on: given.on, value: quantity("value", value)?, replaced_at: None };
    Ok(match record(tx, actor, today, &known, &reading)? {
        Recorded::New => (Status::Created, None),
        Recorded::Known => (Status::Duplicate, Some(Note::SameReading)),
    })
}
