//! Returns of the tax on what was sold: what a period's return says, its annexes, its three-way proof, and filing it for good.

use std::collections::{BTreeMap, BTreeSet};

use receivables::billing::certificate::{Kind, State};
use receivables::billing::vat_return::{self, Amounts, Figure, Period, Seen, Signed, Why};
use receivables::ids::{self, Id};
use receivables::ledger::Account;
use receivables::money::share_minor;
use receivables::{Date, Instant, Refusal};
use store::vat_return::{Filed, Line, Named, Posted, Sale};
use store::{Error, Tx};

use super::{Actor, Once, Right, Subject, act, certificate, needs, once, sales, text};

/// The longest reference of a filed return, in characters.
const REFERENCE_MAX: usize = 200;

/// What a return says of what was sold.
#[derive(Clone, Debug)]
pub struct Return {
    /// Once it is filed.
    pub filed: Option<Filed>,
    pub figures: Vec<(Figure, i64)>,
    /// VAT on certificates that are on file and were claimed in no return yet.
    pub claimable: i64,
    /// The annex: the documents behind the figures.
    pub lines: Vec<Line>,
}

impl Return {
    pub fn sums(&self) -> Amounts {
        self.lines.iter().fold(Amounts::default(), |mut sums, line| {
            sums.add(&line.amounts);
            sums
        })
    }

    /// How many documents are dated in a return that was filed without them.
    pub fn late(&self) -> usize {
        self.lines.iter().filter(|line| line.late).count()
    }
}

/// The return of a period: as it was filed, or as it stands.
pub fn look(tx: &mut Tx<'_>, actor: &Actor, period: &Period) -> Result<Return, Error> {
    actor.may(Right::Read)?;
    let company = actor.company.id;
    let filed = store::vat_return::filed(tx, company)?;
    let certificates = certificates(tx, actor, Account::VAT_WITHHELD)?;
    let open = |one: &&Withholding| one.of.state == State::OnFile;
    let claimable = certificates.iter().filter(open).map(|one| one.amount).sum();
    if let Some(filed) = filed.iter().find(|filed| filed.period == *period) {
        let kept = store::vat_return::figures(tx, company, filed.id)?;
        let figures = Figure::ALL.iter().map(|(figure, code, _)| (*figure, kept.get(*code).copied().unwrap_or(0)));
        let (figures, lines) = (figures.collect(), store::vat_return::documents(tx, company, filed.id)?);
        return Ok(Return { filed: Some(filed.clone()), figures, claimable, lines });
    }
    let periods: Vec<Period> = filed.iter().map(|filed| filed.period).collect();
    let withheld_of: BTreeSet<Id<ids::Document>> =
        certificates.iter().filter(|one| one.of.state != State::Refused).map(|one| one.of.document).collect();
    let first = earliest(period, &periods);
    let mut lines = Vec::new();
    for sale in store::vat_return::unfiled(tx, company, first, period.until)? {
        if period.holds(vat_return::falls_on(sale.sold.issued_on, &periods)) {
            let public_body = withheld_of.contains(&sale.sold.document);
            lines.push(line(actor, period, sale, public_body)?);
        }
    }
    let claimed = certificates.iter().filter(|one| one.is_claimed_in(period, None)).map(|one| one.amount).sum();
    let mut found = Return { filed: None, figures: Vec::new(), claimable, lines };
    let of_public_bodies = found.lines.iter().filter(|line| line.public_body).map(|line| line.amounts.net()).sum();
    found.figures = vat_return::figures(&found.sums(), of_public_bodies, claimed);
    Ok(found)
}

/// The first day from which documents may still fall into a period.
fn earliest(period: &Period, filed: &[Period]) -> Date {
    filed.iter().map(|filed| filed.from).chain([period.from]).min().unwrap_or(period.from)
}

fn line(actor: &Actor, period: &Period, sale: Sale, public_body: bool) -> Result<Line, Error> {
    let amounts = sales::amounts(&actor.company.country, &sale.sold)?;
    let Sale { sold, named, .. } = sale;
    let (number, nature) = (number(&named, &sold.number), nature(&named));
    let late = !period.holds(sold.issued_on);
    let (document, issued_on, tin, name) = (sold.document, sold.issued_on, sold.tin, sold.name);
    Ok(Line { document, number, issued_on, tin, name, nature, amounts, late, public_body })
}

/// As declarations name an invoice: by the device that signed it, else by our own number.
fn number(named: &Named, own: &str) -> String {
    named.receipt.as_ref().map_or_else(|| own.to_owned(), |(sdc, of_label)| format!("{sdc}/{of_label}"))
}

/// The first thing that was sold, and how many more.
fn nature(named: &Named) -> String {
    let first = named.first.as_deref().unwrap_or("–");
    if named.lines > 1 { format!("{first} (+{})", named.lines - 1) } else { first.to_owned() }
}

