//! Recurring contracts, what is due of them, and the run that bills it.

use receivables::Refusal;
use receivables::billing::contract::{Anchor, MONTHS, Raise, When};
use receivables::billing::line::Prices;
use receivables::billing::terms::Terms;
use rust_decimal::Decimal;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Serialize};
use store::contract::Payable;
use store::{Error, Tx};

use super::ask::Ask;
use super::endpoint::endpoints;
use super::invoice::{NewLine, PricesWritten, read_line};
use super::shape::{Code, CurrencyCode, Day, Line, List, Number, Object, Reason, Sum, Uuid, Whole, one_of};
use crate::actions::charge;
use crate::actions::contract::{self, Change, Given, Indexed, Which};
use crate::actions::invoice::LINES_MAX;
use crate::words;

endpoints! { "contracts"
    /// Every contract with its lines, by code.
    read Get "/contracts" Read list() -> Contracts;
    /// Writes down what a customer is billed again and again.
    write Post "/contracts" ContractSave add(body NewContract) -> Contract;
    /// What a run would bill today, beside the period before.
    read Get "/contracts/due" Read due() -> ContractsDue;
    /// Bills what is due, up to 400 invoices; each period once, however often it runs. Nothing comes back where nothing is left.
    write Post "/contracts/run" ContractRun run(body NewContractRun) -> ContractsRun;
    /// Gives a line another price or quantity from a day on.
    write Post "/contracts/{code}/change" ContractSave change(body NewContractChange) -> Contract;
    /// Raises what all lines cost from a day on, each half up to the smallest unit; or shows the new prices and changes nothing.
    write Post "/contracts/{code}/index" ContractSave index(body NewIndexation) -> ContractIndexed;
    /// What a contract bills once, and the invoices that did.
    read Get "/contracts/{code}/charges" Read charges() -> ContractCharges;
    /// Bills something once, with the first invoice of the contract from a day on.
    write Post "/contracts/{code}/charges" ContractSave charge(body NewCharge) -> ContractCharges;
    /// Takes a charge back that is not billed yet.
    write Post "/contracts/{code}/charges/{id}/withdraw" ContractSave withdraw(body NewWithdrawal) -> ContractCharges;
    /// Gives a contract its last day.
    write Post "/contracts/{code}/end" ContractSave end(body NewContractEnd) -> Contract;
}

#[derive(Serialize, JsonSchema)]
struct Contracts {
    contracts: Vec<Contract>,
}

#[derive(Serialize, JsonSchema)]
struct Contract {
    code: String,
    name: String,
    customer: String,
    currency: CurrencyCode,
    starts_on: Day,
    /// Its last day, once it was given one.
    ends_on: Option<Day>,
    /// Months of a period.
    months: i32,
    #[schemars(schema_with = "anchors")]
    anchor: String,
    #[schemars(schema_with = "bills")]
    bills: String,
    /// Whether the prices of its lines hold the tax.
    #[schemars(extend("enum" = ["net", "gross"]))]
    prices: &'static str,
    terms: Option<String>,
    /// Where it is priced in a foreign currency and billed in the company's: the rate, or `day` for that of the day of issue.
    payable: Option<String>,
    lines: Vec<ContractLine>,
    billed: Vec<BilledPeriod>,
}

/// A line that holds from a day to a day.
#[derive(Serialize, JsonSchema)]
struct ContractLine {
    no: i32,
    description: String,
    quantity: String,
    unit: Option<String>,
    unit_price: String,
    discount: String,
    tax_class: String,
    from_on: Day,
    last_on: Option<Day>,
    /// The code of an item of the catalogue.
    item: Option<String>,
}

/// A period that was billed.
#[derive(Serialize, JsonSchema)]
struct BilledPeriod {
    from: Day,
    until: Day,
    invoice: String,
    total: Sum,
}

fn anchors(_: &mut SchemaGenerator) -> Schema {
    one_of(Anchor::ALL.iter().map(|(_, code)| *code))
}

fn bills(_: &mut SchemaGenerator) -> Schema {
    one_of(When::ALL.iter().map(|(_, code)| *code))
}

