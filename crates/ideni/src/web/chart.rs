//! Charts drawn by the server. The drawing is SVG that stretches to its place; its words are text beside it, so that they
//! keep their size on a telephone. Every chart has a title, a sentence and its figures for screen readers. Places are
//! whole thousandths of the width and hundredths of the height: no floats near money. Colours come from classes.
//!
//! A chart is a value that a template shows: `{{ ageing }}`.

use askama::Template;
use askama::filters::HtmlSafe;

use crate::words::{Language, say};

const WIDTH: i128 = 1_000;
const HEIGHT: i128 = 100;
/// Between two bars, in thousandths.
const GAP: u32 = 3;
/// Shades from not due to the oldest, as the style names them `b0` to `b5`.
const SHADES: usize = 6;

/// One part of a whole, such as an ageing bucket: its size, and the words for it.
#[derive(Clone, Debug, Default)]
pub struct Part {
    pub label: String,
    pub value: i64,
    pub shown: String,
    /// Where the figure opens to.
    pub link: Option<String>,
}

/// One figure of a series, such as a month's DSO.
#[derive(Clone, Debug, Default)]
pub struct Point {
    pub label: String,
    pub value: i64,
    pub shown: String,
}

/// What is expected in one period: low, likely and high.
#[derive(Clone, Debug)]
pub struct Expected {
    pub label: String,
    pub values: [i64; 3],
    pub shown: [String; 3],
}

/// A part with its place in the drawing.
#[derive(Debug, PartialEq)]
struct Drawn {
    label: String,
    shown: String,
    link: Option<String>,
    shade: usize,
    x: u32,
    y: u32,
    width: u32,
    height: u32,
}

/// One bar, divided by size. Parts below zero are told beside it and not drawn.
#[derive(Template)]
#[template(path = "parts/chart/bar.html")]
pub struct Bar {
    id: &'static str,
    title: String,
    desc: String,
    is_drawn: bool,
    parts: Vec<Drawn>,
}

/// Columns side by side; those below zero hang from the axis.
#[derive(Template)]
#[template(path = "parts/chart/columns.html")]
pub struct Columns {
    id: &'static str,
    title: String,
    desc: String,
    zero: u32,
    parts: Vec<Drawn>,
}

struct Dot {
    x: u32,
    y: u32,
    words: String,
}

struct Band {
    area: String,
    low: String,
    high: String,
}

/// A line from period to period, with or without the band it is expected in.
#[derive(Template)]
#[template(path = "parts/chart/line.html")]
pub struct Line {
    id: &'static str,
    title: String,
    desc: String,
    band: Option<Band>,
    path: String,
    dots: Vec<Dot>,
    first: String,
    last: String,
    /// The lowest and the highest, where they may be others than these two.
    range: String,
    heads: Vec<String>,
    rows: Vec<Vec<String>>,
}

/// A line as high as a line of text, for a cell of a table.
#[derive(Template)]
#[template(path = "parts/chart/spark.html")]
pub struct Spark {
    id: String,
    title: String,
    desc: String,
    path: String,
    end: Option<Dot>,
}

impl HtmlSafe for Bar {}
impl HtmlSafe for Columns {}
impl HtmlSafe for Line {}
impl HtmlSafe for Spark {}

/// How a whole divides into its parts. `id` is unlike that of any other chart of the page.
pub fn bar(language: Language, id: &'static str, title: String, parts: &[Part]) -> Bar {
    let whole: i128 = parts.iter().map(|p| i128::from(p.value.max(0))).sum();
    let mut before = 0;
    let place = |(n, part): (usize, &Part)| {
        let from = scaled(before, whole, WIDTH);
        before += i128::from(part.value.max(0));
        let width = scaled(before, whole, WIDTH) - from;
        let width = if part.value > 0 { width.saturating_sub(GAP).max(1) } else { 0 };
        drawn(part, shade(n, parts.len()), [from, 0, width, 20])
    };
    let drawn = parts.iter().enumerate().map(place).collect();
    Bar { id, title, desc: told(language, parts), is_drawn: whole > 0, parts: drawn }
}

