//! A purchase whose process is killed, and what `recover` makes of it: real processes, killed with SIGKILL.

mod common;

use common::{Ran, Sandbox};
use serde_json::{Value, json};
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

/// What is bought, at each provider and in each way in which a lost purchase is settled.
const PURCHASES: [(&str, &[&str]); 6] = [
    ("tempnumber", &["tempnumber", "buy-number", "--country-code", "US", "--duration", "oneMonth"]),
    ("rentnumber", &["rentnumber", "rent", "--pricing-id", "42"]),
    ("sinch", &["sinch", "rent-number", "--phone-number", "+12085550101"]),
    ("sinch", &["sinch", "rent-any-number", "--region-code", "US", "--number-type", "LOCAL"]),
    (
        "voepy",
        &[
            "voepy",
            "order-numbers",
            "--phone-numbers",
            "+15125550100",
            "--country-code",
            "US",
            "--number-type",
            "local",
        ],
    ),
    ("vonage", &["vonage", "buy-number", "--country", "GB", "--phone-number", "+447700900000"]),
];

/// The same through `trunkline buy`, of offers that a search has found: at each provider, what is searched for.
const SEARCHES: [(&str, &[&str]); 5] = [
    ("tempnumber", &["--country", "US"]),
    ("rentnumber", &["--service", "whatsapp"]),
    ("sinch", &["--country", "US"]),
    ("voepy", &["--country", "US"]),
    ("vonage", &["--country", "GB"]),
];

/// The purchase of the first offer. Its id is the same in every sandbox, for these have the same seed.
fn of_first_offer(provider: &str, wanted: &[&str]) -> Vec<String> {
    let search = [&["search", "--json", "--limit", "1", "--account", provider], wanted].concat();
    let found = Sandbox::start().run(&search).json();
    ["buy", "--yes", found["offers"][0]["id"].as_str().expect("an offer")].map(str::to_owned).to_vec()
}

/// A journal of its own.
struct Journal(PathBuf);

impl Journal {
    fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("recover-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        Self(PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name))
    }

    /// What the purchase printed.
    fn output(&self) -> PathBuf {
        self.0.with_extension("out")
    }
}

impl Drop for Journal {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
        let _ = std::fs::remove_file(self.output());
    }
}

/// A command with that journal.
fn command(sandbox: &Sandbox, journal: &Journal, arguments: &[&str]) -> Command {
    let mut command = sandbox.command(arguments);
    // Waiting for a rate limit would cost the tests time, and nothing else.
    command.env("TRUNKLINE_JOURNAL", &journal.0).env("TRUNKLINE_RENTNUMBER_RATE_LIMIT", "none");
    command
}

/// The outcome of every purchase that was open.
fn recover(sandbox: &Sandbox, journal: &Journal) -> Vec<Value> {
    let ran = Ran::of(command(sandbox, journal, &["recover", "--json"]).output().expect("runs"));
    let recovered: Vec<Value> = ran.out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let is_open = recovered.iter().any(|one| one["outcome"]["unknown"].is_object());
    assert_eq!(ran.code, Some(if is_open { 20 } else { 0 }), "{ran:?}");
    recovered
}

