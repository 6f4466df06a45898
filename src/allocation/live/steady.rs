//! Changes one by one that move nobody who is seated.
//!
//! Invariant: between changes nobody waits for a place with a free space, if that was so at the start.

use super::ground::Ground;
use super::{Move, Snapshot};
use crate::error::{FlawCode, Flaws};
use crate::market::{Agent, Allocation, Cost, Market, Place, Standing};
use std::cmp::Reverse;

/// An allocation in which whoever has a seat keeps it while people and places change.
///
/// Whoever joins takes the cheapest free space among their choices, or waits. A space that becomes free goes to the best
/// standing among those who wait for it, then to the least cost, then to the lowest number; of several free spaces that
/// one takes the cheapest. When a place shrinks, the worst standing in it gives up the seat (then the greatest cost, then
/// the highest number), and takes another free space or waits. So nobody is moved for another's sake; but the answer is not optimal after a while, and carries no
/// certificate: fewer may be seated, and a better standing may wait while a worse one sits (who came earlier).
///
/// ```
/// use shared_parking::allocation::{Move, Steady, optimal};
/// use shared_parking::market::Market;
/// let mut builder = Market::builder();
/// let kerb = builder.place(1);
/// let early = builder.agent(7, 1, [(kerb, 10)]);
/// let market = builder.build().unwrap();
/// let mut steady = Steady::new(&market, &optimal(&market)).unwrap();
///
/// let worse = steady.join(5, 1, [(kerb, 10)]).unwrap();
/// let better = steady.join(1, 1, [(kerb, 99)]).unwrap();
/// assert_eq!(steady.waiting(better), 1); // a better standing than `early`, who keeps the seat
///
/// steady.leave(early, 1).unwrap();
/// assert!(steady.moves().contains(&Move { agent: better, from: None, to: Some(kerb), count: 1 }));
/// assert_eq!(steady.waiting(worse), 1);
/// ```
#[derive(Clone, Debug)]
pub struct Steady {
    ground: Ground,
    moves: Vec<Move>,
}

super::reads::reads!(Steady);

impl Steady {
    /// Starts from any allocation of a market, of whatever mechanism.
    ///
    /// # Errors
    /// Every seat that is none of its agent's choices or seats nobody, every agent with more people seated than it has,
    /// and every place with more than fit.
    pub fn new(market: &Market, allocation: &Allocation) -> Result<Self, Flaws> {
        let mut flaws = Flaws::collector();
        let (mut sitting, mut held) = (vec![0; market.agents().len()], vec![0; market.places().len()]);
        for (seat, position) in allocation.seats.iter().zip(0..) {
            let known = seat.agent.index() < sitting.len() && seat.place.index() < held.len();
            if !known || market.cost(seat.agent, seat.place).is_none() {
                let problem = format!("place {} is no choice of agent {}", seat.place, seat.agent);
                flaws.push(
                    FlawCode::UnknownReference,
                    format!("seat {position}"),
                    problem,
                    "seat people at their choices",
                );
                continue;
            }
            if seat.count == 0 {
                let place = format!("seat {position}");
                flaws.push(FlawCode::OutOfRange, place, "a seat for nobody", "leave it out, or seat at least one");
            }
            sitting[seat.agent.index()] += u64::from(seat.count);
            held[seat.place.index()] += u64::from(seat.count);
        }
        let agents = market.agents().map(|agent| (format!("agent {agent}"), market.count(agent)));
        let places = market.places().map(|place| (format!("place {place}"), market.capacity(place)));
        for ((who, most), many) in agents.chain(places).zip(sitting.into_iter().chain(held)) {
            if many > u64::from(most) {
                flaws.push(FlawCode::OutOfRange, who, format!("{many} seats"), format!("at most {most}"));
            }
        }
        flaws.finish(())?;
        let plain = Allocation { seats: allocation.seats.clone(), certificate: None };
        Ok(Self { ground: Ground::of(market, &plain), moves: Vec::new() })
    }

