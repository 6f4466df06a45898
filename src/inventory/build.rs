//! From a survey to an inventory: every flaw at once, or the whole of it.
//!
//! Invariant: what is built depends on the rows and the rules, never on the order of the rows.

use super::check::{self, Sound, SoundRows};
use super::community::{Rings, fault};
use super::findings::{Findings, Row};
use super::index::{Snap, StreetIndex, StretchIndex};
use super::kerb::{Derivation, junctions};
use super::network::Network;
use super::overlap::{self, Laid};
use super::projection::Plane;
use super::walk::Goals;
use super::{
    Community, CommunityRow, Door, Inventory, KerbRow, KerbRules, Point, Side, Street, StreetRow, Stretch, Survey,
    geometry, kerb, place,
};
use crate::error::{FlawCode, Flaws};
use crate::units::{Centimetres, CommunityId, StreetId, StretchId};
use std::collections::{BTreeMap, BTreeSet};

impl Inventory {
    /// Builds the inventory of a survey.
    ///
    /// Streets are joined where they share a vertex, or an end's node number within 10 m of each other (clipped data
    /// keeps the numbers of ends that were cut off), or where a loose end lies within 50 cm of another street; what
    /// stays apart is told by [`warnings`](Self::warnings). Given stretches are put on their street, others derived from
    /// kerbs; on one kerb they may reach into each other by 1 m in all. Doors are snapped to the nearest street. The plane's origin is the middle of the survey;
    /// east-west lengths in it are off by less than 0.1 % within a district of 5 km up to 60 degrees of latitude.
    /// O(n log n) in the number of positions.
    ///
    /// # Errors
    /// Every flaw of the survey and the rules at once, in the order of the rows: see [`FlawCode`]. Only when the
    /// positions lie more than 100 km apart does it stop before what needs a plane: whether stretches fit their
    /// streets, rings, derived ids.
    pub fn build(survey: &Survey, rules: &KerbRules) -> Result<Self, Flaws> {
        let mut found = Findings::default();
        let can_derive = check::rules(rules, &mut found);
        let sound = check::rows(survey, &mut found);
        let built = super::extent::plane(survey, &mut found)
            .filter(|_| can_derive)
            .and_then(|plane| Builder { survey, rules, plane }.build(sound, &mut found));
        found.finish(built)
    }

    /// An inventory of parts that are sound and sorted: works out what follows from them.
    pub(super) fn of(parts: Parts) -> Self {
        let Parts { name, attribution, plane, rules, communities, streets, stretches, doors } = parts;
        let place: BTreeMap<&StreetId, usize> =
            streets.iter().enumerate().map(|(at, street)| (&street.id, at)).collect();
        let (near_streets, near_stretches) = (StreetIndex::of(&streets), StretchIndex::of(&stretches));
        let network = Network::of(&streets, &near_streets);
        let middle = |stretch: &Stretch| {
            let street = place.get(&stretch.street).copied().unwrap_or_default();
            (street, kerb::middle(stretch.from.get(), stretch.to.get()))
        };
        let goals = Goals::of(&network, streets.len(), &stretches.iter().map(middle).collect::<Vec<_>>());
        let start = |door: &Door| {
            let street = place.get(&door.street).copied().unwrap_or_default();
            Snap { distance: door.access.get(), street, along: door.along.get() }
        };
        let starts = doors.iter().map(start).collect();
        Self {
            name,
            attribution,
            plane,
            rules,
            communities,
            streets,
            stretches,
            doors,
            starts,
            network,
            goals,
            near_streets,
            near_stretches,
        }
    }
}

/// What an inventory is worked out from: what its JSON holds.
pub(super) struct Parts {
    pub(super) name: String,
    pub(super) attribution: String,
    pub(super) plane: Plane,
    pub(super) rules: KerbRules,
    pub(super) communities: Vec<Community>,
    pub(super) streets: Vec<Street>,
    pub(super) stretches: Vec<Stretch>,
    pub(super) doors: Vec<Door>,
}

/// A street with its row and the row's number.
struct Draft<'a> {
    street: Street,
    number: usize,
    row: &'a StreetRow,
}

struct Builder<'a> {
    survey: &'a Survey,
    rules: &'a KerbRules,
    plane: Plane,
}

