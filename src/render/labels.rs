//! Street names, one for each name, where there is room: greedily, larger streets first, never over each other.

use super::chains::{Chain, chains};
use super::frame::{Frame, HEAD, MARGIN, Pixel, distance, part};
use super::palette::{FAINT_INK, INK, PAPER};
use super::xml::{escape, push, tenths};
use crate::inventory::{Inventory, StreetKind};
use std::collections::BTreeSet;

/// Side of a cell of the grid that notes where something stands already.
const CELL: i64 = 60;

/// Cells taken by names, and cells with a mark in them that a name had better not cover.
struct Grid {
    names: BTreeSet<Pixel>,
    marks: BTreeSet<Pixel>,
}

struct Place {
    at: Pixel,
    /// Where the line of text points to, in thousandths.
    way: Pixel,
    cells: Vec<Pixel>,
}

/// Writes the names over the map.
pub(super) fn draw(out: &mut String, frame: &Frame, inventory: &Inventory, marks: impl Iterator<Item = Pixel>) {
    let mut grid = Grid { names: BTreeSet::new(), marks: marks.map(|(x, y)| (x / CELL, y / CELL)).collect() };
    let halo = "stroke-width=\"2.6\" stroke-linejoin=\"round\" paint-order=\"stroke\"";
    push(out, format_args!("<g class=\"sp-names\" text-anchor=\"middle\" stroke=\"{PAPER}\" {halo}>\n"));
    for chain in chains(frame, inventory) {
        let (size, ink) = match chain.kind {
            StreetKind::Main => (125, INK),
            StreetKind::Street => (110, INK),
            _ => (98, FAINT_INK),
        };
        let Some(place) = best(frame, &chain, size, &grid) else { continue };
        let ((x, y), (dx, dy)) = (place.at, place.way);
        let turn = [dx, dy, -dy, dx].map(thousandths).join(" ");
        let transform = format!("matrix({turn} {} {})", tenths(x - dy * size / 2_900), tenths(y + dx * size / 2_900));
        let style = format!("font-size=\"{}\" fill=\"{ink}\"", tenths(size));
        push(out, format_args!("<text transform=\"{transform}\" {style}>{}</text>\n", escape(chain.name)));
        grid.names.extend(place.cells);
    }
    out.push_str("</g>\n");
}

fn thousandths(value: i64) -> String {
    let sign = if value < 0 { "-" } else { "" };
    format!("{sign}{}.{:03}", value.unsigned_abs() / 1_000, value.unsigned_abs() % 1_000)
}

/// About how long a text of this font size is, in tenths: a CJK character is as wide as it is high.
pub(super) fn text_width(text: &str, size: i64) -> i64 {
    text.chars().map(|c| if u32::from(c) >= 0x2e80 { size } else { size * 57 / 100 }).sum()
}

/// The free place along the chain that covers the fewest marks and, among those, lies nearest to its middle.
fn best(frame: &Frame, chain: &Chain<'_>, size: i64, grid: &Grid) -> Option<Place> {
    let wide = text_width(chain.name, size);
    let room = chain.length - wide - 60;
    if room < 0 {
        return None;
    }
    let step = (room / 24).max(40);
    let starts = (0..=room / step).map(|number| number * step);
    let places = starts.filter_map(|start| {
        let place = place(frame, &chain.line, (30 + start, 30 + start + wide), size)?;
        let hidden = place.cells.iter().filter(|cell| grid.marks.contains(*cell)).count();
        let free = place.cells.iter().all(|cell| !grid.names.contains(cell));
        free.then_some(((hidden, (2 * start - room).abs(), start), place))
    });
    places.min_by_key(|(rank, _)| *rank).map(|(_, place)| place)
}

/// The text laid over this part of a line, unless the line bends too much there or leaves the map.
fn place(frame: &Frame, line: &[Pixel], (from, to): (i64, i64), size: i64) -> Option<Place> {
    let under = part(line, from, to);
    let (start, end) = (*under.first()?, *under.last()?);
    let chord = distance(start, end).max(1);
    let strays = |&(x, y): &Pixel| {
        ((x - start.0) * (end.1 - start.1) - (y - start.1) * (end.0 - start.0)).abs() > chord * size / 3
    };
    if chord * 100 < (to - from) * 96 || under.iter().any(strays) {
        return None;
    }
    // Read from left to right, and upwards where the street runs nearly straight up.
    let (dx, dy) = (end.0 - start.0, end.1 - start.1);
    let backwards = if 5 * dx.abs() < dy.abs() { dy > 0 } else { dx < 0 };
    let (start, end) = if backwards { (end, start) } else { (start, end) };
    let way = ((end.0 - start.0) * 1_000 / chord, (end.1 - start.1) * 1_000 / chord);
    let mut cells = BTreeSet::new();
    for along in 0..=(chord + 80) / 30 {
        for across in [-size / 2, 0, size / 2] {
            let on = along * 30 - 40;
            let x = start.0 + (on * way.0 - across * way.1) / 1_000;
            let y = start.1 + (on * way.1 + across * way.0) / 1_000;
            let inside = x > MARGIN && x < MARGIN + frame.width && y > HEAD && y < HEAD + frame.height;
            cells.insert(inside.then_some((x / CELL, y / CELL))?);
        }
    }
    let at = (i64::midpoint(start.0, end.0), i64::midpoint(start.1, end.1));
    Some(Place { at, way, cells: cells.into_iter().collect() })
}
