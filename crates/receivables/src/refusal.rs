//! Refusals: what the program will not do, typed, each with the numbers a person needs to act. The sentences
//! are in `locales/*/refusals.ftl` under the refusal's code.

macro_rules! refusals {
    ($($(#[$doc:meta])* $name:ident $code:literal { $($field:ident),* },)*) => {
        /// A decision that said no. Field values are already written for a reader.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum Refusal {
            $($(#[$doc])* $name { $($field: String),* },)*
        }

        impl Refusal {
            /// Stable machine code, also the key of the sentence in `locales`.
            pub fn code(&self) -> &'static str {
                match self { $(Refusal::$name { .. } => $code,)* }
            }

            /// The named values the sentence needs.
            pub fn args(&self) -> Vec<(&'static str, &str)> {
                match self { $(Refusal::$name { $($field),* } => vec![$((stringify!($field), $field.as_str())),*],)* }
            }

            /// Every code there is, with the names of its values.
            pub const ALL: &'static [(&'static str, &'static [&'static str])] =
                &[$(($code, &[$(stringify!($field)),*])),*];
        }
    };
}

refusals! {
    /// The role lacks the right to this action.
    NotAllowed "not-allowed" { user, action },
    /// No such thing in this company.
    NotFound "not-found" { kind, name },
    /// A thing of that name exists already.
    Exists "exists" { kind, name },
    /// The same number was posted before with other content.
    OtherContent "other-content" { number },
    /// The key was used before for another request.
    KeyReused "key-reused" { key },
    /// A value is missing.
    Missing "missing" { field },
    /// A value cannot be used.
    Invalid "invalid" { field, value, reason },
    /// More than is open on the item.
    ExceedsOpen "exceeds-open" { item, open, amount },
    /// More than is left of the receipt or credit note.
    ExceedsUnapplied "exceeds-unapplied" { source, unapplied, amount },
    /// More than is left of the receipt to send back.
    ExceedsRefundable "exceeds-refundable" { receipt, unapplied, amount },
    /// The receipt belongs to no customer yet.
    Unidentified "unidentified" { source },
    /// The two documents belong to customers that do not settle for each other.
    OtherCustomer "other-customer" { source, item },
    /// An allocation must carry an amount above zero.
    NotPositive "not-positive" { amount },
    /// The date is before the document it moves.
    BeforeDocument "before-document" { on, document_on, document },
    /// The date is before something that moved the item or receipt later.
    BeforeMovement "before-movement" { on, item, moved_on },
    /// Money cannot have left after today.
    AfterToday "after-today" { on, today },
    /// The money or the debt was taken up until a later day.
    BeforeReversal "before-reversal" { on, reversed_on },
    /// The period is closed.
    PeriodClosed "period-closed" { on, closed_to },
    /// No exchange rate on or before the day.
    NoRate "no-rate" { currency, on },
    /// The fact was reversed already.
    AlreadyReversed "already-reversed" { what },
    /// The invoice lines and its total differ.
    TotalsDiffer "totals-differ" { number, total, sum },
    /// A clock that went back.
    ClockBehind "clock-behind" { now, last },
    /// A day turn dated before the last one.
    DayBefore "day-before" { today, last },
    /// Known-at later than the last seal.
    NotSealedYet "not-sealed-yet" { known_at, last },
    /// A plan's id is unknown or was carried out.
    PlanGone "plan-gone" { plan },
    /// The credit note belongs on the other side.
    SignMismatch "sign-mismatch" { number },
    /// Buckets must rise and be above zero.
    Buckets "buckets" { buckets },
    /// A book whose company has not been chosen.
    WhichCompany "which-company" { count, codes },
    /// Nothing is open to act on.
    NothingOpen "nothing-open" { customer },
    /// A hold must have an end after today.
    HoldEnd "hold-end" { until, today },
    /// A promise must lie in the future and be positive.
    PromiseDay "promise-day" { on, today },
    /// The number does not fit.
    TooLarge "too-large" { what },
    /// A debtor of a simulated company may not be mixed with real ones.
    Quarantined "quarantined" { what },
}

impl From<crate::money::MoneyError> for Refusal {
    fn from(error: crate::money::MoneyError) -> Refusal {
        Refusal::Invalid { field: "amount".into(), value: String::new(), reason: error.to_string() }
    }
}
