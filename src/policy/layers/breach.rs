//! Whether each layer keeps within what the layer above it leaves open.
//!
//! Invariant: a layer is judged by what differs before and after it, place by place, and not by what it writes; so
//! nothing it changes can be overlooked.

use super::grant::{Grant, Only};
use super::layer::Layer;
use super::merge::{Merged, find, merge};
use super::read::{Given, follows};
use crate::error::{FlawCode, FlawCollector};
use crate::policy::shape::{Change, List, Node, POLICY, Path, Segment, Tongue, What};
use crate::units::CommunityId;
use serde_json::Value;
use std::collections::BTreeMap;

/// What the upper layers decide together, and each community below them; every breach is noted. Layers below one that
/// could not be read are left out, and all when their order is not known.
pub(super) fn check(layers: &[Given], flaws: &mut FlawCollector) -> (Merged, BTreeMap<CommunityId, Merged>) {
    let (mut upper, mut communities) = (Merged::default(), BTreeMap::new());
    let known: Vec<&Layer> = layers.iter().filter_map(|given| given.layer.as_ref()).collect();
    if !known.windows(2).all(|pair| follows(pair[0], pair[1])) {
        return (upper, communities);
    }
    let mut above: Vec<&Layer> = Vec::new();
    for (at, Given { community, layer }) in layers.iter().enumerate() {
        match layer {
            // Beside communities stand communities only, of which none depends on another.
            None if *community => {}
            None => break,
            Some(layer) => {
                let merged = Judge { at, layer, above: &above, before: &upper, flaws }.apply();
                if let Some(community) = &layer.community {
                    communities.insert(community.clone(), merged);
                } else {
                    above.push(layer);
                    upper = merged;
                }
            }
        }
    }
    (upper, communities)
}

/// One layer against those above it.
struct Judge<'a> {
    /// Its number in the document.
    at: usize,
    layer: &'a Layer,
    above: &'a [&'a Layer],
    before: &'a Merged,
    flaws: &'a mut FlawCollector,
}

impl Judge<'_> {
    fn apply(&mut self) -> Merged {
        let before = self.before;
        let document = merge(POLICY, Some(&self.without(&before.document)), &self.layer.decides);
        let (after, changes) = before.after(&document, self.above.len());
        if let Some(powers) = self.above.last() {
            let tongues = (Tongue::of(&before.document), Tongue::of(&document));
            for change in &changes {
                self.judge(change, powers, &tongues);
            }
            for (number, grant) in self.layer.leaves_open.iter().enumerate() {
                self.hand_down(number, grant, powers, &document);
            }
        }
        after
    }

    /// The document without the entries taken out.
    fn without(&mut self, document: &Value) -> Value {
        let mut document = document.clone();
        for (number, path) in self.layer.takes_out.iter().enumerate() {
            match Merged::without(&document, path) {
                Some(rest) => document = rest,
                None => {
                    let place = format!("layers[{}].takes_out[{number}]", self.at);
                    let problem = format!("no layer above {} decides {path}", self.layer);
                    self.flaws.push(FlawCode::UnknownReference, place, problem, "leave it out");
                }
            }
        }
        document
    }

    /// One place that the layer changes.
    fn judge(&mut self, change: &Change<'_>, powers: &Layer, tongues: &(Tongue, Tongue)) {
        let Change { path, node, what, before, after } = change;
        if *what == What::Order && matches!(node, Node::List(List { ascending: Some(_), .. })) {
            return; // not decided, but a consequence of what the entries hold
        }
        let grant = powers.leaves_open.iter().find(|grant| grant.path.covers(path));
        let leave = match grant {
            None => "does not leave it open".to_owned(),
            Some(grant) if grant.only == Some(Only::Add) => {
                let added = before.value.is_none()
                    && match what {
                        What::Entry => path.0.len() == grant.path.0.len() + 1,
                        What::Value => path.0.len() == grant.path.0.len(),
                        What::Order => false,
                    };
                if added {
                    return;
                }
                format!("leaves {} open to additions only", grant.path)
            }
            Some(grant) if grant.path.0.len() < path.0.len() || grant.bounds.admits(*node, after.value) => return,
            Some(grant) => format!("leaves it open {}", grant.bounds.words(path, *node, &tongues.1)),
        };
        let said = |tongue: &Tongue, side| tongue.say(path, *node, side).unwrap_or_default();
        let set = match (what, before.value, after.value) {
            (What::Order, ..) => "puts its entries in another order".to_owned(),
            (What::Entry, None, _) => "adds it".to_owned(),
            (What::Entry, ..) => "takes it out".to_owned(),
            (What::Value, _, Some(_)) => format!("sets {}", said(&tongues.1, *after)),
            (What::Value, ..) => "unsets it".to_owned(),
        };
        let fixed = match (what, before.value) {
            (What::Value, Some(_)) => format!("fixed {}", said(&tongues.0, *before)),
            (What::Entry, None) => "decided the list".to_owned(),
            _ => "decided it".to_owned(),
        };
        let fixer = self.fixer(path, *what);
        let but = match fixer {
            None => format!("{powers} {leave}"),
            Some(fixer) if std::ptr::eq(fixer, powers) => format!("{powers} {fixed} and {leave}"),
            Some(fixer) => format!("{fixer} {fixed} and {powers} {leave}"),
        };
        let problem = format!("{} {set}, but {but}", self.layer);
        let remedy = match grant {
            None => format!("leave it out, or let {powers} leave it open"),
            Some(_) => format!("keep within that, or let {powers} leave more open"),
        };
        let field = if *what == What::Entry && after.value.is_none() { "takes_out" } else { "decides" };
        self.flaws.push(FlawCode::Contradiction, format!("layers[{}].{field}, {path}", self.at), problem, remedy);
    }

    /// Who has the last word on a place above; of an entry that is new, on its list.
    fn fixer(&self, path: &Path, what: What) -> Option<&Layer> {
        let list = || Path(path.0.split_last().map(|(_, list)| list.to_vec()).unwrap_or_default());
        let at = self.before.origin(path).or_else(|| (what == What::Entry).then(|| self.before.origin(&list()))?)?;
        self.above.get(at).copied()
    }

    /// One part that the layer leaves open itself.
    fn hand_down(&mut self, number: usize, grant: &Grant, powers: &Layer, document: &Value) {
        let path = &grant.path;
        let leave = match powers.leaves_open.iter().find(|given| given.path.covers(path)) {
            None => "does not leave it open".to_owned(),
            Some(given) if given.only == Some(Only::Add) => {
                let entry = Path(path.0[..path.0.len().min(given.path.0.len() + 1)].to_vec());
                let own = matches!(entry.0.last(), Some(Segment::Entry(_)))
                    && find(&self.before.document, &entry).is_none()
                    && find(document, &entry).is_some();
                if own || entry == given.path && grant.only == Some(Only::Add) {
                    return;
                }
                format!("leaves {} open to additions only", given.path)
            }
            Some(given) if given.path.0.len() < path.0.len() || grant.bounds.within(&given.bounds, grant.node()) => {
                return;
            }
            Some(given) => {
                format!("leaves it open {} only", given.bounds.words(path, grant.node(), &Tongue::of(document)))
            }
        };
        let open = grant.bounds.words(path, grant.node(), &Tongue::of(document));
        let problem = format!("{} leaves it open {open}, but {powers} {leave}", self.layer).replace("open ,", "open,");
        let remedy = format!("leave no more open than that, or let {powers} leave more open");
        let place = format!("layers[{}].leaves_open[{number}], {path}", self.at);
        self.flaws.push(FlawCode::Contradiction, place, problem, remedy);
    }
}
