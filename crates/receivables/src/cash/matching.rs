//! Which open items a payment settles, and how sure we are. [`propose`] weighs the evidence of one line (numbers in its
//! text, the payer, the amount) and returns allocations with reasons; it never guesses in silence.
//!
//! A wrong automatic posting costs more than ten manual ones, so `Applied` needs evidence that fits one answer only: a
//! named number, or a known payer with one item or one combination of the amount. Over-payment is never a difference:
//! what is over stays unapplied. Amounts are minor units of one currency.

mod evidence;
mod subset;

use std::collections::BTreeSet;

pub use evidence::Evidence;
pub use subset::{COMBINATIONS_MAX, ITEMS_COUNTED_MAX, Subsets, count_subsets};

use super::reference::{Mention, Strength};
use crate::Date;

/// An open item a payment may settle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenItem {
    /// The caller's index, which mentions and allocations use.
    pub item: usize,
    /// The number of its document; instalments share it.
    pub number: String,
    /// The caller's index of the customer.
    pub customer: u32,
    pub due_on: Date,
    /// Minor units; a credit note, below zero, is never settled by a payment.
    pub open: i64,
    /// What settles all of that on the day of the payment with the discount for paying early; `None` where there is none.
    pub early: Option<i64>,
}

impl OpenItem {
    /// The least that settles it.
    fn least(&self) -> i64 {
        self.early.unwrap_or(self.open)
    }
}

/// What is known of a payment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Minor units, above zero.
    pub amount: i64,
    pub on: Date,
    pub text: String,
    /// Open items its text names, from [`super::reference::ReferenceIndex::find`].
    pub references: Vec<Mention>,
    /// Numbers its text names that are not open any more.
    pub closed: Vec<String>,
    /// The customer known by account, telephone or exact identity.
    pub payer: Option<u32>,
    /// By what the payer is known, where a person confirmed it once.
    pub learned: Option<String>,
    /// The customer whose name the text has, and the words: weaker evidence.
    pub payer_guess: Option<(u32, String)>,
    /// The guess is by a whole name that one customer alone has.
    pub is_whole_name: bool,
    /// The line says who paid, known or not.
    pub has_payer: bool,
    /// A person said whose money it is.
    pub is_told: bool,
}

/// A company's settings for matching.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Policy {
    /// A short payment up to this many minor units is a difference.
    pub tolerance_minor: i64,
    /// Or up to this share of what is open, in basis points. The larger of the two holds; zero and zero: none.
    pub tolerance_bps: i64,
    /// Customers have agreed that payments settle the oldest items first.
    pub oldest_first: bool,
}

/// What may be done with a proposal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// May be posted without a person.
    Applied,
    /// A person decides.
    Proposed,
    /// Nothing is known to propose.
    Unexplained,
}

/// What is missing on an item that a payment was meant to settle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shortfall {
    pub item: usize,
    /// Minor units still open after the allocation.
    pub missing: i64,
    /// Small enough to be booked as a difference.
    pub within_tolerance: bool,
}

/// A decision about one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    pub outcome: Outcome,
    /// 0 to 10,000. A ranking by kind of evidence, not a measured probability.
    pub confidence_bps: u16,
    /// Items by the caller's index, and minor units.
    pub allocations: Vec<(usize, i64)>,
    /// Minor units left unapplied.
    pub rest: i64,
    pub shortfall: Option<Shortfall>,
    pub evidence: Vec<Evidence>,
}

/// So many items at most are believed to be what was meant by their sum alone; all of a payer's are, too.
pub const COMBINED_MAX: usize = 3;
/// So much above all that is open a payer's money is believed to be meant for it.
const OVER_PERCENT_MAX: i128 = 25;

/// What a payment settles. `items` are the open items, of the line's currency, of the payer or the guessed payer and
/// those its text names; with neither payer nor number, all items of the book with exactly this amount.
pub fn propose(line: &Line, items: &[OpenItem], policy: &Policy) -> Proposal {
    if line.amount <= 0 {
        return unexplained(line, vec![Evidence::NoEvidence]);
    }
    let named = named_items(line, items);
    let mut proposal = if !named.is_empty() {
        by_reference(line, &named, items, policy)
    } else if let Some(payer) = line.payer {
        let evidence = match &line.learned {
            Some(words) => Evidence::PayerLearned { words: words.clone() },
            None => Evidence::PayerKnown,
        };
        by_payer(line, &of_customer(items, payer), evidence, policy)
    } else if let Some((guess, words)) = &line.payer_guess {
        let evidence = Evidence::PayerByName { words: words.clone() };
        let proposal = by_payer(line, &of_customer(items, *guess), evidence, policy);
        let just_one = proposal.confidence_bps == trust::PAYER_AND_AMOUNT && proposal.rest == 0;
        if line.is_whole_name && just_one { proposal } else { at_most_proposed(proposal) }
    } else {
        by_amount_alone(line, items)
    };
    if !line.closed.is_empty() {
        let exact = !named.is_empty() && proposal.rest == 0 && proposal.shortfall.is_none();
        if !exact {
            proposal = at_most_proposed(proposal);
        }
        proposal.evidence.extend(line.closed.iter().map(|number| Evidence::NotOpen { number: number.clone() }));
    }
    proposal
}

