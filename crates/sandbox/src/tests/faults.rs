use super::{World, request};
use crate::faults::{Fault, FaultKind};
use crate::http::{Request, Response};
use crate::misbehave;
use crate::provider::ProviderName::{self, RentNumber};
use crate::reply::Outcome;
use serde_json::json;
use std::time::Duration;

fn balance() -> Request {
    request("GET", "/api/v1/balance").with("X-API-KEY", "rn_sandbox_key")
}

fn rent() -> Request {
    request("POST", "/api/v1/rent").with("X-API-KEY", "rn_sandbox_key").form("pricing_id=42")
}

fn cancel(id: &str) -> Request {
    request("POST", &format!("/api/v1/rental/{id}/cancel")).with("X-API-KEY", "rn_sandbox_key")
}

fn world_with(fault: Fault) -> World {
    let mut world = World::new(json!({}));
    world.sandbox.add_fault(fault);
    world
}

/// What a rent comes to under that fault, and how often money was taken for it.
fn rented(fault: Fault) -> (Outcome, i64) {
    let mut world = world_with(fault);
    let outcome = world.outcome(RentNumber, rent());
    (outcome, world.provider_state(RentNumber)["purchases"].as_i64().unwrap())
}

fn responded(outcome: Outcome) -> Response {
    match outcome {
        Outcome::Respond(response) => response,
        other => panic!("no answer but {other:?}"),
    }
}

mod kinds {
    use super::*;

    #[test]
    fn rate_limits_say_how_long_or_do_not() {
        let (outcome, purchases) =
            rented(Fault { retry_after: 17, ..Fault::new(FaultKind::RateLimitedWithRetryAfter) });
        let response = responded(outcome);
        assert_eq!((response.status, purchases), (429, 0));
        assert_eq!(response.headers[1], ("retry-after".to_owned(), "17".to_owned()));
        let dated = Fault { retry_after: 17, http_date: true, ..Fault::new(FaultKind::RateLimitedWithRetryAfter) };
        let response = responded(rented(dated).0);
        assert_eq!(response.headers[1].1, "Tue, 12 May 2026 14:30:17 GMT");
        let response = responded(rented(Fault::new(FaultKind::RateLimited)).0);
        assert_eq!((response.status, response.headers.len()), (429, 1));
    }

    #[test]
    fn server_errors_have_the_provider_s_own_shape() {
        let bodies = [
            r#"{"message":"Internal server error.","success":false}"#,
            r#"{"error":"Internal server error.","success":false}"#,
            r#"{"error":{"code":500,"details":[],"message":"Internal server error.","status":"INTERNAL"}}"#,
            r#"{"error":{"code":"internal_error","message":"Internal server error."}}"#,
            r#"{"error-code":"500","error-code-label":"Internal server error."}"#,
        ];
        for (name, body) in ProviderName::ALL.into_iter().zip(bodies) {
            let mut world = world_with(Fault::new(FaultKind::ServerError));
            assert_eq!(world.answer(name, request("GET", "/")), (500, body.to_owned()));
        }
    }

    #[test]
    fn a_bad_gateway_is_html_and_not_executed() {
        let (outcome, purchases) = rented(Fault::new(FaultKind::BadGatewayHtml));
        let response = responded(outcome);
        assert_eq!((response.status, purchases), (502, 0));
        assert_eq!(response.headers[0].1, "text/html");
        assert!(response.body.starts_with(b"<html>"));
    }

    #[test]
    fn a_lost_call_is_executed_or_not() {
        assert_eq!(rented(Fault::new(FaultKind::LostBeforeActing)), (Outcome::Drop, 0));
        assert_eq!(rented(Fault::new(FaultKind::LostAfterActing)), (Outcome::Drop, 1));
        assert_eq!(rented(Fault::new(FaultKind::Hang)), (Outcome::Hang, 0));
    }

    #[test]
    fn a_call_that_acts_late_is_lost_or_hangs() {
        assert_eq!(rented(Fault::new(FaultKind::ActsLate)), (Outcome::Drop, 0));
        assert_eq!(rented(Fault { hang: true, ..Fault::new(FaultKind::ActsLate) }), (Outcome::Hang, 0));
    }

    #[test]
    fn a_cut_answer_was_executed_and_misses_at_least_a_byte() {
        let (outcome, purchases) = rented(Fault::new(FaultKind::CutMidBody));
        let Outcome::Cut(response, kept) = outcome else { panic!("not cut: {outcome:?}") };
        assert_eq!((purchases, kept), (1, response.body.len() / 2));
        let (outcome, _) = rented(Fault { keep_bytes: Some(100_000), ..Fault::new(FaultKind::CutMidBody) });
        assert!(matches!(outcome, Outcome::Cut(response, kept) if kept == response.body.len() - 1));
    }

    #[test]
    fn a_slow_call_is_executed_and_answered_later() {
        let mut world = world_with(Fault { delay_ms: 250, ..Fault::new(FaultKind::Slow) });
        let reply = world.sandbox.handle(world.now, RentNumber, rent());
        assert_eq!(reply.after, Duration::from_millis(250));
        assert_eq!(responded(reply.outcome).status, 200);
        assert_eq!(world.provider_state(RentNumber)["purchases"], 1);
    }

