//! The same properties by their definitions, with no thought of time: every person, every place, every other answer.

use shared_parking::audit::{DeniedClaim, Envy, WastedSeat, WorseThanHeld};
use shared_parking::market::{Agent, Allocation, Claim, Claims, Lots, Market, Place, Seat};

/// Where everybody sits, by turn.
pub type Seats = Vec<Option<Place>>;

pub struct Naive<'a> {
    pub market: &'a Market,
    pub claims: Claims,
    /// By turn: the places accepted, the best first.
    pub likes: Vec<Vec<Place>>,
    /// By turn, then place: the claim, if there is any.
    claim: Vec<Vec<Option<Claim>>>,
}

impl<'a> Naive<'a> {
    pub fn new(market: &'a Market, lots: Lots, seed: u64) -> Self {
        let claims = Claims::draw(market, lots, seed);
        let (mut likes, mut claim) = (Vec::new(), Vec::new());
        for turn in 0..claims.people() {
            let mut own = market.choices(claims.agent(turn)).to_vec();
            let to = |place: Place| match own.iter().position(|choice| choice.place == place) {
                Some(at) => Some(claims.claim(market, turn, at)),
                None => (claims.held(turn) == Some(place)).then(|| Claims::claim_to_held(turn)),
            };
            claim.push(market.places().map(to).collect());
            own.sort_by_key(|choice| (choice.cost, choice.place));
            likes.push(own.into_iter().map(|choice| choice.place).collect());
        }
        Self { market, claims, likes, claim }
    }

    pub fn turns(&self) -> std::ops::Range<usize> {
        0..self.claims.people()
    }

    pub fn seats(&self, allocation: &Allocation) -> Seats {
        self.claims.seats(self.market, allocation)
    }

    /// How many places somebody likes better.
    fn rank(&self, turn: usize, seat: Option<Place>) -> usize {
        let own = &self.likes[turn];
        seat.map_or(own.len(), |place| own.iter().position(|&other| other == place).expect("a choice"))
    }

    pub fn prefers(&self, turn: usize, place: Place, seat: Option<Place>) -> bool {
        self.likes[turn].contains(&place) && self.rank(turn, Some(place)) < self.rank(turn, seat)
    }

    /// Everybody who accepts a place, by claim to it, the best first.
    pub fn claimants(&self, place: Place) -> Vec<usize> {
        let mut own: Vec<usize> = self.turns().filter(|&turn| self.likes[turn].contains(&place)).collect();
        own.sort_by_key(|&turn| self.claim[turn][place.index()]);
        own
    }

    fn at(&self, seats: &Seats, place: Place) -> Vec<usize> {
        self.turns().filter(|&turn| seats[turn] == Some(place)).collect()
    }

    fn has_room(&self, seats: &Seats, place: Place) -> bool {
        self.at(seats, place).len() < self.market.capacity(place) as usize
    }

    /// Everybody who prefers a place to their seat.
    fn wishes(&self, seats: &Seats) -> Vec<(usize, Place)> {
        let pairs = self.turns().flat_map(|turn| self.market.places().map(move |place| (turn, place)));
        pairs.filter(|&(turn, place)| self.prefers(turn, place, seats[turn])).collect()
    }

    pub fn wasted(&self, seats: &Seats) -> Vec<WastedSeat> {
        let free = self.wishes(seats).into_iter().filter(|&(_, place)| self.has_room(seats, place));
        let wasted = |(turn, place)| WastedSeat { agent: self.claims.agent(turn), place, seat: seats[turn] };
        sorted(free.map(wasted).collect())
    }

    pub fn envy(&self, seats: &Seats) -> Vec<Envy> {
        self.envy_by(seats, |turn, place| self.claim[turn][place.index()].map(|claim| (claim, 0)))
    }

    pub fn envy_by_list(&self, seats: &Seats) -> Vec<Envy> {
        self.envy_by(seats, |turn, _| Some(turn))
    }

