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

/// Lets polls go as they can, second by second, and says when each went.
fn run_polls(limiter: &Arc<Limiter>, mut arrivals: impl FnMut(i64) -> Vec<(i64, i64)>) -> Vec<(i64, i64)> {
    let (mut places, mut went) = (Vec::new(), Vec::new());
    for second in 0..200 {
        let now = at(second * 1000);
        places.extend(arrivals(second).into_iter().map(|(name, due)| {
            let place = limiter.queue(now, Priority::Poll(at(due * 1000)));
            (name, place)
        }));
        while let Some(position) = places.iter_mut().position(|(_, place)| place.ask(now).is_ok()) {
            let (name, place) = places.remove(position);
            place.used();
            went.push((name, second));
        }
    }
    went
}

#[test]
fn polls_go_by_the_nearest_deadline() {
    let limiter = Limiter::new(Some(RateLimit { requests: 21, window: Duration::from_secs(20) }));
    let went = run_polls(&limiter, |second| match second {
        0 => vec![(0, 0), (1, 90), (2, 30), (3, 60)],
        1 => vec![(4, 10)],
        _ => vec![],
    });
    // After a rest two may go at once.
    assert_eq!(went, [(0, 0), (2, 0), (4, 1), (3, 2), (1, 3)]);
}

#[test]
fn a_poll_has_its_turn_by_its_deadline_though_more_urgent_ones_keep_coming() {
    let limiter = Limiter::new(Some(RateLimit { requests: 21, window: Duration::from_secs(20) }));
    // Somebody comes every second, and wants to be looked at within five.
    let went = run_polls(&limiter, |second| match second {
        0 => vec![(-1, 100), (0, 5), (0, 5)],
        _ => vec![(second, second + 5)],
    });
    assert_eq!(went.iter().find(|(name, _)| *name == -1), Some(&(-1, 95)));
}

#[test]
fn polls_are_spread_and_leave_room_for_others() {
    let limiter = Limiter::new(Some(RateLimit::per_minute(60)));
    let mut polls: VecDeque<Place> = (0..200).map(|_| limiter.queue(at(0), Priority::Poll(at(0)))).collect();
    let (mut now, mut sent, mut calls) = (at(0), Vec::new(), 0);
    while let Some(poll) = polls.front_mut() {
        if let Err(wait) = poll.ask(now) {
            now = now + wait;
            continue;
        }
        polls.pop_front().expect("the first").used();
        sent.push(now);
        // One call in forty seconds finds room at once.
        if sent.len() % 40 == 0 {
            assert_eq!(go(&limiter, now, Priority::Call), Ok(()));
            calls += 1;
        }
    }
    assert!(sent[1..].windows(2).all(|pair| pair[1].since(pair[0]) == Duration::from_millis(1050)));
    assert_eq!((sent.len(), calls), (200, 5));
}

#[test]
fn who_looks_no_more_leaves_the_count() {
    let limiter = Limiter::new(Some(RateLimit::per_minute(60)));
    let every = Duration::from_secs(5);
    let mut watches: Vec<Watch> = (0..1000).map(|_| limiter.watch()).collect();
    assert_eq!(watches[0].period(every), Duration::from_secs(1050));
    watches.truncate(100);
    assert_eq!(watches[0].period(every), Duration::from_secs(105));
    watches.truncate(1);
    assert_eq!((watches[0].period(every), watches[0].others()), (every, None));
}
