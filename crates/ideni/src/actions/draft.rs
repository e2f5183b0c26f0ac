//! Drafts: invoices that are not finished. A draft has no number, bills nobody and may say anything; it is read as an invoice when it is
//! posted, once, and is gone then. It changes nothing, so that the audit log does not tell of it.

use receivables::billing::line::{Discount, Prices};
use receivables::billing::terms::Terms;
use receivables::ids::{self, Id};
use receivables::money::MoneyError;
use receivables::{Currency, Date, Refusal, Unusable};
use serde::{Deserialize, Serialize};
use store::draft::{self, Kept};
use store::{Error, Tx};

use super::invoice::{self, Given, GivenLine, LINES_MAX, OfItem, Posted, References};
use super::{Actor, Once, Right, needs, tax, text};

/// The longest description and unit, in characters.
const DESCRIPTION_MAX: usize = 300;
const UNIT_MAX: usize = 20;
/// Drafts that a company may keep.
const DRAFTS_MAX: usize = 500;
/// The longest text of any other field, in characters.
const FIELD_MAX: usize = 200;

/// An invoice as it was typed so far.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    pub customer: String,
    pub issued_on: String,
    pub due_on: String,
    pub terms: String,
    pub currency: String,
    pub order: String,
    pub purchase_code: String,
    #[serde(default)]
    pub branch: String,
    #[serde(default)]
    pub hand_written: String,
    #[serde(default)]
    pub delivered_on: String,
    /// A code of [`Prices`].
    pub prices: String,
    pub settles: Vec<String>,
    pub lines: Vec<DraftLine>,
}

/// A line as it was typed; nothing of it is sure.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftLine {
    pub description: String,
    pub quantity: String,
    pub unit: String,
    pub unit_price: String,
    pub discount: String,
    pub tax_class: String,
}

impl DraftLine {
    /// Whether nothing was typed that makes it a line.
    pub fn is_empty(&self) -> bool {
        [&self.description, &self.quantity, &self.unit_price].iter().all(|text| text.trim().is_empty())
    }

    /// The line it says; `usual` is the tax class of one that says none.
    pub fn read(&self, currency: Currency, usual: &str) -> Result<GivenLine, Refusal> {
        let text = |field: &str, said: &str, most: usize| match said.trim() {
            text if text.chars().count() > most => Err(Refusal::Invalid {
                field: field.into(),
                value: text.chars().take(40).collect(),
                reason: Unusable::TooLong { most: most.to_string() },
            }),
            text => Ok(text.to_owned()),
        };
        let description = text("description", &self.description, DESCRIPTION_MAX)?;
        let (item, description) = invoice::named(&description);
        if item.is_none() && description.is_empty() {
            return Err(Refusal::Missing { field: "description".into() });
        }
        let quantity = match self.quantity.trim() {
            "" => rust_decimal::Decimal::ONE,
            text => formats::parse_quantity(text).ok_or_else(|| {
                let reason = Unusable::Money { why: MoneyError::NotAnAmount { text: text.into() } };
                Refusal::Invalid { field: "quantity".into(), value: text.into(), reason }
            })?,
        };
        let unit_price = match self.unit_price.trim() {
            "" if item.is_some() => None,
            "" => return Err(Refusal::Missing { field: "unit_price".into() }),
            price => Some(formats::parse_price(price, currency).map_err(|why| of_field("unit_price", price, why))?),
        };
        let tax_class = match self.tax_class.trim() {
            "" if item.is_none() => usual,
            class => class,
        };
        let unit = text("unit", &self.unit, UNIT_MAX)?;
        Ok(GivenLine {
            description: description.to_owned(),
            quantity,
            unit: Some(unit).filter(|unit| !unit.is_empty()),
            unit_price: unit_price.unwrap_or_default(),
            discount: Discount::read(self.discount.trim())?,
            tax_class: tax_class.to_owned(),
            item: item.map(|code| OfItem { code: code.to_owned(), is_priced: unit_price.is_some() }),
        })
    }
}

/// A money field that says no amount, or no currency.
pub fn of_field(field: &str, value: &str, why: MoneyError) -> Refusal {
    Refusal::Invalid { field: field.into(), value: value.into(), reason: Unusable::Money { why } }
}

impl Draft {
    /// The currency it says; the company's where it says none.
    pub fn currency(&self, actor: &Actor) -> Result<Currency, Refusal> {
        match self.currency.trim() {
            "" => Ok(actor.company.currency),
            code => code.parse().map_err(|why| of_field("currency", code, why)),
        }
    }

    /// The lines that it says, each with its place among those that were typed; at least one.
    pub fn lines(&self, actor: &Actor, today: Date) -> Result<(Vec<GivenLine>, Vec<usize>), Error> {
        read_lines(&self.lines, actor, today, self.currency(actor)?)
    }

    /// The invoice that it says, to the customer of a code.
    pub fn given(&self, actor: &Actor, today: Date, customer: String) -> Result<Given, Error> {
        let day = |field: &str, text: &str| match text.trim() {
            "" => Ok(None),
            text => text.parse::<Date>().map(Some).map_err(|_| {
                let (field, value) = (field.to_owned(), text.to_owned());
                Refusal::Invalid { field, value, reason: Unusable::NotADate }
            }),
        };
        let currency = self.currency(actor)?;
        let prices = match self.prices.trim() {
            "" => Prices::Net,
            code => Prices::from_code(code)?,
        };
        let terms = Some(self.terms.trim()).filter(|terms| !terms.is_empty());
        Ok(Given {
            due_on: day("due_on", &self.due_on)?,
            lines: self.lines(actor, today)?.0,
            prices,
            terms: terms.map(Terms::read).transpose()?,
            settles: self.settles.clone(),
            references: References::read(Some(&self.order), Some(&self.purchase_code))?
                .with(Some(&self.branch), Some(&self.hand_written))?
                .delivered(day("delivered_on", &self.delivered_on)?),
            ..Given::to(customer, day("issued_on", &self.issued_on)?.unwrap_or(today), currency)
        })
    }
}

