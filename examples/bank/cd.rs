//! The bank's Continuous Delivery ratings: ten applications in six areas, a row a rating.

use rust_xlsxwriter::{
    Color, DataValidation, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Formula, Workbook,
    Worksheet, XlsxError,
};

/// The present level in one row of the sheet.
#[derive(Clone, Copy, PartialEq)]
pub enum Mark {
    Level(i32),
    NotApplicable,
    Blank,
}

/// One row of the sheet.
pub struct Row {
    pub application: &'static str,
    pub area: &'static str,
    pub current: Mark,
    pub target: i32,
    pub weight: u32,
    pub owner: &'static str,
    pub due: &'static str,
    pub evidence: &'static str,
    pub action: &'static str,
}

/// One assessment of all applications.
pub struct Assessment {
    pub date: (u16, u8, u8),
    pub subtitle: &'static str,
    pub rows: Vec<Row>,
}

/// The level that the model calls unranked: nobody has rated the cell.
const UNRANKED: i32 = -2;

/// The six areas, what the evidence is for them, and what is usually done next.
const AREAS: [(&str, &str, &str); 6] = [
    ("Build Management and Continuous Integration", "build server history", "Run every build on the shared server"),
    ("Environments and Deployment", "deployment log", "Script the deployment and use it in every environment"),
    ("Release Management and Compliance", "release calendar", "Record approvals in the pipeline"),
    ("Testing", "test reports of the last three releases", "Automate the acceptance tests of the main journeys"),
    ("Data Management", "migration scripts", "Version every database change with the code"),
    ("Configuration Management", "repository review", "Keep all settings in version control"),
];

/// An application: weight, owner, present levels by area (the published demonstration data), targets (ours).
type Application = (&'static str, u32, &'static str, [i32; 6], [i32; 6]);

const APPLICATIONS: [Application; 10] = [
    ("Core Banking Application", 5, "Core banking delivery lead", [-1, -1, 1, -1, 0, 2], [1, 1, 2, 2, 1, 2]),
    ("Internet Banking Application", 5, "Digital channels lead", [1, 0, 2, -1, 1, 0], [2, 2, 2, 2, 2, 1]),
    ("Human Resources Application", 2, "HR systems lead", [0, -1, 1, 1, 0, 0], [1, 0, 1, 1, 1, 1]),
    ("ATM Management Application", 3, "ATM channel lead", [2, 0, 0, 2, 1, -1], [2, 1, 2, 2, 1, 1]),
    ("Equity Trading and Analytics Platform", 4, "Trading platform lead", [1, -1, 0, 2, 0, -1], [2, 1, 1, 2, 1, 1]),
    ("Risk Management Application", 4, "Risk systems lead", [2, 0, 1, 3, 1, 2], [2, 1, 2, 2, 2, 2]),
    ("Mobile Banking Platform (iOS)", 4, "Mobile platforms lead", [2, -1, -1, -1, 1, 0], [2, 1, 1, 2, 1, 1]),
    ("Mobile Banking Platform (Android)", 3, "Mobile platforms lead", [1, 0, 0, -1, 1, 2], [2, 1, 1, 2, 1, 2]),
    (
        "Purchasing and Inventory Control System",
        2,
        "Procurement systems lead",
        [-1, 1, 2, 1, 0, 1],
        [1, 1, 1, 1, 1, 1],
    ),
    ("Security Administration System", 3, "Security engineering lead", [1, 0, 2, 1, -1, 0], [2, 1, 2, 2, 1, 1]),
];

/// Ratings that are missing or do not apply: application, area, what stands there, and why.
const EXCEPTIONS: [(usize, usize, Mark, &str); 6] = [
    (2, 0, Mark::NotApplicable, "built by the vendor"),
    (2, 3, Mark::NotApplicable, "tested by the vendor"),
    (4, 4, Mark::Blank, "interview moved to March"),
    (6, 5, Mark::Blank, "interview moved to March"),
    (8, 3, Mark::Level(UNRANKED), "no test report was at hand"),
    (9, 4, Mark::NotApplicable, "holds no data of its own"),
];

/// What half a year had changed: application, area, the level in July 2025.
const BEFORE: [(usize, usize, i32); 17] = [
    (0, 3, 0),
    (0, 5, 1),
    (1, 0, 0),
    (1, 1, -1),
    (3, 0, 1),
    (3, 3, 1),
    (4, 0, 0),
    (5, 1, -1),
    (5, 3, 2),
    (5, 5, 1),
    (6, 0, 1),
    (6, 3, 0),
    (7, 2, -1),
    (7, 5, 1),
    (8, 2, 1),
    (9, 0, 0),
    (9, 2, 1),
];

