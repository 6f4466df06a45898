//! The round: judge, order, seat by the policy's mechanism, and write down an answer for everybody.

use super::offered::count;
use super::queue::{Candidate, Terms};
use super::table::{Draw, RoundMarket, RoundPlace, pair_points};
use super::{Answer, Cutoff, District, Outcome, PlaceProof, Round};
use crate::allocation::allocate;
use crate::calendar::{TimeOfDay, Timestamp, Window};
use crate::market::{Agent, Allocation, Cutoffs, Mechanism, Place};
use crate::refusal::Refusal;
use crate::units::{PermitId, Season};
use std::collections::BTreeSet;

impl District {
    /// The market that a round of this season would solve if it were held now: who would take part, and what each place
    /// would cost them.
    ///
    /// # Errors
    /// [`Refusal::MarketTooLarge`].
    pub fn round_market(&self, season: &Season, seed: u64, at: Timestamp) -> Result<RoundMarket<'_>, Refusal> {
        let eligible = self.reserve_turns(self.queue(season, seed, at).eligible, season, seed, at)?;
        self.lay(eligible, season, seed, at)
    }

    /// The table of a round: everybody in their order, and the spaces that permits leave.
    pub(super) fn lay<'a>(
        &'a self,
        eligible: Vec<Candidate<'a>>,
        season: &Season,
        seed: u64,
        at: Timestamp,
    ) -> Result<RoundMarket<'a>, Refusal> {
        let renewing: BTreeSet<&PermitId> =
            eligible.iter().filter_map(|candidate| candidate.renews).map(|permit| &permit.id).collect();
        let in_force = || self.permits().filter(|permit| permit.valid.contains(at));
        // Incumbents bring their spaces with them.
        let held = count(in_force().filter(|permit| !renewing.contains(&permit.id)));
        let brought = count(in_force().filter(|permit| renewing.contains(&permit.id)));
        let offered = self.offered(&held);
        let ceilings = self.kept_free(&offered, &held, &brought, at);
        RoundMarket::lay(self, eligible, offered, ceilings, Draw { season, seed })
    }

    /// Judges, orders and seats. The caller has made sure that the season is new.
    pub(super) fn hold_round(&self, season: &Season, seed: u64, at: Timestamp) -> Result<Round, Refusal> {
        let by = self.next_number();
        let queue = self.queue(season, seed, at);
        let mut outcomes: Vec<Outcome> = queue.refusals().collect();
        let eligible = self.reserve_turns(queue.eligible, season, seed, at)?;
        let table = self.lay(eligible, season, seed, at)?;
        let mechanism = self.policy.round.mechanism;
        let allocation = allocate(table.market(), mechanism, seed);
        let terms = self.terms(season, self.validity(at)?);
        let bars = Bars::of(&table, &allocation, mechanism);
        for agent in table.people() {
            let candidate = &table.candidates()[agent.index()];
            let answer = match allocation.seats_of(agent).first() {
                Some(seat) => self.seat(&terms, &table, agent, seat.place),
                None => left_out(&table, &bars, agent),
            };
            outcomes.push(Outcome { application: candidate.application.id.clone(), answer });
        }
        outcomes.sort_by(|a, b| a.application.cmp(&b.application));
        let (places, ceilings) = (proofs(&table, &allocation), table.ceilings().cloned().collect());
        Ok(Round { season: season.clone(), seed, mechanism, at, by, outcomes, places, ceilings })
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
        let (standing, quota) = (candidate.standing.clone(), candidate.quota.map(str::to_owned));
        Answer::Seated { standing, position, quota, pair_points, permit }
    }
}

fn proofs(table: &RoundMarket<'_>, allocation: &Allocation) -> Vec<PlaceProof> {
    let price = |place: Place| allocation.certificate.as_ref().map(|certificate| certificate.places[place.index()]);
    let proof = |((place, own), kept_free): ((Place, RoundPlace<'_>), u32)| {
        let price = price(place);
        let closed = price.and_then(|price| price.closed).map(|standing| table.position(standing));
        let (stretch, shift, offered) = (own.stretch.clone(), own.shift.cloned(), own.offered);
        PlaceProof { stretch, shift, offered, kept_free, closed, price: price.map(|price| price.price) }
    };
    table.market().places().zip(table.places()).zip(table.kept_free(allocation)).map(proof).collect()
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
                let position = table.position(cutoffs.cutoff(agent)?);
                (position > 0).then_some((position, stretches, spaces))
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
        if table.has_places_in_reach(agent) { Refusal::AllExcluded } else { Refusal::NoSpaceInReach }
    } else if choices.iter().all(|choice| table.market().capacity(choice.place) == 0) {
        Refusal::HeldByPermits
    } else if let Bars::Closed(cutoffs, _) = bars {
        let kept_free = cutoffs.best(agent).is_some_and(|best| table.position(best) == 0);
        if kept_free { Refusal::CeilingReached } else { Refusal::AheadInQueue }
    } else {
        Refusal::BetterClaims
    };
    let Candidate { standing, quota, .. } = &candidates[agent.index()];
    let (standing, quota) = (standing.clone(), quota.map(str::to_owned));
    Answer::LeftOut { refusal, standing, position: agent.number() + 1, quota, cutoff }
}
