//! Placed pages -> page contents and fonts. With [`super::logo`] the only file that names printpdf.

use std::collections::BTreeMap;
use std::sync::Arc;

use printpdf::{
    Codepoint, Color, CurTransMat, DictItem, ExtendedGraphicsState, ExtendedGraphicsStateId, FontId, FontMetrics,
    LineDashPattern, LinePoint, Op, PaintMode, ParsedFont, PdfDocument, PdfFont, PdfFontHandle, PdfFontMetricsStub,
    PdfPage, PdfSaveOptions, Point, Polygon, PolygonRing, Pt, Rect, TextItem, TextMatrix, WindingOrder,
};

use super::logo;
use super::mark::{Document, Mark, Owner, Page};
use super::text::{Face, Line, Run};
use super::tree::{NodeId, Tree};
use crate::chart::scene::{Form, Stroke};
use crate::error::{Problem, Result};
use crate::theme::{Ink, Rgb, Theme};

/// Distance of the control points of a quarter of a circle, as a share of its radius.
const ARC: f64 = 0.552_284_75;

/// The objects of a file without its structure.
pub struct Written {
    /// The objects, page contents not yet compressed.
    pub objects: lopdf::Document,
    /// For each page, the node of each marked stretch, by number.
    pub marked: Vec<Vec<NodeId>>,
    /// Marks left out because a coordinate was no number.
    pub refused: usize,
}

/// Writes pages and the fonts they use.
///
/// # Errors
/// `pdf-writer` where a font cannot be cut down or the pages cannot be written; a fault of this program.
pub fn write(document: &Document, tree: &Tree, faces: &[Face], theme: &Arc<Theme>) -> Result<Written> {
    let mut writer = Writer::new(tree, faces, theme)?;
    let mut pdf = PdfDocument::new("");
    if let Some((id, image)) = logo::image(theme) {
        pdf.resources.xobjects.map.insert(id, image);
    }
    for page in &document.pages {
        let ops = writer.page(page, document.height);
        let area = Rect::from_wh(Pt(document.width as f32), Pt(document.height as f32));
        pdf.pages.push(PdfPage { media_box: area.clone(), trim_box: area.clone(), crop_box: area, ops });
    }
    for font in &writer.fonts {
        if let Some(parsed) = font.embedded()? {
            pdf.resources.fonts.map.insert(font.id.clone(), PdfFont::new(parsed));
        }
    }
    for percent in &writer.opacities {
        let state = ExtendedGraphicsState::default().with_current_fill_alpha(f32::from(*percent) / 100.0);
        pdf.resources.extgstates.map.insert(state_id(*percent), state);
    }
    let options = PdfSaveOptions { subset_fonts: false, image_optimization: None, ..PdfSaveOptions::default() };
    let mut warnings = Vec::new();
    let objects = pdf.to_lopdf_document(&options, &mut warnings);
    if let Some(first) = warnings.iter().find(|warning| warning.severity == printpdf::PdfParseErrorSeverity::Error) {
        return Err(fault(&first.msg).into());
    }
    Ok(Written { objects, marked: writer.marked, refused: writer.refused })
}

fn fault(what: &str) -> Problem {
    Problem::new("pdf-writer", format!("the PDF could not be written: {what}"))
}

struct Writer<'a> {
    tree: &'a Tree,
    theme: &'a Arc<Theme>,
    fonts: Vec<Font<'a>>,
    opacities: std::collections::BTreeSet<u8>,
    marked: Vec<Vec<NodeId>>,
    refused: usize,
}

/// What the page's state is, so that nothing is set twice.
#[derive(Default)]
struct State {
    height: f64,
    theme: Arc<Theme>,
    ops: Vec<Op>,
    in_text: bool,
    font: Option<(usize, u64)>,
    fill: Option<Ink>,
    line: Option<Ink>,
    thickness: Option<u64>,
    dash: Vec<f64>,
}

