//! A scene as SVG: real text, inks as classes, no style attribute (the page's content security policy forbids them).

use super::Scene;

/// The scene as an `<svg role="img">` element to stand in a page that carries [`stylesheet`].
///
/// `title` names the picture and `description` says what it shows, for readers who do not see it; `id` is unique in the
/// page and opens the ids in here.
pub fn svg(_scene: &Scene, _title: &str, _description: &str, _id: &str) -> String {
    String::new()
}

/// CSS rules for every ink: light, dark by media query, paper always light, forced colours.
pub fn stylesheet() -> String {
    String::new()
}

/// The scene as a complete SVG file with its own style sheet, light and dark.
pub fn standalone(_scene: &Scene, _title: &str, _description: &str) -> String {
    String::new()
}
