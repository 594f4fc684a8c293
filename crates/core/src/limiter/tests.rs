use super::*;

fn at(millis: i64) -> Timestamp {
    Timestamp::from_millis(1_000_000 + millis)
}

fn go(limiter: &Arc<Limiter>, now: Timestamp, priority: Priority) -> Result<(), Duration> {
    let mut place = limiter.queue(now, priority);
    place.ask(now).map(|()| place.used())
}

#[test]
fn no_window_of_any_position_holds_more_than_the_limit() {
    let limiter = Limiter::new(Some(RateLimit::per_minute(60)));
    let (mut now, mut sent) = (at(0), Vec::new());
    while sent.len() < 300 {
        match go(&limiter, now, Priority::Call) {
            Ok(()) => {
                sent.push(now);
                now = now + Duration::from_millis(137);
            }
            Err(wait) => now = now + wait,
        }
    }
    assert!(sent.windows(61).all(|window| window[60].since(window[0]) >= Duration::from_secs(60)));
    assert!(sent[299].since(sent[0]) < Duration::from_secs(300));
}

#[test]
fn purchases_go_before_reads_and_reads_before_polls() {
    let limiter = Limiter::new(Some(RateLimit::per_second(1)));
    go(&limiter, at(0), Priority::Call).unwrap();
    let mut poll = limiter.queue(at(1), Priority::Poll(at(1)));
    let mut read = limiter.queue(at(2), Priority::Call);
    assert_eq!(read.ask(at(2)), Err(Duration::from_millis(998)));
    let mut purchase = limiter.queue(at(3), Priority::Purchase);
    assert_eq!(purchase.ask(at(3)), Err(Duration::from_millis(997)));
    assert!(poll.ask(at(1000)).is_err());
    assert!(read.ask(at(1000)).is_err());
    assert_eq!(purchase.ask(at(1000)), Ok(()));
    purchase.used();
    assert_eq!(read.ask(at(2000)), Ok(()));
    read.used();
    assert_eq!(poll.ask(at(3000)), Ok(()));
}

#[test]
fn a_place_that_is_dropped_leaves_no_hole() {
    let limiter = Limiter::new(Some(RateLimit::per_second(1)));
    go(&limiter, at(0), Priority::Call).unwrap();
    let gone = limiter.queue(at(1), Priority::Call);
    let mut next = limiter.queue(at(2), Priority::Call);
    assert_eq!(next.ask(at(2)), Err(Duration::from_millis(1998)));
    drop(gone);
    assert_eq!(next.ask(at(2)), Err(Duration::from_millis(998)));
}

#[test]
fn leave_that_was_not_used_is_given_back() {
    let limiter = Limiter::new(Some(RateLimit::per_second(1)));
    let mut place = limiter.queue(at(0), Priority::Call);
    place.ask(at(0)).unwrap();
    drop(place);
    assert_eq!(go(&limiter, at(1), Priority::Call), Ok(()));
}

#[test]
fn a_waiter_whose_host_is_gone_is_passed_over() {
    let limiter = Limiter::new(Some(RateLimit::per_second(1)));
    let _never_asks = limiter.queue(at(0), Priority::Purchase);
    assert!(go(&limiter, at(10), Priority::Call).is_err());
    assert_eq!(go(&limiter, at(5001), Priority::Call), Ok(()));
}

#[test]
fn a_pause_that_the_provider_asked_for_holds_for_everyone() {
    let limiter = Limiter::new(None);
    limiter.pause_until(at(500));
    assert_eq!(go(&limiter, at(0), Priority::Purchase), Err(Duration::from_millis(500)));
    assert_eq!(go(&limiter, at(500), Priority::Poll(at(500))), Ok(()));
}
