//! Applications written as JSON and as CSV are read back as they were; damaged tables never panic.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test says what it finds by panicking")]

use proptest::prelude::*;
use shared_parking::interop::applications;
use shared_parking::people::{
    Application, Documents, Holder, OtherSpace, PlateOrigin, Preferences, Resident, SharingRecord, SpecialNeed,
    Vehicle, VehicleClass, VehicleUse,
};
use shared_parking::{Date, Money, StreetId, Timestamp};
use std::collections::BTreeSet;
use std::fmt::Debug;
use std::str::FromStr;

fn id<T: FromStr<Err: Debug> + Debug>() -> impl Strategy<Value = T> {
    // commas, quotation marks, blanks inside and letters of other scripts are all legal in an id
    "[a-zé德0-9,\";/#=]([a-z ,\"'\\\\]{0,6}[a-z\"])?".prop_map(|text| text.parse().unwrap())
}

fn date() -> impl Strategy<Value = Date> {
    (-40_000..40_000).prop_map(|days| "2026-01-01".parse::<Date>().unwrap().plus_days(days))
}

fn holder() -> impl Strategy<Value = Holder> {
    use Holder::{Absent, Applicant, Child, Other, Parent, Spouse};
    prop::sample::select(vec![Applicant, Spouse, Parent, Child, Other, Absent])
}

/// Mostly nothing, else days with as many hours as fit.
fn sharing() -> impl Strategy<Value = SharingRecord> {
    let some = (1..=366_u32).prop_flat_map(|days| (0..=24 * days).prop_map(move |hours| SharingRecord { hours, days }));
    prop_oneof![Just(SharingRecord::default()), some]
}

/// Often absent.
fn rare_holder() -> impl Strategy<Value = Holder> {
    prop_oneof![2 => Just(Holder::Absent), 1 => holder()]
}

fn resident() -> impl Strategy<Value = Resident> {
    let needs = vec![SpecialNeed::None, SpecialNeed::Disability, SpecialNeed::WoundedVeteran];
    let spaces = vec![OtherSpace::None, OtherSpace::Owned, OtherSpace::Rented];
    (
        (id(), id(), id()),
        (any::<bool>(), any::<bool>(), prop::bool::weighted(0.2)),
        (holder(), holder(), holder(), rare_holder(), rare_holder()),
        sharing(),
        (prop::sample::select(spaces), 0..=i64::MAX, prop::sample::select(needs)),
    )
        .prop_map(
            |((id, household, door), (registered, elsewhere, no_driving_day), names, sharing, (space, owed, need))| {
                let (title, register, licence, driving_licence, insurance) = names;
                Resident {
                    id,
                    household,
                    door,
                    registered,
                    documents: Documents { title, register, licence, driving_licence, insurance },
                    other_space: space,
                    certified_elsewhere: elsewhere,
                    arrears: Money::minor(owed),
                    special_need: need,
                    sharing,
                    no_driving_day,
                }
            },
        )
}

fn vehicle() -> impl Strategy<Value = Vehicle> {
    use VehicleUse::{Commercial, Goods, Organisation, Private};
    let classes = vec![VehicleClass::Small, VehicleClass::Large, VehicleClass::Motorcycle];
    (
        id(),
        prop::sample::select(classes),
        prop::sample::select(vec![PlateOrigin::Local, PlateOrigin::Other]),
        prop::sample::select(vec![Private, Organisation, Commercial, Goods]),
        (date(), date()),
    )
        .prop_map(|(id, class, plate_origin, usage, (insured_until, inspected_until))| Vehicle {
            id,
            class,
            plate_origin,
            usage,
            insured_until,
            inspected_until,
        })
}

/// Any text that is an id: brackets, quotation marks, backslashes and letters of all scripts.
fn any_street() -> impl Strategy<Value = StreetId> {
    prop_oneof![
        id(),
        "[\\[\\]{}\",;|\\\\'/ ]{1,9}".prop_filter_map("outer spaces", |text| text.parse().ok()),
        "\\PC{1,12}".prop_filter_map("no id", |text| text.parse().ok()),
    ]
}

