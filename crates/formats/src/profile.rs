//! A saved mapping from one firm's columns to our field names, in TOML.
//!
//! ```toml
//! [columns]
//! number = "{invoice_id}/{line}"   # a header, or a template; {line} is the row's line in the file
//! [constants]
//! currency = "GBP"
//! [blank]
//! customer = "walk-in"             # what a blank cell means; may be a template
//! [[rules]]
//! column = "InvoiceNo"
//! starts_with = "C"
//! set = { kind = "credit_note" }   # or: skip = "why this row is no invoice"
//! ```

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::day::DateOrder;
use crate::fault::Fault;
use crate::statement::message::Book;

/// How the columns of one source become our fields.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// What the profile is for, for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<String>,
    /// Field name to header, or to a template with headers in braces; `#3` is the third column, for one without a header of
    /// its own.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub columns: BTreeMap<String, String>,
    /// Field name to one value for every row.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub constants: BTreeMap<String, String>,
    /// Field name to the value (or template) that a blank cell stands for.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub blank: BTreeMap<String, String>,
    /// Rows to read differently or to skip; each that fits is applied, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<Rule>,
    /// `,`, `;`, `|` or a tab.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delimiter: Option<char>,
    /// An encoding label such as `utf-8` or `windows-1252`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub encoding: Option<String>,
    /// `.` or `,`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decimal: Option<char>,
    /// `ymd`, `dmy` or `mdy`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dates: Option<DateOrder>,
    /// The line of the header, counted from 1; 0 if there is none, and the columns are named by their numbers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub header_line: Option<u64>,
    /// The sheet of a workbook.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// Where the columns of a printed table (PDF) stand: a name, and from and to in points from the left of the page.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub places: BTreeMap<String, [u16; 2]>,
    /// Whose messages are meant, in a backup with those of several banks and wallets.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sender: Option<String>,
    /// Shapes of messages that we do not know; `country/rw/messages/README.md` says how they are written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub messages: Option<Book>,
}

/// What to do with rows whose cell under `column` begins with, or is, a text.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    pub column: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub starts_with: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub equals: Option<String>,
    /// Fields that take these values (or templates) instead.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub set: BTreeMap<String, String>,
    /// Why the row is left out; it is reported, not lost.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub skip: Option<String>,
}

impl Profile {
    /// Reads a profile; a fault names the line or the key.
    pub fn read(text: &str) -> Result<Profile, Fault> {
        let fault = |e: toml::de::Error| Fault::Profile { cause: e.to_string().trim().to_owned() };
        toml::from_str::<Profile>(text).map_err(fault)?.checked()
    }

    /// The profile as it is written to a file, in TOML.
    pub fn text(&self) -> Result<String, Fault> {
        toml::to_string(self).map_err(|e| Fault::Profile { cause: e.to_string() })
    }

    fn checked(self) -> Result<Profile, Fault> {
        if let Some(sign) = self.decimal.filter(|c| !matches!(c, '.' | ',')) {
            return Err(Fault::ProfileDecimal { sign: sign.to_string() });
        }
        if let Some(mark) = self.delimiter.filter(|c| !matches!(c, ',' | ';' | '\t' | '|')) {
            return Err(Fault::ProfileDelimiter { delimiter: mark.to_string() });
        }
        if let Some(label) = &self.encoding
            && encoding_rs::Encoding::for_label(label.as_bytes()).is_none()
        {
            return Err(Fault::ProfileEncoding { encoding: label.clone() });
        }
        if let Some(cause) = self.messages.as_ref().and_then(|book| book.checked().err()) {
            return Err(Fault::Profile { cause });
        }
        for rule in &self.rules {
            if rule.starts_with.is_none() == rule.equals.is_none() {
                return Err(Fault::RuleFits { column: rule.column.clone() });
            }
            if rule.skip.is_none() && rule.set.is_empty() {
                return Err(Fault::RuleIdle { column: rule.column.clone() });
            }
        }
        Ok(self)
    }
}

impl Rule {
    /// True if the rule is about a row with this cell.
    pub(crate) fn fits(&self, cell: &str) -> bool {
        match (&self.starts_with, &self.equals) {
            (Some(start), _) => cell.trim().starts_with(start.as_str()),
            (None, Some(whole)) => cell.trim() == whole,
            (None, None) => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_profile_says_what_is_wrong() {
        for (text, expected) in [
            ("colums = {}", "unknown field `colums`"),
            ("decimal = \"x\"", "file-profile-decimal(x)"),
            ("delimiter = \"#\"", "file-profile-delimiter(#)"),
            ("encoding = \"klingon\"", "file-profile-encoding(klingon)"),
            ("dates = \"dym\"", "unknown variant `dym`"),
            ("[[rules]]\ncolumn = \"a\"\nskip = \"x\"", "file-rule-fits(a)"),
            ("[[rules]]\ncolumn = \"a\"\nequals = \"x\"", "file-rule-idle(a)"),
            ("[columns", "line 1"),
        ] {
            let error = Profile::read(text).unwrap_err().to_string();
            assert!(error.contains(expected), "{text}: {error}");
        }
        assert_eq!(Profile::read("").unwrap(), Profile::default());
    }

    #[test]
    fn a_profile_is_written_as_it_is_read() {
        let messages = "sender = \"BK\"\n[messages]\nsenders = [\"COGE\"]\ndates = \"dmy\"\n[[messages.patterns]]\nkind = \"credited\"\n\
            direction = \"in\"\nbegins = 'Versement de <amount> Frw'\n";
        let table = "about = \"x\"\ndelimiter = \"\\t\"\ndecimal = \",\"\ndates = \"mdy\"\nheader_line = 0\n[columns]\non = \"#1\"\n\
            [constants]\ncurrency = \"RWF\"\n[blank]\ntext = \"-\"\n[places]\nDay = [1, 20]\n[[rules]]\ncolumn = \"a\"\n\
            equals = \"b\"\nset = { text = \"c\" }\n";
        for text in [messages, table, ""] {
            let profile = Profile::read(text).unwrap();
            assert_eq!(Profile::read(&profile.text().unwrap()).unwrap(), profile, "{text}");
        }
    }
}
