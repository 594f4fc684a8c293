//! No credential, and no secret in a reply, shows in what people print or keep.

use std::sync::{Arc, Mutex};
use trunkline::{Trunkline, sandbox};
use trunkline_core::{Options, PROVIDERS};
use trunkline_sandbox::{Fault, FaultKind, ProviderName, Sandbox};
use trunkline_tests::jobs::JOBS;
use trunkline_tests::promises::FAULTS;
use trunkline_tests::world::World;

/// Every secret of the sandbox's accounts, and of its replies.
fn marks() -> Vec<String> {
    let mut marks = Vec::new();
    for provider in PROVIDERS {
        let name = ProviderName::from_slug(provider.facts.slug).expect("one of the five");
        for (setting, value) in Sandbox::credentials(name) {
            let facts = provider.facts.settings.iter().find(|known| known.name == *setting);
            if facts.is_some_and(|setting| setting.secret) {
                marks.push((*value).to_owned());
            }
        }
    }
    assert_eq!(marks.len(), 5, "one secret for each provider: {marks:?}");
    marks.extend(["whsec_", "callback-secret", "0123456789-0123456789"].map(str::to_owned));
    marks
}

fn assert_hidden(text: &str, marks: &[String], what: &str) {
    for mark in marks {
        assert!(!text.contains(mark.as_str()), "{what} shows {mark}: {text}");
    }
}

/// No fault, and then every one.
fn kinds() -> impl Iterator<Item = Option<FaultKind>> {
    std::iter::once(None).chain(FAULTS.map(Some))
}

/// What the requests were signed with: keys, access tokens, and the pairs of HTTP Basic in their encoded form.
fn signatures(world: &World) -> impl Iterator<Item = String> {
    let signs = |(name, _): &&(String, String)| name == "authorization" || name == "x-api-key";
    let headers = world.requests.iter().flat_map(|(_, request)| &request.headers).filter(signs);
    headers
        .map(|(_, value)| value.split(' ').next_back().unwrap_or_default().to_owned())
        .collect::<Vec<_>>()
        .into_iter()
}

#[test]
fn no_secret_shows_in_errors_requests_replies_or_the_journal() {
    let marks = marks();
    let mut secrets_seen = 0;
    for job in JOBS {
        for kind in kinds() {
            let mut world = World::new();
            let params = (job.prepare)(&mut world);
            let provider = ProviderName::from_slug(job.operation.split('.').next().expect("a provider"));
            if let Some(kind) = kind {
                world.add_fault(Fault { provider, ..Fault::new(kind) });
            }
            let result = world.call(job.operation, &params);
            let what = format!("{} under {kind:?}", job.operation);
            let marks: Vec<String> = marks.iter().cloned().chain(signatures(&world)).collect();
            if let Err(error) = &result {
                assert_hidden(&error.to_string(), &marks, &what);
                assert_hidden(&format!("{error:?} {error:#?}"), &marks, &what);
                assert_hidden(&error.to_json(), &marks, &what);
            }
            secrets_seen += usize::from(
                result.is_ok_and(|value| marks.iter().any(|mark| value.to_string().contains(mark.as_str()))),
            );
            assert_hidden(&format!("{:?}", world.requests), &marks, &what);
            assert_hidden(&format!("{:?}", world.responses), &marks, &what);
            assert_hidden(&format!("{:?} {:?}", world.client, world.journal), &marks, &what);
            let outcomes = world.responses.iter().cloned().map(trunkline_core::Outcome::Answered).collect::<Vec<_>>();
            assert_hidden(&format!("{outcomes:?}"), &marks, &what);
        }
    }
    // Who asked for a secret gets it.
    assert!(secrets_seen >= 3, "only {secrets_seen} results held a secret");
}

#[test]
fn a_credential_that_a_provider_echoes_is_taken_out_of_its_words() {
    let case = |body: &str| {
        let case = serde_json::json!({
            "name": "echo", "source": "ours", "input": {},
            "exchange": [
                { "send": { "method": "GET", "url": "", "headers": {} } },
                { "receive": { "status": 401, "headers": { "x-request-id": "rn_your_key_here" }, "body": body } },
            ],
            "error": { "kind": "unauthenticated", "delivery": "refused" },
        });
        let case = serde_json::from_value(case).expect("a case");
        trunkline_tests::player::run("rentnumber.get_balance", &case).result.expect_err("refused")
    };
    let error = case(r#"{"success":false,"error":"No such key: rn_your_key_here"}"#);
    assert_eq!(error.message, "No such key: ***");
    assert_eq!(error.request_id.as_deref(), Some("***"));
    assert!(!case("<html>rn_your_key_here</html>").to_string().contains("rn_your_key"));
}

/// Where a subscriber writes.
#[derive(Clone, Default)]
struct Written(Arc<Mutex<Vec<u8>>>);

impl std::io::Write for Written {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().expect("not poisoned").extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Everything that the client's spans and events say of every operation under this fault.
fn logged(kind: Option<FaultKind>) -> String {
    let written = Written::default();
    let writer = written.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing_subscriber::filter::LevelFilter::TRACE)
        .with_span_events(tracing_subscriber::fmt::format::FmtSpan::FULL)
        .with_ansi(false)
        .with_writer(move || writer.clone())
        .finish();
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build().expect("a runtime");
    tracing::subscriber::with_default(subscriber, || {
        for job in JOBS {
            let sandbox = sandbox::Sandbox::start();
            let mut config = sandbox::Sandbox::config();
            // Time stands still for tokio and not for the client's clock, so that limits would be waited for in real time.
            for (provider, setting) in
                [("tempnumber", "rate_limit"), ("rentnumber", "rate_limit"), ("vonage", "pricing_rate_limit")]
            {
                config.set(provider, setting, "none");
            }
            let client = Trunkline::builder().config(config).transport(sandbox.clone()).build().expect("good settings");
            // Parameters as they would be for a first call; what they name may not exist, which is logged as well.
            let params = (job.prepare)(&mut World::new()).to_string();
            if let Some(kind) = kind {
                // A pause would be waited for in real time, like a limit.
                sandbox.add_fault(Fault { retry_after: 0, ..Fault::new(kind) });
            }
            let result = runtime.block_on(client.call_json(job.operation, &params, Options::default()));
            drop(result);
        }
    });
    String::from_utf8(written.0.lock().expect("not poisoned").clone()).expect("UTF-8")
}

#[test]
fn no_secret_shows_in_logs_and_spans() {
    let marks = marks();
    for kind in kinds() {
        let log = logged(kind);
        assert!(log.contains("vonage.update_settings") && log.contains("request"), "nothing was logged: {log}");
        for line in log.lines() {
            assert_hidden(line, &marks, &format!("the log under {kind:?}"));
        }
    }
}
