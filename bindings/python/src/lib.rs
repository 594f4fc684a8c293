//! `trunkline._native`: the core, its default transport and its sandbox, for the Python package.
//!
//! Nothing here knows a provider or makes a decision: JSON text goes in, flows come out, and Python steps them.

mod client;
mod deliver;
mod directory;
mod error;
mod events;
mod flow;
mod gateway;
mod host;
mod message;
mod outcome;
mod port;
mod sandbox;

/// The native part of Trunkline. Programs use the package `trunkline`.
#[pyo3::pymodule(gil_used = false)]
mod _native {
    #[pymodule_export]
    use crate::client::Client;
    #[pymodule_export]
    use crate::directory::Directory;
    #[pymodule_export]
    use crate::events::parse_event;
    #[pymodule_export]
    use crate::flow::Flow;
    #[pymodule_export]
    use crate::gateway::{Admitted, Gateway};
    #[pymodule_export]
    use crate::host::{Host, Http, Task};
    #[pymodule_export]
    use crate::message::{Request, Response};
    #[pymodule_export]
    use crate::outcome::{Outcome, answered, consulted, elapsed, lost, not_recorded, not_sent, recorded};
    #[pymodule_export]
    use crate::port::Port;
    #[pymodule_export]
    use crate::sandbox::{Sandbox, Server};

    #[pymodule_export]
    const VERSION: &str = env!("CARGO_PKG_VERSION");

    #[pymodule_init]
    fn init(module: &pyo3::Bound<'_, pyo3::types::PyModule>) -> pyo3::PyResult<()> {
        crate::deliver::end_with_the_interpreter(module.py())
    }
}
