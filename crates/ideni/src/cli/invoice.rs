//! `ideni invoice`.

use receivables::billing::line::{Discount, Prices};
use receivables::billing::terms::Terms;
use receivables::{Date, Money};
use rust_decimal::Decimal;
use serde_json::json;

use super::output::{LIST, Sheet, Target};
use super::said::Said;
use super::{App, Done, Failure, approval, currency_or, said};
use crate::actions::approval::Asked;
use crate::actions::credit_note::{self, How};
use crate::actions::listing::Listing;
use crate::actions::{Actor, debit_note, invoice, reissue};

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
        /// Who pays, if not the customer billed
        #[arg(long)]
        payer: Option<String>,
        /// Who benefits, if not the customer billed
        #[arg(long)]
        beneficiary: Option<String>,
        /// DESCRIPTION;QUANTITY;PRICE;CLASS or with ;DISCOUNT at the end (5% or an amount), once per line; @CODE;QUANTITY takes
        /// the rest from the catalogue
        #[arg(long)]
        line: Vec<String>,
        /// net or gross: whether the prices of the lines hold the tax
        #[arg(long, default_value = "net")]
        prices: String,
        /// DATE:WEIGHT per instalment, for example 2026-09-30:50,2026-10-31:50
        #[arg(long, value_delimiter = ',')]
        instalments: Vec<String>,
        /// Terms of payment in place of due dates: 30, 30 eom, 30% 30; rest 60, or 2/10; net 30
        #[arg(long, conflicts_with_all = ["due_on", "instalments"])]
        terms: Option<String>,
        /// The number of the buyer's order
        #[arg(long)]
        order: Option<String>,
        /// The buyer's purchase code for this seller, six letters and digits
        #[arg(long)]
        purchase_code: Option<String>,
        /// The branch that issues it: a series of its own
        #[arg(long)]
        branch: Option<String>,
        /// The number it was given by hand while the tax device failed
        #[arg(long, value_name = "NUMBER")]
        hand_written: Option<String>,
        /// The day on which what it bills was delivered
        #[arg(long, value_name = "DATE")]
        delivered_on: Option<Date>,
        /// The code of a check that somebody looked at and found right, once per check
        #[arg(long, value_name = "CHECK")]
        right: Vec<String>,
        /// A deposit: its money is still owed to the customer until a later invoice settles it
        #[arg(long, conflicts_with = "settles")]
        deposit: bool,
        /// The number of a deposit that this invoice settles as far as it goes, once per deposit
        #[arg(long, value_name = "NUMBER")]
        settles: Vec<String>,
    },
    /// Take an invoice back whole before the tax device has it; afterwards it is credited
    Void {
        number: String,
        #[arg(long)]
        reason: String,
    },
    /// Charge more for what an invoice charged too little
    Debit {
        number: String,
        /// What happened, and what proves it
        #[arg(long)]
        explanation: String,
        /// As for issue, once per line
        #[arg(long, required = true)]
        line: Vec<String>,
        /// net or gross: whether the prices of the lines hold the tax
        #[arg(long, default_value = "net")]
        prices: String,
        #[arg(long)]
        due_on: Option<Date>,
        /// The buyer's purchase code for this seller
        #[arg(long)]
        purchase_code: Option<String>,
    },
    /// Take an invoice back and issue the right one in its place; payments and disputes go along
    Reissue {
        number: String,
        /// As for credit
        #[arg(long)]
        reason: String,
        /// What happened, and what proves it
        #[arg(long)]
        explanation: String,
        /// Who should have been billed
        #[arg(long)]
        customer: Option<String>,
        /// As for issue, once per line: in place of all lines
        #[arg(long)]
        line: Vec<String>,
        /// net or gross: whether the prices of those lines hold the tax
        #[arg(long, default_value = "net")]
        prices: String,
        /// The buyer's new purchase code
        #[arg(long)]
        purchase_code: Option<String>,
        /// The number of the buyer's order
        #[arg(long)]
        order: Option<String>,
        /// Another due day; the old one is kept if left out
        #[arg(long, requires = "due_reason")]
        due_on: Option<Date>,
        /// Why the due day is another
        #[arg(long)]
        due_reason: Option<String>,
        /// Open disputes are settled by it; they are raised again on the new invoice if left out
        #[arg(long)]
        settles: bool,
    },
    /// Credit an invoice: all that is left of it, some lines, or an amount
    Credit {
        number: String,
        /// missing-quantity, missing-item, damaged, wasted, shortage, returned, wrong-tin, wrong-name, wrong-price,
        /// wrong-quantity, wrong-item, wrong-tax or other
        #[arg(long)]
        reason: String,
        /// What happened, and what proves it
        #[arg(long)]
        explanation: String,
        /// NO or NO:QUANTITY per line, for example 1:2.5,3
        #[arg(long, value_delimiter = ',')]
        lines: Vec<String>,
        /// An amount without its tax, in major units
        #[arg(long, conflicts_with = "lines")]
        net: Option<Decimal>,
        /// An amount with its tax, in major units
        #[arg(long, conflicts_with_all = ["lines", "net"])]
        total: Option<Decimal>,
        /// Only say what it would come to
        #[arg(long)]
        dry_run: bool,
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
            Invoice::Credit { .. } => self.credit(app),
            Invoice::Debit { .. } => self.debit(app),
            Invoice::Reissue { .. } => self.reissue(app),
            Invoice::Void { number, reason } => {
                let (number, reason, once) = (number.clone(), reason.clone(), app.once(self));
                let void = move |tx: &mut store::Tx<'_>, actor: &Actor, today: Date| {
                    credit_note::void(tx, actor, today, &number, &reason, once.as_ref())
                };
                let posted = app.write(void)?;
                let mut sheet = Sheet::new(app.global.format, ["number", "id"])?;
                sheet.row(vec![json!(posted.number), json!(posted.id)])?;
                Ok(sheet.finish(json!({}))?)
            }
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
            payer,
            beneficiary,
            line,
            prices,
            instalments,
            terms,
            order,
            purchase_code,
            branch,
            hand_written,
            delivered_on,
            right,
            deposit,
            settles,
        } = self
        else {
            return Ok(());
        };
        let (actor, today) = app.actor()?;
        let currency = currency_or(currency.as_ref(), actor.company.currency)?;
        let money = |major: &Option<Decimal>| major.map(|m| Money::from_major(m, currency)).transpose();
        let given = invoice::Given {
            payer: payer.clone(),
            beneficiary: beneficiary.clone(),
            due_on: *due_on,
            net: money(net).map_err(store::Error::from)?,
            tax: money(tax).map_err(store::Error::from)?,
            total: money(total).map_err(store::Error::from)?,
            lines: line.iter().map(|text| read_line(text)).collect::<Result<_, _>>()?,
            prices: Prices::from_code(prices).map_err(store::Error::from)?,
            instalments: instalments.iter().map(|text| instalment(text)).collect::<Result<_, _>>()?,
            terms: terms.as_deref().map(Terms::read).transpose().map_err(store::Error::from)?,
            right: right.clone(),
            deposit: *deposit,
            settles: settles.clone(),
            references: invoice::References::read(order.as_deref(), purchase_code.as_deref())?
                .with(branch.as_deref(), hand_written.as_deref())?
                .delivered(*delivered_on),
            ..invoice::Given::to(customer.clone(), issued_on.unwrap_or(today), currency)
        };
        let once = app.once(self);
        let posted = app.write(move |tx, actor, today| invoice::issue(tx, actor, today, &given, once.as_ref()))?;
        let mut sheet = Sheet::new(app.global.format, ["number", "id", "told"])?;
        sheet.row(vec![json!(posted.number), json!(posted.id), json!(posted.told.join(" "))])?;
        Ok(sheet.finish(json!({}))?)
    }

    fn debit(&self, app: &App<'_>) -> Done {
        let Invoice::Debit { number, explanation, line, prices, due_on, purchase_code } = self else { return Ok(()) };
        let given = debit_note::Given {
            invoice: number.clone(),
            explanation: explanation.clone(),
            lines: line.iter().map(|text| read_line(text)).collect::<Result<_, _>>()?,
            prices: Prices::from_code(prices).map_err(store::Error::from)?,
            references: invoice::References::read(None, purchase_code.as_deref())?,
            due_on: *due_on,
        };
        let once = app.once(self);
        let posted = app.write(move |tx, actor, today| debit_note::post(tx, actor, today, &given, once.as_ref()))?;
        let mut sheet = Sheet::new(app.global.format, ["number", "id"])?;
        sheet.row(vec![json!(posted.number), json!(posted.id)])?;
        Ok(sheet.finish(json!({}))?)
    }

    fn reissue(&self, app: &App<'_>) -> Done {
        let Invoice::Reissue {
            number,
            reason,
            explanation,
            customer,
            line,
            prices,
            purchase_code,
            order,
            due_on,
            due_reason,
            settles,
        } = self
        else {
            return Ok(());
        };
        let lines: Vec<invoice::GivenLine> = line.iter().map(|text| read_line(text)).collect::<Result<_, _>>()?;
        let prices = Prices::from_code(prices).map_err(store::Error::from)?;
        let given = reissue::Given {
            invoice: number.clone(),
            reason: reason.clone(),
            explanation: explanation.clone(),
            customer: customer.clone(),
            lines: (!lines.is_empty()).then_some((lines, prices)),
            references: invoice::References::read(order.as_deref(), purchase_code.as_deref())?,
            due_on: due_on.map(|on| (on, due_reason.clone().unwrap_or_default())),
            settles_disputes: *settles,
        };
        let once = app.once(self);
        let done = app.write(move |tx, actor, today| reissue::reissue(tx, actor, today, &given, once.as_ref()))?;
        let mut sheet = Sheet::new(app.global.format, ["number", "taken_back_by", "receipt", "carried"])?;
        for (receipt, amount) in &done.carried {
            sheet.row(vec![json!(done.number), json!(done.taken_back_by), json!(receipt), json!(amount)])?;
        }
        if done.carried.is_empty() {
            sheet.row(vec![json!(done.number), json!(done.taken_back_by), json!(null), json!(null)])?;
        }
        Ok(sheet.finish(json!({}))?)
    }

    fn credit(&self, app: &App<'_>) -> Done {
        let Invoice::Credit { number, reason, explanation, lines, net, total, dry_run } = self else {
            return Ok(());
        };
        let given = credit_note::Given {
            invoice: number.clone(),
            reason: reason.clone(),
            explanation: explanation.clone(),
            how: how(app, number, lines, *net, *total)?,
        };
        let mut sheet = Sheet::new(app.global.format, ["number", "currency", "net", "tax", "total"])?;
        let preview = app.read(|tx, actor, _| credit_note::preview(tx, actor, &given))?;
        let once = app.once(self);
        let number = if *dry_run {
            None
        } else {
            let post = move |tx: &mut store::Tx<'_>, actor: &Actor, today: Date| {
                credit_note::post_or_ask(tx, actor, today, &given, once.as_ref())
            };
            match app.write(post)? {
                Asked::Done(posted) => Some(posted.number),
                Asked::Waits { id } => return approval::waits(app, &id),
            }
        };
        sheet.row(vec![
            json!(number),
            json!(preview.total.currency.to_string()),
            json!(preview.net.major_text()),
            json!(preview.tax.major_text()),
            json!(preview.total.major_text()),
        ])?;
        Ok(sheet.finish(json!({}))?)
    }
}

