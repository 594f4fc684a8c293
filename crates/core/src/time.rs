//! Points in time. Nothing here reads a clock: the host says what time it is with every step.

use crate::wire::dates;
use crate::wire::record::Blank;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::time::Duration;

/// A point in time, to the nanosecond, from 1677 to 2262. In JSON: RFC 3339 in UTC, `2026-04-12T15:30:00Z`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp {
    nanos: i64,
    /// Read from a text that named no zone, and not yet put into one; see [`Timestamp::in_zone`].
    unzoned: bool,
}

impl Timestamp {
    /// 1970-01-01T00:00:00Z.
    pub const EPOCH: Self = Self::from_nanos(0);

    /// From nanoseconds since 1970 UTC.
    pub const fn from_nanos(nanos: i64) -> Self {
        Self { nanos, unzoned: false }
    }

    /// From milliseconds since 1970 UTC, as JavaScript counts.
    pub const fn from_millis(millis: i64) -> Self {
        Self::from_nanos(millis.saturating_mul(1_000_000))
    }

    /// Nanoseconds since 1970 UTC.
    pub const fn as_nanos(self) -> i64 {
        self.nanos
    }

    /// Milliseconds since 1970 UTC, rounded down.
    pub const fn as_millis(self) -> i64 {
        self.nanos.div_euclid(1_000_000)
    }

    /// Reads RFC 3339, the same with a space for the `T`, and either without a zone.
    pub fn parse(text: &str) -> Option<Self> {
        let (nanos, unzoned) = dates::parse_timestamp(text)?;
        Some(Self { nanos, unzoned })
    }

    /// A time that was written without a zone, read in the zone that is `offset` ahead of UTC; a time that named its
    /// zone is left as it is.
    #[must_use]
    pub fn in_zone(self, offset: UtcOffset) -> Self {
        match self.unzoned {
            true => Self::from_nanos(self.nanos.saturating_sub(i64::from(offset.minutes) * 60_000_000_000)),
            false => self,
        }
    }

    /// Time from `earlier` to this; zero if `earlier` is later.
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_nanos(u64::try_from(self.nanos.saturating_sub(earlier.nanos)).unwrap_or(0))
    }
}

impl std::ops::Add<Duration> for Timestamp {
    type Output = Self;
    fn add(self, duration: Duration) -> Self {
        Self { nanos: self.nanos.saturating_add(i64::try_from(duration.as_nanos()).unwrap_or(i64::MAX)), ..self }
    }
}

impl std::ops::Sub<Duration> for Timestamp {
    type Output = Self;
    fn sub(self, duration: Duration) -> Self {
        Self { nanos: self.nanos.saturating_sub(i64::try_from(duration.as_nanos()).unwrap_or(i64::MAX)), ..self }
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        dates::write_timestamp(f, self.nanos)
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl Blank for Timestamp {
    fn blank() -> Self {
        Self::EPOCH
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| D::Error::custom("not a date and time"))
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Timestamp {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Timestamp".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "format": "date-time" })
    }
}

/// How far a zone is ahead of UTC, in JSON as `+01:00`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct UtcOffset {
    minutes: i16,
}

impl UtcOffset {
    /// Reads `+01:00`, `-05:30` or `Z`.
    pub fn parse(text: &str) -> Option<Self> {
        dates::parse_offset_minutes(text).map(|minutes| Self { minutes })
    }
}

impl<'de> Deserialize<'de> for UtcOffset {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| D::Error::custom("not an offset from UTC: write it as +01:00"))
    }
}
