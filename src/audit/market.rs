//! Is this allocation sound, and is it optimal? One pass over the choices, without the solver.

use super::outcome::{Envy, ExchangeStep, TradeStep, WastedSeat, check_seats};
use crate::market::{Agent, Allocation, Certificate, Market, Place, PlacePrice, Seat, Standing};

/// One thing wrong with an allocation, with its witnesses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum MarketFinding {
    /// The seat at this position names an agent or a place the market does not have, or seats nobody.
    #[error("seat {position} names an unknown agent or place, or seats nobody")]
    MeaninglessSeat {
        /// Its position among the seats.
        position: usize,
    },
    /// The seat at this position does not come after the one before it, by agent, then place.
    #[error("seat {position} is out of order")]
    OutOfOrder {
        /// Its position among the seats.
        position: usize,
    },
    /// People sit where they never chose to.
    #[error("agent {agent} sits at place {place}, which is none of its choices")]
    NotAChoice {
        /// Whose people.
        agent: Agent,
        /// Where they sit.
        place: Place,
    },
    /// More people of an agent are seated than it has.
    #[error("{seated} people of agent {agent} are seated, more than it has")]
    TooManySeated {
        /// Whose people.
        agent: Agent,
        /// How many are seated.
        seated: u64,
    },
    /// More people sit at a place than fit.
    #[error("{seated} people sit at place {place}, more than fit")]
    OverCapacity {
        /// Where.
        place: Place,
        /// How many sit there.
        seated: u64,
    },
    /// There is no certificate, so nothing shows that the allocation is optimal.
    #[error("there is no certificate")]
    NoCertificate,
    /// The certificate does not have one price for each place.
    #[error("the certificate has {prices} prices, not one for each place")]
    CertificateLength {
        /// How many prices there are.
        prices: usize,
    },
    /// Rule 1: an open place has a price below zero.
    #[error("the open place {place} has a price below zero")]
    NegativePrice {
        /// Which place.
        place: Place,
    },
    /// Rule 1: a place with a free space has a price or is called closed.
    #[error("place {place} has a free space and a price")]
    PriceOnFreeSpace {
        /// Which place.
        place: Place,
    },
    /// Rule 2: somebody sits at one place though another costs them less, prices included.
    #[error("agent {agent} sits at place {seat}, though place {better} costs less")]
    CheaperElsewhere {
        /// Whose people.
        agent: Agent,
        /// Where they sit.
        seat: Place,
        /// Where it costs less.
        better: Place,
    },
    /// Rule 2: somebody sits where their seat costs more than leaving them out.
    #[error("agent {agent} sits at place {place}, which costs more than leaving it out")]
    SeatTooDear {
        /// Whose people.
        agent: Agent,
        /// Where they sit.
        place: Place,
    },
    /// Rule 3: somebody is left out though this place costs less than that.
    #[error("agent {agent} is left out, though place {place} costs less than that")]
    LeftOutTooSoon {
        /// Whose people.
        agent: Agent,
        /// Where they could sit.
        place: Place,
    },
    /// There is a certificate, though the mechanism gives none.
    #[error("there is a certificate, which only an optimal answer has")]
    StrayCertificate,
    /// Somebody prefers a place with room.
    #[error("agent {}, with {}, prefers place {}, which has room", .0.agent, words(.0.seat), .0.place)]
    Wasted(WastedSeat),
    /// Somebody prefers a place that somebody with a worse claim has.
    #[error(
        "agent {}, with {}, prefers place {}, where agent {} sits with a worse claim",
        .0.agent, words(.0.seat), .0.place, .0.over
    )]
    Envied(Envy),
    /// Another answer without waste and justified envy is better: some could exchange seats without hurting a claim.
    #[error(
        "{people} could exchange seats and hurt no claim, from agent {} on, who prefers place {} to place {}",
        .first.agent, .first.to, .first.from
    )]
    BetterStable {
        /// Who is on the circle with the lowest place.
        first: ExchangeStep,
        /// How many are.
        people: usize,
    },
    /// Somebody does not have what a trade gives them.
    #[error("agent {}, with {}, is due place {} by a trade", .0.agent, words(.0.got), .0.due)]
    OutOfTrade(TradeStep),
}

/// A seat in words.
fn words(seat: Option<Place>) -> String {
    seat.map_or_else(|| "no seat".to_owned(), |place| format!("place {place}"))
}

