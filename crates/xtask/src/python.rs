//! The Python package: its wheel, and the tests of what is installed from it. Everything goes into virtual environments
//! below `target/`; the system's Python is only asked to make them.

use crate::Result;
use crate::command::{self, output, root};
use std::path::{Path, PathBuf};
use std::process::Command;

const PACKAGE: &str = "pkg/python";
const BUILD_TOOLS: [&str; 1] = ["maturin>=1.9.4,<2"];
const TEST_TOOLS: [&str; 6] = [
    "pytest>=8,<10",
    "mypy>=1.13,<3",
    "pyright>=1.1.390,<1.2",
    "httpx>=0.27,<1",
    // What gateways are mounted in.
    "fastapi>=0.115,<1",
    "uvicorn>=0.30,<1",
];

/// A virtual environment.
struct Venv {
    folder: PathBuf,
}

impl Venv {
    /// The one of that name, made if it is not there.
    fn named(name: &str) -> Result<Self> {
        let venv = Self { folder: root().join("target/venvs").join(name) };
        if output(venv.python().arg("--version")).is_none() {
            let mut make = interpreter();
            make.args(["-m", "venv", "--clear"]).arg(&venv.folder);
            command::run(&format!("a virtual environment for {name}"), &mut make)?;
        }
        Ok(venv)
    }

    /// As it is right after it was made.
    fn fresh(name: &str) -> Result<Self> {
        let folder = root().join("target/venvs").join(name);
        if folder.exists() {
            std::fs::remove_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        }
        Self::named(name)
    }

    fn program(&self, name: &str) -> Command {
        let folder = if cfg!(windows) { "Scripts" } else { "bin" };
        let mut command = Command::new(self.folder.join(folder).join(name));
        command.current_dir(root());
        command
    }

    fn python(&self) -> Command {
        let mut python = self.program("python");
        // Of another environment.
        python.env_remove("PYTHONPATH").env_remove("PYTHONHOME");
        python
    }

    fn install(&self, purpose: &str, packages: &[&str]) -> Result {
        let mut pip = self.python();
        pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]).args(packages);
        command::run(purpose, &mut pip)
    }
}

/// `PYTHON`, or python3.
pub(crate) fn interpreter() -> Command {
    let mut command = Command::new(std::env::var_os("PYTHON").unwrap_or_else(|| "python3".into()));
    command.current_dir(root());
    command
}

/// A Python that can make virtual environments.
pub(crate) fn set_up() -> Result {
    let has_venv =
        || output(interpreter().args(["-c", "import ensurepip, venv, sys; assert sys.version_info >= (3, 10)"]));
    if has_venv().is_some() {
        eprintln!("setup: Python with venv is there");
        return Ok(());
    }
    crate::setup::install_packages(&["python3", "python3-venv"], "for the Python package")?;
    match has_venv() {
        Some(_) => Ok(()),
        None => Err("Python 3.10 or later with venv is needed; name it in PYTHON".to_owned()),
    }
}

/// Builds the wheel; says where it is.
pub(crate) fn build() -> Result<PathBuf> {
    set_up()?;
    let venv = Venv::named("build")?;
    venv.install("what builds wheels", &BUILD_TOOLS)?;
    let wheels = root().join("target/wheels");
    // Only the one that is built now is to be found there.
    for old in wheels_in(&wheels) {
        std::fs::remove_file(&old).map_err(|error| format!("{}: {error}", old.display()))?;
    }
    let mut maturin = venv.program("maturin");
    maturin.args(["build", "--quiet", "--out"]).arg(&wheels).current_dir(root().join(PACKAGE));
    command::run("the wheel of the Python package", &mut maturin)?;
    let wheel = wheels_in(&wheels).pop().ok_or("maturin has left no wheel in target/wheels")?;
    let size = std::fs::metadata(&wheel).map(|it| it.len()).unwrap_or_default();
    eprintln!("built {} ({:.2} MB)", wheel.display(), size as f64 / 1e6);
    Ok(wheel)
}

fn wheels_in(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    entries.filter(|path| path.extension().is_some_and(|it| it == "whl")).collect()
}

/// Tests what is installed from the wheel; what vectors came to is left in `ran`.
pub(crate) fn test(ran: &Path) -> Result {
    let wheel = build()?;
    let wheel = wheel.to_str().ok_or("the path of this folder is not UTF-8")?;
    readme_example(wheel)?;
    let venv = Venv::named("test")?;
    venv.install("what tests of the Python package need", &TEST_TOOLS)?;
    venv.install("the wheel", &["--force-reinstall", "--no-deps", wheel])?;
    venv.install("what the wheel needs", &[wheel])?;
    let mut pytest = venv.python();
    pytest.args(["-m", "pytest", "--quiet", "-p", "no:cacheprovider"]).arg(root().join(PACKAGE).join("tests"));
    pytest.env(crate::parity::VARIABLE, ran);
    command::run("tests of the Python package", &mut pytest)
}

/// The first example of the package's README, in an environment with nothing but the wheel and what it needs.
fn readme_example(wheel: &str) -> Result {
    let path = root().join(PACKAGE).join("README.md");
    let readme = std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let example = readme.split("```python\n").nth(1).and_then(|rest| rest.split("```").next());
    let example = example.ok_or("pkg/python/README.md has lost its example")?;
    let venv = Venv::fresh("fresh")?;
    venv.install("the wheel, in a fresh environment", &[wheel])?;
    let listed = output(venv.python().args(["-m", "pip", "list", "--format=freeze", "--disable-pip-version-check"]));
    let listed = listed.ok_or("pip cannot list what is installed")?;
    let packages: Vec<&str> = listed.lines().filter_map(|line| line.split(['=', ' ']).next()).collect();
    let foreign: Vec<&&str> =
        packages.iter().filter(|name| !["trunkline", "msgspec", "pip", "setuptools"].contains(name)).collect();
    if !foreign.is_empty() || !packages.contains(&"trunkline") {
        return Err(format!("the wheel should bring msgspec alone; there are {}", packages.join(", ")));
    }
    match output(venv.python().args(["-c", example])).as_deref() {
        Some("481516") => {
            eprintln!("── the README's example, in a fresh environment: it printed its code");
            Ok(())
        }
        printed => Err(format!("the example of pkg/python/README.md should print 481516, not {printed:?}")),
    }
}
