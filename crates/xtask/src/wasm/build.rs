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

/// What the compiler takes for granted of every browser; wasm-opt has to be told.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
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

fn finish(toolchain: Toolchain, package: &str, name: &str, folder: &Path, wasm_opt: &Path) -> Result {
    let compiled =
        target_folder(toolchain).join(TARGET).join("wasm").join(format!("{}.wasm", package.replace('-', "_")));
    let mut bindgen = cargo();
    bindgen.args(["run", "--quiet", "-p", "xtask-wasm", "--"]).arg(compiled).arg(folder).arg(name);
    run(&format!("JavaScript's half of {name}"), &mut bindgen)?;
    let module = folder.join(format!("{name}_bg.wasm"));
    let mut shrink = Command::new("node");
    shrink.arg(wasm_opt).args(["-Oz", "--strip-debug", "--strip-producers"]).args(FEATURES);
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
