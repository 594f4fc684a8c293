//! Takes secrets out of what is shown: those that the result's schema marks, with `format: "password"`.

use super::value::Value;
use crate::schema::resolve;
use serde_json::Value as Json;

/// What is shown in the place of a secret.
const STARS: &str = "***";

/// Headers of replies that hold a credential.
pub(crate) fn is_secret_header(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    ["cookie", "authorization", "authenticate", "token", "secret", "api-key"].iter().any(|word| name.contains(word))
}

/// The same value with `***` where the schema says that there is a secret.
pub(crate) fn masked(value: Value, root: &Json, schema: &Json) -> Value {
    let schema = resolve(root, schema);
    if schema.get("format").and_then(Json::as_str) == Some("password") && !value.is_null() {
        return Value::Scalar(STARS.to_owned());
    }
    let choices = ["anyOf", "oneOf", "allOf"].iter().filter_map(|name| schema.get(name)?.as_array()).flatten();
    // A secret in any of the choices is a secret.
    let value = choices.fold(value, |value, choice| masked(value, root, choice));
    match value {
        Value::List(items) => {
            let Some(inner) = schema.get("items") else { return Value::List(items) };
            Value::List(items.into_iter().map(|item| masked(item, root, inner)).collect())
        }
        Value::Fields(fields) => Value::Fields(
            fields
                .into_iter()
                .map(|(name, value)| {
                    let inner = schema.pointer(&format!("/properties/{name}"));
                    match inner.or_else(|| schema.get("additionalProperties")) {
                        Some(inner) => (name, masked(value, root, inner)),
                        None => (name, value),
                    }
                })
                .collect(),
        ),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn secrets_are_masked_wherever_the_schema_marks_them() {
        let schema = json!({
            "properties": {
                "plain": { "type": "string" },
                "hooks": { "type": "array", "items": { "$ref": "#/$defs/Hook" } },
                "maybe": { "anyOf": [{ "$ref": "#/$defs/Secret" }, { "type": "null" }] },
                "none": { "anyOf": [{ "$ref": "#/$defs/Secret" }, { "type": "null" }] },
            },
            "$defs": {
                "Secret": { "type": "string", "format": "password" },
                "Hook": { "properties": { "signing_secret": { "$ref": "#/$defs/Secret" } } },
            },
        });
        let text = r#"{"plain":"p","hooks":[{"signing_secret":"s"}],"maybe":"m","none":null}"#;
        let shown = r#"{"plain":"p","hooks":[{"signing_secret":"***"}],"maybe":"***","none":null}"#;
        let value = masked(serde_json::from_str(text).unwrap(), &schema, &schema);
        assert_eq!(value, serde_json::from_str::<Value>(shown).unwrap());
    }
}
