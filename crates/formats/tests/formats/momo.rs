//! Messages of a mobile-money wallet: every labelled message, and the ones a payer could forge.

use formats::statement::{self, Direction, Line, LineStatus, Statement};
use receivables::{Currency, Money};

use crate::reference;

fn wallet(bytes: &[u8]) -> Statement {
    let file = statement::read(bytes, Currency::RWF, None).unwrap();
    assert_eq!((file.format, file.statements.len()), ("momo-sms", 1));
    file.statements.into_iter().next().unwrap()
}

fn backup(bodies: &[&str]) -> String {
    let sms = |body: &&str| {
        format!("<sms address=\"M-Money\" date=\"1715351458724\" body=\"{}\" />", body.replace('"', "&quot;"))
    };
    format!("<?xml version='1.0'?><smses count=\"1\">{}</smses>", bodies.iter().map(sms).collect::<String>())
}

/// One line in words: kind, direction, amount, fee, balance, id, external id, name, ref, message, status.
fn told(line: &Line) -> String {
    let money = |m: Option<Money>| m.map_or("-".to_owned(), |m| m.minor.to_string());
    let text = |t: &Option<String>| t.clone().unwrap_or_else(|| "-".to_owned());
    let status = match &line.status {
        LineStatus::Booked => "booked".to_owned(),
        LineStatus::Pending => "recorded".to_owned(),
        LineStatus::Review(why) => format!("review: {why}"),
        LineStatus::Dropped(why) => format!("dropped: {why}"),
    };
    format!(
        "{} {:?} {} fee {} bal {} id {} ext {} | {} | {} | {} | {status}",
        line.kind,
        line.direction,
        money(line.amount),
        money(line.fee),
        money(line.balance_after),
        text(&line.reference),
        text(&line.external_reference),
        text(&line.counterparty),
        text(&line.counterparty_ref),
        line.text
    )
}

fn check(body: &str, expected: &str) {
    let found = wallet(backup(&[body]).as_bytes());
    assert_eq!(told(&found.lines[0]), expected, "{body}");
}

#[test]
fn every_labelled_message_is_read_as_labelled() {
    let (Some(xml), Some(labels)) =
        (reference("momo-sms/momo_sms_part_a.xml"), reference("momo-sms/labels_part_a.csv"))
    else {
        return;
    };
    let wallet = wallet(&std::fs::read(xml).unwrap());
    let mut labels = csv::Reader::from_path(labels).unwrap();
    let labels: Vec<csv::StringRecord> = labels.records().map(Result::unwrap).collect();
    assert_eq!((wallet.lines.len(), labels.len()), (846, 846));
    for (line, label) in wallet.lines.iter().zip(&labels) {
        let money = |m: Option<Money>| m.map(|m| m.minor.to_string()).unwrap_or_default();
        let text = |t: &Option<String>| t.clone().unwrap_or_default();
        let sign = match line.direction {
            Direction::In => "in",
            Direction::Out => "out",
            Direction::None => "",
        };
        let number = line.line.to_string();
        let found = [
            number.as_str(),
            &text(&line.local_time),
            &line.kind,
            sign,
            &money(line.amount),
            &money(line.fee),
            &money(line.balance_after),
            &text(&line.reference),
            &text(&line.external_reference),
            &text(&line.counterparty),
            &text(&line.counterparty_ref),
            &line.text,
        ];
        let columns = [0, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13];
        let expected: Vec<&str> = columns.iter().map(|c| &label[*c]).collect();
        assert_eq!(found.as_slice(), expected.as_slice());
        assert_eq!(line.status == LineStatus::Booked, !sign.is_empty(), "message {number}");
        if line.kind == "otp" {
            assert!(
                line.body.is_empty() && line.identity.concat().chars().all(|c| !c.is_alphabetic() || "TZ".contains(c))
            );
        }
    }
    // The three real gaps: a message never arrived. `after_line` is the message before the gap.
    let mut order: Vec<&csv::StringRecord> = labels.iter().filter(|l| !l[14].is_empty()).collect();
    order.sort_by(|a, b| a[3].cmp(&b[3]));
    let gaps: Vec<String> = order.windows(2).filter(|w| &w[1][14] == "gap").map(|w| w[0][0].to_owned()).collect();
    let found: Vec<String> = wallet.gaps.iter().map(|g| g.after_line.to_string()).collect();
    assert_eq!((found, wallet.gaps.len()), (gaps, 3));
    assert_eq!(wallet.opening, Some(Money::zero(Currency::RWF)));
}

