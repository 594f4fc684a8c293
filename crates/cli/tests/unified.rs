//! The commands over all accounts, as a person or a script uses them at five served providers.

mod common;

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use common::{Ran, Sandbox, trunkline};
use serde_json::{Value, json};
use std::io::Write;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const RATES: [&str; 4] = ["--rate", "NGN=0.00065USD", "--rate", "EUR=1.10USD"];
const UNITED_STATES: [&str; 7] = ["search", "--country", "US", "--service", "whatsapp", "--limit", "1"];

fn in_80_columns(sandbox: &Sandbox, arguments: &[&str]) -> Ran {
    Ran::of(sandbox.command(arguments).env("COLUMNS", "80").output().expect("it runs"))
}

/// The handles in a table of offers.
fn handles(table: &str) -> Vec<&str> {
    table.lines().skip(2).filter_map(|row| row.split(' ').next()).collect()
}

/// The same table with `·····` for every handle: they are hashes.
fn without_handles(table: &str) -> String {
    handles(table).into_iter().fold(table.to_owned(), |table, handle| table.replace(handle, "·····"))
}

/// The first offer of an account.
fn offer_of(sandbox: &Sandbox, arguments: &[&str]) -> Value {
    let found = sandbox.run(&[&["search", "--json", "--limit", "1"], arguments].concat());
    found.json()["offers"][0].clone()
}

fn vonage(sandbox: &Sandbox) -> String {
    offer_of(sandbox, &["--account", "vonage", "--country", "GB"])["id"].as_str().expect("an id").to_owned()
}

fn is_refused(ran: &Ran, code: i32, words: &str) {
    assert_eq!((ran.code, ran.out.as_str()), (Some(code), ""), "{ran:?}");
    assert!(ran.err.contains(words), "{words}: {ran:?}");
}

#[test]
fn what_can_be_bought_is_one_table_cheapest_first() {
    let sandbox = Sandbox::start();
    let found = in_80_columns(&sandbox, &[&UNITED_STATES[..], &RATES].concat());
    assert_eq!((found.code, found.err.as_str()), (Some(0), ""), "{found:?}");
    let table = "\
offer  now          then        number        account     kind    can
────────────────────────────────────────────────────────────────────────────
·····     0.67 EUR  0.67/month  +14155550100  vonage      mobile  voice sms
·····  1200.00 NGN  1 message   any of 35     rentnumber          sms
·····     2.00 USD  2.00/month  +12089087284  sinch       local   sms
·····     2.50 USD  1.50/month  +15125550100  voepy       local   voice sms
·····     2.99 USD  1 month     any of 52     tempnumber  voip    sms
";
    assert_eq!(without_handles(&found.out), table);
}

#[test]
fn json_is_the_operations_own() {
    let sandbox = Sandbox::start();
    let found = sandbox.run(&[&UNITED_STATES[..], &["--json"]].concat());
    assert_eq!((found.code, found.out.lines().count(), found.err.as_str()), (Some(0), 1, ""));
    let found = found.json();
    assert_eq!((found["offers"].as_array().map(Vec::len), &found["failures"]), (Some(5), &json!([])));
    let rent = found["offers"].as_array().unwrap().iter().find(|offer| offer["account"] == "rentnumber").unwrap();
    assert_eq!(rent["price"]["once"], json!({ "amount": "1200.00", "currency": "NGN" }));
    assert!(rent["native"].is_object() && rent["id"].as_str().is_some_and(|id| id.len() > 100), "{rent}");
}

#[test]
fn accounts_that_do_not_answer_are_told_beside_the_others() {
    let sandbox = Sandbox::start();
    let mut command = sandbox.command(&UNITED_STATES);
    let found = Ran::of(command.env("TRUNKLINE_VOEPY_API_KEY", "wrong").output().expect("it runs"));
    assert_eq!((found.code, handles(&found.out).len()), (Some(0), 4), "{found:?}");
    assert!(found.err.starts_with("voepy: ") && found.err.ends_with("(unauthenticated)\n"), "{found:?}");

    let unsupported = sandbox.run(&["search", "--service", "whatsapp", "--digits-end", "7"]);
    is_refused(&unsupported, 17, "rentnumber: RentNumber chooses the number itself");
    assert_eq!(unsupported.err.lines().count(), 5, "{unsupported:?}");
    let nobody = sandbox.run(&["search", "--account", "vonage,sinch", "--json"]);
    assert_eq!(nobody.code, Some(2), "{nobody:?}");
    assert_eq!(nobody.json()["failures"].as_array().map(Vec::len), Some(2));
}

