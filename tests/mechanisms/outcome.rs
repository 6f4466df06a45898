//! The audit of outcomes against the definitions: over all markets of a small size, and by chance beyond.

pub mod drawn;
pub mod naive;

use drawn::{Size, drawn, hold};
use naive::{Naive, all_sound};
use proptest::prelude::*;
use shared_parking::Chance;
use shared_parking::allocation::Mechanism::{self, DeferredAcceptance, Optimal, SerialDictatorship, TopTradingCycles};
use shared_parking::allocation::allocate;
use shared_parking::audit::{
    Exchange, better_stable_cycles, check_outcome, envy_by_list, improvement_cycles, justified_envy, out_of_trade,
    top_claims_denied, wasted_seats, worse_than_held,
};
use shared_parking::market::Lots::{PerPlace, Single};
use shared_parking::market::{Allocation, Lots, Market, Place};

/// Those with one answer.
const ONE_BY_ONE: [Mechanism; 4] =
    [DeferredAcceptance(Single), DeferredAcceptance(PerPlace), SerialDictatorship, TopTradingCycles];

/// Each check says what its definition says, of one answer.
fn same_as_defined(naive: &Naive<'_>, allocation: &Allocation) {
    let (market, claims) = (naive.market, &naive.claims);
    let seats = naive.seats(allocation);
    assert_eq!(wasted_seats(market, allocation), naive.wasted(&seats));
    assert_eq!(justified_envy(market, claims, allocation), naive.envy(&seats));
    assert_eq!(envy_by_list(market, claims, allocation), naive.envy_by_list(&seats));
    assert_eq!(worse_than_held(market, claims, allocation), naive.worse_than_held(&seats));
    assert_eq!(top_claims_denied(market, claims, allocation), naive.denied(&seats));
    let exchanges = improvement_cycles(market, allocation);
    assert_eq!(!exchanges.is_empty(), naive.has_circle(&seats));
    carried_out(naive, allocation, &exchanges);
    let due = naive.trading();
    let steps = out_of_trade(market, claims, allocation);
    assert_eq!(steps.is_empty(), *allocation == due, "{steps:?}");
    for (at, step) in steps.iter().enumerate() {
        let sits = |answer: &Allocation, place| answer.seats_of(step.agent).iter().any(|seat| seat.place == place);
        assert!(sits(&due, step.due) && step.got.is_none_or(|got| sits(allocation, got)), "{step:?}");
        assert!(steps[..at].iter().all(|other| steps[0].agent < step.agent && other.agent != step.agent));
        let liking = |place| (market.cost(step.agent, place), place);
        assert!(step.got.is_none_or(|got| liking(step.due) <= liking(got)), "{step:?}");
    }
    assert!(steps.is_empty() || steps.iter().any(|step| step.got != Some(step.due)));
}

/// Exchanges are circles that share no place; carried out at once, they give a sound answer, better for those in them.
fn carried_out(naive: &Naive<'_>, allocation: &Allocation, exchanges: &[Exchange]) -> Allocation {
    let mut pairs: Vec<_> =
        allocation.seats.iter().flat_map(|seat| (0..seat.count).map(|_| (seat.agent, seat.place))).collect();
    let mut met: Vec<Place> = Vec::new();
    for Exchange { steps } in exchanges {
        assert!(steps.len() >= 2);
        for (step, next) in steps.iter().zip(steps.iter().cycle().skip(1)) {
            assert_eq!(step.to, next.from);
            assert!(!met.contains(&step.from) && steps[0].from <= step.from);
            met.push(step.from);
            let own = pairs.iter().position(|&pair| pair == (step.agent, step.from)).expect("who sits there");
            pairs[own].1 = step.to;
        }
    }
    assert!(exchanges.is_sorted());
    let after = naive::allocation(pairs);
    let seats = [allocation, &after].map(|answer| naive.seats(answer));
    assert_eq!(naive.dominates(&seats[1], &seats[0]), !exchanges.is_empty());
    after
}

