//! Moves boxes apart along one direction, as little as possible.

/// New starts of boxes given as wanted start and length, in ascending order: none overlaps, all stay between `low` and
/// `high` as far as they fit, and each group that had to move is centred on where it wanted to be.
pub fn apart(boxes: &[(f64, f64)], low: f64, high: f64) -> Vec<f64> {
    // Groups of touching boxes: first box, number of boxes, start, length.
    let mut groups: Vec<(usize, usize, f64, f64)> = Vec::new();
    for (index, &(start, length)) in boxes.iter().enumerate() {
        groups.push((index, 1, bounded(start, length, low, high), length));
        while let [.., before, last] = groups.as_slice() {
            if before.2 + before.3 <= last.2 {
                break;
            }
            let (first, count, length) = (before.0, before.1 + last.1, before.3 + last.3);
            let mut offset = 0.0;
            let mut sum = 0.0;
            for &(start, length) in &boxes[first..first + count] {
                sum += start - offset;
                offset += length;
            }
            let start = bounded(sum / count as f64, length, low, high);
            groups.truncate(groups.len() - 2);
            groups.push((first, count, start, length));
        }
    }
    let mut starts = Vec::with_capacity(boxes.len());
    for (first, count, start, _) in groups {
        let mut at = start;
        for &(_, length) in &boxes[first..first + count] {
            starts.push(at);
            at += length;
        }
    }
    starts
}

fn bounded(start: f64, length: f64, low: f64, high: f64) -> f64 {
    start.min(high - length).max(low)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn boxes_move_as_little_as_possible() {
        assert_eq!(apart(&[(0.0, 2.0), (5.0, 2.0)], -10.0, 10.0), [0.0, 5.0]);
        assert_eq!(apart(&[(5.0, 2.0), (5.0, 2.0)], -10.0, 10.0), [4.0, 6.0]);
        assert_eq!(apart(&[(9.0, 2.0), (9.5, 2.0)], 0.0, 10.0), [6.0, 8.0]);
    }

    proptest! {
        #[test]
        fn no_two_boxes_overlap(mut boxes in proptest::collection::vec((0.0..100.0_f64, 1.0..9.0_f64), 0..10)) {
            boxes.sort_by(|one, other| one.0.total_cmp(&other.0));
            let starts = apart(&boxes, 0.0, 100.0);
            for (index, pair) in starts.windows(2).enumerate() {
                prop_assert!(pair[0] + boxes[index].1 <= pair[1] + 1e-9);
            }
            for (start, (_, length)) in starts.iter().zip(&boxes) {
                prop_assert!(*start >= -1e-9 && start + length <= 100.0 + 1e-9);
            }
        }
    }
}
