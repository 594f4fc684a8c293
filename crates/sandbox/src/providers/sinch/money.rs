//! Money as Sinch writes it: a decimal string and a currency, in hundredths inside.

use serde_json::{Value, json};

/// `"2.00"`: searches, and everything under v1.
pub(super) fn money(minor: i64, currency: &str) -> Value {
    json!({"currencyCode": currency, "amount": format!("{}.{:02}", minor / 100, minor % 100)})
}

/// `"2.0"`: v1alpha1's active numbers drop a trailing zero, as the page's examples show.
pub(super) fn short_money(minor: i64, currency: &str) -> Value {
    if minor % 10 != 0 {
        return money(minor, currency);
    }
    json!({"currencyCode": currency, "amount": format!("{}.{}", minor / 100, minor % 100 / 10)})
}
