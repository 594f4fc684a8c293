//! Vectors: exact bytes out, exact bytes in, from the providers' own pages: their form. The same files run in every host.

use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// `tests/vectors/<provider>/<operation>.json`
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VectorFile {
    /// Id of the operation.
    pub operation: String,
    /// Its cases.
    pub cases: Vec<Case>,
}

/// One case.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// A claim.
    pub name: String,
    /// The page it is from, or that it is ours and why.
    pub source: String,
    /// Settings of the account, merged over [`default_settings`].
    #[serde(default)]
    pub config: BTreeMap<String, Value>,
    /// Options of the call.
    #[serde(default)]
    pub options: CaseOptions,
    /// How it is called.
    #[serde(default)]
    pub mode: Mode,
    /// The operation's parameters.
    pub input: Value,
    /// `send` and `receive` or `fail`, by turns.
    #[serde(default)]
    pub exchange: Vec<Turn>,
    /// What the journal does.
    #[serde(default)]
    pub journal: Journal,
    /// The result: the whole of it, or in mode `all` its items.
    pub output: Option<Value>,
    /// Or what is expected of the error; what is not named is not compared.
    pub error: Option<BTreeMap<String, Value>>,
}

/// Options of a call.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CaseOptions {
    /// The caller's key.
    pub idempotency_key: Option<String>,
    /// At most so many attempts.
    pub attempts: Option<u32>,
    /// In seconds.
    pub timeout: Option<u64>,
}

/// How an operation is called.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// Once.
    #[default]
    Call,
    /// Over all pages.
    All,
    /// Until it has settled.
    Wait,
}

/// What the journal does with a line.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Journal {
    /// Keeps it.
    #[default]
    Works,
    /// Cannot.
    Fails,
}

/// One half of an exchange.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Turn {
    /// What must be sent, to the byte.
    Send(Sent),
    /// What comes back.
    Receive(Received),
    /// What becomes of it instead.
    Fail(Fail),
}

/// A request.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sent {
    /// Method.
    pub method: String,
    /// Absolute.
    pub url: String,
    /// All of them.
    pub headers: BTreeMap<String, String>,
    /// As text.
    #[serde(default)]
    pub body: String,
}

/// A reply.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Received {
    /// HTTP status.
    pub status: u16,
    /// Some of them.
    #[serde(default)]
    pub headers: BTreeMap<String, String>,
    /// As text.
    #[serde(default)]
    pub body: String,
}

/// Why no reply comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fail {
    /// Perhaps sent.
    Lost,
    /// Certainly not sent.
    NotSent,
}

/// Where the vectors are.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors")
}

/// Every file, in the order of its path.
pub fn load_all() -> Vec<(PathBuf, VectorFile)> {
    let mut files = Vec::new();
    for provider in read_dir(&root()) {
        for path in read_dir(&provider) {
            let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            let file = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            files.push((path, file));
        }
    }
    files
}

fn read_dir(path: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    paths
}

/// The account that cases use unless they say otherwise.
pub fn default_settings(provider: &str) -> BTreeMap<String, Value> {
    let settings: &[(&str, &str)] = match provider {
        "tempnumber" => &[("token", "tn-token-0123456789")],
        "rentnumber" => &[("api_key", "rn_your_key_here")],
        "sinch" => &[
            ("project_id", "0994c893-4d74-4455-8259-4f5c68d92f6f"),
            ("key_id", "key-id"),
            ("key_secret", "key-secret"),
            ("auth", "basic"),
        ],
        "voepy" => &[("api_key", "voepy-key-0123456789"), ("base_url", "https://voepy.example")],
        "vonage" => &[("api_key", "abcd1234"), ("api_secret", "ABCDEFGH01234abc")],
        other => panic!("no default settings for {other}"),
    };
    settings.iter().map(|(name, value)| ((*name).to_owned(), Value::from(*value))).collect()
}
