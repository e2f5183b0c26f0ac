//! Statement files of banks and wallets: every line once, money in as receipts, the rest recorded.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex};

use formats::statement::{Direction, Line, LineStatus, Statement, StatementFile};
use formats::{Fault, Profile};
use receivables::cash::twin::{self, DAYS_APART_MAX, Likeness, Told};
use receivables::ids::{self, Id};
use receivables::{Date, Money, Refusal};
use sha2::{Digest, Sha256};
use store::entry::NewEntry;
use store::receipt::Receipt;
use store::statement::{self, Before, File, Twin};
use store::transfer::{self, LineKey};
use store::{Db, Error, Tx, entry, receipt};

use super::note::Note;
use super::receipt::{self as receipts, Natural};
use super::transfer::Looking;
use super::upload::Failure;
use super::{Actor, Right, Subject, account, act, digest16};

/// What became of one line or message of the file.
#[derive(Clone, Debug)]
pub struct LineReport {
    pub line: u64,
    pub on: Option<Date>,
    pub at: Option<String>,
    pub kind: String,
    pub direction: &'static str,
    pub amount: Option<Money>,
    pub fee: Option<Money>,
    pub balance_after: Option<Money>,
    pub reference: Option<String>,
    pub counterparty: Option<String>,
    pub status: &'static str,
    pub message: Option<Note>,
}

/// One statement of the file against itself: does opening + lines = closing?
#[derive(Clone, Debug)]
pub struct Balance {
    pub account: Option<String>,
    pub opening: Option<Money>,
    pub closing: Option<Money>,
    pub difference: Option<Money>,
    /// How many entries the file says there are, and how many there are.
    pub lines_declared: Option<u64>,
    pub lines_found: u64,
    /// After which message of the file the balance chain breaks, and by how much.
    pub gaps: Vec<(u64, Money)>,
    /// What the file says of itself and is not so, and what of it could not be taken.
    pub faults: Vec<Fault>,
}

#[derive(Clone, Debug)]
pub struct Imported {
    pub lines: Vec<LineReport>,
    pub balances: Vec<Balance>,
}

/// A file that has been read, and what it is called.
pub struct Source<'a> {
    pub name: &'a str,
    pub digest: [u8; 32],
    pub file: &'a StatementFile,
}

impl Source<'_> {
    pub fn digest_of(bytes: &[u8]) -> [u8; 32] {
        Sha256::digest(bytes).into()
    }
}

/// A file as it came, and the account it is said to belong to.
#[derive(Clone, Debug)]
pub struct Given {
    pub name: String,
    pub bytes: Arc<[u8]>,
    pub account: String,
    /// Whose messages are meant, in a backup with those of several banks and wallets.
    pub sender: Option<String>,
}

/// A file that was read: how it is written, and what became of its lines, or would.
#[derive(Clone, Debug)]
pub struct Taken {
    pub format: &'static str,
    pub imported: Imported,
}

/// What a file would do. Nothing is written.
pub fn look(db: &Db, actor: &Actor, today: Date, given: &Given, map: Option<&Profile>) -> Result<Taken, Failure> {
    run(db, actor, today, given, map, Keep::Nothing)
}

/// Takes a file in.
pub fn take_in(db: &Db, actor: &Actor, today: Date, given: &Given, map: Option<&Profile>) -> Result<Taken, Failure> {
    run(db, actor, today, given, map, Keep::All)
}

#[derive(Clone, Copy)]
enum Keep {
    Nothing,
    All,
}

/// Reads and imports in one transaction.
fn run(
    db: &Db,
    actor: &Actor,
    today: Date,
    given: &Given,
    map: Option<&Profile>,
    keep: Keep,
) -> Result<Taken, Failure> {
    let way = match map {
        Some(map) => Some(map.clone()),
        None => db.read(|tx| way(tx, actor, &given.account))?,
    };
    let way = of_sender(way, given.sender.clone());
    let file = formats::statement::read(&given.bytes, actor.company.currency, way.as_ref())?;
    let format = file.format;
    let kept: Arc<Mutex<Option<Imported>>> = Arc::default();
    let (seen, actor, given) = (Arc::clone(&kept), actor.clone(), given.clone());
    let ran = db.write(move |tx| {
        let source = Source { name: &given.name, digest: Source::digest_of(&given.bytes), file: &file };
        let imported = import(tx, &actor, today, &given.account, &source)?;
        *seen.lock().map_err(|e| Error::failed("the report", e))? = Some(imported);
        match keep {
            Keep::Nothing => Err(Error::RolledBack),
            Keep::All => Ok(()),
        }
    });
    match ran {
        Ok(()) | Err(Error::RolledBack) => {}
        Err(error) => return Err(error.into()),
    }
    let imported = kept.lock().ok().and_then(|mut kept| kept.take());
    let imported = imported.ok_or_else(|| Error::Failed("the import gave no report".into()))?;
    Ok(Taken { format, imported })
}

