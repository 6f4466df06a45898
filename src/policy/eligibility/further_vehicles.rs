//! What is asked of the household's second vehicle, its third, and so on.

use super::{Circumstances, Reason, word};
use crate::error::{FlawCode, FlawCollector};
use crate::people::{Application, VehicleClass};
use crate::policy::standing::Tier;
use crate::refusal::Refusal;
use serde::{Deserialize, Serialize};

/// A step of [`Rule::FurtherVehicles`](super::Rule::FurtherVehicles): what is asked from the household's n-th vehicle on,
/// besides everything else. Whoever has come so far must satisfy this step and all before it.
///
/// Which vehicle it is follows from the household's earlier claims: with so many permits in force, open offers and
/// earlier eligible applications, the next is one more. That first vehicles are served before second ones is a matter of
/// the standing, or of `from_day`; that a second permit costs more is one of the tariff.
///
/// ```
/// use shared_parking::policy::Rule;
/// // From the second on small ones, and in the rounds from the 18th of a month on, so that first vehicles choose before;
/// // the third only where all papers are the applicant's own.
/// let rule: Rule = serde_json::from_str(r#"{ "rule": "further-vehicles", "steps": [
///     { "from": 2, "classes": ["small"], "from_day": 18 },
///     { "from": 3, "documents": "three-in-one" }
/// ] }"#).unwrap();
/// let Rule::FurtherVehicles { steps } = rule else { unreachable!() };
/// assert!(!steps[0].reaches(0) && steps[0].reaches(1) && steps[0].reaches(2)); // by earlier claims
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct VehicleStep {
    /// From which vehicle of the household on: at least 2, and no more than a household may have.
    pub from: u32,
    /// The classes admitted; `None`: all that are admitted otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub classes: Option<Vec<VehicleClass>>,
    /// What the documents must satisfy, whatever the tiers of the standing are; `None`: nothing more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub documents: Option<Tier>,
    /// From which day of the month on it is admitted, 2 to 28, compared with the local day of the decision; `None`: on
    /// all days.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from_day: Option<u8>,
}

/// One reason for all that fails on the steps reached.
pub(super) fn judge(
    steps: &[VehicleStep],
    application: &Application,
    circumstances: &Circumstances<'_>,
) -> Option<Reason> {
    let earlier = circumstances.claims.household;
    let reached = steps.iter().filter(|step| step.reaches(earlier));
    let found: Vec<String> = reached.flat_map(|step| step.found(application, circumstances)).collect();
    let told = || format!("vehicle {} of the household: {}", u64::from(earlier) + 1, found.join("; "));
    (!found.is_empty()).then(|| Reason::new(Refusal::FurtherVehicle, told()))
}

/// Notes every flaw of the steps of a rule.
pub(super) fn check(steps: &[VehicleStep], place: &str, flaws: &mut FlawCollector) {
    let all = format!("{place}.steps");
    if steps.is_empty() {
        flaws.push(FlawCode::Empty, &all, "no step", "write at least one");
    } else if !steps.is_sorted_by(|earlier, later| earlier.from < later.from) {
        let remedy = "sort the steps by vehicle, each once";
        flaws.push(FlawCode::Contradiction, &all, "vehicles do not ascend", remedy);
    }
    for (at, step) in steps.iter().enumerate() {
        step.check(&format!("{all}[{at}]"), flaws);
    }
}

impl VehicleStep {
    /// Whether it asks anything of an application before which the household has so many claims.
    #[must_use]
    pub const fn reaches(&self, earlier: u32) -> bool {
        earlier.saturating_add(1) >= self.from
    }

    /// What fails, in words.
    fn found(&self, application: &Application, circumstances: &Circumstances<'_>) -> Vec<String> {
        let (class, today, mut found) = (application.vehicle.class, circumstances.today, Vec::new());
        if let Some(classes) = self.classes.as_ref().filter(|classes| !classes.contains(&class)) {
            let admitted: Vec<String> = classes.iter().map(word).collect();
            found.push(format!("class {}, admitted: {}", word(class), admitted.join(", ")));
        }
        if let Some(tier) = self.documents.as_ref().filter(|tier| !tier.admits(application.resident.documents)) {
            found.push(match tier {
                Tier::Agreement { .. } => format!("documents, asked for: {tier}"),
                known => format!("documents that are not {known}"),
            });
        }
        if let Some(day) = self.from_day.filter(|day| today.day_of_month() < *day) {
            found.push(format!("decided on {today}, admitted from day {day} of the month on"));
        }
        found
    }

    fn check(&self, place: &str, flaws: &mut FlawCollector) {
        if self.from < 2 {
            let remedy = "write 2 or more; what is asked of every vehicle are rules of their own";
            flaws.push(FlawCode::OutOfRange, format!("{place}.from"), self.from.to_string(), remedy);
        }
        if let Some(day) = self.from_day.filter(|day| !(2..=28).contains(day)) {
            let remedy = "write 2 to 28, a day that every month has";
            flaws.push(FlawCode::OutOfRange, format!("{place}.from_day"), day.to_string(), remedy);
        }
        if self.classes.as_ref().is_some_and(Vec::is_empty) {
            let remedy = "admit at least one, or leave classes out";
            flaws.push(FlawCode::OutOfRange, format!("{place}.classes"), "the step admits nobody", remedy);
        }
        match &self.documents {
            Some(Tier::Anyone) => {
                let remedy = "name a tier that not everybody satisfies, or leave documents out";
                flaws.push(FlawCode::Empty, format!("{place}.documents"), "\"anyone\" asks for nothing", remedy);
            }
            Some(tier) => tier.check(&format!("{place}.documents.agreement"), flaws),
            None => {}
        }
        if self.classes.is_none() && self.documents.is_none() && self.from_day.is_none() {
            let remedy = "write classes, documents or from_day, or take the step out";
            flaws.push(FlawCode::Empty, place, "the step asks for nothing", remedy);
        }
    }
}
