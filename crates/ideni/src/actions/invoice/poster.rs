//! Documents on their way into the book: decided one by one, written together with their entries.

use std::collections::{BTreeMap, BTreeSet};

use receivables::billing::line::{Discount, Prices};
use receivables::billing::terms::{Instalment, Moves, Terms};
use receivables::calendar::{Calendar, HolidayRules};
use receivables::ids::{self, Id};
use receivables::ledger::posting::{self, DocumentAmounts};
use receivables::ledger::{Account, Cause};
use receivables::money::share_minor;
use receivables::{Currency, Date, Money, Refusal, Unusable};
use rust_decimal::Decimal;
use store::customer::Customer;
use store::deposit::Deduction;
use store::document::{self, Document, DocumentLine, DocumentTax, Kind, Looks, NewItem};
use store::entry::NewEntry;
use store::item::Sold;
use store::levy::LevyLine;
use store::{Error, Tx, customer, deposit, entry, item, levy, period, rate};

use super::super::setting::Setting;
use super::super::{Actor, digest16, fiscal, outbox, stock, tax};
use super::{
    About, Amounts, BRANCH, DELIVERED, EXTERNAL, Given, HAND_WRITTEN, ORDER, PURCHASE_CODE, Posted, Purpose,
    References, deposits, levies, lines, looks_of, number,
};

/// What became of one given document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Its twin is known once all are saved.
    Created(Posted),
    /// The same document with the same content is posted already.
    Duplicate(String),
}

/// Collects documents and their entries, then writes them in bulk. Used by one invoice and by a million.
#[derive(Default)]
pub struct Poster {
    documents: Vec<Document>,
    /// Those of our own that a tax device signs, with what the buyer calls them by.
    own: BTreeMap<Id<ids::Document>, (References, About)>,
    entries: Vec<NewEntry>,
    numbers: BTreeMap<String, usize>,
    /// Documents posted before, by number; `None` where there is none.
    posted: BTreeMap<String, Option<document::Known>>,
    rates: BTreeMap<(Currency, Date), receivables::ledger::Rate>,
    customers: BTreeMap<String, Id<ids::Customer>>,
    /// Codes that no customer has.
    absent: BTreeSet<String>,
    /// Customers made on the way, not written yet.
    new_customers: BTreeMap<Id<ids::Customer>, Customer>,
    /// Where a due day of ours moves to, once it was asked for.
    working_days: Option<(Moves, Calendar)>,
    /// Lines that sell items of the catalogue.
    sold: Vec<Sold>,
    /// What they sell of goods whose stock is kept.
    goods: Vec<(Id<ids::CatalogueItem>, Decimal)>,
    keeps_stock: Option<bool>,
    levies: Vec<(Id<ids::Document>, LevyLine)>,
    /// Whether the company is registered for the tax on the day that was asked for last.
    registered: Option<(Date, bool)>,
    deposits: Vec<Id<ids::Document>>,
    deductions: Vec<(Id<ids::Document>, Deduction)>,
}

impl Poster {
    /// Starts with customers already known by code, so that a long import looks each up once.
    pub fn knowing(customers: BTreeMap<String, Id<ids::Customer>>) -> Poster {
        Poster { customers, ..Poster::default() }
    }

