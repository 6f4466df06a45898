//! A season through the public API: apply, hold the round, bill a day.

use super::progress::{Progress, stage};
use shared_parking::district::Action;
use shared_parking::sample::{self, Day, People, Rates};
use shared_parking::{
    Application, BasisPoints, Command, CommandId, District, Inventory, Journal, Policy, Refusal, Season, Stay,
    TimeOfDay, Timestamp,
};
use std::collections::BTreeMap;

/// How much of the day visitors keep a space busy: invented.
const VISITORS: BasisPoints = BasisPoints::new(4_000);

/// As many applicants as Desheng had cars for its spaces, in twice as many households, applying between two local times.
pub fn people(inventory: &Inventory, policy: &Policy, between: (&str, &str)) -> People {
    let spaces: u64 = policy.permits.space_kinds.iter().map(|&kind| inventory.capacity(kind)).sum();
    let applicants = sample::demand(u32::try_from(spaces).unwrap_or(u32::MAX));
    let instant = |day: &str| policy.zone.parse_local(day).expect("a local time of this example");
    People {
        households: applicants * 2,
        applicants,
        applied_from: instant(between.0),
        applied_to: instant(between.1),
        rates: Rates::default(),
    }
}

/// Everything in the order of its instants; each command named by its number.
pub struct Host {
    journal: Journal,
    /// When the round is held.
    round_at: Timestamp,
    /// What was refused, by refusal: the first few in full, and how many.
    refused: BTreeMap<Refusal, (Vec<String>, usize)>,
    number: u32,
}

/// How many of one refusal are named.
const NAMED: usize = 20;

impl Host {
    /// The host of a district that has received the applications, in the order of their instants.
    pub fn received(district: District, applications: &[Application]) -> Result<Self, String> {
        let round_at = round_at(district.policy(), applications);
        let mut host = Self { journal: Journal::new(district), round_at, refused: BTreeMap::new(), number: 0 };
        let mut applications: Vec<&Application> = applications.iter().collect();
        applications.sort_by_key(|application| (application.applied_at, &application.id));
        let mut progress = Progress::start("applications", applications.len());
        for (done, application) in applications.iter().enumerate() {
            progress.at(done);
            let door = &application.resident.door;
            let what = format!("application {} of {} at door {door}", application.id, application.applied_at);
            host.send(application.applied_at, Action::Apply((*application).clone()), &what);
        }
        drop(progress);
        host.check()?;
        Ok(host)
    }

    /// Holds the round and bills a day.
    pub fn run(mut self, seed: u64) -> Result<Journal, String> {
        let (at, policy) = (self.round_at, self.journal.district().policy());
        let (zone, season) = (policy.zone.clone(), season(policy, at)?);
        stage("holding the round");
        self.send(at, Action::HoldRound { season, seed }, &format!("round of {at}, after the last application"));
        // Where the policy makes offers, everybody accepts.
        let offers = self.journal.district().permits().filter(|permit| permit.offer.is_some());
        let offers: Vec<_> = offers.map(|permit| permit.id.clone()).collect();
        for offer in offers {
            let what = format!("offer {offer}");
            self.send(at, Action::AcceptOffer(offer), &what);
        }
        self.check()?;

        let stays = stays(self.journal.district(), &Day { date: zone.local(at).date, zone, visitors: VISITORS }, seed);
        let mut progress = Progress::start("stays billed", stays.len());
        for (done, stay) in stays.into_iter().enumerate() {
            progress.at(done);
            let what = format!("stay {}", stay.id);
            self.send(stay.window.end(), Action::BillStay(stay), &what);
        }
        drop(progress);
        self.check()?;
        Ok(self.journal)
    }

    fn send(&mut self, at: Timestamp, action: Action, what: &dyn std::fmt::Display) {
        self.number += 1;
        let id = CommandId::new(&format!("c-{:07}", self.number)).expect("a short id");
        if let Err(refusal) = self.journal.execute(Command { id, at, action }) {
            let (named, count) = self.refused.entry(refusal).or_default();
            *count += 1;
            if named.len() < NAMED {
                named.push(what.to_string());
            }
        }
    }

    fn check(&self) -> Result<(), String> {
        if self.refused.is_empty() {
            return Ok(());
        }
        let line = |(refusal, (named, count)): (&Refusal, &(Vec<String>, usize))| {
            let more = if *count > named.len() { format!(" and {} more", count - named.len()) } else { String::new() };
            format!("{refusal}\n  {}{more}", named.join("\n  "))
        };
        Err(self.refused.iter().map(line).collect::<Vec<_>>().join("\n"))
    }
}

/// The journal of a district that has received the applications, in the order of their instants.
pub fn received(district: District, applications: &[Application]) -> Result<Journal, String> {
    Ok(Host::received(district, applications)?.journal)
}

/// The midnight after the last application, on the clock of the policy: when the round is held.
pub fn round_at(policy: &Policy, applications: &[Application]) -> Timestamp {
    let zone = &policy.zone;
    let start = zone.parse_local("2026-02-28T12:00").expect("a local time of this example");
    let last = applications.iter().map(|application| application.applied_at).max().unwrap_or(start);
    zone.instant(zone.local(last).date.plus_days(1), TimeOfDay::MIDNIGHT)
}

/// The season that a round belongs to: its year.
pub fn season(policy: &Policy, at: Timestamp) -> Result<Season, String> {
    Season::new(&policy.zone.local(at).date.to_string()[..4]).map_err(|flaws| flaws.to_string())
}

/// A day's stays on the spaces of the round, in the order in which they end.
fn stays(district: &District, day: &Day, seed: u64) -> Vec<Stay> {
    let holders: Vec<_> = district.permits().map(sample::Holder::from).collect();
    let kinds = &district.policy().permits.space_kinds;
    let mut stretches = district.inventory().stretches().to_vec();
    stretches.retain(|stretch| kinds.contains(&stretch.kind));
    let mut stays = sample::stays(day, &holders, &stretches, seed);
    stays.sort_by(|a, b| (a.window.end(), &a.id).cmp(&(b.window.end(), &b.id)));
    stays
}
