//! Addition without rounding until the end, so that a sum does not depend on the order or grouping of its parts.
//!
//! Source of the method: J. R. Shewchuk, "Adaptive Precision Floating-Point Arithmetic and Fast Robust Geometric
//! Predicates" (1997), grow-expansion; the final rounding is that of Python's `math.fsum`.

use serde::{Deserialize, Serialize};

/// An exact sum of finite numbers; as data, the list of its parts, largest first, the same for equal sums.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(from = "Vec<f64>", into = "Vec<f64>")]
pub struct ExactSum {
    /// Non-overlapping parts, smallest first; their exact sum is the sum.
    parts: Vec<f64>,
}

impl ExactSum {
    /// Adds a finite number.
    pub fn add(&mut self, number: f64) {
        let mut carry = number;
        let mut kept = 0;
        for index in 0..self.parts.len() {
            let (high, low) = two_sum(carry, self.parts[index]);
            if low != 0.0 {
                self.parts[kept] = low;
                kept += 1;
            }
            carry = high;
        }
        self.parts.truncate(kept);
        self.parts.push(carry);
    }

    /// Adds all that another sum holds.
    pub fn merge(&mut self, other: &Self) {
        other.parts.iter().for_each(|part| self.add(*part));
    }

    /// The sum, rounded once, half to even.
    pub fn value(&self) -> f64 {
        let mut parts = self.parts.iter().rev();
        let Some(first) = parts.next() else { return 0.0 };
        let (mut high, mut low) = (*first, 0.0);
        while let Some(part) = parts.next() {
            (high, low) = two_sum(high, *part);
            if low != 0.0 {
                // Rounding half-way cases needs the sign of what lies below `low`.
                if let Some(next) = parts.next()
                    && ((low < 0.0 && *next < 0.0) || (low > 0.0 && *next > 0.0))
                {
                    let doubled = low * 2.0;
                    let up = high + doubled;
                    if up - high == doubled {
                        high = up;
                    }
                }
                break;
            }
        }
        let _ = low;
        // A sum of nothing but zeros may carry a sign; an unsigned zero prints and compares as expected.
        if high == 0.0 { 0.0 } else { high }
    }
}

impl From<Vec<f64>> for ExactSum {
    /// Numbers of a document; those that are not finite cannot stand in JSON.
    fn from(numbers: Vec<f64>) -> Self {
        let mut sum = Self::default();
        numbers.into_iter().for_each(|number| sum.add(number));
        sum
    }
}

impl From<ExactSum> for Vec<f64> {
    fn from(mut sum: ExactSum) -> Self {
        let mut parts = Vec::new();
        loop {
            let value = sum.value();
            if value == 0.0 {
                return parts;
            }
            parts.push(value);
            sum.add(-value);
        }
    }
}

impl PartialEq for ExactSum {
    fn eq(&self, other: &Self) -> bool {
        let mut difference = self.clone();
        other.parts.iter().for_each(|part| difference.add(-part));
        difference.value() == 0.0
    }
}

/// `a + b` rounded, and exactly what the rounding lost.
fn two_sum(a: f64, b: f64) -> (f64, f64) {
    let sum = a + b;
    let of_b = sum - a;
    (sum, (a - (sum - of_b)) + (b - of_b))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sum(numbers: &[f64]) -> f64 {
        let mut sum = ExactSum::default();
        numbers.iter().for_each(|number| sum.add(*number));
        sum.value()
    }

    #[test]
    fn small_parts_are_not_lost_beside_large_ones() {
        assert_eq!(sum(&[1e16, 1.0, -1e16]), 1.0);
        assert_eq!(sum(&[0.1; 10]), 1.0);
        assert_eq!(sum(&[]), 0.0);
        assert!(sum(&[-0.0, 0.0]).is_sign_positive());
    }

    proptest! {
        #[test]
        fn order_and_grouping_do_not_matter(
            mut numbers in prop::collection::vec(-1e6f64..1e6, 0..40),
            cut in 0usize..40,
        ) {
            let forward = sum(&numbers);
            let cut = cut.min(numbers.len());
            let (mut left, mut right) = (ExactSum::default(), ExactSum::default());
            numbers[..cut].iter().for_each(|number| left.add(*number));
            numbers[cut..].iter().for_each(|number| right.add(*number));
            right.merge(&left);
            prop_assert_eq!(right.value().to_bits(), forward.to_bits());
            let (parts, others): (Vec<f64>, Vec<f64>) = (right.clone().into(), {
                let mut forward = ExactSum::default();
                numbers.iter().for_each(|number| forward.add(*number));
                forward.into()
            });
            prop_assert_eq!(&parts, &others, "as data");
            prop_assert_eq!(ExactSum::from(parts), right);
            numbers.reverse();
            prop_assert_eq!(sum(&numbers).to_bits(), forward.to_bits());
        }
    }
}
