//! The customer master: the list, a new customer, and one with its people, bank details, merges and changes.

use askama::Template;
use axum::response::Response;
use formats::vsdc::Taxpayer;
use receivables::customer::duplicate::Likeness;
use receivables::{Currency, Money, Refusal, Unusable};
use store::customer::{CreditLimit, Customer};
use store::{Error, Tx};

use super::ask::{Ask, day_or_none, text_or_none};
use super::contact_person::Contacts;
use super::invoice_file;
use super::page::{Desk, Page, in_path, render};
use super::payer::Payers;
use super::route::Route;
use crate::actions::customer::{self, Alike, Conflict, Given, TERMS_MAX};
use crate::actions::duplicate::{self, Sought};
use crate::actions::gap::Gap;
use crate::actions::{Actor, Right, bank, contact_person, fiscal, item, merge, user};
use crate::gateways::tax_device::ANSWER;
use crate::jobs;
use crate::words::{self, Language};

pub const ROUTES: &[Route] = &[
    Route::get("/customers", Right::Read, list),
    Route::get("/customers/new", Right::CustomerSave, new),
    Route::post("/customers/new", Right::CustomerSave, add).again(new),
    Route::get("/customers/{code}/edit", Right::Read, edit),
    Route::post("/customers/{code}/edit", Right::CustomerSave, save).again(edit),
    Route::post("/customers/{code}/tax-device", Right::FiscalSend, ask_device).again(edit),
    Route::post("/customers/{code}/bank", Right::BankAsk, ask_bank).again(edit),
    Route::post("/customers/{code}/price-list", Right::ItemPrice, put_on_list).again(edit),
];

/// Customers a page shows.
const SHOWN: usize = 50;
/// Changes a page shows.
const CHANGES: usize = 100;

/// Codes with their words, for a choice.
pub type Options = Vec<(String, String)>;

// ---- the list

struct Line {
    code: String,
    at: String,
    name: String,
    phone: Option<String>,
    tin: Option<String>,
    segment: Option<String>,
    collector: Option<String>,
    merged: bool,
}

#[derive(Template)]
#[template(path = "customers.html")]
struct List<'a> {
    p: &'a Page,
    asked: Filter,
    collectors: Options,
    segments: Options,
    gaps: Options,
    rows: Vec<Line>,
    /// The question of the next page.
    next: Option<String>,
}

#[derive(serde::Deserialize, serde::Serialize, Default)]
#[serde(deny_unknown_fields, default)]
struct Filter {
    q: String,
    collector: String,
    segment: String,
    gap: String,
    after: String,
}

fn list(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let asked: Filter = ask.query()?;
    let gap = if asked.gap.is_empty() { None } else { Some(Gap::from_code(&asked.gap)?) };
    let wanted = customer::Asked {
        text: asked.q.clone(),
        collector: asked.collector.clone(),
        segment: asked.segment.clone(),
        gap,
        after: asked.after.clone(),
        limit: SHOWN,
    };
    let (found, more, collectors, segments) = desk.read(|tx, actor| {
        let (found, more) = customer::page(tx, actor, &wanted)?;
        Ok((found, more, collectors(tx, actor)?, customer::segments(tx, actor)?))
    })?;
    let p = &desk.page;
    let next = found.last().filter(|_| more).map(|last| {
        let pairs =
            [("q", &asked.q), ("collector", &asked.collector), ("segment", &asked.segment), ("gap", &asked.gap)];
        let mut text = form_urlencoded::Serializer::new(String::new());
        text.extend_pairs(pairs.into_iter().filter(|(_, value)| !value.is_empty()));
        text.append_pair("after", &last.code).finish()
    });
    let all = |word: &str| vec![(String::new(), p.t(word))];
    let rows = found.into_iter().map(|c| Line {
        at: in_path(&c.code),
        code: c.code,
        name: c.name,
        phone: c.phone.as_deref().map(words::phone),
        tin: c.tin,
        segment: c.segment,
        collector: c.collector,
        merged: c.merged_into.is_some(),
    });
    let nobody = [("-".to_owned(), p.t("customers-nobody"))];
    render(&List {
        p,
        rows: rows.collect(),
        next,
        collectors: all("customers-all").into_iter().chain(nobody).chain(collectors).collect(),
        segments: all("customers-all").into_iter().chain(segments.into_iter().map(|s| (s.clone(), s))).collect(),
        gaps: all("customers-all").into_iter().chain(gap_options(p)).collect(),
        asked,
    })
}

/// What may be missing of a customer, in words.
fn gap_options(p: &Page) -> Options {
    Gap::ALL.iter().map(|(_, code)| ((*code).to_owned(), p.t(&format!("gap-{code}")))).collect()
}

