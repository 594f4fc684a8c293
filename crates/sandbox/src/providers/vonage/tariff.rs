//! What sending costs, by country and network: the pages' samples, and plausible figures around them.

use super::routes::Product;

/// Prices in EUR with eight decimals, as they are written.
#[derive(Debug, Clone, Copy)]
pub(super) struct Prices {
    pub(super) sms: &'static str,
    pub(super) transit: &'static str,
    pub(super) voice: &'static str,
}

/// A country that can be sent to.
#[derive(Debug)]
pub(super) struct Tariff {
    pub(super) country: &'static str,
    pub(super) name: &'static str,
    pub(super) prefix: &'static str,
    pub(super) default: Prices,
    pub(super) networks: &'static [Network],
}

/// A network of a country.
#[derive(Debug)]
pub(super) struct Network {
    pub(super) kind: &'static str,
    pub(super) name: &'static str,
    pub(super) code: Code,
    pub(super) prices: Prices,
    /// Number ranges, voice only.
    pub(super) ranges: &'static [&'static str],
    /// Other codes of the same network, voice only.
    pub(super) aliases: &'static [&'static str],
}

/// Mobile networks have a country and a network code; others only a name of Vonage's own.
#[derive(Debug)]
pub(super) enum Code {
    Mobile { mcc: &'static str, mnc: &'static str },
    Other(&'static str),
}

impl Prices {
    pub(super) fn of(&self, product: Product) -> &'static str {
        match product {
            Product::Sms => self.sms,
            Product::SmsTransit => self.transit,
            Product::Voice => self.voice,
        }
    }
}

impl Network {
    /// `302530`, or `GB-FIXED`.
    pub(super) fn code(&self) -> String {
        match self.code {
            Code::Mobile { mcc, mnc } => format!("{mcc}{mnc}"),
            Code::Other(name) => name.to_owned(),
        }
    }

    /// SMS goes to mobile networks only.
    pub(super) fn has(&self, product: Product) -> bool {
        product == Product::Voice || self.kind == "mobile"
    }
}

const fn prices(sms: &'static str, transit: &'static str, voice: &'static str) -> Prices {
    Prices { sms, transit, voice }
}

const fn mobile(name: &'static str, mcc: &'static str, mnc: &'static str, prices: Prices) -> Network {
    Network { kind: "mobile", name, code: Code::Mobile { mcc, mnc }, prices, ranges: &[], aliases: &[] }
}

const fn landline(
    name: &'static str,
    code: &'static str,
    ranges: &'static [&'static str],
    aliases: &'static [&'static str],
    voice: &'static str,
) -> Network {
    let prices = Prices { sms: "0.00000000", transit: "0.00000000", voice };
    Network { kind: "landline", name, code: Code::Other(code), prices, ranges, aliases }
}

/// `GB` is the seed page's sample, `CA` that of pricing.yml.
pub(super) const TARIFFS: [Tariff; 7] = [
    Tariff {
        country: "GB",
        name: "United Kingdom",
        prefix: "44",
        default: prices("0.03330000", "0.03130000", "0.01200000"),
        networks: &[
            mobile("Acme Telco", "123", "45", prices("0.03330000", "0.03130000", "0.02500000")),
            landline("United Kingdom Landline", "GB-FIXED", &["441", "442", "443"], &["GB-GEO"], "0.01200000"),
        ],
    },
    Tariff {
        country: "US",
        name: "United States",
        prefix: "1",
        default: prices("0.00570000", "0.00520000", "0.01270000"),
        networks: &[
            mobile("T-mobile USA, Inc.", "310", "260", prices("0.00570000", "0.00520000", "0.01270000")),
            mobile("AT&T Mobility", "310", "090", prices("0.00590000", "0.00540000", "0.01270000")),
            landline("United States of America Landline", "US-FIXED", &[], &[], "0.01270000"),
        ],
    },
    Tariff {
        country: "CA",
        name: "Canada",
        prefix: "1",
        default: prices("0.00620000", "0.00570000", "0.00960000"),
        networks: &[mobile("Keewaytinook Okimakanak", "302", "530", prices("0.00590000", "0.00540000", "0.00960000"))],
    },
    Tariff {
        country: "ES",
        name: "Spain",
        prefix: "34",
        default: prices("0.07350000", "0.07010000", "0.01570000"),
        networks: &[
            mobile("Acme Movil", "214", "99", prices("0.07350000", "0.07010000", "0.10850000")),
            landline("Spain Landline", "ES-FIXED", &["348", "349"], &[], "0.01570000"),
        ],
    },
    Tariff {
        country: "DE",
        name: "Germany",
        prefix: "49",
        default: prices("0.07250000", "0.06950000", "0.01520000"),
        networks: &[mobile("Acme Funk", "262", "99", prices("0.07250000", "0.06950000", "0.10150000"))],
    },
    Tariff {
        country: "FR",
        name: "France",
        prefix: "33",
        default: prices("0.06470000", "0.06120000", "0.01290000"),
        networks: &[mobile("Acme Mobile", "208", "99", prices("0.06470000", "0.06120000", "0.07250000"))],
    },
    Tariff {
        country: "SE",
        name: "Sweden",
        prefix: "46",
        default: prices("0.05140000", "0.04890000", "0.01190000"),
        networks: &[mobile("Acme Mobil", "240", "99", prices("0.05140000", "0.04890000", "0.03790000"))],
    },
];