/// How the files of an account are read, if somebody said.
pub fn way(tx: &mut Tx<'_>, actor: &Actor, account: &str) -> Result<Option<Profile>, Error> {
    let text = account::profile(tx, actor, account)?;
    text.map(|text| Profile::read(&text).map_err(|why| Error::failed("reading a saved profile", why))).transpose()
}

/// A way of reading that takes the messages of one sender.
pub fn of_sender(way: Option<Profile>, sender: Option<String>) -> Option<Profile> {
    match sender {
        Some(sender) => Some(Profile { sender: Some(sender), ..way.unwrap_or_default() }),
        None => way,
    }
}

/// Takes a file into an account: lines seen before, in this file's earlier import or in any other file, change
/// nothing.
pub fn import(
    tx: &mut Tx<'_>,
    actor: &Actor,
    today: Date,
    account_code: &str,
    source: &Source<'_>,
) -> Result<Imported, Error> {
    act(tx, actor, Right::StatementImport, Subject { name: source.name, cause: Some(account_code) }, |tx| {
        let account = account::money(tx, actor, account_code)?;
        let lines = source.file.statements.iter().flat_map(|statement| &statement.lines);
        let prints = lines.filter(|line| !matches!(line.status, LineStatus::Dropped(_))).map(print_of).collect();
        let known = statement::known(tx, actor.company.id, account.account, &prints)?;
        let before = before(tx, actor, &account, source.file)?;
        let booked = source.file.statements.iter().flat_map(|statement| &statement.lines);
        let booked = booked.filter(|line| line.status == LineStatus::Booked && !line.reversal);
        let own_money = Looking::load(tx, actor, account.account, booked)?;
        let mut taken = Intake {
            account,
            today,
            known,
            format: source.file.format,
            before,
            own_money,
            seen: BTreeMap::new(),
            lines: Vec::new(),
            announced: Vec::new(),
            twins: Vec::new(),
            receipts: Vec::new(),
            entries: Vec::new(),
        };
        let mut imported = Imported { lines: Vec::new(), balances: Vec::new() };
        for statement in &source.file.statements {
            let file = taken.file(tx, source, statement);
            let lines_before = taken.lines.len();
            for line in &statement.lines {
                imported.lines.push(taken.line(tx, actor, file.id, line)?);
            }
            imported.balances.push(balance(statement));
            if taken.lines.len() > lines_before {
                statement::save_file(tx, actor.company.id, &file)?;
            }
        }
        receipt::save(tx, actor.company.id, &taken.receipts)?;
        entry::save(tx, actor.company.id, &taken.entries)?;
        statement::save_lines(tx, actor.company.id, &taken.lines)?;
        statement::save_twins(tx, actor.company.id, &taken.twins)?;
        transfer::save_announced(tx, actor.company.id, &taken.announced)?;
        taken.own_money.save(tx, actor, today)?;
        Ok(imported)
    })
}

/// The natural key of a line. What is announced is not yet what is booked, though both say the same.
fn print_of(line: &Line) -> [u8; 16] {
    let announced = (line.status == LineStatus::Pending && line.direction != Direction::None).then_some("announced");
    digest16(announced.into_iter().chain(line.identity.iter().map(String::as_str)))
}

/// The lines of the account that may tell of the same movements as lines of this file do: of the same amounts, about the
/// same days, from files of another format. In its own format a movement is told in the same words, and so is known.
fn before(
    tx: &mut Tx<'_>,
    actor: &Actor,
    account: &store::company::AccountRow,
    file: &StatementFile,
) -> Result<HashMap<i64, Vec<Before>>, Error> {
    let company = actor.company.id;
    if statement::formats(tx, company, account.account)?.iter().all(|format| format == file.format) {
        return Ok(HashMap::new());
    }
    let lines = file.statements.iter().flat_map(|statement| &statement.lines);
    let wanted = lines.filter(|line| line.status == LineStatus::Booked).filter_map(|line| {
        let on = line.on?;
        Some((line.amount?.minor, on.plus_days(-DAYS_APART_MAX), on.plus_days(DAYS_APART_MAX)))
    });
    let mut found: HashMap<i64, Vec<Before>> = HashMap::new();
    for before in statement::alike(tx, company, account.account, &wanted.collect())? {
        if !before.formats.contains(file.format) {
            found.entry(before.amount).or_default().push(before);
        }
    }
    Ok(found)
}