impl<'a> Writer<'a> {
    fn new(tree: &'a Tree, faces: &'a [Face], theme: &'a Arc<Theme>) -> Result<Self> {
        let fonts = faces.iter().enumerate().map(|(number, face)| Font::new(number, face)).collect::<Result<_>>()?;
        Ok(Self { tree, theme, fonts, opacities: Default::default(), marked: Vec::new(), refused: 0 })
    }

    fn page(&mut self, page: &Page, height: f64) -> Vec<Op> {
        let mut state = State { height, theme: Arc::clone(self.theme), ..State::default() };
        let mut nodes = Vec::new();
        for part in &page.block.parts {
            let (tag, properties) = match part.owner {
                Owner::Node(node) => {
                    nodes.push(node);
                    let number = DictItem::Int(nodes.len() as i64 - 1);
                    (self.tree.nodes[node].role.name(), BTreeMap::from([("MCID".to_owned(), number)]))
                }
                Owner::Layout => ("Artifact", artifact("Layout", None)),
                Owner::Head => ("Artifact", artifact("Pagination", Some("Header"))),
                Owner::Foot => ("Artifact", artifact("Pagination", Some("Footer"))),
            };
            let properties = DictItem::Dict { map: properties };
            state.ops.push(Op::BeginMarkedContentWithProperties { tag: tag.to_owned(), properties });
            for mark in &part.marks {
                self.mark(mark, &mut state);
            }
            state.end_text();
            state.ops.push(Op::EndMarkedContent);
        }
        self.marked.push(nodes);
        state.ops
    }

    /// The one gate on the way to the page: a mark with a coordinate that is no number is refused here.
    fn mark(&mut self, mark: &Mark, state: &mut State) {
        if !is_finite(mark) {
            self.refused += 1;
            return;
        }
        match mark {
            Mark::Text { x, y, line, ink } => self.text(line, (*x, *y), *ink, state),
            Mark::Shape { form, fill, stroke, opacity } => {
                state.end_text();
                self.shape(form, *fill, stroke.as_ref(), *opacity, state);
            }
            Mark::Logo(area) => {
                state.end_text();
                state.ops.extend(logo::drawn(self.theme, *area, state.height));
            }
            Mark::PageOf { .. } => {}
        }
    }

    fn text(&mut self, line: &Line, (x, y): (f64, f64), ink: Ink, state: &mut State) {
        if line.runs.iter().all(|run| run.glyphs.is_empty()) {
            return;
        }
        if !state.in_text {
            state.ops.push(Op::StartTextSection);
            state.in_text = true;
        }
        state.fill(ink);
        for run in line.runs.iter().filter(|run| !run.glyphs.is_empty()) {
            let font = &mut self.fonts[run.face];
            if state.font != Some((run.face, run.size.to_bits())) {
                state.font = Some((run.face, run.size.to_bits()));
                let font = PdfFontHandle::External(font.id.clone());
                state.ops.push(Op::SetFont { font, size: Pt(run.size as f32) });
            }
            let items = font.items(run);
            if items.needs_text {
                let data = utf16(&run.text);
                let map = BTreeMap::from([("ActualText".to_owned(), DictItem::String { data, literal: false })]);
                let properties = DictItem::Dict { map };
                state.ops.push(Op::BeginMarkedContentWithProperties { tag: "Span".to_owned(), properties });
            }
            for (start, raise, codes) in items.stretches {
                let matrix = TextMatrix::Translate(short(x + start), short(state.height - y + raise));
                state.ops.push(Op::SetTextMatrix { matrix });
                state.ops.push(Op::ShowText { items: vec![TextItem::GlyphIds(codes)] });
            }
            if items.needs_text {
                state.ops.push(Op::EndMarkedContent);
            }
        }
    }

