//! Today in a real Chromium on a slow line: 400 ms there and back, 400 kbit/s.

use serde_json::Value;

use crate::tab::{Look, TELEPHONE, Tab};

/// When something can be read and when the largest part of it is there, what came over the line, and how far things moved.
const MEASURE: &str = "
    const done = arguments[arguments.length - 1];
    const seen = { shift: 0, largest: 0 };
    new PerformanceObserver(list => list.getEntries().forEach(e => seen.shift += e.value))
        .observe({ type: 'layout-shift', buffered: true });
    new PerformanceObserver(list => list.getEntries().forEach(e => seen.largest = e.startTime))
        .observe({ type: 'largest-contentful-paint', buffered: true });
    setTimeout(() => {
        const files = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')];
        done({
            first: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0,
            largest: seen.largest,
            bytes: files.reduce((all, file) => all + file.transferSize, 0),
            shift: seen.shift,
        });
    }, 1500);";

/// The first visit, with nothing kept, and the next one.
pub fn today(host: &str) {
    let Some(tab) = Tab::open(host, Look { slow: true, ..TELEPHONE }) else { return };
    tab.sign_in("admin");
    for visit in ["first visit", "next visit"] {
        if visit == "first visit" {
            tab.command("Network.clearBrowserCache", serde_json::json!({}));
        }
        tab.go("/");
        let seen = tab.eval_later(MEASURE);
        let figure = |name: &str| seen.get(name).and_then(Value::as_f64).unwrap_or(f64::NAN);
        println!(
            "  Today on a slow line, {visit}: readable after {:.0} ms, whole after {:.0} ms, {:.1} kB, layout shift {:.3}",
            figure("first"),
            figure("largest"),
            figure("bytes") / 1000.0,
            figure("shift")
        );
    }
}
