//! `cargo xtask simulate --purchases N --seed S [--json]`: see [`trunkline_tests::simulate`].

use std::io::Write;
use std::process::ExitCode;
use std::sync::Mutex;
use std::time::{Duration, Instant};
use trunkline_tests::simulate::{Broken, Tally, listening, run, waiting};

/// Messages that come as events.
const EVENTS: u64 = 10_000;

const USAGE: &str = "simulate --purchases N --waiters N --seed S [--json] [--break retry|claim]";

struct Arguments {
    purchases: u64,
    waiters: u64,
    seed: u64,
    json: bool,
    broken: Option<Broken>,
}

fn read(arguments: &[String]) -> Result<Arguments, String> {
    let mut read = Arguments { purchases: 100_000, waiters: 1_000, seed: 1, json: false, broken: None };
    let mut rest = arguments.iter().map(String::as_str);
    while let Some(flag) = rest.next() {
        let mut number = || {
            let text = rest.next().ok_or_else(|| format!("{flag} needs a number"))?;
            text.parse::<u64>().map_err(|_| format!("{flag}: {text:?} is no number"))
        };
        match flag {
            "--purchases" => read.purchases = number()?,
            "--waiters" => read.waiters = number()?,
            "--seed" => read.seed = number()?,
            "--json" => read.json = true,
            "--break" => {
                read.broken = Some(match rest.next() {
                    Some("retry") => Broken::Retry,
                    Some("claim") => Broken::Claim,
                    _ => return Err("--break takes retry or claim".to_owned()),
                });
            }
            other => return Err(format!("no such flag: {other}")),
        }
    }
    Ok(read)
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Arguments { purchases, waiters, seed, json, broken } = match read(&arguments) {
        Ok(read) => read,
        Err(problem) => {
            eprintln!("{problem}\n{USAGE}");
            return ExitCode::FAILURE;
        }
    };
    let started = Instant::now();
    let shown = Mutex::new(Instant::now());
    let progress = |done: u64| {
        let Ok(mut shown) = shown.lock() else { return };
        if shown.elapsed() >= Duration::from_secs(1) {
            *shown = Instant::now();
            let per_second = done as f64 / started.elapsed().as_secs_f64();
            eprint!("\r{done} of {purchases} purchases, {per_second:.0} a second ");
            let _ = std::io::stderr().flush();
        }
    };
    let tally = run(purchases, seed, broken, &progress);
    eprintln!();
    print!("{}", tally.table());
    println!("at first: answered as purchase_unknown; unknown: after recovery");
    let Tally { crashes, given_up, recovered, actions, .. } = &tally;
    println!("{crashes} crashes, {given_up} purchases given up, {recovered} recoveries, {actions} actions");
    let waited = waiting::wait(waiters, seed);
    waited.iter().for_each(|one| print!("\n{}", one.text()));
    let heard = listening::listen(EVENTS, seed);
    print!("\n{}", heard.text());
    eprintln!("{:.1} s, {} at most", started.elapsed().as_secs_f64(), peak_memory());
    if json {
        let mut object = tally.to_json();
        object["waiting"] = waiting::to_json(&waited);
        object["listening"] = heard.to_json();
        println!("{object}");
    }
    let total = tally.total();
    let as_promised = waited.iter().all(waiting::Waited::is_good) && heard.is_good();
    if total.doubled + total.lost + total.stuck + total.invented == 0 && as_promised {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// Where the system says.
fn peak_memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).map(str::trim);
    peak.unwrap_or("an unknown amount of memory").to_owned()
}
