//! Writes a company as the files it would have: customers and payers, and week by week its invoices and what its bank, its
//! second bank and its wallet send. Beside them `truth.csv`.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use jiff::ToSpan;
use jiff::civil::Date;
use serde_json::json;

use crate::company::Company;
use crate::rng::Rng;
use crate::story::{Payment, Story, WEEKS, Wanted};
use crate::told::Channel;
use crate::truth::{self, Row};

/// The money account of a channel.
pub fn account(channel: Channel) -> &'static str {
    match channel {
        Channel::Bank => "bank",
        Channel::Second => "bank2",
        Channel::Wallet => "momo",
    }
}

/// Makes a folder of a company.
pub fn write(folder: &Path, wanted: Wanted, story: &Story) -> Result<()> {
    fs::create_dir_all(folder).with_context(|| format!("making {}", folder.display()))?;
    customers(folder, &story.company)?;
    payers(folder, &story.company)?;
    let mut rng = Rng::new(wanted.seed ^ 0xF11E);
    let mut weeks = Vec::new();
    let (mut balances, mut from) = ([2_000_000_i64, 750_000, 40_000], 0);
    for week in 1..=WEEKS {
        let name = format!("w{week:02}");
        let at = folder.join(&name);
        fs::create_dir_all(&at)?;
        let last = story.begins_on.saturating_add((week as i64 * 7 - 1).days());
        from = invoices(&at, &story.company, from, last)?;
        let mut statements = Vec::new();
        for (channel, balance) in [Channel::Bank, Channel::Second, Channel::Wallet].into_iter().zip(&mut balances) {
            let came: Vec<&Payment> =
                story.payments.iter().filter(|p| p.week == week && p.channel == channel).collect();
            let (file, text) = match (channel, week % 2) {
                (Channel::Bank, _) => ("bank.xml", camt(&came, balance, week, last).into_bytes()),
                (Channel::Second, 0) => ("second.sta", mt940(&came, balance, week, last)),
                (Channel::Second, _) => ("second.csv", table(&came, balance, week, last)?),
                (Channel::Wallet, 0) => ("wallet.xml", backup(&messages(&mut rng, &came, balance)).into_bytes()),
                (Channel::Wallet, _) => ("wallet.txt", pasted(&messages(&mut rng, &came, balance))),
            };
            fs::write(at.join(file), text)?;
            statements.push(json!({"file": format!("{name}/{file}"), "account": account(channel)}));
        }
        weeks.push(
            json!({"until": last.to_string(), "invoices": format!("{name}/invoices.csv"), "statements": statements}),
        );
    }
    let about = json!({
        "seed": wanted.seed, "difficulty": wanted.difficulty.name, "customers": story.company.customers.len(),
        "receipts": story.payments.len(), "founded_on": story.begins_on.to_string(), "weeks": weeks,
    });
    fs::write(folder.join("about.json"), format!("{about:#}\n"))?;
    truth::write(&folder.join("truth.csv"), &rows(story))
}

/// The truth of a story.
pub fn rows(story: &Story) -> Vec<Row> {
    let company = &story.company;
    let rows = story.payments.iter().map(|payment| {
        let number =
            payment.shown.number.clone().or_else(|| payment.shown.ending.as_ref().map(|end| format!("***{end}")));
        Row {
            week: payment.week,
            account: account(payment.channel).to_owned(),
            on: payment.on.to_string(),
            amount: payment.amount,
            reference: payment.reference.clone(),
            kind: payment.kind,
            customer: payment.customer.map(|place| company.customers[place].code.clone()).unwrap_or_default(),
            allocations: payment
                .allocations
                .iter()
                .map(|(place, amount)| (company.invoices[*place].number.clone(), *amount))
                .collect(),
            knowable: payment.knowable,
            accepts: payment.accepts,
            shown: format!("{} | {} | {}", payment.shown.name, number.unwrap_or_default(), payment.shown.text),
        }
    });
    rows.collect()
}

fn customers(folder: &Path, company: &Company) -> Result<()> {
    let mut out = csv::Writer::from_path(folder.join("customers.csv"))?;
    out.write_record(["code", "name", "kind", "tin", "phone", "terms_days"])?;
    for customer in &company.customers {
        let kind = if customer.kind == crate::company::Kind::Person { "person" } else { "business" };
        let telephone = if customer.telephone_on_file { format!("+{}", customer.telephone) } else { String::new() };
        out.write_record([&customer.code, &customer.name, kind, &customer.tin, &telephone, "30"])?;
    }
    Ok(out.flush()?)
}

fn payers(folder: &Path, company: &Company) -> Result<()> {
    let mut out = csv::Writer::from_path(folder.join("payers.csv"))?;
    out.write_record(["customer", "name", "number"])?;
    for customer in &company.customers {
        if let Some((name, telephone)) = &customer.payer_on_file {
            out.write_record([&customer.code, &name.to_uppercase(), telephone])?;
        }
    }
    Ok(out.flush()?)
}

