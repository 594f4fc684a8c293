//! The five, each written from its own page.

pub mod rentnumber;
pub mod sinch;
pub mod tempnumber;
pub mod voepy;
pub mod vonage;

use crate::provider::{Provider, ProviderName};
use crate::settings::Settings;

/// What each provider's host is followed by, before the paths that its page lists.
pub fn base_path(name: ProviderName) -> &'static str {
    match name {
        ProviderName::TempNumber => "/v1",
        ProviderName::RentNumber => "/api/v1",
        ProviderName::Sinch | ProviderName::Voepy | ProviderName::Vonage => "",
    }
}

/// The credentials that work, named as the client's settings name them.
pub fn credentials(name: ProviderName) -> &'static [(&'static str, &'static str)] {
    match name {
        ProviderName::TempNumber => tempnumber::CREDENTIALS,
        ProviderName::RentNumber => rentnumber::CREDENTIALS,
        ProviderName::Sinch => sinch::CREDENTIALS,
        ProviderName::Voepy => voepy::CREDENTIALS,
        ProviderName::Vonage => vonage::CREDENTIALS,
    }
}

/// A fresh account at that provider.
pub fn open(name: ProviderName, settings: &Settings) -> Box<dyn Provider> {
    match name {
        ProviderName::TempNumber => Box::new(tempnumber::TempNumber::new(settings)),
        ProviderName::RentNumber => Box::new(rentnumber::RentNumber::new(settings)),
        ProviderName::Sinch => Box::new(sinch::Sinch::new(settings)),
        ProviderName::Voepy => Box::new(voepy::Voepy::new(settings)),
        ProviderName::Vonage => Box::new(vonage::Vonage::new(settings)),
    }
}
