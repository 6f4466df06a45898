//! What `Live` and `Steady` tell of who is present: the same questions, answered by the ground they share.
//!
//! Invariant: nothing here changes anything.

/// The questions, for types with a `ground` and the last `moves`.
macro_rules! reads {
    ($name:ident) => {
        impl $name {
            /// What the last update has moved, sorted: whoever has gone has no `to`, and neither has whoever lost a seat.
            #[must_use]
            pub fn moves(&self) -> &[Move] {
                &self.moves
            }

            /// Where people of an agent sit, and how many, by place.
            pub fn seats_of(&self, agent: Agent) -> impl Iterator<Item = (Place, u32)> {
                self.ground.seats_of(agent).into_iter()
            }

            /// The places an agent accepts, cheapest first; none when it is not present.
            pub fn choices(&self, agent: Agent) -> impl Iterator<Item = (Place, Cost)> {
                self.ground.choices(agent)
            }

            /// The standing of an agent that is present.
            #[must_use]
            pub fn standing(&self, agent: Agent) -> Option<Standing> {
                self.ground.standing(agent)
            }

            /// How many people of an agent have no seat.
            #[must_use]
            pub fn waiting(&self, agent: Agent) -> u32 {
                self.ground.waiting(agent)
            }

            /// How many people are seated. O(agents ever present at once).
            #[must_use]
            pub fn seated(&self) -> u64 {
                self.ground.seated()
            }

            /// What all seats cost together. O(spaces).
            #[must_use]
            pub fn cost(&self) -> u64 {
                self.ground.cost()
            }
        }
    };
}

pub(super) use reads;
