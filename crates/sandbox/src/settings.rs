//! What the providers' pages leave open, each as a named setting. Where a fact sheet says ASSUMPTION, the name is here.

use crate::providers;

/// Settings of the whole sandbox.
#[derive(Debug, Clone, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Seed of ids, stock and probabilities.
    pub seed: u64,
    /// Tolerates what vendors' own SDKs are known to send (extra parameters, a raw `+` in a query, another case)
    /// instead of refusing it.
    pub lenient: bool,
    /// What TempNumber's page leaves open.
    pub tempnumber: providers::tempnumber::Settings,
    /// What RentNumber's page leaves open.
    pub rentnumber: providers::rentnumber::Settings,
    /// What Sinch's page leaves open.
    pub sinch: providers::sinch::Settings,
    /// What Voepy's page leaves open.
    pub voepy: providers::voepy::Settings,
    /// What Vonage's page leaves open.
    pub vonage: providers::vonage::Settings,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            seed: 1,
            lenient: false,
            tempnumber: providers::tempnumber::Settings::default(),
            rentnumber: providers::rentnumber::Settings::default(),
            sinch: providers::sinch::Settings::default(),
            voepy: providers::voepy::Settings::default(),
            vonage: providers::vonage::Settings::default(),
        }
    }
}
