//! How customers behave, as a table: a scenario is a row, and `town` plays all of them with the same few rules.
//!
//! Shares are per cent of the customers, chances are basis points, amounts are major units before VAT, days of
//! payment count from the due day.

use receivables::Currency;

use super::rng::Span;

/// What a line of business buys, and what its firms are called.
#[derive(Debug)]
pub struct Segment {
    pub name: &'static str,
    /// Last words of a firm's name.
    pub trades: &'static [&'static str],
    /// What it buys, with a price in major units (whole hundreds in francs, so that VAT is exact).
    pub products: &'static [(&'static str, i64)],
}

/// How much of the payer's telephone number the money shows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Phone {
    Hidden,
    /// The last three digits.
    Masked,
    Whole,
}

/// A way money takes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Channel {
    pub account: &'static str,
    /// Head of the provider's references.
    pub prefix: &'static str,
    /// What the provider keeps of it.
    pub fee_bps: i64,
    /// Money also moves on weekends and holidays.
    pub every_day: bool,
    pub phone: Phone,
    /// How the provider writes the name of a firm.
    pub shouts: bool,
}

const BANK: Channel =
    Channel { account: "bank", prefix: "FT", fee_bps: 0, every_day: false, phone: Phone::Hidden, shouts: true };
const MOMO: Channel =
    Channel { account: "momo", prefix: "MP", fee_bps: 50, every_day: true, phone: Phone::Whole, shouts: false };
const AIRTEL: Channel =
    Channel { account: "airtel", prefix: "AT", fee_bps: 50, every_day: true, phone: Phone::Whole, shouts: false };
const CASH: Channel =
    Channel { account: "cash", prefix: "CR", fee_bps: 0, every_day: false, phone: Phone::Hidden, shouts: false };

/// Whose name stands on the money.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Payer {
    /// The customer's own.
    Own,
    /// A sister company's, which is no customer.
    Sister,
    /// The person's who runs the firm.
    Owner,
}

/// Paying less than asked.
#[derive(Debug)]
pub struct Short {
    pub bps: u32,
    /// How much less, in basis points of the payment.
    pub by_bps: Span,
    /// How often we agree and credit the rest; otherwise it may come later, or never.
    pub credited_bps: u32,
    pub later_bps: u32,
}

/// Refusing to pay until something is put right.
#[derive(Debug)]
pub struct Dispute {
    pub bps: u32,
    /// How often it ends in a credit note.
    pub credited_bps: u32,
    /// Of the others, how many are rejected; the rest stay open.
    pub rejected_bps: u32,
    /// Share of the invoice that is contested, in basis points.
    pub part_bps: Span,
}

/// Promising to pay when a collector calls, instead of paying.
#[derive(Debug)]
pub struct Promising {
    pub bps: u32,
    pub keep_bps: u32,
}

/// One way to be a customer.
#[derive(Debug)]
pub struct Scenario {
    pub name: &'static str,
    /// The customer that shows nothing but this.
    pub example: &'static str,
    pub share: u32,
    pub segments: &'static [(u32, &'static Segment)],
    pub currency: Currency,
    pub terms_days: &'static [(u32, i32)],
    /// Days between two invoices.
    pub invoice_every: Span,
    /// Months with invoices; all when empty.
    pub months: &'static [i8],
    pub size: Span,
    /// Due days after the invoice with weights; one instalment by the terms when empty.
    pub instalments: &'static [(i32, u32)],
    /// Days from the due day to the payment.
    pub delay: &'static [(u32, Span)],
    pub channels: &'static [(u32, Channel)],
    /// What the payer writes: `{n}` the numbers, `{d}` their digits, `{w}` a wrong number, `{name}` the customer.
    pub texts: &'static [(u32, &'static str)],
    pub payer: Payer,
    /// How much of the telephone number shows, where it is not as the channel does.
    pub phone: Option<Phone>,
    /// Paying everything that is due in one sum.
    pub together_bps: u32,
    /// Paying round sums of so much on account; 0: what is owed.
    pub round_to: i64,
    /// Into how many payments one is cut.
    pub parts: Span,
    pub part_gap_days: Span,
    pub short: Short,
    pub twice_bps: u32,
    pub promise: Promising,
    pub dispute: Dispute,
    /// Never heard of again, from a day in the history.
    pub goes_silent: bool,
}

