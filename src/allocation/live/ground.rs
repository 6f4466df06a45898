//! Who is present, what they accept, where they sit: what `Live` and `Steady` share.
//!
//! Invariant: every agent that is present has an entry in the row of each place it accepts. Runs are places; each agent
//! is a site of its own, numbered along the nearest places, so that neighbours are near in memory.

use super::weight::{Own, full, weight};
use crate::allocation::index;
use crate::allocation::paths::{Arc, Entry, People, Rows, Site, Store};
use crate::error::{FlawCode, Flaws};
use crate::market::{Agent, Allocation, Choice, Cost, Market, Place, Standing, check_agent};
use std::ops::Range;

#[derive(Clone, Debug)]
pub(super) struct Ground {
    pub(super) arcs: Vec<Arc>,
    pub(super) rows: Rows,
    pub(super) store: Store<i128, Own>,
    pub(super) capacities: Vec<u32>,
    /// By agent.
    standings: Vec<Standing>,
    /// How many agents share each choice list, and the list of each agent.
    users: Vec<u32>,
    list_of: Vec<u32>,
    /// The site of each agent and the agent of each site; who comes later gets the pair of somebody who has left.
    site_of: Vec<u32>,
    pub(super) agent_of: Vec<u32>,
    /// Agents who have left.
    gone: Vec<u32>,
    /// How many choices each list has room for.
    rooms: Vec<u32>,
    /// Lists nobody uses: where they lie, and their numbers. At `n`, those with room for 2^n choices or more.
    spare: Vec<Vec<(u32, u32)>>,
    /// Choices of the lists in use.
    choices: usize,
    people: u64,
    spaces: u64,
    /// Working memory: what people of a site take of a run in all, or leave.
    pub(super) net: Vec<(u32, u32, i64)>,
}

impl Ground {
    /// A market with its allocation; the certificate's prices are taken over where there is one.
    pub(super) fn of(market: &Market, allocation: &Allocation) -> Self {
        let mut arcs: Vec<Arc> = Vec::new();
        let mut spans = Vec::with_capacity(market.list_count());
        for list in 0..market.list_count() {
            let start = index(arcs.len());
            arcs.extend(market.list(list).iter().map(arc));
            arcs[start as usize..].sort_unstable_by_key(|arc| (arc.cost, arc.run));
            spans.push((start, index(arcs.len())));
        }
        let list_of: Vec<u32> = market.agents().map(|agent| index(market.list_of(agent))).collect();
        let mut users = vec![0; spans.len()];
        list_of.iter().for_each(|&list| users[list as usize] += 1);
        let span = |agent: &Agent| spans[market.list_of(*agent)];
        let site = |agent: &Agent| {
            let (start, end) = span(agent);
            let people = People { seated: 0, waiting: market.count(*agent) };
            Site::new(start, end, people, Own(weight(market.standing(*agent))))
        };
        let order = along_places(market, &arcs, &spans);
        let capacities: Vec<u32> = market.places().map(|place| market.capacity(place)).collect();
        let own: Vec<Range<usize>> = order.iter().map(span).map(|(start, end)| start as usize..end as usize).collect();
        let rows = Rows::of(capacities.len(), &arcs, own.into_iter(), |people| people / 8 + 2);
        let mut store = Store::new(&capacities, |run| index(rows.of_run(run).len()), order.iter().map(site).collect());
        let mut site_of = vec![0; order.len()];
        (0..).zip(&order).for_each(|(site, agent)| site_of[agent.index()] = site);
        if let Some(certificate) = &allocation.certificate {
            store.prices.iter_mut().zip(&certificate.places).for_each(|(price, &told)| *price = full(told));
        }
        for seat in &allocation.seats {
            if let Some(cost) = market.cost(seat.agent, seat.place) {
                let site = site_of[seat.agent.index()];
                store.sites[site as usize].people.seat(seat.count);
                store.whole().seat(site, seat.place.number(), cost, seat.count);
            }
        }
        store.steps.clear();
        let choices = arcs.len();
        Self {
            arcs,
            rows,
            store,
            standings: market.agents().map(|agent| market.standing(agent)).collect(),
            users,
            list_of,
            site_of,
            agent_of: order.into_iter().map(Agent::number).collect(),
            gone: Vec::new(),
            net: Vec::new(),
            rooms: spans.iter().map(|(start, end)| end - start).collect(),
            spare: vec![Vec::new(); 33],
            choices,
            people: market.agents().map(|agent| u64::from(market.count(agent))).sum(),
            spaces: capacities.iter().map(|&capacity| u64::from(capacity)).sum(),
            capacities,
        }
    }

