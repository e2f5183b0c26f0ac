//! XML as banks and telephones write it: any encoding, bare `&`, halves of surrogate pairs, cut-off files.

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

/// Elements nested deeper than this are an attack, not a statement.
const DEPTH_MAX: usize = 64;

/// An element with its own text and children, names without their namespace prefix.
#[derive(Debug, Clone, Default)]
pub(crate) struct Node {
    pub(crate) name: String,
    pub(crate) attributes: Vec<(String, String)>,
    pub(crate) text: String,
    pub(crate) children: Vec<Node>,
}

impl Node {
    pub(crate) fn of(start: &BytesStart<'_>) -> Node {
        Node {
            name: start.local_name().as_ref().to_owned(),
            attributes: attributes(start),
            text: String::new(),
            children: Vec::new(),
        }
    }

    /// All direct children with a name.
    pub(crate) fn all<'n>(&'n self, name: &'n str) -> impl Iterator<Item = &'n Node> {
        self.children.iter().filter(move |c| c.name == name)
    }

    /// The first element at a path such as `Acct/Id/IBAN`.
    pub(crate) fn at(&self, path: &str) -> Option<&Node> {
        path.split('/').try_fold(self, |node, name| node.children.iter().find(|c| c.name == name))
    }

    /// The trimmed text at a path; `None` if it is blank or absent.
    pub(crate) fn text_at(&self, path: &str) -> Option<&str> {
        self.at(path).map(|n| n.text.trim()).filter(|t| !t.is_empty())
    }

    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }
}

/// The attributes of an element, entities resolved, names without their prefix.
pub(crate) fn attributes(start: &BytesStart<'_>) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for attribute in start.attributes().with_checks(false).flatten() {
        let value = match attribute.normalized_value(XmlVersion::Implicit1_0) {
            Ok(value) => value.into_owned(),
            Err(_) => attribute.value.to_string(),
        };
        found.push((attribute.key.local_name().as_ref().to_owned(), value));
    }
    found
}

/// A reader over repaired text that does not insist on well-formedness beyond what it needs.
pub(crate) fn reader(text: &str) -> Reader<&[u8]> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = false;
    reader.config_mut().allow_unmatched_ends = true;
    reader.config_mut().allow_dangling_amp = true;
    reader
}

/// Everything inside `start` up to its end tag; an error is the technical cause.
pub(crate) fn subtree(reader: &mut Reader<&[u8]>, start: &BytesStart<'_>) -> Result<Node, String> {
    let mut open = vec![Node::of(start)];
    loop {
        let event = reader.read_event().map_err(|e| e.to_string())?;
        let depth = open.len();
        let Some(top) = open.last_mut() else { return Err("</>".to_owned()) };
        match event {
            Event::Start(inner) if depth >= DEPTH_MAX => {
                return Err(format!("<{}> > {DEPTH_MAX}", inner.local_name().as_ref()));
            }
            Event::Start(inner) => open.push(Node::of(&inner)),
            Event::Empty(inner) => top.children.push(Node::of(&inner)),
            Event::Text(text) => top.text.push_str(&text.xml10_content()),
            Event::CData(text) => top.text.push_str(&text.xml10_content()),
            Event::GeneralRef(entity) => top.text.push_str(&resolved(&entity)),
            Event::End(end) => {
                if end.local_name().as_ref() != top.name {
                    return Err(format!("<{}> … </{}>", top.name, end.local_name().as_ref()));
                }
                let Some(done) = open.pop() else { continue };
                match open.last_mut() {
                    Some(parent) => parent.children.push(done),
                    None => return Ok(done),
                }
            }
            Event::Eof => return Err(format!("<{}> …", top.name)),
            _ => {}
        }
    }
}

fn resolved(entity: &quick_xml::events::BytesRef<'_>) -> String {
    if let Ok(Some(character)) = entity.resolve_char_ref() {
        return character.to_string();
    }
    let name = entity.xml10_content();
    quick_xml::escape::resolve_predefined_entity(&name).map_or_else(|| format!("&{name};"), str::to_owned)
}

