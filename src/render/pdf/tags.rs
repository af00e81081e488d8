//! The last pass over the file's objects: structure tree, links, outline, metadata. The only file that names lopdf.
//!
//! Built to PDF/UA-1 (ISO 14289-1): everything painted is either part of the structure tree or an artifact, pictures
//! have a text, tables have heads, the language and the title are set.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Object, ObjectId, SaveOptions, Stream, StringFormat, dictionary};
use sha2::{Digest, Sha256};

use super::archive::{self, Standard};
use super::mark::{Area, Document, Mark, Owner};
use super::tree::{Node, NodeId, ROOT, Role, Tree};
use super::write::{Written, utf16};
use crate::error::{Problem, Result};

/// What the file says about itself.
pub struct About<'a> {
    /// Title, shown by viewers instead of the file's name.
    pub title: &'a str,
    /// Language, BCP 47.
    pub lang: &'a str,
    /// ISO date of the report; becomes the file's dates.
    pub date: &'a str,
    /// The program.
    pub generator: &'a str,
    /// What the file is made to.
    pub standard: Standard,
    /// What is attached, where the standard allows it.
    pub data: &'a [u8],
}

/// Adds structure and metadata, and saves the file.
///
/// # Errors
/// `pdf-writer` where the objects are not what the page writer should have made; a fault of this program.
pub fn finish(written: Written, document: &Document, tree: &Tree, about: &About<'_>) -> Result<Vec<u8>> {
    let mut tagger = Tagger::new(written, document, tree);
    tagger
        .run(about)
        .map_err(|error| Problem::new("pdf-writer", format!("the PDF could not be tagged: {error}")))
        .map_err(Into::into)
}

/// Where a node's content stands.
#[derive(Clone, Default)]
struct Content {
    /// Page and number of each marked stretch.
    stretches: Vec<(usize, i64)>,
    /// Page and object of each link.
    links: Vec<(usize, ObjectId)>,
    /// Page and place of a picture.
    area: Option<(usize, Area)>,
    /// What it says in reading order, where glyphs stand in another one; else empty.
    said: Vec<String>,
    /// Whether any of it does.
    reversed: bool,
}

struct Tagger<'a> {
    file: lopdf::Document,
    marked: Vec<Vec<NodeId>>,
    document: &'a Document,
    tree: &'a Tree,
    pages: Vec<ObjectId>,
    /// The object of each node; none for nodes without content.
    nodes: Vec<Option<ObjectId>>,
    content: Vec<Content>,
}

impl<'a> Tagger<'a> {
    fn new(written: Written, document: &'a Document, tree: &'a Tree) -> Self {
        let mut file = written.objects;
        let pages = file.get_pages().into_values().collect();
        let mut content = vec![Content::default(); tree.nodes.len()];
        for (page, nodes) in written.marked.iter().enumerate() {
            for (number, node) in nodes.iter().enumerate() {
                content[*node].stretches.push((page, number as i64));
            }
        }
        for (number, page) in document.pages.iter().enumerate() {
            for (node, area) in &page.block.figures {
                content[*node].area = Some((number, *area));
            }
            for (part, mark) in
                page.block.parts.iter().flat_map(|part| part.marks.iter().map(move |mark| (part, mark)))
            {
                let (Owner::Node(node), Mark::Text { line, .. }) = (part.owner, mark) else { continue };
                content[node].reversed |= !line.said.is_empty();
                content[node].said.push(match line.said.is_empty() {
                    true => line.runs.iter().map(|run| run.text.as_str()).collect(),
                    false => line.said.clone(),
                });
            }
        }
        let nodes = used(tree, &content).into_iter().map(|used| used.then(|| file.new_object_id())).collect();
        Self { file, marked: written.marked, document, tree, pages, nodes, content }
    }

