//! `kill -9` of the program at random moments, on both engines.

use std::time::Duration;

use super::child::{Log, prepare, start};
use crate::support::{draw, places, scaled, seed};

/// Kills at full length; at least this many acknowledgements come through for each database.
const KILLS: u32 = 200;
const ACKNOWLEDGED: u32 = 1_000;

#[test]
fn killed_at_random_moments_nothing_acknowledged_is_lost() {
    let mut random = seed("kills") | 1;
    for place in places() {
        prepare(&place);
        let mut log = Log::default();
        let mut kills = 0;
        while kills < scaled(KILLS) || log.acknowledged.len() < usize::try_from(scaled(ACKNOWLEDGED)).expect("small") {
            let running = start(&place.url, &log.next, &[]);
            // From the first moments of the program to some way into its work.
            draw(&mut random);
            let mut lines: Vec<String> = Vec::new();
            if kills % 5 != 0 {
                // Four of five times it has begun to answer.
                lines.extend(running.lines.recv_timeout(Duration::from_secs(30)).ok());
                let acks = |lines: &[String]| lines.iter().any(|l| l.contains("ACK "));
                while !acks(&lines) {
                    lines.push(running.lines.recv_timeout(Duration::from_secs(30)).expect("the child answers"));
                }
            }
            std::thread::sleep(Duration::from_micros(random % 150_000));
            lines.extend(running.kill());
            log.take(&lines);
            kills += 1;
            if kills % 20 == 0 {
                log.check(&place);
            }
        }
        log.check(&place);
        eprintln!(
            "{:?}: {kills} kills, {} acknowledgements, none lost, none twice",
            place.engine,
            log.acknowledged.len()
        );
    }
}
