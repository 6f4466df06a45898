//! A second definition of special permits, by whole hours: after each command it writes down who is on each permit and
//! who is active, and looks the past up hour by hour.

use std::collections::BTreeSet;

type Cars = BTreeSet<u8>;

#[derive(Clone, Copy, Debug)]
pub struct Rules {
    pub kind: &'static str,
    pub one_permit_per_vehicle: bool,
    pub vehicles: usize,
    pub active_at_once: usize,
    pub valid_months: usize,
    pub at_most: usize,
    pub per_household: usize,
}

#[derive(Clone, Copy, Debug)]
pub enum Step {
    /// The class, the household, and its vehicles as bits.
    Grant(usize, u8, u8),
    Activate(usize, u8),
    Deactivate(usize, u8),
    Add(usize, u8),
    Remove(usize, u8),
    Revoke(usize),
    /// Permit, vehicle, how many hours ago it ended, how many hours it lasted, and whether it is said to be large.
    Stay(usize, u8, i64, i64, bool),
}

struct Held {
    class: usize,
    household: u8,
    from: i64,
    until: i64,
    ever: Cars,
    /// After each command at an hour: who is on it, who is active.
    diary: Vec<(i64, Cars, Cars)>,
}

impl Held {
    fn in_force(&self, hour: i64) -> bool {
        (self.from..self.until).contains(&hour)
    }

    /// The last entry of an hour or before it.
    fn entry(&self, hour: i64) -> Option<&(i64, Cars, Cars)> {
        self.diary.iter().rfind(|(at, ..)| *at <= hour)
    }

    fn now(&self) -> (Cars, Cars) {
        let (_, on, active) = self.diary.last().expect("an entry");
        (on.clone(), active.clone())
    }
}

pub struct Model {
    pub rules: Vec<Rules>,
    permits: Vec<Held>,
    stays: Vec<(usize, u8, i64, i64)>,
}

/// Days of the months from March on.
const MONTHS: [i64; 10] = [31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/// The first hour of the day so many months after the day of an hour, or of the last day of a shorter month.
fn months_after(hour: i64, months: usize) -> i64 {
    let (mut day, mut month) = (hour / 24, 0);
    while day >= MONTHS[month] {
        day -= MONTHS[month];
        month += 1;
    }
    let target = month + months;
    (MONTHS[..target].iter().sum::<i64>() + day.min(MONTHS[target] - 1)) * 24
}

impl Model {
    pub const fn new(rules: Vec<Rules>) -> Self {
        Self { rules, permits: Vec::new(), stays: Vec::new() }
    }

    /// Who is active on a permit in an hour.
    pub fn active(&self, permit: usize, hour: i64) -> Cars {
        let own = &self.permits[permit];
        let entry = own.entry(hour).filter(|_| own.in_force(hour));
        entry.map(|(.., active)| active.clone()).unwrap_or_default()
    }

    pub const fn permits(&self) -> usize {
        self.permits.len()
    }

    /// The number of the refusal, or nothing when the step is taken.
    pub fn take(&mut self, now: i64, step: Step) -> Result<(), u16> {
        match step {
            Step::Grant(class, household, cars) => self.grant(now, class, household, cars),
            Step::Stay(permit, car, ago, hours, large) => self.stay(permit, car, now - ago - hours, now - ago, large),
            Step::Activate(permit, _)
            | Step::Deactivate(permit, _)
            | Step::Add(permit, _)
            | Step::Remove(permit, _)
            | Step::Revoke(permit) => self.change(now, permit, step),
        }
    }

    fn elsewhere(&self, now: i64, car: u8, except: usize) -> bool {
        let others = self.permits.iter().enumerate().filter(|(number, own)| *number != except && own.in_force(now));
        others.into_iter().any(|(_, own)| own.now().0.contains(&car))
    }

    fn grant(&mut self, now: i64, class: usize, household: u8, bits: u8) -> Result<(), u16> {
        let rules = self.rules[class];
        let cars: Cars = (0..8).filter(|car| bits >> car & 1 == 1).collect();
        if cars.is_empty() || cars.len() > rules.vehicles {
            return Err(150);
        }
        if rules.one_permit_per_vehicle && cars.iter().any(|car| self.elsewhere(now, *car, usize::MAX)) {
            return Err(154);
        }
        let of_class = self.permits.iter().filter(|own| own.class == class && own.in_force(now));
        if of_class.clone().filter(|own| own.household == household).count() >= rules.per_household {
            return Err(155);
        }
        if of_class.count() >= rules.at_most {
            return Err(156);
        }
        let until = months_after(now, rules.valid_months);
        let diary = vec![(now, cars.clone(), Cars::new())];
        self.permits.push(Held { class, household, from: now, until, ever: cars, diary });
        Ok(())
    }

    fn change(&mut self, now: i64, permit: usize, step: Step) -> Result<(), u16> {
        let Some(own) = self.permits.get(permit) else { return Err(146) };
        if !own.in_force(now) {
            return Err(147);
        }
        let (mut on, mut active) = own.now();
        let rules = self.rules[own.class];
        match step {
            Step::Activate(_, car) | Step::Deactivate(_, car) | Step::Remove(_, car) if !on.contains(&car) => {
                return Err(148);
            }
            Step::Activate(_, car) if active.contains(&car) => return Err(151),
            Step::Activate(..) if active.len() == rules.active_at_once => return Err(153),
            Step::Activate(_, car) => drop(active.insert(car)),
            Step::Deactivate(_, car) if !active.contains(&car) => return Err(152),
            Step::Deactivate(_, car) => drop(active.remove(&car)),
            Step::Add(_, car) if on.contains(&car) => return Err(149),
            Step::Add(..) if on.len() == rules.vehicles => return Err(150),
            Step::Add(_, car) if rules.one_permit_per_vehicle && self.elsewhere(now, car, permit) => return Err(154),
            Step::Add(_, car) => drop(on.insert(car)),
            Step::Remove(_, car) => drop((on.remove(&car), active.remove(&car))),
            Step::Revoke(_) => self.permits[permit].until = now,
            Step::Grant(..) | Step::Stay(..) => unreachable!("no change"),
        }
        let own = &mut self.permits[permit];
        own.ever.extend(&on);
        own.diary.push((now, on, active));
        Ok(())
    }

    fn stay(&mut self, permit: usize, car: u8, from: i64, until: i64, large: bool) -> Result<(), u16> {
        let Some(own) = self.permits.get(permit) else { return Err(108) };
        if !(from..until).all(|hour| own.in_force(hour)) {
            return Err(109);
        }
        let mut clashes = self.stays.iter().filter(|(other, driven, ..)| (*other, *driven) == (permit, car));
        if clashes.any(|(.., begun, ended)| from < *ended && *begun < until) {
            return Err(117);
        }
        if large || !own.ever.contains(&car) {
            return Err(118);
        }
        if !(from..until).all(|hour| self.active(permit, hour).contains(&car)) {
            return Err(152);
        }
        self.stays.push((permit, car, from, until));
        Ok(())
    }
}
