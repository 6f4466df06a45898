//! A district as it is written: what reading it must check before it is one.

use super::{
    Accepted, BilledStay, Changed, District, Logged, Passing, Permit, Recorded, RecordedAppeal, RecordedComplaint,
    Round, SpecialPermit,
};
use crate::calendar::Timestamp;
use crate::error::{FlawCode, FlawCollector, Flaws};
use crate::inventory::Inventory;
use crate::policy::Policy;
use crate::units::{ApplicationId, CommandId, ComplaintId, Digest, PermitId, StayId};
use serde::{Deserialize, Serialize, Serializer};
use std::collections::BTreeMap;
use std::fmt::Display;
use std::sync::Arc;

/// The format this version writes, and the only one it reads.
const FORMAT: u32 = 1;

/// Stands first in what is written; it holds nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Format;

impl Serialize for Format {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u32(FORMAT)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Stored {
    format: u32,
    inventory: Arc<Inventory>,
    policy: Arc<Policy>,
    founded: Digest,
    clock: Option<Timestamp>,
    commands: BTreeMap<CommandId, Logged>,
    applications: BTreeMap<ApplicationId, Recorded>,
    rounds: Vec<Round>,
    passings: Vec<Passing>,
    accepted: BTreeMap<PermitId, Accepted>,
    permits: BTreeMap<PermitId, Permit>,
    #[serde(default)]
    changes: BTreeMap<PermitId, Vec<Changed>>,
    stays: BTreeMap<StayId, BilledStay>,
    #[serde(default)]
    special: BTreeMap<PermitId, SpecialPermit>,
    #[serde(default)]
    complaints: BTreeMap<ComplaintId, RecordedComplaint>,
    #[serde(default)]
    appeals: BTreeMap<ComplaintId, RecordedAppeal>,
}

impl TryFrom<Stored> for District {
    type Error = Flaws;
    fn try_from(read: Stored) -> Result<Self, Flaws> {
        let mut flaws = Flaws::collector();
        if read.format != FORMAT {
            let problem = format!("format {}", read.format);
            flaws.push(FlawCode::WrongValue, "format", problem, format!("this version reads format {FORMAT}"));
        }
        if let Err(found) = read.policy.check().and_then(|()| read.policy.check_ground(&read.inventory)) {
            flaws.absorb("policy", found);
        }
        let applications = read.applications.iter().map(|(key, own)| (key, &own.application.id));
        check_keys("applications", applications, &mut flaws);
        check_keys("permits", read.permits.iter().map(|(key, own)| (key, &own.id)), &mut flaws);
        check_keys("special", read.special.iter().map(|(key, own)| (key, &own.id)), &mut flaws);
        check_keys("stays", read.stays.iter().map(|(key, own)| (key, &own.stay.id)), &mut flaws);
        check_keys("complaints", read.complaints.iter().map(|(key, own)| (key, &own.complaint.id)), &mut flaws);
        check_keys("appeals", read.appeals.iter().map(|(key, own)| (key, &own.appeal.id)), &mut flaws);
        for round in &read.rounds {
            if !round.outcomes.is_sorted_by(|a, b| a.application < b.application) {
                let place = format!("rounds, season {}, outcomes", round.season);
                flaws.push(FlawCode::Contradiction, place, "not sorted by application, each once", "sort them");
            }
        }
        let Stored { inventory, policy, founded, clock, commands, applications, rounds, .. } = read;
        let (passings, accepted, permits, stays) = (read.passings, read.accepted, read.permits, read.stays);
        let (changes, special) = (read.changes, read.special);
        let (complaints, appeals) = (read.complaints, read.appeals);
        let mut district = Self {
            format: Format,
            inventory,
            policy,
            founded,
            clock,
            commands,
            applications,
            rounds,
            passings,
            accepted,
            permits,
            changes,
            stays: BTreeMap::new(),
            in_use: BTreeMap::new(),
            special: BTreeMap::new(),
            requested: BTreeMap::new(),
            complaints,
            appeals,
            upheld: BTreeMap::new(),
        };
        special.into_values().for_each(|permit| district.file(permit)); // before stays, which may be under one
        district.index_upheld();
        stays.into_values().for_each(|billed| district.keep(billed));
        flaws.finish(district)
    }
}

/// A record stands under its own id.
fn check_keys<'a, K: Display + PartialEq + 'a>(
    part: &str,
    pairs: impl Iterator<Item = (&'a K, &'a K)>,
    flaws: &mut FlawCollector,
) {
    for (key, own) in pairs.filter(|(key, own)| key != own) {
        let problem = format!("the record's own id is {own}");
        flaws.push(FlawCode::Contradiction, format!("{part}, {key}"), problem, "file it under its own id");
    }
}
