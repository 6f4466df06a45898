//! Kerbs from the parking tags that OpenStreetMap puts on a street.
//!
//! Invariant: a kerb is made only of a tag that says cars may park there; what is not understood makes none.
//!
//! For each side, the first tag present decides, so a side's own tag beats `both` (`SIDE` is `left` or `right`):
//!
//! | question | tags, in order of precedence |
//! |---|---|
//! | May cars stand, and how? | `parking:SIDE`, `parking:lane:SIDE`, `parking:both`, `parking:lane:both` |
//! | At what angle, where that tag does not say? | `parking:SIDE:orientation`, `parking:both:orientation`; otherwise parallel |
//! | Whom for? | `parking:SIDE:restriction`, `parking:SIDE:access`, `parking:condition:SIDE`, `parking:condition:SIDE:vehicles`, and the same of `both`: each kind of tag is asked, the strictest answer counts |
//! | How many cars? | `parking:SIDE:capacity`, `parking:lane:SIDE:capacity`, `parking:capacity:SIDE`, and the same of `both`, which counts for each side; otherwise the kerb's length decides |
//!
//! | tag | value | read as |
//! |---|---|---|
//! | `parking:SIDE`, `parking:lane:SIDE` | `parallel` (old: `inline`), `diagonal`, `perpendicular` (old: `orthogonal`) | a kerb of that layout |
//! | | `lane`, `street_side`, `on_kerb`, `half_on_kerb`, `shoulder`, `yes` | a kerb; the layout is that of `:orientation` |
//! | | `no`, `none`, `no_parking`, `no_stopping`, `no_standing`, `fire_lane` | no kerb |
//! | | `separate`, `drawn_separately`, `marked` | no kerb: the spaces are drawn as features of their own |
//! | `parking:SIDE:restriction` | `none` | says nothing |
//! | | `loading_only`, `charging_only` | Loading, Charging |
//! | | `no_parking`, `no_stopping`, `no_standing` and any other | no kerb |
//! | `parking:SIDE:access` | `yes`, `permissive`, `designated`, `destination`, `customers`, `permit` | says nothing |
//! | | `residents` | Resident |
//! | | `no`, `private` and any other | no kerb |
//! | `parking:condition:SIDE` | `free`, `ticket`, `disc`, `customers`, also beside `residents` | Shared |
//! | | `residents` alone | Resident |
//! | | `wheelchair`, `disabled` | Disabled |
//! | | `loading` | Loading |
//! | | `charging` | Charging |
//! | | `no_parking`, `no_stopping`, `private`, `diplomat`, `bus`, `taxi`, `police`, `car_sharing` and any other | no kerb |
//! | `parking:condition:SIDE:vehicles` | holds `car`, `motorcar`, `motor_vehicle` or `all` | says nothing |
//! | | `disabled`, `electric` alone | Disabled, Charging |
//! | | only others (`bicycle`, `bus`, `motorcycle`, `diplomat`, `goods;hgv`, …) | no kerb |
//! | `motorcar`, else `motor_vehicle`, else `vehicle`, else `access` | `no`, `private` | no kerb on either side |
//!
//! Not read: `:time_interval`, `:default`, `:conditional`, `:maxstay`, `:fee`, zones, and second conditions
//! (`parking:condition:SIDE:2`). A prohibition for some hours of the day therefore counts for the whole day: the side
//! of caution. Sharing a kerb in time is not a matter of this reader.
//!
//! Any other value of the first two rows is a flaw, and so is a capacity that is not a number, because a typing error
//! there would silently lose a kerb. Restrictions are an open vocabulary: one that is not understood keeps the kerb out
//! and is told in [`Kerbs::unread`].

use crate::error::{FlawCode, Flaws};
use crate::inventory::{KerbRow, Layout, Side, SpaceKind};
use std::collections::BTreeMap;

/// The most cars one kerb may be said to hold.
const MOST: u32 = 10_000;

/// What a street's tags say about its kerbs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kerbs {
    /// The kerbs on which cars may park, left before right.
    pub rows: Vec<KerbRow>,
    /// Restrictions that were not understood and kept a kerb out: `parking:condition:left=Sukkula`.
    pub unread: Vec<String>,
}

