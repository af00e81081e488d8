//! Files for archives, PDF/A-2a and PDF/A-3a (ISO 19005): which colours are meant, what the file claims to be, and the
//! report's own data attached to it.

use std::io::Read;

use lopdf::{Dictionary, Object, ObjectId, Stream, dictionary};

use crate::error::{Problem, Result};

/// What a PDF is made to. All are tagged to PDF/UA-1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Standard {
    /// Accessible: PDF/UA-1.
    #[default]
    Ua1,
    /// Accessible and for archives: PDF/A-2a.
    A2a,
    /// The same with the analysis attached as JSON: PDF/A-3a.
    A3a,
}

impl Standard {
    /// The part of PDF/A it claims.
    fn part(self) -> Option<u8> {
        match self {
            Standard::Ua1 => None,
            Standard::A2a => Some(2),
            Standard::A3a => Some(3),
        }
    }

    /// What the metadata say: the claim, and the description of the PDF/UA fields that PDF/A does not know by itself.
    pub(super) fn claim(self) -> String {
        let Some(part) = self.part() else { return String::new() };
        format!(
            "<rdf:Description rdf:about=\"\" xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\">\
             <pdfaid:part>{part}</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance></rdf:Description>\
             <rdf:Description rdf:about=\"\" xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\" \
             xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\" \
             xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">\
             <pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType=\"Resource\">\
             <pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>\
             <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\
             <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>\
             <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType=\"Resource\">\
             <pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>\
             <pdfaProperty:category>internal</pdfaProperty:category>\
             <pdfaProperty:description>The part of ISO 14289 it follows</pdfaProperty:description>\
             </rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"
        )
    }
}

/// Name of the attachment; by it the file is known as ours when it is read back.
const NAME: &str = "gapwise.json";

/// The largest attachment that is read back, unpacked.
const LARGEST: u64 = 64 << 20;

/// Says in the catalogue which colours are meant and, for PDF/A-3a, attaches the data. `date` is a PDF date.
pub(super) fn add(file: &mut lopdf::Document, standard: Standard, data: &[u8], date: &str) -> lopdf::Result<()> {
    if standard.part().is_none() {
        return Ok(());
    }
    let profile = file.add_object(Stream::new(dictionary! { "N" => 3 }, srgb()));
    let intent = dictionary! {
        "Type" => "OutputIntent",
        "S" => "GTS_PDFA1",
        "OutputConditionIdentifier" => Object::string_literal("sRGB"),
        "Info" => Object::string_literal("sRGB IEC61966-2.1"),
        "DestOutputProfile" => profile,
    };
    let attached = (standard == Standard::A3a).then(|| attachment(file, data, date));
    let catalog = file.catalog_mut()?;
    catalog.set("OutputIntents", vec![intent.into()]);
    if let Some(attached) = attached {
        let names = vec![Object::string_literal(NAME), attached.into()];
        catalog.set("Names", dictionary! { "EmbeddedFiles" => dictionary! { "Names" => names } });
        catalog.set("AF", vec![attached.into()]);
    }
    Ok(())
}

fn attachment(file: &mut lopdf::Document, data: &[u8], date: &str) -> ObjectId {
    let params = dictionary! { "Size" => data.len() as i64, "ModDate" => Object::string_literal(date) };
    let stream = file.add_object(Stream::new(
        dictionary! { "Type" => "EmbeddedFile", "Subtype" => "application/json", "Params" => params },
        data.to_vec(),
    ));
    file.add_object(dictionary! {
        "Type" => "Filespec",
        "F" => Object::string_literal(NAME),
        "UF" => Object::string_literal(NAME),
        "AFRelationship" => "Source",
        "Desc" => Object::string_literal("The analysis that this report shows, gapwise/1"),
        "EF" => dictionary! { "F" => stream, "UF" => stream },
    })
}

/// The JSON of a file that says of itself, in plain metadata, that it is a report of ours with its data attached; `None`
/// for all other files, which are not even opened.
pub fn own_data(bytes: &[u8]) -> Option<Vec<u8>> {
    let says = |word: &str| bytes.windows(word.len()).any(|found| found == word.as_bytes());
    let ours = bytes.starts_with(b"%PDF-")
        && bytes.len() as u64 <= LARGEST
        && says("<xmp:CreatorTool>gapwise ")
        && says("<pdfaid:part>3</pdfaid:part>");
    if ours { attached(bytes).ok() } else { None }
}

