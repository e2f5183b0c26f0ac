//! The actions of the desk, one verb each.

use receivables::{Date, Money};
use rust_decimal::Decimal;
use serde_json::json;
use store::document::Kind;

use super::output::{Sheet, Target, amount};
use super::refund::Back;
use super::said::Said;
use super::{App, Done, Failure, Global, currency_or, said};
use crate::actions::{account, allocation, company, customer, history, invoice, period, receipt};
use crate::words;

/// Rows a list shows when no limit is given.
pub(super) const LIST: i64 = 1_000_000;

#[derive(clap::Args, Debug)]
pub struct Init {
    /// The company's name
    #[arg(long)]
    name: String,
    /// Its tax number (nine digits in Rwanda)
    #[arg(long)]
    tin: Option<String>,
    /// The currency of its books
    #[arg(long, default_value = "RWF")]
    currency: String,
    /// Country pack
    #[arg(long, default_value = "rw")]
    country: String,
    /// A short name for commands; from the first word of the name if left out
    #[arg(long)]
    code: Option<String>,
}

impl Init {
    pub fn run(&self, app: &App<'_>) -> Done {
        let new = company::NewCompany {
            name: self.name.clone(),
            code: self.code.clone(),
            tin: self.tin.clone(),
            currency: currency_or(Some(&self.currency), receivables::Currency::RWF)?,
            country: self.country.clone(),
            simulated: false,
        };
        let made = app.db.write(move |tx| company::init(tx, "admin", &new))?;
        let mut sheet = Sheet::new(app.global.format, ["company", "name", "currency"])?;
        let c = made.company;
        sheet.row(vec![json!(c.code), json!(c.name), json!(c.currency.to_string())])?;
        Ok(sheet.finish(json!({}))?)
    }
}

/// What to do where there is no company yet.
pub fn welcome(global: &Global) -> Done {
    for said in [Said::NoBookYet, Said::TryDemo] {
        println!("{}", words::saying(global.language, &said));
    }
    Ok(())
}

/// `ideni` alone: what this book needs next.
pub fn next(app: &App<'_>) -> Done {
    let companies = app.db.read(store::company::list)?;
    if companies.is_empty() {
        return welcome(app.global);
    }
    if app.db.read(crate::actions::quarantine::is_on)? {
        println!("{}", app.say(&Said::InQuarantine));
    }
    let (review, waiting, open) = app.read(|tx, actor, _| {
        let review = crate::actions::review::count(tx, actor)?;
        let waiting = store::receipt::waiting(tx, actor.company.id)?.len();
        Ok((review, waiting, store::document::any(tx, actor.company.id)?))
    })?;
    let next = [
        (!open, Said::NoInvoices),
        (waiting > 0, Said::ReceiptsWaiting { count: waiting.to_string() }),
        (waiting > 0, Said::ApplyYourself),
        (review > 0, Said::LinesWaiting { count: review.to_string() }),
        (true, Said::SeeOpen),
    ];
    for (_, said) in next.iter().filter(|(is_so, _)| *is_so) {
        println!("{}", app.say(said));
    }
    Ok(())
}

#[derive(clap::Subcommand, Debug)]
#[allow(clippy::large_enum_variant, reason = "parsed once per process")]
pub enum Invoice {
    /// Post an invoice or credit note under our own next number
    Issue {
        #[arg(long)]
        customer: String,
        /// Net amount in major units
        #[arg(long)]
        net: Option<Decimal>,
        #[arg(long)]
        tax: Option<Decimal>,
        #[arg(long)]
        total: Option<Decimal>,
        #[arg(long)]
        currency: Option<String>,
        #[arg(long)]
        issued_on: Option<Date>,
        #[arg(long)]
        due_on: Option<Date>,
        /// invoice or credit_note
        #[arg(long, default_value = "invoice")]
        kind: String,
        /// Number of the invoice a credit note credits
        #[arg(long)]
        credits: Option<String>,
        /// Who pays, if not the customer billed
        #[arg(long)]
        payer: Option<String>,
        /// Who benefits, if not the customer billed
        #[arg(long)]
        beneficiary: Option<String>,
        /// DATE:WEIGHT per instalment, for example 2026-09-30:50,2026-10-31:50
        #[arg(long, value_delimiter = ',')]
        instalments: Vec<String>,
    },
    /// Posted invoices and credit notes
    List(InvoiceList),
}

