//! Parses the command and calls it.

use std::process::ExitCode;

fn main() -> ExitCode {
    ideni::cli::main()
}