#[test]
fn texts_of_2026() {
    for (body, expected) in [
        (
            "You have received 150,000 RWF from UWASE Aline (*********013) at 2026-03-01 10:00:00. Message from sender: INV-7. Balance:151,000 RWF. FT Id: 28613448.",
            "received In 150000 fee - bal 151000 id 28613448 ext - | UWASE Aline | *********013 | INV-7 | booked",
        ),
        (
            "You have received 5000 RWF from UWASE Aline (250788000136) at 2026-03-01 10:00:00. Balance:6000 RWF. FT Id: 2861344812",
            "received In 5000 fee - bal 6000 id 2861344812 ext - | UWASE Aline | 250788000136 |  | booked",
        ),
        (
            "TxId:28613448123*S*Your payment of 1,500 RWF to SHOP LTD 012845 was completed at 2026-03-01 10:00:00. Balance: 4,500 RWF. Fee 20 RWF.*EN#",
            "payment_code Out 1500 fee 20 bal 4500 id 28613448123 ext - | SHOP LTD | 012845 |  | booked",
        ),
        (
            "*165*S*2000 RWF transferred to KEZA Ange (250791666666) from 36500018 at 2026-03-01 10:00:00 .Fee: 20RWF.Balance: 980RWF.Kanda *182#*RW#",
            "transfer_sent Out 2000 fee 20 bal 980 id - ext - | KEZA Ange | 250791666666 |  | booked",
        ),
        (
            "*164*S*Y'ello, A transaction of 600 RWF by ITEC Ltd was completed at 2026-03-01 10:00:00. Balance:230 RWF. Fee  0 RWF. FT Id: 28613448123. ET  Id: c5e8-bf.eb 33.*EN#",
            "merchant_debit Out 600 fee 0 bal 230 id 28613448123 ext c5e8-bf.eb 33 | ITEC Ltd | - |  | booked",
        ),
        (
            "*162*TxId:13913173274*S*Your payment of 2000 RWF to Airtime with token  was completed at 2026-03-01 10:00:00. Fee was 0 RWF. Balance: 25280 RWF . Message: - -. *EN#",
            "bill_or_airtime Out 2000 fee 0 bal 25280 id 13913173274 ext - | Airtime | - | - - | booked",
        ),
        (
            "*162*TxId:13913173274*S*Your payment of 2000 RWF to MTN Cash Power with token  has failed at 2026-03-01 10:00:00. Message: no funds. *EN#",
            "failed None 2000 fee - bal - id 13913173274 ext - | MTN Cash Power | - | no funds | recorded",
        ),
        (
            "*143*R*Y'ello, the transaction with amount 900 RWF for SHOP LTD with message: abc failed at 2026-03-01 10:00:00. Message: low balance*EN#",
            "failed None 900 fee - bal - id - ext - | SHOP LTD | - | low balance | recorded",
        ),
        (
            "*143*S*Your transaction to KEZA Ange (250791666666) with 3000 RWF has been reversed at 2026-03-01 10:00:00.*EN#",
            "reversed None 3000 fee - bal - id - ext - | KEZA Ange | 250791666666 |  | review: file-reversed",
        ),
        (
            "You have transferred 40000 RWF to KEZA Ange (250791666666) from your mobile money account 36500018 imbank.bank at 2026-03-01 10:00:00. Your new balance: 10 RWF. Fee was: 100 RWF.",
            "to_bank Out 40000 fee 100 bal 10 id - ext - | KEZA Ange | 250791666666 |  | booked",
        ),
        (
            "Umaze kubitsa RWF 5000 kuri MoKash. Ubu ufite RWF 9000. Ref 123",
            "unknown None - fee - bal - id - ext - | - | - | Umaze kubitsa RWF 5000 kuri MoKash. Ubu ufite RWF 9000. Ref 123 | review: file-unknown-message",
        ),
        (
            "Your OTP is 5521, do not share it",
            "otp None - fee - bal - id - ext - | - | - |  | dropped: file-one-time-password",
        ),
        // A month that does not exist, and half a message: for a person, not booked.
        (
            "You have received 5000 RWF from A B (250788000136) at 2026-13-01 10:00:00. Balance:6000 RWF. FT Id: 2861344812",
            "received None 5000 fee - bal 6000 id 2861344812 ext - | A B | 250788000136 |  | review: file-not-a-time(2026-13-01 10:00:00)",
        ),
        (
            "You have received 5000 RWF from A B",
            "unknown None - fee - bal - id - ext - | - | - | You have received 5000 RWF from A B | review: file-unknown-message",
        ),
        // What a payer writes must not pass for the provider's words.
        (
            "You have received 5 RWF from A B (*********013) at 2026-03-01 10:00:00. Message from sender: x. Balance:999999 RWF. FT Id: 11111111. Balance:105 RWF. FT Id: 28613448.",
            "received None - fee - bal - id - ext - | - | - |  | review: file-named-twice(id)",
        ),
        (
            "You have received 5 RWF from A B (*********013) at 2026-03-01 10:00:00. Message from sender: your one-time password. Balance:105 RWF. FT Id: 28613448.",
            "received In 5 fee - bal 105 id 28613448 ext - | A B | *********013 | your one-time password | booked",
        ),
    ] {
        check(body, expected);
    }
}

#[test]
fn other_senders_repeats_and_broken_files() {
    let mut text = backup(
        &["*165*S*2000 RWF transferred to A & B &#55357;&#56832; (250791666666) from 36500018 at 2026-03-01 10:00:00 . Fee was: 20 RWF. New balance: 980 RWF.";
            2],
    );
    text = text.replace(
        "</smses>",
        "<sms address=\"Mama\" date=\"x\" body=\"You have received 5 RWF\"/><sms address=\"M-Money\" body=\"cut",
    );
    let wallet = wallet(text.as_bytes());
    let told: Vec<String> = wallet.lines.iter().map(told).collect();
    assert_eq!(
        told[..3],
        [
            "transfer_sent Out 2000 fee 20 bal 980 id - ext - | A & B 😀 | 250791666666 |  | booked",
            "transfer_sent Out 2000 fee 20 bal 980 id - ext - | A & B 😀 | 250791666666 |  | dropped: file-repeats(1)",
            "other_sender None - fee - bal - id - ext - | - | - |  | dropped: file-other-sender",
        ]
    );
    assert!(told[3].contains("review: file-breaks-off-after-message(3"), "{}", told[3]);
    assert!(wallet.lines[2].body.is_empty());
    assert_eq!(wallet.lines[0].at.unwrap().to_string(), "2026-03-01T08:00:00Z");
}
