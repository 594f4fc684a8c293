//! Whatever a provider answers: no panic, no hang, no success with values that nobody sent.

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::Value;
use trunkline_core::Timestamp;
use trunkline_tests::player::run;
use trunkline_tests::vectors::{Case, Received, Turn, load_all};

/// One way of spoiling a reply.
#[derive(Debug, Clone)]
enum Mutation {
    Flip(usize, u8),
    Cut(usize),
    Remove(usize, usize),
    Repeat(usize, usize),
    /// A value of the JSON text becomes another.
    Replace(usize, &'static str),
    Status(u16),
    Header(&'static str, &'static str),
    NoHeaders,
}

const VALUES: [&str; 12] = [
    "null",
    "[]",
    "{}",
    "\"\"",
    "-1",
    "1e400",
    "0.1",
    "true",
    "\"x\"",
    "18446744073709551616",
    "[[[[]]]]",
    "\"\\ud800\"",
];
const STATUSES: [u16; 16] = [100, 200, 201, 204, 301, 400, 401, 402, 403, 404, 409, 420, 422, 429, 500, 503];
const HEADERS: [(&str, &str); 6] = [
    ("retry-after", "-1"),
    ("retry-after", "99999999999999999999"),
    ("retry-after", "Sun, 06 Nov 9999 08:49:37 GMT"),
    ("content-type", "text/html"),
    ("content-type", "application/xml"),
    ("www-authenticate", "Bearer error=\"expired\""),
];

fn mutation() -> impl Strategy<Value = Mutation> {
    prop_oneof![
        (any::<usize>(), any::<u8>()).prop_map(|(at, byte)| Mutation::Flip(at, byte)),
        any::<usize>().prop_map(Mutation::Cut),
        (any::<usize>(), 1..40_usize).prop_map(|(at, length)| Mutation::Remove(at, length)),
        (any::<usize>(), 1..40_usize).prop_map(|(at, length)| Mutation::Repeat(at, length)),
        (any::<usize>(), proptest::sample::select(&VALUES[..])).prop_map(|(at, value)| Mutation::Replace(at, value)),
        proptest::sample::select(&STATUSES[..]).prop_map(Mutation::Status),
        proptest::sample::select(&HEADERS[..]).prop_map(|(name, value)| Mutation::Header(name, value)),
        Just(Mutation::NoHeaders),
    ]
}

fn mutate(reply: &mut Received, mutation: &Mutation) {
    let mut bytes = reply.body.clone().into_bytes();
    let length = bytes.len().max(1);
    match *mutation {
        Mutation::Flip(at, byte) => {
            if let Some(target) = bytes.get_mut(at % length) {
                *target ^= byte;
            }
        }
        Mutation::Cut(at) => bytes.truncate(at % length),
        Mutation::Remove(at, count) => {
            let start = (at % length).min(bytes.len());
            bytes.drain(start..(start + count).min(bytes.len()));
        }
        Mutation::Repeat(at, count) => {
            let start = (at % length).min(bytes.len());
            let piece = bytes[start..(start + count).min(bytes.len())].to_vec();
            bytes.splice(start..start, piece);
        }
        Mutation::Replace(at, value) => replace_value(&mut bytes, at, value),
        Mutation::Status(status) => reply.status = status,
        Mutation::Header(name, value) => {
            reply.headers.insert(name.to_owned(), value.to_owned());
        }
        Mutation::NoHeaders => reply.headers.clear(),
    }
    reply.body = String::from_utf8_lossy(&bytes).into_owned();
}

/// Puts `value` in the place of what follows one of the colons.
fn replace_value(bytes: &mut Vec<u8>, at: usize, value: &str) {
    let colons: Vec<usize> =
        bytes.iter().enumerate().filter(|(_, byte)| **byte == b':').map(|(index, _)| index + 1).collect();
    if colons.is_empty() {
        return;
    }
    let start = colons[at % colons.len()];
    let mut values = serde_json::Deserializer::from_slice(&bytes[start..]).into_iter::<Value>();
    if let Some(Ok(_)) = values.next() {
        let end = start + values.byte_offset();
        bytes.splice(start..end, value.bytes());
    }
}

/// Letters and digits only: how a value is recognised in another notation.
fn essence(text: &str) -> String {
    text.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// Everything that the exchange told: replies, decoded where they are JSON, and parameters.
fn told(case: &Case) -> String {
    let mut told = essence(&case.input.to_string());
    for turn in &case.exchange {
        if let Turn::Receive(reply) = turn {
            told.push(' ');
            told.push_str(&essence(&reply.body));
            let mut texts = Vec::new();
            if let Ok(value) = serde_json::from_str::<Value>(&reply.body) {
                scalars(&value, &mut texts);
            }
            told.extend(texts.iter().flat_map(|text| [" ".to_owned(), essence(text)]));
        }
    }
    told
}

fn scalars(value: &Value, into: &mut Vec<String>) {
    match value {
        Value::Null | Value::Bool(_) => {}
        Value::Number(number) => into.push(number.to_string()),
        Value::String(text) => into.push(text.clone()),
        Value::Array(values) => values.iter().for_each(|value| scalars(value, into)),
        Value::Object(values) => values.values().for_each(|value| scalars(value, into)),
    }
}

/// How often each vector is spoilt.
const CASES: u32 = 48;

/// What the pages document without the replies saying it.
const DOCUMENTED: [&str; 3] = ["ngn", "usd", "eur"];

/// Whether it is a time that was told in another zone.
fn is_rezoned(text: &str, told_digits: &str) -> bool {
    let Some(at) = Timestamp::parse(text) else { return false };
    let told = |quarter_hours: i64| {
        let nanos = at.as_nanos().saturating_add(quarter_hours * 900 * 1_000_000_000);
        let digits = digits(&Timestamp::from_nanos(nanos).to_string());
        told_digits.contains(digits.get(..14).unwrap_or(&digits))
    };
    (-96..=96).any(told)
}

fn invented(case: &Case, output: &Value) -> Option<String> {
    let told = told(case);
    let told_digits = digits(&told);
    let mut texts = Vec::new();
    scalars(output, &mut texts);
    texts.into_iter().find(|text| {
        let essence = essence(text);
        let known = told.contains(&essence) || DOCUMENTED.contains(&essence.as_str());
        let number = digits(text);
        // Cents as an amount, a time in another notation, a number of a page.
        let renumbered =
            !number.is_empty() && (told_digits.contains(number.trim_start_matches('0')) || text.parse::<u32>().is_ok());
        !known && !renumbered && !is_rezoned(text, &told_digits)
    })
}

#[test]
fn no_reply_makes_an_operation_panic_hang_or_invent() {
    let mut runs = 0;
    for (path, file) in load_all() {
        for case in file.cases.iter().filter(|case| case.exchange.iter().any(|turn| matches!(turn, Turn::Receive(_)))) {
            // A new one each time: a runner counts its successes over all that it runs.
            let config = Config { cases: CASES, failure_persistence: None, ..Config::default() };
            let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
            let strategy = (any::<usize>(), proptest::collection::vec(mutation(), 1..4));
            let ran = std::cell::Cell::new(0);
            let outcome = runner.run(&strategy, |(which, mutations)| {
                ran.set(ran.get() + 1);
                let mut case = case.clone();
                let mut replies: Vec<&mut Received> = case
                    .exchange
                    .iter_mut()
                    .filter_map(|turn| match turn {
                        Turn::Receive(reply) => Some(reply),
                        _ => None,
                    })
                    .collect();
                let count = replies.len();
                mutations.iter().for_each(|mutation| mutate(replies[which % count], mutation));
                if let Ok(output) = run(&file.operation, &case).result {
                    prop_assert_eq!(invented(&case, &output), None);
                }
                Ok(())
            });
            outcome.unwrap_or_else(|failure| panic!("{}: {}: {failure}", path.display(), case.name));
            assert!(ran.get() >= CASES);
            runs += ran.get();
        }
    }
    println!("{runs} spoilt exchanges");
}