/// How sure each kind of evidence makes us, in basis points: an order of trust, from the strongest.
mod trust {
    pub const NUMBER_AND_AMOUNT: u16 = 9_990;
    pub const NUMBER: u16 = 9_900;
    pub const PAYER_AND_AMOUNT: u16 = 9_800;
    pub const PAYER_AND_ONLY_COMBINATION: u16 = 9_600;
    pub const PAYER_PAYS_ALL: u16 = 9_500;
    pub const PAYER_WITHIN_TOLERANCE: u16 = 9_400;
    pub const OLDEST_FIRST_AGREED: u16 = 9_300;
    /// The most a proposal can have that a person must see.
    pub const PROPOSED_MAX: u16 = 8_000;
    pub const SAME_AMOUNT: u16 = 6_000;
    pub const SEVERAL_COMBINATIONS: u16 = 4_000;
    pub const AMOUNT_ALONE: u16 = 3_500;
    pub const OLDEST_FIRST_GUESSED: u16 = 3_000;
}

/// The open items the text names, in its order; instalments of one document by due date.
fn named_items<'a>(line: &Line, items: &'a [OpenItem]) -> Vec<(&'a OpenItem, Strength)> {
    let mut named: Vec<(&OpenItem, Strength)> = Vec::new();
    for mention in &line.references {
        let known = named.iter().any(|(item, _)| item.item == mention.index);
        if let Some(item) = items.iter().find(|item| item.item == mention.index && item.open > 0 && !known) {
            named.push((item, mention.strength));
        }
    }
    let place = |number: &str, order: &[String]| order.iter().position(|known| known == number);
    let order: Vec<String> = named.iter().map(|(item, _)| item.number.clone()).collect();
    named.sort_by_key(|(item, _)| (place(&item.number, &order), item.due_on));
    named
}

fn of_customer(items: &[OpenItem], customer: u32) -> Vec<&OpenItem> {
    let mut found: Vec<&OpenItem> = items.iter().filter(|item| item.customer == customer && item.open > 0).collect();
    found.sort_by_key(|item| (item.due_on, item.item));
    found
}

fn by_reference(line: &Line, named: &[(&OpenItem, Strength)], all: &[OpenItem], policy: &Policy) -> Proposal {
    let items: Vec<&OpenItem> = named.iter().map(|(item, _)| *item).collect();
    let customers: BTreeSet<u32> = items.iter().map(|item| item.customer).collect();
    let documents: BTreeSet<&str> = items.iter().map(|item| item.number.as_str()).collect();
    let mut proposal = settle(line.amount, &items, policy);
    let exact = proposal.rest == 0 && proposal.shortfall.is_none();
    let short = proposal.shortfall.is_some_and(|shortfall| !shortfall.within_tolerance);
    let weak = named.iter().any(|(_, strength)| *strength != Strength::Exact);
    let stranger = line.payer.and_then(|payer| items.iter().find(|item| item.customer != payer));
    let guess = line.payer_guess.as_ref().filter(|_| line.payer.is_none());
    let guess_is_other = guess.is_some_and(|(guess, _)| !customers.contains(guess));
    let payer_agrees = stranger.is_none() && (line.payer.is_some() || guess.is_some_and(|_| !guess_is_other));

    proposal.confidence_bps = if exact { trust::NUMBER_AND_AMOUNT } else { trust::NUMBER };
    // Another open item is just the amount: the number may be the slip.
    let another = all.iter().any(|item| {
        let just = item.open == line.amount || item.early == Some(line.amount);
        just && !items.iter().any(|named| named.item == item.item)
    });
    let doubtful = stranger.is_some()
        || (customers.len() > 1 && !exact)
        || (documents.len() > 1 && short)
        || (weak && !exact && !payer_agrees)
        || (guess_is_other && !exact)
        || (line.has_payer && !exact && !payer_agrees)
        || (!exact && another)
        || (proposal.rest > 0 && has_unread_number(line, &documents));

    let mut evidence = documents_in_order(named);
    match (line.payer, guess, stranger) {
        (_, _, Some(item)) => evidence.push(Evidence::OtherPayer { number: item.number.clone() }),
        (Some(_), _, None) => evidence.push(Evidence::PayerKnown),
        (None, Some((_, words)), None) => evidence.push(Evidence::PayerByName { words: words.clone() }),
        (None, None, None) => {}
    }
    if customers.len() > 1 {
        evidence.push(Evidence::MixedCustomers { count: customers.len() });
    }
    evidence.append(&mut proposal.evidence);
    proposal.evidence = evidence;
    if doubtful { at_most_proposed(proposal) } else { proposal }
}

/// Digits in a row that may be a number of a document.
const NUMBER_DIGITS_MIN: usize = 3;

