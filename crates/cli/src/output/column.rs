//! Cells that stand under each other so that their amounts can be compared.

use super::cell::Cell;
use trunkline::Money;

/// What stands in one cell.
pub(crate) enum Entry {
    /// An amount, and what follows it: its currency, or how often it is charged.
    Amount(String, String),
    /// Anything else.
    Words(String),
}

impl Entry {
    /// An amount and its currency, where there is one.
    pub(crate) fn money(money: Option<&Money>) -> Self {
        match money {
            Some(Money { amount, currency }) => {
                let unit = currency.as_ref().map(|currency| format!(" {currency}")).unwrap_or_default();
                Self::Amount(amount.to_string(), unit)
            }
            None => Self::Words(String::new()),
        }
    }
}

/// Cells of the same column: the decimal points of their amounts stand under each other.
pub(crate) fn aligned(entries: &[Entry]) -> Vec<Cell> {
    let whole = |amount: &str| amount.find('.').unwrap_or(amount.len());
    let widths = entries.iter().filter_map(|entry| match entry {
        Entry::Amount(amount, _) => Some(whole(amount)),
        Entry::Words(_) => None,
    });
    let width = widths.max().unwrap_or_default();
    let text = |entry: &Entry| match entry {
        Entry::Amount(amount, unit) => format!("{:before$}{amount}{unit}", "", before = width - whole(amount)),
        Entry::Words(words) => words.clone(),
    };
    entries.iter().map(|entry| Cell { text: text(entry), to_the_right: false }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimal_points_stand_under_each_other() {
        let amount = |amount: &str, unit: &str| Entry::Amount(amount.to_owned(), unit.to_owned());
        let words = Entry::Words("1 message".to_owned());
        let entries = [amount("450.00", " NGN"), amount("0.0333", " EUR"), amount("12", "/month"), words];
        let cells: Vec<String> = aligned(&entries).into_iter().map(|cell| cell.text).collect();
        assert_eq!(cells, ["450.00 NGN", "  0.0333 EUR", " 12/month", "1 message"]);
    }
}
