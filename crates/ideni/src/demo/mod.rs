//! The demo: a made-up Rwandan distributor whose history the program writes itself, day by day, with its own actions.
//!
//! `scenario` is how customers behave, as a table; `customers` and `contacts` invent them; `town` is their side of the
//! story and `simulation` the office's, with its collectors' calls in `calls`. `evening` leaves what waits on the last
//! day. The same seed gives the same book.

mod calls;
mod contacts;
mod customers;
mod evening;
mod heard;
mod names;
mod papers;
mod rng;
pub mod scenario;
mod simulation;
mod town;

use receivables::{Currency, Date, sayings};
use store::{Clock, Db, Error, Source};

use crate::actions::company::{self, NewCompany};
use crate::actions::customer::{self, Given};
use crate::actions::{Actor, Role};
use crate::actions::{contact_person, holiday, setting, user, verify};
use customers::{History, New};
use rng::Rng;
use simulation::Simulation;
use town::Town;

pub use scenario::scenario_of;

sayings! {
    /// What is being made.
    pub enum Stage in "demo" {
        Customers "customers",
        Day "day" { on: Date },
        Checking "checking",
        Done "done",
    }
}

/// How long a history, of how many customers, and which one of them.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    pub seed: u64,
    /// The last day of the history.
    pub last_day: Date,
    pub days: i32,
    pub customers: usize,
}

impl Settings {
    /// The demo as `ideni demo` shows it: 400 customers, two years.
    pub fn demo(last_day: Date) -> Settings {
        Settings { seed: 250, last_day, days: 730, customers: 400 }
    }
}

/// Name and code of the made-up company.
pub const COMPANY: (&str, &str) = ("Ikaze Distribution Ltd", "ikaze");
/// Whose holidays it keeps.
const COUNTRY: &str = "rw";
/// A number in the form of a TIN that no taxpayer has.
const TIN: &str = "999900017";
/// The administrator who opens the book.
const ADMIN: &str = "ganza";

/// Who works at the company, at least one for each role besides the administrator: role, user name, full name.
pub const PEOPLE: &[(Role, &str, &str)] = &[
    (Role::Manager, "mutoni", "Mutoni Keza"),
    (Role::Biller, "iribagiza", "Iribagiza Uwera"),
    (Role::Cashier, "shema", "Shema Hirwa"),
    (Role::Collector, "umutesi", "Umutesi Manzi"),
    (Role::Collector, "rukundo", "Rukundo Isimbi"),
    (Role::Credit, "nyiraneza", "Nyiraneza Gahire"),
    (Role::Legal, "mugisha", "Mugisha Rwema"),
    (Role::Auditor, "gasana", "Gasana Ishimwe"),
];

/// What the company says of itself from its first day.
const SAID: &[(&str, &str)] = &[
    ("name-shown", "Ikaze Distribution"),
    ("address", "12 Ineza Street, Kigali"),
    ("phone", "+250 200 100 100"),
    ("how-to-pay", "MoMo *182*8*1*000000# or Urugero Bank 0001-234567"),
];

/// Contacts and calls are drawn apart, so that they change nothing of what is bought and paid.
const CONTACTS: u64 = 0x00C0_4AC7;
const CALLS: u64 = 0x00CA_1150;

/// The people of the office, ready to act.
#[derive(Clone, Debug)]
pub struct Desk {
    pub admin: Actor,
    pub manager: Actor,
    pub billing: Actor,
    pub cash: Actor,
    /// The first of them acts where it is about no account, or about nobody's.
    collectors: Vec<Actor>,
    pub auditor: Actor,
}

impl Desk {
    /// Who works the accounts of that user.
    pub fn collector(&self, user: Option<&str>) -> &Actor {
        self.collectors.iter().find(|actor| Some(actor.user.as_str()) == user).unwrap_or(&self.collectors[0])
    }
}

