//! An explanation in words: one sentence for each thing to say.

use super::held;
use super::{Better, Explanation, LastAdmitted, Later, MoreSpaces, Nearby, SmallestChanges};
use crate::market::Mechanism;
use crate::policy::ShownPoints;
use crate::refusal::Refusal;
use std::fmt;

/// How many stretches a sentence names.
const NAMED: usize = 3;

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Seated { position, of, street, stretch, walk, offer, better } => {
                write!(f, "position {position} of {of}: a space on {street} ({stretch}), {walk} from the door")?;
                offer.iter().try_for_each(|until| write!(f, ", offered until {until}"))?;
                better.iter().try_for_each(|better| better.fmt(f))
            }
            Self::Changed { first, then } => {
                write!(f, "{first}")?;
                then.iter().try_for_each(|later| write!(f, "; {later}"))
            }
            Self::NotEligible(reasons) => {
                write!(f, "not eligible:")?;
                reasons.iter().try_for_each(|reason| write!(f, " [{}] found: {}.", reason.refusal, reason.found))
            }
            Self::LeftOut { refusal, position, of, in_reach, cutoff, last, changes } => {
                write!(f, "position {position} of {of}: [{refusal}]")?;
                match cutoff {
                    None => {}
                    Some(cutoff) if cutoff.spaces == 1 => {
                        write!(f, ". The only space in reach is held by position {}", cutoff.position)?;
                    }
                    Some(cutoff) => {
                        let stretches = if cutoff.stretches == 1 { "stretch" } else { "stretches" };
                        write!(f, ". All {} spaces on {} {stretches} ", cutoff.spaces, cutoff.stretches)?;
                        if *in_reach < cutoff.stretches {
                            write!(f, "({in_reach} in reach, the others by changing places) ")?;
                        }
                        write!(f, "are held by people up to position {}", cutoff.position)?;
                        if *refusal == Refusal::CeilingReached {
                            write!(f, ", or kept free because of a ceiling")?;
                        }
                    }
                }
                last.iter().try_for_each(|last| write!(f, ". {last}"))?;
                let changes = changes.to_string();
                if changes.is_empty() { Ok(()) } else { write!(f, ". Enough would have been {changes}") }
            }
        }
    }
}

impl fmt::Display for Better {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { walk, behind, mechanism, kept_free } = self;
        if *kept_free {
            return write!(
                f,
                "; the one liked best, {walk} away, is kept free because of a ceiling, or held by others"
            );
        }
        match (behind, mechanism) {
            (0, _) => write!(f, "; the one liked best, {walk} away, is held by people ahead"),
            (_, Mechanism::Optimal) => {
                write!(f, "; the one liked best is {walk} away, but all together do best when others park there")
            }
            (behind, Mechanism::TopTradingCycles) => write!(
                f,
                "; of those at the one liked best, {walk} away, {behind} stood behind in the queue but had or traded for a \
                 better claim there"
            ),
            (1, _) => write!(
                f,
                "; of those at the one liked best, {walk} away, 1 is behind in the queue but had a better claim there"
            ),
            (many, _) => write!(
                f,
                "; of those at the one liked best, {walk} away, {many} are behind in the queue but had better claims there"
            ),
        }
    }
}

impl fmt::Display for LastAdmitted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { stretch, standing, pair_points, decimals } = self;
        let shown = |points| ShownPoints { points, decimals: *decimals };
        let points = shown(standing.total_points() + u64::from(pair_points.unwrap_or(0)));
        write!(f, "The last admitted to {stretch} stood in tier {} with {}", standing.tier, points.counted())?;
        let pair = pair_points.map(|pair| shown(u64::from(pair)));
        pair.iter().try_for_each(|pair| write!(f, " ({pair} of them for that stretch)"))?;
        write!(f, " and ticket {}", standing.ticket)
    }
}

impl fmt::Display for Later {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Offered { at, stretch, walk } => {
                write!(f, "at {at} offered a space on {stretch}, {walk} from the door, that had fallen free")
            }
            Self::Given { at, stretch, walk } => {
                write!(f, "at {at} given a space on {stretch}, {walk} from the door, that had fallen free")
            }
            Self::Dismissed { at } => write!(f, "at {at} the appeal was dismissed"),
            Self::Reopened { at, after: Some(0) } => {
                write!(f, "at {at} the appeal was upheld: first in line, before position 1")
            }
            Self::Reopened { at, after: Some(after) } => {
                write!(f, "at {at} the appeal was upheld: in line after position {after}")
            }
            Self::Reopened { at, after: None } => write!(f, "at {at} the appeal was upheld: not eligible all the same"),
            Self::Accepted { at } => write!(f, "at {at} the offer was accepted"),
            Self::Declined { at } => write!(f, "at {at} the offer was declined"),
            Self::Lapsed { at } => write!(f, "at {at} the offer was closed, for it had lapsed"),
            Self::PermitChanged { at, change } => held::say(*at, change, f),
            Self::Renewed { at, season, stretch, walk } => {
                write!(f, "at {at} renewed for season {season}: a space on {stretch}, {walk} from the door")
            }
            Self::Expired { at } => write!(f, "at {at} the permit expired"),
        }
    }
}

impl fmt::Display for SmallestChanges {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let position = self.before_position.map(|position| format!("a position before {position}"));
        let limit = self.walk_limit.as_ref().map(|to| format!("a walking limit of {}, to {to}", to.walk));
        let spaces = self.spaces.as_ref().map(ToString::to_string);
        let all: Vec<String> = [position, limit, spaces].into_iter().flatten().collect();
        f.write_str(&all.join("; or "))
    }
}

impl fmt::Display for MoreSpaces {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.count, self.at.len()) {
            (1, _) => write!(f, "one more space on ")?,
            (count, 1) => write!(f, "{count} more spaces on ")?,
            (count, _) => write!(f, "{count} more spaces, all on one of ")?,
        }
        let mut names: Vec<String> = self.at.iter().take(NAMED).map(ToString::to_string).collect();
        match self.at.len().saturating_sub(NAMED) {
            0 => {}
            1 => names.push("another stretch in reach".to_owned()),
            others if self.count == 1 => names.push(format!("one of {others} other stretches in reach")),
            others => names.push(format!("{others} other stretches in reach")),
        }
        let last = names.pop().unwrap_or_default();
        if names.is_empty() { f.write_str(&last) } else { write!(f, "{} or {last}", names.join(", ")) }
    }
}

/// The street and the stretch.
impl fmt::Display for Nearby {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.street, self.stretch)
    }
}
