//! A device that misbehaves by the throw of seeded dice, and a desk that follows `fiscal::next` and `Submission::after`: whatever
//! happens, a document gets one receipt or stands there for a person, and never two.
//!
//! The device comes in two kinds. One refuses a number it has (994) and may store late, long after we gave up. The other
//! stores whatever arrives, twice if it arrives twice, but in order: nothing is under way while its counters are read. A
//! device that stores twice and late at once cannot be used safely by anybody, and is not played.

use receivables::Instant;
use receivables::billing::fiscal::*;

use crate::support::{draw, scaled, seed};

/// Every documented code, with its advice in Rwanda's pack (a test of `formats` reads that file).
const CODES: [(&str, Advice); 25] = [
    ("001", Advice::EmptyList),
    ("881", Advice::AskPurchaseCode),
    ("882", Advice::AskPurchaseCode),
    ("883", Advice::AskPurchaseCode),
    ("884", Advice::AskPurchaseCode),
    ("891", Advice::Correct),
    ("894", Advice::BackOff),
    ("895", Advice::Correct),
    ("899", Advice::Correct),
    ("900", Advice::Operator),
    ("901", Advice::Operator),
    ("902", Advice::Operator),
    ("903", Advice::Operator),
    ("910", Advice::Correct),
    ("911", Advice::Correct),
    ("912", Advice::Correct),
    ("921", Advice::Accountant),
    ("922", Advice::Reorder),
    ("924", Advice::Reconcile),
    ("990", Advice::FewTimes),
    ("991", Advice::FewTimes),
    ("994", Advice::Reconcile),
    ("995", Advice::FewTimes),
    ("999", Advice::FewTimes),
    ("777", Advice::Park),
];

const LIMITS: Limits =
    Limits { failures_max: 4, back_off_first_s: 1, back_off_most_s: 8, offline_h: 24, failure_notice_h: 6 };

/// The next of the random numbers that begin with a seed (xorshift).
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: u64) -> u64 {
        draw(&mut self.0);
        self.0 % sides
    }

    fn one_in(&mut self, sides: u64) -> bool {
        self.below(sides) == 0
    }
}

/// What arrives at the device: a document, under a number.
#[derive(Clone, Copy)]
struct Sale {
    document: usize,
    number: u64,
    attempt: u32,
}

struct Device {
    refuses_duplicates: bool,
    /// Each stored sale with its receipt, in the order of storing.
    stored: Vec<(Sale, Receipt)>,
    /// On their way to a slow device, with the second they arrive.
    late: Vec<(i64, Sale)>,
}

impl Device {
    /// Stores a sale; `None` where it has the number already and minds.
    fn store(&mut self, sale: Sale, at: Instant) -> Option<Receipt> {
        if self.refuses_duplicates && self.stored.iter().any(|(known, _)| known.number == sale.number) {
            return None;
        }
        let of_all = self.stored.len() as u64 + 1;
        let receipt = Receipt {
            sdc: "SDC000000001".into(),
            mrc: "ABC00000001".into(),
            of_label: of_all,
            of_all,
            internal_data: format!("INTERNAL{of_all}"),
            signature: format!("SIGN{of_all}"),
            signed_at: at,
        };
        self.stored.push((sale, receipt.clone()));
        Some(receipt)
    }

    fn last(&self) -> u64 {
        self.stored.iter().map(|(sale, _)| sale.number).max().unwrap_or(0)
    }

    fn receipts_of(&self, document: usize) -> Vec<&Receipt> {
        self.stored.iter().filter(|(sale, _)| sale.document == document).map(|(_, receipt)| receipt).collect()
    }
}

/// A desk with its documents, a device, and events on their way back to the desk.
struct World {
    dice: Dice,
    second: i64,
    /// From then on nothing goes wrong any more.
    healed_at: i64,
    /// Whether anybody looks at what needs a person.
    staffed: bool,
    desk: Vec<Submission>,
    device: Device,
    back: Vec<(i64, usize, Event)>,
}