/// The assessment of January 2026.
pub fn now() -> Assessment {
    let mut rows = Vec::new();
    for (index, (application, weight, owner, levels, targets)) in APPLICATIONS.into_iter().enumerate() {
        for (area_index, (area, evidence, action)) in AREAS.into_iter().enumerate() {
            let exception = EXCEPTIONS.iter().find(|(a, b, ..)| (*a, *b) == (index, area_index));
            let current = exception.map_or(Mark::Level(levels[area_index]), |(_, _, mark, _)| *mark);
            let target = targets[area_index];
            let gap = match current {
                Mark::Level(level) if level > UNRANKED => target - level,
                _ => 0,
            };
            rows.push(Row {
                application,
                area,
                current,
                target,
                weight,
                // Small gaps of light applications have nobody and no date yet.
                owner: if gap > 0 && (gap > 1 || weight > 2) { owner } else { "" },
                due: match (gap, weight) {
                    (3.., 5) => "2026-06-30",
                    (2.., _) => "2026-09-30",
                    (1, 3..) => "2026-12-31",
                    _ => "",
                },
                evidence: exception.map_or(evidence, |(_, _, _, why)| why),
                action: if gap > 0 { action } else { "" },
            });
        }
    }
    Assessment { date: (2026, 1, 31), subtitle: "Second assessment, January 2026", rows }
}

/// The assessment of July 2025: the same questions, before owners and dates were named.
pub fn earlier() -> Assessment {
    let mut rows = now().rows;
    for (index, row) in rows.iter_mut().enumerate() {
        if let Some((_, _, level)) = BEFORE.iter().find(|(a, b, _)| a * 6 + b == index) {
            row.current = Mark::Level(*level);
        }
        (row.owner, row.due, row.action) = ("", "", "");
    }
    Assessment { date: (2025, 7, 31), subtitle: "First assessment, July 2025", rows }
}

const HEADER: [&str; 10] = [
    "Application",
    "Area",
    "Current level",
    "Target level",
    "Gap",
    "Weight",
    "Owner",
    "Target date",
    "Evidence",
    "Next action",
];

/// The whole table as text, header first, for the formats that hold nothing but text.
pub fn table(assessment: &Assessment) -> Vec<Vec<String>> {
    let mut table = vec![HEADER.iter().filter(|head| **head != "Gap").map(|head| (*head).to_owned()).collect()];
    for row in &assessment.rows {
        let current = match row.current {
            Mark::Level(level) => level.to_string(),
            Mark::NotApplicable => "n/a".to_owned(),
            Mark::Blank => String::new(),
        };
        let words = [row.owner, row.due, row.evidence, row.action].map(str::to_owned);
        let first = [row.application.to_owned(), row.area.to_owned(), current];
        let numbers = [row.target.to_string(), row.weight.to_string()];
        table.push(first.into_iter().chain(numbers).chain(words).collect());
    }
    table
}

/// The table as CSV, as a spreadsheet program saves it.
pub fn csv(assessment: &Assessment) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in table(assessment) {
        writer.write_record(row).expect("a vector takes every byte");
    }
    writer.into_inner().expect("a vector takes every byte")
}

/// The workbook a consultant would hand over: notes, ratings under a title block, the scale.
pub fn workbook(assessment: &Assessment) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let (year, month, day) = assessment.date;
    let created = ExcelDateTime::from_ymd(year, month, day)?;
    book.set_properties(
        &DocProperties::new()
            .set_title("Continuous Delivery at First Federated Bank")
            .set_author("Delivery practice group")
            .set_creation_datetime(&created),
    );
    notes(book.add_worksheet().set_name("Read me")?, assessment)?;
    ratings(book.add_worksheet().set_name("CD")?, assessment)?;
    scale(book.add_worksheet().set_name("Scale")?, "Quantitatively managed")?;
    book.save_to_buffer()
}

fn notes(sheet: &mut Worksheet, assessment: &Assessment) -> Result<(), XlsxError> {
    let title = Format::new().set_bold().set_font_size(14);
    sheet.write_with_format(0, 0, "About this workbook", &title)?;
    let lines = [
        "First Federated Bank is fictitious.",
        "Each application was rated in each of six areas in a two-hour interview with its delivery lead.",
        "The sheet \"CD\" holds the levels, the sheet \"Scale\" says what they mean.",
        "A blank level was not assessed; n/a marks what does not apply to an application.",
        "Weights run from 1 (support) to 5 (customers notice within minutes).",
        assessment.subtitle,
    ];
    for (row, line) in (2..).zip(lines) {
        sheet.write(row, 0, line)?;
    }
    sheet.set_column_width(0, 90)?;
    Ok(())
}

