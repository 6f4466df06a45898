//! Whoever stood further ahead would have got no worse an answer, whatever ceilings, quotas and shifts there are.

use super::world::{World, policy_with};
use serde_json::{Value, json};

/// Numbers by SplitMix64.
struct Draw(u64);

impl Draw {
    fn below(&mut self, end: u32) -> u32 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        u32::try_from((mixed ^ (mixed >> 31)) % u64::from(end)).expect("below a u32")
    }
}

struct Town {
    stretches: Vec<(u32, u32)>,
    doors: Vec<u32>,
    parts: Value,
    /// What each person asks for, by their turn.
    asked: Vec<(usize, &'static str)>,
}

fn town(draw: &mut Draw) -> Town {
    let mut spots: Vec<u32> = (0..=draw.below(4)).map(|_| 25 + 50 * draw.below(20)).collect();
    spots.sort_unstable();
    spots.dedup();
    let stretches = spots.into_iter().map(|east| (east, 1 + draw.below(2))).collect();
    let mut doors: Vec<u32> = (0..4).map(|_| 10 * draw.below(100)).collect();
    doors.sort_unstable();
    doors.dedup();
    let mut parts = json!({});
    if draw.below(2) == 0 {
        let share = [3_000, 6_000, 9_000][draw.below(3) as usize];
        parts["ceilings"] = json!([
            { "id": "west", "area": { "streets": ["k0"] }, "at_most": { "permits": draw.below(4) } },
            { "id": "all", "at_most": { "share": share } }
        ]);
    }
    if draw.below(2) == 0 {
        parts["quotas"] = json!([{
            "id": "need", "group": { "special_needs": ["disability"] },
            "reserve": [{ "from_spaces": 1, "at_least": { "permits": 1 } }, { "from_spaces": 4, "at_least": { "share": 3_000 } }]
        }]);
    }
    let with_shifts = draw.below(2) == 0;
    if with_shifts {
        parts["shifts"] = json!({
            "list": [{ "id": "day", "from": "09:00", "until": "18:00" }, { "id": "night", "from": "18:00", "until": "09:00" }],
            "otherwise": ["day", "night"]
        });
    }
    let asked = (0..2 + draw.below(6)).map(|_| {
        let wishes = ["", "excluded k0", "shift day", "shift night", "need disability", "need disability shift day"];
        let own = wishes[draw.below(6) as usize];
        let own =
            if own.contains("shift") == with_shifts { own } else { ["", "shift night"][usize::from(with_shifts)] };
        (draw.below(u32::try_from(doors.len()).expect("a few")) as usize, own)
    });
    let asked = asked.collect();
    Town { stretches, doors, parts, asked }
}

/// Who is seated, when people apply in this order.
fn seated(town: &Town, order: &[usize]) -> Vec<bool> {
    let mut world = World::under(policy_with(300, json!({}), &town.parts), &town.stretches, &town.doors);
    for (turn, &person) in (0_i64..).zip(order) {
        let (door, wishes) = town.asked[person];
        // a day or more apart: points count whole days
        let told = world.tell(turn * 25, &format!("apply p{person} {} {wishes}", town.doors[door]));
        assert_eq!(told, "ok");
    }
    let told = world.tell(1_000, "round r1");
    let is_seated = |person: usize| {
        let name = format!("p{person}");
        let answer = told.split(", ").find_map(|own| own.strip_prefix(&name)?.strip_prefix(' '));
        answer.expect("an answer").starts_with('s')
    };
    (0..town.asked.len()).map(is_seated).collect()
}

#[test]
fn who_stands_further_ahead_is_never_left_out_for_it() {
    let (mut draw, mut left_out, mut gained) = (Draw(2026), 0, 0);
    for number in 0..250 {
        let town = town(&mut draw);
        let order: Vec<usize> = (0..town.asked.len()).collect();
        let who = 1 + draw.below(u32::try_from(order.len() - 1).expect("a few")) as usize;
        let ahead = draw.below(u32::try_from(who).expect("a few")) as usize;
        let mut risen = order.clone();
        let own = risen.remove(who);
        risen.insert(ahead, own);
        let (before, after) = (seated(&town, &order)[who], seated(&town, &risen)[who]);
        assert!(after || !before, "town {number} of the draw 2026: person {who} moved up to turn {ahead}");
        left_out += usize::from(!before);
        gained += usize::from(after && !before);
    }
    assert!(left_out > 30 && gained > 10, "{left_out} left out, {gained} of them gained");
}