/// The parts side by side.
pub fn columns(language: Language, id: &'static str, title: String, parts: &[Part]) -> Columns {
    let scale = Scale::of(parts.iter().map(|p| p.value).chain([0]));
    let zero = scale.y(0);
    let count = i128::try_from(parts.len()).unwrap_or(WIDTH);
    let mut at = 0;
    let place = |(n, part): (usize, &Part)| {
        let from = scaled(at, count, WIDTH);
        at += 1;
        let (end, width) = (scale.y(part.value), (scaled(at, count, WIDTH) - from).saturating_sub(GAP).max(1));
        drawn(part, shade(n, parts.len()), [from, end.min(zero), width, end.abs_diff(zero)])
    };
    let drawn = parts.iter().enumerate().map(place).collect();
    Columns { id, title, desc: told(language, parts), zero, parts: drawn }
}

/// A figure over time, between its lowest and its highest.
pub fn line(language: Language, id: &'static str, title: String, points: &[Point]) -> Line {
    let values = points.iter().map(|p| p.value);
    let places = Scale::of(values.clone()).places(values);
    let words = |point: &Point| format!("{}: {}", point.label, point.shown);
    Line {
        id,
        desc: trend(language, points),
        band: None,
        path: path(&places),
        dots: points.iter().zip(places).map(|(point, (x, y))| Dot { x, y, words: words(point) }).collect(),
        first: points.first().map_or_else(|| say(language, "chart-nothing", &[]), words),
        last: points.last().filter(|_| points.len() > 1).map_or_else(String::new, words),
        range: extremes(points)
            .filter(|_| points.len() > 2)
            .map_or_else(String::new, |[low, high]| format!("↓ {} ↑ {}", low.shown, high.shown)),
        heads: vec![say(language, "chart-period", &[]), title.clone()],
        rows: points.iter().map(|p| vec![p.label.clone(), p.shown.clone()]).collect(),
        title,
    }
}

/// What is expected over time, with the band it lies in, above zero.
pub fn band(language: Language, id: &'static str, title: String, expected: &[Expected]) -> Line {
    let scale = Scale::of(expected.iter().flat_map(|e| e.values).chain([0]));
    let [low, likely, high] = [0, 1, 2].map(|n| scale.places(expected.iter().map(|e| e.values[n])));
    let back: Vec<_> = low.iter().rev().copied().collect();
    let area = if low.is_empty() { String::new() } else { format!("{}L{}Z", path(&high), &path(&back)[1..]) };
    let point = |e: &Expected| Point { label: e.label.clone(), value: e.values[1], shown: e.shown[1].clone() };
    let plain = line(language, id, title, &expected.iter().map(point).collect::<Vec<_>>());
    Line {
        band: Some(Band { area, low: path(&low), high: path(&high) }),
        path: path(&likely),
        dots: plain.dots.into_iter().zip(likely).map(|(dot, (x, y))| Dot { x, y, ..dot }).collect(),
        heads: ["chart-period", "chart-low", "chart-likely", "chart-high"].map(|key| say(language, key, &[])).into(),
        rows: expected.iter().map(|e| [std::slice::from_ref(&e.label), &e.shown[..]].concat()).collect(),
        ..plain
    }
}

/// The same as [`line()`], small. `id` names the row, too.
pub fn spark(language: Language, id: String, title: String, points: &[Point]) -> Spark {
    let places = Scale::of(points.iter().map(|p| p.value)).places(points.iter().map(|p| p.value));
    let end = places.last().map(|&(x, y)| Dot { x, y, words: String::new() });
    Spark { id, title, desc: trend(language, points), path: path(&places), end }
}

fn drawn(part: &Part, shade: usize, [x, y, width, height]: [u32; 4]) -> Drawn {
    let Part { label, shown, link, .. } = part.clone();
    Drawn { label, shown, link, shade, x, y, width, height }
}

/// The last part is the oldest, however many there are.
fn shade(n: usize, of: usize) -> usize {
    if of > 1 { n * (SHADES - 1) / (of - 1) } else { 0 }
}

/// `part` of `whole` on a length, rounded down; nothing of nothing.
fn scaled(part: i128, whole: i128, length: i128) -> u32 {
    if whole > 0 { u32::try_from(part * length / whole).unwrap_or_default() } else { 0 }
}

/// From the lowest value at the foot to the highest at the top.
struct Scale {
    low: i128,
    range: i128,
}

