//! Countries, packages and prices. The page has none; these are the sandbox's.

use crate::money::Hundredths;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum NumberType {
    Voip,
    NonVoip,
}

impl NumberType {
    pub(super) fn from_name(name: &str) -> Option<Self> {
        match name {
            "voip" => Some(Self::Voip),
            "non_voip" => Some(Self::NonVoip),
            _ => None,
        }
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Voip => "voip",
            Self::NonVoip => "non_voip",
        }
    }
}

/// How long a package lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Term {
    Days(u32),
    Months(u32),
}

/// What `package` may be on a renewal. A country may sell more durations than these, or fewer.
pub(super) const RENEWAL_PACKAGES: [&str; 4] = ["oneMonth", "threeMonths", "sixMonths", "oneYear"];

#[derive(Debug)]
pub(super) struct Package {
    pub duration: &'static str,
    pub number_type: NumberType,
    pub price: Hundredths,
}

impl Package {
    pub(super) fn term(&self) -> Term {
        match self.duration {
            "oneWeek" => Term::Days(7),
            "threeMonths" => Term::Months(3),
            "sixMonths" => Term::Months(6),
            "oneYear" => Term::Months(12),
            _ => Term::Months(1),
        }
    }
}

#[derive(Debug)]
pub(super) struct Country {
    pub code: &'static str,
    pub name: &'static str,
    /// Its numbers: a prefix, then that many digits.
    pub prefix: &'static str,
    pub digits: usize,
    pub packages: &'static [Package],
    pub stock: &'static [(NumberType, u32)],
}

impl Country {
    pub(super) fn package(&self, duration: &str, number_type: NumberType) -> Option<&'static Package> {
        self.packages.iter().find(|package| package.duration == duration && package.number_type == number_type)
    }
}

const fn voip(duration: &'static str, cents: i64) -> Package {
    Package { duration, number_type: NumberType::Voip, price: Hundredths(cents) }
}

const fn non_voip(duration: &'static str, cents: i64) -> Package {
    Package { duration, number_type: NumberType::NonVoip, price: Hundredths(cents) }
}

pub(super) static COUNTRIES: [Country; 5] = [
    Country {
        code: "US",
        name: "United States",
        prefix: "+12025",
        digits: 6,
        packages: &[
            non_voip("oneMonth", 499),
            non_voip("threeMonths", 1349),
            non_voip("sixMonths", 2499),
            // More than the wallet holds.
            non_voip("oneYear", 4499),
            voip("oneMonth", 299),
            voip("threeMonths", 799),
            voip("sixMonths", 1499),
            voip("oneYear", 2699),
        ],
        stock: &[(NumberType::NonVoip, 12), (NumberType::Voip, 40)],
    },
    Country {
        code: "GB",
        name: "United Kingdom",
        prefix: "+4477009",
        digits: 5,
        packages: &[
            // A duration that no renewal has.
            non_voip("oneWeek", 199),
            non_voip("oneMonth", 549),
            non_voip("threeMonths", 1499),
            voip("oneMonth", 329),
        ],
        stock: &[(NumberType::NonVoip, 7), (NumberType::Voip, 15)],
    },
    Country {
        code: "DE",
        name: "Germany",
        prefix: "+4915",
        digits: 9,
        packages: &[non_voip("oneMonth", 649), non_voip("oneYear", 6200)],
        stock: &[(NumberType::NonVoip, 3)],
    },
    Country {
        code: "NL",
        name: "Netherlands",
        prefix: "+316",
        digits: 8,
        packages: &[voip("oneMonth", 350), voip("threeMonths", 950)],
        stock: &[(NumberType::Voip, 1)],
    },
    Country {
        code: "FR",
        name: "France",
        prefix: "+336",
        digits: 8,
        packages: &[non_voip("oneMonth", 599)],
        stock: &[(NumberType::NonVoip, 0)],
    },
];

/// The number that the first purchase in the United States gets.
pub(super) const FIRST_US_NUMBER: &str = "+12025550134";
