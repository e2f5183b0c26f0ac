//! The demo: a made-up Rwandan distributor whose history the program writes itself, day by day, with its own actions.
//!
//! `scenario` is how customers behave, as a table; `customers` invents them; `town` is their side of the story and
//! `simulation` the office's. The same seed gives the same book.

mod customers;
mod names;
mod rng;
pub mod scenario;
mod simulation;
mod town;

use receivables::{Currency, Date, sayings};
use store::{Clock, Db, Error, Source};

use crate::actions::company::{self, NewCompany};
use crate::actions::customer::{self, Given};
use crate::actions::{Actor, Role};
use crate::actions::{holiday, user, verify};
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

/// Who works at the company, one for each role besides the administrator: role, user name, full name.
pub const PEOPLE: &[(Role, &str, &str)] = &[
    (Role::Manager, "mutoni", "Mutoni Keza"),
    (Role::Biller, "iribagiza", "Iribagiza Uwera"),
    (Role::Cashier, "shema", "Shema Hirwa"),
    (Role::Collector, "umutesi", "Umutesi Manzi"),
    (Role::Credit, "nyiraneza", "Nyiraneza Gahire"),
    (Role::Legal, "mugisha", "Mugisha Rwema"),
    (Role::Auditor, "gasana", "Gasana Ishimwe"),
];

/// The people of the office, ready to act.
#[derive(Clone, Debug)]
pub struct Desk {
    pub manager: Actor,
    pub billing: Actor,
    pub cash: Actor,
    pub collector: Actor,
    pub auditor: Actor,
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
    let desk = open_company(&db)?;
    let parties = save_customers(&db, &desk, history.first_day, new)?;
    let town = Town::new(parties, rng, holiday::of_country(COUNTRY)?);
    live(&db, desk.clone(), town, history, progress)?;
    progress(98, Stage::Checking);
    prove(&db, &desk)?;
    progress(100, Stage::Done);
    Ok(db)
}

/// Who has a role at the company.
fn user(wanted: Role) -> Option<&'static str> {
    PEOPLE.iter().find(|(role, ..)| *role == wanted).map(|(_, user, _)| *user)
}

fn open_company(db: &Db) -> Result<Desk, Error> {
    let admin = db.write(|tx| {
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
        Ok(admin)
    })?;
    let named = |wanted: Role| {
        let user = user(wanted).unwrap_or(ADMIN).to_owned();
        Actor { company: admin.company.clone(), user, roles: wanted.into() }
    };
    Ok(Desk {
        manager: named(Role::Manager),
        billing: named(Role::Biller),
        cash: named(Role::Cashier),
        collector: named(Role::Collector),
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

fn live(db: &Db, desk: Desk, town: Town, history: History, progress: &mut dyn FnMut(u32, Stage)) -> Result<(), Error> {
    let mut simulation = Simulation::new(db, desk, town, history);
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
    use crate::actions::{day, dispute, promise};

    /// Five months of sixty customers, every scenario among them.
    #[test]
    fn a_short_history_verifies_and_leaves_work() {
        let dir = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", dir.path().join("demo.db").display());
        let settings = Settings { seed: 7, last_day: "2026-06-30".parse().unwrap(), days: 150, customers: 60 };
        let mut last = 0;
        let db = build(&url, &settings, &mut |percent, _| last = percent).unwrap();
        assert_eq!(last, 100);
        let actor = db.read(|tx| company::actor(tx, Some(COMPANY.1), Some("umutesi"))).unwrap();
        assert!(actor.company.simulated);
        let (messages, promises) =
            db.read(|tx| Ok((day::outbox(tx, &actor)?.len(), promise::list(tx, &actor)?.len()))).unwrap();
        assert!(messages > 0 && promises > 0, "{messages} messages, {promises} promises");
        let disputes = db.read(|tx| dispute::list(tx, &actor)).unwrap();
        let open = disputes.iter().filter(|d| d.ended.is_none()).count();
        assert!(open > 0 && open < disputes.len(), "{open} open of {} disputes", disputes.len());
    }
}
