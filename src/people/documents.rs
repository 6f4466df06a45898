//! The three documents an office compares: whose name stands on each.

use serde::{Deserialize, Serialize};

/// Whose name stands on a document, seen from the applicant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Holder {
    /// The applicant.
    Applicant,
    /// The applicant's wife or husband.
    Spouse,
    /// The applicant's mother or father.
    Parent,
    /// The applicant's daughter or son.
    Child,
    /// Anybody else.
    Other,
    /// The document was not shown.
    Absent,
}

impl Holder {
    /// Whether this is a spouse, parent or child.
    #[must_use]
    pub const fn is_kin(self) -> bool {
        matches!(self, Self::Spouse | Self::Parent | Self::Child)
    }
}

/// Title to the home, household register, and vehicle licence.
///
/// ```
/// use shared_parking::people::{Documents, Holder};
/// let documents = Documents { title: Holder::Parent, register: Holder::Applicant, licence: Holder::Applicant };
/// assert_eq!(documents.in_applicants_name(), 2);
/// assert!(documents.in_the_family());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Documents {
    /// The title to the home, or the lease of public housing.
    pub title: Holder,
    /// The household register.
    pub register: Holder,
    /// The licence of the vehicle.
    pub licence: Holder,
}

impl Documents {
    const fn all(self) -> [Holder; 3] {
        [self.title, self.register, self.licence]
    }

    /// How many of the three stand in the applicant's own name: 0 to 3.
    #[must_use]
    pub fn in_applicants_name(self) -> usize {
        self.all().iter().filter(|&&holder| holder == Holder::Applicant).count()
    }

    /// Whether all three were shown, in whoever's name.
    #[must_use]
    pub fn all_shown(self) -> bool {
        !self.all().contains(&Holder::Absent)
    }

    /// Whether each of the three stands in the name of the applicant or of next of kin.
    #[must_use]
    pub fn in_the_family(self) -> bool {
        self.all().iter().all(|holder| *holder == Holder::Applicant || holder.is_kin())
    }
}
