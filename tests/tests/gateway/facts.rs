//! What the gateway relies on of the registry.

use serde_json::Value;
use std::path::Path;
use trunkline_core::{Effect, registry};

fn holds(schema: &Value, found: &dyn Fn(&Value) -> bool) -> bool {
    let inner = match schema {
        Value::Object(members) => members.values().any(|it| holds(it, found)),
        Value::Array(items) => items.iter().any(|it| holds(it, found)),
        _ => false,
    };
    inner || found(schema)
}

#[test]
fn an_operation_is_marked_as_returning_a_secret_exactly_where_its_result_holds_one() {
    let folder =
        Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace").join("crates/core/src/providers");
    let mut marked = 0;
    for entry in registry::operations() {
        let endpoint = &entry.endpoint;
        let output = (entry.schema)().output.to_value();
        let secret = holds(&output, &|schema| schema.get("format").is_some_and(|format| format == "password"));
        assert_eq!(endpoint.returns_secret, secret, "{}", endpoint.id);
        let path = folder.join(endpoint.provider()).join(format!("{}.rs", endpoint.name()));
        let source = std::fs::read_to_string(&path).expect("its file");
        assert!(endpoint.returns_secret || !source.contains("fn new_secret("), "{} gives a new secret", endpoint.id);
        marked += usize::from(endpoint.returns_secret);
    }
    assert!(marked >= 4, "{marked}");
}

/// Purchases are counted by the numbers that a call names. A list of another name would have to be looked at.
#[test]
fn what_spends_takes_several_things_only_as_phone_numbers() {
    let known = ["capabilities", "document_ids", "phone_numbers"];
    for entry in registry::operations().filter(|entry| matches!(entry.endpoint.effect, Effect::Spends(_))) {
        let params = (entry.schema)().params.to_value();
        let properties = params["properties"].as_object().expect("an object");
        for (name, schema) in properties {
            let list = holds(schema, &|schema| schema.get("items").is_some());
            let number =
                holds(schema, &|schema| schema.get("type").is_some_and(|it| it.to_string().contains("integer")));
            assert!(!list || known.contains(&name.as_str()), "{} {name}", entry.endpoint.id);
            assert!(!number, "{} {name}", entry.endpoint.id);
        }
    }
}
