//! Client against sandbox: every operation under every fault, in virtual time. The table is printed: `cargo test -p
//! trunkline-tests --test faults -- --nocapture`.

use trunkline_core::registry;
use trunkline_sandbox::FaultKind;
use trunkline_tests::jobs::{JOBS, Job};
use trunkline_tests::promises::{FAULTS, Seen, once, promised};
use trunkline_tests::world::World;

struct Run {
    seen: Seen,
    purchases: u64,
    sent: usize,
}

fn run(job: &Job, kind: FaultKind) -> Run {
    let mut world = World::new();
    let params = (job.prepare)(&mut world);
    let provider = job.operation.split('.').next().expect("a provider");
    // Whatever the preparation used up of a rate limit is over.
    world.pass(std::time::Duration::from_secs(61));
    let purchases_before = world.purchases(provider);
    world.add_fault(once(job.operation, kind));
    let sent_before = world.requests.len();
    let result = world.call(job.operation, &params);
    let sent = world.requests.len() - sent_before;
    // What comes late has come by then.
    world.pass(std::time::Duration::from_secs(60));
    let purchases = world.purchases(provider) - purchases_before;
    Run { seen: Seen::of(&result), purchases, sent }
}

#[test]
fn every_operation_under_every_fault_ends_as_promised_and_buys_at_most_once() {
    let mut problems = Vec::new();
    let names = FAULTS.map(|kind| format!("{:20}", format!("{kind:?}").chars().take(19).collect::<String>()));
    println!("{:38} {}", "", names.concat());
    for job in JOBS {
        let mut row = format!("{:38} ", job.operation);
        for kind in FAULTS {
            let Run { seen, purchases, sent } = run(job, kind);
            row += &format!("{:20}", seen.to_string());
            let promised = promised(job.operation, kind);
            if seen != promised {
                let operation = job.operation;
                problems.push(format!(
                    "{operation} under {kind:?}: promised {promised}, seen {seen} after {sent} requests"
                ));
            }
            if purchases > 1 {
                problems.push(format!("{} under {kind:?}: bought {purchases} times", job.operation));
            }
        }
        println!("{row}");
    }
    assert!(problems.is_empty(), "{} problems:\n{}", problems.len(), problems.join("\n"));
}

#[test]
fn there_is_a_job_for_every_operation() {
    let jobs: Vec<&str> = JOBS.iter().map(|job| job.operation).collect();
    let operations: Vec<&str> = registry::operations().map(|entry| entry.endpoint.id).collect();
    assert_eq!(jobs, operations);
    assert_eq!((jobs.len(), FAULTS.len()), (63, 13));
}

#[test]
fn other_hosts_are_held_to_the_same_promises() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("promises.json");
    let kept = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let how = "cargo run -q -p trunkline-tests --example promises > tests/promises.json";
    assert!(kept == trunkline_tests::promises::table(), "{} is out of date: {how}", path.display());
}
