//! What a company sells: how an item is written down, and which of its prices counts for a line.

use rust_decimal::{Decimal, RoundingStrategy};

use super::line::Prices;
use crate::customer::{invalid, needed, text};
use crate::ids::{self, Id};
use crate::{Currency, Date, Refusal, Unusable};

/// The longest code, name and unit, in characters.
const CODE_MAX: usize = 40;
const NAME_MAX: usize = 200;
const UNIT_MAX: usize = 20;
/// The longest name of a price list.
const LIST_MAX: usize = 40;
/// Digits of a class code of the tax device.
const CLASS_CODE_MAX: usize = 10;
/// Letters and digits of a unit as the tax device lists it.
const DEVICE_UNIT_MAX: usize = 5;
/// Decimals of a price of one unit, in major units.
const DECIMALS: u32 = 6;
/// A price or a quantity is below this.
const BOUND: i64 = 1_000_000_000_000;

/// What an item is to the tax device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    RawMaterial,
    Finished,
    /// It has no stock.
    Service,
}

impl Kind {
    pub const ALL: [(Kind, &'static str); 3] =
        [(Kind::RawMaterial, "raw-material"), (Kind::Finished, "finished"), (Kind::Service, "service")];

    pub fn code(self) -> &'static str {
        crate::customer::code_of(&Kind::ALL, self)
    }

    pub fn from_code(code: &str) -> Result<Kind, Refusal> {
        crate::customer::of_code(&Kind::ALL, "kind", code)
    }
}

/// An item as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    pub code: String,
    pub name: String,
    /// What is counted: hours, bags, m³.
    pub unit: Option<String>,
    pub tax_class: String,
    pub kind: Kind,
    /// As the tax device asks for them.
    pub class_code: Option<String>,
    pub packaging: Option<String>,
    pub quantity_unit: Option<String>,
    pub origin: String,
}

/// An item as it was typed; an empty text says nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Typed {
    pub code: String,
    pub name: String,
    pub unit: String,
    pub tax_class: String,
    pub kind: String,
    pub class_code: String,
    pub packaging: String,
    pub quantity_unit: String,
    pub origin: String,
}

impl Typed {
    /// An item as it would be typed again.
    pub fn of(item: &Item) -> Typed {
        let or_empty = |text: &Option<String>| text.clone().unwrap_or_default();
        Typed {
            code: item.code.clone(),
            name: item.name.clone(),
            unit: or_empty(&item.unit),
            tax_class: item.tax_class.clone(),
            kind: item.kind.code().to_owned(),
            class_code: or_empty(&item.class_code),
            packaging: or_empty(&item.packaging),
            quantity_unit: or_empty(&item.quantity_unit),
            origin: item.origin.clone(),
        }
    }
}

/// How items of a kind are usually packed and counted in a country; its pack says so.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Usual(Vec<(Kind, String, String)>);

impl Usual {
    /// Reads `KIND PACKAGING UNIT`, one a line; `#` begins a comment. Refused with the line where it says something else.
    pub fn from_table(text: &str) -> Result<Usual, String> {
        let mut usual = Vec::new();
        for (no, line) in (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'))
        {
            let wrong = || format!("line {no}: {line}");
            let [kind, packaging, unit] = *line.split_whitespace().collect::<Vec<_>>() else { return Err(wrong()) };
            usual.push((Kind::from_code(kind).map_err(|_| wrong())?, packaging.to_owned(), unit.to_owned()));
        }
        Ok(Usual(usual))
    }

    fn of(&self, kind: Kind) -> (Option<String>, Option<String>) {
        let found = self.0.iter().find(|(known, ..)| *known == kind);
        found.map(|(_, packaging, unit)| (packaging.clone(), unit.clone())).unzip()
    }
}

/// Reads an item. What is left out of packaging and unit is what the country usually writes for the kind; of the kind, a
/// service; of the origin, the country itself.
pub fn read(typed: &Typed, usual: &Usual, country: &str) -> Result<Item, Refusal> {
    let kind = match typed.kind.trim() {
        "" => Kind::Service,
        code => Kind::from_code(code)?,
    };
    let (packaging, quantity_unit) = usual.of(kind);
    let origin = match typed.origin.trim() {
        "" => country.to_ascii_uppercase(),
        code if code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_alphabetic()) => code.to_ascii_uppercase(),
        code => return Err(invalid("origin", code, Unusable::NoCountry)),
    };
    Ok(Item {
        code: code(&typed.code)?,
        name: printed("name", needed("name", &typed.name, NAME_MAX)?)?,
        unit: text("unit", &typed.unit, UNIT_MAX)?.map(|unit| printed("unit", unit)).transpose()?,
        tax_class: typed.tax_class.trim().to_owned(),
        kind,
        class_code: class_code(&typed.class_code)?,
        packaging: device_unit("packaging", &typed.packaging)?.or(packaging),
        quantity_unit: device_unit("quantity_unit", &typed.quantity_unit)?.or(quantity_unit),
        origin,
    })
}

