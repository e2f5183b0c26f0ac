//! Long work that this program does for somebody: how far it is, and what came of it, until they have seen it. A closed tab
//! does not stop it. A restart does, and loses nothing: what was done is in the book, and doing it again is safe.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use receivables::{Date, Instant, Refusal};
use store::verify::Checked;
use store::{Db, Error};

use crate::actions::cash::{self, Matched, Planned};
use crate::actions::day::StepReport;
use crate::actions::day::run::Kept;
use crate::actions::export::{self, File, Kind as FileKind};
use crate::actions::import::What;
use crate::actions::listing::{First, Listing};
use crate::actions::progress::Progress;
use crate::actions::upload::{self, Failure, Upload};
use crate::actions::{Actor, statement};
use crate::words::Language;

/// What is done.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    ImportLook,
    Import,
    StatementLook,
    Statement,
    CashLook,
    Cash,
    DayLook,
    Day,
    Verify,
    Report,
    Export,
}

impl Kind {
    /// Stable, the key of its words.
    pub fn code(self) -> &'static str {
        match self {
            Kind::ImportLook => "import-look",
            Kind::Import => "import",
            Kind::StatementLook => "statement-look",
            Kind::Statement => "statement",
            Kind::CashLook => "cash-look",
            Kind::Cash => "cash",
            Kind::DayLook => "day-look",
            Kind::Day => "day",
            Kind::Verify => "verify",
            Kind::Report => "report",
            Kind::Export => "export",
        }
    }
}

/// What came of it.
#[derive(Debug)]
pub enum Outcome {
    /// What a file would do, and the file.
    ImportLook(Upload, upload::Outcome),
    Import(What, upload::Outcome),
    StatementLook(statement::Given, statement::Taken),
    /// A table of a bank whose columns a person has to say.
    StatementColumns(statement::Given),
    Statement(statement::Taken),
    /// The id of the plan, and what was seen.
    CashLook(String, Vec<Matched>),
    /// The steps, and those that were dropped.
    Cash(Vec<Planned>, Vec<cash::Done>),
    /// Nothing where today was turned.
    DayLook(Option<Kept>),
    Day(Vec<Date>, Vec<StepReport>),
    Verify(Vec<Checked>),
    /// The first rows of a report, and the DSO of the last months where it is about that.
    Report(First, Vec<(Date, Option<i64>)>),
    File(Written),
}

/// A file that may be fetched.
#[derive(Clone, Debug)]
pub struct Written {
    pub path: PathBuf,
    /// What it is called where it is saved.
    pub name: String,
    pub rows: u64,
    pub bytes: u64,
}

/// How something stands.
#[derive(Clone, Debug)]
pub enum State {
    Running,
    Done(Arc<Outcome>),
    Failed(Arc<Failure>),
}

/// One piece of work.
#[derive(Debug)]
pub struct Task {
    pub id: String,
    company: i64,
    pub kind: Kind,
    /// A file, a report, a day.
    pub name: String,
    /// The user who asked for it.
    pub by: String,
    pub began_at: Instant,
    progress: Arc<Progress>,
    state: Mutex<(State, Option<Instant>)>,
    ended: Condvar,
}

impl Task {
    pub fn state(&self) -> State {
        lock(&self.state).0.clone()
    }

    pub fn is_running(&self) -> bool {
        matches!(self.state(), State::Running)
    }

    /// How many steps are done, and of how many where that is known.
    pub fn progress(&self) -> (u64, Option<u64>) {
        self.progress.now()
    }

    /// Waits a moment for the end; most work is short.
    pub fn wait(&self, most: Duration) {
        let state = lock(&self.state);
        let running = |state: &mut (State, Option<Instant>)| matches!(state.0, State::Running);
        drop(self.ended.wait_timeout_while(state, most, running).unwrap_or_else(PoisonError::into_inner));
    }

    fn end(&self, came: Result<Outcome, Failure>, at: Instant) {
        let state = match came {
            Ok(outcome) => State::Done(Arc::new(outcome)),
            Err(why) => State::Failed(Arc::new(why)),
        };
        *lock(&self.state) = (state, Some(at));
        self.ended.notify_all();
    }

    fn file(&self) -> Option<Written> {
        match self.state() {
            State::Done(outcome) => match &*outcome {
                Outcome::File(written) => Some(written.clone()),
                _ => None,
            },
            _ => None,
        }
    }
}

