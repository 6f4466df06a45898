//! One round under two policies, side by side: who gains and who loses, in numbers.
//!
//! Invariant: every figure follows from the answers of the two rounds; nothing is decided here, and nobody is named.

use super::figures::{Figures, figures};
use crate::district::{Answer, District, Outcome, Recorded, Round};
use crate::people::Application;
use crate::units::{ApplicationId, Centimetres, CommunityId, Season};
use serde::Serialize;
use std::collections::BTreeMap;

/// What becomes of the same people when a round is held under another policy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Gains {
    /// The season.
    pub season: Season,
    /// Everybody.
    pub all: Tally,
    /// By tier, counted from 1 as the policy before lists them; one more than it has for those whom no tier admits.
    pub tiers: GainsBy<u32>,
    /// By the community of the door; `None` for doors that lie in none.
    pub communities: GainsBy<Option<CommunityId>>,
    /// The figures of the round before: refusals, walks.
    pub before: Figures,
    /// The figures of the round after.
    pub after: Figures,
}

/// Gains group by group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GainsBy<K> {
    /// The groups that have enough people to be told, sorted; groups without people are absent.
    pub groups: Vec<GroupGains<K>>,
    /// The other groups, sorted: those with too few people to be told apart, and where they have too few together, the
    /// smallest that has enough.
    pub merged: Vec<K>,
    /// Those of the other groups together.
    pub others: Tally,
}

/// The gains of one group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GroupGains<K> {
    /// Which group.
    pub group: K,
    /// Its people in numbers.
    pub tally: Tally,
}

/// People in numbers; each application answered counts as one of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// How many there are.
    pub people: usize,
    /// How many are seated before.
    pub before: usize,
    /// How many are seated after: those before, and the gained, without the lost.
    pub after: usize,
    /// How many are seated after alone.
    pub gained: usize,
    /// How many are seated before alone.
    pub lost: usize,
    /// How many are seated in both and walk less after.
    pub nearer: usize,
    /// How many are seated in both and walk more after.
    pub farther: usize,
}

/// Why two rounds cannot be put side by side.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NotOneQuestion {
    /// One of the districts held no round of this season.
    #[error("the district {which} held no round of season {season}; hold it first")]
    NoRound {
        /// `before` or `after`.
        which: &'static str,
        /// The season.
        season: Season,
    },
    /// The rounds were drawn from different seeds, or held at different instants.
    #[error(
        "the rounds were held at different instants or from different seeds; hold both at one instant from one seed"
    )]
    OtherDraw,
    /// An application was answered in one of the rounds alone, or is another one under the same id.
    #[error("application {0} is not the same in both districts, or was answered in one of the rounds alone")]
    OtherPeople(ApplicationId),
}

