//! One cell of an OpenDocument sheet: its value from the attributes, its text from the paragraphs within, its formula in
//! the notation that the other formats use.

use std::io::BufRead;
use std::sync::Arc;

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::cells::{Budget, MAX_CELL_TEXT, iso_duration_days, number_or_error, too_large};
use super::ods::{broken, skip};
use super::{Value, damaged, xml};
use crate::error::{CellRef, Problem};

/// What a cell holds.
pub(super) struct Content {
    pub(super) value: Value,
    pub(super) formula: Option<Arc<str>>,
    pub(super) percent: bool,
}

#[derive(Default)]
struct Attributes {
    kind: String,
    value: Option<String>,
    text: Option<String>,
    formula: Option<String>,
    is_error: bool,
}

/// Reads a cell up to its end.
pub(super) fn read<R: BufRead>(
    reader: &mut Reader<R>,
    element: &BytesStart<'_>,
    budget: &mut Budget,
    at: CellRef,
) -> Result<Content, Problem> {
    let attributes = attributes(element);
    let shown = paragraphs(reader, at)?;
    let formula = attributes.formula.map(|formula| budget.text(&excel_formula(&formula))).transpose()?;
    let value = attributes.value.as_deref();
    let value = match attributes.kind.as_str() {
        _ if attributes.is_error => Value::Error(budget.text(&shown)?.to_string()),
        "float" | "currency" | "percentage" => match value {
            Some(number) => number.parse().map_or_else(|_| Value::Error(number.to_owned()), number_or_error),
            None => Value::Blank,
        },
        "date" => value.map_or(Ok(Value::Blank), |date| budget.iso_date(date))?,
        "time" => match value.and_then(iso_duration_days) {
            Some(days) => Value::Duration(days),
            None => Value::Text(budget.text(&shown)?),
        },
        "boolean" => Value::Bool(value == Some("true")),
        // Programs that know no error type write the error as the text of a formula.
        "string" if formula.is_some() && is_error(&shown) => Value::Error(shown),
        "string" => {
            Value::Text(budget.text(attributes.text.as_deref().filter(|_| shown.is_empty()).unwrap_or(&shown))?)
        }
        _ if shown.is_empty() => Value::Blank,
        _ => Value::Text(budget.text(&shown)?),
    };
    // An empty text without a formula is a blank cell that once was formatted as text.
    let value = match value {
        Value::Text(text) if text.is_empty() && formula.is_none() => Value::Blank,
        value => value,
    };
    let percent = attributes.kind == "percentage" && matches!(value, Value::Number(_));
    Ok(Content { value, formula, percent })
}

fn attributes(element: &BytesStart<'_>) -> Attributes {
    let mut found = Attributes::default();
    for attribute in element.attributes().with_checks(false).filter_map(Result::ok) {
        let value = || attribute.normalized_value(XmlVersion::Implicit1_0).ok().map(|value| value.into_owned());
        match attribute.key.as_ref() {
            "office:value-type" => found.kind = value().unwrap_or_default(),
            "office:value" | "office:date-value" | "office:time-value" | "office:boolean-value" => {
                found.value = value()
            }
            "office:string-value" => found.text = value(),
            "table:formula" => found.formula = value(),
            "calcext:value-type" => found.is_error = attribute.value == "error",
            _ => {}
        }
    }
    found
}

fn is_error(text: &str) -> bool {
    matches!(text, "#N/A" | "#DIV/0!" | "#NAME?" | "#NULL!" | "#NUM!" | "#REF!" | "#VALUE!")
        || text.strip_prefix("Err:").is_some_and(|code| code.bytes().all(|b| b.is_ascii_digit()))
}

