//! Messages of a mobile-money wallet: every labelled message, and the ones a payer could forge.

use formats::statement::{self, Direction, Line, LineStatus, Statement};
use receivables::{Currency, Money};

use crate::reference;

fn wallet(bytes: &[u8]) -> Statement {
    let file = statement::read(bytes, Currency::RWF, None).unwrap();
    assert_eq!((file.format, file.statements.len()), ("sms", 1));
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

/// What somebody pasted, told line by line.
fn pasted(text: &str, expected: &[&str]) {
    let file = statement::read(text.as_bytes(), Currency::RWF, None).unwrap();
    assert_eq!(file.format, "pasted");
    let found: Vec<String> = file.statements[0].lines.iter().map(told_with_day).collect();
    assert_eq!(found, expected, "{text}");
}

fn told_with_day(line: &Line) -> String {
    format!("{} {}", line.on.map_or("-".to_owned(), |on| on.to_string()), told(line))
}

/// Shapes of public parsers' tests; the names and numbers are invented.
#[test]
fn messages_that_somebody_pasted() {
    pasted(
        "RECEIVED. TID CI260726.1522.A37452. RWF 25,000 from 733000111, UWASE Marie. Bal RWF 125,000\n\
         SENT.TID PP260727.0910.B11111. RWF 5,000 to KEZA Ange 733000222. Fee RWF 100. Bal RWF 119,900. Date 27-July-2026 09:10.\n\
         PAID.TID MP260728.1800.C22222. RWF 9,900 to SHOP LTD 400123 Charge RWF 0. Bal RWF 110,000",
        &[
            "2026-07-26 received In 25000 fee - bal 125000 id CI260726.1522.A37452 ext - | UWASE Marie | 733000111 |  | booked",
            "2026-07-27 transfer_sent Out 5000 fee 100 bal 119900 id PP260727.0910.B11111 ext - | KEZA Ange | 733000222 |  | booked",
            "2026-07-28 payment_code Out 9900 fee 0 bal 110000 id MP260728.1800.C22222 ext - | SHOP LTD | 400123 |  | booked",
        ],
    );
    pasted(
        "Dear KEZA HOTEL LTD, your account ********4321 has been credited RWF1,180,000. Ref: FT26181ABC12 on 30-06-2026 10:11:12. \
         Txn Description: INV 7 UWASE. Txn Charge: RWF0. Notification Charge: RWF20. Available Balance: RWF5,000,000. Thank you\n\n\
         Dear KEZA HOTEL LTD, your account ********4321 has been debited RWF50,000. Ref: FT26181ABC13 on 30-06-2026 11:00:00. \
         Txn Description: RENT. Txn Charge: RWF500. Notification Charge: RWF20. Available Balance: RWF4,949,480.\n\n\
         your transfer to BPR of RWF 10,000.00,Transaction ID: 998877 has FAILED. Try again\n\n\
         TRANSFER - to own Credited account: 1111-22-33 Debited account: 4444-55-66 Amount: RWF 9,000 Transaction Charge: RWF 0 \
         Event #: 77001 Status: COMPLETED Date: 6/30/26, 4:05 PM Channel:MOBILE Available Balance: RWF 1,000",
        &[
            "2026-06-30 credited In 1180000 fee 20 bal 5000000 id FT26181ABC12 ext - | - | - | INV 7 UWASE | booked",
            "2026-06-30 debited Out 50000 fee 520 bal 4949480 id FT26181ABC13 ext - | - | - | RENT | booked",
            "- unknown None - fee - bal - id - ext - | - | - | your transfer to BPR of RWF 10,000.00,Transaction ID: 998877 has FAILED. Try again | review: file-unknown-message",
            "2026-06-30 transfer None 9000 fee 0 bal 1000 id 77001 ext - | - | - |  | review: file-two-accounts",
        ],
    );
    pasted(
        "Dear KEZA, your account 40******123 has been credited RWF 120,000.00. Ref: 0099AB on 30 JUN 2026-10:15:00 at BPR Bank. \
         Transaction Charge: RWF 100. Notification Charge: RWF 30. Your balance is RWF 500,000.00. Call 8000\n\n\
         12345 is your one-time password",
        &[
            "2026-06-30 credited In 120000 fee 130 bal 500000 id 0099AB ext - | - | - |  | booked",
            "- otp None - fee - bal - id - ext - | - | - |  | dropped: file-one-time-password",
        ],
    );
}

/// Amounts and days that are none, and what is told twice, wait or are left out.
#[test]
fn pasted_messages_that_do_not_fit() {
    let received = "RECEIVED. TID CI261326.1522.A37452. RWF 25,000 from 733000111, UWASE Marie. Bal RWF 125,000";
    pasted(
        received,
        &[
            "- received None 25000 fee - bal 125000 id CI261326.1522.A37452 ext - | UWASE Marie | 733000111 |  | review: file-not-a-time(261326 1522)",
        ],
    );
    let twice = received.replace("2613", "2607");
    let file = statement::read(format!("{twice}\n{twice}").as_bytes(), Currency::RWF, None).unwrap();
    let statuses: Vec<String> = file.statements[0].lines.iter().map(|l| format!("{:?}", l.status)).collect();
    assert_eq!(statuses, ["Booked", "Dropped(Repeats { message: \"1\" })"]);
}

/// A telephone's backup with the messages of several banks and wallets.
#[test]
fn of_several_senders_one_is_chosen() {
    let sms = |sender: &str, body: &str| format!("<sms address=\"{sender}\" date=\"1715351458724\" body=\"{body}\" />");
    let wallet = "You have received 5000 RWF from UWASE Aline (250788000136) at 2026-03-01 10:00:00. Balance:6000 RWF. FT Id: 2861344812";
    let bank = "Dear A B, your account ********4321 has been credited RWF1,000. Ref: FT1234 on 30-06-2026 10:11:12. Available Balance: RWF5,000.";
    let backup = format!("<smses>{}{}{}</smses>", sms("M-Money", wallet), sms("BK-eBank", bank), sms("MTN", "Buy now"));
    let refused = statement::read(backup.as_bytes(), Currency::RWF, None).unwrap_err();
    assert_eq!(refused.to_string(), "file-several-senders(M-Money, BK)");
    for (sender, booked) in [("m-money", 1), ("BKeBANK", 2)] {
        let profile = formats::Profile::read(&format!("sender = \"{sender}\"")).unwrap();
        let file = statement::read(backup.as_bytes(), Currency::RWF, Some(&profile)).unwrap();
        let lines = file.statements[0].lines.iter().filter(|l| l.status == LineStatus::Booked);
        assert_eq!(lines.map(|l| l.line).collect::<Vec<_>>(), [booked]);
    }
}

#[test]
fn of_pasted_messages_one_sender_s_are_chosen() {
    let text = "RECEIVED. TID CI260726.1522.A37452. RWF 25,000 from 733000111, UWASE Marie. Bal RWF 125,000\n\
        You have received 5000 RWF from UWASE Aline (250788000136) at 2026-03-01 10:00:00. Balance:6000 RWF. FT Id: 2861344812";
    let refused = statement::read(text.as_bytes(), Currency::RWF, None).unwrap_err();
    assert_eq!(refused.to_string(), "file-several-senders(AirtelMoney, M-Money)");
    let profile = formats::Profile::read("sender = \"M-Money\"").unwrap();
    let file = statement::read(text.as_bytes(), Currency::RWF, Some(&profile)).unwrap();
    let statuses: Vec<&LineStatus> = file.statements[0].lines.iter().map(|line| &line.status).collect();
    assert_eq!(statuses, [&LineStatus::Dropped(formats::Fault::OtherSender), &LineStatus::Booked]);
}

/// A company writes the shape of a message that we do not know.
#[test]
fn a_companys_own_shapes_come_first() {
    let profile = r#"
        [messages]
        senders = ["COGE"]
        dates = "dmy"
        [[messages.clauses]]
        text = 'Solde : <balance>'
        [[messages.patterns]]
        kind = "credited"
        direction = "in"
        begins = 'Versement de <amount> Frw par <name> le <at> Ref <id>'
        [messages.pieces]
        at = '\d{2}/\d{2}/\d{4} \d{2}:\d{2}'
    "#;
    let profile = formats::Profile::read(profile).unwrap();
    let text = "Versement de 12,000 Frw par UWASE Marie le 31/08/2026 08:30 Ref K-77 Solde : 20,000";
    let file = statement::read(text.as_bytes(), Currency::RWF, Some(&profile)).unwrap();
    assert_eq!(
        told_with_day(&file.statements[0].lines[0]),
        "2026-08-31 credited In 12000 fee - bal 20000 id K-77 ext - | UWASE Marie | - |  | booked"
    );
    assert!(statement::read(text.as_bytes(), Currency::RWF, None).is_err());
    for (wrong, why) in [("begins = '<what>'", "no piece what"), ("begins = '('", "regex parse error")] {
        let text = format!(
            "[messages]\nsenders = [\"X\"]\ndates = \"dmy\"\n[[messages.patterns]]\nkind = \"a\"\ndirection = \"in\"\n{wrong}"
        );
        let told = formats::Profile::read(&text).unwrap_err().to_string();
        assert!(told.contains(why), "{told}");
    }
}
