//! What it costs to send and to call, by country and network. Vonage has two forms of it, and the older one is told by its
//! `mt` for `defaultPrice`.

use crate::error::{Delivery, Error, ErrorKind, Result};
use crate::id::{Id, open_enum};
use crate::money::Money;
use crate::reply::Reply;
use crate::wire::record::Deserialize;
use crate::wire::{json, raw};
use serde::{Deserializer, Serialize};

open_enum! {
    /// What is priced.
    Product {
        /// Texts.
        Sms = "sms",
        /// Texts on their way to another provider's customers.
        SmsTransit = "sms-transit",
        /// Calls.
        Voice = "voice",
    }
}

/// What sending to one country costs. Not what a number there costs: for that see `cost` of `vonage.search_available`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CountryPricing {
    /// ISO 3166-1 alpha-2; not in every list. (`country` or `countryCode` at Vonage.)
    pub country: Option<String>,
    /// For people. (`name` or `countryName` at Vonage.)
    pub country_name: Option<String>,
    /// For people.
    pub country_display_name: Option<String>,
    /// The country's prefix, without `+`. (`prefix` or `dialingPrefix` at Vonage.)
    pub dialing_prefix: Option<String>,
    /// Per message, or per minute of a call, where the network has no price of its own. In euros where Vonage names no
    /// currency; accounts that are billed in another may mean that. (`mt` or `defaultPrice` at Vonage.)
    pub default_price: Option<Money>,
    /// The country's networks.
    pub networks: Vec<NetworkPricing>,
}

/// What sending to one network costs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NetworkPricing {
    /// Country and network code in one. (`code` or `networkCode` at Vonage.)
    pub network_code: Option<String>,
    /// For people. (`network`, in XML `name`, or `networkName` at Vonage.)
    pub network_name: Option<String>,
    /// `mobile`, `landline` and the like. (`type` at Vonage.)
    pub network_type: Option<String>,
    /// Mobile country code.
    pub mcc: Option<String>,
    /// Mobile network code.
    pub mnc: Option<String>,
    /// Per message, or per minute of a call; currency as for `default_price`. (`mtPrice` or `price` at Vonage.)
    pub price: Option<Money>,
    /// Prefixes of the network's numbers.
    pub ranges: Vec<String>,
    /// Other codes of the same network.
    pub aliases: Vec<String>,
}

/// Prices of several countries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PriceList {
    /// How many there are, by Vonage's own count.
    pub count: Option<u64>,
    /// The countries. (`countries`, in an older form `prices`, at Vonage.)
    pub countries: Vec<CountryPricing>,
}

/// Both forms at once. A name per wire name, because a reply that has two of them must not fail.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct WireCountry {
    country: Option<Id>,
    country_code: Option<Id>,
    name: Option<Id>,
    country_name: Option<Id>,
    country_display_name: Option<Id>,
    prefix: Option<Id>,
    dialing_prefix: Option<Id>,
    currency: Option<Id>,
    #[serde(default, deserialize_with = "price")]
    mt: Option<Money>,
    #[serde(default, deserialize_with = "price")]
    default_price: Option<Money>,
    #[serde(default, deserialize_with = "json::null_default")]
    networks: Vec<WireNetwork>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct WireNetwork {
    code: Option<Id>,
    network_code: Option<Id>,
    network: Option<Id>,
    name: Option<Id>,
    network_name: Option<Id>,
    #[serde(rename = "type")]
    kind: Option<Id>,
    mcc: Option<Id>,
    mnc: Option<Id>,
    currency: Option<Id>,
    #[serde(default, deserialize_with = "price")]
    mt_price: Option<Money>,
    #[serde(default, deserialize_with = "price")]
    price: Option<Money>,
    #[serde(default, deserialize_with = "json::null_default")]
    ranges: Vec<Id>,
    #[serde(default, deserialize_with = "json::null_default")]
    aliases: Vec<Id>,
}

impl From<WireCountry> for CountryPricing {
    fn from(wire: WireCountry) -> Self {
        let currency = first([wire.currency]).unwrap_or_else(|| "EUR".to_owned());
        Self {
            country: first([wire.country_code, wire.country]),
            country_name: first([wire.country_name, wire.name]),
            country_display_name: first([wire.country_display_name]),
            dialing_prefix: first([wire.dialing_prefix, wire.prefix]),
            default_price: wire.default_price.or(wire.mt).map(|price| price.or_currency(&currency)),
            networks: wire.networks.into_iter().map(|network| network.priced_in(&currency)).collect(),
        }
    }
}

impl WireNetwork {
    fn priced_in(self, currency: &str) -> NetworkPricing {
        let own = first([self.currency]);
        let currency = own.as_deref().unwrap_or(currency);
        let texts = |ids: Vec<Id>| ids.iter().map(Id::to_string).collect();
        NetworkPricing {
            network_code: first([self.network_code, self.code]),
            network_name: first([self.network_name, self.network, self.name]),
            network_type: first([self.kind]),
            mcc: first([self.mcc]),
            mnc: first([self.mnc]),
            price: self.price.or(self.mt_price).map(|price| price.or_currency(currency)),
            ranges: texts(self.ranges),
            aliases: texts(self.aliases),
        }
    }
}

/// The first that says something.
fn first<const N: usize>(names: [Option<Id>; N]) -> Option<String> {
    names.into_iter().flatten().map(|name| name.to_string()).find(|name| !name.is_empty())
}

/// A price, or nothing: absent, null, or the empty text that XML makes of null.
pub(super) fn price<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Money>, D::Error> {
    match &*raw::text(deserializer)? {
        "null" | "\"\"" => Ok(None),
        text => json::read(text).map(Some).map_err(|_| serde::de::Error::custom("not an amount of money")),
    }
}

/// Reads one country's prices.
pub(super) fn read_country(reply: &Reply<'_>) -> Result<CountryPricing> {
    let pricing = reply.json::<WireCountry>()?.into();
    if pricing == CountryPricing::default() { Err(says_nothing("a country")) } else { Ok(pricing) }
}

/// Reads several countries' prices.
pub(super) fn read_list(reply: &Reply<'_>) -> Result<PriceList> {
    #[derive(Deserialize)]
    struct Wire {
        #[serde(default, deserialize_with = "json::count_option")]
        count: Option<u64>,
        countries: Option<Vec<WireCountry>>,
        prices: Option<Vec<WireCountry>>,
    }
    let Wire { count, countries, prices } = reply.json()?;
    if count.is_none() && countries.is_none() && prices.is_none() {
        return Err(says_nothing("countries"));
    }
    let listed = countries.or(prices).unwrap_or_default();
    Ok(PriceList { count, countries: listed.into_iter().map(CountryPricing::from).collect() })
}

fn says_nothing(of: &str) -> Error {
    Error::new(ErrorKind::Malformed, Delivery::Unknown, format!("it has no prices of {of}"))
}
