//! Sinch Numbers: numbers rented by the month (developers.sinch.com; the seed page shows v1alpha1, of 2020).

mod active_number;
mod deprovision_emergency_address;
mod emergency_address;
mod get_available;
mod get_callback_configuration;
mod get_emergency_address;
mod get_number;
mod list_numbers;
mod list_regions;
mod number_event;
mod provision_emergency_address;
mod refusal;
mod release_number;
mod rent_any_number;
mod rent_number;
mod search_available;
mod setup;
mod unified;
mod update_callback_configuration;
mod update_number;
mod validate_emergency_address;
mod words;

pub use active_number::{ActiveNumber, SmsConfiguration, SmsProvisioning, VoiceConfiguration, VoiceProvisioning};
pub use deprovision_emergency_address::{DeprovisionEmergencyAddress, Deprovisioned};
pub use emergency_address::{EmergencyAddress, PostalAddress};
pub use get_available::GetAvailable;
pub use get_callback_configuration::{CallbackConfiguration, GetCallbackConfiguration};
pub use get_emergency_address::GetEmergencyAddress;
pub use get_number::GetNumber;
pub use list_numbers::ListNumbers;
pub use list_regions::{ListRegions, Region};
pub(crate) use number_event::EVENTS;
pub use number_event::{EventResource, EventStatus, EventType, NumberEvent};
pub use provision_emergency_address::ProvisionEmergencyAddress;
pub use release_number::ReleaseNumber;
pub use rent_any_number::RentAnyNumber;
pub use rent_number::RentNumber;
pub use search_available::{AvailableNumber, SearchAvailable};
pub use setup::{SmsSetup, VoiceSetup};
pub use update_callback_configuration::UpdateCallbackConfiguration;
pub use update_number::{SmsChange, UpdateNumber};
pub use validate_emergency_address::{ValidateEmergencyAddress, Validation};
pub use words::{
    NumberCapability, NumberOrder, NumberType, ProvisioningError, ProvisioningStatus, SearchPattern, ValidationResult,
    VoiceType,
};

use crate::draft::Draft;
use crate::error::{Delivery, Error, ErrorKind, Result};
use crate::http::{Response, check_base_url};
use crate::operation::Endpoint;
use crate::provider::{Body, Credentials, Facts, Keys, Provider, ProviderEntry, Refusal};
use crate::registry::Entry;
use crate::retry::Backoff;
use crate::secret::Secret;
use crate::setting::{Setting, read_settings};
use crate::wire::base64;
use crate::wire::record::Deserialize;

pub(crate) const ENTRY: ProviderEntry = ProviderEntry {
    facts: &FACTS,
    operations: &[
        Entry::of::<SearchAvailable>(),
        Entry::of::<RentNumber>(),
        Entry::paged::<ListNumbers>(),
        Entry::of::<UpdateNumber>(),
        Entry::of::<ReleaseNumber>(),
        Entry::of::<GetAvailable>(),
        Entry::of::<RentAnyNumber>(),
        Entry::waits::<GetNumber>(),
        Entry::of::<ListRegions>(),
        Entry::of::<GetCallbackConfiguration>(),
        Entry::of::<UpdateCallbackConfiguration>(),
        Entry::of::<GetEmergencyAddress>(),
        Entry::of::<ProvisionEmergencyAddress>(),
        Entry::of::<ValidateEmergencyAddress>(),
        Entry::of::<DeprovisionEmergencyAddress>(),
    ],
    open: |settings| Ok(Box::new(Sinch::open(read_settings(settings)?)?)),
    abilities: unified::ABILITIES,
};

static FACTS: Facts = Facts {
    slug: "sinch",
    name: "Sinch",
    base_url: Some("https://numbers.api.sinch.com"),
    // None is published for Numbers.
    limits: &[],
    keys: Keys::None,
    backoff: Backoff::DEFAULT,
    settings: &[
        Setting::required("project_id", "the project's id, from the Sinch dashboard"),
        Setting::required("key_id", "the access key's id (clientId on older pages)"),
        Setting::required("key_secret", "the access key's secret (clientSecret on older pages)").secret(),
        Setting::optional("version", "v1 (the default) or v1alpha1, the one of 2020 with five operations")
            .words(&["v1", "v1alpha1"]),
        Setting::optional("auth", "oauth2 (the default under v1) or basic (under v1alpha1)")
            .words(&["oauth2", "basic"]),
        Setting::optional("auth_url", "where access tokens are fetched: https://auth.sinch.com unless set"),
    ],
};

