//! The program around the calls: what there is, the sandbox, the demo, accounts, help.

mod common;

use common::{Ran, Sandbox, run, trunkline};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;

#[test]
fn operations_are_listed_with_exactly_these_facts() {
    let listed = run(&["operations", "--json"]).json();
    let listed = listed.as_array().expect("an array");
    assert_eq!(listed.len(), trunkline::registry::entries().count());
    let keys = ["id", "provider", "method", "path", "effect", "public", "paged", "waits", "seed"];
    for operation in listed {
        let found: BTreeSet<&str> = operation.as_object().expect("an object").keys().map(String::as_str).collect();
        assert_eq!(found, BTreeSet::from(keys), "{operation}");
    }
    let rent = listed.iter().find(|operation| operation["id"] == "rentnumber.rent").expect("it is there");
    assert_eq!((&rent["effect"], &rent["method"], &rent["path"]), (&"spends".into(), &"POST".into(), &"/rent".into()));
}

#[test]
fn the_demo_goes_through_at_all_five() {
    let demo = run(&["demo"]);
    assert_eq!(demo.code, Some(0), "{demo:?}");
    let (_, table) = demo.out.rsplit_once("─\n").expect("a closing table");
    let rows: Vec<&str> = table.lines().take_while(|line| !line.is_empty()).collect();
    assert_eq!(rows.len(), 5, "{}", demo.out);
    assert!(rows.iter().all(|row| row.contains("went through")), "{}", demo.out);
    assert_eq!(rows.iter().filter(|row| row.contains("code 481516")).count(), 2, "{}", demo.out);
    assert_eq!(rows.iter().filter(|row| row.contains("not offered")).count(), 3, "{}", demo.out);
}

#[test]
fn the_demo_knows_no_real_account_and_no_proxy() {
    let nowhere = "http://127.0.0.1:9";
    let mut command = trunkline();
    command.args(["demo", "--json"]).env("TRUNKLINE_CONFIG", "/nowhere/config.json").env("HTTP_PROXY", nowhere);
    command.env("http_proxy", nowhere).env("TRUNKLINE_VONAGE_BASE_URL", nowhere).env("TRUNKLINE_SINCH_NONSENSE", "x");
    let demo = Ran::of(command.output().expect("it runs"));
    assert_eq!(demo.code, Some(0), "{demo:?}");
    let lines: Vec<Value> = demo.out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let (last, steps) = lines.split_last().expect("lines");
    assert_eq!((last["ok"].as_bool(), last["summary"].as_array().map(Vec::len)), (Some(true), Some(5)));
    assert!(steps.iter().all(|step| step["ok"] == true && step["step"].is_string()), "{steps:?}");
}

#[test]
fn the_sandbox_prints_what_a_client_needs_and_ends_cleanly() {
    let sandbox = Sandbox::start();
    let providers = sandbox.printed["providers"].as_object().expect("an object");
    assert_eq!(providers.len(), 5);
    assert!(
        providers.values().all(|it| it["base_url"].as_str().is_some_and(|url| url.starts_with("http://127.0.0.1:")))
    );
    for provider in providers.keys() {
        let name = format!("TRUNKLINE_{}_BASE_URL", provider.to_uppercase());
        assert!(sandbox.printed["environment"][&name].is_string(), "{name}");
    }
    assert_eq!(sandbox.terminate(), Some(0));
}

#[test]
fn a_missing_credential_is_named_by_its_variable() {
    for (arguments, variable) in [
        (["rentnumber", "get-balance"], "TRUNKLINE_RENTNUMBER_API_KEY"),
        (["vonage", "get-balance"], "TRUNKLINE_VONAGE_API_SECRET"),
    ] {
        let ran = run(&arguments);
        assert_eq!(ran.code, Some(2), "{ran:?}");
        assert!(ran.err.contains(variable), "{ran:?}");
    }
}

#[test]
fn a_file_of_accounts_that_others_can_read_is_warned_about() {
    use std::os::unix::fs::PermissionsExt;
    let sandbox = Sandbox::start();
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("accounts/trunkline");
    fs::create_dir_all(&folder).expect("a folder");
    let file = folder.join("config.json");
    let account = serde_json::json!({ "mine": {
        "provider": "rentnumber",
        "api_key": sandbox.printed["environment"]["TRUNKLINE_RENTNUMBER_API_KEY"],
        "base_url": sandbox.printed["environment"]["TRUNKLINE_RENTNUMBER_BASE_URL"],
    }});
    fs::write(&file, account.to_string()).expect("written");
    let run = |mode| {
        fs::set_permissions(&file, fs::Permissions::from_mode(mode)).expect("a mode");
        let mut command = trunkline();
        command.args(["rentnumber", "get-balance", "--account", "mine"]);
        Ran::of(command.env("XDG_CONFIG_HOME", folder.parent().unwrap()).output().expect("it runs"))
    };
    let open = run(0o644);
    assert_eq!(open.code, Some(0), "{open:?}");
    assert!(open.err.contains("chmod 600"), "{open:?}");
    assert_eq!(run(0o600).err, "");
}

#[test]
fn the_help_lists_exit_codes_and_suggests_what_was_meant() {
    let help = run(&["--help"]);
    assert_eq!(help.code, Some(0));
    assert!(help.out.contains("20  purchase_unknown") && help.out.contains("demo"), "{}", help.out);
    let wrong = run(&["rentnumber", "list-price"]);
    assert_eq!(wrong.code, Some(2));
    assert!(wrong.err.contains("list-prices"), "{wrong:?}");
    let json = run(&["rentnumber", "list-price", "--json"]);
    assert_eq!(serde_json::from_str::<Value>(&json.err).expect("JSON")["kind"], "invalid_input");
}
