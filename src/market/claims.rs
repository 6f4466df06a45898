//! Who is ahead of whom: the list of all people one by one, and their claims at each place.
//!
//! Invariant: claims at a place never tie. The order is data that follows from the market and the seed; mechanisms and
//! auditors read the same one, so an auditor checks what a mechanism did with it, not how it was drawn.

use super::{Agent, Allocation, Lots, Market, Place, Priority, Standing, index_u32, lot, lot_at};

/// How strong somebody's claim to a place is: the smaller one goes first.
///
/// Holders of the place come first, in the order of their turns; then the smaller [`Priority`], then the better standing,
/// then the lower lot, then the lower agent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Claim(u64);

impl Claim {
    /// Holder or not, priority, and a rank below 2^31 that settles the rest: 64 bits in all.
    const fn new(holder: bool, priority: Priority, rank: u32) -> Self {
        let outsider = if holder { 0 } else { 1 << 63 };
        Self(outsider | (priority as u64) << 31 | rank as u64)
    }

    /// Whether it is the claim of somebody who holds the place today.
    #[must_use]
    pub const fn is_holders(self) -> bool {
        self.0 >> 63 == 0
    }
}

/// Every person of a market in the order of the list, and their claims.
///
/// The *list* orders people by standing, then lot ([`lot`]), then agent; a person's *turn* is the position in it, from 0.
/// The people of one agent are identical but for their lots: their turns come in the order of their lots, and the agent's
/// holdings belong to the earliest of them, the place they prefer most first. With [`Lots::PerPlace`] each place has lots
/// of its own ([`lot_at`]), which an agent's people use in the order of their turns: the lowest lot for the first.
///
/// ```
/// use shared_parking::market::{Claims, Lots, Market};
/// let mut builder = Market::builder();
/// let kerb = builder.place(1);
/// let late = builder.agent(5, 1, [(kerb, 30)]);
/// let early = builder.agent(2, 1, [(kerb, 30)]);
/// let near = builder.agent(5, 1, [(kerb, 30)]);
/// builder.priority(near, kerb, 0);
/// let market = builder.build().unwrap();
///
/// let claims = Claims::draw(&market, Lots::Single, 7);
/// assert_eq!(claims.agent(0), early); // the list: by standing, whatever the place prefers
/// let turn = |agent| (0..3).find(|&turn| claims.agent(turn) == agent).unwrap();
/// assert!(claims.claim(&market, turn(near), 0) < claims.claim(&market, turn(early), 0)); // at the kerb: priority first
/// assert!(claims.claim(&market, turn(early), 0) < claims.claim(&market, turn(late), 0));
/// ```
#[derive(Clone, Debug)]
pub struct Claims {
    /// Whose person takes each turn.
    agents: Vec<Agent>,
    /// Which place each person holds; empty where nobody holds any.
    held: Vec<Option<Place>>,
    per_place: Option<PerPlace>,
}

/// With lots for each place: the rank of each person at each of their choices.
#[derive(Clone, Debug)]
struct PerPlace {
    /// Where the ranks of each turn start.
    starts: Vec<usize>,
    /// In the order of the choices; a smaller one goes first.
    ranks: Vec<u32>,
}

impl Claims {
    /// Orders all people. O(people log people), and with lots for each place O(c log c), where c is the number of
    /// choices of all people, each counted for itself. Memory O(people), or O(c).
    #[must_use]
    pub fn draw(market: &Market, lots: Lots, seed: u64) -> Self {
        let mut list: Vec<u128> = Vec::with_capacity(market.agents().len());
        for agent in market.agents() {
            let standing = u128::from(market.standing(agent)) << 96;
            let people = (0..market.count(agent)).map(|person| u128::from(lot(seed, agent, person)) << 32);
            list.extend(people.map(|lot| standing | lot | u128::from(agent.number())));
        }
        list.sort_unstable();
        #[expect(clippy::cast_possible_truncation, reason = "the last 32 bits are the agent's number")]
        let agents: Vec<Agent> = list.iter().map(|&key| Agent::new(key as u32)).collect();
        let held = if market.holdings().is_empty() { Vec::new() } else { held(market, &agents) };
        let per_place = (lots == Lots::PerPlace).then(|| PerPlace::draw(market, &agents, seed));
        Self { agents, held, per_place }
    }

    /// How many people there are: the turns are the numbers below it.
    #[must_use]
    pub const fn people(&self) -> usize {
        self.agents.len()
    }

    /// Whose person takes a turn.
    ///
    /// # Panics
    /// Beyond [`people`](Self::people), as all methods that take a turn.
    #[must_use]
    pub fn agent(&self, turn: usize) -> Agent {
        self.agents[turn]
    }

