//! Plain server-rendered pages: today, worklist, account, ageing, outbox. They work without script.
//!
//! A page parses, calls one action and renders. Whoever opens the sign-in link printed at the start gets a
//! session; a write must come from our own pages.

mod account;
mod holiday;
mod import;
mod page;
mod pages;
mod review;
mod session;
mod setup;

use std::net::SocketAddr;
use std::sync::{Arc, OnceLock};

use axum::Router;
use axum::extract::connect_info::IntoMakeServiceWithConnectInfo;
use axum::routing::{get, post};
use receivables::{Date, Refusal};
use store::{Db, Error};

use crate::api::Api;
use crate::jobs::{Job, SCHEDULE};
use session::Sessions;

/// What the pages need: the book, whose it is, and who is signed in.
pub struct Web {
    db: Db,
    company: Option<String>,
    today: Option<Date>,
    sessions: Sessions,
    /// Tells whoever started the program where to go; again when the first run has made the company.
    tell: Tell,
    at: OnceLock<SocketAddr>,
}

/// Says where the pages are and how to sign in.
pub type Tell = Box<dyn Fn(&Web, SocketAddr) -> Result<(), Error> + Send + Sync>;

/// A sign-in link for one user.
pub struct Link {
    pub user: String,
    pub role: String,
    pub url: String,
}

impl Web {
    pub fn new(db: Db, company: Option<String>, today: Option<Date>, tell: Tell) -> Web {
        Web { db, company, today, sessions: Sessions::default(), tell, at: OnceLock::new() }
    }

    fn tell(&self) -> Result<(), Error> {
        self.at.get().map_or(Ok(()), |at| (self.tell)(self, *at))
    }

    /// The link to the first run, where the book has no company yet.
    pub fn setup_link(&self, at: SocketAddr) -> Result<Option<String>, Error> {
        let empty = self.db.read(store::company::list)?.is_empty();
        Ok(empty.then(|| format!("http://{at}/setup/{}", self.sessions.setup_link())))
    }

    /// Whether nothing may leave the book.
    pub fn in_quarantine(&self) -> Result<bool, Error> {
        self.db.read(crate::actions::quarantine::is_on)
    }

    /// A link per user of the company; it works as long as this program runs.
    pub fn links(&self, at: SocketAddr) -> Result<Vec<Link>, Error> {
        let users = self.db.read(|tx| {
            let actor = crate::actions::company::actor(tx, self.company.as_deref(), None)?;
            store::company::users(tx, actor.company.id)
        })?;
        let links = users.into_iter().map(|(user, _, role)| {
            let url = format!("http://{at}/enter/{}", self.sessions.link_for(&user));
            Link { user, role, url }
        });
        Ok(links.collect())
    }
}

/// Serves until the process is asked to stop; the address is told once it listens.
pub fn serve(web: Web, listen: SocketAddr) -> Result<(), Error> {
    let no_address = |e: std::io::Error| Refusal::NoAddress { address: listen.to_string(), cause: e.to_string() };
    let listener = std::net::TcpListener::bind(listen).map_err(no_address)?;
    listener.set_nonblocking(true).map_err(no_address)?;
    let at = listener.local_addr().map_err(no_address)?;
    web.at.get_or_init(|| at);
    // The drivers block, which the threads of the runtime must not: the book is asked before it begins.
    web.tell()?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|e| Error::failed("starting the server", e))?;
    runtime.block_on(async move {
        let listener = tokio::net::TcpListener::from_std(listener).map_err(|e| Error::failed("listening", e))?;
        let web = Arc::new(web);
        let jobs: Vec<_> = SCHEDULE.iter().map(|job| tokio::spawn(repeat(job, web.db.clone()))).collect();
        let stop = async {
            let _ = tokio::signal::ctrl_c().await;
        };
        let served = axum::serve(listener, served(web)).with_graceful_shutdown(stop).await;
        for job in jobs {
            job.abort();
        }
        served.map_err(|e| Error::failed("serving", e))
    })
}

/// Runs a job over and over. A failure is told and tried again at the next beat.
async fn repeat(job: &'static Job, db: Db) {
    loop {
        let of_job = db.clone();
        if let Ok(Err(error)) = tokio::task::spawn_blocking(move || (job.run)(&of_job)).await {
            eprintln!("{}: {error}", job.name);
        }
        tokio::time::sleep(job.every).await;
    }
}

/// The routes; each request with the address it came from.
fn served(web: Arc<Web>) -> IntoMakeServiceWithConnectInfo<Router, SocketAddr> {
    router(web).into_make_service_with_connect_info()
}

fn router(web: Arc<Web>) -> Router {
    let api = crate::api::routes(Api::new(web.db.clone(), web.today));
    Router::new()
        .route("/", get(pages::today))
        .route("/worklist", get(pages::worklist))
        .route("/ageing", get(pages::ageing))
        .route("/outbox", get(pages::outbox))
        .route("/outbox/{id}", post(pages::decide))
        .route("/accounts/{code}", get(account::show))
        .route("/accounts/{code}/promises", post(account::promise))
        .route("/accounts/{code}/holds", post(account::hold))
        .route("/accounts/{code}/disputes", post(account::dispute))
        .route("/accounts/{code}/dispute-ends", post(account::end_dispute))
        .route("/accounts/{code}/allocations", post(account::allocate))
        .route("/accounts/{code}/reversals", post(account::reverse))
        .route("/accounts/{code}/write-offs", post(account::write_off))
        .route("/statements/review", get(review::list))
        .route("/statements/review/{id}/clear", post(review::clear))
        .route("/statements/review/{id}/record", post(review::record))
        .route("/holidays", get(holiday::list))
        .route("/holidays/add", post(holiday::add))
        .route("/holidays/remove", post(holiday::remove))
        .route(
            "/import",
            get(import::ask).post(import::look).layer(axum::extract::DefaultBodyLimit::max(import::BYTES_MAX)),
        )
        .route("/import/{link}", post(import::take_in))
        .route("/setup/{link}", get(setup::begin))
        .route("/setup/{link}/company", post(setup::company))
        .route("/setup/{link}/people", post(setup::people))
        .route("/enter/{token}", get(session::enter))
        .route("/style.css", get(pages::style))
        .layer(axum::extract::DefaultBodyLimit::max(64 << 10))
        .layer(axum::middleware::map_response(session::harden))
        .with_state(web)
        .nest(crate::api::BASE, api)
}
