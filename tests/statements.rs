//! Statement files of several sources: one movement is one receipt, whatever tells of it; on both engines.

use ideni::actions::note::Note;
use ideni::actions::statement::{Imported, LineReport};
use ideni::actions::{Actor, Role, account};
use store::{Error, Sql};

use crate::support::{Book, each_engine, told};

/// A table of a bank: day, amount, reference, payer, text.
fn table(rows: &[[&str; 5]]) -> String {
    let row = |[on, amount, reference, payer, text]: &[&str; 5]| format!("{on};{amount};{reference};{payer};{text}\n");
    let rows: String = rows.iter().map(row).collect();
    format!("Date;Amount;Reference;Payer;Description\n{rows}")
}

/// A message of the wallet: id, amount, payer and minute of 3 August 2026.
fn received(id: &str, amount: &str, payer: &str, minute: u8) -> String {
    format!(
        "You have received {amount} RWF from {payer} (*********013) at 2026-08-03 10:{minute:02}:00. \
         Balance:1,000,000 RWF. FT Id: {id}\n\n"
    )
}

/// What became of a line, and of one that is told again what both say.
fn line(report: &LineReport) -> String {
    match &report.message {
        Some(Note::SameMovement { format, said }) => format!("{} {format}: {said}", report.status),
        Some(Note::MaybeSameMovement { format }) => format!("{} {format}", report.status),
        _ => report.status.to_owned(),
    }
}

fn lines(imported: &Imported) -> Vec<String> {
    imported.lines.iter().map(line).collect()
}

fn receipts(book: &Book) -> i64 {
    book.number("SELECT COUNT(*) FROM receipt WHERE company = $1")
}

#[test]
fn a_message_and_the_statement_after_it_tell_of_one_movement() {
    each_engine(|book| {
        book.on("2026-09-15");
        let messages = [
            received("76662021700", "25,000", "UWASE Aline", 1),
            received("76662021701", "25,000", "UWASE Aline", 2),
            received("76662021702", "40,000", "KEZA Ange", 3),
        ];
        let first = book.statement("momo", "messages.txt", messages.concat().as_bytes()).expect("messages");
        assert_eq!(lines(&first), ["receipt", "receipt", "receipt"]);
        let statement = table(&[
            // The same id; the same name a day later; an id within the text.
            ["2026-08-03", "25000", "76662021701", "", "MOMO"],
            ["2026-08-04", "25000", "S-2", "Aline UWASE", "TRANSFER"],
            ["2026-08-05", "40000", "S-3", "", "MOMO 76662021702"],
            // The third payment of this amount, and one that no message told of.
            ["2026-08-03", "25000", "S-4", "Aline UWASE", "TRANSFER"],
            ["2026-08-03", "70000", "S-5", "KEZA Ange", "TRANSFER"],
        ]);
        let second = book.statement("momo", "statement.csv", statement.as_bytes()).expect("a statement");
        assert_eq!(
            lines(&second),
            [
                "duplicate pasted: 76662021701",
                "duplicate pasted: aline uwase",
                "duplicate pasted: 76662021702",
                "receipt",
                "receipt",
            ]
        );
        assert_eq!(receipts(book), 5);
        // Told twice by the same file, and again by the messages: nothing is new.
        let again = book.statement("momo", "statement-2.csv", statement.as_bytes()).expect("a statement");
        assert!(again.lines.iter().all(|line| line.status == "duplicate"), "{:?}", lines(&again));
        let again = book.statement("momo", "messages-2.txt", messages.concat().as_bytes()).expect("messages");
        assert!(again.lines.iter().all(|line| line.status == "duplicate"), "{:?}", lines(&again));
        assert_eq!(receipts(book), 5);
        // Another account's money is another's.
        let elsewhere = book.statement("bank", "statement.csv", statement.as_bytes()).expect("a statement");
        assert!(elsewhere.lines.iter().all(|line| line.status == "receipt"), "{:?}", lines(&elsewhere));
        book.verify();
    });
}

#[test]
fn where_only_the_amount_and_the_day_agree_a_person_decides() {
    each_engine(|book| {
        book.on("2026-09-15");
        let sent = "*165*S*500 RWF transferred to KEZA Ange (250791666666) from 36500018 at 2026-08-03 11:00:00 .Fee: 0RWF.Balance: 980RWF.\n";
        let messages = received("76662021700", "25,000", "UWASE Aline", 1) + sent;
        book.statement("momo", "messages.txt", messages.as_bytes()).expect("messages");
        let statement = table(&[
            ["2026-08-03", "25000", "S-1", "", "TRANSFER"],
            // One message tells of one movement only; nor is it that of another payer, of another week, or of money out.
            ["2026-08-03", "25000", "S-2", "", "TRANSFER"],
            ["2026-08-03", "25000", "S-3", "KEZA Ange", "TRANSFER"],
            ["2026-08-10", "25000", "S-4", "UWASE Aline", "TRANSFER"],
            ["2026-08-03", "-25000", "S-5", "UWASE Aline", "TRANSFER"],
            ["2026-08-03", "-500", "S-6", "", "FEE"],
        ]);
        let found = book.statement("momo", "statement.csv", statement.as_bytes()).expect("a statement");
        let expected = ["review pasted", "receipt", "receipt", "receipt", "recorded", "recorded"];
        assert_eq!(lines(&found), expected);
        assert_eq!(receipts(book), 4);
    });
}

