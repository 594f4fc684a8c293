//! The typed surface of every operation in TypeScript, and the tables by which its values are converted.

mod errors;
mod index;
mod module;
mod provider;
mod settings;
mod table;

use crate::Result;
use crate::generate::File;
use std::collections::BTreeSet;
use std::path::Path;
use trunkline_core::PROVIDERS;
use trunkline_core::provider::Facts;
use trunkline_core::setting::COMMON_SETTINGS;
use trunkline_core::surface::{Definition, Field, Surface, purchases, surface};

/// Every generated file of the npm package: one for each provider, and what they have in common.
pub(crate) fn files() -> Result<Vec<File>> {
    let mut files = Vec::new();
    for entry in PROVIDERS {
        let surface = surface(entry)?;
        files.push(file(entry.facts.slug, provider::module(entry, &surface)?));
    }
    files.push(file("purchases", provider::purchases(&purchases()?)));
    files.push(file("errors", errors::module()));
    files.push(file("settings", settings::module()));
    files.push(file("index", index::module()));
    files.push(file("tables", index::tables()));
    Ok(files)
}

fn file(name: &str, text: String) -> File {
    File { path: Path::new("pkg/npm/src/generated").join(name).with_extension("ts"), text }
}

/// `RentNumber`: what is TypeScript's name for a provider's operations.
fn provider_name(facts: &Facts) -> String {
    facts.name.chars().filter(char::is_ascii_alphanumeric).collect()
}

/// What a provider's documentation may name: its fields, parameters and settings.
fn names(facts: &Facts, surface: &Surface) -> BTreeSet<String> {
    let parameters = surface.operations.iter().flat_map(|operation| &operation.parameters);
    let fields = surface.types.values().flat_map(fields_of).chain(parameters).map(|field| field.name.clone());
    let settings = facts.settings.iter().chain(&COMMON_SETTINGS).map(|setting| setting.name.to_owned());
    fields.chain(settings).chain(facts.rate_limit_settings()).collect()
}

/// None where it has none.
fn fields_of(definition: &Definition) -> &[Field] {
    match definition {
        Definition::Record { fields, .. } => fields,
        Definition::Words { .. } => &[],
    }
}
