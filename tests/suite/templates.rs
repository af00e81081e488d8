//! `gapwise new`: a workbook for each model of the catalogue, filled with chance ratings and read back: the same ratings,
//! the same model.

use std::io::{Read, Write};
use std::sync::Arc;

use gapwise::analysis::{Analysis, Frame, State, analyse};
use gapwise::model::{Model, catalogue};
use gapwise::recognise::{Wishes, recognise};
use gapwise::sheet::{self, Sheet};
use gapwise::workbook::template::{self, TemplateOptions};

use crate::tools::office;
use crate::workdir::Workdir;

/// The row of heads on the sheet to rate in, counted from 0.
const HEAD: u32 = 3;

/// What a test put into a row, and what must come out of it.
#[derive(Clone, Debug, PartialEq)]
struct Rated {
    area: String,
    practice: String,
    subject: String,
    current: Option<f64>,
    applies: bool,
    target: Option<f64>,
}

/// A small generator with a seed: the same ratings every time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % bound
    }
}

fn rate_sheet(sheets: &[Sheet]) -> &Sheet {
    sheets.iter().find(|sheet| sheet.name.as_deref() == Some("Assessment")).expect("a sheet to rate in")
}

fn column(sheet: &Sheet, head: &str) -> Option<u32> {
    (0..sheet.width()).find(|col| sheet.cell(HEAD, *col).is_some_and(|cell| cell.shown() == head))
}

/// The last column with a name of an area that is filled in this row.
fn area(sheet: &Sheet, row: u32) -> String {
    let heads = ["Sub-area 2", "Sub-area", "Area"];
    let mut names = heads.iter().filter_map(|head| Some(sheet.cell(row, column(sheet, head)?)?.shown()));
    names.find(|name| !name.is_empty()).unwrap()
}

/// The value of an entry, `2 - Managed`.
fn value(entry: &str) -> f64 {
    entry.split(" - ").next().unwrap().parse().unwrap()
}

/// The choices of a cell.
fn choices(sheet: &Sheet, row: u32, col: u32) -> Option<&[String]> {
    let list = sheet.drop_downs.iter().find(|list| list.cells.iter().any(|block| block.holds(row, col)))?;
    Some(&list.entries)
}

/// How much of a workbook is filled in: the share of rows left blank, in tenths.
#[derive(Clone, Copy)]
enum Filled {
    /// Most rows rated, some not applicable, some left blank.
    Mostly = 1,
    Half = 5,
    /// Every row answered, with a target wherever it applies.
    Fully = 0,
}

/// Fills a blank workbook. Gives the bytes and what they say.
fn fill(bytes: &[u8], model: &Model, seed: u64, filled: Filled) -> (Vec<u8>, Vec<Rated>) {
    let mut chance = Chance(seed);
    let blank = filled as usize;
    let book = sheet::read("blank.xlsx", bytes).unwrap();
    let sheet = rate_sheet(&book.sheets);
    let (current, target) = (column(sheet, "Current").unwrap(), column(sheet, "Target").unwrap());
    let mut cells: Vec<(String, String)> = Vec::new();
    let mut rated = Vec::new();
    for row in HEAD + 1..sheet.height() {
        let text = |head: &str| column(sheet, head).and_then(|col| sheet.cell(row, col)).map(|c| c.shown());
        let practice = text("Id").filter(|id| !id.is_empty()).unwrap_or_default();
        let mut line = Rated {
            area: area(sheet, row),
            practice,
            subject: text("Subject").unwrap_or_default(),
            current: None,
            applies: true,
            target: None,
        };
        let at = |col: u32| format!("{}{}", gapwise::error::column_letters(col), row + 1);
        let word = |text: &str| format!("t=\"inlineStr\"><is><t>{}</t></is></c>", text.replace('&', "&amp;"));
        match (choices(sheet, row, current), chance.below(10)) {
            (_, tenth) if tenth < blank => {}
            (Some(entries), 9) => {
                line.applies = false;
                cells.push((at(current), word(entries.last().unwrap())));
            }
            (Some(entries), _) => {
                let entry = &entries[chance.below(entries.len() - 1)];
                line.current = Some(value(entry));
                cells.push((at(current), word(entry)));
            }
            // Measured: the level follows from the number.
            (None, _) => {
                let metric = model.areas.iter().find(|area| area.name == line.area).unwrap().metric.as_ref().unwrap();
                let number = [0.02, 0.5, 3.0, 15.0, 90.0][chance.below(5)];
                line.current = metric.level_of(&number.to_string());
                cells.push((at(current), format!("><v>{number}</v></c>")));
            }
        }
        let entries = choices(sheet, row, target).expect("each target has a list");
        if line.applies && chance.below(10) >= blank {
            let entry = &entries[chance.below(entries.len() - 1)];
            line.target = Some(value(entry));
            cells.push((at(target), word(entry)));
        }
        rated.push(line);
    }
    (with_cells(bytes, &cells), rated)
}

