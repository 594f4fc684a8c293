//! Options on the command line for the parameters of an operation, and back: what was given, as JSON.

#[cfg(test)]
mod tests;

use crate::exit::Failure;
use clap::builder::ValueParser;
use clap::{Arg, ArgAction, ArgMatches};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use trunkline::Error;
use trunkline_core::surface::{Definition, Field, Type};

/// The option that gives the whole input.
pub(crate) const PARAMS: &str = "params";

/// The parameters of an operation, and the types that they use.
#[derive(Default)]
pub(crate) struct Parameters {
    pub(crate) fields: Vec<Field>,
    pub(crate) types: BTreeMap<String, Definition>,
}

impl Parameters {
    /// The fields of a record: each has an option of its own, besides the one that takes them all as JSON.
    fn members(&self, shape: &Type) -> &[Field] {
        match shape {
            Type::Named(name) => match self.types.get(name) {
                Some(Definition::Record { fields, .. }) => fields,
                _ => &[],
            },
            _ => &[],
        }
    }

    fn takes(&self, shape: &Type) -> Takes {
        match shape {
            Type::Text | Type::Id | Type::PhoneNumber | Type::Timestamp | Type::Bytes => Takes::Text,
            Type::Secret => Takes::Secret,
            Type::Integer => Takes::Integer,
            Type::Boolean => Takes::Flag,
            Type::Named(name) if matches!(self.types.get(name), Some(Definition::Words { .. })) => Takes::Text,
            Type::Money | Type::Native | Type::List(_) | Type::Page(_) | Type::Named(_) => Takes::Json,
        }
    }

    /// The words that are known, where it is one of a few. Others pass: providers add words.
    fn words(&self, shape: &Type) -> Vec<&str> {
        match shape {
            Type::Named(name) => match self.types.get(name) {
                Some(Definition::Words { words, .. }) => words.iter().map(|(word, _)| word.as_str()).collect(),
                _ => Vec::new(),
            },
            _ => Vec::new(),
        }
    }
}

/// What one value is written as.
#[derive(Clone, Copy, PartialEq)]
enum Takes {
    Text,
    /// Text that must not be seen in a list of processes.
    Secret,
    Integer,
    Flag,
    /// Anything else.
    Json,
}

/// The options for these parameters. `reserved` are the names of options that every operation has.
pub(crate) fn options(parameters: &Parameters, reserved: &[&str]) -> Vec<Arg> {
    let mut options = Vec::new();
    for field in &parameters.fields {
        add_options(parameters, field, &[], reserved, &mut options);
    }
    options
}

fn add_options(parameters: &Parameters, field: &Field, above: &[&str], reserved: &[&str], options: &mut Vec<Arg>) {
    let path: Vec<&str> = above.iter().copied().chain([field.name.as_str()]).collect();
    let members = parameters.members(&field.shape);
    let mut long = path.join(".").replace('_', "-");
    if reserved.contains(&long.as_str()) {
        long.insert_str(0, "param-");
    }
    if field.shape == Type::Secret {
        long.push_str("-file");
    }
    let mut option = Arg::new(id(&path)).long(long.clone()).help(help(parameters, field));
    option = match &field.shape {
        Type::List(item) => several(option, parameters.takes(item)),
        shape => taking(option, parameters.takes(shape)),
    };
    // Of an object one member may be enough, and what is inside it is known only with it.
    if field.required && above.is_empty() && members.is_empty() {
        option = option.required_unless_present(PARAMS);
    }
    options.push(option);
    if field.clearable {
        let about = format!("Take the value of --{long} away");
        let clear = Arg::new(clear_id(&path)).long(format!("clear-{long}")).help(about);
        options.push(clear.action(ArgAction::SetTrue).conflicts_with(id(&path)));
    }
    members.iter().for_each(|member| add_options(parameters, member, &path, reserved, options));
}

fn taking(option: Arg, takes: Takes) -> Arg {
    match takes {
        Takes::Text => option.value_name("TEXT"),
        Takes::Secret => option.value_name("FILE"),
        Takes::Integer => option.value_name("N").allow_negative_numbers(true).value_parser(checked(integer)),
        Takes::Flag => option
            .value_name("true|false")
            .num_args(0..=1)
            .require_equals(true)
            .default_missing_value("true")
            .value_parser(["true", "false"])
            .hide_possible_values(true),
        Takes::Json => option.value_name("JSON").value_parser(checked(json)),
    }
}

