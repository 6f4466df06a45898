//! Towns along one straight line, drawn in metres, where every walk is plain arithmetic.

use shared_parking::inventory::{
    CommunityRow, DoorRow, KerbRules, Layout, LonLat, Side, SpaceKind, StreetKind, StreetRow, StretchRow, Survey,
};
use shared_parking::{Centimetres, Inventory};

/// How long each street is: `k0` from 0 to 500 m, `k1` from 500 to 1,000 m, and so on.
const STREET: u32 = 500;

#[expect(clippy::float_arithmetic, reason = "a survey is given in degrees")]
fn at(east: u32) -> LonLat {
    LonLat { lon: (f64::from(east) / 6_378_137.0).to_degrees(), lat: 0.0 }
}

fn number(word: &str) -> u32 {
    word.parse().unwrap_or_else(|_| panic!("{word:?} is no number"))
}

/// The first kilometre is the community `west`, the second `east`, the rest belongs to none.
fn community(east: u32) -> Option<String> {
    ["west", "east"].get(east as usize / 1_000).map(|id| (*id).to_owned())
}

/// `s0=10x2 s1=100x1,resident 0 50`: two spaces with their middle at 10 m, one for residents at 100 m, and the doors `d0`
/// and `d50` where they say. A stretch may be `disabled`, `loading`, or `tight`: its spaces are a centimetre long. There
/// are as many streets as that needs.
pub fn inventory(words: &[&str]) -> Inventory {
    let stretches: Vec<StretchRow> = words.iter().filter(|word| word.contains('=')).map(|word| stretch(word)).collect();
    let doors: Vec<u32> = words.iter().filter(|word| !word.contains('=')).map(|word| number(word)).collect();
    let streets = 4.max(stretches.iter().map(|row| number(&row.street[1..]) + 1).max().unwrap_or(0));
    let community_row = |id: &str| CommunityRow {
        origin: format!("community {id}"),
        id: id.into(),
        name: id.to_uppercase(),
        ring: Vec::new(),
    };
    let street = |number: u32| StreetRow {
        origin: format!("street {number}"),
        id: format!("k{number}"),
        name: format!("Street {number}"),
        kind: StreetKind::Street,
        community: community(number * STREET),
        path: vec![at(number * STREET), at((number + 1) * STREET)],
        width: None,
        one_way: false,
        node_from: None,
        node_to: None,
        kerbs: Vec::new(),
    };
    let door = |&east: &u32| DoorRow {
        origin: format!("door {east}"),
        id: format!("d{east}"),
        position: at(east),
        street_name: None,
        community: community(east),
    };
    let survey = Survey {
        name: "Line".into(),
        communities: ["west", "east"].map(community_row).into(),
        streets: (0..streets).map(street).collect(),
        stretches,
        doors: doors.iter().map(door).collect(),
        ..Survey::default()
    };
    Inventory::build(&survey, &KerbRules::default()).unwrap_or_else(|flaws| panic!("{flaws}"))
}

/// `s1=100x2,resident`: an id, the middle in metres, the number of spaces, and what is special.
fn stretch(word: &str) -> StretchRow {
    let (id, place) = word.split_once('=').expect("id=place");
    let mut special = place.split(',');
    let (east, capacity) = special.next().and_then(|place| place.split_once('x')).expect("metres x spaces");
    let (mut kind, mut space_length) = (SpaceKind::Shared, None);
    for word in special {
        match word {
            "resident" => kind = SpaceKind::Resident,
            "disabled" => kind = SpaceKind::Disabled,
            "loading" => kind = SpaceKind::Loading,
            "tight" => space_length = Some(Centimetres::new(1)),
            other => panic!("no stretch is {other:?}"),
        }
    }
    let east = number(east);
    StretchRow {
        origin: word.to_owned(),
        id: id.into(),
        street: format!("k{}", east / STREET),
        side: Side::Right,
        kind,
        layout: Layout::Parallel,
        capacity: number(capacity),
        path: vec![at(east)],
        space_length,
        space_width: None,
    }
}