/// Puts content into blank cells of the sheet to rate in, the second one.
fn with_cells(bytes: &[u8], cells: &[(String, String)]) -> Vec<u8> {
    let mut from = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut to = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for index in 0..from.len() {
        let mut part = from.by_index(index).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut content = Vec::new();
        part.read_to_end(&mut content).unwrap();
        if name == "xl/worksheets/sheet2.xml" {
            let mut text = String::from_utf8(content).unwrap();
            for (at, inside) in cells {
                let start = text.find(&format!("<c r=\"{at}\" ")).unwrap_or_else(|| panic!("no cell {at}"));
                let end = start + text[start..].find("/>").unwrap();
                text.replace_range(end..end + 2, &format!(" {inside}"));
            }
            content = text.into_bytes();
        }
        to.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        to.write_all(&content).unwrap();
    }
    to.finish().unwrap().into_inner()
}

/// The whole way from bytes to numbers.
fn read(file: &str, bytes: &[u8]) -> Result<Analysis, gapwise::error::Problems> {
    let book = sheet::read(file, bytes)?;
    let frame =
        Frame { file: file.to_owned(), sha256: book.sha256.clone(), title: None, date: "2026-01-31".to_owned() };
    Ok(analyse(&recognise(&book, &Wishes::default())?, &frame))
}

/// What of a file was not read as it was filled in; nothing where all is well.
fn differences(file: &str, bytes: &[u8], model: &Model, expected: &[Rated]) -> Vec<String> {
    let analysis = match read(file, bytes) {
        Ok(analysis) => analysis,
        Err(problems) => return vec![format!("{} in {file}: {problems}", model.id)],
    };
    let found = analysis.ratings.iter().map(|rating| Rated {
        area: rating.area.clone(),
        practice: rating.practice_id.clone().unwrap_or_default(),
        subject: rating.subject.clone().unwrap_or_default(),
        current: rating.current,
        applies: rating.state != State::NotApplicable,
        target: rating.target,
    });
    let mut wrong: Vec<String> = found
        .zip(expected)
        .filter(|(found, expected)| found != *expected)
        .take(3)
        .map(|(found, expected)| format!("{} in {file}: {found:?}, not {expected:?}", model.id))
        .collect();
    if analysis.ratings.len() != expected.len() {
        wrong.push(format!("{} in {file}: {} ratings, not {}", model.id, analysis.ratings.len(), expected.len()));
    }
    let used = analysis.model.map(|used| used.id);
    if used.as_ref() != Some(&model.id) {
        wrong.push(format!("{} in {file}: taken for {used:?}", model.id));
    }
    wrong.extend(analysis.warnings.iter().map(|warning| format!("{} in {file}: {warning:?}", model.id)));
    wrong
}

