//! The round: judge, order, seat by the policy's mechanism, and write down an answer for everybody.

use super::queue::{Candidate, Terms};
use super::table::{Draw, RoundMarket, pair_points};
use super::{Answer, Cutoff, District, Outcome, PlaceProof, Round};
use crate::allocation::allocate;
use crate::calendar::{TimeOfDay, Timestamp, Window};
use crate::market::{Agent, Allocation, Cutoffs, Mechanism, Place};
use crate::refusal::Refusal;
use crate::units::Season;

impl District {
    /// The market that a round of this season would solve if it were held now: who would take part, and what each place
    /// would cost them.
    ///
    /// # Errors
    /// [`Refusal::MarketTooLarge`].
    pub fn round_market(&self, season: &Season, seed: u64, at: Timestamp) -> Result<RoundMarket<'_>, Refusal> {
        self.lay(self.queue(season, seed, at).eligible, season, seed, at)
    }

    fn lay<'a>(
        &'a self,
        eligible: Vec<Candidate<'a>>,
        season: &Season,
        seed: u64,
        at: Timestamp,
    ) -> Result<RoundMarket<'a>, Refusal> {
        let mut held = self.held(at);
        // Incumbents bring their spaces with them.
        for permit in eligible.iter().filter_map(|candidate| candidate.renews) {
            held.entry(&permit.stretch).and_modify(|held| *held -= 1);
        }
        let offered = self.inventory.stretches().iter().enumerate().filter_map(|(index, stretch)| {
            let open = stretch.capacity.saturating_sub(held.get(&stretch.id).copied().unwrap_or(0));
            self.policy.permits.space_kinds.contains(&stretch.kind).then_some((index, open))
        });
        RoundMarket::lay(self, eligible, offered.collect(), Draw { season, seed })
    }

    /// Judges, orders and seats. The caller has made sure that the season is new.
    pub(super) fn hold_round(&self, season: &Season, seed: u64, at: Timestamp) -> Result<Round, Refusal> {
        let by = self.next_number();
        let queue = self.queue(season, seed, at);
        let mut outcomes: Vec<Outcome> = queue.refusals().collect();
        let table = self.lay(queue.eligible, season, seed, at)?;
        let mechanism = self.policy.round.mechanism;
        let allocation = allocate(table.market(), mechanism, seed);
        let terms = self.terms(season, self.validity(at)?);
        let bars = Bars::of(&table, &allocation, mechanism);
        for agent in table.market().agents() {
            let candidate = &table.candidates()[agent.index()];
            let answer = match allocation.seats_of(agent).first() {
                Some(seat) => self.seat(&terms, &table, agent, seat.place),
                None => left_out(&table, &bars, agent),
            };
            outcomes.push(Outcome { application: candidate.application.id.clone(), answer });
        }
        outcomes.sort_by(|a, b| a.application.cmp(&b.application));
        let places = proofs(&table, &allocation);
        Ok(Round { season: season.clone(), seed, mechanism, at, by, outcomes, places })
    }

    /// What permits or offers of a season have in common that are valid in a window.
    pub(super) fn terms<'a>(&'a self, season: &'a Season, valid: Window) -> Terms<'a> {
        let until = |hours| valid.start().plus_seconds(i64::from(hours) * 3_600).min(valid.end());
        Terms { season, kind: &self.policy.permits.kind, valid, offer: self.policy.round.offer_hours.map(until) }
    }

    /// From the instant of the round to the first instant of the day on which the permit's months are over.
    pub(super) fn validity(&self, at: Timestamp) -> Result<Window, Refusal> {
        let zone = &self.policy.zone;
        let last = zone.local(at).date.plus_months(self.policy.permits.valid_months);
        Window::new(at, zone.instant(last, TimeOfDay::MIDNIGHT)).map_err(|_| Refusal::BeyondCalendar)
    }

    fn seat(&self, terms: &Terms<'_>, table: &RoundMarket<'_>, agent: Agent, place: Place) -> Answer {
        let candidate = &table.candidates()[agent.index()];
        let (position, permit) = (agent.number() + 1, table.permit(agent, place, terms));
        let pairs = self.policy.standing.has_pair_points();
        let pair_points = pairs.then(|| pair_points(&self.inventory, &self.policy, candidate, table.stretch(place)));
        Answer::Seated { standing: candidate.standing.clone(), position, pair_points, permit }
    }
}

