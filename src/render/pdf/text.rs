//! Text -> lines of positioned glyphs, as plain data: shaping, bidirectional order, font fallback, line breaks.
//!
//! Only the bundled fonts and those handed in are used, never the system's, so the same text gives the same lines
//! everywhere.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::rc::Rc;
use std::sync::Arc;

use parley::fontique::{Blob, Collection, CollectionOptions, FontInfoOverride};
use parley::{FontContext, FontFamily, Layout, LayoutContext, OverflowWrap, PositionedLayoutItem, StyleProperty};
use unicode_segmentation::UnicodeSegmentation;

use super::direction;
use crate::error::{Problem, Result};
use crate::font;

/// Shown for a character that no font has; part of the bundled fonts.
const BOX: char = '\u{25a1}';

/// Size and weight of a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Style {
    /// Size in points.
    pub size: f64,
    /// Semibold instead of regular.
    pub strong: bool,
    /// Line height as a multiple of the size.
    pub leading: f64,
    /// Extra space between letters as a share of the size; negative for large type.
    pub tracking: f64,
}

impl Style {
    /// A text of this size with the usual leading.
    pub const fn new(size: f64, strong: bool) -> Self {
        Self { size, strong, leading: 1.4, tracking: 0.0 }
    }

    /// Height of one line in points.
    pub fn line_height(self) -> f64 {
        self.size * self.leading
    }

    /// From the top of a line down to its baseline: capitals stand in the middle of the line.
    pub fn baseline(self) -> f64 {
        (self.line_height() + self.size * font::CAP_HEIGHT) / 2.0
    }

    /// Width of a text in one line, from the advances of the bundled font: quick, and never too small by more than a
    /// hair for the scripts it has.
    pub fn width(self, text: &str) -> f64 {
        font::width(text, self.size, self.strong)
    }
}

/// How lines are broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Wrap {
    /// As full as possible.
    Full,
    /// Of even length: headings and names.
    Even,
}

/// A line of text; the first glyph stands at x = 0, y = 0 is the baseline.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Line {
    /// Stretches of one font, from left to right.
    pub runs: Vec<Run>,
    /// Width without trailing blanks.
    pub width: f64,
    /// Whether the line ends at the right edge: one of several that run from right to left. A single name stands where
    /// its neighbours stand.
    pub rtl: bool,
    /// What the line says, in reading order, where its glyphs stand in another order; else empty.
    pub said: String,
}

/// Glyphs of one font in one direction.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// Index into [`Shaper::faces`].
    pub face: usize,
    /// Size in points.
    pub size: f64,
    /// The glyphs from left to right.
    pub glyphs: Vec<Glyph>,
    /// What the run says, in reading order.
    pub text: String,
    /// Whether the glyphs alone do not say it: clusters of several glyphs, replaced characters. What runs from right to
    /// left is said by the structure instead, since readers of the page's glyphs expect them as they stand.
    pub needs_text: bool,
}

/// A glyph in its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Glyph {
    /// Its number in the font.
    pub id: u16,
    /// From the start of the line.
    pub x: f64,
    /// Above the baseline.
    pub y: f64,
    /// The part of the run's text it stands for; empty for further glyphs of a cluster.
    pub text: String,
}

/// A font that lines refer to.
#[derive(Clone)]
pub struct Face {
    /// The font file.
    pub data: Blob<u8>,
    /// The face in it, 0 unless it is a collection.
    pub index: u32,
}

type Key = (String, u64, bool, u64, u64, Wrap);

/// Shapes and breaks text.
pub struct Shaper {
    fonts: FontContext,
    layouts: LayoutContext<()>,
    families: [String; 2],
    fallbacks: Vec<Face>,
    faces: Vec<Face>,
    missing: BTreeSet<char>,
    known: BTreeMap<char, bool>,
    cache: BTreeMap<Key, Rc<Vec<Line>>>,
}

impl Shaper {
    /// A shaper with the bundled fonts and `extra` ones, which serve the characters that the bundled ones lack.
    ///
    /// # Errors
    /// `bad-font` where one of `extra` is no font.
    pub fn new(extra: &[Vec<u8>]) -> Result<Self> {
        let mut fonts = FontContext {
            collection: Collection::new(CollectionOptions { shared: false, system_fonts: false }),
            source_cache: Default::default(),
        };
        let mut families = ["regular".to_owned(), "strong".to_owned()];
        let mut faces = Vec::new();
        for (family, bytes) in families.iter().zip([font::REGULAR, font::SEMIBOLD]) {
            let data = Blob::new(Arc::new(bytes));
            register(&mut fonts, data.clone(), family);
            faces.push(Face { data, index: 0 });
        }
        let mut fallbacks = Vec::new();
        for (number, bytes) in extra.iter().enumerate() {
            let family = format!("fallback-{number}");
            let data = Blob::new(Arc::new(bytes.clone()));
            if ttf_parser::Face::parse(bytes, 0).is_err() || !register(&mut fonts, data.clone(), &family) {
                return Err(Problem::new("bad-font", format!("font {} cannot be read", number + 1)).into());
            }
            families.iter_mut().for_each(|list| *list = format!("{list}, {family}"));
            fallbacks.push(Face { data, index: 0 });
        }
        Ok(Self {
            fonts,
            layouts: LayoutContext::new(),
            families,
            fallbacks,
            faces,
            missing: BTreeSet::new(),
            known: BTreeMap::new(),
            cache: BTreeMap::new(),
        })
    }

