//! An honest clerk, who knows the customers, the open invoices and what a statement shows, and says whose payment it can
//! only be. It judges the stories: what nobody could know is marked so, and a story whose evidence points at a wrong answer
//! without a contradiction is told another way.

use std::collections::{BTreeMap, BTreeSet};

use crate::company::{Company, Customer, Kind};
use crate::names;

/// How a number of an invoice was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    /// The number of an invoice that exists, whole: whosever it is.
    Whole(usize),
    /// Only these last digits.
    Tail(String),
    /// With a slip, so that it is the number of no invoice.
    Slip(String),
}

/// What the files show of a payment.
#[derive(Clone, Debug, Default)]
pub struct Shown {
    /// The payer's name, as the channel writes it.
    pub name: String,
    /// The payer's telephone or account, all digits.
    pub number: Option<String>,
    /// The end of a masked telephone.
    pub ending: Option<String>,
    /// What the payer wrote.
    pub text: String,
    /// A customer's name within the text.
    pub named: Option<String>,
    /// Numbers within the text.
    pub said: Vec<Said>,
}

/// What the clerk comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// These invoices with these amounts.
    Exact(Vec<(usize, i64)>),
    /// Several answers that are equally good.
    Several(Vec<Vec<(usize, i64)>>),
    /// The customer, not the invoices.
    Customer(usize),
    /// Nothing.
    Nothing,
}

/// Charges that channels keep.
pub const FEES: &[i64] = &[100, 250, 500, 1_000, 1_500, 2_000];

/// Knows customers by name and number.
pub struct Clerk {
    words: Vec<Vec<String>>,
    vocabulary: BTreeMap<String, Vec<usize>>,
    joined: BTreeMap<String, Vec<usize>>,
    numbers: BTreeMap<String, Vec<usize>>,
    /// Numbers, and names with the end of one, whose payments were somebody's before.
    learned: BTreeMap<String, Vec<usize>>,
    near: BTreeMap<String, Vec<String>>,
}

/// What the payer of an earlier payment is known by again.
fn mark(shown: &Shown) -> Option<String> {
    let mut name = words(&shown.name);
    name.sort_unstable();
    let ending = shown.ending.as_ref().map(|ending| format!("{} *{ending}", name.join(" ")));
    shown.number.clone().or(ending)
}

fn words(name: &str) -> Vec<String> {
    let split = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty() && !names::is_form(word));
    split.map(str::to_uppercase).collect()
}

impl Clerk {
    /// Learns the file of customers.
    pub fn hired(customers: &[Customer]) -> Clerk {
        let mut clerk = Clerk {
            words: Vec::new(),
            vocabulary: BTreeMap::new(),
            joined: BTreeMap::new(),
            numbers: BTreeMap::new(),
            learned: BTreeMap::new(),
            near: BTreeMap::new(),
        };
        for (place, customer) in customers.iter().enumerate() {
            for word in words(&customer.name) {
                clerk.vocabulary.entry(word).or_default().push(place);
            }
            let own = words(&customer.name);
            clerk.joined.entry(own.concat()).or_default().push(place);
            clerk.words.push(own);
            let own = customer.telephone_on_file.then(|| customer.telephone.clone());
            for number in own.into_iter().chain(customer.payer_on_file.iter().map(|(_, telephone)| telephone.clone())) {
                clerk.numbers.entry(number).or_default().push(place);
            }
        }
        clerk
    }

    /// Customers that have this number on file.
    pub fn of_number(&self, number: &str) -> &[usize] {
        self.numbers.get(number).map_or(&[], Vec::as_slice)
    }

    /// Remembers whose payment this was.
    pub fn learn(&mut self, shown: &Shown, customer: usize) {
        if let Some(mark) = mark(shown) {
            let known = self.learned.entry(mark).or_default();
            if !known.contains(&customer) {
                known.push(customer);
            }
        }
    }

    /// Customers whose name this may be: those that it is to the letter, or else those that it is nearly.
    pub fn of_name(&mut self, name: &str) -> Vec<usize> {
        let shown = words(name);
        let joined: String = shown.concat();
        let mut exact = Vec::new();
        let mut nearly = Vec::new();
        let mut hits: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
        for (n, word) in shown.iter().enumerate() {
            for known in self.near_words(word) {
                for customer in self.vocabulary.get(&known).into_iter().flatten() {
                    hits.entry(*customer).or_default().insert(n);
                }
            }
        }
        exact.extend(self.joined.get(&joined).into_iter().flatten().copied());
        for (customer, found) in hits {
            let own = &self.words[customer];
            let initial = shown.iter().any(|w| w.len() == 1 && own.iter().any(|o| o.starts_with(w.as_str())));
            if shown.len() == own.len() && shown.iter().all(|word| own.contains(word)) {
                exact.push(customer);
            } else if found.len() >= 2 || own.len() == 1 || initial {
                nearly.push(customer);
            }
        }
        exact.sort_unstable();
        exact.dedup();
        if exact.is_empty() { nearly } else { exact }
    }