    /// The place that the person of a turn holds today.
    #[must_use]
    pub fn held(&self, turn: usize) -> Option<Place> {
        self.held.get(turn).copied().flatten()
    }

    /// The claim of a person to one of their choices: the one at this position in [`Market::choices`].
    #[must_use]
    pub fn claim(&self, market: &Market, turn: usize, at: usize) -> Claim {
        let agent = self.agents[turn];
        if self.held(turn).is_some_and(|held| market.choices(agent)[at].place == held) {
            return Self::claim_to_held(turn);
        }
        let rank = self.per_place.as_ref().map_or(index_u32(turn), |lots| lots.ranks[lots.starts[turn] + at]);
        Claim::new(false, market.priority_at(agent, at), rank)
    }

    /// The claim of somebody to the place they hold, whether or not it is one of their choices.
    #[must_use]
    pub const fn claim_to_held(turn: usize) -> Claim {
        Claim::new(true, 0, index_u32(turn))
    }

    /// Which seat each person has, by turn: an agent's seats go to its people in the order of their turns, the seat
    /// they prefer most first. Seats that the market does not know, and those beyond an agent's people, are passed over.
    #[must_use]
    pub fn seats(&self, market: &Market, allocation: &Allocation) -> Vec<Option<Place>> {
        let agents = market.agents().len();
        let mut own: Vec<(Agent, u32, Place, u32)> = Vec::with_capacity(allocation.seats.len());
        for seat in allocation.seats.iter().filter(|seat| seat.agent.index() < agents) {
            let cost = market.cost(seat.agent, seat.place);
            own.extend(cost.map(|cost| (seat.agent, cost, seat.place, seat.count)));
        }
        self.deal(market, own)
    }

    /// Deals places to the people of their agents, in the order of turns, the preferred ones first.
    fn deal(&self, market: &Market, own: Vec<(Agent, u32, Place, u32)>) -> Vec<Option<Place>> {
        deal(market, &self.agents, own)
    }
}

fn deal(market: &Market, turns: &[Agent], mut own: Vec<(Agent, u32, Place, u32)>) -> Vec<Option<Place>> {
    own.sort_unstable();
    let mut next: Vec<usize> = Vec::with_capacity(market.agents().len());
    let mut start = 0;
    for agent in market.agents() {
        start += own[start..].iter().take_while(|seat| seat.0 < agent).count();
        next.push(start);
    }
    let mut dealt = vec![None; turns.len()];
    for (seat, &agent) in dealt.iter_mut().zip(turns) {
        let at = &mut next[agent.index()];
        while let Some((owner, _, place, left)) = own.get_mut(*at).filter(|seat| seat.0 == agent) {
            debug_assert_eq!(*owner, agent);
            if *left == 0 {
                *at += 1;
                continue;
            }
            *left -= 1;
            *seat = Some(*place);
            break;
        }
    }
    dealt
}

/// Which place each person holds, those that are no choice of theirs last.
fn held(market: &Market, turns: &[Agent]) -> Vec<Option<Place>> {
    let cost = |agent, place| market.cost(agent, place).unwrap_or(u32::MAX);
    let own = market.holdings().iter().map(|hold| (hold.agent, cost(hold.agent, hold.place), hold.place, hold.count));
    deal(market, turns, own.collect())
}

impl PerPlace {
    fn draw(market: &Market, agents: &[Agent], seed: u64) -> Self {
        let (mut starts, mut length) = (Vec::with_capacity(agents.len()), 0);
        for &agent in agents {
            starts.push(length);
            length += market.choices(agent).len();
        }
        let mut turns: Vec<u32> = (0..index_u32(agents.len())).collect();
        turns.sort_by_key(|&turn| agents[turn as usize]); // stable: an agent's turns stay in their order
        let mut lots: Vec<(Place, Standing, u64, u32, usize)> = Vec::with_capacity(length);
        for own in turns.chunk_by(|&a, &b| agents[a as usize] == agents[b as usize]) {
            let agent = agents[own[0] as usize];
            for (at, choice) in market.choices(agent).iter().enumerate() {
                let mut drawn: Vec<u64> =
                    (0..market.count(agent)).map(|person| lot_at(seed, agent, person, choice.place)).collect();
                drawn.sort_unstable();
                let ranked = own.iter().zip(drawn).map(|(&turn, lot)| (turn, lot, starts[turn as usize] + at));
                lots.extend(ranked.map(|(turn, lot, slot)| (choice.place, market.standing(agent), lot, turn, slot)));
            }
        }
        lots.sort_unstable();
        let mut ranks = vec![0; length];
        for place in lots.chunk_by(|a, b| a.0 == b.0) {
            for (rank, lot) in (0..).zip(place) {
                ranks[lot.4] = rank;
            }
        }
        Self { starts, ranks }
    }
}
