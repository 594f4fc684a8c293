//! Claims about whole stories, each told in a world with virtual time.

use serde_json::json;
use std::collections::BTreeSet;
use std::time::Duration;
use trunkline::sandbox::Settings;
use trunkline_core::{
    Action, Client, Consult, Consulted, Delivery, Effect, ErrorKind, JournalEvent, Method, Options, Outcome,
    RawRequest, Recovery, Step, registry, rentnumber,
};
use trunkline_sandbox::{Fault, FaultKind, ProviderName};
use trunkline_tests::jobs::JOBS;
use trunkline_tests::world::World;

/// Every operation that spends, with its recovery.
fn purchases() -> impl Iterator<Item = (&'static trunkline_tests::jobs::Job, Recovery)> {
    JOBS.iter().filter_map(|job| match registry::find(job.operation).expect("known").endpoint.effect {
        Effect::Spends(recovery) => Some((job, recovery)),
        _ => None,
    })
}

fn fault_on(operation: &str, kind: FaultKind) -> Fault {
    let endpoint = registry::find(operation).expect("known").endpoint;
    let provider = ProviderName::from_slug(endpoint.provider());
    let path = endpoint.path.replace("/{version}", "/v1");
    Fault { provider, operation: Some(format!("{} {path}", endpoint.method)), ..Fault::new(kind) }
}

/// How often the request that spends was sent.
fn times_sent(world: &World, operation: &str, since: usize) -> usize {
    let endpoint = registry::find(operation).expect("known").endpoint;
    let verb = endpoint.path.rsplit(['/', '}']).next().unwrap_or_default();
    let spends = |request: &trunkline_core::Request| {
        request.method == endpoint.method && request.url_without_query().ends_with(verb)
    };
    world.requests[since..].iter().filter(|(_, request)| spends(request)).count()
}

fn rent() -> rentnumber::Rent {
    rentnumber::Rent { pricing_id: 42.into() }
}

/// A RentNumber account that can pay for anything, and a price of which there are plenty.
fn rich() -> Settings {
    serde_json::from_value(json!({ "rentnumber": { "wallet_kobo": 4_500_000_000_u64, "throttle_per_second": 0 } }))
        .expect("settings")
}

#[test]
fn a_lost_purchase_is_not_sent_twice() {
    for (job, recovery) in purchases() {
        let mut world = World::new();
        let params = (job.prepare)(&mut world);
        let provider = job.operation.split('.').next().expect("a provider");
        let (before, sent_before) = (world.purchases(provider), world.requests.len());
        world.add_fault(Fault { times: Some(1), ..fault_on(job.operation, FaultKind::LostAfterActing) });
        let result = world.call(job.operation, &params);
        let bought = world.purchases(provider) - before;
        assert!(bought <= 1, "{}: bought {bought} times", job.operation);
        let sent = times_sent(&world, job.operation, sent_before);
        match recovery {
            // The provider replays its answer to the key.
            Recovery::ResendUnderKey => assert_eq!(sent, 2, "{}", job.operation),
            Recovery::LookThenResend | Recovery::LookAndSettle | Recovery::Never => {
                assert_eq!(sent, 1, "{}", job.operation)
            }
        }
        match (recovery, result) {
            (Recovery::Never, Err(error)) => assert_eq!(error.kind, ErrorKind::PurchaseUnknown),
            (Recovery::Never, Ok(_)) => panic!("{}: nothing could tell", job.operation),
            (_, result) => assert!(result.is_ok(), "{}: {result:?}", job.operation),
        }
    }
}

#[test]
fn a_late_purchase_is_not_bought_again() {
    for (job, _) in purchases() {
        for delay_ms in [900, 2_500, 9_000, 45_000, 200_000] {
            for hang in [false, true] {
                let mut world = World::new();
                let params = (job.prepare)(&mut world);
                let provider = job.operation.split('.').next().expect("a provider");
                let before = world.purchases(provider);
                world.add_fault(Fault {
                    times: Some(1),
                    delay_ms,
                    hang,
                    ..fault_on(job.operation, FaultKind::ActsLate)
                });
                let result = world.call(job.operation, &params);
                world.pass(Duration::from_secs(400));
                let bought = world.purchases(provider) - before;
                assert!(bought <= 1, "{}, {delay_ms} ms late: bought {bought} times", job.operation);
                if let Err(error) = result {
                    assert_eq!(error.kind, ErrorKind::PurchaseUnknown, "{}, {delay_ms} ms late", job.operation);
                }
            }
        }
    }
}