/// The JSON that a report of ours carries.
///
/// # Errors
/// `no-attachment` where the file is no PDF or carries none of ours; `too-large` where it would unpack to more than is
/// ever attached.
pub fn attached(bytes: &[u8]) -> Result<Vec<u8>> {
    let none = || {
        Problem::new("no-attachment", "the PDF carries no data of a report")
            .hint("only a report made with --pdf-standard a-3a does; else give the spreadsheet or the JSON")
    };
    let file = opened(bytes, BUDGET).ok_or_else(none)?;
    let stream = embedded(&file).ok_or_else(none)?;
    let packed = stream.dict.get(b"Filter").and_then(Object::as_name).ok();
    let mut data = Vec::new();
    match packed {
        // Read to one byte more than allowed, so that nothing unpacks without end.
        Some(b"FlateDecode") => {
            let plain = zip_reader(&stream.content);
            plain.take(LARGEST + 1).read_to_end(&mut data).map_err(|_| none())?;
        }
        Some(_) => return Err(none().into()),
        None => data.extend_from_slice(&stream.content),
    }
    if data.len() as u64 > LARGEST {
        return Err(Problem::new(
            "too-large",
            format!("the data attached unpack to more than {} MiB", LARGEST >> 20),
        )
        .hint("give the spreadsheet or the JSON")
        .into());
    }
    Ok(data)
}

/// What all streams of a file together may unpack to while it is opened.
const BUDGET: usize = 512 << 20;

/// A file whose object streams unpack to no more than the budget, shared out among as many streams as it can hold: the
/// word that begins one stands in the file for each, whatever else is packed.
fn opened(bytes: &[u8], budget: usize) -> Option<lopdf::Document> {
    let streams = bytes.windows(9).filter(|found| found == b"endstream").count();
    let begun = bytes.windows(6).filter(|found| found == b"stream").count();
    let each = budget / begun.saturating_sub(streams).max(streams).max(1);
    let options = lopdf::LoadOptions { max_decompressed_size: Some(each), ..Default::default() };
    lopdf::Document::load_mem_with_options(bytes, options).ok()
}

fn zip_reader(packed: &[u8]) -> impl Read + '_ {
    flate2::read::ZlibDecoder::new(packed)
}

fn embedded(file: &lopdf::Document) -> Option<&Stream> {
    let follow = |object: &'_ Object| -> Option<ObjectId> { object.as_reference().ok() };
    let list = file.catalog().ok()?.get(b"AF").and_then(Object::as_array).ok()?;
    let ours = |spec: &&Dictionary| spec.get(b"F").and_then(Object::as_str).is_ok_and(|name| name == NAME.as_bytes());
    let spec = list.iter().filter_map(|entry| file.get_dictionary(follow(entry)?).ok()).find(ours)?;
    let stream = spec.get(b"EF").and_then(Object::as_dict).ok()?.get(b"F").ok()?;
    file.get_object(follow(stream)?).and_then(Object::as_stream).ok()
}

