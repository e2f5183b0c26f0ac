//! `generate make` writes a company with known truth, `generate score` tells how well the program finds it out.

use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::{Parser, Subcommand};

use generate::story::{self, Wanted};
use generate::{difficulty, files, score};

#[derive(Parser)]
#[command(about = "Companies with known truth, and how well the cash desk finds it out")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Write the files of a made-up company, and the truth beside them
    Make {
        /// Where to; made if it is not there
        folder: PathBuf,
        /// The same seed writes the same files
        #[arg(long)]
        seed: u64,
        /// How much is left unsaid, misspelt and mixed up
        #[arg(long, value_parser = ["easy", "fair", "hard"])]
        difficulty: String,
        /// How many customers; a twentieth of the receipts if left out
        #[arg(long)]
        customers: Option<usize>,
        /// How many payments
        #[arg(long, default_value_t = 2_000)]
        receipts: usize,
    },
    /// Let the program apply the payments, and compare with the truth
    Score(score::Asked),
}

fn main() -> Result<()> {
    match Arguments::parse().command {
        Command::Make { folder, seed, difficulty, customers, receipts } => {
            let difficulty = difficulty::named(&difficulty).context("easy, fair or hard")?;
            let customers = customers.unwrap_or((receipts / 20).max(30));
            let wanted = Wanted { seed, difficulty, customers, receipts };
            let story = story::live(wanted);
            files::write(&folder, wanted, &story)
        }
        Command::Score(asked) => score::run(&asked),
    }
}
