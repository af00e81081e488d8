//! A report -> bytes. One file a format; nothing here decides about numbers or wording.

pub mod csv;
pub mod html;
pub mod json;
pub mod markdown;
#[cfg(feature = "parquet")]
pub mod parquet;
pub mod pdf;
pub mod svg;
pub mod xlsx;

use std::sync::Arc;

use crate::analysis::Analysis;
use crate::error::{Problem, Result};
use crate::report::Report;
use crate::theme::Theme;

/// What a report can be written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// One self-contained page.
    Html,
    /// A tagged PDF.
    Pdf,
    /// The analysis, `gapwise/1`.
    Json,
    /// One row a rating.
    Csv,
    /// A summary for a CI job.
    Markdown,
    /// The analysis as a workbook with formulas.
    Xlsx,
    /// Each chart by itself.
    Svg,
    /// One row a rating, for query engines; needs the feature `parquet`.
    Parquet,
}

impl Format {
    /// Every format, in the order they are listed to users.
    pub const ALL: [Self; 8] =
        [Self::Html, Self::Pdf, Self::Json, Self::Csv, Self::Markdown, Self::Xlsx, Self::Svg, Self::Parquet];

    /// The ending of its files, which is also its name on the command line.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Pdf => "pdf",
            Self::Json => "json",
            Self::Csv => "csv",
            Self::Markdown => "md",
            Self::Xlsx => "xlsx",
            Self::Svg => "svg",
            Self::Parquet => "parquet",
        }
    }

    /// All names, for messages: `html, pdf, json, csv, md, xlsx, svg, parquet`.
    pub fn known() -> String {
        Self::ALL.map(Self::ending).join(", ")
    }

    /// Whether this program can write it.
    ///
    /// # Errors
    /// `feature-missing`: it was built without what the format needs.
    pub fn built_in(self) -> std::result::Result<(), Problem> {
        match self {
            Self::Parquet if !cfg!(feature = "parquet") => {
                let what = "`parquet`: this program was built without the feature `parquet`";
                Err(Problem::new("feature-missing", what).hint(crate::sheet::WITH_PARQUET))
            }
            _ => Ok(()),
        }
    }
}

/// How outputs look. Cheap to copy: what is large is shared.
#[derive(Clone, Debug, Default)]
pub struct RenderOptions {
    /// Paper of the PDF and of printed sheets.
    pub paper: pdf::Paper,
    /// What the PDF is made to; PDF/A-3a carries the analysis.
    pub standard: pdf::archive::Standard,
    /// Colours, logo, fonts and treatment of page and paper.
    pub theme: Arc<Theme>,
    /// The files the page is made of.
    pub templates: Arc<html::Templates>,
}

/// One rendered output.
#[derive(Clone, Debug, PartialEq)]
pub struct Rendered {
    /// Behind the stem of its name, where a format gives several files: `-gaps`; empty for all others.
    pub suffix: String,
    /// The bytes of the file.
    pub bytes: Vec<u8>,
    /// Pages, where the format has pages.
    pub pages: Option<usize>,
    /// What was noticed while rendering: characters that no font has.
    pub warnings: Vec<Problem>,
}

/// Renders a report in one format: one file, or one a chart as SVG.
///
/// # Errors
/// A fault of a renderer; of the data only where a workbook has too few rows for it (`too-large`); `feature-missing`.
pub fn render(
    format: Format,
    analysis: &Analysis,
    report: &Report,
    options: &RenderOptions,
) -> Result<Vec<Rendered>> {
    let plain = |bytes| Rendered { suffix: String::new(), bytes, pages: None, warnings: Vec::new() };
    Ok(vec![match format {
        Format::Json => plain(json::json(analysis)),
        Format::Csv => plain(csv::csv(analysis)),
        Format::Markdown => plain(markdown::markdown(report)),
        Format::Xlsx => plain(xlsx::xlsx(analysis, report, options.paper)?),
        Format::Html => {
            let (csv, json) = (csv::csv(analysis), json::json(analysis));
            let text = |bytes| String::from_utf8(bytes).expect("CSV and JSON are UTF-8");
            let downloads = html::Downloads { csv: &text(csv), json: &text(json) };
            plain(html::html(report, &downloads, &options.theme, &options.templates)?.into_bytes())
        }
        Format::Pdf => {
            let (paper, standard, theme) = (options.paper, options.standard, Arc::clone(&options.theme));
            let data = match standard {
                pdf::archive::Standard::A3a => json::json(analysis),
                _ => Vec::new(),
            };
            let pdf = pdf::pdf(report, &pdf::PdfOptions { paper, standard, data, theme, ..Default::default() })?;
            Rendered { suffix: String::new(), bytes: pdf.bytes, pages: Some(pdf.pages), warnings: pdf.warnings }
        }
        Format::Svg => return Ok(svg::svg(report, &options.theme)),
        #[cfg(feature = "parquet")]
        Format::Parquet => plain(parquet::parquet(analysis)),
        #[cfg(not(feature = "parquet"))]
        Format::Parquet => return Err(format.built_in().expect_err("it is not built in").into()),
    }])
}

/// Renders a portfolio ([`crate::report::portfolio()`]) as page, paper, Markdown or charts; `json` is what its page
/// offers to save, the merged document, and may be empty. Formats that show ratings, not reports, give no file.
///
/// # Errors
/// A fault of a renderer, never of the data.
pub fn portfolio(format: Format, report: &Report, json: &str, options: &RenderOptions) -> Result<Vec<Rendered>> {
    let plain = |bytes| vec![Rendered { suffix: String::new(), bytes, pages: None, warnings: Vec::new() }];
    Ok(match format {
        Format::Html => {
            let downloads = html::Downloads { csv: "", json };
            plain(html::html(report, &downloads, &options.theme, &options.templates)?.into_bytes())
        }
        Format::Markdown => plain(markdown::markdown(report)),
        Format::Pdf => {
            let pdf = pdf::pdf(
                report,
                &pdf::PdfOptions { paper: options.paper, theme: Arc::clone(&options.theme), ..Default::default() },
            )?;
            let pages = Some(pdf.pages);
            vec![Rendered { suffix: String::new(), bytes: pdf.bytes, pages, warnings: pdf.warnings }]
        }
        Format::Svg => svg::svg(report, &options.theme),
        Format::Json | Format::Csv | Format::Xlsx | Format::Parquet => Vec::new(),
    })
}
