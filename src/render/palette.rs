//! Every colour of the pictures, in one place.
//!
//! People are told apart by shape first (circle and diamond) and by a green and a red-orange that stay apart for the
//! common kinds of colour blindness (after Okabe and Ito); shared spaces by one blue that darkens as they fill, the
//! others by a colour of their own with a dark core.

use crate::inventory::SpaceKind;

pub(super) const PAPER: &str = "#ffffff";
pub(super) const LAND: &str = "#f3f1ea";
pub(super) const ROAD: &str = "#ffffff";
pub(super) const ROAD_EDGE: &str = "#c9c4b6";
pub(super) const FOOTWAY: &str = "#d5cebd";
pub(super) const INK: &str = "#26282c";
pub(super) const FAINT_INK: &str = "#6b6f76";
pub(super) const RULE: &str = "#dcd8cd";

pub(super) const NONE_HELD: &str = "#74bdec";
pub(super) const SOME_HELD: &str = "#1f78c1";
pub(super) const ALL_HELD: &str = "#12294d";

pub(super) const SEATED: &str = "#009e73";
pub(super) const LEFT_OUT: &str = "#d9480f";
pub(super) const OTHER_DOOR: &str = "#b3ab99";

/// The colour of spaces that are not shared.
pub(super) const fn reserved(kind: SpaceKind) -> &'static str {
    match kind {
        SpaceKind::Resident => "#b05fa0",
        SpaceKind::Disabled => "#7a4fd0",
        SpaceKind::Loading => "#8a6a2f",
        SpaceKind::Charging => "#d9a400",
        SpaceKind::Shared => NONE_HELD,
    }
}

/// The colour of the held part of spaces that are not shared: their own, much darker.
pub(super) const fn reserved_held(kind: SpaceKind) -> &'static str {
    match kind {
        SpaceKind::Resident => "#561348",
        SpaceKind::Disabled => "#2a1173",
        SpaceKind::Loading => "#38260a",
        SpaceKind::Charging => "#6e3d00",
        SpaceKind::Shared => ALL_HELD,
    }
}
