//! Quotas: so many permits of a group are given before all others.

use super::{Amount, Area};
use crate::error::{FlawCode, FlawCollector};
use crate::inventory::Inventory;
use crate::market::Mechanism;
use crate::people::{Application, SpecialNeed};
use crate::policy::RoundRules;
use crate::policy::points::check_each_need;
use crate::policy::tariff::check_ids;
use crate::units::CommunityId;
use serde::{Deserialize, Serialize};

/// A number of permits reserved for a group: in a round its members are served before everybody but incumbents, in the
/// order of the list, until so many of the group have a permit (those that hold one already counted). What the group
/// does not take is free for all.
///
/// A quota reserves turns, not spaces: it does not say where its permits lie. Quotas are served in the order of the
/// list; who is in several counts for the first that takes them. They need the mechanism `optimal`.
///
/// ```
/// use shared_parking::policy::Quota;
/// // Seoul: of 20 to 49 spaces at least one for disabled people, of 50 or more at least 3%, fractions rounded up.
/// let quota: Quota = serde_json::from_str(r#"{
///     "id": "disabled", "group": { "special_needs": ["disability"] },
///     "reserve": [
///         { "from_spaces": 20, "at_least": { "permits": 1 } },
///         { "from_spaces": 50, "at_least": { "share": 300 } }
///     ]
/// }"#).unwrap();
/// assert_eq!([19, 20, 49, 50, 67, 100].map(|spaces| quota.reserved(spaces)), [0, 1, 1, 2, 3, 3]);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Quota {
    /// Its id, unique among the quotas.
    pub id: String,
    /// Whose spaces count for its size; left out: the whole district.
    #[serde(default, skip_serializing_if = "Area::is_everything")]
    pub area: Area,
    /// For whom.
    pub group: Group,
    /// How many, by the number of spaces: the last step reached counts; below the first, none.
    pub reserve: Vec<ReserveStep>,
}

/// Who a quota is for: everything that is stated must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Group {
    /// One of these needs, each once; `none` is no need.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub special_needs: Vec<SpecialNeed>,
    /// A door in one of these communities, each once.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub communities: Vec<CommunityId>,
}

/// A step of a quota.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ReserveStep {
    /// From so many spaces on; a space counts once for each shift it is given for.
    pub from_spaces: u32,
    /// How many permits: a number, or a share of the spaces, rounded up.
    pub at_least: Amount,
}

impl Group {
    /// Whether an applicant belongs to it.
    #[must_use]
    pub fn admits(&self, application: &Application, inventory: &Inventory) -> bool {
        let resident = &application.resident;
        let community = || inventory.door(&resident.door).and_then(|door| door.community.as_ref());
        (self.special_needs.is_empty() || self.special_needs.contains(&resident.special_need))
            && (self.communities.is_empty() || community().is_some_and(|own| self.communities.contains(own)))
    }

    /// Its communities, to be checked as those of any area.
    fn area(&self) -> Area {
        Area { communities: self.communities.clone(), ..Area::default() }
    }
}

impl Quota {
    /// How many permits are reserved, of so many spaces.
    #[must_use]
    pub fn reserved(&self, spaces: u64) -> u32 {
        let reached = self.reserve.iter().take_while(|step| u64::from(step.from_spaces) <= spaces).last();
        reached.map_or(0, |step| step.at_least.rounded_up(spaces))
    }

    fn check(&self, place: &str, flaws: &mut FlawCollector) {
        self.area.check(&format!("{place}.area"), flaws);
        if self.group == Group::default() {
            let remedy = "say who is in it, by \"special_needs\" or \"communities\"";
            flaws.push(FlawCode::Empty, format!("{place}.group"), "everybody is in it", remedy);
        }
        check_each_need(&self.group.special_needs, &format!("{place}.group.special_needs"), flaws);
        self.group.area().check(&format!("{place}.group"), flaws);
        if self.reserve.is_empty() {
            flaws.push(FlawCode::Empty, format!("{place}.reserve"), "no step", "write at least one");
        }
        if !self.reserve.is_sorted_by(|less, more| less.from_spaces < more.from_spaces) {
            let remedy = "sort the steps by their spaces, each number once";
            flaws.push(FlawCode::Contradiction, format!("{place}.reserve"), "the steps do not ascend", remedy);
        }
    }

    pub(super) fn check_ground(&self, inventory: &Inventory, place: &str, flaws: &mut FlawCollector) {
        self.area.check_ground(inventory, &format!("{place}.area"), flaws);
        self.group.area().check_ground(inventory, &format!("{place}.group"), flaws);
    }
}

/// Notes every flaw of the quotas.
pub(super) fn check(quotas: &[Option<Quota>], round: Option<&RoundRules>, flaws: &mut FlawCollector) {
    check_ids(quotas.iter().flatten().map(|quota| quota.id.as_str()), "quota", "quotas", flaws);
    for (at, quota) in quotas.iter().enumerate() {
        quota.iter().for_each(|quota| quota.check(&format!("quotas[{at}]"), flaws));
    }
    if let Some(round) = round.filter(|round| !quotas.is_empty() && round.mechanism != Mechanism::Optimal) {
        let problem = format!("quotas need the mechanism \"optimal\", not {}", round.mechanism_written());
        let remedy = "write \"optimal\" in round.mechanism, or leave the quotas out";
        flaws.push(FlawCode::Contradiction, "quotas", problem, remedy);
    }
}
