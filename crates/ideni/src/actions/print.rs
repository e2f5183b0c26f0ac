//! The papers people see, out of the book: invoices and credit notes, receipts, statements of account, letters. What stands on them is
//! read here and written in the reader's language; `documents` sets it.

mod invoice;
mod labels;
mod letter;
mod quote;
mod receipt;
mod statement;

use std::sync::{Mutex, OnceLock, PoisonError};

use documents::{
    Attachment, Body, Document, Fact, Paper, Party, Payment, Press, PrintError, QrCode, Relationship, TEMPLATES,
};
use receivables::{Currency, Date, Money, Refusal, Unusable};
use store::customer::Customer;
use store::{Error, Tx, template};

use super::setting::Setting;
use super::{Actor, Right, Subject, act};
use crate::words::{self, Language};

pub use invoice::invoice;
pub use letter::letter;
pub use quote::quote;
pub use receipt::receipt;
pub(super) use statement::balances;
pub use statement::statement;

/// What a paper is printed on, by code.
pub const PAPERS: [(Paper, &str); 3] = [(Paper::A4, "a4"), (Paper::A5, "a5"), (Paper::Roll80, "roll")];

/// The name under which a company's logo is kept beside its templates.
pub const LOGO: &str = "logo";
/// The largest template or logo, in bytes.
pub const BYTES_MAX: usize = 1 << 20;

/// A paper by its code; A4 where nothing is said.
pub fn paper(code: &str) -> Result<Paper, Refusal> {
    let known = || PAPERS.map(|(_, code)| code).join(", ");
    let found = PAPERS.iter().find(|(_, known)| *known == code || (code.is_empty() && *known == "a4"));
    found.map(|(paper, _)| *paper).ok_or_else(|| Refusal::Invalid {
        field: "paper".into(),
        value: code.into(),
        reason: Unusable::NotAmong { known: known() },
    })
}

/// A paper that is ready to be set, with the templates and the logo of its company.
#[derive(Clone, Debug)]
pub struct Ready {
    /// What its file is called, without an ending.
    pub name: String,
    document: Document,
    pen: Pen,
    company: Vec<(String, Vec<u8>)>,
    attached: Vec<Attachment>,
}

impl Ready {
    fn of(tx: &mut Tx<'_>, actor: &Actor, name: &str, (pen, document): (Pen, Document)) -> Result<Ready, Error> {
        let company = template::all(tx, actor.company.id)?;
        let name = name.chars().map(|c| if c.is_alphanumeric() || c == '-' { c } else { '_' }).collect();
        Ok(Ready { name, document, pen, company, attached: Vec::new() })
    }

    /// The same as a copy, where so many prints came before it.
    pub fn as_copy(mut self, before: Option<i32>) -> Ready {
        let pen = self.pen;
        if let (Some(no @ 1..), Body::Invoice(body)) = (before, &mut self.document.body) {
            let copy = pen.say("print-copy", &[("no", &no.to_string())]);
            body.heading = format!("{} · {copy}", body.heading);
        }
        self
    }

    /// The same with an e-invoice in it, which says what the paper says (PDF/A-3, as Factur-X attaches it).
    pub fn with_einvoice(self, xml: String) -> Ready {
        let attached = Attachment {
            name: "factur-x.xml".into(),
            mime: "text/xml".into(),
            description: "EN 16931".into(),
            bytes: xml.into_bytes(),
            relationship: Relationship::Alternative,
            level: Some("EN 16931"),
        };
        Ready { attached: vec![attached], ..self }
    }

    /// The PDF. Takes some milliseconds; a template of the company that does not work is refused with its place.
    pub fn print(&self, paper: Paper) -> Result<Vec<u8>, Error> {
        let press = press(&self.company)?;
        Ok(press.print_with(&self.document, paper, &self.attached).map_err(|error| refused(&error))?)
    }
}

