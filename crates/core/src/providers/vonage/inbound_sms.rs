//! Inbound SMS: what Vonage sends to a number's `mo_http_url`, or to the account's `mo_callback_url`, by GET or POST
//! (Vonage's OpenAPI `sms.yml`; not on the seed page).

use super::signature;
use crate::error::Result;
use crate::events::{Event, EventContent, EventRequest, EventSource, Parameters, Verification, malformed};
use crate::id::{Id, open_enum};
use crate::phone::PhoneNumber;
use crate::time::{Timestamp, UtcOffset};
use crate::wire::record::Deserialize;
use serde::Serialize;

pub(crate) const EVENTS: EventSource = EventSource { slug: "vonage", read };

open_enum! {
    /// How the text of an SMS is coded.
    SmsType {
        /// In the GSM alphabet.
        Text = "text",
        /// In Unicode.
        Unicode = "unicode",
        /// Not text: see `data`.
        Binary = "binary",
    }
}

/// An SMS to one of the account's numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct InboundSms {
    /// Its id. (`messageId` at Vonage; of a message in parts, that of the first.)
    pub message_id: Id,
    /// Who sent it, as Vonage writes it: digits without a `+`, or a name. (`msisdn` at Vonage.)
    pub sender: Option<String>,
    /// The number that received it. (`to` at Vonage.)
    pub phone_number: PhoneNumber,
    /// How its text is coded. (`type` at Vonage.)
    pub sms_type: Option<SmsType>,
    /// What it says.
    pub text: Option<String>,
    /// Its first word, in capitals.
    pub keyword: Option<String>,
    /// Of a binary one: what it holds, in hexadecimal digits.
    pub data: Option<String>,
    /// Of a binary one: its user data header, in hexadecimal digits. Absent of a message that was joined.
    pub udh: Option<String>,
    /// When Vonage received it. (`message-timestamp` at Vonage.)
    pub received_at: Option<Timestamp>,
    /// The account. (`api-key` at Vonage.)
    pub api_key: Option<String>,
    /// Which part of a longer message this is; absent of one that is whole, or was joined.
    pub part: Option<SmsPart>,
    /// How many parts never came of one that was joined all the same.
    pub missing_parts: u64,
}

/// A part of a longer message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SmsPart {
    /// Joins the parts of one message from one sender; used again for later messages. (`concat-ref` at Vonage.)
    pub reference: String,
    /// Which one, from 1. (`concat-part` at Vonage.)
    pub number: u64,
    /// Of how many, 255 at most. (`concat-total` at Vonage.)
    pub total: u64,
}

fn read(request: &EventRequest<'_>, verification: &Verification<'_>, now: Timestamp) -> Result<Option<Event>> {
    let parameters = Parameters::read(request)?;
    if is_probe(request, &parameters) {
        return Ok(None);
    }
    let trust = verification.check(request, |signing| signature::check(&parameters, signing, now))?;
    let content = read_content(&parameters)?;
    let raw = if request.method == "GET" { request.query } else { request.text()? };
    // A delivery receipt has the id of the message that was sent, again and again: it is no id of the receipt.
    let (id, occurred_at) = match &content {
        EventContent::VonageSms(sms) => (Some(sms.message_id.clone()), sms.received_at),
        _ => (None, message_time(&parameters)),
    };
    Ok(Some(Event { provider: EVENTS.slug.to_owned(), id, occurred_at, trust, content, raw: vec![raw.to_owned()] }))
}

/// Before a URL is saved Vonage asks for it by GET, and wants 200. What has nothing of a message is no message.
fn is_probe(request: &EventRequest<'_>, parameters: &Parameters) -> bool {
    let names = ["messageId", "msisdn", "to", "text", "sig"];
    request.method == "GET" && names.iter().all(|name| parameters.get(name).is_none())
}

/// An SMS has a type or a text; what else comes to the URL (receipts, where it is used for both) has neither.
fn read_content(parameters: &Parameters) -> Result<EventContent> {
    if parameters.get("type").or(parameters.get("text")).is_none() {
        return Ok(EventContent::Other { event_type: None });
    }
    let text = |name| parameters.get(name).filter(|text| !text.is_empty()).map(str::to_owned);
    let needed = |name| text(name).ok_or_else(|| malformed(name, "an SMS without it cannot be told from others"));
    let phone_number = needed("to")?.parse().map_err(|_| malformed("to", "not a telephone number"))?;
    Ok(EventContent::VonageSms(InboundSms {
        message_id: needed("messageId")?.into(),
        sender: text("msisdn"),
        phone_number,
        sms_type: parameters.get("type").map(SmsType::from),
        text: parameters.get("text").map(str::to_owned),
        keyword: text("keyword"),
        data: text("data"),
        udh: text("udh"),
        received_at: message_time(parameters),
        api_key: text("api-key"),
        part: read_part(parameters)?,
        missing_parts: 0,
    }))
}

/// In UTC, without saying so.
fn message_time(parameters: &Parameters) -> Option<Timestamp> {
    parameters.get("message-timestamp").and_then(Timestamp::parse).map(|at| at.in_zone(UtcOffset::default()))
}

fn read_part(parameters: &Parameters) -> Result<Option<SmsPart>> {
    if parameters.get("concat") != Some("true") {
        return Ok(None);
    }
    let number = |name, range: std::ops::RangeInclusive<u64>| {
        let number = parameters.get(name).and_then(|text| text.parse().ok()).filter(|number| range.contains(number));
        number.ok_or_else(|| malformed(name, &format!("not a number from {} to {}", range.start(), range.end())))
    };
    // One byte says how many there are, in every SMS.
    let total = number("concat-total", 1..=255)?;
    let part = number("concat-part", 1..=total)?;
    let reference = parameters.get("concat-ref").filter(|reference| !reference.is_empty());
    let reference = reference.ok_or_else(|| malformed("concat-ref", "a part without it cannot be joined"))?.to_owned();
    Ok((total > 1).then_some(SmsPart { reference, number: part, total }))
}

impl InboundSms {
    /// Puts this part behind the ones before it. What is not there in either is not there in both.
    pub(crate) fn append(&mut self, next: Self) {
        let join = |ours: &mut Option<String>, theirs: Option<String>| match (ours.as_mut(), theirs) {
            (Some(ours), Some(theirs)) => ours.push_str(&theirs),
            (None, theirs) => *ours = theirs,
            (Some(_), None) => {}
        };
        join(&mut self.text, next.text);
        join(&mut self.data, next.data);
        self.received_at = self.received_at.max(next.received_at);
        if next.sms_type == Some(SmsType::Unicode) {
            self.sms_type = next.sms_type;
        }
    }
}
