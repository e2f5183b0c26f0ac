//! What a company decides for itself. One table: the page, the command and `docs/reference/settings.md` are made from it,
//! and whoever needs a value asks [`Setting`] for it. A change is a fact with the day from which it counts.

mod kind;

use receivables::insight::ageing::Buckets;
use receivables::{Date, Money, Refusal, Unusable};
use store::company::Company;
use store::document;
use store::setting::{self, Change, Said};
use store::{Error, Tx};

use super::{Actor, Once, Right, Subject, act, needs_reason, once};
pub use kind::{Kind, Range};

/// What settings are about; a heading of the page.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Group {
    Company,
    Terms,
    Ageing,
    Numbering,
    /// Who may do what alone, and for how long: out of the way of daily work. What is said counts at once.
    Control,
}

impl Group {
    pub const ALL: [(Group, &'static str); 5] = [
        (Group::Company, "company"),
        (Group::Terms, "terms"),
        (Group::Ageing, "ageing"),
        (Group::Numbering, "numbering"),
        (Group::Control, "control"),
    ];
}

/// One row of the table.
#[derive(Debug)]
pub struct Row {
    pub setting: Setting,
    pub name: &'static str,
    pub group: Group,
    pub kind: Kind,
    pub default: &'static str,
    /// What it takes to change it.
    pub right: Right,
    /// Whether a change must say why.
    pub needs_reason: bool,
}

macro_rules! settings {
    (@reason) => { false };
    (@reason because) => { true };
    ($($(#[$doc:meta])* $Case:ident $name:literal $group:ident $kind:expr, $default:literal $right:ident $($because:ident)?;)*) => {
        /// Something a company decides.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub enum Setting { $($(#[$doc])* $Case),* }

        impl Setting {
            /// Every setting there is.
            pub const TABLE: &'static [Row] = &[$(Row {
                setting: Setting::$Case,
                name: $name,
                group: Group::$group,
                kind: $kind,
                default: $default,
                right: Right::$right,
                needs_reason: settings!(@reason $($because)?),
            }),*];
        }
    };
}

settings! {
    /// As debtors know the company; the registered name where it is empty.
    NameShown "name-shown" Company Kind::Sms { max: 40 }, "" SettingSet;
    Address "address" Company Kind::Text { max: 200 }, "" SettingSet;
    /// Where debtors call; messages carry it beside the name that signs them.
    Phone "phone" Company Kind::Phone, "" SettingSet;
    /// What a message tells about paying, before the reference.
    HowToPay "how-to-pay" Company Kind::Sms { max: 60 }, "" SettingSet;
    /// The code that MoMoPay merchants are paid by, on papers and in their QR code.
    MomoPay "momo-pay" Company Kind::Digits { min: 4, max: 8 }, "" SettingSet;
    /// Bank and account number, on papers.
    BankAccount "bank-account" Company Kind::Text { max: 120 }, "" SettingSet;
    /// Whether the company is registered for the value added tax; where it is not, it bills outside the tax only.
    VatRegistered "vat-registered" Company Kind::OneOf(&["yes", "no"]), "yes" SettingControl because;
    /// Of a new customer.
    TermsDays "terms-days" Terms Kind::Whole { from: 0, to: 365 }, "30" SettingSet;
    /// Of a new customer.
    MessageLanguage "message-language" Terms Kind::OneOf(&["en", "fr", "rw", "sw"]), "en" SettingSet;
    /// Whether a due day of ours that is not a working day moves.
    DueDays "due-days" Terms Kind::OneOf(&["stays", "next", "before"]), "stays" SettingSet;
    /// Whether a document that is issued waits in the outbox at once, or when somebody puts it there.
    SendDocuments "send-documents" Terms Kind::OneOf(&["by-hand", "when-issued"]), "by-hand" SettingSet;
    /// Of who pays late, in per cent a year.
    LateInterest "late-interest" Terms Kind::Yearly, "none" SettingSet;
    /// The same, once per invoice.
    LateFee "late-fee" Terms Kind::Fee, "none" SettingSet;
    /// Nothing is charged of what is no more days late.
    LateGraceDays "late-grace-days" Terms Kind::Whole { from: 0, to: 365 }, "0" SettingSet;
    AgeingBuckets "ageing-buckets" Ageing Kind::Buckets, "30,60,90" SettingSet;
    /// Another prefix begins another series; what was numbered keeps its number.
    InvoicePrefix "invoice-prefix" Numbering Kind::Prefix, "INV" SettingControl;
    CreditNotePrefix "credit-note-prefix" Numbering Kind::Prefix, "CN" SettingControl;
    LateChargePrefix "late-charge-prefix" Numbering Kind::Prefix, "LC" SettingControl;
    QuotePrefix "quote-prefix" Numbering Kind::Prefix, "QT" SettingControl;
    ProformaPrefix "proforma-prefix" Numbering Kind::Prefix, "PF" SettingControl;
    DebitNotePrefix "debit-note-prefix" Numbering Kind::Prefix, "DN" SettingControl;
    DepositPrefix "deposit-prefix" Numbering Kind::Prefix, "DP" SettingControl;
    VoidPrefix "void-prefix" Numbering Kind::Prefix, "VD" SettingControl;
    /// Documents of one customer on one day above which a run leaves the others to a person.
    DocumentsADay "documents-a-day" Control Kind::Whole { from: 1, to: 1000 }, "20" SettingControl because;
    /// Whether the stock of goods is kept and told to the tax device; what is not there is then not sold.
    Stock "stock" Control Kind::OneOf(&["no", "yes"]), "no" SettingControl because;
    /// How much of one invoice one person may give up in all.
    WriteOffLimit "write-off-limit" Control Kind::Limit, "none" SettingControl because;
    /// How much of one invoice one person may credit in all.
    CreditNoteLimit "credit-note-limit" Control Kind::Limit, "none" SettingControl because;
    /// Whether sending money back needs a second person.
    RefundApproval "refund-approval" Control Kind::OneOf(&["no", "yes"]), "no" SettingControl because;
    /// Whether two duties that should not meet in one person are refused, or allowed and listed.
    Duties "duties" Control Kind::OneOf(&["refused", "listed"]), "refused" SettingControl because;
    /// Whether the company declares that it has one person only.
    People "people" Control Kind::OneOf(&["several", "one"]), "several" SettingControl because;
    /// Whether everybody must use a second factor.
    SecondFactor "second-factor" Control Kind::OneOf(&["free", "required"]), "free" SettingControl because;
    /// Minutes after which a session that nobody uses ends.
    IdleMinutes "idle-minutes" Control Kind::Whole { from: 5, to: 30 }, "30" SettingControl;
}