fn told(line: &Line) -> Told {
    Told {
        on: line.on,
        references: [&line.reference, &line.external_reference].into_iter().flatten().cloned().collect(),
        name: line.counterparty.clone(),
        number: line.counterparty_ref.clone(),
        text: format!("{} {}", line.text, line.body),
    }
}

fn balance(statement: &Statement) -> Balance {
    Balance {
        account: statement.account.clone(),
        opening: statement.opening,
        closing: statement.closing,
        difference: statement.difference(),
        lines_declared: statement.lines_declared,
        lines_found: statement.lines_found(),
        gaps: statement.gaps.iter().map(|gap| (gap.after_line, gap.missing)).collect(),
        faults: statement.faults.clone(),
    }
}

/// What this import will save.
struct Intake {
    account: store::company::AccountRow,
    today: Date,
    /// The lines of the account that were taken in before, as far as this file names them.
    known: BTreeSet<([u8; 16], i32)>,
    format: &'static str,
    /// What other files may have told of already, by the amount in minor units; each line of them is found once.
    before: HashMap<i64, Vec<Before>>,
    /// What may be money of the company's own.
    own_money: Looking,
    /// How often each line came in this file: the n-th equal line is occurrence n.
    seen: BTreeMap<[u8; 16], i32>,
    lines: Vec<statement::Line>,
    /// Those that were only announced.
    announced: Vec<LineKey>,
    twins: Vec<Twin>,
    receipts: Vec<Receipt>,
    entries: Vec<NewEntry>,
}

impl Intake {
    fn file(&self, tx: &mut Tx<'_>, source: &Source<'_>, statement: &Statement) -> File {
        let currency = statement.currency.or(statement.opening.map(|m| m.currency));
        File {
            id: tx.new_id(),
            account: self.account.account,
            digest: source.digest,
            name: source.name.to_owned(),
            format: source.file.format.to_owned(),
            currency: currency.unwrap_or(receivables::Currency::RWF),
            opening: statement.opening.map(|m| m.minor),
            closing: statement.closing.map(|m| m.minor),
            difference: statement.difference().map(|m| m.minor),
            line_count: i64::try_from(statement.lines.len()).unwrap_or(i64::MAX),
        }
    }

    fn line(
        &mut self,
        tx: &mut Tx<'_>,
        actor: &Actor,
        file: Id<ids::StatementLine>,
        line: &Line,
    ) -> Result<LineReport, Error> {
        // What is dropped (one-time passwords, repeats) is told and never stored.
        if let LineStatus::Dropped(fault) = &line.status {
            return Ok(report(line, "dropped", Some(fault.clone().into())));
        }
        let print = print_of(line);
        let occurrence = self.seen.entry(print).or_insert(0);
        *occurrence += 1;
        let natural = Natural { print, occurrence: *occurrence };
        if self.known.contains(&(print, natural.occurrence)) {
            return Ok(report(line, "duplicate", Some(Note::SameLine)));
        }
        let mut review = line.reason().cloned().map(Note::from);
        match self.told_before(line) {
            Some((first, Some(said))) => {
                let format = first.formats.iter().next().cloned().unwrap_or_default();
                let note = Note::SameMovement { format, said: said.clone() };
                self.twins.push(Twin {
                    account: self.account.account,
                    fingerprint: natural.print,
                    occurrence: natural.occurrence,
                    first: (first.fingerprint, first.occurrence),
                    format: self.format.to_owned(),
                    said,
                });
                self.lines.push(stored(&self.account, file, line, natural, None, false));
                return Ok(report(line, "duplicate", Some(note)));
            }
            Some((first, None)) => {
                let format = first.formats.iter().next().cloned().unwrap_or_default();
                self.lines.push(stored(&self.account, file, line, natural, None, true));
                return Ok(report(line, "review", Some(Note::MaybeSameMovement { format })));
            }
            None => {}
        }
        if line.status == LineStatus::Pending {
            let Natural { print, occurrence } = natural;
            self.announced.push(LineKey { account: self.account.account, fingerprint: print, occurrence });
        }
        let mut money_in = None;
        if line.status == LineStatus::Booked && !line.reversal {
            match self.own_money.take(tx, actor, self.today, &self.account, line, natural) {
                Ok(None) => {}
                Ok(Some(own)) => {
                    let note = own.other.map_or(Note::InTransit, |account| Note::OwnTransfer { account });
                    self.lines.push(stored(&self.account, file, line, natural, None, false));
                    return Ok(report(line, "transfer", Some(note)));
                }
                Err(Error::Refused(refusal)) => review = Some(refusal.into()),
                Err(failure) => return Err(failure),
            }
        }
        if review.is_none() && line.direction == Direction::In && line.status == LineStatus::Booked {
            if line.reversal {
                review = Some(Note::OwnMoneyBack);
            } else {
                match self.receipt(tx, actor, line, natural) {
                    Ok(id) => money_in = Some(id),
                    Err(Error::Refused(refusal)) => review = Some(refusal.into()),
                    Err(failure) => return Err(failure),
                }
            }
        }
        self.lines.push(stored(&self.account, file, line, natural, money_in, review.is_some()));
        Ok(match (money_in, review) {
            (Some(_), _) => report(line, "receipt", None),
            (None, Some(note)) => report(line, "review", Some(note)),
            (None, None) => report(line, "recorded", None),
        })
    }