#[derive(clap::Args, Debug)]
pub struct InvoiceList {
    /// Only this customer
    #[arg(long)]
    customer: Option<String>,
    /// How many rows
    #[arg(long, default_value_t = LIST)]
    limit: i64,
}

impl InvoiceList {
    pub fn write(&self, app: &App<'_>, target: &Target) -> Done {
        let rows = app.read(|tx, actor, _| invoice::list(tx, actor, self.customer.as_deref(), self.limit))?;
        let columns = [
            "number",
            "kind",
            "series",
            "customer",
            "name",
            "issued_on",
            "due_on",
            "currency",
            "net",
            "tax",
            "total",
            "open",
        ];
        let mut sheet = Sheet::to(target, columns)?;
        for d in rows {
            sheet.row(vec![
                json!(d.number),
                json!(d.kind.name()),
                json!(d.series),
                json!(d.customer),
                json!(d.name),
                json!(d.issued_on.to_string()),
                json!(d.due_on.to_string()),
                json!(d.currency.to_string()),
                amount(d.net, d.currency),
                amount(d.tax, d.currency),
                amount(d.total, d.currency),
                amount(d.open, d.currency),
            ])?;
        }
        Ok(sheet.finish(json!({}))?)
    }
}

impl Invoice {
    pub fn run(&self, app: &App<'_>) -> Done {
        match self {
            Invoice::Issue { .. } => self.issue(app),
            Invoice::List(list) => list.write(app, &Target::Print(app.global.format)),
        }
    }

    fn issue(&self, app: &App<'_>) -> Done {
        let Invoice::Issue {
            customer,
            net,
            tax,
            total,
            currency,
            issued_on,
            due_on,
            kind,
            credits,
            payer,
            beneficiary,
            instalments,
        } = self
        else {
            return Ok(());
        };
        let (actor, today) = app.actor()?;
        let currency = currency_or(currency.as_ref(), actor.company.currency)?;
        let money = |major: &Option<Decimal>| major.map(|m| Money::from_major(m, currency)).transpose();
        let kind = match kind.as_str() {
            "invoice" => Kind::Invoice,
            "credit_note" => Kind::CreditNote,
            other => return Err(said(Said::KindOfDocument { value: other.to_owned() })),
        };
        let given = invoice::Given {
            kind,
            number: None,
            customer: customer.clone(),
            customer_name: None,
            payer: payer.clone(),
            beneficiary: beneficiary.clone(),
            issued_on: issued_on.unwrap_or(today),
            due_on: *due_on,
            currency,
            net: money(net).map_err(store::Error::from)?,
            tax: money(tax).map_err(store::Error::from)?,
            total: money(total).map_err(store::Error::from)?,
            credits: credits.clone(),
            lines: Vec::new(),
            instalments: instalments.iter().map(|text| instalment(text)).collect::<Result<_, _>>()?,
            opening_on: None,
        };
        let once = app.once(self);
        let posted = app.write(move |tx, actor, today| invoice::issue(tx, actor, today, &given, once.as_ref()))?;
        let mut sheet = Sheet::new(app.global.format, ["number", "id"])?;
        sheet.row(vec![json!(posted.number), json!(posted.id)])?;
        Ok(sheet.finish(json!({}))?)
    }
}

fn instalment(text: &str) -> Result<(Date, u32), Failure> {
    let wrong = || said(Said::Instalment { value: text.to_owned() });
    let (on, weight) = text.split_once(':').ok_or_else(wrong)?;
    Ok((on.parse().map_err(|_| wrong())?, weight.parse().map_err(|_| wrong())?))
}

