//! `Book`: a company in a database, and the actions a story tells with.

use std::collections::BTreeMap;
use std::sync::Mutex;

use formats::{Profile, table};
use ideni::actions::allocation::{self, Allocated, GivenUp};
use ideni::actions::cash::{self, Matched};
use ideni::actions::import::{self, Reading, RowReport, Status, Unit, Units, What};
use ideni::actions::note::Note;
use ideni::actions::report::{self, Ageing, Asked, By};
use ideni::actions::statement::{self, Imported};
use ideni::actions::{Actor, company, invoice, period, receipt, refund, verify};
use ideni::words::{self, Language};
use receivables::insight::ageing::Buckets;
use receivables::{Currency, Date, Instant, Money};
use store::document::{Kind, Listed};
use store::{Clock, Db, Engine, Error, Sql, Tx};

use super::Place;

/// Receipts that are also looked at without the rest of the book.
const LOOKED_AT_ALONE: usize = 200;
/// Where the clock of a story starts.
const BEGIN: &str = "2026-01-01T08:00:00Z";

/// A company in a database of its own. Each action moves the clock on by a second.
pub struct Book {
    pub db: Db,
    pub actor: Actor,
    pub engine: Engine,
    pub clock: Clock,
    today: Mutex<Date>,
}

/// What a refusal is called: its code; or the failure in full.
pub fn code(error: &Error) -> String {
    match error {
        Error::Refused(refusal) => refusal.code().to_owned(),
        other => format!("failed: {other}"),
    }
}

/// `done`, or the code of the refusal.
pub fn told<T>(result: Result<T, Error>) -> String {
    match result {
        Ok(_) => "done".to_owned(),
        Err(error) => code(&error),
    }
}

/// The message of a row as the program says it in English; empty where there is none.
pub fn message(note: Option<&Note>) -> String {
    note.map(|note| words::saying(Language::En, note)).unwrap_or_default()
}

impl Book {
    /// A new company in an empty place. Its today is 30 June 2026, its clock some months earlier.
    pub fn new(place: &Place, currency: Currency) -> Book {
        let clock = Clock::set_at(BEGIN.parse().expect("an instant"));
        Book::begin(place.open(clock.clone(), 7), clock, currency)
    }

    /// A new company on the system's clock and with its ids, as the program runs: for stories with many writers.
    pub fn real(place: &Place, currency: Currency) -> Book {
        Book::begin(place.open_real(), Clock::System, currency)
    }

    fn begin(db: Db, clock: Clock, currency: Currency) -> Book {
        let new = company::NewCompany {
            name: "Kigali Foods Ltd".into(),
            code: None,
            tin: Some("100000001".into()),
            currency,
            country: "rw".into(),
            simulated: true,
        };
        let actor = db.write(move |tx| company::init(tx, "admin", &new)).expect("a new company");
        let today = Mutex::new("2026-06-30".parse().expect("a date"));
        let book = Book { engine: db.engine(), db, actor, clock, today };
        book.tick(1_000_000);
        book
    }

    /// The book that is already in a place, as another program instance would open it.
    pub fn reopen(place: &Place, at: Instant, seed: u64) -> Book {
        let clock = Clock::set_at(at);
        let db = place.open(clock.clone(), seed);
        let actor = db.read(|tx| company::actor(tx, None, None)).expect("the company is there");
        let today = Mutex::new("2026-06-30".parse().expect("a date"));
        Book { db, actor, engine: place.engine, clock, today }
    }

    /// The book that is already in a place, on the system's clock.
    pub fn reopen_real(place: &Place) -> Book {
        let db = place.open_real();
        let actor = db.read(|tx| company::actor(tx, None, None)).expect("the company is there");
        let today = Mutex::new("2026-06-30".parse().expect("a date"));
        Book { db, actor, engine: place.engine, clock: Clock::System, today }
    }

    pub fn today(&self) -> Date {
        *self.today.lock().expect("a day")
    }

    /// The story goes on, on this day.
    pub fn on(&self, day: &str) -> &Book {
        *self.today.lock().expect("a day") = day.parse().expect("a date");
        self
    }

    /// Moves the clock.
    pub fn tick(&self, micros: i64) {
        self.clock.set(self.clock.now().plus_micros(micros));
    }