/// Compares the rounds of one season that two districts held for the same applications, at the same instant from the same
/// seed, so that the policy makes the difference (or the ground, where the two differ in it). Offers count as seats.
///
/// Groups with fewer than `fewest` people are told together, so that a small one does not point to somebody. O(answers).
///
/// # Errors
/// Everything that makes the comparison meaningless: rounds not held, other draws, other people.
///
/// ```
/// use shared_parking::audit::compare_rounds;
/// use shared_parking::{Action, Command, District, Journal, Season, sample};
/// let held = |limit: u32| {
///     let small = sample::small_district(1).unwrap();
///     let mut policy = small.policy().clone();
///     policy.permits.walk_limit_m = limit;
///     let mut journal = Journal::new(District::new(small.inventory().clone(), policy).unwrap());
///     let at = "2026-03-01T00:00:00Z".parse().unwrap();
///     let apply = small.applications().map(|own| Action::Apply(own.application.clone()));
///     let round = Action::HoldRound { season: Season::new("2026").unwrap(), seed: 7 };
///     for (number, action) in apply.chain([round]).enumerate() {
///         let id = format!("c-{number}").parse().unwrap();
///         journal.execute(Command { id, at, action }).unwrap();
///     }
///     journal.district().clone()
/// };
/// let gains = compare_rounds(&held(500), &held(200), &Season::new("2026").unwrap(), 1).unwrap();
/// assert_eq!((gains.all.people, gains.all.before), (60, gains.before.seated));
/// assert_eq!(gains.all.after, gains.all.before + gains.all.gained - gains.all.lost);
/// assert!(gains.all.lost > 0); // nothing lies within 200 m of some doors
/// assert_eq!(gains.tiers.groups.iter().map(|own| own.tally.people).sum::<usize>(), 60);
/// ```
pub fn compare_rounds(
    before: &District,
    after: &District,
    season: &Season,
    fewest: usize,
) -> Result<Gains, Vec<NotOneQuestion>> {
    let of = |district: &'_ District| district.rounds().iter().position(|round| round.season == *season);
    let missing = |which| NotOneQuestion::NoRound { which, season: season.clone() };
    let (old, new) = match (of(before), of(after)) {
        (Some(old), Some(new)) => (&before.rounds()[old], &after.rounds()[new]),
        (old, new) => {
            let problems = [old.is_none().then(|| missing("before")), new.is_none().then(|| missing("after"))];
            return Err(problems.into_iter().flatten().collect());
        }
    };
    let mut problems = other_people(before, after, old, new);
    if (old.seed, old.at) != (new.seed, new.at) {
        problems.insert(0, NotOneQuestion::OtherDraw);
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let (mut all, mut tiers, mut communities) = (Tally::default(), BTreeMap::new(), BTreeMap::new());
    for (was, is) in old.outcomes.iter().zip(&new.outcomes) {
        let Some(recorded) = before.application(&was.application) else { continue };
        let (own, application) = (Tally::of(&was.answer, &is.answer), recorded.as_of(old.by));
        let door = before.inventory().door(&application.resident.door);
        all.add(own);
        tiers.entry(tier(before, old, application, &was.answer)).or_insert_with(Tally::default).add(own);
        let community = door.and_then(|door| door.community.clone());
        communities.entry(community).or_insert_with(Tally::default).add(own);
    }
    let (tiers, communities) = (GainsBy::of(tiers, fewest), GainsBy::of(communities, fewest));
    Ok(Gains { season: season.clone(), all, tiers, communities, before: figures(old), after: figures(new) })
}

/// The applications that were not asked about twice.
fn other_people(before: &District, after: &District, old: &Round, new: &Round) -> Vec<NotOneQuestion> {
    let answered = |round: &Round, own: &Outcome| round.answer(&own.application).is_some();
    let same = |own: &&Outcome| {
        let facts = |recorded: &Recorded, round: &Round| recorded.as_of(round.by).clone();
        let was = before.application(&own.application).map(|recorded| facts(recorded, old));
        answered(new, own) && was == after.application(&own.application).map(|recorded| facts(recorded, new))
    };
    let others = old.outcomes.iter().filter(|own| !same(own));
    let others = others.chain(new.outcomes.iter().filter(|own| !answered(old, own)));
    others.map(|own| NotOneQuestion::OtherPeople(own.application.clone())).collect()
}

/// The tier of the score sheet before; of somebody who was not eligible and has none, that of the documents by the tiers
/// that counted at the round's instant.
fn tier(before: &District, round: &Round, application: &Application, answer: &Answer) -> u32 {
    match answer {
        Answer::Seated { standing, .. } | Answer::LeftOut { standing, .. } => standing.tier,
        Answer::NotEligible { .. } => {
            let policy = before.policy();
            let tiers = policy.standing.tiers_for(application, round.at, &policy.zone);
            let admits = tiers.iter().position(|tier| tier.admits(application.resident.documents));
            u32::try_from(admits.unwrap_or(tiers.len()) + 1).unwrap_or(u32::MAX)
        }
    }
}

fn walk(answer: &Answer) -> Option<Centimetres> {
    match answer {
        Answer::Seated { permit, .. } => Some(permit.walk),
        Answer::LeftOut { .. } | Answer::NotEligible { .. } => None,
    }
}

impl Tally {
    /// One person.
    fn of(before: &Answer, after: &Answer) -> Self {
        let (before, after) = (walk(before), walk(after));
        let both = before.zip(after);
        Self {
            people: 1,
            before: usize::from(before.is_some()),
            after: usize::from(after.is_some()),
            gained: usize::from(before.is_none() && after.is_some()),
            lost: usize::from(before.is_some() && after.is_none()),
            nearer: usize::from(both.is_some_and(|(before, after)| after < before)),
            farther: usize::from(both.is_some_and(|(before, after)| after > before)),
        }
    }

    fn add(&mut self, other: Self) {
        self.people += other.people;
        self.before += other.before;
        self.after += other.after;
        self.gained += other.gained;
        self.lost += other.lost;
        self.nearer += other.nearer;
        self.farther += other.farther;
    }
}

impl<K: Ord> GainsBy<K> {
    fn of(groups: BTreeMap<K, Tally>, fewest: usize) -> Self {
        let mut by = Self { groups: Vec::new(), merged: Vec::new(), others: Tally::default() };
        for (group, tally) in groups {
            if tally.people < fewest {
                by.merge(GroupGains { group, tally });
            } else {
                by.groups.push(GroupGains { group, tally });
            }
        }
        // The total is told too, so a remainder of few would point to them as well.
        while by.others.people > 0 && by.others.people < fewest && !by.groups.is_empty() {
            let smallest = (0..by.groups.len()).rev().min_by_key(|&at| by.groups[at].tally.people);
            let smallest = smallest.map(|at| by.groups.remove(at));
            smallest.into_iter().for_each(|own| by.merge(own));
        }
        by.merged.sort_unstable();
        by
    }

    fn merge(&mut self, own: GroupGains<K>) {
        self.others.add(own.tally);
        self.merged.push(own.group);
    }
}
