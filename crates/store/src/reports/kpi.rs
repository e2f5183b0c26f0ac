//! The sums behind the ratios: credit sales of a span of days.

use receivables::{Currency, Date};

use crate::tx::statements;
use crate::{Error, Tx, params};

statements! {
    SALES = "SELECT currency, CAST(SUM(total) AS BIGINT) FROM document WHERE company = $1 AND kind = 1 AND opening = 0 AND posted_on > $2 AND posted_on <= $3 GROUP BY currency ORDER BY currency";
}

/// Invoiced totals per currency, posted after `after` and on or before `to`; an opening load is no sale.
pub fn sales(tx: &mut Tx<'_>, company: i64, after: Date, to: Date) -> Result<Vec<(Currency, i64)>, Error> {
    tx.all(SALES, params![company, after, to], |row| Ok((row.currency(0)?, row.int(1)?)))
}
