//! The map is well-formed, counts what it was given, and is the same text every time.
#![allow(clippy::unwrap_used, clippy::panic, clippy::float_arithmetic, reason = "a broken fixture stops the test")]
#![cfg(feature = "render")]

use proptest::prelude::*;
use shared_parking::inventory::{Inventory, KerbRow, KerbRules, Layout, LonLat, Side, SpaceKind, Survey};
use shared_parking::render::Map;
use shared_parking::sample::{Phase, Plan, desheng};
use shared_parking::{DoorId, StretchId};

fn build(survey: &Survey) -> Inventory {
    Inventory::build(survey, &KerbRules::default()).unwrap()
}

fn small() -> Survey {
    let plan = Plan { name: "Small".into(), communities: vec![], streets: 9, spaces: 120, doors: 40, seed: 4 };
    plan.survey().unwrap()
}

/// All text of the picture, one element a line; fails unless it is well-formed XML.
fn words(svg: &str) -> Vec<String> {
    let document = roxmltree::Document::parse(svg).unwrap();
    let texts = document.descendants().filter(|node| node.has_tag_name(("http://www.w3.org/2000/svg", "text")));
    texts.map(|node| node.text().unwrap_or_default().to_owned()).collect()
}

fn marks(svg: &str, tag: &str, fill: &str) -> usize {
    let document = roxmltree::Document::parse(svg).unwrap();
    let doors = document.descendants().find(|node| node.attribute("class") == Some("sp-doors")).unwrap();
    let group = doors.children().find(|node| node.attribute("fill") == Some(fill)).unwrap();
    group.children().filter(|node| node.tag_name().name() == tag).count()
}

#[test]
fn the_legend_counts_what_the_map_was_given() {
    let inventory = build(&small());
    let (stretches, doors) = (inventory.stretches(), inventory.doors());
    let full = stretches[0].capacity;
    let mut map = Map::new(&inventory).held(&stretches[0].id, full).held(&stretches[1].id, 1);
    for door in [0, 0, 1, 2] {
        map = map.seated(&doors[door].id);
    }
    let svg = map.left_out(&doors[0].id).left_out(&doors[5].id).to_svg();
    let words = words(&svg);
    let some = stretches[1].capacity;
    let none: u32 = stretches[2..].iter().map(|stretch| stretch.capacity).sum();
    let expected = [
        "120 marked spaces".to_owned(),
        format!("{none} spaces, {} stretches", stretches.len() - 2),
        format!("1 of {some} spaces held, 1 stretch"),
        format!("{full} of {full} spaces held, 1 stretch"),
        "6 applicants".to_owned(),
        "4 people at 3 doors".to_owned(),
        "2 people at 2 doors".to_owned(),
        "36 doors without applicant".to_owned(),
    ];
    let mut told = words.iter();
    for line in &expected {
        assert!(told.any(|word| word == line), "no {line:?} after the one before in {words:#?}");
    }
    assert_eq!((marks(&svg, "circle", "#009e73"), marks(&svg, "path", "#d9480f")), (3, 2));
}

#[test]
fn what_the_inventory_does_not_know_is_not_counted() {
    let inventory = build(&small());
    let (stretch, door) = (StretchId::new("elsewhere").unwrap(), DoorId::new("elsewhere").unwrap());
    let map = Map::new(&inventory).held(&stretch, 3).seated(&door).left_out(&door);
    assert_eq!(map.to_svg(), Map::new(&inventory).to_svg());
}

#[test]
fn hostile_words_stay_words() {
    let hostile = "<script>alert('1')</script> & \"quotes\" \u{1}";
    let mut survey = small();
    survey.attribution = format!("by {hostile}");
    for street in &mut survey.streets {
        street.name = "<b>&".to_owned();
    }
    let inventory = build(&survey);
    let svg = Map::new(&inventory).title(hostile).to_svg();
    assert!(!svg.contains("<script") && !svg.contains("<b>"));
    let words = words(&svg);
    assert!(words.contains(&hostile.replace('\u{1}', "\u{fffd}")));
    assert_eq!(words.iter().filter(|word| *word == "<b>&").count(), 1, "one label for one name");
}

