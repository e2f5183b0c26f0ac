//! The chain of balances: each balance is the one before it, plus or minus the amount, less the fee.

use receivables::Money;

use super::{Gap, Line, LineStatus};

/// The breaks between lines that are in the order they happened; lines that are not booked take no part.
pub(super) fn gaps_in_order<'l>(lines: impl Iterator<Item = &'l Line>) -> Vec<Gap> {
    let mut gaps = Vec::new();
    let mut known: Option<(u64, Money)> = None;
    for line in lines.filter(|l| l.status == LineStatus::Booked) {
        let expected = known.zip(line.movement()).and_then(|((_, before), movement)| before.plus(movement).ok());
        if let (Some((after_line, _)), Some(expected), Some(found)) = (known, expected, line.balance_after)
            && let Ok(missing) = found.minus(expected)
            && !missing.is_zero()
        {
            gaps.push(Gap { after_line, missing });
        }
        // A line without a balance is believed.
        known = line.balance_after.or(expected).map(|balance| (line.line, balance));
    }
    gaps
}

/// The balance before a line.
pub(super) fn balance_before(line: &Line) -> Option<Money> {
    line.balance_after?.minus(line.movement()?).ok()
}
