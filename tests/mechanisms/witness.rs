//! What an answer should keep to. Each law returns a witness where it is broken, `None` where it is kept.

use super::crowd::{Crowd, Seats};

/// A person and the place in question.
pub type Pair = (usize, usize);

/// A place with too many people, or somebody at a place they do not accept.
pub fn misfit(crowd: &Crowd, seats: &Seats) -> Option<Pair> {
    let taken = |there| seats.iter().filter(|seat| **seat == Some(there)).count();
    let mut seated = seats.iter().enumerate().filter_map(|(turn, seat)| Some((turn, (*seat)?)));
    seated.find(|&(turn, there)| taken(there) > crowd.room[there] || !crowd.people[turn].prefers.contains(&there))
}

/// Somebody prefers a place with room to their own.
pub fn waste(crowd: &Crowd, seats: &Seats) -> Option<Pair> {
    let mut room = crowd.room.clone();
    seats.iter().flatten().for_each(|&there| room[there] -= 1);
    let free = |(turn, there): &Pair| room[*there] > 0 && crowd.likes(*turn, Some(*there), seats[*turn]);
    pairs(crowd).find(free)
}

/// Somebody prefers a place given to somebody with a worse claim to it.
pub fn envy(crowd: &Crowd, seats: &Seats) -> Option<(usize, Pair)> {
    let in_line = |there: usize| {
        let line = &crowd.lines[there];
        let last = line.iter().rposition(|&turn| seats[turn] == Some(there))?;
        let envious = line[..last].iter().find(|&&turn| crowd.likes(turn, Some(there), seats[turn]))?;
        Some((*envious, (line[last], there)))
    };
    (0..crowd.room.len()).find_map(in_line)
}

/// Not Pareto efficient: places such that people of each would rather be at the next, and those of the last at the first;
/// or one place, with room that somebody would rather have.
pub fn exchange(crowd: &Crowd, seats: &Seats) -> Option<Vec<usize>> {
    if let Some((_, there)) = waste(crowd, seats) {
        return Some(vec![there]);
    }
    let sits = |turn: usize, at: usize| seats[turn] == Some(at);
    let moves = |from: usize, to: usize| {
        (0..seats.len()).any(|turn| sits(turn, from) && crowd.likes(turn, Some(to), Some(from)))
    };
    let mut left: Vec<usize> = (0..crowd.room.len()).collect();
    // Take away places nobody would leave for another one that is left; what remains goes round.
    while let Some(at) = left.iter().position(|&from| !left.iter().any(|&to| moves(from, to))) {
        left.remove(at);
    }
    let mut walk = vec![*left.first()?];
    loop {
        let from = walk[walk.len() - 1];
        let to = *left.iter().find(|&&to| moves(from, to))?;
        if let Some(start) = walk.iter().position(|&place| place == to) {
            return Some(walk.split_off(start));
        }
        walk.push(to);
    }
}

/// Somebody is worse off than at the place they hold.
pub fn unprotected(crowd: &Crowd, seats: &Seats) -> Option<usize> {
    (0..seats.len()).find(|&turn| crowd.likes(turn, crowd.people[turn].held, seats[turn]))
}

/// Somebody has one of the best claims to a place, as many as it has room for, and is worse off than there.
pub fn passed_over(crowd: &Crowd, seats: &Seats) -> Option<Pair> {
    let top = |there: usize| {
        let best = crowd.order(there).into_iter().take(crowd.room[there]);
        best.map(move |turn| (turn, there)).find(|&(turn, there)| crowd.likes(turn, Some(there), seats[turn]))
    };
    (0..crowd.room.len()).find_map(top)
}

/// Somebody likes one of `others` better.
pub fn beaten<'o>(crowd: &Crowd, seats: &Seats, others: &'o [Seats]) -> Option<(usize, &'o Seats)> {
    let better = |other: &'o Seats| {
        let turn = (0..seats.len()).find(|&turn| crowd.likes(turn, other[turn], seats[turn]))?;
        Some((turn, other))
    };
    others.iter().find_map(better)
}

/// Somebody who gains by stating another list than the true one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lie {
    pub person: usize,
    pub stated: Vec<usize>,
    pub truth_gives: Option<usize>,
    pub lie_gives: Option<usize>,
}

/// Looks for a lie that pays. `truth` says which of `lists` each person has in truth; `seat` is where a person sits when
/// these lists are stated; `may` says which lies to try (person, the true list, the stated one).
pub fn lie(
    lists: &[Vec<usize>],
    truth: &[usize],
    may: impl Fn(usize, &[usize], &[usize]) -> bool,
    seat: impl Fn(&[usize], usize) -> Option<usize>,
) -> Option<Lie> {
    for person in 0..truth.len() {
        let own = &lists[truth[person]];
        let rank = |seat: Option<usize>| own.iter().position(|&place| Some(place) == seat).unwrap_or(own.len());
        let truth_gives = seat(truth, person);
        let mut told = truth.to_vec();
        for (number, stated) in lists.iter().enumerate().filter(|(_, stated)| may(person, own, stated)) {
            told[person] = number;
            let lie_gives = seat(&told, person);
            if rank(lie_gives) < rank(truth_gives) {
                return Some(Lie { person, stated: stated.clone(), truth_gives, lie_gives });
            }
        }
    }
    None
}

fn pairs(crowd: &Crowd) -> impl Iterator<Item = Pair> + '_ {
    (0..crowd.people.len()).flat_map(|turn| crowd.people[turn].prefers.iter().map(move |&there| (turn, there)))
}
