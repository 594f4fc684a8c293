//! The webhook of inbound SMS (sms.yml): a request to the number's URL, or else to the account's, for each part.

use super::API_KEY;
use super::messages::Message;
use super::settings::{InboundMethod, Settings};
use super::signature::SignatureMethod;
use crate::events::{Content, Notice, Seal};
use crate::http::{Request, percent_encode};
use crate::provider::Ids;
use crate::time::Time;
use serde::{Serialize, Serializer};
use std::time::Duration;

/// ASSUMPTION: the page names no time.
const ANSWER_WITHIN: Duration = Duration::from_secs(10);

/// One request's parameters, and what is done with them.
pub(super) struct InboundSms {
    pub(super) parameters: Vec<(&'static str, String)>,
    pub(super) method: InboundMethod,
    /// The moment and the nonce that are signed with the rest; nothing where the account signs nothing.
    pub(super) signing: Option<Signing>,
}

pub(super) struct Signing {
    pub(super) method: SignatureMethod,
    pub(super) secret: String,
    /// Seconds since 1970. ASSUMPTION: the first attempt's, also on later ones.
    pub(super) timestamp: i64,
    pub(super) nonce: String,
}

/// What a message is sent as: nothing without a URL.
pub(super) fn notices(message: &Message, ids: &mut Ids, settings: &Settings) -> Vec<Notice> {
    let Some(url) = &message.url else { return Vec::new() };
    let parts = message.parts();
    let total = parts.len();
    // ASSUMPTION: the reference is the one byte of a GSM header.
    let reference = if total > 1 { ids.below(256) } else { 0 };
    let mut notices = Vec::new();
    for (at, text) in parts.into_iter().enumerate() {
        let id = if at == 0 { message.id.clone() } else { Message::new_id(ids) };
        let mut parameters = vec![("api-key", API_KEY.to_owned())];
        parameters.extend(message.parameters(&id, text));
        if total > 1 {
            parameters.extend([
                ("concat", "true".to_owned()),
                ("concat-ref", reference.to_string()),
                ("concat-total", total.to_string()),
                ("concat-part", (at + 1).to_string()),
            ]);
        }
        let signing = settings.signature_method.map(|method| Signing {
            method,
            secret: settings.signature_secret.clone(),
            timestamp: message.received.0.div_euclid(1_000),
            nonce: ids.uuid(),
        });
        notices.push(Notice {
            happened: message.received,
            url: url.clone(),
            content: Box::new(InboundSms { parameters, method: settings.inbound_method, signing }),
            retries: settings.inbound_retries,
            answer_within: ANSWER_WITHIN,
            reference: String::new(),
        });
    }
    notices
}

impl Content for InboundSms {
    fn write(&self, to: Request, _: Time, seal: Seal) -> Request {
        let mut parameters = self.parameters.clone();
        if let Some(signing) = self.signing.as_ref().filter(|_| seal != Seal::Missing) {
            parameters.push(("timestamp", signing.timestamp.to_string()));
            parameters.push(("nonce", signing.nonce.clone()));
            let sig = signing.method.sign(&parameters, &signing.secret);
            parameters.push(("sig", sig));
        }
        if seal == Seal::Broken {
            parameters.iter_mut().filter(|(name, _)| *name == "text").for_each(|(_, text)| text.push_str(" (changed)"));
        }
        self.method.write(to, &parameters)
    }
}

impl InboundMethod {
    fn write(self, mut to: Request, parameters: &[(&'static str, String)]) -> Request {
        match self {
            Self::Get => {
                let own = std::mem::take(&mut to.query);
                let separator = if own.is_empty() { "" } else { "&" };
                to.query = format!("{own}{separator}{}", form(parameters));
                to.method = "GET".to_owned();
                to
            }
            Self::PostForm => to.posting("application/x-www-form-urlencoded", form(parameters)),
            Self::PostJson => {
                let body = serde_json::to_string(&InOrder(parameters)).expect("texts can be written as JSON");
                to.posting("application/json", body)
            }
        }
    }
}

fn form(parameters: &[(&'static str, String)]) -> String {
    let pairs: Vec<String> =
        parameters.iter().map(|(name, value)| format!("{name}={}", percent_encode(value))).collect();
    pairs.join("&")
}

/// An object whose fields keep their order.
struct InOrder<'a>(&'a [(&'static str, String)]);

impl Serialize for InOrder<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}
