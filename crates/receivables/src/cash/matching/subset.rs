//! In how many ways amounts add up to one.

/// Combinations are counted up to this many.
pub const COMBINATIONS_MAX: usize = 100;
/// Items among which combinations are counted (2^13 sums a side).
pub const ITEMS_COUNTED_MAX: usize = 25;

/// How combinations of amounts reach a target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subsets {
    /// How many combinations, up to the cap.
    pub count: usize,
    /// One of them, as rising positions in the amounts; empty if there is none.
    pub first: Vec<usize>,
    /// False if there were too many amounts to count.
    pub counted: bool,
}

/// Counts the combinations of `amounts` whose sum is `target`, up to `cap`. Only amounts above zero and up to the target
/// take part; among more than [`ITEMS_COUNTED_MAX`] of them only “all of them” is recognised.
///
/// Meet in the middle: the sums of one half are sorted, those of the other half look for what they miss.
pub fn count_subsets(amounts: &[i64], target: i64, cap: usize) -> Subsets {
    let none = Subsets { count: 0, first: Vec::new(), counted: true };
    let usable: Vec<usize> = (0..amounts.len()).filter(|at| (1..=target).contains(&amounts[*at])).collect();
    let whole: i128 = usable.iter().map(|at| i128::from(amounts[*at])).sum();
    if target <= 0 || cap == 0 || whole < i128::from(target) {
        return none;
    }
    if whole == i128::from(target) {
        return Subsets { count: 1, first: usable, counted: true };
    }
    if usable.len() > ITEMS_COUNTED_MAX {
        return Subsets { counted: false, ..none };
    }
    let (left, right) = usable.split_at(usable.len() / 2);
    let mut right_sums = sums(amounts, right);
    right_sums.sort_unstable();
    let mut found = none;
    for (sum, left_mask) in sums(amounts, left) {
        let missing = i128::from(target) - sum;
        let from = right_sums.partition_point(|(sum, _)| *sum < missing);
        let equal = right_sums[from..].iter().take_while(|(sum, _)| *sum == missing).take(cap - found.count).count();
        if equal > 0 && found.count == 0 {
            found.first = chosen(left, left_mask).chain(chosen(right, right_sums[from].1)).collect();
        }
        found.count += equal;
        if found.count == cap {
            break;
        }
    }
    found
}

/// The sum of every combination, with the combination as bits.
fn sums(amounts: &[i64], positions: &[usize]) -> Vec<(i128, u32)> {
    let mut all = Vec::with_capacity(1 << positions.len());
    all.push((0i128, 0u32));
    for (bit, at) in positions.iter().enumerate() {
        for known in 0..all.len() {
            let (sum, mask) = all[known];
            all.push((sum + i128::from(amounts[*at]), mask | (1 << bit)));
        }
    }
    all
}

fn chosen(positions: &[usize], mask: u32) -> impl Iterator<Item = usize> + '_ {
    positions.iter().enumerate().filter(move |(bit, _)| (mask >> bit) & 1 == 1).map(|(_, at)| *at)
}
