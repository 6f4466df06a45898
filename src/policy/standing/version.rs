//! Versions of the rules: which of them count for whom.

use super::tier::tier_of;
use super::{Promotion, ScoreFacts, ScoreSheet, StandingRules, TieRule, Tier, WaitingFrom};
use crate::calendar::{Date, Timestamp, Zone};
use crate::people::Application;
use crate::policy::PointsRule;
use crate::units::Ticket;
use serde::{Deserialize, Serialize};

/// Rules that were in force until a day, and what they still mean for those who applied under them.
///
/// A round held before that day scores everybody by them. In a later round, who applied before it is scored as `queued`
/// says. Where rules changed more than once since the application, each change asks in its turn: who keeps the old rules
/// at the first change comes to the second one with them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct EarlierStanding {
    /// The first day, in the policy's zone, on which they were no longer in force.
    pub until: Date,
    /// By which rules those are scored who applied before that day and still wait.
    pub queued: Queued,
    /// The rules.
    pub rules: StandingVersion,
}

/// By which rules those are scored who queued when the rules changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Queued {
    /// By those under which they applied.
    Old,
    /// By the new ones, like everybody.
    New,
    /// By whichever put them farther ahead ([`ScoreSheet::key`]), points for pairs of applicant and stretch set aside;
    /// by the new ones where both put them in the same place. Rules that have no tier for their documents count only
    /// where all of them have none.
    Better,
}

/// One version of the rules of a standing: the parts of [`StandingRules`] that can change.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct StandingVersion {
    /// As [`StandingRules::tiers`].
    pub tiers: Vec<Tier>,
    /// As [`StandingRules::points`].
    pub points: Vec<PointsRule>,
    /// As [`StandingRules::ties`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ties: Vec<TieRule>,
    /// As [`StandingRules::promotions`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub promotions: Vec<Promotion>,
    /// As [`StandingRules::waiting`].
    #[serde(default, skip_serializing_if = "WaitingFrom::is_default")]
    pub waiting: WaitingFrom,
}

/// One version, the present one or an earlier one, wherever it stands.
#[derive(Clone, Copy)]
pub(super) struct Version<'a> {
    pub(super) tiers: &'a [Tier],
    pub(super) points: &'a [PointsRule],
    pub(super) ties: &'a [TieRule],
    pub(super) promotions: &'a [Promotion],
    pub(super) waiting: WaitingFrom,
    /// Until when it was in force; `None`: it is.
    pub(super) until: Option<Date>,
}

impl EarlierStanding {
    fn version(&self) -> Version<'_> {
        let StandingVersion { tiers, points, ties, promotions, waiting } = &self.rules;
        Version { tiers, points, ties, promotions, waiting: *waiting, until: Some(self.until) }
    }
}

impl StandingRules {
    pub(super) fn present(&self) -> Version<'_> {
        let Self { tiers, points, ties, promotions, waiting, .. } = self;
        Version { tiers, points, ties, promotions, waiting: *waiting, until: None }
    }

    /// All versions with their places in a document, the oldest first.
    pub(super) fn versions(&self) -> impl DoubleEndedIterator<Item = (String, Version<'_>)> {
        let earlier = self.earlier.iter().enumerate();
        let earlier = earlier.map(|(at, earlier)| (format!("standing.earlier[{at}].rules"), earlier.version()));
        earlier.chain(std::iter::once_with(|| ("standing".to_owned(), self.present())))
    }

    /// The version that a sheet was scored by; the present one when there is none of its day.
    pub(super) fn version_of(&self, sheet: &ScoreSheet) -> Version<'_> {
        let own = self.earlier.iter().find(|earlier| Some(earlier.until) == sheet.rules_until);
        own.map_or_else(|| self.present(), EarlierStanding::version)
    }

    /// The versions of which the best counts for an application at an instant, the newest first: at least one, and more
    /// than one only where those queued have the better of two.
    pub(super) fn counting(&self, application: &Application, at: Timestamp, zone: &Zone) -> Vec<Version<'_>> {
        if self.earlier.is_empty() {
            return vec![self.present()];
        }
        let over = |at| {
            let day = zone.local(at).date;
            self.earlier.iter().take_while(|earlier| earlier.until <= day).count()
        };
        let today = over(at);
        let applied = over(application.applied_at).min(today);
        let mut counting = vec![applied];
        for change in applied..today {
            match self.earlier[change].queued {
                Queued::Old => {}
                Queued::New => counting = vec![change + 1],
                Queued::Better => counting.insert(0, change + 1),
            }
        }
        let version = |at: usize| self.earlier.get(at).map_or_else(|| self.present(), EarlierStanding::version);
        counting.into_iter().map(version).collect()
    }
}

impl Version<'_> {
    /// The score sheet by this version alone.
    pub(super) fn score(self, application: &Application, facts: &ScoreFacts<'_>) -> ScoreSheet {
        let (resident, since) = (&application.resident, self.waiting.since(application));
        let own = tier_of(self.tiers, resident.documents);
        let due = self.promotions.iter().take_while(|step| step.shared_hours <= resident.sharing.hours).last();
        let due = due.filter(|_| own < self.tiers.len()); // who stands in no tier is not moved into one
        let (own, due) = (u32::try_from(own).unwrap_or(u32::MAX), due.map_or(0, |step| step.tiers));
        let promoted = due.min(own);
        ScoreSheet {
            tier: (own - promoted).saturating_add(1),
            points: self.points.iter().map(|rule| rule.points(application, since, facts)).collect(),
            ties: self.ties.iter().map(|rule| rule.rank(application, since, facts)).collect(),
            ticket: Ticket::draw(facts.seed, facts.season, &resident.id),
            promoted,
            rules_until: self.until,
        }
    }
}
