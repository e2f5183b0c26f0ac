//! Statements printed in a PDF, by a small writer of our own: text at places, as the programs of banks put it.

use std::fmt::Write as _;
use std::io::Write as _;

use formats::{Profile, statement};
use receivables::Currency;

use crate::told;

/// A page: texts with the place of their lower left, in points.
type Page<'t> = Vec<(u16, u16, &'t str)>;

/// How a file is put together.
#[derive(Default, Clone, Copy)]
pub(crate) struct Dress {
    packed: bool,
    /// Objects stand within a stream.
    within: bool,
    rotated: bool,
    /// Two bytes a letter, and a table that says which.
    wide: bool,
    hidden: bool,
}

fn content(page: &Page<'_>, dress: Dress) -> Vec<u8> {
    let mut out = String::from("q 1 0 0 1 0 0 cm BT /F1 9 Tf ");
    if dress.hidden {
        out.push_str("3 Tr ");
    }
    for (x, y, text) in page {
        let place = if dress.rotated { format!("0 1 -1 0 {} {x}", 800 - y) } else { format!("1 0 0 1 {x} {y}") };
        let shown = match dress.wide {
            true => {
                text.chars().fold(String::from("<"), |mut hex, c| {
                    write!(hex, "{:04x}", u32::from(c) + 3).unwrap();
                    hex
                }) + ">"
            }
            false => format!("({})", text.replace('(', "\\(").replace(')', "\\)")),
        };
        writeln!(out, "{place} Tm {shown} Tj").unwrap();
    }
    out.push_str("ET Q");
    // Latin letters, one byte each.
    out.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect()
}

fn stream(entries: &str, bytes: &[u8], packed: bool) -> Vec<u8> {
    let mut body = bytes.to_vec();
    let mut filter = "";
    if packed {
        let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(bytes).unwrap();
        (body, filter) = (encoder.finish().unwrap(), "/Filter /FlateDecode");
    }
    let head = format!("<< {entries} {filter} /Length {} >> stream\n", body.len());
    [head.as_bytes(), &body, b"\nendstream"].concat()
}

const TO_UNICODE: &[u8] = b"begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange \
    1 beginbfrange <0023> <00ff> <0020> endbfrange endcmap";

pub(crate) fn pdf(pages: &[Page<'_>], dress: Dress) -> Vec<u8> {
    let font = match dress.wide {
        true => {
            "<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [<< /DW 500 >>] /ToUnicode 4 0 R >>"
        }
        false => "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    };
    let kids: String = (0..pages.len()).map(|n| format!("{} 0 R ", 10 + 2 * n)).collect();
    let rotate = if dress.rotated { "/Rotate 90" } else { "" };
    let mut small = vec![
        (1, "<< /Type /Catalog /Pages 2 0 R >>".to_owned()),
        (
            2,
            format!(
                "<< /Type /Pages /Kids [{kids}] /Count {} /Resources << /Font << /F1 3 0 R >> >> {rotate} >>",
                pages.len()
            ),
        ),
        (3, font.to_owned()),
    ];
    small.extend((0..pages.len()).map(|n| {
        (10 + 2 * n, format!("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {} 0 R >>", 11 + 2 * n))
    }));
    let mut out = b"%PDF-1.5\n".to_vec();
    let mut put = |number: usize, body: &[u8]| {
        out.extend(format!("{number} 0 obj\n").into_bytes());
        out.extend(body);
        out.extend(b"\nendobj\n");
    };
    put(4, &stream("", TO_UNICODE, dress.packed));
    for (n, page) in pages.iter().enumerate() {
        put(11 + 2 * n, &stream("", &content(page, dress), dress.packed));
    }
    if dress.within {
        let (mut places, mut bodies) = (String::new(), String::new());
        for (number, body) in &small {
            write!(places, "{number} {} ", bodies.len()).unwrap();
            bodies.push_str(body);
            bodies.push(' ');
        }
        let entries = format!("/Type /ObjStm /N {} /First {}", small.len(), places.len());
        put(9, &stream(&entries, format!("{places}{bodies}").as_bytes(), dress.packed));
    } else {
        small.iter().for_each(|(number, body)| put(*number, body.as_bytes()));
    }
    out.extend(b"trailer << /Root 1 0 R >>\n%%EOF");
    out
}

/// Two pages of a bank: heads and feet, a header of two lines that comes again, amounts set to the right, descriptions in
/// several lines, one that goes on over the page, sums carried over.
fn statement_pages() -> Vec<Page<'static>> {
    let head = |page: &'static str| {
        vec![
            (40, 770, "BANQUE DE TEST SA"),
            (400, 770, "Statement of account"),
            (40, 755, "Period 01/08/2026 to 31/08/2026"),
            (280, 20, page),
            (40, 30, "BP 100 Kigali (Rwanda)"),
            // The header.
            (40, 710, "Posting"),
            (40, 700, "Date"),
            (110, 700, "Description"),
            (330, 700, "Debit"),
            (400, 700, "Credit"),
            (480, 700, "Balance"),
        ]
    };
    let mut one = head("Page 1 of 2");
    one.extend([
        (110, 680, "Balance brought forward"),
        (470, 680, "100,000.00"),
        (40, 665, "02/08/2026"),
        (110, 665, "MOMO from UWASE Aline for invoice"),
        (393, 665, "1,180,000.00"),
        (462, 665, "1,280,000.00"),
        (110, 654, "INV-7 of July,"),
        (110, 643, "thank you"),
        (40, 628, "03/08/2026"),
        (110, 628, "Charges"),
        (335, 628, "500.00"),
        (462, 628, "1,279,500.00"),
        (40, 613, "04/08/2026"),
        (110, 613, "Transfer KEZA Hotel which is a long text"),
        (405, 613, "20,500.50"),
        (462, 613, "1,300,000.50"),
    ]);
    let mut two = head("Page 2 of 2");
    two.extend([
        (110, 688, "INV-8"),
        (40, 670, "31/08/2026"),
        (110, 670, "Rent"),
        (321, 670, "1,000,000.00"),
        (470, 670, "300,000.50"),
        (110, 650, "Total"),
        (321, 650, "1,000,500.00"),
        (393, 650, "1,200,500.50"),
        (110, 600, "This statement is correct unless you say otherwise within 30 days."),
    ]);
    vec![one, two]
}

