//! stub
/// s
pub fn csv(_: &crate::analysis::Analysis) -> Vec<u8> {
    vec![]
}
