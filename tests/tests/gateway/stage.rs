//! A sandbox, a client before it, a gateway before that, and one who asks.

use serde_json::{Value, json};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use trunkline::gateway::{self, Gateway, Policy, Server};
use trunkline::sandbox::accounts;
use trunkline::{HttpTransport, Trunkline};
use trunkline_sandbox::serve::{self, serve};
use trunkline_sandbox::{Fault, Settings, http};

pub(crate) const TOKEN: &str = "a-token-of-the-gateway-0123456789";
pub(crate) const PAGE: &str = "https://app.example.com";
/// A purchase, and a good one: what gets through by a trick is seen at the provider.
pub(crate) const RENT: &str = r#"{"operation":"rentnumber.rent","params":{"pricing_id":"42"}}"#;

pub(crate) struct Stage {
    pub(crate) sandbox: serve::Server,
    pub(crate) client: Trunkline,
    pub(crate) gateway: Server,
    http: reqwest::Client,
}

pub(crate) fn policy() -> Policy {
    let operations = ["rentnumber.*", "rentnumber.rent", "tempnumber.*", "tempnumber.buy_number", "vonage.*"];
    Policy {
        tokens: vec![TOKEN.into()],
        operations: operations.map(str::to_owned).to_vec(),
        origins: vec![PAGE.to_owned()],
        max_purchases: 5,
        body_limit: 4096,
        body_timeout: Duration::from_millis(300),
        ..Policy::default()
    }
}

impl Stage {
    pub(crate) async fn start() -> Self {
        Self::with(policy()).await
    }

    pub(crate) async fn with(policy: Policy) -> Self {
        Self::before(policy, Settings::default()).await
    }

    /// Before a sandbox of these settings.
    pub(crate) async fn before(policy: Policy, settings: Settings) -> Self {
        let options = serve::Options { settings, ..serve::Options::default() };
        let sandbox = serve(options).await.expect("loopback");
        let mut config = accounts(|provider| sandbox.addresses.base_url(provider));
        for provider in ["rentnumber", "tempnumber", "vonage"] {
            config.set(provider, "rate_limit", "none");
        }
        let transport = HttpTransport::new().expect("a transport");
        let client = Trunkline::builder().config(config).transport(transport).build().expect("good settings");
        let gateway = Gateway::new(client.clone(), policy).expect("a good policy");
        let options = gateway::Options { head_timeout: Duration::from_millis(300), ..gateway::Options::default() };
        let gateway = gateway::serve(gateway, options).await.expect("loopback");
        let http = reqwest::Client::builder().no_proxy().build().expect("a client");
        Self { sandbox, client, gateway, http }
    }

    pub(crate) fn fault(&self, fault: &Fault) {
        self.control("faults", &serde_json::to_value(fault).expect("JSON"));
    }

    /// A request to the sandbox itself.
    pub(crate) fn control(&self, what: &str, body: &Value) {
        let request = http::Request {
            method: "POST".to_owned(),
            path: format!("/_sandbox/{what}"),
            query: String::new(),
            headers: Vec::new(),
            body: body.to_string().into_bytes(),
        };
        assert_eq!(self.sandbox.control(&request).status, 200);
    }

    /// How much was bought at a provider.
    pub(crate) fn purchases(&self, provider: &str) -> u64 {
        let (method, path) = ("GET".to_owned(), "/_sandbox/state".to_owned());
        let request = http::Request { method, path, query: String::new(), headers: Vec::new(), body: Vec::new() };
        let state: Value = serde_json::from_slice(&self.sandbox.control(&request).body).expect("JSON");
        state["providers"][provider]["purchases"].as_u64().expect("counted")
    }

    pub(crate) fn request(&self, body: impl Into<String>) -> reqwest::RequestBuilder {
        let request = self.http.post(format!("http://{}/", self.gateway.address)).bearer_auth(TOKEN);
        request.header("content-type", "application/json").body(body.into())
    }

    /// Sends a request as it is to be sent, and reads its answer.
    pub(crate) async fn ask(&self, body: impl ToString) -> (u16, Value) {
        read(self.request(body.to_string())).await
    }

    /// Sends bytes, and reads what comes back until the gateway closes.
    pub(crate) async fn raw(&self, bytes: impl AsRef<[u8]>) -> String {
        let mut stream = TcpStream::connect(self.gateway.address).await.expect("it listens");
        // It may close before all has been sent.
        let _ = stream.write_all(bytes.as_ref()).await;
        let mut answer = Vec::new();
        let reading = stream.read_to_end(&mut answer);
        let ended = tokio::time::timeout(Duration::from_secs(5), reading).await;
        assert!(ended.is_ok(), "it did not close: {}", String::from_utf8_lossy(&answer));
        String::from_utf8_lossy(&answer).into_owned()
    }
}

pub(crate) async fn read(request: reqwest::RequestBuilder) -> (u16, Value) {
    let reply = request.send().await.expect("an answer");
    let status = reply.status().as_u16();
    let text = reply.text().await.expect("a body");
    (status, serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}")))
}

/// A call, as JSON text.
pub(crate) fn call(operation: &str, params: &Value) -> Value {
    json!({ "operation": operation, "params": params })
}
