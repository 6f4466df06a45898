//! Every way the district says no: one enum, numbered for ever, in order of precedence.
//!
//! Invariant: a number is never reused and never changes its meaning; where several apply, the lowest is named first.

use serde::{Deserialize, Serialize};
use std::fmt;

macro_rules! refusals {
    ($($(#[$doc:meta])* $name:ident = $number:literal, $slug:literal, $meaning:literal, $remedy:literal;)*) => {
        /// The district's no. A value, not a failure: it is an answer with a number, a meaning and a way out.
        ///
        /// 1xx refuse a command, 2xx find an application not eligible, 3xx find no space for an eligible one.
        /// The order of the numbers is the order of precedence.
        ///
        /// ```
        /// use shared_parking::Refusal;
        /// assert_eq!(Refusal::ArrearsOutstanding.number(), 209);
        /// assert_eq!(Refusal::ArrearsOutstanding.slug(), "arrears-outstanding");
        /// assert!(Refusal::PlateNotLocal < Refusal::ArrearsOutstanding);
        /// assert_eq!(Refusal::ALL.len(), Refusal::ALL.iter().map(|no| no.number()).collect::<std::collections::BTreeSet<_>>().len());
        /// ```
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        #[non_exhaustive]
        #[repr(u16)]
        pub enum Refusal {
            $($(#[$doc])* #[doc = concat!("**", $number, "** ", $meaning, ". What to do: ", $remedy, ".")] $name = $number,)*
        }

        impl Refusal {
            /// All of them, in order of precedence.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The number: stable for ever.
            #[must_use]
            pub const fn number(self) -> u16 {
                self as u16
            }

            /// The stable word, the same as in JSON.
            #[must_use]
            pub const fn slug(self) -> &'static str {
                match self { $(Self::$name => $slug,)* }
            }

            /// What it means, for the person who reads it.
            #[must_use]
            pub const fn meaning(self) -> &'static str {
                match self { $(Self::$name => $meaning,)* }
            }

            /// What the person can do about it.
            #[must_use]
            pub const fn remedy(self) -> &'static str {
                match self { $(Self::$name => $remedy,)* }
            }
        }
    };
}

refusals! {
    CommandIdReused = 101, "command-id-reused",
        "this command id was used before with another content", "send the command with a new id";
    CommandOutOfOrder = 102, "command-out-of-order",
        "the command's instant lies before one already decided", "send commands in the order of their instants";
    ApplicationIdReused = 103, "application-id-reused",
        "this application id was used before", "give the application a new id";
    UnknownDoor = 104, "unknown-door",
        "the residence door is not in the inventory", "survey the door, or correct its id";
    SeasonAllocated = 105, "season-allocated",
        "the round of this season was held already", "name another season";
    StayIdReused = 106, "stay-id-reused",
        "this stay id was billed before", "give the stay a new id";
    UnknownStretch = 107, "unknown-stretch",
        "the stretch is not in the inventory", "survey the stretch, or correct its id";
    UnknownPermit = 108, "unknown-permit",
        "there is no permit with this id", "correct the permit's id, or bill the stay as a visitor's";
    PermitNotInForce = 109, "permit-not-in-force",
        "the permit is not in force for the whole of the stay, is suspended in it, is for other hours, or is an offer not accepted", "bill each part under the permit in force then, and the rest as a visitor's";
    StayTooLong = 110, "stay-too-long",
        "the stay is longer than 366 days", "bill it in parts";
    MarketTooLarge = 111, "market-too-large",
        "the round has more than 2^31 - 1 applicants, spaces or choices", "divide the district, or shorten the walking limit";
    AppliedInFuture = 112, "applied-in-future",
        "the application is dated after the command that records it", "correct its date, or record it later";
    UnknownApplication = 113, "unknown-application",
        "there is no application with this id, or it was withdrawn before", "correct the application's id";
    ApplicationSeated = 114, "application-seated",
        "the application has led to a permit or an offer and can no longer be withdrawn", "let the permit end, or decline the offer";
    NoTariffYet = 115, "no-tariff-yet",
        "no version of the tariff was in force when the stay started", "correct the stay's start, or add the version to the policy";
    StayNotEnded = 116, "stay-not-ended",
        "the stay ends after the command that bills it", "quote it now, and bill it when it has ended";
    PermitInUse = 117, "permit-in-use",
        "the permit's vehicle was in another stay at the same time", "correct the instants of one of the two stays";
    NotThePermitsVehicle = 118, "not-the-permits-vehicle",
        "the vehicle, or its class, is not the one the permit was given for", "bill the stay as a visitor's";
    SpaceNotOpen = 119, "space-not-open",
        "the stretch is not open to this stay: resident spaces ask for a permit, and this tariff does not price others than shared and resident ones", "correct the stretch, or name the permit";
    BeyondCalendar = 120, "beyond-calendar",
        "the permits that the command gives would end after the last day of the calendar", "correct the command's instant";
    UnknownStreet = 121, "unknown-street",
        "a street that the applicant ranks or excludes is not in the inventory", "correct its id, or leave it out";
    ContradictoryPreferences = 122, "contradictory-preferences",
        "a street is ranked twice, or ranked and excluded, or more than 1,000 streets are ranked", "name each street once";
    UnknownOffer = 123, "unknown-offer",
        "there is no open offer with this permit id: it was accepted or closed before, or never made", "correct the permit's id";
    OfferLapsed = 124, "offer-lapsed",
        "the offer could be accepted before this instant only", "apply for the next round";
    NoOfferDue = 125, "no-offer-due",
        "no open offer of this season has lapsed at this instant", "send the command after the first offer's end";
    UnknownShift = 126, "unknown-shift",
        "the policy has no shift of the name that the application asks for", "ask for one of its shifts, or for none";
    WaitingSinceLater = 127, "waiting-since-later",
        "the application says it has waited since an instant after it was handed in", "correct that instant, or leave it out";
    ImpossibleSharing = 128, "impossible-sharing",
        "the sharing record has more than 366 days, or more than 24 hours a day", "correct the record";
    NoPaperNamed = 130, "no-paper-named",
        "papers are asked for, and none is named", "name at least one";
    PapersMissing = 131, "papers-missing",
        "papers were asked for that have not come", "hand them in: amend the application";
    ApplicationUsedUp = 132, "application-used-up",
        "the application has led to a permit or an offer, and its facts are settled", "report the change of the permit, or hand in a new application";
    FactsFixed = 133, "facts-fixed",
        "the amended application has another date, resident or household, or a later instant since when the household waits", "keep these as they were, or withdraw and hand in a new application";
    OfferNotAccepted = 134, "offer-not-accepted",
        "the permit is only an offer that was not accepted", "accept or decline the offer first";
    PermitEnded = 135, "permit-ended",
        "the permit has ended", "apply for the next round";
    PermitSuspended = 136, "permit-suspended",
        "the permit is suspended", "have the suspension lifted first";
    PermitNotSuspended = 137, "permit-not-suspended",
        "the permit is not suspended", "there is nothing to lift";
    AnotherVehicleDue = 138, "another-vehicle-due",
        "the permit's vehicle was sold, and no other one has taken its place", "name another vehicle for the permit first";
    PermitJustStarted = 139, "permit-just-started",
        "the permit starts at this very instant and cannot end at it", "send the command a second later";
    SameVehicle = 140, "same-vehicle",
        "the vehicle is the one the permit is for already", "name another vehicle";
    VehicleNotAdmitted = 141, "vehicle-not-admitted",
        "the rules do not admit the vehicle for this permit", "name a vehicle that the rules admit: District::judge_vehicle tells every reason";
    NoTakeover = 142, "no-takeover",
        "the policy lets nobody take over the permit of a holder who died", "report the death without an heir; the heir applies for the next round";
    HeirNotAdmitted = 143, "heir-not-admitted",
        "the person named is not another resident of the household at the permit's door, or not eligible", "name somebody of the household who is eligible: District::judge_heir tells every reason";
    NoVehicleOverdue = 144, "no-vehicle-overdue",
        "no other vehicle for this permit is overdue at this instant", "send the command when the time for another vehicle is over";
    UnknownSpecialClass = 145, "unknown-special-class",
        "the policy has no special class of permits of this kind", "correct the kind, or apply for a permit of a round";
    UnknownSpecialPermit = 146, "unknown-special-permit",
        "there is no special permit with this id", "correct the permit's id";
    SpecialPermitEnded = 147, "special-permit-ended",
        "the special permit has expired, or was revoked", "ask for a new one";
    VehicleNotOnPermit = 148, "vehicle-not-on-permit",
        "the vehicle is not on the special permit", "add it to the permit first, or correct its id";
    VehicleListedTwice = 149, "vehicle-listed-twice",
        "the vehicle would stand on the special permit twice", "list each vehicle once";
    NumberOfVehicles = 150, "number-of-vehicles",
        "the special permit would have no vehicle when it is granted, or more than its class allows", "name at least one vehicle, and take one off before another is added";
    VehicleAlreadyActive = 151, "vehicle-already-active",
        "the vehicle is active already", "nothing needs to be done";
    VehicleNotActive = 152, "vehicle-not-active",
        "the vehicle is on the special permit, but not active, or not for the whole of the stay", "activate it before it parks, and bill the rest as a visitor's stay";
    TooManyActive = 153, "too-many-active",
        "as many vehicles of the special permit are active as its class allows", "deactivate another vehicle first";
    NotEligibleForClass = 154, "not-eligible-for-class",
        "the resident or a vehicle does not meet the rules of the special class", "see all the reasons, which can be asked for, and what to do about each";
    HouseholdHasSpecial = 155, "household-has-special",
        "the household has as many special permits of this class as it may", "give one of them back first";
    SpecialClassFull = 156, "special-class-full",
        "as many special permits of this class are in force as the district allows", "ask again when one of them has ended";
    ComplaintIdReused = 157, "complaint-id-reused",
        "this id was used before, for a complaint or an appeal", "give the complaint or the appeal a new id";
    UnknownStay = 158, "unknown-stay",
        "there is no stay with this id", "correct the stay's id, or complain about the space";
    UnknownDecision = 159, "unknown-decision",
        "no round of this season was held, or it gave this application no answer", "correct the season or the application's id";
    UnknownComplaint = 160, "unknown-complaint",
        "there is no complaint with this id", "correct the complaint's id";
    ComplaintAnswered = 161, "complaint-answered",
        "the complaint was answered before", "complain anew, under a new id";
    OfficerUnchanged = 162, "officer-unchanged",
        "the complaint is assigned to this officer already", "name another officer";
    ComplaintNotAssigned = 163, "complaint-not-assigned",
        "no officer was assigned to the complaint", "assign it first";
    ComplaintNotAnswered = 164, "complaint-not-answered",
        "the complaint was not answered yet", "rate the answer when there is one";
    AnswerRated = 165, "answer-rated",
        "the answer was rated before", "complain anew, under a new id";
    NotTheComplainant = 166, "not-the-complainant",
        "the complaint is somebody else's", "let whoever complained rate the answer";
    RoundSuperseded = 167, "round-superseded",
        "a later round was held, and decided again", "name the latest round";
    DecisionSeated = 168, "decision-seated",
        "the application has led to a permit or an offer", "accept or decline the offer, or let the permit end, and apply anew";
    AppealTooLate = 169, "appeal-too-late",
        "the days in which the decision could be appealed are over", "correct the facts in a new application";
    AppealedBefore = 170, "appealed-before",
        "this decision was appealed before", "await the answer, or take part in the next round";
    UnknownAppeal = 171, "unknown-appeal",
        "there is no appeal with this id", "correct the appeal's id";
    AppealResolved = 172, "appeal-resolved",
        "the appeal was resolved before", "take part in the next round";
    NotACorrection = 173, "not-a-correction",
        "the corrected application changes nothing, or its id, its resident or the instant at which it was handed in", "hand over the application with the facts that were wrong put right";
    RuleNotApplied = 174, "rule-not-applied",
        "the rule named did not speak against this application, or speaks for the claim of others", "name one of the applicant's own reasons, or correct a fact";
    NothingToPass = 175, "nothing-to-pass",
        "no free space can go to anybody who waits in the line of this round", "wait until a space falls free, or hold the next round";
    NotResident = 201, "not-resident",
        "the applicant is not registered as a resident of the area", "register at an address of the area first";
    PlateNotLocal = 202, "plate-not-local",
        "the vehicle's plate is not of the city", "apply with a vehicle registered in the city";
    VehicleClassNotAdmitted = 203, "vehicle-class-not-admitted",
        "this class of vehicle gets no permit", "apply with a vehicle of an admitted class";
    NotPrivateUse = 204, "not-private-use",
        "the vehicle belongs to an organisation, or carries goods or passengers for hire", "apply with a private vehicle";
    InsuranceLapsed = 205, "insurance-lapsed",
        "the vehicle's insurance is not valid on the day of the decision", "renew the insurance";
    InspectionLapsed = 206, "inspection-lapsed",
        "the vehicle's inspection is not valid on the day of the decision", "have the vehicle inspected";
    OtherSpace = 207, "other-space",
        "the household owns or rents a space in its compound or another off-street one nearby", "park there, or give that space up first";
    CertifiedElsewhere = 208, "certified-elsewhere",
        "the applicant or the vehicle holds a permit of another area", "give the other permit up first";
    ArrearsOutstanding = 209, "arrears-outstanding",
        "the vehicle owes parking charges", "pay the arrears";
    DocumentsDisagree = 210, "documents-disagree",
        "title, household register and licence fall into none of the tiers", "bring the documents into one person's name or a relative's";
    HouseholdCertified = 211, "household-certified",
        "an earlier eligible application of this household takes its only place", "withdraw the earlier application";
    VehicleCertified = 212, "vehicle-certified",
        "an earlier eligible application for this vehicle takes its only permit", "apply with another vehicle";
    ResidentCertified = 213, "resident-certified",
        "an earlier eligible application of this resident takes the only permit", "withdraw the earlier application";
    OutsideCommunities = 214, "outside-communities",
        "the residence door lies in none of the communities whose residents get permits", "apply from a door in one of them; the policy names them";
    OffTheStreets = 215, "off-the-streets",
        "the residence door opens to none of the streets whose residents get permits", "apply from a door on one of them; the policy names them";
    TooFarAway = 216, "too-far-away",
        "no stretch that counts lies within the straight line from the door that the policy allows", "ask for a space to be marked nearby, or for a longer line";
    AddressFull = 217, "address-full",
        "earlier permits and eligible applications take all the permits of this address", "wait until a permit at the address ends";
    FurtherVehicle = 218, "further-vehicle",
        "this does not satisfy what is asked of a household's further vehicle", "bring what the reason names, apply again from the day it names, or keep to fewer permits";
    CarFreeAddress = 219, "car-free-address",
        "the home was built without a right to permits", "rent an off-street space, or correct the door if the home is another";
    NoSpecialNeed = 220, "no-special-need",
        "the applicant has none of the special needs that this permit is for", "hand in the proof of the need";
    NoSpaceInReach = 301, "no-space-in-reach",
        "no space open to permits lies within the walking limit", "ask for a space to be marked nearby, or for a longer limit";
    AheadInQueue = 302, "ahead-in-queue",
        "every space in reach is held by people ahead in the queue who have nowhere else to go", "wait for the next round: the answer names the cutoff and the position";
    HeldByPermits = 303, "held-by-permits",
        "every space in reach is under a permit or an open offer that an earlier round gave", "wait for the round after one of them ends";
    BetterClaims = 304, "better-claims",
        "every space that the applicant accepts went to somebody with a better claim to it, or who traded one for it", "wait for the next round, or accept more streets";
    AllExcluded = 305, "all-excluded",
        "every stretch within the walking limit lies on a street that the applicant excluded", "take a street off the list in a new application";
    CeilingReached = 306, "ceiling-reached",
        "every space in reach is held by people ahead in the queue who have nowhere else to go, or kept free because an area has as many permits as its ceiling lets in", "wait until permits of the area have ended: the answer names the cutoff and the position";
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}: {}; {}", self.number(), self.slug(), self.meaning(), self.remedy())
    }
}

impl std::error::Error for Refusal {}
