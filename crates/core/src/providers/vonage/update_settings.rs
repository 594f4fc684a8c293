//! `POST /account/settings`: set the account's secret and callbacks.

use super::{Vonage, change_text, empty_is_none};
use crate::draft::Draft;
use crate::error::{Delivery, Error, ErrorKind, Result};
use crate::id::Change;
use crate::operation::{Endpoint, Operation};
use crate::reply::Reply;
use crate::secret::Secret;
use crate::wire::json;
use serde::{Deserialize, Serialize};

/// Set the account's secret and callbacks; with nothing given, only read them. A client signs with a new secret from its
/// reply on, other processes must be told. If the answer is lost, either secret may be the one that holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct UpdateSettings {
    /// A new API secret: 8 to 25 letters and digits, of them at least one digit, one lower and one upper case letter.
    /// Later pages of Vonage no longer have it. (`newSecret` at Vonage.)
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub new_secret: Option<Secret>,
    /// Where inbound texts are sent; the address must answer a `GET` with status 200 when it is set. (`moCallBackUrl` at
    /// Vonage, cleared by an empty text.)
    #[serde(default, skip_serializing_if = "Change::is_keep")]
    pub mo_callback_url: Change<String>,
    /// Where delivery receipts are sent, likewise. (`drCallBackUrl` at Vonage, cleared by an empty text.)
    #[serde(default, skip_serializing_if = "Change::is_keep")]
    pub dr_callback_url: Change<String>,
}

/// The account's settings as they are now.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Settings {
    /// The API secret, the new one if one was set. Later pages of Vonage no longer have it. (`api-secret` at Vonage.)
    #[serde(alias = "api-secret")]
    pub api_secret: Option<Secret>,
    /// Where inbound texts are sent; absent where nothing is set. (`mo-callback-url` at Vonage.)
    #[serde(alias = "mo-callback-url", default, deserialize_with = "empty_is_none")]
    pub mo_callback_url: Option<String>,
    /// Where delivery receipts are sent; absent where nothing is set. (`dr-callback-url` at Vonage.)
    #[serde(alias = "dr-callback-url", default, deserialize_with = "empty_is_none")]
    pub dr_callback_url: Option<String>,
    /// How many texts may be sent in a second. (`max-outbound-request` at Vonage.)
    #[serde(alias = "max-outbound-request", default, deserialize_with = "json::count_option")]
    pub max_outbound_request: Option<u64>,
    /// How many texts are passed on in a second. (`max-inbound-request` at Vonage.)
    #[serde(alias = "max-inbound-request", default, deserialize_with = "json::count_option")]
    pub max_inbound_request: Option<u64>,
    /// How many calls of the API may be made in a second. (`max-calls-per-second` at Vonage.) Beyond the page.
    #[serde(alias = "max-calls-per-second", default, deserialize_with = "json::count_option")]
    pub max_calls_per_second: Option<u64>,
}

fn check_secret(secret: &str) -> Result<()> {
    let has = |is: fn(&u8) -> bool| secret.as_bytes().iter().any(is);
    let alphanumeric = secret.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let mixed = has(u8::is_ascii_digit) && has(u8::is_ascii_lowercase) && has(u8::is_ascii_uppercase);
    if (8..=25).contains(&secret.len()) && alphanumeric && mixed {
        return Ok(());
    }
    let problem =
        "it must be 8 to 25 letters and digits, of them at least one digit, one lower and one upper case letter";
    Err(Error::invalid_input("new_secret", problem))
}

impl Operation for UpdateSettings {
    type Provider = Vonage;
    type Output = Settings;
    const ENDPOINT: Endpoint = Endpoint::post("vonage.update_settings", "/account/settings").returns_secret();

    fn encode(&self, _: &Vonage, draft: &mut Draft) -> Result<()> {
        if let Some(secret) = &self.new_secret {
            check_secret(secret.expose())?;
            draft.secret(secret);
        }
        let pairs = [
            ("newSecret", self.new_secret.as_ref().map(|secret| secret.expose().as_str())),
            ("moCallBackUrl", change_text(&self.mo_callback_url)),
            ("drCallBackUrl", change_text(&self.dr_callback_url)),
        ];
        draft.form(pairs.into_iter().filter_map(|(name, value)| value.map(|value| (name, value))));
        Ok(())
    }

    fn decode(&self, _: &Vonage, reply: &Reply<'_>) -> Result<Settings> {
        let settings: Settings = reply.json()?;
        if settings == Settings::default() {
            return Err(Error::new(ErrorKind::Malformed, Delivery::Unknown, "it has none of the settings"));
        }
        Ok(settings)
    }

    /// Only what the reply says: where Vonage ignores `newSecret`, as its later pages suggest, the old one still holds.
    fn new_secret(&self, output: &Settings) -> Option<Secret> {
        self.new_secret.as_ref().and(output.api_secret.clone())
    }
}
