//! `trunkline/<provider>.py`, `trunkline/unified.py`: the types of parameters and results; and others.

use super::{HEAD, Module, docstring, imports, localised};
use std::fmt::Write as _;
use trunkline_core::surface::{Definition, Field};

pub(super) fn module(module: &Module) -> String {
    let about = format!(
        "What {}'s operations take and give.\n\nResults are frozen msgspec.Struct classes; what they describe by a word \
         takes any word, for providers add to them.",
        module.name
    );
    types(module, &about)
}

/// The same for whatever types.
pub(super) fn types(module: &Module, about: &str) -> String {
    let definitions = &module.surface.types;
    let mut body = String::new();
    for (name, definition) in definitions {
        body += &match definition {
            Definition::Words { about, words, open } => alias(name, about, words, *open),
            Definition::Record { about, fields, input: false } => record(module, name, about, fields),
            Definition::Record { about, fields, input: true } => typed_dict(module, name, about, fields),
        };
    }
    let names: String = definitions.keys().map(|name| format!("    \"{name}\",\n")).collect();
    let about = docstring(about, 0);
    let mut text = format!("{HEAD}{about}\nfrom __future__ import annotations\n\n");
    text += &imports(&body, "", "collections.abc", &["Sequence"]);
    text += &imports(&body, "", "datetime", &["datetime"]);
    text += &imports(&body, "", "typing", &["TYPE_CHECKING", "Any", "Literal", "TypeAlias", "TypedDict"]);
    let own = imports(&body, "", "trunkline._types", &["Money", "Secret"]);
    let gap = if own.is_empty() { "" } else { "\n" };
    let _ = write!(text, "\nimport msgspec\n{gap}{own}");
    let _ = write!(text, "\n__all__ = [\n{names}]\n");
    text + &body
}

/// Known words complete in editors; msgspec, which has no type for "one of these or any text", sees text.
fn alias(name: &str, about: &str, words: &[(String, String)], open: bool) -> String {
    let list: Vec<String> = words.iter().map(|(word, _)| format!("\"{word}\"")).collect();
    let literal = format!("Literal[{}]", list.join(", "));
    let meanings: Vec<String> = words
        .iter()
        .filter(|(_, meaning)| !meaning.is_empty())
        .map(|(word, meaning)| format!("    {word}: {}", localised(meaning)))
        .collect();
    let mut doc = localised(about);
    if !meanings.is_empty() {
        doc = format!("{doc}\n\n{}", meanings.join("\n"));
    }
    let doc = if doc.trim().is_empty() { String::new() } else { docstring(&doc, 0) };
    match open {
        true => format!("\nif TYPE_CHECKING:\n    {name}: TypeAlias = {literal} | str\nelse:\n    {name} = str\n{doc}"),
        false => format!("\n{name}: TypeAlias = {literal}\n{doc}"),
    }
}

fn record(module: &Module, name: &str, about: &str, fields: &[Field]) -> String {
    let mut text =
        format!("\n\nclass {name}(msgspec.Struct, frozen=True, kw_only=True):\n{}", docstring(&localised(about), 4));
    for field in fields {
        let annotation = module.annotation(&field.shape, false, false);
        let (null, default) = if field.required { ("", "") } else { (" | None", " = None") };
        let _ = write!(text, "\n    {}: {annotation}{null}{default}\n", field.name);
        text += &docstring(&localised(&field.about), 4);
    }
    text
}

/// A dict with names that are known. What may be left out is in a class of its own: before 3.11 `typing` has no NotRequired.
fn typed_dict(module: &Module, name: &str, about: &str, fields: &[Field]) -> String {
    let lines = |wanted: bool| -> String {
        let mut text = String::new();
        for field in fields.iter().filter(|field| field.required == wanted) {
            let null = if field.clearable { " | None" } else { "" };
            let _ = write!(text, "\n    {}: {}{null}\n", field.name, module.annotation(&field.shape, true, false));
            text += &docstring(&localised(&field.about), 4);
        }
        text
    };
    let (required, optional) = (lines(true), lines(false));
    let about = docstring(&localised(about), 4);
    match (required.is_empty(), optional.is_empty()) {
        (_, true) => format!("\n\nclass {name}(TypedDict):\n{about}{required}"),
        (true, false) => format!("\n\nclass {name}(TypedDict, total=False):\n{about}{optional}"),
        (false, false) => format!(
            "\n\nclass _Required{name}(TypedDict):{required}\n\nclass {name}(_Required{name}, total=False):\n{about}{optional}"
        ),
    }
}