/// Reads the kerbs of one street from its tags; tags that do not concern parking are passed over.
///
/// ```
/// use shared_parking::interop::osm;
/// use shared_parking::inventory::{Layout, Side, SpaceKind};
/// let tags = [
///     ("parking:lane:both", "parallel"),
///     ("parking:lane:left", "no_stopping"),
///     ("parking:condition:right", "ticket;residents"),
///     ("parking:condition:right:maxstay", "4 h"),
/// ];
/// let tags = tags.map(|(key, value)| (key.to_owned(), value.to_owned())).into();
/// let kerbs = osm::kerbs(&tags).unwrap().rows;
/// assert_eq!(kerbs.len(), 1); // the left side's own tag beats `both`
/// assert_eq!((kerbs[0].side, kerbs[0].layout, kerbs[0].kind), (Side::Right, Layout::Parallel, SpaceKind::Shared));
/// ```
///
/// # Errors
/// A flaw for each lane, orientation or capacity value outside the table; its place is the tag.
pub fn kerbs(tags: &BTreeMap<String, String>) -> Result<Kerbs, Flaws> {
    let mut found = Kerbs::default();
    let mut wrong = Wrong::default();
    for side in [Side::Left, Side::Right] {
        let tags = SideTags { tags, side: if side == Side::Left { "left" } else { "right" } };
        let layout = tags.layout(&mut wrong);
        let capacity = tags.capacity(&mut wrong);
        let kind = tags.kind();
        let (Some(layout), false, false) = (layout, capacity == Some(0), closed_to_cars(tags.tags)) else { continue };
        match kind {
            Ok(kind) => found.rows.push(KerbRow { side, layout, kind, capacity }),
            Err(Some(unread)) => found.unread.push(unread),
            Err(None) => {}
        }
    }
    wrong.finish(found)
}

/// The tags with a wrong value, each once though both sides may ask for it: its problem and its remedy.
#[derive(Default)]
struct Wrong(BTreeMap<String, (String, String)>);

impl Wrong {
    fn note(&mut self, key: String, problem: String, remedy: impl Into<String>) {
        self.0.insert(key, (problem, remedy.into()));
    }

    fn finish(self, found: Kerbs) -> Result<Kerbs, Flaws> {
        let mut flaws = Flaws::collector();
        for (key, (problem, remedy)) in self.0 {
            flaws.push(FlawCode::WrongValue, format!("property {key:?}"), problem, remedy);
        }
        flaws.finish(found)
    }
}

/// Whether the street's own access tags keep the public's cars out.
fn closed_to_cars(tags: &BTreeMap<String, String>) -> bool {
    let said = ["motorcar", "motor_vehicle", "vehicle", "access"].iter().find_map(|&key| tags.get(key));
    said.is_some_and(|value| matches!(value.as_str(), "no" | "private"))
}

/// The parts of a tag's value, as OpenStreetMap divides lists.
fn parts(value: &str) -> impl Iterator<Item = &str> {
    value.split(';').map(str::trim).filter(|part| !part.is_empty())
}

/// The tags of a street, seen from one side of it.
#[derive(Clone, Copy)]
struct SideTags<'a> {
    tags: &'a BTreeMap<String, String>,
    side: &'a str,
}

impl<'a> SideTags<'a> {
    /// The first tag present of these forms, `*` being the side and then `both`: its key and value.
    fn first(self, forms: &[&str]) -> Option<(String, &'a str)> {
        [self.side, "both"].into_iter().find_map(|side| {
            forms.iter().find_map(|form| {
                let key = form.replace('*', side);
                self.tags.get(&key).map(|value| (key, value.trim()))
            })
        })
    }

    fn layout(self, wrong: &mut Wrong) -> Option<Layout> {
        let (key, value) = self.first(&["parking:*", "parking:lane:*"])?;
        match value {
            "lane" | "street_side" | "on_kerb" | "half_on_kerb" | "shoulder" | "yes" => {
                let (key, value) = match self.first(&["parking:*:orientation"]) {
                    Some(said) => said,
                    None => return Some(Layout::Parallel),
                };
                angle(value).or_else(|| {
                    let remedy = "write parallel, diagonal or perpendicular";
                    wrong.note(key, format!("{value:?} is no orientation"), remedy);
                    None
                })
            }
            "no" | "none" | "no_parking" | "no_stopping" | "no_standing" | "fire_lane" | "separate"
            | "drawn_separately" | "marked" => None,
            _ => angle(value).or_else(|| {
                let remedy = "write parallel, diagonal, perpendicular, lane, street_side, on_kerb, half_on_kerb, \
                              shoulder, yes, no, no_parking, no_stopping or separate";
                wrong.note(key, format!("{value:?} is no kind of kerb"), remedy);
                None
            }),
        }
    }

