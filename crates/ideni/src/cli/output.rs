//! Where answers go: printed as a table for people, JSON or CSV for programs, or into a file. Rows stream; nothing is kept
//! but a printed table's own.

use std::io::{self, BufWriter, Stdout, Write};

use serde_json::{Map, Value};

use crate::actions::export::{File, Writing};
pub use crate::actions::listing::{amount, amount_opt, plain};

/// Rows a list shows when no limit is given.
pub(super) const LIST: i64 = 1_000_000;

/// What `--format` asks for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, clap::ValueEnum)]
pub enum Format {
    Table,
    Json,
    Csv,
}

/// Where an answer goes.
#[derive(Clone, Debug)]
pub enum Target {
    Print(Format),
    File(File),
}

/// Rows on their way under their columns.
pub struct Sheet {
    columns: Vec<String>,
    rows: usize,
    way: Way,
}

enum Way {
    Printed(Printed),
    Written(Writing),
}

impl Sheet {
    /// Rows to be printed.
    pub fn new<S: Into<String>>(format: Format, columns: impl IntoIterator<Item = S>) -> io::Result<Sheet> {
        Sheet::to(&Target::Print(format), columns)
    }

    pub fn to<S: Into<String>>(target: &Target, columns: impl IntoIterator<Item = S>) -> io::Result<Sheet> {
        let columns: Vec<String> = columns.into_iter().map(Into::into).collect();
        let way = match target {
            Target::Print(format) => Way::Printed(Printed::begin(*format, &columns)?),
            Target::File(file) => Way::Written(file.begin(&columns)),
        };
        Ok(Sheet { columns, rows: 0, way })
    }

    /// One row, a value per column.
    pub fn row(&mut self, values: Vec<Value>) -> io::Result<()> {
        let first = self.rows == 0;
        self.rows += 1;
        match &mut self.way {
            Way::Printed(printed) => printed.row(&self.columns, values, first),
            Way::Written(writing) => writing.row(&self.columns, &values),
        }
    }

    /// Ends the answer. JSON carries the totals; a table shows them below; CSV and files have rows only.
    pub fn finish(self, totals: Value) -> io::Result<()> {
        match self.way {
            Way::Printed(printed) => printed.finish(&totals, self.rows),
            Way::Written(writing) => writing.finish(),
        }
    }

    /// Ends an answer that nobody will get whole; why, where the way itself is what failed.
    pub fn give_up(self, failed: Option<io::Error>) -> Option<io::Error> {
        match (self.way, failed) {
            (Way::Written(writing), Some(_)) => writing.finish().err(),
            (Way::Written(writing), None) => {
                writing.forget();
                None
            }
            (Way::Printed(_), failed) => failed,
        }
    }

    pub fn rows(&self) -> usize {
        self.rows
    }
}

struct Printed {
    format: Format,
    out: BufWriter<Stdout>,
    table: comfy_table::Table,
}

impl Printed {
    fn begin(format: Format, columns: &[String]) -> io::Result<Printed> {
        let mut out = BufWriter::new(io::stdout());
        let mut table = comfy_table::Table::new();
        table.load_preset(comfy_table::presets::NOTHING).set_header(columns);
        match format {
            Format::Json => out.write_all(b"{\"rows\":[")?,
            Format::Csv => write_csv(&mut out, columns.iter().map(String::as_str))?,
            Format::Table => {}
        }
        Ok(Printed { format, out, table })
    }

    fn row(&mut self, columns: &[String], values: Vec<Value>, first: bool) -> io::Result<()> {
        match self.format {
            Format::Json => {
                let object: Map<String, Value> = columns.iter().cloned().zip(values).collect();
                self.out.write_all(if first { b"\n" } else { b",\n" })?;
                serde_json::to_writer(&mut self.out, &object)?;
            }
            Format::Csv => {
                let texts: Vec<String> = values.iter().map(plain).collect();
                write_csv(&mut self.out, texts.iter().map(String::as_str))?;
            }
            Format::Table => {
                self.table.add_row(values.iter().map(|value| printable(&plain(value))));
            }
        }
        Ok(())
    }

    fn finish(mut self, totals: &Value, rows: usize) -> io::Result<()> {
        match self.format {
            Format::Json => {
                self.out.write_all(b"\n],\"totals\":")?;
                serde_json::to_writer(&mut self.out, totals)?;
                self.out.write_all(b"}\n")?;
            }
            Format::Csv => {}
            Format::Table => {
                if rows > 0 {
                    writeln!(self.out, "{}", self.table)?;
                }
                print_totals(&mut self.out, totals)?;
            }
        }
        self.out.flush()
    }
}

/// A text as a terminal may be given it: a name with control characters moves no cursor and breaks no row.
fn printable(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

fn print_totals(out: &mut impl Write, totals: &Value) -> io::Result<()> {
    let Value::Object(totals) = totals else { return Ok(()) };
    for (name, value) in totals {
        match value {
            Value::Object(inner) => {
                let parts: Vec<String> = inner.iter().map(|(k, v)| format!("{k} {}", plain(v))).collect();
                writeln!(out, "{name}: {}", parts.join(" · "))?;
            }
            other => writeln!(out, "{name}: {}", plain(other))?,
        }
    }
    Ok(())
}

fn write_csv<'a>(out: &mut impl Write, cells: impl Iterator<Item = &'a str>) -> io::Result<()> {
    for (i, cell) in cells.enumerate() {
        if i > 0 {
            out.write_all(b",")?;
        }
        if cell.contains(['"', ',', '\n', '\r']) {
            write!(out, "\"{}\"", cell.replace('"', "\"\""))?;
        } else {
            out.write_all(cell.as_bytes())?;
        }
    }
    out.write_all(b"\n")
}
