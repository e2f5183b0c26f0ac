//! Field 86, what a movement is about, in the three ways banks write it: by numbered parts (`166?00GUTSCHRIFT?20…`),
//! by codes between slashes (`/NAME/…/REMI/…`), or as plain text.

/// A field is wrapped at this many characters, wherever that falls in a word.
const WRAPPED_AT: usize = 65;
/// A numbered part of the remittance is full at this many.
const PART_FULL: usize = 27;

/// What stands before a piece of a SEPA remittance.
const SEPA_KEYS: &[&str] = &["EREF+", "KREF+", "MREF+", "CRED+", "DEBT+", "SVWZ+", "ABWA+", "ABWE+", "COAM+", "OAMT+"];

/// The codes that banks put between slashes.
const CODES: &[&str] = &[
    "ACNO", "ADDR", "BAI", "BENM", "BIC", "CHGS", "CNTP", "CSID", "EREF", "IBAN", "ID", "INID", "ISDT", "MARF", "NAME",
    "OCMT", "ORDP", "PREF", "PURP", "REMI", "RTRN", "SVCL", "TRCD", "TRTP", "ULTC", "ULTD", "EXCH", "ULTB",
];

/// What the details of a movement say.
#[derive(Default)]
pub(super) struct Details {
    /// What the payer wrote; everything there is if the bank does not set it apart.
    pub(super) text: String,
    pub(super) name: Option<String>,
    pub(super) account: Option<String>,
    pub(super) end_to_end: Option<String>,
}

impl Details {
    /// Out of all fields 86 of one movement, in their order.
    pub(super) fn of(fields: &[String]) -> Details {
        let [first, ..] = fields else { return Details::default() };
        if let Some((sign, parts)) = numbered(first) {
            return by_number(sign, parts);
        }
        let whole: Vec<String> = fields.iter().map(|field| unwrapped(field)).collect();
        let slashed = fields.iter().map(|field| field.replace('\n', "")).collect::<String>();
        let found = coded(&slashed);
        if found.is_empty() {
            let text = whole.join(" ").split_whitespace().collect::<Vec<_>>().join(" ");
            return Details { text, ..Details::default() };
        }
        by_code(&found, fields, whole.join(" "))
    }
}

/// Lines as one text: a full line goes on where it broke, a shorter one ended.
fn unwrapped(field: &str) -> String {
    let mut out = String::with_capacity(field.len());
    for line in field.split('\n') {
        out.push_str(line);
        if line.chars().count() < WRAPPED_AT {
            out.push(' ');
        }
    }
    out.trim_end().to_owned()
}

fn some(text: String) -> Option<String> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then_some(text)
}

/// The sign between the parts and what follows the kind of transaction: three figures, a sign, two figures.
fn numbered(field: &str) -> Option<(char, &str)> {
    let kind = field.get(..3).filter(|kind| kind.bytes().all(|b| b.is_ascii_digit()))?;
    let rest = &field[kind.len()..];
    let sign = rest.chars().next().filter(|sign| !sign.is_alphanumeric() && !sign.is_whitespace())?;
    let two = rest.as_bytes().get(sign.len_utf8()..)?.get(..2)?;
    two.iter().all(u8::is_ascii_digit).then_some((sign, rest))
}

fn by_number(sign: char, field: &str) -> Details {
    let joined = field.replace('\n', "");
    let mut remittance = String::new();
    let (mut posting, mut name, mut account, mut iban) = (String::new(), String::new(), String::new(), String::new());
    let mut part = 0;
    for piece in joined.split(sign).skip(1) {
        // A sign of the payer's own is no beginning of a part.
        let (number, text) = match piece.get(..2).and_then(|number| number.parse::<u8>().ok()) {
            Some(number) => (number, &piece[2..]),
            None => (part, piece),
        };
        part = number;
        match number {
            0 => posting.push_str(text),
            20..=29 | 60..=63 => {
                remittance.push_str(text);
                if text.chars().count() < PART_FULL {
                    remittance.push(' ');
                }
            }
            31 => account.push_str(text),
            32 | 33 => name.push_str(text),
            38 => iban.push_str(text),
            _ => {}
        }
    }
    let pieces = by_sepa_key(&remittance);
    let piece = |key: &str| pieces.iter().find(|(found, _)| *found == key).and_then(|(_, text)| some(text.clone()));
    let text = piece("SVWZ+").or_else(|| some(remittance.clone())).or_else(|| some(posting)).unwrap_or_default();
    Details { text, name: some(name), account: some(iban).or_else(|| some(account)), end_to_end: piece("EREF+") }
}