    /// The line of another file that told of the movement, and what both say; nothing more than the amount and the day
    /// where that is `None`, which of money that went out asks nobody anything: it makes no receipt. Each line is found once: two equal payments in both files are two.
    fn told_before(&mut self, line: &Line) -> Option<(Before, Option<String>)> {
        if line.status != LineStatus::Booked {
            return None;
        }
        let (amount, way) = (line.amount?, way_of(line));
        let before = self.before.get_mut(&amount.minor)?;
        let line = told(line);
        let mut likely = None;
        for (at, before) in before.iter().enumerate() {
            if before.direction != way || before.currency != Some(amount.currency) {
                continue;
            }
            match twin::likeness(&line, &before.told) {
                Likeness::Same(said) => {
                    likely = Some((at, Some(said)));
                    break;
                }
                Likeness::Maybe if way > 0 => likely = likely.or(Some((at, None))),
                Likeness::Maybe => {}
                Likeness::Different => {}
            }
        }
        let (at, said) = likely?;
        Some((before.remove(at), said))
    }

    fn receipt(
        &mut self,
        tx: &mut Tx<'_>,
        actor: &Actor,
        line: &Line,
        natural: Natural,
    ) -> Result<Id<ids::Receipt>, Error> {
        let gross = line.amount.ok_or_else(|| Refusal::Missing { field: "amount".into() })?;
        let received_on = line.on.ok_or_else(|| Refusal::Missing { field: "date".into() })?;
        let said = [Some(line.text.as_str()), line.external_reference.as_deref()];
        let text: Vec<&str> = said.into_iter().flatten().filter(|t| !t.is_empty()).collect();
        let given = receipts::Given {
            account: self.account.code.clone(),
            received_on,
            received_at: line.at,
            gross,
            charges: line.fee.unwrap_or(Money::zero(gross.currency)),
            payer: line.counterparty.clone(),
            payer_ref: line.counterparty_ref.clone(),
            reference: line.reference.clone(),
            text: (!text.is_empty()).then(|| text.join(" ")),
            customer: None,
            opening_on: None,
        };
        let (receipt, entry) = receipts::prepare(tx, actor, self.today, &given, &self.account, natural)?;
        let id = receipt.id;
        self.receipts.push(receipt);
        self.entries.push(entry);
        Ok(id)
    }
}

fn stored(
    account: &store::company::AccountRow,
    file: Id<ids::StatementLine>,
    line: &Line,
    natural: Natural,
    money_in: Option<Id<ids::Receipt>>,
    review: bool,
) -> statement::Line {
    // A person who reviews needs the whole message; a known kind keeps what the payer wrote.
    let text = if review { &line.body } else { &line.text };
    statement::Line {
        account: account.account,
        fingerprint: natural.print,
        occurrence: natural.occurrence,
        file,
        line: line.line,
        on: line.on,
        at: line.at,
        kind: line.kind.clone(),
        direction: way_of(line),
        currency: line.amount.map(|m| m.currency),
        amount: line.amount.map(|m| m.minor),
        fee: line.fee.map(|m| m.minor),
        balance_after: line.balance_after.map(|m| m.minor),
        reference: line.reference.clone(),
        counterparty: line.counterparty.clone(),
        counterparty_ref: line.counterparty_ref.clone(),
        text: (!text.is_empty()).then(|| text.clone()),
        receipt: money_in,
        review,
    }
}

/// 1 in, −1 out, 0 neither.
fn way_of(line: &Line) -> i32 {
    match line.direction {
        Direction::In => 1,
        Direction::Out => -1,
        Direction::None => 0,
    }
}

fn report(line: &Line, status: &'static str, message: Option<Note>) -> LineReport {
    LineReport {
        line: line.line,
        on: line.on,
        at: line.at.map(|at| at.to_string()),
        kind: line.kind.clone(),
        direction: match line.direction {
            Direction::In => "in",
            Direction::Out => "out",
            Direction::None => "none",
        },
        amount: line.amount,
        fee: line.fee,
        balance_after: line.balance_after,
        reference: line.reference.clone(),
        counterparty: line.counterparty.clone(),
        status,
        message,
    }
}
