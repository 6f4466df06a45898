//! The mechanisms as the textbooks define them: slow, plain, and sharing no code with the library's.

use super::crowd::{Crowd, Seats};

/// Deferred acceptance (Gale and Shapley 1962): in each round everybody without a seat asks for the next place on their
/// list, all at once, and each place keeps the best claims among old and new.
pub fn deferred(crowd: &Crowd) -> Seats {
    let mut asked = vec![0; crowd.people.len()];
    let mut kept: Vec<Vec<usize>> = vec![Vec::new(); crowd.room.len()];
    loop {
        let mut nobody = true;
        for (turn, person) in crowd.people.iter().enumerate() {
            if kept.iter().all(|kept| !kept.contains(&turn)) && asked[turn] < person.prefers.len() {
                kept[person.prefers[asked[turn]]].push(turn);
                asked[turn] += 1;
                nobody = false;
            }
        }
        if nobody {
            return seats(crowd, &kept);
        }
        for (there, kept) in kept.iter_mut().enumerate() {
            kept.sort_by_key(|turn| crowd.lines[there].iter().position(|claimant| claimant == turn));
            kept.truncate(crowd.room[there]);
        }
    }
}

/// By turn from who is where.
pub fn seats(crowd: &Crowd, kept: &[Vec<usize>]) -> Seats {
    (0..crowd.people.len()).map(|turn| kept.iter().position(|kept| kept.contains(&turn))).collect()
}

/// One after the other takes the best place left.
pub fn serial(crowd: &Crowd) -> Seats {
    let mut room = crowd.room.clone();
    let mut seats = Vec::new();
    for person in &crowd.people {
        let best = person.prefers.iter().copied().find(|&there| room[there] > 0);
        best.into_iter().for_each(|there| room[there] -= 1);
        seats.push(best);
    }
    seats
}

/// Top trading cycles (Abdulkadiroğlu and Sönmez 2003): in each round everybody points to the best place left and every
/// place to the best claim left, whether or not that one accepts it; all who stand on circles get what they point to.
pub fn trading(crowd: &Crowd) -> Seats {
    trading_by(crowd, |there, still| crowd.order(there).into_iter().find(|&turn| still[turn]))
}

/// The same with another say about whom a place points to.
pub fn trading_by(crowd: &Crowd, points_to: impl Fn(usize, &[bool]) -> Option<usize>) -> Seats {
    let people = crowd.people.len();
    let (mut room, mut still, mut seats) = (crowd.room.clone(), vec![true; people], vec![None; people]);
    while still.contains(&true) {
        let best = |turn: usize| crowd.people[turn].prefers.iter().copied().find(|&there| room[there] > 0);
        let wants: Seats = (0..people).map(|turn| best(turn).filter(|_| still[turn])).collect();
        let follows: Vec<Option<usize>> = wants.iter().map(|want| points_to((*want)?, &still)).collect();
        // On circles are those still pointed to when again and again all those nobody points to have been taken away.
        let mut circles: Vec<usize> = (0..people).filter(|&turn| wants[turn].is_some()).collect();
        loop {
            let mut pointed: Vec<usize> = circles.iter().filter_map(|&turn| follows[turn]).collect();
            pointed.sort_unstable();
            pointed.dedup();
            pointed.retain(|turn| circles.binary_search(turn).is_ok());
            if pointed.len() == circles.len() {
                break;
            }
            circles = pointed;
        }
        for turn in 0..people {
            still[turn] &= wants[turn].is_some();
        }
        for turn in circles {
            still[turn] = false;
            seats[turn] = wants[turn];
            wants[turn].into_iter().for_each(|there| room[there] -= 1);
        }
    }
    seats
}

/// "You request my house, I get your turn" (Abdulkadiroğlu and Sönmez 1999). The first in the queue takes the best place
/// left, unless somebody in the queue holds it: then that one goes to the top; and where requests come round, those on
/// the circle get what they requested. A place of several spaces is requested from the first of those who hold it; who
/// requested a space gets it once its holder has taken another place.
pub fn queue(crowd: &Crowd) -> Seats {
    let people = crowd.people.len();
    let (mut room, mut seats, mut vacated) = (crowd.room.clone(), vec![None; people], vec![false; people]);
    let mut requests: Vec<Option<(usize, usize)>> = vec![None; people];
    let mut queue: Vec<usize> = (0..people).collect();
    while let Some(&first) = queue.first() {
        let Some(there) = crowd.people[first].prefers.iter().copied().find(|&there| room[there] > 0) else {
            queue.remove(0);
            continue;
        };
        let granted = requests[first].is_some_and(|(requested, of)| requested == there && vacated[of]);
        let holder = queue.iter().copied().filter(|&turn| crowd.people[turn].held == Some(there)).min();
        let holder = holder.filter(|_| !granted).unwrap_or(first);
        vacated[first] = holder == first && crowd.people[first].held != Some(there);
        requests[first] = Some((there, holder));
        if requests[holder].is_none() {
            queue.retain(|&turn| turn != holder);
            queue.insert(0, holder);
            continue;
        }
        let mut next = holder;
        while let Some((gets, asked)) = requests[next].take() {
            seats[next] = Some(gets);
            room[gets] -= 1;
            queue.retain(|&turn| turn != next);
            next = asked;
        }
    }
    seats
}

/// Every way to seat people at places they accept, or nowhere.
pub fn everything(crowd: &Crowd) -> Vec<Seats> {
    let mut all: Vec<Seats> = vec![Vec::new()];
    for person in &crowd.people {
        let options: Seats = person.prefers.iter().map(|&there| Some(there)).chain([None]).collect();
        let longer = |seats: Seats| options.clone().into_iter().map(move |seat| [seats.clone(), vec![seat]].concat());
        all = all.into_iter().flat_map(longer).collect();
        all.retain(|seats| {
            (0..crowd.room.len()).all(|p| seats.iter().filter(|s| **s == Some(p)).count() <= crowd.room[p])
        });
    }
    all
}

/// Those among `all` in which no person and place would rather have each other (Gale and Shapley's stability).
pub fn stable(crowd: &Crowd, all: &[Seats]) -> Vec<Seats> {
    let blocks = |seats: &Seats, turn: usize, there: usize| {
        let ahead = |other: &usize| {
            let at = |turn| crowd.lines[there].iter().position(|&claimant| claimant == turn);
            seats[*other] == Some(there) && at(*other) < at(turn)
        };
        crowd.likes(turn, Some(there), seats[turn]) && (0..crowd.people.len()).filter(ahead).count() < crowd.room[there]
    };
    let pairs = || (0..crowd.people.len()).flat_map(|turn| (0..crowd.room.len()).map(move |there| (turn, there)));
    all.iter().filter(|seats| pairs().all(|(turn, there)| !blocks(seats, turn, there))).cloned().collect()
}

/// Those among `all` that no other one improves for somebody and worsens for nobody.
pub fn efficient(crowd: &Crowd, all: &[Seats]) -> Vec<Seats> {
    let turns = || 0..crowd.people.len();
    let improves = |other: &Seats, seats: &Seats| {
        turns().any(|turn| crowd.likes(turn, other[turn], seats[turn]))
            && !turns().any(|turn| crowd.likes(turn, seats[turn], other[turn]))
    };
    all.iter().filter(|seats| !all.iter().any(|other| improves(other, seats))).cloned().collect()
}
