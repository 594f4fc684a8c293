//! What numbers cost.

use super::NumberType;
use super::guess::Guess;
use crate::id::Id;
use crate::money::Money;
use crate::wire::json;
use crate::wire::raw::Raw;
use crate::wire::record::Deserialize;
use serde::de::{Error, MapAccess, SeqAccess, Visitor};
use serde::{Deserializer, Serialize};
use std::fmt;

/// What numbers of one country cost.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CountryPricing {
    /// ISO 3166-1 alpha-2: the `country_code` of `tempnumber.buy_number`.
    pub country_code: String,
    /// For people.
    pub country_name: Option<String>,
    /// What can be bought there.
    pub packages: Vec<Package>,
}

/// One price: a number for so long.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Package {
    /// The `duration` of `tempnumber.buy_number`, such as `oneMonth`. Not declared to be a `package` of
    /// `tempnumber.renew_number`.
    pub duration: String,
    /// Final, in US dollars. Absent where the reply has it under no name that is known here.
    pub price: Option<Money>,
    /// The kind of line, where the price is for one kind only.
    pub number_type: Option<NumberType>,
}

impl<'de> Deserialize<'de> for Package {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        /// Every name that a field may have.
        #[derive(Default, Deserialize)]
        #[serde(default)]
        struct Wire {
            duration: Guess<Id>,
            #[serde(alias = "durationKey")]
            duration_key: Guess<Id>,
            key: Guess<Id>,
            price: Guess<Money>,
            #[serde(alias = "priceUsd")]
            price_usd: Guess<Money>,
            amount: Guess<Money>,
            currency: Guess<String>,
            #[serde(alias = "numberType")]
            number_type: Guess<NumberType>,
            r#type: Guess<NumberType>,
        }
        let wire = Wire::deserialize(deserializer)?;
        // A `duration` beside a key may be for people, or a number of days.
        let duration = wire.duration_key.or(wire.key).or(wire.duration).into_text();
        Ok(Self {
            duration: duration.ok_or_else(|| D::Error::missing_field("duration"))?,
            price: wire.price.or(wire.price_usd).or(wire.amount).into_price(wire.currency),
            number_type: wire.number_type.or(wire.r#type).0,
        })
    }
}

/// A country as replies have it: perhaps without its code, which was asked with or is the key it stands under.
#[derive(Debug, Deserialize)]
pub(super) struct WireCountry {
    #[serde(default, alias = "countryCode")]
    country_code: Guess<String>,
    #[serde(default)]
    code: Guess<String>,
    #[serde(default)]
    country: Guess<String>,
    #[serde(default, alias = "countryName")]
    country_name: Guess<String>,
    #[serde(default)]
    name: Guess<String>,
    #[serde(deserialize_with = "json::null_default")]
    packages: Vec<Package>,
}

impl WireCountry {
    /// Named as the reply names it, or else as it is known already.
    pub(super) fn into_pricing(self, known_as: String) -> CountryPricing {
        let code = self.code();
        let name = self.country.0.filter(|country| country.len() != 2);
        CountryPricing {
            country_code: code.unwrap_or(known_as),
            country_name: self.country_name.or(self.name).or(Guess(name)).0,
            packages: self.packages,
        }
    }

    /// `country` may be the code or the name.
    fn code(&self) -> Option<String> {
        let country = self.country.0.clone().filter(|country| country.len() == 2);
        self.country_code.0.clone().or_else(|| self.code.0.clone()).or(country)
    }
}

impl<'de> Deserialize<'de> for CountryPricing {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let country = WireCountry::deserialize(deserializer)?;
        let code = country.code().ok_or_else(|| D::Error::missing_field("country_code"))?;
        Ok(country.into_pricing(code))
    }
}

/// The whole catalogue, “grouped by country”: an array of countries, an object of countries by code, or either of them
/// under `countries`.
#[derive(Debug)]
pub(super) struct Catalogue(pub(super) Vec<CountryPricing>);

impl<'de> Deserialize<'de> for Catalogue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct CatalogueVisitor;
        impl<'de> Visitor<'de> for CatalogueVisitor {
            type Value = Catalogue;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("countries")
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Catalogue, A::Error> {
                let mut countries = Vec::new();
                while let Some(country) = seq.next_element()? {
                    countries.push(country);
                }
                Ok(Catalogue(countries))
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Catalogue, A::Error> {
                let mut countries = Vec::new();
                while let Some(key) = map.next_key::<String>()? {
                    if key == "countries" {
                        countries.extend(map.next_value::<Catalogue>()?.0);
                        continue;
                    }
                    let value: Raw<'de> = map.next_value()?;
                    // What is no object is about the catalogue: its currency, its date.
                    if value.get().starts_with('{') {
                        let country: WireCountry = json::read(value.get()).map_err(A::Error::custom)?;
                        countries.push(country.into_pricing(key));
                    }
                }
                Ok(Catalogue(countries))
            }
        }
        deserializer.deserialize_any(CatalogueVisitor)
    }
}