/// What a bank announces is not money yet; when it books it, it is, though it says the same.
#[test]
fn what_was_announced_is_posted_when_it_is_booked() {
    each_engine(|book| {
        book.on("2026-09-15");
        let entry = |status: &str| {
            format!(
                "<Document><BkToCstmrStmt><Stmt><Acct><Ccy>RWF</Ccy></Acct><Ntry><Amt Ccy=\"RWF\">59000</Amt>\
                 <CdtDbtInd>CRDT</CdtDbtInd><Sts>{status}</Sts><BookgDt><Dt>2026-08-03</Dt></BookgDt>\
                 <AcctSvcrRef>FT1</AcctSvcrRef></Ntry></Stmt></BkToCstmrStmt></Document>"
            )
        };
        let status = |text: &str| lines(&book.statement("bank", "x.xml", text.as_bytes()).expect("a statement"));
        assert_eq!(status(&entry("PDNG")), ["recorded"]);
        assert_eq!(status(&entry("PDNG")), ["duplicate"]);
        assert_eq!(status(&entry("BOOK")), ["receipt"]);
        assert_eq!(status(&entry("BOOK")), ["duplicate"]);
        assert_eq!(receipts(book), 1);
    });
}

#[test]
fn how_an_account_s_files_are_read_is_said_once() {
    each_engine(|book| {
        book.on("2026-09-15");
        let file = "Jour|Montant recu|Qui\n31/08/2026|1.500|UWASE\n";
        assert!(book.statement("bank", "a.csv", file.as_bytes()).is_err());
        let set =
            |text: &'static str| told(book.act(move |tx, actor, _| account::set_profile(tx, actor, "bank", text)));
        assert_eq!(set("[columns"), "invalid");
        assert_eq!(set("[columns]\non = \"Jour\"\ncredit = \"Montant recu\"\ncounterparty = \"Qui\"\n"), "done");
        let taken = book.statement("bank", "a.csv", file.as_bytes()).expect("a statement");
        assert_eq!(lines(&taken), ["receipt"]);
        assert_eq!(book.number("SELECT gross FROM receipt WHERE company = $1"), 1500);
        // Of another account nothing was said; what was said can be taken back.
        assert!(book.statement("momo", "a.csv", file.as_bytes()).is_err());
        assert_eq!(set(""), "done");
        assert!(book.statement("bank", "b.csv", file.as_bytes()).is_err());
        assert_eq!(told(book.act(|tx, actor, _| account::set_profile(tx, actor, "receivables", ""))), "invalid");
        let collector = told(book.act(|tx, actor, _| {
            account::set_profile(tx, &Actor { roles: Role::Collector.into(), ..actor.clone() }, "bank", "")
        }));
        assert_eq!(collector, "not-allowed");
    });
}

#[test]
fn lines_that_are_said_to_be_one_movement_and_are_not_are_found() {
    each_engine(|book| {
        book.on("2026-09-15");
        let statement = table(&[["2026-08-03", "25000", "S-1", "", "A"], ["2026-08-03", "26000", "S-2", "", "B"]]);
        book.statement("momo", "s.csv", statement.as_bytes()).expect("a statement");
        let text = "INSERT INTO line_twin (company, account, fingerprint, occurrence, action, first_fingerprint, first_occurrence, format, said) SELECT a.company, a.account, a.fingerprint, a.occurrence, a.action, b.fingerprint, b.occurrence, 'csv', 'x' FROM statement_line a JOIN statement_line b ON b.company = a.company AND b.reference = 'S-2' WHERE a.reference = 'S-1'";
        let found = book.db.write(move |tx| {
            tx.execute(Sql { lite: text, pg: text }, &[])?;
            let company = store::company::list(tx)?[0].id;
            let all = store::verify::all(tx, company)?;
            let broken: Vec<&str> = all.iter().filter(|c| !c.broken.is_empty()).map(|c| c.identity).collect();
            Err::<(), _>(Error::Failed(broken.join(", ")))
        });
        let found = found.expect_err("rolled back").to_string();
        assert!(found.contains("lines told again are the movement of their first line"), "{found}");
    });
}
