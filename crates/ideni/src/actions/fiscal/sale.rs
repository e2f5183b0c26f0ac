//! A document as the tax device takes it: amounts with tax, in the company's currency, above zero; what the lines come to is
//! what the document comes to. Its tax is the device's own: per line to a hundredth, so that it may differ from the tax of
//! the document by less than a franc per line.

use std::collections::BTreeMap;

use formats::vsdc::{self, LineAmounts, Pack, SaleLine, SaveSale, Sums};
use receivables::billing::credit_note::Reason;
use receivables::billing::fiscal::Submission;
use receivables::billing::item::{Item, Kind};
use receivables::billing::line::Discount;
use receivables::money::share_minor;
use receivables::{Currency, Date, Instant, Money, Refusal, Unusable};
use rust_decimal::{Decimal, RoundingStrategy};
use store::Error;
use store::document::{DocumentLine, DocumentTax};

use crate::actions::tax;

/// What a price and a quantity have at most.
pub(super) const DECIMALS: u32 = 2;
/// On credit: how an invoice is paid.
const ON_CREDIT: &str = "02";
/// A service without stock, in no packaging, by the piece: what no item of the catalogue says.
const SERVICE: &str = "3";
const PACKAGING: &str = "OU";
const UNIT: &str = "U";
/// Characters the device has for a name, a buyer, a user and a user's name.
pub(super) const NAME_MAX: usize = 200;
const BUYER_MAX: usize = 60;
pub(super) const USER_MAX: usize = 20;
const TRADER_NUMBER_MAX: usize = 50;

/// What a document says of its amounts, above or below zero.
pub(super) struct Amounts<'a> {
    pub currency: Currency,
    pub total: i64,
    /// In the company's currency.
    pub total_base: i64,
    pub base: Currency,
    pub issued_on: Date,
    pub lines: &'a [DocumentLine],
    pub taxes: &'a [DocumentTax],
}

/// The code of what no item of the catalogue is, by tax letter: origin, type, packaging, unit, running number.
pub(super) fn item_of(country: &str, letter: &str, pack: &Pack) -> String {
    let place = pack.letters.iter().position(|known| known.letter == letter).unwrap_or(0);
    format!("{}{SERVICE}{PACKAGING}{UNIT}{:07}", country.to_ascii_uppercase(), place + 1)
}

/// An item of the catalogue as the device knows it.
#[derive(Clone, Debug)]
pub(super) struct Goods {
    pub code: String,
    pub class: String,
    pub packaging: String,
    pub unit: String,
}

impl Goods {
    /// Under its number with the device; what the catalogue does not say is as of a service.
    pub fn of(item: &Item, no: i64, item_class: &str) -> Goods {
        let packaging = item.packaging.clone().unwrap_or_else(|| PACKAGING.to_owned());
        let unit = item.quantity_unit.clone().unwrap_or_else(|| UNIT.to_owned());
        let kind = kind_of(item.kind);
        let origin = item.origin.to_ascii_uppercase();
        let class = item.class_code.clone().unwrap_or_else(|| item_class.to_owned());
        Goods { code: format!("{origin}{kind}{packaging}{unit}{no:07}"), class, packaging, unit }
    }

    /// The message that saves it.
    pub fn message(self, item: &Item, letter: String, by: &str) -> vsdc::SaveItem {
        let Goods { code, class, packaging, unit } = self;
        let named = saved(code, cut(&item.name, NAME_MAX), by);
        vsdc::SaveItem {
            class,
            packaging,
            unit,
            product_type: kind_of(item.kind).into(),
            origin: item.origin.to_ascii_uppercase(),
            tax_letter: letter,
            ..named
        }
    }
}

fn kind_of(kind: Kind) -> &'static str {
    match kind {
        Kind::RawMaterial => "1",
        Kind::Finished => "2",
        Kind::Service => SERVICE,
    }
}

/// The items that stand for what is not in the catalogue, one per tax letter.
pub(super) fn items(country: &str, item_class: &str, pack: &Pack, by: &str) -> Vec<vsdc::SaveItem> {
    let item = |letter: &vsdc::Letter| {
        let code = item_of(country, &letter.letter, pack);
        vsdc::SaveItem {
            class: item_class.to_owned(),
            origin: country.to_ascii_uppercase(),
            tax_letter: letter.letter.clone(),
            ..saved(code, format!("SERVICE {}", letter.letter), by)
        }
    };
    pack.letters.iter().map(item).collect()
}