    fn shape(&mut self, form: &Form, fill: Option<Ink>, stroke: Option<&Stroke>, opacity: f64, state: &mut State) {
        let mode = match (fill, stroke) {
            (Some(_), Some(_)) => PaintMode::FillStroke,
            (Some(_), None) => PaintMode::Fill,
            (None, Some(_)) => PaintMode::Stroke,
            (None, None) => return,
        };
        if let Some(ink) = fill {
            state.fill(ink);
        }
        if let Some(stroke) = stroke {
            state.stroke(stroke);
        }
        let see_through = fill.is_some() && opacity < 1.0;
        // A circle leaves early and has no opacity of its own: dots are solid.
        let see_through = see_through && !matches!(form, Form::Circle { .. });
        if see_through {
            let percent = (opacity.max(0.0) * 100.0).round() as u8;
            self.opacities.insert(percent);
            state.ops.push(Op::SaveGraphicsState);
            state.ops.push(Op::LoadGraphicsState { gs: state_id(percent) });
        }
        let at = |x: f64, y: f64| Point { x: short(x), y: short(state.height - y) };
        let corner = |(x, y): (f64, f64)| LinePoint { p: at(x, y), bezier: false };
        let op = match form {
            Form::Path { points, closed } => {
                let points: Vec<LinePoint> = points.iter().copied().map(corner).collect();
                if mode == PaintMode::Stroke {
                    Op::DrawLine { line: printpdf::Line { points, is_closed: *closed } }
                } else {
                    polygon(points, mode)
                }
            }
            Form::Rect { x, y, width, height } => Op::DrawRectangle {
                rectangle: Rect {
                    x: short(*x),
                    y: short(state.height - y - height),
                    width: short(*width),
                    height: short(*height),
                    mode: Some(mode),
                    winding_order: None,
                },
            },
            Form::Circle { center, radius } => {
                // Drawn round the origin, all circles of a size are the same words, which packs to next to nothing.
                let Point { x, y } = at(center.0, center.1);
                state.ops.push(Op::SaveGraphicsState);
                state.ops.push(Op::SetTransformationMatrix { matrix: CurTransMat::Translate(x, y) });
                state.ops.push(polygon(circle(*radius), mode));
                state.ops.push(Op::RestoreGraphicsState);
                return;
            }
            Form::Text { .. } => return,
        };
        state.ops.push(op);
        if see_through {
            state.ops.push(Op::RestoreGraphicsState);
        }
    }
}

impl State {
    fn end_text(&mut self) {
        if std::mem::take(&mut self.in_text) {
            self.ops.push(Op::EndTextSection);
        }
    }

    fn fill(&mut self, ink: Ink) {
        if self.fill != Some(ink) {
            self.fill = Some(ink);
            self.ops.push(Op::SetFillColor { col: colour(self.theme.light(ink)) });
        }
    }

    fn stroke(&mut self, stroke: &Stroke) {
        if self.line != Some(stroke.ink) {
            self.line = Some(stroke.ink);
            self.ops.push(Op::SetOutlineColor { col: colour(self.theme.light(stroke.ink)) });
        }
        if self.thickness != Some(stroke.width.to_bits()) {
            self.thickness = Some(stroke.width.to_bits());
            self.ops.push(Op::SetOutlineThickness { pt: fine(stroke.width) });
        }
        if self.dash != stroke.dash {
            self.dash.clone_from(&stroke.dash);
            let pattern = stroke.dash.iter().map(|length| fine(*length).0).collect();
            self.ops.push(Op::SetLineDashPattern { dash: LineDashPattern { offset: 0.0, pattern } });
        }
    }
}

/// A font and which of its glyphs are used.
struct Font<'a> {
    id: FontId,
    face: &'a Face,
    parsed: ttf_parser::Face<'a>,
    subset: subsetter::GlyphRemapper,
    /// What each glyph of the subset stands for.
    texts: BTreeMap<u16, String>,
}

/// Glyphs ready to be shown: where each stretch starts, how far it is raised, and its codes.
struct Items {
    stretches: Vec<(f64, f64, Vec<Codepoint>)>,
    needs_text: bool,
}