/// Makes the company in an empty database and lives its history; fails if the book does not verify at the end.
/// `progress` hears per cent and what is being done.
pub fn build(url: &str, settings: &Settings, progress: &mut dyn FnMut(u32, Stage)) -> Result<Db, Error> {
    let history = History { first_day: settings.last_day.plus_days(1 - settings.days), days: settings.days };
    let opening = simulation::instant(history.first_day, 6, 0)?;
    let db = Db::open(url, Source::seeded(Clock::set_at(opening), settings.seed))?;
    progress(0, Stage::Customers);
    let mut rng = Rng::new(settings.seed);
    let new = customers::make(&mut rng, settings.customers, history);
    let desk = open_company(&db, history.first_day)?;
    let parties = save_customers(&db, &desk, history.first_day, new)?;
    save_contacts(&db, &desk, &parties, Rng::new(settings.seed ^ CONTACTS))?;
    let town = Town::new(parties, rng, holiday::of_country(COUNTRY)?);
    let calls = Rng::new(settings.seed ^ CALLS);
    let mut simulation = Simulation::new(&db, desk.clone(), town, calls, history);
    live(&mut simulation, history, progress)?;
    evening::leave(&db, &desk, simulation.town(), history.last_day())?;
    progress(98, Stage::Checking);
    prove(&db, &desk)?;
    progress(100, Stage::Done);
    Ok(db)
}

/// Who has a role at the company.
fn users(wanted: Role) -> impl Iterator<Item = &'static str> {
    PEOPLE.iter().filter(move |(role, ..)| *role == wanted).map(|(_, user, _)| *user)
}

fn open_company(db: &Db, on: Date) -> Result<Desk, Error> {
    let admin = db.write(move |tx| {
        let new = NewCompany {
            name: COMPANY.0.to_owned(),
            code: Some(COMPANY.1.to_owned()),
            tin: Some(TIN.to_owned()),
            currency: Currency::RWF,
            country: COUNTRY.to_owned(),
            simulated: true,
        };
        let admin = company::init(tx, ADMIN, &new)?;
        for (role, user, full_name) in PEOPLE {
            user::add(tx, &admin, user, full_name, role.name())?;
        }
        for (name, value) in SAID {
            let (name, value) = ((*name).to_owned(), (*value).to_owned());
            setting::set(tx, &admin, on, &setting::Given { name, value, ..setting::Given::default() }, None)?;
        }
        Ok(admin)
    })?;
    let actor =
        |user: &str, role: Role| Actor { company: admin.company.clone(), user: user.to_owned(), roles: role.into() };
    let named = |wanted: Role| actor(users(wanted).next().unwrap_or(ADMIN), wanted);
    Ok(Desk {
        admin: admin.clone(),
        manager: named(Role::Manager),
        billing: named(Role::Biller),
        cash: named(Role::Cashier),
        collectors: users(Role::Collector).map(|user| actor(user, Role::Collector)).collect(),
        auditor: named(Role::Auditor),
    })
}

fn save_customers(db: &Db, desk: &Desk, on: Date, new: Vec<New>) -> Result<Vec<customers::Party>, Error> {
    let (parties, given): (Vec<customers::Party>, Vec<Given>) = new.into_iter().map(|n| (n.party, n.given)).unzip();
    let billing = desk.billing.clone();
    db.write(move |tx| {
        for one in &given {
            customer::save(tx, &billing, on, one)?;
        }
        Ok(())
    })?;
    Ok(parties)
}

/// The people at the firms; of a person one knows the person.
fn save_contacts(db: &Db, desk: &Desk, parties: &[customers::Party], mut rng: Rng) -> Result<(), Error> {
    let firms = (1..).zip(parties).filter(|(_, party)| party.name != party.owner);
    let people: Vec<_> = firms.map(|(n, party)| (party.code.clone(), contacts::of(&mut rng, n, party))).collect();
    let billing = desk.billing.clone();
    db.write(move |tx| {
        for (code, typed) in people.iter().flat_map(|(code, all)| all.iter().map(move |typed| (code, typed))) {
            contact_person::add(tx, &billing, code, typed, None)?;
        }
        Ok(())
    })
}

fn live(simulation: &mut Simulation<'_>, history: History, progress: &mut dyn FnMut(u32, Stage)) -> Result<(), Error> {
    let mut told = 0;
    for day in 0..history.days {
        let today = history.first_day.plus_days(day);
        let percent = u32::try_from(2 + i64::from(day) * 96 / i64::from(history.days)).unwrap_or(0);
        if percent > told {
            told = percent;
            progress(percent, Stage::Day { on: today });
        }
        simulation.live(today)?;
    }
    Ok(())
}

