//! The command line: parses, calls one action, prints. The commands and columns are those others script against.

mod account;
mod allocation;
mod api_key;
mod approval;
mod attempt;
mod audit;
mod bank;
mod branch;
mod callback;
mod cash;
mod certificate;
mod collections;
mod company;
mod contact_person;
mod contract;
mod customer;
mod dispute;
mod draft;
mod ebm;
mod einvoice;
mod export;
mod holiday;
mod import;
mod invoice;
mod invoice_file;
mod item;
mod journal_out;
mod late_charge;
mod meter;
mod note;
mod output;
mod paper;
mod payer;
mod period;
#[cfg(feature = "pdf")]
mod print;
mod quarantine;
mod quote;
mod rate;
mod receipt;
mod refund;
mod report;
mod revaluation;
pub mod said;
mod search;
mod serve;
mod setting;
mod statement;
mod stock;
mod transfer;
mod unbilled;
mod user;
mod vat_return;

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use receivables::insight::ageing::Buckets;
use receivables::{Currency, Date, Saying};
use store::{Db, Error, Source, Tx};

use crate::actions::listing::Listing;
use crate::actions::note::Note;
use crate::actions::{self, Actor};
use crate::words::{self, Language};
pub use output::Format;
use output::{Sheet, Target};
use said::Said;

/// The receivables desk: invoices out, money in, what is open and whom to call next.
#[derive(Parser, Debug)]
#[command(name = "ideni", version, about, max_term_width = 110)]
struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Option<Command>,
}

/// What every command takes.
#[derive(clap::Args, Debug)]
pub struct Global {
    /// The book: sqlite:PATH or postgres://… (password from PGPASSWORD or the password file)
    ///
    /// sqlite:ideni.db if left out (demo: sqlite:demo.db)
    #[arg(long, global = true, env = "IDENI_DATABASE_URL", hide_env_values = true)]
    database: Option<String>,
    /// Code of the company; the only one if left out
    #[arg(long, global = true)]
    company: Option<String>,
    /// Act as on this day (YYYY-MM-DD); today in the company's time zone if left out
    #[arg(long, global = true)]
    today: Option<Date>,
    /// How to print
    #[arg(long, global = true, value_enum, default_value_t = Format::Table)]
    pub format: Format,
    /// Act as this user, with no more than their rights
    #[arg(long = "as", global = true, value_name = "USER")]
    user: Option<String>,
    /// The language of sentences; columns and codes stay as they are
    #[arg(long, global = true, env = "IDENI_LANGUAGE", value_enum, default_value_t = Language::En)]
    pub language: Language,
    /// Carry the request out once under this key; the same again gets the same answer
    #[arg(long, global = true)]
    key: Option<String>,
}

/// The book of a command that names none.
const BOOK: &str = "sqlite:ideni.db";

impl Global {
    fn database<'a>(&'a self, default: &'a str) -> &'a str {
        self.database.as_deref().unwrap_or(default)
    }
}