/// The press of a company: ours, or the one made for its templates last.
fn press(company: &[(String, Vec<u8>)]) -> Result<Press, Error> {
    type Made = (Vec<(String, Vec<u8>)>, Press);
    static OURS: OnceLock<Press> = OnceLock::new();
    static LAST: Mutex<Option<Made>> = Mutex::new(None);
    let ours = OURS.get_or_init(Press::new);
    if company.is_empty() {
        return Ok(ours.clone());
    }
    let mut last = LAST.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((_, press)) = last.as_ref().filter(|(of, _)| of == company) {
        return Ok(press.clone());
    }
    let press = with(ours, company)?;
    *last = Some((company.to_vec(), press.clone()));
    Ok(press)
}

fn with(ours: &Press, company: &[(String, Vec<u8>)]) -> Result<Press, Refusal> {
    let mut templates = Vec::with_capacity(company.len());
    for (name, content) in company.iter().filter(|(name, _)| name != LOGO) {
        let text = std::str::from_utf8(content).map_err(|_| no_template(name, "UTF-8"))?;
        templates.push((name.as_str(), text));
    }
    let press = ours.with_templates(templates).map_err(|error| refused(&error))?;
    match company.iter().find(|(name, _)| name == LOGO) {
        None => Ok(press),
        Some((_, logo)) => press.with_logo(logo.clone()).map_err(|error| refused(&error)),
    }
}

fn no_template(name: &str, cause: &str) -> Refusal {
    Refusal::NoTemplate { name: name.to_owned(), cause: cause.to_owned() }
}

/// What whoever edits the templates has to know.
fn refused(error: &PrintError) -> Refusal {
    let name = match error {
        PrintError::Templates(faults) => faults.first().map(|fault| fault.file.clone()).unwrap_or_default(),
        PrintError::TemplateName { name } => name.clone(),
        PrintError::Logo { .. } => LOGO.to_owned(),
        _ => String::new(),
    };
    no_template(&name, &error.to_string())
}

// ---- templates of the company

/// The templates that count, ours where the company has none: name, text, and whether it is the company's.
pub fn templates(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<(String, Vec<u8>, bool)>, Error> {
    actor.may(Right::Read)?;
    let own = template::all(tx, actor.company.id)?;
    let ours = TEMPLATES.iter().filter(|(name, _)| own.iter().all(|(known, _)| known != name));
    let ours = ours.map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec(), false)).collect::<Vec<_>>();
    Ok(own.into_iter().map(|(name, content)| (name, content, true)).chain(ours).collect())
}

/// Saves a template or the logo, which must print a sample; nothing in it makes it the program's own again.
pub fn save_template(tx: &mut Tx<'_>, actor: &Actor, name: &str, content: &[u8]) -> Result<(), Error> {
    actor.may(Right::TemplateSave)?;
    super::needs("name", name)?;
    if content.len() > BYTES_MAX {
        let reason = Unusable::TooLong { most: BYTES_MAX.to_string() };
        return Err(Refusal::InvalidEmpty { field: "file".into(), reason }.into());
    }
    let mut company = template::all(tx, actor.company.id)?;
    company.retain(|(known, _)| known != name);
    if !content.is_empty() {
        company.push((name.to_owned(), content.to_vec()));
        let press = with(&Press::new(), &company)?;
        for document in samples(actor)? {
            press.print(&document, Paper::A4).map_err(|error| refused(&error))?;
        }
    }
    act(tx, actor, Right::TemplateSave, Subject { name, cause: None }, |tx| {
        template::save(tx, actor.company.id, name, content)
    })
}

/// One of each kind of paper with something in it.
fn samples(actor: &Actor) -> Result<[Document; 4], Error> {
    let on = Date::new(2026, 1, 31).ok_or_else(|| Error::Failed("a day of the calendar is none".into()))?;
    Ok([
        invoice::sample(actor, on),
        receipt::sample(actor, on),
        statement::sample(actor, on),
        letter::sample(actor, on),
    ])
}

// ---- what the papers share

/// The language and the currency a paper is written in.
#[derive(Clone, Copy, Debug)]
struct Pen {
    language: Language,
}

impl Pen {
    /// That of the customer, unless another is asked for.
    fn of(customer: Option<&Customer>, asked: Option<Language>) -> Pen {
        let of_customer = customer.map(|customer| Language::from_code(&customer.language));
        Pen { language: asked.or(of_customer).unwrap_or_default() }
    }

