//! Callbacks: what Sinch posts to a number's `callback_url` (developers.sinch.com, "Callbacks"; not on the seed page).

use super::ProvisioningError;
use super::active_number::{unless_empty, utc};
use crate::error::Result;
use crate::events::{
    Event, EventContent, EventRequest, EventSource, SignatureAlgorithm, Signing, Trust, Verification, malformed,
    unauthenticated,
};
use crate::id::{Id, open_enum};
use crate::phone::PhoneNumber;
use crate::time::Timestamp;
use crate::wire::json;
use crate::wire::record::Deserialize;
use serde::Serialize;

/// `HMAC-SHA1(hmacSecret, body)`. No time is signed: only the event's id tells that it came before.
const SIGNATURE: &str = "x-sinch-signature";

pub(crate) const EVENTS: EventSource = EventSource { slug: "sinch", read };

open_enum! {
    /// What an event is about.
    EventResource {
        /// A number of the project.
        ActiveNumber = "ACTIVE_NUMBER",
        /// An order of a number that needs documents.
        NumberOrder = "NUMBER_ORDER",
    }
}

open_enum! {
    /// What was done.
    EventType {
        /// A number was set up for the SMS product.
        ProvisioningToSmsPlatform = "PROVISIONING_TO_SMS_PLATFORM",
        /// A number was taken from the SMS product.
        DeprovisioningFromSmsPlatform = "DEPROVISIONING_FROM_SMS_PLATFORM",
        /// A number was put into a 10DLC campaign.
        ProvisioningToCampaign = "PROVISIONING_TO_CAMPAIGN",
        /// A number was taken from a 10DLC campaign.
        DeprovisioningFromCampaign = "DEPROVISIONING_FROM_CAMPAIGN",
        /// A number was set up for the Voice product.
        ProvisioningToVoicePlatform = "PROVISIONING_TO_VOICE_PLATFORM",
        /// A number was taken from the Voice product.
        DeprovisioningFromVoicePlatform = "DEPROVISIONING_FROM_VOICE_PLATFORM",
        /// The same, in a word of former times.
        DeprovisioningToVoicePlatform = "DEPROVISIONING_TO_VOICE_PLATFORM",
        /// An order went on.
        NumberOrderProcessing = "NUMBER_ORDER_PROCESSING",
    }
}

open_enum! {
    /// How it ended.
    EventStatus {
        /// It was done.
        Succeeded = "SUCCEEDED",
        /// It was not.
        Failed = "FAILED",
        /// An order is being looked at.
        InReview = "IN_REVIEW",
        /// An order cannot go on.
        Blocked = "BLOCKED",
        /// An order was carried out.
        Completed = "COMPLETED",
        /// An order was refused.
        Rejected = "REJECTED",
        /// An order was not submitted in time.
        Expired = "EXPIRED",
    }
}

/// How the set-up of a number, or an order of one, went on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NumberEvent {
    /// What was done.
    pub event_type: EventType,
    /// How it ended.
    pub status: Option<EventStatus>,
    /// The number, where it is about one.
    pub phone_number: Option<PhoneNumber>,
    /// What it is about.
    pub resource_type: Option<EventResource>,
    /// The number, or the id of the order.
    pub resource_id: Option<Id>,
    /// The project.
    pub project_id: Option<Id>,
    /// Why it failed.
    pub failure_code: Option<ProvisioningError>,
    /// Why it failed, in a code for Sinch's support: `CRS0018`.
    pub internal_failure_code: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Wire {
    #[serde(default, deserialize_with = "unless_empty")]
    event_id: Option<Id>,
    #[serde(default, deserialize_with = "utc")]
    timestamp: Option<Timestamp>,
    #[serde(default, deserialize_with = "unless_empty")]
    project_id: Option<Id>,
    #[serde(default, deserialize_with = "unless_empty")]
    resource_id: Option<Id>,
    resource_type: Option<EventResource>,
    event_type: Option<EventType>,
    status: Option<EventStatus>,
    failure_code: Option<ProvisioningError>,
    #[serde(default, deserialize_with = "unless_empty")]
    internal_failure_code: Option<String>,
}

fn read(request: &EventRequest<'_>, verification: &Verification<'_>, _: Timestamp) -> Result<Option<Event>> {
    request.check_post()?;
    let trust = verification.check(request, |signing| check_signature(request, signing))?;
    let raw = request.text()?.to_owned();
    let wire: Wire = json::decode(request.body).map_err(|fault| malformed(&fault.path, &fault.message))?;
    let (id, occurred_at) = (wire.event_id.clone(), wire.timestamp);
    let content = wire.into_content();
    Ok(Some(Event { provider: EVENTS.slug.to_owned(), id, occurred_at, trust, content, raw: vec![raw] }))
}

fn check_signature(request: &EventRequest<'_>, signing: &Signing) -> Result<Trust> {
    let algorithm = signing.check_algorithm(SignatureAlgorithm::HmacSha1)?;
    let Some(signature) = request.header(SIGNATURE)? else {
        return Err(unauthenticated(
            "it is not signed: Sinch sends X-Sinch-Signature where the project has an hmac_secret",
        ));
    };
    if !signing.signed(algorithm, &[request.body], signature) {
        let why = "X-Sinch-Signature does not fit: check the project's hmac_secret, and that the body is as it came";
        return Err(unauthenticated(why));
    }
    Ok(Trust::Signed)
}

impl Wire {
    fn into_content(self) -> EventContent {
        let Some(event_type) = self.event_type else { return EventContent::Other { event_type: None } };
        let is_number = self.resource_type == Some(EventResource::ActiveNumber);
        let phone_number = self.resource_id.as_ref().filter(|_| is_number).and_then(|id| id.as_str().parse().ok());
        EventContent::SinchNumber(NumberEvent {
            event_type,
            status: self.status,
            phone_number,
            resource_type: self.resource_type,
            resource_id: self.resource_id,
            project_id: self.project_id,
            failure_code: self.failure_code,
            internal_failure_code: self.internal_failure_code,
        })
    }
}
