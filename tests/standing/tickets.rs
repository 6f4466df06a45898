//! Tickets: one for a person and a season, recomputable by anybody.

use super::people::{person, rules, season, zone};
use serde_json::json;
use shared_parking::policy::ScoreFacts;
use shared_parking::{Application, ResidentId, Season, Ticket};

#[test]
fn tickets_belong_to_person_and_season() {
    let rules = rules(json!({ "tiers": ["anyone"], "points": [] }));
    let at = "2026-03-01T00:00:00Z".parse().expect("an instant");
    let first = person("r-1", "2025-03-01T00:00:00Z", json!({}));
    let again = Application { id: "a-again".parse().expect("an id"), applied_at: at, ..first.clone() };
    let (season, zone) = (season(), zone());
    let facts = |seed| ScoreFacts::new(&season, seed, at, &zone);
    let draw = |application: &Application, seed| rules.score(application, &facts(seed)).ticket;
    assert_eq!(draw(&first, 7), draw(&again, 7), "applying again does not draw again");
    assert_ne!(draw(&first, 7), draw(&first, 8), "another seed is another draw");
    let resident = ResidentId::new("r-1").expect("an id");
    assert_eq!(draw(&first, 7), Ticket::draw(7, &season, &resident), "anyone can recompute it");
    assert_ne!(
        Ticket::draw(7, &season, &resident),
        Ticket::draw(7, &Season::new("2027").expect("a season"), &resident)
    );
}

#[test]
fn a_ticket_is_written_as_sixteen_digits_and_read_back_strictly() {
    for resident in (0..200).map(|number| ResidentId::new(&format!("r-{number}")).expect("an id")) {
        let ticket = Ticket::draw(7, &season(), &resident);
        let text = serde_json::to_value(ticket).expect("a text");
        assert_eq!(text, ticket.to_string());
        assert_eq!(serde_json::from_value::<Ticket>(text).expect("a ticket"), ticket);
    }
    for wrong in ["5d32316f310506d", "5d32316f310506ddd", "+d32316f310506dd", "5D32316F310506DD", "", "ééééééé0"]
    {
        let error = serde_json::from_value::<Ticket>(wrong.into()).expect_err(wrong).to_string();
        assert!(error.contains("16 hexadecimal digits"), "{error}");
    }
    assert!(serde_json::from_str::<Ticket>("6715403290921305821").is_err(), "a number may have lost its end");
}
