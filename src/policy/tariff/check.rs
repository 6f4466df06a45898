//! Every flaw of a tariff, found before anything is priced by it.
//!
//! Invariant: what passes here is priced without overflow: at most 527,040 units of at most 10^9 minor units each.

use super::{ClassTariff, ClockWindow, Schedule, Step, Tariff, TariffVersion};
use crate::error::{FlawCode, FlawCollector};
use crate::units::Money;
use std::collections::BTreeSet;

/// The dearest unit and the highest cap, in minor units.
const MAX_PRICE: Money = Money::minor(1_000_000_000);
/// The longest unit and the farthest step: the longest stay, 366 days, in minutes.
const MAX_MINUTES: u32 = 366 * 1_440;
/// The most windows a schedule may have: one each half hour.
pub(in crate::policy) const MAX_WINDOWS: usize = 48;
/// The most steps a window may have.
const MAX_STEPS: usize = 48;
/// The longest id, in bytes.
const MAX_ID: usize = 64;

impl Tariff {
    /// Notes every flaw: versions not ascending, no class, duplicate or malformed ids, windows with a gap or
    /// an overlap, no step, steps not ascending or without an open end, a step that is not a whole number of its units,
    /// units and prices out of range (1 to 527,040 minutes; 0 to 10^9 minor units), caps out of range.
    pub fn check(&self, place: &str, found: &mut FlawCollector) {
        let versions: Vec<Option<TariffVersion>> = self.versions.iter().cloned().map(Some).collect();
        check_versions(&versions, place, found);
    }
}

/// Notes every flaw of a tariff's versions, `None` standing for one that could not be read.
pub(in crate::policy) fn check_versions(versions: &[Option<TariffVersion>], place: &str, found: &mut FlawCollector) {
    let numbered =
        || versions.iter().zip(1..).filter_map(|(version, at)| version.as_ref().map(|version| (version, at)));
    for (version, at) in numbered() {
        version.check(&format!("{place}, version {at}"), found);
    }
    for ((earlier, before), (later, at)) in numbered().zip(numbered().skip(1)) {
        if earlier.from >= later.from {
            let problem = format!("it starts on {}, version {before} on {}", later.from, earlier.from);
            let place = format!("{place}, version {at}");
            found.push(FlawCode::Contradiction, place, problem, "list the versions by first day");
        }
    }
}

impl TariffVersion {
    fn check(&self, place: &str, found: &mut FlawCollector) {
        if self.classes.is_empty() {
            found.push(FlawCode::Empty, place, "no class", "give at least one class of area");
        }
        check_ids(self.classes.iter().map(|class| class.id.as_str()), "class", place, found);
        for ClassTariff { id, schedule, .. } in &self.classes {
            schedule.check(&format!("{place}, class {id:?}"), found);
        }
    }
}

impl Schedule {
    /// Notes every flaw of the windows, their steps, and the caps.
    pub(in crate::policy) fn check(&self, place: &str, found: &mut FlawCollector) {
        match self.windows.len() {
            0 => found.push(FlawCode::Empty, place, "no window", "let windows cover the 24 hours"),
            1..=MAX_WINDOWS => check_tiling(&self.windows, place, found),
            many => {
                let problem = format!("{many} windows");
                found.push(FlawCode::OutOfRange, place, problem, format!("give at most {MAX_WINDOWS}"));
            }
        }
        check_ids(self.windows.iter().map(|window| window.id.as_str()), "window", place, found);
        for window in &self.windows {
            check_steps(&window.steps, &format!("{place}, window {:?}", window.id), found);
        }
        for (name, cap) in [("cap_per_day", self.cap_per_day), ("cap_per_stay", self.cap_per_stay)] {
            if let Some(cap) = cap {
                check_amount(cap, &format!("{place}, {name}"), found);
            }
        }
    }
}

