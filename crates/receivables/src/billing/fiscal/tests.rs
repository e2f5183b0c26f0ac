//! Named cases of the submission, told as what happened and where it stands then.

use super::*;

const LIMITS: Limits =
    Limits { failures_max: 3, back_off_first_s: 30, back_off_most_s: 100, offline_h: 24, failure_notice_h: 6 };

fn at(second: i64) -> Instant {
    Instant::from_micros(second * 1_000_000)
}

fn receipt(no: u64) -> Receipt {
    Receipt {
        sdc: "SDC000000001".into(),
        mrc: "ABC00000001".into(),
        of_label: no,
        of_all: no,
        internal_data: "AAAABBBBCC".into(),
        signature: "DDDDEEEE".into(),
        signed_at: at(5),
    }
}

/// One word of a story: `send`, `silence`, `994:reconcile`, `signed`, `signed/1` (of the first attempt), `counters=7`, …
fn event(word: &str, latest: u32) -> Event {
    let (what, attempt) = word.split_once('/').map_or((word, latest), |(what, no)| (what, no.parse().unwrap()));
    match what {
        "send" => Event::Send,
        "not-sent" => Event::NotSent { attempt },
        "signed" => Event::Signed { attempt, receipt: receipt(1) },
        "signed-otherwise" => Event::Signed { attempt, receipt: receipt(2) },
        "garbled" => Event::Garbled { attempt },
        "silence" => Event::Silence { attempt },
        "restarted" => Event::Restarted,
        "found" => Event::Found { there: true },
        "not-found" => Event::Found { there: false },
        "released" => Event::Released,
        "void" => Event::Void,
        "counters-hidden" => Event::CountersHidden,
        other => match other.split_once('=') {
            Some((_, last)) => Event::CountersSeen { last: last.parse().unwrap() },
            None => {
                let (code, advice) = other.split_once(':').unwrap();
                let advice = Advice::from_code(advice).unwrap();
                Event::Answered { attempt, code: code.into(), advice, field: Some("custTin".into()) }
            }
        },
    }
}

/// Tells a story of number 7, one event every 1000 seconds, and how it ends.
fn check(story: &str, ends: &str) {
    let mut one = Submission::new(7, at(0));
    let mut end = String::new();
    for (no, word) in story.split_whitespace().enumerate() {
        let now = at(1000 * (no as i64 + 1));
        match one.after(event(word, one.attempts), now, &LIMITS) {
            Ok(after) => {
                end = told(&after, now);
                one = after;
            }
            Err(fault) => end = format!("no: {}", format!("{fault:?}").split(' ').next().unwrap_or_default()),
        }
        assert_eq!(one.number, 7);
    }
    assert_eq!(end, ends, "{story}");
}

fn told(one: &Submission, now: Instant) -> String {
    match &one.state {
        State::Waiting { not_before } => {
            format!("waiting {} s", ((not_before.micros() - now.micros()) / 1_000_000).max(0))
        }
        State::Sent { .. } => format!("sent {}", one.attempts),
        State::Unknown { doubt, counters_cannot_tell: false, .. } => format!("unknown {doubt:?}"),
        State::Unknown { doubt, .. } => format!("unknown {doubt:?}, a person looks"),
        State::Fiscalised { receipt: Some(_), .. } => "fiscalised".into(),
        State::Fiscalised { receipt: None, .. } => "fiscalised without its receipt".into(),
        State::Refused { code, ask, field, .. } => {
            format!("refused {code} {ask:?} {}", field.clone().unwrap_or_default())
        }
        State::Parked { code, .. } => format!("parked {}", code.clone().unwrap_or_default()),
        State::Void { .. } => "void".into(),
    }
}

#[test]
fn an_answer_with_a_receipt_settles_it() {
    check("send", "sent 1");
    check("send signed", "fiscalised");
    check("send signed signed", "fiscalised");
    check("send signed send", "no: HasReceipt");
    check("send signed signed-otherwise", "no: OtherReceipt");
}

#[test]
fn silence_and_a_duplicate_are_never_answered_by_sending_again() {
    for doubt in ["silence", "garbled", "restarted", "994:reconcile", "924:reconcile", "000:store"] {
        check(&format!("send {doubt} send"), "no: InDoubt");
        check(&format!("send {doubt} counters=7"), "fiscalised without its receipt");
        check(&format!("send {doubt} counters=6"), "waiting 30 s");
        check(&format!("send {doubt} counters=6 send"), "sent 2");
        check(&format!("send {doubt} signed"), "fiscalised");
    }
    check("send send", "no: InDoubt");
    check("send silence", "unknown Silence");
    check("send 994:reconcile", "unknown Duplicate");
    check("send restarted", "unknown Restart");
    check("restarted", "waiting 0 s");
}

#[test]
fn counters_past_the_number_prove_nothing() {
    check("send silence counters=9", "unknown Silence, a person looks");
    check("send silence counters=9 found", "fiscalised without its receipt");
    check("send silence counters=9 found signed", "fiscalised");
    check("send silence counters=9 not-found", "waiting 0 s");
    check("send silence counters=9 not-found send", "sent 2");
    check("counters=7", "no: NotNow");
    check("send silence counters-hidden", "unknown Silence, a person looks");
    check("send silence counters-hidden counters=6", "waiting 30 s");
    check("counters-hidden", "no: NotNow");
}