impl Scale {
    fn of(values: impl Iterator<Item = i64> + Clone) -> Scale {
        let low = values.clone().min().map_or(0, i128::from);
        Scale { low, range: values.max().map_or(0, i128::from) - low }
    }

    /// Equal values lie in the middle.
    fn y(&self, value: i64) -> u32 {
        if self.range == 0 {
            return scaled(1, 2, HEIGHT);
        }
        scaled(1, 1, HEIGHT) - scaled(i128::from(value) - self.low, self.range, HEIGHT)
    }

    fn places(&self, values: impl ExactSizeIterator<Item = i64>) -> Vec<(u32, u32)> {
        let steps = i128::try_from(values.len()).unwrap_or(WIDTH) - 1;
        let x = |n: usize| {
            if steps > 0 { scaled(i128::try_from(n).unwrap_or(0), steps, WIDTH) } else { scaled(1, 2, WIDTH) }
        };
        values.enumerate().map(|(n, value)| (x(n), self.y(value))).collect()
    }
}

/// A line from place to place.
fn path(places: &[(u32, u32)]) -> String {
    let texts: Vec<String> = places.iter().map(|(x, y)| format!("{x} {y}")).collect();
    if texts.is_empty() { String::new() } else { format!("M{}", texts.join("L")) }
}

/// Every part in words.
fn told(language: Language, parts: &[Part]) -> String {
    if parts.is_empty() {
        return say(language, "chart-nothing", &[]);
    }
    let parts: Vec<String> = parts.iter().map(|p| format!("{}: {}", p.label, p.shown)).collect();
    parts.join("; ")
}

fn extremes(points: &[Point]) -> Option<[&Point; 2]> {
    Some([points.iter().min_by_key(|p| p.value)?, points.iter().max_by_key(|p| p.value)?])
}

