//! The five, each written from its own page.

pub mod rentnumber;
pub mod sinch;
pub mod tempnumber;
pub mod voepy;
pub mod vonage;

use crate::provider::{Provider, ProviderName};
use crate::settings::Settings;

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
