//! An application, the day of its decision and the claims before it; and how each change is made.

use serde_json::{Value, json};
use shared_parking::policy::{Circumstances, Claims, FactChange, Reason, judge};
use shared_parking::{Application, Date, Inventory, Policy};
use std::collections::BTreeSet;

/// A case: an application, on a day, after some claims.
#[derive(Clone)]
pub struct Case {
    pub application: Application,
    pub today: Date,
    pub claims: Claims,
}

impl Case {
    pub fn circumstances<'a>(&self, policy: &'a Policy, town: &'a Inventory) -> Circumstances<'a> {
        let (tiers, space_kinds) = (&policy.standing.tiers, &policy.permits.space_kinds);
        Circumstances { today: self.today, claims: self.claims, tiers, inventory: town, space_kinds }
    }

    pub fn reasons(&self, policy: &Policy, town: &Inventory) -> Vec<Reason> {
        judge(&policy.eligibility, &self.application, &self.circumstances(policy, town))
    }

    /// The reasons, each by its place among the rules.
    pub fn failing(&self, policy: &Policy, town: &Inventory) -> BTreeSet<usize> {
        let circumstances = self.circumstances(policy, town);
        let fails = |at: &usize| policy.eligibility[*at].judge(&self.application, &circumstances).is_some();
        (0..policy.eligibility.len()).filter(fails).collect()
    }

    /// Makes a change, which must start from how things are.
    fn make(&mut self, change: &FactChange) {
        fn swap<T: PartialEq + std::fmt::Debug + Clone>(own: &mut T, from: &T, to: &T) {
            assert_eq!(own, from, "a change starts from the fact as it is");
            assert_ne!(from, to, "a change changes something");
            *own = to.clone();
        }
        let (resident, vehicle) = (&mut self.application.resident, &mut self.application.vehicle);
        let papers = &mut resident.documents;
        match change {
            FactChange::Registered(own) => swap(&mut resident.registered, &own.from, &own.to),
            FactChange::PlateOrigin(own) => swap(&mut vehicle.plate_origin, &own.from, &own.to),
            FactChange::VehicleClass(own) => swap(&mut vehicle.class, &own.from, &own.to),
            FactChange::VehicleUse(own) => swap(&mut vehicle.usage, &own.from, &own.to),
            FactChange::InsuredUntil(own) => swap(&mut vehicle.insured_until, &own.from, &own.to),
            FactChange::InspectedUntil(own) => swap(&mut vehicle.inspected_until, &own.from, &own.to),
            FactChange::OtherSpace(own) => swap(&mut resident.other_space, &own.from, &own.to),
            FactChange::CertifiedElsewhere(own) => swap(&mut resident.certified_elsewhere, &own.from, &own.to),
            FactChange::Arrears(own) => swap(&mut resident.arrears, &own.from, &own.to),
            FactChange::SpecialNeed(own) => swap(&mut resident.special_need, &own.from, &own.to),
            FactChange::Title(own) => swap(&mut papers.title, &own.from, &own.to),
            FactChange::Register(own) => swap(&mut papers.register, &own.from, &own.to),
            FactChange::Licence(own) => swap(&mut papers.licence, &own.from, &own.to),
            FactChange::DrivingLicence(own) => swap(&mut papers.driving_licence, &own.from, &own.to),
            FactChange::Insurance(own) => swap(&mut papers.insurance, &own.from, &own.to),
            FactChange::HouseholdClaims(own) => swap(&mut self.claims.household, &own.from, &own.to),
            FactChange::VehicleClaims(own) => swap(&mut self.claims.vehicle, &own.from, &own.to),
            FactChange::ResidentClaims(own) => swap(&mut self.claims.resident, &own.from, &own.to),
            FactChange::AddressClaims(own) => swap(&mut self.claims.door, &own.from, &own.to),
            FactChange::Door(own) => swap(&mut resident.door, &own.from, &own.to),
            FactChange::DecidedOn(own) => swap(&mut self.today, &own.from, &own.to),
            other => panic!("{other:?} is not known here"),
        }
    }

    pub fn with(&self, changes: &[FactChange]) -> Self {
        let mut case = self.clone();
        changes.iter().for_each(|change| case.make(change));
        case
    }
}

/// An application without any fault, in a document.
pub fn sound() -> Value {
    json!({
        "id": "a-1", "applied_at": "2026-01-05T01:00:00Z",
        "resident": {
            "id": "r-1", "household": "h-1", "door": "near", "registered": true,
            "documents": { "title": "applicant", "register": "applicant", "licence": "applicant" },
            "other_space": "none", "certified_elsewhere": false, "arrears": 0, "special_need": "none"
        },
        "vehicle": {
            "id": "v-1", "class": "small", "plate_origin": "local", "use": "private",
            "insured_until": "2026-12-31", "inspected_until": "2026-12-31"
        }
    })
}
