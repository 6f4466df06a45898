//! How often an invented applicant has which fact.

use crate::units::BasisPoints;

/// Shares of the applications with each fact, in basis points. **All invented**: no published figures were found, and the
/// defaults are chosen so that every rule of a policy meets somebody.
///
/// Each fact is drawn by itself, so shares above the whole count as the whole; the three shares of documents are taken
/// from one draw, in the order written, and what is left of the whole has a document in a stranger's name or none.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rates {
    /// The plate was issued in another city. Default 2%.
    pub other_plate: BasisPoints,
    /// The applicant is not registered as living in the area. Default 1.5%.
    pub not_registered: BasisPoints,
    /// The vehicle belongs to an organisation. Default 1%.
    pub organisation: BasisPoints,
    /// The vehicle carries goods or passengers for hire (half each). Default 0.5%.
    pub commercial: BasisPoints,
    /// The household owns or rents (half each) a space off the street. Default 3%.
    pub other_space: BasisPoints,
    /// Certified in another area. Default 0.5%.
    pub certified_elsewhere: BasisPoints,
    /// Charges are unpaid: 10.00 to 900.00 in major units of two decimals. Default 1.5%.
    pub arrears: BasisPoints,
    /// The insurance ended before the first day of applying. Default 0.5%.
    pub insurance_lapsed: BasisPoints,
    /// The inspection ended before the first day of applying. Default 0.7%.
    pub inspection_lapsed: BasisPoints,
    /// Title, register and licence are in the applicant's own name. Default 55%.
    pub three_in_one: BasisPoints,
    /// Two of these are in the applicant's own name and one in that of kin. Default 27%.
    pub two_in_one: BasisPoints,
    /// One of these is in the applicant's own name and two in those of kin. Default 17%.
    pub kin: BasisPoints,
    /// A disability. Default 2.5%.
    pub disability: BasisPoints,
    /// A wounded veteran, if not disabled. Default 0.5%.
    pub veteran: BasisPoints,
    /// The application is a further one of the household before it. Default 2%.
    pub second_of_household: BasisPoints,
    /// One to three streets near the door are ranked. Default none.
    #[serde(default)]
    pub ranks_streets: BasisPoints,
    /// One street near the door is excluded. Default none.
    #[serde(default)]
    pub excludes_street: BasisPoints,
}

impl Default for Rates {
    fn default() -> Self {
        Self {
            other_plate: BasisPoints::new(200),
            not_registered: BasisPoints::new(150),
            organisation: BasisPoints::new(100),
            commercial: BasisPoints::new(50),
            other_space: BasisPoints::new(300),
            certified_elsewhere: BasisPoints::new(50),
            arrears: BasisPoints::new(150),
            insurance_lapsed: BasisPoints::new(50),
            inspection_lapsed: BasisPoints::new(70),
            three_in_one: BasisPoints::new(5_500),
            two_in_one: BasisPoints::new(2_700),
            kin: BasisPoints::new(1_700),
            disability: BasisPoints::new(250),
            veteran: BasisPoints::new(50),
            second_of_household: BasisPoints::new(200),
            ranks_streets: BasisPoints::new(0),
            excludes_street: BasisPoints::new(0),
        }
    }
}
