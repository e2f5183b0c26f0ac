//! The file of an invoice: the papers that a buyer wants with it before it pays, and the way of the file from the seller's desk
//! to the buyer's treasury. Before it is handed in, and while it is returned, the invoice is not due; where the term runs from
//! the acceptance, not before it is approved. What a country's public buyers want is its pack's data
//! (`country/rw/invoice-file.txt`); this file knows no country.

use super::tax::{counts, span_from};
use crate::customer::{code_of, of_code};
use crate::{Date, Refusal};

/// Days before the last day of a tax clearance from which on it is told that it ends.
pub const CLEARANCE_ENDS_DAYS: i32 = 14;

/// A paper that a buyer may want with an invoice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Paper {
    Contract,
    Order,
    /// The buyer's own: the goods or the work were received.
    Acceptance,
    /// The seller owes no tax, until a last day.
    Clearance,
    /// The receipt of the tax device.
    Ebm,
}

impl Paper {
    pub const ALL: [(Paper, &'static str); 5] = [
        (Paper::Contract, "contract"),
        (Paper::Order, "order"),
        (Paper::Acceptance, "acceptance"),
        (Paper::Clearance, "clearance"),
        (Paper::Ebm, "ebm"),
    ];

    pub fn code(self) -> &'static str {
        code_of(&Paper::ALL, self)
    }
}

/// Papers, each once, in the order of [`Paper::ALL`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Papers(Vec<Paper>);

impl Papers {
    /// Codes with a comma between; `none` is none of them.
    pub fn read(text: &str) -> Result<Papers, Refusal> {
        let codes = text.split([',', ' ']).map(str::trim).filter(|code| !code.is_empty());
        let codes: Vec<&str> = codes.collect();
        if codes.is_empty() {
            return Err(Refusal::Missing { field: "papers".into() });
        }
        if codes == ["none"] {
            return Ok(Papers::default());
        }
        let papers = codes.into_iter().map(|code| of_code(&Paper::ALL, "papers", code));
        papers.collect::<Result<Vec<_>, _>>().map(Papers::of)
    }

    fn of(mut papers: Vec<Paper>) -> Papers {
        papers.sort_unstable();
        papers.dedup();
        Papers(papers)
    }

    /// As it is kept.
    pub fn from_kept(text: &str) -> Result<Papers, Refusal> {
        if text.is_empty() { Ok(Papers::default()) } else { Papers::read(text) }
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn has(&self, paper: Paper) -> bool {
        self.0.contains(&paper)
    }

    pub fn iter(&self) -> impl Iterator<Item = Paper> {
        self.0.iter().copied()
    }

    /// The codes with a comma between; empty where there is none.
    pub fn text(&self) -> String {
        self.0.iter().map(|paper| paper.code()).collect::<Vec<_>>().join(",")
    }
}

/// From when the term of payment runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TermFrom {
    #[default]
    Issue,
    /// From the day on which the buyer approved the file.
    Acceptance,
}

impl TermFrom {
    pub const ALL: [(TermFrom, &'static str); 2] = [(TermFrom::Issue, "issue"), (TermFrom::Acceptance, "acceptance")];

    pub fn code(self) -> &'static str {
        code_of(&TermFrom::ALL, self)
    }

    pub fn from_code(code: &str) -> Result<TermFrom, Refusal> {
        of_code(&TermFrom::ALL, "term_from", code)
    }
}

/// What a customer wants with its invoices.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Need {
    pub papers: Papers,
    pub term: TermFrom,
}

impl Need {
    /// Whether it asks for nothing: the invoice is due as it says.
    pub fn is_nothing(&self) -> bool {
        self.papers.is_empty() && self.term == TermFrom::Issue
    }
}

/// How a file stands. That the invoice is paid is what the ledger says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    NotHandedIn,
    HandedIn,
    /// The buyer's stamp of receipt is on it.
    Stamped,
    /// Something is missing or wrong.
    Returned,
    /// The buyer accepts it.
    Approved,
    WithTreasury,
}

impl State {
    pub const ALL: [(State, &'static str); 6] = [
        (State::NotHandedIn, "not-handed-in"),
        (State::HandedIn, "handed-in"),
        (State::Stamped, "stamped"),
        (State::Returned, "returned"),
        (State::Approved, "approved"),
        (State::WithTreasury, "with-treasury"),
    ];

    pub fn code(self) -> &'static str {
        code_of(&State::ALL, self)
    }