#[test]
fn a_late_answer_counts_only_with_a_receipt() {
    check("send silence counters=6 signed", "fiscalised");
    check("send silence counters=6 send signed/1", "fiscalised");
    check("send silence counters=6 send 894:back-off/1", "no: OtherAttempt");
    check("send silence 894:back-off", "no: NotNow");
    check("send silence counters=7 signed", "fiscalised");
    check("signed", "no: OtherAttempt");
}

#[test]
fn what_is_tried_again_waits_twice_as_long_each_time() {
    check("send not-sent", "waiting 30 s");
    check("send 894:back-off", "waiting 30 s");
    check("send 894:back-off send 894:back-off", "waiting 60 s");
    check("send 894:back-off send not-sent send 894:back-off", "waiting 100 s");
    check("send 894:back-off send not-sent send 894:back-off send 894:back-off", "waiting 100 s");
    check("send 999:few-times send 999:few-times", "waiting 60 s");
    check("send 999:few-times send 999:few-times send 999:few-times", "parked 999");
    check("send silence counters=6 send silence counters=6 send silence counters=6", "parked ");
    let soon = Submission::new(7, at(100)).after(Event::Send, at(99), &LIMITS);
    assert_eq!(soon, Err(Fault::NotBefore { at: at(100) }));
}

#[test]
fn a_refusal_says_what_a_person_must_do() {
    check("send 883:ask-purchase-code", "refused 883 NewPurchaseCode custTin");
    check("send 910:correct", "refused 910 CorrectField custTin");
    check("send 901:operator", "refused 901 Operator custTin");
    check("send 921:accountant", "refused 921 Accountant custTin");
    check("send 922:reorder", "refused 922 SendOtherFirst custTin");
    check("send 001:empty-list", "parked 001");
    check("send 777:park", "parked 777");
    check("send 910:correct send", "no: NotNow");
    check("send 910:correct released send", "sent 2");
    // What may have arrived is asked for first.
    check("send 777:park released", "unknown Parked");
    check("send 894:back-off send 910:correct released", "unknown Parked");
    check("send signed released", "no: NotNow");
    check("send not-sent released send", "sent 2");
    let held = Submission::held(7, Ask::NewPurchaseCode, at(0));
    assert!(held.state.needs_person() && held.after(Event::Send, at(1), &LIMITS) == Err(Fault::NotNow));
    assert_eq!(held.after(Event::Released, at(1), &LIMITS), Ok(Submission::new(7, at(1))));
}

#[test]
fn only_what_the_device_cannot_have_is_void() {
    check("void", "void");
    check("void void", "void");
    check("void send", "no: NotNow");
    check("send not-sent void", "void");
    check("send 910:correct void", "void");
    check("send void", "no: InDoubt");
    check("send silence void", "no: InDoubt");
    check("send silence counters=6 void", "no: InDoubt");
    check("send 894:back-off void", "no: InDoubt");
    check("send signed void", "no: HasReceipt");
    check("send silence counters=7 void", "no: HasReceipt");
}

#[test]
fn one_device_gets_one_document_after_the_other() {
    let waiting = |number: u64, second: i64| Submission::new(number, at(second));
    let after = |one: Submission, story: &[Event]| {
        story.iter().fold(one, |one, event| one.after(event.clone(), at(10), &LIMITS).unwrap())
    };
    let unknown = after(waiting(1, 0), &[Event::Send, Event::Silence { attempt: 1 }]);
    assert_eq!(next(&[], at(10)), Step::Rest);
    assert_eq!(next(&[waiting(2, 0), waiting(1, 0)], at(10)), Step::Send { number: 1 });
    assert_eq!(next(&[waiting(1, 20), waiting(2, 0)], at(10)), Step::WaitUntil { at: at(20) });
    assert_eq!(next(&[unknown.clone(), waiting(2, 0)], at(10)), Step::ReadCounters { number: 1 });
    assert_eq!(next(&[after(waiting(1, 0), &[Event::Send]), waiting(2, 0)], at(10)), Step::AwaitAnswer { number: 1 });
    let stuck = after(unknown, &[Event::CountersSeen { last: 3 }]);
    assert_eq!(next(&[stuck, waiting(2, 0)], at(10)), Step::Send { number: 2 });
}

#[test]
fn times_the_law_and_the_device_set() {
    assert_eq!(LIMITS.stops_signing_at(at(0)), at(86_400));
    assert_eq!(LIMITS.notice_due_at(at(60)), at(21_660));
}

#[test]
fn what_is_kept_under_a_code_is_found_by_it() {
    for (advice, code) in Advice::ALL {
        assert_eq!((Advice::from_code(code), advice.code()), (Some(advice), code));
    }
    for (doubt, code) in Doubt::ALL {
        assert_eq!((Doubt::from_code(code), doubt.code()), (Some(doubt), code));
    }
    for (ask, code) in Ask::ALL {
        assert_eq!((Ask::from_code(code), ask.code()), (Some(ask), code));
    }
    assert_eq!(Advice::from_code("guess"), None);
}
