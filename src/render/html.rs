//! stub
/// d
pub struct Downloads<'a> {
    /// c
    pub csv: &'a str,
    /// j
    pub json: &'a str,
}
/// stub
pub fn html(_: &crate::report::Report, _: &Downloads) -> crate::error::Result<String> {
    Ok(String::new())
}
