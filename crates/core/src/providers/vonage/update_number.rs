//! `POST /number/update`: set where a number sends what it receives.

use super::number::CallbackType;
use super::{Confirmation, Vonage, change_text, check_country};
use crate::draft::Draft;
use crate::error::{Error, Result};
use crate::id::{Change, Id};
use crate::operation::{Endpoint, Operation};
use crate::phone::PhoneNumber;
use crate::reply::Reply;
use crate::wire::record::Deserialize;
use serde::Serialize;

/// Set where a number sends what it receives. What is not given is not sent; no page says whether Vonage then keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct UpdateNumber {
    /// `country` of the number, as it is listed.
    pub country: String,
    /// The number. (`msisdn` at Vonage, without `+`.)
    pub phone_number: PhoneNumber,
    /// The application that takes what the number receives.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub app_id: Option<Id>,
    /// Where texts are sent; the address must answer a `GET` with status 200 when it is set. (`moHttpUrl` at Vonage,
    /// cleared by an empty text.)
    #[serde(default, skip_serializing_if = "Change::is_keep")]
    pub mo_http_url: Change<String>,
    /// System type of an SMPP client. (`moSmppSysType` at Vonage.)
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mo_smpp_sys_type: Option<String>,
    /// The kind of `voice_callback_value`, given with it. (`voiceCallbackType` at Vonage.)
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub voice_callback_type: Option<CallbackType>,
    /// What takes calls: a SIP address, a telephone number in digits, or the id of an application.
    /// (`voiceCallbackValue` at Vonage.)
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub voice_callback_value: Option<String>,
    /// Where the end of a call is told. (`voiceStatusCallback` at Vonage.)
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub voice_status_callback: Option<String>,
    /// `app`, given with `messages_callback_value`; Vonage recommends `app_id` in place of both.
    /// (`messagesCallbackType` at Vonage.)
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub messages_callback_type: Option<CallbackType>,
    /// Id of an application. (`messagesCallbackValue` at Vonage.)
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub messages_callback_value: Option<String>,
}

impl UpdateNumber {
    fn check(&self) -> Result<()> {
        check_country(&self.country)?;
        let both = |kind: &Option<_>, value: &Option<_>| kind.is_some() == value.is_some();
        if !both(&self.voice_callback_type, &self.voice_callback_value) {
            let problem = "voice_callback_type and voice_callback_value come together";
            return Err(Error::invalid_input("voice_callback_value", problem));
        }
        if !both(&self.messages_callback_type, &self.messages_callback_value) {
            let problem = "messages_callback_type and messages_callback_value come together";
            return Err(Error::invalid_input("messages_callback_value", problem));
        }
        Ok(())
    }
}

impl Operation for UpdateNumber {
    type Provider = Vonage;
    type Output = Confirmation;
    const ENDPOINT: Endpoint = Endpoint::post("vonage.update_number", "/number/update").beyond_seed();

    fn encode(&self, _: &Vonage, draft: &mut Draft) -> Result<()> {
        self.check()?;
        let pairs = [
            ("country", Some(self.country.as_str())),
            ("msisdn", Some(self.phone_number.digits())),
            ("app_id", self.app_id.as_ref().map(Id::as_str)),
            ("moHttpUrl", change_text(&self.mo_http_url)),
            ("moSmppSysType", self.mo_smpp_sys_type.as_deref()),
            ("voiceCallbackType", self.voice_callback_type.as_ref().map(CallbackType::as_str)),
            ("voiceCallbackValue", self.voice_callback_value.as_deref()),
            ("voiceStatusCallback", self.voice_status_callback.as_deref()),
            ("messagesCallbackType", self.messages_callback_type.as_ref().map(CallbackType::as_str)),
            ("messagesCallbackValue", self.messages_callback_value.as_deref()),
        ];
        draft.form(pairs.into_iter().filter_map(|(name, value)| value.map(|value| (name, value))));
        Ok(())
    }

    fn decode(&self, _: &Vonage, reply: &Reply<'_>) -> Result<Confirmation> {
        Confirmation::read(&self.country, &self.phone_number, reply)
    }
}
