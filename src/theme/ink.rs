//! Colours by what they mean. A shape never carries a colour, it carries an [`Ink`]; the page and the paper look it up.

/// What a mark, a fill or a text means; each has a colour on light and one on dark ground.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ink {
    /// Running text.
    Text,
    /// Secondary text.
    Muted,
    /// The ground itself: halos, the inside of rings.
    Paper,
    /// Fine rules between rows.
    Hairline,
    /// Axis lines and ticks.
    Axis,
    /// Grid lines.
    Grid,
    /// The level now.
    Current,
    /// The target as a mark.
    Target,
    /// The target as text (darker, for contrast).
    TargetText,
    /// An earlier assessment.
    Previous,
    /// A link.
    Link,
    /// Second of overlaid subjects.
    Second,
    /// Third of overlaid subjects; also "what if" on the page.
    Third,
    /// Step 0 (lowest) to 6 (highest) of the level ramp, as a fill.
    Level(u8),
    /// Gap ramp as a fill: 1 (small) to 4 (the widest gap the scale allows).
    Gap(u8),
    /// A gap of exactly zero, as a fill.
    Zero,
    /// Surplus as a fill: 1 or 2.
    Surplus(u8),
    /// Text on a dark fill.
    OnDark,
    /// Text on a light fill, also on a dark page.
    OnLight,
    /// The ground of a dark head.
    Band,
}

/// A colour, red, green and blue from 0 to 255.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rgb(pub u8, pub u8, pub u8);

