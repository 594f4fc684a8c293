//! Inbound SMS, kept with the fields which the webhook would carry (sms.yml).

use crate::provider::Ids;
use crate::time::Time;

/// A message that came in for a number of ours.
#[derive(Debug, Clone)]
pub(super) struct Message {
    id: String,
    from: String,
    to: String,
    text: String,
    received: Time,
    /// Where it would be delivered: the number's URL, else the account's.
    url: Option<String>,
}

impl Message {
    pub(super) fn new(ids: &mut Ids, now: Time, to: &str, from: &str, text: &str, url: Option<String>) -> Self {
        // Seventeen characters like the page's 0A0000000123ABCD1.
        let id = format!("0A{:07}{:08X}", ids.below(10_000_000), ids.below(0x1_0000_0000));
        let from = from.trim_start_matches('+').to_owned();
        Self { id, from, to: to.to_owned(), text: text.to_owned(), received: now, url }
    }

    /// In the webhook's names; without `api-key`, as state shows no credentials.
    pub(super) fn state(&self) -> serde_json::Value {
        serde_json::json!({
            "msisdn": self.from,
            "to": self.to,
            "messageId": self.id,
            "text": self.text,
            "type": if self.text.chars().all(in_gsm_alphabet) { "text" } else { "unicode" },
            "keyword": self.text.split_whitespace().next().unwrap_or_default().to_uppercase(),
            "message-timestamp": self.received.format("%Y-%m-%d %H:%M:%S"),
            "url": self.url,
        })
    }
}

/// GSM 03.38 with its extension table.
fn in_gsm_alphabet(character: char) -> bool {
    const BEYOND_ASCII: &str = "£¥èéùìòÇØøÅåΔΦΓΛΩΠΨΣΘΞÆæßÉ¤¡ÄÖÑÜ§¿äöñüà€";
    match character {
        '\n' | '\r' | '\u{c}' => true,
        '`' => false,
        ' '..='~' => true,
        _ => BEYOND_ASCII.contains(character),
    }
}