/// Proves the book; a broken identity is an error that names it.
fn prove(db: &Db, desk: &Desk) -> Result<(), Error> {
    db.seal()?;
    let checked = db.read(|tx| verify::all(tx, &desk.auditor))?;
    let broken: Vec<String> = checked
        .iter()
        .filter_map(|c| c.broken.first().map(|row| format!("{} ({} rows, first: {row})", c.identity, c.broken.len())))
        .collect();
    if broken.is_empty() {
        return Ok(());
    }
    Err(Error::Failed(format!("the simulated book breaks {}", broken.join("; "))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::actions::{approval, attempt, callback, dispute, duplicate, gap, outbox, paper, promise, review, view};

    /// Five months of sixty customers, every scenario among them.
    fn short(dir: &tempfile::TempDir, last_day: Date) -> (Db, Actor) {
        let url = format!("sqlite:{}", dir.path().join("demo.db").display());
        let settings = Settings { seed: 7, last_day, days: 150, customers: 60 };
        let mut last = 0;
        let db = build(&url, &settings, &mut |percent, _| last = percent).unwrap();
        assert_eq!(last, 100);
        let actor = db.read(|tx| company::actor(tx, Some(COMPANY.1), Some("umutesi"))).unwrap();
        (db, actor)
    }

    #[test]
    fn a_short_history_verifies_and_leaves_work() {
        let dir = tempfile::tempdir().unwrap();
        let (db, actor) = short(&dir, "2026-06-30".parse().unwrap());
        assert!(actor.company.simulated);
        let (messages, promises) =
            db.read(|tx| Ok((outbox::list(tx, &actor)?.len(), promise::list(tx, &actor)?.len()))).unwrap();
        assert!(messages > 0 && promises > 0, "{messages} messages, {promises} promises");
        let disputes = db.read(|tx| dispute::list(tx, &actor)).unwrap();
        let open = disputes.iter().filter(|d| d.ended.is_none()).count();
        assert!(open > 0 && open < disputes.len(), "{open} open of {} disputes", disputes.len());
    }

    /// It ends on a Sunday: what waits is there all the same.
    #[test]
    fn the_desk_is_lived_in() {
        let dir = tempfile::tempdir().unwrap();
        let today: Date = "2026-06-28".parse().unwrap();
        let (db, actor) = short(&dir, today);
        let attempts = db.read(|tx| attempt::list(tx, &actor, None, 10_000)).unwrap();
        for user in ["umutesi", "rukundo"] {
            let own = attempts.iter().filter(|a| a.by == user).count();
            assert!(own > 5, "{own} attempts of {user}");
        }
        for outcome in ["no-answer", "says-paid", "promised", "inquiry"] {
            assert!(attempts.iter().any(|a| a.outcomes.iter().any(|o| o == outcome)), "no {outcome}");
        }
        let tomorrow = db.read(|tx| callback::ringing(tx, &actor, today.plus_days(1), None)).unwrap();
        let hours: Vec<i32> = tomorrow.iter().map(|b| b.callback.minute).collect();
        assert_eq!(hours, [17 * 60 + 30, 9 * 60 + 30, 11 * 60, 15 * 60 + 15]);
        let waiting = db.read(|tx| approval::waiting(tx, &actor)).unwrap();
        let mut kinds: Vec<&str> = waiting.iter().map(|w| w.request.kind.code()).collect();
        kinds.sort_unstable();
        // Money on account to send back is not in every small book.
        kinds.retain(|kind| *kind != "refund");
        assert_eq!(kinds, ["bank-details", "write-off"]);
        let papers = db.read(|tx| paper::list(tx, &actor, 10)).unwrap().len();
        let (twins, _) = db.read(|tx| duplicate::list(tx, &actor, 10)).unwrap();
        let review = db.read(|tx| review::count(tx, &actor)).unwrap();
        let views = db.read(|tx| view::list(tx, &actor)).unwrap().len();
        assert!(papers == 2 && twins >= 2 && review == 1 && views == 1, "{papers} {twins} {review} {views}");
        let gaps = db.read(|tx| gap::list(tx, &actor, today, None)).unwrap();
        assert!(gaps.counts.iter().all(|(_, count)| *count > 0), "{:?}", gaps.counts);
    }
}