/// The people of the company.
pub(super) fn collectors(tx: &mut Tx<'_>, actor: &Actor) -> Result<Options, Error> {
    let users = user::list(tx, actor)?.into_iter().filter(|user| user.active());
    Ok(users.map(|user| (user.name, user.full_name)).collect())
}

// ---- the form

/// What a form shows of a customer.
#[derive(Default)]
struct Values {
    name: String,
    kind: String,
    tin: String,
    phone: String,
    email: String,
    language: String,
    terms_days: String,
    terms: String,
    limit: String,
    credit_limit: String,
    segment: String,
    district: String,
    collector: String,
}

impl Values {
    fn of<'f>(fields: impl IntoIterator<Item = (&'f str, &'f str)>, currency: Currency) -> Values {
        let mut values = Values::default();
        for (field, value) in fields {
            let into = match field {
                "name" => &mut values.name,
                "kind" => &mut values.kind,
                "tin" => &mut values.tin,
                "phone" => &mut values.phone,
                "email" => &mut values.email,
                "language" => &mut values.language,
                "terms_days" => &mut values.terms_days,
                "terms" => &mut values.terms,
                "segment" => &mut values.segment,
                "district" => &mut values.district,
                "collector" => &mut values.collector,
                "credit_limit" => {
                    (values.limit, values.credit_limit) = match value.parse::<i64>() {
                        Ok(minor) => ("amount".to_owned(), Money::new(minor, currency).major_text()),
                        Err(_) => (value.to_owned(), String::new()),
                    };
                    continue;
                }
                _ => continue,
            };
            value.clone_into(into);
        }
        values
    }
}

/// The choices of the form.
struct Choices {
    kinds: Options,
    languages: Options,
    limits: Options,
    collectors: Options,
}

impl Choices {
    fn load(tx: &mut Tx<'_>, actor: &Actor, p: &Page) -> Result<Choices, Error> {
        let worded = |codes: &[&str], before: &str| -> Options {
            codes.iter().map(|code| ((*code).to_owned(), p.t(&format!("{before}-{code}")))).collect()
        };
        let nobody = [(String::new(), p.t("customers-nobody"))];
        Ok(Choices {
            kinds: worded(&customer::KINDS, "customer"),
            languages: languages(p),
            limits: [("", "limit-unset"), ("none", "limit-none"), ("amount", "limit-amount")]
                .map(|(code, word)| (code.to_owned(), p.t(word)))
                .into(),
            collectors: nobody.into_iter().chain(collectors(tx, actor)?).collect(),
        })
    }
}

/// The languages of messages, with none before them.
pub fn languages(p: &Page) -> Options {
    let known = Language::ALL.map(|l| (l.code().to_owned(), p.t(&format!("language-{}", l.code()))));
    [(String::new(), "–".to_owned())].into_iter().chain(known).collect()
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    #[serde(default)]
    code: String,
    name: String,
    kind: String,
    tin: String,
    phone: String,
    email: String,
    language: String,
    terms_days: String,
    terms: String,
    limit: String,
    credit_limit: String,
    segment: String,
    district: String,
    collector: String,
    /// The version that was read; of a new customer none.
    #[serde(default)]
    version: i64,
    /// Somebody looked at those it may be.
    #[serde(default)]
    anyway: String,
}

impl Form {
    fn given(self, code: String, currency: Currency) -> Result<Given, Error> {
        let invalid = |field: &str, value: &str, reason| -> Error {
            Refusal::Invalid { field: field.into(), value: value.into(), reason }.into()
        };
        let terms_days = match self.terms_days.trim() {
            "" => None,
            text => Some(text.parse::<i32>().ok().filter(|days| (0..=TERMS_MAX).contains(days)).ok_or_else(|| {
                invalid("terms_days", text, Unusable::WholeNumber { from: "0".into(), to: TERMS_MAX.to_string() })
            })?),
        };
        let credit_limit = match self.limit.as_str() {
            "" => CreditLimit::Unset,
            "none" => CreditLimit::NoLimit,
            _ => {
                let amount = formats::parse_amount(&self.credit_limit, '.').filter(|amount| !amount.is_sign_negative());
                let amount =
                    amount.ok_or_else(|| invalid("credit_limit", &self.credit_limit, Unusable::NotAnAmount))?;
                let money = Money::from_major(amount, currency)
                    .map_err(|why| invalid("credit_limit", &self.credit_limit, Unusable::Money { why }))?;
                CreditLimit::Amount(money.minor)
            }
        };
        Ok(Given {
            code,
            name: Some(self.name.trim().to_owned()),
            kind: Some(self.kind),
            tin: Some(self.tin.trim().to_owned()),
            phone: Some(self.phone.trim().to_owned()),
            email: Some(self.email.trim().to_owned()),
            language: Some(self.language),
            terms_days,
            terms: Some(self.terms.trim().to_owned()),
            credit_limit: Some(credit_limit),
            currency: None,
            segment: Some(self.segment.trim().to_owned()),
            district: Some(self.district.trim().to_owned()),
            collector: Some(self.collector),
        })
    }
}

