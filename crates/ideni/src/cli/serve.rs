//! `ideni serve` and `ideni demo`.

use std::net::SocketAddr;

use super::{App, Done};
use crate::web::{self, Web};

#[derive(clap::Args, Debug)]
pub struct Serve {
    /// Address and port to listen on
    #[arg(long, default_value = "127.0.0.1:7878")]
    listen: SocketAddr,
}

impl Serve {
    pub fn run(&self, app: &App<'_>) -> Done {
        pages(app, self.listen)
    }
}

/// Serves the pages and prints one sign-in link per user.
pub fn pages(app: &App<'_>, listen: SocketAddr) -> Done {
    let web = Web::new(app.db.clone(), app.global.company.clone(), app.global.today);
    web::serve(web, listen, |web, at| {
        println!("Ideni listens on http://{at}. Sign in as:");
        for link in web.links(at)? {
            println!("  {:<10} {:<12} {}", link.role, link.user, link.url);
        }
        println!("Stop with Ctrl+C.");
        Ok(())
    })?;
    Ok(())
}
