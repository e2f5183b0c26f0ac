//! How answers are printed: a table for people, JSON or CSV for programs. Rows stream; nothing is kept but a
//! table's own.

use std::io::{self, BufWriter, Stdout, Write};

use receivables::{Currency, Money};
use serde_json::{Map, Value, json};

/// What `--format` asks for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, clap::ValueEnum)]
pub enum Format {
    Table,
    Json,
    Csv,
}

/// Rows being printed under their columns.
pub struct Sheet {
    format: Format,
    columns: Vec<String>,
    out: BufWriter<Stdout>,
    printed: usize,
    table: comfy_table::Table,
}

impl Sheet {
    pub fn new<S: Into<String>>(format: Format, columns: impl IntoIterator<Item = S>) -> io::Result<Sheet> {
        let columns: Vec<String> = columns.into_iter().map(Into::into).collect();
        let mut out = BufWriter::new(io::stdout());
        let mut table = comfy_table::Table::new();
        table.load_preset(comfy_table::presets::NOTHING).set_header(&columns);
        match format {
            Format::Json => out.write_all(b"{\"rows\":[")?,
            Format::Csv => write_csv(&mut out, columns.iter().map(String::as_str))?,
            Format::Table => {}
        }
        Ok(Sheet { format, columns, out, printed: 0, table })
    }

    /// One row, a value per column.
    pub fn row(&mut self, values: Vec<Value>) -> io::Result<()> {
        match self.format {
            Format::Json => {
                let object: Map<String, Value> = self.columns.iter().cloned().zip(values).collect();
                self.out.write_all(if self.printed == 0 { b"\n" } else { b",\n" })?;
                serde_json::to_writer(&mut self.out, &object)?;
            }
            Format::Csv => {
                let texts: Vec<String> = values.iter().map(plain).collect();
                write_csv(&mut self.out, texts.iter().map(String::as_str))?;
            }
            Format::Table => {
                self.table.add_row(values.iter().map(plain));
            }
        }
        self.printed += 1;
        Ok(())
    }

    /// Ends the answer. JSON carries the totals; a table shows them below; CSV has rows only.
    pub fn finish(mut self, totals: Value) -> io::Result<()> {
        match self.format {
            Format::Json => {
                self.out.write_all(b"\n],\"totals\":")?;
                serde_json::to_writer(&mut self.out, &totals)?;
                self.out.write_all(b"}\n")?;
            }
            Format::Csv => {}
            Format::Table => {
                if self.printed > 0 {
                    writeln!(self.out, "{}", self.table)?;
                }
                print_totals(&mut self.out, &totals)?;
            }
        }
        self.out.flush()
    }
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

/// A value as a person or a CSV cell reads it.
fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(parts) => parts.iter().map(plain).collect::<Vec<_>>().join("; "),
        Value::Object(fields) => fields.values().map(plain).collect::<Vec<_>>().join(" "),
        other => other.to_string(),
    }
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

/// An amount as a decimal string in major units.
pub fn amount(minor: i64, currency: Currency) -> Value {
    json!(Money::new(minor, currency).major_text())
}

/// An amount that may be missing.
pub fn amount_opt(money: Option<Money>) -> Value {
    money.map_or(Value::Null, |m| json!(m.major_text()))
}