impl World {
    fn new(seed: u64) -> World {
        let mut dice = Dice(seed);
        dice.below(2);
        let documents = 1 + dice.below(5);
        let now = Instant::from_micros(0);
        let device = Device { refuses_duplicates: dice.one_in(2), stored: Vec::new(), late: Vec::new() };
        World {
            second: 0,
            healed_at: 20 + dice.below(120) as i64,
            staffed: !dice.one_in(4),
            desk: (1..=documents).map(|number| Submission::new(number, now)).collect(),
            device,
            back: Vec::new(),
            dice,
        }
    }

    fn now(&self) -> Instant {
        Instant::from_micros(self.second * 1_000_000)
    }

    fn tell(&mut self, document: usize, event: Event) {
        if let Ok(after) = self.desk[document].after(event, self.now(), &LIMITS) {
            self.desk[document] = after;
        }
    }

    /// One second of the world.
    fn tick(&mut self) {
        self.second += 1;
        let (second, now) = (self.second, self.now());
        let arrived = self.device.late.extract_if(.., |(at, _)| *at <= second);
        let arrived: Vec<Sale> = arrived.map(|(_, sale)| sale).collect();
        for sale in arrived {
            if let Some(receipt) = self.device.store(sale, now) {
                self.back.push((second + 1, sale.document, Event::Signed { attempt: sale.attempt, receipt }));
            }
        }
        let came: Vec<(usize, Event)> =
            self.back.extract_if(.., |(at, ..)| *at <= second).map(|(_, document, event)| (document, event)).collect();
        for (document, event) in came {
            self.tell(document, event);
        }
        let troubled = second < self.healed_at;
        if troubled && self.dice.one_in(15) {
            // Started again: what was under way is lost to us, its answers too.
            self.back.clear();
            for document in 0..self.desk.len() {
                self.tell(document, Event::Restarted);
            }
        }
        if self.staffed {
            self.persons(troubled);
        }
        match next(&self.desk, now) {
            Step::Send { number } => self.send(number, troubled),
            Step::ReadCounters { number } => {
                // A device that stores twice works in order; its counters are read after what is under way.
                let last = self.device.last();
                let document = self.document(number);
                if !(troubled && self.dice.one_in(3)) {
                    self.tell(document, Event::CountersSeen { last });
                }
            }
            Step::AwaitAnswer { .. } | Step::WaitUntil { .. } | Step::Rest => {}
        }
    }

    fn document(&self, number: u64) -> usize {
        self.desk.iter().position(|one| one.number == number).expect("a document of that number")
    }

    /// People release what was refused or parked, take it back, or look at the portal.
    fn persons(&mut self, troubled: bool) {
        for document in 0..self.desk.len() {
            let event = match self.desk[document].state {
                State::Refused { .. } | State::Parked { .. } if self.dice.one_in(6) => Event::Released,
                State::Unknown { counters_cannot_tell: true, .. } if !troubled && self.dice.one_in(6) => {
                    let pending = self.device.late.iter().any(|(_, sale)| sale.document == document);
                    let there = !self.device.receipts_of(document).is_empty();
                    if pending {
                        continue;
                    }
                    Event::Found { there }
                }
                _ if self.dice.one_in(200) => Event::Void,
                _ => continue,
            };
            self.tell(document, event);
        }
    }

