//! `ideni init`, and what `ideni` alone says.

use serde_json::json;

use super::output::Sheet;
use super::said::Said;
use super::{App, Done, Global, currency_or};
use crate::actions::company;
use crate::words;

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