impl<'a> Font<'a> {
    fn new(number: usize, face: &'a Face) -> Result<Self> {
        let parsed =
            ttf_parser::Face::parse(face.data.data(), face.index).map_err(|error| fault(&error.to_string()))?;
        // Not F1 to F14: printpdf takes those for its built-in fonts.
        let id = FontId(format!("T{number}"));
        Ok(Self { id, face, parsed, subset: subsetter::GlyphRemapper::new(), texts: BTreeMap::new() })
    }

    /// Advance in thousandths of an em as the file states it: whole numbers, cut off as printpdf does.
    fn advance(&self, glyph: u16) -> f64 {
        let units = self.parsed.glyph_hor_advance(ttf_parser::GlyphId(glyph)).unwrap_or(0);
        (f64::from(units) * 1000.0 / f64::from(self.parsed.units_per_em())).trunc()
    }

    fn items(&mut self, run: &Run) -> Items {
        let mut items = Items { stretches: Vec::new(), needs_text: run.needs_text };
        let scale = 1000.0 / run.size;
        let mut pen = 0.0;
        for glyph in &run.glyphs {
            let code = self.subset.remap(glyph.id);
            let text = glyph.text.replace(['\u{a0}', '\u{202f}'], " ");
            let known = self.texts.entry(code).or_insert_with(|| text.clone());
            items.needs_text |= *known != text;
            let point = Codepoint::with_cid(code, 0.0, known.clone());
            let at = (glyph.x * scale, glyph.y);
            match items.stretches.last_mut() {
                Some((_, raise, codes)) if *raise == at.1 => {
                    // Whole thousandths; less than five of them, a 25th of a point in running text, nobody can see.
                    let back = (pen - at.0).round();
                    if back.abs() >= 5.0 {
                        let last = codes.last_mut().expect("a stretch starts with a glyph");
                        last.offset = back as f32;
                        pen -= back;
                    }
                    codes.push(point);
                }
                _ => {
                    items.stretches.push((glyph.x, at.1, vec![point]));
                    pen = at.0;
                }
            }
            pen += self.advance(glyph.id);
        }
        items
    }

    /// The font with the glyphs used, `None` where none is.
    fn embedded(&self) -> Result<Option<ParsedFont>> {
        if self.texts.is_empty() {
            return Ok(None);
        }
        let program = subsetter::subset(self.face.data.data(), self.face.index, &self.subset)
            .map_err(|error| fault(&error.to_string()))?;
        let glyphs = self.subset.remapped_gids();
        let widths = glyphs
            .enumerate()
            .map(|(new, old)| (new as u16, self.parsed.glyph_hor_advance(ttf_parser::GlyphId(old)).unwrap_or(0)))
            .collect();
        let units = self.parsed.units_per_em();
        let metrics = FontMetrics { ascent: self.parsed.ascender(), descent: self.parsed.descender() };
        let mut font =
            ParsedFont::with_glyph_data(program, 0, Some(self.name()), BTreeMap::new(), widths, units, metrics);
        let bounds = self.parsed.global_bounding_box();
        font.pdf_font_metrics = PdfFontMetricsStub {
            units_per_em: units,
            x_min: bounds.x_min,
            y_min: bounds.y_min,
            x_max: bounds.x_max,
            y_max: bounds.y_max,
            us_weight_class: self.parsed.weight().to_number(),
            ..PdfFontMetricsStub::default()
        };
        Ok(Some(font))
    }

    /// `ABCDEF+Name`: six letters that follow from the glyphs, as the standard asks of a subset.
    fn name(&self) -> String {
        let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
        for glyph in self.subset.remapped_gids() {
            hash = (hash ^ u64::from(glyph)).wrapping_mul(0x0100_0000_01b3);
        }
        let tag: String = (0..6).map(|letter| char::from(b'A' + ((hash >> (letter * 8)) % 26) as u8)).collect();
        let names = self.parsed.names().into_iter();
        let name = names.filter(|name| name.name_id == ttf_parser::name_id::POST_SCRIPT_NAME && name.is_unicode());
        let name = name.filter_map(|name| name.to_string()).next().unwrap_or_else(|| "Font".to_owned());
        let name: String = name.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
        format!("{tag}+{name}")
    }
}

