//! How large is what people download, and how large it may be at most.

use crate::Result;
use crate::command::root;
use std::process::Command;

/// A file that people download.
struct Artefact {
    name: &'static str,
    /// Below the root.
    path: &'static str,
    /// KB (of 1000 bytes) after brotli -11; none where only the size is of interest.
    ceiling: Option<f64>,
    /// What makes it.
    task: &'static str,
}

const ARTEFACTS: [Artefact; 8] = [
    row("core, wasm", "target/npm/wasm/trunkline_bg.wasm", Some(288.0), "build wasm"),
    row("core, glue", "target/npm/wasm/trunkline.js", Some(5.4), "build wasm"),
    // For servers.
    row("gateway, wasm", "target/npm/wasm/gateway_bg.wasm", None, "build wasm"),
    row("gateway, glue", "target/npm/wasm/gateway.js", None, "build wasm"),
    row("sandbox, wasm", "target/npm/wasm/sandbox_bg.wasm", None, "build wasm"),
    row("sandbox, glue", "target/npm/wasm/sandbox.js", None, "build wasm"),
    // With the glue in it: all the JavaScript that a page loads first.
    row("JavaScript, web", "target/npm/package/dist/esm/web.js", Some(17.8), "build npm"),
    row("addon, Linux", "target/npm/linux-x64-gnu/trunkline.node", Some(1195.0), "build npm"),
];

const fn row(name: &'static str, path: &'static str, ceiling: Option<f64>, task: &'static str) -> Artefact {
    Artefact { name, path, ceiling, task }
}

/// Prints bytes raw, after gzip -9 and after brotli -11. Node's zlib, because whoever builds for npm has it.
const COMPRESS: &str = "
const { brotliCompressSync, constants, gzipSync } = require('node:zlib');
const bytes = require('node:fs').readFileSync(process.argv[1]);
const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
console.log(bytes.length, gzipSync(bytes, { level: 9 }).length, brotliCompressSync(bytes, { params }).length);
";

/// Prints the table; fails where something is too large.
pub(crate) fn run() -> Result {
    println!("{:<16}{:>10}{:>10}{:>10}{:>10}   KB of 1000 bytes", "", "raw", "gzip", "brotli", "ceiling");
    let mut too_large = Vec::new();
    for Artefact { name, path, ceiling, task } in &ARTEFACTS {
        let [raw, gzip, brotli] = measure(path, task)?.map(|bytes| bytes / 1000.0);
        let shown = ceiling.map_or_else(String::new, |ceiling| format!("{ceiling:.1}"));
        println!("{name:<16}{raw:>10.1}{gzip:>10.1}{brotli:>10.1}{shown:>10}");
        if ceiling.is_some_and(|ceiling| brotli > ceiling) {
            too_large.push(*name);
        }
    }
    match too_large.as_slice() {
        [] => Ok(()),
        names => Err(format!("larger than allowed in crates/xtask/src/size.rs: {}", names.join("; "))),
    }
}

fn measure(path: &str, task: &str) -> Result<[f64; 3]> {
    let file = root().join(path);
    if !file.exists() {
        return Err(format!("{path} is not there: cargo xtask {task}"));
    }
    let printed = crate::command::output(Command::new("node").args(["-e", COMPRESS]).arg(&file))
        .ok_or("sizes are measured with Node.js, which is not there: install it, 20 or later")?;
    let numbers: Vec<f64> = printed.split(' ').filter_map(|number| number.parse().ok()).collect();
    numbers.try_into().map_err(|_| format!("{path} could not be measured: {printed}"))
}