    pub fn from_code(code: &str) -> Result<State, Refusal> {
        of_code(&State::ALL, "state", code)
    }

    /// The steps that can follow.
    pub fn next(self) -> &'static [State] {
        use State::{Approved, HandedIn, NotHandedIn, Returned, Stamped, WithTreasury};
        match self {
            NotHandedIn | Returned => &[HandedIn],
            HandedIn => &[Stamped, Approved, Returned],
            Stamped => &[Approved, Returned],
            Approved => &[WithTreasury, Returned],
            WithTreasury => &[Returned],
        }
    }

    /// Refuses a step that does not follow.
    pub fn to(self, next: State, number: &str) -> Result<State, Refusal> {
        if self.next().contains(&next) {
            return Ok(next);
        }
        Err(Refusal::InvoiceFileIs { number: number.to_owned(), standing: self.code().to_owned() })
    }
}

/// By how many days the due days of an invoice are later than it says; `None` while it is not due at all. `approved_on` is the
/// day of the last approval.
pub fn moved_days(need: &Need, state: State, approved_on: Option<Date>, issued_on: Date) -> Option<i32> {
    if need.is_nothing() {
        return Some(0);
    }
    match (state, need.term) {
        (State::NotHandedIn | State::Returned, _) => None,
        (_, TermFrom::Issue) => Some(0),
        (State::Approved | State::WithTreasury, TermFrom::Acceptance) => {
            approved_on.map(|on| on.days_since(issued_on).max(0))
        }
        (State::HandedIn | State::Stamped, TermFrom::Acceptance) => None,
    }
}

/// What is there for an invoice.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct There {
    pub contract: bool,
    pub order: bool,
    pub acceptance: bool,
    /// The last day of the tax clearance.
    pub clearance_until: Option<Date>,
    /// Whether the tax device signed it; `None` where the invoice does not go to one.
    pub ebm: Option<bool>,
}

impl There {
    /// Whether a paper is there on a day. The receipt of a tax device is not asked for where there is no device.
    pub fn has(&self, paper: Paper, on: Date) -> bool {
        match paper {
            Paper::Contract => self.contract,
            Paper::Order => self.order,
            Paper::Acceptance => self.acceptance,
            Paper::Clearance => self.clearance_until.is_some_and(|until| on <= until),
            Paper::Ebm => self.ebm.unwrap_or(true),
        }
    }

    /// The papers that are wanted and not there on a day.
    pub fn missing(&self, wanted: &Papers, on: Date) -> Papers {
        Papers(wanted.iter().filter(|paper| !self.has(*paper, on)).collect())
    }

    /// The last day of a tax clearance that is wanted and soon over.
    pub fn ends_on(&self, wanted: &Papers, on: Date) -> Option<Date> {
        let soon = |until: &Date| on <= *until && until.days_since(on) <= CLEARANCE_ENDS_DAYS;
        self.clearance_until.filter(|_| wanted.has(Paper::Clearance)).filter(soon)
    }
}

/// What the public buyers of a country want for some time.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Usual {
    papers: Papers,
    span: (Option<Date>, Option<Date>),
}

/// The lists of a country; none where there is no pack.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lists(Vec<Usual>);

impl Lists {
    /// Reads `invoice-file PAPER,… [from DATE] [to DATE] | source | H, M or L`, one a line; `#` begins a comment. Refused with
    /// the line where it says something else.
    pub fn from_table(text: &str) -> Result<Lists, String> {
        let lines = (1..).zip(text.lines().map(str::trim));
        let lines = lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
        let lists = lines.map(|(no, line)| usual_from(line).ok_or_else(|| format!("line {no}: {line}")));
        lists.collect::<Result<_, _>>().map(Lists)
    }

    /// What is usual on a day.
    pub fn on(&self, on: Date) -> Option<&Papers> {
        self.0.iter().find(|usual| counts(usual.span, on)).map(|usual| &usual.papers)
    }
}

