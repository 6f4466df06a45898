//! An explanation in words: one sentence for each thing to say.

use super::{Explanation, MoreSpaces, Nearby, Nearer, SmallestChanges};
use std::fmt;

/// How many stretches a sentence names.
const NAMED: usize = 3;

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Seated { position, of, street, stretch, walk, nearer } => {
                write!(f, "position {position} of {of}: a space on {street} ({stretch}), {walk} from the door")?;
                match nearer {
                    None => Ok(()),
                    Some(Nearer { walk, behind: 0 }) => {
                        write!(f, "; the nearest, {walk} away, is held by people ahead")
                    }
                    Some(Nearer { walk, .. }) => {
                        write!(f, "; the nearest is {walk} away, but in all people walk least when others park there")
                    }
                }
            }
            Self::NotEligible(reasons) => {
                write!(f, "not eligible:")?;
                reasons.iter().try_for_each(|reason| write!(f, " [{}] found: {}.", reason.refusal, reason.found))
            }
            Self::LeftOut { refusal, position, of, in_reach, cutoff, changes } => {
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
                    }
                }
                let changes = changes.to_string();
                if changes.is_empty() { Ok(()) } else { write!(f, ". Enough would have been {changes}") }
            }
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
