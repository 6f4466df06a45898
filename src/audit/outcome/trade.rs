//! Is an answer the one of top trading cycles?

use super::held::each_named;
use super::liking;
use crate::market::{Agent, Allocation, Claim, Claims, Market, Place};
use std::collections::BTreeMap;

/// One person of a trade.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TradeStep {
    /// Who.
    pub agent: Agent,
    /// What the trade gives them: the place they prefer among those with room. The person of the next step (after the
    /// last, of the first) has the best claim to it that is left.
    pub due: Place,
    /// What they have in the answer: the same, or a worse one; `None` for nothing.
    pub got: Option<Place>,
}

/// The first trade that an answer does not carry out, from its lowest agent on; empty exactly when a sound answer is the
/// one of top trading cycles, which is the only one without such a trade.
///
/// Everybody points to the place they prefer among those with room, every place to its best claim left: a holder's, then
/// that of somebody with a priority, then that of the first on the list, whether they accept the place or not. Who is on a
/// circle is due the place they point to, and has it exactly when their agent has a seat there that is not used up; then
/// these people go, and so on. It does not matter which circle comes first: circles of one moment share nobody, and one
/// that is there stays until it trades. So an answer that carries out every circle in any one order is the mechanism's;
/// and if one circle is not carried out after others were, the mechanism would have done so, and the answer is another
/// one. Whoever is on a circle prefers what is due to everything with room, so to all seats that are left for their agent.
/// An agent's identical people never stand on one circle, for they point to one place, which points to one person.
/// Whoever finds no place with room goes, and has no seat left: it would be room.
///
/// One cannot simply follow the seats: somebody whose seat comes from a later circle points elsewhere until then, and two
/// who have each other's claims are on no circle while one of them still hopes for better.
///
/// It needs all choices, claims and holdings: nobody can check it from their own data, nor is a shorter proof known to
/// us. O(c log c) for c choices of all people, for the order of the claims at each place; memory O(c).
///
/// ```
/// use shared_parking::audit::{TradeStep, out_of_trade};
/// use shared_parking::market::{Allocation, Claims, Lots, Market, Seat};
/// let mut builder = Market::builder();
/// let (kerb, yard) = (builder.place(1), builder.place(1));
/// let ann = builder.agent(5, 1, [(kerb, 10), (yard, 40)]);
/// let bob = builder.agent(0, 1, [(kerb, 20), (yard, 10)]);
/// builder.holds(ann, yard, 1);
/// builder.holds(bob, kerb, 1);
/// let market = builder.build().unwrap();
/// let claims = Claims::draw(&market, Lots::Single, 7);
/// let seats = vec![Seat { agent: ann, place: yard, count: 1 }, Seat { agent: bob, place: kerb, count: 1 }];
/// let found = out_of_trade(&market, &claims, &Allocation { seats, certificate: None });
/// let due = [TradeStep { agent: ann, due: kerb, got: Some(yard) }, TradeStep { agent: bob, due: yard, got: Some(kerb) }];
/// assert_eq!(found, due); // they should have exchanged
/// ```
#[must_use]
pub fn out_of_trade(market: &Market, claims: &Claims, allocation: &Allocation) -> Vec<TradeStep> {
    let mut floor = Floor::new(market, claims, allocation);
    let broken = (0..claims.people()).find_map(|turn| floor.follow(turn));
    broken.unwrap_or_default()
}

/// Who is there, what has room, and which seats are not used up.
struct Floor<'a> {
    market: &'a Market,
    claims: &'a Claims,
    /// How many seats are left for an agent at a place.
    left: BTreeMap<(Agent, Place), u64>,
    room: Vec<u32>,
    /// The places of each choice list that may have room, the preferred one last.
    open: Vec<Vec<Place>>,
    /// The holders of each place and those with a priority who may be there still, the best claim last.
    claimants: Vec<Vec<(Claim, usize)>>,
    /// Nobody with a turn before this one is there.
    first: usize,
    gone: Vec<bool>,
    /// Where on the path somebody stands, counted from 1.
    on_path: Vec<usize>,
}

