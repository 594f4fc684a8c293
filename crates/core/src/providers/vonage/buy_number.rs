//! `POST /number/buy`: buy a number. Debits the account.

use super::list_numbers::ListNumbers;
use super::number_list::SearchPattern;
use super::{Confirmation, Vonage, check_country};
use crate::call::{Answer, Call, Found};
use crate::draft::Draft;
use crate::error::{Delivery, Error, ErrorKind, Result};
use crate::id::Id;
use crate::operation::{BoxFuture, Endpoint, Operation, Recovery};
use crate::phone::PhoneNumber;
use crate::reply::Reply;
use crate::wire::record::Deserialize;
use serde::Serialize;

/// Buy a number that `vonage.search_available` gives; it then renews itself every month. Spends: Vonage has no idempotency
/// keys, but sells a number once, so that a purchase whose answer is lost is looked for among the numbers owned, and sent
/// again only if it is not there. A trial account is refused as `unauthenticated`, whatever its credentials.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct BuyNumber {
    /// `country` of the number, as it was found.
    pub country: String,
    /// The number. (`msisdn` at Vonage, without `+`.)
    pub phone_number: PhoneNumber,
    /// For this subaccount. Its numbers are not among those listed, so that a lost answer is never settled, and the
    /// purchase never sent again. Beyond the page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target_api_key: Option<Id>,
}

impl Operation for BuyNumber {
    type Provider = Vonage;
    type Output = Confirmation;
    const ENDPOINT: Endpoint = Endpoint::post("vonage.buy_number", "/number/buy").spends(Recovery::LookThenResend);

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

    fn names(&self) -> Vec<String> {
        vec![self.phone_number.to_string()]
    }

    /// Whether the number is owned. Longer numbers may begin with its digits.
    fn look<'a>(&'a self, call: &'a Call) -> BoxFuture<'a, Result<Vec<Found<Confirmation>>>> {
        Box::pin(async move {
            if self.target_api_key.is_some() {
                let message = "the numbers of a subaccount are listed for its own key only";
                return Err(Error::new(ErrorKind::Unsupported, Delivery::NotSent, message));
            }
            let owned = ListNumbers {
                pattern: Some(self.phone_number.digits().to_owned()),
                search_pattern: Some(SearchPattern::StartsWith),
                size: Some(100),
                ..ListNumbers::default()
            };
            let Answer { value, response } = call.read(&owned).await?;
            let found = value.items.into_iter().filter(|number| number.phone_number == self.phone_number);
            let bought = |number: super::OwnedNumber| Found {
                id: number.phone_number.to_string(),
                at: None,
                no_later_than: None,
                answer: Answer {
                    value: Confirmation {
                        country: self.country.clone(),
                        phone_number: number.phone_number,
                        error_code: None,
                        error_code_label: None,
                    },
                    response: response.clone(),
                },
            };
            Ok(found.map(bought).collect())
        })
    }
}