fn usual_from(line: &str) -> Option<Usual> {
    let mut parts = line.split('|').map(str::trim);
    let mut words = parts.next()?.split_whitespace();
    let (source, confidence) = (parts.next()?, parts.next()?);
    if words.next()? != "invoice-file" || source.is_empty() || !matches!(confidence, "H" | "M" | "L") {
        return None;
    }
    let papers = Papers::read(words.next()?).ok()?;
    let span = span_from(words)?;
    parts.next().is_none().then_some(Usual { papers, span })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn papers_are_read_once_each_in_one_order() {
        let read = |text: &str| Papers::read(text).map(|papers| papers.text()).map_err(|refusal| refusal.code());
        for (text, expected) in [
            ("ebm,contract", Ok("contract,ebm")),
            ("order, acceptance,order", Ok("order,acceptance")),
            ("none", Ok("")),
            ("", Err("missing")),
            ("none,order", Err("invalid")),
            ("stamp", Err("invalid")),
        ] {
            assert_eq!(read(text), expected.map(str::to_owned), "{text}");
        }
    }

    #[test]
    fn only_steps_that_follow_are_taken() {
        use State::{Approved, HandedIn, NotHandedIn, Returned, Stamped, WithTreasury};
        let follows = [
            (NotHandedIn, HandedIn),
            (HandedIn, Stamped),
            (HandedIn, Approved),
            (HandedIn, Returned),
            (Stamped, Approved),
            (Stamped, Returned),
            (Returned, HandedIn),
            (Approved, WithTreasury),
            (Approved, Returned),
            (WithTreasury, Returned),
        ];
        for (from, _) in State::ALL {
            for (next, _) in State::ALL {
                let taken = from.to(next, "INV-1").map_err(|refusal| refusal.code());
                let expected = if follows.contains(&(from, next)) { Ok(next) } else { Err("invoice-file-is") };
                assert_eq!(taken, expected, "{from:?} {next:?}");
            }
        }
    }

    #[test]
    fn an_invoice_is_due_when_its_file_lets_it() {
        let (issued, approved) = (day("2026-05-01"), day("2026-05-21"));
        let need = |papers: &str, term| Need { papers: Papers::read(papers).unwrap(), term };
        let moved = |need: &Need, state| moved_days(need, state, Some(approved), issued);
        for (state, from_issue, from_acceptance) in [
            (State::NotHandedIn, None, None),
            (State::HandedIn, Some(0), None),
            (State::Stamped, Some(0), None),
            (State::Returned, None, None),
            (State::Approved, Some(0), Some(20)),
            (State::WithTreasury, Some(0), Some(20)),
        ] {
            assert_eq!(moved(&need("order", TermFrom::Issue), state), from_issue, "{state:?}");
            assert_eq!(moved(&need("none", TermFrom::Acceptance), state), from_acceptance, "{state:?}");
            assert_eq!(moved(&need("none", TermFrom::Issue), state), Some(0), "{state:?}");
        }
    }

    #[test]
    fn a_clearance_holds_until_its_last_day_and_no_device_asks_for_no_receipt() {
        let wanted = Papers::read("contract,clearance,ebm").unwrap();
        let until = day("2026-06-30");
        let there = There { clearance_until: Some(until), ..There::default() };
        let missing = |there: &There, on: &str| there.missing(&wanted, day(on)).text();
        assert_eq!(missing(&there, "2026-06-30"), "contract");
        assert_eq!(missing(&there, "2026-07-01"), "contract,clearance");
        assert_eq!(missing(&There { ebm: Some(false), contract: true, ..there }, "2026-06-01"), "ebm");
        assert_eq!(missing(&There { ebm: Some(true), contract: true, ..there }, "2026-06-01"), "");
        let ends = |on: &str| there.ends_on(&wanted, day(on));
        assert_eq!([ends("2026-06-15"), ends("2026-06-16"), ends("2026-07-01")], [None, Some(until), None]);
        assert_eq!(there.ends_on(&Papers::default(), until), None);
    }

    #[test]
    fn a_list_of_a_country_says_its_source() {
        let lists = Lists::from_table("# all\ninvoice-file order,ebm from 2026-01-01 | custom | L\n").unwrap();
        assert_eq!(lists.on(day("2026-01-01")).map(Papers::text), Some("order,ebm".into()));
        assert_eq!(lists.on(day("2025-12-31")), None);
        for text in ["invoice-file order | | L", "invoice-file order | custom", "invoice-file paper | custom | L"] {
            assert_eq!(Lists::from_table(text), Err(format!("line 1: {text}")));
        }
    }
}