/// From where to where it went, and how far in between.
fn trend(language: Language, points: &[Point]) -> String {
    let (Some([low, high]), Some(first), Some(last)) = (extremes(points), points.first(), points.last()) else {
        return say(language, "chart-nothing", &[]);
    };
    let args = [
        ("from", &first.label),
        ("first", &first.shown),
        ("to", &last.label),
        ("last", &last.shown),
        ("low", &low.shown),
        ("high", &high.shown),
    ];
    say(language, "chart-trend", &args.map(|(name, text)| (name, text.as_str())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(values: &[i64]) -> Vec<Part> {
        let part = |(n, value): (usize, &i64)| Part {
            label: format!("b{n} <"),
            value: *value,
            shown: format!("RWF {value}"),
            link: None,
        };
        values.iter().enumerate().map(part).collect()
    }

    fn points(values: &[i64]) -> Vec<Point> {
        let point =
            |(n, value): (usize, &i64)| Point { label: format!("m{n}"), value: *value, shown: value.to_string() };
        values.iter().enumerate().map(point).collect()
    }

    /// Where the parts of a bar begin and how wide they are.
    #[track_caller]
    fn check_bar(values: &[i64], expected: &[(u32, u32)]) {
        let bar = bar(Language::En, "b", "Ageing".into(), &parts(values));
        let places: Vec<_> = bar.parts.iter().map(|p| (p.x, p.width)).collect();
        assert_eq!(places, expected);
    }

    /// Where the columns stand and how high they are.
    #[track_caller]
    fn check_columns(values: &[i64], zero: u32, expected: &[(u32, u32)]) {
        let columns = columns(Language::En, "c", "Ageing".into(), &parts(values));
        let places: Vec<_> = columns.parts.iter().map(|p| (p.y, p.height)).collect();
        assert_eq!((columns.zero, places), (zero, expected.to_vec()));
    }

    #[track_caller]
    fn check_line(values: &[i64], expected: &str) {
        assert_eq!(line(Language::En, "l", "DSO".into(), &points(values)).path, expected);
        assert_eq!(spark(Language::En, "s".into(), "DSO".into(), &points(values)).path, expected);
    }

    #[test]
    fn a_bar_is_as_wide_as_its_parts() {
        check_bar(&[], &[]);
        check_bar(&[0, 0], &[(0, 0), (0, 0)]);
        check_bar(&[5], &[(0, 997)]);
        check_bar(&[1, 1], &[(0, 497), (500, 497)]);
        check_bar(&[1, 1, 1], &[(0, 330), (333, 330), (666, 331)]);
        // A credit is told, not drawn.
        check_bar(&[3, -7, 1], &[(0, 747), (750, 0), (750, 247)]);
        // What is too small to be seen is seen.
        check_bar(&[i64::MAX, 1], &[(0, 996), (999, 1)]);
        check_bar(&[i64::MAX, i64::MAX], &[(0, 497), (500, 497)]);
    }

    #[test]
    fn columns_stand_on_the_axis_or_hang_from_it() {
        check_columns(&[], 50, &[]);
        check_columns(&[0], 50, &[(50, 0)]);
        check_columns(&[4, 2], 100, &[(0, 100), (50, 50)]);
        check_columns(&[3, -1], 75, &[(0, 75), (75, 25)]);
        check_columns(&[i64::MAX, i64::MIN], 50, &[(0, 50), (50, 50)]);
    }

    #[test]
    fn a_line_lies_between_its_lowest_and_its_highest() {
        check_line(&[], "");
        check_line(&[41], "M500 50");
        check_line(&[7, 7], "M0 50L1000 50");
        check_line(&[40, 50, 45], "M0 100L500 0L1000 50");
        check_line(&[-5, 5], "M0 100L1000 0");
        check_line(&[i64::MIN, i64::MAX], "M0 100L1000 0");
    }

    #[test]
    fn a_band_goes_out_along_the_high_and_comes_back_along_the_low() {
        let expected = |values: &[[i64; 3]]| -> Vec<Expected> {
            let one = |values: &[i64; 3]| Expected {
                label: "w".into(),
                values: *values,
                shown: values.map(|v| v.to_string()),
            };
            values.iter().map(one).collect()
        };
        let drawn = |values: &[[i64; 3]]| {
            let line = band(Language::En, "f", "Forecast".into(), &expected(values));
            (line.band.expect("a band").area, line.path)
        };
        assert_eq!(drawn(&[]), (String::new(), String::new()));
        assert_eq!(drawn(&[[0, 0, 0]]), ("M500 50L500 50Z".into(), "M500 50".into()));
        assert_eq!(drawn(&[[5, 10, 20], [0, 5, 10]]), ("M0 0L1000 50L1000 100L0 75Z".into(), "M0 50L1000 75".into()));
    }

    #[test]
    fn the_last_shade_is_the_oldest() {
        let shades = |count: usize| (0..count).map(|n| shade(n, count)).collect::<Vec<_>>();
        assert_eq!(
            (shades(1), shades(2), shades(5), shades(6)),
            (vec![0], vec![0, 5], vec![0, 1, 2, 3, 5], vec![0, 1, 2, 3, 4, 5])
        );
        assert_eq!(shades(9).last(), Some(&5));
    }

    #[test]
    fn what_is_drawn_is_told_and_what_is_typed_is_no_markup() {
        let bar = bar(Language::En, "b", "Ageing & more".into(), &parts(&[0, 0])).to_string();
        for text in ["class=\"none\"", "role=\"img\"", "<desc id=\"b-desc\">b0 &#60;: RWF 0; b1 &#60;: RWF 0</desc>"] {
            assert!(bar.contains(text), "{text}: {bar}");
        }
        let line = line(Language::En, "l", "DSO".into(), &points(&[40, 50])).to_string();
        assert!(line.contains("From m0 (40) to m1 (50); lowest 40, highest 50."), "{line}");
        assert!(line.contains("<td>m1</td><td>50</td>") && !line.contains('↓'), "{line}");
        let longer = super::line(Language::En, "l", "DSO".into(), &points(&[40, 50, 30])).to_string();
        assert!(longer.contains("↓ 30 ↑ 50"), "{longer}");
        for language in Language::ALL {
            let empty = super::line(language, "l", "DSO".into(), &[]).to_string();
            assert!(!empty.contains("chart-") && empty.contains("<desc"), "{empty}");
        }
        let all = [
            bar,
            line,
            columns(Language::En, "c", String::new(), &parts(&[1, -1])).to_string(),
            spark(Language::En, "s".into(), String::new(), &points(&[1, 2])).to_string(),
        ];
        for chart in all {
            assert!(!chart.contains("style=") && !chart.contains("b0 <"), "{chart}");
        }
    }
}
