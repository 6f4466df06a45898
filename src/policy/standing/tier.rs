//! A tier: which documents it asks for.

use crate::error::{FlawCode, FlawCollector};
use crate::people::{DocumentKind, Documents, Holder};
use crate::policy::eligibility::word;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fmt;

/// A tier: which documents it asks for.
///
/// ```
/// use shared_parking::people::Documents;
/// use shared_parking::policy::Tier;
/// let four_of_five: Tier = serde_json::from_str(r#"{ "agreement": {
///     "of": ["title", "register", "licence", "driving-licence", "insurance"], "at_least": 4, "others": "kin"
/// } }"#).unwrap();
/// let documents = |title: &str| -> Documents {
///     serde_json::from_value(serde_json::json!({
///         "title": title, "register": "applicant", "licence": "applicant",
///         "driving_licence": "applicant", "insurance": "applicant"
///     })).unwrap()
/// };
/// assert!(four_of_five.admits(documents("parent")));
/// assert!(!four_of_five.admits(documents("other")));
/// assert!(Tier::TwoInOne.admits(documents("other")));
/// let two: Tier = serde_json::from_str(r#"{ "agreement": { "of": ["title", "licence"], "at_least": 1, "others": "kin" } }"#)
///     .unwrap();
/// assert_eq!(two.to_string(), "1 of title, licence in the applicant's name, the others in that of kin");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[non_exhaustive]
pub enum Tier {
    /// Title, register and licence all in the applicant's name ("three in one").
    ThreeInOne,
    /// At least two of the three in the applicant's name, and none missing.
    TwoInOne,
    /// Each of the three in the name of the applicant, a spouse, a parent or a child.
    Family,
    /// So many of these documents in the applicant's own name, the others as told.
    Agreement {
        /// Which documents are looked at, each once.
        of: Vec<DocumentKind>,
        /// How many of them stand in the applicant's own name at least: 1 to as many as there are.
        at_least: u32,
        /// What is asked of those that do not.
        others: Others,
    },
    /// Everybody else.
    Anyone,
}

/// What a [`Tier::Agreement`] asks of the documents that are not in the applicant's own name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Others {
    /// They were shown, in whoever's name.
    Shown,
    /// They stand in the name of a spouse, a parent or a child.
    Kin,
}

impl Others {
    const fn admits(self, holder: Holder) -> bool {
        match self {
            Self::Shown => !holder.is_absent(),
            Self::Kin => holder.is_kin(),
        }
    }
}

impl Tier {
    /// Whether these documents satisfy the tier.
    #[must_use]
    pub fn admits(&self, documents: Documents) -> bool {
        match self {
            Self::ThreeInOne => documents.in_applicants_name() == 3,
            Self::TwoInOne => documents.in_applicants_name() >= 2 && documents.all_shown(),
            Self::Family => documents.in_the_family(),
            Self::Agreement { of, at_least, others } => {
                let holders = || of.iter().map(|&kind| documents.holder(kind));
                let own = holders().filter(|&holder| holder == Holder::Applicant).count();
                own as u64 >= u64::from(*at_least)
                    && holders().all(|holder| holder == Holder::Applicant || others.admits(holder))
            }
            Self::Anyone => true,
        }
    }

    /// What an agreement, which stands at `place`, says that it should not.
    pub(in crate::policy) fn check(&self, place: &str, flaws: &mut FlawCollector) {
        let Self::Agreement { of, at_least, .. } = self else { return };
        if of.is_empty() {
            flaws.push(FlawCode::Empty, format!("{place}.of"), "no document", "name at least one");
        } else if *at_least == 0 || u64::from(*at_least) > of.len() as u64 {
            let problem = format!("{at_least} of {} documents", of.len());
            let remedy = format!("write 1 to {}", of.len());
            flaws.push(FlawCode::OutOfRange, format!("{place}.at_least"), problem, remedy);
        }
        let mut known = BTreeSet::new();
        for (at, kind) in of.iter().enumerate().filter(|(_, kind)| !known.insert(**kind)) {
            let problem = format!("{} stands here twice", word(kind));
            flaws.push(FlawCode::Contradiction, format!("{place}.of[{at}]"), problem, "keep the first");
        }
    }
}

/// As a document writes it: one word, and for an agreement what it asks for of which documents.
impl fmt::Display for Tier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ThreeInOne => f.write_str("three-in-one"),
            Self::TwoInOne => f.write_str("two-in-one"),
            Self::Family => f.write_str("family"),
            Self::Agreement { of, at_least, others } => {
                let of: Vec<String> = of.iter().map(word).collect();
                let others = match others {
                    Others::Shown => "shown, in whoever's name",
                    Others::Kin => "in that of kin",
                };
                write!(f, "{at_least} of {} in the applicant's name, the others {others}", of.join(", "))
            }
            Self::Anyone => f.write_str("anyone"),
        }
    }
}

/// The first tier that admits the documents, counted from 0; as many as there are tiers when none does.
pub(super) fn tier_of(tiers: &[Tier], documents: Documents) -> usize {
    tiers.iter().take_while(|tier| !tier.admits(documents)).count()
}

/// Whether everybody has a tier, whatever their documents.
pub(super) fn admit_anyone(tiers: &[Tier]) -> bool {
    !any_documents(|documents| tier_of(tiers, documents) == tiers.len())
}

/// Notes every flaw of the tiers of one version, which stands at `place`.
pub(super) fn check(tiers: &[Tier], place: &str, flaws: &mut FlawCollector) {
    if tiers.is_empty() {
        flaws.push(FlawCode::Empty, format!("{place}.tiers"), "no tier", "write at least one, such as \"anyone\"");
    }
    for (at, tier) in tiers.iter().enumerate() {
        tier.check(&format!("{place}.tiers[{at}].agreement"), flaws);
    }
    for (at, tier) in tiers.iter().enumerate().filter(|(at, tier)| tiers[..*at].contains(tier)) {
        let place = format!("{place}.tiers[{at}]");
        flaws.push(FlawCode::Contradiction, place, format!("{tier} stands here twice"), "keep the first");
    }
    for (at, tier) in tiers.iter().enumerate() {
        let (earlier, place) = (&tiers[..at], format!("{place}.tiers[{at}]"));
        let somebody = any_documents(|documents| tier.admits(documents)); // an agreement on nobody was told above
        if somebody && !earlier.contains(tier) && !any_documents(|documents| tier_of(tiers, documents) == at) {
            let problem = format!("nobody stands in {tier}: the tiers before it admit all whom it admits");
            let remedy = "list the narrower tier first, or take this one out";
            flaws.push(FlawCode::Contradiction, place, problem, remedy);
        }
    }
}

/// Whether some documents have a property: all 7,776 possible ones are tried.
fn any_documents(holds: impl Fn(Documents) -> bool) -> bool {
    use Holder::{Absent, Applicant, Child, Other, Parent, Spouse};
    let holders = [Applicant, Spouse, Parent, Child, Other, Absent];
    (0..holders.len().pow(5)).any(|number| {
        let holder = |digit: u32| holders[number / holders.len().pow(digit) % holders.len()];
        let (title, register, licence) = (holder(0), holder(1), holder(2));
        holds(Documents { title, register, licence, driving_licence: holder(3), insurance: holder(4) })
    })
}