/// Writes the invoices from a place on that were issued until the day; the place after them.
fn invoices(folder: &Path, company: &Company, from: usize, until: Date) -> Result<usize> {
    let mut out = csv::Writer::from_path(folder.join("invoices.csv"))?;
    out.write_record(["number", "customer", "kind", "issued_on", "due_on", "currency", "net", "tax", "total"])?;
    let mut place = from;
    while let Some(invoice) = company.invoices.get(place).filter(|invoice| invoice.issued_on <= until) {
        let due_on = invoice.issued_on.saturating_add(30.days());
        out.write_record([
            &invoice.number,
            &company.customers[invoice.customer].code,
            "invoice",
            &invoice.issued_on.to_string(),
            &due_on.to_string(),
            "RWF",
            &invoice.net.to_string(),
            &invoice.tax.to_string(),
            &invoice.total.to_string(),
        ])?;
        place += 1;
    }
    out.flush()?;
    Ok(place)
}

fn xml(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&apos;")
}

/// What a bank keeps for itself in a week.
fn charge(week: usize) -> i64 {
    1_500 + (week as i64 % 5) * 500
}

fn camt(came: &[&Payment], balance: &mut i64, week: usize, last: Date) -> String {
    let opening = *balance;
    *balance += came.iter().map(|payment| payment.amount).sum::<i64>() - charge(week);
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.08\">\n<BkToCstmrStmt>\n",
    );
    let _ = writeln!(
        out,
        "<GrpHdr><MsgId>STM{week:04}</MsgId><CreDtTm>{last}T20:00:00+02:00</CreDtTm></GrpHdr>\n<Stmt>\n<Id>S{week}</Id>"
    );
    out.push_str("<Acct><Id><Othr><Id>100099912345</Id></Othr></Id><Ccy>RWF</Ccy></Acct>\n");
    for (code, amount) in [("OPBD", opening), ("CLBD", *balance)] {
        let _ = writeln!(
            out,
            "<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp><Amt Ccy=\"RWF\">{amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>{last}</Dt></Dt></Bal>"
        );
    }
    for payment in came {
        let (shown, on) = (&payment.shown, payment.on);
        let _ = write!(
            out,
            "<Ntry><Amt Ccy=\"RWF\">{}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>{on}</Dt></BookgDt><ValDt><Dt>{on}</Dt></ValDt><AcctSvcrRef>{}</AcctSvcrRef><NtryDtls><TxDtls>",
            payment.amount, payment.reference
        );
        let name = if shown.name.is_empty() {
            String::new()
        } else {
            format!("<Dbtr><Pty><Nm>{}</Nm></Pty></Dbtr>", xml(&shown.name))
        };
        let number =
            shown.number.as_ref().map(|number| format!("<DbtrAcct><Id><Othr><Id>{number}</Id></Othr></Id></DbtrAcct>"));
        if !name.is_empty() || number.is_some() {
            let _ = write!(out, "<RltdPties>{name}{}</RltdPties>", number.unwrap_or_default());
        }
        if !shown.text.is_empty() {
            let _ = write!(out, "<RmtInf><Ustrd>{}</Ustrd></RmtInf>", xml(&shown.text));
        }
        out.push_str("</TxDtls></NtryDtls></Ntry>\n");
    }
    let _ = writeln!(
        out,
        "<Ntry><Amt Ccy=\"RWF\">{}</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>{last}</Dt></BookgDt><AcctSvcrRef>CHG{week:04}</AcctSvcrRef><AddtlNtryInf>CHARGES</AddtlNtryInf></Ntry>",
        charge(week)
    );
    out.push_str("</Stmt>\n</BkToCstmrStmt>\n</Document>\n");
    out
}