#[derive(clap::Subcommand, Debug)]
pub enum Receipt {
    /// Record money that came in
    Record {
        /// Amount in major units
        #[arg(long)]
        amount: Decimal,
        #[arg(long)]
        currency: Option<String>,
        #[arg(long, default_value = "bank")]
        account: String,
        #[arg(long)]
        on: Option<Date>,
        /// Whose money it is, if known
        #[arg(long)]
        customer: Option<String>,
        #[arg(long)]
        reference: Option<String>,
        #[arg(long)]
        payer: Option<String>,
        #[arg(long)]
        text: Option<String>,
        /// What the bank or wallet kept of it
        #[arg(long)]
        charges: Option<Decimal>,
    },
    /// Say whose money a receipt is
    Identify { receipt: String, customer: String },
    /// Receipts and what is left of them
    List(ReceiptList),
    #[command(flatten)]
    Back(Back),
}

#[derive(clap::Args, Debug)]
pub struct ReceiptList {
    /// How many rows
    #[arg(long, default_value_t = LIST)]
    limit: i64,
}

impl ReceiptList {
    pub fn write(&self, app: &App<'_>, target: &Target) -> Done {
        let rows = app.read(|tx, actor, _| receipt::list(tx, actor, self.limit))?;
        let columns = [
            "id",
            "account",
            "on",
            "currency",
            "gross",
            "charges",
            "payer",
            "reference",
            "text",
            "customer",
            "unidentified",
            "unapplied",
            "allocated",
            "refunded",
        ];
        let mut sheet = Sheet::to(target, columns)?;
        for r in rows {
            sheet.row(vec![
                json!(r.id.to_string()),
                json!(r.account),
                json!(r.received_on.to_string()),
                json!(r.currency.to_string()),
                amount(r.gross, r.currency),
                amount(r.charges, r.currency),
                json!(r.payer),
                json!(r.reference),
                json!(r.text),
                json!(r.customer),
                amount(r.unidentified, r.currency),
                amount(r.unapplied, r.currency),
                amount(r.allocated, r.currency),
                amount(r.refunded, r.currency),
            ])?;
        }
        Ok(sheet.finish(json!({}))?)
    }
}

impl Receipt {
    pub fn run(&self, app: &App<'_>) -> Done {
        match self {
            Receipt::Record { amount, currency, account, on, customer, reference, payer, text, charges } => {
                let (actor, today) = app.actor()?;
                let currency = currency_or(currency.as_ref(), actor.company.currency)?;
                let charges = charges.map(|c| Money::from_major(c, currency)).transpose();
                let given = receipt::Given {
                    account: account.clone(),
                    received_on: on.unwrap_or(today),
                    received_at: None,
                    gross: Money::from_major(*amount, currency).map_err(store::Error::from)?,
                    charges: charges.map_err(store::Error::from)?.unwrap_or(Money::zero(currency)),
                    payer: payer.clone(),
                    payer_ref: None,
                    reference: reference.clone(),
                    text: text.clone(),
                    customer: customer.clone(),
                    opening_on: None,
                };
                let once = app.once(self);
                let done =
                    app.write(move |tx, actor, today| receipt::record(tx, actor, today, &given, once.as_ref()))?;
                let mut sheet = Sheet::new(app.global.format, ["id"])?;
                sheet.row(vec![json!(done.id)])?;
                Ok(sheet.finish(json!({}))?)
            }
            Receipt::Identify { receipt: name, customer } => {
                let (name, code) = (name.clone(), customer.clone());
                app.write(move |tx, actor, today| receipt::identify(tx, actor, today, &name, &code))
            }
            Receipt::Back(back) => back.run(app),
            Receipt::List(list) => list.write(app, &Target::Print(app.global.format)),
        }
    }
}