// ---- a new one

/// A customer that another may be.
struct Similar {
    code: String,
    at: String,
    name: String,
    percent: String,
    reasons: Vec<String>,
}

#[derive(Template)]
#[template(path = "customer_new.html")]
struct New<'a> {
    p: &'a Page,
    told: String,
    values: Values,
    choices: Choices,
    currency: Currency,
    similar: Vec<Similar>,
}

fn new(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let p = &desk.page;
    // A form that came back is looked at once more: it may be the likeness that was refused.
    let typed: Option<Form> = ask.form().ok();
    let (choices, similar) = desk.read(|tx, actor| {
        let found = match &typed {
            Some(form) if !form.name.trim().is_empty() && ask.fit().is_ok() => {
                let some = |text: &'_ str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
                let (tin, phone) = (some(&form.tin), some(&form.phone));
                let sought = Sought { code: "", name: &form.name, tin: tin.as_deref(), phone: phone.as_deref() };
                duplicate::of(tx, actor, sought)?
            }
            _ => Vec::new(),
        };
        Ok((Choices::load(tx, actor, p)?, found))
    })?;
    let similar = similar.into_iter().map(|found| Similar {
        at: in_path(&found.code),
        percent: percent(p, &found.likeness),
        reasons: reasons(p, &found.likeness),
        code: found.code,
        name: found.name,
    });
    let values = Values { kind: "business".into(), language: p.language.code().into(), ..Values::default() };
    let (told, currency) = ("/customers/new".to_owned(), desk.actor.company.currency);
    render(&New { p, told, values, choices, currency, similar: similar.collect() })
}

/// How alike two customers are, in per cent.
pub fn percent(p: &Page, likeness: &Likeness) -> String {
    words::percent(p.language, i64::from(likeness.score_bps / 100 * 100))
}

/// Why two customers may be one, in sentences.
pub fn reasons(p: &Page, likeness: &Likeness) -> Vec<String> {
    likeness.reasons.iter().map(|why| words::saying(p.language, why)).collect()
}

fn add(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let form: Form = ask.form()?;
    let once = ask.once();
    let alike = if form.anyway == "yes" { Alike::Accept } else { Alike::Refuse };
    let code = form.code.trim().to_owned();
    let given = form.given(code.clone(), desk.actor.company.currency)?;
    desk.write(move |tx, actor, today| customer::add(tx, actor, today, &given, alike, Some(&once)))?;
    desk.to(&format!("/customers/{}/edit", in_path(&code)), "customer-saved")
}

// ---- one of them

/// A field in the versions of two people.
struct Version {
    field: String,
    common: String,
    theirs: String,
    mine: String,
    clashes: bool,
}

struct Changed {
    at: String,
    user: String,
    by: String,
    field: String,
    was: String,
    became: String,
}

struct Bank {
    holder: String,
    institution: String,
    number: String,
    at: String,
    asked_by: String,
    approved_by: String,
}

/// What the tax device was told of a customer and said, and where it is asked.
struct OnDevice {
    here: String,
    /// What it was told, and what it answered where it refused.
    told: Option<(String, String)>,
    /// Who it says has the tax number: name and address, and whether another name is written here.
    said: Option<(String, String, bool)>,
}

#[derive(Template)]
#[template(path = "customer.html")]
struct Edit<'a> {
    p: &'a Page,
    /// The path of this customer.
    at: String,
    code: String,
    name: String,
    currency: Currency,
    version: i64,
    /// The form whose typed values and faults are shown: none where two versions meet.
    told: String,
    values: Values,
    choices: Choices,
    /// Who saved it meanwhile and when, and what differs.
    conflict: Option<(String, Vec<Version>)>,
    contacts: Contacts,
    bank: Option<Bank>,
    /// Where new bank details are sent, and whether they were just refused.
    bank_at: String,
    bank_open: bool,
    bank_kinds: Options,
    /// The price list that counts today, those there are, and where another is chosen.
    price_list: Option<String>,
    price_lists: Options,
    price_list_at: String,
    today: String,
    wants: invoice_file::Wants,
    payers: Payers,
    /// Of a customer with a tax number, where there is a device.
    device: Option<OnDevice>,
    merged: Vec<(String, String, String)>,
    /// The customer it is looked at under: code and path.
    survivor: Option<(String, String)>,
    changes: Vec<Changed>,
}

