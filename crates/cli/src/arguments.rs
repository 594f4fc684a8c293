//! Options on the command line for the parameters of an operation, and back: what was given, as JSON.

use crate::exit::Failure;
use crate::schema::{Kind, Parameter};
use clap::builder::ValueParser;
use clap::{Arg, ArgAction, ArgMatches};
use serde_json::{Map, Value};
use trunkline::Error;

/// The option that gives the whole input.
pub(crate) const PARAMS: &str = "params";

/// The options for these parameters. `reserved` are the names of options that every operation has.
pub(crate) fn options(parameters: &[Parameter], reserved: &[&str]) -> Vec<Arg> {
    let mut options = Vec::new();
    for parameter in parameters {
        add_options(parameter, &[], reserved, &mut options);
    }
    options
}

fn add_options(parameter: &Parameter, above: &[&str], reserved: &[&str], options: &mut Vec<Arg>) {
    let path: Vec<&str> = above.iter().copied().chain([parameter.name.as_str()]).collect();
    let mut long = path.join(".").replace('_', "-");
    if reserved.contains(&long.as_str()) {
        long.insert_str(0, "param-");
    }
    if matches!(parameter.kind, Kind::Secret) {
        long.push_str("-file");
    }
    let mut option = Arg::new(id(&path)).long(long.clone()).help(help(parameter));
    option = taking(option, &parameter.kind);
    // Of an object one member may be enough, and what is inside it is known only with it.
    if parameter.required && above.is_empty() && !matches!(parameter.kind, Kind::Object(_)) {
        option = option.required_unless_present(PARAMS);
    }
    options.push(option);
    if parameter.clearable {
        let about = format!("Take the value of --{long} away");
        let clear = Arg::new(clear_id(&path)).long(format!("clear-{long}")).help(about);
        options.push(clear.action(ArgAction::SetTrue).conflicts_with(id(&path)));
    }
    if let Kind::Object(members) = &parameter.kind {
        members.iter().for_each(|member| add_options(member, &path, reserved, options));
    }
}

fn taking(option: Arg, kind: &Kind) -> Arg {
    match kind {
        Kind::Text(_) => option.value_name("TEXT"),
        Kind::Secret => option.value_name("FILE"),
        Kind::Integer => option.value_name("N").allow_negative_numbers(true).value_parser(checked(integer)),
        Kind::Number => option.value_name("N").allow_negative_numbers(true).value_parser(checked(number)),
        Kind::Flag => option
            .value_name("true|false")
            .num_args(0..=1)
            .require_equals(true)
            .default_missing_value("true")
            .value_parser(["true", "false"])
            .hide_possible_values(true),
        Kind::List(item) => {
            let option = taking(option, item).action(ArgAction::Append).num_args(1);
            // JSON texts have commas of their own.
            if matches!(**item, Kind::Text(_) | Kind::Integer | Kind::Number) {
                option.value_delimiter(',')
            } else {
                option
            }
        }
        Kind::Object(_) | Kind::Json => option.value_name("JSON").value_parser(checked(json)),
    }
}