#[test]
fn a_district_of_one_street_has_every_layer_but_the_empty_ones() {
    let mut survey = small();
    survey.streets.truncate(1);
    (survey.stretches, survey.doors) = (Vec::new(), Vec::new());
    survey.attribution.clear();
    let words = words(&Map::new(&build(&survey)).to_svg());
    for line in ["0 marked spaces", "0 applicants", "0 people at 0 doors", "main street: 1 piece"] {
        assert!(words.iter().any(|word| word == line), "{line}");
    }
}

#[test]
fn every_kind_of_space_has_its_entry() {
    let mut survey = small();
    let kinds = [SpaceKind::Resident, SpaceKind::Disabled, SpaceKind::Loading, SpaceKind::Charging];
    for (stretch, kind) in survey.stretches.iter_mut().zip(kinds) {
        stretch.kind = kind;
    }
    let words = words(&Map::new(&build(&survey)).to_svg());
    for line in ["for residents only", "for people with a disability", "for loading", "for charging"] {
        assert!(words.iter().any(|word| word == line), "{line}");
    }
}

#[test]
fn every_kind_shows_how_much_of_it_is_held() {
    // the kind => its colour, and the names of its three states
    let table = [
        (SpaceKind::Shared, "#74bdec", ["shared, none held by permits", "shared, some held", "shared, all held"]),
        (
            SpaceKind::Resident,
            "#b05fa0",
            ["for residents only", "for residents only, some held", "for residents only, all held"],
        ),
        (
            SpaceKind::Disabled,
            "#7a4fd0",
            ["for people with a disability", "for people with a disability: some", "for people with a disability: all"],
        ),
        (SpaceKind::Loading, "#8a6a2f", ["for loading", "for loading, some held", "for loading, all held"]),
        (SpaceKind::Charging, "#d9a400", ["for charging", "for charging, some held", "for charging, all held"]),
    ];
    for (kind, colour, names) in table {
        let mut survey = small();
        survey.stretches.truncate(3);
        survey.stretches.iter_mut().for_each(|row| (row.kind, row.capacity) = (kind, 4));
        let inventory = build(&survey);
        let ids: Vec<&StretchId> = inventory.stretches().iter().map(|stretch| &stretch.id).collect();
        let bare = Map::new(&inventory).to_svg();
        let svg = Map::new(&inventory).held(ids[1], 1).held(ids[2], 4).to_svg();
        let told = words(&svg);
        let counts = ["4 spaces, 1 stretch", "1 of 4 spaces held, 1 stretch", "4 of 4 spaces held, 1 stretch"];
        for (name, count) in names.iter().zip(counts) {
            let at = told.iter().position(|word| word == name).unwrap_or_else(|| panic!("{name}: {told:#?}"));
            assert_eq!(told[at + 1], count, "{name}");
        }
        assert!(bare.contains(colour) && svg.contains(colour), "{kind:?}");
        // Shared spaces darken as a whole; the others keep their colour and get a core as long as what is held.
        let cores = held_lengths(&svg);
        assert!(held_lengths(&bare).is_empty());
        if kind == SpaceKind::Shared {
            assert!(cores.is_empty() && svg.contains("#1f78c1"));
        } else {
            assert_eq!(cores.len(), 2);
            assert!((cores[0] * 4. - cores[1]).abs() < 3., "a quarter and the whole of 24 m: {cores:?}");
        }
    }
}

/// The lengths of the dark cores, in pixels.
fn held_lengths(svg: &str) -> Vec<f64> {
    let document = roxmltree::Document::parse(svg).unwrap();
    let Some(path) = document.descendants().find(|node| node.attribute("class") == Some("sp-held")) else {
        return Vec::new();
    };
    let long = |line: &str| {
        let steps = line.split('l').skip(1).map(|step| {
            let (x, y) = step.split_once(',').unwrap();
            x.parse::<f64>().unwrap().hypot(y.parse().unwrap())
        });
        steps.sum()
    };
    path.attribute("d").unwrap().split('M').skip(1).map(long).collect()
}