impl<'a> Floor<'a> {
    fn new(market: &'a Market, claims: &'a Claims, allocation: &Allocation) -> Self {
        let mut left = BTreeMap::new();
        for seat in &allocation.seats {
            *left.entry((seat.agent, seat.place)).or_insert(0) += u64::from(seat.count);
        }
        let open = (0..market.list_count()).map(|list| {
            let mut sorted = market.list(list).to_vec();
            sorted.sort_unstable_by_key(|choice| std::cmp::Reverse((choice.cost, choice.place)));
            sorted.into_iter().map(|choice| choice.place).collect()
        });
        let mut claimants = vec![Vec::new(); market.places().len()];
        each_named(market, claims, |place, turn, claim| claimants[place.index()].push((claim, turn)));
        claimants.iter_mut().for_each(|own| own.sort_unstable_by(|a, b| b.cmp(a)));
        Self {
            market,
            claims,
            left,
            room: market.places().map(|place| market.capacity(place)).collect(),
            open: open.collect(),
            claimants,
            first: 0,
            gone: vec![false; claims.people()],
            on_path: vec![0; claims.people()],
        }
    }

    /// Follows the pointing from somebody until they have gone, or to a circle that is not carried out.
    ///
    /// Whoever is on the path still points where it says: a place on it loses room only in a circle through the person it
    /// points to, and places that person and those before like better are full already.
    fn follow(&mut self, first: usize) -> Option<Vec<TradeStep>> {
        let (mut path, mut tip): (Vec<(usize, Place)>, usize) = (Vec::new(), first);
        loop {
            if self.gone[tip] {
                (tip, _) = path.pop()?; // who pointed here points anew
                self.on_path[tip] = 0;
                continue;
            }
            let Some(place) = self.best_place(tip) else {
                self.gone[tip] = true;
                continue;
            };
            path.push((tip, place));
            self.on_path[tip] = path.len();
            tip = self.best_claim(place).unwrap_or(tip); // never none: the tip is there
            if let Some(start) = self.on_path[tip].checked_sub(1) {
                let circle = path.split_off(start);
                let steps: Vec<TradeStep> = circle.iter().map(|&(turn, due)| self.step(turn, due)).collect();
                if steps.iter().any(|step| step.got != Some(step.due)) {
                    return Some(from_lowest(steps));
                }
                self.trade(&circle);
            }
        }
    }

    /// The place somebody prefers among those with room.
    fn best_place(&mut self, turn: usize) -> Option<Place> {
        let open = &mut self.open[self.market.list_of(self.claims.agent(turn))];
        while open.pop_if(|place| self.room[place.index()] == 0).is_some() {}
        open.last().copied()
    }

    /// Who has the best claim to a place among those still there.
    fn best_claim(&mut self, place: Place) -> Option<usize> {
        let claimants = &mut self.claimants[place.index()];
        while claimants.pop_if(|&mut (_, turn)| self.gone[turn]).is_some() {}
        if let Some(&(_, turn)) = claimants.last() {
            return Some(turn);
        }
        while self.gone.get(self.first).is_some_and(|&gone| gone) {
            self.first += 1;
        }
        Some(self.first).filter(|&first| first < self.gone.len())
    }

    /// What somebody has for what is due: the same if their agent has it left, or the best that is.
    fn step(&self, turn: usize, due: Place) -> TradeStep {
        let agent = self.claims.agent(turn);
        if self.left.get(&(agent, due)).is_some_and(|&left| left > 0) {
            return TradeStep { agent, due, got: Some(due) };
        }
        let own = self.left.range((agent, Place::new(0))..=(agent, Place::new(u32::MAX)));
        let places = own.filter(|&(_, &left)| left > 0).map(|(&(_, place), _)| place);
        let got = places.min_by_key(|&place| liking(self.market, agent, Some(place)));
        TradeStep { agent, due, got }
    }

    /// Everybody on a circle uses up the seat due, and goes.
    fn trade(&mut self, circle: &[(usize, Place)]) {
        for &(turn, place) in circle {
            if let Some(left) = self.left.get_mut(&(self.claims.agent(turn), place)) {
                *left -= 1;
            }
            self.room[place.index()] -= 1;
            self.gone[turn] = true;
        }
    }
}

fn from_lowest(mut steps: Vec<TradeStep>) -> Vec<TradeStep> {
    let lowest = (0..steps.len()).min_by_key(|&at| steps[at].agent).unwrap_or(0);
    steps.rotate_left(lowest);
    steps
}
