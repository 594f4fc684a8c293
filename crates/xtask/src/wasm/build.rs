//! Core, core with a gateway, and sandbox for browsers and Node: compiled, given JavaScript's half by wasm-bindgen, made smaller by wasm-opt.

use super::{TARGET, Toolchain, compiler, set_up, target_folder};
use crate::Result;
use crate::command::{cargo, output, root, run};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Where they are left.
pub(crate) const FOLDER: &str = "target/npm/wasm";
const TOOLS: &str = "target/npm/tools";
/// Debian's is too old to read what the compiler writes; npm's is one file of JavaScript, the same everywhere.
const BINARYEN: &str = "132.0.0";

/// A package, its features, and what its files are called.
const MODULES: [(&str, &str, &str); 3] = [
    ("trunkline-wasm", "", "trunkline"),
    ("trunkline-wasm", "gateway", "gateway"),
    ("trunkline-sandbox-wasm", "", "sandbox"),
];

/// See `examples/rust`.
const EXAMPLE: &str = "page";

/// What the compiler takes for granted of every browser; wasm-opt has to be told.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// What makes the fewest bytes to load, which are counted after brotli: code that is alike stays in functions that are alike,
/// and those stay together. (`-Oz` makes it 4% smaller before brotli, and 6% larger after.)
const SHRINK: [&str; 5] = [
    "-O3",
    "--one-caller-inline-max-function-size=0",
    "--reorder-functions-by-name",
    "--strip-debug",
    "--strip-producers",
];

/// Builds all into [`FOLDER`].
pub(crate) fn build(debian: bool) -> Result {
    let toolchain = set_up(debian)?;
    let wasm_opt = wasm_opt()?;
    let folder = root().join(FOLDER);
    for (package, features, name) in MODULES {
        let mut compile = compiler(toolchain, "build");
        compile.args(["--profile", "wasm", "-p", package, "--features", features]);
        run(&format!("{name} for wasm"), &mut compile)?;
        finish(toolchain, package, name, &folder, &wasm_opt)?;
    }
    eprintln!("built {FOLDER}; cargo xtask size says how large it is");
    Ok(())
}

/// Builds the example of a page's own program in Rust; gives the folder in which it and JavaScript's half are.
pub(crate) fn example(debian: bool) -> Result<PathBuf> {
    let toolchain = set_up(debian)?;
    let mut compile = compiler(toolchain, "build");
    compile.args(["--profile", "wasm", "-p", "trunkline", "--example", EXAMPLE]);
    run("the client in Rust for wasm", &mut compile)?;
    let folder = root().join("target/npm/example");
    bind(&compiled(toolchain).join("examples").join(format!("{EXAMPLE}.wasm")), &folder, EXAMPLE)?;
    Ok(folder)
}

/// Where the compiler leaves modules.
fn compiled(toolchain: Toolchain) -> PathBuf {
    target_folder(toolchain).join(TARGET).join("wasm")
}

/// Writes JavaScript's half of a module, and the module as that half takes it.
fn bind(module: &Path, folder: &Path, name: &str) -> Result {
    let mut bindgen = cargo();
    bindgen.args(["run", "--quiet", "-p", "xtask-wasm", "--"]).arg(module).arg(folder).arg(name);
    run(&format!("JavaScript's half of {name}"), &mut bindgen)
}

fn finish(toolchain: Toolchain, package: &str, name: &str, folder: &Path, wasm_opt: &Path) -> Result {
    bind(&compiled(toolchain).join(format!("{}.wasm", package.replace('-', "_"))), folder, name)?;
    let module = folder.join(format!("{name}_bg.wasm"));
    let mut shrink = Command::new("node");
    shrink.arg(wasm_opt).args(SHRINK).args(FEATURES);
    shrink.arg(&module).arg("-o").arg(&module);
    run(&format!("wasm-opt for {name}"), &mut shrink)
}

/// wasm-opt, from npm into [`TOOLS`].
fn wasm_opt() -> Result<PathBuf> {
    let tools = root().join(TOOLS);
    let package = tools.join("node_modules/binaryen");
    let installed = std::fs::read_to_string(package.join("package.json")).unwrap_or_default();
    if !installed.contains(&format!("\"version\": \"{BINARYEN}\"")) {
        if output(Command::new("npm").arg("--version")).is_none() {
            return Err("wasm-opt comes from npm, which is not there: install Node.js, 20 or later".to_owned());
        }
        let mut install = Command::new("npm");
        install.args(["install", "--no-save", "--no-fund", "--no-audit", "--ignore-scripts", "--prefix"]).arg(&tools);
        run("wasm-opt, from npm", install.arg(format!("binaryen@{BINARYEN}")))?;
    }
    Ok(package.join("bin/wasm-opt"))
}
