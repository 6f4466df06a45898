//! A plan: what an invented district shall hold, and the survey laid out from it.

use super::degrees::position;
use super::doors::{Doorway, open};
use super::lattice::Lattice;
use super::names;
use super::spaces::{Marked, SPACE_LENGTH, SPACE_WIDTH, mark, room};
use super::streets::{Piece, lay};
use crate::error::{FlawCode, Flaws};
use crate::inventory::{CommunityRow, DoorRow, Layout, Side, SpaceKind, StreetKind, StreetRow, StretchRow, Survey};
use crate::units::{Centimetres, Chance};

/// What an invented district shall hold.
///
/// The streets form a jittered lattice: full-length streets, and alleys across its blocks, cut at junctions into pieces
/// that share the street's name and know their network nodes. Communities are groups of blocks and tile the district.
/// Blocks measure about 480 by 430 m and grow when the kerbs would not hold the spaces.
///
/// ```
/// use shared_parking::sample::Plan;
/// let communities = vec![("c-1".to_owned(), "East".to_owned()), ("c-2".to_owned(), "West".to_owned())];
/// let plan = Plan { name: "Two halves".into(), communities, streets: 9, spaces: 150, doors: 60, seed: 7 };
/// let survey = plan.survey().unwrap();
/// assert_eq!(survey.stretches.iter().map(|stretch| stretch.capacity).sum::<u32>(), 150);
/// assert_eq!(survey.doors.len(), 60);
/// assert!(survey.attribution.contains("invented geometry"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// What the district is called; "(invented geometry)" is added.
    pub name: String,
    /// The id and name of each community, at most 1,000; those that follow each other are neighbours. None is legal.
    pub communities: Vec<(String, String)>,
    /// How many named streets and alleys: 1 to 20,000.
    pub streets: usize,
    /// How many shared spaces, each 6.0 m by 2.5 m along the kerb: at most 1,000,000 and 2,000 for each street.
    pub spaces: u32,
    /// How many doors: at most 1,000,000.
    pub doors: usize,
    /// The seed of everything that is drawn.
    pub seed: u64,
}

impl Plan {
    /// Lays the district out: exactly the streets, spaces, doors and communities of the plan, around
    /// [`ORIGIN`](super::ORIGIN).
    ///
    /// # Errors
    /// One flaw for each number outside its range.
    pub fn survey(&self) -> Result<Survey, Flaws> {
        let mut flaws = Flaws::collector();
        let mut within = |field: &str, given: usize, least: usize, most: usize| {
            if given < least || given > most {
                let problem = format!("{given} {field}");
                flaws.push(FlawCode::OutOfRange, format!("plan, {field}"), problem, format!("give {least} to {most}"));
            }
        };
        let spaces = usize::try_from(self.spaces).unwrap_or(usize::MAX);
        within("communities", self.communities.len(), 0, 1_000);
        within("streets", self.streets, 1, 20_000);
        within("spaces", spaces, 0, self.streets.saturating_mul(2_000).min(1_000_000));
        within("doors", self.doors, 0, 1_000_000);
        flaws.finish(())?;
        Ok(self.lay_out(&[(0..usize::MAX, self.spaces)], 0..usize::MAX))
    }

