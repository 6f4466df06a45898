//! Ceilings: never more permits in an area than it says, and within that the best that can be done.

use super::world::{World, policy_with};
use serde_json::{Value, json};
use shared_parking::district::Answer;
use shared_parking::{District, Policy, audit};

fn ceilings(list: &Value) -> Value {
    json!({ "ceilings": list })
}

#[test]
fn a_ceiling_lets_in_the_best_and_keeps_the_rest_free() {
    // Street k0 has four spaces and lets in two, whichever they are; Bob's is the nearest, but Ann has no other.
    let parts = ceilings(&json!([{ "id": "west", "area": { "streets": ["k0"] }, "at_most": { "permits": 2 } }]));
    let mut world = World::under(policy_with(300, json!({}), &parts), &[(100, 2), (400, 2), (700, 1)], &[0, 390, 410]);
    world.play(
        "
            0 | apply ann 0   | ok
           25 | apply bob 410 | ok
           50 | apply cat 390 | ok
           75 | apply dan 390 | ok
          100 | apply eve 410 | ok
          124 | round r1 | ann s0, bob s2, cat s1, dan 306, eve 306
        ",
    );
    let round = &world.district().rounds()[0];
    assert_eq!((round.ceilings[0].at_most, round.ceilings[0].gives, round.ceilings[0].kept_free), (2, 2, 2));
    assert_eq!(round.places.iter().map(|place| place.kept_free).sum::<u32>(), 2);
    let story = world.story("dan");
    let due = "All 4 spaces on 2 stretches are held by people up to position 3, \
               or kept free because of a ceiling";
    assert!(story.contains(due), "{story}");
}

#[test]
fn a_falling_ceiling_takes_nothing_from_a_holder() {
    let parts = ceilings(&json!([{
        "id": "all", "at_most": { "permits": 3 },
        "decay": { "from": "2026-06-01", "every_months": 6, "permits": 1, "least": 1 }
    }]));
    let renewal = json!({ "renewal": { "within_days": 30, "place": "keep" } });
    let mut world = World::under(policy_with(300, renewal, &parts), &[(0, 5)], &[0]);
    // 3 until June 2026, 2 from then, 1 from December on.
    world.play(
        "
            0 | apply ann 0 | ok
           25 | apply bob 0 | ok
           50 | apply cat 0 | ok
           75 | apply dan 0 | ok
          100 | round r1    | ann s0, bob s0, cat s0, dan 306
         8700 | apply ann 0 | ok
         8701 | apply bob 0 | ok
         8702 | round r2    | ann s0, bob s0, dan 306
         9000 | round r3    | dan 306
        17400 | apply bob 0 | ok
        17401 | round r4    | bob s0, dan 306
        17600 | round r5    | dan 306
        26300 | round r6    | dan s0
        ",
    );
}

/// A town, its people in order, and the ceilings, by numbers.
struct Town {
    stretches: Vec<(u32, u32)>,
    doors: Vec<u32>,
    /// West street, and the whole district.
    limits: [Option<u32>; 2],
    walk: u32,
}