fn printed(field: &str, text: String) -> Result<String, Refusal> {
    if text.contains(char::is_control) {
        return Err(Refusal::InvalidEmpty { field: field.to_owned(), reason: Unusable::ControlCharacter });
    }
    Ok(text)
}

/// The code of an item: a line names it as `@CODE`, so that it holds neither space nor semicolon.
fn code(typed: &str) -> Result<String, Refusal> {
    let code = needed("code", typed, CODE_MAX)?;
    let fits = code.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '.' | '_' | '/'));
    if fits { Ok(code) } else { Err(invalid("code", &code, Unusable::NoItemCode)) }
}

fn class_code(typed: &str) -> Result<Option<String>, Refusal> {
    let digits = typed.trim();
    if digits.len() > CLASS_CODE_MAX || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        let reason = Unusable::NotDigits { min: 1.to_string(), max: CLASS_CODE_MAX.to_string() };
        return Err(invalid("class_code", digits, reason));
    }
    Ok((!digits.is_empty()).then(|| digits.to_owned()))
}

fn device_unit(field: &str, typed: &str) -> Result<Option<String>, Refusal> {
    let code = typed.trim().to_ascii_uppercase();
    if code.len() > DEVICE_UNIT_MAX || !code.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return Err(invalid(field, typed.trim(), Unusable::NoDeviceUnit));
    }
    Ok((!code.is_empty()).then_some(code))
}

/// For whom a price is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whom {
    Everybody,
    /// The customers of a price list.
    List(String),
    Customer(Id<ids::Customer>),
}

/// The name of a price list.
pub fn list_name(typed: &str) -> Result<String, Refusal> {
    printed("price_list", needed("price_list", typed, LIST_MAX)?)
}

/// What one unit costs from a day and from a quantity on; or that from the day on there is no such price any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Price {
    pub whom: Whom,
    pub currency: Currency,
    pub from_on: Date,
    pub from_quantity: Decimal,
    /// In major units; `None` where the price ends.
    pub unit_price: Option<Decimal>,
    /// Whether it is written with the tax.
    pub prices: Prices,
}

impl Price {
    /// Refused where a number is below zero, has more than six decimals or does not fit.
    pub fn check(&self) -> Result<(), Refusal> {
        if let Some(unit_price) = self.unit_price {
            priced("unit_price", unit_price)?;
        }
        priced("from_quantity", self.from_quantity).map(|_| ())
    }
}

/// A price or a quantity; refused where it is below zero, has more than six decimals or does not fit.
pub fn priced(field: &str, number: Decimal) -> Result<Decimal, Refusal> {
    if number.normalize().scale() <= DECIMALS && number >= Decimal::ZERO && number < Decimal::from(BOUND) {
        return Ok(number.normalize());
    }
    Err(invalid(field, &number.to_string(), Unusable::NoUnitPrice))
}

/// A price or a quantity as it is kept.
pub fn number(field: &str, text: &str) -> Result<Decimal, Refusal> {
    Decimal::from_str_exact(text).map_err(|_| invalid(field, text, Unusable::NoUnitPrice))
}

/// Who buys how much of an item, when and in which currency.
#[derive(Debug, Clone)]
pub struct Sale<'a> {
    /// Nobody in particular where it is left out.
    pub customer: Option<Id<ids::Customer>>,
    /// The price list that the customer is on.
    pub list: Option<&'a str>,
    pub currency: Currency,
    pub quantity: Decimal,
    pub on: Date,
}

