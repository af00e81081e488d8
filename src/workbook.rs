//! Workbooks that are written: the look they share, and the [`template`] to fill in.

pub mod chart;
pub mod style;
pub mod template;
