//! The look of a workbook that is written: formats, column widths, print set-up, and the few ways a cell is filled.
//!
//! Text goes in as text whatever it begins with, so nothing that stands in a client's sheet can become a formula. Every
//! formula carries the result that the program computed, for viewers that do not calculate.

use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Formula, Workbook, Worksheet, XlsxError,
};

use crate::error::{Problem, Problems};
use crate::theme::{Ink, Rgb};

/// The most text one cell takes; what is longer ends with an ellipsis.
const MAX_TEXT: usize = 32_767;

/// The colour of an ink on white.
pub fn color(ink: Ink) -> Color {
    let Rgb(red, green, blue) = ink.light();
    Color::RGB(u32::from(red) << 16 | u32::from(green) << 8 | u32::from(blue))
}

/// All cell formats of a workbook.
pub struct Style {
    /// The title of a sheet.
    pub title: Format,
    /// A line below the title.
    pub lead: Format,
    /// A heading within a sheet.
    pub heading: Format,
    /// Head of a column of text.
    pub head: Format,
    /// Head of a column of numbers.
    pub head_number: Format,
    /// The first cell of a row.
    pub name: Format,
    /// Text that wraps.
    pub text: Format,
    /// Text that stays on one line, muted: ids, cells.
    pub code: Format,
    /// A mean, one decimal.
    pub mean: Format,
    /// A level or a weight as it was given.
    pub level: Format,
    /// A gap as a mean, with its sign.
    pub gap: Format,
    /// The gap of one rating, with its sign.
    pub level_gap: Format,
    /// A share, shown as a percentage.
    pub percent: Format,
    /// A count.
    pub count: Format,
    /// A day.
    pub date: Format,
    /// A word beside a number: a little apart from it.
    pub word: Format,
    /// Running text without a rule below it.
    pub plain: Format,
}

impl Default for Style {
    fn default() -> Self {
        let base = Format::new().set_font_size(10).set_font_color(color(Ink::Text)).set_align(FormatAlign::Top);
        let cell = base.clone().set_border_bottom(FormatBorder::Thin).set_border_bottom_color(color(Ink::Grid));
        let head = Format::new()
            .set_font_size(10)
            .set_bold()
            .set_font_color(color(Ink::OnDark))
            .set_background_color(color(Ink::Current))
            .set_align(FormatAlign::Bottom)
            .set_text_wrap();
        let right = |format: &Format, shown: &str| format.clone().set_align(FormatAlign::Right).set_num_format(shown);
        Self {
            title: base.clone().set_font_size(18).set_bold().set_font_color(color(Ink::Current)),
            lead: base.clone().set_font_color(color(Ink::Muted)),
            heading: base.clone().set_font_size(12).set_bold().set_align(FormatAlign::Bottom),
            head_number: head.clone().set_align(FormatAlign::Right),
            head,
            name: cell.clone().set_bold().set_text_wrap(),
            text: cell.clone().set_text_wrap(),
            code: cell.clone().set_font_color(color(Ink::Muted)),
            mean: right(&cell, MEAN),
            level: right(&cell, LEVEL),
            gap: right(&cell, GAP),
            level_gap: right(&cell, LEVEL_GAP),
            percent: right(&cell, "0%"),
            count: right(&cell, "0"),
            date: cell.clone().set_align(FormatAlign::Left).set_num_format("yyyy-mm-dd"),
            word: cell.clone().set_align(FormatAlign::Left).set_indent(1),
            plain: base.set_text_wrap(),
        }
    }
}

/// A mean: one decimal, a real minus.
const MEAN: &str = "0.0;\"\u{2212}\"0.0;0.0";
/// A level as given.
const LEVEL: &str = "General;\"\u{2212}\"General;0";
/// A gap as a mean.
const GAP: &str = "+0.0;\"\u{2212}\"0.0;0.0";
/// The gap of one rating.
const LEVEL_GAP: &str = "\"+\"General;\"\u{2212}\"General;0";

