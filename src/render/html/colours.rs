//! Colours of the page as CSS variables, one for each [`Ink`]: light, dark by the reader's setting, paper always light.

use std::fmt::Write;

use crate::theme::{Ink, Rgb};

/// `:root{--text:#1b2733;…}` and the same for dark screens.
pub(super) fn variables() -> String {
    format!(
        ":root{{color-scheme:light;{}}}\n@media screen and (prefers-color-scheme:dark){{:root{{color-scheme:dark;{}}}}}\n",
        list(Ink::light),
        list(Ink::dark)
    )
}

fn list(colour: fn(Ink) -> Rgb) -> String {
    Ink::all().into_iter().fold(String::new(), |mut all, ink| {
        write!(all, "--{}:{};", ink.name(), colour(ink).hex()).expect("writing to a string cannot fail");
        all
    })
}
