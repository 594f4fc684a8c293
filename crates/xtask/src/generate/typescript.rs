//! The typed surface of every operation in TypeScript, and the tables by which its values are converted.

mod errors;
mod index;
mod module;
mod namespace;
mod settings;
mod table;

use crate::Result;
use crate::generate::words::camel_case;
use crate::generate::{File, members, namespaces};
use std::collections::BTreeSet;
use std::path::Path;
use trunkline_core::PROVIDERS;
use trunkline_core::setting::COMMON_SETTINGS;
use trunkline_core::surface::{Definition, Field, Namespace, Surface, events, purchases, surface};

/// Every generated file of the npm package: one for each provider, one for all as one, and what they have in common.
pub(crate) fn files() -> Result<Vec<File>> {
    let mut files = Vec::new();
    members::check("pkg/npm/src/client.ts", camel_case)?;
    for namespace in namespaces() {
        let surface = surface(namespace.operations)?;
        files.push(file(namespace.slug, namespace::module(&namespace, &surface)?));
    }
    files.push(file("purchases", namespace::records("purchases", &purchases()?)));
    files.push(file("events", namespace::records("events", &events()?)));
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
fn provider_name(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).collect()
}

/// What a namespace's documentation may name: its fields and parameters, and its provider's settings.
fn names(namespace: &Namespace, surface: &Surface) -> BTreeSet<String> {
    let parameters = surface.operations.iter().flat_map(|operation| &operation.parameters);
    let fields = surface.types.values().flat_map(fields_of).chain(parameters).map(|field| field.name.clone());
    let provider = PROVIDERS.iter().map(|entry| entry.facts).find(|facts| facts.slug == namespace.slug);
    let settings = provider.into_iter().flat_map(|facts| {
        let own = facts.settings.iter().chain(&COMMON_SETTINGS).map(|setting| setting.name.to_owned());
        own.chain(facts.rate_limit_settings())
    });
    fields.chain(settings).collect()
}

/// None where it has none.
fn fields_of(definition: &Definition) -> &[Field] {
    match definition {
        Definition::Record { fields, .. } => fields,
        Definition::Words { .. } => &[],
    }
}
