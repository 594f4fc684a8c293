//! Rules of the house that a compiler does not check.

use std::path::{Path, PathBuf};
use std::process::Command;
use trunkline_core::{Effect, Method, PROVIDERS, registry};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace").to_owned()
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() { files.extend(files_below(&path)) } else { files.push(path) }
    }
    files
}

#[test]
fn the_core_depends_on_no_http_client_runtime_clock_or_source_of_randomness() {
    let mut tree = Command::new(env!("CARGO"));
    tree.current_dir(root()).args([
        "tree",
        "-p",
        "trunkline-core",
        "-e",
        "normal",
        "--all-features",
        "--prefix",
        "none",
        "--format",
        "{p}",
    ]);
    let output = tree.output().expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    let crates: Vec<&str> = text.lines().filter_map(|line| line.split_whitespace().next()).collect();
    assert!(crates.contains(&"serde_json"), "the tree was not read: {text}");
    let banned = [
        "reqwest",
        "hyper",
        "ureq",
        "curl",
        "isahc",
        "surf",
        "tokio",
        "async-std",
        "smol",
        "mio",
        "futures-timer",
        "chrono",
        "time",
        "jiff",
        "web-time",
        "instant",
        "rand",
        "rand_core",
        "getrandom",
        "fastrand",
        "url",
        "regex",
        "regex-lite",
        "socket2",
    ];
    let found: Vec<&&str> = crates.iter().filter(|name| banned.contains(name)).collect();
    assert!(found.is_empty(), "the core depends on {found:?}");
}

#[test]
fn the_registry_lists_every_operation_that_is_implemented() {
    for provider in PROVIDERS {
        let folder = root().join("crates/core/src/providers").join(provider.facts.slug);
        let sources: Vec<String> =
            files_below(&folder).iter().map(|path| std::fs::read_to_string(path).expect("readable")).collect();
        let implemented: usize = sources.iter().map(|source| source.matches("impl Operation for ").count()).sum();
        assert_eq!(implemented, provider.operations.len(), "{}", provider.facts.slug);
    }
    let counts: Vec<usize> = PROVIDERS.iter().map(|provider| provider.operations.len()).collect();
    assert_eq!(counts, [10, 8, 15, 18, 12]);
}

#[test]
fn struct_file_and_id_of_an_operation_have_one_name() {
    for entry in registry::operations() {
        let (provider, name) = (entry.endpoint.provider(), entry.endpoint.name());
        let path = root().join(format!("crates/core/src/providers/{provider}/{name}.rs"));
        let source = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let camel: String = name.split('_').map(|word| word[..1].to_uppercase() + &word[1..]).collect();
        assert!(source.contains(&format!("impl Operation for {camel} {{")), "{}: no {camel}", path.display());
        let first = source.lines().next().unwrap_or_default();
        let method = format!("//! `{} /", entry.endpoint.method);
        assert!(first.starts_with(&method), "{}: begins {first:?}", path.display());
        if matches!(entry.endpoint.effect, Effect::Spends(_)) {
            assert!(source.contains("Spends"), "{}: its documentation does not say that it spends", path.display());
        }
    }
}

#[test]
fn ids_are_unique_and_gets_read() {
    let mut ids: Vec<&str> = registry::operations().map(|entry| entry.endpoint.id).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), 63);
    for entry in registry::operations() {
        let expected = match (entry.endpoint.method, entry.endpoint.effect) {
            (_, Effect::Spends(_)) => continue,
            (Method::Get, _) => "reads",
            _ => "sets",
        };
        assert_eq!(entry.endpoint.effect.as_str(), expected, "{}", entry.endpoint.id);
    }
}

#[test]
fn no_reply_is_decoded_through_a_flattened_struct() {
    for path in files_below(&root().join("crates/core/src")) {
        let source = std::fs::read_to_string(&path).expect("readable");
        assert!(!source.contains("serde(flatten"), "{}", path.display());
    }
}

#[test]
fn the_sandbox_shares_no_code_with_the_core() {
    let manifest = std::fs::read_to_string(root().join("crates/sandbox/Cargo.toml")).expect("readable");
    assert!(!manifest.contains("trunkline-core"));
}

#[test]
fn every_parameter_and_every_field_of_a_result_is_described_for_hosts() {
    fn undescribed(schema: &serde_json::Value, place: &str, found: &mut Vec<String>) {
        let Some(object) = schema.as_object() else { return };
        if let Some(properties) = object.get("properties").and_then(|properties| properties.as_object()) {
            for (name, property) in properties {
                if property.get("description").is_none() {
                    found.push(format!("{place}.{name}"));
                }
            }
        }
        for value in object.values() {
            match value {
                serde_json::Value::Array(values) => values.iter().for_each(|value| undescribed(value, place, found)),
                value => undescribed(value, place, found),
            }
        }
    }
    let mut found = Vec::new();
    for entry in registry::operations() {
        let schemas = (entry.schema)();
        let id = entry.endpoint.id;
        undescribed(schemas.params.as_value(), &format!("{id} params"), &mut found);
        undescribed(schemas.output.as_value(), &format!("{id} output"), &mut found);
        assert!(schemas.params.get("description").is_some(), "{id} has no description");
    }
    assert!(found.is_empty(), "{} without a description: {found:#?}", found.len());
}
