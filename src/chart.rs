//! Charts: data in, a [`Scene`] of plain shapes out, drawn through plotters onto [`recorder::Recorder`].
//!
//! A chart is drawn once and translated twice, into SVG and into PDF operators. Everything is in points (1/72 inch),
//! y runs downward.

pub mod scene;

pub use scene::Scene;

/// What a chart shows. (Placeholder until the charts are drawn.)
#[derive(Clone, Debug, PartialEq)]
pub enum Chart {}
