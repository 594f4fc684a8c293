//! What one JSON Schema says.

use serde_json::Value;

/// The description of what a schema describes, in paragraphs.
pub fn description(schema: &Value) -> String {
    let text = schema.get("description").and_then(Value::as_str).unwrap_or_default();
    let paragraphs = text.split("\n\n").map(|paragraph| paragraph.replace('\n', " "));
    paragraphs.collect::<Vec<_>>().join("\n\n")
}

/// The one type that a schema allows besides null.
pub(super) fn type_name(schema: &Value) -> Option<&str> {
    match schema.get("type")? {
        Value::String(name) => Some(name),
        Value::Array(names) => names.iter().filter_map(Value::as_str).find(|name| *name != "null"),
        _ => None,
    }
}

fn is_null(schema: &Value) -> bool {
    schema.get("type").and_then(Value::as_str) == Some("null")
}

pub(super) fn takes_null(schema: &Value) -> bool {
    let among = |list: &Value| list.as_array().is_some_and(|names| names.iter().any(|name| name == "null"));
    schema.get("type").is_some_and(among) || choices(schema).iter().any(is_null)
}

fn choices(schema: &Value) -> &[Value] {
    let list = schema.get("anyOf").or_else(|| schema.get("oneOf")).and_then(Value::as_array);
    list.map(Vec::as_slice).unwrap_or_default()
}

/// `anyOf: [X, null]` is X.
pub(super) fn without_null(schema: &Value) -> &Value {
    let mut others = choices(schema).iter().filter(|choice| !is_null(choice));
    match (others.next(), others.next()) {
        (Some(only), None) => only,
        _ => schema,
    }
}

/// The words of an enum, and whether others may come.
pub(super) fn words(schema: &Value) -> Option<(Vec<(String, String)>, bool)> {
    let listed = |schema: &Value| -> Vec<(String, String)> {
        let about = description(schema);
        let single = schema.get("const").into_iter();
        let several = schema.get("enum").and_then(Value::as_array).into_iter().flatten();
        single.chain(several).filter_map(Value::as_str).map(|word| (word.to_owned(), about.clone())).collect()
    };
    let mut known = listed(schema);
    known.extend(choices(schema).iter().flat_map(listed));
    let open = choices(schema).iter().any(|choice| listed(choice).is_empty() && type_name(choice) == Some("string"));
    (!known.is_empty()).then_some((known, open))
}
