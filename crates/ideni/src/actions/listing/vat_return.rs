//! The return of the tax on what was sold, its annexes as the authority has them, and its three-way proof.

use receivables::billing::vat_return::{Figure, Period, Why};
use receivables::{Currency, Date};
use serde_json::{Value, json};
use store::{Error, Tx};

use super::{Take, amount};
use crate::actions::Actor;
use crate::actions::vat_return::{self, Difference, Withholding};
use crate::words::{self, Language};

/// What is told of a period.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Told {
    Return,
    Sales,
    VatWithheld,
    TaxWithheld,
    TieOut,
}

impl Told {
    pub fn name(self) -> &'static str {
        match self {
            Told::Return => "vat-return",
            Told::Sales => "vat-sales",
            Told::VatWithheld => "vat-withheld",
            Told::TaxWithheld => "tax-withheld",
            Told::TieOut => "vat-tie-out",
        }
    }

    pub fn columns(self) -> &'static [&'static str] {
        match self {
            Told::Return => &["period", "box", "figure", "name", "currency", "amount", "annex", "remark"],
            Told::Sales => &[
                "buyer_tin",
                "buyer_name",
                "nature",
                "invoice",
                "date",
                "total_without_vat",
                "exempt",
                "zero_rated",
                "exports",
                "taxable",
                "vat",
            ],
            Told::VatWithheld => &[
                "institution_tin",
                "institution_name",
                "nature",
                "invoice",
                "invoice_date",
                "delivery_date",
                "amount_without_vat",
                "vat_withheld",
            ],
            Told::TaxWithheld => {
                &["tin", "name", "invoice", "date", "nature", "withholding_base", "withholding_rate", "amount"]
            }
            Told::TieOut => {
                &["number", "issued_on", "posted_on", "signed_on", "ledger", "receipts", "annex_vat", "reasons"]
            }
        }
    }

    pub fn each(
        self,
        tx: &mut Tx<'_>,
        actor: &Actor,
        period: &Period,
        language: Language,
        take: Take<'_>,
    ) -> Result<Value, Error> {
        match self {
            Told::Return => figures(tx, actor, period, language, take),
            Told::Sales => sales(tx, actor, period, take),
            Told::VatWithheld => vat_withheld(tx, actor, period, take),
            Told::TaxWithheld => tax_withheld(tx, actor, period, take),
            Told::TieOut => tie_out(tx, actor, period, language, take),
        }
    }
}

/// Of a buyer that is not known.
const NO_TIN: &str = "999999999";

fn tin(known: Option<&str>) -> Value {
    json!(known.filter(|tin| !tin.trim().is_empty()).unwrap_or(NO_TIN))
}

/// As declarations write a day.
fn day(on: Date) -> Value {
    json!(format!("{:02}/{:02}/{:04}", on.day(), on.month(), on.year()))
}

fn figures(
    tx: &mut Tx<'_>,
    actor: &Actor,
    period: &Period,
    language: Language,
    take: Take<'_>,
) -> Result<Value, Error> {
    let own = actor.company.currency;
    let found = vat_return::look(tx, actor, period)?;
    for (figure, minor) in &found.figures {
        let annex = if *figure == Figure::Withheld { Told::VatWithheld } else { Told::Sales };
        let remark = match figure {
            Figure::Unclassed if *minor != 0 => words::say(language, "vat-remark-unclassed", &[]),
            Figure::PublicBodies => words::say(language, "vat-remark-public-bodies", &[]),
            Figure::Withheld => words::say(language, "vat-remark-withheld", &[]),
            Figure::Sales if found.late() > 0 => {
                words::say(language, "vat-remark-late", &[("count", &found.late().to_string())])
            }
            _ => String::new(),
        };
        take(vec![
            json!(period.to_string()),
            json!(figure.number()),
            json!(figure.code()),
            json!(words::say(language, &format!("figure-{}", figure.code()), &[])),
            json!(own.to_string()),
            amount(*minor, own),
            json!(annex.name()),
            json!(remark),
        ])?;
    }
    let filed_on = found.filed.as_ref().and_then(|filed| filed.at.date_in(&actor.company.time_zone));
    Ok(json!({ own.to_string(): {
        "claimable": amount(found.claimable, own),
        "documents": found.lines.len().to_string(),
        "late_documents": found.late().to_string(),
        "reference": found.filed.map(|filed| filed.reference),
        "filed_on": filed_on.map(|on| on.to_string()),
    } }))
}

