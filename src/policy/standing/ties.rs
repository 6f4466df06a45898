//! What decides between people of one tier with as many points, before the ticket does.
//!
//! Invariant: each rule makes one number of the facts, and the smaller number goes first.

use super::ScoreFacts;
use crate::calendar::Timestamp;
use crate::error::{FlawCode, FlawCollector};
use crate::people::{Application, SpecialNeed};
use crate::policy::ShiftRules;
use crate::policy::points::{check_needs, has_need};
use crate::units::ShiftId;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A rule that breaks ties. What it puts into [`ScoreSheet::ties`](super::ScoreSheet::ties) is told with each.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "by", rename_all = "kebab-case", deny_unknown_fields)]
#[non_exhaustive]
pub enum TieRule {
    /// Who has a stated special need goes first: 0 with it, 1 without.
    SpecialNeed {
        /// Which needs count; `None`: any.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        needs: Option<Vec<SpecialNeed>>,
    },
    /// Who asks for a shift named earlier goes first: its place in the list from 0, as many as there are for others.
    Shift {
        /// The shifts in order, each once.
        first: Vec<ShiftId>,
    },
    /// Who takes part in a programme of a weekly day without driving goes first: 0, others 1.
    NoDrivingDay {},
    /// Who has waited longer goes first: the second since 1970-01-01T00:00:00Z in which the waiting began.
    Waiting {},
    /// Whose household has fewer claims goes first: permits in force, and eligible applications handed in earlier.
    FirstVehicle {},
}

impl TieRule {
    /// The number for an applicant who has waited since an instant.
    pub(super) fn rank(&self, application: &Application, since: Timestamp, facts: &ScoreFacts<'_>) -> i64 {
        match self {
            Self::SpecialNeed { needs } => i64::from(!has_need(application.resident.special_need, needs.as_deref())),
            Self::Shift { first } => {
                let asked = application.shift.as_ref().or(facts.first_shift);
                let place = first.iter().position(|shift| Some(shift) == asked).unwrap_or(first.len());
                i64::try_from(place).unwrap_or(i64::MAX)
            }
            Self::NoDrivingDay {} => i64::from(!application.resident.no_driving_day),
            Self::Waiting {} => since.as_unix(),
            Self::FirstVehicle {} => i64::from(facts.earlier_claims),
        }
    }

    /// The word that stands for this rule in a document.
    pub(super) const fn word(&self) -> &'static str {
        match self {
            Self::SpecialNeed { .. } => "special-need",
            Self::Shift { .. } => "shift",
            Self::NoDrivingDay {} => "no-driving-day",
            Self::Waiting {} => "waiting",
            Self::FirstVehicle {} => "first-vehicle",
        }
    }
}

/// Notes every flaw of the tie-breaks of one version, which stands at `place`.
pub(super) fn check(ties: &[TieRule], place: &str, flaws: &mut FlawCollector) {
    for (at, tie) in ties.iter().enumerate() {
        let place = format!("{place}.ties[{at}]");
        // One need may come before another one; of all else a second rule could never decide.
        let again = |earlier: &TieRule| match tie {
            TieRule::SpecialNeed { .. } => earlier == tie,
            _ => earlier.word() == tie.word(),
        };
        if let Some(earlier) = ties[..at].iter().position(again) {
            let problem = format!("{:?} breaks ties already, in place {earlier}", tie.word());
            flaws.push(FlawCode::Contradiction, place.clone(), problem, "keep the first");
        }
        match tie {
            TieRule::SpecialNeed { needs } => check_needs(needs.as_deref(), &place, flaws),
            TieRule::Shift { first } => check_shifts(first, &format!("{place}.first"), flaws),
            _ => {}
        }
    }
}

/// Notes each shift of a tie-break that the policy does not have.
pub(super) fn check_known(ties: &[TieRule], shifts: Option<&ShiftRules>, place: &str, flaws: &mut FlawCollector) {
    for (at, tie) in ties.iter().enumerate() {
        let TieRule::Shift { first } = tie else { continue };
        let strangers = first.iter().enumerate().filter(|(_, id)| shifts.is_none_or(|rules| rules.shift(id).is_none()));
        for (number, id) in strangers {
            let problem = format!("no shift {:?}", id.as_str());
            let remedy = "name one of shifts.list, or take the tie-break out";
            flaws.push(FlawCode::UnknownReference, format!("{place}.ties[{at}].first[{number}]"), problem, remedy);
        }
    }
}

fn check_shifts(first: &[ShiftId], place: &str, flaws: &mut FlawCollector) {
    if first.is_empty() {
        flaws.push(FlawCode::Empty, place, "no shift", "name at least one");
    }
    let mut known = BTreeSet::new();
    for (at, shift) in first.iter().enumerate().filter(|(_, shift)| !known.insert(*shift)) {
        let problem = format!("{:?} stands here twice", shift.as_str());
        flaws.push(FlawCode::Contradiction, format!("{place}[{at}]"), problem, "keep the first");
    }
}
