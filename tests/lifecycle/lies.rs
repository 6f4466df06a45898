//! The audit finds what a refusal would have kept out: events that were applied though `decide` refuses their commands.

use super::town::Town;
use serde_json::json;
use shared_parking::district::{Change, Entry, Reach};
use shared_parking::inventory::Route;
use shared_parking::{Action, Command, Event, Refusal, audit};

/// Ann was suspended, Bob has a permit and Ben lives with him, Cat gave hers back, Dan waits; Eve has just sold her car.
fn town() -> Town {
    let life = json!({ "on_move": "keeps-within-walk", "on_death": "to-household", "vehicle_sold_days": 2 });
    let mut town = Town::new(300, &[(0, 4)], &[0, 100, 900], json!({}), &life);
    town.play(
        "
         0 | apply ann 0    | applied
        24 | apply bob 0    | applied
        48 | apply cat 0    | applied
        72 | apply eve 0    | applied
        96 | round r1       | ann s0, bob s0, cat s0, eve s0
        97 | apply dan 900 since=-5 | applied
        98 | round r2       | dan 301
        99 | suspend ann x  | suspended
       100 | return cat     | withdrawn
       101 | sold eve       | suspended
    ",
    );
    town
}

/// What the command would have led to, had nobody looked.
fn event(town: &Town, action: &Action) -> Event {
    let changed = |permit: &shared_parking::PermitId, change| Event::PermitChanged { permit: permit.clone(), change };
    match action {
        Action::Amend(facts) => Event::Amended(facts.clone()),
        Action::Withdraw(application) => Event::Withdrawn(application.clone()),
        Action::RequestPapers { application, missing } => {
            Event::PapersRequested { application: application.clone(), missing: missing.clone() }
        }
        Action::Suspend { permit, reason } => changed(permit, Change::Suspended { reason: reason.clone() }),
        Action::Reinstate(permit) => changed(permit, Change::Reinstated),
        Action::Revoke { permit, reason } => changed(permit, Change::Revoked { reason: reason.clone() }),
        Action::GiveBack(permit) => changed(permit, Change::GivenBack),
        Action::ChangeVehicle { permit, vehicle } => changed(permit, Change::VehicleChanged(vehicle.clone())),
        Action::Moved { permit, door } => {
            let kept = town.district().permit(permit).map(|held| Reach { walk: held.walk, route: held.route });
            changed(permit, Change::Moved { door: door.clone(), kept })
        }
        Action::Died { permit, heir } => changed(permit, Change::Died { heir: heir.clone() }),
        Action::VehicleSold(permit) => {
            let another_by = Some(town.hour(102).plus_seconds(2 * 86_400));
            changed(permit, Change::VehicleSold { another_by })
        }
        Action::CloseLapsed(permit) => changed(permit, Change::VehicleLapsed),
        other => panic!("{other:?} is not of the lifecycle"),
    }
}

#[test]
fn what_a_refusal_would_have_kept_out_is_found() {
    for (what, refusal) in [
        ("ask dan", 130),
        ("ask bob title", 132),
        ("ask cat title", 113),
        ("amend bob 0", 132),
        ("amend dan 900 since=-5 applied=98", 133),
        ("amend dan 900 since=-5 household=h-x", 133),
        ("amend dan 900 since=-5 resident=x", 133),
        ("amend dan 900 since=-4", 133),
        ("amend dan 900", 133),
        ("amend dan 7 since=-5", 104),
        ("amend dan 900 since=-5 ranked=k9", 121),
        ("withdraw bob", 114),
        ("suspend ann x", 136),
        ("suspend cat x", 135),
        ("reinstate bob", 137),
        ("reinstate eve", 138),
        ("revoke cat x", 135),
        ("return cat", 135),
        ("vehicle bob vehicle=v-bob", 140),
        ("vehicle bob vehicle=v-ann", 141),
        ("vehicle bob vehicle=v2 plate=other", 141),
        ("vehicle cat vehicle=v2", 135),
        ("moved bob 7", 104),
        ("moved cat 100", 135),
        ("died bob ben door=100", 143),
        ("died bob ben household=h-x", 143),
        ("died bob ben registered=false", 143),
        ("died bob bob", 143),
        ("sold eve", 138),
        ("lapsed eve", 144),
        ("lapsed bob", 144),
    ] {
        let mut town = town();
        let at = town.hour(102);
        let action = town.action(at, &what.split_whitespace().collect::<Vec<_>>());
        let command = Command { id: "lie".parse().expect("an id"), at, action };
        let refused = town.district().decide(&command).map_err(Refusal::number);
        assert_eq!(refused.err(), Some(refusal), "{what}");
        let mut district = town.district().clone();
        let events = vec![event(&town, &command.action)];
        let entry = Entry { command, events };
        assert!(entry.is_answered(), "{what}");
        district.apply(&entry);
        assert!(audit::check(&district).is_err(), "{what}");
        assert_eq!(town.tell(102, "state dan"), "waiting");
    }
}

#[test]
fn results_that_the_rules_do_not_give_are_found() {
    let town = town();
    let held = town.permit("bob").expect("a permit").clone();
    let id = held.id.clone();
    let door = |door: &str| door.parse().expect("an id");
    let reach = |walk| Some(Reach { walk: shared_parking::Centimetres::new(walk), route: held.route });
    let route = if held.route == Route::Network { Route::StraightLine } else { Route::Network };
    let sold = |hours| Change::VehicleSold { another_by: Some(town.hour(hours)) };
    let move_to = |to: &str| Action::Moved { permit: id.clone(), door: door(to) };
    let sale = Action::VehicleSold(id.clone());
    let near = town.district().inventory().walks(&door("d100"), shared_parking::Centimetres::metres(300));
    let near = near.expect("a door").first().expect("a walk").distance.get();
    assert_eq!(near, 8_800); // four spaces of 6 m from the start of the street on: their middle is at 12 m
    for (what, action, change, sound) in [
        ("as it is", move_to("d100"), Change::Moved { door: door("d100"), kept: reach(near) }, true),
        ("a shorter walk", move_to("d100"), Change::Moved { door: door("d100"), kept: reach(near - 1) }, false),
        (
            "another route",
            move_to("d100"),
            Change::Moved {
                door: door("d100"),
                kept: Some(Reach { walk: shared_parking::Centimetres::new(near), route }),
            },
            false,
        ),
        ("ended without need", move_to("d100"), Change::Moved { door: door("d100"), kept: None }, false),
        ("ended as it must", move_to("d900"), Change::Moved { door: door("d900"), kept: None }, true),
        ("kept though it is far", move_to("d900"), Change::Moved { door: door("d900"), kept: reach(90_000) }, false),
        ("two days", sale.clone(), sold(102 + 48), true),
        ("a day more", sale.clone(), sold(102 + 72), false),
        ("ended at once", sale, Change::VehicleSold { another_by: None }, false),
    ] {
        let mut district = town.district().clone();
        let command = Command { id: "lie".parse().expect("an id"), at: town.hour(102), action };
        let entry = Entry { command, events: vec![Event::PermitChanged { permit: id.clone(), change }] };
        assert!(entry.is_answered(), "{what}");
        district.apply(&entry);
        assert_eq!(audit::check(&district).is_ok(), sound, "{what}");
    }
}
