//! Meters: what was used between two readings, the blocks of a tariff it falls into, and what a period bills of it.
//!
//! A tariff is graduated: each unit costs what the block says into which it falls. Of 12 units under `5:340,20:720,*:845`
//! five cost 340 and seven 720.

use std::collections::BTreeMap;
use std::fmt;

use rust_decimal::Decimal;

use super::contract::Span;
use super::item::priced;
use crate::{Date, Refusal, Unusable};

/// Units up to a limit, at a price.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Block {
    /// The last block has none.
    pub up_to: Option<Decimal>,
    /// Of one unit, in major units.
    pub unit_price: Decimal,
}

/// What units cost, block after block; at least one, and the last without a limit.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Tariff(Vec<Block>);

/// Blocks of a tariff, at most.
const BLOCKS_MAX: usize = 20;
/// Decimals of a reading or a limit, at most.
const DECIMALS: u32 = 6;
/// What no meter shows.
const BEYOND: i64 = 1_000_000_000_000;

impl Tariff {
    /// One price for every unit.
    pub fn flat(unit_price: Decimal) -> Result<Tariff, Refusal> {
        Ok(Tariff(vec![Block { up_to: None, unit_price: priced("unit_price", unit_price)? }]))
    }

    /// `340`, or `5:340,20:720,*:845`: up to 5, up to 20, and all above.
    pub fn read(text: &str) -> Result<Tariff, Refusal> {
        let text = text.trim();
        let unusable = |reason| Refusal::Invalid { field: "blocks".into(), value: text.into(), reason };
        let number = |text: &str| Decimal::from_str_exact(text.trim()).map_err(|_| unusable(Unusable::NoTariff));
        if !text.contains(':') {
            return Tariff::flat(number(text)?);
        }
        let mut blocks: Vec<Block> = Vec::new();
        let mut limit = Decimal::ZERO;
        let parts: Vec<&str> = text.split(',').collect();
        for (no, part) in parts.iter().enumerate() {
            let (up_to, price) = part.split_once(':').ok_or_else(|| unusable(Unusable::NoTariff))?;
            let is_last = no + 1 == parts.len();
            let up_to = match up_to.trim() {
                "*" => None,
                up_to => Some(number(up_to)?),
            };
            if up_to.is_none() != is_last || parts.len() > BLOCKS_MAX {
                return Err(unusable(Unusable::NoTariff));
            }
            if let Some(up_to) = up_to {
                if up_to <= limit {
                    let (up_to, before) = (up_to.normalize().to_string(), limit.normalize().to_string());
                    return Err(unusable(Unusable::BlocksMustRise { up_to, before }));
                }
                limit = up_to;
                quantity("blocks", up_to)?;
            }
            blocks.push(Block { up_to, unit_price: priced("blocks", number(price)?)? });
        }
        Ok(Tariff(blocks))
    }

    pub fn blocks(&self) -> &[Block] {
        &self.0
    }

    /// What units of a consumption cost, block after block; nothing for none.
    pub fn parts(&self, used: Decimal) -> Vec<Part> {
        let mut parts = Vec::new();
        let mut above = Decimal::ZERO;
        for (no, block) in (1..).zip(&self.0) {
            let up_to = block.up_to.unwrap_or(used).min(used);
            if up_to > above {
                parts.push(Part { block: no, quantity: (up_to - above).normalize() });
            }
            above = block.up_to.unwrap_or(used);
        }
        parts
    }

    /// What one unit of a block costs, with the limits of the block; blocks count from 1.
    pub fn block(&self, no: i32) -> Option<(Decimal, Block)> {
        let at = usize::try_from(no).ok()?.checked_sub(1)?;
        let above = if at == 0 { Decimal::ZERO } else { self.0.get(at - 1)?.up_to? };
        Some((above, *self.0.get(at)?))
    }
}

/// As it is read again.
impl fmt::Display for Tariff {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let [only] = self.0[..] {
            return write!(f, "{}", only.unit_price.normalize());
        }
        for (no, block) in self.0.iter().enumerate() {
            let comma = if no == 0 { "" } else { "," };
            let up_to = block.up_to.map_or("*".to_owned(), |up_to| up_to.normalize().to_string());
            write!(f, "{comma}{up_to}:{}", block.unit_price.normalize())?;
        }
        Ok(())
    }
}

/// Units that fall into a block of a tariff.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Part {
    /// Counted from 1.
    pub block: i32,
    /// Below zero where too much was billed before.
    pub quantity: Decimal,
}

