//! A small seeded generator (splitmix64): whole numbers only, the same for the same seed on every machine.

/// What a story draws from.
#[derive(Clone, Debug)]
pub struct Rng(u64);

impl Rng {
    /// The sequence of a seed.
    pub fn new(seed: u64) -> Rng {
        Rng(seed.wrapping_mul(0xD6E8_FEB8_6659_FD93) ^ 0x0CA5_4DE5_C0DE_0001)
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

    /// A number from the lowest to the highest, both included.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        let width = u64::try_from(high - low).map_or(0, |width| width + 1);
        low + i64::try_from(self.below(width)).unwrap_or(0)
    }

    /// True in so many cases of ten thousand.
    pub fn chance(&mut self, bps: u32) -> bool {
        self.below(10_000) < u64::from(bps)
    }

    /// A position in a list of `len`.
    pub fn place(&mut self, len: usize) -> usize {
        usize::try_from(self.below(len as u64)).unwrap_or(0)
    }

    /// A position in a list of `len`, early ones more often: the lower of two draws.
    pub fn early(&mut self, len: usize) -> usize {
        self.place(len).min(self.place(len))
    }

    /// One of them; they must not be none.
    pub fn pick<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.place(all.len())]
    }

    /// So many digits, the first not 0.
    pub fn digits(&mut self, count: usize) -> String {
        (0..count)
            .map(|n| char::from(b'0' + if n == 0 { 1 + self.below(9) as u8 } else { self.below(10) as u8 }))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_stay_in_their_span_and_repeat() {
        let (mut one, mut same) = (Rng::new(7), Rng::new(7));
        for _ in 0..1_000 {
            let drawn = one.between(-3, 5);
            assert!((-3..=5).contains(&drawn));
            assert_eq!(drawn, same.between(-3, 5));
        }
        assert_eq!(one.below(0), 0);
        assert!(!one.chance(0) && one.chance(10_000));
        assert_eq!(one.digits(5).len(), 5);
    }
}
