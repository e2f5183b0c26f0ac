//! The last evening: what waits on the desk for whoever opens the demo the next morning.

use receivables::{Currency, Date, Money};
use store::{Db, Error, Tx};

use super::customers::{self, Party};
use super::papers;
use super::simulation::at_minute;
use super::town::{Bill, Town};
use super::{COMPANY, Desk};
use crate::actions::allocation::{self, GivenUp};
use crate::actions::bank::{self, Typed};
use crate::actions::upload::Failure;
use crate::actions::worklist::Asked;
use crate::actions::{
    Actor, callback, cash, customer, invoice, paper, receipt, record, refund, setting, statement, view,
};

/// Minutes of the day: when the evening begins, and when a note is corrected.
const BEGINS: i32 = 17 * 60;
const CORRECTED: i32 = BEGINS + 20;
/// Whom to call tomorrow, and one whose hour passes tonight: days from today, minute, and what for.
const CALLBACKS: &[(i32, i32, &str)] = &[
    (1, 9 * 60 + 30, "wants the statement beside him"),
    (1, 11 * 60, "the accountant is back by then"),
    (1, 15 * 60 + 15, "after the delivery"),
    (0, 17 * 60 + 30, "asked for the bank slip"),
];
/// More than this of one invoice is given up by two people.
const WRITE_OFF_LIMIT: &str = "500000";
/// Overdue for so long that somebody asks to give it up.
const OLD_DAYS: i32 = 90;
/// How many are asked about before giving up.
const TRIES: usize = 20;

/// Money on the last day that does not say whose it is: account, francs, payer, telephone, text.
const UNEXPLAINED: &[(&str, i64, &str, Option<&str>, &str)] = &[
    ("bank", 250_000, "IKIREZI SUPPLIES LTD", None, "payment for goods"),
    ("bank", 1_416_000, "UMUCYO PARTNERS LTD", None, "invoices of last month"),
    ("airtel", 120_000, "Moise Rukundo", Some("250700000412"), "kwishyura"),
    ("cash", 64_500, "driver of the blue lorry", None, ""),
];

/// Leaves the desk as it is found the next morning.
pub fn leave(db: &Db, desk: &Desk, town: &Town, today: Date) -> Result<(), Error> {
    let evening = Evening { db, desk, town, today };
    evening.clock(BEGINS)?;
    evening.controls()?;
    evening.callbacks()?;
    evening.papers()?;
    evening.requests()?;
    evening.twins()?;
    evening.unexplained()?;
    evening.message()?;
    evening.views()?;
    evening.note_and_correction()?;
    db.seal()
}

struct Evening<'a> {
    db: &'a Db,
    desk: &'a Desk,
    town: &'a Town,
    today: Date,
}

