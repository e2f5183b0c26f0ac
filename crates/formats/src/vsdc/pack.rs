//! What a country's device is like, as data: paths by purpose, result codes with what to do, tax letters, settings
//! (`country/rw/vsdc.toml`, `country/ke/etims.toml`). A broken file is refused with its line.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::Offset;
use receivables::Instant;
use receivables::billing::fiscal::{Advice, Limits};
use rust_decimal::Decimal;
use serde::Deserialize;
use toml::Spanned;

use super::sums::Scale;

/// What a path is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Purpose {
    Initialise,
    Codes,
    Classes,
    Taxpayer,
    Branches,
    Notices,
    SaveCustomer,
    SaveUser,
    SaveInsurer,
    SaveItem,
    Items,
    SaveComposition,
    Imports,
    UpdateImport,
    SaveSale,
    Purchases,
    SavePurchase,
    SaveMove,
    SaveBalance,
    Moves,
}

impl Purpose {
    pub const ALL: [Purpose; 20] = [
        Purpose::Initialise,
        Purpose::Codes,
        Purpose::Classes,
        Purpose::Taxpayer,
        Purpose::Branches,
        Purpose::Notices,
        Purpose::SaveCustomer,
        Purpose::SaveUser,
        Purpose::SaveInsurer,
        Purpose::SaveItem,
        Purpose::Items,
        Purpose::SaveComposition,
        Purpose::Imports,
        Purpose::UpdateImport,
        Purpose::SaveSale,
        Purpose::Purchases,
        Purpose::SavePurchase,
        Purpose::SaveMove,
        Purpose::SaveBalance,
        Purpose::Moves,
    ];

    /// As packs and settings call it.
    pub fn from_code(code: &str) -> Option<Purpose> {
        use serde::de::IntoDeserializer;
        let text: serde::de::value::StrDeserializer<'_, serde::de::value::Error> = code.into_deserializer();
        Purpose::deserialize(text).ok()
    }
}

/// Where a request says whose device it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Identity {
    Body,
    Headers,
}

/// A tax letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    pub letter: String,
    /// In per cent of the price without tax.
    pub rate: Decimal,
}

/// A country's device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pack {
    pub identity: Identity,
    pub scale: Scale,
    /// `salesSttsCd` of a refund.
    pub refund_status: String,
    /// Whether a sale to a buyer with a TIN needs the code that the buyer asks for.
    pub wants_purchase_code: bool,
    pub limits: Limits,
    /// In the order of the alphabet.
    pub letters: Vec<Letter>,
    offset: Offset,
    paths: BTreeMap<String, BTreeMap<Purpose, String>>,
    keyed: Vec<String>,
    codes: BTreeMap<String, Advice>,
}

/// The line that is wrong, counted from 1, and what in it: a value, or what is missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackFault {
    pub line: usize,
    pub cause: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    identity: Identity,
    utc_offset_h: Spanned<i8>,
    scale: Spanned<u32>,
    refund_status: String,
    purchase_code: bool,
    keyed: Vec<String>,
    limits: WrittenLimits,
    letters: BTreeMap<String, Spanned<String>>,
    paths: BTreeMap<String, Spanned<BTreeMap<Purpose, Spanned<String>>>>,
    codes: BTreeMap<String, Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenLimits {
    failures_max: u32,
    back_off_first_s: u32,
    back_off_most_s: u32,
    offline_h: u32,
    failure_notice_h: u32,
}

