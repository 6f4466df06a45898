//! Complaints and appeals in numbers, month by month.

use crate::calendar::{Date, Timestamp};
use crate::district::{AppealFinding, ComplaintOutcome, District, RecordedAppeal, RecordedComplaint};
use crate::units::{BasisPoints, Rounding};
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt;

/// Complaints and appeals by the month in which they came in. Shown as a table, one line a month.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ComplaintFigures {
    /// The months in which any came in, oldest first.
    pub months: Vec<MonthFigures>,
}

/// What came in in one month, and what had become of it when the report was made.
///
/// Resolution rate and satisfaction are the two figures by which Beijing tracked complaints in 2019.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MonthFigures {
    /// The first day of the month, in the policy's zone.
    pub month: Date,
    /// Complaints that came in.
    pub complaints: u64,
    /// Appeals that came in.
    pub appeals: u64,
    /// Complaints answered as right and put right.
    pub resolved: u64,
    /// Complaints answered as right and not put right.
    pub not_resolved: u64,
    /// Complaints answered as not right.
    pub unfounded: u64,
    /// Appeals upheld.
    pub upheld: u64,
    /// Appeals dismissed.
    pub dismissed: u64,
    /// The resolution rate: complaints put right and appeals resolved either way, of all complaints and appeals; rounded
    /// down, so that 10,000 means every one.
    pub resolution: BasisPoints,
    /// Days from coming in to the answer, of those answered; `None` when none was.
    pub days: Option<DaysFigures>,
    /// Answered after the last day on which it was in time, or not answered though that day was over.
    pub overdue: u64,
    /// Complaints whose answers were rated.
    pub rated: u64,
    /// Of those, the ones whose answers satisfy.
    pub satisfied: u64,
    /// The ones that satisfy of those rated, rounded down; `None` when none was rated.
    pub satisfaction: Option<BasisPoints>,
}

/// How long answers took, in whole days of 86,400 seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct DaysFigures {
    /// What half of them did not exceed (nearest rank).
    pub median: u64,
    /// The longest.
    pub longest: u64,
}

/// The figures of complaints and appeals as they stood at an instant: what came later is left out.
/// O(complaints and appeals, log each).
///
/// ```
/// use shared_parking::district::Complaint;
/// use shared_parking::{Action, Command, Journal, audit, sample};
/// let mut journal = Journal::new(sample::small_district(1).unwrap());
/// let stretch = journal.district().inventory().stretches()[0].id.clone();
/// let complaint: Complaint = serde_json::from_value(serde_json::json!({
///     "id": "g-1", "by": "r-1", "about": { "space": { "stretch": stretch } }, "kind": "visitor-stayed"
/// })).unwrap();
/// let mut send = |id: &str, at: &str, action| {
///     journal.execute(Command { id: id.parse().unwrap(), at: at.parse().unwrap(), action }).unwrap();
/// };
/// let (id, officer) = (complaint.id.clone(), "o-1".parse().unwrap());
/// send("c-1", "2026-03-01T00:00:00Z", Action::Complain(complaint));
/// send("c-2", "2026-03-02T00:00:00Z", Action::AssignComplaint { complaint: id.clone(), officer });
/// let outcome = serde_json::from_str("\"resolved\"").unwrap();
/// send("c-3", "2026-03-05T12:00:00Z", Action::AnswerComplaint { complaint: id, outcome });
///
/// let figures = audit::complaint_figures(journal.district(), "2026-03-31T00:00:00Z".parse().unwrap());
/// let march = &figures.months[0];
/// assert_eq!((march.month.to_string().as_str(), march.resolution.get()), ("2026-03-01", 10_000));
/// assert_eq!(march.days.unwrap().longest, 4);
/// assert!(figures.to_string().ends_with("2026-03       1       0  100.00%      4       4       0         -\n"));
/// ```
#[must_use]
pub fn complaint_figures(district: &District, at: Timestamp) -> ComplaintFigures {
    let day = |at| district.policy().zone.local(at).date;
    let mut months: BTreeMap<Date, (MonthFigures, Vec<u64>)> = BTreeMap::new();
    let mut note = |raised: Timestamp, due: Date, answered: Option<Timestamp>, count: &dyn Fn(&mut MonthFigures)| {
        let month = day(raised).first_of_month();
        let (figures, days) = months.entry(month).or_insert_with(|| (MonthFigures::of(month), Vec::new()));
        count(figures);
        figures.overdue += u64::from(day(answered.unwrap_or(at)) > due);
        days.extend(answered.map(|end| end.seconds_since(raised).div_euclid(86_400).unsigned_abs()));
    };
    for recorded in district.complaints().filter(|recorded| recorded.at <= at) {
        let answered = recorded.answered.map(|own| own.at).filter(|own| *own <= at);
        note(recorded.at, recorded.due, answered, &|figures| figures.count_complaint(recorded, at));
    }
    for recorded in district.appeals().filter(|recorded| recorded.at <= at) {
        let resolved = recorded.resolved.as_ref().map(|own| own.at).filter(|own| *own <= at);
        note(recorded.at, recorded.due, resolved, &|figures| figures.count_appeal(recorded, at));
    }
    ComplaintFigures { months: months.into_values().map(|(figures, days)| figures.with_shares(days)).collect() }
}

