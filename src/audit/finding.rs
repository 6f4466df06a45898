//! What the audit of a district can find.

use super::market::MarketFinding;
use super::vacancy::FallFinding;
use crate::calendar::Timestamp;
use crate::units::{ApplicationId, CommandId, ComplaintId, PermitId, Season, StayId, StretchId};

/// Something in a district that is not as its rules say, with its witness.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Finding {
    /// The round's market cannot be built at all.
    #[error("round {0}: the market is not sound: {1}")]
    Unsound(Season, String),
    /// The round's places are not the stretches on offer.
    #[error("round {0}: the offer is wrong, first at stretch {1}, which should have {2} spaces on offer")]
    WrongOffer(Season, StretchId, u32),
    /// What ceilings leave of the round is not what the rules give.
    #[error("round {0}: the ceilings do not leave what they should")]
    WrongCeilings(Season),
    /// A quota did not serve the turns that it reserves.
    #[error("round {0}: quota {1} did not serve those whom it should have served before others")]
    WrongQuota(Season, String),
    /// An application that took part has no answer, or one that did not has one.
    #[error("round {0}: application {1} should have exactly one answer if it took part, and none otherwise")]
    WrongParty(Season, ApplicationId),
    /// An application that should not have been recorded or amended, or was amended, withdrawn or asked for papers when it
    /// had led to a permit or an offer.
    #[error("application {0}: it should not have been recorded, amended or withdrawn")]
    WrongApplication(ApplicationId),
    /// The reasons against an applicant are not those that the rules give.
    #[error("round {0}: application {1} is not answered with the reasons that the rules give")]
    WrongReasons(Season, ApplicationId),
    /// The score sheet or the position is not what the rules give.
    #[error("round {0}: application {1} does not stand where the rules put it")]
    WrongStanding(Season, ApplicationId),
    /// The permit does not say what its place, holder and policy ask for.
    #[error("round {0}: the permit of application {1} does not say what it should")]
    WrongPermit(Season, ApplicationId),
    /// The refusal or the cutoff is not what the closed set gives.
    #[error("round {0}: application {1} is refused with a wrong reason or cutoff")]
    WrongRefusal(Season, ApplicationId),
    /// Somebody sits where they cannot, a place is over capacity, the order is not respected, or the walk is not the
    /// least.
    #[error("round {0}: {1}")]
    NotProved(Season, MarketFinding),
    /// The round was held by another mechanism than the policy's.
    #[error("round {0}: held by another mechanism than the policy names")]
    WrongMechanism(Season),
    /// Offers were closed that were not due, or passed on otherwise than the rules say.
    #[error("season {0}: the offers closed or passed on by command number {1} are not those that the rules give")]
    WrongOffers(Season, u64),
    /// A space did not fall to the next in line with the fewest moves.
    #[error("season {0}: command number {1} did not pass a space on to the next in line: {2}")]
    NotNextInLine(Season, u64, FallFinding),
    /// More permits are in force at once, for one shift, than there may be for the spaces.
    #[error("stretch {0}: {1} permits in force at once for {2} spaces")]
    OverCapacity(StretchId, u32, u32),
    /// More permits and offers are in the area of a ceiling than it lets in, and than there were before.
    #[error("ceiling {0}: {2} permits and offers from {1} on, where there may be {3}")]
    AboveCeiling(String, Timestamp, u32, u32),
    /// A permit in the state that no round issued, or one that a round issued and the state lacks or changed.
    #[error("permit {0}: the state and the rounds disagree about it")]
    StrayPermit(PermitId),
    /// A special permit that should not have been granted, or not been changed, or does not say what it should.
    #[error("special permit {0}: command number {1} led to something that the rules do not give")]
    WrongSpecial(PermitId, u64),
    /// A permit was changed otherwise than the rules say.
    #[error("permit {0}: command number {1} changed it otherwise than the rules give")]
    WrongChange(PermitId, u64),
    /// Ground or rules are not those the district was founded with.
    #[error("ground or policy are not those the district was founded with")]
    NotAsFounded,
    /// Two rounds of one season, or rounds that are not in the order of their commands.
    #[error("round {0}: a second round of its season, or one out of order")]
    RoundOutOfPlace(Season),
    /// The command that a record names is missing, or its fingerprint is not that of the command the record would come
    /// from: record or command was changed afterwards.
    #[error("{0}: not what command number {1} asked for")]
    NotAsked(String, u64),
    /// The commands are not numbered one by one, go back in time, or one of them left no record.
    #[error("command {0}: its number, instant or record does not fit the others")]
    StrayCommand(CommandId),
    /// The clock is not the instant of the latest command.
    #[error("the clock does not show the instant of the latest command")]
    WrongClock,
    /// The journal's entry does not follow from its command.
    #[error("journal, entry {0}: the events do not follow from command {1}")]
    WrongEntry(usize, CommandId),
    /// The journal does not lead to the district it comes with.
    #[error("the journal does not replay to its district")]
    WrongReplay,
    /// A bill that is not what the tariff says, or whose lines do not sum to its total.
    #[error("stay {0}: the bill is not what the tariff says")]
    WrongBill(StayId),
    /// A complaint about something that there was not, with a wrong due date, or answered out of order.
    #[error("complaint {0}: it should not have been recorded so, or was not answered as the rules ask")]
    WrongComplaint(ComplaintId),
    /// An appeal that should not have been recorded, or a decision taken again otherwise than the rules say.
    #[error("appeal {0}: it should not have been recorded so, or what was decided again is not what the rules give")]
    WrongAppeal(ComplaintId),
}
