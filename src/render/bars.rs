//! Stretches: thick bars at their side of the street, coloured by what they are for. Shared ones darken as they fill, in
//! the others a dark core is as long as the share that is held.

use super::frame::{Frame, Pixel, aside, part, point_along};
use super::palette::{ALL_HELD, NONE_HELD, SOME_HELD, reserved, reserved_held};
use super::roads::{pixels, width};
use super::xml::{line, push, tenths};
use crate::inventory::{Inventory, Side, SpaceKind, Stretch};
use crate::units::StretchId;
use std::collections::BTreeMap;

/// How many spaces of a stretch are held by permits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Held {
    None,
    Some,
    All,
}

/// What a bar shows: whom the spaces are for, and how many are held.
pub(super) type State = (SpaceKind, Held);

fn state_of(stretch: &Stretch, held: u32) -> State {
    let held = match held {
        0 => Held::None,
        some if some < stretch.capacity => Held::Some,
        _ => Held::All,
    };
    (stretch.kind, held)
}

/// The colour of a whole bar.
pub(super) const fn colour((kind, held): State) -> &'static str {
    match (kind, held) {
        (SpaceKind::Shared, Held::None) => NONE_HELD,
        (SpaceKind::Shared, Held::Some) => SOME_HELD,
        (SpaceKind::Shared, Held::All) => ALL_HELD,
        (kind, _) => reserved(kind),
    }
}

/// Whether the held part of a bar is shown by a dark core: where the colour already says what the spaces are for.
pub(super) fn has_core((kind, held): State) -> bool {
    kind != SpaceKind::Shared && held != Held::None
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
    let mut cores: BTreeMap<SpaceKind, String> = BTreeMap::new();
    for stretch in inventory.stretches() {
        let held = held.get(&stretch.id).copied().unwrap_or(0);
        let state = state_of(stretch, held);
        let (data, tally) = drawn.entry(state).or_default();
        tally.stretches += 1;
        tally.spaces += u64::from(stretch.capacity);
        tally.held += u64::from(held);
        let bar = pixels_beside(frame, inventory, stretch);
        line(data, &bar);
        if has_core(state) {
            let whole = super::chains::length(&bar);
            let share = whole * i64::from(held.min(stretch.capacity)) / i64::from(stretch.capacity.max(1));
            line(cores.entry(stretch.kind).or_default(), &part(&bar, 0, share));
        }
    }
    let thick = tenths(thickness(frame));
    push(
        out,
        format_args!("<g class=\"sp-spaces\" fill=\"none\" stroke-width=\"{thick}\" stroke-linejoin=\"round\">\n"),
    );
    for (state, (data, _)) in &drawn {
        push(out, format_args!("<path stroke=\"{}\" d=\"{data}\"/>\n", colour(*state)));
    }
    let thin = tenths(core(thickness(frame)));
    for (kind, data) in &cores {
        let style = format!("stroke=\"{}\" stroke-width=\"{thin}\"", reserved_held(*kind));
        push(out, format_args!("<path class=\"sp-held\" {style} d=\"{data}\"/>\n"));
    }
    out.push_str("</g>\n");
    drawn.into_iter().map(|(state, (_, tally))| (state, tally)).collect()
}

fn thickness(frame: &Frame) -> i64 {
    frame.length(250).clamp(30, 50)
}

/// How thick the core of a bar is.
pub(super) const fn core(thick: i64) -> i64 {
    thick * 9 / 20
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
