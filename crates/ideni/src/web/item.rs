//! The catalogue: what the company sells, one item with its prices and its history, and new ones of each.

use askama::Template;
use axum::response::Response;
use receivables::billing::item::{Kind, Price, Typed, Whom};
use receivables::billing::line::Prices;
use receivables::billing::stock::{MoveKind, quantity};
use receivables::money::MoneyError;
use receivables::{Currency, Refusal, Unusable};
use rust_decimal::Decimal;
use store::Error;

use super::ask::{Ask, day_or_none, question, text_or_none};
use super::customer::Options;
use super::page::{Desk, Page, in_path, render};
use super::route::Route;
use crate::actions::item::{self, Asked, Change, GivenPrice, Listed};
use crate::actions::{Right, stock, tax};

pub const ROUTES: &[Route] = &[
    Route::get("/items", Right::Read, list),
    Route::post("/items", Right::ItemSave, add).again(list),
    Route::get("/items/{code}", Right::Read, one),
    Route::post("/items/{code}", Right::ItemSave, change).again(one),
    Route::post("/items/{code}/prices", Right::ItemPrice, price).again(one),
    Route::post("/items/{code}/retirement", Right::ItemSave, retire).again(one),
    Route::post("/items/{code}/stock", Right::StockMove, move_stock).again(one),
    Route::post("/items/{code}/stock/{number}", Right::StockMove, tell_again).again(one),
];

/// Items that a page shows.
const SHOWN: usize = 100;
/// Moves of stock that the page of an item shows.
const MOVES_SHOWN: i64 = 50;

/// An item in the list.
struct Line {
    at: String,
    code: String,
    name: String,
    unit: String,
    tax_class: String,
    price: String,
    offered: bool,
}

/// What the forms offer to choose from.
struct Choices {
    classes: Options,
    kinds: Options,
    prices: Options,
}

impl Choices {
    fn of(desk: &Desk) -> Result<Choices, Error> {
        let p = &desk.page;
        let classes = tax::choices(&desk.actor.company.country, desk.today)?;
        let name = |names: &[String; 4]| p.language.of(names).to_owned();
        Ok(Choices {
            classes: classes.iter().map(|c| (c.code.clone(), format!("{} · {}", c.code, name(&c.names)))).collect(),
            kinds: Kind::ALL.map(|(_, code)| (code.to_owned(), p.t(&format!("item-{code}")))).into(),
            prices: Prices::ALL.map(|(_, code)| (code.to_owned(), p.t(&format!("prices-{code}")))).into(),
        })
    }
}

#[derive(Template)]
#[template(path = "items.html")]
struct List<'a> {
    p: &'a Page,
    asked: Filter,
    rows: Vec<Line>,
    /// The question of the next page.
    next: Option<String>,
    choices: Choices,
    values: Typed,
    currency: String,
    today: String,
}

#[derive(serde::Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct Filter {
    q: String,
    retired: String,
    after: String,
}

fn list(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let asked: Filter = ask.query()?;
    let wanted =
        Asked { text: asked.q.clone(), retired: asked.retired == "yes", after: asked.after.clone(), limit: SHOWN };
    let (found, more) = desk.read(|tx, actor| item::list(tx, actor, desk.today, &wanted))?;
    let p = &desk.page;
    let next = found.last().filter(|_| more).map(|last| {
        let all = [("q", asked.q.as_str()), ("retired", &asked.retired), ("after", &last.known.item.code)];
        question(all.into_iter().filter(|(_, value)| !value.is_empty()))
    });
    let row = |Listed { known, price }: Listed| Line {
        at: in_path(&known.item.code),
        price: price.as_ref().map(|price| written(p, price)).unwrap_or_default(),
        code: known.item.code,
        name: known.item.name,
        unit: known.item.unit.unwrap_or_default(),
        tax_class: known.item.tax_class,
        offered: known.active,
    };
    let usual = tax::usual(&desk.actor.company.country, desk.today)?;
    let usual = usual.map(|class| class.code.clone()).unwrap_or_default();
    render(&List {
        p,
        rows: found.into_iter().map(row).collect(),
        next,
        asked,
        choices: Choices::of(desk)?,
        values: Typed { kind: Kind::Service.code().into(), tax_class: usual, ..Typed::default() },
        currency: desk.actor.company.currency.to_string(),
        today: desk.today.to_string(),
    })
}

