//! Invented districts for measurements: seeded, of any size, the same in every version.

#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "each benchmark uses a part; the figures of a recipe are our own"
)]

pub(crate) mod fair;
pub(crate) mod family;
pub(crate) mod measure;
pub(crate) mod rivals;

use shared_parking::Chance;
use shared_parking::market::{Market, Place};

/// Which places a building's people accept, all within the walking radius.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reach {
    /// The nearest stretches until they hold 32 spaces: about 3.5 stretches.
    Spaces,
    /// The nearest 32 stretches.
    Stretches,
    /// Every stretch: about 65.
    Wide,
    /// The nearest 32 spaces, each a place of its own with its own distance.
    OwnDistance,
}

/// How standings are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    /// Three standings: three people in ten, four, three.
    Tiers,
    /// Everyone has a different one.
    Strict,
    /// Everyone has the same one.
    Ties,
}

/// What to invent.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Recipe {
    pub(crate) spaces: u32,
    pub(crate) people: u32,
    pub(crate) reach: Reach,
    pub(crate) order: Order,
    pub(crate) seed: u64,
}

const BLOCK: i64 = 7_500; // centimetres between junctions
const PITCH: i64 = 600; // a space
const CLEAR: i64 = 500; // kept clear at junctions, both ends together
const RADIUS: i64 = 30_000; // the longest walk

struct Stretch {
    /// The two ends.
    from: (i64, i64),
    to: (i64, i64),
    spaces: i64,
}

impl Stretch {
    /// The point at `part` thousandths of the way along.
    fn point(&self, part: i64) -> (i64, i64) {
        let along = |from: i64, to: i64| from + (to - from) * part / 1_000;
        (along(self.from.0, self.to.0), along(self.from.1, self.to.1))
    }
}

impl Recipe {
    /// The market: stretches are places in the order of streets, buildings' people are agents, one for each standing
    /// of a building.
    pub(crate) fn market(&self) -> Market {
        let root = Chance::new(self.seed);
        let stretches = self.streets(&mut root.fork("streets"));
        let side = i64::try_from(stretches.0).unwrap();
        let stretches = stretches.1;
        let mut builder = Market::builder();
        let mut places: Vec<Vec<Place>> = Vec::new();
        for stretch in &stretches {
            let spaces = u32::try_from(stretch.spaces).unwrap();
            places.push(match self.reach {
                Reach::OwnDistance => (0..spaces).map(|_| builder.place(1)).collect(),
                _ => vec![builder.place(spaces)],
            });
        }
        let (mut chance, mut people) = (root.fork("people"), 0);
        let mut order: Vec<u32> = (0..self.people).collect();
        let mut shuffle = root.fork("order");
        for at in (1..order.len()).rev() {
            order.swap(at, usize::try_from(shuffle.below(at as u64 + 1)).unwrap());
        }
        while people < self.people {
            let street = usize::try_from(chance.below(stretches.len() as u64)).unwrap();
            let door = stretches[street].point(i64::try_from(chance.below(1_000)).unwrap());
            let choices = self.choices(door, side, &stretches, &places);
            // Many small buildings, some large ones: 3.7 people on average.
            let size = if chance.below(10) < 8 { 1 + chance.below(4) } else { 3 + chance.below(12) };
            let size = u32::try_from(size).unwrap().min(self.people - people);
            let mut tiers = [0; 3];
            for _ in 0..size {
                match self.order {
                    Order::Strict => {
                        builder.agent(order[people as usize], 1, choices.iter().copied());
                    }
                    Order::Ties => tiers[0] += 1,
                    Order::Tiers => {
                        tiers[[0, 0, 0, 1, 1, 1, 1, 2, 2, 2][usize::try_from(chance.below(10)).unwrap()]] += 1
                    }
                }
                people += 1;
            }
            for (tier, count) in (0..).zip(tiers).filter(|&(_, count)| count > 0) {
                builder.agent(tier, count, choices.iter().copied());
            }
        }
        builder.build().unwrap()
    }

