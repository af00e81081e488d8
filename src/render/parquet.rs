//! The ratings as Parquet: one row each, for query engines over a fleet; and such a file read back.
//!
//! The columns of the CSV come first, then what else the JSON says of a rating. All that is no rating (title, scale,
//! model, figures, warnings) stands as `gapwise/1` without ratings in the file's own metadata, so that a file as we wrote
//! it is as good as the JSON. Whether its rows are still those is told by their hash.

use std::io::Write;
use std::sync::Arc;

use parquet::basic::Compression;
use parquet::data_type::{ByteArray, ByteArrayType, DataType, DoubleType, Int32Type};
use parquet::errors::Result as Outcome;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::record::Field;
use parquet::schema::parser::parse_message_type;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};

use crate::analysis::{Analysis, RatingLine};
use crate::error::{Problem, Result};
use crate::sheet::caught;
use crate::sheet::parquet::{Checked, KEY};

/// What a column holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    /// One of a few words.
    Word,
    Number,
    Whole,
    /// A list of texts, never empty.
    Names,
    /// Anything, as JSON.
    Json,
}

/// Names as in the JSON; the first 17 are the columns of the CSV in their order.
const COLUMNS: [(&str, Kind); 28] = [
    ("area", Kind::Text),
    ("path", Kind::Names),
    ("practice_id", Kind::Text),
    ("practice", Kind::Text),
    ("subject", Kind::Text),
    ("current", Kind::Number),
    ("target", Kind::Number),
    ("gap", Kind::Number),
    ("weight", Kind::Number),
    ("state", Kind::Word),
    ("target_state", Kind::Word),
    ("owner", Kind::Text),
    ("due", Kind::Text),
    ("evidence", Kind::Text),
    ("action", Kind::Text),
    ("file", Kind::Text),
    ("at", Kind::Text),
    ("previous", Kind::Number),
    ("priority", Kind::Number),
    ("urgency", Kind::Number),
    ("rank", Kind::Whole),
    ("reason", Kind::Text),
    ("written", Kind::Text),
    ("target_at", Kind::Text),
    ("subject_in_file", Kind::Text),
    ("input", Kind::Whole),
    ("path_in_file", Kind::Json),
    ("steps", Kind::Json),
];

/// Ratings in one group of rows, which engines read side by side.
const GROUP: usize = 50_000;

/// What stands beside the rows.
#[derive(Serialize, Deserialize)]
struct Description {
    /// The document, without its ratings.
    document: Analysis,
    /// SHA-256 of the ratings as JSON.
    ratings: String,
}

/// The ratings as Parquet, packed with Snappy. An unknown is null; `path` is a list of names from the top area down.
pub fn parquet(analysis: &Analysis) -> Vec<u8> {
    let document = Analysis { ratings: Vec::new(), ..analysis.clone() };
    let description = Description { document, ratings: hash(&analysis.ratings) };
    let description = serde_json::to_string(&description).expect("plain data with text keys always serialises");
    let schema = Arc::new(parse_message_type(&schema()).expect("the schema is sound"));
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_created_by(analysis.generator.clone())
        .set_key_value_metadata(Some(vec![KeyValue::new(KEY.to_owned(), description)]))
        .build();
    let write = || -> Outcome<Vec<u8>> {
        let mut file = SerializedFileWriter::new(Vec::new(), schema, Arc::new(properties))?;
        let own = analysis.input.as_ref().map(|input| input.file.as_str());
        for ratings in analysis.ratings.chunks(GROUP) {
            let rows: Vec<Map<String, Value>> = ratings.iter().map(|rating| record(rating, own)).collect();
            let mut group = file.next_row_group()?;
            let mut columns = COLUMNS.iter();
            while let (Some((name, kind)), Some(mut column)) = (columns.next(), group.next_column()?) {
                write_column(&mut column, *kind, rows.iter().map(|row| row.get(*name).unwrap_or(&Value::Null)))?;
                column.close()?;
            }
            group.close()?;
        }
        file.into_inner()
    };
    write().expect("columns of one length go into memory")
}

/// A rating by column; the file is named also where the document has only one.
fn record(rating: &RatingLine, file: Option<&str>) -> Map<String, Value> {
    let mut row = match serde_json::to_value(rating) {
        Ok(Value::Object(row)) => row,
        _ => unreachable!("a rating is a structure with text keys"),
    };
    if let (None, Some(file)) = (&rating.file, file) {
        row.insert("file".to_owned(), file.into());
    }
    row
}

fn schema() -> String {
    let fields = COLUMNS.iter().map(|(name, kind)| match kind {
        Kind::Text => format!("optional binary {name} (STRING);"),
        Kind::Word => format!("optional binary {name} (ENUM);"),
        Kind::Number => format!("optional double {name};"),
        Kind::Whole => format!("optional int32 {name};"),
        Kind::Json => format!("optional binary {name} (JSON);"),
        Kind::Names => {
            format!("required group {name} (LIST) {{ repeated group list {{ required binary element (STRING); }} }}")
        }
    });
    format!("message ratings {{ {} }}", fields.collect::<Vec<_>>().join(" "))
}