    fn capacity(self, wrong: &mut Wrong) -> Option<u32> {
        let (key, value) = self.first(&["parking:*:capacity", "parking:lane:*:capacity", "parking:capacity:*"])?;
        match value.parse() {
            Ok(capacity) if capacity <= MOST => Some(capacity),
            _ => {
                let remedy = format!("write a whole number from 0 to {MOST}, or leave the tag out");
                wrong.note(key, format!("{value:?} is no number of cars"), remedy);
                None
            }
        }
    }

    /// Whom the kerb is for; no one (`Err`), with the restriction when it was not understood.
    fn kind(self) -> Result<SpaceKind, Option<String>> {
        let said = |form: &str| self.first(&[form]);
        let answers = [
            said("parking:*:restriction").map(|(key, value)| (restriction(value), key, value)),
            said("parking:*:access").map(|(key, value)| (access(value), key, value)),
            said("parking:condition:*").map(|(key, value)| (condition(value), key, value)),
            said("parking:condition:*:vehicles").map(|(key, value)| (vehicles(value), key, value)),
        ];
        let mut kind = SpaceKind::Shared;
        for (answer, key, value) in answers.into_iter().flatten() {
            match answer {
                Answer::Nothing => {}
                Answer::For(stated) => kind = if kind == SpaceKind::Shared { stated } else { kind },
                Answer::NoOne => return Err(None),
                Answer::NotUnderstood => return Err(Some(format!("{key}={value}"))),
            }
        }
        Ok(kind)
    }
}

fn angle(value: &str) -> Option<Layout> {
    match value {
        "parallel" | "inline" => Some(Layout::Parallel),
        "diagonal" => Some(Layout::Diagonal),
        "perpendicular" | "orthogonal" => Some(Layout::Perpendicular),
        _ => None,
    }
}

/// What a restriction says.
enum Answer {
    Nothing,
    For(SpaceKind),
    NoOne,
    NotUnderstood,
}

fn restriction(value: &str) -> Answer {
    match value {
        "none" => Answer::Nothing,
        "loading_only" => Answer::For(SpaceKind::Loading),
        "charging_only" => Answer::For(SpaceKind::Charging),
        "no_parking" | "no_stopping" | "no_standing" => Answer::NoOne,
        _ => Answer::NotUnderstood,
    }
}

fn access(value: &str) -> Answer {
    match value {
        "yes" | "permissive" | "designated" | "destination" | "customers" | "permit" => Answer::Nothing,
        "residents" => Answer::For(SpaceKind::Resident),
        "no" | "private" => Answer::NoOne,
        _ => Answer::NotUnderstood,
    }
}

fn condition(value: &str) -> Answer {
    let has = |words: &[&str]| parts(value).any(|part| words.contains(&part));
    if has(&["free", "ticket", "disc", "customers"]) {
        Answer::For(SpaceKind::Shared)
    } else if has(&["residents"]) {
        Answer::For(SpaceKind::Resident)
    } else if has(&["wheelchair", "disabled"]) {
        Answer::For(SpaceKind::Disabled)
    } else if has(&["loading"]) {
        Answer::For(SpaceKind::Loading)
    } else if has(&["charging"]) {
        Answer::For(SpaceKind::Charging)
    } else if has(&["no_parking", "no_stopping", "private", "diplomat", "bus", "taxi", "police", "car_sharing"]) {
        Answer::NoOne
    } else {
        Answer::NotUnderstood
    }
}

fn vehicles(value: &str) -> Answer {
    let all = |word: &str| parts(value).all(|part| part == word);
    if parts(value).next().is_none()
        || parts(value).any(|part| matches!(part, "car" | "motorcar" | "motor_vehicle" | "all"))
    {
        Answer::Nothing
    } else if all("disabled") {
        Answer::For(SpaceKind::Disabled)
    } else if all("electric") {
        Answer::For(SpaceKind::Charging)
    } else {
        Answer::NoOne
    }
}