/// Checks that an allocation is sound (seats are choices, nobody twice, no place over capacity) and that its
/// certificate proves it optimal by the three rules of [`Certificate`]. O(places + agents + choices).
///
/// ```
/// use shared_parking::audit::{MarketFinding, check_market};
/// use shared_parking::market::{Allocation, Certificate, Market, PlacePrice, Seat};
/// let mut builder = Market::builder();
/// let kerb = builder.place(1);
/// let first = builder.agent(0, 1, [(kerb, 30)]);
/// let second = builder.agent(1, 1, [(kerb, 10)]);
/// let market = builder.build().unwrap();
/// let certificate = Some(Certificate { places: vec![PlacePrice { closed: Some(1), price: -10 }] });
///
/// let right = Allocation { seats: vec![Seat { agent: first, place: kerb, count: 1 }], certificate: certificate.clone() };
/// assert_eq!(check_market(&market, &right), Ok(()));
///
/// let wrong = Allocation { seats: vec![Seat { agent: second, place: kerb, count: 1 }], certificate };
/// assert_eq!(check_market(&market, &wrong), Err(vec![MarketFinding::LeftOutTooSoon { agent: first, place: kerb }]));
/// ```
///
/// # Errors
/// Everything that was found, in the order of [`MarketFinding`]'s subjects: seats, places, then rules by place and agent.
pub fn check_market(market: &Market, allocation: &Allocation) -> Result<(), Vec<MarketFinding>> {
    let mut findings = Vec::new();
    let seated = check_seats(market, &allocation.seats, &mut findings);
    let mut check = Check { market, seated, findings };
    if check.findings.is_empty() {
        match &allocation.certificate {
            Some(certificate) => check.certificate(certificate, &allocation.seats),
            None => check.findings.push(MarketFinding::NoCertificate),
        }
    }
    if check.findings.is_empty() { Ok(()) } else { Err(check.findings) }
}

struct Check<'m> {
    market: &'m Market,
    /// How many sit at each place.
    seated: Vec<u64>,
    findings: Vec<MarketFinding>,
}

/// A cost with the full price of its place: an open place costs less than leaving anyone out, a closed one weighs as
/// leaving out its standing. `W` grows as the standing gets better, so the order of standings is turned round.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Weight(Option<std::cmp::Reverse<Standing>>, i128);

impl Weight {
    fn of_leaving_out(standing: Standing) -> Self {
        Self(Some(std::cmp::Reverse(standing)), 0)
    }

    fn of_seating(cost: u32, PlacePrice { closed, price }: PlacePrice) -> Self {
        Self(closed.map(std::cmp::Reverse), i128::from(cost) + i128::from(price))
    }
}

impl Check<'_> {
    fn certificate(&mut self, certificate: &Certificate, seats: &[Seat]) {
        let prices = &certificate.places;
        if prices.len() != self.market.places().len() {
            self.findings.push(MarketFinding::CertificateLength { prices: prices.len() });
            return;
        }
        for place in self.market.places() {
            let PlacePrice { closed, price } = prices[place.index()];
            let full = self.seated[place.index()] == u64::from(self.market.capacity(place));
            if closed.is_none() && price < 0 {
                self.findings.push(MarketFinding::NegativePrice { place });
            } else if !full && (closed.is_some() || price > 0) {
                self.findings.push(MarketFinding::PriceOnFreeSpace { place });
            }
        }
        let mut rest = seats;
        for agent in self.market.agents() {
            let own = rest.iter().take_while(|seat| seat.agent == agent).count();
            self.agent(agent, &rest[..own], prices);
            rest = &rest[own..];
        }
    }

    /// Rules 2 and 3 for one agent: its least weight, against its seats and against leaving it out.
    fn agent(&mut self, agent: Agent, seats: &[Seat], prices: &[PlacePrice]) {
        let weight = |place: Place, cost| (Weight::of_seating(cost, prices[place.index()]), place);
        let choices = self.market.choices(agent);
        let Some((least, better)) = choices.iter().map(|choice| weight(choice.place, choice.cost)).min() else {
            return;
        };
        let out = Weight::of_leaving_out(self.market.standing(agent));
        let mut seated = 0;
        for seat in seats {
            seated += u64::from(seat.count);
            let Some(cost) = self.market.cost(agent, seat.place) else { continue };
            let (own, place) = weight(seat.place, cost);
            if own > least {
                self.findings.push(MarketFinding::CheaperElsewhere { agent, seat: place, better });
            }
            if own > out {
                self.findings.push(MarketFinding::SeatTooDear { agent, place });
            }
        }
        if seated < u64::from(self.market.count(agent)) && least < out {
            self.findings.push(MarketFinding::LeftOutTooSoon { agent, place: better });
        }
    }
}