/// Kills a purchase after that time; says whether it had not ended before.
fn kill_after(sandbox: &Sandbox, journal: &Journal, purchase: &[&str], after: Duration) -> bool {
    let mut command = command(sandbox, journal, purchase);
    let output = File::create(journal.output()).expect("a file");
    let mut child = command.stdout(output).stderr(Stdio::null()).spawn().expect("it starts");
    let due = Instant::now() + after;
    while Instant::now() < due {
        if child.try_wait().expect("a child").is_some() {
            return false;
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    child.kill().expect("SIGKILL");
    // Without a code it was the signal that ended it.
    child.wait().expect("a child").code().is_none()
}

/// Kills a purchase that long after it has begun its so-manieth action, or been told how one ended; says whether there
/// was such a one. It tells of each on standard error, before it goes on.
fn kill_at(sandbox: &Sandbox, journal: &Journal, purchase: &[&str], action: usize, later: Duration) -> bool {
    let mut command = command(sandbox, journal, purchase);
    let output = File::create(journal.output()).expect("a file");
    let mut child = command.arg("-v").stdout(output).stderr(Stdio::piped()).spawn().expect("it starts");
    let mut said = BufReader::new(child.stderr.take().expect("piped")).lines().map(|line| line.expect("text"));
    let is_there = said.nth(action).is_some();
    std::thread::sleep(later);
    child.kill().expect("SIGKILL");
    child.wait().expect("a child");
    is_there
}

/// After the purchase was killed: one number is bought or none, `recover` says which, and says so for good.
fn settled(sandbox: &Sandbox, journal: &Journal, provider: &str, before: u64, context: &str) {
    let mut outcomes = recover(sandbox, journal);
    if outcomes.iter().any(|purchase| purchase["outcome"]["unknown"].is_object()) {
        // What was on its way has landed by then, or never will.
        sandbox.control("POST", "advance", &json!({ "ms": 700_000 }));
        outcomes = recover(sandbox, journal);
    }
    let bought = sandbox.purchases(provider) - before;
    assert!(bought <= 1, "{context}: bought {bought} times");
    assert!(outcomes.len() <= 1, "{context}: {outcomes:?}");
    let told = outcomes.first().map(|purchase| purchase["outcome"]["bought"].is_object());
    match told {
        Some(told) => assert_eq!(u64::from(told), bought, "{context}: before {before}, {outcomes:?}"),
        // Nothing was recorded, so that nothing was sent; or all was said before the kill.
        None => {
            let said = std::fs::read_to_string(journal.output()).expect("a file");
            assert_eq!(bought, u64::from(!said.is_empty()), "{context}: {said}");
        }
    }
    if told == Some(false) {
        assert!(outcomes[0]["outcome"]["not_bought"].is_object() || is_young(&outcomes[0]), "{context}: {outcomes:?}");
    }
    sandbox.control("POST", "advance", &json!({ "ms": 60_000 }));
    assert_eq!(sandbox.purchases(provider) - before, bought, "{context}: later");
}

/// The clock of the client does not jump with the sandbox's: what is not there stays open for ten minutes.
fn is_young(purchase: &Value) -> bool {
    purchase["outcome"]["unknown"]["reason"].as_str().is_some_and(|reason| reason.contains("may still land"))
}

#[test]
fn a_purchase_killed_at_any_moment_is_bought_once_or_not_at_all_and_recover_says_which() {
    std::thread::scope(|scope| {
        for (provider, purchase) in PURCHASES {
            scope.spawn(move || {
                for after in (0..160).step_by(8) {
                    let (sandbox, journal) = (Sandbox::start(), Journal::new());
                    let before = sandbox.purchases(provider);
                    if !kill_after(&sandbox, &journal, purchase, Duration::from_millis(after)) {
                        break;
                    }
                    settled(&sandbox, &journal, provider, before, &format!("{purchase:?} killed after {after} ms"));
                }
            });
        }
    });
}

#[test]
fn trunkline_buy_killed_at_each_of_its_actions_buys_once_or_not_at_all_and_recover_says_which() {
    // Answers take longer than half of it: then the provider has acted, and nobody here has heard of it.
    let slow = Duration::from_millis(30);
    std::thread::scope(|scope| {
        for (provider, wanted) in SEARCHES {
            for later in [Duration::ZERO, slow / 2] {
                scope.spawn(move || {
                    let purchase = of_first_offer(provider, wanted);
                    let purchase: Vec<&str> = purchase.iter().map(String::as_str).collect();
                    let mut kills = 0;
                    for action in 0.. {
                        let (sandbox, journal) = (Sandbox::start(), Journal::new());
                        let fault = json!({ "kind": "slow", "provider": provider, "delay_ms": slow.as_millis() });
                        sandbox.control("POST", "faults", &fault);
                        if !kill_at(&sandbox, &journal, &purchase, action, later) {
                            break;
                        }
                        sandbox.control("DELETE", "faults", &Value::Null);
                        let context = format!("{provider} killed {later:?} after action {action}");
                        settled(&sandbox, &journal, provider, 0, &context);
                        kills += 1;
                    }
                    // The price asked and told, the intent recorded, the purchase sent and answered, its end recorded, done.
                    assert!(kills >= 7, "{provider}: {kills} kills");
                });
            }
        }
    });
}

#[test]
fn a_purchase_killed_while_its_answer_is_awaited_is_told_by_recover() {
    let direct = PURCHASES.map(|(provider, purchase)| (provider, purchase.iter().map(|&it| it.to_owned()).collect()));
    let unified = SEARCHES.map(|(provider, wanted)| (provider, of_first_offer(provider, wanted)));
    let purchases: Vec<(&str, Vec<String>)> = direct.into_iter().chain(unified).collect();
    let calls = [("hang", 0), ("hang", 1), ("hang", 2), ("acts_late", 0), ("acts_late", 1), ("acts_late", 2)];
    std::thread::scope(|scope| {
        for (provider, purchase) in &purchases {
            let (provider, purchase): (&str, Vec<&str>) = (provider, purchase.iter().map(String::as_str).collect());
            for (kind, skip) in calls {
                let purchase = purchase.clone();
                scope.spawn(move || {
                    let (sandbox, journal) = (Sandbox::start(), Journal::new());
                    let before = sandbox.purchases(provider);
                    let fault = json!({
                        "kind": kind, "provider": provider, "skip": skip, "times": 1, "delay_ms": 400, "hang": true,
                    });
                    sandbox.control("POST", "faults", &fault);
                    let context = format!("{purchase:?} killed under {kind} after {skip} calls");
                    // Where it ends all the same, the fault was on no call of it.
                    if kill_after(&sandbox, &journal, &purchase, Duration::from_millis(1_500)) {
                        sandbox.control("DELETE", "faults", &Value::Null);
                        settled(&sandbox, &journal, provider, before, &context);
                    }
                });
            }
        }
    });
}

#[test]
fn what_was_bought_just_before_the_crash_is_told_and_then_no_more() {
    let (sandbox, journal) = (Sandbox::start(), Journal::new());
    sandbox.control(
        "POST",
        "faults",
        &json!({ "kind": "acts_late", "operation": "POST /rent", "times": 1, "delay_ms": 300, "hang": true }),
    );
    let rent = PURCHASES[1].1;
    assert!(kill_after(&sandbox, &journal, rent, Duration::from_millis(1_200)), "it waits for an answer");
    let told = recover(&sandbox, &journal);
    assert_eq!(told[0]["outcome"]["bought"]["ids"], json!(["101"]), "{told:?}");
    assert_eq!(told[0]["operation"], "rentnumber.rent");
    assert_eq!(recover(&sandbox, &journal), [] as [Value; 0]);
    let people = command(&sandbox, &journal, &["recover"]).output().expect("it runs");
    assert_eq!(Ran::of(people).out, "No purchase is open.\n");
}

#[test]
fn without_a_journal_nothing_is_bought() {
    let sandbox = Sandbox::start();
    let file = std::env::current_exe().expect("a file");
    let ran = Ran::of(
        sandbox.command(PURCHASES[1].1).env("TRUNKLINE_JOURNAL", file.join("journal")).output().expect("it runs"),
    );
    assert!(ran.code != Some(0) && ran.err.contains("journal"), "{ran:?}");
    assert_eq!(sandbox.purchases("rentnumber"), 0);
}
