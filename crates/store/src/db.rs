//! `Db`: opens a database, gives out reads, and carries writes.
//!
//! SQLite has one writer thread: it takes what is waiting, runs each action in a savepoint of one
//! `BEGIN IMMEDIATE`, commits with a full sync, and only then answers: group commit. PostgreSQL has a pool;
//! each write is a transaction of its own and is tried again when the server asks for it.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::thread::JoinHandle;

use receivables::ids::IdMaker;

use crate::noted::Noted;
use crate::reports::snapshot::Snapshots;
use crate::tx::{Conn, Prepared};
use crate::{Error, Source, Tx, dialect, migrate};

/// Actions one commit may carry, so that the first in the group does not wait long for its answer.
const GROUP_MAX: usize = 256;
/// Statements a connection keeps prepared.
const CACHED_STATEMENTS: usize = 256;
/// PostgreSQL connections of one program instance.
const PG_CONNECTIONS: usize = 16;
/// How often a write is tried when PostgreSQL reports a deadlock or serialization failure.
const TRIES: usize = 8;

/// Which engine a database runs on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Engine {
    Sqlite,
    Postgres,
}

/// An open database. Cheap to clone; the last clone closes it.
#[derive(Clone)]
pub struct Db {
    inner: Arc<Inner>,
    source: Source,
    snapshots: Arc<Snapshots>,
    noted: Arc<Noted>,
}

enum Inner {
    Lite(Lite),
    Pg(Box<Pg>),
}

impl Db {
    /// Opens `sqlite:PATH` (or a bare path) or `postgres://…`, creating the SQLite file and the tables where
    /// they are missing.
    pub fn open(url: &str, source: Source) -> Result<Db, Error> {
        let noted = Arc::new(Noted::default());
        let inner = if dialect::is_postgres(url) {
            Inner::Pg(Box::new(Pg::open(url, &source, &noted)?))
        } else {
            Inner::Lite(Lite::open(Path::new(dialect::sqlite_path(url)), &source, &noted)?)
        };
        Ok(Db { inner: Arc::new(inner), source, snapshots: Arc::default(), noted })
    }

    /// The file an SQLite URL names.
    pub fn sqlite_file(url: &str) -> Option<&str> {
        (!dialect::is_postgres(url)).then(|| dialect::sqlite_path(url))
    }

    /// The file an SQLite URL names, if it is not there.
    pub fn missing_file(url: &str) -> Option<String> {
        let path = dialect::sqlite_path(url);
        (!dialect::is_postgres(url) && !Path::new(path).exists()).then(|| path.to_owned())
    }

    pub fn engine(&self) -> Engine {
        match *self.inner {
            Inner::Lite(_) => Engine::Sqlite,
            Inner::Pg(_) => Engine::Postgres,
        }
    }

    pub fn source(&self) -> &Source {
        &self.source
    }

    /// The file behind an SQLite database.
    pub fn sqlite_path(&self) -> Option<&Path> {
        match &*self.inner {
            Inner::Lite(lite) => Some(&lite.path),
            Inner::Pg(_) => None,
        }
    }