    pub(super) fn join(
        &mut self,
        standing: Standing,
        count: u32,
        choices: impl IntoIterator<Item = (Place, Cost)>,
    ) -> Result<Agent, Flaws> {
        let mut own: Vec<Choice> = choices.into_iter().map(|(place, cost)| Choice { place, cost }).collect();
        own.sort_unstable();
        let number = self.gone.last().map_or(index(self.site_of.len()), |&gone| gone);
        let mut flaws = Flaws::collector();
        check_agent(number as usize, count, &own, self.capacities.len(), &mut flaws);
        if self.people + u64::from(count) > Market::MOST as u64
            || self.choices + own.len() > Market::MOST
            || self.arcs.len() > 3 * (Market::MOST / 2)
        {
            let remedy = format!("divide it: at most {} people, and as many choices", Market::MOST);
            flaws.push(FlawCode::OutOfRange, "market", "too many people or choices", remedy);
        }
        flaws.finish(())?;
        self.people += u64::from(count);
        let (start, list) = self.keep(&own);
        let people = People { seated: 0, waiting: count };
        let site = Site::new(start, start + index(own.len()), people, Own(weight(standing)));
        let at = if self.gone.pop().is_some() {
            let at = self.site_of[number as usize];
            self.store.take_place_of_gone(at, site);
            (self.standings[number as usize], self.list_of[number as usize]) = (standing, list);
            at
        } else {
            let at = index(self.store.sites.len());
            self.store.sites.push(site);
            self.standings.push(standing);
            self.list_of.push(list);
            self.site_of.push(at);
            self.agent_of.push(number);
            at
        };
        for choice in &own {
            let run = choice.place.number();
            self.rows.add(run, Entry { site: at, cost: choice.cost });
            self.make_room(run);
        }
        Ok(Agent::new(number))
    }

    /// Keeps a choice list where there is room for it; where it starts, and its number.
    fn keep(&mut self, own: &[Choice]) -> (u32, u32) {
        let room = own.len().next_power_of_two();
        let spare = self.spare[room.ilog2() as usize].pop();
        let (start, list) = spare.unwrap_or_else(|| {
            let start = self.arcs.len();
            self.arcs.resize(start + room, Arc::default());
            self.users.push(0);
            self.rooms.push(index(room));
            (index(start), index(self.users.len() - 1))
        });
        self.choices += own.len();
        let arcs = &mut self.arcs[start as usize..start as usize + own.len()];
        arcs.iter_mut().zip(own).for_each(|(kept, choice)| *kept = arc(choice));
        arcs.sort_unstable_by_key(|arc| (arc.cost, arc.run));
        self.users[list as usize] = 1;
        (start, list)
    }

    /// Takes people of an agent from those who wait; how many more have to give up a seat.
    pub(super) fn leave(&mut self, agent: Agent, people: u32) -> Result<u32, Flaws> {
        let present = self.present(agent).map_or(0, |site| site.people.seated + site.people.waiting);
        if people == 0 || people > present {
            let problem = format!("{people} people leave, {present} are present");
            return Err(Flaws::one(
                FlawCode::OutOfRange,
                format!("agent {agent}"),
                problem,
                "name people who are present",
            ));
        }
        self.people -= u64::from(people);
        let own = &mut self.store.sites[self.site_of[agent.index()] as usize].people;
        let waited = own.waiting.min(people);
        own.waiting -= waited;
        Ok(people - waited)
    }

    /// The holder, the place and the people of an agent's dearest seat.
    pub(super) fn dearest_seat(&self, agent: Agent) -> Option<(u32, u32, u32)> {
        let dearest = self.store.seats(self.site(agent)?).max_by_key(|(_, holder)| (holder.cost, holder.run))?;
        Some((dearest.0, dearest.1.run, dearest.1.people))
    }

    pub(super) fn unseat(&mut self, holder: u32, people: u32) {
        let site = self.store.holders[holder as usize].site;
        self.store.sites[site as usize].people.seated -= people;
        self.store.whole().unseat(holder, people);
    }

    /// When nobody of an agent is left, its number and its list are free for others.
    pub(super) fn forget_if_gone(&mut self, agent: Agent) {
        let at = self.site_of[agent.index()];
        let Site { start, end, people, .. } = self.store.sites[at as usize];
        if people.seated + people.waiting > 0 {
            return;
        }
        for arc in start..end {
            self.rows.remove(self.arcs[arc as usize].run, at);
        }
        let list = self.list_of[agent.index()];
        self.users[list as usize] -= 1;
        if self.users[list as usize] == 0 {
            self.choices -= (end - start) as usize;
            if let Some(log) = self.rooms[list as usize].checked_ilog2() {
                self.spare[log as usize].push((start, list));
            }
        }
        self.gone.push(agent.number());
    }

