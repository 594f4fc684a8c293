//! `trunkline operations`: what there is.

use crate::command::{JSON, flag};
use crate::exit::Failure;
use crate::output::{self, table::Table};
use clap::{ArgMatches, Command};
use serde::Serialize;
use trunkline::registry::{self, Entry};

pub(crate) const NAME: &str = "operations";

/// The command.
pub(crate) fn command() -> Command {
    Command::new(NAME).about("List every operation of every provider")
}

/// One operation, as data.
#[derive(Serialize)]
struct Line {
    id: &'static str,
    provider: &'static str,
    method: &'static str,
    path: &'static str,
    effect: &'static str,
    public: bool,
    paged: bool,
    waits: bool,
    seed: bool,
}

impl Line {
    fn of(entry: &'static Entry) -> Self {
        let endpoint = &entry.endpoint;
        Self {
            id: endpoint.id,
            provider: endpoint.provider(),
            method: endpoint.method.as_str(),
            path: endpoint.path,
            effect: endpoint.effect.as_str(),
            public: endpoint.public,
            paged: entry.all.is_some(),
            waits: entry.wait.is_some(),
            seed: endpoint.seed,
        }
    }

    fn notes(&self) -> String {
        let notes =
            [(self.public, "public"), (self.paged, "pages"), (self.waits, "waits"), (!self.seed, "beyond seed")];
        let notes: Vec<&str> = notes.into_iter().filter(|(holds, _)| *holds).map(|(_, note)| note).collect();
        notes.join(", ")
    }
}

/// Lists them.
pub(crate) fn run(matches: &ArgMatches) -> Result<(), Failure> {
    let lines: Vec<Line> = registry::operations().map(Line::of).collect();
    if flag(matches, JSON) {
        let text = serde_json::to_string(&lines).map_err(|error| Failure::Local(error.to_string()))?;
        return output::line(&text);
    }
    let mut table = Table::new(["operation", "effect", "method", "path", "notes"]);
    for line in &lines {
        table.row([line.id, line.effect, line.method, line.path, &line.notes()].map(str::to_owned));
    }
    output::line(&table.to_string())
}
