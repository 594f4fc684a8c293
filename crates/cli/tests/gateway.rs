//! `trunkline gateway`, as it is started and asked.

mod common;

use common::{Ran, Sandbox};
use serde_json::Value;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

const TOKEN: &str = "a-token-that-nobody-knows";

fn gateway(sandbox: &Sandbox, arguments: &[&str]) -> Command {
    let mut command = sandbox.command(&["gateway", "--json"]);
    command.args(arguments).env("TRUNKLINE_GATEWAY_TOKEN", TOKEN);
    command
}

/// A gateway that is up, and where it is.
fn started(mut command: Command) -> (Child, String) {
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
    let mut line = String::new();
    BufReader::new(child.stdout.take().expect("piped")).read_line(&mut line).expect("it prints");
    let printed: Value = serde_json::from_str(&line).expect("one JSON object on one line");
    assert!(printed["token"].is_null(), "it is known already");
    let url = printed["url"].as_str().expect("a URL");
    let host = url.strip_prefix("http://").and_then(|url| url.strip_suffix('/')).expect("http, at the root");
    assert!(host.starts_with("127.0.0.1:"), "{url}");
    (child, host.to_owned())
}

fn ask(host: &str, token: &str, body: &str) -> String {
    let mut stream = TcpStream::connect(host).expect("it listens");
    let length = body.len();
    write!(
        stream,
        "POST / HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\nauthorization: Bearer {token}\r\n\
         content-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}"
    )
    .expect("sent");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer");
    answer
}

#[test]
fn it_runs_what_is_listed_says_so_in_one_line_and_ends_cleanly() {
    let sandbox = Sandbox::start();
    let arguments = ["--operations", "rentnumber.*,rentnumber.rent", "--max-purchases", "1"];
    let (child, host) = started(gateway(&sandbox, &arguments));
    let rent = r#"{"operation":"rentnumber.rent","params":{"pricing_id":42}}"#;
    assert!(ask(&host, TOKEN, rent).contains("{\"value\":{\"rental_id\""));
    assert!(ask(&host, TOKEN, rent).starts_with("HTTP/1.1 429 "));
    assert!(ask(&host, "a-token-that-somebody-guesses", rent).starts_with("HTTP/1.1 401 "));
    assert!(Command::new("kill").arg(child.id().to_string()).status().expect("kill runs").success());
    let ran = Ran::of(child.wait_with_output().expect("it ends"));
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let lines: Vec<&str> = ran.err.lines().collect();
    assert_eq!(lines.len(), 3, "{ran:?}");
    assert!(lines[0].contains("rentnumber.rent") && lines[0].contains("ok"), "{ran:?}");
    assert!(lines[1].contains("429") && lines[2].contains("401"), "{ran:?}");
    assert!(!ran.err.contains(TOKEN) && !ran.err.contains("guesses") && !ran.err.contains("rn_sandbox_key"), "{ran:?}");
}

#[test]
fn it_does_not_start_without_a_token_or_with_a_policy_that_makes_no_sense() {
    let sandbox = Sandbox::start();
    let refused = |mut command: Command, word: &str| {
        let ran = Ran::of(command.output().expect("it runs"));
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{ran:?}");
        assert!(ran.err.contains(word) && !ran.err.contains(TOKEN), "{word}: {ran:?}");
    };
    let listed = ["--operations", "rentnumber.*"];
    let mut no_token = gateway(&sandbox, &listed);
    no_token.env_remove("TRUNKLINE_GATEWAY_TOKEN");
    refused(no_token, "TRUNKLINE_GATEWAY_TOKEN");
    let mut short = gateway(&sandbox, &listed);
    short.env("TRUNKLINE_GATEWAY_TOKEN", "short");
    refused(short, "at least 16");
    refused(gateway(&sandbox, &[]), "operations");
    refused(gateway(&sandbox, &["--operations", "rentnumber.buy"]), "rentnumber.rent");
    refused(gateway(&sandbox, &["--operations", "rentnumber.rent"]), "max_purchases");
    refused(gateway(&sandbox, &["--operations", "rentnumber.*", "--origins", "*"]), "origins");
    refused(gateway(&sandbox, &["--operations", "rentnumber.*", "--accounts", "nobody"]), "nobody");
    refused(gateway(&sandbox, &["--operations", "rentnumber.*", "--token", "x"]), "--token");
}

#[test]
fn a_file_can_say_what_is_allowed_and_hold_the_token() {
    let sandbox = Sandbox::start();
    let folder = std::env::temp_dir().join(format!("trunkline-gateway-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let (policy, token) = (folder.join("policy.json"), folder.join("token"));
    std::fs::write(&policy, r#"{"operations": ["rentnumber.list_services"], "origins": ["https://app.example.com"]}"#)
        .expect("written");
    std::fs::write(&token, "the-token-of-the-file\n").expect("written");
    let paths = [policy.to_str().expect("text"), token.to_str().expect("text")];
    let mut command = gateway(&sandbox, &["--policy", paths[0], "--token-file", paths[1]]);
    command.env_remove("TRUNKLINE_GATEWAY_TOKEN");
    let (mut child, host) = started(command);
    let answer = ask(&host, "the-token-of-the-file", r#"{"operation":"rentnumber.list_services"}"#);
    assert!(answer.contains("{\"value\":["), "{answer}");
    assert!(ask(&host, "the-token-of-the-file", r#"{"operation":"rentnumber.list_countries"}"#).contains(" 403 "));
    child.kill().expect("it ends");
    let ran = Ran::of(child.wait_with_output().expect("it ends"));
    assert!(ran.err.contains("holds a token: chmod 600"), "{ran:?}");
    std::fs::remove_dir_all(&folder).expect("removed");
}

#[test]
fn events_of_an_account_have_a_url_and_are_believed_by_their_signature() {
    let sandbox = Sandbox::start();
    let folder = std::env::temp_dir().join(format!("trunkline-gateway-events-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let policy = folder.join("policy.json");
    let text = r#"{"operations": ["trunkline.*"], "events": {"vonage": {"signs_nothing": true}, "sinch": {"secrets": ["s"]}}}"#;
    std::fs::write(&policy, text).expect("written");
    let mut command = gateway(&sandbox, &["--policy", policy.to_str().expect("text")]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
    let mut line = String::new();
    BufReader::new(child.stdout.take().expect("piped")).read_line(&mut line).expect("it prints");
    let printed: Value = serde_json::from_str(&line).expect("one JSON object on one line");
    let url = printed["url"].as_str().expect("a URL");
    assert_eq!(printed["events"]["vonage"], format!("{url}events/vonage"));
    let host = url.trim_start_matches("http://").trim_end_matches('/');
    let get = |path: &str| {
        let mut stream = TcpStream::connect(host).expect("it listens");
        write!(stream, "GET {path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n").expect("sent");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer");
        answer
    };
    let message =
        "msisdn=447700900001&to=447700900000&messageId=A&text=hello&type=text&message-timestamp=2026-05-12+14:30:00";
    assert!(get(&format!("/events/vonage?{message}")).starts_with("HTTP/1.1 200 "));
    assert!(get(&format!("/events/sinch?{message}")).starts_with("HTTP/1.1 4"));
    child.kill().expect("it ends");
    let ran = Ran::of(child.wait_with_output().expect("it ends"));
    assert!(ran.err.contains("holds the secrets of events: chmod 600"), "{ran:?}");
    assert!(ran.err.contains("provider=\"vonage\"") && !ran.err.contains("hello"), "{ran:?}");
    std::fs::remove_dir_all(&folder).expect("removed");
}