impl Town {
    /// A draw by SplitMix64.
    fn draw(seed: &mut u64) -> Self {
        let mut below = |end: u32| {
            *seed = seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
            let mixed = (*seed ^ (*seed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
            let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
            u32::try_from((mixed ^ (mixed >> 31)) % u64::from(end)).expect("below a u32")
        };
        let mut spots: Vec<u32> = (0..=below(4)).map(|_| 25 + 50 * below(20)).collect();
        spots.sort_unstable();
        spots.dedup();
        let stretches: Vec<(u32, u32)> = spots.into_iter().map(|east| (east, 1 + below(2))).collect();
        let doors = (0..=below(5)).map(|_| 10 * below(100)).collect();
        let mut limit = || (below(4) > 0).then(|| below(4));
        let limits = [limit(), limit()];
        Self { stretches, doors, limits, walk: [300, 600][below(2) as usize] }
    }

    /// The walk of a person to a stretch, in metres, if it is within the limit.
    fn walk(&self, person: usize, stretch: usize) -> Option<u32> {
        Some(self.doors[person].abs_diff(self.stretches[stretch].0)).filter(|&walk| walk <= self.walk)
    }

    /// Whether so many seats at each stretch are allowed.
    fn allows(&self, seats: &[u32]) -> bool {
        let west: u32 = seats.iter().zip(&self.stretches).filter(|(_, own)| own.0 < 500).map(|(count, _)| count).sum();
        seats.iter().zip(&self.stretches).all(|(count, own)| *count <= own.1)
            && self.limits[0].is_none_or(|most| west <= most)
            && self.limits[1].is_none_or(|most| seats.iter().sum::<u32>() <= most)
    }

    /// The best of all ways to seat people: in strict order of the list, then by the walk in all. Tried one by one.
    fn best(&self) -> (Vec<bool>, u32) {
        let mut best: Option<(Vec<bool>, u32)> = None;
        self.each(0, &mut vec![0; self.stretches.len()], &mut Vec::new(), 0, &mut best);
        best.expect("at least nobody seated")
    }

    fn each(
        &self,
        person: usize,
        seats: &mut Vec<u32>,
        seated: &mut Vec<bool>,
        walk: u32,
        best: &mut Option<(Vec<bool>, u32)>,
    ) {
        if person == self.doors.len() {
            let better = best.as_ref().is_none_or(|(others, least)| {
                // true before false: the first who differs decides
                *seated > *others || seated == others && walk < *least
            });
            if better {
                *best = Some((seated.clone(), walk));
            }
            return;
        }
        for stretch in 0..self.stretches.len() {
            let Some(own) = self.walk(person, stretch) else { continue };
            seats[stretch] += 1;
            if self.allows(seats) {
                seated.push(true);
                self.each(person + 1, seats, seated, walk + own, best);
                seated.pop();
            }
            seats[stretch] -= 1;
        }
        seated.push(false);
        self.each(person + 1, seats, seated, walk, best);
        seated.pop();
    }

    fn world(&self) -> World {
        let [west, all] = self.limits;
        let west =
            west.map(|most| json!({ "id": "west", "area": { "streets": ["k0"] }, "at_most": { "permits": most } }));
        let all = all.map(|most| json!({ "id": "all", "at_most": { "permits": most } }));
        let parts = ceilings(&west.into_iter().chain(all).collect());
        let mut doors = self.doors.clone();
        doors.sort_unstable();
        doors.dedup();
        World::under(policy_with(self.walk, json!({}), &parts), &self.stretches, &doors)
    }
}

#[test]
fn rounds_under_ceilings_are_the_best_of_all_ways() {
    let mut seed = 5;
    let mut kept_free = 0;
    for _ in 0..400 {
        let start = seed;
        let town = Town::draw(&mut seed);
        let mut world = town.world();
        for (person, door) in town.doors.iter().enumerate() {
            world.tell(24 * i64::try_from(person).expect("small"), &format!("apply p{person} {door}"));
        }
        world.tell(1_000, "round r1");
        let district = world.district();
        let round = &district.rounds()[0];
        let mut answers: Vec<(u32, bool, u32)> = Vec::new();
        for outcome in &round.outcomes {
            match &outcome.answer {
                Answer::Seated { position, permit, .. } => answers.push((*position, true, permit.walk.get())),
                Answer::LeftOut { position, .. } => answers.push((*position, false, 0)),
                Answer::NotEligible { .. } => panic!("all are eligible"),
            }
        }
        answers.sort_unstable();
        let (seated, walk) = town.best();
        let found: Vec<bool> = answers.iter().map(|answer| answer.1).collect();
        assert_eq!(found, seated, "seed {start}");
        let all: u32 = answers.iter().map(|answer| answer.2).sum();
        assert!(all.abs_diff(100 * walk) <= 5, "seed {start}: {all} cm, {walk} m"); // the ground rounds to centimetres
        assert_eq!(audit::check(district), Ok(()), "seed {start}");
        kept_free += round.ceilings.iter().filter(|own| own.kept_free > 0).count();
    }
    assert!(kept_free > 100, "ceilings that bind: {kept_free}");
}

#[test]
fn a_round_that_breaks_a_ceiling_or_lies_about_it_is_found() {
    let parts = ceilings(&json!([{ "id": "west", "area": { "streets": ["k0"] }, "at_most": { "permits": 1 } }]));
    let mut world = World::under(policy_with(300, json!({}), &parts), &[(100, 2), (400, 2)], &[0, 390]);
    world.play(
        "
            0 | apply ann 0   | ok
           25 | apply bob 390 | ok
          124 | round r1      | ann s0, bob 306
        ",
    );
    let honest = serde_json::to_value(world.district()).expect("a document");
    let lies = [
        ("/rounds/0/ceilings/0/at_most", json!(2)),
        ("/rounds/0/ceilings/0/in_force", json!(1)),
        ("/rounds/0/ceilings/0/gives", json!(2)),
        ("/rounds/0/ceilings/0/kept_free", json!(2)),
        ("/rounds/0/ceilings/0/ceiling", json!("east")),
        ("/rounds/0/ceilings", json!([])),
        ("/rounds/0/places/0/kept_free", json!(0)),
        ("/rounds/0/places/1/kept_free", json!(1)),
        ("/policy/ceilings/0/at_most/permits", json!(3)),
    ];
    for (path, lie) in lies {
        let mut document = honest.clone();
        *document.pointer_mut(path).unwrap_or_else(|| panic!("{path}")) = lie;
        let found = serde_json::from_value::<District>(document).is_ok_and(|district| audit::check(&district).is_err());
        assert!(found, "{path}");
    }
}

/// what is written into the policy | the flaw's place
const FLAWS: &str = r#"
{"round": {"mechanism": "serial-dictatorship"}}                               | ceilings
{"round": {"renewal": {"within_days": 30, "place": "improve"}}}               | ceilings
{"ceilings": [{"id": "", "at_most": {"permits": 1}}]}                         | ceilings
{"ceilings": [{"id": "a", "at_most": {"seats": 1}}]}                          | ceilings[0].at_most
{"ceilings": [{"id": "a"}]}                                                   | ceilings[0].at_most
{"ceilings": [{"id": "a", "at_most": {"permits": 1}, "decay": {"from": "2026-01-01", "every_months": 0, "permits": 1, "least": 0}}]} | ceilings[0].decay.every_months
{"ceilings": [{"id": "a", "at_most": {"permits": 1}, "decay": {"from": "2026-01-01", "every_months": 1, "permits": 0, "least": 0}}]} | ceilings[0].decay.permits
{"ceilings": [{"id": "a", "area": {"streets": ["k0", "k0"]}, "at_most": {"permits": 1}}]} | ceilings[0].area.streets[1]
{"ceilings": [{"id": "a", "area": {"street": ["k0"]}, "at_most": {"permits": 1}}]} | ceilings[0].area.street
{"quotas": [{"id": "q", "group": {}, "reserve": [{"from_spaces": 0, "at_least": {"permits": 1}}]}]} | quotas[0].group
{"quotas": [{"id": "q", "group": {"special_needs": ["disability"]}, "reserve": []}]} | quotas[0].reserve
{"quotas": [{"id": "q", "group": {"special_needs": ["none"]}, "reserve": [{"from_spaces": 0, "at_least": {"permits": 1}}]}]} | quotas[0].group.special_needs[0]
{"quotas": [{"id": "q", "group": {"special_needs": ["disability", "disability"]}, "reserve": [{"from_spaces": 0, "at_least": {"permits": 1}}]}]} | quotas[0].group.special_needs[1]
{"quotas": [{"id": "q", "group": {"communities": ["a", "a"]}, "reserve": [{"from_spaces": 0, "at_least": {"permits": 1}}]}]} | quotas[0].group.communities[1]
{"quotas": [{"id": "q", "group": {"special_needs": ["disability"]}, "reserve": [{"from_spaces": 9, "at_least": {"permits": 1}}, {"from_spaces": 9, "at_least": {"permits": 2}}]}]} | quotas[0].reserve
"#;

#[test]
fn flaws_name_their_places() {
    let sound = ceilings(&json!([{ "id": "all", "at_most": { "permits": 3 } }]));
    let sound = serde_json::to_value(policy_with(300, json!({}), &sound)).expect("a document");
    for line in FLAWS.lines().filter(|line| !line.trim().is_empty()) {
        let (change, place) = line.rsplit_once('|').expect("two columns");
        let change: Value = serde_json::from_str(change).expect("a document");
        let mut document = sound.clone();
        for (part, value) in change.as_object().expect("an object") {
            document[part] = value.clone();
        }
        let flaws = Policy::from_json(&document.to_string()).expect_err(line);
        assert!(flaws.iter().any(|flaw| flaw.place == place.trim()), "{line}: {flaws}");
    }
}

#[test]
fn what_is_not_on_the_ground_is_told_when_a_district_is_founded() {
    let ground = super::world::inventory(&[(100, 1), (600, 1)], &[0]);
    let parts = json!({
        "ceilings": [
            { "id": "a", "area": { "streets": ["k0", "k9"] }, "at_most": { "permits": 1 } },
            { "id": "b", "area": { "stretches": ["s0", "s1"] }, "at_most": { "share": 5_000 } },
            { "id": "c", "area": { "streets": ["k0", "k1"] }, "at_most": { "share": 5_000 } }
        ],
        "quotas": [{
            "id": "q", "area": { "communities": ["nowhere"] }, "group": { "communities": ["elsewhere"] },
            "reserve": [{ "from_spaces": 0, "at_least": { "permits": 1 } }]
        }]
    });
    let flaws = District::new(ground, policy_with(300, json!({}), &parts)).expect_err("flaws");
    let places: Vec<&str> = flaws.iter().map(|flaw| flaw.place.as_str()).collect();
    assert_eq!(
        places,
        ["ceilings[0].area.streets[1]", "quotas[0].area.communities[0]", "quotas[0].group.communities[0]"]
    );
    let ground = super::world::inventory(&[(100, 1), (600, 1), (1_100, 1)], &[0]);
    let parts = ceilings(&json!([
        { "id": "a", "area": { "streets": ["k0", "k1"] }, "at_most": { "permits": 1 } },
        { "id": "b", "area": { "streets": ["k1", "k2"] }, "at_most": { "permits": 1 } }
    ]));
    let flaws = District::new(ground, policy_with(300, json!({}), &parts)).expect_err("flaws");
    assert_eq!(flaws.iter().map(|flaw| flaw.place.as_str()).collect::<Vec<_>>(), ["ceilings[1].area"]);
}
