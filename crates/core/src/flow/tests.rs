use super::cx::DeadlineFirst;
use super::*;
use crate::http::Method;
use futures_util::future::{join_all, select};
use futures_util::stream::{FuturesUnordered, StreamExt};
use std::pin::pin;

fn request(name: &str) -> Request {
    Request { method: Method::Get, url: format!("https://x/{name}"), headers: Vec::new(), body: Vec::new() }
}

fn at(seconds: u64) -> Timestamp {
    Timestamp::EPOCH + Duration::from_secs(seconds)
}

fn answer(status: u16) -> Outcome {
    Outcome::Answered(Response { status, ..Response::default() })
}

const MINUTE: Duration = Duration::from_secs(60);

async fn status(cx: &Cx, name: &str) -> u16 {
    match cx.send(request(name), cx.deadline(), 1024).await {
        Outcome::Answered(response) => response.status,
        _ => 0,
    }
}

/// Steps until there is nothing to do, and gives the actions begun on the way.
fn begun<T, I>(flow: &mut Flow<T, I>, now: Timestamp) -> Vec<ActionId> {
    let mut ids = Vec::new();
    while let Step::Perform(id, _) = flow.step(now) {
        ids.push(id);
    }
    ids
}

#[test]
fn hundreds_of_actions_are_outstanding_at_once_and_resolved_in_any_order() {
    let mut flow: Flow<u32> = Flow::new(MINUTE, |cx, _| async move {
        let calls: FuturesUnordered<_> = (0..500).map(|_| status(&cx, "a")).collect();
        let statuses: Vec<u16> = calls.collect().await;
        Ok(statuses.iter().map(|&status| u32::from(status)).sum())
    });
    let ids = begun(&mut flow, at(0));
    assert_eq!(ids.len(), 500);
    for (index, id) in ids.iter().enumerate().rev() {
        assert_eq!(flow.step(at(1)), Step::Waiting);
        flow.resolve(at(1), *id, answer(u16::try_from(index).unwrap()));
    }
    assert_eq!(flow.step(at(1)), Step::Done(Ok((0..500).sum())));
}

#[test]
fn resolving_one_action_polls_only_who_waits_for_it() {
    let polls = Arc::new(Mutex::new(0));
    let counted = Arc::clone(&polls);
    let mut flow: Flow<()> = Flow::new(MINUTE, |cx, _| async move {
        let call = async |counted: Arc<Mutex<u32>>| {
            let mut pending = pin!(status(&cx, "a"));
            std::future::poll_fn(|context| {
                *lock(&counted) += 1;
                pending.as_mut().poll(context)
            })
            .await;
        };
        join_all((0..100).map(|_| call(Arc::clone(&counted)))).await;
        Ok(())
    });
    let ids = begun(&mut flow, at(0));
    assert_eq!(*lock(&polls), 100);
    flow.resolve(at(0), ids[50], answer(200));
    assert_eq!(flow.step(at(0)), Step::Waiting);
    assert_eq!(*lock(&polls), 101);
}

#[test]
fn items_come_one_at_a_time_and_nothing_is_begun_before_the_last_is_taken() {
    let mut flow: Flow<(), &str> = Flow::new(MINUTE, |_, emitter| async move {
        emitter.emit(["a", "b"]).await;
        emitter.cx().sleep(Duration::from_secs(1), Why::Poll).await.unwrap();
        emitter.emit(["c"]).await;
        Ok(())
    });
    assert_eq!(flow.step(at(0)), Step::Item("a"));
    assert_eq!(flow.step(at(0)), Step::Item("b"));
    let Step::Perform(id, Action::Sleep(..)) = flow.step(at(0)) else { panic!("a sleep was expected") };
    flow.resolve(at(1), id, Outcome::Elapsed);
    assert_eq!(flow.step(at(1)), Step::Item("c"));
    assert_eq!(flow.step(at(1)), Step::Done(Ok(())));
    assert_eq!(flow.step(at(1)), Step::Waiting);
}

#[test]
fn a_sub_call_that_is_dropped_is_aborted_at_the_host() {
    let mut flow: Flow<u16> = Flow::new(MINUTE, |cx, _| async move {
        let (slow, fast) = (pin!(status(&cx, "slow")), pin!(status(&cx, "fast")));
        Ok(select(slow, fast).await.factor_first().0)
    });
    let ids = begun(&mut flow, at(0));
    flow.resolve(at(0), ids[1], answer(201));
    assert_eq!(flow.step(at(0)), Step::Abort(ids[0]));
    assert_eq!(flow.step(at(0)), Step::Done(Ok(201)));
    // A host that was too late to abort does no harm.
    flow.resolve(at(0), ids[0], answer(200));
    assert_eq!(flow.step(at(0)), Step::Waiting);
}