const RETAIL: Segment = Segment {
    name: "retail",
    trades: &["Supermarket", "Traders", "Hardware", "Pharmacy", "Coop", "Mini Market", "Wholesale", "Bakery"],
    products: &[
        ("Rice 25 kg", 38_000),
        ("Cooking oil 20 l", 54_500),
        ("Soap, carton", 18_600),
        ("Maize flour 25 kg", 26_400),
        ("Sugar 50 kg", 72_000),
        ("Salt, bale", 9_800),
        ("Exercise books, carton", 31_500),
    ],
};
const HOTEL: Segment = Segment {
    name: "hotel",
    trades: &["Hotel", "Restaurant", "Lodge", "Guest House", "Café"],
    products: &[
        ("Mineral water, carton", 6_200),
        ("Roasted coffee 1 kg", 12_500),
        ("Bed linen, set", 46_000),
        ("Cooking oil 20 l", 54_500),
        ("Cleaning set", 21_300),
    ],
};
const SCHOOL: Segment = Segment {
    name: "school",
    trades: &["School", "Academy", "College", "Nursery School", "Technical School"],
    products: &[
        ("Exercise books, carton", 31_500),
        ("Beans 50 kg", 61_000),
        ("Maize flour 25 kg", 26_400),
        ("Uniform cloth, roll", 88_000),
        ("Chalk, carton", 14_700),
    ],
};
const PUBLIC: Segment = Segment {
    name: "public",
    trades: &["Health Centre", "District Hospital", "Sector Office", "Water Board", "Vocational Centre"],
    products: &[
        ("Printing paper, carton", 24_300),
        ("Disinfectant 5 l", 15_200),
        ("Blankets, bale", 118_000),
        ("Mattress", 64_000),
        ("Office chair", 92_500),
    ],
};
const IMPORT: Segment = Segment {
    name: "import",
    trades: &["Importers", "Export House", "Trading", "Commodities", "Logistics"],
    products: &[
        ("Washed coffee 60 kg", 285),
        ("Black tea, chest", 190),
        ("Macadamia 25 kg", 240),
        ("Chili oil, drum", 410),
        ("Pyrethrum 20 kg", 330),
    ],
};

/// A tidy customer; each scenario says what is different.
const PLAIN: Scenario = Scenario {
    name: "",
    example: "",
    share: 0,
    segments: &[(7, &RETAIL), (3, &HOTEL)],
    currency: Currency::RWF,
    terms_days: &[(1, 7), (3, 15), (5, 30), (1, 45)],
    invoice_every: (14, 30),
    months: &[],
    size: (20_000, 2_400_000),
    instalments: &[],
    delay: &[(6, (-5, 0)), (3, (1, 4)), (1, (-12, -6))],
    channels: &[(6, BANK), (3, MOMO), (1, CASH)],
    texts: &[(5, "payment {n}"), (3, "inv {d}"), (2, "fagitire {d}"), (1, "facture n° {d}"), (1, "{n} {name}")],
    payer: Payer::Own,
    phone: None,
    together_bps: 2_500,
    round_to: 0,
    parts: (1, 1),
    part_gap_days: (7, 16),
    short: Short { bps: 80, by_bps: (100, 900), credited_bps: 4_000, later_bps: 4_000 },
    twice_bps: 20,
    promise: Promising { bps: 200, keep_bps: 7_000 },
    dispute: Dispute { bps: 60, credited_bps: 7_000, rejected_bps: 5_000, part_bps: (1_000, 10_000) },
    goes_silent: false,
};

