use super::*;

fn at(millis: i64) -> Timestamp {
    Timestamp::from_millis(1_000_000 + millis)
}

/// One whose last look was then, and whose time ends then.
fn poll(last: i64, ends: i64) -> Priority {
    Priority::Poll(Turn { last: at(last), ends: at(ends) })
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
    let mut poll = limiter.queue(at(1), poll(1, 100_000));
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
    assert_eq!(go(&limiter, at(500), poll(500, 100_000)), Ok(()));
}

/// A poll a second, and what else there is room for.
const ONE_A_SECOND: RateLimit = RateLimit { requests: 26, window: Duration::from_secs(25) };

/// Lets polls go as they can, and says which went in which second. Each comes with its name, its last look and its end.
fn run_polls(limiter: &Arc<Limiter>, arrivals: impl Fn(i64) -> Vec<(i64, i64, i64)>) -> Vec<(i64, i64)> {
    let (mut places, mut went) = (Vec::new(), Vec::new());
    for second in 0..200 {
        let now = at(second * 1000);
        for (name, last, ends) in arrivals(second) {
            places.push((name, limiter.queue(now, poll(last * 1000, ends * 1000))));
        }
        while let Some(position) = places.iter_mut().position(|(_, place)| place.ask(now).is_ok()) {
            let (name, place) = places.remove(position);
            place.used();
            went.push((name, second));
        }
    }
    went
}

#[test]
fn polls_go_in_turn() {
    let limiter = Limiter::new(Some(ONE_A_SECOND));
    let went = run_polls(&limiter, |second| match second {
        0 => vec![(0, -90, 600), (1, -10, 600), (2, -80, 600), (3, -70, 600)],
        1 => vec![(4, -75, 600)],
        _ => vec![],
    });
    // After a rest two may go at once.
    assert_eq!(went, [(0, 0), (2, 0), (4, 1), (3, 2), (1, 3)]);
}

#[test]
fn polls_go_by_the_nearest_deadline() {
    let limiter = Limiter::new(Some(ONE_A_SECOND));
    // A hundred wait their turn; two of those who were looked at last have less time than that.
    let ends = |name| match name {
        95 => 60,
        99 => 40,
        _ => 500,
    };
    let went = run_polls(&limiter, |second| match second {
        0 => (0..100).map(|name| (name, name - 100, ends(name))).collect(),
        _ => vec![],
    });
    let when = |name| went.iter().find(|(other, _)| *other == name).map(|(_, second)| *second);
    assert_eq!((when(99), when(95), when(98)), (Some(1), Some(26), Some(98)));
}

#[test]
fn a_poll_has_its_turn_though_more_urgent_ones_keep_coming() {
    let limiter = Limiter::new(Some(ONE_A_SECOND));
    // A hundred wait their turn. Every second three more come, whose time ends sooner.
    let went = run_polls(&limiter, |second| match second {
        0 => (1..=100).map(|name| (name, name - 101, 10_000)).collect(),
        _ => (1..=3).map(|name| second * 3 + name + 100).map(|name| (name, second, name)).collect(),
    });
    let last = went.iter().filter(|(name, _)| *name <= 100).map(|(_, second)| *second).max();
    // Two went at once at first, and five of the others out of turn.
    assert_eq!(last, Some(100 + 5 - 2));
}

#[test]
fn polls_are_spread_and_leave_room_for_others() {
    let limiter = Limiter::new(Some(RateLimit::per_minute(60)));
    let mut polls: VecDeque<Place> = (0..200).map(|_| limiter.queue(at(0), poll(0, 100_000))).collect();
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
    assert!(sent[1..].windows(2).all(|pair| pair[1].since(pair[0]) == Duration::from_millis(1040)));
    assert_eq!((sent.len(), calls), (200, 5));
}

#[test]
fn who_looks_no_more_leaves_the_count() {
    let limiter = Limiter::new(Some(RateLimit::per_minute(60)));
    let every = Duration::from_secs(5);
    let mut watches: Vec<Watch> = (0..1000).map(|_| limiter.watch()).collect();
    assert_eq!(watches[0].period(every), Duration::from_secs(1100));
    watches.truncate(100);
    assert_eq!(watches[0].period(every), Duration::from_secs(110));
    watches.truncate(1);
    assert_eq!((watches[0].period(every), watches[0].others()), (every, None));
}
