//! The map of a district: streets, spaces by how full they are, and the doors of the seated and the left out.

use super::bars;
use super::dots;
use super::frame::{FOOT, Frame, HEAD, MARGIN};
use super::labels;
use super::legend::{self, Counts};
use super::palette::{FAINT_INK, INK, LAND, PAPER, RULE};
use super::roads;
use super::xml::{escape, grouped, push, tenths};
use crate::inventory::Inventory;
use crate::units::{DoorId, StretchId};
use std::collections::BTreeMap;

/// An SVG map of a district, 1,600 pixels wide (less for a tall district), north up.
///
/// Say what is held and who was seated or left out, in any order, then take the text. Whatever names a stretch or a door
/// that the inventory does not know is not drawn and not counted. The text is well-formed XML that needs nothing from
/// outside: no script, no style sheet, no font, no link.
///
/// Time and size grow with the number of streets, stretches and doors; a district of 1,000 street pieces and 1,400 doors
/// takes about 150 kB.
///
/// ```
/// use shared_parking::inventory::{Inventory, KerbRules};
/// use shared_parking::render::Map;
/// use shared_parking::sample::Plan;
/// let plan = Plan { name: "Small".into(), communities: vec![], streets: 6, spaces: 80, doors: 30, seed: 1 };
/// let inventory = Inventory::build(&plan.survey().unwrap(), &KerbRules::default()).unwrap();
/// let (stretch, door) = (&inventory.stretches()[0], &inventory.doors()[0]);
/// let svg = Map::new(&inventory).title("After the round").held(&stretch.id, 1).seated(&door.id).to_svg();
/// assert!(svg.starts_with("<svg ") && svg.contains("After the round"));
/// assert!(svg.contains("1 person at 1 door"));
/// assert!(svg.contains("invented geometry"));
/// ```
#[derive(Clone, Debug)]
#[must_use = "the map is only drawn by `to_svg`"]
pub struct Map<'a> {
    inventory: &'a Inventory,
    title: String,
    held: BTreeMap<StretchId, u32>,
    seated: BTreeMap<DoorId, u32>,
    left_out: BTreeMap<DoorId, u32>,
}

impl<'a> Map<'a> {
    /// A map of the bare ground, titled with the district's name.
    pub fn new(inventory: &'a Inventory) -> Self {
        let (held, seated, left_out) = Default::default();
        Self { inventory, title: inventory.name().to_owned(), held, seated, left_out }
    }

    /// Sets the title.
    pub fn title(mut self, title: &str) -> Self {
        title.clone_into(&mut self.title);
        self
    }

    /// Adds spaces of a stretch that are held by permits.
    pub fn held(mut self, stretch: &StretchId, spaces: u32) -> Self {
        let held = self.held.entry(stretch.clone()).or_default();
        *held = held.saturating_add(spaces);
        self
    }

    /// Adds a person who lives behind this door and was seated.
    pub fn seated(mut self, door: &DoorId) -> Self {
        let people = self.seated.entry(door.clone()).or_default();
        *people = people.saturating_add(1);
        self
    }

    /// Adds a person who lives behind this door and was left out.
    pub fn left_out(mut self, door: &DoorId) -> Self {
        let people = self.left_out.entry(door.clone()).or_default();
        *people = people.saturating_add(1);
        self
    }

    /// The picture as SVG text.
    #[must_use]
    pub fn to_svg(&self) -> String {
        let frame = Frame::around(self.inventory.bounds());
        let mut ground = String::new();
        roads::draw(&mut ground, &frame, self.inventory);
        let stretches = bars::draw(&mut ground, &frame, self.inventory, &self.held);
        dots::draw(&mut ground, &frame, self.inventory, &self.seated, &self.left_out);
        let doors = self
            .inventory
            .doors()
            .iter()
            .filter(|door| self.seated.contains_key(&door.id) || self.left_out.contains_key(&door.id));
        let doors = doors.map(|door| frame.pixel(door.position));
        labels::draw(&mut ground, &frame, self.inventory, doors.chain(bars::marks(&frame, self.inventory)));
        let mut panel = String::new();
        let counts =
            Counts { inventory: self.inventory, stretches: &stretches, seated: &self.seated, left_out: &self.left_out };
        let end = legend::draw(&mut panel, &frame, &counts);
        self.page(&frame, &ground, &panel, frame.total().max(end + FOOT))
    }

