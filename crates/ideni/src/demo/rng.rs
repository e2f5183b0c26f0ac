//! A small seeded generator (splitmix64): whole numbers only, the same for the same seed on every machine.

/// What a simulation draws from.
#[derive(Clone, Debug)]
pub struct Rng(u64);

/// From the lowest to the highest value, both included.
pub type Span = (i64, i64);

impl Rng {
    /// The sequence of a seed.
    pub fn new(seed: u64) -> Rng {
        Rng(seed ^ 0x1DE4_1D0E_5EED_0001)
    }

    fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 to `count` − 1; 0 when there is no such number.
    pub fn below(&mut self, count: u64) -> u64 {
        ((u128::from(self.draw()) * u128::from(count)) >> 64) as u64
    }

    /// A number of the span.
    pub fn between(&mut self, (low, high): Span) -> i64 {
        let width = u64::try_from(high - low).map_or(0, |width| width + 1);
        low + i64::try_from(self.below(width)).unwrap_or(0)
    }

    /// A number of the span, small ones more often: the lower of two draws.
    pub fn skewed(&mut self, span: Span) -> i64 {
        self.between(span).min(self.between(span))
    }

    /// A number of days of the span.
    pub fn days(&mut self, span: Span) -> i32 {
        i32::try_from(self.between(span)).unwrap_or(0)
    }

    /// True in so many cases of ten thousand.
    pub fn chance(&mut self, bps: u32) -> bool {
        self.below(10_000) < u64::from(bps)
    }

    /// A position in a list of `len`.
    pub fn place(&mut self, len: usize) -> usize {
        usize::try_from(self.below(len as u64)).unwrap_or(0)
    }

    /// One of them; they must not be none.
    pub fn pick<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.place(all.len())]
    }

    /// One of them, each as often as its weight says; they must not be none.
    pub fn weighted<'a, T>(&mut self, all: &'a [(u32, T)]) -> &'a T {
        let whole: u64 = all.iter().map(|(weight, _)| u64::from(*weight)).sum();
        let mut left = self.below(whole);
        for (weight, one) in all {
            match left.checked_sub(u64::from(*weight)) {
                None => return one,
                Some(rest) => left = rest,
            }
        }
        &all[all.len() - 1].1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_stay_in_their_span_and_repeat() {
        let (mut one, mut same) = (Rng::new(7), Rng::new(7));
        for _ in 0..1_000 {
            let drawn = one.between((-3, 5));
            assert!((-3..=5).contains(&drawn));
            assert_eq!(drawn, same.between((-3, 5)));
        }
        assert_eq!(one.below(0), 0);
        assert!(!one.chance(0) && one.chance(10_000));
    }

    #[test]
    fn weights_are_how_often() {
        let mut rng = Rng::new(1);
        let rare = (0..10_000).filter(|_| *rng.weighted(&[(1, true), (9, false)])).count();
        assert!((800..1_200).contains(&rare), "{rare}");
    }
}