impl Setting {
    pub fn row(self) -> &'static Row {
        &Setting::TABLE[self as usize]
    }

    pub fn named(name: &str) -> Result<&'static Row, Refusal> {
        let found = Setting::TABLE.iter().find(|row| row.name == name);
        found.ok_or_else(|| Refusal::NotFound { kind: "setting".into(), name: name.into() })
    }

    /// What was said last, which counts at once.
    pub fn now(self, tx: &mut Tx<'_>, company: i64) -> Result<String, Error> {
        let all = setting::all(tx, company)?;
        Ok(self.row().latest(&all).map_or(self.row().default, |change| &change.value).to_owned())
    }

    /// What counts on a day.
    pub fn value(self, tx: &mut Tx<'_>, company: i64, on: Date) -> Result<String, Error> {
        let all = setting::all(tx, company)?;
        Ok(self.row().counting(&all, on).map_or(self.row().default, |change| &change.value).to_owned())
    }

    /// The value of a whole number.
    pub fn whole(self, tx: &mut Tx<'_>, company: i64, on: Date) -> Result<i32, Error> {
        let value = self.value(tx, company, on)?;
        value.parse().map_err(|e| Error::failed(self.row().name, e))
    }

    /// The value where it is not empty.
    pub fn text(self, tx: &mut Tx<'_>, company: i64, on: Date) -> Result<Option<String>, Error> {
        Ok(Some(self.value(tx, company, on)?).filter(|value| !value.is_empty()))
    }
}

impl Row {
    /// Whether what is said counts at once, and not from a day.
    pub fn at_once(&self) -> bool {
        self.group == Group::Control
    }

    fn said<'c>(&self, all: &'c [Change]) -> impl DoubleEndedIterator<Item = &'c Change> + use<'c> {
        let name = self.name;
        all.iter().filter(move |change| change.name == name)
    }

    fn latest<'c>(&self, all: &'c [Change]) -> Option<&'c Change> {
        self.said(all).next_back()
    }

    /// The word that counts on a day: of the latest day that has come, the last.
    fn counting<'c>(&self, all: &'c [Change], on: Date) -> Option<&'c Change> {
        if self.at_once() {
            return self.latest(all);
        }
        self.said(all).filter(|change| change.from_on <= on).max_by_key(|change| change.from_on)
    }

    /// The next word that will count after a day.
    fn coming<'c>(&self, all: &'c [Change], on: Date) -> Option<&'c Change> {
        let next = self.said(all).map(|change| change.from_on).filter(|from_on| *from_on > on).min()?;
        self.counting(all, next).filter(|_| !self.at_once())
    }
}

/// The limits of the company's ageing.
pub fn buckets(tx: &mut Tx<'_>, company: i64, on: Date) -> Result<Buckets, Error> {
    Ok(kind::buckets(&Setting::AgeingBuckets.value(tx, company, on)?)?)
}

/// Limits as they are typed: days with commas between.
pub fn read_buckets(text: &str) -> Result<Buckets, Refusal> {
    kind::buckets(text)
}

/// How much of one invoice one person may write off; `None` where there is no limit.
pub fn write_off_limit(tx: &mut Tx<'_>, company: &Company) -> Result<Option<Money>, Error> {
    let value = Setting::WriteOffLimit.now(tx, company.id)?;
    Ok(kind::limit(&value, company.currency)?)
}

/// How much of one invoice one person may credit; `None` where there is no limit.
pub fn credit_note_limit(tx: &mut Tx<'_>, company: &Company) -> Result<Option<Money>, Error> {
    let value = Setting::CreditNoteLimit.now(tx, company.id)?;
    Ok(kind::limit(&value, company.currency)?)
}