/// A workbook with its title and a date that never depends on the clock.
pub fn workbook(title: &str, date: &str, generator: &str) -> Workbook {
    let mut book = Workbook::new();
    let day = day(date).or_else(|| ExcelDateTime::from_ymd(2000, 1, 1).ok());
    let mut properties = DocProperties::new().set_title(shorten(title, 255)).set_author(generator);
    if let Some(day) = day {
        properties = properties.set_creation_datetime(&day);
    }
    book.set_properties(&properties);
    book
}

/// An ISO date that a spreadsheet can hold as a day.
pub fn day(text: &str) -> Option<ExcelDateTime> {
    let date: jiff::civil::Date = text.parse().ok().filter(|_| text.len() == 10)?;
    let part = |number: i8| u8::try_from(number).ok();
    ExcelDateTime::from_ymd(u16::try_from(date.year()).ok()?, part(date.month())?, part(date.day())?).ok()
}

/// Text cut to what one cell takes.
pub fn shorten(text: &str, most: usize) -> String {
    match text.chars().nth(most) {
        None => text.to_owned(),
        Some(_) => text.chars().take(most - 1).chain(['…']).collect(),
    }
}

/// A formula with its result; the text of an unknown one is `unknown`.
pub fn formula(text: String, result: Option<f64>, unknown: &str) -> Formula {
    Formula::new(text).set_result(result.map_or_else(|| unknown.to_owned(), |number| number.to_string()))
}

/// A reference into a sheet: `'Areas'!$A$5:$A$9`.
pub fn area(sheet: &str, first: (u32, u16), last: (u32, u16)) -> String {
    let range = rust_xlsxwriter::utility::cell_range_absolute(first.0, first.1, last.0, last.1);
    format!("'{}'!{range}", sheet.replace('\'', "''"))
}

/// The letters of a column: `D`.
pub fn column(col: u16) -> String {
    rust_xlsxwriter::utility::column_number_to_name(col)
}

/// A cell within its sheet: `D5`.
pub fn cell(row: u32, col: u16) -> String {
    rust_xlsxwriter::utility::row_col_to_cell(row, col)
}

/// Fills the cells of a sheet, remembering the first fault, which is one of ours.
pub struct Cells<'a> {
    /// The sheet.
    pub sheet: &'a mut Worksheet,
    fault: Option<XlsxError>,
}

impl<'a> Cells<'a> {
    /// Cells of a sheet.
    pub fn new(sheet: &'a mut Worksheet) -> Self {
        Self { sheet, fault: None }
    }

    /// Writes text; empty text leaves a formatted blank.
    pub fn text(&mut self, row: u32, col: u16, text: &str, format: &Format) {
        let text = shorten(text, MAX_TEXT);
        let done = match text.is_empty() {
            true => self.sheet.write_blank(row, col, format).map(drop),
            false => self.sheet.write_string_with_format(row, col, text, format).map(drop),
        };
        self.keep(done);
    }

    /// Writes a number, or text in its place where it is unknown.
    pub fn number(&mut self, row: u32, col: u16, number: Option<f64>, unknown: &str, format: &Format) {
        match number {
            Some(number) => {
                let done = self.sheet.write_number_with_format(row, col, number, format).map(drop);
                self.keep(done);
            }
            None => self.text(row, col, unknown, format),
        }
    }

    /// Writes a formula with its result.
    pub fn formula(&mut self, row: u32, col: u16, formula: Formula, format: &Format) {
        let done = self.sheet.write_formula_with_format(row, col, formula, format).map(drop);
        self.keep(done);
    }

    /// Writes a day as a day, other text as text.
    pub fn day(&mut self, row: u32, col: u16, text: &str, style: &Style) {
        match day(text) {
            Some(day) => {
                let done = self.sheet.write_datetime_with_format(row, col, &day, &style.date).map(drop);
                self.keep(done);
            }
            None => self.text(row, col, text, &style.text),
        }
    }

    /// Widths of the columns from the first one on, in characters.
    pub fn widths(&mut self, widths: impl IntoIterator<Item = f64>) {
        for (col, width) in (0..).zip(widths) {
            let done = self.sheet.set_column_width(col, width).map(drop);
            self.keep(done);
        }
    }

