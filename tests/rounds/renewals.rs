//! Holders: renewal, improvement, tenure, rotation.

use super::world::World;
use serde_json::json;

/// Permits last twelve months: a year is 8,760 hours, and the window opens 30 days before the end.
fn renewal(place: &str, tenure: Option<u16>) -> serde_json::Value {
    json!({ "within_days": 30, "place": place, "tenure_months": tenure })
}

#[test]
fn without_renewal_a_term_ends_and_all_compete() {
    let mut world = World::new(300, &[(0, 1)], &[0, 100], json!({}));
    world.play(
        "
            0 | apply ann 0   | ok
            1 | apply bob 100 | ok
           24 | round r1      | ann s0, bob 302
         8000 | apply ann 0   | ok
         8700 | round r2      | bob 303, ann 211
         8808 | round r3      | bob s0, ann 302
    ",
    );
}

#[test]
fn incumbents_keep_their_place_and_the_rest_compete() {
    let mechanisms = ["optimal", "serial-dictatorship", "top-trading-cycles"];
    for mechanism in mechanisms.map(|name| json!(name)).into_iter().chain([json!({ "deferred-acceptance": "single" })])
    {
        let round = json!({ "mechanism": mechanism, "renewal": renewal("keep", None) });
        let mut world = World::new(300, &[(0, 1), (100, 1)], &[0, 90, 100], round);
        world.play(
            "
                0 | apply ann 100          | ok
               24 | round r1               | ann s1
               25 | apply bob 90           | ok
               26 | apply cat 100          | ok
             7000 | apply ann 100          | ok
             7001 | round r2               | bob s0, cat 302, ann 211
             8700 | round r3               | ann s1, cat 302
             8700 | close r3               | 125
        "
            .replace("cat 302", if mechanism == json!("optimal") { "cat 302" } else { "cat 304" })
            .as_str(),
        );
        // The old permit ended when the new one started, and the holder has held since the first.
        let own: Vec<_> = world.district().permits().filter(|permit| permit.resident.as_str() == "ann").collect();
        assert_eq!(own.len(), 2);
        assert_eq!((own[0].valid.end(), &own[1].renews), (own[1].valid.start(), &Some(own[0].id.clone())));
        assert_eq!(own[1].since, own[0].valid.start());
    }
}

#[test]
fn incumbents_may_improve_and_nobody_loses() {
    let mechanisms = [json!("optimal"), json!("top-trading-cycles"), json!({ "deferred-acceptance": "single" })];
    for mechanism in mechanisms {
        let round = json!({ "mechanism": mechanism, "renewal": renewal("improve", None) });
        // Ann lives at the second stretch and holds the first, Bob the other way round.
        let mut world = World::new(300, &[(0, 1), (100, 1)], &[0, 100], round);
        world.play(
            "
                0 | apply ann 100 excluded k1 | ok
                1 | round r1                  | ann s1
        ",
        );
        world.play(
            "
                2 | apply bob 100 | ok
                3 | round r2      | bob s0
             8640 | apply bob 100 | ok
             8688 | apply ann 100 | ok
             8712 | round r3      | bob s0, ann s1
        ",
        );
    }
}

#[test]
fn a_circle_of_incumbents_exchanges_their_places() {
    // Each of three holds the stretch at the next one's door.
    let round = json!({ "mechanism": "top-trading-cycles", "renewal": renewal("improve", None) });
    let mut world = World::new(1_000, &[(0, 1), (600, 1), (1_200, 1)], &[0, 600, 1_200], round);
    world.play(
        "
            0 | apply ann 0 excluded k0       | ok
            1 | round r1                      | ann s1
            2 | apply bob 600 excluded k1     | ok
            3 | round r2                      | bob s0
            4 | apply cat 1200                | ok
            5 | round r3                      | cat s2
         8616 | apply ann 0                   | ok
         8640 | apply bob 600                 | ok
         8664 | apply cat 1200                | ok
         8712 | round r4                      | ann s0, bob s1, cat s2
    ",
    );
}

#[test]
fn tenure_ends_and_the_place_rotates() {
    let round = json!({ "renewal": renewal("keep", Some(24)) });
    let mut world = World::new(300, &[(0, 1)], &[0, 100], round);
    world.play(
        "
            0 | apply ann 0   | ok
            1 | apply bob 100 | ok
           24 | round r1      | ann s0, bob 302
         8700 | apply ann 0   | ok
         8701 | round r2      | ann s0, bob 302
        17400 | apply ann 0   | ok
        17401 | round r3      | ann s0, bob 302
        26100 | apply ann 0   | ok
        26101 | round r4      | bob 303, ann 211
        26200 | round r5      | bob s0, ann 302
    ",
    );
}

#[test]
fn whoever_moves_house_or_excludes_the_street_does_not_renew() {
    let round = json!({ "renewal": renewal("keep", None) });
    let mut world = World::new(300, &[(0, 2)], &[0, 100], round);
    world.play(
        "
            0 | apply ann 0             | ok
            0 | apply bob 0             | ok
           24 | round r1                | ann s0, bob s0
         8700 | apply ann 100           | ok
         8700 | apply bob 0 excluded k0 | ok
         8701 | round r2                | ann 211, bob 211
    ",
    );
}
