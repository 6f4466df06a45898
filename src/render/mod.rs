//! Pictures of a district as text, for a report, a web page or a desk.
//!
//! Invariant: a picture is a pure string made of integers in a fixed order: the same district gives the same bytes, and
//! no picture carries a script or reaches for anything outside itself. Nothing here decides anything.

mod bars;
mod chains;
mod dots;
mod frame;
mod labels;
mod legend;
mod map;
mod palette;
mod roads;
mod xml;

pub use map::Map;