/// The price that counts for a sale, among those of one item in the order they were recorded: the customer's own, else that of
/// the customer's list, else everybody's; of these the one from the largest quantity that is reached (what is taken back
/// reaches what it reached when it was sold), as it was last said to count by the day.
pub fn price_of<'p>(prices: &'p [Price], sale: &Sale<'_>) -> Option<&'p Price> {
    let list = sale.list.map(|list| Whom::List(list.to_owned()));
    let whom = [sale.customer.map(Whom::Customer), list, Some(Whom::Everybody)];
    whom.into_iter().flatten().find_map(|whom| price_for(prices, sale, &whom))
}

fn price_for<'p>(prices: &'p [Price], sale: &Sale<'_>, whom: &Whom) -> Option<&'p Price> {
    let counts = |price: &&Price| {
        price.whom == *whom
            && price.currency == sale.currency
            && price.from_on <= sale.on
            && price.from_quantity <= sale.quantity.abs()
    };
    let all: Vec<&Price> = prices.iter().filter(counts).collect();
    // Of equals `max_by_key` takes the last, which was recorded last.
    let last_of = |quantity: Decimal| {
        all.iter().filter(|price| price.from_quantity == quantity).max_by_key(|price| price.from_on).copied()
    };
    let standing =
        all.iter().filter_map(|price| last_of(price.from_quantity)).filter(|price| price.unit_price.is_some());
    standing.max_by_key(|price| price.from_quantity)
}

