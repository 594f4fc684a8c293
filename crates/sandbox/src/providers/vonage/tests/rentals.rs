use super::*;
use crate::providers::vonage::Euros;

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

#[test]
fn a_rental_renews_on_the_same_day_of_the_next_month() {
    let mut bench = Bench::new();
    bench.post("/number/buy", SAMPLE);
    assert_eq!(bench.state()["numbers"][0]["bought"], "2026-05-12 14:30:00");
    assert_eq!(bench.state()["numbers"][0]["renews"], "2026-06-12 14:30:00");
    bench.pass(31 * DAY - Duration::from_millis(1));
    assert_eq!(bench.state()["purchases"], 1);
    bench.pass(Duration::from_millis(1));
    assert_eq!(bench.state()["purchases"], 2);
    assert_eq!(bench.state()["renewals"], 1);
    assert_eq!(bench.state()["wallet"]["balance"], "28.18202293");
    assert_eq!(bench.state()["numbers"][0]["renews"], "2026-07-12 14:30:00");
}

#[test]
fn a_month_too_short_renews_on_its_last_day() {
    let mut bench = Bench::new();
    bench.pass(19 * DAY);
    bench.post("/number/buy", SAMPLE);
    assert_eq!(bench.state()["numbers"][0]["bought"], "2026-05-31 14:30:00");
    assert_eq!(bench.state()["numbers"][0]["renews"], "2026-06-30 14:30:00");
    bench.pass(30 * DAY);
    assert_eq!(bench.state()["numbers"][0]["renews"], "2026-07-31 14:30:00");
}

#[test]
fn months_that_passed_at_once_are_all_charged() {
    let mut bench = Bench::new();
    bench.post("/number/buy", SAMPLE);
    bench.pass(365 * DAY);
    assert_eq!(bench.state()["renewals"], 12);
    assert_eq!(bench.state()["wallet"]["balance"], "22.68202293");
}

#[test]
fn an_unpaid_number_lapses_and_is_kept_for_ninety_days() {
    let mut bench = Bench::with(|settings| settings.vonage.balance = Euros::from_cents(50));
    bench.post("/number/buy", SAMPLE);
    bench.pass(31 * DAY);
    assert_eq!(bench.state()["numbers"], serde_json::json!([]));
    bench.pass(90 * DAY - Duration::from_millis(1));
    assert_eq!(bench.state()["stock"]["GB"], 1233);
    bench.pass(Duration::from_millis(1));
    assert_eq!(bench.state()["stock"]["GB"], 1234);
    assert_eq!(bench.state()["purchases"], 1);
}

#[test]
fn what_is_due_first_is_paid_first() {
    let mut bench = Bench::with(|settings| settings.vonage.balance = Euros::from_cents(150));
    bench.buy("GB", "447700900004");
    bench.pass(5 * DAY);
    bench.buy("GB", "447700900000");
    bench.pass(40 * DAY);
    assert_eq!(listed(&bench.get("/account/numbers")).1, ["447700900004"]);
}

#[test]
fn a_lapsed_number_is_bought_back_at_its_price() {
    let mut bench = Bench::with(|settings| {
        settings.vonage.balance = Euros::from_cents(50);
        settings.vonage.auto_reload = true;
        settings.vonage.auto_reload_below = Euros::from_cents(0);
    });
    bench.post("/number/buy", SAMPLE);
    bench.pass(31 * DAY);
    assert_eq!(bench.post("/number/buy", SAMPLE), answer(420, METHOD_FAILED));
    bench.post("/account/top-up", "trx=8ef2447e69604f642ae59363aa5f781b");
    assert_eq!(bench.post("/number/buy", SAMPLE), answer(200, SUCCESS));
    assert_eq!(bench.state()["wallet"]["balance"], "9.5");
    assert_eq!(bench.state()["numbers"][0]["bought"], "2026-06-12 14:30:00");
}

#[test]
fn without_renewals_a_rental_lasts() {
    let mut bench = Bench::with(|settings| settings.vonage.renewals = false);
    bench.post("/number/buy", SAMPLE);
    bench.pass(400 * DAY);
    assert_eq!(bench.state()["purchases"], 1);
    assert_eq!(listed(&bench.get("/account/numbers")).0, 1);
}

#[test]
fn a_cancelled_number_can_be_kept_until_its_month_ends() {
    let mut bench = Bench::with(|settings| settings.vonage.cancel_at_period_end = true);
    bench.post("/number/buy", SAMPLE);
    assert_eq!(bench.post("/number/cancel", SAMPLE), answer(200, SUCCESS));
    assert_eq!(bench.post("/number/cancel", SAMPLE), answer(420, METHOD_FAILED));
    bench.pass(30 * DAY);
    assert_eq!(bench.state()["numbers"][0]["cancelled"], true);
    bench.pass(DAY);
    assert_eq!(bench.state()["numbers"], serde_json::json!([]));
    assert_eq!(bench.state()["purchases"], 1);
    assert_eq!(bench.state()["stock"]["GB"], 1234);
}
