//! The documents an office compares: whose name stands on each.

use serde::{Deserialize, Serialize};

/// Whose name stands on a document, seen from the applicant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
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
    #[default]
    Absent,
}

impl Holder {
    /// Whether the document was not shown.
    #[must_use]
    pub const fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// Whether this is a spouse, parent or child.
    #[must_use]
    pub const fn is_kin(self) -> bool {
        matches!(self, Self::Spouse | Self::Parent | Self::Child)
    }
}

/// Title to the home, household register, and vehicle licence; and two more that some offices ask for.
///
/// ```
/// use shared_parking::people::{Documents, Holder};
/// let documents: Documents =
///     serde_json::from_str(r#"{ "title": "parent", "register": "applicant", "licence": "applicant" }"#).unwrap();
/// assert_eq!(documents.driving_licence, Holder::Absent);
/// assert_eq!(documents.in_applicants_name(), 2);
/// assert!(documents.in_the_family());
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Documents {
    /// The title to the home, or the lease of public housing.
    pub title: Holder,
    /// The household register.
    pub register: Holder,
    /// The licence of the vehicle.
    pub licence: Holder,
    /// The applicant's driving licence.
    #[serde(default, skip_serializing_if = "Holder::is_absent")]
    pub driving_licence: Holder,
    /// The policy of the vehicle's insurance.
    #[serde(default, skip_serializing_if = "Holder::is_absent")]
    pub insurance: Holder,
}

/// One of the documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum DocumentKind {
    /// The title to the home, or the lease of public housing.
    Title,
    /// The household register.
    Register,
    /// The licence of the vehicle.
    Licence,
    /// The applicant's driving licence.
    DrivingLicence,
    /// The policy of the vehicle's insurance.
    Insurance,
}

impl Documents {
    /// Whose name stands on one of them.
    #[must_use]
    pub const fn holder(self, kind: DocumentKind) -> Holder {
        match kind {
            DocumentKind::Title => self.title,
            DocumentKind::Register => self.register,
            DocumentKind::Licence => self.licence,
            DocumentKind::DrivingLicence => self.driving_licence,
            DocumentKind::Insurance => self.insurance,
        }
    }

    const fn three(self) -> [Holder; 3] {
        [self.title, self.register, self.licence]
    }

    /// How many of the three stand in the applicant's own name: 0 to 3.
    #[must_use]
    pub fn in_applicants_name(self) -> usize {
        self.three().iter().filter(|&&holder| holder == Holder::Applicant).count()
    }

    /// Whether all three were shown, in whoever's name.
    #[must_use]
    pub fn all_shown(self) -> bool {
        !self.three().contains(&Holder::Absent)
    }

    /// Whether each of the three stands in the name of the applicant or of next of kin.
    #[must_use]
    pub fn in_the_family(self) -> bool {
        self.three().iter().all(|holder| *holder == Holder::Applicant || holder.is_kin())
    }
}