#[derive(clap::Subcommand, Debug)]
pub enum Allocation {
    /// Apply a receipt (reference or id) or a credit note (number) to an invoice
    Add {
        source: String,
        invoice: String,
        /// Major units of the invoice's currency; as much as both sides allow if left out
        #[arg(long)]
        amount: Option<Decimal>,
        /// Major units that leave the receipt, where its currency is another
        #[arg(long)]
        paid: Option<Decimal>,
        #[arg(long)]
        on: Option<Date>,
    },
    /// Take an allocation, a credit applied or a write-off back
    Reverse {
        id: String,
        #[arg(long)]
        reason: String,
    },
    /// What moved open items
    List {
        #[arg(long, default_value_t = LIST)]
        limit: i64,
    },
}

impl Allocation {
    pub fn run(&self, app: &App<'_>) -> Done {
        match self {
            Allocation::Add { source, invoice, amount, paid, on } => {
                let (source, number, on) = (source.clone(), invoice.clone(), *on);
                let (amount, paid, once) = (*amount, *paid, app.once(self));
                let done = app.write(move |tx, actor, today| {
                    let invoice = store::document::get(tx, actor.company.id, &number)?;
                    let minor = |major: Decimal, currency| Money::from_major(major, currency).map(|m| m.minor);
                    let paid = match paid {
                        None => None,
                        Some(paid) => {
                            let id = store::receipt::find(tx, actor.company.id, &source)?;
                            Some(minor(paid, store::receipt::get(tx, actor.company.id, id)?.currency)?)
                        }
                    };
                    let given = allocation::Given {
                        source: source.clone(),
                        invoice: number.clone(),
                        amount: amount.map(|a| minor(a, invoice.currency)).transpose()?,
                        paid,
                        on,
                    };
                    allocation::add(tx, actor, today, &given, once.as_ref())
                })?;
                print_made(app, &done.allocations)
            }
            Allocation::Reverse { id, reason } => {
                let (id, reason, once) = (id.clone(), reason.clone(), app.once(self));
                let done = app.write(move |tx, actor, today| {
                    allocation::reverse(tx, actor, today, &id, &reason, once.as_ref())
                })?;
                print_made(app, &[done])
            }
            Allocation::List { limit } => {
                let rows = app.read(|tx, actor, _| allocation::list(tx, actor, *limit))?;
                let columns = ["id", "kind", "invoice", "on", "currency", "amount", "receipt", "reason", "reversed"];
                let mut sheet = Sheet::new(app.global.format, columns)?;
                for m in rows {
                    sheet.row(vec![
                        json!(m.id.to_string()),
                        json!(m.kind.name()),
                        json!(m.invoice),
                        json!(m.posted_on.to_string()),
                        json!(m.currency.to_string()),
                        amount(m.amount, m.currency),
                        json!(m.receipt),
                        json!(m.reason),
                        json!(m.reversed),
                    ])?;
                }
                Ok(sheet.finish(json!({}))?)
            }
        }
    }
}

fn print_made(app: &App<'_>, made: &[allocation::Made]) -> Done {
    let mut sheet = Sheet::new(app.global.format, ["id", "invoice", "amount", "currency"])?;
    for m in made {
        sheet.row(vec![json!(m.id), json!(m.invoice), json!(m.amount), json!(m.currency)])?;
    }
    Ok(sheet.finish(json!({}))?)
}

#[derive(clap::Subcommand, Debug)]
pub enum WriteOff {
    /// Write off what is open of an invoice, or part of it
    Add {
        invoice: String,
        /// Major units; all that is open if left out
        #[arg(long)]
        amount: Option<Decimal>,
        /// Why: the auditor will read it
        #[arg(long)]
        reason: String,
    },
}