    fn t(self, key: &str) -> String {
        words::say(self.language, key, &[])
    }

    fn say(self, key: &str, args: &[(&str, &str)]) -> String {
        words::say(self.language, key, args)
    }

    fn day(self, day: Date) -> String {
        words::day(self.language, day)
    }

    /// Without its currency.
    fn amount(self, minor: i64, currency: Currency) -> String {
        words::amount(self.language, Money::new(minor, currency))
    }

    /// The same, and nothing for nothing.
    fn amount_or_nothing(self, minor: i64, currency: Currency) -> String {
        if minor == 0 { String::new() } else { self.amount(minor, currency) }
    }

    /// With its currency.
    fn money(self, minor: i64, currency: Currency) -> String {
        words::money(self.language, Money::new(minor, currency))
    }

    fn number(self, text: &str) -> String {
        words::number(self.language, text)
    }
}

/// A paper of this body.
fn set_out(pen: Pen, title: String, on: Date, sender: Party, body: Body) -> Document {
    Document {
        title,
        language: pen.language.code().to_owned(),
        dated: on.to_string(),
        labels: labels::labels(pen),
        sender,
        banner: String::new(),
        footer: Vec::new(),
        body,
    }
}

/// A paper of nobody, for trying a template.
fn sample(actor: &Actor, on: Date, body: Body) -> Document {
    let pen = Pen::of(None, None);
    let sender = Party { name: actor.company.name.clone(), ..Party::default() };
    set_out(pen, pen.t("print-document"), on, sender, body)
}

/// Who writes: the company as its debtors know it.
fn sender(tx: &mut Tx<'_>, actor: &Actor, pen: Pen, on: Date) -> Result<Party, Error> {
    let company = actor.company.id;
    let name = Setting::NameShown.text(tx, company, on)?.unwrap_or_else(|| actor.company.name.clone());
    let address = Setting::Address.value(tx, company, on)?;
    let tin = actor.company.tin.as_ref().map(|tin| Fact::new(pen.t("print-tin"), tin));
    let phone = Setting::Phone.text(tx, company, on)?.map(|phone| Fact::new(pen.t("print-phone"), phone));
    Ok(Party { name, lines: lines_of(&address), facts: tin.into_iter().chain(phone).collect() })
}

fn lines_of(text: &str) -> Vec<String> {
    text.split(',').map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect()
}

/// Who is written to.
fn party(pen: Pen, customer: &Customer) -> Party {
    let tin = customer.tin.as_ref().map(|tin| Fact::new(pen.t("print-tin"), tin));
    let phone = customer.phone.as_ref().map(|phone| Fact::new(pen.t("print-phone"), words::phone(phone)));
    Party {
        name: customer.name.clone(),
        lines: customer.district.iter().cloned().collect(),
        facts: tin.into_iter().chain(phone).collect(),
    }
}

/// How to pay an amount: what the company says, its MoMoPay code, and the customer's payment code.
fn payment(
    tx: &mut Tx<'_>,
    actor: &Actor,
    pen: Pen,
    (customer, on): (&Customer, Date),
    amount: Option<Money>,
) -> Result<Payment, Error> {
    let company = actor.company.id;
    let momo = Setting::MomoPay.text(tx, company, on)?;
    let bank = Setting::BankAccount.text(tx, company, on)?;
    let code = store::payment_code::of(tx, company, customer.id)?;
    let dial = momo.as_ref().zip(amount.filter(|money| money.currency == Currency::RWF && money.minor > 0));
    let qr = dial.map(|(momo, money)| QrCode {
        payload: format!("tel:*182*8*1*{momo}*{}%23", money.minor),
        caption: pen.t("print-scan-to-pay"),
    });
    let facts = [("print-momo-pay", momo), ("print-bank-account", bank)];
    let facts = facts.into_iter().filter_map(|(key, value)| Some(Fact::new(pen.t(key), value?))).collect();
    let instructions = Setting::HowToPay.text(tx, company, on)?.into_iter();
    let quote = pen.t("print-quote-the-code");
    Ok(Payment { instructions: instructions.chain([quote]).collect(), facts, code, qr })
}
