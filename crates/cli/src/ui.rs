//! The page that `trunkline sandbox --ui` serves: examples/browser, and the npm package that runs in it.

use crate::exit::Failure;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use trunkline_sandbox::serve::File;
use trunkline_sandbox::{ProviderName, Sandbox};

/// A file of the page, by its name.
macro_rules! page {
    ($($name:literal),* $(,)?) => {
        [$(($name, include_str!(concat!("../../../examples/browser/", $name)))),*]
    };
}

const PAGE: [(&str, &str); 13] = page![
    "index.html",
    "style.css",
    "app.js",
    "accounts.js",
    "buy.js",
    "chart.js",
    "inbox.js",
    "numbers.js",
    "offers.js",
    "price.js",
    "purchases.js",
    "search.js",
    "view.js",
];

/// Where the package is looked for unless it is said: as built here, and as installed.
const PACKAGES: [&str; 2] = ["target/npm/package", "node_modules/trunkline"];

/// What the page consists of, by path.
pub(crate) fn files(package: Option<&Path>) -> Result<BTreeMap<String, File>, Failure> {
    let mut files = BTreeMap::new();
    for (name, text) in PAGE {
        files.insert(format!("/{name}"), File { content_type: content_type(name), body: text.into() });
    }
    files.insert("/".to_owned(), files["/index.html"].clone());
    let accounts = accounts().to_string().into_bytes();
    files.insert("/accounts.json".to_owned(), File { content_type: "application/json", body: accounts });
    let dist = dist(package)?;
    // The module in WebAssembly lies beside the folder of those that load it.
    add(&mut files, &dist, "/trunkline")?;
    add(&mut files, &dist.join("esm"), "/trunkline/esm")?;
    Ok(files)
}

fn add(files: &mut BTreeMap<String, File>, folder: &Path, place: &str) -> Result<(), Failure> {
    let problem = |error| Failure::Local(format!("{} cannot be read: {error}", folder.display()));
    for entry in std::fs::read_dir(folder).map_err(problem)? {
        let path = entry.map_err(problem)?.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if path.is_file() && (name.ends_with(".js") || name.ends_with(".wasm")) {
            let body = std::fs::read(&path).map_err(problem)?;
            files.insert(format!("{place}/{name}"), File { content_type: content_type(name), body });
        }
    }
    Ok(())
}

/// The folder with what the package loads.
fn dist(package: Option<&Path>) -> Result<PathBuf, Failure> {
    let places: Vec<PathBuf> = match package {
        Some(folder) => vec![folder.to_owned()],
        None => PACKAGES.iter().map(PathBuf::from).collect(),
    };
    let found = places.iter().map(|folder| folder.join("dist")).find(|folder| folder.join("esm/web.js").is_file());
    found.ok_or_else(|| {
        let places: Vec<String> = places.iter().map(|folder| folder.display().to_string()).collect();
        Failure::Local(format!(
            "the page needs the npm package, which is not in {}: build it with cargo xtask build npm, or say where it is \
             with --ui FOLDER",
            places.join(" or ")
        ))
    })
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("wasm") => "application/wasm",
        _ => "text/plain; charset=utf-8",
    }
}

/// The accounts as JavaScript takes them; where they are is relative to the page.
fn accounts() -> Value {
    let of = |provider: ProviderName| {
        let place = format!("/{}{}", provider.slug(), Sandbox::base_path(provider));
        let settings = Sandbox::account_settings(provider, &place).into_iter();
        let settings: Map<String, Value> = settings.map(|(name, value)| (camel_case(name), json!(value))).collect();
        (provider.slug().to_owned(), Value::Object(settings))
    };
    Value::Object(ProviderName::ALL.into_iter().map(of).collect())
}

fn camel_case(name: &str) -> String {
    let mut parts = name.split('_');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |name, part| {
        let mut letters = part.chars();
        let capital = letters.next().map(|letter| letter.to_ascii_uppercase());
        name.chars().chain(capital).chain(letters).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_the_package_the_page_says_how_to_build_it() {
        let Err(Failure::Local(problem)) = files(Some(Path::new("nowhere"))) else { panic!("no package is there") };
        assert!(problem.contains("not in nowhere") && problem.contains("cargo xtask build npm"), "{problem}");
    }

    #[test]
    fn every_file_of_the_page_is_served() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/browser");
        let entries = std::fs::read_dir(folder).unwrap();
        let mut there: Vec<String> = entries.map(|it| it.unwrap().file_name().into_string().unwrap()).collect();
        let mut served: Vec<String> = PAGE.iter().map(|(name, _)| (*name).to_owned()).collect();
        there.sort();
        served.sort();
        assert_eq!(served, there);
    }

    #[test]
    fn accounts_are_written_as_javascript_names_them() {
        let accounts = accounts();
        assert_eq!(accounts["rentnumber"], json!({ "apiKey": "rn_sandbox_key", "baseUrl": "/rentnumber/api/v1" }));
        assert!(accounts["sinch"]["projectId"].is_string() && accounts["sinch"]["authUrl"].is_string());
    }
}
