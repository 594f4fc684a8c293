//! The npm package: built from the core in WebAssembly and the addon for this platform, and tested as it is installed from
//! its tarballs.

use crate::Result;
use crate::command::{cargo, output, root, run};
use crate::{chromium, parity, wasm};
use std::path::{Path, PathBuf};
use std::process::Command;

/// For the tools of its tests; the package itself runs on older ones.
const OLDEST_NODE: u32 = 20;
const PACKAGE: &str = "pkg/npm";
/// Where packages and their tarballs are left.
const FOLDER: &str = "target/npm";
/// What the tests serve sandboxes, and gateways before them, with.
const SANDBOXES: &str = "many";
/// It serves the page.
const COMMAND_LINE: &str = "trunkline";

/// Where Deno, Bun and workerd are put.
const RUNTIMES: &str = "target/npm/runtimes";

/// Checks what is written, builds the package, and tests what is installed from it; what vectors came to is left in `ran`.
pub(crate) fn check(debian_wasm: bool, ran: Option<&Path>) -> Result {
    set_up()?;
    let folder = root().join(PACKAGE);
    install(&folder)?;
    run("npm package: types and units", Command::new("npm").arg("test").current_dir(&folder))?;
    wasm::build(debian_wasm)?;
    let tarballs = pack()?;
    for (tool, more) in
        [("publint", &[][..]), ("attw", &["--exclude-entrypoints", "trunkline.wasm", "gateway.wasm", "sandbox.wasm"])]
    {
        run(&format!("npm package: {tool}"), tool_of(&folder, tool).arg(&tarballs[0]).args(more))?;
    }
    install_tarballs(&tarballs)?;
    for project in ["test/consumer/node.json", "test/consumer/web.json", "test/consumer/examples.json"] {
        run("npm package: programs compile against it", tool_of(&folder, "tsc").args(["--project", project]))?;
    }
    let example = wasm::example(debian_wasm)?;
    let browser = chromium::set_up()?;
    run("npm package: its tests compile against it", tool_of(&folder, "tsc").args(["--project", "test/packed"]))?;
    for tests in ["packed", "browser"] {
        let mut test = test(tests)?;
        test.env("TRUNKLINE_TEST_EXAMPLE", &example).env(chromium::VARIABLE, &browser);
        run(&format!("tests of the npm package: {tests}"), test.envs(ran.map(|folder| (parity::VARIABLE, folder))))?;
    }
    test_in_runtimes(&folder)
}

/// Builds the package, and tests what is installed from it in Deno, Bun and workerd.
pub(crate) fn check_runtimes() -> Result {
    install_tarballs(&build(false)?)?;
    test_in_runtimes(&root().join(PACKAGE))
}

/// Builds the package and the one of this platform's addon; leaves their tarballs in [`FOLDER`].
pub(crate) fn build(debian_wasm: bool) -> Result<Vec<PathBuf>> {
    set_up()?;
    install(&root().join(PACKAGE))?;
    wasm::build(debian_wasm)?;
    let tarballs = pack()?;
    for tarball in &tarballs {
        let size = std::fs::metadata(tarball).map(|it| it.len()).unwrap_or_default();
        eprintln!("built {} ({:.2} MB)", tarball.display(), size as f64 / 1e6);
    }
    Ok(tarballs)
}

