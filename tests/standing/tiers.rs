//! Documents decide the tier; hours shared can move somebody up.

use super::people::{person, rules, score};
use serde_json::{Value, json};
use shared_parking::people::{DocumentKind, Documents, Holder};
use shared_parking::policy::{Others, Tier};

/// title register licence | tier under three-in-one, two-in-one, family (4: none of them)
const TIERS: &str = "
applicant applicant applicant | 1
applicant applicant spouse    | 2
applicant applicant other     | 2
applicant applicant absent    | 4
applicant spouse    spouse    | 3
parent    spouse    child     | 3
applicant spouse    other     | 4
applicant spouse    absent    | 4
other     other     other     | 4
";

#[test]
fn documents_decide_the_tier() {
    let mut document =
        super::people::document(json!({ "tiers": ["three-in-one", "two-in-one", "family"], "points": [] }));
    assert!(document["eligibility"].to_string().contains("documents-in-a-tier"));
    let rules = serde_json::from_value(document["standing"].take()).expect("rules");
    let sheet = |documents: Value| {
        score(&rules, &person("r", "2025-03-01T00:00:00Z", json!({ "documents": documents })), "2026-03-01T00:00:00Z")
    };
    for case in TIERS.lines().filter(|line| !line.trim().is_empty()) {
        let (documents, tier) = case.split_once('|').expect("documents | tier");
        let documents: Vec<&str> = documents.split_whitespace().collect();
        let sheet = sheet(json!({ "title": documents[0], "register": documents[1], "licence": documents[2] }));
        assert_eq!(sheet.tier.to_string(), tier.trim(), "{case}");
    }
}

/// All documents that can be, each of the five in six hands.
fn all_documents() -> impl Iterator<Item = Documents> {
    use Holder::{Absent, Applicant, Child, Other, Parent, Spouse};
    const ALL: [Holder; 6] = [Applicant, Spouse, Parent, Child, Other, Absent];
    let pairs = || ALL.into_iter().flat_map(|one| ALL.map(|other| (one, other)));
    pairs().flat_map(move |(title, register)| {
        pairs().flat_map(move |(licence, driving_licence)| {
            ALL.map(|insurance| Documents { title, register, licence, driving_licence, insurance })
        })
    })
}

#[test]
fn the_words_are_agreements_of_three() {
    use DocumentKind::{Licence, Register, Title};
    let agreement = |at_least, others| Tier::Agreement { of: vec![Licence, Title, Register], at_least, others };
    let mut seen = [0; 3];
    for documents in all_documents() {
        let pairs = [
            (Tier::ThreeInOne, agreement(3, Others::Shown)),
            (Tier::ThreeInOne, agreement(3, Others::Kin)),
            (Tier::TwoInOne, agreement(2, Others::Shown)),
        ];
        for (at, (word, agreement)) in pairs.into_iter().enumerate() {
            assert_eq!(word.admits(documents), agreement.admits(documents), "{word:?} {documents:?}");
            seen[at] += u32::from(word.admits(documents));
        }
        // One of three of the family's is the family's, and the other way round where one is the applicant's own.
        let own = [documents.title, documents.register, documents.licence].contains(&Holder::Applicant);
        assert_eq!(agreement(1, Others::Kin).admits(documents), own && Tier::Family.admits(documents));
    }
    assert_eq!(seen, [36, 36, 36 * (1 + 3 * 4)], "three of three; and two of three with one of four other hands");
}

#[test]
fn five_in_one_comes_before_kin() {
    let five = json!(["title", "register", "licence", "driving-licence", "insurance"]);
    let tier =
        |at_least: u32, others: &str| json!({ "agreement": { "of": five, "at_least": at_least, "others": others } });
    let rules = rules(json!({ "tiers": [tier(5, "shown"), tier(4, "kin"), tier(4, "shown"), "anyone"], "points": [] }));
    // title register licence driving-licence insurance | tier
    let table = "
        applicant applicant applicant applicant applicant | 1
        parent    applicant applicant applicant applicant | 2
        applicant applicant applicant applicant child     | 2
        other     applicant applicant applicant applicant | 3
        applicant applicant applicant applicant absent    | 4
        parent    spouse    applicant applicant applicant | 4
        absent    absent    absent    absent    absent    | 4
    ";
    for row in table.lines().filter(|row| !row.trim().is_empty()) {
        let (cells, tier) = row.split_once('|').expect("documents | tier");
        let cells: Vec<&str> = cells.split_whitespace().collect();
        let documents = json!({
            "title": cells[0], "register": cells[1], "licence": cells[2], "driving_licence": cells[3], "insurance": cells[4]
        });
        let own = person("r", "2025-03-01T00:00:00Z", json!({ "documents": documents }));
        let sheet = score(&rules, &own, "2026-03-01T00:00:00Z");
        assert_eq!(sheet.tier.to_string(), tier.trim(), "{row}");
    }
}

/// Jongno, Seoul: 600 hours shared in four months move a holder up one rank.
#[test]
fn hours_shared_move_up_but_never_above_the_first() {
    let rules = rules(json!({
        "tiers": ["three-in-one", "two-in-one", "family", "anyone"], "points": [],
        "promotions": [{ "shared_hours": 600, "tiers": 1 }, { "shared_hours": 1200, "tiers": 2 }]
    }));
    // documents, hours shared | tier, moved up by
    let table = "
        applicant 599  | 1 0
        applicant 600  | 1 0
        applicant 9999 | 1 0
        parent    0    | 3 0
        parent    599  | 3 0
        parent    600  | 2 1
        parent    1199 | 2 1
        parent    1200 | 1 2
        other     600  | 3 1
        other     1200 | 2 2
    ";
    for row in table.lines().filter(|row| !row.trim().is_empty()) {
        let (facts, expected) = row.split_once('|').expect("facts | tier, moved");
        let facts: Vec<&str> = facts.split_whitespace().collect();
        let hours: u32 = facts[1].parse().expect("hours");
        let documents = json!({ "title": facts[0], "register": facts[0], "licence": facts[0] });
        let own = person(
            "r",
            "2025-03-01T00:00:00Z",
            json!({ "documents": documents, "sharing": { "hours": hours, "days": 366 } }),
        );
        let sheet = score(&rules, &own, "2026-03-01T00:00:00Z");
        assert_eq!(format!("{} {}", sheet.tier, sheet.promoted), expected.trim(), "{row}");
        let text = serde_json::to_string(&sheet).expect("text");
        assert_eq!(text.contains("promoted"), sheet.promoted > 0, "an old sheet keeps its bytes: {text}");
    }
}

#[test]
fn nobody_is_moved_into_a_tier_that_does_not_admit() {
    let standing = json!({
        "tiers": ["three-in-one", "two-in-one"], "points": [], "promotions": [{ "shared_hours": 1, "tiers": 1 }]
    });
    let rules = rules(standing);
    let own = |holder: &str| {
        let documents = json!({ "title": holder, "register": "applicant", "licence": "applicant" });
        let own = json!({ "documents": documents, "sharing": { "hours": 1, "days": 1 } });
        let sheet = score(&rules, &person("r", "2025-03-01T00:00:00Z", own), "2026-03-01T00:00:00Z");
        (sheet.tier, sheet.promoted)
    };
    assert_eq!((own("applicant"), own("spouse"), own("absent")), ((1, 0), (1, 1), (3, 0)));
}