    /// The junctions to a side, and the stretches between them, row by row.
    fn streets(&self, chance: &mut Chance) -> (usize, Vec<Stretch>) {
        let usual = u64::from(self.spaces) * 10 / 117;
        let mut side = 2;
        while 2 * side * (side - 1) < usual {
            side += 1;
        }
        let mut jitter = |line: u64| {
            let shift = i64::try_from(chance.below(2_000)).unwrap() - 1_000;
            i64::try_from(line).unwrap() * BLOCK + shift
        };
        let junctions: Vec<(i64, i64)> = (0..side * side).map(|at| (jitter(at % side), jitter(at / side))).collect();
        let mut stretches = Vec::new();
        for at in 0..side * side {
            let ends = [(at % side + 1 < side, at + 1), (at / side + 1 < side, at + side)];
            for (_, other) in ends.into_iter().filter(|end| end.0) {
                let (from, to) = (junctions[usize::try_from(at).unwrap()], junctions[usize::try_from(other).unwrap()]);
                let length = (to.0 - from.0).abs().max((to.1 - from.1).abs());
                stretches.push(Stretch { from, to, spaces: ((length - CLEAR) / PITCH).max(1) });
            }
        }
        let mut missing = i64::from(self.spaces) - stretches.iter().map(|stretch| stretch.spaces).sum::<i64>();
        let mut at = 0;
        while missing != 0 {
            let many = stretches.len();
            let stretch = &mut stretches[at % many];
            if missing > 0 || stretch.spaces > 1 {
                stretch.spaces += missing.signum();
                missing -= missing.signum();
            }
            at += 7;
        }
        (usize::try_from(side).unwrap(), stretches)
    }

    fn choices(&self, door: (i64, i64), side: i64, stretches: &[Stretch], places: &[Vec<Place>]) -> Vec<(Place, u32)> {
        let walk = |to: (i64, i64)| (door.0 - to.0).abs() + (door.1 - to.1).abs();
        let mut near: Vec<(i64, usize)> = Vec::new();
        let (column, row) = (door.0 / BLOCK, door.1 / BLOCK);
        for line in (row - 5).max(0)..(row + 6).min(side) {
            // Where a row of junctions starts: 2 stretches a junction, 1 at the end of a row, none down in the last.
            let start = |column: i64| {
                let per = if line + 1 < side { 2 } else { 1 };
                let row = line * (2 * side - 1);
                usize::try_from(row + (per * column).min(2 * side - 1)).unwrap().min(stretches.len())
            };
            let part = start((column - 5).max(0))..start((column + 6).min(side)).min(stretches.len());
            for (at, stretch) in stretches.iter().enumerate().take(part.end).skip(part.start) {
                let distance = walk(stretch.point(500));
                if distance <= RADIUS {
                    near.push((distance, at));
                }
            }
        }
        near.sort_unstable();
        let cost = |distance: i64| u32::try_from(distance).unwrap();
        let mut found = Vec::new();
        let mut spaces = 0;
        for (rank, &(distance, at)) in near.iter().enumerate() {
            match self.reach {
                Reach::Wide => {}
                Reach::Stretches if rank >= 32 => break,
                Reach::Stretches => {}
                Reach::Spaces | Reach::OwnDistance if spaces >= 32 => break,
                Reach::Spaces | Reach::OwnDistance => spaces += stretches[at].spaces,
            }
            let parts = i64::try_from(places[at].len()).unwrap();
            for (&place, part) in places[at].iter().zip(0..) {
                let own = if parts == 1 {
                    distance
                } else {
                    walk(stretches[at].point(500 + 1_000 * (2 * part + 1 - parts) / (2 * parts) * 9 / 10))
                };
                found.push((place, cost(own)));
            }
        }
        found
    }
}