#[test]
fn a_purchase_that_was_certainly_not_sent_is_sent_again_and_bought_once() {
    let mut world = World::new();
    let mut flow = world.client.call(rent(), Options::default());
    let mut refused = 0;
    let result = loop {
        match flow.step(world.now) {
            Step::Perform(id, Action::Send { request, .. }) if request.url.ends_with("/rent") && refused < 2 => {
                refused += 1;
                flow.resolve(world.now, id, Outcome::NotSent("connection refused".to_owned()));
            }
            Step::Perform(id, action) => {
                let (at, outcome) = world.perform(action);
                world.now = world.now.max(at);
                flow.resolve(world.now, id, outcome);
            }
            Step::Done(result) => break result,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!((result.expect("rented").value.rental_id.as_str(), world.purchases("rentnumber")), ("101", 1));
}

#[test]
fn a_journal_that_fails_after_a_purchase_was_sent_does_not_make_it_unsent() {
    for operation in ["rentnumber.rent", "vonage.buy_number"] {
        let mut world = World::new();
        let config = trunkline::sandbox::accounts(|provider| {
            format!(
                "{}/{}{}",
                trunkline_tests::world::HOST,
                provider.slug(),
                trunkline_sandbox::Sandbox::base_path(provider)
            )
        });
        let client = Client::with_shared_journal(config, [7; 16]).expect("good settings");
        let job = JOBS.iter().find(|job| job.operation == operation).expect("a job");
        let params = (job.prepare)(&mut world).to_string();
        world.add_fault(Fault { times: Some(1), ..fault_on(operation, FaultKind::LostAfterActing) });
        let mut flow = client.start(operation, &params, Options::default());
        let mut lost = false;
        let error = loop {
            match flow.step(world.now) {
                Step::Perform(id, Action::Consult(Consult::Claim(claim))) if !lost => {
                    flow.resolve(world.now, id, Outcome::Consulted(Consulted::Holder(claim.intent)));
                }
                Step::Perform(id, Action::Consult(_)) => {
                    flow.resolve(world.now, id, Outcome::NotRecorded("the disk is gone".to_owned()));
                }
                Step::Perform(id, action) => {
                    let (at, outcome) = world.perform(action);
                    lost |= matches!(outcome, Outcome::Lost(_));
                    world.now = world.now.max(at);
                    flow.resolve(world.now, id, outcome);
                }
                Step::Done(result) => break result.expect_err("nobody can tell"),
                other => panic!("{other:?}"),
            }
        };
        assert_eq!((error.kind, error.delivery), (ErrorKind::PurchaseUnknown, Delivery::Unknown), "{operation}");
    }
}

#[test]
fn many_purchases_at_once_through_a_bad_network_are_each_bought_once_or_reported_unknown() {
    for seed in 1..=5 {
        let mut world = World::with(Settings { seed, ..rich() }, |_| {});
        for kind in [
            FaultKind::LostBeforeActing,
            FaultKind::LostAfterActing,
            FaultKind::ActsLate,
            FaultKind::BadGatewayHtml,
            FaultKind::CutMidBody,
        ] {
            world.add_fault(Fault { probability: Some(0.06), delay_ms: 4000, ..fault_on("rentnumber.rent", kind) });
        }
        let options = || Options { timeout: Some(Duration::from_secs(3600)), ..Options::default() };
        let flows = (0..60).map(|_| world.client.call(rent(), options())).collect();
        let results = world.run_all(flows);
        world.pass(Duration::from_secs(60));
        let bought = world.purchases("rentnumber");
        let ids: Vec<String> = results.iter().flatten().map(|answer| answer.value.rental_id.to_string()).collect();
        let unknown = results
            .iter()
            .filter(|result| result.as_ref().is_err_and(|error| error.kind == ErrorKind::PurchaseUnknown))
            .count() as u64;
        assert_eq!(
            ids.iter().collect::<BTreeSet<_>>().len(),
            ids.len(),
            "seed {seed}: two purchases adopted the same rental"
        );
        let known = ids.len() as u64;
        assert!(known > 30, "seed {seed}: only {known} of 60 went through");
        assert!(
            (known..=known + unknown).contains(&bought),
            "seed {seed}: bought {bought}, known {known}, unknown {unknown}"
        );
    }
}

#[test]
fn an_intent_is_recorded_before_a_purchase_and_its_end_after() {
    let mut world = World::new();
    let flow = world.client.call(rent(), Options::default());
    world.run(flow).expect("rented");
    let events: Vec<&JournalEvent> = world.journal.iter().map(|entry| &entry.event).collect();
    assert!(
        matches!(
            events.as_slice(),
            [JournalEvent::Intent { operation, params, idempotency_key: None, owned, .. }, JournalEvent::Bought { ids }]
                if operation == "rentnumber.rent" && params == r#"{"pricing_id":"42"}"# && owned.is_empty() && ids == &["101"]
        ),
        "{events:?}"
    );
    assert_eq!(world.journal[0].intent, world.journal[1].intent);
}

#[test]
fn a_five_minute_wait_for_an_sms_takes_no_time() {
    let mut world = World::new();
    let flow = world.client.call(rent(), Options::default());
    let rental = world.run(flow).expect("rented").value;
    let number = rental.phone_number.expect("allocated").to_string();
    let script = json!({ "provider": "rentnumber", "to": number, "after_ms": 290_000, "from": "Acme", "text": "Your code is 123456" });
    let (time, started) = (world.time(), world.now);
    world.sandbox.script_sms(time, serde_json::from_value(script).expect("a script"));
    let flow = world.client.wait(rentnumber::GetRental { rental_id: rental.rental_id }, Options::default());
    let rental = world.run(flow).expect("received").value;
    assert_eq!(rental.code.as_deref(), Some("123456"));
    let waited = world.now.since(started);
    assert!(waited >= Duration::from_secs(290) && waited < Duration::from_secs(300), "{waited:?}");
}

#[test]
fn waiting_ends_with_the_deadline_and_not_later() {
    let mut world = World::new();
    let flow = world.client.call(rent(), Options::default());
    let rental = world.run(flow).expect("rented").value;
    let started = world.now;
    let options = Options { timeout: Some(Duration::from_secs(33)), ..Options::default() };
    let flow = world.client.wait(rentnumber::GetRental { rental_id: rental.rental_id }, options);
    let error = world.run(flow).expect_err("nothing arrives");
    assert_eq!(error.kind, ErrorKind::TimedOut);
    assert!(world.now.since(started) <= Duration::from_secs(33));
}

#[test]
fn a_silent_provider_is_not_waited_for_longer_than_allowed() {
    for job in JOBS {
        let mut world = World::new();
        let params = (job.prepare)(&mut world).to_string();
        world.add_fault(fault_on(job.operation, FaultKind::Hang));
        let started = world.now;
        let options = Options { timeout: Some(Duration::from_secs(20)), ..Options::default() };
        let flow = world.client.start(job.operation, &params, options);
        let error = world.run(flow).expect_err("it is silent");
        let took = world.now.since(started);
        assert!(took <= Duration::from_secs(20), "{}: {took:?}", job.operation);
        assert!(matches!(error.kind, ErrorKind::TimedOut | ErrorKind::PurchaseUnknown), "{}: {error}", job.operation);
        assert_eq!(error.delivery, Delivery::Unknown, "{}", job.operation);
    }
}

#[test]
fn a_thousand_reads_at_once_never_exceed_the_rate_limit() {
    let mut world = World::new();
    let options = || Options { timeout: Some(Duration::from_secs(3600)), ..Options::default() };
    let flows = (0..1000).map(|_| world.client.start("tempnumber.get_account", "{}", options())).collect();
    let results = world.run_all(flows);
    assert!(results.iter().all(Result::is_ok));
    assert!(world.responses.iter().all(|response| response.status == 200));
    // 60 at once, then 60 a minute.
    assert_eq!(world.requests.last().expect("sent").0.since(world.requests[0].0).as_secs(), 16 * 60);
}

#[test]
fn one_access_token_serves_all_flows_and_is_replaced_before_it_expires() {
    let mut world = World::new();
    let tokens =
        |world: &World| world.requests.iter().filter(|(_, request)| request.url.ends_with("/oauth2/token")).count();
    let regions =
        |world: &World| (0..50).map(|_| world.client.start("sinch.list_regions", "{}", Options::default())).collect();
    let flows = regions(&world);
    assert!(world.run_all(flows).iter().all(Result::is_ok));
    assert_eq!(tokens(&world), 1);
    world.pass(Duration::from_secs(3600 - 30));
    let flows = regions(&world);
    assert!(world.run_all(flows).iter().all(Result::is_ok));
    assert_eq!(tokens(&world), 2);
    assert!(world.responses.iter().all(|response| response.status == 200));
}

#[test]
fn an_access_token_that_the_provider_forgot_is_replaced_once() {
    let mut world =
        World::with(serde_json::from_value(json!({ "sinch": { "token_seconds": 60 } })).expect("settings"), |_| {});
    world.call("sinch.list_regions", &json!({})).expect("listed");
    // The provider's clock runs ahead: its token has expired before the client thinks so.
    world.pass(Duration::from_secs(53));
    world.call("sinch.list_regions", &json!({})).expect("listed");
    world.sandbox.advance(trunkline_sandbox::Time(world.time().0 + 100_000));
    world.call("sinch.list_regions", &json!({})).expect("listed, with a new token");
}

#[test]
fn a_purchase_that_is_given_up_says_that_it_may_have_been_sent() {
    let mut world = World::new();
    let mut flow = world.client.call(rent(), Options::default());
    loop {
        match flow.step(world.now) {
            Step::Perform(_, Action::Send { request, .. }) if request.url.ends_with("/rent") => break,
            Step::Perform(id, action) => {
                let (at, outcome) = world.perform(action);
                world.now = world.now.max(at);
                flow.resolve(world.now, id, outcome);
            }
            other => panic!("{other:?}"),
        }
    }
    flow.cancel();
    assert!(matches!(flow.step(world.now), Step::Abort(_)));
    let Step::Done(Err(error)) = flow.step(world.now) else { panic!("an error was expected") };
    assert_eq!((error.kind, error.delivery), (ErrorKind::Cancelled, Delivery::Unknown));
    // The account can buy again: what the flow held was given back.
    let flow = world.client.call(rent(), Options::default());
    assert!(world.run(flow).is_ok());
}

#[test]
fn what_a_provider_cannot_do_is_refused_before_anything_is_sent() {
    let mut world = World::with(Settings::default(), |config| config.set("sinch", "version", "v1alpha1"));
    let error = world
        .call("sinch.get_number", &json!({ "phone_number": "+12089087284" }))
        .expect_err("v1alpha1 has no such call");
    assert_eq!((error.kind, error.delivery, world.requests.len()), (ErrorKind::Unsupported, Delivery::NotSent, 0));
}

#[test]
fn a_new_secret_signs_from_then_on() {
    let mut world = World::new();
    world.call("vonage.update_settings", &json!({ "new_secret": "NewSecret123" })).expect("changed");
    world.call("vonage.get_balance", &json!({})).expect("signed with the new secret");
    assert!(world.responses.iter().all(|response| response.status == 200));
}

#[test]
fn every_post_that_takes_a_key_carries_one_of_its_own() {
    let mut keys = BTreeSet::new();
    for job in JOBS.iter().filter(|job| job.operation.starts_with("tempnumber.") || job.operation.starts_with("voepy."))
    {
        let mut world = World::new();
        let params = (job.prepare)(&mut world);
        let sent_before = world.requests.len();
        world.call(job.operation, &params).unwrap_or_else(|error| panic!("{error}"));
        let (_, request) = &world.requests[sent_before];
        let key = request.header("idempotency-key");
        assert_eq!(key.is_some(), request.method != trunkline_core::Method::Get, "{}", job.operation);
        if let Some(key) = key {
            let bytes = key.as_bytes();
            assert!(
                key.len() == 36 && bytes[14] == b'4' && matches!(bytes[19], b'8' | b'9' | b'a' | b'b'),
                "{key} is no UUID of version 4"
            );
            keys.insert(key.to_owned());
        }
    }
    assert!(!keys.is_empty());
}

#[test]
fn a_request_of_the_callers_own_is_signed_and_never_sent_twice() {
    let order = || RawRequest {
        method: Method::Post,
        path: "/v1/numbers/order".to_owned(),
        query: Vec::new(),
        body: Some((
            "application/json".to_owned(),
            br#"{"phone_numbers":["+15125550100"],"country_code":"US","number_type":"local"}"#.to_vec(),
        )),
    };
    let mut world = World::new();
    let flow = world.client.request("voepy", order(), Options::default());
    assert_eq!(world.run(flow).expect("ordered").status, 201);

    let mut world = World::new();
    world.add_fault(Fault { times: Some(1), ..fault_on("voepy.order_numbers", FaultKind::LostAfterActing) });
    let flow = world.client.request("voepy", order(), Options::default());
    let error = world.run(flow).expect_err("lost");
    assert_eq!((error.delivery, world.requests.len(), world.purchases("voepy")), (Delivery::Unknown, 1, 1));

    let mut climbing = order();
    climbing.path = "/v1/../admin".to_owned();
    let flow = world.client.request("voepy", climbing, Options::default());
    assert_eq!(world.run(flow).expect_err("it climbs").kind, ErrorKind::InvalidInput);
}

#[test]
fn a_keyed_purchase_that_stays_unknown_names_its_key() {
    let mut world = World::new();
    world.add_fault(fault_on("tempnumber.buy_number", FaultKind::LostBeforeActing));
    let error = world
        .call("tempnumber.buy_number", &json!({ "country_code": "US", "duration": "oneMonth" }))
        .expect_err("lost");
    assert_eq!(error.kind, ErrorKind::PurchaseUnknown);
    let key = error.idempotency_key.clone().expect("the key");
    assert!(world.requests.iter().all(|(_, request)| request.header("idempotency-key") == Some(key.as_str())));
    world.sandbox.clear_faults();
    let options = Options { idempotency_key: Some(key), ..Options::default() };
    let flow = world.client.start("tempnumber.buy_number", r#"{"country_code":"US","duration":"oneMonth"}"#, options);
    assert!(world.run(flow).is_ok());
    assert_eq!(world.purchases("tempnumber"), 1);
}

#[test]
fn a_pause_that_is_asked_for_by_mistake_does_not_stop_the_account_for_ever() {
    let mut world = World::new();
    world.add_fault(Fault {
        times: Some(1),
        retry_after: 4_000_000_000,
        ..fault_on("tempnumber.get_account", FaultKind::RateLimitedWithRetryAfter)
    });
    let error = world.call("tempnumber.get_account", &json!({})).expect_err("told to wait for ever");
    assert_eq!((error.kind, error.retry_after), (ErrorKind::RateLimited, Some(Duration::from_secs(4_000_000_000))));
    world.pass(Duration::from_secs(601));
    world.call("tempnumber.get_account", &json!({})).expect("asked again");
}

#[test]
fn a_pause_that_is_given_as_a_date_is_kept() {
    let mut world = World::new();
    world.add_fault(Fault {
        times: Some(1),
        retry_after: 7,
        http_date: true,
        ..fault_on("voepy.get_account", FaultKind::RateLimitedWithRetryAfter)
    });
    let started = world.now;
    world.call("voepy.get_account", &json!({})).expect("after the pause");
    let took = world.now.since(started);
    assert!((6..=9).contains(&took.as_secs()), "{took:?}");
}

#[test]
fn vonage_gives_the_same_results_in_both_formats_and_under_both_ways_of_signing() {
    for job in JOBS.iter().filter(|job| job.operation.starts_with("vonage.")) {
        let results: Vec<serde_json::Value> =
            [("basic", "json"), ("basic", "xml"), ("query", "json"), ("query", "xml")]
                .into_iter()
                .map(|(auth, format)| {
                    let settings =
                        serde_json::from_value(json!({ "vonage": { "auto_reload": true } })).expect("settings");
                    let mut world = World::with(settings, |config| {
                        config.set("vonage", "auth", auth);
                        config.set("vonage", "format", format);
                    });
                    let params = (job.prepare)(&mut world);
                    let result = world.call(job.operation, &params).unwrap_or_else(|error| panic!("{error}"));
                    let body = &world.responses.last().expect("a reply").body;
                    assert_eq!(
                        body.starts_with(b"<"),
                        format == "xml",
                        "{}: {}",
                        job.operation,
                        String::from_utf8_lossy(body)
                    );
                    result
                })
                .collect();
        assert!(results.iter().all(|result| *result == results[0]), "{}: {results:#?}", job.operation);
    }
}

#[test]
fn sinchs_first_version_does_what_its_guide_shows() {
    let mut world = World::with(Settings::default(), |config| config.set("sinch", "version", "v1alpha1"));
    let guide = ["search_available", "rent_number", "list_numbers", "update_number", "release_number"];
    for job in JOBS.iter().filter(|job| guide.iter().any(|name| job.operation == format!("sinch.{name}"))) {
        let mut fresh = World::with(Settings::default(), |config| config.set("sinch", "version", "v1alpha1"));
        let params = (job.prepare)(&mut fresh);
        fresh.call(job.operation, &params).unwrap_or_else(|error| panic!("{error}"));
        assert!(fresh.requests.iter().all(|(_, request)| request.url.contains("/v1alpha1/")));
    }
    // No access token: v1alpha1 signs with HTTP Basic, as its page shows.
    world.call("sinch.search_available", &json!({ "region_code": "US" })).expect("found");
    assert_eq!(world.requests.len(), 1);
}

#[test]
fn a_refusal_after_a_lost_purchase_does_not_mean_that_it_was_not_bought() {
    for (job, recovery) in purchases() {
        let mut world = World::new();
        let params = (job.prepare)(&mut world);
        let provider = job.operation.split('.').next().expect("a provider");
        let before = world.purchases(provider);
        world.add_fault(Fault { times: Some(1), delay_ms: 12_000, ..fault_on(job.operation, FaultKind::ActsLate) });
        world.add_fault(fault_on(job.operation, FaultKind::RateLimited));
        let result = world.call(job.operation, &params);
        world.pass(Duration::from_secs(60));
        let bought = world.purchases(provider) - before;
        assert!(bought <= 1, "{}: bought {bought} times", job.operation);
        match (recovery, result) {
            (Recovery::LookThenResend | Recovery::LookAndSettle, result) => {
                assert!(result.is_ok(), "{}: {result:?}", job.operation)
            }
            (_, Ok(_)) => {}
            (_, Err(error)) => {
                assert_eq!((error.kind, error.delivery), (ErrorKind::PurchaseUnknown, Delivery::Unknown), "{error}")
            }
        }
    }
}

#[test]
fn every_request_is_whole() {
    for job in JOBS {
        let mut world = World::new();
        let params = (job.prepare)(&mut world);
        world.call(job.operation, &params).unwrap_or_else(|error| panic!("{error}"));
        for (_, request) in &world.requests {
            assert!(!request.url.contains(['{', '}', ' ', '+']), "{}: {}", job.operation, request.url);
            assert!(request.method != Method::Get || request.body.is_empty(), "{}: a body on a GET", job.operation);
            assert_eq!(request.header("content-type").is_some(), !request.body.is_empty(), "{}", job.operation);
            assert!(request.header("accept").is_some(), "{}: no accept", job.operation);
            let names: BTreeSet<&str> = request.headers.iter().map(|(name, _)| name.as_str()).collect();
            assert_eq!(names.len(), request.headers.len(), "{}: a header twice", job.operation);
            assert!(names.iter().all(|name| *name == name.to_lowercase()), "{}: {names:?}", job.operation);
        }
    }
}

#[test]
fn an_access_token_that_nobody_steps_for_is_fetched_by_another_flow() {
    let mut world = World::new();
    let mut forgotten = world.client.start("sinch.list_regions", "{}", Options::default());
    assert!(matches!(forgotten.step(world.now), Step::Perform(_, Action::Send { .. })));
    let error = world.call("sinch.list_regions", &json!({})).expect_err("the other flow has the lease");
    assert_eq!((error.kind, error.delivery), (ErrorKind::TimedOut, Delivery::NotSent));
    world.pass(Duration::from_secs(61));
    world.call("sinch.list_regions", &json!({})).expect("listed, with a token of its own");
    drop(forgotten);
}
