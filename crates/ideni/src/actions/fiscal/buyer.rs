//! Buyers and the device: who has a tax number, and customers that are told to it before they are sold to. Each sale names its buyer
//! itself, so that a customer whom the device does not take, or of whom it says nothing, holds up no sale.

use formats::vsdc::{self, Customer, LookUpTaxpayer, Purpose, Taxpayer, Taxpayers};
use receivables::billing::fiscal::Advice;
use receivables::ids::{self, Id};
use receivables::{Refusal, Unusable};
use store::device_customer::Told;
use store::fiscal::Device;
use store::{Error, Tx, customer, device_customer};

use super::sale::{USER_MAX, cut};
use super::{Call, Came, Next, SAID_MAX, TIN, call, is_tin, known, pack, refused, said_by};
use crate::actions::{Actor, Right, quarantine};

/// A device that said nothing is told again, with the next sale after so long.
const AGAIN_MICROS: i64 = 3_600_000_000;
/// Characters the device has for a customer.
const NAME_MAX: usize = 60;
const TELEPHONE_MAX: usize = 20;
const EMAIL_MAX: usize = 50;
/// A user as the device takes them.
const BY: &str = "ideni";

/// Asks the device who has a tax number.
pub fn asking_buyer(tx: &mut Tx<'_>, actor: &Actor, tin: &str) -> Result<Call, Error> {
    actor.may(Right::FiscalSend)?;
    quarantine::check(tx)?;
    let tin = tin.trim();
    if !is_tin(tin) || !tin.bytes().all(|byte| byte.is_ascii_digit()) {
        let reason = Unusable::NotDigits { min: TIN.to_string(), max: TIN.to_string() };
        return Err(Refusal::Invalid { field: "tin".into(), value: tin.into(), reason }.into());
    }
    let device = store::fiscal::device(tx, actor.company.id)?.ok_or(Refusal::NoDevice)?;
    known(&device)?;
    Ok(call(actor, &device, Purpose::Taxpayer, LookUpTaxpayer { tin: tin.into() })?.0)
}

/// Who has it, as the device says.
pub fn buyer_said(tx: &mut Tx<'_>, actor: &Actor, tin: &str, came: &Came) -> Result<Taxpayer, Error> {
    actor.may(Right::FiscalSend)?;
    let device = store::fiscal::device(tx, actor.company.id)?.ok_or(Refusal::NoDevice)?;
    let said = said_by::<Taxpayers>(&device, came)?;
    let nobody = pack(actor)?.advice(&said.code) == Advice::EmptyList;
    if !nobody && !vsdc::is_success(&said.code) {
        return Err(refused(&said.code, said.message.as_deref()).into());
    }
    let found = said.data.into_iter().flat_map(|data| data.taxpayers).find(|one| one.tin == tin.trim());
    Ok(found.ok_or_else(|| Refusal::NotFound { kind: "taxpayer".into(), name: tin.trim().into() })?)
}

/// What the device was told of a customer; `None` where it was told nothing.
pub fn customer_of(tx: &mut Tx<'_>, actor: &Actor, customer: Id<ids::Customer>) -> Result<Option<Told>, Error> {
    actor.may(Right::Read)?;
    device_customer::of(tx, actor.company.id, customer)
}

/// The buyer of a document, where the device is to be told of them first.
pub(super) fn next(
    tx: &mut Tx<'_>,
    actor: &Actor,
    device: &Device,
    document: Id<ids::Document>,
) -> Result<Option<Next>, Error> {
    let (company, now) = (actor.company.id, tx.now());
    let Some(buyer) = store::fiscal::buyer(tx, company, document)? else { return Ok(None) };
    let buyer = customer::by_id(tx, company, buyer)?;
    let Some(tin) = buyer.tin.clone().filter(|tin| is_tin(tin)) else { return Ok(None) };
    let or_nothing = |text: &Option<String>| text.clone().unwrap_or_default();
    let told = [tin.clone(), buyer.name.clone(), or_nothing(&buyer.phone), or_nothing(&buyer.email)].join("\n");
    let waits = |last: &Told| last.state == "silent" && last.at.plus_micros(AGAIN_MICROS) <= now;
    if device_customer::of(tx, company, buyer.id)?.is_some_and(|last| last.told == told && !waits(&last)) {
        return Ok(None);
    }
    let message = Customer {
        number: tin.clone(),
        tin,
        name: cut(&buyer.name, NAME_MAX),
        address: None,
        telephone: buyer.phone.map(|phone| cut(&phone, TELEPHONE_MAX)),
        email: buyer.email.filter(|email| email.chars().count() <= EMAIL_MAX),
        fax: None,
        in_use: true,
        remark: None,
        registered_by: cut(BY, USER_MAX),
        registered_by_name: BY.into(),
        changed_by: cut(BY, USER_MAX),
        changed_by_name: BY.into(),
    };
    match call(actor, device, Purpose::SaveCustomer, message) {
        Ok((call, _)) => Ok(Some(Next::SaveCustomer { customer: buyer.id, told, call })),
        Err(Error::Failed(said)) => {
            device_customer::set(tx, company, buyer.id, &Told { told, state: "refused".into(), said, at: now })?;
            Ok(None)
        }
        Err(refused) => Err(refused),
    }
}

/// Keeps what came of telling the device of a customer. The sale goes on, whatever it was.
pub fn customer_came(
    tx: &mut Tx<'_>,
    actor: &Actor,
    customer: Id<ids::Customer>,
    told: String,
    came: &Came,
) -> Result<(), Error> {
    actor.may(Right::FiscalSend)?;
    let (company, at) = (actor.company.id, tx.now());
    let device = store::fiscal::device_locked(tx, company)?.ok_or(Refusal::NoDevice)?;
    let cut = |said: &str| said.chars().take(SAID_MAX).collect::<String>();
    let (state, said) = match (came, super::item_saved(&device, came)) {
        (_, Ok(())) => ("told", String::new()),
        (Came::Answer(bytes), Err(_)) => ("refused", cut(&String::from_utf8_lossy(bytes))),
        (Came::NoSuchPath { status }, _) => ("refused", status.to_string()),
        (Came::NotSent { cause } | Came::Silence { cause }, _) => ("silent", cut(cause)),
    };
    device_customer::set(tx, company, customer, &Told { told, state: state.into(), said, at })
}
