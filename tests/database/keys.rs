//! Every key begins with the company, so that the schema distributes by company; the tables are what `table::ALL` says.

use std::collections::BTreeMap;

use store::{Clock, Db, Engine, Sql, params, table};

use crate::support::places;

/// Table, index and columns in order of every unique index, primary keys among them.
fn unique_indexes(db: &Db) -> Vec<(String, String, Vec<String>)> {
    let lite = "SELECT m.name, l.name, i.name FROM sqlite_schema m, pragma_index_list(m.name) l, pragma_index_info(l.name) i WHERE m.type = 'table' AND l.\"unique\" = 1 ORDER BY m.name, l.name, i.seqno";
    let pg = "SELECT CAST(t.relname AS TEXT), CAST(c.relname AS TEXT), CAST(a.attname AS TEXT) FROM pg_index x JOIN pg_class t ON t.oid = x.indrelid JOIN pg_class c ON c.oid = x.indexrelid JOIN pg_namespace n ON n.oid = t.relnamespace CROSS JOIN LATERAL unnest(x.indkey) WITH ORDINALITY AS k(attnum, place) JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.attnum WHERE x.indisunique AND n.nspname = 'public' ORDER BY 1, 2, k.place";
    let rows = db
        .read(|tx| tx.all(Sql { lite, pg }, &[], |row| Ok((row.string(0)?, row.string(1)?, row.string(2)?))))
        .expect("the catalogue");
    let mut grouped: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
    for (table, index, column) in rows {
        grouped.entry((table, index)).or_default().push(column);
    }
    let mut all: Vec<_> = grouped.into_iter().map(|((table, index), columns)| (table, index, columns)).collect();
    if db.engine() == Engine::Sqlite {
        // A single integer key is the row id itself and has no index.
        let text = "SELECT m.name, c.name FROM sqlite_schema m, pragma_table_info(m.name) c WHERE m.type = 'table' AND c.pk > 0 ORDER BY m.name, c.pk";
        let rows = db
            .read(|tx| tx.all(Sql { lite: text, pg: "" }, &[], |row| Ok((row.string(0)?, row.string(1)?))))
            .expect("the catalogue");
        let mut keys: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (table, column) in rows {
            keys.entry(table).or_default().push(column);
        }
        all.extend(keys.into_iter().map(|(table, columns)| (table, "primary key".to_owned(), columns)));
    }
    all
}

fn columns(db: &Db, table: &'static str) -> Vec<String> {
    let lite = "SELECT name FROM pragma_table_info($1) ORDER BY cid";
    let pg = "SELECT CAST(column_name AS TEXT) FROM information_schema.columns WHERE table_schema = 'public' AND table_name = CAST($1 AS TEXT) ORDER BY ordinal_position";
    db.read(|tx| tx.all(Sql { lite, pg }, params![table], |row| row.string(0))).expect("the catalogue")
}

fn tables(db: &Db) -> Vec<String> {
    let lite = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name";
    let pg = "SELECT CAST(table_name AS TEXT) FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1";
    db.read(|tx| tx.all(Sql { lite, pg }, &[], |row| row.string(0))).expect("the catalogue")
}

#[test]
fn every_unique_key_begins_with_the_company() {
    for place in places() {
        let db = place.open(Clock::System, 1);
        let indexes = unique_indexes(&db);
        assert!(indexes.len() > table::ALL.len(), "{:?}: the catalogue tells {} keys", place.engine, indexes.len());
        let wrong: Vec<_> = indexes
            .into_iter()
            .filter(|(table, _, columns)| {
                columns[0] != "company" && !table::OF_THE_INSTALLATION.contains(&table.as_str())
            })
            .collect();
        assert!(wrong.is_empty(), "{:?}: {wrong:?}", place.engine);
    }
}

#[test]
fn every_company_column_comes_first_and_is_never_empty() {
    for place in places() {
        let db = place.open(Clock::System, 1);
        for table in table::ALL.iter().filter(|t| !table::OF_THE_INSTALLATION.contains(&t.name)) {
            assert_eq!(columns(&db, table.name)[0], "company", "{}", table.name);
        }
    }
}

#[test]
fn the_list_of_tables_is_the_schema() {
    for place in places() {
        let db = place.open(Clock::System, 1);
        for table in table::ALL {
            assert_eq!(columns(&db, table.name), table.columns, "{:?}: {}", place.engine, table.name);
        }
        let mut listed: Vec<&str> = table::ALL.iter().map(|t| t.name).chain(["migration"]).collect();
        listed.sort_unstable();
        assert_eq!(tables(&db), listed, "{:?}: a table that backup and restore would forget", place.engine);
    }
}

#[test]
fn the_key_of_each_table_is_the_one_listed() {
    for place in places() {
        let db = place.open(Clock::System, 1);
        let indexes = unique_indexes(&db);
        for table in table::ALL {
            let key = &table.columns[..table.key];
            let found = indexes.iter().any(|(name, _, columns)| name == table.name && columns == key);
            assert!(found, "{:?}: {} has no key {key:?}", place.engine, table.name);
        }
    }
}
