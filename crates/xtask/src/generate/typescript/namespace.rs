//! The module of a provider, or of the unified layer: operations, their parameters and results, and the tables of
//! these.

use super::module::{Module, comment, meanings, union, union_type};
use super::{fields_of, names, provider_name, table};
use crate::Result;
use crate::generate::words::{Language, camel_case, localise, pascal_case};
use std::collections::{BTreeMap, BTreeSet};
use trunkline_core::Endpoint;
use trunkline_core::surface::{Definition, Field, Namespace, Signature, Surface, Type};

/// What these modules import, and therefore cannot declare.
const TAKEN: [&str; 15] = [
    "Bytes",
    "Id",
    "KeyedCallOptions",
    "Money",
    "NoParams",
    "Operation",
    "Page",
    "PagedOperation",
    "Secret",
    "SecretText",
    "StreamedOperation",
    "Tables",
    "UnifiedCallOptions",
    "WaitingOperation",
    "tables",
];

/// The whole file.
pub(super) fn module(namespace: &Namespace, surface: &Surface) -> Result<String> {
    let names = names(namespace, surface);
    check(namespace, surface, &names)?;
    let mut writer = Writer { names, module: Module::default() };
    writer.operations(namespace, surface);
    for operation in surface.operations.iter().filter(|operation| !operation.parameters.is_empty()) {
        let about = format!("Parameters of `{}`.", operation.id);
        writer.record(&params_name(operation), &about, &operation.parameters, true);
    }
    for (name, definition) in &surface.types {
        writer.definition(name, definition);
    }
    writer.module.declare("By which values are converted to and from JSON.", &tables(namespace, surface));
    Ok(writer.module.text(&["import type { Tables } from '../codec.js';"]))
}

/// `purchases.ts`, `events.ts`: records that no operation has.
pub(super) fn records(name: &str, types: &BTreeMap<String, Definition>) -> String {
    let names = types.values().flat_map(fields_of).map(|field| field.name.clone()).collect();
    let mut writer = Writer { names, module: Module::default() };
    for (name, definition) in types {
        writer.definition(name, definition);
    }
    let rows = type_rows("  ", types);
    let table = format!("export const {name}: Types = {{\n{rows}}};");
    writer.module.declare("By which they are converted from JSON.", &table);
    writer.module.text(&["import type { Types } from '../codec.js';"])
}

/// Each declaration has a name of its own, and each field and operation too when they are in camelCase.
fn check(namespace: &Namespace, surface: &Surface, fields: &BTreeSet<String>) -> Result {
    let slug = namespace.slug;
    let mut known: BTreeSet<String> = TAKEN.map(str::to_owned).into();
    let params = surface.operations.iter().map(params_name);
    for name in surface.types.keys().cloned().chain(params).chain([provider_name(namespace.name)]) {
        if !known.insert(name.clone()) {
            return Err(format!(
                "{slug}: TypeScript would have two declarations called {name}: rename one in the core"
            ));
        }
    }
    let operations: BTreeSet<String> = namespace.operations.iter().map(|it| it.endpoint.name().to_owned()).collect();
    for names in [fields, &operations] {
        let mut known = BTreeSet::new();
        if let Some(name) = names.iter().find(|name| !known.insert(camel_case(name))) {
            return Err(format!("{slug}: {name} is not the only one of its name in camelCase: rename it in the core"));
        }
    }
    Ok(())
}

fn params_name(operation: &Signature) -> String {
    pascal_case(operation.id.split('.').nth(1).unwrap_or_default()) + "Params"
}

struct Writer {
    names: BTreeSet<String>,
    module: Module,
}

impl Writer {
    fn words(&self, text: &str) -> String {
        localise(text, Language::TypeScript, &self.names)
    }

    fn operations(&mut self, namespace: &Namespace, surface: &Surface) {
        let Namespace { name, title, operations, .. } = namespace;
        let mut members = String::new();
        for (operation, entry) in surface.operations.iter().zip(*operations) {
            let endpoint = &entry.endpoint;
            let about = self.words(&operation.about) + &facts_of(endpoint);
            let shape = self.operation_type(operation, endpoint, namespace);
            members.push_str(&comment(&about, "  "));
            members.push_str(&format!("  readonly {}: {shape};\n", camel_case(endpoint.name())));
        }
        let declaration = format!("export interface {} {{\n{members}}}", provider_name(name));
        self.module.declare(&format!("The operations of {title}."), &declaration);
    }

