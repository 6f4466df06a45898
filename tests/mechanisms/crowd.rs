//! A market unrolled into single people, in two ways that must agree: read from [`Claims`], and drawn anew from the
//! documented formulas.

use shared_parking::market::{Agent, Allocation, Claims, Lots, Market, Place};

/// Where each person sits, by turn.
pub type Seats = Vec<Option<usize>>;

/// One person of a market.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    pub agent: usize,
    /// The places accepted, the best first.
    pub prefers: Vec<usize>,
    pub held: Option<usize>,
}

/// Everybody by turn, and who is ahead of whom at each place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crowd {
    pub room: Vec<usize>,
    pub people: Vec<Person>,
    /// For each place those who accept or hold it, the best claim first, by turn.
    pub lines: Vec<Vec<usize>>,
    /// How many of each line hold the place or have a priority there; everybody else is ordered by turn or lot.
    pub named: Vec<usize>,
}

pub fn agent(number: usize) -> Agent {
    Agent::new(u32::try_from(number).expect("a small number"))
}

pub fn place(number: usize) -> Place {
    Place::new(u32::try_from(number).expect("a small number"))
}

impl Crowd {
    /// As the library orders people.
    pub fn claimed(market: &Market, lots: Lots, seed: u64) -> Self {
        let claims = Claims::draw(market, lots, seed);
        let turns = 0..claims.people();
        let held = |turn| claims.held(turn).map(Place::index);
        let people = turns.clone().map(|turn| Person::new(market, claims.agent(turn), held(turn))).collect();
        let (mut lines, mut named) = (Vec::new(), Vec::new());
        for there in market.places() {
            let mut line = Vec::new();
            for turn in turns.clone() {
                let choices = market.choices(claims.agent(turn));
                if let Some(at) = choices.iter().position(|choice| choice.place == there) {
                    let claim = claims.claim(market, turn, at);
                    let named = claim.is_holders() || market.priority_at(claims.agent(turn), at) < Market::LAST;
                    line.push((claim, turn, named));
                } else if claims.held(turn) == Some(there) {
                    line.push((Claims::claim_to_held(turn), turn, true));
                }
            }
            line.sort_unstable();
            named.push(line.iter().filter(|claimant| claimant.2).count());
            lines.push(line.into_iter().map(|claimant| claimant.1).collect());
        }
        Self { room: room(market), people, lines, named }
    }

    /// As the documentation says: the list by standing, lot and agent; claims by holding, priority, standing and lot.
    pub fn drawn(market: &Market, lots: Lots, seed: u64) -> Self {
        let mut list = Vec::new();
        for who in market.agents() {
            let own = d(d(seed) ^ u64::from(who.number()));
            list.extend((0..market.count(who)).map(|n| (market.standing(who), d(own ^ u64::from(n)), who.number(), n)));
        }
        list.sort_unstable();
        let mut people = Vec::new();
        for (turn, &(_, _, number, _)) in list.iter().enumerate() {
            let earlier = list[..turn].iter().filter(|other| other.2 == number).count();
            let who = Agent::new(number);
            people.push(Person::new(market, who, holdings(market, who).get(earlier).copied()));
        }
        let (mut lines, mut named) = (Vec::new(), Vec::new());
        for there in market.places() {
            let far = d(u64::from(there.number()));
            let mut line = Vec::new();
            for (turn, &(standing, _, number, _)) in list.iter().enumerate() {
                let who = Agent::new(number);
                let earlier = list[..turn].iter().filter(|other| other.2 == number).count();
                let mut own: Vec<u64> = list.iter().filter(|other| other.2 == number).map(|p| d(p.1 ^ far)).collect();
                own.sort_unstable();
                let lot = if lots == Lots::PerPlace { (standing, own[earlier]) } else { (0, 0) };
                if people[turn].held == Some(there.index()) {
                    line.push((false, 0, (0, 0), turn));
                } else if let Some(priority) = market.priority(who, there) {
                    line.push((true, priority, lot, turn));
                }
            }
            line.sort_unstable();
            named.push(line.iter().filter(|claimant| !claimant.0 || claimant.1 < Market::LAST).count());
            lines.push(line.into_iter().map(|claimant| claimant.3).collect());
        }
        Self { room: room(market), people, lines, named }
    }

