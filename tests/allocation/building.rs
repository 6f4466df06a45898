//! What a market refuses, all at once; and lists shared by agents.

use shared_parking::market::{Market, Place};

#[test]
fn every_flaw_is_told_at_once() {
    let mut builder = Market::builder();
    let kerb = builder.place(1);
    let shared = [(kerb, 5), (Place::new(7), 5), (kerb, Market::MAX_COST + 1)];
    builder.agent(0, 0, [(kerb, 1)]);
    builder.agent(0, 1, shared);
    builder.agent(3, 1, shared);
    builder.place(u32::MAX);
    let flaws = builder.build().expect_err("flaws");
    let told: Vec<String> = flaws.iter().map(|flaw| format!("{} {}", flaw.code.slug(), flaw.place)).collect();
    let twice =
        ["duplicate-id agent 1, place 0", "out-of-range agent 1, place 0", "unknown-reference agent 1, place 7"];
    let of = |agent: char| twice.map(|text| text.replacen('1', &agent.to_string(), 1));
    let expected = [vec!["out-of-range market".into(), "out-of-range agent 0".into()], of('1').into(), of('2').into()];
    assert_eq!(told, expected.concat());
}

#[test]
fn agents_with_equal_choices_share_a_list() {
    let mut builder = Market::builder();
    let (kerb, yard) = (builder.place(1), builder.place(2));
    let first = builder.agent(0, 1, [(kerb, 5), (yard, 6)]);
    let second = builder.agent(4, 2, [(yard, 6), (kerb, 5)]);
    let third = builder.agent(4, 2, [(yard, 6), (kerb, 6)]);
    let market = builder.build().expect("a sound market");
    assert_eq!((market.list_count(), market.choice_count()), (2, 6));
    assert_eq!(market.list_of(first), market.list_of(second));
    assert_ne!(market.list_of(first), market.list_of(third));
    assert_eq!(market.list(market.list_of(third)), market.choices(third));
}
