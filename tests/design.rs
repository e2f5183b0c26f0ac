//! The design system keeps what it promises: colours that can be read in both themes, and a size that a slow line bears.

#![allow(clippy::float_arithmetic, reason = "WCAG's contrast is a formula of real numbers")]

use std::collections::BTreeMap;
use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;

const STYLE: &str = include_str!("../crates/ideni/assets/style.css");
const SCRIPT: &str = include_str!("../crates/ideni/assets/desk.js");

type Tokens = BTreeMap<&'static str, &'static str>;

/// The colours set in the first block that follows `mark`.
fn tokens(mark: &str) -> Tokens {
    let block = STYLE.split_once(mark).unwrap_or_else(|| panic!("no {mark}")).1;
    let block = block.split_once('{').expect("a block").1.split('}').next().expect("its end");
    let pairs = block.split(';').filter_map(|line| line.trim().split_once(": "));
    pairs.filter(|(name, value)| name.starts_with("--") && value.starts_with('#')).collect()
}

fn light() -> Tokens {
    tokens(":root ")
}

fn dark() -> Tokens {
    tokens(":root[data-theme=\"dark\"] ")
}

/// Relative luminance of `#rrggbb`, WCAG 2.2.
fn luminance(colour: &str) -> f64 {
    let linear = |at: usize| {
        let value = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).expect("two digits")) / 255.0;
        if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * linear(1) + 0.7152 * linear(3) + 0.0722 * linear(5)
}

fn contrast(one: &str, other: &str) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[test]
fn contrast_is_computed_as_wcag_says() {
    assert!((contrast("#ffffff", "#000000") - 21.0).abs() < 0.001);
    assert!((contrast("#777777", "#ffffff") - 4.478).abs() < 0.001);
}

#[test]
fn text_and_marks_can_be_read_in_both_themes() {
    const SURFACES: [&str; 4] = ["--back", "--card", "--tint", "--hover"];
    let mut pairs: Vec<(&str, &str, f64)> = vec![("--on-accent", "--accent", 4.5), ("--back", "--ink", 4.5)];
    for surface in SURFACES {
        pairs.extend(["--ink", "--soft", "--accent"].map(|text| (text, surface, 4.5)));
        pairs.extend(["--bad", "--wait", "--good"].map(|text| (text, surface, 4.5)));
        pairs.push(("--edge", surface, 3.0));
    }
    pairs.extend([("--good", "--good-back", 4.5), ("--bad", "--bad-back", 4.5), ("--wait", "--wait-back", 4.5)]);
    pairs.push(("--off", "--off-back", 4.5));
    pairs.extend(["--b0", "--b1", "--b2", "--b3", "--b4", "--b5"].map(|mark| (mark, "--card", 3.0)));
    for (theme, tokens) in [("light", light()), ("dark", dark())] {
        for (text, back, least) in &pairs {
            let ratio = contrast(tokens[text], tokens[back]);
            assert!(ratio >= *least, "{theme}: {text} {} on {back} {}: {ratio:.2}", tokens[text], tokens[back]);
        }
    }
}

#[test]
fn dark_is_the_same_whether_the_system_or_the_reader_chose_it() {
    assert_eq!(tokens("(prefers-color-scheme: dark) { :root:not([data-theme=\"light\"]) "), dark());
    assert_eq!(light().keys().collect::<Vec<_>>(), dark().keys().collect::<Vec<_>>());
}

/// A token is used, and only those that there are.
#[test]
fn every_token_is_set_and_used() {
    let uses: Vec<&str> = STYLE.split("var(").skip(1).filter_map(|rest| rest.split([')', ',']).next()).collect();
    let block = STYLE.split_once(":root {").and_then(|(_, rest)| rest.split_once('}')).expect("the tokens").0;
    let set: Vec<&str> = block.split(';').filter_map(|l| l.trim().split_once(": ")).map(|(name, _)| name).collect();
    let unset: Vec<_> = uses.iter().filter(|name| !set.contains(name)).collect();
    let unused: Vec<_> = set.iter().filter(|name| name.starts_with("--") && !uses.contains(name)).collect();
    assert!(unset.is_empty() && unused.is_empty(), "not set: {unset:?}; not used: {unused:?}");
}

#[test]
fn style_and_script_are_small() {
    for (name, text, most) in [("style.css", STYLE, 10_000), ("desk.js", SCRIPT, 6_000)] {
        let mut packed = GzEncoder::new(Vec::new(), Compression::best());
        packed.write_all(text.as_bytes()).expect("packs");
        let size = packed.finish().expect("packs").len();
        assert!(size <= most, "{name} has {size} bytes, compressed");
    }
}

/// The policy allows no script or style within a page, and Trusted Types no markup from text but by one policy.
#[test]
fn the_script_makes_no_markup_from_text() {
    for word in
        ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", ".style.", "http://", "https://"]
    {
        assert!(!SCRIPT.contains(word), "{word}");
    }
}
