//! An XML document being written: elements in the order of their schema, what is absent left out.

use receivables::Date;
use rust_decimal::Decimal;

use super::{Identifier, Text};

/// The text of a document so far.
pub(super) struct Draft(String);

impl Draft {
    pub(super) fn new() -> Draft {
        Draft("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned())
    }

    pub(super) fn finish(self) -> String {
        self.0 + "\n"
    }

    /// An element with what is written inside, even if that is nothing.
    pub(super) fn group(&mut self, name: &str, inside: impl FnOnce(&mut Draft)) {
        self.root(name, &[], inside);
    }

    /// The element around all others, with its namespaces.
    pub(super) fn root(&mut self, name: &str, namespaces: &[(&str, &str)], inside: impl FnOnce(&mut Draft)) {
        self.0.push_str(&format!("<{name}"));
        for (prefix, namespace) in namespaces {
            self.0.push_str(&format!(" {prefix}=\"{namespace}\""));
        }
        self.0.push('>');
        inside(self);
        self.0.push_str(&format!("</{name}>"));
    }

    /// An element that is left out when nothing is written inside.
    pub(super) fn group_if_any(&mut self, name: &str, inside: impl FnOnce(&mut Draft)) {
        let before = self.0.len();
        self.0.push_str(&format!("<{name}>"));
        let begun = self.0.len();
        inside(self);
        if self.0.len() == begun {
            self.0.truncate(before);
        } else {
            self.0.push_str(&format!("</{name}>"));
        }
    }

    /// A leaf with attributes; those that are absent are left out.
    pub(super) fn leaf(&mut self, name: &str, attributes: &[(&str, &Text)], value: &str) {
        self.0.push_str(&format!("<{name}"));
        for (attribute, value) in attributes {
            if let Some(value) = value {
                self.0.push_str(&format!(" {attribute}=\""));
                self.escaped(value);
                self.0.push('"');
            }
        }
        self.0.push('>');
        self.escaped(value);
        self.0.push_str(&format!("</{name}>"));
    }

    pub(super) fn text(&mut self, name: &str, text: &Text) {
        if let Some(text) = text {
            self.leaf(name, &[], text);
        }
    }

    pub(super) fn number(&mut self, name: &str, number: Option<Decimal>) {
        self.measure(name, number, "", &None);
    }

    /// A number with its unit or currency.
    pub(super) fn measure(&mut self, name: &str, number: Option<Decimal>, attribute: &str, unit: &Text) {
        if let Some(number) = number {
            self.leaf(name, &[(attribute, unit)], &number.to_string());
        }
    }

    /// A day as ISO 8601 writes it.
    pub(super) fn day(&mut self, name: &str, day: Option<Date>) {
        if let Some(day) = day {
            self.leaf(name, &[], &day.to_string());
        }
    }

    pub(super) fn identifier(&mut self, name: &str, identifier: &Identifier) {
        self.leaf(name, &[("schemeID", &identifier.scheme)], &identifier.id);
    }

    /// What XML cannot hold at all is dropped.
    fn escaped(&mut self, value: &str) {
        for c in value.chars() {
            match c {
                '&' => self.0.push_str("&amp;"),
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '"' => self.0.push_str("&quot;"),
                '\r' => self.0.push_str("&#13;"),
                '\t' | '\n' => self.0.push(c),
                c if c < ' ' || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
                c => self.0.push(c),
            }
        }
    }
}
