//! The code tables and item classes of the device: asked for, kept, searched, and what an item says held against them.

use std::collections::BTreeMap;

use formats::vsdc::{Classes, Codes, Purpose, Since};
use receivables::billing::device_code::{self, ITEM_CLASS, Listed, PACKAGING, UNIT};
use receivables::billing::fiscal::Advice;
use receivables::billing::item::Item;
use receivables::{Instant, Refusal, Unusable};
use store::{Error, Tx};

use super::{Call, Came, call, known, pack, refused, said_by};
use crate::actions::{Actor, Right, Subject, act, quarantine};

/// What the device is asked for, one after the other.
pub const TABLES: [&str; 2] = ["codes", "classes"];
/// The device is asked for what changed since a day before it last answered: its clock and ours differ, and what comes twice
/// changes nothing.
const OVERLAP_MICROS: i64 = 86_400_000_000;
/// The first of January 2018, before there was any device of this kind.
const FIRST_MICROS: i64 = 1_514_764_800_000_000;

/// What came of asking for tables.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    pub tables: &'static str,
    pub came: usize,
    pub added: usize,
    pub changed: usize,
}

fn purpose(tables: &str) -> Purpose {
    if tables == TABLES[0] { Purpose::Codes } else { Purpose::Classes }
}

/// Asks the device for what changed in its tables since it last answered; with the moment of asking.
pub fn asking_codes(tx: &mut Tx<'_>, actor: &Actor, tables: &str) -> Result<(Call, Instant), Error> {
    actor.may(Right::FiscalSend)?;
    quarantine::check(tx)?;
    let (company, now) = (actor.company.id, tx.now());
    let device = store::fiscal::device(tx, company)?.ok_or(Refusal::NoDevice)?;
    known(&device)?;
    let last = store::device_code::asked_at(tx, company, tables)?;
    let from = last.map_or(Instant::from_micros(FIRST_MICROS), |at| at.plus_micros(-OVERLAP_MICROS));
    let outside = || Error::Failed("a moment outside the calendar".into());
    let since = Since { since: pack(actor)?.local(from).ok_or_else(outside)? };
    Ok((call(actor, &device, purpose(tables), since)?.0, now))
}

/// Keeps what came of asking. Where nothing came, or what cannot be read, all stays as it was.
pub fn codes_came(
    tx: &mut Tx<'_>,
    actor: &Actor,
    tables: &'static str,
    asked_at: Instant,
    came: &Came,
) -> Result<Kept, Error> {
    act(tx, actor, Right::FiscalSend, Subject { name: tables, cause: None }, |tx| {
        let company = actor.company.id;
        let device = store::fiscal::device_locked(tx, company)?.ok_or(Refusal::NoDevice)?;
        let (code, message, listed) = match purpose(tables) {
            Purpose::Codes => {
                let said = said_by::<Codes>(&device, came)?;
                (said.code, said.message, said.data.map(of_codes))
            }
            _ => {
                let said = said_by::<Classes>(&device, came)?;
                (said.code, said.message, said.data.map(of_classes))
            }
        };
        let listed = match listed {
            Some(listed) => listed,
            None if pack(actor)?.advice(&code) == Advice::EmptyList => Vec::new(),
            None => return Err(refused(&code, message.as_deref()).into()),
        };
        let kept = keep(tx, company, tables, listed)?;
        store::device_code::set_asked(tx, company, tables, asked_at)?;
        Ok(kept)
    })
}

fn of_codes(said: Codes) -> Vec<Listed> {
    let mut listed = Vec::new();
    for table in said.classes {
        let all_used = table.in_use.unwrap_or(true);
        listed.extend(table.codes.into_iter().map(|one| Listed {
            class: table.class.clone(),
            name: one.name.unwrap_or_default(),
            code: one.code,
            used: all_used && one.in_use.unwrap_or(true),
        }));
    }
    listed
}

fn of_classes(said: Classes) -> Vec<Listed> {
    let of = |one: formats::vsdc::Class| Listed {
        class: ITEM_CLASS.into(),
        code: one.code,
        name: one.name.unwrap_or_default(),
        used: one.in_use.unwrap_or(true),
    };
    said.classes.into_iter().map(of).collect()
}

fn keep(tx: &mut Tx<'_>, company: i64, tables: &'static str, listed: Vec<Listed>) -> Result<Kept, Error> {
    let key = |one: &Listed| (one.class.clone(), one.code.clone());
    let before: BTreeMap<_, Listed> =
        store::device_code::all(tx, company)?.into_iter().map(|one| (key(&one), one)).collect();
    let came = listed.len();
    // Of a code that comes twice the last counts.
    let listed: BTreeMap<_, Listed> = listed.into_iter().map(|one| (key(&one), one)).collect();
    let (known, new): (Vec<_>, Vec<_>) = listed.into_iter().partition(|(key, _)| before.contains_key(key));
    let new: Vec<Listed> = new.into_iter().map(|(_, one)| one).collect();
    if !new.is_empty() {
        store::device_code::add(tx, company, &new)?;
    }
    let mut changed = 0;
    for (key, one) in known {
        if before.get(&key) != Some(&one) {
            store::device_code::change(tx, company, &one)?;
            changed += 1;
        }
    }
    Ok(Kept { tables, came, added: new.len(), changed })
}

/// The codes of all tables that words find, the best first.
pub fn search_codes(tx: &mut Tx<'_>, actor: &Actor, text: &str, most: usize) -> Result<Vec<Listed>, Error> {
    actor.may(Right::Read)?;
    Ok(device_code::search(text, store::device_code::all(tx, actor.company.id)?, most))
}

/// A code that an item says.
type OfItem = fn(&Item) -> &Option<String>;

/// Refuses an item with a code that the tables of the device do not have, where they were kept. What the item said before is
/// left in peace.
pub(in crate::actions) fn check_item(
    tx: &mut Tx<'_>,
    actor: &Actor,
    item: &Item,
    before: Option<&Item>,
) -> Result<(), Error> {
    let company = actor.company.id;
    let was = |of: OfItem| before.and_then(|before| of(before).as_deref());
    let fields: [(&str, &str, OfItem); 3] = [
        ("packaging", PACKAGING, |item| &item.packaging),
        ("quantity_unit", UNIT, |item| &item.quantity_unit),
        ("class_code", ITEM_CLASS, |item| &item.class_code),
    ];
    for (field, class, of) in fields {
        let Some(code) = of(item).as_deref().filter(|code| was(of) != Some(code)) else { continue };
        let is_taken = store::device_code::find(tx, company, class, code)?.is_some_and(|one| one.used);
        if is_taken || !store::device_code::is_kept(tx, company, class)? {
            continue;
        }
        let near = device_code::near(code, store::device_code::of_class(tx, company, class)?);
        let near: Vec<String> = near.into_iter().map(|one| format!("{} ({})", one.code, one.name)).collect();
        let reason = match near.as_slice() {
            [] => Unusable::UnknownToDevice,
            near => Unusable::NotOnDevice { near: near.join(", ") },
        };
        return Err(Refusal::Invalid { field: field.into(), value: code.to_owned(), reason }.into());
    }
    Ok(())
}