/// Pieces of work that run at a time; more are refused.
const RUNNING_MAX: usize = 4;
/// Results kept for one user; the oldest goes.
const KEPT_MAX: usize = 20;
/// Files looked at and not taken in, of all users; the oldest goes.
const LOOKS_MAX: usize = 8;
/// Results are kept so long.
const KEPT_MICROS: i64 = 24 * 3_600_000_000;
/// Bytes of all files that wait to be fetched.
const FILES_BYTES_MAX: u64 = 512 << 20;

/// All work of this program.
#[derive(Clone)]
pub struct Works(Arc<Shared>);

struct Shared {
    db: Db,
    tasks: Mutex<Vec<Arc<Task>>>,
    /// Where files wait to be fetched; made for the first, gone with the program.
    folder: Mutex<Option<PathBuf>>,
}

impl Drop for Shared {
    fn drop(&mut self) {
        if let Some(folder) = lock(&self.folder).take() {
            let _ = std::fs::remove_dir_all(folder);
        }
    }
}

/// What is to be done: under which key (the same again is the same work), of which kind, to what.
pub struct Asked {
    pub key: String,
    pub kind: Kind,
    pub name: String,
}

impl Works {
    pub fn new(db: Db) -> Works {
        Works(Arc::new(Shared { db, tasks: Mutex::default(), folder: Mutex::default() }))
    }

    /// Begins; asked twice under one key it begins once.
    pub fn begin(
        &self,
        actor: &Actor,
        asked: Asked,
        run: impl FnOnce(&Arc<Progress>) -> Result<Outcome, Failure> + Send + 'static,
    ) -> Result<Arc<Task>, Error> {
        let now = self.now();
        let mut tasks = lock(&self.0.tasks);
        if let Some(known) = tasks.iter().find(|task| task.id == asked.key && is_of(task, actor)) {
            if known.kind != asked.kind {
                return Err(Refusal::KeyReused { key: asked.key }.into());
            }
            return Ok(Arc::clone(known));
        }
        make_room(&mut tasks, actor, asked.kind, now);
        let running = tasks.iter().filter(|task| task.is_running()).count();
        if running >= RUNNING_MAX {
            return Err(Refusal::Busy { count: running.to_string() }.into());
        }
        let task = Arc::new(Task {
            id: asked.key,
            company: actor.company.id,
            kind: asked.kind,
            name: asked.name,
            by: actor.user.clone(),
            began_at: now,
            progress: Arc::default(),
            state: Mutex::new((State::Running, None)),
            ended: Condvar::new(),
        });
        let (works, mine) = (self.clone(), Arc::clone(&task));
        let began = std::thread::Builder::new().name(asked.kind.code().into()).spawn(move || {
            let ran = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| run(&mine.progress)));
            let stopped = |_| Err(Error::Failed(format!("{} stopped", mine.kind.code())).into());
            mine.end(ran.unwrap_or_else(stopped), works.now());
        });
        began.map_err(|e| Error::failed("beginning long work", e))?;
        tasks.push(Arc::clone(&task));
        Ok(task)
    }

    /// Writes a list into a file that its owner may fetch.
    pub fn export(
        &self,
        actor: &Actor,
        key: &str,
        listing: Listing,
        language: Language,
        kind: FileKind,
    ) -> Result<Arc<Task>, Error> {
        let name = format!("{}.{}", listing.name(), kind.ending());
        let (works, by, called) = (self.clone(), actor.clone(), name.clone());
        let path = self.folder()?.join(format!("{key}.{}", kind.ending()));
        self.begin(actor, Asked { key: key.to_owned(), kind: Kind::Export, name }, move |progress| {
            works.has_room()?;
            let file = File { path: path.clone(), kind, title: listing.name().to_owned() };
            let rows = export::write(&works.0.db, &by, &listing, language, &file, |row| progress.count(row))?;
            let bytes = std::fs::metadata(&path).map_err(|e| Error::failed("the file", e))?.len();
            if let Err(full) = works.has_room() {
                let _ = std::fs::remove_file(&path);
                return Err(full.into());
            }
            Ok(Outcome::File(Written { path, name: called, rows, bytes }))
        })
    }

    /// What runs in the company and what came of the user's own work, the latest first.
    pub fn of(&self, actor: &Actor) -> Vec<Arc<Task>> {
        let now = self.now();
        let mut tasks = lock(&self.0.tasks);
        forget(&mut tasks, |task| is_old(task, now));
        let seen = |task: &&Arc<Task>| task.company == actor.company.id && (task.is_running() || is_of(task, actor));
        tasks.iter().rev().filter(seen).cloned().collect()
    }

    /// How many pieces of the user's work run, and how many ended and wait to be seen.
    pub fn count(&self, actor: &Actor) -> (usize, usize) {
        let mine = self.of(actor).into_iter().filter(|task| is_of(task, actor));
        let (running, ended): (Vec<_>, Vec<_>) = mine.partition(|task| task.is_running());
        (running.len(), ended.len())
    }

    /// A piece of the user's own work.
    pub fn one(&self, actor: &Actor, id: &str) -> Result<Arc<Task>, Error> {
        let tasks = lock(&self.0.tasks);
        let found = tasks.iter().find(|task| task.id == id && is_of(task, actor));
        found.cloned().ok_or_else(|| Refusal::NotFound { kind: "work".into(), name: String::new() }.into())
    }

    /// Forgets what came of the user's own work, with its file.
    pub fn dismiss(&self, actor: &Actor, id: &str) -> Result<(), Error> {
        let task = self.one(actor, id)?;
        if task.is_running() {
            return Err(Refusal::StillRunning.into());
        }
        forget(&mut lock(&self.0.tasks), |task| task.id == id && is_of(task, actor));
        Ok(())
    }

    fn now(&self) -> Instant {
        self.0.db.source().clock.now()
    }

    fn folder(&self) -> Result<PathBuf, Error> {
        let mut folder = lock(&self.0.folder);
        if let Some(known) = &*folder {
            return Ok(known.clone());
        }
        let name = format!("ideni-{:016x}", store::Source::system().random());
        let made = std::env::temp_dir().join(name);
        private_folder(&made).map_err(|e| Error::failed(&made.display().to_string(), e))?;
        *folder = Some(made.clone());
        Ok(made)
    }

    /// Refuses where too many files wait to be fetched.
    fn has_room(&self) -> Result<(), Error> {
        let held = std::fs::read_dir(self.folder()?).map_err(|e| Error::failed("the folder of files", e))?;
        let bytes: u64 = held.flatten().filter_map(|entry| entry.metadata().ok()).map(|data| data.len()).sum();
        if bytes < FILES_BYTES_MAX {
            return Ok(());
        }
        Err(Refusal::FilesFull { megabytes: (FILES_BYTES_MAX >> 20).to_string() }.into())
    }
}

