//! Where a long drawing continues on the next page.

use std::ops::Range;

/// Splits rows into stretches of even length that fit `room` points and `most` rows, at a change of group where one is
/// near.
pub fn split(heights: &[f64], groups: &[&str], room: f64, most: usize) -> Vec<Range<usize>> {
    let fits = |start: usize| -> usize {
        let mut used = 0.0;
        let mut end = start;
        while end < heights.len() && end - start < most && (end == start || used + heights[end] <= room) {
            used += heights[end];
            end += 1;
        }
        end
    };
    let mut pages = 0;
    let mut start = 0;
    while start < heights.len() {
        start = fits(start);
        pages += 1;
    }
    let mut ranges = Vec::new();
    start = 0;
    while start < heights.len() {
        let left = heights.len() - start;
        let even = left.div_ceil((pages - ranges.len()).max(1));
        let longest = fits(start);
        let wanted = (start + even).min(longest).max(start + 1);
        let near =
            (start + even * 2 / 3 + 1..=longest).filter(|&end| end < heights.len() && groups[end] != groups[end - 1]);
        // A last stretch must not become too long for its page by an early cut.
        let end = if wanted == heights.len() {
            wanted
        } else {
            near.min_by_key(|end| end.abs_diff(wanted)).unwrap_or(wanted)
        };
        ranges.push(start..end);
        start = end;
    }
    ranges
}

/// Splits rows into stretches that are as long as `room` points and `most` rows allow; the last has `least` at least.
pub fn filled(heights: &[f64], room: f64, most: usize, least: usize) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    let (mut start, mut used) = (0, 0.0);
    for (row, height) in heights.iter().enumerate() {
        if row > start && (row - start == most || used + height > room) {
            ranges.push(start..row);
            (start, used) = (row, 0.0);
        }
        used += height;
    }
    ranges.push(start..heights.len());
    if let [.., before, last] = ranges.as_mut_slice() {
        let moved = least.saturating_sub(last.len()).min(before.len() / 2);
        (before.end, last.start) = (before.end - moved, last.start - moved);
    }
    ranges
}