impl From<store::contract::Contract> for Contract {
    fn from(c: store::contract::Contract) -> Contract {
        let line = |line: store::contract::Line| ContractLine {
            no: line.no,
            description: line.description,
            quantity: line.quantity,
            unit: line.unit,
            unit_price: line.unit_price,
            discount: line.discount,
            tax_class: line.tax_class,
            from_on: Day(line.from_on),
            last_on: line.last_on.map(Day),
            item: line.item.map(|item| item.code),
        };
        let billed = |billed: store::contract::Billed| BilledPeriod {
            from: Day(billed.from_on),
            until: Day(billed.until_on),
            invoice: billed.number,
            total: Sum::of(billed.total, billed.currency),
        };
        Contract {
            code: c.code,
            name: c.name,
            customer: c.customer_code,
            currency: CurrencyCode(c.currency),
            starts_on: Day(c.starts_on),
            ends_on: c.ends_on.map(Day),
            months: c.months,
            anchor: c.anchor,
            bills: c.bills,
            prices: if c.gross { "gross" } else { "net" },
            terms: c.terms,
            payable: c.payable.map(|payable| match payable {
                Payable::AtDay => "day".to_owned(),
                Payable::At(rate) => rate.to_decimal().to_string(),
            }),
            lines: c.lines.into_iter().map(line).collect(),
            billed: c.billed.into_iter().map(billed).collect(),
        }
    }
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewContract {
    code: Line<1, 40>,
    /// What it is called.
    name: Option<Line<0, 200>>,
    /// The customer's code.
    customer: Code,
    /// The company's if left out.
    currency: Option<CurrencyCode>,
    /// Today if left out.
    starts_on: Option<Day>,
    /// Months of a period: 1, 2, 3, 4, 6 or 12; 1 if left out.
    months: Option<Whole<1, 12>>,
    /// Where periods begin; `calendar` if left out.
    #[schemars(schema_with = "anchors")]
    #[serde(default)]
    anchor: Option<Line<1, 20>>,
    /// When a period is billed; `advance` if left out.
    #[schemars(schema_with = "bills")]
    #[serde(default)]
    bills: Option<Line<1, 20>>,
    /// Whether the prices of the lines hold the tax; net if left out.
    prices: Option<PricesWritten>,
    /// Terms of payment of its invoices; the customer's days if left out.
    /// Priced in a foreign currency and billed in the company's: the rate that was agreed, or `day` for that of the day of issue.
    payable: Option<Line<1, 30>>,
    terms: Option<Line<1, 200>>,
    lines: List<Object<NewLine>, 1, LINES_MAX>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewContractRun {
    /// Only this contract.
    contract: Option<Line<1, 40>>,
    /// Those, too, that wait for a person because a customer would get too many documents in a day.
    #[serde(default)]
    parked: bool,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewContractChange {
    /// The number of the line.
    line: Whole<1, 100_000>,
    /// Major units; as it was if left out.
    unit_price: Option<Number>,
    /// As it was if left out.
    quantity: Option<Number>,
    from_on: Day,
    reason: Reason,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewContractEnd {
    /// Its last day.
    last_on: Day,
    reason: Reason,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewIndexation {
    from_on: Day,
    /// Below zero to lower them; or the value of an index, before and now.
    percent: Option<Number>,
    old_index: Option<Number>,
    new_index: Option<Number>,
    reason: Reason,
    /// Show the new prices and change nothing.
    #[serde(default)]
    dry_run: bool,
}

#[derive(Serialize, JsonSchema)]
struct ContractIndexed {
    prices: Vec<IndexedPrice>,
}

/// What a line costs after it, and before, in major units.
#[derive(Serialize, JsonSchema)]
struct IndexedPrice {
    line: i32,
    description: String,
    currency: String,
    was: String,
    becomes: String,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewCharge {
    description: Line<1, 500>,
    /// 1 if left out.
    quantity: Option<Number>,
    unit: Option<Line<1, 20>>,
    /// Major units.
    unit_price: Number,
    tax_class: Line<0, 20>,
    /// The first day on which it may be billed; today if left out.
    on: Option<Day>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewWithdrawal {
    reason: Reason,
}

#[derive(Serialize, JsonSchema)]
struct ContractCharges {
    charges: Vec<ContractCharge>,
}

#[derive(Serialize, JsonSchema)]
struct ContractCharge {
    id: Uuid,
    description: String,
    quantity: String,
    unit: Option<String>,
    unit_price: String,
    tax_class: String,
    on: Day,
    /// The invoice that bills it.
    invoice: Option<String>,
    /// Why it was taken back, where it was.
    withdrawn: Option<String>,
}

#[derive(Serialize, JsonSchema)]
struct ContractsDue {
    due: Vec<ContractDue>,
}

/// An invoice that a run would post.
#[derive(Serialize, JsonSchema)]
struct ContractDue {
    contract: String,
    customer: String,
    name: String,
    from: Day,
    until: Day,
    currency: CurrencyCode,
    net: Sum,
    total: Sum,
    /// Net of the period before, where there was one.
    net_before: Option<Sum>,
    /// Whether it waits for a person.
    parked: bool,
    /// Why no run posts it as it is, by code; the sentence is `held_because`.
    held: Option<String>,
    held_because: Option<String>,
    /// Meters that were not read in the period: nothing of them is billed with it.
    unread: Vec<String>,
}

#[derive(Serialize, JsonSchema)]
struct ContractsRun {
    invoices: Vec<ContractInvoice>,
}

#[derive(Serialize, JsonSchema)]
struct ContractInvoice {
    contract: String,
    number: String,
    from: String,
    until: String,
    currency: String,
    total: Sum,
}

fn list(tx: &mut Tx<'_>, ask: &Ask) -> Result<Contracts, Error> {
    Ok(Contracts { contracts: contract::list(tx, ask.actor())?.into_iter().map(Contract::from).collect() })
}

fn add(tx: &mut Tx<'_>, ask: &Ask, new: &NewContract) -> Result<Contract, Error> {
    let code_of = |code: &Option<Line<1, 20>>, usual: &str| code.as_ref().map_or(usual.to_owned(), Line::text);
    let given = Given {
        code: new.code.text(),
        name: new.name.as_ref().map(Line::text).unwrap_or_default(),
        customer: new.customer.text(),
        currency: new.currency.map_or(ask.own(), |CurrencyCode(currency)| currency),
        starts_on: new.starts_on.map_or(ask.today(), |Day(on)| on),
        months: new.months.as_ref().map_or(MONTHS[0], |months| months.get()),
        anchor: Anchor::from_code(&code_of(&new.anchor, Anchor::Calendar.code()))?,
        when: When::from_code(&code_of(&new.bills, When::Advance.code()))?,
        prices: new.prices.map_or(Prices::Net, PricesWritten::read),
        payable: new.payable.as_ref().map(|said| contract::payable(said.as_str())).transpose()?,
        terms: new.terms.as_ref().map(|terms| Terms::read(terms.as_str())).transpose()?,
        lines: new.lines.0.iter().enumerate().map(read_line).collect::<Result<_, Error>>()?,
    };
    contract::add(tx, ask.actor(), &given, None)?;
    one(tx, ask, &given.code)
}

fn one(tx: &mut Tx<'_>, ask: &Ask, code: &str) -> Result<Contract, Error> {
    Ok(contract::get(tx, ask.actor(), code.trim())?.into())
}

fn due(tx: &mut Tx<'_>, ask: &Ask) -> Result<ContractsDue, Error> {
    let of = |one: contract::Planned| ContractDue {
        contract: one.contract,
        customer: one.customer,
        name: one.name,
        from: Day(one.period.from),
        until: Day(one.period.until),
        currency: CurrencyCode(one.net.currency),
        net: Sum::of(one.net.minor, one.net.currency),
        total: Sum::of(one.total.minor, one.net.currency),
        net_before: one.before.map(|before| Sum::of(before, one.net.currency)),
        parked: one.is_parked,
        held: one.held.as_ref().map(|why| why.code().to_owned()),
        held_because: one.held.as_ref().map(|why| words::saying(ask.language(), why)),
        unread: one.unread,
    };
    Ok(ContractsDue { due: contract::plan(tx, ask.actor(), ask.today(), None)?.into_iter().map(of).collect() })
}

fn run(tx: &mut Tx<'_>, ask: &Ask, new: &NewContractRun) -> Result<ContractsRun, Error> {
    let which = Which { contract: new.contract.as_ref().map(Line::text), parked: new.parked };
    let of = |one: contract::Billed| ContractInvoice {
        contract: one.contract,
        number: one.number,
        from: one.from,
        until: one.until,
        currency: one.currency,
        total: Sum::written(one.total),
    };
    let billed = contract::run(tx, ask.actor(), ask.today(), &which, None)?;
    Ok(ContractsRun { invoices: billed.into_iter().map(of).collect() })
}

fn change(tx: &mut Tx<'_>, ask: &Ask, new: &NewContractChange) -> Result<Contract, Error> {
    let change = Change {
        contract: ask.path("code").to_owned(),
        no: new.line.get(),
        unit_price: new.unit_price.as_ref().map(|price| price.0),
        quantity: new.quantity.as_ref().map(|quantity| quantity.0),
        from_on: new.from_on.0,
        reason: new.reason.text(),
    };
    contract::change(tx, ask.actor(), &change, None)?;
    one(tx, ask, ask.path("code"))
}

fn index(tx: &mut Tx<'_>, ask: &Ask, new: &NewIndexation) -> Result<ContractIndexed, Error> {
    let raise = match (&new.percent, &new.old_index, &new.new_index) {
        (Some(percent), None, None) => Raise::Percent(percent.0),
        (None, Some(old), Some(new)) => Raise::Index { old: old.0, new: new.0 },
        _ => return Err(Refusal::Missing { field: "percent".into() }.into()),
    };
    let (contract, from_on, reason) = (ask.path("code").to_owned(), new.from_on.0, new.reason.text());
    let indexed = Indexed { contract, raise, from_on, reason };
    let prices = if new.dry_run {
        contract::index_preview(tx, ask.actor(), &indexed)?
    } else {
        contract::index(tx, ask.actor(), &indexed, None)?
    };
    let of = |one: contract::NewPrice| IndexedPrice {
        line: one.line,
        description: one.description,
        currency: one.currency,
        was: one.was,
        becomes: one.becomes,
    };
    Ok(ContractIndexed { prices: prices.into_iter().map(of).collect() })
}

fn charges(tx: &mut Tx<'_>, ask: &Ask) -> Result<ContractCharges, Error> {
    let known = contract::get(tx, ask.actor(), ask.path("code"))?;
    let of = |one: store::charge::Charge| ContractCharge {
        id: Uuid(one.id.to_string()),
        description: one.description,
        quantity: one.quantity,
        unit: one.unit,
        unit_price: one.unit_price,
        tax_class: one.tax_class,
        on: Day(one.on),
        invoice: one.invoice,
        withdrawn: one.withdrawn,
    };
    Ok(ContractCharges { charges: charge::of(tx, ask.actor(), &known)?.into_iter().map(of).collect() })
}

fn charge(tx: &mut Tx<'_>, ask: &Ask, new: &NewCharge) -> Result<ContractCharges, Error> {
    let given = charge::Given {
        contract: ask.path("code").to_owned(),
        description: new.description.text(),
        quantity: new.quantity.as_ref().map_or(Decimal::ONE, |quantity| quantity.0),
        unit: new.unit.as_ref().map(Line::text),
        unit_price: new.unit_price.0,
        tax_class: new.tax_class.text(),
        on: new.on.map_or(ask.today(), |Day(on)| on),
    };
    charge::add(tx, ask.actor(), &given, None)?;
    charges(tx, ask)
}

fn withdraw(tx: &mut Tx<'_>, ask: &Ask, new: &NewWithdrawal) -> Result<ContractCharges, Error> {
    contract::get(tx, ask.actor(), ask.path("code"))?;
    charge::withdraw(tx, ask.actor(), ask.today(), ask.path("id"), new.reason.as_str(), None)?;
    charges(tx, ask)
}

fn end(tx: &mut Tx<'_>, ask: &Ask, new: &NewContractEnd) -> Result<Contract, Error> {
    contract::end(tx, ask.actor(), ask.path("code"), new.last_on.0, new.reason.as_str(), None)?;
    one(tx, ask, ask.path("code"))
}