/// Every scenario; customer 1 is the example of the first, and so on.
pub static SCENARIOS: [Scenario; 16] = [
    Scenario {
        name: "pays_on_time",
        example: "Ineza Supermarket",
        share: 20,
        invoice_every: (10, 24),
        size: (40_000, 3_600_000),
        ..PLAIN
    },
    Scenario {
        name: "pays_late",
        example: "Urumuri Traders",
        share: 16,
        invoice_every: (12, 28),
        delay: &[(5, (4, 15)), (4, (16, 40)), (1, (41, 80))],
        promise: Promising { bps: 1_500, keep_bps: 6_500 },
        ..PLAIN
    },
    Scenario {
        name: "pays_short",
        example: "Keza Wholesale",
        share: 5,
        invoice_every: (12, 26),
        delay: &[(6, (0, 8)), (2, (9, 25))],
        short: Short { bps: 4_500, by_bps: (50, 1_500), credited_bps: 4_500, later_bps: 3_000 },
        ..PLAIN
    },
    Scenario {
        name: "pays_twice",
        example: "Isano Pharmacy",
        share: 3,
        invoice_every: (14, 30),
        channels: &[(1, BANK), (1, MOMO)],
        twice_bps: 1_500,
        ..PLAIN
    },
    Scenario {
        name: "pays_in_parts",
        example: "Umucyo Hardware",
        share: 5,
        invoice_every: (20, 45),
        size: (300_000, 6_000_000),
        texts: &[(4, "part payment {n}"), (2, "avance {n}"), (3, "igice cya mbere"), (1, "")],
        delay: &[(1, (0, 15))],
        parts: (2, 4),
        ..PLAIN
    },
    Scenario {
        name: "pays_round_sums",
        example: "Amahoro Mini Market",
        share: 5,
        invoice_every: (12, 26),
        size: (60_000, 900_000),
        texts: &[(3, ""), (2, "payment on account"), (1, "kwishyura")],
        channels: &[(2, MOMO), (2, BANK), (1, AIRTEL)],
        delay: &[(1, (0, 18))],
        round_to: 50_000,
        ..PLAIN
    },
    Scenario {
        name: "pays_by_momo_without_reference",
        example: "Umuganda Coop",
        share: 8,
        segments: &[(1, &RETAIL)],
        terms_days: &[(3, 7), (3, 15), (1, 30)],
        invoice_every: (8, 20),
        size: (20_000, 450_000),
        delay: &[(5, (-2, 4)), (3, (5, 18))],
        channels: &[(8, MOMO), (2, AIRTEL)],
        texts: &[(1, "")],
        ..PLAIN
    },
    Scenario {
        name: "forgets_reference",
        example: "Nyungwe Lodge",
        share: 5,
        delay: &[(5, (-2, 8)), (3, (9, 25))],
        channels: &[(4, MOMO), (4, BANK), (2, CASH)],
        texts: &[(4, ""), (2, "for goods"), (2, "payment {w}"), (1, "kwishyura ibicuruzwa"), (2, "inv {d}")],
        payer: Payer::Owner,
        phone: Some(Phone::Masked),
        ..PLAIN
    },
    Scenario {
        name: "pays_for_another",
        example: "Akagera Guest House",
        share: 3,
        invoice_every: (18, 36),
        channels: &[(1, BANK)],
        texts: &[(4, "{n}"), (3, "for {name}"), (3, "group payment")],
        payer: Payer::Sister,
        ..PLAIN
    },
    Scenario {
        name: "goes_silent",
        example: "Rusizi Traders",
        share: 4,
        delay: &[(1, (2, 30))],
        promise: Promising { bps: 2_000, keep_bps: 2_000 },
        goes_silent: true,
        ..PLAIN
    },
    Scenario {
        name: "disputes",
        example: "Virunga Restaurant",
        share: 4,
        delay: &[(1, (0, 14))],
        dispute: Dispute { bps: 3_000, credited_bps: 7_500, rejected_bps: 5_000, part_bps: (800, 10_000) },
        ..PLAIN
    },
    Scenario {
        name: "promises_and_keeps",
        example: "Muhazi Bakery",
        share: 4,
        delay: &[(1, (5, 25))],
        promise: Promising { bps: 7_500, keep_bps: 9_500 },
        together_bps: 9_000,
        ..PLAIN
    },
    Scenario {
        name: "promises_and_breaks",
        example: "Kivu Hotel",
        share: 4,
        invoice_every: (16, 34),
        delay: &[(1, (10, 60))],
        promise: Promising { bps: 7_500, keep_bps: 1_500 },
        together_bps: 6_000,
        ..PLAIN
    },
    Scenario {
        name: "seasonal_school",
        example: "Imena Academy",
        share: 4,
        segments: &[(1, &SCHOOL)],
        terms_days: &[(1, 30), (1, 45)],
        invoice_every: (8, 20),
        months: &[1, 2, 4, 5, 9, 10],
        size: (150_000, 5_500_000),
        instalments: &[(30, 50), (60, 50)],
        delay: &[(4, (-3, 5)), (4, (6, 35))],
        channels: &[(5, BANK), (2, MOMO)],
        texts: &[(5, "{n} school account"), (2, "facture {d}")],
        parts: (2, 2),
        part_gap_days: (25, 35),
        ..PLAIN
    },
    Scenario {
        name: "public_body_slow",
        example: "Mashya Health Centre",
        share: 4,
        segments: &[(1, &PUBLIC)],
        terms_days: &[(3, 30), (2, 45)],
        invoice_every: (25, 45),
        size: (250_000, 15_000_000),
        delay: &[(3, (20, 45)), (4, (46, 80)), (2, (81, 140))],
        channels: &[(1, BANK)],
        texts: &[(1, "{n}")],
        together_bps: 6_000,
        ..PLAIN
    },
    Scenario {
        name: "dollar_importer",
        example: "Urugendo Importers",
        share: 6,
        segments: &[(1, &IMPORT)],
        currency: Currency::USD,
        terms_days: &[(2, 30), (2, 45), (1, 15)],
        invoice_every: (12, 24),
        size: (600, 16_000),
        delay: &[(5, (-3, 6)), (3, (7, 30)), (1, (31, 60))],
        channels: &[(1, BANK)],
        texts: &[(4, "{n}"), (2, "INVOICE {d}"), (1, "")],
        ..PLAIN
    },
];

