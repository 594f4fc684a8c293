//! Each event once, each message whole, in whatever order they come.

use super::*;
use crate::providers::vonage::{InboundSms, SmsPart};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_millis(seconds * 1000)
}

fn event(id: Option<&str>, content: EventContent) -> Event {
    let (provider, id) = ("vonage".to_owned(), id.map(Into::into));
    let raw = vec![format!("{id:?}")];
    Event { provider, id, occurred_at: None, trust: Trust::Signed, content, raw }
}

fn other(id: Option<&str>) -> Event {
    event(id, EventContent::Other { event_type: None })
}

/// A part whose text says which it is.
fn part(reference: usize, number: u64, total: u64) -> Event {
    let id = format!("{reference}/{number}");
    let sms = InboundSms {
        message_id: id.as_str().into(),
        sender: Some("447700900001".to_owned()),
        phone_number: "+447700900000".parse().expect("a number"),
        sms_type: None,
        text: Some(format!("<{number}>")),
        keyword: None,
        data: None,
        udh: Some("0003".to_owned()),
        received_at: None,
        api_key: None,
        part: Some(SmsPart { reference: reference.to_string(), number, total }),
        missing_parts: 0,
    };
    event(Some(&id), EventContent::VonageSms(sms))
}

fn with_id(event: Event, id: &str) -> Event {
    Event { id: Some(id.into()), ..event }
}

/// Text, and how many parts are missing.
fn told(events: &[Event]) -> Vec<(String, u64)> {
    let told = |event: &Event| match &event.content {
        EventContent::VonageSms(sms) => {
            assert_eq!((&sms.part, &sms.udh), (&None, &None));
            (sms.text.clone().unwrap_or_default(), sms.missing_parts)
        }
        other => panic!("{other:?}"),
    };
    events.iter().map(told).collect()
}

fn joined(text: &str, missing: u64) -> Vec<(String, u64)> {
    vec![(text.to_owned(), missing)]
}

#[test]
fn an_event_that_comes_again_is_dropped() {
    let mut inbox = Inbox::default();
    assert_eq!(inbox.accept(at(0), other(Some("a"))), [other(Some("a"))]);
    assert_eq!(inbox.accept(at(1), other(Some("b"))), [other(Some("b"))]);
    assert_eq!(inbox.accept(at(86_400), other(Some("a"))), []);
    assert_eq!(inbox.accept(at(86_401), other(Some("b"))), []);
    // Without an id nobody can tell.
    assert_eq!(inbox.accept(at(2), other(None)).len() + inbox.accept(at(2), other(None)).len(), 2);
}

#[test]
fn the_same_id_elsewhere_is_another_event() {
    let mut inbox = Inbox::default();
    let elsewhere = Event { provider: "tonage".to_owned(), ..other(Some("a")) };
    let forged = Event { trust: Trust::Unsigned, ..other(Some("a")) };
    for event in [forged, other(Some("a")), elsewhere] {
        assert_eq!(inbox.accept(at(0), event).len(), 1);
    }
}

#[test]
fn only_so_many_ids_are_remembered_the_latest() {
    let mut inbox = Inbox::new(InboxLimits { ids: 2, ..InboxLimits::default() });
    let mut came = |id: &str| !inbox.accept(at(0), other(Some(id))).is_empty();
    assert_eq!(["a", "b", "b", "c", "b", "c", "a"].map(&mut came), [true, true, false, true, false, false, true]);
    // Each id that is new makes the oldest forgotten, also one that was forgotten before.
    assert_eq!(["c", "b"].map(&mut came), [false, true]);
}

#[test]
fn parts_in_every_order_among_others_and_twice_make_each_message_once() {
    let messages = prop::collection::vec(2_u64..6, 1..5);
    let all = messages.prop_flat_map(|totals| {
        let parts = |(reference, total): (usize, &u64)| (1..=*total).map(move |number| (reference, number)).collect();
        let parts: Vec<(usize, u64)> = totals.iter().enumerate().flat_map(|it| -> Vec<_> { parts(it) }).collect();
        let again = prop::sample::subsequence(parts.clone(), 0..=parts.len());
        (Just(totals), again.prop_flat_map(move |again| Just([parts.clone(), again].concat()).prop_shuffle()))
    });
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]);
    let mut runner =
        TestRunner::new_with_rng(Config { cases: 400, failure_persistence: None, ..Config::default() }, rng);
    let outcome = runner.run(&all, |(totals, order)| {
        let mut inbox = Inbox::default();
        let mut whole: Vec<Event> = Vec::new();
        for (seconds, (reference, number)) in (0..).zip(order) {
            whole.extend(inbox.accept(at(seconds), part(reference, number, totals[reference])));
        }
        prop_assert_eq!(inbox.next_deadline(), None);
        whole.sort_by_key(|event| event.id.clone());
        let expected = |total: &u64| ((1..=*total).map(|number| format!("<{number}>")).collect::<String>(), 0);
        prop_assert_eq!(told(&whole), totals.iter().map(expected).collect::<Vec<_>>());
        for (event, total) in whole.iter().zip(totals) {
            prop_assert_eq!(event.raw.len() as u64, total);
        }
        Ok(())
    });
    outcome.unwrap_or_else(|error| panic!("{error}"));
}

