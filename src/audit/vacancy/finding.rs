//! What can be wrong with the moves by which a space fell to the next in line.

use crate::market::{Agent, Place};

/// One thing wrong with moves by which a free space fell to the next in line, with its witnesses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum FallFinding {
    /// The move at this position names an agent or a place the market does not have, or is not of one person to a place.
    #[error("move {position} names an unknown agent or place, or is not of one person to a place")]
    MeaninglessMove {
        /// Its position among the moves.
        position: usize,
    },
    /// The move at this position does not go where the one before it made room, or it leaves no place though it is not
    /// the last.
    #[error("move {position} does not go where the one before it made room")]
    Broken {
        /// Its position among the moves.
        position: usize,
    },
    /// The first move goes where no space is free.
    #[error("no space of place {place} is free")]
    NoRoom {
        /// Where it goes.
        place: Place,
    },
    /// Somebody goes where they never chose to.
    #[error("agent {agent} goes to place {place}, which is none of its choices")]
    NotAChoice {
        /// Who.
        agent: Agent,
        /// Where they go.
        place: Place,
    },
    /// Nobody of the agent sits where somebody of it is said to leave.
    #[error("nobody of agent {agent} sits at place {place}")]
    NotSeated {
        /// Who.
        agent: Agent,
        /// Where nobody of it sits.
        place: Place,
    },
    /// Somebody is moved who may not be.
    #[error("agent {agent} may not be moved")]
    MayNotMove {
        /// Who.
        agent: Agent,
    },
    /// Somebody is made worse off.
    #[error("agent {agent} is moved from place {from} to place {to}, which costs them more")]
    WorseOff {
        /// Who.
        agent: Agent,
        /// The place left.
        from: Place,
        /// The dearer one.
        to: Place,
    },
    /// The last move brings nobody in, or somebody who does not wait: all the agent's people are seated, or they may not
    /// come.
    #[error("agent {agent} does not wait for a seat")]
    NotWaiting {
        /// Who makes the last move.
        agent: Agent,
    },
    /// Somebody ahead of the one who comes could come, or somebody could where nobody does; a space can be had for them
    /// at this place.
    #[error("agent {agent} could come to place {place}, and is next in line")]
    PassedOver {
        /// The next in line.
        agent: Agent,
        /// One of their choices at which a space can be had.
        place: Place,
    },
    /// Fewer moves would do for the person who comes.
    #[error("{moves} moves, where {fewest} would do")]
    TooManyMoves {
        /// How many were made.
        moves: usize,
        /// How many would do.
        fewest: usize,
    },
    /// As many moves would cost less: the cost of the person who comes, and what the others' costs change by.
    #[error("the moves cost {cost}, where {least} would do")]
    TooDear {
        /// What they cost together.
        cost: i64,
        /// What would do.
        least: i64,
    },
    /// Of the chains with as few moves and as little cost another one comes first by numbers.
    #[error("move {position} should be of agent {agent} to place {to}: that chain is as good, and comes first")]
    NotTheFirst {
        /// The position of the first move that differs.
        position: usize,
        /// Who should make it.
        agent: Agent,
        /// Where to.
        to: Place,
    },
}
