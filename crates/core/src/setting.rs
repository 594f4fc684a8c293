//! Settings of accounts: what there are, and how they are read.

use crate::error::{Error, Result};
use crate::wire::json;
use crate::wire::writer::to_text;

/// One setting of a provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Setting {
    /// snake_case.
    pub name: &'static str,
    /// What it is, in a few words.
    pub about: &'static str,
    /// An account cannot do without it.
    pub required: bool,
    /// It is a credential.
    pub secret: bool,
    /// What it takes.
    pub takes: Takes,
}

/// What a setting takes. Each may also be given as text, as the environment does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Takes {
    /// Text.
    Text,
    /// A whole number.
    Number,
    /// One of these words.
    Words(&'static [&'static str]),
}

/// Settings that every account has. A provider with several rate limits has one for each: `pricing_rate_limit`.
pub const COMMON_SETTINGS: [Setting; 6] = [
    Setting::optional("base_url", "where the provider is: https, or http on loopback"),
    Setting::optional("rate_limit", "60/60: requests/seconds, or none; the provider's own unless set"),
    Setting::optional("utc_offset", "+01:00: of times that the provider writes without a zone; UTC unless set"),
    Setting::optional("idempotency_window", "how many seconds the provider remembers an idempotency key").number(),
    Setting::optional("body_limit", "how many bytes a reply may have: 16 MiB unless set").number(),
    Setting::optional(
        "spend_limit",
        "20.00 USD/86400: the most that purchases may cost in so many seconds; none unless set",
    ),
];

impl Setting {
    pub(crate) const fn required(name: &'static str, about: &'static str) -> Self {
        Self { name, about, required: true, secret: false, takes: Takes::Text }
    }

    pub(crate) const fn optional(name: &'static str, about: &'static str) -> Self {
        Self { name, about, required: false, secret: false, takes: Takes::Text }
    }

    pub(crate) const fn words(mut self, words: &'static [&'static str]) -> Self {
        self.takes = Takes::Words(words);
        self
    }

    const fn number(mut self) -> Self {
        self.takes = Takes::Number;
        self
    }

    pub(crate) const fn secret(mut self) -> Self {
        self.secret = true;
        self
    }
}

/// Reads a provider's settings from an account's JSON object.
pub(crate) fn read_settings<T: serde::de::DeserializeOwned>(settings: serde_json::Value) -> Result<T> {
    // As text, because only of a text is the place of a fault known.
    let text = to_text(&settings);
    json::read(&text).map_err(|fault| {
        let (path, message) = fault.place(text.as_bytes());
        // serde names a missing or unknown field in its message only.
        let named = message.split('`').nth(1).unwrap_or_default().to_owned();
        let field = if path.is_empty() || message.contains("field") { named } else { path };
        let problem = match &message {
            _ if message.starts_with("missing field") => "it is required".to_owned(),
            _ if message.starts_with("invalid") => "it has the wrong form".to_owned(),
            _ => message.clone(),
        };
        Error::invalid_input(if field.is_empty() { "settings" } else { &field }, problem)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::client::Client;
    use crate::config::Config;
    use crate::provider::Facts;
    use crate::providers::PROVIDERS;

    /// Opens an account that has this setting, and of the others what it cannot do without.
    fn open(facts: &Facts, name: &str, value: &str) -> Result<Client> {
        let mut config = Config::default();
        config.set(facts.slug, "base_url", "https://example.com");
        for setting in facts.settings.iter().filter(|setting| setting.required) {
            config.set(facts.slug, setting.name, "x");
        }
        config.set(facts.slug, name, value);
        Client::new(config, [0; 16])
    }

    #[test]
    fn a_setting_takes_the_words_it_says_and_no_others() {
        for facts in PROVIDERS.iter().map(|entry| entry.facts) {
            for setting in facts.settings {
                let Takes::Words(words) = setting.takes else { continue };
                for word in words {
                    assert!(open(facts, setting.name, word).is_ok(), "{} {}={word}", facts.slug, setting.name);
                }
                assert!(open(facts, setting.name, "no such word").is_err(), "{} {}", facts.slug, setting.name);
            }
        }
    }

    #[test]
    fn every_account_has_the_common_settings_and_its_rate_limits() {
        for facts in PROVIDERS.iter().map(|entry| entry.facts) {
            let values = [("base_url", "https://example.com"), ("rate_limit", "none"), ("utc_offset", "+01:00")];
            let others = [("idempotency_window", "60"), ("body_limit", "1024"), ("spend_limit", "20.00 USD/86400")];
            for ((name, value), common) in values.into_iter().chain(others).zip(&COMMON_SETTINGS) {
                assert_eq!(name, common.name);
                assert!(open(facts, name, value).is_ok(), "{} {name}", facts.slug);
            }
            for name in facts.rate_limit_settings() {
                assert!(open(facts, &name, "1/1").is_ok(), "{} {name}", facts.slug);
            }
        }
    }
}