    fn run(&mut self, about: &About<'_>) -> lopdf::Result<Vec<u8>> {
        self.file.version = "1.7".to_owned();
        let parents = self.links_and_parents()?;
        let structure = self.structure(parents);
        let outline = self.outline();
        let metadata = self.metadata(about);
        let catalog = self.file.catalog_mut()?;
        catalog.set("StructTreeRoot", structure);
        catalog.set("MarkInfo", dictionary! { "Marked" => true });
        catalog.set("Lang", Object::string_literal(about.lang));
        catalog.set("ViewerPreferences", dictionary! { "DisplayDocTitle" => true });
        catalog.set("Metadata", metadata);
        catalog.set("PageLabels", dictionary! { "Nums" => vec![0.into(), dictionary! { "S" => "D" }.into()] });
        catalog.remove(b"PageLayout");
        match outline {
            Some(outline) => {
                catalog.set("Outlines", outline);
                catalog.set("PageMode", "UseOutlines");
            }
            None => catalog.set("PageMode", "UseNone"),
        }
        let date = stamp(about.date).unwrap_or_else(|| "D:19700101000000Z".to_owned());
        archive::add(&mut self.file, about.standard, about.data, &date)?;
        self.info(about)?;
        self.join_strings();
        let id = self.identity();
        self.file.trailer.set("ID", vec![id.clone(), id]);
        self.file.compress();
        let options = SaveOptions::builder()
            .use_object_streams(true)
            .use_xref_streams(true)
            .max_objects_per_stream(20_000)
            .compression_level(9)
            .build();
        let mut bytes = Vec::new();
        self.file.save_with_options(&mut bytes, options)?;
        Ok(packed(bytes))
    }

    /// Writes the links of every page; returns what each page's and each link's number in the tree refers to.
    fn links_and_parents(&mut self) -> lopdf::Result<Vec<Object>> {
        let mut numbers: Vec<Object> = Vec::new();
        let mut of_links: Vec<Object> = Vec::new();
        let mut next = self.pages.len() as i64;
        for page in 0..self.pages.len() {
            let nodes = self.marked[page].iter().map(|node| self.object(*node)).collect::<Vec<Object>>();
            let nodes = self.file.add_object(nodes);
            numbers.extend([(page as i64).into(), nodes.into()]);
            let mut annotations: Vec<Object> = Vec::new();
            for link in &self.document.pages[page].block.links {
                let Some((target, y)) = self.document.anchors.get(&link.anchor) else { continue };
                let annotation = self.file.add_object(dictionary! {
                    "Type" => "Annot",
                    "Subtype" => "Link",
                    "Rect" => self.rectangle(link.area),
                    "Border" => vec![0.into(), 0.into(), 0.into()],
                    "F" => 4,
                    "Contents" => string(&link.text),
                    "Dest" => self.destination(*target, *y),
                    "StructParent" => next,
                });
                self.content[link.node].links.push((page, annotation));
                of_links.extend([next.into(), self.object(link.node)]);
                annotations.push(annotation.into());
                next += 1;
            }
            let dictionary = self.file.get_dictionary_mut(self.pages[page])?;
            dictionary.set("StructParents", page as i64);
            dictionary.set("Tabs", "S");
            dictionary.remove(b"TrimBox");
            dictionary.remove(b"CropBox");
            match annotations.is_empty() {
                true => drop(dictionary.remove(b"Annots")),
                false => dictionary.set("Annots", annotations),
            }
        }
        numbers.extend(of_links);
        Ok(numbers)
    }

    fn structure(&mut self, parents: Vec<Object>) -> ObjectId {
        let root = self.file.new_object_id();
        let next = parents.len() as i64 / 2;
        for (number, node) in self.tree.nodes.iter().enumerate() {
            let Some(object) = self.nodes[number] else { continue };
            let parent = if number == ROOT { root.into() } else { self.object(node.parent) };
            let element = self.element(number, node, parent);
            self.file.objects.insert(object, element.into());
        }
        let parents = self.file.add_object(dictionary! { "Nums" => parents });
        let document = self.object(ROOT);
        let element = dictionary! {
            "Type" => "StructTreeRoot",
            "K" => document,
            "ParentTree" => parents,
            "ParentTreeNextKey" => next,
        };
        self.file.objects.insert(root, element.into());
        root
    }

