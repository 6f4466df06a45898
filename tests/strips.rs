//! Districts large enough to be worked on strip by strip: proved optimal, and the same answer whatever the threads.
//!
//! `.ci/run` runs this with and without the feature `rayon`: the digests below hold for both.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "../benches/support/mod.rs"]
mod districts;

use districts::{Order, Reach, Recipe};
use shared_parking::Digest;
use shared_parking::allocation::optimal;
use shared_parking::audit::check_market;

fn solve(spaces: u32, people: u32, reach: Reach, order: Order, digest: &str) {
    let market = Recipe { spaces, people, reach, order, seed: 3 }.market();
    let allocation = optimal(&market);
    assert_eq!(check_market(&market, &allocation), Ok(()));
    let found = Digest::of(&allocation).unwrap().to_string();
    assert!(found.starts_with(digest), "{spaces} {people} {reach:?} {order:?}: {found}");
}

#[test]
fn more_people_than_spaces() {
    solve(60_000, 120_000, Reach::Spaces, Order::Tiers, "adfc6a0f");
}

#[test]
fn as_many_people_as_spaces() {
    solve(60_000, 60_000, Reach::Spaces, Order::Tiers, "e1bc36ef");
}

#[test]
fn fewer_people_than_spaces() {
    solve(60_000, 30_000, Reach::Spaces, Order::Ties, "b29a56b0");
}

#[test]
fn three_strips() {
    solve(110_000, 400_000, Reach::Spaces, Order::Tiers, "ca0222a2");
}

#[test]
fn longer_lists() {
    solve(60_000, 120_000, Reach::Stretches, Order::Ties, "f4d99a29");
}