/// The paragraphs of a cell joined with line breaks; comments, drawings and tables within are passed over.
fn paragraphs<R: BufRead>(reader: &mut Reader<R>, at: CellRef) -> Result<String, Problem> {
    let mut text = Text { text: String::new(), start: 0, after_blank: false, at };
    let mut count = 0;
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer).map_err(broken)? {
            Event::Start(element) if matches!(element.local_name().as_ref(), "p" | "h") => {
                if count > 0 {
                    text.push('\n', 1)?;
                }
                count += 1;
                text.start = text.text.len();
                paragraph(reader, &mut text)?;
            }
            Event::Start(element) => skip(reader, &element)?,
            Event::End(_) => return Ok(text.text),
            Event::Eof => return Err(damaged("the sheet is cut short")),
            _ => {}
        }
    }
}

fn paragraph<R: BufRead>(reader: &mut Reader<R>, text: &mut Text) -> Result<(), Problem> {
    let mut buffer = Vec::new();
    let mut depth = 0;
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer).map_err(broken)? {
            Event::Start(element) => {
                match element.local_name().as_ref() {
                    "s" => {
                        let count = xml::attribute(&element, "c").and_then(|count| count.parse().ok()).unwrap_or(1);
                        text.push(' ', count)?;
                        text.after_blank = false;
                    }
                    "tab" => text.push('\t', 1)?,
                    "line-break" => text.push('\n', 1)?,
                    "annotation" | "note" | "ruby-text" | "frame" => {
                        skip(reader, &element)?;
                        continue;
                    }
                    _ => {}
                }
                depth += 1;
            }
            Event::End(_) if depth == 0 => return Ok(()),
            Event::End(_) => depth -= 1,
            Event::Eof => return Err(damaged("the sheet is cut short")),
            event => {
                let mut part = String::new();
                xml::push_text(&event, &mut part);
                text.collapsed(&part)?;
            }
        }
    }
}

struct Text {
    text: String,
    /// Where the paragraph begins.
    start: usize,
    /// Whether the last character is a blank that stands for a run of them.
    after_blank: bool,
    at: CellRef,
}

impl Text {
    fn push(&mut self, c: char, count: usize) -> Result<(), Problem> {
        if self.text.len().saturating_add(count) > MAX_CELL_TEXT {
            return Err(too_large(format!(
                "the cell {} holds more than {} MiB of text",
                self.at,
                MAX_CELL_TEXT >> 20
            )));
        }
        self.text.extend(std::iter::repeat_n(c, count));
        Ok(())
    }

    /// Adds characters; blanks of the XML collapse into one, none at the start of a paragraph (part 1, 6.1.2).
    fn collapsed(&mut self, part: &str) -> Result<(), Problem> {
        for c in part.chars() {
            let blank = matches!(c, ' ' | '\t' | '\r' | '\n');
            if !blank {
                self.push(c, 1)?;
            } else if self.text.len() > self.start && !self.after_blank {
                self.push(' ', 1)?;
            }
            self.after_blank = blank;
        }
        Ok(())
    }
}

/// A formula in Excel's notation: `of:=[.C2]-[$Lists.B2]` becomes `C2-$Lists!B2`, with commas between arguments.
fn excel_formula(formula: &str) -> String {
    let formula =
        formula.split_once(":=").filter(|(prefix, _)| !prefix.contains('"')).map_or(formula, |(_, rest)| rest);
    let formula = formula.strip_prefix('=').unwrap_or(formula);
    let mut plain = String::with_capacity(formula.len());
    let (mut in_text, mut in_reference, mut in_name) = (false, false, false);
    let mut before = ' ';
    for c in formula.chars() {
        match c {
            '"' if !in_name => in_text = !in_text,
            '\'' if in_reference => in_name = !in_name,
            _ => {}
        }
        match c {
            _ if in_text || in_name => plain.push(c),
            '[' => in_reference = true,
            ']' => in_reference = false,
            // A dollar sign that fixes a sheet, and the point before a cell of the formula's own sheet.
            '$' if in_reference && before == '[' => {}
            '.' if in_reference && matches!(before, '[' | ':') => {}
            '.' if in_reference => plain.push('!'),
            ';' => plain.push(','),
            c => plain.push(c),
        }
        before = c;
    }
    plain
}
