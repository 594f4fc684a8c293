//! Telephone numbers in E.164.

use crate::wire::record::Blank;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};
use std::fmt;
use std::str::FromStr;

/// A telephone number in E.164: `+` and at most 15 digits. Made from what people and providers write: with or without
/// the `+`, with spaces, dots, hyphens or brackets between the digits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct PhoneNumber(String);

impl PhoneNumber {
    /// With the `+`: `+447700900000`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Without the `+`, as TempNumber and Vonage want it: `447700900000`.
    pub fn digits(&self) -> &str {
        self.0.trim_start_matches('+')
    }
}

impl FromStr for PhoneNumber {
    type Err = NotAPhoneNumber;

    fn from_str(text: &str) -> Result<Self, NotAPhoneNumber> {
        let bare = text.trim().strip_prefix('+').unwrap_or(text.trim());
        let separators = [' ', '-', '.', '(', ')'];
        let number: String = std::iter::once('+').chain(bare.chars().filter(|c| !separators.contains(c))).collect();
        let digits = number.get(1..).unwrap_or_default();
        let valid = (3..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
        if valid { Ok(Self(number)) } else { Err(NotAPhoneNumber) }
    }
}

impl fmt::Display for PhoneNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Blank for PhoneNumber {
    fn blank() -> Self {
        Self(String::new())
    }
}

impl<'de> Deserialize<'de> for PhoneNumber {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <crate::wire::json::Text<'de>>::deserialize(deserializer)?;
        text.0.parse().map_err(D::Error::custom)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for PhoneNumber {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "PhoneNumber".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "format": "e164" })
    }
}

/// The text is no telephone number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotAPhoneNumber;

impl fmt::Display for NotAPhoneNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a telephone number: write it in E.164, such as +447700900000")
    }
}

impl std::error::Error for NotAPhoneNumber {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_and_providers_write_them() {
        for text in ["+447700900000", "447700900000", "+44 7700 900-000", " +44 (7700) 900.000 "] {
            assert_eq!(text.parse::<PhoneNumber>().unwrap().as_str(), "+447700900000", "{text}");
        }
        assert_eq!(serde_json::from_str::<PhoneNumber>("447700900000").unwrap().digits(), "447700900000");
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for text in ["", "+", "12", "++447700900000", "+44770090000012345", "+44x", "4٤7700900000"] {
            assert_eq!(text.parse::<PhoneNumber>(), Err(NotAPhoneNumber), "{text}");
        }
    }
}
