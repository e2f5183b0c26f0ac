//! `ideni invoice`.

use receivables::billing::line::{Discount, Prices};
use receivables::{Date, Money};
use rust_decimal::Decimal;
use serde_json::json;
use store::document::Kind;

use super::output::{LIST, Sheet, Target};
use super::said::Said;
use super::{App, Done, Failure, currency_or, said};
use crate::actions::invoice;
use crate::actions::listing::Listing;

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
        /// DESCRIPTION;QUANTITY;PRICE;CLASS or with ;DISCOUNT at the end (5% or an amount), once per line
        #[arg(long)]
        line: Vec<String>,
        /// net or gross: whether the prices of the lines hold the tax
        #[arg(long, default_value = "net")]
        prices: String,
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
        app.list(&Listing::Invoices { customer: self.customer.clone(), limit: self.limit }, target)
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
            line,
            prices,
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
            lines: line.iter().map(|text| read_line(text)).collect::<Result<_, _>>()?,
            prices: Prices::from_code(prices).map_err(store::Error::from)?,
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

fn read_line(text: &str) -> Result<invoice::GivenLine, Failure> {
    let wrong = || said(Said::LineOfDocument { value: text.to_owned() });
    let number = |text: &str| Decimal::from_str_exact(text).map_err(|_| wrong());
    let (description, quantity, unit_price, tax_class, discount) =
        match *text.split(';').map(str::trim).collect::<Vec<_>>() {
            [description, quantity, price, class] => (description, quantity, price, class, ""),
            [description, quantity, price, class, discount] => (description, quantity, price, class, discount),
            _ => return Err(wrong()),
        };
    Ok(invoice::GivenLine {
        description: description.to_owned(),
        quantity: number(quantity)?,
        unit: None,
        unit_price: number(unit_price)?,
        discount: Discount::read(discount).map_err(store::Error::from)?,
        tax_class: tax_class.to_owned(),
    })
}

fn instalment(text: &str) -> Result<(Date, u32), Failure> {
    let wrong = || said(Said::Instalment { value: text.to_owned() });
    let (on, weight) = text.split_once(':').ok_or_else(wrong)?;
    Ok((on.parse().map_err(|_| wrong())?, weight.parse().map_err(|_| wrong())?))
}
