//! Who may do what: every cell of the table of rights, through the actions, on both engines; and the page that prints it.

use std::fmt::Write;

use ideni::actions::import::{self, Reading, What};
use ideni::actions::{
    Actor, Reach, Right, Role, Roles, account, allocation, attempt, bank, callback, cash, company, contact_person,
    customer, day, dispute, duty, hold, holiday, invoice, journal_out, link, merge, meter, outbox, paper, payer,
    period, promise, quarantine, rate, reads, receipt, record, refund, revaluation, review, session, setting, stock,
    transfer, unbilled, user, vat_return,
};
use receivables::billing::vat_return::Period;
use receivables::customer::contact;
use receivables::{Date, Money};
use store::{Error, Tx};

use crate::support::{Book, code, each_engine, told};

fn decide(tx: &mut Tx<'_>, actor: &Actor, today: Date, name: &str, value: &str) -> Result<bool, Error> {
    let given =
        setting::Given { name: name.into(), value: value.into(), reason: "a test".into(), ..Default::default() };
    setting::set(tx, actor, today, &given, None)
}

/// The shortest request of a right, which is refused for the right or for something else. Rights that no single action
/// stands for have none.
fn probe(right: Right, tx: &mut Tx<'_>, actor: &Actor, today: Date) -> Option<Result<(), Error>> {
    let done = match right {
        Right::Read => customer::list(tx, actor).map(drop),
        Right::OwnAccount => session::own(tx, actor, None).map(drop),
        Right::SettingSet => decide(tx, actor, today, "terms-days", "14").map(drop),
        Right::SettingControl => decide(tx, actor, today, "people", "one").map(drop),
        Right::UserList => duty::list(tx, actor).map(drop),
        Right::UserAdd => user::add(tx, actor, "new", "New", "collector"),
        Right::UserChange => user::set_full_name(tx, actor, "nobody", "Nobody"),
        Right::UserRole => user::set_roles(tx, actor, "nobody", "collector"),
        Right::UserDeactivate => user::deactivate(tx, actor, "nobody", "a test"),
        Right::UserReactivate => user::reactivate(tx, actor, "nobody", "a test"),
        Right::UserLink => link::make(tx, actor, "nobody").map(drop),
        Right::UserForget => user::forget_second_factor(tx, actor, "nobody", "a test"),
        Right::UserSessions => session::end_of_user(tx, actor, "nobody").map(drop),
        Right::UserReads => reads::list(tx, actor, None, 1).map(drop),
        Right::AccountAdd => account::add(tx, actor, "new", "New"),
        Right::AccountProfile => account::set_profile(tx, actor, "none", ""),
        Right::AccountNumber => transfer::set_numbers(tx, actor, "none", &[]),
        Right::CustomerSave => {
            customer::save(tx, actor, today, &customer::Given { code: "NEW".into(), ..Default::default() }).map(drop)
        }
        Right::CustomerAssign => customer::assign(tx, actor, &["NONE".into()], None).map(drop),
        Right::ImportCustomers => import_nothing(tx, actor, today, What::Customers),
        Right::ImportInvoices => import_nothing(tx, actor, today, What::Invoices),
        Right::ImportReceipts => import_nothing(tx, actor, today, What::Receipts),
        Right::ImportRates => import_nothing(tx, actor, today, What::Rates),
        Right::MeterRead => {
            let reading =
                receivables::billing::meter::Reading { on: today, value: Default::default(), replaced_at: None };
            meter::read(tx, actor, today, &meter::Shown { meter: "NONE".into(), reading }, None).map(drop)
        }
        Right::UnbilledSave => unbilled::give_up(tx, actor, today, "NONE", "a test", None),
        Right::RateCorrect => rate::correct(tx, actor, receivables::Currency::USD, today, 1.into(), "a test", None),
        Right::InvoiceIssue => invoice::issue(tx, actor, today, &of_nobody(today), None).map(drop),
        Right::ReceiptRecord => receipt::record(tx, actor, today, &money_of_nobody(today), None).map(drop),
        Right::ReceiptIdentify => receipt::identify(tx, actor, today, "NONE", "NONE"),
        Right::ReceiptReturn => {
            let given =
                refund::ReturnedPayment { receipt: "NONE".into(), charges: 0, on: None, reason: "a test".into() };
            refund::return_payment(tx, actor, today, &given, None).map(drop)
        }
        Right::RefundAdd => {
            let (receipt, reason) = ("NONE".into(), "a test".into());
            let given = refund::Given { receipt, amount: None, account: None, on: None, reason };
            refund::add(tx, actor, today, &given, None).map(drop)
        }
        Right::RefundReverse => refund::reverse(tx, actor, today, "NONE", "a test", None).map(drop),
        Right::TransferSave => transfer::undo(tx, actor, today, "NONE", "a test", None),
        Right::PayerSave => payer::forget(tx, actor, today, "NONE", "a test", None),
        Right::StatementClear => review::clear(tx, actor, today, "000000", "a test", None),
        Right::StatementRecord => {
            let said = review::Said { amount: 1.into(), currency: None, on: None, reference: None, payer: None };
            review::record(tx, actor, today, "000000", &said, None).map(drop)
        }
        Right::CashApply => cash::carry_out(tx, actor, today, &[]).map(drop),
        Right::AllocationAdd => {
            let (source, invoice) = ("NONE".into(), "NONE".into());
            let given =
                allocation::Given { source, invoice, amount: None, paid: None, on: None, discount: Default::default() };
            allocation::add(tx, actor, today, &given, None).map(drop)
        }
        Right::AllocationReverse => allocation::reverse(tx, actor, today, "NONE", "a test", None).map(drop),
        Right::WriteOff => {
            let given = allocation::GivenUp { invoice: "NONE".into(), amount: None, reason: "a test".into() };
            allocation::write_off(tx, actor, today, &given, None).map(drop)
        }
        Right::PeriodClose => period::close(tx, actor, today, today.plus_days(-100)),
        Right::PeriodReopen => period::reopen(tx, actor, today.plus_days(-200), "a test"),
        Right::PromiseAdd => promise::withdraw(tx, actor, today, "NONE", "a test"),
        Right::JournalOutMap => journal_out::map(tx, actor, "receivables", "411", None),
        Right::JournalOutMake => journal_out::make(tx, actor, today, &Period::month_of(today.plus_days(-40)), None),
        Right::RevaluationPost => revaluation::post(tx, actor, today, today.plus_days(-40), None),
        Right::DisputeAdd => disputed(tx, actor, today, "NONE"),
        Right::DisputeEnd => dispute::end(tx, actor, today, "NONE", "rejected", ""),
        Right::HoldAdd => hold::lift(tx, actor, today, "NONE"),
        Right::HolidayAdd => holiday::add(tx, actor, today, "a test"),
        Right::HolidayRemove => holiday::remove(tx, actor, today),
        Right::AttemptAdd => tried_to_call(tx, actor, today, "NONE"),
        Right::CallbackAdd => to_call_back(tx, actor, today, "NONE").map(drop),
        Right::CallbackDone => callback::done(tx, actor, today, "NONE"),
        Right::NoteAdd => noted(tx, actor, today, "NONE"),
        Right::PaperAdd => filed(tx, actor, today, "NONE"),
        Right::ContactSave => known_contact(tx, actor, today, "NONE"),
        Right::CustomerMerge => merge::merge(tx, actor, "NONE", "NADA", "a test", None),
        Right::BankAsk => bank::ask(tx, actor, "NONE", &bank::Typed::default(), "a test", None).map(drop),
        Right::BankRead => bank::full(tx, actor, "NONE").map(drop),
        Right::DayTurn => day::plan(tx, actor, today).map(drop),
        Right::StockMove => stock::tell_again(tx, actor, -1),
        Right::OutboxAdd => outbox::add(tx, actor, today, "document", "NONE", None).map(drop),
        Right::VatReturnFile => vat_return::file(tx, actor, today, &Period::month_of(today), "a test", None),
        Right::QuarantineLift => quarantine::lift(tx, actor, "a test"),
        _ => return None,
    };
    Some(done)
}