fn write_column<'a>(
    column: &mut SerializedColumnWriter<'_>,
    kind: Kind,
    values: impl Iterator<Item = &'a Value>,
) -> Outcome<()> {
    match kind {
        Kind::Text | Kind::Word => {
            optional::<ByteArrayType>(column, values, |value| value.as_str().map(ByteArray::from))
        }
        Kind::Json => optional::<ByteArrayType>(column, values, |value| match value {
            Value::Null => None,
            value => Some(ByteArray::from(value.to_string().as_str())),
        }),
        Kind::Number => optional::<DoubleType>(column, values, Value::as_f64),
        Kind::Whole => {
            optional::<Int32Type>(column, values, |value| value.as_i64().and_then(|it| i32::try_from(it).ok()))
        }
        Kind::Names => {
            let (mut names, mut levels) = (Vec::new(), Vec::new());
            for value in values {
                let list = value.as_array().map(Vec::as_slice).unwrap_or_default();
                // 0 begins a row, 1 goes on with it.
                levels.extend((0..list.len()).map(|place| i16::from(place > 0)));
                names.extend(list.iter().map(|name| ByteArray::from(name.as_str().unwrap_or_default())));
            }
            let there = vec![1; names.len()];
            column.typed::<ByteArrayType>().write_batch(&names, Some(&there), Some(&levels)).map(|_| ())
        }
    }
}

fn optional<'a, T: DataType>(
    column: &mut SerializedColumnWriter<'_>,
    values: impl Iterator<Item = &'a Value>,
    get: impl Fn(&Value) -> Option<T::T>,
) -> Outcome<()> {
    let values: Vec<Option<T::T>> = values.map(get).collect();
    let there: Vec<i16> = values.iter().map(|value| i16::from(value.is_some())).collect();
    let values: Vec<T::T> = values.into_iter().flatten().collect();
    column.typed::<T>().write_batch(&values, Some(&there), None).map(|_| ())
}

/// Whether bytes are Parquet.
pub fn is_parquet(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PAR1")
}

/// The document of a file that [`parquet()`] wrote and nobody changed since; `None` for every other, which may still be
/// a table of ratings.
///
/// # Errors
/// What a reader of such a file must know of it: `damaged`, `too-large`, `encrypted`, `parquet-unread`.
pub fn read(bytes: &[u8]) -> Result<Option<Analysis>> {
    caught(|| document(bytes))
}

/// What to know of a file that [`read()`] found to be none of ours any more, where it once was one.
pub fn changed(bytes: &[u8]) -> Option<Problem> {
    Checked::open(bytes).ok()?.description()?;
    let what = "the rows are not those that the file was written with; they are read as a table";
    let hint = "say what the table does not: --scale LOW..HIGH, --model ID, --title TEXT";
    Some(Problem::new("rows-changed", what).hint(hint))
}

fn document(bytes: &[u8]) -> std::result::Result<Option<Analysis>, Problem> {
    let file = Checked::open(bytes)?;
    let Some(text) = file.description() else { return Ok(None) };
    let Ok(Description { mut document, ratings }) = serde_json::from_str::<Description>(text) else {
        return Ok(None);
    };
    let alone = document.input.is_some();
    let mut read = Vec::new();
    for row in file.rows()? {
        let mut values = Map::new();
        for (name, field) in row?.into_columns() {
            let kind = COLUMNS.iter().find(|(known, _)| *known == name).map(|(_, kind)| *kind);
            let value = json(&field, kind);
            if !(value.is_null() || alone && name == "file") {
                values.insert(name, value);
            }
        }
        match serde_json::from_value::<RatingLine>(Value::Object(values)) {
            Ok(rating) => read.push(rating),
            Err(_) => return Ok(None),
        }
    }
    if hash(&read) != ratings {
        return Ok(None);
    }
    document.ratings = read;
    Ok(Some(document))
}

fn json(field: &Field, kind: Option<Kind>) -> Value {
    match field {
        Field::Str(text) if kind == Some(Kind::Json) => serde_json::from_str(text).unwrap_or(Value::Null),
        Field::Str(text) => text.as_str().into(),
        Field::Double(number) => (*number).into(),
        Field::Int(number) => (*number).into(),
        Field::ListInternal(list) => list.elements().iter().map(|element| json(element, None)).collect(),
        _ => Value::Null,
    }
}

/// SHA-256 of the ratings as JSON, hex.
fn hash(ratings: &[RatingLine]) -> String {
    struct Into(Sha256);
    impl Write for Into {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.update(bytes);
            Ok(bytes.len())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let mut hash = Into(Sha256::new());
    serde_json::to_writer(&mut hash, ratings).expect("plain data with text keys goes into memory");
    hash.0.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}
