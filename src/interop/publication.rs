//! A round's public table as text.
//!
//! Numbers, words and stretch ids only, in UTF-8 with lines ended by a line feed.

use super::words::quoted;
use crate::district::Publication;
use std::fmt::Write as _;

/// One line for each of the eligible, by position: `position,renewal,tier,points,points_by_rule,ticket,result,
/// ties,promoted,rules_until,shift,quota`.
///
/// `points` is their sum, `points_by_rule` the points of each rule of the policy in its order, with semicolons between
/// them; `result` is `permit` or the number of the refusal. `ties` are the numbers that break ties, in the order of the
/// policy, `promoted` by how many tiers somebody was moved up, and `rules_until` the day until which the rules were in
/// force that counted, where they were not the present ones. `shift` is what a permit is for and `quota` the one by
/// which somebody was served before others, each empty where there is none. Points are in units of the policy's last
/// decimal (`standing.decimals`).
///
/// ```
/// use shared_parking::interop::publication;
/// use shared_parking::{Action, Command, Journal, Season, sample};
/// let mut journal = Journal::new(sample::small_district(1).unwrap());
/// let (id, at) = ("round".parse().unwrap(), "2026-03-01T00:00:00Z".parse().unwrap());
/// let action = Action::HoldRound { season: Season::new("2026").unwrap(), seed: 7 };
/// journal.execute(Command { id, at, action }).unwrap();
/// let public = journal.district().rounds()[0].published(5);
///
/// let positions = publication::positions_csv(&public);
/// assert_eq!(positions.lines().count(), 1 + public.rows.len());
/// assert!(positions.lines().nth(1).unwrap().starts_with("1,false,1,"));
/// let bars = publication::bars_csv(&public);
/// assert!(bars.starts_with("stretch,offered,given,tier,points,shift\n"));
/// ```
#[must_use]
pub fn positions_csv(publication: &Publication) -> String {
    let mut text =
        "position,renewal,tier,points,points_by_rule,ticket,result,ties,promoted,rules_until,shift,quota\n".to_owned();
    for row in &publication.rows {
        let sheet = &row.standing;
        let by_rule: Vec<String> = sheet.points.iter().map(ToString::to_string).collect();
        let ties: Vec<String> = sheet.ties.iter().map(ToString::to_string).collect();
        let until = sheet.rules_until.map_or_else(String::new, |until| until.to_string());
        let result = row.refusal.map_or_else(|| "permit".to_owned(), |refusal| refusal.number().to_string());
        let shift = row.shift.as_ref().map_or_else(String::new, |shift| quoted(shift.as_str()));
        let quota = row.quota.as_deref().map_or_else(String::new, quoted);
        let (points, by_rule) = (sheet.total_points(), by_rule.join(";"));
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "{},{},{},{points},{by_rule},{},{result},{},{},{until},{shift},{quota}",
            row.position,
            row.renewal,
            sheet.tier,
            sheet.ticket,
            ties.join(";"),
            sheet.promoted
        );
    }
    text
}

/// One line for each stretch that is told, and with shifts for each that it is given for: `stretch,offered,given,tier,
/// points,shift`. Tier and points are those of the last to be admitted; `shift` is empty where the policy has none.
#[must_use]
pub fn bars_csv(publication: &Publication) -> String {
    let mut text = "stretch,offered,given,tier,points,shift\n".to_owned();
    for bar in &publication.bars {
        let stretch = quoted(bar.stretch.as_str());
        let shift = bar.shift.as_ref().map_or_else(String::new, |shift| quoted(shift.as_str()));
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{stretch},{},{},{},{},{shift}", bar.offered, bar.given, bar.tier, bar.points);
    }
    text
}