/// `RWF 30,000`, and whether that holds the tax; nothing where the price ends.
fn written(p: &Page, price: &Price) -> String {
    let Some(unit_price) = price.unit_price else { return String::new() };
    let amount = format!("{} {}", price.currency, p.number(unit_price.normalize()));
    match price.prices {
        Prices::Net => amount,
        Prices::Gross => format!("{amount} · {}", p.t("prices-gross")),
    }
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct ItemForm {
    #[serde(default)]
    code: String,
    /// As it was read; of a new item nothing.
    #[serde(default)]
    version: String,
    name: String,
    unit: String,
    tax_class: String,
    kind: String,
    class_code: String,
    packaging: String,
    quantity_unit: String,
    origin: String,
    #[serde(default)]
    price: String,
    #[serde(default)]
    currency: String,
    #[serde(default)]
    prices: String,
    #[serde(default)]
    from_on: String,
}

fn add(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let form: ItemForm = ask.form()?;
    let price = match form.price.trim() {
        "" => None,
        text => {
            let currency = currency(desk, &form.currency)?;
            Some(GivenPrice {
                customer: None,
                list: None,
                currency,
                from_on: day_or_none(&form.from_on, "from_on")?.unwrap_or(desk.today),
                from_quantity: Decimal::ZERO,
                unit_price: Some(amount("price", text, currency)?),
                prices: Prices::from_code(form.prices.trim())?,
            })
        }
    };
    let typed = Typed {
        code: form.code,
        name: form.name,
        unit: form.unit,
        tax_class: form.tax_class,
        kind: form.kind,
        class_code: form.class_code,
        packaging: form.packaging,
        quantity_unit: form.quantity_unit,
        origin: form.origin,
    };
    let (once, code) = (ask.once(), typed.code.trim().to_owned());
    desk.write(move |tx, actor, today| item::add(tx, actor, today, &typed, price.as_ref(), Some(&once)))?;
    desk.to(&address(&code), "item-added")
}

fn address(code: &str) -> String {
    format!("/items/{}", in_path(code))
}

fn currency(desk: &Desk, typed: &str) -> Result<Currency, Refusal> {
    match typed.trim() {
        "" => Ok(desk.actor.company.currency),
        code => code.parse().map_err(|why| of_field("currency", code, why)),
    }
}

fn amount(field: &str, typed: &str, currency: Currency) -> Result<Decimal, Refusal> {
    formats::parse_price(typed, currency).map_err(|why| of_field(field, typed, why))
}

fn of_field(field: &str, value: &str, why: MoneyError) -> Refusal {
    Refusal::Invalid { field: field.into(), value: value.into(), reason: Unusable::Money { why } }
}

/// A price in the list of an item.
struct PriceRow {
    whose: String,
    /// The account of the customer whose own it is.
    at: Option<String>,
    from_on: String,
    from_quantity: String,
    price: Option<String>,
    when: String,
    user: String,
}

struct VersionRow {
    when: String,
    user: String,
    name: String,
    unit: String,
    tax_class: String,
    kind: String,
    class_code: String,
    offered: bool,
}

#[derive(Template)]
#[template(path = "item.html")]
struct One<'a> {
    p: &'a Page,
    at: String,
    prices_at: String,
    retirement_at: String,
    version: i64,
    offered: bool,
    values: Typed,
    choices: Choices,
    prices: Vec<PriceRow>,
    versions: Vec<VersionRow>,
    currency: String,
    today: String,
    /// Of goods whose stock is kept.
    stock: Option<Stock>,
}

/// What is left of goods, and what moved.
struct Stock {
    left: String,
    moves: Vec<MoveRow>,
    kinds: Options,
    at: String,
}

struct MoveRow {
    on: String,
    kind: String,
    quantity: String,
    document: Option<(String, String)>,
    remark: String,
    told: String,
    chip: &'static str,
    /// Where it is told again, of what the device refused.
    again_at: Option<String>,
}

