//! Answers known elsewhere.

use shared_parking::allocation::optimal;
use shared_parking::audit::check_market;
use shared_parking::interop::markets::read_market;
use shared_parking::market::Market;
use std::path::PathBuf;

/// OR-Library's assign100 (J. E. Beasley, 1990): 100 people, 100 places, optimum 305.
#[test]
fn or_library_assign100_costs_305() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/data/assign100.txt");
    let Ok(text) = std::fs::read_to_string(&path) else {
        println!("skipped: {} is absent", path.display());
        return;
    };
    let mut numbers = text.split_whitespace().map(|word| word.parse::<u32>().expect("a number"));
    let size = numbers.next().expect("the size");
    let mut builder = Market::builder();
    let places: Vec<_> = (0..size).map(|_| builder.place(1)).collect();
    for _ in 0..size {
        let row: Vec<_> = places.iter().map(|&place| (place, numbers.next().expect("a cost"))).collect();
        builder.agent(0, 1, row);
    }
    let market = builder.build().expect("a sound market");
    let allocation = optimal(&market);
    assert_eq!((allocation.seated(), allocation.cost(&market)), (100, 305));
    assert_eq!(check_market(&market, &allocation), Ok(()));
}

/// NETGEN 2 as networkx ships it, a minimum-cost flow written as a market: everybody is seated, optimum 6,749,969,302.
/// `benches/peers/README.md` says how to write the file whose path NETGEN2 is to hold.
#[test]
fn netgen_2_costs_6749969302() {
    let Some(path) = std::env::var_os("NETGEN2") else {
        println!("skipped: NETGEN2 names no file");
        return;
    };
    let text = std::fs::read_to_string(path).expect("the file that NETGEN2 names");
    let file = read_market(&text).expect("a sound market");
    let (market, allocation) = (file.market(), optimal(file.market()));
    let people: u64 = market.agents().map(|agent| u64::from(market.count(agent))).sum();
    assert_eq!(people, 375_293_951);
    assert_eq!((allocation.seated(), allocation.cost(market)), (people, 6_749_969_302));
    assert_eq!(check_market(market, &allocation), Ok(()));
}

/// By hand: the three least costs of the rows stand in different columns, 1 + 2 + 2.
#[test]
fn three_by_three_by_hand() {
    let costs = [[2, 1, 4], [3, 5, 2], [2, 2, 6]];
    let mut builder = Market::builder();
    let places = [0; 3].map(|_| builder.place(1));
    for row in costs {
        builder.agent(0, 1, places.into_iter().zip(row));
    }
    let market = builder.build().expect("a sound market");
    assert_eq!(optimal(&market).cost(&market), 5);
}

#[test]
fn an_empty_market_has_an_empty_answer() {
    let market = Market::builder().build().expect("a sound market");
    let allocation = optimal(&market);
    assert!(allocation.seats.is_empty());
    assert_eq!(check_market(&market, &allocation), Ok(()));
}
