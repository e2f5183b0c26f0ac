//! How hard a company is: how often each habit occurs, in ten-thousandths.

/// A table of habits by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Difficulty {
    /// `easy`, `fair` or `hard`.
    pub name: &'static str,
    /// One payment for several invoices.
    pub several: u32,
    /// A round part of what is owed.
    pub part: u32,
    /// More than is owed, rounded up.
    pub overpaid: u32,
    /// The channel keeps its charge from what arrives.
    pub fee_netted: u32,
    /// Somebody else pays for the customer.
    pub third_party: u32,
    /// Money that is no customer's payment.
    pub not_a_customer: u32,
    /// Two equal open amounts, nobody named.
    pub ambiguous: u32,
    /// A number of somebody else's or of an invoice that is paid.
    pub wrong_reference: u32,
    /// A bank transfer says the invoice's number.
    pub number_by_bank: u32,
    /// A message of the wallet says it.
    pub number_by_wallet: u32,
    /// Of the numbers said: only the end.
    pub tail: u32,
    /// Of the numbers said: with a slip.
    pub slip: u32,
    /// Of the numbers said: other case, spaces, zeros left out.
    pub respelt: u32,
    /// The name is spelt another way.
    pub variant: u32,
    /// The name has a typing error.
    pub typo: u32,
    /// The telephone number is masked.
    pub masked: u32,
    /// The text is cut by the channel.
    pub cut: u32,
    /// Other digits stand in the text: a year, a plot, an order.
    pub decoy: u32,
    /// Customers whose telephone is not on file.
    pub no_telephone: u32,
    /// Customers who share a telephone with another.
    pub shared_telephone: u32,
    /// Customers whose name is nearly another's.
    pub near_name: u32,
    /// Customers who are billed the same amount again and again, one of a few.
    pub same_amount: u32,
    /// Customers that are public bodies and withhold tax.
    pub public_body: u32,
    /// Businesses that withhold 15 % of the net amount.
    pub withholds: u32,
    /// Customers with somebody on file who pays for them.
    pub payer_on_file: u32,
}

/// The three, the easiest first.
pub const ALL: [Difficulty; 3] = [EASY, FAIR, HARD];

const EASY: Difficulty = Difficulty {
    name: "easy",
    several: 1_200,
    part: 300,
    overpaid: 100,
    fee_netted: 0,
    third_party: 0,
    not_a_customer: 150,
    ambiguous: 30,
    wrong_reference: 0,
    number_by_bank: 9_300,
    number_by_wallet: 7_500,
    tail: 0,
    slip: 0,
    respelt: 1_000,
    variant: 0,
    typo: 0,
    masked: 3_000,
    cut: 0,
    decoy: 200,
    no_telephone: 500,
    shared_telephone: 0,
    near_name: 0,
    same_amount: 800,
    public_body: 300,
    withholds: 0,
    payer_on_file: 0,
};

const FAIR: Difficulty = Difficulty {
    name: "fair",
    several: 1_800,
    part: 900,
    overpaid: 200,
    fee_netted: 150,
    third_party: 500,
    not_a_customer: 300,
    ambiguous: 100,
    wrong_reference: 40,
    number_by_bank: 7_500,
    number_by_wallet: 4_500,
    tail: 2_500,
    slip: 400,
    respelt: 4_000,
    variant: 4_000,
    typo: 400,
    masked: 7_000,
    cut: 400,
    decoy: 800,
    no_telephone: 2_000,
    shared_telephone: 100,
    near_name: 200,
    same_amount: 1_500,
    public_body: 500,
    withholds: 200,
    payer_on_file: 1_500,
};

const HARD: Difficulty = Difficulty {
    name: "hard",
    several: 2_000,
    part: 1_000,
    overpaid: 300,
    fee_netted: 600,
    third_party: 1_300,
    not_a_customer: 500,
    ambiguous: 250,
    wrong_reference: 400,
    number_by_bank: 5_500,
    number_by_wallet: 2_500,
    tail: 2_500,
    slip: 2_000,
    respelt: 5_000,
    variant: 6_000,
    typo: 1_500,
    masked: 8_500,
    cut: 1_500,
    decoy: 1_800,
    no_telephone: 3_500,
    shared_telephone: 600,
    near_name: 1_200,
    same_amount: 2_500,
    public_body: 800,
    withholds: 600,
    payer_on_file: 2_500,
};

/// The one of this name.
pub fn named(name: &str) -> Option<Difficulty> {
    ALL.into_iter().find(|one| one.name == name)
}