    /// Runs `f` in one transaction and answers after it is durably committed; an error writes nothing. `f` may
    /// run more than once (PostgreSQL may ask for another try), so it must not act outside the transaction.
    pub fn write<T, F>(&self, f: F) -> Result<T, Error>
    where
        T: Send + 'static,
        F: FnMut(&mut Tx<'_>) -> Result<T, Error> + Send + 'static,
    {
        match &*self.inner {
            Inner::Lite(lite) => lite.write(f),
            Inner::Pg(pg) => pg.write(&self.source, f),
        }
    }

    /// Seals what PostgreSQL's writers have committed; SQLite seals in the writer and has nothing waiting.
    pub fn seal(&self) -> Result<(), Error> {
        if self.engine() == Engine::Postgres {
            while self.write(crate::audit::seal_waiting)? > 0 {}
        }
        Ok(())
    }

    /// The open items of each company in memory, for whoever asks often.
    pub fn snapshots(&self) -> &Snapshots {
        &self.snapshots
    }

    /// Writes what transactions noted in passing (see [`Noted`]); what could not be written stays noted.
    pub fn write_noted(&self) -> Result<(), Error> {
        let Some(batch) = self.noted.take() else { return Ok(()) };
        let rows = batch.clone();
        self.write(move |tx| rows.save(tx)).inspect_err(|_| self.noted.put_back(batch))
    }

    /// Runs `f` on one unchanging view of the database.
    pub fn read<T>(&self, f: impl FnOnce(&mut Tx<'_>) -> Result<T, Error>) -> Result<T, Error> {
        match &*self.inner {
            Inner::Lite(lite) => lite.read(&self.source, f),
            Inner::Pg(pg) => pg.read(&self.source, f),
        }
    }
}

/// Runs an action; one that panics has failed like any other, and neither the writer nor a connection goes with it.
fn guarded<T>(f: impl FnOnce() -> Result<T, Error>) -> Result<T, Error> {
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(f))
        .unwrap_or_else(|_| Err(Error::Failed("the action stopped in the middle; nothing of it was kept".into())))
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

// ---- SQLite

struct Lite {
    path: PathBuf,
    noted: Arc<Noted>,
    jobs: Mutex<Option<Sender<Job>>>,
    writer: Mutex<Option<JoinHandle<()>>>,
    readers: Mutex<Vec<rusqlite::Connection>>,
}

/// An action waiting for the writer. It runs, and hands back how to answer once the commit is known.
/// A group that could not begin passes the reason in, and the action does not run.
type Job = Box<dyn FnOnce(&mut Tx<'_>, Result<(), Error>) -> Ran + Send>;
struct Ran {
    keep: bool,
    answer: Box<dyn FnOnce(Result<(), Error>)>,
}

impl Lite {
    fn open(path: &Path, source: &Source, noted: &Arc<Noted>) -> Result<Lite, Error> {
        let mut writer = dialect::open_sqlite(path, CACHED_STATEMENTS)?;
        migrate::sqlite(&mut writer)?;
        let (send, receive) = mpsc::channel();
        let mut ids = IdMaker::new(source.random());
        let (source, of_writer) = (source.clone(), Arc::clone(noted));
        let handle = std::thread::Builder::new()
            .name("sqlite-writer".into())
            .spawn(move || write_groups(&writer, &receive, &source, &of_writer, &mut ids))
            .map_err(|e| Error::failed("starting the writer", e))?;
        Ok(Lite {
            path: path.to_owned(),
            noted: Arc::clone(noted),
            jobs: Mutex::new(Some(send)),
            writer: Mutex::new(Some(handle)),
            readers: Mutex::new(Vec::new()),
        })
    }

    fn write<T, F>(&self, mut f: F) -> Result<T, Error>
    where
        T: Send + 'static,
        F: FnMut(&mut Tx<'_>) -> Result<T, Error> + Send + 'static,
    {
        let (send, receive) = mpsc::sync_channel(1);
        let job: Job = Box::new(move |tx, begun| {
            let result = begun.and_then(|()| guarded(|| f(tx)));
            Ran {
                keep: result.is_ok(),
                answer: Box::new(move |committed| {
                    // A caller that has gone away needs no answer.
                    // The action's own refusal says more than the group's failure.
                    let _ = send.send(result.and_then(|value| committed.map(|()| value)));
                }),
            }
        });
        lock(&self.jobs)
            .as_ref()
            .ok_or_else(|| Error::Failed("the database is closed".into()))?
            .send(job)
            .map_err(|_| Error::Failed("the writer has stopped".into()))?;
        receive.recv().map_err(|_| Error::Failed("the writer has stopped".into()))?
    }

    fn read<T>(&self, source: &Source, f: impl FnOnce(&mut Tx<'_>) -> Result<T, Error>) -> Result<T, Error> {
        let pooled = lock(&self.readers).pop();
        let conn = match pooled {
            Some(conn) => conn,
            None => dialect::open_sqlite_reader(&self.path, CACHED_STATEMENTS)?,
        };
        conn.execute_batch("BEGIN DEFERRED")?;
        let mut ids = IdMaker::new(0);
        let now = source.clock.now();
        let noted = &self.noted;
        let result = guarded(|| f(&mut Tx { conn: Conn::Lite(&conn), now, ids: &mut ids, noted, action: None }));
        conn.execute_batch("ROLLBACK")?;
        lock(&self.readers).push(conn);
        result
    }
}

impl Drop for Lite {
    fn drop(&mut self) {
        // The writer closes last: it alone can bring the log into the file and leave a book that is one file.
        lock(&self.readers).clear();
        lock(&self.jobs).take();
        if let Some(handle) = lock(&self.writer).take() {
            // The writer may itself hold the last clone; it must not wait for itself.
            if handle.thread().id() != std::thread::current().id() {
                let _ = handle.join();
            }
        }
    }
}

fn write_groups(conn: &rusqlite::Connection, jobs: &Receiver<Job>, source: &Source, noted: &Noted, ids: &mut IdMaker) {
    while let Ok(first) = jobs.recv() {
        let mut answers = Vec::new();
        let committed = run_group(conn, jobs, source, noted, ids, first, &mut answers);
        let failure = committed.err().map(|e| e.to_string());
        if failure.is_some() && !conn.is_autocommit() {
            let _ = conn.execute_batch("ROLLBACK");
        }
        let full = failure.as_ref().is_some_and(|text| *text == Error::DiskFull.to_string());
        for answer in answers {
            answer(match &failure {
                None => Ok(()),
                Some(_) if full => Err(Error::DiskFull),
                Some(text) => Err(Error::Failed(text.clone())),
            });
        }
    }
}

type Answer = Box<dyn FnOnce(Result<(), Error>)>;

/// One commit: the first action and whatever came in meanwhile. The queue is never waited for, so a lone
/// action pays one sync and a crowd shares one.
fn run_group(
    conn: &rusqlite::Connection,
    jobs: &Receiver<Job>,
    source: &Source,
    noted: &Noted,
    ids: &mut IdMaker,
    first: Job,
    answers: &mut Vec<Answer>,
) -> Result<(), Error> {
    let mut next = Some(first);
    let mut begun = begin(conn);
    // A savepoint protects what was kept before; the first action needs none, and is spared its cost.
    let mut kept = false;
    while let Some(job) = next.take() {
        if kept {
            begun = begun.and_then(|()| Ok(conn.execute_batch("SAVEPOINT action")?));
        }
        let mut tx = Tx { conn: Conn::Lite(conn), now: source.clock.now(), ids, noted, action: None };
        let ran = job(&mut tx, std::mem::replace(&mut begun, Ok(())));
        answers.push(ran.answer);
        if conn.is_autocommit() {
            // The group never began, or SQLite rolled all of it back (disk full): nobody in it was saved.
            return Err(Error::DiskFull);
        }
        match (ran.keep, kept) {
            (true, true) => conn.execute_batch("RELEASE action")?,
            (true, false) => kept = true,
            (false, true) => conn.execute_batch("ROLLBACK TO action; RELEASE action")?,
            (false, false) => {
                conn.execute_batch("ROLLBACK")?;
                begun = begin(conn);
            }
        }
        if answers.len() < GROUP_MAX {
            next = jobs.try_recv().ok();
        }
    }
    conn.execute_batch("COMMIT")?;
    Ok(())
}

fn begin(conn: &rusqlite::Connection) -> Result<(), Error> {
    Ok(conn.execute_batch("BEGIN IMMEDIATE")?)
}

// ---- PostgreSQL

struct Pg {
    config: postgres::Config,
    noted: Arc<Noted>,
    idle: Mutex<Vec<PgConn>>,
    taken: Mutex<usize>,
    freed: Condvar,
}

struct PgConn {
    client: postgres::Client,
    prepared: Prepared,
    ids: IdMaker,
    broken: AtomicBool,
}

impl Pg {
    fn open(url: &str, source: &Source, noted: &Arc<Noted>) -> Result<Pg, Error> {
        let config = dialect::pg_config(url)?;
        let mut conn = connect(&config, source)?;
        migrate::postgres(&mut conn.client)?;
        let (idle, noted) = (Mutex::new(vec![conn]), Arc::clone(noted));
        Ok(Pg { config, noted, idle, taken: Mutex::new(0), freed: Condvar::new() })
    }

    fn take(&self, source: &Source) -> Result<PgConn, Error> {
        let mut taken = lock(&self.taken);
        while *taken >= PG_CONNECTIONS {
            taken = self.freed.wait(taken).unwrap_or_else(std::sync::PoisonError::into_inner);
        }
        *taken += 1;
        drop(taken);
        let idle = lock(&self.idle).pop();
        match idle {
            Some(conn) => Ok(conn),
            None => connect(&self.config, source).inspect_err(|_| self.give_up()),
        }
    }

    fn give_up(&self) {
        *lock(&self.taken) -= 1;
        self.freed.notify_one();
    }

    fn put_back(&self, conn: PgConn) {
        if !conn.client.is_closed() && !conn.broken.load(Ordering::Relaxed) {
            lock(&self.idle).push(conn);
        }
        self.give_up();
    }

    fn write<T>(&self, source: &Source, mut f: impl FnMut(&mut Tx<'_>) -> Result<T, Error>) -> Result<T, Error> {
        let mut last = Error::Failed("no try was made".into());
        for _ in 0..TRIES {
            let mut conn = self.take(source)?;
            let result = conn.transaction(source, &self.noted, &mut f, true);
            self.put_back(conn);
            match result {
                Err(Error::Again(text)) => last = Error::Again(text),
                done => return done,
            }
        }
        Err(last)
    }

    fn read<T>(&self, source: &Source, f: impl FnOnce(&mut Tx<'_>) -> Result<T, Error>) -> Result<T, Error> {
        let mut conn = self.take(source)?;
        let mut f = Some(f);
        let result = conn.transaction(
            source,
            &self.noted,
            &mut |tx: &mut Tx<'_>| f.take().map_or(Err(Error::Failed("read twice".into())), |f| f(tx)),
            false,
        );
        self.put_back(conn);
        result
    }
}

impl PgConn {
    fn transaction<T>(
        &mut self,
        source: &Source,
        noted: &Noted,
        f: &mut impl FnMut(&mut Tx<'_>) -> Result<T, Error>,
        commit: bool,
    ) -> Result<T, Error> {
        let builder = self.client.build_transaction();
        let builder = if commit {
            builder.isolation_level(postgres::IsolationLevel::ReadCommitted)
        } else {
            builder.isolation_level(postgres::IsolationLevel::RepeatableRead).read_only(true)
        };
        let transaction = builder.start()?;
        let mut tx = Tx {
            conn: Conn::Pg(transaction, &mut self.prepared),
            now: source.clock.now(),
            ids: &mut self.ids,
            noted,
            action: None,
        };
        let result = guarded(|| f(&mut tx));
        let Conn::Pg(transaction, _) = tx.conn else { return Err(Error::Failed("engine changed".into())) };
        match result {
            Ok(value) if commit => {
                transaction.commit()?;
                Ok(value)
            }
            other => {
                if transaction.rollback().is_err() {
                    self.broken.store(true, Ordering::Relaxed);
                }
                other
            }
        }
    }
}

fn connect(config: &postgres::Config, source: &Source) -> Result<PgConn, Error> {
    let mut client = config.connect(postgres::NoTls)?;
    dialect::check_durable(&mut client)?;
    Ok(PgConn {
        client,
        prepared: Prepared::default(),
        ids: IdMaker::new(source.random()),
        broken: AtomicBool::new(false),
    })
}
