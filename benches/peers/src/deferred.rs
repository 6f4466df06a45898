//! Deferred acceptance beside the Python package `matching`, on its own kind of market: everybody ranks every place, and
//! every place ranks everybody.

use crate::family::measure::{median, timed};
use crate::program::Workshop;
use shared_parking::Chance;
use shared_parking::allocation::deferred;
use shared_parking::market::{Lots, Market, Place};

/// As many places as in the issue that asks for the comparison; together they have room for seven in eight applicants.
const PLACES: usize = 56;

/// Both sides' rankings by number, best first.
#[derive(Clone, Debug)]
struct Ranks {
    capacity: u32,
    applicants: Vec<Vec<u32>>,
    places: Vec<Vec<u32>>,
}

/// An answer of `matching`: each applicant's place, and the times.
#[derive(Debug, PartialEq)]
struct Answer {
    build_ms: f64,
    solve_ms: f64,
    seats: Vec<Option<u64>>,
}

impl Ranks {
    fn draw(applicants: u32, seed: u64) -> Self {
        let mut chance = Chance::new(seed).fork("ranks");
        let mut ranking = |many: u32| {
            let mut ranking: Vec<u32> = (0..many).collect();
            for at in (1..ranking.len()).rev() {
                ranking.swap(at, chance.below(at as u64 + 1) as usize);
            }
            ranking
        };
        let places = PLACES as u32;
        Self {
            capacity: (applicants * 7 / 8 / places).max(1),
            applicants: (0..applicants).map(|_| ranking(places)).collect(),
            places: (0..places).map(|_| ranking(applicants)).collect(),
        }
    }

    /// A rank is a cost, or a priority.
    fn market(&self) -> Market {
        let mut builder = Market::builder();
        let places: Vec<Place> = self.places.iter().map(|_| builder.place(self.capacity)).collect();
        let add = |ranks: &Vec<u32>| builder.agent(0, 1, ranks.iter().map(|&place| places[place as usize]).zip(0..));
        let agents: Vec<_> = self.applicants.iter().map(add).collect();
        for (&place, ranks) in places.iter().zip(&self.places) {
            for (&who, priority) in ranks.iter().zip(0..) {
                builder.priority(agents[who as usize], place, priority);
            }
        }
        builder.build().expect("a sound market")
    }

    fn json(&self) -> String {
        let capacities = vec![self.capacity; self.places.len()];
        serde_json::json!({ "capacities": capacities, "applicants": self.applicants, "places": self.places })
            .to_string()
    }
}

/// Lines that tell who took how long, or where the answers differ.
pub(crate) fn compare(applicants: u32, workshop: &Workshop, repeat: usize) -> Result<String, String> {
    let ranks = Ranks::draw(applicants, 1);
    let (mut builds, mut solves, mut ours) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..repeat {
        let (build_ms, market) = timed(|| ranks.market());
        let (solve_ms, allocation) = timed(|| deferred(&market, Lots::Single, 1));
        builds.push(build_ms);
        solves.push(solve_ms);
        let seat = |agent| allocation.seats_of(agent).first().map(|seat| u64::from(seat.place.number()));
        ours = market.agents().map(seat).collect();
    }
    let (build, solve) = (median(&builds), median(&solves));
    let mut told = format!(
        "deferred acceptance, {applicants} applicants, {PLACES} places of {}: \
         ours builds the market in {build:.2} ms and solves it in {solve:.2} ms (medians of {repeat})",
        ranks.capacity
    );
    match workshop.matching(&ranks.json()) {
        Err(absence) => told += &format!("\n{absence}"),
        Ok(mut program) => {
            let answer = parse(&program.line()?)?;
            if let Some(who) = (0..ours.len()).find(|&who| answer.seats.get(who) != Some(&ours[who])) {
                let theirs = answer.seats.get(who);
                return Err(format!("{told}\napplicant {who}: ours says {:?}, matching {theirs:?}", ours[who]));
            }
            let (their_build, their_solve) = (answer.build_ms, answer.solve_ms);
            told += &format!(
                "\nmatching finds the same {} seats: \
                 builds in {their_build:.0} ms ({:.0}×), solves in {their_solve:.0} ms ({:.0}×)",
                ours.iter().flatten().count(),
                their_build / build,
                their_solve / solve
            );
        }
    }
    Ok(told)
}

fn parse(line: &str) -> Result<Answer, String> {
    let wrong = || format!("not an answer: {:?}", line.chars().take(200).collect::<String>());
    let value: serde_json::Value = serde_json::from_str(line).map_err(|_| wrong())?;
    let seat = |seat: &serde_json::Value| if seat.is_null() { Some(None) } else { seat.as_u64().map(Some) };
    let seats = value["seats"].as_array().and_then(|all| all.iter().map(seat).collect());
    match (value["build_ms"].as_f64(), value["solve_ms"].as_f64(), seats) {
        (Some(build_ms), Some(solve_ms), Some(seats)) => Ok(Answer { build_ms, solve_ms, seats }),
        _ => Err(wrong()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everybody_ranks_everything_once() {
        let ranks = Ranks::draw(128, 1);
        assert_eq!((ranks.capacity, ranks.applicants.len(), ranks.places.len()), (2, 128, PLACES));
        for (all, many) in [(&ranks.applicants, 56), (&ranks.places, 128)] {
            for ranking in all {
                let mut sorted = ranking.clone();
                sorted.sort_unstable();
                assert!(sorted.into_iter().eq(0..many));
            }
        }
        let market = ranks.market();
        let (first, best) = (market.agents().next().unwrap(), ranks.applicants[0][0]);
        assert_eq!(market.cost(first, Place::new(best)), Some(0));
        let favourite = shared_parking::market::Agent::new(ranks.places[5][0]);
        assert_eq!(market.priority(favourite, Place::new(5)), Some(0));
    }

    #[test]
    fn answers_are_read_and_nonsense_is_named() {
        let answer = parse(r#"{"build_ms":1.5,"solve_ms":2,"seats":[3,null]}"#).unwrap();
        assert_eq!(answer, Answer { build_ms: 1.5, solve_ms: 2.0, seats: vec![Some(3), None] });
        for wrong in ["", "{}", r#"{"build_ms":1,"solve_ms":2,"seats":[-1]}"#] {
            assert!(parse(wrong).unwrap_err().starts_with("not an answer"), "{wrong}");
        }
    }
}