    /// The fonts that lines refer to by index.
    pub fn faces(&self) -> &[Face] {
        &self.faces
    }

    /// Characters that no font has, so far.
    pub fn missing(&self) -> &BTreeSet<char> {
        &self.missing
    }

    /// The lines of a text, none wider than `width` points unless a single letter is. A text without letters has none.
    pub fn lines(&mut self, text: &str, style: Style, width: f64, wrap: Wrap) -> Rc<Vec<Line>> {
        let key =
            (text.to_owned(), style.size.to_bits(), style.strong, style.tracking.to_bits(), width.to_bits(), wrap);
        if let Some(lines) = self.cache.get(&key) {
            return Rc::clone(lines);
        }
        let lines = Rc::new(self.shape(text, style, width, wrap));
        self.cache.insert(key, Rc::clone(&lines));
        lines
    }

    /// A text in one line, however long.
    pub fn line(&mut self, text: &str, style: Style) -> Line {
        let text = text.replace('\n', " ");
        self.lines(&text, style, f64::INFINITY, Wrap::Full).first().cloned().unwrap_or_default()
    }

    /// A text in one line no wider than `width`; its end gives way to `…`, between letters as a reader sees them.
    pub fn clipped(&mut self, text: &str, style: Style, width: f64) -> Line {
        let line = self.line(text, style);
        if line.width <= width {
            return line;
        }
        let letters: Vec<(usize, &str)> = text.grapheme_indices(true).collect();
        let (mut fits, mut too_long) = (0, letters.len());
        while too_long - fits > 1 {
            let middle = (fits + too_long) / 2;
            if self.line(&shortened(&text[..letters[middle].0]), style).width <= width {
                fits = middle;
            } else {
                too_long = middle;
            }
        }
        self.line(&shortened(&text[..letters[fits].0]), style)
    }

    fn shape(&mut self, text: &str, style: Style, width: f64, wrap: Wrap) -> Vec<Line> {
        let shown = self.shown(text);
        if shown.text.trim().is_empty() {
            return Vec::new();
        }
        let mut builder = self.layouts.ranged_builder(&mut self.fonts, &shown.text, 1.0, false);
        let families = self.families[usize::from(style.strong)].as_str();
        builder.push_default(StyleProperty::FontFamily(FontFamily::Source(families.into())));
        builder.push_default(StyleProperty::FontSize(style.size as f32));
        builder.push_default(StyleProperty::OverflowWrap(OverflowWrap::Anywhere));
        if style.tracking != 0.0 {
            builder.push_default(StyleProperty::LetterSpacing((style.size * style.tracking) as f32));
        }
        let mut layout: Layout<()> = builder.build(&shown.text);
        // A hair of room, so that a text measured to fit does fit.
        let width = (width + 0.05) as f32;
        layout.break_all_lines(width.is_finite().then_some(width));
        if wrap == Wrap::Even && layout.len() > 1 {
            even(&mut layout, width);
        }
        let rtl = layout.is_rtl() && layout.len() > 1;
        layout.lines().map(|line| self.placed(&line, &shown, rtl)).collect()
    }

    fn placed(&mut self, line: &parley::Line<'_, ()>, shown: &Shown, rtl: bool) -> Line {
        let mut runs = Vec::new();
        let mut reversed = false;
        let (mut left, mut right) = (f64::INFINITY, f64::NEG_INFINITY);
        for item in line.items() {
            let PositionedLayoutItem::GlyphRun(glyph_run) = item else { continue };
            let run = glyph_run.run();
            let mut placed = Run {
                face: self.face(run.font()),
                size: f64::from(run.font_size()),
                glyphs: Vec::new(),
                text: String::new(),
                needs_text: false,
            };
            let mut pen = f64::from(glyph_run.offset());
            let mut spans: Vec<Range<usize>> = Vec::new();
            let clusters: Vec<_> = run.visual_clusters().collect();
            for (position, cluster) in clusters.iter().enumerate() {
                let mut span = cluster.text_range();
                if cluster.is_ligature_start() {
                    for next in clusters[position + 1..].iter().take_while(|next| next.is_ligature_continuation()) {
                        span = span.start.min(next.text_range().start)..span.end.max(next.text_range().end);
                    }
                }
                let text = &shown.text[span.clone()];
                if text.contains('\n') || shown.marks.contains(&span.start) {
                    continue;
                }
                let start = pen;
                for (count, glyph) in cluster.glyphs().enumerate() {
                    let text = if count == 0 { text.to_owned() } else { String::new() };
                    placed.needs_text |= count > 0 && !run.is_rtl();
                    placed.glyphs.push(Glyph {
                        id: glyph.id as u16,
                        x: pen + f64::from(glyph.x),
                        y: -f64::from(glyph.y),
                        text,
                    });
                    pen += f64::from(glyph.advance);
                }
                if !text.trim().is_empty() {
                    left = left.min(start);
                    right = right.max(pen);
                }
                spans.push(span);
            }
            spans.sort_by_key(|span| span.start);
            spans.dedup();
            placed.text = spans.iter().map(|span| shown.original(span)).collect();
            placed.needs_text |= spans.iter().any(|span| shown.replaced_in(span));
            reversed |= run.is_rtl();
            if !placed.glyphs.is_empty() {
                runs.push(placed);
            }
        }
        let said = if reversed { shown.original(&line.text_range()).trim().to_owned() } else { String::new() };
        if left > right {
            return Line { rtl, ..Line::default() };
        }
        for glyph in runs.iter_mut().flat_map(|run: &mut Run| &mut run.glyphs) {
            glyph.x -= left;
        }
        Line { runs, width: right - left, rtl, said }
    }