    /// Lays out the whole district, then keeps the communities `kept`. Each range of communities gets the spaces
    /// stated beside it.
    pub(super) fn lay_out(&self, shares: &[(std::ops::Range<usize>, u32)], kept: std::ops::Range<usize>) -> Survey {
        let chance = Chance::new(self.seed);
        let mut lattice = Lattice::new(self.streets, self.communities.len(), &chance);
        let pieces = loop {
            let pieces = lay(&lattice, self.streets, &chance.fork("streets"));
            let fits = |(range, spaces): &(std::ops::Range<usize>, u32)| {
                room(pieces.iter().filter(|piece| in_range(range, piece))) >= i64::from(*spaces)
            };
            if shares.iter().all(fits) {
                break pieces;
            }
            lattice.scale += lattice.scale / 10;
        };
        let in_share = |(range, spaces): &(std::ops::Range<usize>, u32)| {
            mark(pieces.iter().filter(|piece| in_range(range, piece)), *spaces)
        };
        let stretches = shares.iter().flat_map(in_share).filter(|marked| in_range(&kept, marked.piece));
        let doors = open(&pieces, self.doors, &chance.fork("doors"));
        let first_word = usize::try_from(chance.fork("names").below(1_000)).unwrap_or(0);
        let name = |piece: &Piece| names::street(piece.street, first_word, piece.kind);
        Survey {
            name: format!("{} (invented geometry)", self.name),
            attribution: format!("invented geometry, seed {}: no such streets exist", self.seed),
            communities: self.communities(&lattice, &kept),
            streets: pieces
                .iter()
                .filter(|piece| in_range(&kept, piece))
                .map(|piece| self.street(piece, name(piece)))
                .collect(),
            stretches: stretches.map(|marked| stretch(&marked)).collect(),
            doors: doors
                .iter()
                .filter(|door| in_range(&kept, door.piece) && door.community.is_some_and(|at| kept.contains(&at)))
                .map(|door| self.door(door, name(door.piece)))
                .collect(),
        }
    }

    fn communities(&self, lattice: &Lattice, kept: &std::ops::Range<usize>) -> Vec<CommunityRow> {
        let row = |(at, (id, name)): (usize, &(String, String))| CommunityRow {
            origin: format!("sample community {}", at + 1),
            id: id.clone(),
            name: name.clone(),
            ring: lattice.ring(at).into_iter().map(position).collect(),
        };
        self.communities.iter().enumerate().filter(|(at, _)| kept.contains(at)).map(row).collect()
    }

    fn community(&self, at: Option<usize>) -> Option<String> {
        at.and_then(|at| self.communities.get(at)).map(|(id, _)| id.clone())
    }

    fn street(&self, piece: &Piece, name: String) -> StreetRow {
        StreetRow {
            origin: format!("sample street {}", piece.id()),
            id: piece.id(),
            name,
            kind: piece.kind,
            community: self.community(piece.home()),
            path: piece.path.iter().copied().map(position).collect(),
            width: Some(Centimetres::new(piece.width())),
            one_way: piece.kind == StreetKind::Alley,
            node_from: Some(piece.nodes.0),
            node_to: Some(piece.nodes.1),
            kerbs: Vec::new(),
        }
    }

    fn door(&self, door: &Doorway<'_>, street: String) -> DoorRow {
        let id = format!("d-{:06}", door.number + 1);
        DoorRow {
            origin: format!("sample door {id}"),
            id,
            position: position(door.position),
            street_name: Some(street),
            community: self.community(door.community),
        }
    }
}

fn in_range(range: &std::ops::Range<usize>, piece: &Piece) -> bool {
    piece.home().is_some_and(|home| range.contains(&home))
}

fn stretch(marked: &Marked<'_>) -> StretchRow {
    let side = if marked.side == Side::Left { "l" } else { "r" };
    let id = format!("{}-{side}{:02}", marked.piece.id(), marked.number + 1);
    let number = |count: i64| u32::try_from(count).unwrap_or(u32::MAX);
    StretchRow {
        origin: format!("sample stretch {id}"),
        id,
        street: marked.piece.id(),
        side: marked.side,
        kind: SpaceKind::Shared,
        layout: Layout::Parallel,
        capacity: number(marked.capacity),
        path: vec![position(marked.middle())],
        space_length: Some(Centimetres::new(number(SPACE_LENGTH))),
        space_width: Some(Centimetres::new(number(SPACE_WIDTH))),
    }
}

/// How many different named streets these rows hold.
#[cfg(test)]
fn named(survey: &Survey) -> usize {
    survey.streets.iter().map(|street| &street.name).collect::<std::collections::BTreeSet<_>>().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_small_number_of_streets_is_met_exactly() {
        for streets in 1..=120 {
            for communities in [0, 1, 2, 5, 7, 20] {
                let communities = (0..communities).map(|at| (format!("c-{at}"), format!("Community {at}"))).collect();
                let plan = Plan { name: "T".into(), communities, streets, spaces: 0, doors: 0, seed: 1 };
                assert_eq!(named(&plan.survey().unwrap()), streets);
            }
        }
    }
}
