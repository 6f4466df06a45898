//! Which streets an invented applicant ranks, and which one they do not want.
//!
//! Invariant: ranking and excluding draw from streams of their own, so each can be turned on without drawing anything
//! else again; only what is excluded gives way to what is ranked.

use super::Rates;
use crate::inventory::{Inventory, Walk, Walker};
use crate::people::Preferences;
use crate::units::{Centimetres, Chance, DoorId, StreetId};
use std::collections::BTreeMap;

/// How far somebody looks for a street, and among how many they choose: invented.
const LIMIT: Centimetres = Centimetres::metres(500);
const CHOICE: usize = 8;
/// The most streets that are ranked.
const RANKED: u64 = 3;

/// What applicants wish, with the streets near each door once somebody behind it asked.
pub(super) struct Wishes<'a> {
    inventory: &'a Inventory,
    walker: Walker<'a>,
    walks: Vec<Walk>,
    near: BTreeMap<usize, Vec<&'a StreetId>>,
}

impl<'a> Wishes<'a> {
    pub(super) fn new(inventory: &'a Inventory) -> Self {
        Self { inventory, walker: inventory.walker(), walks: Vec::new(), near: BTreeMap::new() }
    }

    /// The wishes of an applicant behind a door, from the applicant's streams.
    pub(super) fn of(&mut self, door: &DoorId, rates: &Rates, own: &Chance) -> Preferences {
        let (mut ranking, mut excluding) = (own.fork("ranks streets"), own.fork("excludes a street"));
        let (ranks, excludes) = (ranking.happens(rates.ranks_streets), excluding.happens(rates.excludes_street));
        let Some(door) = self.inventory.door_index(door).filter(|_| ranks || excludes) else {
            return Preferences::default();
        };
        let near = self.near(door);
        let ranked = if ranks { some(near, &mut ranking) } else { Vec::new() };
        let excluded = if excludes { unranked(near, &ranked, &mut excluding) } else { None };
        Preferences { ranked, excluded: excluded.into_iter().collect() }
    }

    /// The streets with spaces nearest to a door, the nearest first.
    fn near(&mut self, door: usize) -> &[&'a StreetId] {
        let Self { inventory, walker, walks, near } = self;
        near.entry(door).or_insert_with(|| {
            walker.walks(door, LIMIT, walks);
            let mut streets: Vec<&StreetId> = Vec::with_capacity(CHOICE);
            for walk in walks.iter() {
                let street = &inventory.stretches()[walk.stretch].street;
                if streets.len() < CHOICE && !streets.contains(&street) {
                    streets.push(street);
                }
            }
            streets
        })
    }
}

/// A place in a list of this length.
fn place(length: usize, chance: &mut Chance) -> usize {
    let bound = u64::try_from(length).unwrap_or(u64::MAX);
    usize::try_from(chance.below(bound)).unwrap_or(0)
}

/// One to three of the streets, if there are so many, in any order.
fn some(near: &[&StreetId], chance: &mut Chance) -> Vec<StreetId> {
    let wanted = 1 + chance.below(RANKED);
    let mut left = near.to_vec();
    let mut ranked = Vec::new();
    for _ in 0..wanted {
        if left.is_empty() {
            break;
        }
        ranked.push(left.remove(place(left.len(), chance)).clone());
    }
    ranked
}

/// One of the streets: the one drawn, or the next that is not ranked. `None` for fewer than two streets.
fn unranked(near: &[&StreetId], ranked: &[StreetId], chance: &mut Chance) -> Option<StreetId> {
    let drawn = place(near.len(), chance);
    let (before, after) = near.split_at_checked(drawn).filter(|_| near.len() > 1)?;
    after.iter().chain(before).find(|street| !ranked.contains(street)).map(|&street| street.clone())
}