    /// Reads in one go what the documents of a chunk will ask for one by one.
    pub fn foresee<'g>(
        &mut self,
        tx: &mut Tx<'_>,
        actor: &Actor,
        chunk: impl Iterator<Item = &'g Given> + Clone,
    ) -> Result<(), Error> {
        let numbers = chunk.clone().flat_map(|given| [given.number.as_deref(), given.credits.as_deref()]);
        let numbers: BTreeSet<&str> = numbers.flatten().filter(|number| !self.posted.contains_key(*number)).collect();
        let mut known = document::by_numbers(tx, actor.company.id, &numbers)?;
        self.posted.extend(numbers.into_iter().map(|number| (number.to_owned(), known.remove(number))));
        let codes = chunk
            .flat_map(|given| [Some(given.customer.as_str()), given.payer.as_deref(), given.beneficiary.as_deref()]);
        let codes: BTreeSet<&str> = codes.flatten().filter(|code| !self.customers.contains_key(*code)).collect();
        self.customers.extend(customer::ids_of(tx, actor.company.id, &codes)?);
        let absent = codes.into_iter().filter(|code| !self.customers.contains_key(*code));
        self.absent.extend(absent.map(str::to_owned).collect::<Vec<_>>());
        Ok(())
    }

    /// The document posted before under a number.
    fn posted(&mut self, tx: &mut Tx<'_>, actor: &Actor, number: &str) -> Result<Option<document::Known>, Error> {
        if let Some(known) = self.posted.get(number) {
            return Ok(known.clone());
        }
        let known = document::by_number(tx, actor.company.id, number)?;
        self.posted.insert(number.to_owned(), known.clone());
        Ok(known)
    }

    /// The customers met so far, for the next chunk.
    pub fn into_customers(self) -> BTreeMap<String, Id<ids::Customer>> {
        self.customers
    }

    /// Whether a customer of that code exists or is made when `name` is given.
    pub fn customer(
        &mut self,
        tx: &mut Tx<'_>,
        actor: &Actor,
        today: Date,
        code: &str,
        name: Option<&str>,
    ) -> Result<Id<ids::Customer>, Error> {
        if let Some(id) = self.customers.get(code) {
            return Ok(*id);
        }
        let known = if self.absent.contains(code) { None } else { customer::find(tx, actor.company.id, code)? };
        let id = match (known, name) {
            (Some(known), _) => known.id,
            (None, Some(name)) => {
                let new = super::super::customer::blank(tx, actor, today, code, name)?;
                let id = new.id;
                self.new_customers.insert(id, new);
                id
            }
            (None, None) => return Err(Refusal::NotFound { kind: "customer".into(), name: code.into() }.into()),
        };
        self.customers.insert(code.to_owned(), id);
        Ok(id)
    }

    /// Writes the customers made on the way.
    pub fn save_customers(&mut self, tx: &mut Tx<'_>, actor: &Actor) -> Result<(), Error> {
        let new: Vec<Customer> = std::mem::take(&mut self.new_customers).into_values().collect();
        customer::save(tx, actor.company.id, &new)
    }

    /// Decides one document and keeps it for `save`.
    pub fn add(&mut self, tx: &mut Tx<'_>, actor: &Actor, today: Date, given: &Given) -> Result<Outcome, Error> {
        let written = lines::written_out(tx, actor, given)?;
        let amounts = self.amounts(tx, actor, &written.given)?;
        self.add_written(tx, actor, today, written, amounts)
    }

    /// What a document comes to; a note of ours takes no more than is left.
    pub(super) fn amounts(&mut self, tx: &mut Tx<'_>, actor: &Actor, given: &Given) -> Result<Amounts, Error> {
        levies::may_bill(tx, actor, given, &mut self.registered)?;
        let amounts = Amounts::of(given, tax::of_country(&actor.company.country)?)?;
        if let (None, Some(invoice)) = (&given.number, &given.credits) {
            super::super::credit_note::check(tx, actor, invoice, amounts.total)?;
        }
        Ok(amounts)
    }

    /// Decides a document whose lines are written out, and which items they sold.
    pub(super) fn add_written(
        &mut self,
        tx: &mut Tx<'_>,
        actor: &Actor,
        today: Date,
        written: lines::WrittenOut<'_>,
        amounts: Amounts,
    ) -> Result<Outcome, Error> {
        let goods = self.goods_of(tx, actor, &written)?;
        let outcome = self.add_worked_out(tx, actor, today, &written.given, amounts)?;
        if let (Outcome::Created(_), Some(document)) = (&outcome, self.documents.last()) {
            let sold = written.items.into_iter().map(|(no, item)| Sold { document: document.id, no, item });
            self.sold.extend(sold);
            self.goods.extend(goods);
            let sign = if document.kind == Kind::CreditNote { -1 } else { 1 };
            for levy in written.levies {
                let own = |(of, line): &&mut (Id<ids::Document>, LevyLine)| *of == document.id && line.no == levy.no;
                if let Some((_, line)) = self.levies.iter_mut().find(own) {
                    *line = LevyLine { base: levy.base * sign, ..levy };
                }
            }
        }
        Ok(outcome)
    }

    /// The goods that an invoice of ours sells, where the stock is kept; refused where they are not there.
    fn goods_of(
        &mut self,
        tx: &mut Tx<'_>,
        actor: &Actor,
        written: &lines::WrittenOut<'_>,
    ) -> Result<Vec<(Id<ids::CatalogueItem>, Decimal)>, Error> {
        let given = &written.given;
        let sells = given.kind == Kind::Invoice && given.number.is_none();
        if written.items.is_empty() || !sells {
            return Ok(Vec::new());
        }
        if self.keeps_stock.is_none() {
            self.keeps_stock = Some(stock::is_kept(tx, actor)?);
        }
        if self.keeps_stock != Some(true) {
            return Ok(Vec::new());
        }
        let of = |(no, item): &(i32, Id<ids::CatalogueItem>)| {
            let line = usize::try_from(no - 1).ok().and_then(|at| given.lines.get(at));
            Some((*item, line?.quantity))
        };
        let goods: Vec<_> = written.items.iter().filter_map(of).collect();
        let replaces = given.purpose == Purpose::Replacement;
        stock::check(tx, actor, self.goods.iter().chain(&goods), replaces)?;
        Ok(goods)
    }

    /// The same with amounts that were worked out another way.
    pub(in crate::actions) fn add_worked_out(
        &mut self,
        tx: &mut Tx<'_>,
        actor: &Actor,
        today: Date,
        given: &Given,
        amounts: Amounts,
    ) -> Result<Outcome, Error> {
        let company = actor.company.id;
        let content = content(given, &amounts);
        if let Some(number) = &given.number {
            if number.trim().is_empty() {
                return Err(Refusal::Missing { field: "number".into() }.into());
            }
            let known = match self.numbers.get(number) {
                Some(at) => Some(self.documents[*at].content),
                None => self.posted(tx, actor, number)?.map(|known| known.content),
            };
            match known {
                Some(known) if known == content => return Ok(Outcome::Duplicate(number.clone())),
                Some(_) => return Err(Refusal::OtherContent { number: number.clone() }.into()),
                None => {}
            }
        }
        let posted_on = period::posting_day(tx, company, given.opening_on.unwrap_or(given.issued_on))?;
        if let Some(on) = given.references.delivered_on.filter(|on| *on > today) {
            return Err(Refusal::AfterToday { on, today }.into());
        }
        if given.issued_on > today {
            let reason = Unusable::IssuedAfterToday { today };
            let value = given.issued_on.to_string();
            return Err(Refusal::Invalid { field: "issued_on".into(), value, reason }.into());
        }
        let parts = self.parts(tx, actor, today, given, amounts.total)?;
        let last_due = parts.iter().map(|part| part.due_on).chain(given.instalments.iter().map(|(on, _)| *on)).max();
        let last_due = last_due.or(given.due_on);
        // Invoices made elsewhere keep the due date they have, even an odd one.
        let own = given.number.is_none() && given.kind == Kind::Invoice;
        let may_be_past = given.purpose == Purpose::Replacement;
        if let Some(due_on) = last_due.filter(|due| own && !may_be_past && *due < given.issued_on) {
            let reason = Unusable::DueBeforeIssue { issued_on: given.issued_on };
            return Err(Refusal::Invalid { field: "due_on".into(), value: due_on.to_string(), reason }.into());
        }
        let rate_day = if given.opening_on.is_some() { posted_on } else { given.issued_on };
        let rate = self.rate(tx, actor, given.currency, rate_day)?;
        let bill_to = self.customer(tx, actor, today, &given.customer, given.customer_name.as_deref())?;
        let payer = match &given.payer {
            Some(code) => self.customer(tx, actor, today, code, None)?,
            None => bill_to,
        };
        let beneficiary = match &given.beneficiary {
            Some(code) => self.customer(tx, actor, today, code, None)?,
            None => bill_to,
        };
        let due_on = match last_due {
            Some(due_on) => due_on,
            None => {
                let days = match self.new_customers.get(&bill_to) {
                    Some(new) => new.terms_days,
                    None => customer::by_id(tx, company, bill_to)?.terms_days,
                };
                let due_on = given.issued_on.plus_days(days);
                if own { self.working_day(tx, actor, today, due_on)? } else { due_on }
            }
        };
        let credits = match &given.credits {
            None => None,
            Some(number) => Some(self.credited(tx, actor, number, payer, given.currency)?),
        };
        let mut is_deposit = given.deposit;
        if let (Some(document), Some(number)) = (credits, &given.credits) {
            is_deposit |= deposits::credited(tx, actor, document, number, amounts.net.minor)?;
        }
        let sign = if given.kind == Kind::CreditNote { -1 } else { 1 };
        let total = signed(amounts.total, sign)?;
        let total_base = rate.to_base(total, actor.company.currency)?;
        if !Money::new(total_base, actor.company.currency).fits() {
            return Err(Refusal::TooLarge { what: "total".into() }.into());
        }
        let tax = signed(amounts.tax, sign)?;
        let taxes = tax::of_country(&actor.company.country)?;
        let levies = if given.opening_on.is_some() {
            Money::zero(given.currency)
        } else {
            signed(levies::sum(taxes, given, &amounts), sign)?
        };
        let (number, series) = match &given.number {
            Some(number) => (number.clone(), EXTERNAL.to_owned()),
            None => {
                let branch = branch(tx, actor, given)?;
                next_number(tx, actor, today, given.purpose.prefix(given.kind, is_deposit), branch)?
            }
        };
        let id = tx.new_id();
        let items = if parts.is_empty() {
            instalments(given, due_on, total, total_base)?
        } else {
            items_of(&parts, total, total_base)?
        };
        if given.number.is_none() && given.opening_on.is_none() && given.purpose != Purpose::Void {
            self.own.insert(id, (given.references.clone(), given.about.clone()));
        }
        self.numbers.insert(number.clone(), self.documents.len());
        self.documents.push(Document {
            id,
            kind: given.kind,
            series,
            number: number.clone(),
            bill_to,
            payer,
            beneficiary,
            issued_on: given.issued_on,
            due_on,
            posted_on,
            currency: given.currency,
            net: signed(amounts.net, sign)?.minor,
            tax: tax.minor,
            total: total.minor,
            total_base,
            credits,
            opening: given.opening_on.is_some(),
            content,
            lines: amounts.lines.into_iter().map(|line| negate(line, sign)).collect(),
            taxes: amounts
                .taxes
                .into_iter()
                .map(|of| DocumentTax { net: of.net * sign, tax: of.tax * sign, ..of })
                .collect(),
            items,
            terms: given.terms.as_ref().map(Terms::to_string),
        });
        let lines = if given.opening_on.is_some() {
            posting::opening_document(payer, total, total_base)?
        } else {
            let deposits: i64 = given.deductions.iter().map(|of| of.net).sum();
            let (deposits, deposits_base) =
                (Money::new(deposits, given.currency), given.deductions.iter().map(|of| of.base).sum());
            let amounts = DocumentAmounts { total, tax, levies, deposits, deposits_base, total_base };
            posting::document(payer, amounts, if is_deposit { Account::DEPOSITS } else { given.purpose.income() })?
        };
        if given.deposit && given.kind == Kind::Invoice {
            self.deposits.push(id);
        }
        self.deductions.extend(given.deductions.iter().map(|of| (id, of.clone())));
        if let Some(document) = self.documents.last().filter(|_| !levies.is_zero()) {
            self.levies.extend(levies::of_document(taxes, document).into_iter().map(|levy| (document.id, levy)));
        }
        let cause = match (given.opening_on.is_some(), given.kind) {
            (true, _) => Cause::Opening,
            (false, Kind::Invoice) => Cause::Invoice,
            (false, Kind::CreditNote) => Cause::CreditNote,
        };
        self.entries.push(NewEntry { id: *id.bytes(), cause, posted_on, lines });
        Ok(Outcome::Created(Posted { number, id: id.to_string(), twin: None, told: Vec::new() }))
    }

    /// The instalments that the terms of a document say; none where it has no terms.
    pub(super) fn parts(
        &mut self,
        tx: &mut Tx<'_>,
        actor: &Actor,
        today: Date,
        given: &Given,
        total: Money,
    ) -> Result<Vec<Instalment>, Error> {
        let Some(terms) = &given.terms else { return Ok(Vec::new()) };
        tax::of_country(&actor.company.country)?.discount(terms.treatment())?;
        let others = given.due_on.is_some() || !given.instalments.is_empty();
        if others || given.kind != Kind::Invoice || given.opening_on.is_some() {
            let reason = Unusable::OnlyOneOf { fields: "terms, due_on, instalments".into() };
            return Err(Refusal::Invalid { field: "terms".into(), value: terms.to_string(), reason }.into());
        }
        let (moves, calendar) = self.working_days(tx, actor, today)?;
        Ok(terms.instalments(total, given.issued_on, *moves, calendar)?)
    }

    pub(super) fn working_day(
        &mut self,
        tx: &mut Tx<'_>,
        actor: &Actor,
        today: Date,
        day: Date,
    ) -> Result<Date, Error> {
        let (moves, calendar) = self.working_days(tx, actor, today)?;
        Ok(moves.moved(day, calendar))
    }

    fn working_days(&mut self, tx: &mut Tx<'_>, actor: &Actor, today: Date) -> Result<&(Moves, Calendar), Error> {
        if self.working_days.is_none() {
            let moves = Moves::from_code(&Setting::DueDays.value(tx, actor.company.id, today)?)?;
            let calendar = match moves {
                Moves::Stays => Calendar::new(HolidayRules::none()),
                Moves::Next | Moves::Before => super::super::holiday::calendar(tx, &actor.company)?,
            };
            self.working_days = Some((moves, calendar));
        }
        self.working_days.as_ref().ok_or_else(|| Error::Failed("the calendar was just read".into()))
    }

    /// Writes what buyers call our documents by, and begins their way to the tax device.
    fn save_own(&mut self, tx: &mut Tx<'_>, actor: &Actor) -> Result<(), Error> {
        let own = std::mem::take(&mut self.own);
        let kinds = |(id, (of, about)): (&Id<ids::Document>, &(References, About))| {
            let delivered = of.delivered_on.map(|on| on.to_string());
            let named = [
                (ORDER, of.order.clone()),
                (PURCHASE_CODE, of.purchase_code.clone()),
                (BRANCH, of.branch.clone()),
                (HAND_WRITTEN, of.hand_written.clone()),
                (DELIVERED, delivered),
            ];
            let named = named.into_iter().filter_map(|(kind, said)| Some((kind, said?)));
            named.chain(about.clone()).map(|(kind, said)| (*id, kind, said)).collect::<Vec<_>>()
        };
        let references: Vec<_> = own.iter().flat_map(kinds).collect();
        store::fiscal::save_references(tx, actor.company.id, &references)?;
        let code = |d: &Document| own.get(&d.id).map(|(of, _)| of.purchase_code.clone());
        let posted: Vec<(&Document, Option<String>)> =
            self.documents.iter().filter_map(|d| Some((d, code(d)?))).collect();
        fiscal::begin(tx, actor, &posted)?;
        let issued: Vec<&Document> = posted.into_iter().map(|(document, _)| document).collect();
        outbox::of_issued(tx, actor, &issued)
    }

    /// Writes what was collected, and applies each credit note to what is open of the invoice it names. For each
    /// document, in order, the number of another that says the same comes back: a warning, for it may be right.
    pub fn save(&mut self, tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<Option<String>>, Error> {
        self.save_customers(tx, actor)?;
        if self.documents.is_empty() {
            return Ok(Vec::new());
        }
        let twins = self.twins(tx, actor)?;
        document::save(tx, actor.company.id, &self.documents)?;
        self.save_own(tx, actor)?;
        super::super::invoice_file::begin(tx, actor.company.id, &self.documents)?;
        entry::save(tx, actor.company.id, &self.entries)?;
        if !self.sold.is_empty() {
            item::save_sold(tx, actor.company.id, &self.sold)?;
        }
        if !self.deposits.is_empty() {
            deposit::save(tx, actor.company.id, &self.deposits)?;
        }
        if !self.deductions.is_empty() {
            deposit::save_deductions(tx, actor.company.id, &self.deductions)?;
        }
        if !self.levies.is_empty() {
            levy::save(tx, actor.company.id, &self.levies)?;
        }
        for note in self.documents.iter().filter(|d| d.credits.is_some()) {
            super::super::allocation::apply_note(tx, actor, note)?;
        }
        self.documents.clear();
        self.entries.clear();
        self.sold.clear();
        self.goods.clear();
        self.levies.clear();
        self.deposits.clear();
        self.deductions.clear();
        self.numbers.clear();
        self.posted.clear();
        Ok(twins)
    }

    /// The twin of each collected document: one collected before it, else one posted before.
    fn twins(&self, tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<Option<String>>, Error> {
        let looks: Vec<Looks> = self.documents.iter().map(looks_of).collect();
        let mut seen = document::twins(tx, actor.company.id, &looks)?;
        let each = looks.into_iter().zip(&self.documents);
        Ok(each.map(|(looks, document)| seen.insert(looks, document.number.clone())).collect())
    }

    fn rate(
        &mut self,
        tx: &mut Tx<'_>,
        actor: &Actor,
        currency: Currency,
        on: Date,
    ) -> Result<receivables::ledger::Rate, Error> {
        if let Some(rate) = self.rates.get(&(currency, on)) {
            return Ok(*rate);
        }
        let rate = rate::on(tx, actor.company.id, actor.company.currency, currency, on)?;
        self.rates.insert((currency, on), rate);
        Ok(rate)
    }

    /// The invoice a credit note names: of the same payer and currency.
    fn credited(
        &mut self,
        tx: &mut Tx<'_>,
        actor: &Actor,
        number: &str,
        payer: Id<ids::Customer>,
        currency: Currency,
    ) -> Result<Id<ids::Document>, Error> {
        let (id, kind, of, in_currency) = match self.numbers.get(number) {
            Some(at) => {
                let d = &self.documents[*at];
                (d.id, d.kind, d.payer, d.currency)
            }
            None => {
                let missing = || Refusal::NotFound { kind: "invoice".into(), name: number.into() };
                let d = self.posted(tx, actor, number)?.ok_or_else(missing)?;
                (d.id, d.kind, d.payer, d.currency)
            }
        };
        if kind == Kind::CreditNote {
            return Err(Refusal::SignMismatch { number: number.into() }.into());
        }
        if of != payer || in_currency != currency {
            return Err(Refusal::OtherCustomer { source: "credit note".into(), item: number.into() }.into());
        }
        Ok(id)
    }
}

/// The branch that issues a document; refused where there is none of its code.
fn branch<'g>(tx: &mut Tx<'_>, actor: &Actor, given: &'g Given) -> Result<Option<&'g str>, Error> {
    let Some(code) = given.references.branch.as_deref() else { return Ok(None) };
    if store::branch::is_known(tx, actor.company.id, code)? {
        return Ok(Some(code));
    }
    Err(Refusal::NotFound { kind: "branch".into(), name: code.to_owned() }.into())
}

/// The next number of the series that counts today, and the series. Gapless: it is given in the transaction that posts the
/// document.
pub(in crate::actions) fn next_number(
    tx: &mut Tx<'_>,
    actor: &Actor,
    today: Date,
    prefix: Setting,
    branch: Option<&str>,
) -> Result<(String, String), Error> {
    let prefix = prefix.value(tx, actor.company.id, today)?;
    let series = branch.map_or_else(|| prefix.clone(), |code| format!("{prefix}-{code}"));
    let next = document::next_number(tx, actor.company.id, &series)?;
    Ok((number(&series, next), series))
}

fn signed(amount: Money, sign: i64) -> Result<Money, Error> {
    Ok(if sign < 0 { amount.negated()? } else { amount })
}

fn negate(line: DocumentLine, sign: i64) -> DocumentLine {
    DocumentLine { net: line.net * sign, tax: line.tax * sign, ..line }
}

/// The instalments of terms with their worth in the company's currency; the last takes the rest.
fn items_of(parts: &[Instalment], total: Money, total_base: i64) -> Result<Vec<NewItem>, Error> {
    let (mut rest, mut rest_base) = (total.minor, total_base);
    let mut items = Vec::with_capacity(parts.len());
    for part in parts {
        let base = if rest == 0 { 0 } else { share_minor(rest_base, part.amount, rest)? };
        (rest, rest_base) = (rest - part.amount, rest_base - base);
        items.push(NewItem { due_on: part.due_on, total: part.amount, total_base: base });
    }
    Ok(items)
}

fn instalments(given: &Given, due_on: Date, total: Money, total_base: i64) -> Result<Vec<NewItem>, Error> {
    if given.instalments.is_empty() {
        return Ok(vec![NewItem { due_on, total: total.minor, total_base }]);
    }
    let weights: Vec<u32> = given.instalments.iter().map(|(_, weight)| *weight).collect();
    let parts = given.instalments.iter().zip(total.split(&weights)?);
    let parts: Vec<Instalment> =
        parts.map(|((due_on, _), part)| Instalment { due_on: *due_on, amount: part.minor }).collect();
    items_of(&parts, total, total_base)
}

/// What the document says, for telling a duplicate from another document under the same number.
fn content(given: &Given, amounts: &Amounts) -> [u8; 16] {
    let mut parts: Vec<String> = vec![
        given.kind.name().into(),
        given.number.clone().unwrap_or_default(),
        given.customer.clone(),
        given.payer.clone().unwrap_or_default(),
        given.beneficiary.clone().unwrap_or_default(),
        given.issued_on.to_string(),
        given.due_on.map(|d| d.to_string()).unwrap_or_default(),
        given.currency.to_string(),
        amounts.net.minor.to_string(),
        amounts.tax.minor.to_string(),
        amounts.total.minor.to_string(),
        given.credits.clone().unwrap_or_default(),
    ];
    for line in &given.lines {
        parts.push(line.description.clone());
        parts.push(line.quantity.normalize().to_string());
        parts.push(line.unit_price.normalize().to_string());
        parts.push(line.tax_class.clone());
        // What most lines do not have is told only where it is there: imports know their content by this digest.
        parts.extend(line.unit.iter().map(|unit| format!("unit {unit}")));
        parts.extend(line.item.iter().map(|item| format!("item {}", item.code)));
        parts.extend((line.discount != Discount::NONE).then(|| format!("discount {}", line.discount)));
    }
    if given.prices == Prices::Gross {
        parts.push("gross".into());
    }
    for (on, weight) in &given.instalments {
        parts.push(format!("{on}*{weight}"));
    }
    parts.extend(given.terms.iter().map(Terms::to_string));
    digest16(parts.iter().map(String::as_str))
}
