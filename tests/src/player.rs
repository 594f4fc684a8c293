//! Plays a vector in virtual time: what is sent is compared to the byte, what comes back is what the vector says.

use crate::vectors::{Case, Fail, Journal, Mode, Sent, Turn, default_settings};
use serde_json::Value;
use std::time::Duration;
use trunkline_core::{Action, Client, Config, Error, Options, Outcome, Response, Step, Timestamp, registry};

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
            Step::Perform(_, Action::Consult(_)) => panic!("{}: its journal is shared with nobody", self.case.name),
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
