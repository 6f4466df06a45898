//! The monthly report, as a table known by hand.

use super::town::Town;
use serde_json::json;
use shared_parking::audit;

#[test]
fn the_months_are_told_as_they_stood() {
    let mut town = Town::new(&[(0, 1)], &[0], json!({}), None);
    // March 2026 has 744 hours, April 720; an answer is due after 14 days.
    town.play(
        "
           0 | apply ann 0                        | ok
           1 | apply bob 0 arrears=3              | ok
           2 | apply cat 0 arrears=3              | ok
           3 | round r1                           | ann s0, bob 209, cat 209
          24 | complain g1 bob space s0 other     | ok
          24 | complain g2 cat space s0 other     | ok
          24 | complain g3 cat space s0 other     | ok
          24 | appeal p1 r1 bob wrong-fact        | ok
          30 | assign g1 o1                       | ok
          71 | answer g1 resolved                 | ok
          72 | rate g1 bob yes                    | ok
          96 | dismiss p1 facts-confirmed         | ok
         383 | assign g2 o1                       | ok
         384 | answer g2 not-resolved             | ok
         385 | rate g2 cat no                     | ok
         743 | complain g4 cat space s0 other     | ok
         744 | complain g5 cat space s0 other     | ok
         745 | assign g5 o1                       | ok
         746 | answer g5 unfounded                | ok
         747 | answer g5 resolved                 | 161
    ",
    );
    let at = |text: &str| audit::complaint_figures(town.district(), text.parse().unwrap());
    let table = |text: &str| at(text).to_string().lines().map(str::to_owned).collect::<Vec<_>>();
    let head = "month    raised appeals resolved median longest overdue satisfied";
    assert_eq!(table("2026-03-01T12:00:00+08:00"), [head], "nothing came in on the first day");
    // The 2nd of March and 14 days: the 16th is in time.
    assert_eq!(
        table("2026-03-16T23:59:59+08:00"),
        [head, "2026-03       4       1   50.00%      1       3       0   100.00%"]
    );
    assert_eq!(
        table("2026-03-17T00:00:00+08:00"),
        [head, "2026-03       4       1   50.00%      3      15       2   100.00%"]
    );
    assert_eq!(
        table("2026-04-01T09:00:00+08:00"),
        [
            head,
            "2026-03       5       1   40.00%      3      15       2    50.00%",
            "2026-04       1       0    0.00%      0       0       0         -"
        ]
    );
    let april = &at("2026-04-16T00:00:00+08:00").months[1];
    assert_eq!((april.unfounded, april.overdue, april.days.unwrap().longest), (1, 0, 0));
    let march = serde_json::to_value(&at("2026-04-16T00:00:00+08:00").months[0]).unwrap();
    assert_eq!(
        march,
        json!({
            "month": "2026-03-01", "complaints": 4, "appeals": 1, "resolved": 1, "not_resolved": 1, "unfounded": 0,
            "upheld": 0, "dismissed": 1, "resolution": 4_000, "days": { "median": 3, "longest": 15 }, "overdue": 3,
            "rated": 2, "satisfied": 1, "satisfaction": 5_000
        })
    );
}
