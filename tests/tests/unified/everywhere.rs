//! One suite for every provider, switched by the capability table: what it says can be done is done, what it says cannot is
//! refused before anything is sent.

use super::{ACCOUNTS, bought, offer};
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::time::Duration;
use trunkline_core::unified::UNIFIED;
use trunkline_core::{Error, ErrorKind, PROVIDERS};
use trunkline_tests::world::World;

type Outcome = Result<Value, Error>;

/// How one unified operation is tried at one account.
struct Trial {
    operation: &'static str,
    /// Runs it, after what has to be there before it.
    run: fn(&mut World, &str) -> Outcome,
    /// What of its result must be so.
    holds: fn(&Value) -> bool,
}

static TRIALS: &[Trial] = &[
    Trial {
        operation: "balances",
        run: |world, account| of_one(world, "balances", account),
        holds: |it| it["balances"][0]["balance"]["amount"].is_string(),
    },
    Trial {
        operation: "countries",
        run: |world, account| of_one(world, "countries", account),
        holds: |it| it["countries"].as_array().is_some_and(|all| all.iter().any(|it| it["country"] == "US")),
    },
    Trial {
        operation: "services",
        run: |world, account| of_one(world, "services", account),
        holds: |it| it["services"].as_array().is_some_and(|all| all.iter().any(|it| it["service"] == "whatsapp")),
    },
    Trial {
        operation: "search",
        run: |world, account| {
            let search = json!({ "country": "US", "service": "whatsapp", "accounts": [account], "limit": 2 });
            alone(world.call("trunkline.search", &search)?)
        },
        holds: |it| {
            let all = it["offers"].as_array().expect("a list");
            (1..=2).contains(&all.len()) && all.iter().all(|it| it["country"] == "US" && it["native"].is_object())
        },
    },
    Trial {
        operation: "quote",
        run: |world, account| {
            let offer = offer(world, account);
            let quoted = world.call("trunkline.quote", &json!({ "offer": offer["id"] }))?;
            assert_eq!((&quoted["id"], &quoted["price"]), (&offer["id"], &offer["price"]));
            Ok(quoted)
        },
        holds: |it| it["price"].is_object(),
    },
    Trial {
        operation: "reserve",
        run: |world, account| {
            let offer = offer(world, account);
            let held = world.call("trunkline.reserve", &json!({ "offer": offer["id"] }))?;
            // What is held is bought as what is not.
            world.call("trunkline.buy", &json!({ "offers": [held["id"]] }))?;
            Ok(held)
        },
        holds: |it| it["expires_at"].is_string(),
    },
    Trial {
        operation: "buy",
        run: |world, account| {
            let (before, offer) = (world.purchases(account), offer(world, account));
            let bought = world.call("trunkline.buy", &json!({ "offers": [offer["id"]] }))?;
            assert_eq!((world.purchases(account), &bought["offer"]), (before + 1, &offer["id"]));
            Ok(bought)
        },
        holds: |it| it["number"]["phone_number"].is_string() && it["price_checked"] == true,
    },
    Trial {
        operation: "renew",
        run: |world, account| {
            let number = bought(world, account);
            let renewed = world.call("trunkline.renew", &json!({ "number": number["id"], "months": 3 }))?;
            assert!(renewed["expires_at"].as_str() > number["expires_at"].as_str(), "{renewed}");
            Ok(renewed)
        },
        holds: |it| it["status"] == "active",
    },
    Trial {
        operation: "list_numbers",
        run: |world, account| {
            let number = bought(world, account);
            let list = of_one(world, "list_numbers", account)?;
            let ids: Vec<&Value> = list["numbers"].as_array().expect("a list").iter().map(|it| &it["id"]).collect();
            assert!(ids.contains(&&number["id"]), "{ids:?}");
            Ok(list)
        },
        holds: |_| true,
    },
    Trial {
        operation: "get_number",
        run: |world, account| {
            let number = bought(world, account);
            let read = world.call("trunkline.get_number", &json!({ "number": number["id"] }))?;
            assert_eq!((&read["id"], &read["phone_number"]), (&number["id"], &number["phone_number"]));
            Ok(read)
        },
        holds: |it| it["native"].is_object(),
    },
    Trial {
        operation: "wait_until_active",
        run: |world, account| {
            let number = bought(world, account);
            world.call("trunkline.wait_until_active", &json!({ "number": number["id"] }))
        },
        holds: |it| it["status"] == "active" || it["status"] == "awaiting_message",
    },
    Trial {
        operation: "configure",
        run: |world, account| {
            let number = bought(world, account);
            world.call("trunkline.wait_until_active", &json!({ "number": number["id"] }))?;
            // Some numbers have a label, some a webhook.
            let label = world.call("trunkline.configure", &json!({ "number": number["id"], "label": "shop" }));
            let url = json!({ "number": number["id"], "webhook_url": "https://example.com/hook" });
            label.or_else(|_| world.call("trunkline.configure", &url))
        },
        holds: |it| {
            let native = &it["native"];
            native["display_name"] == "shop"
                || native["customer_reference"] == "shop"
                || native["mo_http_url"] == "https://example.com/hook"
        },
    },
    Trial {
        operation: "messages",
        run: |world, account| {
            let number = bought(world, account);
            let to = number["phone_number"].as_str().expect("allocated").to_owned();
            let now = world.time();
            let provider = trunkline_sandbox::ProviderName::from_slug(account).expect("one of them");
            let text = "123456 is your WhatsApp code";
            if let Err(problem) = world.sandbox.receive_sms(now, provider, &to, "WhatsApp", text) {
                assert!(!can(account, "messages"), "{problem}");
            }
            world.pass(Duration::from_secs(1));
            world.call("trunkline.messages", &json!({ "number": number["id"] }))
        },
        holds: |it| it[0]["text"] == "123456 is your WhatsApp code" && it[0]["code"] == "123456",
    },
    Trial {
        operation: "release",
        run: |world, account| {
            let number = bought(world, account);
            world.call("trunkline.wait_until_active", &json!({ "number": number["id"] }))?;
            world.call("trunkline.release", &json!({ "number": number["id"] }))
        },
        holds: |it| {
            let over = ["released", "releasing", "cancelled", "refunded"];
            it["status"].as_str().is_some_and(|status| over.contains(&status))
        },
    },
];

