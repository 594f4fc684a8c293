//! The accounts of a client, and how they are read.

use crate::client::find_provider;
use crate::error::{Error, Result};
use crate::wire::json;
use crate::wire::value::Object;
use crate::wire::writer::to_text;
use serde_json::{Map, Value};

/// Accounts by name. In JSON an object: `{"rentnumber": {"api_key": "…"}, "second": {"provider": "vonage", …}}`; an account
/// that names no provider is at the one it is named after.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Config {
    pub(crate) accounts: Map<String, Value>,
}

impl Config {
    /// Reads the JSON form.
    pub fn from_json(text: &str) -> Result<Self> {
        json::read(text).map(|Object(accounts)| Self { accounts }).map_err(|fault| {
            let (line, column) = fault.position(text.as_bytes());
            Error::invalid_input("config", format!("not a JSON object of accounts (line {line}, column {column})"))
        })
    }

    /// The JSON form, secrets and all.
    pub fn to_json(&self) -> String {
        to_text(&self.accounts)
    }

    /// Adds what the environment says: `TRUNKLINE_<PROVIDER>_<SETTING>`, for the account named after the provider. What is
    /// there already is kept. Other variables are passed over.
    pub fn add_environment(&mut self, variables: impl IntoIterator<Item = (String, String)>) {
        for (name, value) in variables {
            let Some(rest) = name.strip_prefix("TRUNKLINE_") else { continue };
            let rest = rest.to_ascii_lowercase();
            let Some((slug, setting)) = rest.split_once('_').filter(|(slug, _)| find_provider(slug).is_some()) else {
                continue;
            };
            let account = self.accounts.entry(slug).or_insert_with(|| Value::Object(Map::new()));
            if let Some(settings) = account.as_object_mut() {
                settings.entry(setting).or_insert(Value::String(value));
            }
        }
    }

    /// Adds the accounts and settings of another; what is there already is kept.
    pub fn add(&mut self, other: Self) {
        for (name, settings) in other.accounts {
            match (self.accounts.get_mut(&name).and_then(Value::as_object_mut), settings) {
                (Some(known), Value::Object(settings)) => {
                    for (setting, value) in settings {
                        known.entry(setting).or_insert(value);
                    }
                }
                (_, settings) => {
                    self.accounts.entry(name).or_insert(settings);
                }
            }
        }
    }

    /// Puts one setting of one account in, in the place of what was there.
    pub fn set(&mut self, account: &str, setting: &str, value: impl Into<Value>) {
        let entry = self.accounts.entry(account).or_insert_with(|| Value::Object(Map::new()));
        if let Some(settings) = entry.as_object_mut() {
            settings.insert(setting.to_owned(), value.into());
        }
    }
}

impl std::fmt::Debug for Config {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.accounts.keys()).finish()
    }
}
