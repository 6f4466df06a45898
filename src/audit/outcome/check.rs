//! Is an answer the one its mechanism gives?

use super::super::market::{MarketFinding, check_market};
use super::{better_stable_cycles, check_seats, envy_by_list, justified_envy, out_of_trade, wasted_seats};
use crate::market::{Allocation, Claims, Lots, Market, Mechanism};

/// Checks that an answer is what the mechanism gives, without the mechanism:
///
/// | mechanism | what proves it |
/// |---|---|
/// | [`Optimal`](Mechanism::Optimal) | its certificate: [`check_market`] |
/// | [`DeferredAcceptance`](Mechanism::DeferredAcceptance) | nothing wasted, no justified envy, no better stable exchange |
/// | [`SerialDictatorship`](Mechanism::SerialDictatorship) | nothing wasted, no envy by the list |
/// | [`TopTradingCycles`](Mechanism::TopTradingCycles) | every trade is carried out |
///
/// In all cases the seats are choices, nobody sits twice, and no place is over capacity. But for `Optimal`, where other
/// answers may cost the same, exactly one answer passes, told as agents and places:
/// - two stable answers without a better stable exchange are both the one of deferred acceptance
///   ([`better_stable_cycles`]), and an agent's people have its seats in the order of their turns ([`justified_envy`]);
/// - with nothing wasted and no envy by the list, everybody has the place they prefer among those that the people ahead
///   leave: if they did not sit there, it would have room, or hold somebody later. So the list decides everything, from
///   the first on. It is the one of [`Claims`] with [`Lots::Single`], compared by turn alone;
/// - an answer that carries out every trade is the one of top trading cycles ([`out_of_trade`]).
///
/// O(c log c) for c choices of all people (`Optimal`: of all agents); memory O(c) for lots per place and trading, else
/// O(places + people).
///
/// ```
/// use shared_parking::audit::{MarketFinding, check_outcome};
/// use shared_parking::market::{Allocation, Market, Mechanism, Seat};
/// let mut builder = Market::builder();
/// let (kerb, yard) = (builder.place(1), builder.place(1));
/// let ann = builder.agent(0, 1, [(kerb, 10), (yard, 40)]);
/// let bob = builder.agent(1, 1, [(kerb, 10), (yard, 40)]);
/// let market = builder.build().unwrap();
/// let answer = |first, second| {
///     let seats = vec![Seat { agent: ann, place: first, count: 1 }, Seat { agent: bob, place: second, count: 1 }];
///     Allocation { seats, certificate: None }
/// };
/// assert_eq!(check_outcome(&market, Mechanism::SerialDictatorship, 7, &answer(kerb, yard)), Ok(()));
/// let findings = check_outcome(&market, Mechanism::SerialDictatorship, 7, &answer(yard, kerb)).unwrap_err();
/// assert!(matches!(findings[..], [MarketFinding::Envied(envy)] if (envy.agent, envy.over) == (ann, bob)));
/// assert_eq!(findings[0].to_string(), "agent 0, with place 1, prefers place 0, where agent 1 sits with a worse claim");
/// ```
///
/// # Errors
/// Everything that was found; if seats are not sound, that alone, and if an answer is not stable, no exchanges.
pub fn check_outcome(
    market: &Market,
    mechanism: Mechanism,
    seed: u64,
    allocation: &Allocation,
) -> Result<(), Vec<MarketFinding>> {
    if mechanism == Mechanism::Optimal {
        return check_market(market, allocation);
    }
    let mut findings = Vec::new();
    check_seats(market, &allocation.seats, &mut findings);
    if findings.is_empty() {
        prove(market, mechanism, seed, allocation, &mut findings);
    }
    if allocation.certificate.is_some() {
        findings.push(MarketFinding::StrayCertificate);
    }
    if findings.is_empty() { Ok(()) } else { Err(findings) }
}

fn prove(market: &Market, mechanism: Mechanism, seed: u64, allocation: &Allocation, findings: &mut Vec<MarketFinding>) {
    let lots = if let Mechanism::DeferredAcceptance(lots) = mechanism { lots } else { Lots::Single };
    let claims = Claims::draw(market, lots, seed);
    if mechanism == Mechanism::TopTradingCycles {
        let steps = out_of_trade(market, &claims, allocation);
        let missed = steps.into_iter().filter(|step| step.got != Some(step.due));
        return findings.extend(missed.map(MarketFinding::OutOfTrade));
    }
    let by_list = mechanism == Mechanism::SerialDictatorship;
    let envy = if by_list { envy_by_list } else { justified_envy };
    findings.extend(wasted_seats(market, allocation).into_iter().map(MarketFinding::Wasted));
    findings.extend(envy(market, &claims, allocation).into_iter().map(MarketFinding::Envied));
    if findings.is_empty() && !by_list {
        for exchange in better_stable_cycles(market, &claims, allocation) {
            let people = exchange.steps.len();
            findings.extend(exchange.steps.first().map(|&first| MarketFinding::BetterStable { first, people }));
        }
    }
}