    fn element(&self, number: NodeId, node: &Node, parent: Object) -> Dictionary {
        let content = &self.content[number];
        let own = content.stretches.first().map(|(page, _)| *page);
        let mut kids: Vec<Object> = node.kids.iter().filter_map(|kid| self.nodes[*kid]).map(Object::from).collect();
        kids.extend(content.stretches.iter().map(|(page, stretch)| match Some(*page) == own {
            true => Object::Integer(*stretch),
            false => dictionary! { "Type" => "MCR", "Pg" => self.pages[*page], "MCID" => *stretch }.into(),
        }));
        kids.extend(
            content.links.iter().map(|(page, link)| {
                dictionary! { "Type" => "OBJR", "Pg" => self.pages[*page], "Obj" => *link }.into()
            }),
        );
        let mut element = dictionary! { "S" => node.role.name(), "P" => parent };
        match kids.len() {
            0 => {}
            1 => element.set("K", kids.remove(0)),
            _ => element.set("K", kids),
        }
        if let Some(page) = own {
            element.set("Pg", self.pages[page]);
        }
        // Text in the order it is read in; what is within a picture is said by its description.
        if content.reversed && node.kids.is_empty() && node.role != Role::Figure {
            element.set("ActualText", string(&content.said.join(" ")));
        }
        let scope = |scope: &str| dictionary! { "O" => "Table", "Scope" => scope };
        match node.role {
            Role::ColumnHead => element.set("A", scope("Column")),
            Role::RowHead => element.set("A", scope("Row")),
            Role::Table if !node.alt.is_empty() => {
                element.set("A", dictionary! { "O" => "Table", "Summary" => string(&node.alt) });
            }
            Role::Figure => {
                element.set("Alt", string(&node.alt));
                if let Some((_, area)) = content.area {
                    let attributes =
                        dictionary! { "O" => "Layout", "Placement" => "Block", "BBox" => self.rectangle(area) };
                    element.set("A", attributes);
                }
            }
            _ => {}
        }
        element
    }

    /// The outline, nested by level; `None` where there is nothing to list.
    fn outline(&mut self) -> Option<ObjectId> {
        let document = self.document;
        let entries = &document.outline;
        if entries.is_empty() {
            return None;
        }
        let root = self.file.new_object_id();
        let objects: Vec<ObjectId> = entries.iter().map(|_| self.file.new_object_id()).collect();
        let mut parents: Vec<Option<usize>> = Vec::new();
        let mut open: Vec<usize> = Vec::new();
        let mut children: BTreeMap<Option<usize>, Vec<usize>> = BTreeMap::new();
        for (number, (entry, _, _)) in entries.iter().enumerate() {
            while open.last().is_some_and(|last| entries[*last].0.level >= entry.level) {
                open.pop();
            }
            parents.push(open.last().copied());
            children.entry(open.last().copied()).or_default().push(number);
            open.push(number);
        }
        let object = |number: &usize| objects[*number];
        for (number, (entry, page, y)) in entries.iter().enumerate() {
            let family = &children[&parents[number]];
            let place = family.iter().position(|other| *other == number).expect("a child of its parent");
            let mut item = dictionary! {
                "Title" => string(&entry.title),
                "Parent" => parents[number].as_ref().map_or(root, object),
                "Dest" => self.destination(*page, *y),
            };
            if place > 0 {
                item.set("Prev", object(&family[place - 1]));
            }
            if let Some(next) = family.get(place + 1) {
                item.set("Next", object(next));
            }
            if let Some(own) = children.get(&Some(number)) {
                item.set("First", object(&own[0]));
                item.set("Last", object(&own[own.len() - 1]));
                // Negative: folded until the reader opens it.
                item.set("Count", -(own.len() as i64));
            }
            self.file.objects.insert(objects[number], item.into());
        }
        let top = &children[&None];
        let outline = dictionary! {
            "Type" => "Outlines",
            "First" => object(&top[0]),
            "Last" => object(&top[top.len() - 1]),
            "Count" => top.len() as i64,
        };
        self.file.objects.insert(root, outline.into());
        Some(root)
    }

    /// The XMP packet: title, language, dates, and the claim of PDF/UA-1.
    fn metadata(&mut self, about: &About<'_>) -> ObjectId {
        let (title, lang) = (escaped(about.title), escaped(about.lang));
        let generator = escaped(about.generator);
        let dates = match day(about.date) {
            Some(day) => {
                format!("<xmp:CreateDate>{day}</xmp:CreateDate><xmp:ModifyDate>{day}</xmp:ModifyDate>")
            }
            None => String::new(),
        };
        let packet = format!(
            "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n\
             <x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\
             <rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\
             <rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
             xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\" \
             xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\">\
             <dc:format>application/pdf</dc:format>\
             <dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">{title}</rdf:li></rdf:Alt></dc:title>\
             <dc:language><rdf:Bag><rdf:li>{lang}</rdf:li></rdf:Bag></dc:language>\
             <xmp:CreatorTool>{generator}</xmp:CreatorTool>{dates}\
             <pdf:Producer>{generator}</pdf:Producer>\
             <pdfuaid:part>1</pdfuaid:part>\
             </rdf:Description>{claim}</rdf:RDF></x:xmpmeta>\n<?xpacket end=\"r\"?>",
            claim = about.standard.claim()
        );
        let stream = Stream::new(dictionary! { "Type" => "Metadata", "Subtype" => "XML" }, packet.into_bytes());
        self.file.add_object(stream.with_compression(false))
    }

