//! Stretches: thick bars at their side of the street, coloured by what they are for and how full they are.

use super::frame::{Frame, Pixel, aside, part, point_along};
use super::palette::{ALL_HELD, NONE_HELD, SOME_HELD, reserved};
use super::roads::{pixels, width};
use super::xml::{line, push, tenths};
use crate::inventory::{Inventory, Side, SpaceKind, Stretch};
use crate::units::StretchId;
use std::collections::BTreeMap;

/// What a bar shows.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum State {
    NoneHeld,
    SomeHeld,
    AllHeld,
    Reserved(SpaceKind),
}

impl State {
    fn of(stretch: &Stretch, held: u32) -> Self {
        match stretch.kind {
            SpaceKind::Shared if held == 0 => Self::NoneHeld,
            SpaceKind::Shared if held < stretch.capacity => Self::SomeHeld,
            SpaceKind::Shared => Self::AllHeld,
            kind => Self::Reserved(kind),
        }
    }

    pub(super) const fn colour(self) -> &'static str {
        match self {
            Self::NoneHeld => NONE_HELD,
            Self::SomeHeld => SOME_HELD,
            Self::AllHeld => ALL_HELD,
            Self::Reserved(kind) => reserved(kind),
        }
    }
}

/// All stretches of one state, counted for the legend.
#[derive(Default)]
pub(super) struct Tally {
    pub(super) stretches: u64,
    pub(super) spaces: u64,
    pub(super) held: u64,
}

/// Draws every stretch and counts them by state.
pub(super) fn draw(
    out: &mut String,
    frame: &Frame,
    inventory: &Inventory,
    held: &BTreeMap<StretchId, u32>,
) -> BTreeMap<State, Tally> {
    let mut drawn: BTreeMap<State, (String, Tally)> = BTreeMap::new();
    for stretch in inventory.stretches() {
        let held = held.get(&stretch.id).copied().unwrap_or(0);
        let (data, tally) = drawn.entry(State::of(stretch, held)).or_default();
        tally.stretches += 1;
        tally.spaces += u64::from(stretch.capacity);
        tally.held += u64::from(held);
        bar(data, frame, inventory, stretch);
    }
    let thick = tenths(thickness(frame));
    push(
        out,
        format_args!("<g class=\"sp-spaces\" fill=\"none\" stroke-width=\"{thick}\" stroke-linejoin=\"round\">\n"),
    );
    for (state, (data, _)) in &drawn {
        push(out, format_args!("<path stroke=\"{}\" d=\"{data}\"/>\n", state.colour()));
    }
    out.push_str("</g>\n");
    drawn.into_iter().map(|(state, (_, tally))| (state, tally)).collect()
}

fn thickness(frame: &Frame) -> i64 {
    frame.length(250).clamp(30, 50)
}

fn bar(data: &mut String, frame: &Frame, inventory: &Inventory, stretch: &Stretch) {
    line(data, &pixels_beside(frame, inventory, stretch));
}

/// The line of a stretch's bar.
pub(super) fn pixels_beside(frame: &Frame, inventory: &Inventory, stretch: &Stretch) -> Vec<Pixel> {
    let Some(street) = inventory.street(&stretch.street) else { return Vec::new() };
    let (from, to) = (frame.length(i64::from(stretch.from.get())), frame.length(i64::from(stretch.to.get())));
    let inset = ((to - from) / 6).min(6); // a hair of air between stretches that follow each other
    let middle = part(&pixels(frame, street), from + inset, to - inset);
    let off = width(frame, street.kind) / 2 + thickness(frame) / 2 - 6;
    aside(&middle, if stretch.side == Side::Right { off } else { -off })
}

/// Pixels along every bar, close enough to see whether a name would cover it.
pub(super) fn marks(frame: &Frame, inventory: &Inventory) -> impl Iterator<Item = Pixel> {
    inventory.stretches().iter().flat_map(|stretch| {
        let bar = pixels_beside(frame, inventory, stretch);
        let length = super::chains::length(&bar);
        (0..=length / 40).map(move |step| point_along(&bar, step * 40))
    })
}
