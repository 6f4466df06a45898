//! Another vehicle for a permit, where the rules ask more of a household's further vehicles.

use super::town::Town;
use super::world::policy_with;
use serde_json::json;
use shared_parking::Refusal;
use shared_parking::people::VehicleClass;

#[test]
fn the_day_on_which_further_vehicles_are_admitted_is_no_matter_of_the_vehicle() {
    let eligibility = json!([
        { "rule": "vehicle-class", "admit": ["small", "large"] },
        { "rule": "permits-per-household", "at_most": 2 },
        { "rule": "further-vehicles", "steps": [{ "from": 2, "classes": ["small"], "from_day": 18 }] }
    ]);
    let parts = json!({ "eligibility": eligibility });
    let mut town = Town::under(policy_with(300, json!({}), &parts), &[(0, 3)], &[0]);
    // The 19th of March, and then the 2nd of April.
    town.play(
        "
          0 | apply ann 0                             | applied
         24 | apply bob 0 household=h-ann             | applied
        432 | round r1                                | ann s0, bob s0
        768 | vehicle bob vehicle=v2 class=large      | 141
        768 | vehicle bob vehicle=v2 class=motorcycle | 141
        768 | vehicle bob vehicle=v2                  | active
        769 | return ann                              | withdrawn
        770 | vehicle bob vehicle=v3 class=large      | active
    ",
    );
    let bob = town.permit("bob").expect("a permit").clone();
    let mut vehicle =
        town.district().application(&bob.application).expect("an application").application.vehicle.clone();
    (vehicle.id, vehicle.class) = ("v4".parse().expect("an id"), VehicleClass::Motorcycle);
    let reasons = town.district().judge_vehicle(&bob, &vehicle, town.hour(771));
    let refusals: Vec<Refusal> = reasons.into_iter().map(|reason| reason.refusal).collect();
    assert_eq!(refusals, [Refusal::VehicleClassNotAdmitted]);
}
