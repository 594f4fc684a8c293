//! Where the caller is when a number calls for help.

use super::Sinch;
use super::active_number::unless_empty;
use crate::draft::Draft;
use crate::error::Result;
use crate::wire::record::Deserialize;
use serde::Serialize;

/// An address, as it is given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PostalAddress {
    /// House number.
    pub street_number: String,
    /// Street.
    pub street_info: String,
    /// Where in the building.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<String>,
    /// Town.
    pub city: String,
    /// State or province.
    pub state: String,
    /// ZIP or postal code.
    pub postal_code: String,
    /// The four digits that may follow the ZIP code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub postal_code_plus_four: Option<String>,
}

/// An address, as Sinch has it. What is unset is absent; Sinch writes empty texts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct EmergencyAddress {
    /// House number.
    #[serde(alias = "streetNumber", default, deserialize_with = "unless_empty")]
    pub street_number: Option<String>,
    /// Street.
    #[serde(alias = "streetInfo", default, deserialize_with = "unless_empty")]
    pub street_info: Option<String>,
    /// Where in the building.
    #[serde(default, deserialize_with = "unless_empty")]
    pub location: Option<String>,
    /// Town. (What is missing comes as empty text; without the field at all it is no address.)
    #[serde(deserialize_with = "unless_empty")]
    pub city: Option<String>,
    /// State or province.
    #[serde(default, deserialize_with = "unless_empty")]
    pub state: Option<String>,
    /// ZIP or postal code.
    #[serde(alias = "postalCode", default, deserialize_with = "unless_empty")]
    pub postal_code: Option<String>,
    /// The four digits that may follow the ZIP code.
    #[serde(alias = "postalCodePlusFour", default, deserialize_with = "unless_empty")]
    pub postal_code_plus_four: Option<String>,
}

impl EmergencyAddress {
    /// Whether it is this address, part by part.
    pub(super) fn is(&self, given: &PostalAddress) -> bool {
        let PostalAddress { street_number, street_info, location, city, state, postal_code, postal_code_plus_four } =
            given;
        let pairs = [
            (&self.street_number, Some(street_number)),
            (&self.street_info, Some(street_info)),
            (&self.location, location.as_ref()),
            (&self.city, Some(city)),
            (&self.state, Some(state)),
            (&self.postal_code, Some(postal_code)),
            (&self.postal_code_plus_four, postal_code_plus_four.as_ref()),
        ];
        pairs
            .into_iter()
            .all(|(ours, theirs)| ours.as_deref().unwrap_or_default() == theirs.map(String::as_str).unwrap_or_default())
    }
}

/// Writes what provisioning and validating send alike.
pub(super) fn write(provider: &Sinch, draft: &mut Draft, display_name: &str, address: &PostalAddress) -> Result<()> {
    #[derive(Serialize)]
    #[serde(rename_all = "camelCase")]
    struct Wire<'a> {
        display_name: &'a str,
        address: Address<'a>,
    }
    #[derive(Serialize)]
    #[serde(rename_all = "camelCase")]
    struct Address<'a> {
        street_number: &'a str,
        street_info: &'a str,
        #[serde(skip_serializing_if = "Option::is_none")]
        location: Option<&'a str>,
        city: &'a str,
        state: &'a str,
        postal_code: &'a str,
        #[serde(skip_serializing_if = "Option::is_none")]
        postal_code_plus_four: Option<&'a str>,
    }
    provider.needs_v1()?;
    let address = Address {
        street_number: &address.street_number,
        street_info: &address.street_info,
        location: address.location.as_deref(),
        city: &address.city,
        state: &address.state,
        postal_code: &address.postal_code,
        postal_code_plus_four: address.postal_code_plus_four.as_deref(),
    };
    draft.json(&Wire { display_name, address });
    Ok(())
}
