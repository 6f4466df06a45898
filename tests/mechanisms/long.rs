//! Many invented markets of hundreds of people: the mechanisms beside their naive models, and the laws.

use super::crowd::{Crowd, counted};
use super::plain::Plain;
use super::{naive, witness};
use shared_parking::Chance;
use shared_parking::allocation::{deferred, serial, trading};
use shared_parking::market::Lots;

/// Another seed can be given in the variable SEED.
#[test]
fn hundreds_of_people_for_a_while() {
    let seed: u64 = std::env::var("SEED").map_or(20_261_123, |seed| seed.parse().expect("SEED is a number"));
    println!("SEED={seed}");
    let mut chance = Chance::new(seed);
    let mut people = 0;
    for round in 0..250 {
        let (agents, places) = (60 + chance.below(120), 10 + chance.below(50));
        let (market, draw) = (Plain::invented(&mut chance, agents, places).build(), chance.next());
        for lots in [Lots::Single, Lots::PerPlace] {
            let crowd = Crowd::claimed(&market, lots, draw);
            let fast = deferred(&market, lots, draw);
            let slow = naive::deferred(&crowd);
            assert_eq!(counted(&fast), crowd.counted(&slow), "deferred acceptance, round {round}");
            assert_eq!(crowd.dealt(&fast), slow, "round {round}");
            assert_eq!(witness::envy(&crowd, &slow), None, "round {round}");
            assert_eq!(witness::waste(&crowd, &slow), None, "round {round}");
            assert_eq!(witness::unprotected(&crowd, &slow), None, "round {round}");
        }
        let crowd = Crowd::claimed(&market, Lots::Single, draw);
        let (listed, traded) = (naive::serial(&crowd), naive::trading(&crowd));
        assert_eq!(counted(&serial(&market, draw)), crowd.counted(&listed), "serial dictatorship, round {round}");
        assert_eq!(counted(&trading(&market, draw)), crowd.counted(&traded), "top trading cycles, round {round}");
        for seats in [&listed, &traded] {
            assert_eq!(witness::exchange(&crowd, seats), None, "round {round}");
        }
        assert_eq!(witness::unprotected(&crowd, &traded), None, "round {round}");
        assert_eq!(witness::passed_over(&crowd, &traded), None, "round {round}");
        people += crowd.people.len();
    }
    assert!(people > 250 * 200, "{people} people");
}
