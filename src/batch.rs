//! Many inputs: find them, work on them side by side, go on after a failure, remember that there was one.

mod find;
pub mod sheets;
pub mod state;

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;

use gapwise::analysis::{Analysis, Frame, Renamed};
use gapwise::compare::Past;
use gapwise::error::{Problem, Problems, Result};
use gapwise::recognise::Wishes;
use gapwise::render::{Format, RenderOptions};
use gapwise::report::{Detail, ReportOptions};

use crate::output;

pub use find::inputs;

/// One file to work on.
#[derive(Clone, Debug)]
pub struct Input {
    /// Where it is; `-` is standard input.
    pub path: PathBuf,
    /// Its folder relative to the folder that the user named.
    pub folder: PathBuf,
    /// The one sheet that is meant, where each sheet is an input of its own.
    pub sheet: Option<String>,
}

impl Input {
    /// The base name; `stdin` for standard input.
    pub fn file(&self) -> String {
        match self.path.as_os_str() == "-" {
            true => "stdin".to_owned(),
            false => self.path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        }
    }

    /// How messages name it.
    pub fn shown(&self) -> String {
        self.path.display().to_string()
    }

    /// How a table of many names it: the path, and the sheet where that tells it from others.
    pub fn label(&self) -> String {
        match &self.sheet {
            Some(sheet) => format!("{}: {}", self.shown(), gapwise::error::visible(sheet)),
            None => self.shown(),
        }
    }

    /// The name that its outputs are named after: the base name, with the sheet before the ending.
    pub fn name(&self) -> String {
        let file = self.file();
        match (&self.sheet, file.rsplit_once('.')) {
            (Some(sheet), Some((stem, ending))) => format!("{stem}-{sheet}.{ending}"),
            (Some(sheet), None) => format!("{file}-{sheet}"),
            (None, _) => file,
        }
    }

    /// Its bytes.
    ///
    /// # Errors
    /// `not-found`, `not-readable`.
    pub fn bytes(&self) -> Result<Vec<u8>> {
        let mut bytes = Vec::new();
        let read = match self.path.as_os_str() == "-" {
            true => std::io::stdin().lock().take(READ_LIMIT + 1).read_to_end(&mut bytes),
            false => fs::File::open(&self.path).and_then(|file| file.take(READ_LIMIT + 1).read_to_end(&mut bytes)),
        };
        match read {
            Err(error) => Err(unreadable(&error).into()),
            Ok(read) if read as u64 > READ_LIMIT => {
                Err(Problem::new("too-large", format!("larger than {} MiB", READ_LIMIT >> 20))
                    .hint("split it; a report is made from one table of ratings")
                    .into())
            }
            Ok(_) => Ok(bytes),
        }
    }
}

/// The largest file that is read, in bytes.
const READ_LIMIT: u64 = 256 << 20;

fn unreadable(error: &std::io::Error) -> Problem {
    match error.kind() {
        std::io::ErrorKind::NotFound => Problem::new("not-found", "no such file or folder")
            .hint("check the path; several files and folders may be given"),
        _ => Problem::new("not-readable", output::reason(error)).hint("check the file's permissions"),
    }
}

/// What is to be made of each input.
#[derive(Clone, Debug)]
pub struct Order {
    /// What the user says about the spreadsheets.
    pub wishes: Wishes,
    /// What to write.
    pub formats: Vec<Format>,
    /// Title, where the user gave one.
    pub title: Option<String>,
    /// Date by flag or environment.
    pub date: Option<String>,
    /// Date of last resort.
    pub today: String,
    /// Paper, theme and templates.
    pub render: RenderOptions,
    /// What was noticed of the theme.
    pub noticed: Vec<Problem>,
    /// How much the reports hold.
    pub detail: Detail,
    /// Language of the reports, where the user named one; else that of each file.
    pub lang: Option<String>,
    /// What to compare with.
    pub earlier: Earlier,
    /// Whether to say where the trend leads.
    pub forecast: bool,
    /// Whether JSON holds sums in place of ratings.
    pub no_ratings: bool,
}

impl Order {
    /// An order of nothing yet.
    pub fn new(today: String) -> Self {
        Self {
            wishes: Wishes::default(),
            formats: Vec::new(),
            title: None,
            date: None,
            today,
            render: RenderOptions::default(),
            noticed: Vec::new(),
            detail: Detail::Full,
            lang: None,
            earlier: Earlier::default(),
            forecast: false,
            no_ratings: false,
        }
    }
}

/// Earlier assessments, oldest first, and names that changed since.
#[derive(Clone, Debug, Default)]
pub struct Earlier {
    /// File and analysis of each.
    pub documents: Vec<(String, Analysis)>,
    /// Old and new names.
    pub renamed: Vec<Renamed>,
}

