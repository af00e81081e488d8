//! stub
/// s
pub fn markdown(_: &crate::analysis::Analysis, _: &crate::report::Report) -> Vec<u8> {
    vec![]
}