fn several(option: Arg, item: Takes) -> Arg {
    let option = taking(option, item).action(ArgAction::Append).num_args(1);
    // JSON texts have commas of their own.
    if matches!(item, Takes::Text | Takes::Integer) { option.value_delimiter(',') } else { option }
}

fn help(parameters: &Parameters, field: &Field) -> String {
    let mut help = field.about.replace("\n\n", " ");
    let shape = match &field.shape {
        Type::List(item) => {
            help.push_str(match parameters.takes(item) {
                Takes::Json => " (may be given several times)",
                _ => " (several: with commas, or given several times)",
            });
            item
        }
        shape => shape,
    };
    let words = parameters.words(shape);
    if !words.is_empty() {
        help.push_str(&format!(" [{}]", words.join(", ")));
    }
    if *shape == Type::Secret {
        help.push_str(" (a file that holds it, or - for standard input: other users can see options)");
    }
    help.trim_start().to_owned()
}

fn id(path: &[&str]) -> String {
    format!("parameter {}", path.join("."))
}

fn clear_id(path: &[&str]) -> String {
    format!("clear {}", path.join("."))
}

/// Checks a text and keeps it.
fn checked(read: fn(&str) -> Result<Value, String>) -> ValueParser {
    ValueParser::from(move |text: &str| read(text).map(|_| text.to_owned()))
}

fn integer(text: &str) -> Result<Value, String> {
    let signed = text.parse::<i64>().map(Value::from);
    signed.or_else(|_| text.parse::<u64>().map(Value::from)).map_err(|_| "not a whole number".to_owned())
}

fn json(text: &str) -> Result<Value, String> {
    serde_json::from_str(text).map_err(|error| format!("not JSON: {error}"))
}

/// What was given, as the JSON object that the operation takes. Options go before what `--params` says.
pub(crate) fn read(parameters: &Parameters, matches: &ArgMatches) -> Result<Map<String, Value>, Failure> {
    let mut input = match matches.get_one::<String>(PARAMS) {
        Some(source) => read_params(source)?,
        None => Map::new(),
    };
    for field in &parameters.fields {
        read_one(parameters, field, &[], matches, &mut input)?;
    }
    Ok(input)
}

fn read_params(source: &str) -> Result<Map<String, Value>, Failure> {
    let text = match source.strip_prefix('@') {
        Some(path) => read_file(path)?,
        None if source == "-" => read_file("-")?,
        None => source.to_owned(),
    };
    serde_json::from_str(&text).map_err(|error| {
        let problem = format!("not a JSON object (line {}, column {})", error.line(), error.column());
        Failure::Api(Error::invalid_input(PARAMS, problem))
    })
}

fn read_file(path: &str) -> Result<String, Failure> {
    let text = match path {
        "-" => std::io::read_to_string(std::io::stdin()),
        path => std::fs::read_to_string(path),
    };
    text.map_err(|error| Failure::Local(format!("{path} cannot be read: {error}")))
}

fn read_one(
    parameters: &Parameters,
    field: &Field,
    above: &[&str],
    matches: &ArgMatches,
    into: &mut Map<String, Value>,
) -> Result<(), Failure> {
    let path: Vec<&str> = above.iter().copied().chain([field.name.as_str()]).collect();
    if let Some(mut values) = matches.get_many::<String>(&id(&path)) {
        let value = match &field.shape {
            Type::List(item) => values.map(|text| value(parameters.takes(item), text)).collect::<Result<Value, _>>()?,
            shape => value(parameters.takes(shape), values.next_back().map_or("", String::as_str))?,
        };
        into.insert(field.name.clone(), value);
    }
    if field.clearable && matches.get_flag(&clear_id(&path)) {
        into.insert(field.name.clone(), Value::Null);
    }
    let members = parameters.members(&field.shape);
    if members.is_empty() {
        return Ok(());
    }
    let mut inner = into.get(&field.name).and_then(Value::as_object).cloned().unwrap_or_default();
    for member in members {
        read_one(parameters, member, &path, matches, &mut inner)?;
    }
    if !inner.is_empty() {
        into.insert(field.name.clone(), Value::Object(inner));
    }
    Ok(())
}

fn value(takes: Takes, text: &str) -> Result<Value, Failure> {
    let read = match takes {
        Takes::Secret => return Ok(Value::from(read_file(text)?.trim_end_matches(['\r', '\n']))),
        Takes::Integer => integer(text),
        Takes::Flag => Ok(Value::Bool(text == "true")),
        Takes::Json => json(text),
        Takes::Text => Ok(Value::from(text)),
    };
    // The parser has looked at it already.
    read.map_err(Failure::Local)
}