/// A unit price written the other way: with the tax at a rate in per cent, or without it; rounded half up to six decimals. `None`
/// where it does not fit.
pub fn converted(unit_price: Decimal, from: Prices, to: Prices, rate: Decimal) -> Option<Decimal> {
    let with_tax = Decimal::ONE_HUNDRED.checked_add(rate)?;
    let exact = match (from, to) {
        (Prices::Net, Prices::Gross) => unit_price.checked_mul(with_tax)?.checked_div(Decimal::ONE_HUNDRED)?,
        (Prices::Gross, Prices::Net) => unit_price.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(with_tax)?,
        (Prices::Net, Prices::Net) | (Prices::Gross, Prices::Gross) => return Some(unit_price),
    };
    Some(exact.round_dp_with_strategy(DECIMALS, RoundingStrategy::MidpointAwayFromZero).normalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANNA: [u8; 16] = [1; 16];
    const BEN: [u8; 16] = [2; 16];

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    /// `WHOM DAY QUANTITY PRICE [CURRENCY]`; a price of `-` ends it.
    fn price(text: &str) -> Price {
        let words: Vec<&str> = text.split_whitespace().collect();
        Price {
            whom: match words[0] {
                "all" => Whom::Everybody,
                "anna" => Whom::Customer(Id::from_bytes(ANNA)),
                "ben" => Whom::Customer(Id::from_bytes(BEN)),
                list => Whom::List(list.into()),
            },
            from_on: words[1].parse().unwrap(),
            from_quantity: decimal(words[2]),
            unit_price: (words[3] != "-").then(|| decimal(words[3])),
            currency: words.get(4).unwrap_or(&"RWF").parse().unwrap(),
            prices: Prices::Net,
        }
    }

    /// What Anna pays, who is on the list `trade`.
    fn check(prices: &[&str], quantity: &str, on: &str, expected: &str) {
        let prices: Vec<Price> = prices.iter().map(|text| price(text)).collect();
        let sale = Sale {
            customer: Some(Id::from_bytes(ANNA)),
            list: Some("trade"),
            currency: Currency::RWF,
            quantity: decimal(quantity),
            on: on.parse().unwrap(),
        };
        let found = price_of(&prices, &sale).and_then(|price| price.unit_price);
        assert_eq!(found.map_or("none".to_owned(), |price| price.to_string()), expected, "{quantity} on {on}");
    }

    #[test]
    fn the_nearest_price_counts() {
        let prices =
            ["all 2026-01-01 0 1000", "trade 2026-01-01 0 900", "anna 2026-01-01 10 800", "ben 2026-01-01 0 1"];
        check(&prices, "10", "2026-06-30", "800");
        check(&prices, "9.999", "2026-06-30", "900");
        check(&prices[..1], "1", "2026-06-30", "1000");
        check(&prices[3..], "1", "2026-06-30", "none");
        check(&["vip 2026-01-01 0 1", "all 2026-01-01 0 7"], "1", "2026-06-30", "7");
        check(&["all 2026-01-01 0 5 USD"], "1", "2026-06-30", "none");
    }

    #[test]
    fn a_price_counts_from_its_day_and_its_quantity_on() {
        let prices =
            ["all 2026-03-01 0 1000", "all 2026-03-01 12 950", "all 2026-05-01 0 1100", "all 2026-05-01 12 1050"];
        check(&prices, "11.999999", "2026-04-30", "1000");
        check(&prices, "12", "2026-04-30", "950");
        check(&prices, "12", "2026-05-01", "1050");
        check(&prices, "1", "2026-05-01", "1100");
        check(&prices, "1", "2026-02-28", "none");
        check(&prices, "-12", "2026-05-01", "1050");
        // The larger quantity wins, however old its price is.
        check(&["all 2026-01-01 12 950", "all 2026-06-01 0 1100"], "20", "2026-06-30", "950");
    }

    #[test]
    fn of_equals_the_last_said_wins_and_a_price_may_end() {
        check(&["all 2026-01-01 0 1000", "all 2026-01-01 0 990"], "1", "2026-06-30", "990");
        check(&["all 2026-05-01 0 1200", "all 2026-01-01 0 990"], "1", "2026-06-30", "1200");
        let ended = ["all 2026-01-01 0 1000", "anna 2026-01-01 0 800", "anna 2026-06-01 0 -"];
        check(&ended, "1", "2026-05-31", "800");
        check(&ended, "1", "2026-06-01", "1000");
        check(&["all 2026-01-01 0 1000", "all 2026-01-01 12 900", "all 2026-06-01 12 -"], "12", "2026-06-01", "1000");
    }

    #[test]
    fn a_price_is_written_the_other_way_by_the_rate() {
        use Prices::{Gross, Net};
        for (written, from, to, rate, expected) in [
            ("1180", Gross, Net, "18", "1000"),
            ("1000", Gross, Net, "18", "847.457627"),
            ("1000", Net, Gross, "18", "1180"),
            ("847.457627", Net, Gross, "18", "1000"),
            ("0.0000025", Net, Gross, "0", "0.000003"),
            ("5", Gross, Net, "0", "5"),
            ("5.5", Net, Net, "18", "5.5"),
        ] {
            let found = converted(decimal(written), from, to, decimal(rate)).map(|price| price.to_string());
            assert_eq!(found.as_deref(), Some(expected), "{written}");
        }
        assert_eq!(converted(Decimal::MAX, Net, Gross, decimal("18")), None);
    }

    #[test]
    fn an_item_is_read_or_refused_at_its_field() {
        let usual = Usual::from_table("# what is usual\nservice OU U\n").unwrap();
        let typed = Typed { code: " RICE-25 ".into(), name: "Rice".into(), tax_class: "B".into(), ..Typed::default() };
        let item = read(&typed, &usual, "rw").unwrap();
        let device = (item.kind, item.packaging.as_deref(), item.quantity_unit.as_deref(), item.origin.as_str());
        assert_eq!((item.code.as_str(), device), ("RICE-25", (Kind::Service, Some("OU"), Some("U"), "RW")));
        let field = |change: fn(&mut Typed)| {
            let mut typed = typed.clone();
            change(&mut typed);
            read(&typed, &usual, "rw").unwrap_err().field().map(str::to_owned).unwrap_or_default()
        };
        assert_eq!(field(|item| item.code = "A;B".into()), "code");
        assert_eq!(field(|item| item.code = "A B".into()), "code");
        assert_eq!(field(|item| item.code.clear()), "code");
        assert_eq!(field(|item| item.name = "x".repeat(201)), "name");
        assert_eq!(field(|item| item.name = "a\nb".into()), "name");
        assert_eq!(field(|item| item.kind = "thing".into()), "kind");
        assert_eq!(field(|item| item.class_code = "12345678901".into()), "class_code");
        assert_eq!(field(|item| item.class_code = "12a".into()), "class_code");
        assert_eq!(field(|item| item.packaging = "BAGSOF".into()), "packaging");
        assert_eq!(field(|item| item.origin = "Rwanda".into()), "origin");
        assert!(Usual::from_table("service OU").is_err());
    }

    #[test]
    fn a_price_below_zero_or_too_fine_is_refused() {
        for (text, fits) in
            [("0", true), ("0.000001", true), ("0.0000001", false), ("-1", false), ("1000000000000", false)]
        {
            assert_eq!(price(&format!("all 2026-01-01 0 {text}")).check().is_ok(), fits, "{text}");
            assert_eq!(price(&format!("all 2026-01-01 {text} 1")).check().is_ok(), fits, "{text}");
        }
    }
}