fn proofs(table: &RoundMarket<'_>, allocation: &Allocation) -> Vec<PlaceProof> {
    let price = |place: Place| allocation.certificate.as_ref().map(|certificate| certificate.places[place.index()]);
    let proof = |(place, (stretch, offered)): (Place, _)| {
        let price = price(place);
        let closed = price.and_then(|price| price.closed).map(|standing| standing + 1);
        PlaceProof { stretch: Clone::clone(stretch), offered, closed, price: price.map(|price| price.price) }
    };
    table.market().places().zip(table.stretches()).map(proof).collect()
}

/// What would have been good enough, for everybody left out.
enum Bars {
    /// The closed sets of an optimal allocation, and their sizes by agent.
    Closed(Box<Cutoffs>, Vec<(usize, u64)>),
    /// The last position seated at each place, in a serial dictatorship; counted from 1, 0 where nobody is.
    Last(Vec<u32>),
    /// No position would have been enough for sure.
    Unknown,
}

impl Bars {
    fn of(table: &RoundMarket<'_>, allocation: &Allocation, mechanism: Mechanism) -> Self {
        match mechanism {
            Mechanism::Optimal => {
                let cutoffs = Cutoffs::derive(table.market(), allocation);
                let sizes = cutoffs.sizes(table.market());
                Self::Closed(Box::new(cutoffs), sizes)
            }
            Mechanism::SerialDictatorship => {
                let mut last = vec![0; table.market().places().len()];
                for seat in &allocation.seats {
                    last[seat.place.index()] = seat.agent.number() + 1; // seats come by agent
                }
                Self::Last(last)
            }
            _ => Self::Unknown,
        }
    }

    /// The position to be before, counted from 1, and the stretches and spaces up to there.
    fn cutoff(&self, table: &RoundMarket<'_>, agent: Agent) -> Option<(u32, usize, u64)> {
        match self {
            Self::Closed(cutoffs, sizes) => {
                let (stretches, spaces) = sizes[agent.index()];
                Some((cutoffs.cutoff(agent)? + 1, stretches, spaces))
            }
            Self::Last(last) => {
                let market = table.market();
                let own = market.choices(agent).iter().filter(|choice| market.capacity(choice.place) > 0);
                let own: Vec<Place> = own.map(|choice| choice.place).collect();
                let spaces = own.iter().map(|&place| u64::from(market.capacity(place))).sum();
                Some((own.iter().map(|place| last[place.index()]).max()?, own.len(), spaces))
            }
            Self::Unknown => None,
        }
    }
}

fn left_out(table: &RoundMarket<'_>, bars: &Bars, agent: Agent) -> Answer {
    let candidates = table.candidates();
    let cutoff = bars.cutoff(table, agent).map(|(position, stretches, spaces)| Cutoff {
        position,
        standing: candidates[position as usize - 1].standing.clone(),
        stretches: u32::try_from(stretches).unwrap_or(u32::MAX),
        spaces: u32::try_from(spaces).unwrap_or(u32::MAX),
    });
    let choices = table.market().choices(agent);
    let refusal = if choices.is_empty() {
        if table.reached(agent).is_empty() { Refusal::NoSpaceInReach } else { Refusal::AllExcluded }
    } else if choices.iter().all(|choice| table.market().capacity(choice.place) == 0) {
        Refusal::HeldByPermits
    } else if matches!(bars, Bars::Closed(..)) {
        Refusal::AheadInQueue
    } else {
        Refusal::BetterClaims
    };
    let standing = candidates[agent.index()].standing.clone();
    Answer::LeftOut { refusal, standing, position: agent.number() + 1, cutoff }
}