impl Evening<'_> {
    fn clock(&self, minute: i32) -> Result<(), Error> {
        self.db.source().clock.set(at_minute(self.today, minute)?);
        Ok(())
    }

    /// Accounts of the first collector, the late ones first.
    fn worked(&self) -> Vec<&Party> {
        let first = &self.desk.collector(None).user;
        let all = self.town.parties.iter().enumerate();
        let mut own: Vec<(usize, &Party)> = all.filter(|(_, p)| p.collector == Some(first.as_str())).collect();
        own.sort_by_key(|(at, _)| !self.town.is_late(self.today, *at));
        own.into_iter().map(|(_, party)| party).collect()
    }

    fn owed(&self) -> impl DoubleEndedIterator<Item = &Bill> {
        let francs = move |bill: &&Bill| self.town.parties[bill.party].currency() == Currency::RWF;
        self.town.bills.iter().filter(|bill| bill.open > 0).filter(francs)
    }

    fn controls(&self) -> Result<(), Error> {
        let said = |name: &str, value: &str, reason: &str| setting::Given {
            name: name.to_owned(),
            value: value.to_owned(),
            reason: reason.to_owned(),
            ..setting::Given::default()
        };
        let all = [
            said("write-off-limit", WRITE_OFF_LIMIT, "the auditor asked for two people above half a million"),
            said("refund-approval", "yes", "money that leaves is seen by two people"),
        ];
        let (admin, today) = (self.desk.admin.clone(), self.today);
        self.db.write(move |tx| all.iter().try_for_each(|one| setting::set(tx, &admin, today, one, None).map(drop)))
    }

    fn callbacks(&self) -> Result<(), Error> {
        let asked = self.worked().into_iter().zip(CALLBACKS).map(|(party, (days, minute, note))| callback::Given {
            customer: party.code.clone(),
            on: self.today.plus_days(*days),
            minute: *minute,
            who: party.owner.clone(),
            note: (*note).to_owned(),
        });
        let (all, today): (Vec<callback::Given>, Date) = (asked.collect(), self.today);
        let collector = self.desk.collector(None).clone();
        self.db
            .write(move |tx| all.iter().try_for_each(|one| callback::add(tx, &collector, today, one, None).map(drop)))
    }

    /// A note with a slip of the pen, and what it should have said.
    fn note_and_correction(&self) -> Result<(), Error> {
        let Some(code) = self.worked().first().map(|party| party.code.clone()) else { return Ok(()) };
        let note = |text: &str, corrects| record::Given {
            record: "customer".to_owned(),
            name: code.clone(),
            text: text.to_owned(),
            corrects,
        };
        let wrong = self.note(note("The new accountant starts on the 1st; write to her from then on.", None))?;
        self.clock(CORRECTED)?;
        let right = "The new accountant starts on the 15th, not on the 1st; write to her from then on.";
        self.note(note(right, Some(wrong))).map(drop)
    }

    fn note(&self, given: record::Given) -> Result<String, Error> {
        let (collector, today) = (self.desk.collector(None).clone(), self.today);
        self.db.write(move |tx| record::add_note(tx, &collector, today, &given, None).map(|noted| noted.id))
    }

    /// A delivery note and an order, with the two latest invoices that are owed.
    fn papers(&self) -> Result<(), Error> {
        let mut latest = self.owed().rev();
        let mut all: Vec<paper::Given> = Vec::new();
        if let Some(bill) = latest.next() {
            let content = papers::delivery_note(COMPANY.0, bill, &self.town.parties[bill.party]);
            all.push(filed("delivery-note", bill, "txt", content));
        }
        if let Some(bill) = latest.next() {
            let content = papers::order(COMPANY.0, bill, &self.town.parties[bill.party]);
            all.push(filed("order", bill, "pdf", content));
        }
        let (billing, today) = (self.desk.billing.clone(), self.today);
        self.db.write(move |tx| all.iter().try_for_each(|one| paper::add(tx, &billing, today, one, None).map(drop)))
    }

    // ---- What waits for a second person

    fn requests(&self) -> Result<(), Error> {
        self.write_off()?;
        self.bank_details()?;
        self.refund()
    }

    /// The collector asks to give up the largest of the old debts.
    fn write_off(&self) -> Result<(), Error> {
        let since = self.today.plus_days(-OLD_DAYS);
        let mut owed: Vec<&Bill> = self.owed().collect();
        owed.sort_by_key(|bill| (bill.due_on > since, std::cmp::Reverse(bill.open)));
        let collector = self.desk.collector(None);
        let given = owed.into_iter().map(|bill| GivenUp {
            invoice: bill.number.clone(),
            amount: None,
            reason: "the firm has closed; nobody answers at any number".to_owned(),
        });
        self.first_allowed(collector, given, |tx, actor, today, given| {
            allocation::write_off_or_ask(tx, actor, today, given, None).map(drop)
        })
    }

    fn bank_details(&self) -> Result<(), Error> {
        let given = self.town.parties.iter().filter(|party| party.scenario.name == "pays_twice").map(|party| {
            let typed = Typed {
                kind: "bank".to_owned(),
                holder: party.name.clone(),
                institution: "Urugero Bank".to_owned(),
                number: "0040 7719 2253".to_owned(),
            };
            (party.code.clone(), typed)
        });
        self.first_allowed(&self.desk.cash, given, |tx, actor, _, (code, typed)| {
            bank::ask(tx, actor, code, typed, "letter of today with the new account", None).map(drop)
        })
    }

    /// The cashier asks to send the largest amount back that a customer paid too much.
    fn refund(&self) -> Result<(), Error> {
        let mut over = self.db.read(|tx| cash::look(tx, &self.desk.cash))?;
        over.retain(|m| m.receipt.customer.is_some() && m.receipt.unapplied > 0);
        over.retain(|m| m.receipt.currency == Currency::RWF);
        over.sort_by_key(|m| (!m.allocations.is_empty(), std::cmp::Reverse(m.receipt.unapplied)));
        let given = over.into_iter().map(|m| refund::Given {
            receipt: m.receipt.reference.unwrap_or_else(|| m.receipt.id.to_string()),
            amount: None,
            account: None,
            on: None,
            reason: "paid twice; asked for it back by telephone".to_owned(),
        });
        self.first_allowed(&self.desk.cash, given, |tx, actor, today, given| {
            refund::add_or_ask(tx, actor, today, given, None).map(drop)
        })
    }

    /// Asks for the first of them that the book does not refuse.
    fn first_allowed<T: Send + 'static>(
        &self,
        actor: &Actor,
        all: impl Iterator<Item = T>,
        ask: fn(&mut Tx<'_>, &Actor, Date, &T) -> Result<(), Error>,
    ) -> Result<(), Error> {
        for one in all.take(TRIES) {
            let (actor, today) = (actor.clone(), self.today);
            match self.db.write(move |tx| ask(tx, &actor, today, &one)) {
                Err(Error::Refused(_)) => {}
                done => return done,
            }
        }
        Ok(())
    }

    // ---- What is not as it should be

    /// Two customers that somebody made anew instead of looking; one of them was billed.
    fn twins(&self) -> Result<(), Error> {
        let known = |at: usize| self.town.parties.get(at).map(|party| (party.name.clone(), party.phone.clone()));
        let (Some((first, _)), Some((second, phone))) = (known(0), known(1)) else { return Ok(()) };
        let twin = |code: &str, name: String| customer::Given {
            code: code.to_owned(),
            name: Some(name),
            kind: Some("business".to_owned()),
            ..customer::Given::default()
        };
        let all = [
            customer::Given { tin: Some(customers::tin(1)), ..twin("N001", format!("{first} Ltd")) },
            customer::Given {
                phone: Some(format!("+{phone}")),
                ..twin("N002", second.trim_end_matches('s').to_owned())
            },
        ];
        let bill = billed("N001", self.today);
        let (billing, today) = (self.desk.billing.clone(), self.today);
        self.db.write(move |tx| {
            for one in &all {
                customer::save(tx, &billing, today, one)?;
            }
            invoice::issue(tx, &billing, today, &bill, None).map(drop)
        })
    }

    fn unexplained(&self) -> Result<(), Error> {
        let given = (1..).zip(UNEXPLAINED).map(|(n, (account, francs, payer, phone, text))| receipt::Given {
            account: (*account).to_owned(),
            received_on: self.today,
            received_at: None,
            gross: Money::new(*francs, Currency::RWF),
            charges: Money::zero(Currency::RWF),
            payer: Some((*payer).to_owned()),
            payer_ref: phone.map(str::to_owned),
            reference: Some(format!("EV{:08}", 90_000_000 + n)),
            text: Some((*text).to_owned()).filter(|text| !text.is_empty()),
            customer: None,
            opening_on: None,
        });
        let (all, today): (Vec<receipt::Given>, Date) = (given.collect(), self.today);
        let cashier = self.desk.cash.clone();
        self.db
            .write(move |tx| all.iter().try_for_each(|one| receipt::record(tx, &cashier, today, one, None).map(drop)))
    }

    /// A message of the wallet in words that the program does not know: a person must look.
    fn message(&self) -> Result<(), Error> {
        let millis = at_minute(self.today, BEGINS - 35)?.micros() / 1_000;
        let text = format!(
            "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n\
             <smses count=\"1\">\n  <sms protocol=\"0\" address=\"M-Money\" date=\"{millis}\" type=\"1\" \
             body=\"Wakiriye 85000 RWF kuri Momo, avuye kuri Keza Mini Market\" />\n</smses>\n"
        );
        let name = format!("momo-{}.xml", self.today);
        let given =
            statement::Given { name, bytes: text.into_bytes().into(), account: "momo".to_owned(), sender: None };
        match statement::take_in(self.db, &self.desk.cash, self.today, &given, None) {
            Ok(_) => Ok(()),
            Err(Failure::Store(error)) => Err(error),
            Err(Failure::File(error)) => Err(Error::Failed(format!("reading the demo's messages: {error:?}"))),
        }
    }

    fn views(&self) -> Result<(), Error> {
        let text = str::to_owned;
        let (own, hotels, large) = (text("mine"), text("hotel"), text("500000"));
        let hotels = Asked { of: own, segment: hotels, min: large, ..Asked::default() };
        let forgotten = Asked { of: text("nobody"), ..Asked::default() };
        let (collector, manager) = (self.desk.collector(None).clone(), self.desk.manager.clone());
        self.db.write(move |tx| {
            view::save(tx, &collector, "My hotels above half a million", &hotels)?;
            view::save(tx, &manager, "Worked by nobody", &forgotten)
        })
    }
}

fn filed(kind: &str, bill: &Bill, ending: &str, content: Vec<u8>) -> paper::Given {
    paper::Given {
        record: "invoice".to_owned(),
        of: bill.number.clone(),
        kind: kind.to_owned(),
        name: format!("{kind}-{}.{ending}", bill.number),
        content,
        until: None,
    }
}

/// A small invoice of today.
fn billed(code: &str, today: Date) -> invoice::Given {
    let francs = |amount| Some(Money::new(amount, Currency::RWF));
    invoice::Given {
        due_on: Some(today.plus_days(30)),
        net: francs(84_000),
        tax: francs(15_120),
        right: crate::actions::invoice::all_right(),
        ..invoice::Given::to(code.to_owned(), today, Currency::RWF)
    }
}
