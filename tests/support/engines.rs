//! Where a test keeps its database: a folder that goes with it, or a PostgreSQL database dropped after it.

use std::sync::Once;
use std::sync::atomic::{AtomicU32, Ordering};

use store::{Clock, Db, Engine, Source};

static COUNT: AtomicU32 = AtomicU32::new(0);
static TELL_SKIPPED: Once = Once::new();

/// An empty database of its own, gone when this is dropped.
pub struct Place {
    pub engine: Engine,
    pub url: String,
    folder: tempfile::TempDir,
    drop_from: Option<(String, String)>,
}

/// One place per engine there is.
pub fn places() -> Vec<Place> {
    let mut all = vec![Place::sqlite()];
    all.extend(Place::postgres());
    all
}

/// The server for PostgreSQL tests, if one was named.
pub fn server() -> Option<String> {
    let named = std::env::var("IDENI_TEST_POSTGRES").ok().filter(|url| !url.is_empty());
    if named.is_none() {
        TELL_SKIPPED.call_once(|| eprintln!("skipped: PostgreSQL (IDENI_TEST_POSTGRES names no server)"));
    }
    named
}

impl Place {
    pub fn sqlite() -> Place {
        let folder = tempfile::tempdir().expect("a folder for the test");
        let url = format!("sqlite:{}", folder.path().join("book.db").display());
        Place { engine: Engine::Sqlite, url, folder, drop_from: None }
    }

    /// A new database on the named server; `None` when no server was named.
    pub fn postgres() -> Option<Place> {
        let server = server()?;
        let name = format!("ideni_test_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let mut client = postgres::Client::connect(&server, postgres::NoTls).expect("the PostgreSQL server answers");
        client.batch_execute(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).expect("no old database");
        client.batch_execute(&format!("CREATE DATABASE {name}")).expect("a new database");
        let folder = tempfile::tempdir().expect("a folder for the test");
        Some(Place {
            engine: Engine::Postgres,
            url: with_database(&server, &name),
            folder,
            drop_from: Some((server, name)),
        })
    }

    /// A PostgreSQL database that is there already and stays when this is dropped.
    pub fn at(url: String) -> Place {
        let folder = tempfile::tempdir().expect("a folder for the test");
        Place { engine: Engine::Postgres, url, folder, drop_from: None }
    }

    /// Another empty place on the same engine.
    pub fn another(&self) -> Place {
        match self.engine {
            Engine::Sqlite => Place::sqlite(),
            Engine::Postgres => Place::postgres().expect("the server that was there a moment ago"),
        }
    }

    /// A folder for the files of the test.
    pub fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }

    /// Opens the database with a clock and ids of its own.
    pub fn open(&self, clock: Clock, seed: u64) -> Db {
        Db::open(&self.url, Source::seeded(clock, seed)).expect("the test database opens")
    }

    /// Opens it as the program does, with the system's clock and ids.
    pub fn open_real(&self) -> Db {
        Db::open(&self.url, Source::system()).expect("the test database opens")
    }

    /// A bare client, to do what the program never does. PostgreSQL only.
    pub fn client(&self) -> postgres::Client {
        postgres::Client::connect(&self.url, postgres::NoTls).expect("the test database answers")
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let Some((server, name)) = &self.drop_from else { return };
        let dropped = postgres::Client::connect(server, postgres::NoTls)
            .and_then(|mut client| client.batch_execute(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")));
        if let Err(error) = dropped {
            eprintln!("the test database {name} stays behind: {error}");
        }
    }
}

/// The server's URL with another database in its path.
fn with_database(server: &str, name: &str) -> String {
    let (base, query) = server.split_once('?').map_or((server, None), |(base, query)| (base, Some(query)));
    let scheme_end = base.find("://").map_or(0, |at| at + 3);
    let path = base[scheme_end..].find('/').map_or(base.len(), |at| scheme_end + at);
    let query = query.map(|q| format!("?{q}")).unwrap_or_default();
    format!("{}/{name}{query}", &base[..path])
}
