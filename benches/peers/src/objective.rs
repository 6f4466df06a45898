//! What all solvers must agree on.

use crate::merged::standings;
use shared_parking::market::{Allocation, Market};
use std::fmt;

/// How many are seated of each standing that occurs, best first, and the cost of all seats.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Objective {
    pub(crate) seated: Vec<u64>,
    pub(crate) cost: u64,
}

impl Objective {
    pub(crate) fn new(market: &Market, allocation: &Allocation) -> Self {
        let standings = standings(market);
        let mut seated = vec![0; standings.len()];
        for seat in &allocation.seats {
            let own = market.standing(seat.agent);
            seated[standings.partition_point(|&standing| standing < own)] += u64::from(seat.count);
        }
        Self { seated, cost: allocation.cost(market) }
    }

    /// How this one and another one differ, naming both.
    pub(crate) fn against(&self, name: &str, other: &Self, other_name: &str) -> Option<String> {
        (self != other).then(|| {
            let same = self.seated.iter().zip(&other.seated).take_while(|(one, other)| one == other).count();
            let at =
                if same < self.seated.len() { format!(", first at standing number {same}") } else { String::new() };
            format!("{name} {self}, {other_name} {other}{at}")
        })
    }
}

impl fmt::Display for Objective {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "seats {}", self.seated.iter().sum::<u64>())?;
        if self.seated.len() <= 8 {
            write!(f, " {:?}", self.seated)?;
        }
        write!(f, " at cost {}", self.cost)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_names_both() {
        let one = Objective { seated: vec![3, 2], cost: 70 };
        let other = Objective { seated: vec![3, 1], cost: 60 };
        assert_eq!(one.against("ours", &one.clone(), "theirs"), None);
        let told = one.against("ours", &other, "theirs").unwrap();
        assert_eq!(
            told,
            "ours seats 5 [3, 2] at cost 70, theirs seats 4 [3, 1] at cost 60, first at standing number 1"
        );
    }
}