    fn near_words(&mut self, word: &str) -> Vec<String> {
        if let Some(known) = self.near.get(word) {
            return known.clone();
        }
        let limit = match word.len() {
            0..=3 => 0,
            4..=7 => 1,
            _ => 2,
        };
        let near: Vec<String> = self.vocabulary.keys().filter(|known| slips(known, word) <= limit).cloned().collect();
        self.near.insert(word.to_owned(), near.clone());
        near
    }

    /// Whose payment of this amount it can only be.
    pub fn judge(&mut self, company: &Company, shown: &Shown, amount: i64) -> Answer {
        let mut called: Vec<usize> = Vec::new();
        for name in [Some(&shown.name), shown.named.as_ref()].into_iter().flatten().filter(|name| !name.is_empty()) {
            called.extend(self.of_name(name));
        }
        let learned = mark(shown).and_then(|mark| self.learned.get(&mark).cloned()).unwrap_or_default();
        let by_number = shown.number.as_deref().map(|number| self.of_number(number).to_vec()).unwrap_or_default();
        // Who wrote a customer's name into the text pays for that one, whoever he is.
        let mut candidates: Vec<usize> = match &shown.named {
            Some(named) => self.of_name(named),
            None if !by_number.is_empty() => by_number.clone(),
            None => [called.as_slice(), learned.as_slice()].concat(),
        };
        if let Some(ending) = &shown.ending
            && candidates.len() > 1
        {
            let fits: Vec<usize> = candidates
                .iter()
                .copied()
                .filter(|c| {
                    company.customers[*c].telephone_on_file
                        && company.customers[*c].telephone.ends_with(ending.as_str())
                })
                .collect();
            if fits.len() == 1 {
                candidates = fits;
            }
        }
        candidates.sort_unstable();
        candidates.dedup();
        let hinted: BTreeSet<usize> =
            called.iter().chain(&by_number).chain(&learned).chain(&candidates).copied().collect();
        if let Some(answer) = by_whole_numbers(company, shown, amount, &hinted) {
            return answer;
        }
        if let Some(answer) = by_fragments(company, shown, amount, &candidates) {
            return answer;
        }
        by_amount(company, amount, &candidates)
    }
}

/// The numbers are whole: they decide, if the amount goes with them and no name speaks against it.
fn by_whole_numbers(company: &Company, shown: &Shown, amount: i64, hinted: &BTreeSet<usize>) -> Option<Answer> {
    let mut items: Vec<usize> = Vec::new();
    for said in &shown.said {
        match said {
            Said::Whole(place) => items.push(*place),
            _ => return None,
        }
    }
    let owner = company.invoices[*items.first()?].customer;
    let open = |place: &usize| company.invoices[*place].open;
    let alike = items.iter().all(|place| company.invoices[*place].customer == owner && open(place) > 0);
    let others: Vec<usize> = hinted.iter().copied().filter(|customer| *customer != owner).collect();
    let alone: Vec<usize> = others.iter().copied().filter(|c| !combinations(company, *c, amount).is_empty()).collect();
    if !alike {
        return None;
    }
    let whole: i64 = items.iter().map(open).sum();
    if amount == whole && (hinted.contains(&owner) || alone.is_empty()) {
        return Some(Answer::Exact(items.iter().map(|place| (*place, open(place))).collect()));
    }
    let contradicted = !hinted.is_empty() && !hinted.contains(&owner);
    if contradicted {
        return Some(match hinted.len() {
            1 => Answer::Customer(others[0]),
            _ => Answer::Nothing,
        });
    }
    let otherwise = combinations(company, owner, amount);
    match items[..] {
        // Another invoice of the same customer is just as much: was the number a slip?
        [_] if !otherwise.is_empty() => Some(Answer::Customer(owner)),
        [one] => Some(Answer::Exact(vec![(one, amount.min(open(&one)))])),
        _ => Some(Answer::Customer(owner)),
    }
}

/// Ends of numbers and slips: they say which of the customer's invoices, or of all invoices with just this amount.
fn by_fragments(company: &Company, shown: &Shown, amount: i64, candidates: &[usize]) -> Option<Answer> {
    if shown.said.is_empty() || shown.said.iter().any(|said| matches!(said, Said::Whole(_))) && shown.said.len() == 1 {
        return None;
    }
    let everybody: Vec<usize> = company.open_of.keys().copied().collect();
    let customers = if candidates.is_empty() { &everybody } else { candidates };
    let mut answers = Vec::new();
    for customer in customers {
        let open = company.open_items(*customer);
        let mut items = Vec::new();
        for said in &shown.said {
            let fits: Vec<usize> = open.iter().copied().filter(|place| may_be(company, *place, said)).collect();
            match fits[..] {
                [one] => items.push(one),
                _ => items.clear(),
            }
        }
        items.dedup();
        if items.len() != shown.said.len() {
            continue;
        }
        let whole: i64 = items.iter().map(|place| company.invoices[*place].open).sum();
        if whole == amount {
            answers.push(items.iter().map(|place| (*place, company.invoices[*place].open)).collect::<Vec<_>>());
        } else if let [one] = items[..]
            && !candidates.is_empty()
            && combinations(company, *customer, amount).is_empty()
        {
            answers.push(vec![(one, amount.min(whole))]);
        }
    }
    match answers.len() {
        0 => None,
        1 => answers.pop().map(Answer::Exact),
        _ => Some(Answer::Several(answers)),
    }
}

