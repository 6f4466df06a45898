//! The pilot this library is modelled on, with its published totals on invented streets.

use super::Plan;
use crate::inventory::Survey;

/// The communities of the first phase and their spaces, as published in 2019.
const FIRST: (usize, u32) = (6, 642);
/// The communities of the whole subdistrict, and its marked streets and alleys and their spaces by the end of 2019.
const YEAR_END: (usize, usize, u32) = (20, 46, 2_250);
/// Doors of the whole subdistrict: invented, two for every five marked spaces.
const DOORS: usize = 900;

/// How far the marking of Desheng had come in 2019.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Phase {
    /// The first phase: 642 shared spaces in 6 communities.
    First,
    /// The end of the year: 2,250 shared spaces on 46 streets and alleys, in all 20 communities.
    YearEnd,
}

/// Desheng subdistrict, Xicheng, Beijing, with the totals published in 2019 and **invented geometry**.
///
/// Published: 642 spaces in 6 communities (first phase); 46 streets and alleys with 2,250 spaces (end of the year); 20
/// communities on 4.14 square kilometres. Invented: every street, its name and place, every door (900), which streets
/// belong to which community, and the number of streets of the first phase, which was not published: 18 streets and
/// alleys lie in or around the first six communities of this layout.
///
/// The first phase is a part of the end of the year: the same ids, places and capacities, so both can be compared.
/// `communities` gives ids and names in the order in which they are laid out, neighbours next to each other; the first
/// six are the first phase. Missing ones are invented, those after the twentieth are left out.
///
/// ```
/// use shared_parking::sample::{Phase, desheng};
/// let spaces = |phase| desheng(phase, &[], 1).stretches.iter().map(|stretch| stretch.capacity).sum::<u32>();
/// assert_eq!((spaces(Phase::First), spaces(Phase::YearEnd)), (642, 2_250));
/// ```
#[must_use]
pub fn desheng(phase: Phase, communities: &[(String, String)], seed: u64) -> Survey {
    let (count, streets, spaces) = YEAR_END;
    let invented = |at: usize| (format!("invented-{:02}", at + 1), format!("Invented community {}", at + 1));
    let community = |at: usize| communities.get(at).cloned().unwrap_or_else(|| invented(at));
    let plan = Plan {
        name: "Desheng".to_owned(),
        communities: (0..count).map(community).collect(),
        streets,
        spaces,
        doors: DOORS,
        seed,
    };
    let kept = match phase {
        Phase::First => 0..FIRST.0,
        Phase::YearEnd => 0..count,
    };
    plan.lay_out(&[(0..FIRST.0, FIRST.1), (FIRST.0..count, spaces - FIRST.1)], kept)
}