/// Whether the text has a number that is of none of the documents, nor the amount: perhaps one more that it pays.
fn has_unread_number(line: &Line, documents: &BTreeSet<&str>) -> bool {
    let bare = |digits: &str| digits.trim_start_matches('0').to_owned();
    let known: Vec<String> = documents
        .iter()
        .map(|number| number.chars().filter(char::is_ascii_digit).collect::<String>())
        .chain([line.amount.to_string()])
        .collect();
    line.text
        .split(|c: char| !c.is_ascii_digit())
        .filter(|run| run.len() >= NUMBER_DIGITS_MIN)
        .any(|run| !known.iter().any(|number| number.contains(&bare(run))))
}

/// One reason for each document named.
fn documents_in_order(named: &[(&OpenItem, Strength)]) -> Vec<Evidence> {
    let mut seen = BTreeSet::new();
    named
        .iter()
        .filter(|(item, _)| seen.insert(item.number.as_str()))
        .map(|(item, strength)| {
            let number = item.number.clone();
            if *strength == Strength::Exact {
                Evidence::RefersTo { number }
            } else {
                Evidence::RefersWeaklyTo { number }
            }
        })
        .collect()
}

/// What a payer's amount says about the payer's own items, given oldest first.
fn by_payer(line: &Line, items: &[&OpenItem], payer: Evidence, policy: &Policy) -> Proposal {
    if items.is_empty() {
        return unexplained(line, vec![payer, Evidence::NothingOpen]);
    }
    let mut proposal = payer_amount(line.amount, items, policy);
    let whole: i128 = items.iter().map(|item| i128::from(item.open)).sum();
    // Far above all that is open it may be for something else: a refund, an advance, another's debt.
    if !line.is_told && (i128::from(line.amount) - whole) * 100 > whole * OVER_PERCENT_MAX {
        proposal = at_most_proposed(proposal);
    }
    proposal.evidence.insert(0, payer);
    proposal
}

fn payer_amount(amount: i64, items: &[&OpenItem], policy: &Policy) -> Proposal {
    let settled = |item: &&OpenItem| item.open == amount || item.early == Some(amount);
    let equal: Vec<&OpenItem> = items.iter().copied().filter(settled).collect();
    match equal.as_slice() {
        [] => {}
        [only] => return confident(settle(amount, &[*only], policy), trust::PAYER_AND_AMOUNT),
        [oldest, ..] => {
            let mut proposal = settle(amount, &[*oldest], policy);
            proposal.evidence.push(Evidence::SameAmount { count: equal.len() });
            return agreed_or_proposed(proposal, trust::SAME_AMOUNT, policy);
        }
    }
    let subsets = combinations(amount, items);
    let first: Vec<&OpenItem> = subsets.first.iter().map(|at| items[*at]).collect();
    match subsets.count {
        0 => no_combination(amount, items, subsets.counted, policy),
        1 => {
            let mut proposal = settle(amount, &first, policy);
            proposal.evidence.push(Evidence::OnlyCombination { count: first.len() });
            let proposal = confident(proposal, trust::PAYER_AND_ONLY_COMBINATION);
            // Among many, some add up to anything.
            let told = first.len() <= COMBINED_MAX || first.len() == items.len();
            if told { proposal } else { at_most_proposed(proposal) }
        }
        count => {
            let chosen_items = if policy.oldest_first { reached(amount, items) } else { first.as_slice() };
            let mut proposal = settle(amount, chosen_items, policy);
            proposal.evidence.push(Evidence::SeveralCombinations { count_capped: count });
            agreed_or_proposed(proposal, trust::SEVERAL_COMBINATIONS, policy)
        }
    }
}

/// The combinations of items that the amount settles, each as it is open or each with its discount.
fn combinations(amount: i64, items: &[&OpenItem]) -> Subsets {
    let of = |worth: fn(&OpenItem) -> i64| {
        let amounts: Vec<i64> = items.iter().map(|item| worth(item)).collect();
        count_subsets(&amounts, amount, COMBINATIONS_MAX)
    };
    let as_open = of(|item| item.open);
    if items.iter().all(|item| item.early.is_none()) {
        return as_open;
    }
    let early = of(OpenItem::least);
    let counted = as_open.counted && early.counted;
    let same = as_open.count == 1 && early.count == 1 && as_open.first == early.first;
    if same || as_open.count == 0 {
        return Subsets { counted, ..early };
    }
    Subsets { count: (as_open.count + early.count).min(COMBINATIONS_MAX), counted, ..as_open }
}

/// The amount is no sum of items: all and more, one item but a little, or a part payment.
fn no_combination(amount: i64, items: &[&OpenItem], counted: bool, policy: &Policy) -> Proposal {
    let whole: i128 = items.iter().map(|item| i128::from(item.open)).sum();
    if i128::from(amount) > whole {
        return confident(settle(amount, items, policy), trust::PAYER_PAYS_ALL);
    }
    let near: Vec<&OpenItem> = items.iter().copied().filter(|item| is_near(amount, item.open, policy)).collect();
    if let [only] = near.as_slice() {
        return confident(settle(amount, &[*only], policy), trust::PAYER_WITHIN_TOLERANCE);
    }
    let mut proposal = settle(amount, reached(amount, items), policy);
    if !counted {
        proposal.evidence.push(Evidence::NotCounted { items: items.len() });
    }
    agreed_or_proposed(proposal, trust::OLDEST_FIRST_GUESSED, policy)
}

