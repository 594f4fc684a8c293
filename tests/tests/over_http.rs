//! The same operations under the same faults over real HTTP: the Rust driver, reqwest, sockets, the served sandbox, real
//! time. What is promised is what is promised in virtual time.

use serde_json::{Value, json};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::runtime::{Handle, Runtime};
use trunkline::sandbox::accounts;
use trunkline::{HttpTransport, Trunkline};
use trunkline_core::{Options, Result};
use trunkline_sandbox::serve::{self, Server, serve};
use trunkline_sandbox::{FaultKind, Settings};
use trunkline_tests::jobs::{JOBS, Job, Stage};
use trunkline_tests::promises::{FAULTS, Seen, once, promised};

/// How many servers and clients are at work at once.
const AT_ONCE: usize = 96;

/// A client before a server of its own.
struct Http {
    handle: Handle,
    server: Server,
    client: Trunkline,
    control: reqwest::Client,
}

impl Http {
    fn start(handle: &Handle, control: &reqwest::Client) -> Self {
        let settings: Settings =
            serde_json::from_value(json!({ "vonage": { "auto_reload": true } })).expect("settings");
        let options = serve::Options { settings, ..serve::Options::default() };
        let server = handle.block_on(serve(options)).expect("loopback");
        let mut config = accounts(|provider| server.addresses.base_url(provider));
        config.set("rentnumber", "rate_limit", "none");
        let transport = HttpTransport::new().expect("a transport");
        let client = Trunkline::builder().config(config).transport(transport).build().expect("good settings");
        Self { handle: handle.clone(), server, client, control: control.clone() }
    }

    fn control(&self, method: reqwest::Method, path: &str, body: &Value) -> Value {
        let url = format!("http://{}/_sandbox/{path}", self.server.addresses.all);
        let sending =
            self.control.request(method, url).header("content-type", "application/json").body(body.to_string()).send();
        self.handle.block_on(async {
            let reply = sending.await.expect("the sandbox answers");
            assert!(reply.status().is_success(), "{path}: {}", reply.status());
            serde_json::from_slice(&reply.bytes().await.expect("a body")).expect("JSON")
        })
    }

    fn purchases(&self, provider: &str) -> u64 {
        let url = format!("http://{}/_sandbox/state", self.server.addresses.all);
        let state: Value = self.handle.block_on(async {
            let reply = self.control.get(url).send().await.expect("the sandbox answers");
            serde_json::from_slice(&reply.bytes().await.expect("a body")).expect("JSON")
        });
        state["providers"][provider]["purchases"].as_u64().expect("counted")
    }
}

impl Stage for Http {
    fn call(&mut self, operation: &str, params: &Value) -> Result<Value> {
        let answer = self.handle.block_on(self.client.call_json(operation, &params.to_string(), Options::default()))?;
        Ok(serde_json::from_str(&answer.value).expect("a result is JSON"))
    }

    fn pass(&mut self, duration: Duration) {
        let milliseconds = u64::try_from(duration.as_millis()).expect("short");
        self.control(reqwest::Method::POST, "advance", &json!({ "ms": milliseconds }));
    }
}

fn problem_of(handle: &Handle, control: &reqwest::Client, job: &Job, kind: FaultKind) -> Option<String> {
    let mut http = Http::start(handle, control);
    let params = (job.prepare)(&mut http);
    let provider = job.operation.split('.').next().expect("a provider");
    let before = http.purchases(provider);
    http.control(reqwest::Method::POST, "faults", &serde_json::to_value(once(job.operation, kind)).expect("JSON"));
    let seen = Seen::of(&http.call(job.operation, &params));
    http.pass(Duration::from_secs(60));
    let bought = http.purchases(provider) - before;
    let promised = promised(job.operation, kind);
    let what = format!("{} under {kind:?}", job.operation);
    if bought > 1 {
        return Some(format!("{what}: bought {bought} times"));
    }
    (seen != promised).then(|| format!("{what}: promised {promised}, seen {seen}"))
}

#[test]
fn every_operation_under_every_fault_ends_as_promised_over_real_http() {
    let runtime = Runtime::new().expect("a runtime");
    // reqwest needs the crypto provider that the first transport installs.
    let _ = HttpTransport::new().expect("a transport");
    // Silence goes first: it takes longest.
    let mut kinds = FAULTS;
    kinds.sort_by_key(|kind| !matches!(kind, FaultKind::Hang));
    let cells: Vec<(&Job, FaultKind)> = kinds.iter().flat_map(|kind| JOBS.iter().map(|job| (job, *kind))).collect();
    let (next, problems) = (AtomicUsize::new(0), Arc::new(Mutex::new(Vec::new())));
    let control = reqwest::Client::builder().no_proxy().build().expect("a client");
    std::thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                while let Some((job, kind)) = cells.get(next.fetch_add(1, Ordering::Relaxed)) {
                    if let Some(problem) = problem_of(runtime.handle(), &control, job, *kind) {
                        problems.lock().expect("not poisoned").push(problem);
                    }
                }
            });
        }
    });
    let problems = problems.lock().expect("not poisoned");
    assert!(problems.is_empty(), "{} of {} cells differ:\n{}", problems.len(), cells.len(), problems.join("\n"));
}
