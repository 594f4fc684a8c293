//! The table of parity: what each runtime made of the vectors of each operation. Each suite that plays them writes what it
//! did into [`FOLDER`], where [`VARIABLE`] tells it to; nothing there is older than the run.

use crate::Result;
use crate::command::root;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Names the folder to the suites.
pub(crate) const VARIABLE: &str = "TRUNKLINE_PARITY";
const FOLDER: &str = "target/parity";

/// A title, and the name of the file that the suite writes.
const RUNTIMES: [(&str, &str); 5] = [
    ("Rust", "rust"),
    ("Python", "python"),
    ("Node, addon", "node-addon"),
    ("Node, wasm", "node-wasm"),
    ("Chromium", "chromium"),
];

/// The cases of one operation that passed, and those that failed.
#[derive(Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Counted {
    passed: u32,
    failed: u32,
}

/// By operation.
type Run = BTreeMap<String, Counted>;

/// The folder, emptied for a run.
pub(crate) fn begin() -> Result<PathBuf> {
    let folder = root().join(FOLDER);
    if folder.exists() {
        std::fs::remove_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    }
    Ok(folder)
}

/// Prints the table; fails unless every runtime has passed the same cases.
pub(crate) fn finish(folder: &Path) -> Result {
    let runs = RUNTIMES.map(|(title, name)| read(&folder.join(format!("{name}.json"))).map(|run| (title, run)));
    let runs = runs.into_iter().collect::<Result<Vec<_>>>()?;
    let (table, wrong) = tabulated(&runs);
    println!("{table}");
    if wrong.is_empty() { Ok(()) } else { Err(format!("the runtimes are not on a par: {}", wrong.join(", "))) }
}

fn read(path: &Path) -> Result<Run> {
    let wrong = |error: String| format!("{}: {error}; the suite of that runtime has not been run", path.display());
    let text = std::fs::read_to_string(path).map_err(|error| wrong(error.to_string()))?;
    serde_json::from_str(&text).map_err(|error| wrong(error.to_string()))
}

/// One row per operation, and where something is wrong with it.
fn tabulated(runs: &[(&str, Run)]) -> (String, Vec<String>) {
    let operations: BTreeSet<&String> = runs.iter().flat_map(|(_, run)| run.keys()).collect();
    let row = |first: &str, cells: Vec<String>| {
        let cells = cells.into_iter().map(|cell| format!("{cell:>13}")).collect::<String>();
        format!("{first:<38}{cells}\n")
    };
    let mut table = row("cases passed, by operation", runs.iter().map(|(title, _)| (*title).to_owned()).collect());
    let (mut wrong, mut sums) = (Vec::new(), vec![0; runs.len()]);
    for operation in operations {
        let all =
            runs.iter().map(|(_, run)| run.get(operation)).map(|counted| counted.map_or(0, |it| it.passed + it.failed));
        let most = all.max().unwrap_or_default();
        let mut cells = Vec::new();
        for ((title, run), sum) in runs.iter().zip(&mut sums) {
            let passed = run.get(operation).map_or(0, |counted| counted.passed);
            *sum += passed;
            let whole = passed == most && most > 0;
            cells.push(format!("{passed} {}", if whole { "✓" } else { "✗" }));
            if !whole {
                wrong.push(format!("{operation} in {title}: {passed} of {most}"));
            }
        }
        table += &row(operation, cells);
    }
    if sums.contains(&0) {
        wrong.push("no case at all".to_owned());
    }
    let last = row("together", sums.iter().map(|sum| format!("{sum}  ")).collect());
    (table + &last, wrong)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(counts: &[(&str, u32, u32)]) -> Run {
        counts
            .iter()
            .map(|(name, passed, failed)| ((*name).to_owned(), Counted { passed: *passed, failed: *failed }))
            .collect()
    }

    fn wrong(counts: &[(&str, u32, u32)]) -> Vec<String> {
        tabulated(&[("Rust", run(&[("a.b", 2, 0), ("a.c", 1, 0)])), ("Python", run(counts))]).1
    }

    #[test]
    fn the_same_cases_passed_everywhere_are_parity() {
        assert_eq!(wrong(&[("a.b", 2, 0), ("a.c", 1, 0)]), Vec::<String>::new());
        let (table, _) = tabulated(&[("Rust", run(&[("a.b", 2, 0)]))]);
        assert!(table.contains("2 ✓") && table.contains("together"), "{table}");
    }

    #[test]
    fn a_failed_a_missing_and_a_further_case_are_not() {
        assert_eq!(wrong(&[("a.b", 1, 1), ("a.c", 1, 0)]), ["a.b in Python: 1 of 2"]);
        assert_eq!(wrong(&[("a.b", 2, 0)]), ["a.c in Python: 0 of 1"]);
        assert_eq!(wrong(&[("a.b", 3, 0), ("a.c", 1, 0)]), ["a.b in Rust: 2 of 3"]);
        assert_eq!(wrong(&[]).len(), 3);
    }

    #[test]
    fn a_runtime_that_was_not_run_is_told_of() {
        let problem = read(Path::new("nowhere.json")).err().expect("it is not there");
        assert!(problem.contains("nowhere.json") && problem.contains("has not been run"), "{problem}");
    }
}
