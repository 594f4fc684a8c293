//! What the providers' modules are together.

use super::module::Module;
use super::provider_name;
use crate::generate::namespaces;
use std::fmt::Write as _;
use trunkline_core::surface::Namespace;
use trunkline_core::{CALL_TIMEOUT, PROVIDERS, PURCHASE_TIMEOUT, WAIT_TIMEOUT};

/// The types that the package exports.
pub(super) fn module() -> String {
    let mut imports = String::new();
    let mut members = String::new();
    let mut module = Module::default();
    for facts in PROVIDERS.iter().map(|entry| entry.facts) {
        let (slug, name) = (facts.slug, provider_name(facts.name));
        let _ = writeln!(imports, "import type {{ {name} }} from './{slug}.js';");
        let _ = writeln!(members, "  readonly {slug}: {name};");
    }
    for Namespace { slug, .. } in namespaces() {
        let _ = writeln!(imports, "export type * as {slug} from './{slug}.js';");
    }
    imports.push_str("export * from './errors.js';\nexport type { Event, EventKind, SignatureAlgorithm, Trust } from './events.js';\nexport type { OpenPurchase, PurchaseOutcome, PurchaseState, RecoveredPurchase } from './purchases.js';\nexport type * from './settings.js';");
    module.declare("Every provider's operations, by its name.", &format!("export interface Providers {{\n{members}}}"));
    module.text(&[&imports])
}

/// The tables of all providers.
pub(super) fn tables() -> String {
    let mut imports = vec!["import type { Tables } from '../codec.js';".to_owned()];
    imports.extend(PROVIDERS.iter().map(|entry| {
        let slug = entry.facts.slug;
        format!("import {{ tables as {slug} }} from './{slug}.js';")
    }));
    let slugs: Vec<&str> = PROVIDERS.iter().map(|entry| entry.facts.slug).collect();
    let declaration =
        format!("export const tables: Readonly<Record<keyof Providers, Tables>> = {{ {} }};", slugs.join(", "));
    imports.push("import type { Providers } from './index.js';".to_owned());
    let mut module = Module::default();
    module.declare("Every provider's tables, by its name.", &declaration);
    let [call, purchase, wait] = [CALL_TIMEOUT, PURCHASE_TIMEOUT, WAIT_TIMEOUT].map(|it| it.as_millis());
    let timeouts = format!("export const timeouts = {{ call: {call}, purchase: {purchase}, wait: {wait} }};");
    module.declare("How long calls may take unless it is said, in milliseconds.", &timeouts);
    module.text(&[&imports.join("\n")])
}