    /// The older form of the same facts.
    fn info(&mut self, about: &About<'_>) -> lopdf::Result<()> {
        let mut info = dictionary! {
            "Title" => string(about.title),
            "Creator" => string(about.generator),
            "Producer" => string(about.generator),
        };
        if let Some(stamp) = stamp(about.date) {
            info.set("CreationDate", Object::string_literal(stamp.as_str()));
            info.set("ModDate", Object::string_literal(stamp.as_str()));
        }
        let object = self.file.trailer.get(b"Info")?.as_reference()?;
        self.file.objects.insert(object, info.into());
        Ok(())
    }

    /// Joins neighbouring glyph strings in page contents: printpdf writes one a glyph.
    fn join_strings(&mut self) {
        for page in &self.pages {
            for content in self.file.get_page_contents(*page) {
                if let Ok(Object::Stream(stream)) = self.file.get_object_mut(content) {
                    stream.set_plain_content(joined(&stream.content));
                }
            }
        }
    }

    /// An identity that follows from the content.
    fn identity(&self) -> Object {
        let mut hash = Sha256::new();
        for object in self.file.objects.values() {
            match object {
                Object::Stream(stream) => hash.update(&stream.content),
                other => hash.update(format!("{other:?}")),
            }
        }
        Object::String(hash.finalize()[..16].to_vec(), StringFormat::Hexadecimal)
    }

    fn object(&self, node: NodeId) -> Object {
        self.nodes[node].map_or(Object::Null, Object::from)
    }

    /// A box with y upward, as PDF counts.
    fn rectangle(&self, area: Area) -> Vec<Object> {
        let (bottom, top) = (self.document.height - area.y - area.height, self.document.height - area.y);
        [area.x, bottom, area.x + area.width, top].map(number).to_vec()
    }

    fn destination(&self, page: usize, y: f64) -> Vec<Object> {
        // A little room above, so that a heading does not stick to the window's edge.
        let top = (self.document.height - y + 8.0).min(self.document.height);
        vec![self.pages[page].into(), "XYZ".into(), Object::Null, number(top), Object::Null]
    }
}

/// Which nodes have content, own or below them; cells stay even where they are empty.
fn used(tree: &Tree, content: &[Content]) -> Vec<bool> {
    let mut used: Vec<bool> = content.iter().map(|content| !content.stretches.is_empty()).collect();
    used[ROOT] = true;
    for (number, node) in tree.nodes.iter().enumerate().rev() {
        if used[number] {
            used[node.parent] = true;
        }
    }
    for (number, node) in tree.nodes.iter().enumerate() {
        if matches!(node.role, Role::TD | Role::ColumnHead | Role::RowHead) && used[node.parent] {
            used[number] = true;
        }
    }
    used
}

fn string(text: &str) -> Object {
    let clean: String = text.chars().filter(|letter| !letter.is_control()).collect();
    match clean.bytes().all(|byte| (0x20..0x7f).contains(&byte)) {
        true => Object::string_literal(clean),
        false => match doc_encoded(&clean) {
            Some(bytes) => Object::String(bytes, StringFormat::Literal),
            None => Object::String(utf16(&clean), StringFormat::Hexadecimal),
        },
    }
}

/// A text in PDFDocEncoding (ISO 32000-1, annex D.3), a quarter of the size of UTF-16 in hexadecimal; `None` where it
/// holds other letters.
fn doc_encoded(text: &str) -> Option<Vec<u8>> {
    let byte = |letter: char| match letter {
        ' '..='~' => Some(letter as u8),
        '\u{a1}'..='\u{ac}' | '\u{ae}'..='\u{ff}' => Some(letter as u32 as u8),
        '•' => Some(0x80),
        '…' => Some(0x83),
        '—' => Some(0x84),
        '–' => Some(0x85),
        '‹' => Some(0x88),
        '›' => Some(0x89),
        '−' => Some(0x8a),
        '„' => Some(0x8c),
        '“' => Some(0x8d),
        '”' => Some(0x8e),
        '‘' => Some(0x8f),
        '’' => Some(0x90),
        '€' => Some(0xa0),
        _ => None,
    };
    text.chars().map(byte).collect()
}

