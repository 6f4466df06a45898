//! Markets that lead deferred acceptance and trading cycles through ways that random ones seldom take to their ends.

use shared_parking::allocation::{deferred, trading};
use shared_parking::market::{Agent, Allocation, Lots, Market, Place};

fn seats(allocation: &Allocation) -> impl Iterator<Item = (u32, u32)> {
    allocation.seats.iter().map(|seat| (seat.agent.number(), seat.place.number()))
}

/// Everybody wants the same, and every place prefers who was added later: people are turned away from place after place,
/// more often than anybody looks through all choices.
#[test]
fn whoever_is_turned_away_again_and_again_gets_the_best_that_is_left() {
    for people in [2_u32, 40, 200] {
        let mut builder = Market::builder();
        let places: Vec<Place> = (0..people).map(|_| builder.place(1)).collect();
        for person in 0..people {
            let agent = builder.agent(0, 1, places.iter().copied().zip(0..));
            places.iter().for_each(|&place| builder.priority(agent, place, people - person));
        }
        let market = builder.build().unwrap();
        for lots in [Lots::Single, Lots::PerPlace] {
            let expected = (0..people).map(|person| (person, people - 1 - person));
            assert!(seats(&deferred(&market, lots, 7)).eq(expected), "{people} people, {lots:?}");
        }
    }
}

/// Nothing is between people but lots for each place: those decide every time.
#[test]
fn people_whom_nothing_but_lots_tells_apart_are_turned_away_by_them() {
    let people = 60_u32;
    let mut builder = Market::builder();
    let places: Vec<Place> = (0..20).map(|_| builder.place(2)).collect();
    for person in 0..people {
        builder.agent(0, 1, places.iter().map(|&place| (place, (place.number() * 7 + person / 20) % 20)));
    }
    let market = builder.build().unwrap();
    let allocation = deferred(&market, Lots::PerPlace, 7);
    assert_eq!(allocation.seated(), 40);
    let lot = |agent: Agent, place| shared_parking::market::lot_at(7, agent, 0, place);
    for agent in market.agents() {
        let mine = allocation.seats_of(agent).first().map_or(u32::MAX, |seat| market.cost(agent, seat.place).unwrap());
        for choice in market.choices(agent).iter().filter(|choice| choice.cost < mine) {
            let there = allocation.seats.iter().filter(|seat| seat.place == choice.place);
            let behind = there.filter(|seat| lot(seat.agent, choice.place) > lot(agent, choice.place)).count();
            assert_eq!(behind, 0, "{agent} has a lower lot at {}", choice.place);
        }
    }
}

/// All but two people have the better claims to one place and go to places of their own: it points on and on.
#[test]
fn a_place_points_on_when_everybody_before_has_gone() {
    let people = 300_u32;
    for named in [people, people / 2] {
        let mut builder = Market::builder();
        let wanted = builder.place(2);
        for person in 0..people {
            let own = builder.place(1);
            let costs = if person + 2 < people { (9, 1) } else { (1, 9) };
            let agent = builder.agent(person, 1, [(wanted, costs.0), (own, costs.1)]);
            if person < named {
                builder.priority(agent, wanted, person);
            }
        }
        let market = builder.build().unwrap();
        let expected = |person| if person + 2 < people { (person, person + 1) } else { (person, 0) };
        assert!(seats(&trading(&market, 7)).eq((0..people).map(expected)), "{named} are preferred");
    }
}
