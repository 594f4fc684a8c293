//! What hosts see of the operations, read from their schemas: parameters, results and the types in them. From this the
//! typed surfaces of Python and TypeScript are generated.

use crate::error::{Delivery, Details, ErrorKind};
use crate::provider::ProviderEntry;
use crate::registry::Entry;
use schemars::JsonSchema;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// The operations of one provider and the types that they use.
#[derive(Debug, Clone, PartialEq)]
pub struct Surface {
    /// In the registry's order.
    pub operations: Vec<Signature>,
    /// By name; the order of definition does not matter to any host.
    pub types: BTreeMap<String, Definition>,
}

/// One operation.
#[derive(Debug, Clone, PartialEq)]
pub struct Signature {
    /// `rentnumber.rent`
    pub id: &'static str,
    /// In paragraphs.
    pub about: String,
    /// Those that are required first.
    pub parameters: Vec<Field>,
    /// The result.
    pub output: Type,
    /// What is on its pages, where it has pages.
    pub item: Option<Type>,
    /// It can be waited for.
    pub waits: bool,
}

/// A parameter, or a field of a result.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// As in JSON: snake_case.
    pub name: String,
    /// In paragraphs.
    pub about: String,
    /// Without null.
    pub shape: Type,
    /// In a parameter: it must be given. In a result: it is never null.
    pub required: bool,
    /// An update may take its value away: null is not the same as nothing.
    pub clearable: bool,
}

/// A type without null.
#[derive(Debug, Clone, PartialEq)]
pub enum Type {
    /// Text.
    Text,
    /// An opaque id: text; integers are taken too.
    Id,
    /// E.164.
    PhoneNumber,
    /// A [`Secret`](crate::Secret).
    Secret,
    /// RFC 3339.
    Timestamp,
    /// Bytes; in JSON as base64.
    Bytes,
    /// A whole number.
    Integer,
    /// True or false.
    Boolean,
    /// [`Money`](crate::Money).
    Money,
    /// Any number of them.
    List(Box<Type>),
    /// A [`Page`](crate::Page) of them.
    Page(Box<Type>),
    /// One of the surface's types.
    Named(String),
}

/// A type with a name.
#[derive(Debug, Clone, PartialEq)]
pub enum Definition {
    /// Fields.
    Record {
        /// In paragraphs.
        about: String,
        /// As declared.
        fields: Vec<Field>,
        /// It is part of parameters (else of results).
        input: bool,
    },
    /// Words.
    Words {
        /// In paragraphs.
        about: String,
        /// Those that are known, with what they mean where that is said.
        words: Vec<(String, String)>,
        /// The provider may add to them.
        open: bool,
    },
}

/// What hosts see of one provider. The error names the schema that cannot be read.
pub fn surface(provider: &ProviderEntry) -> Result<Surface, String> {
    let mut types = BTreeMap::new();
    let operations: Result<Vec<Signature>, String> =
        provider.operations.iter().map(|entry| signature(entry, &mut types)).collect();
    Ok(Surface { operations: operations?, types })
}

/// One operation, without the types it uses.
pub fn parameters(entry: &Entry) -> Result<Vec<Field>, String> {
    let mut reader = Reader { root: (entry.schema)().params.to_value(), input: true, types: &mut BTreeMap::new() };
    reader.fields(&reader.root.clone()).map_err(|problem| format!("{}: {problem}", entry.endpoint.id))
}

fn signature(entry: &Entry, types: &mut BTreeMap<String, Definition>) -> Result<Signature, String> {
    let id = entry.endpoint.id;
    let schemas = (entry.schema)();
    let about = description(schemas.params.as_value());
    let located = |problem: String| format!("{id}: {problem}");
    let mut reader = Reader { root: schemas.params.to_value(), input: true, types };
    let parameters = reader.fields(&reader.root.clone()).map_err(located)?;
    let mut reader = Reader { root: schemas.output.to_value(), input: false, types };
    let output = reader.root_type().map_err(located)?;
    let item = match (&output, entry.all.is_some()) {
        (Type::Page(item), true) => Some((**item).clone()),
        (_, true) => return Err(format!("{id}: it has pages, but its result is none")),
        (_, false) => None,
    };
    Ok(Signature { id, about, parameters, output, item, waits: entry.wait.is_some() })
}

/// Every kind of error, and what it means.
pub fn error_kinds() -> Vec<(ErrorKind, String)> {
    ErrorKind::ALL.into_iter().zip(words_of::<ErrorKind>()).map(|(kind, (_, about))| (kind, about)).collect()
}

/// What an error says of the delivery, and what it means.
pub fn deliveries() -> Vec<(String, String)> {
    words_of::<Delivery>()
}

/// The fields of an error in JSON, and what they mean.
pub fn error_fields() -> Vec<(String, String)> {
    let schema = schemars::schema_for!(Details).to_value();
    let properties = schema.get("properties").and_then(Value::as_object).into_iter().flatten();
    properties.map(|(name, property)| (name.clone(), description(property))).collect()
}

