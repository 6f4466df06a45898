//! Invented applications: which household asks, from which door, when.

use super::Rates;
use super::facts::{resident, vehicle};
use super::preferences::Wishes;
use crate::calendar::Timestamp;
use crate::error::Flaws;
use crate::inventory::{Door, Inventory};
use crate::people::Application;
use crate::units::{ApplicationId, BasisPoints, Chance, DoorId, HouseholdId};

/// How many people an invented district holds, and how many of them ask for a permit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct People {
    /// Households; they spread over the doors unevenly, since buildings differ in size. None means no applications.
    pub households: usize,
    /// Applications handed in. When there are more than households, some households hand in several.
    pub applicants: usize,
    /// The first instant of applying.
    pub applied_from: Timestamp,
    /// The last instant of applying; not before the first.
    pub applied_to: Timestamp,
    /// How often each fact occurs.
    pub rates: Rates,
}

/// Invents the applications of a district, sorted by id.
///
/// Ids are `a-000001` for the application, `r-000001` for its resident and `v-000001` for the vehicle, each counted from
/// one, and `h-000001` for the household. Every household and application draws from a stream of its own: other rates, or
/// more applicants, leave the other draws as they were.
///
/// Whoever ranks streets ([`Rates::ranks_streets`]) takes one to three of the eight nearest with spaces, as the walk goes
/// up to 500 m, each as likely as the others, so that the order is seldom that of the walks. Whoever excludes one
/// ([`Rates::excludes_street`]) takes one of the same eight that is not ranked; nobody excludes the only street near. All
/// of it is invented.
///
/// ```
/// use shared_parking::inventory::{Inventory, KerbRules};
/// use shared_parking::sample::{People, Plan, Rates, applications};
/// let plan = Plan { name: "Small".into(), communities: vec![], streets: 5, spaces: 40, doors: 30, seed: 1 };
/// let inventory = Inventory::build(&plan.survey().unwrap(), &KerbRules::default()).unwrap();
/// let people = People {
///     households: 200,
///     applicants: 50,
///     applied_from: "2026-01-05T00:00:00Z".parse().unwrap(),
///     applied_to: "2026-01-30T00:00:00Z".parse().unwrap(),
///     rates: Rates::default(),
/// };
/// let applications = applications(&inventory, &people, 7);
/// assert_eq!(applications.len(), 50);
/// assert!(applications.iter().all(|application| inventory.door(&application.resident.door).is_some()));
/// assert!(applications.iter().all(|application| application.preferences.is_empty())); // by the default rates
/// ```
#[must_use]
pub fn applications(inventory: &Inventory, people: &People, seed: u64) -> Vec<Application> {
    let chance = Chance::new(seed);
    let (buildings, mut wishes) = (Buildings::new(inventory.doors(), &chance), Wishes::new(inventory));
    let numbers = 0..people.applicants;
    // Ids of this form are always legal, so nothing is dropped here.
    numbers.filter_map(|number| application(number, &buildings, people, &chance, &mut wishes).ok()?).collect()
}

/// The words to show beside invented applicants: `invented applicants, seed 7`.
#[must_use]
pub fn provenance(seed: u64) -> String {
    format!("invented applicants, seed {seed}")
}

fn application(
    number: usize,
    buildings: &Buildings<'_>,
    people: &People,
    chance: &Chance,
    wishes: &mut Wishes<'_>,
) -> Result<Option<Application>, Flaws> {
    let mut own = chance.fork(&format!("application {number}"));
    let further = own.fork("further").happens(people.rates.second_of_household);
    // Applicants are spread evenly over the households: the numbers rise, so the one before is a neighbour in number.
    let household = |number: usize| number.checked_mul(people.households).map(|at| at / people.applicants);
    let Some(household) = household(number - usize::from(further && number > 0)) else { return Ok(None) };
    let Some(door) = buildings.door(&mut chance.fork(&format!("household {household}"))) else { return Ok(None) };
    if people.households == 0 {
        return Ok(None);
    }
    let open = people.applied_to.seconds_since(people.applied_from).max(0).unsigned_abs();
    let after = i64::try_from(own.below(open.saturating_add(1))).unwrap_or(i64::MAX);
    let household = HouseholdId::new(&format!("h-{:06}", household + 1))?;
    Ok(Some(Application {
        id: ApplicationId::new(&format!("a-{:06}", number + 1))?,
        applied_at: people.applied_from.plus_seconds(after),
        resident: resident(number, household, door.clone(), &people.rates, &own)?,
        vehicle: vehicle(number, people, &own)?,
        waiting_since: None,
        shift: None,
        preferences: wishes.of(door, &people.rates, &own),
    }))
}

/// The doors with how many homes lie behind each.
struct Buildings<'a> {
    doors: Vec<&'a DoorId>,
    /// Homes behind the doors up to and including this one.
    homes: Vec<u64>,
}

impl<'a> Buildings<'a> {
    fn new(doors: &'a [Door], chance: &Chance) -> Self {
        let mut total = 0;
        let mut homes = Vec::with_capacity(doors.len());
        for door in doors {
            let mut chance = chance.fork(&format!("building {}", door.id));
            total += size(&mut chance);
            homes.push(total);
        }
        Self { doors: doors.iter().map(|door| &door.id).collect(), homes }
    }

    /// A door, each as likely as homes lie behind it.
    fn door(&self, chance: &mut Chance) -> Option<&'a DoorId> {
        let home = chance.below(self.homes.last().copied()?);
        self.doors.get(self.homes.partition_point(|&up_to| up_to <= home)).copied()
    }
}

/// Homes behind one door: courtyards, walk-ups, blocks and a few towers (invented sizes).
fn size(chance: &mut Chance) -> u64 {
    let tall = |chance: &mut Chance, points: u32| chance.happens(BasisPoints::new(points));
    let (least, more) = match () {
        () if tall(chance, 500) => (80, 80),
        () if tall(chance, 2_500) => (30, 30),
        () if tall(chance, 6_000) => (8, 10),
        () => (1, 4),
    };
    least + chance.below(more)
}
