//! A score sheet in words: a line for each thing that counted, with the rule and the fact.

use super::{PairFacts, ScoreFacts, ScoreSheet, ShownPoints, StandingRules, TieRule};
use crate::calendar::{Date, Timestamp};
use crate::people::{Application, SpecialNeed};
use crate::policy::PointsRule;
use crate::policy::points::{Wait, days_between, months_between};
use crate::units::Ticket;
use std::fmt;

/// A line of a score sheet. Shown ([`Display`](fmt::Display)) it is its words, such as `waiting 14 months: 20`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ScoreLine {
    /// Which rule: its word in a policy document, or `rules`, `tier`, `total`, `ticket`.
    pub what: &'static str,
    /// What it came to.
    pub worth: Worth,
    /// Fact and worth in words.
    pub words: String,
}

/// What a line of a score sheet came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Worth {
    /// By which rules the sheet is: those in force until this day.
    Until(Date),
    /// A tier.
    Tier(u32),
    /// Points.
    Points(ShownPoints),
    /// Points that differ from stretch to stretch, where no stretch is asked for.
    ByStretch,
    /// A number that breaks ties, the smaller going first.
    Rank(i64),
    /// A ticket.
    Ticket(Ticket),
}

impl fmt::Display for ScoreLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words)
    }
}

/// Whose sheet it is.
struct Applicant<'a> {
    application: &'a Application,
    since: Timestamp,
    facts: &'a ScoreFacts<'a>,
    pair: Option<PairFacts>,
    decimals: u8,
}

impl StandingRules {
    /// A score sheet line by line: the version where it is not the present one, the tier, each rule of points with the fact
    /// that it looked at, their total, each tie-break, the ticket. With a pair, what the applicant has at that stretch.
    ///
    /// The numbers are those of the sheet, the facts those handed in: they belong together when the sheet was made from
    /// them ([`score`](Self::score)).
    ///
    /// ```
    /// use shared_parking::policy::{ScoreFacts, StandingRules};
    /// use shared_parking::{Season, sample};
    /// let rules: StandingRules = serde_json::from_str(r#"{
    ///     "tiers": ["three-in-one", "anyone"], "decimals": 1,
    ///     "points": [{ "for": "waiting", "steps": [{ "months": 0, "points": 50 }, { "months": 12, "points": 200 }] }],
    ///     "ties": [{ "by": "no-driving-day" }]
    /// }"#).unwrap();
    /// let mut own = sample::small_district(1).unwrap().applications().next().unwrap().application.clone();
    /// own.applied_at = "2025-01-01T00:00:00Z".parse().unwrap();
    /// let (season, zone) = (Season::new("2026").unwrap(), "Asia/Seoul".parse().unwrap());
    /// let facts = ScoreFacts::new(&season, 7, "2026-03-01T00:00:00Z".parse().unwrap(), &zone);
    /// let lines = rules.lines(&own, &rules.score(&own, &facts), &facts, None);
    /// let words: Vec<String> = lines.iter().map(ToString::to_string).collect();
    /// assert!(words[0].starts_with("tier "));
    /// assert_eq!(words[1..4], ["waiting 14 months: 20.0", "20.0 points in all", "tie-break by a day without driving: no"]);
    /// assert!(words[4].starts_with("ticket "));
    /// ```
    #[must_use]
    pub fn lines(
        &self,
        application: &Application,
        sheet: &ScoreSheet,
        facts: &ScoreFacts<'_>,
        pair: Option<PairFacts>,
    ) -> Vec<ScoreLine> {
        let version = self.version_of(sheet);
        let since = version.waiting.since(application);
        let of = Applicant { application, since, facts, pair, decimals: self.decimals };
        let line = |what, worth, words| ScoreLine { what, worth, words };
        let mut lines = Vec::new();
        if let Some(until) = sheet.rules_until {
            lines.push(line("rules", Worth::Until(until), format!("by the rules in force until {until}")));
        }
        let tier = sheet.tier.saturating_add(sheet.promoted).saturating_sub(1) as usize;
        let mut words = match version.tiers.get(tier) {
            Some(own) => format!("tier {} of {}: {own}", sheet.tier, version.tiers.len()),
            None => format!("tier {}: the documents fall into none of the {}", sheet.tier, version.tiers.len()),
        };
        if sheet.promoted > 0 {
            let hours = application.resident.sharing.hours;
            words.push_str(&format!(", {} up for {hours} hours shared", sheet.promoted));
        }
        lines.push(line("tier", Worth::Tier(sheet.tier), words));
        let points = sheet.points.iter().copied().chain(std::iter::repeat(0));
        for (rule, points) in version.points.iter().zip(points) {
            lines.push(of.points(rule, points));
        }
        let pairs = pair.map_or(0, |pair| self.pair_points(sheet, pair));
        let total = ShownPoints { points: sheet.total_points() + u64::from(pairs), decimals: self.decimals };
        lines.push(line("total", Worth::Points(total), format!("{} in all", total.counted())));
        for (rule, &rank) in version.ties.iter().zip(&sheet.ties) {
            lines.push(ScoreLine { what: rule.word(), worth: Worth::Rank(rank), words: of.tie(rule, rank) });
        }
        lines.push(line("ticket", Worth::Ticket(sheet.ticket), format!("ticket {}", sheet.ticket)));
        lines
    }
}