/// The first items that the amount reaches; the last may be reached in part.
fn reached<'a, 'b>(amount: i64, items: &'a [&'b OpenItem]) -> &'a [&'b OpenItem] {
    let mut rest = amount;
    let untouched = items.iter().position(|item| {
        let done = rest <= 0;
        rest = rest.saturating_sub(item.open);
        done
    });
    &items[..untouched.unwrap_or(items.len())]
}

fn by_amount_alone(line: &Line, items: &[OpenItem]) -> Proposal {
    let equal: Vec<&OpenItem> = items.iter().filter(|item| item.open == line.amount).collect();
    match equal.as_slice() {
        [] => unexplained(line, vec![Evidence::NoEvidence]),
        [only] => Proposal {
            outcome: Outcome::Proposed,
            confidence_bps: trust::AMOUNT_ALONE,
            allocations: vec![(only.item, line.amount)],
            rest: 0,
            shortfall: None,
            evidence: vec![Evidence::ExactAmount { amount: line.amount }],
        },
        _ => unexplained(line, vec![Evidence::SameAmount { count: equal.len() }]),
    }
}

/// Fills items in the order given, and says what is over or missing. Applied, unless the caller doubts it.
fn settle(amount: i64, items: &[&OpenItem], policy: &Policy) -> Proposal {
    if let Some(proposal) = settle_early(amount, items) {
        return proposal;
    }
    let mut rest = amount;
    let mut allocations = Vec::new();
    let mut short_item = None;
    let mut missing: i64 = 0;
    for item in items {
        let part = rest.min(item.open);
        if part > 0 {
            allocations.push((item.item, part));
            rest -= part;
        }
        if part < item.open {
            short_item = short_item.or(Some(item.item));
            missing = missing.saturating_add(item.open - part);
        }
    }
    let open = amount.saturating_sub(rest).saturating_add(missing);
    let within_tolerance = missing > 0 && is_near(open - missing, open, policy);
    let evidence = match (rest, missing) {
        (0, 0) => Evidence::ExactAmount { amount },
        (rest, 0) => Evidence::Overpaid { rest },
        (_, missing) if within_tolerance => Evidence::WithinTolerance { missing },
        (_, missing) => Evidence::ShortBy { missing },
    };
    Proposal {
        outcome: Outcome::Applied,
        confidence_bps: trust::NUMBER,
        allocations,
        rest,
        shortfall: short_item.map(|item| Shortfall { item, missing, within_tolerance }),
        evidence: vec![evidence],
    }
}

/// All the items to the last unit with their discounts for paying early, where that is what the amount is.
fn settle_early(amount: i64, items: &[&OpenItem]) -> Option<Proposal> {
    let sum = |worth: fn(&OpenItem) -> i64| items.iter().map(|item| i128::from(worth(item))).sum::<i128>();
    let discount = sum(|item| item.open) - i128::from(amount);
    if discount <= 0 || sum(OpenItem::least) != i128::from(amount) {
        return None;
    }
    Some(Proposal {
        outcome: Outcome::Applied,
        confidence_bps: trust::NUMBER,
        allocations: items.iter().map(|item| (item.item, item.least())).collect(),
        rest: 0,
        shortfall: None,
        evidence: vec![Evidence::WithDiscount { discount: i64::try_from(discount).ok()? }],
    })
}

/// Is the amount short of what is open by no more than the tolerance?
fn is_near(amount: i64, open: i64, policy: &Policy) -> bool {
    let missing = i128::from(open) - i128::from(amount);
    let share = i128::from(open) * i128::from(policy.tolerance_bps);
    missing > 0 && (missing <= i128::from(policy.tolerance_minor) || missing * 10_000 <= share)
}

fn confident(mut proposal: Proposal, confidence_bps: u16) -> Proposal {
    proposal.confidence_bps = confidence_bps;
    proposal
}

/// Several answers fit: applied if oldest first is agreed with the customer, else proposed.
fn agreed_or_proposed(mut proposal: Proposal, proposed_bps: u16, policy: &Policy) -> Proposal {
    if policy.oldest_first {
        proposal.evidence.push(Evidence::OldestFirst);
        return confident(proposal, trust::OLDEST_FIRST_AGREED);
    }
    at_most_proposed(confident(proposal, proposed_bps))
}

fn at_most_proposed(mut proposal: Proposal) -> Proposal {
    if proposal.outcome == Outcome::Applied {
        proposal.outcome = Outcome::Proposed;
    }
    proposal.confidence_bps = proposal.confidence_bps.min(trust::PROPOSED_MAX);
    proposal
}

