//! Where the parts of the picture stand, and the way from centimetres on the ground to pixels.
//!
//! Invariant: pixels are counted in tenths, as integers, from the upper left; north is up.

use crate::inventory::Point;

/// A pixel position in tenths.
pub(super) type Pixel = (i64, i64);

/// Margin around everything.
pub(super) const MARGIN: i64 = 280;
/// Height of the strip with the title.
pub(super) const HEAD: i64 = 820;
/// Height of the strip with scale and attribution.
pub(super) const FOOT: i64 = 760;
/// Width of the panel with the legend.
pub(super) const PANEL: i64 = 2_900;
/// The widest map: with the panel and the margins it makes a picture 1,600 pixels wide.
const WIDEST: i64 = 16_000 - 3 * MARGIN - PANEL;
/// A tall district makes the picture narrower, down to this width of the map, before it is drawn smaller.
const NARROWEST: i64 = 8_400;
const LOWEST: i64 = 6_400;
const HIGHEST: i64 = 16_000;
/// Air between the ground and the edge of the map.
const AIR: i64 = 220;

/// The way from the ground to the map.
pub(super) struct Frame {
    middle: (i64, i64),
    /// Tenths of a pixel for so many centimetres.
    scale: (i64, i64),
    /// Width of the map.
    pub(super) width: i64,
    /// Height of the map.
    pub(super) height: i64,
}

impl Frame {
    /// A frame that shows the box between these corners whole, as large as it can be.
    pub(super) fn around((low, high): (Point, Point)) -> Self {
        let least = 10_000; // a district of one point is shown as 100 m
        let (x0, y0, x1, y1) = (i64::from(low.x), i64::from(low.y), i64::from(high.x), i64::from(high.y));
        let (across, up) = ((x1 - x0).max(least), (y1 - y0).max(least));
        let height = ((WIDEST - 2 * AIR) * up / across + 2 * AIR).clamp(LOWEST, HIGHEST);
        let inner = height - 2 * AIR;
        let width = (inner * across / up + 2 * AIR).clamp(NARROWEST, WIDEST);
        let wide = (width - 2 * AIR) * up <= inner * across;
        let scale = if wide { (width - 2 * AIR, across) } else { (inner, up) };
        Self { middle: (i64::midpoint(x0, x1), i64::midpoint(y0, y1)), scale, width, height }
    }

    /// A length on the ground in tenths of a pixel.
    pub(super) const fn length(&self, centimetres: i64) -> i64 {
        centimetres * self.scale.0 / self.scale.1
    }

    /// A length on the picture in centimetres on the ground.
    pub(super) const fn ground(&self, tenths: i64) -> i64 {
        tenths * self.scale.1 / self.scale.0
    }

    /// The pixel of a point on the ground.
    pub(super) fn pixel(&self, at: Point) -> Pixel {
        let x = self.length(i64::from(at.x) - self.middle.0);
        let y = self.length(i64::from(at.y) - self.middle.1);
        (MARGIN + self.width / 2 + x, HEAD + self.height / 2 - y)
    }

    /// Where the panel begins.
    pub(super) const fn panel(&self) -> i64 {
        2 * MARGIN + self.width
    }

    /// Width of the whole picture.
    pub(super) const fn page(&self) -> i64 {
        self.panel() + PANEL + MARGIN
    }

    /// Height of the whole picture.
    pub(super) const fn total(&self) -> i64 {
        HEAD + self.height + FOOT
    }

    /// The longest round number of metres (1, 2 or 5 times a power of ten) that is drawn no longer than `most`.
    pub(super) fn round_metres(&self, most: i64) -> i64 {
        let metres = self.ground(most) / 100;
        let mut best = 1;
        let mut power = 1;
        while power <= metres {
            best = [1, 2, 5].map(|step| step * power).into_iter().filter(|&step| step <= metres).max().unwrap_or(best);
            power *= 10;
        }
        best
    }
}

/// Length of a step in tenths, rounded down.
pub(super) const fn distance(from: Pixel, to: Pixel) -> i64 {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    (dx * dx + dy * dy).isqrt()
}

/// The point `along` a line of pixels, kept within it.
pub(super) fn point_along(line: &[Pixel], along: i64) -> Pixel {
    let mut left = along.max(0);
    let mut last = line.first().copied().unwrap_or_default();
    for &next in line.iter().skip(1) {
        let length = distance(last, next);
        if left <= length {
            let step = |a: i64, b: i64| a + (b - a) * left / length.max(1);
            return (step(last.0, next.0), step(last.1, next.1));
        }
        left -= length;
        last = next;
    }
    last
}

/// The part of a line of pixels between two lengths along it, with its bends.
pub(super) fn part(line: &[Pixel], from: i64, to: i64) -> Vec<Pixel> {
    let mut points = vec![point_along(line, from)];
    let mut along = 0;
    for pair in line.windows(2) {
        along += distance(pair[0], pair[1]);
        if from < along && along < to {
            points.push(pair[1]);
        }
    }
    points.push(point_along(line, to));
    points
}

/// A line of pixels moved sideways, to the right of its direction as the picture shows it when `off` is positive.
pub(super) fn aside(line: &[Pixel], off: i64) -> Vec<Pixel> {
    let unit = |from: Pixel, to: Pixel| {
        let length = distance(from, to).max(1);
        ((to.0 - from.0) * 1_000 / length, (to.1 - from.1) * 1_000 / length)
    };
    let moved = |at: usize| {
        let here = line[at];
        let before = if at > 0 { unit(line[at - 1], here) } else { unit(here, line[at + 1]) };
        let after = if at + 1 < line.len() { unit(here, line[at + 1]) } else { before };
        let way = (before.0 + after.0, before.1 + after.1);
        let size = distance((0, 0), way).max(1);
        (here.0 - way.1 * off / size, here.1 + way.0 * off / size)
    };
    if line.len() < 2 { line.to_vec() } else { (0..line.len()).map(moved).collect() }
}
