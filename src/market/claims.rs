//! Who is ahead of whom: the list of all people one by one, and their claims at each place.
//!
//! Invariant: claims at a place never tie. The order is data that follows from the market and the seed; mechanisms and
//! auditors read the same one, so an auditor checks what a mechanism did with it, not how it was drawn.

use super::place_lots::PlaceLots;
use super::{Agent, Allocation, Choice, Lots, Market, Place, Priority, index_u32, lot};

/// How strong somebody's claim to a place is: the smaller one goes first.
///
/// Holders of the place come first, in the order of their turns; then the smaller [`Priority`], then the better standing,
/// then the lower lot, then the lower agent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Claim {
    grade: Grade,
    /// With lots for each place: the lot there, and the agent with the number among its people.
    lot: u64,
    person: u64,
}

impl Claim {
    pub(crate) const fn grade(self) -> Grade {
        self.grade
    }

    /// Whether it is the claim of somebody who holds the place today.
    #[must_use]
    pub const fn is_holders(self) -> bool {
        self.grade.0 >> 63 == 0
    }
}

/// What decides between most claims: holder or not, priority, and a rank below 2^31 - 1, in 64 bits. The rank is the turn,
/// which decides between all, or with lots for each place the number of better standings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Grade(u64);

impl Grade {
    /// No worse than any, and worse than any: no rank is the last that fits.
    pub(crate) const BEST: Self = Self(0);
    pub(crate) const NONE: Self = Self(u64::MAX);

    const fn new(priority: Priority, rank: u32) -> Self {
        Self(1 << 63 | (priority as u64) << 31 | rank as u64)
    }

    /// Of somebody's claim to the place they hold.
    pub(crate) const fn of_holder(turn: u32) -> Self {
        Self(turn as u64)
    }

    /// Whether the place prefers the person, though not for holding it.
    pub(crate) const fn is_preferred(self) -> bool {
        let outsider = self.0 >> 63 == 1;
        outsider && (self.0 >> 31) & Market::LAST as u64 != Market::LAST as u64
    }

    /// Whose it is, with lots for each person and for holders.
    pub(crate) const fn turn(self) -> usize {
        (self.0 & ((1 << 31) - 1)) as usize
    }
}

/// Every person of a market in the order of the list, and their claims.
///
/// The *list* orders people by standing, then lot ([`lot`]), then agent; a person's *turn* is the position in it, from 0.
/// The people of one agent are identical but for their lots: their turns come in the order of their lots, and the agent's
/// holdings belong to the earliest of them, the place they prefer most first. With [`Lots::PerPlace`] each place has lots
/// of its own ([`lot_at`](super::lot_at)), which an agent's people use in the order of their turns: the lowest lot for
/// the first.
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
    /// All turns agent by agent, those of one agent in order.
    by_agent: Vec<u32>,
    /// Which place each person holds; empty where nobody holds any.
    held: Vec<Option<Place>>,
    /// Where there are lots for each place, and they decide anything.
    place_lots: Option<PlaceLots>,
}

impl Claims {
    /// Orders all people: O(p log p) for p people, memory O(p). Lots for each place are worked out as they are needed, but
    /// for agents of several people: n people with l choices take O(l n log n), memory O(l n), where there are people of
    /// equal standing.
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
        let by_agent = by_agent(market, &agents);
        let held = if market.holdings().is_empty() { Vec::new() } else { held(market, &agents) };
        let place_lots = if lots == Lots::PerPlace { PlaceLots::draw(market, &agents, &by_agent, seed) } else { None };
        Self { agents, by_agent, held, place_lots }
    }

    /// All turns agent by agent, those of one agent in order: people as they lie in memory.
    pub(crate) fn by_agent(&self) -> &[u32] {
        &self.by_agent
    }

    /// Whether at every place the list alone decides.
    pub(crate) fn are_turns(&self, market: &Market) -> bool {
        self.grades_decide() && !market.has_priorities() && market.holdings().is_empty()
    }

    /// Whether no two claims of different people to a place have the same grade.
    pub(crate) const fn grades_decide(&self) -> bool {
        self.place_lots.is_none()
    }

    /// Somebody's choices, in order, and how good their claims to them are.
    pub(crate) fn grades<'m>(
        &self,
        market: &'m Market,
        turn: usize,
    ) -> impl Iterator<Item = (Choice, Grade)> + use<'m> {
        let agent = self.agents[turn];
        let (said, held, rank) = (market.said(agent), self.held(turn), self.rank(turn));
        market.choices(agent).iter().enumerate().map(move |(at, &choice)| {
            let priority = said.get(at).copied().unwrap_or(Market::LAST);
            let holder = held == Some(choice.place);
            (choice, if holder { Grade::of_holder(index_u32(turn)) } else { Grade::new(priority, rank) })
        })
    }

    fn rank(&self, turn: usize) -> u32 {
        self.place_lots.as_ref().map_or(index_u32(turn), |lots| lots.class(turn))
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
        let grade = Grade::new(market.priority_at(agent, at), self.rank(turn));
        let (lot, person) = self.place_lots.as_ref().map_or((0, 0), |lots| lots.lot(market, agent, turn, at));
        Claim { grade, lot, person }
    }

    /// The claim of somebody to the place they hold, whether or not it is one of their choices.
    #[must_use]
    pub const fn claim_to_held(turn: usize) -> Claim {
        Claim { grade: Grade::of_holder(index_u32(turn)), lot: 0, person: 0 }
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

/// All turns agent by agent, those of one agent in order.
fn by_agent(market: &Market, turns: &[Agent]) -> Vec<u32> {
    let mut next = Vec::with_capacity(market.agents().len());
    let mut people = 0;
    for agent in market.agents() {
        next.push(people);
        people += market.count(agent) as usize;
    }
    let mut by_agent = vec![0; people];
    for (turn, agent) in (0..).zip(turns) {
        by_agent[next[agent.index()]] = turn;
        next[agent.index()] += 1;
    }
    by_agent
}