#[test]
fn a_search_takes_only_what_it_understands() {
    let sandbox = Sandbox::start();
    let refused = |arguments: &[&str], words: &str| {
        is_refused(&sandbox.run(&[&["search"], arguments].concat()), 2, words);
    };
    refused(&["--kind", "mobil"], "mobile, local");
    refused(&["--max-price", "5"], "5 USD");
    refused(&["--rate", "NGN=5"], "NGN=0.00065USD");
    refused(&["--country", "England"], "ISO 3166-1");
    refused(&["--digits-start", "44", "--digits-end", "7"], "one of start, anywhere and end");
    refused(&["--account", "nobody"], "\"nobody\"; there are: rentnumber, sinch, tempnumber, voepy, vonage");
    refused(&["--rate", "NGN=0.1USD", "--rate", "EUR=1GBP"], "one and the same");
}

#[test]
fn an_offer_is_bought_by_what_the_table_shows_then_listed_and_released() {
    let sandbox = Sandbox::start();
    let table = sandbox.run(&["search", "--country", "GB", "--account", "vonage", "--limit", "2"]).out;
    let handles = handles(&table);
    let bought = sandbox.run(&["buy", handles[0], "--yes"]);
    let told = "\
bought  +447700900000
id      vonage:GB:+447700900000
price   0.50 EUR, and again every month (asked again right before)
";
    assert_eq!((bought.code, bought.out.as_str()), (Some(0), told), "{bought:?}");

    let second = sandbox.run(&["buy", handles[0], handles[1], "--yes"]);
    assert!(second.out.contains("+447700900001"), "{second:?}");
    let passed_over = "passed over  vonage: nothing was bought: Vonage does not offer this number any more\n";
    assert!(second.out.ends_with(passed_over), "{second:?}");
    assert_eq!(sandbox.purchases("vonage"), 2);

    let released = sandbox.run(&["release", "vonage:GB:+447700900000"]);
    assert_eq!(released.out, "vonage:GB:+447700900000: released\n", "{released:?}");
    let listed = sandbox.run(&["numbers", "--json", "--account", "vonage"]).json();
    assert_eq!(listed["numbers"][0]["phone_number"], "+447700900001");
    assert_eq!(listed["numbers"].as_array().map(Vec::len), Some(1));
}

#[test]
fn the_cheapest_of_all_accounts_is_bought() {
    let sandbox = Sandbox::start();
    let wanted = [&["buy", "--country", "US", "--service", "whatsapp"], &RATES[..]].concat();
    let trial = sandbox.run(&[&wanted[..], &["--dry-run", "--max-price", "1 USD"]].concat());
    assert!(trial.out.contains("1200.00 NGN") && !trial.out.contains("2.00 USD"), "{trial:?}");
    assert!(trial.out.ends_with("Nothing was bought.\n"), "{trial:?}");
    let bought = sandbox.run(&[&wanted[..], &["--yes", "--json", "--max-price", "1 USD"]].concat()).json();
    assert_eq!((&bought["number"]["account"], &bought["passed_over"]), (&json!("vonage"), &json!([])));
    assert_eq!(bought["number"]["phone_number"], "+14155550100");
    let bought: Vec<u64> =
        ["tempnumber", "rentnumber", "sinch", "voepy", "vonage"].map(|it| sandbox.purchases(it)).into();
    assert_eq!(bought, [0, 0, 0, 0, 1]);
    let nothing = sandbox.run(&[&wanted[..], &["--yes", "--max-price", "0.01 USD"]].concat());
    is_refused(&nothing, 7, "nothing was found that fits");
}

#[test]
fn what_cannot_be_compared_is_not_bought() {
    let sandbox = Sandbox::start();
    let mixed = sandbox.run(&["buy", "--country", "US", "--service", "whatsapp", "--yes"]);
    is_refused(&mixed, 2, "priced in EUR, NGN, USD: say what they are worth by --rate");
    let other = sandbox.run(&["buy", &vonage(&sandbox), "--max-price", "5 USD", "--yes"]);
    is_refused(&other, 2, "another currency than the price, 0.50 EUR");
    let more = sandbox.run(&["buy", &vonage(&sandbox), "--max-price", "0.49 EUR", "--yes"]);
    is_refused(&more, 2, "costs 0.50 EUR now, which is more than 0.49 EUR");
    assert_eq!(sandbox.purchases("vonage"), 0);
}