/// Files the return of a period that is over: its figures and documents stay as they are then.
pub fn file(
    tx: &mut Tx<'_>,
    actor: &Actor,
    today: Date,
    period: &Period,
    reference: &str,
    key: Option<&Once>,
) -> Result<(), Error> {
    needs("reference", reference)?;
    let reference = text("reference", reference, REFERENCE_MAX)?.to_owned();
    once(tx, actor, key, |tx| {
        let name = period.to_string();
        act(tx, actor, Right::VatReturnFile, Subject { name: &name, cause: Some(&reference) }, |tx| {
            if !period.is_over(today) {
                return Err(Refusal::VatPeriodOpen { period: name.clone(), until: period.until }.into());
            }
            let company = actor.company.id;
            store::vat_return::lock(tx, company)?;
            refuse_filed(tx, actor, period)?;
            let found = look(tx, actor, period)?;
            store::vat_return::save(tx, company, period, &reference, &found.figures, &found.lines)
        })
    })
}

/// Refuses a period of which a day is in a filed return.
pub(super) fn refuse_filed(tx: &mut Tx<'_>, actor: &Actor, period: &Period) -> Result<(), Error> {
    let filed = store::vat_return::filed(tx, actor.company.id)?.into_iter().find(|filed| filed.period.meets(period));
    filed.map_or(Ok(()), |filed| {
        let (period, reference) = (filed.period.to_string(), filed.reference);
        Err(Refusal::VatReturnFiled { period, reference }.into())
    })
}