#[test]
fn a_sub_call_that_is_dropped_before_the_host_saw_it_is_never_begun() {
    let mut flow: Flow<()> = Flow::new(MINUTE, |cx, _| async move {
        let never_begun = cx.perform(Action::Sleep(Duration::from_secs(9), Why::Poll), None);
        drop(never_begun);
        Ok(())
    });
    assert_eq!(flow.step(at(0)), Step::Done(Ok(())));
}

#[test]
fn a_host_that_lets_a_deadline_pass_is_not_waited_for() {
    let mut flow: Flow<String> = Flow::new(MINUTE, |cx, _| async move {
        match cx.send(request("a"), cx.now() + Duration::from_secs(10), 1024).await {
            Outcome::Lost(why) => Ok(why),
            other => panic!("{other:?}"),
        }
    });
    let ids = begun(&mut flow, at(0));
    assert_eq!(flow.step(at(9)), Step::Waiting);
    assert_eq!(flow.step(at(10)), Step::Abort(ids[0]));
    assert_eq!(flow.step(at(10)), Step::Done(Ok("the deadline passed".to_owned())));
}

#[test]
fn a_sleep_that_cannot_end_before_the_deadline_is_not_begun() {
    let mut flow: Flow<bool> = Flow::new(MINUTE, |cx, _| async move {
        cx.sleep(Duration::from_secs(59), Why::Poll).await.unwrap();
        Ok(cx.sleep(Duration::from_secs(1), Why::Poll).await == Err(DeadlineFirst))
    });
    let ids = begun(&mut flow, at(0));
    flow.resolve(at(59), ids[0], Outcome::Elapsed);
    assert_eq!(flow.step(at(59)), Step::Done(Ok(true)));
}

#[test]
fn cancelling_aborts_what_is_under_way_and_says_whether_it_may_have_been_sent() {
    let mut flow: Flow<u16> = Flow::new(MINUTE, |cx, _| async move { Ok(status(&cx, "a").await) });
    let ids = begun(&mut flow, at(0));
    flow.cancel();
    assert_eq!(flow.step(at(0)), Step::Abort(ids[0]));
    let Step::Done(Err(error)) = flow.step(at(0)) else { panic!("an error was expected") };
    assert_eq!((error.kind, error.delivery), (ErrorKind::Cancelled, Delivery::Unknown));

    let mut between: Flow<()> = Flow::new(MINUTE, |cx, _| async move {
        status(&cx, "a").await;
        let _ = cx.sleep(Duration::from_secs(1), Why::Settle).await;
        Ok(())
    });
    let ids = begun(&mut between, at(0));
    between.resolve(at(0), ids[0], Outcome::Lost("reset".to_owned()));
    let sleep = begun(&mut between, at(0));
    between.cancel();
    assert_eq!(between.step(at(0)), Step::Abort(sleep[0]));
    let Step::Done(Err(error)) = between.step(at(0)) else { panic!("an error was expected") };
    assert_eq!((error.kind, error.delivery), (ErrorKind::Cancelled, Delivery::Unknown));

    let mut unsent: Flow<u16> = Flow::new(MINUTE, |cx, _| async move { Ok(status(&cx, "a").await) });
    unsent.cancel();
    let Step::Done(Err(error)) = unsent.step(at(0)) else { panic!("an error was expected") };
    assert_eq!((error.kind, error.delivery), (ErrorKind::Cancelled, Delivery::NotSent));
}

#[test]
fn a_host_that_resolves_wrongly_gets_an_error_and_no_panic() {
    let mut flow: Flow<Outcome> =
        Flow::new(MINUTE, |cx, _| async move { Ok(cx.send(request("a"), cx.deadline(), 1024).await) });
    let ids = begun(&mut flow, at(0));
    flow.resolve(at(0), ActionId(99), Outcome::Elapsed);
    assert_eq!(flow.step(at(0)), Step::Waiting);
    flow.resolve(at(0), ids[0], Outcome::Recorded);
    flow.resolve(at(0), ids[0], answer(200));
    assert_eq!(flow.step(at(0)), Step::Done(Ok(Outcome::Lost("the host answered a request with Recorded".to_owned()))));
}

#[test]
fn time_does_not_go_back_for_a_flow() {
    let mut flow: Flow<Timestamp> = Flow::new(MINUTE, |cx, _| async move {
        cx.sleep(Duration::from_secs(1), Why::Poll).await.unwrap();
        Ok(cx.now())
    });
    let ids = begun(&mut flow, at(100));
    flow.resolve(at(50), ids[0], Outcome::Elapsed);
    assert_eq!(flow.step(at(60)), Step::Done(Ok(at(100))));
}

#[test]
fn a_flow_can_be_sent_to_another_thread() {
    fn is_send<T: Send>(_: &T) {}
    let flow: Flow<(), String> = Flow::new(MINUTE, |_, _| async move { Ok(()) });
    is_send(&flow);
}
