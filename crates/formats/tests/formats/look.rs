//! What a table looks like before it is mapped, and the profile that a person makes of it.

use formats::Profile;
use formats::statement::{self, look};
use receivables::Currency;

/// How it is written, each column with its guess, what is missing, the first row.
fn seen(bytes: &[u8], currency: Currency, profile: Option<&Profile>) -> String {
    let look = match look(bytes, currency, profile) {
        Ok(look) => look,
        Err(error) => return format!("refused: {error}"),
    };
    let sure = |certain: bool| if certain { "" } else { "?" };
    let mut out = format!(
        "{} header {} decimal {}{} dates {}{}",
        look.kind,
        look.header_line.map_or("-".to_owned(), |line| line.to_string()),
        look.decimal,
        sure(look.decimal_certain),
        look.dates.code(),
        sure(look.dates_certain),
    );
    for column in &look.columns {
        let guess = column.field.map_or("-".to_owned(), |(field, why)| format!("{field} ({})", &why.key()[6..]));
        out.push_str(&format!("\n{}: {guess}", column.header));
    }
    if !look.missing.is_empty() {
        out.push_str(&format!("\nmissing {}", look.missing.join(", ")));
    }
    out
}

/// The guess, and what is read by the profile that it makes.
fn check(text: &str, expected: &str, read: &str) {
    assert_eq!(seen(text.as_bytes(), Currency::USD, None), expected);
    let profile = look(text.as_bytes(), Currency::USD, None).unwrap().profile.text().unwrap();
    let profile = Profile::read(&profile).unwrap();
    assert_eq!(lines(text.as_bytes(), &profile), read);
}

fn lines(bytes: &[u8], profile: &Profile) -> String {
    let file = match statement::read(bytes, Currency::USD, Some(profile)) {
        Ok(file) => file,
        Err(error) => return format!("refused: {error}"),
    };
    let balance = |money: Option<receivables::Money>| money.map_or("-".to_owned(), |m| m.to_string());
    let statement = &file.statements[0];
    let told = statement.lines.iter().map(|line| {
        let amount = line.amount.map_or("-".to_owned(), |m| m.to_string());
        format!("{:?} {amount} {}", line.direction, line.text)
    });
    let told: Vec<String> = told.collect();
    format!("{} → {}: {}", balance(statement.opening), balance(statement.closing), told.join("; "))
}

#[test]
fn known_headers_are_told_from_those_of_the_values() {
    check(
        "MY BANK,,,,\nDate,Narration,What,Withdrawals,Deposits,Balance\n\
         31/08/2026,Rent,1,20.00,,80.00\n01/09/2026,UWASE,2,,5.50,85.50\n",
        "csv header 2 decimal . dates dmy\nDate: on (header)\nNarration: text (header)\nWhat: -\n\
         Withdrawals: debit (header)\nDeposits: credit (header)\nBalance: balance (header)",
        "USD 100.00 → USD 85.50: Out USD 20.00 Rent; In USD 5.50 UWASE",
    );
    // A header that is known and does not hold what it says.
    check(
        "Date,Value,Amount,Details\n31/08/2026,30/08/2026,-5.00,x\n",
        "csv header 1 decimal . dates dmy\nDate: on (header)\nValue: value_on (dates)\nAmount: amount (header)\n\
         Details: text (header)",
        "- → -: Out USD 5.00 x",
    );
}

#[test]
fn unknown_headers_are_guessed_by_the_values() {
    check(
        "Itariki;Nomero;Ibisobanuro;Yasohotse;Yinjiye;Asigaye\n\
         02/08/2026;FT001;UWASE Aline INV-7;;1.000,00;1.100,00\n\
         13/08/2026;FT002;Amafaranga ya banki;2,50;;1.097,50\n\
         31/08/2026;FT003;Inzu;500,00;;597,50\n",
        "csv header 1 decimal , dates dmy\nItariki: on (dates)\nNomero: reference (unique)\nIbisobanuro: text (words)\n\
         Yasohotse: debit (moves-balance)\nYinjiye: credit (moves-balance)\nAsigaye: balance (running-balance)",
        "USD 100.00 → USD 597.50: In USD 1,000.00 UWASE Aline INV-7; Out USD 2.50 Amafaranga ya banki; Out USD 500.00 Inzu",
    );
    // Newest first, one amount with its mark, a telephone, currencies.
    check(
        "Dag|Tel|Wie|Munt|Bedrag|Teken|Stand\n\
         2026-08-31|+250788000136|Keza|USD|20.00|D|85.50\n\
         2026-08-30|+250788000137|Uwase|USD|5.50|C|105.50\n\
         2026-08-29|+250788000138|Mugabo|USD|40.00|C|100.00\n",
        "csv header 1 decimal . dates ymd\nDag: on (dates)\nTel: counterparty_ref (telephones)\nWie: text (words)\n\
         Munt: currency (currencies)\nBedrag: amount (moves-balance)\nTeken: side (marks)\nStand: balance (running-balance)",
        "USD 60.00 → USD 85.50: Out USD 20.00 Keza; In USD 5.50 Uwase; In USD 40.00 Mugabo",
    );
    // No balance: two columns of which each row has one; then a lone one.
    check(
        "Jour\tQuoi\tMoins\tPlus\n31/08/2026\tx\t5.00\t\n01/09/2026\ty\t\t6.00\n",
        "csv header 1 decimal . dates dmy\nJour: on (dates)\nQuoi: text (words)\nMoins: debit (one-of-two)\nPlus: credit (one-of-two)",
        "- → -: Out USD 5.00 x; In USD 6.00 y",
    );
}

