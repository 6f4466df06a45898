//! The panel beside the map: what each mark means, and how many of them there are.

use super::bars::{Held, State, Tally, colour, core, has_core};
use super::dots::{diamond, radius};
use super::frame::{Frame, HEAD, PANEL};
use super::palette::{
    FAINT_INK, FOOTWAY, INK, LAND, LEFT_OUT, OTHER_DOOR, ROAD, ROAD_EDGE, RULE, SEATED, reserved_held,
};
use super::roads::{KINDS, width};
use super::xml::{escape, grouped, push, tenths};
use crate::inventory::{Inventory, SpaceKind, StreetKind};
use crate::units::DoorId;
use std::collections::BTreeMap;

/// Where the words begin, to the right of the marks.
const WORDS: i64 = 460;

/// What the legend counts.
pub(super) struct Counts<'a> {
    pub(super) inventory: &'a Inventory,
    pub(super) stretches: &'a BTreeMap<State, Tally>,
    pub(super) seated: &'a BTreeMap<DoorId, u32>,
    pub(super) left_out: &'a BTreeMap<DoorId, u32>,
}

/// A panel being written from top to bottom.
struct Panel<'a> {
    out: &'a mut String,
    x: i64,
    y: i64,
}

impl Panel<'_> {
    fn heading(&mut self, text: &str) {
        self.y += 330;
        let (x, y) = (tenths(self.x), tenths(self.y));
        let style = format!("font-size=\"15\" font-weight=\"600\" fill=\"{INK}\"");
        push(self.out, format_args!("<text x=\"{x}\" y=\"{y}\" {style}>{}</text>\n", escape(text)));
        let (y, end) = (tenths(self.y + 80), tenths(self.x + PANEL));
        push(self.out, format_args!("<path stroke=\"{RULE}\" d=\"M{x},{y}H{end}\"/>\n"));
        self.y += 120;
    }

    /// One entry: a mark drawn around (x, y), a name, and a count in words below it.
    fn entry(&mut self, mark: impl Fn(i64, i64) -> String, name: &str, count: &str) {
        self.y += 230;
        let mark = mark(self.x + 180, self.y - 45 + if count.is_empty() { 0 } else { 85 });
        let (x, y, below) = (tenths(self.x + WORDS), tenths(self.y), tenths(self.y + 170));
        let name = escape(name);
        push(
            self.out,
            format_args!("{mark}\n<text x=\"{x}\" y=\"{y}\" font-size=\"13.5\" fill=\"{INK}\">{name}</text>\n"),
        );
        if !count.is_empty() {
            let style = format!("font-size=\"12\" fill=\"{FAINT_INK}\"");
            push(self.out, format_args!("<text x=\"{x}\" y=\"{below}\" {style}>{}</text>\n", escape(count)));
            self.y += 190;
        }
    }
}

/// Draws the panel; answers how far down it reaches.
pub(super) fn draw(out: &mut String, frame: &Frame, counts: &Counts<'_>) -> i64 {
    out.push_str("<g class=\"sp-legend\">\n");
    let mut panel = Panel { out, x: frame.panel(), y: HEAD - 200 };
    spaces(&mut panel, counts.stretches);
    people(&mut panel, counts);
    streets(&mut panel, frame, counts.inventory);
    let end = panel.y;
    out.push_str("</g>\n");
    end
}

fn number(count: u64, one: &str, many: &str) -> String {
    format!("{} {}", grouped(count), if count == 1 { one } else { many })
}

fn spaces(panel: &mut Panel<'_>, stretches: &BTreeMap<State, Tally>) {
    let total: u64 = stretches.values().map(|tally| tally.spaces).sum();
    panel.heading(&number(total, "marked space", "marked spaces"));
    let always = [Held::None, Held::Some, Held::All].map(|held| (SpaceKind::Shared, held));
    let none = Tally::default();
    let shared = always.into_iter().map(|state| (state, stretches.get(&state).unwrap_or(&none)));
    let reserved = stretches.iter().filter(|(state, _)| !always.contains(state)).map(|(&state, tally)| (state, tally));
    for (state, tally) in shared.chain(reserved) {
        let whom = match state.0 {
            SpaceKind::Shared => "shared",
            SpaceKind::Resident => "for residents only",
            SpaceKind::Disabled => "for people with a disability",
            SpaceKind::Loading => "for loading",
            SpaceKind::Charging => "for charging",
        };
        let full = match state {
            (SpaceKind::Shared, Held::None) => ", none held by permits",
            (_, Held::None) => "",
            (SpaceKind::Disabled, Held::Some) => ": some", // as long as the panel is wide
            (SpaceKind::Disabled, Held::All) => ": all",
            (_, Held::Some) => ", some held",
            (_, Held::All) => ", all held",
        };
        let name = format!("{whom}{full}");
        let spaces = number(tally.spaces, "space", "spaces");
        let at = number(tally.stretches, "stretch", "stretches");
        let held = if tally.held > 0 { format!("{} of ", grouped(tally.held)) } else { String::new() };
        let verb = if tally.held > 0 { " held," } else { "," };
        let mark = |x: i64, y: i64| {
            let (x, y) = (tenths(x - 150), tenths(y));
            let bar = format!("<path stroke=\"{}\" stroke-width=\"6\" d=\"M{x},{y}h30\"/>", colour(state));
            let (thin, long) = (tenths(core(60)), if state.1 == Held::All { 30 } else { 15 });
            let shade = reserved_held(state.0);
            let dark = format!("<path stroke=\"{shade}\" stroke-width=\"{thin}\" d=\"M{x},{y}h{long}\"/>");
            if has_core(state) { format!("{bar}{dark}") } else { bar }
        };
        panel.entry(mark, &name, &format!("{held}{spaces}{verb} {at}"));
    }
}

