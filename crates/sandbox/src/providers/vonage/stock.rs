//! All numbers there are, in this pretended world: the page's own sample first, and around it the ranges which
//! regulators keep free for fiction, so that no number here is anybody's.

use super::euros::Euros;
use super::rental::Rental;
use crate::time::Time;

/// A virtual number.
#[derive(Debug, Clone)]
pub(super) struct Number {
    pub(super) country: &'static str,
    /// E.164 digits without `+`.
    pub(super) msisdn: String,
    pub(super) kind: &'static str,
    pub(super) features: &'static [&'static str],
    /// Per month.
    pub(super) cost: Euros,
    pub(super) place: Place,
}

/// Where a number is. Vonage has no status field: being listed is the status.
#[derive(Debug, Clone)]
pub(super) enum Place {
    /// To be bought by anyone.
    Pool,
    /// Ours.
    Owned(Rental),
    /// Was ours until a renewal could not be paid; until then only we can buy it.
    Lapsed { until: Time },
}

impl Number {
    /// The rental, if the number is ours.
    pub(super) fn rental(&self) -> Option<&Rental> {
        match &self.place {
            Place::Owned(rental) => Some(rental),
            Place::Pool | Place::Lapsed { .. } => None,
        }
    }
}

type Features = &'static [&'static str];

/// Consecutive numbers; their features take turns.
struct Series {
    country: &'static str,
    first: u64,
    count: u64,
    kind: &'static str,
    cents: i64,
    features: &'static [Features],
}

const VOICE: Features = &["VOICE"];
const SMS: Features = &["SMS"];
const VOICE_SMS: Features = &["VOICE", "SMS"];
const SMS_MMS: Features = &["SMS", "MMS"];
const ALL_THREE: Features = &["VOICE", "SMS", "MMS"];

const MOBILE: &str = "mobile-lvn";
const LANDLINE: &str = "landline";
const TOLL_FREE: &str = "landline-toll-free";

const fn series(
    country: &'static str,
    first: u64,
    count: u64,
    kind: &'static str,
    cents: i64,
    features: &'static [Features],
) -> Series {
    Series { country, first, count, kind, cents, features }
}

/// The United Kingdom has 1234 numbers in all, the count in the page's sample.
const SERIES: [Series; 12] = [
    series("GB", 447_700_900_000, 800, MOBILE, 50, &[VOICE_SMS, SMS, VOICE_SMS, ALL_THREE]),
    series("GB", 442_079_460_000, 400, LANDLINE, 80, &[VOICE, VOICE_SMS]),
    series("GB", 448_081_570_000, 34, TOLL_FREE, 150, &[VOICE]),
    // The first two are those of the PHP SDK's fixture.
    series("US", 14_155_550_100, 100, MOBILE, 67, &[VOICE_SMS, VOICE, ALL_THREE]),
    series("US", 12_125_550_100, 100, LANDLINE, 90, &[VOICE, VOICE_SMS]),
    series("US", 18_005_550_100, 100, TOLL_FREE, 180, &[VOICE_SMS, VOICE]),
    series("CA", 14_165_550_100, 100, MOBILE, 75, &[ALL_THREE, SMS_MMS]),
    // 3400000000 is the Spanish number of the SDKs' tests, ten digits long; no real one starts with 3400.
    series("ES", 3_400_000_000, 60, MOBILE, 90, &[SMS, VOICE_SMS]),
    series("DE", 491_713_920_000, 50, MOBILE, 125, &[SMS, VOICE_SMS]),
    series("DE", 493_023_125_000, 50, LANDLINE, 100, &[VOICE]),
    series("FR", 33_639_980_000, 50, MOBILE, 125, &[VOICE_SMS]),
    series("SE", 46_701_740_605, 95, MOBILE, 100, &[VOICE_SMS, SMS]),
];

/// A full pool.
pub(super) fn fill() -> Vec<Number> {
    SERIES.iter().flat_map(numbers_of).collect()
}

fn numbers_of(series: &'static Series) -> impl Iterator<Item = Number> {
    (series.first..series.first + series.count).zip(series.features.iter().cycle()).map(|(msisdn, features)| Number {
        country: series.country,
        msisdn: msisdn.to_string(),
        kind: series.kind,
        features,
        cost: Euros::from_cents(series.cents),
        place: Place::Pool,
    })
}