/// A setting as it stands.
#[derive(Clone, Debug)]
pub struct Shown {
    pub row: &'static Row,
    pub value: String,
    /// Since when; `None` while nobody has said anything.
    pub since: Option<Date>,
    /// What it will be, and from which day.
    pub coming: Option<(String, Date)>,
}

/// Every setting as it stands on a day.
pub fn list(tx: &mut Tx<'_>, actor: &Actor, on: Date) -> Result<Vec<Shown>, Error> {
    actor.may(Right::Read)?;
    let all = setting::all(tx, actor.company.id)?;
    let shown = |row: &'static Row| {
        let counting = row.counting(&all, on);
        Shown {
            row,
            value: counting.map_or(row.default, |change| &change.value).to_owned(),
            since: counting.map(|change| change.from_on),
            coming: row.coming(&all, on).map(|change| (change.value.clone(), change.from_on)),
        }
    };
    Ok(Setting::TABLE.iter().map(shown).collect())
}

/// Every word on one setting, the latest first.
pub fn history(tx: &mut Tx<'_>, actor: &Actor, name: &str) -> Result<Vec<Said>, Error> {
    actor.may(Right::Read)?;
    setting::history(tx, actor.company.id, Setting::named(name)?.name)
}

/// The next number of each of our series.
pub fn next_numbers(tx: &mut Tx<'_>, actor: &Actor, on: Date) -> Result<Vec<(Setting, String)>, Error> {
    actor.may(Right::Read)?;
    let mut next = Vec::new();
    for setting in [Setting::InvoicePrefix, Setting::CreditNotePrefix] {
        let series = setting.value(tx, actor.company.id, on)?;
        let last = document::last_number(tx, actor.company.id, &series)?;
        next.push((setting, super::invoice::number(&series, last + 1)));
    }
    Ok(next)
}

/// What is to count, from which day, and why.
#[derive(Clone, Debug, Default)]
pub struct Given {
    pub name: String,
    pub value: String,
    /// Today if left out.
    pub from: Option<Date>,
    pub reason: String,
    /// What whoever decided had before their eyes; checked where it is given.
    pub was: Option<String>,
}

/// Decides a setting; false where it was so already.
pub fn set(tx: &mut Tx<'_>, actor: &Actor, today: Date, given: &Given, key: Option<&Once>) -> Result<bool, Error> {
    let row = Setting::named(&given.name)?;
    let reason = given.reason.trim();
    once(tx, actor, key, |tx| {
        act(tx, actor, row.right, Subject { name: row.name, cause: Some(reason).filter(|r| !r.is_empty()) }, |tx| {
            let value = row.kind.read(row.name, &given.value, actor.company.currency)?;
            let from_on = from_today(row, given.from, today)?;
            if row.needs_reason {
                needs_reason(reason)?;
            }
            kind::fits("reason", reason, kind::REASON_MAX)?;
            let all = setting::all(tx, actor.company.id)?;
            let now = row.counting(&all, from_on).map_or(row.default, |change| &change.value).to_owned();
            unchanged(tx, actor, row, given, &now)?;
            if now == value {
                return Ok(false);
            }
            if row.kind == Kind::Prefix {
                of_its_own(row, &value, &all)?;
            }
            setting::save(tx, actor.company.id, &Change { name: row.name.into(), value, from_on }, reason)?;
            Ok(true)
        })
    })
}

/// What was done before stays as it was decided then.
fn from_today(row: &Row, from: Option<Date>, today: Date) -> Result<Date, Refusal> {
    match from {
        Some(from) if row.at_once() && from != today => {
            let reason = Unusable::CountsAtOnce;
            Err(Refusal::Invalid { field: "from".into(), value: from.to_string(), reason })
        }
        Some(from) if from < today => {
            let reason = Unusable::BeforeToday { today };
            Err(Refusal::Invalid { field: "from".into(), value: from.to_string(), reason })
        }
        from => Ok(from.unwrap_or(today)),
    }
}

/// Refuses where somebody else decided meanwhile.
fn unchanged(tx: &mut Tx<'_>, actor: &Actor, row: &Row, given: &Given, now: &str) -> Result<(), Error> {
    if given.was.as_ref().is_none_or(|was| was == now) {
        return Ok(());
    }
    let said = setting::history(tx, actor.company.id, row.name)?;
    let by = said.first().map(|said| said.actor.clone()).unwrap_or_default();
    Err(Refusal::SettingMoved { setting: row.name.into(), value: now.to_owned(), by }.into())
}

/// Invoices and credit notes never share a series.
fn of_its_own(row: &Row, value: &str, all: &[Change]) -> Result<(), Refusal> {
    let others = || Setting::TABLE.iter().filter(|other| other.kind == Kind::Prefix && other.name != row.name);
    let said = all.iter().any(|change| change.value == value && others().any(|other| other.name == change.name));
    if said || others().any(|other| other.default == value) {
        let reason = Unusable::OtherSeries;
        return Err(Refusal::Invalid { field: row.name.into(), value: value.into(), reason });
    }
    Ok(())
}
