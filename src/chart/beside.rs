//! What stands beside the rows of a drawing on paper: what is to be done, by whom and by when.

use serde::Serialize;

use super::surface::{MM, Surface, Type};
use crate::theme::Ink;

/// A note beside a row; both parts may be empty.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Beside {
    /// What is to be done.
    pub what: String,
    /// By whom and by when.
    pub who: String,
}

/// Least and greatest share of the width that the column takes.
const SHARES: (u32, u32) = (18, 34);

/// Most lines of either part.
const LINES: (usize, usize) = (12, 3);

impl Beside {
    /// Whether nothing stands beside the row.
    pub fn is_empty(&self) -> bool {
        self.what.is_empty() && self.who.is_empty()
    }

    fn lines(&self, width: f64) -> [(Vec<String>, Type); 2] {
        let (what, who) = (Type::small(Ink::Text), Type::small(Ink::Muted));
        [(what.wrap(&self.what, width, LINES.0), what), (who.wrap(&self.who, width, LINES.1), who)]
    }

    /// The height it takes in a column of this width.
    pub(super) fn height(&self, width: f64) -> f64 {
        self.lines(width).iter().map(|(lines, set)| lines.len() as f64 * set.leading()).sum()
    }

    /// Draws it in a column given by left edge and width, centred on `y`.
    pub(super) fn draw(&self, on: &Surface, item: &str, (left, width): (f64, f64), y: f64) {
        let [(what, set), (who, muted)] = self.lines(width);
        let first = set.block(y, what.len() + who.len());
        on.mark("beside", item).lines(left, first, &what, set, &self.what);
        on.lines(left, first + what.len() as f64 * set.leading(), &who, muted, &self.who);
    }
}

/// Left edge and width of the column: as narrow as it can be with the fewest lines; `None` where nothing stands there.
pub(super) fn column<'a>(rows: impl Iterator<Item = &'a Beside>, width: f64) -> Option<(f64, f64)> {
    let rows: Vec<&Beside> = rows.filter(|row| !row.is_empty()).collect();
    let height = |share: u32| -> f64 { rows.iter().map(|row| row.height(width * f64::from(share) / 100.0)).sum() };
    let (low, high) = SHARES;
    let least = height(high);
    let share = (low..=high).find(|share| height(*share) <= least + 0.01).filter(|_| !rows.is_empty())?;
    let column = (width * f64::from(share) / 100.0).max(30.0 * MM).min(width / 2.0);
    Some((width - column, column))
}
