//! The bank's Infrastructure as Code ratings: five areas down, six platforms across, a second grid for the targets.

use rust_xlsxwriter::{Color, DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, XlsxError};

const PLATFORMS: [&str; 6] = [
    "Commercial Lending",
    "Core Banking",
    "Internet Banking",
    "Investment Services",
    "Mobile Banking",
    "Risk Management",
];

/// Areas with the present levels by platform (the published demonstration data) and the targets (ours).
const AREAS: [(&str, [i32; 6], [i32; 6]); 5] = [
    ("Development", [-1, 3, 1, 1, 0, 1], [1, 2, 2, 2, 1, 2]),
    ("Continuous Integration", [1, 2, 2, 2, 2, 1], [2, 2, 2, 2, 2, 2]),
    ("Provisioning", [-1, -1, -1, 1, 1, -1], [1, 1, 2, 2, 2, 1]),
    ("Management", [0, 1, 0, 2, -1, 0], [1, 1, 1, 2, 1, 1]),
    ("Observability", [2, 0, 2, -1, 0, 2], [2, 2, 2, 1, 2, 2]),
];

/// Nobody could say how Investment Services watches its platform: area and platform of the blank cell.
const BLANK: (usize, usize) = (4, 3);

/// The workbook: both grids on one sheet, the scale on another.
pub fn workbook() -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    book.set_properties(
        &DocProperties::new()
            .set_title("Infrastructure as Code at First Federated Bank")
            .set_author("Platform engineering")
            .set_creation_datetime(&ExcelDateTime::from_ymd(2026, 1, 31)?),
    );
    let sheet = book.add_worksheet().set_name("IaC")?;
    let title = Format::new().set_bold().set_font_size(16);
    let bold = Format::new().set_bold();
    let head = Format::new().set_bold().set_text_wrap().set_font_color(Color::White).set_background_color(0x12436D);
    let centred = Format::new().set_align(FormatAlign::Center);
    sheet.write_with_format(0, 0, "Infrastructure as Code at First Federated Bank", &title)?;
    sheet.write(1, 0, "Six platforms, January 2026")?;
    let grids = [("Current level", 3), ("Target level", 11)];
    for (index, (name, top)) in grids.into_iter().enumerate() {
        sheet.write_with_format(top, 0, name, &bold)?;
        sheet.write_with_format(top + 1, 0, "Area", &head)?;
        for (col, platform) in (1..).zip(PLATFORMS) {
            sheet.write_with_format(top + 1, col, platform, &head)?;
        }
        for (line, (row, (area, current, target))) in (top + 2..).zip(AREAS.into_iter().enumerate()) {
            sheet.write(line, 0, area)?;
            for (platform, level) in [current, target][index].into_iter().enumerate() {
                if index == 0 && (row, platform) == BLANK {
                    continue;
                }
                sheet.write_with_format(line, platform as u16 + 1, level, &centred)?;
            }
        }
    }
    sheet.set_column_width(0, 28)?;
    super::cd::scale(book.add_worksheet().set_name("Levels")?, "Managed")?;
    book.save_to_buffer()
}

/// The present levels with one target for each area, separated by semicolons as a German spreadsheet program saves them.
pub fn csv() -> Vec<u8> {
    let mut text = format!("Area;{};Target\r\n", PLATFORMS.join(";"));
    for (row, (area, current, target)) in AREAS.into_iter().enumerate() {
        let levels: Vec<String> = current
            .into_iter()
            .enumerate()
            .map(|(platform, level)| if (row, platform) == BLANK { String::new() } else { level.to_string() })
            .collect();
        let target = target.into_iter().max().unwrap_or_default();
        text.push_str(&format!("{area};{};{target}\r\n", levels.join(";")));
    }
    text.into_bytes()
}
