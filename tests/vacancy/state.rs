//! A market with its seats, who may be moved and who may come; and the one answer, by trying every chain.

use proptest::prelude::*;
use shared_parking::Chance;
use shared_parking::allocation::fall_through;
use shared_parking::market::{Agent, Allocation, Market, Move, Place, Seat};
use std::collections::BTreeMap;

#[derive(Clone, Debug)]
pub struct State {
    pub market: Market,
    pub seats: Allocation,
    pub may_move: Vec<bool>,
    pub may_come: Vec<bool>,
}

/// An agent as a row: its standing, its people, its choices (place, cost), its seats (place, people), and whether it may
/// be moved and may come.
#[derive(Clone, Debug, Default)]
pub struct Row {
    pub standing: u32,
    pub count: u32,
    pub choices: Vec<(u32, u32)>,
    pub seats: Vec<(u32, u32)>,
    pub may_move: bool,
    pub may_come: bool,
}

/// A chain, and what decides between chains: standing, agent, moves, cost, then its moves by numbers.
type Ranked = ((u32, Agent, usize, i64, Vec<(Place, Agent, Option<Place>)>), Vec<Move>);

impl State {
    pub fn new(capacities: &[u32], rows: &[Row]) -> Self {
        let mut builder = Market::builder();
        for &capacity in capacities {
            builder.place(capacity);
        }
        let mut seats = Vec::new();
        for row in rows {
            let choices = row.choices.iter().map(|&(place, cost)| (Place::new(place), cost));
            let agent = builder.agent(row.standing, row.count, choices);
            seats.extend(row.seats.iter().map(|&(place, count)| Seat { agent, place: Place::new(place), count }));
        }
        seats.sort_unstable();
        Self {
            market: builder.build().expect("a sound market"),
            seats: Allocation { seats, certificate: None },
            may_move: rows.iter().map(|row| row.may_move).collect(),
            may_come: rows.iter().map(|row| row.may_come).collect(),
        }
    }

    pub fn answer(&self) -> Option<Vec<Move>> {
        fall_through(&self.market, &self.seats, &self.may_move, &self.may_come).next()
    }

    pub fn waiting(&self, agent: Agent) -> u32 {
        let seated: u32 = self.seats.seats_of(agent).iter().map(|seat| seat.count).sum();
        if self.may_come[agent.index()] { self.market.count(agent) - seated } else { 0 }
    }

    pub fn room(&self, place: Place) -> u32 {
        let seats = self.seats.seats.iter().filter(|seat| seat.place == place);
        self.market.capacity(place) - seats.map(|seat| seat.count).sum::<u32>()
    }

    /// Every chain there is, roundabout ones too, as long as nobody is moved twice; the right one first.
    pub fn chains(&self) -> Vec<Vec<Move>> {
        let mut all: Vec<Ranked> = Vec::new();
        for agent in self.market.agents().filter(|&agent| self.waiting(agent) > 0) {
            for choice in self.market.choices(agent) {
                let first = Move { agent, from: None, to: Some(choice.place), count: 1 };
                let mut unmoved: BTreeMap<(Agent, Place), u32> =
                    self.seats.seats.iter().map(|seat| ((seat.agent, seat.place), seat.count)).collect();
                self.go_on(&mut vec![first], i64::from(choice.cost), &mut unmoved, &mut all);
            }
        }
        all.sort_unstable();
        all.into_iter().map(|(_, moves)| moves).collect()
    }

