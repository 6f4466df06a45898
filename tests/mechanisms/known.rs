//! The textbooks' answers, exactly.

use super::written::Written;
use shared_parking::allocation::Mechanism::{self, DeferredAcceptance, Optimal, SerialDictatorship, TopTradingCycles};
use shared_parking::allocation::allocate;
use shared_parking::market::Lots::{PerPlace, Single};
use shared_parking::market::{Claims, Market, Place};

const DEFERRED: [Mechanism; 2] = [DeferredAcceptance(Single), DeferredAcceptance(PerPlace)];

/// Abdulkadiroğlu and Sönmez 2003, appendix.
fn eight() -> Written {
    let preferences = "1: 2 1 3 4; 2: 1 2 3 4; 3: 3 2 1 4; 4: 3 4 1 2; 5: 1 3 4 2; 6: 4 1 2 3; 7: 1 2 3 4; 8: 1 2 4 3";
    Written::new(&[2, 2, 3, 3], preferences)
}

const EIGHTS_PRIORITIES: &str = "1: 1 2 3 4 5 6 7 8; 2: 3 5 4 8 7 2 1 6; 3: 5 3 1 7 2 8 6 4; 4: 6 8 7 4 2 3 5 1";

#[test]
fn abdulkadiroglu_and_sonmez_2003_appendix() {
    let trading = eight().priorities(EIGHTS_PRIORITIES).answer(TopTradingCycles);
    assert_eq!(trading, [2, 1, 3, 3, 1, 4, 2, 4]);
    for deferred in DEFERRED {
        let answer = eight().priorities(EIGHTS_PRIORITIES).answer(deferred);
        assert_eq!(answer, [1, 1, 3, 3, 3, 4, 2, 2]);
    }
}

#[test]
fn trading_with_one_order_everywhere_is_a_serial_dictatorship() {
    let order = "5 3 1 7 2 8 6 4";
    let everywhere = format!("1: {order}; 2: {order}; 3: {order}; 4: {order}");
    assert_eq!(eight().priorities(&everywhere).answer(TopTradingCycles), [2, 2, 3, 3, 1, 4, 1, 4]);
    for deferred in DEFERRED {
        assert_eq!(eight().priorities(&everywhere).answer(deferred), [2, 2, 3, 3, 1, 4, 1, 4]);
    }
}

#[test]
fn abdulkadiroglu_and_sonmez_2003_example_1_after_roth_1982() {
    let three = || Written::new(&[1, 1, 1], "1: 2 1 3; 2: 1 2 3; 3: 1 2 3").priorities("1: 1 3 2; 2: 2 1 3; 3: 2 1 3");
    for deferred in DEFERRED {
        assert_eq!(three().answer(deferred), [1, 2, 3]);
    }
    assert_eq!(three().answer(TopTradingCycles), [2, 1, 3]);
}

#[test]
fn existing_tenants_of_abdulkadiroglu_and_sonmez_1999() {
    let preferences = "1: 2 6 5 1 4 3 7; 2: 7 1 6 5 4 3 2; 3: 2 1 4 7 3 6 5; 4: 2 4 3 6 1 7 5; 5: 4 3 7 1 2 5 6";
    let tenants = Written::new(&[1; 7], preferences).holds(&[(1, 1), (2, 2), (3, 3), (4, 4)]);
    assert_eq!(tenants.answer(TopTradingCycles), [2, 7, 1, 4, 3]);
}

/// Roth and Sotomayor, example 2.9; the women's lists are the priorities of the places.
#[test]
fn roth_and_sotomayor_example_2_9() {
    let men = "1: 1 2 3 4; 2: 4 2 3 1; 3: 4 3 1 2; 4: 1 4 3 2; 5: 1 2 4";
    let women = "1: 2 3 1 4 5; 2: 3 1 2 4 5; 3: 5 4 1 2 3; 4: 1 4 5 2 3";
    for deferred in DEFERRED {
        // Woman 3 lists man 5, who does not list her: a place has no say over who does not accept it.
        let listed = women.replace("3: 5 4 1 2 3", "3: 4 1 2 3");
        assert_eq!(Written::new(&[1; 4], men).priorities(&listed).answer(deferred), [1, 2, 3, 4, 0]);
        // Women propose: woman 1 gets man 2, and so on.
        assert_eq!(Written::new(&[1; 5], &listed).priorities(men).answer(deferred), [2, 3, 4, 1]);
    }
}

/// Roth and Sotomayor, page 16, many to one.
#[test]
fn roth_and_sotomayor_page_16() {
    let students = "1: 5 1; 2: 2 5 1; 3: 3 1; 4: 4 1; 5: 1 2; 6: 1 3; 7: 1 3 4";
    let colleges = "1: 1 2 3 4 5 6 7; 2: 5 2; 3: 6 7 3; 4: 7 4; 5: 2 1";
    for deferred in DEFERRED {
        let market = Written::new(&[3, 1, 1, 1, 1], students).priorities(colleges);
        assert_eq!(market.answer(deferred), [5, 2, 3, 4, 1, 1, 1]);
    }
}

