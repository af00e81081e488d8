//! Workbooks that are written: the look they share.

pub mod style;
