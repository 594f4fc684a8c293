//! What hosts see of the operations, read from their schemas: parameters, results and the types in them. From this the
//! typed surfaces of Python and TypeScript are generated, and the options of the command line are made.

mod namespace;
mod schema;
#[cfg(test)]
mod tests;

use crate::error::{Delivery, Details, ErrorKind};
use crate::events::SignatureAlgorithm;
use crate::host::{HostEvent, OpenPurchase, RecoveredPurchase};
use crate::registry::Entry;
use schema::{takes_null, type_name, without_null, words};
use schemars::JsonSchema;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

pub use namespace::Namespace;
pub use schema::description;

/// The operations of one namespace and the types that they use.
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
    /// What is on its pages, where it has pages; else what its result comes in, where that comes in parts.
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
    /// An object of the provider's own; in every host as JSON has it.
    Native,
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

/// What hosts see of these operations. The error names the schema that cannot be read.
pub fn surface(operations: &[Entry]) -> Result<Surface, String> {
    let mut types = BTreeMap::new();
    let operations: Result<Vec<Signature>, String> =
        operations.iter().map(|entry| signature(entry, &mut types)).collect();
    Ok(Surface { operations: operations?, types })
}

/// One operation, and the types that it uses.
pub fn operation(entry: &Entry) -> Result<(Signature, BTreeMap<String, Definition>), String> {
    let mut types = BTreeMap::new();
    Ok((signature(entry, &mut types)?, types))
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
        (_, true) if schemas.item.is_some() => {
            let root = schemas.item.map(schemars::Schema::to_value).unwrap_or_default();
            Some(Reader { root, input: false, types }.root_type().map_err(located)?)
        }
        (Type::Page(item), true) => Some((**item).clone()),
        (_, true) => return Err(format!("{id}: it has pages, but its result is none")),
        (_, false) => None,
    };
    Ok(Signature { id, about, parameters, output, item, waits: entry.wait.is_some() })
}

/// What hosts see of purchases that the journal holds open.
pub fn purchases() -> Result<BTreeMap<String, Definition>, String> {
    records(&[schema_of::<OpenPurchase>, schema_of::<RecoveredPurchase>])
}

/// What hosts see of events, and of how they are signed.
pub fn events() -> Result<BTreeMap<String, Definition>, String> {
    let mut types = records(&[schema_of::<HostEvent>])?;
    let schema = schema_of::<SignatureAlgorithm>();
    let (words, open) = words(schema.as_value()).ok_or("algorithms without words")?;
    let definition = Definition::Words { about: description(schema.as_value()), words, open };
    types.insert("SignatureAlgorithm".to_owned(), definition);
    Ok(types)
}

fn records(schemas: &[fn() -> schemars::Schema]) -> Result<BTreeMap<String, Definition>, String> {
    let mut types = BTreeMap::new();
    for schema in schemas {
        Reader { root: schema().to_value(), input: false, types: &mut types }.root_type()?;
    }
    Ok(types)
}

fn schema_of<T: JsonSchema>() -> schemars::Schema {
    let settings = schemars::generate::SchemaSettings::draft2020_12().for_serialize();
    settings.into_generator().into_root_schema_for::<T>()
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
            (Some("object"), Some("native")) => Ok(Type::Native),
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

    /// One name, one type in all operations of a namespace.
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