const TOKEN: Endpoint = Endpoint::post("sinch.token", "/oauth2/token");

/// An account at Sinch.
pub struct Sinch {
    project_id: String,
    key_id: String,
    key_secret: Secret,
    version: Version,
    auth: Auth,
    auth_url: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Settings {
    project_id: String,
    key_id: String,
    key_secret: Secret,
    version: Option<Version>,
    auth: Option<Auth>,
    auth_url: Option<String>,
}

#[derive(serde::Deserialize, Debug, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
enum Version {
    V1,
    V1alpha1,
}

#[derive(serde::Deserialize, Debug, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
enum Auth {
    Oauth2,
    Basic,
}

impl Sinch {
    fn open(settings: Settings) -> Result<Self> {
        let Settings { project_id, key_id, key_secret, version, auth, auth_url } = settings;
        for (field, value) in [("project_id", &project_id), ("key_id", &key_id), ("key_secret", key_secret.expose())] {
            if value.is_empty() {
                return Err(Error::invalid_input(field, "it is empty"));
            }
        }
        if key_id.contains(':') {
            return Err(Error::invalid_input("key_id", "it cannot hold a colon, which would end it"));
        }
        let version = version.unwrap_or(Version::V1);
        let auth = auth.unwrap_or(match version {
            Version::V1 => Auth::Oauth2,
            Version::V1alpha1 => Auth::Basic,
        });
        let auth_url = check_base_url(auth_url.as_deref().unwrap_or("https://auth.sinch.com"))
            .map_err(|problem| Error::invalid_input("auth_url", problem))?;
        Ok(Self { project_id, key_id, key_secret, version, auth, auth_url })
    }

    /// For operations that v1alpha1 does not have.
    fn needs_v1(&self) -> Result<()> {
        self.is_v1_or("this operation")
    }

    /// For parameters that v1alpha1 does not have.
    fn needs_v1_for<T>(&self, parameter: &str, value: Option<T>) -> Result<()> {
        if value.is_none() {
            return Ok(());
        }
        self.is_v1_or(parameter).map_err(|error| error.with(|details| details.field = Some(parameter.to_owned())))
    }

    fn is_v1_or(&self, what: &str) -> Result<()> {
        if self.version == Version::V1 {
            return Ok(());
        }
        let message = format!("only v1 has {what}, and this account is set to v1alpha1: set sinch.version to v1");
        Err(Error::new(ErrorKind::Unsupported, Delivery::NotSent, message))
    }
}

impl Provider for Sinch {
    fn facts(&self) -> &'static Facts {
        &FACTS
    }

    fn secret(&self) -> Option<Secret> {
        Some(self.key_secret.clone())
    }

    fn sign(&self, credentials: &Credentials, draft: &mut Draft) -> Result<()> {
        let version = match self.version {
            Version::V1 => "v1",
            Version::V1alpha1 => "v1alpha1",
        };
        draft.fill("version", version)?;
        draft.fill("project_id", &self.project_id)?;
        draft.header("accept", "application/json");
        let authorization = match (&credentials.bearer, &credentials.secret) {
            (Some(token), _) => format!("Bearer {}", token.expose()),
            (None, secret) => {
                let secret = secret.as_ref().unwrap_or(&self.key_secret);
                let pair = format!("{}:{}", self.key_id, secret.expose());
                let pair = Secret::from(base64::encode(pair.as_bytes()));
                draft.secret(&pair);
                format!("Basic {}", pair.expose())
            }
        };
        draft.header("authorization", authorization);
        Ok(())
    }

    fn read<'a>(&self, response: &'a Response) -> Result<Body<'a>, Refusal> {
        refusal::read(response)
    }

    fn token_request(&self, _: &Credentials) -> Option<Result<Draft>> {
        (self.auth == Auth::Oauth2).then(|| {
            let mut draft = Draft::new(TOKEN);
            draft.at(self.auth_url.clone());
            draft.form([("grant_type", "client_credentials")]);
            Ok(draft)
        })
    }

    /// As Sinch's own SDKs tell an expired token from a wrong one.
    fn token_expired(&self, response: &Response) -> bool {
        let challenge = response.header("www-authenticate").unwrap_or_default();
        response.status == 401 && challenge.to_ascii_lowercase().contains("expired")
    }
}
