//! What a layer leaves open, read and checked on its own.
//!
//! Invariant: of the parts that one layer leaves open, no two reach one place, so that one of them answers for it.

use super::bounds::Bounds;
use super::read::has_only;
use crate::error::{Fields, FlawCode, FlawCollector, shown};
use crate::policy::shape::{Node, POLICY, Path};
use serde::{Serialize, Serializer};
use serde_json::Value;

/// One part of `leaves_open`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Grant {
    #[serde(serialize_with = "written")]
    pub(super) path: Path,
    #[serde(flatten)]
    pub(super) bounds: Bounds,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) only: Option<Only>,
}

/// What alone may be done to a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Only {
    /// Entries may be added; those from above stand.
    Add,
}

impl Grant {
    /// What stands at its path.
    pub(super) fn node(&self) -> Node {
        self.path.node(POLICY)
    }

    pub(super) fn read(value: &Value, place: &str, flaws: &mut FlawCollector) -> Option<Self> {
        let optional = ["at_least", "at_most", "one_of", "only"];
        let mut fields = Fields::open(value, place, &["path"], &optional, flaws)?;
        let (path, only) = (fields.with("path", known), fields.or_default::<Option<Only>>("only"));
        let bound =
            |value: &Value, _: &str, _: &mut FlawCollector| Some(Some(value.clone()).filter(|value| !value.is_null()));
        let (at_least, at_most) = (fields.with_or_default("at_least", bound), fields.with_or_default("at_most", bound));
        let one_of = fields.or_default("one_of");
        let bounds = Bounds { at_least: at_least?, at_most: at_most?, one_of: one_of? };
        let grant = Self { path: path?, bounds, only: only? };
        let known = has_only(value, &[&["path"], &optional[..]].concat());
        (grant.check(place, flaws) && known).then_some(grant)
    }

    /// Whether its bounds mean something at its path, and admit something.
    fn check(&self, place: &str, flaws: &mut FlawCollector) -> bool {
        let node = self.node();
        let mut sound = true;
        let mut wrong = |field: &str, code: FlawCode, problem: String, remedy: &str| {
            flaws.push(code, format!("{place}.{field}"), problem, remedy);
            sound = false;
        };
        if self.only.is_some() && !matches!(node, Node::List(_)) {
            let problem = format!("{} is no list of entries", self.path);
            wrong("only", FlawCode::DoesNotFit, problem, "leave it out, or name a list");
        }
        for (field, bound) in [("at_least", &self.bounds.at_least), ("at_most", &self.bounds.at_most)] {
            let Some(bound) = bound else { continue };
            match node {
                Node::Leaf(kind) if kind.has_order() => {
                    if let Err(wanted) = kind.fits(bound) {
                        let remedy = format!("write {wanted}");
                        wrong(
                            field,
                            FlawCode::WrongValue,
                            format!("{} cannot stand at {}", shown(bound), self.path),
                            &remedy,
                        );
                    }
                }
                _ => {
                    let problem = format!("at {} no value is more than another", self.path);
                    wrong(
                        field,
                        FlawCode::DoesNotFit,
                        problem,
                        "leave it out, or name a number, a day or a clock time",
                    );
                }
            }
        }
        for word in self.bounds.one_of.iter().flatten() {
            let fits = match node {
                Node::Leaf(kind) => kind.fits(word),
                Node::Words(said) => crate::policy::shape::Kind::Word(said).fits(word),
                _ => {
                    let problem = format!("{} is no single value", self.path);
                    wrong(
                        "one_of",
                        FlawCode::DoesNotFit,
                        problem,
                        "leave it out, or name a single value or a list of words",
                    );
                    break;
                }
            };
            if let Err(wanted) = fits {
                let remedy = format!("write {wanted}");
                wrong(
                    "one_of",
                    FlawCode::WrongValue,
                    format!("{} cannot stand at {}", shown(word), self.path),
                    &remedy,
                );
            }
        }
        if sound && self.bounds.admit_nothing(node) {
            let remedy = "widen the bounds, or take this part out: what is not left open is closed";
            flaws.push(FlawCode::OutOfRange, place, "its bounds admit nothing", remedy);
            return false;
        }
        sound
    }
}

/// A path that a policy document can have. Its name and source are those of the layers.
fn known(value: &Value, place: &str, flaws: &mut FlawCollector) -> Option<Path> {
    let Some(text) = value.as_str() else {
        let remedy = "write a path like permits.walk_limit_m in quotation marks";
        flaws.push(FlawCode::WrongValue, place, format!("{} is not a path", shown(value)), remedy);
        return None;
    };
    path(text, place, flaws)
}

/// The path that a text is.
pub(super) fn path(text: &str, place: &str, flaws: &mut FlawCollector) -> Option<Path> {
    let told = match Path::parse(text) {
        Err(problem) => {
            let remedy = "write fields with dots and entries in brackets: discounts[resident-price].when.permit";
            (FlawCode::WrongValue, format!("{text:?} is not a path: {problem}"), remedy.to_owned())
        }
        Ok(path) if ["name", "source"].map(|own| Path::default().field(own)).contains(&path) => {
            let problem = format!("{text:?} is each layer's own");
            (FlawCode::DoesNotFit, problem, "leave it out".to_owned())
        }
        Ok(path) => match path.check(POLICY) {
            Ok(_) => return Some(path),
            Err((problem, remedy)) => (FlawCode::Unknown, problem, remedy),
        },
    };
    flaws.push(told.0, place, told.1, told.2);
    None
}

/// Notes parts that reach one place.
pub(super) fn check_apart(grants: &[(usize, &Grant)], place: &str, flaws: &mut FlawCollector) {
    for (at, (number, grant)) in grants.iter().enumerate() {
        if let Some((other, first)) = grants[..at].iter().find(|(_, first)| first.path.meets(&grant.path)) {
            let problem = format!("{} is left open by {place}[{other}] ({}) too", grant.path, first.path);
            let remedy = "leave one of the two out, so that one rule says what is open";
            flaws.push(FlawCode::Contradiction, format!("{place}[{number}]"), problem, remedy);
        }
    }
}

fn written<S: Serializer>(path: &Path, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(path)
}
