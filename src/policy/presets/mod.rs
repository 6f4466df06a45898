//! Policies of real places, as documents in the repository and as constructors.
//!
//! Invariant: a preset is its document and nothing else; figures that were not confirmed are named in its `source`.

use super::Policy;
use crate::error::{FlawCode, Flaws};

#[expect(clippy::expect_used, reason = "the documents are part of the crate, and the doc tests read each")]
fn read(document: &str) -> Policy {
    Policy::from_json(document).expect("a preset is a sound policy")
}

/// Declares presets: a constructor for each document, whose example reads it.
macro_rules! presets {
    ($($(#[$doc:meta])* $name:ident, $file:literal;)*) => {$(
        $(#[$doc])*
        #[must_use]
        pub fn $name() -> Policy {
            read(include_str!(concat!($file, ".json")))
        }
    )*};
}

presets! {
    /// Xicheng district, Beijing, 2022: its resident rules and resident price, by the kerb tariff of 2019 (and its
    /// predecessor of 2011), area class 1. The document is `src/policy/presets/xicheng-2022.json`.
    ///
    /// Found: tariff, eligibility, document tiers, one vehicle a household, permits valid one year, never more permits than
    /// spaces, 1 yuan per complete 2 hours for residents. Chosen here and not found: the walking limit of
    /// 500 m, admitting small vehicles only, and the switches of the tariff that its `source` names. The area class
    /// follows from where the district lies.
    ///
    /// ```
    /// use shared_parking::policy::presets;
    /// let policy = presets::xicheng_2022();
    /// assert_eq!(policy.permits.valid_months, 12);
    /// assert_eq!(policy.eligibility.len(), 13);
    /// assert_eq!(policy.currency.code, "CNY");
    /// ```
    xicheng_2022, "xicheng-2022";
    /// Xicheng district, Beijing, 2019: who is certified, by the kerb tariff of the time. No price for residents was found
    /// for that year, so there is none. The document is `src/policy/presets/xicheng-2019.json`.
    ///
    /// ```
    /// use shared_parking::policy::presets;
    /// let policy = presets::xicheng_2019();
    /// assert_eq!(policy.eligibility, presets::xicheng_2022().eligibility);
    /// assert!(policy.discounts.is_empty());
    /// ```
    xicheng_2019, "xicheng-2019";
    /// Mentougou district, Beijing, 2026: area class 3, 1 yuan per complete 2 hours for residents. The document is
    /// `src/policy/presets/mentougou-2026.json`.
    ///
    /// ```
    /// use shared_parking::policy::presets;
    /// let policy = presets::mentougou_2026();
    /// assert_eq!(policy.permits.area_class, "3");
    /// assert_eq!(policy.discounts, presets::xicheng_2022().discounts);
    /// ```
    mentougou_2026, "mentougou-2026";
    /// Dongjak district, Seoul: points by distance, waiting, hours shared and neighbourhood, with its tie-breaks and its
    /// shift by day. The shift by night, the mechanism, the walking limit and the prices of visitors are stand-ins that the
    /// document's `source` names. The document is `src/policy/presets/dongjak.json`.
    ///
    /// ```
    /// use shared_parking::policy::presets;
    /// let standing = presets::dongjak().standing;
    /// assert_eq!((standing.decimals, standing.points.len(), standing.ties.len()), (1, 4, 3));
    /// assert!(standing.has_pair_points());
    /// ```
    dongjak, "dongjak";
    /// Yongsan district, Seoul: incumbents renew and the rest are scored, with its own shifts. How they are scored was not
    /// found: Dongjak's points stand in. The document is `src/policy/presets/yongsan.json`.
    ///
    /// ```
    /// use shared_parking::policy::{RenewedPlace, presets};
    /// let policy = presets::yongsan();
    /// assert_eq!(policy.round.renewal.unwrap().place, RenewedPlace::Keep);
    /// assert_eq!(policy.standing, presets::dongjak().standing);
    /// ```
    yongsan, "yongsan";
    /// Gangnam district, Seoul: a tenure of two years. It ends renewals, and the last permit runs to its end: somebody may
    /// hold for almost three. How applicants are scored was not found: who has waited longest goes first. The document is `src/policy/presets/gangnam.json`.
    ///
    /// ```
    /// use shared_parking::policy::presets;
    /// assert_eq!(presets::gangnam().round.renewal.unwrap().tenure_months, Some(24));
    /// ```
    gangnam, "gangnam";
    /// Amsterdam, permit area Oost-5c: a ceiling of 1,867 permits that falls without taking one from a holder, waiting time
    /// that moves along, and special classes outside the ceiling, one of them for people with a disability alone. How it falls
    /// and the figures of the classes are our own; there is no price in it. The document is `src/policy/presets/amsterdam.json`.
    ///
    /// ```
    /// use shared_parking::policy::presets;
    /// let policy = presets::amsterdam();
    /// assert_eq!(policy.ceilings[0].on("2026-12-31".parse().unwrap(), 5_000), 1_867);
    /// assert!(policy.special_class("carer").is_some());
    /// assert!(policy.tariff.versions.is_empty());
    /// ```
    amsterdam, "amsterdam";
    /// San Francisco: a cap on the permits of one address, offers that lapse after 72 hours, no permit with unpaid
    /// citations. The cap of four is our own; there is no price in it. The document is
    /// `src/policy/presets/san-francisco.json`.
    ///
    /// ```
    /// use shared_parking::policy::presets;
    /// let policy = presets::san_francisco();
    /// assert_eq!((policy.round.offer_hours, policy.permits_per_address()), (Some(72), Some(4)));
    /// ```
    san_francisco, "san-francisco";
}

/// A preset's name and its constructor.
type Named = (&'static str, fn() -> Policy);

const ALL: [Named; 8] = [
    ("xicheng-2022", xicheng_2022),
    ("xicheng-2019", xicheng_2019),
    ("mentougou-2026", mentougou_2026),
    ("dongjak", dongjak),
    ("yongsan", yongsan),
    ("gangnam", gangnam),
    ("amsterdam", amsterdam),
    ("san-francisco", san_francisco),
];

/// The names of all presets, in the order of this page.
pub fn names() -> impl ExactSizeIterator<Item = &'static str> {
    ALL.into_iter().map(|(name, _)| name)
}

/// The preset of this name, for hosts that let their users choose: one of [`names`].
///
/// # Errors
/// One flaw that lists the names when there is no such preset.
pub fn by_name(name: &str) -> Result<Policy, Flaws> {
    let found = ALL.into_iter().find(|(known, _)| *known == name);
    found.map(|(_, preset)| preset()).ok_or_else(|| {
        let remedy = format!("choose one of: {}", names().collect::<Vec<_>>().join(", "));
        Flaws::one(FlawCode::WrongValue, "preset", format!("no preset {name:?}"), remedy)
    })
}
