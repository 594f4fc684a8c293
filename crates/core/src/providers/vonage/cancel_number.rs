//! `POST /number/cancel`: give a number up.

use super::{Confirmation, Vonage, check_country};
use crate::draft::Draft;
use crate::error::Result;
use crate::id::Id;
use crate::operation::{Endpoint, Operation};
use crate::phone::PhoneNumber;
use crate::reply::Reply;
use crate::wire::record::Deserialize;
use serde::Serialize;

/// Give a number up, at once. No page says whether money comes back. Cancelling a number that the account does not have
/// is `refused`, so that a second try after a lost answer may end in `refused`, with a `delivery` of `unknown`: look
/// whether `vonage.list_numbers` still has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CancelNumber {
    /// `country` of the number, as it is listed.
    pub country: String,
    /// The number. (`msisdn` at Vonage, without `+`.)
    pub phone_number: PhoneNumber,
    /// Of this subaccount. Beyond the page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target_api_key: Option<Id>,
}

impl Operation for CancelNumber {
    type Provider = Vonage;
    type Output = Confirmation;
    const ENDPOINT: Endpoint = Endpoint::post("vonage.cancel_number", "/number/cancel");

    fn encode(&self, _: &Vonage, draft: &mut Draft) -> Result<()> {
        check_country(&self.country)?;
        let target = self.target_api_key.as_ref().map(|key| ("target_api_key", key.as_str()));
        let number = [("country", self.country.as_str()), ("msisdn", self.phone_number.digits())];
        draft.form(number.into_iter().chain(target));
        Ok(())
    }

    fn decode(&self, _: &Vonage, reply: &Reply<'_>) -> Result<Confirmation> {
        Confirmation::read(&self.country, &self.phone_number, reply)
    }
}
