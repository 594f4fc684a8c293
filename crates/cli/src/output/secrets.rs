//! Takes secrets out of what is shown.

use super::value::Value;
use std::collections::BTreeMap;
use trunkline_core::surface::{Definition, Type};

/// What is shown in the place of a secret.
const STARS: &str = "***";

/// Headers of replies that hold a credential.
pub(crate) fn is_secret_header(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    ["cookie", "authorization", "authenticate", "token", "secret", "api-key"].iter().any(|word| name.contains(word))
}

/// The same value with `***` in the place of each secret.
pub(crate) fn masked(value: Value, shape: &Type, types: &BTreeMap<String, Definition>) -> Value {
    match (value, shape) {
        (Value::Null, _) => Value::Null,
        (_, Type::Secret) => Value::Scalar(STARS.to_owned()),
        (Value::List(items), Type::List(item)) => {
            Value::List(items.into_iter().map(|value| masked(value, item, types)).collect())
        }
        (Value::Fields(fields), Type::Page(item)) => {
            let items = Type::List(item.clone());
            let masked = |(name, value)| match name {
                name if name == "items" => (name, masked(value, &items, types)),
                name => (name, value),
            };
            Value::Fields(fields.into_iter().map(masked).collect())
        }
        (Value::Fields(values), Type::Named(name)) => {
            let Some(Definition::Record { fields, .. }) = types.get(name) else { return Value::Fields(values) };
            let masked = |(name, value)| match fields.iter().find(|field| field.name == name) {
                Some(field) => (name, masked(value, &field.shape, types)),
                None => (name, value),
            };
            Value::Fields(values.into_iter().map(masked).collect())
        }
        (other, _) => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use trunkline_core::surface::Field;

    #[test]
    fn secrets_are_masked_wherever_they_are() {
        let field = |name: &str, shape| Field {
            name: name.to_owned(),
            about: String::new(),
            shape,
            required: false,
            clearable: false,
        };
        let named = |name: &str| Type::Named(name.to_owned());
        let record = |fields| Definition::Record { about: String::new(), fields, input: false };
        let account = vec![
            field("plain", Type::Text),
            field("hooks", Type::List(Box::new(named("Hook")))),
            field("keys", Type::List(Box::new(Type::Secret))),
            field("maybe", Type::Secret),
            field("none", Type::Secret),
        ];
        let types = BTreeMap::from([
            ("Account".to_owned(), record(account)),
            ("Hook".to_owned(), record(vec![field("signing_secret", Type::Secret)])),
        ]);
        let text = r#"{"plain":"p","hooks":[{"signing_secret":"s"}],"keys":["k"],"maybe":"m","none":null,"new":1}"#;
        let shown =
            r#"{"plain":"p","hooks":[{"signing_secret":"***"}],"keys":["***"],"maybe":"***","none":null,"new":1}"#;
        let read = |text: &str| serde_json::from_str::<Value>(text).unwrap();
        assert_eq!(masked(read(text), &named("Account"), &types), read(shown));
        let page = |item: &str| read(&format!(r#"{{"items":[{item}],"next":"2","total":null}}"#));
        assert_eq!(masked(page(text), &Type::Page(Box::new(named("Account"))), &types), page(shown));
    }
}
