//! What the calls that change a number answer.

use crate::error::Result;
use crate::id::Id;
use crate::phone::PhoneNumber;
use crate::reply::Reply;
use crate::wire::record::Deserialize;
use serde::Serialize;

/// Vonage did it. Its reply holds a code and a label and nothing of the number: `vonage.list_numbers` shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Confirmation {
    /// As it was given.
    pub country: String,
    /// As it was given.
    pub phone_number: PhoneNumber,
    /// `200`. Absent where the answer was lost and the number was then found among those owned.
    pub error_code: Option<String>,
    /// `success`. Absent as `error_code` is.
    pub error_code_label: Option<String>,
}

/// `{"error-code":"200","error-code-label":"success"}`. The code was long documented as a number, and is read as one too.
#[derive(Deserialize)]
pub(super) struct Code {
    #[serde(rename = "error-code")]
    pub(super) error_code: Id,
    #[serde(rename = "error-code-label", default, deserialize_with = "super::empty_is_none")]
    pub(super) label: Option<String>,
}

impl Confirmation {
    pub(super) fn read(country: &str, phone_number: &PhoneNumber, reply: &Reply<'_>) -> Result<Self> {
        let Code { error_code, label } = reply.json()?;
        Ok(Self {
            country: country.to_owned(),
            phone_number: phone_number.clone(),
            error_code: Some(error_code.to_string()),
            error_code_label: label,
        })
    }
}