impl Stock {
    fn load(desk: &Desk, code: &str) -> Result<Option<Stock>, Error> {
        let p = &desk.page;
        let (left, moves) = desk.read(|tx, actor| {
            if !stock::is_kept(tx, actor)? {
                return Ok((Decimal::ZERO, None));
            }
            let (left, moves) = stock::of(tx, actor, code, MOVES_SHOWN)?;
            Ok((left, Some(moves)))
        })?;
        let at = format!("{}/stock", address(code));
        let row = |one: store::stock::Move| {
            let told = one.told.map(|(told, _)| told).unwrap_or_default();
            MoveRow {
                on: p.day(one.on),
                kind: p.t(&format!("stock-{}", one.kind.code())),
                quantity: p.number(quantity(one.micros)),
                document: one.document.map(|number| (format!("/invoices/{}", in_path(&number)), number)),
                remark: one.remark,
                chip: match told.as_str() {
                    "told" => "good",
                    "refused" => "bad",
                    _ => "wait",
                },
                again_at: (told == "refused").then(|| format!("{at}/{}", one.number)),
                told: if told.is_empty() { told } else { p.t(&format!("stock-is-{told}")) },
            }
        };
        let Some(moves) = moves else { return Ok(None) };
        let moves = moves.into_iter().map(row).collect();
        let by_hand = MoveKind::ALL.into_iter().filter(|(kind, _)| kind.is_by_hand());
        let kinds = by_hand.map(|(_, code)| (code.to_owned(), p.t(&format!("stock-{code}")))).collect();
        Ok(Some(Stock { left: p.number(left), moves, kinds, at }))
    }
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct MoveForm {
    kind: String,
    quantity: String,
    unit_price: String,
    on: String,
    remark: String,
}

fn move_stock(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let form: MoveForm = ask.form()?;
    let own = desk.actor.company.currency;
    let moved = formats::parse_amount(&form.quantity, '.').ok_or_else(|| Refusal::Invalid {
        field: "quantity".into(),
        value: form.quantity.clone(),
        reason: Unusable::NoQuantity,
    })?;
    let given = stock::Given {
        item: ask.path("code").to_owned(),
        kind: form.kind,
        quantity: moved,
        unit_price: text_or_none(&form.unit_price)
            .map(|text| amount("unit_price", &text, own))
            .transpose()?
            .unwrap_or_default(),
        on: day_or_none(&form.on, "on")?,
        remark: form.remark,
    };
    let (once, at) = (ask.once(), address(&given.item));
    desk.write(move |tx, actor, today| stock::add(tx, actor, today, &given, Some(&once)))?;
    desk.to(&at, "stock-moved")
}

fn tell_again(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let name = ask.path("number").to_owned();
    let missing = || Refusal::NotFound { kind: "stock move".into(), name: name.clone() };
    let number: i64 = name.parse().map_err(|_| missing())?;
    desk.write(move |tx, actor, _| stock::tell_again(tx, actor, number))?;
    desk.to(&address(ask.path("code")), "stock-told-again")
}

fn one(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let p = &desk.page;
    let shown = desk.read(|tx, actor| item::show(tx, actor, ask.path("code")))?;
    let price = |recorded: store::item::Recorded| PriceRow {
        whose: match &recorded.price.whom {
            Whom::Everybody => p.t("item-everybody"),
            Whom::List(list) => list.clone(),
            Whom::Customer(_) => recorded.customer.clone().unwrap_or_default(),
        },
        at: recorded.customer.as_deref().map(in_path),
        from_on: p.day(recorded.price.from_on),
        from_quantity: p.number(recorded.price.from_quantity.normalize()),
        price: recorded.price.unit_price.map(|_| written(p, &recorded.price)),
        when: p.instant(recorded.at),
        user: recorded.actor,
    };
    let version = |version: store::item::Version| VersionRow {
        when: p.instant(version.at),
        user: version.actor,
        name: version.known.item.name,
        unit: version.known.item.unit.unwrap_or_default(),
        tax_class: version.known.item.tax_class,
        kind: p.t(&format!("item-{}", version.known.item.kind.code())),
        class_code: version.known.item.class_code.unwrap_or_default(),
        offered: version.known.active,
    };
    let at = address(&shown.known.item.code);
    let is_service = shown.known.item.kind == Kind::Service;
    let stock = if is_service { None } else { Stock::load(desk, &shown.known.item.code)? };
    render(&One {
        p,
        prices_at: format!("{at}/prices"),
        retirement_at: format!("{at}/retirement"),
        at,
        version: shown.known.version,
        offered: shown.known.active,
        values: Typed::of(&shown.known.item),
        choices: Choices::of(desk)?,
        prices: shown.prices.into_iter().rev().map(price).collect(),
        versions: shown.versions.into_iter().map(version).collect(),
        currency: desk.actor.company.currency.to_string(),
        today: desk.today.to_string(),
        stock,
    })
}

fn change(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let form: ItemForm = ask.form()?;
    let version = form.version.trim();
    let unread = || Refusal::Invalid {
        field: "version".into(),
        value: version.into(),
        reason: Unusable::WholeNumber { from: 1.to_string(), to: i64::MAX.to_string() },
    };
    let change = Change {
        code: ask.path("code").to_owned(),
        version: Some(version.parse().map_err(|_| unread())?),
        name: Some(form.name),
        unit: Some(form.unit),
        tax_class: Some(form.tax_class),
        kind: Some(form.kind),
        class_code: Some(form.class_code),
        packaging: Some(form.packaging),
        quantity_unit: Some(form.quantity_unit),
        origin: Some(form.origin),
    };
    let (once, at) = (ask.once(), address(&change.code));
    desk.write(move |tx, actor, today| item::change(tx, actor, today, &change, Some(&once)))?;
    desk.to(&at, "item-changed")
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct PriceForm {
    unit_price: String,
    currency: String,
    prices: String,
    from_on: String,
    from_quantity: String,
    customer: String,
    price_list: String,
    /// `yes` where the price ends.
    #[serde(default)]
    ends: String,
}

fn price(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let form: PriceForm = ask.form()?;
    let currency = currency(desk, &form.currency)?;
    let typed = form.unit_price.trim();
    let unit_price = match (typed, form.ends.as_str()) {
        ("", "yes") => None,
        ("", _) => return Err(Refusal::Missing { field: "unit_price".into() }.into()),
        (_, "yes") => {
            let reason = Unusable::OnlyOneOf { fields: "unit_price, ends".into() };
            return Err(Refusal::Invalid { field: "unit_price".into(), value: typed.into(), reason }.into());
        }
        (text, _) => Some(amount("unit_price", text, currency)?),
    };
    let from_quantity = match form.from_quantity.trim() {
        "" => Decimal::ZERO,
        text => formats::parse_quantity(text)
            .ok_or_else(|| of_field("from_quantity", text, MoneyError::NotAnAmount { text: text.into() }))?,
    };
    let given = GivenPrice {
        customer: text_or_none(&form.customer),
        list: text_or_none(&form.price_list),
        currency,
        from_on: day_or_none(&form.from_on, "from_on")?.unwrap_or(desk.today),
        from_quantity,
        unit_price,
        prices: Prices::from_code(form.prices.trim())?,
    };
    let (once, code) = (ask.once(), ask.path("code").to_owned());
    let at = address(&code);
    desk.write(move |tx, actor, _| item::price(tx, actor, &code, &given, Some(&once)))?;
    desk.to(&at, "item-priced")
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct RetireForm {
    reason: String,
    /// `yes` where it is offered again.
    #[serde(default)]
    back: String,
}

fn retire(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let RetireForm { reason, back } = ask.form()?;
    let (once, code, back) = (ask.once(), ask.path("code").to_owned(), back == "yes");
    let at = address(&code);
    desk.write(move |tx, actor, _| item::retire(tx, actor, &code, back, &reason, Some(&once)))?;
    desk.to(&at, if back { "item-offered" } else { "item-retired" })
}