/// Compresses the list of objects at the end of the file, which lopdf writes plain: each row less the one above it is
/// nearly always the same. A file of another shape stays as it is.
fn packed(bytes: Vec<u8>) -> Vec<u8> {
    list_packed(&bytes).unwrap_or(bytes)
}

fn list_packed(bytes: &[u8]) -> Option<Vec<u8>> {
    let find = |from: usize, word: &[u8]| {
        bytes[from..].windows(word.len()).position(|found| found == word).map(|at| from + at)
    };
    let start = find(bytes.len().checked_sub(64)?, b"startxref")? + b"startxref".len();
    let at: usize = std::str::from_utf8(&bytes[start..]).ok()?.split_whitespace().next()?.parse().ok()?;
    let opened = find(at, b"<<")? + 2;
    let stream = find(opened, b"stream")?;
    let head = std::str::from_utf8(bytes.get(opened..stream)?).ok();
    // The identity in it may be written as bytes; then the list stays plain.
    let head = head?.trim_end().strip_suffix(">>")?;
    let field = |name: &str| head.split_once(name).map(|(_, rest)| rest.trim_start());
    let length: usize = field("/Length")?.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()?;
    let widths = field("/W")?.strip_prefix('[')?.split_once(']')?.0;
    let width: usize = widths.split_whitespace().filter_map(|width| width.parse::<usize>().ok()).sum();
    let body = stream + b"stream".len() + usize::from(bytes[stream + 6] == b'\r') + 1;
    let rows = bytes.get(body..body + length)?;
    if width == 0 || rows.len() % width != 0 || head.contains("/Filter") {
        return None;
    }
    let mut above = vec![0; width];
    let mut differences = Vec::with_capacity(rows.len() + rows.len() / width);
    for row in rows.chunks(width) {
        // 2: each byte less the one above it.
        differences.push(2);
        differences.extend(row.iter().zip(&above).map(|(byte, above): (&u8, &u8)| byte.wrapping_sub(*above)));
        above.copy_from_slice(row);
    }
    let mut packed = Stream::new(Dictionary::new(), differences);
    packed.compress().ok()?;
    let head = head.replacen(&format!("/Length {length}"), &format!("/Length {}", packed.content.len()), 1);
    let mut out = bytes[..opened].to_vec();
    out.extend(head.as_bytes());
    out.extend(format!("/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns {width}>>>>stream\n").into_bytes());
    out.extend(&packed.content);
    out.extend(b"\nendstream\nendobj\n");
    out.extend(format!("startxref\n{at}\n%%EOF").into_bytes());
    Some(out)
}

fn number(value: f64) -> Object {
    Object::Real(((value * 100.0).round() / 100.0) as f32)
}

/// The first ten characters where they are an ISO date, as XMP writes it.
fn day(date: &str) -> Option<String> {
    let day = date.get(..10)?;
    let shape = |(place, byte): (usize, u8)| match place {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    };
    day.bytes().enumerate().all(shape).then(|| format!("{day}T00:00:00Z"))
}

/// The same day as PDF strings write it.
fn stamp(date: &str) -> Option<String> {
    day(date).map(|day| format!("D:{}000000Z", day[..10].replace('-', "")))
}

/// Text for XML: marks escaped, what XML forbids left out.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\u{fffe}' | '\u{ffff}' => {}
            letter if letter.is_control() => {}
            letter => escaped.push(letter),
        }
    }
    escaped
}

/// `[<0001> <0002>-3<0003>]` -> `[<00010002>-3<0003>]`; strings stand in such brackets only.
fn joined(content: &[u8]) -> Vec<u8> {
    let mut out: Vec<u8> = Vec::with_capacity(content.len());
    let mut inside = false;
    for byte in content {
        match byte {
            b'[' => inside = true,
            b']' => inside = false,
            b'<' if inside => {
                let end = out.iter().rposition(|byte| *byte != b' ').map_or(0, |end| end + 1);
                if out[..end].ends_with(b">") {
                    out.truncate(end - 1);
                    continue;
                }
            }
            _ => {}
        }
        out.push(*byte);
    }
    out
}
