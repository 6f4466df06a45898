//! Markets for the mechanisms that seat one by one: places with priorities, and holders.

use super::Order::{Strict, Tiers};
use super::{Order, Reach, Recipe};
use shared_parking::Chance;
use shared_parking::market::{Market, Place};

/// A kind of market, for any number of people; there are half as many spaces, and 32 choices each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rivals {
    /// An invented district: the nearest 32 stretches, everyone with a standing of their own; a stretch prefers people by
    /// points for their walk to it, their wait, and whether they live in its neighbourhood.
    District,
    /// The same, and a quarter of the spaces are held.
    Held,
    /// As `District` with three standings, so that lots decide a lot.
    Tiers,
    /// Everyone with a list of their own, drawn from all places of 16 spaces, one standing, and a priority drawn for
    /// each choice: nothing is shared, and places are asked from everywhere.
    Scattered,
}

/// Points as in Dongjak, Seoul: for a walk of up to so many centimetres (and beyond), for the class of the wait, and for
/// the same neighbourhood. There, the distance is a straight line.
const WALKS: [u32; 4] = [3_000, 6_000, 9_000, 12_000];
const CLASS_POINTS: [u32; 5] = [40, 30, 20, 10, 5];
const NEIGHBOUR_POINTS: u32 = 10;
const MOST_POINTS: u32 = 90;

/// A neighbourhood is so many stretches one after the other: a few rows of blocks, or a part of one.
const NEIGHBOURHOOD: usize = 100;

/// How many choices everyone has, and how many spaces a place of the scattered markets.
const CHOICES: usize = 32;
const SPACES: u32 = 16;

impl Rivals {
    pub(crate) const ALL: [Self; 4] = [Self::District, Self::Held, Self::Tiers, Self::Scattered];

    pub(crate) fn name(self) -> &'static str {
        ["district", "held", "tiers", "scattered"][self as usize]
    }

    pub(crate) fn market(self, people: u32) -> Market {
        match self {
            Self::District => district(people, Strict, false),
            Self::Held => district(people, Strict, true),
            Self::Tiers => district(people, Tiers, false),
            Self::Scattered => scattered(people),
        }
    }
}

/// The recipe's market with priorities by walk, and with holders.
fn district(people: u32, order: Order, held: bool) -> Market {
    let plain = Recipe { spaces: people / 2, people, reach: Reach::Stretches, order, seed: 1 }.market();
    let mut builder = Market::builder();
    let mut free: Vec<u32> = plain.places().map(|place| plain.capacity(place)).collect();
    for place in plain.places() {
        builder.place(plain.capacity(place));
    }
    let (mut chance, mut waits) = (Chance::new(1).fork("holders"), Chance::new(1).fork("waits"));
    for agent in plain.agents() {
        let choices = plain.choices(agent);
        builder.agent(plain.standing(agent), plain.count(agent), choices.iter().map(|own| (own.place, own.cost)));
        let home = choices.iter().min_by_key(|choice| choice.cost).unwrap().place;
        let wait = CLASS_POINTS[usize::try_from(waits.below(5)).unwrap()];
        for choice in choices {
            let walk = CLASS_POINTS[WALKS.iter().filter(|&&most| choice.cost > most).count()];
            let neighbour = choice.place.index() / NEIGHBOURHOOD == home.index() / NEIGHBOURHOOD;
            let points = walk + wait + u32::from(neighbour) * NEIGHBOUR_POINTS;
            builder.priority(agent, choice.place, MOST_POINTS - points);
        }
        // one in eight people is a quarter of the spaces
        if held && chance.below(8) == 0 {
            let at = choices[usize::try_from(chance.below(choices.len() as u64)).unwrap()].place;
            if free[at.index()] > 0 {
                free[at.index()] -= 1;
                builder.holds(agent, at, 1);
            }
        }
    }
    builder.build().unwrap()
}

fn scattered(people: u32) -> Market {
    let places = people / (2 * SPACES);
    let mut builder = Market::builder();
    for _ in 0..places {
        builder.place(SPACES);
    }
    let mut chance = Chance::new(1).fork("scattered");
    let mut list: Vec<(Place, u32)> = Vec::with_capacity(CHOICES);
    for _ in 0..people {
        list.clear();
        while list.len() < CHOICES {
            let place = Place::new(u32::try_from(chance.below(places.into())).unwrap());
            if list.iter().all(|choice| choice.0 != place) {
                list.push((place, u32::try_from(chance.below(30_000)).unwrap()));
            }
        }
        let agent = builder.agent(0, 1, list.iter().copied());
        for choice in &list {
            builder.priority(agent, choice.0, u32::try_from(chance.below(1_000_000)).unwrap());
        }
    }
    builder.build().unwrap()
}
