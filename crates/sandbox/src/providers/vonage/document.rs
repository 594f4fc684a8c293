//! One tree, written as JSON or as XML. The two differ in names, order and how lists are drawn, so each field carries
//! both of its names. Field order is the pages' own, which a sorted map would lose.

use std::borrow::Cow;

/// A value of a reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value {
    /// Text, escaped by each writer in its own way.
    Text(String),
    /// A number exactly as it is to be written.
    Number(String),
    /// `true` or `false`.
    Flag(bool),
    /// Named fields in order.
    Object(Vec<Field>),
    /// Items of a list; how XML draws them is up to the field.
    List(Vec<Value>),
}

/// A named value; a name that is missing leaves the field out of that format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Field {
    json: Option<Cow<'static, str>>,
    xml: Option<XmlName>,
    value: Value,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum XmlName {
    /// `<name>value</name>`; a list repeats the element per item, as the `<numbers>` of the pages do.
    Element(Cow<'static, str>),
    /// `<outer><item>…</item><item>…</item></outer>`.
    Wrapped(&'static str, &'static str),
}

impl Value {
    /// Text from anything textual.
    pub(super) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// A whole number.
    pub(super) fn count(count: usize) -> Self {
        Self::Number(count.to_string())
    }

    /// This value as JSON.
    pub(super) fn to_json(&self) -> String {
        let mut out = String::new();
        write_json(self, &mut out);
        out
    }

    /// This value as the XML document of that root element, declaration included.
    pub(super) fn to_xml(&self, root: &str, standalone: bool) -> String {
        let standalone = if standalone { " standalone=\"yes\"" } else { "" };
        let mut out = format!("<?xml version=\"1.0\" encoding=\"UTF-8\"{standalone}?>");
        write_element(root, self, &mut out);
        out
    }
}

impl Field {
    /// A field of the same name in both formats.
    pub(super) fn new(name: impl Into<Cow<'static, str>>, value: Value) -> Self {
        let name = name.into();
        Self { json: Some(name.clone()), xml: Some(XmlName::Element(name)), value }
    }

    /// A field whose XML name differs: `moHttpUrl` is `<mo-http-url>`.
    pub(super) fn renamed(json: &'static str, xml: &'static str, value: Value) -> Self {
        Self { json: Some(json.into()), xml: Some(XmlName::Element(xml.into())), value }
    }

    /// A list whose items XML puts in an element of their own.
    pub(super) fn wrapped(name: &'static str, item: &'static str, items: Vec<Value>) -> Self {
        Self { json: Some(name.into()), xml: Some(XmlName::Wrapped(name, item)), value: Value::List(items) }
    }

    /// The same field, left out of JSON.
    pub(super) fn xml_only(self) -> Self {
        Self { json: None, ..self }
    }

    /// The same field, left out of XML.
    pub(super) fn json_only(self) -> Self {
        Self { xml: None, ..self }
    }
}

fn write_json(value: &Value, out: &mut String) {
    match value {
        Value::Text(text) => out.push_str(&quoted(text)),
        Value::Number(number) => out.push_str(number),
        Value::Flag(flag) => out.push_str(if *flag { "true" } else { "false" }),
        Value::Object(fields) => {
            let members = fields.iter().filter_map(|field| field.json.as_ref().map(|name| (name, &field.value)));
            out.push('{');
            for (at, (name, value)) in members.enumerate() {
                out.push_str(if at == 0 { "" } else { "," });
                out.push_str(&quoted(name));
                out.push(':');
                write_json(value, out);
            }
            out.push('}');
        }
        Value::List(items) => {
            out.push('[');
            for (at, item) in items.iter().enumerate() {
                out.push_str(if at == 0 { "" } else { "," });
                write_json(item, out);
            }
            out.push(']');
        }
    }
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

fn write_element(name: &str, value: &Value, out: &mut String) {
    let name = element_name(name);
    out.push_str(&format!("<{name}>"));
    match value {
        Value::Text(text) => out.push_str(&escaped(text)),
        Value::Number(number) => out.push_str(number),
        Value::Flag(flag) => out.push_str(if *flag { "true" } else { "false" }),
        Value::Object(fields) => fields.iter().for_each(|field| write_field(field, out)),
        Value::List(items) => items.iter().for_each(|item| write_element("item", item, out)),
    }
    out.push_str(&format!("</{name}>"));
}

fn write_field(field: &Field, out: &mut String) {
    match (&field.xml, &field.value) {
        (None, _) => {}
        (Some(XmlName::Element(name)), Value::List(items)) => {
            items.iter().for_each(|item| write_element(name, item, out));
        }
        (Some(XmlName::Wrapped(outer, item)), Value::List(items)) => {
            out.push_str(&format!("<{outer}>"));
            items.iter().for_each(|value| write_element(item, value, out));
            out.push_str(&format!("</{outer}>"));
        }
        (Some(XmlName::Element(name)), value) => write_element(name, value, out),
        (Some(XmlName::Wrapped(outer, _)), value) => write_element(outer, value, out),
    }
}

/// Error bodies use what the caller sent as a name, which need not be one in XML.
fn element_name(name: &str) -> String {
    let fits = |character: char| character.is_ascii_alphanumeric() || matches!(character, '-' | '_');
    let name: String = name.chars().map(|character| if fits(character) { character } else { '_' }).collect();
    if name.starts_with(|first: char| first.is_ascii_alphabetic()) { name } else { format!("_{name}") }
}

/// Escaped for element content; characters which XML 1.0 cannot hold become U+FFFD.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\r' => out.push_str("&#13;"),
            '\t' | '\n' => out.push(character),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            _ => out.push(character),
        }
    }
    out
}
