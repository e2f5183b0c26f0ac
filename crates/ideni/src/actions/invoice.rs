//! Invoices and credit notes: posting them to the ledger.

mod amounts;
mod checks;
mod deposits;
mod levies;
mod lines;
mod poster;
mod shown;

use receivables::billing::check::Check;
use receivables::billing::early::Early;
use receivables::billing::line::{Discount, Prices};
use receivables::billing::terms::{Instalment, Terms};
use receivables::ids::{self, Id};
use receivables::ledger::Account;
use receivables::{Currency, Date, Money, Refusal};
use rust_decimal::Decimal;
use store::deposit::{Deduction, Standing};
use store::document::{self, Document, DocumentLine, DocumentTax, Kind, Looks};
use store::{Error, Tx, customer};

use super::setting::Setting;
use super::{Actor, Once, Right, Subject, act, fiscal, once, tax, text};
pub(super) use amounts::{Amounts, of_class};
pub(super) use poster::next_number;
pub use poster::{Outcome, Poster};

pub use amounts::LINES_MAX;
pub use lines::named;
pub use shown::{Asked, EarlyOffer, Shown, page, show};
pub(crate) use shown::{customers_of, read_place};

/// The series of what was made elsewhere; each of our own is called by its prefix.
pub const EXTERNAL: &str = "external";

/// What a buyer calls an invoice by, as it is kept.
pub const ORDER: &str = "order";
pub const PURCHASE_CODE: &str = "purchase-code";
/// The day on which what it bills was delivered.
pub const DELIVERED: &str = "delivered";
/// The invoice in whose place it was issued, and the one that charged too little.
pub const REPLACES: &str = "replaces";
pub const DEBITS: &str = "debits";
pub const WHY: &str = "why";
/// The branch that issued it, and the number of the paper it was written on by hand while the tax device failed.
pub const BRANCH: &str = "branch";
pub const HAND_WRITTEN: &str = "hand-written";
/// The quote that was accepted.
pub const OFFERED: &str = "offered";
/// The longest number of an order, in characters.
const ORDER_MAX: usize = 60;

/// A number of one of our series.
pub fn number(series: &str, no: i64) -> String {
    format!("{series}-{no:06}")
}

/// A line as written: what, how many, at which price.
#[derive(Clone, Debug, PartialEq)]
pub struct GivenLine {
    pub description: String,
    pub quantity: Decimal,
    /// What is counted: hours, bags, m³.
    pub unit: Option<String>,
    pub unit_price: Decimal,
    pub discount: Discount,
    pub tax_class: String,
    /// What it sells of the catalogue: what the line leaves empty of description, unit and tax class is the item's.
    pub item: Option<OfItem>,
}

/// The item of the catalogue that a line sells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfItem {
    pub code: String,
    /// Whether the line writes its own price; else the catalogue's counts.
    pub is_priced: bool,
}

impl GivenLine {
    /// Quantity × price less the discount in major units, before any rounding.
    pub fn exact(&self) -> Option<Decimal> {
        self.discount.off(self.quantity.checked_mul(self.unit_price)?)
    }
}

/// An invoice or credit note from a form or a file. Amounts are positive for both kinds.
#[derive(Clone, Debug)]
pub struct Given {
    pub kind: Kind,
    /// Its own number, for one made elsewhere; ours otherwise.
    pub number: Option<String>,
    pub customer: String,
    /// Makes the customer under this name if there is none of that code.
    pub customer_name: Option<String>,
    pub payer: Option<String>,
    pub beneficiary: Option<String>,
    pub issued_on: Date,
    pub due_on: Option<Date>,
    pub currency: Currency,
    pub net: Option<Money>,
    pub tax: Option<Money>,
    pub total: Option<Money>,
    pub credits: Option<String>,
    pub lines: Vec<GivenLine>,
    /// How the prices of the lines are written.
    pub prices: Prices,
    /// Due dates with weights; one instalment on `due_on` when empty.
    pub instalments: Vec<(Date, u32)>,
    /// Terms of payment, in place of due dates.
    pub terms: Option<Terms>,
    /// Part of the opening load: posts on this day against the opening balance.
    pub opening_on: Option<Date>,
    pub purpose: Purpose,
    pub references: References,
    /// The draft that it was, which goes with it.
    pub draft: Option<Id<ids::Draft>>,
    /// What it bills is still owed to the customer: a deposit.
    pub deposit: bool,
    /// Numbers of deposits that it settles, as far as it goes; and what that takes off each, once it is written out.
    pub settles: Vec<String>,
    pub deductions: Vec<Deduction>,
    /// Codes of checks that somebody looked at and found right.
    pub right: Vec<String>,
    /// The invoice it is about, and in which way: [`REPLACES`], [`DEBITS`]; and [`WHY`].
    pub about: About,
}

