//! What kind of paper a file is, by its content. Its name says nothing: whoever sends it chooses the name.

use std::io::Cursor;

/// A kind of file that is kept as a paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Media {
    Pdf,
    Jpeg,
    Png,
    WebP,
    Heic,
    /// Readable text in UTF-8.
    Text,
    Xlsx,
    Docx,
}

impl Media {
    /// Each with its media type and the endings of its names, the usual one first.
    pub const ALL: [(Media, &'static str, &'static [&'static str]); 8] = [
        (Media::Pdf, "application/pdf", &["pdf"]),
        (Media::Jpeg, "image/jpeg", &["jpg", "jpeg"]),
        (Media::Png, "image/png", &["png"]),
        (Media::WebP, "image/webp", &["webp"]),
        (Media::Heic, "image/heic", &["heic", "heif"]),
        (Media::Text, "text/plain", &["txt", "text", "csv", "md", "log"]),
        (Media::Xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", &["xlsx"]),
        (Media::Docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document", &["docx"]),
    ];

    /// The media type, as HTTP writes it.
    pub fn name(self) -> &'static str {
        Media::ALL.iter().find(|(media, ..)| *media == self).map_or("application/octet-stream", |(_, name, _)| name)
    }

    /// The kinds there are, by the usual endings of their names.
    pub fn known() -> String {
        Media::ALL.map(|(_, _, endings)| endings[0]).join(", ")
    }

    /// The name of a file that ends as its content does, without folders and characters that are no text.
    pub fn file_name(self, name: &str) -> String {
        let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
        let plain: String = last.chars().filter(|c| !c.is_control()).collect();
        let plain = plain.trim().trim_start_matches('.');
        let endings = Media::ALL.iter().find(|(media, ..)| *media == self).map_or(&[][..], |(_, _, endings)| *endings);
        let ending = plain.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
        let fits = ending.is_some_and(|ending| endings.contains(&ending.as_str()));
        match (plain.is_empty(), fits, endings.first()) {
            (true, _, Some(ending)) => format!("paper.{ending}"),
            (false, false, Some(ending)) => format!("{plain}.{ending}"),
            _ => plain.to_owned(),
        }
    }
}

/// What the bytes are; `None` for what is no paper: programs, archives, books with macros, nothing at all.
pub fn media(bytes: &[u8]) -> Option<Media> {
    let heic: [&[u8]; 8] = [b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"];
    match bytes {
        [b'%', b'P', b'D', b'F', b'-', ..] => Some(Media::Pdf),
        [0xff, 0xd8, 0xff, ..] => Some(Media::Jpeg),
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Some(Media::Png),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Media::WebP),
        [_, _, _, _, b'f', b't', b'y', b'p', brand @ ..] if heic.iter().any(|h| brand.starts_with(h)) => {
            Some(Media::Heic)
        }
        [b'P', b'K', 3, 4, ..] => office(bytes),
        _ if is_text(bytes) => Some(Media::Text),
        _ => None,
    }
}

/// A workbook or a document by the parts of its archive. Only the list of the parts is read.
fn office(bytes: &[u8]) -> Option<Media> {
    let archive = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
    let parts: Vec<String> = archive.file_names().map(|name| name.map(Into::into)).collect::<Result<_, _>>().ok()?;
    let has = |part: &str| parts.iter().any(|name| name == part);
    if !has("[Content_Types].xml") || parts.iter().any(|name| name.ends_with("vbaProject.bin")) {
        return None;
    }
    if has("xl/workbook.xml") {
        return Some(Media::Xlsx);
    }
    has("word/document.xml").then_some(Media::Docx)
}

fn is_text(bytes: &[u8]) -> bool {
    let odd = |c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{c}');
    std::str::from_utf8(bytes).is_ok_and(|text| !text.trim().is_empty() && !text.contains(odd))
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn archive(parts: &[&str]) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for part in parts {
            zip.start_file(*part, zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(b"<x/>").unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    #[test]
    fn a_paper_is_known_by_its_first_bytes() {
        let cases: [(&[u8], Option<Media>); 14] = [
            (b"%PDF-1.7\n", Some(Media::Pdf)),
            (&[0xff, 0xd8, 0xff, 0xe0, 0, 16], Some(Media::Jpeg)),
            (b"\x89PNG\r\n\x1a\n\0\0", Some(Media::Png)),
            (b"RIFF\x10\0\0\0WEBPVP8 ", Some(Media::WebP)),
            (b"\0\0\0\x18ftypheic\0\0\0\0", Some(Media::Heic)),
            (b"\0\0\0\x18ftypisom\0\0\0\0", None),
            ("Twakiriye imifuka 40 — ibiri yatose\r\n".as_bytes(), Some(Media::Text)),
            (b"", None),
            (b"  \n", None),
            (b"MZ\x90\0\x03\0\0\0", None),
            (b"\x7fELF\x02\x01\x01\0", None),
            (b"\xff\xfe\0h", None),
            (b"GIF89a\x01\0\x01\0", None),
            (b"PK\x03\x04not an archive", None),
        ];
        for (bytes, expected) in cases {
            assert_eq!(media(bytes), expected, "{bytes:?}");
        }
    }

    #[test]
    fn workbooks_and_documents_are_told_from_other_archives() {
        assert_eq!(media(&archive(&["[Content_Types].xml", "xl/workbook.xml"])), Some(Media::Xlsx));
        assert_eq!(media(&archive(&["[Content_Types].xml", "word/document.xml"])), Some(Media::Docx));
        assert_eq!(media(&archive(&["[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"])), None);
        assert_eq!(media(&archive(&["a.exe"])), None);
    }

    #[test]
    fn a_name_ends_as_the_content_does() {
        let cases = [
            ("note.pdf", Media::Pdf, "note.pdf"),
            ("NOTE.PDF", Media::Pdf, "NOTE.PDF"),
            ("photo.jpeg", Media::Jpeg, "photo.jpeg"),
            ("run.exe", Media::Text, "run.exe.txt"),
            ("../../etc/passwd", Media::Text, "passwd.txt"),
            ("C:\\scans\\bon de livraison.pdf", Media::Pdf, "bon de livraison.pdf"),
            ("a\r\nb\".png", Media::Png, "ab\".png"),
            (".htaccess", Media::Text, "htaccess.txt"),
            ("", Media::Heic, "paper.heic"),
        ];
        for (name, media, expected) in cases {
            assert_eq!(media.file_name(name), expected, "{name:?}");
        }
    }
}
