//! Returns of the VAT on what was sold.

use receivables::billing::vat_return::{Figure, Period};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::{Error, Tx};

use super::ask::Ask;
use super::endpoint::endpoints;
use super::shape::{CurrencyCode, Day, Line, Moment, Sum};
use crate::actions::vat_return;

endpoints! { "vat-returns"
    /// The returns that were filed, the earliest period first.
    read Get "/vat-returns" Read filed() -> FiledVatReturns;
    /// The return of a month or quarter (`2026-09`, `2026-Q3`), as it was filed or as it stands, with its annex of sales.
    read Get "/vat-returns/{period}" Read show() -> VatReturn;
    /// Keeps the return of a period that is over as it was filed: what comes later falls into the first period that is not filed.
    write Post "/vat-returns" VatReturnFile file(body NewVatReturn) -> VatReturn;
}

#[derive(Serialize, JsonSchema)]
struct FiledVatReturns {
    rows: Vec<FiledVatReturn>,
}

#[derive(Serialize, JsonSchema)]
struct FiledVatReturn {
    period: String,
    reference: String,
    filed_at: Moment,
    filed_by: String,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewVatReturn {
    /// A month or a quarter that is over.
    period: Line<1, 20>,
    /// The number under which the authority has it.
    reference: Line<1, 200>,
}

#[derive(Serialize, JsonSchema)]
struct VatReturn {
    period: String,
    /// The number under which the authority has it; `null` until it is filed.
    reference: Option<String>,
    currency: CurrencyCode,
    boxes: Vec<VatReturnBox>,
    /// VAT on certificates that are on file and were claimed in no return.
    claimable: Sum,
    documents: Vec<VatReturnLine>,
}

#[derive(Serialize, JsonSchema)]
struct VatReturnBox {
    /// The number on the form RRA-VAT-DF1; `null` where it has none here.
    number: Option<&'static str>,
    figure: &'static str,
    amount: Sum,
}

/// A row of the annex of sales.
#[derive(Serialize, JsonSchema)]
struct VatReturnLine {
    /// As declarations name it: by the receipt of the tax device, else by our own number.
    invoice: String,
    buyer_tin: Option<String>,
    buyer_name: String,
    nature: String,
    on: Day,
    total_without_vat: Sum,
    exempt: Sum,
    zero_rated: Sum,
    exports: Sum,
    taxable: Sum,
    outside: Sum,
    /// Of which the buyer accounts for the tax.
    reverse_charge: Sum,
    /// Of documents that say no tax classes.
    unclassed: Sum,
    vat: Sum,
    /// Dated in a return that was filed without it.
    late: bool,
}

fn filed(tx: &mut Tx<'_>, ask: &Ask) -> Result<FiledVatReturns, Error> {
    let row = |one: store::vat_return::Filed| FiledVatReturn {
        period: one.period.to_string(),
        reference: one.reference,
        filed_at: Moment(one.at),
        filed_by: one.actor,
    };
    Ok(FiledVatReturns { rows: vat_return::filed(tx, ask.actor())?.into_iter().map(row).collect() })
}

fn show(tx: &mut Tx<'_>, ask: &Ask) -> Result<VatReturn, Error> {
    shown(tx, ask, &Period::read(ask.path("period"))?)
}

fn file(tx: &mut Tx<'_>, ask: &Ask, new: &NewVatReturn) -> Result<VatReturn, Error> {
    let period = Period::read(new.period.as_str())?;
    vat_return::file(tx, ask.actor(), ask.today(), &period, new.reference.as_str(), None)?;
    shown(tx, ask, &period)
}

fn shown(tx: &mut Tx<'_>, ask: &Ask, period: &Period) -> Result<VatReturn, Error> {
    let own = ask.own();
    let found = vat_return::look(tx, ask.actor(), period)?;
    let of_box = |(figure, minor): &(Figure, i64)| VatReturnBox {
        number: Some(figure.number()).filter(|number| !number.is_empty()),
        figure: figure.code(),
        amount: Sum::of(*minor, own),
    };
    let line = |line: store::vat_return::Line| VatReturnLine {
        invoice: line.number,
        buyer_tin: line.tin,
        buyer_name: line.name,
        nature: line.nature,
        on: Day(line.issued_on),
        total_without_vat: Sum::of(line.amounts.net(), own),
        exports: Sum::of(line.amounts.exports, own),
        exempt: Sum::of(line.amounts.exempt, own),
        zero_rated: Sum::of(line.amounts.zero_rated, own),
        taxable: Sum::of(line.amounts.taxable, own),
        outside: Sum::of(line.amounts.outside, own),
        reverse_charge: Sum::of(line.amounts.reverse_charge, own),
        unclassed: Sum::of(line.amounts.unclassed, own),
        vat: Sum::of(line.amounts.tax, own),
        late: line.late,
    };
    Ok(VatReturn {
        period: period.to_string(),
        reference: found.filed.map(|filed| filed.reference),
        currency: CurrencyCode(own),
        boxes: found.figures.iter().map(of_box).collect(),
        claimable: Sum::of(found.claimable, own),
        documents: found.lines.into_iter().map(line).collect(),
    })
}
