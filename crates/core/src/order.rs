//! Sorting. The standard library's sort is made anew for every type and key, at 10 KB each in a browser; this is some hundred
//! bytes, and fast enough for as many as providers list.

/// In the order of their keys; those of one key as they were.
pub(crate) fn sorted<T, K: Ord>(items: Vec<T>, key: impl Fn(&T) -> K) -> Vec<T> {
    let keys: Vec<K> = items.iter().map(key).collect();
    let mut order: Vec<usize> = Vec::with_capacity(keys.len());
    for (index, key) in keys.iter().enumerate() {
        let at = order.partition_point(|&other| keys.get(other).is_some_and(|other| other <= key));
        order.insert(at, index);
    }
    let mut items: Vec<Option<T>> = items.into_iter().map(Some).collect();
    order.into_iter().filter_map(|index| items.get_mut(index)?.take()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_are_sorted_and_those_of_one_key_stay_as_they_were() {
        let words = ["pear", "fig", "apple", "kiwi", "nut", "", "plum"];
        assert_eq!(sorted(words.to_vec(), |word| word.len()), ["", "fig", "nut", "pear", "kiwi", "plum", "apple"]);
        let mut known: Vec<u64> =
            (0..2000).map(|number: u64| number.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 50).collect();
        let ours = sorted(known.clone(), |number| *number);
        known.sort_unstable();
        assert_eq!(ours, known);
    }
}