    /// Sets the capacity as far as there are free spaces; how many people have to give up a seat for the rest.
    pub(super) fn set_capacity(&mut self, place: Place, capacity: u32) -> Result<u32, Flaws> {
        let Some(&before) = self.capacities.get(place.index()) else {
            let (problem, remedy) = ("no such place", "name a place of the market");
            return Err(Flaws::one(FlawCode::UnknownReference, format!("place {place}"), problem, remedy));
        };
        let spaces = self.spaces - u64::from(before) + u64::from(capacity);
        if spaces > Market::MOST as u64 {
            let (problem, remedy) = (format!("{spaces} spaces"), format!("at most {}", Market::MOST));
            return Err(Flaws::one(FlawCode::OutOfRange, format!("place {place}"), problem, remedy));
        }
        self.spaces = spaces;
        self.capacities[place.index()] = capacity;
        self.make_room(place.number());
        let free = &mut self.store.runs[place.index()].free;
        let missing = before.saturating_sub(capacity).saturating_sub(*free);
        *free = (*free + capacity).saturating_sub(before);
        Ok(missing)
    }

    /// Room for everyone who could sit there at once.
    fn make_room(&mut self, run: u32) {
        let most = index(self.rows.of_run(run).len());
        self.store.make_room(run, self.capacities[run as usize], most);
    }

    /// A place without spaces costs more than anything.
    pub(super) fn price_if_closed(&mut self, place: Place) {
        if self.capacities[place.index()] == 0 {
            let price = &mut self.store.prices[place.index()];
            *price = weight(0).max(*price);
        }
    }

    /// The site of an agent that has ever been present.
    pub(super) fn site(&self, agent: Agent) -> Option<u32> {
        self.site_of.get(agent.index()).copied()
    }

    /// The agent of a site.
    pub(super) fn agent(&self, site: u32) -> Agent {
        Agent::new(self.agent_of[site as usize])
    }

    pub(super) fn agents(&self) -> impl Iterator<Item = Agent> + use<> {
        (0..index(self.site_of.len())).map(Agent::new)
    }

    pub(super) fn present(&self, agent: Agent) -> Option<&Site<Own>> {
        let site = &self.store.sites[self.site(agent)? as usize];
        (site.people.seated + site.people.waiting > 0).then_some(site)
    }

    pub(super) fn seats_of(&self, agent: Agent) -> Vec<(Place, u32)> {
        let own = self.site(agent).into_iter().flat_map(|site| self.store.seats(site));
        let mut seats: Vec<(Place, u32)> = own.map(|(_, holder)| (Place::new(holder.run), holder.people)).collect();
        seats.sort_unstable();
        seats
    }

    pub(super) fn choices(&self, agent: Agent) -> impl Iterator<Item = (Place, Cost)> {
        let own = self.present(agent).map_or(0..0, |site| site.start as usize..site.end as usize);
        self.arcs[own].iter().map(|arc| (Place::new(arc.run), arc.cost))
    }

    pub(super) fn standing(&self, agent: Agent) -> Option<Standing> {
        self.present(agent).map(|_| self.standings[agent.index()])
    }

    pub(super) fn waiting(&self, agent: Agent) -> u32 {
        self.present(agent).map_or(0, |site| site.people.waiting)
    }

    pub(super) fn seated(&self) -> u64 {
        self.store.sites.iter().map(|site| u64::from(site.people.seated)).sum()
    }

    pub(super) fn cost(&self) -> u64 {
        let held = self.store.holders.iter();
        held.map(|holder| u64::from(holder.cost) * u64::from(holder.people)).sum()
    }
}

fn arc(choice: &Choice) -> Arc {
    Arc { run: choice.place.number(), cost: choice.cost }
}

/// The agents in the order of their cheapest places, then of their numbers.
fn along_places(market: &Market, arcs: &[Arc], spans: &[(u32, u32)]) -> Vec<Agent> {
    let nearest = |agent: &Agent| {
        let (start, end) = spans[market.list_of(*agent)];
        arcs[start as usize..end as usize].first().map_or(u32::MAX, |arc| arc.run)
    };
    let mut order: Vec<Agent> = market.agents().collect();
    order.sort_by_key(nearest);
    order
}