fn may_be(company: &Company, place: usize, said: &Said) -> bool {
    let invoice = &company.invoices[place];
    match said {
        Said::Whole(one) => *one == place,
        Said::Tail(digits) => invoice.serial.to_string().ends_with(digits.trim_start_matches('0')),
        Said::Slip(written) => {
            // Letters that look like digits are read as such by everybody.
            let read = |number: &str| crate::company::bare(number).replace('O', "0");
            slips(&read(&invoice.number), &read(written)) <= 1
        }
    }
}

/// No number: the customer's open amounts decide.
fn by_amount(company: &Company, amount: i64, candidates: &[usize]) -> Answer {
    if candidates.is_empty() {
        let equal: Vec<usize> = company
            .open_of
            .values()
            .flatten()
            .copied()
            .filter(|place| company.invoices[*place].open == amount)
            .collect();
        return if equal.len() > 1 {
            Answer::Several(equal.into_iter().map(|place| vec![(place, amount)]).collect())
        } else {
            Answer::Nothing
        };
    }
    let mut answers: Vec<Vec<(usize, i64)>> =
        candidates.iter().flat_map(|c| combinations(company, *c, amount)).collect();
    if answers.is_empty() {
        for place in candidates.iter().flat_map(|c| company.open_items(*c).iter().copied()) {
            if kept_back(company, place, amount) {
                answers.push(vec![(place, amount)]);
            }
        }
    }
    match (answers.len(), candidates) {
        (1, _) => answers.pop().map_or(Answer::Nothing, Answer::Exact),
        (0, [only]) => match *company.open_items(*only) {
            [one] => Answer::Exact(vec![(one, amount.min(company.invoices[one].open))]),
            _ => Answer::Customer(*only),
        },
        (0, _) => Answer::Nothing,
        _ => Answer::Several(answers),
    }
}

/// Whether the amount is what is open less tax that this customer keeps back, or less a charge.
fn kept_back(company: &Company, place: usize, amount: i64) -> bool {
    let invoice = &company.invoices[place];
    let whom = &company.customers[invoice.customer];
    let kept = withheld(whom.kind, whom.withholds, invoice.net, invoice.tax);
    invoice.open == invoice.total && kept.is_some_and(|kept| invoice.open - kept == amount)
        || FEES.iter().any(|fee| invoice.open - fee == amount)
}

/// What a customer keeps back of an invoice for the tax authority.
pub fn withheld(kind: Kind, withholds: bool, net: i64, tax: i64) -> Option<i64> {
    match kind {
        Kind::PublicBody => Some(tax + (net * 3 + 50) / 100),
        _ if withholds => Some((net * 15 + 50) / 100),
        _ => None,
    }
}

/// The customer's open items that add up to the amount: up to three, or all of them.
pub fn combinations(company: &Company, customer: usize, amount: i64) -> Vec<Vec<(usize, i64)>> {
    let open: Vec<(usize, i64)> =
        company.open_items(customer).iter().map(|place| (*place, company.invoices[*place].open)).collect();
    let mut found = Vec::new();
    for (a, one) in open.iter().enumerate() {
        if one.1 == amount {
            found.push(vec![*one]);
        }
        for (b, two) in open.iter().enumerate().skip(a + 1) {
            if one.1 + two.1 == amount {
                found.push(vec![*one, *two]);
            }
            let third = open.iter().skip(b + 1).filter(|third| one.1 + two.1 + third.1 == amount);
            found.extend(third.map(|third| vec![*one, *two, *third]));
        }
    }
    if open.len() > 3 && open.iter().map(|(_, amount)| amount).sum::<i64>() == amount {
        found.push(open);
    }
    found
}

/// How many slips lie between two words: a letter more, less, another, or two that changed places.
pub fn slips(one: &str, other: &str) -> usize {
    if one == other {
        return 0;
    }
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    if one.len().abs_diff(other.len()) > 2 {
        return 3;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=other.len()).collect();
    for (n, a) in one.iter().enumerate() {
        let mut row = vec![n + 1];
        for (m, b) in other.iter().enumerate() {
            let mut least = (last[m] + usize::from(a != b)).min(last[m + 1] + 1).min(row[m] + 1);
            if n > 0 && m > 0 && *a == other[m - 1] && one[n - 1] == *b {
                least = least.min(before[m - 1] + 1);
            }
            row.push(least);
        }
        before = std::mem::replace(&mut last, row);
    }
    last.last().copied().unwrap_or(3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_one_letter_or_two_that_changed_places() {
        for (one, other, expected) in [
            ("MUTONI", "MUTONI", 0),
            ("MUTONI", "MUTON", 1),
            ("MUTONI", "MTUONI", 1),
            ("MUTONI", "MUTORI", 1),
            ("KEZA", "KIVU", 3),
        ] {
            assert_eq!(slips(one, other), expected, "{one} {other}");
        }
    }
}
