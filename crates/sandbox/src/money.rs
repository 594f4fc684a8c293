//! Money in hundredths, as the providers print it: a JSON number with two decimals.

use serde::ser::{Error, Serialize, Serializer};
use serde_json::value::RawValue;
use std::fmt;

/// An amount in hundredths of its currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(crate) struct Hundredths(pub i64);

impl fmt::Display for Hundredths {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let amount = self.0.unsigned_abs();
        write!(out, "{sign}{}.{:02}", amount / 100, amount % 100)
    }
}

impl Serialize for Hundredths {
    /// As raw JSON: a float would print 450.00 as 450.0.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        RawValue::from_string(self.to_string()).map_err(S::Error::custom)?.serialize(serializer)
    }
}