/// The tarballs: of the package, then of the addon. The modules in WebAssembly have to be there.
fn pack() -> Result<Vec<PathBuf>> {
    run("npm package: the addon", cargo().args(["build", "--profile", "addon", "-p", "trunkline-node"]))?;
    let library = format!("{}trunkline_node{}", std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
    let addon = root().join("target/addon").join(library);
    let addon = addon.to_str().ok_or("the path of this folder is not UTF-8")?;
    let mut build = Command::new("node");
    build.arg("build.mjs").arg(format!("{}={addon}", platform())).current_dir(root().join(PACKAGE));
    run("npm package: the package", &mut build)?;
    let folder = root().join(FOLDER);
    for old in tarballs_in(&folder) {
        std::fs::remove_file(&old).map_err(|error| format!("{}: {error}", old.display()))?;
    }
    let mut pack = Command::new("npm");
    pack.args(["pack", "--silent", "./package", &format!("./{}", platform())]).current_dir(&folder);
    run("npm package: the tarballs", &mut pack)?;
    let tarballs = tarballs_in(&folder);
    if tarballs.len() == 2 { Ok(tarballs) } else { Err(format!("npm pack should have left two tarballs in {FOLDER}")) }
}

/// As Node.js calls it, with the C library where there is a choice.
fn platform() -> String {
    let system = match std::env::consts::OS {
        "macos" => "darwin",
        "windows" => "win32",
        other => other,
    };
    let processor = match std::env::consts::ARCH {
        "x86_64" => "x64",
        "aarch64" => "arm64",
        other => other,
    };
    let library = match (system, cfg!(target_env = "musl")) {
        ("linux", true) => "-musl",
        ("linux", false) => "-gnu",
        _ => "",
    };
    format!("{system}-{processor}{library}")
}

/// In the order of their names: the package's own is the shorter one.
fn tarballs_in(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let mut found: Vec<PathBuf> = entries.filter(|path| path.extension().is_some_and(|it| it == "tgz")).collect();
    found.sort_by_key(|path| path.as_os_str().len());
    found
}

/// Installs the tarballs in a folder with nothing else.
fn install_tarballs(tarballs: &[PathBuf]) -> Result {
    let installed = root().join(FOLDER).join("installed");
    if installed.exists() {
        std::fs::remove_dir_all(&installed).map_err(|error| format!("{}: {error}", installed.display()))?;
    }
    let made = std::fs::create_dir_all(&installed);
    made.and_then(|()| std::fs::write(installed.join("package.json"), r#"{"private":true,"type":"module"}"#))
        .map_err(|error| format!("{}: {error}", installed.display()))?;
    let mut install = Command::new("npm");
    install.args(["install", "--no-audit", "--no-fund", "--prefer-offline"]).args(tarballs).current_dir(&installed);
    run("npm package: installed", &mut install)
}

/// The tests of that folder, on what is installed.
fn test(tests: &str) -> Result<Command> {
    // The features of all tests, so that nothing is built again.
    let programs = ["build", "--workspace", "--all-features", "--example", SANDBOXES, "--bin", COMMAND_LINE];
    run("what serves sandboxes to the tests", cargo().args(programs))?;
    let program = |name: &str| root().join("target/debug").join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    let mut test = Command::new("node");
    test.arg("--test").current_dir(root().join(FOLDER).join("installed/test").join(tests));
    test.env("TRUNKLINE_TEST_SANDBOXES", program(&format!("examples/{SANDBOXES}")));
    test.env("TRUNKLINE_TEST_CLI", program(COMMAND_LINE)).env("TRUNKLINE_TEST_RUNTIMES", root().join(RUNTIMES));
    Ok(test)
}

/// Puts the runtimes where the tests look for them; not again while they are the same. Their versions are exact, and a
/// lock would name those for other platforms, which not every registry has.
fn test_in_runtimes(folder: &Path) -> Result {
    let runtimes = root().join(RUNTIMES);
    let (wanted, installed) =
        (folder.join("test/runtimes/package.json"), runtimes.join("node_modules/.installed.json"));
    let read = |path: &Path| std::fs::read_to_string(path).ok();
    if read(&wanted) != read(&installed) {
        let copied = |to: &Path| std::fs::copy(&wanted, to).map_err(|error| format!("{}: {error}", to.display()));
        std::fs::create_dir_all(&runtimes).map_err(|error| format!("{}: {error}", runtimes.display()))?;
        copied(&runtimes.join("package.json"))?;
        let arguments = ["install", "--no-package-lock", "--no-audit", "--no-fund"];
        run("Deno, Bun and workerd (350 MB)", Command::new("npm").args(arguments).current_dir(&runtimes))?;
        copied(&installed)?;
    }
    run("npm package: its tests compile against it", tool_of(folder, "tsc").args(["--project", "test/runtimes"]))?;
    run("tests of the npm package: runtimes", &mut test("runtimes")?)
}

/// One of the package's own tools.
fn tool_of(folder: &Path, name: &str) -> Command {
    let mut command = Command::new("npm");
    command.args(["exec", "--offline", "--", name]).current_dir(folder);
    command
}

/// Finds Node.js and npm, or puts them there.
fn set_up() -> Result {
    if output(Command::new("npm").arg("--version")).is_none() {
        crate::setup::install_packages(&["nodejs", "npm"], "to check the npm package")?;
    }
    let version = output(Command::new("node").arg("--version")).unwrap_or_default();
    let major = version.trim_start_matches('v').split('.').next().and_then(|major| major.parse::<u32>().ok());
    match major {
        Some(major) if major >= OLDEST_NODE => Ok(()),
        Some(_) => {
            Err(format!("Node.js {version} is too old to check the npm package: install {OLDEST_NODE} or later"))
        }
        None => {
            Err(format!("node cannot be run, which checks the npm package: install Node.js {OLDEST_NODE} or later"))
        }
    }
}

/// Puts the locked packages into the package's own folder; not again while the lock is the same, so that tests need no
/// network.
fn install(folder: &Path) -> Result {
    let read = |path: &Path| std::fs::read_to_string(path).ok();
    let (lock, installed) = (folder.join("package-lock.json"), folder.join("node_modules/.installed-lock.json"));
    if read(&lock).is_some() && read(&lock) == read(&installed) {
        return Ok(());
    }
    let arguments = ["ci", "--no-audit", "--no-fund"];
    run("npm package: what its tests need", Command::new("npm").args(arguments).current_dir(folder))?;
    std::fs::copy(&lock, &installed).map_err(|error| format!("{} cannot be written: {error}", installed.display()))?;
    Ok(())
}
