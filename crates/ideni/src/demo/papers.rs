//! Papers made up for invoices: a delivery note as text, an order as a PDF of one page.

use std::fmt::Write;

use super::customers::Party;
use super::town::Bill;

pub fn delivery_note(company: &str, bill: &Bill, party: &Party) -> Vec<u8> {
    let text = format!(
        "DELIVERY NOTE\n\n{company}\nInvoice {}\nDelivered to {}\n\nReceived complete; two cartons wet outside.\n\
         Signed: {}\n",
        bill.number, party.name, party.owner
    );
    text.into_bytes()
}

pub fn order(company: &str, bill: &Bill, party: &Party) -> Vec<u8> {
    let lines = [
        format!("Order of {}", party.name),
        format!("to {company}"),
        format!("Please deliver as on invoice {}, within the week.", bill.number),
        format!("Ordered by {}", party.owner),
    ];
    pdf(&lines)
}

/// One page with a line of text below the other.
fn pdf(lines: &[String]) -> Vec<u8> {
    let shown: String = lines.iter().map(|line| format!("({}) Tj T*\n", escaped(line))).collect();
    let page = format!("BT /F1 12 Tf 18 TL 60 780 Td\n{shown}ET");
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>"
            .to_owned(),
        format!("<< /Length {} >>\nstream\n{page}\nendstream", page.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_owned(),
    ];
    let (mut file, mut places) = ("%PDF-1.4\n".to_owned(), String::new());
    for (n, object) in (1..).zip(&objects) {
        let _ = writeln!(places, "{:010} 00000 n ", file.len());
        let _ = write!(file, "{n} 0 obj\n{object}\nendobj\n");
    }
    let (table, size) = (file.len(), objects.len() + 1);
    let _ = write!(
        file,
        "xref\n0 {size}\n0000000000 65535 f \n{places}trailer\n<< /Size {size} /Root 1 0 R >>\n\
         startxref\n{table}\n%%EOF\n"
    );
    file.into_bytes()
}

/// Text as a string of PDF, in plain letters; what Windows' Western letters lack becomes a question mark.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '(' | ')' | '\\' => out.extend(['\\', c]),
            ' '..='~' => out.push(c),
            '\u{a0}'..='\u{ff}' => {
                let _ = write!(out, "\\{:03o}", u32::from(c));
            }
            _ => out.push('?'),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pdf_knows_where_its_parts_begin() {
        let file = String::from_utf8(pdf(&["Café (new)".to_owned()])).unwrap();
        assert!(file.contains("(Caf\\351 \\(new\\)) Tj"), "{file}");
        let start: usize = file.lines().rev().nth(1).unwrap().parse().unwrap();
        assert!(file[start..].starts_with("xref\n0 6\n"), "{file}");
        for (n, place) in file[start..].lines().skip(3).take(5).enumerate() {
            let at: usize = place[..10].parse().unwrap();
            assert!(file[at..].starts_with(&format!("{} 0 obj", n + 1)), "{place}");
        }
    }
}
