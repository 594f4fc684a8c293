//! Tables by which values are converted: the strings that `codec.ts` of the npm package reads.

use super::module::{WIDTH, wrapped};
use std::collections::BTreeMap;
use trunkline_core::Effect;
use trunkline_core::registry::Entry;
use trunkline_core::surface::{Definition, Field, Signature, Type};

type Types = BTreeMap<String, Definition>;

/// One operation's row.
pub(super) fn operation(entry: &Entry, operation: &Signature, takes: Option<&str>, types: &Types) -> String {
    let (name, effect) = (entry.endpoint.name(), entry.endpoint.effect);
    let mut facts = Vec::new();
    facts.extend(takes.map(|takes| format!("takes: '{takes}'")));
    facts.push(format!("gives: '{}'", shape(&operation.output, types)));
    facts.extend(operation.item.iter().map(|item| format!("all: '{}'", shape(item, types))));
    facts.extend(operation.waits.then(|| "wait: true".to_owned()));
    facts.extend(entry.is_wait().then(|| "mode: 'wait'".to_owned()));
    facts.extend(entry.follows.then(|| "follows: true".to_owned()));
    facts.extend(matches!(effect, Effect::Spends(_)).then(|| "spends: true".to_owned()));
    format!("    {name}: {{ {} }},\n", facts.join(", "))
}

/// One record's row.
pub(super) fn record(indent: &str, name: &str, fields: &[Field], input: bool, types: &Types) -> String {
    let fields = fields.iter().map(|it| {
        let required = if input && it.required { "!" } else { "" };
        let clearable = if it.clearable { "~" } else { "" };
        field(&it.name, &format!("{required}{clearable}"), &shape(&it.shape, types))
    });
    row(indent, name, &fields.collect::<Vec<_>>())
}

/// One field in a record's row.
pub(super) fn field(name: &str, marks: &str, shape: &str) -> String {
    // Most are text, which is therefore not said.
    if shape == "text" { format!("{name}{marks}") } else { format!("{name}{marks}:{shape}") }
}

/// A record's row, in several lines where it is long.
pub(super) fn row(indent: &str, name: &str, fields: &[String]) -> String {
    let line = format!("{indent}{name}: '{}',", fields.join(" "));
    if line.len() <= WIDTH {
        return line + "\n";
    }
    // Less room, for the quotes and the plus around each line.
    let start = format!("{indent}     ");
    let lines = wrapped(&fields.join(" "), &start, WIDTH - 4);
    let lines: Vec<String> = lines.lines().map(|line| format!("{indent}  '{}", line.trim_start())).collect();
    format!("{indent}{name}:\n{}',\n", lines.join(" ' +\n"))
}

fn shape(shape: &Type, types: &Types) -> String {
    match shape {
        Type::Text | Type::PhoneNumber => "text".to_owned(),
        Type::Id => "id".to_owned(),
        Type::Secret => "secret".to_owned(),
        Type::Timestamp => "date".to_owned(),
        Type::Bytes => "bytes".to_owned(),
        Type::Integer => "int".to_owned(),
        Type::Boolean => "bool".to_owned(),
        Type::Money => "money".to_owned(),
        Type::Native => "native".to_owned(),
        Type::List(item) => format!("{}[]", self::shape(item, types)),
        Type::Page(item) => format!("Page<{}>", self::shape(item, types)),
        Type::Named(name) => match types.get(name) {
            Some(Definition::Words { .. }) => "text".to_owned(),
            Some(Definition::Record { .. }) | None => name.clone(),
        },
    }
}
