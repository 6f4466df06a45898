//! Answers are explained as they are.

use super::{district, mixed};
use shared_parking::Refusal;
use shared_parking::audit::{self, Explainer, Explanation};
use shared_parking::district::Answer;

#[test]
fn answers_are_told_as_they_are() {
    let district = mixed();
    for round in district.rounds() {
        let mut explainer = Explainer::new(&district, round);
        for outcome in &round.outcomes {
            let story = explainer.explain(&outcome.application).expect("an answer");
            let text = story.to_string();
            match (&outcome.answer, &story) {
                (Answer::Seated { position, permit, .. }, Explanation::Seated { better, .. }) => {
                    assert!(text.starts_with(&format!("position {position} of ")), "{text}");
                    assert!(
                        text.contains(permit.stretch.as_str()) && text.contains(&permit.walk.to_string()),
                        "{text}"
                    );
                    let Some(better) = better else { continue };
                    assert!(better.walk < permit.walk);
                    let words = if better.behind == 0 { "is held by people ahead" } else { "all together do best" };
                    assert!(text.contains(words), "{text}");
                    let full = round.places.iter().filter(|place| place.offered > 0).count();
                    assert!(full > 1, "a nearer stretch had a space on offer");
                }
                (Answer::LeftOut { refusal, cutoff, .. }, Explanation::LeftOut { in_reach, .. }) => {
                    assert!(text.contains(&refusal.number().to_string()), "{text}");
                    assert_eq!(*in_reach > 0, *refusal == Refusal::AheadInQueue, "{text}");
                    let cutoff = cutoff.as_ref().map(|cutoff| format!("a position before {}", cutoff.position));
                    assert!(cutoff.is_none_or(|cutoff| text.contains(&cutoff)), "{text}");
                }
                (Answer::NotEligible { reasons }, Explanation::NotEligible(told)) => {
                    assert_eq!(reasons, told);
                    assert!(reasons.iter().all(|reason| text.contains(&reason.found)), "{text}");
                }
                other => panic!("{other:?}"),
            }
        }
    }
    assert!(audit::explain(&district, &"nobody".parse().expect("an id")).is_none());
}

#[test]
fn the_last_one_seated_in_a_closed_set_is_ahead() {
    // By definition of the closed set: every space in it is held by someone no further back than the cutoff.
    let district = district(3);
    for round in district.rounds() {
        for outcome in &round.outcomes {
            if let Answer::LeftOut { position, cutoff: Some(cutoff), .. } = &outcome.answer {
                assert!(cutoff.position < *position, "the last one seated is ahead");
                assert!(cutoff.spaces > 0 && cutoff.stretches > 0);
            }
        }
    }
}
