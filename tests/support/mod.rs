//! A book per story: an own database on each engine, actions by name, and `verify` at its end.

mod book;
mod browser;
mod engines;
mod program;
mod reference;
mod tax_device;

pub use book::{Book, code, message, told};
pub use browser::{Answer, Browser, Form, OURS, PASSWORD};
pub use engines::{Place, places};
pub use program::{ideni, json, small_book};
pub use reference::{draw, reference, rows_of_csv, scaled, seed, unpack};
pub use tax_device::{Fate, TaxDevice};

use receivables::Currency;

/// Runs a story on SQLite and on PostgreSQL, in a book kept in francs. After it every identity must hold.
pub fn each_engine(story: impl Fn(&Book)) {
    each_engine_in(Currency::RWF, story);
}

/// As [`each_engine`], for a company that keeps its books in `currency`.
pub fn each_engine_in(currency: Currency, story: impl Fn(&Book)) {
    for place in places() {
        let book = Book::new(&place, currency);
        story(&book);
        book.verify();
    }
}

/// Runs a story with many writers on both engines: real clock, real ids.
pub fn each_engine_really(story: impl Fn(&Book, &Place)) {
    for place in places() {
        let book = Book::real(&place, Currency::RWF);
        story(&book, &place);
        book.verify();
    }
}

/// A currency by its code.
pub fn currency(code: &str) -> Currency {
    code.parse().expect("a currency code")
}