/// Of all sound answers: which are efficient, and which of the stable ones is the best.
fn same_as_among_all(naive: &Naive<'_>, all: &[Allocation]) {
    let market = naive.market;
    let seats: Vec<_> = all.iter().map(|allocation| naive.seats(allocation)).collect();
    let stable: Vec<usize> = (0..all.len()).filter(|&at| naive.is_stable(&seats[at])).collect();
    for (own, allocation) in seats.iter().zip(all) {
        let efficient =
            wasted_seats(market, allocation).is_empty() && improvement_cycles(market, allocation).is_empty();
        assert_eq!(efficient, seats.iter().all(|other| !naive.dominates(other, own)), "{allocation:?}");
    }
    for &at in &stable {
        let exchanges = better_stable_cycles(market, &naive.claims, &all[at]);
        let best = stable.iter().all(|&other| !naive.dominates(&seats[other], &seats[at]));
        assert_eq!(exchanges.is_empty(), best, "{:?}", all[at]);
        let after = carried_out(naive, &all[at], &exchanges);
        assert!(naive.is_stable(&naive.seats(&after)), "{exchanges:?}");
    }
    let best = stable.iter().filter(|&&at| better_stable_cycles(market, &naive.claims, &all[at]).is_empty());
    assert_eq!(best.map(|&at| &all[at]).collect::<Vec<_>>(), [&naive.deferred()]);
}

/// Of all sound answers, the check lets exactly one pass: the one that the mechanism gives.
fn one_passes(market: &Market, seed: u64, all: &[Allocation]) {
    for mechanism in ONE_BY_ONE {
        let lots = if let DeferredAcceptance(lots) = mechanism { lots } else { Single };
        let naive = Naive::new(market, lots, seed);
        let due = match mechanism {
            SerialDictatorship => naive.serial(),
            TopTradingCycles => naive.trading(),
            _ => naive.deferred(),
        };
        let passes = all.iter().filter(|allocation| check_outcome(market, mechanism, seed, allocation).is_ok());
        assert_eq!(passes.collect::<Vec<_>>(), [&due], "{mechanism:?}");
        assert_eq!(allocate(market, mechanism, seed), due, "{mechanism:?}");
    }
}

/// Every way to rank some of three places, the best first.
fn rankings() -> Vec<Vec<usize>> {
    let mut all = vec![Vec::new()];
    for first in 0..3 {
        all.push(vec![first]);
        for second in (0..3).filter(|&second| second != first) {
            all.push(vec![first, second]);
            all.push(vec![first, second, 3 - first - second]);
        }
    }
    all
}

/// Three single people with these lists, and places of these capacities; the rest by chance.
fn three(lists: [&[usize]; 3], capacities: [u32; 3], seed: u64) -> Market {
    let mut chance = Chance::new(seed);
    let mut draw = move |bound: u64| u32::try_from(chance.below(bound)).unwrap();
    let mut builder = Market::builder();
    let places = capacities.map(|capacity| builder.place(capacity));
    for list in lists {
        let agent = builder.agent(draw(2), 1, list.iter().map(|&place| places[place]).zip(1..));
        for &place in list {
            if draw(3) > 0 {
                builder.priority(agent, places[place], draw(3));
            }
        }
    }
    hold(&mut builder, &places, capacities.to_vec(), vec![1; 3], &mut draw);
    builder.build().unwrap()
}

/// All preferences of three people over three places of one or two spaces; standings, priorities, holders and lots are
/// drawn anew for each.
#[test]
fn all_small_markets() {
    let lists = rankings();
    assert_eq!(lists.len(), 16);
    let mut seed = 0;
    for first in &lists {
        for second in &lists {
            for third in &lists {
                for code in 0..8_u32 {
                    seed += 1;
                    let capacities = [1 + code % 2, 1 + code / 2 % 2, 1 + code / 4];
                    let market = three([first, second, third], capacities, seed);
                    let all = all_sound(&market);
                    let lots = if seed % 2 == 0 { Single } else { PerPlace };
                    let naive = Naive::new(&market, lots, seed);
                    all.iter().for_each(|allocation| same_as_defined(&naive, allocation));
                    same_as_among_all(&naive, &all);
                    one_passes(&market, seed, &all);
                }
            }
        }
    }
}

