//! TempNumber.

use crate::draft::Draft;
use crate::error::Result;
use crate::http::Response;
use crate::provider::{Body, Credentials, Facts, Keys, Provider, ProviderEntry, Refusal, read_settings};
use crate::retry::Backoff;
use crate::secret::Secret;
use serde::Deserialize;

pub(crate) const ENTRY: ProviderEntry = ProviderEntry {
    facts: &FACTS,
    operations: &[],
    open: |settings| Ok(Box::new(read_settings::<TempNumber>(settings)?)),
};

static FACTS: Facts = Facts {
    slug: "tempnumber",
    name: "TempNumber",
    base_url: None,
    limits: &[],
    keys: Keys::None,
    backoff: Backoff::DEFAULT,
    settings: &[],
};

/// An account at TempNumber.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TempNumber {}

impl Provider for TempNumber {
    fn facts(&self) -> &'static Facts {
        &FACTS
    }

    fn secret(&self) -> Option<Secret> {
        None
    }

    fn sign(&self, _: &Credentials, _: &mut Draft) -> Result<()> {
        Ok(())
    }

    fn read<'a>(&self, response: &'a Response) -> Result<Body<'a>, Refusal> {
        Ok(Body::bare(&response.body))
    }
}