/// The bytes as text: byte order mark, else UTF-8 if they are, else the encoding that the beginning declares (as XML
/// does, or the `CHARSET:1252` of OFX), else windows-1252.
pub(crate) fn decoded(bytes: &[u8]) -> String {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding.decode(bytes).0.into_owned();
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return text.to_owned();
    }
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(200)]).into_owned();
    let label = start.split_once("encoding=").map(|(_, rest)| rest.trim_start_matches(['"', '\'']));
    let label = label.and_then(|rest| rest.split(['"', '\'']).next());
    let charset = start.split_once("CHARSET:").and_then(|(_, rest)| rest.split_whitespace().next());
    let page = charset.map(|charset| format!("windows-{charset}"));
    let labels = [label, charset, page.as_deref()].into_iter().flatten();
    let declared = labels.filter_map(|l| Encoding::for_label(l.as_bytes())).find(|e| *e != UTF_8);
    declared.unwrap_or(WINDOWS_1252).decode_without_bom_handling(bytes).0.into_owned()
}

/// Repairs references that no XML reader accepts: the halves of a surrogate pair written apart
/// (`&#55357;&#56832;`, as SMS backups do) become their character, an `&` that begins no reference becomes `&amp;`,
/// references to characters that XML forbids are dropped.
pub(crate) fn repaired(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let Some((reference, after)) = reference(rest) else {
            out.push_str("&amp;");
            rest = &rest[1..];
            continue;
        };
        rest = after;
        match reference {
            Reference::Named(name) => out.push_str(&format!("&{name};")),
            Reference::Code(high @ 0xd800..=0xdbff) => {
                let low = match self::reference(rest) {
                    Some((Reference::Code(low @ 0xdc00..=0xdfff), after)) => {
                        rest = after;
                        low
                    }
                    _ => 0,
                };
                let code = if low == 0 { 0xfffd } else { 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00) };
                out.push(char::from_u32(code).unwrap_or('\u{fffd}'));
            }
            Reference::Code(code) => match char::from_u32(code) {
                Some(c) if c >= ' ' || matches!(c, '\t' | '\n' | '\r') => out.push_str(&format!("&#{code};")),
                Some(_) => {}
                None => out.push('\u{fffd}'),
            },
        }
    }
    out.push_str(rest);
    out
}

enum Reference<'t> {
    Named(&'t str),
    Code(u32),
}

/// The reference at the beginning of a text, and what follows it.
fn reference(text: &str) -> Option<(Reference<'_>, &str)> {
    let inside = text.strip_prefix('&')?;
    let end = inside.bytes().take(12).position(|b| b == b';')?;
    let (name, after) = (&inside[..end], &inside[end + 1..]);
    if let Some(number) = name.strip_prefix('#') {
        let hex = number.strip_prefix(['x', 'X']).map(|h| u32::from_str_radix(h, 16));
        return Some((Reference::Code(hex.unwrap_or_else(|| number.parse()).ok()?), after));
    }
    matches!(name, "amp" | "lt" | "gt" | "quot" | "apos").then_some((Reference::Named(name), after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_repaired() {
        for (text, expected) in [
            ("a &#55357;&#56832; b", "a 😀 b"),
            ("&#xD83D;&#xDE00;", "😀"),
            ("&#55357; alone &#56832;", "\u{fffd} alone \u{fffd}"),
            ("Tom & Jerry &amp; Co &lt;x&gt;", "Tom &amp; Jerry &amp; Co &lt;x&gt;"),
            ("&nbsp;&#10;&#0;&#1114112;", "&amp;nbsp;&#10;\u{fffd}"),
            ("&", "&amp;"),
            ("&é&#x;", "&amp;é&amp;#x;"),
        ] {
            assert_eq!(repaired(text), expected, "{text}");
        }
    }

    #[test]
    fn encodings_are_found() {
        assert_eq!(decoded(b"<?xml version='1.0' encoding='ISO-8859-1'?><a>\xe9</a>").chars().nth_back(4), Some('é'));
        assert_eq!(decoded(b"\xff\xfe<\0a\0"), "<a");
        assert_eq!(decoded(b"\xef\xbb\xbf<a/>"), "<a/>");
        assert_eq!(decoded(b"OFXHEADER:100\nCHARSET:1251\n\n\xe9").chars().last(), Some('й'));
        // A wrong claim of UTF-8.
        assert_eq!(decoded(b"<?xml encoding=\"UTF-8\"?>\xe9"), "<?xml encoding=\"UTF-8\"?>é");
    }
}
