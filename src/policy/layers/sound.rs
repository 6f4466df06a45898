//! The whole policy that layers make together, its flaws told at the layer that has the last word on the place.
//!
//! Invariant: a flaw is never lost; where no layer answers for its place, the layers together do.

use super::layer::Layer;
use super::merge::{Merged, find};
use crate::error::{FlawCode, Flaws};
use crate::policy::Policy;
use crate::policy::shape::{Node, POLICY, Path, Segment, keyed};
use serde_json::Value;

/// The policy of a merged document, decided by these layers from the top.
pub(super) fn policy(merged: &Merged, layers: &[&Layer]) -> Result<Policy, Flaws> {
    let mut document = merged.document.clone();
    let sources: Vec<String> =
        layers.iter().map(|layer| format!("{} {:?}: {}", layer.level, layer.name, layer.source)).collect();
    if let (Some(map), Some(lowest)) = (document.as_object_mut(), layers.last()) {
        map.insert("name".to_owned(), lowest.name.clone().into());
        map.insert("source".to_owned(), sources.join("\n").into());
    }
    Policy::from_json(&document.to_string()).map_err(|found| {
        let mut flaws = Flaws::collector();
        for flaw in &found {
            let (path, whole) = place(&merged.document, &flaw.place);
            if flaw.code == FlawCode::Missing && whole && find(&merged.document, &path).is_none() {
                let remedy = format!("let {} decide it, or leave it open to a layer that does", title(layers.first()));
                flaws.push(flaw.code, format!("the layers together, {path}"), "no layer decides it", remedy);
                continue;
            }
            let mut reach =
                (0..=path.0.len()).rev().map(|end| Path(path.0[..end].to_vec())).filter(|path| !path.0.is_empty());
            let origin = reach.find_map(|path| merged.origin(&path)).and_then(|at| layers.get(at));
            let told = if whole { path.to_string() } else { flaw.place.clone() };
            flaws.push(flaw.code, format!("{}, {told}", title(origin)), flaw.problem.clone(), flaw.remedy.clone());
        }
        match flaws.finish(()) {
            Err(flaws) => flaws,
            Ok(()) => found,
        }
    })
}

fn title(layer: Option<&&Layer>) -> String {
    layer.map_or_else(|| "the layers together".to_owned(), ToString::to_string)
}

/// The place of a flaw of a policy with entries by their keys, and whether all of it was understood. Flaws tell places
/// as `discounts[0].when.permit`, `eligibility[3] (vehicle-use)` or `tariff, version 1, class "1", window "night"`.
fn place(document: &Value, told: &str) -> (Path, bool) {
    let mut parts = told.split(", ");
    let first = parts.next().unwrap_or_default();
    let Ok(numbered) = Path::parse(first.split(" (").next().unwrap_or_default()) else {
        return (Path::default(), false);
    };
    let mut path = Path::default();
    for segment in &numbered.0 {
        path = match segment {
            Segment::Entry(number) if !matches!(path.node(POLICY), Node::Words(_)) => {
                let Some(entry) = number.parse().ok().and_then(|at| nth(document, &path, at)) else {
                    return (path, false);
                };
                entry
            }
            Segment::Field(name) => path.field(name),
            _ => return (path, true), // a word of a list
        };
    }
    for part in parts {
        let Some(below) = spoken(document, &path, part) else { return (path, false) };
        path = below;
    }
    (path, true)
}

/// The path of the entry at a place of a list, counted from 0.
fn nth(document: &Value, list: &Path, at: usize) -> Option<Path> {
    let entries = keyed(list.node(POLICY), find(document, list)?.as_array()?, &[]);
    entries.get(at).map(|(key, _)| list.entry(key))
}

/// One part of a place told in words.
fn spoken(document: &Value, path: &Path, part: &str) -> Option<Path> {
    let (kind, which) = part.split_once(' ')?;
    let key = || serde_json::from_str::<String>(which).ok();
    let below = |list: &str| list.split('.').fold(path.clone(), |path, name| path.field(name));
    let found = match kind {
        "version" => nth(document, &below("versions"), which.parse::<usize>().ok()?.checked_sub(1)?)?,
        "class" => below("classes").entry(&key()?),
        "window" => below("schedule.windows").entry(&key()?),
        "step" => below("steps").entry(which),
        "discount" => path.entry(&key()?),
        _ => return None,
    };
    find(document, &found).map(|_| found)
}