#[test]
fn an_offer_that_cannot_be_bought_here_is_refused() {
    let sandbox = Sandbox::start();
    let id = vonage(&sandbox);
    let mut other = trunkline();
    let other = Ran::of(other.args(["buy", &id, "--yes"]).output().expect("it runs"));
    is_refused(&other, 2, "no account \"vonage\"; there are: rentnumber");
    is_refused(&sandbox.run(&["buy", "zzzzz", "--yes"]), 2, "no offer zzzzz has been shown here in the last day");
    is_refused(&sandbox.run(&["buy", "nonsense", "--yes"]), 2, "no offer's id");
    is_refused(&sandbox.run(&["buy", &id, "--country", "GB", "--yes"]), 2, "name offers");
    is_refused(&sandbox.run(&["buy", "--yes"]), 2, "name offers");

    let mut ticket: Value = serde_json::from_slice(&BASE64_URL_SAFE_NO_PAD.decode(&id).expect("base64")).expect("JSON");
    ticket["expires_at"] = json!("2020-01-01T00:00:00Z");
    let expired = BASE64_URL_SAFE_NO_PAD.encode(ticket.to_string());
    is_refused(&sandbox.run(&["buy", &expired, "--yes"]), 10, "reservation ended at 2020-01-01T00:00:00Z");
    assert_eq!(sandbox.purchases("vonage"), 0);
}

#[test]
fn nothing_is_bought_without_a_yes() {
    let sandbox = Sandbox::start();
    let wanted = ["buy", "--account", "vonage", "--country", "GB", "--limit", "1"];
    is_refused(&sandbox.run(&wanted), 2, "no terminal to ask on: say --yes");
    let question = "Buy +447700900000 at vonage for 0.50 EUR, and again every month? [y/N]";
    for (answer, code, purchases) in [("n", 130, 0), ("", 130, 0), ("y", 0, 1)] {
        let (shown, ended) = on_a_terminal(sandbox.command(&wanted), answer);
        assert!(shown.contains(question) && shown.contains("found · waiting for vonage"), "{shown}");
        assert_eq!((ended, sandbox.purchases("vonage")), (Some(code), purchases), "{answer:?}: {shown}");
    }
}

/// Runs it on a terminal, and gives one answer: what the terminal showed, and how it ended.
fn on_a_terminal(command: Command, answer: &str) -> (String, Option<i32>) {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    let line: Vec<&str> = words.map(|word| word.to_str().expect("text")).collect();
    // From util-linux, which every Debian has.
    let mut script = Command::new("script");
    script.args(["--quiet", "--return", "--command", &line.join(" "), "/dev/null"]).env_clear();
    script.envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))));
    let mut child = script.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("script is there");
    writeln!(child.stdin.as_mut().expect("piped"), "{answer}").expect("it listens");
    let ran = Ran::of(child.wait_with_output().expect("it ends"));
    (ran.out, ran.code)
}

#[test]
fn what_nobody_can_tell_says_how_it_will_be_told() {
    let sandbox = Sandbox::start();
    let fault = json!({ "kind": "hang", "provider": "rentnumber", "operation": "POST /rent" });
    sandbox.control("POST", "faults", &fault);
    let id = offer_of(&sandbox, &["--account", "rentnumber", "--service", "whatsapp"])["id"].clone();
    let unknown = sandbox.run(&["buy", id.as_str().expect("an id"), "--yes", "--timeout", "3s"]);
    is_refused(&unknown, 20, "trunkline recover tells what became of it");
    assert_eq!(sandbox.purchases("rentnumber"), 0);
    let recovered = sandbox.run(&["recover", "--json"]);
    assert_eq!(recovered.code, Some(20), "{recovered:?}");
    let recovered = recovered.json();
    assert!(recovered["outcome"]["unknown"].is_object(), "{recovered}");
}

