//! `GET /activeNumbers/{phone_number}`: one number of the project.

use super::{ActiveNumber, Sinch};
use crate::call::Answer;
use crate::draft::Draft;
use crate::error::{ErrorKind, Result};
use crate::operation::{Endpoint, Operation};
use crate::phone::PhoneNumber;
use crate::wait::{Progress, Waits};
use crate::wire::record::Deserialize;
use serde::Serialize;
use std::time::Duration;

/// Read one number of the project. Can be waited for, until its SMS and voice set-up is done: renting and updating answer
/// before it is. v1 only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct GetNumber {
    /// Which.
    pub phone_number: PhoneNumber,
}

impl Operation for GetNumber {
    type Provider = Sinch;
    type Output = ActiveNumber;
    const ENDPOINT: Endpoint =
        Endpoint::get("sinch.get_number", "/{version}/projects/{project_id}/activeNumbers/{phone_number}")
            .beyond_seed();

    fn encode(&self, provider: &Sinch, draft: &mut Draft) -> Result<()> {
        provider.needs_v1()?;
        draft.fill("phone_number", self.phone_number.as_str())
    }
}

impl Waits for GetNumber {
    // Nothing is documented; a set-up takes seconds to minutes.
    const EVERY: Duration = Duration::from_secs(5);

    fn progress(number: &ActiveNumber) -> Progress {
        number.progress()
    }
}

/// Only Sinch's own word says that a thing is not there: a 404 from anything before it does not.
pub(super) fn unless_absent<T>(result: Result<Answer<T>>) -> Result<Option<Answer<T>>> {
    match result {
        Ok(answer) => Ok(Some(answer)),
        Err(error) if error.kind == ErrorKind::NotFound && error.code.as_deref() == Some("NOT_FOUND") => Ok(None),
        Err(error) => Err(error),
    }
}