#[test]
fn a_message_is_the_event_of_its_first_part_with_the_text_of_all() {
    let mut inbox = Inbox::default();
    assert_eq!(inbox.accept(at(0), part(9, 2, 2)), []);
    let whole = inbox.accept(at(1), part(9, 1, 2)).remove(0);
    assert_eq!((whole.id, whole.raw.len()), (Some("9/1".into()), 2));
    assert_eq!(inbox.accept(at(2), part(9, 2, 2)), []);
    assert_eq!(inbox.next_deadline(), None);
}

#[test]
fn a_message_came_when_its_last_part_did_and_is_unicode_if_any_part_is() {
    let part = |number, seconds, sms_type: &str| {
        let event = part(1, number, 2);
        let EventContent::VonageSms(sms) = event.content.clone() else { panic!("{event:?}") };
        let (data, received_at) = (Some(format!("0{number}")), Some(at(seconds)));
        let text = (number == 2).then(|| "only here".to_owned());
        let sms = InboundSms { sms_type: Some(sms_type.into()), text, data, received_at, ..sms };
        Event { occurred_at: received_at, content: EventContent::VonageSms(sms), ..event }
    };
    for (first, second) in [(part(1, 7, "text"), part(2, 5, "unicode")), (part(1, 5, "unicode"), part(2, 7, "text"))] {
        let mut inbox = Inbox::default();
        assert_eq!(inbox.accept(at(9), second), []);
        let whole = inbox.accept(at(9), first).remove(0);
        assert_eq!(whole.occurred_at, Some(at(7)));
        let EventContent::VonageSms(sms) = whole.content else { panic!("no SMS") };
        assert_eq!((sms.text.as_deref(), sms.data.as_deref()), (Some("only here"), Some("0102")));
        assert_eq!(sms.received_at, Some(at(7)));
        assert_eq!(sms.sms_type, Some("unicode".into()));
    }
}

#[test]
fn parts_from_another_sender_to_another_number_or_of_another_trust_are_not_joined() {
    let changed = |change: fn(&mut Event, &mut InboundSms)| {
        let mut event = part(1, 2, 2);
        let EventContent::VonageSms(mut sms) = event.content.clone() else { panic!("{event:?}") };
        change(&mut event, &mut sms);
        Event { content: EventContent::VonageSms(sms), ..event }
    };
    for stranger in [
        changed(|_, sms| sms.sender = Some("447700900002".to_owned())),
        changed(|_, sms| sms.phone_number = "+447700900009".parse().expect("a number")),
        changed(|event, _| event.trust = Trust::Unsigned),
        part(2, 2, 2),
        part(1, 2, 3),
    ] {
        let mut inbox = Inbox::default();
        assert_eq!(inbox.accept(at(0), part(1, 1, 2)), []);
        assert_eq!(inbox.accept(at(0), stranger.clone()), [], "{stranger:?}");
    }
}

#[test]
fn a_message_that_never_completes_is_given_up_with_what_came_of_it() {
    let mut inbox = Inbox::default();
    assert_eq!(inbox.accept(at(10), part(1, 3, 4)), []);
    assert_eq!(inbox.accept(at(3000), part(1, 1, 4)), []);
    assert_eq!(inbox.next_deadline(), Some(at(3610)));
    assert_eq!(inbox.give_up(at(3609)), []);
    assert_eq!(told(&inbox.give_up(at(3610))), joined("<1><3>", 2));
    assert_eq!((inbox.give_up(at(9999)), inbox.next_deadline()), (vec![], None));
    // Without a timer, whatever comes next brings it.
    assert_eq!(inbox.accept(at(10_000), part(2, 1, 2)), []);
    let ready = inbox.accept(at(20_000), other(Some("x")));
    assert_eq!((told(&ready[..1]), &ready[1..]), (joined("<1>", 1), &[other(Some("x"))][..]));
}

#[test]
fn a_reference_that_is_used_again_ends_the_message_before() {
    let mut inbox = Inbox::default();
    assert_eq!(inbox.accept(at(0), part(1, 1, 2)), []);
    assert_eq!(told(&inbox.accept(at(1), with_id(part(1, 1, 2), "later"))), joined("<1>", 1));
    assert_eq!(told(&inbox.accept(at(2), part(1, 2, 2))), joined("<1><2>", 0));
}

#[test]
fn a_flood_of_parts_pushes_out_the_oldest_and_memory_stays_bounded() {
    let mut inbox = Inbox::new(InboxLimits { bytes: 8 * 1100, ..InboxLimits::default() });
    for reference in 0..100 {
        let ready = inbox.accept(at(reference as i64), part(reference, 1, 255));
        assert_eq!(ready.len(), usize::from(reference >= 8), "{reference}");
        if let [pushed] = &ready[..] {
            assert_eq!(pushed.id, Some(format!("{}/1", reference - 8).as_str().into()));
        }
    }
    assert_eq!(inbox.give_up(at(1_000_000)).len(), 8);
    // One that does not fit at all is handed on at once.
    let long = Event { raw: vec!["x".repeat(10_000)], ..part(500, 1, 2) };
    assert_eq!(told(&inbox.accept(at(0), long)), joined("<1>", 1));
    assert_eq!(inbox.next_deadline(), None);
}