    fn operation_type(&mut self, operation: &Signature, endpoint: &Endpoint, namespace: &Namespace) -> String {
        let params = match operation.parameters.is_empty() {
            true => self.module.import("NoParams").to_owned(),
            false => params_name(operation),
        };
        let (kind, gives) = match (&operation.output, &operation.item, operation.waits) {
            (Type::Page(_), Some(item), _) => ("PagedOperation", self.result_type(item)),
            (whole, Some(item), _) => {
                ("StreamedOperation", format!("{}, {}", self.result_type(whole), self.result_type(item)))
            }
            (output, None, true) => ("WaitingOperation", self.result_type(output)),
            (output, None, false) => ("Operation", self.result_type(output)),
        };
        let options = match (namespace.one_account, namespace.keys.on(endpoint.method)) {
            (false, _) => format!(", {}", self.module.import("UnifiedCallOptions")),
            (true, true) => format!(", {}", self.module.import("KeyedCallOptions")),
            (true, false) => String::new(),
        };
        format!("{}<{params}, {gives}{options}>", self.module.import(kind))
    }

    fn definition(&mut self, name: &str, definition: &Definition) {
        match definition {
            Definition::Record { about, fields, input } => self.record(name, about, fields, *input),
            Definition::Words { about, words, open } => {
                let about = meanings(&self.words(about), words);
                let union = union(words.iter().map(|(word, _)| word.as_str()), *open);
                self.module.declare(&about, &union_type(name, &union));
            }
        }
    }

    fn record(&mut self, name: &str, about: &str, fields: &[Field], input: bool) {
        let about = self.words(about);
        if fields.is_empty() {
            return self.module.declare(&about, &format!("export type {name} = Record<string, never>;"));
        }
        let members: String = fields
            .iter()
            .map(|field| {
                let member = if input { self.parameter(field) } else { self.result(field) };
                format!("{}  {member};\n", comment(&self.words(&field.about), "  "))
            })
            .collect();
        self.module.declare(&about, &format!("export interface {name} {{\n{members}}}"));
    }

    fn result(&mut self, field: &Field) -> String {
        let null = if field.required { "" } else { " | null" };
        format!("{}: {}{null}", camel_case(&field.name), self.result_type(&field.shape))
    }

    /// What may be left out may also be undefined, as it is in programs that pass on what they were given.
    fn parameter(&mut self, field: &Field) -> String {
        let (optional, nothing) = match (field.required, field.clearable) {
            (true, _) => ("", ""),
            (false, true) => ("?", " | null | undefined"),
            (false, false) => ("?", " | undefined"),
        };
        format!("{}{optional}: {}{nothing}", camel_case(&field.name), self.parameter_type(&field.shape))
    }

    fn result_type(&mut self, shape: &Type) -> String {
        match shape {
            Type::Text | Type::Id | Type::PhoneNumber => "string".to_owned(),
            Type::Secret => self.module.import("Secret").to_owned(),
            Type::Timestamp => "Date".to_owned(),
            Type::Bytes => self.module.import("Bytes").to_owned(),
            Type::Integer => "number".to_owned(),
            Type::Boolean => "boolean".to_owned(),
            Type::Native => "Record<string, unknown>".to_owned(),
            Type::Money => self.module.import("Money").to_owned(),
            Type::List(item) => format!("{}[]", self.result_type(item)),
            Type::Page(item) => format!("{}<{}>", self.module.import("Page"), self.result_type(item)),
            Type::Named(name) => name.clone(),
        }
    }

    fn parameter_type(&mut self, shape: &Type) -> String {
        match shape {
            Type::Id => self.module.import("Id").to_owned(),
            Type::Secret => self.module.import("SecretText").to_owned(),
            Type::List(item) => format!("readonly {}[]", self.parameter_type(item)),
            other => self.result_type(other),
        }
    }
}

/// As the command line shows it; nothing of what has no path of its own.
fn facts_of(endpoint: &Endpoint) -> String {
    if endpoint.path.is_empty() {
        return String::new();
    }
    format!("\n\n`{} {}` · {}", endpoint.method, endpoint.path, endpoint.effect.as_str())
}

fn tables(namespace: &Namespace, surface: &Surface) -> String {
    let mut operations = String::new();
    let mut types = String::new();
    for (entry, operation) in namespace.operations.iter().zip(&surface.operations) {
        let takes = (!operation.parameters.is_empty()).then(|| params_name(operation));
        operations.push_str(&table::operation(entry, operation, takes.as_deref(), &surface.types));
        if let Some(takes) = takes {
            types.push_str(&table::record("    ", &takes, &operation.parameters, true, &surface.types));
        }
    }
    types.push_str(&type_rows("    ", &surface.types));
    format!("export const tables: Tables = {{\n  operations: {{\n{operations}  }},\n  types: {{\n{types}  }},\n}};")
}

fn type_rows(indent: &str, types: &BTreeMap<String, Definition>) -> String {
    let mut rows = String::new();
    for (name, definition) in types {
        if let Definition::Record { fields, input, .. } = definition {
            rows.push_str(&table::record(indent, name, fields, *input, types));
        }
    }
    rows
}
