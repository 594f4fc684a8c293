//! Every vector of every operation, and that there are as many as there have to be.

use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use std::path::PathBuf;
use trunkline_core::{Effect, ErrorKind, registry};
use trunkline_tests::player::{differences, run};
use trunkline_tests::vectors::{Turn, load_all};

#[test]
fn every_vector_holds_to_the_byte() {
    let (mut cases, mut failures, mut ran) = (0, Vec::new(), Map::new());
    for (path, file) in load_all() {
        let before = failures.len();
        for case in &file.cases {
            cases += 1;
            let problems = differences(case, &run(&file.operation, case));
            if !problems.is_empty() {
                failures.push(format!("{}: {}\n{}", path.display(), case.name, problems.join("\n")));
            }
        }
        let failed = failures.len() - before;
        ran.insert(file.operation, json!({ "passed": file.cases.len() - failed, "failed": failed }));
    }
    for_the_table(ran);
    assert!(failures.is_empty(), "{} of {cases} cases fail:\n{}", failures.len(), failures.join("\n\n"));
}

/// Leaves it for the table that `cargo xtask test` prints, where that asks for it.
fn for_the_table(ran: Map<String, Value>) {
    let Some(folder) = std::env::var_os("TRUNKLINE_PARITY").map(PathBuf::from) else { return };
    std::fs::create_dir_all(&folder).expect("a folder");
    std::fs::write(folder.join("rust.json"), Value::Object(ran).to_string()).expect("a file");
}

#[test]
fn every_operation_has_a_vector_file_named_after_it() {
    let files: BTreeSet<String> = load_all()
        .iter()
        .map(|(path, file)| {
            let mut parts = path
                .with_extension("")
                .iter()
                .rev()
                .take(2)
                .map(|part| part.to_string_lossy().into_owned())
                .collect::<Vec<_>>();
            parts.reverse();
            assert_eq!(file.operation, parts.join("."), "{}", path.display());
            file.operation.clone()
        })
        .collect();
    let operations: BTreeSet<String> = registry::operations().map(|entry| entry.endpoint.id.to_owned()).collect();
    assert_eq!(files, operations);
}

#[test]
fn every_operation_has_a_success_and_a_refusal_and_what_spends_a_lost_answer() {
    for (path, file) in load_all() {
        let endpoint = registry::find(&file.operation).expect("known").endpoint;
        let refused = |case: &&trunkline_tests::vectors::Case| {
            case.error.as_ref().is_some_and(|error| error.get("delivery").is_some_and(|delivery| delivery == "refused"))
        };
        assert!(file.cases.iter().any(|case| case.output.is_some()), "{}: no success", path.display());
        assert!(file.cases.iter().any(|case| refused(&case)), "{}: no refusal", path.display());
        let loses = |turn: &Turn| matches!(turn, Turn::Fail(trunkline_tests::vectors::Fail::Lost));
        let lost = file.cases.iter().any(|case| case.exchange.iter().any(loses));
        assert!(lost || !matches!(endpoint.effect, Effect::Spends(_)), "{}: no lost answer", path.display());
    }
}
#[test]
fn every_error_kind_is_produced_by_a_vector_or_a_world() {
    let named = |case: trunkline_tests::vectors::Case| case.error?.get("kind")?.as_str().map(str::to_owned);
    let produced: BTreeSet<String> =
        load_all().into_iter().flat_map(|(_, file)| file.cases).filter_map(named).collect();
    // It needs a host that gives up: tests/worlds.rs, a_purchase_that_is_given_up_says_that_it_may_have_been_sent.
    let by_worlds = [ErrorKind::Cancelled];
    for kind in ErrorKind::ALL.iter().filter(|kind| !by_worlds.contains(kind)) {
        assert!(produced.contains(kind.as_str()), "no vector produces {kind}");
    }
}