/// An item to be saved, of which only its code and name are said yet: a service without stock.
fn saved(code: String, name: String, by: &str) -> vsdc::SaveItem {
    let by = cut(by, USER_MAX);
    vsdc::SaveItem {
        code,
        class: String::new(),
        product_type: SERVICE.into(),
        name,
        standard_name: None,
        origin: String::new(),
        packaging: PACKAGING.into(),
        unit: UNIT.into(),
        tax_letter: String::new(),
        batch: None,
        barcode: None,
        price: Decimal::ZERO,
        price_1: None,
        price_2: None,
        price_3: None,
        price_4: None,
        price_5: None,
        additional: None,
        safety_quantity: None,
        insured: false,
        in_use: true,
        registered_by: by.clone(),
        registered_by_name: by.clone(),
        changed_by: by.clone(),
        changed_by_name: by,
    }
}

/// The lines of a document, of which some sell items of the catalogue (by the number of the line from 1). Refused where the device would refuse one, with the line.
pub(super) fn lines(
    amounts: &Amounts<'_>,
    goods: &BTreeMap<i32, Goods>,
    country: &str,
    item_class: &str,
    pack: &Pack,
) -> Result<Vec<SaleLine>, Error> {
    if amounts.lines.is_empty() {
        return Err(Refusal::Missing { field: "lines".into() }.into());
    }
    let sign = if amounts.total < 0 { -1 } else { 1 };
    let letters = amounts.lines.iter().map(|line| tax::letter(country, &line.tax_class, amounts.issued_on));
    let letters = letters.collect::<Result<Vec<_>, Error>>()?;
    let (mut rest, mut rest_base) = (amounts.total, amounts.total_base);
    let mut worths = Vec::with_capacity(amounts.lines.len());
    for line in amounts.lines {
        let own = line.net + line.tax;
        let base = if rest == 0 { 0 } else { share_minor(rest_base, own, rest)? };
        (rest, rest_base) = (rest - own, rest_base - base);
        worths.push(base * sign);
    }
    let off = taken_off(&worths, &letters).ok_or_else(|| Error::from(below(amounts, &worths)))?;
    let mut lines = Vec::with_capacity(amounts.lines.len());
    for (no, line) in amounts.lines.iter().enumerate() {
        if worths[no] < 0 {
            continue;
        }
        let letter = &letters[no];
        let worth = Worth { gross: worths[no] - off[no], off: off[no] };
        let of = one(amounts, (line, letter), worth, pack).map_err(|refusal| refusal.in_line(no))?;
        let no = i32::try_from(no).unwrap_or(i32::MAX - 1) + 1;
        let sold = goods.get(&no).cloned().unwrap_or_else(|| Goods {
            code: item_of(country, letter, pack),
            class: item_class.to_owned(),
            packaging: PACKAGING.into(),
            unit: UNIT.into(),
        });
        lines.push(SaleLine {
            no: u64::try_from(lines.len() + 1).unwrap_or(0),
            item: sold.code,
            class: Some(sold.class).filter(|class| !class.is_empty()),
            packaging: sold.packaging,
            unit: sold.unit,
            ..of
        });
    }
    Ok(lines)
}

/// What lines below zero take off those above it: the device has no line below zero, and takes them as discounts of what is taxed
/// alike, in proportion. `None` where there is not enough to take it off.
fn taken_off(worths: &[i64], letters: &[String]) -> Option<Vec<i64>> {
    let mut off = vec![0; worths.len()];
    for (at, worth) in worths.iter().enumerate().filter(|(_, worth)| **worth < 0) {
        let alike = || (0..worths.len()).filter(|other| worths[*other] > 0 && letters[*other] == letters[at]);
        let (mut rest, mut room): (i64, i64) = (-worth, alike().map(|other| worths[other] - off[other]).sum());
        if rest > room {
            return None;
        }
        for other in alike() {
            let free = worths[other] - off[other];
            let part = if room == 0 { 0 } else { share_minor(rest, free, room).ok()? };
            (rest, room) = (rest - part, room - free);
            off[other] += part;
        }
    }
    Some(off)
}