    #[test]
    fn spoilt_answers_were_executed() {
        let spoilt = [
            (FaultKind::GarbageJson, r#"{"success":tru"#),
            (
                FaultKind::WrongTypes,
                r#"{"cost":{"value":450.0},"expires_at":["2026-05-12T14:45:00Z"],"phone":["+2348012345678"],"rental_id":{"value":101},"status":["waiting"],"success":"true"}"#,
            ),
            (FaultKind::EmptyObject, "{}"),
        ];
        for (kind, body) in spoilt {
            let (outcome, purchases) = rented(Fault::new(kind));
            let response = responded(outcome);
            assert_eq!((response.status, purchases), (200, 1), "{kind:?}");
            assert_eq!(String::from_utf8(response.body).unwrap(), body, "{kind:?}");
        }
    }

    #[test]
    fn xml_is_spoilt_as_xml() {
        let xml = || Response::text(200, "text/xml", "<a>\n <b>12</b><c/></a>");
        let spoilt = |kind| responded(misbehave::spoil(&Fault::new(kind), xml()).outcome);
        assert_eq!(spoilt(FaultKind::WrongTypes).body, b"<a>\n <b>unexpected</b><c/></a>");
        let garbage = spoilt(FaultKind::GarbageJson);
        assert_eq!((garbage.headers[0].1.as_str(), garbage.body.as_slice()), ("text/xml", b"<response><".as_slice()));
    }
}

mod matching {
    use super::*;

    fn on(operation: &str) -> Fault {
        Fault { operation: Some(operation.to_owned()), ..Fault::new(FaultKind::Hang) }
    }

    #[test]
    fn an_operation_is_matched_by_method_and_segments() {
        let mut world = world_with(on("POST /rental/{id}/cancel"));
        assert_eq!(world.outcome(RentNumber, cancel("7")), Outcome::Hang);
        assert!(matches!(world.outcome(RentNumber, rent()), Outcome::Respond(_)));
        let get = request("GET", "/api/v1/rental/7/cancel");
        assert!(matches!(world.outcome(RentNumber, get), Outcome::Respond(_)));
    }

    #[test]
    fn a_path_prefix_matches_every_method() {
        let mut world = world_with(on("/rental"));
        assert_eq!(world.outcome(RentNumber, cancel("7")), Outcome::Hang);
        assert_eq!(world.outcome(RentNumber, request("GET", "/api/v1/rentals")), Outcome::Hang);
        assert!(matches!(world.outcome(RentNumber, balance()), Outcome::Respond(_)));
    }

    #[test]
    fn a_hole_ends_where_the_verb_begins() {
        let mut world = world_with(on("POST /v1/projects/{project}/availableNumbers/{number}:rent"));
        let target = "/v1/projects/p/availableNumbers/%2B12015550123";
        assert_eq!(world.outcome(ProviderName::Sinch, request("POST", &format!("{target}:rent"))), Outcome::Hang);
        let mut world = world_with(on("POST /v1/projects/{project}/availableNumbers/{number}"));
        let outcome = world.outcome(ProviderName::Sinch, request("POST", &format!("{target}:rent")));
        assert!(matches!(outcome, Outcome::Respond(_)));
    }

    #[test]
    fn only_the_named_provider_is_harmed() {
        let mut world = world_with(Fault { provider: Some(ProviderName::Voepy), ..Fault::new(FaultKind::Hang) });
        assert!(matches!(world.outcome(RentNumber, balance()), Outcome::Respond(_)));
        assert_eq!(world.outcome(ProviderName::Voepy, balance()), Outcome::Hang);
    }

    #[test]
    fn the_first_calls_can_be_skipped_and_the_rest_counted() {
        let mut world = world_with(Fault { skip: Some(1), times: Some(2), ..Fault::new(FaultKind::Hang) });
        let hung: Vec<bool> = (0..5).map(|_| world.outcome(RentNumber, balance()) == Outcome::Hang).collect();
        assert_eq!(hung, [false, true, true, false, false]);
    }

    #[test]
    fn probability_comes_from_the_seed() {
        let hung = |seed: u64, probability: f64| -> Vec<bool> {
            let mut world = World::new(json!({ "seed": seed }));
            world.sandbox.add_fault(Fault { probability: Some(probability), ..Fault::new(FaultKind::Hang) });
            (0..400).map(|_| world.outcome(RentNumber, balance()) == Outcome::Hang).collect()
        };
        assert_eq!(hung(1, 0.5), hung(1, 0.5));
        assert_ne!(hung(1, 0.5), hung(2, 0.5));
        let share = hung(1, 0.25).into_iter().filter(|hung| *hung).count();
        assert!((60..140).contains(&share), "{share} of 400");
        assert!(!hung(1, 0.0).contains(&true));
        assert!(!hung(1, 1.0).contains(&false));
    }

    #[test]
    fn the_fault_added_first_applies_first() {
        let mut world = world_with(Fault { times: Some(1), ..Fault::new(FaultKind::LostBeforeActing) });
        world.sandbox.add_fault(Fault::new(FaultKind::Hang));
        assert_eq!(world.outcome(RentNumber, balance()), Outcome::Drop);
        assert_eq!(world.outcome(RentNumber, balance()), Outcome::Hang);
    }

    #[test]
    fn cleared_faults_are_gone() {
        let mut world = world_with(Fault::new(FaultKind::Hang));
        world.sandbox.clear_faults();
        assert!(matches!(world.outcome(RentNumber, balance()), Outcome::Respond(_)));
    }
}
