//! Doors: a circle where people were seated, a diamond where people were left out, larger for more of them.

use super::frame::Frame;
use super::palette::{LEFT_OUT, OTHER_DOOR, PAPER, SEATED};
use super::xml::{push, tenths};
use crate::inventory::Inventory;
use crate::units::DoorId;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Radius of the mark for so many people: its area grows with their number.
pub(super) fn radius(people: u32) -> i64 {
    15 + (i64::from(people.min(40)) * 250).isqrt()
}

/// A diamond around a pixel.
pub(super) fn diamond((x, y): (i64, i64), radius: i64) -> String {
    let (r, back) = (tenths(radius), tenths(-radius));
    format!("M{},{}l{r},{r} {back},{r} {back},{back}z", tenths(x), tenths(y - radius))
}

/// Draws the doors; where both kinds meet at one door they stand side by side.
pub(super) fn draw(
    out: &mut String,
    frame: &Frame,
    inventory: &Inventory,
    seated: &BTreeMap<DoorId, u32>,
    left_out: &BTreeMap<DoorId, u32>,
) {
    let mut others = String::new();
    let (mut circles, mut diamonds) = (Vec::new(), Vec::new());
    for (number, door) in inventory.doors().iter().enumerate() {
        let (x, y) = frame.pixel(door.position);
        let count = |people: &BTreeMap<DoorId, u32>| people.get(&door.id).copied().unwrap_or(0);
        let (yes, no) = (count(seated), count(left_out));
        let shift = |other: u32, by: u32| if other > 0 { radius(by) * 3 / 4 } else { 0 };
        if yes > 0 {
            circles.push((Reverse(yes), number, (x - shift(no, yes), y)));
        }
        if no > 0 {
            diamonds.push((Reverse(no), number, (x + shift(yes, no), y)));
        }
        if yes == 0 && no == 0 {
            push(&mut others, format_args!("M{},{}h0", tenths(x), tenths(y)));
        }
    }
    // The largest first, so that no small mark is hidden.
    circles.sort_unstable();
    diamonds.sort_unstable();
    out.push_str("<g class=\"sp-doors\">\n");
    if !others.is_empty() {
        let style = format!("stroke=\"{OTHER_DOOR}\" stroke-width=\"2.2\" stroke-linecap=\"round\"");
        push(out, format_args!("<path {style} d=\"{others}\"/>\n"));
    }
    push(out, format_args!("<g fill=\"{SEATED}\" stroke=\"{PAPER}\" stroke-width=\"0.9\">\n"));
    for (Reverse(people), _, (x, y)) in circles {
        let (x, y, r) = (tenths(x), tenths(y), tenths(radius(people)));
        push(out, format_args!("<circle cx=\"{x}\" cy=\"{y}\" r=\"{r}\"/>\n"));
    }
    push(out, format_args!("</g>\n<g fill=\"{LEFT_OUT}\" stroke=\"{PAPER}\" stroke-width=\"0.9\">\n"));
    for (Reverse(people), _, at) in diamonds {
        push(out, format_args!("<path d=\"{}\"/>\n", diamond(at, radius(people) * 5 / 4)));
    }
    out.push_str("</g>\n</g>\n");
}
