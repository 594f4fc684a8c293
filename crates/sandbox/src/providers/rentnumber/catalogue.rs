//! Services, countries and prices. The first of each is the page's own example.

use crate::money::Hundredths;
use serde::Serialize;

#[derive(Debug, Serialize)]
pub(super) struct Service {
    pub id: u64,
    pub slug: &'static str,
    pub name: &'static str,
}

#[derive(Debug, Serialize)]
pub(super) struct Country {
    pub id: u64,
    pub iso_code: &'static str,
    pub name: &'static str,
    pub flag: &'static str,
    #[serde(skip)]
    pub number: NumberPlan,
}

/// What a country's mobile numbers look like: a prefix, then that many digits.
#[derive(Debug, Clone, Copy)]
pub(super) struct NumberPlan {
    pub prefix: &'static str,
    pub digits: usize,
}

#[derive(Debug)]
pub(super) struct Upstream {
    pub id: u64,
    pub name: &'static str,
    /// Every call that needs it ends in 502.
    pub is_down: bool,
}

#[derive(Debug)]
pub(super) struct Price {
    pub id: u64,
    pub service: &'static Service,
    pub country: &'static Country,
    pub upstream: &'static Upstream,
    pub amount: Hundredths,
    pub stock: u32,
}

const fn country(
    id: u64,
    iso_code: &'static str,
    name: &'static str,
    flag: &'static str,
    number: NumberPlan,
) -> Country {
    Country { id, iso_code, name, flag, number }
}

const fn plan(prefix: &'static str, digits: usize) -> NumberPlan {
    NumberPlan { prefix, digits }
}

pub(super) static SERVICES: [Service; 3] = [
    Service { id: 1, slug: "whatsapp", name: "WhatsApp" },
    Service { id: 2, slug: "telegram", name: "Telegram" },
    Service { id: 3, slug: "google", name: "Google / Gmail" },
];

pub(super) static COUNTRIES: [Country; 5] = [
    country(1, "NG", "Nigeria", "🇳🇬", plan("+23480", 8)),
    country(2, "US", "United States", "🇺🇸", plan("+1201555", 4)),
    country(3, "GB", "United Kingdom", "🇬🇧", plan("+447700900", 3)),
    country(4, "KE", "Kenya", "🇰🇪", plan("+25471", 7)),
    country(5, "DE", "Germany", "🇩🇪", plan("+4915", 9)),
];

static UPSTREAMS: [Upstream; 4] = [
    Upstream { id: 1, name: "Alpha", is_down: false },
    Upstream { id: 2, name: "Bravo", is_down: false },
    Upstream { id: 3, name: "Charlie", is_down: false },
    Upstream { id: 4, name: "Delta", is_down: true },
];

/// The number that the page's example rents, given to the first who rents in Nigeria.
pub(super) const PAGE_NUMBER: &str = "+2348012345678";

/// Prices as they are at first. Of WhatsApp in Nigeria there is only the page's.
pub(super) fn prices() -> Vec<Price> {
    const WHATSAPP: usize = 0;
    const TELEGRAM: usize = 1;
    const GOOGLE: usize = 2;
    const NIGERIA: usize = 0;
    const UNITED_STATES: usize = 1;
    const UNITED_KINGDOM: usize = 2;
    const KENYA: usize = 3;
    const GERMANY: usize = 4;
    const ALPHA: usize = 0;
    const BRAVO: usize = 1;
    const CHARLIE: usize = 2;
    const DELTA: usize = 3;
    let price = |id, service: usize, country: usize, upstream: usize, kobo, stock| Price {
        id,
        service: &SERVICES[service],
        country: &COUNTRIES[country],
        upstream: &UPSTREAMS[upstream],
        amount: Hundredths(kobo),
        stock,
    };
    vec![
        price(42, WHATSAPP, NIGERIA, ALPHA, 45_000, 120),
        price(43, WHATSAPP, UNITED_STATES, BRAVO, 120_000, 35),
        price(44, WHATSAPP, UNITED_KINGDOM, CHARLIE, 150_000, 8),
        // Listed although there is none: a row's stock can be 0.
        price(45, WHATSAPP, GERMANY, BRAVO, 210_000, 0),
        price(46, TELEGRAM, NIGERIA, ALPHA, 30_000, 60),
        price(47, TELEGRAM, KENYA, CHARLIE, 38_050, 1),
        price(48, TELEGRAM, UNITED_STATES, DELTA, 70_000, 10),
        price(49, GOOGLE, NIGERIA, ALPHA, 52_000, 200),
        // More than the wallet holds.
        price(50, GOOGLE, UNITED_STATES, BRAVO, 650_000, 5),
        price(51, GOOGLE, KENYA, BRAVO, 41_000, 0),
    ]
}