impl Builder<'_> {
    fn build(&self, sound: SoundRows<'_>, found: &mut Findings) -> Option<Inventory> {
        let (communities, rings) = self.communities(sound.communities, found);
        let drafts = self.streets(sound.streets, &rings, found);
        let streets: Vec<Street> = drafts.iter().map(|draft| draft.street.clone()).collect();
        let near = StreetIndex::of(&streets);
        let mut laid = self.derived(&streets, &near, &drafts, found);
        let derived: BTreeSet<StretchId> = laid.iter().map(|laid| laid.stretch.id.clone()).collect();
        for sound in sound.stretches {
            let own = streets.binary_search_by(|street| street.id.as_str().cmp(&sound.row.street));
            let Ok(own) = own else { continue }; // noted with the reference, or with the street's own row
            let (row, origin) = (Row::Stretch(sound.number), sound.row.origin.as_str());
            let Some(stretch) = place::stretch(sound, &streets[own], self.plane, self.rules, found) else { continue };
            if derived.contains(&stretch.id) {
                let problem = format!("{:?} is the id of a stretch derived from a kerb", stretch.id.as_str());
                let remedy = "give the stretch another id, or leave the kerb out";
                found.push((row, origin), "id", FlawCode::DuplicateId, problem, remedy);
            }
            laid.push(Laid { stretch, row, origin });
        }
        overlap::note(&laid, found);
        let mut stretches: Vec<Stretch> = laid.into_iter().map(|laid| laid.stretch).collect();
        stretches.sort_by(|one, other| one.id.cmp(&other.id));
        let snapped = |sound| place::door(sound, &streets, &near, &rings, self.plane);
        let mut doors: Vec<Door> = sound.doors.into_iter().filter_map(snapped).collect();
        doors.sort_by(|one, other| one.id.cmp(&other.id));
        (!streets.is_empty()).then(|| {
            Inventory::of(Parts {
                name: self.survey.name.clone(),
                attribution: self.survey.attribution.clone(),
                plane: self.plane,
                rules: self.rules.clone(),
                communities,
                streets,
                stretches,
                doors,
            })
        })
    }

    fn communities(
        &self,
        rows: Vec<Sound<'_, CommunityId, CommunityRow>>,
        found: &mut Findings,
    ) -> (Vec<Community>, Rings) {
        let (mut communities, mut rings) = (Vec::new(), Vec::new());
        for sound in rows {
            let ring: Vec<Point> = sound.row.ring.iter().map(|&position| self.plane.project(position)).collect();
            if !ring.is_empty() {
                if let Some(fault) = fault(&ring) {
                    let at = (Row::Community(sound.number), sound.row.origin.as_str());
                    let remedy = "draw the border once around, without crossing itself, from at least three positions";
                    found.push(at, "ring", FlawCode::BadGeometry, fault, remedy);
                }
                rings.push((sound.id.clone(), ring));
            }
            communities.push(Community { id: sound.id, name: sound.row.name.clone() });
        }
        communities.sort_by(|one, other| one.id.cmp(&other.id));
        (communities, Rings::of(rings))
    }

    /// The streets sorted by id, without the rows whose path is no path.
    fn streets<'a>(
        &self,
        rows: Vec<Sound<'a, StreetId, StreetRow>>,
        rings: &Rings,
        found: &mut Findings,
    ) -> Vec<Draft<'a>> {
        let mut drafts = Vec::with_capacity(rows.len());
        for Sound { id, number, row } in rows {
            let at = (Row::Street(number), row.origin.as_str());
            let mut path: Vec<Point> = row.path.iter().map(|&position| self.plane.project(position)).collect();
            path.dedup();
            if path.len() < 2 {
                let problem = format!("{} positions in one place", row.path.len());
                found.push(at, "path", FlawCode::BadGeometry, problem, "give at least two positions 1 cm apart");
                continue;
            }
            let Some(length) = geometry::length(&path) else {
                place::too_long(at, found);
                continue;
            };
            let middle = geometry::point_at(&path, length / 2);
            let street = Street {
                id,
                name: row.name.clone(),
                kind: row.kind,
                community: place::stated(row.community.as_deref()).or_else(|| rings.home(middle).cloned()),
                path,
                length: Centimetres::new(length),
                width: row.width,
                one_way: row.one_way,
                node_from: row.node_from,
                node_to: row.node_to,
            };
            drafts.push(Draft { street, number, row });
        }
        drafts.sort_by(|one, other| one.street.id.cmp(&other.street.id));
        drafts
    }

    fn derived<'a>(
        &self,
        streets: &[Street],
        near: &StreetIndex,
        drafts: &[Draft<'a>],
        found: &mut Findings,
    ) -> Vec<Laid<'a>> {
        let sorted = |draft: &Draft<'_>| {
            let mut kerbs = draft.row.kerbs.clone();
            kerbs.retain(|kerb| kerb.capacity.is_none_or(check::is_capacity)); // the others were noted
            kerbs.sort();
            kerbs
        };
        let kerbs: Vec<Vec<KerbRow>> = drafts.iter().map(sorted).collect();
        let network = Network::of(streets, near);
        let junctions = junctions(&network, streets);
        let derivation = Derivation { network: &network, junctions: &junctions, rules: self.rules };
        let mut laid = Vec::new();
        for (at, draft) in drafts.iter().enumerate() {
            let place = (Row::Street(draft.number), draft.row.origin.as_str());
            for side in [Side::Left, Side::Right] {
                self.stated_fits(place, side, &kerbs[at], &draft.street, found);
            }
            let (row, origin) = place;
            match derivation.stretches(at, &draft.street, &kerbs[at]) {
                Ok(own) => laid.extend(own.into_iter().map(|stretch| Laid { stretch, row, origin })),
                Err(id) => {
                    let problem = format!("the derived stretch id {id:?} is too long");
                    found.push(place, "id", FlawCode::WrongValue, problem, "give the street a shorter id");
                }
            }
        }
        laid
    }

    /// Stated capacities may be tighter than the rules' stalls, but not twice as tight.
    fn stated_fits(&self, place: (Row, &str), side: Side, kerbs: &[KerbRow], street: &Street, found: &mut Findings) {
        let stated = kerbs.iter().filter(|kerb| kerb.side == side);
        let stated = stated.filter_map(|kerb| Some((u64::from(kerb.capacity?), kerb.layout)));
        let half = |layout| u64::from(kerb::stall(self.rules, layout)) / 2;
        let (spaces, needed) = stated
            .fold((0, 0), |(spaces, needed), (capacity, layout)| (spaces + capacity, needed + capacity * half(layout)));
        if needed > u64::from(street.length.get()) + u64::from(place::TOLERANCE) {
            let problem = format!("{spaces} spaces do not fit the {} kerb of {}", kerb::word(side), street.length);
            let remedy = "correct the capacity or the layout";
            found.push(place, "kerbs", FlawCode::DoesNotFit, problem, remedy);
        }
    }
}
