//! An introduction in Markdown -> passages. Headings, paragraphs and lists are taken over; HTML is not.

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use crate::error::Problem;

/// A passage of plain text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Passage {
    /// A heading.
    Heading(String),
    /// A paragraph, or an item of a list with its bullet or number.
    Text(String),
}

/// The passages of a text, and what in it cannot be taken over.
pub(super) fn passages(text: &str) -> (Vec<Passage>, Vec<Problem>) {
    let mut reader = Reader::default();
    for (event, span) in Parser::new(text).into_offset_iter() {
        let line = text[..span.start].matches('\n').count() + 1;
        reader.event(event, line);
    }
    (reader.passages, reader.problems)
}

#[derive(Default)]
struct Reader {
    passages: Vec<Passage>,
    problems: Vec<Problem>,
    text: String,
    /// Numbers of the lists that are open, `None` for bullets.
    lists: Vec<Option<u64>>,
    link: Option<(String, usize)>,
}

impl Reader {
    fn event(&mut self, event: Event, line: usize) {
        match event {
            Event::Start(Tag::List(first)) => {
                self.paragraph();
                self.lists.push(first);
            }
            Event::End(TagEnd::List(_)) => {
                self.lists.pop();
            }
            Event::Start(Tag::Item) => {
                self.paragraph();
                self.text = match self.lists.last_mut() {
                    Some(Some(number)) => {
                        *number += 1;
                        format!("{}. ", *number - 1)
                    }
                    _ => "• ".to_owned(),
                };
            }
            Event::Start(Tag::Link { dest_url, .. }) => self.link = Some((dest_url.into_string(), self.text.len())),
            Event::End(TagEnd::Link) => {
                // Paper cannot be clicked: the address stands behind its words.
                if let Some((address, _)) = self.link.take().filter(|(to, from)| self.text[*from..] != *to) {
                    self.text.push_str(&format!(" ({address})"));
                }
            }
            Event::Start(Tag::Image { .. }) => self.refuse("a picture", line),
            Event::Html(_) | Event::InlineHtml(_) => self.refuse("HTML", line),
            Event::Text(text) | Event::Code(text) => self.text.push_str(&text),
            Event::SoftBreak => self.text.push(' '),
            Event::HardBreak | Event::Rule => self.text.push(' '),
            Event::End(TagEnd::Heading(_)) => self.heading(),
            Event::End(TagEnd::Paragraph | TagEnd::Item | TagEnd::CodeBlock) => self.paragraph(),
            _ => {}
        }
    }

    fn paragraph(&mut self) {
        let text = std::mem::take(&mut self.text);
        if !text.trim().is_empty() {
            self.passages.push(Passage::Text(text.trim().to_owned()));
        }
    }

    fn heading(&mut self) {
        let text = std::mem::take(&mut self.text);
        if !text.trim().is_empty() {
            self.passages.push(Passage::Heading(text.trim().to_owned()));
        }
    }

    fn refuse(&mut self, what: &str, line: usize) {
        let message = format!("line {line} of the introduction holds {what}, which is not taken over");
        let problem = Problem::new("introduction", message).hint("use headings, paragraphs, lists and links");
        if !self.problems.contains(&problem) {
            self.problems.push(problem);
        }
    }
}
