//! stub
/// s
pub fn json(a: &crate::analysis::Analysis) -> Vec<u8> {
    serde_json::to_vec_pretty(a).unwrap_or_default()
}