/// Why a document cannot be told to the device: its first line below zero.
fn below(amounts: &Amounts<'_>, worths: &[i64]) -> Refusal {
    let no = worths.iter().position(|worth| *worth < 0).unwrap_or(0);
    let (field, value) = ("unit_price".into(), amounts.lines[no].unit_price.clone());
    Refusal::Invalid { field, value, reason: Unusable::LineBelowZero }.in_line(no)
}

/// What a line comes to with tax, in minor units of the company's currency, and what other lines took off it.
#[derive(Clone, Copy)]
struct Worth {
    gross: i64,
    off: i64,
}

/// One line.
fn one(
    amounts: &Amounts<'_>,
    (line, letter): (&DocumentLine, &str),
    worth: Worth,
    pack: &Pack,
) -> Result<SaleLine, Refusal> {
    let known = || pack.letters.iter().map(|known| known.letter.as_str()).collect::<Vec<_>>().join(", ");
    let letter = pack.letter(letter).ok_or_else(|| Refusal::Invalid {
        field: "tax_class".into(),
        value: line.tax_class.clone(),
        reason: Unusable::NotAmong { known: known() },
    })?;
    let total = Money::new(worth.gross, amounts.base).to_major();
    let rate = amounts.taxes.iter().find(|of| of.class == line.tax_class);
    let rate = rate.map_or(letter.rate, |of| Decimal::new(of.rate_ppm, 4));
    let number = |text: &str| text.parse::<Decimal>().unwrap_or(Decimal::ONE).abs();
    let quantity = match rounded(number(&line.quantity), DECIMALS) {
        none if none.is_zero() => Decimal::ONE,
        some => some,
    };
    let before = Money::new(worth.gross + worth.off, amounts.base).to_major();
    let (discount_rate, discount) = match off(amounts, line, before, rate)? {
        own if worth.off == 0 => own,
        (_, own) => {
            let all = own + Money::new(worth.off, amounts.base).to_major();
            (rounded(all * Decimal::ONE_HUNDRED / (total + all).max(Decimal::ONE), DECIMALS), all)
        }
    };
    let supply = total + discount;
    let tax = rounded(total * rate / (Decimal::ONE_HUNDRED + rate), pack.scale.decimals());
    Ok(SaleLine {
        no: 0,
        item: String::new(),
        class: None,
        name: cut(&line.description, NAME_MAX),
        barcode: None,
        packaging: PACKAGING.into(),
        packages: Decimal::ONE,
        unit: UNIT.into(),
        quantity,
        price: rounded(supply / quantity, DECIMALS),
        supply,
        discount_rate,
        discount,
        insurer: None,
        insurer_name: None,
        insured_rate: None,
        insured: None,
        tax_letter: letter.letter.clone(),
        taxable: total,
        tax,
        total,
    })
}

/// What was taken off a line with tax, and its rate in per cent. What the device has no way to say (a charge, a discount
/// whose rate rounds to zero) is in the price.
fn off(
    amounts: &Amounts<'_>,
    line: &DocumentLine,
    total: Decimal,
    tax_rate: Decimal,
) -> Result<(Decimal, Decimal), Refusal> {
    let nothing = (Decimal::ZERO, Decimal::ZERO);
    let cents = |amount: Decimal| rounded(amount, DECIMALS);
    let with_tax = |amount: Decimal| {
        let gross =
            if line.term.gross { amount } else { amount * (Decimal::ONE_HUNDRED + tax_rate) / Decimal::ONE_HUNDRED };
        let (worth, of) = (Money::new(amounts.total_base, amounts.base), Money::new(amounts.total, amounts.currency));
        cents(if of.is_zero() { gross } else { gross * worth.to_major() / of.to_major() })
    };
    Ok(match Discount::read(line.term.discount.as_deref().unwrap_or_default())? {
        Discount::Percent(percent) if percent == Decimal::ONE_HUNDRED => {
            let number = |text: &str| text.parse::<Decimal>().unwrap_or(Decimal::ZERO).abs();
            let whole = with_tax(number(&line.quantity) * number(&line.unit_price));
            if whole.is_zero() { nothing } else { (Decimal::ONE_HUNDRED, whole) }
        }
        Discount::Percent(percent) if percent > Decimal::ZERO => {
            let whole = cents(total * Decimal::ONE_HUNDRED / (Decimal::ONE_HUNDRED - percent));
            let (rate, amount) = (cents(percent), whole - total);
            if rate.is_zero() || amount.is_zero() { nothing } else { (rate, amount) }
        }
        Discount::Amount(amount) if amount > Decimal::ZERO => {
            let amount = with_tax(amount);
            let rate = cents(amount * Decimal::ONE_HUNDRED / (total + amount).max(Decimal::ONE));
            if rate.is_zero() { nothing } else { (rate, amount) }
        }
        Discount::Percent(_) | Discount::Amount(_) => nothing,
    })
}