fn sales(tx: &mut Tx<'_>, actor: &Actor, period: &Period, take: Take<'_>) -> Result<Value, Error> {
    let own = actor.company.currency;
    let found = vat_return::look(tx, actor, period)?;
    for line in &found.lines {
        let of = &line.amounts;
        let head =
            [tin(line.tin.as_deref()), json!(line.name), json!(line.nature), json!(line.number), day(line.issued_on)];
        let amounts = [of.net(), of.exempt, of.zero_rated, of.exports, of.taxable, of.tax];
        take(head.into_iter().chain(amounts.map(|minor| amount(minor, own))).collect())?;
    }
    let of = found.sums();
    Ok(json!({ own.to_string(): {
        "total_without_vat": amount(of.net(), own),
        "exempt": amount(of.exempt, own),
        "zero_rated": amount(of.zero_rated, own),
        "exports": amount(of.exports, own),
        "taxable": amount(of.taxable, own),
        "outside": amount(of.outside, own),
        "reverse_charge": amount(of.reverse_charge, own),
        "unclassed": amount(of.unclassed, own),
        "vat": amount(of.tax, own),
        "late_documents": found.late().to_string(),
    } }))
}

fn vat_withheld(tx: &mut Tx<'_>, actor: &Actor, period: &Period, take: Take<'_>) -> Result<Value, Error> {
    let own = actor.company.currency;
    let all = vat_return::vat_withheld(tx, actor, period)?;
    for one in &all {
        take(vec![
            tin(one.of.tin.as_deref()),
            json!(one.of.name),
            json!(one.nature),
            json!(one.number),
            day(one.of.issued_on),
            one.of.delivered_on.map_or(Value::Null, day),
            amount(one.net, own),
            amount(one.amount, own),
        ])?;
    }
    Ok(withheld_sums(&all, own, ["amount_without_vat", "vat_withheld"]))
}

fn tax_withheld(tx: &mut Tx<'_>, actor: &Actor, period: &Period, take: Take<'_>) -> Result<Value, Error> {
    let own = actor.company.currency;
    let all = vat_return::tax_withheld(tx, actor, period)?;
    for one in &all {
        take(vec![
            tin(one.of.tin.as_deref()),
            json!(one.of.name),
            json!(one.number),
            day(one.of.issued_on),
            json!(one.nature),
            amount(one.net, own),
            json!(one.kind.rate.normalize().to_string()),
            amount(one.amount, own),
        ])?;
    }
    Ok(withheld_sums(&all, own, ["withholding_base", "amount"]))
}

fn withheld_sums(all: &[Withholding], own: Currency, [net, withheld]: [&str; 2]) -> Value {
    let sum = |of: fn(&Withholding) -> i64| amount(all.iter().map(of).sum(), own);
    json!({ own.to_string(): { net: sum(|one| one.net), withheld: sum(|one| one.amount) } })
}

fn tie_out(
    tx: &mut Tx<'_>,
    actor: &Actor,
    period: &Period,
    language: Language,
    take: Take<'_>,
) -> Result<Value, Error> {
    let own = actor.company.currency;
    let tied = vat_return::tie_out(tx, actor, period)?;
    let of_device = |minor: Option<i64>| match minor {
        Some(minor) => amount(minor, own),
        None => json!(words::say(language, "vat-no-device", &[])),
    };
    for one in &tied.differences {
        let Difference { number, issued_on, posted_on, signed_on, ledger, receipts, annex, why } = one;
        let why: Vec<String> = why.iter().map(|why: &Why| words::saying(language, why)).collect();
        take(vec![
            json!(number),
            json!(issued_on.map(|on| on.to_string())),
            json!(posted_on.to_string()),
            json!(signed_on.map(|on| on.to_string())),
            amount(*ledger, own),
            receipts.map_or(Value::Null, |minor| amount(minor, own)),
            amount(*annex, own),
            json!(why.join(" ")),
        ])?;
    }
    Ok(json!({ own.to_string(): {
        "ledger": amount(tied.ledger, own),
        "receipts": of_device(tied.receipts),
        "unsigned": tied.receipts.map(|_| amount(tied.unsigned, own)),
        "annex_vat": amount(tied.annex, own),
        "ledger_less_annex": amount(tied.ledger - tied.annex, own),
        "receipts_less_annex": tied.receipts.map(|signed| amount(signed - tied.annex, own)),
    } }))
}