    /// One action of the actor, a second after the one before.
    pub fn act<T: Send + 'static>(
        &self,
        f: impl Fn(&mut Tx<'_>, &Actor, Date) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        self.tick(1_000_000);
        let (actor, today) = (self.actor.clone(), self.today());
        self.db.write(move |tx| f(tx, &actor, today))
    }

    pub fn read<T>(&self, f: impl FnOnce(&mut Tx<'_>, &Actor) -> Result<T, Error>) -> T {
        self.db.read(|tx| f(tx, &self.actor)).expect("a read")
    }

    /// The first number of a query's first row; `$1` is the company.
    pub fn number(&self, text: &'static str) -> i64 {
        let company = self.actor.company.id;
        self.read(|tx, _| tx.first(Sql { lite: text, pg: text }, store::params![company], |row| row.int(0)))
            .unwrap_or_default()
    }

    /// `100.00 USD`, or an amount in the company's currency.
    pub fn money(&self, text: &str) -> Money {
        let (amount, currency) = match text.split_once(' ') {
            Some((amount, code)) => (amount, code.parse().expect("a currency")),
            None => (text, self.actor.company.currency),
        };
        Money::parse_major(amount, currency).expect("an amount")
    }

    // ---- files

    /// Imports a CSV text; a report per row.
    pub fn import(&self, what: What, text: &str) -> Vec<RowReport> {
        self.import_with(what, text.as_bytes(), None, None)
    }

    pub fn import_with(
        &self,
        what: What,
        bytes: &[u8],
        profile: Option<&Profile>,
        opening_on: Option<Date>,
    ) -> Vec<RowReport> {
        let mut reports = Vec::new();
        self.import_chunks(what, bytes, profile, opening_on, 2000, |chunk| {
            reports.extend(chunk);
            true
        });
        reports
    }

    /// Imports in chunks of `size`, each a commit, as long as `go_on` says so.
    pub fn import_chunks(
        &self,
        what: What,
        bytes: &[u8],
        profile: Option<&Profile>,
        opening_on: Option<Date>,
        size: usize,
        mut go_on: impl FnMut(Vec<RowReport>) -> bool,
    ) {
        let reader = table::open_bytes(bytes, what.fields(), profile).expect("a file that can be read");
        let reading = Reading {
            what,
            file: "file.csv".to_owned(),
            currency: self.actor.company.currency,
            opening_on,
            account: "bank".to_owned(),
        };
        let mut units = Units::new(reader, reading.clone());
        let mut known = import::Known::new();
        loop {
            let chunk: Vec<Unit> = units.by_ref().take(size).collect();
            if chunk.is_empty() {
                return;
            }
            let (reading, before) = (reading.clone(), std::mem::take(&mut known));
            let done = self
                .act(move |tx, actor, today| import::chunk(tx, actor, today, &reading, &chunk, before.clone()))
                .expect("a chunk is posted");
            known = done.known;
            if !go_on(done.reports) {
                return;
            }
        }
    }

    /// Imports a CSV text all of whose rows must be created.
    pub fn load(&self, what: What, text: &str) {
        for report in self.import(what, text) {
            assert_eq!(report.status, Status::Created, "{report:?}");
        }
    }

    /// Imports a CSV text whose rows change what is there.
    pub fn load_changed(&self, what: What, text: &str) {
        for report in self.import(what, text) {
            assert_eq!(report.status, Status::Updated, "{report:?}");
        }
    }

    /// Takes a statement file into an account.
    pub fn statement(&self, account: &str, name: &str, bytes: &[u8]) -> Result<Imported, String> {
        let way = self.read(|tx, actor| statement::way(tx, actor, account));
        let file = formats::statement::read(bytes, self.actor.company.currency, way.as_ref());
        let file = file.map_err(|e| e.to_string())?;
        let (digest, account, name) = (statement::Source::digest_of(bytes), account.to_owned(), name.to_owned());
        self.act(move |tx, actor, today| {
            let source = statement::Source { name: &name, digest, file: &file };
            statement::import(tx, actor, today, &account, &source)
        })
        .map_err(|e| code(&e))
    }

    // ---- the desk

    /// A customer of that code, made when there is none.
    pub fn customer(&self, code: &str, name: &str) {
        self.load(What::Customers, &format!("code,name\n{code},\"{name}\"\n"));
    }

    /// What an invoice made elsewhere says; its customer is made when there is none.
    pub fn given(&self, number: &str, customer: &str, total: &str, on: &str, due: &str) -> invoice::Given {
        let total = self.money(total);
        invoice::Given {
            number: Some(number.to_owned()),
            customer_name: Some(customer.to_owned()),
            due_on: Some(due.parse().expect("a date")),
            total: Some(total),
            ..invoice::Given::to(customer.to_owned(), on.parse().expect("a date"), total.currency)
        }
    }

    /// Posts an invoice; stories may post the same one twice.
    pub fn post(&self, mut given: invoice::Given) -> Result<String, Error> {
        given.right.push("same-invoice".into());
        self.act(move |tx, actor, today| invoice::issue(tx, actor, today, &given, None)).map(|posted| posted.number)
    }

    /// Posts an invoice made elsewhere.
    pub fn issue(&self, number: &str, customer: &str, total: &str, on: &str, due: &str) {
        self.post(self.given(number, customer, total, on, due)).expect("an invoice is posted");
    }

    /// Posts an invoice whose total falls due in parts: date and weight.
    pub fn issue_in_parts(&self, number: &str, customer: &str, total: &str, on: &str, parts: &[(&str, u32)]) {
        let mut given = self.given(number, customer, total, on, on);
        given.instalments = parts.iter().map(|(due, weight)| (due.parse().expect("a date"), *weight)).collect();
        self.post(given).expect("an invoice is posted");
    }

    /// Posts a credit note, for an invoice or for the customer's account.
    pub fn credit(&self, number: &str, customer: &str, total: &str, on: &str, credits: Option<&str>) -> String {
        let mut given = self.given(number, customer, total, on, on);
        given.kind = Kind::CreditNote;
        given.credits = credits.map(str::to_owned);
        told(self.post(given))
    }

    /// Records money that came in, of a customer or of nobody yet.
    pub fn receipt(&self, reference: &str, customer: Option<&str>, gross: &str, on: &str) -> String {
        told(self.receive(reference, customer, gross, on))
    }

    pub fn receive(
        &self,
        reference: &str,
        customer: Option<&str>,
        gross: &str,
        on: &str,
    ) -> Result<receipt::Recorded, Error> {
        let gross = self.money(gross);
        let given = receipt::Given {
            account: "bank".into(),
            received_on: on.parse().expect("a date"),
            received_at: None,
            gross,
            charges: Money::zero(gross.currency),
            payer: None,
            payer_ref: None,
            reference: Some(reference.to_owned()),
            text: None,
            customer: customer.map(str::to_owned),
            opening_on: None,
        };
        self.act(move |tx, actor, today| receipt::record(tx, actor, today, &given, None))
    }

    pub fn identify(&self, receipt: &str, customer: &str) -> String {
        let (name, customer) = (receipt.to_owned(), customer.to_owned());
        told(self.act(move |tx, actor, today| receipt::identify(tx, actor, today, &name, &customer)))
    }

    /// Applies as much as both sides allow, or `amount`.
    pub fn allocate(&self, source: &str, invoice: &str, amount: Option<&str>) -> Result<Allocated, Error> {
        let given = allocation::Given {
            source: source.to_owned(),
            invoice: invoice.to_owned(),
            amount: amount.map(|a| self.money(&format!("{a} {}", self.currency_of(invoice))).minor),
            paid: None,
            on: None,
            discount: Default::default(),
        };
        self.act(move |tx, actor, today| allocation::add(tx, actor, today, &given, None))
    }

    /// `allocate`, told as `done` or the refusal.
    pub fn apply(&self, source: &str, invoice: &str, amount: Option<&str>) -> String {
        told(self.allocate(source, invoice, amount))
    }

    pub fn reverse(&self, id: &str) -> String {
        let id = id.to_owned();
        told(self.act(move |tx, actor, today| allocation::reverse(tx, actor, today, &id, "a mistake", None)))
    }

    pub fn write_off(&self, invoice: &str, amount: Option<&str>) -> Result<Allocated, Error> {
        let given = GivenUp {
            invoice: invoice.to_owned(),
            amount: amount.map(|a| self.money(&format!("{a} {}", self.currency_of(invoice))).minor),
            reason: "will not come".into(),
        };
        self.act(move |tx, actor, today| allocation::write_off(tx, actor, today, &given, None))
    }

    /// Sends unapplied money of a receipt back today: `5.00`, or `5.00 USD`.
    pub fn refund(&self, receipt: &str, amount: &str) -> Result<refund::Made, Error> {
        self.refund_on(receipt, amount, None)
    }

    pub fn refund_on(&self, receipt: &str, amount: &str, on: Option<&str>) -> Result<refund::Made, Error> {
        let given = refund::Given {
            receipt: receipt.to_owned(),
            amount: Some(self.money(amount).minor),
            account: None,
            on: on.map(|on| on.parse().expect("a date")),
            reason: "asked for it".into(),
        };
        self.act(move |tx, actor, today| refund::add(tx, actor, today, &given, None))
    }

    /// The bank takes a payment back.
    pub fn return_payment(&self, receipt: &str) -> Result<refund::Made, Error> {
        self.return_with(receipt, 0, None)
    }

    pub fn return_with(&self, receipt: &str, charges: i64, on: Option<&str>) -> Result<refund::Made, Error> {
        let given = refund::ReturnedPayment {
            receipt: receipt.to_owned(),
            charges,
            on: on.map(|on| on.parse().expect("a date")),
            reason: "bounced".into(),
        };
        self.act(move |tx, actor, today| refund::return_payment(tx, actor, today, &given, None))
    }

    /// Gives all that is unapplied of a receipt up to income.
    pub fn give_up(&self, receipt: &str) -> Result<refund::Made, Error> {
        let reason = "nobody claims it".into();
        let given = refund::GivenUp { receipt: receipt.to_owned(), amount: None, on: None, reason };
        self.act(move |tx, actor, today| refund::write_off(tx, actor, today, &given, None))
    }

    /// Takes a refund, a return or a credit given up back.
    pub fn reverse_refund(&self, id: &str) -> String {
        let id = id.to_owned();
        told(self.act(move |tx, actor, today| refund::reverse(tx, actor, today, &id, "a mistake", None)))
    }

    pub fn rate(&self, on: &str, currency: &str, rate: &str) {
        self.load(What::Rates, &format!("on,currency,rate,source\n{on},{currency},{rate},test\n"));
    }

    pub fn close_to(&self, day: &str) -> String {
        let day = day.parse().expect("a date");
        told(self.act(move |tx, actor, today| period::close(tx, actor, today, day)))
    }

    pub fn reopen_to(&self, day: &str) -> String {
        let day = day.parse().expect("a date");
        told(self.act(move |tx, actor, _| period::reopen(tx, actor, day, "found a late invoice")))
    }

    // ---- what is there

    pub fn documents(&self) -> Vec<Listed> {
        self.read(|tx, actor| invoice::list(tx, actor, None, i64::MAX))
    }

    pub fn document(&self, number: &str) -> Listed {
        let mut found = self.documents();
        found.retain(|d| d.number == number);
        found.pop().unwrap_or_else(|| panic!("no document {number}"))
    }

    fn currency_of(&self, number: &str) -> Currency {
        let number = number.to_owned();
        let company = self.actor.company.id;
        self.read(|tx, actor| {
            Ok(store::document::by_number(tx, company, &number)?.map_or(actor.company.currency, |d| d.currency))
        })
    }

    /// What is open of a document, in major units: `20.00`; below zero for a credit note.
    pub fn open(&self, number: &str) -> String {
        let document = self.document(number);
        Money::new(document.open, document.currency).major_text()
    }

    /// What is open of each instalment.
    pub fn open_parts(&self, number: &str) -> Vec<String> {
        let company = self.actor.company.id;
        let number = number.to_owned();
        let items = self
            .act(move |tx, _, _| {
                let document = store::document::get(tx, company, &number)?;
                store::document::items_of(tx, company, document.id)
            })
            .expect("instalments");
        items.iter().map(|i| Money::new(i.open, i.currency).major_text()).collect()
    }

    /// What is left of a receipt: unidentified, else unapplied.
    pub fn left(&self, reference: &str) -> String {
        let mut all = self.read(|tx, actor| receipt::list(tx, actor, i64::MAX));
        all.retain(|r| r.reference.as_deref() == Some(reference));
        let r = all.pop().unwrap_or_else(|| panic!("no receipt {reference}"));
        Money::new(if r.customer.is_some() { r.unapplied } else { r.unidentified }, r.currency).major_text()
    }

    /// The balance of an account by its number, in minor units of the company's currency.
    pub fn base_of(&self, account: receivables::ledger::Account) -> i64 {
        let (company, no) = (self.actor.company.id, account.0);
        let text = "SELECT CAST(COALESCE(SUM(base), 0) AS BIGINT) FROM entry_line WHERE company = $1 AND account = $2";
        self.read(|tx, _| tx.first(Sql { lite: text, pg: text }, store::params![company, no], |row| row.int(0)))
            .unwrap_or_default()
    }

    pub fn ageing(&self, by: By, as_of: &str) -> Ageing {
        self.ageing_known(by, as_of, None).expect("an ageing")
    }

    /// Asked of SQL and of the snapshot in memory, which must say the same.
    pub fn ageing_known(&self, by: By, as_of: &str, known_at: Option<Instant>) -> Result<Ageing, Error> {
        let asked = Asked { as_of: as_of.parse().expect("a date"), known_at, by, buckets: Buckets::default() };
        let told = self.db.read(|tx| report::age(tx, &self.actor, &asked))?;
        self.db.seal()?;
        let memory = self.db.read(|tx| report::age_in_memory(tx, self.db.snapshots(), &self.actor, &asked))?;
        assert_eq!(*memory, told, "{:?}: the snapshot in memory, as of {as_of} as known at {known_at:?}", self.engine);
        Ok(told)
    }

    /// Net of everything per currency, in minor units: the closing of the statement of account.
    pub fn net(&self, currency: Currency) -> i64 {
        let ageing = self.ageing(By::Customer, "2099-12-31");
        ageing.totals.iter().filter(|(c, _)| *c == currency).map(|(_, aged)| aged.net().expect("a net")).sum()
    }

    /// Looks at every receipt that waits: at all of them at once, and at some one by one, which must say the same.
    pub fn look(&self) -> Vec<Matched> {
        let all = self.read(cash::look);
        self.db.seal().expect("sealed");
        let said = |m: &Matched| format!("{:?} {} {:?} {:?}", m.outcome, m.confidence_bps, m.allocations, m.evidence);
        for matched in all.iter().take(LOOKED_AT_ALONE) {
            let receipt = matched.receipt.clone();
            let alone = self.read(|tx, actor| cash::look_at(tx, self.db.snapshots(), actor, receipt));
            assert_eq!(said(&alone), said(matched), "{:?}: {:?}", self.engine, matched.receipt);
        }
        all
    }

    /// What the matching says of one receipt: `applied INV-1 100.00, INV-2 50.00`.
    pub fn match_of(&self, reference: &str) -> String {
        let all = self.look();
        let found = all.iter().find(|m| m.receipt.reference.as_deref() == Some(reference));
        let Some(m) = found else { return "not waiting".into() };
        let parts: Vec<String> = m
            .allocations
            .iter()
            .map(|s| format!("{} {}", s.invoice, Money::new(s.amount, m.receipt.currency).major_text()))
            .collect();
        format!("{:?} {}", m.outcome, parts.join(", ")).to_lowercase().trim_end().to_owned()
    }

    /// Carries out everything that may be applied without a person; how many receipts.
    pub fn apply_all(&self) -> usize {
        let sure = |m: &&Matched| m.outcome == receivables::cash::matching::Outcome::Applied;
        let steps: Vec<_> = self.look().iter().filter(sure).map(Matched::step).collect();
        let done = self.act(move |tx, actor, today| cash::carry_out(tx, actor, today, &steps)).expect("a plan");
        done.iter().filter(|d| d.dropped.is_none()).count()
    }

    /// Every identity of the ledger holds and the seal chain is whole.
    pub fn verify(&self) {
        self.db.seal().expect("sealed");
        // A minute later nothing may be left unsealed.
        self.tick(120_000_000);
        let broken = self.broken();
        assert!(broken.is_empty(), "{:?}: {broken:#?}", self.engine);
    }

    /// The identities that do not hold, with their rows.
    pub fn broken(&self) -> BTreeMap<String, Vec<String>> {
        self.read(verify::all)
            .into_iter()
            .filter(|c| !c.broken.is_empty())
            .map(|c| (c.identity.to_owned(), c.broken))
            .collect()
    }
}
