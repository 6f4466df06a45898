//! Streets: white bands with an edge, as wide as they are but never too thin to see.

use super::frame::{Frame, Pixel};
use super::palette::{FOOTWAY, ROAD, ROAD_EDGE};
use super::xml::{line, push, tenths};
use crate::inventory::{Inventory, Street, StreetKind};

/// Kinds from the bottom of the drawing to its top, with the words of the legend.
pub(super) const KINDS: [(StreetKind, &str); 4] = [
    (StreetKind::Footway, "footway"),
    (StreetKind::Alley, "alley"),
    (StreetKind::Street, "street"),
    (StreetKind::Main, "main street"),
];

/// How wide a kind is drawn, in tenths.
pub(super) fn width(frame: &Frame, kind: StreetKind) -> i64 {
    match kind {
        StreetKind::Main => frame.length(1_400).clamp(70, 160),
        StreetKind::Street => frame.length(900).clamp(48, 110),
        StreetKind::Footway => frame.length(250).clamp(12, 30),
        StreetKind::Alley => frame.length(600).clamp(34, 80),
    }
}

/// The street's middle line on the picture.
pub(super) fn pixels(frame: &Frame, street: &Street) -> Vec<Pixel> {
    street.path.iter().map(|&point| frame.pixel(point)).collect()
}

/// All streets: first every edge, then every band, so that junctions stay open.
pub(super) fn draw(out: &mut String, frame: &Frame, inventory: &Inventory) {
    let mut bands = String::new();
    push(
        out,
        format_args!("<g class=\"sp-streets\" fill=\"none\" stroke-linejoin=\"round\" stroke-linecap=\"round\">\n"),
    );
    for (kind, _) in KINDS {
        let mut data = String::new();
        for street in inventory.streets().iter().filter(|street| street.kind == kind) {
            line(&mut data, &pixels(frame, street));
        }
        if data.is_empty() {
            continue;
        }
        let wide = width(frame, kind);
        if kind == StreetKind::Footway {
            let style = format!("stroke=\"{FOOTWAY}\" stroke-width=\"{}\" stroke-dasharray=\"3 2.4\"", tenths(wide));
            push(out, format_args!("<path stroke-linecap=\"butt\" {style} d=\"{data}\"/>\n"));
            continue;
        }
        let edge = tenths(wide + 16);
        let style = format!("stroke=\"{ROAD_EDGE}\" stroke-width=\"{edge}\"");
        push(out, format_args!("<path {style} d=\"{data}\"/>\n"));
        let style = format!("stroke=\"{ROAD}\" stroke-width=\"{}\"", tenths(wide));
        push(&mut bands, format_args!("<path {style} d=\"{data}\"/>\n"));
    }
    out.push_str(&bands);
    out.push_str("</g>\n");
}
