//! What a PDF says of the e-invoice within it: the metadata of Factur-X 1.0 (Technical Appendix, XMP extension schema), without which
//! readers do not look for one. Typst writes none of its own, so that they are put into what it wrote.

/// The namespace of Factur-X in XMP.
const NAMESPACE: &str = "urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#";

/// The properties, with what they mean to a validator of PDF/A.
const PROPERTIES: [(&str, &str); 4] = [
    ("DocumentFileName", "The name of the embedded XML document"),
    ("DocumentType", "The type of the hybrid document in capital letters, e.g. INVOICE or ORDER"),
    ("Version", "The actual version of the standard applying to the embedded XML document"),
    ("ConformanceLevel", "The conformance level of the embedded XML document"),
];

/// The PDF with the properties of the e-invoice of that name and conformance level; `None` where it is not built as our press builds
/// them: one table of references after all objects, and metadata that are not packed.
pub fn declared(pdf: &[u8], file: &str, level: &str) -> Option<Vec<u8>> {
    let start = pdf.windows(14).rposition(|window| window == b"/Type/Metadata")?;
    let schemas =
        start + find(&pdf[start..], b"<pdfaExtension:schemas><rdf:Bag>")? + b"<pdfaExtension:schemas><rdf:Bag>".len();
    let end = schemas + find(&pdf[schemas..], b"</rdf:RDF>")?;
    let length = pdf[..start].windows(8).rposition(|window| window == b"/Length ")? + 8;
    let digits = pdf[length..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let was: usize = std::str::from_utf8(&pdf[length..length + digits]).ok()?.parse().ok()?;
    let (schema, values) = (schema(), values(file, level));
    let now = (was + schema.len() + values.len()).to_string();
    let body = [
        &pdf[..length],
        now.as_bytes(),
        &pdf[length + digits..schemas],
        schema.as_bytes(),
        &pdf[schemas..end],
        values.as_bytes(),
        &pdf[end..],
    ];
    moved(body.concat(), length, now.len() - digits + schema.len() + values.len())
}

/// The PDF with its references to what stands after a place moved by so many bytes.
fn moved(mut pdf: Vec<u8>, after: usize, by: usize) -> Option<Vec<u8>> {
    let tail = pdf.windows(9).rposition(|window| window == b"startxref")?;
    let written = std::str::from_utf8(&pdf[tail..]).ok()?.split_whitespace().nth(1)?.to_owned();
    let table = written.parse::<usize>().ok()? + by;
    if pdf.get(table..table + 4) != Some(b"xref") {
        return None;
    }
    // A line of the table is twenty bytes, of which the first ten are the place.
    let mut line = table + find(&pdf[table..], b" 65535 f")? + 10;
    while let Some(place) = pdf.get(line..line + 18).filter(|entry| entry.ends_with(b" n")) {
        let place: usize = std::str::from_utf8(&place[..10]).ok()?.parse().ok()?;
        if place > after {
            pdf[line..line + 10].copy_from_slice(format!("{:010}", place + by).as_bytes());
        }
        line += 20;
    }
    pdf.truncate(tail);
    pdf.extend_from_slice(format!("startxref\n{table}\n%%EOF").as_bytes());
    Some(pdf)
}

fn find(bytes: &[u8], sought: &[u8]) -> Option<usize> {
    bytes.windows(sought.len()).position(|window| window == sought)
}

fn schema() -> String {
    let property = |(name, means): (&str, &str)| {
        format!(
            "<rdf:li rdf:parseType=\"Resource\"><pdfaProperty:name>{name}</pdfaProperty:name><pdfaProperty:valueType>Text\
             </pdfaProperty:valueType><pdfaProperty:category>external</pdfaProperty:category><pdfaProperty:description>{means}\
             </pdfaProperty:description></rdf:li>"
        )
    };
    let properties: String = PROPERTIES.into_iter().map(property).collect();
    format!(
        "<rdf:li rdf:parseType=\"Resource\"><pdfaSchema:schema>Factur-X PDFA Extension Schema</pdfaSchema:schema>\
         <pdfaSchema:namespaceURI>{NAMESPACE}</pdfaSchema:namespaceURI><pdfaSchema:prefix>fx</pdfaSchema:prefix>\
         <pdfaSchema:property><rdf:Seq>{properties}</rdf:Seq></pdfaSchema:property></rdf:li>"
    )
}

fn values(file: &str, level: &str) -> String {
    format!(
        "<rdf:Description rdf:about=\"\" xmlns:fx=\"{NAMESPACE}\"><fx:DocumentType>INVOICE</fx:DocumentType>\
         <fx:DocumentFileName>{file}</fx:DocumentFileName><fx:Version>1.0</fx:Version>\
         <fx:ConformanceLevel>{level}</fx:ConformanceLevel></rdf:Description>"
    )
}