fn import_nothing(tx: &mut Tx<'_>, actor: &Actor, today: Date, what: What) -> Result<(), Error> {
    let (currency, account) = (actor.company.currency, "bank".to_owned());
    let reading = Reading { what, file: "f.csv".into(), currency, opening_on: None, account };
    import::chunk(tx, actor, today, &reading, &[], import::Known::new()).map(drop)
}

fn of_nobody(today: Date) -> invoice::Given {
    invoice::Given::to("NONE".into(), today, receivables::Currency::RWF)
}

fn money_of_nobody(today: Date) -> receipt::Given {
    let gross = Money::new(1, receivables::Currency::RWF);
    receipt::Given {
        account: "none".into(),
        received_on: today,
        received_at: None,
        gross,
        charges: Money::zero(gross.currency),
        payer: None,
        payer_ref: None,
        reference: None,
        text: None,
        customer: None,
        opening_on: None,
    }
}

fn disputed(tx: &mut Tx<'_>, actor: &Actor, today: Date, invoice: &str) -> Result<(), Error> {
    let given =
        dispute::Given { invoice: invoice.into(), amount: Some(1), reason: "price".into(), note: String::new() };
    dispute::add(tx, actor, today, &given, None).map(drop)
}

/// What one request is told; nothing of it stays.
fn tried(
    book: &Book,
    actor: &Actor,
    f: impl Fn(&mut Tx<'_>, &Actor, Date) -> Option<Result<(), Error>> + Send + 'static,
) -> Option<String> {
    book.tick(1_000_000);
    let (actor, today) = (actor.clone(), book.today());
    let told = book.db.write(move |tx| match f(tx, &actor, today) {
        None => Ok(()),
        Some(Ok(())) => Err(Error::RolledBack),
        Some(Err(error)) => Err(error),
    });
    match told {
        Ok(()) => None,
        Err(Error::RolledBack) => Some("done".into()),
        Err(error) => Some(code(&error)),
    }
}

fn with_roles(book: &Book, user: &str, roles: impl Into<Roles>) -> Actor {
    Actor { user: user.into(), roles: roles.into(), ..book.actor.clone() }
}

#[test]
fn every_role_may_what_the_table_says_and_nothing_else() {
    each_engine(|book| {
        let mut asked = 0;
        for (role, name) in Role::ALL {
            let actor = with_roles(book, "somebody", role);
            for (right, _) in Right::TABLE {
                let right = *right;
                let Some(told) = tried(book, &actor, move |tx, actor, today| probe(right, tx, actor, today)) else {
                    continue;
                };
                asked += 1;
                let may = Roles::from(role).reach(right) > Reach::Nothing;
                assert_eq!(told != "not-allowed", may, "{name}: {}: {told}", right.name());
            }
        }
        assert!(asked >= 40 * Role::ALL.len(), "{asked}");
    });
}

/// The rights that stop at the own portfolio, each on an account of the actor's own, of nobody, of somebody else, and of
/// another company.
#[test]
fn a_right_of_the_own_portfolio_stops_at_accounts_of_others() {
    each_engine(|book| {
        for (code, collector) in [("OWN", Some("aline")), ("FREE", None), ("HIS", Some("bosco"))] {
            book.issue(code, code, "1000", "2026-06-01", "2026-06-10");
            if let Some(user) = collector {
                book.act(move |tx, actor, _| match user::working(tx, actor, user) {
                    Ok(_) => Ok(()),
                    Err(_) => user::add(tx, actor, user, user, "collector"),
                })
                .expect("a user");
                book.act(move |tx, actor, _| customer::assign(tx, actor, &[code.to_owned()], collector))
                    .expect("assigned");
            }
        }
        let other = elsewhere(book);
        for (role, name) in Role::ALL {
            let mut own = with_roles(book, "aline", role);
            for (right, f) in on_an_account() {
                let reach = Roles::from(role).reach(right);
                for (account, relation) in [("OWN", "own"), ("FREE", "nobody's"), ("HIS", "another's")] {
                    let told = tried(book, &own, move |tx, actor, today| Some(f(tx, actor, today, account)));
                    let expected = match (reach, relation) {
                        (Reach::Nothing, _) => "not-allowed",
                        (Reach::Own, "another's") => "other-portfolio",
                        _ => "done",
                    };
                    assert_eq!(told.as_deref(), Some(expected), "{name}: {} on {relation} account", right.name());
                }
                let here = std::mem::replace(&mut own.company, other.clone());
                let told = tried(book, &own, move |tx, actor, today| Some(f(tx, actor, today, "OWN")));
                let expected: &[_] =
                    if reach == Reach::Nothing { &["not-allowed", "not-found"] } else { &["not-found"] };
                let told = told.unwrap_or_default();
                assert!(expected.contains(&told.as_str()), "{name}: {} in another company: {told}", right.name());
                own.company = here;
            }
        }
    });
}

type OnAccount = fn(&mut Tx<'_>, &Actor, Date, &str) -> Result<(), Error>;

/// Actions on one account; the code of the customer is the number of its invoice too. What ends something makes it first,
/// with every right.
fn on_an_account() -> [(Right, OnAccount); 12] {
    [
        (Right::AttemptAdd, tried_to_call),
        (Right::CallbackAdd, |tx, actor, today, account| to_call_back(tx, actor, today, account).map(drop)),
        (Right::CallbackDone, |tx, actor, today, account| {
            let made = to_call_back(tx, &anybody(actor), today, account)?;
            callback::done(tx, actor, today, &made)
        }),
        (Right::NoteAdd, noted),
        (Right::PaperAdd, filed),
        (Right::ContactSave, known_contact),
        (Right::PromiseAdd, |tx, actor, today, account| promised(tx, actor, today, account).map(drop)),
        (Right::PromiseAdd, |tx, actor, today, account| {
            let made = promised(tx, &anybody(actor), today, account)?;
            promise::withdraw(tx, actor, today, &made, "a test")
        }),
        (Right::HoldAdd, |tx, actor, today, account| {
            hold::add(tx, actor, today, account, today.plus_days(5), "a test").map(drop)
        }),
        (Right::HoldAdd, |tx, actor, today, account| {
            let made = hold::add(tx, &anybody(actor), today, account, today.plus_days(5), "a test")?;
            hold::lift(tx, actor, today, &made)
        }),
        (Right::DisputeAdd, disputed),
        (Right::DisputeEnd, |tx, actor, today, account| {
            disputed(tx, &anybody(actor), today, account)?;
            let all = dispute::list(tx, &anybody(actor))?;
            let made = all.last().expect("a dispute").id.to_string();
            dispute::end(tx, actor, today, &made, "rejected", "")
        }),
    ]
}

fn anybody(actor: &Actor) -> Actor {
    Actor { roles: Roles::all(), ..actor.clone() }
}

fn tried_to_call(tx: &mut Tx<'_>, actor: &Actor, today: Date, account: &str) -> Result<(), Error> {
    let given = attempt::Given {
        customer: account.into(),
        channel: "call".into(),
        answered: String::new(),
        right_party: false,
        outcomes: vec!["no-answer".into()],
        note: String::new(),
        next_on: None,
        promise: None,
        dispute: None,
        callback: None,
    };
    attempt::add(tx, actor, today, &given, None).map(drop)
}

fn to_call_back(tx: &mut Tx<'_>, actor: &Actor, today: Date, account: &str) -> Result<String, Error> {
    let given = callback::Given {
        customer: account.into(),
        on: today.plus_days(1),
        minute: 600,
        who: String::new(),
        note: String::new(),
    };
    Ok(callback::add(tx, actor, today, &given, None)?.id)
}

fn noted(tx: &mut Tx<'_>, actor: &Actor, today: Date, account: &str) -> Result<(), Error> {
    let (record, name, text) = ("customer".into(), account.into(), "asked for a copy".into());
    record::add_note(tx, actor, today, &record::Given { record, name, text, corrects: None }, None).map(drop)
}

fn filed(tx: &mut Tx<'_>, actor: &Actor, today: Date, account: &str) -> Result<(), Error> {
    let given = paper::Given {
        record: "customer".into(),
        of: account.into(),
        kind: "other".into(),
        name: "letter.pdf".into(),
        content: b"%PDF-1.4 a letter".to_vec(),
        until: None,
    };
    paper::add(tx, actor, today, &given, None).map(drop)
}

fn known_contact(tx: &mut Tx<'_>, actor: &Actor, _: Date, account: &str) -> Result<(), Error> {
    let (name, role, phone) = ("Keza".into(), "owner".into(), "0788123456".into());
    let typed = contact::Typed { name, role, phone, ..Default::default() };
    contact_person::add(tx, actor, account, &typed, None).map(drop)
}

fn promised(tx: &mut Tx<'_>, actor: &Actor, today: Date, account: &str) -> Result<String, Error> {
    let given = promise::Given {
        customer: account.into(),
        amount: Money::new(100, receivables::Currency::RWF),
        promised_on: today.plus_days(3),
        grace_days: 0,
        note: String::new(),
    };
    Ok(promise::add(tx, actor, today, &given, None)?.id)
}

/// A second company in the same book.
fn elsewhere(book: &Book) -> store::company::Company {
    let new = company::NewCompany {
        name: "Musanze Shops Ltd".into(),
        code: None,
        tin: None,
        currency: book.actor.company.currency,
        country: "rw".into(),
        simulated: true,
    };
    book.act(move |tx, _, _| company::init(tx, "boss", &new)).expect("a second company").company
}

#[test]
fn several_roles_reach_as_far_as_the_one_that_reaches_most() {
    let both = Roles::from_text("collector, biller").expect("roles");
    assert_eq!((both.reach(Right::DisputeAdd), both.reach(Right::PromiseAdd)), (Reach::Company, Reach::Own));
    assert_eq!((both.reach(Right::InvoiceIssue), both.reach(Right::WriteOff)), (Reach::Company, Reach::Nothing));
    assert_eq!(both.to_string(), "biller collector");
    assert_eq!(Roles::from_text("collector chief"), Err("chief".into()));
    assert!(Roles::from_text(" , ").is_err());
}

/// A right that nobody holds is one that nobody can be given.
#[test]
fn every_right_is_somebodys() {
    for (right, _) in Right::TABLE {
        let holders = Role::ALL.iter().filter(|(role, _)| Roles::from(*role).reach(*right) > Reach::Nothing).count();
        assert!(holders > 0, "{}", right.name());
        assert!(Roles::all().reach(*right) == Reach::Company, "{}: the founder", right.name());
    }
}

// ---- duties in two hands

#[test]
fn no_role_alone_holds_what_belongs_in_two_hands() {
    for (role, name) in Role::ALL {
        let held: Vec<String> = duty::held(role.into()).map(|(a, b)| format!("{} + {}", a.name(), b.name())).collect();
        assert_eq!(held, Vec::<String>::new(), "{name}");
    }
    let all: Vec<_> = duty::held(Roles::all()).collect();
    assert_eq!(all, duty::CONFLICTS, "every pair can be held");
}

#[test]
fn roles_that_hold_both_sides_are_refused_unless_the_company_lists_them() {
    each_engine(|book| {
        let add = |name: &'static str, roles: &'static str| {
            book.act(move |tx, actor, _| user::add(tx, actor, name, name, roles))
        };
        let give = |name: &'static str, roles: &'static str| {
            book.act(move |tx, actor, _| user::set_roles(tx, actor, name, roles))
        };
        for (roles, pair) in [
            ("manager cashier", "receipt record, write-off"),
            ("biller manager", "invoice issue, write-off"),
            ("admin manager", "user role, write-off"),
        ] {
            let refused = add("keza", roles).expect_err("refused").to_string();
            assert_eq!(refused, "conflicting-duties", "{roles}");
            let Err(Error::Refused(said)) = add("keza", roles) else { panic!("{roles}") };
            assert_eq!(said.to_string(), format!("refusal-conflicting-duties(keza, {pair})"));
        }
        assert_eq!(told(add("keza", "biller cashier collector")), "done");
        assert_eq!(told(give("keza", "biller manager")), "conflicting-duties");
        assert_eq!(told(give("keza", "chief")), "invalid");
        assert_eq!(told(give("nobody", "biller")), "not-found");
        // The founder holds everything, until roles are handed on; fewer is always allowed.
        let holders = |book: &Book| {
            let mut names: Vec<String> = book.read(duty::list).into_iter().map(|h| h.user).collect();
            names.dedup();
            names
        };
        assert_eq!(holders(book), ["admin"]);
        assert_eq!(told(give("admin", "admin manager")), "done");
        assert_eq!(book.read(duty::list).len(), 3, "user role + write-off, + receipt refund, + approval decide");
        assert_eq!(told(give("admin", "admin")), "done");
        assert_eq!(holders(book), Vec::<String>::new());
        assert_eq!(told(give("admin", "admin manager")), "conflicting-duties", "and not back again");
        // The company decides otherwise, with a reason that the auditor reads.
        let set = |value: &'static str, reason: &'static str| {
            book.act(move |tx, actor, today| {
                let given = setting::Given {
                    name: "duties".into(),
                    value: value.into(),
                    reason: reason.into(),
                    ..Default::default()
                };
                setting::set(tx, actor, today, &given, None)
            })
        };
        assert_eq!((told(set("listed", " ")), told(set("maybe", "x"))), ("missing".into(), "invalid".into()));
        assert_eq!(told(set("listed", "we are three")), "done");
        assert_eq!(told(give("keza", "cashier manager")), "done");
        assert_eq!(holders(book), ["keza"]);
        let log =
            book.read(|tx, actor| store::reports::audit::list(tx, actor.company.id, &Default::default(), None, 5));
        assert!(log.iter().any(|l| l.verb == "setting control" && l.cause.as_deref() == Some("we are three")));
        assert!(log.iter().any(|l| l.verb == "user role" && l.subject == "keza"));
    });
}

#[test]
fn a_company_of_one_person_says_so_until_a_second_could_approve() {
    each_engine(|book| {
        let alone = || book.read(company::one_person);
        assert!(!alone());
        book.act(|tx, actor, today| decide(tx, actor, today, "people", "one")).expect("declared");
        assert!(alone());
        let add = |name: &'static str, roles: &'static str| {
            book.act(move |tx, actor, _| user::add(tx, actor, name, name, roles)).expect("added");
        };
        add("clerk", "collector");
        assert!(alone());
        add("keza", "manager");
        assert!(!alone());
        book.act(|tx, actor, _| user::deactivate(tx, actor, "keza", "left")).expect("left");
        assert!(alone());
    });
}

// ---- the page

/// The table as the page prints it.
fn printed() -> String {
    let mut out = String::from("| right |");
    for (_, name) in Role::ALL {
        write!(out, " {name} |").expect("text");
    }
    out.push_str("\n|---|");
    out.push_str(&"---|".repeat(Role::ALL.len()));
    for (right, _) in Right::TABLE {
        write!(out, "\n| `{}` |", right.name()).expect("text");
        for (role, _) in Role::ALL {
            out.push_str(match Roles::from(role).reach(*right) {
                Reach::Nothing => "  |",
                Reach::Own => " own |",
                Reach::Company => " yes |",
            });
        }
    }
    out
}

#[test]
fn the_page_of_rights_is_the_table() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/reference/rights.md");
    let text = std::fs::read_to_string(&path).expect("the page");
    assert!(text.contains(&printed()), "{} should hold:\n{}", path.display(), printed());
    for (first, second) in duty::CONFLICTS {
        let row = format!("| `{}` | `{}` |", first.name(), second.name());
        assert!(text.contains(&row), "{} should hold: {row}", path.display());
    }
}