impl Given {
    /// An invoice of ours that says nothing else yet.
    pub fn to(customer: String, issued_on: Date, currency: Currency) -> Given {
        Given {
            kind: Kind::Invoice,
            number: None,
            customer,
            customer_name: None,
            payer: None,
            beneficiary: None,
            issued_on,
            due_on: None,
            currency,
            net: None,
            tax: None,
            total: None,
            credits: None,
            lines: Vec::new(),
            prices: Prices::Net,
            instalments: Vec::new(),
            terms: None,
            opening_on: None,
            purpose: Purpose::Sale,
            references: References::default(),
            draft: None,
            deposit: false,
            settles: Vec::new(),
            deductions: Vec::new(),
            right: Vec::new(),
            about: About::new(),
        }
    }
}

/// What the buyer calls an invoice by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct References {
    /// The buyer's order.
    pub order: Option<String>,
    /// The buyer's purchase code for this seller, six letters and digits.
    pub purchase_code: Option<String>,
    /// The branch that issues it, by code.
    pub branch: Option<String>,
    /// The number it was given by hand.
    pub hand_written: Option<String>,
    /// The day on which what it bills was delivered.
    pub delivered_on: Option<Date>,
}

impl References {
    /// From what was typed; refused where it can be neither.
    pub fn read(order: Option<&str>, purchase_code: Option<&str>) -> Result<References, Refusal> {
        let order = text("order", order.unwrap_or_default(), ORDER_MAX)?;
        Ok(References {
            order: Some(order.to_owned()).filter(|order| !order.is_empty()),
            purchase_code: fiscal::purchase_code(purchase_code.unwrap_or_default())?,
            ..References::default()
        })
    }

    /// With the day of delivery.
    pub fn delivered(self, on: Option<Date>) -> References {
        References { delivered_on: on, ..self }
    }

    /// With the branch that issues it, and the number it was given by hand.
    pub fn with(self, branch: Option<&str>, hand_written: Option<&str>) -> Result<References, Refusal> {
        let said = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let hand_written = text("hand_written", hand_written.unwrap_or_default(), ORDER_MAX)?;
        Ok(References { branch: branch.and_then(said), hand_written: said(hand_written), ..self })
    }
}

/// What else is told of a document: the invoice that it is about, and why.
pub type About = Vec<(&'static str, String)>;

/// What a document is for: its series, and the income it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Purpose {
    Sale,
    /// Late fees and interest.
    LateCharge,
    /// Takes an invoice back before the tax device had it.
    Void,
    /// In the place of an invoice that was wrong: its due day may be past.
    Replacement,
    /// Charges more for what an invoice charged too little.
    Debit,
}

impl Purpose {
    fn income(self) -> Account {
        match self {
            Purpose::Sale | Purpose::Void | Purpose::Replacement | Purpose::Debit => Account::REVENUE,
            Purpose::LateCharge => Account::LATE_CHARGES,
        }
    }

    fn prefix(self, kind: Kind, deposit: bool) -> Setting {
        match (self, kind) {
            (Purpose::Sale | Purpose::Replacement, Kind::Invoice) if deposit => Setting::DepositPrefix,
            (Purpose::Void, _) => Setting::VoidPrefix,
            (_, Kind::CreditNote) => Setting::CreditNotePrefix,
            (Purpose::Debit, Kind::Invoice) => Setting::DebitNotePrefix,
            (Purpose::Sale | Purpose::Replacement, Kind::Invoice) => Setting::InvoicePrefix,
            (Purpose::LateCharge, Kind::Invoice) => Setting::LateChargePrefix,
        }
    }
}

/// Every check is right: what makes up a past is not looked at.
pub(crate) fn all_right() -> Vec<String> {
    Check::ALL.iter().map(|(key, _)| key.trim_start_matches("check-").to_owned()).collect()
}

/// The same document is there already.
pub(super) fn exists(number: String) -> Error {
    Refusal::Exists { kind: "invoice".into(), name: number }.into()
}

/// How a document is called before it has a number: by whom it is for.
fn called(given: &Given) -> String {
    given.number.clone().unwrap_or_else(|| given.customer.clone())
}

/// Whether a document is a late charge.
pub fn is_late_charge(tx: &mut Tx<'_>, actor: &Actor, document: Id<ids::Document>) -> Result<bool, Error> {
    store::late_charge::is_charge(tx, actor.company.id, document)
}

/// The branch that issued a document.
pub(super) fn branch_of(tx: &mut Tx<'_>, actor: &Actor, document: Id<ids::Document>) -> Result<Option<String>, Error> {
    let all = store::fiscal::references(tx, actor.company.id, document)?;
    Ok(all.into_iter().find(|(kind, _)| kind == BRANCH).map(|(_, said)| said))
}

/// What the terms of a document offer for paying early.
pub fn early(actor: &Actor, agreed: &document::Agreed) -> Result<Option<Early>, Error> {
    let terms = Terms::read(&agreed.terms)?;
    let treatment = tax::of_country(&actor.company.country)?.discount(terms.treatment())?;
    Ok(terms.early(agreed.issued_on, treatment))
}