fn ratings(sheet: &mut Worksheet, assessment: &Assessment) -> Result<(), XlsxError> {
    let title = Format::new().set_bold().set_font_size(16);
    let head = Format::new()
        .set_bold()
        .set_font_color(Color::White)
        .set_background_color(Color::RGB(0x12436D))
        .set_text_wrap()
        .set_align(FormatAlign::VerticalCenter);
    let cell = Format::new().set_border_bottom(FormatBorder::Hair);
    let centred = cell.clone().set_align(FormatAlign::Center);
    let date = cell.clone().set_num_format("yyyy-mm-dd");
    sheet.write_with_format(0, 0, "Continuous Delivery at First Federated Bank", &title)?;
    sheet.write(1, 0, assessment.subtitle)?;
    sheet.write(2, 0, "One level for each application and area, agreed with the delivery leads")?;
    const FIRST: u32 = 5;
    for (col, text) in (0..).zip(HEADER) {
        sheet.write_with_format(FIRST - 1, col, text, &head)?;
    }
    for (line, row) in (FIRST..).zip(&assessment.rows) {
        sheet.write_with_format(line, 0, row.application, &cell)?;
        sheet.write_with_format(line, 1, row.area, &cell)?;
        let gap = match row.current {
            Mark::Level(level) => {
                sheet.write_with_format(line, 2, level, &centred)?;
                (level > UNRANKED).then(|| row.target - level)
            }
            Mark::NotApplicable => {
                sheet.write_with_format(line, 2, "n/a", &centred)?;
                None
            }
            Mark::Blank => {
                sheet.write_blank(line, 2, &centred)?;
                None
            }
        };
        sheet.write_with_format(line, 3, row.target, &centred)?;
        let number = line + 1;
        let own_gap = format!("=IF(AND(ISNUMBER(C{number}),C{number}>-2),D{number}-C{number},\"\")");
        let shown = gap.map(|gap| gap.to_string()).unwrap_or_default();
        sheet.write_formula_with_format(line, 4, Formula::new(own_gap).set_result(shown), &centred)?;
        sheet.write_with_format(line, 5, row.weight, &centred)?;
        sheet.write_with_format(line, 6, row.owner, &cell)?;
        match row.due.is_empty() {
            true => sheet.write_blank(line, 7, &cell)?,
            false => sheet.write_with_format(line, 7, &ExcelDateTime::parse_from_str(row.due)?, &date)?,
        };
        sheet.write_with_format(line, 8, row.evidence, &cell)?;
        sheet.write_with_format(line, 9, row.action, &cell)?;
    }
    let last = FIRST + assessment.rows.len() as u32 - 1;
    let levels = DataValidation::new().allow_list_strings(&["-2", "-1", "0", "1", "2", "3", "n/a"])?;
    sheet.add_data_validation(FIRST, 2, last, 3, &levels)?;
    sheet.autofilter(FIRST - 1, 0, last, HEADER.len() as u16 - 1)?;
    sheet.set_freeze_panes(FIRST, 2)?;
    for (col, width) in (0..).zip([38, 42, 10, 10, 8, 8, 28, 12, 38, 48]) {
        sheet.set_column_width(col, width)?;
    }
    Ok(())
}

/// The sheet that says what the levels mean.
pub fn scale(sheet: &mut Worksheet, second: &str) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold();
    for (col, text) in (0..).zip(["Level", "Name", "Meaning"]) {
        sheet.write_with_format(0, col, text, &bold)?;
    }
    let levels = [
        (UNRANKED, "Unranked", "Nobody has rated it yet"),
        (-1, "Regressive", "Done by hand, differently each time"),
        (0, "Repeatable", "Written down and partly scripted"),
        (1, "Consistent", "One automated way of working in every environment"),
        (2, second, "Measured, and kept under control by the figures"),
        (3, "Optimizing", "Improved release after release"),
    ];
    for (row, (value, name, meaning)) in (1..).zip(levels) {
        sheet.write(row, 0, value)?;
        sheet.write(row, 1, name)?;
        sheet.write(row, 2, meaning)?;
    }
    sheet.set_column_width(1, 26)?;
    sheet.set_column_width(2, 60)?;
    Ok(())
}