    fn page(&self, frame: &Frame, ground: &str, panel: &str, height: i64) -> String {
        let words = wrapped(self.inventory.attribution(), (frame.page() - MARGIN - SCALE) / 65);
        let height = height + 170 * i64::try_from(words.len().saturating_sub(1)).unwrap_or(0);
        let (wide, high) = (tenths(frame.page()), tenths(height));
        let (x, y, map_wide, map_high) = (tenths(MARGIN), tenths(HEAD), tenths(frame.width), tenths(frame.height));
        let font = "font-family=\"'Noto Sans','Helvetica Neue',Arial,'Noto Sans CJK SC','PingFang SC',sans-serif\"";
        let mut out = String::with_capacity(ground.len() + panel.len() + 4_096);
        let size = format!("width=\"{wide}\" height=\"{high}\" viewBox=\"0 0 {wide} {high}\"");
        push(&mut out, format_args!("<svg xmlns=\"http://www.w3.org/2000/svg\" {size} {font} role=\"img\">\n"));
        let title = escape(&self.title);
        push(&mut out, format_args!("<title>{title}</title>\n"));
        push(&mut out, format_args!("<rect width=\"{wide}\" height=\"{high}\" fill=\"{PAPER}\"/>\n"));
        let room = (frame.page() - 2 * MARGIN) * 90 / 100; // the bold face is wider than text_width reckons
        let large = (240 * room / labels::text_width(&self.title, 240).max(1)).clamp(60, 240);
        let style = format!("font-size=\"{}\" font-weight=\"600\" fill=\"{INK}\"", tenths(large));
        push(&mut out, format_args!("<text x=\"{x}\" y=\"{}\" {style}>{title}</text>\n", tenths(MARGIN + 270)));
        let place = format!("x=\"{x}\" y=\"{y}\" width=\"{map_wide}\" height=\"{map_high}\"");
        push(&mut out, format_args!("<rect {place} fill=\"{LAND}\" stroke=\"{RULE}\"/>\n{ground}{panel}"));
        scale(&mut out, frame);
        for (line, words) in words.iter().rev().enumerate() {
            let y = height - MARGIN - 170 * i64::try_from(line).unwrap_or(0);
            let style = format!("font-size=\"12\" text-anchor=\"end\" fill=\"{FAINT_INK}\"");
            let place = format!("x=\"{}\" y=\"{}\"", tenths(frame.page() - MARGIN), tenths(y));
            push(&mut out, format_args!("<text class=\"sp-attribution\" {place} {style}>{}</text>\n", escape(words)));
        }
        out.push_str("</svg>\n");
        out
    }
}

/// How far north arrow and scale bar reach at most, from the left.
const SCALE: i64 = 3_600;

/// North and the scale bar, below the map.
fn scale(out: &mut String, frame: &Frame) {
    let metres = frame.round_metres(2_200);
    let (start, end) = (MARGIN + 400, MARGIN + 400 + frame.length(metres * 100));
    let line = HEAD + frame.height + 330;
    let (x, end_x) = (tenths(start), tenths(end));
    let arrow = format!("M{},{}l6,18 -6,-4 -6,4z", tenths(MARGIN + 110), tenths(line - 170));
    push(out, format_args!("<g class=\"sp-scale\" fill=\"{INK}\" font-size=\"12\" text-anchor=\"middle\">\n"));
    let (north, label) = (tenths(MARGIN + 110), tenths(line + 140));
    push(out, format_args!("<path d=\"{arrow}\"/>\n<text x=\"{north}\" y=\"{label}\">N</text>\n"));
    let bar = format!("M{x},{}v6H{end_x}v-6", tenths(line - 60));
    push(out, format_args!("<path fill=\"none\" stroke=\"{INK}\" stroke-width=\"1.4\" d=\"{bar}\"/>\n"));
    let (middle, told) = (tenths(i64::midpoint(start, end)), grouped(metres.unsigned_abs()));
    push(out, format_args!("<text x=\"{middle}\" y=\"{label}\">{told} m</text>\n</g>\n"));
}

/// Words in lines of at most so many characters, longer words by themselves.
fn wrapped(text: &str, characters: i64) -> Vec<String> {
    let most = usize::try_from(characters).unwrap_or(0);
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= most => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}