/// What makes a document look like another.
fn looks_of(d: &Document) -> Looks {
    Looks { payer: d.payer, issued_on: d.issued_on, due_on: d.due_on, currency: d.currency, total: d.total }
}

/// What posting a document did.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Posted {
    pub number: String,
    pub id: String,
    /// Another document that says the same under another number: a warning, for it may be right.
    pub twin: Option<String>,
    /// What was told and stopped nothing, by code.
    #[serde(default)]
    pub told: Vec<String>,
}

/// Issues one document as an action of its own. A credit note of ours is not issued so: it names its invoice, with a reason and
/// within the limit of one person (`credit_note::post_or_ask`).
pub fn issue(tx: &mut Tx<'_>, actor: &Actor, today: Date, given: &Given, key: Option<&Once>) -> Result<Posted, Error> {
    if given.kind == Kind::CreditNote && given.number.is_none() {
        return Err(Refusal::CreditByInvoice.into());
    }
    once(tx, actor, key, |tx| {
        let name = called(given);
        act(tx, actor, Right::InvoiceIssue, Subject { name: &name, cause: None }, |tx| {
            if let Some(draft) = given.draft
                && !store::draft::forget(tx, actor.company.id, draft)?
            {
                return Err(Refusal::NotFound { kind: "draft".into(), name: draft.to_string() }.into());
            }
            let mut poster = Poster::default();
            let written = lines::written_out(tx, actor, given)?;
            let amounts = poster.amounts(tx, actor, &written.given)?;
            let checks = checks::of(tx, actor, &written.given, amounts.total)?;
            checks::passed(&checks, &given.right)?;
            let outcome = poster.add_written(tx, actor, today, written, amounts)?;
            let mut twins = poster.save(tx, actor)?;
            match outcome {
                Outcome::Created(posted) => {
                    let told = checks.iter().map(|check| check.code().to_owned()).collect();
                    Ok(Posted { twin: twins.pop().flatten(), told, ..posted })
                }
                Outcome::Duplicate(number) => Err(exists(number)),
            }
        })
    })
}

/// What a document would come to.
#[derive(Clone, Debug)]
pub struct Preview {
    pub net: Money,
    pub tax: Money,
    pub total: Money,
    pub lines: Vec<DocumentLine>,
    pub taxes: Vec<DocumentTax>,
    /// When it falls due.
    pub parts: Vec<Instalment>,
    /// What a person should look at.
    pub checks: Vec<Check>,
    /// The customer's deposits of which something is left.
    pub deposits: Vec<Standing>,
}

/// Works a document out without posting it.
pub fn preview(tx: &mut Tx<'_>, actor: &Actor, today: Date, given: &Given) -> Result<Preview, Error> {
    actor.may(Right::InvoiceIssue)?;
    previewed(tx, actor, today, given)
}

/// The same for whoever may look at it.
pub(super) fn previewed(tx: &mut Tx<'_>, actor: &Actor, today: Date, given: &Given) -> Result<Preview, Error> {
    let given = &*lines::written_out(tx, actor, given)?.given;
    levies::may_bill(tx, actor, given, &mut None)?;
    let Amounts { net, tax, total, lines, taxes } = Amounts::of(given, tax::of_country(&actor.company.country)?)?;
    let billed = customer::get(tx, actor.company.id, &given.customer)?;
    let mut deposits = store::deposit::of_customer(tx, actor.company.id, billed.id, given.currency)?;
    deposits.retain(|one| one.net > 0);
    let mut poster = Poster::default();
    let mut parts = poster.parts(tx, actor, today, given, total)?;
    if parts.is_empty() {
        let due_on = match given.due_on {
            Some(due_on) => due_on,
            None => poster.working_day(tx, actor, today, given.issued_on.plus_days(billed.terms_days))?,
        };
        parts.push(Instalment { due_on, amount: total.minor });
    }
    let checks = checks::of(tx, actor, given, total)?;
    Ok(Preview { net, tax, total, lines, taxes, parts, checks, deposits })
}

/// A document whose lines say all that is billed.
pub(super) fn written_out(tx: &mut Tx<'_>, actor: &Actor, given: &Given) -> Result<Given, Error> {
    Ok(lines::written_out(tx, actor, given)?.given.into_owned())
}

/// A document whose lines took from the catalogue what they leave out; their classes still say their levies.
pub(super) fn catalogued(tx: &mut Tx<'_>, actor: &Actor, given: &Given) -> Result<Given, Error> {
    Ok(lines::from_catalogue(tx, actor, given)?.given.into_owned())
}

/// What a document comes to.
pub(super) fn worked_out(actor: &Actor, given: &Given) -> Result<Amounts, Error> {
    Amounts::of(given, tax::of_country(&actor.company.country)?)
}

/// Documents in the order they were posted.
pub fn list(
    tx: &mut Tx<'_>,
    actor: &Actor,
    customer: Option<&str>,
    limit: i64,
) -> Result<Vec<document::Listed>, Error> {
    actor.may(Right::Read)?;
    document::list(tx, actor.company.id, customer, limit)
}
