//! What is spent.

use super::*;
use crate::error::{Delivery, Error};
use std::time::Duration;

fn rent(spent: &mut Spent, at: u64) -> Result<Ticket, Refusal> {
    let (headers, now) = (headers(), Timestamp::EPOCH + Duration::from_secs(at));
    let head = Head { method: "POST", target: "/", headers: &headers };
    match admit(&policy(), spent, now, &head, br#"{"operation":"rentnumber.rent","params":{"pricing_id":42}}"#)? {
        Admission::Run(admitted) => Ok(admitted.ticket.expect("it spends")),
        other => panic!("{other:?}"),
    }
}

#[test]
fn no_more_is_bought_in_a_period_than_is_allowed() {
    let mut spent = Spent::default();
    let first = [0, 10, 20].map(|at| rent(&mut spent, at).expect("allowed"));
    let refusal = rent(&mut spent, 30).expect_err("the fourth");
    assert!(refusal.headers.contains(&("retry-after", (24 * 3600 - 29).to_string())), "{refusal:?}");
    assert_eq!(refusal.error.retry_after, Some(Duration::from_secs(24 * 3600 - 29)));
    assert_eq!(refused(Err(refusal)).0, 429);

    // What may have been bought counts; what was not does not.
    let ended = |kind, delivery| Err::<(), _>(Error::new(kind, delivery, ""));
    let [a, b, c] = first;
    spent.settle(a, &Ok(()));
    spent.settle(b, &ended(ErrorKind::PurchaseUnknown, Delivery::Unknown));
    assert!(rent(&mut spent, 31).is_err());
    spent.settle(c, &ended(ErrorKind::OutOfStock, Delivery::Refused));
    let again = rent(&mut spent, 32).expect("one was not bought");
    assert!(rent(&mut spent, 33).is_err());
    spent.settle(again, &ended(ErrorKind::Unreachable, Delivery::NotSent));
    assert_eq!(spent.count(), 2);
    // The window slides.
    let _ = rent(&mut spent, 34).expect("the third");
    assert!(rent(&mut spent, 24 * 3600 - 1).is_err());
    let _ = rent(&mut spent, 24 * 3600).expect("the first has left");
    assert!(rent(&mut spent, 24 * 3600 + 1).is_err());
}

#[test]
fn a_purchase_that_comes_a_second_time_is_not_made_again() {
    let ask = |spent: &mut Spent, operation: &str, id: &str| {
        let headers = headers();
        let body = json!({ "operation": operation, "params": { "pricing_id": 42, "slug": "x" }, "id": id }).to_string();
        let head = Head { method: "POST", target: "/", headers: &headers };
        admit(&policy(), spent, Timestamp::EPOCH, &head, body.as_bytes())
    };
    let mut spent = Spent::default();
    assert!(ask(&mut spent, "rentnumber.rent", "a").is_ok());
    let again = ask(&mut spent, "rentnumber.rent", "a").expect_err("it was here");
    assert_eq!((again.error.kind, again.error.delivery), (ErrorKind::PurchaseUnknown, Delivery::Unknown));
    assert_eq!((again.status, spent.count()), (409, 1));
    assert!(ask(&mut spent, "rentnumber.rent", "b").is_ok());
    // What is not bought may come as often as it likes.
    for _ in 0..2 {
        assert!(ask(&mut spent, "rentnumber.list_prices", "c").is_ok());
    }
    for id in ["", &"x".repeat(65)] {
        assert_eq!(refused(ask(&mut spent, "rentnumber.rent", id)), (400, ErrorKind::InvalidInput, "id".to_owned()));
    }
    assert_eq!(spent.count(), 2);
}

#[test]
fn an_order_of_several_numbers_is_as_many_purchases() {
    let order = |spent: &mut Spent, many: usize| {
        let headers = headers();
        let body =
            json!({ "operation": "voepy.order_numbers", "params": { "phone_numbers": vec!["+15125550100"; many] } });
        let head = Head { method: "POST", target: "/", headers: &headers };
        admit(&policy(), spent, Timestamp::EPOCH, &head, body.to_string().as_bytes())
    };
    let mut spent = Spent::default();
    assert_eq!(refused(order(&mut spent, 4)), (403, ErrorKind::Forbidden, "params".to_owned()));
    assert!(order(&mut spent, 2).is_ok());
    assert_eq!(refused(order(&mut spent, 2)).0, 429);
    assert!(order(&mut spent, 1).is_ok());
    assert_eq!(spent.count(), 3);
}

#[test]
fn what_reads_is_not_counted_and_a_refusal_neither() {
    let (mut spent, headers) = (Spent::default(), headers());
    let head = Head { method: "POST", target: "/", headers: &headers };
    for body in [READ, r#"{"operation":"rentnumber.rent","params":[]}"#, r#"{"operation":"vonage.buy_number"}"#] {
        let _ = admit(&policy(), &mut spent, Timestamp::EPOCH, &head, body.as_bytes());
    }
    assert_eq!(spent.count(), 0);
}