    fn send(&mut self, number: u64, troubled: bool) {
        let document = self.document(number);
        self.tell(document, Event::Send);
        let State::Sent { .. } = self.desk[document].state else { return };
        // What goes out is what was persisted.
        let sale = Sale { document, number: self.desk[document].number, attempt: self.desk[document].attempts };
        let attempt = sale.attempt;
        let (now, soon) = (self.now(), self.second + 1);
        let fate = if troubled { self.dice.below(9) } else { 0 };
        let answer = match fate {
            // It works, as slow as may be.
            0 | 1 => self.answer(sale),
            2 => Event::NotSent { attempt },
            // Silence before it stored.
            3 => Event::Silence { attempt },
            // Silence after it stored; the answer may come later.
            4 => {
                let answer = self.answer(sale);
                if self.dice.one_in(2) {
                    let at = soon + 1 + self.dice.below(30) as i64;
                    self.back.push((at, document, answer));
                }
                Event::Silence { attempt }
            }
            // A code, mostly with nothing stored; a device that minds duplicates may have stored all the same.
            5 => {
                let (code, advice) = CODES[self.dice.below(CODES.len() as u64) as usize];
                let unsure = matches!(advice, Advice::BackOff | Advice::FewTimes | Advice::EmptyList | Advice::Park);
                if self.device.refuses_duplicates && unsure && self.dice.one_in(3) {
                    self.device.store(sale, now);
                }
                let answer = Event::Answered { attempt, code: code.into(), advice, field: None };
                if self.dice.one_in(3) {
                    // It comes after we gave up waiting for it.
                    let at = soon + 1 + self.dice.below(30) as i64;
                    self.back.push((at, document, answer));
                    Event::Silence { attempt }
                } else {
                    answer
                }
            }
            // It answers twice.
            6 => {
                let answer = self.answer(sale);
                let at = soon + self.dice.below(20) as i64;
                self.back.push((at, document, answer.clone()));
                answer
            }
            // An answer that breaks off, with or without a receipt behind it.
            7 => {
                if self.dice.one_in(2) {
                    self.answer(sale);
                }
                Event::Garbled { attempt }
            }
            // Under way for long: it is stored after we gave up.
            _ if self.device.refuses_duplicates => {
                let at = soon + self.dice.below(40) as i64;
                self.device.late.push((at, sale));
                Event::Silence { attempt }
            }
            _ => Event::Silence { attempt },
        };
        let at = soon + if troubled { self.dice.below(4) as i64 } else { 0 };
        self.back.push((at, document, answer));
    }

    fn answer(&mut self, sale: Sale) -> Event {
        match self.device.store(sale, self.now()) {
            Some(receipt) => Event::Signed { attempt: sale.attempt, receipt },
            None => {
                let (code, advice) = ("994".into(), Advice::Reconcile);
                Event::Answered { attempt: sale.attempt, code, advice, field: None }
            }
        }
    }

    /// What must hold in every second.
    fn check(&self, seed: u64) {
        for (document, one) in self.desk.iter().enumerate() {
            let receipts = self.device.receipts_of(document);
            let at = format!("seed {seed}, second {}, number {}: {:?}", self.second, one.number, one.state);
            assert!(receipts.len() <= 1, "{at}: {} receipts", receipts.len());
            match &one.state {
                State::Fiscalised { receipt: Some(kept), .. } => assert_eq!(receipts, [kept], "{at}"),
                State::Fiscalised { receipt: None, .. } => assert_eq!(receipts.len(), 1, "{at}"),
                State::Void { .. } => {
                    let pending = self.device.late.iter().any(|(_, sale)| sale.document == document);
                    assert!(receipts.is_empty() && !pending, "{at}");
                }
                _ => {}
            }
        }
    }
}

/// Plays one script and says how each document ended.
fn play(seed: u64) -> Vec<&'static str> {
    let mut world = World::new(seed);
    for _ in 0..400 {
        world.tick();
        world.check(seed);
    }
    let ended = |one: &Submission| match one.state {
        State::Fiscalised { receipt: Some(_), .. } => "fiscalised",
        State::Fiscalised { receipt: None, .. } => "fiscalised without its receipt",
        State::Unknown { .. } => "unknown",
        State::Refused { .. } => "refused",
        State::Parked { .. } => "parked",
        State::Void { .. } => "void",
        State::Waiting { .. } | State::Sent { .. } => panic!("seed {seed}: nothing becomes of {one:?}"),
    };
    world.desk.iter().map(ended).collect()
}

#[test]
fn a_document_gets_one_receipt_or_a_person_whatever_the_device_does() {
    let first = seed("fiscal scripts");
    let scripts = u64::from(scaled(10_000));
    let mut ends = std::collections::BTreeMap::new();
    for seed in (0..scripts).map(|n| first.wrapping_add(n)) {
        // Neighbouring seeds are spread, and none is zero.
        for end in play(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1) {
            *ends.entry(end).or_insert(0u64) += 1;
        }
    }
    let all: u64 = ends.values().sum();
    let with_receipt = ends.get("fiscalised").copied().unwrap_or(0);
    assert!(with_receipt * 2 > all, "most documents get their receipt: {ends:?}");
    assert!(ends.contains_key("fiscalised without its receipt") && ends.contains_key("void"), "{ends:?}");
}