#[cfg(unix)]
fn private_folder(path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    std::fs::DirBuilder::new().mode(0o700).create(path)
}

#[cfg(not(unix))]
fn private_folder(path: &Path) -> std::io::Result<()> {
    std::fs::create_dir(path)
}

fn is_of(task: &Task, actor: &Actor) -> bool {
    task.company == actor.company.id && task.by == actor.user
}

fn is_old(task: &Task, now: Instant) -> bool {
    let ended = lock(&task.state).1;
    ended.is_some_and(|at| now.micros() - at.micros() > KEPT_MICROS)
}

/// Lets go of what is old, of the user's oldest results, and of files that were looked at and not taken in.
fn make_room(tasks: &mut Vec<Arc<Task>>, actor: &Actor, kind: Kind, now: Instant) {
    let is_look = |task: &Task| matches!(task.kind, Kind::ImportLook | Kind::StatementLook) && !task.is_running();
    forget(tasks, |task| is_old(task, now));
    if matches!(kind, Kind::ImportLook | Kind::StatementLook) {
        forget(tasks, |task| is_look(task) && is_of(task, actor));
        oldest(tasks, LOOKS_MAX, is_look);
    }
    oldest(tasks, KEPT_MAX, |task| is_of(task, actor) && !task.is_running());
}

/// Lets go of the oldest until fewer than `most` are left.
fn oldest(tasks: &mut Vec<Arc<Task>>, most: usize, which: impl Fn(&Task) -> bool) {
    let mut over = (tasks.iter().filter(|task| which(task)).count() + 1).saturating_sub(most);
    forget(tasks, |task| {
        let goes = over > 0 && which(task);
        over -= usize::from(goes);
        goes
    });
}

fn forget(tasks: &mut Vec<Arc<Task>>, mut which: impl FnMut(&Task) -> bool) {
    tasks.retain(|task| {
        let goes = which(task);
        if goes && let Some(written) = task.file() {
            let _ = std::fs::remove_file(written.path);
        }
        !goes
    });
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