/// The returns that were filed, the earliest period first.
pub fn filed(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<Filed>, Error> {
    actor.may(Right::Read)?;
    store::vat_return::filed(tx, actor.company.id)
}

/// A certificate in the company's currency, with what it was withheld of.
#[derive(Clone, Debug)]
pub struct Withholding {
    pub of: store::vat_return::Withheld,
    pub kind: &'static Kind,
    /// As declarations name the invoice.
    pub number: String,
    pub nature: String,
    /// The part of the invoice without tax that it is of.
    pub net: i64,
    pub amount: i64,
}

impl Withholding {
    /// Whether it was claimed for a period. What was refused after a return was filed stays in that return.
    fn is_claimed_in(&self, period: &Period, filed: Option<&Filed>) -> bool {
        let said = self.of.claimed.as_deref().and_then(Period::known);
        let stands = match (self.of.refused_by, filed) {
            (None, _) => true,
            (Some(refused), Some(filed)) => refused.bytes() > filed.action.bytes(),
            (Some(_), None) => false,
        };
        stands && said.is_some_and(|said| said.is_within(period))
    }
}

/// The certificates whose kind stands on an account.
fn certificates(tx: &mut Tx<'_>, actor: &Actor, account: Account) -> Result<Vec<Withholding>, Error> {
    let kinds = certificate::of_country(&actor.company.country)?;
    let mut found = Vec::new();
    for of in store::vat_return::withheld(tx, actor.company.id)? {
        let kind = kinds.kind(&of.kind, of.awaited_on)?;
        if kind.account != account {
            continue;
        }
        let base = |minor: i64| if of.total == 0 { Ok(0) } else { share_minor(of.total_base, minor, of.total) };
        let whole = kind.amount(of.net, of.tax, of.currency)?;
        let net = if whole == 0 { 0 } else { share_minor(of.net, of.amount, whole)? };
        let (number, nature) = (number(&of.named, &of.number), nature(&of.named));
        found.push(Withholding { kind, number, nature, net: base(net)?, amount: base(of.amount)?, of });
    }
    Ok(found)
}

/// The certificates of VAT that were claimed for a period.
pub fn vat_withheld(tx: &mut Tx<'_>, actor: &Actor, period: &Period) -> Result<Vec<Withholding>, Error> {
    actor.may(Right::Read)?;
    let filed = store::vat_return::filed(tx, actor.company.id)?.into_iter().find(|filed| filed.period == *period);
    let mut all = certificates(tx, actor, Account::VAT_WITHHELD)?;
    all.retain(|one| one.is_claimed_in(period, filed.as_ref()));
    Ok(all)
}

/// The certificates of income tax whose paper bears a day of a period.
pub fn tax_withheld(tx: &mut Tx<'_>, actor: &Actor, period: &Period) -> Result<Vec<Withholding>, Error> {
    actor.may(Right::Read)?;
    let mut all = certificates(tx, actor, Account::TAX_WITHHELD)?;
    let here = |one: &Withholding| one.of.on_file_on.is_some_and(|on| period.holds(on));
    all.retain(|one| one.of.state != State::Refused && here(one));
    Ok(all)
}

/// What ledger, receipts and return say of one document, where there is something to say; the tax in the company's currency.
#[derive(Clone, Debug)]
pub struct Difference {
    /// Of a document; of another entry its id.
    pub number: String,
    pub issued_on: Option<Date>,
    pub posted_on: Date,
    pub signed_on: Option<Date>,
    pub ledger: i64,
    pub receipts: Option<i64>,
    pub annex: i64,
    pub why: Vec<Why>,
}

/// The output tax of a period, three ways.
#[derive(Clone, Debug, Default)]
pub struct TieOut {
    /// By the day of posting.
    pub ledger: i64,
    /// Signed in the period; none without a tax device.
    pub receipts: Option<i64>,
    /// Of the return's documents that have no receipt.
    pub unsigned: i64,
    pub annex: i64,
    pub differences: Vec<Difference>,
}

/// Sets the ledger's output tax of a period beside that of the receipts signed in it and that of its return, and names each
/// document in which they differ.
pub fn tie_out(tx: &mut Tx<'_>, actor: &Actor, period: &Period) -> Result<TieOut, Error> {
    actor.may(Right::Read)?;
    let company = actor.company.id;
    let filed = store::vat_return::filed(tx, company)?;
    let periods: Vec<Period> = filed.iter().map(|filed| filed.period).collect();
    let device = store::fiscal::device(tx, company)?.is_some();
    let mut posted: BTreeMap<Id<ids::Document>, i64> = BTreeMap::new();
    let mut others = Vec::new();
    for one in store::vat_return::posted(tx, company, period)? {
        match one.document {
            Some(document) => *posted.entry(document).or_default() += one.tax,
            None => others.push(one),
        }
    }
    let mut tied = TieOut { receipts: device.then_some(0), ..TieOut::default() };
    let first = earliest(period, &periods);
    for sale in store::vat_return::touched(tx, company, first, period, instants(actor, period)?)? {
        let filed_in = sale.filed_in.and_then(|id| filed.iter().find(|filed| filed.id == id)).map(|f| f.period);
        let seen = seen(actor, &sale, device, filed_in, &periods);
        let tax = sales::amounts(&actor.company.country, &sale.sold)?.tax;
        let here = seen.is_in(period);
        let signed_on = if let Signed::On(on) = seen.signed { Some(on) } else { None };
        let ledger = posted.get(&sale.sold.document).copied().unwrap_or(0);
        let annex = if here { tax } else { 0 };
        let receipts = device.then(|| if signed_on.is_some_and(|on| period.holds(on)) { tax } else { 0 });
        tied.ledger += ledger;
        tied.annex += annex;
        tied.receipts = tied.receipts.map(|sum| sum + receipts.unwrap_or(0));
        if device && here && signed_on.is_none() {
            tied.unsigned += tax;
        }
        let why = vat_return::why(&seen, period);
        if !why.is_empty() {
            let (number, issued_on, posted_on) = (sale.sold.number, Some(sale.sold.issued_on), sale.sold.posted_on);
            tied.differences.push(Difference { number, issued_on, posted_on, signed_on, ledger, receipts, annex, why });
        }
    }
    for one in others {
        tied.ledger += one.tax;
        tied.differences.push(of_entry(one, device));
    }
    Ok(tied)
}

/// From the first instant of a period on the company's clock to the first after it.
fn instants(actor: &Actor, period: &Period) -> Result<(Instant, Instant), Error> {
    let zone = &actor.company.time_zone;
    let begin = |on: Date| {
        let unknown = || Error::Failed(format!("the zone {zone} has no midnight of {on}"));
        Instant::from_local(on, 0, 0, 0, zone).ok_or_else(unknown)
    };
    Ok((begin(period.from)?, begin(period.until.plus_days(1))?))
}

fn seen(actor: &Actor, sale: &Sale, device: bool, filed_in: Option<Period>, filed: &[Period]) -> Seen {
    let is_void = |way: &Option<String>| way.as_deref() == Some("void");
    let signed = match (device, sale.signed_at.and_then(|at| at.date_in(&actor.company.time_zone))) {
        (false, _) => Signed::NoDevice,
        (true, Some(on)) => Signed::On(on),
        _ if is_void(&sale.way) || (sale.way.is_none() && is_void(&sale.way_of_credited)) => Signed::Void,
        _ if sale.way.is_some() => Signed::Waiting,
        _ => Signed::NotSent,
    };
    Seen {
        issued_on: sale.sold.issued_on,
        posted_on: sale.sold.posted_on,
        signed,
        filed_in,
        falls_on: vat_return::falls_on(sale.sold.issued_on, filed),
        is_unclassed: sale.sold.taxes.is_empty(),
    }
}

fn of_entry(one: Posted, device: bool) -> Difference {
    let why = match one.settles {
        Some(number) => Why::Discount { number },
        None => Why::OtherEntry,
    };
    let number = one.entry.to_string();
    let (ledger, receipts) = (one.tax, device.then_some(0));
    Difference {
        number,
        issued_on: None,
        posted_on: one.on,
        signed_on: None,
        ledger,
        receipts,
        annex: 0,
        why: vec![why],
    }
}