/// A third of the models is made for several subjects.
fn options(index: usize) -> TemplateOptions {
    let subjects = if index % 3 == 1 { vec!["Web shop".to_owned(), "Billing & more".to_owned()] } else { Vec::new() };
    TemplateOptions { subjects, date: "2026-01-31".to_owned() }
}

fn models() -> impl Iterator<Item = (usize, &'static Arc<Model>)> {
    catalogue::all().iter().enumerate()
}

#[test]
fn every_model_is_filled_and_read_back() {
    let mut wrong = Vec::new();
    for (index, model) in models() {
        let blank = template::xlsx(model, &options(index)).unwrap();
        assert!(blank == template::xlsx(model, &options(index)).unwrap(), "{}: the same bytes each time", model.id);
        for (how, file) in
            [(Filled::Mostly, "filled.xlsx"), (Filled::Half, "half.xlsx"), (Filled::Fully, "full.xlsx")]
        {
            let (filled, expected) = fill(&blank, model, index as u64, how);
            wrong.extend(differences(file, &filled, model, &expected));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_blank_workbook_is_told_to_be_blank() {
    for (index, model) in models() {
        let blank = template::xlsx(model, &options(index)).unwrap();
        let problems = read("blank.xlsx", &blank).unwrap_err();
        let [problem] = &problems.0[..] else { panic!("{}: {problems}", model.id) };
        assert_eq!(problem.code, "nothing-rated", "{}: {problems}", model.id);
        assert!(problem.hint.as_deref().unwrap().contains("blank template"), "{}: {problems}", model.id);
    }
}

/// The same as text: no lists say what the scale is, so the model must.
#[test]
fn every_model_is_filled_as_text_and_read_back() {
    let mut wrong = Vec::new();
    for (index, model) in models() {
        let blank = template::csv(model, &options(index)).unwrap();
        let (filled, expected) = fill_text(&blank, model, index as u64);
        wrong.extend(differences("filled.csv", &filled, model, &expected));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Fills most rows of the text form with bare numbers.
fn fill_text(bytes: &[u8], model: &Model, seed: u64) -> (Vec<u8>, Vec<Rated>) {
    let mut chance = Chance(seed);
    let mut rows = csv::ReaderBuilder::new().has_headers(false).from_reader(&bytes[3..]).into_records();
    let heads = rows.next().unwrap().unwrap();
    let at = |head: &str| heads.iter().position(|it| it == head);
    let (current, target) = (at("Current").unwrap(), at("Target").unwrap());
    let scale = if model.answer_rule.is_some() { &model.levels } else { model.rated_on() };
    let levels: Vec<f64> = scale.scale.levels().iter().map(|level| level.value).collect();
    let (mut out, mut rated) = (csv::Writer::from_writer(Vec::new()), Vec::new());
    out.write_record(&heads).unwrap();
    for row in rows {
        let mut cells: Vec<String> = row.unwrap().iter().map(str::to_owned).collect();
        let text = |head: &str| at(head).map(|col| cells[col].clone()).unwrap_or_default();
        let mut areas = ["Sub-area 2", "Sub-area", "Area"].into_iter().map(text);
        let area = areas.find(|name| !name.is_empty()).unwrap();
        let (practice, subject) = (text("Id"), text("Subject"));
        let metric = model.areas.iter().filter(|it| it.name == area).find_map(|it| it.metric.as_ref());
        let mut line = Rated { area, practice, subject, current: None, applies: true, target: None };
        if chance.below(10) > 0 {
            let level = match metric {
                Some(metric) => {
                    let number = ["0.02", "0.5", "3", "15", "90"][chance.below(5)];
                    cells[current] = number.to_owned();
                    metric.level_of(number)
                }
                None => {
                    let level = levels[chance.below(levels.len())];
                    cells[current] = level.to_string();
                    Some(level)
                }
            };
            line.current = level;
            line.target = Some(levels[chance.below(levels.len())]);
            cells[target] = line.target.unwrap().to_string();
        }
        out.write_record(&cells).unwrap();
        rated.push(line);
    }
    (out.into_inner().unwrap(), rated)
}

#[test]
fn the_text_form_is_read_back() {
    let model = catalogue::get("cd-humble-farley").unwrap();
    let text = String::from_utf8(template::csv(&model, &options(0)).unwrap()).unwrap();
    assert!(read("blank.csv", text.as_bytes()).unwrap_err().0[0].code == "nothing-rated");
    let filled = text.replacen(",,,", ",1 - Consistent,3,", 1);
    let analysis = read("filled.csv", filled.as_bytes()).unwrap();
    assert_eq!((analysis.ratings[0].current, analysis.ratings[0].target), (Some(1.0), Some(3.0)));
    assert_eq!(analysis.ratings.len(), model.areas.len());
}

/// Levels, answers and measured numbers, each saved anew by another program in three formats.
#[test]
fn another_program_saves_it_and_it_is_still_read() {
    let work = Workdir::new("templates-office");
    let names = ["cd-humble-farley", "samm-v2", "dora"];
    let mut expected = Vec::new();
    for (index, name) in names.iter().enumerate() {
        let model = catalogue::get(name).unwrap();
        let blank = template::xlsx(&model, &options(index)).unwrap();
        let (filled, rated) = fill(&blank, &model, 7 + index as u64, Filled::Mostly);
        work.put(&format!("{name}.xlsx"), filled);
        expected.push(rated);
    }
    let files: Vec<String> = names.iter().map(|name| format!("{name}.xlsx")).collect();
    let mut wrong = Vec::new();
    for ending in ["xlsx", "ods", "xls"] {
        if office(&work, ending, &format!("as-{ending}"), &files).is_none() {
            return;
        }
        for (name, rated) in names.iter().zip(&expected) {
            let file = format!("{name}.{ending}");
            let bytes = work.bytes(&format!("as-{ending}/{file}"));
            wrong.extend(differences(&file, &bytes, &catalogue::get(name).unwrap(), rated));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_command_tells_all_mistakes_and_spares_what_is_there() {
    let work = Workdir::new("new");
    let args = ["new", "cd-humble-farley", "-o", "a.xlsx", "--date", "2026-01-31"];
    work.gapwise(&args).ok();
    assert_eq!(sheet::read("a.xlsx", &work.bytes("a.xlsx")).unwrap().modified.as_deref(), Some("2026-01-31"));
    work.gapwise(&args).refused(
        "\
error[file-exists]: a.xlsx: is there already
  hint: it may hold ratings: write elsewhere, or over it with --force",
    );
    work.gapwise(&["new", "cd-humble-farley", "-o", "a.xlsx", "--force", "--subjects", "Web shop, Billing"]).ok();
    let mistakes = ["new", "cd-humbel-farley", "-o", "b.docx", "--subjects", "A,A", "--date", "2026-13-01"];
    work.gapwise(&mistakes).refused(
        "\
error[no-model]: no model `cd-humbel-farley`
  hint: did you mean `cd-humble-farley`? gapwise models lists all
error[bad-value]: -o: cannot write `.docx`; known: .xlsx, .csv
  hint: -o assessment.xlsx, or say what it is: --format xlsx
error[bad-value]: --subjects: `A` stands twice
  hint: --subjects \"Web shop,Billing\"
error[bad-value]: --date: `2026-13-01` is no day
  hint: --date 2026-01-31",
    );
    let csv = work.gapwise(&["new", "iac", "-o", "-", "--format", "csv"]).ok().stdout;
    assert!(csv.starts_with("\u{feff}Area,Current,Target,Gap,Level -1 - Regressive,"), "{csv}");
    work.gapwise(&["report", "a.xlsx"]).refused(
        "\
error[nothing-rated]: a.xlsx, Assessment!C5:C16: no current level in 12 rows (12 blank)
  hint: the sheet looks like a blank template: fill it in, or --column current=\"HEADER\", or --sheet NAME",
    );
}
