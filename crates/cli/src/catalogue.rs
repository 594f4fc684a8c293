//! `trunkline operations`: what there is.

use crate::command::{JSON, flag};
use crate::exit::Failure;
use crate::output::cell::Cell;
use crate::output::rows::Rows;
use crate::output::{self, table::Table};
use clap::{ArgMatches, Command};
use serde::Serialize;
use trunkline::registry::{self, Entry};

pub(crate) const NAME: &str = "operations";

const NOTES: &str = "\
Effect: what sending it twice would do: reads nothing, sets the same again, spends twice (which is seen to).
Notes: public, it needs no account; pages, it takes --all; waits, it takes --wait; beyond, it is not on the provider's \
page that the rest was written from.";

/// The command.
pub(crate) fn command() -> Command {
    Command::new(NAME).about("List every operation: of the unified layer, and of every provider").after_help(NOTES)
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
        let notes = [(self.public, "public"), (self.paged, "pages"), (self.waits, "waits"), (!self.seed, "beyond")];
        let notes: Vec<&str> = notes.into_iter().filter(|(holds, _)| *holds).map(|(_, note)| note).collect();
        notes.join(", ")
    }
}

/// Lists them.
pub(crate) fn run(matches: &ArgMatches) -> Result<(), Failure> {
    let lines: Vec<Line> = registry::entries().map(Line::of).collect();
    if flag(matches, JSON) {
        return output::json(&lines);
    }
    let cells = |line: &Line| {
        let request = format!("{} {}", line.method, line.path);
        [line.id, line.effect, &line.notes(), &request].map(Cell::words).to_vec()
    };
    let columns = ["operation", "effect", "notes", "request"].map(str::to_owned).to_vec();
    output::line(&Table::of(Rows { columns, cells: lines.iter().map(cells).collect() }).to_string())
}
