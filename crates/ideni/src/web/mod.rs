//! Plain server-rendered pages: today, worklist, account, ageing, outbox. They work without script.
//!
//! A page parses, calls one action and renders. `route` is the frame of all of them: each room has a table of its
//! routes with the right that each takes; [`ROOMS`] lists the rooms. A write must come from our own pages.

mod account;
mod ageing;
mod approval;
mod ask;
mod asset;
mod audit;
mod billing;
mod branch;
mod cash;
mod certificate;
pub mod chart;
mod columns;
mod contact_person;
mod contract;
mod customer;
mod day;
mod device_code;
mod download;
mod draft;
mod ebm;
mod exception;
mod headers;
mod holiday;
mod import;
mod invoice;
mod invoice_file;
mod item;
mod journal_out;
mod kept;
mod link;
pub mod listen;
mod me;
mod merge;
mod outbox;
mod page;
mod paper;
mod payer;
#[cfg(feature = "pdf")]
mod print;
mod quote;
mod rate;
mod receipt;
mod report;
mod revaluation;
mod review;
mod route;
mod search;
mod session;
mod setting;
mod setup;
mod sign_in;
mod today;
mod transfer;
mod user;
mod vat_return;
mod work;
mod worklist;

use std::net::SocketAddr;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use axum::Router;
use axum::routing::get;
use receivables::{Date, Refusal};
use store::{Db, Error};

use crate::actions::{self, Roles};
use crate::api::Api;
use crate::jobs::work::Works;
use crate::jobs::{Job, SCHEDULE};
use listen::{Door, Limits, Tls};
pub(crate) use page::language;
pub use route::{Entrance, Route, Verb};
use session::Sessions;

/// What the pages need: the book, whose it is, and who is signed in.
pub struct Web {
    db: Db,
    company: Option<String>,
    today: Option<Date>,
    sessions: Sessions,
    /// Long work that pages began.
    works: Works,
    /// Tells whoever started the program where to go; again when the first run has made the company.
    tell: Tell,
    /// How the addresses of our pages begin.
    origin: OnceLock<String>,
}

/// Says where the pages are and how to sign in.
pub type Tell = Box<dyn Fn(&Web, &str) -> Result<(), Error> + Send + Sync>;

/// A sign-in link for one user.
pub struct Link {
    pub user: String,
    pub role: String,
    pub url: String,
}

impl Web {
    pub fn new(db: Db, company: Option<String>, today: Option<Date>, tell: Tell) -> Web {
        let works = Works::new(db.clone());
        Web { db, company, today, sessions: Sessions::default(), works, tell, origin: OnceLock::new() }
    }

    fn tell(&self) -> Result<(), Error> {
        self.origin.get().map_or(Ok(()), |origin| (self.tell)(self, origin))
    }

    /// The link to the first run, where the book has no company yet.
    pub fn setup_link(&self, origin: &str) -> Result<Option<String>, Error> {
        let empty = self.db.read(store::company::list)?.is_empty();
        Ok(empty.then(|| format!("{origin}/setup/{}", self.sessions.setup_link())))
    }

    /// Whether nothing may leave the book.
    pub fn in_quarantine(&self) -> Result<bool, Error> {
        self.db.read(actions::quarantine::is_on)
    }

    /// How people get in: a link for everybody who has no password yet, or in a simulated company for everybody.
    pub fn links(&self, origin: &str) -> Result<Vec<Link>, Error> {
        let mut links = Vec::new();
        for company in self.db.read(store::company::list)? {
            if self.company.as_ref().is_some_and(|code| *code != company.code) {
                continue;
            }
            let code = company.code.clone();
            let actor = self.db.read(|tx| actions::company::actor(tx, Some(&code), None))?;
            if company.simulated {
                let people = self.db.read(|tx| actions::user::list(tx, &actor))?.into_iter().filter(|u| u.active());
                links.extend(people.map(|u| {
                    let url = format!("{origin}/enter/{}", self.sessions.link_for(&code, &u.name));
                    Link { user: u.name, role: short(&u.roles), url }
                }));
            } else {
                let made = self.db.write(move |tx| actions::link::for_newcomers(tx, &actor))?;
                links.extend(made.into_iter().map(|made| {
                    let url = format!("{origin}/link/{}", made.token);
                    Link { user: made.user, role: short(&made.roles), url }
                }));
            }
        }
        Ok(links)
    }

    /// How the addresses of our pages begin.
    fn origin(&self) -> &str {
        self.origin.get().map_or("", String::as_str)
    }

    /// Whether browsers speak to us over TLS.
    fn is_secure(&self) -> bool {
        self.origin().starts_with("https://")
    }
}

