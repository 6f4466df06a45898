//! An estimate in words: from which numbers its days come.

use super::estimate::{Estimate, Pace, Span};

impl Estimate {
    /// How the days come about, for the one who waits.
    ///
    /// ```
    /// use shared_parking::district::Estimate;
    /// let told: Estimate = serde_json::from_str(r#"{
    ///     "ahead": 5, "undecided": 2, "free": 1, "stretches": 3,
    ///     "spans": [
    ///         { "season": "2024", "from": "2023-03-01T00:00:00Z", "to": "2024-03-01T00:00:00Z", "newcomers": 4 },
    ///         { "season": "2025", "from": "2024-03-01T00:00:00Z", "to": "2025-03-01T00:00:00Z", "newcomers": 0 }
    ///     ],
    ///     "bounds": { "lower_days": 458, "likely_days": 1097, "upper_days": null }
    /// }"#).unwrap();
    /// assert_eq!(told.derivation(), "\
    /// Stretches that you accept: 3. Newcomers ahead of you there: 5, and 2 more whom the draw may put ahead.
    /// Spaces free there now: 1. So spaces must still fall free for 5 people at the least (none of the 2 goes first), \
    /// likely for 6 (half of them), at the most for 7 (all of them), you being the last.
    /// Newcomers who got a space there: 4 in the 366 days up to round 2024; 0 in the 365 days up to round 2025.
    /// At the least: 5 people at the pace of round 2024, 5 x 366 days / 4 = 458 days (16 months).
    /// Likely: 6 people at the average pace, 6 x 731 days / 4 = 1097 days (37 months).
    /// At the most: no bound, for 7 people at the pace of round 2025, when nobody came in.
    /// Days count from now and are rounded up; a month is 365/12 days. Spaces are given in rounds, so the answer comes \
    /// with a round. Who applies later and stands better, who gives up, and changes of spaces or rules are not foreseen.
    /// ");
    /// ```
    #[must_use]
    pub fn derivation(&self) -> String {
        let Self { ahead, undecided, free, stretches, bounds, .. } = self;
        let [least, likely, most] = self.needed();
        let span = |own: &Span| format!("{} in the {} days up to round {}", own.newcomers, own.days(), own.season);
        let spans: Vec<String> = self.spans.iter().map(span).collect();
        let paces = self.extremes().map(|(best, worst)| {
            let pace = |own: &Span| (Pace::from(own), format!("the pace of round {}", own.season));
            let lines = [
                line("At the least", least, &pace(best), Some(bounds.lower_days)),
                line("Likely", likely, &(self.average(), "the average pace".to_owned()), Some(bounds.likely_days)),
                line("At the most", most, &pace(worst), bounds.upper_days),
            ];
            lines.concat()
        });
        format!(
            "Stretches that you accept: {stretches}. Newcomers ahead of you there: {ahead}, and {undecided} more whom the \
             draw may put ahead.\n\
             Spaces free there now: {free}. So spaces must still fall free for {least} people at the least (none of the \
             {undecided} goes first), likely for {likely} (half of them), at the most for {most} (all of them), you being \
             the last.\n\
             Newcomers who got a space there: {}.\n{}\
             Days count from now and are rounded up; a month is 365/12 days. Spaces are given in rounds, so the answer \
             comes with a round. Who applies later and stands better, who gives up, and changes of spaces or rules are not foreseen.\n",
            spans.join("; "),
            paces.unwrap_or_default()
        )
    }
}

fn line(what: &str, people: u64, (pace, named): &(Pace, String), days: Option<u64>) -> String {
    let Pace { newcomers, days: within } = pace;
    match days {
        Some(_) if people == 0 => format!("{what}: 0 days, for spaces enough are free now.\n"),
        Some(days) => {
            let months = days.saturating_mul(12).div_ceil(365);
            format!(
                "{what}: {people} people at {named}, {people} x {within} days / {newcomers} = {days} days ({months} \
                 months).\n"
            )
        }
        None => format!("{what}: no bound, for {people} people at {named}, when nobody came in.\n"),
    }
}
