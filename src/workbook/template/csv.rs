//! The sheet to rate in as text, for those who keep assessments in a repository.

use super::Frame;

/// Header and one row a rating, lines ended by CR LF; what each level asks for stands in the last columns.
pub(super) fn csv(frame: &Frame) -> Vec<u8> {
    let columns = super::rate::columns(frame);
    let mut writer =
        csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer("\u{feff}".as_bytes().to_vec());
    let heads: Vec<String> = columns.iter().map(|column| column.head.clone()).collect();
    let rows = frame.lines.iter().map(|line| columns.iter().map(|column| column.text(frame, line)).collect());
    std::iter::once(heads)
        .chain(rows)
        .try_for_each(|row: Vec<String>| writer.write_record(row))
        .expect("rows of one length go into memory");
    writer.into_inner().expect("memory takes every flush")
}
