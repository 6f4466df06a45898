//! Ids: opaque words chosen by the host, one type for each kind of thing.

use crate::error::{FlawCode, Flaws};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

fn checked(kind: &str, longest: usize, text: &str) -> Result<Arc<str>, Flaws> {
    let remedy = format!("give 1 to {longest} bytes without control characters or outer spaces");
    let problem = if text.is_empty() {
        format!("an empty {kind}")
    } else if text.len() > longest {
        format!("a {kind} of {} bytes", text.len())
    } else if text.trim() != text || text.chars().any(char::is_control) {
        format!("{text:?} is not a {kind}")
    } else {
        return Ok(Arc::from(text));
    };
    Err(Flaws::one(FlawCode::WrongValue, "", problem, remedy))
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident $kind:literal $longest:literal)*) => {$(
        $(#[$doc])*
        ///
        #[doc = concat!("Opaque to the library and compared byte by byte: 1 to ", $longest, " bytes, no control characters, no outer spaces.")]
        /// Cloning shares the text.
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Arc<str>);

        impl $name {
            /// Checks `text` and makes an id of it.
            ///
            /// # Errors
            /// One flaw when the text is empty, too long, or holds control characters or outer spaces.
            pub fn new(text: &str) -> Result<Self, Flaws> {
                checked($kind, $longest, text).map(Self)
            }

            /// The id as the host wrote it.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({:?})", stringify!($name), &*self.0)
            }
        }

        impl FromStr for $name {
            type Err = Flaws;
            fn from_str(text: &str) -> Result<Self, Flaws> {
                Self::new(text)
            }
        }

        impl TryFrom<&str> for $name {
            type Error = Flaws;
            fn try_from(text: &str) -> Result<Self, Flaws> {
                Self::new(text)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        #[cfg(feature = "schema")]
        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({
                    "type": "string",
                    "minLength": 1,
                    "maxLength": $longest,
                    "description": concat!("A ", $kind, ": at most ", $longest, " bytes, no control characters, no outer spaces."),
                })
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
                Self::new(&text).map_err(|flaws| serde::de::Error::custom(flaws.sentence()))
            }
        }
    )*};
}

ids! {
    /// Names a community: the neighbourhood whose residents share its streets.
    ///
    /// ```
    /// use shared_parking::CommunityId;
    /// assert_eq!(CommunityId::new("110102010005").unwrap().as_str(), "110102010005");
    /// assert!(CommunityId::new(" padded ").is_err());
    /// ```
    CommunityId "community id" 128
    /// Names a street or alley.
    StreetId "street id" 128
    /// Names a stretch: a run of identical marked spaces along one kerb.
    StretchId "stretch id" 128
    /// Names a door: where a household goes in and out.
    DoorId "door id" 128
    /// Names a household: the people who share one door and one claim to a permit.
    HouseholdId "household id" 128
    /// Names a resident, by a pseudonym of the host's choice.
    ResidentId "resident id" 128
    /// Names a vehicle, by a pseudonym of the host's choice: never the plate.
    VehicleId "vehicle id" 128
    /// Names an application for a permit.
    ApplicationId "application id" 128
    /// Names a permit.
    PermitId "permit id" 128
    /// Names a command, so that a retry is recognised.
    CommandId "command id" 128
    /// Names a stay of one vehicle in one space.
    StayId "stay id" 128
    /// Names a shift: the hours of the day for which a permit is given, such as `all-day` or `night`.
    ShiftId "shift id" 32
    /// Names a complaint or an appeal.
    ComplaintId "complaint id" 128
    /// Names an officer of the subdistrict, by a pseudonym of the host's choice.
    OfficerId "officer id" 128
    /// Names a season: the span of time for which one round gives permits, such as `2026`.
    Season "season" 32
    /// A short word of the office: why a permit is suspended, which paper is missing. Never a person's name.
    Word "word" 64
}

impl PermitId {
    /// The id of the permit given at a position of a season's queue: `2026-000017`. Always valid, a season being short.
    #[must_use]
    pub fn in_round(season: &Season, position: u32) -> Self {
        Self(format!("{season}-{position:06}").into())
    }

    /// The id of the special permit that a command granted, by the number of the command: `carer#000017`. A kind is at
    /// most 64 bytes, so it is always valid. No round gives such an id: what follows the last hyphen of a round's is a
    /// number, and holds no `#`.
    pub(crate) fn special(kind: &str, number: u64) -> Self {
        Self(format!("{kind}#{number:06}").into())
    }
}

impl Season {
    /// The season of no round, for looking at the queue between rounds.
    pub(crate) fn of_no_round() -> Self {
        Self("-".into())
    }
}