    /// As [`Live::join`](super::Live::join); the people take the cheapest free spaces among their choices, or wait.
    ///
    /// # Errors
    /// As there.
    pub fn join(
        &mut self,
        standing: Standing,
        count: u32,
        choices: impl IntoIterator<Item = (Place, Cost)>,
    ) -> Result<Agent, Flaws> {
        let agent = self.ground.join(standing, count, choices)?;
        if let Some(site) = self.ground.site(agent) {
            self.take_free_spaces(site);
        }
        self.note();
        Ok(agent)
    }

    /// As [`Live::leave`](super::Live::leave); the spaces go to the best standings that wait for them. O(people who
    /// accept the place).
    ///
    /// # Errors
    /// As there.
    pub fn leave(&mut self, agent: Agent, people: u32) -> Result<(), Flaws> {
        let mut rest = self.ground.leave(agent, people)?;
        let mut freed = Vec::new();
        while rest > 0 {
            let Some((holder, run, held)) = self.ground.dearest_seat(agent) else { break };
            let people = held.min(rest);
            self.ground.unseat(holder, people);
            rest -= people;
            freed.push(run);
        }
        self.give_away(&freed);
        self.ground.forget_if_gone(agent);
        self.note();
        Ok(())
    }

    /// As [`Live::set_capacity`](super::Live::set_capacity), but nobody moves to make room.
    ///
    /// # Errors
    /// As there.
    pub fn set_capacity(&mut self, place: Place, capacity: u32) -> Result<(), Flaws> {
        let mut missing = self.ground.set_capacity(place, capacity)?;
        let mut evicted = Vec::new();
        while missing > 0 {
            let ground = &self.ground;
            let worst = ground.store.held(place.number()).max_by_key(|holder| {
                let weight = ground.store.sites[holder.site as usize].weight.0;
                (Reverse(weight), holder.cost, ground.agent(holder.site))
            });
            let Some(holder) = worst.copied() else { break };
            let number =
                ground.store.seats(holder.site).find(|(_, other)| other.run == holder.run).map(|found| found.0);
            let Some(number) = number else { break };
            let people = missing.min(holder.people);
            missing -= people;
            self.ground.unseat(number, people);
            self.ground.store.sites[holder.site as usize].people.waiting += people;
            self.ground.store.runs[place.index()].free -= people;
            evicted.push(holder.site);
        }
        let ground = &self.ground;
        evicted.sort_unstable_by_key(|&site| (Reverse(ground.store.sites[site as usize].weight.0), ground.agent(site)));
        evicted.into_iter().for_each(|site| self.take_free_spaces(site));
        self.give_away(&[place.number()]);
        self.note();
        Ok(())
    }

    /// The market as it is now, with the allocation, without a certificate. O(places + choices).
    #[must_use]
    pub fn snapshot(&self) -> Snapshot {
        Snapshot::of(&self.ground, false)
    }

    fn take_free_spaces(&mut self, site: u32) {
        let Ground { arcs, store, .. } = &mut self.ground;
        let state = &mut store.whole();
        let own = *state.site(site);
        for arc in &arcs[own.start as usize..own.end as usize] {
            let people = state.site(site).people.waiting.min(state.free(arc.run));
            if people > 0 {
                state.seat(site, arc.run, arc.cost, people);
                state.site_mut(site).people.seat(people);
            }
        }
    }

    /// Gives the free spaces of these places away, one after the other.
    fn give_away(&mut self, freed: &[u32]) {
        let Ground { rows, store, agent_of, .. } = &mut self.ground;
        let state = &mut store.whole();
        let free = freed.iter().copied().filter(|&run| state.free(run) > 0);
        let entries = free.flat_map(|run| rows.of_run(run).iter().map(move |entry| (run, entry)));
        let mut waits: Vec<_> = entries
            .map(|(run, entry)| (state.site(entry.site), entry, run))
            .filter(|(site, ..)| site.people.waiting > 0)
            .map(|(site, entry, run)| {
                (Reverse(site.weight.0), entry.cost, agent_of[entry.site as usize], run, entry.site)
            })
            .collect();
        waits.sort_unstable();
        for (_, cost, _, run, site) in waits {
            let people = state.free(run).min(state.site(site).people.waiting);
            if people > 0 {
                state.seat(site, run, cost, people);
                state.site_mut(site).people.seat(people);
            }
        }
    }

    fn note(&mut self) {
        self.ground.tell_moves(&mut self.moves);
    }
}