fn sizes(agents: u64, places: u64, count: u64, capacity: u64) -> impl Strategy<Value = Size> {
    (1..=agents, 1..=places, 1..=count, 1..=capacity).prop_map(|(agents, places, count, capacity)| Size {
        agents,
        places,
        count,
        capacity,
    })
}

/// Some sound answer: every person tries a few places.
fn some_answer(market: &Market, seed: u64) -> Allocation {
    let mut chance = Chance::new(seed);
    let mut room: Vec<u32> = market.places().map(|place| market.capacity(place)).collect();
    let mut pairs = Vec::new();
    for agent in market.agents() {
        for _ in 0..market.count(agent) {
            let choices = market.choices(agent);
            let tried = choices.get(usize::try_from(chance.below(choices.len() as u64 + 1)).unwrap());
            if let Some(choice) = tried.filter(|choice| room[choice.place.index()] > 0) {
                room[choice.place.index()] -= 1;
                pairs.push((agent, choice.place));
            }
        }
    }
    naive::allocation(pairs)
}

/// The stable answer that places like best: each place asks people from its best claim down, who keep the best.
pub fn places_propose(naive: &Naive<'_>) -> Allocation {
    let mut seats = vec![None; naive.claims.people()];
    let mut asked = vec![Vec::new(); naive.market.places().len()];
    loop {
        let before = seats.clone();
        for place in naive.market.places() {
            let seated = seats.iter().filter(|seat| **seat == Some(place)).count();
            let claimants = naive.claimants(place).into_iter().filter(|turn| !asked[place.index()].contains(turn));
            let room = naive.market.capacity(place) as usize - seated;
            for turn in claimants.take(room).collect::<Vec<_>>() {
                asked[place.index()].push(turn);
                if naive.prefers(turn, place, seats[turn]) {
                    seats[turn] = Some(place);
                }
            }
        }
        let asking = naive.market.places().any(|place| {
            let seated = seats.iter().filter(|seat| **seat == Some(place)).count();
            seated < naive.market.capacity(place) as usize && asked[place.index()].len() < naive.claimants(place).len()
        });
        if seats == before && !asking {
            return naive.allocation(&seats);
        }
    }
}