/// Each window must start where the one before it ends, in clock order, once around the day.
fn check_tiling(windows: &[ClockWindow], place: &str, found: &mut FlawCollector) {
    for window in windows {
        let (from, until) = (window.from.minutes(), window.until.minutes());
        if from == 1_440 || from == until || until == 0 {
            let problem = format!("from {} until {}", window.from, window.until);
            let remedy = "start before 24:00, write 24:00 for the end of the day, and all day as 00:00 until 24:00";
            found.push(FlawCode::WrongValue, format!("{place}, window {:?}", window.id), problem, remedy);
        }
    }
    for (at, window) in windows.iter().enumerate() {
        let next = &windows[(at + 1) % windows.len()];
        let (until, from) = (window.until.minutes() % 1_440, next.from.minutes() % 1_440);
        let last = at + 1 == windows.len();
        if !last && window.from >= next.from {
            let problem =
                format!("{:?} starts at {}, {:?} before it at {}", next.id, next.from, window.id, window.from);
            found.push(FlawCode::Contradiction, place, problem, "list the windows by the time they start");
        } else if until != from {
            // Measured from this window's start, so that one that runs past midnight needs no case of its own.
            let reach = |minutes: u16| (minutes + 1_439 - window.from.minutes() % 1_440) % 1_440;
            let fault = if windows.len() > 1 && reach(until) > reach(from) { "an overlap" } else { "a gap" };
            let problem = format!("{fault}: {:?} until {}, {:?} from {}", window.id, window.until, next.id, next.from);
            found.push(FlawCode::Contradiction, place, problem, "let every window start where the one before it ends");
        }
    }
}

fn check_steps(steps: &[Step], place: &str, found: &mut FlawCollector) {
    if steps.is_empty() {
        found.push(FlawCode::Empty, place, "no step", "give at least one step");
    }
    if steps.len() > MAX_STEPS {
        found.push(FlawCode::OutOfRange, place, format!("{} steps", steps.len()), format!("give at most {MAX_STEPS}"));
    }
    let mut reached = 0;
    for (step, number) in steps.iter().zip(1..) {
        let place = format!("{place}, step {number}");
        let unit = step.unit_minutes;
        if unit == 0 || unit > MAX_MINUTES {
            let problem = format!("a unit of {unit} minutes");
            found.push(FlawCode::OutOfRange, &place, problem, format!("give 1 to {MAX_MINUTES} minutes"));
        }
        check_amount(step.unit_price, &place, found);
        let last = number == steps.len();
        match step.up_to_minutes {
            None if last => {}
            None => found.push(FlawCode::Contradiction, &place, "no end, but steps follow", "state up_to_minutes"),
            Some(end) => {
                if last {
                    let remedy = "leave up_to_minutes out of the last step";
                    found.push(FlawCode::Contradiction, &place, format!("no price after {end} minutes"), remedy);
                }
                if end <= reached || end > MAX_MINUTES {
                    let problem = format!("up to {end} minutes after up to {reached}");
                    let remedy = format!("let steps reach farther one by one, to {MAX_MINUTES} at most");
                    found.push(FlawCode::OutOfRange, &place, problem, remedy);
                } else if unit > 0 && (end - reached) % unit != 0 {
                    let problem = format!("{} minutes are not a whole number of units of {unit}", end - reached);
                    found.push(FlawCode::DoesNotFit, &place, problem, "let the step last a whole number of units");
                }
                reached = reached.max(end);
            }
        }
    }
}

/// Notes an amount below zero or above 10^9 minor units.
pub(in crate::policy) fn check_amount(amount: Money, place: &str, found: &mut FlawCollector) {
    if amount < Money::ZERO || amount > MAX_PRICE {
        let problem = format!("an amount of {} minor units", amount.as_minor());
        found.push(FlawCode::OutOfRange, place, problem, format!("give 0 to {}", MAX_PRICE.as_minor()));
    }
}

/// Notes ids that are empty, long, hold a slash or a control character, or stand twice.
pub(in crate::policy) fn check_ids<'a>(
    ids: impl Iterator<Item = &'a str>,
    kind: &str,
    place: &str,
    found: &mut FlawCollector,
) {
    let mut seen = BTreeSet::new();
    for id in ids {
        check_word(id, &format!("{kind} id"), place, found);
        if !seen.insert(id) {
            found.push(FlawCode::DuplicateId, place, format!("{kind} id {id:?} stands twice"), "give each its own id");
        }
    }
}

/// Notes a word that is empty, long, or holds a slash, a control character or outer spaces: bills put words together
/// with slashes.
pub(in crate::policy) fn check_word(word: &str, kind: &str, place: &str, found: &mut FlawCollector) {
    let malformed = word.is_empty() || word.len() > MAX_ID || word.trim() != word;
    if malformed || word.chars().any(|c| c == '/' || c.is_control()) {
        let remedy = format!("give 1 to {MAX_ID} bytes without slashes, control characters or outer spaces");
        found.push(FlawCode::WrongValue, place, format!("{kind} {word:?}"), remedy);
    }
}