/// A call over all accounts, of which there is one; its failure is the call's.
fn of_one(world: &mut World, operation: &str, account: &str) -> Outcome {
    alone(world.call(&format!("trunkline.{operation}"), &json!({ "accounts": [account] }))?)
}

fn alone(result: Value) -> Outcome {
    match result["failures"].get(0) {
        None => Ok(result),
        Some(failure) => {
            let kind = serde_json::from_value(failure["kind"].clone()).expect("a kind");
            let delivery = serde_json::from_value(failure["delivery"].clone()).expect("a delivery");
            Err(Error::new(kind, delivery, failure["message"].as_str().expect("a message")))
        }
    }
}

fn can(provider: &str, operation: &str) -> bool {
    let entry = PROVIDERS.iter().find(|entry| entry.facts.slug == provider).expect("one of them");
    entry.capabilities().any(|(name, can)| name == operation && can)
}

#[test]
fn every_provider_does_what_the_capability_table_says_and_refuses_the_rest() {
    let mut table = format!("\n{:18}", "");
    for account in ACCOUNTS {
        let _ = write!(table, "{account:>12}");
    }
    for Trial { operation, run, holds } in TRIALS {
        let _ = write!(table, "\n{operation:18}");
        for account in ACCOUNTS {
            let mut world = World::new();
            let outcome = run(&mut world, account);
            let cell = match (can(account, operation), outcome) {
                (true, Ok(value)) if holds(&value) => "ok",
                (false, Err(error)) if error.kind == ErrorKind::Unsupported => {
                    let asked = world.requests.iter().filter(|(_, request)| is_of(operation, request));
                    assert_eq!(asked.count(), 0, "{operation} at {account}: refused, but something was sent");
                    "-"
                }
                (_, outcome) => panic!("{operation} at {account}: {outcome:?}"),
            };
            let _ = write!(table, "{cell:>12}");
        }
    }
    println!("{table}\n\nok: done at the sandbox. -: the provider cannot, and nothing was sent.");
}

/// Whether a request may be of an operation that was refused. Those before it (to search, to buy, to look) are not.
fn is_of(operation: &str, request: &trunkline_core::Request) -> bool {
    let words: &[&str] = match operation {
        "balances" => &["balance", "/account"],
        "services" => &["services"],
        "reserve" => &["reservations"],
        "renew" => &["renew"],
        "countries" => &["countries", "regions"],
        "messages" => &["sms"],
        _ => &[],
    };
    words.iter().any(|word| request.url_without_query().contains(word))
}

#[test]
fn every_unified_operation_is_tried() {
    let tried: Vec<String> = TRIALS.iter().map(|trial| format!("trunkline.{}", trial.operation)).collect();
    // These have suites of their own.
    let elsewhere = ["trunkline.capabilities", "trunkline.inbox", "trunkline.wait_for_message"];
    for entry in UNIFIED.iter().filter(|entry| !elsewhere.contains(&entry.endpoint.id)) {
        assert!(tried.iter().any(|id| id == entry.endpoint.id), "{} is not tried", entry.endpoint.id);
    }
}

#[test]
fn the_capability_table_is_returned_to_programs() {
    let mut world = World::new();
    let table = world.call("trunkline.capabilities", &json!({})).expect("nothing to ask");
    assert!(world.requests.is_empty());
    for (entry, told) in PROVIDERS.iter().zip(table["providers"].as_array().expect("a list")) {
        assert_eq!(told["provider"], entry.facts.slug);
        assert_eq!(told["accounts"], json!([entry.facts.slug]));
        for (operation, can) in entry.capabilities() {
            let listed = told["operations"].as_array().expect("a list").iter().any(|it| it == operation);
            assert_eq!(listed, can, "{} {operation}", entry.facts.slug);
        }
    }
}