pub(super) fn edit(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    shown_with(desk, ask, None)
}

/// Asks the tax device who has the customer's tax number, and shows it beside what is written here. Nothing is changed.
fn ask_device(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let known = desk.read(|tx, actor| customer::get(tx, actor, ask.path("code")))?;
    let tin = known.tin.unwrap_or_default();
    let said = jobs::fiscal::buyer(&desk.db, &desk.actor, &tin, ANSWER)?;
    shown_with(desk, ask, Some(said))
}

/// The page of a customer, with what the tax device said of its tax number where it was just asked.
fn shown_with(desk: &Desk, ask: &Ask, said: Option<Taxpayer>) -> Result<Response, Error> {
    let code = ask.path("code").to_owned();
    let p = &desk.page;
    let typed: Option<Form> = ask.form().ok();
    let view = desk.read(|tx, actor| {
        let known = customer::get(tx, actor, &code)?;
        let conflict = match typed {
            Some(form) if form.version != known.version => {
                let version = form.version;
                form.given(code.clone(), known.currency)
                    .and_then(|given| customer::conflict(tx, actor, &given, version))
                    .ok()
            }
            _ => None,
        };
        let at = format!("/customers/{}", in_path(&code));
        let fields = known.fields();
        let values = match &conflict {
            Some(c) => {
                let meant = |field: &str, value: &str| {
                    let found = c.fields.iter().find(|d| d.field == field);
                    found.map_or(value, |d| d.meant()).to_owned()
                };
                let meant: Vec<(&str, String)> = fields.iter().map(|(f, v)| (*f, meant(f, v))).collect();
                Values::of(meant.iter().map(|(f, v)| (*f, v.as_str())), known.currency)
            }
            None => Values::of(fields.iter().map(|(f, v)| (*f, v.as_str())), known.currency),
        };
        let group = merge::group(tx, actor, &code)?;
        let survivor = known.merged_into.is_some().then(|| {
            let at = in_path(&group.survivor.code);
            (group.survivor.code.clone(), at)
        });
        let merged = if survivor.is_some() { Vec::new() } else { group.merged };
        Ok(Edit {
            p,
            told: if conflict.is_some() { String::new() } else { format!("{at}/edit") },
            values,
            choices: Choices::load(tx, actor, p)?,
            conflict: conflict.map(|c| versions(p, c, known.currency)),
            contacts: Contacts::load(p, &code, contact_person::list(tx, actor, &code)?),
            bank: bank_of(tx, desk, &code)?,
            bank_kinds: receivables::customer::bank::Kind::ALL
                .map(|(_, code)| (code.to_owned(), p.t(&format!("purse-{code}"))))
                .into(),
            merged: merged.into_iter().map(|c| (in_path(&c.code), c.code, c.name)).collect(),
            survivor,
            bank_open: ask.at() == format!("{at}/bank"),
            bank_at: format!("{at}/bank"),
            price_list: item::list_of(tx, actor, &code, desk.today)?,
            price_lists: std::iter::once((String::new(), p.t("customer-no-price-list")))
                .chain(item::lists(tx, actor)?.into_iter().map(|list| (list.clone(), list)))
                .collect(),
            price_list_at: format!("{at}/price-list"),
            today: desk.today.to_string(),
            wants: invoice_file::wants(tx, desk, actor, &code)?,
            payers: Payers::load(tx, actor, &code)?,
            changes: changes(tx, desk, &known)?,
            device: on_device(tx, desk, &known, &at, said)?,
            at,
            code: known.code,
            name: known.name,
            currency: known.currency,
            version: known.version,
        })
    })?;
    render(&view)
}

/// Who saved it meanwhile and when, and the fields as both see them.
fn versions(p: &Page, c: Conflict, currency: Currency) -> (String, Vec<Version>) {
    let who = c.last.map(|(user, at)| format!("{user}, {}", p.instant(at))).unwrap_or_default();
    let shown = |field: &str, value: &str| shown(p, field, value, currency);
    let fields = c.fields.iter().map(|d| Version {
        field: field_word(p, &d.field),
        common: shown(&d.field, &d.common),
        theirs: shown(&d.field, &d.theirs),
        mine: shown(&d.field, &d.mine),
        clashes: d.clashes(),
    });
    (who, fields.collect())
}

fn field_word(p: &Page, field: &str) -> String {
    p.label(&format!("field-{}", field.replace('_', "-")))
}

