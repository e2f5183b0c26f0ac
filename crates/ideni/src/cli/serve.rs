//! `ideni serve` and `ideni demo`.

use std::io::IsTerminal;
use std::net::SocketAddr;
use std::path::PathBuf;

use receivables::Saying;
use store::{Clock, Db, Error, Source};

use super::said::Said;
use super::{App, BOOK, Done, Global, said};
use crate::demo;
use crate::web::listen::{Certificate, Tls, Trust};
use crate::web::{self, Web};
use crate::words::{self, Language};

/// The book of the demo where none is named.
const DEMO_BOOK: &str = "sqlite:demo.db";
/// The same town every time.
const DEMO_SEED: u64 = 2026;
/// Where the distributor is.
const ZONE: &str = "Africa/Kigali";

#[derive(clap::Args, Debug)]
pub struct Demo {
    /// Make the book and stop
    #[arg(long)]
    no_serve: bool,
}

impl Demo {
    pub fn run(&self, global: &Global) -> Done {
        let url = global.database(DEMO_BOOK);
        let known = Db::missing_file(url).is_none()
            && Db::open(url, Source::system())?.read(|tx| Ok(!store::company::list(tx)?.is_empty()))?;
        match Db::sqlite_file(url).filter(|_| !known) {
            _ if known && self.no_serve => {
                eprintln!("{}", words::saying(global.language, &Said::DemoThere { book: url.to_owned() }));
            }
            _ if known => {}
            // Made under another name, so that one that was broken off is never taken for the demo.
            Some(file) => {
                let unfinished = format!("{file}.unfinished");
                for ending in ["", "-wal", "-shm"] {
                    let _ = std::fs::remove_file(format!("{unfinished}{ending}"));
                }
                make(&format!("sqlite:{unfinished}"), url, global)?;
                std::fs::rename(&unfinished, file)?;
            }
            None => make(url, url, global)?,
        }
        if self.no_serve {
            return Ok(());
        }
        let app = App { db: Db::open(url, Source::system())?, global };
        pages(&app, SocketAddr::from(([127, 0, 0, 1], 0)), None)
    }
}

/// Makes the demo at `url`; `book` is what it will be called.
fn make(url: &str, book: &str, global: &Global) -> Done {
    let today = match global.today {
        Some(today) => today,
        None => {
            let now = Clock::System.now().date_in(ZONE);
            now.ok_or_else(|| said(Said::ZoneUnknown { zone: ZONE.to_owned() }))?
        }
    };
    let settings = demo::Settings { seed: DEMO_SEED, ..demo::Settings::demo(today.plus_days(-1)) };
    let say = |what: &dyn Saying| words::saying(global.language, what);
    eprintln!("{}", say(&Said::MakingDemo));
    let terminal = std::io::stderr().is_terminal();
    let mut shown = 0;
    let mut tell = |percent: u32, stage: demo::Stage| {
        let stage = say(&stage);
        if terminal {
            eprint!("\r{percent:3} %  {stage:<40}");
        } else if percent >= shown + 10 {
            eprintln!("{percent} %  {stage}");
            shown = percent;
        }
    };
    let db = demo::build(url, &settings, &mut tell)?;
    if terminal {
        eprintln!();
    }
    db.seal()?;
    eprintln!("{}", say(&Said::DemoReady { book: book.to_owned() }));
    Ok(())
}

#[derive(clap::Args, Debug)]
pub struct Serve {
    /// Address and port to listen on; one that others reach is encrypted
    #[arg(long, default_value = "127.0.0.1:7878")]
    listen: SocketAddr,
    /// A certificate with its chain, in PEM; a new one of the program's own if left out
    #[arg(long, value_name = "FILE", requires = "cert_key")]
    cert: Option<PathBuf>,
    /// The key of the certificate, in PEM
    #[arg(long, value_name = "FILE", requires = "cert")]
    cert_key: Option<PathBuf>,
}

impl Serve {
    pub fn run(&self, app: &App<'_>) -> Done {
        pages(app, self.listen, self.tls(app)?)
    }

    /// Only whoever sits at this computer may speak plainly.
    fn tls(&self, app: &App<'_>) -> Result<Option<Tls>, Error> {
        let certificate = match (&self.cert, &self.cert_key) {
            (Some(chain), Some(key)) => Certificate::Given { chain: chain.clone(), key: key.clone() },
            _ if self.listen.ip().is_loopback() => return Ok(None),
            _ => Certificate::Own { folder: folder(app.global.database(BOOK)) },
        };
        Ok(Some(Tls::new(certificate, self.listen)?))
    }
}

/// Where the program's own certificate is kept: beside the book, or here if that is on a server.
fn folder(book: &str) -> PathBuf {
    Db::sqlite_file(book).map_or_else(|| "ideni.tls".into(), |file| format!("{file}.tls").into())
}

/// Serves the pages and prints one sign-in link per user, or the link to the first run.
pub fn pages(app: &App<'_>, listen: SocketAddr, tls: Option<Tls>) -> Done {
    let language = app.global.language;
    let trust = tls.as_ref().map(Tls::trust).transpose()?.flatten();
    let tell = Box::new(move |web: &Web, origin: &str| tell(language, web, origin, trust.as_ref()));
    let web = Web::new(app.db.clone(), app.global.company.clone(), app.global.today, tell);
    web::serve(web, listen, tls)?;
    Ok(())
}

fn tell(language: Language, web: &Web, origin: &str, trust: Option<&Trust>) -> Result<(), Error> {
    let print = |said: Said| println!("{}", words::saying(language, &said));
    if let Some(Trust { file, fingerprint }) = trust {
        print(Said::TrustUs { file: file.display().to_string(), fingerprint: fingerprint.clone() });
    }
    let address = origin.to_owned();
    if let Some(link) = web.setup_link(origin)? {
        print(Said::SetUpAt { address });
        println!("  {link}");
    } else {
        print(Said::ListensOn { address });
        let links = web.links(origin)?;
        if !links.is_empty() {
            print(Said::SignInAs);
        }
        for link in links {
            println!("  {:<10} {:<12} {}", link.role, link.user, link.url);
        }
        if web.in_quarantine()? {
            print(Said::InQuarantine);
        }
    }
    print(Said::StopWith);
    Ok(())
}
