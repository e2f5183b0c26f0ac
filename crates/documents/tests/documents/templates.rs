//! Templates of a company: they replace ours, their faults can be mended by a person, and they see nothing but the paper.

use documents::{Document, Paper, Press, PrintError, TEMPLATES, TemplateFault};

use crate::{PRESS, papers, print, reader};

/// What a press with one other template says.
fn check(name: &str, text: &str, document: &Document) -> Result<String, Vec<TemplateFault>> {
    match PRESS.with_templates([(name, text)]).expect("a press").print(document, Paper::A4) {
        Ok(pdf) => Ok(reader::text(&pdf)),
        Err(PrintError::Templates(faults)) => Err(faults),
        Err(other) => panic!("{other}"),
    }
}

fn ours(name: &str) -> &'static str {
    TEMPLATES.iter().find(|(known, _)| *known == name).expect("a template of ours").1
}

#[test]
fn a_company_changes_what_it_likes() {
    let look = ours("look.typ").replace("title: 21pt", "title: 9pt");
    let changed = PRESS.with_templates([("look.typ", look)]).expect("a press");
    let document = papers::receipt();
    assert_ne!(changed.print(&document, Paper::A4), PRESS.print(&document, Paper::A4));
    assert_eq!(changed.print(&document, Paper::A5), PRESS.print(&document, Paper::A5), "A5 has its own title");

    let slip = "#let receipt(sheet, body) = [Asante, #body.from.name: #body.amount.]";
    let text = check("receipt.typ", slip, &document).expect("a paper");
    assert!(text.contains("Asante, Habimana & Sons Construction Ltd: RWF 2,000,000."), "{text}");

    let own = [
        ("house.typ", "#let motto = [Building since 1994]"),
        ("letter.typ", "#import \"house.typ\": motto\n#let letter(sheet, body) = motto"),
    ];
    let press = PRESS.with_templates(own).expect("a press");
    assert!(reader::text(&press.print(&papers::letter(), Paper::A4).expect("a paper")).contains("Building since 1994"));
}

#[test]
fn a_broken_template_says_where_and_why() {
    let broken = ours("receipt.typ").replace("body.amount),", "body.amuont),");
    let line = broken.lines().position(|line| line.contains("amuont")).expect("the line") + 1;
    let faults = check("receipt.typ", &broken, &papers::receipt()).expect_err("faults");
    assert_eq!((faults[0].file.as_str(), faults[0].line), ("receipt.typ", line));
    assert!(faults[0].message.contains("amuont"), "{faults:?}");
    let said = PrintError::Templates(faults).to_string();
    assert!(said.starts_with(&format!("receipt.typ, line {line}, column ")), "{said}");

    let faults =
        check("letter.typ", "#let letter(sheet, body) = {\n  [unclosed\n}", &papers::letter()).expect_err("faults");
    assert!(faults.iter().any(|fault| (fault.file.as_str(), fault.line) == ("letter.typ", 2)), "{faults:?}");
    let faults = check("letter.typ", "#let lettre = none", &papers::letter()).expect_err("faults");
    assert_eq!((faults[0].file.as_str(), faults[0].line), ("main.typ", 11), "{faults:?}");
}

#[test]
fn a_template_without_end_is_stopped() {
    for endless in [
        "#let letter(sheet, body) = { while true { } }",
        "#let letter(sheet, body) = letter(sheet, body)",
        "#let deep(n) = deep(n + 1)\n#let letter(sheet, body) = deep(0)",
    ] {
        assert!(!check("letter.typ", endless, &papers::letter()).expect_err("faults")[0].message.is_empty());
    }
}

#[test]
fn a_template_reads_no_file_no_package_and_no_clock() {
    for reading in [
        "read(\"/etc/passwd\")",
        "read(\"../../../../etc/passwd\")",
        "read(\"Cargo.toml\")",
        "image(\"https://example.com/a.png\")",
        "{ import \"@preview/cetz:0.3.4\": canvas; canvas }",
        "{ import \"@local/house:1.0.0\" }",
        "datetime.today()",
        "plugin(\"/print.json\")",
    ] {
        let template = format!("#let letter(sheet, body) = {reading}");
        assert!(check("letter.typ", &template, &papers::letter()).is_err(), "{reading}");
    }
}

#[test]
fn a_name_that_leads_out_or_to_the_frame_is_refused() {
    for name in ["../main.typ", "", "print.typ", "/print.typ", "./print.typ", "a/../print.typ"] {
        let refused = PRESS.with_templates([(name, "")]).err();
        assert_eq!(refused, Some(PrintError::TemplateName { name: name.into() }), "{name:?}");
    }
}

#[test]
fn presses_of_two_companies_do_not_mix() {
    let of = |name: &str| {
        PRESS.with_templates([("letter.typ", format!("#let letter(sheet, body) = [{name}]"))]).expect("a press")
    };
    let (one, two): (Press, Press) = (of("Inzozi"), of("Umurage"));
    for _ in 0..2 {
        for (press, name) in [(&one, "Inzozi"), (&two, "Umurage")] {
            let text = reader::text(&press.print(&papers::letter(), Paper::A4).expect("a paper"));
            assert_eq!(text.contains("Umurage"), name == "Umurage", "{text}");
        }
    }
}

#[test]
fn a_logo_is_printed_and_what_is_none_is_refused() {
    let logo = include_bytes!("../../samples/logo.svg").to_vec();
    let press = PRESS.with_logo(logo).expect("a logo");
    let document = papers::receipt();
    let (with, without) = (press.print(&document, Paper::A4).expect("a paper"), print(&document, Paper::A4));
    let dark = |pdf: &[u8]| {
        let page = reader::rasters(pdf).remove(0);
        // A band 20 to 34 mm below the edge, left half: only a logo is there.
        (160..270).flat_map(|y| (0..page.width / 2).map(move |x| (x, y))).filter(|(x, y)| page.dark(*x, *y)).count()
    };
    assert!(dark(&with) > 2_000 && dark(&without) == 0, "{} and {}", dark(&with), dark(&without));
    for none in [&b""[..], b"GIF89a", b"<svg>", b"%PDF-1.7"] {
        let refused = PRESS.with_logo(none.to_vec()).err();
        assert!(matches!(refused, Some(PrintError::Logo { .. })), "{refused:?}");
    }
    let spy = br#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><image href="file:///etc/hostname" width="9" height="9"/></svg>"#;
    let refused = PRESS.with_logo(spy.to_vec()).err();
    assert!(refused.is_none() || matches!(refused, Some(PrintError::Logo { .. })), "{refused:?}");
}
