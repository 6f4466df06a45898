//! A round as it is remembered: an answer for every applicant, and the proof that the answers are right.

use super::Permit;
use crate::calendar::Timestamp;
use crate::market::{Lots, Mechanism};
use crate::policy::{Reason, ScoreSheet};
use crate::refusal::Refusal;
use crate::units::{ApplicationId, Season, ShiftId, StretchId, Ticket};
use serde::{Deserialize, Serialize};

/// The whole result of a round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Round {
    /// The season it gives permits for.
    pub season: Season,
    /// The public seed of its tickets.
    pub seed: u64,
    /// The mechanism that seated people.
    pub mechanism: Mechanism,
    /// When it was held.
    pub at: Timestamp,
    /// The number of the command that held it: applications recorded by earlier commands took part.
    pub by: u64,
    /// One for every application that had no permit in force, sorted by application.
    pub outcomes: Vec<Outcome>,
    /// One for every stretch on offer, sorted by id; with shifts one for each that the stretch is given for, in the
    /// policy's order.
    pub places: Vec<PlaceProof>,
    /// One for every ceiling of the policy, in its order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ceilings: Vec<CeilingProof>,
}

/// What a ceiling left of a round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CeilingProof {
    /// Its id.
    pub ceiling: String,
    /// The ceiling on the day of the round.
    pub at_most: u32,
    /// Permits and open offers in its area that were not renewed in this round.
    pub in_force: u32,
    /// How many permits of its area the round could give: what is left below the ceiling, and never fewer than there are
    /// incumbents in the area.
    pub gives: u32,
    /// How many of the area's spaces on offer it therefore keeps free, beyond those that ceilings within it do.
    pub kept_free: u32,
}

/// The answer to one application.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outcome {
    /// Which application.
    pub application: ApplicationId,
    /// Yes or no, and why.
    pub answer: Answer,
}

/// Yes or no, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Answer {
    /// A permit.
    Seated {
        /// How the applicant stands.
        standing: ScoreSheet,
        /// The position in the queue of the eligible, counted from 1.
        position: u32,
        /// The quota by which the applicant was served before others.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        quota: Option<String>,
        /// Points for the pair of applicant and stretch, where the policy gives such points.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pair_points: Option<u32>,
        /// The permit, with its place and walk; an offer where the policy makes offers.
        permit: Permit,
    },
    /// Eligible, but there is no space.
    LeftOut {
        /// 301 to 306.
        refusal: Refusal,
        /// How the applicant stands.
        standing: ScoreSheet,
        /// The position in the queue of the eligible, counted from 1.
        position: u32,
        /// The quota by which the applicant was served before others.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        quota: Option<String>,
        /// With 302 and 306, and with 304 in a serial dictatorship: what would have been good enough; none where a
        /// ceiling lets in nobody at all.
        cutoff: Option<Cutoff>,
    },
    /// Not eligible.
    NotEligible {
        /// All the reasons, in order of precedence: at least one.
        reasons: Vec<Reason>,
    },
}

/// The bar an eligible applicant missed.
///
/// By the optimal mechanism the closed set is every stretch the applicant could reach by any chain of people changing
/// places; all its spaces are held by people ahead who have nowhere outside it to go. In a serial dictatorship it is the
/// stretches the applicant accepts; all their spaces were taken before the applicant's turn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cutoff {
    /// The position of the last person seated in the closed set: one place before it would have been enough.
    pub position: u32,
    /// How that person stood; a number sheet, not a person.
    pub standing: ScoreSheet,
    /// How many stretches the closed set has.
    pub stretches: u32,
    /// How many spaces they had on offer, those kept free by ceilings included.
    pub spaces: u32,
}

/// A stretch in a round: what was on offer, and the numbers that prove the result (see `market::Certificate`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlaceProof {
    /// Which stretch.
    pub stretch: StretchId,
    /// For which shift, where the policy has shifts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shift: Option<ShiftId>,
    /// Spaces on offer: those marked, less those under a permit in force.
    pub offered: u32,
    /// How many of them stay free because of ceilings.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub kept_free: u32,
    /// The position in the queue at which the stretch became part of a closed set, if it did, counted from 1; 0 where a
    /// ceiling closed it before anybody was served.
    pub closed: Option<u32>,
    /// Its price, in units of cost (centimetres of walking where a choice costs its walk); none but by the optimal
    /// mechanism.
    pub price: Option<i64>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
const fn is_zero(number: &u32) -> bool {
    *number == 0
}

impl Round {
    /// The place of a stretch for a shift, by its number in [`places`](Self::places).
    #[must_use]
    pub fn place_of(&self, stretch: &StretchId, shift: Option<&ShiftId>) -> Option<usize> {
        let first = self.places.partition_point(|place| place.stretch < *stretch);
        let own = self.places[first..].iter().take_while(|place| place.stretch == *stretch);
        let (_, at) = own.zip(first..).find(|(place, _)| place.shift.as_ref() == shift)?;
        Some(at)
    }

    /// The answer to one application.
    #[must_use]
    pub fn answer(&self, application: &ApplicationId) -> Option<&Answer> {
        let at = self.outcomes.binary_search_by(|outcome| outcome.application.cmp(application)).ok()?;
        Some(&self.outcomes[at].answer)
    }

    /// The ticket that counted at the stretch of a permit: the place's own where the mechanism draws one for each place.
    pub(crate) fn ticket_there(&self, standing: &ScoreSheet, permit: &Permit) -> Ticket {
        match self.mechanism {
            Mechanism::DeferredAcceptance(Lots::PerPlace) => {
                Ticket::draw_at(self.seed, &self.season, &permit.resident, &permit.stretch)
            }
            _ => standing.ticket,
        }
    }

    /// The permits it issued, in the order of their applications.
    pub fn permits(&self) -> impl Iterator<Item = &Permit> {
        self.outcomes.iter().filter_map(|outcome| match &outcome.answer {
            Answer::Seated { permit, .. } => Some(permit),
            _ => None,
        })
    }
}