impl WriteOff {
    pub fn run(&self, app: &App<'_>) -> Done {
        let WriteOff::Add { invoice, amount, reason } = self;
        let (number, major, reason, once) = (invoice.clone(), *amount, reason.clone(), app.once(self));
        let done = app.write(move |tx, actor, today| {
            let currency = store::document::get(tx, actor.company.id, &number)?.currency;
            let amount = major.map(|m| Money::from_major(m, currency).map(|m| m.minor)).transpose()?;
            let given = allocation::GivenUp { invoice: number.clone(), amount, reason: reason.clone() };
            allocation::write_off(tx, actor, today, &given, once.as_ref())
        })?;
        print_made(app, &done.allocations)
    }
}

#[derive(clap::Subcommand, Debug)]
pub enum Customer {
    /// Add a customer, or change what is given of one
    Save {
        code: String,
        #[arg(long)]
        name: Option<String>,
        #[arg(long)]
        tin: Option<String>,
        #[arg(long)]
        phone: Option<String>,
        #[arg(long)]
        email: Option<String>,
        /// The language of messages to the customer: en, fr, rw or sw
        #[arg(long, value_name = "CODE")]
        message_language: Option<String>,
        #[arg(long)]
        terms_days: Option<i32>,
        #[arg(long)]
        segment: Option<String>,
        #[arg(long)]
        district: Option<String>,
    },
    /// Give accounts to a collector
    Assign {
        #[arg(required = true)]
        codes: Vec<String>,
        /// The user who works them
        #[arg(long, value_name = "USER", conflicts_with = "none", required_unless_present = "none")]
        collector: Option<String>,
        /// Give them to nobody
        #[arg(long)]
        none: bool,
    },
    /// One account: what is open and what happened
    Show { code: String },
    /// The customers
    List,
}

impl Customer {
    pub fn run(&self, app: &App<'_>) -> Done {
        match self {
            Customer::Save { code, name, tin, phone, email, message_language, terms_days, segment, district } => {
                let given = customer::Given {
                    code: code.clone(),
                    name: name.clone(),
                    tin: tin.clone(),
                    phone: phone.clone(),
                    email: email.clone(),
                    language: message_language.clone(),
                    terms_days: *terms_days,
                    segment: segment.clone(),
                    district: district.clone(),
                    ..customer::Given::default()
                };
                app.write(move |tx, actor, _| customer::save(tx, actor, &given)).map(|_| ())
            }
            Customer::Assign { codes, collector, none: _ } => {
                let (codes, collector) = (codes.clone(), collector.clone());
                let changed =
                    app.write(move |tx, actor, _| customer::assign(tx, actor, &codes, collector.as_deref()))?;
                let mut sheet = Sheet::new(app.global.format, ["changed"])?;
                sheet.row(vec![json!(changed)])?;
                Ok(sheet.finish(json!({}))?)
            }
            Customer::Show { code } => show(app, code),
            Customer::List => {
                let rows = app.read(|tx, actor, _| customer::list(tx, actor))?;
                let columns = [
                    "code",
                    "name",
                    "kind",
                    "tin",
                    "phone",
                    "email",
                    "language",
                    "terms_days",
                    "currency",
                    "segment",
                    "district",
                    "collector",
                ];
                let mut sheet = Sheet::new(app.global.format, columns)?;
                for c in rows {
                    sheet.row(vec![
                        json!(c.code),
                        json!(c.name),
                        json!(c.kind),
                        json!(c.tin),
                        json!(c.phone),
                        json!(c.email),
                        json!(c.language),
                        json!(c.terms_days),
                        json!(c.currency.to_string()),
                        json!(c.segment),
                        json!(c.district),
                        json!(c.collector),
                    ])?;
                }
                Ok(sheet.finish(json!({}))?)
            }
        }
    }
}