fn unexplained(line: &Line, evidence: Vec<Evidence>) -> Proposal {
    Proposal {
        outcome: Outcome::Unexplained,
        confidence_bps: 0,
        allocations: Vec::new(),
        rest: line.amount,
        shortfall: None,
        evidence,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cash::reference::ReferenceIndex;
    use proptest::prelude::*;

    const NO_TOLERANCE: Policy = Policy { tolerance_minor: 0, tolerance_bps: 0, oldest_first: false };
    const P1: u32 = 1;
    const P2: u32 = 2;

    /// Items (customer, open) with numbers INV-7001, INV-7002, … due a day apart.
    fn book(items: &[(u32, i64)]) -> Vec<OpenItem> {
        let due = |at: usize| Date::from_day_number(20_000 + i32::try_from(at).unwrap());
        let item = |(at, (customer, open)): (usize, &(u32, i64))| OpenItem {
            item: at,
            number: format!("INV-{}", 7001 + at),
            customer: *customer,
            due_on: due(at),
            open: *open,
            early: None,
        };
        items.iter().enumerate().map(item).collect()
    }

    fn line(amount: i64, text: &str, payer: Option<u32>, items: &[OpenItem]) -> Line {
        let index = ReferenceIndex::new(items.iter().map(|item| (item.number.as_str(), item.item)));
        Line {
            amount,
            on: Date::from_day_number(20_100),
            text: text.to_owned(),
            references: index.find(text),
            closed: Vec::new(),
            payer,
            learned: None,
            payer_guess: None,
            is_whole_name: false,
            has_payer: false,
            is_told: false,
        }
    }

    /// “applied 0:100 1:200 rest 5 [codes]”.
    fn told(proposal: &Proposal) -> String {
        let mut text = format!("{:?}", proposal.outcome).to_lowercase();
        for (item, amount) in &proposal.allocations {
            text.push_str(&format!(" {item}:{amount}"));
        }
        if proposal.rest != 0 {
            text.push_str(&format!(" rest {}", proposal.rest));
        }
        let codes: Vec<&str> = proposal.evidence.iter().map(Evidence::code).collect();
        format!("{text} [{}]", codes.join(" "))
    }

    fn check(items: &[(u32, i64)], amount: i64, text: &str, payer: Option<u32>, policy: Policy, expected: &str) {
        let items = book(items);
        assert_eq!(told(&propose(&line(amount, text, payer, &items), &items, &policy)), expected, "{amount} “{text}”");
    }

    const OF_P1: [(u32, i64); 3] = [(P1, 100), (P1, 200), (P1, 300)];

    #[test]
    fn case_e1_the_number_in_the_text() {
        let expected = "applied 0:100 [refers-to payer-known exact-amount]";
        check(&OF_P1, 100, "invoice INV-7001", Some(P1), NO_TOLERANCE, expected);
        check(&OF_P1, 100, "inv7001", None, NO_TOLERANCE, "applied 0:100 [refers-to exact-amount]");
    }

    #[test]
    fn case_e2_everything_together() {
        let expected = "applied 0:100 1:200 2:300 [payer-known exact-amount only-combination]";
        check(&OF_P1, 600, "xxxxx", Some(P1), NO_TOLERANCE, expected);
    }

    #[test]
    fn case_e4_the_exact_item_wins_over_a_combination() {
        check(&OF_P1, 300, "xxxxx", Some(P1), NO_TOLERANCE, "applied 2:300 [payer-known exact-amount]");
    }

    #[test]
    fn case_e5_e7_e8_rules_by_amount_direction_and_label_are_not_ours() {
        // The peer configures rules on amount, direction and label. We have none: a line of the other direction is no
        // receipt and never comes here, and an amount below zero is refused as unexplained.
        check(&OF_P1, -1000, "yyyyy", Some(P2), NO_TOLERANCE, "unexplained rest -1000 [no-evidence]");
        check(&OF_P1, 1000, "yyyyy", Some(P2), NO_TOLERANCE, "unexplained rest 1000 [payer-known nothing-open]");
    }

    /// What scoring found to be wrong: each is a question for a person.
    #[test]
    fn what_a_number_alone_does_not_prove_is_proposed() {
        let three = &[(P1, 100_000), (P1, 250_000), (P2, 70_000)];
        // A second number that nobody knows, and more money than the first asks for.
        check(
            three,
            120_000,
            "INV-7001 and 20440",
            Some(P1),
            NO_TOLERANCE,
            "proposed 0:100000 rest 20000 [refers-to payer-known overpaid]",
        );
        check(
            three,
            120_000,
            "INV-7001",
            Some(P1),
            NO_TOLERANCE,
            "applied 0:100000 rest 20000 [refers-to payer-known overpaid]",
        );
        // The number of one, and the amount of another.
        check(
            three,
            250_000,
            "INV-7001",
            Some(P1),
            NO_TOLERANCE,
            "proposed 0:100000 rest 150000 [refers-to payer-known overpaid]",
        );
        check(three, 100_000, "INV-7002", Some(P1), NO_TOLERANCE, "proposed 1:100000 [refers-to payer-known short-by]");
        // Somebody nobody knows pays a part.
        let items = book(three);
        let part = Line { has_payer: true, ..line(5_000, "INV-7003", None, &items) };
        assert_eq!(told(&propose(&part, &items, &NO_TOLERANCE)), "proposed 2:5000 [refers-to short-by]");
        let whole = Line { has_payer: true, ..line(70_000, "INV-7003", None, &items) };
        assert_eq!(told(&propose(&whole, &items, &NO_TOLERANCE)), "applied 2:70000 [refers-to exact-amount]");
    }

    #[test]
    fn a_whole_name_that_one_customer_has_pays_what_is_just_open() {
        let items = book(&[(P1, 100_000), (P1, 250_000)]);
        let by_name = |amount, is_whole_name| {
            let guessed =
                Line { payer_guess: Some((P1, "aline uwase".into())), is_whole_name, ..line(amount, "", None, &items) };
            told(&propose(&guessed, &items, &NO_TOLERANCE))
        };
        assert_eq!(by_name(100_000, true), "applied 0:100000 [payer-by-name exact-amount]");
        assert_eq!(by_name(100_000, false), "proposed 0:100000 [payer-by-name exact-amount]");
        assert_eq!(by_name(350_000, true), "proposed 0:100000 1:250000 [payer-by-name exact-amount only-combination]");
        assert_eq!(by_name(40_000, true), "proposed 0:40000 [payer-by-name short-by]");
    }

    #[test]
    fn of_many_items_some_add_up_to_anything() {
        let many: Vec<(u32, i64)> = (0..9).map(|n| (P1, 1_000 << n)).collect();
        check(
            &many,
            7_000,
            "",
            Some(P1),
            NO_TOLERANCE,
            "applied 0:1000 1:2000 2:4000 [payer-known exact-amount only-combination]",
        );
        check(
            &many,
            15_000,
            "",
            Some(P1),
            NO_TOLERANCE,
            "proposed 0:1000 1:2000 2:4000 3:8000 [payer-known exact-amount only-combination]",
        );
        check(
            &many,
            511_000,
            "",
            Some(P1),
            NO_TOLERANCE,
            "applied 0:1000 1:2000 2:4000 3:8000 4:16000 5:32000 6:64000 7:128000 8:256000 [payer-known exact-amount only-combination]",
        );
        check(&[(P1, 1_000)], 1_251, "", Some(P1), NO_TOLERANCE, "proposed 0:1000 rest 251 [payer-known overpaid]");
    }

    #[test]
    fn case_e10_over_payment_matches_and_short_payment_does_not() {
        let item = [(P1, 1000)];
        check(&item, 1000, "", Some(P1), NO_TOLERANCE, "applied 0:1000 [payer-known exact-amount]");
        check(&item, 990, "", Some(P1), NO_TOLERANCE, "proposed 0:990 [payer-known short-by]");
        check(&item, 1010, "", Some(P1), NO_TOLERANCE, "applied 0:1000 rest 10 [payer-known overpaid]");
    }

    #[test]
    fn case_e11_half_a_percent_is_not_one_percent() {
        let policy = Policy { tolerance_bps: 50, ..NO_TOLERANCE };
        check(&[(P1, 1000)], 990, "", Some(P1), policy, "proposed 0:990 [payer-known short-by]");
        check(&[(P1, 1000)], 1010, "", Some(P1), policy, "applied 0:1000 rest 10 [payer-known overpaid]");
    }

    #[test]
    fn case_e13_within_tolerance_is_a_difference() {
        let policy = Policy { tolerance_bps: 100, ..NO_TOLERANCE };
        let items = book(&[(P1, 1000)]);
        let proposal = propose(&line(990, "INV-7001", Some(P1), &items), &items, &policy);
        assert_eq!(told(&proposal), "applied 0:990 [refers-to payer-known within-tolerance]");
        assert_eq!(proposal.shortfall, Some(Shortfall { item: 0, missing: 10, within_tolerance: true }));
    }

    #[test]
    fn case_e14_a_part_payment_with_its_number() {
        let items = book(&[(P1, 100)]);
        let proposal = propose(&line(40, "INV-7001", Some(P1), &items), &items, &NO_TOLERANCE);
        assert_eq!(told(&proposal), "applied 0:40 [refers-to payer-known short-by]");
        assert_eq!(proposal.shortfall, Some(Shortfall { item: 0, missing: 60, within_tolerance: false }));
    }

    /// Items (open, with the discount for paying early) of one customer.
    fn early_book(items: &[(i64, Option<i64>)]) -> Vec<OpenItem> {
        let whole: Vec<(u32, i64)> = items.iter().map(|(open, _)| (P1, *open)).collect();
        let mut made = book(&whole);
        made.iter_mut().zip(items).for_each(|(item, (_, early))| item.early = *early);
        made
    }

    #[track_caller]
    fn check_early(items: &[(i64, Option<i64>)], amount: i64, text: &str, expected: &str) {
        let items = early_book(items);
        let proposal = propose(&line(amount, text, Some(P1), &items), &items, &NO_TOLERANCE);
        assert_eq!(told(&proposal), expected, "{amount} “{text}”");
    }

    #[test]
    fn money_short_by_the_discount_for_paying_early_settles() {
        let one = [(1000, Some(980)), (500, None)];
        check_early(&one, 980, "INV-7001", "applied 0:980 [refers-to payer-known with-discount]");
        check_early(&one, 980, "", "applied 0:980 [payer-known with-discount]");
        check_early(&one, 1480, "", "applied 0:980 1:500 [payer-known with-discount only-combination]");
        check_early(
            &one,
            1480,
            "INV-7001 INV-7002",
            "applied 0:980 1:500 [refers-to refers-to payer-known with-discount]",
        );
        // A franc less is a short payment, a franc more leaves twenty less one open: neither is the discount.
        check_early(&one, 979, "INV-7001", "applied 0:979 [refers-to payer-known short-by]");
        check_early(&one, 981, "INV-7001", "applied 0:981 [refers-to payer-known short-by]");
        check_early(&one, 1000, "", "applied 0:1000 [payer-known exact-amount]");
        check_early(&[(1000, None)], 980, "", "proposed 0:980 [payer-known short-by]");
    }

    #[test]
    fn a_discount_that_another_answer_fits_too_is_proposed() {
        let twice = [(980, None), (1000, Some(980))];
        check_early(&twice, 980, "", "proposed 0:980 [payer-known exact-amount same-amount]");
        // 300 + 680 as they are open, or 400 + 580 with the discount.
        let sums = [(300, None), (680, None), (410, Some(400)), (590, Some(580))];
        check_early(&sums, 980, "", "proposed 0:300 1:680 [payer-known exact-amount several-combinations]");
        // The same two either way are one answer.
        check_early(
            &[(300, None), (680, None), (999, Some(990))],
            980,
            "",
            "applied 0:300 1:680 [payer-known exact-amount only-combination]",
        );
    }

    #[test]
    fn case_e16_a_payer_known_by_name_only_is_proposed() {
        // The peer matches the item; a name is not identity, so a person looks.
        let items = book(&[(P1, 100)]);
        let mut by_name = line(100, "1234//HADDOCK-Archibald", None, &items);
        by_name.payer_guess = Some((P1, "archibald haddock".to_owned()));
        let proposal = propose(&by_name, &items, &NO_TOLERANCE);
        assert_eq!(told(&proposal), "proposed 0:100 [payer-by-name exact-amount]");
        assert!(proposal.confidence_bps <= 8_000);
        // What a person confirmed of an earlier payment is identity.
        let mut learned = line(100, "", Some(P1), &items);
        learned.learned = Some("ARCHIBALD *013".to_owned());
        assert_eq!(told(&propose(&learned, &items, &NO_TOLERANCE)), "applied 0:100 [payer-learned exact-amount]");
    }

    #[test]
    fn case_e22_the_first_named_is_filled_first() {
        // The peer fills 50, then 450 of 500. Named in that order we propose the same; without numbers the exact item wins.
        let items = [(P1, 50), (P1, 500)];
        let expected = "proposed 0:50 1:450 [refers-to refers-to payer-known short-by]";
        check(&items, 500, "INV-7001 and INV-7002", Some(P1), NO_TOLERANCE, expected);
        check(&items, 500, "", Some(P1), NO_TOLERANCE, "applied 1:500 [payer-known exact-amount]");
    }

    #[test]
    fn test_6_a_combination_is_evidence_only_when_it_is_the_only_one() {
        let items = [(P1, 10_000), (P1, 20_000), (P1, 30_000), (P1, 40_000)];
        let amounts: Vec<i64> = items.iter().map(|(_, open)| *open).collect();
        assert_eq!(count_subsets(&amounts, 50_000, 100).count, 2);
        let proposal = propose(&line(50_000, "", Some(P1), &book(&items)), &book(&items), &NO_TOLERANCE);
        assert_eq!(proposal.outcome, Outcome::Proposed);
        assert!(proposal.evidence.contains(&Evidence::SeveralCombinations { count_capped: 2 }));
        let all = "applied 0:10000 1:20000 2:30000 3:40000 [payer-known exact-amount only-combination]";
        check(&items, 100_000, "", Some(P1), NO_TOLERANCE, all);
        let three = "applied 1:20000 2:30000 3:40000 [payer-known exact-amount only-combination]";
        check(&items, 90_000, "", Some(P1), NO_TOLERANCE, three);
        let agreed = Policy { oldest_first: true, ..NO_TOLERANCE };
        let oldest = "applied 0:10000 1:20000 2:20000 [payer-known short-by several-combinations oldest-first]";
        check(&items, 50_000, "", Some(P1), agreed, oldest);
    }

    #[test]
    fn two_items_of_one_amount_are_proposed_oldest_first() {
        let items = [(P1, 500), (P1, 500)];
        check(&items, 500, "", Some(P1), NO_TOLERANCE, "proposed 0:500 [payer-known exact-amount same-amount]");
        check(&items, 500, "INV-7002", Some(P1), NO_TOLERANCE, "applied 1:500 [refers-to payer-known exact-amount]");
    }

    #[test]
    fn numbers_of_two_customers_need_the_exact_sum() {
        let items = [(P1, 100), (P2, 200)];
        let text = "INV-7001, INV-7002";
        let exact = "applied 0:100 1:200 [refers-to refers-to mixed-customers exact-amount]";
        check(&items, 300, text, None, NO_TOLERANCE, exact);
        let over = "proposed 0:100 1:200 rest 50 [refers-to refers-to mixed-customers overpaid]";
        check(&items, 350, text, None, NO_TOLERANCE, over);
    }

    #[test]
    fn a_known_payer_who_names_anothers_invoice_is_looked_at() {
        check(
            &[(P1, 100), (P2, 100)],
            100,
            "INV-7001",
            Some(P2),
            NO_TOLERANCE,
            "proposed 0:100 [refers-to other-payer exact-amount]",
        );
    }

    #[test]
    fn without_payer_and_number_an_amount_is_at_most_proposed() {
        check(&[(P1, 100), (P2, 200)], 200, "", None, NO_TOLERANCE, "proposed 1:200 [exact-amount]");
        check(&[(P1, 200), (P2, 200)], 200, "", None, NO_TOLERANCE, "unexplained rest 200 [same-amount]");
        check(&[(P1, 200)], 201, "", None, NO_TOLERANCE, "unexplained rest 201 [no-evidence]");
    }

    #[test]
    fn a_number_that_is_not_open_holds_back() {
        let items = book(&[(P1, 100)]);
        let mut paid_twice = line(100, "INV-6999", Some(P1), &items);
        paid_twice.closed = vec!["INV-6999".to_owned()];
        let proposal = propose(&paid_twice, &items, &NO_TOLERANCE);
        assert_eq!(told(&proposal), "proposed 0:100 [payer-known exact-amount not-open]");
    }

    #[test]
    fn instalments_of_one_number_are_filled_by_due_date() {
        let mut items = book(&[(P1, 100), (P1, 100)]);
        items[0].number = "INV-9001".to_owned();
        items[1].number = "INV-9001".to_owned();
        items[0].due_on = items[1].due_on.plus_days(30);
        let proposal = propose(&line(150, "INV-9001", None, &items), &items, &NO_TOLERANCE);
        assert_eq!(told(&proposal), "applied 1:100 0:50 [refers-to short-by]");
    }

    #[test]
    fn many_items_are_not_counted_and_say_so() {
        let items = vec![(P1, 1000); 40];
        let proposal = propose(&line(2000, "", Some(P1), &book(&items)), &book(&items), &NO_TOLERANCE);
        assert_eq!(told(&proposal), "proposed 0:1000 1:1000 [payer-known exact-amount not-counted]");
        assert_eq!(count_subsets(&[1000; 40], 40_000, 5).count, 1, "all of them is one combination");
    }

    proptest! {
        #[test]
        fn allocations_never_exceed_open_or_amount(
            opens in prop::collection::vec((1u32..4, -50i64..500), 0..12),
            amount in -10i64..3000,
            payer in prop::option::of(1u32..4),
            named in prop::collection::vec(0usize..12, 0..4),
            tolerance_bps in 0i64..200,
            oldest_first in any::<bool>(),
        ) {
            let items = book(&opens);
            let mut line = line(amount, "", payer, &items);
            line.references = named.iter().map(|index| Mention { index: *index, strength: Strength::Exact }).collect();
            let policy = Policy { tolerance_minor: 0, tolerance_bps, oldest_first };
            let proposal = propose(&line, &items, &policy);
            let mut seen = BTreeSet::new();
            for (item, part) in &proposal.allocations {
                prop_assert!(*part > 0 && *part <= items[*item].open);
                prop_assert!(seen.insert(*item), "an item is settled once");
            }
            let applied: i64 = proposal.allocations.iter().map(|(_, part)| part).sum();
            prop_assert_eq!(applied + proposal.rest, amount);
            prop_assert!(proposal.rest >= 0 || proposal.outcome == Outcome::Unexplained);
        }

        #[test]
        fn combinations_are_counted_as_by_hand(amounts in prop::collection::vec(-3i64..15, 0..=12), target in 1i64..60) {
            let by_hand = (0u32..1 << amounts.len())
                .filter(|mask| {
                    let picked: Vec<i64> = (0..amounts.len()).filter(|at| (mask >> at) & 1 == 1).map(|at| amounts[at]).collect();
                    picked.iter().all(|amount| *amount > 0) && picked.iter().sum::<i64>() == target
                })
                .count();
            let counted = count_subsets(&amounts, target, usize::MAX);
            prop_assert_eq!(counted.count, by_hand);
            if by_hand > 0 {
                prop_assert_eq!(counted.first.iter().map(|at| amounts[*at]).sum::<i64>(), target);
                prop_assert!(counted.first.windows(2).all(|pair| pair[0] < pair[1]));
            }
        }
    }
}