pub(super) fn rounded(amount: Decimal, decimals: u32) -> Decimal {
    amount.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero)
}

pub(super) fn cut(text: &str, most: usize) -> String {
    text.chars().take(most).collect()
}

/// Who buys.
pub(super) struct Buyer<'a> {
    pub name: &'a str,
    pub tin: Option<&'a str>,
    pub phone: Option<&'a str>,
    pub purchase_code: Option<&'a str>,
}

/// What else a sale says.
pub(super) struct About<'a> {
    pub submission: &'a Submission,
    pub original: u64,
    /// Why it takes a sale back; `None` of a sale.
    pub refund: Option<Reason>,
    pub buyer: Buyer<'a>,
    pub issued_on: Date,
    pub posted_at: Instant,
    pub by: &'a str,
    /// The number it was given by hand.
    pub hand_written: Option<&'a str>,
    pub trade_name: &'a str,
    pub address: &'a str,
}

/// The message of a document. The same document makes the same message.
pub(super) fn message(about: &About<'_>, lines: Vec<SaleLine>, pack: &Pack) -> Result<SaveSale, Error> {
    let wrong = |fault: vsdc::Fault| Error::failed("a document for the tax device", format!("{fault:?}"));
    let of = |line: &SaleLine| (line.tax_letter.clone(), line.taxable, line.tax, line.total);
    let parts: Vec<(String, Decimal, Decimal, Decimal)> = lines.iter().map(of).collect();
    let amounts = parts.iter().map(|(letter, taxable, tax, total)| LineAmounts {
        letter,
        taxable: *taxable,
        tax: *tax,
        total: *total,
    });
    let sums = Sums::of(amounts, &pack.letters).map_err(wrong)?;
    let at = pack.local(about.posted_at).ok_or_else(|| Error::Failed("a moment outside the calendar".into()))?;
    let is_refund = about.refund.is_some();
    let by = cut(about.by, USER_MAX);
    let tin = about.buyer.tin.map(str::to_owned);
    let sale = SaveSale {
        number: about.submission.number,
        original: about.original,
        trader_number: about.hand_written.map(|number| cut(number, TRADER_NUMBER_MAX)),
        buyer_tin: tin.clone(),
        purchase_code: about.buyer.purchase_code.map(str::to_owned),
        buyer: Some(cut(about.buyer.name, BUYER_MAX)),
        sale_type: "N".into(),
        receipt_type: if is_refund { "R" } else { "S" }.into(),
        payment: Some(ON_CREDIT.into()),
        status: if is_refund { pack.refund_status.clone() } else { "02".into() },
        confirmed_at: at,
        sold_on: about.issued_on,
        stock_released_at: None,
        cancel_asked_at: None,
        cancelled_at: None,
        refunded_at: is_refund.then_some(at),
        refund_reason: about.refund.map(vsdc::refund_reason),
        item_count: u64::try_from(lines.len()).unwrap_or(0),
        sums,
        buyer_accepted: false,
        remark: None,
        registered_by: by.clone(),
        registered_by_name: by.clone(),
        changed_by: by.clone(),
        changed_by_name: by,
        receipt: vsdc::Receipt {
            buyer_tin: tin,
            buyer_mobile: about.buyer.phone.map(|phone| cut(phone, 20)),
            number: about.submission.number,
            printed_at: None,
            trade_name: Some(cut(about.trade_name, 20)),
            address: Some(about.address.to_owned()).filter(|a| !a.is_empty()),
            top_message: None,
            bottom_message: None,
            buyer_accepted: false,
        },
        lines,
    };
    sale.adds_up().map_err(wrong)?;
    Ok(sale)
}