/// What is open of an account, oldest due first, then what happened on it.
fn show(app: &App<'_>, code: &str) -> Done {
    let (open, events) = app.read(|tx, actor, _| {
        let customer = customer::get(tx, actor, code)?;
        let open = store::document::open_of(tx, actor.company.id, customer.id)?;
        Ok((open, history::of_customer(tx, actor, code)?))
    })?;
    let mut sheet =
        Sheet::new(app.global.format, ["on", "what", "name", "due_on", "currency", "amount", "open", "disputed"])?;
    for i in open {
        sheet.row(vec![
            json!(i.posted_on.to_string()),
            json!("open item"),
            json!(i.number),
            json!(i.due_on.to_string()),
            json!(i.currency.to_string()),
            amount(i.total, i.currency),
            amount(i.open, i.currency),
            amount(i.disputed, i.currency),
        ])?;
    }
    for e in events {
        let money = amount(e.amount.minor, e.amount.currency);
        let currency = json!(e.amount.currency.to_string());
        let empty = serde_json::Value::Null;
        sheet.row(vec![
            json!(e.on.to_string()),
            json!(e.what.name()),
            json!(e.name),
            empty.clone(),
            currency,
            money,
            empty.clone(),
            empty,
        ])?;
    }
    Ok(sheet.finish(json!({}))?)
}

#[derive(clap::Subcommand, Debug)]
pub enum Account {
    /// Add a money account
    Add {
        code: String,
        #[arg(long)]
        name: String,
    },
    /// The accounts
    List,
}

impl Account {
    pub fn run(&self, app: &App<'_>) -> Done {
        match self {
            Account::Add { code, name } => {
                let (code, name) = (code.clone(), name.clone());
                app.write(move |tx, actor, _| account::add(tx, actor, &code, &name))
            }
            Account::List => {
                let rows = app.read(|tx, actor, _| account::list(tx, actor))?;
                let mut sheet = Sheet::new(app.global.format, ["code", "name", "kind"])?;
                for a in rows {
                    sheet.row(vec![json!(a.code), json!(a.name), json!(a.kind)])?;
                }
                Ok(sheet.finish(json!({}))?)
            }
        }
    }
}

#[derive(clap::Subcommand, Debug)]
pub enum User {
    /// Add a person: admin, manager, billing, cash, collector or auditor
    Add {
        name: String,
        #[arg(long)]
        role: String,
        #[arg(long)]
        full_name: Option<String>,
    },
    /// The people of the company
    List,
}

impl User {
    pub fn run(&self, app: &App<'_>) -> Done {
        match self {
            User::Add { name, role, full_name } => {
                let (name, role) = (name.clone(), role.clone());
                let full_name = full_name.clone().unwrap_or_else(|| name.clone());
                app.write(move |tx, actor, _| company::add_user(tx, actor, &name, &full_name, &role))
            }
            User::List => {
                let rows = app.read(|tx, actor, _| store::company::users(tx, actor.company.id))?;
                let mut sheet = Sheet::new(app.global.format, ["user", "full_name", "role"])?;
                for (name, full_name, role) in rows {
                    sheet.row(vec![json!(name), json!(full_name), json!(role)])?;
                }
                Ok(sheet.finish(json!({}))?)
            }
        }
    }
}

#[derive(clap::Subcommand, Debug)]
pub enum Period {
    /// Close every day up to this one
    Close { to: Date },
    /// Reopen the days after this one
    Reopen {
        to: Date,
        #[arg(long)]
        reason: String,
    },
    /// The last closed day
    List,
}

impl Period {
    pub fn run(&self, app: &App<'_>) -> Done {
        match self {
            Period::Close { to } => {
                let to = *to;
                app.write(move |tx, actor, today| period::close(tx, actor, today, to))
            }
            Period::Reopen { to, reason } => {
                let (to, reason) = (*to, reason.clone());
                app.write(move |tx, actor, _| period::reopen(tx, actor, to, &reason))
            }
            Period::List => {
                let closed = app.read(|tx, actor, _| period::closed_to(tx, actor))?;
                let mut sheet = Sheet::new(app.global.format, ["closed_to"])?;
                if let Some(closed) = closed {
                    sheet.row(vec![json!(closed.to_string())])?;
                }
                Ok(sheet.finish(json!({}))?)
            }
        }
    }
}