impl Earlier {
    /// Reads the files, workbooks or JSON of earlier reports.
    ///
    /// # Errors
    /// All problems of all files, each with its file.
    pub fn load(paths: &[PathBuf], renamed: Vec<Renamed>, order: &Order) -> Result<Self> {
        let mut problems = Vec::new();
        let mut documents = Vec::new();
        for path in paths {
            match document(path, order) {
                Ok(found) => documents.push(found),
                Err(found) => problems.extend(found.0),
            }
        }
        if problems.is_empty() { Ok(Self { documents, renamed }) } else { Err(Problems(problems)) }
    }
}

/// An earlier assessment beside the inputs: what the user says about the layout of inputs says nothing about it.
///
/// # Errors
/// All problems of the file; messages name it.
pub fn document(path: &Path, order: &Order) -> Result<(String, Analysis)> {
    let input = Input { path: path.to_path_buf(), folder: PathBuf::new(), sheet: None };
    let Wishes { levels, scale, target, model, .. } = order.wishes.clone();
    let wishes = Wishes { levels, scale, target, model, ..Wishes::default() };
    let own = Order { wishes, date: None, ..Order::new(order.today.clone()) };
    let named = |found: Problems| {
        Problems(
            found
                .0
                .into_iter()
                .map(|problem| Problem { message: format!("{}: {}", input.shown(), problem.message), ..problem })
                .collect(),
        )
    };
    Ok((input.shown(), analyse(&input, &own).map_err(named)?))
}

/// What became of an input.
pub struct Made {
    /// The numbers.
    pub analysis: Analysis,
    /// The findings of the summary, as sentences.
    pub findings: Vec<String>,
    /// One entry a file, in the order of the formats asked for.
    pub outputs: Vec<Output>,
}

/// The bytes of one format.
pub struct Output {
    /// What it is.
    pub format: Format,
    /// Behind the stem of its name; empty unless the format gives several files.
    pub suffix: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Pages, where it has pages.
    pub pages: Option<usize>,
}

/// Reads one input and makes everything that was ordered, in memory.
///
/// # Errors
/// All problems of the file.
pub fn make(input: &Input, order: &Order) -> Result<Made> {
    let (analysis, language) = analysed(input, order)?;
    render(analysis, language, order)
}

/// Makes everything that was ordered of an analysis.
///
/// # Errors
/// A fault of a renderer.
pub fn render(mut analysis: Analysis, language: Option<String>, order: &Order) -> Result<Made> {
    let lang = order.lang.clone().or(language).unwrap_or_default();
    // Formats that hold the numbers alone need no chapters; what remains of the report is for the terminal.
    let numbers = |format: &Format| matches!(format, Format::Json | Format::Csv | Format::Parquet);
    let detail = if order.formats.iter().all(numbers) { Detail::Summary } else { order.detail };
    let options = ReportOptions { lang, detail };
    let mut report = gapwise::report::compose(&analysis, &options);
    gapwise::report::dress(&mut report, &order.render.theme);
    let mut outputs = Vec::new();
    for format in &order.formats {
        if *format == Format::Json && order.no_ratings {
            let bytes = gapwise::render::json::json(&gapwise::merge::without_ratings(analysis.clone())?);
            outputs.push(Output { format: *format, suffix: String::new(), bytes, pages: None });
            continue;
        }
        for rendered in gapwise::render::render(*format, &analysis, &report, &order.render)? {
            for warning in rendered.warnings {
                if !analysis.warnings.contains(&warning) {
                    analysis.warnings.push(warning);
                }
            }
            let (suffix, bytes, pages) = (rendered.suffix, rendered.bytes, rendered.pages);
            outputs.push(Output { format: *format, suffix, bytes, pages });
        }
    }
    Ok(Made { findings: report.findings(), analysis, outputs })
}

/// Reads one input, computes its numbers and compares them with earlier ones, where there are any.
///
/// JSON of an earlier report is taken as it is.
///
/// # Errors
/// All problems of the file.
pub fn analyse(input: &Input, order: &Order) -> Result<Analysis> {
    Ok(analysed(input, order)?.0)
}