impl MonthFigures {
    const fn of(month: Date) -> Self {
        Self {
            month,
            complaints: 0,
            appeals: 0,
            resolved: 0,
            not_resolved: 0,
            unfounded: 0,
            upheld: 0,
            dismissed: 0,
            resolution: BasisPoints::new(0),
            days: None,
            overdue: 0,
            rated: 0,
            satisfied: 0,
            satisfaction: None,
        }
    }

    fn count_complaint(&mut self, recorded: &RecordedComplaint, at: Timestamp) {
        self.complaints += 1;
        match recorded.answered.filter(|own| own.at <= at).map(|own| own.outcome) {
            Some(ComplaintOutcome::Resolved) => self.resolved += 1,
            Some(ComplaintOutcome::NotResolved) => self.not_resolved += 1,
            Some(ComplaintOutcome::Unfounded) => self.unfounded += 1,
            None => {}
        }
        if let Some(rated) = recorded.rated.filter(|own| own.at <= at) {
            self.rated += 1;
            self.satisfied += u64::from(rated.satisfied);
        }
    }

    fn count_appeal(&mut self, recorded: &RecordedAppeal, at: Timestamp) {
        self.appeals += 1;
        match recorded.resolved.as_ref().filter(|own| own.at <= at).map(|own| &own.finding) {
            Some(AppealFinding::Upheld { .. }) => self.upheld += 1,
            Some(AppealFinding::Dismissed { .. }) => self.dismissed += 1,
            None => {}
        }
    }

    fn with_shares(mut self, mut days: Vec<u64>) -> Self {
        days.sort_unstable();
        let median = days.len().checked_sub(1).map(|last| days[last / 2]);
        self.days = median.zip(days.last()).map(|(median, &longest)| DaysFigures { median, longest });
        let all = self.complaints + self.appeals;
        self.resolution = share(self.resolved + self.upheld + self.dismissed, all);
        self.satisfaction = (self.rated > 0).then(|| share(self.satisfied, self.rated));
        self
    }
}

/// A part of a whole that is not 0, rounded down.
fn share(part: u64, whole: u64) -> BasisPoints {
    let share = Rounding::Floor.divide(i128::from(part) * 10_000, i128::from(whole));
    BasisPoints::new(u32::try_from(share).unwrap_or(u32::MAX))
}

impl fmt::Display for ComplaintFigures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "month    raised appeals resolved median longest overdue satisfied")?;
        let percent = |share: BasisPoints| format!("{}.{:02}%", share.get() / 100, share.get() % 100);
        for own in &self.months {
            let month = own.month.to_string();
            let month = month.strip_suffix("-01").unwrap_or(&month);
            let word = |days: Option<u64>| days.map_or_else(|| "-".to_owned(), |days| days.to_string());
            let (median, longest) = (word(own.days.map(|days| days.median)), word(own.days.map(|days| days.longest)));
            let satisfied = own.satisfaction.map_or_else(|| "-".to_owned(), percent);
            writeln!(
                f,
                "{month} {:>7} {:>7} {:>8} {median:>6} {longest:>7} {:>7} {satisfied:>9}",
                own.complaints + own.appeals,
                own.appeals,
                percent(own.resolution),
                own.overdue
            )?;
        }
        Ok(())
    }
}