/// What a meter showed at the end of a day.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Reading {
    pub on: Date,
    pub value: Decimal,
    /// What the meter that was put in its place showed.
    pub replaced_at: Option<Decimal>,
}

impl Reading {
    /// What the next reading is counted from.
    fn begins(&self) -> Decimal {
        self.replaced_at.unwrap_or(self.value)
    }
}

/// A number that a meter may show; refused where none does.
pub fn quantity(field: &str, value: Decimal) -> Result<Decimal, Refusal> {
    if value.is_sign_negative() && !value.is_zero()
        || value >= Decimal::from(BEYOND)
        || value.normalize().scale() > DECIMALS
    {
        let (field, value) = (field.into(), value.to_string());
        return Err(Refusal::Invalid { field, value, reason: Unusable::NoMeterReading });
    }
    Ok(value.normalize())
}

/// Refuses a reading below the one before it, or above the one after it. `readings` are those of other days, by day.
pub fn fits(meter: &str, readings: &[Reading], new: &Reading) -> Result<(), Refusal> {
    quantity("value", new.value)?;
    if let Some(replaced_at) = new.replaced_at {
        quantity("new_meter", replaced_at)?;
    }
    let against = |value: Decimal, other: &Reading, shown: Decimal| Refusal::ReadingOrder {
        meter: meter.to_owned(),
        reading: value.normalize().to_string(),
        on: new.on,
        other: shown.normalize().to_string(),
        other_on: other.on,
    };
    if let Some(before) = readings.iter().rfind(|reading| reading.on < new.on)
        && new.value < before.begins()
    {
        return Err(against(new.value, before, before.begins()));
    }
    if let Some(after) = readings.iter().find(|reading| reading.on > new.on)
        && after.value < new.begins()
    {
        return Err(against(new.begins(), after, after.value));
    }
    Ok(())
}

/// A span of a meter that was billed, from reading to reading.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Billed {
    pub from: Date,
    pub until: Date,
    /// How often it was billed, corrections among it.
    pub rounds: i32,
    /// The tariff that counts from this day.
    pub tariff_from: Date,
    /// What its last bill took as used.
    pub used: Decimal,
    /// What was billed of each block less what was credited of it.
    pub quantities: BTreeMap<i32, Decimal>,
}

/// What a bill takes of a span of a meter.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Bill {
    pub from: Reading,
    pub until: Reading,
    /// 0 the first time, above it a correction.
    pub round: i32,
    pub tariff_from: Date,
    pub used: Decimal,
    /// The values at which a meter was replaced within it: of the old one, of the new one.
    pub replaced: Vec<(Decimal, Decimal)>,
    pub parts: Vec<Part>,
}

/// What is known of a meter.
#[derive(Clone, Debug)]
pub struct History {
    /// By day; each as it counts now.
    pub readings: Vec<Reading>,
    /// By the day from which they count; at least one.
    pub tariffs: Vec<(Date, Tariff)>,
    /// By day.
    pub billed: Vec<Billed>,
}

impl History {
    fn at(&self, on: Date) -> Option<&Reading> {
        self.readings.iter().find(|reading| reading.on == on)
    }

    /// What was used from the reading of a day to that of another, and where the meter was replaced between them.
    fn used(&self, from: Date, until: Date) -> (Decimal, Vec<(Decimal, Decimal)>) {
        let within: Vec<&Reading> = self.readings.iter().filter(|one| one.on >= from && one.on <= until).collect();
        let used = within.windows(2).map(|pair| pair[1].value - pair[0].begins()).sum::<Decimal>().normalize();
        let inner = within.iter().take(within.len().saturating_sub(1)).skip(1);
        (used, inner.filter_map(|one| Some((one.value, one.replaced_at?))).collect())
    }

    /// The tariff that counts on a day; before all of them the first.
    pub fn tariff(&self, on: Date) -> Option<&(Date, Tariff)> {
        self.tariffs.iter().rfind(|(from, _)| *from <= on).or_else(|| self.tariffs.first())
    }

    fn billed_to(&self) -> Option<Date> {
        self.billed.last().map(|billed| billed.until).or_else(|| self.readings.first().map(|first| first.on))
    }

    /// Whether a period that begins after the meter's first reading, or with it, has none of its own.
    pub fn is_missing(&self, period: Span) -> bool {
        let is_there = self.readings.first().is_some_and(|first| first.on <= period.until);
        let first = self.readings.first().map(|first| first.on);
        let read = |one: &&Reading| one.on >= period.from && one.on <= period.until && Some(one.on) != first;
        is_there && !self.readings.iter().any(|one| read(&one))
    }