pub(crate) fn sample() -> Vec<u8> {
    pdf(&statement_pages(), Dress { packed: true, within: true, ..Dress::default() })
}

/// The same, with nothing packed.
pub(crate) fn plain() -> Vec<u8> {
    pdf(&statement_pages(), Dress::default())
}

const STATEMENT: &str = "pdf -: USD 100,000.00 → USD 300,000.50\n\
    5 -/- row none - dropped: file-row-of-totals id - ext - from - - | Balance brought forward\n\
    6 2026-08-02/- row in USD 1,180,000.00 booked id - ext - from - - | MOMO from UWASE Aline for invoice INV-7 of July, thank you\n\
    9 2026-08-03/- row out USD 500.00 booked id - ext - from - - | Charges\n\
    10 2026-08-04/- row in USD 20,500.50 booked id - ext - from - - | Transfer KEZA Hotel which is a long text INV-8\n\
    18 2026-08-31/- row out USD 1,000,000.00 booked id - ext - from - - | Rent\n\
    19 -/- row none - dropped: file-row-of-totals id - ext - from - - | Total";

#[test]
fn a_statement_of_several_pages_is_read_in_any_dress() {
    let plain = Dress::default();
    for dress in [
        plain,
        Dress { packed: true, ..plain },
        Dress { packed: true, within: true, ..plain },
        Dress { rotated: true, ..plain },
        Dress { wide: true, packed: true, ..plain },
    ] {
        let found = told(&pdf(&statement_pages(), dress), Currency::USD);
        assert_eq!(found, STATEMENT);
    }
}

/// Words of a header that nobody knows, a profile for them, and places where even that does not help.
#[test]
fn a_profile_says_what_a_header_does_not() {
    let page = |titles: bool| -> Page<'static> {
        let mut page = vec![
            (40, 680, "02.08.26"),
            (100, 680, "Uwase INV-7"),
            (260, 680, "1.180.000,00"),
            (340, 680, "+"),
            (40, 665, "03.08.26"),
            (100, 665, "Avgift"),
            (285, 665, "2,50"),
            (340, 665, "-"),
        ];
        if titles {
            page.extend([(40, 700, "Dag"), (100, 700, "Bilag"), (270, 700, "Summa"), (335, 700, "Slag")]);
        }
        page
    };
    let read = |bytes: &[u8], profile: &str| {
        let profile = Profile::read(profile).unwrap();
        match statement::read(bytes, "EUR".parse().unwrap(), Some(&profile)) {
            Ok(file) => file.statements[0].lines.iter().map(crate::told_line).collect::<Vec<_>>().join("\n"),
            Err(error) => error.to_string(),
        }
    };
    let mapped = "[columns]\non = \"Dag\"\ntext = \"Bilag\"\namount = \"Summa\"\nside = \"Slag\"\n";
    let expected = |first: u64| {
        format!(
            "{first} 2026-08-02/- row in EUR 1,180,000.00 booked id - ext - from - - | Uwase INV-7\n\
             {} 2026-08-03/- row out EUR 2.50 booked id - ext - from - - | Avgift",
            first + 1
        )
    };
    let titled = pdf(&[page(true)], Dress::default());
    assert_eq!(read(&titled, mapped), expected(2));
    let untitled = pdf(&[page(false)], Dress::default());
    let places = "[places]\nDag = [30, 90]\nBilag = [95, 250]\nSumma = [251, 330]\nSlag = [331, 400]\n";
    assert_eq!(read(&untitled, &format!("{mapped}{places}")), expected(1));
    let numbered = "[columns]\non = \"1\"\ntext = \"2\"\namount = \"3\"\nside = \"4\"\n";
    assert_eq!(read(&untitled, numbered), expected(1));
}