#[derive(Subcommand, Debug)]
enum Command {
    /// Make a new company with its money accounts bank, momo, airtel and cash
    Init(company::Init),
    /// Take in customers, invoices, receipts or rates from CSV or XLSX
    Import(import::Import),
    /// Take in statements of banks and wallets
    #[command(subcommand)]
    Statement(statement::Statement),
    /// Messages of the tax device (EBM)
    #[command(subcommand)]
    Ebm(ebm::Ebm),
    /// Electronic invoices, whoever sent them
    #[command(subcommand)]
    Einvoice(einvoice::Einvoice),
    /// Match receipts to invoices and apply them
    #[command(subcommand)]
    Cash(cash::Cash),
    /// What is open and how old it is
    Ageing(report::Ageing),
    /// Reports
    #[command(subcommand)]
    Report(report::Report),
    /// Write the rows of a command into a spreadsheet
    #[command(subcommand)]
    Export(export::Export),
    /// Invoices and credit notes
    #[command(subcommand)]
    Invoice(invoice::Invoice),
    /// What the company sells, and at which prices
    #[command(subcommand)]
    Item(item::Item),
    /// Receipts
    #[command(subcommand)]
    Receipt(receipt::Receipt),
    /// Applying receipts and credit notes
    #[command(subcommand)]
    Allocation(allocation::Allocation),
    /// Giving up what will not come
    #[command(subcommand, name = "write-off")]
    WriteOff(allocation::WriteOff),
    /// Find customers, invoices and receipts by code, name, number, telephone, TIN, e-mail or exact amount
    Search(search::Search),
    /// Customers
    #[command(subcommand)]
    Customer(customer::Customer),
    /// What waits for a second person
    #[command(subcommand)]
    Approval(approval::Approval),
    /// Money accounts
    #[command(subcommand)]
    Account(account::Account),
    /// People, their roles and how they sign in
    #[command(subcommand)]
    User(user::User),
    /// Keys of programs that act for people
    #[command(subcommand, name = "api-key")]
    ApiKey(api_key::ApiKey),
    /// Closing and reopening the books
    #[command(subcommand)]
    Period(period::Period),
    /// Foreign receivables at the rate of the end of a period
    #[command(subcommand)]
    Revaluation(revaluation::Revaluation),
    /// The journal for the main books, a month at a time
    #[command(subcommand)]
    JournalOut(journal_out::JournalOut),
    /// Turn the day: judge promises, draft the next steps, order the worklist
    Day(collections::Day),
    /// Whom to call next, and why
    Worklist(collections::Worklist),
    /// Promises to pay
    #[command(subcommand)]
    Promise(collections::Promise),
    /// Tries to reach customers
    #[command(subcommand)]
    Attempt(attempt::Attempt),
    /// Hours at which somebody asked to be called
    #[command(subcommand)]
    Callback(callback::Callback),
    /// What is written down about a record
    #[command(subcommand)]
    Note(note::Note),
    /// Names and numbers that pay for a customer
    #[command(subcommand)]
    Payer(payer::Payer),
    /// Exchange rates
    #[command(subcommand)]
    Rate(rate::Rate),
    /// Money between the company's own accounts
    #[command(subcommand)]
    Transfer(transfer::Transfer),
    /// Papers filed with a record
    #[command(subcommand)]
    Paper(paper::Paper),
    /// Amounts that customers contest
    #[command(subcommand)]
    Dispute(dispute::Dispute),
    /// Papers as PDF: invoices, receipts, statements of account
    #[cfg(feature = "pdf")]
    #[command(subcommand)]
    Print(print::Print),
    /// Templates of the papers, and the logo
    #[cfg(feature = "pdf")]
    #[command(subcommand)]
    Template(print::Template),
    /// Quotes and proforma invoices
    #[command(subcommand)]
    Quote(quote::Quote),
    /// Invoices that are not finished
    #[command(subcommand)]
    Draft(draft::Draft),
    /// Branches of the company
    #[command(subcommand)]
    Branch(branch::Branch),
    /// The stock of goods, for tax devices that want to know it
    #[command(subcommand)]
    Stock(stock::Stock),
    /// What customers are billed again and again
    #[command(subcommand)]
    Contract(contract::Contract),
    /// Meters of contracts: what they count is billed with their contract
    #[command(subcommand)]
    Meter(meter::Meter),
    /// What meters counted, from files
    #[command(subcommand)]
    Usage(meter::Usage),
    /// Work that was done and is not billed yet
    #[command(subcommand)]
    Unbilled(unbilled::Unbilled),
    /// Late fees and interest
    #[command(subcommand)]
    LateCharge(late_charge::LateCharge),
    /// VAT returns that were filed
    #[command(subcommand)]
    VatReturn(vat_return::VatReturn),
    /// Certificates of tax that customers withhold
    #[command(subcommand)]
    Certificate(certificate::Certificate),
    /// The papers that buyers want with an invoice, and the way of that file
    #[command(subcommand)]
    InvoiceFile(invoice_file::InvoiceFile),
    /// Accounts left alone for a time
    #[command(subcommand)]
    Hold(collections::Hold),
    /// Days on which nobody works
    #[command(subcommand)]
    Holiday(holiday::Holiday),
    /// Messages drafted by the day turn
    #[command(subcommand)]
    Outbox(collections::Outbox),
    /// A made-up distributor with two years of history ending yesterday, served with a sign-in link per role
    Demo(serve::Demo),
    /// Serve the pages; prints one sign-in link per user, or on an empty book a link to set it up
    Serve(serve::Serve),
    /// What the company decides for itself
    #[command(subcommand)]
    Setting(setting::Setting),
    /// Who did what, and what it wrote
    #[command(subcommand)]
    Audit(audit::Audit),
    /// Check every identity of the ledger and the seal chain
    Verify,
    /// Write a checked backup beside running work
    Backup { file: std::path::PathBuf },
    /// What a restored book may not do yet
    #[command(subcommand)]
    Quarantine(quarantine::Quarantine),
    /// Fill an empty database from a backup; it starts in quarantine
    Restore { file: std::path::PathBuf },
}

/// Why a command did not do what was asked; printed as one sentence.
pub enum Failure {
    Store(Error),
    Said(Box<dyn Saying>),
    /// The answer could not be printed.
    Output(std::io::Error),
}

/// The failure that says so.
fn said(what: impl Saying + 'static) -> Failure {
    Failure::Said(Box::new(what))
}

impl From<Error> for Failure {
    fn from(error: Error) -> Failure {
        Failure::Store(error)
    }
}

