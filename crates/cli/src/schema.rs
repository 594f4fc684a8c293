//! Reads the JSON Schema of an operation's parameters: what options there are, and what each takes.

use serde_json::{Map, Value};

/// One parameter, at whatever depth.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Parameter {
    /// As in JSON: snake_case.
    pub(crate) name: String,
    /// Its description, on one line.
    pub(crate) help: String,
    /// The call is refused without it.
    pub(crate) required: bool,
    /// An update may take its value away (`Change<T>`).
    pub(crate) clearable: bool,
    /// What it takes.
    pub(crate) kind: Kind,
}

/// What a parameter takes.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Kind {
    /// Text; the words that are known, where it is one of a few. Others pass: providers add words.
    Text(Vec<String>),
    /// Text that must not be seen in a list of processes.
    Secret,
    Integer,
    Number,
    Flag,
    List(Box<Kind>),
    Object(Vec<Parameter>),
    /// Anything else: JSON text.
    Json,
}

/// Deeper than this, JSON text is easier to write than options.
const DEPTH: usize = 3;

/// The parameters that a schema describes: those that are required first, as declared.
pub(crate) fn parameters(root: &Value) -> Vec<Parameter> {
    properties(root, root, DEPTH)
}

/// The description of what a schema describes, in paragraphs.
pub(crate) fn description(schema: &Value) -> String {
    let text = schema.get("description").and_then(Value::as_str).unwrap_or_default();
    let paragraphs = text.split("\n\n").map(|paragraph| paragraph.replace('\n', " "));
    paragraphs.collect::<Vec<_>>().join("\n\n")
}

/// Follows a reference to its definition.
pub(crate) fn resolve<'a>(root: &'a Value, schema: &'a Value) -> &'a Value {
    let target = schema.get("$ref").and_then(Value::as_str).and_then(|path| root.pointer(path.strip_prefix('#')?));
    target.unwrap_or(schema)
}

fn properties(root: &Value, schema: &Value, depth: usize) -> Vec<Parameter> {
    let nothing = Map::new();
    let properties = schema.get("properties").and_then(Value::as_object).unwrap_or(&nothing);
    let required: Vec<&str> =
        schema.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect();
    let rank = |name: &str| required.iter().position(|known| *known == name).unwrap_or(usize::MAX);
    let mut parameters: Vec<Parameter> = properties
        .iter()
        .map(|(name, property)| Parameter {
            name: name.clone(),
            help: help(root, property),
            required: required.contains(&name.as_str()),
            clearable: property.get("x-change").is_some(),
            kind: kind(root, property, depth),
        })
        .collect();
    parameters.sort_by_key(|parameter| rank(&parameter.name));
    parameters
}

fn help(root: &Value, property: &Value) -> String {
    let own = description(property);
    let text = if own.is_empty() { description(resolve(root, property)) } else { own };
    text.replace("\n\n", " ")
}

fn kind(root: &Value, schema: &Value, depth: usize) -> Kind {
    let schema = without_null(root, resolve(root, schema));
    if schema.get("format").and_then(Value::as_str) == Some("password") {
        return Kind::Secret;
    }
    if let Some(words) = words(root, schema) {
        return Kind::Text(words);
    }
    match type_name(schema) {
        Some("string") => Kind::Text(Vec::new()),
        Some("integer") => Kind::Integer,
        Some("number") => Kind::Number,
        Some("boolean") => Kind::Flag,
        Some("array") => match schema.get("items").map(|items| kind(root, items, 0)) {
            Some(item) => Kind::List(Box::new(item)),
            None => Kind::Json,
        },
        Some("object") if depth > 0 && schema.get("properties").is_some() => {
            Kind::Object(properties(root, schema, depth - 1))
        }
        _ => Kind::Json,
    }
}

/// The one type that a schema allows besides null.
fn type_name(schema: &Value) -> Option<&str> {
    match schema.get("type")? {
        Value::String(name) => Some(name),
        Value::Array(names) => names.iter().filter_map(Value::as_str).find(|name| *name != "null"),
        _ => None,
    }
}

/// `anyOf: [X, null]` is X.
fn without_null<'a>(root: &'a Value, schema: &'a Value) -> &'a Value {
    let Some(choices) = schema.get("anyOf").and_then(Value::as_array) else { return schema };
    let is_null = |choice: &&Value| choice.get("type").and_then(Value::as_str) == Some("null");
    let mut others = choices.iter().filter(|choice| !is_null(choice));
    match (others.next(), others.next()) {
        (Some(only), None) => without_null(root, resolve(root, only)),
        _ => schema,
    }
}

/// The words of an enum, open or closed.
fn words(root: &Value, schema: &Value) -> Option<Vec<String>> {
    let texts = |values: &Value| -> Option<Vec<String>> {
        values
            .as_array()?
            .iter()
            .filter(|value| !value.is_null())
            .map(|value| value.as_str().map(str::to_owned))
            .collect()
    };
    if let Some(values) = schema.get("enum") {
        return texts(values);
    }
    if let Some(word) = schema.get("const").and_then(Value::as_str) {
        return Some(vec![word.to_owned()]);
    }
    let choices = schema.get("anyOf").or_else(|| schema.get("oneOf"))?.as_array()?;
    let mut known = Vec::new();
    for choice in choices.iter().map(|choice| resolve(root, choice)) {
        match words(root, choice) {
            Some(words) => known.extend(words),
            None if matches!(type_name(choice), Some("string" | "null")) => {}
            None => return None,
        }
    }
    Some(known)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn kind_of(property: Value) -> Kind {
        let root = json!({
            "properties": { "it": property },
            "$defs": { "Colour": { "anyOf": [{ "enum": ["RED", "GREEN"] }, { "type": "string" }] } },
        });
        parameters(&root).remove(0).kind
    }

    #[test]
    fn an_open_enum_is_text_whose_words_are_known() {
        let words = Kind::Text(vec!["RED".to_owned(), "GREEN".to_owned()]);
        assert_eq!(kind_of(json!({ "$ref": "#/$defs/Colour" })), words);
        assert_eq!(kind_of(json!({ "anyOf": [{ "$ref": "#/$defs/Colour" }, { "type": "null" }] })), words);
    }

    #[test]
    fn nullable_types_are_those_they_are_without_null() {
        assert_eq!(kind_of(json!({ "type": ["integer", "null"], "format": "uint32" })), Kind::Integer);
        assert_eq!(kind_of(json!({ "type": ["boolean", "null"] })), Kind::Flag);
        assert_eq!(
            kind_of(json!({ "anyOf": [{ "type": "string", "format": "password" }, { "type": "null" }] })),
            Kind::Secret
        );
    }

    #[test]
    fn lists_of_objects_are_lists_of_json_texts() {
        assert_eq!(
            kind_of(json!({ "type": "array", "items": { "type": "string" } })),
            Kind::List(Box::new(Kind::Text(Vec::new())))
        );
        let objects = json!({ "type": "array", "items": { "type": "object", "properties": { "a": {} } } });
        assert_eq!(kind_of(objects), Kind::List(Box::new(Kind::Json)));
    }

    #[test]
    fn required_parameters_come_first() {
        let root = json!({
            "required": ["z", "y"],
            "properties": { "a": {}, "y": {}, "z": { "description": "Two\nlines." } },
        });
        let names: Vec<(String, bool)> =
            parameters(&root).into_iter().map(|parameter| (parameter.name, parameter.required)).collect();
        assert_eq!(names, [("z".to_owned(), true), ("y".to_owned(), true), ("a".to_owned(), false)]);
        assert_eq!(parameters(&root)[0].help, "Two lines.");
    }
}
