//! `ideni journal-out`.

use receivables::billing::vat_return::Period;
use serde_json::json;

use super::export::MaybeTo;
use super::output::{Sheet, amount};
use super::{App, Done};
use crate::actions::journal_out;
use crate::actions::listing::Listing;

#[derive(clap::Subcommand, Debug)]
pub enum JournalOut {
    /// Hand a month over to the main books: once, and read again as it was
    Make {
        /// A month that is over: 2026-09
        #[arg(long, value_name = "MONTH")]
        period: String,
        #[command(flatten)]
        into: MaybeTo,
        /// Each line of each entry instead of sums
        #[arg(long)]
        detail: bool,
    },
    /// The months that were handed over, each with its tie-out
    List,
    /// Say under which account of the main books one of ours goes
    Map { account: String, code: String },
    /// Our accounts, each with its code in the main books
    Accounts,
}

impl JournalOut {
    pub fn run(&self, app: &App<'_>) -> Done {
        match self {
            JournalOut::Make { period, into, detail } => {
                let target = into.target(app, "journal-out")?;
                let (period, once) = (Period::read(period)?, app.once(&("journal-out make", period)));
                app.write(move |tx, actor, today| journal_out::make(tx, actor, today, &period, once.as_ref()))?;
                app.list(&Listing::JournalOut { period, detail: *detail }, &target)
            }
            JournalOut::Map { account, code } => {
                let (account, code, once) = (account.clone(), code.clone(), app.once(self));
                app.write(move |tx, actor, _| journal_out::map(tx, actor, &account, &code, once.as_ref()))
            }
            JournalOut::Accounts => {
                let all = app.read(|tx, actor, _| journal_out::codes(tx, actor))?;
                let mut sheet = Sheet::new(app.global.format, ["account", "name", "code"])?;
                for one in all {
                    sheet.row(vec![json!(one.own), json!(one.name), json!(one.code)])?;
                }
                Ok(sheet.finish(json!({}))?)
            }
            JournalOut::List => {
                let (own, all) =
                    (app.actor()?.0.company.currency, app.read(|tx, actor, _| journal_out::made(tx, actor))?);
                let columns = ["period", "opening", "moved", "closing", "open", "difference", "made_at", "made_by"];
                let mut sheet = Sheet::new(app.global.format, columns)?;
                for one in all {
                    sheet.row(vec![
                        json!(one.period.to_string()),
                        amount(one.opening, own),
                        amount(one.moved, own),
                        amount(one.closing, own),
                        amount(one.open, own),
                        amount(one.closing - one.open, own),
                        json!(one.at.to_string()),
                        json!(one.actor),
                    ])?;
                }
                Ok(sheet.finish(json!({}))?)
            }
        }
    }
}