#[test]
fn a_message_is_waited_for_and_its_code_shown_alone() {
    let sandbox = Sandbox::start();
    let bought = sandbox.run(&["buy", "--account", "rentnumber", "--service", "whatsapp", "--yes", "--json"]).json();
    let id = bought["number"]["id"].as_str().expect("an id");
    let message = json!({ "provider": "rentnumber", "to": bought["number"]["phone_number"], "from": "Acme",
        "text": "Your code is 123456" });
    std::thread::scope(|scope| {
        let started = Instant::now();
        let waited = scope.spawn(|| sandbox.run(&["wait", id, "--code"]));
        std::thread::sleep(Duration::from_millis(1_500));
        sandbox.control("POST", "messages", &message);
        let waited = waited.join().expect("it ran");
        assert_eq!((waited.code, waited.out.as_str()), (Some(0), "123456\n"), "{waited:?}");
        assert!(started.elapsed() > Duration::from_millis(1_500), "it was there before");
    });
    let people = sandbox.run(&["wait", id]);
    assert_eq!(people.out, "code  123456\ntext  Your code is 123456\n", "{people:?}");
    assert_eq!(sandbox.run(&["wait", id, "--contains", "CODE", "--json"]).json()["text"], "Your code is 123456");
    is_refused(
        &sandbox.run(&["wait", id, "--contains", "Visa", "--timeout", "1s"]),
        15,
        "no message that fits has come",
    );
    is_refused(&sandbox.run(&["wait", "vonage:GB:+447700900000"]), 17, "Vonage cannot be asked for messages");
    is_refused(&sandbox.run(&["wait", "sinch:+12085550100"]), 17, "Sinch cannot do this");
    is_refused(&sandbox.run(&["wait", id, "--after", "noon"]), 2, "2026-01-31T12:00:00Z");
}

#[test]
fn numbers_and_balances_are_tables_in_80_columns() {
    let sandbox = Sandbox::start();
    let balances = in_80_columns(&sandbox, &["balances"]);
    let table = "\
account     balance            credit limit
────────────────────────────────────────────
rentnumber  5000.00 NGN
tempnumber    25.50 USD
voepy        124.50 USD        0.00 USD
vonage        29.18202293 EUR
";
    assert_eq!((balances.code, balances.out.as_str()), (Some(0), table), "{balances:?}");
    assert!(balances.err.starts_with("sinch: Sinch cannot do this"), "{balances:?}");
    assert_eq!(sandbox.run(&["balances", "--json"]).json()["balances"].as_array().map(Vec::len), Some(4));

    assert_eq!(sandbox.run(&["numbers"]).out, "No number.\n");
    for wanted in [["--account", "vonage", "--country", "GB"], ["--account", "rentnumber", "--service", "whatsapp"]] {
        assert_eq!(sandbox.run(&[&["buy", "--yes"], &wanted[..]].concat()).code, Some(0));
    }
    let numbers = in_80_columns(&sandbox, &["numbers"]).out;
    let rows: Vec<&str> = numbers.lines().collect();
    assert_eq!(rows[0], "id                       number          status            costs", "{numbers}");
    assert!(rows[2].starts_with("rentnumber:101           +2348012345678  awaiting message  450.00 NGN"), "{numbers}");
    assert_eq!(rows[3], "vonage:GB:+447700900000  +447700900000   active", "{numbers}");

    let released = sandbox.run(&["release", "rentnumber:101"]).out;
    assert_eq!(released, "rentnumber:101: refunded, 450.00 NGN returned\n");
    assert!(!sandbox.run(&["numbers"]).out.contains("rentnumber"));
    assert!(sandbox.run(&["numbers", "--all"]).out.contains("refunded"));
}

#[test]
fn without_an_account_it_says_so() {
    for command in ["balances", "numbers"] {
        let ran = Ran::of(trunkline().arg(command).output().expect("it runs"));
        is_refused(&ran, 2, "this client has no account");
    }
    let sandbox = Sandbox::start();
    is_refused(&sandbox.run(&["release", "nobody:1"]), 2, "\"nobody\"; there are: rentnumber");
    is_refused(&sandbox.run(&["release", "1"]), 2, "begin with the account and a colon");
    let wrong =
        sandbox.command(&["balances", "--account", "vonage"]).env("TRUNKLINE_VONAGE_API_SECRET", "wrong").output();
    is_refused(&Ran::of(wrong.expect("it runs")), 3, "vonage: ");
}