    /// `chain` is from the person who comes on; all its continuations are added to `all`.
    fn go_on(
        &self,
        chain: &mut Vec<Move>,
        cost: i64,
        unmoved: &mut BTreeMap<(Agent, Place), u32>,
        all: &mut Vec<Ranked>,
    ) {
        let here = chain.last().and_then(|step| step.to).expect("a place");
        if self.room(here) > 0 {
            let moves: Vec<Move> = chain.iter().rev().copied().collect();
            let numbers = moves.iter().map(|step| (step.to.expect("a place"), step.agent, step.from)).collect();
            let comes = chain[0].agent;
            all.push(((self.market.standing(comes), comes, moves.len(), cost, numbers), moves));
        }
        let holders = unmoved
            .iter()
            .filter(|&(&(agent, place), &people)| place == here && people > 0 && self.may_move[agent.index()]);
        for agent in holders.map(|(&(agent, _), _)| agent).collect::<Vec<_>>() {
            let Some(own) = self.market.cost(agent, here) else { continue };
            *unmoved.get_mut(&(agent, here)).expect("a holder") -= 1;
            for choice in self.market.choices(agent).iter().filter(|choice| choice.cost <= own && choice.place != here)
            {
                chain.push(Move { agent, from: Some(here), to: Some(choice.place), count: 1 });
                self.go_on(chain, cost + i64::from(choice.cost) - i64::from(own), unmoved, all);
                chain.pop();
            }
            *unmoved.get_mut(&(agent, here)).expect("a holder") += 1;
        }
    }
}

/// Random states in which chains are long: people accept a few places side by side and sit at the dearer of two choices
/// drawn. In every second state the first agents sit side by side too, each with the next place as good a choice, and the
/// last one waits for the first place alone. A few spaces are free.
pub fn states(agents: usize, places: u32, people: u32) -> impl Strategy<Value = State> {
    let costs = prop_oneof![Just(1), Just(4), Just(300), Just(Market::MAX_COST + 1)];
    let classes = prop_oneof![Just(1), Just(3), Just(40)];
    let sizes = (places.div_ceil(2)..=places, agents / 2..=agents);
    (costs, classes, sizes, 1..6u32, any::<u64>()).prop_map(move |(costs, classes, (places, agents), out, seed)| {
        let mut chance = Chance::new(seed);
        let mut draw = |below: u32| u32::try_from(chance.below(u64::from(below))).expect("a small number");
        let mut rows: Vec<Row> = Vec::new();
        for _ in 0..agents {
            let count = if draw(4) == 0 { 1 + draw(people) } else { 1 };
            let (home, reach) = (draw(places), if draw(4) == 0 { places } else { 2 });
            let choices: BTreeMap<u32, u32> =
                (0..=draw(3)).map(|_| ((home + draw(reach)) % places, draw(costs))).collect();
            let choices: Vec<(u32, u32)> = choices.into_iter().collect();
            let mut seats = BTreeMap::new();
            for _ in 0..count {
                let (one, other) =
                    (choices[draw(99) as usize % choices.len()], choices[draw(99) as usize % choices.len()]);
                if draw(6) >= out {
                    *seats.entry(if one.1 < other.1 { other.0 } else { one.0 }).or_insert(0) += 1;
                }
            }
            let seats = seats.into_iter().collect();
            let (may_move, may_come) = (draw(8) > 0, draw(4) > 0);
            rows.push(Row { standing: draw(classes), count, choices, seats, may_move, may_come });
        }
        let mut capacities = vec![0; places as usize];
        if draw(2) == 0 {
            side_by_side(&mut rows, places, || draw(costs));
            capacities[places as usize - 1] += 1;
        } else {
            (0..=draw(2 + places / 4)).for_each(|_| capacities[draw(places) as usize] += 1);
        }
        for (place, people) in rows.iter().flat_map(|row| &row.seats) {
            capacities[*place as usize] += people;
        }
        State::new(&capacities, &rows)
    })
}

fn side_by_side(rows: &mut [Row], places: u32, mut cost: impl FnMut() -> u32) {
    let Some((last, rows)) = rows.split_last_mut() else { return };
    for (row, place) in rows.iter_mut().zip(0..places - 1) {
        let (one, other) = (cost(), cost());
        row.choices = vec![(place, one.max(other)), (place + 1, one.min(other))];
        row.seats = vec![(place, row.count)];
    }
    *last = Row { standing: last.standing, count: 1, choices: vec![(0, cost())], may_come: true, ..Row::default() };
}