/// The scenario of the n-th customer, from 1: the sixteen examples first, then each as often as its share says.
pub fn of_customer(n: usize) -> &'static Scenario {
    if let Some(example) = n.checked_sub(1).and_then(|at| SCENARIOS.get(at)) {
        return example;
    }
    // 37 and 100 have no common divisor: every hundred customers hold each share exactly, well mixed.
    let mut place = u32::try_from(n * 37 % 100).unwrap_or(0);
    for scenario in &SCENARIOS {
        match place.checked_sub(scenario.share) {
            None => return scenario,
            Some(rest) => place = rest,
        }
    }
    &SCENARIOS[0]
}

/// The name of the scenario a customer of the demo plays, from the code; empty for any other code.
pub fn scenario_of(code: &str) -> &'static str {
    let number = code.strip_prefix('C').and_then(|digits| digits.parse::<usize>().ok());
    number.filter(|n| *n > 0).map_or("", |n| of_customer(n).name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_a_whole_and_the_examples_come_first() {
        assert_eq!(SCENARIOS.iter().map(|s| s.share).sum::<u32>(), 100);
        assert_eq!(scenario_of("C001"), "pays_on_time");
        assert_eq!(scenario_of("C016"), "dollar_importer");
        assert_eq!(scenario_of("C000"), "");
        assert_eq!(scenario_of("walk-in"), "");
        let late = (101..=200).filter(|n| of_customer(*n).name == "pays_late").count();
        assert_eq!(late, 16);
    }
}