/// A field's value as people read it.
fn shown(p: &Page, field: &str, value: &str, currency: Currency) -> String {
    match (field, value) {
        ("credit_limit", "none") => p.t("limit-none"),
        (_, "") => "–".to_owned(),
        ("credit_limit", minor) => minor.parse().map_or(minor.to_owned(), |minor: i64| p.money(minor, currency)),
        ("kind", code) => p.t(&format!("customer-{code}")),
        ("language", code) => p.t(&format!("language-{code}")),
        ("phone", number) => words::phone(number),
        (_, value) => value.to_owned(),
    }
}

/// The bank details that count; in full for whoever may send money there.
fn bank_of(tx: &mut Tx<'_>, desk: &Desk, code: &str) -> Result<Option<Bank>, Error> {
    let saved = if desk.actor.can(Right::BankRead) {
        bank::full(tx, &desk.actor, code)?
    } else {
        bank::list(tx, &desk.actor, code)?.into_iter().next()
    };
    Ok(saved.map(|saved| Bank {
        holder: saved.details.holder,
        institution: saved.details.institution,
        number: words::phone(&saved.details.number),
        at: desk.page.instant(saved.at),
        asked_by: saved.asked_by,
        approved_by: saved.approved_by,
    }))
}

fn on_device(
    tx: &mut Tx<'_>,
    desk: &Desk,
    known: &Customer,
    at: &str,
    said: Option<Taxpayer>,
) -> Result<Option<OnDevice>, Error> {
    let p = &desk.page;
    if known.tin.is_none() || fiscal::device(tx, &desk.actor)?.is_none_or(|device| device.info.is_empty()) {
        return Ok(None);
    }
    let told = fiscal::customer_of(tx, &desk.actor, known.id)?;
    let said = said.map(|one| {
        let name = one.name.unwrap_or_default();
        let address = [one.location, one.sector, one.district, one.province].into_iter().flatten();
        let address = address.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
        let differs = name.trim().to_lowercase() != known.name.trim().to_lowercase();
        (name, address, differs)
    });
    let told = told.map(|told| (p.t(&format!("customer-device-{}", told.state)), told.said));
    Ok(Some(OnDevice { here: format!("{at}/tax-device"), told, said }))
}

fn changes(tx: &mut Tx<'_>, desk: &Desk, known: &Customer) -> Result<Vec<Changed>, Error> {
    let p = &desk.page;
    let all = customer::history(tx, &desk.actor, &known.code)?;
    let changed = all.into_iter().take(CHANGES).map(|c| Changed {
        at: p.instant(c.at),
        user: c.actor,
        by: p.t(&format!("action-{}", c.verb.replace(' ', "-"))),
        field: field_word(p, &c.field),
        was: shown(p, &c.field, &c.was, known.currency),
        became: shown(p, &c.field, &c.became, known.currency),
    });
    Ok(changed.collect())
}

fn save(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let code = ask.path("code").to_owned();
    let form: Form = ask.form()?;
    let (once, version) = (ask.once(), form.version);
    let currency = desk.read(|tx, actor| customer::get(tx, actor, &code))?.currency;
    let given = form.given(code.clone(), currency)?;
    desk.write(move |tx, actor, _| customer::edit(tx, actor, &given, version, Some(&once)))?;
    desk.to(&format!("/customers/{}/edit", in_path(&code)), "customer-saved")
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct BankForm {
    purse: String,
    holder: String,
    institution: String,
    number: String,
    reason: String,
}

fn ask_bank(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let code = ask.path("code").to_owned();
    let form: BankForm = ask.form()?;
    let once = ask.once();
    let typed =
        bank::Typed { kind: form.purse, holder: form.holder, institution: form.institution, number: form.number };
    let name = code.clone();
    desk.write(move |tx, actor, _| bank::ask(tx, actor, &name, &typed, &form.reason, Some(&once)))?;
    desk.to(&format!("/customers/{}/edit#bank", in_path(&code)), "approval-asked")
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct PriceListForm {
    price_list: String,
    from_on: String,
}

fn put_on_list(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let form: PriceListForm = ask.form()?;
    let from_on = day_or_none(&form.from_on, "from_on")?.unwrap_or(desk.today);
    let (once, code, list) = (ask.once(), ask.path("code").to_owned(), text_or_none(&form.price_list));
    let at = format!("/customers/{}/edit", in_path(&code));
    desk.write(move |tx, actor, _| item::put_on_list(tx, actor, &code, list.as_deref(), from_on, Some(&once)))?;
    desk.to(&at, "customer-on-list")
}