/// The numbers, and the language that the file declares.
fn analysed(input: &Input, order: &Order) -> Result<(Analysis, Option<String>)> {
    let file = input.file();
    let bytes = input.bytes()?;
    let (mut analysis, language) = match document_of(&bytes)? {
        Some(document) => (document, None),
        None => read(input, bytes, order)?,
    };
    if let Some(own) = &mut analysis.input
        && !input.folder.as_os_str().is_empty()
    {
        let parts: Vec<_> = input.folder.iter().map(|part| part.to_string_lossy().into_owned()).collect();
        own.folder = Some(parts.join("/"));
    }
    let relative = analysis.input.as_ref().map_or_else(|| file.clone(), |own| own.relative());
    let pasts: Vec<Past> =
        order.earlier.documents.iter().map(|(name, document)| Past::only(document, name, &relative)).collect();
    gapwise::compare::compare(&mut analysis, &pasts, &order.earlier.renamed)?;
    if order.forecast {
        gapwise::analysis::forecast::set(&mut analysis);
    }
    Ok((analysis, language))
}

/// The document that a file of ours is or carries; `None` for all others, which hold a spreadsheet if anything.
///
/// # Errors
/// The file is ours and broken.
pub fn document_of(bytes: &[u8]) -> Result<Option<Analysis>> {
    #[cfg(feature = "parquet")]
    if gapwise::render::parquet::is_parquet(bytes) {
        return gapwise::render::parquet::read(bytes);
    }
    // A report of ours that carries its data is as good as the data.
    let attached = gapwise::render::pdf::archive::own_data(bytes);
    let bytes = attached.as_deref().unwrap_or(bytes);
    match gapwise::render::json::is_document(bytes) {
        true => gapwise::render::json::read(bytes).map(Some),
        false => Ok(None),
    }
}

fn read(input: &Input, bytes: Vec<u8>, order: &Order) -> Result<(Analysis, Option<String>)> {
    let file = input.file();
    #[cfg_attr(not(feature = "parquet"), expect(unused_mut, reason = "only Parquet adds a note"))]
    let mut book = gapwise::sheet::read(&file, &bytes)?;
    #[cfg(feature = "parquet")]
    if gapwise::render::parquet::is_parquet(&bytes) {
        book.notes.extend(gapwise::render::parquet::changed(&bytes));
    }
    let mut wishes = order.wishes.clone();
    if wishes.sheet.as_deref() == Some(sheets::ALL) {
        wishes.sheet = input.sheet.clone();
    }
    let read = gapwise::recognise::recognise(&book, &wishes)?;
    // Reports of several sheets would else all have the title of their file.
    let title = input.sheet.as_ref().map(|sheet| {
        let own = order.title.as_ref().or(read.value.title.as_ref()).cloned();
        format!("{}: {sheet}", own.unwrap_or_else(|| gapwise::analysis::stem(&file)))
    });
    let frame = Frame {
        file,
        sha256: book.sha256.clone(),
        title: title.or_else(|| order.title.clone()),
        date: order.date.clone().or_else(|| book.modified.clone()).unwrap_or_else(|| order.today.clone()),
    };
    let language = book.language.clone();
    drop((bytes, book));
    Ok((gapwise::analysis::analyse(&read, &frame), language))
}

/// How many files to work on at once: as asked, else as many as there are processors.
pub fn jobs(asked: Option<usize>) -> usize {
    asked.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from))
}

/// Works on all inputs with `jobs` threads and hands each result to `done` in the order of the inputs.
///
/// A panic in one file becomes its error; the others go on.
pub fn run<T: Send>(
    inputs: &[Input],
    jobs: usize,
    work: impl Fn(usize, &Input) -> Result<T> + Sync,
    mut done: impl FnMut(usize, Result<T>),
) {
    let next = AtomicUsize::new(0);
    let (send, receive) = mpsc::sync_channel(jobs.max(1));
    std::thread::scope(|scope| {
        for _ in 0..jobs.clamp(1, inputs.len().max(1)) {
            let (send, next, work) = (send.clone(), &next, &work);
            scope.spawn(move || {
                while let Some((index, input)) = {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    inputs.get(index).map(|input| (index, input))
                } {
                    let result = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| work(index, input)))
                        .unwrap_or_else(|panic| Err(internal(&panic)));
                    if send.send((index, result)).is_err() {
                        return;
                    }
                }
            });
        }
        drop(send);
        let mut waiting = BTreeMap::new();
        let mut expected = 0;
        for (index, result) in receive {
            waiting.insert(index, result);
            while let Some(result) = waiting.remove(&expected) {
                done(expected, result);
                expected += 1;
            }
        }
    });
}

fn internal(panic: &Box<dyn std::any::Any + Send>) -> Problems {
    let text = panic
        .downcast_ref::<&str>()
        .map(|text| (*text).to_owned())
        .or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_default();
    Problem::new("internal", format!("a fault in gapwise itself: {}", gapwise::error::visible(&text)))
        .hint("please report it, with the file if it may be shown")
        .into()
}
