//! Cheapest chains of moves over places, and what they do to the prices: shared by everything that keeps an allocation
//! optimal.
//!
//! A [`Search`] starts from people and looks for the cheapest way to seat them; prices rise. A [`Fill`] starts from a
//! free space and looks for the person who gains most by it; prices fall. Both move people only between choices that
//! the new prices make equally dear, so the rules of [`Certificate`](crate::market::Certificate) hold before and after.
//!
//! Invariant: one run holds identical spaces, one site people with identical choices; nothing here knows who they are.

mod fill;
mod rows;
mod search;
mod state;

pub(super) use fill::Fill;
pub(super) use rows::{Entry, Rows};
pub(super) use search::{Found, Search};
pub(super) use state::{People, Site, Store, Weight};

/// A choice of a site.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Arc {
    pub(super) run: u32,
    pub(super) cost: u32,
}