impl Pack {
    /// Reads the file of a country.
    pub fn read(text: &str) -> Result<Pack, PackFault> {
        let line_at = |at: usize| text.get(..at).unwrap_or(text).matches('\n').count() + 1;
        let fault = |at: usize, cause: String| PackFault { line: line_at(at), cause };
        let written: Written =
            toml::from_str(text).map_err(|e| fault(e.span().map_or(0, |span| span.start), e.message().to_owned()))?;
        let at = |of: &Spanned<String>, cause: &str| fault(of.span().start, format!("“{}” {cause}", of.get_ref()));

        let scale = Scale::new(*written.scale.get_ref());
        let scale = scale.ok_or_else(|| fault(written.scale.span().start, written.scale.get_ref().to_string()))?;
        let offset = Offset::from_hours(*written.utc_offset_h.get_ref());
        let offset = offset.map_err(|e| fault(written.utc_offset_h.span().start, e.to_string()))?;
        let mut letters = Vec::new();
        for (letter, rate) in written.letters {
            let known = letter.len() <= 5 && !letter.is_empty() && letter.bytes().all(|b| b.is_ascii_uppercase());
            let percent = Decimal::from_str_exact(rate.get_ref()).ok();
            let percent = percent.filter(|rate| *rate >= Decimal::ZERO && *rate <= Decimal::ONE_HUNDRED && known);
            let percent = percent.ok_or_else(|| at(&rate, "rate"))?;
            letters.push(Letter { letter, rate: percent });
        }
        let mut codes = BTreeMap::new();
        for (code, advice) in written.codes {
            let number = code.len() == 3 && code.bytes().all(|b| b.is_ascii_digit());
            let advice = Advice::from_code(advice.get_ref()).filter(|_| number).ok_or_else(|| {
                let known = Advice::ALL.map(|(_, code)| code).join(", ");
                at(&advice, &format!("{code}: {known}"))
            })?;
            codes.insert(code, advice);
        }
        let mut paths = BTreeMap::new();
        for (way, of) in written.paths {
            let start = of.span().start;
            let of = of.into_inner();
            if let Some(missing) = Purpose::ALL.iter().find(|purpose| !of.contains_key(purpose)) {
                return Err(fault(start, format!("{way}: {missing:?}")));
            }
            if let Some(path) = of.values().find(|path| !path.get_ref().starts_with('/')) {
                return Err(at(path, "path"));
            }
            paths.insert(way, of.into_iter().map(|(purpose, path)| (purpose, path.into_inner())).collect());
        }
        let WrittenLimits { failures_max, back_off_first_s, back_off_most_s, offline_h, failure_notice_h } =
            written.limits;
        let limits = Limits { failures_max, back_off_first_s, back_off_most_s, offline_h, failure_notice_h };
        let (identity, refund_status) = (written.identity, written.refund_status);
        let wants_purchase_code = written.purchase_code;
        Ok(Pack {
            identity,
            scale,
            refund_status,
            wants_purchase_code,
            limits,
            letters,
            offset,
            paths,
            keyed: written.keyed,
            codes,
        })
    }

    /// The ways in: `vsdc`, `osdc`.
    pub fn ways(&self) -> impl Iterator<Item = &str> {
        self.paths.keys().map(String::as_str)
    }

    /// Where a request goes, below the address of the device; `None` for a way that the country does not have.
    pub fn path(&self, way: &str, purpose: Purpose) -> Option<&str> {
        self.paths.get(way)?.get(&purpose).map(String::as_str)
    }

    /// Whether requests that way carry the key of initialisation.
    pub fn is_keyed(&self, way: &str) -> bool {
        self.keyed.iter().any(|keyed| keyed == way)
    }

    /// The same with one path of an installation that differs.
    pub fn with_path(mut self, way: &str, purpose: Purpose, path: &str) -> Pack {
        self.paths.entry(way.to_owned()).or_default().insert(purpose, path.to_owned());
        self
    }

    /// What to do about a result code; one that nobody documented needs a person.
    pub fn advice(&self, code: &str) -> Advice {
        match self.codes.get(code) {
            _ if super::is_success(code) => Advice::Store,
            Some(advice) => *advice,
            None => Advice::Park,
        }
    }

    /// A tax letter of the country.
    pub fn letter(&self, letter: &str) -> Option<&Letter> {
        self.letters.iter().find(|known| known.letter == letter)
    }

    /// A moment on the clock of the device.
    pub fn local(&self, at: Instant) -> Option<DateTime> {
        Timestamp::from_microsecond(at.micros()).ok().map(|at| self.offset.to_datetime(at))
    }

    /// When the clock of the device showed it.
    pub fn instant(&self, local: DateTime) -> Option<Instant> {
        self.offset.to_timestamp(local).ok().map(|at| Instant::from_micros(at.as_microsecond()))
    }
}