/// The same with the colleges asking: the first as three people who want the same.
#[test]
fn roth_and_sotomayor_page_16_with_colleges_proposing() {
    let colleges: [&[u32]; 5] = [&[1, 2, 3, 4, 5, 6, 7], &[5, 2], &[6, 7, 3], &[7, 4], &[2, 1]];
    let students: [&[u32]; 7] = [&[5, 1], &[2, 5, 1], &[3, 1], &[4, 1], &[1, 2], &[1, 3], &[1, 3, 4]];
    let mut builder = Market::builder();
    let places: Vec<Place> = students.iter().map(|_| builder.place(1)).collect();
    for (standing, (list, count)) in (0..).zip(colleges.iter().zip([3, 1, 1, 1, 1])) {
        let college = builder.agent(standing, count, list.iter().map(|&n| places[n as usize - 1]).zip(1..));
        for (&place, likes) in places.iter().zip(students) {
            let liked = (0..).zip(likes).find(|(_, liked)| **liked == standing + 1);
            liked.into_iter().for_each(|(priority, _)| builder.priority(college, place, priority));
        }
    }
    let market = builder.build().unwrap();
    for deferred in DEFERRED {
        let mut by_student = [0; 7];
        for seat in allocate(&market, deferred, 7).seats {
            by_student[seat.place.index()] = seat.agent.number() + 1;
        }
        assert_eq!(by_student, [1, 5, 1, 1, 2, 3, 4]);
    }
}

/// Bogomolnaia and Moulin: over all 24 orders applicant 1 gets a 5/12, b 1/12, c 5/12, d 1/12.
#[test]
fn random_priority_by_full_enumeration() {
    let lists = [[1, 2, 3, 4], [1, 2, 3, 4], [2, 1, 4, 3], [2, 1, 4, 3]];
    let mut got = [[0; 5]; 4];
    let mut orders = 0;
    for code in 0..256_usize {
        let order = [code % 4, code / 4 % 4, code / 16 % 4, code / 64];
        if (0..4).any(|person| !order.contains(&person)) {
            continue;
        }
        orders += 1;
        let line = |&person: &usize| format!("{}: {}", person + 1, lists[person].map(|p| p.to_string()).join(" "));
        let preferences = order.iter().map(line).collect::<Vec<_>>().join("; ");
        let answer = Written::new(&[1; 4], &preferences).answer(SerialDictatorship);
        for (&person, place) in order.iter().zip(answer) {
            got[person][place as usize] += 1;
        }
    }
    assert_eq!(orders, 24);
    assert_eq!(got, [[0, 10, 2, 10, 2], [0, 10, 2, 10, 2], [0, 2, 10, 2, 10], [0, 2, 10, 2, 10]]);
}

/// First come, first served costs more than it must, after Ratli 2019, fig. 1; the costs are ours, not the source's.
/// Driver 1 barely prefers the first of two car parks (10 to 11), which driver 2 badly needs (10 to 100).
#[test]
fn ratli_2019_figure_1_first_come_first_served_is_dominated() {
    let outcome = |standings: [u32; 2], mechanism, seed| {
        let mut builder = Market::builder();
        let parks = [0; 2].map(|_| builder.place(1));
        let costs = [[10, 11], [10, 100]];
        let drivers = [0, 1].map(|d: usize| builder.agent(standings[d], 1, parks.into_iter().zip(costs[d])));
        let market = builder.build().unwrap();
        let first = drivers.iter().position(|&driver| driver == Claims::draw(&market, Single, seed).agent(0));
        let allocation = allocate(&market, mechanism, seed);
        let seats = drivers.map(|driver| allocation.seats_of(driver)[0].place.number() + 1);
        (first.unwrap() + 1, seats, allocation.cost(&market))
    };
    let one_by_one = [SerialDictatorship, DeferredAcceptance(Single), TopTradingCycles];
    let mut came_first = [false; 2];
    for seed in 0..32 {
        // In strict order driver 1 always takes the better: 89 more than need be. The optimum orders who is seated, not
        // who is seated well, so it lets driver 1 step aside in this order too.
        for mechanism in one_by_one {
            assert_eq!(outcome([0, 1], mechanism, seed), (1, [1, 2], 110), "{mechanism}");
        }
        assert_eq!(outcome([0, 1], DeferredAcceptance(PerPlace), seed), (1, [1, 2], 110));
        assert_eq!(outcome([0, 1], Optimal, seed), (1, [2, 1], 21));
        // With equal standings the lot decides, and only the optimum does not depend on it.
        for mechanism in one_by_one {
            let (first, seats, cost) = outcome([0, 0], mechanism, seed);
            let expected = if first == 1 { ([1, 2], 110) } else { ([2, 1], 21) };
            assert_eq!((seats, cost), expected, "{mechanism}, driver {first} first");
            came_first[first - 1] = true;
        }
        let (_, seats, cost) = outcome([0, 0], Optimal, seed);
        assert_eq!((seats, cost), ([2, 1], 21));
    }
    assert_eq!(came_first, [true; 2]);
}
