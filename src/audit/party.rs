//! Who took part in a round, and in which order: verified from the answers, not taken from the district's queue.

use super::finding::Finding;
use super::permits::History;
use super::quotas::{Row, check_quotas};
use super::rank::facts;
use crate::district::{Answer, District, Permit, Recorded, Round};
use crate::people::Application;
use crate::policy::{Circumstances, Claims, ScoreSheet, judge};
use crate::units::{ApplicationId, DoorId, HouseholdId, PermitId, ResidentId, VehicleId};
use std::collections::{BTreeMap, BTreeSet};

/// The eligible applicants of a round in the order the rules give.
pub(super) struct Party<'a> {
    queue: Vec<&'a Application>,
    scores: Vec<&'a ScoreSheet>,
    /// The permit that each renews, if any.
    renews: Vec<Option<&'a Permit>>,
}

impl<'a> Party<'a> {
    /// The eligible, position 1 first.
    pub(super) fn queue(&self) -> &[&'a Application] {
        &self.queue
    }

    /// The score sheet at an index of the queue.
    pub(super) fn score(&self, index: usize) -> Option<&'a ScoreSheet> {
        self.scores.get(index).copied()
    }

    /// The permit that somebody at an index of the queue renews.
    pub(super) fn renews(&self, index: usize) -> Option<&'a Permit> {
        self.renews.get(index).copied().flatten()
    }

    /// Verifies parties, reasons, scores and positions of a round, and gathers the eligible; `in_force` are the permits
    /// in force at its instant, of what stood `before` it.
    pub(super) fn gather(
        district: &'a District,
        round: &'a Round,
        in_force: &'a [Permit],
        before: &History,
        findings: &mut Vec<Finding>,
    ) -> Self {
        check_presence(district, round, findings);
        let Judged { renewals, claims } = check_reasons(district, round, in_force, findings);
        let mut standing = Vec::new();
        for outcome in &round.outcomes {
            let (Some(recorded), Some((score, position))) =
                (district.application(&outcome.application), place_in_queue(&outcome.answer))
            else {
                continue;
            };
            let application = recorded.as_of(round.by);
            let earlier = claims.get(&application.id).copied().unwrap_or(0);
            let due = district.policy().standing.score(application, &facts(district, round, application, earlier));
            if due != *score {
                findings.push(Finding::WrongStanding(round.season.clone(), application.id.clone()));
            }
            let (renews, quota) = (renewals.get(&application.id).copied(), quota_of(&outcome.answer));
            let seated = matches!(outcome.answer, Answer::Seated { .. });
            standing.push(Row { application, score, position, renews, quota, seated });
        }
        standing.sort_by(|a, b| a.key(district).cmp(&b.key(district)));
        for (row, due) in standing.iter().zip(1..) {
            if row.position != due {
                findings.push(Finding::WrongStanding(round.season.clone(), row.application.id.clone()));
            }
        }
        check_quotas(district, round, &standing, (in_force, before), findings);
        let renews = standing.iter().map(|row| row.renews).collect();
        let (queue, scores) = standing.into_iter().map(|row| (row.application, row.score)).unzip();
        Self { queue, scores, renews }
    }
}

fn quota_of(answer: &Answer) -> Option<&str> {
    match answer {
        Answer::Seated { quota, .. } | Answer::LeftOut { quota, .. } => quota.as_deref(),
        Answer::NotEligible { .. } => None,
    }
}

fn place_in_queue(answer: &Answer) -> Option<(&ScoreSheet, u32)> {
    match answer {
        Answer::Seated { standing, position, .. } | Answer::LeftOut { standing, position, .. } => {
            Some((standing, *position))
        }
        Answer::NotEligible { .. } => None,
    }
}

/// Everybody recorded before the round, not withdrawn, not seated and not asked for papers by then, has one answer, and
/// nobody else has any.
fn check_presence(district: &District, round: &Round, findings: &mut Vec<Finding>) {
    let earlier = district.rounds().iter().filter(|other| other.by < round.by).flat_map(Round::permits);
    let passings = district.passings().iter().filter(|passing| passing.by < round.by);
    let passed = passings.flat_map(|passing| &passing.passed).map(|passed| &passed.permit);
    let seated: BTreeSet<&ApplicationId> = earlier.chain(passed).map(|permit| &permit.application).collect();
    let waits = |recorded: &&Recorded| {
        recorded.by < round.by
            && recorded.withdrawn.is_none_or(|by| by > round.by)
            && !recorded.misses_papers(round.by)
            && !seated.contains(&recorded.application.id)
    };
    let due: BTreeSet<&ApplicationId> =
        district.applications().filter(waits).map(|recorded| &recorded.application.id).collect();
    let answered: BTreeSet<&ApplicationId> = round.outcomes.iter().map(|outcome| &outcome.application).collect();
    let mut wrong: BTreeSet<&ApplicationId> = due.symmetric_difference(&answered).copied().collect();
    // The right people in a wrong order, or one of them twice.
    let pairs = round.outcomes.windows(2).filter(|pair| pair[0].application >= pair[1].application);
    wrong.extend(pairs.map(|pair| &pair[1].application));
    findings.extend(wrong.into_iter().map(|id| Finding::WrongParty(round.season.clone(), id.clone())));
}

/// What judging the parties of a round again brought to light, by application.
struct Judged<'a> {
    /// The permits that are renewed.
    renewals: BTreeMap<&'a ApplicationId, &'a Permit>,
    /// The claims of the household before this one.
    claims: BTreeMap<&'a ApplicationId, u32>,
}

