//! SMS to the demo's numbers, sent through the sandbox's own call as anybody may: over HTTP.

use crate::demo::stage::Stop;
use serde_json::json;
use trunkline::{HttpTransport, Method, Outcome, PhoneNumber, Request, Transport};
use trunkline_sandbox::serve::Addresses;

/// What every SMS says.
const TEXT: &str = "Your Acme code is 481516";

/// Sends them.
pub(super) struct Sms {
    url: String,
    transport: HttpTransport,
}

impl Sms {
    pub(super) fn new(addresses: &Addresses) -> trunkline::Result<Self> {
        Ok(Self { url: format!("http://{}/_sandbox/messages", addresses.all), transport: HttpTransport::new()? })
    }

    /// An SMS arrives at that number.
    pub(super) async fn send(&self, provider: &str, to: &PhoneNumber) -> Result<(), Stop> {
        let message = json!({ "provider": provider, "to": to.as_str(), "from": "Acme", "text": TEXT });
        let request = Request {
            method: Method::Post,
            url: self.url.clone(),
            headers: vec![("content-type".to_owned(), "application/json".to_owned())],
            body: message.to_string().into_bytes(),
        };
        match self.transport.send(request, 1 << 16).await {
            Outcome::Answered(reply) if reply.status == 200 => Ok(()),
            Outcome::Answered(reply) => Err(Stop::Other(format!("the sandbox took no SMS: {}", reply.text()))),
            other => Err(Stop::Other(format!("the sandbox took no SMS: {other:?}"))),
        }
    }
}
