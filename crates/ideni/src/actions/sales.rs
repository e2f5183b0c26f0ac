//! The sales register: what was billed, by how it is taxed, in the company's currency, tied to the ledger's output tax.

use receivables::Date;
use receivables::billing::vat_return::Amounts;
use receivables::money::share_minor;
use store::deposit::Ahead;
use store::levy::Collected;
use store::reports::sales::{self, Sold};
use store::{Error, Tx};

use super::{Actor, Right, tax};

/// One document of the register.
#[derive(Clone, Debug)]
pub struct Row {
    pub sold: Sold,
    pub amounts: Amounts,
}

/// What the register comes to, and what the ledger says.
#[derive(Clone, Copy, Default, Debug, PartialEq, Eq)]
pub struct Totals {
    pub amounts: Amounts,
    /// Of the ledger's account of output tax, for the same days.
    pub ledger_tax: i64,
}

/// Hands each document posted in the span to `f`, the opening load left out.
pub fn register(
    tx: &mut Tx<'_>,
    actor: &Actor,
    from: Option<Date>,
    until: Option<Date>,
    mut f: impl FnMut(Row) -> Result<(), Error>,
) -> Result<Totals, Error> {
    actor.may(Right::Read)?;
    let company = &actor.company;
    let mut totals = Totals { ledger_tax: sales::output_tax(tx, company.id, from, until)?, ..Totals::default() };
    sales::documents(tx, company.id, from, until, |sold| {
        let amounts = amounts(&company.country, &sold)?;
        totals.amounts.add(&amounts);
        f(Row { sold, amounts })
    })?;
    Ok(totals)
}

/// Money that came before its invoice, the oldest first.
pub fn ahead(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<Ahead>, Error> {
    actor.may(Right::Read)?;
    store::deposit::ahead(tx, actor.company.id)
}

/// What was collected of each levy in the documents posted in the span.
pub fn levies(
    tx: &mut Tx<'_>,
    actor: &Actor,
    from: Option<Date>,
    until: Option<Date>,
) -> Result<Vec<Collected>, Error> {
    actor.may(Right::Read)?;
    store::levy::collected(tx, actor.company.id, from, until)
}

/// A document in the company's currency: its tax as it was posted, its net in parts that add up.
pub(super) fn amounts(country: &str, sold: &Sold) -> Result<Amounts, Error> {
    let taxes = tax::of_country(country)?;
    let tax = if sold.total == 0 { 0 } else { share_minor(sold.total_base, sold.tax, sold.total)? };
    let mut amounts = Amounts { tax, ..Amounts::default() };
    let net = sold.total_base - tax;
    if sold.taxes.is_empty() {
        *amounts.of(None) = net;
        return Ok(amounts);
    }
    let (mut so_far, mut given) = (0, 0);
    for of in &sold.taxes {
        so_far += of.net;
        let until_here = if sold.net == 0 { 0 } else { share_minor(net, so_far, sold.net)? };
        *amounts.of(taxes.find(&of.class, sold.issued_on).map(|class| class.treatment)) += until_here - given;
        given = until_here;
    }
    Ok(amounts)
}