/// Streets each once, the first of them ranked and the others excluded; often none.
fn preferences() -> impl Strategy<Value = Preferences> {
    let streets = prop_oneof![Just(Vec::new()), prop::collection::vec(any_street(), 1..6)];
    (streets, 0..6_usize).prop_map(|(mut streets, ranked)| {
        let mut seen = BTreeSet::new();
        streets.retain(|street| seen.insert(street.clone()));
        let excluded = streets.split_off(ranked.min(streets.len()));
        Preferences { ranked: streets, excluded }
    })
}

fn some_applications() -> impl Strategy<Value = Vec<Application>> {
    let instant = (-3_000_000_000_i64..30_000_000_000).prop_map(Timestamp::from_unix);
    let rare = (prop::option::weighted(0.2, instant.clone()), prop::option::weighted(0.2, id()));
    let row = (id::<String>(), instant, resident(), vehicle(), rare, preferences());
    prop::collection::vec(row, 0..6).prop_map(|rows| {
        let numbered = rows.into_iter().enumerate();
        numbered
            .map(|(at, (id, applied_at, resident, vehicle, (waiting_since, shift), preferences))| Application {
                id: format!("{at}{id}").parse().unwrap(), // two applications never share an id
                applied_at,
                resident,
                vehicle,
                waiting_since,
                shift,
                preferences,
            })
            .collect()
    })
}

#[cfg(feature = "csv")]
type Says = fn(&Application) -> bool;

/// The columns that some application says something in, hours with days and both lists of streets together.
#[cfg(feature = "csv")]
fn columns_said(applications: &[Application]) -> String {
    let said: [(&str, Says); 7] = [
        (",waiting_since", |own| own.waiting_since.is_some()),
        (",shift", |own| own.shift.is_some()),
        (",shared_hours,shared_days", |own| own.resident.sharing != SharingRecord::default()),
        (",no_driving_day", |own| own.resident.no_driving_day),
        (",driving_licence", |own| own.resident.documents.driving_licence != Holder::Absent),
        (",insurance", |own| own.resident.documents.insurance != Holder::Absent),
        (",ranked,excluded", |own| own.preferences != Preferences::default()),
    ];
    said.iter().filter(|(_, says)| applications.iter().any(says)).map(|(columns, _)| *columns).collect()
}

proptest! {
    #[test]
    fn json_is_read_back_as_it_was_written(applications in some_applications()) {
        let text = applications::to_json(&applications).unwrap();
        prop_assert_eq!(applications::from_json(&text), Ok(applications));
    }

    #[cfg(feature = "csv")]
    #[test]
    fn csv_is_read_back_as_it_was_written(applications in some_applications()) {
        let text = applications::to_csv(&applications);
        let (_, optional) = text.lines().next().unwrap().split_once(",inspected_until").unwrap();
        prop_assert_eq!(optional, columns_said(&applications));
        prop_assert_eq!(applications::from_csv(&text), Ok(applications.clone()));
        prop_assert_eq!(applications::from_csv(&text.replace('\n', "\r\n")), Ok(applications));
    }

    #[cfg(feature = "csv")]
    #[test]
    fn damaged_tables_never_panic(
        edits in prop::collection::vec((any::<prop::sample::Index>(), "[a\",;\n\r\t \u{feff}é]{0,3}"), 1..6),
    ) {
        let mut text: Vec<String> =
            include_str!("../examples/data/applications_small.csv").chars().map(String::from).collect();
        for (place, new) in edits {
            let at = place.index(text.len());
            text[at] = new;
        }
        if let Err(flaws) = applications::from_csv(&text.concat()) {
            prop_assert!(flaws.iter().all(|flaw| !flaw.place.is_empty() && !flaw.remedy.is_empty()));
        }
    }
}
