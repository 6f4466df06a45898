//! What can be asked of a district, and what then happened.

use super::Round;
use crate::calendar::{Timestamp, Window};
use crate::people::{Application, VehicleClass};
use crate::policy::Bill;
use crate::units::{CommandId, PermitId, Season, StayId, StretchId};
use serde::{Deserialize, Serialize};

/// A request to the district. The host names it, dates it, and supplies the seed of any draw.
///
/// A command sent again with the same id and content changes nothing; the same id with another content is refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Command {
    /// Chosen by the host, so that a retry is recognised.
    pub id: CommandId,
    /// When it is decided; never before the command decided last.
    pub at: Timestamp,
    /// What is asked.
    pub action: Action,
}

/// What a [`Command`] asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[non_exhaustive]
pub enum Action {
    /// Record an application. Eligibility is judged when a round is held.
    Apply(Application),
    /// Hold the round of a season: judge, order, seat, and issue permits.
    HoldRound {
        /// The season.
        season: Season,
        /// The public seed of the tickets.
        seed: u64,
    },
    /// Bill a stay that has ended.
    BillStay(Stay),
}

/// One vehicle in one space of a stretch, from arriving to leaving.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stay {
    /// Its id.
    pub id: StayId,
    /// Where.
    pub stretch: StretchId,
    /// From arriving to leaving.
    pub window: Window,
    /// The class of the vehicle.
    pub vehicle: VehicleClass,
    /// The permit it is under, if any: in force when the stay starts, it gives the holder's price on any stretch.
    pub permit: Option<PermitId>,
}

/// What happened: results, so that applying one never computes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[non_exhaustive]
pub enum Event {
    /// An application was recorded.
    Applied(Application),
    /// A round was held; its seated outcomes are permits.
    RoundHeld(Round),
    /// A stay was billed.
    StayBilled {
        /// The stay.
        stay: Stay,
        /// What it costs, line by line.
        bill: Bill,
    },
}

/// A line of the journal: a command and what it led to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// What was asked.
    pub command: Command,
    /// What happened.
    pub events: Vec<Event>,
}
