//! `GET /inventory`: what is in stock.

use super::guess::Guess;
use super::{NumberType, TempNumber, country_code};
use crate::draft::Draft;
use crate::error::Result;
use crate::id::Id;
use crate::operation::{Endpoint, Operation};
use crate::wire::json;
use crate::wire::record::Deserialize;
use serde::{Deserializer, Serialize};

/// Ask what is in stock, before buying. Stock is not reserved by asking.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct GetInventory {
    /// ISO 3166-1 alpha-2, in capitals or not.
    pub country_code: String,
    /// Only for this long: `duration` of a package that `tempnumber.get_country_pricing` gives.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duration: Option<String>,
    /// Only this kind of line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number_type: Option<NumberType>,
}

/// What is in stock. TempNumber documents no field of it: each is absent where the reply has it under no name that is known
/// here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Inventory {
    /// ISO 3166-1 alpha-2.
    pub country_code: Option<String>,
    /// For how long.
    pub duration: Option<String>,
    /// The kind of line.
    pub number_type: Option<NumberType>,
    /// How many numbers there are.
    pub available: Option<u64>,
    /// Whether there is any.
    pub in_stock: Option<bool>,
}

/// Stock may be told as a number, or as yes and no.
#[derive(Deserialize, Clone, Copy)]
#[serde(untagged)]
enum Stock {
    Count(Count),
    Any(bool),
}

/// Also as text.
#[derive(Clone, Copy)]
struct Count(u64);

impl<'de> Deserialize<'de> for Count {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        json::count(deserializer).map(Self)
    }
}

impl Stock {
    const fn count(self) -> Option<u64> {
        match self {
            Self::Count(Count(count)) => Some(count),
            Self::Any(_) => None,
        }
    }

    const fn any(self) -> bool {
        match self {
            Self::Count(Count(count)) => count > 0,
            Self::Any(any) => any,
        }
    }
}

impl<'de> Deserialize<'de> for Inventory {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        /// Every name that a field may have.
        #[derive(Default, Deserialize)]
        #[serde(default)]
        struct Wire {
            #[serde(alias = "countryCode")]
            country_code: Guess<String>,
            duration: Guess<Id>,
            #[serde(alias = "numberType")]
            number_type: Guess<NumberType>,
            available: Guess<Stock>,
            stock: Guess<Stock>,
            quantity: Guess<Stock>,
            count: Guess<Stock>,
            #[serde(alias = "inStock")]
            in_stock: Guess<Stock>,
        }
        let wire = Wire::deserialize(deserializer)?;
        let told = [wire.available.0, wire.stock.0, wire.quantity.0, wire.count.0, wire.in_stock.0];
        Ok(Self {
            country_code: wire.country_code.0,
            duration: wire.duration.into_text(),
            number_type: wire.number_type.0,
            available: told.into_iter().flatten().find_map(Stock::count),
            in_stock: wire.in_stock.0.or_else(|| told.into_iter().flatten().next()).map(Stock::any),
        })
    }
}

impl Operation for GetInventory {
    type Provider = TempNumber;
    type Output = Inventory;
    const ENDPOINT: Endpoint = Endpoint::get("tempnumber.get_inventory", "/inventory");

    fn encode(&self, _: &TempNumber, draft: &mut Draft) -> Result<()> {
        draft.query("country_code", country_code(&self.country_code)?);
        draft.query_option("duration", self.duration.as_ref());
        draft.query_option("number_type", self.number_type.as_ref());
        Ok(())
    }
}
