//! A round as a public table: ranks, score sheets and cutoffs without personal data.

use super::table::Key;
use super::{Answer, Round};
use crate::calendar::Timestamp;
use crate::market::Mechanism;
use crate::policy::ScoreSheet;
use crate::refusal::Refusal;
use crate::units::{Season, ShiftId, StretchId};
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// What can be published of a round: see [`Round::published`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Publication {
    /// The season.
    pub season: Season,
    /// The public seed: with it everybody can recompute a ticket, their own above all.
    pub seed: u64,
    /// The mechanism.
    pub mechanism: Mechanism,
    /// When the round was held.
    pub at: Timestamp,
    /// The eligible in the order of their positions.
    pub rows: Vec<PublicRow>,
    /// How many were not eligible, by their first reason.
    pub not_eligible: BTreeMap<u16, usize>,
    /// The last to be admitted, for each stretch that has enough permits to be told; sorted by stretch.
    pub bars: Vec<PublicBar>,
}

/// One of the eligible, by a position and a ticket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PublicRow {
    /// The position in the queue, from 1.
    pub position: u32,
    /// Whether an earlier permit was renewed.
    pub renewal: bool,
    /// The shift that the permit is for, where the policy has shifts; none without a permit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shift: Option<ShiftId>,
    /// The quota by which they were served before others.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quota: Option<String>,
    /// The score sheet.
    pub standing: ScoreSheet,
    /// Why there is no permit; `None` for those who have one.
    pub refusal: Option<Refusal>,
}

/// The last to be admitted to a stretch, by tier and points there. Whoever had more was admitted or got something they
/// like better; with as many the tie-breaks and the ticket decided. Under top trading cycles the last one may have traded
/// for the place, and holders of the place stand before everybody, so it is no cutoff there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PublicBar {
    /// The stretch.
    pub stretch: StretchId,
    /// For which shift, where the policy has shifts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shift: Option<ShiftId>,
    /// Spaces on offer.
    pub offered: u32,
    /// Spaces given.
    pub given: u32,
    /// The last one's tier.
    pub tier: u32,
    /// The last one's points, those for the pair included.
    pub points: u64,
}

impl Round {
    /// The round as a public table: nobody's ids, doors, vehicles, stretches or walks. People find their own row by
    /// their ticket, which they can recompute ([`Ticket::draw`](crate::units::Ticket::draw)); so can whoever else knows
    /// the id that the host uses for them, and whoever sees a permit's id, which ends in its position: keep both between
    /// host and applicant.
    ///
    /// A sheet tells the facts that gave its points and broke its ties: that by waiting the very second in which the
    /// waiting began.
    ///
    /// A row tells the shift of a permit and the quota by which somebody was served before others, and so that they are
    /// of the quota's group; a group of few people is told with them.
    ///
    /// The bar of a stretch tells the tier and points of somebody who parks there, and neighbours can see who does: only
    /// stretches with at least `fewest` permits of this round are told. With a small number, or where few people have as
    /// many points, a bar can be matched with a row. O(n log n).
    ///
    /// ```
    /// use shared_parking::{Action, Command, Journal, Season, sample};
    /// let mut journal = Journal::new(sample::small_district(1).unwrap());
    /// let (id, at) = ("round".parse().unwrap(), "2026-03-01T00:00:00Z".parse().unwrap());
    /// let action = Action::HoldRound { season: Season::new("2026").unwrap(), seed: 7 };
    /// journal.execute(Command { id, at, action }).unwrap();
    /// let round = &journal.district().rounds()[0];
    ///
    /// let public = round.published(5);
    /// assert_eq!(public.rows.iter().filter(|row| row.refusal.is_none()).count(), round.permits().count());
    /// assert!(public.rows.iter().zip(1..).all(|(row, position)| row.position == position));
    /// assert!(public.bars.iter().all(|bar| bar.given >= 5 && bar.given <= bar.offered));
    /// let text = serde_json::to_string(&public).unwrap();
    /// assert!(round.permits().all(|permit| !text.contains(permit.resident.as_str())));
    /// ```
    #[must_use]
    pub fn published(&self, fewest: u32) -> Publication {
        let mut rows = Vec::new();
        let mut not_eligible = BTreeMap::new();
        let mut there: BTreeMap<(&StretchId, Option<&ShiftId>), Vec<Key<'_>>> = BTreeMap::new();
        for outcome in &self.outcomes {
            match &outcome.answer {
                Answer::Seated { standing, position, quota, pair_points, permit } => {
                    let renewal = permit.renews.is_some();
                    let ticket = self.ticket_there(standing, permit);
                    let key = standing.key_at(pair_points.unwrap_or(0), ticket, &permit.resident);
                    there.entry((&permit.stretch, permit.shift.as_ref())).or_default().push((!renewal, key));
                    let (standing, shift, quota) = (standing.clone(), permit.shift.clone(), quota.clone());
                    rows.push(PublicRow { position: *position, renewal, shift, quota, standing, refusal: None });
                }
                Answer::LeftOut { refusal, standing, position, quota, .. } => {
                    let (standing, refusal, quota) = (standing.clone(), Some(*refusal), quota.clone());
                    let (position, renewal, shift) = (*position, false, None);
                    rows.push(PublicRow { position, renewal, shift, quota, standing, refusal });
                }
                Answer::NotEligible { reasons } => {
                    let first = reasons.first().map(|reason| reason.refusal.number());
                    first.into_iter().for_each(|number| *not_eligible.entry(number).or_insert(0) += 1);
                }
            }
        }
        rows.sort_by_key(|row| row.position);
        let bar = |proof: &super::PlaceProof| {
            let claims = there.get(&(&proof.stretch, proof.shift.as_ref()))?;
            let &(_, (tier, Reverse(points), ..)) = claims.iter().max()?;
            let given = u32::try_from(claims.len()).unwrap_or(u32::MAX);
            let (stretch, shift, offered) = (proof.stretch.clone(), proof.shift.clone(), proof.offered);
            (given >= fewest).then_some(PublicBar { stretch, shift, offered, given, tier, points })
        };
        let bars = self.places.iter().filter_map(bar).collect();
        let (season, seed, mechanism, at) = (self.season.clone(), self.seed, self.mechanism, self.at);
        Publication { season, seed, mechanism, at, rows, not_eligible, bars }
    }
}
