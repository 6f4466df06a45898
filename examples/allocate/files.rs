//! The files of a run. All texts are made before the first is written, so a failure leaves nothing half done.

use crate::options::Options;
use crate::report;
use crate::support::files::write_all;
use crate::support::map;
use crate::support::table::Row;
use serde_json::{Value, json};
use shared_parking::audit::Explainer;
use shared_parking::district::{Answer, Round};
use shared_parking::{Application, Centimetres, District, Journal, interop};

/// Writes everything and names what was written.
pub fn write(options: &Options, journal: &Journal, rows: &[Row]) -> Result<Vec<&'static str>, String> {
    let district = journal.district();
    let round = district.rounds().last().ok_or("no round was held")?;
    let map = map::draw(district, round);
    let texts = [
        ("allocation.json", allocation(district, round)),
        ("allocation.geojson", ground(district, round)),
        ("map.svg", map.clone()),
        ("report.html", report::html(district, round, rows, &map)),
        ("applications.csv", interop::applications::to_csv(&applications(district))),
        ("journal.jsonl", journal.to_jsonl().map_err(|error| error.to_string())?),
    ];
    write_all(&options.out, &texts)?;
    Ok(texts.iter().map(|(name, _)| *name).collect())
}

fn applications(district: &District) -> Vec<Application> {
    district.applications().map(|recorded| recorded.application.clone()).collect()
}

fn metres(length: Centimetres) -> Value {
    json!(f64::from(length.get()) / 100.0)
}

/// Every applicant's answer. Nothing in it depends on the order of the rows that came in.
fn allocation(district: &District, round: &Round) -> String {
    let street = |permit: &shared_parking::Permit| {
        district.inventory().stretch(&permit.stretch).map(|stretch| stretch.street.clone())
    };
    let mut explainer = Explainer::new(district, round);
    let applicant = |outcome: &shared_parking::district::Outcome| {
        let words = explainer.explain(&outcome.application).map(|story| story.to_string());
        let mut row = match &outcome.answer {
            Answer::Seated { position, permit, .. } => json!({
                "permit": permit.id, "place": permit.stretch, "street": street(permit),
                "walk_m": metres(permit.walk), "route": permit.route, "position": position,
                "valid": permit.valid,
            }),
            Answer::LeftOut { refusal, position, cutoff, .. } => json!({
                "code": refusal.number(), "reason": refusal.slug(), "position": position, "cutoff": cutoff,
            }),
            Answer::NotEligible { reasons } => json!({
                "code": reasons.first().map(|reason| reason.refusal.number()),
                "reason": reasons.first().map(|reason| reason.refusal.slug()),
                "reasons": reasons,
            }),
        };
        row["application"] = json!(outcome.application);
        row["explanation"] = json!(words);
        row
    };
    let document = json!({
        "district": district.inventory().name(),
        "attribution": district.inventory().attribution(),
        "policy": district.policy().name,
        "season": round.season,
        "seed": round.seed,
        "held_at": round.at,
        "applicants": round.outcomes.iter().map(applicant).collect::<Vec<_>>(),
    });
    format!("{document:#}\n")
}

/// The stretches with what is held, and the doors with who is seated, for any map program.
fn ground(district: &District, round: &Round) -> String {
    let inventory = district.inventory();
    let held = district.held(round.at);
    let point = |at| {
        let position = inventory.to_lon_lat(at);
        json!({ "type": "Point", "coordinates": [position.lon, position.lat] })
    };
    let stretches = inventory.stretches().iter().map(|stretch| {
        json!({ "type": "Feature", "geometry": point(stretch.position), "properties": {
            "layer": "stretch", "id": stretch.id, "street": stretch.street, "side": stretch.side,
            "kind": stretch.kind, "capacity": stretch.capacity, "held": held.get(&stretch.id).unwrap_or(&0),
        } })
    });
    let doors = map::doors(district, round);
    let doors = doors.iter().filter_map(|(id, (seated, left_out))| {
        let door = inventory.door(id)?;
        Some(json!({ "type": "Feature", "geometry": point(door.position), "properties": {
            "layer": "door", "id": id, "seated": seated, "left_out": left_out,
        } }))
    });
    let document = json!({
        "type": "FeatureCollection",
        "name": inventory.name(),
        "attribution": inventory.attribution(),
        "features": stretches.chain(doors).collect::<Vec<_>>(),
    });
    format!("{document}\n")
}