fn how(
    app: &App<'_>,
    number: &str,
    lines: &[String],
    net: Option<Decimal>,
    total: Option<Decimal>,
) -> Result<How, Failure> {
    if let Some(major) = net.or(total) {
        let (_, left) = app.read(|tx, actor, _| credit_note::left(tx, actor, number))?;
        let amount = Money::from_major(major, left.currency).map_err(store::Error::from)?;
        return Ok(How::Amount { minor: amount.minor, gross: total.is_some() });
    }
    if lines.is_empty() {
        return Ok(How::Whole);
    }
    let read = |text: &String| {
        let wrong = || said(Said::CreditedLine { value: text.clone() });
        let (no, quantity) = text.split_once(':').map_or((text.as_str(), None), |(no, rest)| (no, Some(rest)));
        let quantity = quantity.map(|text| Decimal::from_str_exact(text.trim())).transpose().map_err(|_| wrong())?;
        Ok((no.trim().parse().map_err(|_| wrong())?, quantity))
    };
    Ok(How::Lines(lines.iter().map(read).collect::<Result<_, Failure>>()?))
}

pub(super) fn read_line(text: &str) -> Result<invoice::GivenLine, Failure> {
    let wrong = || said(Said::LineOfDocument { value: text.to_owned() });
    let number = |text: &str| Decimal::from_str_exact(text).map_err(|_| wrong());
    let parts: Vec<&str> = text.split(';').map(str::trim).collect();
    let part = |at: usize| parts.get(at).copied().unwrap_or_default();
    let (item, description) = invoice::named(part(0));
    let least = if item.is_some() { 2 } else { 4 };
    if !(least..=5).contains(&parts.len()) {
        return Err(wrong());
    }
    let price = part(2);
    let is_priced = item.is_none() || !price.is_empty();
    Ok(invoice::GivenLine {
        description: description.to_owned(),
        quantity: number(part(1))?,
        unit: None,
        unit_price: if is_priced { number(price)? } else { Decimal::ZERO },
        discount: Discount::read(part(4)).map_err(store::Error::from)?,
        tax_class: part(3).to_owned(),
        item: item.map(|code| invoice::OfItem { code: code.to_owned(), is_priced }),
    })
}

fn instalment(text: &str) -> Result<(Date, u32), Failure> {
    let wrong = || said(Said::Instalment { value: text.to_owned() });
    let (on, weight) = text.split_once(':').ok_or_else(wrong)?;
    Ok((on.parse().map_err(|_| wrong())?, weight.parse().map_err(|_| wrong())?))
}
