//! Small markets by number, so that all of them can be tried: single people with strict lists, the first ahead.

use super::crowd::{Crowd, Seats, agent, place};
use shared_parking::market::{Lots, Market};

/// Everything about a small market but what people want.
#[derive(Clone, Debug)]
pub struct World {
    pub room: Vec<u32>,
    /// Whom each place prefers, best first; about others it says nothing.
    pub named: Vec<Vec<usize>>,
    pub held: Vec<Option<usize>>,
}

/// All orders of all subsets of the numbers below this one.
pub fn orders(many: usize) -> Vec<Vec<usize>> {
    let mut all = vec![Vec::new()];
    let mut at = 0;
    while at < all.len() {
        let longer = (0..many).filter(|next| !all[at].contains(next)).map(|next| [&all[at][..], &[next]].concat());
        let longer: Vec<Vec<usize>> = longer.collect();
        all.extend(longer);
        at += 1;
    }
    all
}

/// How many worlds there are: every order of some people at every place, 0 to 2 spaces, everybody at some place or none.
pub fn worlds(people: usize, places: usize) -> usize {
    let power = |base: usize, times: usize| (0..times).fold(1, |product, _| product * base);
    power(orders(people).len() * 3, places) * power(places + 1, people)
}

impl World {
    /// The world of this number below [`worlds`]; `None` if more people hold a place than it has spaces.
    pub fn number(mut number: usize, people: usize, places: usize) -> Option<Self> {
        let orders = orders(people);
        let mut digit = |base: usize| {
            let digit = number % base;
            number /= base;
            digit
        };
        let held: Vec<Option<usize>> = (0..people).map(|_| digit(places + 1).checked_sub(1)).collect();
        let room: Vec<usize> = (0..places).map(|_| digit(3)).collect();
        let named = (0..places).map(|_| orders[digit(orders.len())].clone()).collect();
        let fits = |there: usize| held.iter().filter(|held| **held == Some(there)).count() <= room[there];
        let sound = (0..places).all(fits);
        let room = room.into_iter().map(|room| u32::try_from(room).expect("a digit")).collect();
        sound.then_some(Self { room, named, held })
    }

    /// The market in which people state these lists. A priority at a place that is not on the list is not stated.
    pub fn market(&self, stated: &[&[usize]]) -> Market {
        let mut builder = Market::builder();
        for &room in &self.room {
            builder.place(room);
        }
        for (standing, list) in (0..).zip(stated) {
            builder.agent(standing, 1, list.iter().map(|&there| place(there)).zip(1..));
        }
        for (there, named) in self.named.iter().enumerate() {
            for (priority, &person) in (0..).zip(named).filter(|(_, person)| stated[**person].contains(&there)) {
                builder.priority(agent(person), place(there), priority);
            }
        }
        for (person, held) in self.held.iter().enumerate() {
            held.iter().for_each(|&there| builder.holds(agent(person), place(there), 1));
        }
        builder.build().unwrap()
    }

    /// Where a mechanism seats people who state these lists.
    pub fn answer(&self, mechanism: impl Fn(&Crowd) -> Seats, stated: &[&[usize]]) -> Seats {
        mechanism(&Crowd::claimed(&self.market(stated), Lots::Single, 7))
    }

    /// Whether somebody may state a list where a mechanism trades claims: one without a place that has a word for them and
    /// that they do not want, for markets know priorities at choices only.
    pub fn no_new_priority(&self, person: usize, own: &[usize], stated: &[usize]) -> bool {
        stated.iter().all(|there| own.contains(there) || !self.named[*there].contains(&person))
    }
}
