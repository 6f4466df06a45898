//! The outermost tables: the document, permits and the round.

use super::{Field, Kind, Node, Said, field};
use super::{places, prices, rules, standing};

/// A whole policy.
pub(in crate::policy) const POLICY: Node = Node::Object(&[
    field("name", "name", Node::Leaf(Kind::Text)),
    field("source", "sources", Node::Leaf(Kind::Text)),
    field("zone", "time zone", Node::Leaf(Kind::Zone)),
    field("currency", "", Node::Object(CURRENCY)),
    field("permits", "", Node::Object(PERMITS)),
    field("eligibility", "rules of eligibility", Node::List(&rules::ELIGIBILITY)),
    field("standing", "", Node::Object(standing::STANDING)),
    field("shifts", "shifts", Node::Object(places::SHIFTS)),
    field("ceilings", "ceilings", Node::List(&places::CEILINGS)),
    field("quotas", "quotas", Node::List(&places::QUOTAS)),
    field("round", "", Node::Object(ROUND)),
    field("life", "", Node::Object(LIFE)),
    field("tariff", "", Node::Object(prices::TARIFF)),
    field("discounts", "discounts", Node::List(&prices::DISCOUNTS)),
    field("special", "special classes", Node::List(&rules::SPECIAL)),
    field("complaints", "", Node::Object(COMPLAINTS)),
]);

const COMPLAINTS: &[Field] = &[
    field("answer_days", "complaints are answered within", Node::Leaf(Kind::Count(("day", "days"), 1, 366))),
    field("appeal_days", "decisions can be appealed for", Node::Leaf(Kind::Count(("day", "days"), 1, 366))),
];

const CURRENCY: &[Field] = &[
    field("code", "currency", Node::Leaf(Kind::Text)),
    field("decimals", "decimals of the currency", Node::Leaf(Kind::Count(("", ""), 0, 4))),
];

const PERMITS: &[Field] = &[
    field("kind", "kind of permit", Node::Leaf(Kind::Text)),
    field("valid_months", "permits are valid for", Node::Leaf(Kind::Count(("month", "months"), 1, 1_200))),
    field("walk_limit_m", "walking limit", Node::Leaf(Kind::Count(("m", "m"), 1, 10_000))),
    field("space_kinds", "kinds of spaces", Node::Words(SPACE_KINDS)),
    field("per_space", "permits for a space", Node::Leaf(Kind::Share(1, 100_000))),
    field("area_class", "area class of the spaces", Node::Leaf(Kind::Text)),
];

const SPACE_KINDS: Said = &[("shared", ""), ("resident", ""), ("disabled", ""), ("loading", ""), ("charging", "")];

const ROUND: &[Field] = &[
    field("mechanism", "mechanism", Node::Leaf(Kind::Word(MECHANISMS))),
    field("cost", "cost of a choice", Node::Leaf(Kind::Word(COSTS))),
    field("renewal", "renewal", Node::Object(RENEWAL)),
    field("offer_hours", "an offer lapses after", Node::Leaf(Kind::Count(("hour", "hours"), 1, 8_784))),
];

const MECHANISMS: Said = &[
    ("optimal", ""),
    ("serial-dictatorship", "serial dictatorship"),
    ("top-trading-cycles", "top trading cycles"),
    ("{\"deferred-acceptance\":\"single\"}", "deferred acceptance with one lot each"),
    ("{\"deferred-acceptance\":\"per-place\"}", "deferred acceptance with a lot for each place"),
];

const COSTS: Said = &[
    ("walk", "the walk"),
    ("rank", "the rank on the applicant's list"),
    ("rank-then-walk", "the rank on the applicant's list, then the walk"),
];

const RENEWAL: &[Field] = &[
    field("within_days", "so long before the end", Node::Leaf(Kind::Count(("day", "days"), 1, 366))),
    field("place", "place", Node::Leaf(Kind::Word(RENEWED))),
    field("tenure_months", "longest tenure", Node::Leaf(Kind::Count(("month", "months"), 1, 1_200))),
];

const RENEWED: Said = &[("keep", "the one held"), ("improve", "the one held or a better one")];

const LIFE: &[Field] = &[
    field("on_move", "when a holder moves", Node::Leaf(Kind::Word(ON_MOVE))),
    field("on_death", "when a holder dies", Node::Leaf(Kind::Word(ON_DEATH))),
    field("vehicle_sold_days", "another vehicle after a sale within", Node::Leaf(Kind::Count(("day", "days"), 1, 366))),
];

const ON_MOVE: Said =
    &[("ends", "the permit ends"), ("keeps-within-walk", "the permit stays within the walking limit")];

const ON_DEATH: Said =
    &[("ends", "the permit ends"), ("to-household", "somebody of the household can take the permit over")];