fn lots() -> impl Strategy<Value = Lots> {
    prop_oneof![Just(Single), Just(PerPlace)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Several people to an agent, closed places, equal costs: still as defined, among all answers.
    #[test]
    fn small_markets_with_everything(size in sizes(3, 3, 3, 2), lots in lots(), seed in any::<u64>()) {
        let market = drawn(size, seed);
        let all = all_sound(&market);
        let naive = Naive::new(&market, lots, seed);
        all.iter().take(500).for_each(|allocation| same_as_defined(&naive, allocation));
        if all.len() <= 500 {
            same_as_among_all(&naive, &all);
        }
        one_passes(&market, seed, &all);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn larger_markets(size in sizes(9, 7, 3, 3), lots in lots(), seed in any::<u64>()) {
        let market = drawn(size, seed);
        let naive = Naive::new(&market, lots, seed);
        same_as_defined(&naive, &some_answer(&market, seed));
        for mechanism in ONE_BY_ONE {
            same_as_defined(&naive, &allocate(&market, mechanism, seed));
        }
    }

    /// From the stable answer that places like best, exchange after exchange leads to the one that applicants do.
    #[test]
    fn exchanges_climb_to_the_best_stable_answer(size in sizes(9, 7, 3, 3), lots in lots(), seed in any::<u64>()) {
        let market = drawn(size, seed);
        let naive = Naive::new(&market, lots, seed);
        let mut answer = places_propose(&naive);
        loop {
            prop_assert!(naive.is_stable(&naive.seats(&answer)));
            let exchanges = better_stable_cycles(&market, &naive.claims, &answer);
            if exchanges.is_empty() {
                break;
            }
            answer = carried_out(&naive, &answer, &exchanges);
        }
        prop_assert_eq!(answer, allocate(&market, DeferredAcceptance(lots), seed));
    }

    /// Every answer passes, and has what its mechanism guarantees.
    #[test]
    fn answers_pass(size in sizes(14, 9, 4, 4), seed in any::<u64>()) {
        let market = drawn(size, seed);
        for mechanism in ONE_BY_ONE.into_iter().chain([Optimal]) {
            let answer = allocate(&market, mechanism, seed);
            prop_assert_eq!(check_outcome(&market, mechanism, seed, &answer), Ok(()), "{:?}", mechanism);
            let lots = if let DeferredAcceptance(lots) = mechanism { lots } else { Single };
            let claims = shared_parking::market::Claims::draw(&market, lots, seed);
            if mechanism == Optimal {
                let dearer = |w: &shared_parking::audit::WastedSeat| {
                    w.seat.and_then(|seat| market.cost(w.agent, seat)) != market.cost(w.agent, w.place)
                };
                prop_assert!(!wasted_seats(&market, &answer).iter().any(dearer));
                continue;
            }
            prop_assert_eq!(wasted_seats(&market, &answer), []);
            if mechanism != SerialDictatorship {
                prop_assert_eq!(worse_than_held(&market, &claims, &answer), []);
                prop_assert_eq!(top_claims_denied(&market, &claims, &answer), []);
            }
            if !matches!(mechanism, DeferredAcceptance(_)) {
                prop_assert_eq!(improvement_cycles(&market, &answer), []);
            }
        }
    }

    /// One person moved, taken out or put in, two seats exchanged, or a certificate put beside it: no such answer passes.
    #[test]
    fn changed_answers_are_refused(size in sizes(9, 7, 3, 3), seed in any::<u64>()) {
        let market = drawn(size, seed);
        for mechanism in ONE_BY_ONE {
            let answer = allocate(&market, mechanism, seed);
            for changed in changes(&market, &answer, seed) {
                prop_assert!(check_outcome(&market, mechanism, seed, &changed).is_err(), "{:?} {:?}", mechanism, changed);
            }
        }
    }
}

/// Answers in which one or two people sit elsewhere.
fn changes(market: &Market, answer: &Allocation, seed: u64) -> Vec<Allocation> {
    let pairs: Vec<_> =
        answer.seats.iter().flat_map(|seat| (0..seat.count).map(|_| (seat.agent, seat.place))).collect();
    let mut chance = Chance::new(seed);
    let mut changed = Vec::new();
    for at in 0..pairs.len() {
        let mut out = pairs.clone();
        out.swap_remove(at);
        changed.push(naive::allocation(out));
        for choice in market.choices(pairs[at].0) {
            let mut moved = pairs.clone();
            moved[at].1 = choice.place;
            changed.push(naive::allocation(moved));
        }
        let with = usize::try_from(chance.below(pairs.len() as u64)).unwrap();
        let mut exchanged = pairs.clone();
        (exchanged[at].1, exchanged[with].1) = (pairs[with].1, pairs[at].1);
        changed.push(naive::allocation(exchanged));
    }
    for agent in market.agents() {
        for choice in market.choices(agent) {
            let mut more = pairs.clone();
            more.push((agent, choice.place));
            changed.push(naive::allocation(more));
        }
    }
    let mut stray = answer.clone();
    stray.certificate = Some(shared_parking::market::Certificate { places: Vec::new() });
    changed.push(stray);
    changed.retain(|other| other != answer);
    changed
}
