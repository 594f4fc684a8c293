//! `xtask-wasm <module.wasm> <folder> <name>`: writes `<name>.js`, `<name>.d.ts` and `<name>_bg.wasm`.
//!
//! The library that the command line tool wasm-bindgen is made of, because it is pinned beside the crate wasm-bindgen and
//! the two have to be of one version; a tool that is installed by itself drifts.

use std::process::ExitCode;
use wasm_bindgen_cli_support::Bindgen;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [module, folder, name] = arguments.as_slice() else {
        eprintln!("xtask-wasm <module.wasm> <folder> <name>");
        return ExitCode::FAILURE;
    };
    let mut bindgen = Bindgen::new();
    bindgen.input_path(module).out_name(name).typescript(true);
    // `web`: a module whose loading its user starts, with bytes, a URL or a compiled module. The others load by themselves,
    // each in a way that some bundler cannot follow.
    let written = bindgen.web(true).and_then(|bindgen| {
        // The names of functions go last, with wasm-opt.
        bindgen.omit_default_module_path(true).keep_debug(false).remove_producers_section(true).generate(folder)
    });
    match written {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("{problem:#}");
            ExitCode::FAILURE
        }
    }
}
