//! stub
/// Paper
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paper {
    /// a
    A4,
    /// l
    Letter,
}
/// o
pub struct PdfOptions {
    /// p
    pub paper: Paper,
}
/// Pdf
pub struct Pdf {
    /// b
    pub bytes: Vec<u8>,
    /// n
    pub pages: usize,
    /// w
    pub warnings: Vec<crate::error::Problem>,
}
/// stub
pub fn pdf(_: &crate::report::Report, _: &PdfOptions) -> crate::error::Result<Pdf> {
    Ok(Pdf { bytes: vec![], pages: 0, warnings: vec![] })
}
