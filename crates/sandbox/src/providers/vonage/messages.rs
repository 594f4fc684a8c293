//! Inbound SMS, kept with the fields which the webhook carries (sms.yml).

use super::parts::{is_gsm, parts};
use crate::provider::Ids;
use crate::time::Time;

/// A message that came in for a number of ours.
#[derive(Debug, Clone)]
pub(super) struct Message {
    pub(super) id: String,
    from: String,
    to: String,
    text: String,
    pub(super) received: Time,
    /// Where it is delivered: the number's URL, else the account's.
    pub(super) url: Option<String>,
}

impl Message {
    pub(super) fn new(ids: &mut Ids, now: Time, to: &str, from: &str, text: &str, url: Option<String>) -> Self {
        let id = Self::new_id(ids);
        let from = from.trim_start_matches('+').to_owned();
        Self { id, from, to: to.to_owned(), text: text.to_owned(), received: now, url }
    }

    /// Seventeen characters like the page's 0A0000000123ABCD1.
    pub(super) fn new_id(ids: &mut Ids) -> String {
        format!("0A{:07}{:08X}", ids.below(10_000_000), ids.below(0x1_0000_0000))
    }

    /// Its text, in as many messages as the network needs for it.
    pub(super) fn parts(&self) -> Vec<&str> {
        parts(&self.text)
    }

    /// The webhook's parameters for that part of the text, in the order of the page's example; without `api-key`.
    pub(super) fn parameters(&self, id: &str, text: &str) -> [(&'static str, String); 7] {
        [
            ("msisdn", self.from.clone()),
            ("to", self.to.clone()),
            ("messageId", id.to_owned()),
            ("text", text.to_owned()),
            ("type", if is_gsm(&self.text) { "text" } else { "unicode" }.to_owned()),
            ("keyword", text.split_whitespace().next().unwrap_or_default().to_uppercase()),
            ("message-timestamp", self.received.format("%Y-%m-%d %H:%M:%S")),
        ]
    }

    /// In the webhook's names; without `api-key`, as state shows no credentials.
    pub(super) fn state(&self) -> serde_json::Value {
        let parameters = self.parameters(&self.id, &self.text).map(|(name, value)| (name, Some(value)));
        parameters.into_iter().chain([("url", self.url.clone())]).collect()
    }
}