fn words_of<T: JsonSchema>() -> Vec<(String, String)> {
    let schema = schemars::schema_for!(T);
    words(schema.as_value()).map(|(words, _)| words).unwrap_or_default()
}

/// The description of what a schema describes, in paragraphs.
pub fn description(schema: &Value) -> String {
    let text = schema.get("description").and_then(Value::as_str).unwrap_or_default();
    let paragraphs = text.split("\n\n").map(|paragraph| paragraph.replace('\n', " "));
    paragraphs.collect::<Vec<_>>().join("\n\n")
}

struct Reader<'a> {
    root: Value,
    input: bool,
    types: &'a mut BTreeMap<String, Definition>,
}

impl Reader<'_> {
    /// A result: a list, a page, or a record that goes by its title.
    fn root_type(&mut self) -> Result<Type, String> {
        let schema = &self.root.clone();
        let title = schema.get("title").and_then(Value::as_str).unwrap_or_default();
        match (type_name(schema), title) {
            (Some("object"), "Page") => {
                let items = schema.pointer("/properties/items").ok_or("a page without items")?;
                match self.shape(items)? {
                    Type::List(item) => Ok(Type::Page(item)),
                    other => Err(format!("a page of {other:?}")),
                }
            }
            (Some("object"), title) if !title.is_empty() => {
                let record = self.record(schema)?;
                self.define(title, record)?;
                Ok(Type::Named(title.to_owned()))
            }
            _ => self.shape(schema),
        }
    }

    fn fields(&mut self, schema: &Value) -> Result<Vec<Field>, String> {
        let nothing = Map::new();
        let properties = schema.get("properties").and_then(Value::as_object).unwrap_or(&nothing);
        let required: Vec<&str> =
            schema.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect();
        let rank = |name: &str| required.iter().position(|known| *known == name).unwrap_or(usize::MAX);
        let mut names: Vec<&String> = properties.keys().collect();
        names.sort_by_key(|name| rank(name));
        names.into_iter().map(|name| self.field(name, &properties[name], required.contains(&name.as_str()))).collect()
    }

    fn field(&mut self, name: &str, schema: &Value, listed: bool) -> Result<Field, String> {
        let shape = self.shape(schema).map_err(|problem| format!("{name}: {problem}"))?;
        let own = description(schema);
        let about = if own.is_empty() { description(self.resolve(without_null(schema))) } else { own };
        // Of a result all fields are listed as required: they are always written, if as null.
        let required = listed && !takes_null(schema);
        Ok(Field { name: name.to_owned(), about, shape, required, clearable: schema.get("x-change").is_some() })
    }

    fn shape(&mut self, schema: &Value) -> Result<Type, String> {
        let schema = without_null(schema);
        if let Some(name) = schema.get("$ref").and_then(Value::as_str).and_then(|path| path.strip_prefix("#/$defs/")) {
            return self.named(name, schema);
        }
        let format = schema.get("format").and_then(Value::as_str);
        match (type_name(schema), format) {
            (Some("string"), Some("id")) => Ok(Type::Id),
            (Some("string"), Some("e164")) => Ok(Type::PhoneNumber),
            (Some("string"), Some("password")) => Ok(Type::Secret),
            (Some("string"), Some("date-time")) => Ok(Type::Timestamp),
            (Some("string"), None) if schema.get("contentEncoding").is_some() => Ok(Type::Bytes),
            (Some("string"), None) => Ok(Type::Text),
            (Some("integer"), _) => Ok(Type::Integer),
            (Some("boolean"), _) => Ok(Type::Boolean),
            (Some("array"), _) => {
                let items = schema.get("items").ok_or("a list of anything")?;
                Ok(Type::List(Box::new(self.shape(items)?)))
            }
            _ => Err(format!("no host has a type for {schema}")),
        }
    }

    fn named(&mut self, name: &str, reference: &Value) -> Result<Type, String> {
        let schema = self.resolve(reference).clone();
        if name == "Money" {
            return Ok(Type::Money);
        }
        let definition = match words(&schema) {
            Some((words, open)) => Definition::Words { about: description(&schema), words, open },
            None if type_name(&schema) == Some("object") => self.record(&schema)?,
            None => return self.shape(&schema),
        };
        self.define(name, definition)?;
        Ok(Type::Named(name.to_owned()))
    }

    fn record(&mut self, schema: &Value) -> Result<Definition, String> {
        Ok(Definition::Record { about: description(schema), fields: self.fields(schema)?, input: self.input })
    }

    /// One name, one type in all operations of a provider.
    fn define(&mut self, name: &str, definition: Definition) -> Result<(), String> {
        match self.types.get(name) {
            Some(known) if *known != definition => Err(format!("two types are called {name}")),
            _ => {
                self.types.insert(name.to_owned(), definition);
                Ok(())
            }
        }
    }

    fn resolve<'b>(&'b self, schema: &'b Value) -> &'b Value {
        let path = schema.get("$ref").and_then(Value::as_str).and_then(|path| path.strip_prefix('#'));
        path.and_then(|path| self.root.pointer(path)).unwrap_or(schema)
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

fn is_null(schema: &Value) -> bool {
    schema.get("type").and_then(Value::as_str) == Some("null")
}

fn takes_null(schema: &Value) -> bool {
    let among = |list: &Value| list.as_array().is_some_and(|names| names.iter().any(|name| name == "null"));
    schema.get("type").is_some_and(among) || choices(schema).iter().any(is_null)
}

fn choices(schema: &Value) -> &[Value] {
    let list = schema.get("anyOf").or_else(|| schema.get("oneOf")).and_then(Value::as_array);
    list.map(Vec::as_slice).unwrap_or_default()
}

/// `anyOf: [X, null]` is X.
fn without_null(schema: &Value) -> &Value {
    let mut others = choices(schema).iter().filter(|choice| !is_null(choice));
    match (others.next(), others.next()) {
        (Some(only), None) => only,
        _ => schema,
    }
}

/// The words of an enum, and whether others may come.
fn words(schema: &Value) -> Option<(Vec<(String, String)>, bool)> {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::providers::PROVIDERS;
    use crate::registry;

    fn of(slug: &str) -> Surface {
        surface(PROVIDERS.iter().find(|entry| entry.facts.slug == slug).expect("a provider")).expect("a surface")
    }

    #[test]
    fn every_operation_has_a_signature_with_a_description() {
        for provider in PROVIDERS {
            let surface = surface(provider).unwrap_or_else(|problem| panic!("{problem}"));
            let described: Vec<&str> =
                surface.operations.iter().filter(|it| !it.about.is_empty()).map(|it| it.id).collect();
            assert_eq!(described, provider.operations.iter().map(|entry| entry.endpoint.id).collect::<Vec<_>>());
        }
        assert_eq!(
            parameters(registry::find("rentnumber.rent").unwrap()).unwrap(),
            of("rentnumber").operations[4].parameters
        );
    }

    #[test]
    fn a_result_tells_what_may_be_absent_and_a_parameter_what_must_be_given() {
        let surface = of("rentnumber");
        let Definition::Record { fields, input, .. } = &surface.types["Rental"] else { panic!("a record") };
        let seen: Vec<(&str, &Type, bool)> =
            fields.iter().take(3).map(|it| (it.name.as_str(), &it.shape, it.required)).collect();
        let status = Type::Named("RentalStatus".to_owned());
        assert_eq!(
            seen,
            [("rental_id", &Type::Id, true), ("phone_number", &Type::PhoneNumber, false), ("status", &status, true)]
        );
        assert!(!input);
        let pricing_id = &surface.operations[4].parameters[0];
        assert_eq!((pricing_id.name.as_str(), &pricing_id.shape, pricing_id.required), ("pricing_id", &Type::Id, true));
    }

    #[test]
    fn words_that_a_provider_may_add_to_are_open_and_our_own_are_not() {
        let surface = of("vonage");
        let Definition::Words { words, open, .. } = &surface.types["Feature"] else { panic!("words") };
        assert_eq!(
            (words.iter().map(|(word, _)| word.as_str()).collect::<Vec<_>>(), *open),
            (vec!["SMS", "VOICE", "MMS"], true)
        );
        let Definition::Words { words, open, .. } = &surface.types["SearchPattern"] else { panic!("words") };
        assert_eq!(
            (words[0].clone(), *open),
            (("starts_with".to_owned(), "At its start, the country's prefix included.".to_owned()), false)
        );
    }

    #[test]
    fn a_list_with_pages_has_items_and_an_update_has_what_can_be_cleared() {
        let list = of("vonage").operations.into_iter().find(|it| it.id == "vonage.list_numbers").expect("it");
        let item = Type::Named("OwnedNumber".to_owned());
        assert_eq!((list.output, list.item), (Type::Page(Box::new(item.clone())), Some(item)));
        let update = of("sinch").operations.into_iter().find(|it| it.id == "sinch.update_number").expect("it");
        let clearable: Vec<&str> =
            update.parameters.iter().filter(|it| it.clearable).map(|it| it.name.as_str()).collect();
        assert_eq!(clearable, ["callback_url", "display_name"]);
    }
    #[test]
    fn every_kind_of_error_and_every_delivery_says_what_it_means() {
        let kinds = words_of::<ErrorKind>();
        assert_eq!(
            kinds.iter().map(|(word, _)| word.as_str()).collect::<Vec<_>>(),
            ErrorKind::ALL.map(|it| it.as_str())
        );
        let described = error_kinds();
        assert_eq!(described.len(), ErrorKind::ALL.len());
        assert!(described.iter().all(|(_, about)| about.ends_with('.')), "{described:?}");
        assert_eq!(described[3], (ErrorKind::InsufficientFunds, "The account cannot pay for it.".to_owned()));
        let words: Vec<String> = deliveries().into_iter().map(|(word, _)| word).collect();
        assert_eq!(words, ["not_sent", "refused", "unknown"]);
        let status = ("status".to_owned(), "HTTP status of the last reply.".to_owned());
        assert!(error_fields().contains(&status), "{:?}", error_fields());
    }
}
