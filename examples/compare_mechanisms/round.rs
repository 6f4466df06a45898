//! One round of a case: who takes part, who holds a space today, and what each mechanism makes of it.

use crate::COLUMNS;
use crate::cases::Case;
use crate::labels;
use crate::support::season;
use shared_parking::allocation::{Mechanism, allocate};
use shared_parking::audit::{self, Comparison};
use shared_parking::district::RoundMarket;
use shared_parking::market::{Allocation, Lots, Market, Place};
use shared_parking::{Application, ApplicationId, District, Policy, StretchId, Timestamp};
use std::collections::BTreeMap;

/// How long before the round holders apply again: invented.
pub const AGAIN_DAYS: i64 = 30;

type Holders = BTreeMap<ApplicationId, StretchId>;

pub struct Round<'a> {
    case: &'a Case,
    seed: u64,
    at: Timestamp,
    applications: Vec<Application>,
    holders: Holders,
}

impl<'a> Round<'a> {
    pub fn of(case: &'a Case, seed: u64) -> Result<Self, String> {
        let at = season::round_at(&case.policy, &case.applications);
        let holders = holders(case, seed, at)?;
        let mut applications = case.applications.clone();
        for application in applications.iter_mut().filter(|own| holders.contains_key(&own.id)) {
            application.applied_at = application.applied_at.max(at.plus_seconds(-AGAIN_DAYS * 86_400));
        }
        Ok(Self { case, seed, at, applications, holders })
    }

    /// Holds the round by every mechanism, audits each answer, and compares them.
    pub fn compare(&self) -> Result<Comparison, String> {
        let district = |rules| district(self.case, rules, &self.applications);
        let (common, apart) = (district(DEFERRED)?, district(PER_PLACE)?);
        let round = round_market(&common, self.seed, self.at)?;
        // Claims are the same in all columns, but that lots for each place are drawn anew.
        let market = self.with_holders(&round);
        let market_apart = self.with_holders(&round_market(&apart, self.seed, self.at)?);
        let held = |(mechanism, _): &(Mechanism, _)| {
            let own = if *mechanism == PER_PLACE { &market_apart } else { &market };
            let allocation = allocate(own, *mechanism, self.seed);
            let audited = audit::check_outcome(own, *mechanism, self.seed, &allocation);
            assert_eq!(audited, Ok(()), "{}: the audit of {mechanism:?}", self.case.title);
            allocation
        };
        let allocations: Vec<Allocation> = COLUMNS.iter().map(held).collect();
        let names = COLUMNS.map(|(_, heading)| heading.join(" ").trim().to_owned());
        let named: Vec<(&str, &Allocation)> = names.iter().map(String::as_str).zip(&allocations).collect();
        let labels = labels::labels(&common, &round, self.at);
        audit::compare(&market, &labels, &named, Lots::Single, self.seed)
            .map_err(|problems| problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
    }

    /// The market of the round, with today's holders.
    fn with_holders(&self, round: &RoundMarket<'_>) -> Market {
        let market = round.market();
        let mut builder = Market::builder();
        let places: Vec<Place> = market.places().map(|place| builder.place(market.capacity(place))).collect();
        let place_of: BTreeMap<&StretchId, Place> = round.places().map(|own| own.stretch).zip(places).collect();
        for (agent, candidate) in market.agents().zip(round.candidates()) {
            let choices = market.choices(agent);
            let own = choices.iter().map(|choice| (choice.place, choice.cost));
            let again = builder.agent(market.standing(agent), 1, own);
            if market.has_priorities() {
                let ranked = choices.iter().enumerate();
                ranked.for_each(|(at, choice)| builder.priority(again, choice.place, market.priority_at(agent, at)));
            }
            let held = self.holders.get(&candidate.application.id).and_then(|stretch| place_of.get(stretch));
            held.into_iter().for_each(|&place| builder.holds(again, place, 1));
        }
        builder.build().expect("holders of an earlier round fit the same places")
    }
}

const DEFERRED: Mechanism = Mechanism::DeferredAcceptance(Lots::Single);
const PER_PLACE: Mechanism = Mechanism::DeferredAcceptance(Lots::PerPlace);

/// Today's holders: the half that applied first, seated by the optimal mechanism as if nobody else had applied.
fn holders(case: &Case, seed: u64, at: Timestamp) -> Result<Holders, String> {
    let mut early = case.applications.clone();
    early.sort_by(|a, b| (a.applied_at, &a.id).cmp(&(b.applied_at, &b.id)));
    early.truncate(early.len() / 2);
    let district = district(case, DEFERRED, &early)?;
    let round = round_market(&district, seed, at)?;
    let stretches: Vec<&StretchId> = round.places().map(|own| own.stretch).collect();
    let seats = allocate(round.market(), Mechanism::Optimal, seed).seats;
    let held = seats.iter().map(|seat| {
        let application = round.candidates()[seat.agent.index()].application;
        (application.id.clone(), stretches[seat.place.index()].clone())
    });
    Ok(held.collect())
}

/// Whether ground, rules and people fit together.
pub fn check(case: &Case) -> Result<(), String> {
    district(case, DEFERRED, &case.applications).map(drop)
}

/// The district with its applications, claims at each place being those of a mechanism.
fn district(case: &Case, mechanism: Mechanism, applications: &[Application]) -> Result<District, String> {
    let mut policy: Policy = case.policy.clone();
    policy.round.mechanism = mechanism;
    let district = District::new(case.inventory.clone(), policy).map_err(|flaws| flaws.to_string())?;
    Ok(season::received(district, applications)?.district().clone())
}

fn round_market(district: &District, seed: u64, at: Timestamp) -> Result<RoundMarket<'_>, String> {
    let season = season::season(district.policy(), at)?;
    district.round_market(&season, seed, at).map_err(|refusal| refusal.to_string())
}
