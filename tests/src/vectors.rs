//! Vectors: exact bytes out, exact bytes in, from the providers' own pages. The same files run in every host.

use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;
use trunkline_core::{Action, Client, Config, Error, Options, Outcome, Response, Step, Timestamp, registry};

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

/// What a run came to.
#[derive(Debug)]
pub struct Run {
    /// The result as JSON; in mode `all` the items.
    pub result: Result<Value, Error>,
    /// What was sent and what came of it, in words, for a failed comparison.
    pub problems: Vec<String>,
    /// Raw reply of a result.
    pub response: Option<Response>,
}

/// The options of a case.
pub fn options(case: &Case) -> Options {
    Options {
        account: None,
        timeout: case.options.timeout.map(Duration::from_secs),
        attempts: case.options.attempts,
        idempotency_key: case.options.idempotency_key.clone(),
    }
}

/// The client of a case.
pub fn client(operation: &str, case: &Case) -> Result<Client, Error> {
    let provider = operation.split('.').next().unwrap_or_default();
    let mut settings = default_settings(provider);
    settings.extend(case.config.clone());
    settings.retain(|_, value| !value.is_null());
    let config = serde_json::json!({ provider: settings }).to_string();
    Client::new(Config::from_json(&config)?, *b"trunkline-vector")
}

/// Runs a case in virtual time. Sleeps pass at once.
pub fn run(operation: &str, case: &Case) -> Run {
    let client = match client(operation, case) {
        Ok(client) => client,
        Err(error) => return Run { result: Err(error), problems: Vec::new(), response: None },
    };
    let entry = registry::find(operation).unwrap_or_else(|error| panic!("{error}"));
    let input = case.input.to_string();
    let mut player = Player::new(case);
    let result = match case.mode {
        Mode::Call => player.play((entry.call)(&client, &input, options(case))),
        Mode::Wait => player.play((entry.wait.expect("can be waited for"))(&client, &input, options(case))),
        Mode::All => {
            let mut flow = (entry.all.expect("has pages"))(&client, &input, options(case));
            let mut items = Vec::new();
            loop {
                match player.step(flow.step(player.now)) {
                    Event::Resolve(id, outcome) => flow.resolve(player.now, id, outcome),
                    Event::Item(item) => items.push(serde_json::from_str(&item).expect("an item is JSON")),
                    Event::Done(result) => break result.map(|()| (Value::Array(items), None)),
                }
            }
        }
    };
    player.finish();
    let (result, response) = match result {
        Ok((value, response)) => (Ok(value), response),
        Err(error) => (Err(error), None),
    };
    Run { result, problems: player.problems, response }
}

struct Player<'a> {
    case: &'a Case,
    turns: std::slice::Iter<'a, Turn>,
    now: Timestamp,
    problems: Vec<String>,
}

enum Event<T, I> {
    Resolve(trunkline_core::ActionId, Outcome),
    Item(I),
    Done(Result<T, Error>),
}

type Played = Result<(Value, Option<Response>), Error>;

impl<'a> Player<'a> {
    fn new(case: &'a Case) -> Self {
        let now = Timestamp::parse("2026-05-12T14:30:00Z").expect("a time");
        Self { case, turns: case.exchange.iter(), now, problems: Vec::new() }
    }

    fn play(&mut self, mut flow: trunkline_core::Flow<trunkline_core::Answer<String>>) -> Played {
        loop {
            match self.step(flow.step(self.now)) {
                Event::Resolve(id, outcome) => flow.resolve(self.now, id, outcome),
                Event::Item(never) => match never {},
                Event::Done(result) => {
                    return result.map(|answer| {
                        (serde_json::from_str(&answer.value).expect("a result is JSON"), Some(answer.response))
                    });
                }
            }
        }
    }

    fn step<T, I>(&mut self, step: Step<T, I>) -> Event<T, I> {
        match step {
            Step::Item(item) => Event::Item(item),
            Step::Done(result) => Event::Done(result),
            Step::Perform(id, Action::Sleep(duration, _)) => {
                self.now = self.now + duration;
                Event::Resolve(id, Outcome::Elapsed)
            }
            Step::Perform(id, Action::Record(_)) => Event::Resolve(
                id,
                match self.case.journal {
                    Journal::Works => Outcome::Recorded,
                    Journal::Fails => Outcome::NotRecorded("the disk is full".to_owned()),
                },
            ),
            Step::Perform(id, Action::Send { request, .. }) => {
                let sent = Sent {
                    method: request.method.to_string(),
                    url: request.url.clone(),
                    headers: request.headers.iter().cloned().collect(),
                    body: String::from_utf8_lossy(&request.body).into_owned(),
                };
                Event::Resolve(id, self.exchange(&sent))
            }
            Step::Abort(_) | Step::Waiting => panic!("{}: a flow without work waits", self.case.name),
        }
    }

    fn exchange(&mut self, sent: &Sent) -> Outcome {
        match self.turns.next() {
            Some(Turn::Send(expected)) if expected == sent => {}
            Some(Turn::Send(expected)) => self.problems.push(format!("expected {expected:#?}\nsent {sent:#?}")),
            _ => self.problems.push(format!("nothing more was expected to be sent, but it sent {sent:#?}")),
        }
        match self.turns.next() {
            Some(Turn::Receive(received)) => Outcome::Answered(Response {
                status: received.status,
                headers: received.headers.clone().into_iter().collect(),
                body: received.body.clone().into_bytes(),
            }),
            Some(Turn::Fail(Fail::Lost)) => Outcome::Lost("connection reset".to_owned()),
            _ => Outcome::NotSent("connection refused".to_owned()),
        }
    }

    fn finish(&mut self) {
        if self.turns.next().is_some() {
            self.problems.push("it sent less than was expected".to_owned());
        }
    }
}

/// Everything in which a run differs from its case.
pub fn differences(case: &Case, run: &Run) -> Vec<String> {
    let mut problems = run.problems.clone();
    match (&run.result, &case.output, &case.error) {
        (Ok(value), Some(expected), None) if value == expected => {}
        (Ok(value), Some(expected), None) => problems.push(format!("expected {expected}\ngot      {value}")),
        (Err(error), None, Some(expected)) => {
            let got: Value = serde_json::from_str(&error.to_json()).expect("an error is JSON");
            if !expected.contains_key("kind") || !expected.contains_key("delivery") {
                problems.push("an expected error says at least its kind and its delivery".to_owned());
            }
            for (name, value) in expected {
                if got.get(name) != Some(value) {
                    problems.push(format!("expected {name} {value}, got {got}"));
                }
            }
        }
        (result, ..) => problems.push(format!("got {result:?}")),
    }
    problems
}
