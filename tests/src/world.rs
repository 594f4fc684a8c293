//! A world: a client's core, the sandbox, and a clock that jumps to whatever is due next. A five-minute poll takes a
//! millisecond.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::time::Duration;
use trunkline::sandbox::{Settings, accounts, incoming};
use trunkline_core::{
    Action, ActionId, Answer, Client, Config, Flow, JournalEntry, Outcome, Request, Response, Result, Step, Timestamp,
};
use trunkline_sandbox::{Fault, Sandbox, Time, http, reply};

/// Where the pretended providers are.
pub const HOST: &str = "http://localhost";
/// There and back.
const LATENCY: Duration = Duration::from_millis(40);
/// More than any flow of a test takes.
const STEPS: usize = 50_000_000;

/// A client, the providers and the time.
pub struct World {
    /// The providers.
    pub sandbox: Sandbox,
    /// The client's core.
    pub client: Client,
    /// The time in this world.
    pub now: Timestamp,
    /// Every request that left the client, oldest first.
    pub requests: Vec<(Timestamp, Request)>,
    /// Every line of the journal.
    pub journal: Vec<JournalEntry>,
    /// Every reply as it came.
    pub responses: Vec<Response>,
}

/// Something that happens later in a run.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Due {
    at: Timestamp,
    order: u64,
    flow: usize,
    action: ActionId,
}

impl World {
    /// A world in which every account is the sandbox's; Vonage's can be topped up.
    pub fn new() -> Self {
        let settings = serde_json::from_value(serde_json::json!({ "vonage": { "auto_reload": true } }));
        Self::with(settings.expect("settings of the sandbox"), |_| {})
    }

    /// A world with a sandbox and accounts of your choosing.
    pub fn with(settings: Settings, change: impl FnOnce(&mut Config)) -> Self {
        let mut config = accounts(|provider| format!("{HOST}/{}{}", provider.slug(), Sandbox::base_path(provider)));
        change(&mut config);
        let client = Client::new(config, *b"trunkline-worlds").expect("the sandbox's accounts are good");
        let now = Timestamp::from_millis(Time::START.0);
        let (requests, journal, responses) = (Vec::new(), Vec::new(), Vec::new());
        Self { sandbox: Sandbox::new(settings), client, now, requests, journal, responses }
    }

    /// From now on these calls go wrong.
    pub fn add_fault(&mut self, fault: Fault) {
        self.sandbox.add_fault(fault);
    }

    /// The time as the sandbox counts it.
    pub fn time(&self) -> Time {
        Time(self.now.as_millis())
    }

    /// Lets that much time pass.
    pub fn pass(&mut self, duration: Duration) {
        self.now = self.now + duration;
        let now = self.time();
        self.sandbox.advance(now);
    }

    /// How often that provider took money.
    pub fn purchases(&mut self, provider: &str) -> u64 {
        let now = self.time();
        let state = self.sandbox.state(now);
        state["providers"][provider]["purchases"].as_u64().expect("every provider counts its purchases")
    }

    /// Runs one operation by its id.
    pub fn call(&mut self, operation: &str, params: &serde_json::Value) -> Result<serde_json::Value> {
        let flow = self.client.start(operation, &params.to_string(), trunkline_core::Options::default());
        self.run(flow).map(|answer| parse(&answer))
    }

    /// Runs one flow to its end.
    pub fn run<T>(&mut self, flow: Flow<T>) -> Result<T> {
        self.run_all(vec![flow]).pop().expect("as many results as flows")
    }

