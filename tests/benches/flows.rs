//! What a sleeping flow weighs, and a million of them in one process. Hold: 2 KB each.

use std::alloc::{GlobalAlloc, Layout, System};
use std::collections::BinaryHeap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use trunkline_core::{
    Action, ActionId, Answer, Client, Config, Flow, Options, Outcome, Response, Step, Timestamp, rentnumber,
};

/// Counts the bytes that are allocated at this moment.
struct Counting;

static ALLOCATED: AtomicUsize = AtomicUsize::new(0);

// SAFETY: everything is passed on to the system's allocator as it came.
#[allow(unsafe_code)]
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ALLOCATED.fetch_add(layout.size(), Ordering::Relaxed);
        // SAFETY: as above.
        unsafe { System.alloc(layout) }
    }
    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        ALLOCATED.fetch_sub(layout.size(), Ordering::Relaxed);
        // SAFETY: as above.
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

type Waiting = Flow<Answer<rentnumber::Rental>>;

/// A flow that has asked once and sleeps until it asks again; when, and by which action.
fn asleep(client: &Client, now: Timestamp, id: u64) -> (Waiting, Timestamp, ActionId) {
    let options = Options { timeout: Some(Duration::from_secs(400)), ..Options::default() };
    let mut flow = client.wait(rentnumber::GetRental { rental_id: id.into() }, options);
    match flow.step(now) {
        Step::Perform(action, Action::Send { .. }) => flow.resolve(now, action, rental("waiting", "null")),
        other => panic!("{other:?}"),
    }
    match flow.step(now) {
        Step::Perform(action, Action::Sleep(duration, _)) => (flow, now + duration, action),
        other => panic!("{other:?}"),
    }
}

fn rental(status: &str, code: &str) -> Outcome {
    let body = format!(
        r#"{{"success":true,"rental_id":1,"phone":"+2348012345678","status":"{status}","code":{code},"cost":450.00}}"#
    );
    Outcome::Answered(Response { status: 200, headers: Vec::new(), body: body.into_bytes() })
}

fn client() -> Client {
    let mut config = Config::default();
    config.set("rentnumber", "api_key", "rn_key");
    config.set("rentnumber", "rate_limit", "none");
    Client::new(config, [1; 16]).expect("good settings")
}

fn weight(client: &Client) {
    let now = Timestamp::from_millis(1_778_596_200_000);
    let mut kept = Vec::with_capacity(1000);
    let before = ALLOCATED.load(Ordering::Relaxed);
    for id in 0..1000 {
        kept.push(asleep(client, now, id));
    }
    let bytes = (ALLOCATED.load(Ordering::Relaxed) - before) / kept.len() + size_of::<Waiting>();
    println!("a sleeping flow (rentnumber.get_rental, waited for): {bytes} bytes (hold: 2048)");
}

/// Every flow asks every five seconds for five minutes, then gets its code.
fn million(client: &Client) {
    const FLOWS: u64 = 1_000_000;
    const POLLS: u32 = 60;
    let started = Instant::now();
    let begin = Timestamp::from_millis(1_778_596_200_000);
    let mut flows: Vec<(Waiting, u32)> = Vec::with_capacity(FLOWS as usize);
    let mut due = BinaryHeap::with_capacity(FLOWS as usize);
    for id in 0..FLOWS {
        let (flow, at, action) = asleep(client, begin + Duration::from_micros(id * 5), id);
        due.push(std::cmp::Reverse((at, id, action)));
        flows.push((flow, 0));
    }
    println!(
        "a million flows asleep after {:.1} s, {} MB allocated",
        started.elapsed().as_secs_f64(),
        ALLOCATED.load(Ordering::Relaxed) >> 20
    );
    let (mut steps, mut done) = (0_u64, 0_u64);
    while let Some(std::cmp::Reverse((now, id, action))) = due.pop() {
        let (flow, polls) = &mut flows[id as usize];
        flow.resolve(now, action, Outcome::Elapsed);
        loop {
            steps += 1;
            match flow.step(now) {
                Step::Perform(action, Action::Send { .. }) => {
                    *polls += 1;
                    let reply =
                        if *polls < POLLS { rental("waiting", "null") } else { rental("received", "\"123456\"") };
                    flow.resolve(now, action, reply);
                }
                Step::Perform(action, Action::Sleep(duration, _)) => {
                    due.push(std::cmp::Reverse((now + duration, id, action)));
                    break;
                }
                Step::Done(Ok(answer)) => {
                    assert_eq!(answer.value.code.as_deref(), Some("123456"));
                    done += 1;
                    break;
                }
                other => panic!("{other:?}"),
            }
        }
        if done > 0 && done % 250_000 == 0 && *polls == POLLS {
            eprintln!("  {done} flows have their code");
        }
    }
    assert_eq!(done, FLOWS);
    let seconds = started.elapsed().as_secs_f64();
    println!(
        "a million flows polled for five minutes of virtual time: {seconds:.1} s, {} polls, {:.2} us a poll",
        FLOWS * u64::from(POLLS),
        seconds * 1e6 / (FLOWS * u64::from(POLLS)) as f64
    );
    println!("  ({steps} steps)");
}

fn main() {
    let filter = std::env::args().skip(1).find(|argument| !argument.starts_with('-'));
    if filter.is_some_and(|filter| !"flows".contains(filter.as_str())) {
        return;
    }
    let client = client();
    weight(&client);
    million(&client);
}
