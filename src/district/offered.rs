//! What a round has to give: the spaces of each stretch for each shift, and how many of them ceilings keep free.
//!
//! Invariant: places stand in the order of the inventory's stretches, those of one stretch in the order in which the
//! policy names its shifts.

use super::{CeilingProof, District, Permit};
use crate::calendar::Timestamp;
use crate::policy::Ceiling;
use crate::units::{ShiftId, StretchId};
use std::collections::BTreeMap;

/// A place of a round: the spaces of one stretch for one shift.
#[derive(Clone, Copy, Debug)]
pub(super) struct Offered<'a> {
    /// The stretch, by its index in the inventory.
    pub(super) stretch: usize,
    /// The shift, where the policy has shifts.
    pub(super) shift: Option<&'a ShiftId>,
    /// How many spaces are on offer.
    pub(super) spaces: u32,
}

/// What a ceiling leaves of a round's places.
#[derive(Clone, Debug)]
pub(super) struct KeptFree {
    pub(super) proof: CeilingProof,
    /// The places of its area, by number: so many of their spaces stay free, whichever.
    pub(super) places: Vec<usize>,
}

/// How many permits and offers name each stretch for each shift.
pub(super) type Held<'a> = BTreeMap<(&'a StretchId, Option<&'a ShiftId>), u32>;

/// Counts permits by stretch and shift.
pub(super) fn count<'p>(permits: impl Iterator<Item = &'p Permit>) -> Held<'p> {
    let mut held = Held::new();
    permits.for_each(|permit| *held.entry((&permit.stretch, permit.shift.as_ref())).or_insert(0) += 1);
    held
}

impl District {
    /// The places that permits may name, each with the spaces that nobody of `held` has.
    pub(super) fn offered(&self, held: &Held<'_>) -> Vec<Offered<'_>> {
        let (stretches, rules) = (self.inventory.stretches().iter().enumerate(), &self.policy.permits);
        let of_stretch = |(index, stretch): (usize, &crate::inventory::Stretch)| {
            let most = rules.permits_for(stretch.capacity);
            let place =
                |shift: Option<&'_ ShiftId>| most.saturating_sub(held.get(&(&stretch.id, shift)).copied().unwrap_or(0));
            let rights = self.policy.rights_on(stretch, &self.inventory).into_iter();
            rights.map(|shift| Offered { stretch: index, shift, spaces: place(shift) }).collect::<Vec<_>>()
        };
        stretches.flat_map(of_stretch).collect()
    }

    /// The ceilings as they stand between rounds, each able to keep every free space of its area.
    pub(super) fn ceilings_at(&self, places: &[Offered<'_>], at: Timestamp) -> Vec<KeptFree> {
        let mut kept = self.kept_free(places, &Held::new(), &Held::new(), at);
        for own in &mut kept {
            let free: u64 = own.places.iter().map(|&place| u64::from(places[place].spaces)).sum();
            own.proof.kept_free = u32::try_from(free).unwrap_or(u32::MAX);
        }
        kept
    }

    /// What each ceiling leaves of the places at an instant. `held` are the permits that stay as they are, `renewing`
    /// those whose holders take part and bring their spaces with them: they are never shut out.
    pub(super) fn kept_free(
        &self,
        places: &[Offered<'_>],
        held: &Held<'_>,
        renewing: &Held<'_>,
        at: Timestamp,
    ) -> Vec<KeptFree> {
        let day = self.policy.zone.local(at).date;
        let stretches = self.inventory.stretches();
        let of_area = |ceiling: &Ceiling| {
            let covers = |index: usize| ceiling.area.covers(&stretches[index], &self.inventory);
            let own: Vec<usize> = (0..places.len()).filter(|&place| covers(places[place].stretch)).collect();
            let spaces = own.iter().map(|&place| u64::from(stretches[places[place].stretch].capacity)).sum();
            let within = |held: &Held<'_>| {
                let covered = |id: &StretchId| self.inventory.stretch_index(id).is_some_and(covers);
                held.iter().filter(|((stretch, _), _)| covered(stretch)).map(|(_, count)| count).sum::<u32>()
            };
            let (at_most, in_force) = (ceiling.on(day, spaces), within(held));
            let gives = at_most.saturating_sub(in_force).max(within(renewing));
            let proof = CeilingProof { ceiling: ceiling.id.clone(), at_most, in_force, gives, kept_free: 0 };
            KeptFree { proof, places: own }
        };
        let mut kept: Vec<KeptFree> = self.policy.ceilings.iter().map(of_area).collect();
        let mut inner_first: Vec<usize> = (0..kept.len()).collect();
        inner_first.sort_by_key(|&ceiling| (kept[ceiling].places.len(), ceiling));
        for (nth, &ceiling) in inner_first.iter().enumerate() {
            // What the ceilings within this one keep free, it need not.
            let own = &kept[ceiling].places;
            let lies_within = |other: &&KeptFree| other.places.iter().all(|place| own.binary_search(place).is_ok());
            let inner = inner_first[..nth].iter().map(|&inner| &kept[inner]).filter(lies_within);
            let inner: u64 = inner.map(|inner| u64::from(inner.proof.kept_free)).sum();
            let offered: u64 = own.iter().map(|&place| u64::from(places[place].spaces)).sum();
            let free = offered.saturating_sub(u64::from(kept[ceiling].proof.gives)).saturating_sub(inner);
            kept[ceiling].proof.kept_free = u32::try_from(free).unwrap_or(u32::MAX);
        }
        kept
    }
}
