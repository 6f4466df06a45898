//! Numbers of many people in a few: mean, ranks, and how unequal they are.

use crate::units::{BasisPoints, Rounding};
use serde::Serialize;

/// How a number is spread over people; all zero when there is nobody.
///
/// Ranks are nearest ranks: the p90 is the smallest value that nine tenths of the people do not exceed.
///
/// The **Gini coefficient** says how unequal the numbers are: the mean difference of all pairs of people, divided by
/// twice the mean. For values `x` of `n` people that sum to `S` it is
///
/// ```text
/// sum over i and j of |x_i - x_j|  /  (2 n S)  =  sum over i of (2 i - n - 1) x_(i)  /  (n S)
/// ```
///
/// with `x_(1) ..= x_(n)` the values in ascending order. 0: everybody has the same; towards 10,000 basis points: one
/// person has it all. It is worked out in integers and rounded once, to the nearest basis point; 0 for fewer than two
/// people, and where all values are 0.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Spread {
    /// Of how many people.
    pub people: u64,
    /// The sum.
    pub total: u64,
    /// The arithmetic mean, to the nearest.
    pub mean: u32,
    /// The value that half of the people do not exceed.
    pub median: u32,
    /// The value that nine tenths of the people do not exceed.
    pub p90: u32,
    /// The largest.
    pub max: u32,
    /// How unequal they are.
    pub gini: BasisPoints,
}

impl Spread {
    /// From values, each with how many people have it: at most 2^31 people in all, so sums fit. O(n log n).
    pub(in crate::audit) fn of(values: impl IntoIterator<Item = (u32, u32)>) -> Self {
        let mut values: Vec<(u32, u32)> = values.into_iter().filter(|&(_, count)| count > 0).collect();
        values.sort_unstable();
        let people: u64 = values.iter().map(|&(_, count)| u64::from(count)).sum();
        let total: u64 = values.iter().map(|&(value, count)| u64::from(value) * u64::from(count)).sum();
        let rank = |tenths: u64| {
            let (needed, mut reached) = ((people * tenths).div_ceil(10), 0);
            let at = values.iter().find(|&&(_, count)| {
                reached += u64::from(count);
                reached >= needed
            });
            at.map_or(0, |&(value, _)| value)
        };
        let mean = Rounding::Nearest.divide(i128::from(total), i128::from(people));
        Self {
            people,
            total,
            mean: u32::try_from(mean).unwrap_or(u32::MAX),
            median: rank(5),
            p90: rank(9),
            max: values.last().map_or(0, |&(value, _)| value),
            gini: gini(&values, people, total),
        }
    }
}

/// Of sorted values: a run of `c` equal ones after `k` smaller ones has the ranks `k + 1 ..= k + c`, and
/// `2 i - n - 1` sums over them to `c (2 k + c - n)`.
fn gini(values: &[(u32, u32)], people: u64, total: u64) -> BasisPoints {
    let (mut before, mut sum) = (0_i128, 0_i128);
    for &(value, count) in values {
        let count = i128::from(count);
        sum += i128::from(value) * count * (2 * before + count - i128::from(people));
        before += count;
    }
    let points = Rounding::Nearest.divide(sum * 10_000, i128::from(people) * i128::from(total));
    BasisPoints::new(u32::try_from(points).unwrap_or(0))
}