#[test]
fn words_and_scale_survive_a_tiny_and_a_large_district() {
    for (streets, spaces, doors) in [(2, 3, 2), (2_000, 20_000, 3_000)] {
        let plan = Plan { name: "T".into(), communities: vec![], streets, spaces, doors, seed: 3 };
        let svg = Map::new(&build(&plan.survey().unwrap())).to_svg();
        let document = roxmltree::Document::parse(&svg).unwrap();
        let number = |node: roxmltree::Node<'_, '_>, name: &str| node.attribute(name).unwrap().parse::<f64>().unwrap();
        let (wide, high) = (number(document.root_element(), "width"), number(document.root_element(), "height"));
        assert!((800. ..=1_600.).contains(&wide) && (600. ..=2_500.).contains(&high), "{streets}: {wide} x {high}");
        let class = |name: &str| document.descendants().find(|node| node.attribute("class") == Some(name)).unwrap();
        let map = document
            .descendants()
            .filter(|node| node.has_tag_name(("http://www.w3.org/2000/svg", "rect")))
            .nth(1)
            .unwrap();
        let (left, right) = (number(map, "x"), number(map, "x") + number(map, "width"));
        let (top, bottom) = (number(map, "y"), number(map, "y") + number(map, "height"));

        let names: Vec<(f64, f64)> = class("sp-names")
            .children()
            .filter_map(|node| node.attribute("transform"))
            .map(|place| {
                let place: Vec<f64> =
                    place["matrix(".len()..place.len() - 1].split(' ').map(|n| n.parse().unwrap()).collect();
                (place[4], place[5])
            })
            .collect();
        assert!(names.len() >= streets.min(15), "{streets}: {} names", names.len());
        for (at, one) in names.iter().enumerate() {
            assert!(left < one.0 && one.0 < right && top < one.1 && one.1 < bottom, "{one:?}");
            assert!(
                names[..at].iter().all(|two| (one.0 - two.0).hypot(one.1 - two.1) > 9.),
                "one over another at {one:?}"
            );
        }
        let words: Vec<_> = class("sp-legend").descendants().filter(|node| node.has_attribute("font-size")).collect();
        assert!(words.len() > 15);
        for word in words {
            assert!(number(word, "x") >= right && number(word, "x") < wide && number(word, "y") < high, "{word:?}");
        }
        let scale = class("sp-scale")
            .children()
            .filter_map(|node| node.attribute("d"))
            .find(|data| data.contains('H'))
            .unwrap();
        let (start, rest) = scale[1..].split_once(',').unwrap();
        let end: f64 = rest.split_once('H').unwrap().1.split_once('v').unwrap().0.parse().unwrap();
        let long = end - start.parse::<f64>().unwrap();
        assert!((70. ..=220.).contains(&long), "{streets}: a bar of {long} px");
    }
}

/// The first position of the path with this stroke inside the group of this class.
fn start(svg: &str, class: &str, stroke: &str) -> (f64, f64) {
    let document = roxmltree::Document::parse(svg).unwrap();
    let group = document.descendants().find(|node| node.attribute("class") == Some(class)).unwrap();
    let path = group.children().find(|node| node.attribute("stroke") == Some(stroke)).unwrap();
    let (x, rest) = path.attribute("d").unwrap()[1..].split_once(',').unwrap();
    (x.parse().unwrap(), rest.split_once('l').unwrap().0.parse().unwrap())
}

#[test]
fn a_bar_lies_at_its_side_of_the_street() {
    let at = |lon| LonLat { lon, lat: 60.17 };
    let kerb = |side| KerbRow { side, layout: Layout::Parallel, kind: SpaceKind::Shared, capacity: Some(5) };
    let draw = |side, path: [LonLat; 2]| {
        let mut survey = small();
        survey.streets.truncate(1);
        (survey.stretches, survey.doors) = (Vec::new(), Vec::new());
        survey.streets[0].path = path.to_vec();
        survey.streets[0].kerbs = vec![kerb(side)];
        let svg = Map::new(&build(&survey)).to_svg();
        start(&svg, "sp-spaces", "#74bdec").1 - start(&svg, "sp-streets", "#ffffff").1
    };
    let (eastward, westward) = ([at(24.93), at(24.94)], [at(24.94), at(24.93)]);
    assert!(draw(Side::Left, eastward) < -3.0, "left of a street to the east is above it");
    assert!(draw(Side::Right, eastward) > 3.0);
    assert!(draw(Side::Left, westward) > 3.0);
}

