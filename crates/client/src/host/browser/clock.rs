//! One clock for deadlines and for dates: wall time at the start, and monotonic time since.

use crate::host::javascript::duration;
use trunkline_core::Timestamp;
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
extern "C" {
    // Of the global scope, not of the window: a worker has none.
    #[wasm_bindgen(js_namespace = performance, js_name = now)]
    fn performance_now() -> f64;
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct Clock {
    wall_at_start: Timestamp,
    start: f64,
}

impl Clock {
    pub(crate) fn start() -> Self {
        Self { wall_at_start: Timestamp::EPOCH + duration(js_sys::Date::now()), start: performance_now() }
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.wall_at_start + duration(performance_now() - self.start)
    }
}