fn help(parameter: &Parameter) -> String {
    let mut help = parameter.help.clone();
    let kind = match &parameter.kind {
        Kind::List(item) => {
            help.push_str(match **item {
                Kind::Json | Kind::Object(_) => " (may be given several times)",
                _ => " (several: with commas, or given several times)",
            });
            item
        }
        kind => kind,
    };
    match kind {
        Kind::Text(words) if !words.is_empty() => help.push_str(&format!(" [{}]", words.join(", "))),
        Kind::Secret => help.push_str(" (a file that holds it, or - for standard input: other users can see options)"),
        _ => {}
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

fn number(text: &str) -> Result<Value, String> {
    let number: serde_json::Number = serde_json::from_str(text).map_err(|_| "not a number".to_owned())?;
    Ok(Value::Number(number))
}

fn json(text: &str) -> Result<Value, String> {
    serde_json::from_str(text).map_err(|error| format!("not JSON: {error}"))
}

/// What was given, as the JSON object that the operation takes. Options go before what `--params` says.
pub(crate) fn read(parameters: &[Parameter], matches: &ArgMatches) -> Result<Map<String, Value>, Failure> {
    let mut input = match matches.get_one::<String>(PARAMS) {
        Some(source) => read_params(source)?,
        None => Map::new(),
    };
    for parameter in parameters {
        read_one(parameter, &[], matches, &mut input)?;
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
    parameter: &Parameter,
    above: &[&str],
    matches: &ArgMatches,
    into: &mut Map<String, Value>,
) -> Result<(), Failure> {
    let path: Vec<&str> = above.iter().copied().chain([parameter.name.as_str()]).collect();
    if let Some(values) = matches.get_many::<String>(&id(&path)) {
        into.insert(parameter.name.clone(), value(&parameter.kind, values.map(String::as_str))?);
    }
    if parameter.clearable && matches.get_flag(&clear_id(&path)) {
        into.insert(parameter.name.clone(), Value::Null);
    }
    let Kind::Object(members) = &parameter.kind else { return Ok(()) };
    let mut inner = into.get(&parameter.name).and_then(Value::as_object).cloned().unwrap_or_default();
    for member in members {
        read_one(member, &path, matches, &mut inner)?;
    }
    if !inner.is_empty() {
        into.insert(parameter.name.clone(), Value::Object(inner));
    }
    Ok(())
}

fn value<'a>(kind: &Kind, given: impl Iterator<Item = &'a str>) -> Result<Value, Failure> {
    if let Kind::List(item) = kind {
        return given.map(|text| value(item, std::iter::once(text))).collect::<Result<Vec<_>, _>>().map(Value::Array);
    }
    let text = given.last().unwrap_or_default();
    let read = match kind {
        Kind::Secret => return Ok(Value::from(read_file(text)?.trim_end_matches(['\r', '\n']))),
        Kind::Integer => integer(text),
        Kind::Number => number(text),
        Kind::Flag => Ok(Value::Bool(text == "true")),
        Kind::Object(_) | Kind::Json => json(text),
        Kind::Text(_) | Kind::List(_) => Ok(Value::from(text)),
    };
    // The parser has looked at it already.
    read.map_err(Failure::Local)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::parameters;
    use clap::Command;
    use serde_json::json;

    fn given(arguments: &[&str]) -> Result<Value, String> {
        let schema = json!({
            "required": ["slug"],
            "properties": {
                "slug": { "type": "string" },
                "limit": { "type": ["integer", "null"] },
                "all": { "type": "boolean" },
                "numbers": { "type": "array", "items": { "type": "string" } },
                "connection_id": { "type": ["string", "null"], "x-change": true },
                "sms": { "type": "object", "properties": { "service_plan_id": { "type": "string" } } },
            },
        });
        let parameters = parameters(&schema);
        let command = Command::new("test").arg(Arg::new(PARAMS).long(PARAMS)).args(options(&parameters, &["all"]));
        let matches = command.try_get_matches_from(std::iter::once(&"test").chain(arguments));
        let matches = matches.map_err(|error| error.to_string())?;
        read(&parameters, &matches).map(Value::Object).map_err(|_| "not read".to_owned())
    }

    #[test]
    fn options_become_json_of_the_right_types() {
        let arguments = ["--slug", "007", "--limit", "7", "--numbers", "+1,+2", "--numbers=+3"];
        assert_eq!(given(&arguments), Ok(json!({ "slug": "007", "limit": 7, "numbers": ["+1", "+2", "+3"] })));
        assert!(given(&["--slug", "x", "--limit", "seven"]).unwrap_err().contains("not a whole number"));
    }

    #[test]
    fn what_is_required_is_asked_for_unless_the_whole_input_is_given() {
        assert!(given(&[]).unwrap_err().contains("--slug"));
        assert_eq!(
            given(&["--params", r#"{"slug":"a","limit":1}"#, "--limit=2"]),
            Ok(json!({ "slug": "a", "limit": 2 }))
        );
    }

    #[test]
    fn a_value_can_be_taken_away() {
        assert_eq!(given(&["--slug=a", "--clear-connection-id"]), Ok(json!({ "slug": "a", "connection_id": null })));
    }

    #[test]
    fn members_of_objects_have_dotted_options_that_go_before_its_json() {
        let arguments = ["--slug=a", "--sms", r#"{"x":1}"#, "--sms.service-plan-id", "b"];
        assert_eq!(given(&arguments), Ok(json!({ "slug": "a", "sms": { "x": 1, "service_plan_id": "b" } })));
    }

    #[test]
    fn a_parameter_named_like_an_option_of_every_operation_is_still_reachable() {
        assert_eq!(given(&["--slug=a", "--param-all"]), Ok(json!({ "slug": "a", "all": true })));
        assert_eq!(given(&["--slug=a", "--param-all=false"]), Ok(json!({ "slug": "a", "all": false })));
    }
}