/// The lines that were typed, without the empty ones, each with its place; at least one.
pub fn read_lines(
    typed: &[DraftLine],
    actor: &Actor,
    today: Date,
    currency: Currency,
) -> Result<(Vec<GivenLine>, Vec<usize>), Error> {
    let usual = tax::usual(&actor.company.country, today)?.map_or("", |class| class.code.as_str());
    let (mut lines, mut at) = (Vec::new(), Vec::new());
    for (no, line) in typed.iter().enumerate().filter(|(_, line)| !line.is_empty()) {
        lines.push(line.read(currency, usual).map_err(|refusal| refusal.in_line(no))?);
        at.push(no);
    }
    if lines.is_empty() {
        return Err(Refusal::Missing { field: "description".into() }.in_line(0).into());
    }
    Ok((lines, at))
}

/// Keeps a draft: a new one, or in the place of the version that was seen.
pub fn save(
    tx: &mut Tx<'_>,
    actor: &Actor,
    draft: &Draft,
    seen: Option<(Id<ids::Draft>, i32)>,
) -> Result<Id<ids::Draft>, Error> {
    actor.may(Right::InvoiceIssue)?;
    needs("customer", &draft.customer)?;
    let fields = [
        ("customer", &draft.customer),
        ("issued_on", &draft.issued_on),
        ("due_on", &draft.due_on),
        ("terms", &draft.terms),
        ("currency", &draft.currency),
        ("order", &draft.order),
        ("purchase_code", &draft.purchase_code),
        ("delivered_on", &draft.delivered_on),
        ("prices", &draft.prices),
        ("branch", &draft.branch),
        ("hand_written", &draft.hand_written),
    ];
    for (field, said) in fields {
        text(field, said, FIELD_MAX)?;
    }
    let company = actor.company.id;
    if draft.lines.len() > LINES_MAX || draft.settles.len() > LINES_MAX {
        return Err(Refusal::TooManyLines { most: LINES_MAX.to_string() }.into());
    }
    for (no, line) in draft.lines.iter().enumerate() {
        let all = [&line.description, &line.quantity, &line.unit, &line.unit_price, &line.discount, &line.tax_class];
        for said in all {
            text("lines", said, DESCRIPTION_MAX).map_err(|refusal| refusal.in_line(no))?;
        }
    }
    let body = serde_json::to_string(draft).map_err(|e| Error::failed("keeping a draft", e))?;
    let customer = draft.customer.trim();
    let Some((id, version)) = seen else {
        if draft::list(tx, company, DRAFTS_MAX as i64)?.len() >= DRAFTS_MAX {
            return Err(Refusal::TooManyDrafts { most: DRAFTS_MAX.to_string() }.into());
        }
        return draft::save(tx, company, customer, &body, &actor.user);
    };
    let known = draft::find(tx, company, id)?.ok_or_else(|| gone(id))?;
    if !draft::change(tx, company, (id, version), customer, &body, &actor.user)? {
        let at = known.at.local_text(&actor.company.time_zone);
        return Err(Refusal::StaleVersion { name: known.customer, user: known.by, at }.into());
    }
    Ok(id)
}

fn gone(id: Id<ids::Draft>) -> Error {
    Refusal::NotFound { kind: "draft".into(), name: id.to_string() }.into()
}

/// The id that a text says.
pub fn id_of(said: &str) -> Result<Id<ids::Draft>, Error> {
    let none = || Refusal::NotFound { kind: "draft".into(), name: said.to_owned() };
    Ok(said.trim().parse().map_err(|_| none())?)
}

/// Drafts, the latest first.
pub fn list(tx: &mut Tx<'_>, actor: &Actor, limit: i64) -> Result<Vec<Kept>, Error> {
    actor.may(Right::InvoiceIssue)?;
    draft::list(tx, actor.company.id, limit)
}

/// A draft as it was typed.
pub fn get(tx: &mut Tx<'_>, actor: &Actor, id: Id<ids::Draft>) -> Result<(Kept, Draft), Error> {
    actor.may(Right::InvoiceIssue)?;
    let kept = draft::find(tx, actor.company.id, id)?.ok_or_else(|| gone(id))?;
    let draft = serde_json::from_str(&kept.body).map_err(|e| Error::failed("reading a draft", e))?;
    Ok((kept, draft))
}

/// Throws a draft away.
pub fn discard(tx: &mut Tx<'_>, actor: &Actor, id: Id<ids::Draft>) -> Result<(), Error> {
    actor.may(Right::InvoiceIssue)?;
    if draft::forget(tx, actor.company.id, id)? { Ok(()) } else { Err(gone(id)) }
}

/// Issues the invoice that a draft says, once; its customer is named by code. `right` are checks that somebody looked at.
pub fn post(
    tx: &mut Tx<'_>,
    actor: &Actor,
    today: Date,
    id: Id<ids::Draft>,
    (right, deposit): (&[String], bool),
    key: Option<&Once>,
) -> Result<Posted, Error> {
    super::once(tx, actor, key, |tx| {
        let (_, draft) = get(tx, actor, id)?;
        let given = draft.given(actor, today, draft.customer.trim().to_owned())?;
        let given = Given { draft: Some(id), right: right.to_vec(), deposit, ..given };
        invoice::issue(tx, actor, today, &given, None)
    })
}