/// A date half way down its description: the lines above it stand nearer to it than to the row before.
#[test]
fn lines_go_to_the_row_they_stand_at() {
    let page = vec![
        (40, 700, "Date"),
        (110, 700, "Description"),
        (300, 700, "Amount"),
        (110, 680, "first half"),
        (40, 675, "02/08/2026"),
        (300, 675, "10.00"),
        (110, 670, "second half"),
        (110, 654, "third"),
        (40, 649, "03/08/2026"),
        (300, 649, "20.00"),
        (110, 644, "fourth"),
    ];
    let found = told(&pdf(&[page], Dress::default()), Currency::USD);
    let texts: Vec<&str> = found.lines().filter_map(|line| line.split_once(" | ")).map(|(_, text)| text).collect();
    assert_eq!(texts, ["first half second half", "third fourth"]);
}

#[test]
fn what_cannot_be_read_is_refused() {
    let text = statement_pages();
    let locked =
        String::from_utf8(pdf(&text, Dress::default())).unwrap().replace("/Root 1 0 R", "/Root 1 0 R /Encrypt 3 0 R");
    let unknown = pdf(&text, Dress { wide: true, ..Dress::default() });
    let unknown = String::from_utf8(unknown).unwrap().replace("/ToUnicode", "/ToNothing");
    let deep = format!("%PDF-1.4\n1 0 obj {} endobj", "[".repeat(100_000));
    let circle = "%PDF-1.4 1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj 2 0 obj << /Type /Pages /Kids [2 0 R 2 0 R] >> endobj";
    for (bytes, expected) in [
        (pdf(&[vec![]], Dress::default()), "refused: file-pdf-without-text"),
        (pdf(&text, Dress { hidden: true, ..Dress::default() }), "refused: file-pdf-without-text"),
        (locked.into_bytes(), "refused: file-pdf-password"),
        (unknown.into_bytes(), "refused: file-pdf-letters-unknown"),
        (pdf(&[vec![(40, 700, "A letter, and no table")]], Dress::default()), "refused: file-pdf-without-table"),
        (deep.into_bytes(), "refused: file-pdf-damaged(/Pages)"),
        (circle.as_bytes().to_vec(), "refused: file-pdf-damaged(/Pages)"),
    ] {
        assert_eq!(told(&bytes, Currency::USD), expected);
    }
}

/// A small file that unpacks to gigabytes, and a form that shows itself.
#[test]
fn what_unpacks_without_an_end_is_bounded() {
    let file = |objects: &[(usize, Vec<u8>)]| {
        let mut out = b"%PDF-1.5\n1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj 2 0 obj << /Kids [3 0 R] >> endobj \
            3 0 obj << /Contents 4 0 R /Resources << /XObject << /F 5 0 R >> >> >> endobj\n"
            .to_vec();
        for (number, body) in objects {
            out.extend([format!("{number} 0 obj ").as_bytes(), body, b" endobj\n"].concat());
        }
        out
    };
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    (0..64).for_each(|_| encoder.write_all(&[b' '; 1 << 20]).unwrap());
    let packed = encoder.finish().unwrap();
    let head = format!("<< /Filter /FlateDecode /Length {} >> stream\n", packed.len());
    let bomb = [head.as_bytes(), &packed, b"\nendstream"].concat();
    assert!(bomb.len() < 1 << 20);
    assert_eq!(told(&file(&[(4, bomb)]), Currency::USD), "refused: file-pdf-too-large");
    let shows_itself = [b"/F Do ".repeat(200), vec![b' '; 100_000]].concat();
    let form = stream("/Subtype /Form", &shows_itself, false);
    let content = stream("", &shows_itself, false);
    assert_eq!(told(&file(&[(4, content), (5, form)]), Currency::USD), "refused: file-pdf-too-large");
}
