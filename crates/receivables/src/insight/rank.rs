//! Ranks among counts of days.

/// The least of the values that so many per cent of them do not exceed (the nearest rank); `sorted` rises. None of nothing.
pub fn nearest(sorted: &[i64], percent: usize) -> Option<i64> {
    let rank = (sorted.len() * percent).div_ceil(100).max(1);
    sorted.get(rank - 1).copied()
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn the_nearest_rank_is_a_value_that_is_there() {
        let of = |values: &[i64]| (nearest(values, 50), nearest(values, 90));
        assert_eq!(of(&[]), (None, None));
        assert_eq!(of(&[7]), (Some(7), Some(7)));
        assert_eq!(of(&[1, 2]), (Some(1), Some(2)));
        assert_eq!(of(&[1, 2, 3]), (Some(2), Some(3)));
        assert_eq!(of(&[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]), (Some(5), Some(9)));
        assert_eq!(of(&[-3, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9]), (Some(4), Some(8)));
    }
}