    fn envy_by<C: Ord>(&self, seats: &Seats, claim: impl Fn(usize, Place) -> Option<C>) -> Vec<Envy> {
        let mut found: Vec<Envy> = Vec::new();
        for (turn, place) in self.wishes(seats) {
            let agent = self.claims.agent(turn);
            let last = self.at(seats, place).into_iter().max_by_key(|&other| claim(other, place));
            if let Some(last) = last.filter(|&last| claim(last, place) > claim(turn, place))
                && found.iter().all(|envy| (envy.agent, envy.place) != (agent, place))
            {
                found.push(Envy { agent, place, seat: seats[turn], over: self.claims.agent(last) });
            }
        }
        sorted(found)
    }

    pub fn worse_than_held(&self, seats: &Seats) -> Vec<WorseThanHeld> {
        let worse = |turn: usize| {
            let held = self.claims.held(turn).filter(|&held| self.prefers(turn, held, seats[turn]))?;
            Some(WorseThanHeld { agent: self.claims.agent(turn), held, seat: seats[turn] })
        };
        sorted(self.turns().filter_map(worse).collect())
    }

    /// Whether somebody holds a place or has a priority there.
    fn is_named(&self, turn: usize, place: Place) -> bool {
        let priority = self.market.priority(self.claims.agent(turn), place);
        self.claims.held(turn) == Some(place) || priority.is_some_and(|priority| priority < Market::LAST)
    }

    pub fn denied(&self, seats: &Seats) -> Vec<DeniedClaim> {
        let better = |turn: usize, place: Place| {
            let at = place.index();
            let ahead = |other: &usize| self.is_named(*other, place) && self.claim[*other][at] < self.claim[turn][at];
            self.turns().filter(ahead).count()
        };
        let mut denied = self.wishes(seats);
        denied.retain(|&(turn, place)| {
            self.is_named(turn, place) && better(turn, place) < self.market.capacity(place) as usize
        });
        let denied = denied.into_iter().map(|(turn, place)| (self.claims.agent(turn), place, seats[turn]));
        sorted(denied.map(|(agent, place, seat)| DeniedClaim { agent, place, seat }).collect())
    }

    pub fn is_stable(&self, seats: &Seats) -> bool {
        self.wasted(seats).is_empty() && self.envy(seats).is_empty()
    }

    /// Whether nobody is worse off than in the other one, and somebody better.
    pub fn dominates(&self, seats: &Seats, other: &Seats) -> bool {
        let mut ranks = self.turns().map(|turn| (self.rank(turn, seats[turn]), self.rank(turn, other[turn])));
        seats != other && ranks.all(|(own, other)| own <= other)
    }

    /// Whether somebody could be better off and nobody worse by moving people who are seated round, without room: the
    /// wishes of the seated from place to place, and what can be reached by them.
    pub fn has_circle(&self, seats: &Seats) -> bool {
        let places = self.market.places().len();
        let mut reach = vec![vec![false; places]; places];
        for (turn, place) in self.wishes(seats) {
            seats[turn].into_iter().for_each(|seat| reach[seat.index()][place.index()] = true);
        }
        for via in 0..places {
            for from in 0..places {
                for to in 0..places {
                    reach[from][to] |= reach[from][via] && reach[via][to];
                }
            }
        }
        (0..places).any(|place| reach[place][place])
    }

    /// Everybody in turn takes the best that is left.
    pub fn serial(&self) -> Allocation {
        let mut seats: Seats = vec![None; self.claims.people()];
        for turn in self.turns() {
            seats[turn] = self.likes[turn].iter().copied().find(|&place| self.has_room(&seats, place));
        }
        self.allocation(&seats)
    }