/// A small sRGB profile (ICC.1:2001-04, version 2): the primaries adapted to D50 and a gamma of 2.2.
fn srgb() -> Vec<u8> {
    let xyz = |values: [f64; 3]| {
        let fixed = values.map(|value| ((value * 65536.0).round() as i32).to_be_bytes()).concat();
        [b"XYZ \0\0\0\0".as_slice(), &fixed].concat()
    };
    let name = b"sRGB IEC61966-2.1\0";
    let mut about = b"desc\0\0\0\0".to_vec();
    about.extend((name.len() as u32).to_be_bytes());
    about.extend(name);
    about.extend([0; 4 + 4 + 2 + 1 + 67]);
    let curve = [b"curv\0\0\0\0".as_slice(), &1_u32.to_be_bytes(), &0x0233_u16.to_be_bytes(), &[0, 0]].concat();
    let tags: [(&[u8; 4], Vec<u8>); 9] = [
        (b"desc", about),
        (b"cprt", b"text\0\0\0\0No copyright, use freely\0".to_vec()),
        (b"wtpt", xyz([0.9642, 1.0, 0.8249])),
        (b"rXYZ", xyz([0.4361, 0.2225, 0.0139])),
        (b"gXYZ", xyz([0.3851, 0.7169, 0.0971])),
        (b"bXYZ", xyz([0.1431, 0.0606, 0.7141])),
        (b"rTRC", curve.clone()),
        (b"gTRC", curve.clone()),
        (b"bTRC", curve),
    ];
    let mut table = (tags.len() as u32).to_be_bytes().to_vec();
    let mut body: Vec<u8> = Vec::new();
    let start = 128 + 4 + 12 * tags.len();
    for (tag, data) in &tags {
        table.extend(*tag);
        table.extend(((start + body.len()) as u32).to_be_bytes());
        table.extend((data.len() as u32).to_be_bytes());
        body.extend(data);
        body.resize(body.len().next_multiple_of(4), 0);
    }
    let mut profile = vec![0; 128];
    profile[0..4].copy_from_slice(&((start + body.len()) as u32).to_be_bytes());
    profile[8..12].copy_from_slice(&[2, 0x40, 0, 0]);
    profile[12..24].copy_from_slice(b"mntrRGB XYZ ");
    // A fixed day of making: 1 January 2026.
    profile[24..36].copy_from_slice(&[0x07, 0xea, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0]);
    profile[36..40].copy_from_slice(b"acsp");
    profile[68..80].copy_from_slice(&xyz([0.9642, 1.0, 0.8249])[8..]);
    [profile, table, body].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_profile_is_of_its_own_length_and_its_tags_lie_inside() {
        let profile = srgb();
        let number = |at: usize| u32::from_be_bytes(profile[at..at + 4].try_into().unwrap()) as usize;
        assert_eq!(number(0), profile.len());
        assert_eq!(&profile[36..40], b"acsp");
        for tag in 0..number(128) {
            let (from, length) = (number(136 + 12 * tag), number(140 + 12 * tag));
            assert!(from % 4 == 0 && from + length <= profile.len(), "tag {tag}");
        }
    }

    /// A report with data attached, made to a standard.
    fn report(standard: Standard) -> Vec<u8> {
        let analysis = crate::report::samples::analysis(&["Testing || Core | 1 | 3", "Data || Core | 2 | 2"]);
        let report = crate::report::compose(&analysis, &Default::default());
        let data = serde_json::to_vec(&analysis).unwrap();
        let options = crate::render::pdf::PdfOptions { standard, data, ..Default::default() };
        crate::render::pdf::pdf(&report, &options).unwrap().bytes
    }

    #[test]
    fn the_archive_carries_the_analysis_it_shows() {
        let bytes = report(Standard::A3a);
        assert!(bytes == report(Standard::A3a), "the same bytes each time");
        let analysis: crate::analysis::Analysis = serde_json::from_slice(&attached(&bytes).unwrap()).unwrap();
        assert_eq!((analysis.ratings.len(), analysis.areas[0].name.as_str()), (2, "Testing"));
        let file = lopdf::Document::load_mem(&bytes).unwrap();
        let metadata = file.catalog().unwrap().get(b"Metadata").and_then(Object::as_reference).unwrap();
        let metadata = file.get_object(metadata).and_then(Object::as_stream).unwrap();
        let xmp = String::from_utf8(metadata.content.clone()).unwrap();
        assert!(xmp.contains("<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>"), "{xmp}");
        assert!(xmp.contains("<pdfuaid:part>1</pdfuaid:part>"), "{xmp}");
        let mut reader = quick_xml::Reader::from_str(&xmp);
        while reader.read_event().unwrap() != quick_xml::events::Event::Eof {}
    }

    #[test]
    fn only_the_third_part_allows_attachments() {
        for (standard, intents) in [(Standard::Ua1, false), (Standard::A2a, true)] {
            let file = lopdf::Document::load_mem(&report(standard)).unwrap();
            let catalog = file.catalog().unwrap();
            assert_eq!(catalog.has(b"OutputIntents"), intents, "{standard:?}");
            assert!(!catalog.has(b"AF") && !catalog.has(b"Names"), "{standard:?}");
        }
    }

    /// A file with one object, packed with so many blanks.
    fn packed(blanks: usize) -> Vec<u8> {
        let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        std::io::Write::write_all(&mut packer, b"5 0 (plain)").unwrap();
        std::io::Write::write_all(&mut packer, &vec![b' '; blanks]).unwrap();
        let packed = packer.finish().unwrap();
        let mut file = b"%PDF-1.7\n".to_vec();
        let start = file.len();
        let head = format!("1 0 obj\n<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length {}>>\n", packed.len());
        file.extend([head.as_bytes(), b"stream\n", &packed, b"\nendstream\nendobj\n"].concat());
        let table = file.len();
        file.extend(format!("xref\n0 2\n0000000000 65535 f \n{start:010} 00000 n \n").as_bytes());
        file.extend(format!("trailer\n<</Size 6/Root 1 0 R>>\nstartxref\n{table}\n%%EOF").as_bytes());
        file
    }

    #[test]
    fn objects_are_unpacked_within_the_budget() {
        let found =
            |blanks: usize| opened(&packed(blanks), 1 << 20).is_some_and(|it| it.objects.contains_key(&(5, 0)));
        assert!(found(1000), "a sound file is read");
        assert!(!found(4 << 20), "one that unpacks without end is not");
    }

    #[test]
    fn a_file_without_our_data_says_what_would_help() {
        let error = attached(b"%PDF-1.7 and no more").unwrap_err();
        assert_eq!(error.0[0].code, "no-attachment");
    }
}