    /// Nothing counts but the list: neither holdings nor priorities.
    pub fn by_list(&self) -> Self {
        let mut plain = self.clone();
        plain.people.iter_mut().for_each(|person| person.held = None);
        for (there, line) in plain.lines.iter_mut().enumerate() {
            *line = (0..self.people.len()).filter(|&turn| self.people[turn].prefers.contains(&there)).collect();
        }
        plain.named = vec![0; self.room.len()];
        plain
    }

    /// Everybody in the order of their claims to a place; who neither accepts nor holds it counts as one about whom
    /// nothing is said.
    pub fn order(&self, there: usize) -> Vec<usize> {
        let mut order = self.lines[there][..self.named[there]].to_vec();
        let others: Vec<usize> = (0..self.people.len()).filter(|turn| !order.contains(turn)).collect();
        order.extend(others);
        order
    }

    /// Whether somebody prefers the first to the second; what they do not accept is as good as nothing.
    pub fn likes(&self, turn: usize, first: Option<usize>, second: Option<usize>) -> bool {
        let prefers = &self.people[turn].prefers;
        let rank = |seat: Option<usize>| prefers.iter().position(|&place| Some(place) == seat).unwrap_or(prefers.len());
        rank(first) < rank(second)
    }

    /// How many people of each agent sit where: (agent, place, count).
    pub fn counted(&self, seats: &Seats) -> Vec<(usize, usize, usize)> {
        let mut pairs: Vec<(usize, usize)> =
            self.people.iter().zip(seats).filter_map(|(person, seat)| Some((person.agent, (*seat)?))).collect();
        pairs.sort_unstable();
        pairs.chunk_by(|a, b| a == b).map(|same| (same[0].0, same[0].1, same.len())).collect()
    }

    /// The seats of an allocation: an agent's best for its earliest turn.
    pub fn dealt(&self, allocation: &Allocation) -> Seats {
        let mut left = counted(allocation);
        let mut seats = Vec::new();
        for person in &self.people {
            let own = |there| left.iter().position(|&(who, at, count)| (who, at) == (person.agent, there) && count > 0);
            let best = person.prefers.iter().find_map(|&there| own(there));
            best.into_iter().for_each(|at| left[at].2 -= 1);
            seats.push(best.map(|at| left[at].1));
        }
        assert!(left.iter().all(|seat| seat.2 == 0), "seats for nobody: {left:?} in {allocation:?}");
        seats
    }
}

/// The same numbers as [`Crowd::counted`], from an allocation.
pub fn counted(allocation: &Allocation) -> Vec<(usize, usize, usize)> {
    let number = |count| usize::try_from(count).expect("a small number");
    allocation.seats.iter().map(|seat| (seat.agent.index(), seat.place.index(), number(seat.count))).collect()
}

impl Person {
    fn new(market: &Market, who: Agent, held: Option<usize>) -> Self {
        let mut choices: Vec<(u32, usize)> = market.choices(who).iter().map(|c| (c.cost, c.place.index())).collect();
        choices.sort_unstable();
        Self { agent: who.index(), prefers: choices.into_iter().map(|choice| choice.1).collect(), held }
    }
}

fn room(market: &Market) -> Vec<usize> {
    market.places().map(|place| usize::try_from(market.capacity(place)).expect("a small number")).collect()
}

/// The spaces that people of an agent hold, what they like best first, what they do not accept last.
fn holdings(market: &Market, who: Agent) -> Vec<usize> {
    let mut own = Vec::new();
    for hold in market.holdings().iter().filter(|hold| hold.agent == who) {
        let cost = market.cost(who, hold.place);
        own.extend((0..hold.count).map(|_| (cost.is_none(), cost, hold.place.index())));
    }
    own.sort_unstable();
    own.into_iter().map(|hold| hold.2).collect()
}

/// The first output of SplitMix64 from this seed, as its authors published it.
fn d(seed: u64) -> u64 {
    let z = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