    /// Applicants propose one by one, whoever asks first of all who may still ask.
    pub fn deferred(&self) -> Allocation {
        let mut seats: Seats = vec![None; self.claims.people()];
        let mut asked = vec![0; self.claims.people()];
        while let Some(turn) = self.turns().find(|&turn| seats[turn].is_none() && asked[turn] < self.likes[turn].len())
        {
            let place = self.likes[turn][asked[turn]];
            asked[turn] += 1;
            seats[turn] = Some(place);
            let kept = self.at(&seats, place);
            if kept.len() > self.market.capacity(place) as usize {
                let out = kept.into_iter().max_by_key(|&own| self.claim[own][place.index()]).expect("somebody");
                seats[out] = None;
            }
        }
        self.allocation(&seats)
    }

    /// Follow the pointing as many times as there are people, then go round once: those trade.
    pub fn trading(&self) -> Allocation {
        let mut seats: Seats = vec![None; self.claims.people()];
        let mut there: Vec<usize> = self.turns().collect();
        loop {
            let points = |turn: usize| self.likes[turn].iter().copied().find(|&place| self.has_room(&seats, place));
            there.retain(|&turn| points(turn).is_some());
            let Some(&first) = there.first() else { return self.allocation(&seats) };
            let next = |turn: usize| {
                let place = points(turn).expect("kept");
                let named = there.iter().copied().filter(|&other| self.is_named(other, place));
                named.min_by_key(|&other| self.claim[other][place.index()]).unwrap_or(first)
            };
            let mut on_circle = there.iter().fold(first, |turn, _| next(turn));
            let mut circle = Vec::new();
            while !circle.contains(&on_circle) {
                circle.push(on_circle);
                on_circle = next(on_circle);
            }
            let moves: Vec<(usize, Option<Place>)> = circle.iter().map(|&turn| (turn, points(turn))).collect();
            there.retain(|turn| !circle.contains(turn));
            moves.into_iter().for_each(|(turn, place)| seats[turn] = place);
        }
    }

    pub fn allocation(&self, seats: &Seats) -> Allocation {
        let pairs = self.turns().filter_map(|turn| Some((self.claims.agent(turn), seats[turn]?)));
        allocation(pairs.collect())
    }
}

/// People of agents at places, one by one, as an allocation.
pub fn allocation(mut pairs: Vec<(Agent, Place)>) -> Allocation {
    pairs.sort_unstable();
    let group = |own: &[(Agent, Place)]| {
        let count = u32::try_from(own.len()).expect("few");
        Seat { agent: own[0].0, place: own[0].1, count }
    };
    Allocation { seats: pairs.chunk_by(|a, b| a == b).map(group).collect(), certificate: None }
}

/// Every sound allocation, told as agents and places.
pub fn all_sound(market: &Market) -> Vec<Allocation> {
    let mut room: Vec<u32> = market.places().map(|place| market.capacity(place)).collect();
    let (mut seats, mut found) = (Vec::new(), Vec::new());
    add_all(market, 0, 0, &mut room, &mut seats, &mut found);
    found
}

fn add_all(
    market: &Market,
    agent: usize,
    at: usize,
    room: &mut Vec<u32>,
    seats: &mut Vec<Seat>,
    found: &mut Vec<Allocation>,
) {
    let Some(own) = market.agents().nth(agent) else {
        return found.push(Allocation { seats: seats.clone(), certificate: None });
    };
    let Some(place) = market.choices(own).get(at).map(|choice| choice.place) else {
        return add_all(market, agent + 1, 0, room, seats, found);
    };
    add_all(market, agent, at + 1, room, seats, found);
    let seated: u32 = seats.iter().filter(|seat| seat.agent == own).map(|seat| seat.count).sum();
    let before = room[place.index()];
    for count in 1..=before.min(market.count(own) - seated) {
        room[place.index()] = before - count;
        seats.push(Seat { agent: own, place, count });
        add_all(market, agent, at + 1, room, seats, found);
        seats.pop();
    }
    room[place.index()] = before;
}

fn sorted<T: Ord>(mut found: Vec<T>) -> Vec<T> {
    found.sort();
    found.dedup();
    found
}
