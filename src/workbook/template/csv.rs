//! The sheet to rate in as text, for those who keep assessments in a repository.

use super::Frame;
use super::rate::{Column, Kind};

/// Header and one row a rating, lines ended by CR LF; what each level asks for stands in the last columns.
pub(super) fn csv(frame: &Frame) -> Vec<u8> {
    let columns = super::rate::columns(frame);
    let mut writer =
        csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer("\u{feff}".as_bytes().to_vec());
    // A head that begins with a minus would be taken for a formula.
    let head = |column: &Column| match column.kind {
        Kind::Criteria(_) => frame.fill("template.level-head", &[("level", &column.head)]),
        _ => column.head.clone(),
    };
    let heads: Vec<String> = columns.iter().map(head).collect();
    let rows = frame.lines.iter().map(|line| columns.iter().map(|column| column.text(frame, line)).collect());
    std::iter::once(heads)
        .chain(rows)
        .try_for_each(|row: Vec<String>| writer.write_record(row))
        .expect("rows of one length go into memory");
    writer.into_inner().expect("memory takes every flush")
}