#[test]
fn the_scale_bar_is_as_long_as_it_says() {
    let inventory = build(&small());
    let svg = Map::new(&inventory).to_svg();
    let words = words(&svg);
    let metres: f64 = words.iter().find_map(|word| word.strip_suffix(" m")).unwrap().parse().unwrap();
    let document = roxmltree::Document::parse(&svg).unwrap();
    let scale = document.descendants().find(|node| node.attribute("class") == Some("sp-scale")).unwrap();
    let bar = scale.children().filter_map(|node| node.attribute("d")).find(|data| data.contains('H')).unwrap();
    let (start, rest) = bar[1..].split_once(',').unwrap();
    let end = rest.split_once('H').unwrap().1.split_once('v').unwrap().0;
    let pixels = end.parse::<f64>().unwrap() - start.parse::<f64>().unwrap();
    // The doors are drawn by the same scale: compare with the distance of two of them on the ground.
    let dots = document
        .descendants()
        .find(|node| {
            node.attribute("stroke-linecap") == Some("round")
                && node.attribute("d").is_some_and(|data| data.ends_with("h0"))
        })
        .unwrap();
    let at: Vec<(f64, f64)> = dots
        .attribute("d")
        .unwrap()
        .split("h0")
        .filter(|dot| !dot.is_empty())
        .map(|dot| {
            let (x, y) = dot[1..].split_once(',').unwrap();
            (x.parse().unwrap(), y.parse().unwrap())
        })
        .collect();
    let (first, last) = (inventory.doors().first().unwrap(), inventory.doors().last().unwrap());
    let (dx, dy) = (first.position.x - last.position.x, first.position.y - last.position.y);
    let ground = f64::from(dx).hypot(f64::from(dy)) / 100.0;
    let (a, b) = (at[0], at[at.len() - 1]);
    let drawn = (a.0 - b.0).hypot(a.1 - b.1);
    assert!((drawn / ground - pixels / metres).abs() < 0.01 * pixels / metres, "{drawn} px, {ground} m, bar {bar}");
    assert_eq!((a.1 - b.1 > 0.0, a.0 - b.0 > 0.0), (dy < 0, dx > 0), "north is up and east is right");
}

#[test]
fn a_large_district_stays_small_enough_to_send() {
    let inventory = build(&desheng(Phase::YearEnd, &[], 1));
    let mut map = Map::new(&inventory);
    for door in inventory.doors() {
        map = map.seated(&door.id).left_out(&door.id);
    }
    let svg = map.to_svg();
    assert!(svg.len() < 200_000, "{} bytes", svg.len());
    assert!(words(&svg).iter().filter(|word| word.ends_with("Avenue") || word.ends_with("Alley")).count() > 20);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn the_bytes_do_not_depend_on_the_order_of_the_calls(
        calls in proptest::collection::vec((0..3_u8, 0..40_usize), 0..60), turn in 0..60_usize,
    ) {
        let inventory = build(&small());
        let draw = |calls: &[(u8, usize)]| {
            let mut map = Map::new(&inventory);
            for &(call, at) in calls {
                let (door, stretch) = (&inventory.doors()[at].id, &inventory.stretches()[at % inventory.stretches().len()].id);
                map = match call {
                    0 => map.seated(door),
                    1 => map.left_out(door),
                    _ => map.held(stretch, 1),
                };
            }
            map.title("Any order").to_svg()
        };
        let mut turned = calls.clone();
        turned.rotate_left(if calls.is_empty() { 0 } else { turn % calls.len() });
        prop_assert_eq!(draw(&calls), draw(&turned));
    }

    #[test]
    fn any_district_gives_well_formed_xml(streets in 1..40_usize, spaces in 0..60_u32, doors in 0..60_usize, seed: u64) {
        let plan = Plan { name: "T".into(), communities: vec![], streets, spaces, doors, seed };
        let mut survey = plan.survey().unwrap();
        if let Some(street) = survey.streets.first_mut() {
            let kind = SpaceKind::Loading;
            street.kerbs.push(KerbRow { side: Side::Right, layout: Layout::Diagonal, kind, capacity: None });
            let own = street.id.clone();
            survey.stretches.retain(|row| row.street != own || row.side != Side::Right); // the kerb has its spaces now
        }
        prop_assert!(!words(&Map::new(&build(&survey)).to_svg()).is_empty());
    }
}
