//! Whether the colours of a theme can be read: every pair that meets in a report, with the ratio WCAG asks for.

use super::{Ink, Rgb, Theme};
use crate::error::Problem;

/// Least contrast of text.
const TEXT: f64 = 4.5;
/// Least contrast of marks.
const MARK: f64 = 3.0;

/// How a theme colours an ink on one of the two grounds.
type Colour = fn(&Theme, Ink) -> Rgb;

/// Warnings about pairs that the theme changed and that come out too weak.
pub(super) fn warnings(theme: &Theme) -> Vec<Problem> {
    let mut found = Vec::new();
    let grounds: [(&str, Colour, bool); 2] = [("colours", Theme::light, false), ("colours.dark", Theme::dark, true)];
    for (table, colour, dark) in grounds {
        let own = if dark { &theme.dark } else { &theme.light };
        for (ink, ground, least) in pairs(dark) {
            if !own.contains_key(&ink) && !own.contains_key(&ground) {
                continue;
            }
            let (a, b) = (colour(theme, ink), colour(theme, ground));
            let ratio = a.contrast(b);
            if ratio < least {
                // Cut, never rounded up to the limit itself.
                let shown = (ratio * 10.0).floor() / 10.0;
                let message = format!(
                    "[{table}] `{}` {} on `{}` {} has a contrast of {shown:.1}, {least} is the least that can be read",
                    ink.name(),
                    a.hex(),
                    ground.name(),
                    b.hex()
                );
                found.push(Problem::new("low-contrast", message).hint("move the two further apart in lightness"));
            }
        }
    }
    found
}

/// What stands on what, and how much they must differ.
fn pairs(dark: bool) -> Vec<(Ink, Ink, f64)> {
    let mut pairs: Vec<(Ink, Ink, f64)> = [Ink::Text, Ink::Muted, Ink::Current, Ink::TargetText, Ink::Link]
        .into_iter()
        .map(|ink| (ink, Ink::Paper, TEXT))
        .collect();
    pairs.push((Ink::OnDark, Ink::Band, TEXT));
    pairs.extend([Ink::Target, Ink::Previous, Ink::Second, Ink::Third, Ink::Axis].map(|ink| (ink, Ink::Paper, MARK)));
    let fills =
        Ink::all().into_iter().filter(|ink| matches!(ink, Ink::Level(_) | Ink::Gap(_) | Ink::Zero | Ink::Surplus(_)));
    pairs.extend(fills.map(|fill| {
        let (light, on_dark) = fill.text_on();
        (if dark { on_dark } else { light }, fill, TEXT)
    }));
    pairs
}