/// Roles in one column.
fn short(roles: &str) -> String {
    let all = Roles::from_text(roles).is_ok_and(|roles| roles == Roles::all());
    if all { "all".into() } else { roles.replace(' ', ",") }
}

/// How often a certificate is looked at: it ends, or the machine gets another address.
const CERTIFICATE_EVERY: Duration = Duration::from_secs(3_600);

/// Serves until the process is asked to stop; the address is told once it listens.
pub fn serve(web: Web, listen: SocketAddr, tls: Option<Tls>) -> Result<(), Error> {
    let no_address = |e: std::io::Error| Refusal::NoAddress { address: listen.to_string(), cause: e.to_string() };
    let listener = std::net::TcpListener::bind(listen).map_err(no_address)?;
    listener.set_nonblocking(true).map_err(no_address)?;
    let at = listener.local_addr().map_err(no_address)?;
    let origin = web.origin.get_or_init(|| listen::origin(at, tls.is_some())).clone();
    // The drivers block, which the threads of the runtime must not: the book is asked before it begins.
    web.tell()?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|e| Error::failed("starting the server", e))?;
    let db = web.db.clone();
    runtime.block_on(async move {
        let listener = tokio::net::TcpListener::from_std(listener).map_err(|e| Error::failed("listening", e))?;
        let web = Arc::new(web);
        let jobs: Vec<_> = SCHEDULE.iter().map(|job| tokio::spawn(repeat(job, web.db.clone()))).collect();
        let stop = async {
            let _ = tokio::signal::ctrl_c().await;
        };
        let door = Arc::new(Door { router: router(web), tls, origin, limits: Limits::OFFICE });
        let renewal = tokio::spawn(renew(door.clone()));
        listen::serve(listener, door, stop).await;
        for job in jobs.into_iter().chain([renewal]) {
            job.abort();
        }
        Ok::<_, Error>(())
    })?;
    db.write_noted()
}

/// Looks at the certificate again and again. Where it cannot be renewed, the one in use stays.
async fn renew(door: Arc<Door>) {
    loop {
        tokio::time::sleep(CERTIFICATE_EVERY).await;
        let door = door.clone();
        let renewed = tokio::task::spawn_blocking(move || door.tls.as_ref().map_or(Ok(()), Tls::renew)).await;
        if let Ok(Err(refusal)) = renewed {
            eprintln!("{refusal}");
        }
    }
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

/// Every room with its routes.
pub const ROOMS: &[&[Route]] = &[
    today::ROUTES,
    worklist::ROUTES,
    account::ROUTES,
    paper::ROUTES,
    outbox::ROUTES,
    search::ROUTES,
    invoice::ROUTES,
    certificate::ROUTES,
    invoice_file::ROUTES,
    payer::ROUTES,
    transfer::ROUTES,
    columns::ROUTES,
    rate::ROUTES,
    billing::ROUTES,
    ebm::ROUTES,
    device_code::ROUTES,
    contract::ROUTES,
    quote::ROUTES,
    draft::ROUTES,
    branch::ROUTES,
    item::ROUTES,
    #[cfg(feature = "pdf")]
    print::ROUTES,
    invoice::issue::ROUTES,
    invoice::credit::ROUTES,
    invoice::reissue::ROUTES,
    receipt::ROUTES,
    exception::ROUTES,
    ageing::ROUTES,
    customer::ROUTES,
    contact_person::ROUTES,
    merge::ROUTES,
    approval::ROUTES,
    review::ROUTES,
    vat_return::ROUTES,
    revaluation::ROUTES,
    journal_out::ROUTES,
    holiday::ROUTES,
    import::ROUTES,
    me::ROUTES,
    user::ROUTES,
    cash::ROUTES,
    day::ROUTES,
    report::ROUTES,
    setting::ROUTES,
    audit::ROUTES,
    work::ROUTES,
];

/// The pages before anybody is signed in.
pub const ENTRANCES: &[&[Entrance]] = &[setup::ENTRANCES, sign_in::ENTRANCES, link::ENTRANCES];

fn router(web: Arc<Web>) -> Router {
    let api = crate::api::routes(Api::new(web.db.clone(), web.today));
    route::router(ROOMS, ENTRANCES)
        .nest(crate::api::BASE, api)
        .route("/assets/{mark}/{name}", get(asset::get))
        .fallback(page::nothing_here)
        .layer(axum::extract::DefaultBodyLimit::disable())
        .layer(axum::middleware::map_response(headers::harden))
        .layer(tower_http::compression::CompressionLayer::new())
        .with_state(web)
}