/// Each answer has the reasons that the rules give, counting permits in force and earlier eligible claims. Which
/// applications renew which permits, and the claims that were counted.
fn check_reasons<'a>(
    district: &'a District,
    round: &'a Round,
    in_force: &'a [Permit],
    findings: &mut Vec<Finding>,
) -> Judged<'a> {
    let policy = district.policy();
    let mut counts = Counts::default();
    in_force.iter().for_each(|permit| counts.change(claim_of(permit), 1));
    let mut parties: Vec<_> = round
        .outcomes
        .iter()
        .filter_map(|outcome| Some((district.application(&outcome.application)?.as_of(round.by), &outcome.answer)))
        .collect();
    parties.sort_by_key(|(application, _)| (application.applied_at, &application.id));
    let before_all = Circumstances::of(policy, district.inventory(), round.at, Claims::default());
    let mut of_vehicle: BTreeMap<(&ResidentId, &VehicleId), Vec<&Permit>> = BTreeMap::new();
    for permit in in_force {
        of_vehicle.entry((&permit.resident, &permit.vehicle)).or_default().push(permit);
    }
    let mut judged = Judged { renewals: BTreeMap::new(), claims: BTreeMap::new() };
    let mut taken: BTreeSet<&PermitId> = BTreeSet::new();
    for (application, answer) in parties {
        let held = of_vehicle.get(&(&application.resident.id, &application.vehicle.id)).into_iter().flatten().copied();
        let open = held.filter(|permit| !taken.contains(&permit.id) && renews(district, round, application, permit));
        let renewed = open.min_by_key(|permit| (permit.valid.end(), &permit.id));
        let (own, old) = (claim_for(application), renewed.map(claim_of));
        old.into_iter().for_each(|old| counts.change(old, -1));
        let claims = counts.of(own);
        judged.claims.insert(&application.id, claims.household);
        let circumstances = Circumstances { claims, ..before_all }.for_application(policy, application, round.at);
        let due = judge(&policy.eligibility, application, &circumstances);
        let agrees = match answer {
            Answer::NotEligible { reasons } => !due.is_empty() && *reasons == due,
            _ => due.is_empty(),
        };
        if !agrees {
            findings.push(Finding::WrongReasons(round.season.clone(), application.id.clone()));
        }
        if due.is_empty() {
            counts.change(own, 1);
            if let Some(permit) = renewed {
                taken.insert(&permit.id);
                judged.renewals.insert(&application.id, permit);
            }
        } else {
            old.into_iter().for_each(|old| counts.change(old, 1));
        }
    }
    judged
}

/// Whether the rules let an application renew a permit in force of its resident and vehicle: not suspended, the same
/// door, a street not excluded, an end within the window, a tenure that is not over.
pub(super) fn renews(district: &District, round: &Round, application: &Application, permit: &Permit) -> bool {
    let (policy, resident) = (district.policy(), &application.resident);
    let Some(rules) = policy.round.renewal else { return false };
    let left = permit.valid.end().seconds_since(round.at);
    let day = |at| policy.zone.local(at).date;
    let street = district.inventory().stretch(&permit.stretch).map(|stretch| &stretch.street);
    permit.door == resident.door
        && permit.shift.as_ref() == policy.shift_asked(application)
        && permit.offer.is_none()
        && permit.suspended.is_none()
        && permit.valid.start() < round.at
        && left <= i64::from(rules.within_days) * 86_400
        && rules.tenure_months.is_none_or(|months| day(permit.since).plus_months(months) > day(round.at))
        && street.is_some_and(|street| !application.preferences.excluded.contains(street))
}

pub(super) type Claim<'a> = (&'a HouseholdId, &'a VehicleId, &'a ResidentId, &'a DoorId);

/// What a permit or an offer claims.
pub(super) const fn claim_of(permit: &Permit) -> Claim<'_> {
    (&permit.household, &permit.vehicle, &permit.resident, &permit.door)
}

/// What an application claims once it is eligible.
pub(super) const fn claim_for(application: &Application) -> Claim<'_> {
    let resident = &application.resident;
    (&resident.household, &application.vehicle.id, &resident.id, &resident.door)
}

/// How many claims share each id: the four kinds of id are told apart by their types.
#[derive(Default)]
pub(super) struct Counts<'a>(
    BTreeMap<&'a HouseholdId, u32>,
    BTreeMap<&'a VehicleId, u32>,
    BTreeMap<&'a ResidentId, u32>,
    BTreeMap<&'a DoorId, u32>,
);

impl<'a> Counts<'a> {
    pub(super) fn change(&mut self, (household, vehicle, resident, door): Claim<'a>, by: i32) {
        let counts = [
            self.0.entry(household).or_default(),
            self.1.entry(vehicle).or_default(),
            self.2.entry(resident).or_default(),
            self.3.entry(door).or_default(),
        ];
        counts.into_iter().for_each(|count| *count = count.saturating_add_signed(by));
    }

    pub(super) fn of(&self, (household, vehicle, resident, door): Claim<'a>) -> Claims {
        Claims {
            household: self.0.get(household).copied().unwrap_or(0),
            vehicle: self.1.get(vehicle).copied().unwrap_or(0),
            resident: self.2.get(resident).copied().unwrap_or(0),
            door: self.3.get(door).copied().unwrap_or(0),
        }
    }
}