/// The narration of a transfer, as a bank without fields for name and text writes it.
fn narration(payment: &Payment) -> String {
    let shown = &payment.shown;
    let way = match (&shown.number, payment.reference.len() % 2, shown.name.len() % 3) {
        (Some(number), ..) => format!("MOMO {number}"),
        (None, _, 0) => "EKASH".to_owned(),
        (None, _, 1) => "TRF".to_owned(),
        _ => "CREDIT".to_owned(),
    };
    [way.as_str(), &shown.name, &shown.text].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

fn table(came: &[&Payment], balance: &mut i64, week: usize, last: Date) -> Result<Vec<u8>> {
    let mut out = csv::Writer::from_writer(Vec::new());
    out.write_record(["Date", "Value Date", "Description", "Reference", "Debit", "Credit", "Balance"])?;
    for payment in came {
        *balance += payment.amount;
        let on = payment.on.strftime("%d/%m/%Y").to_string();
        let (credit, after) = (grouped(payment.amount), grouped(*balance));
        out.write_record([&on, &on, &narration(payment), &payment.reference, "", &credit, &after])?;
    }
    *balance -= charge(week);
    let on = last.strftime("%d/%m/%Y").to_string();
    out.write_record([
        &on,
        &on,
        "ACCOUNT CHARGES",
        &format!("CHB{week:04}"),
        &grouped(charge(week)),
        "",
        &grouped(*balance),
    ])?;
    Ok(out.into_inner()?)
}

/// With commas between thousands.
fn grouped(amount: i64) -> String {
    let digits = amount.unsigned_abs().to_string();
    let mut out = String::from(if amount < 0 { "-" } else { "" });
    for (n, digit) in digits.chars().enumerate() {
        if n > 0 && (digits.len() - n).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

fn mt940(came: &[&Payment], balance: &mut i64, week: usize, last: Date) -> Vec<u8> {
    let day = |on: Date| on.strftime("%y%m%d").to_string();
    let first = last.saturating_sub(6.days());
    let mut out = format!(
        "{{1:F01BKIGRWRWAXXX0000000000}}{{2:I940BKIGRWRWXXXXN}}{{4:\r\n:20:ST{week:06}\r\n:25:000477712345\r\n:28C:{week}/1\r\n:60F:C{}RWF{balance},\r\n",
        day(first)
    );
    for payment in came {
        *balance += payment.amount;
        let entry = payment.on.strftime("%m%d").to_string();
        let _ =
            write!(out, ":61:{}{entry}C{},NTRFNONREF//{}\r\n:86:", day(payment.on), payment.amount, payment.reference);
        let shown = &payment.shown;
        let mut text = String::new();
        if !shown.name.is_empty() {
            let _ = write!(text, "/ORDP//NAME/{}", shown.name);
        }
        let number = shown.number.as_ref().map(|number| format!(" TEL {number}")).unwrap_or_default();
        let _ = write!(text, "/REMI/USTD//{}{number}", shown.text);
        let letters: Vec<char> = text.chars().collect();
        let lines: Vec<String> = letters.chunks(61).map(|line| line.iter().collect()).collect();
        out.push_str(&lines.join("\r\n"));
        out.push_str("\r\n");
    }
    *balance -= charge(week);
    let _ = write!(out, ":61:{}D{},NCHGNONREF//CHB{week:04}\r\n:86:CHARGES\r\n", day(last), charge(week));
    let _ = write!(out, ":62F:C{}RWF{balance},\r\n-}}\r\n", day(last));
    out.into_bytes()
}

/// A message with the second of the day (UTC+2) it was sent.
struct Message {
    on: Date,
    second: i64,
    body: String,
}

fn messages(rng: &mut Rng, came: &[&Payment], balance: &mut i64) -> Vec<Message> {
    let mut out = Vec::new();
    let mut of_day: (Option<Date>, i64) = (None, 0);
    for payment in came {
        if of_day.0 != Some(payment.on) {
            of_day = (Some(payment.on), 7 * 3_600);
        }
        of_day.1 += rng.between(11, 180);
        let at = stamp(payment.on, of_day.1);
        *balance += payment.amount;
        let shown = &payment.shown;
        let who = match (&shown.number, &shown.ending) {
            (Some(number), _) => number.clone(),
            (None, Some(ending)) => format!("*********{ending}"),
            (None, None) => "*".repeat(12),
        };
        let amount = if rng.chance(3_000) { grouped(payment.amount) } else { payment.amount.to_string() };
        let (name, text, reference) = (&shown.name, &shown.text, &payment.reference);
        let body = match rng.chance(5_000) {
            true => format!(
                "You have received {amount} RWF from {name} ({who}) on your mobile money account at {at}. Message from sender: {text}. Your new balance:{balance} RWF. Financial Transaction Id: {reference}."
            ),
            false if text.is_empty() => format!(
                "You have received {amount} RWF from {name} ({who}) at {at}. Balance:{balance} RWF. FT Id: {reference}."
            ),
            false => format!(
                "You have received {amount} RWF from {name} ({who}) at {at}. Message from sender: {text}. Balance:{balance} RWF. FT Id: {reference}"
            ),
        };
        out.push(Message { on: payment.on, second: of_day.1, body });
        if *balance > 5_000_000 {
            of_day.1 += 60;
            let at = stamp(payment.on, of_day.1);
            *balance -= 4_000_000;
            let body = format!(
                "*165*S*4000000 RWF transferred to OWN BANK (250788999000) from 36500018 at {at} . Fee was: 0 RWF. New balance: {balance} RWF. *EN#"
            );
            out.push(Message { on: payment.on, second: of_day.1, body });
        }
    }
    out
}

fn stamp(on: Date, second: i64) -> String {
    format!("{on} {:02}:{:02}:{:02}", second / 3_600, second / 60 % 60, second % 60)
}

fn pasted(messages: &[Message]) -> Vec<u8> {
    messages.iter().fold(String::new(), |out, message| out + &message.body + "\n").into_bytes()
}

fn backup(messages: &[Message]) -> String {
    let mut out =
        format!("<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n<smses count=\"{}\">\n", messages.len());
    for message in messages {
        let days = i64::from((message.on - Date::constant(1970, 1, 1)).get_days());
        let sent = (days * 86_400 + message.second - 2 * 3_600) * 1_000;
        let _ = writeln!(
            out,
            "  <sms protocol=\"0\" address=\"M-Money\" date=\"{}\" type=\"1\" subject=\"null\" body=\"{}\" read=\"1\" status=\"-1\" date_sent=\"{sent}\" contact_name=\"(Unknown)\" />",
            sent + 4_000,
            xml(&message.body)
        );
    }
    out.push_str("</smses>\n");
    out
}