/// The pieces of a remittance by the key before each.
fn by_sepa_key(text: &str) -> Vec<(&'static str, String)> {
    let mut starts: Vec<(usize, &'static str)> =
        SEPA_KEYS.iter().filter_map(|key| Some((text.find(key)?, *key))).collect();
    starts.sort_unstable();
    let ends = starts.iter().skip(1).map(|(at, _)| *at).chain([text.len()]);
    let ends: Vec<usize> = ends.collect();
    let piece = |((at, key), end): (&(usize, &'static str), &usize)| {
        (*key, text.get(at + key.len()..*end).unwrap_or_default().to_owned())
    };
    starts.iter().zip(&ends).map(piece).collect()
}

/// The pieces by the code before each, in their order; none if the text does not begin with one.
fn coded(text: &str) -> Vec<(&'static str, &str)> {
    let code_at = |at: usize| {
        let rest = text.get(at..)?.strip_prefix('/')?;
        CODES.iter().find(|code| rest.strip_prefix(**code).is_some_and(|after| after.starts_with('/')))
    };
    let starts: Vec<(usize, &'static str)> =
        text.match_indices('/').filter_map(|(at, _)| Some((at, *code_at(at)?))).collect();
    if starts.first().is_none_or(|(at, _)| *at > 0) {
        return Vec::new();
    }
    let ends: Vec<usize> = starts.iter().skip(1).map(|(at, _)| *at).chain([text.len()]).collect();
    let piece = |((at, code), end): (&(usize, &'static str), &usize)| {
        (*code, text.get(at + code.len() + 2..*end).unwrap_or_default())
    };
    starts.iter().zip(&ends).map(piece).collect()
}

fn by_code(found: &[(&'static str, &str)], fields: &[String], whole: String) -> Details {
    let piece = |code: &str| found.iter().find(|(c, _)| *c == code).and_then(|(_, text)| some((*text).to_owned()));
    let counterparty: Vec<String> =
        piece("CNTP").iter().flat_map(|text| text.split('/')).map(|part| part.trim().to_owned()).collect();
    let at = |index: usize| counterparty.get(index).cloned().and_then(some);
    let mut details = Details {
        text: piece("REMI").map(|text| remittance(&text)).unwrap_or_default(),
        name: piece("NAME").or_else(|| at(2)),
        account: piece("IBAN").or_else(|| piece("ACNO")).or_else(|| at(0)),
        end_to_end: piece("EREF"),
    };
    if details.name.is_none() && counterparty.is_empty() {
        by_line(&mut details, fields);
    }
    if details.text.is_empty() {
        details.text = some(whole).unwrap_or_default();
    }
    details
}

/// `/REMI/USTD//…/` and `/REMI/STRD/CUR/…/`: what kind it is, is not what the payer wrote.
fn remittance(text: &str) -> String {
    let inside = ["USTD//", "STRD/CUR/", "STRD/ISO/"].iter().find_map(|kind| text.strip_prefix(kind));
    inside.unwrap_or(text).trim_end_matches('/').to_owned()
}

/// A party without a code for its name: its account, its name and what it wrote stand on a line each.
fn by_line(details: &mut Details, fields: &[String]) {
    let Some(after) = fields.iter().find_map(|f| f.split_once("/ORDP/").or_else(|| f.split_once("/BENM/"))) else {
        return;
    };
    let mut lines = after.1.split('\n').map(|line| line.trim_start_matches('/').trim()).filter(|line| !line.is_empty());
    let mut next = lines.next();
    if let Some(line) = next.filter(|line| line.bytes().filter(u8::is_ascii_digit).count() * 2 > line.len()) {
        details.account = details.account.take().or_else(|| Some(line.to_owned()));
        next = lines.next();
    }
    details.name = next.map(str::to_owned);
    if details.text.is_empty() {
        details.text = lines.collect::<Vec<_>>().join(" ");
    }
}
