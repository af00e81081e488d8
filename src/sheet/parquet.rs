//! Parquet, as query engines write it: one table, its columns named, read as a sheet whose first row is the header.

mod limits;
mod thrift;

use parquet::file::metadata::KeyValue;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::{Field, Row as Record};

use super::cells::{Budget, Cells, number_or_error};
use super::{Cell, Sheet, Value};
use crate::error::Problem;

/// The key of the description that a file of ours carries beside its rows.
pub(crate) const KEY: &str = "gapwise";

/// A Parquet file whose claims have been checked.
pub(crate) struct Checked {
    file: SerializedFileReader<bytes::Bytes>,
}

impl Checked {
    /// Checks the file's claims and opens it.
    ///
    /// # Errors
    /// `damaged`, `encrypted`, `too-large`, `parquet-unread`.
    pub(crate) fn open(bytes: &[u8]) -> Result<Self, Problem> {
        limits::check(bytes)?;
        let bytes = bytes::Bytes::copy_from_slice(bytes);
        let file = SerializedFileReader::new(bytes).map_err(|_| broken("its end cannot be read"))?;
        Ok(Self { file })
    }

    /// The description that a file of ours carries beside its rows.
    pub(crate) fn description(&self) -> Option<&str> {
        let entries: &Vec<KeyValue> = self.file.metadata().file_metadata().key_value_metadata()?;
        entries.iter().find(|entry| entry.key == KEY)?.value.as_deref()
    }

    /// The rows, in order.
    ///
    /// # Errors
    /// `damaged`, from the place on where it is.
    pub(crate) fn rows(&self) -> Result<impl Iterator<Item = Result<Record, Problem>> + '_, Problem> {
        let rows = self.file.get_row_iter(None).map_err(|_| broken("its columns cannot be read"))?;
        Ok(rows.map(|row| row.map_err(|_| broken("a page cannot be read"))))
    }

    fn columns(&self) -> Vec<String> {
        let schema = self.file.metadata().file_metadata().schema();
        schema.get_fields().iter().map(|field| field.name().to_owned()).collect()
    }
}

/// The table as a sheet. Where a level is empty and a column beside it says why, as in files of ours, the cell says it.
pub(super) fn sheet(bytes: &[u8], budget: &mut Budget) -> Result<Sheet, Problem> {
    let table = Checked::open(bytes)?;
    let names = table.columns();
    let mut cells = Cells::default();
    let cell = |value| Cell { value, formula: None, percent: false };
    let places = |index: usize| u32::try_from(index).unwrap_or(u32::MAX);
    for (col, name) in names.iter().enumerate() {
        let header = Value::Text(budget.text(name)?);
        cells.push(budget, 0, places(col), cell(header))?;
    }
    let column = |name: &str| names.iter().position(|own| own == name);
    let states: Vec<(usize, usize)> = [("current", "state"), ("target", "target_state")]
        .into_iter()
        .filter_map(|(level, state)| column(level).zip(column(state)))
        .collect();
    let written = column("written");
    for (row, record) in table.rows()?.enumerate() {
        let fields: Vec<(String, Field)> = record?.into_columns();
        for (col, (_, field)) in fields.iter().enumerate() {
            let state = states.iter().find(|(level, _)| *level == col).and_then(|(_, state)| fields.get(*state));
            let value = match (field, state) {
                (Field::Null, Some((_, Field::Str(state)))) if state == "not-applicable" => {
                    Value::Text(budget.text("n/a")?)
                }
                (Field::Null, Some((_, Field::Str(state)))) if state == "invalid" => {
                    let text = written.and_then(|written| fields.get(written));
                    match text {
                        Some((_, Field::Str(text))) => Value::Text(budget.text(text)?),
                        _ => Value::Text(budget.text("invalid")?),
                    }
                }
                (field, _) => value(field, budget)?,
            };
            cells.push(budget, places(row + 1), places(col), cell(value))?;
        }
    }
    Ok(Sheet {
        name: None,
        visible: true,
        rows: cells.into_rows(budget, &None),
        merges: Vec::new(),
        hidden_rows: None,
        hidden_columns: None,
        drop_downs: Vec::new(),
    })
}

fn value(field: &Field, budget: &mut Budget) -> Result<Value, Problem> {
    // A single is meant as what it is written as: 0.1, not 0.10000000149011612.
    let single = |number: f32| number.to_string().parse().map_or(Value::Blank, number_or_error);
    let day = |days: i64| {
        let epoch = jiff::civil::date(1970, 1, 1);
        epoch.checked_add(jiff::Span::new().try_days(days)?)
    };
    let moment = |time: Result<jiff::Timestamp, jiff::Error>| {
        time.map(|time| time.to_zoned(jiff::tz::TimeZone::UTC).datetime().to_string())
    };
    let text = match field {
        Field::Null => return Ok(Value::Blank),
        Field::Bool(truth) => return Ok(Value::Bool(*truth)),
        Field::Byte(number) => return Ok(Value::Number(f64::from(*number))),
        Field::Short(number) => return Ok(Value::Number(f64::from(*number))),
        Field::Int(number) => return Ok(Value::Number(f64::from(*number))),
        Field::Long(number) => return Ok(Value::Number(*number as f64)),
        Field::UByte(number) => return Ok(Value::Number(f64::from(*number))),
        Field::UShort(number) => return Ok(Value::Number(f64::from(*number))),
        Field::UInt(number) => return Ok(Value::Number(f64::from(*number))),
        Field::ULong(number) => return Ok(Value::Number(*number as f64)),
        Field::Float(number) => return Ok(single(*number)),
        Field::Float16(number) => return Ok(single(number.to_f32())),
        Field::Double(number) => return Ok(number_or_error(*number)),
        Field::Decimal(_) => match field.to_string().parse() {
            Ok(number) => return Ok(number_or_error(number)),
            Err(_) => field.to_string(),
        },
        Field::Str(text) => text.clone(),
        Field::Bytes(bytes) => String::from_utf8_lossy(bytes.data()).into_owned(),
        Field::Date(days) => match day(i64::from(*days)) {
            Ok(day) => return budget.iso_date(&day.to_string()),
            Err(_) => field.to_string(),
        },
        Field::TimestampMillis(time) => match moment(jiff::Timestamp::from_millisecond(*time)) {
            Ok(time) => return budget.iso_date(&time),
            Err(_) => field.to_string(),
        },
        Field::TimestampMicros(time) => match moment(jiff::Timestamp::from_microsecond(*time)) {
            Ok(time) => return budget.iso_date(&time),
            Err(_) => field.to_string(),
        },
        // The names of an area from the top down.
        Field::ListInternal(list) => {
            let names = list.elements().iter().map(|element| match element {
                Field::Str(text) => text.clone(),
                other => other.to_string(),
            });
            names.collect::<Vec<_>>().join(" > ")
        }
        Field::TimeMillis(_) | Field::TimeMicros(_) | Field::Group(_) | Field::MapInternal(_) => field.to_string(),
    };
    Ok(Value::Text(budget.text(&text)?))
}

fn broken(what: &str) -> Problem {
    Problem::new("damaged", format!("Parquet, but {what}")).hint("write or fetch the file again")
}

fn unread(what: String, hint: &str) -> Problem {
    Problem::new("parquet-unread", format!("{what}, which is not read")).hint(hint)
}
