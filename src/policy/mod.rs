//! What the subdistrict decided, as data: permits, eligibility, standing, tariff, discounts.
//!
//! A [`Policy`] is a JSON document that is validated as a whole. Invariant: it is data only (no closure, no trait
//! object), so it can be published, compared and replayed.

mod amount;
mod area;
mod bill;
mod ceilings;
mod compare;
mod complaints;
mod discount;
mod eligibility;
mod ground;
mod layers;
mod life;
mod permits;
mod points;
pub mod presets;
mod pricing;
mod quotas;
mod read;
mod round;
#[cfg(feature = "schema")]
mod schema;
mod shape;
mod shifts;
mod special;
mod standing;
mod tariff;
mod what_if;

pub use amount::Amount;
pub use area::Area;
pub use bill::{Basis, Bill, BillLine};
pub use ceilings::{Ceiling, Decay};
pub use compare::Difference;
pub use complaints::ComplaintRules;
pub use discount::{Combination, Condition, Discount, Effect};
pub use eligibility::{Circumstances, Claims, Reason, Rule, VehicleStep, judge};
pub use layers::{Layer, Layers, Level};
pub use life::{LifeRules, OnDeath, OnMove};
pub use permits::PermitRules;
pub use points::{DistanceStep, HourStep, PointsRule, SharedRate, SharedScale, Wait, WaitingStep};
pub use pricing::{NotPriced, StayFacts, price, price_total};
pub use quotas::{Group, Quota, ReserveStep};
pub use round::{ChoiceCost, Renewal, RenewedPlace, RoundRules};
#[cfg(feature = "schema")]
pub use schema::schema;
pub use shifts::{Designation, Shift, ShiftRules};
pub use special::SpecialClass;
pub use standing::{
    EarlierStanding, Others, PairFacts, Promotion, Queued, ScoreFacts, ScoreLine, ScoreSheet, ShownPoints, StandingKey,
    StandingRules, StandingVersion, TieRule, Tier, WaitingFrom, Worth,
};
pub use tariff::{BoundarySide, ClassTariff, ClockWindow, Crossing, Progress, Schedule, Step, Tariff, TariffVersion};
pub use what_if::{FactChange, FromTo, WhatIf};

use crate::calendar::Zone;
use crate::error::{FlawCode, FlawCollector, Flaws, document, document_of, shown};
use crate::units::Currency;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

/// A subdistrict's decisions about parking.
///
/// ```
/// use shared_parking::policy::Policy;
/// let text = serde_json::to_string(&shared_parking::policy::presets::xicheng_2022()).unwrap();
/// let policy = Policy::from_json(&text).unwrap();
/// assert_eq!(policy.permits.valid_months, 12);
/// let flaws = Policy::from_json(&text.replace("\"valid_months\":12", "\"valid_months\":0")).unwrap_err();
/// assert!(flaws.to_string().contains("permits.valid_months"));
/// ```
///
/// As part of a larger document a policy is read by the same reader, which tells every field that is missing, unknown or
/// of the wrong kind; whether the whole is sound, [`check`](Self::check) tells, and [`District`](crate::District) asks it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Policy {
    /// What it is called.
    pub name: String,
    /// Where its figures come from, and which of them are assumptions.
    pub source: String,
    /// The zone whose clock the tariff and the days follow.
    pub zone: Zone,
    /// The currency of every amount.
    pub currency: Currency,
    /// What a permit is.
    pub permits: PermitRules,
    /// Who may have one. An empty list is legal: everyone who applies may.
    pub eligibility: Vec<Rule>,
    /// Who is served first.
    pub standing: StandingRules,
    /// The hours for which spaces are given; left out: round the clock.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shifts: Option<ShiftRules>,
    /// How many permits there may be in an area.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ceilings: Vec<Ceiling>,
    /// How many permits are reserved for a group.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub quotas: Vec<Quota>,
    /// How a round gives out spaces.
    #[serde(default)]
    pub round: RoundRules,
    /// What becomes of a permit when its holder moves or dies, or its vehicle is sold.
    #[serde(default, skip_serializing_if = "LifeRules::is_default")]
    pub life: LifeRules,
    /// What parking costs.
    pub tariff: Tariff,
    /// Who pays less.
    pub discounts: Vec<Discount>,
    /// Permits outside rounds and ceilings.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub special: Vec<SpecialClass>,
    /// How long complaints and appeals may take.
    #[serde(default, skip_serializing_if = "ComplaintRules::is_default")]
    pub complaints: ComplaintRules,
}

impl<'de> Deserialize<'de> for Policy {
    fn deserialize<D: Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
        let (document, twice) = document_of(reader)?;
        Self::read(&document, twice, |_, _| {}).map_err(serde::de::Error::custom)
    }
}

impl Policy {
    /// Reads a policy document and checks it.
    ///
    /// # Errors
    /// One flaw with line and column when the text is not JSON. Otherwise every mistake at once: fields that are missing,
    /// unknown or there twice, values of the wrong kind, with their paths, and every flaw of [`check`](Self::check) in
    /// the parts that could be read. Of a tie-break, of a percent and of a fixed discount, the first mistake is told.
    pub fn from_json(text: &str) -> Result<Self, Flaws> {
        let (document, twice) = document(text)?;
        Self::read(&document, twice, read::Draft::check)
    }

    /// Reads a document, and checks it by `check` as far as it could be read.
    fn read(
        document: &Value,
        twice: Vec<String>,
        check: impl FnOnce(&read::Draft, &mut FlawCollector),
    ) -> Result<Self, Flaws> {
        if !document.is_object() {
            let problem = format!("it holds {}", shown(document));
            let remedy = "hand over a policy as a JSON object; presets/xicheng-2022.json is one";
            return Err(Flaws::one(FlawCode::WrongValue, "document", problem, remedy));
        }
        let mut flaws = Flaws::collector();
        for path in twice {
            flaws.push(FlawCode::Contradiction, path, "it stands there twice", "leave one of the two out");
        }
        let draft = read::Draft::read(document, &mut flaws);
        if let Some(draft) = &draft {
            check(draft, &mut flaws);
        }
        let policy = flaws.finish(draft.and_then(read::Draft::policy))?;
        // A part is missing only beside a flaw; this line keeps that promise if a future reader forgets it.
        policy.ok_or_else(|| Flaws::one(FlawCode::Missing, "document", "a part is missing", "write the whole policy"))
    }

    /// Checks the policy as a whole.
    ///
    /// # Errors
    /// Every flaw: rules that contradict each other or admit nobody, a tier that nobody can stand in, applicants without
    /// a tier, points by stretch that the round's mechanism would pass over, versions that do not ascend, tie-breaks by a
    /// shift that there is not, rules of the round that exclude each other, values out of range, malformed or repeated
    /// words, a tariff with a gap or an overlap, a discount for a kind of permit that is not issued, an area class that the
    /// tariff does not have, special classes of one kind.
    pub fn check(&self) -> Result<(), Flaws> {
        let mut flaws = Flaws::collector();
        read::Draft::from(self).check(&mut flaws);
        flaws.finish(())
    }

    /// The special class of a kind.
    #[must_use]
    pub fn special_class(&self, kind: &str) -> Option<&SpecialClass> {
        self.special.iter().find(|class| class.kind == kind)
    }

    /// The bill of a stay: see [`price`].
    ///
    /// # Errors
    /// When the tariff gives no price for it.
    pub fn price(&self, stay: &StayFacts<'_>) -> Result<Bill, NotPriced> {
        price(&self.tariff, &self.discounts, Combination::SingleBest, &self.zone, stay)
    }
}