impl ShownPoints {
    /// With the word for it: `1 point`, `9.5 points`.
    pub(crate) fn counted(self) -> String {
        let word = if self.points == 1 && self.decimals == 0 { "point" } else { "points" };
        format!("{self} {word}")
    }
}

impl Applicant<'_> {
    fn points(&self, rule: &PointsRule, points: u32) -> ScoreLine {
        let what = rule.word();
        let (fact, points) = match (rule, self.pair) {
            (PointsRule::Distance { .. }, Some(pair)) => {
                (format!("straight line {}", pair.straight), rule.pair_points(pair))
            }
            (PointsRule::SameCommunity { .. }, Some(pair)) => {
                let whose = if pair.same_community { "the door's community" } else { "another community" };
                (format!("stretch of {whose}"), rule.pair_points(pair))
            }
            (PointsRule::Distance { .. } | PointsRule::SameCommunity { .. }, None) => {
                let words = format!("{what}: counts at each stretch by itself");
                return ScoreLine { what, worth: Worth::ByStretch, words };
            }
            _ => (self.fact(rule), points),
        };
        let shown = ShownPoints { points: u64::from(points), decimals: self.decimals };
        ScoreLine { what, worth: Worth::Points(shown), words: format!("{fact}: {shown}") }
    }

    /// What a rule that does not look at the stretch looked at.
    fn fact(&self, rule: &PointsRule) -> String {
        let (resident, facts) = (&self.application.resident, self.facts);
        match rule {
            PointsRule::Waiting { steps } => match steps.first().map(|step| step.wait) {
                Some(Wait::Months(_)) => {
                    format!("waiting {}", counted(months_between(self.since, facts.at, facts.zone).into(), "month"))
                }
                _ => format!("waiting {}", counted(days_between(self.since, facts.at), "day")),
            },
            PointsRule::SpecialNeed { .. } => format!("special need {}", need(resident.special_need)),
            PointsRule::SharedHours(_) => {
                let (hours, days) = (resident.sharing.hours, resident.sharing.days);
                format!("{} shared on {}", counted(hours.into(), "hour"), counted(days.into(), "day"))
            }
            _ => facts.community.map_or_else(|| "no community".to_owned(), |own| format!("community {own}")),
        }
    }

    fn tie(&self, rule: &TieRule, rank: i64) -> String {
        let resident = &self.application.resident;
        match rule {
            TieRule::SpecialNeed { .. } if rank == 0 => {
                format!("tie-break by special need: {}", need(resident.special_need))
            }
            TieRule::SpecialNeed { .. } => "tie-break by special need: none that counts".to_owned(),
            TieRule::Shift { .. } => {
                let asked = self.application.shift.as_ref().or(self.facts.first_shift);
                asked.map_or_else(|| "tie-break by shift: none".to_owned(), |own| format!("tie-break by shift: {own}"))
            }
            TieRule::NoDrivingDay {} => {
                format!("tie-break by a day without driving: {}", if rank == 0 { "yes" } else { "no" })
            }
            TieRule::Waiting {} => format!("tie-break by waiting: since {}", Timestamp::from_unix(rank)),
            TieRule::FirstVehicle {} => format!("tie-break by earlier claims of the household: {rank}"),
        }
    }
}

fn counted(number: i64, unit: &str) -> String {
    format!("{number} {unit}{}", if number == 1 { "" } else { "s" })
}

const fn need(need: SpecialNeed) -> &'static str {
    match need {
        SpecialNeed::None => "none",
        SpecialNeed::Disability => "disability",
        SpecialNeed::WoundedVeteran => "wounded veteran",
    }
}
