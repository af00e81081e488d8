//! The little of XML that the readers of parts share.

use std::io::BufRead;

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};

/// A reader set up as calamine sets up its own, so that both see the same elements.
pub(super) fn reader<R: BufRead>(part: R) -> Reader<R> {
    let mut reader = Reader::from_reader(part);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.expand_empty_elements = true;
    reader
}

/// The value of the attribute with this local name (`id` finds `r:id`).
pub(super) fn attribute(element: &BytesStart<'_>, local: &str) -> Option<String> {
    element
        .attributes()
        .with_checks(false)
        .filter_map(Result::ok)
        .find(|attribute| attribute.key.local_name().as_ref() == local)
        .and_then(|attribute| {
            attribute.normalized_value(XmlVersion::Implicit1_0).ok().map(|value| value.into_owned())
        })
}

/// Whether an attribute says yes.
pub(super) fn flag(element: &BytesStart<'_>, local: &str) -> bool {
    attribute(element, local).is_some_and(|value| value == "1" || value == "true")
}

/// Adds what an event says as text: characters, character references and the five entities of XML. No entity that a
/// file defines is ever expanded.
pub(super) fn push_text(event: &Event<'_>, text: &mut String) {
    match event {
        Event::Text(part) => text.push_str(&part.xml10_content()),
        Event::CData(part) => text.push_str(&part.xml10_content()),
        Event::GeneralRef(reference) => match reference.resolve_char_ref() {
            Ok(Some(c)) => text.push(c),
            Ok(None) => text.push_str(resolve_predefined_entity(reference).unwrap_or("\u{fffd}")),
            Err(_) => text.push('\u{fffd}'),
        },
        _ => {}
    }
}

/// The texts of the elements with one of these local names: name and text, in the order of the part. What cannot be
/// read ends the list: it is used for properties that a file may lack.
pub(super) fn texts<R: BufRead>(part: R, locals: &[&'static str]) -> Vec<(&'static str, String)> {
    let mut reader = reader(part);
    let mut found = Vec::new();
    let mut open: Option<(&'static str, String)> = None;
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(element)) => {
                if let Some(local) = locals.iter().find(|local| **local == element.local_name().as_ref()) {
                    open = Some((local, String::new()));
                }
            }
            Ok(Event::End(element)) => {
                if open.as_ref().is_some_and(|(local, _)| *local == element.local_name().as_ref()) {
                    found.extend(open.take());
                }
            }
            Ok(Event::Eof) | Err(_) => return found,
            Ok(event) => {
                if let Some((_, text)) = &mut open {
                    push_text(&event, text);
                }
            }
        }
    }
}