impl From<receivables::Refusal> for Failure {
    fn from(refusal: receivables::Refusal) -> Failure {
        Failure::Store(refusal.into())
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Failure {
        Failure::Output(error)
    }
}

pub type Done = Result<(), Failure>;

/// Runs the command of this process.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let language = cli.global.language;
    match run(&cli) {
        Ok(()) => return ExitCode::SUCCESS,
        // Whoever read the answer has gone; there is nobody to tell.
        Err(Failure::Output(error)) if error.kind() == std::io::ErrorKind::BrokenPipe => {}
        Err(Failure::Output(error)) if error.kind() == std::io::ErrorKind::FileTooLarge => {
            eprintln!("{}", words::saying(language, &Said::SheetFull));
        }
        Err(Failure::Output(error)) => eprintln!("{error}"),
        Err(Failure::Said(what)) => eprintln!("{}", words::saying(language, &*what)),
        Err(Failure::Store(error)) => eprintln!("{}", words::failure(language, &error)),
    }
    ExitCode::FAILURE
}

fn run(cli: &Cli) -> Done {
    let g = &cli.global;
    if let Some(Command::Demo(c)) = &cli.command {
        return c.run(g);
    }
    if let Some(Command::Einvoice(einvoice::Einvoice::Read { files })) = &cli.command {
        return einvoice::read_files(files, g);
    }
    if let Some(Command::Ebm(ebm::Ebm::Read { files })) = &cli.command {
        return ebm::read_files(files, g);
    }
    let makes_a_book = matches!(cli.command, Some(Command::Init(_) | Command::Restore { .. } | Command::Serve(_)));
    if let Some(path) = Db::missing_file(g.database(BOOK)).filter(|_| !makes_a_book) {
        if cli.command.is_none() {
            return company::welcome(g);
        }
        return Err(said(Said::NoBook { path: path.to_string() }));
    }
    let app = App::open(g)?;
    match &cli.command {
        None => company::next(&app),
        Some(Command::Init(c)) => c.run(&app),
        Some(Command::Import(c)) => c.run(&app),
        Some(Command::Statement(c)) => c.run(&app),
        Some(Command::Cash(c)) => c.run(&app),
        Some(Command::Ageing(c)) => c.run(&app),
        Some(Command::Report(c)) => c.run(&app),
        Some(Command::Export(c)) => c.run(&app),
        Some(Command::Invoice(c)) => c.run(&app),
        Some(Command::Item(c)) => c.run(&app),
        Some(Command::Meter(c)) => c.run(&app),
        Some(Command::Usage(c)) => c.run(&app),
        Some(Command::Unbilled(c)) => c.run(&app),
        Some(Command::Receipt(c)) => c.run(&app),
        Some(Command::Allocation(c)) => c.run(&app),
        Some(Command::WriteOff(c)) => c.run(&app),
        Some(Command::Search(c)) => c.run(&app),
        Some(Command::Customer(c)) => c.run(&app),
        Some(Command::Approval(c)) => c.run(&app),
        Some(Command::Account(c)) => c.run(&app),
        Some(Command::User(c)) => c.run(&app),
        Some(Command::ApiKey(c)) => c.run(&app),
        Some(Command::Period(c)) => c.run(&app),
        Some(Command::Revaluation(c)) => c.run(&app),
        Some(Command::JournalOut(c)) => c.run(&app),
        Some(Command::Day(c)) => c.run(&app),
        Some(Command::Worklist(c)) => c.run(&app),
        Some(Command::Promise(c)) => c.run(&app),
        Some(Command::Attempt(c)) => c.run(&app),
        Some(Command::Callback(c)) => c.run(&app),
        Some(Command::Note(c)) => c.run(&app),
        Some(Command::Payer(c)) => c.run(&app),
        Some(Command::Transfer(c)) => c.run(&app),
        Some(Command::Rate(c)) => c.run(&app),
        Some(Command::Paper(c)) => c.run(&app),
        Some(Command::Dispute(c)) => c.run(&app),
        Some(Command::VatReturn(c)) => c.run(&app),
        Some(Command::Certificate(c)) => c.run(&app),
        Some(Command::InvoiceFile(c)) => c.run(&app),
        Some(Command::LateCharge(c)) => c.run(&app),
        Some(Command::Contract(c)) => c.run(&app),
        Some(Command::Quote(c)) => c.run(&app),
        Some(Command::Draft(c)) => c.run(&app),
        Some(Command::Branch(c)) => c.run(&app),
        Some(Command::Stock(c)) => c.run(&app),
        #[cfg(feature = "pdf")]
        Some(Command::Print(c)) => c.run(&app),
        #[cfg(feature = "pdf")]
        Some(Command::Template(c)) => c.run(&app),
        Some(Command::Hold(c)) => c.run(&app),
        Some(Command::Holiday(c)) => c.run(&app),
        Some(Command::Outbox(c)) => c.run(&app),
        // Carried out above: it opens its own book.
        Some(Command::Demo(_)) => Ok(()),
        Some(Command::Einvoice(c)) => c.run(&app),
        Some(Command::Ebm(c)) => c.run(&app),
        Some(Command::Serve(c)) => c.run(&app),
        Some(Command::Setting(c)) => c.run(&app),
        Some(Command::Audit(c)) => c.run(&app),
        Some(Command::Verify) => report::verify(&app),
        Some(Command::Backup { file }) => {
            app.read(|_, actor, _| actor.may(actions::Right::Backup))?;
            actions::backup::write(&app.db, file)?;
            app.tell(&Said::BackupWritten { file: file.display().to_string() });
            Ok(())
        }
        Some(Command::Quarantine(c)) => c.run(&app),
        Some(Command::Restore { file }) => {
            actions::backup::restore(file, &app.db)?;
            app.tell(&Said::Restored { book: g.database(BOOK).to_owned() });
            Ok(())
        }
    }?;
    app.db.write_noted()?;
    app.db.seal()?;
    Ok(())
}