impl Rgb {
    /// `#12436d`.
    pub fn hex(self) -> String {
        format!("#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }

    /// Reads `#12436d` or `#123`.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.trim().strip_prefix('#')?;
        let nibbles: Option<Vec<u8>> = digits.chars().map(|c| c.to_digit(16).map(|digit| digit as u8)).collect();
        match nibbles?[..] {
            [r, g, b] => Some(Self(r * 17, g * 17, b * 17)),
            [r, s, g, h, b, c] => Some(Self(r * 16 + s, g * 16 + h, b * 16 + c)),
            _ => None,
        }
    }

    /// Contrast with another colour as WCAG counts it, from 1 to 21.
    pub fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    fn luminance(self) -> f64 {
        let linear = |part: u8| {
            let share = f64::from(part) / 255.0;
            if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(self.0) + 0.7152 * linear(self.1) + 0.0722 * linear(self.2)
    }
}

impl Ink {
    /// Every ink, in a fixed order, for style sheets.
    pub fn all() -> Vec<Ink> {
        use Ink::*;
        let mut all = vec![
            Text, Muted, Paper, Hairline, Axis, Grid, Current, Target, TargetText, Previous, Link, Second, Third,
            Zero, OnDark, OnLight, Band,
        ];
        all.extend((0..=6).map(Level));
        all.extend((1..=4).map(Gap));
        all.extend((1..=2).map(Surplus));
        all
    }

    /// The ink's name in class names and CSS variables: `current`, `level-3`.
    pub fn name(self) -> String {
        match self {
            Ink::Level(step) => format!("level-{step}"),
            Ink::Gap(step) => format!("gap-{step}"),
            Ink::Surplus(step) => format!("surplus-{step}"),
            Ink::TargetText => "target-text".to_owned(),
            Ink::OnDark => "on-dark".to_owned(),
            Ink::OnLight => "on-light".to_owned(),
            other => format!("{other:?}").to_lowercase(),
        }
    }

    /// The colour on white.
    pub fn light(self) -> Rgb {
        match self {
            Ink::Text | Ink::OnLight => Rgb(0x1b, 0x27, 0x33),
            Ink::Muted => Rgb(0x55, 0x61, 0x6d),
            Ink::Paper | Ink::OnDark => Rgb(0xff, 0xff, 0xff),
            Ink::Hairline => Rgb(0xe4, 0xe8, 0xec),
            Ink::Axis => Rgb(0x76, 0x7f, 0x88),
            Ink::Grid => Rgb(0xd5, 0xdb, 0xe1),
            Ink::Current => Rgb(0x12, 0x43, 0x6d),
            Ink::Target => Rgb(0xd9, 0x5f, 0x02),
            Ink::TargetText => Rgb(0xa8, 0x43, 0x00),
            Ink::Band => Rgb(0x22, 0x2f, 0x3e),
            Ink::Previous => Rgb(0x7d, 0x87, 0x91),
            Ink::Link => Rgb(0x0b, 0x5c, 0xad),
            Ink::Second => Rgb(0x1b, 0x8a, 0x80),
            Ink::Third => Rgb(0x80, 0x16, 0x50),
            Ink::Level(step) => LEVELS[usize::from(step.min(6))],
            Ink::Gap(step) => GAPS[usize::from(step.clamp(1, 4)) - 1],
            Ink::Zero => Rgb(0xf7, 0xf7, 0xf7),
            Ink::Surplus(step) => [Rgb(0xcf, 0xe0, 0xf0), Rgb(0x8c, 0xb8, 0xdd)][usize::from(step.clamp(1, 2)) - 1],
        }
    }

    /// The colour on the dark page (`#14191f`).
    pub fn dark(self) -> Rgb {
        match self {
            Ink::Text => Rgb(0xe8, 0xec, 0xf0),
            Ink::OnDark => Rgb(0xff, 0xff, 0xff),
            Ink::OnLight => Rgb(0x14, 0x19, 0x1f),
            Ink::Muted => Rgb(0xa9, 0xb4, 0xbf),
            Ink::Paper => Rgb(0x14, 0x19, 0x1f),
            Ink::Hairline => Rgb(0x2a, 0x33, 0x3d),
            Ink::Axis => Rgb(0x7b, 0x87, 0x94),
            Ink::Grid => Rgb(0x34, 0x40, 0x4c),
            Ink::Current => Rgb(0xb5, 0xda, 0xfb),
            Ink::Target => Rgb(0xe6, 0x7a, 0x17),
            Ink::TargetText => Rgb(0xf5, 0xa9, 0x5b),
            Ink::Band => Rgb(0x2a, 0x36, 0x44),
            Ink::Previous => Rgb(0x7f, 0x8c, 0x99),
            Ink::Link => Rgb(0x8e, 0xc2, 0xf5),
            Ink::Second => Rgb(0x3f, 0xb8, 0xa9),
            Ink::Third => Rgb(0xe5, 0x8f, 0xc0),
            Ink::Level(step) => LEVELS[usize::from(step.min(6))],
            Ink::Gap(step) => {
                [Rgb(0x55, 0x38, 0x20), Rgb(0x9c, 0x54, 0x17), Rgb(0xe8, 0x83, 0x3a), Rgb(0xff, 0xd3, 0xa6)]
                    [usize::from(step.clamp(1, 4)) - 1]
            }
            Ink::Zero => Rgb(0x23, 0x2c, 0x36),
            Ink::Surplus(step) => [Rgb(0x1d, 0x3f, 0x63), Rgb(0x2e, 0x6c, 0xa4)][usize::from(step.clamp(1, 2)) - 1],
        }
    }

    /// The ink for text on this fill: (on light ground, on dark ground).
    pub fn text_on(self) -> (Ink, Ink) {
        match self {
            Ink::Level(0..=4) => (Ink::OnLight, Ink::OnLight),
            Ink::Level(_) => (Ink::OnDark, Ink::OnDark),
            Ink::Gap(4) => (Ink::OnDark, Ink::OnLight),
            Ink::Gap(3) => (Ink::OnLight, Ink::OnLight),
            Ink::Gap(_) | Ink::Surplus(_) | Ink::Zero => (Ink::OnLight, Ink::OnDark),
            _ => (Ink::Text, Ink::Text),
        }
    }
}

/// Level ramp, lowest first; the first five take dark text, the last two white.
const LEVELS: [Rgb; 7] = [
    Rgb(0xf1, 0xf6, 0xfb),
    Rgb(0xd6, 0xe6, 0xf4),
    Rgb(0xb3, 0xd0, 0xe9),
    Rgb(0x8c, 0xb8, 0xdd),
    Rgb(0x62, 0x9c, 0xcd),
    Rgb(0x2e, 0x6c, 0xa4),
    Rgb(0x12, 0x43, 0x6d),
];

/// Gap ramp on white, smallest first; the last takes white text.
const GAPS: [Rgb; 4] = [Rgb(0xfa, 0xdc, 0xc3), Rgb(0xf5, 0xb2, 0x7c), Rgb(0xe8, 0x85, 0x3a), Rgb(0x9a, 0x3d, 0x00)];
