//! `trunkline/errors.py`: an exception for each kind of error.

use super::{HEAD, docstring};
use crate::generate::words::pascal_case;
use std::fmt::Write as _;
use trunkline_core::surface::{deliveries, error_kinds};

/// Kinds that Python has an exception for already, which users catch.
const BUILT_IN: [(&str, &str); 1] = [("timed_out", "TimeoutError")];

pub(super) fn module() -> String {
    let kinds = error_kinds();
    let mut names: Vec<String> = kinds.iter().map(|(kind, _)| pascal_case(kind.as_str())).collect();
    names.push("TrunklineError".to_owned());
    names.sort();
    let listed: String = names.iter().map(|name| format!("    \"{name}\",\n")).collect();
    let mut text = format!(
        "{HEAD}{}\nfrom __future__ import annotations\n\nfrom trunkline._error import TrunklineError, from_json, register\n\n\
         __all__ = [\n{listed}]\n",
        docstring(&about(), 0)
    );
    for (kind, about) in &kinds {
        let name = pascal_case(kind.as_str());
        let built_in = BUILT_IN.iter().find(|(known, _)| *known == kind.as_str());
        let bases = built_in.map_or("TrunklineError".to_owned(), |(_, base)| format!("TrunklineError, {base}"));
        let _ = write!(text, "\n\nclass {name}({bases}):\n{}", docstring(about, 4));
        let _ = write!(text, "\n    kind = \"{kind}\"\n");
    }
    let classes: String = kinds.iter().map(|(kind, _)| format!("    {},\n", pascal_case(kind.as_str()))).collect();
    let _ = write!(text, "\n\nregister(\n{})\n", classes);
    text
}

fn about() -> String {
    let deliveries: Vec<String> = deliveries().iter().map(|(word, about)| format!("    {word}: {about}")).collect();
    format!(
        "What can go wrong: one exception for each kind, all of them a TrunklineError.\n\nEach says in `delivery` whether \
         the provider may have acted:\n\n{}",
        deliveries.join("\n")
    )
}
