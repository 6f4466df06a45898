//! The known word that a misspelling was probably meant to be.

/// The known word that `text` is a near miss of, if any: one edit away, or two where the known word has six letters or
/// more. An edit adds, drops or changes a letter, or swaps two neighbours.
pub(crate) fn near_miss<'a>(text: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let allowed = |word: &str| match word.len() {
        0..=3 => 0,
        4 | 5 => 1,
        _ => 2,
    };
    let near = known.into_iter().map(|word| (edits(text, word), word));
    near.filter(|&(edits, word)| edits <= allowed(word)).min().map(|(_, word)| word)
}

/// The edits between two words: optimal string alignment, with a stop for lengths that are far apart.
fn edits(left: &str, right: &str) -> usize {
    if left.len().abs_diff(right.len()) > 8 {
        return usize::MAX; // two letters are at most eight bytes
    }
    let (left, right): (Vec<char>, Vec<char>) = (left.chars().collect(), right.chars().collect());
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=right.len()).collect();
    for (i, a) in left.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, b) in right.iter().enumerate() {
            let change = above[j] + usize::from(a != b);
            let mut least = change.min(above[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && left[i - 1] == *b && *a == right[j - 1] {
                least = least.min(before[j - 1] + 1);
            }
            row.push(least);
        }
        before = std::mem::replace(&mut above, row);
    }
    above[right.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_are_counted() {
        for (left, right, count) in
            [("", "abc", 3), ("width", "width", 0), ("widht", "width", 1), ("kitten", "sitting", 3), ("ä", "a", 1)]
        {
            assert_eq!(edits(left, right), count, "{left} {right}");
            assert_eq!(edits(right, left), count, "{right} {left}");
        }
    }

    #[test]
    fn a_near_miss_is_named_and_a_stranger_is_not() {
        let known = ["id", "name", "width_m", "one_way"];
        assert_eq!(near_miss("widht_m", known), Some("width_m"));
        assert_eq!(near_miss("naem", known), Some("name"));
        assert_eq!(near_miss("lit", known), None);
        assert_eq!(near_miss("lanes", known), None);
        assert_eq!(near_miss(&"w".repeat(1 << 20), known), None);
    }
}