    /// Whether there is a reading up to a period's last day that is not billed.
    pub fn has_news(&self, period: Span) -> bool {
        let billed_to = self.billed_to();
        self.readings.iter().any(|one| Some(one.on) > billed_to && one.on <= period.until)
    }

    /// What a period bills: corrections of what was billed before, then from the last reading that was billed to the last one up
    /// to the period's last day, by the tariff of its first day. Nothing where nothing was used: the next bill begins there.
    pub fn bills(&self, period: Span) -> Vec<Bill> {
        let mut bills: Vec<Bill> = self.billed.iter().filter_map(|billed| self.correction(billed)).collect();
        bills.extend(self.next(period));
        bills
    }

    /// The difference to what was billed of a span, where its readings came to something else since.
    fn correction(&self, billed: &Billed) -> Option<Bill> {
        let (used, replaced) = self.used(billed.from, billed.until);
        if used == billed.used {
            return None;
        }
        let (_, tariff) = self.tariffs.iter().find(|(from, _)| *from == billed.tariff_from)?;
        let mut left: BTreeMap<i32, Decimal> = tariff.parts(used).iter().map(|p| (p.block, p.quantity)).collect();
        for (block, quantity) in &billed.quantities {
            *left.entry(*block).or_default() -= *quantity;
        }
        let parts = left.into_iter().map(|(block, quantity)| Part { block, quantity: quantity.normalize() });
        Some(Bill {
            from: *self.at(billed.from)?,
            until: *self.at(billed.until)?,
            round: billed.rounds,
            tariff_from: billed.tariff_from,
            used,
            replaced,
            parts: parts.filter(|part| !part.quantity.is_zero()).collect(),
        })
    }

    fn next(&self, period: Span) -> Option<Bill> {
        let from = self.at(self.billed_to()?)?;
        let until = self.readings.iter().rfind(|one| one.on <= period.until && one.on > from.on)?;
        let (used, replaced) = self.used(from.on, until.on);
        if used.is_zero() {
            return None;
        }
        let (tariff_from, tariff) = self.tariff(period.from)?;
        let (tariff_from, parts) = (*tariff_from, tariff.parts(used));
        Some(Bill { from: *from, until: *until, round: 0, tariff_from, used, replaced, parts })
    }

