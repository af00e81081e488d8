//! Gapwise turns a maturity gap analysis kept in a spreadsheet into a report that a board can read and an engineer can check.
//!
//! The crate reads like the work it does, one function from values to values a step:
//!
//! 1. [`sheet`]: bytes of a spreadsheet -> cells ([`sheet::Workbook`])
//! 2. [`recognise`]: cells -> ratings with their places ([`assessment::Assessment`])
//! 3. [`analysis`]: ratings -> numbers ([`analysis::Analysis`], which is the JSON output)
//!    [`compare`] lays earlier assessments beside it, [`merge`] makes one of many, [`gate`] holds it against rules
//! 4. [`report`]: numbers -> words, tables and chart data ([`report::Report`])
//! 5. [`render`]: a report -> bytes of HTML, PDF, Markdown, CSV, a workbook
//!
//! Nothing here touches the disk, the clock or the environment; the program does that in its outermost layer.

// The cases of the gallery name the crate as its users do; tests in here place them on pages.
#[cfg(test)]
extern crate self as gapwise;

pub mod analysis;
pub mod assessment;
pub mod chart;
pub mod compare;
pub mod error;
pub mod font;
pub mod gate;
pub mod merge;
pub mod model;
pub mod number;
pub mod recognise;
pub mod render;
pub mod report;
pub mod sheet;
pub mod theme;
pub mod wording;
pub mod workbook;
