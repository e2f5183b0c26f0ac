//! `ideni quarantine`.

use super::{App, Done};
use crate::actions::quarantine;

/// What a person reads where the book is in quarantine.
pub const NOTE: &str = "This book was restored from a backup and is in quarantine: no message is marked as sent. \
                        If it is the book in use now: ideni quarantine lift --reason TEXT";

#[derive(clap::Subcommand, Debug)]
pub enum Quarantine {
    /// Let messages leave a restored book again
    Lift {
        /// Why: the auditor will read it
        #[arg(long)]
        reason: String,
    },
}

impl Quarantine {
    pub fn run(&self, app: &App<'_>) -> Done {
        let Quarantine::Lift { reason } = self;
        let reason = reason.clone();
        app.write(move |tx, actor, _| quarantine::lift(tx, actor, &reason))?;
        eprintln!("The quarantine is lifted.");
        Ok(())
    }
}