fn artifact(kind: &str, subtype: Option<&str>) -> BTreeMap<String, DictItem> {
    let name = |text: &str| DictItem::Name(text.as_bytes().to_vec());
    let mut map = BTreeMap::from([("Type".to_owned(), name(kind))]);
    map.extend(subtype.map(|subtype| ("Subtype".to_owned(), name(subtype))));
    map
}

fn state_id(percent: u8) -> ExtendedGraphicsStateId {
    ExtendedGraphicsStateId(format!("A{percent}"))
}

/// A text as PDF strings carry it outside page contents: UTF-16 with its mark.
pub fn utf16(text: &str) -> Vec<u8> {
    [0xfe, 0xff].into_iter().chain(text.encode_utf16().flat_map(u16::to_be_bytes)).collect()
}

fn is_finite(mark: &Mark) -> bool {
    let all = |values: &[f64]| values.iter().all(|value| value.is_finite() && value.abs() < 1e5);
    match mark {
        Mark::Text { x, y, line, .. } => {
            let glyphs = line.runs.iter().flat_map(|run| &run.glyphs);
            all(&[*x, *y]) && glyphs.into_iter().all(|glyph| all(&[glyph.x, glyph.y]))
        }
        Mark::Shape { form, stroke, opacity, .. } => {
            let stroke_is = |stroke: &Stroke| all(&[stroke.width]) && all(&stroke.dash);
            let form = match form {
                Form::Path { points, .. } => points.iter().all(|(x, y)| all(&[*x, *y])),
                Form::Circle { center, radius } => all(&[center.0, center.1, *radius]),
                Form::Rect { x, y, width, height } => all(&[*x, *y, *width, *height]),
                Form::Text { .. } => true,
            };
            form && opacity.is_finite() && stroke.as_ref().is_none_or(stroke_is)
        }
        Mark::Logo(area) => all(&[area.x, area.y, area.width, area.height]),
        Mark::PageOf { .. } => true,
    }
}

/// A place: tenths of a point, a thirtieth of a millimetre, are finer than any eye, and fewer digits pack better.
fn short(value: f64) -> Pt {
    Pt(((value * 10.0).round() / 10.0) as f32)
}

/// A size, where a tenth would show: thickness, radius.
pub(super) fn fine(value: f64) -> Pt {
    Pt(((value * 100.0).round() / 100.0) as f32)
}

pub(super) fn colour(light: Rgb) -> Color {
    let part = |value: u8| (f32::from(value) / 255.0 * 1000.0).round() / 1000.0;
    Color::Rgb(printpdf::Rgb { r: part(light.0), g: part(light.1), b: part(light.2), icc_profile: None })
}

fn polygon(points: Vec<LinePoint>, mode: PaintMode) -> Op {
    Op::DrawPolygon {
        polygon: Polygon { rings: vec![PolygonRing { points }], mode, winding_order: WindingOrder::NonZero },
    }
}

fn circle(radius: f64) -> Vec<LinePoint> {
    let at = |x: f64, y: f64| Point { x: fine(x), y: fine(y) };
    let arm = radius * ARC;
    let quarters = [
        [(radius, arm), (arm, radius), (0.0, radius)],
        [(-arm, radius), (-radius, arm), (-radius, 0.0)],
        [(-radius, -arm), (-arm, -radius), (0.0, -radius)],
        [(arm, -radius), (radius, -arm), (radius, 0.0)],
    ];
    let start = LinePoint { p: at(radius, 0.0), bezier: false };
    let rest = quarters.iter().flat_map(|quarter| {
        quarter.iter().enumerate().map(|(n, (dx, dy))| LinePoint { p: at(*dx, *dy), bezier: n < 2 })
    });
    std::iter::once(start).chain(rest).collect()
}
