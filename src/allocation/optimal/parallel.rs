//! The one place that knows threads: with the feature `rayon` several parts of the work go on at once.
//!
//! Invariant: parts share nothing that changes and come back in order, so the number of threads decides nothing.

/// Items in parts, where there is anything to gain from it; how they are divided decides nothing either.
pub(super) fn divided<T>(items: &[T]) -> Vec<&[T]> {
    let part = if cfg!(feature = "rayon") { 1 << 14 } else { items.len().max(1) };
    items.chunks(part).collect()
}

/// Does each part of the work.
#[cfg(feature = "rayon")]
pub(super) fn each<T: Send, R: Send>(parts: Vec<T>, work: impl Fn(T) -> R + Sync + Send) -> Vec<R> {
    use rayon::iter::{IndexedParallelIterator, IntoParallelIterator, ParallelIterator};
    parts.into_par_iter().with_max_len(1).map(work).collect()
}

/// Does each part of the work.
#[cfg(not(feature = "rayon"))]
pub(super) fn each<T, R>(parts: Vec<T>, work: impl Fn(T) -> R) -> Vec<R> {
    parts.into_iter().map(work).collect()
}
