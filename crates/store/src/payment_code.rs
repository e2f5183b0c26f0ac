//! The numbers behind the codes that customers quote with payments.

use receivables::customer::payment_code;
use receivables::ids::{self, Id};

use crate::table;
use crate::tx::statements;
use crate::{Error, Tx, Value, params};

statements! {
    NEXT = "INSERT INTO number_series (company, series, last) VALUES ($1, 'payment code', $2) ON CONFLICT (company, series) DO UPDATE SET last = number_series.last + $2 RETURNING last";
    OF = "SELECT no FROM payment_code WHERE company = $1 AND customer = $2";
    ALL = "SELECT customer, no FROM payment_code WHERE company = $1";
    WHOSE = "SELECT customer FROM payment_code WHERE company = $1 AND no = $2";
}

/// Gives each of these new customers a number.
pub(crate) fn give(
    tx: &mut Tx<'_>,
    company: i64,
    customers: impl ExactSizeIterator<Item = Id<ids::Customer>>,
) -> Result<(), Error> {
    let count = i64::try_from(customers.len()).unwrap_or(i64::MAX);
    if count == 0 {
        return Ok(());
    }
    let last = tx.first(NEXT, params![company, count], |row| row.int(0))?;
    let last = last.ok_or_else(|| Error::Failed("a series that was just raised has no number".into()))?;
    let rows: Vec<Value<'_>> = (last - count + 1..)
        .zip(customers)
        .flat_map(|(no, customer)| [company.into(), customer.into(), no.into()])
        .collect();
    tx.insert_rows(&table::PAYMENT_CODE, &rows)
}

/// The code of a customer.
pub fn of(tx: &mut Tx<'_>, company: i64, customer: Id<ids::Customer>) -> Result<String, Error> {
    let no = tx.first(OF, params![company, customer], |row| row.int(0))?;
    Ok(no.map(payment_code::of).unwrap_or_default())
}

/// The customer of a code as it is typed; `None` where it is nobody's, or its check digit does not fit.
pub fn whose(tx: &mut Tx<'_>, company: i64, code: &str) -> Result<Option<Id<ids::Customer>>, Error> {
    payment_code::read(code).map_or(Ok(None), |no| of_no(tx, company, no))
}

/// The customer of a number.
pub fn of_no(tx: &mut Tx<'_>, company: i64, no: i64) -> Result<Option<Id<ids::Customer>>, Error> {
    tx.first(WHOSE, params![company, no], |row| row.id(0))
}

/// Every customer with the number of its code.
pub fn all(tx: &mut Tx<'_>, company: i64) -> Result<Vec<(Id<ids::Customer>, i64)>, Error> {
    tx.all(ALL, params![company], |row| Ok((row.id(0)?, row.int(1)?)))
}
