//! Python's symbols are found when Python loads the module; macOS has to be told so.

fn main() {
    pyo3_build_config::add_extension_module_link_args();
}
