//! Migrations: numbered SQL files, one text for both engines, each applied once and only adding.

use receivables::ids::IdMaker;
use receivables::{Instant, Refusal};

use crate::noted::Noted;
use crate::tx::{Conn, Prepared};
use crate::{Error, Tx, dialect, search};

/// Number and text, in order. See `migrations/README.md` on how to add one.
const MIGRATIONS: &[(i64, &str)] = &[
    (1, include_str!("../migrations/0001_ledger.sql")),
    (2, include_str!("../migrations/0002_desk.sql")),
    (3, include_str!("../migrations/0003_snapshot.sql")),
    (4, include_str!("../migrations/0004_refund.sql")),
    (5, include_str!("../migrations/0005_people.sql")),
    (6, include_str!("../migrations/0006_customer.sql")),
    (7, include_str!("../migrations/0007_contact.sql")),
    (8, include_str!("../migrations/0008_search.sql")),
    (9, include_str!("../migrations/0009_settings.sql")),
    (10, include_str!("../migrations/0010_api_key.sql")),
    (11, include_str!("../migrations/0011_billing.sql")),
    (12, include_str!("../migrations/0012_credit_note.sql")),
    (13, include_str!("../migrations/0013_terms.sql")),
    (14, include_str!("../migrations/0014_certificate.sql")),
    (15, include_str!("../migrations/0015_late_charge.sql")),
    (16, include_str!("../migrations/0016_contract.sql")),
    (17, include_str!("../migrations/0017_payment_code.sql")),
    (18, include_str!("../migrations/0018_fiscal.sql")),
    (19, include_str!("../migrations/0019_item.sql")),
    (20, include_str!("../migrations/0020_vat_return.sql")),
    (21, include_str!("../migrations/0021_quote.sql")),
    (22, include_str!("../migrations/0022_usage.sql")),
    (23, include_str!("../migrations/0023_levy.sql")),
    (24, include_str!("../migrations/0024_deposit.sql")),
    (25, include_str!("../migrations/0025_revaluation.sql")),
    (26, include_str!("../migrations/0026_draft.sql")),
    (27, include_str!("../migrations/0027_journal_out.sql")),
    (28, include_str!("../migrations/0028_branch.sql")),
    (29, include_str!("../migrations/0029_payable.sql")),
    (30, include_str!("../migrations/0030_fiscal_day.sql")),
    (31, include_str!("../migrations/0031_invoice_file.sql")),
    (32, include_str!("../migrations/0032_customer_terms.sql")),
    (33, include_str!("../migrations/0033_outbox_paper.sql")),
    (34, include_str!("../migrations/0034_stock.sql")),
    (35, include_str!("../migrations/0035_device_calls.sql")),
    (36, include_str!("../migrations/0036_statement.sql")),
    (37, include_str!("../migrations/0037_payer.sql")),
    (38, include_str!("../migrations/0038_transfer.sql")),
    (39, include_str!("../migrations/0039_rate_correction.sql")),
];

/// The migration after which the words of what is in the book already are made.
const WORDS: i64 = 8;

const HISTORY: &str = "CREATE TABLE IF NOT EXISTS migration (number BIGINT NOT NULL PRIMARY KEY)";

/// The newest migration this program knows.
pub(crate) fn newest() -> i64 {
    MIGRATIONS.last().map_or(0, |(number, _)| *number)
}

pub(crate) fn sqlite(conn: &mut rusqlite::Connection) -> Result<(), Error> {
    let known: i64 = conn
        .query_row("SELECT MAX(number) FROM migration", [], |r| r.get::<_, Option<i64>>(0))
        .ok()
        .flatten()
        .unwrap_or(0);
    if known >= newest() {
        return too_new(known);
    }
    let tx = conn.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    tx.execute_batch(HISTORY)?;
    let done: i64 = tx.query_row("SELECT COALESCE(MAX(number), 0) FROM migration", [], |r| r.get(0))?;
    for (number, text) in MIGRATIONS.iter().filter(|(number, _)| *number > done) {
        tx.execute_batch(&dialect::ddl(text, false))?;
        if *number == WORDS {
            dialect::sqlite_statistics(&tx)?;
            fill(Conn::Lite(&tx))?;
        }
        tx.execute("INSERT INTO migration (number) VALUES ($1)", [number])?;
    }
    tx.execute_batch(&dialect::guards(false))?;
    dialect::sqlite_statistics(&tx)?;
    tx.commit()?;
    Ok(())
}

pub(crate) fn postgres(client: &mut postgres::Client) -> Result<(), Error> {
    let mut tx = client.transaction()?;
    // Several instances may start at once: one migrates, the others wait.
    tx.batch_execute("SELECT pg_advisory_xact_lock(74611001)")?;
    let exists: bool = tx.query_one("SELECT to_regclass('migration') IS NOT NULL", &[])?.get(0);
    let done: i64 =
        if exists { tx.query_one("SELECT COALESCE(MAX(number), 0) FROM migration", &[])?.get(0) } else { 0 };
    if done >= newest() {
        tx.commit()?;
        return too_new(done);
    }
    tx.batch_execute(HISTORY)?;
    for (number, text) in MIGRATIONS.iter().filter(|(number, _)| *number > done) {
        tx.batch_execute(&dialect::ddl(text, true))?;
        if *number == WORDS {
            fill(Conn::Pg(tx.transaction()?, &mut Prepared::default()))?;
        }
        tx.execute("INSERT INTO migration (number) VALUES ($1)", &[number])?;
    }
    tx.batch_execute(&dialect::guards(true))?;
    tx.commit()?;
    Ok(())
}

/// Nothing but words is written, which need neither clock nor ids.
fn fill(conn: Conn<'_>) -> Result<(), Error> {
    let (now, noted) = (Instant::from_micros(0), Noted::default());
    let mut tx = Tx { conn, now, ids: &mut IdMaker::new(0), noted: &noted, action: None };
    search::fill(&mut tx)?;
    if let Conn::Pg(within, _) = tx.conn {
        within.commit()?;
    }
    Ok(())
}

fn too_new(known: i64) -> Result<(), Error> {
    if known > newest() {
        return Err(Refusal::NewerBook { number: known.to_string(), ours: newest().to_string() }.into());
    }
    Ok(())
}