/// The open book and what the command line said about it.
pub struct App<'a> {
    pub db: Db,
    pub global: &'a Global,
}

impl App<'_> {
    fn open(global: &Global) -> Result<App<'_>, Failure> {
        Ok(App { db: Db::open(global.database(BOOK), Source::system())?, global })
    }

    /// Who acts, and on which day.
    pub fn actor(&self) -> Result<(Actor, Date), Failure> {
        let actor = self
            .db
            .read(|tx| actions::company::actor(tx, self.global.company.as_deref(), self.global.user.as_deref()))?;
        let today = match self.global.today {
            Some(today) => today,
            None => {
                let zone = &actor.company.time_zone;
                let now = self.db.source().clock.now();
                now.date_in(zone).ok_or_else(|| said(Said::ZoneUnknown { zone: zone.clone() }))?
            }
        };
        Ok((actor, today))
    }

    /// A sentence in the language asked for.
    pub fn say(&self, what: &dyn Saying) -> String {
        words::saying(self.global.language, what)
    }

    /// The message of a row; empty where there is nothing to say.
    pub fn note(&self, note: Option<&Note>) -> String {
        note.map(|note| self.say(note)).unwrap_or_default()
    }

    /// Progress and advice: to stderr, beside the answer.
    pub fn tell(&self, what: &dyn Saying) {
        eprintln!("{}", self.say(what));
    }

    /// One transaction of the actor.
    pub fn write<T: Send + 'static>(
        &self,
        f: impl FnMut(&mut Tx<'_>, &Actor, Date) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Failure> {
        let (actor, today) = self.actor()?;
        let mut f = f;
        Ok(self.db.write(move |tx| f(tx, &actor, today))?)
    }

    /// One unchanging view for the actor.
    pub fn read<T>(&self, f: impl FnOnce(&mut Tx<'_>, &Actor, Date) -> Result<T, Error>) -> Result<T, Failure> {
        let (actor, today) = self.actor()?;
        Ok(self.db.read(|tx| f(tx, &actor, today))?)
    }

    /// The rows of a list on their way to a target.
    pub fn list(&self, listing: &Listing, target: &Target) -> Done {
        let mut sheet = Sheet::to(target, listing.columns())?;
        let mut unsaid = None;
        let read = self.read(|tx, actor, _| {
            listing.each(tx, actor, self.global.language, &mut |row| {
                sheet.row(row).map_err(|error| {
                    let why = Error::failed(listing.name(), &error);
                    unsaid = Some(error);
                    why
                })
            })
        });
        let totals = match read {
            Ok(totals) => totals,
            Err(failure) => return Err(sheet.give_up(unsaid).map_or(failure, Failure::Output)),
        };
        let count = sheet.rows().to_string();
        sheet.finish(totals)?;
        if let Target::File(file) = target {
            self.tell(&Said::Exported { file: file.path.display().to_string(), count });
        }
        Ok(())
    }

    /// The limits asked for, or the company's.
    pub fn buckets(&self, asked: &[i32]) -> Result<Buckets, Failure> {
        if asked.is_empty() {
            return self.read(|tx, actor, today| actions::setting::buckets(tx, actor.company.id, today));
        }
        Ok(Buckets::new(asked)?)
    }

    /// The idempotency key of this command, if one was given; the body is everything else that was said.
    pub fn once(&self, body: &impl std::fmt::Debug) -> Option<actions::Once> {
        self.global.key.as_ref().map(|key| actions::Once::new(key, &format!("{body:?} {:?}", self.global.today)))
    }
}

/// A currency or the company's own.
fn currency_or(text: Option<&String>, own: Currency) -> Result<Currency, Error> {
    match text {
        None => Ok(own),
        Some(text) => Ok(text.parse::<Currency>()?),
    }
}
