//! The made-up distributor of the demo under other seeds: every history verifies, the snapshot in memory says what SQL
//! says, and both engines come to the same ledger.

use ideni::actions::report::{self, Asked, By};
use ideni::actions::{company, verify};
use ideni::demo::{self, Settings};
use receivables::Date;
use receivables::insight::ageing::Buckets;

use crate::support::{draw, places, scaled, seed};

#[test]
fn other_seeds_verify_and_both_engines_agree() {
    let mut random = seed("simulated towns") | 1;
    let last_day: Date = "2026-06-30".parse().expect("a date");
    for _ in 0..scaled(20) {
        draw(&mut random);
        let settings = Settings { seed: random, last_day, days: 120, customers: 40 };
        let mut told: Vec<String> = Vec::new();
        for place in places() {
            let db = demo::build(&place.url, &settings, &mut |_, _| {})
                .unwrap_or_else(|error| panic!("seed {random} on {:?}: {error}", place.engine));
            db.seal().expect("sealed");
            let actor = db.read(|tx| company::actor(tx, None, None)).expect("one company");
            let broken = db.read(|tx| verify::all(tx, &actor)).expect("verified");
            assert!(broken.iter().all(|c| c.broken.is_empty()), "seed {random} on {:?}: {broken:#?}", place.engine);
            let mut answers = String::new();
            for back in [0, 10, 45] {
                let as_of = last_day.plus_days(-back);
                let asked = Asked { as_of, known_at: None, by: By::Customer, buckets: Buckets::default() };
                let sql = db.read(|tx| report::age(tx, &actor, &asked)).expect("aged");
                let memory = db.read(|tx| report::age_in_memory(tx, db.snapshots(), &actor, &asked)).expect("aged");
                assert_eq!(*memory, sql, "seed {random} on {:?} as of {as_of}", place.engine);
                assert!(!sql.rows.is_empty(), "a town in which nobody owes anything");
                answers.push_str(&format!("{sql:?}\n"));
            }
            told.push(answers);
        }
        assert!(told.windows(2).all(|pair| pair[0] == pair[1]), "seed {random}: the engines differ");
    }
}