    fn face(&mut self, font: &parley::FontData) -> usize {
        let same = |face: &Face| face.data.id() == font.data.id() && face.index == font.index;
        if let Some(found) = self.faces.iter().position(same) {
            return found;
        }
        self.faces.push(Face { data: font.data.clone(), index: font.index });
        self.faces.len() - 1
    }

    /// The text as it can be set: no controls, no explicit direction overrides, boxes for what no font has.
    fn shown(&mut self, text: &str) -> Shown {
        let text_of = String::with_capacity(text.len());
        let mut shown = Shown { text: text_of, replaced: BTreeMap::new(), marks: BTreeSet::new() };
        let marks = direction::marks(text);
        for (at, letter) in text.char_indices() {
            if marks.binary_search(&at).is_ok() {
                shown.marks.insert(shown.text.len());
                shown.text.push(direction::MARK);
            }
            match letter {
                '\n' | '\u{2028}' | '\u{2029}' => shown.text.push('\n'),
                '\t' | '\u{2000}'..='\u{200a}' | '\u{3000}' => shown.text.push(' '),
                '\u{202a}'..='\u{202e}' => {}
                _ if letter.is_control() => {}
                _ if self.has(letter) => shown.text.push(letter),
                _ if is_invisible(letter) => {}
                _ => {
                    self.missing.insert(letter);
                    shown.replaced.insert(shown.text.len(), letter);
                    shown.text.push(BOX);
                }
            }
        }
        shown
    }

    fn has(&mut self, letter: char) -> bool {
        if letter.is_ascii() {
            return true;
        }
        if let Some(known) = self.known.get(&letter) {
            return *known;
        }
        let bundled = &self.faces[..2];
        let found = bundled.iter().chain(&self.fallbacks).any(|face| {
            ttf_parser::Face::parse(face.data.data(), face.index)
                .is_ok_and(|parsed| parsed.glyph_index(letter).is_some_and(|glyph| glyph.0 != 0))
        });
        self.known.insert(letter, found);
        found
    }
}

/// The text that is set, and which of its characters stand for others.
struct Shown {
    text: String,
    replaced: BTreeMap<usize, char>,
    /// Where marks of direction were put in.
    marks: BTreeSet<usize>,
}

impl Shown {
    fn original(&self, span: &Range<usize>) -> String {
        let letters = self.text[span.clone()].char_indices();
        letters
            .filter(|(at, _)| !self.marks.contains(&(span.start + at)))
            .map(|(at, letter)| self.replaced.get(&(span.start + at)).copied().unwrap_or(letter))
            .collect()
    }

    fn replaced_in(&self, span: &Range<usize>) -> bool {
        self.replaced.range(span.clone()).next().is_some()
    }
}

fn register(fonts: &mut FontContext, data: Blob<u8>, family: &str) -> bool {
    let named = FontInfoOverride {
        family_name: Some(family),
        weight: Some(Default::default()),
        ..FontInfoOverride::default()
    };
    !fonts.collection.register_fonts(data, Some(named)).is_empty()
}

/// Narrows a layout as far as it keeps its number of lines.
fn even(layout: &mut Layout<()>, width: f32) {
    let lines = layout.len();
    let (mut narrow, mut wide) = (width / lines as f32 / 2.0, width);
    for _ in 0..7 {
        let middle = (narrow + wide) / 2.0;
        layout.break_all_lines(Some(middle));
        if layout.len() > lines || layout.width() > middle {
            narrow = middle;
        } else {
            wide = middle;
        }
    }
    layout.break_all_lines(Some(wide));
}

fn shortened(text: &str) -> String {
    format!("{}…", text.trim_end())
}

/// Characters that show nothing by themselves, so that a font without them loses nothing.
fn is_invisible(letter: char) -> bool {
    matches!(letter,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{206f}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0000}'..='\u{e0fff}')
}
