//! The settings of accounts.

use super::module::{Module, comment, union};
use super::{provider_name, table};
use crate::generate::words::camel_case;
use std::fmt::Write as _;
use trunkline_core::PROVIDERS;
use trunkline_core::provider::Facts;
use trunkline_core::setting::{COMMON_SETTINGS, Setting, Takes};

/// The whole file.
pub(super) fn module() -> String {
    let mut module = Module::default();
    let common: String = COMMON_SETTINGS.iter().map(|setting| member(&mut module, setting)).collect();
    module.declare("Settings that every account has.", &format!("export interface CommonSettings {{\n{common}}}"));
    for facts in PROVIDERS.iter().map(|entry| entry.facts) {
        provider(&mut module, facts);
    }
    accounts(&mut module);
    let rows: String = PROVIDERS.iter().map(|entry| row(entry.facts)).collect();
    let table = format!("export const settings: Types = {{\n{rows}}};");
    module.declare("By which settings are converted to JSON.", &table);
    module.text(&["import type { Types } from '../codec.js';"])
}

fn name(facts: &Facts) -> String {
    provider_name(facts.name) + "Settings"
}

fn provider(module: &mut Module, facts: &Facts) {
    let mut members: String = facts.settings.iter().map(|setting| member(module, setting)).collect();
    if facts.base_url.is_none() {
        let about = format!("where it is: {} does not document its host", facts.name);
        let _ = writeln!(members, "{}  baseUrl: string;", comment(&about, "  "));
    }
    for limit in facts.rate_limit_settings() {
        let about = "as `rateLimit`, for the calls that this one is for";
        let _ = writeln!(members, "{}  {}?: string | undefined;", comment(about, "  "), camel_case(&limit));
    }
    let about = format!("Settings of an account at {}.", facts.name);
    module.declare(&about, &format!("export interface {} extends CommonSettings {{\n{members}}}", name(facts)));
}

fn member(module: &mut Module, setting: &Setting) -> String {
    let shape = match setting.takes {
        Takes::Text if setting.secret => module.import("SecretText").to_owned(),
        Takes::Text => "string".to_owned(),
        Takes::Number => "number".to_owned(),
        Takes::Words(words) => union(words.iter().copied(), false),
    };
    let (optional, nothing) = if setting.required { ("", "") } else { ("?", " | undefined") };
    format!("{}  {}{optional}: {shape}{nothing};\n", comment(setting.about, "  "), camel_case(setting.name))
}

fn accounts(module: &mut Module) {
    let mut own = String::new();
    let mut named = String::new();
    for facts in PROVIDERS.iter().map(|entry| entry.facts) {
        let _ = writeln!(own, "  {}?: {} | undefined;", facts.slug, name(facts));
        let _ = write!(named, "\n  | ({{ provider: '{}' }} & {})", facts.slug, name(facts));
    }
    module.declare("An account at each provider.", &format!("export interface Accounts {{\n{own}}}"));
    let about = "An account under a name of its own, so that there may be several at one provider.";
    module.declare(about, &format!("export type NamedAccount ={named};"));
}

fn row(facts: &Facts) -> String {
    let settings = facts.settings.iter().chain(&COMMON_SETTINGS).map(|setting| {
        let host = setting.name == "base_url" && facts.base_url.is_none();
        let shape = match setting.takes {
            _ if setting.secret => "secret",
            Takes::Number => "int",
            Takes::Text | Takes::Words(_) => "text",
        };
        table::field(setting.name, if setting.required || host { "!" } else { "" }, shape)
    });
    let fields: Vec<String> = settings.chain(facts.rate_limit_settings()).collect();
    table::row("  ", &name(facts), &fields)
}