    /// Takes a bill as posted, so that the next period goes on behind it.
    pub fn post(&mut self, bill: &Bill) {
        let known = self.billed.iter_mut().find(|billed| billed.from == bill.from.on);
        let billed = match known {
            Some(known) => known,
            None => {
                self.billed.push(Billed {
                    from: bill.from.on,
                    until: bill.until.on,
                    rounds: 0,
                    tariff_from: bill.tariff_from,
                    used: bill.used,
                    quantities: BTreeMap::new(),
                });
                let last = self.billed.len() - 1;
                &mut self.billed[last]
            }
        };
        (billed.rounds, billed.used) = (bill.round + 1, bill.used);
        for part in &bill.parts {
            *billed.quantities.entry(part.block).or_default() += part.quantity;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dec(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    /// Water in Kigali: 5 m³ at 340, up to 20 at 720, above at 845.
    const WATER: &str = "5:340,20:720,*:845";

    /// Quantities by block, and what they come to.
    #[track_caller]
    fn check(tariff: &str, used: &str, expected: &str) {
        let tariff = Tariff::read(tariff).unwrap();
        let parts = tariff.parts(dec(used));
        let price = |part: &Part| tariff.block(part.block).unwrap().1.unit_price;
        let sum: Decimal = parts.iter().map(|part| part.quantity * price(part)).sum();
        let told: Vec<String> = parts.iter().map(|part| format!("{}×{}", part.quantity, price(part))).collect();
        assert_eq!(format!("{} = {}", told.join(" + "), sum.normalize()), expected);
    }

    #[test]
    fn each_unit_costs_what_its_block_says() {
        check(WATER, "0", " = 0");
        check(WATER, "3", "3×340 = 1020");
        check(WATER, "5", "5×340 = 1700");
        check(WATER, "5.001", "5×340 + 0.001×720 = 1700.72");
        check(WATER, "20", "5×340 + 15×720 = 12500");
        check(WATER, "20.5", "5×340 + 15×720 + 0.5×845 = 12922.5");
        check(WATER, "145", "5×340 + 15×720 + 125×845 = 118125");
        check("640", "12.75", "12.75×640 = 8160");
        check("0.5:100,*:0", "2", "0.5×100 + 1.5×0 = 50");
    }

    #[test]
    fn a_tariff_says_every_block_once_and_no_price_below_zero() {
        for text in [
            "",
            " ",
            ":",
            "*",
            "5:340",
            "5:340,*",
            "*:1,5:2",
            "5:340,5:720,*:845",
            "20:720,5:340,*:845",
            "0:1,*:2",
            "5:-1,*:2",
            "-340",
            "5:340,,*:845",
            "cheap",
            "💧",
            "5:💧,*:1",
            "1e3",
            "0.0000001:1,*:2",
        ] {
            assert!(Tariff::read(text).is_err(), "{text}");
        }
        let overlap = Tariff::read("5:340,5:720,*:845").unwrap_err();
        assert!(matches!(overlap, Refusal::Invalid { reason: Unusable::BlocksMustRise { .. }, .. }));
        assert_eq!(Tariff::read(" 5 : 340.00 , 20:720,* :845").unwrap().to_string(), WATER);
        assert_eq!(Tariff::read("340").unwrap().to_string(), "340");
    }

    fn reading(on: &str, value: &str) -> Reading {
        Reading { on: day(on), value: dec(value), replaced_at: None }
    }

    fn replaced(on: &str, value: &str, new: &str) -> Reading {
        Reading { replaced_at: Some(dec(new)), ..reading(on, value) }
    }

    fn history(readings: &[Reading]) -> History {
        let tariffs = vec![(day("2026-01-01"), Tariff::read(WATER).unwrap())];
        History { readings: readings.to_vec(), tariffs, billed: Vec::new() }
    }

    fn month(no: u32) -> Span {
        let from: Date = day(&format!("2026-{no:02}-01"));
        Span { from, until: from.plus_months(1).plus_days(-1) }
    }

    /// What periods bill one after the other: `used: block×quantity …`.
    fn bill(history: &mut History, no: u32) -> String {
        let bills = history.bills(month(no));
        bills.iter().for_each(|bill| history.post(bill));
        let parts = |bill: &Bill| {
            bill.parts.iter().map(|p| format!("{}×{}", p.block, p.quantity)).collect::<Vec<_>>().join(" ")
        };
        bills.iter().map(|bill| format!("{}: {}", bill.used, parts(bill))).collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn a_period_bills_from_the_last_reading_billed_to_its_last_reading() {
        let mut water = history(&[
            reading("2026-01-01", "100"),
            reading("2026-01-20", "103"),
            reading("2026-01-31", "112"),
            reading("2026-03-31", "112"),
            reading("2026-04-30", "112.25"),
        ]);
        assert_eq!(bill(&mut water, 1), "12: 1×5 2×7");
        assert_eq!(
            (water.is_missing(month(1)), water.is_missing(month(2)), water.is_missing(month(3))),
            (false, true, false)
        );
        assert_eq!(
            (bill(&mut water, 2), bill(&mut water, 3)),
            (String::new(), String::new()),
            "no reading; nothing used"
        );
        assert_eq!(bill(&mut water, 4), "0.25: 1×0.25");
        assert_eq!(bill(&mut water, 4), "", "once");
    }

    #[test]
    fn a_meter_that_was_replaced_counts_on_from_the_new_one() {
        let mut water = history(&[
            reading("2026-01-01", "9990"),
            replaced("2026-01-12", "9998", "3"),
            reading("2026-01-31", "7.5"),
        ]);
        assert_eq!(water.used(day("2026-01-01"), day("2026-01-31")), (dec("12.5"), vec![(dec("9998"), dec("3"))]));
        assert_eq!(bill(&mut water, 1), "12.5: 1×5 2×7.5");
        assert!(fits("W", &water.readings, &reading("2026-02-28", "7")).is_err());
        assert!(fits("W", &water.readings, &reading("2026-02-28", "7.5")).is_ok());
    }

    #[test]
    fn a_correction_bills_the_difference_of_each_block() {
        let mut water = history(&[reading("2026-01-01", "0"), reading("2026-01-31", "26")]);
        assert_eq!(bill(&mut water, 1), "26: 1×5 2×15 3×6");
        // It was 18 and not 26; in February 30 were used.
        water.readings[1] = reading("2026-01-31", "18");
        water.readings.push(reading("2026-02-28", "48"));
        assert_eq!(bill(&mut water, 2), "18: 2×-2 3×-6; 30: 1×5 2×15 3×10");
        assert_eq!(bill(&mut water, 3), "", "taken back once");
        let quantities: Vec<String> = water.billed[0].quantities.values().map(Decimal::to_string).collect();
        assert_eq!(quantities, ["5", "13", "0"]);
        // And back again.
        water.readings[1] = reading("2026-01-31", "26");
        assert_eq!(bill(&mut water, 3), "26: 2×2 3×6; 22: 3×-8");
    }

    #[test]
    fn a_correction_takes_the_tariff_of_the_period_it_corrects() {
        let mut water = history(&[reading("2026-01-01", "0"), reading("2026-01-31", "4"), reading("2026-02-28", "6")]);
        assert_eq!(bill(&mut water, 1), "4: 1×4");
        water.tariffs.push((day("2026-02-01"), Tariff::read("900").unwrap()));
        water.readings[1] = reading("2026-01-31", "6");
        let bills = water.bills(month(2));
        assert_eq!(
            bills.iter().map(|bill| (bill.tariff_from, bill.used)).collect::<Vec<_>>(),
            [(day("2026-01-01"), dec("6"))]
        );
        assert_eq!(bills[0].parts, [Part { block: 1, quantity: dec("1") }, Part { block: 2, quantity: dec("1") }]);
    }

    #[test]
    fn a_reading_lies_between_its_neighbours() {
        let known = [reading("2026-01-01", "100"), reading("2026-02-01", "110")];
        let told = |on: &str, value: &str| match fits("W-1", &known, &reading(on, value)) {
            Ok(()) => "fits".to_owned(),
            Err(refusal) => refusal.to_string(),
        };
        assert_eq!(told("2026-01-15", "100"), "fits");
        assert_eq!(told("2026-01-15", "110"), "fits");
        let below = "refusal-reading-order(W-1, 99.9, 2026-01-15, 100, 2026-01-01)";
        assert_eq!(told("2026-01-15", "99.90"), below);
        assert_eq!(told("2026-01-15", "110.1"), "refusal-reading-order(W-1, 110.1, 2026-01-15, 110, 2026-02-01)");
        for value in ["-1", "1000000000000", "0.1234567"] {
            assert!(told("2026-03-01", value).starts_with("refusal-invalid"), "{value}");
        }
    }

    proptest::proptest! {
        /// However the blocks lie, what falls into them is what was used.
        #[test]
        fn blocks_add_up_to_the_consumption(
            steps in proptest::collection::vec((1i64..50_000, 0i64..100_000), 0..8), used in 0i64..1_000_000,
        ) {
            let mut limit = Decimal::ZERO;
            let mut text = String::new();
            for (step, price) in &steps {
                limit += Decimal::new(*step, 3);
                text.push_str(&format!("{limit}:{},", Decimal::new(*price, 2)));
            }
            let tariff = Tariff::read(&format!("{text}*:1")).unwrap();
            let used = Decimal::new(used, 3);
            let parts = tariff.parts(used);
            proptest::prop_assert_eq!(parts.iter().map(|part| part.quantity).sum::<Decimal>(), used);
            for part in &parts {
                let (above, block) = tariff.block(part.block).unwrap();
                proptest::prop_assert!(part.quantity > Decimal::ZERO);
                proptest::prop_assert!(block.up_to.is_none_or(|up_to| part.quantity <= up_to - above));
            }
            proptest::prop_assert_eq!(Tariff::read(&tariff.to_string()).unwrap(), tariff);
        }

        /// However readings are corrected between the bills, all bills together come to the last reading less the first.
        #[test]
        fn bills_come_to_what_was_used(steps in proptest::collection::vec((0i64..60, 0i64..60), 1..10)) {
            let mut water = history(&[reading("2026-01-01", "0")]);
            let (mut value, mut true_value) = (Decimal::ZERO, Decimal::ZERO);
            for (no, (said, meant)) in (1..).zip(&steps) {
                let on = month(no).until;
                value = true_value + Decimal::from(*said);
                water.readings.push(Reading { on, value, replaced_at: None });
                bill(&mut water, no);
                true_value += Decimal::from(*meant);
                if let Some(last) = water.readings.last_mut() { last.value = true_value; }
            }
            let last = u32::try_from(steps.len()).unwrap() + 1;
            bill(&mut water, last);
            let sum: Decimal = water.billed.iter().flat_map(|billed| billed.quantities.values()).sum();
            proptest::prop_assert_eq!(sum, true_value);
            proptest::prop_assert!(value >= Decimal::ZERO);
        }
    }
}