    /// The height of a row, in points.
    pub fn height(&mut self, row: u32, points: f64) {
        let done = self.sheet.set_row_height(row, points).map(drop);
        self.keep(done);
    }

    /// A row high enough for these texts, each in a column of that many characters.
    pub fn fit<'t>(&mut self, row: u32, texts: impl IntoIterator<Item = (&'t str, f64)>) {
        let most = texts.into_iter().map(|(text, width)| lines(text, width)).max().unwrap_or(1);
        if most > 1 {
            self.height(row, (most as f64 * LINE + 3.0).min(MAX_HEIGHT));
        }
    }

    /// Keeps rows above `row` and columns left of `col` in sight, on the screen and on every printed page.
    pub fn freeze(&mut self, row: u32, col: u16, repeat_from: u32) {
        let done = self.sheet.set_freeze_panes(row, col).map(drop);
        self.keep(done);
        if row > repeat_from {
            let done = self.sheet.set_repeat_rows(repeat_from, row - 1).map(drop);
            self.keep(done);
        }
        if col > 0 {
            let done = self.sheet.set_repeat_columns(0, col - 1).map(drop);
            self.keep(done);
        }
    }

    /// Print set-up: one page wide, as many long as it takes; title in the head, page numbers in the foot.
    pub fn print(&mut self, title: &str, landscape: bool, letter: bool) {
        let title = shorten(title, 80).replace('&', "&&");
        self.sheet
            .set_paper_size(if letter { 1 } else { 9 })
            .set_print_fit_to_pages(1, 0)
            .set_margins(0.5, 0.5, 0.8, 0.7, 0.3, 0.3);
        self.sheet.set_header(format!("&L&9{title}&R&9&A")).set_footer("&R&9&P / &N");
        match landscape {
            true => self.sheet.set_landscape(),
            false => self.sheet.set_portrait(),
        };
        self.sheet.set_screen_gridlines(false);
    }

    /// Does something to the sheet that can fail.
    pub fn with(&mut self, work: impl FnOnce(&mut Worksheet) -> Result<(), XlsxError>) {
        let done = work(self.sheet);
        self.keep(done);
    }

    fn keep(&mut self, done: Result<(), XlsxError>) {
        if let Err(fault) = done {
            self.fault.get_or_insert(fault);
        }
    }

    /// The end of the sheet.
    ///
    /// # Errors
    /// The first fault.
    pub fn done(self) -> Result<(), XlsxError> {
        match self.fault {
            Some(fault) => Err(fault),
            None => Ok(()),
        }
    }
}

/// The height of a line of the tables' text, in points.
const LINE: f64 = 13.0;
/// The greatest height a row can have, in points.
const MAX_HEIGHT: f64 = 409.0;

/// How many lines a text takes in a column of that many characters, broken at blanks. Spreadsheet programs do not agree on
/// the height of rows that nobody set, so it is reckoned here, rather a little too high than too low.
pub fn lines(text: &str, width: f64) -> usize {
    // Widths are in digits of the default size; the tables' letters are a little narrower.
    let room = (width * 1.1).max(1.0);
    let paragraph = |paragraph: &str| {
        let (mut lines, mut used) = (1, 0.0);
        for word in paragraph.split(' ') {
            let mut long = unicode_width::UnicodeWidthStr::width(word) as f64;
            if used > 0.0 && used + 1.0 + long > room {
                lines += 1;
                used = 0.0;
            }
            // A word longer than the column goes on over several lines.
            while long > room {
                lines += 1;
                long -= room;
            }
            used += long + if used > 0.0 { 1.0 } else { 0.0 };
        }
        lines
    };
    text.split('\n').map(paragraph).sum()
}

/// A fault while writing a workbook, said in our words.
pub fn fault(fault: &XlsxError) -> Problems {
    Problem::new("workbook-not-written", format!("the workbook cannot be written: {fault}"))
        .hint("choose another format: --format csv")
        .into()
}
