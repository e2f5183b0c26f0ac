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

use serde::Deserialize;

use crate::day::DateOrder;

/// How the columns of one source become our fields.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// What the profile is for, for people.
    #[serde(default)]
    pub about: Option<String>,
    /// Field name to header, or to a template with headers in braces.
    #[serde(default)]
    pub columns: BTreeMap<String, String>,
    /// Field name to one value for every row.
    #[serde(default)]
    pub constants: BTreeMap<String, String>,
    /// Field name to the value (or template) that a blank cell stands for.
    #[serde(default)]
    pub blank: BTreeMap<String, String>,
    /// Rows to read differently or to skip; each that fits is applied, in order.
    #[serde(default)]
    pub rules: Vec<Rule>,
    /// `,`, `;`, `|` or a tab.
    #[serde(default)]
    pub delimiter: Option<char>,
    /// An encoding label such as `utf-8` or `windows-1252`.
    #[serde(default)]
    pub encoding: Option<String>,
    /// `.` or `,`.
    #[serde(default)]
    pub decimal: Option<char>,
    /// `ymd`, `dmy` or `mdy`.
    #[serde(default)]
    pub dates: Option<DateOrder>,
    /// The line of the header, counted from 1.
    #[serde(default)]
    pub header_line: Option<u64>,
    /// The sheet of a workbook.
    #[serde(default)]
    pub sheet: Option<String>,
}

/// What to do with rows whose cell under `column` begins with, or is, a text.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    pub column: String,
    #[serde(default)]
    pub starts_with: Option<String>,
    #[serde(default)]
    pub equals: Option<String>,
    /// Fields that take these values (or templates) instead.
    #[serde(default)]
    pub set: BTreeMap<String, String>,
    /// Why the row is left out; it is reported, not lost.
    #[serde(default)]
    pub skip: Option<String>,
}

impl Profile {
    /// Reads a profile; an error is a sentence that names the line and the key at fault.
    pub fn read(text: &str) -> Result<Profile, String> {
        let profile: Profile =
            toml::from_str(text).map_err(|e| format!("the profile cannot be read: {}", e.to_string().trim()))?;
        profile.checked()
    }

    fn checked(self) -> Result<Profile, String> {
        if let Some(sign) = self.decimal.filter(|c| !matches!(c, '.' | ',')) {
            return Err(format!("the profile says decimal = “{sign}”; write \".\" or \",\""));
        }
        if let Some(mark) = self.delimiter.filter(|c| !matches!(c, ',' | ';' | '\t' | '|')) {
            return Err(format!("the profile says delimiter = “{mark}”; write \",\", \";\", \"|\" or \"\\t\""));
        }
        if let Some(label) = &self.encoding
            && encoding_rs::Encoding::for_label(label.as_bytes()).is_none()
        {
            return Err(format!("the profile says encoding = “{label}”; write utf-8, utf-16le or windows-1252"));
        }
        for rule in &self.rules {
            if rule.starts_with.is_none() == rule.equals.is_none() {
                return Err(format!("the rule on “{}” needs either starts_with or equals", rule.column));
            }
            if rule.skip.is_none() && rule.set.is_empty() {
                return Err(format!(
                    "the rule on “{}” does nothing; give it set = {{ … }} or skip = \"why\"",
                    rule.column
                ));
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
            ("decimal = \"x\"", "write \".\" or \",\""),
            ("delimiter = \"#\"", "delimiter = “#”"),
            ("encoding = \"klingon\"", "encoding = “klingon”"),
            ("dates = \"dym\"", "unknown variant `dym`"),
            ("[[rules]]\ncolumn = \"a\"\nskip = \"x\"", "needs either starts_with or equals"),
            ("[[rules]]\ncolumn = \"a\"\nequals = \"x\"", "does nothing"),
            ("[columns", "line 1"),
        ] {
            let error = Profile::read(text).unwrap_err();
            assert!(error.contains(expected), "{text}: {error}");
        }
        assert_eq!(Profile::read("").unwrap(), Profile::default());
    }
}
