use super::*;

fn status(world: &mut World) -> Value {
    data(world, "/numbers/1001/sms")["status"].clone()
}

#[test]
fn a_number_ages() {
    let mut world = world(json!({}));
    buy(&mut world, BUY_US);
    // 31 days, of which the last three are the warning.
    world.wait(28 * 86_400 - 1);
    assert_eq!(status(&mut world), "active");
    world.wait(1);
    assert_eq!(status(&mut world), "expiring_soon");
    assert_eq!(data(&mut world, "/numbers?status=active"), json!([]));
    world.wait(3 * 86_400 - 1);
    assert_eq!(status(&mut world), "expiring_soon");
    world.wait(1);
    assert_eq!(status(&mut world), "expired");
    assert_eq!(world.provider_state(TempNumber)["numbers"][0]["status"], "expired");
}

#[test]
fn lists_are_newest_first_and_filtered() {
    let mut world = rich();
    (0..3).for_each(|_| assert_eq!(buy(&mut world, BUY_US).0, 201));
    assert_eq!(post(&mut world, "/numbers/1002/cancel", "").0, 200);
    let ids = |world: &mut World, path: &str| -> Vec<String> {
        let numbers = data(world, path);
        numbers.as_array().unwrap().iter().map(|number| number["id"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(ids(&mut world, "/numbers"), ["1003", "1002", "1001"]);
    assert_eq!(ids(&mut world, "/numbers?status=all"), ["1003", "1002", "1001"]);
    assert_eq!(ids(&mut world, "/numbers?status=active"), ["1003", "1001"]);
    assert_eq!(ids(&mut world, "/numbers?status=cancelled"), ["1002"]);
    assert_eq!(ids(&mut world, "/numbers?status=expired"), [""; 0]);
}

#[test]
fn a_renewal_adds_to_the_end_and_costs_again() {
    let mut world = world(json!({}));
    buy(&mut world, BUY_US);
    let (status, body) = world.answer(TempNumber, call("POST", "/numbers/1001/renew"));
    let renewed = json_of(&body)["data"].clone();
    assert_eq!((status, &renewed["expires_at"]), (200, &json!("2026-07-12T14:30:00Z")));
    assert_eq!(purchases(&mut world), (2, "15.52".to_owned()));
    let (_, body) = post(&mut world, "/numbers/1001/renew", r#"{"package":"threeMonths"}"#);
    let renewed = json_of(&body)["data"].clone();
    assert_eq!((&renewed["expires_at"], &renewed["price"]), (&json!("2026-10-12T14:30:00Z"), &json!(13.49)));
    let state = world.provider_state(TempNumber);
    assert_eq!((&state["purchases"], &state["renewals"]), (&json!(3), &json!(2)));
}

#[test]
fn a_month_from_the_31st_ends_with_the_shorter_month() {
    let mut world = world(json!({}));
    world.wait(19 * 86_400);
    let bought = json_of(&buy(&mut world, BUY_US).1);
    assert_eq!(bought["data"]["expires_at"], "2026-06-30T14:30:00Z");
}

#[test]
fn a_renewal_makes_an_expiring_number_active() {
    let mut world = world(json!({}));
    buy(&mut world, BUY_US);
    world.wait(30 * 86_400);
    assert_eq!(status(&mut world), "expiring_soon");
    post(&mut world, "/numbers/1001/renew", "");
    assert_eq!(status(&mut world), "active");
}

#[test]
fn a_renewal_that_cannot_be_is_refused() {
    let mut world = world(json!({}));
    buy(&mut world, r#"{"country_code":"GB","duration":"oneWeek"}"#);
    let wrong = [
        ("oneWeek", 422, "package must be one of oneMonth, threeMonths, sixMonths, oneYear."),
        ("sixMonths", 422, "package is not sold for this number."),
    ];
    for (package, status, message) in wrong {
        let body = format!("{{\"package\":\"{package}\"}}");
        assert_eq!(post(&mut world, "/numbers/1001/renew", &body), (status, refused(message)));
    }
    world.wait(7 * 86_400);
    let answer = post(&mut world, "/numbers/1001/renew", "");
    assert_eq!(answer, (409, refused("Only an active number can be renewed.")));
    assert_eq!(purchases(&mut world), (1, "23.51".to_owned()));
}

#[test]
fn a_renewal_without_money_is_402() {
    let mut world = world(json!({ "wallet_cents": 499 }));
    buy(&mut world, BUY_US);
    let answer = post(&mut world, "/numbers/1001/renew", "");
    assert_eq!(answer, (402, refused("Insufficient wallet balance.")));
}

#[test]
fn a_cancelled_number_stays_cancelled_and_gets_no_sms() {
    let mut world = world(json!({}));
    buy(&mut world, BUY_US);
    let first = post(&mut world, "/numbers/1001/cancel", "");
    assert_eq!((first.0, &json_of(&first.1)["data"]["status"]), (200, &json!("cancelled")));
    assert_eq!(post(&mut world, "/numbers/1001/cancel", ""), first);
    assert!(world.sandbox.receive_sms(world.now, TempNumber, "+12025550134", "Acme", "hello").is_err());
    let answer = post(&mut world, "/numbers/1001/renew", "");
    assert_eq!(answer, (409, refused("Only an active number can be renewed.")));
    // Nothing on the page speaks of a refund.
    assert_eq!(purchases(&mut world), (1, "20.51".to_owned()));
}

#[test]
fn a_second_cancel_can_be_refused() {
    let mut world = world(json!({ "second_cancel": "refused" }));
    buy(&mut world, BUY_US);
    assert_eq!(post(&mut world, "/numbers/1001/cancel", "").0, 200);
    let answer = post(&mut world, "/numbers/1001/cancel", "");
    assert_eq!(answer, (409, refused("Only an active number can be cancelled.")));
}