fn people(panel: &mut Panel<'_>, counts: &Counts<'_>) {
    let here = |people: &BTreeMap<DoorId, u32>| {
        let known = people.iter().filter(|(door, _)| counts.inventory.door(door).is_some());
        known.fold((0, 0), |(doors, sum): (u64, u64), (_, &people)| (doors + 1, sum + u64::from(people)))
    };
    let told = |(doors, people): (u64, u64)| {
        format!("{} at {}", number(people, "person", "people"), number(doors, "door", "doors"))
    };
    let (yes, no) = (here(counts.seated), here(counts.left_out));
    panel.heading(&number(yes.1 + no.1, "applicant", "applicants"));
    let circle = |x: i64, y: i64| {
        let (x, y) = (tenths(x), tenths(y));
        format!("<circle cx=\"{x}\" cy=\"{y}\" r=\"6\" fill=\"{SEATED}\"/>")
    };
    panel.entry(circle, "seated", &told(yes));
    let mark = |x: i64, y: i64| format!("<path fill=\"{LEFT_OUT}\" d=\"{}\"/>", diamond((x, y), 75));
    panel.entry(mark, "left out", &told(no));
    let with = |door: &&crate::inventory::Door| {
        counts.seated.get(&door.id).is_none_or(|&n| n == 0) && counts.left_out.get(&door.id).is_none_or(|&n| n == 0)
    };
    let others = counts.inventory.doors().iter().filter(with).count();
    let mark = |x: i64, y: i64| {
        let (x, y) = (tenths(x), tenths(y));
        format!("<circle cx=\"{x}\" cy=\"{y}\" r=\"1.6\" fill=\"{OTHER_DOOR}\"/>")
    };
    panel.entry(mark, &format!("{} without applicant", number(whole(others), "door", "doors")), "");
    sizes(panel);
}

/// How large the marks are for 1, 5 and 20 people.
fn sizes(panel: &mut Panel<'_>) {
    panel.y += 300;
    let y = panel.y - 45;
    for (number, people) in [1, 5, 20].into_iter().enumerate() {
        let x = panel.x + 100 + 600 * i64::try_from(number).unwrap_or(0);
        let (cx, cy, r) = (tenths(x), tenths(y), tenths(radius(people)));
        push(panel.out, format_args!("<circle cx=\"{cx}\" cy=\"{cy}\" r=\"{r}\" fill=\"{SEATED}\"/>"));
        push(
            panel.out,
            format_args!(
                "<path fill=\"{LEFT_OUT}\" d=\"{}\"/>",
                diamond((x + 30 + radius(people) * 9 / 4, y), radius(people) * 5 / 4)
            ),
        );
        let (x, y) = (tenths(x + 60 + radius(people) * 7 / 2), tenths(panel.y));
        push(
            panel.out,
            format_args!("<text x=\"{x}\" y=\"{y}\" font-size=\"12\" fill=\"{FAINT_INK}\">{people}</text>\n"),
        );
    }
    let (x, y) = (tenths(panel.x + 2_000), tenths(panel.y));
    push(panel.out, format_args!("<text x=\"{x}\" y=\"{y}\" font-size=\"12\" fill=\"{FAINT_INK}\">people</text>\n"));
    panel.y += 30;
}

fn streets(panel: &mut Panel<'_>, frame: &Frame, inventory: &Inventory) {
    panel.heading("Streets");
    for (kind, word) in KINDS.into_iter().rev() {
        let pieces = inventory.streets().iter().filter(|street| street.kind == kind).count();
        if pieces == 0 {
            continue;
        }
        let mark = |x: i64, y: i64| {
            let (data, wide) = (format!("M{},{}h30", tenths(x - 150), tenths(y)), width(frame, kind));
            let land = format!("<path stroke=\"{LAND}\" stroke-width=\"17\" d=\"{data}\"/>");
            if kind == StreetKind::Footway {
                let style =
                    format!("stroke=\"{FOOTWAY}\" stroke-width=\"{}\" stroke-dasharray=\"3 2.4\"", tenths(wide));
                return format!("{land}<path {style} d=\"{data}\"/>");
            }
            let edge = format!("<path stroke=\"{ROAD_EDGE}\" stroke-width=\"{}\" d=\"{data}\"/>", tenths(wide + 16));
            format!("{land}{edge}<path stroke=\"{ROAD}\" stroke-width=\"{}\" d=\"{data}\"/>", tenths(wide))
        };
        panel.entry(mark, &format!("{word}: {}", number(whole(pieces), "piece", "pieces")), "");
    }
}

fn whole(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}
