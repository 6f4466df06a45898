//! The facts of an invented applicant and vehicle. Each fact has a stream of its own.

use super::{People, Rates};
use crate::calendar::Date;
use crate::error::Flaws;
use crate::people::{
    Documents, Holder, OtherSpace, PlateOrigin, Resident, SharingRecord, SpecialNeed, Vehicle, VehicleClass, VehicleUse,
};
use crate::units::{BasisPoints, Chance, DoorId, HouseholdId, Money, ResidentId, VehicleId};

/// One of two values, in a stream named after the fact.
fn either<T>(own: &Chance, fact: &str, rate: BasisPoints, yes: T, no: T) -> T {
    if own.fork(fact).happens(rate) { yes } else { no }
}

const HALF: BasisPoints = BasisPoints::new(5_000);

pub(super) fn resident(
    number: usize,
    household: HouseholdId,
    door: DoorId,
    rates: &Rates,
    own: &Chance,
) -> Result<Resident, Flaws> {
    let space = either(own, "owned or rented", HALF, OtherSpace::Owned, OtherSpace::Rented);
    let owed = i64::try_from(own.fork("owed").below(357)).unwrap_or(0);
    let need = either(own, "veteran", rates.veteran, SpecialNeed::WoundedVeteran, SpecialNeed::None);
    Ok(Resident {
        id: ResidentId::new(&format!("r-{:06}", number + 1))?,
        household,
        door,
        registered: either(own, "registered", rates.not_registered, false, true),
        documents: documents(rates, &mut own.fork("documents")),
        other_space: either(own, "other space", rates.other_space, space, OtherSpace::None),
        certified_elsewhere: either(own, "elsewhere", rates.certified_elsewhere, true, false),
        arrears: either(own, "arrears", rates.arrears, Money::minor(1_000 + 250 * owed), Money::ZERO),
        special_need: either(own, "disability", rates.disability, SpecialNeed::Disability, need),
        sharing: SharingRecord::default(),
        no_driving_day: false,
    })
}

pub(super) fn vehicle(number: usize, people: &People, own: &Chance) -> Result<Vehicle, Flaws> {
    let rates = &people.rates;
    let hired = either(own, "goods or hire", HALF, VehicleUse::Goods, VehicleUse::Commercial);
    let usage = either(own, "commercial", rates.commercial, hired, VehicleUse::Private);
    let (first, last) = (people.applied_from.utc_date(), people.applied_to.utc_date());
    Ok(Vehicle {
        id: VehicleId::new(&format!("v-{:06}", number + 1))?,
        class: VehicleClass::Small,
        plate_origin: either(own, "plate", rates.other_plate, PlateOrigin::Other, PlateOrigin::Local),
        usage: either(own, "organisation", rates.organisation, VehicleUse::Organisation, usage),
        insured_until: until(own, "insurance", rates.insurance_lapsed, first, last),
        inspected_until: until(own, "inspection", rates.inspection_lapsed, first, last),
    })
}

/// The last valid day: 60 to 424 days after applying ends, or 2 to 181 days before it begins.
fn until(own: &Chance, fact: &str, lapsed: BasisPoints, first: Date, last: Date) -> Date {
    let mut chance = own.fork(fact);
    let gone = chance.happens(lapsed);
    let mut days = |from: i32, bound: u64| from + i32::try_from(chance.below(bound)).unwrap_or(0);
    if gone { first.plus_days(-days(2, 180)) } else { last.plus_days(days(60, 365)) }
}

fn documents(rates: &Rates, chance: &mut Chance) -> Documents {
    let drawn = chance.below(10_000);
    let upto = |shares: &[BasisPoints]| shares.iter().map(|share| u64::from(share.get())).sum::<u64>();
    let kin = [Holder::Spouse, Holder::Parent, Holder::Child];
    let kin = |chance: &mut Chance| kin[usize::try_from(chance.below(3)).unwrap_or(0)];
    let mut holders = [Holder::Applicant; 3];
    let odd = usize::try_from(chance.below(3)).unwrap_or(0);
    if drawn < upto(&[rates.three_in_one]) {
    } else if drawn < upto(&[rates.three_in_one, rates.two_in_one]) {
        holders[odd] = kin(chance);
    } else if drawn < upto(&[rates.three_in_one, rates.two_in_one, rates.kin]) {
        holders = [kin(chance), kin(chance), kin(chance)];
        holders[odd] = Holder::Applicant;
    } else {
        holders[odd] = if chance.happens(HALF) { Holder::Other } else { Holder::Absent };
    }
    let [title, register, licence] = holders;
    Documents { title, register, licence, ..Documents::default() }
}
