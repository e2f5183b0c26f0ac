//! `ideni quarantine`.

use super::said::Said;
use super::{App, Done};
use crate::actions::quarantine;

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
        app.tell(&Said::QuarantineLifted);
        Ok(())
    }
}