/// The balance proves what a lone separator before three figures is.
#[test]
fn a_balance_proves_the_decimal_sign() {
    check(
        "Dag;Sak;Ut;Inn;Igjen\n01/02/2026;a;;1.500;2.500\n02/02/2026;b;500;;2.000\n03/02/2026;c;;250;2.250\n",
        "csv header 1 decimal , dates dmy?\nDag: on (dates)\nSak: text (words)\nUt: debit (moves-balance)\n\
         Inn: credit (moves-balance)\nIgjen: balance (running-balance)",
        "USD 1,000.00 → USD 2,250.00: In USD 1,500.00 a; Out USD 500.00 b; In USD 250.00 c",
    );
}

#[test]
fn a_table_without_a_header_is_guessed_too() {
    check(
        "2026-08-29,Mugabo,40.00,100.00\n2026-08-30,Uwase,5.50,105.50\n2026-08-31,Rent,-20.00,85.50\n",
        "csv header - decimal . dates ymd\n: on (dates)\n: text (words)\n: amount (moves-balance)\n: balance (running-balance)",
        "USD 60.00 → USD 85.50: In USD 40.00 Mugabo; In USD 5.50 Uwase; Out USD 20.00 Rent",
    );
}

#[test]
fn what_is_missing_is_told() {
    let found = seen(b"Name,Remark\nUwase,hello\n", Currency::RWF, None);
    assert_eq!(
        found,
        "csv header 1 decimal . dates ymd\nName: counterparty (header)\nRemark: text (words)\nmissing on, amount"
    );
    assert_eq!(seen(b"", Currency::RWF, None), "refused: file-empty");
    assert!(look(b"a\n", Currency::RWF, None).is_ok_and(|look| look.rows.is_empty()));
}

/// What a person changes makes another profile, which the same look takes at its word.
#[test]
fn a_person_changes_what_columns_are() {
    let text = "Day,Day,,Sum\n2026-08-31,2026-08-30,x,-5.00\n2026-09-01,2026-09-01,y,7.00\n";
    let first = look(text.as_bytes(), Currency::USD, None).unwrap();
    assert_eq!(
        first.profile.text().unwrap(),
        "delimiter = \",\"\ndecimal = \".\"\nheader_line = 1\n\n[columns]\namount = \"Sum\"\non = \"Day\"\ntext = \"#3\"\nvalue_on = \"#2\"\n"
            .replace("header_line", "dates = \"ymd\"\nheader_line")
    );
    let changed = first.profile_with(&[(1, "on"), (0, ""), (2, "counterparty")]).unwrap();
    assert_eq!(
        seen(text.as_bytes(), Currency::USD, Some(&changed)),
        "csv header 1 decimal . dates ymd\nDay: -\nDay: on (profile)\n: counterparty (profile)\nSum: amount (profile)"
    );
    let line = &statement::read(text.as_bytes(), Currency::USD, Some(&changed)).unwrap().statements[0].lines[0];
    assert_eq!((line.on.unwrap().to_string(), line.counterparty.as_deref()), ("2026-08-30".to_owned(), Some("x")));
    let refused = |changes| first.profile_with(changes).unwrap_err().to_string();
    assert!(refused(&[(0, "onn")]).starts_with("file-profile-field(onn, on, value_on"));
    assert_eq!(refused(&[(9, "on")]), "file-no-profile-column(on, 10)");
}

#[test]
fn workbooks_and_printed_tables_are_looked_at_alike() {
    assert_eq!(
        seen(&crate::old_workbook::workbook(), Currency::USD, None),
        "xls header 3 decimal . dates ymd\nDate: on (header)\nLibelle: text (header)\nDebit: debit (header)\n\
         Credit: credit (header)\nSolde: balance (header)"
    );
    assert_eq!(
        seen(&crate::printed::sample(), Currency::USD, None),
        "pdf header 4 decimal . dates dmy\nDate: on (header)\nDescription: text (header)\nDebit: debit (header)\n\
         Credit: credit (header)\nBalance: balance (header)"
    );
}
