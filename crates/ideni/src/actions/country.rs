//! What a country pack says, read once: the texts are part of the program.

use std::sync::OnceLock;

use store::Error;

/// The packs of one kind, by country, and what counts where there is none.
pub(super) struct Packs<T: 'static> {
    texts: &'static [(&'static str, &'static str)],
    parse: fn(&str) -> Result<T, String>,
    none: fn() -> T,
    read: OnceLock<Vec<(&'static str, Result<T, String>)>>,
    without: OnceLock<T>,
}

impl<T> Packs<T> {
    pub const fn new(
        texts: &'static [(&'static str, &'static str)],
        parse: fn(&str) -> Result<T, String>,
        none: fn() -> T,
    ) -> Packs<T> {
        Packs { texts, parse, none, read: OnceLock::new(), without: OnceLock::new() }
    }

    /// The pack of a country. A text of ours that cannot be read is a failure with its line.
    pub fn of(&'static self, country: &str) -> Result<&'static T, Error> {
        let read =
            self.read.get_or_init(|| self.texts.iter().map(|(code, text)| (*code, (self.parse)(text))).collect());
        match read.iter().find(|(code, _)| *code == country) {
            Some((_, Ok(pack))) => Ok(pack),
            Some((_, Err(why))) => Err(Error::failed("reading a country pack", why)),
            None => Ok(self.without.get_or_init(self.none)),
        }
    }
}