    /// Runs flows at the same time, each to its end.
    pub fn run_all<T>(&mut self, flows: Vec<Flow<T>>) -> Vec<Result<T>> {
        let mut results: Vec<Option<Result<T>>> = flows.iter().map(|_| None).collect();
        let mut flows = flows;
        let mut due: BinaryHeap<Reverse<(Due, OutcomeBox)>> = BinaryHeap::new();
        let mut ready: Vec<usize> = (0..flows.len()).rev().collect();
        let mut order = 0;
        for _ in 0..STEPS {
            while let Some(index) = ready.pop() {
                loop {
                    match flows[index].step(self.now) {
                        Step::Perform(action, what) => {
                            let (at, outcome) = self.perform(what);
                            order += 1;
                            due.push(Reverse((Due { at, order, flow: index, action }, OutcomeBox(outcome))));
                        }
                        // Resolving what was aborted does nothing.
                        Step::Abort(_) => {}
                        Step::Item(never) => match never {},
                        Step::Waiting => break,
                        Step::Done(result) => {
                            results[index] = Some(result);
                            break;
                        }
                    }
                }
            }
            let Some(Reverse((Due { at, flow, action, .. }, OutcomeBox(outcome)))) = due.pop() else { break };
            if results[flow].is_some() {
                continue;
            }
            self.now = self.now.max(at);
            flows[flow].resolve(self.now, action, outcome);
            ready.push(flow);
        }
        results.into_iter().map(|result| result.expect("no flow hangs")).collect()
    }

    /// Performs one action: when it ends, and how.
    pub fn perform(&mut self, action: Action) -> (Timestamp, Outcome) {
        match action {
            Action::Sleep(duration, _) => (self.now + duration, Outcome::Elapsed),
            Action::Record(entry) => {
                self.journal.push(entry);
                (self.now, Outcome::Recorded)
            }
            Action::Consult(_) => panic!("a client whose journal is its own asks nobody"),
            Action::Send { request, deadline, body_limit } => {
                self.requests.push((self.now, request.clone()));
                let (at, outcome) = self.exchange(request, body_limit);
                if at > deadline {
                    return (deadline, Outcome::Lost("no answer before the deadline".to_owned()));
                }
                (at, outcome)
            }
        }
    }

    fn exchange(&mut self, request: Request, body_limit: usize) -> (Timestamp, Outcome) {
        let never = Timestamp::from_nanos(i64::MAX);
        let Some((provider, request)) = incoming(request, HOST) else {
            return (self.now + LATENCY, Outcome::NotSent("no such host".to_owned()));
        };
        let now = self.time();
        let trunkline_sandbox::Reply { after, outcome } = self.sandbox.handle(now, provider, request);
        let at = self.now + LATENCY + after;
        match outcome {
            reply::Outcome::Respond(http::Response { status, headers, mut body }) => {
                body.truncate(body_limit.saturating_add(1));
                let response = Response { status, headers, body };
                self.responses.push(response.clone());
                (at, Outcome::Answered(response))
            }
            reply::Outcome::Cut(..) => (at, Outcome::Lost("the reply broke off".to_owned())),
            reply::Outcome::Drop => (at, Outcome::Lost("connection reset".to_owned())),
            reply::Outcome::Hang => (never, Outcome::Lost("no answer".to_owned())),
        }
    }
}

impl crate::jobs::Stage for World {
    fn call(&mut self, operation: &str, params: &serde_json::Value) -> Result<serde_json::Value> {
        Self::call(self, operation, params)
    }

    fn pass(&mut self, duration: Duration) {
        Self::pass(self, duration);
    }
}

impl Default for World {
    fn default() -> Self {
        Self::new()
    }
}

/// The result of a flow by id, as JSON.
pub fn parse(answer: &Answer<String>) -> serde_json::Value {
    serde_json::from_str(&answer.value).expect("a result is JSON")
}

/// An outcome beside a time in a heap; which of two is the greater does not matter.
struct OutcomeBox(Outcome);

impl PartialEq for OutcomeBox {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}
impl Eq for OutcomeBox {}
impl PartialOrd for OutcomeBox {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for OutcomeBox {
    fn cmp(&self, _: &Self) -> std::cmp::Ordering {
        std::cmp::Ordering::Equal
    }
}
